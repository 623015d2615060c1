//! Fitting Cox regression: climb, and say how it went.
//!
//! The partial log-likelihood is concave, so Newton steps that are halved until they climb arrive
//! from anywhere. Where there is no top (some covariate separates who leaves first) the steps do not
//! shrink while there is hardly anything left to gain: that is how separation is found out.

use super::super::durations::CheckedDurations;
use super::baseline::baselines;
use super::concordance::concordance;
use super::covariates::CheckedCovariates;
use super::likelihood::{Evaluation, evaluate};
use super::prepared::Prepared;
use super::proportional::proportionality;
use super::robust::sandwich;
use super::{
    Coefficient, Cox, CoxDiagnosis, CoxOutcome, CoxTests, FittedCox, LARGEST_LOG_RATIO, Variance,
};
use crate::chi_square::{ChiSquareTest, two_sided};
use crate::dense::{Factor, dot};
use crate::estimate::{Estimate, Method, NoInterval, reach};

/// Twice the gain in log-likelihood that the next step promises, below which we are there: the
/// coefficients are then within 1e-5 standard errors of the maximum, before one more step.
const ENOUGH: f64 = 1e-10;
/// The smallest part of a step that is tried.
const SMALLEST_PART: f64 = 1e-6;
/// A step that would still change the log hazard by this much from one end of a covariate to the
/// other is no step of a search that has arrived.
const STILL_MOVING: f64 = 0.1;
/// And one whose log hazard from one end to the other has a standard error above this is known no
/// better (where steps cannot be told from rounding any more).
const UNKNOWN: f64 = 3e4;
/// Events per covariate below which coefficients and intervals are not to be relied on:
/// E. Vittinghoff, C. E. McCulloch (2007), doi:10.1093/aje/kwk052.
const EVENTS_PER_COVARIATE: f64 = 5.0;

/// A robust error this small beside that of the model is rounding: the scores of each of the few ids
/// add up to nothing.
const DEGENERATE: f64 = 1e-4;

/// Where the search ended.
struct Search {
    beta: Vec<f64>,
    at: Evaluation,
    null_value: f64,
    score: f64,
    /// Covariates that do not follow from those before them.
    kept: Vec<bool>,
    /// For each that does, those it follows from.
    collinear: Vec<(usize, Vec<usize>)>,
    step: Vec<f64>,
    iterations: u32,
    converged: bool,
}

pub(super) fn fit(
    spec: &Cox,
    durations: &CheckedDurations<'_>,
    covariates: &CheckedCovariates<'_>,
) -> FittedCox {
    let data = Prepared::new(durations, covariates, spec.reason);
    let found = search(&data, spec);
    let names = covariates.rows().names;
    let moving = moving(&data, &found);
    let outcome = outcome(&data, &found, &moving, names);
    let settled: Vec<bool> = (0..data.size)
        .map(|j| found.kept[j] && !moving[j] && found.converged)
        .collect();
    let information = Factor::of(&found.at.information, &settled);
    let model = information.map_or_else(|| vec![0.0; data.size * data.size], |f| f.inverse());
    let used = match spec.variance {
        Variance::Model => model.clone(),
        Variance::Robust => sandwich(&data, spec.ties, &found.beta, &model),
    };
    let reach = reach(spec.level);
    let raw = |matrix: &[f64], i: usize, j: usize| {
        matrix[i * data.size + j] / (data.scale[i] * data.scale[j])
    };
    let coefficients = (0..data.size)
        .map(|j| {
            let value = found.beta[j] / data.scale[j];
            let error = |matrix: &[f64]| settled[j].then(|| raw(matrix, j, j).max(0.0).sqrt());
            coefficient(
                names[j],
                value,
                error(&used),
                error(&model),
                spec.level,
                reach,
            )
        })
        .collect();
    let rank = settled.iter().filter(|settled| **settled).count();
    let identified = found.kept.iter().filter(|kept| **kept).count();
    let wald = Factor::of(&used, &settled).map(|factor| {
        let beta: Vec<f64> = (0..data.size)
            .map(|j| if settled[j] { found.beta[j] } else { 0.0 })
            .collect();
        dot(&beta, &factor.solve(&beta))
    });
    let ratio = 2.0 * (found.at.value - found.null_value);
    FittedCox {
        name: "cox".to_owned(),
        coefficients,
        covariance: (0..data.size)
            .map(|i| (0..data.size).map(|j| raw(&used, i, j)).collect())
            .collect(),
        log_likelihood: found.at.value,
        null_log_likelihood: found.null_value,
        tests: CoxTests {
            likelihood_ratio: ChiSquareTest::new(ratio, identified),
            wald: wald.and_then(|statistic| ChiSquareTest::new(statistic, rank)),
            score: ChiSquareTest::new(found.score, identified),
        },
        concordance: concordance(&data, &found.beta, spec.level),
        reference: data.centre.clone(),
        baselines: baselines(&data, spec.ties, &found.beta, durations, covariates),
        diagnosis: CoxDiagnosis {
            proportionality: found
                .converged
                .then(|| proportionality(&data, spec, &found.beta, &model, durations, names))
                .flatten(),
            outcome,
            iterations: found.iterations,
        },
        weight: data.total,
        events: data.events,
        ties: spec.ties,
        variance: spec.variance,
        level: spec.level,
    }
}

