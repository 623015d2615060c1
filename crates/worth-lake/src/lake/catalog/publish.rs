//! The one transaction that publishes a new snapshot.
//!
//! `datafusion-ducklake` has a multi-table commit too, but it takes one stage per table whose
//! batches must all be in memory at once, and a stage of files written elsewhere cannot be built
//! from outside the crate. An import streams millions of rows into several files of several
//! tables, so the commit is done here, in SQL, writing exactly the rows of the DuckLake
//! specification that the crate would write (`commit_multi_table` in its
//! `metadata_writer_sqlite.rs`). It is also stricter than the crate's fence, which only watches
//! the tables written to: a transaction commits on the very snapshot it read, or not at all.

use datafusion_ducklake::ColumnStat;
use datafusion_ducklake::stats_encode::{
    FileColumnStat, aggregate_global_column_stats, is_numeric_ducklake_type,
};
use sqlx::{Row, Sqlite};

use super::completion::settle;
use super::{Catalog, StoredTable};
use crate::error::Error;

/// What a transaction changes in one table.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) table: StoredTable,
    pub(crate) files: Vec<NewFile>,
    pub(crate) deletes: Vec<NewDeletes>,
}

/// A finished Parquet file to publish. `name` is relative to the table's folder.
#[derive(Debug)]
pub(crate) struct NewFile {
    pub(crate) name: String,
    pub(crate) bytes: u64,
    pub(crate) footer_bytes: u64,
    pub(crate) rows: u64,
    pub(crate) statistics: Vec<ColumnStat>,
}

/// A finished delete file to publish: all deleted rows of one data file, old and new.
#[derive(Debug)]
pub(crate) struct NewDeletes {
    pub(crate) data_file_id: i64,
    /// The delete file it takes the place of.
    pub(crate) previous: Option<i64>,
    pub(crate) name: String,
    pub(crate) bytes: u64,
    pub(crate) footer_bytes: u64,
    pub(crate) rows: u64,
}

/// A commit that failed.
#[derive(Debug)]
pub(crate) struct NotPublished {
    /// Why.
    pub(crate) error: Error,
    /// Whether nothing was published for sure. It is not when the disk fails in the very act.
    pub(crate) certain: bool,
}

impl From<Error> for NotPublished {
    fn from(error: Error) -> Self {
        NotPublished {
            error,
            certain: true,
        }
    }
}

impl Catalog {
    /// Publishes `changes` as one new snapshot, all or nothing, and returns its number.
    ///
    /// Errors: [`Error::Moved`] when `base` is no longer the newest snapshot; [`Error::Busy`].
    pub(crate) async fn commit(
        &self,
        base: i64,
        changes: &[Change],
        message: &str,
    ) -> Result<i64, NotPublished> {
        // The write lock comes first: a transaction that reads before it writes could not be
        // upgraded while another waits for the same.
        let mut transaction = self
            .pool
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(|source| self.error(&source))?;
        let newest: i64 =
            sqlx::query_scalar("SELECT COALESCE(MAX(snapshot_id), 0) FROM ducklake_snapshot")
                .fetch_one(&mut *transaction)
                .await
                .map_err(|source| self.error(&source))?;
        if newest != base {
            return Err(Error::Moved { base, newest }.into());
        }
        let published = publish(&mut transaction, base, changes, message).await;
        let snapshot = published.map_err(|source| self.error(&source))?;
        match transaction.commit().await {
            Ok(()) => Ok(snapshot),
            Err(source) => Err(NotPublished {
                error: self.error(&source),
                certain: false,
            }),
        }
    }
}

/// Writes the rows of one new snapshot, in the order of `datafusion-ducklake`.
async fn publish(
    transaction: &mut sqlx::Transaction<'_, Sqlite>,
    base: i64,
    changes: &[Change],
    message: &str,
) -> Result<i64, sqlx::Error> {
    let snapshot = base + 1;
    sqlx::query(
        "INSERT INTO ducklake_snapshot (snapshot_id, snapshot_time, schema_version)
         SELECT ?, strftime('%Y-%m-%d %H:%M:%f', 'now'), schema_version
         FROM ducklake_snapshot WHERE snapshot_id = ?",
    )
    .bind(snapshot)
    .bind(base)
    .execute(&mut **transaction)
    .await?;
    let mut summary = Vec::new();
    for change in changes {
        for deletes in &change.deletes {
            replace_delete_file(transaction, snapshot, change.table.id, deletes).await?;
        }
        if !change.deletes.is_empty() {
            summary.push(format!("deleted_from_table:{}", change.table.id));
        }
        if !change.files.is_empty() {
            add_files(transaction, snapshot, change).await?;
            roll_up_statistics(transaction, &change.table).await?;
            summary.push(format!("inserted_into_table:{}", change.table.id));
        }
    }
    sqlx::query(
        "INSERT INTO ducklake_snapshot_changes (snapshot_id, changes_made, commit_message)
         VALUES (?, ?, ?)",
    )
    .bind(snapshot)
    .bind(summary.join(","))
    .bind(message)
    .execute(&mut **transaction)
    .await?;
    settle(transaction).await?;
    Ok(snapshot)
}

