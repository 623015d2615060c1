//! How soon customers came back who saw more value: all of them count, also those whose days are not over.

use worth_model::survival::{Covariates, Cox, CoxOutcome, Durations, Variance};

use super::answer::Sooner;
use super::people::People;
use crate::behaviour::Before;

/// The rate at which customers come back per point of value; nothing when too few did.
pub(super) fn sooner(people: &People, level: f64) -> Option<Sooner> {
    let is_known = |&row: &usize| !people.value[row].is_nan() && !people.until_next[row].0.is_nan();
    let rows: Vec<usize> = (0..people.value.len()).filter(is_known).collect();
    let of_rows = |column: &[f64]| -> Vec<f64> { rows.iter().map(|&row| column[row]).collect() };
    let columns: Vec<Vec<f64>> = std::iter::once(&people.value)
        .chain(&people.habits)
        .map(|column| of_rows(column))
        .collect();
    let came_back: Vec<u32> = rows
        .iter()
        .map(|&row| u32::from(people.until_next[row].1))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let days: Vec<f64> = rows.iter().map(|&row| people.until_next[row].0).collect();
    let durations = Durations {
        start: None,
        end: &days,
        event: &came_back,
        weight: None,
        group: None,
    };
    let names: Vec<&str> = std::iter::once("value").chain(Before::CONTROLS).collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let covariates = Covariates {
        names: &names,
        columns: &columns,
        stratum: None,
        id: None,
    };
    let cox = Cox {
        level,
        variance: Variance::Robust,
        ..Cox::default()
    };
    let durations = durations.check().expect("days from 0 on");
    let covariates = covariates
        .check(&durations)
        .expect("numbers of the same rows");
    let fitted = cox
        .fit(&durations, &covariates)
        .expect("settings that were checked");
    // habits that all have in common are left out, and nothing is lost by that
    let is_sound = matches!(
        fitted.diagnosis.outcome,
        CoxOutcome::Converged | CoxOutcome::Collinear { .. }
    );
    let rate_ratio = fitted.coefficients[0].hazard_ratio;
    (is_sound && rate_ratio.ends().is_some()).then(|| Sooner {
        customers: rows.len() as u64,
        came_back: fitted.events as u64,
        rate_ratio,
        stays_the_same: (fitted.diagnosis.proportionality.as_ref())
            .and_then(|check| check.covariates.iter().find(|of| of.name == "value"))
            .map(|of| of.holds),
    })
}
