//! What many customers will do together, with intervals that cover chance too.
//!
//! An interval of a total comes from simulated futures. Each has parameters of its own, drawn from
//! what is known of them, and what those make of the total. Given the parameters customers act
//! independently, so the sum over many is normal with a variance that is the sum of theirs; the
//! total has the mixture of those normals, and the interval its quantiles. With P the probability of
//! being alive, X the purchases of an alive customer within the horizon and z the customer's mean
//! spend with amounts of variance z²/p around it:
//!
//! ```text
//! mean of the square of the spend = P (E[X²] + E[X]/p) E[z²]
//! ```
//!
//! Two shortcuts keep this fast for millions of customers. What drawn parameters make of the total
//! is found on a systematic sample of 4,096 customers and applied to the total of all in proportion.
//! The variance by chance is computed once, at the parameters that count as the middle, and taken to
//! rise with the total; discounting is taken to shrink it as it shrinks the mean.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::curve::Curves;
use super::gamma_gamma::{CheckedSpends, GammaGammaParameters};
use super::histories::CheckedHistories;
use super::horizon::Horizon;
use super::law::{Law, Prospect};
use crate::columns::check_length;
use crate::error::{Error, require};
use crate::estimate::{Estimate, Method};
use crate::mixture::{Part, mixture_quantile};
use crate::parallel::chunks;

/// Customers on whom drawn parameters are tried.
const SAMPLE: usize = 4096;
/// Fewest and most simulated futures.
const DRAWS: std::ops::RangeInclusive<u32> = 50..=100_000;

/// How totals are simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Simulated futures, 50 to 100,000. Default 200: with other seeds the ends of an interval move
    /// by a few hundredths of its width.
    pub draws: u32,
    /// Seed of everything random.
    pub seed: u64,
}

impl Default for Totals {
    fn default() -> Self {
        Self {
            draws: 200,
            seed: 0,
        }
    }
}

/// What a group of customers will do, with intervals that cover both what is not known of the
/// parameters and chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Total {
    /// Customers in the group.
    pub customers: f64,
    /// How many of them are still customers.
    pub alive: Estimate,
    /// Purchases within the horizon, not discounted.
    pub purchases: Estimate,
    /// Margin on what they will spend within the horizon, discounted.
    pub value: Estimate,
}

impl Totals {
    pub(super) fn check(&self) -> Result<(), Error> {
        let draws = f64::from(self.draws);
        let sensible = DRAWS.contains(&self.draws);
        require(sensible, "draws", draws, "expected 50 to 100,000")
    }
}

/// Chance in what comes in the far future has no bound.
pub(super) fn check_end(horizon: &Horizon) -> Result<(), Error> {
    let length = horizon.length;
    let expected = "expected an end of the horizon";
    require(length.is_finite(), "length", length, expected)
}

/// A systematic sample of the rows, on which drawn parameters are tried.
pub(super) fn sample(rows: usize) -> impl Iterator<Item = usize> {
    let step = rows.div_ceil(SAMPLE).max(1);
    (step / 2..rows).step_by(step)
}

/// Customers whose total is asked for, and how far ahead.
pub(super) struct Group<'a> {
    pub(super) histories: &'a CheckedHistories<'a>,
    pub(super) spends: &'a CheckedSpends<'a>,
    pub(super) horizon: &'a Horizon,
    /// Spend of a customer without purchases where the parameters give none.
    pub(super) mean_spend: f64,
}

/// Parameters of purchases and of spend, and the part of it that stays with the business.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameters<P> {
    pub(super) purchase: P,
    pub(super) spend: GammaGammaParameters,
    pub(super) margin: f64,
}

/// What a group will do under parameters drawn from what is known of them: alive, purchases and
/// value.
pub(super) struct Futures {
    customers: f64,
    middle: Sums,
    /// What each draw makes of the sums in the middle.
    ratios: Vec<[f64; 3]>,
}

/// Of all customers: alive, purchases and value.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    mean: [f64; 3],
    /// By chance alone.
    variance: [f64; 3],
}

impl Sums {
    pub(super) fn add(&mut self, other: &Self) {
        for k in 0..3 {
            self.mean[k] += other.mean[k];
            self.variance[k] += other.variance[k];
        }
    }
}

