//! Links: how far an outcome goes with what came before it, per point and with an interval.
//!
//! **The model.** The mean of the outcome y follows from what may move it (exposures x) and from what
//! must be held still (controls c) through one of three [`Family`]s:
//!
//! ```text
//! linear     E y = η                  a score
//! logistic   E y = 1 / (1 + e^−η)     whether something happened, or a share
//! relative   E y = e^η                an amount that may be 0, such as revenue
//!            η = β0 + x'β + c'γ
//! ```
//!
//! Only the mean has to be right: β solves `Σ w (y − E y) (1, x, c) = 0` (quasi-likelihood: Wedderburn
//! 1974, doi:10.1093/biomet/61.3.439; shares: Papke, Wooldridge 1996; amounts with zeros: Santos
//! Silva, Tenreyro 2006, doi:10.1162/rest.88.4.641), and variances are robust to how y scatters
//! around it (sandwich, times n / (n − p): White 1982, doi:10.2307/1912526; MacKinnon, White 1985).
//!
//! **What is told** is not β but what it means: [`FittedLink::moved`] moves exposures of everyone by so
//! many points, as far as the scale goes, and gives the change of the mean outcome (standardisation:
//! Robins 1986; Lane, Nelder 1982, doi:10.2307/2530285).
//!
//! **Noise in answers** draws β to 0: who answers 7 today answers 6 tomorrow. Where the error variance
//! of an exposure is known (from people who answered twice, or from how coarse the scale is:
//! [`ScoreNoise`]), exposures are replaced by what is to be expected of the truth given all that was
//! seen (regression calibration: Carroll, Ruppert, Stefanski, Crainiceanu 2006, chapter 4,
//! doi:10.1201/9781420010138). Intervals take the error variance as known.
//!
//! **Know before use.** What goes together need not be cause and effect. Controls must come before the
//! exposure, or they take away a part of what it does.
//!
//! **Checked against** statsmodels on mtcars (coefficients and robust standard errors of all three
//! families), and simulations with known truth.

mod choice;
mod fit;
mod noise;
mod rows;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::chi_square::two_sided;
use crate::dense::quadratic;
use crate::error::Error;
use crate::estimate::{
    DEFAULT_LEVEL, Estimate, Method, NoInterval, POWER, check_level, reach, reaches,
};
pub use choice::{Choice, ChoiceRows, FittedChoice};
use fit::Fit;
pub use noise::{NoiseOrigin, ScoreNoise};
pub use rows::{CheckedLinkRows, LinkRows, People};

/// How the mean of the outcome follows from exposures and controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// A score: so many points more per point.
    Linear,
    /// Whether something happened (1 or 0), or a share between 0 and 1.
    Logistic,
    /// An amount, 0 or more: a factor per point.
    Relative,
}

/// A link that has not seen data: how to find it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// How the mean of the outcome follows.
    pub family: Family,
    /// Probability that intervals are meant to hold, 0.5..0.999.
    pub level: f64,
}

/// A link fitted to people.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedLink {
    /// Who counts.
    pub people: People,
    /// Weighted mean of the outcome.
    pub outcome: Estimate,
    /// One per exposure, in their order.
    pub effects: Vec<Effect>,
    /// Share of the outcome's variance that goes with exposures and controls together, 0..1.
    pub explained: f64,
    /// Names by number the exposures and controls that cannot be told from others (exposures first):
    /// they do not differ between people, or follow from those before them.
    pub not_told_apart: Vec<usize>,
    level: f64,
    fit: Fit,
}

/// What one exposure does to the outcome, all else held still.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Effect {
    /// Coefficient β per point: points, log-odds, or the logarithm of a factor.
    pub coefficient: Estimate,
    /// Change of the mean outcome per point, at the margin, in the unit of the outcome.
    pub per_point: Estimate,
    /// The same per standard deviation of the exposure between people.
    pub per_deviation: Estimate,
    /// Probability of a coefficient at least as far from 0 if it were 0.
    pub p_value: f64,
    /// Smallest change per point that so many people would show 80 times in 100.
    pub smallest_per_point: Option<f64>,
    /// Share of the exposure's variance between people, controls held still, that is no noise; 1 when
    /// nothing is known of its noise.
    pub reliability: f64,
}

impl Effect {
    /// What the data say of it.
    #[must_use]
    pub fn tells(&self) -> Tells {
        match self.coefficient.ends() {
            Some((low, _)) if low > 0.0 => Tells::Raises,
            Some((_, high)) if high < 0.0 => Tells::Lowers,
            _ => Tells::CannotTell,
        }
    }
}

/// What data say of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tells {
    /// More goes with more.
    Raises,
    /// More goes with less.
    Lowers,
    /// The interval reaches over 0.
    CannotTell,
}

