//! Where in the first rows of a file its table begins: titles above it, the row of column names,
//! and names that are unique.

use std::collections::HashSet;

use super::columns::in_nfc;
use crate::import::value::{looks_like_number, looks_like_time};

/// Rows that are looked at to find the table.
pub(super) const LOOKED_AT_ROWS: usize = 200;

/// A cell among the first rows.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Whether it is a number or a time, and so rather not the name of a column.
    is_value: bool,
}

impl Cell {
    /// A cell of a text file: what it is has to be told from its text.
    pub(super) fn text(text: &str) -> Self {
        let text = text.trim();
        let is_value = looks_like_number(text) || looks_like_time(text);
        Self {
            text: in_nfc(text).into_owned(),
            is_value,
        }
    }

    /// A cell whose format tells what it is.
    pub(super) fn typed(text: &str, is_value: bool) -> Self {
        Self {
            text: in_nfc(text.trim()).into_owned(),
            is_value,
        }
    }

    fn is_filled(&self) -> bool {
        !self.text.is_empty()
    }
}

/// What is known beforehand about the header.
#[derive(Debug, Clone, Copy)]
pub(super) enum Asked {
    /// Nothing: find out.
    Detect,
    /// There is one; find its row.
    Present,
    /// There is none.
    Absent,
    /// It is this row, from 0.
    Row(usize),
}

/// Where the table is among the first rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Row of the header, from 0.
    pub(super) header: Option<usize>,
    /// First row of data, from 0.
    pub(super) first_row: usize,
    /// Names of the columns.
    pub(super) names: Vec<String>,
    /// For each column what it asks, where a row beneath the names says it.
    pub(super) labels: Vec<Option<String>>,
    /// Fields that most rows of data have.
    pub(super) usual_fields: usize,
}

/// Finds the table among the first rows of a file.
pub(super) fn find_table(rows: &[Vec<Cell>], asked: Asked) -> Found {
    let marked = import_ids_row(rows).filter(|_| matches!(asked, Asked::Detect | Asked::Present));
    let header = match asked {
        Asked::Row(row) => Some(row).filter(|&row| row < rows.len()),
        Asked::Absent => None,
        _ if marked.is_some() => marked.map(|row| row - 2),
        Asked::Present => header_row(rows, true),
        Asked::Detect => header_row(rows, false),
    };
    let first_row = marked.or(header).map_or(0, |row| row + 1);
    let body = &rows[first_row..];
    let usual_fields = usual(body.iter().map(Vec::len));
    let named = header.map_or(0, |row| extent(&rows[row]));
    let filled = usual(body.iter().map(|row| extent(row))).min(usual_fields);
    let used = body
        .iter()
        .map(|row| extent(row).min(usual_fields))
        .max()
        .unwrap_or(0);
    let width = named.max(filled).max(used).max(1);
    let empty = Vec::new();
    let names = unique_names(header.map_or(&empty, |row| &rows[row]), width);
    let labels = marked.map_or(&empty, |row| &rows[row - 1]);
    let label = |column| labels.get(column).filter(|cell: &&Cell| cell.is_filled());
    Found {
        header,
        first_row,
        names,
        labels: (0..width)
            .map(|column| label(column).map(|cell| cell.text.clone()))
            .collect(),
        usual_fields,
    }
}

/// The last of three rows of header, as Qualtrics writes them: names, what was asked, and JSON by
/// which it knows its columns again.
fn import_ids_row(rows: &[Vec<Cell>]) -> Option<usize> {
    let is_import_id = |cell: &Cell| !cell.is_filled() || cell.text.starts_with("{\"ImportId\"");
    let row = rows
        .iter()
        .position(|row| row.iter().any(Cell::is_filled) && row.iter().all(is_import_id))?;
    (row >= 2).then_some(row)
}

/// Cells up to the last filled one.
fn extent(row: &[Cell]) -> usize {
    row.iter()
        .rposition(Cell::is_filled)
        .map_or(0, |last| last + 1)
}

/// The most frequent number; the larger of two.
fn usual(numbers: impl Iterator<Item = usize>) -> usize {
    let mut numbers: Vec<usize> = numbers.collect();
    numbers.sort_unstable();
    numbers
        .chunk_by(|one, other| one == other)
        .max_by_key(|same| same.len())
        .map_or(0, |same| same[0])
}

