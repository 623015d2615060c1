//! Columns of text under construction: bytes are laid down in Arrow's own form, field by field,
//! without a string of its own for any of them.

use std::borrow::Cow;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, NullBufferBuilder, StringArray};
use datafusion::arrow::buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{Damaged, SourceBatch, SourceColumn};

/// Rows of a batch at most.
pub(super) const BATCH_ROWS: usize = 32_768;

/// Bytes of a batch after which it is closed, whatever its rows.
const BATCH_BYTES: usize = 32 << 20;

/// Characters of a damaged row that are kept, in bytes.
const RAW_BYTES: usize = 64 << 10;

/// The schema of rows whose columns are all text.
pub(super) fn text_schema(columns: &[SourceColumn]) -> SchemaRef {
    Arc::new(Schema::new(
        columns
            .iter()
            .map(|column| Field::new(&column.name, DataType::Utf8, true))
            .collect::<Vec<_>>(),
    ))
}

/// One column under construction.
#[derive(Debug)]
struct Column {
    offsets: Vec<i32>,
    values: Vec<u8>,
    filled: NullBufferBuilder,
}

impl Column {
    fn new(rows: usize) -> Self {
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        Self {
            offsets,
            values: Vec::new(),
            filled: NullBufferBuilder::new(rows),
        }
    }

    fn finish(&mut self, rows: usize) -> Result<ArrayRef, ArrowError> {
        let bytes_before = self.values.len();
        let offsets = std::mem::take(&mut self.offsets);
        let values = std::mem::replace(&mut self.values, Vec::with_capacity(bytes_before));
        self.offsets.reserve(rows + 1);
        self.offsets.push(0);
        let text = StringArray::try_new(
            OffsetBuffer::new(ScalarBuffer::from(offsets)),
            Buffer::from_vec(values),
            self.filled.finish(),
        )?;
        Ok(Arc::new(text))
    }
}

/// A batch under construction. Fields of a row are appended in the order of the columns.
#[derive(Debug)]
pub(super) struct BatchBuilder {
    schema: SchemaRef,
    columns: Vec<Column>,
    file_rows: Vec<u64>,
    damaged: Vec<Damaged>,
    bytes: usize,
    rows_max: usize,
}

impl BatchBuilder {
    /// Batches are closed after `rows_max` rows, or [`BATCH_BYTES`].
    pub(super) fn new(schema: SchemaRef, rows_max: usize) -> Self {
        let columns = schema
            .fields()
            .iter()
            .map(|_| Column::new(rows_max))
            .collect();
        let (file_rows, damaged) = (Vec::new(), Vec::new());
        Self {
            schema,
            columns,
            file_rows,
            damaged,
            bytes: 0,
            rows_max,
        }
    }

    /// Appends a field that is valid UTF-8 and, as `ascii` says, ASCII; an empty one is null.
    pub(super) fn push_bytes(&mut self, column: usize, field: &[u8], ascii: bool) {
        if ascii || stays_in_nfc(field) {
            self.push_exactly(column, field);
            return;
        }
        match std::str::from_utf8(field) {
            Ok(text) => self.push_text(column, text),
            // `finish` reports it.
            Err(_) => self.push_exactly(column, field),
        }
    }

    /// Appends a field in Unicode form NFC; an empty one is null.
    pub(super) fn push_text(&mut self, column: usize, text: &str) {
        self.push_exactly(column, in_nfc(text).as_bytes());
    }

    fn push_exactly(&mut self, column: usize, field: &[u8]) {
        let column = &mut self.columns[column];
        column.values.extend_from_slice(field);
        // A batch is closed long before 2 GiB: BATCH_BYTES and the limit of a record see to it.
        column.offsets.push(column.values.len() as i32);
        if field.is_empty() {
            column.filled.append_null();
        } else {
            column.filled.append_non_null();
        }
        self.bytes += field.len();
    }

