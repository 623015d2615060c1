//! The lake's catalog: which files hold which rows in which snapshot, and the one transaction
//! that publishes a new snapshot.
//!
//! Tables, reading and compaction go through `datafusion-ducklake`. Publishing does not: its
//! multi-table commit takes one stage per table whose batches must all be in memory at once,
//! and a stage of files written elsewhere cannot be built from outside the crate. An import
//! streams millions of rows into several files of several tables, so the commit is done here,
//! in SQL, writing exactly the rows of the DuckLake specification that the crate would write
//! (`commit_multi_table` in its `metadata_writer_sqlite.rs`). It is also stricter than the
//! crate's fence, which only watches the tables written to: a transaction commits on the very
//! snapshot it read, or not at all.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use datafusion_ducklake::ColumnStat;
use datafusion_ducklake::stats_encode::{
    FileColumnStat, aggregate_global_column_stats, is_numeric_ducklake_type,
};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteRow};
use sqlx::{Row, Sqlite};

use crate::error::Error;
use crate::tables::Table;

/// How long a process waits for another one that writes the catalog. A commit takes
/// milliseconds; only a disk that hangs keeps the catalog longer.
const BUSY_WAIT_SECONDS: u64 = 60;

/// The schema of the lake's tables, in DuckLake's sense.
pub(super) const SCHEMA: &str = "main";

/// The SQLite file that says what the lake holds.
#[derive(Debug)]
pub(crate) struct Catalog {
    path: PathBuf,
    /// Folder that relative paths in the catalog start from.
    data: PathBuf,
    pool: SqlitePool,
}

/// A table as the catalog knows it.
#[derive(Debug, Clone)]
pub(crate) struct StoredTable {
    pub(crate) table: Table,
    pub(crate) id: i64,
    /// Folder of its files.
    pub(crate) folder: PathBuf,
    /// Its columns, in order.
    pub(crate) columns: Vec<StoredColumn>,
}

/// A column as the catalog knows it.
#[derive(Debug, Clone)]
pub(crate) struct StoredColumn {
    pub(crate) name: String,
    /// DuckLake's id of the column, which is the field id in Parquet files.
    pub(crate) id: i64,
    /// The id of a list's elements.
    pub(crate) element_id: Option<i64>,
    /// DuckLake's name of its type.
    pub(crate) kind: String,
}

/// A Parquet file that holds rows of a table in a snapshot.
#[derive(Debug, Clone)]
pub(crate) struct DataFile {
    pub(crate) id: i64,
    pub(crate) path: PathBuf,
    /// Rows in the file, deleted ones included.
    pub(crate) rows: u64,
    /// The file that lists its deleted rows, if any are.
    pub(crate) deletes: Option<DeleteFile>,
    /// Least and greatest `source` of its rows, when known.
    pub(crate) sources: Option<(String, String)>,
}

/// A Parquet file that lists deleted rows of a data file.
#[derive(Debug, Clone)]
pub(crate) struct DeleteFile {
    pub(crate) id: i64,
    pub(crate) path: PathBuf,
}

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

/// What is known of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotInfo {
    /// Its number: 1 is the empty lake.
    pub id: i64,
    /// When it was taken, by the clock of the catalog.
    pub taken_at: jiff::Timestamp,
    /// What the commit said it did.
    pub message: Option<String>,
}