/// The row of column names. It is as full as the rows below it, names stand where values stand
/// below, and hardly any name is a number or a time.
fn header_row(rows: &[Vec<Cell>], certain: bool) -> Option<usize> {
    const TITLE_ROWS: usize = 30;
    let filled = |row: &Vec<Cell>| row.iter().filter(|cell| cell.is_filled()).count();
    let mut counts: Vec<usize> = rows.iter().map(filled).filter(|&count| count > 0).collect();
    counts.sort_unstable();
    let typical = *counts.get(counts.len() / 2)?;
    let full_enough = if typical > 1 {
        (typical * 3).div_ceil(5).max(2)
    } else {
        1
    };

    let mut best: Option<(usize, usize)> = None;
    let mut seen_data = false;
    let candidates = rows.iter().enumerate().take(TITLE_ROWS + 1);
    for (at, row) in candidates.filter(|(_, row)| filled(row) >= full_enough) {
        let below = &rows[at + 1..];
        let names_above_values = count(row, |column, cell| {
            cell.is_filled() && !cell.is_value && holds_values(below, column)
        });
        let values = count(row, |_, cell| cell.is_value);
        let is_data = values > 0 && values >= names_above_values;
        let says_nothing = values == 0 && names_above_values == 0;
        if says_nothing && !certain && repeats_below(row, below) {
            break;
        }
        if is_data && best.is_some() {
            break;
        }
        // A title may look like data (`Branch;Centre;Date;25/10/2025`); the header then follows
        // soon, and there is no doubt about it.
        seen_data |= is_data;
        if is_data || (seen_data && (values > 0 || names_above_values < 2)) {
            continue;
        }
        if best.is_none_or(|(_, most)| names_above_values > most) {
            best = Some((at, names_above_values));
        }
    }
    let first_full = || rows.iter().position(|row| filled(row) >= full_enough);
    match best {
        Some((at, _)) => Some(at),
        None if certain => first_full(),
        None => None,
    }
}

fn count(row: &[Cell], matches: impl Fn(usize, &Cell) -> bool) -> usize {
    row.iter()
        .enumerate()
        .filter(|&(column, cell)| matches(column, cell))
        .count()
}

/// Whether most of what is in this column is numbers or times.
fn holds_values(rows: &[Vec<Cell>], column: usize) -> bool {
    let cells = rows
        .iter()
        .filter_map(|row| row.get(column))
        .filter(|cell| cell.is_filled());
    let (values, filled) = cells.fold((0, 0), |(values, filled), cell| {
        (values + usize::from(cell.is_value), filled + 1)
    });
    filled > 0 && values * 5 >= filled * 3
}

/// Whether a row of text alone is a row of data: one of its cells comes again in its column, or
/// it is a sentence in a file of one column.
fn repeats_below(row: &[Cell], below: &[Vec<Cell>]) -> bool {
    const LONGEST_LONE_NAME_BYTES: usize = 60;
    if extent(row) == 1 && below.iter().all(|row| extent(row) <= 1) {
        let text = &row[0].text;
        return text.ends_with(['.', '!'])
            || text.len() > LONGEST_LONE_NAME_BYTES
            || below
                .iter()
                .any(|row| row.first().is_some_and(|cell| cell.text == *text));
    }
    row.iter().enumerate().any(|(column, cell)| {
        cell.is_filled()
            && below
                .iter()
                .any(|row| row.get(column).is_some_and(|other| other.text == cell.text))
    })
}

/// Names for `width` columns: those of the header on one line each, `column_3` where it has
/// none, `name_2` for the second of a name.
fn unique_names(header: &[Cell], width: usize) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let given: Vec<String> = header
        .iter()
        .take(width)
        .map(|cell| cell.text.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let mut names = Vec::with_capacity(width);
    for column in 0..width {
        let wanted = match given.get(column) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => format!("column_{}", column + 1),
        };
        let mut name = wanted.clone();
        let mut copy = 2;
        while taken.contains(&name) || (name != wanted && given.contains(&name)) {
            name = format!("{wanted}_{copy}");
            copy += 1;
        }
        taken.insert(name.clone());
        names.push(name);
    }
    names
}

