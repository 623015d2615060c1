//! When something happens, as fitted purchase models see it: the next purchase, and a silence that
//! says that a customer has left.
//!
//! Each is the time at which a rising function F of time and parameters reaches a target. Its
//! interval follows by differentiating that: d ln t = -(dF/d parameters) / (dF/d ln t).

use super::fitted::{FittedPurchases, check_time, with_slope};
use super::histories::CheckedHistories;
use super::law::{Law, Prospect, PurchaseModel};
use super::predicted::{Predicted, around_positive};
use crate::error::{Error, require};
use crate::estimate::reach;

/// Longer than this many times the age (and the time scale of the model) is never.
pub(super) const NEVER: f64 = 1e6;
/// Step in the logarithm of time for derivatives.
pub(super) const STEP: f64 = 1e-4;
/// Relative precision of a time.
pub(super) const PRECISION: f64 = 1e-9;

impl<M: PurchaseModel<D>, const D: usize> FittedPurchases<M, D> {
    /// Probability that each customer buys at least once in the next `time`.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite.
    pub fn probability_of_purchase(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        check_time(time)?;
        Ok(self.share_ahead(histories, |parameters, phase, x, age| {
            purchase_within(&parameters.if_alive(phase, x, age), time)
        }))
    }

    /// Time from the end of observation by which the next purchase of each customer comes with
    /// probability `share`: 0.5 for its median. Infinite for customers who with a larger
    /// probability never buy again.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] unless `share` is between 0 and 1.
    pub fn next_purchase_quantile(
        &self,
        histories: &CheckedHistories<'_>,
        share: f64,
    ) -> Result<Predicted, Error> {
        let sensible = share > 0.0 && share < 1.0;
        require(
            sensible,
            "share",
            share,
            "expected more than 0, less than 1",
        )?;
        let reached = |parameters: &M::Parameters, x: f64, t_x: f64, age: f64, time: f64| {
            let (share, []) = parameters.over_phases((x, t_x, age), |phase| {
                (
                    purchase_within(&parameters.if_alive(phase, x, age), time),
                    [],
                )
            });
            parameters.alive(x, t_x, age) * share
        };
        Ok(self.times(histories, share, reached))
    }

    /// How much longer each customer may stay silent before being alive is less likely than
    /// `threshold`; 0 where it already is, infinite where no silence is long enough (BG/NBD without
    /// a repeat purchase).
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] unless `threshold` is between 0 and 1.
    pub fn silence_until(
        &self,
        histories: &CheckedHistories<'_>,
        threshold: f64,
    ) -> Result<Predicted, Error> {
        let sensible = threshold > 0.0 && threshold < 1.0;
        let expected = "expected more than 0, less than 1";
        require(sensible, "threshold", threshold, expected)?;
        let odds = |parameters: &M::Parameters, x: f64, t_x: f64, age: f64, time: f64| {
            parameters.log_odds_gone(x, t_x, age + time)
        };
        Ok(self.times(histories, ((1.0 - threshold) / threshold).ln(), odds))
    }

    /// The time at which `reached(parameters, x, t_x, age, time)`, which rises, is `target`.
    fn times(
        &self,
        histories: &CheckedHistories<'_>,
        target: f64,
        reached: impl Fn(&M::Parameters, f64, f64, f64, f64) -> f64 + Sync,
    ) -> Predicted {
        let reach = reach(self.level);
        self.each(histories, |x, t_x, age| {
            let most = NEVER * (age + self.parameters.time_scale());
            let at = |time: f64| reached(&self.parameters, x, t_x, age, time) - target;
            let time = root(at, most / NEVER, most, PRECISION);
            if time == 0.0 || time >= most {
                return [if time == 0.0 { 0.0 } else { f64::INFINITY }; 3];
            }
            let rise = (at(time * STEP.exp()) - at(time * (-STEP).exp())) / (2.0 * STEP);
            let (_, slope) =
                with_slope(&self.parameters, |moved| reached(moved, x, t_x, age, time));
            around_positive(
                time,
                self.error_along(&slope) / rise.max(f64::MIN_POSITIVE),
                reach,
            )
        })
    }
}

/// Probability that a customer who is alive buys within `time`.
fn purchase_within(prospect: &impl Prospect, time: f64) -> f64 {
    let mut none = [0.0];
    prospect.counts(time, &mut none);
    1.0 - none[0]
}

/// Where a rising function is or passes zero, to this relative precision: 0 when it starts above,
/// `most` when it does not get there. Tries `first`, then farther out. Between bounds, false position in the
/// Illinois variant (Dowell, Jarratt 1971).
pub(super) fn root(
    mut function: impl FnMut(f64) -> f64,
    first: f64,
    most: f64,
    precision: f64,
) -> f64 {
    let mut low = (0.0, function(0.0));
    if low.1 >= 0.0 {
        return 0.0;
    }
    let mut high = (first, function(first));
    while high.1 < 0.0 {
        if high.0 >= most {
            return most;
        }
        low = high;
        let time = (high.0 * 4.0).min(most);
        high = (time, function(time));
    }
    // A hundred halvings would do even if false position were of no use.
    for step in 0..100 {
        if high.1 == 0.0 || high.0 - low.0 <= precision * high.0 {
            break;
        }
        let between = high.0 - high.1 * (high.0 - low.0) / (high.1 - low.1);
        let inside = between > low.0 && between < high.0;
        // Minus infinity at time 0 (someone who has just bought) leaves halving alone.
        let time = if inside && step % 4 != 3 {
            between
        } else {
            (low.0 + high.0) / 2.0
        };
        let value = function(time);
        if value < 0.0 {
            low = (time, value);
            high.1 /= 2.0;
        } else {
            high = (time, value);
            low.1 /= 2.0;
        }
    }
    high.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_found_from_any_start() {
        for root_at in [1e-6, 0.3, 1.0, 70.0, 9e5] {
            let found = root(|time| f64::ln(time / root_at), 1.0, NEVER, PRECISION);
            assert!((found / root_at - 1.0).abs() < 1e-8, "{root_at} {found}");
            let found = root(|time| time - root_at, 1.0, NEVER, PRECISION);
            assert!((found / root_at - 1.0).abs() < 1e-8, "{root_at} {found}");
        }
        assert_eq!(root(|time| time + 1.0, 1.0, NEVER, PRECISION), 0.0);
        assert_eq!(root(|_| f64::NEG_INFINITY, 1.0, NEVER, PRECISION), NEVER);
    }
}
