//! What a purchase model says, whatever the model: the face that totals, values and tests of fit
//! see.
//!
//! All models here have two parts. While customers are there they buy at random, each at a rate of
//! their own; and they leave, each in a way of their own. Both differ between customers by
//! conjugate distributions, so someone who is known to be still there after x repeat purchases has
//! a future like that of a new customer, with other parameters: the [`Prospect`]. What remains is
//! how likely the customer is still there, from all three numbers.
//!
//! Where a silence says how soon the next purchase is due, there is a prospect for each phase that a
//! customer may be in. The last purchase tells how likely each phase is; what is ahead in it depends
//! on the number of purchases and the age alone, as it does where there is but one phase.
//!
//! Both traits can be named only in this crate; people outside see [`PurchaseModel`].

use std::fmt::Debug;

use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::curve::Numbers;
use crate::error::{Error, require};
use crate::estimate::Estimate;
use crate::symmetric::Vector;

/// A model of purchases that has not seen data, such as [`BetaGeo`](super::BetaGeo) or
/// [`ParetoNbd`](super::ParetoNbd).
///
/// It names what a [`FittedPurchases`](super::FittedPurchases) of `D` parameters holds; it cannot be
/// implemented elsewhere.
pub trait PurchaseModel<const D: usize = 4>:
    Debug + Clone + PartialEq + Send + Sync + 'static
{
    /// What answers call it.
    const NAME: &'static str;
    /// Its numbers, all positive.
    type Parameters: Law<D> + Serialize + DeserializeOwned + JsonSchema;
    /// The same with intervals.
    type Estimates: Named
        + Debug
        + Clone
        + PartialEq
        + Send
        + Sync
        + Serialize
        + DeserializeOwned
        + JsonSchema
        + 'static;
}

