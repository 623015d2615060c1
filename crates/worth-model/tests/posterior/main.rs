//! Posteriors of drawn customers and of odd ones.

mod by_name;
mod others;
mod recovered;
mod struggles;
mod unchanged;

use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, CheckedHistories, CheckedSpends, GammaGamma, GammaGammaParameters,
    Histories, Horizon, Margin, PosteriorGammaGamma, PosteriorPurchases, PosteriorValue, Predicted,
    Sampling, Spends, Total,
};
use worth_model::simulate::{self, Columns};

const PURCHASE: BetaGeoParameters = BetaGeoParameters {
    r: 0.6,
    alpha: 5.0,
    a: 0.8,
    b: 2.4,
};
const SPEND: GammaGammaParameters = GammaGammaParameters {
    p: 6.25,
    q: 3.74,
    gamma: 15.44,
};
const MARGIN: Margin = Margin::given(0.3);
/// Enough to see whether something is wrong.
const SHORT: Sampling = Sampling {
    chains: 2,
    tuning: 300,
    draws: 300,
    acceptance: 0.9,
    seed: 0,
};
/// Enough for chains to agree.
const LONG: Sampling = Sampling {
    chains: 4,
    tuning: 500,
    draws: 1000,
    acceptance: 0.9,
    seed: 0,
};
/// Why nothing here fails.
const SENSE: &str = "drawn data and settings make sense";

fn ages(customers: usize) -> Vec<f64> {
    (0..customers)
        .map(|row| 27.0 + 12.0 * (row as f64 * 0.618_034).fract())
        .collect()
}

fn drawn(customers: usize, seed: u64) -> Columns {
    let ages = ages(customers);
    let drawn = simulate::customers(&PURCHASE, Some(&SPEND), &ages, seed).expect(SENSE);
    simulate::columns(&drawn, &ages)
}

fn histories(columns: &Columns) -> CheckedHistories<'_> {
    Histories {
        frequency: &columns.frequency,
        recency: &columns.recency,
        age: &columns.age,
        log_gaps: (!columns.log_gaps.is_empty()).then_some(&columns.log_gaps),
        ..Histories::default()
    }
    .check()
    .expect(SENSE)
}

fn spends(columns: &Columns) -> CheckedSpends<'_> {
    Spends {
        purchases: &columns.frequency,
        mean: &columns.mean_spend,
        weight: None,
    }
    .check()
    .expect(SENSE)
}

fn of_purchases(columns: &Columns, sampling: &Sampling) -> PosteriorPurchases<BetaGeo> {
    BetaGeo::default()
        .posterior(&histories(columns), sampling)
        .expect(SENSE)
}

fn of_spend(columns: &Columns, sampling: &Sampling) -> PosteriorGammaGamma {
    GammaGamma::default()
        .posterior(&spends(columns), sampling)
        .expect(SENSE)
}

fn near(found: f64, wanted: f64, allowed: f64) {
    assert!(
        (found / wanted - 1.0).abs() < allowed,
        "{found} {wanted} {allowed}"
    );
}

/// The value of each customer over a year, expected and as it will be, and that of all.
fn worth(
    columns: &Columns,
    purchase: &PosteriorPurchases<BetaGeo>,
    spend: &PosteriorGammaGamma,
    margin: Margin,
) -> (Predicted, Predicted, Total) {
    let model = PosteriorValue {
        purchase,
        spend,
        horizon: Horizon::of_weeks(52.0, 0.1),
        margin,
    };
    let (histories, spends) = (histories(columns), spends(columns));
    let value = model.of_customers(&histories, &spends).expect(SENSE);
    let predicted = model.predicted_value(&histories, &spends).expect(SENSE);
    let total = model.total(&histories, &spends).expect(SENSE);
    (value, predicted, total)
}
