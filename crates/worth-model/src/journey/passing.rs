//! Whose value goes where: values of the customers who pass a place, summed up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::estimate::{Estimate, NoInterval, check_level};
use crate::experiment::Arm;

/// Journeys that pass a place, and their values; a journey that was split is one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Passing {
    /// How many.
    pub origins: u64,
    /// Their values added; 0 when none were given.
    pub sum: f64,
    /// The squares of their values added.
    pub squares: f64,
}

impl Passing {
    pub(super) fn add(&mut self, value: f64) {
        self.origins += 1;
        self.sum += value;
        self.squares += value * value;
    }

    pub(super) fn absorb(&mut self, more: &Self) {
        self.origins += more.origins;
        self.sum += more.sum;
        self.squares += more.squares;
    }

    /// Mean value of those who pass, with Student's interval.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `level` is no level.
    pub fn mean(&self, level: f64) -> Result<Estimate, Error> {
        Arm::of_sums(self.origins, self.sum, self.squares).average(level)
    }

    /// Value of all who pass together. The interval is that of a sum over `of` journeys, drawn from all there
    /// could be, in which those that do not pass bring 0: both how many pass and what each is worth may
    /// differ next time.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `level` is no level.
    pub fn total(&self, of: u64, level: f64) -> Result<Estimate, Error> {
        check_level(level)?;
        let of_all = Arm::of_sums(of, self.sum, self.squares);
        if self.origins < 2 || of < self.origins {
            return Ok(Estimate::without(self.sum, NoInterval::TooFew));
        }
        let n = of as f64;
        Ok(Estimate::normal(
            self.sum,
            n * of_all.standard_error(),
            level,
        ))
    }
}
