//! Reads `steps.sql` into one compact log: 24 bytes for each step, and every text once.

use std::collections::HashMap;
use std::sync::Arc;

use datafusion::arrow::array::{Array, AsArray, RecordBatch, StringViewArray};
use datafusion::arrow::datatypes::{DataType, Date32Type, Int64Type, TimestampMicrosecondType};
use datafusion::scalar::ScalarValue;
use futures::TryStreamExt;
use hashbrown::HashSet;
use worth_model::journey::{Event, Log};

use super::names::clean;
use super::{
    Case, JourneyIds, JourneySettings, Outcome, StepKind, StepTable, Steps, Stitched, TableRead,
};
use crate::columns::{column, date_of, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::ids::{Ids, key_of};
use crate::lifetime::customers_of_regions;
use crate::question::{LeftOut, Scope};

const STEPS: &str = include_str!("steps.sql");
const LINKS: &str = include_str!("links.sql");
const LAST_DAY: &str = include_str!("last_day.sql");
const DOING: &str = "reading the steps of journeys";
/// Stands for a text that is not there.
const NO_TEXT: u32 = u32::MAX;

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
    /// All steps in scope.
    pub(crate) async fn read(
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
            people: HashSet::new(),
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
const REASONS: [&str; 3] = ["no-person", "no-journey", "filtered"];
const NO_PERSON: usize = 0;
const NO_JOURNEY: usize = 1;
const FILTERED: usize = 2;

/// Someone who took a step: numbers of [`Reader::customers`] and of [`Reader::visitors`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Person {
    Customer(u32),
    Visitor(u32),
}

/// A kind of step as the tables have it: numbers of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct RawKind {
    table: u32,
    name: u32,
    stage: u32,
    touchpoint: u32,
    channel: u32,
    outcome: u32,
}

/// Steps on their way in.
struct Reader<'a> {
    case: Case,
    wanted_customers: Option<&'a std::collections::HashSet<String>>,
    customers: Ids,
    visitors: Ids,
    cases: Ids,
    /// By visitor the one customer it is; nothing of those who are several.
    links: HashMap<u32, Option<u32>>,
    /// The few texts that describe steps.
    texts: Ids,
    kinds: HashMap<RawKind, u32>,
    /// Journeys are numbers of people (twice a customer's number, or one more than twice a visitor's) or
    /// of cases.
    events: Vec<Event>,
    /// Who took a step, as in `events`.
    people: HashSet<u32>,
    stitched_steps: u64,
    left_out: [u64; REASONS.len()],
}

impl Person {
    /// Customers and visitors in one row of numbers.
    fn number(self) -> u32 {
        match self {
            Self::Customer(number) => number << 1,
            Self::Visitor(number) => number << 1 | 1,
        }
    }

