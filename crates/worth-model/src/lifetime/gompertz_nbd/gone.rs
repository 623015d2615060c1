//! The part of Gompertz/NBD without a simple form: the customer left at some time since the last
//! purchase.
//!
//! ```text
//! gone = ∫ (alpha + y)^-(r + x) s b/d(y) e^(-s v(y)) dy   for y from t_x to T
//! ```
//!
//! (v and d as in [`gompertz`](super::gompertz).) It is a sum of positive numbers, with derivatives
//! that are integrals over the same points. Stretches of y are as long as the poles of the integrand
//! are away: there is one at -alpha, and those of the lifetimes.

use super::super::anytime::{Odds, OddsSums};
use super::super::calculus::in_stretches;
use super::gompertz::{After, FROM_BEHIND, Gompertz};

/// Customers who buy at gamma rates and make no purchase while they stay, all from now on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Silent {
    /// Shape of the rates …
    pub(super) r: f64,
    /// … and their rate.
    pub(super) alpha: f64,
    pub(super) stay: Gompertz,
}

/// A point of the integral over the time of leaving.
pub(super) struct Point {
    pub(super) time: f64,
    /// Weight times probability density of leaving then, and of no purchase before.
    pub(super) weight: f64,
    /// `ln((alpha + time)/alpha)`.
    pub(super) log_alpha: f64,
    pub(super) after: After,
}

impl Silent {
    /// Calls `add` with the points until a time, close enough together to tell up to so many
    /// purchases: the more, the more sharply a number is bound to a time.
    #[inline]
    pub(super) fn points(&self, until: f64, purchases: usize, mut add: impl FnMut(&Point)) {
        let Self { r, alpha, stay } = *self;
        let of_alpha = FROM_BEHIND / (1.0 + purchases as f64 / 8.0);
        let longest = |time: f64| (of_alpha * (alpha + time)).min(stay.longest(time));
        let rate = |time: f64| r / (alpha + time) + stay.density_falls(time);
        let falls = |time: f64| {
            let least = stay.density_falls_from(time);
            // A power of alpha + y, and an exponential: if that rises, it will win.
            let both = (r - 1.0).max(0.0) / (alpha + time) + least;
            if least > 0.0 { both } else { 0.0 }
        };
        in_stretches(until, longest, rate, falls, |time, weight| {
            let after = stay.after(time);
            let log_alpha = (time / alpha).ln_1p();
            let density =
                stay.s * stay.b / after.beta * (-stay.s * after.hazard - r * log_alpha).exp();
            add(&Point {
                time,
                weight: weight * density,
                log_alpha,
                after,
            });
            density
        });
    }
}

/// A customer's history with the numbers of the model, in any unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Customer {
    pub(super) r: f64,
    pub(super) alpha: f64,
    pub(super) stay: Gompertz,
    pub(super) frequency: f64,
    pub(super) recency: f64,
    pub(super) age: f64,
}

/// What derivatives with respect to b and beta are made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    /// Of v with b: `t / d`.
    pub(super) by_b: f64,
    /// Minus that of `ln(beta + e^(b t) - 1)` with beta, of which v is a part: `e^(-b t) / d`.
    pub(super) by_beta: f64,
    /// Of `t / d` with b.
    pub(super) by_b_twice: f64,
    /// Of `ln d` with b, with a minus.
    pub(super) of_risk: f64,
}

impl Change {
    /// For those of `stay` who are there at `time`, whose beta is d and for whom e^(-bt) is `faded`.
    pub(super) fn at(stay: &Gompertz, time: f64, beta: f64, faded: f64) -> Self {
        let (by_b, by_beta) = (time / beta, faded / beta);
        // 1 - 1/d, without taking a difference.
        let of_risk = time * (stay.beta - 1.0) * by_beta;
        Self {
            by_b,
            by_beta,
            by_b_twice: by_b * of_risk,
            of_risk,
        }
    }
}

