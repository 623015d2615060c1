//! XML taken apart into tags and text, whatever its encoding. What is wrong is told with its line; a file
//! that ends before its last tag is closed is damaged, not short.

use std::ops::ControlFlow;
use std::path::Path;

use encoding_rs::Encoding;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::{RECORD_BYTES_MAX, SourceError};
use super::text_read::TextRead;

/// Depth of the elements that are records: `log`, `trace`, `event`.
const RECORD_DEPTH: usize = 3;

/// A piece of XML. An empty element is opened and closed.
pub(super) enum Piece<'a> {
    Open(Tag<'a>),
    /// The name of the element that is closed.
    Close(&'a str),
    /// Some text within an element; an entity comes as a piece of its own.
    Text(&'a str),
}

/// An opening tag.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without a namespace.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute; none where it is absent or cannot be understood.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let attribute = self.0.try_get_attribute(name).ok()??;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }
}

/// Reads a file piece by piece until `take` wants no more. `format` is what the file is called in
/// messages.
pub(super) fn each_piece(
    path: &Path,
    gzip: bool,
    encoding: &'static Encoding,
    format: &'static str,
    take: &mut dyn FnMut(Piece<'_>) -> Result<ControlFlow<()>, SourceError>,
) -> Result<(), SourceError> {
    let text = TextRead::open(path, gzip, encoding)?;
    let bytes_left = text.bytes_left();
    let mut reader = Reader::from_reader(text);
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        buffer.clear();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => return Err(reader.get_mut().error(format, error)),
        };
        let flow = match event {
            Event::Start(tag) => {
                depth += 1;
                take(Piece::Open(Tag(tag)))?
            }
            Event::End(tag) => {
                if depth <= RECORD_DEPTH {
                    bytes_left.set(RECORD_BYTES_MAX);
                }
                depth = depth.saturating_sub(1);
                take(Piece::Close(tag.local_name().into_inner()))?
            }
            Event::Text(text) => take(Piece::Text(&text.xml10_content()))?,
            Event::CData(text) => take(Piece::Text(&text.xml10_content()))?,
            Event::GeneralRef(entity) => match meaning(&entity) {
                Some(text) => take(Piece::Text(&text))?,
                None => {
                    let detail = format!("the entity &{}; is not known", entity.xml10_content());
                    return Err(reader.get_mut().error(format, detail));
                }
            },
            Event::Eof if depth > 0 => {
                return Err(reader.get_mut().error(format, "it ends too early"));
            }
            Event::Eof => return Ok(()),
            _ => ControlFlow::Continue(()),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
}

/// What an entity stands for. Those that a file defines itself are not followed.
fn meaning(entity: &BytesRef<'_>) -> Option<String> {
    match entity.resolve_char_ref() {
        Ok(Some(character)) => Some(character.to_string()),
        Ok(None) => resolve_predefined_entity(&entity.xml10_content()).map(str::to_owned),
        Err(_) => None,
    }
}

/// The names of the first elements of a text that may be cut anywhere, at most `count`.
pub(super) fn first_elements(text: &str, count: usize) -> Vec<String> {
    let mut reader = Reader::from_str(text);
    let mut names = Vec::new();
    while names.len() < count {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                names.push(tag.local_name().into_inner().to_owned());
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    names
}
