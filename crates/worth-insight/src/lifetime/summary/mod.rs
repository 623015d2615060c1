//! A customer summary in place of orders: how often each customer came back, how lately, since when
//! and for how much, as notebooks have it.
//!
//! ```text
//!  read.rs (a file) ──► CustomerSummary (rows that make sense) ──► Histories ──► as from a lake
//! ```
//!
//! What a summary does not know is absent from the answer: days and months, money of first purchases,
//! refunds, whether a forecast made earlier would have been right.

mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use worth_model::lifetime::{MOST_PURCHASES, Model};

use super::answer::{LifetimeAnswer, ModelChoice};
use super::forecast::Forecaster;
use super::history::Histories;
use super::kinds::Kinds;
use super::rows::CustomerRows;
use super::{Lifetime, LifetimeSection, List, TimeUnit};
use crate::context::ContextOptions;
use crate::error::Error;
use crate::lifetime::answer::StatusRule;
use crate::question::{Answered, LeftOut, Provenance, Question, Source};
use crate::words::NO_CURRENCY;

/// What is known of each customer, and which rows made no sense.
#[derive(Debug, Clone)]
pub struct CustomerSummary {
    /// ISO 4217 code of the money, if somebody said.
    pub currency: Option<String>,
    /// Where it is from.
    source: Source,
    /// Ordered by customer id.
    rows: Vec<SummaryRow>,
    /// Rows left out, by reason.
    left_out: BTreeMap<&'static str, u64>,
}

/// What is known of one customer; times in any one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryRow {
    /// Who.
    pub customer_id: String,
    /// Purchases after the first: a whole number.
    pub frequency: f64,
    /// Time from the first purchase to the last; 0 without a repeat purchase.
    pub recency: f64,
    /// Time from the first purchase to the end of observation, `T`.
    pub age: f64,
    /// Mean money of the purchases after the first; 0 or absent without any.
    pub monetary: Option<f64>,
}

impl SummaryRow {
    /// Why the row makes no sense, if it does not: the code of a reason to leave it out.
    fn is_senseless(&self) -> Option<&'static str> {
        let money = self.monetary.unwrap_or(0.0);
        let numbers = [self.frequency, self.recency, self.age, money];
        Some(if !numbers.iter().all(|number| number.is_finite()) {
            NOT_A_NUMBER
        } else if numbers.iter().any(|&number| number < 0.0) {
            "summary-negative"
        } else if self.frequency > MOST_PURCHASES || self.age > MOST_TIME || money > MOST_MONEY {
            "summary-too-large"
        } else if self.frequency.fract() != 0.0 {
            "summary-not-whole"
        } else if self.recency > self.age {
            "summary-after-the-end"
        } else if (self.frequency == 0.0) != (self.recency == 0.0) {
            "summary-recency-without-repeats"
        } else {
            return None;
        })
    }
}

/// Two thousand years of days: more is a date that was read as a number.
const MOST_TIME: f64 = 1e6;
/// As much as the lake can hold.
const MOST_MONEY: f64 = 1e14;

/// A number is missing or is none.
const NOT_A_NUMBER: &str = "summary-not-a-number";

impl CustomerSummary {
    /// Keeps the rows that make sense and counts the others; of a customer with several rows none is
    /// kept.
    #[must_use]
    pub fn new(rows: Vec<SummaryRow>) -> Self {
        let mut summary = Self {
            currency: None,
            source: Source::Rows {},
            rows: Vec::new(),
            left_out: BTreeMap::new(),
        };
        let mut sensible = Vec::with_capacity(rows.len());
        for row in rows {
            match row.is_senseless() {
                Some(reason) => summary.leave_out(reason, 1),
                None => sensible.push(row),
            }
        }
        sensible.sort_by(|one, other| one.customer_id.cmp(&other.customer_id));
        for same in sensible.chunk_by(|one, other| one.customer_id == other.customer_id) {
            match same {
                [row] => summary.rows.push(row.clone()),
                several => summary.leave_out("summary-several-rows", several.len() as u64),
            }
        }
        summary
    }

    fn leave_out(&mut self, reason: &'static str, rows: u64) {
        *self.left_out.entry(reason).or_default() += rows;
    }

    /// The same as the models take it. Times are in `unit`.
    fn histories(&self, unit: TimeUnit) -> Histories {
        let ids = self.rows.iter().map(|row| row.customer_id.clone());
        let mut histories = Histories::undated(ids.collect());
        for row in &self.rows {
            let repeats = row.frequency as u32;
            let spend = row.monetary.filter(|&mean| mean > 0.0 && repeats > 0);
            histories.repeats.push(repeats);
            histories.recency_days.push(row.recency * unit.days());
            histories.age_days.push(row.age * unit.days());
            histories.spend_days.push(spend.map_or(0, |_| repeats));
            histories.mean_spend.push(spend.unwrap_or_default());
        }
        histories
    }
}

impl Lifetime {
    /// The answer from a customer summary whose times are in [`Lifetime::unit`].
    ///
    /// # Errors
    ///
    /// [`Error::NeedsOrders`] for parameters that a summary cannot serve, [`Error::OutOfRange`].
    pub fn of_summary(
        &self,
        summary: CustomerSummary,
        options: &ContextOptions,
    ) -> Result<Answered<LifetimeAnswer>, Error> {
        for (parameter, is_given) in [
            ("train_until", self.train_until.is_some()),
            ("covariates", !self.covariates.is_empty()),
            ("pool", self.pool.is_some()),
            ("list", self.list != List::All),
        ] {
            if is_given {
                return Err(Error::NeedsOrders { parameter });
            }
        }
        let assumptions = self.assumptions(&LifetimeSection::default())?;
        let histories = summary.histories(self.unit);
        let rule = StatusRule::new(histories.typical_gap_days().unwrap_or_default());
        let choose = || {
            Ok(match self.model {
                Some(model) => (model, ModelChoice::Name),
                None => (Model::ALL[0], ModelChoice::Undated),
            })
        };
        options.cancellation.check()?;
        let (alike, seed) = (Kinds::default(), options.seed);
        let forecaster = Forecaster::fit(self, alike, assumptions, rule, seed, &histories, choose)?;
        options.cancellation.check()?;
        let (answer, _) = forecaster.answer(&histories, None, None, List::All);
        let left_out = summary.left_out.iter().map(|(reason, &rows)| LeftOut {
            reason: (*reason).to_owned(),
            rows,
        });
        let provenance = Provenance {
            question: Self::NAME.into(),
            source: summary.source,
            rows_used: summary.rows.len() as u64,
            rows_left_out: summary.left_out.values().sum(),
            left_out: left_out.collect(),
            from: None,
            until: None,
            currency: summary.currency.unwrap_or_else(|| NO_CURRENCY.to_owned()),
            seed: options.seed,
            version: env!("CARGO_PKG_VERSION").into(),
        };
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(CustomerRows {
                histories: Arc::new(histories),
                forecaster: Arc::new(forecaster),
                language: options.language.unwrap_or_default(),
            })),
        })
    }
}
