//! The lake's catalog: which files hold which rows in which snapshot.
//!
//! Tables, reading and compaction go through `datafusion-ducklake`; publishing does not, and is
//! in `publish`; and what DuckDB wants to find beyond what the crate makes is in `completion`.

mod completion;
mod publish;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteRow};
use sqlx::{Row, Sqlite};

use crate::error::Error;
use crate::tables::Table;
pub(crate) use publish::{Change, NewDeletes, NewFile};

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
