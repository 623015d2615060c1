//! Lifetime models on a million customers drawn from known parameters.
//!
//! `cargo bench -p worth-model --bench lifetime`; for a comparison with `lifetimes` see
//! `benches/run fit` at the top of the project.

use std::hint::black_box;
use std::sync::LazyLock;

use divan::Bencher;
use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, CheckedHistories, CheckedSpends, FittedBetaGeo, FittedGammaGamma,
    GammaGamma, GammaGammaParameters, Histories, Horizon, Margin, ModifiedBetaGeo, ParetoNbd,
    Spends, Totals, ValueModel,
};
use worth_model::simulate::{self, Columns};

fn main() {
    divan::main();
}

/// A thousand when run once as a test (without `--bench`), so that it takes no time.
fn customers() -> usize {
    let is_benchmark = std::env::args().any(|argument| argument == "--bench");
    if is_benchmark { 1_000_000 } else { 1_000 }
}

static DATA: LazyLock<Columns> = LazyLock::new(|| {
    let purchase = BetaGeoParameters {
        r: 0.243,
        alpha: 4.414,
        a: 0.793,
        b: 2.426,
    };
    let spend = GammaGammaParameters {
        p: 6.25,
        q: 3.74,
        gamma: 15.44,
    };
    let ages: Vec<f64> = (0..customers())
        .map(|row| 27.0 + 12.0 * (row as f64 * 0.618_033_988_75).fract())
        .collect();
    let drawn = simulate::customers(&purchase, Some(&spend), &ages, 1).expect("valid parameters");
    simulate::columns(&drawn, &ages)
});

fn histories() -> CheckedHistories<'static> {
    Histories {
        frequency: &DATA.frequency,
        recency: &DATA.recency,
        age: &DATA.age,
        ..Histories::default()
    }
    .check()
    .expect("drawn histories make sense")
}

fn spends() -> CheckedSpends<'static> {
    Spends {
        purchases: &DATA.frequency,
        mean: &DATA.mean_spend,
        weight: None,
    }
    .check()
    .expect("drawn spends make sense")
}

static PURCHASE: LazyLock<FittedBetaGeo> = LazyLock::new(|| {
    BetaGeo::default()
        .fit(&histories())
        .expect("there are customers")
});
static SPEND: LazyLock<FittedGammaGamma> = LazyLock::new(|| {
    GammaGamma::default()
        .fit(&spends())
        .expect("there are customers")
});

fn model() -> ValueModel<'static> {
    let horizon = Horizon::of_weeks(52.18, 0.1);
    ValueModel {
        purchase: &PURCHASE,
        spend: &SPEND,
        horizon,
        margin: Margin::given(1.0),
    }
}

#[divan::bench(sample_count = 5)]
fn beta_geo_fit(bencher: Bencher<'_, '_>) {
    let histories = histories();
    bencher.bench(|| black_box(BetaGeo::default().fit(&histories)));
}

#[divan::bench(sample_count = 5)]
fn modified_beta_geo_fit(bencher: Bencher<'_, '_>) {
    let histories = histories();
    bencher.bench(|| black_box(ModifiedBetaGeo::default().fit(&histories)));
}

#[divan::bench(sample_count = 5)]
fn pareto_nbd_fit(bencher: Bencher<'_, '_>) {
    let histories = histories();
    bencher.bench(|| black_box(ParetoNbd::default().fit(&histories)));
}

#[divan::bench(sample_count = 5)]
fn gamma_gamma_fit(bencher: Bencher<'_, '_>) {
    let spends = spends();
    bencher.bench(|| black_box(GammaGamma::default().fit(&spends)));
}

#[divan::bench(sample_count = 5)]
fn probability_alive(bencher: Bencher<'_, '_>) {
    let histories = histories();
    bencher.bench(|| black_box(PURCHASE.probability_alive(&histories)));
}

#[divan::bench(sample_count = 5)]
fn expected_purchases(bencher: Bencher<'_, '_>) {
    let histories = histories();
    bencher.bench(|| black_box(PURCHASE.expected_purchases(&histories, 39.0)));
}

#[divan::bench(sample_count = 5)]
fn value_of_a_year(bencher: Bencher<'_, '_>) {
    let (histories, spends, model) = (histories(), spends(), model());
    bencher.bench(|| black_box(model.of_customers(&histories, &spends)));
}

#[divan::bench(sample_count = 5)]
fn predicted_purchases(bencher: Bencher<'_, '_>) {
    let histories = histories();
    bencher.bench(|| black_box(PURCHASE.predicted_purchases(&histories, 39.0)));
}

#[divan::bench(sample_count = 5)]
fn predicted_value_of_a_year(bencher: Bencher<'_, '_>) {
    let (histories, spends, model) = (histories(), spends(), model());
    bencher.bench(|| black_box(model.predicted_value(&histories, &spends)));
}

#[divan::bench(sample_count = 5)]
fn total_of_a_year(bencher: Bencher<'_, '_>) {
    let (histories, spends, model) = (histories(), spends(), model());
    bencher.bench(|| black_box(model.total(&histories, &spends, &Totals::default())));
}
