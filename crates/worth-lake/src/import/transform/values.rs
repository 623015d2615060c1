//! From a column of text to a column of values, with the reasons of those that are none.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, BooleanBuilder, Decimal128Builder, Float64Builder, Int64Builder, ListBuilder,
    StringArray, StringBuilder, TimestampMicrosecondBuilder,
};
use datafusion::arrow::datatypes::DataType;
use jiff::tz::TimeZone;

use crate::import::reason::Reason;
use crate::import::value::{
    NumberFormat, TimeFormat, TimeKind, TimeReader, ValueError, parse_count, parse_flag,
    parse_money, parse_real,
};
use crate::tables::{MONEY_PRECISION, MONEY_SCALE};

/// Why rows cannot be accepted: row of the batch and reason, in no order.
pub(crate) type Problems = Vec<(u32, Reason)>;

/// How often a column's times needed a decision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TimeNotes {
    /// Days without a time.
    pub(crate) dates: u64,
    /// Times that a clock change skips or doubles.
    pub(crate) clock_changes: u64,
}

impl TimeNotes {
    pub(crate) fn add(&mut self, other: TimeNotes) {
        self.dates += other.dates;
        self.clock_changes += other.clock_changes;
    }
}

/// Ways of writing that there is nothing, in columns of numbers, times and flags.
fn is_nothing(text: &str) -> bool {
    matches!(text, "-" | "--" | "—" | "–")
        || (text.len() <= 4
            && ["n/a", "na", "null", "none", "nan", "nil"]
                .iter()
                .any(|nothing| text.eq_ignore_ascii_case(nothing)))
}

fn cells(text: &StringArray) -> impl Iterator<Item = Option<&str>> {
    text.iter()
        .map(|cell| cell.filter(|cell| !is_nothing(cell)))
}

fn problem(problems: &mut Problems, row: usize, column: &str, error: &ValueError) {
    let row = u32::try_from(row).expect("a batch is small");
    problems.push((
        row,
        Reason::new(error.code())
            .with("column", column)
            .with("detail", error),
    ));
}

/// Money, quantities, seconds: exact decimals.
pub(crate) fn money(
    text: &StringArray,
    column: &str,
    format: NumberFormat,
    problems: &mut Problems,
) -> Vec<Option<i128>> {
    let mut values = Vec::with_capacity(text.len());
    for (row, cell) in cells(text).enumerate() {
        values.push(match cell.map(|cell| parse_money(cell, format)) {
            Some(Ok(value)) => Some(value),
            Some(Err(error)) => {
                problem(problems, row, column, &error);
                None
            }
            None => None,
        });
    }
    values
}

/// An Arrow column of ten-thousandths.
pub(crate) fn money_array(values: &[Option<i128>]) -> ArrayRef {
    let mut builder = Decimal128Builder::with_capacity(values.len())
        .with_data_type(DataType::Decimal128(MONEY_PRECISION, MONEY_SCALE));
    for value in values {
        builder.append_option(*value);
    }
    Arc::new(builder.finish())
}

/// `a × b` in ten-thousandths, rounded half away from zero.
pub(crate) fn times(a: i128, b: i128) -> Option<i128> {
    let one = 10_i128.pow(MONEY_SCALE.unsigned_abs().into());
    let product = a.checked_mul(b)?;
    let half = if product < 0 { -one / 2 } else { one / 2 };
    let rounded = (product + half) / one;
    (rounded.abs() < crate::import::value::MONEY_LIMIT).then_some(rounded)
}

/// Whole numbers.
pub(crate) fn counts(
    text: &StringArray,
    column: &str,
    format: NumberFormat,
    problems: &mut Problems,
) -> ArrayRef {
    let mut builder = Int64Builder::with_capacity(text.len());
    for (row, cell) in cells(text).enumerate() {
        match cell.map(|cell| parse_count(cell, format)) {
            Some(Ok(value)) => builder.append_value(value),
            Some(Err(error)) => {
                problem(problems, row, column, &error);
                builder.append_null();
            }
            None => builder.append_null(),
        }
    }
    Arc::new(builder.finish())
}