    fn of_number(number: u32) -> Self {
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
        let described = described.map(|name| view(batch, name));
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
            self.people.insert(person.number());
            let kind = described.each_ref().map(|texts| match texts.is_valid(row) {
                true => number(&mut self.texts, texts, row),
                false => NO_TEXT,
            });
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

    /// Puts everything in order, so that the order of rows cannot be seen.
    fn finish(mut self, settings: &JourneySettings, stages: &[String]) -> Steps {
        let people = || self.people.iter().map(|&number| Person::of_number(number));
        let customers = people().filter_map(|person| match person {
            Person::Customer(number) => Some(number),
            Person::Visitor(_) => None,
        });
        let visitors = people().filter_map(|person| match person {
            Person::Visitor(number) => Some(number),
            Person::Customer(_) => None,
        });
        let (customers, rank_of_customer) = self.customers.ranked(customers);
        let (visitors, rank_of_visitor) = self.visitors.ranked(visitors);
        let links = self.links.values();
        let stitched = Stitched {
            visitors: links.clone().flatten().count() as u64,
            steps: self.stitched_steps,
            ambiguous: links.filter(|customer| customer.is_none()).count() as u64,
        };
        let mut cases = Vec::new();
        let journeys = match self.case {
            Case::Customer => {
                let first_visitor = customers.len() as u32;
                for event in &mut self.events {
                    event.journey = match Person::of_number(event.journey) {
                        Person::Customer(number) => rank_of_customer[number as usize],
                        Person::Visitor(number) => first_visitor + rank_of_visitor[number as usize],
                    };
                }
                customers.len() + visitors.len()
            }
            Case::Journey => {
                let numbers = self.events.iter().map(|event| event.journey);
                let rank;
                (cases, rank) = self.cases.ranked(numbers);
                for event in &mut self.events {
                    event.journey = rank[event.journey as usize];
                }
                cases.len()
            }
        };
        let mut raw: Vec<(StepKind, u64)> = self.raw_kinds();
        for event in &self.events {
            raw[event.kind as usize].1 += 1;
        }
        let names = clean(&mut raw, settings);
        let in_scope = |kind: &StepKind| {
            let stage = kind.stage.as_ref();
            stages.is_empty() || stage.is_some_and(|stage| stages.contains(stage))
        };
        let mut kinds: Vec<StepKind> = raw.iter().map(|(kind, _)| kind.clone()).collect();
        kinds.retain(in_scope);
        kinds.sort_unstable();
        kinds.dedup();
        let places: Vec<Option<u32>> = raw
            .iter()
            .map(|(kind, _)| kinds.binary_search(kind).ok().map(|place| place as u32))
            .collect();
        let mut steps_of_kind = vec![0; kinds.len()];
        for ((_, steps), place) in raw.iter().zip(&places) {
            match place {
                Some(place) => steps_of_kind[*place as usize] += steps,
                None => self.left_out[FILTERED] += steps,
            }
        }
        self.events
            .retain_mut(|event| match places[event.kind as usize] {
                Some(place) => {
                    event.kind = place;
                    true
                }
                None => false,
            });
        let times = || self.events.iter().map(|event| event.at);
        let period = times().min().zip(times().max());
        let tables = settings.tables.iter().map(|&table| {
            let of_table = kinds.iter().zip(&steps_of_kind);
            let of_table = of_table.filter(|(kind, _)| kind.table == table);
            TableRead {
                table,
                steps: of_table.map(|(_, steps)| steps).sum(),
            }
        });
        let reasons = REASONS.iter().zip(self.left_out);
        Steps {
            tables: tables.collect(),
            left_out: reasons
                .filter(|(_, rows)| *rows > 0)
                .map(|(&reason, rows)| LeftOut {
                    reason: reason.into(),
                    rows,
                })
                .collect(),
            log: Log::of(self.events, journeys, kinds.len())
                .expect("journeys and kinds are numbered from 0"),
            kinds,
            steps_of_kind,
            ids: Arc::new(JourneyIds {
                case: self.case,
                customers,
                visitors,
                cases,
            }),
            stitched,
            names,
            period,
        }
    }

    /// Kinds as the tables have them, in the order in which they were met.
    fn raw_kinds(&self) -> Vec<(StepKind, u64)> {
        let text = |number: u32| (number != NO_TEXT).then(|| self.texts.id(number).to_owned());
        let table = |number: u32| {
            let name = self.texts.id(number);
            let mut tables = StepTable::ALL.into_iter();
            let table = tables.find(|table| table.name() == name);
            table.expect("the statement beside the code names its tables")
        };
        let mut kinds: Vec<(&RawKind, &u32)> = self.kinds.iter().collect();
        kinds.sort_unstable_by_key(|(_, place)| **place);
        let kind = |raw: &RawKind| StepKind {
            table: table(raw.table),
            name: text(raw.name).unwrap_or_default(),
            stage: text(raw.stage),
            touchpoint: text(raw.touchpoint),
            channel: text(raw.channel),
            outcome: text(raw.outcome).as_deref().and_then(Outcome::of),
        };
        kinds.into_iter().map(|(raw, _)| (kind(raw), 0)).collect()
    }
}

fn number(ids: &mut Ids, texts: &StringViewArray, row: usize) -> u32 {
    let id = texts.value(row);
    ids.number(key_of(texts.views()[row], || id), id)
}

fn view(batch: &RecordBatch, name: &str) -> StringViewArray {
    text(batch, name).as_string_view().clone()
}
