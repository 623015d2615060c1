//! JSON objects, one a line or all in one array. Objects within objects become columns with dots
//! in their names (`buyer.name`), those within lists with their number as well (`lines.1.price`);
//! lists of anything else, and very long ones, stay JSON text.

use std::path::Path;

use encoding_rs::Encoding;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::columns::in_nfc;
use super::encoding::TextStream;
use super::flat::{self, FlatRow, Found, Take};
use super::objects::{Object, Objects};
use super::{JsonFormat, Native, Sink, SourceColumn, SourceError};

/// Objects of a list that become columns, at most.
const LISTED_MAX: usize = 16;

/// Finds the columns by reading the file once through.
pub(super) fn columns(
    path: &Path,
    format: &JsonFormat,
    encoding: &'static Encoding,
) -> Result<Vec<SourceColumn>, SourceError> {
    let none = SourceError::NotATable {
        path: path.to_owned(),
        what: "JSON without any object",
        right: "right would be one object a line, or an array of objects",
    };
    flat::columns(path, none, |row, take| {
        walk(path, format, encoding, row, take)
    })
}

/// Reads the rows of a JSON file.
pub(super) fn read(
    path: &Path,
    format: &JsonFormat,
    columns: &[SourceColumn],
    encoding: &'static Encoding,
    sink: &mut Sink<'_>,
) -> Result<(), SourceError> {
    flat::read(path, columns, sink, |row, take| {
        walk(path, format, encoding, row, take)
    })
}

/// Goes through the objects.
fn walk(
    path: &Path,
    format: &JsonFormat,
    encoding: &'static Encoding,
    row: &mut FlatRow,
    take: &mut Take<'_>,
) -> Result<(), SourceError> {
    let stream = TextStream::open(path, format.gzip, encoding)?;
    let mut objects = Objects::new(path, stream, format.array_at);
    let mut row = Row {
        flat: row,
        prefix: String::new(),
    };
    while let Some(Object { text, file_row }) = objects.next()? {
        let found = match row.lay_out(text) {
            Ok(()) => Found::Row,
            Err(error) => Found::Damaged {
                raw: String::from_utf8_lossy(text).into_owned(),
                reason: format!("{error}; right would be one JSON object"),
            },
        };
        if take(row.flat, file_row, found).is_break() {
            break;
        }
    }
    Ok(())
}

/// A row that is laid out.
struct Row<'a> {
    flat: &'a mut FlatRow,
    /// Name of the object that is being read, with a dot behind.
    prefix: String,
}

impl Row<'_> {
    /// Lays an object out flat.
    fn lay_out(&mut self, text: &[u8]) -> Result<(), serde_json::Error> {
        self.flat.clear();
        self.prefix.clear();
        let mut reader = serde_json::Deserializer::from_slice(text);
        reader.deserialize_map(InObject(self))?;
        reader.end()
    }

    fn set(&mut self, native: Option<Native>, write: impl FnOnce(&mut String)) {
        let path = self.prefix.strip_suffix('.').unwrap_or(&self.prefix);
        self.flat.set(path, native, write);
    }
}

/// Visits the entries of an object.
struct InObject<'a, 'b>(&'a mut Row<'b>);

impl<'de> Visitor<'de> for InObject<'_, '_> {
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
struct AnyValue<'a, 'b>(&'a mut Row<'b>);

impl<'de> DeserializeSeed<'de> for AnyValue<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        // The column exists even where it has no value.
        self.0.set(None, |_| {});
        Ok(())
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<(), E> {
        self.0.set(Some(Native::Flag), |value| {
            value.push_str(if flag { "true" } else { "false" })
        });
        Ok(())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<(), E> {
        self.0.set(Some(Native::Number), |value| {
            value.push_str(&number.to_string())
        });
        Ok(())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<(), E> {
        self.0.set(Some(Native::Number), |value| {
            value.push_str(&number.to_string())
        });
        Ok(())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<(), E> {
        self.0.set(Some(Native::Number), |value| {
            super::number_text::push_number(value, number)
        });
        Ok(())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        self.0.set(Some(Native::Text), |value| value.push_str(text));
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<(), S::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Value>()? {
            list.push(item);
        }
        let row = self.0;
        if list.is_empty() || list.len() > LISTED_MAX || !list.iter().all(Value::is_object) {
            row.set(Some(Native::Text), |value| {
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
