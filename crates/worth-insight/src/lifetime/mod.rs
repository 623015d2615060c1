//! What are our customers worth, who still buys, and who is slipping away?
//!
//! ```text
//!  order_lines ── features.sql ──► purchases.rs (days per customer) ── refunds.rs ──► history.rs
//!                                    └── costs.rs (the margin, if nobody named one)      │ one row
//!  worth.toml ── calendar/ (how long it is from one day to another) ────────────────────►│ per customer
//!                  summary/ (a customer summary in place of order lines) ───────────────►│
//!  segments ── kinds/ (what kind of customer each is, if kinds are told apart) ─────────►│
//!                                                                                        ▼
//!  answer.rs ◄── forecast.rs (totals with intervals) ◄── worth-model (the model of choice.rs, and
//!      │                                                              Gamma-Gamma)
//!      │              └── status.rs (active, slipping, gone, new, once), rows.rs (everyone),
//!      │                  calls/ (the call list)
//!      ▼
//!  sheet.rs
//! ```
//!
//! A purchase is a business day on which a customer bought something that was not cancelled,
//! refused, returned or refunded in full; `docs/methods/lifetime-question.md` has the rules with a
//! worked example.

mod ahead;
pub mod answer;
pub(crate) mod calendar;
mod calls;
mod choice;
mod costs;
mod expected;
pub(crate) mod forecast;
pub(crate) mod gather;
pub(crate) mod history;
mod kinds;
pub(crate) mod purchases;
mod refunds;
mod rows;
mod sheet;
mod standing;
mod status;
mod summary;
#[cfg(test)]
mod tests;
pub(crate) mod tracking;

use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::lifetime::Model;
use worth_model::{Estimate, NoInterval};

use crate::columns::{date_of, day_of};
use crate::context::Context;
use crate::error::Error;
use crate::question::{Answered, Question, Rows, Scope};
use answer::{Assumptions, LifetimeAnswer, MarginFrom, Status, StatusRule};
use calendar::{BusinessCalendar, BusinessTime};
use calls::Draft;
pub(crate) use expected::{EXPECTED_VALUE, Expected, NothingExpected};
use forecast::Forecaster;
pub(crate) use gather::{Gathered, business_currency, customers_of_regions, gather};
use history::Histories;
pub(crate) use kinds::Kinds;
pub(crate) use purchases::{Day, MONEY_SCALE, Purchases};
use rows::CustomerRows;
pub(crate) use sheet::{letter, slipping_advice};
pub(crate) use status::LEAST_FOR_ADVICE;
pub use summary::{CustomerSummary, SummaryRow};

/// What are our customers worth, who still buys, and who is slipping away?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Lifetime {
    /// Model of when customers buy and stop buying; when absent, the one that `backtest` would go on
    /// with: the simplest, unless another is surely closer to what customers did after earlier days.
    pub model: Option<Model>,
    /// What to tell customers apart by, in how often they buy and how readily they leave: what was known
    /// on their first day. Channel, category, product or store of the first purchase, columns of
    /// customers (gender, region, city, language, occupation, birth_year by the decade,
    /// acquisition_channel, …) or their attributes; at most six, with commas. The answer says what each
    /// does (customers of one store buy 1.4 times as often as those of another), and what a new
    /// customer of each kind brings. All customers are taken as alike when empty.
    pub covariates: Vec<String>,
    /// A segment whose groups are pooled: one of those that covariates may be (store, channel, region,
    /// …). Each group has a law of its own, drawn to the middle of all groups the more the fewer customers
    /// it has; and the answer says how much groups differ, and what a customer of a group to come brings.
    /// For many groups or small ones, where covariates would tell ten apart at most, and none of fewer
    /// than 30 customers; with two to four large ones, or several segments at once, take covariates. Not
    /// both.
    pub pool: Option<String>,
    /// Last business day that the parameters are learned from, to see what they would have said of
    /// the days since: histories and forecast are as of the end of observation. All days when absent.
    pub train_until: Option<Date>,
    /// Unit of time in which the model's parameters and log-likelihood are reported, and of the times
    /// in a customer summary; nothing else depends on it.
    pub unit: TimeUnit,
    /// How far to look ahead, in days; `horizon_days` of `[lifetime]` in worth.toml when absent,
    /// else 365.
    pub horizon_days: Option<u32>,
    /// Share of an amount that stays as margin, 0..1; `margin` of `[lifetime]` in worth.toml when
    /// absent, else what the costs of order lines tell if enough are known, else 1: value is then
    /// revenue, and said to be.
    pub margin: Option<f64>,
    /// Effective yearly rate at which later money counts less, 0.1 = 10 %; `discount_rate_yearly` of
    /// `[lifetime]` in worth.toml when absent, else 0.1.
    pub discount_rate_yearly: Option<f64>,
    /// Probability that intervals are meant to hold, between 0 and 1; 0.9 when absent.
    pub level: Option<f64>,
    /// Which customers stand in the rows: all by customer id, or a call list of those of one status,
    /// the most valuable first.
    pub list: List,
    /// At most so many customers on a call list, those held out included; all when absent.
    pub limit: Option<u32>,
    /// Probability with which a customer on a call list is held out, to see what contacting the
    /// others earned, 0..0.5; 0.1 when absent. 0: nobody is, and nothing can be told.
    pub holdout_share: Option<f64>,
    /// Campaign that a call list belongs to; lists of one campaign are compared together. The list's
    /// id when absent.
    pub campaign: Option<String>,
    /// Only what was bought (recency, frequency, money); no models, no forecast.
    pub summary_only: bool,
}

