//! What `kano` answers: the JSON that scripts read.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::kano::{Category, Kano, KanoAnswers, kano};

use super::paired::{Pairs, UnknownWording};
use crate::answers::{CompletingQuestion, DimensionName, OwnBrand, SurveyQuality};

/// What features are to people.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct KanoAnswer {
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// The own brand, and how it was known.
    pub own_brand: OwnBrand,
    /// Quality and weights of the forms it rests on.
    pub survey: SurveyQuality,
    /// People who said how they feel about any feature.
    pub respondents: u64,
    /// What must be there first, then the others in the order of [`Category::ALL`].
    pub features: Vec<Feature>,
    /// Features of which nobody answered both questions.
    pub asked_in_part: Vec<DimensionName>,
    /// Questions that would complete the survey, ready to be asked.
    pub completing: Vec<CompletingQuestion>,
    /// The most frequent wordings that are none of the five answers.
    pub unknown_wordings: Vec<UnknownWording>,
    /// Parts of the scope's filter that answers of a survey cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// What one feature is to people.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Feature {
    /// Which.
    #[serde(flatten)]
    pub feature: DimensionName,
    /// Its categories.
    #[serde(flatten)]
    pub kano: Kano,
    /// The category to act by: when it is too close to call, the first of those it may be.
    pub treat_as: Category,
}

impl Feature {
    /// Nothing when nobody answered both questions.
    pub(super) fn new(feature: DimensionName, pairs: &Pairs, level: f64) -> Option<Self> {
        let answers = KanoAnswers {
            with: &pairs.with,
            without: &pairs.without,
            weight: Some(&pairs.weights),
        };
        let kano = kano(&answers, level)
            .expect("columns of one length, weights above 0, a level that was checked")?;
        let may_be = Category::ALL
            .into_iter()
            .find(|category| *category == kano.category || kano.too_close.contains(category));
        Some(Self {
            feature,
            treat_as: may_be.unwrap_or(kano.category),
            kano,
        })
    }
}
