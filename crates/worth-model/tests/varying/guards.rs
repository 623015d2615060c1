//! What cannot be known is named, what makes no sense is refused, and whatever else is asked the answer is a
//! number.

use worth_model::lifetime::{
    ActsOn, CoefficientStanding, DatedHistories, Histories, Horizon, ParetoNbdVarying,
    ParetoNbdVaryingParameters, Timelines,
};

use crate::shop::{BASE, END, Shop, Table};

#[test]
fn what_cannot_be_told_is_named() {
    let (sale, twin, always, unseen, strike, rare) = (0, 1, 2, 3, 4, 5);
    let mut table = Table::sales();
    table.covariate.fill(sale);
    let names = ["sale", "twin", "always", "unseen", "strike", "rare"];
    for row in 0..table.covariate.len() {
        let (from, until) = (table.from[row], table.until[row]);
        table.add(twin, None, from, until, 2.0);
    }
    table.add(always, None, f64::NEG_INFINITY, f64::INFINITY, 1.0);
    table.add(unseen, None, END, END + 9.0, 1.0);
    table.add(strike, None, 60.0, 63.0, 1.0);
    table.add(rare, Some(3), 60.0, 61.0, 1.0);
    let covariates = table.check(&names, &[ActsOn::Buying; 6], 1500);
    let truth = ParetoNbdVaryingParameters {
        base: BASE,
        buying: vec![0.9, 0.0, 0.0, 0.0, -60.0, 0.0],
        leaving: Vec::new(),
    };
    let shop = Shop::of(&truth, covariates, 1500, END, 8);
    let fitted = shop.fit();
    let standing = |covariate: u32| &fitted.coefficients[covariate as usize].standing;
    let coefficient = |covariate: u32| fitted.coefficients[covariate as usize].coefficient;
    assert_eq!(standing(sale), &CoefficientStanding::Known);
    assert!((coefficient(sale).value - 0.9).abs() < 0.1);
    let with = vec!["sale".to_owned()];
    assert_eq!(standing(twin), &CoefficientStanding::Collinear { with });
    assert_eq!(standing(always), &CoefficientStanding::NeverVaries);
    assert_eq!(standing(unseen), &CoefficientStanding::NeverVaries);
    assert_eq!(standing(strike), &CoefficientStanding::Boundless);
    for covariate in [twin, always, unseen] {
        assert_eq!(
            (coefficient(covariate).value, coefficient(covariate).ends()),
            (0.0, None)
        );
    }
    assert!(coefficient(strike).value < -5.0);
    let few = matches!(
        standing(rare),
        CoefficientStanding::TooFewPurchases { .. }
            | CoefficientStanding::Boundless
            | CoefficientStanding::Unsettled
    );
    assert!(few, "{:?}", standing(rare));
    // One degree of freedom for each coefficient that could have been another.
    assert_eq!(fitted.improvement.expect("three").degrees_of_freedom, 3.0);
    // What cannot be told does not spoil what can.
    shop.ask(|customers| {
        let expected = fitted.expected_purchases(customers, 20.0).unwrap();
        assert!(expected.high.iter().all(|high| high.is_finite()));
    });
}

