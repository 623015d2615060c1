//! Where a point may be: the ellipse of a covariance.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::symmetric::eigen;

/// An ellipse around a point of the map.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ellipse {
    /// Its middle: quality and price.
    pub centre: [f64; 2],
    /// Half its longer and half its shorter diameter.
    pub radii: [f64; 2],
    /// Turn of the longer diameter from the axis of quality towards that of price, in radians,
    /// −π/2..π/2.
    pub angle: f64,
    /// Probability with which the point is meant to be inside.
    pub level: f64,
}

impl Ellipse {
    /// Around `centre`, with the covariance of a point that rests on so many respondents, at least
    /// three.
    pub(in crate::perceived) fn of(
        centre: [f64; 2],
        covariance: [[f64; 2]; 2],
        respondents: usize,
        level: f64,
    ) -> Self {
        let mut parts = eigen(covariance.map(Vec::from).to_vec());
        parts.sort_by(|one, other| other.0.total_cmp(&one.0));
        // Hotelling's T²: F with 2 and d = n − 2 degrees of freedom, times 2 (d + 1) / d. With 2 degrees
        // of freedom P(F > f) = (1 + 2 f / d)^(−d / 2), so the quantile has a closed form.
        let freedom = respondents as f64 - 2.0;
        let reach = (freedom + 1.0) * ((1.0 - level).powf(-2.0 / freedom) - 1.0);
        let radius = |part: usize| (parts[part].0.max(0.0) * reach).sqrt();
        let (along, up) = (parts[0].1[0], parts[0].1[1]);
        Self {
            centre,
            radii: [radius(0), radius(1)],
            angle: if along == 0.0 {
                std::f64::consts::FRAC_PI_2
            } else {
                (up / along).atan()
            },
            level,
        }
    }

    /// The outline as so many points, to draw it.
    #[must_use]
    pub fn outline(&self, points: usize) -> Vec<[f64; 2]> {
        let (sine, cosine) = self.angle.sin_cos();
        (0..points)
            .map(|point| {
                let (up, along) = (std::f64::consts::TAU * point as f64 / points as f64).sin_cos();
                let (along, up) = (self.radii[0] * along, self.radii[1] * up);
                [
                    self.centre[0] + along * cosine - up * sine,
                    self.centre[1] + along * sine + up * cosine,
                ]
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slanted_covariance_by_hand() {
        // variances 5 and 2 along the diagonals: [[3.5, 1.5], [1.5, 3.5]]
        let found = Ellipse::of([1.0, 2.0], [[3.5, 1.5], [1.5, 3.5]], 1_000_000, 0.9);
        // chi-square with two degrees of freedom: −2 ln .1 = 4.60517
        let chi_square = -2.0 * 0.1_f64.ln();
        assert!((found.angle - std::f64::consts::FRAC_PI_4).abs() < 1e-9);
        assert!((found.radii[0] - (5.0 * chi_square).sqrt()).abs() < 1e-4);
        assert!((found.radii[1] - (2.0 * chi_square).sqrt()).abs() < 1e-4);
        // of ten respondents: 2 · 9 / 8 · 3.11312 (F with 2 and 8 degrees of freedom at 90 %)
        let few = Ellipse::of([0.0; 2], [[1.0, 0.0], [0.0, 1.0]], 10, 0.9);
        assert!((few.radii[0].powi(2) - 2.25 * 3.113_12).abs() < 1e-4);
    }

    #[test]
    fn the_outline_goes_round() {
        let ellipse = Ellipse {
            centre: [1.0, 1.0],
            radii: [2.0, 1.0],
            angle: std::f64::consts::FRAC_PI_2,
            level: 0.9,
        };
        let outline = ellipse.outline(4);
        for (found, expected) in
            outline
                .iter()
                .zip([[1.0, 3.0], [0.0, 1.0], [1.0, -1.0], [2.0, 1.0]])
        {
            assert!(
                (found[0] - expected[0]).abs() < 1e-12 && (found[1] - expected[1]).abs() < 1e-12
            );
        }
    }
}
