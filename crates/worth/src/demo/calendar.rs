//! Days of the demo, counted from its first one, with the texts that files write.

use std::io::Write as _;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::truth::{FROM, UNTIL};

/// Days after the last one that deliveries and refunds may still touch.
const DAYS_AFTER: u32 = 40;
/// First days of the lunar year inside the demo.
const TET: [Date; 3] = [date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17)];

/// The days of the demo.
pub(crate) struct Calendar {
    first: Date,
    /// How many business days the demo has.
    pub(crate) days: u32,
    iso: Vec<String>,
    vietnamese: Vec<String>,
    season: Vec<f64>,
}

/// A moment: a day of the demo and the second of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    /// Days since the first one.
    pub(crate) day: u32,
    /// Seconds since midnight, business time.
    pub(crate) second: u32,
}

impl Moment {
    /// So many seconds later.
    pub(crate) fn later(self, seconds: u32) -> Self {
        let total = self.second + seconds;
        Self {
            day: self.day + total / 86_400,
            second: total % 86_400,
        }
    }

    /// Seconds from here to a later moment.
    pub(crate) fn seconds_until(self, later: Self) -> u64 {
        let seconds = |moment: Self| u64::from(moment.day) * 86_400 + u64::from(moment.second);
        seconds(later) - seconds(self)
    }
}

impl Calendar {
    /// The days; with seasons when `tet`.
    pub(crate) fn new(tet: bool) -> Self {
        let first: Date = FROM.parse().expect("a constant date");
        let last: Date = UNTIL.parse().expect("a constant date");
        let days = (last - first).get_days() as u32 + 1;
        let all: Vec<Date> = (0..days + DAYS_AFTER)
            .map(|day| first + i64::from(day).days())
            .collect();
        Self {
            first,
            days,
            iso: all.iter().map(Date::to_string).collect(),
            vietnamese: all
                .iter()
                .map(|day| day.strftime("%d/%m/%Y").to_string())
                .collect(),
            season: all
                .iter()
                .map(|day| if tet { season(*day) } else { 1.0 })
                .collect(),
        }
    }

    /// The day as a date.
    pub(crate) fn date(&self, day: u32) -> Date {
        self.first + i64::from(day).days()
    }

    /// Which day a planted date is.
    pub(crate) fn day_of(&self, text: &str) -> u32 {
        let date: Date = text.parse().expect("planted dates are dates");
        (date - self.first).get_days() as u32
    }

    /// `2025-10-25`.
    pub(crate) fn iso(&self, day: u32) -> &str {
        &self.iso[day as usize]
    }

    /// `25/10/2025`.
    pub(crate) fn vietnamese(&self, day: u32) -> &str {
        &self.vietnamese[day as usize]
    }

    /// How much is bought on the day, against an ordinary one.
    pub(crate) fn season(&self, day: u32) -> f64 {
        self.season[day as usize]
    }

    /// Appends `2025-10-25T08:30:12+07:00`.
    pub(crate) fn write_iso(&self, moment: Moment, into: &mut Vec<u8>) {
        let Moment { day, second } = moment;
        let (hour, minute, rest) = (second / 3600, second / 60 % 60, second % 60);
        write!(
            into,
            "{}T{hour:02}:{minute:02}:{rest:02}+07:00",
            self.iso(day)
        )
        .expect("writing to memory");
    }

    /// Appends `25/10/2025 08:30:12`.
    pub(crate) fn write_vietnamese(&self, moment: Moment, into: &mut Vec<u8>) {
        let Moment { day, second } = moment;
        let (hour, minute, rest) = (second / 3600, second / 60 % 60, second % 60);
        write!(
            into,
            "{} {hour:02}:{minute:02}:{rest:02}",
            self.vietnamese(day)
        )
        .expect("writing to memory");
    }
}

/// Largest value of [`Calendar::season`].
pub(crate) const PEAK_SEASON: f64 = 1.9;

/// Presents and gatherings fill the three weeks before Tết; then the cities empty for a week.
fn season(day: Date) -> f64 {
    for tet in TET {
        match (day - tet).get_days() {
            -21..=-2 => return PEAK_SEASON,
            -1..=6 => return 0.25,
            _ => {}
        }
    }
    match day.month() {
        5..=7 => 1.15,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goal: the calendar has three years, and texts and days agree.
    #[test]
    fn three_years_of_days() {
        let calendar = Calendar::new(true);
        assert_eq!(calendar.days, 1096);
        assert_eq!(calendar.iso(calendar.days - 1), UNTIL);
        assert_eq!(calendar.day_of("2023-10-31"), 30);
        assert_eq!(calendar.vietnamese(30), "31/10/2023");
        assert_eq!(calendar.season(calendar.day_of("2025-01-20")), PEAK_SEASON);
        let mut text = Vec::new();
        let moment = Moment {
            day: 0,
            second: 86_399,
        };
        calendar.write_iso(moment.later(2), &mut text);
        assert_eq!(text, b"2023-10-02T00:00:01+07:00");
    }
}
