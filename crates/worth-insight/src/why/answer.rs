//! What `why` answers: the JSON that scripts read.

use jiff::civil::DateTime;
use schemars::JsonSchema;
use serde::Serialize;

use crate::steps::{NameRead, Outcome, StepTable, Stitched};

/// What is behind a number about steps.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WhyAnswer {
    /// The rule, as it was asked.
    pub rule: String,
    /// The kinds of steps that it means, those with most steps first; their steps add up to `steps`.
    pub kinds: Vec<KindCounted>,
    /// Steps that count.
    pub steps: u64,
    /// Journeys in which they were taken: as many as people, unless a window cuts them.
    pub journeys: u64,
    /// Customers who took them.
    pub customers: u64,
    /// Visitors who took them and are not known to be customers.
    pub visitors: u64,
    /// Cases in which they were taken, where journeys are cases.
    pub cases: u64,
    /// Those with most of them first.
    pub people: Vec<Person>,
    /// Every step of one person, when asked for.
    pub evidence: Option<Evidence>,
    /// How visitors became customers.
    pub stitched: Stitched,
    /// Filters of the scope that steps cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// A kind of step that counts.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct KindCounted {
    /// The table its rows are in.
    pub table: StepTable,
    /// What it is called.
    pub name: String,
    /// What the table calls it, where a rule of `[journey]`, capital letters or spaces made it another name.
    pub before: Vec<NameRead>,
    /// Stage of the journey.
    pub stage: Option<String>,
    /// Where.
    pub touchpoint: Option<String>,
    /// Through which channel.
    pub channel: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Steps of this kind.
    pub steps: u64,
}

/// Someone who took steps that count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Person {
    /// The customer's id; absent of visitors.
    pub customer_id: Option<String>,
    /// The visitor's id; absent of customers.
    pub anonymous_id: Option<String>,
    /// The case, where journeys are cases.
    pub journey_id: Option<String>,
    /// Steps that count.
    pub steps: u64,
    /// The first of them, in the time zone of the business.
    pub first: DateTime,
    /// The last.
    pub last: DateTime,
}

/// Every step of one person, in order.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Evidence {
    /// Who, and how many of the steps count.
    #[serde(flatten)]
    pub person: Who,
    /// All steps.
    pub steps: Vec<Step>,
}

/// Whose steps they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// A customer.
    CustomerId(String),
    /// A visitor who is not known to be a customer.
    AnonymousId(String),
    /// A case.
    JourneyId(String),
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Step {
    /// When, in the time zone of the business.
    pub at: DateTime,
    /// Whether it counts.
    pub counts: bool,
    /// The table its row is in.
    pub table: StepTable,
    /// What it is called.
    pub name: String,
    /// Stage of the journey.
    pub stage: Option<String>,
    /// Where.
    pub touchpoint: Option<String>,
    /// Through which channel.
    pub channel: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
}
