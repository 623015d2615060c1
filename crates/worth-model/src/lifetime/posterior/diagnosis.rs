//! How sampling went, as data: whether draws can be relied on, and whether they tell of the data or
//! of the prior.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::fitting::UNSETTLED;
use super::chain::Chain;
use super::mixing::mixing;
use super::target::PRIOR_SPREAD;

/// Chains that tell the same have a smaller R-hat, and as many independent draws each (Vehtari and
/// others 2021, section 4).
const LARGEST_R_HAT: f64 = 1.01;
const ENOUGH_PER_CHAIN: f64 = 100.0;
/// Share of draws that may diverge before a part of the posterior is likely to be missed.
const MOST_DIVERGENT: f64 = 5e-3;

/// How sampling went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SamplingDiagnosis {
    /// Whether the draws can be used, and if not, what is the matter.
    pub outcome: SamplingOutcome,
    /// What the chains say of each parameter.
    pub parameters: Vec<Mixing>,
    /// Draws of all chains, after tuning.
    pub draws: u32,
    /// Of those, draws whose path could not be followed to its end: the posterior is too narrow
    /// there for the steps taken, and may reach farther than the draws.
    pub divergences: u32,
}

/// Whether draws can be used, and if not, what is the matter: the first that applies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum SamplingOutcome {
    /// Chains tell the same, in enough draws, and the data have settled every parameter.
    Converged,
    /// Draws can be used, but these parameters are what the prior makes of them: the data hardly
    /// narrow them down. The diagnosis of the fit says why.
    PriorDecides {
        /// Their names.
        parameters: Vec<String>,
    },
    /// Chains tell different things, or too little.
    NotMixed {
        /// Names of the parameters of which they do.
        parameters: Vec<String>,
        /// Draws of each chain that would probably do.
        draws_needed: u32,
    },
    /// Many paths could not be followed to their end: draws may miss a part of the posterior.
    Divergent {
        /// Share of the draws.
        share: f64,
    },
    /// Chains broke off. Their draws are the last place they were at, not to be relied on.
    Failed {
        /// How many.
        chains: u32,
        /// What the first of them said.
        reason: String,
    },
}

/// What chains say of one parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mixing {
    /// Name of the parameter.
    pub parameter: String,
    /// Rank-normalised split R-hat: how much more all draws spread than those of a chain. 1 = not
    /// at all, up to 1.01 is good. Absent when chains did not move.
    pub r_hat: Option<f64>,
    /// Independent draws that would tell the middle as well; may be more than there are draws.
    pub bulk_draws: Option<f64>,
    /// Independent draws that would tell the ends of a 90 % interval as well.
    pub tail_draws: Option<f64>,
    /// Part of the prior's variance of the logarithm that the data have taken away: 1 = they
    /// settle it, 0 = all that is known is the prior.
    pub contraction: f64,
}

impl SamplingDiagnosis {
    /// Whether the draws can be relied on and tell of the data.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.outcome == SamplingOutcome::Converged
    }

    pub(super) fn of<const D: usize>(chains: &[Chain<D>], names: &[&'static str; D]) -> Self {
        let columns: [Vec<f64>; D] = std::array::from_fn(|i| {
            let all = chains.iter().flat_map(|chain| &chain.logarithms);
            all.map(|logarithms| logarithms[i]).collect()
        });
        let parameters: Vec<Mixing> = names
            .iter()
            .zip(&columns)
            .map(|(name, column)| {
                let found = mixing(column, chains.len());
                Mixing {
                    parameter: (*name).to_owned(),
                    r_hat: found.map(|found| found.r_hat),
                    bulk_draws: found.map(|found| found.bulk),
                    tail_draws: found.map(|found| found.tail),
                    contraction: 1.0 - variance(column) / (PRIOR_SPREAD * PRIOR_SPREAD),
                }
            })
            .collect();
        let draws = columns[0].len() as u32;
        let divergences = chains.iter().map(|chain| chain.divergences).sum();
        Self {
            outcome: outcome(chains, &parameters, draws, divergences),
            parameters,
            draws,
            divergences,
        }
    }
}

fn outcome<const D: usize>(
    chains: &[Chain<D>],
    parameters: &[Mixing],
    draws: u32,
    divergences: u32,
) -> SamplingOutcome {
    let failures: Vec<&String> = chains
        .iter()
        .filter_map(|chain| chain.failure.as_ref())
        .collect();
    if let Some(&reason) = failures.first() {
        return SamplingOutcome::Failed {
            chains: failures.len() as u32,
            reason: reason.clone(),
        };
    }
    let share = f64::from(divergences) / f64::from(draws);
    if share > MOST_DIVERGENT {
        return SamplingOutcome::Divergent { share };
    }
    let named = |holds: &dyn Fn(&Mixing) -> bool| -> Vec<String> {
        let those = parameters.iter().filter(|mixing| holds(mixing));
        those.map(|mixing| mixing.parameter.clone()).collect()
    };
    let count = chains.len() as f64;
    let short = |mixing: &Mixing| mixing.times_too_few(count);
    let unmixed = named(&|mixing| short(mixing) > 1.0);
    if !unmixed.is_empty() {
        let times = parameters.iter().map(short).fold(1.0, f64::max);
        let needed = f64::from(draws) / count * times;
        return SamplingOutcome::NotMixed {
            parameters: unmixed,
            draws_needed: ((needed / 100.0).ceil() * 100.0) as u32,
        };
    }
    let settled = 1.0 - (UNSETTLED / PRIOR_SPREAD).powi(2);
    let open = named(&|mixing| mixing.contraction < settled);
    if open.is_empty() {
        SamplingOutcome::Converged
    } else {
        SamplingOutcome::PriorDecides { parameters: open }
    }
}

impl Mixing {
    /// By how much draws should be more; at most a thousandfold, where nothing is known.
    fn times_too_few(&self, chains: f64) -> f64 {
        let (Some(r_hat), Some(bulk), Some(tail)) = (self.r_hat, self.bulk_draws, self.tail_draws)
        else {
            return 1000.0;
        };
        let apart = if r_hat > LARGEST_R_HAT { 2.0 } else { 1.0 };
        (ENOUGH_PER_CHAIN * chains / bulk.min(tail)).clamp(apart, 1000.0)
    }
}

fn variance(column: &[f64]) -> f64 {
    let count = column.len() as f64;
    let mean = column.iter().sum::<f64>() / count;
    column
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / (count - 1.0)
}
