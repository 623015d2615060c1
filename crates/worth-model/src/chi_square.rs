//! Chi-square tests: their outcome, and how probable a statistic is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

/// A statistic that follows a chi-square distribution when nothing is going on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChiSquareTest {
    /// The statistic.
    pub statistic: f64,
    /// Its degrees of freedom.
    pub degrees_of_freedom: f64,
    /// Probability of a statistic at least as large when nothing is going on.
    pub p_value: f64,
}

impl ChiSquareTest {
    /// Nothing without a degree of freedom.
    pub(crate) fn new(statistic: f64, degrees_of_freedom: usize) -> Option<Self> {
        let degrees_of_freedom = degrees_of_freedom as f64;
        // Rounding may take a statistic of nothing below 0.
        let statistic = statistic.max(0.0);
        Some(Self {
            statistic,
            degrees_of_freedom,
            p_value: at_least(statistic, degrees_of_freedom)?,
        })
    }
}

/// Probability of a statistic at least as large by chance; nothing without a degree of freedom.
pub(crate) fn at_least(statistic: f64, degrees_of_freedom: f64) -> Option<f64> {
    let law = ChiSquared::new(degrees_of_freedom).ok()?;
    Some(law.sf(statistic))
}

/// Probability that a standard normal number is at least as far from 0.
pub(crate) fn two_sided(z: f64) -> f64 {
    (2.0 * Normal::standard().sf(z.abs())).min(1.0)
}
