//! Data that tell little or nothing: numbers stay sensible, and where the prior decides it is said.

use worth_model::Error;
use worth_model::lifetime::{
    BetaGeo, Boundary, CheckedHistories, GammaGamma, ModifiedBetaGeo, Outcome, ParetoNbd,
    PosteriorPurchases, PurchaseModel, Sampling, SamplingOutcome, Spends,
};
use worth_model::simulate::Columns;

use crate::{LONG, SENSE, SHORT, drawn, histories};

/// Whatever the data, numbers are finite and in order, and the diagnosis has a name for it.
fn stays_sensible<M: PurchaseModel>(
    sample: &impl Fn(&CheckedHistories<'_>, &Sampling) -> PosteriorPurchases<M>,
    sampling: &Sampling,
    rows: &[(f64, f64, f64)],
) -> PosteriorPurchases<M> {
    let columns = Columns {
        frequency: rows.iter().map(|row| row.0).collect(),
        recency: rows.iter().map(|row| row.1).collect(),
        age: rows.iter().map(|row| row.2).collect(),
        ..Columns::default()
    };
    let histories = histories(&columns);
    let posterior = sample(&histories, sampling);
    let draws = &posterior.draws;
    let numbers = draws
        .parameters
        .iter()
        .flatten()
        .chain(&draws.log_posterior);
    assert!(numbers.copied().all(f64::is_finite));
    assert!(draws.parameters.iter().flatten().all(|value| *value > 0.0));
    let time = 10.0 + histories.mean_age();
    let predicted = [
        posterior.probability_alive(&histories),
        posterior
            .probability_alive_after(&histories, time)
            .expect(SENSE),
        posterior.probability_of(&histories, 0, time).expect(SENSE),
        posterior.expected_purchases(&histories, time).expect(SENSE),
    ];
    for (column, predicted) in predicted.iter().enumerate() {
        for row in 0..rows.len() {
            let (low, value, high) = (
                predicted.low[row],
                predicted.value[row],
                predicted.high[row],
            );
            assert!(
                0.0 <= low && low <= value && value <= high,
                "{column}: {low} {value} {high}"
            );
            assert!(
                high.is_finite() && (column == 3 || high <= 1.0 + 1e-12),
                "{column}: {high}"
            );
        }
    }
    let failed = matches!(posterior.diagnosis.outcome, SamplingOutcome::Failed { .. });
    assert!(!failed, "{:?}", posterior.diagnosis);
    posterior
}

fn struggles_are_named<M: PurchaseModel>(
    sample: impl Fn(&CheckedHistories<'_>, &Sampling) -> PosteriorPurchases<M>,
    most_purchases: f64,
) {
    let prior_decides = |posterior: &PosteriorPurchases<M>, parameter: &str| {
        let SamplingOutcome::PriorDecides { parameters } = &posterior.diagnosis.outcome else {
            panic!("{:?}", posterior.diagnosis);
        };
        assert!(
            parameters.iter().any(|name| name == parameter),
            "{parameters:?}"
        );
    };
    for rows in [
        vec![(0.0, 0.0, 30.0)],
        vec![(3.0, 20.0, 30.0)],
        vec![(0.0, 0.0, 0.0); 3],
        vec![(0.0, 0.0, 30.0); 80],
    ] {
        let posterior = stays_sensible(&sample, &LONG, &rows);
        let too_few = matches!(posterior.fitted.diagnosis.outcome, Outcome::TooFew { .. });
        assert!(too_few, "{:?}", posterior.fitted.diagnosis);
        prior_decides(&posterior, "r");
    }
    stays_sensible(
        &sample,
        &SHORT,
        &[(most_purchases, 9e8, 1e9), (0.0, 0.0, 1e-9)],
    );
    stays_sensible(&sample, &SHORT, &[(3.0, 20.0, 30.0); 200]);
    let enormous: Vec<_> = (0..100)
        .map(|row| (500.0 * f64::from(row % 7), f64::from(row % 7) * 1e4, 1e5))
        .collect();
    stays_sensible(&sample, &SHORT, &enormous);
    // Everyone buys once in a while to the very end: nothing is seen of how customers differ in
    // leaving.
    let steady: Vec<_> = (0..100)
        .map(|row| {
            let x = f64::from(row % 9 + 3);
            (x, 100.0 * x / (x + 0.5), 100.0)
        })
        .collect();
    let posterior = stays_sensible(&sample, &LONG, &steady);
    let Outcome::AtBoundary { meaning, .. } = posterior.fitted.diagnosis.outcome else {
        panic!("{:?}", posterior.fitted.diagnosis);
    };
    assert_eq!(meaning, Boundary::NoChurnVisible);
    let last = posterior.draws.names[3];
    prior_decides(&posterior, last);
}

#[test]
fn beta_geo_struggles_are_named() {
    struggles_are_named(
        |histories, sampling| {
            BetaGeo::default()
                .posterior(histories, sampling)
                .expect(SENSE)
        },
        1e4,
    );
}

#[test]
fn modified_beta_geo_struggles_are_named() {
    struggles_are_named(
        |histories, sampling| {
            ModifiedBetaGeo::default()
                .posterior(histories, sampling)
                .expect(SENSE)
        },
        1e4,
    );
}

#[test]
fn pareto_nbd_struggles_are_named() {
    struggles_are_named(
        |histories, sampling| {
            ParetoNbd::default()
                .posterior(histories, sampling)
                .expect(SENSE)
        },
        1e4,
    );
}

#[test]
fn fifty_customers_have_wide_intervals() {
    for seed in 0..5 {
        let columns = drawn(50, seed);
        let rows: Vec<_> = (0..50)
            .map(|row| {
                (
                    columns.frequency[row],
                    columns.recency[row],
                    columns.age[row],
                )
            })
            .collect();
        let sample = |histories: &CheckedHistories<'_>, sampling: &Sampling| {
            BetaGeo::default()
                .posterior(histories, sampling)
                .expect(SENSE)
        };
        let posterior = stays_sensible(&sample, &SHORT, &rows);
        let (low, high) = posterior
            .estimates
            .r
            .ends()
            .expect("a posterior has intervals");
        assert!(high / low > 1.5);
    }
}

#[test]
fn spend_struggles_are_named() {
    let sample = |purchases: &[f64], mean: &[f64]| {
        let spends = Spends {
            purchases,
            mean,
            weight: None,
        }
        .check()
        .expect(SENSE);
        let posterior = GammaGamma::default()
            .posterior(&spends, &LONG)
            .expect(SENSE);
        let expected = posterior.expected_spend(&spends);
        for row in 0..mean.len() {
            let (low, value, high) = (expected.low[row], expected.value[row], expected.high[row]);
            assert!(0.0 < low && low <= value && value <= high && high.is_finite());
        }
        posterior.diagnosis.outcome
    };
    let one = sample(&[2.0], &[25_000.0]);
    assert!(
        matches!(one, SamplingOutcome::PriorDecides { .. }),
        "{one:?}"
    );
    sample(&[1.0; 300], &[25_000.0; 300]);
    let purchases: Vec<f64> = (0..300).map(|row| f64::from(row % 5)).collect();
    sample(&purchases, &[25_000.0; 300]);
    let none = Spends {
        purchases: &[0.0],
        mean: &[0.0],
        weight: None,
    }
    .check()
    .expect(SENSE);
    let empty = GammaGamma::default().posterior(&none, &SHORT);
    assert!(matches!(empty, Err(Error::Empty { .. })));
}
