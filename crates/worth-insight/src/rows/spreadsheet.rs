//! Rows as a spreadsheet: one sheet, numbers as numbers, dates as dates, a header that stays.
//!
//! Texts are written as texts whatever they begin with, so none of them is a formula. Rows go to
//! disk as they come (constant memory).

use std::io::{Seek, Write};
use std::path::{Path, PathBuf};

use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Float64Type, Int64Type, Schema, TimeUnit, TimestampMicrosecondType,
};
use datafusion::arrow::record_batch::RecordBatch;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::csv::as_text;
use crate::error::Error;

/// Rows of a sheet, less the header.
pub(super) const MOST_ROWS: u64 = 1_048_575;

/// Longest text that a cell holds, in UTF-16 units; the rest is cut off.
const LONGEST_TEXT: usize = 32_767;

/// Whole numbers beyond this are not exact in a spreadsheet: they are written as text.
const LARGEST_EXACT: i64 = 1 << 53;

/// Days from the day that spreadsheets count from (30 December 1899) to 1 January 1970.
const DAYS_BEFORE_1970: f64 = 25_569.0;

const MICROSECONDS_A_DAY: f64 = 86_400.0 * 1e6;

/// A spreadsheet that is being written.
pub(super) struct SpreadsheetSink {
    workbook: Workbook,
    next_row: u32,
    date: Format,
    time: Format,
}

impl SpreadsheetSink {
    pub(super) fn begin(schema: &Schema, path: &Path) -> Result<Self, Error> {
        let mut workbook = Workbook::new();
        let sheet = workbook
            .add_worksheet_with_constant_memory()
            .map_err(failed(path))?;
        let heading = Format::new().set_bold();
        let header = |sheet: &mut Worksheet| -> Result<(), XlsxError> {
            for (place, field) in schema.fields().iter().enumerate() {
                let column = column_number(place)?;
                let width = match field.data_type() {
                    DataType::Timestamp(..) => 20.0,
                    DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => 24.0,
                    _ => 14.0,
                };
                sheet.set_column_width(column, width)?;
                sheet.write_string_with_format(0, column, field.name(), &heading)?;
            }
            sheet.set_freeze_panes(1, 0)?;
            Ok(())
        };
        header(sheet).map_err(failed(path))?;
        Ok(Self {
            workbook,
            next_row: 1,
            date: Format::new().set_num_format("yyyy-mm-dd"),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        })
    }

    pub(super) fn batch(&mut self, batch: &RecordBatch, path: &Path) -> Result<(), Error> {
        let first = self.next_row;
        if u64::from(first) - 1 + batch.num_rows() as u64 > MOST_ROWS {
            return Err(Error::TooManyRows {
                path: path.into(),
                limit: MOST_ROWS,
            });
        }
        let columns: Vec<Column> = batch
            .columns()
            .iter()
            .map(Column::of)
            .collect::<Result<_, _>>()
            .map_err(Error::engine("preparing a spreadsheet"))?;
        let sheet = self
            .workbook
            .worksheet_from_index(0)
            .map_err(failed(path))?;
        for row in 0..batch.num_rows() {
            let place = first + u32::try_from(row).expect("fewer rows than a sheet holds");
            for (number, column) in columns.iter().enumerate() {
                column_number(number)
                    .and_then(|number| {
                        column.write(sheet, place, number, row, &self.date, &self.time)
                    })
                    .map_err(failed(path))?;
            }
        }
        self.next_row += u32::try_from(batch.num_rows()).expect("fewer rows than a sheet holds");
        Ok(())
    }

    pub(super) fn end(
        mut self,
        file: &mut (impl Write + Seek + Send),
        path: &Path,
    ) -> Result<(), Error> {
        self.workbook.save_to_writer(file).map_err(failed(path))
    }
}

/// A column in one of the few forms that a cell has.
enum Column {
    Text(ArrayRef),
    Real(ArrayRef),
    Whole(ArrayRef),
    Flag(ArrayRef),
    Date(ArrayRef),
    Time(ArrayRef),
}

impl Column {
    fn of(array: &ArrayRef) -> Result<Self, datafusion::error::DataFusionError> {
        let to = |form: &DataType| cast(array, form);
        Ok(match array.data_type() {
            DataType::Boolean => Self::Flag(array.clone()),
            form if form.is_integer() => Self::Whole(to(&DataType::Int64)?),
            form if form.is_numeric() => Self::Real(to(&DataType::Float64)?),
            DataType::Date32 | DataType::Date64 => Self::Date(to(&DataType::Date32)?),
            DataType::Timestamp(..) => {
                Self::Time(to(&DataType::Timestamp(TimeUnit::Microsecond, None))?)
            }
            _ => Self::Text(as_text(array)?),
        })
    }

    fn array(&self) -> &ArrayRef {
        match self {
            Self::Text(array)
            | Self::Real(array)
            | Self::Whole(array)
            | Self::Flag(array)
            | Self::Date(array)
            | Self::Time(array) => array,
        }
    }

    fn write(
        &self,
        sheet: &mut Worksheet,
        place: u32,
        number: u16,
        row: usize,
        date: &Format,
        time: &Format,
    ) -> Result<(), XlsxError> {
        if self.array().is_null(row) {
            return Ok(());
        }
        match self {
            Self::Text(array) => {
                sheet.write_string(place, number, cut(array.as_string::<i32>().value(row)))?;
            }
            Self::Real(array) => {
                let value = array.as_primitive::<Float64Type>().value(row);
                if value.is_finite() {
                    sheet.write_number(place, number, value)?;
                }
            }
            Self::Whole(array) => {
                let value = array.as_primitive::<Int64Type>().value(row);
                if (-LARGEST_EXACT..=LARGEST_EXACT).contains(&value) {
                    sheet.write_number(place, number, value as f64)?;
                } else {
                    sheet.write_string(place, number, value.to_string())?;
                }
            }
            Self::Flag(array) => {
                sheet.write_boolean(place, number, array.as_boolean().value(row))?;
            }
            Self::Date(array) => {
                let days = f64::from(array.as_primitive::<Date32Type>().value(row));
                sheet.write_number_with_format(place, number, days + DAYS_BEFORE_1970, date)?;
            }
            Self::Time(array) => {
                let micros = array.as_primitive::<TimestampMicrosecondType>().value(row);
                let days = micros as f64 / MICROSECONDS_A_DAY + DAYS_BEFORE_1970;
                sheet.write_number_with_format(place, number, days, time)?;
            }
        }
        Ok(())
    }
}

fn column_number(place: usize) -> Result<u16, XlsxError> {
    u16::try_from(place).map_err(|_| XlsxError::RowColumnLimitError)
}

/// The text as far as a cell holds it.
fn cut(text: &str) -> &str {
    let mut units = 0;
    for (place, sign) in text.char_indices() {
        units += sign.len_utf16();
        if units > LONGEST_TEXT {
            return &text[..place];
        }
    }
    text
}

fn failed(path: &Path) -> impl FnOnce(XlsxError) -> Error {
    let path: PathBuf = path.into();
    move |source| Error::Spreadsheet { path, source }
}
