//! How long it took: waiting times summed up exactly, from all of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::concentration::quantile;

/// Times between two steps, in seconds; all 0 when there are none. Quantiles interpolate (type 7 of Hyndman and
/// Fan 1996).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// Of times in any order, which are sorted.
    pub(super) fn of(seconds: &mut [f64]) -> Self {
        seconds.sort_unstable_by(f64::total_cmp);
        let part = |part| quantile(seconds, part).unwrap_or_default();
        Self {
            mean_seconds: seconds.iter().sum::<f64>() / seconds.len().max(1) as f64,
            lower_quartile_seconds: part(0.25),
            median_seconds: part(0.5),
            upper_quartile_seconds: part(0.75),
        }
    }
}

/// Seconds between two times in microseconds.
pub(super) fn seconds(from: i64, to: i64) -> f64 {
    to.saturating_sub(from) as f64 / 1e6
}
