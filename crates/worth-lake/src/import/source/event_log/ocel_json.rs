//! OCEL 2.0 as JSON: an object with the lists `objects` and `events`, taken element by element so that
//! the list itself is never in memory.

use std::cell::Cell;
use std::fmt;
use std::ops::ControlFlow;
use std::rc::Rc;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::super::{Native, RECORD_BYTES_MAX, SourceError};
use super::ocel::{Attribute, Entity, FORMAT, OcelFile, TakeEntity, Wanted};
use super::text_read::TextRead;

/// Goes through the objects or the events.
pub(super) fn each(
    file: &OcelFile,
    wanted: Wanted,
    take: &mut TakeEntity<'_>,
) -> Result<(), SourceError> {
    let mut text = TextRead::open(&file.path, file.gzip, file.encoding)?;
    let mut log = Log {
        list: match wanted {
            Wanted::Objects => "objects",
            Wanted::Events => "events",
        },
        bytes_left: text.bytes_left(),
        take,
        stopped: None,
    };
    let read = serde_json::Deserializer::from_reader(&mut text).deserialize_map(&mut log);
    match (log.stopped, read) {
        (Some(stopped), _) => stopped,
        (None, Ok(())) => Ok(()),
        (None, Err(error)) => Err(text.error(FORMAT, error)),
    }
}

/// Visits the log.
struct Log<'a, 'b> {
    list: &'static str,
    /// Bytes that the present element may still have.
    bytes_left: Rc<Cell<usize>>,
    take: &'a mut TakeEntity<'b>,
    /// Why the visit was ended before the end.
    stopped: Option<Result<(), SourceError>>,
}

impl<'de> Visitor<'de> for &mut Log<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an OCEL 2.0 log")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut entries: M) -> Result<(), M::Error> {
        while let Some(name) = entries.next_key::<String>()? {
            if name == self.list {
                self.bytes_left.set(RECORD_BYTES_MAX);
                entries.next_value_seed(Entities(self))?;
            } else {
                // passing over takes no memory
                self.bytes_left.set(usize::MAX);
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Visits the list that is wanted.
struct Entities<'a, 'b, 'c>(&'a mut Log<'b, 'c>);

impl<'de> DeserializeSeed<'de> for Entities<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entities<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut elements: S) -> Result<(), S::Error> {
        let log = self.0;
        while let Some(written) = elements.next_element::<Written>()? {
            log.bytes_left.set(RECORD_BYTES_MAX);
            let stopped = match (log.take)(written.entity()) {
                Ok(ControlFlow::Continue(())) => continue,
                Ok(ControlFlow::Break(())) => Ok(()),
                Err(error) => Err(error),
            };
            log.stopped = Some(stopped);
            return Err(de::Error::custom("stopped"));
        }
        Ok(())
    }
}

/// An event or an object as it is written. Nothing is required: what is absent is told by the row.
#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    id: Value,
    #[serde(default, rename = "type")]
    kind: Value,
    #[serde(default)]
    time: Value,
    #[serde(default)]
    attributes: Vec<WrittenAttribute>,
    #[serde(default)]
    relationships: Vec<WrittenRelationship>,
}

#[derive(Deserialize)]
struct WrittenAttribute {
    #[serde(default)]
    name: Value,
    #[serde(default)]
    value: Value,
    #[serde(default)]
    time: Value,
}

#[derive(Deserialize)]
struct WrittenRelationship {
    #[serde(default, rename = "objectId")]
    object_id: Value,
    #[serde(default)]
    qualifier: Value,
}

impl Written {
    fn entity(self) -> Entity {
        let attribute = |written: WrittenAttribute| Attribute {
            name: text(written.name),
            native: native(&written.value),
            value: text(written.value),
            time: text(written.time),
        };
        let related =
            |written: WrittenRelationship| (text(written.object_id), text(written.qualifier));
        Entity {
            id: text(self.id),
            kind: text(self.kind),
            time: text(self.time),
            attributes: self.attributes.into_iter().map(attribute).collect(),
            related: self.relationships.into_iter().map(related).collect(),
        }
    }
}

fn native(value: &Value) -> Native {
    match value {
        Value::Number(_) => Native::Number,
        Value::Bool(_) => Native::Flag,
        _ => Native::Text,
    }
}

fn text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    }
}
