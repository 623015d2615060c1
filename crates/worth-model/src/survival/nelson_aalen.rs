//! Nelson-Aalen: the cumulative hazard, how often one would have left by a time if one could leave
//! again and again.
//!
//! `H(t) = Σ d/n` over times up to t, with variance `Σ d/n²`. Its slope is the rate of leaving at
//! that time: a straight line means a constant rate, a line that flattens that those who stay are
//! loyal. Intervals are symmetric for log H.
//!
//! Sources: W. Nelson (1972), Theory and Applications of Hazard Plotting for Censored Failure Data,
//! Technometrics 14, doi:10.1080/00401706.1972.10488991; O. Aalen (1978), Nonparametric Inference
//! for a Family of Counting Processes, Annals of Statistics 6, doi:10.1214/aos/1176344247.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::durations::CheckedDurations;
use super::risk::{Spell, parts, spells, walk_back};
use crate::error::Error;
use crate::estimate::{DEFAULT_LEVEL, Estimate, Method, NoInterval, check_level, reach};

/// How to estimate a cumulative hazard.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NelsonAalen {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
}

impl Default for NelsonAalen {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
        }
    }
}

/// The cumulative hazard of a group over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HazardCurve {
    /// Which group, when there were groups.
    pub group: Option<u32>,
    /// One point per time at which someone left, in order of time.
    pub points: Vec<HazardPoint>,
    /// The last time at which anyone was seen.
    pub followed_until: f64,
    /// Probability that intervals are meant to hold.
    pub level: f64,
}

/// A cumulative hazard at one time, and until the next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HazardPoint {
    /// The time.
    pub time: f64,
    /// How many were at risk just before.
    pub at_risk: f64,
    /// How many of them left at this time.
    pub events: f64,
    /// Cumulative hazard after it.
    pub hazard: Estimate,
    /// Its variance.
    pub variance: f64,
}

impl NelsonAalen {
    /// One curve per group, in the order of the groups. Every event counts, whatever its reason.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a level that makes no sense, [`Error::Empty`] without customers.
    pub fn fit(&self, durations: &CheckedDurations<'_>) -> Result<Vec<HazardCurve>, Error> {
        check_level(self.level)?;
        durations.require_some()?;
        let grouped = durations.rows().group.is_some();
        let spells = spells(durations, |row| durations.group_of(row));
        let curves = parts(&spells).map(|part| self.curve(part, grouped.then_some(part[0].part)));
        Ok(curves.collect())
    }

    fn curve(&self, spells: &[Spell], group: Option<u32>) -> HazardCurve {
        let mut points = Vec::new();
        let kind_of = |spell: &Spell| (spell.event > 0).then_some(0);
        walk_back(
            spells,
            (1, 1),
            |_| 0,
            kind_of,
            |moment| {
                if moment.events[0] > 0.0 {
                    points.push(HazardPoint {
                        time: moment.time,
                        at_risk: moment.at_risk[0],
                        events: moment.events[0],
                        hazard: Estimate::counted(0.0),
                        variance: 0.0,
                    });
                }
            },
        );
        points.reverse();
        let reach = reach(self.level);
        let (mut hazard, mut variance) = (0.0, 0.0);
        for point in &mut points {
            hazard += point.events / point.at_risk;
            variance += point.events / (point.at_risk * point.at_risk);
            let factor = (reach * f64::sqrt(variance) / hazard).exp();
            let (low, high) = (hazard / factor, hazard * factor);
            point.hazard = Estimate::between(hazard, low, high, self.level, Method::Delta);
            point.variance = variance;
        }
        HazardCurve {
            group,
            points,
            followed_until: spells[spells.len() - 1].end,
            level: self.level,
        }
    }
}

impl HazardCurve {
    /// The cumulative hazard at a time. Later than anyone was seen it is the last known one, and
    /// has no interval.
    #[must_use]
    pub fn at(&self, time: f64) -> Estimate {
        let after = self.points.partition_point(|point| point.time <= time);
        let Some(point) = after.checked_sub(1).map(|index| &self.points[index]) else {
            return Estimate::without(0.0, NoInterval::TooFew);
        };
        if time > self.followed_until {
            return Estimate::without(point.hazard.value, NoInterval::NotIdentified);
        }
        point.hazard
    }
}
