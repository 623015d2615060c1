//! Reads a customer summary from a file that the lake can read: CSV, XLSX, Parquet, JSON lines.

use datafusion::arrow::array::{Array, AsArray, StringArray};
use worth_lake::import::profile::{Decision, Profile};
use worth_lake::import::source::{SourceColumn, SourceFile};
use worth_lake::import::value::{NumberFormat, parse_real};
use worth_lake::progress::Progress;

use super::{CustomerSummary, NOT_A_NUMBER, SummaryRow};
use crate::error::Error;
use crate::question::Source;

/// What the columns are called in lifetimes, PyMC-Marketing and CLVTools, without signs and in lower
/// case; of several that are there the first is taken.
const FREQUENCY: &[&str] = &["frequency", "x", "frequencycal"];
const RECENCY: &[&str] = &["recency", "tx", "recencycal"];
const AGE: &[&str] = &["t", "age", "tcal"];
const MONETARY: &[&str] = &["monetaryvalue", "monetary", "spending", "monetaryvaluecal"];
const CUSTOMER_ID: &[&str] = &["customerid", "id", "customer"];

impl CustomerSummary {
    /// Reads a file. `decimal`: how its numbers are written, where they do not say themselves.
    ///
    /// # Errors
    ///
    /// [`Error::NoColumn`] when it is no customer summary, [`Error::AmbiguousNumbers`],
    /// [`Error::Lake`] when it cannot be read.
    pub fn read(
        file: &SourceFile,
        decimal: Option<NumberFormat>,
        progress: &dyn Progress,
    ) -> Result<Self, Error> {
        let columns = Columns::find(file)?;
        let profile = file.profile(progress).map_err(worth_lake::Error::from)?;
        let formats = Formats::of(file, &columns, &profile, decimal)?;
        let (mut rows, mut unreadable) = (Vec::new(), profile.damaged);
        for batch in file.read() {
            let batch = batch.map_err(worth_lake::Error::from)?;
            let texts = |place: usize| batch.rows.column(place).as_string::<i32>();
            let number = |place: usize, row| formats.number(place, texts(place), row);
            for (row, file_row) in batch.file_rows.iter().enumerate() {
                let id = columns
                    .customer_id
                    .and_then(|place| text(texts(place), row));
                let monetary = match columns.monetary {
                    Some(place) if text(texts(place), row).is_some() => Some(number(place, row)),
                    _ => None,
                };
                let (Some(frequency), Some(recency), Some(age), Some(monetary)) = (
                    number(columns.frequency, row),
                    number(columns.recency, row),
                    number(columns.age, row),
                    monetary.map_or(Some(None), |number| number.map(Some)),
                ) else {
                    unreadable += 1;
                    continue;
                };
                rows.push(SummaryRow {
                    customer_id: id.map_or_else(|| file_row.to_string(), str::to_owned),
                    frequency,
                    recency,
                    age,
                    monetary,
                });
            }
        }
        let mut summary = Self::new(rows);
        if unreadable > 0 {
            summary.leave_out(NOT_A_NUMBER, unreadable);
        }
        summary.source = Source::File {
            file: file.name().to_owned(),
            digest: file.digest().to_owned(),
        };
        Ok(summary)
    }
}

/// Places of the columns in the file.
struct Columns {
    frequency: usize,
    recency: usize,
    age: usize,
    monetary: Option<usize>,
    customer_id: Option<usize>,
}

impl Columns {
    fn find(file: &SourceFile) -> Result<Self, Error> {
        let needed = |column: &'static str, names| {
            place(file.columns(), names).ok_or_else(|| Error::NoColumn {
                path: file.path().to_owned(),
                column,
                found: file
                    .columns()
                    .iter()
                    .map(|column| column.name.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
            })
        };
        Ok(Self {
            frequency: needed("frequency", FREQUENCY)?,
            recency: needed("recency", RECENCY)?,
            age: needed("T", AGE)?,
            monetary: place(file.columns(), MONETARY),
            customer_id: place(file.columns(), CUSTOMER_ID),
        })
    }

    fn of_numbers(&self) -> impl Iterator<Item = usize> {
        let needed = [self.frequency, self.recency, self.age];
        needed.into_iter().chain(self.monetary)
    }
}

fn place(columns: &[SourceColumn], names: &[&str]) -> Option<usize> {
    let bare = |name: &str| -> String {
        let letters = name.chars().filter(|sign| sign.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    names.iter().find_map(|name| {
        columns
            .iter()
            .position(|column| bare(&column.name) == *name)
    })
}

/// How the numbers of each column are written.
struct Formats(Vec<NumberFormat>);

impl Formats {
    /// A column that does not say itself is written as the others of the file.
    fn of(
        file: &SourceFile,
        columns: &Columns,
        profile: &Profile,
        decimal: Option<NumberFormat>,
    ) -> Result<Self, Error> {
        let known = |place: usize| profile.columns[place].number.clear().copied();
        let of_others = columns
            .of_numbers()
            .filter_map(known)
            .find(|format| format.decimal.is_some());
        let mut formats = vec![NumberFormat::default(); profile.columns.len()];
        for place in columns.of_numbers() {
            formats[place] = match &profile.columns[place].number {
                Decision::Clear(format) => *format,
                Decision::No => NumberFormat::default(),
                Decision::Ambiguous { example, .. } => {
                    decimal
                        .or(of_others)
                        .ok_or_else(|| Error::AmbiguousNumbers {
                            path: file.path().to_owned(),
                            column: file.columns()[place].name.clone(),
                            example: example.clone(),
                        })?
                }
            };
        }
        Ok(Self(formats))
    }

    fn number(&self, place: usize, texts: &StringArray, row: usize) -> Option<f64> {
        parse_real(text(texts, row)?, self.0[place]).ok()
    }
}

fn text(texts: &StringArray, row: usize) -> Option<&str> {
    let filled = texts.is_valid(row).then(|| texts.value(row).trim());
    filled.filter(|text| !text.is_empty())
}
