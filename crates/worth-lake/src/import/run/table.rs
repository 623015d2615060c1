//! Imports one table of one set of files into a transaction, and counts where every row went.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, FixedSizeBinaryArray, StringArray, UInt64Array,
};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::record_batch::RecordBatch;
use futures::StreamExt;

use super::pipeline::Pipeline;
use super::rejects::{Reject, Rejects};
use crate::error::Error;
use crate::import::mapping::{Mapping, Repeats};
use crate::import::people::{Matcher, Person, Wanted};
use crate::import::reason::Reason;
use crate::import::report::{PeopleCount, TableCount};
use crate::import::transform::{Converted, DamagedRows, Occurrences, Place, TimeNotes};
use crate::lake::{FILE_ROW, FactWriter, Transaction};
use crate::progress::Progress;
use crate::tables::Table;

/// One table of one set of files.
pub(super) struct TableImport<'a> {
    pub(super) pipeline: &'a Pipeline,
    pub(super) mapping: &'a Mapping,
    pub(super) progress: &'a dyn Progress,
}

/// What became of the rows for one table.
pub(super) struct Outcome {
    pub(super) from: String,
    pub(super) count: TableCount,
    pub(super) people: Option<PeopleCount>,
    times: BTreeMap<&'static str, TimeNotes>,
    /// What was wrong, how often, and an example.
    reasons: BTreeMap<(String, String), (u64, String)>,
    /// What a person should know.
    pub(super) notes: Vec<Reason>,
}

impl Outcome {
    /// Columns of times that needed a decision.
    pub(super) fn times(&self) -> impl Iterator<Item = (&'static str, TimeNotes)> {
        self.times.iter().map(|(column, notes)| (*column, *notes))
    }

    /// Whether days without a time were imported.
    pub(super) fn has_dates(&self) -> bool {
        self.times.values().any(|notes| notes.dates > 0)
    }

    /// The three most frequent reasons with an example each.
    pub(super) fn seen(&self) -> String {
        let mut reasons: Vec<&(u64, String)> = self.reasons.values().collect();
        reasons.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        let seen: Vec<String> = reasons
            .iter()
            .take(3)
            .map(|(count, example)| format!("{count} × {example}"))
            .collect();
        seen.join("; ")
    }
}

