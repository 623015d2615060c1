//! Gompertz/NBD: as Pareto/NBD, but the risk that a customer leaves rises with time.
//!
//! While alive, a customer buys with a rate lambda (a Poisson process); the lifetime is Gompertz, at
//! t the rate of leaving is `b eta e^(b t)`. All share b; lambda and eta differ between customers as
//! gamma distributions, with shape `r` and rate `alpha`, and with shape `s` and rate `beta`. Over all,
//!
//! ```text
//! S(t) = P(lifetime > t) = (beta / (beta + e^(b t) - 1))^s
//! L(r, alpha, b, s, beta) = Γ(r+x)/Γ(r)  alpha^r  { S(T)/(alpha + T)^(r+x)
//!                           + ∫ (alpha + y)^-(r+x) (-S'(y)) dy,  y from t_x to T }
//! ```
//!
//! for a customer with x repeat purchases, the last at t_x, observed until T. For all customers
//! together the risk rises where beta > 1; where beta < 1 it falls, since those at high risk go first.
//! With b and beta near 0 it is Pareto/NBD, whose beta is the ratio `beta / b`.
//!
//! Source: A. C. Bemmaor, N. Glady (2012), Modeling Purchasing Behavior with Sudden "Death": A Flexible
//! Customer Lifetime Model, Management Science 58(5), doi:10.1287/mnsc.1110.1461. Their likelihood has
//! the integral as it stands; so has this.

mod fit;
mod gompertz;
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

/// A Gompertz/NBD model that has not seen data: how to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GompertzNbd {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// Most steps of the search. Default 200; a few dozen are usual.
    pub most_iterations: u32,
}

impl Default for GompertzNbd {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            most_iterations: 200,
        }
    }
}

/// The five numbers of a Gompertz/NBD model, all positive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GompertzNbdParameters {
    /// Shape of the distribution of purchase rates: small = customers differ a lot.
    pub r: f64,
    /// Rate of that distribution, in the unit of time; the mean purchase rate is `r / alpha`.
    pub alpha: f64,
    /// How fast each customer's risk of leaving rises: by the factor `e^b` per unit of time.
    pub b: f64,
    /// Shape of the distribution of that risk over customers: small = they differ a lot.
    pub s: f64,
    /// Rate of that distribution, without a unit; the mean risk at first is `b s / beta` per unit of
    /// time.
    pub beta: f64,
}

/// The parameters with their intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GompertzNbdEstimates {
    /// Shape of the distribution of purchase rates.
    pub r: Estimate,
    /// Rate of the distribution of purchase rates, in the unit of time.
    pub alpha: Estimate,
    /// How fast the risk of leaving rises, per unit of time.
    pub b: Estimate,
    /// Shape of the distribution of the risk of leaving.
    pub s: Estimate,
    /// Rate of the distribution of the risk of leaving, without a unit.
    pub beta: Estimate,
}

/// A Gompertz/NBD model fitted to customers.
pub type FittedGompertzNbd = FittedPurchases<GompertzNbd, 5>;

impl PurchaseModel<5> for GompertzNbd {
    const NAME: &'static str = "gompertz-nbd";
    type Parameters = GompertzNbdParameters;
    type Estimates = GompertzNbdEstimates;
}

fits_as_set!(GompertzNbd, FittedGompertzNbd, 5);
predictions_from_parameters!(GompertzNbdParameters);
estimates_in_order!(GompertzNbdEstimates, [r, alpha, b, s, beta]; 5);
