//! How a column writes its times: evidence from every value, and what it decides.

use super::number::is_stray;
use super::{Decision, is_nearly_all};
use crate::import::value::calendar::exists;
use crate::import::value::parts::{Orders, compact, take_apart};
use crate::import::value::{TimeFormat, TimeLayout};

/// What the values of a column say about its times.
#[derive(Debug, Default)]
pub(super) struct TimeEvidence {
    year_first: u64,
    /// Only day, month, year: 25/10/2025.
    only_dmy: u64,
    only_mdy: u64,
    /// 03/04/2025.
    either: u64,
    example: Option<String>,
    named_dmy: u64,
    named_mdy: u64,
    compact: u64,
    excel_serial: u64,
    epoch_seconds: u64,
    epoch_millis: u64,
    epoch_micros: u64,
    has_time: bool,
    has_offset: bool,
}

impl TimeEvidence {
    /// Looks at a filled value, trimmed, that stands in `count` rows.
    pub(super) fn add(&mut self, text: &str, count: u64) {
        let bytes = text.as_bytes();
        const SHORTEST: usize = 5;
        const LONGEST: usize = 64;
        if !(SHORTEST..=LONGEST).contains(&bytes.len()) {
            return;
        }
        if bytes
            .iter()
            .all(|byte| byte.is_ascii_digit() || *byte == b'.')
        {
            self.add_digits(text, count);
        }
        if let Some(has_time) = is_iso(bytes) {
            self.year_first += count;
            self.has_time |= has_time;
            return;
        }
        if !may_be_time(bytes) {
            return;
        }
        let Some(parts) = take_apart(text) else {
            if bytes[0].is_ascii_digit() && compact(text).is_some() && bytes.len() > 8 {
                self.compact += count;
                self.has_time = true;
            }
            return;
        };
        self.has_time |= parts.has_time();
        self.has_offset |= parts.has_offset();
        let orders = parts.orders();
        let possible = |order: Orders| orders.contains(order) && parts.exists(order);
        if orders.contains(Orders::YMD) {
            self.year_first += count;
            return;
        }
        if parts.names_month() {
            self.named_dmy += count * u64::from(orders.contains(Orders::DMY));
            self.named_mdy += count * u64::from(orders.contains(Orders::MDY));
            return;
        }
        match (possible(Orders::DMY), possible(Orders::MDY)) {
            (true, true) => {
                self.either += count;
                if self.example.is_none() {
                    self.example = Some(text.to_owned());
                }
            }
            (true, false) => self.only_dmy += count,
            (false, true) => self.only_mdy += count,
            (false, false) => {}
        }
    }

    /// A value of digits, perhaps with a point: what it would be as a count of time.
    fn add_digits(&mut self, text: &str, count: u64) {
        // 1990 to 2100; earlier and later counts of time are rather something else.
        const SECONDS: std::ops::Range<f64> = 631_152_000.0..4_102_444_800.0;
        const DAYS: std::ops::Range<f64> = 32_874.0..73_051.0;
        let whole = text.find('.').unwrap_or(text.len());
        match whole {
            8 if text.len() == 8 => {
                let fits = compact(text).is_some_and(|date| {
                    (1900..2100).contains(&date.year) && exists(date.year, date.month, date.day)
                });
                self.compact += count * u64::from(fits);
            }
            14 if text.len() == 14 && compact(text).is_some() => {
                self.compact += count;
                self.has_time = true;
            }
            5 => {
                let fits = text.parse().is_ok_and(|days: f64| DAYS.contains(&days));
                self.excel_serial += count * u64::from(fits);
            }
            9 | 10 => {
                let fits = text
                    .parse()
                    .is_ok_and(|seconds: f64| SECONDS.contains(&seconds));
                self.epoch_seconds += count * u64::from(fits);
            }
            12 | 13 => {
                let fits = text
                    .parse()
                    .is_ok_and(|millis: f64| SECONDS.contains(&(millis / 1_000.0)));
                self.epoch_millis += count * u64::from(fits);
            }
            15 | 16 => {
                let fits = text
                    .parse()
                    .is_ok_and(|micros: f64| SECONDS.contains(&(micros / 1_000_000.0)));
                self.epoch_micros += count * u64::from(fits);
            }
            _ => {}
        }
    }

