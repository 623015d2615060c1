//! The answer to [`Retention`](super::Retention): plain structs, the JSON that scripts read.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::survival::{ChiSquareTest, Quantile};

use super::periods::CohortPeriod;
pub use crate::segments::SegmentName;

/// Who stays, where and when customers are lost.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RetentionAnswer {
    /// Probability that intervals are meant to hold, 0..1.
    pub level: f64,
    /// How long the periods of cohorts are.
    pub cohort: CohortPeriod,
    /// What customers were told apart by; absent when they were not.
    pub by: Option<String>,
    /// Customers who buy without a contract: whether they left cannot be seen, only that they do
    /// not buy. Absent without purchases.
    pub purchases: Option<PurchaseRetention>,
    /// Contracts, whose end is known. Absent without contracts.
    pub contracts: Option<ContractRetention>,
}

/// Who buys again.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PurchaseRetention {
    /// Customers whose first purchase counts.
    pub customers: u64,
    /// Customers who had bought before the period asked for: they are in no cohort.
    pub customers_before: u64,
    /// Day of the first purchase in the records. Who bought before that day is taken as new.
    pub records_begin: Date,
    /// Share of customers who bought again within so many days of the first purchase. Customers
    /// who are new count as long as they were seen (Kaplan-Meier).
    pub again: Vec<AgainWithin>,
    /// Days from the first purchase by which half of all customers have bought again.
    pub median_days_to_second: Quantile,
    /// All cohorts together by age, each age from the cohorts that were observed through it.
    pub curve: Vec<AgePoint>,
    /// The age at which the share who buy falls most.
    pub largest_fall: Option<Fall>,
    /// The same after the first period, where that fall is surely one.
    pub largest_later_fall: Option<Fall>,
    /// After which purchase customers are lost.
    pub steps: Vec<Step>,
    /// The newest cohort against those before it.
    pub newest: Option<NewestCohort>,
    /// Cohort by cohort.
    pub cohorts: Vec<Cohort>,
    /// Segment by segment, when they were asked for.
    pub segments: Option<PurchaseSegments>,
}

/// Share of customers who bought again within so many days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct AgainWithin {
    /// Days since the purchase.
    pub days: u32,
    /// Share of customers, 0..1; absent when nobody who had not come back was observed for so long.
    pub share: Option<Estimate>,
    /// Customers who were observed for so long.
    pub observed: u64,
}

/// All cohorts together at one age.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct AgePoint {
    /// Periods since that of the first purchase.
    pub age: u32,
    /// Cohorts that were observed through this age.
    pub cohorts: u64,
    /// Their customers.
    pub customers: u64,
    /// Those of them who bought in the period of this age.
    pub bought: u64,
    /// The same as a share.
    pub share: Estimate,
    /// Money in the period of this age against that of the first period of the same customers;
    /// absent where the first period brought none.
    pub revenue_share: Option<Estimate>,
}

/// A fall of the curve, among customers who were observed at both ages.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Fall {
    /// The age at which fewer bought than at the age before.
    pub age: u32,
    /// Customers who were observed at both.
    pub customers: u64,
    /// How much smaller a share of them bought, 0..1.
    pub fall: Estimate,
}

/// How many come back after the first, second, third … purchase.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Step {
    /// After which purchase: 1 is the first.
    pub purchase: u32,
    /// Customers who made it.
    pub customers: u64,
    /// Share of them who bought again within so many days of it.
    pub again: Vec<AgainWithin>,
    /// Days by which half of them have bought again.
    pub median_days: Quantile,
}

/// The newest cohort that was observed through its next period, against those before it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct NewestCohort {
    /// First day of its period.
    pub start: Date,
    /// Its customers.
    pub customers: u64,
    /// Share of them who bought in the period after.
    pub share: Estimate,
    /// Cohorts before it that it is compared with.
    pub earlier_cohorts: u64,
    /// Their customers.
    pub earlier_customers: u64,
    /// Share of these who bought in the period after their first; absent without them. Its interval
    /// allows for how much cohorts differ among themselves.
    pub earlier_share: Option<Estimate>,
    /// How many times more earlier cohorts differ than chance alone would make them; at least 1.
    pub dispersion: f64,
    /// Share of the newest less that of the earlier; absent when they are too few.
    pub difference: Option<Estimate>,
    /// What that says, at a two-sided level of 95 %.
    pub verdict: Verdict,
}

/// What a comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Surely lower.
    Lower,
    /// Surely higher.
    Higher,
    /// No difference is shown; there may be a small one.
    NotShown,
    /// Too few to tell.
    TooFew,
}

/// Customers who bought for the first time in the same period.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Cohort {
    /// First day of that period.
    pub start: Date,
    /// Whether all days of the period are observed, so that the cohort has all its customers.
    pub complete: bool,
    /// How many customers.
    pub customers: u64,
    /// Their periods, from that of the first purchase to the end of observation.
    pub ages: Vec<CohortAge>,
}

