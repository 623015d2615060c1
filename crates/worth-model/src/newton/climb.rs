//! Damped Newton steps in any number of parameters.
//!
//! Where the Hessian is not negative definite it is damped until it is (Levenberg, Marquardt),
//! parameters that press against the box are held there, and a step is taken only when it climbs.

use super::{Evaluation, Side};
use crate::dense::{Factor, dot};

/// Twice the gain in log-likelihood that the next step promises, below which we are there: the
/// parameters are then within 1e-4 standard errors of the maximum.
const ENOUGH: f64 = 1e-8;
/// The largest change of a parameter in one step.
const LONGEST_STEP: f64 = 1.5;

/// A log-likelihood with its derivatives at one point.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DenseEvaluation {
    pub(crate) value: f64,
    pub(crate) gradient: Vec<f64>,
    /// Row by row.
    pub(crate) hessian: Vec<f64>,
}

impl DenseEvaluation {
    pub(crate) fn zero(size: usize) -> Self {
        Self {
            value: 0.0,
            gradient: vec![0.0; size],
            hessian: vec![0.0; size * size],
        }
    }

    /// Adds another part of the sample.
    pub(crate) fn add(&mut self, other: &Self) {
        self.value += other.value;
        let sums = self.gradient.iter_mut().chain(&mut self.hessian);
        for (sum, part) in sums.zip(other.gradient.iter().chain(&other.hessian)) {
            *sum += part;
        }
    }

    /// Number of parameters.
    pub(crate) fn size(&self) -> usize {
        self.gradient.len()
    }

    /// A row of the Hessian.
    pub(crate) fn row(&self, i: usize) -> &[f64] {
        &self.hessian[i * self.size()..(i + 1) * self.size()]
    }

    /// Minus the Hessian.
    pub(crate) fn information(&self) -> Vec<f64> {
        self.hessian.iter().map(|bend| -bend).collect()
    }
}

impl<const D: usize> From<&Evaluation<D>> for DenseEvaluation {
    fn from(at: &Evaluation<D>) -> Self {
        Self {
            value: at.value,
            gradient: at.gradient.to_vec(),
            hessian: at.hessian.concat(),
        }
    }
}

/// The highest point found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DenseOptimum {
    pub(crate) point: Vec<f64>,
    pub(crate) at: DenseEvaluation,
    pub(crate) sides: Vec<Side>,
    pub(crate) iterations: u32,
    pub(crate) converged: bool,
}

/// Climbs from `start` to a maximum within `lower..=upper`.
pub(crate) fn climb(
    function: impl Fn(&[f64]) -> DenseEvaluation,
    start: &[f64],
    lower: &[f64],
    upper: &[f64],
    most_iterations: u32,
) -> DenseOptimum {
    let size = start.len();
    let within = |i: usize, value: f64| value.clamp(lower[i], upper[i]);
    let sides_of = |point: &[f64], gradient: &[f64]| -> Vec<Side> {
        (0..size)
            .map(|i| side(point[i], gradient[i], lower[i], upper[i]))
            .collect()
    };
    let mut point: Vec<f64> = (0..size).map(|i| within(i, start[i])).collect();
    let mut at = function(&point);
    let mut damping = 0.0;
    let mut converged = false;
    let mut iterations = 0;
    while iterations < most_iterations {
        iterations += 1;
        let sides = sides_of(&point, &at.gradient);
        let Some(step) = step(&at, &sides, damping) else {
            damping = raised(damping, &at);
            continue;
        };
        let promise = dot(&step, &at.gradient);
        if promise < ENOUGH && damping <= scale(&at) {
            converged = true;
            break;
        }
        let longest = step.iter().fold(0.0f64, |most, s| most.max(s.abs()));
        let shrink = (LONGEST_STEP / longest).min(1.0);
        let next: Vec<f64> = (0..size)
            .map(|i| within(i, point[i] + shrink * step[i]))
            .collect();
        let there = function(&next);
        // Summing many rows leaves this much noise in the value.
        let noise = at.value.abs() * 1e-13;
        if there.value.is_finite() && there.value >= at.value - noise {
            point = next;
            at = there;
            damping = if damping < 1e-6 * scale(&at) {
                0.0
            } else {
                damping * 0.2
            };
        } else {
            damping = raised(damping, &at);
        }
    }
    DenseOptimum {
        sides: sides_of(&point, &at.gradient),
        point,
        at,
        iterations,
        converged,
    }
}

/// Whether a parameter presses against the box.
pub(crate) fn side(point: f64, gradient: f64, lower: f64, upper: f64) -> Side {
    if point <= lower && gradient <= 0.0 {
        Side::AtLower
    } else if point >= upper && gradient >= 0.0 {
        Side::AtUpper
    } else {
        Side::Inside
    }
}

/// The size of the curvature: the unit of damping.
fn scale(at: &DenseEvaluation) -> f64 {
    (0..at.size())
        .map(|i| at.row(i)[i].abs())
        .fold(1e-6, f64::max)
}

fn raised(damping: f64, at: &DenseEvaluation) -> f64 {
    (damping * 6.0).max(1e-4 * scale(at))
}

/// The damped Newton step over the parameters inside the box, if the damped curvature is negative
/// definite.
fn step(at: &DenseEvaluation, sides: &[Side], damping: f64) -> Option<Vec<f64>> {
    let mut curvature = at.information();
    for i in 0..at.size() {
        curvature[i * at.size() + i] += damping;
    }
    let inside: Vec<bool> = sides.iter().map(|side| *side == Side::Inside).collect();
    Some(Factor::of(&curvature, &inside)?.solve(&at.gradient))
}
