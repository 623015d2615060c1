//! A number that people will read, with its interval or the reason why there is none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::error::{Error, require};

/// How sure an interval is meant to be, when nothing else is asked: 90 in 100.
pub const DEFAULT_LEVEL: f64 = 0.9;

/// A number with its interval, or with the reason why it has none.
///
/// As JSON: `{"value": 1.8, "low": 1.6, "high": 2.0, "level": 0.9, "method": "bootstrap"}` or
/// `{"value": 2357, "no_interval": "counted"}`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    /// The best single number.
    pub value: f64,
    /// How far the truth may be from it.
    #[serde(flatten)]
    pub spread: Spread,
}

/// An interval, or the reason for its absence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Spread {
    /// The truth is between `low` and `high` with probability `level`, by `method`.
    Interval {
        /// Lower end, in the unit of the value.
        low: f64,
        /// Upper end, in the unit of the value.
        high: f64,
        /// Probability that the interval is meant to hold, 0..1.
        level: f64,
        /// What made the interval.
        method: Method,
    },
    /// There is no interval.
    None {
        /// Why not.
        no_interval: NoInterval,
    },
}

/// What made an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Normal approximation from the observed information, carried through by derivatives.
    Delta,
    /// Profile likelihood.
    Profile,
    /// Percentiles over resampled respondents or customers.
    Bootstrap,
    /// Percentiles over simulated futures, with parameters drawn from their uncertainty.
    Simulation,
    /// Percentiles of a posterior.
    Posterior,
    /// Wilson score interval of a share.
    Wilson,
    /// Difference of two shares, from the Wilson intervals of both (Newcombe 1998, method 10).
    Newcombe,
    /// Sum of two independent estimates, from the intervals of both ("square and add": Zou, Donner
    /// 2008, doi:10.1002/sim.3095).
    SquareAndAdd,
    /// Mean, or difference of two means, by Student's t with Welch's degrees of freedom.
    Welch,
}

/// Why a number has no interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoInterval {
    /// It was counted or added up from all rows: nothing was sampled.
    Counted,
    /// Someone chose it (a rate, a margin, a weight that was not asked).
    Given,
    /// Too few observations to say how far off it may be.
    TooFew,
    /// The model is flat or at a boundary in this direction.
    NotIdentified,
}

impl Estimate {
    /// A number with an interval.
    #[must_use]
    pub fn between(value: f64, low: f64, high: f64, level: f64, method: Method) -> Self {
        Self {
            value,
            spread: Spread::Interval {
                low,
                high,
                level,
                method,
            },
        }
    }

    /// A number with a normal interval: as many standard errors to either side as `level` asks.
    #[must_use]
    pub fn normal(value: f64, standard_error: f64, level: f64) -> Self {
        let reach = reach(level) * standard_error;
        Self::between(value, value - reach, value + reach, level, Method::Delta)
    }

    /// A number without one, and why.
    #[must_use]
    pub fn without(value: f64, no_interval: NoInterval) -> Self {
        Self {
            value,
            spread: Spread::None { no_interval },
        }
    }

    /// A number that was counted from all rows.
    #[must_use]
    pub fn counted(value: f64) -> Self {
        Self::without(value, NoInterval::Counted)
    }

    /// The ends of the interval, if there is one.
    #[must_use]
    pub fn ends(&self) -> Option<(f64, f64)> {
        match self.spread {
            Spread::Interval { low, high, .. } => Some((low, high)),
            Spread::None { .. } => None,
        }
    }

    /// The sum with an estimate that is independent of this one. What has no interval counts as known
    /// when the other has one.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let value = self.value + other.value;
        let (
            Spread::Interval {
                low, high, level, ..
            },
            Spread::Interval {
                low: other_low,
                high: other_high,
                ..
            },
        ) = (self.spread, other.spread)
        else {
            let known = if self.ends().is_some() { self } else { other };
            return known.shifted(value - known.value);
        };
        let down = (self.value - low).hypot(other.value - other_low);
        let up = (high - self.value).hypot(other_high - other.value);
        Self::between(value, value - down, value + up, level, Method::SquareAndAdd)
    }

    /// The same estimate with a known number added.
    #[must_use]
    pub fn shifted(&self, more: f64) -> Self {
        match self.spread {
            Spread::Interval {
                low,
                high,
                level,
                method,
            } => Self::between(self.value + more, low + more, high + more, level, method),
            Spread::None { no_interval } => Self::without(self.value + more, no_interval),
        }
    }

    /// The same estimate in another unit: everything times `factor`.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        match self.spread {
            Spread::Interval {
                low,
                high,
                level,
                method,
            } => {
                let (a, b) = (low * factor, high * factor);
                Self::between(self.value * factor, a.min(b), a.max(b), level, method)
            }
            Spread::None { no_interval } => Self::without(self.value * factor, no_interval),
        }
    }
}

/// How many standard errors an interval reaches to either side: 1.645 for a level of 0.9.
pub(crate) fn reach(level: f64) -> f64 {
    Normal::standard().inverse_cdf(0.5 + level / 2.0)
}

/// Fails unless intervals can be made for this level.
pub(crate) fn check_level(level: f64) -> Result<(), Error> {
    let sensible = (0.5..=0.999).contains(&level);
    require(
        sensible,
        "level",
        level,
        "expected 0.5 to 0.999 (0.9 = 90 %)",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independent_errors_add_as_squares() {
        let one = Estimate::between(10.0, 7.0, 14.0, 0.9, Method::Welch);
        let other = Estimate::between(5.0, 1.0, 8.0, 0.9, Method::Simulation);
        // below 3 and 4, above 4 and 3
        let both = Estimate::between(15.0, 10.0, 20.0, 0.9, Method::SquareAndAdd);
        assert_eq!(one.plus(&other), both);
        assert_eq!(other.plus(&one), both);
        let known = Estimate::counted(2.0);
        let shifted = Estimate::between(12.0, 9.0, 16.0, 0.9, Method::Welch);
        assert_eq!((one.plus(&known), known.plus(&one)), (shifted, shifted));
        assert_eq!(known.plus(&known), Estimate::counted(4.0));
    }
}
