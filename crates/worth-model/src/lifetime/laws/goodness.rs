//! Whether customers of several laws stand where these expect them, all together.
//!
//! Numbers of customers by cell are added up over the laws. What fitting takes from their covariance
//! (see [`goodness`](super::super::goodness)) comes from what the laws have in common, through the
//! derivatives of each law's parameters with respect to it, and from what each has of its own.

use super::super::counted::Counted;
use super::super::diagnosis::Goodness;
use super::super::goodness::{COUNTS, Expected, QUARTERS, actual_of, expected_of, judge_purchases};
use super::super::law::Law;
use super::KnownLaw;
use crate::dense;
use crate::symmetric::bilinear;

/// Sums over laws.
pub(in super::super) struct Together {
    /// By number of repeat purchases, and by the time of the last.
    actual: [Vec<f64>; 2],
    expected: [Expected<0>; 2],
    /// Derivatives of the expected numbers with respect to what the laws have in common.
    slopes: [Vec<Vec<f64>>; 2],
    /// What fitting takes through what each law has of its own.
    own: [Vec<Vec<f64>>; 2],
}

impl Together {
    /// For laws that have so many numbers in common.
    pub(in super::super) fn new(common: usize) -> Self {
        let cells = [COUNTS, QUARTERS];
        Self {
            actual: cells.map(|cells| vec![0.0; cells]),
            expected: cells.map(Expected::empty),
            slopes: cells.map(|cells| vec![vec![0.0; common]; cells]),
            own: cells.map(|cells| vec![vec![0.0; cells]; cells]),
        }
    }

    /// Adds the customers of one law.
    pub(in super::super) fn add<P: Law<D>, const D: usize>(
        &mut self,
        data: &Counted,
        law: &KnownLaw<P, D>,
    ) {
        let (actual, expected) = (actual_of(data), expected_of(data, &law.parameters));
        for (part, (actual, expected)) in actual.iter().zip(&expected).enumerate() {
            for (sum, actual) in self.actual[part].iter_mut().zip(actual) {
                *sum += actual;
            }
            for (slope, of_parameters) in self.slopes[part].iter_mut().zip(&expected.slope) {
                for (of_parameter, along) in of_parameters.iter().zip(&law.along) {
                    for (slope, along) in slope.iter_mut().zip(along) {
                        *slope += of_parameter * along;
                    }
                }
            }
            for (sums, left) in self.own[part].iter_mut().zip(&expected.slope) {
                for (sum, right) in sums.iter_mut().zip(&expected.slope) {
                    *sum += bilinear(left, &law.own, right);
                }
            }
            self.expected[part].add(&expected.without_slope());
        }
    }

    pub(in super::super) fn add_all(&mut self, other: &Self) {
        let add = |sums: &mut [f64], parts: &[f64]| {
            for (sum, part) in sums.iter_mut().zip(parts) {
                *sum += part;
            }
        };
        for part in 0..2 {
            add(&mut self.actual[part], &other.actual[part]);
            self.expected[part].add(&other.expected[part]);
            let sums = self.slopes[part].iter_mut().chain(&mut self.own[part]);
            for (sums, parts) in sums.zip(other.slopes[part].iter().chain(&other.own[part])) {
                add(sums, parts);
            }
        }
    }

    /// Compares, given the covariance of what is common, row by row.
    pub(in super::super) fn judged(&self, covariance: &[f64]) -> (Goodness, Goodness) {
        let taken: [Vec<Vec<f64>>; 2] = std::array::from_fn(|part| {
            let slopes = &self.slopes[part];
            (slopes.iter().zip(&self.own[part]))
                .map(|(left, own)| {
                    let spread = dense::times(covariance, left);
                    (slopes.iter().zip(own))
                        .map(|(right, own)| own + dense::dot(&spread, right))
                        .collect()
                })
                .collect()
        });
        let [counts, quarters] = &self.expected;
        judge_purchases(&self.actual, (counts, quarters), &taken)
    }
}
