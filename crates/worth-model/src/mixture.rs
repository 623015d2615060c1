//! Mixtures of normals: what a number may be when its mean and spread are uncertain too.

use statrs::distribution::{ContinuousCDF, Normal};

/// One normal of a mixture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Part {
    /// How probable it is, relative to the others.
    pub(crate) weight: f64,
    pub(crate) mean: f64,
    /// Standard deviation, 0 or more.
    pub(crate) deviation: f64,
}

/// Quantile of a mixture of at least one normal, by bisection.
pub(crate) fn mixture_quantile(parts: &[Part], probability: f64) -> f64 {
    let standard = Normal::standard();
    let whole: f64 = parts.iter().map(|part| part.weight).sum();
    let below = |limit: f64| -> f64 {
        let each = |part: &Part| {
            let share = match part.deviation > 0.0 {
                true => standard.cdf((limit - part.mean) / part.deviation),
                false => f64::from(u8::from(part.mean <= limit)),
            };
            part.weight * share
        };
        parts.iter().map(each).sum::<f64>() / whole
    };
    let reached = |sign: f64| {
        parts
            .iter()
            .map(move |part| part.mean + sign * 9.0 * part.deviation)
    };
    let mut low = reached(-1.0).fold(f64::INFINITY, f64::min);
    let mut high = reached(1.0).fold(f64::NEG_INFINITY, f64::max);
    // Sixty halvings are all the digits there are.
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if below(middle) < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_a_normal_and_two_are_between_them() {
        let part = |weight: f64, mean: f64, deviation: f64| Part {
            weight,
            mean,
            deviation,
        };
        let one = mixture_quantile(&[part(2.0, 1.0, 3.0)], 0.95);
        assert!((one - (1.0 + 3.0 * 1.644_853_6)).abs() < 1e-6);
        // three quarters surely at 0, a quarter surely at 1
        let two = [part(3.0, 0.0, 0.0), part(1.0, 1.0, 0.0)];
        assert!(mixture_quantile(&two, 0.7).abs() < 1e-9);
        assert!((mixture_quantile(&two, 0.8) - 1.0).abs() < 1e-9);
    }
}
