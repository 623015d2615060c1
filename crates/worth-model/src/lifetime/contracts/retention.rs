//! The survival curve of both contract models: retention by renewal, with derivatives.
//!
//! With z = delta + t^c the share of contracts that come through t renewals is
//!
//! ```text
//! S(t) = B(gamma, z) / B(gamma, delta),    ln S(t) = G(delta) - G(z),   G(z) = ln Γ(z+gamma) - ln Γ(z)
//! ```
//!
//! and the shifted-beta-geometric model is c = 1 with gamma = alpha, delta = beta. What both
//! likelihoods and all predictions need is the logarithm of each retention rate,
//! `ln r = ln S(t+1) - ln S(t)`, found as one ratio of gamma functions: a difference of two
//! logarithms of S would lose the digits of a rate close to one.

use crate::gamma_functions::{digamma_trigamma, ln_gamma_growth};
use crate::symmetric::{Matrix, Vector};

/// The parameters of a survival curve, all positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::lifetime) struct Curve {
    pub(in crate::lifetime) gamma: f64,
    pub(in crate::lifetime) delta: f64,
    pub(in crate::lifetime) c: f64,
}

/// The curve after some number of renewals: what derivatives are made of.
#[derive(Debug, Clone, Copy)]
struct Point {
    /// First and second derivative of t^c with respect to c.
    power: [f64; 2],
    /// First and second derivative of `ln Γ` at z, and at z + gamma.
    at_z: (f64, f64),
    at_sum: (f64, f64),
}

/// The logarithm of a retention rate with its derivatives with respect to gamma, delta and c.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    pub(super) log: f64,
    pub(super) slope: Vector<3>,
    pub(super) bend: Matrix<3>,
}

/// The logarithm of a probability of coming through some renewals, with its derivatives with
/// respect to the logarithms of gamma, delta and c.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Survival {
    pub(super) log: f64,
    pub(super) slope: Vector<3>,
}

impl Survival {
    /// Coming through one renewal more.
    fn and(&self, rate: &Rate, parameters: &Vector<3>) -> Self {
        Self {
            log: self.log + rate.log,
            slope: std::array::from_fn(|i| self.slope[i] + rate.slope[i] * parameters[i]),
        }
    }

    /// Given that `earlier` was come through.
    pub(super) fn given(&self, earlier: &Self) -> Self {
        Self {
            log: self.log - earlier.log,
            slope: std::array::from_fn(|i| self.slope[i] - earlier.slope[i]),
        }
    }
}

impl Curve {
    /// `S(from + k) / S(from)` for k = 0 … `more`.
    pub(super) fn survival(&self, from: usize, more: usize) -> Vec<Survival> {
        let parameters = self.parameters();
        let mut at = Survival::default();
        let mut survival = vec![at];
        for rate in self.rates(from, from + more, false) {
            at = at.and(&rate, &parameters);
            survival.push(at);
        }
        survival
    }

    fn point(&self, renewals: usize) -> Point {
        let (u, power) = if renewals == 0 {
            (0.0, [0.0; 2])
        } else {
            let log = (renewals as f64).ln();
            let u = (self.c * log).exp();
            (u, [u * log, u * log * log])
        };
        let z = self.delta + u;
        Point {
            power,
            at_z: digamma_trigamma(z),
            at_sum: digamma_trigamma(z + self.gamma),
        }
    }

    /// Logarithm of the retention rate at the renewal after so many.
    pub(in crate::lifetime) fn log_retention(&self, renewals: usize) -> f64 {
        let t = renewals as f64;
        let (u, growth) = if renewals == 0 {
            (0.0, 1.0)
        } else {
            let u = t.powf(self.c);
            (u, u * (self.c * (1.0 / t).ln_1p()).exp_m1())
        };
        let z = self.delta + u;
        if growth == 1.0 {
            return -(self.gamma / z).ln_1p();
        }
        // The same ratio of four gamma functions either way; the smaller step keeps more digits.
        let log = if growth <= self.gamma {
            ln_gamma_growth(z, growth) - ln_gamma_growth(z + self.gamma, growth)
        } else {
            ln_gamma_growth(z, self.gamma) - ln_gamma_growth(z + growth, self.gamma)
        };
        log.min(0.0)
    }

