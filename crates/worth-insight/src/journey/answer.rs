//! What `journey` answers: the JSON that scripts read.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::journey::{Ties, Waiting};

use crate::steps::Steps;
pub use crate::steps::{
    Case, Grain, NameRead, Outcome, Span, StepName, StepTable, Stitched, TableRead,
};
use crate::why::Why;

/// What ways customers take.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct JourneyAnswer {
    /// How closely was looked.
    pub by: Grain,
    /// Whose steps make one journey.
    pub case: Case,
    /// A longer gap begins a new journey; none when all that a person did is one.
    pub window: Option<Span>,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// How much there is.
    pub counts: Counts,
    /// Steps of each table.
    pub tables: Vec<TableRead>,
    /// Names that several tables have: perhaps one fact is told twice.
    pub told_twice: Vec<ToldTwice>,
    /// Steps of one instant.
    pub ties: TiesTold,
    /// Sums that must agree, and do.
    pub checks: Vec<Check>,
    /// What lifetime value says here.
    pub worth: WorthTold,
    /// Steps, those of most people first; the others together last.
    pub steps: Vec<Place>,
    /// Transitions from one step to the next, the most frequent first.
    pub transitions: Vec<Transition>,
    /// Those that are not told apart.
    pub other_transitions: OtherTransitions,
    /// The first steps of all journeys, one after the other: every journey makes a move at each position
    /// that it gets to.
    pub first_steps: Vec<FirstMove>,
    /// Whole ways, the most common first.
    pub variants: Variants,
    /// The same under other windows; empty without a window.
    pub windows: Windows,
    /// What steps are called, those with most steps first.
    pub names: Vec<NameRead>,
    /// Whether names were asked for.
    #[serde(skip)]
    pub(super) names_wanted: bool,
    /// Parts of the scope's filter that steps cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// Steps.
    pub steps: u64,
    /// Journeys with a step.
    pub journeys: u64,
    /// Customers who took a step.
    pub customers: u64,
    /// People who took a step and are not known to be customers.
    pub visitors: u64,
    /// Visitors who turned out to be customers.
    pub stitched: Stitched,
}

/// A name that several tables have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ToldTwice {
    /// The name.
    pub name: String,
    /// The tables.
    pub tables: Vec<StepTable>,
}

/// Steps at the same instant as the one before them in their journey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TiesTold {
    /// What ordered them.
    #[serde(flatten)]
    pub counts: Ties,
    /// Transitions that may have been others, the most frequent first.
    pub transitions: Vec<InDoubt>,
    /// Further transitions that may have been others.
    pub further: u64,
}

/// A transition that may have been another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InDoubt {
    /// The step before.
    pub from: StepName,
    /// The step after.
    pub to: StepName,
    /// How often it is there.
    pub times: u64,
    /// How often only names ordered steps of one instant there.
    pub in_doubt: u64,
}

/// Two counts of the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Check {
    /// What is counted.
    pub code: CheckName,
    /// Added up from what is shown and "other".
    pub shown: u64,
    /// Counted as a whole.
    pub all: u64,
}

/// What is counted twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckName {
    /// Steps of all tables.
    Tables,
    /// Steps shown and other.
    Steps,
    /// Transitions shown and other, and the first steps of journeys: all steps.
    Transitions,
    /// Journeys by their first step.
    Starts,
    /// Journeys by their last step.
    Ends,
    /// People by the last of all their steps.
    People,
    /// Journeys by the way they go.
    Variants,
}

impl CheckName {
    /// As in JSON and in the words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tables => "tables",
            Self::Steps => "steps",
            Self::Transitions => "transitions",
            Self::Starts => "starts",
            Self::Ends => "ends",
            Self::People => "people",
            Self::Variants => "variants",
        }
    }
}

/// What lifetime value says of journeys, or why it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WorthTold {
    /// It is known.
    Known {
        /// How far it looks ahead, in days.
        horizon_days: u32,
        /// Whether value is revenue, for want of a margin.
        is_revenue: bool,
        /// People on journeys of whom it is known; the others count 0.
        people: u64,
        /// Expected value of all who are on journeys.
        expected: Estimate,
        /// What they would bring on top if every one of them were kept.
        at_stake: Estimate,
    },
    /// It is not known.
    Unknown(WorthUnknown),
}