/// Units of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TimeUnit {
    /// A day.
    Day,
    /// Seven days.
    #[default]
    Week,
    /// A twelfth of a year of 365.25 days.
    Month,
}

impl TimeUnit {
    /// Length in days.
    #[must_use]
    pub fn days(self) -> f64 {
        match self {
            Self::Day => 1.0,
            Self::Week => 7.0,
            Self::Month => 365.25 / 12.0,
        }
    }
}

/// Which customers stand in the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum List {
    /// Everyone.
    #[default]
    All,
    /// Came back, and is not overdue.
    Active,
    /// Came back, is overdue by own habit, and may be leaving.
    Slipping,
    /// Came back once, and has most likely left.
    Gone,
    /// Bought once, not long ago.
    New,
    /// Bought once, long ago.
    Once,
}

impl List {
    /// The status of those on it; `None`: everyone.
    fn status(self) -> Option<Status> {
        match self {
            Self::All => None,
            Self::Active => Some(Status::Active),
            Self::Slipping => Some(Status::Slipping),
            Self::Gone => Some(Status::Gone),
            Self::New => Some(Status::New),
            Self::Once => Some(Status::Once),
        }
    }
}

/// The section `[lifetime]` of worth.toml.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LifetimeSection {
    /// Share of an amount that stays as margin, 0..1.
    pub margin: Option<f64>,
    /// Effective yearly rate at which later money counts less, 0.1 = 10 %.
    pub discount_rate_yearly: Option<f64>,
    /// How far to look ahead, in days.
    pub horizon_days: Option<u32>,
}

/// A year.
const DEFAULT_HORIZON_DAYS: u32 = 365;
/// A usual cost of capital of a small business; said to be a default wherever it counts.
const DEFAULT_DISCOUNT_RATE_YEARLY: f64 = 0.1;
/// A business that keeps less than a thousandth of an amount has no customers to value.
const LEAST_MARGIN: f64 = 0.001;
/// One in ten: few enough to lose little by, and each list adds to what is known.
const DEFAULT_HOLDOUT_SHARE: f64 = 0.1;
/// Ten years of 365.25 days: beyond that no history of a few years says anything.
const LONGEST_HORIZON_DAYS: u32 = 3653;

impl Question for Lifetime {
    const NAME: &'static str = "lifetime";
    type Answer = LifetimeAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<LifetimeAnswer>, Error> {
        let mut assumptions = self.assumptions(&context.section("lifetime")?)?;
        let holdout_share = self.holdout_share.unwrap_or(DEFAULT_HOLDOUT_SHARE);
        Error::in_range("holdout_share", holdout_share, 0.0, 0.5)?;
        let observation = context.observe(scope).await?;
        let gathered = gather(context, &observation).await?;
        let provenance = gathered.provenance(Self::NAME, &observation)?;
        let costs = gathered.costs.known(assumptions.level);
        assumptions.take_margin_from(costs.as_ref());
        let purchases = gathered.purchases;
        let kinds = Kinds::read(self, context, &observation, &purchases).await?;
        let until = observation.until;
        let (histories, forecaster) = self.learn(purchases, kinds, until, assumptions, context)?;
        context.check()?;
        let (mut answer, chosen) =
            forecaster.answer(&histories, Some(gathered.refunds), costs, self.list);
        let (histories, forecaster) = (Arc::new(histories), Arc::new(forecaster));
        let rows: Arc<dyn Rows> = match self.list.status() {
            None => Arc::new(CustomerRows {
                histories,
                forecaster,
                language: context.language(),
            }),
            Some(status) => {
                let draft = Draft {
                    status,
                    limit: self.limit,
                    holdout_share,
                    campaign: self.campaign.clone(),
                    histories,
                    forecaster,
                    chosen,
                };
                let (list, rows) = draft.draw_up(context, &observation).await?;
                answer.call_list = Some(list);
                Arc::new(rows)
            }
        };
        Ok(Answered {
            answer,
            provenance,
            rows: Some(rows),
        })
    }
}

