//! Workbooks: XLSX, XLSB, XLS and ODS. XLSX is read cell by cell; the older and rarer formats
//! hold a sheet in memory at a time.
//!
//! What was merged down a column stands in each of its rows, as if it had been written there.
//! Formulas give their last calculated value. Rows without any value are no rows.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::Path;

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, Xls, XlsError, Xlsb, XlsbError, Xlsx,
    XlsxError, open_workbook,
};

use super::columns::{BatchBuilder, text_schema};
use super::header::{Asked, Cell, LOOKED_AT_ROWS, find_table};
use super::number_text::push_number;
use super::options::MergedDown;
use super::{Native, ReadOptions, Sink, SourceColumn, SourceError, WorkbookFormat};

/// A workbook that is open.
pub(super) enum Workbook {
    Xlsx(Box<Xlsx<BufReader<File>>>),
    Xls(Box<Xls<BufReader<File>>>),
    Xlsb(Box<Xlsb<BufReader<File>>>),
    Ods(Box<Ods<BufReader<File>>>),
}

/// A row of a sheet: its number from 0, and its cells from the first column on.
struct Row<'a> {
    number: u32,
    cells: &'a [SheetCell],
}

/// What takes one row after the other, and says whether it wants more.
type TakeRow<'a> = dyn FnMut(Row<'_>) -> Result<ControlFlow<()>, SourceError> + 'a;

/// A cell as text, with the type it has in the sheet.
#[derive(Debug, Clone, Default)]
struct SheetCell {
    text: String,
    native: Option<Native>,
}

impl Workbook {
    /// Opens a workbook whose first bytes are those of a ZIP archive or of a compound file.
    pub(super) fn open(path: &Path) -> Result<Self, SourceError> {
        let password = || SourceError::Password {
            path: path.to_owned(),
        };
        let xlsx = match open_workbook::<Xlsx<_>, _>(path) {
            Ok(workbook) => return Ok(Self::Xlsx(Box::new(workbook))),
            Err(XlsxError::Password) => return Err(password()),
            Err(error) => error,
        };
        match open_workbook::<Xls<_>, _>(path) {
            Ok(workbook) => return Ok(Self::Xls(Box::new(workbook))),
            Err(XlsError::Password) => return Err(password()),
            Err(_) => {}
        }
        match open_workbook::<Xlsb<_>, _>(path) {
            Ok(workbook) => return Ok(Self::Xlsb(Box::new(workbook))),
            Err(XlsbError::Password) => return Err(password()),
            Err(_) => {}
        }
        match open_workbook::<Ods<_>, _>(path) {
            Ok(workbook) => return Ok(Self::Ods(Box::new(workbook))),
            Err(OdsError::Password) => return Err(password()),
            Err(_) => {}
        }
        Err(broken(path, &xlsx))
    }

    fn sheet_names(&self) -> Vec<String> {
        match self {
            Self::Xlsx(workbook) => workbook.sheet_names(),
            Self::Xls(workbook) => workbook.sheet_names(),
            Self::Xlsb(workbook) => workbook.sheet_names(),
            Self::Ods(workbook) => workbook.sheet_names(),
        }
    }

    /// What is merged down columns of a sheet. Reads the whole sheet, so it is kept.
    fn merged_down(&mut self, path: &Path, sheet: &str) -> Result<Vec<MergedDown>, SourceError> {
        let regions = match self {
            Self::Xlsx(workbook) => workbook
                .merge_cells_by_sheet_name(sheet)
                .map_err(|error| broken(path, &error))?,
            Self::Xls(workbook) => workbook
                .merge_cells_by_sheet_name(sheet)
                .map_err(|error| broken(path, &error))?,
            Self::Xlsb(_) | Self::Ods(_) => Vec::new(),
        };
        let down = regions
            .into_iter()
            .filter(|region| region.end.0 > region.start.0);
        Ok(down
            .map(|region| MergedDown {
                first: region.start,
                last_row: region.end.0,
            })
            .collect())
    }

    /// Gives every row of a sheet that has a value, from top to bottom.
    fn each_row(
        &mut self,
        path: &Path,
        sheet: &str,
        merged: &[MergedDown],
        take: &mut TakeRow<'_>,
    ) -> Result<(), SourceError> {
        let range = match self {
            Self::Xlsx(workbook) => return each_row_of_xlsx(workbook, path, sheet, merged, take),
            Self::Xls(workbook) => workbook
                .worksheet_range(sheet)
                .map_err(|error| broken(path, &error))?,
            Self::Xlsb(workbook) => workbook
                .worksheet_range(sheet)
                .map_err(|error| broken(path, &error))?,
            Self::Ods(workbook) => workbook
                .worksheet_range(sheet)
                .map_err(|error| broken(path, &error))?,
        };
        each_row_of_range(&range, merged, take)
    }
}

