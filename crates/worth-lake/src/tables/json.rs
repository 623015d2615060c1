//! Rows from JSON: one object per row, keys are the columns of the table.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanBuilder, Decimal128Builder, FixedSizeBinaryArray, Float64Builder,
    Int64Builder, ListBuilder, RecordBatch, StringBuilder, TimestampMicrosecondBuilder,
};
use serde_json::{Map, Value};

use super::{COMMON, Column, Kind, MONEY_PRECISION, MONEY_SCALE, Table, row_keys};
use crate::error::Error;

/// Rows of `table` from JSON objects, with the table's schema.
///
/// * A column that is absent or `null` is empty; a required one must be there (`row_key` is
///   computed from `source` and the table's key; `loaded_at` may be absent: 1970-01-01).
/// * Money: a number or text like `"1250.50"`, at most four digits after the point.
/// * Times: text, `"2025-01-31T08:00:00Z"` or with another offset; `"2025-01-31"` is midnight UTC.
/// * JSON columns: any value, stored as its text (object keys sorted).
///
/// Errors: [`Error::Row`] with the number of the row (from 1) and the column.
///
/// ```
/// use serde_json::json;
/// use worth_lake::tables::{batch_from_json, Table};
///
/// let rows = [json!({
///     "source": "shop", "order_id": "A-1", "line": 1, "customer_id": "c1",
///     "ordered_at": "2025-01-31T08:00:00+07:00", "amount": 125000, "currency": "VND",
/// })];
/// let batch = batch_from_json(Table::OrderLines, &rows)?;
/// assert_eq!(batch.num_rows(), 1);
/// # Ok::<(), worth_lake::Error>(())
/// ```
pub fn batch_from_json(table: Table, rows: &[Value]) -> Result<RecordBatch, Error> {
    let objects = rows
        .iter()
        .enumerate()
        .map(|(place, row)| object(table, place, row))
        .collect::<Result<Vec<_>, _>>()?;
    let columns: Vec<&Column> = COMMON.iter().chain(table.columns()).collect();
    let mut arrays = columns
        .iter()
        .map(|column| array(table, column, &objects))
        .collect::<Result<Vec<_>, _>>()?;

    let place_of = |name: &str| {
        columns
            .iter()
            .position(|column| column.name == name)
            .expect("the list has this column")
    };
    let mut key_columns = vec![Arc::clone(&arrays[place_of("source")])];
    key_columns.extend(
        table
            .key()
            .iter()
            .map(|name| Arc::clone(&arrays[place_of(name)])),
    );
    arrays[place_of("row_key")] = Arc::new(row_keys(&key_columns)?);

    RecordBatch::try_new(table.schema(), arrays).map_err(|source| Error::Engine(source.into()))
}

fn object(table: Table, place: usize, row: &Value) -> Result<&Map<String, Value>, Error> {
    let object = row.as_object().ok_or_else(|| Error::Row {
        table: table.name().to_owned(),
        row: place as u64 + 1,
        column: String::new(),
        problem: format!("a row is a JSON object, not {row}"),
    })?;
    match object.keys().find(|key| table.column(key).is_none()) {
        None => Ok(object),
        Some(unknown) => Err(Error::Row {
            table: table.name().to_owned(),
            row: place as u64 + 1,
            column: unknown.clone(),
            problem: "the table has no such column".to_owned(),
        }),
    }
}

fn array(table: Table, column: &Column, rows: &[&Map<String, Value>]) -> Result<ArrayRef, Error> {
    let wrong = |place: usize, problem: String| Error::Row {
        table: table.name().to_owned(),
        row: place as u64 + 1,
        column: column.name.to_owned(),
        problem,
    };
    if column.kind == Kind::Key {
        let empty = [0_u8; 16];
        let keys = FixedSizeBinaryArray::try_from_iter(rows.iter().map(|_| empty));
        return Ok(match keys {
            Ok(keys) => Arc::new(keys),
            Err(_no_rows) => datafusion::arrow::array::new_empty_array(&column.kind.data_type()),
        });
    }
    let epoch = Value::from("1970-01-01");
    let mut values = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        match row.get(column.name).filter(|value| !value.is_null()) {
            None if column.name == "loaded_at" => values.push(Some(&epoch)),
            None if column.required => {
                return Err(wrong(place, "required, but absent".to_owned()));
            }
            value => values.push(value),
        }
    }

    macro_rules! build {
        ($builder:expr, $read:expr) => {{
            let mut builder = $builder;
            for (place, value) in values.iter().enumerate() {
                match value {
                    None => builder.append_null(),
                    Some(value) => {
                        builder.append_value($read(value).map_err(|problem| wrong(place, problem))?)
                    }
                }
            }
            Arc::new(builder.finish()) as ArrayRef
        }};
    }
    Ok(match column.kind {
        Kind::Text => build!(StringBuilder::new(), text),
        Kind::Json => build!(StringBuilder::new(), |value: &Value| Ok(json_text(value))),
        Kind::Count => build!(Int64Builder::new(), |value: &Value| value
            .as_i64()
            .ok_or_else(|| format!("{value} is not a whole number"))),
        Kind::Real => build!(Float64Builder::new(), |value: &Value| value
            .as_f64()
            .ok_or_else(|| format!("{value} is not a number"))),
        Kind::Flag => build!(BooleanBuilder::new(), |value: &Value| value
            .as_bool()
            .ok_or_else(|| format!("{value} is neither true nor false"))),
        Kind::Money => build!(
            Decimal128Builder::new().with_data_type(column.kind.data_type()),
            money
        ),
        Kind::Time => build!(
            TimestampMicrosecondBuilder::new().with_data_type(column.kind.data_type()),
            time
        ),
        Kind::TextList => {
            let mut builder = ListBuilder::new(StringBuilder::new());
            for (place, value) in values.iter().enumerate() {
                match value {
                    None => builder.append_null(),
                    Some(Value::Array(items)) => {
                        for item in items {
                            let item = text(item).map_err(|problem| wrong(place, problem))?;
                            builder.values().append_value(item);
                        }
                        builder.append(true);
                    }
                    Some(other) => return Err(wrong(place, format!("{other} is not a list"))),
                }
            }
            Arc::new(builder.finish())
        }
        Kind::Key => unreachable!("returned above"),
    })
}

