//! Kaplan-Meier: which part of the customers is still there after a time, when some were only seen
//! for a while.
//!
//! At each time t at which d of the n at risk leave, the part that stays is multiplied:
//!
//! ```text
//! S(t) = Π (1 - d/n)         variance of S: S² Σ d / (n (n - d))        over times up to t
//! ```
//!
//! Sources: E. L. Kaplan, P. Meier (1958), Nonparametric Estimation from Incomplete Observations,
//! Journal of the American Statistical Association 53, doi:10.1080/01621459.1958.10501452; the
//! variance M. Greenwood (1926), The Natural Duration of Cancer; intervals of quantiles
//! R. Brookmeyer, J. Crowley (1982), A Confidence Interval for the Median Survival Time,
//! Biometrics 38, doi:10.2307/2530286. Checked against the output of R's `survival`.
//!
//! Know before use: that customers are lost from sight must have nothing to do with their leaving.
//! After the last time that anyone was seen, nothing is known. With late entry the first times rest
//! on few customers: when all of them leave the curve is 0 for good, see
//! [`SurvivalCurve::fell_early`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::area::Steps;
use super::durations::CheckedDurations;
use super::money::{RestrictedMean, RetainedValue, Subscription};
use super::risk::{Spell, parts, remaining, spells, walk_back};
use crate::error::{Error, require};
use crate::estimate::{DEFAULT_LEVEL, Estimate, Method, NoInterval, check_level, reach};

/// How to estimate a survival curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KaplanMeier {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// The scale on which intervals are symmetric. Default [`Scale::LogLog`].
    pub scale: Scale,
}

impl Default for KaplanMeier {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            scale: Scale::LogLog,
        }
    }
}

/// The scale on which intervals of a probability are symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// `log(-log S)`: always within 0..1, holds best in small samples.
    LogLog,
    /// `log S`, cut off at 1: what R's `survival` does unless asked.
    Log,
    /// S itself, cut off at 0 and 1.
    Plain,
}

/// The part of a group that is still there, over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SurvivalCurve {
    /// Which group, when there were groups.
    pub group: Option<u32>,
    /// Sum of the weights of the group's rows.
    pub weight: f64,
    /// Customers who left.
    pub events: f64,
    /// One point per different end, in order of time.
    pub points: Vec<SurvivalPoint>,
    /// The last time at which anyone was seen: what comes after is not known.
    pub followed_until: f64,
    /// The time at which the curve fell to 0 although others were seen later. All of the few at
    /// risk left then (late entry); the curve is of no use from there on.
    pub fell_early: Option<f64>,
    /// Probability that intervals are meant to hold.
    pub level: f64,
}

/// A survival curve at one time, and until the next.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SurvivalPoint {
    /// The time.
    pub time: f64,
    /// How many were at risk just before.
    pub at_risk: f64,
    /// How many of them left at this time.
    pub events: f64,
    /// How many were lost from sight at this time.
    pub censored: f64,
    /// The part that is still there after it.
    pub survival: Estimate,
    /// Greenwood's variance of that part.
    pub variance: f64,
}

/// The time by which some part of the customers has left.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quantile {
    /// Part that has left, 0..1; 0.5 is the median.
    pub part: f64,
    /// First time by which so many have left; absent when fewer leave as long as anyone is seen.
    pub time: Option<f64>,
    /// Lower end of its interval; absent when not even that is reached.
    pub low: Option<f64>,
    /// Upper end of its interval; absent when the interval is open to above.
    pub high: Option<f64>,
    /// Probability that the interval is meant to hold.
    pub level: f64,
}

impl KaplanMeier {
    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that makes no sense.
    pub fn check(&self) -> Result<(), Error> {
        check_level(self.level)
    }

    /// One curve per group, in the order of the groups. Every event counts, whatever its reason.
    ///
    /// # Errors
    ///
    /// As [`Self::check`]; [`Error::Empty`] without customers.
    pub fn fit(&self, durations: &CheckedDurations<'_>) -> Result<Vec<SurvivalCurve>, Error> {
        self.check()?;
        durations.require_some()?;
        let grouped = durations.rows().group.is_some();
        let spells = spells(durations, |row| durations.group_of(row));
        let curves = parts(&spells).map(|part| {
            let group = grouped.then_some(part[0].part);
            self.curve(part, group)
        });
        Ok(curves.collect())
    }

