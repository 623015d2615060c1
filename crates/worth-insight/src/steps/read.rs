//! Reads `steps.sql` into one compact log: 24 bytes for each step, and every text once.

use std::sync::Arc;

use datafusion::arrow::array::{Array, AsArray, RecordBatch, StringViewArray};
use datafusion::arrow::datatypes::{DataType, Date32Type, Int64Type, TimestampMicrosecondType};
use datafusion::scalar::ScalarValue;
use futures::TryStreamExt;
use hashbrown::{HashMap, HashSet};
use worth_model::journey::Event;

use super::{Case, JourneySettings, Steps};
use crate::columns::{column, date_of, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::ids::{Ids, key_of};
use crate::lifetime::customers_of_regions;
use crate::question::Scope;

const STEPS: &str = include_str!("steps.sql");
const LINKS: &str = include_str!("links.sql");
const LAST_DAY: &str = include_str!("last_day.sql");
const DOING: &str = "reading the steps of journeys";
/// Stands for a text that is not there.
pub(super) const NO_TEXT: u32 = u32::MAX;

/// The scope with its defaults. Journeys go on after the last order: when no last day is given, that of
/// the last step counts.
pub(crate) async fn observe(scope: &Scope, context: &Context) -> Result<Observation, Error> {
    let mut observation = context.observe(scope).await?;
    if scope.until.is_none() {
        let frame = observation.query(LAST_DAY, &[]).await?;
        let doing = "looking for the last step";
        let batches = frame.collect().await.map_err(Error::engine(doing))?;
        let days = batches
            .iter()
            .flat_map(|batch| batch.column(0).as_primitive::<Date32Type>().iter());
        if let Some(last_day) = days.flatten().next() {
            observation.until = observation.until.max(date_of(last_day));
        }
    }
    Ok(observation)
}

impl Steps {
    /// All steps in scope, for a question of this name; those that another question read already are
    /// not read again.
    ///
    /// # Errors
    ///
    /// [`Error::NothingThere`] without a step.
    pub(crate) async fn read(
        question: &'static str,
        context: &Context,
        observation: &Observation,
        settings: &JourneySettings,
    ) -> Result<Arc<Self>, Error> {
        let period = (observation.from, observation.until);
        let snapshot = observation.snapshot.id();
        let key = ("steps", snapshot, period, &observation.filter, settings);
        let key = serde_json::to_string(&key).expect("settings are written to memory");
        let reading = Self::read_anew(context, observation, settings);
        let steps = context.remember(key, reading).await?;
        if steps.log.events() == 0 {
            return Err(Error::NothingThere {
                question,
                table: "events",
            });
        }
        Ok(steps)
    }

    async fn read_anew(
        context: &Context,
        observation: &Observation,
        settings: &JourneySettings,
    ) -> Result<Self, Error> {
        let wanted = customers_of_regions(observation).await?;
        let mut reader = Reader {
            case: settings.case,
            wanted_customers: wanted.as_ref(),
            customers: Ids::default(),
            visitors: Ids::default(),
            cases: Ids::default(),
            links: HashMap::new(),
            texts: Ids::default(),
            kinds: HashMap::new(),
            events: Vec::new(),
            people_of_cases: HashSet::new(),
            stitched_steps: 0,
            left_out: [0; REASONS.len()],
        };
        let frame = observation.query(LINKS, &[]).await?;
        let mut batches = frame.execute_stream().await.map_err(Error::engine(DOING))?;
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(DOING))? {
            reader.link(&batch);
        }
        let tables = settings.tables.iter().map(|table| table.name().into());
        let tables: Vec<ScalarValue> = tables.collect();
        let tables = ScalarValue::List(ScalarValue::new_list_nullable(&tables, &DataType::Utf8));
        let frame = observation.query(STEPS, &[("tables", tables)]).await?;
        let mut batches = frame.execute_stream().await.map_err(Error::engine(DOING))?;
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(DOING))? {
            context.check()?;
            reader.add(&batch);
        }
        context.check()?;
        Ok(reader.finish(settings, &observation.filter.stage))
    }
}

/// Why a row is in no journey, as the words name it.
pub(super) const REASONS: [&str; 3] = ["no-person", "no-journey", "filtered"];
const NO_PERSON: usize = 0;
const NO_JOURNEY: usize = 1;
pub(super) const FILTERED: usize = 2;

/// Someone who took a step: numbers of [`Reader::customers`] and of [`Reader::visitors`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Person {
    Customer(u32),
    Visitor(u32),
}

/// A kind of step as the tables have it: numbers of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct RawKind {
    pub(super) table: u32,
    pub(super) name: u32,
    pub(super) stage: u32,
    pub(super) touchpoint: u32,
    pub(super) channel: u32,
    pub(super) outcome: u32,
}

/// Steps on their way in.
pub(super) struct Reader<'a> {
    pub(super) case: Case,
    wanted_customers: Option<&'a std::collections::HashSet<String>>,
    pub(super) customers: Ids,
    pub(super) visitors: Ids,
    pub(super) cases: Ids,
    /// By visitor the one customer it is; nothing of those who are several.
    pub(super) links: HashMap<u32, Option<u32>>,
    /// The few texts that describe steps.
    pub(super) texts: Ids,
    pub(super) kinds: HashMap<RawKind, u32>,
    /// Journeys are numbers of people (twice a customer's number, or one more than twice a visitor's) or
    /// of cases.
    pub(super) events: Vec<Event>,
    /// Where journeys are cases, each with everyone who took a step of it, numbered as in journeys of people.
    pub(super) people_of_cases: HashSet<(u32, u32)>,
    pub(super) stitched_steps: u64,
    pub(super) left_out: [u64; REASONS.len()],
}

