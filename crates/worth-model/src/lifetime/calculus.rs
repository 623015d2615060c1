//! Small pieces of calculus that several models need.

use std::f64::consts::PI;
use std::sync::LazyLock;

/// Points between -1 and 1 with their weights: integrates polynomials up to degree `2 N - 1`.
#[derive(Debug)]
struct GaussLegendre<const N: usize>([(f64, f64); N]);

/// For short and nearly flat stretches.
static EIGHT: LazyLock<GaussLegendre<8>> = LazyLock::new(GaussLegendre::new);
/// For all others.
static SIXTEEN: LazyLock<GaussLegendre<16>> = LazyLock::new(GaussLegendre::new);

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
    fn points(&self, from: f64, to: f64, mut add: impl FnMut(f64, f64)) {
        let (middle, half) = ((from + to) / 2.0, (to - from) / 2.0);
        for &(x, weight) in &self.0 {
            add(middle + half * x, half * weight);
        }
    }
}

/// Sum of the logarithms of numbers of at least 1, weighed. Most weights are 1, and the logarithm of
/// a product costs what that of one number does.
#[derive(Debug, Clone, Copy)]
pub(super) struct LogSum {
    sum: f64,
    product: f64,
}

impl LogSum {
    /// The product of two numbers below this is finite.
    const LARGE: f64 = 1e150;

    pub(super) fn new() -> Self {
        Self {
            sum: 0.0,
            product: 1.0,
        }
    }

    pub(super) fn add(&mut self, weight: f64, number: f64) {
        if weight != 1.0 || number > Self::LARGE {
            self.sum += weight * number.ln();
            return;
        }
        self.product *= number;
        if self.product > Self::LARGE {
            self.sum += self.product.ln();
            self.product = 1.0;
        }
    }

    pub(super) fn total(&self) -> f64 {
        self.sum + self.product.ln()
    }
}

/// Most that the logarithm of an integrand changes in a stretch.
const STEEPEST: f64 = 12.0;
/// Up to this part of the longest stretch, and this change, eight points are enough.
const SHORT: f64 = 0.3;
const FLAT: f64 = 3.0;
/// What is left is nothing beside what is there.
const NOTHING: f64 = 1e-17;

/// Integrates a positive function from 0 to `end` in stretches of 16 points (8 where it is short and
/// nearly flat) in which it changes by no more than e^12: ten digits or more.
///
/// `longest` is how long a stretch may be that begins at a point, `rate` how fast the function falls
/// there (the derivative of its logarithm, with a minus), and `falls` how fast it falls at least from
/// there on, 0 where that is not known. `integrand` gets each point with its weight.
pub(super) fn in_stretches(
    end: f64,
    longest: impl Fn(f64) -> f64,
    rate: impl Fn(f64) -> f64,
    falls: impl Fn(f64) -> f64,
    mut integrand: impl FnMut(f64, f64) -> f64,
) {
    let (mut at, mut total) = (0.0, 0.0);
    while at < end {
        let longest = longest(at);
        let mut length = longest.min(end - at);
        let here = rate(at).abs();
        let mut change = length * rate(at + length).abs().max(here);
        while change > STEEPEST {
            length /= 2.0;
            change = length * rate(at + length).abs().max(here);
        }
        let (mut sum, mut last) = (0.0, f64::INFINITY);
        let one = |point: f64, weight: f64| {
            let value = integrand(point, weight);
            last = value.min(last);
            sum += weight * value;
        };
        if length <= SHORT * longest && change <= FLAT {
            EIGHT.points(at, at + length, one);
        } else {
            SIXTEEN.points(at, at + length, one);
        }
        total += sum;
        at += length;
        let falls = falls(at);
        if falls > 0.0 && last < NOTHING * total * falls {
            break;
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
    fn logarithms_are_those_of_each_number() {
        let mut sum = LogSum::new();
        let mut plain = 0.0;
        for row in 0..2000 {
            let (weight, number) = (f64::from(row % 3), 1.0 + f64::from(row).exp().min(1e200));
            sum.add(weight, number);
            plain += weight * number.ln();
        }
        assert!((sum.total() / plain - 1.0).abs() < 1e-14);
    }

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
