//! Maximises a smooth function within a box: of a few parameters, whose number is known when
//! compiling, here; of any number in [`climb`], which does the work for both.
//!
//! Parameters are logarithms of positive numbers or coefficients, the function is a log-likelihood
//! with analytic gradient and Hessian. Being at the box is a result, not a failure: it says that the
//! data want a parameter to be zero or infinite.

mod climb;

pub(crate) use climb::{DenseEvaluation, DenseOptimum, climb, side};

use crate::symmetric::{Matrix, Vector};

/// A log-likelihood with its derivatives at one point.
#[derive(Debug, Clone, Copy)]
pub struct Evaluation<const D: usize> {
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

    /// Completes second derivatives of which only the upper half was added up.
    pub(crate) fn mirror(&mut self) {
        for i in 0..D {
            for j in 0..i {
                self.hessian[i][j] = self.hessian[j][i];
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

/// Climbs from `start` to a maximum within `lower..=upper`.
pub(crate) fn maximise<const D: usize>(
    function: impl Fn(&Vector<D>) -> Evaluation<D>,
    start: Vector<D>,
    lower: Vector<D>,
    upper: Vector<D>,
    most_iterations: u32,
) -> Optimum<D> {
    let array = |point: &[f64]| -> Vector<D> { std::array::from_fn(|i| point[i]) };
    let function = |point: &[f64]| DenseEvaluation::from(&function(&array(point)));
    let found = climb(function, &start, &lower, &upper, most_iterations);
    Optimum {
        point: array(&found.point),
        at: Evaluation {
            value: found.at.value,
            gradient: array(&found.at.gradient),
            hessian: std::array::from_fn(|i| array(found.at.row(i))),
        },
        sides: std::array::from_fn(|i| found.sides[i]),
        iterations: found.iterations,
        converged: found.converged,
    }
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
