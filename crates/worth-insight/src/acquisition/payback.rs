//! When customers have paid back what winning them cost.
//!
//! What customers have brought by an age is their mean cumulative function, as far as 30 of them were
//! observed. From there on it is expected to rise as repeat purchases of a new customer do in the
//! fitted model: the level is what was observed, the model gives the shape. With X(t) repeat purchases
//! expected by age t and A the last age observed:
//!
//! ```text
//! M(t) = M(A) g(t)        g(t) = 1 + (1 - M(0)/M(A)) (X(t)/X(A) - 1)
//! ```
//!
//! Its interval is that of M(A), carried on; that the shape may be another one is not in it.

use worth_model::survival::{Brought, CumulativeCurve, MeanCumulative};

use super::answer::{AgePoint, Payback, PaybackKnown};
use super::groups::{Grouped, LEAST_OF_GROUP};
use super::newcomers::Newcomer;
use crate::lifetime::MONEY_SCALE;
use crate::lifetime::forecast::Forecaster;

/// Days between points of a curve.
const STEP_DAYS: u32 = 30;

/// What customers have brought over their age, after serving.
#[derive(Debug)]
pub(super) struct MarginCurve {
    curve: CumulativeCurve,
    /// Days that each was observed, in rising order.
    observed: Vec<f64>,
}

impl MarginCurve {
    /// Of these customers; nothing without any. `kept`: what stays of an amount, after its cost and
    /// after serving.
    pub(super) fn of(
        customers: &[Newcomer],
        grouped: Grouped<'_>,
        kept: f64,
        level: f64,
    ) -> Option<Self> {
        if customers.is_empty() {
            return None;
        }
        let until = grouped.newcomers.until();
        let mut observed = Vec::with_capacity(customers.len());
        let (mut customer, mut age, mut amount) = (Vec::new(), Vec::new(), Vec::new());
        for (place, newcomer) in customers.iter().enumerate() {
            observed.push(f64::from(until - newcomer.first));
            let days = grouped.purchases.days_of(newcomer.customer);
            for day in days.iter().filter(|day| day.counts()) {
                customer.push(place as u32);
                age.push(f64::from(day.day - newcomer.first));
                amount.push(day.net() as f64 / MONEY_SCALE * kept);
            }
        }
        let curve = MeanCumulative {
            level,
            least_at_risk: LEAST_OF_GROUP as usize,
        }
        .fit(&Brought {
            end: &observed,
            customer: &customer,
            age: &age,
            amount: &amount,
        })
        .expect("days from the first purchase to the end of observation make sense");
        observed.sort_unstable_by(f64::total_cmp);
        Some(Self { curve, observed })
    }

    /// The curve in even steps, as far as it is known.
    pub(super) fn points(&self) -> Vec<AgePoint> {
        let last = self.curve.followed_until.map_or(0, |last| last as u32 + 1);
        (0..last)
            .step_by(STEP_DAYS as usize)
            .map(|days| {
                let younger = self
                    .observed
                    .partition_point(|&observed| observed < f64::from(days));
                AgePoint {
                    days,
                    customers: (self.observed.len() - younger) as u64,
                    margin: self.curve.at(f64::from(days)),
                }
            })
            .collect()
    }

    /// When `cost` per customer is paid back: as observed, else as expected within the horizon after
    /// that.
    pub(super) fn payback(&self, cost: f64, forecaster: &Forecaster) -> Payback {
        let observed_days = self.curve.followed_until.unwrap_or_default();
        let within_days = observed_days + f64::from(forecaster.assumptions().horizon_days);
        let known = self.curve.reaches(cost);
        let ahead = Ahead::of(&self.curve, forecaster, within_days);
        let at_end = self.curve.at(observed_days);
        let (low_end, high_end) = at_end.ends().unwrap_or((at_end.value, at_end.value));
        let expected = |mean: f64| ahead.as_ref()?.reaches(cost, mean);
        let days = known.age.or_else(|| expected(at_end.value));
        Payback {
            known: match (known.age, days) {
                _ if self.curve.followed_until.is_none() => PaybackKnown::TooFew,
                (Some(_), _) => PaybackKnown::Observed,
                (None, Some(_)) => PaybackKnown::Forecast,
                (None, None) => PaybackKnown::NotWithin,
            },
            days,
            low: known.low.or_else(|| expected(high_end)),
            high: known.high.or_else(|| expected(low_end)),
            level: self.curve.level,
            observed_days,
            within_days,
        }
    }
}

/// How the mean is expected to rise after the last age observed.
struct Ahead<'a> {
    forecaster: &'a Forecaster,
    from_days: f64,
    within_days: f64,
    /// Part of the mean that repeat purchases have brought.
    repeat_share: f64,
    /// Repeat purchases of a new customer by `from_days`.
    repeats: f64,
}

impl<'a> Ahead<'a> {
    /// Nothing without a model, or when nobody has come back in time.
    fn of(curve: &CumulativeCurve, forecaster: &'a Forecaster, within_days: f64) -> Option<Self> {
        let from_days = curve.followed_until?;
        let (first, last) = (curve.at(0.0).value, curve.at(from_days).value);
        let repeats = forecaster.repeats_of_new(from_days)?;
        let sensible = last > first && first >= 0.0 && repeats > 0.0;
        sensible.then(|| Self {
            forecaster,
            from_days,
            within_days,
            repeat_share: 1.0 - first / last,
            repeats,
        })
    }

    /// The first day on which a mean that is `mean` at the last age observed has grown to `cost`.
    fn reaches(&self, cost: f64, mean: f64) -> Option<f64> {
        let reached = |days: f64| -> Option<bool> {
            let repeats = self.forecaster.repeats_of_new(days)?;
            let growth = 1.0 + self.repeat_share * (repeats / self.repeats - 1.0);
            Some(mean * growth >= cost)
        };
        if !reached(self.within_days)? {
            return None;
        }
        let (mut low, mut high) = (self.from_days, self.within_days);
        while high - low > 1.0 {
            let middle = ((low + high) / 2.0).round();
            if reached(middle)? {
                high = middle;
            } else {
                low = middle;
            }
        }
        Some(high)
    }
}
