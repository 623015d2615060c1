//! Who bought for the first time, when, and when again.

use super::spending::Days;
use crate::lifetime::Purchases;

/// A customer who bought for the first time in the period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Newcomer {
    /// Row in the histories that are made of the same purchases.
    pub row: usize,
    /// Rank in the purchases.
    pub customer: u32,
    /// Day of the first purchase, since 1970-01-01.
    pub first: i32,
    /// Day of the second, if there was one.
    pub second: Option<i32>,
}

/// All customers who bought for the first time in the period, by customer id.
#[derive(Debug)]
pub(super) struct Newcomers {
    pub all: Vec<Newcomer>,
    /// Customers who had bought before the period.
    pub before: u64,
    /// Day of the first purchase in the records.
    pub records_begin: i32,
    /// First and last day on which a first purchase is looked for; observation ends with the last.
    pub period: Days,
}

impl Newcomers {
    /// `from`: first day of the period; all there are when absent. Nothing when nobody is new in it.
    pub(super) fn of(purchases: &Purchases, from: Option<i32>, until: i32) -> Option<Self> {
        let bought = purchases.by_customer().filter_map(|days| {
            let mut counting = days.iter().filter(|day| day.counts());
            let first = counting.next()?;
            let second = counting.next().map(|day| day.day);
            Some((first.customer, first.day, second))
        });
        let mut all: Vec<Newcomer> = bought
            .enumerate()
            .map(|(row, (customer, first, second))| Newcomer {
                row,
                customer,
                first,
                second,
            })
            .collect();
        let records_begin = all.iter().map(|newcomer| newcomer.first).min()?;
        let begin = from.unwrap_or(records_begin).max(records_begin);
        let customers = all.len();
        all.retain(|newcomer| newcomer.first >= begin);
        (!all.is_empty()).then(|| Self {
            before: (customers - all.len()) as u64,
            all,
            records_begin,
            period: begin..=until,
        })
    }

    /// Rows in the histories.
    pub(super) fn rows(&self) -> Vec<usize> {
        self.all.iter().map(|newcomer| newcomer.row).collect()
    }

    /// Last day of observation, since 1970-01-01.
    pub(super) fn until(&self) -> i32 {
        *self.period.end()
    }
}