impl TableImport<'_> {
    /// Streams the rows into the transaction.
    pub(super) async fn run(&self, transaction: &mut Transaction) -> Result<Outcome, Error> {
        let compiled = &self.pipeline.compiled;
        let table = compiled.table;
        let files: Vec<(String, String)> = self
            .pipeline
            .driving()
            .iter()
            .map(|file| (file.digest().to_owned(), file.name().to_owned()))
            .collect();
        let loaded_at = compiled.setting.loaded_at;
        let mut rejects =
            Rejects::open(transaction, &self.mapping.name, table, files, loaded_at).await?;
        let matcher = self.matcher(transaction).await?;
        let last = self.last_rows().await?;
        let mut stage = Stage {
            writer: transaction.facts(table)?,
            occurrences: Occurrences::default(),
            ordinal: 0,
            last_response: None,
            count: TableCount {
                table: table.name().to_owned(),
                ..TableCount::default()
            },
            people: matcher.as_ref().map(|_| PeopleCount::default()),
            times: BTreeMap::new(),
        };
        let (mut batches, damaged) = self.pipeline.converted().await?;
        while let Some(batch) = batches.next().await {
            let (rows, converted) = batch?;
            let aside = stage.take(converted, last.as_ref(), matcher.as_ref(), &mut rejects)?;
            rejects.add(transaction, aside)?;
            self.progress.advance(rows);
        }
        let aside = damaged_rows(&damaged);
        stage.count.read += aside.len() as u64;
        stage.count.rejected += aside.len() as u64;
        rejects.add(transaction, aside)?;
        let Stage {
            writer,
            mut count,
            people,
            times,
            ..
        } = stage;
        let facts = writer.finish().await?;
        count.accepted = facts.accepted;
        count.replaced = facts.replaced;
        count.anonymous = facts.anonymous;
        count.skipped += facts.skipped;
        count.rejected += facts.conflicts.len() as u64;
        if !facts.conflicts.is_empty() {
            let conflicts = self.conflicts(facts.conflicts, last.as_ref()).await?;
            rejects.add(transaction, conflicts)?;
        }
        let reasons = std::mem::take(&mut rejects.reasons);
        count.closed_rejects = rejects.close(transaction).await?;
        debug_assert!(count.balances(), "{count:?}");
        let from = self.pipeline.table.from.clone();
        let orphans = self.pipeline.orphans().await?.into_iter();
        let notes = orphans
            .map(|(file, count)| {
                Reason::new("orphans")
                    .with("count", count)
                    .with("file", file)
                    .with("driving", &from)
            })
            .collect();
        Ok(Outcome {
            from,
            count,
            people,
            times,
            reasons,
            notes,
        })
    }

    /// Who the people of a survey or of feedback are.
    async fn matcher(&self, transaction: &Transaction) -> Result<Option<Matcher>, Error> {
        let compiled = &self.pipeline.compiled;
        let may = matches!(compiled.table, Table::SurveyAnswers | Table::Feedback);
        let by_contact = compiled.phone.is_some() || compiled.email.is_some();
        let by_id = self.pipeline.table.columns.contains_key("customer_id");
        // the customers of the same files are not in the lake yet, and their ids are its own
        let own = self
            .mapping
            .tables
            .iter()
            .any(|table| table.table == Table::Customers.name());
        if !may || !(by_contact || (by_id && !own)) {
            return Ok(None);
        }
        let mut wanted = Wanted::default();
        let (mut batches, _) = self.pipeline.converted().await?;
        while let Some(batch) = batches.next().await {
            let (_, converted) = batch?;
            let people = People::of(&converted);
            for row in 0..converted.batch.num_rows() {
                wanted.add(people.person(row));
            }
        }
        Ok(Some(wanted.find(transaction.base()).await?))
    }

    /// For tables in which the last row of a key counts: which row that is, by number.
    async fn last_rows(&self) -> Result<Option<HashMap<[u8; 16], u64>>, Error> {
        if self.pipeline.compiled.repeats != Repeats::Last {
            return Ok(None);
        }
        let mut last: HashMap<[u8; 16], (Option<i64>, u64)> = HashMap::new();
        let mut ordinal = 0;
        let (mut batches, _) = self.pipeline.converted().await?;
        while let Some(batch) = batches.next().await {
            let (_, converted) = batch?;
            for row in 0..converted.batch.num_rows() {
                let time = converted
                    .latest
                    .as_ref()
                    .and_then(|times| times.is_valid(row).then(|| times.value(row)));
                let this = (time, ordinal);
                last.entry(key_at(&converted, row))
                    .and_modify(|known| *known = this.max(*known))
                    .or_insert(this);
                ordinal += 1;
            }
        }
        Ok(Some(
            last.into_iter()
                .map(|(key, (_, ordinal))| (key, ordinal))
                .collect(),
        ))
    }

    /// Rows that contradict another row of the same key, found again by their number.
    async fn conflicts(
        &self,
        ordinals: Vec<u64>,
        last: Option<&HashMap<[u8; 16], u64>>,
    ) -> Result<Vec<Reject>, Error> {
        let ordinals: BTreeSet<u64> = ordinals.into_iter().collect();
        let compiled = &self.pipeline.compiled;
        let key_names: Vec<&str> = match &compiled.key.columns {
            Some(places) => places
                .iter()
                .map(|place| compiled.table.columns()[*place].name)
                .collect(),
            None => vec!["content"],
        };
        let reason = Reason::new("conflict").with("key", key_names.join(", "));
        debug_assert!(
            last.is_none(),
            "where the last row counts none contradicts it"
        );
        let mut found = Vec::with_capacity(ordinals.len());
        let mut ordinal = 0;
        let (mut batches, _) = self.pipeline.converted().await?;
        while let Some(batch) = batches.next().await {
            let (_, converted) = batch?;
            for row in 0..converted.batch.num_rows() {
                if ordinals.contains(&ordinal) {
                    found.push(Reject {
                        place: converted.places[row],
                        raw: converted.raw(row),
                        reasons: vec![reason.clone()],
                        fact: Some(key_at(&converted, row)),
                    });
                }
                ordinal += 1;
            }
        }
        Ok(found)
    }
}

/// The state of a table while its rows are streamed.
struct Stage {
    writer: FactWriter,
    occurrences: Occurrences,
    ordinal: u64,
    last_response: Option<String>,
    count: TableCount,
    people: Option<PeopleCount>,
    times: BTreeMap<&'static str, TimeNotes>,
}

