//! How do customers rate us? The scores that companies follow: NPS, CSAT, CES, ACSI.
//!
//! ```text
//!  answers ──► ratings.rs: of each respondent the newest answer, on the scale most were asked on
//!                 └─► measured.rs ── worth_model::scores ──► answer.rs
//!              groups.rs: the same per group, each against everyone else
//! ```
//!
//! The formulas are in [`worth_model::scores`], the rules in `docs/methods/scores.md`.

pub mod answer;
mod groups;
mod measured;
mod ratings;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::DEFAULT_LEVEL;

use crate::answers::{
    Answers, Brands, By, CompletingQuestion, Ready, filters_without_effect, observe,
};
use crate::context::Context;
use crate::error::Error;
use crate::question::{Answered, Question, Scope};
use answer::{Score, ScoreName, ScoresAnswer};
use groups::by_groups;
use measured::measure;
use ratings::{Fates, Ratings, Scale};

/// How do customers rate us? NPS, CSAT, CES and ACSI, with the interval that fits each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Scores {
    /// What respondents are told apart by: role, stage, touchpoint, region, culture, channel, product,
    /// category, month, or a segment of customers (gender, first-store); each group is compared with
    /// everyone else.
    pub by: Option<By>,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for Scores {
    fn default() -> Self {
        Self {
            by: None,
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for Scores {
    const NAME: &'static str = "scores";
    type Answer = ScoresAnswer;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<ScoresAnswer>, Error> {
        Error::in_range("level", self.level, 0.5, 0.99)?;
        let observation = observe(scope, context).await?;
        let measures = ["recommend", "satisfaction", "effort", "expectancy", "ideal"];
        let mut answers = Answers::read(context, &observation, &measures).await?;
        answers.tell_apart(&self.by, context, &observation).await?;
        let brands = Brands::of(&answers, context, &observation)?;
        let scales: Vec<(ScoreName, Scale)> = ScoreName::ALL
            .into_iter()
            .filter_map(|name| Some((name, Scale::most_used(name, &answers, &brands)?)))
            .collect();
        let mut fates = Fates::of(&answers, &brands, &scales);
        let (mut scores, mut groups) = (Vec::new(), Vec::new());
        for &(name, scale) in &scales {
            let ratings = Ratings {
                name,
                scale,
                answers: &answers,
                brands: &brands,
            };
            for (place, brand) in brands.names.iter().enumerate() {
                let all = ratings.of_brand(place, |_| Some(()), &mut fates);
                let all = all.into_values().next().unwrap_or_default();
                if let Some(measured) = measure(name, &scale, &all, self.level) {
                    let of = (brand.as_str(), place == 0);
                    scores.push(Score::new(name, scale, of, &all, measured));
                }
                if let Some(by) = self.by.as_ref().filter(|_| place == 0) {
                    groups.extend(by_groups(&ratings, by, &all, self.level, &mut fates));
                }
            }
        }
        let not_asked: Vec<ScoreName> = ScoreName::ALL
            .into_iter()
            .filter(|name| {
                !scores
                    .iter()
                    .any(|score: &Score| score.name == *name && score.own)
            })
            .collect();
        let provenance = answers.provenance(observation.provenance(Self::NAME), |place, _| {
            fates.left_out(place)
        });
        let answer = ScoresAnswer {
            level: self.level,
            by: self.by.clone(),
            completing: completing(&brands.own.name, &not_asked),
            own_brand: brands.own,
            survey: answers.quality,
            scores,
            groups,
            not_asked,
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

/// The questions that scores are made of which nobody was asked.
fn completing(own_brand: &str, not_asked: &[ScoreName]) -> Vec<CompletingQuestion> {
    let mut ready = Ready::about(own_brand);
    for name in not_asked {
        match name {
            ScoreName::Nps => ready.ask("recommend", "recommend"),
            ScoreName::Csat => ready.ask("satisfaction", "satisfaction"),
            ScoreName::Ces => ready.ask("effort", "effort"),
            ScoreName::Acsi => {
                if !not_asked.contains(&ScoreName::Csat) {
                    ready.ask("satisfaction", "satisfaction-of-ten");
                }
                ready.ask("expectancy", "expectancy");
                ready.ask("ideal", "ideal");
            }
        }
    }
    ready.questions
}
