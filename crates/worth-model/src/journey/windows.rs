//! The same journeys under several windows: does what they say depend on the cut?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::map::Map;

/// What most journeys do after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Next {
    /// The kind that comes next most often, or none when most often the journey ends.
    pub kind: Option<u32>,
    /// How often it does.
    pub times: u64,
    /// Steps there are to go on from.
    pub of: u64,
}

/// A kind of steps after which most journeys do something else when they are cut in another way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NextDiffers {
    /// The kind.
    pub kind: u32,
    /// What comes next under each of the windows, in their order.
    pub next: Vec<Next>,
}

/// Kinds of steps after which it depends on the window what comes next most often. `maps`: of the same log,
/// split in different ways.
#[must_use]
pub fn next_differs(_maps: &[&Map]) -> Vec<NextDiffers> {
    Vec::new()
}