impl Stage {
    /// Takes a batch: settles its keys and people, writes it, and gives back what is rejected.
    fn take(
        &mut self,
        mut converted: Converted,
        last: Option<&HashMap<[u8; 16], u64>>,
        matcher: Option<&Matcher>,
        rejects: &mut Rejects,
    ) -> Result<Vec<Reject>, Error> {
        self.count.read += converted.read();
        self.count.rejected += converted.rejected.len() as u64;
        self.count.skipped += converted.left_out;
        for (column, notes) in &converted.time_notes {
            self.times.entry(column).or_default().add(*notes);
        }
        let rows = converted.batch.num_rows();
        let first = self.ordinal;
        self.ordinal += rows as u64;
        if converted.by_content.iter().any(|by_content| *by_content) {
            let keys = self.keys_in_turn(&converted)?;
            replace(&mut converted.batch, "row_key", keys)?;
        }
        if let (Some(matcher), Some(count)) = (matcher, &mut self.people) {
            let customers = matched(&converted, matcher, count, &mut self.last_response);
            replace(&mut converted.batch, "customer_id", Arc::new(customers))?;
        }
        let mut batch = with_ordinals(&converted.batch, first)?;
        if let Some(last) = last {
            let counts: BooleanArray = (0..rows)
                .map(|row| Some(last.get(&key_at(&converted, row)) == Some(&(first + row as u64))))
                .collect();
            let kept = filter_record_batch(&batch, &counts)?;
            self.count.skipped += (rows - kept.num_rows()) as u64;
            batch = kept;
        }
        let keys = converted.batch["row_key"].as_fixed_size_binary();
        for key in keys.iter().flatten() {
            rejects.note_success(key);
        }
        if batch.num_rows() > 0 {
            self.writer.write(&batch)?;
        }
        Ok(converted
            .rejected
            .into_iter()
            .map(|rejected| Reject {
                place: rejected.place,
                raw: rejected.raw,
                reasons: rejected.reasons,
                fact: rejected.key,
            })
            .collect())
    }

    /// Keys of rows that are identified by their content, equal ones in turn.
    fn keys_in_turn(&mut self, converted: &Converted) -> Result<ArrayRef, Error> {
        let keys: Vec<[u8; 16]> = (0..converted.batch.num_rows())
            .map(|row| {
                let key = key_at(converted, row);
                if converted.by_content[row] {
                    self.occurrences.key(converted.places[row].file, key)
                } else {
                    key
                }
            })
            .collect();
        Ok(Arc::new(FixedSizeBinaryArray::try_from_iter(keys.iter())?))
    }
}

/// What the rows of a batch give of their people.
struct People<'a> {
    ids: Option<&'a StringArray>,
    phones: Option<&'a StringArray>,
    emails: Option<&'a StringArray>,
}

impl<'a> People<'a> {
    fn of(converted: &'a Converted) -> Self {
        Self {
            ids: converted
                .batch
                .column_by_name("customer_id")
                .map(|ids| ids.as_string()),
            phones: converted.phones.as_ref(),
            emails: converted.emails.as_ref(),
        }
    }

    fn person(&self, row: usize) -> Person<'a> {
        let value = |array: Option<&'a StringArray>| {
            array
                .filter(|array| array.is_valid(row))
                .map(|array| array.value(row))
        };
        Person {
            id: value(self.ids),
            phone: value(self.phones),
            email: value(self.emails),
        }
    }
}

/// The customers that the people of a batch are. People are counted once per response.
fn matched(
    converted: &Converted,
    matcher: &Matcher,
    count: &mut PeopleCount,
    last_response: &mut Option<String>,
) -> StringArray {
    let people = People::of(converted);
    let responses: Option<&StringArray> = converted
        .batch
        .column_by_name("response_id")
        .map(|ids| ids.as_string());
    (0..converted.batch.num_rows())
        .map(|row| {
            let mut this = PeopleCount::default();
            let customer = matcher.customer(people.person(row), &mut this);
            let again = responses
                .is_some_and(|responses| last_response.as_deref() == Some(responses.value(row)));
            if !again {
                count.add(&this);
                *last_response = responses.map(|responses| responses.value(row).to_owned());
            }
            customer
        })
        .collect()
}

fn key_at(converted: &Converted, row: usize) -> [u8; 16] {
    let keys = converted.batch["row_key"].as_fixed_size_binary();
    keys.value(row).try_into().expect("a key has sixteen bytes")
}

fn replace(batch: &mut RecordBatch, column: &str, values: ArrayRef) -> Result<(), Error> {
    let place = batch.schema().index_of(column)?;
    let mut columns = batch.columns().to_vec();
    columns[place] = values;
    *batch = RecordBatch::try_new(batch.schema(), columns)?;
    Ok(())
}

/// Rows are numbered as they come: conflicts name them by that number.
fn with_ordinals(batch: &RecordBatch, first: u64) -> Result<RecordBatch, Error> {
    let mut fields: Vec<Arc<Field>> = batch.schema().fields().iter().cloned().collect();
    fields.push(Arc::new(Field::new(FILE_ROW, DataType::UInt64, false)));
    let mut columns = batch.columns().to_vec();
    let numbers = first..first + batch.num_rows() as u64;
    columns.push(Arc::new(UInt64Array::from_iter_values(numbers)));
    Ok(RecordBatch::try_new(
        Arc::new(Schema::new(fields)),
        columns,
    )?)
}

fn damaged_rows(damaged: &DamagedRows) -> Vec<Reject> {
    let damaged = std::mem::take(&mut *damaged.lock().expect("no holder panics"));
    damaged
        .into_iter()
        .map(|(file, row)| Reject {
            place: Place {
                file,
                row: row.file_row,
            },
            raw: row.raw,
            reasons: vec![Reason::new("damaged").with("detail", row.reason)],
            fact: None,
        })
        .collect()
}
