//! Rows that the lake has already: where the keys of a file are, and what their rows say.
//!
//! Reads Parquet files directly, column by column, because finding a key among fifty million
//! needs nothing but the keys, the rows they stand in, and which of those are deleted.

use std::fs::File;
use std::ops::Range;
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::Int64Type;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowSelection,
};

use super::catalog::{DataFile, DeleteFile};
use super::content::content_hashes;
use crate::error::Error;
use crate::tables::Table;

const BATCH_ROWS: usize = 1 << 14;

/// Calls `visit` with the position and key of every row of `file` that is not in `deleted`
/// (sorted positions).
pub(super) fn for_each_key(
    file: &DataFile,
    deleted: &[u64],
    mut visit: impl FnMut(u64, [u64; 2]),
) -> Result<(), Error> {
    let mut position = 0;
    let mut deleted = deleted.iter().copied().peekable();
    for batch in read(&file.path, &["row_key"], None)? {
        let batch = batch?;
        let keys = batch
            .column(0)
            .as_fixed_size_binary_opt()
            .ok_or_else(|| Error::Column {
                table: file.path.display().to_string(),
                column: "row_key".to_owned(),
                problem: format!("it is {}, not 16 bytes", batch.column(0).data_type()),
            })?;
        for row in 0..keys.len() {
            if deleted.next_if_eq(&position).is_none() {
                visit(position, key_words(keys.value(row)));
            }
            position += 1;
        }
    }
    Ok(())
}

/// The two halves of a row key.
pub(super) fn key_words(key: &[u8]) -> [u64; 2] {
    let word = |half: usize| {
        let half = key[half * 8..][..8]
            .try_into()
            .expect("a key has sixteen bytes");
        u64::from_be_bytes(half)
    };
    [word(0), word(1)]
}

/// Hashes of the mapped columns of the rows at `positions` (sorted, no two the same).
pub(super) fn contents_at(
    table: Table,
    file: &DataFile,
    positions: &[u64],
) -> Result<Vec<u64>, Error> {
    let columns: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
    let rows = usize::try_from(file.rows).expect("a file has fewer rows than memory has bytes");
    let selection = RowSelection::from_consecutive_ranges(ranges(positions), rows);
    let mut contents = Vec::with_capacity(positions.len());
    for batch in read(&file.path, &columns, Some(selection))? {
        contents.extend(content_hashes(table, &as_table(table, &batch?)?)?);
    }
    Ok(contents)
}

/// Positions that a delete file lists, sorted; none when there is no such file.
pub(super) fn deleted_positions(file: Option<&DeleteFile>) -> Result<Vec<u64>, Error> {
    let Some(file) = file else {
        return Ok(Vec::new());
    };
    let mut positions = Vec::new();
    for batch in read(&file.path, &["pos"], None)? {
        let batch = batch?;
        let batch_positions = batch.column(0).as_primitive::<Int64Type>();
        positions.extend(
            batch_positions
                .values()
                .iter()
                .map(|position| position.unsigned_abs()),
        );
    }
    positions.sort_unstable();
    positions.dedup();
    Ok(positions)
}

/// Every row of a file of `table` that this process has just written, in batches.
pub(super) fn all_rows(
    table: Table,
    path: &std::path::Path,
) -> Result<impl Iterator<Item = Result<RecordBatch, Error>>, Error> {
    let schema = table.schema();
    let names: Vec<&str> = schema
        .fields()
        .iter()
        .map(|field| field.name().as_str())
        .collect();
    Ok(read(path, &names, None)?.map(move |batch| as_table(table, &batch?)))
}

fn read(
    path: &std::path::Path,
    columns: &[&str],
    selection: Option<RowSelection>,
) -> Result<ParquetRecordBatchReader, Error> {
    let file = File::open(path).map_err(Error::file(path))?;
    // The types are read from Parquet's own schema: another tool's files say the same there.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options)?;
    let schema = builder.parquet_schema();
    let roots = schema.root_schema().get_fields().iter().enumerate();
    let wanted = roots
        .filter(|(_, field)| columns.contains(&field.name()))
        .map(|(root, _)| root);
    let projection = ProjectionMask::roots(schema, wanted.collect::<Vec<_>>());
    let mut builder = builder
        .with_projection(projection)
        .with_batch_size(BATCH_ROWS);
    if let Some(selection) = selection {
        builder = builder.with_row_selection(selection);
    }
    Ok(builder.build()?)
}

/// The columns with the types that the table gives them.
fn as_table(table: Table, batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let schema = batch.schema();
    let columns = schema
        .fields()
        .iter()
        .zip(batch.columns())
        .map(|(field, values)| {
            let kind = table
                .column(field.name())
                .map(|column| column.kind.data_type());
            let values = match kind {
                Some(kind) if kind != *values.data_type() => cast(values, &kind)?,
                _ => Arc::clone(values),
            };
            Ok((field.name().clone(), values))
        });
    let columns = columns.collect::<Result<Vec<(String, ArrayRef)>, Error>>()?;
    Ok(RecordBatch::try_from_iter(columns)?)
}

/// Sorted positions as ranges of neighbours.
fn ranges(positions: &[u64]) -> impl Iterator<Item = Range<usize>> {
    let place = |position: u64| {
        usize::try_from(position).expect("a file has fewer rows than memory has bytes")
    };
    positions
        .chunk_by(|one, other| one + 1 == *other)
        .map(move |run| place(run[0])..place(run[run.len() - 1]) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_read_together() {
        let all: Vec<_> = ranges(&[0, 1, 2, 5, 7, 8]).collect();
        assert_eq!(all, [0..3, 5..6, 7..9]);
        assert_eq!(ranges(&[]).count(), 0);
    }
}
