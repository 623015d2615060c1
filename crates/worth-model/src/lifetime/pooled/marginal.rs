//! The marginal likelihood of groups, whatever their effects: Laplace's approximation and its gradient.
//!
//! Let theta be the logarithms of the parameters of the middle, W the two directions in which effects
//! w = (u, v) move them, f the log-likelihood of a group with gradient e and information I (minus the
//! Hessian) at theta + W w, and Lambda the diagonal matrix of the variances of w between groups. The
//! integral over w is taken as if f were a parabola around the mode:
//!
//! ```text
//! ln L = f - w' Lambda^-1 w / 2 - ln det(1 + Lambda W'I W) / 2    at the w where the first two are highest
//! ```
//!
//! which has a sense at Lambda = 0 too. With V = (Lambda^-1 + W'I W)^-1 the covariance of w given the
//! data, B = 1 - V W'I W, s = W'e, and c the derivatives of ln det through I:
//!
//! ```text
//! w follows theta by -V W'I, and lambda_k by column k of B times s_k
//! d ln L / d theta    = e - (c - I W V W'c) / 2
//! d ln L / d lambda_k = (s_k² - (W'I W B)_kk - (c'W B)_k s_k) / 2
//! ```
//!
//! c needs third derivatives of f: differences of Hessians along the columns of a root of V. The search
//! takes its steps by the information that parabolas would give on average: I - I W V W'I on theta, and
//! the squares of the elements of W'I W B, halved, on lambda.

use super::super::counted::Counted;
use super::super::purchases_fit::Fit;
use crate::newton::{DenseEvaluation, Evaluation, maximise};
use crate::parallel::blocks;
use crate::symmetric::{Matrix, Vector, bilinear, dot, root};

/// How far from the middle a group is looked for, in standard deviations, and in how many steps.
const FARTHEST: f64 = 10.0;
const MOST_STEPS: u32 = 100;
/// Step for differences of Hessians, in standard deviations of what is known of a group.
const STEP: f64 = 0.01;

/// Groups of customers, in times of mean ages.
pub(super) struct Pool<'a, M> {
    pub(super) model: &'a M,
    /// Groups that have customers, by the place of their name.
    pub(super) data: Vec<(usize, Counted)>,
}

/// What is known of a group, given the middle and how much groups differ.
pub(super) struct Mode<const D: usize> {
    /// Its effects, w.
    pub(super) effects: Vector<2>,
    /// Their covariance, V.
    pub(super) spread: Matrix<2>,
    /// Their derivatives with respect to theta, and to lambda.
    pub(super) along_middle: [Vector<D>; 2],
    pub(super) along_variance: Matrix<2>,
    /// Its part of the marginal log-likelihood.
    value: f64,
    /// The logarithms of its parameters, its log-likelihood there, and s.
    logarithms: Vector<D>,
    at: Evaluation<D>,
    slope: Vector<2>,
    /// What it says of theta, and W'I W B: of lambda.
    of_middle: Matrix<D>,
    of_variance: Matrix<2>,
}

