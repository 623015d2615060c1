//! Effects that have to earn their place: the elastic net (Zou, Hastie 2005, Regularization and
//! Variable Selection via the Elastic Net, doi:10.1111/j.1467-9868.2005.00503.x), by coordinate
//! descent on correlations (Friedman, Hastie, Tibshirani 2010, Regularization Paths for Generalized
//! Linear Models via Coordinate Descent, doi:10.18637/jss.v033.i01).
//!
//! ```text
//! minimise  ½ β'Rβ − r'β + λ (½ |β|₁ + ¼ β'β)
//! ```
//!
//! λ is the one that predicts best in five parts of the respondents from the other four, each part
//! having a level of its own.

use super::moments::{Correlations, Moments};
use crate::dense::{dot, quadratic};

/// Part of the penalty that is on absolute values; the other part is on squares.
const ABSOLUTE: f64 = 0.5;
const FOLDS: usize = 5;
/// Fewer groups of respondents than this are not parted.
const FEWEST_GROUPS: usize = 20;
/// Penalties that are tried, from the one that leaves nothing down to a thousandth of it.
const PENALTIES: usize = 40;
/// Rounds of coordinate descent at each penalty, at most; it ends when nothing moves.
const ROUNDS: usize = 1000;
const MOVES: f64 = 1e-9;

/// Standardised effects, 0 for drivers that do not help to predict; none for few respondents.
pub(super) fn elastic_net(
    moments: &Moments,
    groups: usize,
    whole: &Correlations,
) -> Option<Vec<f64>> {
    if groups < FEWEST_GROUPS {
        return None;
    }
    let strongest = whole
        .with_outcome
        .iter()
        .fold(0.0, |most: f64, r| most.max(r.abs()));
    let penalties: Vec<f64> = (0..PENALTIES)
        .map(|step| 1e-3_f64.powf(step as f64 / (PENALTIES - 1) as f64) * strongest / ABSOLUTE)
        .collect();
    let mut errors = vec![0.0; PENALTIES];
    for fold in 0..FOLDS {
        let part = |inside: bool| {
            let times: Vec<f64> = (0..groups)
                .map(|group| f64::from(u8::from((group % FOLDS == fold) == inside)))
                .collect();
            moments.correlations(&times)
        };
        let (rest, held_out) = (part(false)?, part(true)?);
        for (error, effects) in errors.iter_mut().zip(path(&rest, &penalties)) {
            *error += squared_error(&effects, &rest, &held_out);
        }
    }
    let best = (0..PENALTIES).min_by(|&one, &other| errors[one].total_cmp(&errors[other]))?;
    path(whole, &penalties[..=best]).pop()
}

/// Effects at each penalty, each search beginning where the one before ended.
fn path(correlations: &Correlations, penalties: &[f64]) -> Vec<Vec<f64>> {
    let mut effects = vec![0.0; correlations.drivers()];
    penalties
        .iter()
        .map(|&penalty| {
            descend(correlations, penalty, &mut effects);
            effects.clone()
        })
        .collect()
}

fn descend(correlations: &Correlations, penalty: f64, effects: &mut [f64]) {
    let drivers = effects.len();
    for _ in 0..ROUNDS {
        let mut moved = 0.0_f64;
        for j in 0..drivers {
            let row = &correlations.between[j * drivers..(j + 1) * drivers];
            let alone = correlations.with_outcome[j] - dot(row, effects) + row[j] * effects[j];
            let shrunk = (alone.abs() - penalty * ABSOLUTE).max(0.0).copysign(alone);
            let held = row[j] + penalty * (1.0 - ABSOLUTE);
            let effect = if held > 0.0 { shrunk / held } else { 0.0 };
            moved = moved.max((effect - effects[j]).abs());
            effects[j] = effect;
        }
        if moved < MOVES {
            break;
        }
    }
}

/// Mean squared error, in the outcome's own unit, of effects that were found in other respondents.
fn squared_error(effects: &[f64], found_in: &Correlations, held_out: &Correlations) -> f64 {
    let in_units = |of: &Correlations, driver: usize| of.deviations[driver + 1];
    let slopes: Vec<f64> = (0..effects.len())
        .map(|driver| {
            let unit = in_units(found_in, driver);
            let slope = if unit > 0.0 {
                effects[driver] * found_in.deviations[0] / unit
            } else {
                0.0
            };
            slope * in_units(held_out, driver)
        })
        .collect();
    let outcome = held_out.deviations[0];
    outcome * outcome - 2.0 * outcome * dot(&slopes, &held_out.with_outcome)
        + quadratic(&held_out.between, &slopes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ElasticNet(alpha = λ, l1_ratio = 0.5)` of scikit-learn 1.9.1 on data with these correlations.
    #[test]
    fn effects_match_scikit_learn() {
        let correlations = Correlations {
            between: vec![1.0, 0.6, 0.3, 0.6, 1.0, 0.2, 0.3, 0.2, 1.0],
            with_outcome: vec![0.5, 0.55, -0.1],
            deviations: vec![1.0; 4],
            reconciled: false,
        };
        let found = path(&correlations, &[0.4, 0.1, 0.01]);
        for (found, expected) in found.iter().zip([
            [0.138_888_89, 0.222_222_22, 0.0],
            [0.283_691_66, 0.351_337_18, -0.195_595_18],
            [0.338_818_3, 0.394_574_02, -0.274_189_35],
        ]) {
            for (one, other) in found.iter().zip(expected) {
                assert!(
                    (one - other).abs() < 1e-7,
                    "{found:?}, scikit-learn {expected:?}"
                );
            }
        }
    }
}
