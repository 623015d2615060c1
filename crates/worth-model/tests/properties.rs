//! What must hold for any data: probabilities are probabilities, and neither the order of rows, nor
//! the unit of time or money, nor counting equal rows once, nor the number of threads matters.

use proptest::prelude::*;
use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, FittedBetaGeo, GammaGamma, GammaGammaParameters, Histories,
    Horizon, Margin, Outcome, Spends, Totals, ValueModel,
};
use worth_model::simulate::{self, Columns};

fn parameters() -> impl Strategy<Value = BetaGeoParameters> {
    let wide = || (-5.0..5.0f64).prop_map(f64::exp);
    (wide(), wide(), wide(), wide()).prop_map(|(r, alpha, a, b)| BetaGeoParameters {
        r,
        alpha,
        a,
        b,
    })
}

/// Any customer that makes sense: purchases, last of them, age.
fn customer() -> impl Strategy<Value = (f64, f64, f64)> {
    let purchases = prop_oneof![Just(0u32), 1..12u32, Just(500u32)];
    (purchases, 0.001..1.0f64, 0.01..5000.0f64)
        .prop_map(|(x, part, age)| (f64::from(x), if x == 0 { 0.0 } else { part * age }, age))
}

fn drawn(seed: u64, customers: usize) -> Columns {
    let purchase = BetaGeoParameters {
        r: 0.6,
        alpha: 30.0,
        a: 0.8,
        b: 2.5,
    };
    let spend = GammaGammaParameters {
        p: 6.25,
        q: 3.74,
        gamma: 15.44,
    };
    // Whole days, so that rows repeat.
    let ages: Vec<f64> = (0..customers)
        .map(|row| 200.0 + (row * 37 % 160) as f64)
        .collect();
    let mut customers =
        simulate::customers(&purchase, Some(&spend), &ages, seed).expect("it makes sense");
    for customer in &mut customers {
        for time in &mut customer.times[1..] {
            *time = time.ceil();
        }
    }
    simulate::columns(&customers, &ages)
}

fn fit(columns: &Columns, weight: Option<&[f64]>) -> FittedBetaGeo {
    let histories = Histories {
        frequency: &columns.frequency,
        recency: &columns.recency,
        age: &columns.age,
        weight,
        ..Histories::default()
    };
    BetaGeo::default()
        .fit(&histories.check().expect("it makes sense"))
        .expect("it makes sense")
}

fn close(left: f64, right: f64) -> Result<(), TestCaseError> {
    prop_assert!((left / right - 1.0).abs() < 1e-4, "{left} {right}");
    Ok(())
}

fn same_model(left: &FittedBetaGeo, right: &FittedBetaGeo, unit: f64) -> Result<(), TestCaseError> {
    close(left.parameters.r, right.parameters.r)?;
    close(left.parameters.alpha / unit, right.parameters.alpha)?;
    close(left.parameters.a, right.parameters.a)?;
    close(left.parameters.b, right.parameters.b)
}

