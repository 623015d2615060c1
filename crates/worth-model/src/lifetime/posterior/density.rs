//! How dense the draws of a parameter lie: what a plot of its marginal posterior shows.
//!
//! A sum of normal kernels over the logarithms of the draws, which lie nearly as a normal distribution
//! does and keep the parameter positive. Source: B. W. Silverman (1986), Density Estimation for
//! Statistics and Data Analysis, section 3.4.2, with its rule for the width of a kernel.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::concentration::quantile;

/// Points of a curve: more are not seen in a plot.
const POINTS: usize = 48;
/// Draws that a curve is made of at most, spread evenly: more do not change what is seen.
const MOST_DRAWS: usize = 4000;
/// Share of the draws that lies beyond either end of the curve.
const BEYOND: f64 = 0.005;

/// A point of the curve of a density.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DensityPoint {
    /// Value of the parameter.
    pub value: f64,
    /// Probability per unit of it.
    pub density: f64,
}

/// The density of positive draws at evenly spaced values, from one end of them to the other; empty
/// where they are all the same.
pub(super) fn density(draws: &[f64]) -> Vec<DensityPoint> {
    let step = draws.len().div_ceil(MOST_DRAWS).max(1);
    let mut logarithms: Vec<f64> = draws.iter().step_by(step).map(|draw| draw.ln()).collect();
    logarithms.sort_unstable_by(f64::total_cmp);
    let at = |part: f64| quantile(&logarithms, part).unwrap_or_default();
    let count = logarithms.len() as f64;
    let spread = deviation(&logarithms).min((at(0.75) - at(0.25)) / 1.34);
    let width = 0.9 * spread * count.powf(-0.2);
    if width.is_nan() || width <= 0.0 {
        return Vec::new();
    }
    let (first, last) = (at(BEYOND).exp(), at(1.0 - BEYOND).exp());
    let scale = 1.0 / (count * width * std::f64::consts::TAU.sqrt());
    (0..POINTS)
        .map(|point| {
            let value = first + (last - first) * point as f64 / (POINTS - 1) as f64;
            let kernel = |draw: &f64| (-0.5 * ((value.ln() - draw) / width).powi(2)).exp();
            let of_logarithm = scale * logarithms.iter().map(kernel).sum::<f64>();
            DensityPoint {
                value,
                density: of_logarithm / value,
            }
        })
        .collect()
}

fn deviation(numbers: &[f64]) -> f64 {
    let count = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / count;
    let squares = numbers.iter().map(|number| (number - mean).powi(2));
    (squares.sum::<f64>() / count).sqrt()
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Continuous, ContinuousCDF, LogNormal, Normal};

    use super::*;

    #[test]
    fn the_curve_is_that_of_the_distribution() {
        let (normal, wanted) = (
            Normal::new(1.0, 0.3).expect("a distribution"),
            LogNormal::new(1.0, 0.3).expect("a distribution"),
        );
        let draws: Vec<f64> = (0..5000)
            .map(|draw| normal.inverse_cdf((f64::from(draw) + 0.5) / 5000.0).exp())
            .collect();
        let curve = density(&draws);
        assert_eq!(curve.len(), POINTS);
        let highest = wanted.pdf((1.0_f64 - 0.09).exp());
        for point in &curve {
            let apart = (point.density - wanted.pdf(point.value)).abs();
            assert!(apart < 0.02 * highest, "{point:?}");
        }
        let width = curve[1].value - curve[0].value;
        let mass: f64 = curve.iter().map(|point| point.density * width).sum();
        assert!((mass - 0.99).abs() < 0.01, "{mass}");
    }

    #[test]
    fn draws_that_do_not_move_have_no_curve() {
        assert!(density(&[2.0; 100]).is_empty());
        assert!(density(&[]).is_empty());
    }
}
