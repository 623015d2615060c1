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

use crate::dense::{Factor, dot};
use crate::newton::{DenseEvaluation, Side, climb, side};

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
pub(super) struct Profile<'a, F> {
    pub(super) function: F,
    pub(super) lower: &'a [f64],
    pub(super) upper: &'a [f64],
    /// Where the top is, and how high.
    pub(super) top: &'a [f64],
    pub(super) value: f64,
    /// Row by row.
    pub(super) covariance: &'a [f64],
}

/// What the derivatives at a point say of the others, parameter `i` held.
struct Around {
    /// The log-likelihood when the others are at their best, and its slope along the parameter.
    value: f64,
    slope: f64,
    /// What the others have still to gain, and the step to it.
    gain: f64,
    step: Vec<f64>,
    /// How they follow the parameter.
    along: Vec<f64>,
}

impl<F: Fn(&[f64]) -> DenseEvaluation> Profile<'_, F> {
    /// The ends for parameter `i`, in logarithms: where the root of twice the loss is `reach`.
    /// Nothing when one is beyond the box or cannot be found.
    pub(super) fn interval(&self, i: usize, reach: f64) -> Option<[f64; 2]> {
        Some([self.end(i, -1.0, reach)?, self.end(i, 1.0, reach)?])
    }

    fn end(&self, i: usize, direction: f64, reach: f64) -> Option<f64> {
        let start = self.top[i];
        let bound = if direction > 0.0 {
            self.upper[i]
        } else {
            self.lower[i]
        };
        // Distances from the top: too near, far enough (or the edge of the box), and tried.
        let (mut near, mut far) = (0.0, (bound - start).abs());
        let size = self.top.len();
        let with = &self.covariance[i * size..(i + 1) * size];
        let mut distance = (reach * with[i].sqrt()).min(far);
        let along: Vec<f64> = with.iter().map(|with_j| with_j / with[i]).collect();
        let mut point = self.moved(self.top, &vec![0.0; size], &along, direction * distance);
        for _ in 0..MOST_ROUNDS {
            point[i] = start + direction * distance;
            let around = self.settled(&mut point, i)?;
            let loss = self.value - around.value;
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
    fn settled(&self, point: &mut Vec<f64>, i: usize) -> Option<Around> {
        let here = self.around(&(self.function)(point), point, i);
        if let Some(here) = here.filter(|here| here.gain < ROUGH) {
            return Some(here);
        }
        let (mut lower, mut upper) = (self.lower.to_vec(), self.upper.to_vec());
        (lower[i], upper[i]) = (point[i], point[i]);
        let best = climb(&self.function, point, &lower, &upper, MOST_STEPS);
        *point = best.point;
        self.around(&best.at, point, i)
            .filter(|best| best.gain < ROUGH)
    }

    fn around(&self, at: &DenseEvaluation, point: &[f64], i: usize) -> Option<Around> {
        if !at.value.is_finite() {
            return None;
        }
        let moves = |j: usize| {
            let side = side(point[j], at.gradient[j], self.lower[j], self.upper[j]);
            j != i && side == Side::Inside
        };
        let moving: Vec<bool> = (0..point.len()).map(moves).collect();
        let factor = Factor::of(&at.information(), &moving)?;
        let step = factor.solve(&at.gradient);
        let mut along = factor.solve(at.row(i));
        along[i] = 1.0;
        let gain = dot(&step, &at.gradient) / 2.0;
        Some(Around {
            value: at.value + gain,
            slope: at.gradient[i] + dot(at.row(i), &step),
            gain,
            step,
            along,
        })
    }

    /// The point after a step of the others and a move along the profile, within the box.
    fn moved(&self, point: &[f64], step: &[f64], along: &[f64], distance: f64) -> Vec<f64> {
        (0..point.len())
            .map(|j| (point[j] + step[j] + along[j] * distance).clamp(self.lower[j], self.upper[j]))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    /// Counts of one Poisson law with rate `exp(x)`, beside a parabola of y that leans on x.
    fn crooked(point: &[f64]) -> DenseEvaluation {
        let (rate, lean) = (point[0].exp(), point[1] - point[0] * point[0]);
        DenseEvaluation {
            value: 4.0 * point[0] - rate - lean * lean,
            gradient: vec![4.0 - rate + 4.0 * lean * point[0], -2.0 * lean],
            hessian: vec![
                -rate + 4.0 * lean - 8.0 * point[0] * point[0],
                4.0 * point[0],
                4.0 * point[0],
                -2.0,
            ],
        }
    }

    fn interval(most: f64) -> Option<[f64; 2]> {
        let (lower, upper) = ([-20.0, -20.0], [most, 400.0]);
        let top = climb(crooked, &[0.5, 0.5], &lower, &upper, 100);
        let factor = Factor::of(&top.at.information(), &[true; 2]).expect("it is a top");
        Profile {
            function: crooked,
            lower: &lower,
            upper: &upper,
            top: &top.point,
            value: top.at.value,
            covariance: &factor.inverse(),
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
