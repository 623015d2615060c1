//! From text to values: money, numbers, counts, flags and times, each by the format that the
//! whole column decided. Nothing here guesses: a value that could be read in two ways is an error.

mod number;
mod time;

pub(crate) use number::shape;
pub use number::{MONEY_LIMIT, NumberFormat, parse_count, parse_flag, parse_money, parse_real};
pub(crate) use time::{calendar, parts};

pub use time::{ParsedTime, TimeFormat, TimeKind, TimeLayout, TimeReader, parse_time};

/// A text that is not the value it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// Not a number at all.
    #[error("`{text}` is not a number; right would be {right}")]
    NotANumber {
        /// The text.
        text: String,
        /// An example in the column's format.
        right: String,
    },
    /// `1.250`, in a column that never told what its point means.
    #[error("`{text}` may be {fraction} or {whole}; say which with --decimal point or comma")]
    AmbiguousNumber {
        /// The text.
        text: String,
        /// Read as a decimal fraction.
        fraction: String,
        /// Read as a whole number with thousands separators.
        whole: String,
    },
    /// More than the column can hold.
    #[error("`{text}` is too large; the most is {limit}")]
    TooLarge {
        /// The text.
        text: String,
        /// The largest value.
        limit: &'static str,
    },
    /// A fraction where a count is needed.
    #[error("`{text}` is not a whole number")]
    NotWhole {
        /// The text.
        text: String,
    },
    /// A percentage where an amount is needed.
    #[error("`{text}` is a percentage; right would be an amount")]
    Percentage {
        /// The text.
        text: String,
    },
    /// Neither yes nor no.
    #[error(
        "`{text}` is neither yes nor no; right would be yes, no, true, false, có, không, 1 or 0"
    )]
    NotAFlag {
        /// The text.
        text: String,
    },
    /// Not a date or time.
    #[error("`{text}` is not a time; right would be {right}")]
    NotATime {
        /// The text.
        text: String,
        /// An example in the column's format.
        right: &'static str,
    },
    /// A day or hour that does not exist, such as 31/02/2025.
    #[error("`{text}` does not exist in the calendar; right would be {right}")]
    NoSuchTime {
        /// The text.
        text: String,
        /// An example in the column's format.
        right: &'static str,
    },
}

impl ValueError {
    /// The kind of error as one stable word, for counting and translation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotANumber { .. } => "not-a-number",
            Self::AmbiguousNumber { .. } => "ambiguous-number",
            Self::TooLarge { .. } => "too-large",
            Self::NotWhole { .. } => "not-whole",
            Self::Percentage { .. } => "percentage",
            Self::NotAFlag { .. } => "not-a-flag",
            Self::NotATime { .. } => "not-a-time",
            Self::NoSuchTime { .. } => "no-such-time",
        }
    }
}

/// Whether a text is a number in some format.
pub(crate) fn looks_like_number(text: &str) -> bool {
    number::shape::shape_of(text).is_some()
}

/// Whether a text is a date, with or without a time of day, in some order.
pub(crate) fn looks_like_time(text: &str) -> bool {
    time::parts::take_apart(text).is_some()
}
