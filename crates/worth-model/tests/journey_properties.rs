//! What must hold for any log: everything reconciles, equals a plain count, and does not depend on the order
//! of rows; a funnel finds what trying all ways finds.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use worth_model::journey::{
    Event, FunnelSpec, FunnelStep, Log, Map, MapParts, attempts, eventually_follows, funnel, map,
};

const JOURNEYS: usize = 5;
const KINDS: usize = 4;

/// Few journeys, kinds and times, so that repeats and ties are many.
fn event() -> impl Strategy<Value = Event> {
    (0..JOURNEYS as u32, 0..KINDS as u32, -4..12i64, 0..2u32).prop_map(
        |(journey, kind, at, sequence)| Event {
            at: at * 1_000_000,
            journey,
            kind,
            sequence,
        },
    )
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec(event(), 0..60)
}

fn log(events: &[Event]) -> Log {
    Log::of(events.to_vec(), JOURNEYS, KINDS).expect("numbers in range")
}

fn values() -> Vec<f64> {
    (0..JOURNEYS)
        .map(|journey| 2.0_f64.powi(journey as i32))
        .collect()
}

/// Events of each journey in order, as a plain sort has them.
fn sorted(events: &[Event]) -> BTreeMap<u32, Vec<Event>> {
    let mut journeys: BTreeMap<u32, Vec<Event>> = BTreeMap::new();
    for event in events {
        journeys.entry(event.journey).or_default().push(*event);
    }
    for steps in journeys.values_mut() {
        steps.sort_by_key(|step| (step.at, step.sequence, step.kind));
    }
    journeys
}

fn is_in_doubt(steps: &[Event], step: &Event) -> bool {
    steps.iter().any(|other| {
        (other.at, other.sequence) == (step.at, step.sequence) && other.kind != step.kind
    })
}

/// A transition: its journey, how long it took, and whether it is in doubt.
type Transition = (u32, i64, bool);

/// All transitions, by their kinds.
fn transitions(journeys: &BTreeMap<u32, Vec<Event>>) -> BTreeMap<(u32, u32), Vec<Transition>> {
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (&journey, steps) in journeys {
        for pair in steps.windows(2) {
            let in_doubt = is_in_doubt(steps, &pair[0]) || is_in_doubt(steps, &pair[1]);
            let all = found.entry((pair[0].kind, pair[1].kind)).or_default();
            all.push((journey, pair[1].at - pair[0].at, in_doubt));
        }
    }
    found
}

fn check_reconciles(map: &Map) {
    let sum =
        |of: &dyn Fn(&worth_model::journey::Node) -> u64| map.nodes.iter().map(of).sum::<u64>();
    let times: u64 = map.edges.iter().map(|edge| edge.times).sum();
    assert_eq!(times + sum(&|node| node.starts), map.events);
    assert_eq!(times + sum(&|node| node.ends), map.events);
    assert_eq!(sum(&|node| node.events), map.events);
    assert_eq!(sum(&|node| node.starts), map.journeys);
    assert_eq!(sum(&|node| node.ends), map.journeys);
    assert_eq!(sum(&|node| node.last.origins), map.all.origins);
    let variants: u64 = map.variants.iter().map(|variant| variant.journeys).sum();
    assert_eq!(variants, map.journeys);
    for node in &map.nodes {
        let from: u64 = map.from(node.kind).iter().map(|edge| edge.times).sum();
        assert_eq!(from + node.ends, node.events);
        let straight = map.edge(node.kind, node.kind).map_or(0, |edge| edge.times);
        assert_eq!(node.returns + straight, node.repeats());
        assert!(node.repeating <= node.journeys && node.journeys <= node.events);
    }
}

/// A journey with the places of the furthest way through, as trying all of them finds it: how many steps, where
/// the last one is, as early as can be, and where the first one is, as late as can be.
fn furthest(steps: &[Event], spec: &FunnelSpec) -> Option<(usize, usize, usize)> {
    let mut best: Option<(usize, usize, usize)> = None;
    let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
    while let Some(way) = ways.pop() {
        if let (Some(&first), Some(&last)) = (way.first(), way.last()) {
            let found = (way.len(), last, first);
            let is_better = best.is_none_or(|best| {
                (found.0, usize::MAX - found.1, found.2) > (best.0, usize::MAX - best.1, best.2)
            });
            if is_better {
                best = Some(found);
            }
        }
        for place in 0..steps.len() {
            let longer: Vec<usize> = way.iter().copied().chain([place]).collect();
            if is_way(steps, &longer, spec) {
                ways.push(longer);
            }
        }
    }
    best
}

