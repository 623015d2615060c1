//! Whether two rows say the same: a hash of the mapped columns of each row.
//!
//! `source` and `row_key` are left out (rows are only compared within one key), and so are
//! `attributes` and `loaded_at`, which are not part of the fact. The hash has 64 bits and is
//! never stored: two different versions of one fact are mistaken for the same with a chance of
//! 5 in 10²⁰.

use datafusion::arrow::array::{Array, ArrayRef, RecordBatch};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::common::hash_utils::{QualityRandomState, create_hashes};

use crate::error::Error;
use crate::tables::Table;

/// Columns that describe a fact and are no part of it: with what has to be empty for that.
///
/// A line without a number is identified by what was bought, when, by whom and for how much; the
/// same line in a later export may call its product otherwise. The order of arrival is not the
/// event's own.
fn describes(table: Table, column: &str) -> Option<Describes> {
    match (table, column) {
        (Table::OrderLines, "product_name" | "category") => Some(Describes::RowsWithout("line")),
        (Table::Events, "sequence") => Some(Describes::EveryRow),
        _ => None,
    }
}

/// Which rows a column only describes.
enum Describes {
    EveryRow,
    /// Those in which this column is empty.
    RowsWithout(&'static str),
}

/// A hash of the own columns of each row of `table`, in whatever order the batch has them.
///
/// Each column is hashed with its own seed and the hashes are added up, so that a value that
/// moves to another column changes the row, and an empty column costs nothing.
pub(super) fn content_hashes(table: Table, batch: &RecordBatch) -> Result<Vec<u64>, Error> {
    let mut rows = vec![0_u64; batch.num_rows()];
    let mut column_hashes = vec![0_u64; batch.num_rows()];
    for (seed, column) in table.columns().iter().enumerate() {
        let Some(values) = batch.column_by_name(column.name) else {
            continue;
        };
        if values.null_count() == values.len() {
            continue;
        }
        let id = match describes(table, column.name) {
            None => None,
            Some(Describes::EveryRow) => continue,
            Some(Describes::RowsWithout(id)) => match batch.column_by_name(id) {
                None => continue,
                Some(id) if id.null_count() == id.len() => continue,
                Some(id) => Some(id),
            },
        };
        column_hashes.fill(0);
        let state = QualityRandomState::with_seed(seed as u64 + 1);
        create_hashes::<_, &ArrayRef>([values], &state, &mut column_hashes)?;
        let counts = NullBuffer::union(values.nulls(), id.and_then(|id| id.nulls()));
        match counts {
            None => add(&mut rows, &column_hashes),
            Some(nulls) => {
                for ((row, hash), valid) in rows.iter_mut().zip(&column_hashes).zip(nulls.iter()) {
                    if valid {
                        *row = row.wrapping_add(*hash);
                    }
                }
            }
        }
    }
    Ok(rows)
}

fn add(rows: &mut [u64], hashes: &[u64]) {
    for (row, hash) in rows.iter_mut().zip(hashes) {
        *row = row.wrapping_add(*hash);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tables::batch_from_json;

    fn hash(row: serde_json::Value) -> u64 {
        let batch = batch_from_json(Table::Contracts, &[row]).expect("the row is right");
        content_hashes(Table::Contracts, &batch).expect("it is hashed")[0]
    }

    #[test]
    fn a_line_without_a_number_is_not_another_when_its_product_is_called_otherwise() {
        let line = |line: serde_json::Value, name: &str| {
            let row = json!({
                "source": "s", "order_id": "1", "line": line, "ordered_at": "2025-01-01",
                "amount": 1, "currency": "VND", "product_name": name,
            });
            let batch = batch_from_json(Table::OrderLines, &[row]).expect("the row is right");
            content_hashes(Table::OrderLines, &batch).expect("it is hashed")[0]
        };
        assert_eq!(line(json!(null), "tea"), line(json!(null), "Tea, green"));
        assert_ne!(line(json!(1), "tea"), line(json!(1), "Tea, green"));
    }

    #[test]
    fn only_mapped_columns_count() {
        let row = json!({"source": "s", "contract_id": "1", "customer_id": "a", "started_at": "2025-01-01"});
        let with = |key: &str, value: serde_json::Value| {
            let mut row = row.clone();
            row[key] = value;
            hash(row)
        };
        let plain = hash(row.clone());
        assert_eq!(with("attributes", json!({"colour": "red"})), plain);
        assert_eq!(with("loaded_at", json!("2025-02-02")), plain);
        assert_ne!(with("customer_id", json!("b")), plain);
        assert_ne!(with("ended_at", json!("2025-06-01")), plain);
        assert_ne!(
            with("end_reason", json!("x")),
            with("currency", json!("x")),
            "moved"
        );
        assert_ne!(with("end_reason", json!("")), plain, "empty is not absent");
        assert_ne!(with("amount", json!(0)), plain, "zero is not absent");
    }
}
