//! Where it must say the same: as Pareto/NBD where there are no covariates, as static covariates where none
//! changes, and as itself in another unit, order or table.

use worth_model::lifetime::{
    ActsOn, CoefficientStanding, Covariates, FittedParetoNbdVarying, Horizon, ParetoNbd,
    ParetoNbdVaryingParameters, Timelines, WithCovariates,
};

use crate::shop::{BASE, END, Shop, Table};

/// What a fit to histories without covariates says, and the same with no covariates that vary.
#[test]
fn without_covariates_every_number_is_that_of_pareto_nbd() {
    let shop = Shop::new(1500, 3);
    let none = Timelines::none(1500);
    let shop = Shop {
        covariates: none,
        ..shop
    };
    let fitted = shop.fit();
    shop.ask(|customers| {
        let histories = shop.histories();
        let plain = ParetoNbd::default().fit(&histories).expect("valid");
        assert_eq!(fitted.diagnosis.outcome, plain.diagnosis.outcome);
        assert_eq!(fitted.improvement, None);
        close(fitted.log_likelihood, plain.log_likelihood, 1e-10);
        let (base, own) = (fitted.parameters.base, plain.parameters);
        for (a, b) in [
            (base.r, own.r),
            (base.alpha, own.alpha),
            (base.s, own.s),
            (base.beta, own.beta),
        ] {
            close(a, b, 1e-5);
        }
        let estimates = [fitted.estimates.s, fitted.estimates.beta];
        for (a, b) in estimates
            .into_iter()
            .zip([plain.estimates.s, plain.estimates.beta])
        {
            let ((low, high), (from, to)) = (a.ends().unwrap(), b.ends().unwrap());
            close(low, from, 1e-3);
            close(high, to, 1e-3);
        }
        let horizon = Horizon::of_weeks(52.0, 0.1);
        let endless = Horizon::of_weeks(f64::INFINITY, 0.1);
        let columns = [
            (
                fitted.probability_alive(customers),
                plain.probability_alive(&histories),
            ),
            (
                fitted.probability_alive_after(customers, 9.0),
                plain.probability_alive_after(&histories, 9.0).unwrap(),
            ),
            (
                fitted.expected_purchases(customers, 9.0),
                plain.expected_purchases(&histories, 9.0).unwrap(),
            ),
            (
                fitted.discounted_purchases(customers, &horizon),
                plain.discounted_purchases(&histories, &horizon).unwrap(),
            ),
            (
                fitted.discounted_purchases(customers, &endless),
                plain.discounted_purchases(&histories, &endless).unwrap(),
            ),
            (
                fitted.probability_of(customers, 0, 9.0),
                plain.probability_of(&histories, 0, 9.0).unwrap(),
            ),
            (
                fitted.probability_of(customers, 3, 9.0),
                plain.probability_of(&histories, 3, 9.0).unwrap(),
            ),
            (
                fitted.next_purchase_quantile(customers, 0.3),
                plain.next_purchase_quantile(&histories, 0.3).unwrap(),
            ),
            (
                fitted.silence_until(customers, 0.4),
                plain.silence_until(&histories, 0.4).unwrap(),
            ),
        ];
        for (found, plain) in columns {
            let found = found.unwrap();
            for row in 0..plain.value.len() {
                close(found.value[row], plain.value[row], 1e-4);
                close(found.low[row], plain.low[row], 3e-3);
                close(found.high[row], plain.high[row], 3e-3);
            }
        }
        // Whole numbers: an interval that ends close to a half may go either way.
        let found = fitted.predicted_purchases(customers, 9.0).unwrap();
        let plain_found = plain.predicted_purchases(&histories, 9.0).unwrap();
        let same = |row: &usize| {
            (found.low[*row], found.high[*row]) == (plain_found.low[*row], plain_found.high[*row])
        };
        assert!((0..1500).filter(same).count() >= 1498);
        let new = fitted.expected_new(&shop.covariates, 7.0, 26.0).unwrap();
        close(new.value, plain.expected_new(26.0).unwrap().value, 1e-5);
        let none = fitted
            .probability_of_new(&shop.covariates, 7.0, 0, 26.0)
            .unwrap();
        close(
            none.value,
            plain.probability_of_new(0, 26.0).unwrap().value,
            1e-5,
        );
        let new = fitted
            .discounted_new(&shop.covariates, 7.0, &horizon)
            .unwrap();
        close(
            new.value,
            plain.discounted_new(&horizon).unwrap().value,
            1e-5,
        );
    });
}

