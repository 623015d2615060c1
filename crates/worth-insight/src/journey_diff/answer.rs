//! What `journey-diff` answers: the JSON that scripts read.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::journey::Repaired;

use super::Period;
pub use crate::steps::{Case, Grain, Outcome, Span, StepName, Stitched};

/// How the journeys on two sides differ.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct JourneyDiffAnswer {
    /// How closely was looked.
    pub by: Grain,
    /// Whose steps make one journey.
    pub case: Case,
    /// A longer gap begins a new journey; none when all that a person did on a side is one.
    pub window: Option<Span>,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// The two sides.
    pub compared: Compared,
    /// What is compared: of all journeys, then step by step, then of transitions, the most frequent first.
    pub numbers: Vec<Difference>,
    /// What journeys of the second side would be like if something failed less often, when that was asked.
    pub fewer_failures: Option<FewerFailures>,
    /// Visitors who turned out to be customers.
    pub stitched: Stitched,
    /// Parts of the scope's filter that steps cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// The two sides.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Compared {
    /// Steps of two periods: the second against the first.
    Periods {
        /// Their days.
        periods: [Period; 2],
        /// How much there is in each.
        sides: [Side; 2],
        /// People who took a step in both.
        people_in_both: u64,
        /// The last day observed: a period that ends later is not over.
        observed_until: Date,
    },
    /// Steps of customers of a segment (the second side) against those of another (the first).
    Segments {
        /// What they are told apart by.
        segment: String,
        /// The value of the second side.
        of: String,
        /// That of the first; all other values when absent.
        against: Option<String>,
        /// How much there is of each.
        sides: [Side; 2],
        /// People who took steps and are on neither side: visitors, customers without a value or with a third one.
        people_on_none: u64,
    },
}

/// How much there is on a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Side {
    /// People who took a step.
    pub people: u64,
    /// Journeys with a step.
    pub journeys: u64,
    /// Steps.
    pub steps: u64,
    /// Business day of the first step.
    pub first_day: Option<Date>,
    /// Business day of the last one.
    pub last_day: Option<Date>,
}

/// A number on both sides.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Difference {
    /// What it is.
    #[serde(flatten)]
    pub what: What,
    /// People it is known of, on each side.
    pub people: [u64; 2],
    /// The number on each side; nothing where nobody could have any.
    pub values: [Option<Estimate>; 2],
    /// Of waiting times the median on each side, for which nothing is tested.
    pub median_seconds: Option<[Option<Estimate>; 2]>,
    /// The second against the first; nothing when fewer than twenty people are on a side, or all are alike.
    pub change: Option<Change>,
    /// What the data say.
    pub verdict: Verdict,
}

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum What {
    /// Journeys of each person who has any.
    JourneysPerPerson,
    /// Steps of each journey.
    StepsPerJourney,
    /// From the first step of a journey to its last, in seconds: the mean.
    SecondsPerJourney,
    /// Share of the journeys that come by a step.
    Reached {
        /// The step.
        step: StepName,
    },
    /// Share of the journeys with a step that end there.
    Ends {
        /// The step.
        step: StepName,
    },
    /// How often a journey takes a step, of those that do.
    Times {
        /// The step.
        step: StepName,
    },
    /// Share of the times a step was taken that ended so, of those of which it is known.
    Ended {
        /// The step.
        step: StepName,
        /// How.
        outcome: Outcome,
    },
    /// Share of all that happens after a step, the end of the journey included, that is another step.
    Next {
        /// The step before.
        from: StepName,
        /// The step after.
        to: StepName,
    },
    /// Time from a step to the one right after, in seconds: the geometric mean (of one second more).
    Waiting {
        /// The step before.
        from: StepName,
        /// The step after.
        to: StepName,
    },
}

/// How far the second number is from the first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// By how much.
    #[serde(flatten)]
    pub by: By,
    /// Probability of a change at least as large by chance.
    pub p_value: f64,
    /// The same, adjusted for all numbers that are compared (Benjamini-Hochberg).
    pub adjusted_p_value: f64,
    /// The smallest change that would have been told 80 times in 100, among so many numbers: a difference, or what
    /// the first is multiplied by.
    pub smallest: f64,
}

/// By how much a number changes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The second less the first.
    Difference(Estimate),
    /// The second as a multiple of the first.
    Times(Estimate),
}

/// What the data say of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is larger on the second side. Of all that are said to differ, at most 5 in 100 do not, on average.
    More,
    /// It is smaller there.
    Less,
    /// There may be no difference.
    CannotTell,
    /// It is the same for everyone on both sides.
    Alike,
    /// Fewer than twenty people on a side.
    TooFew,
}

