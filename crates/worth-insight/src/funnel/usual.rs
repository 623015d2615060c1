//! The funnel when nobody named one: the stages in their order, or, where no stages are known, the steps
//! that most journeys take, in the order in which they are usually met.

use std::cmp::Reverse;

use worth_model::journey::{MapParts, map};

use super::answer::Chosen;
use super::condition::Condition;
use crate::steps::{Grain, JourneySettings, Label, Labelled, StepName, Steps, usual_order};

/// Stages of a funnel: more than a table shows at a glance nobody has.
const MOST_STAGES: usize = 10;
/// Steps of a funnel where no stages are known.
const MOST_STEPS: usize = 5;

/// What the steps are called, each with what it must be, and how they were chosen.
pub(super) fn usual(
    steps: &Steps,
    settings: &JourneySettings,
) -> (Chosen, Vec<(String, Condition)>) {
    let called = |grain, labels: Vec<String>| -> Vec<(String, Condition)> {
        let labels = labels.into_iter().map(|label| {
            let name = StepName::Named(label.clone());
            let condition = Condition::called(grain, &name, settings.fold_case);
            (label, condition.expect("a label is told apart"))
        });
        labels.collect()
    };
    let stages = in_order(steps, Grain::Stage, MOST_STAGES);
    let stages = ordered_as(stages, &settings.stages);
    let chosen = match stages.len() {
        0 | 1 => {
            let names = in_order(steps, Grain::Name, MOST_STEPS);
            return (Chosen::MostTaken, called(Grain::Name, names));
        }
        _ if settings.stages.is_empty() => Chosen::StagesAsMet,
        _ => Chosen::StagesOfSettings,
    };
    (chosen, called(Grain::Stage, stages))
}

/// The labels that most journeys have, in the order in which they are usually met.
fn in_order(steps: &Steps, grain: Grain, most: usize) -> Vec<String> {
    let labelled = Labelled::of(steps, grain);
    let log = labelled.log(&steps.log);
    let order = usual_order(&log);
    let map = map(&log, None, MapParts::default()).expect("a log alone always has a map");
    let nodes = map.nodes;
    let mut labels: Vec<(u64, f64, u32, &str)> = nodes
        .iter()
        .filter_map(|node| {
            let label: &Label = &labelled.labels[node.kind as usize];
            let place = order[node.kind as usize]?;
            Some((node.journeys, place, node.kind, label.as_deref()?))
        })
        .collect();
    labels.sort_by_key(|&(journeys, _, number, _)| (Reverse(journeys), number));
    labels.truncate(most);
    labels.sort_by(|one, other| one.1.total_cmp(&other.1).then(one.2.cmp(&other.2)));
    labels.into_iter().map(|label| label.3.to_owned()).collect()
}

/// Those that the settings name, in their order; all as they are when they name none.
fn ordered_as(found: Vec<String>, named: &[String]) -> Vec<String> {
    if named.is_empty() {
        return found;
    }
    named
        .iter()
        .filter(|name| found.contains(name))
        .cloned()
        .collect()
}
