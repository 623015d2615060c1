//! Repeat purchases of all customers day by day, beside what a model expects of as many new
//! customers on the same first days: the tracking plots of the papers.

use worth_model::lifetime::PurchaseLaws;

use super::TimeUnit;
use super::answer::RepeatPoint;
use super::calendar::BusinessTime;
use super::purchases::Purchases;
use crate::columns::date_of;

/// What customers did day by day.
#[derive(Debug, Default)]
pub(crate) struct ByDay {
    /// Day of the first purchase of all, since 1970-01-01.
    pub first_day: i32,
    /// How many customers bought for the first time.
    pub firsts: Vec<u32>,
    /// Repeat purchases.
    pub repeats: Vec<u32>,
}

impl ByDay {
    /// Nobody yet, from the day of the first purchase of all to the last that is observed.
    pub(crate) fn new(first_day: i32, until: i32) -> Self {
        let length = (until - first_day + 1).max(0) as usize;
        Self {
            first_day,
            firsts: vec![0; length],
            repeats: vec![0; length],
        }
    }

    /// What those customers did until a day who had come by an earlier one.
    pub(crate) fn of_known(purchases: &Purchases, known_on: i32, until: i32) -> Self {
        let first_day = purchases.first_day().unwrap_or(until + 1);
        let mut by_day = Self::new(first_day, until);
        for days in purchases.by_customer() {
            let counting = days.iter().filter(|day| day.counts()).map(|day| day.day);
            if counting
                .clone()
                .next()
                .is_some_and(|first| first <= known_on)
            {
                by_day.add(counting.take_while(|day| *day <= until));
            }
        }
        by_day
    }

    /// The days on which a customer bought, since 1970-01-01, in rising order.
    pub(crate) fn add(&mut self, days: impl Iterator<Item = i32>) {
        let first_day = self.first_day;
        let mut places = days.map(|day| (day - first_day) as usize);
        if let Some(first) = places.next() {
            self.firsts[first] += 1;
        }
        for repeat in places {
            self.repeats[repeat] += 1;
        }
    }

    /// How many days.
    pub(crate) fn len(&self) -> usize {
        self.firsts.len()
    }

    /// Repeat purchases until the end of some days, given in rising order as numbers from the first:
    /// actual, and expected by the laws of those customers in this unit of time, measured so.
    pub(crate) fn track(
        &self,
        laws: &dyn PurchaseLaws,
        unit: TimeUnit,
        time: &BusinessTime,
        ends: impl Iterator<Item = usize>,
    ) -> Vec<RepeatPoint> {
        let last_day = self.first_day + self.len() as i32 - 1;
        let longest = time.elapsed(self.first_day, last_day).max(0.0).ceil() as usize;
        let expected_at_age: Vec<f64> = (0..=longest)
            .map(|age| laws.mean_of_new(age as f64 / unit.days()))
            .collect();
        let (mut actual, mut next) = (0, 0);
        let point = |end: usize| {
            actual += self.repeats[next..=end]
                .iter()
                .map(|&count| u64::from(count))
                .sum::<u64>();
            next = end + 1;
            let expected = self.firsts[..=end]
                .iter()
                .enumerate()
                .map(|(first, &customers)| {
                    let [first, day] = [first, end].map(|place| self.first_day + place as i32);
                    let age = time.elapsed(first, day);
                    f64::from(customers) * between(&expected_at_age, age)
                })
                .sum();
            RepeatPoint {
                day: date_of(self.first_day + end as i32),
                actual,
                expected,
            }
        };
        ends.map(point).collect()
    }
}

/// What lies between the nearest two of the values at 0, 1, 2 …
fn between(values: &[f64], at: f64) -> f64 {
    let last = values.len() - 1;
    let below = (at as usize).min(last);
    let above = (below + 1).min(last);
    values[below] + (values[above] - values[below]) * (at - below as f64)
}

#[cfg(test)]
mod tests {
    use super::super::purchases::Day;
    use super::*;

    #[test]
    fn who_had_not_come_yet_is_left_out() {
        let day = |customer, day| Day {
            customer,
            day,
            amount: 1,
            refunded: 0,
        };
        let purchases = Purchases {
            customers: ["a", "b", "c"].map(String::from).into(),
            days: vec![
                day(0, 10),
                day(0, 12),
                day(0, 13),
                day(0, 15),
                day(1, 13),
                day(2, 12),
                day(2, 14),
            ],
            refunds: Vec::new(),
        };
        let by_day = ByDay::of_known(&purchases, 12, 14);
        assert_eq!(by_day.first_day, 10);
        assert_eq!(by_day.firsts, [1, 0, 1, 0, 0]);
        assert_eq!(by_day.repeats, [0, 0, 1, 1, 1]);
    }
}
