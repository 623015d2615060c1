//! Gompertz/NBD against brute force (`gompertz_nbd.py`, SciPy 1.17.1, NumPy 2.4.6) and, on the CDNOW
//! sample, against CLVTools.

use worth_model::lifetime::{
    Boundary, GompertzNbd, GompertzNbdParameters, Histories, Outcome, ParetoNbd,
};

use crate::brute_force::{Customer, SENSE, compare, history, said_of};
use crate::cdnow;

fn said([b, s, beta]: [f64; 3], customer: &Customer) -> [f64; 7] {
    let histories = history(customer).check().expect(SENSE);
    let mut fitted = GompertzNbd::default().fit(&histories).expect(SENSE);
    fitted.parameters = GompertzNbdParameters {
        r: 0.9,
        alpha: 6.0,
        b,
        s,
        beta,
    };
    said_of(&fitted, customer)
}

#[test]
fn predictions_match_brute_force() {
    let compared = compare(include_str!("gompertz_nbd.txt"), said);
    assert_eq!(compared, 84);
}

/// CLVTools, `test_correctness_ggomnbd.R`: log-likelihood -9594.9762 at r 0.55313, alpha 10.5758,
/// b 0.0000011, s 0.60682, beta 0.000013, which its optimiser stopped at. That is Pareto/NBD: Bemmaor
/// and Glady (2012) too find nothing to gain on these data.
#[test]
fn cdnow_buyers_do_not_age() {
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
    let fitted = GompertzNbd::default().fit(&histories).unwrap();
    let log_likelihood = fitted.log_likelihood;
    assert!(
        (log_likelihood - -9594.9762).abs() < 0.001,
        "{log_likelihood}"
    );
    assert_eq!(
        fitted.diagnosis.outcome,
        Outcome::AtBoundary {
            meaning: Boundary::SteadyRisk,
            parameters: vec!["b".to_owned(), "beta".to_owned()],
        }
    );
    // What is settled, and what is said of customers, is that of Pareto/NBD.
    let pareto = ParetoNbd::default().fit(&histories).unwrap();
    let (found, steady) = (fitted.parameters, pareto.parameters);
    for (found, steady) in [
        (found.r, steady.r),
        (found.alpha, steady.alpha),
        (found.s, steady.s),
        (found.beta / found.b, steady.beta),
    ] {
        assert!((found / steady - 1.0).abs() < 1e-3, "{found} {steady}");
    }
    let expected = fitted.expected_purchases(&histories, 39.0).unwrap();
    let total: f64 = expected.value.iter().sum();
    assert!((total - 1665.43).abs() < 0.1, "{total}");
    let both = expected.value.iter().zip(&columns.later);
    let absolute: f64 = both.map(|(expected, later)| (expected - later).abs()).sum();
    let absolute = absolute / histories.len() as f64;
    assert!((absolute - 0.75451).abs() < 5e-5, "{absolute}");
    let steady = pareto.expected_purchases(&histories, 39.0).unwrap();
    for row in 0..histories.len() {
        for (found, steady) in [
            (expected.value[row], steady.value[row]),
            (expected.low[row], steady.low[row]),
            (expected.high[row], steady.high[row]),
        ] {
            assert!(
                (found / steady - 1.0).abs() < 1e-2,
                "{row}: {found} {steady}"
            );
        }
    }
}
