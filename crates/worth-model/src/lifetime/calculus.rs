//! Small pieces of calculus that several models need.

use std::f64::consts::PI;
use std::sync::LazyLock;

/// Points between -1 and 1 with their weights: integrates polynomials up to degree `2 N - 1`.
#[derive(Debug)]
pub(super) struct GaussLegendre<const N: usize>([(f64, f64); N]);

/// For short or smooth stretches.
pub(super) static EIGHT: LazyLock<GaussLegendre<8>> = LazyLock::new(GaussLegendre::new);
/// For longer ones.
pub(super) static SIXTEEN: LazyLock<GaussLegendre<16>> = LazyLock::new(GaussLegendre::new);

impl<const N: usize> GaussLegendre<N> {
    /// Points are the roots of the Legendre polynomial, found by Newton's method from
    /// Chebyshev-like first guesses (Abramowitz and Stegun 25.4.29).
    fn new() -> Self {
        let count = N as f64;
        Self(std::array::from_fn(|index| {
            let mut x = (PI * (index as f64 + 0.75) / (count + 0.5)).cos();
            let mut slope = 1.0;
            // Convergence is quadratic: six steps are more than enough.
            for _ in 0..6 {
                let (mut value, mut before) = (1.0, 0.0);
                for degree in 1..=N {
                    let degree = degree as f64;
                    let next =
                        ((2.0 * degree - 1.0) * x * value - (degree - 1.0) * before) / degree;
                    (before, value) = (value, next);
                }
                slope = count * (x * value - before) / (x * x - 1.0);
                x -= value / slope;
            }
            (x, 2.0 / ((1.0 - x * x) * slope * slope))
        }))
    }

    /// Calls `add` with each point between `from` and `to`, and its weight.
    pub(super) fn points(&self, from: f64, to: f64, mut add: impl FnMut(f64, f64)) {
        let (middle, half) = ((from + to) / 2.0, (to - from) / 2.0);
        for &(x, weight) in &self.0 {
            add(middle + half * x, half * weight);
        }
    }
}

/// `(exp(rate * log) - 1) / rate`, which is `log` at rate 0.
pub(super) fn relative_growth(rate: f64, log: f64) -> f64 {
    if (rate * log).abs() < 1e-8 {
        log * (1.0 + 0.5 * rate * log)
    } else {
        (rate * log).exp_m1() / rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_integrated_exactly() {
        for power in 0..16 {
            let (mut eight, mut sixteen) = (0.0, 0.0);
            EIGHT.points(0.0, 2.0, |x, weight| eight += weight * x.powi(power));
            SIXTEEN.points(0.0, 2.0, |x, weight| sixteen += weight * x.powi(power));
            let exact = 2f64.powi(power + 1) / f64::from(power + 1);
            assert!((eight / exact - 1.0).abs() < 1e-14, "{power}: {eight}");
            assert!((sixteen / exact - 1.0).abs() < 1e-14, "{power}: {sixteen}");
        }
    }
}
