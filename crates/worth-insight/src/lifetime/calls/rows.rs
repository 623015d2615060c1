//! The call list as rows: a sheet to work from, to fill in and to import back.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `name`, `phone`, `email` | text | personal data; the reason why this is a file and no report |
//! | `store` | text | where they bought last |
//! | `action` | text | call, or do not call (held out), in the reader's language |
//! | `reason` | text | "buys every 31 days, silent for 84", in the reader's language |
//! | `usual_gap_days` | real | mean days between purchases; empty after a single one |
//! | `silent_days` | count | since the last purchase |
//! | `at_stake`, `_low`, `_high` | real | what the customer would bring on top if kept for certain |
//! | `favourite_category` | text | bought on most days |
//! | `last_complaint_on`, `last_complaint` | date, text | the day, and the first 80 characters |
//! | `contact_allowed` | text | yes or unknown (who said no is on no list) |
//! | `offer` | text | a suggestion, in the reader's language; empty for those held out |
//! | `offer_rule` | text | complaint, price-sensitive, favourite-category, greeting |
//! | `offer_evidence` | text | untested |
//! | `contacted_at`, `result`, `note` | | empty, to fill in |
//! | `customer_id`, `status` | text | |
//! | `list_id`, `list_date`, `campaign` | text, date, text | which list, and the day it was drawn for |
//! | `arm` | text | treatment or holdout |
//! | `propensity` | real | probability of the arm given |
//!
//! Those to call come first, the most valuable of them on top; those held out stand at the end.

use std::sync::{Arc, LazyLock};

use datafusion::arrow::array::{
    ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray, new_null_array,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;

use super::CallList;
use super::known::{Known, Person};
use super::offers::OfferRule;
use crate::lifetime::forecast::Forecaster;
use crate::lifetime::history::Histories;
use crate::lifetime::rows::reason;
use crate::question::Rows;
use crate::words::{Language, Words};

/// Customers that are written at once.
const CHUNK: usize = 1 << 16;

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    use DataType::{Date32, Float64, Int64, Utf8};
    let columns = [
        ("name", Utf8),
        ("phone", Utf8),
        ("email", Utf8),
        ("store", Utf8),
        ("action", Utf8),
        ("reason", Utf8),
        ("usual_gap_days", Float64),
        ("silent_days", Int64),
        ("at_stake", Float64),
        ("at_stake_low", Float64),
        ("at_stake_high", Float64),
        ("favourite_category", Utf8),
        ("last_complaint_on", Date32),
        ("last_complaint", Utf8),
        ("contact_allowed", Utf8),
        ("offer", Utf8),
        ("offer_rule", Utf8),
        ("offer_evidence", Utf8),
        ("contacted_at", Date32),
        ("result", Utf8),
        ("note", Utf8),
        ("customer_id", Utf8),
        ("status", Utf8),
        ("list_id", Utf8),
        ("list_date", Date32),
        ("campaign", Utf8),
        ("arm", Utf8),
        ("propensity", Float64),
    ];
    let fields = columns.map(|(name, kind)| Field::new(name, kind, true));
    Arc::new(Schema::new(fields.to_vec()))
});

/// The rows of a call list.
#[derive(Clone)]
pub(crate) struct CallRows {
    pub(super) list: Arc<CallList>,
    /// Last day of observation, since 1970-01-01.
    pub(super) list_date: i32,
    /// Rows of [`Histories`]: those to contact, then those held out.
    pub(super) order: Arc<[u32]>,
    /// How many are to be contacted.
    pub(super) treatment: usize,
    pub(super) known: Arc<Known>,
    pub(super) histories: Arc<Histories>,
    pub(super) forecaster: Arc<Forecaster>,
    pub(super) language: Language,
}

impl Rows for CallRows {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&SCHEMA)
    }

    fn stream(&self) -> SendableRecordBatchStream {
        let words = Words::new(self.language);
        let count = self.order.len();
        let rows = self.clone();
        let batches = (0..count)
            .step_by(CHUNK)
            .map(move |start| rows.batch(start..count.min(start + CHUNK), &words));
        Box::pin(RecordBatchStreamAdapter::new(
            Arc::clone(&SCHEMA),
            futures::stream::iter(batches),
        ))
    }
}

/// A customer on the list.
struct Entry<'a> {
    row: usize,
    id: &'a str,
    treated: bool,
    person: &'a Person,
    offer: OfferRule,
}