    fn rate(&self, renewals: usize, before: &Point, after: &Point) -> Rate {
        // Derivatives of G(z) with respect to z.
        let first = |point: &Point| point.at_sum.0 - point.at_z.0;
        let second = |point: &Point| point.at_sum.1 - point.at_z.1;
        let sum = after.at_sum.1 - before.at_sum.1;
        let (first_before, first_after) = (first(before), first(after));
        let (second_before, second_after) = (second(before), second(after));
        let with_c = |value_before: f64, value_after: f64| {
            value_after * after.power[0] - value_before * before.power[0]
        };
        let gamma_c = with_c(before.at_sum.1, after.at_sum.1);
        let delta_c = with_c(second_before, second_after);
        let c_c = second_after * after.power[0] * after.power[0] + first_after * after.power[1]
            - second_before * before.power[0] * before.power[0]
            - first_before * before.power[1];
        Rate {
            log: self.log_retention(renewals),
            slope: [
                before.at_sum.0 - after.at_sum.0,
                first_before - first_after,
                -with_c(first_before, first_after),
            ],
            bend: [
                [-sum, -sum, -gamma_c],
                [-sum, second_before - second_after, -delta_c],
                [-gamma_c, -delta_c, -c_c],
            ],
        }
    }

    /// Retention rates at the renewals after `from`, `from + 1` … `to - 1`, in this order or, with
    /// `backward`, the last first.
    pub(super) fn rates(
        self,
        from: usize,
        to: usize,
        backward: bool,
    ) -> impl Iterator<Item = Rate> {
        let mut seen = self.point(if backward { to } else { from });
        (from..to).map(move |index| {
            if backward {
                let renewals = to - 1 - (index - from);
                let before = self.point(renewals);
                let rate = self.rate(renewals, &before, &seen);
                seen = before;
                rate
            } else {
                let after = self.point(index + 1);
                let rate = self.rate(index, &seen, &after);
                seen = after;
                rate
            }
        })
    }

    /// `[gamma, delta, c]`, to turn derivatives into those with respect to logarithms.
    pub(super) fn parameters(&self) -> Vector<3> {
        [self.gamma, self.delta, self.c]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::beta::ln_beta;

    const CURVE: Curve = Curve {
        gamma: 0.7,
        delta: 1.2,
        c: 1.4,
    };

    #[test]
    fn rates_multiply_to_the_survival_of_the_paper() {
        let log: f64 = CURVE.rates(0, 9, false).map(|rate| rate.log).sum();
        let written_out = ln_beta(0.7, 1.2 + 9f64.powf(1.4)) - ln_beta(0.7, 1.2);
        assert!((log - written_out).abs() < 1e-12);
        let mut backward: Vec<f64> = CURVE.rates(2, 9, true).map(|rate| rate.log).collect();
        backward.reverse();
        let forward: Vec<f64> = CURVE.rates(2, 9, false).map(|rate| rate.log).collect();
        assert_eq!(backward, forward);
    }

    #[test]
    fn at_c_one_retention_is_that_of_beta_geometric() {
        for (gamma, delta) in [(0.7, 1.2), (1e-4, 3.0), (1e5, 2e5), (40.0, 0.01)] {
            let curve = Curve {
                gamma,
                delta,
                c: 1.0,
            };
            for renewals in [0, 1, 7, 300, 9999] {
                let exact = -(gamma / (delta + renewals as f64)).ln_1p();
                let found = curve.log_retention(renewals);
                assert!((found / exact - 1.0).abs() < 1e-7, "{found} {exact}");
            }
        }
    }

    #[test]
    fn derivatives_agree_with_differences() {
        let at = CURVE.parameters();
        for renewals in [0, 1, 6] {
            let rate = |[gamma, delta, c]: Vector<3>| {
                Curve { gamma, delta, c }
                    .rates(renewals, renewals + 1, false)
                    .next()
                    .expect("one rate")
            };
            let exact = rate(at);
            for i in 0..3 {
                let moved = |step: f64| {
                    let mut point = at;
                    point[i] += step;
                    rate(point)
                };
                let (up, down) = (moved(1e-5), moved(-1e-5));
                let slope = (up.log - down.log) / 2e-5;
                assert!((slope - exact.slope[i]).abs() < 1e-8, "{renewals} {i}");
                for j in 0..3 {
                    let bend = (up.slope[j] - down.slope[j]) / 2e-5;
                    assert!((bend - exact.bend[j][i]).abs() < 1e-8, "{renewals} {i} {j}");
                }
            }
        }
    }

    #[test]
    fn extreme_parameters_stay_finite() {
        for c in [0.05, 20.0] {
            for gamma in [1e-4, 1e5] {
                for delta in [1e-4, 1e5] {
                    let curve = Curve { gamma, delta, c };
                    for rate in curve
                        .rates(9990, 10_000, false)
                        .chain(curve.rates(0, 3, true))
                    {
                        assert!(rate.log.is_finite() && rate.log <= 0.0);
                        let bends = rate.bend.iter().flatten();
                        assert!(
                            rate.slope
                                .iter()
                                .chain(bends)
                                .all(|value| value.is_finite())
                        );
                    }
                }
            }
        }
    }
}
