//! Dates of the Gregorian calendar as plain numbers, for the millions of values that need no more.

use jiff::civil::DateTime;

/// Seconds of a day without a clock change.
pub(crate) const DAY_SECONDS: i64 = 86_400;

/// A date, perhaps a time of day, perhaps an offset, as they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: i32,
    pub(crate) month: u32,
    pub(crate) day: u32,
    pub(crate) second_of_day: u32,
    pub(crate) micro: u32,
    pub(crate) has_time: bool,
    /// Seconds east of UTC, when written.
    pub(crate) offset_seconds: Option<i32>,
}

impl Civil {
    pub(crate) fn date(year: i32, month: u32, day: u32) -> Self {
        Self {
            year,
            month,
            day,
            second_of_day: 0,
            micro: 0,
            has_time: false,
            offset_seconds: None,
        }
    }

    /// The same date at a time of day; `None` when the clock has no such time. A leap second is
    /// the second before it.
    pub(crate) fn at(self, hour: u32, minute: u32, second: u32, micro: u32) -> Option<Self> {
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let second_of_day = hour * 3_600 + minute * 60 + second.min(59);
        Some(Self {
            second_of_day,
            micro,
            has_time: true,
            ..self
        })
    }

    pub(crate) fn datetime(self) -> Option<DateTime> {
        let second = self.second_of_day;
        DateTime::new(
            i16::try_from(self.year).ok()?,
            i8::try_from(self.month).ok()?,
            i8::try_from(self.day).ok()?,
            i8::try_from(second / 3_600).ok()?,
            i8::try_from(second / 60 % 60).ok()?,
            i8::try_from(second % 60).ok()?,
            i32::try_from(self.micro).ok()? * 1_000,
        )
        .ok()
    }
}

/// Whether the calendar has this day; years 1 to 9999.
pub(crate) fn exists(year: i32, month: u32, day: u32) -> bool {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=9999).contains(&year) && (1..=last).contains(&day)
}

/// Days since 1970-01-01 of a day that exists.
///
/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`, for years
/// after 0.
pub(crate) fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year / 400;
    let year_of_era = year - era * 400;
    let month_from_march = (month as i32 + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_agree_with_jiff_over_ten_thousand_years() {
        let epoch = jiff::civil::date(1970, 1, 1);
        let mut date = jiff::civil::date(1, 1, 1);
        while date.year() < 9999 {
            let (year, month, day) = (date.year().into(), date.month() as u32, date.day() as u32);
            assert!(exists(year, month, day));
            let days = epoch.until(date).expect("in range").get_days();
            assert_eq!(days_from_civil(year, month, day), days);
            date = date
                .checked_add(jiff::Span::new().days(17))
                .expect("in range");
        }
    }

    #[test]
    fn days_that_never_were_do_not_exist() {
        for (year, month, day) in [
            (2025, 2, 29),
            (1900, 2, 29),
            (2025, 4, 31),
            (2025, 13, 1),
            (2025, 0, 1),
            (2025, 1, 0),
            (0, 1, 1),
        ] {
            assert!(!exists(year, month, day));
        }
        assert!(exists(2000, 2, 29) && exists(2024, 2, 29));
    }
}
