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
//! an exponential in w and analytic for |Im w| < pi: short stretches of w are integrated to ten digits
//! or more.

use super::super::anytime::{Odds, OddsSums};
use super::super::calculus::in_stretches;

/// Longest stretch, in w.
const LONGEST: f64 = 5.0;

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
        let integrand = |w: f64, weight: f64| {
            let grown = w.exp_m1();
            let log_other = (grown * in_other).ln_1p();
            let integrand = ((1.0 - of_least) * w - of_other * log_other).exp();
            let (log_alpha, log_beta) = if beta_is_least {
                (log_other, w)
            } else {
                (w, log_other)
            };
            add(&Point {
                y: from + start * grown,
                weight: weight * integrand,
                log_alpha,
                log_beta,
            });
            integrand
        };
        in_stretches(end, |_| longest, rate, rate, integrand);
    }
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
    /// The odds of having left, with derivatives; none of someone who has just bought.
    pub(super) fn odds_gone(&self) -> Option<Odds<4>> {
        let exponent = self.r + self.frequency;
        let powers = Powers {
            alpha: self.alpha,
            beta: self.beta,
            of_alpha: exponent,
            of_beta: self.s + 1.0,
        };
        let silence = self.age - self.recency;
        let all_alpha = (silence / (self.alpha + self.recency)).ln_1p();
        let all_beta = (silence / (self.beta + self.recency)).ln_1p();
        let (at_alpha, at_beta) = (1.0 / (self.alpha + self.age), 1.0 / (self.beta + self.age));
        let mut sums = OddsSums::NONE;
        powers.points(self.recency, self.age, LONGEST, |point| {
            let in_alpha = 1.0 / (self.alpha + point.y);
            let in_beta = 1.0 / (self.beta + point.y);
            let slope = [
                all_alpha - point.log_alpha,
                exponent * (at_alpha - in_alpha),
                1.0 / self.s + all_beta - point.log_beta,
                self.s * at_beta - (self.s + 1.0) * in_beta,
            ];
            let mut bend = [[0.0; 4]; 4];
            bend[0][1] = at_alpha - in_alpha;
            bend[1][1] = exponent * (in_alpha * in_alpha - at_alpha * at_alpha);
            bend[2][2] = -1.0 / (self.s * self.s);
            bend[2][3] = at_beta - in_beta;
            bend[3][3] = (self.s + 1.0) * in_beta * in_beta - self.s * at_beta * at_beta;
            sums.add(point.weight, &slope, &bend);
        });
        // (m + t_x)/(beta + t_x) comes from integrating over w.
        let unit = (self.alpha.min(self.beta) + self.recency) / (self.beta + self.recency);
        sums.odds((self.s * unit).ln() + exponent * all_alpha + self.s * all_beta)
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
