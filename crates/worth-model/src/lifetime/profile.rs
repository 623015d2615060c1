//! Profile likelihood: the interval of one parameter, whatever the others are.
//!
//! At an end of the interval the log-likelihood, highest over the other parameters, has fallen by
//! half the chi-square quantile of the level. Unlike a normal interval it follows a likelihood that
//! falls steeply to one side and slowly to the other, and is the same for a parameter as for any
//! function of it.
//!
//! The search for an end moves the parameter and the others together, one evaluation a round: the
//! derivatives say how much the others have still to gain and how they follow. The root of twice
//! the loss is nearly a straight line in the logarithm of the parameter, so few rounds are needed;
//! where the others are far from their best they are climbed to it first, and a bracket keeps the
//! steps from going astray.
//!
//! Source: D. J. Venzon, S. H. Moolgavkar (1988), A Method for Computing Profile-Likelihood-Based
//! Confidence Intervals, Applied Statistics 37(1), doi:10.2307/2347496.

use crate::newton::{Evaluation, Optimum, Side, information, maximise, sides};
use crate::symmetric::{Matrix, Vector, cholesky, dot, solve};

/// Rounds after which an end is given up; four are usual.
const MOST_ROUNDS: u32 = 30;
/// Steps of a climb of the other parameters.
const MOST_STEPS: u32 = 50;
/// The others are climbed to their best where more than this is promised to be gained: what
/// parabolas say is then not to be relied on.
const ROUGH: f64 = 0.5;
/// And where no more is, what was lost is known well enough to bracket the end.
const FIRM: f64 = 0.01;
/// How far the root of twice the loss may be from what is asked, before the last step.
const CLOSE: f64 = 1e-3;
/// How much higher than the top a point may be before the top is none.
const HIGHER: f64 = 1e-3;
/// The longest step of a logarithm.
const LONGEST_STEP: f64 = 2.0;

/// A top of a log-likelihood of logarithms of parameters, within a box.
pub(super) struct Profile<'a, F, const D: usize> {
    pub(super) function: F,
    pub(super) lower: Vector<D>,
    pub(super) upper: Vector<D>,
    pub(super) top: &'a Optimum<D>,
    pub(super) covariance: &'a Matrix<D>,
}

/// What the derivatives at a point say of the others, parameter `i` held.
struct Around<const D: usize> {
    /// The log-likelihood when the others are at their best, and its slope along the parameter.
    value: f64,
    slope: f64,
    /// What the others have still to gain, and the step to it.
    gain: f64,
    step: Vector<D>,
    /// How they follow the parameter.
    along: Vector<D>,
}

