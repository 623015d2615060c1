//! Rows of formats that nest values and name no columns in advance: each value stands in the column of
//! its path (`buyer.name`), and which columns there are is known only after all of the file, so that
//! opening it reads it once through.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;

use super::columns::{BatchBuilder, in_nfc, text_schema};
use super::header::unique;
use super::{COLUMNS_MAX, Native, Sink, SourceColumn, SourceError};

/// One row laid out flat, and the columns seen so far.
#[derive(Default)]
pub(super) struct FlatRow {
    /// Names of the columns, in the order of their first appearance.
    paths: Vec<String>,
    by_path: HashMap<String, usize>,
    /// The type of every value so far; text where they differ.
    natives: Vec<Option<Native>>,
    values: Vec<String>,
}

/// What a reader found at a place of the file.
pub(super) enum Found {
    /// The row as it was laid out.
    Row,
    /// A row that could not be taken apart.
    Damaged { raw: String, reason: String },
}

/// Takes the rows of a file one by one with their places, and says when it wants no more.
pub(super) type Take<'a> = dyn FnMut(&FlatRow, u64, Found) -> ControlFlow<()> + 'a;

impl FlatRow {
    /// Begins the next row.
    pub(super) fn clear(&mut self) {
        self.values.iter_mut().for_each(String::clear);
    }

    /// Sets the value at a path; an empty one makes the column only.
    pub(super) fn set(
        &mut self,
        path: &str,
        native: Option<Native>,
        write: impl FnOnce(&mut String),
    ) {
        let column = self.column(path);
        let value = &mut self.values[column];
        value.clear();
        write(value);
        if let Some(native) = native {
            let known = self.natives[column].get_or_insert(native);
            if *known != native {
                *known = Native::Text;
            }
        }
    }

    /// Adds a value to those that the row has; one that stands there twice gets a number behind its path.
    pub(super) fn add(&mut self, path: &str, native: Native, value: &str) {
        if self.paths.len() > COLUMNS_MAX {
            return; // the file is refused when the row is taken
        }
        let is_taken = |path: &str| {
            let column = self.by_path.get(path);
            column.is_some_and(|column| !self.values[*column].is_empty())
        };
        let native = (!value.is_empty()).then_some(native);
        let mut numbered = None;
        let mut number = 2;
        while is_taken(numbered.as_deref().unwrap_or(path)) {
            numbered = Some(format!("{path}.{number}"));
            number += 1;
        }
        self.set(numbered.as_deref().unwrap_or(path), native, |into| {
            into.push_str(value)
        });
    }

    fn column(&mut self, path: &str) -> usize {
        if let Some(&column) = self.by_path.get(path) {
            return column;
        }
        let column = self.paths.len();
        self.by_path.insert(path.to_owned(), column);
        self.paths.push(in_nfc(path).into_owned());
        self.natives.push(None);
        self.values.push(String::new());
        column
    }
}

/// Finds the columns of the rows that `walk` goes through. `none` is what is told where there is
/// none at all.
pub(super) fn columns(
    path: &Path,
    none: SourceError,
    walk: impl FnOnce(&mut FlatRow, &mut Take<'_>) -> Result<(), SourceError>,
) -> Result<Vec<SourceColumn>, SourceError> {
    let mut row = FlatRow::default();
    walk(&mut row, &mut |row, _, _| match row.paths.len() {
        0..=COLUMNS_MAX => ControlFlow::Continue(()),
        _ => ControlFlow::Break(()),
    })?;
    if row.paths.len() > COLUMNS_MAX {
        return Err(SourceError::TooManyColumns {
            path: path.to_owned(),
            limit: COLUMNS_MAX,
        });
    }
    if row.paths.is_empty() {
        return Err(none);
    }
    let names = unique(row.paths.iter());
    Ok(names
        .into_iter()
        .zip(&row.natives)
        .map(|(name, native)| SourceColumn {
            name,
            native: native.unwrap_or(Native::Text),
            label: None,
        })
        .collect())
}

/// Gives the rows that `walk` goes through in batches.
pub(super) fn read(
    path: &Path,
    columns: &[SourceColumn],
    sink: &mut Sink<'_>,
    walk: impl FnOnce(&mut FlatRow, &mut Take<'_>) -> Result<(), SourceError>,
) -> Result<(), SourceError> {
    let changed = || SourceError::Changed {
        path: path.to_owned(),
    };
    let mut batch = BatchBuilder::new(text_schema(columns), sink.rows_max);
    let mut has_changed = false;
    let mut stopped = false;
    walk(&mut FlatRow::default(), &mut |row, file_row, found| {
        match found {
            Found::Row if row.paths.len() > columns.len() => {
                has_changed = true;
                return ControlFlow::Break(());
            }
            Found::Row => {
                for column in 0..columns.len() {
                    batch.push_text(column, row.values.get(column).map_or("", String::as_str));
                }
                batch.end_row(file_row);
            }
            Found::Damaged { raw, reason } => batch.push_damaged(file_row, &raw, reason),
        }
        if !batch.is_full() {
            return ControlFlow::Continue(());
        }
        let Ok(full) = batch.finish() else {
            has_changed = true;
            return ControlFlow::Break(());
        };
        let flow = (sink.take)(full);
        stopped = flow.is_break();
        flow
    })?;
    if has_changed {
        return Err(changed());
    }
    if !stopped && !batch.is_empty() {
        let _ = (sink.take)(batch.finish().map_err(|_| changed())?);
    }
    Ok(())
}
