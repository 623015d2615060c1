//! The first rows of a table as understood.

use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use futures::StreamExt;

use super::super::mapping::{Mapping, Rule, TableMapping};
use super::super::run::Pipeline;
use super::proposal::{FileSet, TablePreview};
use crate::error::Error;
use crate::workspace::Workspace;

/// Rows that are shown.
const ROWS: usize = 5;

/// What a table would get from the first rows of a set of files.
pub(super) async fn preview(
    mapping: &Mapping,
    table: &TableMapping,
    set: Option<&FileSet>,
    workspace: &Workspace,
) -> Result<TablePreview, Error> {
    let mut preview = TablePreview {
        table: table.table.clone(),
        columns: table
            .columns
            .iter()
            .map(|(target, rule)| (target.clone(), describe(&rule.0)))
            .collect(),
        ..TablePreview::default()
    };
    let Some(set) = set else { return Ok(preview) };
    let pipeline = Pipeline::new(mapping, table, set, workspace.business(), 0)?;
    let (mut batches, _) = pipeline.converted().await?;
    let Some(first) = batches.next().await else {
        return Ok(preview);
    };
    let (_, first) = first?;
    let timed = table.items.iter().any(|item| item.time.is_some());
    let item_columns = [
        "question",
        "measure",
        "dimension",
        "brand",
        "score",
        "scale_min",
        "scale_max",
        "text",
        "seconds",
    ];
    if !table.items.is_empty() {
        let from_items = item_columns
            .iter()
            .filter(|name| !table.columns.contains_key(**name))
            .filter(|name| timed || **name != "seconds");
        preview
            .columns
            .extend(from_items.map(|name| ((*name).to_owned(), "items".to_owned())));
    }
    let columns: Vec<&ArrayRef> = preview
        .columns
        .iter()
        .filter_map(|(target, _)| first.batch.column_by_name(target))
        .collect();
    for row in 0..first.batch.num_rows().min(ROWS) {
        let cells = columns
            .iter()
            .map(|column| cell(column, row))
            .collect::<Result<_, _>>()?;
        preview.rows.push(cells);
    }
    preview.rejected = first
        .rejected
        .iter()
        .take(ROWS)
        .map(|rejected| (rejected.place.row, rejected.reasons.clone()))
        .collect();
    Ok(preview)
}

fn cell(column: &ArrayRef, row: usize) -> Result<String, Error> {
    let options = FormatOptions::default();
    Ok(ArrayFormatter::try_new(column.as_ref(), &options)?
        .value(row)
        .to_string())
}

/// A rule in words of `worth.toml`.
fn describe(rule: &Rule) -> String {
    let mut text = if let Some(column) = &rule.column {
        column.clone()
    } else if let Some(value) = &rule.value {
        format!("\"{value}\"")
    } else if let Some(text) = &rule.text {
        text.clone()
    } else if let Some(sql) = &rule.sql {
        sql.clone()
    } else {
        "(made of the row)".to_owned()
    };
    if let Some(times) = &rule.times {
        text.push_str(&format!(" × {times}"));
    }
    if let Some(minus) = &rule.minus {
        text.push_str(&format!(" − {minus}"));
    }
    if let Some(number) = rule.number {
        text.push_str(&format!(
            " ({})",
            super::super::mapping::number_example(number)
        ));
    }
    if let Some(dates) = rule.dates {
        text.push_str(&format!(" ({})", super::formats::layout_name(dates)));
    }
    text
}
