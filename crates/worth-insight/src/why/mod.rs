//! What is behind a number: the rule that counted it, the customers, and of one customer every step, with those
//! that count. The answers of `journey`, `funnel`, `drop-off` and `friction` say of each of their numbers how to
//! ask.
//!
//! ```text
//!  steps (all tables, one log) ─► rule.rs: which steps count, by conditions of `funnel`
//!                                      │
//!                                      ▼
//!  friction (who met trouble) ─► counted.rs: by kind, by person ─► answer.rs, rows.rs (a row for each person)
//!                     met.rs ──────────┘
//! ```
//!
//! `docs/methods/why.md` has the rules.

pub mod answer;
mod command;
mod counted;
mod met;
mod rows;
mod rule;
mod sheet;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::context::{Context, Observation};
use crate::error::Error;
use crate::friction::{Found, Sought, Trouble};
use crate::question::{Answered, Provenance, Question, Scope};
use crate::steps::{
    Case, Grain, JourneySettings, Span, StepTable, Steps, Stitched, filters_without_effect, observe,
};
use answer::{Evidence, WhyAnswer};
use counted::Counted;
pub(crate) use rule::Rule;

/// People that are named, those with most steps first. `--out` has all.
const MOST_PEOPLE: usize = 20;
/// What failed or was given up: what most people ask about first.
const USUAL: &str = "outcome=failed | outcome=abandoned";

/// Which customers and steps are behind a number, and what rule counted them?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Why {
    /// Which steps are meant: a name (`pay`, `view*`) or conditions (`stage=payment`,
    /// `touchpoint=app & outcome=failed`, `pay | order`), as in `funnel`; one right after another (`cart > pay`);
    /// those who got so far (`view then cart`) and no further (`view then cart but not pay`). What failed or was
    /// given up when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<String>,
    /// Longest time from the first of several steps to any other, as in `funnel`; any when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Span>,
    /// A pain point of `friction` instead of steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
    /// Where it was met; anywhere when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What its places are told apart by, as in `friction`: touchpoint when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Grain>,
    /// Waits that are longer are long, as in `friction`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<Span>,
    /// One customer (or visitor, or case): every step, with those that count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// Whose steps make one journey; `case` of `[journey]` in worth.toml when absent, else the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<Case>,
    /// A longer gap begins a new journey; `window` of `[journey]` when absent, else none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Span>,
    /// Tables whose rows are steps; `tables` of `[journey]` in worth.toml when empty, else all: events,
    /// order_lines, messages, feedback, survey_answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<StepTable>,
}

impl Question for Why {
    const NAME: &'static str = "why";
    type Answer = WhyAnswer;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<WhyAnswer>, Error> {
        self.check()?;
        let settings = JourneySettings::of(context, self.case, self.window, &self.tables)?;
        let observation = observe(scope, context).await?;
        match self.trouble {
            Some(trouble) => {
                self.ask_friction(trouble, settings.case, &observation, context)
                    .await
            }
            None => self.ask_steps(&settings, &observation, context).await,
        }
    }
}

impl Why {
    /// Steps and pain points are told by parameters of their own.
    fn check(&self) -> Result<(), Error> {
        let of_pain_points = [
            ("place", self.place.is_some()),
            ("by", self.by.is_some()),
            ("wait", self.wait.is_some()),
        ];
        let of_steps = [
            ("steps", self.steps.is_some()),
            ("within", self.within.is_some()),
            ("window", self.window.is_some()),
            ("tables", !self.tables.is_empty()),
        ];
        let given = |parameters: &[(&'static str, bool)]| {
            let mut parameters = parameters.iter();
            parameters.find(|(_, given)| *given).map(|(name, _)| *name)
        };
        let other = "trouble";
        match self.trouble {
            Some(_) => given(&of_steps).map_or(Ok(()), |parameter| {
                Err(Error::NotTogether { parameter, other })
            }),
            None => given(&of_pain_points).map_or(Ok(()), |parameter| {
                Err(Error::NotAlone { parameter, other })
            }),
        }
    }

    /// What is behind a number that a rule counted, in journeys that are told like that.
    pub(crate) fn of(
        rule: &Rule,
        case: Option<Case>,
        window: Option<Span>,
        tables: &[StepTable],
    ) -> Self {
        Self {
            steps: Some(rule.to_string()),
            case,
            window,
            tables: tables.to_vec(),
            ..Self::default()
        }
    }

    async fn ask_steps(
        &self,
        settings: &JourneySettings,
        observation: &Observation,
        context: &Context,
    ) -> Result<Answered<WhyAnswer>, Error> {
        let written = self.steps.as_deref().unwrap_or(USUAL).trim();
        let rule = Rule::of(written)?;
        let steps = Steps::read(Self::NAME, context, observation, settings).await?;
        let log = steps.journeys();
        let counted = Counted::of(&steps, &log, &rule, self.within)?;
        context.check()?;
        let zone = context.workspace().business().zone();
        let of_one = |id| counted::evidence(&steps, &log, &rule, self.within, (id, &zone));
        let evidence = self.customer.as_deref().map(of_one).transpose()?;
        let provenance = steps.provenance(Self::NAME, observation);
        let rule = written.to_owned();
        self.answered(
            rule,
            &counted,
            evidence,
            steps.stitched,
            (observation, provenance),
            context,
        )
    }

    async fn ask_friction(
        &self,
        trouble: Trouble,
        case: Case,
        observation: &Observation,
        context: &Context,
    ) -> Result<Answered<WhyAnswer>, Error> {
        let sought = Sought {
            trouble,
            place: self.place.as_deref(),
            by: self.by.unwrap_or(Grain::Touchpoint),
            wait: self.wait,
            case,
            customer: self.customer.as_deref(),
        };
        let found = Found::read(context, observation, &sought).await?;
        let counted = Counted::of_met(&found);
        let zone = context.workspace().business().zone();
        let of_one = |id| met::evidence(&found, id, &zone);
        let evidence = self.customer.as_deref().map(of_one).transpose()?;
        let provenance = Provenance {
            rows_used: counted.steps(),
            ..observation.provenance(Self::NAME)
        };
        let rule = match &self.place {
            Some(place) => format!("{}: {place}", trouble.name()),
            None => trouble.name().to_owned(),
        };
        let stitched = Stitched::default();
        self.answered(
            rule,
            &counted,
            evidence,
            stitched,
            (observation, provenance),
            context,
        )
    }

    fn answered(
        &self,
        rule: String,
        counted: &Counted<'_>,
        evidence: Option<Evidence>,
        stitched: Stitched,
        (observation, provenance): (&Observation, Provenance),
        context: &Context,
    ) -> Result<Answered<WhyAnswer>, Error> {
        let zone = context.workspace().business().zone();
        let [customers, visitors, cases] = counted.by_kind();
        Ok(Answered {
            answer: WhyAnswer {
                rule,
                kinds: counted.kinds.clone(),
                steps: counted.steps(),
                journeys: counted.journeys,
                customers,
                visitors,
                cases,
                people: counted.most(MOST_PEOPLE, &zone),
                evidence,
                stitched,
                filters_without_effect: filters_without_effect(observation),
            },
            provenance,
            rows: Some(Arc::new(rows::rows(counted)?)),
        })
    }
}
