//! BG/CNBD-k and MBG/CNBD-k against brute force (`condensed_beta_geo.py`, SciPy 1.17.1, NumPy 2.4.6) and,
//! on the CDNOW sample, against the models at random that they contain.

use worth_model::lifetime::{
    BetaGeo, CondensedBetaGeo, CondensedBetaGeoParameters, Histories, ModifiedBetaGeo,
    ModifiedCondensedBetaGeo, ModifiedCondensedBetaGeoParameters,
};

use crate::brute_force::{Customer, SENSE, compare, history, said_of};
use crate::cdnow;

/// What the model says that has these k, and 1 if one may leave after the first purchase.
fn said([k, may_leave_at_once]: [f64; 2], customer: &Customer) -> [f64; 7] {
    let k = k as u32;
    let histories = history(customer).check().expect(SENSE);
    let [r, alpha, a, b] = [0.9, 2.1, 0.8, 2.4];
    if may_leave_at_once == 0.0 {
        let settings = CondensedBetaGeo {
            k: Some(k),
            ..CondensedBetaGeo::default()
        };
        let mut fitted = settings.fit(&histories).expect(SENSE);
        fitted.parameters = CondensedBetaGeoParameters { r, alpha, a, b, k };
        said_of(&fitted, customer)
    } else {
        let settings = ModifiedCondensedBetaGeo {
            k: Some(k),
            ..ModifiedCondensedBetaGeo::default()
        };
        let mut fitted = settings.fit(&histories).expect(SENSE);
        fitted.parameters = ModifiedCondensedBetaGeoParameters { r, alpha, a, b, k };
        said_of(&fitted, customer)
    }
}

#[test]
fn predictions_match_brute_force() {
    let compared = compare(include_str!("condensed_beta_geo.txt"), said);
    assert_eq!(compared, 84);
}

#[test]
fn cdnow_buyers_are_not_regular() {
    let Some(columns) = cdnow::sample() else {
        return;
    };
    let histories = Histories {
        frequency: &columns.frequency,
        recency: &columns.recency,
        age: &columns.age,
        log_gaps: Some(&columns.log_gaps),
        ..Histories::default()
    }
    .check()
    .unwrap();
    // Published: -9582.429 and -9582.136.
    let random = BetaGeo::default().fit(&histories).unwrap();
    let chosen = CondensedBetaGeo::default().fit(&histories).unwrap();
    assert_eq!(chosen.parameters.k, 1);
    assert_eq!(chosen.estimates.k.ends(), Some((1.0, 1.0)));
    assert_eq!(chosen.log_likelihood, random.log_likelihood);
    let random = ModifiedBetaGeo::default().fit(&histories).unwrap();
    let chosen = ModifiedCondensedBetaGeo::default().fit(&histories).unwrap();
    assert_eq!(chosen.parameters.k, 1);
    assert_eq!(chosen.log_likelihood, random.log_likelihood);
    let twice = ModifiedCondensedBetaGeo {
        k: Some(2),
        ..ModifiedCondensedBetaGeo::default()
    };
    let twice = twice.fit(&histories).unwrap();
    assert!(
        twice.log_likelihood < random.log_likelihood - 100.0,
        "{}",
        twice.log_likelihood
    );
}
