//! Every number on both sides, and which of the differences are no accident.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use worth_model::clustered::{self, Compared};
use worth_model::estimate::{POWER, reaches};
use worth_model::journey::{self, Log, Map, MapParts, Number, map};
use worth_model::{Estimate, discovery};

use super::JourneyDiff;
use super::answer::{By, Change, Difference, Verdict, What};
use super::sides::Sides;
use crate::segments::FALSE_DISCOVERY_RATE;
use crate::steps::{Case, Outcome, StepName, Steps, ToldApart, WAYS_TO_END, way_to_end};

/// Fewer people on a side say nothing of all.
const FEWEST_PEOPLE: u64 = 20;
/// Ways to end that are compared.
const TROUBLE: [Outcome; 2] = [Outcome::Failed, Outcome::Abandoned];

/// Compares all numbers. `people`: by journey before they were split whose it is.
pub(super) fn compare(
    question: &JourneyDiff,
    steps: &Steps,
    sides: &Sides,
    told_apart: &ToldApart,
    people: &[u32],
) -> Vec<Difference> {
    let parts = MapParts {
        waiting: Some(question.level),
        ..MapParts::default()
    };
    let maps = sides.logs.each_ref().map(|log| {
        let map = map(&told_apart.log(log), None, parts);
        map.expect("a log alone always has a map, and the level was checked")
    });
    let has_several_journeys = steps.window.is_some() || steps.ids.case == Case::Journey;
    let numbers = wanted(question, told_apart, &maps, has_several_journeys);
    let logs: [Log; 2] = sides
        .logs
        .each_ref()
        .map(|log| told_apart.log_with_ways(log));
    let sums = journey::compare(
        &journey::Sides {
            logs: [&logs[0], &logs[1]],
            person: people,
            outcomes: WAYS_TO_END,
        },
        &numbers,
    );
    let sums = sums.expect("both logs are of these steps and ways to end");
    let compared = sums.iter().map(|sums| sums.compared(question.level));
    let compared: Vec<(Number, Compared)> = (numbers.into_iter().zip(compared))
        .filter(|(number, compared)| !is_no_trouble(*number, compared))
        .collect();
    let p_values: Vec<f64> = (compared.iter())
        .filter_map(|(_, compared)| Some(tested(compared).ok()?.p_value))
        .collect();
    let discoveries = Discoveries::of(&p_values);
    let mut adjusted = discoveries.adjusted.iter();
    let told = compared.iter().map(|(number, compared)| {
        let what = what(*number, told_apart);
        let (change, verdict) = match tested(compared) {
            Err(untested) => (None, untested),
            Ok(difference) => {
                let adjusted = *adjusted.next().expect("each that is tested");
                let change = discoveries.change(&what, &difference, adjusted);
                (Some(change), verdict_of(&difference, adjusted))
            }
        };
        Difference {
            people: compared.people,
            values: compared.means.map(|mean| Some(value(&what, &mean?))),
            median_seconds: medians(*number, &maps),
            change,
            verdict,
            what,
        }
    });
    told.collect()
}

/// What is compared: nothing of the steps that are not told apart.
fn wanted(
    question: &JourneyDiff,
    told_apart: &ToldApart,
    maps: &[Map; 2],
    has_several_journeys: bool,
) -> Vec<Number> {
    let is_told = |step: u32| told_apart.names[step as usize] != StepName::Other;
    let mut numbers = vec![Number::StepsPerJourney, Number::SecondsPerJourney];
    if has_several_journeys {
        numbers.insert(0, Number::JourneysPerPerson);
    }
    let mut journeys: BTreeMap<u32, u64> = BTreeMap::new();
    for node in maps.iter().flat_map(|map| &map.nodes) {
        *journeys.entry(node.kind).or_default() += node.journeys;
    }
    let mut places: Vec<(u32, u64)> = journeys.into_iter().collect();
    places.sort_by_key(|&(step, journeys)| (Reverse(journeys), step));
    for (step, _) in places.into_iter().filter(|&(step, _)| is_told(step)) {
        numbers.extend([
            Number::Reached(step),
            Number::Ends(step),
            Number::Times(step),
        ]);
        let ended = TROUBLE.map(|outcome| Number::Ended(step, way_to_end(Some(outcome))));
        numbers.extend(ended);
    }
    let mut times: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    for edge in maps.iter().flat_map(|map| &map.edges) {
        *times.entry((edge.from, edge.to)).or_default() += edge.times;
    }
    let mut transitions: Vec<((u32, u32), u64)> = times.into_iter().collect();
    transitions.retain(|&((from, to), _)| is_told(from) && is_told(to));
    transitions.sort_by_key(|&(ends, times)| (Reverse(times), ends));
    for ((from, to), _) in transitions
        .into_iter()
        .take(question.most_transitions as usize)
    {
        numbers.extend([Number::Next(from, to), Number::LogWaiting(from, to)]);
    }
    numbers
}

