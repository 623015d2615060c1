//! What is known of each customer besides the duration, checked row by row.

use super::super::durations::CheckedDurations;
use crate::columns::{check_covariates, check_length};
use crate::error::Error;

/// Properties of customers that may drive how soon they leave. One row per row of the durations:
/// a property that changes is two rows, (0, 3] with the old value and (3, 8] with the new one.
#[derive(Debug, Clone, Copy)]
pub struct Covariates<'a> {
    /// What each column is called.
    pub names: &'a [&'a str],
    /// One column per covariate: numbers; 0 and 1 for yes and no; for k kinds k - 1 such columns.
    pub columns: &'a [&'a [f64]],
    /// Rows with the same code share a baseline hazard, others do not: for properties that change
    /// the course of the hazard and whose own effect is not asked.
    pub stratum: Option<&'a [u32]>,
    /// Which customer (or household, or account) a row belongs to: rows of the same do not count as
    /// independent in robust variances and in the error of concordance.
    pub id: Option<&'a [u64]>,
}

/// Covariates that were found to make sense.
#[derive(Debug, Clone, Copy)]
pub struct CheckedCovariates<'a> {
    rows: Covariates<'a>,
}

impl<'a> Covariates<'a> {
    /// Checks every row against the durations it belongs to.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when columns differ in length, [`Error::Row`] for a value that is not
    /// finite (the columns being counted together: "covariate 2" is the third), [`Error::Setting`]
    /// for more than 1,000 covariates. No covariates at all are fine.
    pub fn check(self, durations: &CheckedDurations<'_>) -> Result<CheckedCovariates<'a>, Error> {
        let rows = durations.len();
        check_covariates(self.names, self.columns, rows)?;
        check_length("stratum", self.stratum.map_or(rows, <[u32]>::len), rows)?;
        check_length("id", self.id.map_or(rows, <[u64]>::len), rows)?;
        Ok(CheckedCovariates { rows: self })
    }
}

impl<'a> CheckedCovariates<'a> {
    /// The columns that were checked.
    #[must_use]
    pub fn rows(&self) -> &Covariates<'a> {
        &self.rows
    }

    pub(super) fn stratum_of(&self, row: usize) -> u32 {
        self.rows.stratum.map_or(0, |stratum| stratum[row])
    }

    pub(super) fn id_of(&self, row: usize) -> u64 {
        self.rows.id.map_or(0, |id| id[row])
    }
}
