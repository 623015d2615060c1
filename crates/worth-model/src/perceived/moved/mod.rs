//! What a brand would be worth if it were scored otherwise: more of a benefit, less of a cost.
//!
//! Everyone's score moves by the same points, as far as the scale goes, and everything is measured
//! again. The same respondents are drawn before and after, so the interval of a change is that of a difference within
//! respondents, narrower than the levels' (Hesterberg 2015, doi:10.1080/00031305.2015.1089789).

#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::measure::{Sums, Values};
use super::resampled::Resampled;
use super::{MapAxes, Spec, Survey};
use crate::error::{Error, require};
use crate::estimate::{Changed, Estimate};

/// The least and the most of a score.
pub const SCALE: (f64, f64) = (1.0, 10.0);

/// Points by which everyone's score of one dimension of one brand moves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreMove {
    /// Number of the brand.
    pub brand: usize,
    /// Number of the dimension.
    pub dimension: usize,
    /// Points.
    pub by: f64,
}

/// The own brand before and after scores moved; absent where it or the others were not scored.
#[derive(Debug, Clone, PartialEq)]
pub struct MovedValue {
    /// Benefits / costs.
    pub ratio: Option<Changed>,
    /// Benefits − costs, in points.
    pub difference: Option<Changed>,
    /// Market-perceived quality.
    pub quality: Option<Changed>,
    /// Relative price.
    pub price: Option<Changed>,
    /// Rank among brands by ratio; absent with fewer than two brands that have benefits and costs.
    pub rank_by_ratio: Option<Ranks>,
    /// Rank among brands by difference.
    pub rank_by_difference: Option<Ranks>,
    /// Of each dimension the points more of a benefit (or less of a cost) that change the difference by as much,
    /// did the scale not end.
    pub same_by: Vec<Option<Estimate>>,
}

/// A place among brands, 1 being the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ranks {
    /// As it is.
    pub before: usize,
    /// As it would be.
    pub after: usize,
}

/// A score that moves, as far as the scale goes.
#[must_use]
pub fn moved_score(score: f64, by: f64) -> f64 {
    let (least, most) = SCALE;
    // what is beyond the scale already stays there
    (score + by).clamp(least.min(score), most.max(score))
}

impl Spec {
    /// Measures the own brand before and after each of several changes.
    ///
    /// # Errors
    ///
    /// When brand numbers or lengths do not fit together, a price is no cost, or a move is of a brand or a
    /// dimension that is not there, or by no number.
    pub fn moved(
        &self,
        survey: &Survey,
        changes: &[Vec<ScoreMove>],
        axes: &MapAxes,
    ) -> Result<Vec<MovedValue>, Error> {
        self.check(survey)?;
        self.check_axes(axes)?;
        for one in changes.iter().flatten() {
            let (brand, dimension) = (one.brand as f64, one.dimension as f64);
            require(
                one.brand < self.brands,
                "brand",
                brand,
                "a number below that of brands",
            )?;
            let expected = "a number below that of dimensions";
            require(
                one.dimension < self.dimensions(),
                "dimension",
                dimension,
                expected,
            )?;
            require(one.by.is_finite(), "by", one.by, "a number")?;
        }
        let before = Measured::of(self, survey);
        Ok(changes
            .iter()
            .map(|moves| before.against(&Measured::of(self, &survey.moved(self, moves)), axes))
            .collect())
    }
}

impl Survey {
    fn moved(&self, spec: &Spec, moves: &[ScoreMove]) -> Self {
        let mut moved = self.clone();
        let width = spec.brands * spec.dimensions();
        for one in moves {
            let first = one.brand * spec.dimensions() + one.dimension;
            for score in moved.scores.iter_mut().skip(first).step_by(width) {
                *score = moved_score(*score, one.by);
            }
        }
        moved
    }
}

/// A survey, and what resamples of it say.
struct Measured<'a> {
    spec: &'a Spec,
    values: Values,
    resampled: Resampled,
    /// Of all brands that are compared, those who scored the one that fewest scored; and the own one.
    fewest: usize,
    own: usize,
}

impl<'a> Measured<'a> {
    fn of(spec: &'a Spec, survey: &Survey) -> Self {
        let respondents = |brand: usize| spec.respondents(brand, survey);
        let of_each = spec.on_map().into_iter().map(respondents);
        Self {
            spec,
            values: Values::from_sums(spec, &Sums::of_all(spec, survey)),
            resampled: Resampled::draw(spec, survey),
            fewest: of_each.min().unwrap_or(0),
            own: respondents(spec.own),
        }
    }

    fn against(&self, after: &Self, axes: &MapAxes) -> MovedValue {
        let (spec, own) = (self.spec, self.spec.own);
        let pair = (&after.resampled, &after.values);
        let of_own = |get: &dyn Fn(&Values) -> f64| {
            self.resampled.changed(&self.values, pair, self.own, get)
        };
        let brands = spec.on_map();
        let place = |values: &Values| spec.place(values, &brands, own, axes);
        let on_map = |get: &dyn Fn(&Values) -> f64| {
            self.resampled.changed(&self.values, pair, self.fewest, get)
        };
        MovedValue {
            ratio: of_own(&|values| values.brands[own].ratio),
            difference: of_own(&|values| values.brands[own].difference),
            quality: on_map(&|values| place(values).0),
            price: on_map(&|values| place(values).1),
            rank_by_ratio: self.ranks(after, |values| values.by_ratio(0.0)),
            rank_by_difference: self.ranks(after, Values::by_difference),
            same_by: (0..spec.dimensions())
                .map(|dimension| {
                    let points = |before: &Values, after: &Values| {
                        let change = after.brands[own].difference - before.brands[own].difference;
                        change / spec.share(before, dimension)
                    };
                    self.resampled.of_both(&self.values, pair, self.own, points)
                })
                .collect(),
        }
    }

    fn ranks(&self, after: &Self, order: impl Fn(&Values) -> Vec<usize>) -> Option<Ranks> {
        let rank = |values: &Values| {
            let order = order(values);
            let place = order.iter().position(|&brand| brand == self.spec.own)?;
            (order.len() > 1).then_some(place + 1)
        };
        Some(Ranks {
            before: rank(&self.values)?,
            after: rank(&after.values)?,
        })
    }
}

impl Spec {
    /// The part of a dimension in the benefits (or costs) of the own brand; `NAN` where it was not scored.
    fn share(&self, values: &Values, dimension: usize) -> f64 {
        let scores = &values.brands[self.own].dimensions;
        let there = self
            .same_kind(dimension)
            .filter(|&other| scores[other].is_finite());
        let all: f64 = there.map(|other| values.weights[other]).sum();
        if scores[dimension].is_finite() {
            values.weights[dimension] / all
        } else {
            f64::NAN
        }
    }
}
