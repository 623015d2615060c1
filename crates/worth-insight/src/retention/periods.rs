//! The calendar of cohorts: months, quarters or weeks of the business, numbered one after the other.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::columns::{date_of, day_of};
use crate::words::Words;

/// 1970-01-01 was a Thursday: its week began three days earlier.
const DAYS_OF_WEEK_BEFORE_EPOCH: i32 = 3;

/// How long the periods are in which customers are taken together and followed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CohortPeriod {
    /// A calendar month.
    #[default]
    Month,
    /// A quarter of a calendar year.
    Quarter,
    /// Monday to Sunday.
    Week,
}

impl CohortPeriod {
    /// As in JSON and in the words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Week => "week",
        }
    }

    /// The period that begins on a day, for readers: "Oct 25", "Q4 2025", "6 Oct 2025".
    pub(crate) fn written(self, start: Date, words: &Words) -> String {
        match self {
            Self::Month => words.month_short(start),
            Self::Quarter => {
                let quarter = (start.month() - 1) / 3 + 1;
                let year = start.year().to_string();
                words.tell(
                    "retention-quarter",
                    &[("quarter", quarter.into()), ("year", year.into())],
                )
            }
            Self::Week => words.date(start),
        }
    }

    /// The number of the period that a day belongs to; the next period has the next number.
    fn number_of(self, date: Date) -> i32 {
        let (year, month) = (i32::from(date.year()), i32::from(date.month()));
        match self {
            Self::Month => year * 12 + month - 1,
            Self::Quarter => year * 4 + (month - 1) / 3,
            Self::Week => (day_of(date) + DAYS_OF_WEEK_BEFORE_EPOCH).div_euclid(7),
        }
    }

    /// First day of a period, since 1970-01-01.
    fn first_day(self, number: i32) -> i32 {
        let month_of = |months: i32| {
            let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
            day_of(Date::constant(year as i16, month as i8 + 1, 1))
        };
        match self {
            Self::Month => month_of(number),
            Self::Quarter => month_of(number * 3),
            Self::Week => number * 7 - DAYS_OF_WEEK_BEFORE_EPOCH,
        }
    }
}

/// The periods from the first day of the records to the end of observation, numbered from 0.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    first_day: i32,
    /// For each day from `first_day` its period.
    period_of_day: Vec<u32>,
    /// First day of each period, since 1970-01-01.
    starts: Vec<i32>,
    /// First day after the last period.
    next: i32,
    /// Whether the last period is observed to its end; the others are.
    last_is_over: bool,
}

impl Calendar {
    /// Days are counted since 1970-01-01, both ends inclusive.
    pub(crate) fn new(period: CohortPeriod, first_day: i32, until: i32) -> Self {
        let first = period.number_of(date_of(first_day));
        let mut starts = vec![period.first_day(first)];
        let mut next = period.first_day(first + 1);
        let mut period_of_day = Vec::with_capacity((until - first_day + 1).max(0) as usize);
        for day in first_day..=until {
            if day == next {
                starts.push(day);
                next = period.first_day(first + starts.len() as i32);
            }
            period_of_day.push(starts.len() as u32 - 1);
        }
        Self {
            first_day,
            period_of_day,
            starts,
            next,
            last_is_over: next == until + 1,
        }
    }

    /// How many periods, the last one perhaps only in part.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// How many of them are observed to their end.
    pub(crate) fn over(&self) -> usize {
        self.len() - usize::from(!self.last_is_over)
    }

    /// The period of a day.
    pub(crate) fn of(&self, day: i32) -> usize {
        self.period_of_day[(day - self.first_day) as usize] as usize
    }

    /// First day of a period.
    pub(crate) fn start(&self, period: usize) -> Date {
        date_of(self.starts[period])
    }

    /// The days of a period, since 1970-01-01, also those before the records or after observation.
    pub(crate) fn days(&self, period: usize) -> RangeInclusive<i32> {
        let next = self.starts.get(period + 1).unwrap_or(&self.next);
        self.starts[period]..=next - 1
    }

    /// Whether the records begin within this period, so that it may lack days.
    pub(crate) fn is_cut_at_start(&self, period: usize) -> bool {
        period == 0 && self.starts[0] < self.first_day
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn calendar(period: CohortPeriod, from: Date, until: Date) -> (Vec<Date>, usize) {
        let calendar = Calendar::new(period, day_of(from), day_of(until));
        let starts = (0..calendar.len()).map(|period| calendar.start(period));
        (starts.collect(), calendar.over())
    }

    #[test]
    fn months_quarters_and_weeks_begin_where_people_say() {
        let (starts, over) = calendar(CohortPeriod::Month, date(2024, 12, 15), date(2025, 2, 28));
        assert_eq!(
            starts,
            [date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1)]
        );
        assert_eq!(over, 3);
        let (starts, over) = calendar(CohortPeriod::Quarter, date(2024, 12, 15), date(2025, 6, 29));
        assert_eq!(
            starts,
            [date(2024, 10, 1), date(2025, 1, 1), date(2025, 4, 1)]
        );
        // the 30th of June is not observed
        assert_eq!(over, 2);
        // 2025-01-05 is a Sunday
        let (starts, over) = calendar(CohortPeriod::Week, date(2025, 1, 5), date(2025, 1, 13));
        assert_eq!(
            starts,
            [date(2024, 12, 30), date(2025, 1, 6), date(2025, 1, 13)]
        );
        assert_eq!(over, 2);
    }

    #[test]
    fn a_day_belongs_to_its_period() {
        let calendar = Calendar::new(
            CohortPeriod::Month,
            day_of(date(2025, 1, 30)),
            day_of(date(2025, 3, 2)),
        );
        let of = |month, day| calendar.of(day_of(date(2025, month, day)));
        assert_eq!(
            [of(1, 30), of(1, 31), of(2, 1), of(2, 28), of(3, 1)],
            [0, 0, 1, 1, 2]
        );
        let days = |period, from: Date, until: Date| {
            assert_eq!(calendar.days(period), day_of(from)..=day_of(until));
        };
        days(0, date(2025, 1, 1), date(2025, 1, 31));
        days(2, date(2025, 3, 1), date(2025, 3, 31));
        assert!(calendar.is_cut_at_start(0) && !calendar.is_cut_at_start(1));
    }
}
