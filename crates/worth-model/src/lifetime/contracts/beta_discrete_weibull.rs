//! Beta-discrete-Weibull: contracts whose risk of ending changes with their tenure.
//!
//! As shifted-beta-geometric, but the same customer becomes more likely to leave with tenure
//! (c > 1: boredom, a worn-out product) or less (c < 1: habit). A customer with theta comes through
//! t renewals with probability `(1 - theta)^(t^c)`; theta differs as a beta distribution with
//! `gamma` and `delta`:
//!
//! ```text
//! S(t) = B(gamma, delta + t^c) / B(gamma, delta)
//! ```
//!
//! c = 1 is shifted-beta-geometric, and whether c differs from 1 is tested by the ratio of the two
//! likelihoods. Retention that rises with tenure can come of differences between customers or of
//! their becoming loyal; both are in the model, and it takes long observation to tell them apart.
//!
//! Source: P. S. Fader, B. G. S. Hardie, Y. Liu, J. Davin, T. Steenburgh (2018), "How to Project
//! Customer Retention" Revisited: The Role of Duration Dependence, Journal of Interactive Marketing
//! 43, doi:10.1016/j.intmar.2018.01.002.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ahead::Ahead;
use super::coming::coming;
use super::goodness;
use super::outcome::{alike_as_well, before_fitting, is_known};
use super::outlook::Outlook;
use super::retention::Curve;
use super::shifted_beta_geo;
use super::tenures::{CheckedTenures, Decisions};
use crate::chi_square::at_least;
use crate::error::{Error, require};
use crate::estimate::{DEFAULT_LEVEL, Estimate, check_level};
use crate::lifetime::diagnosis::{Boundary, Diagnosis};
use crate::lifetime::fitting::{Found, Frame};
use crate::newton::{Evaluation, Side};
use crate::symmetric::Vector;

const FRAME: Frame<3> = Frame {
    names: ["gamma", "delta", "c"],
    least: [1e-4, 1e-4, 0.05],
    most: [1e5, 1e5, 20.0],
    partner: [1, 0, 2],
};
/// Where to start with c, from the shifted-beta-geometric parameters; the first makes sure that
/// the likelihood is not below that model's.
const STARTS_OF_C: [f64; 3] = [1.0, 0.6, 1.8];
/// Renewals that must have been seen to tell three parameters.
const RENEWALS_NEEDED: usize = 3;
/// A likelihood ratio this improbable is not put down to chance.
const IMPROBABLE: f64 = 0.05;

/// A beta-discrete-Weibull model that has not seen data: how to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BetaDiscreteWeibull {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// Most steps of the search. Default 200; two dozen are usual.
    pub most_iterations: u32,
}

impl Default for BetaDiscreteWeibull {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            most_iterations: 200,
        }
    }
}

/// The three numbers of a beta-discrete-Weibull model, all positive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BetaDiscreteWeibullParameters {
    /// First parameter of the distribution of leaving probabilities at the first renewal, whose
    /// mean is `gamma / (gamma + delta)`.
    pub gamma: f64,
    /// Second parameter of that distribution. Small numbers = customers differ a lot.
    pub delta: f64,
    /// How the risk of one customer changes: it rises with tenure above 1 and falls below.
    pub c: f64,
}

/// The parameters with their intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BetaDiscreteWeibullEstimates {
    /// First parameter of the distribution of leaving probabilities.
    pub gamma: Estimate,
    /// Second parameter of the distribution of leaving probabilities.
    pub delta: Estimate,
    /// How the risk of one customer changes with tenure.
    pub c: Estimate,
}

/// Whether the risk of one and the same customer changes with tenure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DurationDependence {
    /// What can be said.
    pub direction: RiskDirection,
    /// Twice the gain in log-likelihood over shifted-beta-geometric; about 1 when c = 1.
    pub statistic: f64,
    /// Probability of a gain at least as large if c were 1.
    pub p_value: f64,
    /// Log-likelihood of the shifted-beta-geometric model.
    pub shifted_beta_geo_log_likelihood: f64,
}

/// Where the risk of one and the same customer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RiskDirection {
    /// No change can be seen (p at least 0.05): shifted-beta-geometric says as much with less.
    NoneVisible,
    /// Customers become more likely to leave with tenure.
    Rising,
    /// Customers become less likely to leave with tenure.
    Falling,
}

/// A beta-discrete-Weibull model fitted to contracts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FittedBetaDiscreteWeibull {
    /// Always "beta-discrete-weibull".
    pub name: String,
    /// The parameters of highest likelihood.
    pub parameters: BetaDiscreteWeibullParameters,
    /// The same with intervals, by profile likelihood or, where that says the same, normal on the
    /// logarithmic scale.
    pub estimates: BetaDiscreteWeibullEstimates,
    /// Standard errors of `[gamma, delta, c]` from the observed information; absent for a parameter
    /// that the data do not settle.
    pub standard_errors: [Option<f64>; 3],
    /// Log-likelihood of the data.
    pub log_likelihood: f64,
    /// Contracts it was fitted to.
    pub contracts: f64,
    /// Of those, contracts that have ended.
    pub ended: f64,
    /// Whether it says more than shifted-beta-geometric.
    pub duration: DurationDependence,
    /// How the fit went.
    pub diagnosis: Diagnosis,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Covariance of the logarithms of `[gamma, delta, c]`; zero where not found.
    pub log_covariance: [[f64; 3]; 3],
}

