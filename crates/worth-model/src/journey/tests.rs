//! Journeys worked out by hand, and what only the inside can tell.

use super::*;
use crate::error::Error;
use crate::estimate::NoInterval;

const MINUTE: i64 = 60_000_000;

/// Steps of one journey, a minute each, in order.
fn steps(journey: u32, kinds: &[u32]) -> Vec<Event> {
    let event = |(minute, &kind): (usize, &u32)| Event {
        at: minute as i64 * MINUTE,
        journey,
        kind,
        sequence: 0,
    };
    kinds.iter().enumerate().map(event).collect()
}

fn log(journeys: &[&[u32]], kinds: usize) -> Log {
    let events = journeys.iter().enumerate();
    let events = events.flat_map(|(journey, kinds)| steps(journey as u32, kinds));
    Log::of(events.collect(), journeys.len(), kinds).unwrap()
}

fn step(kinds: &[u32]) -> FunnelStep {
    FunnelStep {
        kinds: kinds.to_vec(),
        ..FunnelStep::default()
    }
}

fn places(log: &Log, spec: &FunnelSpec) -> Vec<Vec<u32>> {
    let attempts = attempts(log, spec).unwrap();
    attempts.iter().map(|(_, places)| places.to_vec()).collect()
}

#[test]
fn what_is_done_again_either_follows_itself_or_comes_back() {
    let map = map(&log(&[&[0, 0, 1, 0], &[0, 1]], 2), None, MapParts::all(0.9)).unwrap();
    let node = map.node(0).unwrap();
    assert_eq!((node.events, node.journeys, node.repeats()), (4, 2, 2));
    assert_eq!(
        (node.repeating, node.returns, node.starts, node.ends),
        (1, 1, 2, 1)
    );
}

#[test]
fn ties_without_a_sequence_are_told_and_those_with_one_are_not_in_doubt() {
    let at = |at: i64, kind: u32, sequence: u32| Event {
        at,
        journey: 0,
        kind,
        sequence,
    };
    // 3 comes first; 1 and 2 share an instant and nothing says which came first; then 0 twice, of which the
    // sequence makes 2 the second.
    let events = vec![
        at(9, 2, 1),
        at(5, 2, 0),
        at(9, 0, 0),
        at(5, 1, 0),
        at(0, 3, 0),
        at(9, 0, 0),
    ];
    let log = Log::of(events, 1, 4).unwrap();
    assert_eq!(log.steps(0).1, [3, 1, 2, 0, 0, 2]);
    let expected = Ties {
        by_sequence: 1,
        by_kind: 1,
        alike: 1,
        journeys_by_kind: 1,
    };
    assert_eq!(log.ties(), expected);
    let map = map(&log, None, MapParts::all(0.9)).unwrap();
    let doubt = |from, to| map.edge(from, to).map(|edge| (edge.tied, edge.in_doubt));
    assert_eq!(doubt(3, 1), Some((0, 1)));
    assert_eq!(doubt(1, 2), Some((1, 1)));
    assert_eq!(doubt(2, 0), Some((0, 1)));
    assert_eq!(doubt(0, 0), Some((1, 0)));
    assert_eq!(doubt(0, 2), Some((1, 0)));
    // As one kind they are in no doubt.
    let coarse = log
        .relabelled(&[Some(0), Some(1), Some(1), Some(2)], 3)
        .unwrap();
    assert_eq!(coarse.ties().by_kind, 0);
}

#[test]
fn the_value_of_a_customer_counts_once_however_often_they_come() {
    let whole = log(&[&[0, 1], &[0]], 2);
    let cut = whole.split(MINUTE / 2);
    assert_eq!((cut.journeys(), cut.origins()), (3, 2));
    assert_eq!(
        (0..3)
            .map(|journey| cut.origin(journey))
            .collect::<Vec<_>>(),
        [0, 0, 1]
    );
    let map = map(&cut, Some(&[10.0, 1.0]), MapParts::all(0.9)).unwrap();
    let first = map.node(0).unwrap();
    assert_eq!(
        (first.journeys, first.through.origins, first.through.sum),
        (2, 2, 11.0)
    );
    assert_eq!(
        (first.ends, first.last.origins, first.last.sum),
        (2, 1, 1.0)
    );
    assert_eq!(map.node(1).unwrap().last.sum, 10.0);
    assert!(map.edges.is_empty());
}