/// Whether it is of trouble that there is none of on either side.
fn is_no_trouble(number: Number, compared: &Compared) -> bool {
    let is_none = |mean: &Option<Estimate>| mean.is_none_or(|mean| mean.value == 0.0);
    matches!(number, Number::Ended(..)) && compared.means.iter().all(is_none)
}

/// The difference that is tested, or what is said without a test.
fn tested(compared: &Compared) -> Result<clustered::Difference, Verdict> {
    let is_enough = (compared.people.iter()).all(|&people| people >= FEWEST_PEOPLE);
    match compared.difference.filter(|_| is_enough) {
        None => Err(Verdict::TooFew),
        Some(same) if same.change.ends().is_none() && same.p_value == 1.0 => Err(Verdict::Alike),
        Some(difference) => Ok(difference),
    }
}

fn verdict_of(difference: &clustered::Difference, adjusted: f64) -> Verdict {
    match difference.change.value > 0.0 {
        _ if adjusted > FALSE_DISCOVERY_RATE => Verdict::CannotTell,
        true => Verdict::More,
        false => Verdict::Less,
    }
}

/// Which differences are no accident, over all that are tested.
struct Discoveries {
    adjusted: Vec<f64>,
    /// So many standard errors a further difference must be large to be found 80 times in 100.
    reach: f64,
}

impl Discoveries {
    fn of(p_values: &[f64]) -> Self {
        let adjusted = discovery::adjusted(p_values);
        let is_found = |p: &&f64| **p <= FALSE_DISCOVERY_RATE;
        let found = adjusted.iter().filter(is_found).count();
        // what the procedure asks of the one more that it would let pass
        let all = p_values.len().max(1);
        let passes = FALSE_DISCOVERY_RATE * (found + 1).min(all) as f64 / all as f64;
        Self {
            adjusted,
            reach: reaches(1.0 - passes, POWER),
        }
    }

    fn change(&self, what: &What, difference: &clustered::Difference, adjusted: f64) -> Change {
        let smallest = self.reach * difference.standard_error;
        let (by, smallest) = match what.is_logarithm() {
            true => (By::Times(difference.change.exp()), smallest.exp()),
            false => (By::Difference(difference.change), smallest),
        };
        Change {
            by,
            p_value: difference.p_value,
            adjusted_p_value: adjusted,
            smallest,
        }
    }
}

/// A mean as the number that it is of.
fn value(what: &What, mean: &Estimate) -> Estimate {
    let most = if what.is_share() { 1.0 } else { f64::INFINITY };
    match what.is_logarithm() {
        true => mean.exp().shifted(-1.0),
        false => *mean,
    }
    .within(0.0, most)
}

/// Medians of waiting times on both sides.
fn medians(number: Number, maps: &[Map; 2]) -> Option<[Option<Estimate>; 2]> {
    let Number::LogWaiting(from, to) = number else {
        return None;
    };
    Some(maps.each_ref().map(|map| {
        let waiting = map.edge(from, to)?.waiting?;
        Some(waiting.median_seconds)
    }))
}

fn what(number: Number, told_apart: &ToldApart) -> What {
    let name = |step: u32| told_apart.names[step as usize].clone();
    match number {
        Number::JourneysPerPerson => What::JourneysPerPerson,
        Number::StepsPerJourney => What::StepsPerJourney,
        Number::SecondsPerJourney => What::SecondsPerJourney,
        Number::Reached(step) => What::Reached { step: name(step) },
        Number::Ends(step) => What::Ends { step: name(step) },
        Number::Times(step) => What::Times { step: name(step) },
        Number::Ended(step, way) => What::Ended {
            step: name(step),
            outcome: match way == way_to_end(Some(Outcome::Failed)) {
                true => Outcome::Failed,
                false => Outcome::Abandoned,
            },
        },
        Number::Next(from, to) => What::Next {
            from: name(from),
            to: name(to),
        },
        Number::LogWaiting(from, to) => What::Waiting {
            from: name(from),
            to: name(to),
        },
    }
}
