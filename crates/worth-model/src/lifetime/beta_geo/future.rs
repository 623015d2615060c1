//! What a customer who is still there will buy: means and second moments, kept finite.
//!
//! A customer alive at T with x repeat purchases has a rate lambda ~ gamma(r + x, alpha + T) and a
//! probability of leaving after a purchase p ~ beta(a, b + x) (b + x + 1 where one could leave after
//! the first purchase too). That is again BG/NBD, from now on: below, r, alpha and b stand for the
//! updated numbers. With `tau = t / alpha`:
//!
//! ```text
//! mean of purchases in the next t = E over p of (1 - (1 + p tau)^-r) / p
//! still there after t             = E over p of (1 + p tau)^-r
//! ```
//!
//! The paper (equation 10) writes the mean with a 2F1 whose first arguments grow with x and that is
//! multiplied by a vanishing power: both overflow for a few hundred purchases. Euler's
//! transformation gives the same without either, and without the pole at a = 1. With
//! `C = a + b - 1`, `z = tau / (1 + tau)`, `L = ln(1 - z)`:
//!
//! ```text
//! mean = -C (exp((a-1) L) - 1) / (a-1)  -  exp((a-1) L) H
//! H    = sum over k >= 1 of (a + b - 1 - r)_k (a)_{k-1} / ((C + 1)_{k-1} k!) z^k
//! ```
//!
//! For horizons much longer than the age, where the series is slow, and for second moments and
//! survival, the expectation over p is integrated numerically.
//!
//! All that is for purchases at every step of the process; where only each k-th is one, see
//! [`steps`].

use super::super::calculus::relative_growth;
use super::super::law::Prospect;
use super::steps;

/// Beyond this `z` the series needs too many terms.
const SLOW: f64 = 0.9;
/// Terms after which the series is given up for the integral.
const MOST_TERMS: usize = 2000;

/// BG/NBD, or BG/CNBD-k, as it stands for a customer who is alive now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BetaGeoProspect {
    pub(super) r: f64,
    pub(super) alpha: f64,
    pub(super) a: f64,
    pub(super) b: f64,
    /// Steps of the process per purchase …
    pub(super) k: u32,
    /// … of which so many are done on the way to the next.
    pub(super) phase: u32,
}

impl Prospect for BetaGeoProspect {
    fn mean(&self, time: f64) -> f64 {
        if time <= 0.0 {
            return 0.0;
        }
        let tau = time / self.alpha;
        // Nobody buys more than at the mean rate without ever leaving.
        let most = (self.r * tau + f64::from(self.phase)) / f64::from(self.k);
        let mean = match self.k {
            1 => by_series(self, tau)
                .unwrap_or_else(|| by_integral(self, |p| given_p(self.r, tau, p).0)),
            _ => steps::mean(self, tau),
        };
        mean.clamp(0.0, most)
    }

    fn mean_square(&self, time: f64) -> f64 {
        if time <= 0.0 {
            return 0.0;
        }
        let tau = time / self.alpha;
        match self.k {
            1 => by_integral(self, |p| given_p(self.r, tau, p).1),
            _ => steps::mean_square(self, tau),
        }
    }

    fn survival(&self, time: f64) -> f64 {
        let tau = time / self.alpha;
        let survival = match self.k {
            1 => by_integral(self, |p| (-self.r * (p * tau).ln_1p()).exp()),
            _ => steps::survival(self, tau),
        };
        survival.clamp(0.0, 1.0)
    }

    /// Equation 8 of the paper, one count after the other.
    fn counts(&self, time: f64, probabilities: &mut [f64]) {
        let Self { r, alpha, a, b, .. } = *self;
        let mut steps = step_masses(r, alpha, time);
        let mut before_next = (self.k - self.phase) as usize;
        let mut below = 0.0;
        // Probability of not having left after n purchases, and of leaving right after the n-th.
        let mut stays = 1.0;
        let mut leaves = 0.0;
        for (n, probability) in probabilities.iter_mut().enumerate() {
            let n = n as f64;
            // Of n purchases if nobody ever left.
            let mass: f64 = steps.by_ref().take(before_next).sum();
            before_next = self.k as usize;
            *probability = (stays * mass + leaves * (1.0 - below)).clamp(0.0, 1.0);
            below = (below + mass).min(1.0);
            leaves = stays * a / (a + b + n);
            stays *= (b + n) / (a + b + n);
        }
    }
}

