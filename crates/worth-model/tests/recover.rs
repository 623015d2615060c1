//! Simulate and recover: customers drawn from known parameters give them back, intervals hold as
//! often as they say, and a population that is not what the model says is found out.

use worth_model::Estimate;
use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, Boundary, FittedGammaGamma, GammaGamma, GammaGammaParameters,
    Histories, Horizon, Margin, Outcome, Spends, Totals, ValueModel,
};
use worth_model::simulate::{self, Columns, SimulatedCustomer};

const PURCHASE: BetaGeoParameters = BetaGeoParameters {
    r: 0.243,
    alpha: 4.414,
    a: 0.793,
    b: 2.426,
};
const SPEND: GammaGammaParameters = GammaGammaParameters {
    p: 6.25,
    q: 3.74,
    gamma: 15.44,
};

fn ages(customers: usize) -> Vec<f64> {
    (0..customers)
        .map(|row| 27.0 + 12.0 * (row as f64 * 0.618_034).fract())
        .collect()
}

fn drawn(customers: usize, seed: u64) -> (Vec<SimulatedCustomer>, Columns) {
    let ages = ages(customers);
    let drawn = simulate::customers(&PURCHASE, Some(&SPEND), &ages, seed).expect("it makes sense");
    let columns = simulate::columns(&drawn, &ages);
    (drawn, columns)
}

fn histories(columns: &Columns) -> Histories<'_> {
    Histories {
        frequency: &columns.frequency,
        recency: &columns.recency,
        age: &columns.age,
        ..Histories::default()
    }
}

fn spends(columns: &Columns) -> Spends<'_> {
    Spends {
        purchases: &columns.frequency,
        mean: &columns.mean_spend,
        weight: None,
    }
}

fn holds(estimate: &Estimate, truth: f64) -> bool {
    estimate
        .ends()
        .is_some_and(|(low, high)| (low..=high).contains(&truth))
}

#[test]
fn intervals_hold_nine_times_in_ten() {
    let (mut held, mut sound, mut spend_sound) = ([0; 7], 0, 0);
    let samples = 200;
    for seed in 0..samples {
        let (_, columns) = drawn(3000, seed);
        let fitted = BetaGeo::default()
            .fit(&histories(&columns).check().unwrap())
            .unwrap();
        let spend = GammaGamma::default()
            .fit(&spends(&columns).check().unwrap())
            .unwrap();
        sound += u32::from(fitted.diagnosis.is_sound());
        spend_sound += u32::from(spend.diagnosis.is_sound() && spend.independence.holds);
        let (found, money) = (fitted.estimates, spend.estimates);
        let truths = [
            (found.r, PURCHASE.r),
            (found.alpha, PURCHASE.alpha),
            (found.a, PURCHASE.a),
            (found.b, PURCHASE.b),
            (money.p, SPEND.p),
            (money.q, SPEND.q),
            (money.gamma, SPEND.gamma),
        ];
        for (count, (estimate, truth)) in held.iter_mut().zip(truths) {
            *count += u32::from(holds(&estimate, truth));
        }
    }
    // 180 of 200 expected, standard deviation 4.2.
    assert!(
        held.iter().all(|count| (165..=195).contains(count)),
        "{held:?}"
    );
    // Each of three tests of fit rejects 1 in 200 by chance.
    assert!(sound >= 194 && spend_sound >= 194, "{sound} {spend_sound}");
}

#[test]
fn a_mixed_population_is_found_out() {
    // Half of the customers were driven away at week 20, whatever they would have done.
    let (mut customers, columns) = drawn(8000, 5);
    for customer in customers.iter_mut().step_by(2) {
        let kept = customer.times.partition_point(|&time| time <= 20.0);
        customer.times.truncate(kept);
        customer.amounts.truncate(kept);
    }
    let mixed = simulate::columns(&customers, &columns.age);
    let fitted = BetaGeo::default()
        .fit(&histories(&mixed).check().unwrap())
        .unwrap();
    assert!(!fitted.diagnosis.fits(), "{:?}", fitted.diagnosis);
}

#[test]
fn no_churn_is_named() {
    let never = BetaGeoParameters {
        a: 1e-6,
        b: 10.0,
        ..PURCHASE
    };
    let ages = ages(3000);
    let columns = simulate::columns(&simulate::customers(&never, None, &ages, 3).unwrap(), &ages);
    let fitted = BetaGeo::default()
        .fit(&histories(&columns).check().unwrap())
        .unwrap();
    let Outcome::AtBoundary {
        meaning,
        parameters,
    } = &fitted.diagnosis.outcome
    else {
        panic!("{fitted:?}")
    };
    assert_eq!(*meaning, Boundary::NoChurnVisible, "{fitted:?}");
    assert!(parameters.contains(&"a".to_owned()));
    assert!(fitted.estimates.r.ends().is_some());
    let alive = fitted.probability_alive(&histories(&columns).check().unwrap());
    assert!(alive.value.iter().sum::<f64>() > 0.97 * 3000.0);
}

