//! What correlations say of drivers: once of everyone, and once of each resample.

use super::moments::Correlations;
use super::relative_weights::relative_weights;
use super::{Agreement, Importance};
use crate::bootstrap;
use crate::dense::Factor;
use crate::estimate::Estimate;
use crate::ranks::{rank_correlation, ranks};

/// Everything that is told of drivers with an interval.
pub(super) struct Said {
    pub(super) r_squared: f64,
    gains: Vec<f64>,
    ranks: Vec<f64>,
    correlations: Vec<f64>,
    coefficients: Vec<f64>,
    relative_weights: Vec<f64>,
}

impl Said {
    pub(super) fn of(correlations: &Correlations, gains: Vec<f64>) -> Self {
        let factor = Factor::new(&correlations.between, correlations.drivers(), 0.0);
        Self {
            r_squared: gains.iter().sum(),
            ranks: ranks(&gains),
            correlations: correlations.with_outcome.clone(),
            coefficients: factor.solve(&correlations.with_outcome),
            relative_weights: relative_weights(correlations),
            gains,
        }
    }
}

/// What resamples say; nothing where one does not tell.
pub(super) struct Resampled {
    pub(super) level: f64,
    /// How many groups of respondents they were drawn from.
    pub(super) groups: usize,
    pub(super) said: Vec<Option<Said>>,
}

impl Resampled {
    fn estimate(&self, whole: &Said, get: impl Fn(&Said) -> f64) -> Estimate {
        let resampled = self
            .said
            .iter()
            .map(|said| said.as_ref().map_or(f64::NAN, &get));
        bootstrap::estimate(get(whole), resampled, self.groups, self.level)
    }

    /// A resample accounts for more by chance than the sample, and the sample for as much more than
    /// the truth: its interval is moved down by both.
    pub(super) fn r_squared(&self, whole: &Said) -> Estimate {
        let told = || self.said.iter().flatten().map(|said| said.r_squared);
        let mean = told().sum::<f64>() / told().count().max(1) as f64;
        let more = 2.0 * (mean - whole.r_squared).max(0.0);
        let moved = told().map(|r_squared| (r_squared - more).clamp(0.0, 1.0));
        bootstrap::estimate(whole.r_squared, moved, self.groups, self.level)
    }

    pub(super) fn importance(
        &self,
        whole: &Said,
        driver: usize,
        elastic_net: Option<&[f64]>,
    ) -> Importance {
        Importance {
            gain: self.estimate(whole, |said| said.gains[driver].max(0.0)),
            share: self.estimate(whole, |said| said.gains[driver].max(0.0) / said.r_squared),
            rank: self.estimate(whole, |said| said.ranks[driver]),
            correlation: self.estimate(whole, |said| said.correlations[driver]),
            coefficient: self.estimate(whole, |said| said.coefficients[driver]),
            relative_weight: self.estimate(whole, |said| said.relative_weights[driver]),
            elastic_net: elastic_net.map(|effects| effects[driver]),
        }
    }
}

impl Agreement {
    pub(super) fn of(said: &Said, elastic_net: Option<&[f64]>) -> Self {
        let with = |other: &[f64]| {
            let sizes: Vec<f64> = other.iter().map(|number| number.abs()).collect();
            rank_correlation(&said.gains, &sizes)
        };
        Self {
            relative_weights: with(&said.relative_weights),
            coefficients: with(&said.coefficients),
            elastic_net: elastic_net.and_then(with),
        }
    }
}
