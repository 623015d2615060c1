//! What customers did before and after a day, such as that of an answer to a survey: for every question
//! that links what people say or meet to what they do.
//!
//! ```text
//!  answers (of customers) ─┐
//!  lifetime::gather ───────┼─► Behaviour: of each respondent, before and after the newest score
//!  experience.sql ─────────┴─► experience.rs: what had gone wrong before
//! ```

mod experience;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::answers::{Answers, Brands};
use crate::columns::day_of;
use crate::context::Context;
use crate::error::Error;
use crate::lifetime::{Day, Gathered, MONEY_SCALE, gather};
use crate::question::Scope;
pub(crate) use experience::Experience;

/// How far back a customer's habits are looked at: a year holds every season once.
const BEFORE_DAYS: i32 = 365;

/// What customers did, by respondent.
#[derive(Debug)]
pub(crate) struct Behaviour {
    /// By number of the respondent; none of whoever is not known to be a customer, or scored nothing.
    records: Vec<Option<Record>>,
    /// Respondents with a score who are not known to be customers: what they did is not known.
    pub(crate) not_customers: u64,
    /// Customers whose days after the score are not over.
    pub(crate) days_not_over: u64,
}

/// What one customer did around the day of the newest score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Record {
    /// That day, since 1970-01-01.
    pub(crate) day: i32,
    /// What was usual until then.
    pub(crate) before: Before,
    /// What happened in the days after it; none while they are not over.
    pub(crate) after: Option<After>,
    /// Days until the next purchase, or until the end of observation.
    pub(crate) days_until_next: i32,
    /// Whether there was a next purchase.
    pub(crate) bought_again: bool,
}

/// What a customer had done in the year until the day of the score, that day included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Before {
    /// Purchases (days with one).
    purchases: u32,
    /// Money per purchase, in the currency of the scope; 0 without one.
    spend: f64,
    /// Days since the last purchase; a year without one.
    days_since: i32,
    /// Days since the first purchase of all; 0 without one.
    days_known: i32,
}

/// What a customer did in the days after the day of the score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct After {
    /// Whether there was a purchase.
    pub(crate) bought: bool,
    /// What was paid and did not come back, in the currency of the scope.
    pub(crate) revenue: f64,
}

impl Before {
    /// What is held still when answers are linked to what happened after them. Logarithms, because
    /// what matters is how many times more.
    pub(crate) const CONTROLS: [&'static str; 4] =
        ["purchases", "spend", "days-since", "days-known"];

    /// In the order of [`Self::CONTROLS`].
    pub(crate) fn controls(&self) -> [f64; 4] {
        [
            f64::from(self.purchases).ln_1p(),
            self.spend.ln_1p(),
            f64::from(self.days_since).ln_1p(),
            f64::from(self.days_known).ln_1p(),
        ]
    }

    /// Whether there was a purchase on the day itself.
    pub(crate) fn bought_today(&self) -> bool {
        self.purchases > 0 && self.days_since == 0
    }

    /// Whether it was the first purchase of all: many never come back from that.
    pub(crate) fn bought_first_today(&self) -> bool {
        self.purchases > 0 && self.days_known == 0
    }

    fn of(days: &[Day], day: i32) -> Self {
        let known = days
            .iter()
            .filter(|bought| bought.counts() && bought.day <= day);
        let (mut purchases, mut net) = (0, 0);
        let (mut first, mut last) = (None, None);
        for bought in known {
            first = first.or(Some(bought.day));
            last = Some(bought.day);
            if bought.day > day - BEFORE_DAYS {
                purchases += 1;
                net += bought.net();
            }
        }
        Self {
            purchases,
            spend: net as f64 / MONEY_SCALE / f64::from(purchases.max(1)),
            days_since: last.map_or(BEFORE_DAYS, |last| (day - last).min(BEFORE_DAYS)),
            days_known: first.map_or(0, |first| day - first),
        }
    }
}

impl After {
    fn of(days: &[Day], window: RangeInclusive<i32>) -> Self {
        let within = days
            .iter()
            .filter(|bought| bought.counts() && window.contains(&bought.day));
        let (mut bought, mut net) = (false, 0);
        for day in within {
            bought = true;
            net += day.net();
        }
        Self {
            bought,
            revenue: net as f64 / MONEY_SCALE,
        }
    }
}

impl Behaviour {
    /// What respondents did within so many days after the day of their newest score of the own brand;
    /// beside it the purchases it is taken from.
    pub(crate) async fn read(
        context: &Context,
        scope: &Scope,
        answers: &Answers,
        brands: &Brands,
        after_days: u32,
    ) -> Result<(Self, Gathered), Error> {
        // purchases end with the last order, however late the last answer came
        let observation = context.observe(scope).await?;
        let last = day_of(observation.until);
        let gathered = gather(context, &observation).await?;
        let mut behaviour = Self {
            records: vec![None; answers.respondents.len()],
            not_customers: 0,
            days_not_over: 0,
        };
        let mut newest: BTreeMap<usize, i32> = BTreeMap::new();
        for score in answers.own_scores(brands) {
            let day = newest.entry(score.respondent).or_insert(score.day);
            *day = score.day.max(*day);
        }
        for (respondent, day) in newest {
            let Some(id) = &answers.respondents[respondent].customer_id else {
                behaviour.not_customers += 1;
                continue;
            };
            let bought = gathered.purchases.days_of_id(id);
            let record = Record::of(bought, day, after_days as i32, last);
            if record.after.is_none() {
                behaviour.days_not_over += 1;
            }
            behaviour.records[respondent] = Some(record);
        }
        Ok((behaviour, gathered))
    }