    /// Values that are dates in the calendar's writing.
    fn calendar(&self) -> u64 {
        self.year_first
            + self.only_dmy
            + self.only_mdy
            + self.either
            + self.named_dmy
            + self.named_mdy
    }

    /// Values that are times in the likeliest layout.
    pub(super) fn times(&self) -> u64 {
        self.calendar()
            .max(self.compact)
            .max(self.excel_serial)
            .max(self.epoch_seconds)
            .max(self.epoch_millis)
            .max(self.epoch_micros)
    }

    /// Whether the values can hardly be anything but times: dates of the calendar, or eight digits
    /// that are all dates.
    pub(super) fn is_certain(&self, filled: u64) -> bool {
        is_nearly_all(self.calendar(), filled) || (filled > 0 && self.compact == filled)
    }

    /// How the column's times are written.
    pub(super) fn decide(&self, filled: u64) -> Decision<TimeFormat> {
        let written = |layout| TimeFormat {
            layout,
            has_time: self.has_time,
            has_offset: self.has_offset,
        };
        if filled == 0 {
            return Decision::No;
        }
        if is_nearly_all(self.calendar(), filled) {
            return self.decide_order(&written);
        }
        let counts = [
            (self.compact, TimeLayout::Compact, self.has_time),
            (self.epoch_seconds, TimeLayout::EpochSeconds, true),
            (self.epoch_millis, TimeLayout::EpochMillis, true),
            (self.epoch_micros, TimeLayout::EpochMicros, true),
            (self.excel_serial, TimeLayout::ExcelSerial, self.has_time),
        ];
        let fitting = counts
            .into_iter()
            .find(|&(count, ..)| is_nearly_all(count, filled));
        match fitting {
            Some((_, layout, has_time)) => Decision::Clear(TimeFormat {
                layout,
                has_time,
                has_offset: false,
            }),
            None => Decision::No,
        }
    }

    fn decide_order(&self, written: &dyn Fn(TimeLayout) -> TimeFormat) -> Decision<TimeFormat> {
        let (dmy, mdy) = (self.only_dmy, self.only_mdy);
        if dmy > 0 && is_stray(mdy, dmy) {
            return Decision::Clear(written(TimeLayout::Dmy));
        }
        if mdy > 0 && is_stray(dmy, mdy) {
            return Decision::Clear(written(TimeLayout::Mdy));
        }
        if dmy + mdy + self.either > 0 {
            let choices = if mdy > dmy {
                vec![written(TimeLayout::Mdy), written(TimeLayout::Dmy)]
            } else {
                vec![written(TimeLayout::Dmy), written(TimeLayout::Mdy)]
            };
            let example = self
                .example
                .clone()
                .unwrap_or_else(|| "03/04/2025".to_owned());
            return Decision::Ambiguous { choices, example };
        }
        Decision::Clear(written(
            match (self.year_first, self.named_mdy > self.named_dmy) {
                (1.., _) => TimeLayout::Ymd,
                (0, true) => TimeLayout::Mdy,
                (0, false) => TimeLayout::Dmy,
            },
        ))
    }
}

/// `2025-10-25` or `2025-10-25 14:30:00` at full width; tells whether there is a time of day.
fn is_iso(text: &[u8]) -> Option<bool> {
    let digits = |places: &[usize]| places.iter().all(|&place| text[place].is_ascii_digit());
    let has_date = text.len() >= 10
        && matches!(text[4], b'-' | b'/')
        && text[7] == text[4]
        && digits(&[0, 1, 2, 3, 5, 6, 8, 9]);
    match text.len() {
        10 if has_date => Some(false),
        16 | 19 if has_date && matches!(text[10], b' ' | b'T') => {
            let minutes = digits(&[11, 12, 14, 15]) && text[13] == b':';
            let seconds = text.len() == 16 || (digits(&[17, 18]) && text[16] == b':');
            (minutes && seconds).then_some(true)
        }
        _ => None,
    }
}