/// What journeys would be like if something failed less often.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FewerFailures {
    /// What fails less often.
    pub place: String,
    /// The share of its failures that would go well instead.
    pub share: f64,
    /// The step that journeys are to come to.
    pub goal: String,
    /// Today and then.
    pub journeys: Journeys,
    /// What it would keep, by what `friction` knows of failures there; nothing where nothing can be simulated.
    pub kept: Option<Kept>,
}

/// Journeys today, and if something failed less often.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Journeys {
    /// So they would change.
    Known(Box<Repaired>),
    /// It cannot be told.
    Unknown(NotSimulated),
}

/// Why it cannot be told how journeys would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotSimulated {
    /// Nothing failed there.
    NothingFailed,
    /// Nothing is known to have gone well there: nobody shows how journeys go on then.
    NothingWentWell,
    /// Without the failures journeys would go round for ever.
    NeverEnds,
}

/// What fewer failures would keep.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// So much.
    Known {
        /// Of the customers who met such a failure in the last year, how many more would come back in the time that
        /// `friction` looks at, if they come back without it as often as customers do in general.
        customers: Estimate,
        /// This share of the lifetime value that `friction` says is at risk; nothing where that is not known.
        value: Option<Estimate>,
        /// Days that it is expected over.
        horizon_days: Option<u32>,
        /// Whether it is revenue, for want of a margin.
        is_revenue: bool,
    },
    /// That failures there keep customers away cannot be told.
    CannotTell,
}

impl Compared {
    /// How much there is on each side.
    #[must_use]
    pub fn sides(&self) -> &[Side; 2] {
        match self {
            Self::Periods { sides, .. } | Self::Segments { sides, .. } => sides,
        }
    }
}

impl What {
    /// As in JSON and in the words.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::JourneysPerPerson => "journeys-per-person",
            Self::StepsPerJourney => "steps-per-journey",
            Self::SecondsPerJourney => "seconds-per-journey",
            Self::Reached { .. } => "reached",
            Self::Ends { .. } => "ends",
            Self::Times { .. } => "times",
            Self::Ended { .. } => "ended",
            Self::Next { .. } => "next",
            Self::Waiting { .. } => "waiting",
        }
    }

    /// The step it is of, or the two steps.
    #[must_use]
    pub fn steps(&self) -> (Option<&StepName>, Option<&StepName>) {
        match self {
            Self::JourneysPerPerson | Self::StepsPerJourney | Self::SecondsPerJourney => {
                (None, None)
            }
            Self::Reached { step } | Self::Ends { step } | Self::Times { step } => {
                (Some(step), None)
            }
            Self::Ended { step, .. } => (Some(step), None),
            Self::Next { from, to } | Self::Waiting { from, to } => (Some(from), Some(to)),
        }
    }

    /// Whether it is compared by its logarithm.
    pub(super) fn is_logarithm(&self) -> bool {
        matches!(self, Self::Waiting { .. })
    }

    /// Whether it is a share.
    #[must_use]
    pub fn is_share(&self) -> bool {
        matches!(
            self,
            Self::Reached { .. } | Self::Ends { .. } | Self::Ended { .. } | Self::Next { .. }
        )
    }
}

impl Difference {
    /// Whether the data say that it is there.
    #[must_use]
    pub fn is_told(&self) -> bool {
        matches!(self.verdict, Verdict::More | Verdict::Less)
    }

    /// How large it is, whatever the unit: of shares Cohen's h (Cohen 1988, *Statistical Power Analysis for the
    /// Behavioral Sciences*, 2nd ed., chapter 6), of other numbers the logarithm of how many times one is the other.
    #[must_use]
    pub fn size(&self) -> f64 {
        let [Some(first), Some(second)] = self.values.map(|value| value.map(|value| value.value))
        else {
            return 0.0;
        };
        if first == second {
            return 0.0;
        }
        match self.what.is_share() {
            true => {
                let angle = |share: f64| 2.0 * share.clamp(0.0, 1.0).sqrt().asin();
                (angle(second) - angle(first)).abs()
            }
            false => (second.max(0.0).ln() - first.max(0.0).ln()).abs(),
        }
    }
}

impl JourneyDiffAnswer {
    /// What surely differs, the largest first.
    #[must_use]
    pub fn findings(&self) -> Vec<&Difference> {
        let mut told: Vec<&Difference> = (self.numbers.iter())
            .filter(|number| number.is_told())
            .collect();
        told.sort_by(|one, other| other.size().total_cmp(&one.size()));
        told
    }

    /// How many numbers are compared.
    #[must_use]
    pub fn tested(&self) -> u64 {
        let numbers = self.numbers.iter();
        numbers.filter(|number| number.change.is_some()).count() as u64
    }
}
