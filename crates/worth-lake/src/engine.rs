//! The query engine: one function makes the session that every query of a snapshot runs in,
//! whoever asks (a question, `worth sql`, an import that joins files).
//!
//! A session knows, beside DataFusion's own functions, `business_date(at)` (the day on the
//! calendar of the business) and the JSON functions of `datafusion-functions-json`
//! (`json_get_str(attributes, 'colour')`, `attributes->>'colour'`). It has a fixed amount of
//! memory and spills to disk beyond it.

mod business_date;
mod local_files;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;

use datafusion::execution::SessionStateBuilder;
use datafusion::execution::memory_pool::{FairSpillPool, TrackConsumersPool};
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::prelude::{SessionConfig, SessionContext};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

pub use business_date::business_date;

use local_files::LocalFiles;

use crate::error::Error;

/// The catalog's name in SQL; tables need no prefix, it is the default.
pub(crate) const CATALOG: &str = "lake";

/// Consumers of memory that a message about too little of it names.
const BLAMED_CONSUMERS: NonZeroUsize = NonZeroUsize::new(3).expect("3 is not zero");

/// What the engine may use: `[engine]` in `worth.toml`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EngineOptions {
    /// Memory for sorting, grouping and joining, in MiB; beyond it, queries spill to disk. `None` =
    /// 192 for each thread: sorts and groupings share it in equal parts, and each thread brings its own.
    pub memory_mib: Option<usize>,
    /// Threads per query; `None` = as many as there are cores.
    pub threads: Option<NonZeroUsize>,
}

/// What a thread may use when nothing is said.
const MIB_PER_THREAD: usize = 192;

/// Rows that go through a query together. What a grouping needs at least, however often it spills, is that many
/// groups with all their sums: half of the usual number lets thirty sums live in a small share of the memory.
const BATCH_ROWS: usize = 4096;

impl EngineOptions {
    fn threads(&self) -> usize {
        let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        self.threads.unwrap_or_else(cores).get()
    }

    fn memory_bytes(&self) -> usize {
        let by_threads = || MIB_PER_THREAD * self.threads();
        self.memory_mib.unwrap_or_else(by_threads) << 20
    }
}

/// Memory and disk that all sessions of one lake share.
pub(crate) fn runtime(options: &EngineOptions) -> Result<Arc<RuntimeEnv>, Error> {
    let pool = FairSpillPool::new(options.memory_bytes());
    let pool = TrackConsumersPool::new(pool, BLAMED_CONSUMERS);
    let runtime = RuntimeEnvBuilder::new()
        .with_memory_pool(Arc::new(pool))
        .build_arc()?;
    let disk = ObjectStoreUrl::local_filesystem();
    runtime.register_object_store(disk.as_ref(), Arc::new(LocalFiles::default()));
    Ok(runtime)
}

/// A session with everything but tables: functions, settings, memory.
pub(crate) fn session(
    options: &EngineOptions,
    runtime: Arc<RuntimeEnv>,
    timezone: &TimeZone,
    config: SessionConfig,
) -> Result<SessionContext, Error> {
    let config = config
        .with_target_partitions(options.threads())
        .with_batch_size(BATCH_ROWS)
        .with_default_catalog_and_schema(CATALOG, "main")
        .with_create_default_catalog_and_schema(false)
        .with_information_schema(true);
    let state = SessionStateBuilder::new()
        .with_config(config)
        .with_runtime_env(runtime)
        .with_default_features()
        .build();
    let context = SessionContext::new_with_state(state);
    context.register_udf(business_date(timezone.clone()));
    let state = context.state_ref();
    datafusion_functions_json::register_all(&mut *state.write())?;
    Ok(context)
}
