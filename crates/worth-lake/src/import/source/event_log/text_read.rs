//! A text file as a reader, for crates that take one: XML and JSON whose rows are not lines.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use encoding_rs::Encoding;

use super::super::encoding::TextStream;
use super::super::{RECORD_BYTES_MAX, SourceError};

/// A text file as UTF-8 bytes, with the line that is read and a limit to what is read at once.
pub(super) struct TextRead {
    path: PathBuf,
    stream: TextStream,
    buffer: Vec<u8>,
    start: usize,
    /// Line of the next byte, from 1.
    line: u64,
    /// Bytes that the present record may still have; whoever reads records sets it for the next.
    bytes_left: Rc<Cell<usize>>,
    /// Why it could not go on. What it tells through [`io::Error`] only says that it did not.
    failed: Option<SourceError>,
}

impl TextRead {
    pub(super) fn open(
        path: &Path,
        gzip: bool,
        encoding: &'static Encoding,
    ) -> Result<Self, SourceError> {
        Ok(Self {
            path: path.to_owned(),
            stream: TextStream::open(path, gzip, encoding)?,
            buffer: Vec::new(),
            start: 0,
            line: 1,
            bytes_left: Rc::new(Cell::new(RECORD_BYTES_MAX)),
            failed: None,
        })
    }

    /// How many bytes the present record may still have, to be set for the next when it ends.
    pub(super) fn bytes_left(&self) -> Rc<Cell<usize>> {
        Rc::clone(&self.bytes_left)
    }

    /// What is wrong with the file: its own failure, else what the reader of its format says.
    pub(super) fn error(&mut self, format: &'static str, detail: impl ToString) -> SourceError {
        self.failed.take().unwrap_or_else(|| SourceError::Broken {
            path: self.path.clone(),
            format,
            detail: format!("line {}: {}", self.line, detail.to_string()),
        })
    }

    fn more(&mut self) -> Result<(), SourceError> {
        if self.bytes_left.get() == 0 {
            return Err(SourceError::RecordTooLong {
                path: self.path.clone(),
                line: self.line,
                limit_bytes: RECORD_BYTES_MAX,
                right: "right would be many small events",
            });
        }
        self.buffer.clear();
        self.start = 0;
        self.stream.read_more(&mut self.buffer).map(|_| ())
    }
}

impl BufRead for TextRead {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.buffer.len()
            && let Err(error) = self.more()
        {
            self.failed = Some(error);
            return Err(io::Error::other("the file cannot be read any further"));
        }
        Ok(&self.buffer[self.start..])
    }

    fn consume(&mut self, count: usize) {
        let consumed = &self.buffer[self.start..self.start + count];
        self.line += memchr::memchr_iter(b'\n', consumed).count() as u64;
        self.bytes_left
            .set(self.bytes_left.get().saturating_sub(count));
        self.start += count;
    }
}

impl Read for TextRead {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let unread = self.fill_buf()?;
        let count = unread.len().min(into.len());
        into[..count].copy_from_slice(&unread[..count]);
        self.consume(count);
        Ok(count)
    }
}
