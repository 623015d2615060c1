//! What customers will do together, with intervals for what is not known of the parameters and for chance.
//!
//! Given the parameters customers act independently of each other, so the variance of a sum by chance is the
//! sum of theirs; both parts are put together as in [`with_chance`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ahead::{Alive, Room};
use super::customers::CheckedDatedHistories;
use super::fitted::FittedParetoNbdVarying;
use super::scene::Seen;
use crate::error::Error;
use crate::estimate::{Estimate, Method};
use crate::lifetime::fitted::check_time;
use crate::lifetime::predicted::{around_positive, with_chance};

/// What a group of customers will do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PurchaseTotal {
    /// Customers in the group.
    pub customers: f64,
    /// How many of them are still customers.
    pub alive: Estimate,
    /// Their purchases in the time asked about.
    pub purchases: Estimate,
}

/// A sum over customers.
#[derive(Clone)]
struct Sum {
    mean: f64,
    /// Derivatives by the parameters.
    slope: Vec<f64>,
    /// By chance alone.
    variance: f64,
}

impl FittedParetoNbdVarying {
    /// What these customers will do together in the next `time`: all of them, or any group of them.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite, or the customers have other covariates
    /// than the model.
    pub fn total(
        &self,
        customers: &CheckedDatedHistories<'_>,
        time: f64,
    ) -> Result<PurchaseTotal, Error> {
        check_time(time)?;
        let scene = self.scene(customers, time)?;
        let histories = &customers.columns.histories;
        let of_group = |alive: Alive<'_>, room: &mut Room| {
            alive.purchases(&[(time, 1.0)], room);
            room.moments = alive.moments(time);
        };
        let nothing = || {
            [
                Sum::nothing(scene.numbers.size()),
                Sum::nothing(scene.numbers.size()),
            ]
        };
        let parts = scene.visit(of_group, nothing, |[there, purchases], seen: &Seen<'_>| {
            let weight = histories.weight_of(seen.row);
            let (standing, either) = (&seen.standing.there, seen.either);
            let alive = seen.probability_alive();
            let [mean, square] = seen.room.moments.map(|moment| alive * moment);
            let of_alive = |i: usize| standing.slope[i] - either.slope[i];
            there.add(weight, alive, alive, of_alive);
            let of_purchases = |i: usize| seen.room.number.slope[i] - either.slope[i];
            purchases.add(weight, mean, square, of_purchases);
        });
        let [mut there, mut purchases] = nothing();
        for part in &parts {
            there.put(&part[0]);
            purchases.put(&part[1]);
        }
        let estimate = |sum: &Sum, most: f64| {
            let relative = |i: usize| sum.slope[i] / sum.mean.max(f64::MIN_POSITIVE);
            let around = around_positive(sum.mean, scene.error(relative), scene.reach);
            let [value, low, high] = with_chance(around, sum.variance, most, self.level);
            Estimate::between(value, low, high, self.level, Method::Delta)
        };
        Ok(PurchaseTotal {
            customers: histories.customers(),
            alive: estimate(&there, histories.customers()),
            purchases: estimate(&purchases, f64::MAX),
        })
    }
}

impl Sum {
    fn nothing(size: usize) -> Self {
        Self {
            mean: 0.0,
            slope: vec![0.0; size],
            variance: 0.0,
        }
    }

    /// Adds customers with this mean, mean square, and derivatives of the logarithm of the mean.
    fn add(&mut self, weight: f64, mean: f64, square: f64, slope: impl Fn(usize) -> f64) {
        self.mean += weight * mean;
        self.variance += weight * (square - mean * mean).max(0.0);
        for (i, sum) in self.slope.iter_mut().enumerate() {
            *sum += weight * mean * slope(i);
        }
    }

    fn put(&mut self, other: &Self) {
        self.mean += other.mean;
        self.variance += other.variance;
        for (sum, part) in self.slope.iter_mut().zip(&other.slope) {
            *sum += part;
        }
    }
}
