//! Numbers of customers, averaged over draws of the parameters: a stream over customers that holds
//! no more than the draws of one.
//!
//! What depends on age and number of purchases alone is computed at a few ages for each draw
//! ([`Curves`]); the probability of being alive is computed for each customer and draw.

use rayon::prelude::*;

use super::super::curve::Curves;
use super::super::fitted::OfAlive;
use super::super::histories::CheckedHistories;
use super::super::law::Law;
use super::super::predicted::Predicted;
use super::draws::average;
use crate::estimate::Method;
use crate::parallel::chunks;

/// Last terms of a series that do not matter: draws are fewer than its digits.
const NEGLIGIBLE: f64 = 1e-7;

/// What alive customers have ahead of them, times their probability of being alive, times what
/// `factor` makes of it for a draw and a row.
pub(super) fn ahead<P: Law<D>, const D: usize>(
    laws: &[P],
    histories: &CheckedHistories<'_>,
    if_alive: OfAlive<'_, P>,
    factor: impl Fn(usize, usize) -> f64 + Sync,
    level: f64,
) -> Predicted {
    let columns = histories.rows();
    let curves: Vec<_> = laws
        .par_iter()
        .map(|law| {
            let exact = move |phase: usize, x: f64, age: f64| (if_alive(law, phase, x, age), []);
            Curves::new(
                columns.frequency,
                columns.age,
                law.phases(),
                law.time_scale(),
                (NEGLIGIBLE, []),
                exact,
            )
        })
        .collect();
    each(histories.len(), laws.len(), level, |draw, row| {
        let (x, t_x, age) = (
            columns.frequency[row],
            columns.recency[row],
            columns.age[row],
        );
        let (law, curves) = (&laws[draw], &curves[draw]);
        let (number, []) = law.over_phases((x, t_x, age), |phase| curves.at(phase, x, age));
        law.alive(x, t_x, age) * number * factor(draw, row)
    })
}

/// The average over draws of a number of each row.
pub(super) fn each(
    rows: usize,
    draws: usize,
    level: f64,
    number: impl Fn(usize, usize) -> f64 + Sync,
) -> Predicted {
    let parts = chunks(rows, |range| {
        let mut numbers = vec![0.0; draws];
        range
            .map(|row| {
                for (draw, place) in numbers.iter_mut().enumerate() {
                    *place = number(draw, row);
                }
                average(&mut numbers, level)
            })
            .collect()
    });
    Predicted {
        method: Method::Posterior,
        ..Predicted::from_parts(parts, level)
    }
}
