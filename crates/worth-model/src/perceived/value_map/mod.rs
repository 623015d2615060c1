//! The value map: what brands give, against what they take, each relative to the others.
//!
//! * **Market-perceived quality** of brand *k*: *Qₖ = Σ v_d (m_kd / m̄_kd)* over benefits *d*, with *m*
//!   the mean score, *m̄* the plain mean of the other brands' means and *v* the importance weights
//!   (100 points shared out, here adding to 1). Above 1 is better than the others.
//! * **Relative price** *Pₖ*: the same over the costs that count as price. Above 1 is dearer.
//! * **Fair-value line**: the prices that are fair for each quality, through (1, 1): what is as good as
//!   the others may cost as much. Authors differ in its slope, so the map names it ([`FairValue`]).
//! * **Advantage**: by how much more a brand could cost and still be fair, in units of relative price:
//!   above 0 it is the better value.
//!
//! * **Image** of a brand in a dimension: its lead over the others there, less what its leads come to over
//!   all dimensions, less what leads in this dimension come to over all brands. A brand that is liked is
//!   rated above others throughout; its image is what it is known for beyond that.
//!
//! **Source.** Gale (1994), *Managing Customer Value*, chapters 2 and 3; image: deviations from what
//! brand and attribute make expected, Romaniuk, Sharp (2000), Using Known Patterns in Image Data to
//! Determine Brand Positioning, International Journal of Market Research 42(2), on means. The ellipse is that of the
//! covariance over resamples with Hotelling's quantile (1931, doi:10.1214/aoms/1177732979). No table
//! that was published could be verified: **checked against** cases whose arithmetic is in the tests.
//!
//! Know before use: these are ratios of scores, so they depend on where the scale has its zero; and a
//! brand's place moves when another brand does.

mod ellipse;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::measure::{Sums, Values, plain_mean, weighted_mean};
use super::resampled::Resampled;
use super::{Spec, Survey};
use crate::error::{Error, require};
use crate::estimate::Estimate;
pub use ellipse::Ellipse;

/// How the map is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MapAxes {
    /// Which costs count as price, 0 being the first cost; all costs when empty. The axis is then the
    /// relative cost, and its name should say so.
    pub prices: Vec<usize>,
    /// What is fair.
    pub fair_value: FairValue,
}

/// Which price is fair for which quality.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "line", rename_all = "kebab-case")]
pub enum FairValue {
    /// Price may rise as quality does: 10 % better may cost 10 % more.
    Proportional,
    /// Buyers decide by quality and price in the parts *q* and *1 − q*: one percent of quality makes
    /// up for *q / (1 − q)* percent of price (Gale 1994).
    Weighted {
        /// The part of quality in the decision, between 0 and 1.
        quality: f64,
    },
}

/// Brands by what they give and take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ValueMap {
    /// Own brand and competitors, in the order of their numbers.
    pub brands: Vec<BrandOnMap>,
    /// Relative price rises by so much along the fair-value line when quality rises by one.
    pub slope: f64,
    /// Own brand against each competitor, in the order of the [`Spec`].
    pub head_to_head: Vec<HeadToHead>,
    /// What each brand is known for, in the order of `brands`: points by dimension, having less of a cost
    /// being a lead. Dimensions in which not all brands were scored are absent.
    pub images: Vec<Vec<Option<Estimate>>>,
    /// How often respondents were drawn again.
    pub resamples: usize,
}

/// Where a brand stands. What the others were not scored on is absent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BrandOnMap {
    /// Its number.
    pub brand: usize,
    /// Market-perceived quality: 1 = as the others.
    pub quality: Option<Estimate>,
    /// Relative price: 1 = as the others.
    pub price: Option<Estimate>,
    /// Where both may be, with the level's probability.
    pub ellipse: Option<Ellipse>,
    /// What it could cost more and still be fair; below 0, what it costs too much.
    pub advantage: Option<Estimate>,
}

/// The own brand against one competitor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HeadToHead {
    /// Number of the competitor.
    pub competitor: usize,
    /// By how many points the own brand leads in each dimension, having less of a cost being a lead;
    /// absent where one of the two was not scored.
    pub leads: Vec<Option<Estimate>>,
}

