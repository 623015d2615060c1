//! MBG/NBD against the parameters published for the CDNOW sample (Hoppe and Wagner 2007, and the
//! package BTYDplus) and against what the formulas say with them.

use worth_model::lifetime::{Histories, ModifiedBetaGeo, ModifiedBetaGeoParameters, Outcome};

use crate::cdnow;

/// The parameters as they are printed.
const PRINTED: ModifiedBetaGeoParameters = ModifiedBetaGeoParameters {
    r: 0.5248,
    alpha: 6.1830,
    a: 0.8914,
    b: 1.6140,
};

#[test]
fn cdnow_parameters_match_the_published_ones() {
    let Some(columns) = cdnow::sample() else {
        return;
    };
    let histories = Histories {
        frequency: &columns.frequency,
        recency: &columns.recency,
        age: &columns.age,
        ..Histories::default()
    }
    .check()
    .unwrap();
    let fitted = ModifiedBetaGeo::default().fit(&histories).unwrap();
    let found = fitted.parameters;
    for (value, printed) in [
        (found.r, PRINTED.r),
        (found.alpha, PRINTED.alpha),
        (found.a, PRINTED.a),
        (found.b, PRINTED.b),
    ] {
        assert!((value / printed - 1.0).abs() < 5e-4, "{value} {printed}");
    }
    let log_likelihood = fitted.log_likelihood;
    assert!(
        (log_likelihood - -9582.136).abs() < 0.001,
        "{log_likelihood}"
    );
    assert_eq!(fitted.diagnosis.outcome, Outcome::Converged);
    // The holdout: 1,882 purchases happened, 1576.71 are expected.
    let expected = fitted.expected_purchases(&histories, 39.0).unwrap().value;
    let total: f64 = expected.iter().sum();
    assert!((total - 1576.71).abs() < 0.1, "{total}");
    let errors = || {
        expected
            .iter()
            .zip(&columns.later)
            .map(|(expected, later)| expected - later)
    };
    let customers = expected.len() as f64;
    let absolute = errors().map(f64::abs).sum::<f64>() / customers;
    let square = (errors().map(|error| error * error).sum::<f64>() / customers).sqrt();
    assert!((absolute - 0.76478).abs() < 5e-5, "{absolute}");
    assert!((square - 1.60718).abs() < 5e-5, "{square}");
}

#[test]
fn some_only_ever_buy_once() {
    // In the limit of endless time only those who left at once have not come back.
    let none = PRINTED.probability_of(0, 1e9);
    let left = PRINTED.a / (PRINTED.a + PRINTED.b);
    assert!((none - left).abs() < 1e-3, "{none} {left}");
    assert!(PRINTED.probability_alive(0.0, 0.0, 39.0) < 1.0 - left);
}
