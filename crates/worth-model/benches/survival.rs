//! Survival methods on a million subscribers drawn from a known hazard.
//!
//! `cargo bench -p worth-model --bench survival`.

use std::hint::black_box;
use std::sync::LazyLock;

use divan::Bencher;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use worth_model::survival::{
    AalenJohansen, CheckedDurations, Covariates, Cox, Durations, KaplanMeier, Variance, log_rank,
};

fn main() {
    divan::main();
}

/// A thousand when run once as a test (without `--bench`), so that it takes no time.
fn customers() -> usize {
    let is_benchmark = std::env::args().any(|argument| argument == "--bench");
    if is_benchmark { 1_000_000 } else { 1_000 }
}

struct Data {
    start: Vec<f64>,
    /// Days, of which there are many, and whole months, of which there are sixty.
    days: Vec<f64>,
    months: Vec<f64>,
    event: Vec<u32>,
    group: Vec<u32>,
    columns: Vec<Vec<f64>>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let mut data = Data {
        start: Vec::new(),
        days: Vec::new(),
        months: Vec::new(),
        event: Vec::new(),
        group: Vec::new(),
        columns: vec![Vec::new(); 5],
    };
    for _ in 0..customers() {
        let x: [f64; 5] = std::array::from_fn(|j| {
            let value: f64 = random.random();
            if j < 2 { value.round() } else { value }
        });
        let rate = 0.001 * (0.5 * x[0] - 0.4 * x[1] + 0.8 * x[2] - 0.2 * x[3]).exp();
        let leaves = -(1.0 - random.random::<f64>()).ln() / rate;
        let lost = 1800.0 * random.random::<f64>();
        let seen = leaves.min(lost);
        data.start.push(seen * 0.3 * x[4].round());
        data.days.push(seen + 0.001);
        data.months.push((seen / 30.0).ceil());
        data.event.push(if leaves <= lost {
            1 + u32::from(x[3] > 0.5)
        } else {
            0
        });
        data.group.push(x[0] as u32);
        for (column, value) in data.columns.iter_mut().zip(x) {
            column.push(value);
        }
    }
    data
});

fn durations(end: &'static [f64]) -> CheckedDurations<'static> {
    Durations {
        start: None,
        end,
        event: &DATA.event,
        weight: None,
        group: None,
    }
    .check()
    .expect("drawn durations make sense")
}

fn fit(bencher: Bencher<'_, '_>, durations: &CheckedDurations<'_>, cox: &Cox, size: usize) {
    let columns: Vec<&[f64]> = DATA.columns[..size].iter().map(Vec::as_slice).collect();
    let covariates = Covariates {
        names: &["a", "b", "c", "d", "e"][..size],
        columns: &columns,
        stratum: None,
        id: None,
    };
    let covariates = covariates.check(durations).expect("they make sense");
    bencher.bench(|| black_box(cox.fit(durations, &covariates)));
}

#[divan::bench(sample_count = 5)]
fn kaplan_meier_days(bencher: Bencher<'_, '_>) {
    let durations = durations(&DATA.days);
    bencher.bench(|| black_box(KaplanMeier::default().fit(&durations)));
}

#[divan::bench(sample_count = 5)]
fn kaplan_meier_months(bencher: Bencher<'_, '_>) {
    let durations = durations(&DATA.months);
    bencher.bench(|| black_box(KaplanMeier::default().fit(&durations)));
}

#[divan::bench(sample_count = 5)]
fn aalen_johansen_days(bencher: Bencher<'_, '_>) {
    let durations = durations(&DATA.days);
    bencher.bench(|| black_box(AalenJohansen::default().fit(&durations)));
}

#[divan::bench(sample_count = 5)]
fn log_rank_days(bencher: Bencher<'_, '_>) {
    let rows = Durations {
        group: Some(&DATA.group),
        ..*durations(&DATA.days).rows()
    };
    let durations = rows.check().expect("groups make sense");
    bencher.bench(|| black_box(log_rank(&durations, None)));
}

#[divan::bench(sample_count = 5)]
fn cox_days(bencher: Bencher<'_, '_>) {
    fit(bencher, &durations(&DATA.days), &Cox::default(), 5);
}

#[divan::bench(sample_count = 5)]
fn cox_months(bencher: Bencher<'_, '_>) {
    fit(bencher, &durations(&DATA.months), &Cox::default(), 5);
}

#[divan::bench(sample_count = 5)]
fn cox_days_robust(bencher: Bencher<'_, '_>) {
    let robust = Cox {
        variance: Variance::Robust,
        ..Cox::default()
    };
    fit(bencher, &durations(&DATA.days), &robust, 5);
}

#[divan::bench(sample_count = 5)]
fn cox_late_entry(bencher: Bencher<'_, '_>) {
    let rows = Durations {
        start: Some(&DATA.start),
        ..*durations(&DATA.days).rows()
    };
    let durations = rows.check().expect("starts make sense");
    fit(bencher, &durations, &Cox::default(), 5);
}
