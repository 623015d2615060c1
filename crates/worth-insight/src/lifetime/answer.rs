//! The answer to [`Lifetime`](super::Lifetime): plain structs, the JSON that scripts read.
//!
//! Where the data cannot carry a number the field is absent, and [`LifetimeAnswer::cannot_tell`] says
//! why. Counts are always there.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::lifetime::{FittedGammaGamma, FittedModel};

use super::TimeUnit;
pub use super::calendar::{CalendarKnown, EventEffect};
pub use super::calls::CallList;
pub use super::choice::ModelChoice;
pub use super::costs::KnownCosts;
pub use super::history::Month;
pub use super::kinds::{
    CovariateTold, CovariatesTold, GroupTold, LevelEffect, LevelTold, PooledTold,
};
pub use super::refunds::RefundsTaken;

/// What customers are worth to the business.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LifetimeAnswer {
    /// The model of when customers buy and stop buying; absent when the data cannot carry one.
    pub model: Option<PurchaseModel>,
    /// The model of what a purchase is worth; absent when the data cannot carry one.
    pub spend: Option<FittedGammaGamma>,
    /// What these data cannot tell, and why.
    pub cannot_tell: Vec<CannotTell>,
    /// What the forecast takes as given.
    pub assumptions: Assumptions,
    /// What is known of busy and quiet days, and whether time is measured by it; absent when
    /// worth.toml has no calendar.
    pub calendar: Option<CalendarKnown>,
    /// Who bought.
    pub customers: Customers,
    /// What became of refunds; absent of a customer summary.
    pub refunds: Option<RefundsTaken>,
    /// What is known of the costs of the goods sold; absent when nothing is.
    pub costs: Option<KnownCosts>,
    /// What is to be expected; absent without a model.
    pub forecast: Option<Forecast>,
    /// How much of the revenue comes from how few; absent without revenue.
    pub concentration: Option<Concentration>,
    /// Customers by what they seem to be doing; absent without a model.
    pub statuses: Option<Statuses>,
    /// Who is slipping away, and what is at stake; absent without a model.
    pub slipping: Option<Slipping>,
    /// The call list that stands in the rows, when one was asked for.
    pub call_list: Option<CallList>,
    /// How many customers have which probability of still buying; empty without a model.
    pub p_alive: Vec<AliveBin>,
    /// Repeat purchases so far, actual and by the model, at evenly spaced days; empty without one.
    pub repeats: Vec<RepeatPoint>,
    /// Days from the first purchase to the end of observation, both counted.
    pub observed_days: u32,
    /// Purchases by month.
    pub months: Vec<Month>,
}

impl LifetimeAnswer {
    /// Customers who bought once.
    pub(crate) fn once(&self) -> u64 {
        self.customers.all - self.customers.repeat
    }

    /// Whether the model can tell that someone who bought once has left. BG/NBD cannot: its
    /// customers leave after a repeat purchase.
    pub(crate) fn sees_once_leave(&self) -> bool {
        let forecast = self.forecast.as_ref();
        forecast.is_some_and(|forecast| forecast.active_once.value < self.once() as f64)
    }
}

/// A fitted model of when customers buy and stop buying.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PurchaseModel {
    /// Unit of time of the parameters and of the log-likelihood.
    pub unit: TimeUnit,
    /// How the model was chosen.
    pub choice: ModelChoice,
    /// What tells customers apart, and what it does; absent when they are taken as alike. Parameters
    /// are then those of a customer whose covariates are the mean.
    pub covariates: Option<CovariatesTold>,
    /// Groups that were pooled; absent when none were to be. Parameters are then those of the middle of
    /// all groups.
    pub pooled: Option<PooledTold>,
    /// Name, parameters, intervals, log-likelihood and diagnosis.
    #[serde(flatten)]
    pub fitted: FittedModel,
}

/// Something that these data cannot tell.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum CannotTell {
    /// Only a summary was asked for.
    NotAsked,
    /// Nobody bought anything in the period.
    NoPurchases,
    /// Nobody came back, so nothing shows how often customers buy or when they stop.
    NoRepeats {
        /// Customers who bought once.
        customers: u64,
    },
    /// Too few customers came back for a model.
    TooFewRepeats {
        /// Customers who came back.
        repeat_customers: u64,
        /// How many it takes.
        needed: u64,
    },
    /// Too few repeat purchases with money for a model of spend.
    NoSpend {
        /// Customers with a repeat purchase on which money stayed.
        customers: u64,
        /// How many it takes.
        needed: u64,
    },
}

/// What the forecast takes as given. Whatever nobody chose is a default, and said to be one.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Assumptions {
    /// How far it looks ahead, in days.
    pub horizon_days: u32,
    /// Share of the amount that stays as margin, 0..1.
    pub margin: Estimate,
    /// Where the margin is from.
    pub margin_from: MarginFrom,
    /// Effective yearly rate at which later money counts less: 0.1 = 10 %.
    pub discount_rate_yearly: f64,
    /// Nobody chose the discount rate.
    pub discount_rate_is_default: bool,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Last day that the parameters were learned from; absent: the end of observation.
    pub train_until: Option<Date>,
}

