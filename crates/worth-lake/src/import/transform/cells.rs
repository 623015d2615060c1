//! The text of one target column: the source's cells, a constant, a template, an expression;
//! then words replaced and blanks filled.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringArray, StringBuilder};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::physical_expr::PhysicalExpr;

use crate::error::Error;
use crate::import::recognise::fold;

/// Where a column's text comes from.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// A column of the input.
    Column(usize),
    /// The same in every row.
    Constant(String),
    /// Columns and text between them.
    Template(Vec<Piece>),
    /// An SQL expression.
    Expression(Arc<dyn PhysicalExpr>),
}

/// A piece of a template.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Literal(String),
    Column(usize),
}

/// How a column's text is made.
#[derive(Debug, Clone)]
pub(crate) struct CellRule {
    pub(crate) origin: Origin,
    /// Folded word of the source → our word.
    pub(crate) words: HashMap<String, String>,
    /// Where the source has nothing.
    pub(crate) otherwise: Option<String>,
    /// Whether text stays as it was written, spaces around it too.
    pub(crate) verbatim: bool,
}

impl CellRule {
    /// The text of every row: trimmed, null where there is nothing.
    pub(crate) fn text(&self, batch: &RecordBatch) -> Result<StringArray, Error> {
        let rows = batch.num_rows();
        let cells = match &self.origin {
            Origin::Column(place) => batch.column(*place).as_string::<i32>().clone(),
            Origin::Constant(value) => repeat(value, rows),
            Origin::Template(pieces) => template(pieces, batch),
            Origin::Expression(expression) => expression_text(expression.as_ref(), batch)?,
        };
        let cells = if self.verbatim {
            blank_to_null(cells)
        } else {
            trimmed(cells)
        };
        let cells = if self.words.is_empty() {
            cells
        } else {
            self.replace_words(&cells)
        };
        Ok(match &self.otherwise {
            Some(otherwise) if cells.null_count() > 0 => cells
                .iter()
                .map(|cell| Some(cell.unwrap_or(otherwise)))
                .collect(),
            _ => cells,
        })
    }

    fn replace_words(&self, cells: &StringArray) -> StringArray {
        let mut seen: HashMap<&str, Cow<'_, str>> = HashMap::new();
        let mut builder = StringBuilder::with_capacity(cells.len(), cells.value_data().len());
        for cell in cells {
            builder.append_option(cell.map(|cell| {
                &**seen
                    .entry(cell)
                    .or_insert_with(|| match self.words.get(&fold(cell)) {
                        Some(word) => Cow::Borrowed(word.as_str()),
                        None => Cow::Borrowed(cell),
                    })
            }));
        }
        builder.finish()
    }
}

/// The same text `rows` times.
pub(crate) fn repeat(value: &str, rows: usize) -> StringArray {
    let mut builder = StringBuilder::with_capacity(rows, rows * value.len());
    for _ in 0..rows {
        builder.append_value(value);
    }
    builder.finish()
}

fn template(pieces: &[Piece], batch: &RecordBatch) -> StringArray {
    let arrays: Vec<Option<&StringArray>> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Column(place) => Some(batch.column(*place).as_string::<i32>()),
            Piece::Literal(_) => None,
        })
        .collect();
    let mut builder = StringBuilder::with_capacity(batch.num_rows(), batch.num_rows() * 16);
    let mut text = String::new();
    'rows: for row in 0..batch.num_rows() {
        text.clear();
        for (piece, array) in pieces.iter().zip(&arrays) {
            match (piece, array) {
                (Piece::Literal(literal), _) => text.push_str(literal),
                (Piece::Column(_), Some(array)) if array.is_valid(row) => {
                    text.push_str(array.value(row).trim());
                }
                (Piece::Column(_), _) => {
                    builder.append_null();
                    continue 'rows;
                }
            }
        }
        builder.append_value(&text);
    }
    builder.finish()
}

fn expression_text(
    expression: &dyn PhysicalExpr,
    batch: &RecordBatch,
) -> Result<StringArray, Error> {
    let value: ArrayRef = expression.evaluate(batch)?.into_array(batch.num_rows())?;
    let text = cast(&value, &DataType::Utf8)?;
    Ok(text.as_string::<i32>().clone())
}

/// Spaces around the values taken off; what is blank then is null. Most files have neither, and
/// their array is passed on as it is.
pub(crate) fn trimmed(cells: StringArray) -> StringArray {
    let clean = cells.iter().flatten().all(|cell| {
        let bytes = cell.as_bytes();
        matches!((bytes.first(), bytes.last()), (Some(first), Some(last))
            if first.is_ascii_graphic() && last.is_ascii_graphic())
            || (!cell.is_empty() && cell.trim().len() == cell.len())
    });
    if clean {
        return cells;
    }
    cells
        .iter()
        .map(|cell| cell.map(str::trim).filter(|cell| !cell.is_empty()))
        .collect()
}

fn blank_to_null(cells: StringArray) -> StringArray {
    if cells.iter().flatten().all(|cell| !cell.is_empty()) {
        return cells;
    }
    cells
        .iter()
        .map(|cell| cell.filter(|cell| !cell.is_empty()))
        .collect()
}
