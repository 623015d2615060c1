//! How far ahead to look, in which steps, and what a later purchase is worth today.

use super::margin::Margin;
use crate::error::{Error, require};

/// A stretch of future with its discounting.
///
/// A horizon without end (`length` infinite) needs a discount rate; the value of customers is then
/// that of all their purchases to come.
///
/// The future is cut into steps. Purchases of a step count as if made in its middle: a purchase in
/// the first month is discounted by half a month. Over a year in monthly steps at 10 % this differs
/// from continuous discounting by a few parts in a million.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Horizon {
    /// How far ahead, in the unit of the histories; infinite for all that is to come.
    pub length: f64,
    /// Length of a step, in the unit of the histories; the last one may be shorter.
    pub step: f64,
    /// How many units a year has: 365.25 for days, 52.18 for weeks, 12 for months.
    pub units_per_year: f64,
    /// Effective annual rate: 0.1 = 10 %, so that 1.10 in a year is worth 1.00 today.
    pub discount_rate_yearly: f64,
}

/// Points of an integral without end, and the step between them: from 1e-13 to 40 times the time in
/// which money loses a factor of e.
const ENDLESS_POINTS: std::ops::RangeInclusive<i32> = -11..=12;
const ENDLESS_STEP: f64 = 0.3;
/// Most steps of a horizon: a century in months.
const MOST_STEPS: f64 = 1200.0;

impl Horizon {
    /// A horizon in days, in twelfths of a year.
    #[must_use]
    pub fn of_days(days: f64, discount_rate_yearly: f64) -> Self {
        Self {
            length: days,
            step: 365.25 / 12.0,
            units_per_year: 365.25,
            discount_rate_yearly,
        }
    }

    /// A horizon in weeks, in twelfths of a year.
    #[must_use]
    pub fn of_weeks(weeks: f64, discount_rate_yearly: f64) -> Self {
        let units_per_year = 365.25 / 7.0;
        Self {
            length: weeks,
            step: units_per_year / 12.0,
            units_per_year,
            discount_rate_yearly,
        }
    }

    /// Checks the settings, and the margin on what is bought within it.
    pub(super) fn check_with(&self, margin: Margin) -> Result<(), Error> {
        self.check()?;
        margin.check()
    }

    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that makes no sense.
    pub fn check(&self) -> Result<(), Error> {
        let positive = |value: f64| value.is_finite() && value > 0.0;
        require(
            self.length > 0.0,
            "length",
            self.length,
            "expected more than 0",
        )?;
        require(
            positive(self.step),
            "step",
            self.step,
            "expected more than 0",
        )?;
        let steps = self.length / self.step;
        require(
            steps <= MOST_STEPS || self.is_endless(),
            "step",
            self.step,
            "expected at most 1200 steps in the length",
        )?;
        require(
            positive(self.units_per_year),
            "units_per_year",
            self.units_per_year,
            "expected more than 0",
        )?;
        let rate = self.discount_rate_yearly;
        require(
            rate.is_finite() && rate >= 0.0,
            "discount_rate_yearly",
            rate,
            "expected at least 0 (0.1 = 10 %)",
        )?;
        require(
            rate > 0.0 || !self.is_endless(),
            "discount_rate_yearly",
            rate,
            "expected more than 0 for a horizon without end (0.1 = 10 %)",
        )
    }

    /// Whether the horizon goes on forever.
    pub(crate) fn is_endless(&self) -> bool {
        self.length == f64::INFINITY
    }

    /// Times and factors: discounted purchases are the sum of `factor * mean purchases until time`.
    ///
    /// With steps ending at t_1 … t_n and discounts d_1 … d_n, the sum of
    /// `d_k (E[X(t_k)] - E[X(t_{k-1})])` is that of `(d_k - d_{k+1}) E[X(t_k)]`, with d_{n+1} = 0.
    ///
    /// Without end, discounting is continuous at the rate d, and what is left after integrating by
    /// parts is `d ∫ exp(-d u) E[X(u)] du`: the trapezoid rule in a variable that makes both ends
    /// vanish doubly exponentially (Takahasi, Mori 1974).
    pub(crate) fn factors(&self) -> Vec<(f64, f64)> {
        if self.is_endless() {
            let rate = self.discount_rate_yearly.ln_1p() / self.units_per_year;
            return ENDLESS_POINTS
                .map(|point| {
                    let v = f64::from(point) * ENDLESS_STEP;
                    let u = (v - (-v).exp()).exp();
                    (u / rate, ENDLESS_STEP * (1.0 + (-v).exp()) * u * (-u).exp())
                })
                .collect();
        }
        let steps = (self.length / self.step - 1e-9).ceil().max(1.0) as usize;
        let end = |k: usize| (k as f64 * self.step).min(self.length);
        let discount = |k: usize| {
            let middle = (end(k - 1) + end(k)) / 2.0;
            (-(middle / self.units_per_year) * self.discount_rate_yearly.ln_1p()).exp()
        };
        (1..=steps)
            .map(|k| {
                let next = if k < steps { discount(k + 1) } else { 0.0 };
                (end(k), discount(k) - next)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_discount_only_the_end_counts() {
        let factors = Horizon::of_days(365.25, 0.0).factors();
        assert_eq!(factors.len(), 12);
        assert!(factors[..11].iter().all(|(_, factor)| factor.abs() < 1e-15));
        assert!((factors[11].0 - 365.25).abs() < 1e-9 && (factors[11].1 - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_steady_stream_is_worth_its_annuity() {
        // One purchase a day for a year at 10 %: the integral of 1.1^-t is (1 - 1/1.1) / ln 1.1 years.
        let horizon = Horizon::of_days(365.25, 0.1);
        let value: f64 = horizon
            .factors()
            .iter()
            .map(|(time, factor)| time * factor)
            .sum();
        let annuity = 365.25 * (1.0 - 1.0 / 1.1) / 1.1f64.ln();
        assert!((value / annuity - 1.0).abs() < 1e-5);
    }

    #[test]
    fn an_endless_stream_is_worth_its_perpetuity() {
        let horizon = Horizon::of_weeks(f64::INFINITY, 0.1);
        assert!(horizon.check().is_ok());
        let year = 365.25 / 7.0;
        let stream = |purchases: &dyn Fn(f64) -> f64| -> f64 {
            let factors = horizon.factors();
            factors
                .iter()
                .map(|(t, factor)| factor * purchases(*t))
                .sum()
        };
        // One a week forever, and one a week that halves every year.
        let forever = stream(&|time| time);
        assert!(
            (forever * 1.1f64.ln() / year - 1.0).abs() < 1e-9,
            "{forever}"
        );
        let halving = 2f64.ln() / year;
        let found = stream(&|time| -(-halving * time).exp_m1() / halving);
        let exact = year / (2f64.ln() + 1.1f64.ln());
        assert!((found / exact - 1.0).abs() < 1e-9, "{found} {exact}");
        let free = Horizon::of_weeks(f64::INFINITY, 0.0);
        assert!(free.check().is_err());
    }

    #[test]
    fn settings_that_make_no_sense_are_named() {
        let horizon = Horizon {
            discount_rate_yearly: -0.1,
            ..Horizon::of_days(365.0, 0.1)
        };
        assert!(
            horizon
                .check()
                .is_err_and(|error| error.to_string().contains("discount_rate_yearly"))
        );
        let horizon = Horizon {
            step: 0.001,
            ..Horizon::of_days(365.0, 0.1)
        };
        assert!(horizon.check().is_err());
    }
}
