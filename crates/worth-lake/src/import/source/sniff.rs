//! What kind of file it is, told from its first bytes; its name counts for little.

use std::io;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;

use super::SourceError;
use super::encoding::{fill, marked_encoding, open_file, unreadable};
use super::event_log::standard_of;

/// Bytes at the beginning that are looked at.
const HEAD_BYTES: usize = 256 << 10;

/// What kind of file it is.
#[derive(Debug)]
pub(super) enum Kind {
    Workbook,
    Parquet,
    Text(TextHead),
}

/// The beginning of a text file.
#[derive(Debug)]
pub(super) struct TextHead {
    pub(super) gzip: bool,
    /// Not yet decoded.
    pub(super) bytes: Vec<u8>,
    /// Whether there is no more than `bytes`.
    pub(super) whole: bool,
}

/// How JSON objects follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Json {
    Lines,
    /// One array, after so many bytes of text.
    Array {
        at: usize,
    },
}

/// Looks at the beginning of a file that exists. `asked`: the encoding that somebody named.
pub(super) fn kind_of(path: &Path, asked: Option<&'static Encoding>) -> Result<Kind, SourceError> {
    let mut file = open_file(path)?;
    let mut bytes = vec![0; HEAD_BYTES];
    let count = fill(&mut file, &mut bytes).map_err(|source| unreadable(path, source))?;
    bytes.truncate(count);
    if bytes.is_empty() {
        return Err(SourceError::Empty {
            path: path.to_owned(),
        });
    }
    if bytes.starts_with(b"PAR1") {
        return Ok(Kind::Parquet);
    }
    let compound_file = bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    if compound_file || (bytes.starts_with(b"PK\x03\x04") && is_workbook(path, &bytes)) {
        return Ok(Kind::Workbook);
    }
    if bytes.starts_with(b"\x1F\x8B") {
        return unpacked(path, asked).map(Kind::Text);
    }
    refuse_other(path, &bytes, asked)?;
    Ok(Kind::Text(TextHead {
        gzip: false,
        whole: count < HEAD_BYTES,
        bytes,
    }))
}

/// Whether a ZIP archive is a workbook, by its ending or by the names at its beginning.
fn is_workbook(path: &Path, bytes: &[u8]) -> bool {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let workbook_endings = ["xlsx", "xlsm", "xlsb", "xltx", "ods"];
    let named = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    workbook_endings
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
        || named(b"[Content_Types].xml")
        || named(b"xl/")
        || named(b"opendocument.spreadsheet")
}

/// The beginning of what a gzip file holds.
fn unpacked(path: &Path, asked: Option<&'static Encoding>) -> Result<TextHead, SourceError> {
    let mut bytes = vec![0; HEAD_BYTES];
    let mut stream = MultiGzDecoder::new(open_file(path)?);
    let mut count = 0;
    loop {
        match io::Read::read(&mut stream, &mut bytes[count..]) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // What came before tells the kind; the stream's end is told when all of it is read.
            Err(_) if count > 0 => break,
            Err(error) => {
                return Err(SourceError::Broken {
                    path: path.to_owned(),
                    format: "gzip stream",
                    detail: error.to_string(),
                });
            }
        }
    }
    let whole = count < HEAD_BYTES;
    bytes.truncate(count);
    if bytes.is_empty() {
        return Err(SourceError::Empty {
            path: path.to_owned(),
        });
    }
    refuse_other(path, &bytes, asked)?;
    Ok(TextHead {
        gzip: true,
        bytes,
        whole,
    })
}

/// Refuses what is known to be no table.
fn refuse_other(
    path: &Path,
    bytes: &[u8],
    asked: Option<&'static Encoding>,
) -> Result<(), SourceError> {
    const EXPORT: &str = "right would be an export as XLSX, CSV, Parquet or JSON lines";
    const UNPACK: &str = "unpack it and name the files in it";
    const MARKS: &[(&[u8], &str, &str)] = &[
        (b"%PDF", "a PDF document", EXPORT),
        (b"\x89PNG", "a picture", EXPORT),
        (b"\xFF\xD8\xFF", "a picture", EXPORT),
        (b"PK\x03\x04", "an archive", UNPACK),
        (b"PK\x05\x06", "an empty archive", EXPORT),
        (b"Rar!", "an archive", UNPACK),
        (b"7z\xBC\xAF\x27\x1C", "an archive", UNPACK),
        (b"BZh", "a bzip2 archive", UNPACK),
        (b"\x28\xB5\x2F\xFD", "a Zstandard archive", UNPACK),
        (b"\x1F\x8B", "a gzip file within a gzip file", UNPACK),
        (b"SQLite format 3\0", "a SQLite database", EXPORT),
        (
            b"PARE",
            "an encrypted Parquet file",
            "save it without encryption",
        ),
        (b"ARROW1", "an Arrow file", "save it as Parquet"),
        (b"ORC", "an ORC file", "save it as Parquet"),
        (b"Obj\x01", "an Avro file", "save it as Parquet"),
        (b"{\\rtf", "a text document", EXPORT),
    ];
    let refused = |what, right| {
        Err(SourceError::NotATable {
            path: path.to_owned(),
            what,
            right,
        })
    };
    if let Some((_, what, right)) = MARKS.iter().find(|(mark, ..)| bytes.starts_with(mark)) {
        // `ORC` may begin a line of text, as may `BZh`.
        if !mark_of_text(bytes) {
            return refused(what, right);
        }
    }
    // Zeros are nothing strange in UTF-16.
    let is_wide = asked.is_some_and(|asked| asked == UTF_16LE || asked == UTF_16BE);
    if !is_wide && marked_encoding(bytes).is_none() && is_binary(bytes) {
        return refused("binary data", EXPORT);
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    if [
        "<!doctype html",
        "<html",
        "<table",
        "<meta",
        "<style",
        "<div",
    ]
    .iter()
    .any(|tag| start.starts_with(tag))
    {
        return refused(
            "a web page",
            "open it in a spreadsheet program and save it as XLSX",
        );
    }
    let is_xml = start.starts_with("<?xml") || start.starts_with("<workbook");
    if is_xml && standard_of(start).is_none() {
        return refused(
            "an XML document",
            "open it in a spreadsheet program and save it as XLSX",
        );
    }
    Ok(())
}

/// Whether the first bytes are printable text.
fn mark_of_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(512)];
    !start.contains(&0)
        && std::str::from_utf8(start).is_ok_and(|text| !text.starts_with("%PDF"))
        && !start.starts_with(b"{\\rtf")
}

