//! Perceived value from survey scores: benefits over costs, and benefits less costs.
//!
//! **Notation.** Respondent *i* (weight *wᵢ*) gives brand *k* the score *sᵢₖd* on dimension *d*,
//! on 1..10: for a benefit 10 is most benefit, for a cost 10 is most sacrifice. *mₖd* is the
//! weighted mean over those who answered, *aᵈ* the mean importance of dimension *d*.
//!
//! * importance weights: *vd = ad / Σ a* within benefits, and again within costs; equal when
//!   importance was not asked;
//! * benefits *Bₖ = Σ vd mₖd* over benefit dimensions, costs *Cₖ* likewise over cost dimensions;
//! * **ratio** *Bₖ / Cₖ*, **difference** *Bₖ − Cₖ* in points;
//! * against the average competitor (*B̄*, *C̄*: plain means over the competitors): the ratio of
//!   ratios *(B/C) / (B̄/C̄)* and the difference of differences *(B − C) − (B̄ − C̄)*.
//!
//! The ratio depends on where the scale puts its zero and the difference does not, so the two can
//! rank brands differently: [`Order`] says whether they do, and whether the order by ratio
//! survives moving the zero by one point either way.
//!
//! **Source.** Ratio: Zeithaml (1988), "Consumer perceptions of price, quality, and value",
//! doi:10.1177/002224298805200302; against competitors: Gale (1994), *Managing Customer Value*.
//! **Intervals** resample respondents (all answers of one person stay together, also those on
//! importance), percentiles widened for small samples (Hesterberg 2015, "What teachers should
//! know about the bootstrap", doi:10.1080/00031305.2015.1089789, section 5.3).
//! **Checked against** cases whose arithmetic is written out in the tests.

mod measure;
mod moved;
mod resampled;
mod roles;
#[cfg(test)]
mod tests;
mod value_map;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, require};
use crate::estimate::{Estimate, NoInterval, POWER, reaches};
use crate::survey::Design;
use measure::{Sums, Values};
pub use moved::{MovedValue, Ranks, SCALE, ScoreMove, moved_score};
use resampled::Resampled;
pub use roles::{DecisionValue, DimensionGap, FittedRoles, People, RoleGap, RolePair, RoleValue};
pub use value_map::{BrandOnMap, Ellipse, FairValue, HeadToHead, MapAxes, ValueMap};

/// What is compared, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    /// Number of benefit dimensions: the first columns of the scores of a brand.
    pub benefits: usize,
    /// Number of cost dimensions: the columns after them.
    pub costs: usize,
    /// Number of brands.
    pub brands: usize,
    /// Which of the brands is the own one.
    pub own: usize,
    /// Which of the brands are its competitors.
    pub competitors: Vec<usize>,
    /// Where importance weights come from.
    pub weights: Weights,
    /// How often respondents are resampled; fewer when the survey is very large.
    pub resamples: usize,
    /// Probability that intervals are meant to hold, 0..1.
    pub level: f64,
    /// Seed of the resampling.
    pub seed: u64,
}

/// Where importance weights come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Weights {
    /// From the answers on importance, as far as there are any.
    Asked,
    /// These, one per dimension: a part of a survey measured with the ruler of the whole.
    Given(Vec<f64>),
}

/// The answers, one row per respondent; `NAN` where there is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Survey {
    /// Sampling weight of each respondent, above 0.
    pub weights: Vec<f64>,
    /// Scores on 1..10: respondents × brands × dimensions (benefits, then costs).
    pub scores: Vec<f64>,
    /// Importance on any scale with a true zero: respondents × dimensions.
    pub importance: Vec<f64>,
}

/// What the survey says.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// One per dimension.
    pub weights: Vec<DimensionWeight>,
    /// One per brand.
    pub brands: Vec<BrandValue>,
    /// The average competitor, when there is one.
    pub average: Option<Measured>,
    /// Mean over the competitors' means, per dimension.
    pub average_dimensions: Vec<Option<Estimate>>,
    /// The own brand against the average competitor.
    pub against: Option<Against>,
    /// What would justify the present costs of the own brand.
    pub justified: Justified,
    /// How brands are ordered; absent with fewer than two that have benefits and costs.
    pub order: Option<Order>,
    /// Smallest difference of differences that a survey of this size would show.
    pub smallest: Option<SmallestDifference>,
    /// How often respondents were resampled.
    pub resamples: usize,
    spec: Spec,
}

/// Importance weight of one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DimensionWeight {
    /// 0..1; adds to 1 within benefits and within costs.
    pub weight: Estimate,
    /// Where it comes from.
    pub origin: WeightOrigin,
}

