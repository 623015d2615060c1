//! All numbers of a model, as callers see them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::customers::{CheckedDatedHistories, PurchaseSums};
use super::integral::Numbers;
use super::likelihood::{Data, log_likelihood};
use super::standing::Customers;
use super::timelines::{Process, Timelines};
use crate::columns::check_length;
use crate::error::{Error, require};
use crate::lifetime::ParetoNbdParameters;
use crate::lifetime::counted::Counted;
use crate::lifetime::law::Law;

/// A coefficient times the largest covariate that makes sense, and more.
const LARGEST: f64 = 1e9;

/// Pareto/NBD with coefficients of covariates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ParetoNbdVaryingParameters {
    /// Customers while all covariates are 0.
    pub base: ParetoNbdParameters,
    /// Coefficients of the covariates that act on buying, in their order.
    pub buying: Vec<f64>,
    /// Coefficients of the covariates that act on leaving, in their order.
    pub leaving: Vec<f64>,
}

impl ParetoNbdVaryingParameters {
    /// Checks that the parameters are positive, and that there is a coefficient for each covariate.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first number that makes no sense, [`Error::Length`] for
    /// more or fewer coefficients than there are covariates.
    pub fn check(&self, covariates: &Timelines) -> Result<(), Error> {
        self.base.check()?;
        let buying = covariates.acting_on(Process::Buying).len();
        let leaving = covariates.acting_on(Process::Leaving).len();
        check_length("buying", self.buying.len(), buying)?;
        check_length("leaving", self.leaving.len(), leaving)?;
        for (field, coefficients) in [("buying", &self.buying), ("leaving", &self.leaving)] {
            for &coefficient in coefficients {
                let sensible = coefficient.abs() <= LARGEST;
                require(sensible, field, coefficient, "expected a number")?;
            }
        }
        Ok(())
    }

    /// Log-likelihood of customers and their purchases.
    ///
    /// # Errors
    ///
    /// As [`Self::check`]; [`Error::Length`] when the purchases were summed for other covariates.
    pub fn log_likelihood(
        &self,
        customers: &CheckedDatedHistories<'_>,
        purchases: &PurchaseSums,
    ) -> Result<f64, Error> {
        let covariates = customers.columns.covariates;
        self.check(covariates)?;
        check_length("purchases", purchases.values.len(), covariates.len())?;
        let counted = Counted::new(&customers.columns.histories, 1.0);
        let data = Data {
            customers: Customers::now(customers),
            counted: &counted,
            sums: purchases,
        };
        Ok(log_likelihood(&data, &self.numbers(covariates)))
    }

    /// The logarithms of r, alpha, s and beta, and the coefficients.
    pub(super) fn point(&self) -> Vec<f64> {
        let base = self.base.logarithms().into_iter();
        base.chain(self.buying.iter().copied())
            .chain(self.leaving.iter().copied())
            .collect()
    }

    pub(super) fn numbers(&self, covariates: &Timelines) -> Numbers {
        Numbers::at_point(&self.point(), covariates)
    }
}
