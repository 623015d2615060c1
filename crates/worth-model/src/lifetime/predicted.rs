//! Predictions for many customers, with their intervals: one column each, as in a table.

use crate::estimate::{Estimate, Method, reach};

/// One number per customer with its interval, in the order of the input rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Predicted {
    /// The best single number.
    pub value: Vec<f64>,
    /// Lower ends of the intervals.
    pub low: Vec<f64>,
    /// Upper ends of the intervals.
    pub high: Vec<f64>,
    /// Probability that an interval is meant to hold, 0..1.
    pub level: f64,
    /// What made the intervals. [`Method::Delta`]: they cover what is not known of the
    /// parameters, not the chance in what a single customer does. [`Method::Predictive`]: they cover
    /// both.
    pub method: Method,
}

impl Predicted {
    /// The number of one customer as an estimate.
    ///
    /// # Panics
    ///
    /// When there is no such row.
    #[must_use]
    pub fn estimate(&self, row: usize) -> Estimate {
        Estimate::between(
            self.value[row],
            self.low[row],
            self.high[row],
            self.level,
            self.method,
        )
    }

    /// With intervals that also cover something beside, of which `less` and `more` are predicted when
    /// it is as far from what is thought as the level asks, to either side.
    ///
    /// # Panics
    ///
    /// When they are predictions for others.
    #[must_use]
    pub fn widened(mut self, less: &Self, more: &Self) -> Self {
        for row in 0..self.value.len() {
            let wide = (self.estimate(row)).widened(less.value[row], more.value[row]);
            if let Some((low, high)) = wide.ends() {
                (self.low[row], self.high[row]) = (low, high);
            }
        }
        self
    }

    /// Of probabilities: those that it does not happen.
    pub(crate) fn complement(mut self) -> Self {
        for column in [&mut self.value, &mut self.low, &mut self.high] {
            column.iter_mut().for_each(|share| *share = 1.0 - *share);
        }
        std::mem::swap(&mut self.low, &mut self.high);
        self
    }

    /// From parts in the order of the rows, each `(value, low, high)`.
    pub(crate) fn from_parts(parts: Vec<Vec<[f64; 3]>>, level: f64) -> Self {
        let rows = parts.iter().map(Vec::len).sum();
        let mut result = Self {
            value: Vec::with_capacity(rows),
            low: Vec::with_capacity(rows),
            high: Vec::with_capacity(rows),
            level,
            method: Method::Delta,
        };
        for [value, low, high] in parts.into_iter().flatten() {
            result.value.push(value);
            result.low.push(low);
            result.high.push(high);
        }
        result
    }
}

/// `[value, low, high]` of a positive number whose logarithm has this standard error.
pub(crate) fn around_positive(value: f64, log_error: f64, reach: f64) -> [f64; 3] {
    // A factor beyond e^300 says "unknown" just as well and stays finite in products.
    let factor = (reach * log_error).min(300.0).exp();
    if value <= 0.0 || !factor.is_finite() {
        return [value.max(0.0); 3];
    }
    [value, value / factor, (value * factor).min(f64::MAX)]
}

/// `[value, low, high]` of a probability `1 / (1 + exp(d))` where d has this standard error.
pub(crate) fn around_probability(d: f64, error: f64, reach: f64) -> [f64; 3] {
    let probability = |d: f64| 1.0 / (1.0 + d.exp());
    [
        probability(d),
        probability(d + reach * error),
        probability(d - reach * error),
    ]
}

/// The interval of a total, from that for what is not known of the parameters and the variance by
/// chance: each side reaches as far as the root of the summed squares of both reaches, and no
/// farther than 0 and `most`. Square and add: Zou and Donner (2008), Construction of confidence
/// limits about effect measures, Statistics in Medicine 27, doi:10.1002/sim.3095.
pub(crate) fn with_chance(
    [value, low, high]: [f64; 3],
    variance: f64,
    most: f64,
    level: f64,
) -> [f64; 3] {
    let chance = reach(level) * variance.sqrt();
    [
        value,
        (value - (value - low).hypot(chance)).max(0.0),
        (value + (high - value).hypot(chance)).min(most).max(value),
    ]
}
