//! The part of Pareto/NBD without a simple form: the customer left at some time since the last
//! purchase.
//!
//! ```text
//! gone = s ∫ (alpha + y)^-(r + x) (beta + y)^-(s + 1) dy   for y from t_x to T
//! ```
//!
//! The papers write this as a difference of two 2F1 (one form for alpha > beta, another for
//! alpha < beta). Those overflow for large x and T, their difference loses all digits where T is
//! close to t_x, and their derivatives with respect to the parameters have no name. The integral
//! itself is a sum of positive numbers, with derivatives that are integrals over the same points.
//!
//! With m the smaller of alpha and beta, and `w = ln((m + y)/(m + t_x))`, the integrand is close to
//! an exponential in w and analytic for |Im w| < pi. Stretches of w in which it falls by no more
//! than e^12 are integrated by 16 points (8 where it is nearly flat) to ten digits or more.

use super::super::calculus::{EIGHT, SIXTEEN};

/// Longest stretch, in w.
const LONGEST: f64 = 5.0;
/// Most that the logarithm of the integrand changes in a stretch.
const STEEPEST: f64 = 12.0;
/// Below these, eight points are enough.
const SHORT: f64 = 1.5;
const FLAT: f64 = 3.0;
/// What is left is nothing beside what is there.
const NOTHING: f64 = 1e-17;

/// Powers of `alpha + y` and `beta + y` to be integrated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Powers {
    pub(super) alpha: f64,
    pub(super) beta: f64,
    /// Power of `1 / (alpha + y)`.
    pub(super) of_alpha: f64,
    /// Power of `1 / (beta + y)`.
    pub(super) of_beta: f64,
}

/// A point of the integral.
pub(super) struct Point {
    pub(super) y: f64,
    /// Weight times integrand, relative to the integrand at the start per unit of w.
    pub(super) weight: f64,
    /// `ln((alpha + y)/(alpha + from))`.
    pub(super) log_alpha: f64,
    /// `ln((beta + y)/(beta + from))`.
    pub(super) log_beta: f64,
}

impl Powers {
    /// Calls `add` with the points between `from` and `to`. Stretches are at most `longest` in w.
    #[inline]
    pub(super) fn points(&self, from: f64, to: f64, longest: f64, mut add: impl FnMut(&Point)) {
        let least = self.alpha.min(self.beta);
        let start = least + from;
        let end = ((to - from) / start).ln_1p();
        // The other of the two, m' + y = (m + from) (e^w + apart).
        let beta_is_least = self.beta <= self.alpha;
        let (of_least, of_other) = if beta_is_least {
            (self.of_beta, self.of_alpha)
        } else {
            (self.of_alpha, self.of_beta)
        };
        let apart = (self.alpha - self.beta).abs() / start;
        // Minus the derivative of the logarithm of the integrand: rises with w.
        let rate = |w: f64| of_least - 1.0 + of_other / (1.0 + apart * (-w).exp());
        let in_other = 1.0 / (1.0 + apart);
        let (mut at, mut total) = (0.0, 0.0);
        while at < end {
            let mut length = (end - at).min(longest);
            let here = rate(at).abs();
            let mut change = length * rate(at + length).abs().max(here);
            while change > STEEPEST {
                length /= 2.0;
                change = length * rate(at + length).abs().max(here);
            }
            let (mut sum, mut last) = (0.0, f64::INFINITY);
            let one = |w: f64, weight: f64| {
                let grown = w.exp_m1();
                let log_other = (grown * in_other).ln_1p();
                let integrand = ((1.0 - of_least) * w - of_other * log_other).exp();
                let (log_alpha, log_beta) = if beta_is_least {
                    (log_other, w)
                } else {
                    (w, log_other)
                };
                last = integrand.min(last);
                sum += weight * integrand;
                add(&Point {
                    y: from + start * grown,
                    weight: weight * integrand,
                    log_alpha,
                    log_beta,
                });
            };
            if length <= SHORT && change <= FLAT {
                EIGHT.points(at, at + length, one);
            } else {
                SIXTEEN.points(at, at + length, one);
            }
            total += sum;
            at += length;
            // From here on it falls at least as fast as here.
            let falls = rate(at);
            if falls > 0.0 && last < NOTHING * total * falls {
                break;
            }
        }
    }
}

/// The odds that a customer has left, `gone / alive`, as a logarithm, with derivatives with respect
/// to `[r, alpha, s, beta]`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Odds {
    pub(super) log: f64,
    pub(super) slope: [f64; 4],
    /// The upper half of a symmetric matrix.
    pub(super) bend: [[f64; 4]; 4],
}

/// A customer's history with the numbers of the model, in any unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Customer {
    pub(super) r: f64,
    pub(super) alpha: f64,
    pub(super) s: f64,
    pub(super) beta: f64,
    pub(super) frequency: f64,
    pub(super) recency: f64,
    pub(super) age: f64,
}

impl Customer {
    fn powers(&self) -> Powers {
        Powers {
            alpha: self.alpha,
            beta: self.beta,
            of_alpha: self.r + self.frequency,
            of_beta: self.s + 1.0,
        }
    }