impl BetaDiscreteWeibull {
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
    /// error: see [`FittedBetaDiscreteWeibull::diagnosis`].
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a setting that makes no sense, [`Error::Empty`] without contracts.
    pub fn fit(&self, tenures: &CheckedTenures<'_>) -> Result<FittedBetaDiscreteWeibull, Error> {
        self.check()?;
        if tenures.contracts() <= 0.0 {
            return Err(Error::Empty { what: "contracts" });
        }
        let decisions = Decisions::new(tenures);
        let plain = shifted_beta_geo::search(&decisions, self.most_iterations);
        let [alpha, beta] = plain.values();
        let starts = STARTS_OF_C.map(|c| [alpha, beta, c]);
        let found = FRAME.found(FRAME.search_all(
            |point| evaluate(&decisions, point),
            starts.into_iter().chain([[1.0, 2.0, 1.0]]),
            self.most_iterations,
        ));
        let [gamma, delta, c] = found.values();
        let parameters = BetaDiscreteWeibullParameters { gamma, delta, c };
        let outcome = before_fitting(tenures, &decisions, RENEWALS_NEEDED, &FRAME.names)
            .unwrap_or_else(|| found.outcome(tenures.contracts(), || boundary(&found, &decisions)));
        let curve = parameters.curve();
        let goodness = goodness::of_endings(&decisions, &curve, &found.log_covariance);
        let log_likelihood = found.optimum.at.value;
        let [gamma, delta, c] =
            found.estimates(&found.values(), self.level, decisions.len(), |at| {
                evaluate(&decisions, at)
            });
        Ok(FittedBetaDiscreteWeibull {
            name: "beta-discrete-weibull".to_owned(),
            parameters,
            estimates: BetaDiscreteWeibullEstimates { gamma, delta, c },
            standard_errors: found.standard_errors(&found.values()),
            log_likelihood,
            contracts: tenures.contracts(),
            ended: tenures.ended(),
            duration: duration(parameters.c, log_likelihood, plain.optimum.at.value),
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

/// Log-likelihood at `[gamma, delta, c]` and its derivatives with respect to them.
fn evaluate(decisions: &Decisions, &[gamma, delta, c]: &Vector<3>) -> Evaluation<3> {
    let curve = Curve { gamma, delta, c };
    let mut sum = Evaluation::ZERO;
    let rates = curve.rates(0, decisions.len(), false);
    for ((kept, lost), rate) in decisions.pairs().zip(rates) {
        // ln(1 - r) and its derivatives with respect to ln r; r = 1 would cost an infinity.
        let log = rate.log.min(-f64::MIN_POSITIVE);
        let ends = -log.exp_m1();
        let odds = log.exp() / ends;
        sum.value += kept * rate.log + lost * ends.ln();
        let first = kept - lost * odds;
        let second = -lost * odds / ends;
        for i in 0..3 {
            sum.gradient[i] += first * rate.slope[i];
            for j in 0..3 {
                sum.hessian[i][j] +=
                    first * rate.bend[i][j] + second * rate.slope[i] * rate.slope[j];
            }
        }
    }
    sum
}

fn boundary(found: &Found<3>, decisions: &Decisions) -> Option<Boundary> {
    if found.toward(2, Side::AtUpper) {
        return Some(Boundary::AllEndTogether);
    }
    if found.toward(2, Side::AtLower) {
        return Some(Boundary::LeaveAtOnceOrNever);
    }
    if (0..2).any(|i| found.toward(i, Side::AtUpper)) || alike_as_well(found, decisions) {
        return Some(Boundary::EqualChurn);
    }
    (0..2)
        .any(|i| found.toward(i, Side::AtLower))
        .then_some(Boundary::LeaveAtOnceOrNever)
}

/// The likelihood ratio against c = 1, which is chi-square with one degree of freedom.
fn duration(c: f64, log_likelihood: f64, plain: f64) -> DurationDependence {
    let statistic = (2.0 * (log_likelihood - plain)).max(0.0);
    let p_value = at_least(statistic, 1.0).expect("there is a degree of freedom");
    let direction = match p_value < IMPROBABLE {
        false => RiskDirection::NoneVisible,
        true if c > 1.0 => RiskDirection::Rising,
        true => RiskDirection::Falling,
    };
    DurationDependence {
        direction,
        statistic,
        p_value,
        shifted_beta_geo_log_likelihood: plain,
    }
}

impl BetaDiscreteWeibullParameters {
    /// Checks that all are positive.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that is not.
    pub fn check(&self) -> Result<(), Error> {
        for (field, value) in [("gamma", self.gamma), ("delta", self.delta), ("c", self.c)] {
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
        let before = renewal.max(1) as usize - 1;
        self.curve().log_retention(before).exp()
    }

    /// Renewals to come of a contract that came through so many, discounted. Added up until even
    /// if nobody left any more, the rest would be worth less than 1e-12 of a renewal.
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
            gamma: self.gamma,
            delta: self.delta,
            c: self.c,
        }
    }
}

impl FittedBetaDiscreteWeibull {
    /// What the model says of the future.
    #[must_use]
    pub fn outlook(&self) -> Outlook {
        Outlook {
            curve: self.parameters.curve(),
            log_covariance: self.log_covariance,
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
            kept: vec![60.0, 40.0, 11.0, 9.0],
            lost: vec![40.0, 11.0, 3.0, 0.0],
        };
        let at = [0.7, 1.6, 1.3];
        let exact = evaluate(&decisions, &at);
        for i in 0..3 {
            let moved = |step: f64| {
                let mut point = at;
                point[i] += step;
                evaluate(&decisions, &point)
            };
            let (up, down) = (moved(1e-5), moved(-1e-5));
            let slope = (up.value - down.value) / 2e-5;
            assert!((slope - exact.gradient[i]).abs() < 1e-6, "{i}");
            for j in 0..3 {
                let bend = (up.gradient[j] - down.gradient[j]) / 2e-5;
                assert!((bend - exact.hessian[j][i]).abs() < 1e-5, "{i} {j}");
            }
        }
    }
}
