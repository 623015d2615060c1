//! A transaction: rows of several tables that become visible together, or not at all.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::scalar::ScalarValue;
use futures::TryStreamExt;

use super::catalog::{Change, DataFile, NewDeletes, NewFile, StoredTable};
use super::facts::FactWriter;
use super::parquet_file::{FileWriter, StagedFile, in_order, keep, name, write_deletes};
use super::stored_rows::{deleted_positions, for_each_key, key_words};
use super::{Lake, Snapshot};
use crate::error::Error;
use crate::tables::Table;

/// Writes rows into files that nobody sees until [`commit`](Transaction::commit). Dropping it
/// without committing leaves the lake as it was.
#[derive(Debug)]
pub struct Transaction {
    lake: Lake,
    base: Arc<Snapshot>,
    staged: Arc<Mutex<Staged>>,
}

/// A commit that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// The snapshot that holds what was written; the base when there was nothing to write.
    pub snapshot: i64,
}

/// What a transaction will publish.
#[derive(Debug, Default)]
pub(super) struct Staged {
    tables: BTreeMap<Table, Stage>,
}

/// What a transaction will publish in one table.
pub(super) struct Stage {
    table: StoredTable,
    pub(super) files: Vec<StagedFile>,
    /// Positions of rows that no longer count, by id of their file.
    pub(super) deletes: BTreeMap<i64, Vec<u64>>,
    appended: Option<FileWriter>,
    has_facts: bool,
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Stage")
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

impl Staged {
    pub(super) fn table(&mut self, table: &StoredTable) -> &mut Stage {
        self.tables.entry(table.table).or_insert_with(|| Stage {
            table: table.clone(),
            files: Vec::new(),
            deletes: BTreeMap::new(),
            appended: None,
            has_facts: false,
        })
    }
}

impl Transaction {
    pub(super) fn new(lake: Lake, base: Arc<Snapshot>) -> Transaction {
        Transaction {
            lake,
            base,
            staged: Arc::default(),
        }
    }

    /// The snapshot this transaction works on.
    pub fn base(&self) -> &Arc<Snapshot> {
        &self.base
    }

    /// Takes rows whose keys must be unique (see [`FactWriter`]): once per table and
    /// transaction. Rows removed with [`delete_where`](Transaction::delete_where) before it
    /// finishes do not count as known.
    ///
    /// Errors: [`Error::FactsTwice`].
    pub fn facts(&self, table: Table) -> Result<FactWriter, Error> {
        let stored = self.lake.inner.table(table);
        let mut staged = self.lock();
        let stage = staged.table(stored);
        if stage.has_facts {
            return Err(Error::FactsTwice {
                table: table.name().to_owned(),
            });
        }
        stage.has_facts = true;
        let staged = Arc::clone(&self.staged);
        Ok(FactWriter::new(
            self.lake.clone(),
            self.base.id(),
            stored.clone(),
            staged,
        ))
    }

    /// Adds rows as they are, whatever the lake has: rejects and scores.
    ///
    /// Errors: [`Error::Column`] when a column is missing, unknown, of another type, or empty
    /// though required; [`Error::File`] when the disk is full.
    pub fn append(&mut self, table: Table, batch: &RecordBatch) -> Result<(), Error> {
        let stored = self.lake.inner.table(table);
        let batch = in_order(stored, batch)?;
        let mut staged = self.lock();
        let stage = staged.table(stored);
        stage
            .appended
            .get_or_insert_with(|| FileWriter::new(stored))
            .write(&batch)
    }