/// Where a margin is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MarginFrom {
    /// From whoever asked.
    Asked,
    /// From `[lifetime]` in worth.toml.
    Settings,
    /// From the costs of order lines.
    Costs,
    /// Nobody chose one, and too few costs are known: the whole amount counts, so "value" is revenue.
    Nobody,
}

impl Assumptions {
    /// Takes the margin that costs tell of, unless one was chosen.
    pub(crate) fn take_margin_from(&mut self, costs: Option<&KnownCosts>) {
        if self.margin_from == MarginFrom::Nobody
            && let Some(costs) = costs.filter(|costs| costs.serve())
        {
            self.margin = costs.margin;
            self.margin_from = MarginFrom::Costs;
        }
    }

    /// Whether value is revenue, for want of a margin.
    pub(crate) fn value_is_revenue(&self) -> bool {
        self.margin_from == MarginFrom::Nobody
    }
}

/// Who bought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, JsonSchema)]
pub struct Customers {
    /// Customers with at least one purchase.
    pub all: u64,
    /// Those who came back on another day.
    pub repeat: u64,
    /// Purchase days.
    pub purchases: u64,
    /// Money that stayed after refunds; absent of a customer summary, which does not know the first
    /// purchase.
    pub revenue: Option<f64>,
    /// Typical days between purchases: the median over customers who came back of their mean gap.
    pub typical_gap_days: Option<f64>,
}

/// What is to be expected of the customers of today within the horizon; new ones not counted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Forecast {
    /// How many still buy: the sum of P(alive).
    pub active: Estimate,
    /// Those of them who bought once: all who did, under a model that cannot see them leave.
    pub active_once: Estimate,
    /// Purchase days.
    pub purchases: Estimate,
    /// Customer equity: margin on those purchases, discounted; absent without a spend model.
    pub equity: Option<Estimate>,
    /// Equity per customer who ever bought, those who left too.
    pub equity_per_customer: Option<Estimate>,
    /// What one new customer is expected to bring within the horizon after the first purchase, which
    /// is not in it.
    pub new_customer: Option<Estimate>,
}

/// How much of the revenue so far comes from how few customers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Concentration {
    /// Share of revenue of the tenth of customers who brought most, 0..1.
    pub top_tenth_share: Estimate,
    /// 0 = all bring the same, 1 = one brings all.
    pub gini: Estimate,
    /// Share of revenue (`revenue`) of the best `customers` share of customers.
    pub curve: Vec<CurvePoint>,
}

/// A point of the concentration curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct CurvePoint {
    /// Share of customers, those who brought most first, 0..1.
    pub customers: f64,
    /// Their share of revenue, 0..1.
    pub revenue: f64,
}

/// What a customer seems to be doing.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
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

impl Status {
    /// As in JSON and in the rows.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Slipping => "slipping",
            Self::Gone => "gone",
            Self::New => "new",
            Self::Once => "once",
        }
    }
}

/// Customers by status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, JsonSchema)]
pub struct Statuses {
    /// The rule, in numbers.
    pub rule: StatusRule,
    /// Customers with this status.
    pub active: u64,
    /// Customers with this status.
    pub slipping: u64,
    /// Customers with this status.
    pub gone: u64,
    /// Customers with this status.
    pub new: u64,
    /// Customers with this status.
    pub once: u64,
}

/// The rule behind [`Status`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, JsonSchema)]
pub struct StatusRule {
    /// Slipping: silent for longer than so many own gaps …
    pub overdue_gaps: f64,
    /// … with a P(alive) from here …
    pub p_alive_low: f64,
    /// … to here. Below `p_alive_low`: gone.
    pub p_alive_high: f64,
    /// New: bought once, at most so many days ago.
    pub new_days: f64,
}

/// Who is slipping away.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Slipping {
    /// How many customers.
    pub customers: u64,
    /// What they spent so far; absent of a customer summary.
    pub revenue: Option<f64>,
    /// What they are expected to bring within the horizon as things stand.
    pub expected: Option<Estimate>,
    /// What they would bring on top if every one of them were kept: the most that winning them back
    /// can earn, before what it costs.
    pub at_stake: Option<Estimate>,
}

/// Customers whose P(alive) lies in a range.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct AliveBin {
    /// From here (inclusive) …
    pub from: f64,
    /// … to here (the last bin includes 1).
    pub to: f64,
    /// Customers who came back.
    pub repeat_customers: u64,
    /// Customers who bought once.
    pub once: u64,
}

/// Repeat purchases of all customers up to a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct RepeatPoint {
    /// The day, inclusive.
    pub day: Date,
    /// How many there were.
    pub actual: u64,
    /// How many the model expects.
    pub expected: f64,
}
