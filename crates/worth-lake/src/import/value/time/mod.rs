//! Dates and times as people and programs write them, and the instants they mean to a business.

pub(crate) mod calendar;
pub(crate) mod parts;

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use serde::{Deserialize, Serialize};

use super::ValueError;
use super::number::shortened;
use calendar::{Civil, DAY_SECONDS, days_from_civil, exists};
use parts::{Orders, take_apart};

/// How a column writes its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimeFormat {
    /// Order of the parts, or another way of counting.
    pub layout: TimeLayout,
    /// Whether any value has a time of day. For showing; both are always read.
    #[serde(default)]
    pub has_time: bool,
    /// Whether any value has an offset from UTC. For showing; both are always read.
    #[serde(default)]
    pub has_offset: bool,
}

/// Order of year, month and day, or another way of counting time. Any separators; with or without
/// a time of day (24 h, or 12 h with AM, PM, SA, CH); month names in English and Vietnamese.
/// Two-digit years are 1970 to 2069.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeLayout {
    /// `2025-10-25`, ISO 8601 and its relatives. Always read, in every layout but the counts.
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
    /// Microseconds since 1970, UTC.
    EpochMicros,
}

impl TimeLayout {
    /// A time in this layout, for messages.
    pub fn example(self) -> &'static str {
        match self {
            Self::Ymd => "2025-10-25 or 2025-10-25 14:30:00",
            Self::Dmy => "25/10/2025 or 25/10/2025 14:30",
            Self::Mdy => "10/25/2025 or 10/25/2025 2:30 PM",
            Self::Compact => "20251025",
            Self::ExcelSerial => "45955.604 (days since 1899-12-30)",
            Self::EpochSeconds => "1761377400 (seconds since 1970)",
            Self::EpochMillis => "1761377400000 (milliseconds since 1970)",
            Self::EpochMicros => "1761377400000000 (microseconds since 1970)",
        }
    }
}

impl From<TimeLayout> for TimeFormat {
    fn from(layout: TimeLayout) -> Self {
        Self {
            layout,
            has_time: false,
            has_offset: false,
        }
    }
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

/// Reads one time; see [`TimeReader`] for many.
///
/// ```
/// use jiff::tz::TimeZone;
/// use worth_lake::import::value::{TimeFormat, TimeKind, TimeLayout, parse_time};
///
/// let zone = TimeZone::get("Asia/Ho_Chi_Minh")?;
/// let time = parse_time("25/10/2025", &TimeFormat::from(TimeLayout::Dmy), &zone)?;
/// assert_eq!(time.micros, 1_761_325_200_000_000); // 2025-10-24T17:00:00Z
/// assert_eq!(time.kind, TimeKind::Date);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Not a time in this format, or one that the calendar does not have.
pub fn parse_time(
    text: &str,
    format: &TimeFormat,
    zone: &TimeZone,
) -> Result<ParsedTime, ValueError> {
    TimeReader::new(*format, zone.clone()).read(text)
}

/// Days whose offset is remembered; a few years of orders.
const REMEMBERED_DAYS: usize = 2048;

/// What the zone says of a day.
#[derive(Debug, Clone, Copy)]
struct Remembered {
    day: i32,
    /// Seconds east of UTC, the whole day long; none on a day with a clock change.
    offset_seconds: Option<i32>,
}

/// Reads many times of one column; remembers what the zone said of a day.
#[derive(Debug, Clone)]
pub struct TimeReader {
    format: TimeFormat,
    zone: TimeZone,
    remembered: Vec<Option<Remembered>>,
}

impl TimeReader {
    /// A reader for a column; `zone` is the business's.
    pub fn new(format: TimeFormat, zone: TimeZone) -> Self {
        Self {
            format,
            zone,
            remembered: Vec::new(),
        }
    }