/// Real numbers; `range` is what they must lie in.
pub(crate) fn reals(
    text: &StringArray,
    column: &str,
    format: NumberFormat,
    range: Option<(f64, f64)>,
    problems: &mut Problems,
) -> ArrayRef {
    let mut builder = Float64Builder::with_capacity(text.len());
    for (row, cell) in cells(text).enumerate() {
        match cell.map(|cell| parse_real(cell, format)) {
            Some(Ok(value))
                if range.is_none_or(|(least, most)| least <= value && value <= most) =>
            {
                builder.append_value(value);
            }
            Some(Ok(value)) => {
                let (least, most) = range.expect("a value without a range is inside");
                let reason = Reason::new("outside-range")
                    .with("column", column)
                    .with("value", value)
                    .with("right", format!("{least} to {most}"));
                problems.push((u32::try_from(row).expect("a batch is small"), reason));
                builder.append_null();
            }
            Some(Err(error)) => {
                problem(problems, row, column, &error);
                builder.append_null();
            }
            None => builder.append_null(),
        }
    }
    Arc::new(builder.finish())
}

/// Points in time.
pub(crate) fn time_values(
    text: &StringArray,
    column: &str,
    format: TimeFormat,
    zone: &TimeZone,
    notes: &mut TimeNotes,
    problems: &mut Problems,
) -> ArrayRef {
    let mut reader = TimeReader::new(format, zone.clone());
    let mut builder = TimestampMicrosecondBuilder::with_capacity(text.len());
    for (row, cell) in cells(text).enumerate() {
        match cell.map(|cell| reader.read(cell)) {
            Some(Ok(time)) => {
                match time.kind {
                    TimeKind::Exact => {}
                    TimeKind::Date => notes.dates += 1,
                    TimeKind::Gap | TimeKind::Fold => notes.clock_changes += 1,
                }
                builder.append_value(time.micros);
            }
            Some(Err(error)) => {
                problem(problems, row, column, &error);
                builder.append_null();
            }
            None => builder.append_null(),
        }
    }
    Arc::new(builder.finish().with_timezone("UTC"))
}

/// Yes or no.
pub(crate) fn flags(text: &StringArray, column: &str, problems: &mut Problems) -> ArrayRef {
    let mut builder = BooleanBuilder::with_capacity(text.len());
    for (row, cell) in cells(text).enumerate() {
        match cell.map(parse_flag) {
            Some(Ok(value)) => builder.append_value(value),
            Some(Err(error)) => {
                problem(problems, row, column, &error);
                builder.append_null();
            }
            None => builder.append_null(),
        }
    }
    Arc::new(builder.finish())
}

/// Lists of text: a JSON array, or elements with `separator` between them.
pub(crate) fn lists(text: &StringArray, separator: &str) -> ArrayRef {
    let mut builder = ListBuilder::new(StringBuilder::new());
    for cell in text {
        let Some(cell) = cell else {
            builder.append_null();
            continue;
        };
        if let Ok(elements) = serde_json::from_str::<Vec<String>>(cell) {
            for element in elements {
                builder.values().append_value(element);
            }
        } else {
            for element in cell
                .split(separator)
                .map(str::trim)
                .filter(|part| !part.is_empty())
            {
                builder.values().append_value(element);
            }
        }
        builder.append(true);
    }
    Arc::new(builder.finish())
}

/// JSON objects with sorted keys; numbers keep their digits.
pub(crate) fn json(text: &StringArray, column: &str, problems: &mut Problems) -> ArrayRef {
    let mut builder = StringBuilder::with_capacity(text.len(), text.value_data().len());
    for (row, cell) in text.iter().enumerate() {
        let Some(cell) = cell else {
            builder.append_null();
            continue;
        };
        match serde_json::from_str::<BTreeMap<String, serde_json::Value>>(cell) {
            Ok(object) => {
                builder.append_value(serde_json::to_string(&object).expect("JSON stays JSON"));
            }
            Err(_) => {
                let reason = Reason::new("not-json")
                    .with("column", column)
                    .with("value", cell);
                problems.push((u32::try_from(row).expect("a batch is small"), reason));
                builder.append_null();
            }
        }
    }
    Arc::new(builder.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_rounded_half_away_from_zero() {
        assert_eq!(times(29_500, 60_000), Some(177_000)); // 2.95 × 6
        assert_eq!(times(5, 1_000), Some(1)); // 0.0005 × 0.1 = 0.00005
        assert_eq!(times(-5, 1_000), Some(-1));
        assert_eq!(times(i128::MAX, 2), None);
    }

    #[test]
    fn nothing_has_many_names() {
        assert!(is_nothing("-") && is_nothing("N/A") && is_nothing("null"));
        assert!(!is_nothing("0") && !is_nothing("nano"));
    }
}
