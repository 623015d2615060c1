//! Do hazards stay in proportion, as the model says? Or does a covariate matter more at first?
//!
//! At every event the covariates of who leaves, less their mean over the risk set, are a residual
//! (Schoenfeld); times D V (D events, V the covariance of the coefficients) and plus the coefficient
//! it scatters around the coefficient at that time. A trend of it over g(t) is tested:
//!
//! ```text
//! with u = Σ (g - ḡ) residual    statistic of j = (V u)_j² D / (V_jj Σ (g - ḡ)²)
//!                                of all         =  u' V u  D /       Σ (g - ḡ)²
//! ```
//!
//! Source: P. M. Grambsch, T. M. Therneau (1994), Proportional Hazards Tests and Diagnostics Based on
//! Weighted Residuals, Biometrika 81, doi:10.1093/biomet/81.3.515. (R's `cox.zph` made this test up
//! to version 2 and since then a score test, whose numbers differ a little.)

use super::super::durations::CheckedDurations;
use super::super::risk::{remaining, spells, walk_back};
use super::likelihood::{TieSums, risks};
use super::prepared::{Prepared, add};
use super::{Cox, Proportionality, ProportionalityOf, TimeScale};
use crate::chi_square::ChiSquareTest;
use crate::dense::{dot, times};

/// A trend counts when chance would make as large a one in fewer samples than this …
const UNLIKELY: f64 = 0.01;
/// … and the residual goes with time at least as much as this: in a million customers every trend
/// is sure, and most are too small to matter.
const SLIGHT: f64 = 0.1;

/// The check, for scaled covariates; nothing without two different times of events.
pub(super) fn proportionality(
    data: &Prepared,
    spec: &Cox,
    beta: &[f64],
    model: &[f64],
    durations: &CheckedDurations<'_>,
    names: &[&str],
) -> Option<Proportionality> {
    let size = data.size;
    let known: Vec<bool> = (0..size).map(|j| model[j * size + j] > 0.0).collect();
    let risks = risks(data, beta)?;
    let scale = time_scale(data, spec, durations);
    let mean: f64 = dot_events(data, &scale) / data.events;
    let spread: f64 = (data.steps.iter().zip(&scale))
        .map(|(step, g)| step.events * (g - mean).powi(2))
        .sum();
    if !known.contains(&true) || spread.is_nan() || spread <= 1e-12 * data.events {
        return None;
    }
    let mut trend = vec![0.0; size];
    // Sum of squares of the scaled residuals, for the correlation with g; their mean is 0.
    let mut squares = vec![0.0; size];
    let mut centre = vec![0.0; size];
    data.sweep(&risks.risk, |step, set| {
        let events = data.steps[step].events;
        let sums = TieSums::new(spec.ties, events, set.leaving_risk / set.risk);
        let sums_of_set = set.first.iter().zip(&set.leaving_first);
        for (centre, (first, leaving_first)) in centre.iter_mut().zip(sums_of_set) {
            *centre = (sums.one * first - sums.part * leaving_first) / (set.risk * events);
        }
        for row in data.leaving(step) {
            let residual: Vec<f64> = (data.row(row).iter().zip(&centre))
                .map(|(x, centre)| x - centre)
                .collect();
            let weight = data.weight[row];
            add(&mut trend, weight * (scale[step] - mean), &residual);
            for (sum, value) in squares.iter_mut().zip(times(model, &residual)) {
                *sum += weight * value * value;
            }
        }
    });
    let scaled = times(model, &trend);
    let of_covariate = |j: usize| {
        let variance = model[j * size + j];
        let statistic = scaled[j] * scaled[j] * data.events / (variance * spread);
        let correlation = if squares[j] > 0.0 {
            scaled[j] / (squares[j] * spread).sqrt()
        } else {
            0.0
        };
        let test = ChiSquareTest::new(statistic, 1)?;
        Some(ProportionalityOf {
            name: names[j].to_owned(),
            correlation: correlation.clamp(-1.0, 1.0),
            test,
            holds: test.p_value >= UNLIKELY || correlation.abs() < SLIGHT,
        })
    };
    let covariates: Vec<ProportionalityOf> = (0..size)
        .filter(|&j| known[j])
        .filter_map(of_covariate)
        .collect();
    let global = dot(&trend, &scaled) * data.events / spread;
    Some(Proportionality {
        holds: covariates.iter().all(|covariate| covariate.holds),
        global: ChiSquareTest::new(global, covariates.len())?,
        covariates,
    })
}

fn dot_events(data: &Prepared, scale: &[f64]) -> f64 {
    (data.steps.iter().zip(scale))
        .map(|(step, g)| step.events * g)
        .sum()
}

/// g of the time of every step.
fn time_scale(data: &Prepared, spec: &Cox, durations: &CheckedDurations<'_>) -> Vec<f64> {
    if spec.time_scale == TimeScale::Identity {
        // In units of the last time, so that squares stay small.
        let last = data
            .steps
            .iter()
            .fold(0.0, |last, step| f64::max(last, step.time));
        let unit = if last > 0.0 { last } else { 1.0 };
        return data.steps.iter().map(|step| step.time / unit).collect();
    }
    // The part of all customers that has left before, of all strata together.
    let spells = spells(durations, |_| 0);
    let counts = |event: u32| spec.reason.map_or(event > 0, |reason| event == reason);
    let mut points = Vec::new();
    walk_back(
        &spells,
        (1, 1),
        |_| 0,
        |spell| counts(spell.event).then_some(0),
        |moment| {
            if moment.events[0] > 0.0 {
                let rest = remaining(moment.at_risk[0], moment.events[0]);
                points.push((moment.time, rest / moment.at_risk[0]));
            }
        },
    );
    points.reverse();
    let mut there = 1.0;
    for (_, stays) in &mut points {
        let before = there;
        there *= *stays;
        *stays = 1.0 - before;
    }
    (data.steps.iter())
        .map(|step| {
            let place = points.partition_point(|(time, _)| *time < step.time);
            points[place].1
        })
        .collect()
}
