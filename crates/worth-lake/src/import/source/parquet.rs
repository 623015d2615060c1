//! Parquet: typed columns as canonical text. Structs become columns with dots in their names,
//! lists become JSON text.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, StringArray, StructArray, make_array,
};
use datafusion::arrow::compute::{cast, nullif};
use datafusion::arrow::datatypes::{DataType, Field, Fields, Float32Type, Float64Type};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::record_batch::RecordBatch;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReaderBuilder};

use super::columns::{in_nfc, text_schema};
use super::encoding::open_file;
use super::header::unique;
use super::number_text::push_number;
use super::{COLUMNS_MAX, Native, Sink, SourceBatch, SourceColumn, SourceError};

/// Rows that are decoded at once.
const DECODED_ROWS: usize = 8_192;

/// The columns of a Parquet file.
pub(super) fn columns(path: &Path) -> Result<Vec<SourceColumn>, SourceError> {
    let file = open_file(path)?;
    let metadata = ArrowReaderMetadata::load(&file, Default::default())
        .map_err(|error| broken(path, &error))?;
    let mut found = Vec::new();
    flatten_fields(path, metadata.schema().fields(), "", &mut found)?;
    if found.len() > COLUMNS_MAX {
        return Err(SourceError::TooManyColumns {
            path: path.to_owned(),
            limit: COLUMNS_MAX,
        });
    }
    let names = unique(found.iter().map(|column| &column.name));
    Ok(names
        .into_iter()
        .zip(found)
        .map(|(name, column)| SourceColumn {
            name,
            native: column.native,
            label: None,
        })
        .collect())
}

fn broken(path: &Path, error: &dyn std::fmt::Display) -> SourceError {
    SourceError::Broken {
        path: path.to_owned(),
        format: "Parquet file",
        detail: error.to_string(),
    }
}

fn flatten_fields(
    path: &Path,
    fields: &Fields,
    prefix: &str,
    into: &mut Vec<SourceColumn>,
) -> Result<(), SourceError> {
    for field in fields {
        let name = format!("{prefix}{}", field.name());
        if let DataType::Struct(inner) = field.data_type() {
            flatten_fields(path, inner, &format!("{name}."), into)?;
            continue;
        }
        let native = native_of(field).ok_or_else(|| SourceError::UnsupportedType {
            path: path.to_owned(),
            column: name.clone(),
            kind: field.data_type().to_string(),
        })?;
        into.push(SourceColumn {
            name,
            native,
            label: None,
        });
    }
    Ok(())
}

/// The type of a column; `None` for types without a text form here.
fn native_of(field: &Field) -> Option<Native> {
    match field.data_type() {
        DataType::Dictionary(_, value) => {
            native_of(&Field::new(field.name(), value.as_ref().clone(), true))
        }
        DataType::Null | DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            Some(Native::Text)
        }
        DataType::Boolean => Some(Native::Flag),
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => Some(Native::Time),
        DataType::Time32(_) | DataType::Time64(_) => Some(Native::Text),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => Some(Native::Text),
        DataType::List(item) | DataType::LargeList(item) => {
            let item = match item.data_type() {
                DataType::List(_) | DataType::LargeList(_) | DataType::Struct(_) => None,
                _ => native_of(item),
            };
            item.map(|_| Native::Text)
        }
        DataType::Decimal32(..) | DataType::Decimal64(..) => Some(Native::Number),
        DataType::Decimal128(..) | DataType::Decimal256(..) => Some(Native::Number),
        number if number.is_integer() || number.is_floating() => Some(Native::Number),
        _ => None,
    }
}

/// Reads the rows of a Parquet file.
pub(super) fn read(
    path: &Path,
    columns: &[SourceColumn],
    sink: &mut Sink<'_>,
) -> Result<(), SourceError> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(open_file(path)?)
        .and_then(|builder| {
            builder
                .with_batch_size(DECODED_ROWS.min(sink.rows_max))
                .build()
        })
        .map_err(|error| broken(path, &error))?;
    let schema = text_schema(columns);
    let mut rows_before = 0;
    for decoded in reader {
        let decoded = decoded.map_err(|error| broken(path, &error))?;
        let rows = decoded.num_rows();
        let mut texts = Vec::with_capacity(columns.len());
        push_texts(path, columns, &StructArray::from(decoded), &mut texts)?;
        let batch = SourceBatch {
            rows: RecordBatch::try_new(Arc::clone(&schema), texts).map_err(|_| {
                SourceError::Changed {
                    path: path.to_owned(),
                }
            })?,
            file_rows: (rows_before + 1..=rows_before + rows as u64).collect(),
            damaged: Vec::new(),
        };
        rows_before += rows as u64;
        if let ControlFlow::Break(()) = (sink.take)(batch) {
            return Ok(());
        }
    }
    Ok(())
}

