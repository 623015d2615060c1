//! `worth tables`: what can be asked with SQL.

use anyhow::Result;
use worth_lake::tables::{COMMON, Column, Table};

use super::text_table;
use crate::cli::Tables;
use crate::door::Door;
use crate::failure::Failure;
use crate::output;

/// Lists the tables, or the columns of one.
pub(crate) fn run(door: &Door, asked: &Tables) -> Result<()> {
    let say = |ids: &[&str]| -> Vec<String> { ids.iter().map(|id| door.words.say(id)).collect() };
    let Some(name) = &asked.table else {
        let rows: Vec<Vec<String>> = Table::ALL
            .iter()
            .map(|table| vec![table.name().to_owned(), table.about().to_owned()])
            .collect();
        let titles = say(&["cli-table", "cli-a-row-is"]);
        return output::print(&text_table::render(&titles, &rows, &[]));
    };
    let table = Table::from_name(name)
        .ok_or_else(|| Failure::misuse("cli-no-such-table", &[("table", name)]))?;
    let rows: Vec<Vec<String>> = COMMON.iter().chain(table.columns()).map(describe).collect();
    let titles = say(&["cli-column", "cli-type", "cli-unit", "cli-meaning"]);
    output::print(&text_table::render(&titles, &rows, &[]))
}

fn describe(column: &Column) -> Vec<String> {
    let required = if column.required { " *" } else { "" };
    vec![
        format!("{}{required}", column.name),
        column.kind.sql_type().to_owned(),
        column.unit.to_owned(),
        column.meaning.to_owned(),
    ]
}
