//! `[survey]` in `worth.toml`: which doubtful forms are left out, and how respondents are weighted.
//!
//! ```toml
//! [survey]
//! leave_out = ["speeder", "straight-liner"]   # else doubtful forms are counted and kept
//! weights = "raked"                           # or "given" (by the survey), or "none"
//! cap = 5                                     # no respondent counts for more than so many
//!
//! [survey.margins]                            # without: as customers are spread
//! region = { "Hà Nội" = 0.4, "Huế" = 0.6 }
//!
//! [survey.rules]
//! times_as_fast = 3
//! ```

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::survey::{CAP, Doubt, Rules};

use crate::context::Context;
use crate::error::Error;

/// How forms of a survey are taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SurveySettings {
    /// Forms with one of these doubts are left out.
    pub leave_out: BTreeSet<Doubt>,
    /// When a form is doubtful.
    pub rules: Rules,
    /// Where weights of respondents come from.
    pub weights: WeightsFrom,
    /// Whom respondents stand for: of each thing its categories with what they should have, in any
    /// unit; as customers are when empty.
    pub margins: BTreeMap<RakedBy, BTreeMap<String, f64>>,
    /// A raked weight is at most so many times the average one.
    pub cap: f64,
}

/// Where weights of respondents come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WeightsFrom {
    /// The survey: `survey_answers.weight`; 1 where there is none.
    #[default]
    Given,
    /// The survey's, raked until respondents are spread as those whom they stand for.
    Raked,
    /// Nowhere: everyone counts alike.
    None,
}

/// What respondents are raked by.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum RakedBy {
    /// Region of the customer, else of the form.
    Region,
    /// Culture of the customer, else of the form.
    Culture,
    /// Channel that won the customer.
    Channel,
}

impl Default for SurveySettings {
    fn default() -> Self {
        Self {
            leave_out: BTreeSet::new(),
            rules: Rules::default(),
            weights: WeightsFrom::default(),
            margins: BTreeMap::new(),
            cap: CAP,
        }
    }
}

impl SurveySettings {
    /// Those of the workspace.
    pub(super) fn of(context: &Context) -> Result<Self, Error> {
        let settings: Self = context.section("survey")?;
        let rules = &settings.rules;
        Error::in_range("cap", settings.cap, 1.1, 1000.0)?;
        Error::in_range("times_as_fast", rules.times_as_fast, 1.1, 100.0)?;
        Error::in_range("same_share", rules.same_share, 0.51, 1.0)?;
        Error::in_range("inconsistency", rules.inconsistency, 1.0, 100.0)?;
        Error::in_range("copies_by_chance", rules.copies_by_chance, 1e-300, 1.0)?;
        let targets = settings.margins.values().flat_map(BTreeMap::values);
        for &target in targets {
            Error::in_range("margins", target, 0.0, 1e15)?;
        }
        Ok(settings)
    }
}

impl RakedBy {
    pub(super) const ALL: [Self; 3] = [Self::Region, Self::Culture, Self::Channel];

    /// As in JSON and in the words.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Culture => "culture",
            Self::Channel => "channel",
        }
    }
}
