//! What single customers will do: intervals that cover chance, and what is not known of the
//! parameters.
//!
//! Someone expected to buy 2.3 times may buy six times, or never. Given the parameters, the model
//! says how likely each number of purchases is: the chance of having left, and for who has not, the
//! probabilities of 0, 1, 2 … purchases. What is spent on n of them is gamma distributed with shape
//! `p n`, at a rate that is itself gamma distributed, with shape `q + p x` and rate `gamma + m x` for
//! a customer with the mean m over x purchases. So the money is `(gamma + m x) B`, B beta prime with
//! `p n` and `q + p x`, and below b with the probability
//!
//! ```text
//! P(0) + sum over n > 0 of P(n) I(b / (1 + b); p n, q + p x)        I: incomplete beta function
//! ```
//!
//! The interval by chance is between quantiles of this; each side is then widened by how far the
//! expected number may be off (square and add: Zou, Donner 2008, doi:10.1002/sim.3095). Discounting
//! is taken to shrink what is spent as it shrinks the mean.

use rayon::prelude::*;
use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::beta_reg;

use super::count_distribution::CountDistribution;
use super::dates::root;
use super::fitted::FittedPurchases;
use super::gamma_gamma::CheckedSpends;
use super::histories::CheckedHistories;
use super::law::{Law, PurchaseModel};
use super::predicted::Predicted;
use super::totals::{Group, Parameters};
use super::value::ValueModel;
use crate::error::Error;
use crate::estimate::Method;
use crate::parallel::chunks;

/// What is left out of the numbers of purchases, beside the part beyond the interval.
const LEFT_OUT: f64 = 0.01;
/// A number of purchases less likely than this does not move an end.
const NEGLIGIBLE: f64 = 1e-8;
/// Below these shapes of a beta prime distribution its normal approximation is poor.
const LEAST_SHAPE: f64 = 2.0;
/// How near to its part of the money below it an end of an interval must come …
const NEAR: f64 = 2e-4;
/// … or how sure its place must be, relative to it.
const PRECISION: f64 = 1e-3;

impl<M: PurchaseModel<D>, const D: usize> FittedPurchases<M, D> {
    /// Purchases of each customer in the next `time`: how many are expected, and between which
    /// whole numbers they will be. [`Self::expected_purchases`] has the same numbers with intervals
    /// for the expectation.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite.
    pub fn predicted_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        let expected = self.expected_purchases(histories, time)?;
        Ok(expected.with_chance_of_purchases(&self.parameters, histories, time))
    }
}

impl<M: PurchaseModel<D>, const D: usize> ValueModel<'_, M, D> {
    /// Discounted margin that each customer will bring within the horizon: what is expected, and
    /// between which amounts it will be. [`Self::of_customers`] has the same numbers with intervals
    /// for the expectation.
    ///
    /// # Errors
    ///
    /// As [`Self::of_customers`], and [`Error::Setting`] for a horizon without end.
    pub fn predicted_value(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
    ) -> Result<Predicted, Error> {
        let value = self.of_customers(histories, spends)?;
        let length = self.horizon.length;
        let purchases = self.purchase.expected_purchases(histories, length)?;
        let group = self.group(histories, spends);
        Ok(value.with_chance_of_value(&purchases, &self.middle(), &group))
    }
}

