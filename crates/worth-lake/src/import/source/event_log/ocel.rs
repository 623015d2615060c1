//! Object-centric event logs (OCEL 2.0, as JSON or XML): one row for each object that an event is
//! about, with the event (`ocel:eid`, `ocel:activity`, `ocel:timestamp` and its attributes), the object
//! (`ocel:oid`, `ocel:type`, `ocel:qualifier`, its attributes as `object:…`, each as it was at that time), and
//! the ids of all its objects by type (`ocel:type:orders`). Which type is the customer is the mapping's to say.
//!
//! Events name objects that stand elsewhere in the file, so the objects are read first and kept.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::PathBuf;

use encoding_rs::Encoding;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::super::flat::{FlatRow, Found, Take};
use super::super::{Native, SourceError};
use super::{ocel_json, ocel_xml};

/// What OCEL is called in messages.
pub(super) const FORMAT: &str = "OCEL log";

/// Bytes of all objects at most.
const OBJECTS_BYTES_MAX: usize = 1 << 30;

/// An event or an object, as the file has it; what it does not say is empty.
#[derive(Debug, Default)]
pub(super) struct Entity {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) time: String,
    pub(super) attributes: Vec<Attribute>,
    /// Ids and qualifiers of the objects it is about.
    pub(super) related: Vec<(String, String)>,
}

/// An attribute; those of objects have the time from which they hold.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) native: Native,
    pub(super) value: String,
    pub(super) time: String,
}

/// Which entities are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Objects,
    Events,
}

/// Takes entities one by one.
pub(super) type TakeEntity<'a> = dyn FnMut(Entity) -> Result<ControlFlow<()>, SourceError> + 'a;

/// A log on disk.
pub(super) struct OcelFile {
    pub(super) path: PathBuf,
    /// Whether it is JSON, not XML.
    pub(super) is_json: bool,
    pub(super) gzip: bool,
    pub(super) encoding: &'static Encoding,
}

impl OcelFile {
    fn each(&self, wanted: Wanted, take: &mut TakeEntity<'_>) -> Result<(), SourceError> {
        if self.is_json {
            ocel_json::each(self, wanted, take)
        } else {
            ocel_xml::each(self, wanted, take)
        }
    }

    /// Goes through the events.
    pub(super) fn walk(&self, row: &mut FlatRow, take: &mut Take<'_>) -> Result<(), SourceError> {
        let objects = self.objects()?;
        let mut rows = 0;
        self.each(Wanted::Events, &mut |event| {
            let by_type = by_type(&event, &objects);
            let at = instant(&event.time);
            let none = [(String::new(), String::new())];
            let related = if event.related.is_empty() {
                &none
            } else {
                event.related.as_slice()
            };
            for (id, qualifier) in related {
                row.clear();
                row.add("ocel:eid", Native::Text, &event.id);
                row.add("ocel:activity", Native::Text, &event.kind);
                row.add("ocel:timestamp", Native::Time, &event.time);
                row.add("ocel:oid", Native::Text, id);
                let object = objects.get(id);
                let kind = object.map_or("", |object| object.kind.as_str());
                row.add("ocel:type", Native::Text, kind);
                row.add("ocel:qualifier", Native::Text, qualifier);
                for attribute in &event.attributes {
                    row.add(&attribute.name, attribute.native, &attribute.value);
                }
                for attribute in object.into_iter().flat_map(|object| object.known_at(at)) {
                    let name = format!("object:{}", attribute.name);
                    row.add(&name, attribute.native, &attribute.value);
                }
                for (column, ids) in &by_type {
                    row.add(column, Native::Text, ids);
                }
                rows += 1;
                if take(row, rows, Found::Row).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        })
    }

    fn objects(&self) -> Result<HashMap<String, Object>, SourceError> {
        let mut objects = HashMap::new();
        let mut bytes = 0;
        self.each(Wanted::Objects, &mut |entity| {
            let of_attributes =
                |attribute: &Attribute| attribute.name.len() + attribute.value.len();
            bytes += entity.id.len() + entity.kind.len();
            bytes += entity.attributes.iter().map(of_attributes).sum::<usize>();
            if bytes > OBJECTS_BYTES_MAX {
                return Err(SourceError::Broken {
                    path: self.path.clone(),
                    format: FORMAT,
                    detail: format!("its objects have more than {OBJECTS_BYTES_MAX} bytes"),
                });
            }
            let Entity {
                id,
                kind,
                attributes,
                ..
            } = entity;
            objects.insert(id, Object { kind, attributes });
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(objects)
    }
}

/// What is known of an object.
struct Object {
    kind: String,
    attributes: Vec<Attribute>,
}

impl Object {
    /// Its attributes as they were at a time; before the first time that is known, as they first were.
    fn known_at(&self, at: Option<Timestamp>) -> impl Iterator<Item = &Attribute> {
        let mut known: BTreeMap<&str, (bool, Option<Timestamp>, &Attribute)> = BTreeMap::new();
        for attribute in &self.attributes {
            let since = instant(&attribute.time);
            let holds = since <= at || at.is_none();
            let newer = known
                .get(attribute.name.as_str())
                .is_none_or(|(held, before, _)| match (*held, holds) {
                    (true, true) => since >= *before,
                    (false, false) => since < *before,
                    (held, holds) => holds && !held,
                });
            if newer {
                known.insert(&attribute.name, (holds, since, attribute));
            }
        }
        known.into_values().map(|(_, _, attribute)| attribute)
    }
}

/// `ocel:type:orders` → the ids of the event's orders, as a JSON list.
fn by_type(event: &Entity, objects: &HashMap<String, Object>) -> Vec<(String, String)> {
    let mut ids: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, _) in &event.related {
        if let Some(object) = objects.get(id) {
            ids.entry(&object.kind).or_default().push(id);
        }
    }
    ids.into_iter()
        .map(|(kind, ids)| {
            let list = serde_json::to_string(&ids).expect("text is always JSON");
            (format!("ocel:type:{kind}"), list)
        })
        .collect()
}

/// A time, in UTC where it names no zone.
fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| {
        let local: DateTime = text.parse().ok()?;
        Some(local.to_zoned(TimeZone::UTC).ok()?.timestamp())
    })
}
