//! One test: what was known on a day, and what each customer did after it.

use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::civil::Date;

use crate::columns::date_of;
use crate::lifetime::TimeUnit;
use crate::lifetime::calendar::{BusinessCalendar, BusinessTime};
use crate::lifetime::forecast::Columns;
use crate::lifetime::history::Histories;
use crate::lifetime::purchases::Purchases;

/// The unit of time of the models. Their forecasts do not depend on it.
pub(super) const UNIT: TimeUnit = TimeUnit::Week;

/// What was known on a day, customer by customer in the order of ids, and what happened then.
pub(super) struct TestDay {
    /// Last day that was known.
    pub(super) day: Date,
    /// Frequency, recency and age of each customer who had bought by then, in [`UNIT`].
    pub(super) known: Columns,
    /// Purchases of each in as many days before the end of that day as the test looks ahead.
    pub(super) lately: Vec<f64>,
    /// Purchases of each in the days that the test looks ahead.
    pub(super) actual: Vec<f64>,
    /// How long those days are, in [`UNIT`].
    pub(super) ahead: f64,
    /// How time is measured: by the calendar, as far as it was known on that day.
    pub(super) time: Arc<BusinessTime>,
}

impl TestDay {
    /// What was known at the end of `origin`, and what `happened` in the days after it.
    pub(super) fn new(
        origin: i32,
        happened: &Purchases,
        ahead_days: u32,
        calendar: &BusinessCalendar,
    ) -> Self {
        let (known, day) = (happened.known_on(origin), date_of(origin));
        let ahead = ahead_days as i32;
        let time = Arc::new(calendar.learn(&known, origin, origin + ahead));
        let histories = Histories::of(&known, day, Arc::clone(&time));
        let counts = |purchases: &Purchases, days: RangeInclusive<i32>| -> Vec<f64> {
            let ranks = (0..histories.len()).map(|row| histories.rank(row));
            let counts = ranks.map(|rank| purchases.count_within(rank, days.clone()));
            counts.map(|count| count as f64).collect()
        };
        Self {
            day,
            known: Columns::of(&histories, 0..histories.len(), UNIT),
            lately: counts(&known, origin - ahead + 1..=origin),
            actual: counts(happened, origin + 1..=origin + ahead),
            ahead: histories.ahead(ahead_days).length / UNIT.days(),
            time,
        }
    }

    /// How many customers were known.
    pub(super) fn customers(&self) -> usize {
        self.actual.len()
    }
}
