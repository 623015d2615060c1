//! Posterior of Gamma-Gamma, and what it says of customers' spend.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::gamma_gamma::{
    self, CheckedSpends, FittedGammaGamma, GammaGamma, GammaGammaEstimates, GammaGammaParameters,
};
use super::super::predicted::Predicted;
use super::averaged::each;
use super::diagnosis::SamplingDiagnosis;
use super::draws::{Draws, THINNED};
use super::sampled::{self, Scale, Streams};
use super::{GoesOn, Sampling};
use crate::error::Error;
use crate::symmetric::Vector;

/// The posterior of a Gamma-Gamma model.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PosteriorGammaGamma {
    /// Medians of the parameters, with intervals.
    pub estimates: GammaGammaEstimates,
    /// How sampling went.
    pub diagnosis: SamplingDiagnosis,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// The fit of highest likelihood to the same customers: its diagnosis says what the data
    /// settle, and whether they look like the model.
    pub fitted: FittedGammaGamma,
    /// The draws.
    #[serde(skip)]
    pub draws: Draws<3>,
}

/// Fits the model, and draws from its posterior.
pub(in super::super) fn sample(
    spec: &GammaGamma,
    spends: &CheckedSpends<'_>,
    sampling: &Sampling,
    goes_on: &GoesOn<'_>,
) -> Result<PosteriorGammaGamma, Error> {
    sampling.check()?;
    let fitted = spec.fit(spends)?;
    let unit = spends.mean_spend();
    let groups = gamma_gamma::grouped(spends, unit);
    let GammaGammaParameters { p, q, gamma } = fitted.parameters;
    let starts = gamma_gamma::starts().chain([[p, q, gamma / unit]]);
    let scale = Scale {
        units: [1.0, 1.0, unit],
        log_unit: gamma_gamma::log_unit(spends.customers(), unit),
    };
    let (draws, diagnosis) = sampled::sample(
        ["p", "q", "gamma"],
        |parameters: &Vector<3>| gamma_gamma::evaluate(&groups, parameters),
        &scale,
        starts,
        (sampling, goes_on),
        Streams::Spend,
    );
    let [p, q, gamma] = draws.estimates(fitted.level);
    Ok(PosteriorGammaGamma {
        estimates: GammaGammaEstimates { p, q, gamma },
        diagnosis,
        level: fitted.level,
        fitted,
        draws,
    })
}

impl PosteriorGammaGamma {
    /// Expected amount per future purchase of each customer. Draws that give it no mean (q of at
    /// most 1, without purchases) count with that of the data.
    #[must_use]
    pub fn expected_spend(&self, spends: &CheckedSpends<'_>) -> Predicted {
        let laws = self.laws(THINNED);
        let columns = spends.rows();
        each(spends.len(), laws.len(), self.level, |draw, row| {
            self.spend_of(&laws[draw], columns.purchases[row], columns.mean[row])
        })
    }

    /// The parameters of at most so many draws, spread evenly over all.
    pub(super) fn laws(&self, most: usize) -> Vec<GammaGammaParameters> {
        self.draws.thinned(most).map(law).collect()
    }

    /// The medians: what counts as given where chance is looked at.
    pub(super) fn middle(&self) -> GammaGammaParameters {
        law(self.draws.medians())
    }

    pub(super) fn spend_of(&self, law: &GammaGammaParameters, purchases: f64, mean: f64) -> f64 {
        law.spend_or(purchases, mean, self.fitted.actual_mean_spend)
    }
}

fn law([p, q, gamma]: Vector<3>) -> GammaGammaParameters {
    GammaGammaParameters { p, q, gamma }
}
