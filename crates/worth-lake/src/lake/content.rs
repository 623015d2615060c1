//! Whether two rows say the same: a hash of the mapped columns of each row.
//!
//! `source` and `row_key` are left out (rows are only compared within one key), and so are
//! `attributes` and `loaded_at`, which are not part of the fact. The hash has 64 bits and is
//! never stored: two different versions of one fact are mistaken for the same with a chance of
//! 5 in 10²⁰.

use datafusion::arrow::array::{ArrayRef, RecordBatch};
use datafusion::common::hash_utils::{QualityRandomState, create_hashes};

use crate::error::Error;
use crate::tables::Table;

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
        column_hashes.fill(0);
        let state = QualityRandomState::with_seed(seed as u64 + 1);
        create_hashes::<_, &ArrayRef>([values], &state, &mut column_hashes)?;
        match values.nulls() {
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
