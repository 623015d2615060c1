//! The same journeys cut in several ways: does what they say depend on the cut?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::map::Map;

/// What most often comes next after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Next {
    /// The kind that does, or none when most often the journey ends.
    pub kind: Option<u32>,
    /// How often.
    pub times: u64,
    /// Steps there are to go on from.
    pub of: u64,
}

/// A kind of steps after which it depends on the cut what comes next most often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NextDiffers {
    /// The kind.
    pub kind: u32,
    /// What comes next, in the order of the maps.
    pub next: Vec<Next>,
}

impl Map {
    /// What most often comes right after a kind of steps: of equally frequent kinds the first by number, and any
    /// kind rather than the end. Nothing when the kind does not happen.
    #[must_use]
    pub fn next(&self, kind: u32) -> Option<Next> {
        let node = self.node(kind)?;
        let end = (None, node.ends);
        let edges = self.from(kind).iter().rev();
        let onward = edges.map(|edge| (Some(edge.to), edge.times));
        // Of equal ones the last is taken.
        let (kind, times) = std::iter::once(end)
            .chain(onward)
            .max_by_key(|&(_, times)| times)?;
        Some(Next {
            kind,
            times,
            of: node.events,
        })
    }
}

/// Kinds of steps after which it depends on the cut what comes next most often. `maps`: of one log, split
/// in different ways.
#[must_use]
pub fn next_differs(maps: &[&Map]) -> Vec<NextDiffers> {
    let Some(first) = maps.first() else {
        return Vec::new();
    };
    let differs = |kind: u32| {
        let next: Vec<Next> = maps.iter().filter_map(|map| map.next(kind)).collect();
        let is_same = next.windows(2).all(|pair| pair[0].kind == pair[1].kind);
        (!is_same).then_some(NextDiffers { kind, next })
    };
    first
        .nodes
        .iter()
        .filter_map(|node| differs(node.kind))
        .collect()
}
