//! The Vietnamese lunisolar calendar (âm lịch), 1900 to 2199, and the days that people keep by it.
//!
//! ```text
//! 1. A month begins on the day of the new moon.
//! 2. The winter solstice lies in month 11.
//! 3. Where thirteen months lie between two such months 11, the first of them in which the sun
//!    enters no new twelfth of its way (from the equinox of spring) is a leap month: it has the
//!    number of the one before.
//! 4. Days begin at midnight in Hanoi, UTC+7.
//! ```
//!
//! The rules are those that Hồ Ngọc Đức set down (Thuật toán tính âm lịch,
//! <https://www.informatik.uni-leipzig.de/~duc/amlich/calrules.html>). China keeps the same rules
//! at UTC+8; so did calendars in Vietnam until 1967, and do here (in the South some until 1975).
//! Until 2100, Tết therefore was or will be on another day than in China in 1968, 1969, 1985, 2007,
//! 2030 and 2053.
//!
//! A new moon within half a minute of midnight can be told for sure only when it is near, since the
//! earth does not turn evenly: 8 May 2054 and 15 November 2077 are the first such days.
//!
//! Days are numbers since 1970-01-01, as in Arrow's `Date32`.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::astronomy::{longitude_of_sun, lunation_near, new_moon};

/// Lunar years that can be told.
pub const LUNAR_YEARS: RangeInclusive<i32> = 1900..=2199;

/// 1968-01-01: from here on days begin at midnight in Hanoi.
const FIRST_DAY_OF_HANOI: f64 = -731.0;
/// The month of the winter solstice, and where the sun then stands, in twelfths of its way.
const SOLSTICE_MONTH: u8 = 11;
const SOLSTICE: i32 = 9;

/// A date of the lunisolar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct LunarDate {
    /// Number of the solar year in which most of the lunar one lies: 2025 is Ất Tỵ.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// Whether it is the second month of that number.
    pub is_leap_month: bool,
    /// 1 to 30.
    pub day: u8,
}

impl LunarDate {
    /// The lunar date of a day; nothing outside the [years](LUNAR_YEARS) that can be told.
    #[must_use]
    pub fn of(day: i32) -> Option<Self> {
        // Some days around the limits are refused once their lunar year is known.
        if !(-30_000..=90_000).contains(&day) {
            return None;
        }
        let near = lunation_near(f64::from(day)) + 1;
        let lunation = (near - 2..=near).rev().find(|&k| first_day(k) <= day)?;
        let year = solar_year(day);
        let months = [
            Months::until_winter_of(year),
            Months::until_winter_of(year + 1),
        ];
        let months = months.iter().find(|months| lunation < months.end)?;
        let mut date = months.date(lunation);
        date.day = u8::try_from(day - first_day(lunation) + 1).ok()?;
        LUNAR_YEARS.contains(&date.year).then_some(date)
    }

    /// Which day it is; nothing when the year cannot be told or has no such date.
    #[must_use]
    pub fn day_number(&self) -> Option<i32> {
        if !LUNAR_YEARS.contains(&self.year) || !(1..=12).contains(&self.month) {
            return None;
        }
        let winter = self.year + i32::from(self.month >= SOLSTICE_MONTH);
        let months = Months::until_winter_of(winter);
        let lunation = (months.start..months.end).find(|&lunation| {
            let date = months.date(lunation);
            (date.month, date.is_leap_month) == (self.month, self.is_leap_month)
        })?;
        let day = first_day(lunation) + i32::from(self.day) - 1;
        (self.day >= 1 && day < first_day(lunation + 1)).then_some(day)
    }
}

/// Days that people keep by the moon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LunarFeast {
    /// Tết Nguyên Đán: 1 in month 1.
    Tet,
    /// Rằm tháng Giêng: 15 in month 1.
    FirstFullMoon,
    /// Giỗ Tổ Hùng Vương: 10 in month 3.
    HungKings,
    /// Tết Đoan Ngọ: 5 in month 5.
    DoanNgo,
    /// Vu Lan: 15 in month 7.
    VuLan,
    /// Trung Thu: 15 in month 8.
    TrungThu,
    /// Ông Công Ông Táo: 23 in month 12.
    KitchenGods,
    /// Mùng một: the first of every month, leap months too.
    FirstOfMonth,
    /// Rằm: the fifteenth of every month, leap months too.
    FullMoon,
}

