//! A table as lines of text: as a grid where every word has room, else row under row.

use comfy_table::{CellAlignment, ColumnConstraint, TableComponent, Width, presets};
use unicode_width::UnicodeWidthStr;

use super::{clean, wrap};
use crate::sheet::{Cell, Table};

/// Space around what stands in a cell, both sides together.
const PADDING: usize = 2;

/// How much further in the second line of a text begins.
const HANGING: usize = 2;

/// A grid of columns; nothing when they would be so narrow that words break.
pub(super) fn grid(table: &Table, width: usize) -> Option<Vec<String>> {
    let widths = widths(table, width)?;
    let mut grid = comfy_table::Table::new();
    grid.load_preset(presets::NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─')
        .set_header(table.columns.iter().map(|column| clean(&column.title)));
    for row in &table.rows {
        grid.add_row(row.iter().map(shown));
    }
    for (place, (column, width)) in table.columns.iter().zip(widths).enumerate() {
        let Some(grid_column) = grid.column_mut(place) else {
            continue;
        };
        let width = Width::Fixed(u16::try_from(width).unwrap_or(u16::MAX));
        grid_column.set_constraint(ColumnConstraint::Absolute(width));
        if column.numeric {
            grid_column.set_cell_alignment(CellAlignment::Right);
        }
    }
    Some(grid.to_string().lines().map(str::to_owned).collect())
}

/// As wide as the longest word of each column at least; the room that is left goes where lines are
/// still broken, a little at a time.
fn widths(table: &Table, width: usize) -> Option<Vec<usize>> {
    let of_column = |measure: &dyn Fn(&str) -> usize| -> Vec<usize> {
        let columns = table.columns.iter().enumerate();
        columns
            .map(|(place, column)| {
                let cells = table.rows.iter().filter_map(|row| row.get(place));
                let texts = cells.map(shown).chain([clean(&column.title)]);
                texts.map(|text| measure(&text)).max().unwrap_or(0) + PADDING
            })
            .collect()
    };
    let mut widths = of_column(&longest_word);
    let wanted = of_column(&UnicodeWidthStr::width);
    let between = widths.len().saturating_sub(1);
    let mut room = width.checked_sub(widths.iter().sum::<usize>() + between)?;
    while room > 0 {
        let places = 0..widths.len();
        let broken = places.filter(|&place| widths[place] < wanted[place]);
        // the one that breaks into most lines
        let Some(place) = broken.max_by_key(|&place| wanted[place] * 1000 / widths[place]) else {
            break;
        };
        widths[place] += 1;
        room -= 1;
    }
    Some(widths)
}

/// Each row as a block: its first cell, under it the others with the titles of their columns.
pub(super) fn stacked(table: &Table, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for row in &table.rows {
        let mut cells = row.iter().zip(&table.columns);
        let mut push = |indent: usize, text: &str| {
            let parts = wrap(text, width.saturating_sub(indent + HANGING));
            lines.extend(parts.iter().enumerate().map(|(number, part)| {
                let indent = indent + if number == 0 { 0 } else { HANGING };
                format!("{}{part}", " ".repeat(indent))
            }));
        };
        if let Some((first, _)) = cells.next() {
            push(1, &shown(first));
        }
        for (cell, column) in cells.filter(|(cell, _)| !matches!(cell, Cell::Empty)) {
            let (title, text) = (clean(&column.title), shown(cell));
            if !text.is_empty() {
                push(3, &format!("{title}: {text}"));
            }
        }
    }
    lines
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => clean(text),
        Cell::Number { shown, .. } => clean(shown),
        Cell::Empty => "–".into(),
    }
}

fn longest_word(text: &str) -> usize {
    // what a line may break at; spaces that keep together are none
    let words = text.split([' ', '\n', '\t']);
    words.map(UnicodeWidthStr::width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::TableColumn;

    fn table() -> Table {
        Table {
            title: String::new(),
            reading: String::new(),
            columns: vec![
                TableColumn::text("Store"),
                TableColumn::number("Expected purchases"),
                TableColumn::text("Model"),
            ],
            rows: vec![
                vec![
                    Cell::text("Hàng Bông, Hoàn Kiếm"),
                    Cell::text("1,2\u{a0}triệu (1,1\u{a0}triệu–1,3\u{a0}triệu)"),
                    Cell::text("Pareto/NBD"),
                ],
                vec![Cell::text("Chợ Lớn"), Cell::Empty, Cell::text("BG/NBD")],
            ],
        }
    }

    #[test]
    fn words_are_never_cut_whatever_the_width() {
        for width in 40..100 {
            let lines = grid(&table(), width).unwrap_or_else(|| stacked(&table(), width));
            for line in &lines {
                assert!(line.trim_end().width() <= width, "{width}: {line:?}");
            }
            for word in ["Pareto/NBD", "1,2\u{a0}triệu", "Expected", "Kiếm"] {
                let whole = lines.iter().filter(|line| line.contains(word)).count();
                assert!(whole > 0, "{width}: {word} in {lines:#?}");
            }
        }
    }

    #[test]
    fn rows_stand_under_one_another_where_columns_have_no_room() {
        assert!(grid(&table(), 40).is_none());
        let expected = [
            " Hàng Bông, Hoàn Kiếm",
            "   Expected purchases: 1,2\u{a0}triệu",
            "     (1,1\u{a0}triệu–1,3\u{a0}triệu)",
            "   Model: Pareto/NBD",
            " Chợ Lớn",
            "   Model: BG/NBD",
        ];
        assert_eq!(stacked(&table(), 40), expected);
    }
}
