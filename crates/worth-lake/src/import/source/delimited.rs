//! CSV, TSV and their relatives: how a text table is written, and reading it.

use std::ops::ControlFlow;
use std::path::Path;

use encoding_rs::Encoding;

use super::columns::{BatchBuilder, text_schema};
use super::encoding::TextStream;
use super::header::{Asked, Cell, LOOKED_AT_ROWS, find_table};
use super::records::{HeadText, MoreText, Record, Records};
use super::{DelimitedFormat, Delimiter, Native, ReadOptions, Sink, SourceColumn, SourceError};

/// What a text table was found to be.
pub(super) struct Detected {
    pub(super) format: DelimitedFormat,
    pub(super) columns: Vec<SourceColumn>,
}

/// Finds out from the first text of a file how its table is written. `whole` tells that there is
/// no more text than `head`.
pub(super) fn detect(
    path: &Path,
    head: &[u8],
    whole: bool,
    encoding: &'static Encoding,
    gzip: bool,
    options: &ReadOptions,
) -> Result<Detected, SourceError> {
    let delimiter = match options.delimiter {
        Some(delimiter) => delimiter,
        None => find_delimiter(path, head, whole),
    };
    let quoted = match delimiter {
        Delimiter::Byte(_) => true,
        Delimiter::Spaces => false,
        Delimiter::None => head.starts_with(b"\""),
    };
    let looked_at = first_records(path, head, whole, delimiter, quoted);
    if looked_at.is_empty() {
        return Err(SourceError::Empty {
            path: path.to_owned(),
        });
    }
    let rows: Vec<Vec<Cell>> = looked_at
        .iter()
        .map(|record| {
            record
                .fields
                .iter()
                .map(|field| Cell::text(field))
                .collect()
        })
        .collect();
    let asked = match (options.header_row, options.header) {
        (Some(line), _) => {
            let row = looked_at.iter().position(|record| record.line == line);
            Asked::Row(row.ok_or_else(|| SourceError::Option {
                path: path.to_owned(),
                option: "header_row",
                given: line.to_string(),
                right: format!("right would be one of the first {LOOKED_AT_ROWS} lines with text"),
            })?)
        }
        (None, Some(true)) => Asked::Present,
        (None, Some(false)) => Asked::Absent,
        (None, None) => Asked::Detect,
    };
    let found = find_table(&rows, asked);
    let titles = looked_at[..found.header.unwrap_or(0)]
        .iter()
        .map(|record| record.fields.join(" ").trim().to_owned())
        .collect();
    let columns = found
        .names
        .into_iter()
        .zip(found.labels)
        .map(|(name, label)| SourceColumn {
            name,
            native: Native::Text,
            label,
        })
        .collect();
    let format = DelimitedFormat {
        delimiter,
        quoted,
        encoding: encoding.name(),
        header_line: found.header.map(|row| looked_at[row].line),
        titles,
        gzip,
        skipped_records: found.first_row,
        usual_fields: found.usual_fields,
    };
    Ok(Detected { format, columns })
}

/// A record of the first text.
struct LookedAt {
    line: u64,
    fields: Vec<String>,
}

/// The first records; what is wrong with the text is found again, and told, when it is read.
fn first_records(
    path: &Path,
    head: &[u8],
    whole: bool,
    delimiter: Delimiter,
    quoted: bool,
) -> Vec<LookedAt> {
    let mut records = Records::new(path, HeadText(head.to_vec()), delimiter, quoted);
    let mut found = Vec::new();
    while let Ok(Some(record)) = records.next() {
        let fields = record
            .fields()
            .map(|field| String::from_utf8_lossy(field).into_owned())
            .collect();
        found.push(LookedAt {
            line: record.line,
            fields,
        });
        if found.len() > LOOKED_AT_ROWS {
            break;
        }
    }
    // The last one may have been cut off.
    if (!whole || found.len() > LOOKED_AT_ROWS) && found.len() > 1 {
        found.pop();
    }
    found
}

/// The delimiter by which the lines fall into the same number of fields.
fn find_delimiter(path: &Path, head: &[u8], whole: bool) -> Delimiter {
    const CANDIDATES: [u8; 6] = [b',', b';', b'\t', b'|', b'^', b'~'];
    if let [b's', b'e', b'p', b'=', delimiter, b'\r' | b'\n', ..] = head
        && delimiter.is_ascii()
    {
        return Delimiter::Byte(*delimiter);
    }
    let read: Vec<(u8, Vec<LookedAt>)> = CANDIDATES
        .into_iter()
        .map(|byte| {
            (
                byte,
                first_records(path, head, whole, Delimiter::Byte(byte), true),
            )
        })
        .collect();
    let best = |evenness: &dyn Fn(&[LookedAt]) -> Option<f64>| {
        let fitting = read
            .iter()
            .rev()
            .filter_map(|(byte, records)| Some((evenness(records)?, *byte)));
        fitting
            .max_by(|one, other| one.0.total_cmp(&other.0))
            .map(|(_, byte)| byte)
    };
    if let Some(byte) = best(&|records| evenness(records, &records[records.len() / 2..], 0.8)) {
        return Delimiter::Byte(byte);
    }
    let records = first_records(path, head, whole, Delimiter::Spaces, false);
    if is_aligned(&records) {
        return Delimiter::Spaces;
    }
    // A table of which many rows are ragged, but not the first.
    let first_is_even = |records: &[LookedAt], usual| records[0].fields.len() == usual;
    let ragged = best(&|records| {
        let usual = usual_fields(records)?;
        first_is_even(records, usual).then(|| evenness(records, records, 0.5))?
    });
    ragged.map_or(Delimiter::None, Delimiter::Byte)
}