impl Predicted {
    /// Expected purchases in the next `time`, with intervals for how many there will be.
    pub(super) fn with_chance_of_purchases<P: Law<D>, const D: usize>(
        mut self,
        parameters: &P,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Self {
        let tails = tails(self.level);
        let ends = by_chance(parameters, histories, time, self.level, |_, counts| {
            tails.map(|part| quantile(counts, part))
        });
        self.widen_to_counts(&ends);
        self
    }

    /// Expected value of customers who are expected to make these `purchases`, with intervals for
    /// what it will be.
    pub(super) fn with_chance_of_value<P: Law<D>, const D: usize>(
        mut self,
        purchases: &Self,
        Parameters {
            purchase, spend, ..
        }: &Parameters<P>,
        group: &Group<'_>,
    ) -> Self {
        let tails = tails(self.level);
        let (paid, length) = (group.spends.rows(), group.horizon.length);
        let of_row = |row: usize, counts: &[f64]| {
            let (x, mean) = (paid.purchases[row], paid.mean[row]);
            let expected = purchases.value[row] * spend.spend_or(x, mean, group.mean_spend);
            if expected <= 0.0 {
                return [0.0; 2];
            }
            // What a unit spent is worth: margin and discount.
            let worth = self.value[row] / expected;
            let scale = spend.gamma + if x > 0.0 { x * mean } else { 0.0 };
            let shapes = (spend.p, spend.q + spend.p * x);
            tails.map(|part| worth * scale * spent_quantile(counts, shapes, part))
        };
        let ends = by_chance(purchase, group.histories, length, self.level, of_row);
        self.widen(&ends);
        self
    }

    /// Makes intervals for the expectation intervals for what will happen, from its quantiles.
    fn widen(&mut self, by_chance: &[[f64; 2]]) {
        for (row, [least, most]) in by_chance.iter().enumerate() {
            let value = self.value[row];
            let below = (value - self.low[row]).hypot((value - least).max(0.0));
            let above = (self.high[row] - value).hypot((most - value).max(0.0));
            self.low[row] = (value - below).max(0.0);
            self.high[row] = (value + above).min(f64::MAX);
        }
        self.method = Method::Predictive;
    }

    /// The same for numbers of purchases, which are whole: what is not known of the mean makes them
    /// wider, not odd.
    pub(super) fn widen_to_counts(&mut self, by_chance: &[[f64; 2]]) {
        self.widen(by_chance);
        for end in self.low.iter_mut().chain(&mut self.high) {
            *end = end.round();
        }
    }
}

/// How likely the numbers of purchases that are looked at must be together.
pub(super) fn looked_at(level: f64) -> f64 {
    1.0 - LEFT_OUT * (1.0 - level) / 2.0
}

/// The parts of a distribution below the ends of an interval.
fn tails(level: f64) -> [f64; 2] {
    let tail = (1.0 - level) / 2.0;
    [tail, 1.0 - tail]
}

/// Two numbers for each customer, from the row and the probabilities of 0, 1, 2 … purchases in the
/// next `time`: as many of these as intervals of this level need.
fn by_chance<P: Law<D>, const D: usize>(
    parameters: &P,
    histories: &CheckedHistories<'_>,
    time: f64,
    level: f64,
    ends: impl Fn(usize, &[f64]) -> [f64; 2] + Sync,
) -> Vec<[f64; 2]> {
    let columns = histories.rows();
    let most = looked_at(level);
    // Customers with equal numbers and ages have the same ahead of them while they are alive.
    let mut order: Vec<usize> = (0..histories.len()).collect();
    order.par_sort_unstable_by_key(|&row| {
        let (frequency, age) = (columns.frequency[row], columns.age[row]);
        (frequency.to_bits(), age.to_bits(), row)
    });
    let parts = chunks(order.len(), |range| {
        let mut counts = CountDistribution::new(parameters, time);
        let of_row = |&row: &usize| {
            let history = (
                columns.frequency[row],
                columns.recency[row],
                columns.age[row],
            );
            (row, ends(row, counts.until(history, most)))
        };
        order[range].iter().map(of_row).collect::<Vec<_>>()
    });
    let mut all = vec![[0.0; 2]; order.len()];
    for (row, ends) in parts.into_iter().flatten() {
        all[row] = ends;
    }
    all
}

/// The smallest number up to which the probabilities reach `part`.
pub(super) fn quantile(counts: &[f64], part: f64) -> f64 {
    let mut reached = 0.0;
    let found = counts.iter().position(|probability| {
        reached += probability;
        reached >= part
    });
    found.unwrap_or(counts.len()) as f64
}

/// Quantile of what is spent on so many purchases, in units of `gamma + m x`. The shapes are that of
/// one purchase, and that of the customer's rate.
fn spent_quantile(counts: &[f64], (of_one, of_rate): (f64, f64), part: f64) -> f64 {
    let (none, some) = counts.split_first().expect("there is one of no purchase");
    // Where there were more numbers than are looked at, the interval ends with them.
    let part = part.min(counts.iter().sum::<f64>() * (1.0 - LEFT_OUT));
    if *none >= part {
        return 0.0;
    }
    let excess = |spent: f64| {
        let below: f64 = (1..)
            .zip(some)
            .filter(|(_, probability)| **probability > NEGLIGIBLE)
            .map(|(n, probability)| probability * below(spent, of_one * f64::from(n), of_rate))
            .sum();
        let excess = none + below - part;
        if excess.abs() < NEAR { 0.0 } else { excess }
    };
    let typical = of_one * quantile(counts, part).max(1.0) / of_rate;
    root(excess, typical, f64::MAX, PRECISION)
}

/// Probability that a beta prime variate with these shapes is below `limit`.
///
/// Cube roots of gamma variates are nearly normal, so their ratio is below a limit nearly as a
/// difference of normals is below 0 (E. Paulson 1942, An Approximate Normalization of the Analysis
/// of Variance Distribution, Annals of Mathematical Statistics 13(2), doi:10.1214/aoms/1177731608).
fn below(limit: f64, shape: f64, of_rate: f64) -> f64 {
    if shape < LEAST_SHAPE || of_rate < LEAST_SHAPE {
        return beta_reg(shape, of_rate, (limit / (1.0 + limit)).clamp(0.0, 1.0));
    }
    let root = (limit * of_rate / shape).cbrt();
    let (of_shape, of_rate) = (1.0 / (9.0 * shape), 1.0 / (9.0 * of_rate));
    let apart = (1.0 - of_rate) * root - (1.0 - of_shape);
    Normal::standard().cdf(apart / (of_rate * root * root + of_shape).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_approximation_is_good_to_half_a_percent() {
        for shape in [2.0, 6.25, 30.0, 500.0] {
            for of_rate in [2.0, 3.74, 16.0, 300.0] {
                let apart = (1..400)
                    .map(|step| {
                        let share = f64::from(step) / 400.0;
                        let exact = beta_reg(shape, of_rate, share);
                        (below(share / (1.0 - share), shape, of_rate) - exact).abs()
                    })
                    .fold(0.0, f64::max);
                assert!(apart < 0.005, "{shape} {of_rate}: {apart}");
            }
        }
    }

    #[test]
    fn quantiles_of_numbers_are_the_first_that_reach() {
        let counts = [0.05, 0.2, 0.5, 0.2];
        let found = [0.05, 0.06, 0.25, 0.5, 0.95, 0.96].map(|part| quantile(&counts, part));
        assert_eq!(found, [0.0, 1.0, 1.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn spent_money_below_its_quantile_is_as_likely_as_asked() {
        let counts = [0.3, 0.3, 0.2, 0.2];
        for (of_one, of_rate) in [(6.25, 3.74), (0.4, 1.2), (2.0, 80.0)] {
            assert_eq!(spent_quantile(&counts, (of_one, of_rate), 0.3), 0.0);
            for part in [0.31, 0.5, 0.95] {
                let spent = spent_quantile(&counts, (of_one, of_rate), part);
                let share = spent / (1.0 + spent);
                let exact: f64 = (1..4)
                    .map(|n| counts[n] * beta_reg(of_one * n as f64, of_rate, share))
                    .sum();
                assert!(
                    (0.3 + exact - part).abs() < 0.006,
                    "{of_one} {part}: {spent}"
                );
            }
        }
    }
}
