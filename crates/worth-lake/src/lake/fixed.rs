//! The tables of a snapshot as the engine sees them: those of `datafusion-ducklake`, behind
//! doors that only let reading through.
//!
//! The doors also keep the engine from hanging. The crate reads its catalog by blocking the
//! thread that polls, and what it blocks on takes part in tokio's cooperative budget: when a
//! task has used up its budget (128 steps without a pause; a query over a dozen tables is
//! enough), tokio answers "later" and only wakes the task after it has returned to the
//! scheduler, which the blocked thread never does. Everything that reads the catalog is
//! therefore polled outside the budget.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{
    CatalogProvider, ScanArgs, ScanResult, SchemaProvider, Session, TableProvider,
};
use datafusion::common::Statistics;
use datafusion::error::Result;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use tokio::task::unconstrained;

use super::catalog::SCHEMA;
use crate::tables::Table;

/// The catalog of one snapshot: the lake's tables, and nothing else.
#[derive(Debug)]
pub(super) struct FixedCatalog {
    schema: Arc<FixedSchema>,
}

impl FixedCatalog {
    /// Of the schema that holds the tables, at the snapshot it is to show.
    pub(super) fn new(schema: Arc<dyn SchemaProvider>) -> FixedCatalog {
        FixedCatalog {
            schema: Arc::new(FixedSchema { tables: schema }),
        }
    }
}

impl CatalogProvider for FixedCatalog {
    fn schema_names(&self) -> Vec<String> {
        vec![SCHEMA.to_owned()]
    }

    fn schema(&self, name: &str) -> Option<Arc<dyn SchemaProvider>> {
        (name == SCHEMA).then(|| Arc::clone(&self.schema) as Arc<dyn SchemaProvider>)
    }
}

#[derive(Debug)]
struct FixedSchema {
    tables: Arc<dyn SchemaProvider>,
}

#[async_trait]
impl SchemaProvider for FixedSchema {
    fn table_names(&self) -> Vec<String> {
        Table::ALL
            .iter()
            .map(|table| table.name().to_owned())
            .collect()
    }

    async fn table(&self, name: &str) -> Result<Option<Arc<dyn TableProvider>>> {
        let Some(table) = Table::from_name(name) else {
            return Ok(None);
        };
        let found = unconstrained(self.tables.table(table.name())).await?;
        Ok(found.map(|table| Arc::new(FixedTable { table }) as Arc<dyn TableProvider>))
    }

    fn table_exist(&self, name: &str) -> bool {
        Table::from_name(name).is_some()
    }
}

/// A table that can be read: inserting, deleting and updating are not passed on.
struct FixedTable {
    table: Arc<dyn TableProvider>,
}

impl fmt::Debug for FixedTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("FixedTable").finish_non_exhaustive()
    }
}

#[async_trait]
impl TableProvider for FixedTable {
    fn schema(&self) -> SchemaRef {
        self.table.schema()
    }

    fn table_type(&self) -> TableType {
        self.table.table_type()
    }

    fn statistics(&self) -> Option<Statistics> {
        self.table.statistics()
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        self.table.supports_filters_pushdown(filters)
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        unconstrained(self.table.scan(state, projection, filters, limit)).await
    }

    async fn scan_with_args<'a>(
        &self,
        state: &dyn Session,
        arguments: ScanArgs<'a>,
    ) -> Result<ScanResult> {
        unconstrained(self.table.scan_with_args(state, arguments)).await
    }
}
