//! Small tables for the terminal.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, Table, TableComponent};

use crate::output;

/// A table as wide as the terminal. `numeric`: places of the columns that are set to the right.
pub(crate) fn render(titles: &[String], rows: &[Vec<String>], numeric: &[usize]) -> String {
    let mut table = Table::new();
    table
        .load_preset(NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─')
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(output::look().width).unwrap_or(u16::MAX))
        .set_header(titles)
        .add_rows(rows);
    for place in numeric {
        if let Some(column) = table.column_mut(*place) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
        .lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}