impl Spec {
    /// Places the own brand and its competitors on the value map.
    ///
    /// # Errors
    ///
    /// When brand numbers or lengths do not fit together, a price is no cost, or the part of quality
    /// is not between 0 and 1.
    pub fn value_map(&self, survey: &Survey, axes: &MapAxes) -> Result<ValueMap, Error> {
        self.check(survey)?;
        self.check_axes(axes)?;
        let slope = axes.fair_value.slope()?;
        let sums = Sums::of_all(self, survey);
        let values = Values::from_sums(self, &sums);
        let resampled = Resampled::draw(self, survey);
        let brands = self.on_map();
        let respondents: Vec<usize> = (0..self.brands)
            .map(|brand| self.respondents(brand, survey))
            .collect();
        // a place is relative to all brands, so it rests on the one that fewest scored
        let fewest = brands
            .iter()
            .map(|&brand| respondents[brand])
            .min()
            .unwrap_or(0);
        let estimate = |get: &dyn Fn(&Values) -> f64| resampled.estimate(&values, fewest, get);
        let on_map = brands.iter().map(|&brand| {
            let place = |values: &Values| self.place(values, &brands, brand, axes);
            BrandOnMap {
                brand,
                quality: estimate(&|values| place(values).0),
                price: estimate(&|values| place(values).1),
                ellipse: resampled.ellipse(place(&values), fewest, place),
                advantage: estimate(&|values| {
                    let (quality, price) = place(values);
                    1.0 + slope * (quality - 1.0) - price
                }),
            }
        });
        let head_to_head = self.competitors.iter().map(|&competitor| HeadToHead {
            competitor,
            leads: (0..self.dimensions())
                .map(|dimension| {
                    let fewest = respondents[self.own].min(respondents[competitor]);
                    resampled.estimate(&values, fewest, |values| {
                        self.lead(values, competitor, dimension)
                    })
                })
                .collect(),
        });
        let images = (0..brands.len()).map(|brand| {
            let of = |dimension: usize| {
                estimate(&|values| self.images(values, &brands)[brand][dimension])
            };
            (0..self.dimensions()).map(of).collect()
        });
        Ok(ValueMap {
            images: images.collect(),
            brands: on_map.collect(),
            slope,
            head_to_head: head_to_head.collect(),
            resamples: resampled.count(),
        })
    }

    pub(super) fn check_axes(&self, axes: &MapAxes) -> Result<(), Error> {
        for &price in &axes.prices {
            let expected = "a number below that of costs";
            require(price < self.costs, "prices", price as f64, expected)?;
        }
        Ok(())
    }

    /// Own brand and competitors, in the order of their numbers.
    pub(super) fn on_map(&self) -> Vec<usize> {
        let mut brands = self.competitors.clone();
        brands.push(self.own);
        brands.sort_unstable();
        brands.dedup();
        brands
    }

    /// Quality and price of a brand relative to the others; `NAN` where there are none.
    pub(super) fn place(
        &self,
        values: &Values,
        brands: &[usize],
        brand: usize,
        axes: &MapAxes,
    ) -> (f64, f64) {
        let relative = |dimension: usize| {
            let others = brands.iter().filter(|&&other| other != brand);
            let score = |brand: usize| values.brands[brand].dimensions[dimension];
            score(brand) / plain_mean(others.map(|&other| score(other)))
        };
        let over = |dimensions: &mut dyn Iterator<Item = usize>| {
            let (ratios, weights): (Vec<f64>, Vec<f64>) = dimensions
                .map(|dimension| (relative(dimension), values.weights[dimension]))
                .unzip();
            weighted_mean(&ratios, &weights)
        };
        let price = if axes.prices.is_empty() {
            over(&mut (self.benefits..self.dimensions()))
        } else {
            over(&mut axes.prices.iter().map(|price| self.benefits + price))
        };
        (over(&mut (0..self.benefits)), price)
    }

    /// By how many points the own brand leads.
    fn lead(&self, values: &Values, competitor: usize, dimension: usize) -> f64 {
        self.good(values, self.own, dimension) - self.good(values, competitor, dimension)
    }

    /// A score that is better when it is higher.
    fn good(&self, values: &Values, brand: usize, dimension: usize) -> f64 {
        let score = values.brands[brand].dimensions[dimension];
        if dimension < self.benefits {
            score
        } else {
            -score
        }
    }

    /// Scores by brand and dimension, less the means of their brand and of their dimension; `NAN` where
    /// not all brands were scored.
    fn images(&self, values: &Values, brands: &[usize]) -> Vec<Vec<f64>> {
        let scores: Vec<Vec<f64>> = (brands.iter())
            .map(|&brand| {
                let of = |dimension| self.good(values, brand, dimension);
                (0..self.dimensions()).map(of).collect()
            })
            .collect();
        let of_dimension: Vec<f64> = (0..self.dimensions())
            .map(|dimension| {
                let sum: f64 = scores.iter().map(|scores| scores[dimension]).sum();
                match brands.len() {
                    // one brand alone is known for nothing more than others
                    0 | 1 => f64::NAN,
                    count => sum / count as f64,
                }
            })
            .collect();
        let less_dimension = |scores: &Vec<f64>| -> Vec<f64> {
            let pairs = scores.iter().zip(&of_dimension);
            pairs.map(|(score, mean)| score - mean).collect()
        };
        let centred = scores.iter().map(less_dimension);
        centred
            .map(|leads| {
                let of_brand = plain_mean(leads.iter().copied());
                leads.into_iter().map(|lead| lead - of_brand).collect()
            })
            .collect()
    }
}

impl FairValue {
    fn slope(self) -> Result<f64, Error> {
        match self {
            Self::Proportional => Ok(1.0),
            Self::Weighted { quality } => {
                let is_part = quality > 0.0 && quality < 1.0;
                require(is_part, "quality", quality, "expected between 0 and 1")?;
                Ok(quality / (1.0 - quality))
            }
        }
    }
}