    /// `ln((alpha + T)/(alpha + t_x))` and the same for beta.
    fn silences(&self) -> (f64, f64) {
        let silence = self.age - self.recency;
        (
            (silence / (self.alpha + self.recency)).ln_1p(),
            (silence / (self.beta + self.recency)).ln_1p(),
        )
    }

    /// Logarithm of the odds from the sum of all weights.
    fn log_odds(&self, total: f64, (log_alpha, log_beta): (f64, f64)) -> f64 {
        // (m + t_x)/(beta + t_x) comes from integrating over w.
        let unit = (self.alpha.min(self.beta) + self.recency) / (self.beta + self.recency);
        (self.s * unit * total).ln() + (self.r + self.frequency) * log_alpha + self.s * log_beta
    }

    /// Logarithm of the odds of having left; minus infinity for one who has just bought.
    pub(super) fn log_odds_gone(&self) -> f64 {
        let mut total = 0.0;
        self.powers()
            .points(self.recency, self.age, LONGEST, |point| {
                total += point.weight;
            });
        self.log_odds(total, self.silences())
    }

    /// The same with derivatives.
    pub(super) fn odds_gone(&self) -> Option<Odds> {
        // Sums over points of [1, ln(alpha+y), 1/(alpha+y), ln(beta+y), 1/(beta+y)] and of their
        // products; logarithms and inverses relative to T, so that nothing large cancels.
        let silences = self.silences();
        let (in_alpha, in_beta) = (
            1.0 / (self.alpha + self.recency),
            1.0 / (self.beta + self.recency),
        );
        let mut sums = [0.0; 5];
        let mut products = [[0.0; 4]; 4];
        self.powers()
            .points(self.recency, self.age, LONGEST, |point| {
                let basis = [
                    silences.0 - point.log_alpha,
                    1.0 / (self.alpha + point.y) - in_alpha,
                    silences.1 - point.log_beta,
                    1.0 / (self.beta + point.y) - in_beta,
                ];
                sums[4] += point.weight;
                for i in 0..4 {
                    let weighted = point.weight * basis[i];
                    sums[i] += weighted;
                    for j in i..4 {
                        products[i][j] += weighted * basis[j];
                    }
                }
            });
        let total = sums[4];
        if total <= 0.0 {
            return None;
        }
        let mean: [f64; 4] = std::array::from_fn(|i| sums[i] / total);
        let exponent = self.r + self.frequency;
        // Derivatives of the logarithm of the integrand are these times the basis, and constants.
        let factor = [1.0, -exponent, 1.0, -(self.s + 1.0)];
        let mut bend = [[0.0; 4]; 4];
        for i in 0..4 {
            for j in i..4 {
                let covariance = products[i][j] / total - mean[i] * mean[j];
                bend[i][j] = factor[i] * factor[j] * covariance;
            }
        }
        let (at_alpha, at_beta) = (1.0 / (self.alpha + self.age), 1.0 / (self.beta + self.age));
        let (mean_alpha, mean_beta) = (mean[1] + in_alpha, mean[3] + in_beta);
        let square =
            |i: usize, first: f64, mean: f64| products[i][i] / total + first * (2.0 * mean - first);
        let square_alpha = square(1, in_alpha, mean_alpha);
        let square_beta = square(3, in_beta, mean_beta);
        bend[0][1] += at_alpha - mean_alpha;
        bend[1][1] += exponent * (square_alpha - at_alpha * at_alpha);
        bend[2][2] -= 1.0 / (self.s * self.s);
        bend[2][3] += at_beta - mean_beta;
        bend[3][3] += (self.s + 1.0) * square_beta - self.s * at_beta * at_beta;
        Some(Odds {
            log: self.log_odds(total, silences),
            slope: [
                mean[0],
                exponent * (at_alpha - mean_alpha),
                1.0 / self.s + mean[2],
                self.s * at_beta - (self.s + 1.0) * mean_beta,
            ],
            bend,
        })
    }
}

/// Longest stretch for counts of purchases up to this many: the more, the more sharply a count is
/// bound to a time.
pub(super) fn longest_for(counts: usize) -> f64 {
    LONGEST / (1.0 + counts as f64 / 8.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorter_stretches_change_less_than_the_tenth_digit() {
        let mut tried = 0;
        for of_alpha in [1e-5, 0.5, 3.0, 40.0, 500.0] {
            for of_beta in [1.00001, 1.6, 5.0, 300.0] {
                for (alpha, beta) in [
                    (1e-6, 1.0),
                    (0.3, 0.4),
                    (1.0, 1e-6),
                    (0.01, 50.0),
                    (30.0, 0.1),
                ] {
                    let powers = Powers {
                        alpha,
                        beta,
                        of_alpha,
                        of_beta,
                    };
                    for (from, to) in [(0.0, 1.0), (0.9, 1.0), (0.01, 3.0), (2.0, 1e4)] {
                        let sum = |longest: f64| {
                            let mut sum = 0.0;
                            powers.points(from, to, longest, |point| sum += point.weight);
                            sum
                        };
                        let (found, fine) = (sum(LONGEST), sum(0.02));
                        assert!(
                            (found / fine - 1.0).abs() < 1e-10,
                            "{powers:?} {from} {to}: {found} {fine}"
                        );
                        tried += 1;
                    }
                }
            }
        }
        assert_eq!(tried, 400);
    }
}