/// Why lifetime value says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WorthUnknown {
    /// Journeys are cases: value belongs to customers.
    Cases,
    /// There are no orders.
    NoOrders,
    /// Orders are too few or too much alike for a model.
    NoModel,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Place {
    /// What it is.
    pub name: StepName,
    /// How often it was taken.
    pub steps: u64,
    /// Steps of other names that a journey usually takes before it first: their mean.
    pub usually_after: f64,
    /// Journeys with it.
    pub journeys: u64,
    /// People who took it.
    pub people: u64,
    /// Journeys that begin with it.
    pub starts: u64,
    /// Journeys that end with it.
    pub ends: u64,
    /// Their share of the journeys with it.
    pub ends_share: Estimate,
    /// People whose last step of all it is.
    pub last_of_people: u64,
    /// Steps beyond the first of their journey: rework.
    pub repeats: u64,
    /// Those of them that come back after another step; the others follow one of their own.
    pub returns: u64,
    /// Share of the journeys with it that take it more than once.
    pub repeating_share: Estimate,
    /// How it went.
    pub outcomes: Outcomes,
    /// How satisfied people were with it, where they were asked.
    pub satisfaction: Vec<Satisfaction>,
    /// Expected lifetime value of those who took it.
    pub value_through: Option<Estimate>,
    /// Expected lifetime value of those whose last step it is.
    pub value_last: Option<Estimate>,
    /// What those whose last step it is would bring on top if they were kept: the value that is being
    /// lost there.
    pub at_stake: Option<Estimate>,
    /// How to ask who is behind it; absent of what is not told apart.
    pub why: Option<Why>,
}

/// How steps went.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Outcomes {
    /// Steps that went as they should.
    pub ok: u64,
    /// Steps that failed.
    pub failed: u64,
    /// Steps that were given up.
    pub abandoned: u64,
    /// Steps of which nothing is said.
    pub unknown: u64,
    /// Share of the journeys with it in which it failed at least once; absent when no outcome is known.
    pub failed_share: Option<Estimate>,
    /// Share of the journeys with it in which it was given up at least once.
    pub abandoned_share: Option<Estimate>,
    /// Journeys that end with it, failed or given up: they broke off.
    pub broken_off: u64,
    /// Their share of the journeys with it.
    pub broken_off_share: Option<Estimate>,
}

impl Outcomes {
    /// How many steps ended in a way.
    #[must_use]
    pub fn of(&self, outcome: Outcome) -> u64 {
        match outcome {
            Outcome::Ok => self.ok,
            Outcome::Failed => self.failed,
            Outcome::Abandoned => self.abandoned,
        }
    }
}

/// How satisfied people were.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Satisfaction {
    /// What was asked: `satisfaction` or `overall` (surveys, on 1 to 10), `rating` (feedback, on the scale
    /// of the source).
    pub measure: String,
    /// Answers.
    pub answers: u64,
    /// Their mean.
    pub mean: Estimate,
}

/// A step and the one right after it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Transition {
    /// The step before.
    pub from: StepName,
    /// The step after.
    pub to: StepName,
    /// How often it happens.
    pub times: u64,
    /// Its share of all that happened after the step before, the end of a journey included.
    pub share: Estimate,
    /// Journeys in which it happens.
    pub journeys: u64,
    /// People who did so.
    pub people: u64,
    /// Time from one step to the other.
    pub waiting: Waiting,
    /// Times that both steps had the same instant.
    pub tied: u64,
    /// Times that only names ordered steps of one instant there.
    pub in_doubt: u64,
    /// Expected lifetime value of those who did so.
    pub value_through: Option<Estimate>,
    /// What those who were not seen again after it would bring on top if they were kept.
    pub at_stake: Option<Estimate>,
    /// How to ask who is behind it; absent of what is not told apart.
    pub why: Option<Why>,
}