    /// What a respondent did, when it is known.
    pub(crate) fn of_respondent(&self, number: usize) -> Option<&Record> {
        self.records[number].as_ref()
    }
}

impl Record {
    /// What someone who bought on `days` did around a day. `last`: the end of observation.
    pub(crate) fn of(days: &[Day], day: i32, after_days: i32, last: i32) -> Self {
        let next = days
            .iter()
            .find(|bought| bought.counts() && bought.day > day);
        let window = day + 1..=day + after_days;
        Self {
            day,
            before: Before::of(days, day),
            after: (*window.end() <= last).then(|| After::of(days, window)),
            days_until_next: next.map_or(last.max(day), |next| next.day) - day,
            bought_again: next.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::Purchases;

    fn bought(day: i32, amount: i64, refunded: i64) -> Day {
        Day {
            customer: 0,
            day,
            amount: amount * 10_000,
            refunded: refunded * 10_000,
        }
    }

    fn purchases(days: Vec<Day>) -> Purchases {
        Purchases {
            customers: ["c".to_owned()].into(),
            days,
            refunds: Vec::new(),
        }
    }

    /// A score on day 1000; purchases on days 500 (over a year before), 900, 950 (half came back), 1000,
    /// 1010 (all came back), 1020 and 1100. Within 90 days only that of day 1020 counts.
    #[test]
    fn before_and_after_are_told_apart_by_the_day_of_the_score() {
        let purchases = purchases(vec![
            bought(500, 70, 0),
            bought(900, 30, 0),
            bought(950, 60, 30),
            bought(1000, 90, 0),
            bought(1010, 40, 40),
            bought(1020, 50, 10),
            bought(1100, 80, 0),
        ]);
        let record = Record::of(purchases.days_of_id("c"), 1000, 90, 1100);
        let expected = Before {
            purchases: 3,
            spend: 50.0,
            days_since: 0,
            days_known: 500,
        };
        assert_eq!(record.before, expected);
        let after = After {
            bought: true,
            revenue: 40.0,
        };
        assert_eq!(record.after, Some(after));
        assert_eq!((record.days_until_next, record.bought_again), (20, true));
    }

    #[test]
    fn days_that_are_not_over_say_nothing_but_how_long_it_has_been() {
        let purchases = purchases(vec![bought(900, 30, 0)]);
        let record = Record::of(purchases.days_of_id("c"), 1000, 90, 1089);
        assert_eq!(record.after, None);
        assert_eq!((record.days_until_next, record.bought_again), (89, false));
        let stranger = Record::of(purchases.days_of_id("d"), 1000, 90, 1090);
        assert_eq!(stranger.before.controls()[0], 0.0);
        assert!(!stranger.after.expect("the days are over").bought);
    }
}