    fn curve(&self, spells: &[Spell], group: Option<u32>) -> SurvivalCurve {
        let mut points = Vec::new();
        let kind_of = |spell: &Spell| (spell.event > 0).then_some(0);
        walk_back(
            spells,
            (1, 1),
            |_| 0,
            kind_of,
            |moment| {
                points.push(SurvivalPoint {
                    time: moment.time,
                    at_risk: moment.at_risk[0],
                    events: moment.events[0],
                    censored: moment.censored,
                    survival: Estimate::counted(1.0),
                    variance: 0.0,
                });
            },
        );
        points.reverse();
        let reach = reach(self.level);
        let (mut survival, mut variance, mut events) = (1.0, 0.0, 0.0);
        let mut fell_early = None;
        let last = points.len() - 1;
        for (index, point) in points.iter_mut().enumerate() {
            if point.events > 0.0 {
                // The variance of a product of estimated factors, step by step: Greenwood's sum,
                // without its infinite term when everyone leaves.
                let stays = remaining(point.at_risk, point.events) / point.at_risk;
                variance = stays * stays * variance
                    + survival * survival * stays * (1.0 - stays) / point.at_risk;
                if stays == 0.0 && survival > 0.0 && index < last {
                    fell_early = Some(point.time);
                }
                survival *= stays;
                events += point.events;
            }
            point.survival = self.scale.interval(survival, variance, reach, self.level);
            point.variance = variance;
        }
        SurvivalCurve {
            group,
            weight: spells.iter().map(|spell| spell.weight).sum(),
            events,
            followed_until: points[last].time,
            points,
            fell_early,
            level: self.level,
        }
    }
}

impl Scale {
    /// A probability with its interval. At 0 and 1 there is none: nobody has left yet, or nobody is
    /// left.
    pub(super) fn interval(self, value: f64, variance: f64, reach: f64, level: f64) -> Estimate {
        if value <= 0.0 || value >= 1.0 || variance <= 0.0 {
            return Estimate::without(value, NoInterval::TooFew);
        }
        let error = variance.sqrt();
        let (low, high) = match self {
            Self::LogLog => {
                let logarithm = value.ln();
                let factor = (reach * error / (value * -logarithm)).min(300.0).exp();
                ((logarithm * factor).exp(), (logarithm / factor).exp())
            }
            Self::Log => {
                let factor = (reach * error / value).min(300.0).exp();
                (value / factor, (value * factor).min(1.0))
            }
            Self::Plain => (
                (value - reach * error).max(0.0),
                (value + reach * error).min(1.0),
            ),
        };
        Estimate::between(value, low, high, level, Method::Delta)
    }
}

impl SurvivalCurve {
    /// The part still there at a time. Later than anyone was seen it is the last known part, and
    /// has no interval unless it is 0.
    #[must_use]
    pub fn at(&self, time: f64) -> Estimate {
        let after = self.points.partition_point(|point| point.time <= time);
        let Some(point) = after.checked_sub(1).map(|index| &self.points[index]) else {
            return Estimate::without(1.0, NoInterval::TooFew);
        };
        if time > self.followed_until && point.survival.value > 0.0 {
            return Estimate::without(point.survival.value, NoInterval::NotIdentified);
        }
        point.survival
    }

    /// The time by which half of the customers have left.
    #[must_use]
    pub fn median(&self) -> Quantile {
        self.left_by(0.5)
    }

    /// The time by which this part of the customers has left, with the times for which that part
    /// is within the interval of the curve. `part`: 0..1.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when the part is not between 0 and 1.
    pub fn quantile(&self, part: f64) -> Result<Quantile, Error> {
        let sensible = part > 0.0 && part < 1.0;
        require(
            sensible,
            "part",
            part,
            "expected more than 0, less than 1 (0.5 = the median)",
        )?;
        Ok(self.left_by(part))
    }

    fn left_by(&self, part: f64) -> Quantile {
        // Rounding must not make 0.5 of 0.5000000001.
        let wanted = 1.0 - part + 1e-9;
        let first = |of: &dyn Fn(&SurvivalPoint) -> f64| {
            (self.points.iter().find(|point| of(point) <= wanted)).map(|point| point.time)
        };
        Quantile {
            part,
            time: first(&|point| point.survival.value),
            low: first(&|point| {
                (point.survival.ends()).map_or(point.survival.value, |ends| ends.0)
            }),
            high: first(&|point| point.survival.ends().map_or(1.0, |ends| ends.1)),
            level: self.level,
        }
    }

    /// Mean time that customers stay within a horizon: the area under the curve up to it.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when the horizon is not positive.
    pub fn restricted_mean(&self, horizon: f64) -> Result<RestrictedMean, Error> {
        RestrictedMean::new(&self.steps(), horizon, self.level)
    }

    /// What a customer who has stayed for `age` is still worth: margins over the time the customer
    /// will stay, discounted. `age`: 0 for a new customer.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first setting that makes no sense.
    pub fn value(&self, subscription: &Subscription, age: f64) -> Result<RetainedValue, Error> {
        subscription.value(&self.steps(), age, self.level)
    }

    fn steps(&self) -> Steps {
        let mut steps = Steps::new(self.followed_until, 0);
        for point in self.points.iter().filter(|point| point.events > 0.0) {
            let rest = remaining(point.at_risk, point.events);
            // Where all leave nothing follows that could vary.
            let variance = if rest > 0.0 {
                point.events / (point.at_risk * rest)
            } else {
                0.0
            };
            steps.push(point.time, point.survival.value, variance, &[]);
        }
        steps
    }
}
