//! BG/CNBD-k and MBG/CNBD-k: BG/NBD and MBG/NBD for customers who buy regularly.
//!
//! Customers take steps at random, each at a rate lambda of their own, and each k-th step is a
//! purchase: times between purchases are Erlang-k, the more even the larger k. Leaving is as in
//! BG/NBD, after a repeat purchase, or as in MBG/NBD, after any. Rates of steps are a gamma
//! distribution with shape `r` and rate `alpha` (customers buy at lambda / k), probabilities of leaving
//! a beta distribution with `a` and `b`. For a customer with x repeat purchases at times g apart, the
//! last at t_x, observed until T, and n chances to leave (x or x + 1):
//!
//! ```text
//! L = Π g^(k-1) / Γ(k)^x  Γ(r+kx)/Γ(r)  alpha^r
//!     [ B(a, b+n)/B(a, b) A / (alpha + T)^(r+kx)  +  [n > 0] B(a+1, b+n-1)/B(a, b) / (alpha + t_x)^(r+kx) ]
//! A = sum over j < k of (r+kx)_j / j!  ((T - t_x)/(alpha + T))^j
//! ```
//!
//! k is a whole number, which the likelihood chooses unless it is set. That takes the times between
//! purchases ([`Histories::log_gaps`](crate::lifetime::Histories::log_gaps)); without them the
//! likelihood is that of their sum t_x, from which k is told less surely. With k = 1 both models are
//! BG/NBD and MBG/NBD to the last digit, so log-likelihoods compare.
//!
//! Sources: M. Platzer, T. Reutterer (2016), Ticking Away the Moments: Timing Regularity Helps to Better
//! Predict Customer Activity, Marketing Science 35(5), doi:10.1287/mksc.2015.0963; T. Reutterer, M.
//! Platzer, N. Schröder (2021), Leveraging Purchase Regularity for Predicting Customer Behavior the
//! Easy Way, International Journal of Research in Marketing 38(1),
//! doi:10.1016/j.ijresmar.2020.09.002.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::fitted::FittedPurchases;
use super::super::law::{
    Law, Prospect, PurchaseModel, estimates_in_order, predictions_from_parameters,
};
use super::super::purchases_fit::fits_as_set;
use crate::estimate::{DEFAULT_LEVEL, Estimate};

/// As in the authors' package BTYDplus.
const MOST_K: u32 = 12;

/// A BG/CNBD-k model that has not seen data: how to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CondensedBetaGeo {
    /// Steps per purchase, 1 (at random) to 24 (as good as clockwork); absent: the likelihood chooses.
    pub k: Option<u32>,
    /// The most that it may choose, 1 to 24. Default 12.
    pub most_k: u32,
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// Most steps of the search. Default 200; a dozen is usual.
    pub most_iterations: u32,
}

/// An MBG/CNBD-k model that has not seen data: how to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ModifiedCondensedBetaGeo {
    /// Steps per purchase, 1 (at random) to 24 (as good as clockwork); absent: the likelihood chooses.
    pub k: Option<u32>,
    /// The most that it may choose, 1 to 24. Default 12.
    pub most_k: u32,
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// Most steps of the search. Default 200; a dozen is usual.
    pub most_iterations: u32,
}

impl Default for CondensedBetaGeo {
    fn default() -> Self {
        Self {
            k: None,
            most_k: MOST_K,
            level: DEFAULT_LEVEL,
            most_iterations: 200,
        }
    }
}

impl Default for ModifiedCondensedBetaGeo {
    fn default() -> Self {
        Self {
            k: None,
            most_k: MOST_K,
            level: DEFAULT_LEVEL,
            most_iterations: 200,
        }
    }
}

/// The numbers of a BG/CNBD-k model, all positive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CondensedBetaGeoParameters {
    /// Shape of the distribution of rates: small = customers differ a lot.
    pub r: f64,
    /// Rate of that distribution, in the unit of time; the mean purchase rate is `r / (k alpha)`.
    pub alpha: f64,
    /// First parameter of the distribution of leaving probabilities, whose mean is `a / (a + b)`.
    pub a: f64,
    /// Second parameter of that distribution.
    pub b: f64,
    /// How regular purchases are: steps of a random process per purchase, 1 = at random. The standard
    /// deviation of the times between a customer's purchases is their mean over the root of k.
    pub k: u32,
}

/// The numbers of an MBG/CNBD-k model, all positive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModifiedCondensedBetaGeoParameters {
    /// Shape of the distribution of rates: small = customers differ a lot.
    pub r: f64,
    /// Rate of that distribution, in the unit of time; the mean purchase rate is `r / (k alpha)`.
    pub alpha: f64,
    /// First parameter of the distribution of leaving probabilities, whose mean is `a / (a + b)`.
    pub a: f64,
    /// Second parameter of that distribution.
    pub b: f64,
    /// How regular purchases are: steps of a random process per purchase, 1 = at random. The standard
    /// deviation of the times between a customer's purchases is their mean over the root of k.
    pub k: u32,
}

/// The numbers with their intervals. Those of the first four take k as given.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CondensedBetaGeoEstimates {
    /// Shape of the distribution of rates.
    pub r: Estimate,
    /// Rate of the distribution of rates, in the unit of time.
    pub alpha: Estimate,
    /// First parameter of the distribution of leaving probabilities.
    pub a: Estimate,
    /// Second parameter of the distribution of leaving probabilities.
    pub b: Estimate,
    /// Steps per purchase; its interval has no end when the most that was allowed is as good.
    pub k: Estimate,
}

/// A BG/CNBD-k model fitted to customers.
pub type FittedCondensedBetaGeo = FittedPurchases<CondensedBetaGeo>;

/// An MBG/CNBD-k model fitted to customers.
pub type FittedModifiedCondensedBetaGeo = FittedPurchases<ModifiedCondensedBetaGeo>;

impl PurchaseModel<4> for CondensedBetaGeo {
    const NAME: &'static str = "condensed-beta-geo";
    type Parameters = CondensedBetaGeoParameters;
    type Estimates = CondensedBetaGeoEstimates;
}

impl PurchaseModel<4> for ModifiedCondensedBetaGeo {
    const NAME: &'static str = "modified-condensed-beta-geo";
    type Parameters = ModifiedCondensedBetaGeoParameters;
    type Estimates = CondensedBetaGeoEstimates;
}

fits_as_set!(CondensedBetaGeo, FittedCondensedBetaGeo);
fits_as_set!(ModifiedCondensedBetaGeo, FittedModifiedCondensedBetaGeo);
predictions_from_parameters!(CondensedBetaGeoParameters);
predictions_from_parameters!(ModifiedCondensedBetaGeoParameters);
estimates_in_order!(CondensedBetaGeoEstimates, [r, alpha, a, b, k]; 5);