/// Why there is no link to tell of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum NoLink {
    /// Fewer people than exposures and controls need.
    TooFew {
        /// People who count.
        people: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Too few for whom the outcome is the rarer one of two.
    TooFewOutcomes {
        /// How many have the rarer outcome.
        rarer: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Everyone has the same outcome, or all exposures are the same for everyone.
    NothingDiffers,
    /// The outcome is foretold without error: no finite coefficient fits best.
    Separated,
}

/// One exposure moved by the same number of points for everyone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move {
    /// Number of the exposure.
    pub exposure: usize,
    /// Points.
    pub by: f64,
    /// Ends of its scale: nobody is moved beyond them.
    pub within: (f64, f64),
}

impl Default for Link {
    fn default() -> Self {
        Self {
            family: Family::Linear,
            level: DEFAULT_LEVEL,
        }
    }
}

impl Link {
    /// Finds the link, or says why it cannot be told.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a level that makes no interval, [`Error::Row`] for an outcome that the
    /// family does not know (below 0, or above 1 of a share).
    pub fn fit(&self, rows: &CheckedLinkRows<'_>) -> Result<Result<FittedLink, NoLink>, Error> {
        check_level(self.level)?;
        rows.check_outcome(self.family)?;
        let design = rows.design();
        if let Some(why) = design.too_few(self.family) {
            return Ok(Err(why));
        }
        let (people, exposures) = (design.people, design.exposures);
        let outcome = design.mean_outcome(self.level);
        let fitted = Fit::of(self.family, design).map(|fit| FittedLink {
            people,
            outcome,
            effects: (0..exposures)
                .map(|exposure| self.effect(&fit, exposure))
                .collect(),
            explained: fit.explained(),
            not_told_apart: fit.not_told_apart(),
            level: self.level,
            fit,
        });
        Ok(fitted)
    }

    fn effect(&self, fit: &Fit, exposure: usize) -> Effect {
        let coefficient = fit.coefficient(exposure);
        let by = |points: f64| {
            let further = Move {
                exposure,
                by: points,
                within: (f64::NEG_INFINITY, f64::INFINITY),
            };
            fit.contrast(&[], &[further])
        };
        let per_point = by(1.0);
        Effect {
            coefficient: coefficient.estimate(self.level),
            per_point: per_point.estimate(self.level),
            per_deviation: by(fit.deviation(exposure)).estimate(self.level),
            p_value: coefficient
                .standard_error
                .map_or(1.0, |error| two_sided(coefficient.value / error)),
            smallest_per_point: (per_point.standard_error)
                .map(|error| reaches(self.level, POWER) * error),
            reliability: fit.reliability(exposure),
        }
    }
}

impl FittedLink {
    /// Change of the mean outcome when exposures move; controls and people stay as they are. The
    /// interval covers what is not known of the coefficients and which people were asked.
    #[must_use]
    pub fn moved(&self, moves: &[Move]) -> Estimate {
        self.contrast(&[], moves)
    }

    /// The same from where exposures are after some moves to where they are after others: from everyone in
    /// one group to everyone in another.
    #[must_use]
    pub fn contrast(&self, from: &[Move], to: &[Move]) -> Estimate {
        self.fit.contrast(from, to).estimate(self.level)
    }

    /// The same as a multiple of the mean outcome: 1.05 is 5 % more. Absent for scores, and when the mean
    /// is 0.
    #[must_use]
    pub fn moved_factor(&self, moves: &[Move]) -> Option<Estimate> {
        let factor = self.fit.moved_factor(moves)?;
        Some(match factor.standard_error {
            // that of the logarithm: no end is below 0
            Some(error) => {
                let wide = (reach(self.level) * error).exp();
                let (low, high) = (factor.value / wide, factor.value * wide);
                Estimate::between(factor.value, low, high, self.level, Method::Delta)
            }
            None => factor.estimate(self.level),
        })
    }
}

/// A number and how far off it may be; no standard error when the data do not tell it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Measured {
    value: f64,
    standard_error: Option<f64>,
}

impl Measured {
    /// Nobody differs in it.
    const UNKNOWN: Self = Self {
        value: 0.0,
        standard_error: None,
    };

    /// A number that moves with the coefficients by `gradient`, and with who was asked by `sampling`.
    fn of(value: f64, gradient: &[f64], covariance: &[f64], sampling: f64) -> Self {
        let variance = quadratic(covariance, gradient) + sampling;
        Self {
            value,
            standard_error: (variance.is_finite() && variance > 0.0).then(|| variance.sqrt()),
        }
    }

    fn estimate(self, level: f64) -> Estimate {
        match self.standard_error {
            Some(error) => Estimate::normal(self.value, error, level),
            None => Estimate::without(self.value, NoInterval::NotIdentified),
        }
    }
}