impl Lifetime {
    /// Histories as of `until`, and the models fitted to what was known on the last day that they
    /// learn from.
    pub(crate) fn learn(
        &self,
        purchases: Purchases,
        kinds: Kinds,
        until: Date,
        assumptions: Assumptions,
        context: &Context,
    ) -> Result<(Histories, Forecaster), Error> {
        context.check()?;
        let ahead = day_of(until) + assumptions.horizon_days as i32;
        let time_of = |bought: &Purchases, day: Date| -> Result<Arc<BusinessTime>, Error> {
            Ok(Arc::new(match self.summary_only {
                true => BusinessTime::default(),
                false => BusinessCalendar::of(context)?.learn(bought, day_of(day), ahead),
            }))
        };
        let histories_of = |time: Arc<BusinessTime>| {
            let histories = Histories::of(&purchases, until, time);
            let rule = StatusRule::new(histories.typical_gap_days().unwrap_or_default());
            (histories, rule)
        };
        let fit = |bought: &Purchases, known: &Histories, rule: StatusRule, day: Date| {
            let choose = || choice::choose(self.model, bought, day_of(day), context);
            let seed = context.seed();
            Forecaster::fit(self, kinds, assumptions, rule, seed, known, choose)
        };
        let Some(day) = self.train_until else {
            let (histories, rule) = histories_of(time_of(&purchases, until)?);
            let forecaster = fit(&purchases, &histories, rule, until)?;
            return Ok((histories, forecaster));
        };
        let from = purchases.first_day().map_or(until, date_of);
        if !(from..=until).contains(&day) {
            return Err(Error::DayOutside {
                parameter: "train_until",
                given: day,
                from,
                until,
            });
        }
        let bought = purchases.known_on(day_of(day));
        let time = time_of(&bought, day)?;
        let known = Histories::of(&bought, day, Arc::clone(&time));
        let (histories, rule) = histories_of(time);
        let forecaster = fit(&bought, &known, rule, day)?;
        Ok((histories, forecaster))
    }

    /// What the parameters say, else worth.toml, else the defaults.
    pub(crate) fn assumptions(&self, section: &LifetimeSection) -> Result<Assumptions, Error> {
        let margin = self.margin.or(section.margin);
        let rate = self.discount_rate_yearly.or(section.discount_rate_yearly);
        let horizon_days = self.horizon_days.or(section.horizon_days);
        let assumptions = Assumptions {
            horizon_days: horizon_days.unwrap_or(DEFAULT_HORIZON_DAYS),
            margin: Estimate::without(margin.unwrap_or(1.0), NoInterval::Given),
            margin_from: match (self.margin, section.margin) {
                (Some(_), _) => MarginFrom::Asked,
                (None, Some(_)) => MarginFrom::Settings,
                (None, None) => MarginFrom::Nobody,
            },
            discount_rate_yearly: rate.unwrap_or(DEFAULT_DISCOUNT_RATE_YEARLY),
            discount_rate_is_default: rate.is_none(),
            level: self.level.unwrap_or(worth_model::estimate::DEFAULT_LEVEL),
            train_until: self.train_until,
        };
        Error::in_range("margin", assumptions.margin.value, LEAST_MARGIN, 1.0)?;
        Error::in_range(
            "discount_rate_yearly",
            assumptions.discount_rate_yearly,
            0.0,
            10.0,
        )?;
        Error::in_range("level", assumptions.level, 0.5, 0.999)?;
        let longest = f64::from(LONGEST_HORIZON_DAYS);
        Error::in_range(
            "horizon_days",
            f64::from(assumptions.horizon_days),
            1.0,
            longest,
        )?;
        Ok(assumptions)
    }
}
