//! A period as people write it: `2026-01-01..2026-03-31`.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::columns::day_of;

/// Business days from the first to the last, both inclusive, as `2026-01-01..2026-03-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

impl Period {
    /// So many days, at least one, of which `until` is the last.
    pub(super) fn of_days(days: i64, until: Date) -> Self {
        Self {
            from: until.saturating_sub((days.max(1) - 1).days()),
            until,
        }
    }

    /// How many days it has.
    #[must_use]
    pub fn days(self) -> i64 {
        i64::from(day_of(self.until) - day_of(self.from)) + 1
    }
}

impl FromStr for Period {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no period; write 2026-01-01..2026-03-31");
        let (from, until) = text.split_once("..").ok_or_else(wrong)?;
        let day = |text: &str| text.trim().parse::<Date>().map_err(|_| wrong());
        let period = Self {
            from: day(from)?,
            until: day(until)?,
        };
        match period.from <= period.until {
            true => Ok(period),
            false => Err(format!("`{text}` ends before it begins")),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}..{}", self.from, self.until)
    }
}

impl TryFrom<String> for Period {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_written_as_they_are_read() {
        let text = "2026-01-01..2026-03-31";
        let period: Period = text.parse().expect("a period");
        assert_eq!((period.to_string().as_str(), period.days()), (text, 90));
        assert_eq!(Period::of_days(90, period.until), period);
        for wrong in [
            "",
            "2026-01-01",
            "2026-01-01..",
            "2026-02-30..2026-03-01",
            "2026-02-01..2026-01-01",
        ] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }
}
