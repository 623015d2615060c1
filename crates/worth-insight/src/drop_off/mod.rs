//! What distinguishes those who leave at a step of a funnel from those who go on?
//!
//! ```text
//!  steps (all tables, one log) ─► leaving.rs: who is not at the next step in time
//!                                      │
//!        before.rs (the log before the step), customers.rs (who they are) ─► traits.rs: groups
//!                                      │
//!                  compared.rs: group against group   held.rs: all traits in one link
//!                                      └──────────► answer.rs ◄──────────┘
//! ```
//!
//! Nothing that happened after the step is a trait: it could be what leaving looks like.
//! `docs/methods/drop-off.md` has the rules.

pub mod answer;
mod before;
mod compared;
mod customers;
mod held;
mod leaving;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;
mod traits;

use std::sync::Arc;

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::DEFAULT_LEVEL;
use worth_model::estimate::POWER;
use worth_model::experiment::{Arm, smallest_difference_of_shares};
use worth_model::journey::{FunnelSpec, FunnelStep, Log, attempts};

use crate::context::Context;
use crate::error::Error;
use crate::funnel::answer::Chosen;
use crate::funnel::{Wanted, Written};
use crate::question::{Answered, Question, Scope};
use crate::steps::{
    Case, JourneySettings, Span, StepTable, Steps, filters_without_effect, observe,
};
use crate::why::{Rule, Why};
use answer::DropOffAnswer;
use compared::{LEAST_COMPARED, compare};
pub(crate) use leaving::Leaving;
use traits::Grouped;

/// What distinguishes those who leave at a step of a funnel from those who go on?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DropOff {
    /// The steps in order, with commas, as `funnel` takes them: `open_app,add_to_cart,pay & outcome=ok`. The
    /// stages in their order when none is given.
    pub steps: Vec<String>,
    /// The step after which they leave, as it was written or by its number; the one that loses most when
    /// absent.
    pub at: Option<String>,
    /// How soon the next step must follow: `30min`, `12h`, `7d`, `8w`. When absent, what the next step says
    /// itself (`pay within 12h`), else the time in which 95 in 100 of those who go on do so.
    pub within: Option<Span>,
    /// What customers are told apart by, with commas: columns of customers (`region`, `gender`), attributes
    /// of theirs, or the first purchase (`first-channel`); all columns of customers when empty.
    pub by: Vec<String>,
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

