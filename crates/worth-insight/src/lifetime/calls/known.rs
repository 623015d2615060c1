//! What to know of a customer before calling: name and number, the usual store, what they like,
//! and what they last complained about.

use std::collections::HashMap;

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Int64Type, TimeUnit, TimestampMicrosecondType,
};
use datafusion::scalar::ScalarValue;
use futures::TryStreamExt;

use crate::columns::{column, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::business_currency;

const PEOPLE: &str = include_str!("people.sql");
const SOLD: &str = concat!(include_str!("../../money.sql"), include_str!("sold.sql"));
const COMPLAINTS: &str = include_str!("complaints.sql");

/// How much of a complaint stands in the list.
const COMPLAINT_CHARACTERS: usize = 80;

/// One customer.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Person {
    pub(super) name: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
    /// `None`: nobody knows.
    pub(super) contact_allowed: Option<bool>,
    /// Where they bought last.
    pub(super) store: Option<String>,
    /// Bought on most days; of equals the one with more money, then by name.
    pub(super) favourite_category: Option<String>,
    /// Day since 1970-01-01, and how it begins.
    pub(super) complaint: Option<(i32, Option<String>)>,
    /// Share of the list price that they did not pay, less that of all customers together; `None`
    /// without list prices.
    pub(super) further_discount: Option<f64>,
}

/// All customers on a list, by id.
#[derive(Debug, Default)]
pub(super) struct Known {
    people: HashMap<String, Person>,
}

impl Known {
    /// Names, numbers and permissions of these customers.
    pub(super) async fn people(
        observation: &Observation,
        ids: impl Iterator<Item = &str>,
    ) -> Result<Self, Error> {
        let people = ids.map(|id| (id.to_owned(), Person::default())).collect();
        let mut known = Self { people };
        let read = |known: &mut Self, batch: &RecordBatch| {
            let ids = text(batch, "customer_id");
            let [names, phones, emails] = ["name", "phone", "email"].map(|name| text(batch, name));
            let allowed = column(batch, "contact_allowed").as_boolean();
            for row in 0..batch.num_rows() {
                if let Some(person) = known.people.get_mut(ids.as_string_view().value(row)) {
                    person.name = cell(&names, row);
                    person.phone = cell(&phones, row);
                    person.email = cell(&emails, row);
                    person.contact_allowed = allowed.is_valid(row).then(|| allowed.value(row));
                }
            }
        };
        known
            .read(observation, "reading customers", PEOPLE, &[], read)
            .await?;
        Ok(known)
    }

    /// What is known of a customer.
    pub(super) fn of(&self, id: &str) -> &Person {
        &self.people[id]
    }