impl Person {
    /// Customers and visitors in one row of numbers.
    fn number(self) -> u32 {
        match self {
            Self::Customer(number) => number << 1,
            Self::Visitor(number) => number << 1 | 1,
        }
    }

    pub(super) fn customer(self) -> Option<u32> {
        match self {
            Self::Customer(number) => Some(number),
            Self::Visitor(_) => None,
        }
    }

    pub(super) fn visitor(self) -> Option<u32> {
        match self {
            Self::Visitor(number) => Some(number),
            Self::Customer(_) => None,
        }
    }

    pub(super) fn of_number(number: u32) -> Self {
        match number & 1 {
            0 => Self::Customer(number >> 1),
            _ => Self::Visitor(number >> 1),
        }
    }
}

impl Reader<'_> {
    /// Takes rows of `links.sql`.
    fn link(&mut self, batch: &RecordBatch) {
        let [visitors, customers] = ["anonymous_id", "customer_id"].map(|name| view(batch, name));
        let ambiguous = column(batch, "is_ambiguous").as_boolean();
        for row in 0..batch.num_rows() {
            let visitor = number(&mut self.visitors, &visitors, row);
            let one = !ambiguous.value(row);
            let customer = one.then(|| number(&mut self.customers, &customers, row));
            self.links.insert(visitor, customer);
        }
    }

    /// Takes rows of `steps.sql`.
    fn add(&mut self, batch: &RecordBatch) {
        let [customers, visitors, journeys] =
            ["customer_id", "anonymous_id", "journey"].map(|name| view(batch, name));
        let described = [
            "from_table",
            "name",
            "stage",
            "touchpoint",
            "channel",
            "outcome",
        ];
        let mut described = described.map(|name| Described::of(batch, name));
        let times = column(batch, "at").as_primitive::<TimestampMicrosecondType>();
        let sequences = column(batch, "sequence").as_primitive::<Int64Type>();
        for row in 0..batch.num_rows() {
            let Some(person) = self.person(&customers, &visitors, row) else {
                continue;
            };
            let journey = match self.case {
                Case::Customer => person.number(),
                Case::Journey if journeys.is_valid(row) => number(&mut self.cases, &journeys, row),
                Case::Journey => {
                    self.left_out[NO_JOURNEY] += 1;
                    continue;
                }
            };
            if self.case == Case::Journey {
                self.people_of_cases.insert((journey, person.number()));
            }
            let texts = &mut self.texts;
            let kind = described.each_mut().map(|column| column.number(texts, row));
            let [table, name, stage, touchpoint, channel, outcome] = kind;
            let kind = RawKind {
                table,
                name,
                stage,
                touchpoint,
                channel,
                outcome,
            };
            let kinds = self.kinds.len() as u32;
            self.events.push(Event {
                journey,
                kind: *self.kinds.entry(kind).or_insert(kinds),
                at: times.value(row),
                // order of arrival matters within an instant only
                sequence: match sequences.is_valid(row) {
                    true => sequences.value(row).clamp(0, i64::from(u32::MAX)) as u32,
                    false => 0,
                },
            });
        }
    }

    /// Who took a step; nothing when nobody is named, or someone who does not count.
    fn person(
        &mut self,
        customers: &StringViewArray,
        visitors: &StringViewArray,
        row: usize,
    ) -> Option<Person> {
        let counts = |id: &str| {
            self.wanted_customers
                .is_none_or(|wanted| wanted.contains(id))
        };
        if customers.is_valid(row) {
            if !counts(customers.value(row)) {
                self.left_out[FILTERED] += 1;
                return None;
            }
            return Some(Person::Customer(number(
                &mut self.customers,
                customers,
                row,
            )));
        }
        if visitors.is_null(row) {
            self.left_out[NO_PERSON] += 1;
            return None;
        }
        let visitor = number(&mut self.visitors, visitors, row);
        let customer = self.links.get(&visitor).copied().flatten();
        // where a visitor lives is not known
        let is_filtered = match customer {
            Some(customer) => !counts(self.customers.id(customer)),
            None => self.wanted_customers.is_some(),
        };
        if is_filtered {
            self.left_out[FILTERED] += 1;
            return None;
        }
        self.stitched_steps += u64::from(customer.is_some());
        Some(customer.map_or(Person::Visitor(visitor), Person::Customer))
    }
}

/// One of the texts that describe steps, in some rows.
struct Described {
    texts: StringViewArray,
    /// Of the row before: most rows are described as that was.
    last: Option<(u128, u32)>,
}

impl Described {
    fn of(batch: &RecordBatch, name: &str) -> Self {
        Self {
            texts: view(batch, name),
            last: None,
        }
    }

    fn number(&mut self, texts: &mut Ids, row: usize) -> u32 {
        if self.texts.is_null(row) {
            return NO_TEXT;
        }
        let view = self.texts.views()[row];
        match self.last {
            Some((last, number)) if last == view => number,
            _ => {
                let number = number(texts, &self.texts, row);
                self.last = Some((view, number));
                number
            }
        }
    }
}

fn number(ids: &mut Ids, texts: &StringViewArray, row: usize) -> u32 {
    let id = texts.value(row);
    ids.number(key_of(texts.views()[row], || id), id)
}

fn view(batch: &RecordBatch, name: &str) -> StringViewArray {
    text(batch, name).as_string_view().clone()
}
