//! How many get through given steps, and where do the others go?
//!
//! ```text
//!  steps (all tables, one log) ─► written.rs, condition.rs: which kinds of steps each one means
//!                                 usual.rs: the stages in their order, when nobody named steps
//!                                      │
//!                                      ▼
//!                     worth_model::journey::funnel and attempts ─► answer.rs, rows.rs
//! ```
//!
//! `docs/methods/funnel.md` has the rules.

pub mod answer;
mod condition;
mod quoted;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;
mod usual;
mod written;

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::DEFAULT_LEVEL;
use worth_model::journey::{self, FunnelSpec, attempts, funnel};

use crate::context::Context;
use crate::error::Error;
use crate::question::{Answered, Question, Scope};
use crate::steps::{
    Case, Grain, JourneySettings, Labelled, Span, StepName, StepTable, Steps,
    filters_without_effect, observe,
};
use crate::why::{Rule, Why};
use answer::{Beside, FunnelAnswer, Reached};
pub(crate) use condition::Condition;
pub(crate) use quoted::{cut, split};
use rows::JourneyRows;
pub(crate) use written::{Wanted, Written};

/// How many get through given steps, and where do the others go?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Funnel {
    /// The steps in order, with commas: a name (`pay`, `view*`) or conditions (`stage=payment`,
    /// `touchpoint=app & outcome=ok`, `pay | order`), each with how soon after the one before
    /// (`pay within 12h`) and what must not happen in between (`pay without cancel`). The stages in their order
    /// when none is given.
    pub steps: Vec<String>,
    /// Longest time from the first step to any other: `30min`, `12h`, `7d`, `8w`; any when absent.
    pub within: Option<Span>,
    /// How closely to look at what came before and after: names of steps, touchpoints or stages.
    pub by: Grain,
    /// Whose steps make one journey; `case` of `[journey]` in worth.toml when absent, else the customer.
    pub case: Option<Case>,
    /// A longer gap begins a new journey; `window` of `[journey]` when absent, else none.
    pub window: Option<Span>,
    /// Tables whose rows are steps; `tables` of `[journey]` when empty, else all: events, order_lines,
    /// messages, feedback, survey_answers.
    pub tables: Vec<StepTable>,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for Funnel {
    fn default() -> Self {
        Self {
            steps: Vec::new(),
            within: None,
            by: Grain::Name,
            case: None,
            window: None,
            tables: Vec::new(),
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for Funnel {
    const NAME: &'static str = "funnel";
    type Answer = FunnelAnswer;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<FunnelAnswer>, Error> {
        Error::in_range("level", self.level, 0.5, 0.99)?;
        let written = Written::of(&self.steps)?;
        let settings = JourneySettings::of(context, self.case, self.window, &self.tables)?;
        let observation = observe(scope, context).await?;
        let steps = Steps::read(Self::NAME, context, &observation, &settings).await?;
        let wanted = written.find(&steps, &settings)?;
        let spec = FunnelSpec {
            steps: wanted.steps,
            within: self.within.map(Span::microseconds),
        };
        let log = steps.journeys();
        context.check()?;
        let counted =
            funnel(&log, &spec, self.level).expect("steps with kinds of the log, and a level");
        let tried = attempts(&log, &spec).expect("steps with kinds of the log");
        context.check()?;
        let beside = Neighbours::of(&steps, self.by);
        let answer = FunnelAnswer {
            by: self.by,
            case: settings.case,
            window: settings.window,
            within: self.within,
            level: self.level,
            chosen: wanted.chosen,
            journeys: counted.journeys,
            steps: self.reached(
                wanted.names,
                &wanted.conditions,
                &spec,
                &counted,
                (&steps, &beside),
            ),
            before: beside.told(&counted.before),
            ties: steps.log.ties(),
            stitched: steps.stitched,
            filters_without_effect: filters_without_effect(&observation),
        };
        let rows = JourneyRows::of(&steps, &log, &tried);
        let provenance = steps.provenance(Self::NAME, &observation);
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

impl Funnel {
    fn reached(
        &self,
        names: Vec<String>,
        conditions: &[Condition],
        spec: &FunnelSpec,
        counted: &journey::Funnel,
        (steps, beside): (&Steps, &Neighbours),
    ) -> Vec<Reached> {
        let why = |rule: &Rule| Why {
            within: self.within,
            ..Why::of(rule, self.case, self.window, &self.tables)
        };
        let each = names.into_iter().zip(&spec.steps).zip(&counted.steps);
        each.zip(1..)
            .map(|(((step, wanted), reached), so_far)| {
                let kinds = wanted.kinds.iter();
                let mut names: Vec<String> = kinds
                    .map(|&kind| steps.kinds[kind as usize].name.clone())
                    .collect();
                names.sort_unstable();
                names.dedup();
                let further = counted.steps.get(so_far).unwrap_or(reached);
                let through = conditions[..so_far].to_vec();
                let next = conditions.get(so_far).cloned();
                Reached {
                    step,
                    names,
                    journeys: reached.journeys,
                    of_previous: reached.of_previous,
                    of_first: reached.of_first,
                    since_previous: reached.since_previous,
                    since_first: reached.since_first,
                    lost: reached.journeys - further.journeys,
                    next: beside.told(&reached.next),
                    why: why(&Rule::Through(through.clone())),
                    why_lost: next.map(|next| why(&Rule::ButNot(through, next))),
                }
            })
            .collect()
    }
}

/// What stands beside steps, by what it is called at a grain.
struct Neighbours {
    /// By kind of step.
    names: Vec<StepName>,
}

impl Neighbours {
    fn of(steps: &Steps, grain: Grain) -> Self {
        let labelled = Labelled::of(steps, grain);
        let labels = labelled
            .of_kind
            .iter()
            .map(|&label| &labelled.labels[label as usize]);
        Self {
            names: labels.map(StepName::of).collect(),
        }
    }

    /// Kinds with one name together, most often first.
    fn told(&self, beside: &[journey::Beside]) -> Vec<Beside> {
        let mut journeys: BTreeMap<Option<&StepName>, u64> = BTreeMap::new();
        for one in beside {
            let name = one.kind.map(|kind| &self.names[kind as usize]);
            *journeys.entry(name).or_default() += one.journeys;
        }
        let mut told: Vec<Beside> = journeys
            .into_iter()
            .map(|(step, journeys)| Beside {
                step: step.cloned(),
                journeys,
            })
            .collect();
        told.sort_by_key(|beside| std::cmp::Reverse(beside.journeys));
        told
    }
}
