//! Ratios of gamma functions and their derivatives, without differences of large numbers.

/// From here on the asymptotic series have all digits.
const LARGE: f64 = 15.0;

/// `ln Γ(z + w) - ln Γ(z)` for z > 0 and w >= 0: Stirling's series after a recurrence (Abramowitz
/// and Stegun 6.1.15, 6.1.40), with the large terms taken together.
pub(crate) fn ln_gamma_growth(z: f64, w: f64) -> f64 {
    let mut z = z;
    let mut sum = 0.0;
    while z < LARGE {
        sum -= (w / z).ln_1p();
        z += 1.0;
    }
    sum + (z - 0.5) * (w / z).ln_1p() + w * ((z + w).ln() - 1.0) + remainder(z + w) - remainder(z)
}

/// `ln Γ(x) - (x - 1/2) ln x + x - ln(2 pi)/2`.
fn remainder(x: f64) -> f64 {
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let tail = 1.0 / 1260.0 + square * (-1.0 / 1680.0 + square / 1188.0);
    inverse * (1.0 / 12.0 + square * (-1.0 / 360.0 + square * tail))
}

/// First and second derivative of `ln Γ(x)`: recurrences, then asymptotic series (Abramowitz and
/// Stegun 6.3.18, 6.4.12).
pub(crate) fn digamma_trigamma(x: f64) -> (f64, f64) {
    let mut x = x;
    let (mut first, mut second) = (0.0, 0.0);
    while x < LARGE {
        first -= 1.0 / x;
        second += 1.0 / (x * x);
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let tail = -1.0 / 252.0 + square * (1.0 / 240.0 + square * (-1.0 / 132.0));
    first +=
        x.ln() - 0.5 * inverse - square * (1.0 / 12.0 + square * (-1.0 / 120.0 - square * tail));
    let tail = 1.0 / 42.0 + square * (-1.0 / 30.0 + square * (5.0 / 66.0));
    let series = 1.0 / 6.0 + square * (-1.0 / 30.0 + square * tail);
    second += inverse * (1.0 + inverse * (0.5 + inverse * series));
    (first, second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::gamma::{digamma, ln_gamma};

    #[test]
    fn growth_is_the_difference_of_logarithms() {
        for z in [1e-4, 0.3, 2.5, 14.9, 80.0, 1e5] {
            for w in [1e-5, 0.4, 3.0, 70.0] {
                let plain = ln_gamma(z + w) - ln_gamma(z);
                let lost = 1e-14 * (ln_gamma(z + w).abs() + ln_gamma(z).abs() + 1.0);
                assert!((ln_gamma_growth(z, w) - plain).abs() < lost, "{z} {w}");
            }
        }
    }

    #[test]
    fn derivatives_agree_with_known_values() {
        let (first, second) = digamma_trigamma(1.0);
        assert!((first + 0.577_215_664_901_532_9).abs() < 1e-14);
        assert!((second - std::f64::consts::PI.powi(2) / 6.0).abs() < 1e-14);
        for x in [1e-3, 0.7, 5.0, 33.0, 1e6] {
            let (first, second) = digamma_trigamma(x);
            assert!(
                (first - digamma(x)).abs() < 1e-11 * (1.0 + first.abs()),
                "{x}"
            );
            let step = 1e-5 * x;
            let slope =
                (digamma_trigamma(x + step).0 - digamma_trigamma(x - step).0) / (2.0 * step);
            assert!((second / slope - 1.0).abs() < 1e-5, "{x}");
        }
    }
}
