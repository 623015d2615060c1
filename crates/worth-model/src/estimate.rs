//! A number that people will read, with its interval or the reason why there is none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

use crate::error::{Error, require};

/// How sure an interval is meant to be, when nothing else is asked: 90 in 100.
pub const DEFAULT_LEVEL: f64 = 0.9;

/// Probability that a difference of the smallest size told is seen when it is there: the usual 80
/// in 100.
pub const POWER: f64 = 0.8;

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
    /// Percentiles of a prior: what was taken to be possible before any data.
    Prior,
    /// Quantiles of what may happen by chance, widened by what is not known of the parameters
    /// (square and add: Zou, Donner 2008).
    Predictive,
    /// Wilson score interval of a share.
    Wilson,
    /// Difference of two numbers, from the intervals of both: distances to their ends are squared and
    /// added (Newcombe 1998, method 10, for shares; Zou, Donner 2008, for any).
    Newcombe,
    /// How far off earlier forecasts of the same thing were (Farrington and others 1996).
    EarlierForecasts,
    /// Mean, or difference of two means, by Student's t with Welch's degrees of freedom.
    Welch,
    /// Shares of one sample, all of them at once (Goodman 1965).
    Goodman,
    /// Difference of two shares of one sample, three answers added (Rocks 2016).
    AdjustedWald,
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

/// A number as it is and as it would be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Changed {
    /// As it is.
    pub before: Estimate,
    /// As it would be.
    pub after: Estimate,
    /// After less before. Surer than both: what is not known of one is not known of the other.
    pub change: Estimate,
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

    /// The same estimate with a known number added.
    #[must_use]
    pub fn shifted(&self, more: f64) -> Self {
        self.mapped(|number| number + more)
    }

    /// What this number is the natural logarithm of, as its ends are.
    #[must_use]
    pub fn exp(&self) -> Self {
        self.mapped(f64::exp)
    }

    /// The same estimate with an interval that keeps to where the number can be.
    #[must_use]
    pub fn within(&self, least: f64, most: f64) -> Self {
        self.mapped(|end| end.max(least).min(most))
    }

    /// Something that rises with this number.
    fn mapped(&self, rising: impl Fn(f64) -> f64) -> Self {
        let value = rising(self.value);
        match self.spread {
            Spread::Interval {
                low,
                high,
                level,
                method,
            } => Self::between(value, rising(low), rising(high), level, method),
            Spread::None { no_interval } => Self::without(value, no_interval),
        }
    }

    /// This number less another of other people; without an interval when one of them has none.
    /// Distances to the ends of both intervals are squared and added (Newcombe 1998, Statistics in
    /// Medicine 17, 873-890; Zou, Donner 2008, doi:10.1002/sim.3095).
    #[must_use]
    pub fn less(&self, other: &Self) -> Self {
        let value = self.value - other.value;
        match (self.spread, other.spread) {
            (
                Spread::Interval {
                    low, high, level, ..
                },
                Spread::Interval {
                    low: other_low,
                    high: other_high,
                    ..
                },
            ) => {
                let down = (self.value - low).hypot(other_high - other.value);
                let up = (high - self.value).hypot(other.value - other_low);
                Self::between(value, value - down, value + up, level, Method::Newcombe)
            }
            (Spread::None { no_interval }, _) | (_, Spread::None { no_interval }) => {
                Self::without(value, no_interval)
            }
        }
    }

    /// The same estimate with an interval that also covers something beside, independent of what it
    /// covers already, for which the number would be `less` or `more` at the ends of an interval of
    /// the same level. Reaches are squared and added (Zou, Donner 2008, doi:10.1002/sim.3095).
    #[must_use]
    pub fn widened(&self, less: f64, more: f64) -> Self {
        match self.spread {
            Spread::Interval {
                low,
                high,
                level,
                method,
            } => {
                let down = (self.value - low).hypot((self.value - less).max(0.0));
                let up = (high - self.value).hypot((more - self.value).max(0.0));
                // below 0 there is nothing for what the interval kept above it
                let floor = if low >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
                let low = (self.value - down).max(floor);
                Self::between(self.value, low, self.value + up, level, method)
            }
            Spread::None { .. } => *self,
        }
    }

    /// Standard error of an estimate whose interval is normal: half its length over the reach of its
    /// level. Absent without an interval.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        match self.spread {
            Spread::Interval {
                low, high, level, ..
            } => Some((high - low) / 2.0 / reach(level)),
            Spread::None { .. } => None,
        }
    }

    /// Probability that the truth is above a number, as a normal with this interval has it. Absent
    /// without an interval.
    #[must_use]
    pub fn probability_above(&self, number: f64) -> Option<f64> {
        let distance = self.value - number;
        match self.standard_error()? {
            error if error > 0.0 => Some(Normal::standard().cdf(distance / error)),
            _ if distance == 0.0 => Some(0.5),
            _ => Some(f64::from(u8::from(distance > 0.0))),
        }
    }

    /// What is missing to 1: of a share, the share of the rest.
    #[must_use]
    pub fn complement(&self) -> Self {
        self.scaled(-1.0).shifted(1.0)
    }

    /// One over it, as a ratio is turned round; without an interval when that is not all above 0.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let value = self.value.recip();
        match self.spread {
            Spread::Interval {
                low,
                high,
                level,
                method,
            } if low > 0.0 => Self::between(value, high.recip(), low.recip(), level, method),
            Spread::Interval { .. } => Self::without(value, NoInterval::NotIdentified),
            Spread::None { no_interval } => Self::without(value, no_interval),
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
pub fn reach(level: f64) -> f64 {
    Normal::standard().inverse_cdf(0.5 + level / 2.0)
}

/// How many standard errors from 0 the truth must be for an interval of this level to leave out 0
/// with probability `power` (that it does so on the far side, less than one in a thousand, is
/// neglected).
pub fn reaches(level: f64, power: f64) -> f64 {
    reach(level) + Normal::standard().inverse_cdf(power)
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
    fn a_number_one_standard_error_above_is_above_in_84_of_100() {
        let one = Estimate::normal(3.0, 2.0, 0.9);
        let above = one.probability_above(1.0).expect("an interval");
        assert!((above - 0.841_345).abs() < 1e-6);
        assert_eq!(
            Estimate::normal(3.0, 0.0, 0.9).probability_above(1.0),
            Some(1.0)
        );
        assert_eq!(Estimate::counted(3.0).probability_above(1.0), None);
    }

    #[test]
    fn independent_errors_add_as_squares_and_known_numbers_not_at_all() {
        let one = Estimate::between(10.0, 7.0, 14.0, 0.9, Method::Welch);
        let other = Estimate::between(-5.0, -8.0, -1.0, 0.9, Method::Simulation);
        // below 3 and 4, above 4 and 3
        let both = Estimate::between(15.0, 10.0, 20.0, 0.9, Method::Newcombe);
        assert_eq!(one.less(&other), both);
        let shifted = Estimate::between(12.0, 9.0, 16.0, 0.9, Method::Welch);
        assert_eq!(one.shifted(2.0), shifted);
    }

    #[test]
    fn a_ratio_is_turned_round_with_its_ends() {
        let ratio = Estimate::between(2.0, 0.5, 4.0, 0.9, Method::Bootstrap);
        let turned = Estimate::between(0.5, 0.25, 2.0, 0.9, Method::Bootstrap);
        assert_eq!(ratio.inverse(), turned);
        let around_none = Estimate::between(2.0, -0.5, 4.0, 0.9, Method::Bootstrap);
        assert_eq!(around_none.inverse().ends(), None);
    }
}
