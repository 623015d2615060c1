//! Event logs of process mining: XES and OCEL 2.0, as rows of text like any other file.

mod ocel;
mod ocel_json;
mod ocel_xml;
mod text_read;
mod xes;
mod xml;

use std::path::Path;

use encoding_rs::Encoding;

use super::flat::{self, FlatRow, Take};
use super::{EventLogFormat, LogStandard, Sink, SourceColumn, SourceError};
use ocel::OcelFile;

/// The standard that a text is written in, told from its beginning; none when it is no event log.
pub(super) fn standard_of(head: &str) -> Option<LogStandard> {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if let Some(inside) = head.strip_prefix('{') {
        let keys = ["\"objectTypes\"", "\"eventTypes\""];
        let first_key = inside.trim_start();
        let is_ocel = keys.iter().any(|key| first_key.starts_with(key))
            || keys.iter().all(|key| head.contains(key));
        return is_ocel.then_some(LogStandard::OcelJson);
    }
    if !head.starts_with('<') {
        return None;
    }
    let elements = xml::first_elements(head, 2);
    let mut elements = elements.iter().map(String::as_str);
    match (elements.next()?, elements.next()) {
        ("log", Some("object-types" | "event-types" | "objects" | "events")) => {
            Some(LogStandard::OcelXml)
        }
        ("log", _) => Some(LogStandard::Xes),
        _ => None,
    }
}

/// Finds the columns by reading the file once through.
pub(super) fn columns(
    path: &Path,
    format: &EventLogFormat,
    encoding: &'static Encoding,
) -> Result<Vec<SourceColumn>, SourceError> {
    let none = SourceError::NotATable {
        path: path.to_owned(),
        what: "an event log without any event",
        right: "export it again with its events",
    };
    flat::columns(path, none, |row, take| {
        walk(path, format, encoding, row, take)
    })
}

/// Reads the rows of an event log.
pub(super) fn read(
    path: &Path,
    format: &EventLogFormat,
    columns: &[SourceColumn],
    encoding: &'static Encoding,
    sink: &mut Sink<'_>,
) -> Result<(), SourceError> {
    flat::read(path, columns, sink, |row, take| {
        walk(path, format, encoding, row, take)
    })
}

fn walk(
    path: &Path,
    format: &EventLogFormat,
    encoding: &'static Encoding,
    row: &mut FlatRow,
    take: &mut Take<'_>,
) -> Result<(), SourceError> {
    match format.standard {
        LogStandard::Xes => xes::walk(path, format.gzip, encoding, row, take),
        LogStandard::OcelJson | LogStandard::OcelXml => {
            let file = OcelFile {
                path: path.to_owned(),
                is_json: format.standard == LogStandard::OcelJson,
                gzip: format.gzip,
                encoding,
            };
            file.walk(row, take)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standards_are_told_from_the_first_elements() {
        let cases = [
            (
                "<?xml version='1.0'?>\n<!-- x --><log xes.version=\"1.0\"><trace>",
                Some(LogStandard::Xes),
            ),
            (
                "<log><string key=\"creator\" value=\"x\"/>",
                Some(LogStandard::Xes),
            ),
            (
                "<log><object-types/><event-types/>",
                Some(LogStandard::OcelXml),
            ),
            ("<workbook><log/></workbook>", None),
            (
                "{\"eventTypes\": [], \"events\": [",
                Some(LogStandard::OcelJson),
            ),
            (
                "{\"events\": [], \"eventTypes\": [], \"objectTypes\": []}",
                Some(LogStandard::OcelJson),
            ),
            ("{\"events\": [{\"eventTypes\": 1}]}", None),
            ("a,b\n1,2\n", None),
        ];
        for (text, standard) in cases {
            assert_eq!(standard_of(text), standard, "{text}");
        }
    }
}
