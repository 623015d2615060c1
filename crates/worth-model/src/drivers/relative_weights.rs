//! Relative weights: what each driver brings, by way of the orthogonal variables closest to the
//! drivers (Johnson 2000, A Heuristic Method for Estimating the Relative Weight of Predictor
//! Variables in Multiple Regression, doi:10.1207/S15327906MBR3501_1).
//!
//! With *R = V D V'* the correlations between drivers, *Λ = V D^½ V'* ties them to those orthogonal
//! variables, *β = Λ⁻¹ r* is what the outcome has of each, and driver *j* weighs *Σₖ λⱼₖ² βₖ²*.
//! Weights add to R². Directions in which drivers do not vary are left out.

use super::moments::Correlations;
use crate::symmetric::eigen;

/// A direction with less variance than this, of the 1 of each driver, is none.
const NONE: f64 = 1e-8;

pub(super) fn relative_weights(correlations: &Correlations) -> Vec<f64> {
    let drivers = correlations.drivers();
    let rows = correlations.between.chunks_exact(drivers);
    let parts: Vec<(f64, Vec<f64>)> = eigen(rows.map(<[f64]>::to_vec).collect())
        .into_iter()
        .filter(|(value, _)| *value > NONE)
        .map(|(value, vector)| (value.sqrt(), vector))
        .collect();
    let in_outcome: Vec<f64> = parts
        .iter()
        .map(|(root, vector)| {
            let products = vector.iter().zip(&correlations.with_outcome);
            products.map(|(part, with)| part * with).sum::<f64>() / root
        })
        .collect();
    let mut weights = vec![0.0; drivers];
    for k in 0..drivers {
        let of_parts = parts.iter().zip(&in_outcome);
        let beta: f64 = of_parts.map(|((_, vector), share)| vector[k] * share).sum();
        for (j, weight) in weights.iter_mut().enumerate() {
            let products = parts
                .iter()
                .map(|(root, vector)| root * vector[j] * vector[k]);
            let lambda: f64 = products.sum();
            *weight += (lambda * beta).powi(2);
        }
    }
    weights
}