#[test]
fn everyone_gone_is_named() {
    // Everyone bought twice in the first weeks and has been silent for two years.
    let frequency = vec![1.0; 400];
    let recency: Vec<f64> = (0..400)
        .map(|row| 0.5 + f64::from(row % 37) * 0.03)
        .collect();
    let age: Vec<f64> = (0..400).map(|row| 100.0 + f64::from(row % 11)).collect();
    let histories = Histories {
        frequency: &frequency,
        recency: &recency,
        age: &age,
        ..Histories::default()
    };
    let fitted = BetaGeo::default().fit(&histories.check().unwrap()).unwrap();
    let Outcome::AtBoundary { meaning, .. } = fitted.diagnosis.outcome else {
        panic!("{fitted:?}")
    };
    assert_eq!(meaning, Boundary::EveryoneGone);
    let alive = fitted.probability_alive(&histories.check().unwrap());
    assert!(alive.value.iter().all(|alive| *alive < 0.05));
}

#[test]
fn too_few_customers_say_how_many_would_do() {
    let (_, columns) = drawn(12, 2);
    let fitted = BetaGeo::default()
        .fit(&histories(&columns).check().unwrap())
        .unwrap();
    let Outcome::TooFew {
        customers,
        customers_needed,
        ..
    } = fitted.diagnosis.outcome
    else {
        panic!("{fitted:?}")
    };
    assert!(customers == 12.0 && customers_needed >= 30.0);
}

#[test]
fn fifty_customers_give_numbers_and_an_honest_diagnosis() {
    for seed in 0..100 {
        let (_, columns) = drawn(50, seed);
        let histories = histories(&columns).check().unwrap();
        let fitted = BetaGeo::default().fit(&histories).unwrap();
        let found = fitted.parameters;
        assert!(
            [found.r, found.alpha, found.a, found.b]
                .iter()
                .all(|value| value.is_finite())
        );
        assert!(
            !matches!(fitted.diagnosis.outcome, Outcome::NotConverged { .. }),
            "seed {seed}: {fitted:?}"
        );
        let expected = fitted.expected_purchases(&histories, 39.0).unwrap();
        for row in 0..50 {
            let (low, value, high) = (expected.low[row], expected.value[row], expected.high[row]);
            assert!(
                low <= value && value <= high && high.is_finite(),
                "{low} {value} {high}"
            );
        }
    }
}

#[test]
fn nobody_came_back() {
    let histories = Histories {
        frequency: &[0.0; 80],
        recency: &[0.0; 80],
        age: &[30.0; 80],
        ..Histories::default()
    };
    let histories = histories.check().unwrap();
    let fitted = BetaGeo::default().fit(&histories).unwrap();
    assert!(matches!(
        fitted.diagnosis.outcome,
        Outcome::TooFew {
            repeat_customers: 0.0,
            ..
        }
    ));
    let expected = fitted.expected_purchases(&histories, 30.0).unwrap();
    assert!(
        expected.value.iter().all(|value| *value < 0.1),
        "{:?}",
        expected.value[0]
    );
}

#[test]
fn whole_days_do_not_look_like_a_misfit() {
    // As a shop sees it: at most one purchase per day, ages up to three years.
    let truth = BetaGeoParameters {
        r: 0.8,
        alpha: 60.0,
        a: 0.9,
        b: 3.0,
    };
    let ages: Vec<f64> = (0..20_000).map(|row| f64::from(row % 1095)).collect();
    let mut passed = 0;
    for seed in 0..10 {
        let mut customers = simulate::customers(&truth, None, &ages, seed).unwrap();
        for customer in &mut customers {
            customer
                .times
                .iter_mut()
                .for_each(|time| *time = time.floor());
            customer.times.dedup();
        }
        let columns = simulate::columns(&customers, &ages);
        let fitted = BetaGeo::default()
            .fit(&histories(&columns).check().unwrap())
            .unwrap();
        passed += u32::from(fitted.diagnosis.is_sound());
    }
    assert!(passed >= 9, "{passed}");
}

/// Gamma-Gamma fitted to so many purchases and means, with its expected spends.
fn spend_fit(purchases: &[f64], mean: &[f64]) -> (FittedGammaGamma, Vec<f64>) {
    let spends = Spends {
        purchases,
        mean,
        weight: None,
    }
    .check()
    .expect("it makes sense");
    let fitted = GammaGamma::default()
        .fit(&spends)
        .expect("there are purchases");
    let expected = fitted.expected_spend(&spends);
    for row in 0..mean.len() {
        let (low, value, high) = (expected.low[row], expected.value[row], expected.high[row]);
        assert!(
            0.0 < low && low <= value && value <= high && high.is_finite(),
            "{fitted:?}"
        );
    }
    (fitted, expected.value)
}