/// A covariate that is 1 always for some customers is one that is known from the start.
#[test]
fn a_constant_covariate_is_a_static_one() {
    let is_member: Vec<f64> = (0..1600).map(|row| f64::from(row % 2)).collect();
    let mut table = Table::default();
    for customer in (1..1600).step_by(2) {
        table.add(0, Some(customer), f64::NEG_INFINITY, f64::INFINITY, 1.0);
    }
    let covariates = table.check(&["member"], &[ActsOn::Both], 1600);
    let truth = ParetoNbdVaryingParameters {
        base: BASE,
        buying: vec![0.5],
        leaving: vec![-0.7],
    };
    let shop = Shop::of(&truth, covariates, 1600, END, 4);
    let fitted = shop.fit();

    let histories = shop.histories();
    let table = Covariates {
        names: &["member"],
        columns: &[&is_member],
    };
    let table = table.check().unwrap();
    let spec = WithCovariates::new(ParetoNbd::default(), &["member"], &["member"]);
    let still = spec.fit(&histories, &table).unwrap();

    let log_likelihood = still.reference.log_likelihood;
    assert!((fitted.log_likelihood - log_likelihood).abs() < 1e-5);
    for (one, other) in fitted.coefficients.iter().zip(&still.coefficients) {
        assert_eq!(one.standing, CoefficientStanding::Known);
        close(one.coefficient.value, other.coefficient.value, 1e-4);
        close(
            one.standard_error.unwrap(),
            other.standard_error.unwrap(),
            1e-3,
        );
        let ((low, high), (from, to)) = (
            one.coefficient.ends().unwrap(),
            other.coefficient.ends().unwrap(),
        );
        close(low, from, 2e-3);
        close(high, to, 2e-3);
    }
    let (one, other) = (fitted.improvement.unwrap(), still.likelihood_ratio.unwrap());
    close(one.statistic, other.statistic, 1e-5);
    assert_eq!(one.degrees_of_freedom, other.degrees_of_freedom);

    let laws = still.laws(&table).unwrap();
    let alive = laws.predict(&histories, |law, histories| {
        Ok(law.probability_alive(histories))
    });
    let purchases = laws.predict(&histories, |law, histories| {
        law.expected_purchases(histories, 20.0)
    });
    shop.ask(|customers| {
        let columns = [
            (fitted.probability_alive(customers), alive),
            (fitted.expected_purchases(customers, 20.0), purchases),
        ];
        for (found, still) in columns {
            let (found, still) = (found.unwrap(), still.unwrap());
            for row in 0..1600 {
                close(found.value[row], still.value[row], 1e-4);
                close(found.low[row], still.low[row], 1e-2);
                close(found.high[row], still.high[row], 1e-2);
            }
        }
    });
}

#[test]
fn weeks_and_days_give_the_same_answers() {
    let weeks = Shop::new(800, 7);
    let mut table = Table::sales();
    for customer in (0..800).step_by(3) {
        table.add(1, Some(customer), 50.0, f64::INFINITY, 1.0);
    }
    for column in [&mut table.from, &mut table.until] {
        column.iter_mut().for_each(|time| *time *= 7.0);
    }
    let mut days = Shop {
        starts: weeks.starts.iter().map(|start| 7.0 * start).collect(),
        customers: weeks.customers.clone(),
        columns: weeks.columns.clone(),
        covariates: table.check(&["sale", "price"], &[ActsOn::Buying, ActsOn::Both], 800),
    };
    for column in [&mut days.columns.recency, &mut days.columns.age] {
        column.iter_mut().for_each(|time| *time *= 7.0);
    }
    for customer in &mut days.customers {
        customer.times.iter_mut().for_each(|time| *time *= 7.0);
    }
    let (in_weeks, in_days) = (weeks.fit(), days.fit_weighted(None, 7.0 * END));
    let purchases: f64 = weeks.columns.frequency.iter().sum();
    let shifted = in_weeks.log_likelihood - purchases * 7f64.ln();
    assert!((in_days.log_likelihood - shifted).abs() < 1e-5);
    let pairs = in_weeks.coefficients.iter().zip(&in_days.coefficients);
    for (week, day) in pairs {
        assert!((week.coefficient.value - day.coefficient.value).abs() < 1e-4);
    }
    let (week, day) = (in_weeks.parameters.base, in_days.parameters.base);
    assert!((day.alpha / week.alpha / 7.0 - 1.0).abs() < 1e-3);
    assert!((day.beta / week.beta / 7.0 - 1.0).abs() < 1e-3);
}

