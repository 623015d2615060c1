//! Did contacting them help?
//!
//! ```text
//!  messages ── features.sql ──► assigned.rs: one arm per customer and campaign, whose window is over
//!                                  │
//!  order_lines ── lifetime::gather ┤ (the same purchases as in `lifetime`)
//!                                  ▼
//!                             measured.rs: before and after ── worth_model::experiment ──► answer.rs
//! ```
//!
//! Everyone counts in the arm they were assigned to, reached or not (intention to treat): whoever
//! picks up the phone differs from whoever does not. `docs/methods/uplift.md` has the rules.

pub mod answer;
mod assigned;
mod measured;
mod sheet;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::error::Error;
use crate::lifetime::{Gathered, gather};
use crate::question::{Answered, Question, Scope};
use answer::UpliftAnswer;
use assigned::Assigned;
use measured::Measuring;

/// Did contacting them help? Those contacted against those held out at random.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Uplift {
    /// How long after the message a purchase counts, in days; 60 when absent.
    pub window_days: Option<u32>,
    /// Probability that intervals are meant to hold, between 0 and 1; 0.9 when absent.
    pub level: Option<f64>,
    /// Only these campaigns; all when none is named.
    pub campaigns: Vec<String>,
}

/// Two months: long enough for most shops' next purchase, short enough to learn from.
const DEFAULT_WINDOW_DAYS: u32 = 60;
/// Two years: nothing that late comes from a message.
const LONGEST_WINDOW_DAYS: u32 = 730;

impl Question for Uplift {
    const NAME: &'static str = "uplift";
    type Answer = UpliftAnswer;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<UpliftAnswer>, Error> {
        let window_days = self.window_days.unwrap_or(DEFAULT_WINDOW_DAYS);
        let level = self.level.unwrap_or(worth_model::estimate::DEFAULT_LEVEL);
        Error::in_range(
            "window_days",
            window_days.into(),
            1.0,
            LONGEST_WINDOW_DAYS.into(),
        )?;
        Error::in_range("level", level, 0.5, 0.999)?;
        let observation = context.observe(scope).await?;
        let assigned = Assigned::read(context, &observation, self, window_days).await?;
        if assigned.messages == 0 {
            return Err(Error::NothingThere {
                question: Self::NAME,
                table: "messages",
            });
        }
        context.check()?;
        let Gathered {
            purchases,
            rows_used,
            ..
        } = gather(context, &observation).await?;
        if rows_used == 0 {
            return Err(Error::NothingThere {
                question: Self::NAME,
                table: "order_lines",
            });
        }
        context.check()?;
        let mut provenance = observation.provenance(Self::NAME);
        provenance.left_out = assigned.left_out();
        provenance.rows_left_out = provenance.left_out.iter().map(|out| out.rows).sum();
        provenance.rows_used = assigned.messages - provenance.rows_left_out;
        let mut measuring = Measuring::new(purchases, window_days, level);
        let (mut campaigns, mut not_compared) = (Vec::new(), Vec::new());
        for campaign in assigned.campaigns {
            match measuring.compare(campaign) {
                Ok(compared) => campaigns.push(compared),
                Err(without) => not_compared.push(without),
            }
        }
        Ok(Answered {
            answer: UpliftAnswer {
                window_days,
                level,
                campaigns,
                not_compared,
            },
            provenance,
            rows: None,
        })
    }
}
