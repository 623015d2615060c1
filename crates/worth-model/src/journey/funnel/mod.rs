//! Funnels: who gets through given steps, how long it takes, and where the others go.

mod attempts;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::log::Log;
use super::waiting::Waiting;
use crate::error::Error;
use crate::estimate::Estimate;
pub use attempts::{Attempts, attempts};

/// Steps to get through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FunnelSpec {
    /// One after the other, the first one included; at least one.
    pub steps: Vec<FunnelStep>,
    /// Longest time from the first step to any other, in microseconds.
    #[serde(default)]
    pub within: Option<i64>,
}

/// One step of a funnel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FunnelStep {
    /// Kinds any of which takes this step.
    pub kinds: Vec<u32>,
    /// Longest time since the step before, in microseconds; of no meaning for the first.
    #[serde(default)]
    pub within: Option<i64>,
    /// Kinds that must not happen between the step before and this one; of no meaning for the first.
    #[serde(default)]
    pub without: Vec<u32>,
}

/// Who got how far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Funnel {
    /// Journeys with any step at all.
    pub journeys: u64,
    /// One for each step.
    pub steps: Vec<Reached>,
    /// What came right before the first step, most often first.
    pub before: Vec<Beside>,
}

/// One step of a funnel, as journeys got through it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reached {
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
    /// What those who got here and no further did next, most often first; empty for the last step.
    pub next: Vec<Beside>,
}

/// What stands beside a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Beside {
    /// The kind, or none when there is nothing.
    pub kind: Option<u32>,
    /// Journeys.
    pub journeys: u64,
}

/// Counts who gets how far.
///
/// # Errors
///
/// As [`attempts`]; [`Error::Setting`] when `level` is no level.
pub fn funnel(log: &Log, spec: &FunnelSpec, _level: f64) -> Result<Funnel, Error> {
    attempts(log, spec)?;
    Err(Error::Empty { what: "funnel yet" })
}
