//! BG/BB: how often customers buy at given occasions, and when they stop, from three numbers each.
//!
//! For donations, conferences, seasons: purchases happen only at certain opportunities, at most one
//! at each, and nobody says goodbye. While alive, a customer buys at each opportunity with
//! probability p; before each opportunity the customer leaves for good with probability theta. Both
//! differ between customers, p as a beta distribution with `alpha` and `beta`, theta with `gamma`
//! and `delta`, independently. For a customer with x purchases, the last at opportunity t_x of n:
//!
//! ```text
//! L = B(alpha+x, beta+n-x)/B(alpha, beta) · B(gamma, delta+n)/B(gamma, delta)
//!   + sum over t_x <= m < n of
//!     B(alpha+x, beta+m-x)/B(alpha, beta) · B(gamma+1, delta+m)/B(gamma, delta)
//! ```
//!
//! Source: P. S. Fader, B. G. S. Hardie, J. Shang (2010), Customer-base analysis in a discrete-time
//! noncontractual setting, Marketing Science 29(6), doi:10.1287/mksc.1100.0580. Checked against the
//! numbers published there (11,104 donors).

mod fit;
mod future;
mod goodness;
mod likelihood;
mod opportunities;
mod predict;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::diagnosis::Diagnosis;
use crate::error::{Error, require};
use crate::estimate::{DEFAULT_LEVEL, Estimate, check_level};

pub use opportunities::{CheckedOpportunities, MOST_OPPORTUNITIES, Opportunities};

/// A BG/BB model that has not seen data: how to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BetaBernoulli {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// Most steps of the search. Default 200; two dozen are usual.
    pub most_iterations: u32,
}

impl Default for BetaBernoulli {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            most_iterations: 200,
        }
    }
}

/// The four numbers of a BG/BB model, all positive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BetaBernoulliParameters {
    /// First parameter of the distribution of buying probabilities, whose mean is
    /// `alpha / (alpha + beta)`.
    pub alpha: f64,
    /// Second parameter of that distribution.
    pub beta: f64,
    /// First parameter of the distribution of leaving probabilities, whose mean is
    /// `gamma / (gamma + delta)`.
    pub gamma: f64,
    /// Second parameter of that distribution.
    pub delta: f64,
}

/// The parameters with their intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BetaBernoulliEstimates {
    /// First parameter of the distribution of buying probabilities.
    pub alpha: Estimate,
    /// Second parameter of the distribution of buying probabilities.
    pub beta: Estimate,
    /// First parameter of the distribution of leaving probabilities.
    pub gamma: Estimate,
    /// Second parameter of the distribution of leaving probabilities.
    pub delta: Estimate,
}

/// A BG/BB model fitted to customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FittedBetaBernoulli {
    /// Always "beta-bernoulli".
    pub name: String,
    /// The parameters of highest likelihood.
    pub parameters: BetaBernoulliParameters,
    /// The same with intervals, by profile likelihood or, where that says the same, normal on the
    /// logarithmic scale.
    pub estimates: BetaBernoulliEstimates,
    /// Standard errors of `[alpha, beta, gamma, delta]` from the observed information; absent for a
    /// parameter that the data do not settle.
    pub standard_errors: [Option<f64>; 4],
    /// Log-likelihood of the data: of each customer's string of purchases, as in the paper.
    pub log_likelihood: f64,
    /// Customers it was fitted to.
    pub customers: f64,
    /// Of those, customers who bought at one opportunity or more.
    pub repeat_customers: f64,
    /// How the fit went.
    pub diagnosis: Diagnosis,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Covariance of the logarithms of `[alpha, beta, gamma, delta]`; zero where not settled.
    pub log_covariance: [[f64; 4]; 4],
}

impl BetaBernoulli {
    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that makes no sense.
    pub fn check(&self) -> Result<(), Error> {
        check_level(self.level)?;
        let most = f64::from(self.most_iterations);
        require(most >= 1.0, "most_iterations", most, "expected at least 1")
    }

    /// Finds the parameters of highest likelihood. Data that the model struggles with are no
    /// error: see [`FittedBetaBernoulli::diagnosis`].
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a setting that makes no sense, [`Error::Empty`] without customers.
    pub fn fit(
        &self,
        opportunities: &CheckedOpportunities<'_>,
    ) -> Result<FittedBetaBernoulli, Error> {
        self.check()?;
        if opportunities.customers() <= 0.0 {
            return Err(Error::Empty { what: "customers" });
        }
        Ok(fit::fit(self, opportunities))
    }
}

impl BetaBernoulliParameters {
    /// Checks that all are positive.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that is not.
    pub fn check(&self) -> Result<(), Error> {
        let names = ["alpha", "beta", "gamma", "delta"];
        for (field, value) in names.into_iter().zip(self.values()) {
            let sensible = value.is_finite() && value > 0.0;
            require(sensible, field, value, "expected more than 0")?;
        }
        Ok(())
    }

    fn values(&self) -> [f64; 4] {
        [self.alpha, self.beta, self.gamma, self.delta]
    }
}
