//! What a model had said of customers whose later purchases are known: the material of a backtest.
//!
//! The numbers are those of the fitted parameters alone. That they are estimates widens what a model
//! says of one customer by next to nothing beside chance itself, once some hundred customers were
//! fitted; totals are another matter, see [`Totals`](super::Totals).

use super::count_distribution::CountDistribution;
use super::fitted::{FittedPurchases, check_time};
use super::histories::{CheckedHistories, MOST_PURCHASES};
use super::law::{Law, Prospect, PurchaseModel};
use crate::error::Error;
use crate::parallel::chunks;

/// What a model had said of one customer, beside what the customer then did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hindsight {
    /// Purchases it expected.
    pub expected: f64,
    /// Probability that it gave to fewer purchases than there were.
    pub fewer: f64,
    /// Probability that it gave to just as many.
    pub same: f64,
}

impl Hindsight {
    /// Logarithm of the probability of what happened (the logarithmic score): higher is better. At
    /// least -745, the logarithm of the smallest number there is.
    #[must_use]
    pub fn log_score(&self) -> f64 {
        self.same.max(f64::from_bits(1)).ln()
    }

    /// Which part of what happened lies within the central interval of this level, 0..1.
    ///
    /// Counts are whole, so an interval of whole counts covers more than its level. Here the
    /// purchases that happened are spread over their own probability, as in a randomised
    /// probability integral transform whose randomness is averaged out (Czado, Gneiting, Held
    /// 2009, Predictive Model Assessment for Count Data, Biometrics 65,
    /// doi:10.1111/j.1541-0420.2009.01191.x): the mean over customers is the level itself when the
    /// model is right.
    #[must_use]
    pub fn inside(&self, level: f64) -> f64 {
        let (low, high) = ((1.0 - level) / 2.0, (1.0 + level) / 2.0);
        let end = (self.fewer + self.same).min(1.0);
        if self.same <= 0.0 {
            return f64::from(u8::from(low < self.fewer && self.fewer < high));
        }
        let covered = end.min(high) - self.fewer.max(low);
        (covered / (end - self.fewer).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0)
    }

    /// From the probabilities of 0 to as many purchases as there were.
    pub(super) fn of(expected: f64, probabilities: &[f64]) -> Self {
        let (same, fewer) = probabilities
            .split_last()
            .expect("there is a probability of no purchase");
        Self {
            expected,
            fewer: fewer.iter().sum::<f64>().clamp(0.0, 1.0),
            same: same.clamp(0.0, 1.0),
        }
    }
}

impl<M: PurchaseModel<D>, const D: usize> FittedPurchases<M, D> {
    /// What the model had said of the next `time` of each customer, of whom it is now known how
    /// many purchases they made in it (`actual`, one whole number per customer).
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite, [`Error::Length`] or [`Error::Row`]
    /// when `actual` does not fit.
    pub fn hindsight(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
        actual: &[f64],
    ) -> Result<Vec<Hindsight>, Error> {
        check_time(time)?;
        check_actual(histories, actual)?;
        let columns = histories.rows();
        let parameters = &self.parameters;
        let parts: Vec<Vec<Hindsight>> = chunks(histories.len(), |range| {
            let mut counts = CountDistribution::new(parameters, time);
            range
                .map(|row| {
                    let (x, age) = (columns.frequency[row], columns.age[row]);
                    let t_x = columns.recency[row];
                    let mut mean = 0.0;
                    parameters.each_phase(x, t_x, age, |phase, share, _| {
                        mean += share * parameters.if_alive(phase, x, age).mean(time);
                    });
                    let alive = parameters.alive(x, t_x, age);
                    let probabilities = counts.of((x, t_x, age), actual[row] as usize + 1);
                    Hindsight::of(alive * mean, probabilities)
                })
                .collect()
        });
        Ok(parts.concat())
    }
}

/// One whole number of purchases per customer.
pub(super) fn check_actual(histories: &CheckedHistories<'_>, actual: &[f64]) -> Result<(), Error> {
    if actual.len() != histories.len() {
        return Err(Error::Length {
            field: "actual",
            found: actual.len(),
            expected: histories.len(),
        });
    }
    let is_count = |count: f64| (0.0..=MOST_PURCHASES).contains(&count) && count.fract() == 0.0;
    match actual.iter().position(|&count| !is_count(count)) {
        None => Ok(()),
        Some(row) => Err(Error::Row {
            field: "actual",
            row,
            value: actual[row],
            expected: "expected a whole number from 0 to 1000000",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spread_over_its_own_probability_covers_the_level() {
        // Three outcomes of .2, .5 and .3: the mean part inside must be the level.
        let outcomes = [(0.0, 0.2), (0.2, 0.5), (0.7, 0.3)];
        for level in [0.5, 0.8, 0.9, 0.99] {
            let inside: f64 = outcomes
                .iter()
                .map(|&(fewer, same)| {
                    same * Hindsight {
                        expected: 1.0,
                        fewer,
                        same,
                    }
                    .inside(level)
                })
                .sum();
            assert!((inside - level).abs() < 1e-12, "{level}: {inside}");
        }
    }

    #[test]
    fn the_score_of_the_impossible_is_a_number() {
        let impossible = Hindsight {
            expected: 0.0,
            fewer: 1.0,
            same: 0.0,
        };
        assert!(impossible.log_score().is_finite());
        assert_eq!(impossible.inside(0.9), 0.0);
    }
}
