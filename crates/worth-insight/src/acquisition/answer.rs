//! The answer to [`Acquisition`](super::Acquisition): plain structs, the JSON that scripts read.
//!
//! Money is in the currency of the answer. "Per customer" is the mean over all customers of a group,
//! those who never came back among them.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::lifetime::Model;
use worth_model::survival::Quantile;

use crate::lifetime::answer::{Assumptions, CannotTell, KnownCosts};
use crate::question::LeftOut;
use crate::retention::CohortPeriod;
use crate::segments::{AgainstRest, SegmentName};

/// Which customers come back, and pay back what they cost.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AcquisitionAnswer {
    /// What customers are compared by.
    pub by: String,
    /// Length of the cohorts, when they are compared by cohort.
    pub cohort: Option<CohortPeriod>,
    /// Days after the first purchase within which a second one counts as coming back.
    pub window_days: u32,
    /// What the forecast takes as given.
    pub assumptions: Assumptions,
    /// What is known of the costs of the goods sold; absent when no order line has one.
    pub costs_of_goods: Option<KnownCosts>,
    /// Model of purchases behind what is expected; absent without one.
    pub model: Option<Model>,
    /// Day of the first purchase in the records. Who bought before that day is taken as new.
    pub records_begin: Date,
    /// Customers who had bought before the period asked for: they are in no group.
    pub customers_before: u64,
    /// How the acquisition channels of customers are known, when they are compared by these.
    pub channels: Option<ChannelSources>,
    /// What is known of spending.
    pub spending: KnownSpending,
    /// Why groups have no cost; absent when they have.
    pub no_cost: Option<NoCost>,
    /// What these data cannot tell of the future, and why.
    pub cannot_tell: Vec<CannotTell>,
    /// How many groups were compared with the rest: the false discoveries of so many are controlled.
    pub compared: u64,
    /// All customers together; its cost is everything that was spent on acquisition.
    pub all: Group,
    /// The customers of channels that money was spent on, together; only by acquisition channel.
    pub paid: Option<Cost>,
    /// Group by group: cohorts in order of time; else by the share who came back, the highest first,
    /// the others together and the unknown last.
    pub groups: Vec<Group>,
}

/// How the acquisition channels of customers are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChannelSources {
    /// Customers whose channel is `customers.acquisition_channel`.
    pub from_customers: u64,
    /// Customers without one, for whom the channel of the first order stands in.
    pub from_first_order: u64,
    /// Customers of whom neither is known.
    pub unknown: u64,
}

/// What is known of spending.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct KnownSpending {
    /// First day of which it is known what was spent on acquisition, within the period; absent when
    /// groups have no cost.
    pub from: Option<Date>,
    /// Last such day.
    pub until: Option<Date>,
    /// Customers who were new before or after these days: they have no cost, and no part in costs.
    pub customers_outside: u64,
    /// Spent on service and on retention, per unit of what was sold to anyone on the days of which
    /// it is known: what serving a customer takes of every amount. 0 when nothing is known.
    pub serving_rate: f64,
    /// Rows of `spending` that do not count, by reason.
    pub left_out: Vec<LeftOut>,
}

/// Why groups have no cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoCost {
    /// No spending on acquisition is known for any day of the period.
    NoSpending,
    /// Spending is known by channel and time, not by what was filtered by.
    Filtered,
    /// Spending is known by channel and time, not by what customers are compared by.
    NotByThis,
}

/// Customers who are taken together.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Group {
    /// Who they are.
    pub group: GroupName,
    /// Customers who bought for the first time in the period.
    pub customers: u64,
    /// Who of them came back.
    pub returned: Returned,
    /// What they bring; absent without customers.
    pub worth: Option<Worth>,
    /// What they cost; absent where nothing was spent on them, or it is not known.
    pub cost: Option<Cost>,
}

/// Which customers a group is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GroupName {
    /// All of them.
    All,
    /// Those with this value.
    Value(String),
    /// Those whose first purchase was in the period that begins on this day.
    Cohort(Date),
    /// All with a value that is not told apart: too few customers have it.
    Other,
    /// Those without a value.
    Unknown,
}