impl Default for DropOff {
    fn default() -> Self {
        Self {
            steps: Vec::new(),
            at: None,
            within: None,
            by: Vec::new(),
            case: None,
            window: None,
            tables: Vec::new(),
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for DropOff {
    const NAME: &'static str = "drop-off";
    type Answer = DropOffAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<DropOffAnswer>, Error> {
        Error::in_range("level", self.level, 0.5, 0.99)?;
        let written = Written::of(&self.steps)?;
        let settings = JourneySettings::of(context, self.case, self.window, &self.tables)?;
        let observation = observe(scope, context).await?;
        let steps = Steps::read(Self::NAME, context, &observation, &settings).await?;
        let wanted = two_or_more(written.find(&steps, &settings)?)?;
        let log = steps.journeys();
        let at = self.place(&wanted, &log)?;
        let leaving = Leaving::of(&log, &wanted.steps, at, self.within);
        context.check()?;

        let zone = TimeZone::get(&observation.time_zone).unwrap_or(TimeZone::UTC);
        let mut columns = before::columns(&steps, &log, &leaving.journeys, &zone);
        let customers = customers::read(&self.by, context, &observation).await?;
        columns.extend(customers.columns(&steps, &log, &leaving.journeys));
        let grouped: Vec<Grouped> = columns.into_iter().map(Grouped::of).collect();
        let (differing, alike): (Vec<Grouped>, Vec<Grouped>) =
            grouped.into_iter().partition(Grouped::tells_apart);
        context.check()?;

        let left: Vec<bool> = leaving
            .journeys
            .iter()
            .map(|journey| journey.left)
            .collect();
        let leavers = left.iter().filter(|left| **left).count() as u64;
        let all = left.len() as u64;
        let goers = all - leavers;
        let too_few = leavers.min(goers) < LEAST_COMPARED;
        let mut traits = compare(&differing, &left, self.level);
        let people: Vec<u32> = (leaving.journeys.iter())
            .map(|one| log.origin(one.journey) as u32)
            .collect();
        let held = held::hold(&differing, &left, &people, self.level);
        held.tell(&mut traits);
        let share = Arm::of_yes(leavers, all);
        let half = all as f64 / 2.0;
        let smallest = smallest_difference_of_shares(share.mean, (half, half), self.level, POWER);
        let answer = DropOffAnswer {
            case: settings.case,
            window: settings.window,
            level: self.level,
            chosen: wanted.chosen,
            at: wanted.names[at].clone(),
            next: wanted.names[at + 1].clone(),
            steps: wanted.names,
            within: leaving.within,
            within_chosen: leaving.within_chosen,
            reached: leaving.reached,
            not_over: leaving.reached - all,
            leavers,
            goers,
            why: self.why(&Rule::Through(wanted.conditions[..=at].to_vec())),
            why_left: self.why(&Rule::LeftBefore(
                wanted.conditions[..=at].to_vec(),
                wanted.conditions[at + 1].clone().in_time(leaving.within),
            )),
            leaving: share.share(self.level).expect("a level that was checked"),
            too_few,
            smallest_difference: smallest.expect("levels that were checked"),
            traits,
            alike: alike.into_iter().map(|column| column.name).collect(),
            held_together: held.journeys,
            cannot_hold: held.cannot,
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

/// Fails unless there is a step that one can leave after.
fn two_or_more(wanted: Wanted) -> Result<Wanted, Error> {
    const MOST_STEPS: f64 = 100.0;
    if wanted.steps.len() < 2 && wanted.chosen != Chosen::Asked {
        return Err(Error::NothingThere {
            question: DropOff::NAME,
            table: "events",
        });
    }
    Error::in_range("steps", wanted.steps.len() as f64, 2.0, MOST_STEPS)?;
    Ok(wanted)
}

impl DropOff {
    fn why(&self, rule: &Rule) -> Why {
        Why::of(rule, self.case, self.window, &self.tables)
    }

    /// Which step they leave after, by its place.
    fn place(&self, wanted: &Wanted, log: &Log) -> Result<usize, Error> {
        let (_, before_last) = wanted.names.split_last().expect("two steps or more");
        let Some(given) = &self.at else {
            return Ok(loses_most(log, &wanted.steps));
        };
        let text = given.trim().to_lowercase();
        let named = before_last
            .iter()
            .position(|name| name.to_lowercase() == text);
        let numbered = || {
            text.parse()
                .ok()
                .and_then(|number: usize| number.checked_sub(1))
        };
        named
            .or_else(numbered)
            .filter(|&place| place < before_last.len())
            .ok_or_else(|| Error::NotAChoice {
                parameter: "at",
                given: given.clone(),
                choices: before_last.join(", "),
            })
    }
}

/// The step after which most get no further, by its place; the first of several.
fn loses_most(log: &Log, steps: &[FunnelStep]) -> usize {
    let spec = FunnelSpec {
        steps: steps.to_vec(),
        within: None,
    };
    let mut lost = vec![0_u64; steps.len() - 1];
    let tried = attempts(log, &spec).expect("steps with kinds of the log");
    for (_, places) in tried.iter() {
        if let Some(lost) = lost.get_mut(places.len() - 1) {
            *lost += 1;
        }
    }
    let each = lost.iter().enumerate().rev();
    each.max_by_key(|(_, lost)| **lost)
        .map_or(0, |(place, _)| place)
}
