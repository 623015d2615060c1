//! What can go wrong for a customer, and what each kind of it takes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::costs::CostName;
use crate::steps::StepTable;

/// What can go wrong for a customer.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// Something did not work: the outcome of an event is "failed".
    Failure,
    /// The customer gave up: the outcome is "abandoned".
    Abandonment,
    /// A delivery came after the promise.
    LateDelivery,
    /// A delivery took longer than it usually does.
    SlowDelivery,
    /// Something that was paid came back.
    Refund,
    /// A ticket or call within 14 days of the one before.
    ContactAgain,
    /// The same step again in one journey, though it had not gone wrong.
    Retry,
    /// The next step of a case was longer in coming than it usually is.
    LongWait,
}

/// Most costs that a kind of trouble has.
pub(super) const MOST_COSTS: usize = 3;

impl Trouble {
    /// All of them. What cannot be told apart from another is told of the first of both.
    pub const ALL: [Self; 8] = [
        Self::Failure,
        Self::Abandonment,
        Self::LateDelivery,
        Self::SlowDelivery,
        Self::Refund,
        Self::ContactAgain,
        Self::Retry,
        Self::LongWait,
    ];

    /// As in JSON, in the statement and in the words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Failure => "failure",
            Self::Abandonment => "abandonment",
            Self::LateDelivery => "late-delivery",
            Self::SlowDelivery => "slow-delivery",
            Self::Refund => "refund",
            Self::ContactAgain => "contact-again",
            Self::Retry => "retry",
            Self::LongWait => "long-wait",
        }
    }

    pub(super) fn named(name: &str) -> Self {
        let mut troubles = Self::ALL.into_iter();
        let trouble = troubles.find(|trouble| trouble.name() == name);
        trouble.expect("the statement beside the code names its troubles")
    }

    /// What it is to wait long after an action of a table.
    pub(super) fn of_waiting(table: StepTable) -> Self {
        match table {
            StepTable::OrderLines => Self::SlowDelivery,
            _ => Self::LongWait,
        }
    }

    /// What the actions that went wrong took, as `costs` counts it.
    pub(super) fn costs(self) -> &'static [CostName] {
        match self {
            Self::Failure => &[CostName::Time, CostName::Effort, CostName::AtStake],
            Self::Abandonment | Self::Retry => &[CostName::Time, CostName::Effort],
            Self::LateDelivery => &[CostName::Lateness, CostName::AtStake],
            Self::SlowDelivery | Self::LongWait => &[CostName::Waiting],
            Self::Refund => &[CostName::AtStake],
            Self::ContactAgain => &[],
        }
    }
}
