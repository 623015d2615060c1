//! Reading files: whatever the format, what comes out is batches of rows whose columns are text,
//! each row with its place in the file.
//!
//! A file is opened, which finds out how it is written and takes a sample; then it is profiled,
//! which looks at all values once; then it is read. Each is a pass of its own with bounded memory,
//! so the file has to stay as it is until it is imported; if it changes, reading says so.

mod columns;
mod delimited;
mod encoding;
mod error;
mod event_log;
mod flat;
mod header;
mod json;
mod number_text;
mod objects;
mod options;
mod parquet;
mod records;
mod sniff;
mod workbook;

#[cfg(test)]
mod tests;

use std::fs::Metadata;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::SystemTime;

use datafusion::arrow::array::StringArray;
use datafusion::arrow::record_batch::RecordBatch;
use encoding_rs::{Encoding, UTF_8};

pub use error::SourceError;
pub use options::{
    DelimitedFormat, Delimiter, EventLogFormat, Format, JsonFormat, LogStandard, ReadOptions,
    WorkbookFormat,
};

use super::profile::Profile;
use crate::progress::{Progress, Stage, Unit};
use columns::{BATCH_ROWS, text_schema};
use sniff::{Json, Kind, TextHead};

/// Rows of a sample at most.
pub const SAMPLE_ROWS: usize = 1_000;

/// Bytes of one record at most. A longer line is no row but a file without line ends, or a quote
/// that was never closed.
pub const RECORD_BYTES_MAX: usize = 16 << 20;

/// Columns of a file at most; a spreadsheet has no more.
pub const COLUMNS_MAX: usize = 16_384;

/// A file that has been looked at: its format is known, its rows can be read, more than once.
#[derive(Debug, Clone)]
pub struct SourceFile {
    opened: Arc<Opened>,
}

#[derive(Debug, Clone)]
struct Opened {
    path: PathBuf,
    name: String,
    stamp: Stamp,
    digest: String,
    format: Format,
    /// Of text formats.
    encoding: &'static Encoding,
    columns: Vec<SourceColumn>,
    sample: RecordBatch,
}

/// By what it is noticed that a file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size_bytes: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self {
            size_bytes: metadata.len(),
            modified: metadata.modified().ok(),
        }
    }
}

/// Where a format's reader puts its batches.
struct Sink<'a> {
    /// Rows of a batch at most.
    rows_max: usize,
    take: &'a mut (dyn FnMut(SourceBatch) -> ControlFlow<()> + 'a),
}

