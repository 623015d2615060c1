//! One compact row per customer: how often, how recently, since when, for how much.
//!
//! The conventions are those of the papers behind the models (Fader, Hardie, Lee 2005): one purchase
//! per customer-day; `repeats` does not count the first; ages end with observation; the mean spend is
//! that of repeat days, the first left out (the published Gamma-Gamma estimates for the CDNOW sample
//! come out only this way), over days on which money stayed.

use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::calendar::{BusinessTime, Stretch};
use super::purchases::{Day, MONEY_SCALE, Purchases};
use super::status::Rhythm;
use super::tracking::ByDay;
use crate::columns::{date_of, day_of};

/// What is known of each customer with at least one purchase: columns of equal length.
#[derive(Debug, Default)]
pub(crate) struct Histories {
    /// Ids, also of customers of whom nothing counts.
    ids: Arc<[String]>,
    /// Place in `ids`.
    customer: Vec<u32>,
    /// Purchases after the first.
    pub repeats: Vec<u32>,
    /// Days from the first purchase to the last.
    pub recency_days: Vec<f64>,
    /// Days from the first purchase to the end of observation.
    pub age_days: Vec<f64>,
    /// Repeat purchases on which money stayed.
    pub spend_days: Vec<u32>,
    /// Mean money of those, in the currency; 0 without one.
    pub mean_spend: Vec<f64>,
    /// What only dated purchases tell.
    pub dated: Option<Dated>,
}

/// What dated purchases tell besides: how regular each customer is, all money, and what all of them
/// did day by day.
#[derive(Debug, Default)]
pub(crate) struct Dated {
    /// Sum of the logarithms of the times between each customer's purchases; 0 without a repeat.
    pub log_gaps: Vec<f64>,
    /// All money of each customer that stayed, in the currency.
    pub revenue: Vec<f64>,
    /// All money of all customers that stayed, in ten-thousandths.
    total: i128,
    /// Last day of observation.
    pub until: i32,
    /// How models and statuses measure the time between two days.
    pub time: Arc<BusinessTime>,
    /// Purchases day by day.
    pub by_day: ByDay,
    /// Purchases by month, every month from the first purchase of all to `until`.
    pub months: Vec<Month>,
}

impl Dated {
    /// All money that stayed, in the currency.
    pub(crate) fn total_revenue(&self) -> f64 {
        self.total as f64 / MONEY_SCALE
    }
}

impl Histories {
    /// Folds days into one row per customer, ordered by customer id. Customers none of whose days
    /// count are left out.
    pub(crate) fn of(purchases: &Purchases, until: Date, time: Arc<BusinessTime>) -> Self {
        let until = day_of(until);
        let mut histories = Self {
            ids: Arc::clone(&purchases.customers),
            ..Self::default()
        };
        let mut dated = Dated {
            until,
            time,
            ..Dated::default()
        };
        if let Some(first_day) = purchases.first_day() {
            dated.by_day = ByDay::new(first_day, until);
            let mut months = Months::new(first_day, until);
            for days in purchases.by_customer() {
                histories.add(days, &mut dated);
                months.add(days);
            }
            dated.months = months.finish();
        }
        histories.dated = Some(dated);
        histories
    }

    /// Of customers with these ids, with columns that are yet to be filled.
    pub(crate) fn undated(ids: Vec<String>) -> Self {
        Self {
            customer: (0..ids.len() as u32).collect(),
            ids: ids.into(),
            ..Self::default()
        }
    }

    /// How many customers.
    pub(crate) fn len(&self) -> usize {
        self.customer.len()
    }

    /// Id of a customer, by row.
    pub(crate) fn id(&self, row: usize) -> &str {
        &self.ids[self.customer[row] as usize]
    }

    /// Rank of a customer among those whose purchases were folded, by row.
    pub(crate) fn rank(&self, row: usize) -> u32 {
        self.customer[row]
    }

    /// When a customer buys, by row, in days as people count them.
    pub(crate) fn rhythm(&self, row: usize) -> Rhythm {
        let (recency_days, age_days) = (self.recency_days[row], self.age_days[row]);
        Rhythm::of(self.repeats[row], recency_days, age_days)
    }

    /// The same in business time.
    pub(crate) fn business_rhythm(&self, row: usize) -> Rhythm {
        let (recency_days, age_days) = self.recency_and_age(row);
        Rhythm::of(self.repeats[row], recency_days, age_days)
    }

    /// Days of business time from a customer's first purchase to the last, and to the end of
    /// observation, by row.
    pub(crate) fn recency_and_age(&self, row: usize) -> (f64, f64) {
        match (&self.dated, self.first_day(row), self.last_day(row)) {
            (Some(dated), Some(first), Some(last)) => {
                let elapsed = |until| dated.time.elapsed(first, until);
                (elapsed(last), elapsed(dated.until))
            }
            _ => (self.recency_days[row], self.age_days[row]),
        }
    }

    /// So many days after the end of observation.
    pub(crate) fn ahead(&self, days: u32) -> Stretch {
        match &self.dated {
            Some(dated) => dated.time.ahead(dated.until, days),
            None => BusinessTime::default().ahead(0, days),
        }
    }

