//! Bootstrap: rows drawn again and again with replacement, and intervals from what each resample
//! says (Efron 1979, Bootstrap Methods: Another Look at the Jackknife, doi:10.1214/aos/1176344552).
//!
//! Intervals are percentiles, widened for small samples (Hesterberg 2015, What Teachers Should Know
//! About the Bootstrap, doi:10.1080/00031305.2015.1089789, section 5.3).

mod groups;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::concentration::quantile;
use crate::error::{Error, require};
use crate::estimate::{DEFAULT_LEVEL, Estimate, Method, NoInterval, check_level};
pub(crate) use groups::Groups;

/// Fewer rows than this give a number but no interval.
pub(crate) const FEWEST_FOR_AN_INTERVAL: usize = 5;
/// In this share of resamples at least a number must exist for its interval to mean anything.
const SHARE_THAT_MUST_EXIST: f64 = 0.95;

/// How intervals are made by drawing respondents again.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Resampling {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// How often respondents are drawn again, 100 to 100,000. Default 1,000.
    pub resamples: usize,
    /// Seed of the drawing.
    pub seed: u64,
}

impl Default for Resampling {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            resamples: 1000,
            seed: 1,
        }
    }
}

impl Resampling {
    pub(crate) fn check(&self) -> Result<(), Error> {
        check_level(self.level)?;
        require(
            (100..=100_000).contains(&self.resamples),
            "resamples",
            self.resamples as f64,
            "expected 100 to 100,000",
        )
    }
}

/// The random numbers of one resample.
pub(crate) fn stream(seed: u64, resample: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(resample);
    random
}

/// The number with an interval from what resamples of `drawn_from` rows or groups say; without one
/// when those are few, or when many resamples say nothing.
pub(crate) fn estimate(
    value: f64,
    resampled: impl Iterator<Item = f64>,
    drawn_from: usize,
    level: f64,
) -> Estimate {
    let Some(sorted) = sorted(resampled, drawn_from) else {
        return Estimate::without(value, NoInterval::TooFew);
    };
    let tail = widened_tail((1.0 - level) / 2.0, drawn_from);
    let end = |part: f64| quantile(&sorted, part).expect("two numbers at least");
    Estimate::between(
        value,
        end(tail).min(value),
        end(1.0 - tail).max(value),
        level,
        Method::Bootstrap,
    )
}

/// Standard deviation over resamples, corrected for their being narrower than the truth.
pub(crate) fn standard_error(
    resampled: impl Iterator<Item = f64>,
    drawn_from: usize,
) -> Option<f64> {
    let sorted = sorted(resampled, drawn_from)?;
    let count = sorted.len() as f64;
    let mean = sorted.iter().sum::<f64>() / count;
    let squares: f64 = sorted.iter().map(|value| (value - mean).powi(2)).sum();
    let rows = drawn_from as f64;
    Some((squares / (count - 1.0) * rows / (rows - 1.0)).sqrt())
}

/// The number in all resamples, in ascending order; none when it exists in too few.
fn sorted(resampled: impl Iterator<Item = f64>, drawn_from: usize) -> Option<Vec<f64>> {
    let mut asked = 0;
    let mut numbers: Vec<f64> = resampled
        .inspect(|_| asked += 1)
        .filter(|value| value.is_finite())
        .collect();
    let enough = SHARE_THAT_MUST_EXIST * f64::from(asked);
    if drawn_from < FEWEST_FOR_AN_INTERVAL || numbers.len() < 2 || (numbers.len() as f64) < enough {
        return None;
    }
    numbers.sort_unstable_by(f64::total_cmp);
    Some(numbers)
}

/// The tail to cut off on each side so that an interval from few rows is as wide as Student's t
/// would make it.
fn widened_tail(tail: f64, drawn_from: usize) -> f64 {
    let rows = drawn_from as f64;
    let student = StudentsT::new(0.0, 1.0, rows - 1.0).expect("an interval has at least five rows");
    let reach = (rows / (rows - 1.0)).sqrt() * student.inverse_cdf(tail);
    Normal::standard().cdf(reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_rows_and_missing_numbers_have_no_interval() {
        let numbers = || (0..100).map(f64::from);
        assert_eq!(estimate(50.0, numbers(), 4, 0.9).ends(), None);
        assert!(estimate(50.0, numbers(), 5, 0.9).ends().is_some());
        let holes = || numbers().map(|n| if n < 6.0 { f64::NAN } else { n });
        assert_eq!(estimate(50.0, holes(), 50, 0.9).ends(), None);
        assert_eq!(standard_error(holes(), 50), None);
    }
}