impl SourceFile {
    /// Looks at a file: format, encoding, delimiter, title rows, header, a sample. Reads it once
    /// through for its digest, and a text for its encoding.
    ///
    /// # Errors
    /// Any [`SourceError`]: the file is missing, empty, of no known format, broken.
    pub fn open(
        path: &Path,
        options: &ReadOptions,
        progress: &dyn Progress,
    ) -> Result<Self, SourceError> {
        let stamp = Stamp::of(&regular_file(path)?);
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        );
        progress.begin(
            Stage::of("look", &name),
            Some(stamp.size_bytes),
            Unit::Bytes,
        );
        let found = find(path, options, progress);
        progress.end();
        let Found {
            format,
            encoding,
            columns,
            digest,
        } = found?;
        let sample = RecordBatch::new_empty(text_schema(&columns));
        let mut opened = Opened {
            path: path.to_owned(),
            name,
            stamp,
            digest,
            format,
            encoding,
            columns,
            sample,
        };
        let mut sample = None;
        let mut take = |batch: SourceBatch| {
            sample = Some(batch.rows);
            ControlFlow::Break(())
        };
        opened.each_batch(&mut Sink {
            rows_max: SAMPLE_ROWS,
            take: &mut take,
        })?;
        if let Some(sample) = sample {
            opened.sample = sample;
        }
        Ok(Self {
            opened: Arc::new(opened),
        })
    }

    /// The file's name without its folder.
    pub fn name(&self) -> &str {
        &self.opened.name
    }

    /// The path as it was given.
    pub fn path(&self) -> &Path {
        &self.opened.path
    }

    /// BLAKE3 of the file's bytes, 64 hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.opened.digest
    }

    /// Size of the file in bytes.
    pub fn size_bytes(&self) -> u64 {
        self.opened.stamp.size_bytes
    }

    /// How the file is written.
    pub fn format(&self) -> &Format {
        &self.opened.format
    }

    /// The columns, in the file's order; names are unique and not empty.
    pub fn columns(&self) -> &[SourceColumn] {
        &self.opened.columns
    }

    /// The first rows, at most [`SAMPLE_ROWS`]; every column `Utf8`, an empty field null.
    pub fn sample(&self) -> &RecordBatch {
        &self.opened.sample
    }

    /// Whether rows leave out what is empty, so that a file need not have all columns of its kind.
    pub fn leaves_out_empty(&self) -> bool {
        matches!(self.opened.format, Format::Json(_) | Format::EventLog(_))
    }

    /// The file with these columns too, which are empty where it does not have them.
    #[must_use]
    pub(super) fn with_columns(&self, names: &[String]) -> Self {
        let known = |name: &String| self.columns().iter().any(|column| column.name == *name);
        let absent: Vec<&String> = names.iter().filter(|name| !known(name)).collect();
        if absent.is_empty() || !self.leaves_out_empty() {
            return self.clone();
        }
        let mut opened = Opened::clone(&self.opened);
        opened
            .columns
            .extend(absent.into_iter().map(|name| SourceColumn {
                name: name.clone(),
                native: Native::Text,
                label: None,
            }));
        let rows = opened.sample.num_rows();
        let mut columns = opened.sample.columns().to_vec();
        columns.resize(opened.columns.len(), Arc::new(StringArray::new_null(rows)));
        opened.sample = RecordBatch::try_new(text_schema(&opened.columns), columns)
            .expect("as many columns as the schema has, all of them text");
        Self {
            opened: Arc::new(opened),
        }
    }

    /// Every row of the file, in order, read by a thread that runs two batches ahead. Rows
    /// without any value are no rows. The iterator yields an error and ends when the file cannot
    /// be read any further.
    pub fn read(&self) -> Batches {
        const BATCHES_AHEAD: usize = 2;
        let (sender, receiver) = sync_channel(BATCHES_AHEAD);
        let opened = Arc::clone(&self.opened);
        let reader = std::thread::spawn(move || opened.send_all(&sender));
        Batches {
            receiver,
            reader: Some(reader),
        }
    }

    /// Looks at all values once; see [`Profile`].
    ///
    /// # Errors
    /// As [`SourceFile::read`].
    pub fn profile(&self, progress: &dyn Progress) -> Result<Profile, SourceError> {
        Profile::of(self, progress)
    }
}

impl Opened {
    fn each_batch(&self, sink: &mut Sink<'_>) -> Result<(), SourceError> {
        let Self {
            path,
            columns,
            encoding,
            ..
        } = self;
        self.check_unchanged()?;
        match &self.format {
            Format::Delimited(format) => delimited::read(path, format, columns, encoding, sink)?,
            Format::Workbook(format) => workbook::read(path, format, columns, sink)?,
            Format::Parquet => parquet::read(path, columns, sink)?,
            Format::Json(format) => json::read(path, format, columns, encoding, sink)?,
            Format::EventLog(format) => event_log::read(path, format, columns, encoding, sink)?,
        }
        self.check_unchanged()
    }

    fn check_unchanged(&self) -> Result<(), SourceError> {
        if Stamp::of(&regular_file(&self.path)?) == self.stamp {
            Ok(())
        } else {
            Err(SourceError::Changed {
                path: self.path.clone(),
            })
        }
    }

    fn send_all(&self, sender: &SyncSender<Result<SourceBatch, SourceError>>) {
        // Sending fails when nobody wants more.
        let mut take = |batch: SourceBatch| match sender.send(Ok(batch)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        };
        if let Err(error) = self.each_batch(&mut Sink {
            rows_max: BATCH_ROWS,
            take: &mut take,
        }) {
            let _ = sender.send(Err(error));
        }
    }
}

/// What opening finds out.
struct Found {
    format: Format,
    encoding: &'static Encoding,
    columns: Vec<SourceColumn>,
    digest: String,
}

fn regular_file(path: &Path) -> Result<Metadata, SourceError> {
    let metadata = std::fs::metadata(path).map_err(|source| encoding::unreadable(path, source))?;
    if metadata.is_dir() {
        return Err(SourceError::Folder {
            path: path.to_owned(),
        });
    }
    if !metadata.is_file() {
        return Err(SourceError::NotRegular {
            path: path.to_owned(),
        });
    }
    Ok(metadata)
}

