//! The answer to [`Posterior`](super::Posterior): plain structs, the JSON that scripts read.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::lifetime::{DrawnParameter, FittedGammaGamma, Sampling, SamplingOutcome, Total};

use crate::lifetime::answer::{Assumptions, CannotTell, KnownCosts, PurchaseModel};

/// Which parameters the data leave possible.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PosteriorAnswer {
    /// The model of when customers buy and stop buying, at the highest likelihood; absent when the
    /// data cannot carry one.
    pub model: Option<PurchaseModel>,
    /// The model of what a purchase is worth, at the highest likelihood; absent when the data cannot
    /// carry one.
    pub spend: Option<FittedGammaGamma>,
    /// How it was drawn.
    pub sampling: Sampling,
    /// What was drawn; absent without a model.
    pub posterior: Option<Drawn>,
    /// What these data cannot tell, and why.
    pub cannot_tell: Vec<CannotTell>,
    /// What totals take as given.
    pub assumptions: Assumptions,
    /// What is known of the costs of the goods sold; absent when nothing is.
    pub costs: Option<KnownCosts>,
    /// Customers with at least one purchase.
    pub customers: u64,
}

/// What was drawn.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Drawn {
    /// Of the model of purchases.
    pub purchases: DrawnModel,
    /// Of the model of spend; absent without one.
    pub spend: Option<DrawnModel>,
    /// What all customers will do; absent without a model of spend.
    pub totals: Option<BothTotals>,
}

/// What was drawn of one model.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DrawnModel {
    /// Whether the draws can be used, and if not, what is the matter.
    pub outcome: SamplingOutcome,
    /// Draws of all chains, after tuning.
    pub draws: u32,
    /// Of those, draws whose path could not be followed to its end.
    pub divergences: u32,
    /// Each parameter that was drawn. What the model has beside, as k, is as in the fit.
    pub parameters: Vec<DrawnParameter>,
}

/// What the customers of today will do together within the horizon, by either way of knowing the
/// parameters; chance included.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct BothTotals {
    /// Averaged over the draws.
    pub posterior: Total,
    /// At the highest likelihood, with an interval from how fast it falls.
    pub likelihood: Total,
}

impl BothTotals {
    /// Active customers, purchases and value, each by posterior and by likelihood.
    pub(crate) fn pairs(&self) -> [(Estimate, Estimate); 3] {
        let (posterior, likelihood) = (&self.posterior, &self.likelihood);
        [
            (posterior.alive, likelihood.alive),
            (posterior.purchases, likelihood.purchases),
            (posterior.value, likelihood.value),
        ]
    }

    /// Whether each number of one lies in the interval of the other.
    pub(crate) fn agree(&self) -> bool {
        let holds = |interval: &Estimate, of: &Estimate| {
            let ends = interval.ends();
            ends.is_some_and(|(low, high)| (low..=high).contains(&of.value))
        };
        let mut pairs = self.pairs().into_iter();
        pairs.all(|(one, other)| holds(&one, &other) && holds(&other, &one))
    }
}
