//! Rejects of one table: written beside the rows, closed by a later success.
//!
//! A reject is known by its place (file digest, row, table). When the same file comes again, its
//! rejects are settled anew. When another file brings the fact that a reject would have been, the
//! reject is closed: it keeps the fact's key, where the source has one, in `attributes`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, FixedSizeBinaryArray, Int64Array, ListBuilder, RecordBatch,
    StringArray, StringBuilder, TimestampMicrosecondArray,
};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use datafusion::scalar::ScalarValue;
use futures::StreamExt;

use crate::error::Error;
use crate::import::reason::Reason;
use crate::import::transform::Place;
use crate::lake::Transaction;
use crate::tables::{Part, Table, row_key};

/// Rejects that are closed with one statement at most.
const CLOSED_AT_ONCE: usize = 500;

/// The rejects of one table while its files are imported.
pub(super) struct Rejects {
    source: String,
    table: Table,
    /// Digest and name of each driving file.
    files: Vec<(String, String)>,
    loaded_at: i64,
    /// Rejects of these files that are in the lake: key → reasons.
    known: HashMap<[u8; 16], Vec<String>>,
    /// Of those, the ones that are still rejected for the same reasons.
    still: HashSet<[u8; 16]>,
    /// Facts that rejects of other files would have been: key of the fact → key of the reject.
    facts: HashMap<[u8; 16], Vec<[u8; 16]>>,
    /// Rejects to be closed.
    closed: HashSet<[u8; 16]>,
    /// What was wrong, how often, and an example: for the message when it was too much.
    pub(super) reasons: BTreeMap<(String, String), (u64, String)>,
}

/// A row to be kept aside.
pub(super) struct Reject {
    pub(super) place: Place,
    pub(super) raw: String,
    pub(super) reasons: Vec<Reason>,
    pub(super) fact: Option<[u8; 16]>,
}

impl Rejects {
    /// Looks at the rejects of the source that the lake has.
    pub(super) async fn open(
        transaction: &Transaction,
        source: &str,
        table: Table,
        files: Vec<(String, String)>,
        loaded_at: i64,
    ) -> Result<Self, Error> {
        let mut rejects = Self {
            source: source.to_owned(),
            table,
            files,
            loaded_at,
            known: HashMap::new(),
            still: HashSet::new(),
            facts: HashMap::new(),
            closed: HashSet::new(),
            reasons: BTreeMap::new(),
        };
        let sql = "select row_key, file_digest, reasons, attributes from rejects
                   where source = $source and table_name = $table";
        let parameters = [
            ("source", ScalarValue::from(source)),
            ("table", table.name().into()),
        ];
        let mut batches = transaction
            .base()
            .query(sql, &parameters)
            .await?
            .execute_stream()
            .await?;
        while let Some(batch) = batches.next().await {
            rejects.note_known(&batch?)?;
        }
        Ok(rejects)
    }

    fn note_known(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let text = |column: usize| -> Result<StringArray, Error> {
            Ok(cast(batch.column(column), &DataType::Utf8)?
                .as_string::<i32>()
                .clone())
        };
        let keys = batch.column(0).as_fixed_size_binary();
        let (digests, attributes) = (text(1)?, text(3)?);
        let reasons = cast(batch.column(2), &DataType::new_list(DataType::Utf8, true))?;
        let reasons = reasons.as_list::<i32>();
        for row in 0..batch.num_rows() {
            let key: [u8; 16] = keys.value(row).try_into().expect("a key has sixteen bytes");
            if self
                .files
                .iter()
                .any(|(digest, _)| digest == digests.value(row))
            {
                let list = reasons.value(row);
                let list: Vec<String> = list
                    .as_string::<i32>()
                    .iter()
                    .flatten()
                    .map(str::to_owned)
                    .collect();
                self.known.insert(key, list);
            }
            if attributes.is_valid(row)
                && let Some(fact) = fact_of(attributes.value(row))
            {
                self.facts.entry(fact).or_default().push(key);
            }
        }
        Ok(())
    }

    /// A row that the lake takes: closes the rejects that would have been the same fact.
    pub(super) fn note_success(&mut self, key: &[u8]) {
        if self.facts.is_empty() {
            return;
        }
        if let Some(rejects) = <[u8; 16]>::try_from(key)
            .ok()
            .and_then(|key| self.facts.get(&key))
        {
            self.closed.extend(rejects);
        }
    }