/// What is one covariate or two on one process may be two covariates on two.
#[test]
fn covariates_may_be_alike_where_they_act_on_different_processes() {
    let mut table = Table::sales();
    for row in 0..table.covariate.len() {
        table.add(1, None, table.from[row], table.until[row], 2.0);
    }
    let truth = ParetoNbdVaryingParameters {
        base: BASE,
        buying: vec![0.9],
        leaving: vec![0.3],
    };
    let apart = table.check(
        &["buying", "leaving"],
        &[ActsOn::Buying, ActsOn::Leaving],
        700,
    );
    let shop = Shop::of(&truth, apart, 700, END, 10);
    let apart = shop.fit();
    let shop = Shop {
        covariates: Table::sales().check(&["sale"], &[ActsOn::Both], 700),
        ..shop
    };
    let both = shop.fit();
    assert!((apart.log_likelihood - both.log_likelihood).abs() < 1e-6);
    let of =
        |fitted: &FittedParetoNbdVarying| [0, 1].map(|i| fitted.coefficients[i].coefficient.value);
    let (apart, both) = (of(&apart), of(&both));
    assert!((apart[0] - both[0]).abs() < 1e-4, "{apart:?} {both:?}");
    assert!(
        (2.0 * apart[1] - both[1]).abs() < 1e-4,
        "{apart:?} {both:?}"
    );
}

#[test]
fn the_order_of_rows_leaves_no_trace_and_equal_rows_may_be_one() {
    let shop = Shop::new(240, 11);
    let twice: Vec<usize> = (0..240).rev().chain(0..240).collect();
    let pick = |column: &[f64]| -> Vec<f64> { twice.iter().map(|&row| column[row]).collect() };
    let mut table = Table::sales();
    for (place, _) in twice.iter().enumerate().filter(|(_, row)| *row % 3 == 0) {
        table.add(1, Some(place as u32), 50.0, f64::INFINITY, 1.0);
    }
    let mut columns = shop.columns.clone();
    for column in [
        &mut columns.frequency,
        &mut columns.recency,
        &mut columns.age,
    ] {
        *column = pick(column);
    }
    let double = Shop {
        starts: pick(&shop.starts),
        customers: twice
            .iter()
            .map(|&row| shop.customers[row].clone())
            .collect(),
        columns,
        covariates: table.check(&["sale", "price"], &[ActsOn::Buying, ActsOn::Both], 480),
    };
    let weight = [2.0; 240];
    let weighted = shop.fit_weighted(Some(&weight), END);
    let fitted = double.fit();
    assert!((fitted.log_likelihood - weighted.log_likelihood).abs() < 1e-6);
    for (one, other) in fitted.coefficients.iter().zip(&weighted.coefficients) {
        assert!((one.coefficient.value - other.coefficient.value).abs() < 1e-4);
    }
    let of = |shop: &Shop| {
        let alive = shop.ask(|customers| fitted.probability_alive(customers));
        alive.unwrap().value
    };
    let (double, single) = (of(&double), of(&shop));
    for (place, row) in twice.into_iter().enumerate() {
        assert!((double[place] - single[row]).abs() < 1e-12);
    }
}

fn close(a: f64, b: f64, within: f64) {
    assert!(
        (a - b).abs() <= within * b.abs().max(1e-3) || a == b,
        "{a} {b}"
    );
}
