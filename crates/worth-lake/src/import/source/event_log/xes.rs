//! XES event logs (IEEE 1849): one row an event, in the order of the log. Attributes of the trace come
//! before its own, as `case:…`; attributes within attributes have dots in their names.
//!
//! Read here, tag by tag, because a log may be larger than memory and end anywhere: what cannot be
//! read is told with its line, and no value is lost because it is no date.

use std::ops::ControlFlow;
use std::path::Path;

use encoding_rs::Encoding;

use super::super::flat::{FlatRow, Found, Take};
use super::super::number_text::push_number;
use super::super::{Native, SourceError};
use super::xml::{Piece, Tag, each_piece};

/// What XES is called in messages.
pub(super) const FORMAT: &str = "XES log";

/// Goes through the events.
pub(super) fn walk(
    path: &Path,
    gzip: bool,
    encoding: &'static Encoding,
    row: &mut FlatRow,
    take: &mut Take<'_>,
) -> Result<(), SourceError> {
    let mut log = Log::default();
    each_piece(path, gzip, encoding, FORMAT, &mut |piece| {
        let has_event_ended = match piece {
            Piece::Open(tag) => {
                log.open(&tag);
                false
            }
            Piece::Close(name) => log.close(name),
            Piece::Text(_) => false,
        };
        Ok(match has_event_ended {
            true => log.give(row, take),
            false => ControlFlow::Continue(()),
        })
    })
}

/// Path, type and value of an attribute.
type Attribute = (String, Native, String);

/// Where in a log the reader is.
#[derive(Default)]
struct Log {
    trace: Vec<Attribute>,
    event: Vec<Attribute>,
    scope: Scope,
    in_trace: bool,
    /// Keys of the attributes that are open; none for the wrapper of a list's values.
    keys: Vec<Option<String>>,
    /// How many elements are open that say nothing of events.
    aside: usize,
    /// Events so far.
    events: u64,
}

/// What attributes belong to.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Scope {
    #[default]
    Log,
    Trace,
    Event,
}

impl Log {
    /// Gives the event that has ended as a row.
    fn give(&mut self, row: &mut FlatRow, take: &mut Take<'_>) -> ControlFlow<()> {
        row.clear();
        for (name, native, value) in self.trace.iter().chain(&self.event) {
            row.add(name, *native, value);
        }
        self.events += 1;
        take(row, self.events, Found::Row)
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            _ if self.aside > 0 => self.aside += 1,
            // declarations, and values that stand for what events should have
            "global" | "extension" | "classifier" => self.aside = 1,
            "log" => {}
            "trace" => {
                self.trace.clear();
                self.in_trace = true;
                self.scope = Scope::Trace;
            }
            "event" => {
                self.event.clear();
                self.scope = Scope::Event;
            }
            kind => self.open_attribute(kind, tag),
        }
    }

    fn open_attribute(&mut self, kind: &str, tag: &Tag<'_>) {
        self.keys.push(tag.attribute("key"));
        let keys: Vec<&str> = self.keys.iter().flatten().map(String::as_str).collect();
        let path = keys.join(".");
        let value = tag.attribute("value").filter(|_| !path.is_empty());
        let Some(value) = value else { return };
        let (native, value) = typed(kind, value);
        match self.scope {
            Scope::Log => {}
            Scope::Trace => self.trace.push((format!("case:{path}"), native, value)),
            Scope::Event => self.event.push((path, native, value)),
        }
    }

    /// Closes an element; whether that was an event.
    fn close(&mut self, name: &str) -> bool {
        match name {
            _ if self.aside > 0 => self.aside -= 1,
            "log" => {}
            "trace" => {
                self.trace.clear();
                self.in_trace = false;
                self.scope = Scope::Log;
            }
            "event" => {
                let around = if self.in_trace {
                    Scope::Trace
                } else {
                    Scope::Log
                };
                self.scope = around;
                return true;
            }
            _ => _ = self.keys.pop(),
        }
        false
    }
}

/// The type that a tag gives a value, and the value as text of that type.
fn typed(tag: &str, value: String) -> (Native, String) {
    match tag {
        "date" => (Native::Time, value),
        "int" => (Native::Number, value),
        "float" => {
            let mut text = String::new();
            match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => push_number(&mut text, number),
                _ => text = value,
            }
            (Native::Number, text)
        }
        "boolean" => (Native::Flag, value.to_lowercase()),
        _ => (Native::Text, value),
    }
}