async fn replace_delete_file(
    transaction: &mut sqlx::Transaction<'_, Sqlite>,
    snapshot: i64,
    table_id: i64,
    deletes: &NewDeletes,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE ducklake_delete_file SET end_snapshot = ? WHERE delete_file_id = ?")
        .bind(snapshot)
        .bind(deletes.previous)
        .execute(&mut **transaction)
        .await?;
    sqlx::query(
        "INSERT INTO ducklake_delete_file
             (data_file_id, table_id, path, path_is_relative, file_size_bytes, footer_size,
              delete_count, begin_snapshot)
         VALUES (?, ?, ?, 1, ?, ?, ?, ?)",
    )
    .bind(deletes.data_file_id)
    .bind(table_id)
    .bind(&deletes.name)
    .bind(signed(deletes.bytes))
    .bind(signed(deletes.footer_bytes))
    .bind(signed(deletes.rows))
    .bind(snapshot)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn add_files(
    transaction: &mut sqlx::Transaction<'_, Sqlite>,
    snapshot: i64,
    change: &Change,
) -> Result<(), sqlx::Error> {
    let table_id = change.table.id;
    sqlx::query(
        "INSERT OR IGNORE INTO ducklake_table_stats
             (table_id, record_count, next_row_id, file_size_bytes) VALUES (?, 0, 0, 0)",
    )
    .bind(table_id)
    .execute(&mut **transaction)
    .await?;
    for file in &change.files {
        let data_file_id: i64 = sqlx::query_scalar(
            "INSERT INTO ducklake_data_file
                 (table_id, path, path_is_relative, file_size_bytes, footer_size, record_count,
                  row_id_start, begin_snapshot)
             SELECT ?1, ?2, 1, ?3, ?4, ?5, next_row_id, ?6
             FROM ducklake_table_stats WHERE table_id = ?1
             RETURNING data_file_id",
        )
        .bind(table_id)
        .bind(&file.name)
        .bind(signed(file.bytes))
        .bind(signed(file.footer_bytes))
        .bind(signed(file.rows))
        .bind(snapshot)
        .fetch_one(&mut **transaction)
        .await?;
        for column in &file.statistics {
            sqlx::query(
                "INSERT INTO ducklake_file_column_stats
                     (data_file_id, table_id, column_id, column_size_bytes, value_count,
                      null_count, min_value, max_value, contains_nan)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(data_file_id)
            .bind(table_id)
            .bind(column.column_id)
            .bind(column.column_size_bytes)
            .bind(column.value_count)
            .bind(column.null_count)
            .bind(&column.min_value)
            .bind(&column.max_value)
            .bind(column.contains_nan)
            .execute(&mut **transaction)
            .await?;
        }
        sqlx::query(
            "UPDATE ducklake_table_stats
             SET next_row_id = next_row_id + ?1, record_count = record_count + ?1,
                 file_size_bytes = file_size_bytes + ?2
             WHERE table_id = ?3",
        )
        .bind(signed(file.rows))
        .bind(signed(file.bytes))
        .bind(table_id)
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

/// Recomputes the bounds of a table's columns over its live files, for query planning.
async fn roll_up_statistics(
    transaction: &mut sqlx::Transaction<'_, Sqlite>,
    table: &StoredTable,
) -> Result<(), sqlx::Error> {
    let live_files: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM ducklake_data_file WHERE table_id = ? AND end_snapshot IS NULL",
    )
    .bind(table.id)
    .fetch_one(&mut **transaction)
    .await?;
    let rows = sqlx::query(
        "SELECT s.column_id, s.min_value, s.max_value, s.null_count, s.contains_nan
         FROM ducklake_file_column_stats s JOIN ducklake_data_file f USING (data_file_id)
         WHERE f.table_id = ? AND f.end_snapshot IS NULL",
    )
    .bind(table.id)
    .fetch_all(&mut **transaction)
    .await?;
    let per_file = rows
        .iter()
        .map(|row| {
            Ok(FileColumnStat {
                column_id: row.try_get(0)?,
                min_value: row.try_get(1)?,
                max_value: row.try_get(2)?,
                null_count: row.try_get(3)?,
                contains_nan: row.try_get(4)?,
            })
        })
        .collect::<Result<Vec<_>, sqlx::Error>>()?;
    let numeric = |id: i64| {
        let column = table.columns.iter().find(|column| column.id == id);
        column.is_some_and(|column| is_numeric_ducklake_type(&column.kind))
    };
    sqlx::query("DELETE FROM ducklake_table_column_stats WHERE table_id = ?")
        .bind(table.id)
        .execute(&mut **transaction)
        .await?;
    for column in aggregate_global_column_stats(&per_file, live_files, numeric) {
        sqlx::query(
            "INSERT INTO ducklake_table_column_stats
                 (table_id, column_id, contains_null, contains_nan, min_value, max_value)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(table.id)
        .bind(column.column_id)
        .bind(column.contains_null)
        .bind(column.contains_nan)
        .bind(&column.min_value)
        .bind(&column.max_value)
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).expect("files have fewer than 2^63 bytes and rows")
}