proptest! {
    #[test]
    fn single_predictions_are_sensible(parameters in parameters(), (x, t_x, age) in customer(), time in 0.0..10_000.0f64) {
        let alive = parameters.probability_alive(x, t_x, age);
        prop_assert!((0.0..=1.0).contains(&alive));
        let expected = parameters.expected_purchases(x, t_x, age, time);
        prop_assert!(expected.is_finite() && expected >= 0.0);
        // More time, more purchases; and never more than without leaving.
        let more = parameters.expected_purchases(x, t_x, age, time * 1.5 + 1.0);
        prop_assert!(more >= expected * (1.0 - 1e-7), "{expected} {more}");
        let most = alive * (parameters.r + x) / (parameters.alpha + age) * time;
        prop_assert!(expected <= most * (1.0 + 1e-12) + 1e-300);
    }

    #[test]
    fn a_longer_silence_never_makes_alive_more_likely(parameters in parameters(), (x, t_x, age) in customer()) {
        let now = parameters.probability_alive(x, t_x, age);
        prop_assert!(parameters.probability_alive(x, t_x, age * 1.1) <= now);
    }

    #[test]
    fn probabilities_of_counts_add_up(parameters in parameters(), time in 0.01..50.0f64) {
        let counts: Vec<f64> = (0..60).map(|count| parameters.probability_of(count, time)).collect();
        prop_assert!(counts.iter().all(|p| (0.0..=1.0).contains(p)));
        prop_assert!(counts.iter().sum::<f64>() <= 1.0 + 1e-9);
        // And their mean is the expected number, as far as they reach.
        let mean: f64 = counts.iter().enumerate().map(|(count, p)| count as f64 * p).sum();
        prop_assert!(mean <= parameters.expected_new(time) * (1.0 + 1e-6) + 1e-9);
    }

    #[test]
    fn any_data_are_fitted_without_panic_or_nan(rows in prop::collection::vec(customer(), 1..60)) {
        let columns = Columns {
            frequency: rows.iter().map(|row| row.0).collect(),
            recency: rows.iter().map(|row| row.1).collect(),
            age: rows.iter().map(|row| row.2).collect(),
            ..Columns::default()
        };
        let fitted = fit(&columns, None);
        let found = fitted.parameters;
        for value in [found.r, found.alpha, found.a, found.b] {
            prop_assert!(value.is_finite() && value > 0.0);
        }
        prop_assert!(fitted.log_likelihood.is_finite());
        let histories = Histories {
            frequency: &columns.frequency, recency: &columns.recency, age: &columns.age, ..Histories::default()
        }.check().unwrap();
        let alive = fitted.probability_alive(&histories);
        let expected = fitted.discounted_purchases(&histories, &Horizon::of_days(365.0, 0.1)).unwrap();
        for row in 0..rows.len() {
            prop_assert!(0.0 <= alive.low[row] && alive.low[row] <= alive.value[row]);
            prop_assert!(alive.value[row] <= alive.high[row] && alive.high[row] <= 1.0);
            prop_assert!(0.0 <= expected.low[row] && expected.low[row] <= expected.value[row]);
            prop_assert!(expected.value[row] <= expected.high[row] && expected.high[row].is_finite());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn order_of_rows_does_not_matter(seed in 0u64..1000, turn in 1usize..900) {
        let columns = drawn(seed, 900);
        let mut turned = columns.clone();
        for column in [&mut turned.frequency, &mut turned.recency, &mut turned.age] {
            column.rotate_left(turn);
            column[..turn].reverse();
        }
        // Rows are sorted first, so even the bits agree.
        prop_assert_eq!(fit(&columns, None).parameters, fit(&turned, None).parameters);
    }

    #[test]
    fn the_unit_of_time_does_not_matter(seed in 0u64..1000, unit in prop_oneof![Just(1.0 / 7.0), Just(24.0), Just(1.0 / 365.25)]) {
        let columns = drawn(seed, 900);
        let mut other = columns.clone();
        for column in [&mut other.recency, &mut other.age] {
            column.iter_mut().for_each(|time| *time *= unit);
        }
        let (here, there) = (fit(&columns, None), fit(&other, None));
        same_model(&there, &here, unit)?;
        // One density of time per repeat purchase.
        let purchases: f64 = columns.frequency.iter().sum();
        let moved = there.log_likelihood + purchases * unit.ln();
        prop_assert!((moved - here.log_likelihood).abs() < 1e-4);
        prop_assert_eq!(
            std::mem::discriminant(&here.diagnosis.outcome),
            std::mem::discriminant(&there.diagnosis.outcome)
        );
    }

    #[test]
    fn a_weight_is_repetition(seed in 0u64..1000) {
        let columns = drawn(seed, 400);
        let weight: Vec<f64> = (0..400).map(|row| (row % 4) as f64).collect();
        let mut repeated = Columns::default();
        for row in 0..400 {
            for _ in 0..row % 4 {
                repeated.frequency.push(columns.frequency[row]);
                repeated.recency.push(columns.recency[row]);
                repeated.age.push(columns.age[row]);
            }
        }
        let (weighted, repeated) = (fit(&columns, Some(&weight)), fit(&repeated, None));
        same_model(&weighted, &repeated, 1.0)?;
        prop_assert!((weighted.log_likelihood - repeated.log_likelihood).abs() < 1e-6);
    }

    #[test]
    fn the_unit_of_money_does_not_matter(seed in 0u64..1000, unit in prop_oneof![Just(25_000.0), Just(0.001)]) {
        let columns = drawn(seed, 900);
        let fit = |unit: f64| {
            let mean: Vec<f64> = columns.mean_spend.iter().map(|mean| mean * unit).collect();
            let spends = Spends { purchases: &columns.frequency, mean: &mean, weight: None };
            GammaGamma::default().fit(&spends.check().unwrap()).unwrap()
        };
        let (here, there) = (fit(1.0), fit(unit));
        close(there.parameters.p, here.parameters.p)?;
        close(there.parameters.q, here.parameters.q)?;
        close(there.parameters.gamma / unit, here.parameters.gamma)?;
        let moved = there.log_likelihood + here.customers * unit.ln();
        prop_assert!((moved - here.log_likelihood).abs() < 1e-4);
    }
}

#[test]
fn threads_do_not_matter() {
    // More rows than are sorted, so that order and chunks count.
    let ages: Vec<f64> = (0..70_000)
        .map(|row| 27.0 + 12.0 * (f64::from(row) * 0.618_034).fract())
        .collect();
    let purchase = BetaGeoParameters {
        r: 0.243,
        alpha: 4.414,
        a: 0.793,
        b: 2.426,
    };
    let spend = GammaGammaParameters {
        p: 6.25,
        q: 3.74,
        gamma: 15.44,
    };
    let all = |threads: usize| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap()
            .install(|| {
                let columns = simulate::columns(
                    &simulate::customers(&purchase, Some(&spend), &ages, 9).unwrap(),
                    &ages,
                );
                let histories = Histories {
                    frequency: &columns.frequency,
                    recency: &columns.recency,
                    age: &columns.age,
                    ..Histories::default()
                }
                .check()
                .unwrap();
                let spends = Spends {
                    purchases: &columns.frequency,
                    mean: &columns.mean_spend,
                    weight: None,
                }
                .check()
                .unwrap();
                let purchase = BetaGeo::default().fit(&histories).unwrap();
                let spend = GammaGamma::default().fit(&spends).unwrap();
                assert_eq!(purchase.diagnosis.outcome, Outcome::Converged);
                let horizon = Horizon::of_weeks(52.0, 0.1);
                let model = ValueModel {
                    purchase: &purchase,
                    spend: &spend,
                    horizon,
                    margin: Margin::given(0.4),
                };
                let values = model.of_customers(&histories, &spends).unwrap();
                let total = model
                    .total(&histories, &spends, &Totals { draws: 60, seed: 3 })
                    .unwrap();
                (purchase.clone(), spend.clone(), values, total)
            })
    };
    assert_eq!(all(1), all(3));
}
