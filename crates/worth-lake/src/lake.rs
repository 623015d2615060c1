//! The lake: every table in one folder, in snapshots.
//!
//! ```text
//! lake/catalog.sqlite              which files hold which rows in which snapshot (DuckLake)
//! lake/catalog.sqlite.in-use       locked by whoever reads or writes, so that nobody cleans up
//! lake/data/main/<table>/*.parquet the rows
//! ```
//!
//! A [`Snapshot`] reads, a [`Transaction`] writes. Readers and writers, of this process and of
//! others, do not disturb each other: a snapshot never changes, and a transaction commits on
//! the snapshot it read or not at all. A process that dies leaves the lake as it was; files it
//! had not published are removed by the next [`Lake::compact`].
//!
//! The folder may be moved or copied while nobody writes to it. Its format is DuckLake's, so
//! DuckDB should read it (no test does): `ATTACH 'ducklake:sqlite:lake/catalog.sqlite'`.

pub(crate) mod catalog;
mod compact;
mod content;
mod facts;
mod fixed;
mod in_use;
mod keys;
#[cfg(test)]
mod killed;
mod parquet_file;
mod snapshot;
mod stored_rows;
#[cfg(test)]
mod tests;
mod transaction;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::execution::runtime_env::RuntimeEnv;
use datafusion_ducklake::metadata_writer::MetadataWriter;
use datafusion_ducklake::{ColumnDef, SqliteMetadataProvider, SqliteMetadataWriter};
use jiff::tz::TimeZone;
use tokio::task::unconstrained;

pub use catalog::SnapshotInfo;
pub use compact::Compaction;
pub use facts::{FILE_ROW, FactWriter, Facts};
pub use snapshot::Snapshot;
pub use transaction::{Committed, Transaction};

use crate::engine::{self, EngineOptions};
use crate::error::Error;
use crate::tables::Table;
use catalog::{Catalog, StoredTable};
use in_use::InUse;

/// Name of the lake's folder within a workspace.
pub const FOLDER: &str = "lake";

/// How a lake is opened.
#[derive(Debug, Clone)]
pub struct LakeOptions {
    /// Time zone of the business: its days, weeks and months are those of the lake.
    pub timezone: TimeZone,
    /// What queries may use.
    pub engine: EngineOptions,
}

impl LakeOptions {
    /// The usual options for a business in `timezone`.
    pub fn new(timezone: TimeZone) -> LakeOptions {
        LakeOptions {
            timezone,
            engine: EngineOptions::default(),
        }
    }
}

/// Which past of the lake to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum At {
    /// The newest snapshot.
    #[default]
    Latest,
    /// The snapshot of that number.
    Id(i64),
    /// The newest snapshot that had been taken by then.
    Time(jiff::Timestamp),
}

/// All that a business knows, in one folder. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Lake {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    places: Places,
    options: LakeOptions,
    catalog: Catalog,
    tables: Vec<StoredTable>,
    provider: Arc<SqliteMetadataProvider>,
    runtime: Arc<RuntimeEnv>,
}

impl Inner {
    /// What the catalog knows of a table.
    fn table(&self, table: Table) -> &StoredTable {
        let found = self.tables.iter().find(|stored| stored.table == table);
        found.expect("opening the lake looked up every table")
    }
}

/// Where the parts of a lake are.
#[derive(Debug, Clone)]
struct Places {
    folder: PathBuf,
    catalog: PathBuf,
    data: PathBuf,
    in_use: PathBuf,
}

impl Places {
    fn of(folder: PathBuf) -> Places {
        Places {
            catalog: folder.join("catalog.sqlite"),
            data: folder.join("data"),
            in_use: folder.join("catalog.sqlite.in-use"),
            folder,
        }
    }
}

impl Lake {
    /// Makes an empty lake with every table in `<workspace>/lake` and opens it.
    ///
    /// It is made beside its place and moved there when it is whole: a process that dies
    /// meanwhile leaves no half lake.
    ///
    /// Errors: [`Error::LakeExists`], [`Error::File`], [`Error::Catalog`].
    pub async fn create(workspace: &Path, options: LakeOptions) -> Result<Lake, Error> {
        let folder = workspace.join(FOLDER);
        if folder.exists() {
            return Err(Error::LakeExists { folder });
        }
        fs::create_dir_all(workspace).map_err(Error::file(workspace))?;
        let unfinished = tempfile::Builder::new()
            .prefix(".lake-")
            .tempdir_in(workspace)
            .map_err(Error::file(workspace))?;
        let places = Places::of(unfinished.path().to_owned());
        fs::create_dir_all(&places.data).map_err(Error::file(&places.data))?;
        unconstrained(create_tables(&places)).await?;
        match fs::rename(unfinished.path(), &folder) {
            Ok(()) => drop(unfinished.keep()),
            Err(_) if folder.exists() => return Err(Error::LakeExists { folder }),
            Err(source) => {
                return Err(Error::File {
                    path: folder,
                    source,
                });
            }
        }
        Lake::open(workspace, options).await
    }

