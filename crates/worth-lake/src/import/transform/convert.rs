//! One batch of text to one batch of a table, column by column.

use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Int64Array, StringArray, TimestampMicrosecondArray,
    UInt32Array, new_null_array,
};
use datafusion::arrow::compute::{filter, filter_record_batch, take_record_batch};
use datafusion::arrow::datatypes::{Decimal128Type, TimestampMicrosecondType};
use datafusion::arrow::record_batch::RecordBatch;

use super::attributes::raw_json;
use super::cells::{repeat, trimmed};
use super::compile::{Compiled, KeyRule, Target};
use super::input::{Place, TextBatch};
use super::survey;
use super::values::{self, Problems, TimeNotes};
use crate::error::Error;
use crate::import::mapping::{Missing, Repeats};
use crate::import::people;
use crate::import::reason::Reason;
use crate::import::recognise::fold;
use crate::tables::{Kind, Table, row_keys};

/// What a batch of text became.
#[derive(Debug, Clone)]
pub(crate) struct Converted {
    /// Rows of the table, in its schema. The key of a row that is identified by its content is
    /// that of its first occurrence.
    pub(crate) batch: RecordBatch,
    /// Where each row's driving row stood.
    pub(crate) places: Vec<Place>,
    /// For each row its text.
    pub(crate) texts: RecordBatch,
    /// Whether each row is identified by its content.
    pub(crate) by_content: Vec<bool>,
    /// Rows that cannot be accepted.
    pub(crate) rejected: Vec<Rejected>,
    /// Rows that are no rows of this table.
    pub(crate) left_out: u64,
    /// Columns of times that needed a decision.
    pub(crate) time_notes: Vec<(&'static str, TimeNotes)>,
    /// For each row the telephone number and e-mail address by which its person can be found.
    pub(crate) phones: Option<StringArray>,
    /// See `phones`.
    pub(crate) emails: Option<StringArray>,
    /// For each row the time that says which row of a person is the last.
    pub(crate) latest: Option<TimestampMicrosecondArray>,
}

/// A row that cannot be accepted.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rejected {
    pub(crate) place: Place,
    /// The row as JSON.
    pub(crate) raw: String,
    pub(crate) reasons: Vec<Reason>,
    /// What its row key would have been, when it has an id.
    pub(crate) key: Option<[u8; 16]>,
}

impl Converted {
    /// A row's text as JSON, the `raw` of a reject.
    pub(crate) fn raw(&self, row: usize) -> String {
        raw_of(&self.texts, row)
    }

    /// Target rows that the text gave.
    pub(crate) fn read(&self) -> u64 {
        self.batch.num_rows() as u64 + self.rejected.len() as u64 + self.left_out
    }
}

impl Compiled {
    /// Converts one batch. Pure, so that batches can be converted in parallel.
    pub(crate) fn convert(&self, text: &TextBatch) -> Result<Converted, Error> {
        let mut left_out = 0;
        let text = match &self.only {
            None => std::borrow::Cow::Borrowed(text),
            Some(only) => {
                let wanted = only
                    .evaluate(&text.rows)?
                    .into_array(text.rows.num_rows())?;
                let kept = keep(text, wanted.as_boolean())?;
                left_out += (text.places.len() - kept.places.len()) as u64;
                std::borrow::Cow::Owned(kept)
            }
        };
        let mut problems = Problems::new();
        let mut time_notes = Vec::new();
        let mut columns = Vec::with_capacity(self.columns.len());
        for (column, target) in self.table.columns().iter().zip(&self.columns) {
            columns.push(match target {
                Some(target) => self.column(target, &text.rows, &mut time_notes, &mut problems)?,
                None if self.table == Table::Events && column.name == "sequence" => arrival(&text),
                None => new_null_array(&column.kind.data_type(), text.rows.num_rows()),
            });
        }
        self.settle_lonely(&text, &mut columns, &mut problems);
        self.hide_nobody(&mut columns);
        let unnamed = self.unnamed(&columns);
        self.check(&columns, &unnamed, &mut problems);
        left_out += unnamed.iter().filter(|unnamed| **unnamed).count() as u64;
        self.assemble(&text, columns, problems, &unnamed, left_out, time_notes)
    }