    /// Forgets everyone else.
    pub(super) fn keep_only<'a>(&mut self, ids: impl Iterator<Item = &'a str>) {
        let kept = ids.filter_map(|id| self.people.remove_entry(id));
        self.people = kept.collect();
    }

    /// Stores, categories and complaints.
    pub(super) async fn look_up(
        &mut self,
        context: &Context,
        observation: &Observation,
    ) -> Result<(), Error> {
        if self.people.is_empty() {
            return Ok(());
        }
        let mut habits: HashMap<String, Habits> = HashMap::new();
        let mut of_all = Discount::default();
        let money = [business_currency(context)];
        self.read(
            observation,
            "reading what customers like",
            SOLD,
            &money,
            |known, batch| {
                let ids = text(batch, "customer_id");
                for row in 0..batch.num_rows() {
                    let id = ids.as_string_view().value(row);
                    of_all.add(batch, row);
                    if known.people.contains_key(id) {
                        habits.entry(id.to_owned()).or_default().add(batch, row);
                    }
                }
            },
        )
        .await?;
        for (id, habits) in habits {
            if let Some(person) = self.people.get_mut(&id) {
                let usual = of_all.share().unwrap_or_default();
                person.further_discount = habits.discount.share().map(|share| share - usual);
                person.store = habits.last.map(|(_, store)| store);
                person.favourite_category = habits.favourite.map(|(_, _, category)| category.0);
            }
        }
        self.read(
            observation,
            "reading complaints",
            COMPLAINTS,
            &[],
            |known, batch| {
                let ids = text(batch, "customer_id");
                let days = column(batch, "day").as_primitive::<Date32Type>();
                let texts = text(batch, "text");
                for row in 0..batch.num_rows() {
                    if let Some(person) = known.people.get_mut(ids.as_string_view().value(row)) {
                        let begins = cell(&texts, row)
                            .map(|text| text.chars().take(COMPLAINT_CHARACTERS).collect());
                        person.complaint = Some((days.value(row), begins));
                    }
                }
            },
        )
        .await
    }

    async fn read(
        &mut self,
        observation: &Observation,
        doing: &'static str,
        sql: &str,
        parameters: &[(&str, ScalarValue)],
        mut take: impl FnMut(&mut Self, &RecordBatch),
    ) -> Result<(), Error> {
        let frame = observation.query(sql, parameters).await?;
        let mut batches = frame.execute_stream().await.map_err(Error::engine(doing))?;
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(doing))? {
            take(self, &batch);
        }
        Ok(())
    }
}

/// What a customer bought, category by category, on its way to what matters of it.
#[derive(Default)]
struct Habits {
    /// Days, money in ten-thousandths, and the category, ordered so that the favourite is the
    /// greatest.
    favourite: Option<(i64, i128, Reversed)>,
    /// Microseconds since 1970, and the store.
    last: Option<(i64, String)>,
    discount: Discount,
}

/// What was bought at list price, and what was paid of it; in ten-thousandths.
#[derive(Default)]
struct Discount {
    listed: i128,
    paid: i128,
}

impl Discount {
    fn add(&mut self, batch: &RecordBatch, row: usize) {
        self.listed += money(batch, "listed", row).unwrap_or(0);
        self.paid += money(batch, "paid_of_listed", row).unwrap_or(0);
    }

    fn share(&self) -> Option<f64> {
        (self.listed > 0).then(|| 1.0 - self.paid as f64 / self.listed as f64)
    }
}

/// Text that sorts from Z to A: of equal categories the first by name is the favourite.
#[derive(PartialEq, Eq)]
struct Reversed(String);

impl PartialOrd for Reversed {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Reversed {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.0.cmp(&self.0)
    }
}

impl Habits {
    fn add(&mut self, batch: &RecordBatch, row: usize) {
        if let Some(category) = cell(&text(batch, "category"), row) {
            let days = column(batch, "days").as_primitive::<Int64Type>().value(row);
            let candidate = (
                days,
                money(batch, "paid", row).unwrap_or(0),
                Reversed(category),
            );
            if self.favourite.as_ref().is_none_or(|best| *best < candidate) {
                self.favourite = Some(candidate);
            }
        }
        if let Some(store) = cell(&text(batch, "last_store"), row) {
            let micros = DataType::Timestamp(TimeUnit::Microsecond, None);
            let times = cast(column(batch, "last_at"), &micros).expect("a time is a time");
            let at = times.as_primitive::<TimestampMicrosecondType>().value(row);
            let candidate = (at, store);
            if self.last.as_ref().is_none_or(|last| *last < candidate) {
                self.last = Some(candidate);
            }
        }
        self.discount.add(batch, row);
    }
}

fn money(batch: &RecordBatch, name: &str, row: usize) -> Option<i128> {
    let amounts = column(batch, name).as_primitive::<Decimal128Type>();
    amounts.is_valid(row).then(|| amounts.value(row))
}

fn cell(column: &dyn Array, row: usize) -> Option<String> {
    let column = column.as_string_view();
    let filled = column.is_valid(row) && !column.value(row).trim().is_empty();
    filled.then(|| column.value(row).trim().to_owned())
}
