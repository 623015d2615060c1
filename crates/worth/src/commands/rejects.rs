//! `worth rejects`: what could not be accepted, where, and why.

use std::collections::BTreeMap;

use anyhow::Result;
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::Int64Type;
use worth_insight::question::Scope;
use worth_insight::words::Words;
use worth_lake::import::reason::Reason;

use super::text_table;
use crate::cli::{Rejects, RowsForm};
use crate::door::Door;
use crate::output;

const QUERY: &str = "
    select table_name, source, file, cast(file_row as bigint) as file_row,
           array_to_string(reasons, '\u{1f}') as reasons, raw, at
    from rejects
    order by at desc, file, file_row, table_name";

/// Shows the rejects, newest first, with how often each reason occurs.
pub(crate) async fn run(door: &Door, asked: Rejects) -> Result<()> {
    let context = door.context(None).await?;
    let snapshot = context.snapshot(&Scope::default()).await?;
    let rejects = snapshot.query(QUERY, &[]).await?;
    let RowsForm { json, out } = &asked.form;
    if *json || out.is_some() {
        return super::sql::give(door, &context, rejects, &asked.form).await;
    }
    let batches = rejects.collect().await?;
    output::print(&show(&batches, asked.limit, &door.words))
}

/// One reject as it is shown.
struct Reject {
    place: String,
    table: String,
    reasons: Vec<Reason>,
    raw: String,
}

fn show(batches: &[RecordBatch], limit: usize, words: &Words) -> String {
    let rejects: Vec<Reject> = batches.iter().flat_map(read).collect();
    if rejects.is_empty() {
        return format!("{}\n", words.say("cli-no-rejects"));
    }
    // how often each reason occurs for each column, with its first sentence as example
    let mut by_reason: BTreeMap<(&str, &str), (u64, String)> = BTreeMap::new();
    for reason in rejects.iter().flat_map(|reject| &reject.reasons) {
        let (count, _) = by_reason
            .entry((&reason.code, reason.field("column")))
            .or_insert_with(|| (0, words.reason(reason)));
        *count += 1;
    }
    let mut counted: Vec<(u64, String)> = by_reason.into_values().collect();
    counted.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let rows: Vec<Vec<String>> = counted
        .into_iter()
        .map(|(count, reason)| vec![words.count(count), reason])
        .collect();
    let titles = ["cli-rows", "cli-why"].map(|id| words.say(id));
    let mut text = text_table::render(&titles, &rows, &[0]);
    text.push('\n');
    let rows: Vec<Vec<String>> = rejects
        .iter()
        .take(limit)
        .map(|reject| {
            let reasons: Vec<String> = reject
                .reasons
                .iter()
                .map(|reason| words.reason(reason))
                .collect();
            vec![
                reject.place.clone(),
                reject.table.clone(),
                reasons.join("; "),
                reject.raw.clone(),
            ]
        })
        .collect();
    let titles = ["cli-where", "cli-table", "cli-why", "cli-raw"].map(|id| words.say(id));
    text.push_str(&text_table::render(&titles, &rows, &[]));
    if rejects.len() > limit {
        let more = (rejects.len() - limit) as u64;
        text.push_str(&words.tell("cli-rejects-more", &[("rows", more.into())]));
        text.push('\n');
    }
    text
}

fn read(batch: &RecordBatch) -> Vec<Reject> {
    let text = |name: &str, row: usize| -> String {
        batch
            .column_by_name(name)
            .map(|column| super::sql::cell(column, row))
            .unwrap_or_default()
    };
    let rows = batch
        .column_by_name("file_row")
        .and_then(|column| column.as_primitive_opt::<Int64Type>());
    (0..batch.num_rows())
        .map(|row| {
            let place = rows
                .filter(|rows| rows.is_valid(row))
                .map(|rows| rows.value(row));
            Reject {
                place: match place {
                    Some(place) => format!("{}:{place}", text("file", row)),
                    None => text("file", row),
                },
                table: text("table_name", row),
                reasons: text("reasons", row)
                    .split('\u{1f}')
                    .filter_map(Reason::from_json)
                    .collect(),
                raw: text("raw", row),
            }
        })
        .collect()
}
