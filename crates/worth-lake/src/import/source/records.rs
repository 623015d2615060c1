//! Text taken apart into records: one line, or several where a quoted field goes over them.
//!
//! Lines without a quote, which are nearly all, are cut at the delimiter where they stand;
//! the others go through `csv-core`.

use std::path::{Path, PathBuf};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};
use memchr::{memchr, memchr_iter};

use super::encoding::TextStream;
use super::{COLUMNS_MAX, Delimiter, RECORD_BYTES_MAX, SourceError};

/// Where more text comes from.
pub(super) trait MoreText {
    /// Appends some more text; `false` when there is no more.
    fn read_more(&mut self, into: &mut Vec<u8>) -> Result<bool, SourceError>;
}

impl MoreText for TextStream {
    fn read_more(&mut self, into: &mut Vec<u8>) -> Result<bool, SourceError> {
        TextStream::read_more(self, into)
    }
}

/// The beginning of a file, already read.
pub(super) struct HeadText(pub(super) Vec<u8>);

impl MoreText for HeadText {
    fn read_more(&mut self, into: &mut Vec<u8>) -> Result<bool, SourceError> {
        into.append(&mut self.0);
        Ok(false)
    }
}

/// One record, as long as the next is not asked for.
pub(super) struct Record<'a> {
    /// Its text as it stands in the file, without the line's end.
    pub(super) raw: &'a [u8],
    /// Line where it begins, from 1.
    pub(super) line: u64,
    /// Whether all of it is ASCII.
    pub(super) ascii: bool,
    text: &'a [u8],
    ends: &'a [(usize, usize)],
}

impl<'a> Record<'a> {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The fields, without their quotes.
    pub(super) fn fields(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let text = self.text;
        self.ends.iter().map(move |&(start, end)| &text[start..end])
    }

    /// Whether nothing stands between the delimiters.
    pub(super) fn is_blank(&self) -> bool {
        self.raw.len() < self.ends.len() && self.fields().all(<[u8]>::is_empty)
    }
}

/// Reads one record after the other.
pub(super) struct Records<T> {
    path: PathBuf,
    from: T,
    delimiter: Delimiter,
    quoted: bool,
    line_end: u8,
    reader: Reader,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
    line: u64,
    unquoted: Vec<u8>,
    quoted_ends: Vec<usize>,
    ends: Vec<(usize, usize)>,
}

impl<T: MoreText> Records<T> {
    pub(super) fn new(path: &Path, from: T, delimiter: Delimiter, quoted: bool) -> Self {
        Self {
            path: path.to_owned(),
            from,
            delimiter,
            quoted,
            line_end: 0,
            reader: Reader::new(),
            buffer: Vec::new(),
            start: 0,
            ended: false,
            line: 1,
            unquoted: Vec::new(),
            quoted_ends: vec![0; 64],
            ends: Vec::new(),
        }
    }

