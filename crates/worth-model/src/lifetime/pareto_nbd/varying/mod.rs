//! Pareto/NBD with covariates that vary with time: seasons, promotions, perceived value.
//!
//! While there, a customer buys at the rate `lambda exp(γ'x(t))` and leaves at the rate
//! `mu exp(δ'x(t))`, where x changes in steps. lambda and mu differ between customers as in Pareto/NBD. In
//! the operational times
//!
//! ```text
//! A(t) = ∫ exp(γ'x),   D(t) = ∫ exp(δ'x)      from the first purchase on
//! ```
//!
//! the likelihood of a customer with x repeat purchases at t_j, the last at t_x, observed until T, is
//!
//! ```text
//! Γ(r+x)/Γ(r) alpha^r beta^s Π exp(γ'x(t_j)) { (alpha + A(T))^-(r+x) (beta + D(T))^-s
//!     + s ∫ exp(δ'x(y)) (alpha + A(y))^-(r+x) (beta + D(y))^-(s+1) dy,  y from t_x to T }
//! ```
//!
//! Source: P. Bachmann, M. Meierer, J. Näf (2021), The Role of Time-Varying Contextual Factors in Latent
//! Attrition Models for Customer Base Analysis, Marketing Science 40(4), doi:10.1287/mksc.2020.1254.
//!
//! Time is that of the covariates: a customer's life begins at the first purchase, at its own time on that
//! scale. Where times are days, what happens on a day happens at its end, as in a difference of two dates:
//! a covariate that holds on the days 11 to 13 holds from 10 (not included) until 13.
//!
//! Checked against the model written out and integrated by mpmath
//! (`tests/published/pareto_nbd_varying.py`), against Pareto/NBD where there are no covariates, and against
//! covariates known from the start where none changes.

mod ahead;
mod customers;
mod dates;
mod draw;
mod exposure;
mod factor;
mod fit;
mod fitted;
mod integral;
mod jet;
mod likelihood;
mod parameters;
mod path;
mod predict;
mod scene;
mod search;
mod standing;
mod timelines;
mod total;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use customers::{CheckedDatedHistories, DatedHistories, PurchaseSums};
pub use fitted::{
    CoefficientStanding, FittedParetoNbdVarying, VaryingCoefficient, VaryingDiagnosis,
};
pub use parameters::ParetoNbdVaryingParameters;
pub use timelines::{ActsOn, CovariateTable, Process, Timelines};
pub use total::PurchaseTotal;

use super::ParetoNbd;
use crate::error::Error;
use crate::estimate::DEFAULT_LEVEL;

/// A Pareto/NBD model with covariates that vary with time, which has not seen data: how to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ParetoNbdVarying {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// Most steps of the search. Default 200; a dozen is usual.
    pub most_iterations: u32,
}

impl Default for ParetoNbdVarying {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            most_iterations: 200,
        }
    }
}

impl ParetoNbdVarying {
    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that makes no sense.
    pub fn check(&self) -> Result<(), Error> {
        self.without_covariates().check()
    }

    fn without_covariates(&self) -> ParetoNbd {
        ParetoNbd {
            level: self.level,
            most_iterations: self.most_iterations,
        }
    }

    /// Finds the parameters of highest likelihood. Data that the model struggles with are no
    /// error: see [`FittedParetoNbdVarying::diagnosis`] and [`VaryingCoefficient::standing`].
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a setting that makes no sense, [`Error::Empty`] without customers,
    /// [`Error::Length`] when the purchases were summed for other covariates.
    pub fn fit(
        &self,
        customers: &CheckedDatedHistories<'_>,
        purchases: &PurchaseSums,
    ) -> Result<FittedParetoNbdVarying, Error> {
        fit::fit(self, customers, purchases)
    }
}