fn is_way(steps: &[Event], places: &[usize], spec: &FunnelSpec) -> bool {
    let elapsed = |one: usize, other: usize| steps[other].at - steps[one].at;
    places.len() <= spec.steps.len()
        && places
            .iter()
            .zip(&spec.steps)
            .all(|(&place, step)| step.kinds.contains(&steps[place].kind))
        && places.windows(2).zip(&spec.steps[1..]).all(|(pair, step)| {
            pair[0] < pair[1]
                && step
                    .within
                    .is_none_or(|within| elapsed(pair[0], pair[1]) <= within)
                && spec
                    .within
                    .is_none_or(|within| elapsed(places[0], pair[1]) <= within)
                && !steps[pair[0] + 1..pair[1]]
                    .iter()
                    .any(|between| step.without.contains(&between.kind))
        })
}

fn step() -> impl Strategy<Value = FunnelStep> {
    (
        prop::collection::vec(0..KINDS as u32, 1..3),
        prop::option::of(0..8i64),
        prop::collection::vec(0..KINDS as u32, 0..2),
    )
        .prop_map(|(kinds, within, without)| FunnelStep {
            kinds,
            within: within.map(|seconds| seconds * 1_000_000),
            without,
        })
}

fn spec() -> impl Strategy<Value = FunnelSpec> {
    (
        prop::collection::vec(step(), 1..5),
        prop::option::of(0..12i64),
    )
        .prop_map(|(steps, within)| FunnelSpec {
            steps,
            within: within.map(|seconds| seconds * 1_000_000),
        })
}