    /// Reads one text.
    ///
    /// # Errors
    /// Not a time in this format, or one that the calendar does not have.
    pub fn read(&mut self, text: &str) -> Result<ParsedTime, ValueError> {
        let text = text.trim();
        let layout = self.format.layout;
        let civil = match layout {
            TimeLayout::EpochSeconds => {
                return epoch(text, 1_000_000).ok_or_else(|| no_time(text, layout));
            }
            TimeLayout::EpochMillis => {
                return epoch(text, 1_000).ok_or_else(|| no_time(text, layout));
            }
            TimeLayout::EpochMicros => {
                return epoch(text, 1).ok_or_else(|| no_time(text, layout));
            }
            TimeLayout::ExcelSerial => excel_serial(text).or_else(|| iso(text)),
            TimeLayout::Compact => parts::compact(text).or_else(|| iso(text)),
            TimeLayout::Ymd => iso(text),
            TimeLayout::Dmy | TimeLayout::Mdy => fixed(text, layout),
        };
        let civil = match civil {
            Some(civil) => civil,
            None => in_order(text, layout)?,
        };
        if !exists(civil.year, civil.month, civil.day) {
            return Err(ValueError::NoSuchTime {
                text: shortened(text),
                right: layout.example(),
            });
        }
        self.instant(civil).ok_or_else(|| no_time(text, layout))
    }

    fn instant(&mut self, civil: Civil) -> Option<ParsedTime> {
        let day = days_from_civil(civil.year, civil.month, civil.day);
        let kind = if civil.has_time {
            TimeKind::Exact
        } else {
            TimeKind::Date
        };
        let local_seconds = i64::from(day) * DAY_SECONDS + i64::from(civil.second_of_day);
        let offset_seconds = civil.offset_seconds.or_else(|| self.offset_of(day, civil));
        if let Some(offset_seconds) = offset_seconds {
            let seconds = local_seconds - i64::from(offset_seconds);
            return Some(ParsedTime {
                micros: seconds * 1_000_000 + i64::from(civil.micro),
                kind,
            });
        }
        let ambiguous = self.zone.to_ambiguous_timestamp(civil.datetime()?);
        let kind = match (ambiguous.offset(), kind) {
            (AmbiguousOffset::Unambiguous { .. }, kind) | (_, kind @ TimeKind::Date) => kind,
            (AmbiguousOffset::Gap { .. }, _) => TimeKind::Gap,
            (AmbiguousOffset::Fold { .. }, _) => TimeKind::Fold,
        };
        let micros = ambiguous.compatible().ok()?.as_microsecond();
        Some(ParsedTime { micros, kind })
    }

