//! BG/NBD: how often customers buy, and when they leave, from three numbers each.
//!
//! While alive, a customer buys at random with a rate lambda (a Poisson process); after each
//! purchase the customer leaves for good with probability p. Rates differ between customers as a
//! gamma distribution with shape `r` and rate `alpha`, probabilities of leaving as a beta
//! distribution with `a` and `b`, independently. For a customer with x repeat purchases, the last
//! at t_x, observed until T:
//!
//! ```text
//! L(r, alpha, a, b) = B(a, b+x)/B(a, b)      Γ(r+x)/Γ(r)  alpha^r / (alpha + T)^(r+x)
//!    + [x > 0]        B(a+1, b+x-1)/B(a, b)  Γ(r+x)/Γ(r)  alpha^r / (alpha + t_x)^(r+x)
//! ```
//!
//! Source: P. S. Fader, B. G. S. Hardie, K. L. Lee (2005), "Counting Your Customers" the Easy Way:
//! An Alternative to the Pareto/NBD Model, Marketing Science 24(2), doi:10.1287/mksc.1040.0098.
//! Checked against the numbers published there (CDNOW sample: log-likelihood -9582.4) and in
//! the authors' notes.
//!
//! Know before use: the model says that nobody leaves before a first repeat purchase, so a
//! customer who never came back has a probability of 1 of being alive; look at what such a
//! customer is expected to buy instead.

mod condensed;
mod fit;
mod future;
mod law;
mod likelihood;
mod modified;
mod phases;
mod steps;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fitted::FittedPurchases;
use super::law::{Law, Prospect, PurchaseModel, estimates_in_order, predictions_from_parameters};
use super::purchases_fit::fits_as_set;
use crate::estimate::{DEFAULT_LEVEL, Estimate};

pub use condensed::{
    CondensedBetaGeo, CondensedBetaGeoEstimates, CondensedBetaGeoParameters,
    FittedCondensedBetaGeo, FittedModifiedCondensedBetaGeo, ModifiedCondensedBetaGeo,
    ModifiedCondensedBetaGeoParameters,
};
use law::{BetaGeometric, Leaving};
pub use modified::{FittedModifiedBetaGeo, ModifiedBetaGeo, ModifiedBetaGeoParameters};

/// A BG/NBD model that has not seen data: how to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BetaGeo {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// Most steps of the search. Default 200; a dozen is usual.
    pub most_iterations: u32,
}

impl Default for BetaGeo {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            most_iterations: 200,
        }
    }
}

/// The four numbers of a BG/NBD model, all positive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BetaGeoParameters {
    /// Shape of the distribution of purchase rates: small = customers differ a lot.
    pub r: f64,
    /// Rate of that distribution, in the unit of time; the mean purchase rate is `r / alpha`.
    pub alpha: f64,
    /// First parameter of the distribution of leaving probabilities, whose mean is `a / (a + b)`.
    pub a: f64,
    /// Second parameter of that distribution.
    pub b: f64,
}

/// The parameters with their intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BetaGeoEstimates {
    /// Shape of the distribution of purchase rates.
    pub r: Estimate,
    /// Rate of the distribution of purchase rates, in the unit of time.
    pub alpha: Estimate,
    /// First parameter of the distribution of leaving probabilities.
    pub a: Estimate,
    /// Second parameter of the distribution of leaving probabilities.
    pub b: Estimate,
}

/// A BG/NBD model fitted to customers.
///
/// Its P(alive) is always 1 for customers without a repeat purchase: this model cannot tell.
pub type FittedBetaGeo = FittedPurchases<BetaGeo>;

impl PurchaseModel<4> for BetaGeo {
    const NAME: &'static str = "beta-geo";
    type Parameters = BetaGeoParameters;
    type Estimates = BetaGeoEstimates;
}

fits_as_set!(BetaGeo, FittedBetaGeo);
predictions_from_parameters!(BetaGeoParameters);
estimates_in_order!(BetaGeoEstimates, [r, alpha, a, b]; 4);