proptest! {
    #[test]
    fn the_order_of_rows_does_not_matter(
        (events, shuffled) in events().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle()))
    ) {
        prop_assert_eq!(log(&events), log(&shuffled));
    }

    #[test]
    fn journeys_are_those_of_a_plain_sort(events in events()) {
        let (log, plain) = (log(&events), sorted(&events));
        prop_assert_eq!(log.events(), events.len());
        for journey in 0..JOURNEYS {
            let (at, kinds) = log.steps(journey);
            let found: Vec<(i64, u32)> = at.iter().copied().zip(kinds.iter().copied()).collect();
            let steps = plain.get(&(journey as u32)).map_or(&[][..], Vec::as_slice);
            let expected: Vec<(i64, u32)> = steps.iter().map(|step| (step.at, step.kind)).collect();
            prop_assert_eq!(found, expected);
        }
        let ties = log.ties();
        let same = |one: &Event, other: &Event| one.at == other.at;
        let tied: usize = plain.values().map(|steps| steps.windows(2).filter(|pair| same(&pair[0], &pair[1])).count()).sum();
        prop_assert_eq!(ties.by_sequence + ties.by_kind + ties.alike, tied as u64);
        let doubtful = plain.values().filter(|steps| steps.iter().any(|step| is_in_doubt(steps, step)));
        prop_assert_eq!(ties.journeys_by_kind, doubtful.count() as u64);
    }

    #[test]
    fn the_map_reconciles_and_equals_a_plain_count(events in events()) {
        let log = log(&events);
        let values = values();
        let map = map(&log, Some(&values), MapParts::all(0.9)).unwrap();
        check_reconciles(&map);
        prop_assert_eq!(map.events, events.len() as u64);
        let plain = sorted(&events);
        let expected = transitions(&plain);
        prop_assert_eq!(map.edges.len(), expected.len());
        for (edge, (ends, all)) in map.edges.iter().zip(&expected) {
            prop_assert_eq!((edge.from, edge.to), *ends);
            prop_assert_eq!(edge.times, all.len() as u64);
            let journeys: BTreeSet<u32> = all.iter().map(|transition| transition.0).collect();
            prop_assert_eq!(edge.journeys, journeys.len() as u64);
            prop_assert_eq!(edge.tied, all.iter().filter(|transition| transition.1 == 0).count() as u64);
            prop_assert_eq!(edge.in_doubt, all.iter().filter(|transition| transition.2).count() as u64);
            let mut waits: Vec<i64> = all.iter().map(|transition| transition.1 / 1_000_000).collect();
            waits.sort_unstable();
            let median = (waits[(waits.len() - 1) / 2] + waits[waits.len() / 2]) as f64 / 2.0;
            prop_assert_eq!(edge.waiting.unwrap().median_seconds.value, median);
            let sum: f64 = journeys.iter().map(|&journey| values[journey as usize]).sum();
            prop_assert_eq!((edge.through.origins, edge.through.sum), (edge.journeys, sum));
        }
        let ways: BTreeSet<Vec<u32>> = plain.values().map(|steps| steps.iter().map(|step| step.kind).collect()).collect();
        let found: BTreeSet<Vec<u32>> = map.variants.iter().map(|way| log.steps(way.journey).1.to_vec()).collect();
        prop_assert_eq!(map.variants.len(), ways.len());
        prop_assert_eq!(found, ways);
    }

    #[test]
    fn coarser_kinds_keep_totals_and_are_as_if_read_so(
        events in events(),
        labels in prop::collection::vec(prop::option::weighted(0.8, 0..3u32), KINDS),
    ) {
        let relabelled = log(&events).relabelled(&labels, 3).unwrap();
        let read: Vec<Event> = events
            .iter()
            .filter_map(|event| Some(Event { kind: labels[event.kind as usize]?, ..*event }))
            .collect();
        let as_read = Log::of(read.clone(), JOURNEYS, 3).unwrap();
        prop_assert_eq!(&relabelled, &as_read);
        let map = map(&relabelled, None, MapParts::all(0.9)).unwrap();
        check_reconciles(&map);
        prop_assert_eq!(map.events, read.len() as u64);
    }

    #[test]
    fn a_cut_takes_away_only_the_transitions_over_it(events in events(), gap in 0..6i64) {
        let whole = log(&events);
        let cut = whole.split(gap * 1_000_000);
        let values = values();
        let (before, after) = (map(&whole, Some(&values), MapParts::all(0.9)).unwrap(), map(&cut, Some(&values), MapParts::all(0.9)).unwrap());
        check_reconciles(&after);
        prop_assert_eq!(before.events, after.events);
        prop_assert_eq!(before.all, after.all);
        let kept = sorted(&events).values().flat_map(|steps| {
            steps.windows(2).map(|pair| pair[1].at - pair[0].at).collect::<Vec<_>>()
        }).filter(|wait| *wait <= gap * 1_000_000).count();
        prop_assert_eq!(after.edges.iter().map(|edge| edge.times).sum::<u64>(), kept as u64);
        for (one, other) in before.nodes.iter().zip(&after.nodes) {
            prop_assert_eq!((one.kind, one.events, one.through, one.last), (other.kind, other.events, other.through, other.last));
        }
        for journey in 0..cut.journeys() {
            prop_assert!(!cut.steps(journey).0.is_empty());
        }
        let counted = |log: &Log| (log.ties().by_sequence, log.ties().by_kind, log.ties().alike);
        prop_assert_eq!(counted(&cut), counted(&whole));
    }

    #[test]
    fn what_follows_equals_a_look_at_all_pairs(events in events()) {
        let mut expected: BTreeMap<(u32, u32), (u64, BTreeSet<u32>)> = BTreeMap::new();
        for (journey, steps) in sorted(&events) {
            for (place, earlier) in steps.iter().enumerate() {
                for later in &steps[place + 1..] {
                    let pair = expected.entry((earlier.kind, later.kind)).or_default();
                    pair.0 += 1;
                    pair.1.insert(journey);
                }
            }
        }
        let found: Vec<_> = eventually_follows(&log(&events))
            .into_iter()
            .map(|pair| ((pair.from, pair.to), (pair.times, pair.journeys)))
            .collect();
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(ends, (times, journeys))| (ends, (times, journeys.len() as u64)))
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_funnel_finds_what_trying_all_ways_finds(events in events(), spec in spec()) {
        let log = log(&events);
        let plain = sorted(&events);
        let expected: Vec<(usize, (usize, usize, usize))> = plain
            .iter()
            .filter_map(|(&journey, steps)| Some((journey as usize, furthest(steps, &spec)?)))
            .collect();
        let attempts = attempts(&log, &spec).unwrap();
        let mut found = Vec::new();
        for (journey, places) in attempts.iter() {
            let places: Vec<usize> = places.iter().map(|&place| place as usize).collect();
            prop_assert!(is_way(&plain[&(journey as u32)], &places, &spec));
            found.push((journey, (places.len(), places[places.len() - 1], places[0])));
        }
        prop_assert_eq!(&found, &expected);
        let funnel = funnel(&log, &spec, 0.9).unwrap();
        let mut left = 0;
        for (step, reached) in funnel.steps.iter().enumerate().rev() {
            let so_far = expected.iter().filter(|(_, found)| found.0 > step).count() as u64;
            prop_assert_eq!(reached.journeys, so_far);
            let lost: u64 = reached.next.iter().map(|next| next.journeys).sum();
            prop_assert_eq!(lost + left, if step + 1 == funnel.steps.len() { 0 } else { so_far });
            left = so_far;
        }
        prop_assert_eq!(funnel.before.iter().map(|before| before.journeys).sum::<u64>(), attempts.len() as u64);
    }
}