/// Names made unique, for formats that bring their own.
pub(super) fn unique(names: impl Iterator<Item = impl AsRef<str>>) -> Vec<String> {
    let cells: Vec<Cell> = names
        .map(|name| Cell::typed(name.as_ref(), false))
        .collect();
    unique_names(&cells, cells.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(rows: &[&str]) -> Found {
        find_table(&cells(rows), Asked::Detect)
    }

    fn cells(rows: &[&str]) -> Vec<Vec<Cell>> {
        rows.iter()
            .map(|row| row.split(';').map(Cell::text).collect())
            .collect()
    }

    fn assert_header(rows: &[&str], header: Option<usize>) {
        assert_eq!(find(rows).header, header, "{rows:?}");
    }

    #[test]
    fn names_above_values_are_a_header() {
        assert_header(
            &["id;date;amount", "a;2025-01-01;5", "b;2025-01-02;6"],
            Some(0),
        );
        assert_header(
            &["00004;0001;19970101;2;29.33", "00004;0001;19970118;2;29.73"],
            None,
        );
        assert_header(&["Khách;2023;2024;Tổng", "An;5;6;11", "Bình;7;8;15"], None);
        assert_header(
            &["recency;segment", "10;2) $100 - $200", "6;3) $200 - $350"],
            Some(0),
        );
    }

    #[test]
    fn titles_above_the_header_are_skipped() {
        let rows = [
            "CỬA HÀNG HOA MAI;;;;",
            "Báo cáo bán hàng;;;;",
            "Từ ngày 01/10/2025 đến ngày 31/10/2025;;;;",
            "Chi nhánh;Trung tâm;;;",
            ";;;;",
            "Mã hóa đơn;Thời gian;Khách hàng;Tổng tiền;Ghi chú",
            "HD001;25/10/2025 14:30;Khách lẻ;1.250.000;",
            "HD002;25/10/2025 15:30;Lan;250.000;",
        ];
        let found = find(&rows);
        assert_eq!((found.header, found.first_row), (Some(5), 6));
        assert_eq!(found.names[3], "Tổng tiền");
        assert_header(&rows[..7], Some(5));
        let dated = [
            "Chi nhánh;Trung tâm;Ngày;25/10/2025",
            rows[5],
            rows[6],
            rows[7],
        ];
        assert_header(&dated, Some(1));
    }

    #[test]
    fn a_header_of_three_rows_says_what_its_columns_ask() {
        let rows = [
            "Start;Q1;Q2",
            "Start Date;How good? - Price;",
            "{\"ImportId\":\"s\"};{\"ImportId\":\"QID1\"};{\"ImportId\":\"QID2\"}",
            "2025-01-01;5;6",
        ];
        let found = find(&rows);
        assert_eq!((found.header, found.first_row), (Some(0), 3));
        assert_eq!(found.names, ["Start", "Q1", "Q2"]);
        assert_eq!(found.labels[1].as_deref(), Some("How good? - Price"));
        assert_eq!(found.labels[2], None);
        assert_eq!(find(&["id;date", "a;2025-01-01"]).labels, [None, None]);
    }

    #[test]
    fn a_table_of_texts_has_a_header_unless_its_first_row_repeats() {
        assert_header(&["Mã;Tên", "A;An", "B;Bình"], Some(0));
        assert_header(&["new;An", "new;Bình", "old;Chi"], None);
        assert_header(&["comment", "tốt", "đẹp"], Some(0));
        assert_header(&["giáo viên rất vui tính .", "cô max có tâm ."], None);
        assert_header(&["2", "1", "2"], None);
    }

    #[test]
    fn what_is_asked_wins() {
        let rows = cells(&["1;2", "a;b", "3;4"]);
        assert_eq!(find_table(&rows, Asked::Row(1)).names, ["a", "b"]);
        let years = cells(&["Khách;2023;2024", "An;5;6"]);
        assert_eq!(
            find_table(&years, Asked::Present).names,
            ["Khách", "2023", "2024"]
        );
        let absent = find_table(&rows, Asked::Absent);
        assert_eq!(
            (absent.first_row, absent.names),
            (0, vec!["column_1".into(), "column_2".into()])
        );
    }

    #[test]
    fn names_are_unique_and_never_empty() {
        assert_eq!(
            find(&["a;a;;a_2;a\u{a0} b;", "1;2;3;4;5;6"]).names,
            ["a", "a_3", "column_3", "a_2", "a b", "column_6"]
        );
        assert_eq!(find(&["a;b;;", "1;2;;"]).names, ["a", "b"]);
        assert_eq!(find(&["e\u{302}\u{301};b", "1;2"]).names[0], "ế");
    }

    #[test]
    fn a_file_without_rows_keeps_its_columns() {
        let found = find(&["id;date;amount"]);
        assert_eq!((found.header, found.names.len()), (Some(0), 3));
    }
}
