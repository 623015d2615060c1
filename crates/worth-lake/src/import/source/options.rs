//! How a file is to be read, and how it was found to be written.

use serde::{Deserialize, Serialize};

/// What the reader is told; everything left out is found from the file itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadOptions {
    /// Workbooks: the name of the sheet. Otherwise the first with a header and rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Text files: what stands between two fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<Delimiter>,
    /// Text files: the encoding by its WHATWG label, such as `utf-8` or `windows-1258`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Whether the table has a row of column names. Without one columns are `column_1`, ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// The row (workbooks) or line (text files) of the header, from 1; what is above is skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u64>,
}

/// What stands between two fields of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Delimiter {
    /// One ASCII character.
    Byte(u8),
    /// Runs of spaces or tabs, as in aligned logs.
    Spaces,
    /// Nothing: the line is one field.
    None,
}

impl From<Delimiter> for String {
    fn from(delimiter: Delimiter) -> String {
        match delimiter {
            Delimiter::Byte(b'\t') => "tab".to_owned(),
            Delimiter::Byte(byte) => char::from(byte).to_string(),
            Delimiter::Spaces => "spaces".to_owned(),
            Delimiter::None => "none".to_owned(),
        }
    }
}

impl TryFrom<String> for Delimiter {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "tab" | "\t" | "\\t" => Ok(Self::Byte(b'\t')),
            "comma" => Ok(Self::Byte(b',')),
            "semicolon" => Ok(Self::Byte(b';')),
            "spaces" => Ok(Self::Spaces),
            "none" => Ok(Self::None),
            _ => match text.as_bytes() {
                [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => {
                    Ok(Self::Byte(*byte))
                }
                _ => Err(format!(
                    "`{text}` is no delimiter; right would be one character, tab, spaces or none"
                )),
            },
        }
    }
}

impl std::fmt::Display for Delimiter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&String::from(*self))
    }
}

/// How a file was found to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// CSV, TSV and their relatives.
    Delimited(DelimitedFormat),
    /// XLSX, XLSB, XLS or ODS.
    Workbook(WorkbookFormat),
    /// Apache Parquet.
    Parquet,
    /// JSON objects, one a line or in one array.
    Json(JsonFormat),
    /// An event log of process mining.
    EventLog(EventLogFormat),
}

/// How a text table is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelimitedFormat {
    /// Between two fields.
    pub delimiter: Delimiter,
    /// Whether `"` encloses fields.
    pub quoted: bool,
    /// Name of the encoding (WHATWG), such as `UTF-8`.
    pub encoding: &'static str,
    /// Line of the header, from 1; none when the file has no header.
    pub header_line: Option<u64>,
    /// Lines of titles above the table, as text.
    pub titles: Vec<String>,
    /// Whether the file is compressed with gzip.
    pub gzip: bool,
    /// Records before the first row of data: titles and header.
    pub(super) skipped_records: usize,
    /// Fields that most rows have; rows as short as that are accepted.
    pub(super) usual_fields: usize,
}

/// Where in a workbook the table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkbookFormat {
    /// The sheet that is read.
    pub sheet: String,
    /// The workbook's other sheets.
    pub other_sheets: Vec<String>,
    /// Row of the header in the sheet, from 1; none when there is none.
    pub header_row: Option<u64>,
    /// Rows of titles above the table, as text.
    pub titles: Vec<String>,
    /// First row of data, from 0.
    pub(super) first_row: u32,
    /// First column of the table, from 0.
    pub(super) first_column: u32,
    /// Cells that are merged down their column.
    pub(super) merged: Vec<MergedDown>,
}

/// A value that stands in several rows of a column; rows and columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MergedDown {
    /// Row and column of the value.
    pub(super) first: (u32, u32),
    /// The last row it stands in.
    pub(super) last_row: u32,
}

/// How JSON objects follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonFormat {
    /// For one array of objects, not one object a line: the bytes of text before it.
    pub array_at: Option<usize>,
    /// Name of the encoding (WHATWG).
    pub encoding: &'static str,
    /// Whether the file is compressed with gzip.
    pub gzip: bool,
}

/// How an event log is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLogFormat {
    /// What it follows.
    pub standard: LogStandard,
    /// Name of the encoding (WHATWG).
    pub encoding: &'static str,
    /// Whether the file is compressed with gzip.
    pub gzip: bool,
}

/// Standards of event logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogStandard {
    /// XES, IEEE 1849: cases with their events.
    Xes,
    /// OCEL 2.0 as JSON: events with their objects.
    OcelJson,
    /// OCEL 2.0 as XML.
    OcelXml,
}
