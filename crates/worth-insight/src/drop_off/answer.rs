//! What `drop-off` answers: the JSON that scripts read.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::link::NoLink;

use crate::funnel::answer::Chosen;
use crate::steps::{Case, Span, Stitched};
use crate::why::Why;

/// What distinguishes those who leave at a step from those who go on.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DropOffAnswer {
    /// Whose steps make one journey.
    pub case: Case,
    /// A longer gap begins a new journey.
    pub window: Option<Span>,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Who chose the steps.
    pub chosen: Chosen,
    /// The steps of the funnel, in order.
    pub steps: Vec<String>,
    /// The step after which they leave.
    pub at: String,
    /// The step that those who go on come to.
    pub next: String,
    /// How soon after the first time at the step the next one must follow; nothing when nobody came to it.
    pub within: Option<Span>,
    /// Who chose that.
    pub within_chosen: WithinChosen,
    /// Journeys that came to the step.
    pub reached: u64,
    /// Those that came so late that their time is not over: they are neither.
    pub not_over: u64,
    /// Those that were not at the next step in time.
    pub leavers: u64,
    /// Those that were.
    pub goers: u64,
    /// How to ask who came to the step.
    pub why: Why,
    /// How to ask who left after it.
    pub why_left: Why,
    /// Share that leaves, of leavers and goers.
    pub leaving: Estimate,
    /// Fewer than ten leave, or go on: nothing can be told.
    pub too_few: bool,
    /// Smallest difference of shares between two halves that so many would show 80 times in 100.
    pub smallest_difference: Option<f64>,
    /// What tells journeys apart: first what the log knows, then who the customers are.
    pub traits: Vec<Trait>,
    /// What all journeys have alike, or almost all.
    pub alike: Vec<TraitName>,
    /// Journeys that all traits together were looked at in; those of a group that nobody, or everybody, leaves
    /// say nothing of the other traits.
    pub held_together: u64,
    /// Why no trait could be held still.
    pub cannot_hold: Option<NoLink>,
    /// Visitors who turned out to be customers.
    pub stitched: Stitched,
    /// Parts of the scope's filter that steps cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// Who chose how soon the next step must follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WithinChosen {
    /// Whoever asked.
    Asked,
    /// The next step, as it was written.
    OfStep,
    /// Nobody: 95 in 100 of those who go on do so by then.
    MostGoOn,
}

/// Something that journeys are told apart by.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Trait {
    /// What it is.
    pub name: TraitName,
    /// Whether groups rise from the lowest numbers to the highest.
    pub is_ordered: bool,
    /// Whether it is held still where other traits are looked at.
    pub is_held_still: bool,
    /// The most frequent value (of numbers: the lowest) first; others are compared with it.
    pub groups: Vec<Group>,
}

/// What is known of journeys at a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TraitName {
    /// Steps before that failed.
    Failures,
    /// Steps before that were of a name met before.
    Repeats,
    /// Steps before.
    StepsBefore,
    /// Seconds since the step right before.
    SincePrevious,
    /// Whether there was a step on an earlier day.
    CameBefore,
    /// night (0 to 6), morning, afternoon, evening (18 to 24), on the clock of the business.
    PartOfDay,
    /// Day of the week.
    Weekday,
    /// How the step ended.
    Outcome,
    /// Its channel.
    Channel,
    /// Its touchpoint.
    Touchpoint,
    /// Its name, where several names are one step of the funnel.
    Step,
    /// A segment of customers.
    Segment(String),
}

impl TraitName {
    /// As in JSON and in rows.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Failures => "failures",
            Self::Repeats => "repeats",
            Self::StepsBefore => "steps-before",
            Self::SincePrevious => "since-previous",
            Self::CameBefore => "came-before",
            Self::PartOfDay => "part-of-day",
            Self::Weekday => "weekday",
            Self::Outcome => "outcome",
            Self::Channel => "channel",
            Self::Touchpoint => "touchpoint",
            Self::Step => "step",
            Self::Segment(name) => name,
        }
    }
}

/// What journeys of a group have.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TraitValue {
    /// This value.
    Value(String),
    /// A number from the least to the most.
    Between {
        /// Lowest of the group.
        least: f64,
        /// Highest of the group.
        most: f64,
    },
    /// Any other value.
    Other,
    /// No value.
    Unknown,
}

impl TraitValue {
    /// Whether it is a value that can be compared.
    #[must_use]
    pub fn is_told_apart(&self) -> bool {
        matches!(self, Self::Value(_) | Self::Between { .. })
    }
}

/// Journeys that have the same value, or numbers near each other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Group {
    /// The value.
    pub value: TraitValue,
    /// Those who left.
    pub leavers: u64,
    /// Those who went on.
    pub goers: u64,
    /// Their share of all who left.
    pub of_leavers: f64,
    /// Their share of all who went on.
    pub of_goers: f64,
    /// Share of them that left.
    pub leaving: Estimate,
    /// Compared with the first group; nothing of that itself, and of groups of fewer than ten.
    pub compared: Option<Compared>,
}

/// A group compared with the first group of its trait.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Compared {
    /// Share that leaves less that of the first group, as it is.
    pub difference: Estimate,
    /// The same with all other traits held still; nothing where that cannot be told.
    pub held_still: Option<Estimate>,
    /// Share that leaves as a multiple of that of the first group; nothing when nobody leaves in one.
    pub ratio: Option<Estimate>,
    /// Smallest difference that two such groups would show 80 times in 100.
    pub smallest_difference: Option<f64>,
    /// Whether it is an accident; of numbers only at the highest group, for the trend over all.
    pub test: Option<Tested>,
}

/// How probable it is that nothing is there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Tested {
    /// Probability of a difference (or a trend) at least as large by chance.
    pub p_value: f64,
    /// The same, adjusted for all tests of the answer (Benjamini-Hochberg).
    pub adjusted_p_value: f64,
    /// Whether it is taken as one: of all that are, at most 5 in 100 are none, on average.
    pub differs: bool,
}

/// A group whose share that leaves is taken as another.
#[derive(Debug, Clone, Copy)]
pub struct Finding<'a> {
    /// The trait.
    pub of: &'a Trait,
    /// The group.
    pub group: &'a Group,
    /// Against the first.
    pub compared: &'a Compared,
}

impl Finding<'_> {
    /// Whether the difference is there, on the same side, with all other traits held still; nothing where
    /// that cannot be told.
    #[must_use]
    pub fn stays(&self) -> Option<bool> {
        let (low, high) = self.compared.held_still?.ends()?;
        let rises = self.compared.difference.value > 0.0;
        Some(if rises { low > 0.0 } else { high < 0.0 })
    }
}

impl DropOffAnswer {
    /// What goes with leaving, or with staying: the largest differences first.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding<'_>> {
        let groups = self.traits.iter().flat_map(|of| {
            of.groups.iter().filter_map(move |group| {
                Some(Finding {
                    of,
                    group,
                    compared: group.compared.as_ref()?,
                })
            })
        });
        let mut findings: Vec<Finding<'_>> = groups
            .filter(|finding| finding.compared.test.is_some_and(|test| test.differs))
            .collect();
        let size = |finding: &Finding<'_>| finding.compared.difference.value.abs();
        findings.sort_by(|one, other| size(other).total_cmp(&size(one)));
        findings
    }
}
