//! The CDNOW sample as the papers use it: one in ten of the customers who first bought in the first
//! quarter of 1997, 39 weeks of calibration to 1997-09-30, one purchase per customer and day.

use std::collections::BTreeMap;
use std::path::PathBuf;

use worth_model::simulate::Columns;

/// Customers of the calibration period. Nothing, with a printed line, without WORTH_TEST_DATA.
pub(crate) fn sample() -> Option<Columns> {
    let Some(folder) = std::env::var_os("WORTH_TEST_DATA") else {
        eprintln!("skipped: needs WORTH_TEST_DATA");
        return None;
    };
    let path = PathBuf::from(folder).join("cdnow/CDNOW_sample.txt");
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("WORTH_TEST_DATA is set, but {}: {error}", path.display()));
    let end = day_number("19970930");
    // Amount in cents per customer and day.
    let mut days: BTreeMap<&str, BTreeMap<i64, i64>> = BTreeMap::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, customer, date, _, dollars] = fields[..] else {
            panic!("{line}")
        };
        let cents = (dollars.parse::<f64>().expect("dollars") * 100.0).round() as i64;
        let day = day_number(date);
        if day <= end {
            *days.entry(customer).or_default().entry(day).or_default() += cents;
        }
    }
    let mut columns = Columns::default();
    for purchases in days.values() {
        let (first, last) = (
            purchases.keys().next().expect("one"),
            purchases.keys().last().expect("one"),
        );
        let repeat: Vec<i64> = purchases.values().skip(1).copied().collect();
        let spent: i64 = repeat.iter().sum();
        columns.frequency.push(repeat.len() as f64);
        columns.recency.push((last - first) as f64 / 7.0);
        columns.age.push((end - first) as f64 / 7.0);
        columns.mean_spend.push(if repeat.is_empty() {
            0.0
        } else {
            spent as f64 / 100.0 / repeat.len() as f64
        });
    }
    Some(columns)
}

/// Days since 1996-12-31 of a date as yyyymmdd in 1997 or 1998.
fn day_number(date: &str) -> i64 {
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let number: i64 = date.parse().expect("a date");
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    (year - 1997) * 365 + BEFORE[month as usize - 1] + day
}
