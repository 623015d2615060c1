//! Whether contracts end when the model expects them to.
//!
//! Of those who stood before each renewal, so many ended and so many were expected to. Given who
//! stood there, these differences are uncorrelated (martingale increments), whatever the ages of
//! the contracts, so they can be judged like counts in cells.

use super::retention::Curve;
use super::tenures::Decisions;
use crate::lifetime::diagnosis::Goodness;
use crate::lifetime::goodness::{Expected, judge};
use crate::symmetric::Matrix;

/// Renewals that have a cell of their own.
const CELLS: usize = 24;
/// This share of the decisions being other than expected does not matter.
const NEGLIGIBLE_SHARE: f64 = 0.005;

pub(super) fn of_endings(
    decisions: &Decisions,
    curve: &Curve,
    log_covariance: &Matrix<3>,
) -> Goodness {
    let cells = decisions.len().min(CELLS);
    let mut expected = Expected::empty(cells);
    let parameters = curve.parameters();
    let rates = curve.rates(0, cells, false);
    for (cell, ((kept, lost), rate)) in decisions.pairs().zip(rates).enumerate() {
        let ends = -rate.log.exp_m1();
        expected.customers += kept + lost;
        expected.mean[cell] = (kept + lost) * ends;
        expected.products[cell][cell] = (kept + lost) * ends * ends;
        for (i, slope) in expected.slope[cell].iter_mut().enumerate() {
            *slope = -(kept + lost) * rate.log.exp() * rate.slope[i] * parameters[i];
        }
    }
    let labels = (1..=cells)
        .map(|renewal| renewal.to_string())
        .chain(["other".to_owned()]);
    judge(
        labels.collect(),
        &decisions.lost[..cells],
        &expected,
        log_covariance,
        NEGLIGIBLE_SHARE,
    )
}
