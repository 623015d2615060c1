//! What `funnel` answers: the JSON that scripts read.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::journey::{Ties, Waiting};

use crate::steps::{Case, Grain, Span, StepName, Stitched};
use crate::why::Why;

/// Who gets through.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FunnelAnswer {
    /// How closely was looked at what came before and after.
    pub by: Grain,
    /// Whose steps make one journey.
    pub case: Case,
    /// A longer gap begins a new journey.
    pub window: Option<Span>,
    /// Longest time from the first step to any other.
    pub within: Option<Span>,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Who chose the steps.
    pub chosen: Chosen,
    /// Journeys with any step at all.
    pub journeys: u64,
    /// The steps in order, with who got so far.
    pub steps: Vec<Reached>,
    /// What came right before the first step, most often first.
    pub before: Vec<Beside>,
    /// Steps of one instant.
    pub ties: Ties,
    /// Visitors who turned out to be customers.
    pub stitched: Stitched,
    /// Parts of the scope's filter that steps cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// Who chose the steps of a funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Chosen {
    /// Whoever asked.
    Asked,
    /// `stages` of `[journey]` in worth.toml.
    StagesOfSettings,
    /// Nobody: the stages of the steps, in the order in which they are usually met.
    StagesAsMet,
    /// Nobody, and no stages are known: the steps that most journeys take, in that order.
    MostTaken,
}

/// One step, and who got so far.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Reached {
    /// As it was asked for, or the stage.
    pub step: String,
    /// What steps it is, by name.
    pub names: Vec<String>,
    /// Journeys that got so far.
    pub journeys: u64,
    /// Their share of those that took the step before; for the first step, of all journeys.
    pub of_previous: Estimate,
    /// Their share of those that took the first step.
    pub of_first: Estimate,
    /// Time since the step before; absent for the first, and when nobody got here.
    pub since_previous: Option<Waiting>,
    /// Time since the first step; likewise.
    pub since_first: Option<Waiting>,
    /// Journeys that got here and no further; none for the last step.
    pub lost: u64,
    /// What those did next, most often first; without a step their journey ended.
    pub next: Vec<Beside>,
    /// How to ask who got so far.
    pub why: Why,
    /// How to ask who got no further; absent for the last step.
    pub why_lost: Option<Why>,
}

/// What stands beside a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Beside {
    /// The step; none where the journey begins or ends.
    pub step: Option<StepName>,
    /// Journeys.
    pub journeys: u64,
}

impl FunnelAnswer {
    /// The step after which most are lost.
    #[must_use]
    pub fn most_lost(&self) -> Option<(usize, &Reached)> {
        let lost = self.steps.iter().enumerate().rev();
        lost.max_by_key(|(_, step)| step.lost)
            .filter(|(_, step)| step.lost > 0)
    }
}
