//! How far off the numbers may be: the survey asked again of respondents drawn from it.

use rand::RngExt;
use rayon::prelude::*;

use super::measure::{Sums, Values};
use super::{Ellipse, Order, Spec, Survey};
use crate::bootstrap;
use crate::estimate::{Changed, Estimate};

/// Largest number of answers added up over all resamples: some seconds on two cores.
const MOST_ADDITIONS: usize = 4_000_000_000;

/// Fewest resamples, however large the survey: enough for 5 % tails.
const FEWEST_RESAMPLES: usize = 200;

/// Respondents of whom some are drawn together, because they know of each other or are alike: those
/// of one account.
pub(super) struct Together {
    respondents: Vec<usize>,
    /// Where each group begins among the respondents, and where the last one ends.
    bounds: Vec<usize>,
}

impl Together {
    /// Each alone.
    pub(super) fn each(respondents: usize) -> Self {
        Self {
            respondents: (0..respondents).collect(),
            bounds: (0..=respondents).collect(),
        }
    }

    /// Those with the same number together.
    pub(super) fn with_same(number: &[usize]) -> Self {
        let mut respondents: Vec<usize> = (0..number.len()).collect();
        respondents.sort_by_key(|&respondent| number[respondent]);
        let groups = respondents.chunk_by(|&one, &other| number[one] == number[other]);
        let bounds = std::iter::once(0)
            .chain(groups.scan(0, |end, group| {
                *end += group.len();
                Some(*end)
            }))
            .collect();
        Self {
            respondents,
            bounds,
        }
    }

    /// How many groups there are.
    pub(super) fn len(&self) -> usize {
        self.bounds.len() - 1
    }

    /// Group after group.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[usize]> {
        (0..self.len()).map(|group| self.group(group))
    }

    fn group(&self, group: usize) -> &[usize] {
        &self.respondents[self.bounds[group]..self.bounds[group + 1]]
    }
}

/// What each resample says.
pub(super) struct Resampled {
    level: f64,
    resamples: Vec<Values>,
}

impl Resampled {
    /// Draws as many respondents as there are, with replacement, again and again.
    pub(super) fn draw(spec: &Spec, survey: &Survey) -> Self {
        Self::draw_together(spec, survey, &Together::each(survey.weights.len()))
    }

    /// Draws as many groups of respondents as there are. Each resample has its own stream of the
    /// generator, so threads do not matter.
    pub(super) fn draw_together(spec: &Spec, survey: &Survey, together: &Together) -> Self {
        let respondents = survey.weights.len();
        let additions = respondents * (spec.brands + 1) * spec.dimensions();
        let affordable = MOST_ADDITIONS / additions.max(1);
        let count = match respondents {
            0 => 0,
            _ => spec.resamples.min(affordable.max(FEWEST_RESAMPLES)),
        };
        let resamples = (0..count)
            .into_par_iter()
            .map(|resample| {
                let mut random = bootstrap::stream(spec.seed, resample as u64);
                let drawn = (0..together.len())
                    .flat_map(|_| together.group(random.random_range(0..together.len())));
                Values::from_sums(spec, &Sums::of(spec, survey, drawn.copied()))
            })
            .collect();
        Self {
            level: spec.level,
            resamples,
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.resamples.len()
    }

    /// The number with its interval; none when it does not exist, and no interval when it rests
    /// on too few `respondents`.
    pub(super) fn estimate(
        &self,
        values: &Values,
        respondents: usize,
        get: impl Fn(&Values) -> f64,
    ) -> Option<Estimate> {
        let value = get(values);
        let resampled = self.resamples.iter().map(get);
        value
            .is_finite()
            .then(|| bootstrap::estimate(value, resampled, respondents, self.level))
    }

    /// A number here, and in what the same resamples of the same respondents say after a change.
    pub(super) fn changed(
        &self,
        values: &Values,
        after: (&Self, &Values),
        respondents: usize,
        get: impl Fn(&Values) -> f64,
    ) -> Option<Changed> {
        let less = |before: &Values, after: &Values| get(after) - get(before);
        Some(Changed {
            before: self.estimate(values, respondents, &get)?,
            after: after.0.estimate(after.1, respondents, &get)?,
            change: self.of_both(values, after, respondents, less)?,
        })
    }

    /// A number that follows from what the same resamples say before and after a change.
    pub(super) fn of_both(
        &self,
        values: &Values,
        after: (&Self, &Values),
        respondents: usize,
        get: impl Fn(&Values, &Values) -> f64,
    ) -> Option<Estimate> {
        let (resampled, moved) = after;
        let value = get(values, moved);
        let pairs = self.resamples.iter().zip(&resampled.resamples);
        let numbers = pairs.map(|(before, after)| get(before, after));
        value
            .is_finite()
            .then(|| bootstrap::estimate(value, numbers, respondents, self.level))
    }

    /// Standard deviation over resamples, corrected for their being narrower than the truth.
    pub(super) fn standard_error(
        &self,
        respondents: usize,
        get: impl Fn(&Values) -> f64,
    ) -> Option<f64> {
        bootstrap::standard_error(self.resamples.iter().map(get), respondents)
    }

    /// Where a point may be that rests on so many `respondents`; none when those are few or the point
    /// does not exist in many resamples.
    pub(super) fn ellipse(
        &self,
        centre: (f64, f64),
        respondents: usize,
        get: impl Fn(&Values) -> (f64, f64),
    ) -> Option<Ellipse> {
        let variance_along = |along: f64, up: f64| {
            let numbers = self.resamples.iter().map(|values| {
                let (x, y) = get(values);
                along * x + up * y
            });
            let error = bootstrap::standard_error(numbers, respondents)?;
            Some(error * error)
        };
        let (x, y) = (variance_along(1.0, 0.0)?, variance_along(0.0, 1.0)?);
        // Var(x + y) = Var(x) + Var(y) + 2 Cov(x, y)
        let both = (variance_along(1.0, 1.0)? - x - y) / 2.0;
        let is_there = centre.0.is_finite() && centre.1.is_finite();
        is_there.then(|| {
            Ellipse::of(
                [centre.0, centre.1],
                [[x, both], [both, y]],
                respondents,
                self.level,
            )
        })
    }

    /// Share of resamples of which something is true.
    pub(super) fn share(&self, holds: impl Fn(&Values) -> bool) -> f64 {
        let held = self.resamples.iter().filter(|values| holds(values)).count();
        held as f64 / self.resamples.len().max(1) as f64
    }

    /// The order of brands, with how often it comes again.
    pub(super) fn order(&self, values: &Values) -> Option<Order> {
        let by_ratio = values.by_ratio(0.0);
        if by_ratio.len() < 2 {
            return None;
        }
        let by_difference = values.by_difference();
        Some(Order {
            by_ratio_zero_up: values.by_ratio(-1.0),
            by_ratio_zero_down: values.by_ratio(1.0),
            ratio_certainty: self.share(|v| v.by_ratio(0.0) == by_ratio),
            difference_certainty: self.share(|v| v.by_difference() == by_difference),
            by_ratio,
            by_difference,
        })
    }
}
