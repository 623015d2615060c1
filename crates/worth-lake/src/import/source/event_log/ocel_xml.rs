//! OCEL 2.0 as XML: `<log>` with `<objects>` and `<events>`; within each of these its `<attribute>`s and,
//! in `<objects>` of its own, a `<relationship>` for each object it is about.

use std::ops::ControlFlow;

use super::super::{Native, SourceError};
use super::ocel::{Attribute, Entity, FORMAT, OcelFile, TakeEntity, Wanted};
use super::xml::{Piece, Tag, each_piece};

/// Goes through the objects or the events.
pub(super) fn each(
    file: &OcelFile,
    wanted: Wanted,
    take: &mut TakeEntity<'_>,
) -> Result<(), SourceError> {
    let (section, element) = match wanted {
        Wanted::Objects => ("objects", "object"),
        Wanted::Events => ("events", "event"),
    };
    let mut open: Vec<String> = Vec::new();
    let mut entity = Entity::default();
    let mut in_attribute = false;
    each_piece(&file.path, file.gzip, file.encoding, FORMAT, &mut |piece| {
        match piece {
            Piece::Open(tag) => {
                open.push(tag.name().to_owned());
                let inside = open.len() > 2 && open[1] == section && open[2] == element;
                match tag.name() {
                    _ if !inside => {}
                    _ if open.len() == 3 => entity = begun(&tag),
                    "attribute" => {
                        in_attribute = true;
                        entity.attributes.push(attribute(&tag));
                    }
                    "relationship" | "relobj" | "object" => {
                        let named = |name: &str| tag.attribute(name).unwrap_or_default();
                        entity
                            .related
                            .push((named("object-id"), named("qualifier")));
                    }
                    _ => {}
                }
            }
            Piece::Text(text) if in_attribute => {
                if let Some(attribute) = entity.attributes.last_mut() {
                    attribute.value.push_str(text);
                }
            }
            Piece::Text(_) => {}
            Piece::Close(name) => {
                let ended = open.len() == 3 && open[1] == section && name == element;
                in_attribute &= name != "attribute";
                open.pop();
                if ended {
                    return take(std::mem::take(&mut entity));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    })
}

fn begun(tag: &Tag<'_>) -> Entity {
    let named = |name: &str| tag.attribute(name).unwrap_or_default();
    Entity {
        id: named("id"),
        kind: named("type"),
        time: named("time"),
        ..Entity::default()
    }
}

fn attribute(tag: &Tag<'_>) -> Attribute {
    let named = |name: &str| tag.attribute(name).unwrap_or_default();
    Attribute {
        name: named("name"),
        native: Native::Text,
        value: String::new(),
        time: named("time"),
    }
}