/// Probabilities of 0, 1, 2 … steps within `time`: Poisson with gamma rates.
pub(super) fn step_masses(r: f64, alpha: f64, time: f64) -> impl Iterator<Item = f64> {
    let share = time / (alpha + time);
    let mut next = (-r * (time / alpha).ln_1p()).exp();
    (0..u32::MAX).map(move |step| {
        let (step, mass) = (f64::from(step), next);
        next *= (r + step) / (step + 1.0) * share;
        mass
    })
}

fn by_series(prospect: &BetaGeoProspect, tau: f64) -> Option<f64> {
    let BetaGeoProspect { r, a, b, .. } = *prospect;
    let z = tau / (1.0 + tau);
    let c = a + b - 1.0;
    let start = c - r;
    if z > SLOW {
        return None;
    }
    let mut term = start * z;
    let mut sum = term;
    let mut size = term.abs();
    for k in 1..MOST_TERMS {
        let k = k as f64;
        term *= (start + k) * (a + k - 1.0) / ((c + k) * (k + 1.0)) * z;
        sum += term;
        size = size.max(sum.abs());
        if term.abs() <= 1e-16 * sum.abs() {
            let log = -tau.ln_1p();
            let power = ((a - 1.0) * log).exp();
            let first = -c * relative_growth(a - 1.0, log);
            let second = power * sum;
            let mean = first - second;
            // Too much cancelled: large a and b, that is nearly equal customers.
            let lost = first.abs().max(power * size) * 1e-16;
            return (lost < 1e-9 * mean.abs()).then_some(mean);
        }
    }
    None
}

/// Mean and mean square of purchases for one probability of leaving, over the rates.
///
/// With purchases counted until the customer leaves, P(X >= n) = (1-p)^(n-1) P(N >= n), N Poisson.
fn given_p(exponent: f64, tau: f64, p: f64) -> (f64, f64) {
    let w = p * tau;
    let rate = exponent * tau;
    if w * (exponent + 2.0) < 1e-4 {
        // Series in p, where the differences below cancel: second and third factorial moments.
        let second = rate * tau * (exponent + 1.0);
        let third = second * tau * (exponent + 2.0);
        let mean = rate - p * second / 2.0 + p * p * third / 6.0;
        return (mean, second + rate - p * (1.5 * second + third * 2.0 / 3.0));
    }
    let log = w.ln_1p();
    let gone = -(-exponent * log).exp_m1();
    let still = rate * (-(exponent + 1.0) * log).exp();
    let mean = gone / p;
    let square = 2.0 * (gone / p - (1.0 - p) * still) / p - mean;
    (mean, square.max(mean))
}

/// The expectation of `value(p)` for p ~ beta(a, b), by the trapezoid rule in a variable that
/// makes the ends vanish doubly exponentially (Takahasi, Mori 1974); halved until it stands.
pub(super) fn by_integral(prospect: &BetaGeoProspect, value: impl Fn(f64) -> f64) -> f64 {
    let BetaGeoProspect { a, b, .. } = *prospect;
    let centre = (a / b).ln();
    let scale = (1.0 / a + 1.0 / b).sqrt();
    let log_density = |u: f64| {
        // ln p and ln(1 - p) for p = 1 / (1 + exp(-u)).
        let log_p = -softplus(-u);
        let log_rest = -softplus(u);
        (a * log_p + b * log_rest, log_p.exp())
    };
    let (highest, _) = log_density(centre);
    let sums_at = |offset: f64, step: f64| {
        let (mut weights, mut values) = (0.0, 0.0);
        for sign in [1.0, -1.0] {
            for index in 0..MOST_TERMS {
                let v = offset + index as f64 * step;
                if v == 0.0 && sign < 0.0 {
                    continue;
                }
                let (log, p) = log_density(centre + sign * scale * v.sinh());
                let weight = (log - highest).exp() * v.cosh();
                if weight < 1e-18 && v > 1.0 {
                    break;
                }
                weights += weight;
                values += weight * value(p);
            }
        }
        (weights, values)
    };
    let mut step = 0.25;
    let (mut weights, mut values) = sums_at(0.0, step);
    for _ in 0..6 {
        let before = values / weights;
        let (more_weights, more_values) = sums_at(step / 2.0, step);
        weights += more_weights;
        values += more_values;
        step /= 2.0;
        if (values / weights - before).abs() <= 1e-11 * before.abs() {
            break;
        }
    }
    values / weights
}