    /// Customers who came back on another day.
    pub(crate) fn repeat_customers(&self) -> u64 {
        self.repeats.iter().filter(|&&repeats| repeats > 0).count() as u64
    }

    /// Purchase days of all customers.
    pub(crate) fn purchases(&self) -> u64 {
        self.repeats
            .iter()
            .map(|&repeats| u64::from(repeats) + 1)
            .sum()
    }

    /// The median over customers who came back of their mean days between purchases; of an even
    /// number of customers the upper one.
    pub(crate) fn typical_gap_days(&self) -> Option<f64> {
        let mut gaps: Vec<f64> = (0..self.len())
            .filter_map(|row| self.rhythm(row).gap_days)
            .collect();
        if gaps.is_empty() {
            return None;
        }
        let middle = gaps.len() / 2;
        Some(*gaps.select_nth_unstable_by(middle, f64::total_cmp).1)
    }

    /// Days from the first purchase of all to the end of observation, both counted.
    pub(crate) fn observed_days(&self) -> u32 {
        let longest = self.age_days.iter().copied().reduce(f64::max);
        longest.map_or(0, |days| (days.round() as u32).saturating_add(1))
    }

    /// Day of a customer's last purchase, since 1970-01-01, when purchases are dated.
    pub(crate) fn last_day(&self, row: usize) -> Option<i32> {
        let dated = self.dated.as_ref()?;
        Some(dated.until - (self.age_days[row] - self.recency_days[row]) as i32)
    }

    /// Day of a customer's first purchase, likewise.
    pub(crate) fn first_day(&self, row: usize) -> Option<i32> {
        let dated = self.dated.as_ref()?;
        Some(dated.until - self.age_days[row] as i32)
    }

    fn add(&mut self, days: &[Day], dated: &mut Dated) {
        let mut counting = days.iter().filter(|day| day.counts());
        dated.by_day.add(counting.clone().map(|day| day.day));
        let Some(first) = counting.next() else {
            return;
        };
        let (mut last, mut repeats, mut spend_days) = (first.day, 0, 0);
        let mut log_gaps = 0.0;
        let (mut spend, mut revenue) = (0, first.net());
        for day in counting {
            log_gaps += dated.time.elapsed(last, day.day).ln();
            last = day.day;
            repeats += 1;
            revenue += day.net();
            if day.net() > 0 {
                spend_days += 1;
                spend += day.net();
            }
        }
        let mean_spend = match spend_days {
            0 => 0.0,
            n => spend as f64 / MONEY_SCALE / f64::from(n),
        };
        self.customer.push(first.customer);
        self.repeats.push(repeats);
        self.recency_days.push(f64::from(last - first.day));
        self.age_days.push(f64::from(dated.until - first.day));
        self.spend_days.push(spend_days);
        self.mean_spend.push(mean_spend);
        dated.log_gaps.push(log_gaps);
        dated.revenue.push(revenue as f64 / MONEY_SCALE);
        dated.total += i128::from(revenue);
    }
}

/// What customers bought in one month.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Month {
    /// First day of the month.
    pub month: Date,
    /// Whether observation covers all its days; the first and last month often are cut.
    pub complete: bool,
    /// Purchase days of customers.
    pub purchases: u64,
    /// Customers who bought.
    pub customers: u64,
    /// Customers who bought for the first time.
    pub new_customers: u64,
    /// Money that stayed after refunds, in the currency.
    pub revenue: f64,
}

/// Adds up purchases by month.
struct Months {
    from: i32,
    months: Vec<Month>,
    /// For each day from `from` the index of its month.
    month_of_day: Vec<usize>,
    /// In ten-thousandths.
    revenue: Vec<i128>,
}

impl Months {
    fn new(from: i32, until: i32) -> Self {
        let (months, month_of_day) = calendar(from, until);
        Self {
            from,
            revenue: vec![0; months.len()],
            months,
            month_of_day,
        }
    }

    /// Adds the days of one customer.
    fn add(&mut self, days: &[Day]) {
        let mut latest = None;
        for day in days.iter().filter(|day| day.counts()) {
            let index = self.month_of_day[(day.day - self.from) as usize];
            let month = &mut self.months[index];
            month.purchases += 1;
            month.new_customers += u64::from(latest.is_none());
            month.customers += u64::from(latest != Some(index));
            self.revenue[index] += i128::from(day.net());
            latest = Some(index);
        }
    }

    fn finish(mut self) -> Vec<Month> {
        for (month, revenue) in self.months.iter_mut().zip(self.revenue) {
            month.revenue = revenue as f64 / MONEY_SCALE;
        }
        self.months
    }
}

/// The empty months of a period, and for each day of it the index of its month.
fn calendar(from: i32, until: i32) -> (Vec<Month>, Vec<usize>) {
    let mut months: Vec<Month> = Vec::new();
    let mut month_of_day = Vec::with_capacity((until - from + 1).max(0) as usize);
    for day in from..=until {
        let date = date_of(day);
        let month = date.first_of_month();
        if months.last().is_none_or(|latest| latest.month != month) {
            months.push(Month {
                month,
                complete: date == month && day_of(date.last_of_month()) <= until,
                purchases: 0,
                customers: 0,
                new_customers: 0,
                revenue: 0.0,
            });
        }
        month_of_day.push(months.len() - 1);
    }
    (months, month_of_day)
}
