//! What all the values of a file say about its columns: how numbers and dates are written, which
//! values are frequent, what is empty. One pass, bounded memory, no guess: what stays open is
//! [`Decision::Ambiguous`] and has to be asked.

mod frequent;
mod number;
mod time;

#[cfg(test)]
mod tests;

use datafusion::arrow::array::{Array, AsArray, StringArray};
use rayon::prelude::*;

use super::source::{Native, SourceColumn, SourceError, SourceFile};
use super::value::{NumberFormat, TimeFormat};
use crate::progress::{Progress, Stage, Unit};
use frequent::Frequent;
use number::NumberEvidence;
use time::TimeEvidence;

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
    /// Reads the file once through; columns are looked at in parallel.
    pub(super) fn of(file: &SourceFile, progress: &dyn Progress) -> Result<Self, SourceError> {
        let mut evidence: Vec<Evidence> = file.columns().iter().map(Evidence::new).collect();
        let (mut rows, mut damaged) = (0, 0);
        progress.begin(Stage::of("profile", file.name()), None, Unit::Rows);
        for batch in file.read() {
            let batch = batch.inspect_err(|_| progress.end())?;
            evidence
                .par_iter_mut()
                .zip(batch.rows.columns())
                .for_each(|(evidence, values)| evidence.add(values.as_string::<i32>()));
            rows += batch.file_rows.len() as u64;
            damaged += batch.damaged.len() as u64;
            progress.advance(batch.file_rows.len() as u64);
        }
        progress.end();
        let columns = evidence
            .into_iter()
            .map(|evidence| evidence.decide(rows))
            .collect();
        Ok(Self {
            rows,
            damaged,
            columns,
        })
    }

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
    /// All values agree, but for stray ones that will be rejected.
    Clear(T),
    /// The values can be read in several ways.
    Ambiguous {
        /// The ways, the likelier first.
        choices: Vec<T>,
        /// A value that shows it.
        example: String,
    },
}

/// Whether so many of the filled values agree that the rest are mistakes, to be rejected one by
/// one: four in five.
fn is_nearly_all(count: u64, filled: u64) -> bool {
    count * 5 >= filled * 4
}

/// What is known of a column while its values go by.
struct Evidence {
    name: String,
    native: Native,
    filled: u64,
    number: NumberEvidence,
    time: TimeEvidence,
    frequent: Frequent,
}

impl Evidence {
    fn new(column: &SourceColumn) -> Self {
        Self {
            name: column.name.clone(),
            native: column.native,
            filled: 0,
            number: NumberEvidence::default(),
            time: TimeEvidence::default(),
            frequent: Frequent::default(),
        }
    }

    fn add(&mut self, values: &StringArray) {
        let filled_at = |row: usize| {
            let value = if values.is_null(row) {
                ""
            } else {
                values.value(row).trim()
            };
            (!value.is_empty()).then_some(value)
        };
        let Self {
            filled,
            number,
            time,
            frequent,
            ..
        } = self;
        let rows = (0..values.len()).map(filled_at);
        frequent.add_batch(
            rows,
            |row| values.value(row).trim(),
            |value, count| {
                *filled += count;
                number.add(value, count);
                time.add(value, count);
            },
        );
    }

    fn decide(self, rows: u64) -> ColumnProfile {
        let Self {
            name,
            native,
            filled,
            number,
            time,
            frequent,
        } = self;
        let decided_number = match native {
            Native::Number if filled > 0 => Decision::Clear(NumberFormat::PLAIN),
            _ => number.decide(filled),
        };
        let decided_time = time.decide(filled);
        let ids = number.leading_zeros * 20 >= number.numbers;
        let looks = match native {
            _ if filled == 0 => Looks::Empty,
            Native::Number => Looks::Number,
            Native::Time => Looks::Time,
            _ if time.is_certain(filled) => Looks::Time,
            _ if decided_number != Decision::No && !ids => Looks::Number,
            _ => Looks::Text,
        };
        let mut currencies: Vec<(String, u64)> = number
            .currencies
            .iter()
            .map(|&(sign, count)| (sign.to_owned(), count))
            .collect();
        currencies.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        ColumnProfile {
            name,
            filled,
            empty: rows - filled,
            numbers: number.numbers,
            number: decided_number,
            times: time.times(),
            time: decided_time,
            looks,
            percents: number.percents,
            currencies,
            leading_zeros: number.leading_zeros,
            distinct: frequent.distinct(),
            count_error: frequent.error(),
            frequent: frequent.into_values(),
        }
    }
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