/// One of a model's numbers: its name, and the estimate.
pub type NamedEstimate = (&'static str, Estimate);

/// Estimates whose names are known.
pub trait Named {
    /// All of them, in order; those of the parameters come first.
    fn named(&self) -> Vec<NamedEstimate>;

    /// The same with other estimates of the parameters.
    #[must_use]
    fn with_parameters(&self, estimates: &[Estimate]) -> Self;
}

/// The `D` parameters of a purchase model, and what follows from them.
pub trait Law<const D: usize>: Copy + Debug + PartialEq + Send + Sync + 'static {
    /// Their names, in order.
    const NAMES: [&'static str; D];
    /// What it says of a customer who is still there.
    type Prospect: Prospect;

    /// The numbers, in order.
    fn values(&self) -> Vector<D>;

    /// The same model with other numbers.
    fn with_values(&self, values: Vector<D>) -> Self;

    /// Fails with the name of the first other number that makes no sense.
    fn check_others(&self) -> Result<(), Error> {
        Ok(())
    }

    /// The time in `ln(time + age)` on which the future depends smoothly.
    fn time_scale(&self) -> f64;

    /// Logarithm of the odds that a customer has left; minus infinity for one who cannot have.
    fn log_odds_gone(&self, frequency: f64, recency: f64, age: f64) -> f64;

    /// The same with its derivatives with respect to the logarithms of the parameters.
    fn log_odds_with_slope(&self, frequency: f64, recency: f64, age: f64) -> (f64, Vector<D>);

    /// How many phases a customer may be in between two purchases; the first begins with a purchase.
    fn phases(&self) -> usize {
        1
    }

    /// Calls `add` with each phase that a customer who is alive at `age` may be in, how likely it is,
    /// and the derivatives of that with respect to the logarithms of the parameters.
    fn each_phase(
        &self,
        _frequency: f64,
        _recency: f64,
        _age: f64,
        mut add: impl FnMut(usize, f64, &Vector<D>),
    ) {
        add(0, 1.0, &[0.0; D]);
    }

    /// What is ahead of a customer who is alive at `age`, in this phase.
    fn if_alive(&self, phase: usize, frequency: f64, age: f64) -> Self::Prospect;

    /// Probabilities of one to three repeat purchases within `age`, the last in each quarter of
    /// it: twelve cells.
    fn quarters(&self, age: f64, cells: &mut [f64]);

    /// Draws a customer and what they do until `age`.
    fn draw(&self, age: f64, random: &mut ChaCha8Rng) -> Life;

    /// Checks that all are positive, and what else there is.
    fn check_values(&self) -> Result<(), Error> {
        for (field, value) in Self::NAMES.into_iter().zip(self.values()) {
            let positive = value.is_finite() && value > 0.0;
            require(positive, field, value, "expected more than 0")?;
        }
        self.check_others()
    }

    /// The logarithms of the numbers.
    fn logarithms(&self) -> Vector<D> {
        self.values().map(f64::ln)
    }

    /// The same model with the numbers that have these logarithms.
    fn with_logarithms(&self, logarithms: &Vector<D>) -> Self {
        self.with_values(logarithms.map(f64::exp))
    }

    /// The same model with one logarithm moved by `step`.
    fn moved(&self, parameter: usize, step: f64) -> Self {
        let mut point = self.logarithms();
        point[parameter] += step;
        self.with_logarithms(&point)
    }

    /// Probability that a customer is still alive at `age`.
    fn alive(&self, frequency: f64, recency: f64, age: f64) -> f64 {
        1.0 / (1.0 + self.log_odds_gone(frequency, recency, age).exp())
    }

    /// Probabilities of 0, 1, 2 … repeat purchases of a new customer within `time` of the first.
    fn new_counts(&self, time: f64, probabilities: &mut [f64]) {
        let alive = self.alive(0.0, 0.0, 0.0);
        self.if_alive(0, 0.0, 0.0).counts(time, probabilities);
        for probability in probabilities.iter_mut() {
            *probability *= alive;
        }
        if let Some(none) = probabilities.first_mut() {
            *none += 1.0 - alive;
        }
    }

    /// Probability that a new customer makes exactly `count` repeat purchases within `time` of the
    /// first.
    fn new_count(&self, count: u32, time: f64) -> f64 {
        let mut probabilities = vec![0.0; count as usize + 1];
        self.new_counts(time, &mut probabilities);
        probabilities[count as usize]
    }

    /// Expected repeat purchases of a new customer, weighed by `factors`.
    fn new_weighed(&self, factors: &[(f64, f64)]) -> f64 {
        self.alive(0.0, 0.0, 0.0) * self.means_if_alive(0, 0.0, 0.0, factors)[1]
    }

    /// The mean of numbers over the phases that a customer who is alive at `age` may be in.
    fn over_phases<const K: usize>(
        &self,
        (frequency, recency, age): (f64, f64, f64),
        mut in_phase: impl FnMut(usize) -> Numbers<K>,
    ) -> Numbers<K> {
        let mut mean = (0.0, [0.0; K]);
        self.each_phase(frequency, recency, age, |phase, share, _| {
            let (first, others) = in_phase(phase);
            mean.0 += share * first;
            for (mean, other) in mean.1.iter_mut().zip(others) {
                *mean += share * other;
            }
        });
        mean
    }

    /// Expected purchases of a customer alive at `age` in this phase, until the last of the times,
    /// and weighed by `factors`.
    fn means_if_alive(
        &self,
        phase: usize,
        frequency: f64,
        age: f64,
        factors: &[(f64, f64)],
    ) -> [f64; 2] {
        let prospect = self.if_alive(phase, frequency, age);
        let (mut mean, mut weighed) = (0.0, 0.0);
        for (index, &(time, factor)) in factors.iter().enumerate() {
            // Without discounting only the last time counts.
            if factor != 0.0 || index + 1 == factors.len() {
                mean = prospect.mean(time);
                weighed += factor * mean;
            }
        }
        [mean, weighed]
    }
}

/// What is ahead of a customer who is alive now; times count from now.
pub trait Prospect {
    /// Mean purchases within `time`.
    fn mean(&self, time: f64) -> f64;

    /// Mean square of the purchases within `time`.
    fn mean_square(&self, time: f64) -> f64;

    /// Probability of being still alive after `time`.
    fn survival(&self, time: f64) -> f64;

    /// Probabilities of 0, 1, 2 … purchases within `time`.
    fn counts(&self, time: f64, probabilities: &mut [f64]);

    /// Probability of exactly `count` purchases within `time`.
    fn count(&self, count: u32, time: f64) -> f64 {
        let mut probabilities = vec![0.0; count as usize + 1];
        self.counts(time, &mut probabilities);
        probabilities[count as usize]
    }
}

/// What one drawn customer did.
#[derive(Debug, Clone, PartialEq)]
pub struct Life {
    /// Times of all purchases since the first, which is at 0; rising.
    pub times: Vec<f64>,
    /// Purchases per unit of time while alive.
    pub rate: f64,
    /// Probability of leaving after a purchase, or the rate of leaving per unit of time, at first.
    pub leaving: f64,
    /// When the customer left, infinite when that lies beyond the age.
    pub left_at: f64,
}

/// Predictions for single customers as methods of the parameters themselves.
macro_rules! predictions_from_parameters {
    ($parameters:ty) => {
        impl $parameters {
            /// Checks that all make sense.
            ///
            /// # Errors
            ///
            /// [`Error::Setting`](crate::Error::Setting) with the name of the first that does not.
            pub fn check(&self) -> Result<(), $crate::Error> {
                self.check_values()
            }

            /// Probability that a customer is still alive at `age`.
            #[must_use]
            pub fn probability_alive(&self, frequency: f64, recency: f64, age: f64) -> f64 {
                self.alive(frequency, recency, age)
            }

            /// Expected purchases in the next `time` of a customer with this history.
            #[must_use]
            pub fn expected_purchases(
                &self,
                frequency: f64,
                recency: f64,
                age: f64,
                time: f64,
            ) -> f64 {
                let (mean, []) = self.over_phases((frequency, recency, age), |phase| {
                    (self.if_alive(phase, frequency, age).mean(time), [])
                });
                self.alive(frequency, recency, age) * mean
            }

            /// Expected repeat purchases of a new customer within `time` of the first.
            #[must_use]
            pub fn expected_new(&self, time: f64) -> f64 {
                self.expected_purchases(0.0, 0.0, 0.0, time)
            }

            /// Probability that a new customer makes exactly `count` repeat purchases within
            /// `time` of the first.
            #[must_use]
            pub fn probability_of(&self, count: u32, time: f64) -> f64 {
                self.new_count(count, time)
            }
        }
    };
}
pub(super) use predictions_from_parameters;

/// Estimates from a list in this order, and back to one with their names.
macro_rules! estimates_in_order {
    ($estimates:ty, [$($name:ident),+]; $count:literal) => {
        impl From<[$crate::Estimate; $count]> for $estimates {
            fn from([$($name),+]: [$crate::Estimate; $count]) -> Self {
                Self { $($name),+ }
            }
        }

        impl $crate::lifetime::law::Named for $estimates {
            fn named(&self) -> Vec<$crate::lifetime::law::NamedEstimate> {
                vec![$((stringify!($name), self.$name)),+]
            }

            fn with_parameters(&self, estimates: &[$crate::Estimate]) -> Self {
                let mut all = [$(self.$name),+];
                all[..estimates.len()].copy_from_slice(estimates);
                all.into()
            }
        }
    };
}
pub(super) use estimates_in_order;
