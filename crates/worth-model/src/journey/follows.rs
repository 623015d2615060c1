//! What comes at any time after what in the same journey.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::log::Log;

/// A step of one kind with one of another kind at any time after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Follows {
    /// Kind of the earlier step.
    pub from: u32,
    /// Kind of the later step.
    pub to: u32,
    /// Pairs of such steps in one journey.
    pub times: u64,
    /// Journeys with such a pair.
    pub journeys: u64,
}

/// Counts all pairs of steps, by number of the earlier kind, then of the later.
#[must_use]
pub fn eventually_follows(_log: &Log) -> Vec<Follows> {
    Vec::new()
}
