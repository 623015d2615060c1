//! Drawn customers give back what they were drawn from, and do later what was said of them.

use worth_model::lifetime::{ActsOn, FittedParetoNbdVarying, Outcome, Timelines};
use worth_model::simulate;

use crate::shop::{BASE, END, Shop, Table, holds, timelines, truth};

#[test]
fn parameters_are_recovered_and_their_intervals_hold() {
    let mut held = [0; 7];
    let samples = 50;
    for seed in 0..samples {
        let fitted = Shop::new(900, 100 + seed).fit();
        assert_eq!(fitted.diagnosis.outcome, Outcome::Converged);
        assert!(fitted.improvement.expect("coefficients").p_value < 1e-9);
        let base = fitted.estimates;
        let coefficients = fitted.coefficients.iter().map(|one| one.coefficient);
        let found = [base.r, base.alpha, base.s, base.beta]
            .into_iter()
            .chain(coefficients);
        let truths = [BASE.r, BASE.alpha, BASE.s, BASE.beta, 0.9, -0.4, 0.6];
        for ((count, estimate), truth) in held.iter_mut().zip(found).zip(truths) {
            *count += u32::from(holds(&estimate, truth));
        }
    }
    // 45 of 50 expected for each, standard deviation 2.1.
    assert!(
        held.iter().all(|count| (39..=50).contains(count)),
        "{held:?}"
    );
    let all: u32 = held.iter().sum();
    assert!((300..=330).contains(&all), "{held:?}");
}

#[test]
fn totals_cover_what_customers_then_do() {
    let (mut purchases_held, mut alive_held, mut plain_held) = (0, 0, 0);
    let mut customers_held = 0.0;
    let samples = 40;
    for seed in 0..samples {
        // No sale in the next five weeks; of the past two in thirteen were.
        let (customers, ahead) = (900, 5.0);
        let shop = Shop::of(
            &truth(),
            timelines(customers),
            customers,
            END + ahead,
            500 + seed,
        );
        let fitted = shop.fit();
        let each = shop.ask(|customers| fitted.predicted_purchases(customers, ahead));
        let each = each.unwrap();
        let (mut purchases, mut alive) = (0.0, 0.0);
        for (row, (customer, start)) in shop.customers.iter().zip(&shop.starts).enumerate() {
            let seen = customer
                .times
                .iter()
                .filter(|time| *start + **time <= END)
                .count();
            let then = (customer.times.len() - seen) as f64;
            purchases += then;
            let held = (each.low[row]..=each.high[row]).contains(&then);
            customers_held += f64::from(u8::from(held)) / (samples * customers as u64) as f64;
            alive += f64::from(u8::from(start + customer.left_at > END));
        }
        let total = shop
            .ask(|customers| fitted.total(customers, ahead))
            .unwrap();
        purchases_held += u32::from(holds(&total.purchases, purchases));
        alive_held += u32::from(holds(&total.alive, alive));
        let plain = shop.fit_plain();
        let expected = plain.expected_purchases(&shop.histories(), ahead).unwrap();
        let calm: f64 = expected.value.iter().sum();
        plain_held += u32::from(holds(&total.purchases, calm));
        assert_eq!(total.customers, customers as f64);
    }
    // 36 of 40 expected, standard deviation 1.9.
    assert!((30..=40).contains(&purchases_held), "{purchases_held}");
    assert!((30..=40).contains(&alive_held), "{alive_held}");
    // At least nine of ten; numbers are whole, so ends hold more.
    assert!((0.9..0.99).contains(&customers_held), "{customers_held}");
    // A model that knows no sales expects more than the interval allows.
    assert!(plain_held < 20, "{plain_held}");
}

#[test]
fn new_customers_depend_on_when_they_begin() {
    let covariates = timelines(1);
    let fitted = FittedParetoNbdVarying {
        parameters: truth(),
        ..Shop::new(300, 1).fit()
    };
    // A sale after week 110 until 112, none from 99 until 110.
    let before = fitted.expected_new(&covariates, 110.0, 5.0).unwrap().value;
    let after = fitted.expected_new(&covariates, 99.0, 5.0).unwrap().value;
    assert!(before > 1.3 * after, "{before} {after}");
    // And as many as those who are drawn make.
    let many = 40_000;
    let starts = vec![110.0; many];
    let ages = vec![5.0; many];
    let covariates =
        Table::sales().check(&["sale", "price"], &[ActsOn::Buying, ActsOn::Both], many);
    let drawn = simulate::customers_over_time(&truth(), &covariates, &starts, &ages, 1).unwrap();
    let repeat: f64 = drawn
        .iter()
        .map(|customer| customer.times.len() as f64 - 1.0)
        .sum();
    let mean = repeat / many as f64;
    assert!((mean / before - 1.0).abs() < 0.03, "{mean} {before}");
    let none = drawn
        .iter()
        .filter(|customer| customer.times.len() == 1)
        .count() as f64;
    let expected = fitted
        .probability_of_new(&covariates, 110.0, 0, 5.0)
        .unwrap()
        .value;
    assert!(
        (none / many as f64 - expected).abs() < 0.01,
        "{none} {expected}"
    );
}

#[test]
fn a_sale_to_come_brings_the_next_purchase_forward() {
    let shop = Shop::new(600, 6);
    let fitted = shop.fit();
    let median = |covariates: Timelines| {
        let shop = Shop {
            covariates,
            starts: shop.starts.clone(),
            customers: Vec::new(),
            columns: shop.columns.clone(),
        };
        let time = shop.ask(|customers| fitted.next_purchase_quantile(customers, 0.2));
        let alive = shop.ask(|customers| fitted.probability_alive(customers));
        (time.unwrap(), alive.unwrap())
    };
    let with = |sale_ahead: bool| {
        let mut table = Table::sales();
        if sale_ahead {
            table.add(0, None, END, END + 3.0, 1.0);
        }
        table.check(&["sale", "price"], &[ActsOn::Buying, ActsOn::Both], 600)
    };
    let ((plain, alive), (sale, same)) = (median(with(false)), median(with(true)));
    // The plan says nothing of the past.
    assert_eq!(alive, same);
    let pairs = plain
        .value
        .iter()
        .zip(&sale.value)
        .filter(|(plain, _)| **plain < 1e6);
    let mut earlier = 0;
    for (plain, sale) in pairs {
        assert!(sale <= plain);
        earlier += u32::from(*sale < 0.9 * plain);
    }
    assert!(earlier > 100, "{earlier}");
}
