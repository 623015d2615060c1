//! A shop that is full before Tết and closed over it.

use serde_json::{Value, json};
use worth_model::calendar::{Clock, LunarFeast};
use worth_model::lifetime::BetaGeoParameters;
use worth_model::simulate;

use crate::columns::{date_of, day_of};

const CUSTOMERS: i32 = 3000;

pub(crate) fn day(year: i16, month: i8, day: i8) -> i32 {
    day_of(jiff::civil::date(year, month, day))
}

/// Twice as busy for three weeks before Tết, then closed for as good as eight days.
fn true_factor(feasts: &[i32], day: i32) -> f64 {
    let near = |from: i32, until: i32| {
        let mut days = feasts.iter();
        days.any(|feast| (from..=until).contains(&(day - feast)))
    };
    match () {
        () if near(-21, -2) => 2.0,
        () if near(-1, 6) => 0.02,
        () => 1.0,
    }
}

/// Order lines of customers who come every day from 2023 until the eighth day after Tết 2026 (17 February), buy every
/// four days and soon leave; and ids of those who have left by then.
pub(crate) fn lines() -> (Vec<Value>, Vec<String>) {
    let (first, last) = (day(2023, 1, 1), day(2026, 2, 25));
    let feasts = LunarFeast::Tet.days(first - 30..=last + 30);
    let factors: Vec<f64> = (first..=last)
        .map(|day| true_factor(&feasts, day))
        .collect();
    let clock = Clock::new(first, &factors).expect("valid");
    let starts: Vec<i32> = (0..CUSTOMERS)
        .map(|row| first + row * (last - first) / CUSTOMERS)
        .collect();
    let ages: Vec<f64> = starts
        .iter()
        .map(|&start| clock.elapsed(start, last))
        .collect();
    let parameters = BetaGeoParameters {
        r: 6.0,
        alpha: 24.0,
        a: 1.2,
        b: 7.0,
    };
    let drawn = simulate::customers(&parameters, None, &ages, 7).expect("valid");
    let (mut lines, mut left) = (Vec::new(), Vec::new());
    for (row, (customer, &start)) in drawn.iter().zip(&starts).enumerate() {
        let id = format!("c{row:03}");
        let moments = customer.times.iter();
        let moments = moments.map(|&time| clock.moment_after(start, time).ceil() as i32);
        let mut days: Vec<i32> = moments.collect();
        days.dedup();
        lines.extend(days.iter().filter(|day| **day <= last).map(|&day| {
            json!({
                "order_id": format!("{id}-{day}"),
                "line": 1,
                "customer_id": id,
                "ordered_at": format!("{}T05:00:00Z", date_of(day)),
                "amount": 100_000,
                "currency": "VND",
            })
        }));
        if customer.left_at.is_finite() {
            left.push(id);
        }
    }
    (lines, left)
}