impl CallRows {
    fn batch(
        &self,
        places: std::ops::Range<usize>,
        words: &Words,
    ) -> Result<RecordBatch, DataFusionError> {
        let of = &self.histories;
        let rows: Vec<usize> = self.order[places.clone()]
            .iter()
            .map(|&row| row as usize)
            .collect();
        let stakes: Vec<Option<[f64; 3]>> = match self.forecaster.outlooks(of, &rows) {
            Some(outlooks) => outlooks.iter().map(|of| of.stake_ends()).collect(),
            None => vec![None; rows.len()],
        };
        let silent_days = |row: usize| of.rhythm(row).silent_days as i32;
        let entries: Vec<Entry<'_>> = places
            .zip(&rows)
            .map(|(place, &row)| {
                let id = of.id(row);
                let person = self.known.of(id);
                Entry {
                    row,
                    id,
                    treated: place < self.treatment,
                    person,
                    offer: OfferRule::of(person, self.list_date - silent_days(row)),
                }
            })
            .collect();
        let columns = Columns {
            entries: &entries,
            stakes: &stakes,
        };
        let list = &self.list;
        let columns: Vec<ArrayRef> = vec![
            columns.text(|entry| entry.person.name.clone()),
            columns.text(|entry| entry.person.phone.clone()),
            columns.text(|entry| entry.person.email.clone()),
            columns.text(|entry| entry.person.store.clone()),
            columns.text(|entry| Some(action(entry.treated, words))),
            columns.text(|entry| Some(reason(of, entry.row, words))),
            columns.real(|entry| of.rhythm(entry.row).gap_days),
            columns.count(|entry| i64::from(silent_days(entry.row))),
            columns.stake(0),
            columns.stake(1),
            columns.stake(2),
            columns.text(|entry| entry.person.favourite_category.clone()),
            columns.date(|entry| entry.person.complaint.as_ref().map(|(day, _)| *day)),
            columns.text(|entry| entry.person.complaint.as_ref()?.1.clone()),
            columns.text(|entry| Some(permission(entry.person).into())),
            columns.text(|entry| {
                let offer = || entry.offer.offer(entry.person, words);
                entry.treated.then(offer)
            }),
            columns.text(|entry| entry.treated.then(|| entry.offer.name().into())),
            columns.text(|entry| entry.treated.then(|| UNTESTED.into())),
            new_null_array(&DataType::Date32, entries.len()),
            new_null_array(&DataType::Utf8, entries.len()),
            new_null_array(&DataType::Utf8, entries.len()),
            columns.text(|entry| Some(entry.id.into())),
            columns.text(|_| Some(list.status.name().into())),
            columns.text(|_| Some(list.list_id.clone())),
            columns.date(|_| Some(self.list_date)),
            columns.text(|_| Some(list.campaign.clone())),
            columns.text(|entry| {
                Some(
                    if entry.treated {
                        "treatment"
                    } else {
                        "holdout"
                    }
                    .into(),
                )
            }),
            columns.real(|entry| {
                Some(if entry.treated {
                    1.0 - list.holdout_share
                } else {
                    list.holdout_share
                })
            }),
        ];
        Ok(RecordBatch::try_new(Arc::clone(&SCHEMA), columns)?)
    }
}

/// What is known of whether an offer works.
const UNTESTED: &str = "untested";

fn action(treated: bool, words: &Words) -> String {
    words.say(if treated {
        "lifetime-action-call"
    } else {
        "lifetime-action-hold-out"
    })
}

fn permission(person: &Person) -> &'static str {
    match person.contact_allowed {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    }
}

/// Makes columns of entries.
struct Columns<'a> {
    entries: &'a [Entry<'a>],
    /// Value, low and high.
    stakes: &'a [Option<[f64; 3]>],
}

impl Columns<'_> {
    fn text(&self, of: impl Fn(&Entry<'_>) -> Option<String>) -> ArrayRef {
        Arc::new(self.entries.iter().map(of).collect::<StringArray>())
    }

    fn real(&self, of: impl Fn(&Entry<'_>) -> Option<f64>) -> ArrayRef {
        Arc::new(self.entries.iter().map(of).collect::<Float64Array>())
    }

    fn count(&self, of: impl Fn(&Entry<'_>) -> i64) -> ArrayRef {
        let counts = self.entries.iter().map(|entry| Some(of(entry)));
        Arc::new(counts.collect::<Int64Array>())
    }

    fn date(&self, of: impl Fn(&Entry<'_>) -> Option<i32>) -> ArrayRef {
        Arc::new(self.entries.iter().map(of).collect::<Date32Array>())
    }

    fn stake(&self, end: usize) -> ArrayRef {
        let ends = self.stakes.iter().map(|stake| stake.map(|ends| ends[end]));
        Arc::new(ends.collect::<Float64Array>())
    }
}
