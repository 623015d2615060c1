//! Dates and times as people and programs write them.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::ValueError;

/// How a column writes its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimeFormat {
    /// Order of the parts, or another way of counting.
    pub layout: TimeLayout,
    /// Whether any value has a time of day. For showing; both are always read.
    pub has_time: bool,
    /// Whether any value has an offset from UTC. For showing; both are always read.
    pub has_offset: bool,
}

/// Order of year, month and day, or another way of counting time. Any separators; with or without
/// a time of day (24 h, or 12 h with AM, PM, SA, CH); month names in English and Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeLayout {
    /// `2025-10-25`, ISO 8601 and its relatives. Always read, in every layout.
    Ymd,
    /// `25/10/2025`, `25 thg 10, 2025`.
    Dmy,
    /// `10/25/2025`, `Oct 25, 2025`.
    Mdy,
    /// `20251025`, `20251025143000`.
    Compact,
    /// Days since 1899-12-30, as spreadsheets count.
    ExcelSerial,
    /// Seconds since 1970, UTC.
    EpochSeconds,
    /// Milliseconds since 1970, UTC.
    EpochMillis,
}

/// A time, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParsedTime {
    /// Microseconds since 1970, UTC.
    pub micros: i64,
    /// Where the instant comes from.
    pub kind: TimeKind,
}

/// Where an instant comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    /// The text names one instant.
    Exact,
    /// A date alone: the first instant of that business day.
    Date,
    /// A clock change skips this time; moved forward by as much.
    Gap,
    /// A clock change repeats this time; the earlier one is taken.
    Fold,
}

/// Reads many times of one column; remembers what the zone said of a day.
#[derive(Debug, Clone)]
pub struct TimeReader {
    format: TimeFormat,
    zone: TimeZone,
}

impl TimeReader {
    /// A reader for a column; `zone` is the business's.
    pub fn new(format: TimeFormat, zone: TimeZone) -> Self {
        Self { format, zone }
    }

    /// Reads one text.
    ///
    /// # Errors
    /// Not a time in this format, or one that the calendar does not have.
    pub fn read(&mut self, text: &str) -> Result<ParsedTime, ValueError> {
        parse_time(text, &self.format, &self.zone)
    }
}

/// Reads one time; see [`TimeReader`] for many.
///
/// # Errors
/// Not a time in this format, or one that the calendar does not have.
pub fn parse_time(
    text: &str,
    format: &TimeFormat,
    zone: &TimeZone,
) -> Result<ParsedTime, ValueError> {
    let _ = (text, format, zone);
    todo!("lands next")
}
