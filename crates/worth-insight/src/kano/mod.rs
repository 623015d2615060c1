//! Which features must be there, and which delight? Kano's model.
//!
//! ```text
//!  answers ──► wording.rs: how they feel with a feature and without it, whatever the words
//!                 └─► paired.rs: one pair per respondent and feature ── worth_model::kano ──► answer.rs
//! ```
//!
//! The table and the formulas are in [`worth_model::kano`] and in `docs/methods/kano.md`.

pub mod answer;
mod paired;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;
mod wording;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::DEFAULT_LEVEL;

use crate::answers::{
    Answers, Brands, CompletingQuestion, DimensionName, Kind, Ready, ValueSettings,
    filters_without_effect, observe,
};
use crate::context::Context;
use crate::error::Error;
use crate::question::{Answered, Question, Scope};
use answer::{Feature, KanoAnswer};
use paired::Paired;

/// Features whose two questions are offered when none was asked: more tire a respondent out.
const MOST_OFFERED: usize = 5;

/// Which features must be there, which delight, and which nobody minds? Kano's model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Kano {
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for Kano {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for Kano {
    const NAME: &'static str = "kano";
    type Answer = KanoAnswer;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<KanoAnswer>, Error> {
        Error::in_range("level", self.level, 0.5, 0.99)?;
        let settings: ValueSettings = context.section("value")?;
        let observation = observe(scope, context).await?;
        let measures = [paired::WITH, paired::WITHOUT];
        let answers = Answers::read(context, &observation, &measures).await?;
        let brands = Brands::of(&answers, context, &observation)?;
        let paired = Paired::of(&answers, &brands);
        let mut features: Vec<Feature> = paired
            .features
            .iter()
            .filter_map(|(name, pairs)| {
                let feature = settings.dimension(Kind::Benefit, name);
                Feature::new(feature, pairs, self.level)
            })
            .collect();
        // what must be there first; of one category that most surely so
        features.sort_by(|one, other| {
            let lead = |feature: &Feature| feature.kano.strength.value;
            (one.treat_as as usize)
                .cmp(&(other.treat_as as usize))
                .then_with(|| lead(other).total_cmp(&lead(one)))
        });
        let asked_in_part: Vec<DimensionName> = paired
            .features
            .keys()
            .filter(|name| !features.iter().any(|of| of.feature.dimension == **name))
            .map(|name| settings.dimension(Kind::Benefit, name))
            .collect();
        let provenance = answers.provenance(observation.provenance(Self::NAME), |place, _| {
            paired.left_out[place]
        });
        let answer = KanoAnswer {
            level: self.level,
            respondents: paired.respondents,
            completing: completing(&brands.own.name, &features, &asked_in_part, &settings),
            own_brand: brands.own,
            survey: answers.quality,
            features,
            asked_in_part,
            unknown_wordings: paired.unknown_wordings,
            filters_without_effect: filters_without_effect(&observation),
        };
        let rows = rows::rows(&answer)?;
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

/// Both questions about what was asked in part; about the first benefits that one should ask about
/// when there is nothing.
fn completing(
    own_brand: &str,
    features: &[Feature],
    asked_in_part: &[DimensionName],
    settings: &ValueSettings,
) -> Vec<CompletingQuestion> {
    let mut wanted = asked_in_part.to_vec();
    if features.is_empty() && wanted.is_empty() {
        wanted = settings.wanted_dimensions();
        wanted.retain(|name| name.kind == Kind::Benefit);
        wanted.truncate(MOST_OFFERED);
    }
    let mut ready = Ready::about(own_brand);
    for name in &wanted {
        ready.ask_feature(paired::WITH, name);
        ready.ask_feature(paired::WITHOUT, name);
    }
    ready.questions
}
