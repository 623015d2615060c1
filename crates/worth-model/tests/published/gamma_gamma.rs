//! Gamma-Gamma against Fader and Hardie (2013), The Gamma-Gamma Model of Monetary Value.

use worth_model::lifetime::{GammaGamma, GammaGammaParameters, Outcome, Spends};

use crate::cdnow;

#[test]
fn point_values_match_the_note() {
    let printed = GammaGammaParameters {
        p: 6.249,
        q: 3.745,
        gamma: 15.448,
    };
    let near = |value: Option<f64>, wanted: f64| {
        assert!((value.unwrap() - wanted).abs() < 0.01, "{value:?}")
    };
    near(printed.expected_spend(2.0, 22.35), 24.659);
    near(printed.expected_spend(0.0, 0.0), 35.171);
}

#[test]
fn cdnow_parameters_match_the_note() {
    let Some(columns) = cdnow::sample() else {
        return;
    };
    let purchases = columns.frequency.clone();
    let (purchases, mean): (Vec<f64>, Vec<f64>) = purchases
        .into_iter()
        .zip(columns.mean_spend)
        .filter(|(x, mean)| *x > 0.0 && *mean > 0.0)
        .unzip();
    let fitted = GammaGamma::default()
        .fit(
            &Spends {
                purchases: &purchases,
                mean: &mean,
                weight: None,
            }
            .check()
            .unwrap(),
        )
        .unwrap();
    eprintln!("{} {:#?}", purchases.len(), fitted);
    let found = fitted.parameters;
    for (value, printed) in [(found.p, 6.249), (found.q, 3.745), (found.gamma, 15.448)] {
        assert!((value / printed - 1.0).abs() < 1e-3, "{value} {printed}");
    }
    assert!(
        (fitted.log_likelihood - -4055.92).abs() < 0.01,
        "{}",
        fitted.log_likelihood
    );
    assert_eq!(fitted.diagnosis.outcome, Outcome::Converged);
}
