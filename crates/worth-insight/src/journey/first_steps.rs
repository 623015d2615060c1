//! The first steps of all journeys, one after the other: who goes from where to where at each.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use worth_model::journey::Log;

use super::answer::FirstMove;
use crate::steps::{Labelled, StepName};

/// How many steps are followed.
const POSITIONS: usize = 5;
/// Steps that are told apart at each position; all others are one.
const MOST_AT_ONCE: usize = 6;

/// Moves from each of the first steps to the next; every journey that got so far makes one.
pub(super) fn moves(log: &Log, labelled: &Labelled) -> Vec<FirstMove> {
    let kinds_of = |journey: usize| log.steps(journey).1;
    let mut counts = vec![vec![0_u64; labelled.labels.len()]; POSITIONS + 1];
    for journey in 0..log.journeys() {
        for (counts, &kind) in counts.iter_mut().zip(kinds_of(journey)) {
            counts[kind as usize] += 1;
        }
    }
    let told_apart: Vec<Vec<bool>> = counts.iter().map(|counts| most(counts)).collect();
    let other = labelled.labels.len() as u32;
    let name_at = |position: usize, kind: u32| match told_apart[position][kind as usize] {
        true => kind,
        false => other,
    };
    let mut moves: BTreeMap<(usize, u32, Option<u32>), u64> = BTreeMap::new();
    for journey in 0..log.journeys() {
        let kinds = kinds_of(journey);
        for (position, &kind) in kinds.iter().enumerate().take(POSITIONS) {
            let next = kinds.get(position + 1);
            let next = next.map(|&next| name_at(position + 1, next));
            *moves
                .entry((position, name_at(position, kind), next))
                .or_default() += 1;
        }
    }
    let name = |kind: u32| match labelled.labels.get(kind as usize) {
        Some(label) => StepName::of(label),
        None => StepName::Other,
    };
    let mut moves: Vec<FirstMove> = moves
        .into_iter()
        .map(|((position, from, to), journeys)| FirstMove {
            position: position as u32 + 1,
            from: name(from),
            to: to.map(name),
            journeys,
        })
        .collect();
    moves.sort_by_key(|step| (step.position, Reverse(step.journeys)));
    moves
}

/// Which kinds are told apart: the most frequent, or all when only one more is there.
fn most(counts: &[u64]) -> Vec<bool> {
    let mut largest: Vec<usize> = (0..counts.len()).filter(|&kind| counts[kind] > 0).collect();
    largest.sort_by_key(|&kind| (Reverse(counts[kind]), kind));
    if largest.len() > MOST_AT_ONCE + 1 {
        largest.truncate(MOST_AT_ONCE);
    }
    let mut told_apart = vec![false; counts.len()];
    for kind in largest {
        told_apart[kind] = true;
    }
    told_apart
}
