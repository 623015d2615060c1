//! What `friction` answers: the JSON that scripts read.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::link::{NoLink, Tells};

use super::rated::LateRated;
use super::trouble::Trouble;
use crate::costs::CostName;
use crate::steps::{Case, Grain, Span};
use crate::why::Why;

/// What goes wrong for customers, and what it does.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FrictionAnswer {
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Within how many days after a day customers must buy to have come back.
    pub days: u32,
    /// What places are told apart by.
    pub by: Grain,
    /// Waits that are longer are long; when absent, those that are longer than nine in ten at the same place.
    pub wait: Option<Span>,
    /// Whose steps make one journey: where it is a case, the time from one of its steps to the next is a wait.
    pub case: Case,
    /// Customers who did anything.
    pub customers: u64,
    /// What effects were found from.
    pub model: Model,
    /// What pain points are ranked by.
    pub ranked_by: RankedBy,
    /// Over how many days lifetime value was expected, and whether it is revenue for want of a margin; absent
    /// when it is not known.
    pub lifetime: Option<LifetimeUsed>,
    /// What goes wrong where: first what surely lowers coming back, what hangs most on it first; then the others,
    /// by what they took.
    pub pain_points: Vec<PainPoint>,
    /// How orders that came late are rated; absent where too few were.
    pub late_rated: Option<LateRated>,
    /// Filters of the scope that actions cannot be filtered by.
    pub filters_without_effect: Vec<String>,
}

/// What effects were found from.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Model {
    /// Days of customers on which they did anything and after which so many days are known.
    pub customer_days: u64,
    /// Customers who had such days.
    pub customers: u64,
    /// Share of the customers whose days were taken: below 1 of very many, always the same ones.
    pub part_of_customers: f64,
    /// Share of these days after which they came back.
    pub came_back: Option<Estimate>,
    /// Why there are no effects to tell of; absent when there are, or when each pain point met too few.
    pub no_link: Option<NoLink>,
}

/// What pain points are ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RankedBy {
    /// Lifetime value at risk times how sure it is that there is any.
    ValueAtRisk,
    /// Customers who met it in the last year who would not come back for it, times how sure that is.
    CustomersLost,
}

/// Where lifetime value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LifetimeUsed {
    /// Days that it is expected over.
    pub horizon_days: u32,
    /// Whether it is revenue: nobody knows the margin.
    pub is_revenue: bool,
}

/// A kind of trouble at a place.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PainPoint {
    /// What went wrong.
    pub trouble: Trouble,
    /// Where: a touchpoint or stage, or the name of an action that has none.
    pub place: String,
    /// The stage of the journey, when there is one.
    pub stage: Option<String>,
    /// How often.
    pub times: u64,
    /// Of which for visitors and sales to nobody in particular.
    pub times_of_others: u64,
    /// Customers who met it.
    pub customers: u64,
    /// Customers who were there at all.
    pub customers_there: u64,
    /// What it took from them.
    pub costs: Vec<PainCost>,
    /// Which waits are long there, when it is waiting.
    pub long: Option<LongWaits>,
    /// How it goes with coming back.
    pub effect: Effect,
    /// Customers who met it in the last year.
    pub customers_last_year: u64,
    /// What hangs on it.
    pub value_at_risk: Option<ValueAtRisk>,
    /// How to ask who met it.
    pub why: Why,
}

/// What went wrong took so much.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct PainCost {
    /// Of which cost.
    pub cost: CostName,
    /// The sum of what is known; absent when nothing is: not nothing.
    pub total: Option<f64>,
    /// Of how many times it is known.
    pub known: u64,
}

/// Long waits, beside all others at the place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct LongWaits {
    /// What is longer is long.
    pub longer_than_seconds: f64,
    /// Half of all waits there took no longer.
    pub median_seconds: f64,
    /// Waits there, long or not.
    pub waits: u64,
    /// By how much the long ones exceed that half, together.
    pub beyond_median_seconds: f64,
}

