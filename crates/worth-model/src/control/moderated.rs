//! Variances of few observations each, drawn towards each other.
//!
//! A variance of three to six windows says little; those of all units of a kind together say more.
//! True variances are taken to be scaled inverse chi-square around a typical one; how closely is
//! found from the variances themselves, by the moments of their logarithms. What comes out has more
//! degrees of freedom, at most those of all units together.
//!
//! Source: G. K. Smyth (2004), Linear Models and Empirical Bayes Methods for Assessing Differential
//! Expression in Microarray Experiments, Statistical Applications in Genetics and Molecular Biology
//! 3(1), doi:10.2202/1544-6115.1027, section 6.2.

use crate::gamma_functions::digamma_trigamma;

/// Where all numbers are equal by luck, the variance counts as so much.
const LEAST: f64 = 0.01;
/// Degrees of freedom of a typical variance that is as good as known.
const MANY: f64 = 1e6;

/// What units of a kind have in common.
pub(super) struct Moderated {
    typical: f64,
    /// How many degrees of freedom the typical one is worth; 0 when nothing is known of it.
    degrees: f64,
    /// Degrees of freedom of all units together.
    of_all: f64,
}

impl Moderated {
    /// From variances with their degrees of freedom.
    pub(super) fn of(variances: impl Iterator<Item = (f64, f64)>) -> Self {
        let variances: Vec<(f64, f64)> = variances.collect();
        let of_all = variances.iter().map(|(_, degrees)| degrees).sum();
        if variances.len() < 2 {
            return Self {
                typical: 1.0,
                degrees: 0.0,
                of_all,
            };
        }
        let count = variances.len() as f64;
        let logarithms: Vec<f64> = variances
            .iter()
            .map(|&(variance, degrees)| {
                let expected = digamma_trigamma(degrees / 2.0).0 - (degrees / 2.0).ln();
                variance.max(LEAST).ln() - expected
            })
            .collect();
        let mean = logarithms.iter().sum::<f64>() / count;
        let squares = logarithms.iter().map(|one| (one - mean).powi(2));
        let by_chance = variances
            .iter()
            .map(|&(_, degrees)| digamma_trigamma(degrees / 2.0).1);
        let beyond_chance = squares.sum::<f64>() / (count - 1.0) - by_chance.sum::<f64>() / count;
        let degrees = 2.0 * inverse_trigamma(beyond_chance);
        let shift = digamma_trigamma(degrees / 2.0).0 - (degrees / 2.0).ln();
        Self {
            typical: (mean + shift).exp(),
            degrees,
            of_all,
        }
    }

    /// The variance of a unit and its degrees of freedom.
    pub(super) fn of_unit(&self, variance: f64, degrees: f64) -> (f64, f64) {
        let all = self.degrees + degrees;
        let drawn = (self.degrees * self.typical + degrees * variance) / all;
        (drawn.max(LEAST), all.min(self.of_all))
    }

    /// The variance of a unit whose own, of so many degrees of freedom, says nothing.
    pub(super) fn typical(&self, degrees: f64) -> (f64, f64) {
        let all = (self.degrees + degrees).min(self.of_all.max(degrees));
        (self.typical, all)
    }
}

/// Where the trigamma function has this value, at most half of [`MANY`]; by Newton's method on
/// its inverse, which is nearly straight (Smyth 2004, appendix).
fn inverse_trigamma(value: f64) -> f64 {
    if value <= 2.0 / MANY {
        return MANY / 2.0;
    }
    let mut x = 0.5 + 1.0 / value;
    for _ in 0..50 {
        let at = digamma_trigamma(x).1;
        let step = 1e-5 * x;
        let slope = (digamma_trigamma(x + step).1 - digamma_trigamma(x - step).1) / (2.0 * step);
        let change = at * (1.0 - at / value) / slope;
        x += change;
        if change.abs() < 1e-8 * x {
            break;
        }
    }
    x.clamp(1e-3, MANY / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_of_trigamma_is_one() {
        for x in [0.2, 0.9, 3.0, 40.0, 5e3] {
            let found = inverse_trigamma(digamma_trigamma(x).1);
            assert!((found / x - 1.0).abs() < 1e-6, "{x}: {found}");
        }
        assert_eq!(inverse_trigamma(-1.0), MANY / 2.0);
    }

    #[test]
    fn equal_variances_are_shared_and_different_ones_are_kept() {
        let shared = Moderated::of([1.0, 1.2, 0.9, 1.1, 1.0].map(|s| (s, 5.0)).into_iter());
        let (one, degrees) = shared.of_unit(3.0, 5.0);
        assert!(degrees == 25.0 && one < 1.3, "{one} with {degrees}");
        let apart = Moderated::of([0.01, 90.0, 2.0, 4000.0, 1.0].map(|s| (s, 5.0)).into_iter());
        let (one, degrees) = apart.of_unit(3.0, 5.0);
        assert!(
            degrees < 7.0 && (one - 3.0).abs() < 1.0,
            "{one} with {degrees}"
        );
    }

    #[test]
    fn a_single_unit_stands_alone() {
        let alone = Moderated::of([(4.0, 5.0)].into_iter());
        assert_eq!(alone.of_unit(4.0, 5.0), (4.0, 5.0));
        assert_eq!(alone.typical(2.0), (1.0, 2.0));
        assert_eq!(Moderated::of(std::iter::empty()).typical(2.0), (1.0, 2.0));
    }
}