/// Appends the texts of every leaf column, structs within structs laid out flat.
fn push_texts(
    path: &Path,
    columns: &[SourceColumn],
    rows: &StructArray,
    into: &mut Vec<ArrayRef>,
) -> Result<(), SourceError> {
    for (array, field) in rows.columns().iter().zip(rows.fields()) {
        // Where the struct is null its fields are too.
        let hidden = rows
            .nulls()
            .map(|filled| BooleanArray::new(!filled.inner(), None));
        let array = match hidden {
            Some(hidden) => nullif(array, &hidden).map_err(|error| broken(path, &error))?,
            None => Arc::clone(array),
        };
        if let Some(inner) = array.as_struct_opt() {
            push_texts(path, columns, inner, into)?;
            continue;
        }
        let text = text_of(&array).map_err(|problem| match problem {
            Problem::NotText => SourceError::UnsupportedType {
                path: path.to_owned(),
                column: columns
                    .get(into.len())
                    .map_or(field.name(), |column| &column.name)
                    .clone(),
                kind: "binary data that is no text".to_owned(),
            },
            Problem::Arrow(error) => broken(path, &error),
        })?;
        into.push(Arc::new(text));
    }
    Ok(())
}

enum Problem {
    NotText,
    Arrow(ArrowError),
}

impl From<ArrowError> for Problem {
    fn from(error: ArrowError) -> Self {
        Self::Arrow(error)
    }
}

/// The canonical text of every value; an empty text is null.
fn text_of(array: &ArrayRef) -> Result<StringArray, Problem> {
    match array.data_type() {
        DataType::Dictionary(_, value) => text_of(&cast(array, value)?),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            let strings = cast(array, &DataType::LargeUtf8)?;
            Ok(strings
                .as_string::<i64>()
                .iter()
                .map(|text| text.and_then(nfc))
                .collect())
        }
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => {
            let bytes = cast(array, &DataType::LargeBinary)?;
            let texts = bytes.as_binary::<i64>().iter().map(|bytes| match bytes {
                Some(bytes) => std::str::from_utf8(bytes)
                    .map(nfc)
                    .map_err(|_| Problem::NotText),
                None => Ok(None),
            });
            texts.collect()
        }
        DataType::Float16 | DataType::Float64 => {
            let numbers = cast(array, &DataType::Float64)?;
            Ok(numbers
                .as_primitive::<Float64Type>()
                .iter()
                .map(|number| plain(number?))
                .collect())
        }
        DataType::Float32 => {
            // The shortest text that is this number in 32 bits: 12.34, not 12.340000152587891.
            let numbers = array.as_primitive::<Float32Type>().iter();
            Ok(numbers
                .map(|number| plain(number?.to_string().parse().ok()?))
                .collect())
        }
        DataType::Timestamp(unit, Some(_)) => {
            // Named zones need a table that Arrow is built without; the instant is the same.
            let utc = DataType::Timestamp(*unit, Some("+00:00".into()));
            let instants = array.to_data().into_builder().data_type(utc).build()?;
            Ok(cast(&make_array(instants), &DataType::Utf8)?
                .as_string::<i32>()
                .clone())
        }
        DataType::List(item) => {
            let lists = array.as_list::<i32>();
            json_lists(lists.iter(), item)
        }
        DataType::LargeList(item) => {
            let lists = array.as_list::<i64>();
            json_lists(lists.iter(), item)
        }
        _ => Ok(cast(array, &DataType::Utf8)?.as_string::<i32>().clone()),
    }
}

fn plain(number: f64) -> Option<String> {
    let mut text = String::new();
    push_number(&mut text, number);
    (!text.is_empty()).then_some(text)
}

fn nfc(text: &str) -> Option<Cow<'_, str>> {
    (!text.is_empty()).then(|| in_nfc(text))
}

/// Lists as JSON text: `["red",null]`, `[1,2.5]`.
fn json_lists(
    lists: impl Iterator<Item = Option<ArrayRef>>,
    item: &Field,
) -> Result<StringArray, Problem> {
    let bare = matches!(native_of(item), Some(Native::Number | Native::Flag));
    lists
        .map(|list| {
            let Some(list) = list else { return Ok(None) };
            let items: Vec<String> = text_of(&list)?
                .iter()
                .map(|text| match text {
                    None => "null".to_owned(),
                    Some(text) if bare => text.to_owned(),
                    Some(text) => serde_json::Value::from(text).to_string(),
                })
                .collect();
            Ok(Some(format!("[{}]", items.join(","))))
        })
        .collect()
}
