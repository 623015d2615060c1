//! What comes at any time after what in the same journey.
//!
//! Of a journey with n steps of d kinds, each step meets the d kinds there are before it with the number of
//! their steps: n · d additions instead of a look at all n² / 2 pairs.

use std::ops::Range;

use hashbrown::HashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::log::Log;

/// A step of one kind with one of another kind, or of the same, at any time after it.
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

/// Times and journeys of each pair of kinds.
type Counts = HashMap<(u32, u32), (u64, u64)>;

/// Counts all pairs of steps, by number of the earlier kind, then of the later.
#[must_use]
pub fn eventually_follows(log: &Log) -> Vec<Follows> {
    let mut counts = Counts::new();
    for ((from, to), (times, journeys)) in (log.each_block(|journeys| of_block(log, journeys)))
        .into_iter()
        .flatten()
    {
        let pair = counts.entry((from, to)).or_default();
        pair.0 += times;
        pair.1 += journeys;
    }
    let mut follows: Vec<Follows> = counts
        .into_iter()
        .map(|((from, to), (times, journeys))| Follows {
            from,
            to,
            times,
            journeys,
        })
        .collect();
    follows.sort_unstable_by_key(|pair| (pair.from, pair.to));
    follows
}

fn of_block(log: &Log, journeys: Range<usize>) -> Counts {
    let mut counts = Counts::new();
    // Of one journey: its kinds in order, steps of each so far, and pairs by later kind, then by earlier.
    let (mut met, mut steps, mut pairs) = (Vec::new(), Vec::<u64>::new(), Vec::<u64>::new());
    for journey in journeys {
        let (_, kinds) = log.steps(journey);
        met.clear();
        met.extend_from_slice(kinds);
        met.sort_unstable();
        met.dedup();
        steps.clear();
        steps.resize(met.len(), 0);
        pairs.clear();
        pairs.resize(met.len() * met.len(), 0);
        for kind in kinds {
            let later = met.partition_point(|other| other < kind);
            let of_later = &mut pairs[later * met.len()..][..met.len()];
            for (pairs, earlier) in of_later.iter_mut().zip(&steps) {
                *pairs += earlier;
            }
            steps[later] += 1;
        }
        for (&to, of_later) in met.iter().zip(pairs.chunks(met.len().max(1))) {
            for (&from, &times) in met.iter().zip(of_later).filter(|(_, times)| **times > 0) {
                let pair = counts.entry((from, to)).or_default();
                pair.0 += times;
                pair.1 += 1;
            }
        }
    }
    counts
}