/// Whether there are zeros, or many control characters.
fn is_binary(bytes: &[u8]) -> bool {
    let control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1A);
    let controls = bytes.iter().filter(|&&byte| control(byte)).count();
    bytes.contains(&0) || controls * 50 > bytes.len()
}

/// Whether the text is JSON, and how its objects follow each other.
pub(super) fn json_of(path: &Path, text: &str) -> Result<Option<Json>, SourceError> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if let Some(inside) = text.strip_prefix('[') {
        let inside = inside.trim_start();
        let is_array = inside.is_empty() || inside.starts_with(['{', ']']);
        return Ok(is_array.then_some(Json::Array { at: 0 }));
    }
    let Some(inside) = text.strip_prefix('{') else {
        return Ok(None);
    };
    if !inside.trim_start().starts_with(['"', '}']) {
        return Ok(None);
    }
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first_line = lines.next().unwrap_or_default();
    let is_one_object = lines.next().is_none_or(|line| !line.starts_with('{'));
    if is_one_object && let Some(at) = wrapped_array(text) {
        return Ok(Some(Json::Array { at }));
    }
    if first_line.trim_end().ends_with('}') || text.len() == first_line.len() {
        return Ok(Some(Json::Lines));
    }
    Err(SourceError::NotATable {
        path: path.to_owned(),
        what: "a JSON object over several lines",
        right: "right would be one object a line, or an array of objects",
    })
}

/// Where the array of rows begins in an object that wraps it, as answers of web services do:
/// `{"data": [{…}, {…}], "total": 2}`.
fn wrapped_array(text: &str) -> Option<usize> {
    const WRAPPERS: [&str; 4] = ["data", "responses", "results", "records"];
    let mut depth = 0_usize;
    let mut name = "";
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => {
                let length = string_length(&text[at..])?;
                if depth == 1 {
                    name = &text[at + 1..at + length - 1];
                }
                at += length;
                continue;
            }
            b'[' if depth == 1
                && WRAPPERS
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known)) =>
            {
                let inside = text[at + 1..].trim_start();
                if inside.starts_with(['{', ']']) {
                    return Some(at);
                }
                depth += 1;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Bytes of the JSON string that `text` begins with, quotes and all.
fn string_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    Some(end + 2)
}

/// The first text, decoded as well as can be before all of the file is known.
pub(super) fn decoded(head: &TextHead, encoding: Option<&'static Encoding>) -> String {
    let encoding = encoding
        .or_else(|| marked_encoding(&head.bytes))
        .unwrap_or(UTF_8);
    encoding.decode(&head.bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        refused_as(bytes, None)
    }

    fn refused_as(bytes: &[u8], asked: Option<&'static Encoding>) -> String {
        match refuse_other(Path::new("a.csv"), bytes, asked) {
            Ok(()) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn what_is_no_table_is_told_by_name() {
        assert!(refused(b"%PDF-1.7\n%\xE2\xE3").contains("a PDF document, not a table"));
        assert!(refused(b"\x89PNG\r\n\x1A\n\0\0").contains("a picture"));
        assert!(refused(b"a,b\n1,\0\0\0\x01\x02").contains("binary data"));
        assert!(refused(b"<html><table>").contains("a web page"));
        assert!(refused("\u{feff} <?xml version=\"1.0\"?>".as_bytes()).contains("an XML document"));
        assert!(refused(b"PK\x03\x04\0\0word").contains("an archive"));
        assert_eq!(refused(b"ORC,name\n1,2\n"), "");
        assert_eq!(refused("Mã,Tên\n1,An\n".as_bytes()), "");
        assert_eq!(refused(b"a\0,\0b\0\n\0c\0,\0d\0\n\0"), "");
        // "a" and a letter of Linear B: few zeros, but the encoding is named
        let wide = b"a\0\n\0\x00\xD8\x80\xDC\x00\xD8\x80\xDC\n\0";
        assert_eq!(refused_as(wide, Some(UTF_16LE)), "");
    }

    #[test]
    fn json_is_told_from_text() {
        let json = |text| json_of(Path::new("a.json"), text);
        assert_eq!(
            json("{\"a\":1}\n{\"a\":2}\n").expect("lines"),
            Some(Json::Lines)
        );
        assert_eq!(
            json(" [\n {\"a\":1}]").expect("array"),
            Some(Json::Array { at: 0 })
        );
        assert_eq!(json("[id],name\n").expect("text"), None);
        assert_eq!(json("{x},name\n").expect("text"), None);
        assert!(json("{\n  \"a\": 1\n}\n").is_err());
    }
}
