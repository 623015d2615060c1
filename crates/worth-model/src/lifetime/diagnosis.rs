//! How a fit went, as data: whether its numbers can be used, and if not, what is the matter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a fit went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnosis {
    /// Whether the parameters are settled, and if not, why.
    pub outcome: Outcome,
    /// Steps that the search took.
    pub iterations: u32,
    /// Whether customers stand where the model expects them: by number of repeat purchases, or by
    /// mean spend; for contracts, by the renewal at which they ended.
    pub goodness: Goodness,
    /// The same by when the last purchase was, for customers with one to three repeat purchases,
    /// in quarters of the time since their first. A part of the customers who began to leave at
    /// some date shows here. Absent for spend and contracts.
    pub recency: Option<Goodness>,
}

impl Diagnosis {
    /// Whether the data look like the model, in every respect that was looked at.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.goodness.fits && self.recency.as_ref().is_none_or(|recency| recency.fits)
    }

    /// Whether the parameters are settled and the data look like the model.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.outcome == Outcome::Converged && self.fits()
    }
}

/// Whether the parameters are settled, and if not, why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// The likelihood has a clear maximum.
    Converged,
    /// Too few customers came back to tell anything. Parameters are given, not to be relied on.
    TooFew {
        /// Customers there are.
        customers: f64,
        /// Customers with a repeat purchase there are.
        repeat_customers: f64,
        /// Customers that would probably do, at the present rate of coming back.
        customers_needed: f64,
        /// Repeat customers that would do.
        repeat_customers_needed: f64,
    },
    /// The data want a parameter to be zero or infinite: the likelihood rises to the very edge.
    AtBoundary {
        /// What that means.
        meaning: Boundary,
        /// Parameters that have no value of their own there.
        parameters: Vec<String>,
    },
    /// Quite different parameters explain the data as well.
    Flat {
        /// The least settled parameters.
        parameters: Vec<String>,
        /// Customers that would probably settle them.
        customers_needed: f64,
    },
    /// Too few contracts have ended to tell when others will. Parameters are given, not to be
    /// relied on.
    FewEnded {
        /// Contracts there are.
        contracts: f64,
        /// Contracts that have ended.
        ended: f64,
        /// Contracts that would probably do, at the present rate of ending.
        contracts_needed: f64,
        /// Ended contracts that would do.
        ended_needed: f64,
    },
    /// Too few renewals (or opportunities to buy) have been seen: more customers would not help,
    /// only waiting will.
    TooShort {
        /// Renewals at which contracts were seen to go on or end, or opportunities there were.
        occasions: f64,
        /// How many it takes.
        occasions_needed: f64,
    },
    /// The search did not arrive in its number of steps.
    NotConverged {
        /// How much the log-likelihood could still rise.
        gain_left: f64,
    },
}

/// What it means that a parameter went to an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Boundary {
    /// No customer can be seen to have left: purchases go on to the end of observation, contracts
    /// are all running.
    NoChurnVisible,
    /// Everyone who came back has left since.
    EveryoneGone,
    /// Customers leave all at the same rate: no differences between them can be seen.
    EqualChurn,
    /// No customer's risk of leaving can be seen to rise with time: as in Pareto/NBD.
    SteadyRisk,
    /// Customers buy all at the same rate: no differences between them can be seen.
    EqualRates,
    /// Nearly all purchases are those of a few, and the many never come back.
    FewBuyAll,
    /// All contracts end at the same renewal: the first, if nobody ever renewed.
    AllEndTogether,
    /// Customers leave at the first occasion or stay for good: nothing in between can be seen.
    LeaveAtOnceOrNever,
    /// All spend the same per purchase, apart from chance.
    EqualSpend,
    /// Every purchase of one customer costs the same.
    ConstantSpend,
    /// Single purchases are so large that a mean does not settle.
    HeavyTail,
}

/// Whether the data look like the model: how many customers stand where the model expects them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Goodness {
    /// Expected and actual customers per cell.
    pub cells: Vec<Cell>,
    /// Sum of squared distances between the two, allowing for chance and for the fact that the
    /// parameters were fitted to the same data; about `degrees_of_freedom` when the model holds.
    pub statistic: f64,
    /// Number of cells that can differ freely.
    pub degrees_of_freedom: f64,
    /// Probability of a statistic at least as large if the model held.
    pub p_value: f64,
    /// Share of customers that would have to stand in another cell for a perfect fit.
    pub misplaced_share: f64,
    /// Whether the model may be used: the distance can be chance, or is too small to matter.
    pub fits: bool,
}

/// Customers of one kind: how many there are and how many the model expects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// What customers here have in common: "0" … "7+" repeat purchases; "2:4" = two repeat
    /// purchases, the last one in the fourth quarter; "10%" … "100%" = that tenth of the expected
    /// range of mean spend; "1" … "24" = contracts that ended at that renewal; "other".
    pub label: String,
    /// Customers there are.
    pub actual: f64,
    /// Customers that the model expects.
    pub expected: f64,
}
