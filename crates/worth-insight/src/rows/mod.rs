//! Writes the rows of an answer to a file whose ending names the format: CSV, XLSX or Parquet.
//!
//! Rows are streamed, so memory does not grow with them. A file is written under another name
//! beside its place and renamed when it is whole: whoever looks finds the old file or the new one,
//! never half of it.

mod csv;
mod few;
mod spreadsheet;

use std::io::{BufWriter, Write};
use std::path::Path;

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::properties::WriterProperties;
use futures::StreamExt;
use tempfile::NamedTempFile;

use crate::context::Cancellation;
use crate::error::Error;
use crate::question::Rows;
pub(crate) use few::{Column, FewRows, estimates, reals};

/// Formats of files, by their endings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.csv`: comma, UTF-8, header.
    Csv,
    /// `.xlsx`: one sheet, typed columns, header that stays in view.
    Spreadsheet,
    /// `.parquet`: the types as they are, compressed.
    Parquet,
}

impl Format {
    /// The format that the ending of a file's name means.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownEnding`], naming the endings there are.
    pub fn of(path: &Path) -> Result<Self, Error> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("csv") => Ok(Self::Csv),
            Some("xlsx") => Ok(Self::Spreadsheet),
            Some("parquet") => Ok(Self::Parquet),
            _ => Err(Error::UnknownEnding { path: path.into() }),
        }
    }
}

/// How rows are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// Begin a CSV file with the mark by which Excel knows UTF-8. Other programs may take it for
    /// part of the first heading.
    pub byte_order_mark: bool,
}

/// Writes all rows to `path` and says how many there were. An existing file is replaced.
///
/// # Errors
///
/// [`Error::UnknownEnding`], [`Error::Write`], [`Error::TooManyRows`] for a spreadsheet,
/// [`Error::Cancelled`]; in every case the file is as it was.
pub async fn write(
    rows: &dyn Rows,
    path: &Path,
    options: WriteOptions,
    cancellation: &Cancellation,
) -> Result<u64, Error> {
    write_checked(rows, path, options, || cancellation.check()).await
}

async fn write_checked(
    rows: &dyn Rows,
    path: &Path,
    options: WriteOptions,
    check: impl Fn() -> Result<(), Error>,
) -> Result<u64, Error> {
    let format = Format::of(path)?;
    let unfinished = beside(path)?;
    let mut sink = Sink::begin(format, unfinished, rows.schema(), options, path)?;
    let mut written = 0;
    let mut stream = rows.stream();
    while let Some(batch) = stream.next().await {
        check()?;
        let batch = batch.map_err(Error::engine("reading the rows to write"))?;
        sink.batch(&batch, path)?;
        written += batch.num_rows() as u64;
    }
    let finished = sink.end(path)?;
    let failed = |source| Error::Write {
        path: path.into(),
        source,
    };
    finished.as_file().sync_all().map_err(failed)?;
    finished
        .persist(path)
        .map_err(|problem| failed(problem.error))?;
    Ok(written)
}

/// An empty file in the folder of `path`, gone unless it is renamed.
fn beside(path: &Path) -> Result<NamedTempFile, Error> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".worth-");
    #[cfg(unix)]
    {
        // As readable as any other new file: the umask takes its share.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder).map_err(|source| Error::Write {
        path: path.into(),
        source,
    })
}

/// A file that is being written.
enum Sink {
    Csv(Box<csv::CsvSink<BufWriter<NamedTempFile>>>),
    Spreadsheet(Box<spreadsheet::SpreadsheetSink>, NamedTempFile),
    Parquet(Box<ArrowWriter<NamedTempFile>>),
}

impl Sink {
    fn begin(
        format: Format,
        file: NamedTempFile,
        schema: SchemaRef,
        options: WriteOptions,
        path: &Path,
    ) -> Result<Self, Error> {
        match format {
            Format::Csv => {
                let file = BufWriter::new(file);
                let sink = csv::CsvSink::begin(file, &schema, options.byte_order_mark);
                sink.map(|sink| Self::Csv(Box::new(sink)))
                    .map_err(|source| Error::Write {
                        path: path.into(),
                        source,
                    })
            }
            Format::Spreadsheet => {
                let sink = spreadsheet::SpreadsheetSink::begin(&schema, path)?;
                Ok(Self::Spreadsheet(Box::new(sink), file))
            }
            Format::Parquet => {
                let level = ZstdLevel::try_new(3).map_err(parquet_failed(path))?;
                let properties = WriterProperties::builder()
                    .set_compression(Compression::ZSTD(level))
                    .build();
                let writer = ArrowWriter::try_new(file, schema, Some(properties))
                    .map_err(parquet_failed(path))?;
                Ok(Self::Parquet(Box::new(writer)))
            }
        }
    }

    fn batch(&mut self, batch: &RecordBatch, path: &Path) -> Result<(), Error> {
        match self {
            Self::Csv(sink) => sink.batch(batch).map_err(Error::engine("writing CSV")),
            Self::Spreadsheet(sink, _) => sink.batch(batch, path),
            Self::Parquet(writer) => writer.write(batch).map_err(parquet_failed(path)),
        }
    }

    fn end(self, path: &Path) -> Result<NamedTempFile, Error> {
        let failed = |source| Error::Write {
            path: path.into(),
            source,
        };
        match self {
            Self::Csv(sink) => {
                let buffered = sink.end().map_err(failed)?;
                buffered
                    .into_inner()
                    .map_err(|problem| failed(problem.into_error()))
            }
            Self::Spreadsheet(sink, mut file) => {
                let mut buffered = BufWriter::new(file.as_file_mut());
                sink.end(&mut buffered, path)?;
                buffered.flush().map_err(failed)?;
                drop(buffered);
                Ok(file)
            }
            Self::Parquet(writer) => writer.into_inner().map_err(parquet_failed(path)),
        }
    }
}

fn parquet_failed(path: &Path) -> impl FnOnce(ParquetError) -> Error {
    let path = path.to_owned();
    move |problem| Error::Write {
        path,
        source: std::io::Error::other(problem),
    }
}

#[cfg(test)]
mod tests;