impl Group<'_> {
    /// What the group will do under each of the `drawn` parameters, around those in the `middle`.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when the inputs differ in length; [`Error::Setting`] for a horizon without
    /// end.
    pub(super) fn futures<P: Law<D>, const D: usize>(
        &self,
        middle: &Parameters<P>,
        drawn: &[Parameters<P>],
    ) -> Result<Futures, Error> {
        check_length("spends", self.spends.len(), self.histories.len())?;
        check_end(self.horizon)?;
        let sample: Vec<usize> = sample(self.histories.len()).collect();
        let factors = self.horizon.factors();
        let of_sample = |parameters| self.means(&sample, &factors, parameters, middle);
        let there = drawn.par_iter().map(of_sample).collect();
        Ok(Futures::new(
            self.histories.customers(),
            self.sums(&factors, middle),
            of_sample(middle),
            there,
        ))
    }

    /// Sums over all customers.
    pub(super) fn sums<P: Law<D>, const D: usize>(
        &self,
        factors: &[(f64, f64)],
        parameters: &Parameters<P>,
    ) -> Sums {
        let Parameters {
            purchase, spend, ..
        } = parameters;
        let (columns, paid) = (self.histories.rows(), self.spends.rows());
        let curves = Curves::new(
            columns.frequency,
            columns.age,
            purchase.phases(),
            purchase.time_scale(),
            (1e-8, [1e-8; 2]),
            |phase, x, age| {
                let [mean, discounted] = purchase.means_if_alive(phase, x, age, factors);
                let prospect = purchase.if_alive(phase, x, age);
                let square = prospect.mean_square(self.horizon.length);
                (mean, [square, discounted])
            },
        );
        let parts = chunks(self.histories.len(), |range| {
            let mut sums = Sums::default();
            for row in range {
                let (x, t_x, age) = (
                    columns.frequency[row],
                    columns.recency[row],
                    columns.age[row],
                );
                let weight = self.histories.weight_of(row);
                let alive = purchase.alive(x, t_x, age);
                let (purchases, [square, discounted]) =
                    purchase.over_phases((x, t_x, age), |phase| curves.at(phase, x, age));
                let (money, money_square) =
                    self.money(parameters, paid.purchases[row], paid.mean[row]);
                let discount = if purchases > 0.0 {
                    discounted / purchases
                } else {
                    0.0
                };
                let spent_square =
                    alive * (square + purchases / spend.p) * money_square * discount * discount;
                let means = [alive, alive * purchases, alive * discounted * money];
                let squares = [alive, alive * square, spent_square];
                for k in 0..3 {
                    sums.mean[k] += weight * means[k];
                    sums.variance[k] += weight * (squares[k] - means[k] * means[k]).max(0.0);
                }
            }
            sums
        });
        let mut sums = Sums::default();
        parts.iter().for_each(|part| sums.add(part));
        sums
    }

    /// Mean spend times margin of a customer, and the mean of its square. Where that is infinite
    /// the mean is taken as known.
    fn money<P>(&self, parameters: &Parameters<P>, purchases: f64, mean: f64) -> (f64, f64) {
        let Parameters { spend, margin, .. } = parameters;
        let expected = spend.spend_or(purchases, mean, self.mean_spend);
        let square = spend
            .mean_square_spend(purchases, mean)
            .unwrap_or(expected * expected);
        (expected * margin, square * margin * margin)
    }

    /// Sums over some customers: alive, purchases, value. Where the spend of a customer has no mean, it
    /// is that in the `middle`.
    pub(super) fn means<P: Law<D>, const D: usize>(
        &self,
        rows: &[usize],
        factors: &[(f64, f64)],
        Parameters {
            purchase,
            spend,
            margin,
        }: &Parameters<P>,
        middle: &Parameters<P>,
    ) -> [f64; 3] {
        let (columns, paid) = (self.histories.rows(), self.spends.rows());
        let frequency: Vec<f64> = rows.iter().map(|&row| columns.frequency[row]).collect();
        let age: Vec<f64> = rows.iter().map(|&row| columns.age[row]).collect();
        let curves = Curves::new(
            &frequency,
            &age,
            purchase.phases(),
            purchase.time_scale(),
            (1e-6, [1e-6]),
            |phase, x, age| {
                let [mean, discounted] = purchase.means_if_alive(phase, x, age, factors);
                (mean, [discounted])
            },
        );
        let mut sums = [0.0; 3];
        for (index, &row) in rows.iter().enumerate() {
            let weight = self.histories.weight_of(row);
            let (x, t_x, age) = (frequency[index], columns.recency[row], age[index]);
            let alive = weight * purchase.alive(x, t_x, age);
            let (purchases, [discounted]) =
                purchase.over_phases((x, t_x, age), |phase| curves.at(phase, x, age));
            let (paid, mean) = (paid.purchases[row], paid.mean[row]);
            let money = spend
                .expected_spend(paid, mean)
                .unwrap_or_else(|| middle.spend.spend_or(paid, mean, self.mean_spend));
            sums[0] += alive;
            sums[1] += alive * purchases;
            sums[2] += alive * discounted * money * margin;
        }
        sums
    }
}

impl Futures {
    /// From what so many customers will do under the parameters in the middle, and what a sample of
    /// them will do under those and under each that was drawn.
    pub(super) fn new(customers: f64, middle: Sums, here: [f64; 3], there: Vec<[f64; 3]>) -> Self {
        let ratios = there.into_iter().map(|there| {
            let ratio = |k: usize| match here[k] > 0.0 {
                true => there[k] / here[k],
                false => 1.0,
            };
            std::array::from_fn(ratio)
        });
        Self {
            customers,
            middle,
            ratios: ratios.collect(),
        }
    }

    /// Totals in the middle, with the quantiles of the futures.
    pub(super) fn around_middle(&self, level: f64) -> Total {
        self.total(level, Method::Simulation, |k, _| self.middle.mean[k])
    }

    /// Totals averaged over the futures, with their quantiles.
    pub(super) fn averaged(&self, level: f64) -> Total {
        self.total(level, Method::Posterior, |_, normals| {
            normals.iter().map(|normal| normal.mean).sum::<f64>() / normals.len() as f64
        })
    }

    fn total(&self, level: f64, method: Method, value: impl Fn(usize, &[Part]) -> f64) -> Total {
        let estimate = |k: usize, most: f64| {
            let (mean, variance) = (self.middle.mean[k], self.middle.variance[k]);
            let of = |ratio: &[f64; 3]| Part {
                weight: 1.0,
                mean: mean * ratio[k],
                deviation: (variance * ratio[k]).sqrt(),
            };
            let normals: Vec<Part> = self.ratios.iter().map(of).collect();
            let end = |part: f64| mixture_quantile(&normals, part).clamp(0.0, most);
            let value = value(k, &normals);
            let low = end(0.5 - level / 2.0).min(value);
            let high = end(0.5 + level / 2.0).max(value);
            Estimate::between(value, low, high, level, method)
        };
        Total {
            customers: self.customers,
            alive: estimate(0, self.customers),
            purchases: estimate(1, f64::MAX),
            value: estimate(2, f64::MAX),
        }
    }
}
