//! Reading the columns of results whose statement stands beside the code, and days as the engine
//! counts them.

use datafusion::arrow::array::{ArrayRef, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use jiff::civil::Date;

const EPOCH: Date = Date::constant(1970, 1, 1);

/// A column of a result, by name.
pub(crate) fn column<'a>(batch: &'a RecordBatch, name: &str) -> &'a ArrayRef {
    batch
        .column_by_name(name)
        .expect("the statement beside the code names its columns")
}

/// A column of text, whichever way the engine keeps it.
pub(crate) fn text(batch: &RecordBatch, name: &str) -> ArrayRef {
    cast(column(batch, name), &DataType::Utf8View).expect("every kind of text can be a view")
}

/// The date of a number of days since 1970-01-01.
pub(crate) fn date_of(day: i32) -> Date {
    EPOCH.saturating_add(jiff::Span::new().days(i64::from(day)))
}

/// Days since 1970-01-01.
pub(crate) fn day_of(date: Date) -> i32 {
    date.duration_since(EPOCH).as_hours().div_euclid(24) as i32
}