impl From<SegmentName> for GroupName {
    fn from(segment: SegmentName) -> Self {
        match segment {
            SegmentName::Value(value) => Self::Value(value),
            SegmentName::Other => Self::Other,
            SegmentName::Unknown => Self::Unknown,
        }
    }
}

/// Who came back.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Returned {
    /// Customers who were observed for the whole window.
    pub observed: u64,
    /// Those of them who bought again within it.
    pub customers: u64,
    /// The same as a share; absent when nobody was observed for so long.
    pub share: Option<Estimate>,
    /// Days by which half of all have bought again, those counted who have not yet (Kaplan-Meier);
    /// absent without customers.
    pub median_days: Option<Quantile>,
    /// The share less that of the rest; absent for groups that are not compared: those without a name
    /// of their own, and those with too few customers.
    pub against_rest: Option<AgainstRest>,
}

/// What customers bring, per customer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Worth {
    /// Customers it is the mean of.
    pub customers: u64,
    /// Margin so far, after refunds.
    pub so_far: Estimate,
    /// Discounted margin that is expected within the horizon from now; absent without a model.
    pub expected: Option<Estimate>,
    /// What serving them takes of both; absent when nothing is known to be spent on it.
    pub serving: Option<Estimate>,
    /// Margin so far and expected, less serving. Without a model only what was brought so far.
    pub value: Estimate,
}

/// What customers cost, and whether they pay it back.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Cost {
    /// What was spent on acquisition.
    pub spent: f64,
    /// Customers who were new on the days of which it is known what was spent.
    pub customers: u64,
    /// Whether they pay it back; absent without customers.
    pub return_on_it: Option<ReturnOnCost>,
}

/// What comes back of what was spent to win customers.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ReturnOnCost {
    /// Cost of winning one customer: what was spent over how many came.
    pub per_customer: Estimate,
    /// What these customers bring.
    pub worth: Worth,
    /// Value less cost, per customer.
    pub net: Estimate,
    /// Value over cost.
    pub value_to_cost: Estimate,
    /// What can be said of value : cost.
    pub verdict: Verdict,
    /// How long it takes until a customer has paid back the cost.
    pub payback: Payback,
    /// Mean margin that a customer has brought by an age, after serving.
    pub curve: Vec<AgePoint>,
}

/// What can be said of value : cost, by its interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The whole interval is below 1: they cost more than they bring within the horizon.
    CostsMore,
    /// The whole interval is from 1 up.
    PaysBack,
    /// The whole interval is above 3.
    PaysBackManyTimes,
    /// The interval holds 1, or the future cannot be told.
    CannotTell,
    /// Fewer than 30 customers.
    TooFew,
}

/// How long it takes until a customer has paid back the cost of winning one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Payback {
    /// How it is known.
    pub known: PaybackKnown,
    /// Days since the first purchase: 0 is with the first purchase. Absent when it is not within
    /// `within_days`.
    pub days: Option<f64>,
    /// Lower end of its interval; absent when not even that is reached.
    pub low: Option<f64>,
    /// Upper end of its interval; absent when it is beyond `within_days`.
    pub high: Option<f64>,
    /// Probability that the interval is meant to hold.
    pub level: f64,
    /// Days since the first purchase for which at least 30 customers were observed.
    pub observed_days: f64,
    /// Days since the first purchase that were looked at: observed, and the horizon after that.
    pub within_days: f64,
}

/// How a time of payback is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PaybackKnown {
    /// Customers have been observed to do it.
    Observed,
    /// They are expected to, from where observation ends.
    Forecast,
    /// It is neither observed nor expected within the days looked at.
    NotWithin,
    /// Fewer than 30 customers.
    TooFew,
}

/// What a customer has brought by an age.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct AgePoint {
    /// Days since the first purchase.
    pub days: u32,
    /// Customers who were observed for so long.
    pub customers: u64,
    /// Margin by then per customer, after serving.
    pub margin: Estimate,
}