/// `ln(1 + exp(u))` without overflow.
pub(super) fn softplus(u: f64) -> f64 {
    u.max(0.0) + (-u.abs()).exp().ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_step(r: f64, alpha: f64, a: f64, b: f64) -> BetaGeoProspect {
        BetaGeoProspect {
            r,
            alpha,
            a,
            b,
            k: 1,
            phase: 0,
        }
    }

    #[test]
    fn series_and_integral_agree() {
        for (a, b) in [
            (0.793, 2.426),
            (1.0, 2.0),
            (1.0 + 1e-9, 0.3),
            (3.2, 0.7),
            (0.2, 0.3),
            (12.0, 40.0),
        ] {
            for x in [0.0, 1.0, 7.0, 60.0, 500.0] {
                let (r, b) = (0.243 + x, b + x);
                let alpha = 4.414;
                let prospect = every_step(r, alpha, a, b);
                for tau in [1e-6, 0.01, 0.5, 3.0, 8.0] {
                    let series = by_series(&prospect, tau).expect("converges");
                    let integral = by_integral(&prospect, |p| given_p(r, tau, p).0);
                    assert!(
                        (series - integral).abs() < 1e-8 * series.abs(),
                        "a {a} b {b} x {x} tau {tau}: {series} {integral}"
                    );
                }
            }
        }
    }

    #[test]
    fn moments_for_one_p_agree_with_adding_up() {
        // P(X >= n) = (1-p)^(n-1) P(N >= n) with N negative binomial.
        for (exponent, tau, p) in [
            (2.3, 0.7, 0.3f64),
            (0.4, 2.0, 1e-6),
            (5.0, 0.2, 3e-5),
            (1.2, 0.9, 0.99),
        ] {
            let q: f64 = tau / (1.0 + tau);
            let mut mass = (1.0 - q).powf(exponent);
            let mut below = mass;
            let (mut mean, mut square) = (0.0, 0.0);
            for n in 1..400 {
                let count = f64::from(n);
                let at_least = (1.0 - p).powi(n - 1) * (1.0 - below);
                mean += at_least;
                square += (2.0 * count - 1.0) * at_least;
                mass *= (exponent + count - 1.0) / count * q;
                below += mass;
            }
            let (found_mean, found_square) = given_p(exponent, tau, p);
            assert!(
                (found_mean - mean).abs() < 1e-7 * mean,
                "{exponent} {tau} {p}"
            );
            assert!(
                (found_square - square).abs() < 1e-5 * square,
                "{exponent} {tau} {p}: {found_square} {square}"
            );
        }
    }

    #[test]
    fn extremes_stay_finite() {
        for a in [1e-5, 0.5, 1.0, 1e4] {
            for b in [1e-5, 1.0, 1e5] {
                for r in [1e-5, 1.0, 1e4] {
                    for x in [0.0, 1.0, 500.0, 1e6] {
                        let (r, alpha, b) = (r + x, 11.0, b + x);
                        let prospect = every_step(r, alpha, a, b);
                        for time in [1e-9, 1.0, 1e9] {
                            for value in [prospect.mean(time), prospect.mean_square(time)] {
                                assert!(value.is_finite() && value >= 0.0, "{prospect:?} {time}");
                            }
                            assert!((0.0..=1.0).contains(&prospect.survival(time)));
                        }
                    }
                }
            }
        }
    }
}
