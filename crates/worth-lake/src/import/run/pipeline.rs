//! The stream from a set of files to typed rows of one table: read, joined, prepared in order,
//! converted in parallel, still in order.

use std::sync::{Arc, Mutex};

use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use futures::StreamExt;
use futures::stream::BoxStream;

use crate::error::Error;
use crate::import::mapping::{FileSpec, Mapping, TableMapping};
use crate::import::propose::FileSet;
use crate::import::source::SourceFile;
use crate::import::transform::{
    Compiled, Converted, DamagedRows, Input, Prepare, Setting, input_columns,
};
use crate::workspace::Business;

/// Memory that joins of files may take; beyond it they spill to disk.
const JOIN_MEMORY_BYTES: usize = 256 << 20;

/// What feeds one table from one set of files. Its stream can be had more than once.
pub(crate) struct Pipeline {
    pub(super) compiled: Arc<Compiled>,
    pub(super) table: TableMapping,
    files: Vec<(String, SourceFile)>,
    file: Option<FileSpec>,
    columns: Vec<String>,
    context: SessionContext,
}

impl Pipeline {
    /// For one table of a mapping; `loaded_at` in microseconds since 1970.
    ///
    /// Errors: [`Error::Mapping`] when the mapping does not fit the files.
    pub(crate) fn new(
        mapping: &Mapping,
        table: &TableMapping,
        set: &FileSet,
        business: &Business,
        loaded_at: i64,
    ) -> Result<Self, Error> {
        let context = context()?;
        let columns_of = |kind: &str| {
            let file = set
                .files
                .iter()
                .find(|(name, _)| name == kind)
                .map(|(_, file)| file);
            file.map(|file| {
                file.columns()
                    .iter()
                    .map(|column| column.name.clone())
                    .collect()
            })
            .unwrap_or_default()
        };
        let columns = input_columns(table, columns_of);
        let setting = Setting {
            source: mapping.name.clone(),
            zone: business.zone(),
            telephone_country: business.telephone_country(),
            loaded_at,
        };
        Ok(Self {
            compiled: Arc::new(Compiled::new(table, &columns, setting, &context)?),
            table: table.clone(),
            files: set.files.clone(),
            file: mapping.file(&table.from).cloned(),
            columns,
            context,
        })
    }

    /// The driving files.
    pub(super) fn driving(&self) -> Vec<&SourceFile> {
        let of_kind = self
            .files
            .iter()
            .filter(|(kind, _)| *kind == self.table.from);
        of_kind.map(|(_, file)| file).collect()
    }

    /// Typed rows, with how many rows of text they were made of. Rows that could not be taken
    /// apart are in the returned list when the stream has ended.
    pub(crate) async fn converted(
        &self,
    ) -> Result<
        (
            BoxStream<'static, Result<(u64, Converted), Error>>,
            DamagedRows,
        ),
        Error,
    > {
        let damaged: DamagedRows = Arc::new(Mutex::new(Vec::new()));
        let input = Input {
            table: &self.table,
            files: &self.files,
            damaged: Arc::clone(&damaged),
        };
        let mut prepare = Prepare::new(self.file.as_ref(), &self.table, &self.columns);
        let compiled = Arc::clone(&self.compiled);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let stream = input
            .rows(&self.context)
            .await?
            .map(move |batch| prepare.next(batch?))
            .map(move |batch| {
                let compiled = Arc::clone(&compiled);
                tokio::task::spawn_blocking(move || {
                    let batch = batch?;
                    Ok((batch.places.len() as u64, compiled.convert(&batch)?))
                })
            })
            .buffered(threads)
            .map(|done| match done {
                Ok(converted) => converted,
                Err(died) => std::panic::resume_unwind(died.into_panic()),
            });
        Ok((stream.boxed(), damaged))
    }

    /// Rows of joined files that belong to no driving row, by file. To be asked when the rows have
    /// been read.
    pub(super) async fn orphans(&self) -> Result<Vec<(String, u64)>, Error> {
        let damaged = DamagedRows::default();
        let input = Input {
            table: &self.table,
            files: &self.files,
            damaged,
        };
        input.orphans(&self.context).await
    }
}

/// A session that joins files in bounded memory, in one order.
fn context() -> Result<SessionContext, Error> {
    let mut config = SessionConfig::new().with_target_partitions(1);
    config.options_mut().optimizer.prefer_hash_join = false;
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(FairSpillPool::new(JOIN_MEMORY_BYTES)))
        .build_arc()?;
    Ok(SessionContext::new_with_config_rt(config, runtime))
}
