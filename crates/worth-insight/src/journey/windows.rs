//! The same journeys under several windows: none, the one asked for, and shorter and longer ones.

use worth_model::journey::{Map, MapParts, map, next_differs};

use super::answer::{NextDiffers, Windowed, Windows};
use crate::steps::{Labelled, Span, StepName, Steps};

/// Windows beside the one asked for, in times of it.
const BESIDE: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];
/// Steps that are named when what follows depends on the window.
const MOST_NAMED: usize = 10;

/// What is told under none, and under windows around the one asked for; nothing when none is.
pub(super) fn compare(asked: Option<Span>, steps: &Steps, labelled: &Labelled) -> Windows {
    let Some(asked) = asked else {
        return Windows::default();
    };
    let log = labelled.log(&steps.log);
    let mut windows = vec![None];
    windows.extend(BESIDE.map(|times| Some(asked.times(times))));
    windows.dedup();
    let counts = MapParts::default();
    let maps: Vec<Map> = windows
        .iter()
        .map(|window| {
            let map = match window {
                Some(window) => map(&log.split(window.microseconds()), None, counts),
                None => map(&log, None, counts),
            };
            map.expect("a log alone always has a map")
        })
        .collect();
    let name = |kind: u32| StepName::of(&labelled.labels[kind as usize]);
    let differs = next_differs(&maps.iter().collect::<Vec<_>>());
    Windows {
        compared: windows
            .iter()
            .zip(&maps)
            .filter_map(|(&window, map)| windowed(window, map, name))
            .collect(),
        next_differs: differs
            .iter()
            .take(MOST_NAMED)
            .map(|differs| NextDiffers {
                step: name(differs.kind),
                next: differs
                    .next
                    .iter()
                    .map(|next| next.kind.map(name))
                    .collect(),
            })
            .collect(),
    }
}

fn windowed(window: Option<Span>, map: &Map, name: impl Fn(u32) -> StepName) -> Option<Windowed> {
    // of equal ones the first
    let ended = map.nodes.iter().rev().max_by_key(|node| node.ends)?;
    let frequent = map.edges.iter().rev().max_by_key(|edge| edge.times);
    Some(Windowed {
        window,
        journeys: map.journeys,
        steps_per_journey: map.events as f64 / map.journeys as f64,
        most_end_with: name(ended.kind),
        most_end_share: ended.ends as f64 / map.journeys as f64,
        most_frequent: frequent.map(|edge| [name(edge.from), name(edge.to)]),
    })
}