fn broken(path: &Path, error: &dyn std::fmt::Display) -> SourceError {
    SourceError::Broken {
        path: path.to_owned(),
        format: "workbook",
        detail: error.to_string(),
    }
}

fn each_row_of_xlsx(
    workbook: &mut Xlsx<BufReader<File>>,
    path: &Path,
    sheet: &str,
    merged: &[MergedDown],
    take: &mut TakeRow<'_>,
) -> Result<(), SourceError> {
    let mut cells = workbook
        .worksheet_cells_reader(sheet)
        .map_err(|error| broken(path, &error))?;
    let mut rows = Rows::new(merged);
    loop {
        let next = cells.next_cell().map_err(|error| broken(path, &error))?;
        let Some(cell) = next else {
            // Whether more is wanted no longer matters.
            let _ = rows.end(take)?;
            return Ok(());
        };
        let (row, column) = cell.get_position();
        if row != rows.number && rows.end(take)?.is_break() {
            return Ok(());
        }
        rows.number = row;
        rows.push(column as usize, cell.get_value());
    }
}

fn each_row_of_range(
    range: &calamine::Range<Data>,
    merged: &[MergedDown],
    take: &mut TakeRow<'_>,
) -> Result<(), SourceError> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut rows = Rows::new(merged);
    for (number, row) in (first_row..).zip(range.rows()) {
        rows.number = number;
        for (column, value) in (first_column as usize..).zip(row) {
            let value = match value {
                Data::Int(number) => DataRef::Int(*number),
                Data::Float(number) => DataRef::Float(*number),
                Data::String(text) => DataRef::SharedString(text),
                Data::Bool(flag) => DataRef::Bool(*flag),
                Data::DateTime(time) => DataRef::DateTime(*time),
                Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
                Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
                Data::Error(error) => DataRef::Error(error.clone()),
                Data::Empty => continue,
            };
            rows.push(column, &value);
        }
        if rows.end(take)?.is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// Gathers cells into rows and carries merged values down.
struct Rows {
    number: u32,
    cells: Vec<SheetCell>,
    /// Merged down: by first row and column, the last row.
    merged: HashMap<(u32, u32), u32>,
    /// By column: the value and the last row it stands in.
    carried: HashMap<usize, (SheetCell, u32)>,
}

impl Rows {
    fn new(merged: &[MergedDown]) -> Self {
        let merged = merged
            .iter()
            .map(|region| (region.first, region.last_row))
            .collect();
        Self {
            number: 0,
            cells: Vec::new(),
            merged,
            carried: HashMap::new(),
        }
    }

    fn push(&mut self, column: usize, value: &DataRef<'_>) {
        if matches!(value, DataRef::Empty) {
            return;
        }
        if self.cells.len() <= column {
            self.cells.resize_with(column + 1, SheetCell::default);
        }
        let cell = &mut self.cells[column];
        cell.text.clear();
        cell.native = Some(push_value(&mut cell.text, value));
        if !self.merged.is_empty()
            && let Some(&last_row) = self.merged.get(&(self.number, column as u32))
        {
            self.carried.insert(column, (cell.clone(), last_row));
        }
    }

    /// Hands the row on, if it has a value, and begins the next.
    fn end(&mut self, take: &mut TakeRow<'_>) -> Result<ControlFlow<()>, SourceError> {
        let filled = |cell: &SheetCell| !cell.text.trim().is_empty();
        let mut flow = ControlFlow::Continue(());
        if self.cells.iter().any(filled) {
            let number = self.number;
            self.carried.retain(|_, (_, last_row)| *last_row >= number);
            for (&column, (value, _)) in &self.carried {
                if self.cells.len() <= column {
                    self.cells.resize_with(column + 1, SheetCell::default);
                }
                if !filled(&self.cells[column]) {
                    self.cells[column].clone_from(value);
                }
            }
            flow = take(Row {
                number,
                cells: &self.cells,
            })?;
        }
        for cell in &mut self.cells {
            cell.text.clear();
            cell.native = None;
        }
        Ok(flow)
    }
}

/// Appends the canonical text of a value; tells its type.
fn push_value(text: &mut String, value: &DataRef<'_>) -> Native {
    match value {
        DataRef::Int(number) => {
            text.push_str(&number.to_string());
            Native::Number
        }
        DataRef::Float(number) => {
            push_number(text, *number);
            Native::Number
        }
        DataRef::String(string) => {
            text.push_str(string);
            Native::Text
        }
        DataRef::SharedString(string) => {
            text.push_str(string);
            Native::Text
        }
        DataRef::Bool(flag) => {
            text.push_str(if *flag { "true" } else { "false" });
            Native::Flag
        }
        DataRef::DateTime(time) => push_time(text, time),
        DataRef::DateTimeIso(iso) => {
            text.push_str(iso);
            Native::Time
        }
        DataRef::DurationIso(duration) => {
            text.push_str(duration);
            Native::Text
        }
        DataRef::Error(error) => {
            text.push_str(&error.to_string());
            Native::Text
        }
        DataRef::Empty => Native::Text,
    }
}

/// A date, a date and time, a time of day, or hours and minutes of a duration.
fn push_time(text: &mut String, time: &ExcelDateTime) -> Native {
    use std::fmt::Write as _;

    let serial = time.as_f64();
    let whole = "writing to a string cannot fail";
    if time.is_duration() {
        let seconds = (serial * 86_400.0).round() as i64;
        let (hours, minutes) = (seconds / 3_600, seconds.abs() / 60 % 60);
        write!(text, "{hours}:{minutes:02}:{:02}", seconds.abs() % 60).expect(whole);
        return Native::Text;
    }
    let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
    let has_date = serial >= 1.0;
    let has_time = hour > 0 || minute > 0 || second > 0 || milli > 0;
    if has_date {
        write!(text, "{year:04}-{month:02}-{day:02}").expect(whole);
    }
    if has_date && has_time {
        text.push('T');
    }
    if has_time || !has_date {
        write!(text, "{hour:02}:{minute:02}:{second:02}").expect(whole);
    }
    if milli > 0 {
        write!(text, ".{milli:03}").expect(whole);
    }
    if has_date { Native::Time } else { Native::Text }
}

/// Finds the sheet with the table, and the table in it.
pub(super) fn detect(
    path: &Path,
    workbook: &mut Workbook,
    options: &ReadOptions,
) -> Result<(WorkbookFormat, Vec<SourceColumn>), SourceError> {
    let names = workbook.sheet_names();
    if let Some(asked) = &options.sheet {
        let sheet = names.iter().find(|name| name.trim() == asked.trim());
        let sheet = sheet.ok_or_else(|| SourceError::Option {
            path: path.to_owned(),
            option: "sheet",
            given: asked.clone(),
            right: format!("right would be one of: {}", names.join(", ")),
        })?;
        let found = find_in_sheet(path, workbook, sheet, &names, options)?;
        return found
            .map(|found| (found.format, found.columns))
            .ok_or_else(|| SourceError::Empty {
                path: path.to_owned(),
            });
    }
    let mut without_rows = None;
    for sheet in &names {
        match find_in_sheet(path, workbook, sheet, &names, options)? {
            Some(found) if found.has_table => return Ok((found.format, found.columns)),
            Some(found) => {
                without_rows.get_or_insert((found.format, found.columns));
            }
            None => {}
        }
    }
    without_rows.ok_or_else(|| SourceError::Empty {
        path: path.to_owned(),
    })
}

struct FoundSheet {
    format: WorkbookFormat,
    columns: Vec<SourceColumn>,
    has_table: bool,
}

fn find_in_sheet(
    path: &Path,
    workbook: &mut Workbook,
    sheet: &str,
    names: &[String],
    options: &ReadOptions,
) -> Result<Option<FoundSheet>, SourceError> {
    let merged = workbook.merged_down(path, sheet)?;
    let mut numbers = Vec::new();
    let mut rows: Vec<Vec<SheetCell>> = Vec::new();
    workbook.each_row(path, sheet, &merged, &mut |row| {
        numbers.push(row.number);
        rows.push(row.cells.to_vec());
        Ok(if rows.len() < LOOKED_AT_ROWS {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        })
    })?;
    let filled = |cell: &SheetCell| !cell.text.trim().is_empty();
    let Some(first_column) = rows
        .iter()
        .filter_map(|row| row.iter().position(filled))
        .min()
    else {
        return Ok(None);
    };
    let cells: Vec<Vec<Cell>> = rows
        .iter()
        .map(|row| row.iter().skip(first_column).map(looked_at).collect())
        .collect();
    let asked = match (options.header_row, options.header) {
        (Some(number), _) => {
            let row = numbers.iter().position(|&row| u64::from(row) + 1 == number);
            Asked::Row(row.ok_or_else(|| SourceError::Option {
                path: path.to_owned(),
                option: "header_row",
                given: number.to_string(),
                right: format!("right would be one of the first {LOOKED_AT_ROWS} rows with values"),
            })?)
        }
        (None, Some(true)) => Asked::Present,
        (None, Some(false)) => Asked::Absent,
        (None, None) => Asked::Detect,
    };
    let found = find_table(&cells, asked);
    let body = &rows[found.first_row..];
    let columns = (first_column..)
        .zip(found.names.into_iter().zip(found.labels))
        .map(|(column, (name, label))| SourceColumn {
            name,
            native: native_of(body, column),
            label,
        })
        .collect();
    let titles = cells[..found.header.unwrap_or(0)]
        .iter()
        .map(|row| title(row))
        .collect();
    Ok(Some(FoundSheet {
        has_table: found.header.is_some() && !body.is_empty(),
        columns,
        format: WorkbookFormat {
            sheet: sheet.to_owned(),
            other_sheets: names
                .iter()
                .filter(|name| *name != sheet)
                .cloned()
                .collect(),
            header_row: found.header.map(|row| u64::from(numbers[row]) + 1),
            titles,
            first_row: numbers
                .get(found.first_row)
                .copied()
                .or_else(|| numbers.last().map(|row| row + 1))
                .unwrap_or(0),
            first_column: first_column as u32,
            merged,
        },
    }))
}

fn looked_at(cell: &SheetCell) -> Cell {
    match cell.native {
        Some(Native::Number | Native::Time | Native::Flag) => Cell::typed(&cell.text, true),
        Some(Native::Text) | None => Cell::text(&cell.text),
    }
}

fn title(row: &[Cell]) -> String {
    let cells = row
        .iter()
        .map(|cell| cell.text.as_str())
        .filter(|text| !text.is_empty());
    cells.collect::<Vec<_>>().join(" ")
}

/// The type of all filled cells of a column; text where they differ.
fn native_of(rows: &[Vec<SheetCell>], column: usize) -> Native {
    let mut natives = rows
        .iter()
        .filter_map(|row| row.get(column))
        .filter(|cell| !cell.text.is_empty())
        .filter_map(|cell| cell.native);
    let Some(first) = natives.next() else {
        return Native::Text;
    };
    if natives.all(|native| native == first) {
        first
    } else {
        Native::Text
    }
}

/// Reads the rows of the table.
pub(super) fn read(
    path: &Path,
    format: &WorkbookFormat,
    columns: &[SourceColumn],
    sink: &mut Sink<'_>,
) -> Result<(), SourceError> {
    let mut workbook = Workbook::open(path)?;
    let mut batch = BatchBuilder::new(text_schema(columns), sink.rows_max);
    let changed = || SourceError::Changed {
        path: path.to_owned(),
    };
    let first_column = format.first_column as usize;
    workbook.each_row(path, &format.sheet, &format.merged, &mut |row| {
        if row.number < format.first_row {
            return Ok(ControlFlow::Continue(()));
        }
        let cells = row.cells.get(first_column..).unwrap_or_default();
        push_row(&mut batch, u64::from(row.number) + 1, cells, columns.len());
        if batch.is_full() {
            Ok((sink.take)(batch.finish().map_err(|_| changed())?))
        } else {
            Ok(ControlFlow::Continue(()))
        }
    })?;
    if !batch.is_empty() {
        let _ = (sink.take)(batch.finish().map_err(|_| changed())?);
    }
    Ok(())
}

fn push_row(batch: &mut BatchBuilder, file_row: u64, cells: &[SheetCell], width: usize) {
    let beyond = cells
        .iter()
        .skip(width)
        .position(|cell| !cell.text.trim().is_empty());
    if let Some(beyond) = beyond {
        let raw: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
        let reason = format!(
            "a value in column {} of the table; right would be at most {width}, as in the header",
            width + beyond + 1
        );
        batch.push_damaged(file_row, &raw.join("\t"), reason);
        return;
    }
    for column in 0..width {
        batch.push_text(column, cells.get(column).map_or("", |cell| &cell.text));
    }
    batch.end_row(file_row);
}