    /// Opens the lake in `<workspace>/lake`.
    ///
    /// Errors: [`Error::NoLake`], [`Error::Catalog`].
    pub async fn open(workspace: &Path, options: LakeOptions) -> Result<Lake, Error> {
        let folder = workspace.join(FOLDER);
        let no_lake = || Error::NoLake {
            folder: folder.clone(),
        };
        let places = Places::of(folder.canonicalize().map_err(|_| no_lake())?);
        if !places.catalog.is_file() {
            return Err(no_lake());
        }
        let catalog = Catalog::connect(&places.catalog, &places.data).await?;
        catalog.settle_data_path().await?;
        catalog.complete().await?;
        let provider = SqliteMetadataProvider::new(&address(&places.catalog, "rw")?)
            .await
            .map_err(|source| Error::ducklake(&places.catalog, source))?;
        let runtime = engine::runtime(&options.engine)?;
        let provider = Arc::new(provider);
        let mut tables = Vec::new();
        for table in Table::ALL {
            tables.push(catalog.table(*table).await?);
        }
        let inner = Inner {
            places,
            options,
            catalog,
            tables,
            provider,
            runtime,
        };
        Ok(Lake {
            inner: Arc::new(inner),
        })
    }

    /// The folder of the lake.
    pub fn folder(&self) -> &Path {
        &self.inner.places.folder
    }

    /// Time zone of the business.
    pub fn timezone(&self) -> &TimeZone {
        &self.inner.options.timezone
    }

    /// A snapshot, fixed: whatever is committed later, it answers the same.
    ///
    /// Errors: [`Error::NoSnapshot`], [`Error::NoSnapshotAt`], [`Error::Catalog`].
    pub async fn snapshot(&self, at: At) -> Result<Arc<Snapshot>, Error> {
        // The lock comes before the look: between the two, nothing can be cleaned up.
        let in_use = InUse::shared(&self.inner.places.in_use)?;
        let snapshots = self.inner.catalog.snapshots().await?;
        let (Some(oldest), Some(newest)) = (snapshots.first(), snapshots.last()) else {
            return Err(Error::Catalog {
                path: self.inner.places.catalog.clone(),
                problem: "it has no snapshot".to_owned(),
            });
        };
        let chosen =
            match at {
                At::Latest => newest,
                At::Id(id) => snapshots.iter().find(|snapshot| snapshot.id == id).ok_or(
                    Error::NoSnapshot {
                        id,
                        oldest: oldest.id,
                        newest: newest.id,
                    },
                )?,
                At::Time(at) => snapshots
                    .iter()
                    .rfind(|snapshot| snapshot.taken_at <= at)
                    .ok_or(Error::NoSnapshotAt {
                        at,
                        first: oldest.taken_at,
                    })?,
            };
        let chosen = chosen.clone();
        let snapshot = async { Snapshot::new(&self.inner, chosen, in_use) };
        Ok(Arc::new(unconstrained(snapshot).await?))
    }

    /// Begins to write, on the newest snapshot.
    ///
    /// Errors: [`Error::File`], [`Error::Catalog`].
    pub async fn begin(&self) -> Result<Transaction, Error> {
        let base = self.snapshot(At::Latest).await?;
        Ok(Transaction::new(self.clone(), base))
    }

    /// Every snapshot, oldest first.
    pub async fn snapshots(&self) -> Result<Vec<SnapshotInfo>, Error> {
        self.inner.catalog.snapshots().await
    }

    /// Ends the connections to the catalog. Dropping the lake does the same, later.
    pub async fn close(&self) {
        self.inner.catalog.close().await;
    }
}

/// The whole of an empty lake: the catalog, and every table in its first snapshot.
async fn create_tables(places: &Places) -> Result<(), Error> {
    let failed = |source| Error::ducklake(&places.catalog, source);
    let writer = SqliteMetadataWriter::new_with_init(&address(&places.catalog, "rwc")?)
        .await
        .map_err(failed)?;
    writer
        .set_data_path(&catalog::data_path_text(&places.data)?)
        .map_err(failed)?;
    let snapshot = writer.create_snapshot().map_err(failed)?;
    let (schema, _) = writer
        .get_or_create_schema(catalog::SCHEMA, None, snapshot)
        .map_err(failed)?;
    for table in Table::ALL {
        let (id, _) = writer
            .get_or_create_table(schema, table.name(), None, snapshot)
            .map_err(failed)?;
        let schema = table.schema();
        let columns = schema.fields().iter().map(|field| {
            ColumnDef::from_arrow(field.name(), field.data_type(), field.is_nullable())
        });
        let columns = columns.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        writer.set_columns(id, &columns, snapshot).map_err(failed)?;
    }
    let catalog = Catalog::connect(&places.catalog, &places.data).await?;
    catalog.declare_tables(snapshot).await?;
    catalog.complete().await?;
    catalog.close().await;
    Ok(())
}

/// The catalog's file as `datafusion-ducklake` wants it addressed.
fn address(catalog: &Path, mode: &str) -> Result<String, Error> {
    let path = catalog::data_path_text(catalog)?;
    let path = path
        .trim_end_matches('/')
        .replace('%', "%25")
        .replace('?', "%3F")
        .replace('#', "%23");
    Ok(format!("sqlite://{path}?mode={mode}"))
}
