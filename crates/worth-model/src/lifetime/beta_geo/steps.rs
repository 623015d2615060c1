//! What is ahead of a customer who buys at every k-th step, k > 1.
//!
//! Steps are Poisson at a rate lambda ~ gamma(r, alpha); N of them come within t, and j were done
//! when it began, so purchases are `F = floor((N + j) / k)` until the customer leaves. Given the
//! probability p of leaving after a purchase, with q = 1 - p,
//!
//! ```text
//! P(X >= m) = q^(m-1) P(F >= m),   survival S = E[q^F],   mean = (1 - S) / p
//! ```
//!
//! Where few steps are to be expected these are summed over N, p ~ beta(a, b) being taken out in
//! closed form. Where many are, the remainder of `(N + j) / k` is taken apart by the k-th roots of
//! unity w_l. With `u = q^(1/k)`, `z_l = u w_l`, `tau = t / alpha` and `G(z) = (1 + tau (1 - z))^-r`:
//!
//! ```text
//! S = sum over l of c_l z_l^j G(z_l),   c_l = p z_l / (q k (1 - z_l))
//! ```
//!
//! of which all but l = 0 vanish with p and, fast, with t; and the expectation over p is integrated
//! numerically. Both are exact. The papers give the mean by an approximation: T. Reutterer, M. Platzer,
//! N. Schröder (2021), International Journal of Research in Marketing 38(1),
//! doi:10.1016/j.ijresmar.2020.09.002.

use std::f64::consts::TAU;

use super::super::law::Prospect;
use super::future::{BetaGeoProspect, by_integral, step_masses};

/// More steps than these are not summed one by one.
const MOST_STEPS: f64 = 10_000.0;
/// A probability of staying below which nobody buys twice.
const HARDLY_STAYS: f64 = 1e-8;
/// Below this part of what a customer would do without leaving, the difference that leaving makes to
/// the mean square has lost its digits; the mean square itself hardly changes any more.
const HARDLY_LEAVES: f64 = 1e-5;

/// The exponential of minus this is nothing.
const VANISHED: f64 = 50.0;

/// Of purchases within a time; and the probability of being alive after it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Moments {
    pub(super) survival: f64,
    pub(super) mean: f64,
    pub(super) square: f64,
}

pub(super) fn survival(prospect: &BetaGeoProspect, tau: f64) -> f64 {
    match by_steps(prospect, tau) {
        Some(moments) => moments.survival,
        None => by_integral(prospect, |p| given_p(prospect, tau, p).survival),
    }
}

pub(super) fn mean(prospect: &BetaGeoProspect, tau: f64) -> f64 {
    match by_steps(prospect, tau) {
        Some(moments) => moments.mean,
        None => by_integral(prospect, |p| given_p(prospect, tau, p).mean),
    }
}

pub(super) fn mean_square(prospect: &BetaGeoProspect, tau: f64) -> f64 {
    let least = HARDLY_LEAVES * f64::from(prospect.k) / (tau * (prospect.r + 2.0));
    match by_steps(prospect, tau) {
        Some(moments) => moments.square,
        None => by_integral(prospect, |p| {
            given_p(prospect, tau, p.max(least.min(0.5))).square
        }),
    }
}

/// Sums over the number of steps, if they are not too many.
fn by_steps(prospect: &BetaGeoProspect, tau: f64) -> Option<Moments> {
    let BetaGeoProspect { r, a, b, k, .. } = *prospect;
    // Beyond these, each step is rarer than the one before by the factor tau / (1 + tau) or more.
    let most = r * tau + 9.0 * (r * tau * (1.0 + tau)).sqrt() + 40.0 * (1.0 + tau);
    let vanishes = r * tau.ln_1p() > 700.0;
    if most > MOST_STEPS || vanishes {
        return None;
    }
    let mut steps = step_masses(r, 1.0, tau);
    let mut before_next = (k - prospect.phase) as usize;
    let mut sums = Moments::default();
    // Of a customer who would make n purchases if staying.
    let mut so_far = Moments {
        survival: 1.0,
        ..Moments::default()
    };
    for n in 0..=(most / f64::from(k)).ceil() as u32 {
        let n = f64::from(n);
        let mass: f64 = steps.by_ref().take(before_next).sum();
        before_next = k as usize;
        sums.survival += mass * so_far.survival;
        sums.mean += mass * so_far.mean;
        sums.square += mass * so_far.square;
        so_far.mean += so_far.survival;
        so_far.square += (2.0 * n + 1.0) * so_far.survival;
        so_far.survival *= (b + n) / (a + b + n);
    }
    Some(sums)
}