    /// Removes the rows of the base for which `condition` (SQL over the table's columns, with
    /// `$name` parameters) holds, and returns how many those are. Rows of this transaction stay.
    ///
    /// Errors: [`Error::Engine`] when the condition is wrong.
    pub async fn delete_where(
        &mut self,
        table: Table,
        condition: &str,
        parameters: &[(&str, ScalarValue)],
    ) -> Result<u64, Error> {
        let sql = format!("select row_key from {table} where {condition}");
        let mut batches = self
            .base
            .query(&sql, parameters)
            .await?
            .execute_stream()
            .await?;
        let mut keys = Vec::new();
        while let Some(batch) = batches.try_next().await? {
            let batch_keys = batch.column(0).as_fixed_size_binary();
            keys.extend(batch_keys.iter().flatten().map(key_words));
        }
        if keys.is_empty() {
            return Ok(0);
        }
        keys.sort_unstable();
        let stored = self.lake.inner.table(table);
        let mut rows = 0;
        for file in self
            .lake
            .inner
            .catalog
            .files(stored, self.base.id())
            .await?
        {
            let mut positions = Vec::new();
            for_each_key(
                &file,
                &deleted_positions(file.deletes.as_ref())?,
                |position, key| {
                    if keys.binary_search(&key).is_ok() {
                        positions.push(position);
                    }
                },
            )?;
            if !positions.is_empty() {
                rows += positions.len() as u64;
                self.lock()
                    .table(stored)
                    .deletes
                    .entry(file.id)
                    .or_default()
                    .extend(positions);
            }
        }
        Ok(rows)
    }

    /// Publishes everything written as one new snapshot, which `message` explains. With nothing
    /// written there is no new snapshot.
    ///
    /// Every [`FactWriter`] must have finished; what one that was dropped had taken is gone.
    ///
    /// Errors: [`Error::Moved`] when someone else committed since this transaction began (begin
    /// again and check again), [`Error::Busy`], [`Error::File`]. The lake is then as it was.
    pub async fn commit(self, message: &str) -> Result<Committed, Error> {
        let tables = std::mem::take(&mut self.lock().tables);
        let catalog = &self.lake.inner.catalog;
        let mut changes = Vec::new();
        let mut kept = Kept::default();
        for (_, mut stage) in tables {
            if let Some(appended) = stage.appended.take() {
                stage.files.extend(appended.finish()?);
            }
            if stage.files.is_empty() && stage.deletes.is_empty() {
                continue;
            }
            let files = catalog.files(&stage.table, self.base.id()).await?;
            changes.push(change(stage, &files, &mut kept)?);
        }
        if changes.is_empty() {
            return Ok(Committed {
                snapshot: self.base.id(),
            });
        }
        match catalog.commit(self.base.id(), &changes, message).await {
            Ok(snapshot) => {
                kept.forget();
                Ok(Committed { snapshot })
            }
            Err(refused) => {
                if !refused.certain {
                    // The disk failed in the middle of publishing: it may have happened.
                    kept.forget();
                }
                Err(refused.error)
            }
        }
    }

    /// Gives up everything written. Dropping the transaction does the same.
    pub fn abort(self) {}

    fn lock(&self) -> MutexGuard<'_, Staged> {
        self.staged
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Puts the files of a stage in place and says what publishing them changes.
fn change(stage: Stage, files: &[DataFile], kept: &mut Kept) -> Result<Change, Error> {
    let mut change = Change {
        table: stage.table,
        files: Vec::new(),
        deletes: Vec::new(),
    };
    for file in files {
        let Some(positions) = stage.deletes.get(&file.id) else {
            continue;
        };
        let mut positions = positions.clone();
        positions.extend(deleted_positions(file.deletes.as_ref())?);
        positions.sort_unstable();
        positions.dedup();
        let (path, bytes, footer_bytes) = write_deletes(&change.table, &file.path, &positions)?;
        change.deletes.push(NewDeletes {
            data_file_id: file.id,
            previous: file.deletes.as_ref().map(|deletes| deletes.id),
            name: name(&path),
            bytes,
            footer_bytes,
            rows: positions.len() as u64,
        });
        kept.paths.push(keep(path)?);
    }
    for file in stage.files {
        change.files.push(NewFile {
            name: name(&file.path),
            bytes: file.bytes,
            footer_bytes: file.footer_bytes,
            rows: file.rows,
            statistics: file.statistics,
        });
        kept.paths.push(keep(file.path)?);
    }
    Ok(change)
}

/// Files that are in place but not yet published; removed when dropped.
#[derive(Debug, Default)]
struct Kept {
    paths: Vec<PathBuf>,
}

impl Kept {
    /// They are published: leave them.
    fn forget(&mut self) {
        self.paths.clear();
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        for path in &self.paths {
            // What cannot be removed now, the next compaction removes.
            if let Err(problem) = std::fs::remove_file(path) {
                tracing::warn!(path = %path.display(), %problem, "left behind an unpublished file");
            }
        }
    }
}
