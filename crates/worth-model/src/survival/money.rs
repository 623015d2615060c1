//! A retention curve in money: margins over the time that customers stay, discounted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::area::{Area, Steps};
use crate::error::{Error, require};
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::lifetime::Horizon;

/// The mean time that customers stay within a horizon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RestrictedMean {
    /// The horizon that was asked for.
    pub horizon: f64,
    /// How far the curve is known: less than the horizon when nobody was seen for so long.
    pub until: f64,
    /// Mean time that customers stay within `until`.
    pub mean: Estimate,
}

/// What someone who stays pays, and what that is worth today.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscription {
    /// How far ahead, in periods (steps) of which length, and at what discount. Times are in the
    /// unit of the durations.
    pub horizon: Horizon,
    /// Expected margin of each period from someone who is there; the last one holds for all
    /// periods after it.
    pub margins: Vec<f64>,
    /// When in a period it is earned.
    pub paid: Paid,
}

/// When in a period its margin is earned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Paid {
    /// At its beginning, by all who are there then: a subscription paid in advance. The payment at
    /// time 0 (or at the customer's present age) is among them.
    InAdvance,
    /// All through the period: who leaves halfway pays half. Discounted as if in the middle.
    Throughout,
}

/// What customers are worth as long as they stay.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RetainedValue {
    /// The horizon that was asked for.
    pub horizon: f64,
    /// How far ahead the curve is known: less than the horizon when nobody was seen for so long.
    /// What comes later is not in the value.
    pub until: f64,
    /// Expected margin within `until`, discounted. The interval is that of the mean over many
    /// customers: it covers what is not known of the curve, not chance in what one customer does.
    pub value: Estimate,
}

impl RestrictedMean {
    pub(super) fn new(steps: &Steps, horizon: f64, level: f64) -> Result<Self, Error> {
        let sensible = horizon.is_finite() && horizon > 0.0;
        require(sensible, "horizon", horizon, "expected more than 0")?;
        let area = steps.area(0.0, horizon, |time| time);
        Ok(Self {
            horizon,
            until: area.until,
            mean: estimate(&area, Some((0.0, area.until)), level),
        })
    }
}

impl Subscription {
    /// The same margin in every period.
    #[must_use]
    pub fn steady(margin: f64, paid: Paid, horizon: Horizon) -> Self {
        Self {
            horizon,
            margins: vec![margin],
            paid,
        }
    }

    /// Checks horizon and margins.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that makes no sense, [`Error::Empty`] without
    /// margins.
    pub fn check(&self) -> Result<(), Error> {
        self.horizon.check()?;
        if self.margins.is_empty() {
            return Err(Error::Empty { what: "margins" });
        }
        for &margin in &self.margins {
            let sensible = margin.is_finite() && margin.abs() <= 1e15;
            require(
                sensible,
                "margins",
                margin,
                "expected an amount of money per period",
            )?;
        }
        Ok(())
    }

    pub(super) fn value(
        &self,
        steps: &Steps,
        age: f64,
        level: f64,
    ) -> Result<RetainedValue, Error> {
        self.check()?;
        let sensible = age.is_finite() && age >= 0.0;
        require(sensible, "age", age, "expected a number of at least 0")?;
        let income = Income::new(self);
        let area = steps.area(age, self.horizon.length, |time| income.by(time));
        // Nobody can bring more than one who stays, or less than one who leaves at once.
        let rises = self.margins.iter().all(|&margin| margin >= 0.0);
        let limits = rises.then(|| (0.0, income.by(area.until)));
        Ok(RetainedValue {
            horizon: self.horizon.length,
            until: area.until,
            value: estimate(&area, limits, level),
        })
    }
}

fn estimate(area: &Area, limits: Option<(f64, f64)>, level: f64) -> Estimate {
    if area.until <= 0.0 {
        return Estimate::without(area.value, NoInterval::NotIdentified);
    }
    if area.variance <= 0.0 || !area.variance.is_finite() {
        return Estimate::without(area.value, NoInterval::TooFew);
    }
    let half = reach(level) * area.variance.sqrt();
    let (low, high) = limits.unwrap_or((f64::MIN, f64::MAX));
    Estimate::between(
        area.value,
        (area.value - half).max(low).min(area.value),
        (area.value + half).min(high).max(area.value),
        level,
        Method::Delta,
    )
}

/// Discounted margins of someone who stays.
struct Income {
    period: f64,
    paid: Paid,
    /// Discounted margin of each period.
    worth: Vec<f64>,
    /// Sum of the first 0, 1, 2 … of them.
    sums: Vec<f64>,
}

