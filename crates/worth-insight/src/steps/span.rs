//! A length of time as people write it: `30min`, `12h`, `7d`, `8w`.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Each unit with its microseconds, the longest first.
const UNITS: [(&str, i64); 4] = [
    ("w", 7 * DAY),
    ("d", DAY),
    ("h", DAY / 24),
    ("min", 60_000_000),
];
const DAY: i64 = 86_400_000_000;
/// A hundred years: longer is a slip of the finger.
const LONGEST: i64 = 36_525 * DAY;

/// A length of time, as `30min`, `12h`, `7d` or `8w`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Span {
    microseconds: i64,
}

impl Span {
    /// Its length in microseconds.
    #[must_use]
    pub fn microseconds(self) -> i64 {
        self.microseconds
    }

    /// Its length in days.
    #[must_use]
    pub fn days(self) -> f64 {
        self.microseconds as f64 / DAY as f64
    }

    /// A span some times as long, to the minute; at least a minute.
    pub(crate) fn times(self, factor: f64) -> Self {
        let minute = UNITS[3].1;
        let minutes = (self.microseconds as f64 * factor / minute as f64).round() as i64;
        Self {
            microseconds: (minutes.max(1) * minute).min(LONGEST),
        }
    }
}

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no length of time; write 30min, 12h, 7d or 8w");
        let trimmed = text.trim();
        let digits = trimmed.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
        let unit = trimmed[digits.len()..].to_ascii_lowercase();
        let size = UNITS.iter().find(|(name, _)| *name == unit);
        let (count, (_, size)) = digits
            .trim()
            .parse::<i64>()
            .ok()
            .zip(size)
            .ok_or_else(wrong)?;
        let microseconds = count.checked_mul(*size);
        let fits = microseconds.filter(|length| (1..=LONGEST).contains(length));
        fits.map(|microseconds| Self { microseconds })
            .ok_or_else(wrong)
    }
}

impl fmt::Display for Span {
    /// In the largest unit that it is a whole number of.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = |(_, size): &&(&str, i64)| self.microseconds % size == 0;
        let (name, size) = UNITS.iter().find(whole).unwrap_or(&UNITS[3]);
        write!(formatter, "{}{name}", self.microseconds / size)
    }
}

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_written_as_they_are_read() {
        for text in ["30min", "90min", "12h", "36h", "1d", "8w", "5d"] {
            let span: Span = text.parse().expect("a span");
            assert_eq!(span.to_string(), text);
        }
        assert_eq!(
            "48h".parse::<Span>().map(|span| span.to_string()),
            Ok("2d".into())
        );
        assert_eq!("2 d".parse::<Span>().map(Span::days), Ok(2.0));
    }

    #[test]
    fn what_is_no_span_is_told_what_would_be() {
        for wrong in [
            "",
            "d",
            "30",
            "-1d",
            "0h",
            "1.5d",
            "1m",
            "99999999w",
            "một ngày",
        ] {
            let told = wrong.parse::<Span>().expect_err(wrong);
            assert!(told.contains("30min"), "{told}");
        }
    }

    #[test]
    fn half_a_span_is_one_too() {
        let day: Span = "1d".parse().expect("a span");
        assert_eq!(day.times(0.5).to_string(), "12h");
        assert_eq!(day.times(1e-9).to_string(), "1min");
    }
}