    /// The next record that is not an empty line; `None` at the end of the text.
    pub(super) fn next(&mut self) -> Result<Option<Record<'_>>, SourceError> {
        if self.line_end == 0 {
            self.begin()?;
        }
        let Some(length) = self.skip_to_line()? else {
            return Ok(None);
        };
        let line = &self.buffer[self.start..self.start + length];
        if self.quoted && memchr(b'"', line).is_some() {
            return self.next_quoted().map(Some);
        }
        let start = self.start;
        let number = self.line;
        self.start = (start + length + 1).min(self.buffer.len());
        self.line += 1;
        let raw = without_carriage_return(&self.buffer[start..start + length]);
        self.ends.clear();
        match self.delimiter {
            Delimiter::Byte(delimiter) => {
                let mut field = 0;
                for at in memchr_iter(delimiter, raw) {
                    self.ends.push((field, at));
                    field = at + 1;
                }
                self.ends.push((field, raw.len()));
            }
            Delimiter::None => self.ends.push((0, raw.len())),
            Delimiter::Spaces => {
                let mut at = 0;
                for word in raw.split(|byte| matches!(byte, b' ' | b'\t')) {
                    if !word.is_empty() {
                        self.ends.push((at, at + word.len()));
                    }
                    at += word.len() + 1;
                }
            }
        }
        if self.ends.len() > COLUMNS_MAX {
            return Err(self.too_many_columns());
        }
        Ok(Some(Record {
            raw,
            line: number,
            ascii: raw.is_ascii(),
            text: raw,
            ends: &self.ends,
        }))
    }

    /// Finds out how lines end, from the first text.
    fn begin(&mut self) -> Result<(), SourceError> {
        self.more()?;
        let lines_end_with_cr =
            memchr(b'\n', &self.buffer).is_none() && memchr(b'\r', &self.buffer).is_some();
        self.line_end = if lines_end_with_cr { b'\r' } else { b'\n' };
        self.reader = ReaderBuilder::new()
            .delimiter(match self.delimiter {
                Delimiter::Byte(delimiter) => delimiter,
                // Never in a line: it ends it.
                Delimiter::Spaces | Delimiter::None => self.line_end,
            })
            .terminator(Terminator::Any(self.line_end))
            .build();
        self.restart();
        Ok(())
    }

    /// Makes the reader of quoted records begin a record.
    fn restart(&mut self) {
        self.reader.reset();
        // A new reader drops a byte order mark, and here none is at a record's beginning: an
        // empty line makes it no longer new.
        self.reader
            .read_record(&[self.line_end], &mut [0], &mut [0]);
    }

    /// Length of the next line with something in it.
    fn skip_to_line(&mut self) -> Result<Option<usize>, SourceError> {
        let mut searched = 0;
        loop {
            let unread = &self.buffer[self.start..];
            let length = match memchr(self.line_end, &unread[searched..]) {
                Some(at) => searched + at,
                None if self.ended => unread.len(),
                None => {
                    searched = unread.len();
                    if searched > RECORD_BYTES_MAX {
                        return Err(self.too_long());
                    }
                    self.more()?;
                    continue;
                }
            };
            if length > RECORD_BYTES_MAX {
                return Err(self.too_long());
            }
            let blank = match self.delimiter {
                Delimiter::Spaces => unread[..length].iter().all(u8::is_ascii_whitespace),
                _ => without_carriage_return(&unread[..length]).is_empty(),
            };
            if !blank {
                return Ok(Some(length));
            }
            if self.ended && length == unread.len() {
                return Ok(None);
            }
            self.start += length + 1;
            self.line += 1;
            searched = 0;
        }
    }

    /// A record with a quote in its first line. It begins anew whenever more text is needed, so
    /// that its raw text stands in one piece.
    fn next_quoted(&mut self) -> Result<Record<'_>, SourceError> {
        let (length, fields) = loop {
            let unread = &self.buffer[self.start..];
            if self.unquoted.len() < unread.len() + 1 {
                self.unquoted.resize(unread.len() + 1, 0);
            }
            let (result, read, written, fields) =
                self.reader
                    .read_record(unread, &mut self.unquoted, &mut self.quoted_ends);
            match result {
                ReadRecordResult::Record => break (read, fields),
                ReadRecordResult::OutputEndsFull => {
                    let wanted = self.quoted_ends.len() * 2;
                    if wanted > COLUMNS_MAX * 2 {
                        return Err(self.too_many_columns());
                    }
                    self.quoted_ends.resize(wanted, 0);
                    self.restart();
                }
                _ if !self.ended => {
                    if unread.len() > RECORD_BYTES_MAX {
                        return Err(self.open_quote());
                    }
                    self.more()?;
                    self.restart();
                }
                _ => {
                    // A line's end closes every field but a quoted one that is still open.
                    let end = [self.line_end];
                    let (result, _, _, last) = self.reader.read_record(
                        &end,
                        &mut self.unquoted[written..],
                        &mut self.quoted_ends[fields..],
                    );
                    if result != ReadRecordResult::Record {
                        return Err(self.open_quote());
                    }
                    break (read, fields + last);
                }
            }
        };
        let start = self.start;
        let number = self.line;
        let whole = &self.buffer[start..start + length];
        self.start = start + length;
        self.line += (memchr_iter(self.line_end, whole).count() as u64).max(1);
        let without_end = whole.strip_suffix(&[self.line_end]).unwrap_or(whole);
        let raw = without_carriage_return(without_end);
        let mut field = 0;
        self.ends.clear();
        for &end in &self.quoted_ends[..fields] {
            self.ends.push((field, end));
            field = end;
        }
        if raw.len() < without_end.len()
            && let Some((start, end)) = self.ends.last_mut()
            && *end > *start
        {
            // The carriage return behind the last field.
            *end -= 1;
        }
        let text = &self.unquoted[..field];
        Ok(Record {
            raw,
            line: number,
            ascii: text.is_ascii(),
            text,
            ends: &self.ends,
        })
    }

    /// Reads more text behind what is there, or notes that there is none.
    fn more(&mut self) -> Result<(), SourceError> {
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.ended = !self.from.read_more(&mut self.buffer)?;
        Ok(())
    }

    fn too_long(&self) -> SourceError {
        SourceError::RecordTooLong {
            path: self.path.clone(),
            line: self.line,
            limit_bytes: RECORD_BYTES_MAX,
            right: "right would be one row a line",
        }
    }

    fn too_many_columns(&self) -> SourceError {
        SourceError::TooManyColumns {
            path: self.path.clone(),
            limit: COLUMNS_MAX,
        }
    }

    /// The quote that the record opens last and leaves open.
    fn open_quote(&self) -> SourceError {
        let text = &self.buffer[self.start..];
        let delimiter = match self.delimiter {
            Delimiter::Byte(delimiter) => delimiter,
            Delimiter::Spaces | Delimiter::None => self.line_end,
        };
        let mut line = self.line;
        let mut opened_at_line = self.line;
        let mut field_begins = true;
        let mut inside = false;
        for &byte in text {
            if inside {
                inside = byte != b'"';
            } else if byte == b'"' && field_begins {
                inside = true;
                opened_at_line = line;
            } else if byte == b'"' {
                // The second of two quotes inside a field opens it again.
                inside = true;
            }
            field_begins = !inside && byte == delimiter;
            line += u64::from(byte == self.line_end);
        }
        SourceError::OpenQuote {
            path: self.path.clone(),
            line: opened_at_line,
        }
    }
}