impl<M> Pool<'_, M> {
    /// Distinct rows.
    pub(super) fn rows(&self) -> usize {
        self.data.iter().map(|(_, data)| data.len()).sum()
    }

    /// The marginal log-likelihood at theta and lambda.
    pub(super) fn evaluate<const D: usize>(&self, unknowns: &[f64]) -> DenseEvaluation
    where
        M: Fit<D>,
    {
        let (middle, variance) = split::<D>(unknowns);
        let parts = blocks(self.data.iter().map(|(_, data)| data.len()), |range| {
            let mut sum = DenseEvaluation::zero(D + 2);
            for (_, data) in &self.data[range] {
                let mode = self.mode(data, &middle, &variance);
                let through = self.through_information(data, &mode);
                mode.add_to::<M>(&mut sum, &through);
            }
            sum
        });
        let mut total = DenseEvaluation::zero(D + 2);
        parts.iter().for_each(|part| total.add(part));
        total
    }

    fn at<const D: usize>(&self, data: &Counted, logarithms: &Vector<D>) -> Evaluation<D>
    where
        M: Fit<D>,
    {
        let parameters = logarithms.map(f64::exp);
        (self.model.evaluate(data, &parameters)).in_logarithms(&parameters)
    }

    /// The most probable effects of a group, and what is around them.
    pub(super) fn mode<const D: usize>(
        &self,
        data: &Counted,
        middle: &Vector<D>,
        variance: &Vector<2>,
    ) -> Mode<D>
    where
        M: Fit<D>,
    {
        let deviation = variance.map(f64::sqrt);
        let effects =
            |away: &Vector<2>| -> Vector<2> { std::array::from_fn(|k| deviation[k] * away[k]) };
        let penalised = |away: &Vector<2>| {
            let at = self.at(data, &moved::<M, D>(middle, &effects(away)));
            let (slope, bend) = along_effects::<M, D>(&at);
            Evaluation {
                value: at.value - dot(away, away) / 2.0,
                gradient: std::array::from_fn(|k| deviation[k] * slope[k] - away[k]),
                hessian: by_two(|k, l| deviation[k] * deviation[l] * bend[k][l] - one(k, l)),
            }
        };
        let bound = [FARTHEST; 2];
        let found = maximise(penalised, [0.0; 2], bound.map(|b| -b), bound, MOST_STEPS);
        let effects = effects(&found.point);
        let logarithms = moved::<M, D>(middle, &effects);
        let at = self.at(data, &logarithms);
        let (slope, bend) = along_effects::<M, D>(&at);
        let (narrowed, determinant) = inverse(&found.at.hessian.map(|row| row.map(|cell| -cell)));
        let spread = by_two(|k, l| deviation[k] * narrowed[k][l] * deviation[l]);
        // W'I, and B.
        let informed = directions::<M, D>().map(|along| at.hessian.map(|row| -dot(&row, &along)));
        let left = by_two(|k, l| one(k, l) + spread[k][0] * bend[0][l] + spread[k][1] * bend[1][l]);
        let along_middle: [Vector<D>; 2] = std::array::from_fn(|k| {
            std::array::from_fn(|i| -spread[k][0] * informed[0][i] - spread[k][1] * informed[1][i])
        });
        Mode {
            of_middle: std::array::from_fn(|i| {
                std::array::from_fn(|j| {
                    let through = |k: usize| informed[k][i] * along_middle[k][j];
                    -at.hessian[i][j] + through(0) + through(1)
                })
            }),
            of_variance: by_two(|k, l| -bend[k][0] * left[0][l] - bend[k][1] * left[1][l]),
            along_variance: by_two(|k, l| left[k][l] * slope[l]),
            along_middle,
            value: found.at.value - determinant.ln() / 2.0,
            effects,
            spread,
            logarithms,
            at,
            slope,
        }
    }

    /// Derivatives of the logarithm of the determinant with respect to the logarithms, c.
    fn through_information<const D: usize>(&self, data: &Counted, mode: &Mode<D>) -> Vector<D>
    where
        M: Fit<D>,
    {
        let [purchases, leaving] = directions::<M, D>();
        let root = root(&mode.spread);
        let mut sum = [0.0; D];
        for column in [0, 1] {
            let step: Vector<D> = std::array::from_fn(|i| {
                purchases[i] * root[0][column] + leaving[i] * root[1][column]
            });
            if step == [0.0; D] {
                continue;
            }
            let bend = |part: f64| {
                let logarithms = std::array::from_fn(|i| mode.logarithms[i] + part * step[i]);
                let hessian = self.at(data, &logarithms).hessian;
                hessian.map(|row| dot(&row, &step))
            };
            let (up, down) = (bend(STEP), bend(-STEP));
            for (sum, (up, down)) in sum.iter_mut().zip(up.iter().zip(down)) {
                *sum -= (up - down) / (2.0 * STEP);
            }
        }
        sum
    }
}

impl<const D: usize> Mode<D> {
    /// Adds its part of the marginal log-likelihood.
    fn add_to<M: Fit<D>>(&self, sum: &mut DenseEvaluation, through: &Vector<D>) {
        let of_effects = directions::<M, D>().map(|along| dot(&along, through));
        sum.value += self.value;
        for (i, through) in through.iter().enumerate() {
            let followed = (0..2).map(|k| self.along_middle[k][i] * of_effects[k]);
            sum.gradient[i] += self.at.gradient[i] - (through + followed.sum::<f64>()) / 2.0;
            for (j, information) in self.of_middle[i].iter().enumerate() {
                sum.hessian[i * (D + 2) + j] -= information;
            }
        }
        for k in [0, 1] {
            let followed = (0..2).map(|l| self.along_variance[l][k] * of_effects[l]);
            let square = self.slope[k] * self.slope[k];
            sum.gradient[D + k] += (square - self.of_variance[k][k] - followed.sum::<f64>()) / 2.0;
            for l in 0..2 {
                let information = self.of_variance[k][l];
                sum.hessian[(D + k) * (D + 2) + D + l] -= information * information / 2.0;
            }
        }
    }
}

/// Theta and lambda.
pub(super) fn split<const D: usize>(unknowns: &[f64]) -> (Vector<D>, Vector<2>) {
    let middle = std::array::from_fn(|i| unknowns[i]);
    (middle, std::array::from_fn(|k| unknowns[D + k]))
}

/// W, column by column.
pub(super) fn directions<M: Fit<D>, const D: usize>() -> [Vector<D>; 2] {
    [M::PURCHASES, M::LEAVING]
}

/// Logarithms of parameters moved by effects.
pub(super) fn moved<M: Fit<D>, const D: usize>(
    middle: &Vector<D>,
    effects: &Vector<2>,
) -> Vector<D> {
    let [purchases, leaving] = directions::<M, D>();
    std::array::from_fn(|i| middle[i] + purchases[i] * effects[0] + leaving[i] * effects[1])
}