/// Where an importance weight comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WeightOrigin {
    /// Respondents said how important the dimension is.
    Asked,
    /// Respondents said it of other dimensions of its kind: this one takes their mean.
    MeanOfAsked,
    /// Nobody was asked: all dimensions of the kind weigh the same.
    Equal,
    /// Carried over from the whole survey.
    Given,
}

/// Benefits against costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measured {
    /// Importance-weighted mean of benefit dimensions, 1..10.
    pub benefits: Option<Estimate>,
    /// Importance-weighted mean of cost dimensions, 1..10.
    pub costs: Option<Estimate>,
    /// Benefits / costs.
    pub ratio: Option<Estimate>,
    /// Benefits − costs, in points.
    pub difference: Option<Estimate>,
}

/// One brand.
#[derive(Debug, Clone, PartialEq)]
pub struct BrandValue {
    /// Respondents with at least one score for it.
    pub respondents: usize,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Its benefits against its costs.
    pub measured: Measured,
    /// One per dimension; absent where nobody scored it.
    pub dimensions: Vec<Option<DimensionScore>>,
}

/// One dimension of one brand.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DimensionScore {
    /// Mean score, 1..10.
    pub mean: Estimate,
    /// Respondents who gave one.
    pub respondents: usize,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
}

/// The own brand against the average competitor.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    /// Own benefits, costs and difference less those of the average competitor; the ratio is
    /// the own ratio over that of the average competitor.
    pub measured: Measured,
    /// Own mean less the competitors' mean, per dimension, in points.
    pub dimensions: Vec<Option<Estimate>>,
    /// What each dimension adds to the difference of differences, in points: weight × gap, costs
    /// counted against.
    pub contributions: Vec<Option<Estimate>>,
    /// The dimension where the own brand falls behind most (or leads least).
    pub weakest: Option<Weakest>,
}

/// The dimension where the own brand falls behind most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weakest {
    /// Its column.
    pub dimension: usize,
    /// Own advantage in points: below 0 is behind; of a cost, having more of it is behind.
    pub advantage: Estimate,
    /// Share of resamples in which it is the weakest too, 0..1.
    pub certainty: f64,
}

/// How much benefit the present costs of the own brand would need, in points on 1..10.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Justified {
    /// Benefits at which the ratio is 1 and the difference 0.
    pub break_even: Option<Estimate>,
    /// Benefits still missing to break even: 0 or less when there are enough.
    pub missing_to_break_even: Option<Estimate>,
    /// Benefits at which the ratio is that of the average competitor.
    pub as_competitors: Option<Estimate>,
    /// Benefits still missing for that: 0 or less when there are enough.
    pub missing_to_competitors: Option<Estimate>,
}

/// How brands are ordered, best first. Brands are numbers of the [`Spec`].
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// By ratio.
    pub by_ratio: Vec<usize>,
    /// By difference.
    pub by_difference: Vec<usize>,
    /// By ratio, with the scale's zero moved so that scores are one point lower (0..9).
    pub by_ratio_zero_up: Vec<usize>,
    /// By ratio, with the scale's zero moved so that scores are one point higher (2..11).
    pub by_ratio_zero_down: Vec<usize>,
    /// Share of resamples with the same order by ratio, 0..1.
    pub ratio_certainty: f64,
    /// Share of resamples with the same order by difference, 0..1.
    pub difference_certainty: f64,
}

impl Order {
    /// Ratio and difference put the brands in the same order.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.by_ratio == self.by_difference
    }

    /// The order by ratio is the same with the scale's zero a point higher or lower.
    #[must_use]
    pub fn survives_moving_zero(&self) -> bool {
        self.by_ratio == self.by_ratio_zero_up && self.by_ratio == self.by_ratio_zero_down
    }
}

/// The smallest difference that a survey of this size would show with probability `power`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SmallestDifference {
    /// In points of benefits − costs.
    pub points: f64,
    /// Between what.
    pub between: Between,
    /// Probability of seeing it when it is there.
    pub power: f64,
    /// Level of the interval that would show it.
    pub level: f64,
}

/// What a difference is between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Between {
    /// The own brand and its competitors, in this survey.
    OwnAndCompetitors,
    /// This survey and another one like it: a later one, or one about a competitor.
    ThisSurveyAndAnother,
}

/// What one respondent says of one brand; `NAN` where it cannot be told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RespondentValue {
    /// Weighted mean of the benefits the respondent scored.
    pub benefits: f64,
    /// Weighted mean of the costs the respondent scored.
    pub costs: f64,
    /// Benefits / costs.
    pub ratio: f64,
    /// Benefits − costs.
    pub difference: f64,
}