fn text(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(format!("{other} is not text")),
    }
}

fn json_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The unscaled value (in ten-thousandths) of a decimal number.
fn money(value: &Value) -> Result<i128, String> {
    let wrong = || {
        format!(
            "{value} is not an amount of at most {} digits before and {MONEY_SCALE} after the point",
            MONEY_PRECISION - MONEY_SCALE.unsigned_abs()
        )
    };
    let text = text(value).map_err(|_| wrong())?;
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.as_str()),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let scale = usize::from(MONEY_SCALE.unsigned_abs());
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(fraction) || fraction.len() > scale {
        return Err(wrong());
    }
    let unscaled: i128 = format!("{whole}{fraction:0<scale$}")
        .parse()
        .map_err(|_| wrong())?;
    if unscaled >= 10_i128.pow(MONEY_PRECISION.into()) {
        return Err(wrong());
    }
    Ok(if negative { -unscaled } else { unscaled })
}

/// Microseconds since 1970 of an ISO 8601 time.
fn time(value: &Value) -> Result<i64, String> {
    let wrong = || format!("{value} is not a time like \"2025-01-31T08:00:00Z\"");
    let text = value.as_str().ok_or_else(wrong)?;
    if let Ok(timestamp) = text.parse::<jiff::Timestamp>() {
        return Ok(timestamp.as_microsecond());
    }
    let date = text.parse::<jiff::civil::Date>().map_err(|_| wrong())?;
    let start = date
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_err(|_| wrong())?;
    Ok(start.timestamp().as_microsecond())
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::array::{Array, AsArray};
    use datafusion::arrow::datatypes::{Decimal128Type, TimestampMicrosecondType};
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_exact_and_keys_are_the_tables() {
        let row = json!({
            "source": "shop", "order_id": "A-1", "line": 2, "ordered_at": "2025-01-31T08:00:00+07:00",
            "amount": "-1250.5", "currency": "VND", "quantity": 3,
        });
        let batch = batch_from_json(Table::OrderLines, &[row]).expect("the row is right");
        let amount = batch["amount"].as_primitive::<Decimal128Type>();
        assert_eq!(amount.value(0), -12_505_000);
        let quantity = batch["quantity"].as_primitive::<Decimal128Type>();
        assert_eq!(quantity.value(0), 30_000);
        let at = batch["ordered_at"].as_primitive::<TimestampMicrosecondType>();
        assert_eq!(at.value(0), 1_738_285_200_000_000);
        assert!(batch["customer_id"].is_null(0));
        let key = crate::tables::row_key([
            crate::tables::Part::Text("shop"),
            crate::tables::Part::Text("A-1"),
            crate::tables::Part::Number(2),
        ]);
        assert_eq!(batch["row_key"].as_fixed_size_binary().value(0), key);
    }

    #[test]
    fn every_table_takes_no_rows() {
        for table in Table::ALL {
            let batch = batch_from_json(*table, &[]).expect("no rows are fine");
            assert_eq!(batch.schema(), table.schema());
        }
    }

    #[test]
    fn errors_name_the_row_and_the_column() {
        let good = json!({"source": "s", "currency": "USD", "at": "2025-01-01", "rate": 25000});
        let cases = [
            (
                json!({"source": "s", "at": "2025-01-01", "rate": 1}),
                "currency",
            ),
            (
                json!({"source": "s", "currency": "USD", "at": "yesterday", "rate": 1}),
                "at",
            ),
            (
                json!({"source": "s", "currency": "USD", "at": "2025-01-01", "rate": "much"}),
                "rate",
            ),
            (json!({"source": "s", "colour": "red"}), "colour"),
        ];
        for (bad, expected) in cases {
            match batch_from_json(Table::ExchangeRates, &[good.clone(), bad]) {
                Err(Error::Row { row: 2, column, .. }) => assert_eq!(column, expected),
                other => panic!("{expected}: {other:?}"),
            }
        }
    }
}
