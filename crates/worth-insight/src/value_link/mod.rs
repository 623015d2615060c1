//! Does value pay? From experience to perceived value, trust, share of wallet, retention and revenue, each
//! link from the business's own data.
//!
//! ```text
//!  answers ────► people.rs: of each respondent what was felt, said and done
//!  behaviour ──┘      └─► chain.rs: which link rests on what ── worth_model::link ──► answer.rs
//!                     └─► sooner.rs: how soon they came back ── worth_model::survival
//! ```
//!
//! What customers *did* comes after what they said, and habits from before it are held still. The
//! formulas are in [`worth_model::link`], the rules in `docs/methods/value-link.md`.

pub mod answer;
mod chain;
mod people;
mod rows;
mod sheet;
mod sooner;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::{DEFAULT_LEVEL, Resampling};

use crate::answers::{
    Answers, Brands, CompletingQuestion, Layout, Ready, ValueSettings, filters_without_effect,
    observe,
};
use crate::behaviour::{Behaviour, Experience};
use crate::context::Context;
use crate::error::Error;
use crate::question::{Answered, Question, Scope};
use answer::ValueLinkAnswer;
use people::{People, TRUST};
pub(crate) use rows::tells_name;
pub(crate) use sheet::{no_link, note_unknown};

/// A year: what is bought later has little to do with what was felt at the time of the answer.
const LONGEST_DAYS: u32 = 365;
const MEASURES: [&str; 4] = ["benefit", "cost", "importance", "share"];

/// Does value pay: do customers who see more of it trust more, buy more of what they need here, come back,
/// and bring more?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ValueLink {
    /// Within how many days after the answer purchases and revenue count: 7 to 365.
    pub days: u32,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for ValueLink {
    /// 90 days, as `drivers` takes them.
    fn default() -> Self {
        Self {
            days: 90,
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for ValueLink {
    const NAME: &'static str = "value-link";
    type Answer = ValueLinkAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<ValueLinkAnswer>, Error> {
        Error::in_range("days", self.days.into(), 7.0, LONGEST_DAYS.into())?;
        Error::in_range("level", self.level, 0.5, 0.99)?;
        let settings: ValueSettings = context.section("value")?;
        let observation = observe(scope, context).await?;
        let answers = Answers::read(context, &observation, &MEASURES).await?;
        let brands = Brands::of(&answers, context, &observation)?;
        let (behaviour, gathered) =
            Behaviour::read(context, scope, &answers, &brands, self.days).await?;
        let experience = Experience::read(&observation).await?;
        context.check()?;
        let layout = Layout::of(&answers, &brands, &settings);
        let resampling = Resampling {
            level: self.level,
            seed: observation.seed,
            ..Resampling::default()
        };
        let people = People::of(
            &answers,
            &brands,
            &layout,
            &resampling,
            &behaviour,
            &experience,
        );
        let answer = ValueLinkAnswer {
            level: self.level,
            days: self.days,
            respondents: people.respondents(),
            customers: people.customers(),
            not_customers: behaviour.not_customers,
            days_not_over: behaviour.days_not_over,
            noise: people.noise,
            sooner: sooner::sooner(&people, self.level),
            bought_again: people.bought_again(self.level),
            revenue_of_buyers: people.revenue_of_buyers(self.level),
            margin: gathered.costs.known(self.level),
            completing: completing(&brands.own.name, &settings, &people),
            own_brand: brands.own.clone(),
            survey: answers.quality.clone(),
            filters_without_effect: filters_without_effect(&observation),
            links: chain::links(&people, self.level),
        };
        let provenance = answers.provenance(observation.provenance(Self::NAME), |_, answer| {
            let asked = &answer.asked;
            let is_of_own = asked.is_importance() || brands.place(answer.brand) == Some(0);
            (!is_of_own).then_some("other-brand")
        });
        let rows = rows::rows(&answer)?;
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

/// What would let more links be told.
fn completing(
    own_brand: &str,
    settings: &ValueSettings,
    people: &People,
) -> Vec<CompletingQuestion> {
    let is_known = |column: &[f64]| column.iter().any(|value| !value.is_nan());
    let mut ready = Ready::about(own_brand);
    let mut wanted = settings.wanted_dimensions();
    if people.respondents() > 0 {
        // the others are for perceived to ask
        wanted.retain(|name| name.dimension == TRUST && !is_known(&people.trust));
    }
    for name in &wanted {
        ready.ask_dimension(name);
    }
    if !is_known(&people.share) {
        ready.ask("share", "share");
    }
    ready.questions
}