/// Leaves out most text at little cost: a time has three digits, and separators or a month.
fn may_be_time(text: &[u8]) -> bool {
    const LETTERS_MAX: usize = 32;
    let digits = text.iter().filter(|byte| byte.is_ascii_digit()).count();
    if digits < 3 || digits == text.len() {
        return false;
    }
    let letters = text
        .iter()
        .filter(|byte| byte.is_ascii_alphabetic())
        .count();
    let divided = text
        .iter()
        .any(|byte| matches!(byte, b'/' | b'-' | b'.' | b' '));
    let begins = text[0].is_ascii_alphanumeric() || text[0] >= 0x80;
    begins && divided && letters <= LETTERS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(values: &[&str]) -> Decision<TimeFormat> {
        let mut evidence = TimeEvidence::default();
        values.iter().for_each(|value| evidence.add(value, 1));
        evidence.decide(values.len() as u64)
    }

    fn clear(layout: TimeLayout, has_time: bool) -> Decision<TimeFormat> {
        Decision::Clear(TimeFormat {
            layout,
            has_time,
            has_offset: false,
        })
    }

    #[test]
    fn one_day_beyond_twelve_decides_the_order() {
        assert_eq!(
            decide(&["03/04/2025", "25/10/2025"]),
            clear(TimeLayout::Dmy, false)
        );
        assert_eq!(
            decide(&["3/4/2025 14:30", "10/25/2025 2:30"]),
            clear(TimeLayout::Mdy, true)
        );
        assert_eq!(
            decide(&["2025-10-25", "2025-10-26 14:30:00"]),
            clear(TimeLayout::Ymd, true)
        );
        assert_eq!(
            decide(&["25 thg 10, 2025", "3 thg 4, 2025"]),
            clear(TimeLayout::Dmy, false)
        );
        assert_eq!(
            decide(&["Oct 25, 2025", "Apr 3, 2025"]),
            clear(TimeLayout::Mdy, false)
        );
    }

    #[test]
    fn without_one_it_stays_open() {
        match decide(&["03/04/2025", "05/06/2025"]) {
            Decision::Ambiguous { choices, example } => {
                assert_eq!(choices[0].layout, TimeLayout::Dmy);
                assert_eq!(choices[1].layout, TimeLayout::Mdy);
                assert_eq!(example, "03/04/2025");
            }
            other => panic!("{other:?}"),
        }
        assert!(matches!(
            decide(&["25/10/2025", "10/25/2025"]),
            Decision::Ambiguous { .. }
        ));
    }

    #[test]
    fn counts_of_time_are_told_by_their_size() {
        assert_eq!(
            decide(&["19970101", "19980630"]),
            clear(TimeLayout::Compact, false)
        );
        assert_eq!(
            decide(&["20251025143000"]),
            clear(TimeLayout::Compact, true)
        );
        assert_eq!(
            decide(&["45943.541", "45944"]),
            clear(TimeLayout::ExcelSerial, false)
        );
        assert_eq!(
            decide(&["1761377400"]),
            clear(TimeLayout::EpochSeconds, true)
        );
        assert_eq!(
            decide(&["1761377400123"]),
            clear(TimeLayout::EpochMillis, true)
        );
        assert_eq!(
            decide(&["1761377400123456"]),
            clear(TimeLayout::EpochMicros, true)
        );
        assert_eq!(decide(&["19971301", "12345678"]), Decision::No);
    }

    #[test]
    fn what_is_no_time_is_none() {
        for value in [
            "1.250.000",
            "HD-2025-01",
            "090-123-4567",
            "12.5",
            "An",
            "192.168.1.10",
            "2) $100 - $200",
            "Nguyễn Thị Minh Khai 12",
        ] {
            assert_eq!(decide(&[value]), Decision::No, "{value}");
        }
    }
}
