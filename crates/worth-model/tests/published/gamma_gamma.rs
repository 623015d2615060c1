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
    // Repeat purchases only, and of those the days with a positive amount.
    let Some(sample) = cdnow::sample() else {
        return;
    };
    let spends = Spends {
        purchases: &sample.paid,
        mean: &sample.mean_spend,
        weight: None,
    };
    let fitted = GammaGamma::default().fit(&spends.check().unwrap()).unwrap();
    assert_eq!(fitted.customers, 946.0);
    let found = fitted.parameters;
    for (value, printed) in [(found.p, 6.249), (found.q, 3.745), (found.gamma, 15.448)] {
        assert!((value / printed - 1.0).abs() < 1e-3, "{value} {printed}");
    }
    assert!(
        (fitted.log_likelihood - -4055.92).abs() < 0.01,
        "{}",
        fitted.log_likelihood
    );
    assert!((fitted.mean_spend.value - 35.171).abs() < 0.01);
    assert_eq!(fitted.diagnosis.outcome, Outcome::Converged);
    // The note finds .11, weak enough to go on.
    assert!((fitted.independence.correlation.value - 0.11).abs() < 0.01);
    assert!(fitted.independence.holds && fitted.diagnosis.fits());
    eprintln!(
        "{:?} {} {:?}",
        found, fitted.log_likelihood, fitted.mean_spend
    );
}
