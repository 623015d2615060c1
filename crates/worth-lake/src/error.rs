//! Everything that can go wrong in the lake, in one enum.
//!
//! A message says what was wrong, where, and what would be right; it starts lower case and ends
//! without a full stop, so that callers can put it into a sentence. Fields carry what a program
//! needs to decide: [`Error::Moved`] asks the caller to check again, [`Error::Busy`] to try
//! later, everything else to tell the user.

use std::path::{Path, PathBuf};

use datafusion::error::DataFusionError;
use datafusion_ducklake::DuckLakeError;

use crate::import::source::SourceError;

/// What went wrong in the lake.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no lake where one was to be opened.
    #[error("{}: no lake here; `worth init` makes one", folder.display())]
    NoLake {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// There is something where a lake was to be made.
    #[error("{}: there is a lake already", folder.display())]
    LakeExists {
        /// Where it was to be made.
        folder: PathBuf,
    },
    /// A file or folder of the lake could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The lake's catalog could not be read or written.
    #[error("{}: {problem}", path.display())]
    Catalog {
        /// The catalog's file.
        path: PathBuf,
        /// What was wrong with it.
        problem: String,
    },
    /// Another process held the lake's catalog for too long.
    #[error(
        "{}: another process has been writing for {waited_seconds} seconds; try again when it is done",
        path.display()
    )]
    Busy {
        /// The catalog's file.
        path: PathBuf,
        /// How long this process waited.
        waited_seconds: u64,
    },
    /// The lake has changed since the snapshot that a transaction checked its rows against.
    /// The caller checks again on the newest snapshot and commits anew.
    #[error("the lake moved from snapshot {base} to {newest} meanwhile; check the rows again")]
    Moved {
        /// The snapshot the transaction worked on.
        base: i64,
        /// The newest snapshot now.
        newest: i64,
    },
    /// There is no such snapshot.
    #[error("no snapshot {id}; the lake has {oldest} to {newest}")]
    NoSnapshot {
        /// The one asked for.
        id: i64,
        /// The oldest there is.
        oldest: i64,
        /// The newest there is.
        newest: i64,
    },
    /// The lake did not exist at that time.
    #[error("no snapshot at {at}; the lake's first is of {first}")]
    NoSnapshotAt {
        /// The time asked for.
        at: jiff::Timestamp,
        /// When the oldest snapshot was taken.
        first: jiff::Timestamp,
    },
    /// A query wanted to change something.
    #[error("{statement} is not allowed here: queries only read the lake")]
    ReadOnly {
        /// What the query was, as SQL names it.
        statement: String,
    },
    /// A row that does not fit its table.
    #[error("{table}, row {row}, column {column:?}: {problem}")]
    Row {
        /// The table.
        table: String,
        /// The row, from 1.
        row: u64,
        /// The column.
        column: String,
        /// What was wrong with it.
        problem: String,
    },
    /// A column that does not fit its table.
    #[error("{table}, column {column:?}: {problem}")]
    Column {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What was wrong with it.
        problem: String,
    },
    /// One transaction was asked for two writers of unique facts for one table.
    #[error("{table}: a transaction takes unique facts of a table once; commit, then begin anew")]
    FactsTwice {
        /// The table.
        table: String,
    },
    /// A time zone that does not exist.
    #[error("time zone {name:?} is unknown; use a name like \"Asia/Ho_Chi_Minh\"")]
    TimeZone {
        /// The name given.
        name: String,
    },
    /// A file that was to be imported cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A workspace was to be made where there is one.
    #[error("{}: there is a worth.toml already; use that workspace or another folder", folder.display())]
    WorkspaceExists {
        /// Where it was to be made.
        folder: PathBuf,
    },
    /// There is no workspace where one was to be opened.
    #[error("{}: no worth.toml here; `worth init` makes a workspace", folder.display())]
    NoWorkspace {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// `worth.toml` cannot be understood.
    #[error("{}: {problem}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What was wrong and what would be right.
        problem: String,
    },
    /// The time zone was changed after data were imported whose instants depend on it.
    #[error(
        "{}: timezone = {timezone:?}, but days without a time were imported under {imported:?}; \
         set it back, or import into a new workspace",
        path.display()
    )]
    TimeZoneFixed {
        /// The file that names the time zone.
        path: PathBuf,
        /// The time zone it names now.
        timezone: String,
        /// The time zone at the time of the import.
        imported: String,
    },
    /// A mapping that cannot be executed.
    #[error("source {source_name:?}, {column}: {problem}")]
    Mapping {
        /// Name of the source.
        source_name: String,
        /// Table and column of the mapping.
        column: String,
        /// What was wrong and what would be right.
        problem: String,
    },
    /// A file whose rows are no rows of any table that is known.
    #[error("{}: {problem}", path.display())]
    Unrecognised {
        /// The file.
        path: PathBuf,
        /// What was seen and what to do.
        problem: String,
    },
    /// A file of which so much would be rejected that the mapping is probably wrong.
    #[error(
        "{}: {rejected} of {read} rows for {table} cannot be accepted, more than the share of \
         {max_rejected} that max_rejected allows; nothing was imported. What was seen: {seen}",
        path.display()
    )]
    TooManyRejects {
        /// The file.
        path: PathBuf,
        /// The table.
        table: String,
        /// Rows that cannot be accepted.
        rejected: u64,
        /// Rows for the table.
        read: u64,
        /// The share that is allowed.
        max_rejected: f64,
        /// The most frequent reasons, with an example each.
        seen: String,
    },
    /// Something has to be asked before files can be imported.
    #[error("{questions} questions about the files are open; the first: {first}")]
    OpenQuestions {
        /// How many.
        questions: usize,
        /// The first of them.
        first: String,
    },
    /// The query engine refused or failed.
    #[error("{0}")]
    Engine(#[from] DataFusionError),
}

impl Error {
    /// Something that could not be done with a file or folder of the lake.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.into();
        move |source| Error::File { path, source }
    }

    /// What `datafusion-ducklake` said of the catalog at `path`.
    pub(crate) fn ducklake(path: &Path, source: DuckLakeError) -> Error {
        match source {
            DuckLakeError::DataFusion(source) => Error::Engine(source),
            other => Error::Catalog {
                path: path.to_owned(),
                problem: other.to_string(),
            },
        }
    }
}

impl From<datafusion::arrow::error::ArrowError> for Error {
    fn from(source: datafusion::arrow::error::ArrowError) -> Self {
        Error::Engine(source.into())
    }
}

impl From<parquet::errors::ParquetError> for Error {
    fn from(source: parquet::errors::ParquetError) -> Self {
        Error::Engine(source.into())
    }
}
