//! What `value-trend` answers: the JSON that scripts read.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::trend::{GroupChange, Told};

use super::PeriodLength;
use crate::answers::{By, CompletingQuestion, DimensionName, Layout, OwnBrand, SurveyQuality};

/// How the value of the own brand moves over time.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ValueTrendAnswer {
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// The own brand, and how it was known.
    pub own_brand: OwnBrand,
    /// Quality and weights of the forms it rests on.
    pub survey: SurveyQuality,
    /// What is followed.
    pub followed: Followed,
    /// Length of a period. Periods are named by their first day.
    pub period: PeriodLength,
    /// Everyone together; absent when nobody scored the own brand.
    pub whole: Option<Line>,
    /// Groups, part by part, those with most answers first.
    pub groups: Vec<Line>,
    /// Scores and importance of each dimension, period by period, of everyone.
    pub dimensions: Vec<DimensionPeriods>,
    /// What these answers lack.
    pub missing: Vec<Missing>,
    /// Questions that would complete them, ready to be asked.
    pub completing: Vec<CompletingQuestion>,
    /// Parts of the scope's filter that answers of a survey cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// The number that is followed, in points on 1..10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Followed {
    /// Benefits less costs.
    Difference,
    /// Benefits: nobody was asked about costs.
    Benefits,
    /// Costs: nobody was asked about benefits. More is worse.
    Costs,
}

impl Followed {
    pub(super) fn of(layout: &Layout) -> Self {
        match (layout.benefits, layout.dimensions.len() - layout.benefits) {
            (0, 1..) => Self::Costs,
            (1.., 0) => Self::Benefits,
            _ => Self::Difference,
        }
    }

    /// As in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Difference => "difference",
            Self::Benefits => "benefits",
            Self::Costs => "costs",
        }
    }
}

/// What answers lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// Nobody scored the own brand.
    Survey,
    /// All answers are of one period.
    Periods,
    /// No benefit was asked about.
    Benefits,
    /// No cost was asked about.
    Costs,
    /// Nobody was asked what matters: all dimensions weigh the same.
    Importance,
}

/// Everyone, or one group, over time.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Line {
    /// What the group is told apart by; absent for everyone.
    pub by: Option<By>,
    /// The value that its answers share.
    pub group: Option<String>,
    /// Answers: a respondent counts once in a period.
    pub answers: u64,
    /// Answers of equal weight that would say as much.
    pub effective: f64,
    /// Mean over all periods.
    pub mean: Estimate,
    /// What another survey like all of this one would show 8 times in 10.
    pub smallest_change: f64,
    /// Every period, also those without an answer.
    pub periods: Vec<PeriodValue>,
    /// When the level changed.
    pub changes: Told<Changes>,
    /// p-value of the changes, of a group adjusted for how many groups there are (Benjamini-Hochberg).
    pub adjusted_p_value: f64,
    /// Whether it is taken as changed: of all groups that are, at most 5 in 100 are not, on average.
    pub changed: bool,
    /// The level in the last period, and in those to come.
    pub outlook: Told<Vec<Ahead>>,
    /// What moved it: of everyone, and of groups that changed.
    pub moved: Option<Moved>,
}

impl Line {
    /// The level found for a period.
    pub(super) fn level_at(&self, from: Date) -> Option<Estimate> {
        let segments = &self.changes.told()?.segments;
        let segment = segments.iter().find(|segment| from <= segment.until)?;
        (segment.from <= from).then_some(segment.level)
    }
}

/// One period.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PeriodValue {
    /// Its first day.
    pub from: Date,
    /// Answers.
    pub answers: u64,
    /// Answers of equal weight that would say as much.
    pub effective: f64,
    /// What is followed.
    pub value: Option<Estimate>,
    /// Benefits, 1..10.
    pub benefits: Option<Estimate>,
    /// Costs, 1..10.
    pub costs: Option<Estimate>,
    /// Benefits / costs, of those who scored both.
    pub ratio: Option<Estimate>,
}

/// When the level changed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Changes {
    /// Stretches of one level: one more than changes.
    pub segments: Vec<Segment>,
    /// Changes, in their order.
    pub changes: Vec<Change>,
    /// Probability that the best single change gains so much when there is none.
    pub p_value: f64,
    /// The smallest step in the middle that would be told 8 times in 10.
    pub smallest_step: f64,
    /// How many times more periods differ than their answers allow (variance).
    pub unrest: f64,
}

/// Periods of one level.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Segment {
    /// First day of its first period.
    pub from: Date,
    /// First day of its last period.
    pub until: Date,
    /// Its level.
    pub level: Estimate,
}

/// A step from one level to another.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// First day of the new level.
    pub from: Date,
    /// When it may have been; together they reach the level of the answer.
    pub dates: Vec<DateProbability>,
    /// New level less old.
    pub size: Estimate,
}

/// A period in which a change may have been.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct DateProbability {
    /// First day of the new level.
    pub from: Date,
    /// How probable, 0..1, given that there is this change.
    pub probability: f64,
}

/// The level in the last period, or in one to come.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Ahead {
    /// First day of the period.
    pub from: Date,
    /// The level: answers of that period scatter around it.
    pub value: Estimate,
}

/// Before and after the largest change, or of both halves.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Moved {
    /// The periods before.
    pub before: Stretch,
    /// The periods after.
    pub after: Stretch,
    /// Whether it is a change of the level; else the first half of the answers and the second.
    pub at_change: bool,
    /// What is followed.
    pub value: BeforeAndAfter,
    /// Benefits.
    pub benefits: Option<BeforeAndAfter>,
    /// Costs.
    pub costs: Option<BeforeAndAfter>,
    /// Each dimension that was scored before and after.
    pub dimensions: Vec<DimensionMoved>,
    /// Who answered, told apart in each way by itself: these do not add up over ways.
    pub mix: Vec<Mix>,
}

/// Periods one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Stretch {
    /// First day of the first.
    pub from: Date,
    /// First day of the last.
    pub until: Date,
}

/// A mean before and after.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct BeforeAndAfter {
    /// Mean before.
    pub before: Estimate,
    /// Mean after.
    pub after: Estimate,
    /// After less before.
    pub change: Estimate,
}

/// One dimension before and after.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DimensionMoved {
    /// Which.
    #[serde(flatten)]
    pub name: DimensionName,
    /// Its score, 1..10.
    pub score: BeforeAndAfter,
    /// What that adds to what is followed: weight × change, costs counted against.
    pub contribution: Estimate,
    /// Whether its score is taken as changed (false discoveries in bounds over dimensions).
    pub changed: bool,
    /// How important people say it is, 0..10.
    pub importance: Option<BeforeAndAfter>,
    /// Whether that is taken as changed.
    pub importance_changed: bool,
}

/// What comes from who answered, and what from what they said.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Mix {
    /// What they are told apart by.
    pub by: By,
    /// From who answered.
    pub mix: Estimate,
    /// From what they said.
    pub level: Estimate,
    /// Each group's part.
    pub groups: Vec<MixGroup>,
}

/// One group's part.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MixGroup {
    /// Its name; absent for those of whom it is not known, or who are of several.
    pub group: Option<String>,
    /// Its shares, its means, and its part.
    #[serde(flatten)]
    pub change: GroupChange,
}

/// Scores and importance of one dimension, in the order of the periods of everyone.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DimensionPeriods {
    /// Which.
    #[serde(flatten)]
    pub name: DimensionName,
    /// Mean score of the own brand, 1..10.
    pub scores: Vec<Option<Estimate>>,
    /// How important people say it is, 0..10.
    pub importance: Vec<Option<Estimate>>,
}