    /// Closes a row of which every column was given.
    pub(super) fn end_row(&mut self, file_row: u64) {
        self.file_rows.push(file_row);
    }

    /// Notes a row that could not be taken apart.
    pub(super) fn push_damaged(&mut self, file_row: u64, raw: &str, reason: String) {
        let end = (0..=RAW_BYTES.min(raw.len()))
            .rev()
            .find(|&end| raw.is_char_boundary(end));
        let raw = raw[..end.unwrap_or(0)].to_owned();
        self.bytes += raw.len() + reason.len();
        self.damaged.push(Damaged {
            file_row,
            raw,
            reason,
        });
    }

    /// Whether the batch is large enough to be handed on.
    pub(super) fn is_full(&self) -> bool {
        self.file_rows.len() + self.damaged.len() >= self.rows_max || self.bytes >= BATCH_BYTES
    }

    /// Whether nothing was appended since the last batch.
    pub(super) fn is_empty(&self) -> bool {
        self.file_rows.is_empty() && self.damaged.is_empty()
    }

    /// The batch so far; the builder begins the next. Fails where a field is no UTF-8, which
    /// happens only when the file changed after its encoding was decided.
    pub(super) fn finish(&mut self) -> Result<SourceBatch, ArrowError> {
        let rows = self.file_rows.len();
        let arrays = self
            .columns
            .iter_mut()
            .map(|column| column.finish(rows))
            .collect::<Result<Vec<ArrayRef>, ArrowError>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let rows = RecordBatch::try_new_with_options(Arc::clone(&self.schema), arrays, &options)?;
        self.bytes = 0;
        Ok(SourceBatch {
            rows,
            file_rows: std::mem::take(&mut self.file_rows),
            damaged: std::mem::take(&mut self.damaged),
        })
    }
}

/// Whether the text consists of letters that NFC never changes: up to U+02FF, and U+1E00 to
/// U+1EFF, which is all that precomposed Vietnamese needs. Others take the longer way.
fn stays_in_nfc(text: &[u8]) -> bool {
    let mut at = 0;
    while let Some(&lead) = text.get(at) {
        at += match lead {
            0..0x80 => 1,
            0xC2..=0xCB => 2,
            0xE1 if matches!(text.get(at + 1), Some(0xB8..=0xBB)) => 3,
            _ => return false,
        };
    }
    true
}

/// A text in Unicode form NFC.
pub(super) fn in_nfc(text: &str) -> Cow<'_, str> {
    if stays_in_nfc(text.as_bytes()) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::array::{Array, AsArray};
    use unicode_normalization::is_nfc;

    use super::super::Native;
    use super::*;

    #[test]
    fn letters_that_take_the_short_way_are_never_changed_by_nfc() {
        for code in (0..0x300).chain(0x1E00..0x1F00) {
            let letter = char::from_u32(code)
                .expect("no surrogates here")
                .to_string();
            assert!(
                stays_in_nfc(letter.as_bytes()) && is_nfc(&letter),
                "U+{code:04X}"
            );
        }
        assert!(!stays_in_nfc("e\u{301}".as_bytes()));
    }

    #[test]
    fn decomposed_vietnamese_is_composed_and_empty_fields_are_null() {
        let column = SourceColumn {
            name: "tên".to_owned(),
            native: Native::Text,
            label: None,
        };
        let mut builder = BatchBuilder::new(text_schema(&[column]), BATCH_ROWS);
        let decomposed: String = "Nguyễn Thị Hằng".nfd().collect();
        builder.push_bytes(0, decomposed.as_bytes(), false);
        builder.end_row(2);
        builder.push_bytes(0, b"", true);
        builder.end_row(3);
        let batch = builder.finish().expect("valid text");
        let names = batch.rows.column(0).as_string::<i32>();
        assert_eq!(names.value(0), "Nguyễn Thị Hằng");
        assert!(names.is_null(1));
        assert_eq!(batch.file_rows, [2, 3]);
        assert!(builder.is_empty());
    }
}
