//! A million steps through a web shop: sorted, mapped, and all that follows at any time.
//!
//! `cargo bench -p worth-model --bench journey`.

use std::hint::black_box;
use std::sync::LazyLock;

use divan::Bencher;
use worth_model::journey::{
    Event, FunnelSpec, FunnelStep, Log, MapParts, SHOP_STEPS, eventually_follows, funnel, map, shop,
};

fn main() {
    divan::main();
}

/// A thousandth when run once as a test (without `--bench`), so that it takes no time.
fn journeys() -> u32 {
    let is_benchmark = std::env::args().any(|argument| argument == "--bench");
    if is_benchmark {
        1_000_000 / 13
    } else {
        1000 / 13
    }
}

/// In the order of time, as a table of events has them.
static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| {
    let mut events = shop(journeys(), 1);
    events.sort_by_key(|event| event.at);
    events
});

static LOG: LazyLock<Log> = LazyLock::new(|| log(EVENTS.clone()));

fn log(events: Vec<Event>) -> Log {
    Log::of(events, journeys() as usize, SHOP_STEPS.len()).expect("numbers in range")
}

#[divan::bench(sample_count = 10)]
fn sort(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(|| EVENTS.clone())
        .bench_local_values(log);
}

#[divan::bench(sample_count = 10)]
fn map_of_all(bencher: Bencher<'_, '_>) {
    let log = &*LOG;
    bencher.bench_local(|| map(black_box(log), None, MapParts::all(0.9)));
}

#[divan::bench(sample_count = 10)]
fn follows_at_any_time(bencher: Bencher<'_, '_>) {
    let log = &*LOG;
    bencher.bench_local(|| eventually_follows(black_box(log)));
}

#[divan::bench(sample_count = 10)]
fn funnel_of_five_steps(bencher: Bencher<'_, '_>) {
    let log = &*LOG;
    let spec = FunnelSpec {
        steps: [0, 4, 8, 15, 16]
            .map(|kind| FunnelStep {
                kinds: vec![kind],
                within: Some(3_600_000_000),
                without: vec![10],
            })
            .to_vec(),
        within: None,
    };
    bencher.bench_local(|| funnel(black_box(log), &spec, 0.9));
}
