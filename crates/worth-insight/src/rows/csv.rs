//! Rows as CSV: a comma, UTF-8, a header, RFC 4180 quoting, times in RFC 3339.
//!
//! A spreadsheet program takes a text that begins with `=`, `+`, `-` or `@` for a formula, and a
//! formula from somebody else's data can do harm. Such texts get an apostrophe in front, which the
//! programs take for "this is text". Numbers are not touched. Lists become JSON text.

use std::io::Write;
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::csv::{Writer, WriterBuilder};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::error::DataFusionError;

/// A CSV file that is being written.
pub(super) struct CsvSink<W: Write> {
    writer: Writer<W>,
}

impl<W: Write> CsvSink<W> {
    /// Writes the mark, if asked, and the header also when no row follows.
    pub(super) fn begin(
        mut file: W,
        schema: &Schema,
        byte_order_mark: bool,
    ) -> std::io::Result<Self> {
        if byte_order_mark {
            file.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = WriterBuilder::new().with_header(true).build(file);
        let fields: Vec<Field> = schema
            .fields()
            .iter()
            .map(|field| match written_type(field.data_type()) {
                Some(written) => Field::new(field.name(), written, true),
                None => field.as_ref().clone().with_nullable(true),
            })
            .collect();
        writer
            .write(&RecordBatch::new_empty(Arc::new(Schema::new(fields))))
            .map_err(std::io::Error::other)?;
        Ok(Self { writer })
    }

    pub(super) fn batch(&mut self, batch: &RecordBatch) -> Result<(), DataFusionError> {
        let mut fields = Vec::with_capacity(batch.num_columns());
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(batch.num_columns());
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            let written = match written_type(field.data_type()) {
                Some(_) => guarded(column)?,
                None => Arc::clone(column),
            };
            fields.push(Field::new(field.name(), written.data_type().clone(), true));
            columns.push(written);
        }
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?;
        Ok(self.writer.write(&batch)?)
    }

    pub(super) fn end(self) -> std::io::Result<W> {
        let mut file = self.writer.into_inner();
        file.flush()?;
        Ok(file)
    }
}

/// Text for what is text or has no form of its own in CSV; `None` for numbers, times and flags.
fn written_type(column: &DataType) -> Option<DataType> {
    let has_own_form = column.is_numeric()
        || column.is_temporal()
        || matches!(column, DataType::Boolean | DataType::Null);
    (!has_own_form).then_some(DataType::Utf8)
}

/// The column as text that no spreadsheet takes for a formula.
fn guarded(column: &ArrayRef) -> Result<ArrayRef, DataFusionError> {
    let text = as_text(column)?;
    let guarded: StringArray = text
        .as_string::<i32>()
        .iter()
        .map(|value| value.map(guard))
        .collect();
    Ok(Arc::new(guarded))
}

/// Any column as text; lists as JSON.
pub(super) fn as_text(column: &ArrayRef) -> Result<ArrayRef, DataFusionError> {
    if let DataType::List(_) = column.data_type() {
        let lists = column.as_list::<i32>();
        let texts: Result<Vec<Option<String>>, DataFusionError> = (0..lists.len())
            .map(|row| {
                if lists.is_null(row) {
                    return Ok(None);
                }
                let items = cast(&lists.value(row), &DataType::Utf8)?;
                let items: Vec<Option<&str>> = items.as_string::<i32>().iter().collect();
                let json =
                    serde_json::to_string(&items).expect("lists of texts are written to memory");
                Ok(Some(json))
            })
            .collect();
        return Ok(Arc::new(StringArray::from(texts?)));
    }
    Ok(cast(column, &DataType::Utf8)?)
}

fn guard(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
