//! Pareto/NBD against the numbers published for the CDNOW sample: Fader, Hardie and Lee (2005),
//! Marketing Science 24(2), and Fader and Hardie (2005), A Note on Implementing the Pareto/NBD Model
//! in MATLAB.

use worth_model::lifetime::{Histories, Outcome, ParetoNbd};

use crate::cdnow;

#[test]
fn cdnow_parameters_match_the_paper() {
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
    let fitted = ParetoNbd::default().fit(&histories).unwrap();
    let found = fitted.parameters;
    for (value, printed) in [
        (found.r, 0.5532),
        (found.alpha, 10.5763),
        (found.s, 0.6063),
        (found.beta, 11.6715),
    ] {
        assert!((value / printed - 1.0).abs() < 5e-4, "{value} {printed}");
    }
    let log_likelihood = fitted.log_likelihood;
    assert!(
        (log_likelihood - -9594.976).abs() < 0.001,
        "{log_likelihood}"
    );
    for (error, printed) in fitted
        .standard_errors
        .into_iter()
        .zip([0.0476, 0.8427, 0.1873, 6.2105])
    {
        let error = error.unwrap();
        assert!((error / printed - 1.0).abs() < 5e-3, "{error} {printed}");
    }
    assert_eq!(fitted.diagnosis.outcome, Outcome::Converged);
    // The holdout: 1,882 purchases happened, 1665.43 are expected.
    let expected = fitted.expected_purchases(&histories, 39.0).unwrap().value;
    let total: f64 = expected.iter().sum();
    assert!((total - 1665.43).abs() < 0.1, "{total}");
    let errors = || {
        expected
            .iter()
            .zip(&columns.later)
            .map(|(expected, later)| expected - later)
    };
    let customers = expected.len() as f64;
    let absolute = errors().map(f64::abs).sum::<f64>() / customers;
    let square = (errors().map(|error| error * error).sum::<f64>() / customers).sqrt();
    assert!((absolute - 0.75451).abs() < 5e-5, "{absolute}");
    assert!((square - 1.60285).abs() < 5e-5, "{square}");
    // The paper's chi-square of customers by number of repeat purchases, 11.99, says that the model
    // fits less well than BG/NBD (4.82); so does the diagnosis.
    let cells = &fitted.diagnosis.goodness.cells;
    let chi_square: f64 = cells
        .iter()
        .map(|cell| (cell.actual - cell.expected).powi(2) / cell.expected)
        .sum();
    assert!((chi_square - 11.99).abs() < 0.01, "{chi_square}");
    assert!(!fitted.diagnosis.fits());
}
