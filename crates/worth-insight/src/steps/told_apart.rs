//! The steps that are told apart, those of most journeys, with all others as one.

use std::cmp::Reverse;

use worth_model::journey::{Log, Map};

use super::{Labelled, Outcome, StepName, Steps};
use crate::error::Error;

/// How many ways a step may end, the unknown one first.
pub(crate) const WAYS_TO_END: u32 = 1 + Outcome::ALL.len() as u32;

/// The number of a way to end.
pub(crate) fn way_to_end(outcome: Option<Outcome>) -> u32 {
    outcome.map_or(0, |outcome| 1 + outcome as u32)
}

/// Steps told apart, by number.
#[derive(Debug)]
pub(crate) struct ToldApart {
    /// What they are called; the others last, when there are any.
    pub(crate) names: Vec<StepName>,
    /// By kind of step its number, and how it ended.
    of_kind: Vec<(u32, Option<Outcome>)>,
}

impl ToldApart {
    /// Whether a picture can hold so many steps and transitions.
    pub(crate) fn check(most_steps: u32, most_transitions: u32) -> Result<(), Error> {
        Error::in_range("most_steps", most_steps.into(), 2.0, 100.0)?;
        Error::in_range("most_transitions", most_transitions.into(), 1.0, 1000.0)
    }

    /// At most so many of the labels, those of most journeys in all `maps` together.
    pub(crate) fn of(steps: &Steps, labelled: &Labelled, maps: &[&Map], most: usize) -> Self {
        let places = places(labelled, maps, most);
        let mut names: Vec<StepName> = (labelled.labels.iter().zip(&places))
            .filter(|(_, place)| place.is_some())
            .map(|(label, _)| StepName::of(label))
            .collect();
        let other = names.len() as u32;
        if places.iter().any(Option::is_none) {
            names.push(StepName::Other);
        }
        let of_kind = steps.kinds.iter().zip(&labelled.of_kind);
        Self {
            of_kind: of_kind
                .map(|(kind, &label)| (places[label as usize].unwrap_or(other), kind.outcome))
                .collect(),
            names,
        }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u32 {
        self.names.len() as u32
    }

    /// The number of a kind of step.
    pub(crate) fn number(&self, kind: usize) -> u32 {
        self.of_kind[kind].0
    }

    /// That number and the way in which it ended as one: a multiple of [`WAYS_TO_END`] and the way.
    pub(crate) fn number_with_way(&self, kind: usize) -> u32 {
        let (number, outcome) = self.of_kind[kind];
        number * WAYS_TO_END + way_to_end(outcome)
    }

    /// All steps, by number.
    pub(crate) fn log(&self, log: &Log) -> Log {
        self.relabelled(log, |kind| self.number(kind), self.count())
    }

    /// All steps, by number and the way in which they ended.
    pub(crate) fn log_with_ways(&self, log: &Log) -> Log {
        let count = self.count() * WAYS_TO_END;
        self.relabelled(log, |kind| self.number_with_way(kind), count)
    }

    /// All steps, each kind by a number of its own choice below `count`.
    pub(crate) fn relabelled(&self, log: &Log, of_kind: impl Fn(usize) -> u32, count: u32) -> Log {
        let labels: Vec<Option<u32>> = (0..self.of_kind.len())
            .map(|kind| Some(of_kind(kind)))
            .collect();
        let log = log.relabelled(&labels, count as usize);
        log.expect("there is a label for each kind")
    }
}

/// For each label its number among those that are told apart; nothing for the others.
fn places(labelled: &Labelled, maps: &[&Map], most: usize) -> Vec<Option<u32>> {
    let mut counts = vec![(0, 0); labelled.labels.len()];
    for node in maps.iter().flat_map(|map| &map.nodes) {
        let (journeys, events) = &mut counts[node.kind as usize];
        *journeys += node.journeys;
        *events += node.events;
    }
    let mut met: Vec<usize> = (0..counts.len())
        .filter(|&label| counts[label].0 > 0)
        .collect();
    met.sort_by_key(|&label| (Reverse(counts[label]), label));
    // one step alone needs no other name
    if met.len() > most + 1 {
        met.truncate(most);
    }
    let mut is_told = vec![false; counts.len()];
    for label in met {
        is_told[label] = true;
    }
    let mut next = 0;
    is_told
        .into_iter()
        .map(|told| {
            told.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}
