//! A snapshot of the lake: what it held at one point, asked with SQL.

use std::sync::Arc;

use datafusion::catalog::CatalogProvider;
use datafusion::common::ParamValues;
use datafusion::error::DataFusionError;
use datafusion::execution::context::SQLOptions;
use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext};
use datafusion::scalar::ScalarValue;
use datafusion_ducklake::{DuckLakeCatalog, MetadataProvider};

use super::catalog::SCHEMA;
use super::fixed::FixedCatalog;
use super::in_use::InUse;
use super::{Inner, SnapshotInfo};
use crate::engine;
use crate::error::Error;

/// What the lake held at one point. It never changes: the same query gives the same answer,
/// whatever is committed meanwhile.
pub struct Snapshot {
    info: SnapshotInfo,
    context: SessionContext,
    /// Also held by every query's session, so that its files stay while it runs.
    _in_use: Arc<InUse>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Snapshot")
            .field("info", &self.info)
            .finish_non_exhaustive()
    }
}

impl Snapshot {
    /// Reads the catalog: see [`fixed`](super::fixed) for how it must be polled.
    pub(super) fn new(lake: &Inner, info: SnapshotInfo, in_use: InUse) -> Result<Snapshot, Error> {
        let in_use = Arc::new(in_use);
        let config = SessionConfig::new().with_extension(Arc::clone(&in_use));
        let context = engine::session(
            &lake.options.engine,
            Arc::clone(&lake.runtime),
            &lake.options.timezone,
            config,
        )?;
        let provider = Arc::clone(&lake.provider) as Arc<dyn MetadataProvider>;
        let catalog = DuckLakeCatalog::with_snapshot(provider, info.id)
            .map_err(|source| Error::ducklake(&lake.places.catalog, source))?;
        let schema = catalog.schema(SCHEMA).ok_or_else(|| Error::Catalog {
            path: lake.places.catalog.clone(),
            problem: format!("snapshot {} has no schema {SCHEMA}", info.id),
        })?;
        context.register_catalog(engine::CATALOG, Arc::new(FixedCatalog::new(schema)));
        Ok(Snapshot {
            info,
            context,
            _in_use: in_use,
        })
    }

    /// Its number.
    pub fn id(&self) -> i64 {
        self.info.id
    }

    /// When it was taken.
    pub fn taken_at(&self) -> jiff::Timestamp {
        self.info.taken_at
    }

    /// Asks with SQL. Tables are plain names (`select … from order_lines`), `$name` stands for
    /// the parameter of that name. Text columns come as `Utf8View`.
    ///
    /// Queries only read: whatever would create, change, copy or set something is refused.
    ///
    /// Errors: [`Error::ReadOnly`]; [`Error::Engine`] when the SQL is wrong.
    ///
    /// ```
    /// # async fn example(snapshot: &worth_lake::lake::Snapshot) -> Result<(), worth_lake::Error> {
    /// let sql = "select count(*) from order_lines where channel = $channel";
    /// let frame = snapshot.query(sql, &[("channel", "web".into())]).await?;
    /// let batches = frame.collect().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn query(
        &self,
        sql: &str,
        parameters: &[(&str, ScalarValue)],
    ) -> Result<DataFrame, Error> {
        let state = self.context.state();
        let plan = state.create_logical_plan(sql).await?;
        only_reads(&plan)?;
        let plan = if parameters.is_empty() {
            plan
        } else {
            let values = parameters
                .iter()
                .map(|(name, value)| (*name, value.clone()));
            plan.with_param_values(ParamValues::from(values.collect::<Vec<_>>()))?
        };
        Ok(DataFrame::new(state, plan))
    }
}

fn only_reads(plan: &LogicalPlan) -> Result<(), Error> {
    let options = SQLOptions::new()
        .with_allow_ddl(false)
        .with_allow_dml(false)
        .with_allow_statements(false);
    match options.verify_plan(plan) {
        Ok(()) => Ok(()),
        // "DML not supported: Insert Into": what it is stands after the colon.
        Err(DataFusionError::Plan(refusal)) => {
            let statement = refusal
                .rsplit_once(": ")
                .map_or(refusal.as_str(), |(_, what)| what);
            Err(Error::ReadOnly {
                statement: statement.to_owned(),
            })
        }
        Err(other) => Err(other.into()),
    }
}
