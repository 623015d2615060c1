//! MBG/NBD: BG/NBD in which customers may leave after their first purchase too.
//!
//! Everything is as in BG/NBD but that each customer meets the chance of leaving once more, right
//! after the first purchase:
//!
//! ```text
//! L(r, alpha, a, b) = Γ(r+x)/Γ(r)  alpha^r  [ B(a, b+x+1)/B(a, b)  / (alpha + T)^(r+x)
//!                                           + B(a+1, b+x)/B(a, b)  / (alpha + t_x)^(r+x) ]
//! P(alive) = 1 / (1 + a/(b+x) ((alpha + T)/(alpha + t_x))^(r+x))
//! ```
//!
//! Sources: E. P. Batislam, M. Denizel, A. Filiztekin (2007), Empirical Validation and Comparison of
//! Models for Customer Base Analysis, International Journal of Research in Marketing 24(3),
//! doi:10.1016/j.ijresmar.2006.12.005; D. Hoppe, U. Wagner (2007), Customer Base Analysis: The Case
//! for a Central Variant of the Betageometric/NBD Model, Marketing: Journal of Research and
//! Management 3(2). Checked against the parameters published for the CDNOW sample.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::fitted::FittedPurchases;
use super::super::law::{Law, Prospect, PurchaseModel, predictions_from_parameters};
use super::super::purchases_fit::fits_as_set;
use super::BetaGeoEstimates;
use crate::estimate::DEFAULT_LEVEL;

/// An MBG/NBD model that has not seen data: how to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ModifiedBetaGeo {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// Most steps of the search. Default 200; a dozen is usual.
    pub most_iterations: u32,
}

impl Default for ModifiedBetaGeo {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            most_iterations: 200,
        }
    }
}

/// The four numbers of an MBG/NBD model, all positive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModifiedBetaGeoParameters {
    /// Shape of the distribution of purchase rates: small = customers differ a lot.
    pub r: f64,
    /// Rate of that distribution, in the unit of time; the mean purchase rate is `r / alpha`.
    pub alpha: f64,
    /// First parameter of the distribution of leaving probabilities, whose mean is `a / (a + b)`.
    pub a: f64,
    /// Second parameter of that distribution.
    pub b: f64,
}

/// An MBG/NBD model fitted to customers.
pub type FittedModifiedBetaGeo = FittedPurchases<ModifiedBetaGeo>;

impl PurchaseModel<4> for ModifiedBetaGeo {
    const NAME: &'static str = "modified-beta-geo";
    type Parameters = ModifiedBetaGeoParameters;
    type Estimates = BetaGeoEstimates;
}

fits_as_set!(ModifiedBetaGeo, FittedModifiedBetaGeo);
predictions_from_parameters!(ModifiedBetaGeoParameters);