/// The number of fields that most records have; of several the largest.
fn usual_fields(records: &[LookedAt]) -> Option<usize> {
    let mut widths: Vec<usize> = records.iter().map(|record| record.fields.len()).collect();
    widths.sort_unstable();
    Some(
        widths
            .chunk_by(|one, other| one == other)
            .max_by_key(|same| same.len())?[0],
    )
}

/// How well a delimiter fits: `None` when fewer than `share_min` of the `later` lines fall into
/// the same number of fields, at least two. Titles stand above, so the later lines count more.
fn evenness(records: &[LookedAt], later: &[LookedAt], share_min: f64) -> Option<f64> {
    let usual = usual_fields(later)?;
    let share = |records: &[LookedAt]| {
        let even = records
            .iter()
            .filter(|record| record.fields.len() == usual)
            .count();
        even as f64 / records.len() as f64
    };
    if usual < 2 || share(later) < share_min {
        return None;
    }
    // Fields with other delimiters in them were cut in the wrong places: `12,5;3,4`.
    let fields = || later.iter().flat_map(|record| &record.fields);
    let clean = fields()
        .filter(|field| !field.contains([';', '\t', '|']))
        .count();
    let cleanness = clean as f64 / fields().count() as f64;
    let width = 1.0 - 1.0 / (usual as f64 + 1.0);
    Some((share(later) + 0.5 * share(records)) * width * (0.5 + 0.5 * cleanness))
}

/// Whether lines are columns aligned with spaces, as in old logs: nearly all lines of as many
/// words, some of them numbers or dates.
fn is_aligned(records: &[LookedAt]) -> bool {
    let Some(width) = records.last().map(|record| record.fields.len()) else {
        return false;
    };
    let even = records
        .iter()
        .filter(|record| record.fields.len() == width)
        .count();
    let has_values = |record: &LookedAt| {
        record
            .fields
            .iter()
            .any(|field| crate::import::value::looks_like_number(field))
    };
    let with_values = records.iter().filter(|record| has_values(record)).count();
    width >= 2
        && records.len() >= 3
        && even * 20 >= records.len() * 19
        && with_values * 20 >= records.len() * 19 - 20
}

/// Reads the rows of a text table.
pub(super) fn read(
    path: &Path,
    format: &DelimitedFormat,
    columns: &[SourceColumn],
    encoding: &'static Encoding,
    sink: &mut Sink<'_>,
) -> Result<(), SourceError> {
    let stream = TextStream::open(path, format.gzip, encoding)?;
    let mut records = Records::new(path, stream, format.delimiter, format.quoted);
    for _ in 0..format.skipped_records {
        records.next()?;
    }
    read_rows(path, &mut records, format.usual_fields, columns, sink)
}

fn read_rows<T: MoreText>(
    path: &Path,
    records: &mut Records<T>,
    usual_fields: usize,
    columns: &[SourceColumn],
    sink: &mut Sink<'_>,
) -> Result<(), SourceError> {
    let changed = || SourceError::Changed {
        path: path.to_owned(),
    };
    let mut batch = BatchBuilder::new(text_schema(columns), sink.rows_max);
    while let Some(record) = records.next()? {
        if record.is_blank() {
            continue;
        }
        push_row(&mut batch, &record, columns.len(), usual_fields);
        if batch.is_full() {
            let flow = (sink.take)(batch.finish().map_err(|_| changed())?);
            if let ControlFlow::Break(()) = flow {
                return Ok(());
            }
        }
    }
    if !batch.is_empty() {
        let _ = (sink.take)(batch.finish().map_err(|_| changed())?);
    }
    Ok(())
}

fn push_row(batch: &mut BatchBuilder, record: &Record<'_>, width: usize, usual_fields: usize) {
    let found = record.len();
    let fits = found == width
        || (found < width && found == usual_fields)
        || (found > width && record.fields().skip(width).all(<[u8]>::is_empty));
    if !fits {
        let reason = format!("{found} fields; right would be {width}, as in the header");
        batch.push_damaged(record.line, &String::from_utf8_lossy(record.raw), reason);
        return;
    }
    for (column, field) in record.fields().take(width).enumerate() {
        batch.push_bytes(column, field, record.ascii);
    }
    for column in found..width {
        batch.push_bytes(column, b"", true);
    }
    batch.end_row(record.line);
}