/// For one probability of leaving after a purchase, over the rates.
fn given_p(prospect: &BetaGeoProspect, tau: f64, p: f64) -> Moments {
    let BetaGeoProspect { r, k, phase, .. } = *prospect;
    let (steps, j) = (f64::from(k), f64::from(phase));
    let p = p.max(f64::MIN_POSITIVE);
    let q = 1.0 - p;
    if q < HARDLY_STAYS {
        let none = no_purchase(prospect, tau);
        return Moments {
            survival: none,
            mean: 1.0 - none,
            square: 1.0 - none,
        };
    }
    // u = exp(-fall), and 1 - u without taking a difference.
    let fall = -(-p).ln_1p() / steps;
    let (u, in_u) = ((-fall).exp(), -(-fall).exp_m1());
    // The root 1, as a logarithm.
    let log = log_mean_rise(steps, fall) - j * fall - r * (tau * in_u).ln_1p();
    let log_slope = (1.0 / in_u + j + r * tau * u / (1.0 + tau * in_u)) / steps - 1.0 / p;
    let gone = -log.exp_m1();
    let mut mean = gone / p;
    // The derivative of the mean with respect to ln q.
    let mut slope = (q * mean - log.exp() * log_slope) / p;
    // The others come in pairs with the same real part. |1 + tau (1 - z)| is least for the first.
    let mut others = 0.0;
    let nearest = r * (tau * (1.0 - (TAU / steps).cos())).ln_1p();
    let pairs = if nearest < VANISHED { k / 2 } else { 0 };
    for l in 1..=pairs {
        let angle = TAU * f64::from(l) / steps;
        let z = Complex(u * angle.cos(), u * angle.sin());
        let from_one = Complex(1.0 - z.0, -z.1);
        let base = Complex(1.0 + tau * from_one.0, tau * from_one.1);
        let size =
            (steps - j - 1.0) * fall - steps.ln() - from_one.log_size() - r * base.log_size();
        let turn = (j + 1.0) * angle - from_one.turn() - r * base.turn();
        let pair = if 2 * l == k { 1.0 } else { 2.0 };
        let term = Complex(
            pair * size.exp() * turn.cos(),
            pair * size.exp() * turn.sin(),
        );
        let (by_one, by_base) = (z.over(from_one), z.over(base));
        let growth = Complex(
            (j + 1.0 + by_one.0 + r * tau * by_base.0) / steps - 1.0,
            (by_one.1 + r * tau * by_base.1) / steps,
        );
        others += term.0;
        slope -= term.0 * growth.0 - term.1 * growth.1;
    }
    mean -= others;
    Moments {
        survival: (1.0 - gone + p * others).clamp(0.0, 1.0),
        mean,
        square: (2.0 * slope + mean).max(mean),
    }
}

/// Logarithm of the mean of `exp(s fall)` over s = 0 … k - 1, accurate where that is near 1.
fn log_mean_rise(k: f64, fall: f64) -> f64 {
    if k * fall > 0.1 {
        return ((k * fall).exp_m1() / (k * fall.exp_m1())).ln();
    }
    // sinh(x)/x = exp(x^2/6 - x^4/180 + …), at x = k fall / 2 and at fall / 2.
    let square = fall * fall;
    (k - 1.0) * fall / 2.0 + (k * k - 1.0) * square / 24.0
        - (k.powi(4) - 1.0) * square * square / 2880.0
}

/// Probability of no purchase: too few steps.
fn no_purchase(prospect: &BetaGeoProspect, tau: f64) -> f64 {
    let mut none = [0.0];
    prospect.counts(tau * prospect.alpha, &mut none);
    none[0]
}

#[derive(Clone, Copy)]
struct Complex(f64, f64);

impl Complex {
    fn log_size(self) -> f64 {
        self.0.hypot(self.1).ln()
    }

    fn turn(self) -> f64 {
        self.1.atan2(self.0)
    }

    fn over(self, other: Self) -> Self {
        let square = other.0 * other.0 + other.1 * other.1;
        Self(
            (self.0 * other.0 + self.1 * other.1) / square,
            (self.1 * other.0 - self.0 * other.1) / square,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prospects() -> impl Iterator<Item = BetaGeoProspect> {
        let of_phase = |k: u32| (0..k).step_by(2).map(move |phase| (k, phase));
        [1, 2, 3, 12]
            .into_iter()
            .flat_map(of_phase)
            .flat_map(|(k, phase)| {
                [(0.3, 0.8, 2.4), (2.5, 0.2, 0.4), (40.0, 3.0, 9.0)].map(|(r, a, b)| {
                    BetaGeoProspect {
                        r,
                        alpha: 1.0,
                        a,
                        b,
                        k,
                        phase,
                    }
                })
            })
    }

    #[test]
    fn steps_one_by_one_and_roots_of_unity_agree() {
        for prospect in prospects() {
            for tau in [0.2, 1.7, 9.0] {
                let summed = by_steps(&prospect, tau).expect("they are few");
                let integral = |of: &dyn Fn(Moments) -> f64| {
                    by_integral(&prospect, |p| of(given_p(&prospect, tau, p)))
                };
                let close = |found: f64, expected: f64, digits: f64| {
                    let difference = (found - expected).abs();
                    assert!(
                        difference < digits * expected.abs() + 1e-11,
                        "{prospect:?} {tau}: {found} {expected}"
                    );
                };
                close(integral(&|of| of.survival), summed.survival, 1e-8);
                close(integral(&|of| of.mean), summed.mean, 1e-8);
                close(mean_square(&prospect, tau), summed.square, 1e-4);
            }
        }
    }

    #[test]
    fn extremes_stay_finite() {
        for (k, phase) in [(2, 0), (3, 2), (24, 0), (24, 23)] {
            for a in [1e-5, 0.5, 1e4] {
                for b in [1e-5, 1.0, 1e5] {
                    for r in [1e-5, 1.0, 1e4] {
                        for x in [0.0, 1.0, 500.0, 1e6] {
                            let (r, b) = (r + f64::from(k) * x + f64::from(phase), b + x);
                            let alpha = 11.0;
                            let prospect = BetaGeoProspect {
                                r,
                                alpha,
                                a,
                                b,
                                k,
                                phase,
                            };
                            for time in [1e-9, 1.0, 1e9] {
                                let moments = [prospect.mean(time), prospect.mean_square(time)];
                                for value in moments {
                                    let sensible = value.is_finite() && value >= 0.0;
                                    assert!(sensible, "{prospect:?} {time}: {value}");
                                }
                                let survival = prospect.survival(time);
                                assert!((0.0..=1.0).contains(&survival), "{prospect:?} {time}");
                            }
                        }
                    }
                }
            }
        }
    }
}
