//! JSON objects, one a line or all in one array. Objects within objects become columns with dots
//! in their names (`buyer.name`), those within lists with their number as well (`lines.1.price`);
//! lists of anything else, and very long ones, stay JSON text.
//!
//! Which columns there are is known only after all of the file, so opening reads it once through.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;

use encoding_rs::Encoding;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::columns::{BatchBuilder, in_nfc, text_schema};
use super::encoding::TextStream;
use super::header::unique;
use super::objects::{Object, Objects};
use super::{COLUMNS_MAX, JsonFormat, Native, Sink, SourceColumn, SourceError};

/// Objects of a list that become columns, at most.
const LISTED_MAX: usize = 16;

/// Finds the columns by reading the file once through.
pub(super) fn columns(
    path: &Path,
    format: &JsonFormat,
    encoding: &'static Encoding,
) -> Result<Vec<SourceColumn>, SourceError> {
    let mut row = Row::default();
    let mut objects = objects(path, format, encoding)?;
    while let Some(object) = objects.next()? {
        // An object that cannot be read is a damaged row; it has no columns.
        let _ = row.read(object.text);
        if row.paths.len() > COLUMNS_MAX {
            return Err(SourceError::TooManyColumns {
                path: path.to_owned(),
                limit: COLUMNS_MAX,
            });
        }
    }
    if row.paths.is_empty() {
        return Err(SourceError::NotATable {
            path: path.to_owned(),
            what: "JSON without any object",
            right: "right would be one object a line, or an array of objects",
        });
    }
    let names = unique(row.paths.iter());
    Ok(names
        .into_iter()
        .zip(&row.natives)
        .map(|(name, native)| SourceColumn {
            name,
            native: native.unwrap_or(Native::Text),
            label: None,
        })
        .collect())
}

fn objects(
    path: &Path,
    format: &JsonFormat,
    encoding: &'static Encoding,
) -> Result<Objects<TextStream>, SourceError> {
    let stream = TextStream::open(path, format.gzip, encoding)?;
    Ok(Objects::new(path, stream, format.array_at))
}

/// Reads the rows of a JSON file.
pub(super) fn read(
    path: &Path,
    format: &JsonFormat,
    columns: &[SourceColumn],
    encoding: &'static Encoding,
    sink: &mut Sink<'_>,
) -> Result<(), SourceError> {
    let changed = || SourceError::Changed {
        path: path.to_owned(),
    };
    let mut row = Row::default();
    let mut objects = objects(path, format, encoding)?;
    let mut batch = BatchBuilder::new(text_schema(columns), sink.rows_max);
    while let Some(Object { text, file_row }) = objects.next()? {
        match row.read(text) {
            Ok(()) if row.paths.len() > columns.len() => return Err(changed()),
            Ok(()) => {
                for column in 0..columns.len() {
                    batch.push_text(column, row.values.get(column).map_or("", String::as_str));
                }
                batch.end_row(file_row);
            }
            Err(error) => {
                let reason = format!("{error}; right would be one JSON object");
                batch.push_damaged(file_row, &String::from_utf8_lossy(text), reason);
            }
        }
        if batch.is_full()
            && let ControlFlow::Break(()) = (sink.take)(batch.finish().map_err(|_| changed())?)
        {
            return Ok(());
        }
    }
    if !batch.is_empty() {
        let _ = (sink.take)(batch.finish().map_err(|_| changed())?);
    }
    Ok(())
}

/// One object laid out flat, and the columns seen so far.
#[derive(Default)]
struct Row {
    /// Names of the columns, in the order of their first appearance.
    paths: Vec<String>,
    by_path: HashMap<String, usize>,
    /// The type of every value so far; text where they differ.
    natives: Vec<Option<Native>>,
    values: Vec<String>,
    /// Name of the object that is being read, with a dot behind.
    prefix: String,
}

impl Row {
    fn read(&mut self, text: &[u8]) -> Result<(), serde_json::Error> {
        self.values.iter_mut().for_each(String::clear);
        self.prefix.clear();
        let mut reader = serde_json::Deserializer::from_slice(text);
        reader.deserialize_map(InObject(self))?;
        reader.end()
    }

    /// The column of the value that is being read.
    fn column(&mut self) -> usize {
        let path = self.prefix.strip_suffix('.').unwrap_or(&self.prefix);
        if let Some(&column) = self.by_path.get(path) {
            return column;
        }
        let column = self.paths.len();
        self.by_path.insert(path.to_owned(), column);
        self.paths.push(path.to_owned());
        self.natives.push(None);
        self.values.push(String::new());
        column
    }

    fn set(&mut self, native: Native, write: impl FnOnce(&mut String)) {
        let column = self.column();
        let value = &mut self.values[column];
        value.clear();
        write(value);
        let known = self.natives[column].get_or_insert(native);
        if *known != native {
            *known = Native::Text;
        }
    }
}

/// Visits the entries of an object.
struct InObject<'a>(&'a mut Row);

impl<'de> Visitor<'de> for InObject<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut entries: M) -> Result<(), M::Error> {
        let row = self.0;
        let length = row.prefix.len();
        while let Some(name) = entries.next_key::<String>()? {
            row.prefix.push_str(&in_nfc(&name));
            row.prefix.push('.');
            entries.next_value_seed(AnyValue(row))?;
            row.prefix.truncate(length);
        }
        Ok(())
    }
}

/// Visits a value of any type.
struct AnyValue<'a>(&'a mut Row);

impl<'de> DeserializeSeed<'de> for AnyValue<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        // The column exists even where it has no value.
        let column = self.0.column();
        self.0.values[column].clear();
        Ok(())
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<(), E> {
        self.0.set(Native::Flag, |value| {
            value.push_str(if flag { "true" } else { "false" })
        });
        Ok(())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<(), E> {
        self.0
            .set(Native::Number, |value| value.push_str(&number.to_string()));
        Ok(())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<(), E> {
        self.0
            .set(Native::Number, |value| value.push_str(&number.to_string()));
        Ok(())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<(), E> {
        self.0.set(Native::Number, |value| {
            super::number_text::push_number(value, number)
        });
        Ok(())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        self.0.set(Native::Text, |value| value.push_str(text));
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<(), S::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Value>()? {
            list.push(item);
        }
        let row = self.0;
        if list.is_empty() || list.len() > LISTED_MAX || !list.iter().all(Value::is_object) {
            row.set(Native::Text, |value| {
                value.push_str(&Value::Array(list).to_string())
            });
            return Ok(());
        }
        let length = row.prefix.len();
        for (number, item) in (1..).zip(list) {
            row.prefix.push_str(&format!("{number}."));
            AnyValue(row).deserialize(item).map_err(de::Error::custom)?;
            row.prefix.truncate(length);
        }
        Ok(())
    }

    fn visit_map<M: MapAccess<'de>>(self, entries: M) -> Result<(), M::Error> {
        InObject(self.0).visit_map(entries)
    }
}