fn without_carriage_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, delimiter: Delimiter) -> Result<Vec<(u64, Vec<String>)>, SourceError> {
        let head = HeadText(text.as_bytes().to_vec());
        let mut records = Records::new(Path::new("a.csv"), head, delimiter, true);
        let mut found = Vec::new();
        while let Some(record) = records.next()? {
            let fields = record
                .fields()
                .map(|field| String::from_utf8_lossy(field).into_owned())
                .collect();
            found.push((record.line, fields));
        }
        Ok(found)
    }

    fn row(line: u64, fields: &[&str]) -> (u64, Vec<String>) {
        (line, fields.iter().map(|&field| field.to_owned()).collect())
    }

    const COMMA: Delimiter = Delimiter::Byte(b',');

    #[test]
    fn lines_end_in_every_way() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "1,\"x\"", "\"2\",", "3,4"].join(end);
            let expected = vec![
                row(1, &["a", "b"]),
                row(3, &["1", "x"]),
                row(4, &["2", ""]),
                row(5, &["3", "4"]),
            ];
            assert_eq!(read(&text, COMMA).expect("readable"), expected, "{end:?}");
            let ended = format!("{text}{end}{end}");
            assert_eq!(read(&ended, COMMA).expect("readable"), expected, "{end:?}");
        }
    }

    #[test]
    fn quotes_go_over_lines_and_double() {
        let text = "a,b\r\n\"x\r\ny\",\"say \"\"hi\"\"\"\r\n5\" nail,2\r\n";
        assert_eq!(
            read(text, COMMA).expect("readable"),
            vec![
                row(1, &["a", "b"]),
                row(2, &["x\r\ny", "say \"hi\""]),
                row(4, &["5\" nail", "2"])
            ]
        );
    }

    #[test]
    fn an_open_quote_is_told_by_the_line_where_it_began() {
        for (text, line) in [
            ("a,b\n1,\"x\n2,y\n", 2),
            ("a,b\n\"1\n2\",\"3\"\"\n4", 3),
            ("a,b\n\"x\"\"", 2),
        ] {
            match read(text, COMMA) {
                Err(SourceError::OpenQuote { line: found, .. }) => {
                    assert_eq!(found, line, "{text}")
                }
                other => panic!("{text}: {other:?}"),
            }
        }
        assert_eq!(read("a\n\"x\"", COMMA).expect("closed at the end").len(), 2);
    }

    #[test]
    fn words_of_aligned_logs() {
        assert_eq!(
            read(
                " 00001 19970101  1   11.77\r\n\r\n  \n 2\t3\n",
                Delimiter::Spaces
            )
            .expect("readable"),
            vec![
                row(1, &["00001", "19970101", "1", "11.77"]),
                row(4, &["2", "3"])
            ]
        );
    }

    #[test]
    fn a_wide_quoted_record_is_read_whole() {
        let fields: Vec<String> = (0..500).map(|number| format!("\"{number}\"")).collect();
        let read = read(&fields.join(","), COMMA).expect("readable");
        assert_eq!(read[0].1.len(), 500);
        assert_eq!(read[0].1[499], "499");
    }
}
