//! Key drivers of a million answers: 30 dimensions, a thousand resamples; and all sets of 20 drivers.
//!
//! `cargo bench -p worth-model --bench drivers`.

use std::hint::black_box;

use divan::Bencher;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use worth_model::Resampling;
use worth_model::drivers::{Answers, KeyDrivers, Missing};

fn main() {
    divan::main();
}

/// A thousandth when run once as a test (without `--bench`), so that it takes no time.
fn answers() -> usize {
    let is_benchmark = std::env::args().any(|argument| argument == "--bench");
    if is_benchmark { 1_000_000 } else { 10_000 }
}

struct Survey {
    drivers: Vec<Vec<f64>>,
    outcome: Vec<f64>,
}

/// Scores 1..10 that go together through what a respondent thinks of the brand; the first five
/// drivers move the outcome. `missing` of the scores are not there.
fn survey(drivers: usize, missing: f64) -> Survey {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let mut survey = Survey {
        drivers: vec![Vec::new(); drivers],
        outcome: Vec::new(),
    };
    let score = |value: f64| (1.0 + 9.0 * value).round().clamp(1.0, 10.0);
    for _ in 0..answers() / drivers {
        let liking: f64 = random.random();
        let mut worth = 0.0;
        for (index, column) in survey.drivers.iter_mut().enumerate() {
            let value = (liking + random.random::<f64>()) / 2.0;
            if index < 5 {
                worth += value / 5.0;
            }
            let is_there = random.random::<f64>() >= missing;
            column.push(if is_there { score(value) } else { f64::NAN });
        }
        survey
            .outcome
            .push(score((worth + random.random::<f64>()) / 2.0));
    }
    survey
}

impl Survey {
    fn fit(&self, missing: Missing, resamples: usize) {
        let drivers: Vec<&[f64]> = self.drivers.iter().map(Vec::as_slice).collect();
        let answers = Answers {
            drivers: &drivers,
            outcome: &self.outcome,
            weight: None,
        };
        let analysis = KeyDrivers {
            missing,
            resampling: Resampling {
                resamples,
                ..Resampling::default()
            },
        };
        let answers = answers.check().expect("scores");
        black_box(analysis.fit(&answers).expect("settings"));
    }
}

#[divan::bench(sample_count = 1)]
fn a_million_answers_to_30_questions(bencher: Bencher<'_, '_>) {
    let survey = survey(30, 0.0);
    bencher.bench_local(|| survey.fit(Missing::Listwise, 1000));
}

#[divan::bench(sample_count = 1)]
fn a_tenth_of_them_missing(bencher: Bencher<'_, '_>) {
    let survey = survey(30, 0.1);
    bencher.bench_local(|| survey.fit(Missing::Pairwise, 1000));
}

#[divan::bench(sample_count = 1)]
fn twelve_drivers_exactly_in_each_resample(bencher: Bencher<'_, '_>) {
    let survey = survey(12, 0.0);
    bencher.bench_local(|| survey.fit(Missing::Listwise, 1000));
}

#[divan::bench(sample_count = 1)]
fn all_sets_of_20_drivers(bencher: Bencher<'_, '_>) {
    let survey = survey(20, 0.0);
    bencher.bench_local(|| survey.fit(Missing::Listwise, 100));
}
