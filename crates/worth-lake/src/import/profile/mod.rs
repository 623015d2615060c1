//! What all the values of a file say about its columns: how numbers and dates are written, which
//! values are frequent, what is empty. One pass, bounded memory, no guess: what stays open is
//! [`Decision::Ambiguous`] and has to be asked.

use super::value::{NumberFormat, TimeFormat};

/// Different values that are counted exactly per column; above, the most frequent are kept.
pub const FREQUENT_VALUES: usize = 1_000;

/// What a file's values say.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Rows that were read, without damaged ones.
    pub rows: u64,
    /// Rows that could not be taken apart.
    pub damaged: u64,
    /// In the order of [`SourceFile::columns`](super::source::SourceFile::columns).
    pub columns: Vec<ColumnProfile>,
}

impl Profile {
    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&ColumnProfile> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// What the values of one column say.
#[derive(Debug, Clone)]
pub struct ColumnProfile {
    /// The column's name.
    pub name: String,
    /// Values with something in them besides spaces.
    pub filled: u64,
    /// Values without.
    pub empty: u64,
    /// How its numbers are written, when (nearly) all filled values are numbers.
    pub number: Decision<NumberFormat>,
    /// Filled values that are numbers in some format.
    pub numbers: u64,
    /// How its times are written, when (nearly) all filled values are times. A column of digits
    /// alone may be both a number and a time; see [`ColumnProfile::looks`].
    pub time: Decision<TimeFormat>,
    /// Filled values that are times in some format.
    pub times: u64,
    /// What the column most likely holds.
    pub looks: Looks,
    /// Values with a percent sign.
    pub percents: u64,
    /// Signs and codes of currency that stood beside numbers, most frequent first.
    pub currencies: Vec<(String, u64)>,
    /// Numbers written with a leading zero (`0901234567`): ids or telephone numbers, not amounts.
    pub leading_zeros: u64,
    /// Different values, when there are at most [`FREQUENT_VALUES`].
    pub distinct: Option<u64>,
    /// Most frequent values with their counts, most frequent first, trimmed. Exact when
    /// `distinct` is known; else each count is at most `count_error` too low.
    pub frequent: Vec<(String, u64)>,
    /// See `frequent`.
    pub count_error: u64,
}

/// What a column most likely holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// No value at all.
    Empty,
    /// Text or ids.
    Text,
    /// Numbers.
    Number,
    /// Dates or times.
    Time,
}

/// What the values of a column decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision<T> {
    /// The values are something else.
    No,
    /// All values agree.
    Clear(T),
    /// The values can be read in several ways.
    Ambiguous {
        /// The ways, the likelier first.
        choices: Vec<T>,
        /// A value that shows it.
        example: String,
    },
}

impl<T> Decision<T> {
    /// The decided format, when it is clear.
    pub fn clear(&self) -> Option<&T> {
        match self {
            Self::Clear(format) => Some(format),
            Self::No | Self::Ambiguous { .. } => None,
        }
    }
}
