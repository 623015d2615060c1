//! Log-rank test: do groups leave at different rates?
//!
//! At each time at which d of the n at risk leave, chance alone would spread them over the groups in
//! proportion to how many of each are at risk (hypergeometric). Observed less expected leavers,
//! summed over times (and strata), against their covariance, is a chi-square with one degree of
//! freedom less than there are groups.
//!
//! Sources: N. Mantel (1966), Evaluation of Survival Data and Two New Rank Order Statistics Arising
//! in Its Consideration, Cancer Chemotherapy Reports 50; R. Peto, J. Peto (1972), Asymptotically
//! Efficient Rank Invariant Test Procedures, Journal of the Royal Statistical Society A 135,
//! doi:10.2307/2344317. Checked against the output of R's `survdiff`.
//!
//! Know before use: it looks for a rate that is higher all along. Curves that cross may differ a lot
//! and pass.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::durations::CheckedDurations;
use super::risk::{Spell, parts, spells, walk_back};
use crate::chi_square::ChiSquareTest;
use crate::columns::check_length;
use crate::dense::{Factor, dot};
use crate::error::{Error, require};

/// Most groups that are compared: their covariance has as many rows and columns.
pub const MOST_COMPARED_GROUPS: usize = 100;

/// Whether groups leave at different rates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LogRank {
    /// Who left and who was expected to, by group.
    pub groups: Vec<ObservedExpected>,
    /// The test; absent when no two groups were ever at risk while someone left.
    pub test: Option<ChiSquareTest>,
}

/// Who left a group and who was expected to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ObservedExpected {
    /// The group.
    pub group: u32,
    /// Sum of the weights of its rows.
    pub weight: f64,
    /// Customers who left.
    pub observed: f64,
    /// Customers who would have left if all groups had the same rate at each time.
    pub expected: f64,
}

/// Compares the groups of `durations`. Every event counts, whatever its reason.
///
/// `stratum`: groups are compared within each stratum (a region, a cohort), one per row.
///
/// # Errors
///
/// [`Error::Empty`] without customers, [`Error::Length`] when strata are not as many as rows,
/// [`Error::Setting`] for more than 100 groups.
pub fn log_rank(
    durations: &CheckedDurations<'_>,
    stratum: Option<&[u32]>,
) -> Result<LogRank, Error> {
    durations.require_some()?;
    if let Some(stratum) = stratum {
        check_length("stratum", stratum.len(), durations.len())?;
    }
    let spells = spells(durations, |row| stratum.map_or(0, |stratum| stratum[row]));
    let mut codes: Vec<u32> = spells.iter().map(|spell| spell.group).collect();
    codes.sort_unstable();
    codes.dedup();
    require(
        codes.len() <= MOST_COMPARED_GROUPS,
        "group",
        codes.len() as f64,
        "expected at most 100 different groups",
    )?;
    let mut sums = Sums::new(codes.len());
    for part in parts(&spells) {
        sums.add(part, &codes);
    }
    let mut weight = vec![0.0; codes.len()];
    for spell in &spells {
        weight[place(&codes, spell)] += spell.weight;
    }
    let test = sums.test();
    let groups = codes
        .iter()
        .enumerate()
        .map(|(index, &group)| ObservedExpected {
            group,
            weight: weight[index],
            observed: sums.observed[index],
            expected: sums.expected[index],
        });
    Ok(LogRank {
        groups: groups.collect(),
        test,
    })
}

fn place(codes: &[u32], spell: &Spell) -> usize {
    codes.partition_point(|&code| code < spell.group)
}

struct Sums {
    observed: Vec<f64>,
    expected: Vec<f64>,
    covariance: Vec<f64>,
}

impl Sums {
    fn new(groups: usize) -> Self {
        Self {
            observed: vec![0.0; groups],
            expected: vec![0.0; groups],
            covariance: vec![0.0; groups * groups],
        }
    }

    /// Adds the rows of one stratum.
    fn add(&mut self, spells: &[Spell], codes: &[u32]) {
        let groups = codes.len();
        let class_of = |spell: &Spell| place(codes, spell);
        let kind_of = |spell: &Spell| (spell.event > 0).then(|| place(codes, spell));
        walk_back(spells, (groups, groups), class_of, kind_of, |moment| {
            let left: f64 = moment.events.iter().sum();
            if left <= 0.0 {
                return;
            }
            let at_risk: f64 = moment.at_risk.iter().sum();
            let rest = (at_risk - left).max(0.0);
            let spread = if at_risk > 1.0 {
                left * rest / (at_risk - 1.0)
            } else {
                0.0
            };
            for i in 0..groups {
                let share = moment.at_risk[i] / at_risk;
                self.observed[i] += moment.events[i];
                self.expected[i] += left * share;
                if spread <= 0.0 || share <= 0.0 {
                    continue;
                }
                for j in 0..groups {
                    let other = moment.at_risk[j] / at_risk;
                    let same = if i == j { 1.0 } else { 0.0 };
                    self.covariance[i * groups + j] += spread * share * (same - other);
                }
            }
        });
    }

    /// The covariance has a rank of one less than the groups that were at risk together, so that at
    /// least one row is left out.
    fn test(&self) -> Option<ChiSquareTest> {
        let groups = self.observed.len();
        let difference: Vec<f64> = (self.observed.iter().zip(&self.expected))
            .map(|(observed, expected)| observed - expected)
            .collect();
        let factor = Factor::new(&self.covariance, groups, 0.0);
        let statistic = dot(&difference, &factor.solve(&difference));
        ChiSquareTest::new(statistic, factor.rank())
    }
}