    /// One typed column.
    fn column(
        &self,
        target: &Target,
        rows: &RecordBatch,
        time_notes: &mut Vec<(&'static str, TimeNotes)>,
        problems: &mut Problems,
    ) -> Result<ArrayRef, Error> {
        let name = target.column.name;
        let text = target.cell.text(rows)?;
        Ok(match target.column.kind {
            Kind::Text | Kind::Key => self.normalised(name, text),
            Kind::Money => self.money(target, &text, rows, problems),
            Kind::Count => values::counts(&text, name, target.number, problems),
            Kind::Real => {
                let range = match (self.table, name) {
                    (Table::Choices, "chosen")
                    | (Table::Messages, "propensity")
                    | (Table::Prices, "share") => Some((0.0, 1.0)),
                    _ => None,
                };
                values::reals(&text, name, target.number, range, problems)
            }
            Kind::Time => {
                let mut notes = TimeNotes::default();
                let zone = &self.setting.zone;
                let times =
                    values::time_values(&text, name, target.time, zone, &mut notes, problems);
                if notes != TimeNotes::default() {
                    time_notes.push((name, notes));
                }
                times
            }
            Kind::Flag => values::flags(&text, name, problems),
            Kind::TextList => values::lists(&text, &target.separator),
            Kind::Json => values::json(&text, name, problems),
        })
    }

    fn normalised(&self, column: &str, text: StringArray) -> ArrayRef {
        match (self.table, column) {
            (Table::Customers, "phone") => {
                let country = self.setting.telephone_country;
                let phones: StringArray = text
                    .iter()
                    .map(|cell| {
                        cell.map(|cell| {
                            people::normal_phone(cell, country).unwrap_or_else(|| cell.to_owned())
                        })
                    })
                    .collect();
                Arc::new(phones)
            }
            (Table::Customers, "email") => {
                let emails: StringArray = text
                    .iter()
                    .map(|cell| cell.map(people::normal_email))
                    .collect();
                Arc::new(emails)
            }
            _ => Arc::new(text),
        }
    }

    fn money(
        &self,
        target: &Target,
        text: &StringArray,
        rows: &RecordBatch,
        problems: &mut Problems,
    ) -> ArrayRef {
        let name = target.column.name;
        let mut amounts = values::money(text, name, target.number, problems);
        let mut operand = |place: usize, format| {
            let cells = trimmed(rows.column(place).as_string::<i32>().clone());
            values::money(&cells, name, format, problems)
        };
        if let Some((place, format)) = target.times {
            let factors = operand(place, format);
            for (amount, factor) in amounts.iter_mut().zip(factors) {
                *amount = amount
                    .zip(factor)
                    .and_then(|(amount, factor)| values::times(amount, factor));
            }
        }
        if let Some(place) = target.minus {
            let discounts = operand(place, target.number);
            for (amount, discount) in amounts.iter_mut().zip(discounts) {
                *amount = amount.map(|amount| amount - discount.unwrap_or(0));
            }
        }
        values::money_array(&amounts)
    }

    /// What becomes of driving rows without a partner.
    fn settle_lonely(&self, text: &TextBatch, columns: &mut [ArrayRef], problems: &mut Problems) {
        if text.lonely.is_empty() {
            return;
        }
        if self.missing == Missing::Zero {
            for (column, values) in self.table.columns().iter().zip(columns.iter_mut()) {
                if matches!(column.name, "amount" | "quantity") {
                    let zeroed: Vec<Option<i128>> = values
                        .as_primitive::<Decimal128Type>()
                        .iter()
                        .enumerate()
                        .map(|(row, value)| {
                            let lonely =
                                u32::try_from(row).is_ok_and(|row| text.lonely.contains_key(&row));
                            if lonely { Some(0) } else { value }
                        })
                        .collect();
                    *values = values::money_array(&zeroed);
                }
            }
            return;
        }
        let key = self.table.key().first().copied().unwrap_or("row");
        let place = self
            .table
            .columns()
            .iter()
            .position(|column| column.name == key);
        for (row, file) in &text.lonely {
            // whatever else the row lacks, it lacks for this reason
            problems.retain(|(other, _)| other != row);
            let mut reason = Reason::new("no-partner")
                .with("file", file)
                .with("key", key);
            if let Some(ids) = place.and_then(|place| columns[place].as_string_opt::<i32>())
                && ids.is_valid(*row as usize)
            {
                reason = reason.with("value", ids.value(*row as usize));
            }
            problems.push((*row, reason));
        }
    }

    /// Ids that stand for nobody become empty.
    fn hide_nobody(&self, columns: &mut [ArrayRef]) {
        if self.anonymous.is_empty() {
            return;
        }
        for (column, values) in self.table.columns().iter().zip(columns.iter_mut()) {
            if column.name == "customer_id" {
                let ids: StringArray = values
                    .as_string::<i32>()
                    .iter()
                    .map(|id| id.filter(|id| !self.anonymous.contains(&fold(id))))
                    .collect();
                *values = Arc::new(ids);
            }
        }
    }

    /// Rows of a table that is filled beside another (people from orders) that name nobody: they
    /// are no rows of this table.
    fn unnamed(&self, columns: &[ArrayRef]) -> Vec<bool> {
        let rows = columns.first().map_or(0, |column| column.len());
        if self.repeats != Repeats::Last {
            return vec![false; rows];
        }
        let id = self
            .table
            .columns()
            .iter()
            .position(|column| column.name == self.table.key()[0])
            .expect("a key is a column");
        (0..rows).map(|row| columns[id].is_null(row)).collect()
    }

    /// What a row must have.
    fn check(&self, columns: &[ArrayRef], unnamed: &[bool], problems: &mut Problems) {
        let rows = unnamed.len();
        let column_of = |name: &str| {
            let place = self
                .table
                .columns()
                .iter()
                .position(|column| column.name == name);
            &columns[place.expect("a column of the table")]
        };
        let said: std::collections::HashSet<(u32, String)> = problems
            .iter()
            .map(|(row, reason)| (*row, reason.field("column").to_owned()))
            .collect();
        let lonely: std::collections::HashSet<u32> = problems
            .iter()
            .filter(|(_, reason)| reason.code == "no-partner")
            .map(|(row, _)| *row)
            .collect();
        let made_of_items =
            |name: &str| !self.items.is_empty() && matches!(name, "question" | "measure");
        for (column, values) in self.table.columns().iter().zip(columns) {
            if !column.required || values.null_count() == 0 || made_of_items(column.name) {
                continue;
            }
            for (row, unnamed) in unnamed.iter().enumerate() {
                let number = u32::try_from(row).expect("a batch is small");
                let known = *unnamed
                    || values.is_valid(row)
                    || lonely.contains(&number)
                    || said.contains(&(number, column.name.to_owned()));
                if !known {
                    problems.push((number, Reason::new("required").with("column", column.name)));
                }
            }
        }
        let one_of = match self.table {
            Table::Events => Some(("customer_id", "anonymous_id", "who")),
            Table::Feedback => Some(("rating", "text", "rating-or-text")),
            _ => None,
        };
        if let Some((one, other, code)) = one_of {
            let (one, other) = (column_of(one), column_of(other));
            for row in 0..rows {
                if one.is_null(row) && other.is_null(row) {
                    problems.push((
                        u32::try_from(row).expect("a batch is small"),
                        Reason::new(code),
                    ));
                }
            }
        }
    }

    /// Puts the accepted rows together and the others aside.
    fn assemble(
        &self,
        text: &TextBatch,
        columns: Vec<ArrayRef>,
        problems: Problems,
        unnamed: &[bool],
        left_out: u64,
        time_notes: Vec<(&'static str, TimeNotes)>,
    ) -> Result<Converted, Error> {
        let mut accepted: Vec<bool> = unnamed.iter().map(|unnamed| !unnamed).collect();
        let mut reasons: std::collections::BTreeMap<u32, Vec<Reason>> = Default::default();
        for (row, reason) in problems {
            if !unnamed[row as usize] {
                accepted[row as usize] = false;
                reasons.entry(row).or_default().push(reason);
            }
        }
        let mut rejected = self.rejects(text, &columns, reasons)?;
        let (columns, text_rows) = if self.items.is_empty() {
            accepted_rows(columns, &accepted)?
        } else {
            let answers = survey::answers(&self.items, &text.rows, &columns, &accepted)?;
            for (row, reason) in answers.problems {
                let reasons = std::collections::BTreeMap::from([(row, vec![reason])]);
                rejected.extend(self.rejects(text, &columns, reasons)?);
            }
            (answers.columns, answers.respondents)
        };
        let rows = text_rows.len();
        let chosen = if rows == text.rows.num_rows() && self.items.is_empty() {
            text.rows.clone()
        } else {
            take_record_batch(&text.rows, &UInt32Array::from(text_rows.clone()))?
        };
        let texts: Vec<&StringArray> = chosen
            .columns()
            .iter()
            .map(|column| column.as_string::<i32>())
            .collect();
        let source: ArrayRef = Arc::new(repeat(&self.setting.source, rows));
        let (keys, by_content) = keys(&self.key, &source, &columns, rows)?;
        let loaded_at = TimestampMicrosecondArray::from(vec![self.setting.loaded_at; rows]);
        let mut all: Vec<ArrayRef> = vec![
            source,
            keys,
            Arc::new(loaded_at.with_timezone("UTC")),
            Arc::new(self.attributes.of(&texts, rows)),
        ];
        all.extend(columns);
        let latest = match &self.latest {
            None => None,
            Some(target) => {
                let times = self.column(target, &chosen, &mut Vec::new(), &mut Problems::new())?;
                Some(times.as_primitive::<TimestampMicrosecondType>().clone())
            }
        };
        let country = self.setting.telephone_country;
        Ok(Converted {
            batch: RecordBatch::try_new(self.table.schema(), all)?,
            places: text_rows
                .iter()
                .map(|row| text.places[*row as usize])
                .collect(),
            by_content,
            rejected,
            left_out,
            time_notes,
            phones: self.phone.map(|place| {
                texts[place]
                    .iter()
                    .map(|cell| people::normal_phone(cell?, country))
                    .collect()
            }),
            emails: self.email.map(|place| {
                texts[place]
                    .iter()
                    .map(|cell| cell.map(people::normal_email))
                    .collect()
            }),
            latest,
            texts: chosen.clone(),
        })
    }

    fn rejects(
        &self,
        text: &TextBatch,
        columns: &[ArrayRef],
        reasons: std::collections::BTreeMap<u32, Vec<Reason>>,
    ) -> Result<Vec<Rejected>, Error> {
        let mut rejected = Vec::with_capacity(reasons.len());
        for (row, reasons) in reasons {
            rejected.push(Rejected {
                place: text.places[row as usize],
                raw: raw_of(&text.rows, row as usize),
                reasons,
                key: self.key_of(columns, row as usize)?,
            });
        }
        Ok(rejected)
    }

    /// The key of a single row, when all of it is there.
    fn key_of(&self, columns: &[ArrayRef], row: usize) -> Result<Option<[u8; 16]>, Error> {
        let Some(places) = &self.key.columns else {
            return Ok(None);
        };
        let needed = places
            .iter()
            .filter(|place| self.table.columns()[**place].required);
        let complete =
            needed.clone().count() > 0 && needed.clone().all(|place| columns[*place].is_valid(row));
        let id = self
            .key
            .unless_empty
            .is_none_or(|place| columns[place].is_valid(row));
        if !complete || !id || !self.items.is_empty() {
            return Ok(None);
        }
        let mut parts: Vec<ArrayRef> = vec![Arc::new(repeat(&self.setting.source, 1))];
        parts.extend(places.iter().map(|place| columns[*place].slice(row, 1)));
        let key = row_keys(&parts)?;
        Ok(Some(
            key.value(0).try_into().expect("a key has sixteen bytes"),
        ))
    }
}

/// The order of arrival of events that bring no order of their own: their place in the file.
fn arrival(text: &TextBatch) -> ArrayRef {
    let rows = text
        .places
        .iter()
        .map(|place| i64::try_from(place.row).unwrap_or(i64::MAX));
    Arc::new(Int64Array::from_iter_values(rows))
}

/// A row of text as JSON, without what was made of it.
fn raw_of(rows: &RecordBatch, row: usize) -> String {
    let schema = rows.schema();
    let (names, arrays): (Vec<&str>, Vec<&StringArray>) = schema
        .fields()
        .iter()
        .zip(rows.columns())
        .filter(|(field, _)| !field.name().starts_with('\u{1}'))
        .map(|(field, column)| (field.name().as_str(), column.as_string::<i32>()))
        .unzip();
    raw_json(&names, &arrays, row)
}

/// The rows that fulfil a condition.
fn keep(text: &TextBatch, wanted: &BooleanArray) -> Result<TextBatch, Error> {
    let wanted: BooleanArray = wanted
        .iter()
        .map(|wanted| Some(wanted == Some(true)))
        .collect();
    let mut places = Vec::new();
    let mut lonely = std::collections::BTreeMap::new();
    for (row, place) in text
        .places
        .iter()
        .enumerate()
        .filter(|(row, _)| wanted.value(*row))
    {
        if let Some(file) = text
            .lonely
            .get(&u32::try_from(row).expect("a batch is small"))
        {
            lonely.insert(
                u32::try_from(places.len()).expect("a batch is small"),
                file.clone(),
            );
        }
        places.push(*place);
    }
    Ok(TextBatch {
        rows: filter_record_batch(&text.rows, &wanted)?,
        places,
        lonely,
    })
}

/// The columns without the rows that are not accepted, and the rows that stay.
fn accepted_rows(
    columns: Vec<ArrayRef>,
    accepted: &[bool],
) -> Result<(Vec<ArrayRef>, Vec<u32>), Error> {
    let numbers = 0..u32::try_from(accepted.len()).expect("a batch is small");
    if accepted.iter().all(|accepted| *accepted) {
        return Ok((columns, numbers.collect()));
    }
    let mask = BooleanArray::from(accepted.to_vec());
    let columns = columns
        .iter()
        .map(|column| filter(column, &mask))
        .collect::<Result<Vec<_>, _>>()?;
    Ok((
        columns,
        numbers.filter(|row| accepted[*row as usize]).collect(),
    ))
}

/// The keys of rows, and which of them are those of contents.
fn keys(
    rule: &KeyRule,
    source: &ArrayRef,
    columns: &[ArrayRef],
    rows: usize,
) -> Result<(ArrayRef, Vec<bool>), Error> {
    let keys_of = |places: &[usize]| {
        let mut parts = vec![Arc::clone(source)];
        parts.extend(places.iter().map(|place| Arc::clone(&columns[*place])));
        row_keys(&parts)
    };
    let Some(places) = &rule.columns else {
        return Ok((Arc::new(keys_of(&rule.content)?), vec![true; rows]));
    };
    let by_id = keys_of(places)?;
    let Some(id) = rule.unless_empty.filter(|id| columns[*id].null_count() > 0) else {
        return Ok((Arc::new(by_id), vec![false; rows]));
    };
    let by_content = keys_of(&rule.content)?;
    let without_id: Vec<bool> = (0..rows).map(|row| columns[id].is_null(row)).collect();
    let mixed: Vec<&[u8]> = without_id
        .iter()
        .enumerate()
        .map(|(row, without)| {
            if *without {
                by_content.value(row)
            } else {
                by_id.value(row)
            }
        })
        .collect();
    let mixed = datafusion::arrow::array::FixedSizeBinaryArray::try_from_iter(mixed.into_iter())?;
    Ok((Arc::new(mixed), without_id))
}
