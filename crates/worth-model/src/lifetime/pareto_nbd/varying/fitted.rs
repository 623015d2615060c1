//! A fitted Pareto/NBD model with covariates that vary with time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::parameters::ParetoNbdVaryingParameters;
use super::timelines::{ActsOn, Process};
use crate::chi_square::ChiSquareTest;
use crate::estimate::Estimate;
use crate::lifetime::ParetoNbdEstimates;
use crate::lifetime::diagnosis::Outcome;

/// Pareto/NBD with covariates that vary with time, fitted to customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FittedParetoNbdVarying {
    /// Always "pareto-nbd-varying".
    pub name: String,
    /// The parameters of highest likelihood.
    pub parameters: ParetoNbdVaryingParameters,
    /// Those of customers while all covariates are 0, with intervals by profile likelihood or, where that
    /// says the same, normal on the logarithmic scale.
    pub estimates: ParetoNbdEstimates,
    /// Standard errors of r, alpha, s and beta, from the observed information; absent for a
    /// parameter that the data do not settle.
    pub standard_errors: [Option<f64>; 4],
    /// What covariates do to buying, then to leaving, in their order.
    pub coefficients: Vec<VaryingCoefficient>,
    /// Log-likelihood of the data as given (not of rescaled time).
    pub log_likelihood: f64,
    /// Likelihood ratio test against no covariates at all. Absent when none can be told apart.
    pub improvement: Option<ChiSquareTest>,
    /// Customers it was fitted to.
    pub customers: f64,
    /// Of those, customers with a repeat purchase.
    pub repeat_customers: f64,
    /// How the fit went.
    pub diagnosis: VaryingDiagnosis,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Covariance of the logarithms of r, alpha, s and beta, and of the coefficients; zero where not
    /// settled.
    pub covariance: Vec<Vec<f64>>,
    /// The covariates it was fitted to, and which process each acts on.
    pub acts_on: Vec<(String, ActsOn)>,
}

/// What a covariate does to a process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VaryingCoefficient {
    /// Name of the covariate.
    pub covariate: String,
    /// What it acts on.
    pub process: Process,
    /// Logarithm of the factor on the rate, per one of the covariate.
    pub coefficient: Estimate,
    /// How many times as often customers buy (or how many times as fast they leave) while the
    /// covariate is 1 as while it is 0.
    pub factor: Estimate,
    /// Standard error of the coefficient; absent when it is not identified.
    pub standard_error: Option<f64>,
    /// Probability of a coefficient at least as far from 0 if it were 0 (Wald).
    pub p_value: Option<f64>,
    /// Whether it is known, and if not, why.
    pub standing: CoefficientStanding,
}

/// How a fit went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VaryingDiagnosis {
    /// Whether r, alpha, s and beta are settled, and if not, why.
    pub outcome: Outcome,
    /// Steps that the search took.
    pub iterations: u32,
}

/// Whether a coefficient is known, and if not, why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "standing", rename_all = "kebab-case")]
pub enum CoefficientStanding {
    /// It is.
    Known,
    /// The covariate is the same for everyone as long as anyone is watched. The coefficient is 0.
    NeverVaries,
    /// The covariate follows from others. The coefficient is 0, those of the others are as without
    /// it.
    Collinear {
        /// The others.
        with: Vec<String>,
    },
    /// Hardly anything was bought while the covariate was not 0. The coefficient is given, not to be
    /// relied on.
    TooFewPurchases {
        /// Purchases while it was not 0.
        purchases: f64,
        /// How many it takes.
        needed: f64,
    },
    /// The data want an effect without limit: nothing at all was bought while the covariate was not
    /// 0, for example.
    Boundless,
    /// Quite different coefficients explain the data as well.
    Unsettled,
}

impl CoefficientStanding {
    /// Whether there is a coefficient of its own.
    pub(super) fn is_identified(&self) -> bool {
        !matches!(self, Self::NeverVaries | Self::Collinear { .. })
    }
}