/// The derivatives of a log-likelihood with respect to effects.
fn along_effects<M: Fit<D>, const D: usize>(at: &Evaluation<D>) -> (Vector<2>, Matrix<2>) {
    let along = directions::<M, D>();
    let slope = along.map(|along| dot(&along, &at.gradient));
    (
        slope,
        by_two(|k, l| bilinear(&along[k], &at.hessian, &along[l])),
    )
}

fn by_two(cell: impl Fn(usize, usize) -> f64) -> Matrix<2> {
    std::array::from_fn(|k| std::array::from_fn(|l| cell(k, l)))
}

fn one(k: usize, l: usize) -> f64 {
    f64::from(u8::from(k == l))
}

/// The inverse of a positive definite matrix, and its determinant. The search for a mode ends where
/// there is one; should it not, nothing is known of a group but what is of all.
fn inverse(matrix: &Matrix<2>) -> (Matrix<2>, f64) {
    let [[a, b], [_, d]] = *matrix;
    let determinant = a * d - b * b;
    if a > 0.0 && determinant > 0.0 {
        let divided = |cell: f64| cell / determinant;
        ([[d, -b], [-b, a]].map(|row| row.map(divided)), determinant)
    } else {
        (by_two(one), 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::{BetaGeo, Histories, ParetoNbd};

    /// Three small groups of customers.
    fn pool<M>(model: &M) -> Pool<'_, M> {
        let rows = [
            [0.0, 0.0, 30.0],
            [1.0, 3.0, 39.0],
            [2.0, 30.4, 38.9],
            [7.0, 38.0, 38.5],
            [3.0, 0.5, 39.0],
            [5.0, 12.0, 35.0],
        ];
        let column = |place: usize, unit: f64| -> Vec<f64> {
            (0..60).map(|row| rows[row % 6][place] / unit).collect()
        };
        let histories = Histories {
            frequency: &column(0, 1.0),
            recency: &column(1, 35.0),
            age: &column(2, 35.0),
            ..Histories::default()
        };
        let groups: Vec<u32> = (0..60).map(|row| row * row % 7 % 3).collect();
        Pool {
            model,
            data: Counted::by_kind(&histories.check().expect("valid"), 1.0, &groups, 1),
        }
    }

    fn slopes_agree<M: Fit<4>>(model: &M, at: [f64; 6]) {
        let pool = pool(model);
        let exact = pool.evaluate(&at);
        for u in 0..6 {
            let moved = |step: f64| {
                let mut point = at;
                point[u] += step;
                pool.evaluate(&point).value
            };
            let slope = (moved(1e-4) - moved(-1e-4)) / 2e-4;
            let difference = (slope - exact.gradient[u]).abs();
            assert!(
                difference < 1e-4 * (1.0 + slope.abs()),
                "{u}: {slope} {exact:?}"
            );
        }
    }

    #[test]
    fn the_gradient_agrees_with_differences() {
        slopes_agree(&BetaGeo::default(), [-0.2, -0.9, 0.1, 1.2, 0.1, 0.3]);
        slopes_agree(&ParetoNbd::default(), [-0.2, -0.9, 0.1, 0.4, 0.4, 0.05]);
    }

    #[test]
    fn it_is_the_likelihood_summed_over_effects() {
        let model = BetaGeo::default();
        let pool = pool(&model);
        let middle = [-0.2, -0.9, 0.1, 1.2];
        let value = |variance: [f64; 2]| pool.evaluate(&[&middle[..], &variance].concat()).value;
        let plain = |data: &Counted, effects: [f64; 2]| {
            let logarithms = moved::<BetaGeo, 4>(&middle, &effects);
            pool.at(data, &logarithms).value
        };
        let alike: f64 = (pool.data.iter())
            .map(|(_, data)| plain(data, [0.0; 2]))
            .sum();
        assert!((value([0.0; 2]) - alike).abs() < 1e-10);
        let deviations: [f64; 2] = [0.3, 0.4];
        let mut summed = 0.0;
        for (_, data) in &pool.data {
            let top = plain(data, [0.0; 2]);
            let mut integral = 0.0;
            for cell in 0..121 * 121 {
                let away = [cell / 121, cell % 121].map(|place| f64::from(place - 60) / 12.0);
                let effects = [0, 1].map(|k| deviations[k] * away[k]);
                let density = (-dot(&away, &away) / 2.0).exp() / std::f64::consts::TAU / 144.0;
                integral += density * (plain(data, effects) - top).exp();
            }
            summed += top + integral.ln();
        }
        let found = value(deviations.map(|deviation| deviation * deviation));
        // Laplace is off by about a hundredth per small group.
        assert!((found - summed).abs() < 0.05, "{found} {summed}");
    }
}