    /// Keeps rows aside.
    pub(super) fn add(
        &mut self,
        transaction: &mut Transaction,
        rejects: Vec<Reject>,
    ) -> Result<(), Error> {
        // several answers of one respondent are one reject with several reasons
        let mut by_place: BTreeMap<Place, Reject> = BTreeMap::new();
        for reject in rejects {
            for reason in &reject.reasons {
                let about = (reason.code.clone(), reason.field("column").to_owned());
                let entry = self
                    .reasons
                    .entry(about)
                    .or_insert_with(|| (0, reason.to_string()));
                entry.0 += 1;
            }
            match by_place.entry(reject.place) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(reject);
                }
                std::collections::btree_map::Entry::Occupied(mut entry) => {
                    entry.get_mut().reasons.extend(reject.reasons);
                }
            }
        }
        let mut fresh = Vec::new();
        for reject in by_place.into_values() {
            let key = self.key(reject.place);
            let reasons: Vec<String> = reject.reasons.iter().map(Reason::to_json).collect();
            if self.known.get(&key) == Some(&reasons) {
                self.still.insert(key);
            } else {
                fresh.push((key, reasons, reject));
            }
        }
        if fresh.is_empty() {
            return Ok(());
        }
        transaction.append(Table::Rejects, &self.batch(&fresh)?)
    }

    fn key(&self, place: Place) -> [u8; 16] {
        let (digest, _) = &self.files[place.file as usize];
        row_key([
            Part::Text(&self.source),
            Part::Text(digest),
            Part::Number(place.row.into()),
            Part::Text(self.table.name()),
        ])
    }

    fn batch(&self, rejects: &[([u8; 16], Vec<String>, Reject)]) -> Result<RecordBatch, Error> {
        let same = |text: &str| -> ArrayRef {
            Arc::new(StringArray::from_iter_values(rejects.iter().map(|_| text)))
        };
        let texts = |value: &dyn Fn(&Reject) -> Option<String>| -> ArrayRef {
            Arc::new(
                rejects
                    .iter()
                    .map(|(_, _, reject)| value(reject))
                    .collect::<StringArray>(),
            )
        };
        let now: ArrayRef = Arc::new(
            TimestampMicrosecondArray::from(vec![self.loaded_at; rejects.len()])
                .with_timezone("UTC"),
        );
        let file = |reject: &Reject| &self.files[reject.place.file as usize];
        let mut reasons = ListBuilder::new(StringBuilder::new());
        for (_, list, _) in rejects {
            for reason in list {
                reasons.values().append_value(reason);
            }
            reasons.append(true);
        }
        let keys = FixedSizeBinaryArray::try_from_iter(rejects.iter().map(|(key, _, _)| key))?;
        let mut columns: HashMap<&str, ArrayRef> = HashMap::from([
            ("source", same(&self.source)),
            ("row_key", Arc::new(keys) as ArrayRef),
            ("loaded_at", Arc::clone(&now)),
            (
                "attributes",
                texts(&|reject| reject.fact.map(fact_attributes)),
            ),
            ("table_name", same(self.table.name())),
            ("file", texts(&|reject| Some(file(reject).1.clone()))),
            ("file_digest", texts(&|reject| Some(file(reject).0.clone()))),
            (
                "file_row",
                Arc::new(Int64Array::from_iter_values(rejects.iter().map(
                    |(_, _, reject)| {
                        i64::try_from(reject.place.row).expect("no file has that many rows")
                    },
                ))),
            ),
            ("raw", texts(&|reject| Some(reject.raw.clone()))),
            ("reasons", Arc::new(reasons.finish())),
            ("at", now),
        ]);
        let schema = Table::Rejects.schema();
        let ordered = schema
            .fields()
            .iter()
            .map(|field| {
                columns
                    .remove(field.name().as_str())
                    .expect("every column is made")
            })
            .collect();
        Ok(RecordBatch::try_new(schema, ordered)?)
    }

    /// Takes closed rejects out of the lake and says how many those are.
    pub(super) async fn close(mut self, transaction: &mut Transaction) -> Result<u64, Error> {
        // what was rejected before and is not any more, or is now for other reasons
        self.closed
            .extend(self.known.keys().filter(|key| !self.still.contains(*key)));
        let closed: Vec<[u8; 16]> = self.closed.into_iter().collect();
        let mut count = 0;
        for keys in closed.chunks(CLOSED_AT_ONCE) {
            let keys: Vec<String> = keys.iter().map(|key| format!("X'{}'", hex(key))).collect();
            let condition = format!(
                "source = $source and table_name = $table and row_key in ({})",
                keys.join(", ")
            );
            let parameters = [
                ("source", ScalarValue::from(self.source.as_str())),
                ("table", self.table.name().into()),
            ];
            count += transaction
                .delete_where(Table::Rejects, &condition, &parameters)
                .await?;
        }
        Ok(count)
    }
}

fn hex(key: &[u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(*key))
}

fn fact_attributes(key: [u8; 16]) -> String {
    format!(r#"{{"fact":"{}"}}"#, hex(&key))
}

fn fact_of(attributes: &str) -> Option<[u8; 16]> {
    let digits = attributes
        .strip_prefix(r#"{"fact":""#)?
        .strip_suffix(r#""}"#)?;
    Some(u128::from_str_radix(digits, 16).ok()?.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reject_remembers_the_fact_it_would_have_been() {
        let key = row_key([Part::Text("order"), Part::Number(1)]);
        assert_eq!(fact_of(&fact_attributes(key)), Some(key));
        assert_eq!(fact_of("{}"), None);
    }
}
