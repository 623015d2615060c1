//! Which parameters do the data leave possible? Draws from the posteriors of the models that
//! `lifetime` fits, beside the fits of highest likelihood.
//!
//! ```text
//!  lifetime: gather ─► histories ─► choice, fit ─┬─► drawn.rs: posteriors, and totals by both ─► answer.rs
//!                                                └────────────────────────► rows.rs: one row a draw
//! ```
//!
//! For those who compute further with the parameters, and for data that hardly settle them.
//! `docs/methods/posterior.md` has the prior, the diagnosis and a worked example.

pub mod answer;
mod drawn;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::lifetime::{Model, Sampling};

use crate::context::Context;
use crate::error::Error;
use crate::lifetime::{Kinds, Lifetime, TimeUnit, gather};
use crate::question::{Answered, Question, Rows, Scope};
use answer::PosteriorAnswer;
use drawn::Drawing;

/// Which parameters do the data leave possible?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Posterior {
    /// Model of when customers buy and stop buying; as in `lifetime` when absent. Of 2,357 customers
    /// 4 × 2,000 draws take 1 to 2 CPU seconds with beta-geo and up to 40 with pareto-nbd; the time
    /// grows with the number of different histories.
    pub model: Option<Model>,
    /// Chains that start apart and should end up telling the same, 2 to 64; 4 when absent.
    pub chains: Option<u32>,
    /// Draws of each chain, 100 to 100,000; 1,000 when absent.
    pub draws: Option<u32>,
    /// Steps of each chain before that, which only tune it, 100 to 100,000; 1,000 when absent.
    pub tuning: Option<u32>,
    /// Share of steps that are to be accepted, 0.6 to 0.99: the more, the smaller the steps; 0.9 when
    /// absent.
    pub acceptance: Option<f64>,
    /// Unit of time in which parameters are reported; nothing else depends on it.
    pub unit: TimeUnit,
    /// How far to look ahead, in days; as in `lifetime` when absent.
    pub horizon_days: Option<u32>,
    /// Share of an amount that stays as margin, 0..1; as in `lifetime` when absent.
    pub margin: Option<f64>,
    /// Effective yearly rate at which later money counts less, 0.1 = 10 %; as in `lifetime` when
    /// absent.
    pub discount_rate_yearly: Option<f64>,
    /// Probability that intervals are meant to hold, between 0 and 1; 0.9 when absent.
    pub level: Option<f64>,
}

impl Question for Posterior {
    const NAME: &'static str = "posterior";
    type Answer = PosteriorAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<PosteriorAnswer>, Error> {
        let sampling = self.sampling(context.seed())?;
        let lifetime = self.lifetime();
        let mut assumptions = lifetime.assumptions(&context.section("lifetime")?)?;
        let observation = context.observe(scope).await?;
        let gathered = gather(context, &observation).await?;
        let provenance = gathered.provenance(Self::NAME, &observation)?;
        let costs = gathered.costs.known(assumptions.level);
        assumptions.take_margin_from(costs.as_ref());
        let (histories, forecaster) = lifetime.learn(
            gathered.purchases,
            Kinds::default(),
            observation.until,
            assumptions,
            context,
        )?;
        let drawing = Drawing {
            forecaster: &forecaster,
            histories: &histories,
            sampling: &sampling,
        };
        let drawn = drawing.draw(context)?;
        let rows = match &drawn {
            Some(drawn) => Some(Arc::new(rows::rows(drawn)?) as Arc<dyn Rows>),
            None => None,
        };
        let answer = PosteriorAnswer {
            model: forecaster.purchases().cloned(),
            spend: forecaster.spend().cloned(),
            sampling,
            posterior: drawn.as_ref().map(|drawn| drawing.told(drawn)),
            cannot_tell: forecaster.cannot_tell().to_vec(),
            assumptions: forecaster.assumptions().clone(),
            costs,
            customers: histories.len() as u64,
        };
        Ok(Answered {
            answer,
            provenance,
            rows,
        })
    }
}

impl Posterior {
    /// The fits that are drawn around.
    fn lifetime(&self) -> Lifetime {
        Lifetime {
            model: self.model,
            unit: self.unit,
            horizon_days: self.horizon_days,
            margin: self.margin,
            discount_rate_yearly: self.discount_rate_yearly,
            level: self.level,
            ..Lifetime::default()
        }
    }

    fn sampling(&self, seed: u64) -> Result<Sampling, Error> {
        let usual = Sampling::default();
        let sampling = Sampling {
            chains: self.chains.unwrap_or(usual.chains),
            tuning: self.tuning.unwrap_or(usual.tuning),
            draws: self.draws.unwrap_or(usual.draws),
            acceptance: self.acceptance.unwrap_or(usual.acceptance),
            seed,
        };
        Error::in_range("chains", sampling.chains.into(), 2.0, 64.0)?;
        Error::in_range("tuning", sampling.tuning.into(), 100.0, 1e5)?;
        Error::in_range("draws", sampling.draws.into(), 100.0, 1e5)?;
        Error::in_range("acceptance", sampling.acceptance, 0.6, 0.99)?;
        Ok(sampling)
    }
}
