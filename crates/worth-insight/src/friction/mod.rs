//! What goes wrong for customers, where, and what does it cost them and us?
//!
//! ```text
//!  entries of costs ─ troubles.sql ──► met.rs: pain points (trouble × place), days of customers
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
mod effect;
mod met;
mod rated;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;
mod trouble;
mod value;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::DEFAULT_LEVEL;

use crate::columns::day_of;
use crate::context::Context;
use crate::costs::CostName;
use crate::error::Error;
use crate::lifetime::gather;
use crate::question::{Answered, Provenance, Question, Scope};
use crate::steps::{Grain, filters_without_effect, observe};
pub use answer::{
    Effect, FrictionAnswer, Known, LifetimeUsed, Model, PainCost, PainPoint, RankedBy, Stability,
    Unknown, ValueAtRisk,
};
use effect::Effects;
use met::{Met, Point};
pub use rated::LateRated;
pub use trouble::Trouble;
use value::Worth;

/// A year: who met it longer ago may be another customer by now.
const LAST_YEAR_DAYS: i32 = 365;

/// What goes wrong for customers, and what does it do?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Friction {
    /// What places are told apart by: touchpoint, stage or name (of actions). What has no touchpoint or stage
    /// is told by its name.
    pub by: Grain,
    /// Within how many days customers must buy to have come back: 7 to 365.
    pub days: u32,
    /// Probability that intervals are meant to hold: 0.5 to 0.99.
    pub level: f64,
}

impl Default for Friction {
    /// Three months: long enough for most customers to come back.
    fn default() -> Self {
        Self {
            by: Grain::Touchpoint,
            days: 90,
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
        let met = Met::read(context, &observation, self.by).await?;
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
            customers: met.customers.len() as u64,
            ranked_by,
            lifetime: worth.as_ref().map(|worth| worth.used),
            pain_points: pain_points(&met, &effects, worth.as_ref(), ranked_by, until),
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

/// All pain points, the worst first.
fn pain_points(
    met: &Met,
    effects: &Effects,
    worth: Option<&Worth>,
    ranked_by: RankedBy,
    until: i32,
) -> Vec<PainPoint> {
    let last_year = met.customers_by_point(|day| day.day > until - LAST_YEAR_DAYS);
    let told = met.points.iter().zip(&effects.of_point).zip(&last_year);
    let mut points: Vec<PainPoint> = told
        .map(|((point, effect), customers)| point.told(met, effect, customers, worth))
        .collect();
    points.sort_by(|one, other| {
        let harm = |point: &PainPoint| match point.is_harmful() {
            true => point.expected_loss(ranked_by),
            false => f64::NEG_INFINITY,
        };
        let took = |point: &PainPoint, cost| point.cost(cost).unwrap_or_default();
        let took_more = |cost| took(other, cost).total_cmp(&took(one, cost));
        (harm(other).total_cmp(&harm(one)))
            .then_with(|| took_more(CostName::AtStake))
            .then_with(|| took_more(CostName::Time))
            .then_with(|| other.times.cmp(&one.times))
            .then_with(|| (one.trouble, &one.place).cmp(&(other.trouble, &other.place)))
    });
    points
}

impl Point {
    /// `last_year`: customers who met it then.
    fn told(
        &self,
        met: &Met,
        effect: &Effect,
        last_year: &[u32],
        worth: Option<&Worth>,
    ) -> PainPoint {
        let place = &met.places[self.place];
        let costs = self.trouble.costs().iter().zip(self.costs);
        let mut stages = self.stages.iter();
        PainPoint {
            trouble: self.trouble,
            place: place.name.clone(),
            stage: match (stages.next(), stages.next()) {
                (Some(stage), None) => stage.clone(),
                _ => None,
            },
            times: self.times,
            times_of_others: self.times_of_others,
            customers: self.customers,
            customers_there: place.customers,
            costs: costs
                .map(|(&cost, (sum, known))| PainCost {
                    cost,
                    total: (known > 0).then(|| sum as f64 / cost.scale()),
                    known,
                })
                .collect(),
            effect: effect.clone(),
            customers_last_year: last_year.len() as u64,
            value_at_risk: match (worth, effect) {
                (Some(worth), Effect::Known(known)) => {
                    Some(worth.at_risk(last_year, &known.factor))
                }
                _ => None,
            },
        }
    }
}
