//! BG/NBD against Fader, Hardie and Lee (2005), Marketing Science 24(2), and the authors' notes.

use worth_model::lifetime::{BetaGeo, BetaGeoParameters, Histories, Outcome};

use crate::cdnow;

/// The parameters as the notes print them.
const PRINTED: BetaGeoParameters = BetaGeoParameters {
    r: 0.243,
    alpha: 4.414,
    a: 0.793,
    b: 2.426,
};

#[test]
fn point_values_match_the_notes() {
    let near =
        |value: f64, printed: f64| assert!((value - printed).abs() < 5e-5, "{value} {printed}");
    near(PRINTED.probability_alive(2.0, 30.43, 38.86), 0.72658);
    near(PRINTED.expected_purchases(2.0, 30.43, 38.86, 39.0), 1.22603);
    near(PRINTED.expected_new(1.0), 0.05327);
    near(PRINTED.expected_new(39.0), 1.19672);
    near(PRINTED.expected_new(78.0), 1.86052);
    for (count, printed) in [0.57379, 0.19940, 0.08543, 0.04586, 0.02767, 0.01797]
        .into_iter()
        .enumerate()
    {
        near(PRINTED.probability_of(count as u32, 39.0), printed);
    }
}

#[test]
fn cdnow_parameters_match_the_paper() {
    let Some(columns) = cdnow::sample() else {
        return;
    };
    assert_eq!(columns.frequency.len(), 2357);
    let histories = Histories {
        frequency: &columns.frequency,
        recency: &columns.recency,
        age: &columns.age,
        ..Histories::default()
    };
    let fitted = BetaGeo::default().fit(&histories.check().unwrap()).unwrap();
    let found = fitted.parameters;
    for (value, printed) in [
        (found.r, 0.2426),
        (found.alpha, 4.4137),
        (found.a, 0.7930),
        (found.b, 2.4262),
    ] {
        assert!((value / printed - 1.0).abs() < 5e-4, "{value} {printed}");
    }
    assert!(
        (fitted.log_likelihood - -9582.429).abs() < 0.001,
        "{}",
        fitted.log_likelihood
    );
    for (error, printed) in fitted
        .standard_errors
        .into_iter()
        .zip([0.0126, 0.3782, 0.1857, 0.7053])
    {
        let error = error.unwrap();
        assert!((error / printed - 1.0).abs() < 5e-3, "{error} {printed}");
    }
    assert_eq!(fitted.diagnosis.outcome, Outcome::Converged);
    // The paper's chi-square by number of repeat purchases does not reject either.
    assert!(fitted.diagnosis.fits(), "{:?}", fitted.diagnosis);
}

#[test]
fn cdnow_holdout_matches_recomputed_errors() {
    // 39 weeks after the calibration: 1,882 purchases happened; BG/NBD expects 1653.39 in total,
    // mean absolute error .78545, root mean square error 1.60798 per customer.
    let Some(sample) = cdnow::sample() else {
        return;
    };
    let histories = Histories {
        frequency: &sample.frequency,
        recency: &sample.recency,
        age: &sample.age,
        ..Histories::default()
    }
    .check()
    .unwrap();
    let fitted = BetaGeo::default().fit(&histories).unwrap();
    let expected = fitted.expected_purchases(&histories, 39.0).unwrap().value;
    assert_eq!(sample.later.iter().sum::<f64>(), 1882.0);
    assert!(
        (expected.iter().sum::<f64>() - 1653.39).abs() < 0.1,
        "{}",
        expected.iter().sum::<f64>()
    );
    let errors = || {
        expected
            .iter()
            .zip(&sample.later)
            .map(|(expected, later)| expected - later)
    };
    let customers = expected.len() as f64;
    let absolute = errors().map(f64::abs).sum::<f64>() / customers;
    let square = (errors().map(|error| error * error).sum::<f64>() / customers).sqrt();
    assert!((absolute - 0.78545).abs() < 5e-5, "{absolute}");
    assert!((square - 1.60798).abs() < 5e-5, "{square}");
}
