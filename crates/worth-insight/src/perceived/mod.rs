//! Perceived value: what customers say they get and what they say they give, per brand.
//!
//! The story: answers in scope are read, it is decided which brand is the own one and which are its
//! competitors, what each respondent said becomes one row of a matrix (all in `answers`); `worth-model` measures benefits, costs, ratio and difference with
//! intervals, in parts too (`parts`); the answer names everything again, says what was never asked, and
//! offers the questions that would complete the survey (`completing`).
//!
//! The formulas are in [`worth_model::perceived`] and in `docs/methods/perceived-value.md`.

mod answer;
mod completing;
mod parts;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;
mod wholes;

use std::collections::BTreeSet;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::perceived::{BrandValue, Fitted, Survey, WeightOrigin, Weights};
use worth_model::{DEFAULT_LEVEL, Resampling};

use crate::answers::{Answer, Answers, Brands, By, Layout, filters_without_effect, observe};
pub use crate::answers::{
    Chosen, CompletingQuestion, DimensionName, DimensionSettings, DoubtfulForms, Kind, OwnBrand,
    RakedBy, RakedMargin, RakedSurvey, STANDARD, SurveyQuality, SurveySettings, ValueSettings,
    WeightsFrom,
};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::question::{Answered, Provenance, Question, Scope};
pub use answer::{
    AlsoAsked, BrandOrder, BrandScore, BrandWorth, Coverage, DimensionWorth, Part, Parts,
    PerceivedValue, Pooled, WeakestDimension, WeightOrigins,
};
use rows::RespondentRows;
pub(crate) use sheet::{dimension_advice, worst_dimension};
use wholes::WHOLES;

/// Fewer respondents than this in a part are called a small cell.
pub const SMALL: u64 = 30;