#[test]
fn the_value_that_passes_has_an_interval() {
    // 30 and 50 of four customers pass: 80 in all; with two zeros the mean is 20, the variance
    // (10² + 30² + 2 · 20²) / 3 = 600, so four bring 80 with a standard error of √(4 · 600).
    let mut passing = Passing::default();
    passing.add(30.0);
    passing.add(50.0);
    let total = passing.total(4, 0.9).unwrap();
    let error = total.standard_error().unwrap();
    assert!((total.value - 80.0).abs() < 1e-12 && (error - 2400.0_f64.sqrt()).abs() < 1e-9);
    let (low, high) = passing.mean(0.9).unwrap().ends().unwrap();
    assert!(low < 40.0 && 40.0 < high);
    let mut one = Passing::default();
    one.add(1.0);
    assert_eq!(
        one.total(4, 0.9).unwrap(),
        crate::Estimate::without(1.0, NoInterval::TooFew)
    );
}

#[test]
fn an_unlucky_first_attempt_does_not_hide_a_later_one() {
    // Two minutes from 0 to 1 are too long, one is not; the first 0 is too early, the second is not.
    let log = log(&[&[0, 2, 1, 0, 1, 2]], 3);
    let within = |minutes: i64| FunnelStep {
        within: Some(minutes * MINUTE),
        ..step(&[1])
    };
    let spec = |second| FunnelSpec {
        steps: vec![step(&[0]), second],
        within: None,
    };
    assert_eq!(places(&log, &spec(within(1))), [[3, 4]]);
    assert_eq!(places(&log, &spec(within(2))), [[0, 2]]);
    let undisturbed = FunnelStep {
        without: vec![2],
        ..step(&[1])
    };
    assert_eq!(places(&log, &spec(undisturbed)), [[3, 4]]);
}

#[test]
fn a_step_counts_for_one_step_of_a_funnel_only() {
    let twice = FunnelSpec {
        steps: vec![step(&[0]), step(&[0, 1])],
        within: None,
    };
    assert_eq!(
        places(&log(&[&[0], &[0, 0], &[1, 0, 1]], 2), &twice),
        [vec![0], vec![0, 1], vec![1, 2]]
    );
}

#[test]
fn where_the_others_went_is_somewhere_else() {
    let log = log(&[&[2, 0, 0, 2], &[0, 0], &[0, 1]], 3);
    let spec = FunnelSpec {
        steps: vec![step(&[0]), step(&[1])],
        within: None,
    };
    let found = funnel(&log, &spec, 0.9).unwrap();
    let beside = |kind, journeys| Beside { kind, journeys };
    assert_eq!(found.steps[0].next, [beside(None, 1), beside(Some(2), 1)]);
    assert_eq!(found.before, [beside(None, 2), beside(Some(2), 1)]);
    assert_eq!(found.steps[1].of_previous.value, 1.0 / 3.0);
}

#[test]
fn nothing_is_no_reason_to_stop() {
    let none = Log::of(Vec::new(), 3, 0).unwrap();
    let map = map(&none, None, MapParts::all(0.9)).unwrap();
    assert_eq!((map.events, map.journeys, map.nodes.len()), (0, 0, 0));
    assert!(eventually_follows(&none).is_empty());
    assert_eq!(none.split(0).journeys(), 0);
    let empty = Log::of(Vec::new(), 0, 1).unwrap();
    let spec = FunnelSpec {
        steps: vec![step(&[0])],
        within: None,
    };
    let funnel = funnel(&empty, &spec, 0.9).unwrap();
    assert_eq!((funnel.journeys, funnel.steps[0].journeys), (0, 0));
}

#[test]
fn the_ends_of_time_do_not_overflow() {
    let event = |at, kind| Event {
        at,
        journey: 0,
        kind,
        sequence: 0,
    };
    let log = Log::of(vec![event(i64::MIN, 0), event(i64::MAX, 1)], 1, 2).unwrap();
    assert!(
        map(&log, None, MapParts::all(0.9)).unwrap().edges[0]
            .waiting
            .unwrap()
            .mean_seconds
            .value
            > 9e12
    );
    assert_eq!(log.split(i64::MAX).journeys(), 1);
}