#[test]
fn one_price_for_all_is_named() {
    let purchases: Vec<f64> = (0..300).map(|row| f64::from(row % 5 + 1)).collect();
    let (fitted, expected) = spend_fit(&purchases, &[25_000.0; 300]);
    assert!(
        matches!(fitted.diagnosis.outcome, Outcome::AtBoundary { .. }),
        "{:?}",
        fitted.diagnosis.outcome
    );
    assert!(
        expected
            .iter()
            .all(|value| (value / 25_000.0 - 1.0).abs() < 0.01)
    );
}

#[test]
fn one_price_per_customer_is_named() {
    let drawn = drawn(2000, 3).0;
    let purchases: Vec<f64> = (0..2000).map(|row| f64::from(row % 5 + 1)).collect();
    let mean: Vec<f64> = drawn.iter().map(|customer| customer.mean_spend).collect();
    let (fitted, expected) = spend_fit(&purchases, &mean);
    let Outcome::AtBoundary { meaning, .. } = fitted.diagnosis.outcome else {
        panic!("{fitted:?}")
    };
    assert_eq!(meaning, Boundary::ConstantSpend);
    for (expected, mean) in expected.iter().zip(&mean) {
        assert!((expected / mean - 1.0).abs() < 0.1, "{expected} {mean}");
    }
}

#[test]
fn single_purchases_alone_cannot_tell_customers_from_chance() {
    let drawn = drawn(2000, 4).0;
    let mean: Vec<f64> = drawn.iter().map(|customer| customer.amounts[0]).collect();
    let (fitted, _) = spend_fit(&[1.0; 2000], &mean);
    assert!(
        matches!(fitted.diagnosis.outcome, Outcome::TooFew { .. }),
        "{fitted:?}"
    );
}

#[test]
fn a_tail_without_a_mean_is_named() {
    let heavy = GammaGammaParameters {
        p: 3.0,
        q: 0.7,
        gamma: 10.0,
    };
    let ages = vec![200.0; 3000];
    let busy = BetaGeoParameters {
        a: 0.2,
        b: 5.0,
        ..PURCHASE
    };
    let drawn = simulate::customers(&busy, Some(&heavy), &ages, 6).unwrap();
    let columns = simulate::columns(&drawn, &ages);
    let (fitted, expected) = spend_fit(&columns.frequency, &columns.mean_spend);
    assert!(
        matches!(
            fitted.diagnosis.outcome,
            Outcome::AtBoundary {
                meaning: Boundary::HeavyTail,
                ..
            }
        ),
        "{:?}",
        fitted.diagnosis.outcome
    );
    assert!(fitted.mean_spend.ends().is_none());
    // And the sum over customers still has ends.
    let histories = histories(&columns).check().unwrap();
    let purchase = BetaGeo::default().fit(&histories).unwrap();
    let horizon = Horizon::of_weeks(52.0, 0.1);
    let model = ValueModel {
        purchase: &purchase,
        spend: &fitted,
        horizon,
        margin: Margin::given(0.3),
    };
    let total = model
        .total(
            &histories,
            &spends(&columns).check().unwrap(),
            &Totals::default(),
        )
        .unwrap();
    let (low, high) = total.value.ends().unwrap();
    assert!(0.0 < low && low < total.value.value && total.value.value < high && high.is_finite());
    assert_eq!(expected.len(), 3000);
}

#[test]
fn an_unsure_margin_widens_values_and_not_purchases() {
    let (_, columns) = drawn(2000, 5);
    let histories = histories(&columns).check().unwrap();
    let spends = spends(&columns).check().unwrap();
    let (purchase, spend) = (
        BetaGeo::default().fit(&histories).unwrap(),
        GammaGamma::default().fit(&spends).unwrap(),
    );
    let with = |standard_error| ValueModel {
        purchase: &purchase,
        spend: &spend,
        horizon: Horizon::of_weeks(52.0, 0.1),
        margin: Margin {
            share: 0.4,
            standard_error,
        },
    };
    let (sure, unsure) = (with(0.0), with(0.04));
    // The logarithm of the margin has a standard error of a tenth; errors of logarithms add in squares.
    let reach = |estimate: &Estimate| (estimate.ends().unwrap().1 / estimate.value).ln();
    let (known, new) = (
        sure.of_new_customer().unwrap(),
        unsure.of_new_customer().unwrap(),
    );
    assert_eq!(known.value, new.value);
    let expected = reach(&known).hypot(1.644854 * 0.1);
    assert!((reach(&new) / expected - 1.0).abs() < 1e-6);
    let each = unsure.of_customers(&histories, &spends).unwrap();
    let (value, high) = (each.value[7], each.high[7]);
    assert!((high / value).ln() > 1.644854 * 0.1);
    let total = |model: &ValueModel<'_>| {
        let totals = Totals::default();
        model.total(&histories, &spends, &totals).unwrap()
    };
    let (sure, unsure) = (total(&sure), total(&unsure));
    assert_eq!(sure.purchases, unsure.purchases);
    let expected = reach(&sure.value).hypot(1.644854 * 0.1);
    assert!((reach(&unsure.value) / expected - 1.0).abs() < 0.2);
}
