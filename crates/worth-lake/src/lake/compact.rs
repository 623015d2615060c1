//! Compaction: fewer and fuller files, and no files that nobody needs.
//!
//! Every snapshot stays readable: merged files remember which snapshot each of their rows came
//! with, and files rewritten without their deleted rows keep serving the snapshots before.
//! Only [`Lake::expire`] forgets the past, and the next compaction then removes its files.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::catalog::CatalogProvider;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::prelude::SessionConfig;
use datafusion_ducklake::maintenance::{CleanupCriteria, ExpireCriteria, cleanup_old_files_sqlite};
use datafusion_ducklake::{
    CompactionResult, DuckLakeCatalog, DuckLakeTable, DuckLakeWriteOptions, MergeOptions,
    MetadataProvider, RewriteOptions, SqliteMetadataWriter,
};
use tokio::task::unconstrained;

use super::catalog::SCHEMA;
use super::in_use::InUse;
use super::parquet_file::{ROW_GROUP_ROWS, compression};
use super::{Lake, SnapshotInfo, address};
use crate::engine;
use crate::error::Error;
use crate::progress::{Progress, Stage, Unit};
use crate::tables::Table;

/// Files are merged up to this size.
const FULL_FILE_BYTES: u64 = 256 << 20;

/// A file is written anew when at least this share of its rows no longer counts.
const DELETED_SHARE: f64 = 0.1;

/// What a compaction did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compaction {
    /// Files that were merged with others or written without their deleted rows.
    pub files_replaced: usize,
    /// Files that took their place.
    pub files_written: usize,
    /// Rows in those.
    pub rows_written: u64,
    /// Files removed from the disk: no snapshot needs them, or they were never published.
    pub files_removed: usize,
    /// Somebody was reading or writing, so no file was removed; the next time may.
    pub in_use: bool,
}

impl Lake {
    /// Merges small files, writes files anew whose rows are largely deleted, and removes files
    /// that no snapshot needs, or that a process left behind which died before publishing them.
    ///
    /// Transactions that are under way will have to check again ([`Error::Moved`]).
    ///
    /// Errors: [`Error::Catalog`], [`Error::File`], [`Error::Engine`]; tables that were done
    /// stay done.
    pub async fn compact(&self, progress: &dyn Progress) -> Result<Compaction, Error> {
        let mut done = Compaction::default();
        {
            let _in_use = InUse::shared(&self.inner.places.in_use)?;
            let writer = Arc::new(self.writer().await?);
            let tables = Some(Table::ALL.len() as u64);
            progress.begin(Stage::of("compact", ""), tables, Unit::Steps);
            for table in Table::ALL {
                unconstrained(self.compact_table(*table, &writer, &mut done)).await?;
                progress.advance(1);
            }
            progress.end();
            self.inner.catalog.settle().await?;
        }
        match InUse::alone(&self.inner.places.in_use)? {
            None => done.in_use = true,
            Some(_alone) => done.files_removed = self.remove_unneeded().await?,
        }
        Ok(done)
    }

    /// Forgets the snapshots taken before `before`, except the newest, and returns them. Their
    /// files go with the next [`compact`](Lake::compact).
    ///
    /// Errors: [`Error::Catalog`].
    pub async fn expire(&self, before: jiff::Timestamp) -> Result<Vec<SnapshotInfo>, Error> {
        let mut expired = self.snapshots().await?;
        expired.pop();
        expired.retain(|snapshot| snapshot.taken_at < before);
        let ids = expired.iter().map(|snapshot| snapshot.id).collect();
        let writer = self.writer().await?;
        unconstrained(async { writer.expire_snapshots(ExpireCriteria::Versions(ids)) })
            .await
            .map_err(|source| Error::ducklake(&self.inner.places.catalog, source))?;
        Ok(expired)
    }

    async fn writer(&self) -> Result<SqliteMetadataWriter, Error> {
        let catalog = &self.inner.places.catalog;
        unconstrained(SqliteMetadataWriter::new(&address(catalog, "rw")?))
            .await
            .map_err(|source| Error::ducklake(catalog, source))
    }

