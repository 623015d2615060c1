//! How do the journeys of two periods, or of two segments, differ; and what if something failed less often?
//!
//! ```text
//!  steps (all tables, one log) ─► sides.rs: two logs, by day or by segment
//!                                    │
//!           numbers.rs: shares, steps, waiting times on both (worth_model::journey::compare)
//!                                    │
//!  friction ─► fewer_failures.rs ────┴──► answer.rs
//!              (worth_model::journey::repaired, on the second side)
//! ```
//!
//! `docs/methods/journey-diff.md` has the rules.

pub mod answer;
mod fewer_failures;
mod numbers;
mod period;
mod rows;
mod sheet;
mod sides;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
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
use answer::JourneyDiffAnswer;
pub use period::Period;
use sides::{Asked, Sides};

/// How do the journeys of two periods, or of two segments, differ?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct JourneyDiff {
    /// First day of the second period, which goes on until the end of observation; the first one is as long and
    /// ends the day before. The last 90 days when neither this nor `periods` nor `segment` is given.
    pub since: Option<Date>,
    /// The two periods, the earlier first: `2026-01-01..2026-03-31,2026-04-01..2026-06-30`.
    pub periods: Vec<Period>,
    /// Compare segments instead: a column of customers (`region`), an attribute of theirs, or the first purchase
    /// (`first-channel`).
    pub segment: Option<String>,
    /// The value of the segment to look at.
    pub of: Option<String>,
    /// The value to compare it with; all others when absent.
    pub against: Option<String>,
    /// How closely to look: at the names of steps, at touchpoints or at stages.
    pub by: Grain,
    /// What is to fail less often: a name, touchpoint or stage (as `by` says). The answer then has what journeys of
    /// the second period (or of the segment) would be like.
    pub fewer_failures: Option<String>,
    /// The share of its failures that would go well instead: 0.01 to 1.
    pub by_share: f64,
    /// The step that journeys are to come to, as `funnel` takes it.
    pub goal: String,
    /// Whose steps make one journey; `case` of `[journey]` in worth.toml when absent, else the customer.
    pub case: Option<Case>,
    /// A longer gap begins a new journey (`30min`, `12h`, `7d`, `8w`); `window` of `[journey]` when absent,
    /// else none: all that a person did in a period is one journey.
    pub window: Option<Span>,
    /// Tables whose rows are steps; `tables` of `[journey]` when empty, else all: events, order_lines,
    /// messages, feedback, survey_answers.
    pub tables: Vec<StepTable>,
    /// Steps that are told apart, those of most people first: 2 to 100. All others are one step.
    pub most_steps: u32,
    /// Transitions that are compared, the most frequent first: 1 to 1000.
    pub most_transitions: u32,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for JourneyDiff {
    /// As many steps and transitions as a table can hold; half of the failures.
    fn default() -> Self {
        Self {
            since: None,
            periods: Vec::new(),
            segment: None,
            of: None,
            against: None,
            by: Grain::Name,
            fewer_failures: None,
            by_share: 0.5,
            goal: "order".into(),
            case: None,
            window: None,
            tables: Vec::new(),
            most_steps: 12,
            most_transitions: 30,
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for JourneyDiff {
    const NAME: &'static str = "journey-diff";
    type Answer = JourneyDiffAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<JourneyDiffAnswer>, Error> {
        ToldApart::check(self.most_steps, self.most_transitions)?;
        Error::in_range("level", self.level, 0.5, 0.99)?;
        Error::in_range("by_share", self.by_share, 0.01, 1.0)?;
        let settings = JourneySettings::of(context, self.case, self.window, &self.tables)?;
        let observation = observe(scope, context).await?;
        let asked = Asked::of(self, scope, observation.until)?;
        let observation = asked.narrowed(observation);
        let steps = Steps::read(Self::NAME, context, &observation, &settings).await?;
        let zone = TimeZone::get(&observation.time_zone).unwrap_or(TimeZone::UTC);
        let sides = Sides::of(&asked, &steps, (context, &observation), &zone).await?;
        context.check()?;

        let labelled = Labelled::of(&steps, self.by);
        let maps = sides.logs.each_ref().map(|log| {
            map(&labelled.log(log), None, MapParts::default())
                .expect("a log alone always has a map")
        });
        let told_apart = ToldApart::of(
            &steps,
            &labelled,
            &[&maps[0], &maps[1]],
            self.most_steps as usize,
        );
        drop(maps);
        context.check()?;
        let people = steps.ids.people();
        let numbers = numbers::compare(self, &steps, &sides, &told_apart, &people);
        context.check()?;
        let fewer_failures = match &self.fewer_failures {
            None => None,
            Some(place) => {
                let places = fewer_failures::Places {
                    steps: &steps,
                    settings: &settings,
                    told_apart: &told_apart,
                    labelled: &labelled,
                    people: &people,
                };
                let told =
                    fewer_failures::tell(self, place, &places, &sides.logs[1], (scope, context));
                Some(told.await?)
            }
        };
        let answer = JourneyDiffAnswer {
            by: self.by,
            case: settings.case,
            window: settings.window,
            level: self.level,
            compared: sides.told(asked, &people, &zone),
            numbers,
            fewer_failures,
            stitched: steps.stitched,
            filters_without_effect: filters_without_effect(&observation),
        };
        let rows = rows::rows(&answer)?;
        Ok(Answered {
            provenance: steps.provenance(Self::NAME, &observation),
            answer,
            rows: Some(Arc::new(rows)),
        })
    }
}
