//! Reading files: whatever the format, what comes out is batches of rows whose columns are text,
//! each row with its place in the file.

mod error;
mod options;

use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::record_batch::RecordBatch;

pub use error::SourceError;
pub use options::{DelimitedFormat, Delimiter, Format, JsonFormat, ReadOptions, WorkbookFormat};

use super::profile::Profile;
use crate::progress::Progress;

/// Rows of a sample at most.
pub const SAMPLE_ROWS: usize = 1_000;

/// A file that has been looked at: its format is known, its rows can be read, more than once.
#[derive(Debug, Clone)]
pub struct SourceFile {
    opened: Arc<Opened>,
}

#[derive(Debug)]
struct Opened {}

impl SourceFile {
    /// Looks at a file: format, encoding, delimiter, title rows, header, a sample. Reads a text
    /// file once through, for its digest and encoding.
    ///
    /// # Errors
    /// Any [`SourceError`]: the file is missing, empty, of no known format, broken.
    pub fn open(
        path: &Path,
        options: &ReadOptions,
        progress: &dyn Progress,
    ) -> Result<Self, SourceError> {
        let _ = (path, options, progress);
        todo!("lands with the readers")
    }

    /// The file's name without its folder.
    pub fn name(&self) -> &str {
        todo!("lands with the readers")
    }

    /// The path as it was given.
    pub fn path(&self) -> &Path {
        todo!("lands with the readers")
    }

    /// BLAKE3 of the file's bytes, 64 hexadecimal digits.
    pub fn digest(&self) -> &str {
        todo!("lands with the readers")
    }

    /// Size of the file in bytes.
    pub fn size_bytes(&self) -> u64 {
        todo!("lands with the readers")
    }

    /// How the file is written.
    pub fn format(&self) -> &Format {
        todo!("lands with the readers")
    }

    /// The columns, in the file's order; names are unique and not empty.
    pub fn columns(&self) -> &[SourceColumn] {
        todo!("lands with the readers")
    }

    /// The first rows, at most [`SAMPLE_ROWS`]; every column `Utf8`, an empty field null.
    pub fn sample(&self) -> &RecordBatch {
        todo!("lands with the readers")
    }

    /// Every row of the file, in order, read by a thread that runs two batches ahead.
    ///
    /// # Errors
    /// The iterator yields an error and ends when the file cannot be read any further.
    pub fn read(&self) -> Batches {
        todo!("lands with the readers")
    }

    /// Looks at all values once; see [`Profile`].
    ///
    /// # Errors
    /// As [`SourceFile::read`].
    pub fn profile(&self, progress: &dyn Progress) -> Result<Profile, SourceError> {
        let _ = progress;
        todo!("lands with the readers")
    }
}

/// A column as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceColumn {
    /// Its name: trimmed, in Unicode form NFC, unique (`name_2`), `column_3` where the file has none.
    pub name: String,
    /// What the format says it holds, whatever its text looks like.
    pub native: Native,
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
    /// Parquet file, element of the JSON array.
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

/// The batches of a file, as they are read.
#[derive(Debug)]
pub struct Batches {
    receiver: std::sync::mpsc::Receiver<Result<SourceBatch, SourceError>>,
}

impl Iterator for Batches {
    type Item = Result<SourceBatch, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.receiver.recv().ok()
    }
}