/// One cohort in one period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct CohortAge {
    /// Periods since that of the first purchase.
    pub age: u32,
    /// First day of this period.
    pub period: Date,
    /// Whether the period is observed to its end. Where it is not, counts are those so far, and
    /// there are no shares.
    pub complete: bool,
    /// Customers who bought in it.
    pub bought: u64,
    /// The same as a share of the cohort; absent while the period is not over.
    pub share: Option<Estimate>,
    /// Customers who bought in it or later, as far as observed (right-censored: at least so many
    /// were still customers, and those who will buy after the end of observation are missing).
    pub not_silent: u64,
    /// The same as a share of the cohort; absent while the period is not over.
    pub not_silent_share: Option<Estimate>,
    /// Money that stayed, in the currency.
    pub revenue: f64,
    /// The same against the money of the first period; absent while the period is not over, and
    /// where the first period brought none.
    pub revenue_share: Option<Estimate>,
}

/// Purchases segment by segment.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PurchaseSegments {
    /// The largest first; the others together and the unknown last.
    pub segments: Vec<PurchaseSegment>,
    /// Whether they differ in the time to the second purchase.
    pub comparison: Comparison,
}

/// Who of a segment buys again.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PurchaseSegment {
    /// Which segment.
    pub segment: SegmentName,
    /// Its customers.
    pub customers: u64,
    /// Fewer than 30: what is said of it is mostly chance.
    pub small: bool,
    /// Share of them who bought again within so many days of the first purchase.
    pub again: Vec<AgainWithin>,
    /// Days by which half of them have bought again.
    pub median_days_to_second: Quantile,
    /// All its cohorts together by age.
    pub curve: Vec<AgePoint>,
}

/// Whether segments differ (log-rank test).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    /// What it says.
    pub verdict: Difference,
    /// Segments that were compared; the unknown are not.
    pub segments: u64,
    /// The test; absent when there was nothing to compare.
    pub test: Option<ChiSquareTest>,
}

/// Whether segments differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// Some of them surely do (a difference this large in fewer than 5 of 100 by chance).
    Differ,
    /// It is not shown that they do.
    NotShown,
    /// Too few to tell.
    TooFew,
}

/// How long contracts last.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ContractRetention {
    /// Contracts that were seen.
    pub contracts: u64,
    /// Customers who hold or held them.
    pub customers: u64,
    /// Contracts that ended by the end of observation.
    pub ended: u64,
    /// Contracts that end before they start: left out, and in none of the numbers here.
    pub turned: u64,
    /// Contracts that had started before the period asked for: they count from their age at its
    /// beginning (late entry).
    pub entered_late: u64,
    /// The age in months at which all of the few contracts in sight had ended although others came
    /// into sight later (late entry): from there on the curve is of no use.
    pub fell_early_months: Option<f64>,
    /// Share of contracts still running after so many months.
    pub after: Vec<StayedAfter>,
    /// Months by which half of the contracts have ended.
    pub median_months: Quantile,
    /// Share still running, month by month.
    pub curve: Vec<MonthPoint>,
    /// The month in which most contracts are lost.
    pub largest_fall: Option<MonthFall>,
    /// Why contracts end: reasons compete, and their shares and that of running contracts add up
    /// to 1. Empty unless there are at least two reasons.
    pub reasons: Vec<EndReason>,
    /// Segment by segment, when they were asked for.
    pub segments: Option<ContractSegments>,
}

/// Share of contracts still running after so many months.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct StayedAfter {
    /// Calendar months since the start.
    pub months: u32,
    /// Share still running, 0..1; absent when no contract was observed for so long.
    pub share: Option<Estimate>,
    /// Contracts that were running and observed at that age.
    pub at_risk: u64,
}

/// The curve of contracts at the end of a month.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct MonthPoint {
    /// Calendar months since the start.
    pub months: u32,
    /// Contracts that were running and observed at that age.
    pub at_risk: u64,
    /// Share still running after it.
    pub share: Estimate,
}

/// How many contracts end in one month of their life.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct MonthFall {
    /// Which month of a contract's life: 1 is the first.
    pub month: u32,
    /// Share of all contracts that end in it.
    pub fall: Estimate,
    /// Share that end in it of those that were running when it began.
    pub of_running: Estimate,
}

/// Contracts that end for one reason.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EndReason {
    /// The reason in the source's words; absent where none was given.
    pub reason: Option<String>,
    /// All further reasons taken together.
    pub is_other: bool,
    /// Contracts that ended for it.
    pub contracts: u64,
    /// Share of all contracts that have ended for it after so many months.
    pub after: Vec<EndedAfter>,
}

/// Share of contracts that have ended for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct EndedAfter {
    /// Calendar months since the start.
    pub months: u32,
    /// Share, 0..1; absent when no contract was observed for so long.
    pub share: Option<Estimate>,
}

/// Contracts segment by segment.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ContractSegments {
    /// The largest first; the others together and the unknown last.
    pub segments: Vec<ContractSegment>,
    /// Whether they differ in how long contracts last.
    pub comparison: Comparison,
}

/// How long the contracts of a segment last.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ContractSegment {
    /// Which segment.
    pub segment: SegmentName,
    /// Its contracts.
    pub contracts: u64,
    /// Fewer than 30: what is said of it is mostly chance.
    pub small: bool,
    /// Share still running after so many months.
    pub after: Vec<StayedAfter>,
    /// Months by which half of them have ended.
    pub median_months: Quantile,
}
