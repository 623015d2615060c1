//! Looks again for the people of surveys and feedback who were imported before their customers.
//!
//! A row without a customer keeps the telephone number and the e-mail address it came with in
//! `attributes`, so once customers have come it can be looked at again. Rows whose person is found
//! are replaced, in one commit of their own; to do it twice, or not at all, changes nothing else.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use datafusion::arrow::array::{Array, AsArray, BooleanArray, StringArray};
use datafusion::arrow::compute::{cast, filter_record_batch};
use datafusion::arrow::record_batch::RecordBatch;
use futures::StreamExt;

use super::ATTEMPTS;
use crate::error::Error;
use crate::import::mapping::{People, TableMapping};
use crate::import::people::{Matcher, Person, Wanted, normal_email, normal_phone};
use crate::import::report::{FoundLater, PeopleCount};
use crate::lake::{Lake, Snapshot};
use crate::tables::Table;
use crate::workspace::Workspace;

/// Tables whose rows are somebody's words.
const TABLES: [Table; 2] = [Table::SurveyAnswers, Table::Feedback];

/// Finds the customers of rows that have none yet. Those of sources in which nobody was found are
/// not told.
pub(super) async fn find_people(
    workspace: &Workspace,
    lake: &Lake,
) -> Result<Vec<FoundLater>, Error> {
    let mut attempt = 1;
    loop {
        match find_once(workspace, lake).await {
            Err(Error::Moved { .. }) if attempt < ATTEMPTS => attempt += 1,
            done => return done,
        }
    }
}

async fn find_once(workspace: &Workspace, lake: &Lake) -> Result<Vec<FoundLater>, Error> {
    let transaction = lake.begin().await?;
    let base = Arc::clone(transaction.base());
    let mut all = Vec::new();
    for table in TABLES {
        let mut writer = None;
        for (source, mapping) in with_contacts(workspace, table) {
            let nameless = Nameless {
                base: &base,
                table,
                source,
                people: &mapping.people,
                country: workspace.business().telephone_country(),
            };
            let matcher = nameless.matcher().await?;
            let mut people = HashSet::new();
            let mut batches = nameless.rows().await?;
            while let Some(batch) = batches.next().await {
                let found = nameless.named(&batch?, &matcher, &mut people)?;
                if found.num_rows() > 0 {
                    let writer = match &mut writer {
                        Some(writer) => writer,
                        None => writer.insert(transaction.facts(table)?),
                    };
                    writer.write(&found)?;
                }
            }
            if !people.is_empty() {
                all.push(FoundLater {
                    source: source.to_owned(),
                    people: people.len() as u64,
                });
            }
        }
        if let Some(writer) = writer {
            writer.finish().await?;
        }
    }
    if !all.is_empty() {
        transaction.commit("find people among customers").await?;
    }
    Ok(all)
}

/// The sources that feed a table with rows whose people can be found by number or address.
fn with_contacts(
    workspace: &Workspace,
    table: Table,
) -> impl Iterator<Item = (&str, &TableMapping)> {
    workspace.mappings().iter().flat_map(move |mapping| {
        let fitting = mapping
            .tables
            .iter()
            .filter(move |fed| fed.target() == Some(table) && fed.people != People::default());
        fitting.map(|fed| (mapping.name.as_str(), fed))
    })
}

/// Rows of one source that have no customer.
struct Nameless<'a> {
    base: &'a Snapshot,
    table: Table,
    source: &'a str,
    people: &'a People,
    country: Option<&'static str>,
}

impl Nameless<'_> {
    async fn rows(&self) -> Result<datafusion::execution::SendableRecordBatchStream, Error> {
        let sql = format!(
            "select * from {} where source = $source and customer_id is null and attributes is not null",
            self.table
        );
        let frame = self
            .base
            .query(&sql, &[("source", self.source.into())])
            .await?;
        Ok(frame.execute_stream().await?)
    }

    async fn matcher(&self) -> Result<Matcher, Error> {
        let mut wanted = Wanted::default();
        let mut batches = self.rows().await?;
        while let Some(batch) = batches.next().await {
            let batch = batch?;
            let attributes = batch["attributes"].as_string_view();
            for contact in attributes.iter().map(|row| self.contact(row)) {
                wanted.add(contact.person());
            }
        }
        wanted.find(self.base).await
    }

    /// What a row's attributes give of its person.
    fn contact(&self, attributes: Option<&str>) -> Contact {
        let attributes: BTreeMap<String, String> = attributes
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default();
        let cell = |column: &Option<String>| attributes.get(column.as_ref()?);
        Contact {
            phone: cell(&self.people.phone).and_then(|cell| normal_phone(cell, self.country)),
            email: cell(&self.people.email).map(|cell| normal_email(cell)),
        }
    }

    /// The rows whose person is a customer now, with that customer; `people` collects who they are.
    fn named(
        &self,
        batch: &RecordBatch,
        matcher: &Matcher,
        people: &mut HashSet<String>,
    ) -> Result<RecordBatch, Error> {
        let attributes = batch["attributes"].as_string_view();
        let customers: StringArray = attributes
            .iter()
            .map(|row| {
                let contact = self.contact(row);
                let customer = matcher.customer(contact.person(), &mut PeopleCount::default());
                customer.map(str::to_owned)
            })
            .collect();
        people.extend(customers.iter().flatten().map(str::to_owned));
        let found: BooleanArray = (0..customers.len())
            .map(|row| Some(customers.is_valid(row)))
            .collect();
        let schema = self.table.schema();
        let columns = schema
            .fields()
            .iter()
            .map(|field| match field.name().as_str() {
                "customer_id" => Ok(Arc::new(customers.clone()) as _),
                name => cast(&batch[name], field.data_type()),
            })
            .collect::<Result<Vec<_>, _>>()?;
        let named = RecordBatch::try_new(Arc::clone(&schema), columns)?;
        Ok(filter_record_batch(&named, &found)?)
    }
}

/// A telephone number and an e-mail address, in the form in which customers have them.
#[derive(Debug, Default)]
struct Contact {
    phone: Option<String>,
    email: Option<String>,
}

impl Contact {
    fn person(&self) -> Person<'_> {
        Person {
            id: None,
            phone: self.phone.as_deref(),
            email: self.email.as_deref(),
        }
    }
}
