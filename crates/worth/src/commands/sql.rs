//! `worth sql`: asks the tables, and only reads.

use std::sync::Arc;

use anyhow::Result;
use datafusion::arrow::array::{Array, RecordBatch};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::json::WriterBuilder;
use datafusion::arrow::json::writer::JsonArray;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::dataframe::DataFrame;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use futures::TryStreamExt as _;
use worth_insight::context::Context;
use worth_insight::question::Rows;

use super::text_table;
use crate::cli::{RowsForm, Sql};
use crate::door::Door;
use crate::output;
use crate::questions::snapshot_at;

/// More rows are of no use on a terminal; the message says how to get all.
const MOST_SHOWN: usize = 1_000;

/// Asks and shows the rows.
pub(crate) async fn run(door: &Door, asked: Sql) -> Result<()> {
    let context = door.context(None).await?;
    let workspace = context.workspace();
    let at = match &asked.snapshot {
        Some(text) => snapshot_at(text, &workspace.business().zone())?,
        None => worth_lake::lake::At::Latest,
    };
    let snapshot = workspace.lake().await?.snapshot(at).await?;
    let rows = snapshot.query(&asked.query, &[]).await?;
    give(door, &context, rows, &asked.form).await
}

/// Gives rows as a table, as JSON, or into a file.
pub(crate) async fn give(
    door: &Door,
    context: &Context,
    frame: DataFrame,
    form: &RowsForm,
) -> Result<()> {
    let rows = QueryRows {
        task: Arc::new(frame.task_ctx()),
        plan: frame.create_physical_plan().await?,
    };
    if let Some(path) = &form.out {
        return door.write_rows(&rows, path, context.cancellation()).await;
    }
    if form.json {
        return give_json(rows.stream()).await;
    }
    give_table(door, rows.stream()).await
}

/// The rows of a query.
struct QueryRows {
    plan: Arc<dyn ExecutionPlan>,
    task: Arc<TaskContext>,
}

impl Rows for QueryRows {
    fn schema(&self) -> SchemaRef {
        self.plan.schema()
    }

    fn stream(&self) -> SendableRecordBatchStream {
        execute_stream(Arc::clone(&self.plan), Arc::clone(&self.task)).unwrap_or_else(|error| {
            let failed = futures::stream::once(async { Err(error) });
            Box::pin(RecordBatchStreamAdapter::new(self.schema(), failed))
        })
    }
}

async fn give_json(mut stream: SendableRecordBatchStream) -> Result<()> {
    let mut writer = WriterBuilder::new()
        .with_explicit_nulls(true)
        .build::<_, JsonArray>(Vec::new());
    while let Some(batch) = stream.try_next().await? {
        writer.write(&batch)?;
        output::print_bytes(&std::mem::take(writer.get_mut()))?;
    }
    writer.finish()?;
    let mut rest = writer.into_inner();
    rest.push(b'\n');
    output::print_bytes(&rest)
}

async fn give_table(door: &Door, mut stream: SendableRecordBatchStream) -> Result<()> {
    let schema = stream.schema();
    let titles: Vec<String> = schema
        .fields()
        .iter()
        .map(|field| field.name().clone())
        .collect();
    let numeric: Vec<usize> = schema
        .fields()
        .iter()
        .enumerate()
        .filter(|(_, field)| field.data_type().is_numeric())
        .map(|(place, _)| place)
        .collect();
    let mut shown = Vec::new();
    let mut more = false;
    while let Some(batch) = stream.try_next().await? {
        let room = MOST_SHOWN - shown.len();
        more = batch.num_rows() > room;
        shown.extend((0..batch.num_rows().min(room)).map(|row| cells(&batch, row)));
        if more {
            break;
        }
    }
    output::print(&text_table::render(&titles, &shown, &numeric))?;
    if more {
        door.tell("cli-sql-more", &[("rows", (MOST_SHOWN as u64).into())]);
    }
    Ok(())
}

fn cells(batch: &RecordBatch, row: usize) -> Vec<String> {
    batch
        .columns()
        .iter()
        .map(|column| cell(column, row))
        .collect()
}

/// A value as people read it.
pub(crate) fn cell(column: &dyn Array, row: usize) -> String {
    let options = FormatOptions::default();
    ArrayFormatter::try_new(column, &options)
        .map(|formatter| formatter.value(row).to_string())
        .unwrap_or_default()
}
