//! Shifted-beta-geometric: contracts that end with a probability of their own at every renewal.
//!
//! At each renewal a customer leaves with probability theta, always the same for this customer;
//! theta differs between customers as a beta distribution with `alpha` and `beta`. Retention rates
//! rise with tenure although nobody becomes more loyal: those prone to leave are gone first.
//!
//! ```text
//! S(t) = B(alpha, beta + t) / B(alpha, beta)
//! r(t) = S(t) / S(t-1) = (beta + t - 1) / (alpha + beta + t - 1)
//! ```
//!
//! Contracts that came through renewal t contribute r(t), those that ended at it 1 - r(t), so the
//! likelihood needs no special functions.
//!
//! Sources: P. S. Fader, B. G. S. Hardie (2007), How to project customer retention, Journal of
//! Interactive Marketing 21(1), doi:10.1002/dir.20074; for residual lifetime P. S. Fader, B. G. S.
//! Hardie (2010), Customer-base valuation in a contractual setting: The perils of ignoring
//! heterogeneity, Marketing Science 29(1), doi:10.1287/mksc.1080.0482. Checked against the numbers
//! published there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ahead::Ahead;
use super::coming::coming;
use super::goodness;
use super::outcome::{alike_as_well, before_fitting, is_known};
use super::outlook::Outlook;
use super::retention::Curve;
use super::tenures::{CheckedTenures, Decisions};
use crate::error::{Error, require};
use crate::estimate::{DEFAULT_LEVEL, Estimate, check_level};
use crate::lifetime::diagnosis::{Boundary, Diagnosis};
use crate::lifetime::fitting::{Found, Frame};
use crate::newton::{Evaluation, Side};
use crate::symmetric::{Matrix, Vector};

const FRAME: Frame<2> = Frame {
    names: ["alpha", "beta"],
    least: [1e-5; 2],
    // Contracts that are alike and rarely end need a large beta for an alpha that is large enough.
    most: [1e5, 1e7],
    partner: [1, 0],
};
/// Where to start.
const STARTS: [Vector<2>; 3] = [[1.0, 2.0], [0.3, 0.3], [20.0, 80.0]];
/// Renewals that must have been seen: with one, only the share that left is known.
const RENEWALS_NEEDED: usize = 2;

/// A shifted-beta-geometric model that has not seen data: how to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ShiftedBetaGeo {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// Most steps of the search. Default 200; a dozen is usual.
    pub most_iterations: u32,
}

impl Default for ShiftedBetaGeo {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            most_iterations: 200,
        }
    }
}

/// The two numbers of a shifted-beta-geometric model, both positive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShiftedBetaGeoParameters {
    /// First parameter of the distribution of leaving probabilities, whose mean is
    /// `alpha / (alpha + beta)`: the share that leaves at the first renewal.
    pub alpha: f64,
    /// Second parameter of that distribution. Small numbers = customers differ a lot.
    pub beta: f64,
}

/// The parameters with their intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShiftedBetaGeoEstimates {
    /// First parameter of the distribution of leaving probabilities.
    pub alpha: Estimate,
    /// Second parameter of the distribution of leaving probabilities.
    pub beta: Estimate,
}

/// A shifted-beta-geometric model fitted to contracts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FittedShiftedBetaGeo {
    /// Always "shifted-beta-geo".
    pub name: String,
    /// The parameters of highest likelihood.
    pub parameters: ShiftedBetaGeoParameters,
    /// The same with intervals, by profile likelihood or, where that says the same, normal on the
    /// logarithmic scale.
    pub estimates: ShiftedBetaGeoEstimates,
    /// Standard errors of `[alpha, beta]` from the observed information; absent for a parameter
    /// that the data do not settle.
    pub standard_errors: [Option<f64>; 2],
    /// Log-likelihood of the data.
    pub log_likelihood: f64,
    /// Contracts it was fitted to.
    pub contracts: f64,
    /// Of those, contracts that have ended.
    pub ended: f64,
    /// How the fit went.
    pub diagnosis: Diagnosis,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Covariance of the logarithms of `[alpha, beta]`; zero where not found.
    pub log_covariance: [[f64; 2]; 2],
}

impl ShiftedBetaGeo {
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
    /// error: see [`FittedShiftedBetaGeo::diagnosis`].
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a setting that makes no sense, [`Error::Empty`] without contracts.
    pub fn fit(&self, tenures: &CheckedTenures<'_>) -> Result<FittedShiftedBetaGeo, Error> {
        self.check()?;
        if tenures.contracts() <= 0.0 {
            return Err(Error::Empty { what: "contracts" });
        }
        let decisions = Decisions::new(tenures);
        let found = search(&decisions, self.most_iterations);
        let [alpha, beta] = found.values();
        let parameters = ShiftedBetaGeoParameters { alpha, beta };
        let outcome = before_fitting(tenures, &decisions, RENEWALS_NEEDED, &FRAME.names)
            .unwrap_or_else(|| found.outcome(tenures.contracts(), || boundary(&found, &decisions)));
        let curve_covariance = with_fixed_c(&found.log_covariance);
        let goodness = goodness::of_endings(&decisions, &parameters.curve(), &curve_covariance);
        let [alpha, beta] = found.estimates(&found.values(), self.level, decisions.len(), |at| {
            evaluate(&decisions, at)
        });
        Ok(FittedShiftedBetaGeo {
            name: "shifted-beta-geo".to_owned(),
            parameters,
            estimates: ShiftedBetaGeoEstimates { alpha, beta },
            standard_errors: found.standard_errors(&found.values()),
            log_likelihood: found.optimum.at.value,
            contracts: tenures.contracts(),
            ended: tenures.ended(),
            diagnosis: Diagnosis {
                outcome,
                iterations: found.optimum.iterations,
                goodness,
                recency: None,
            },
            level: self.level,
            log_covariance: found.log_covariance,
        })
    }
}

