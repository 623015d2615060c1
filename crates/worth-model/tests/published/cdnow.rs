//! The CDNOW sample as the papers use it: one in ten of the customers who first bought in the first
//! quarter of 1997, 39 weeks of calibration to 1997-09-30, one purchase per customer and day.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Customers of the calibration period, and what they did in the 39 weeks after it.
#[derive(Default)]
pub(crate) struct Sample {
    /// Days with a purchase after the first, in the calibration period.
    pub(crate) frequency: Vec<f64>,
    /// Weeks from the first to the last of them.
    pub(crate) recency: Vec<f64>,
    /// Weeks from the first to 1997-09-30.
    pub(crate) age: Vec<f64>,
    /// Sum of the logarithms of the weeks between those days.
    pub(crate) log_gaps: Vec<f64>,
    /// Repeat days with a positive amount, and their mean amount in dollars (0 without).
    pub(crate) paid: Vec<f64>,
    pub(crate) mean_spend: Vec<f64>,
    /// Days with a purchase after 1997-09-30.
    pub(crate) later: Vec<f64>,
}

/// Nothing, with a printed line, without WORTH_TEST_DATA.
pub(crate) fn sample() -> Option<Sample> {
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
        *days
            .entry(customer)
            .or_default()
            .entry(day_number(date))
            .or_default() += cents;
    }
    let mut sample = Sample::default();
    for purchases in days.values() {
        let seen: Vec<(i64, i64)> = purchases
            .range(..=end)
            .map(|(&day, &cents)| (day, cents))
            .collect();
        let (first, last) = (seen[0].0, seen[seen.len() - 1].0);
        let paid: Vec<i64> = seen[1..]
            .iter()
            .map(|day| day.1)
            .filter(|&cents| cents > 0)
            .collect();
        let spent = paid.iter().sum::<i64>() as f64 / 100.0;
        sample.frequency.push(seen.len() as f64 - 1.0);
        sample.recency.push((last - first) as f64 / 7.0);
        let gaps = seen
            .windows(2)
            .map(|pair| (pair[1].0 - pair[0].0) as f64 / 7.0);
        sample.log_gaps.push(gaps.map(f64::ln).sum());
        sample.age.push((end - first) as f64 / 7.0);
        sample.paid.push(paid.len() as f64);
        sample.mean_spend.push(if paid.is_empty() {
            0.0
        } else {
            spent / paid.len() as f64
        });
        sample.later.push(purchases.range(end + 1..).count() as f64);
    }
    Some(sample)
}

/// Days since 1996-12-31 of a date as yyyymmdd in 1997 or 1998.
fn day_number(date: &str) -> i64 {
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let number: i64 = date.parse().expect("a date");
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    (year - 1997) * 365 + BEFORE[month as usize - 1] + day
}