/// Transitions that are not told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OtherTransitions {
    /// How many different ones.
    pub transitions: u64,
    /// How often they happen.
    pub times: u64,
}

/// Journeys that go from one of their first steps to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FirstMove {
    /// Which step of the journey it is, from 1.
    pub position: u32,
    /// The step.
    pub from: StepName,
    /// The step after; none when the journey ends.
    pub to: Option<StepName>,
    /// Journeys.
    pub journeys: u64,
}

/// Whole ways.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Variants {
    /// How many different ways there are.
    pub all: u64,
    /// The most common.
    pub shown: Vec<Variant>,
    /// Journeys that go another way.
    pub other_journeys: u64,
}

/// One way.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Variant {
    /// Its steps in order, the first of them when there are very many.
    pub steps: Vec<StepName>,
    /// How many steps it has.
    pub length: u64,
    /// Journeys that go this way.
    pub journeys: u64,
    /// Their share of all journeys.
    pub share: Estimate,
    /// Share of all journeys that go this way or a more common one.
    pub coverage: f64,
}

/// The same journeys under several windows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Windows {
    /// Each window with what is told under it; without any window first.
    pub compared: Vec<Windowed>,
    /// Steps after which something else comes most often, depending on the window.
    pub next_differs: Vec<NextDiffers>,
}

/// What is told under one window.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Windowed {
    /// The window; none when there is none.
    pub window: Option<Span>,
    /// Journeys.
    pub journeys: u64,
    /// Mean steps of a journey.
    pub steps_per_journey: f64,
    /// The step with which most journeys end.
    pub most_end_with: StepName,
    /// Share of the journeys that do.
    pub most_end_share: f64,
    /// The most frequent transition.
    pub most_frequent: Option<[StepName; 2]>,
}

/// A step after which it depends on the window what comes next most often.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NextDiffers {
    /// The step.
    pub step: StepName,
    /// What comes next, for each window; nothing when most journeys end.
    pub next: Vec<Option<StepName>>,
}

impl JourneyAnswer {
    /// The shown step where most journeys broke off, if any did.
    #[must_use]
    pub fn most_broken_off(&self) -> Option<&Place> {
        let broken = self
            .steps
            .iter()
            .filter(|place| place.outcomes.broken_off > 0);
        // the first of the greatest: they come by people
        broken.rev().max_by_key(|place| place.outcomes.broken_off)
    }

    /// The shown step with which most journeys end.
    #[must_use]
    pub fn most_ended(&self) -> Option<&Place> {
        self.steps.iter().rev().max_by_key(|place| place.ends)
    }

    /// Whether any step is an event.
    #[must_use]
    pub fn has_events(&self) -> bool {
        let mut tables = self.tables.iter();
        tables.any(|read| read.table == StepTable::Events && read.steps > 0)
    }

    /// Whether any step says how it went.
    #[must_use]
    pub fn has_outcomes(&self) -> bool {
        let mut places = self.steps.iter();
        places.any(|place| place.outcomes.failed_share.is_some())
    }

    /// Whether all sums agree.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.checks.iter().all(|check| check.shown == check.all)
    }

    /// Whether what is told depends on the window.
    #[must_use]
    pub fn depends_on_window(&self) -> bool {
        let compared = &self.windows.compared;
        let ends = |one: &Windowed| one.most_end_with.clone();
        let differ = compared
            .windows(2)
            .any(|two| ends(&two[0]) != ends(&two[1]));
        differ || !self.windows.next_differs.is_empty()
    }
}

impl ToldTwice {
    /// Names that several tables have.
    pub(super) fn among(steps: &Steps) -> Vec<Self> {
        let mut tables: BTreeMap<&str, Vec<StepTable>> = BTreeMap::new();
        for kind in &steps.kinds {
            let of_name = tables.entry(&kind.name).or_default();
            if !of_name.contains(&kind.table) {
                of_name.push(kind.table);
            }
        }
        let twice = tables.into_iter().filter(|(_, tables)| tables.len() > 1);
        twice
            .map(|(name, tables)| Self {
                name: name.into(),
                tables,
            })
            .collect()
    }
}