impl LunarFeast {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Tet,
        Self::FirstFullMoon,
        Self::HungKings,
        Self::DoanNgo,
        Self::VuLan,
        Self::TrungThu,
        Self::KitchenGods,
        Self::FirstOfMonth,
        Self::FullMoon,
    ];

    /// Month, if it is a certain one, and day of the month.
    fn date(self) -> (Option<u8>, u8) {
        match self {
            Self::Tet => (Some(1), 1),
            Self::FirstFullMoon => (Some(1), 15),
            Self::HungKings => (Some(3), 10),
            Self::DoanNgo => (Some(5), 5),
            Self::VuLan => (Some(7), 15),
            Self::TrungThu => (Some(8), 15),
            Self::KitchenGods => (Some(12), 23),
            Self::FirstOfMonth => (None, 1),
            Self::FullMoon => (None, 15),
        }
    }

    /// The days within `days` on which it falls, as far as the [years](LUNAR_YEARS) can be told.
    #[must_use]
    pub fn days(self, days: RangeInclusive<i32>) -> Vec<i32> {
        let (month, day) = self.date();
        let limit = |day: i32| solar_year(day.clamp(-30_000, 90_000));
        // A lunar year ends in the next solar one.
        let years = limit(*days.start()) - 1..=limit(*days.end());
        let dates = years.flat_map(|year| {
            (1..=12).flat_map(move |month| {
                [false, true].map(|is_leap_month| LunarDate {
                    year,
                    month,
                    is_leap_month,
                    day,
                })
            })
        });
        dates
            .filter(|date| month.is_none_or(|month| month == date.month && !date.is_leap_month))
            .filter_map(|date| date.day_number())
            .filter(|day| days.contains(day))
            .collect()
    }
}

/// The months from that of one winter solstice to the one before the next.
struct Months {
    /// Solar year of the next solstice.
    year: i32,
    /// Lunations: the first of these months, and the first that is none of them.
    start: i32,
    end: i32,
    /// The leap month among them.
    leap: Option<i32>,
}

impl Months {
    fn until_winter_of(year: i32) -> Self {
        let (start, end) = (solstice_month(year - 1), solstice_month(year));
        let enters_none = |&lunation: &i32| sun_in(lunation) == sun_in(lunation + 1);
        let leap = (end - start == 13).then(|| (start + 1..end).find(enters_none));
        Self {
            year,
            start,
            end,
            leap: leap.flatten(),
        }
    }

    /// The first day of one of these months.
    fn date(&self, lunation: i32) -> LunarDate {
        let is_after_leap = self.leap.is_some_and(|leap| leap <= lunation);
        let ordinal = lunation - self.start - i32::from(is_after_leap);
        // 11 and 12 of the year before, then 1 to 10.
        let month = (ordinal + i32::from(SOLSTICE_MONTH) - 1) % 12 + 1;
        LunarDate {
            year: self.year - i32::from(ordinal < 2),
            month: month as u8,
            is_leap_month: self.leap == Some(lunation),
            day: 1,
        }
    }
}

/// The lunation in which the winter solstice of a year lies.
fn solstice_month(year: i32) -> i32 {
    let last = lunation_near(f64::from(first_of_january(year + 1)));
    // The last that begins before the sun is there.
    let begins_before = |&lunation: &i32| (0..SOLSTICE).contains(&sun_in(lunation));
    (last - 2..=last)
        .rev()
        .find(begins_before)
        .unwrap_or(last - 2)
}

/// In which twelfth of its way the sun is when a month begins, 0 to 11.
fn sun_in(lunation: i32) -> i32 {
    let midnight = f64::from(first_day(lunation));
    (longitude_of_sun(midnight - ahead_of_utc(midnight)) / 30.0) as i32
}

/// The day of a new moon.
fn first_day(lunation: i32) -> i32 {
    let time = new_moon(lunation);
    (time + ahead_of_utc(time + 7.0 / 24.0)).floor() as i32
}

/// How far local time is ahead, in days.
fn ahead_of_utc(day: f64) -> f64 {
    if day >= FIRST_DAY_OF_HANOI {
        7.0 / 24.0
    } else {
        8.0 / 24.0
    }
}

/// The Gregorian year of a day.
fn solar_year(day: i32) -> i32 {
    let near = 1970 + (f64::from(day) / 365.2425).floor() as i32;
    let began = (near - 1..=near + 1)
        .rev()
        .find(|&year| first_of_january(year) <= day);
    began.unwrap_or(near)
}

/// Day number of the first of January.
fn first_of_january(year: i32) -> i32 {
    let leap_days =
        |before: i32| before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    365 * (year - 1970) + leap_days(year - 1) - leap_days(1969)
}
