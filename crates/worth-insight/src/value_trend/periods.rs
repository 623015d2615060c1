//! Months or quarters: which period a day is in, and which of the two the answers are enough for.

use std::collections::BTreeSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answers::{Answers, Brands};
use crate::columns::date_of;

/// Length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodLength {
    /// A month of the calendar.
    Month,
    /// Three of them, the first from January.
    Quarter,
}

/// Respondents in a month, at least, in half of the months that have any.
const FEWEST_IN_A_MONTH: usize = 10;
/// Fewer quarters than this tell no change: months are then better, however few answers they have.
const FEWEST_QUARTERS: usize = 4;
/// A quarter of a century. Scores further from the middle one have a date that somebody mistyped.
const MOST_MONTHS_AWAY: i32 = 300;

/// Periods one after the other, from the first with a score of the own brand to the last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Timeline {
    pub(super) length: PeriodLength,
    /// The first, counted from the year 0.
    first: i32,
    /// How many there are.
    pub(super) count: usize,
}

impl Timeline {
    /// The periods of scores of the own brand: of the length that is wanted, else of months, else of
    /// quarters where months have too few.
    pub(super) fn of(answers: &Answers, brands: &Brands, wanted: Option<PeriodLength>) -> Self {
        let mut months: Vec<(i32, usize)> = answers
            .own_scores(brands)
            .map(|answer| (PeriodLength::Month.number(answer.date()), answer.respondent))
            .collect();
        months.sort_unstable();
        months.dedup();
        let middle = months.get(months.len() / 2).map_or(0, |(month, _)| *month);
        months.retain(|(month, _)| (month - middle).abs() <= MOST_MONTHS_AWAY);
        let length = wanted.unwrap_or_else(|| PeriodLength::enough_for(&months));
        let period =
            |month: Option<&(i32, usize)>| month.map_or(0, |(month, _)| length.of_month(*month));
        let (first, last) = (period(months.first()), period(months.last()));
        Self {
            length,
            first,
            count: (last - first + 1) as usize,
        }
    }

    /// The number of a day's period, the first being 0.
    pub(super) fn number(&self, day: i32) -> Option<u32> {
        let number = u32::try_from(self.length.number(date_of(day)) - self.first).ok()?;
        (number < self.count as u32).then_some(number)
    }

    /// The first day of a period, also of one to come.
    pub(super) fn first_day(&self, number: usize) -> Date {
        let month = (self.first + number as i32) * self.length.months();
        let year = i16::try_from(month.div_euclid(12)).unwrap_or(i16::MAX);
        Date::new(year, month.rem_euclid(12) as i8 + 1, 1).unwrap_or(Date::MAX)
    }
}

impl PeriodLength {
    /// `respondents`: each with the months of their answers, month by month.
    fn enough_for(respondents: &[(i32, usize)]) -> Self {
        let of_months = respondents.chunk_by(|one, other| one.0 == other.0);
        let mut sizes: Vec<usize> = of_months.map(<[_]>::len).collect();
        sizes.sort_unstable();
        let quarters = respondents
            .iter()
            .map(|(month, _)| Self::Quarter.of_month(*month));
        let quarters: BTreeSet<i32> = quarters.collect();
        let middle = sizes.get(sizes.len() / 2);
        let are_thin = middle.is_some_and(|&size| size < FEWEST_IN_A_MONTH);
        if are_thin && quarters.len() >= FEWEST_QUARTERS {
            Self::Quarter
        } else {
            Self::Month
        }
    }

    fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
        }
    }

    fn of_month(self, month: i32) -> i32 {
        month.div_euclid(self.months())
    }

    fn number(self, date: Date) -> i32 {
        self.of_month(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    }
}
