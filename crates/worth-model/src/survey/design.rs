//! What weights cost: the design effect (Kish 1965, Survey Sampling; Kish 1992, Weighting for Unequal Pᵢ,
//! Journal of Official Statistics 8, 183-200).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What weights that differ cost in precision, if they have nothing to do with the answers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Design {
    /// Respondents of equal weight who would say as much: (Σ w)² / Σ w².
    pub effective: f64,
    /// By how much variances grow: 1 + the squared coefficient of variation of the weights; 1 when all
    /// are equal.
    pub effect: f64,
}

impl Design {
    /// That of some weights; nothing of none, or when they are all 0.
    #[must_use]
    pub fn of(weights: impl IntoIterator<Item = f64>) -> Option<Self> {
        let (mut respondents, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for weight in weights {
            respondents += 1.0;
            sum += weight;
            squares += weight * weight;
        }
        let effective = sum * sum / squares;
        (effective > 0.0 && effective.is_finite()).then(|| Self {
            effective,
            effect: respondents / effective,
        })
    }
}