impl Income {
    fn new(subscription: &Subscription) -> Self {
        let horizon = &subscription.horizon;
        let periods = (horizon.length / horizon.step - 1e-9).ceil().max(1.0) as usize;
        let last = subscription.margins.len() - 1;
        let worth: Vec<f64> = (0..periods)
            .map(|k| {
                let begin = k as f64 * horizon.step;
                let end = (begin + horizon.step).min(horizon.length);
                let moment = match subscription.paid {
                    Paid::InAdvance => begin,
                    Paid::Throughout => f64::midpoint(begin, end),
                };
                let years = moment / horizon.units_per_year;
                subscription.margins[k.min(last)]
                    * (-years * horizon.discount_rate_yearly.ln_1p()).exp()
            })
            .collect();
        let mut sums = vec![0.0];
        let mut sum = 0.0;
        for amount in &worth {
            sum += amount;
            sums.push(sum);
        }
        Self {
            period: horizon.step,
            paid: subscription.paid,
            worth,
            sums,
        }
    }

    /// What was earned before a time. A payment at that very time is not among it: whoever leaves
    /// then does not pay it.
    fn by(&self, time: f64) -> f64 {
        let periods = time / self.period;
        match self.paid {
            // Whole periods come out a little too long or short when unit and period are fractions.
            Paid::InAdvance => {
                let begun = (periods - 1e-9).ceil().max(0.0) as usize;
                self.sums[begun.min(self.worth.len())]
            }
            Paid::Throughout => {
                let whole = (periods.max(0.0) as usize).min(self.worth.len());
                let rest = periods - whole as f64;
                self.sums[whole] + self.worth.get(whole).map_or(0.0, |amount| amount * rest)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(length: f64, rate: f64) -> Horizon {
        Horizon {
            length,
            step: 1.0,
            units_per_year: 1.0,
            discount_rate_yearly: rate,
        }
    }

    /// Half leave at 1 and half of those who are left at 3; seen until 4.
    fn halves() -> Steps {
        let mut steps = Steps::new(4.0, 0);
        steps.push(1.0, 0.5, 0.1, &[]);
        steps.push(3.0, 0.25, 0.2, &[]);
        steps
    }

    #[test]
    fn payments_in_advance_by_hand() {
        // At 0 everyone pays 100, at 1 and 2 one half, at 3 a quarter; 25 % a year.
        let subscription = Subscription::steady(100.0, Paid::InAdvance, years(4.0, 0.25));
        let found = subscription.value(&halves(), 0.0, 0.9).unwrap();
        let wanted = 100.0 + 50.0 / 1.25 + 50.0 / 1.25f64.powi(2) + 25.0 / 1.25f64.powi(3);
        assert!((found.value.value - wanted).abs() < 1e-9);
        assert_eq!(found.until, 4.0);
        let (low, high) = found.value.ends().unwrap();
        assert!(low < wanted && wanted < high && low > 0.0);
    }

    #[test]
    fn margins_may_change_and_the_last_one_stays() {
        let subscription = Subscription {
            horizon: years(4.0, 0.0),
            margins: vec![-60.0, 100.0],
            paid: Paid::Throughout,
        };
        // The first year all are there, then half for two years, then a quarter.
        let found = subscription.value(&halves(), 0.0, 0.9).unwrap();
        assert!((found.value.value - (-60.0 + 50.0 + 50.0 + 25.0)).abs() < 1e-9);
    }

    #[test]
    fn what_nobody_has_seen_is_not_counted() {
        let subscription = Subscription::steady(100.0, Paid::Throughout, years(10.0, 0.0));
        let found = subscription.value(&halves(), 0.0, 0.9).unwrap();
        assert_eq!((found.horizon, found.until), (10.0, 4.0));
        assert!((found.value.value - 225.0).abs() < 1e-9);
        let found = subscription.value(&halves(), 5.0, 0.9).unwrap();
        let nothing = Estimate::without(0.0, NoInterval::NotIdentified);
        assert_eq!((found.until, found.value), (0.0, nothing));
    }

    #[test]
    fn settings_that_make_no_sense_are_named() {
        let steady = |margin| Subscription::steady(margin, Paid::InAdvance, years(1.0, 0.1));
        assert!(steady(f64::NAN).check().is_err());
        assert!(steady(1.0).value(&halves(), -1.0, 0.9).is_err());
        assert!(RestrictedMean::new(&halves(), 0.0, 0.9).is_err());
    }
}
