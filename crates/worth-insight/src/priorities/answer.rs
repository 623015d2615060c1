//! What `priorities` answers: the JSON that scripts read.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;

use crate::answers::{By, CompletingQuestion, DimensionName, OwnBrand, SurveyQuality};
pub use crate::what_if::answer::{Effect, LinkTold};

/// What should be improved first, and for whom.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PrioritiesAnswer {
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Within how many days after the answer purchases and revenue count.
    pub days: u32,
    /// What respondents are told apart by.
    pub by: By,
    /// The own brand, and how it was known.
    pub own_brand: OwnBrand,
    /// Quality and weights of the forms it rests on.
    pub survey: SurveyQuality,
    /// People who scored it.
    pub respondents: u64,
    /// What priorities are ordered by where money is not known.
    pub compared_by: Effect,
    /// What known customers paid in the last year; absent without any.
    pub yearly_revenue: Option<f64>,
    /// Each dimension a point better, for everyone: what is to be expected most of first.
    pub dimensions: Vec<Priority>,
    /// What comes first by what people say they would do: an intention, surely higher.
    pub first_by_intention: Option<FirstByIntention>,
    /// Each dimension a point better, for each group alone.
    pub groups: Vec<Priority>,
    /// One failure fewer for whoever met one, by touchpoint.
    pub touchpoints: Vec<Priority>,
    /// Whether customers bought in the days after their answer, from what they had said of the dimensions.
    pub buys_again: LinkTold,
    /// What customers paid in these days.
    pub revenue: LinkTold,
    /// Questions that would let more be told.
    pub completing: Vec<CompletingQuestion>,
    /// Parts of the scope's filter that answers of a survey cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// What comes first by what people say they would do.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FirstByIntention {
    /// The dimension, a point better.
    #[serde(flatten)]
    pub name: DimensionName,
    /// Change of how likely they say they would buy again, in points of 1..10.
    pub intention: Estimate,
}

/// Something that could be improved. What cannot be told is absent.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Priority {
    /// What.
    #[serde(flatten)]
    pub what: What,
    /// For whom; everyone when absent.
    pub group: Option<String>,
    /// People who scored the own brand there; of touchpoints those who met a failure.
    pub people: u64,
    /// People of equal weight who would say as much.
    pub effective: f64,
    /// Points by which the own brand is ahead of the competitors; having less of a cost is ahead.
    pub gap: Option<Estimate>,
    /// Change of benefits − costs, in points.
    pub value: Option<Estimate>,
    /// Change of what priorities are ordered by where money is not known.
    pub effect: Option<Estimate>,
    /// Change of a year's revenue, were it as large as that of the last one.
    pub money: Option<Estimate>,
    /// Probability that it is a gain at all: of the money, else of the effect.
    pub confidence: Option<f64>,
    /// Money × confidence.
    pub expected_money: Option<f64>,
    /// Effect × confidence.
    pub expected_effect: Option<f64>,
}

/// What could be improved.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A dimension of value, by a point.
    Dimension(DimensionName),
    /// A touchpoint, by one failure.
    Touchpoint(String),
}
