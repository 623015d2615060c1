//! What can be wrong with a file as a whole. Every message names the file, the line where there
//! is one, and what would be right; a single bad row is no error but a [`Damaged`](super::Damaged)
//! row.

use std::path::PathBuf;

/// A file that cannot be read, and why.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// There is nothing at this path.
    #[error("{}: there is no such file; check the path", .path.display())]
    Missing {
        /// The path as it was given.
        path: PathBuf,
    },
    /// A folder was given.
    #[error("{}: this is a folder, not a file; name the files in it", .path.display())]
    Folder {
        /// The path as it was given.
        path: PathBuf,
    },
    /// A pipe, socket or device was given; a file is read more than once.
    #[error("{}: this is not a regular file; save it to disk first", .path.display())]
    NotRegular {
        /// The path as it was given.
        path: PathBuf,
    },
    /// The operating system refused or failed to read.
    #[error("{}: cannot be read: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The file has no bytes, or no row.
    #[error("{}: the file is empty; a header and at least one row are needed", .path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The bytes are not one of the formats that are read.
    #[error(
        "{}: this is {what}, not a table; {right}", .path.display()
    )]
    NotATable {
        /// The file.
        path: PathBuf,
        /// What the bytes look like: "a PDF document", "binary data".
        what: &'static str,
        /// What would be right.
        right: &'static str,
    },
    /// Text that does not decode.
    #[error(
        "{}, line {line}: {what} is not {encoding}; save the file as UTF-8, or name its encoding \
         (encoding = \"windows-1258\")",
        .path.display()
    )]
    Encoding {
        /// The file.
        path: PathBuf,
        /// Line of the first byte that does not decode, from 1.
        line: u64,
        /// What stands there: "the byte 0xE9".
        what: String,
        /// The encoding in which it was read.
        encoding: String,
    },
    /// An encoding, delimiter, sheet or header row that was asked for and cannot be.
    #[error("{}: {option} = \"{given}\" does not fit; {right}", .path.display())]
    Option {
        /// The file.
        path: PathBuf,
        /// Name of the option in `ReadOptions`.
        option: &'static str,
        /// What was given.
        given: String,
        /// What would be right.
        right: String,
    },
    /// One record is longer than any sensible row.
    #[error(
        "{}, line {line}: the record that begins here is longer than {limit_bytes} bytes; {right}",
        .path.display()
    )]
    RecordTooLong {
        /// The file.
        path: PathBuf,
        /// Line where the record begins, from 1.
        line: u64,
        /// The limit.
        limit_bytes: usize,
        /// What would be right.
        right: &'static str,
    },
    /// A quote is opened and never closed.
    #[error(
        "{}, line {line}: a quote opened here is never closed; close it, or double it (\"\") where \
         it belongs to the text",
        .path.display()
    )]
    OpenQuote {
        /// The file.
        path: PathBuf,
        /// Line where the quoted field begins, from 1.
        line: u64,
    },
    /// A workbook that needs a password.
    #[error(
        "{}: the workbook is protected by a password; save it without one", .path.display()
    )]
    Password {
        /// The file.
        path: PathBuf,
    },
    /// The container (workbook, gzip, Parquet, JSON) is broken.
    #[error("{}: the {format} is damaged: {detail}; export or copy it again", .path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// "workbook", "gzip stream", "Parquet file", "JSON array".
        format: &'static str,
        /// What the reader of that format said.
        detail: String,
    },
    /// A column whose type has no text form here.
    #[error(
        "{}, column {column}: {kind} cannot be read; cast the column to text, number or time",
        .path.display()
    )]
    UnsupportedType {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// Its type, as the format names it.
        kind: String,
    },
    /// More columns than a table has.
    #[error(
        "{}: more than {limit} columns; a row should be one thing, with its properties as columns",
        .path.display()
    )]
    TooManyColumns {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
    /// The file changed between opening and reading it.
    #[error("{}: the file changed while it was read; import it again", .path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
}
