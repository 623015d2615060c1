//! Dimensions of value, roles and stages, and what people call them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::words::{Language, Words};

/// A kind of dimension.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What one gets.
    Benefit,
    /// What one gives.
    Cost,
}

impl Kind {
    /// As in JSON and in `survey_answers.measure`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Benefit => "benefit",
            Self::Cost => "cost",
        }
    }
}

/// A dimension of value.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct DimensionName {
    /// Benefit or cost.
    pub kind: Kind,
    /// As in `survey_answers.dimension`.
    pub dimension: String,
    /// What the business calls it in English.
    pub label_en: Option<String>,
    /// What the business calls it in Vietnamese.
    pub label_vi: Option<String>,
}

/// The cost that is price, by its usual name.
pub(crate) const PRICE: &str = "price";

impl DimensionName {
    /// Whether it is how dear something seems.
    pub(crate) fn is_price(&self) -> bool {
        self.kind == Kind::Cost && self.dimension == PRICE
    }
}

/// What a dimension is called: by the business, else by Worth, else as in the data.
pub(crate) fn dimension_label(name: &DimensionName, words: &Words) -> String {
    let own = match words.language() {
        Language::English => &name.label_en,
        Language::Vietnamese => &name.label_vi,
    };
    own.clone()
        .unwrap_or_else(|| part_label(name.kind.name(), &name.dimension, words))
}

/// A value of a column as people call it; `what` is `benefit`, `cost`, `role` or `stage`.
pub(crate) fn part_label(what: &str, name: &str, words: &Words) -> String {
    let id = format!("answers-{what}-{}", name.replace('_', "-"));
    if words.has(&id) {
        words.say(&id)
    } else {
        name.into()
    }
}
