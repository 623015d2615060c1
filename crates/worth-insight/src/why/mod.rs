//! What is behind a number about steps: the rule that counted it, the customers, and of one customer every
//! step, with those that count.
//!
//! ```text
//!  steps (all tables, one log) ─► funnel's condition: which kinds of steps are meant
//!                                      │
//!                                      ▼
//!                 counted.rs: by kind, by person ─► answer.rs, rows.rs (a row for each person)
//! ```
//!
//! `docs/methods/why.md` has the rules.

pub mod answer;
mod counted;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::error::Error;
use crate::funnel::Condition;
use crate::question::{Answered, Question, Scope};
use crate::steps::{Case, JourneySettings, StepTable, Steps, filters_without_effect, observe};
use answer::WhyAnswer;
use counted::Counted;

/// People that are named, those with most steps first. `--out` has all.
const MOST_PEOPLE: usize = 20;

/// Which customers and steps are behind a number, and what rule counted them?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Why {
    /// Which steps are meant: a name (`pay`, `view*`) or conditions (`stage=payment`,
    /// `touchpoint=app & outcome=failed`, `pay | order`), as in `funnel`.
    pub steps: String,
    /// One customer (or visitor): every step, with those that count.
    pub customer: Option<String>,
    /// Tables whose rows are steps; `tables` of `[journey]` in worth.toml when empty, else all: events,
    /// order_lines, messages, feedback, survey_answers.
    pub tables: Vec<StepTable>,
}

impl Default for Why {
    /// What failed or was given up: what most people ask about first.
    fn default() -> Self {
        Self {
            steps: "outcome=failed | outcome=abandoned".into(),
            customer: None,
            tables: Vec::new(),
        }
    }
}

impl Question for Why {
    const NAME: &'static str = "why";
    type Answer = WhyAnswer;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<WhyAnswer>, Error> {
        let condition = Condition::of(&self.steps)?;
        // one person is one journey, whatever `case` and `window` of [journey] say
        let mut settings = JourneySettings::of(context, Some(Case::Customer), None, &self.tables)?;
        settings.window = None;
        let observation = observe(scope, context).await?;
        let steps = Steps::read(Self::NAME, context, &observation, &settings).await?;
        let meant = condition.step(&self.steps, &steps)?;
        context.check()?;
        let counted = Counted::of(&steps, &meant.kinds);
        let zone = context.workspace().business().zone();
        let customer = self.customer.as_deref();
        let evidence = customer
            .map(|id| counted.evidence(&steps, id, &zone))
            .transpose()?;
        let answer = WhyAnswer {
            rule: self.steps.trim().to_owned(),
            kinds: counted.kinds(&steps),
            steps: counted.steps(),
            customers: counted.customers(&steps),
            visitors: counted.people() - counted.customers(&steps),
            people: counted.most(&steps, MOST_PEOPLE, &zone),
            evidence,
            stitched: steps.stitched,
            filters_without_effect: filters_without_effect(&observation),
        };
        let rows = rows::rows(&counted, &steps)?;
        let provenance = steps.provenance(Self::NAME, &observation);
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}
