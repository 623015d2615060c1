//! What needs the rows in their order: blank cells that mean "as above", values that count once
//! per order, ids made of a row's contents.

use std::collections::HashMap;
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringArray, StringBuilder};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::record_batch::RecordBatch;

use super::input::TextBatch;
use crate::error::Error;
use crate::import::mapping::{FileSpec, TableMapping};
use crate::tables::{Part, row_key};

/// Goes through the batches of one table in order.
#[derive(Debug, Default)]
pub(crate) struct Prepare {
    within: Option<usize>,
    fill: Vec<usize>,
    once: Vec<usize>,
    hashes: Vec<Hash>,
    run: Option<String>,
    above: HashMap<usize, String>,
    file: Option<u32>,
}

/// An id made of the contents of some columns.
#[derive(Debug)]
struct Hash {
    target: String,
    columns: Vec<usize>,
    seen: HashMap<[u8; 16], u32>,
}

/// The name of the column that holds the id made for a target column.
fn hash_column(target: &str) -> String {
    format!("\u{1}id of {target}")
}

impl Prepare {
    /// For a table whose input has these columns.
    pub(crate) fn new(file: Option<&FileSpec>, table: &TableMapping, columns: &[String]) -> Self {
        let place = |name: &String| columns.iter().position(|column| column == name);
        let places = |names: &[String]| names.iter().filter_map(place).collect();
        let mut prepare = Self::default();
        if let Some(file) = file {
            prepare.within = file.fill_within.as_ref().and_then(place);
            prepare.fill = places(&file.fill_down);
            prepare.once = places(&file.once);
        }
        for (target, rule) in &table.columns {
            if !rule.0.hash.is_empty() {
                prepare.hashes.push(Hash {
                    target: target.clone(),
                    columns: places(&rule.0.hash),
                    seen: HashMap::new(),
                });
            }
        }
        prepare
    }

    /// Whether there is anything to do.
    fn is_idle(&self) -> bool {
        self.fill.is_empty() && self.once.is_empty() && self.hashes.is_empty()
    }

    /// The next batch in order, prepared.
    pub(crate) fn next(&mut self, mut batch: TextBatch) -> Result<TextBatch, Error> {
        if self.is_idle() {
            return Ok(batch);
        }
        let mut columns = batch.rows.columns().to_vec();
        if !self.fill.is_empty() || !self.once.is_empty() {
            self.fill(&batch, &mut columns);
        }
        let mut fields: Vec<Arc<Field>> = batch.rows.schema().fields().iter().cloned().collect();
        for hash in &mut self.hashes {
            fields.push(Arc::new(Field::new(
                hash_column(&hash.target),
                DataType::Utf8,
                true,
            )));
            columns.push(hash.ids(&batch, &columns));
        }
        batch.rows = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?;
        Ok(batch)
    }

    /// Fills blanks from above and blanks what counts once.
    fn fill(&mut self, batch: &TextBatch, columns: &mut [ArrayRef]) {
        let rows = batch.rows.num_rows();
        let mut same_run = Vec::with_capacity(rows);
        let within: Option<&StringArray> = self.within.map(|place| columns[place].as_string());
        for row in 0..rows {
            let new_file = self.file != Some(batch.places[row].file);
            self.file = Some(batch.places[row].file);
            let same = match within {
                None => !new_file,
                Some(within) if is_blank(within, row) => !new_file && self.run.is_some(),
                Some(within) => {
                    let value = within.value(row);
                    let same = !new_file && self.run.as_deref() == Some(value);
                    if !same {
                        self.run = Some(value.to_owned());
                    }
                    same
                }
            };
            same_run.push(same);
        }
        for place in self.fill.clone() {
            let filled = self.filled(place, columns[place].as_string(), &same_run);
            columns[place] = filled;
        }
        for place in &self.once {
            let array: &StringArray = columns[*place].as_string();
            let once: StringArray = (0..rows)
                .map(|row| (!same_run[row] && array.is_valid(row)).then(|| array.value(row)))
                .collect();
            columns[*place] = Arc::new(once);
        }
    }

    fn filled(&mut self, place: usize, array: &StringArray, same_run: &[bool]) -> ArrayRef {
        let mut builder = StringBuilder::with_capacity(array.len(), array.value_data().len());
        let above = self.above.entry(place).or_default();
        for (row, same) in same_run.iter().enumerate() {
            if is_blank(array, row) {
                if !same {
                    above.clear();
                }
            } else {
                above.clear();
                above.push_str(array.value(row));
            }
            if above.is_empty() {
                builder.append_null();
            } else {
                builder.append_value(&*above);
            }
        }
        Arc::new(builder.finish())
    }
}

impl Hash {
    /// 16 hexadecimal digits of the contents; equal rows of one file get `-1`, `-2` … behind.
    fn ids(&mut self, batch: &TextBatch, columns: &[ArrayRef]) -> ArrayRef {
        let arrays: Vec<&StringArray> = self
            .columns
            .iter()
            .map(|place| columns[*place].as_string())
            .collect();
        let mut builder = StringBuilder::with_capacity(batch.places.len(), batch.places.len() * 16);
        for (row, place) in batch.places.iter().enumerate() {
            let parts = arrays.iter().map(|array| {
                if array.is_null(row) {
                    Part::Absent
                } else {
                    Part::Text(array.value(row))
                }
            });
            let key = row_key(parts);
            let digits = u64::from_be_bytes(key[..8].try_into().expect("eight of sixteen bytes"));
            let in_file = row_key([
                Part::Number(i128::from_be_bytes(key)),
                Part::Number(place.file.into()),
            ]);
            let before = self.seen.entry(in_file).or_insert(0);
            if *before == 0 {
                builder.append_value(format!("{digits:016x}"));
            } else {
                builder.append_value(format!("{digits:016x}-{before}"));
            }
            *before += 1;
        }
        Arc::new(builder.finish())
    }
}

fn is_blank(array: &StringArray, row: usize) -> bool {
    array.is_null(row) || array.value(row).trim().is_empty()
}
