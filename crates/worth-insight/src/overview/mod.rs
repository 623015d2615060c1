//! Both values side by side: what are we worth to our customers, what are they worth to us, and what
//! should we do next week?
//!
//! It asks `perceived` and `lifetime` (remembered by the context, so a report fits each model once)
//! and puts them together: by month (`months`), by customer (`people`: four corners, and whether
//! those who answered are like the others). Then it looks at what data is there (`held`) and
//! which one datum would help most (`wanted`), and chooses at most three actions (`actions`).

mod actions;
pub mod answer;
mod held;
mod months;
mod people;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;
mod wanted;

use std::sync::Arc;

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::Int64Type;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::Lifetime;
use crate::lifetime::answer::LifetimeAnswer;
use crate::perceived::{Perceived, PerceivedValue};
use crate::question::{Answered, Question, Rows, Scope};
use answer::{LifetimeSide, OverviewAnswer, PerceivedSide};
use people::People;

/// What are we worth to our customers, what are they worth to us, and what should we do?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Overview {
    /// How far to look ahead, in days; that of `lifetime` when absent.
    pub horizon_days: Option<u32>,
    /// Share of an amount that stays as margin, 0..1; that of `lifetime` when absent.
    pub margin: Option<f64>,
    /// Probability that intervals are meant to hold, from 0.5 to 0.99; 0.9 when absent.
    pub level: Option<f64>,
}

/// The two answers that everything else is made of; one of them may be wanting.
pub(crate) struct Sides {
    perceived: Option<Arc<Answered<PerceivedValue>>>,
    lifetime: Option<Arc<Answered<LifetimeAnswer>>>,
}

impl Question for Overview {
    const NAME: &'static str = "overview";
    type Answer = OverviewAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<OverviewAnswer>, Error> {
        let level = self.level.unwrap_or(worth_model::estimate::DEFAULT_LEVEL);
        let observation = context.observe(scope).await?;
        let sides = self.sides(scope, context, level).await?;
        let people = people_of(&sides).await?;
        let regions = regions(&observation).await?;
        context.check()?;
        let months =
            months::months(scope, context, &observation, sides.perceived.is_some()).await?;
        let corners = people.as_ref().and_then(|people| people.corners(level));
        let data = held::held(&observation).await?;
        let actions = actions::choose(&sides, corners.as_ref());
        let mut provenance = observation.provenance(Self::NAME);
        if let Some(lifetime) = &sides.lifetime {
            provenance.rows_used = lifetime.provenance.rows_used;
            provenance.rows_left_out = lifetime.provenance.rows_left_out;
            provenance
                .left_out
                .clone_from(&lifetime.provenance.left_out);
            provenance.from = lifetime.provenance.from;
        }
        let answered = people.as_ref().map_or(&[][..], People::answered);
        let rows: Arc<dyn Rows> = Arc::new(rows::rows(answered, corners.as_ref())?);
        let customers_with_both = people.as_ref().map_or(0, People::with_both);
        let answer = OverviewAnswer {
            perceived: sides
                .perceived
                .as_ref()
                .and_then(|side| perceived_side(&side.answer)),
            lifetime: sides
                .lifetime
                .as_ref()
                .map(|side| lifetime_side(&side.answer)),
            months,
            corners,
            customers_with_both,
            responders: people.and_then(|people| people.responders(regions, level)),
            wanted: wanted::wanted(&sides, customers_with_both, &data),
            data,
            actions,
        };
        Ok(Answered {
            answer,
            provenance,
            rows: Some(rows),
        })
    }
}

impl Overview {
    /// Asks both questions; a side without data is no error here.
    async fn sides(&self, scope: &Scope, context: &Context, level: f64) -> Result<Sides, Error> {
        let perceived = Perceived {
            level,
            ..Perceived::default()
        };
        let lifetime = Lifetime {
            horizon_days: self.horizon_days,
            margin: self.margin,
            level: self.level,
            ..Lifetime::default()
        };
        Ok(Sides {
            lifetime: if_there(context.ask(scope, &lifetime).await)?,
            perceived: if_there(context.ask(scope, &perceived).await)?,
        })
    }
}

/// An answer, or nothing for want of data.
fn if_there<A>(asked: Result<A, Error>) -> Result<Option<A>, Error> {
    match asked {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.is_for_want_of_data() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Passes over the customers, when there are any.
async fn people_of(sides: &Sides) -> Result<Option<People>, Error> {
    let Some(customers) = sides
        .lifetime
        .as_ref()
        .and_then(|side| side.rows.as_deref())
    else {
        return Ok(None);
    };
    let perceived = match &sides.perceived {
        Some(side) => match &side.rows {
            Some(rows) => people::perceived(rows.as_ref(), &side.answer.own_brand.name).await?,
            None => people::Perceived::new(),
        },
        None => people::Perceived::new(),
    };
    Ok(Some(People::read(customers, &perceived).await?))
}

/// Region, customers who bought, and those of them who answered.
async fn regions(observation: &Observation) -> Result<Vec<(String, u64, u64)>, Error> {
    let doing = "counting customers and responders by region";
    let frame = observation.query(include_str!("regions.sql"), &[]).await?;
    let batches = frame.collect().await.map_err(Error::engine(doing))?;
    let mut regions = Vec::new();
    for batch in &batches {
        let names = crate::columns::text(batch, "region");
        let names = names.as_string_view();
        let customers = crate::columns::column(batch, "customers").as_primitive::<Int64Type>();
        let responders = crate::columns::column(batch, "responders").as_primitive::<Int64Type>();
        for row in 0..batch.num_rows() {
            regions.push((
                names.value(row).to_owned(),
                customers.value(row).unsigned_abs(),
                responders.value(row).unsigned_abs(),
            ));
        }
    }
    Ok(regions)
}

/// The own brand, when it has benefits and costs.
fn perceived_side(answer: &PerceivedValue) -> Option<PerceivedSide> {
    let own = answer.brands.iter().find(|brand| brand.own)?;
    let against = answer.against_competitors.as_ref();
    Some(PerceivedSide {
        brand: own.brand.clone(),
        respondents: own.respondents,
        ratio: own.measured.ratio?,
        difference: own.measured.difference?,
        ratio_against_competitors: against.and_then(|against| against.ratio),
        difference_against_competitors: against.and_then(|against| against.difference),
        competitors: answer
            .brands
            .iter()
            .filter(|brand| !brand.own)
            .map(|brand| brand.brand.clone())
            .collect(),
    })
}

fn lifetime_side(answer: &LifetimeAnswer) -> LifetimeSide {
    let forecast = answer.forecast.as_ref();
    let slipping = answer.slipping.as_ref();
    LifetimeSide {
        customers: answer.customers.all,
        once: answer.once(),
        active: forecast.map(|forecast| forecast.active),
        active_once: forecast.map(|forecast| forecast.active_once),
        equity: forecast.and_then(|forecast| forecast.equity),
        equity_per_customer: forecast.and_then(|forecast| forecast.equity_per_customer),
        horizon_days: answer.assumptions.horizon_days,
        is_revenue: answer.assumptions.value_is_revenue(),
        slipping: slipping.map(|slipping| slipping.customers),
        at_stake: slipping.and_then(|slipping| slipping.at_stake),
    }
}
