//! How far off the numbers may be: the survey asked again of respondents drawn from it.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::measure::{Sums, Values};
use super::{FEWEST_FOR_AN_INTERVAL, Order, Spec, Survey};
use crate::estimate::{Estimate, Method, NoInterval};

/// Largest number of answers added up over all resamples: some seconds on two cores.
const MOST_ADDITIONS: usize = 4_000_000_000;

/// Fewest resamples, however large the survey: enough for 5 % tails.
const FEWEST_RESAMPLES: usize = 200;

/// In so many resamples at least a number must exist for its interval to mean anything.
const SHARE_THAT_MUST_EXIST: f64 = 0.95;

/// What each resample says.
pub(super) struct Resampled {
    level: f64,
    resamples: Vec<Values>,
}

impl Resampled {
    /// Draws as many respondents as there are, with replacement, again and again. Each resample
    /// has its own stream of the generator, so threads do not matter.
    pub(super) fn draw(spec: &Spec, survey: &Survey) -> Self {
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
                let mut random = ChaCha8Rng::seed_from_u64(spec.seed);
                random.set_stream(resample as u64);
                let drawn = (0..respondents).map(|_| random.random_range(0..respondents));
                Values::from_sums(spec, &Sums::of(spec, survey, drawn))
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
        if !value.is_finite() {
            return None;
        }
        let Some(sorted) = self.sorted(respondents, get) else {
            return Some(Estimate::without(value, NoInterval::TooFew));
        };
        let tail = widened_tail((1.0 - self.level) / 2.0, respondents);
        Some(Estimate::between(
            value,
            quantile(&sorted, tail).min(value),
            quantile(&sorted, 1.0 - tail).max(value),
            self.level,
            Method::Bootstrap,
        ))
    }

    /// Standard deviation over resamples, corrected for their being narrower than the truth.
    pub(super) fn standard_error(
        &self,
        respondents: usize,
        get: impl Fn(&Values) -> f64,
    ) -> Option<f64> {
        let sorted = self.sorted(respondents, get)?;
        let count = sorted.len() as f64;
        let mean = sorted.iter().sum::<f64>() / count;
        let squares: f64 = sorted.iter().map(|value| (value - mean).powi(2)).sum();
        let respondents = respondents as f64;
        Some((squares / (count - 1.0) * respondents / (respondents - 1.0)).sqrt())
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

    /// The number in all resamples, in ascending order; none when it exists in too few.
    fn sorted(&self, respondents: usize, get: impl Fn(&Values) -> f64) -> Option<Vec<f64>> {
        let mut numbers: Vec<f64> = self
            .resamples
            .iter()
            .map(get)
            .filter(|value| value.is_finite())
            .collect();
        let enough = SHARE_THAT_MUST_EXIST * self.resamples.len() as f64;
        if respondents < FEWEST_FOR_AN_INTERVAL
            || numbers.len() < 2
            || (numbers.len() as f64) < enough
        {
            return None;
        }
        numbers.sort_by(f64::total_cmp);
        Some(numbers)
    }
}

/// The tail to cut off on each side so that an interval from few respondents is as wide as
/// Student's t would make it (Hesterberg 2015, section 5.3).
fn widened_tail(tail: f64, respondents: usize) -> f64 {
    let respondents = respondents as f64;
    let normal = Normal::standard();
    let student = StudentsT::new(0.0, 1.0, respondents - 1.0)
        .expect("an interval has at least five respondents");
    let reach = (respondents / (respondents - 1.0)).sqrt() * student.inverse_cdf(tail);
    normal.cdf(reach)
}

/// Linear between neighbours, as in R's type 7.
fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let place = probability * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// The true difference whose interval of this level leaves out zero with probability `power`
/// (the far tail, less than one in a thousand, is neglected).
pub(super) fn smallest_difference(standard_error: f64, level: f64, power: f64) -> f64 {
    let normal = Normal::standard();
    let seen = normal.inverse_cdf(1.0 - (1.0 - level) / 2.0);
    (seen + normal.inverse_cdf(power)) * standard_error
}