impl Customer {
    /// The odds of having left, with derivatives with respect to `[r, alpha, b, s, beta]`; none of
    /// someone who has just bought.
    pub(super) fn odds_gone(&self) -> Option<Odds<5>> {
        let Gompertz { b, s, .. } = self.stay;
        let silence = self.age - self.recency;
        let before = self.stay.after(self.recency);
        let since = Silent {
            r: self.r + self.frequency,
            alpha: self.alpha + self.recency,
            stay: self.stay.from(self.recency),
        };
        let end = since.stay.after(silence);
        let log_alpha = (silence / since.alpha).ln_1p();
        let in_age = 1.0 / (self.alpha + self.age);
        let at_end = Change::at(&self.stay, self.age, end.beta, before.faded * end.faded);
        let mut sums = OddsSums::NONE;
        since.points(silence, 0, |point| {
            let time = self.recency + point.time;
            let faded = before.faded * point.after.faded;
            let change = Change::at(&self.stay, time, point.after.beta, faded);
            let in_time = 1.0 / (self.alpha + time);
            let slope = [
                log_alpha - point.log_alpha,
                since.r * (in_age - in_time),
                1.0 / b + change.of_risk + s * (at_end.by_b - change.by_b),
                1.0 / s + end.hazard - point.after.hazard,
                s * (at_end.by_beta - change.by_beta) - change.by_beta,
            ];
            let mut bend = [[0.0; 5]; 5];
            bend[0][1] = in_age - in_time;
            bend[1][1] = since.r * (in_time * in_time - in_age * in_age);
            bend[2][2] = s * at_end.by_b_twice - (s + 1.0) * change.by_b_twice - 1.0 / (b * b);
            bend[2][3] = at_end.by_b - change.by_b;
            bend[2][4] =
                (s + 1.0) * change.by_b * change.by_beta - s * at_end.by_b * at_end.by_beta;
            bend[3][3] = -1.0 / (s * s);
            bend[3][4] = at_end.by_beta - change.by_beta;
            bend[4][4] =
                (s + 1.0) * change.by_beta * change.by_beta - s * at_end.by_beta * at_end.by_beta;
            sums.add(point.weight, &slope, &bend);
        });
        sums.odds(since.r * log_alpha + s * end.hazard)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAYS: [(f64, f64); 8] = [
        (1e-5, 1e-11),
        (1e-5, 4e-6),
        (0.3, 0.2),
        (0.7, 1.0),
        (3.0, 20.0),
        (3.0, 1.0 + 1e-9),
        (100.0, 1e12),
        (100.0, 1e-11),
    ];

    fn left(silent: &Silent, until: f64) -> f64 {
        let mut sum = 0.0;
        silent.points(until, 0, |point| sum += point.weight);
        sum
    }

    #[test]
    fn whoever_is_not_there_has_left() {
        for (b, beta) in STAYS {
            for s in [1e-3, 0.6, 4.0, 300.0] {
                // Rates of shape 0 are none, so nobody buys.
                let stay = Gompertz { b, s, beta };
                for alpha in [1e-6, 0.3, 1e7] {
                    let silent = Silent {
                        r: 0.0,
                        alpha,
                        stay,
                    };
                    for time in [0.01, 1.0, 30.0, 1e5] {
                        let (found, exact) =
                            (left(&silent, time), -stay.log_survival(time).exp_m1());
                        let near = (found / exact - 1.0).abs() < 1e-9;
                        assert!(near, "{silent:?} {time}: {found} {exact}");
                    }
                }
            }
        }
    }

    #[test]
    fn shorter_stretches_change_less_than_the_ninth_digit() {
        for (b, beta) in STAYS {
            for s in [1e-3, 0.6, 300.0] {
                for r in [1e-5, 0.5, 40.0, 500.0] {
                    for alpha in [1e-6, 0.3, 30.0] {
                        let stay = Gompertz { b, s, beta };
                        let silent = Silent { r, alpha, stay };
                        for end in [0.01, 1.0, 100.0] {
                            let mut pieces = 0.0;
                            for piece in 0..40 {
                                let cut = |piece: i32| end * 0.7f64.powi(piece);
                                let from = if piece == 39 { 0.0 } else { cut(piece + 1) };
                                let later = Silent {
                                    r,
                                    alpha: alpha + from,
                                    stay: stay.from(from),
                                };
                                let no_purchase = -r * (from / alpha).ln_1p();
                                let there = (stay.log_survival(from) + no_purchase).exp();
                                pieces += there * left(&later, cut(piece) - from);
                            }
                            let found = left(&silent, end);
                            let near = (found / pieces - 1.0).abs() < 1e-9;
                            assert!(near, "{silent:?} {end}: {found} {pieces}");
                        }
                    }
                }
            }
        }
    }
}