    async fn compact_table(
        &self,
        table: Table,
        writer: &Arc<SqliteMetadataWriter>,
        done: &mut Compaction,
    ) -> Result<(), Error> {
        let session = engine::session(
            &self.inner.options.engine,
            Arc::clone(&self.inner.runtime),
            &self.inner.options.timezone,
            SessionConfig::new(),
        )?;
        let state = session.state();
        let failed = |source| Error::ducklake(&self.inner.places.catalog, source);
        let mut count = |result: CompactionResult| {
            done.files_replaced += result.files_processed;
            done.files_written += result.files_created;
            done.rows_written += result.rows_written.unsigned_abs();
        };

        // The rewrite makes files without deleted rows, which is what can be merged.
        let rewrite = RewriteOptions {
            delete_threshold: DELETED_SHARE,
            data_file_ids: None,
        };
        let stored = self.writable(table, writer).await?;
        let stored = downcast(stored.as_ref(), table)?;
        count(
            stored
                .rewrite_data_files(&state, rewrite)
                .await
                .map_err(failed)?,
        );

        let merge = MergeOptions {
            target_file_size: FULL_FILE_BYTES,
            ..MergeOptions::default()
        };
        let stored = self.writable(table, writer).await?;
        let stored = downcast(stored.as_ref(), table)?;
        count(
            stored
                .merge_adjacent_files(&state, merge)
                .await
                .map_err(failed)?,
        );
        Ok(())
    }

    /// A table at the newest snapshot, as `datafusion-ducklake` writes it.
    async fn writable(
        &self,
        table: Table,
        writer: &Arc<SqliteMetadataWriter>,
    ) -> Result<Arc<dyn datafusion::catalog::TableProvider>, Error> {
        let mut options = DuckLakeWriteOptions::default();
        options.compression = Some(compression());
        options.max_row_group_rows = Some(ROW_GROUP_ROWS);
        let provider = Arc::clone(&self.inner.provider) as Arc<dyn MetadataProvider>;
        let catalog = DuckLakeCatalog::with_writer(provider, Arc::clone(writer) as _)
            .map_err(|source| Error::ducklake(&self.inner.places.catalog, source))?
            .with_write_options(options);
        let missing = || Error::Catalog {
            path: self.inner.places.catalog.clone(),
            problem: format!("the table {table} is missing"),
        };
        let schema = catalog.schema(SCHEMA).ok_or_else(missing)?;
        schema.table(table.name()).await?.ok_or_else(missing)
    }

    /// Removes files that nobody needs. Nobody else may be reading or writing.
    async fn remove_unneeded(&self) -> Result<usize, Error> {
        let catalog = &self.inner.places.catalog;
        let writer = self.writer().await?;
        let disk = self
            .inner
            .runtime
            .object_store(ObjectStoreUrl::local_filesystem())?;
        let removed = cleanup_old_files_sqlite(&writer, disk, CleanupCriteria::All, false);
        let removed = unconstrained(removed)
            .await
            .map_err(|source| Error::ducklake(catalog, source))?;
        let needed = self.inner.catalog.known_paths(&self.inner.tables).await?;
        Ok(removed.len() + remove_unknown(&self.inner.places.data, &needed)?)
    }
}

fn downcast(
    table: &dyn datafusion::catalog::TableProvider,
    name: Table,
) -> Result<&DuckLakeTable, Error> {
    table
        .downcast_ref::<DuckLakeTable>()
        .ok_or_else(|| Error::Column {
            table: name.name().to_owned(),
            column: String::new(),
            problem: "it is not a table of files".to_owned(),
        })
}

/// Removes the Parquet files under `folder` that are not `needed`.
fn remove_unknown(folder: &Path, needed: &HashSet<PathBuf>) -> Result<usize, Error> {
    let mut removed = 0;
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        let path = entry.map_err(Error::file(folder))?.path();
        if path.is_dir() {
            removed += remove_unknown(&path, needed)?;
        } else if path.extension().is_some_and(|ending| ending == "parquet")
            && !needed.contains(&path)
        {
            fs::remove_file(&path).map_err(Error::file(&path))?;
            removed += 1;
        }
    }
    Ok(removed)
}
