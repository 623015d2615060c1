//! How noisy scores are, and what is to be expected of the truth behind them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rows::Column;
use crate::dense::{Factor, dot};

/// Fewer people who answered twice do not tell how noisy answers are.
const FEWEST_TWICE: usize = 30;
/// Less of what differs between people than this is never taken to be the truth: a correction by more
/// would rest on the noise being known to the last digit.
const LEAST_RELIABLE: f64 = 0.3;

/// Variance of the error in one answer to one question.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreNoise {
    /// Variance, in points squared.
    pub variance: f64,
    /// Where it comes from.
    pub origin: NoiseOrigin,
}

/// Where the variance of the error comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoiseOrigin {
    /// People who answered the same more than once.
    AnsweredTwice,
    /// How coarse the scale is: a step h hides a variance of h² / 12 (Sheppard 1898). The true noise is
    /// larger: who knows how anyone would answer again?
    ScaleStep,
}

impl ScoreNoise {
    /// From the answers of people, by person, if at least thirty answered more than once; else from the
    /// step of the scale, in the unit of the scores.
    #[must_use]
    pub fn of<'a>(by_person: impl Iterator<Item = &'a [f64]>, step: f64) -> Self {
        let (mut squares, mut degrees, mut twice) = (0.0, 0.0, 0);
        for answers in by_person.filter(|answers| answers.len() > 1) {
            let mean = answers.iter().sum::<f64>() / answers.len() as f64;
            squares += answers.iter().map(|one| (one - mean).powi(2)).sum::<f64>();
            degrees += answers.len() as f64 - 1.0;
            twice += 1;
        }
        if twice >= FEWEST_TWICE {
            Self {
                variance: squares / degrees,
                origin: NoiseOrigin::AnsweredTwice,
            }
        } else {
            Self {
                variance: step * step / 12.0,
                origin: NoiseOrigin::ScaleStep,
            }
        }
    }
}

/// Columns in standard deviations with the noise of exposures taken out.
pub(super) struct Calibrated {
    /// Row by row.
    pub(super) rows: Vec<f64>,
    /// Of each column the share of its variance, other columns held still, that is no noise.
    pub(super) reliability: Vec<f64>,
}

/// What is to be expected of the truth given all columns: `(Σ − U) Σ⁻¹ x` for columns x with covariance
/// Σ and errors with covariance U. Columns without noise stay as they are.
pub(super) fn calibrate(columns: &[Column], weight: &[f64]) -> Calibrated {
    let (width, people) = (columns.len(), weight.len());
    let mut rows = vec![0.0; width * people];
    for (row, cells) in rows.chunks_exact_mut(width.max(1)).enumerate() {
        for (cell, column) in cells.iter_mut().zip(columns) {
            *cell = column.standardised(row);
        }
    }
    let mut reliability = vec![1.0; width];
    if columns.iter().all(|column| column.noise == 0.0) {
        return Calibrated { rows, reliability };
    }
    let covariance = covariance(&rows, weight, width);
    let inverse = Factor::new(&covariance, width, 0.0).inverse();
    // what of a column the others do not foretell: the noise is all in there
    let own = |column: usize| match inverse[column * width + column] {
        precision if precision > 0.0 => 1.0 / precision,
        _ => 0.0,
    };
    let noise: Vec<f64> = (columns.iter().enumerate())
        .map(|(number, column)| column.noise.min((1.0 - LEAST_RELIABLE) * own(number)))
        .collect();
    for (number, reliable) in reliability.iter_mut().enumerate() {
        if own(number) > 0.0 {
            *reliable = 1.0 - noise[number] / own(number);
        }
    }
    for cells in rows.chunks_exact_mut(width) {
        let seen = cells.to_vec();
        for (number, cell) in cells.iter_mut().enumerate() {
            *cell -= noise[number] * dot(&inverse[number * width..(number + 1) * width], &seen);
        }
    }
    Calibrated { rows, reliability }
}

/// Covariance of columns of mean 0, row by row.
fn covariance(rows: &[f64], weight: &[f64], width: usize) -> Vec<f64> {
    let mut sums = vec![0.0; width * width];
    for (cells, weight) in rows.chunks_exact(width).zip(weight) {
        for (i, one) in cells.iter().enumerate() {
            for (j, other) in cells[..=i].iter().enumerate() {
                sums[i * width + j] += weight * one * other;
            }
        }
    }
    for i in 0..width {
        for j in 0..=i {
            let value = sums[i * width + j] / weight.len() as f64;
            (sums[i * width + j], sums[j * width + i]) = (value, value);
        }
    }
    sums
}