/// How trouble goes with coming back.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Effect {
    /// So far.
    Known(Box<Known>),
    /// It cannot be told.
    Unknown {
        /// Why not.
        unknown: Unknown,
    },
}

/// How far trouble goes with coming back.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Known {
    /// What the chance to come back is multiplied by each time it is met, all else held still.
    pub factor: Estimate,
    /// Probability of a factor at least as far from 1 if it were 1.
    pub p_value: f64,
    /// The same, allowing for how many pain points were looked at (Benjamini, Hochberg 1995).
    pub adjusted_p_value: f64,
    /// What the data say: lowers or raises only when the adjusted probability is at most 0.05.
    pub tells: Tells,
    /// Smallest share of the chance that so many customers would show to be taken away 80 times in 100.
    pub smallest_loss: Option<f64>,
    /// The factor in the first and in the second half of the days.
    pub halves: [Option<Estimate>; 2],
    /// Whether both halves say the same.
    pub stability: Stability,
    /// Whether it is held against being at the place without trouble; else against all other days.
    pub against_others_there: bool,
}

/// Whether the first and the second half of the days say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stability {
    /// Both factors are on the same side of 1, and their intervals overlap.
    Stable,
    /// They are not.
    Unstable,
    /// One half has too little of it.
    CannotTell,
}

/// Why an effect cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Unknown {
    /// Fewer than twenty customers met it early enough.
    TooFew {
        /// How many did.
        customers: u64,
    },
    /// Thirty other pain points met more customers.
    NotAmongTheMost,
    /// It happens together with another one, or always where they are.
    NotToldApart,
    /// There is no link at all.
    NoLink {
        /// Why not.
        link: NoLink,
    },
}

/// What hangs on a pain point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct ValueAtRisk {
    /// Expected lifetime value of the customers who met it in the last year.
    pub expected_value: f64,
    /// What of it would be lost if each of them met it once more; below 0 it would be gained.
    pub at_risk: Estimate,
}

impl FrictionAnswer {
    /// The pain point that comes first, if it surely lowers coming back.
    pub(super) fn worst(&self) -> Option<&PainPoint> {
        self.pain_points.first().filter(|point| point.is_harmful())
    }
}

impl PainPoint {
    /// The effect, where it can be told.
    pub(super) fn known(&self) -> Option<&Known> {
        match &self.effect {
            Effect::Known(known) => Some(known),
            Effect::Unknown { .. } => None,
        }
    }

    /// Whether it surely lowers coming back.
    pub(super) fn is_harmful(&self) -> bool {
        let known = self.known();
        known.is_some_and(|known| known.tells == Tells::Lowers)
    }

    /// What is to be expected to be lost, in money or in customers, times how sure it is that anything is.
    pub(super) fn expected_loss(&self, ranked_by: RankedBy) -> f64 {
        let lost = match ranked_by {
            RankedBy::ValueAtRisk => self.value_at_risk.map(|value| value.at_risk),
            RankedBy::CustomersLost => self.known().map(|known| {
                let customers = self.customers_last_year as f64;
                known.factor.complement().scaled(customers)
            }),
        };
        let expected = lost.and_then(|lost| Some(lost.value * lost.probability_above(0.0)?));
        expected.unwrap_or_default()
    }

    /// How much of a cost is known to have been taken.
    pub(super) fn cost(&self, cost: CostName) -> Option<f64> {
        let mut costs = self.costs.iter();
        costs.find(|taken| taken.cost == cost)?.total
    }
}

impl Stability {
    pub(super) fn of(halves: &[Option<Estimate>; 2]) -> Self {
        let [Some(first), Some(second)] = halves else {
            return Self::CannotTell;
        };
        let overlap = |one: (f64, f64), other: (f64, f64)| one.0 <= other.1 && other.0 <= one.1;
        let overlap = first
            .ends()
            .zip(second.ends())
            .map(|(one, other)| overlap(one, other));
        match (first.value < 1.0) == (second.value < 1.0) && overlap == Some(true) {
            true => Self::Stable,
            false => Self::Unstable,
        }
    }
}
