//! Groups against everyone else, or against each other: which of the differences are no accident.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::{Estimate, discovery};

/// Of all differences that are taken as one, so many are none, on average.
pub(crate) const FALSE_DISCOVERY_RATE: f64 = 0.05;

/// A group against all others whose group is known (or against one of them).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct AgainstRest {
    /// The group's number less that of the rest (or of the other).
    pub difference: Estimate,
    /// Probability of a difference at least as large by chance.
    pub p_value: f64,
    /// The same, adjusted for the number of groups compared (Benjamini-Hochberg).
    pub adjusted_p_value: f64,
    /// Whether the difference is taken as one: of all that are, at most 5 in 100 are none, on average.
    pub differs: bool,
}

impl AgainstRest {
    /// All groups that are compared, each by its difference and the p-value of that.
    pub(crate) fn all(compared: Vec<(Estimate, f64)>) -> Vec<Self> {
        let p_values: Vec<f64> = compared.iter().map(|(_, p_value)| *p_value).collect();
        let adjusted = discovery::adjusted(&p_values);
        let told = compared.into_iter().zip(adjusted);
        told.map(|((difference, p_value), adjusted_p_value)| Self {
            difference,
            p_value,
            adjusted_p_value,
            differs: adjusted_p_value <= FALSE_DISCOVERY_RATE,
        })
        .collect()
    }
}
