//! What customers did, as steps of journeys: events, orders, messages, feedback and filled-in forms of
//! all tables together, for every question about journeys.
//!
//! ```text
//!  links.sql (who a visitor is) ──┐
//!  steps.sql ─────────────────────┴─► read.rs: texts become numbers as rows stream in
//!  worth.toml [journey] ── names.rs ─► ordered.rs: names by the rules, everything in order
//!                                          ▼
//!                    Steps { log: worth_model::journey::Log, kinds, people }
//!                                          │
//!                                    grain.rs: by name, touchpoint or stage
//! ```
//!
//! A journey is all that a person did, however long it took, unless a window is named. A visitor
//! (`anonymous_id`) who was ever seen with exactly one customer's id is that customer.
//! `docs/methods/journey.md` has the rules.

#[cfg(test)]
pub(crate) mod example;
mod grain;
mod named;
mod names;
pub(crate) mod notes;
mod order;
mod ordered;
mod read;
mod settings;
mod span;
#[cfg(test)]
mod tests;
mod told_apart;

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::journey::Log;

use crate::context::Observation;
use crate::question::{LeftOut, Provenance};
pub use grain::{Grain, StepName};
pub(crate) use grain::{Label, Labelled};
pub(crate) use named::{Action, Named, Raw};
pub use names::NameRead;
pub(crate) use names::clean;
pub(crate) use order::usual_order;
pub(crate) use read::observe;
pub(crate) use settings::{JourneySettings, fits};
pub use span::Span;
pub(crate) use told_apart::{ToldApart, WAYS_TO_END, way_to_end};

/// Parts of the scope's filter that steps cannot be filtered by.
pub(crate) fn filters_without_effect(observation: &Observation) -> Vec<String> {
    let filter = &observation.filter;
    let without = [
        ("category", &filter.category),
        ("role", &filter.role),
        ("brand", &filter.brand),
    ];
    let given = without.into_iter().filter(|(_, wanted)| !wanted.is_empty());
    given.map(|(name, _)| name.into()).collect()
}

/// What customers did, and what it is called.
#[derive(Debug)]
pub(crate) struct Steps {
    /// All steps, by journey and time, whatever the window; kinds are places in `kinds`.
    pub(crate) log: Log,
    /// All that is known of steps but who took them and when; in order.
    pub(crate) kinds: Vec<StepKind>,
    /// A longer gap begins a new journey.
    pub(crate) window: Option<Span>,
    /// Whose journeys they are, before a window cuts them.
    pub(crate) ids: Arc<JourneyIds>,
    /// How visitors became customers.
    pub(crate) stitched: Stitched,
    /// What steps were called before, those with most steps first.
    pub(crate) names: Vec<NameRead>,
    /// Steps of each table that joins.
    pub(crate) tables: Vec<TableRead>,
    /// Rows that are in no journey.
    pub(crate) left_out: Vec<LeftOut>,
    /// When the first step was taken, in microseconds since 1970-01-01; none without steps.
    first_at: Option<i64>,
}

impl Steps {
    /// The steps in their journeys, cut by the window if there is one.
    pub(crate) fn journeys(&self) -> Cow<'_, Log> {
        match self.window {
            Some(window) => Cow::Owned(self.log.split(window.microseconds())),
            None => Cow::Borrowed(&self.log),
        }
    }

    /// Where an answer to `question` that rests on these steps comes from.
    pub(crate) fn provenance(&self, question: &str, observation: &Observation) -> Provenance {
        let of_scope = observation.provenance(question);
        Provenance {
            rows_used: self.log.events() as u64,
            rows_left_out: self.left_out.iter().map(|out| out.rows).sum(),
            left_out: self.left_out.clone(),
            from: of_scope.from.or_else(|| self.first_day(observation)),
            ..of_scope
        }
    }

    /// Business day of the first step.
    fn first_day(&self, observation: &Observation) -> Option<Date> {
        let first = Timestamp::from_microsecond(self.first_at?).ok()?;
        let zone = TimeZone::get(&observation.time_zone).ok()?;
        Some(first.to_zoned(zone).date())
    }
}

/// Who took steps, in byte order, and whose journeys they are. Journeys of customers have the customers'
/// places, those of visitors follow; where journeys are cases, they have the places of those.
#[derive(Debug)]
pub(crate) struct JourneyIds {
    /// What is one journey.
    pub(crate) case: Case,
    /// Customers.
    pub(crate) customers: Vec<String>,
    /// Visitors who are not known to be customers.
    pub(crate) visitors: Vec<String>,
    /// Cases, where they are the journeys.
    pub(crate) cases: Vec<String>,
    /// By case the place of whose it is, as in journeys of people; of several the first.
    pub(crate) person_of_case: Vec<u32>,
}

