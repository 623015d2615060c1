//! How long it took: waiting times summed up exactly, from all of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::concentration::quantile;

/// Times between two steps, in seconds. Quantiles interpolate (type 7 of Hyndman and Fan 1996).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Waiting {
    /// Mean.
    pub mean_seconds: f64,
    /// A quarter took no longer.
    pub lower_quartile_seconds: f64,
    /// Half took no longer.
    pub median_seconds: f64,
    /// Three quarters took no longer.
    pub upper_quartile_seconds: f64,
}

impl Waiting {
    /// Of times in any order, which are sorted; nothing of none.
    pub(super) fn of(seconds: &mut [f64]) -> Option<Self> {
        seconds.sort_unstable_by(f64::total_cmp);
        Some(Self {
            mean_seconds: seconds.iter().sum::<f64>() / seconds.len() as f64,
            lower_quartile_seconds: quantile(seconds, 0.25)?,
            median_seconds: quantile(seconds, 0.5)?,
            upper_quartile_seconds: quantile(seconds, 0.75)?,
        })
    }
}

/// Seconds between two times in microseconds.
pub(super) fn seconds(from: i64, to: i64) -> f64 {
    to.saturating_sub(from) as f64 / 1e6
}