    /// Seconds east of UTC on this day, if they stay the same all day.
    fn offset_of(&mut self, day: i32, civil: Civil) -> Option<i32> {
        if self.remembered.is_empty() {
            self.remembered = vec![None; REMEMBERED_DAYS];
        }
        let place = day.rem_euclid(REMEMBERED_DAYS as i32) as usize;
        match self.remembered[place] {
            Some(known) if known.day == day => known.offset_seconds,
            _ => {
                let offset_seconds = offset_all_day(&self.zone, civil);
                self.remembered[place] = Some(Remembered {
                    day,
                    offset_seconds,
                });
                offset_seconds
            }
        }
    }
}

fn offset_all_day(zone: &TimeZone, civil: Civil) -> Option<i32> {
    let midnight = Civil {
        second_of_day: 0,
        micro: 0,
        ..civil
    }
    .datetime()?;
    let steady = |datetime: DateTime| match zone.to_ambiguous_timestamp(datetime).offset() {
        AmbiguousOffset::Unambiguous { offset } => Some(offset),
        AmbiguousOffset::Gap { .. } | AmbiguousOffset::Fold { .. } => None,
    };
    let offset = steady(midnight)?;
    let start = offset.to_timestamp(midnight).ok()?;
    // A day more than needed costs nothing: those days only take the longer way.
    let end = start
        .checked_add(jiff::SignedDuration::from_hours(48))
        .ok()?;
    let changes = zone
        .following(start)
        .next()
        .is_some_and(|change| change.timestamp() <= end);
    (!changes).then_some(offset.seconds())
}

fn no_time(text: &str, layout: TimeLayout) -> ValueError {
    ValueError::NotATime {
        text: shortened(text),
        right: layout.example(),
    }
}

/// The long way: any separators, names, 12 hours, offsets.
fn in_order(text: &str, layout: TimeLayout) -> Result<Civil, ValueError> {
    let parts = take_apart(text).ok_or_else(|| no_time(text, layout))?;
    let wanted = match layout {
        TimeLayout::Dmy => Orders::DMY,
        TimeLayout::Mdy => Orders::MDY,
        _ => Orders::YMD,
    };
    let written = parts.orders();
    // A written month or a year in front leave one reading, whatever the column's order.
    let order = if written.contains(wanted) {
        wanted
    } else if parts.names_month() || written == Orders::YMD {
        written
    } else {
        return Err(no_time(text, layout));
    };
    Ok(parts.civil(order))
}

/// `2025-10-25`, `2025-10-25 14:30`, `2025-10-25T14:30:00`, with `/` or `-`.
fn iso(text: &str) -> Option<Civil> {
    let bytes = text.as_bytes();
    let separator = *bytes.get(4)?;
    if !matches!(separator, b'-' | b'/') || *bytes.get(7)? != separator {
        return None;
    }
    let year = digits(bytes, 0, 4)?;
    let month = digits(bytes, 5, 2)?;
    let day = digits(bytes, 8, 2)?;
    clock_behind(bytes, 10, Civil::date(year as i32, month, day))
}

/// `25/10/2025 14:30` and `10/25/2025 14:30:00`, each part at its full width.
fn fixed(text: &str, layout: TimeLayout) -> Option<Civil> {
    let bytes = text.as_bytes();
    let separator = *bytes.get(2)?;
    if !matches!(separator, b'-' | b'/' | b'.') || *bytes.get(5)? != separator {
        return None;
    }
    let first = digits(bytes, 0, 2)?;
    let second = digits(bytes, 3, 2)?;
    let year = digits(bytes, 6, 4)? as i32;
    let (day, month) = if layout == TimeLayout::Dmy {
        (first, second)
    } else {
        (second, first)
    };
    if !(1..=12).contains(&month) {
        return None;
    }
    clock_behind(bytes, 10, Civil::date(year, month, day))
}

/// A time of day without fraction, 12-hour sign or offset, or nothing.
fn clock_behind(bytes: &[u8], at: usize, date: Civil) -> Option<Civil> {
    if bytes.len() == at {
        return Some(date);
    }
    if !matches!(bytes[at], b' ' | b'T') || *bytes.get(at + 3)? != b':' {
        return None;
    }
    let hour = digits(bytes, at + 1, 2)?;
    let minute = digits(bytes, at + 4, 2)?;
    let second = match bytes.len() - at {
        6 => 0,
        9 if bytes[at + 6] == b':' => digits(bytes, at + 7, 2)?,
        _ => return None,
    };
    date.at(hour, minute, second, 0)
}

fn digits(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    bytes
        .get(at..at + count)?
        .iter()
        .try_fold(0, |value, byte| {
            byte.is_ascii_digit()
                .then(|| value * 10 + u32::from(byte - b'0'))
        })
}

fn epoch(text: &str, unit_micros: i64) -> Option<ParsedTime> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let behind = format!("{fraction:0<9}").parse::<i64>().ok()?;
    let whole = whole.parse::<i64>().ok()?.checked_mul(unit_micros)?;
    let part = behind / (1_000_000_000 / unit_micros);
    let micros = if text.starts_with('-') {
        whole - part
    } else {
        whole + part
    };
    jiff::Timestamp::from_microsecond(micros).ok()?;
    Some(ParsedTime {
        micros,
        kind: TimeKind::Exact,
    })
}

/// Spreadsheets count 1900-02-29, which never was; from March 1900 on the count is right.
pub(crate) fn excel_serial(text: &str) -> Option<Civil> {
    const FIRST_RIGHT: f64 = 61.0;
    const AFTER_LAST: f64 = 2_958_466.0;
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let serial: f64 = text.replacen(',', ".", 1).parse().ok()?;
    if !(FIRST_RIGHT..AFTER_LAST).contains(&serial) {
        return None;
    }
    // Spreadsheets keep times to the millisecond.
    let millis = (serial * 86_400_000.0).round() as i64;
    let (day, milli_of_day) = (millis / 86_400_000, (millis % 86_400_000) as u32);
    let date = jiff::civil::date(1899, 12, 30)
        .checked_add(jiff::SignedDuration::from_hours(24 * day))
        .ok()?;
    Some(Civil {
        second_of_day: milli_of_day / 1_000,
        micro: milli_of_day % 1_000 * 1_000,
        has_time: milli_of_day > 0,
        ..Civil::date(
            i32::from(date.year()),
            date.month() as u32,
            date.day() as u32,
        )
    })
}

#[cfg(test)]
mod tests;
