//! What a posterior says of one parameter, beside what the prior and the likelihood say.

use schemars::JsonSchema;
use serde::Serialize;

use super::density::{DensityPoint, density};
use super::diagnosis::{Mixing, SamplingDiagnosis};
use super::draws::Draws;
use crate::estimate::Estimate;

/// What a posterior says of one parameter, in the unit of the data.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DrawnParameter {
    /// Median of its draws, with an interval.
    pub median: Estimate,
    /// Mean of its draws: above the median where they reach far up.
    pub mean: f64,
    /// The value of highest likelihood, with an interval where the data settle it.
    pub likelihood: Estimate,
    /// Median of the prior, with an interval: what was taken to be possible before any data.
    pub prior: Estimate,
    /// Its name, what chains say of it, and how much the data have narrowed it.
    #[serde(flatten)]
    pub mixing: Mixing,
    /// Its marginal density, for plots; empty when chains did not move.
    pub density: Vec<DensityPoint>,
}

/// All parameters that were drawn, in order. `likelihood`: what the fit found.
pub(super) fn parameters<const D: usize>(
    draws: &Draws<D>,
    diagnosis: &SamplingDiagnosis,
    likelihood: [Estimate; D],
    level: f64,
) -> Vec<DrawnParameter> {
    let (medians, priors) = (draws.estimates(level), draws.priors(level));
    (0..D)
        .map(|i| {
            let column = &draws.parameters[i];
            DrawnParameter {
                median: medians[i],
                mean: column.iter().sum::<f64>() / column.len() as f64,
                likelihood: likelihood[i],
                prior: priors[i],
                mixing: diagnosis.parameters[i].clone(),
                density: density(column),
            }
        })
        .collect()
}
