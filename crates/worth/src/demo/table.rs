//! Rows of a plain file, built in memory piece by piece and appended to the file in order.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, Result};

use super::calendar::{Calendar, Moment};

/// Rows of one CSV file that wait to be written.
pub(crate) struct Rows {
    writer: csv::Writer<Vec<u8>>,
    scratch: Vec<u8>,
    /// How many rows there are.
    pub(crate) count: u64,
}

impl Rows {
    /// No rows yet.
    pub(crate) fn new() -> Self {
        Self {
            writer: csv::Writer::from_writer(Vec::new()),
            scratch: Vec::new(),
            count: 0,
        }
    }

    /// The next cell is `text`.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.field(text.as_bytes())
    }

    /// The next cell is whatever `value` shows.
    pub(crate) fn show(&mut self, value: impl std::fmt::Display) -> &mut Self {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        write!(scratch, "{value}").expect("writing to memory");
        self.field(&scratch);
        self.scratch = scratch;
        self
    }

    /// The next cell is `value` if there is one.
    pub(crate) fn maybe(&mut self, value: Option<impl std::fmt::Display>) -> &mut Self {
        match value {
            Some(value) => self.show(value),
            None => self.none(),
        }
    }

    /// The next cell is empty.
    pub(crate) fn none(&mut self) -> &mut Self {
        self.field(b"")
    }

    /// The next cell is a time as ISO 8601 with its offset.
    pub(crate) fn iso(&mut self, calendar: &Calendar, moment: Moment) -> &mut Self {
        self.time(moment, |moment, into| calendar.write_iso(moment, into))
    }

    /// The next cell is a time as people write it in Việt Nam.
    pub(crate) fn vietnamese(&mut self, calendar: &Calendar, moment: Moment) -> &mut Self {
        self.time(moment, |moment, into| {
            calendar.write_vietnamese(moment, into)
        })
    }

    /// The row is complete.
    pub(crate) fn end(&mut self) {
        self.writer
            .write_record(None::<&[u8]>)
            .expect("writing to memory");
        self.count += 1;
    }

    fn time(&mut self, moment: Moment, write: impl Fn(Moment, &mut Vec<u8>)) -> &mut Self {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        write(moment, &mut scratch);
        self.field(&scratch);
        self.scratch = scratch;
        self
    }

    fn field(&mut self, field: &[u8]) -> &mut Self {
        self.writer.write_field(field).expect("writing to memory");
        self
    }
}

/// A CSV file that is being written.
pub(crate) struct CsvFile {
    name: &'static str,
    file: BufWriter<File>,
    /// Data rows so far.
    pub(crate) count: u64,
}

impl CsvFile {
    /// Starts the file with its header.
    pub(crate) fn create(folder: &Path, name: &'static str, header: &[&str]) -> Result<Self> {
        let path = folder.join(name);
        let file =
            File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        let mut rows = Rows::new();
        for title in header {
            rows.text(title);
        }
        rows.end();
        let mut csv = Self {
            name,
            file: BufWriter::with_capacity(1 << 20, file),
            count: 0,
        };
        csv.append(rows)?;
        csv.count = 0;
        Ok(csv)
    }

    /// Appends rows.
    pub(crate) fn append(&mut self, rows: Rows) -> Result<()> {
        self.count += rows.count;
        let bytes = rows.writer.into_inner().expect("writing to memory");
        self.file
            .write_all(&bytes)
            .with_context(|| format!("cannot write {}", self.name))
    }

    /// Closes the file; its name and how many data rows it has.
    pub(crate) fn finish(mut self) -> Result<(String, u64)> {
        self.file
            .flush()
            .with_context(|| format!("cannot write {}", self.name))?;
        Ok((self.name.to_owned(), self.count))
    }
}
