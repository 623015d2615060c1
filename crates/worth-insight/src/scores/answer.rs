//! What `scores` answers: the JSON that scripts read.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;

use super::measured::Measured;
use super::ratings::{Rating, Scale};
use crate::answers::{By, CompletingQuestion, OwnBrand, SurveyQuality};
use crate::columns::date_of;
use crate::segments::AgainstRest;

/// The scores of the own brand and of the others that the survey asks about.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ScoresAnswer {
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// What groups are told apart by.
    pub by: Option<By>,
    /// The own brand, and how it was known.
    pub own_brand: OwnBrand,
    /// Quality and weights of the forms it rests on.
    pub survey: SurveyQuality,
    /// Score by score, the own brand first, then competitors by name.
    pub scores: Vec<Score>,
    /// The own brand by group, score by score; empty when nothing was asked to tell groups apart.
    pub groups: Vec<ByGroups>,
    /// Scores of the own brand that the survey does not ask for.
    pub not_asked: Vec<ScoreName>,
    /// Questions that would give them, ready to be asked.
    pub completing: Vec<CompletingQuestion>,
    /// Parts of the scope's filter that answers of a survey cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// A score that companies follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScoreName {
    /// Net promoter score: promoters less detractors, −100..100.
    Nps,
    /// Share of satisfied customers: the two best answers, 0..1.
    Csat,
    /// Customer effort: share who found it easy, 0..1.
    Ces,
    /// American Customer Satisfaction Index, 0..100.
    Acsi,
}

impl ScoreName {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Nps, Self::Csat, Self::Ces, Self::Acsi];

    /// As in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces => "ces",
            Self::Acsi => "acsi",
        }
    }

    /// The measures of `survey_answers` that it is made of.
    #[must_use]
    pub fn measures(self) -> &'static [&'static str] {
        match self {
            Self::Nps => &["recommend"],
            Self::Csat => &["satisfaction"],
            Self::Ces => &["effort"],
            Self::Acsi => &["satisfaction", "expectancy", "ideal"],
        }
    }
}

/// One score of one brand.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Score {
    /// Which.
    #[serde(rename = "score")]
    pub name: ScoreName,
    /// The brand.
    pub brand: String,
    /// Whether it is the own one.
    pub own: bool,
    /// The scale that was asked on.
    pub scale: Scale,
    /// Days of the first and of the last answer.
    pub from: Date,
    /// See `from`.
    pub until: Date,
    /// The score itself.
    #[serde(flatten)]
    pub measured: Measured,
}

impl Score {
    pub(super) fn new(
        name: ScoreName,
        scale: Scale,
        (brand, own): (&str, bool),
        ratings: &[Rating],
        measured: Measured,
    ) -> Self {
        let days = || ratings.iter().map(|rating| rating.day);
        Self {
            name,
            brand: brand.into(),
            own,
            scale,
            from: date_of(days().min().unwrap_or_default()),
            until: date_of(days().max().unwrap_or_default()),
            measured,
        }
    }
}

/// Promoters, passives and detractors.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Promoters {
    /// Share who answered 9 or 10.
    pub promoters: Estimate,
    /// Share who answered 7 or 8.
    pub passives: Estimate,
    /// Share who answered 6 or less.
    pub detractors: Estimate,
    /// The score with the plain interval, as it is usually published: too narrow for few answers.
    pub plain: Estimate,
}

/// One score of the own brand by group.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ByGroups {
    /// Which.
    #[serde(rename = "score")]
    pub name: ScoreName,
    /// Months in their order, other groups with most respondents first.
    pub groups: Vec<Group>,
    /// Respondents of whom it is not known where they belong.
    pub unknown: u64,
}

/// One score in one group.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Group {
    /// The value that its answers share; of a month its first day.
    pub group: String,
    /// The score.
    #[serde(flatten)]
    pub measured: Measured,
    /// Against everyone who is not in the group; absent when one side has fewer than ten.
    pub against_rest: Option<AgainstRest>,
}
