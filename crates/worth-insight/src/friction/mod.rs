//! What goes wrong for customers, where, and what does it cost them and us?
//!
//! ```text
//!  entries of costs ─ done.sql ─ waits.sql ──► waits.rs: which waits are long
//!                              └ troubles.sql ─► met.rs: pain points (trouble × place), days of customers
//!                                        │
//!  lifetime::gather (purchases) ─────────┼──► design.rs ─ effect.rs: factor on coming back
//!                                        │        (worth_model::link, all pain points at once)
//!  lifetime, rows by customer ───────────┴──► value.rs: what hangs on it ──► FrictionAnswer
//!  ratings.sql ─────────────────────────────► rated.rs: how late orders are rated ──┘
//! ```
//!
//! `docs/methods/friction.md` has the rules.

mod answer;
mod design;
mod done;
mod effect;
mod found;
mod met;
mod places;
mod points;
mod rated;
mod rows;
mod sheet;
#[cfg(test)]
pub(crate) mod tests;
mod trouble;
mod value;
mod waits;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::DEFAULT_LEVEL;

use crate::columns::day_of;
use crate::context::Context;
use crate::error::Error;
use crate::lifetime::gather;
use crate::question::{Answered, Provenance, Question, Scope};
use crate::steps::{Case, Grain, JourneySettings, Named, Span, filters_without_effect, observe};
pub use answer::{
    Effect, FrictionAnswer, Known, LifetimeUsed, LongWaits, Model, PainCost, PainPoint, RankedBy,
    Stability, Unknown, ValueAtRisk,
};
use done::Done;
use effect::Effects;
pub(crate) use found::{Found, FoundPerson, Sought};
use met::Met;
pub use rated::LateRated;
pub use trouble::Trouble;
use value::Worth;

/// What goes wrong for customers, and what does it do?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Friction {
    /// What places are told apart by: touchpoint, stage or name (of actions). What has no touchpoint or stage
    /// is told by its name.
    pub by: Grain,
    /// Within how many days customers must buy to have come back: 7 to 365.
    pub days: u32,
    /// Waits that are longer are long (`12h`, `7d`); when absent those that are longer than nine in ten at the
    /// same place, where they differ.
    pub wait: Option<Span>,
    /// Whose steps make one journey; `case` of `[journey]` in worth.toml when absent, else the customer. Where
    /// journeys are cases, the time from a step of a case to its next is a wait; else only that for deliveries.
    pub case: Option<Case>,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for Friction {
    /// Three months: long enough for most customers to come back.
    fn default() -> Self {
        Self {
            by: Grain::Touchpoint,
            days: 90,
            wait: None,
            case: None,
            level: DEFAULT_LEVEL,
        }
    }
}

impl Question for Friction {
    const NAME: &'static str = "friction";
    type Answer = FrictionAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<FrictionAnswer>, Error> {
        Error::in_range("days", self.days.into(), 7.0, 365.0)?;
        Error::in_range("level", self.level, 0.5, 0.99)?;
        let observation = observe(scope, context).await?;
        let case = JourneySettings::of(context, self.case, None, &[])?.case;
        let named = Named::read(context, &observation).await?;
        let done = Done::of(context, &observation, case);
        let met = Met::read(context, &done, &named, self.by, self.wait).await?;
        // purchases end with the last order, however late the last action was
        let of_orders = context.observe(scope).await?;
        let gathered = gather(context, &of_orders).await?;
        context.check()?;
        let last = day_of(of_orders.until);
        let effects = Effects::of(&met, &gathered.purchases, (self.days, last, self.level));
        context.check()?;
        let worth = Worth::read(context, scope, &met.customers).await?;
        let ranked_by = match worth {
            Some(_) => RankedBy::ValueAtRisk,
            None => RankedBy::CustomersLost,
        };
        let until = day_of(observation.until);
        let answer = FrictionAnswer {
            level: self.level,
            days: self.days,
            by: self.by,
            wait: self.wait,
            case,
            customers: met.customers.len() as u64,
            ranked_by,
            lifetime: worth.as_ref().map(|worth| worth.used),
            pain_points: self.pain_points(&met, &effects, worth.as_ref(), ranked_by, until),
            late_rated: LateRated::read(&observation, self.level).await?,
            model: effects.model,
            filters_without_effect: filters_without_effect(&observation),
        };
        let provenance = Provenance {
            rows_used: met.actions,
            ..observation.provenance(Self::NAME)
        };
        let rows = rows::rows(&answer)?;
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}
