//! BG/CNBD-k and MBG/CNBD-k against brute force (`condensed_beta_geo.py`, SciPy 1.17.1, NumPy 2.4.6) and,
//! on the CDNOW sample, against the models at random that they contain.

use worth_model::lifetime::{
    BetaGeo, CondensedBetaGeo, CondensedBetaGeoParameters, FittedPurchases, Histories,
    ModifiedBetaGeo, ModifiedCondensedBetaGeo, ModifiedCondensedBetaGeoParameters, PurchaseModel,
};

use crate::cdnow;

/// Why nothing here fails.
const SENSE: &str = "the customers and the settings make sense";
const BRUTE_FORCE: &str = include_str!("condensed_beta_geo.txt");

/// What a fitted model with these parameters says of the customer, in the order above.
fn said_of<M: PurchaseModel>(
    fitted: &FittedPurchases<M>,
    histories: &Histories<'_>,
    time: f64,
) -> [f64; 7] {
    let histories = histories.check().expect(SENSE);
    let count = |count| {
        fitted
            .probability_of(&histories, count, time)
            .expect(SENSE)
            .value[0]
    };
    let alive = fitted.probability_alive(&histories).value[0];
    [
        alive,
        fitted
            .probability_alive_after(&histories, time)
            .expect(SENSE)
            .value[0],
        fitted
            .expected_purchases(&histories, time)
            .expect(SENSE)
            .value[0],
        // Those who have left do not buy either.
        count(0) - (1.0 - alive),
        count(1),
        count(2),
        count(3),
    ]
}

/// A customer of the file: k, whether one may leave after the first purchase, x, t_x, T, time ahead.
fn said_of_customer(customer: &[f64]) -> [f64; 7] {
    let (k, time) = (customer[0] as u32, customer[5]);
    let histories = Histories {
        frequency: &customer[2..3],
        recency: &customer[3..4],
        age: &customer[4..5],
        ..Histories::default()
    };
    let checked = histories.check().expect(SENSE);
    let [r, alpha, a, b] = [0.9, 2.1, 0.8, 2.4];
    if customer[1] == 0.0 {
        let settings = CondensedBetaGeo {
            k: Some(k),
            ..CondensedBetaGeo::default()
        };
        let mut fitted = settings.fit(&checked).expect(SENSE);
        fitted.parameters = CondensedBetaGeoParameters { r, alpha, a, b, k };
        said_of(&fitted, &histories, time)
    } else {
        let settings = ModifiedCondensedBetaGeo {
            k: Some(k),
            ..ModifiedCondensedBetaGeo::default()
        };
        let mut fitted = settings.fit(&checked).expect(SENSE);
        fitted.parameters = ModifiedCondensedBetaGeoParameters { r, alpha, a, b, k };
        said_of(&fitted, &histories, time)
    }
}

#[test]
fn predictions_match_brute_force() {
    let lines = BRUTE_FORCE.lines().filter(|line| !line.starts_with('#'));
    let mut compared = 0;
    for line in lines {
        let numbers: Vec<f64> = line.split(' ').map(|word| word.parse().unwrap()).collect();
        let (customer, expected) = numbers.split_at(6);
        let [_, alive, after, mean, _, counts @ ..] = expected else {
            panic!("{line}")
        };
        let expected = [alive, after, mean].into_iter().chain(counts);
        for (found, expected) in said_of_customer(customer).iter().zip(expected) {
            let near = (found - expected).abs() < 1e-9 * expected + 1e-12;
            assert!(near, "{customer:?}: {found} {expected}");
            compared += 1;
        }
    }
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