fn search(data: &Prepared, spec: &Cox) -> Search {
    let mut beta = vec![0.0; data.size];
    let mut at = evaluate(data, spec.ties, &beta).expect("all hazards are equal at 0");
    // Covariates have a variance of 1, so an event brings information of about 1.
    let start = Factor::new(&at.information, data.size, data.events * 1e-9);
    let kept = start.kept().to_vec();
    let mut found = Search {
        null_value: at.value,
        score: dot(&at.gradient, &start.solve(&at.gradient)),
        collinear: (0..data.size)
            .filter(|&j| !kept[j])
            .map(|j| (j, start.partners(j)))
            .collect(),
        step: vec![0.0; data.size],
        iterations: 0,
        converged: false,
        kept,
        beta: Vec::new(),
        at: Evaluation {
            value: 0.0,
            gradient: Vec::new(),
            information: Vec::new(),
        },
    };
    while found.iterations < spec.most_iterations {
        let Some(factor) = Factor::of(&at.information, &found.kept) else {
            break;
        };
        found.step = factor.solve(&at.gradient);
        found.converged = dot(&found.step, &at.gradient) < ENOUGH;
        let moving = (0..data.size).any(|j| moves(data, &found.step, j));
        if found.converged && moving {
            break;
        }
        found.iterations += 1;
        // Once arrived, one more step doubles the number of digits.
        if let Some(next) = climb(data, spec, &beta, &at, &found.step) {
            (beta, at) = next;
        } else {
            break;
        }
        if found.converged {
            break;
        }
    }
    found.beta = beta;
    found.at = at;
    found
}

/// Covariates without a coefficient of their own because they separate who leaves first.
fn moving(data: &Prepared, found: &Search) -> Vec<bool> {
    let covariance = Factor::of(&found.at.information, &found.kept).map(|factor| factor.inverse());
    let unknown = |j: usize| {
        (covariance.as_ref()).is_some_and(|c| c[j * data.size + j].sqrt() * data.range[j] > UNKNOWN)
    };
    (0..data.size)
        .map(|j| found.kept[j] && (moves(data, &found.step, j) || unknown(j)))
        .collect()
}

/// Whether a step still changes the effect of a covariate.
fn moves(data: &Prepared, step: &[f64], j: usize) -> bool {
    (step[j] * data.range[j]).abs() > STILL_MOVING
}

/// The largest part of the step that climbs.
fn climb(
    data: &Prepared,
    spec: &Cox,
    beta: &[f64],
    at: &Evaluation,
    step: &[f64],
) -> Option<(Vec<f64>, Evaluation)> {
    // Summing many rows leaves this much noise in the value.
    let noise = at.value.abs() * 1e-13;
    let mut part = 1.0;
    while part > SMALLEST_PART {
        let next: Vec<f64> = (beta.iter().zip(step))
            .map(|(beta, step)| beta + part * step)
            .collect();
        if let Some(there) = evaluate(data, spec.ties, &next)
            && there.value >= at.value - noise
        {
            return Some((next, there));
        }
        part /= 2.0;
    }
    None
}

fn outcome(data: &Prepared, found: &Search, moving: &[bool], names: &[&str]) -> CoxOutcome {
    let kept = found.kept.iter().filter(|kept| **kept).count();
    let needed = (EVENTS_PER_COVARIATE * kept.max(1) as f64).max(1.0);
    let share = (data.events + 0.5) / (data.total + 1.0);
    let too_few = CoxOutcome::TooFew {
        events: data.events,
        events_needed: needed,
        customers_needed: (needed / share).ceil(),
    };
    if data.events <= 0.0 {
        return too_few;
    }
    // What unsettles predictions comes before what does not.
    if moving.contains(&true) {
        return CoxOutcome::Separated {
            covariates: (names.iter().zip(moving))
                .filter(|(_, moving)| **moving)
                .map(|(name, _)| (*name).to_owned())
                .collect(),
        };
    }
    if !found.converged {
        return CoxOutcome::NotConverged {
            gain_left: dot(&found.step, &found.at.gradient).max(0.0) / 2.0,
        };
    }
    if !found.collinear.is_empty() {
        let sets = found.collinear.iter().map(|(j, partners)| {
            let mut set = vec![names[*j].to_owned()];
            set.extend(partners.iter().map(|&k| names[k].to_owned()));
            set
        });
        return CoxOutcome::Collinear {
            covariates: sets.collect(),
        };
    }
    if data.events < needed && data.size > 0 {
        return too_few;
    }
    CoxOutcome::Converged
}

fn coefficient(
    name: &str,
    value: f64,
    standard_error: Option<f64>,
    model_standard_error: Option<f64>,
    level: f64,
    reach: f64,
) -> Coefficient {
    let ratio = |log: f64| log.clamp(-LARGEST_LOG_RATIO, LARGEST_LOG_RATIO).exp();
    let least = model_standard_error.map_or(0.0, |error| error * DEGENERATE);
    let Some(error) = standard_error.filter(|error| *error > least) else {
        let reason = match model_standard_error {
            Some(_) => NoInterval::TooFew,
            None => NoInterval::NotIdentified,
        };
        return Coefficient {
            name: name.to_owned(),
            coefficient: Estimate::without(value, reason),
            hazard_ratio: Estimate::without(ratio(value), reason),
            standard_error: None,
            model_standard_error,
            p_value: None,
        };
    };
    let (low, high) = (value - reach * error, value + reach * error);
    Coefficient {
        name: name.to_owned(),
        coefficient: Estimate::between(value, low, high, level, Method::Delta),
        hazard_ratio: Estimate::between(
            ratio(value),
            ratio(low),
            ratio(high),
            level,
            Method::Delta,
        ),
        standard_error: Some(error),
        model_standard_error,
        p_value: Some(two_sided(value / error)),
    }
}