impl Spec {
    /// Number of dimensions.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.benefits + self.costs
    }

    /// Measures perceived value.
    ///
    /// # Errors
    /// When brand numbers or lengths do not fit together.
    pub fn fit(&self, survey: &Survey) -> Result<Fitted, Error> {
        self.check(survey)?;
        let sums = Sums::of_all(self, survey);
        let values = Values::from_sums(self, &sums);
        let resampled = Resampled::draw(self, survey);
        let brands: Vec<BrandValue> = (0..self.brands)
            .map(|brand| {
                let respondents = self.respondents(brand, survey);
                self.brand(brand, [respondents; 2], survey, &sums, &values, &resampled)
            })
            .collect();
        let respondents: Vec<usize> = brands.iter().map(|brand| brand.respondents).collect();
        let compared = self
            .competitors
            .iter()
            .chain([&self.own])
            .map(|&brand| respondents[brand])
            .min()
            .unwrap_or(0);
        let average = (!self.competitors.is_empty()).then(|| {
            Measured::new(|get| resampled.estimate(&values, compared, move |v| get(&v.average)))
        });
        let against =
            (!self.competitors.is_empty()).then(|| self.against(compared, &values, &resampled));
        let own = respondents[self.own];
        Ok(Fitted {
            weights: self.dimension_weights(&sums, &values, &resampled, survey),
            average,
            average_dimensions: (0..self.dimensions())
                .map(|dimension| {
                    resampled.estimate(&values, compared, |v| v.average.dimensions[dimension])
                })
                .collect(),
            against,
            justified: Justified {
                break_even: resampled.estimate(&values, own, |v| v.brands[self.own].costs),
                missing_to_break_even: resampled.estimate(&values, own, |v| {
                    v.brands[self.own].costs - v.brands[self.own].benefits
                }),
                as_competitors: resampled.estimate(&values, compared, |v| {
                    v.brands[self.own].costs * v.average.ratio
                }),
                missing_to_competitors: resampled.estimate(&values, compared, |v| {
                    v.brands[self.own].costs * v.average.ratio - v.brands[self.own].benefits
                }),
            },
            order: resampled.order(&values),
            smallest: self.smallest(own, compared, &resampled),
            resamples: resampled.count(),
            brands,
            spec: self.clone(),
        })
    }

    fn check(&self, survey: &Survey) -> Result<(), Error> {
        for (field, brand) in std::iter::once(("own", self.own))
            .chain(self.competitors.iter().map(|&brand| ("competitors", brand)))
        {
            let expected = "a number below that of brands";
            require(brand < self.brands, field, brand as f64, expected)?;
        }
        let is_share = self.level > 0.0 && self.level < 1.0;
        require(is_share, "level", self.level, "between 0 and 1")?;
        let respondents = survey.weights.len();
        let length = |field, found, expected| {
            if found == expected {
                Ok(())
            } else {
                Err(Error::Length {
                    field,
                    found,
                    expected,
                })
            }
        };
        length(
            "scores",
            survey.scores.len(),
            respondents * self.brands * self.dimensions(),
        )?;
        length(
            "importance",
            survey.importance.len(),
            respondents * self.dimensions(),
        )?;
        match &self.weights {
            Weights::Given(weights) => length("weights", weights.len(), self.dimensions()),
            Weights::Asked => Ok(()),
        }
    }

    /// `drawn_from`: what was drawn, of respondents or of what they were drawn by.
    fn brand(
        &self,
        brand: usize,
        [respondents, drawn_from]: [usize; 2],
        survey: &Survey,
        sums: &Sums,
        values: &Values,
        resampled: &Resampled,
    ) -> BrandValue {
        BrandValue {
            respondents,
            effective: self.effective(brand, survey, |scores| {
                scores.iter().any(|score| score.is_finite())
            }),
            measured: Measured::new(|get| {
                resampled.estimate(values, drawn_from, move |v| get(&v.brands[brand]))
            }),
            dimensions: (0..self.dimensions())
                .map(|dimension| {
                    let answered = sums.answered(self, brand, dimension);
                    let mean = resampled.estimate(values, answered.min(drawn_from), |v| {
                        v.brands[brand].dimensions[dimension]
                    })?;
                    Some(DimensionScore {
                        mean,
                        respondents: answered,
                        effective: self
                            .effective(brand, survey, |scores| scores[dimension].is_finite()),
                    })
                })
                .collect(),
        }
    }

    /// Respondents with at least one score for the brand.
    fn respondents(&self, brand: usize, survey: &Survey) -> usize {
        let scores = self.scores(brand, survey);
        let scored = scores.filter(|scores| scores.iter().any(|score| score.is_finite()));
        scored.count()
    }

    /// Respondents of equal weight who would say as much as those whose scores of the brand are wanted.
    fn effective(&self, brand: usize, survey: &Survey, wanted: impl Fn(&[f64]) -> bool) -> f64 {
        let weighted = self.scores(brand, survey).zip(&survey.weights);
        let weights = weighted.filter_map(|(scores, weight)| wanted(scores).then_some(*weight));
        Design::of(weights).map_or(0.0, |design| design.effective)
    }

    /// The scores of the brand, respondent after respondent.
    fn scores<'a>(&self, brand: usize, survey: &'a Survey) -> impl Iterator<Item = &'a [f64]> {
        // without dimensions there are no scores to cut
        let of_all = survey.scores.chunks_exact(self.dimensions().max(1));
        of_all.skip(brand).step_by(self.brands)
    }

    fn against(&self, compared: usize, values: &Values, resampled: &Resampled) -> Against {
        let estimate_each = |get: &dyn Fn(&Values, usize) -> f64| {
            (0..self.dimensions())
                .map(|dimension| resampled.estimate(values, compared, |v| get(v, dimension)))
                .collect()
        };
        Against {
            measured: Measured::new(|get| {
                resampled.estimate(values, compared, move |v| get(&v.against))
            }),
            dimensions: estimate_each(&|v, dimension| v.against.dimensions[dimension]),
            contributions: estimate_each(&|v, dimension| {
                v.weights[dimension] * v.advantage(self, dimension)
            }),
            weakest: values.weakest(self).and_then(|dimension| {
                Some(Weakest {
                    dimension,
                    advantage: resampled
                        .estimate(values, compared, |v| v.advantage(self, dimension))?,
                    certainty: resampled.share(|v| v.weakest(self) == Some(dimension)),
                })
            }),
        }
    }

    fn dimension_weights(
        &self,
        sums: &Sums,
        values: &Values,
        resampled: &Resampled,
        survey: &Survey,
    ) -> Vec<DimensionWeight> {
        let answered = survey.weights.len();
        (0..self.dimensions())
            .map(|dimension| {
                let origin = sums.weight_origin(self, dimension);
                let value = values.weights[dimension];
                let weight = match origin {
                    WeightOrigin::Asked | WeightOrigin::MeanOfAsked => resampled
                        .estimate(values, answered, |v| v.weights[dimension])
                        .unwrap_or(Estimate::without(value, NoInterval::TooFew)),
                    WeightOrigin::Equal | WeightOrigin::Given => {
                        Estimate::without(value, NoInterval::Given)
                    }
                };
                DimensionWeight { weight, origin }
            })
            .collect()
    }

    fn smallest(
        &self,
        own: usize,
        compared: usize,
        resampled: &Resampled,
    ) -> Option<SmallestDifference> {
        let (standard_error, between) = if self.competitors.is_empty() {
            let one = resampled.standard_error(own, |v| v.brands[self.own].difference)?;
            // another survey of the same size has the same error, and errors add as squares
            (one * 2f64.sqrt(), Between::ThisSurveyAndAnother)
        } else {
            let error = resampled.standard_error(compared, |v| v.against.difference)?;
            (error, Between::OwnAndCompetitors)
        };
        Some(SmallestDifference {
            points: reaches(self.level, POWER) * standard_error,
            between,
            power: POWER,
            level: self.level,
        })
    }
}

impl Measured {
    fn new<'a>(estimate: impl Fn(fn(&measure::Measures) -> f64) -> Option<Estimate> + 'a) -> Self {
        Self {
            benefits: estimate(|m| m.benefits),
            costs: estimate(|m| m.costs),
            ratio: estimate(|m| m.ratio),
            difference: estimate(|m| m.difference),
        }
    }
}

impl Fitted {
    /// What one respondent says of one brand, with the importance weights of the whole survey;
    /// `scores` has one number per dimension, `NAN` where there is none.
    #[must_use]
    pub fn respondent(&self, scores: &[f64]) -> RespondentValue {
        let weights: Vec<f64> = self.weights.iter().map(|w| w.weight.value).collect();
        let measures = measure::Measures::from_means(&self.spec, scores, &weights);
        RespondentValue {
            benefits: measures.benefits,
            costs: measures.costs,
            ratio: measures.ratio,
            difference: measures.difference,
        }
    }
}