/// Asks what customers say they get and give, for the own brand and its competitors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Perceived {
    /// What respondents are told apart by: role, stage, touchpoint, region, culture, channel, product,
    /// category, month, or a segment of customers (gender, first-store); the own brand in each group.
    pub by: Vec<By>,
    /// How often respondents are resampled for the intervals: 200 to 20,000.
    pub resamples: u32,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for Perceived {
    /// A thousand resamples: ends of intervals then vary by a few hundredths of their width.
    fn default() -> Self {
        Self {
            by: By::ALL.to_vec(),
            resamples: 1000,
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for Perceived {
    const NAME: &'static str = "perceived";
    type Answer = PerceivedValue;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<Self::Answer>, Error> {
        self.check()?;
        let settings: ValueSettings = context.section("value")?;
        let observation = observe(scope, context).await?;
        let measures = [&["benefit", "cost", "importance"], WHOLES.as_slice()].concat();
        let mut answers = Answers::read(context, &observation, &measures).await?;
        answers.tell_apart(&self.by, context, &observation).await?;
        let brands = Brands::of(&answers, context, &observation)?;
        let material = Material {
            by: self.by.clone(),
            resampling: Resampling {
                resamples: self.resamples as usize,
                level: self.level,
                seed: observation.seed,
            },
            layout: Layout::of(&answers, &brands, &settings),
            settings,
            answers,
            brands,
        };
        let provenance = material.provenance(&observation);
        let (respondents, survey) =
            material
                .layout
                .survey(&material.answers, &material.brands, |_| true);
        let fitted = material.measure(&survey, Weights::Asked);
        let answer = material.answer(&survey, &fitted, &observation);
        let rows = RespondentRows::new(
            respondents
                .iter()
                .map(|&number| material.answers.respondents[number].clone())
                .collect(),
            material.brands.names.clone(),
            material.layout.dimensions.len(),
            survey,
            fitted,
        );
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

impl Perceived {
    fn check(&self) -> Result<(), Error> {
        Error::in_range("resamples", f64::from(self.resamples), 200.0, 20_000.0)?;
        Error::in_range("level", self.level, 0.5, 0.99)
    }
}

/// All that an answer is made of.
struct Material {
    by: Vec<By>,
    resampling: Resampling,
    settings: ValueSettings,
    answers: Answers,
    brands: Brands,
    layout: Layout,
}

impl Material {
    fn measure(&self, survey: &Survey, weights: Weights) -> Fitted {
        self.layout
            .spec(0, &self.resampling, weights)
            .fit(survey)
            .expect("spec and matrices are made from the same layout")
    }

    fn answer(
        &self,
        survey: &Survey,
        fitted: &Fitted,
        observation: &Observation,
    ) -> PerceivedValue {
        let own_brand = self.brands.own.clone();
        let coverage = self.coverage();
        let never_asked = self.never_asked();
        let weights = self.weight_origins(fitted);
        let also_asked = self.also_asked();
        let completing = completing::questions(&completing::Asked {
            coverage,
            own: &own_brand.name,
            never_asked: &never_asked,
            weights,
            worth: also_asked.iter().any(|asked| asked.measure == "worth"),
            roles: !self.answers.parts(|about| about.role.as_ref()).is_empty(),
            stages: !self.answers.parts(|about| about.stage.as_ref()).is_empty(),
        });
        PerceivedValue {
            coverage,
            own_brand,
            survey: self.answers.quality.clone(),
            respondents: self.scored().len() as u64,
            weights,
            brands: self.brand_worths(fitted),
            competitors: fitted.average,
            against_competitors: fitted.against.as_ref().map(|against| against.measured),
            dimensions: self.dimension_worths(fitted),
            weakest: self.weakest(fitted),
            order: self.order(fitted),
            justified: fitted.justified,
            parts: self.parts(fitted),
            also_asked,
            never_asked,
            all_answers_equal: all_equal(survey),
            smallest_difference: fitted.smallest,
            completing,
            resamples: fitted.resamples as u64,
            filters_without_effect: filters_without_effect(observation),
        }
    }

    /// Answers used are those on the compared brands, and on importance.
    fn provenance(&self, observation: &Observation) -> Provenance {
        let whole = observation.provenance(Perceived::NAME);
        self.answers.provenance(whole, |_, answer| {
            let is_used = answer.asked.is_importance() || self.brands.place(answer.brand).is_some();
            (!is_used).then_some("other-brand")
        })
    }

    /// Respondents with a score of a benefit or cost of one of the brands.
    fn scored(&self) -> BTreeSet<usize> {
        self.scores().map(|answer| answer.respondent).collect()
    }

    fn scores(&self) -> impl Iterator<Item = &Answer> {
        self.answers.given.iter().filter(|answer| {
            answer.asked.kind().is_some() && self.brands.place(answer.brand).is_some()
        })
    }

    fn coverage(&self) -> Coverage {
        let has = |own: bool| {
            self.scores()
                .any(|answer| (self.brands.place(answer.brand) == Some(0)) == own)
        };
        match (has(true), has(false)) {
            (false, false) => Coverage::NoSurvey,
            (true, false) => Coverage::OwnOnly,
            (false, true) => Coverage::CompetitorsOnly,
            (true, true) => Coverage::Compared,
        }
    }

    fn never_asked(&self) -> Vec<DimensionName> {
        let mut names = self.settings.wanted_dimensions();
        names.retain(|name| !self.layout.dimensions.contains(name));
        names
    }

    fn weight_origins(&self, fitted: &Fitted) -> WeightOrigins {
        let of = |range: std::ops::Range<usize>| {
            let origins = &fitted.weights[range];
            let has = |origin| origins.iter().any(|weight| weight.origin == origin);
            if has(WeightOrigin::MeanOfAsked) {
                WeightOrigin::MeanOfAsked
            } else if has(WeightOrigin::Asked) {
                WeightOrigin::Asked
            } else {
                WeightOrigin::Equal
            }
        };
        let benefits = self.layout.benefits;
        WeightOrigins {
            benefits: of(0..benefits),
            costs: of(benefits..fitted.weights.len()),
        }
    }

    fn brand_worths(&self, fitted: &Fitted) -> Vec<BrandWorth> {
        let named = self.brands.names.iter().zip(&fitted.brands);
        named
            .enumerate()
            .map(|(place, (name, brand))| BrandWorth {
                brand: name.clone(),
                own: place == 0,
                respondents: brand.respondents as u64,
                effective: brand.effective,
                measured: brand.measured,
                not_scored: self.not_scored(brand),
            })
            .collect()
    }

    fn not_scored(&self, brand: &BrandValue) -> Vec<DimensionName> {
        let names = self.layout.dimensions.iter().zip(&brand.dimensions);
        names
            .filter(|(_, score)| score.is_none())
            .map(|(name, _)| name.clone())
            .collect()
    }

    fn dimension_worths(&self, fitted: &Fitted) -> Vec<DimensionWorth> {
        let against = fitted.against.as_ref();
        let brands = || self.brands.names.iter().zip(&fitted.brands);
        self.layout
            .dimensions
            .iter()
            .enumerate()
            .map(|(column, name)| DimensionWorth {
                name: name.clone(),
                weight: fitted.weights[column].weight,
                weight_origin: fitted.weights[column].origin,
                brands: brands()
                    .filter_map(|(brand, value)| {
                        let score = value.dimensions[column]?;
                        Some(BrandScore {
                            brand: brand.clone(),
                            mean: score.mean,
                            respondents: score.respondents as u64,
                            effective: score.effective,
                        })
                    })
                    .collect(),
                competitors: fitted.average_dimensions[column],
                gap: against.and_then(|against| against.dimensions[column]),
                contribution: against.and_then(|against| against.contributions[column]),
            })
            .collect()
    }

    fn weakest(&self, fitted: &Fitted) -> Option<WeakestDimension> {
        let weakest = fitted.against.as_ref()?.weakest?;
        Some(WeakestDimension {
            name: self.layout.dimensions[weakest.dimension].clone(),
            advantage: weakest.advantage,
            certainty: weakest.certainty,
        })
    }

    fn order(&self, fitted: &Fitted) -> Option<BrandOrder> {
        let order = fitted.order.as_ref()?;
        let names = |places: &[usize]| {
            places
                .iter()
                .map(|&place| self.brands.names[place].clone())
                .collect()
        };
        Some(BrandOrder {
            by_ratio: names(&order.by_ratio),
            by_difference: names(&order.by_difference),
            agree: order.agrees(),
            by_ratio_zero_up: names(&order.by_ratio_zero_up),
            by_ratio_zero_down: names(&order.by_ratio_zero_down),
            survives_moving_zero: order.survives_moving_zero(),
            ratio_certainty: order.ratio_certainty,
            difference_certainty: order.difference_certainty,
        })
    }
}

/// More than one score, and no two that differ.
fn all_equal(survey: &Survey) -> bool {
    let mut scores = survey.scores.iter().filter(|score| score.is_finite());
    let Some(first) = scores.next() else {
        return false;
    };
    let mut others = scores.peekable();
    others.peek().is_some() && others.all(|score| score == first)
}
