//! Maximises a smooth function of a few parameters within a box: damped Newton steps.
//!
//! Parameters are logarithms of positive numbers, the function is a log-likelihood with analytic
//! gradient and Hessian. Where the Hessian is not negative definite it is damped until it is
//! (Levenberg, Marquardt), parameters that press against the box are held there, and a step is
//! taken only when it climbs. Being at the box is a result, not a failure: it says that the data
//! want a parameter to be zero or infinite.

use crate::symmetric::{Matrix, Vector, cholesky, dot, solve};

/// A log-likelihood with its derivatives at one point.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evaluation<const D: usize> {
    pub(crate) value: f64,
    pub(crate) gradient: Vector<D>,
    pub(crate) hessian: Matrix<D>,
}

impl<const D: usize> Evaluation<D> {
    pub(crate) const ZERO: Self = Self {
        value: 0.0,
        gradient: [0.0; D],
        hessian: [[0.0; D]; D],
    };

    /// Adds another part of the sample.
    pub(crate) fn add(&mut self, other: &Self) {
        self.value += other.value;
        for i in 0..D {
            self.gradient[i] += other.gradient[i];
            for j in 0..D {
                self.hessian[i][j] += other.hessian[i][j];
            }
        }
    }

    /// The same with respect to the logarithms of the parameters.
    pub(crate) fn in_logarithms(&self, parameters: &Vector<D>) -> Self {
        let mut result = *self;
        for i in 0..D {
            result.gradient[i] = self.gradient[i] * parameters[i];
            for j in 0..D {
                result.hessian[i][j] = self.hessian[i][j] * parameters[i] * parameters[j];
            }
            result.hessian[i][i] += result.gradient[i];
        }
        result
    }
}

/// Where a parameter ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Inside,
    AtLower,
    AtUpper,
}

/// The highest point found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Optimum<const D: usize> {
    pub(crate) point: Vector<D>,
    pub(crate) at: Evaluation<D>,
    pub(crate) sides: [Side; D],
    pub(crate) iterations: u32,
    pub(crate) converged: bool,
}

/// Twice the gain in log-likelihood that the next step promises, below which we are there: the
/// parameters are then within 1e-4 standard errors of the maximum.
const ENOUGH: f64 = 1e-8;
/// The largest change of a logarithm in one step.
const LONGEST_STEP: f64 = 1.5;

/// Climbs from `start` to a maximum within `lower..=upper`.
pub(crate) fn maximise<const D: usize>(
    function: impl Fn(&Vector<D>) -> Evaluation<D>,
    start: Vector<D>,
    lower: Vector<D>,
    upper: Vector<D>,
    most_iterations: u32,
) -> Optimum<D> {
    let mut point = start;
    for i in 0..D {
        point[i] = point[i].clamp(lower[i], upper[i]);
    }
    let mut at = function(&point);
    let mut damping = 0.0;
    let mut converged = false;
    let mut iterations = 0;
    while iterations < most_iterations {
        iterations += 1;
        let sides = sides(&point, &at.gradient, &lower, &upper);
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
        let mut next = point;
        for i in 0..D {
            next[i] = (point[i] + shrink * step[i]).clamp(lower[i], upper[i]);
        }
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
    Optimum {
        point,
        sides: sides(&point, &at.gradient, &lower, &upper),
        at,
        iterations,
        converged,
    }
}

/// Which parameters press against the box.
pub(crate) fn sides<const D: usize>(
    point: &Vector<D>,
    gradient: &Vector<D>,
    lower: &Vector<D>,
    upper: &Vector<D>,
) -> [Side; D] {
    let mut sides = [Side::Inside; D];
    for i in 0..D {
        if point[i] <= lower[i] && gradient[i] <= 0.0 {
            sides[i] = Side::AtLower;
        } else if point[i] >= upper[i] && gradient[i] >= 0.0 {
            sides[i] = Side::AtUpper;
        }
    }
    sides
}

/// The size of the curvature: the unit of damping.
fn scale<const D: usize>(at: &Evaluation<D>) -> f64 {
    (0..D).map(|i| at.hessian[i][i].abs()).fold(1e-6, f64::max)
}

fn raised<const D: usize>(damping: f64, at: &Evaluation<D>) -> f64 {
    (damping * 6.0).max(1e-4 * scale(at))
}

/// The damped Newton step over the parameters inside the box, if the damped curvature is negative
/// definite.
fn step<const D: usize>(at: &Evaluation<D>, sides: &[Side; D], damping: f64) -> Option<Vector<D>> {
    let mut curvature = information(&at.hessian, sides);
    let mut gradient = at.gradient;
    for i in 0..D {
        if sides[i] == Side::Inside {
            curvature[i][i] += damping;
        } else {
            gradient[i] = 0.0;
        }
    }
    Some(solve(&cholesky(&curvature)?, &gradient))
}

/// Minus the Hessian, with a one on the diagonal for parameters held at the box.
pub(crate) fn information<const D: usize>(hessian: &Matrix<D>, sides: &[Side; D]) -> Matrix<D> {
    let mut result = [[0.0; D]; D];
    for i in 0..D {
        for j in 0..D {
            if sides[i] == Side::Inside && sides[j] == Side::Inside {
                result[i][j] = -hessian[i][j];
            }
        }
        if sides[i] != Side::Inside {
            result[i][i] = 1.0;
        }
    }
    result
}

/// Fails unless the derivatives of a likelihood are those of its values.
#[cfg(test)]
pub(crate) fn agrees_with_differences<const D: usize>(
    at: Vector<D>,
    evaluate: impl Fn(&Vector<D>) -> Evaluation<D>,
) {
    let exact = evaluate(&at);
    for i in 0..D {
        let step = 1e-5 * at[i];
        let moved = |sign: f64| {
            let mut point = at;
            point[i] += sign * step;
            evaluate(&point)
        };
        let (up, down) = (moved(1.0), moved(-1.0));
        let slope = (up.value - down.value) / (2.0 * step);
        let difference = (slope - exact.gradient[i]).abs();
        assert!(difference < 1e-6 * (1.0 + slope.abs()), "{i}: {difference}");
        for j in 0..D {
            let bend = (up.gradient[j] - down.gradient[j]) / (2.0 * step);
            let difference = (bend - exact.hessian[j][i]).abs();
            assert!(
                difference < 1e-6 * (1.0 + bend.abs()),
                "{i} {j}: {difference}"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `-(x-1)^2 - (y-2)^2` in the plane.
    fn bowl(point: &Vector<2>) -> Evaluation<2> {
        let (x, y) = (point[0] - 1.0, point[1] - 2.0);
        Evaluation {
            value: -x * x - y * y,
            gradient: [-2.0 * x, -2.0 * y],
            hessian: [[-2.0, 0.0], [0.0, -2.0]],
        }
    }

    #[test]
    fn finds_the_top_inside_the_box() {
        let found = maximise(bowl, [-3.0, 9.0], [-9.0; 2], [9.0; 2], 50);
        assert!(found.converged);
        assert!((found.point[0] - 1.0).abs() < 1e-6 && (found.point[1] - 2.0).abs() < 1e-6);
    }

    #[test]
    fn stops_at_the_box_and_says_so() {
        let found = maximise(bowl, [-3.0, 0.0], [-9.0; 2], [9.0, 0.5], 50);
        assert!(found.converged);
        assert_eq!(found.sides, [Side::Inside, Side::AtUpper]);
        assert!((found.point[1] - 0.5).abs() < 1e-12);
    }
}