fn find(path: &Path, options: &ReadOptions, progress: &dyn Progress) -> Result<Found, SourceError> {
    let asked = match &options.encoding {
        Some(label) => Some(encoding::encoding_of(path, label)?),
        None => None,
    };
    match sniff::kind_of(path, asked)? {
        Kind::Workbook => {
            let (format, columns) = {
                let mut workbook = workbook::Workbook::open(path)?;
                workbook::detect(path, &mut workbook, options)?
            };
            let digest = encoding::digest(path, progress)?;
            Ok(Found {
                format: Format::Workbook(format),
                encoding: UTF_8,
                columns,
                digest,
            })
        }
        Kind::Parquet => {
            let columns = parquet::columns(path)?;
            let digest = encoding::digest(path, progress)?;
            Ok(Found {
                format: Format::Parquet,
                encoding: UTF_8,
                columns,
                digest,
            })
        }
        Kind::Text(head) => find_in_text(path, &head, asked, options, progress),
    }
}

fn find_in_text(
    path: &Path,
    head: &TextHead,
    asked: Option<&'static Encoding>,
    options: &ReadOptions,
    progress: &dyn Progress,
) -> Result<Found, SourceError> {
    let start = sniff::decoded(head, asked);
    let standard = event_log::standard_of(&start);
    let json = match standard {
        Some(_) => None,
        None => sniff::json_of(path, &start)?,
    };
    let may_be_one_line = standard.is_some() || matches!(json, Some(Json::Array { .. }));
    let encoding::Survey { digest, encoding } =
        encoding::survey(path, head.gzip, asked, may_be_one_line, progress)?;
    if let Some(standard) = standard {
        let format = EventLogFormat {
            standard,
            encoding: encoding.name(),
            gzip: head.gzip,
        };
        let columns = event_log::columns(path, &format, encoding)?;
        return Ok(Found {
            format: Format::EventLog(format),
            encoding,
            columns,
            digest,
        });
    }
    if let Some(json) = json {
        let format = JsonFormat {
            array_at: match json {
                Json::Lines => None,
                Json::Array { at } => Some(at),
            },
            encoding: encoding.name(),
            gzip: head.gzip,
        };
        let columns = json::columns(path, &format, encoding)?;
        return Ok(Found {
            format: Format::Json(format),
            encoding,
            columns,
            digest,
        });
    }
    let text = sniff::decoded(head, Some(encoding));
    let found = delimited::detect(
        path,
        text.as_bytes(),
        head.whole,
        encoding,
        head.gzip,
        options,
    )?;
    if found.columns.is_empty() {
        return Err(SourceError::Empty {
            path: path.to_owned(),
        });
    }
    let format = Format::Delimited(found.format);
    Ok(Found {
        format,
        encoding,
        columns: found.columns,
        digest,
    })
}

/// A column as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceColumn {
    /// Its name: trimmed, in Unicode form NFC, unique (`name_2`), `column_3` where the file has
    /// none.
    pub name: String,
    /// What the format says it holds, whatever its text looks like.
    pub native: Native,
    /// What it asks or holds, where the file says that in a row of its own.
    pub label: Option<String>,
}

/// The type that the file's format gives a column. Values of a typed column come as canonical
/// text: numbers as plain decimals with a point, times as ISO 8601, flags as `true` and `false`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Native {
    /// Text; what it means has to be found out.
    Text,
    /// Numbers.
    Number,
    /// Dates or times.
    Time,
    /// Yes or no.
    Flag,
}

/// Some rows of a file, in its order.
#[derive(Debug, Clone)]
pub struct SourceBatch {
    /// The rows; every column `Utf8`, an empty field null.
    pub rows: RecordBatch,
    /// For each row its place in the file, from 1: row of the sheet, line of the text, row of the
    /// Parquet file, element of the JSON array; of event logs which row of the log it is.
    pub file_rows: Vec<u64>,
    /// Rows that could not be taken apart.
    pub damaged: Vec<Damaged>,
}

/// A row that could not be taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Its place in the file, from 1.
    pub file_row: u64,
    /// Its text, cut after 64 KiB.
    pub raw: String,
    /// What was wrong and what would be right.
    pub reason: String,
}

/// The batches of a file, as they are read. Dropping it stops the reading.
#[derive(Debug)]
pub struct Batches {
    receiver: Receiver<Result<SourceBatch, SourceError>>,
    reader: Option<JoinHandle<()>>,
}

impl Iterator for Batches {
    type Item = Result<SourceBatch, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Ok(batch) = self.receiver.recv() {
            return Some(batch);
        }
        // The thread is done. If it panicked, that is no end of the file.
        if let Some(Err(panic)) = self.reader.take().map(JoinHandle::join) {
            std::panic::resume_unwind(panic);
        }
        None
    }
}