/// Whose journey one is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum JourneyOf<'a> {
    Customer(&'a str),
    Visitor(&'a str),
    Case(&'a str),
}

impl JourneyIds {
    /// How many journeys there are before a window cuts them.
    pub(crate) fn journeys(&self) -> usize {
        match self.case {
            Case::Customer => self.customers.len() + self.visitors.len(),
            Case::Journey => self.cases.len(),
        }
    }

    /// By number before journeys were split the person whose it is: customers by their places, visitors after
    /// them.
    pub(crate) fn people(&self) -> Cow<'_, [u32]> {
        match self.case {
            Case::Customer => (0..self.journeys() as u32).collect(),
            Case::Journey => Cow::Borrowed(&self.person_of_case),
        }
    }

    /// Whose journey it is that had a number before journeys were split.
    pub(crate) fn of(&self, origin: usize) -> JourneyOf<'_> {
        match (self.case, origin.checked_sub(self.customers.len())) {
            (Case::Journey, _) => JourneyOf::Case(&self.cases[origin]),
            (Case::Customer, None) => JourneyOf::Customer(&self.customers[origin]),
            (Case::Customer, Some(visitor)) => JourneyOf::Visitor(&self.visitors[visitor]),
        }
    }
}

impl<'a> JourneyOf<'a> {
    /// The customer's id.
    pub(crate) fn customer(self) -> Option<&'a str> {
        match self {
            Self::Customer(id) => Some(id),
            Self::Visitor(_) | Self::Case(_) => None,
        }
    }

    /// The visitor's id.
    pub(crate) fn visitor(self) -> Option<&'a str> {
        match self {
            Self::Visitor(id) => Some(id),
            Self::Customer(_) | Self::Case(_) => None,
        }
    }

    /// The case's id.
    pub(crate) fn case(self) -> Option<&'a str> {
        match self {
            Self::Case(id) => Some(id),
            Self::Customer(_) | Self::Visitor(_) => None,
        }
    }
}

/// How many visitors were told to be customers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stitched {
    /// Visitors who were seen with exactly one customer's id: they are that customer.
    pub visitors: u64,
    /// Steps they took without that id.
    pub steps: u64,
    /// Visitors who were seen with the ids of several customers (a shared device): they stay visitors.
    pub ambiguous: u64,
}

/// Steps of one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TableRead {
    /// The table.
    pub table: StepTable,
    /// Steps that are in a journey.
    pub steps: u64,
}

/// All that is known of a step but who took it and when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct StepKind {
    pub(crate) table: StepTable,
    pub(crate) name: String,
    pub(crate) stage: Option<String>,
    pub(crate) touchpoint: Option<String>,
    pub(crate) channel: Option<String>,
    pub(crate) outcome: Option<Outcome>,
}

/// A table whose rows are steps.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum StepTable {
    /// What customers did: `name` as it is there.
    Events,
    /// `order` when it is given (abandoned when it was cancelled or refused, failed when it was
    /// returned), `delivery`, `refund`.
    OrderLines,
    /// `message_sent`, `message_opened`, `message_clicked`.
    Messages,
    /// `review`, `ticket`, `call`: its `kind`, else `feedback`.
    Feedback,
    /// `survey`, once for each filled-in form.
    SurveyAnswers,
}

impl StepTable {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Events,
        Self::OrderLines,
        Self::Messages,
        Self::Feedback,
        Self::SurveyAnswers,
    ];

    /// As in SQL and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::OrderLines => "order_lines",
            Self::Messages => "messages",
            Self::Feedback => "feedback",
            Self::SurveyAnswers => "survey_answers",
        }
    }
}

/// How a step ended.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// As it should.
    Ok,
    /// It did not work.
    Failed,
    /// The customer gave up.
    Abandoned,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ok, Self::Failed, Self::Abandoned];

    /// As in the tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed => "failed",
            Self::Abandoned => "abandoned",
        }
    }

    /// What a table says, if it is known.
    pub(crate) fn of(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == text)
    }
}

/// Whose steps make one journey.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Case {
    /// All that a person did, over all tables.
    #[default]
    Customer,
    /// What has the same `journey_id` in `events`: a case, an order, a session, as the source has it.
    Journey,
}

impl Case {
    /// As in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Journey => "journey",
        }
    }
}
