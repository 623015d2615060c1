//! Posteriors: everything that the data and a mild prior leave possible, in place of the one best
//! set of parameters.
//!
//! The parameters of any model of purchases, or of spend, are drawn from their posterior by the
//! No-U-Turn sampler; predictions are averages over the draws, their intervals quantiles of them.
//! Worth the time where there are few customers, where the likelihood is crooked, and wherever
//! "no churn visible" or "flat" is what a fit says: the prior then decides, and the diagnosis says
//! that it does.
//!
//! | file | what it does |
//! |---|---|
//! | `target` | the density that is drawn from, prior included |
//! | `chain` | one chain of draws |
//! | `sampled` | several, side by side |
//! | `mixing`, `diagnosis` | whether they can be relied on |
//! | `draws` | the draws as columns |
//! | `averaged` | numbers of customers, averaged over draws |
//! | `parameter`, `density` | what they say of one parameter |
//! | `purchases`, `spend`, `value` | the faces of models |
//! | `by_name` | the same face whatever the model |

mod averaged;
mod by_name;
mod chain;
mod density;
mod diagnosis;
mod draws;
mod mixing;
mod parameter;
mod purchases;
mod sampled;
mod spend;
mod target;
mod value;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, require};

pub use by_name::{Posterior, PurchasesPosterior};
pub use density::DensityPoint;
pub use diagnosis::{Mixing, SamplingDiagnosis, SamplingOutcome};
pub use draws::{DrawColumns, Draws};
pub use parameter::DrawnParameter;
pub use purchases::PosteriorPurchases;
pub(super) use purchases::sample as sample_purchases;
pub use spend::PosteriorGammaGamma;
pub(super) use spend::sample as sample_spend;
pub use value::PosteriorValue;

/// How a posterior is drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Sampling {
    /// Chains that start apart and should end up telling the same, 2 to 64. Default 4.
    pub chains: u32,
    /// Steps of each chain that only tune it and are thrown away, 100 to 100,000. Default 1,000.
    pub tuning: u32,
    /// Draws of each chain after that, 100 to 100,000. Default 1,000.
    pub draws: u32,
    /// Share of steps that are to be accepted, 0.6 to 0.99: the more, the smaller the steps, and the
    /// narrower the places that are reached. Default 0.9; 0.8 does for BG/NBD in two thirds of the time,
    /// but gets stuck in the long tails of s and beta of Pareto/NBD, along a narrow ridge.
    pub acceptance: f64,
    /// Seed of everything random. The same seed gives the same draws, whatever the number of
    /// threads.
    pub seed: u64,
}

/// Whether to go on, asked before each step of each chain, from any thread: `tuning + draws` times per
/// chain. A chain that may not breaks off, and counts as failed.
pub type GoesOn<'a> = dyn Fn() -> bool + Sync + 'a;

impl Default for Sampling {
    fn default() -> Self {
        Self {
            chains: 4,
            tuning: 1000,
            draws: 1000,
            acceptance: 0.9,
            seed: 0,
        }
    }
}

impl Sampling {
    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that makes no sense.
    pub fn check(&self) -> Result<(), Error> {
        let within = |field, value: u32, least, most, expected| {
            let sensible = (least..=most).contains(&value);
            require(sensible, field, f64::from(value), expected)
        };
        within("chains", self.chains, 2, 64, "expected 2 to 64")?;
        let steps = "expected 100 to 100,000";
        within("tuning", self.tuning, 100, 100_000, steps)?;
        within("draws", self.draws, 100, 100_000, steps)?;
        let sensible = (0.6..=0.99).contains(&self.acceptance);
        let expected = "expected 0.6 to 0.99";
        require(sensible, "acceptance", self.acceptance, expected)
    }
}
