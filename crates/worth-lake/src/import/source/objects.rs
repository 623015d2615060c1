//! Text taken apart into JSON objects: the lines of JSON lines, or the elements of one array that
//! may stand within an object.

use std::path::{Path, PathBuf};

use memchr::memchr;

use super::records::MoreText;
use super::{RECORD_BYTES_MAX, SourceError};

/// The text of one object, not yet read as JSON.
pub(super) struct Object<'a> {
    pub(super) text: &'a [u8],
    /// Line, or element of the array, from 1.
    pub(super) file_row: u64,
}

/// Reads one object after the other.
pub(super) struct Objects<T> {
    path: PathBuf,
    from: T,
    /// Bytes of text before the array, when there is one.
    array_at: Option<usize>,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
    /// Lines or elements so far.
    count: u64,
    began: bool,
}

impl<T: MoreText> Objects<T> {
    pub(super) fn new(path: &Path, from: T, array_at: Option<usize>) -> Self {
        Self {
            path: path.to_owned(),
            from,
            array_at,
            buffer: Vec::new(),
            start: 0,
            ended: false,
            count: 0,
            began: false,
        }
    }

    /// The next object; `None` at the end of the text or of the array.
    pub(super) fn next(&mut self) -> Result<Option<Object<'_>>, SourceError> {
        match self.array_at {
            Some(at) => self.next_element(at),
            None => self.next_line(),
        }
    }

    fn next_line(&mut self) -> Result<Option<Object<'_>>, SourceError> {
        let mut searched = 0;
        loop {
            let unread = &self.buffer[self.start..];
            let length = match memchr(b'\n', &unread[searched..]) {
                Some(at) => searched + at,
                None if self.ended => unread.len(),
                None => {
                    searched = unread.len();
                    self.check_length(searched)?;
                    self.more()?;
                    continue;
                }
            };
            self.check_length(length)?;
            if self.ended && length == unread.len() && unread.trim_ascii().is_empty() {
                return Ok(None);
            }
            self.count += 1;
            let start = self.start;
            self.start = (start + length + 1).min(self.buffer.len());
            searched = 0;
            if !self.buffer[start..start + length].trim_ascii().is_empty() {
                let text = self.buffer[start..start + length].trim_ascii();
                return Ok(Some(Object {
                    text,
                    file_row: self.count,
                }));
            }
        }
    }

    fn next_element(&mut self, array_at: usize) -> Result<Option<Object<'_>>, SourceError> {
        if !self.began {
            self.skip_bytes(array_at)?;
            self.skip_to_value(b"")?;
            self.start += 1;
            self.began = true;
        }
        match self.skip_to_value(b",")? {
            None => return Err(self.broken("it ends without `]`")),
            Some(b']') => return Ok(None),
            Some(_) => self.count += 1,
        }
        let length = self.element_length()?;
        let start = self.start;
        self.start += length;
        let text = self.buffer[start..start + length].trim_ascii();
        Ok(Some(Object {
            text,
            file_row: self.count,
        }))
    }

    /// Skips what stands before the array.
    fn skip_bytes(&mut self, count: usize) -> Result<(), SourceError> {
        while self.buffer.len() < count && !self.ended {
            self.more()?;
        }
        self.start = count.min(self.buffer.len());
        Ok(())
    }

    /// Skips white space and `also`; the byte that stands there then.
    fn skip_to_value(&mut self, also: &[u8]) -> Result<Option<u8>, SourceError> {
        loop {
            let unread = &self.buffer[self.start..];
            let skip = unread
                .iter()
                .position(|byte| !byte.is_ascii_whitespace() && !also.contains(byte));
            match skip {
                Some(skip) => {
                    self.start += skip;
                    return Ok(self.buffer.get(self.start).copied());
                }
                None if self.ended => return Ok(None),
                None => {
                    self.start = self.buffer.len();
                    self.more()?;
                }
            }
        }
    }

    /// Bytes up to the comma or bracket that ends this element.
    fn element_length(&mut self) -> Result<usize, SourceError> {
        let mut at = 0;
        let mut depth = 0_usize;
        let mut in_string = false;
        let mut escaped = false;
        loop {
            let Some(&byte) = self.buffer.get(self.start + at) else {
                if self.ended {
                    return Err(self.broken("it ends within an element"));
                }
                self.check_length(at)?;
                self.more()?;
                continue;
            };
            if in_string {
                in_string = escaped || byte != b'"';
                escaped = !escaped && byte == b'\\';
            } else {
                match byte {
                    b'"' => in_string = true,
                    b'{' | b'[' => depth += 1,
                    b',' | b']' if depth == 0 => return Ok(at),
                    b'}' | b']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            at += 1;
        }
    }

    fn check_length(&self, length: usize) -> Result<(), SourceError> {
        if length <= RECORD_BYTES_MAX {
            return Ok(());
        }
        Err(SourceError::RecordTooLong {
            path: self.path.clone(),
            line: self.count + 1,
            limit_bytes: RECORD_BYTES_MAX,
            right: "right would be one object a line, or an array of objects",
        })
    }

    fn broken(&self, detail: &str) -> SourceError {
        SourceError::Broken {
            path: self.path.clone(),
            format: "JSON array",
            detail: format!("after {} elements {detail}", self.count),
        }
    }

    fn more(&mut self) -> Result<(), SourceError> {
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.ended = !self.from.read_more(&mut self.buffer)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::records::HeadText;
    use super::*;

    fn read(text: &str, array_at: Option<usize>) -> Result<Vec<(u64, String)>, SourceError> {
        let head = HeadText(text.as_bytes().to_vec());
        let mut objects = Objects::new(Path::new("a.json"), head, array_at);
        let mut found = Vec::new();
        while let Some(object) = objects.next()? {
            found.push((
                object.file_row,
                String::from_utf8_lossy(object.text).into_owned(),
            ));
        }
        Ok(found)
    }

    #[test]
    fn lines_are_objects() {
        let read = read("{\"a\":1}\r\n\n{\"a\":2}", None).expect("readable");
        assert_eq!(
            read,
            [(1, "{\"a\":1}".to_owned()), (3, "{\"a\":2}".to_owned())]
        );
    }

    #[test]
    fn elements_of_an_array_are_objects() {
        let text = " [ {\"a\":\"x,]}\\\"\"} ,\n{\"b\":[1,{\"c\":2}]}\n] trailing";
        let read = read(text, Some(0)).expect("readable");
        assert_eq!(
            read,
            [
                (1, "{\"a\":\"x,]}\\\"\"}".to_owned()),
                (2, "{\"b\":[1,{\"c\":2}]}".to_owned())
            ]
        );
    }

    #[test]
    fn an_array_that_ends_too_early_is_told() {
        for text in ["[{\"a\":1}", "[{\"a\":1},{\"b\":", "["] {
            let error = read(text, Some(0)).expect_err(text);
            assert!(
                error
                    .to_string()
                    .contains("a.json: the JSON array is damaged"),
                "{error}"
            );
        }
    }
}