#[test]
fn purchases_must_be_those_of_the_histories() {
    let shop = Shop::new(50, 9);
    let row = shop
        .columns
        .frequency
        .iter()
        .position(|x| *x == 2.0)
        .expect("someone");
    let times: Vec<f64> = shop.customers[row].times[1..].to_vec();
    let at = |time: f64| shop.starts[row] + time;
    shop.ask(|customers| {
        let one = row as u32;
        let field = |who: &[u32], when: &[f64]| match customers.purchases(who, when) {
            Err(
                worth_model::Error::Row { field, .. } | worth_model::Error::Length { field, .. },
            ) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(field(&[50], &[1.0]), "customer");
        assert_eq!(field(&[one], &[at(0.0)]), "time");
        assert_eq!(field(&[one], &[at(times[1] + 1.0)]), "time");
        assert_eq!(field(&[one], &[at(times[1])]), "purchases of a customer");
        assert_eq!(field(&[one], &[]), "time");
    });
    // Nor is a model asked about other covariates.
    let fitted = shop.fit();
    let none = Shop {
        covariates: Timelines::none(50),
        ..shop
    };
    assert!(
        none.ask(|customers| fitted.probability_alive(customers))
            .is_err()
    );
}

/// An answer or a diagnosis, whatever the data: numbers, and low at most value at most high.
#[test]
fn whatever_the_data_are_the_answer_is_a_number() {
    let rising = |rows: usize, least: f64, most: f64| -> Vec<f64> {
        (0..rows)
            .map(|row| least + (most - least) * row as f64 / rows as f64)
            .collect()
    };
    let same = |rows: usize, value: f64| vec![value; rows];
    // Frequency, recency, age.
    let cases: Vec<[Vec<f64>; 3]> = vec![
        [vec![0.0], vec![0.0], vec![0.0]],
        [vec![3.0], vec![10.0], vec![20.0]],
        [same(50, 0.0), same(50, 0.0), rising(50, 1.0, 90.0)],
        [same(60, 2.0), same(60, 30.0), same(60, 40.0)],
        // Nobody leaves, everybody has, and few buy all.
        [same(60, 9.0), rising(60, 89.0, 90.0), same(60, 90.0)],
        [same(60, 2.0), rising(60, 1.0, 2.0), same(60, 100.0)],
        [
            (0..80)
                .map(|row| if row == 7 { 500.0 } else { f64::from(row % 3) })
                .collect(),
            (0..80)
                .map(|row| {
                    if row == 7 {
                        9e4
                    } else {
                        20.0 * f64::from(row % 3)
                    }
                })
                .collect(),
            same(80, 1e5),
        ],
        [same(40, 1.0), same(40, 1e-9), same(40, 1e-3)],
    ];
    for [frequency, recency, age] in &cases {
        let rows = frequency.len();
        for value in [1.0, -1e6, 1e-6] {
            let mut table = Table::sales();
            table.value.iter_mut().for_each(|sale| *sale = value);
            for customer in (0..rows as u32).step_by(2) {
                table.add(1, Some(customer), 0.5, f64::INFINITY, value);
            }
            let acts_on = [ActsOn::Both, ActsOn::Both];
            let covariates = table.check(&["sale", "price"], &acts_on, rows);
            let histories = Histories {
                frequency,
                recency,
                age,
                ..Histories::default()
            };
            let start = rising(rows, 0.0, 10.0);
            let dated = DatedHistories {
                histories: histories.check().expect("valid"),
                start: &start,
                covariates: &covariates,
            };
            let dated = dated.check().expect("valid");
            // Purchases evenly until the last.
            let (mut who, mut when) = (Vec::new(), Vec::new());
            for row in 0..rows {
                for purchase in 0..frequency[row] as u32 {
                    who.push(row as u32);
                    when.push(start[row] + recency[row] * f64::from(purchase + 1) / frequency[row]);
                }
            }
            let purchases = dated.purchases(&who, &when).expect("valid");
            let spec = ParetoNbdVarying::default();
            let fitted = spec.fit(&dated, &purchases).expect("it makes sense");
            assert!(fitted.log_likelihood.is_finite());
            for one in &fitted.coefficients {
                assert!(one.coefficient.value.is_finite() && !one.factor.value.is_nan());
            }
            let horizon = Horizon::of_weeks(f64::INFINITY, 0.1);
            for column in [
                fitted.probability_alive(&dated),
                fitted.probability_alive_after(&dated, 30.0),
                fitted.expected_purchases(&dated, 30.0),
                fitted.discounted_purchases(&dated, &horizon),
                fitted.probability_of(&dated, 2, 30.0),
                fitted.next_purchase_quantile(&dated, 0.5),
                fitted.silence_until(&dated, 0.5),
            ] {
                let column = column.expect("it makes sense");
                for row in 0..rows {
                    let (low, value, high) = (column.low[row], column.value[row], column.high[row]);
                    assert!(
                        low <= value && value <= high && low >= 0.0,
                        "{low} {value} {high}"
                    );
                }
            }
            let total = fitted.total(&dated, 30.0).expect("it makes sense");
            assert!(total.purchases.value.is_finite() && total.alive.value <= rows as f64 + 1e-9);
            let hindsight = fitted
                .hindsight(&dated, 30.0, &same(rows, 1.0))
                .expect("valid");
            assert!(hindsight.iter().all(|one| one.log_score().is_finite()));
        }
    }
}