impl Catalog {
    /// Connects to the catalog at `path`, whose data files are under `data`.
    pub(crate) async fn connect(path: &Path, data: &Path) -> Result<Catalog, Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(false)
            .busy_timeout(Duration::from_secs(BUSY_WAIT_SECONDS));
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await
            .map_err(|source| catalog_error(path, &source))?;
        Ok(Catalog {
            path: path.to_owned(),
            data: data.to_owned(),
            pool,
        })
    }

    /// Says of the first snapshot that it made the tables. `datafusion-ducklake` leaves that out
    /// when tables are made one by one in a common snapshot, and merges no files of tables
    /// whose version it does not know.
    pub(crate) async fn declare_tables(&self, snapshot: i64) -> Result<(), Error> {
        let statements = [
            "UPDATE ducklake_snapshot SET schema_version = 1 WHERE snapshot_id = ?1",
            "INSERT INTO ducklake_schema_versions (begin_snapshot, schema_version, table_id)
             SELECT begin_snapshot, 1, table_id FROM ducklake_table WHERE begin_snapshot = ?1",
            "UPDATE ducklake_snapshot_changes SET commit_message = 'make the lake'
             WHERE snapshot_id = ?1",
        ];
        for statement in statements {
            sqlx::query(statement)
                .bind(snapshot)
                .execute(&self.pool)
                .await
                .map_err(|source| self.error(&source))?;
        }
        Ok(())
    }

    /// Makes the catalog say where its data files are now: the folder may have been moved.
    pub(crate) async fn settle_data_path(&self) -> Result<(), Error> {
        let actual = data_path_text(&self.data)?;
        let stored: Option<String> = sqlx::query_scalar(
            "SELECT value FROM ducklake_metadata WHERE key = 'data_path' AND scope IS NULL",
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(|source| self.error(&source))?;
        if stored.as_deref() == Some(&actual) {
            return Ok(());
        }
        sqlx::query(
            "UPDATE ducklake_metadata SET value = ? WHERE key = 'data_path' AND scope IS NULL",
        )
        .bind(&actual)
        .execute(&self.pool)
        .await
        .map_err(|source| self.error(&source))?;
        Ok(())
    }

    /// Every snapshot, oldest first.
    pub(crate) async fn snapshots(&self) -> Result<Vec<SnapshotInfo>, Error> {
        let rows = sqlx::query(
            "SELECT s.snapshot_id, CAST(s.snapshot_time AS TEXT), c.commit_message
             FROM ducklake_snapshot s LEFT JOIN ducklake_snapshot_changes c USING (snapshot_id)
             ORDER BY s.snapshot_id",
        )
        .fetch_all(&self.pool)
        .await
        .map_err(|source| self.error(&source))?;
        // Compaction dates its snapshots by the second only: a snapshot is never older than the
        // one before.
        let mut last = jiff::Timestamp::MIN;
        rows.iter()
            .map(|row| {
                let time: String = self.get(row, 1)?;
                let taken_at = parse_time(&time)
                    .ok_or_else(|| self.problem(format!("{time:?} is not a time")))?;
                last = last.max(taken_at);
                Ok(SnapshotInfo {
                    id: self.get(row, 0)?,
                    taken_at: last,
                    message: self.get(row, 2)?,
                })
            })
            .collect()
    }

    /// Every file that some snapshot needs.
    pub(crate) async fn known_paths(
        &self,
        tables: &[StoredTable],
    ) -> Result<HashSet<PathBuf>, Error> {
        let mut known = HashSet::new();
        for table in tables {
            let rows = sqlx::query(
                "SELECT path, path_is_relative FROM ducklake_data_file WHERE table_id = ?1
                 UNION ALL
                 SELECT path, path_is_relative FROM ducklake_delete_file WHERE table_id = ?1",
            )
            .bind(table.id)
            .fetch_all(&self.pool)
            .await
            .map_err(|source| self.error(&source))?;
            for row in rows {
                let path: String = self.get(&row, 0)?;
                known.insert(resolve(&table.folder, &path, self.get(&row, 1)?));
            }
        }
        Ok(known)
    }

    /// A table with its columns.
    pub(crate) async fn table(&self, table: Table) -> Result<StoredTable, Error> {
        let found = sqlx::query(
            "SELECT t.table_id, s.path, s.path_is_relative, t.path, t.path_is_relative
             FROM ducklake_table t JOIN ducklake_schema s USING (schema_id)
             WHERE s.schema_name = ? AND t.table_name = ?
               AND s.end_snapshot IS NULL AND t.end_snapshot IS NULL",
        )
        .bind(SCHEMA)
        .bind(table.name())
        .fetch_optional(&self.pool)
        .await
        .map_err(|source| self.error(&source))?
        .ok_or_else(|| self.problem(format!("the table {table} is missing")))?;
        let id: i64 = self.get(&found, 0)?;
        let schema_folder = resolve(
            &self.data,
            &self.get::<String>(&found, 1)?,
            self.get(&found, 2)?,
        );
        let folder = resolve(
            &schema_folder,
            &self.get::<String>(&found, 3)?,
            self.get(&found, 4)?,
        );

        let rows = sqlx::query(
            "SELECT c.column_name, c.column_id, c.column_type,
                    (SELECT e.column_id FROM ducklake_column e
                     WHERE e.table_id = c.table_id AND e.parent_column = c.column_id
                       AND e.end_snapshot IS NULL)
             FROM ducklake_column c
             WHERE c.table_id = ? AND c.end_snapshot IS NULL AND c.parent_column IS NULL
             ORDER BY c.column_order",
        )
        .bind(id)
        .fetch_all(&self.pool)
        .await
        .map_err(|source| self.error(&source))?;
        let columns = rows
            .iter()
            .map(|row| {
                Ok(StoredColumn {
                    name: self.get(row, 0)?,
                    id: self.get(row, 1)?,
                    kind: self.get(row, 2)?,
                    element_id: self.get(row, 3)?,
                })
            })
            .collect::<Result<Vec<_>, Error>>()?;
        let known = columns.iter().map(|column| column.name.as_str());
        let schema = table.schema();
        if !known.eq(schema.fields().iter().map(|field| field.name().as_str())) {
            return Err(self.problem(format!(
                "the columns of {table} are not those of this version of Worth"
            )));
        }
        Ok(StoredTable {
            table,
            id,
            folder,
            columns,
        })
    }

    /// The files that hold the rows of `table` in a snapshot, oldest first.
    pub(crate) async fn files(
        &self,
        table: &StoredTable,
        snapshot: i64,
    ) -> Result<Vec<DataFile>, Error> {
        let source_id = table.columns.iter().find(|column| column.name == "source");
        let rows = sqlx::query(
            "SELECT f.data_file_id, f.path, f.path_is_relative, f.record_count,
                    d.delete_file_id, d.path, d.path_is_relative, s.min_value, s.max_value
             FROM ducklake_data_file f
             LEFT JOIN ducklake_delete_file d ON d.data_file_id = f.data_file_id
                  AND d.begin_snapshot <= ?2 AND (d.end_snapshot IS NULL OR d.end_snapshot > ?2)
             LEFT JOIN ducklake_file_column_stats s
                  ON s.data_file_id = f.data_file_id AND s.column_id = ?3
             WHERE f.table_id = ?1
               AND f.begin_snapshot <= ?2 AND (f.end_snapshot IS NULL OR f.end_snapshot > ?2)
             ORDER BY f.data_file_id",
        )
        .bind(table.id)
        .bind(snapshot)
        .bind(source_id.map(|column| column.id))
        .fetch_all(&self.pool)
        .await
        .map_err(|source| self.error(&source))?;
        rows.iter()
            .map(|row| {
                let path: String = self.get(row, 1)?;
                let delete_id: Option<i64> = self.get(row, 4)?;
                let deletes = match delete_id {
                    None => None,
                    Some(id) => {
                        let path: String = self.get(row, 5)?;
                        let path = resolve(&table.folder, &path, self.get(row, 6)?);
                        Some(DeleteFile { id, path })
                    }
                };
                let least: Option<String> = self.get(row, 7)?;
                let greatest: Option<String> = self.get(row, 8)?;
                Ok(DataFile {
                    id: self.get(row, 0)?,
                    path: resolve(&table.folder, &path, self.get(row, 2)?),
                    rows: self.get::<i64>(row, 3)?.unsigned_abs(),
                    deletes,
                    sources: least.zip(greatest),
                })
            })
            .collect()
    }

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

    /// Releases the catalog's file.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    fn get<'r, T>(&self, row: &'r SqliteRow, place: usize) -> Result<T, Error>
    where
        T: sqlx::Decode<'r, Sqlite> + sqlx::Type<Sqlite>,
    {
        row.try_get(place).map_err(|source| self.error(&source))
    }

    fn error(&self, source: &sqlx::Error) -> Error {
        catalog_error(&self.path, source)
    }

    fn problem(&self, problem: String) -> Error {
        Error::Catalog {
            path: self.path.clone(),
            problem,
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

/// The data folder as the catalog stores it: absolute, ending with a slash.
pub(super) fn data_path_text(data: &Path) -> Result<String, Error> {
    let text = data.to_str().ok_or_else(|| Error::File {
        path: data.to_owned(),
        source: std::io::Error::new(
            std::io::ErrorKind::InvalidInput,
            "the folder's name is not valid Unicode",
        ),
    })?;
    Ok(format!("{text}/"))
}

fn resolve(base: &Path, path: &str, relative: bool) -> PathBuf {
    if relative {
        base.join(path.trim_end_matches('/'))
    } else {
        PathBuf::from(path)
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).expect("files have fewer than 2^63 bytes and rows")
}

/// SQLite's times are UTC, `2026-11-21 19:14:05` with or without a fraction.
fn parse_time(text: &str) -> Option<jiff::Timestamp> {
    let time: jiff::civil::DateTime = text
        .trim_end_matches("+00")
        .replace(' ', "T")
        .parse()
        .ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
}

fn catalog_error(path: &Path, source: &sqlx::Error) -> Error {
    // SQLITE_BUSY is 5, its extended codes (snapshot, recovery) keep the lowest byte.
    let busy = source
        .as_database_error()
        .and_then(|error| error.code())
        .and_then(|code| code.parse::<u32>().ok())
        .is_some_and(|code| code & 0xff == 5);
    if busy {
        return Error::Busy {
            path: path.to_owned(),
            waited_seconds: BUSY_WAIT_SECONDS,
        };
    }
    Error::Catalog {
        path: path.to_owned(),
        problem: source.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapshot_times_are_read_with_and_without_fraction() {
        let expected: jiff::Timestamp = "2026-11-21T19:14:05Z".parse().expect("a time");
        assert_eq!(parse_time("2026-11-21 19:14:05"), Some(expected));
        assert_eq!(parse_time("2026-11-21 19:14:05.000"), Some(expected));
        assert_eq!(parse_time("2026-11-21 19:14:05.000000+00"), Some(expected));
        assert_eq!(parse_time("soon"), None);
    }
}
