//! What ways do customers take, and where do they get lost?
//!
//! ```text
//!  steps (all tables, one log) ──► shown.rs: the largest steps told apart, all others one
//!                                     │           worth_model::journey::map, each number of it
//!  lifetime ── worth.rs (per customer)┤
//!  satisfaction.sql ──────────────────┤
//!  windows.rs (the same, cut apart) ──┴──► answer.rs
//! ```
//!
//! Steps that are not told apart are one step called "other", so all numbers add up: the answer has the
//! sums and says that they do. `docs/methods/journey.md` has the rules.

pub mod answer;
mod first_steps;
mod rows;
mod satisfaction;
mod sheet;
mod shown;
#[cfg(test)]
mod tests;
mod variants;
mod windows;
mod worth;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::DEFAULT_LEVEL;
use worth_model::journey::{MapParts, map};

use crate::context::Context;
use crate::error::Error;
use crate::question::{Answered, Question, Scope};
use crate::steps::{
    Case, Grain, JourneySettings, Labelled, Span, StepTable, Steps, ToldApart,
    filters_without_effect, observe,
};
use answer::{Counts, JourneyAnswer, TiesTold, ToldTwice};
use shown::Shown;
use worth::Worth;

/// What ways do customers take, and where do they get lost?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Journey {
    /// How closely to look: at the names of steps, at touchpoints or at stages.
    pub by: Grain,
    /// Whose steps make one journey; `case` of `[journey]` in worth.toml when absent, else the customer.
    pub case: Option<Case>,
    /// A longer gap begins a new journey (`30min`, `12h`, `7d`, `8w`); `window` of `[journey]` when absent,
    /// else none: all that a person did is one journey. With a window the answer says whether it would
    /// say something else with another one.
    pub window: Option<Span>,
    /// Tables whose rows are steps; `tables` of `[journey]` when empty, else all: events, order_lines,
    /// messages, feedback, survey_answers.
    pub tables: Vec<StepTable>,
    /// Steps that are told apart, those of most people first: 2 to 100. All others are one step.
    pub most_steps: u32,
    /// Transitions that are told apart, the most frequent first: 1 to 1000.
    pub most_transitions: u32,
    /// Show what steps are called after the rules of `[journey]`, and what they were called before.
    pub names: bool,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for Journey {
    /// As many steps and transitions as a picture can hold.
    fn default() -> Self {
        Self {
            by: Grain::Name,
            case: None,
            window: None,
            tables: Vec::new(),
            most_steps: 12,
            most_transitions: 30,
            names: false,
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for Journey {
    const NAME: &'static str = "journey";
    type Answer = JourneyAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<JourneyAnswer>, Error> {
        ToldApart::check(self.most_steps, self.most_transitions)?;
        Error::in_range("level", self.level, 0.5, 0.99)?;
        let settings = JourneySettings::of(context, self.case, self.window, &self.tables)?;
        let observation = observe(scope, context).await?;
        let steps = Steps::read(Self::NAME, context, &observation, &settings).await?;
        let satisfied = satisfaction::read(context, &observation, &steps, self.by).await?;
        let worth = Worth::read(context, scope, &steps).await?;
        context.check()?;
        let labelled = Labelled::of(&steps, self.by);
        let log = steps.journeys();
        let whole = labelled.log(&log);
        let ways = MapParts {
            variants: true,
            ..MapParts::default()
        };
        let all = map(&whole, None, ways).expect("a log alone always has a map");
        context.check()?;
        let shown = Shown::of(
            (self, settings.fold_case),
            &steps,
            &log,
            &labelled,
            &all,
            &worth,
        );
        context.check()?;
        let windows = windows::compare(settings.window, &steps, &labelled);
        let (named_ties, more_in_doubt) = shown.transitions_in_doubt();
        let (transitions, other_transitions) = shown.transitions(self.most_transitions as usize);
        let answer = JourneyAnswer {
            by: self.by,
            case: settings.case,
            window: settings.window,
            level: self.level,
            counts: Counts {
                steps: all.events,
                journeys: all.journeys,
                customers: steps.ids.customers.len() as u64,
                visitors: steps.ids.visitors.len() as u64,
                stitched: steps.stitched,
            },
            tables: steps.tables.clone(),
            told_twice: ToldTwice::among(&steps),
            ties: TiesTold {
                counts: whole.ties(),
                transitions: named_ties,
                further: more_in_doubt,
            },
            checks: shown.checks(&all, &steps, &transitions, &other_transitions),
            worth: worth.told(&shown, self.level),
            steps: shown.places(&satisfied),
            transitions,
            other_transitions,
            first_steps: first_steps::moves(&whole, &labelled),
            variants: variants::told(&whole, &labelled, &all, self.level),
            windows,
            names: steps.names.clone(),
            names_wanted: self.names,
            filters_without_effect: filters_without_effect(&observation),
        };
        let provenance = steps.provenance(Self::NAME, &observation);
        let rows = rows::rows(&answer)?;
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}