#[test]
fn what_is_out_of_range_is_an_error() {
    let event = Event {
        at: 0,
        journey: 1,
        kind: 0,
        sequence: 0,
    };
    let field = |found: Result<Log, Error>| match found {
        Err(Error::Row { field, row: 0, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(Log::of(vec![event], 1, 1)), "journey");
    assert_eq!(field(Log::of(vec![event], 2, 0)), "kind");
    let log = Log::of(vec![event], 2, 1).unwrap();
    assert_eq!(field(log.relabelled(&[Some(2)], 2)), "labels");
    assert!(matches!(
        map(&log, Some(&[1.0]), MapParts::all(0.9)),
        Err(Error::Length { .. })
    ));
    assert!(matches!(
        map(&log, Some(&[1.0, f64::NAN]), MapParts::all(0.9)),
        Err(Error::Row { .. })
    ));
    let spec = |steps: Vec<FunnelStep>| FunnelSpec {
        steps,
        within: None,
    };
    assert!(attempts(&log, &spec(Vec::new())).is_err());
    assert!(attempts(&log, &spec(vec![step(&[])])).is_err());
    assert!(attempts(&log, &spec(vec![step(&[1])])).is_err());
}

#[test]
fn another_cut_is_told_where_another_step_comes_next() {
    // After 0 most go on to 1, but an hour later.
    let mut events = steps(0, &[0, 2]);
    for journey in 1..4 {
        let event = |at, kind| Event {
            at,
            journey,
            kind,
            sequence: 0,
        };
        events.extend([event(0, 0), event(60 * MINUTE, 1)]);
    }
    let whole = Log::of(events, 4, 3).unwrap();
    let maps =
        [&whole, &whole.split(30 * MINUTE)].map(|log| map(log, None, MapParts::all(0.9)).unwrap());
    let next = |kind, times| Next { kind, times, of: 4 };
    let expected = NextDiffers {
        kind: 0,
        next: vec![next(Some(1), 3), next(None, 3)],
    };
    assert_eq!(next_differs(&[&maps[0], &maps[1]]), [expected]);
    assert!(next_differs(&[&maps[0], &maps[0]]).is_empty());
}

#[test]
fn the_number_of_threads_does_not_matter() {
    use rand::{RngExt, SeedableRng};
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(3);
    let events: Vec<Event> = (0..200_000)
        .map(|_| Event {
            at: random.random_range(0..1_000_000),
            journey: random.random_range(0..20_000),
            kind: random.random_range(0..20),
            sequence: 0,
        })
        .collect();
    let values: Vec<f64> = (0..20_000).map(|_| random.random::<f64>() - 0.5).collect();
    let spec = FunnelSpec {
        steps: vec![step(&[0]), step(&[1, 2])],
        within: Some(100_000),
    };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| {
            let log = Log::of(events.clone(), 20_000, 20).unwrap();
            let cut = log.split(50_000);
            let found = (
                map(&cut, Some(&values), MapParts::all(0.9)).unwrap(),
                eventually_follows(&log),
                funnel(&log, &spec, 0.9).unwrap(),
            );
            (log, found)
        })
    };
    let (log, one) = with(1);
    assert!(log.each_block(|journeys| journeys.len()).len() > 2);
    assert_eq!(with(4), (log, one));
}

/// The probabilities with which journeys were drawn are within intervals that hold in 99 of 100.
#[test]
fn where_journeys_go_is_recovered() {
    let journeys = 20_000;
    let log = Log::of(shop(journeys, 7), journeys as usize, SHOP_STEPS.len()).unwrap();
    let map = map(&log, None, MapParts::all(0.9)).unwrap();
    assert_eq!(map.journeys, u64::from(journeys));
    let steps_a_journey = map.events as f64 / map.journeys as f64;
    assert!((steps_a_journey - 13.0).abs() < 0.3, "{steps_a_journey}");
    let goes_on = 12.0 / 13.0;
    // From the product to the reviews: two on with .2, or anywhere with a nineteenth of .1.
    let expected = [(5, 0.5), (6, 0.2), (4, 0.1), (3, 0.1), (7, 0.0)];
    let product = map.node(4).unwrap();
    for (to, probability) in expected {
        let times = map.edge(4, to).unwrap().times;
        let share = crate::concentration::share(times as f64, product.events as f64, 0.99).unwrap();
        let (low, high) = share.ends().unwrap();
        let drawn_with = goes_on * (probability + 0.1 / 19.0);
        assert!(low < drawn_with && drawn_with < high, "{to}: {share:?}");
    }
    // Waits are exponential with a mean of 200 seconds: half are below 200 ln 2.
    let waiting = map.edge(4, 5).unwrap().waiting.unwrap();
    assert!(
        (waiting.mean_seconds.value - 200.0).abs() < 8.0,
        "{waiting:?}"
    );
    assert!(
        (waiting.median_seconds.value - 138.63).abs() < 8.0,
        "{waiting:?}"
    );
}

/// 300 times 200 customers, of whom 3 in 10 pass, worth 50 on average: the interval of what they bring together
/// holds what is expected, 3,000, as often as it says.
#[test]
fn intervals_of_value_that_passes_hold() {
    use rand::{RngExt, SeedableRng};
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(11);
    let mut held = 0;
    for _ in 0..300 {
        let mut passing = Passing::default();
        for _ in 0..200 {
            if random.random::<f64>() < 0.3 {
                passing.add(100.0 * random.random::<f64>());
            }
        }
        let (low, high) = passing.total(200, 0.9).unwrap().ends().unwrap();
        held += u32::from(low < 3000.0 && 3000.0 < high);
    }
    assert!((255..=285).contains(&held), "{held} of 300");
}
