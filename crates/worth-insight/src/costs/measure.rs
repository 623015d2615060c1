//! What an action can take from a customer, in which unit, and which actions can take it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::Estimate;
use worth_model::estimate::Spread;

use crate::lifetime::MONEY_SCALE;
use crate::steps::StepTable;
use crate::words::Unit;

/// What an action can take from a customer.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum CostName {
    /// Money paid, shipping and tax with it, less what came back; in the currency of the scope.
    Money,
    /// Time spent, in seconds.
    Time,
    /// Time from order to delivery, in seconds.
    Waiting,
    /// Time by which deliveries came after the promise, in seconds.
    Lateness,
    /// Steps that had to be taken.
    Effort,
    /// The same step again in the same journey.
    Repeats,
    /// Times the business had to be asked: tickets and calls.
    Contacts,
    /// What failed.
    Failures,
    /// What was paid and came back: times.
    Refunds,
    /// Deliveries after the promise.
    LateDeliveries,
    /// Money that was at stake when something failed, was late or had to come back.
    AtStake,
    /// Personal data asked for: fields.
    PersonalData,
    /// Messages received: attention.
    Messages,
    /// Complaints: mental strain that was put into words. A rating of at most 2, or a ticket or call that
    /// was not rated.
    Complaints,
}

/// How many there are.
pub(super) const COSTS: usize = CostName::ALL.len();
const MICROSECONDS: f64 = 1e6;

impl CostName {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 14] = [
        Self::Money,
        Self::Time,
        Self::Waiting,
        Self::Lateness,
        Self::Effort,
        Self::Repeats,
        Self::Contacts,
        Self::Failures,
        Self::Refunds,
        Self::LateDeliveries,
        Self::AtStake,
        Self::PersonalData,
        Self::Messages,
        Self::Complaints,
    ];

    /// As in JSON and in the words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Time => "time",
            Self::Waiting => "waiting",
            Self::Lateness => "lateness",
            Self::Effort => "effort",
            Self::Repeats => "repeats",
            Self::Contacts => "contacts",
            Self::Failures => "failures",
            Self::Refunds => "refunds",
            Self::LateDeliveries => "late-deliveries",
            Self::AtStake => "at-stake",
            Self::PersonalData => "personal-data",
            Self::Messages => "messages",
            Self::Complaints => "complaints",
        }
    }

    /// As in the statements.
    pub(crate) fn column(self) -> String {
        self.name().replace('-', "_")
    }

    /// What one unit is in the whole numbers of the statements.
    pub(crate) fn scale(self) -> f64 {
        match self {
            _ if self.is_money() => MONEY_SCALE,
            _ if self.is_time() => MICROSECONDS,
            _ => 1.0,
        }
    }

    /// Whether it is money already.
    pub(super) fn is_money(self) -> bool {
        matches!(self, Self::Money | Self::AtStake)
    }

    /// Whether it is counted in seconds.
    pub(super) fn is_time(self) -> bool {
        matches!(self, Self::Time | Self::Waiting | Self::Lateness)
    }

    /// Whether the tables that tell of it tell of all there is: who is not in them gave nothing. Of anything
    /// else it is not known what those gave of whom nothing was recorded.
    pub(super) fn absent_is_none(self) -> bool {
        matches!(
            self,
            Self::Money | Self::Contacts | Self::Refunds | Self::Messages | Self::Complaints
        )
    }

    /// An estimate of it without what cannot be: only money can be less than nothing, when it comes back.
    pub(super) fn possible(self, estimate: Estimate) -> Estimate {
        match estimate.spread {
            Spread::Interval {
                low,
                high,
                level,
                method,
            } if self != Self::Money => {
                Estimate::between(estimate.value, low.max(0.0), high, level, method)
            }
            _ => estimate,
        }
    }

    /// How it is written.
    pub(crate) fn unit(self, currency: &str) -> Unit {
        match self {
            _ if self.is_money() => Unit::money_short(currency),
            _ if self.is_time() => Unit::Duration,
            _ => Unit::Count,
        }
    }

    /// Whether an action can take it. What cannot be is no gap in what is known.
    pub(super) fn belongs_to(self, table: StepTable, action: &str) -> bool {
        match table {
            StepTable::Events => matches!(
                self,
                Self::Time
                    | Self::Effort
                    | Self::Repeats
                    | Self::Failures
                    | Self::AtStake
                    | Self::PersonalData
            ),
            StepTable::OrderLines => match action {
                "order" => self == Self::Money,
                "refund" => matches!(self, Self::Money | Self::Refunds | Self::AtStake),
                _ => matches!(
                    self,
                    Self::Waiting | Self::Lateness | Self::LateDeliveries | Self::AtStake
                ),
            },
            StepTable::Messages => self == Self::Messages,
            StepTable::Feedback => matches!(self, Self::Contacts | Self::Complaints),
            StepTable::SurveyAnswers => self == Self::Time,
        }
    }
}
