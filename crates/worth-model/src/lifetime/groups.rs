//! What groups of customers will buy: many groups of several kinds in one pass over the customers.
//!
//! A customer belongs to one group of each kind: a cohort, a store, a channel. The expected purchases
//! of a group are the sum of its customers', and so is their variance by chance, as customers act
//! independently once the parameters are known. That these are estimates moves all customers
//! together: its variance follows from the derivatives of the whole sum (delta method), so no
//! parameters are drawn, whatever the number of groups.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fitted::{Ahead, FittedPurchases, check_time, weighed};
use super::histories::CheckedHistories;
use super::law::{Law, Prospect, PurchaseModel};
use crate::columns::check_length;
use crate::control::band;
use crate::error::Error;
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::parallel::chunks;
use crate::symmetric::Vector;

/// Purchases to come of a group of customers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupPurchases {
    /// Customers in the group.
    pub customers: f64,
    /// Purchases they are expected to make together.
    pub expected: f64,
    /// Variance of what they will make, were the parameters known.
    pub variance_by_chance: f64,
    /// Variance of what is expected, for want of knowledge of the parameters.
    pub variance_by_parameters: f64,
}

impl GroupPurchases {
    /// What they will buy, with an interval that covers both; on the scale of the 2/3 power, where
    /// counts are hardly skew.
    #[must_use]
    pub fn purchases(&self, level: f64) -> Estimate {
        if self.expected <= 0.0 {
            return Estimate::without(0.0, NoInterval::TooFew);
        }
        let variance = self.variance_by_chance + self.variance_by_parameters;
        let deviation = variance.sqrt() / self.expected;
        let [low, high] = band(self.expected, deviation, reach(level));
        Estimate::between(self.expected, low, high, level, Method::Predictive)
    }
}

impl<M: PurchaseModel<D>, const D: usize> FittedPurchases<M, D> {
    /// What the customers of each group will buy in the next `time`, by kind and group.
    ///
    /// `kinds`: for each kind a column with the number of each customer's group, from 0; groups
    /// that nobody belongs to are empty.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite, [`Error::Length`] when a column
    /// differs in length from the histories.
    pub fn purchases_by_group(
        &self,
        histories: &CheckedHistories<'_>,
        kinds: &[&[u32]],
        time: f64,
    ) -> Result<Vec<Vec<GroupPurchases>>, Error> {
        check_time(time)?;
        for kind in kinds {
            check_length("kinds", kind.len(), histories.len())?;
        }
        let columns = histories.rows();
        let factors = [(time, 1.0)];
        let mean_if_alive = weighed(&factors);
        let square_if_alive = |parameters: &M::Parameters, phase: usize, x: f64, age: f64| {
            parameters.if_alive(phase, x, age).mean_square(time)
        };
        let mean = Ahead::new(self, histories, &mean_if_alive);
        let mean_square = Ahead::new(self, histories, &square_if_alive);
        let groups_of = |kind: &&[u32]| kind.iter().max().map_or(0, |&last| last as usize + 1);
        let empty: Vec<Vec<Sums<D>>> = kinds
            .iter()
            .map(|kind| vec![Sums::NONE; groups_of(kind)])
            .collect();
        let of_customer = |row: usize| {
            let x = columns.frequency[row];
            let (t_x, age) = (columns.recency[row], columns.age[row]);
            let (expected, slope) = mean.at(x, t_x, age);
            let (square, _) = mean_square.at(x, t_x, age);
            let variance = (square - expected * expected).max(0.0);
            let weight = histories.weight_of(row);
            Sums {
                customers: weight,
                expected: weight * expected,
                variance: weight * variance,
                slope: slope.map(|slope| weight * expected * slope),
            }
        };
        let parts = chunks(histories.len(), |range| {
            let mut sums = empty.clone();
            for row in range {
                let one = of_customer(row);
                for (kind, sums) in kinds.iter().zip(&mut sums) {
                    sums[kind[row] as usize].add(&one);
                }
            }
            sums
        });
        let mut totals = empty.clone();
        for part in parts {
            let groups = totals.iter_mut().flatten();
            groups
                .zip(part.iter().flatten())
                .for_each(|(total, part)| total.add(part));
        }
        let finished = |sums: &Sums<D>| GroupPurchases {
            customers: sums.customers,
            expected: sums.expected,
            variance_by_chance: sums.variance,
            variance_by_parameters: self.error_along(&sums.slope).powi(2),
        };
        Ok(totals
            .iter()
            .map(|kind| kind.iter().map(finished).collect())
            .collect())
    }
}

/// A group on its way.
#[derive(Debug, Clone, Copy)]
struct Sums<const D: usize> {
    customers: f64,
    expected: f64,
    variance: f64,
    /// Derivatives of `expected` per logarithm of a parameter.
    slope: Vector<D>,
}

impl<const D: usize> Sums<D> {
    const NONE: Self = Self {
        customers: 0.0,
        expected: 0.0,
        variance: 0.0,
        slope: [0.0; D],
    };

    fn add(&mut self, other: &Self) {
        self.customers += other.customers;
        self.expected += other.expected;
        self.variance += other.variance;
        for (sum, more) in self.slope.iter_mut().zip(other.slope) {
            *sum += more;
        }
    }
}