impl<F: Fn(&Vector<D>) -> Evaluation<D>, const D: usize> Profile<'_, F, D> {
    /// The ends for parameter `i`, in logarithms: where the root of twice the loss is `reach`.
    /// Nothing when one is beyond the box or cannot be found.
    pub(super) fn interval(&self, i: usize, reach: f64) -> Option<[f64; 2]> {
        Some([self.end(i, -1.0, reach)?, self.end(i, 1.0, reach)?])
    }

    fn end(&self, i: usize, direction: f64, reach: f64) -> Option<f64> {
        let start = self.top.point[i];
        let bound = if direction > 0.0 {
            self.upper[i]
        } else {
            self.lower[i]
        };
        // Distances from the top: too near, far enough (or the edge of the box), and tried.
        let (mut near, mut far) = (0.0, (bound - start).abs());
        let mut distance = (reach * self.covariance[i][i].sqrt()).min(far);
        let mut along = self.covariance[i].map(|with| with / self.covariance[i][i]);
        along[i] = 1.0;
        let mut point = self.moved(&self.top.point, &[0.0; D], &along, direction * distance);
        for _ in 0..MOST_ROUNDS {
            point[i] = start + direction * distance;
            let around = self.settled(&mut point, i)?;
            let loss = self.top.at.value - around.value;
            if loss < -HIGHER {
                return None;
            }
            let root = (2.0 * loss.max(0.0)).sqrt();
            if around.gain < FIRM {
                if root < reach {
                    near = distance;
                } else {
                    far = distance;
                }
            }
            let rise = -direction * around.slope / root;
            let next = distance + (reach - root) / rise;
            if (root - reach).abs() < CLOSE && around.gain < CLOSE && next.is_finite() {
                return Some(start + direction * next);
            }
            if near >= far && root < reach {
                return None;
            }
            let next = if rise > 0.0 && (near..=far).contains(&next) {
                next.min(distance + LONGEST_STEP)
            } else if rise > 0.0 && next > far {
                (distance + LONGEST_STEP).min(far)
            } else {
                f64::midpoint(near, far)
            };
            point = self.moved(
                &point,
                &around.step,
                &around.along,
                direction * (next - distance),
            );
            distance = next;
        }
        None
    }

    /// What is around the point, with the others near enough to their best for parabolas; moves
    /// them there when they are not.
    fn settled(&self, point: &mut Vector<D>, i: usize) -> Option<Around<D>> {
        let here = self.around(&(self.function)(point), point, i);
        if let Some(here) = here.filter(|here| here.gain < ROUGH) {
            return Some(here);
        }
        let (mut lower, mut upper) = (self.lower, self.upper);
        (lower[i], upper[i]) = (point[i], point[i]);
        let best = maximise(&self.function, *point, lower, upper, MOST_STEPS);
        *point = best.point;
        self.around(&best.at, point, i)
            .filter(|best| best.gain < ROUGH)
    }

    fn around(&self, at: &Evaluation<D>, point: &Vector<D>, i: usize) -> Option<Around<D>> {
        if !at.value.is_finite() {
            return None;
        }
        let mut sides = sides(point, &at.gradient, &self.lower, &self.upper);
        sides[i] = Side::AtUpper;
        let factor = cholesky(&information(&at.hessian, &sides))?;
        let of_others = |vector: &Vector<D>| -> Vector<D> {
            std::array::from_fn(|j| match sides[j] {
                Side::Inside => vector[j],
                _ => 0.0,
            })
        };
        let gradient = of_others(&at.gradient);
        let step = solve(&factor, &gradient);
        let mut along = solve(&factor, &of_others(&at.hessian[i]));
        along[i] = 1.0;
        let gain = dot(&step, &gradient) / 2.0;
        Some(Around {
            value: at.value + gain,
            slope: at.gradient[i] + dot(&at.hessian[i], &step),
            gain,
            step,
            along,
        })
    }

    /// The point after a step of the others and a move along the profile, within the box.
    fn moved(
        &self,
        point: &Vector<D>,
        step: &Vector<D>,
        along: &Vector<D>,
        distance: f64,
    ) -> Vector<D> {
        std::array::from_fn(|j| {
            (point[j] + step[j] + along[j] * distance).clamp(self.lower[j], self.upper[j])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symmetric::inverse;

    /// Counts of one Poisson law with rate `exp(x)`, beside a parabola of y that leans on x.
    fn crooked(point: &Vector<2>) -> Evaluation<2> {
        let (rate, lean) = (point[0].exp(), point[1] - point[0] * point[0]);
        Evaluation {
            value: 4.0 * point[0] - rate - lean * lean,
            gradient: [4.0 - rate + 4.0 * lean * point[0], -2.0 * lean],
            hessian: [
                [
                    -rate + 4.0 * lean - 8.0 * point[0] * point[0],
                    4.0 * point[0],
                ],
                [4.0 * point[0], -2.0],
            ],
        }
    }

    fn interval(most: f64) -> Option<[f64; 2]> {
        let (lower, upper) = ([-20.0, -20.0], [most, 400.0]);
        let top = maximise(crooked, [0.5, 0.5], lower, upper, 100);
        let factor = cholesky(&information(&top.at.hessian, &top.sides)).expect("it is a top");
        Profile {
            function: crooked,
            lower,
            upper,
            top: &top,
            covariance: &inverse(&factor),
        }
        .interval(0, 1.645)
    }

    #[test]
    fn ends_are_where_the_likelihood_has_fallen() {
        let [low, high] = interval(20.0).expect("both are within the box");
        // y follows x at no loss, so what is left is the Poisson law of four counts.
        for end in [low, high] {
            let loss = (4.0 * 4f64.ln() - 4.0) - (4.0 * end - end.exp());
            assert!((loss - 1.645 * 1.645 / 2.0).abs() < 1e-4, "{end}: {loss}");
        }
        assert!(low < 4f64.ln() && high > 4f64.ln());
    }

    #[test]
    fn an_end_beyond_the_box_is_none() {
        assert_eq!(interval(1.6), None);
    }
}