pub(super) fn search(decisions: &Decisions, most_iterations: u32) -> Found<2> {
    let likelihood = |point: &Vector<2>| evaluate(decisions, point);
    FRAME.found(FRAME.search_all(likelihood, STARTS, most_iterations))
}

/// Log-likelihood at `[alpha, beta]` and its derivatives with respect to them.
fn evaluate(decisions: &Decisions, &[alpha, beta]: &Vector<2>) -> Evaluation<2> {
    let mut sum = Evaluation::ZERO;
    for (j, (kept, lost)) in decisions.pairs().enumerate() {
        let b = beta + j as f64;
        let both = alpha + b;
        // r = b / both and 1 - r = alpha / both; differences are taken out of the derivatives.
        sum.value += lost * (alpha / both).ln() - kept * (alpha / b).ln_1p();
        sum.gradient[0] += lost * b / (alpha * both) - kept / both;
        sum.gradient[1] += kept * alpha / (b * both) - lost / both;
        let square = (kept + lost) / (both * both);
        sum.hessian[0][0] += square - lost / (alpha * alpha);
        sum.hessian[0][1] += square;
        sum.hessian[1][1] += square - kept / (b * b);
    }
    sum.hessian[1][0] = sum.hessian[0][1];
    sum
}

fn boundary(found: &Found<2>, decisions: &Decisions) -> Option<Boundary> {
    if (0..2).any(|i| found.toward(i, Side::AtUpper)) || alike_as_well(found, decisions) {
        return Some(Boundary::EqualChurn);
    }
    (0..2)
        .any(|i| found.toward(i, Side::AtLower))
        .then_some(Boundary::LeaveAtOnceOrNever)
}

fn with_fixed_c(covariance: &Matrix<2>) -> Matrix<3> {
    let [[a, b], [c, d]] = *covariance;
    [[a, b, 0.0], [c, d, 0.0], [0.0; 3]]
}

impl ShiftedBetaGeoParameters {
    /// Checks that both are positive.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that is not.
    pub fn check(&self) -> Result<(), Error> {
        for (field, value) in [("alpha", self.alpha), ("beta", self.beta)] {
            let sensible = value.is_finite() && value > 0.0;
            require(sensible, field, value, "expected more than 0")?;
        }
        Ok(())
    }

    /// Share of contracts that come through so many renewals.
    #[must_use]
    pub fn survival(&self, renewals: u32) -> f64 {
        let log = |j: u32| self.curve().log_retention(j as usize);
        (0..renewals).map(log).sum::<f64>().exp()
    }

    /// Share of the contracts still there that come through this renewal, the first being 1.
    #[must_use]
    pub fn retention(&self, renewal: u32) -> f64 {
        let b = self.beta + f64::from(renewal.max(1)) - 1.0;
        b / (self.alpha + b)
    }

    /// Renewals to come of a contract that came through so many, discounted.
    ///
    /// # Errors
    ///
    /// As [`Ahead::check`].
    pub fn expected_renewals(&self, renewals: u32, ahead: &Ahead) -> Result<f64, Error> {
        ahead.check()?;
        let tenure = renewals as usize;
        Ok(coming(&self.curve(), [tenure], ahead)[tenure].mean)
    }

    fn curve(&self) -> Curve {
        Curve {
            gamma: self.alpha,
            delta: self.beta,
            c: 1.0,
        }
    }
}

impl FittedShiftedBetaGeo {
    /// What the model says of the future.
    #[must_use]
    pub fn outlook(&self) -> Outlook {
        Outlook {
            curve: self.parameters.curve(),
            log_covariance: with_fixed_c(&self.log_covariance),
            level: self.level,
            is_known: is_known(&self.diagnosis.outcome),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivatives_agree_with_differences() {
        let decisions = Decisions {
            kept: vec![60.0, 40.0, 11.0],
            lost: vec![40.0, 11.0, 3.0],
        };
        let at = [0.7, 1.6];
        let exact = evaluate(&decisions, &at);
        for i in 0..2 {
            let moved = |step: f64| {
                let mut point = at;
                point[i] += step;
                evaluate(&decisions, &point)
            };
            let (up, down) = (moved(1e-5), moved(-1e-5));
            let slope = (up.value - down.value) / 2e-5;
            assert!((slope - exact.gradient[i]).abs() < 1e-6, "{i}");
            for j in 0..2 {
                let bend = (up.gradient[j] - down.gradient[j]) / 2e-5;
                assert!((bend - exact.hessian[j][i]).abs() < 1e-5, "{i} {j}");
            }
        }
    }
}
