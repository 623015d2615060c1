//! Pareto/NBD: customers buy at random and leave at random, whether they buy or not.
//!
//! While alive, a customer buys with a rate lambda (a Poisson process) and leaves with a rate mu, at
//! any time. Rates of buying differ between customers as a gamma distribution with shape `r` and
//! rate `alpha`, rates of leaving as one with shape `s` and rate `beta`, independently. For a
//! customer with x repeat purchases, the last at t_x, observed until T:
//!
//! ```text
//! L(r, alpha, s, beta) = Γ(r+x)/Γ(r)  alpha^r beta^s  { 1/((alpha + T)^(r+x) (beta + T)^s)
//!                        + s ∫ (alpha + y)^-(r+x) (beta + y)^-(s+1) dy,  y from t_x to T }
//! ```
//!
//! Sources: D. C. Schmittlein, D. G. Morrison, R. Colombo (1987), Counting Your Customers: Who Are
//! They and What Will They Do Next?, Management Science 33(1), doi:10.1287/mnsc.33.1.1;
//! P. S. Fader, B. G. S. Hardie (2005), A Note on Deriving the Pareto/NBD Model and Related
//! Expressions, <http://brucehardie.com/notes/009/>. Checked against the numbers published for the
//! CDNOW sample (log-likelihood -9594.98) and, one customer at a time, against the 2F1 of the note.

mod fit;
mod gone;
mod law;
mod likelihood;
mod prospect;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fitted::FittedPurchases;
use super::law::{Law, Prospect, PurchaseModel, estimates_in_order, predictions_from_parameters};
use super::purchases_fit::fits_as_set;
use crate::estimate::{DEFAULT_LEVEL, Estimate};

/// A Pareto/NBD model that has not seen data: how to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ParetoNbd {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// Most steps of the search. Default 200; a dozen is usual.
    pub most_iterations: u32,
}

impl Default for ParetoNbd {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            most_iterations: 200,
        }
    }
}

/// The four numbers of a Pareto/NBD model, all positive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ParetoNbdParameters {
    /// Shape of the distribution of purchase rates: small = customers differ a lot.
    pub r: f64,
    /// Rate of that distribution, in the unit of time; the mean purchase rate is `r / alpha`.
    pub alpha: f64,
    /// Shape of the distribution of rates of leaving: small = customers differ a lot.
    pub s: f64,
    /// Rate of that distribution, in the unit of time; the mean rate of leaving is `s / beta`.
    pub beta: f64,
}

/// The parameters with their intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ParetoNbdEstimates {
    /// Shape of the distribution of purchase rates.
    pub r: Estimate,
    /// Rate of the distribution of purchase rates, in the unit of time.
    pub alpha: Estimate,
    /// Shape of the distribution of rates of leaving.
    pub s: Estimate,
    /// Rate of the distribution of rates of leaving, in the unit of time.
    pub beta: Estimate,
}

/// A Pareto/NBD model fitted to customers.
pub type FittedParetoNbd = FittedPurchases<ParetoNbd>;

impl PurchaseModel<4> for ParetoNbd {
    const NAME: &'static str = "pareto-nbd";
    type Parameters = ParetoNbdParameters;
    type Estimates = ParetoNbdEstimates;
}

fits_as_set!(ParetoNbd, FittedParetoNbd);
predictions_from_parameters!(ParetoNbdParameters);
estimates_in_order!(ParetoNbdEstimates, [r, alpha, s, beta]; 4);
