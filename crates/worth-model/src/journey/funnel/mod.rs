//! Funnels: who gets through given steps, how long it takes, and where the others go.

mod attempts;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::log::Log;
use super::waiting::{Waiting, Waits, seconds};
use crate::clustered::Clustered;
use crate::error::Error;
use crate::estimate::{Estimate, check_level};
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
pub fn funnel(log: &Log, spec: &FunnelSpec, level: f64) -> Result<Funnel, Error> {
    check_level(level)?;
    let attempts = attempts(log, spec)?;
    let journeys = (0..log.journeys()).filter(|&journey| !log.steps(journey).0.is_empty());
    let reached = reached_by_person(log, journeys.clone(), &attempts, spec.steps.len());
    let journeys = journeys.count() as u64;
    let mut tallies = vec![StepTally::default(); spec.steps.len()];
    let mut before = BTreeMap::new();
    for (journey, places) in attempts.iter() {
        let (at, kinds) = log.steps(journey);
        let person = log.origin(journey);
        let time = |step: usize| at[places[step] as usize];
        for (step, tally) in tallies.iter_mut().enumerate().take(places.len()) {
            tally.journeys += 1;
            if step > 0 {
                let since = |earlier: usize| seconds(time(earlier), time(step));
                (tally.since_previous).push(person, since(step - 1));
                (tally.since_first).push(person, since(0));
            }
        }
        let (first, last) = (0, places.len() - 1);
        let earlier = kinds[..places[first] as usize].iter().rev();
        *before
            .entry(other(earlier, &spec.steps[first]))
            .or_default() += 1;
        if places.len() < spec.steps.len() {
            let later = kinds[places[last] as usize + 1..].iter();
            let next = &mut tallies[last].next;
            *next.entry(other(later, &spec.steps[last])).or_default() += 1;
        }
    }
    let mut steps = Vec::with_capacity(tallies.len());
    for (tally, [of_previous, of_first]) in tallies.into_iter().zip(reached) {
        steps.push(Reached {
            journeys: tally.journeys,
            of_previous: of_previous.share(level),
            of_first: of_first.share(level),
            since_previous: tally.since_previous.waiting(level),
            since_first: tally.since_first.waiting(level),
            next: by_journeys(tally.next),
        });
    }
    Ok(Funnel {
        journeys,
        steps,
        before: by_journeys(before),
    })
}

/// For each step how many journeys of each person took it, of those that took the step before (for the first
/// step, of all), and of those that took the first.
fn reached_by_person(
    log: &Log,
    journeys: impl Iterator<Item = usize>,
    attempts: &Attempts,
    steps: usize,
) -> Vec<[Clustered; 2]> {
    let mut reached = vec![[Clustered::default(); 2]; steps];
    let mut attempts = attempts.iter().peekable();
    // of one person: journeys, then those that took each step
    let mut taken = vec![0_u32; steps + 1];
    let mut person = None;
    let mut close = |taken: &mut [u32]| {
        for (step, [of_previous, of_first]) in reached.iter_mut().enumerate() {
            let add = |sums: &mut Clustered, of: u32| {
                if of > 0 {
                    sums.add(taken[step + 1].into(), of.into());
                }
            };
            add(of_previous, taken[step]);
            add(of_first, taken[1]);
        }
        taken.fill(0);
    };
    for journey in journeys {
        let origin = log.origin(journey);
        if person.replace(origin) != Some(origin) {
            close(&mut taken);
        }
        let attempt = attempts.next_if(|&(of_journey, _)| of_journey == journey);
        let steps_taken = attempt.map_or(0, |(_, places)| places.len());
        for count in &mut taken[..=steps_taken] {
            *count += 1;
        }
    }
    close(&mut taken);
    reached
}

#[derive(Clone, Default)]
struct StepTally {
    journeys: u64,
    since_previous: Waits,
    since_first: Waits,
    next: BTreeMap<Option<u32>, u64>,
}

/// The first kind that is another than those of the step.
fn other<'a>(mut kinds: impl Iterator<Item = &'a u32>, than: &FunnelStep) -> Option<u32> {
    kinds.find(|kind| !than.kinds.contains(kind)).copied()
}

/// Most frequent first, then by number, nothing before all others.
fn by_journeys(counts: BTreeMap<Option<u32>, u64>) -> Vec<Beside> {
    let mut beside: Vec<Beside> = counts
        .into_iter()
        .map(|(kind, journeys)| Beside { kind, journeys })
        .collect();
    beside.sort_by_key(|beside| std::cmp::Reverse(beside.journeys));
    beside
}
