//! What a DuckLake catalog has beyond what `datafusion-ducklake` makes, so that DuckDB reads it.
//!
//! The crate leaves out columns and tables of the DuckLake 1.0 specification that it does not use
//! (its issue 292), and DuckDB reads them whatever they hold. They are added when a lake is made.
//! The numbers that DuckDB would give next to a file or table are kept true after every commit,
//! ours and the crate's.

use sqlx::Sqlite;

use super::Catalog;
use crate::error::Error;

/// The version of the specification that the catalog follows.
const SPECIFICATION: &str = "1.0";

/// A random UUID (version 4) in SQLite's terms.
const UUID: &str = "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4'
    || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-'
    || hex(randomblob(6)))";

/// Columns and tables that are wanting, as the specification types them.
const WANTING: &[&str] = &[
    "ALTER TABLE ducklake_snapshot ADD COLUMN next_catalog_id BIGINT",
    "ALTER TABLE ducklake_snapshot ADD COLUMN next_file_id BIGINT",
    "ALTER TABLE ducklake_schema ADD COLUMN schema_uuid VARCHAR",
    "ALTER TABLE ducklake_table ADD COLUMN table_uuid VARCHAR",
    "ALTER TABLE ducklake_data_file ADD COLUMN file_order BIGINT",
    "ALTER TABLE ducklake_data_file ADD COLUMN file_format VARCHAR DEFAULT 'parquet'",
    "ALTER TABLE ducklake_delete_file ADD COLUMN format VARCHAR DEFAULT 'parquet'",
    "CREATE TABLE ducklake_file_variant_stats (data_file_id BIGINT, table_id BIGINT,
         column_id BIGINT, variant_path VARCHAR, shredded_type VARCHAR, column_size_bytes BIGINT,
         value_count BIGINT, null_count BIGINT, min_value VARCHAR, max_value VARCHAR,
         contains_nan BIGINT, extra_stats VARCHAR)",
    "CREATE TABLE ducklake_column_mapping (mapping_id BIGINT, table_id BIGINT, type VARCHAR)",
    "CREATE TABLE ducklake_name_mapping (mapping_id BIGINT, column_id BIGINT,
         source_name VARCHAR, target_field_id BIGINT, parent_column BIGINT, is_partition BIGINT)",
    "CREATE TABLE ducklake_macro (schema_id BIGINT, macro_id BIGINT, macro_name VARCHAR,
         begin_snapshot BIGINT, end_snapshot BIGINT)",
    "CREATE TABLE ducklake_macro_impl (macro_id BIGINT, impl_id BIGINT, dialect VARCHAR,
         sql VARCHAR, type VARCHAR)",
    "CREATE TABLE ducklake_macro_parameters (macro_id BIGINT, impl_id BIGINT, column_id BIGINT,
         parameter_name VARCHAR, parameter_type VARCHAR, default_value VARCHAR,
         default_value_type VARCHAR)",
];

/// Whether anything is wanting: everything is added in one transaction, so one column tells.
const WANTS: &str = "SELECT NOT EXISTS (
    SELECT 1 FROM pragma_table_info('ducklake_snapshot') WHERE name = 'next_file_id')";

/// Snapshots that do not say yet which numbers come next. Data files and files of deletes share
/// one count, schemas and tables another.
const NEXT_IDS: &str = "UPDATE ducklake_snapshot SET
    next_file_id = 1 + MAX(
        (SELECT COALESCE(MAX(data_file_id), 0) FROM ducklake_data_file),
        (SELECT COALESCE(MAX(delete_file_id), 0) FROM ducklake_delete_file)),
    next_catalog_id = 1 + MAX(
        (SELECT COALESCE(MAX(table_id), 0) FROM ducklake_table),
        (SELECT COALESCE(MAX(schema_id), 0) FROM ducklake_schema))
    WHERE next_file_id IS NULL";

/// Statistics of columns of lists. The crate takes those of the elements for those of the lists,
/// so that a list that is missing counts as there; DuckLake itself has none for lists.
const LIST_STATISTICS: &[&str] = &[
    "DELETE FROM ducklake_file_column_stats WHERE (table_id, column_id) IN (
        SELECT table_id, column_id FROM ducklake_column WHERE column_type = 'list')",
    "DELETE FROM ducklake_table_column_stats WHERE (table_id, column_id) IN (
        SELECT table_id, column_id FROM ducklake_column WHERE column_type = 'list')",
];

/// Whether a commit of the crate left something to settle.
const UNSETTLED: &str = "SELECT
    EXISTS (SELECT 1 FROM ducklake_snapshot WHERE next_file_id IS NULL)
    OR EXISTS (SELECT 1 FROM ducklake_file_column_stats s
        JOIN ducklake_column c ON c.table_id = s.table_id AND c.column_id = s.column_id
        WHERE c.column_type = 'list')";

impl Catalog {
    /// Adds what is wanting to a catalog that `datafusion-ducklake` has made; leaves one that is
    /// whole as it is.
    pub(crate) async fn complete(&self) -> Result<(), Error> {
        let failed = |source| self.error(&source);
        let wants = sqlx::query_scalar::<_, bool>(WANTS);
        if !wants.fetch_one(&self.pool).await.map_err(failed)? {
            return self.settle().await;
        }
        // The write lock comes first, so that of two processes one adds and the other then sees it.
        let begun = self.pool.begin_with("BEGIN IMMEDIATE").await;
        let mut transaction = begun.map_err(failed)?;
        let wants = sqlx::query_scalar::<_, bool>(WANTS);
        if !wants.fetch_one(&mut *transaction).await.map_err(failed)? {
            return Ok(());
        }
        for statement in WANTING {
            execute(&mut transaction, statement).await.map_err(failed)?;
        }
        let filled = [
            format!("UPDATE ducklake_schema SET schema_uuid = {UUID}"),
            format!("UPDATE ducklake_table SET table_uuid = {UUID}"),
            format!(
                "INSERT INTO ducklake_metadata (key, value) VALUES ('version', '{SPECIFICATION}'),
                 ('created_by', 'Worth {}'), ('encrypted', 'false')",
                env!("CARGO_PKG_VERSION")
            ),
        ];
        for statement in &filled {
            execute(&mut transaction, statement).await.map_err(failed)?;
        }
        settle(&mut transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    /// Makes true what a commit of `datafusion-ducklake` left out or got wrong: which numbers come
    /// next, and statistics of lists. Takes the write lock only when there is something to do.
    pub(crate) async fn settle(&self) -> Result<(), Error> {
        let failed = |source| self.error(&source);
        let unsettled = sqlx::query_scalar::<_, bool>(UNSETTLED);
        if !unsettled.fetch_one(&self.pool).await.map_err(failed)? {
            return Ok(());
        }
        let mut transaction = self.pool.begin().await.map_err(failed)?;
        settle(&mut transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }
}

/// The same within a transaction that has just added files.
pub(super) async fn settle(
    transaction: &mut sqlx::Transaction<'_, Sqlite>,
) -> Result<(), sqlx::Error> {
    for statement in LIST_STATISTICS {
        execute(transaction, statement).await?;
    }
    execute(transaction, NEXT_IDS).await
}

async fn execute(
    transaction: &mut sqlx::Transaction<'_, Sqlite>,
    statement: &str,
) -> Result<(), sqlx::Error> {
    // every statement is one of this file, and nothing of the user's is in it
    let statement = sqlx::AssertSqlSafe(statement.to_owned());
    sqlx::query(statement).execute(&mut **transaction).await?;
    Ok(())
}
