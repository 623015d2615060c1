//! Aalen-Johansen: which part of the customers has left for which reason, when leaving for one
//! reason ends the risk of leaving for another.
//!
//! `F_j(t) = Σ S(t-) d_j/n` over times up to t: of those still there, the part that leaves for
//! reason j. The F_j and S add up to 1. (One minus Kaplan-Meier of one reason, with the others
//! taken as censored, is too high: it says what would be if nobody left for another reason.)
//!
//! The variance is that of the delta method, the falls of S and the rises of F_j at each time being
//! multinomial; with a single reason it is Greenwood's. Carried from time to time as the covariance
//! of (S, F_j), which is the same sum as in the sources.
//!
//! Sources: O. Aalen, S. Johansen (1978), An Empirical Transition Matrix for Non-Homogeneous Markov
//! Chains Based on Censored Observations, Scandinavian Journal of Statistics 5, jstor.org/stable/4615704;
//! the variance J. J. Gaynor et al. (1993), On the Use of Cause-Specific Failure and Conditional
//! Failure Probabilities, Journal of the American Statistical Association 88, doi:10.2307/2290318.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::durations::CheckedDurations;
use super::kaplan_meier::Scale;
use super::risk::{Spell, parts, remaining, spells, walk_back};
use crate::error::Error;
use crate::estimate::{DEFAULT_LEVEL, Estimate, NoInterval, check_level, reach};

/// How to estimate cumulative incidences.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AalenJohansen {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9. They are symmetric
    /// for log(-log F).
    pub level: f64,
}

impl Default for AalenJohansen {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
        }
    }
}

/// Who of a group has left for which reason, over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incidences {
    /// Which group, when there were groups.
    pub group: Option<u32>,
    /// Times at which someone left, in order.
    pub times: Vec<f64>,
    /// How many were at risk just before each.
    pub at_risk: Vec<f64>,
    /// The part still there after each.
    pub survival: Vec<f64>,
    /// One curve per reason that occurs anywhere in the data, in rising order.
    pub reasons: Vec<Incidence>,
    /// The last time at which anyone was seen.
    pub followed_until: f64,
    /// Probability that intervals are meant to hold.
    pub level: f64,
}

/// Who has left for one reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incidence {
    /// The reason.
    pub reason: u32,
    /// How many left for it at each of the times.
    pub events: Vec<f64>,
    /// The part that has left for it after each.
    pub incidence: Vec<Estimate>,
    /// Its variance.
    pub variance: Vec<f64>,
}

impl AalenJohansen {
    /// Curves for each group, in the order of the groups.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a level that makes no sense, [`Error::Empty`] without customers.
    pub fn fit(&self, durations: &CheckedDurations<'_>) -> Result<Vec<Incidences>, Error> {
        check_level(self.level)?;
        durations.require_some()?;
        let grouped = durations.rows().group.is_some();
        let spells = spells(durations, |row| durations.group_of(row));
        let curves = parts(&spells)
            .map(|part| self.curves(part, grouped.then_some(part[0].part), durations.reasons()));
        Ok(curves.collect())
    }

    fn curves(&self, spells: &[Spell], group: Option<u32>, reasons: &[u32]) -> Incidences {
        let (mut times, mut at_risk) = (Vec::new(), Vec::new());
        let mut events = vec![Vec::new(); reasons.len()];
        walk_back(
            spells,
            (1, reasons.len()),
            |_| 0,
            |spell| reasons.binary_search(&spell.event).ok(),
            |moment| {
                if moment.events.iter().sum::<f64>() > 0.0 {
                    times.push(moment.time);
                    at_risk.push(moment.at_risk[0]);
                    for (column, count) in events.iter_mut().zip(moment.events) {
                        column.push(*count);
                    }
                }
            },
        );
        times.reverse();
        at_risk.reverse();
        events.iter_mut().for_each(|column| column.reverse());
        let (before, survival) = survival(&at_risk, &events);
        let reasons = reasons
            .iter()
            .zip(events)
            .map(|(&reason, events)| self.incidence(reason, events, &at_risk, &before, &survival))
            .collect();
        Incidences {
            group,
            times,
            at_risk,
            survival,
            reasons,
            followed_until: spells[spells.len() - 1].end,
            level: self.level,
        }
    }

    fn incidence(
        &self,
        reason: u32,
        events: Vec<f64>,
        at_risk: &[f64],
        before: &[f64],
        after: &[f64],
    ) -> Incidence {
        let reach = reach(self.level);
        let mut incidence = Vec::with_capacity(events.len());
        let mut variances = Vec::with_capacity(events.len());
        let mut value = 0.0;
        // Covariance of the part still there and the part that has left for this reason.
        let (mut of_survival, mut of_both, mut variance) = (0.0, 0.0, 0.0);
        for (index, &count) in events.iter().enumerate() {
            let (n, there) = (at_risk[index], before[index]);
            let leaves = count / n;
            let stays = if there > 0.0 {
                after[index] / there
            } else {
                0.0
            };
            let noise = there * there / n;
            value += there * leaves;
            variance +=
                leaves * (2.0 * of_both + leaves * of_survival) + noise * leaves * (1.0 - leaves);
            of_both = stays * (of_both + leaves * of_survival) - noise * leaves * stays;
            of_survival = stays * stays * of_survival + noise * stays * (1.0 - stays);
            variance = f64::max(variance, 0.0);
            incidence.push(Scale::LogLog.interval(value, variance, reach, self.level));
            variances.push(variance);
        }
        Incidence {
            reason,
            events,
            incidence,
            variance: variances,
        }
    }
}

/// The part still there before and after each time.
fn survival(at_risk: &[f64], events: &[Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut there = 1.0;
    for (index, &n) in at_risk.iter().enumerate() {
        let left: f64 = events.iter().map(|column| column[index]).sum();
        before.push(there);
        there *= remaining(n, left) / n;
        after.push(there);
    }
    (before, after)
}

impl Incidences {
    /// The part that has left for a reason by a time; nothing for a reason that does not occur.
    /// Later than anyone was seen it is the last known part, without an interval.
    #[must_use]
    pub fn at(&self, reason: u32, time: f64) -> Option<Estimate> {
        let curve = self.reasons.iter().find(|curve| curve.reason == reason)?;
        let after = self.times.partition_point(|&moment| moment <= time);
        let Some(index) = after.checked_sub(1) else {
            return Some(Estimate::without(0.0, NoInterval::TooFew));
        };
        let found = curve.incidence[index];
        if time > self.followed_until && self.survival[index] > 0.0 {
            return Some(Estimate::without(found.value, NoInterval::NotIdentified));
        }
        Some(found)
    }
}
