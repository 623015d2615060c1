//! The answer to [`Alerts`](super::Alerts): plain structs, the JSON that scripts read.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::control::Side;
use worth_model::lifetime::Model;

use super::Settings;
use crate::lifetime::calendar::CalendarKnown;

/// Where purchases of the last days are, and where they should be.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AlertsAnswer {
    /// Length of the window, in days.
    pub window_days: u32,
    /// Its last day: the end of observation.
    pub until: Date,
    /// Model of when customers buy and stop buying.
    pub model: Model,
    /// How time is measured, for all windows as it was known before the last; absent when worth.toml has
    /// no calendar.
    pub calendar: Option<CalendarKnown>,
    /// Probability that a unit in order is within its band.
    pub level: f64,
    /// Share of the alerts that may be false.
    pub false_discovery_rate: f64,
    /// Units that were compared with what is usual.
    pub compared: u64,
    /// Units out of order.
    pub alerts: u64,
    /// The whole first, then what is watched of it by kind, each kind the largest first; empty when
    /// nothing can be told.
    pub units: Vec<Unit>,
    /// Why there is no answer.
    pub cannot_tell: Option<CannotTell>,
}

impl AlertsAnswer {
    /// An answer that says why there is none.
    pub(super) fn silent(settings: &Settings, until: Date, why: CannotTell) -> Self {
        Self {
            window_days: settings.window_days,
            until,
            model: settings.model,
            calendar: None,
            level: settings.watch.level,
            false_discovery_rate: settings.false_discovery_rate,
            compared: 0,
            alerts: 0,
            units: Vec::new(),
            cannot_tell: Some(why),
        }
    }

    /// Units out of order, the surest first.
    pub fn out_of_order(&self) -> impl Iterator<Item = &Unit> {
        let mut units: Vec<&Unit> = self
            .units
            .iter()
            .filter(|unit| unit.verdict.is_alert())
            .collect();
        units.sort_by(|one, other| {
            one.p_value
                .unwrap_or(1.0)
                .total_cmp(&other.p_value.unwrap_or(1.0))
        });
        units.into_iter()
    }

    /// The business as a whole.
    #[must_use]
    pub fn whole(&self) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.kind == Kind::Whole)
    }
}

/// Why nothing can be told.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum CannotTell {
    /// Less is observed than it takes to know what is usual.
    TooShort {
        /// Days from the first purchase to the end of observation, both counted.
        observed_days: u32,
        /// How many it takes.
        needed_days: u32,
    },
    /// Too few customers had come back before the window for a model.
    TooFewRepeats,
}

/// What is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// All customers known before the window.
    Whole,
    /// Customers who bought for the first time in the window.
    NewCustomers,
    /// Customers of a quarter of the first purchase.
    Cohort,
    /// Customers who bought most often there.
    Store,
    /// Customers who bought most often that way.
    Channel,
    /// Customers who live there.
    Region,
}

impl Kind {
    /// As in JSON and in the words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::NewCustomers => "new-customers",
            Self::Cohort => "cohort",
            Self::Store => "store",
            Self::Channel => "channel",
            Self::Region => "region",
        }
    }
}

/// One thing that is watched.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Unit {
    /// What it is.
    pub kind: Kind,
    /// Name of the store, channel or region; first day of the quarter of a cohort; absent for the
    /// whole and for new customers.
    pub name: Option<String>,
    /// Customers who belong to it, known before the window.
    pub customers: u64,
    /// Purchases they made in the window.
    pub actual: u64,
    /// Purchases the model forecast, with an interval that covers chance and what is not known of
    /// its parameters; absent for new customers.
    pub forecast: Option<Estimate>,
    /// What forecasts of the unit usually come to, from earlier windows: 0.9 = a tenth less happens
    /// than is forecast. For new customers their usual number of purchases.
    pub usual_ratio: Option<f64>,
    /// Purchases to be expected: the forecast times that ratio; the band is where a unit in order is
    /// at the level of the answer.
    pub expected: Option<Estimate>,
    /// What happened over what was to be expected.
    pub ratio: Option<f64>,
    /// Probability of something at least as far off in a unit in order.
    pub p_value: Option<f64>,
    /// The smallest rate of false discoveries at which this unit is an alert.
    pub adjusted_p_value: Option<f64>,
    /// What to make of it.
    pub verdict: Verdict,
    /// First day of the windows without a break that lie outside their bands on the same side, up to
    /// the last one; absent when that lies within.
    pub since: Option<Date>,
    /// Money of the purchases that are missing in the window (below 0: of those on top), at the
    /// unit's mean net amount per purchase; absent within the band and without money.
    pub missing_revenue: Option<Estimate>,
    /// Purchases to be expected in a window, from which on a fall by half would leave the band.
    pub needed: Option<f64>,
    /// Earlier windows and the last one, the earliest first, as far as they could be compared.
    pub windows: Vec<PastWindow>,
}

/// What to make of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// An alert: purchases are missing.
    Fall,
    /// An alert: there are more purchases than usual.
    Rise,
    /// Nothing that chance does not explain.
    InOrder,
    /// So little is expected that nothing would stand out.
    TooSmall,
    /// Too few earlier windows to know what is usual.
    TooNew,
}

impl Verdict {
    /// As in JSON and in the words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fall => "fall",
            Self::Rise => "rise",
            Self::InOrder => "in-order",
            Self::TooSmall => "too-small",
            Self::TooNew => "too-new",
        }
    }

    /// Whether the unit is out of order.
    #[must_use]
    pub fn is_alert(self) -> bool {
        matches!(self, Self::Fall | Self::Rise)
    }
}

/// A window of a unit, judged by the windows before it alone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct PastWindow {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Purchases that were to be expected, with their band.
    pub expected: Estimate,
    /// Purchases that happened.
    pub actual: u64,
    /// On which side of the band; absent within.
    pub outside: Option<Side>,
}
