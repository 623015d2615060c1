//! Fitting BG/NBD: rescale time, count equal rows, climb, and say how it went.

use super::super::counted::Counted;
use super::super::diagnosis::{Boundary, Diagnosis, Outcome};
use super::super::goodness;
use super::super::histories::CheckedHistories;
use super::super::predicted::around_positive;
use super::likelihood::evaluate;
use super::{BetaGeo, BetaGeoEstimates, BetaGeoParameters, FittedBetaGeo};
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::newton::{Evaluation, Optimum, Side, information, maximise};
use crate::symmetric::{Matrix, Vector, cholesky, inverse};

/// Customers, and repeat customers among them, below which a fit is not to be relied on.
pub(crate) const ENOUGH_CUSTOMERS: f64 = 30.0;
pub(crate) const ENOUGH_REPEAT_CUSTOMERS: f64 = 10.0;
/// Standard error of a logarithm above which a parameter counts as not settled: its 90 %
/// interval then reaches over a factor of 27.
pub(crate) const UNSETTLED: f64 = 1.0;
/// And what it should be, for the number of customers that would do.
const SETTLED: f64 = 0.5;
/// With more distinct rows than this the search starts on a sample of them.
const START_ON: usize = 20_000;

const NAMES: [&str; 4] = ["r", "alpha", "a", "b"];
/// The box of the search, in units of the mean age: beyond it a parameter is as good as zero or
/// infinite.
const LEAST: Vector<4> = [1e-5, 1e-6, 1e-5, 1e-5];
const MOST: Vector<4> = [1e4, 1e7, 1e4, 1e5];
/// Where to start: r, a and b; alpha follows from the mean purchase rate.
const STARTS: [[f64; 3]; 3] = [[0.5, 0.8, 2.5], [2.0, 0.1, 5.0], [0.5, 5.0, 1.0]];

pub(super) fn fit(spec: &BetaGeo, histories: &CheckedHistories<'_>) -> FittedBetaGeo {
    let unit = if histories.mean_age() > 0.0 {
        histories.mean_age()
    } else {
        1.0
    };
    let data = Counted::new(histories, unit);
    let found = search(&data, spec.most_iterations);
    let mut parameters = BetaGeoParameters::from_logarithms(&found.point);
    let log_covariance = covariance(&found);
    let outcome = outcome(&found, &log_covariance, &data, &parameters);
    let (goodness, recency) = goodness::of_purchases(&data, &parameters, &log_covariance);
    parameters.alpha *= unit;
    let unsettled = unsettled(&found, &log_covariance);
    let values = [parameters.r, parameters.alpha, parameters.a, parameters.b];
    let reach = reach(spec.level);
    let estimate = |i: usize| {
        if unsettled[i] {
            return Estimate::without(values[i], NoInterval::NotIdentified);
        }
        let [value, low, high] = around_positive(values[i], log_covariance[i][i].sqrt(), reach);
        Estimate::between(value, low, high, spec.level, Method::Delta)
    };
    FittedBetaGeo {
        name: "beta-geo".to_owned(),
        parameters,
        estimates: BetaGeoEstimates {
            r: estimate(0),
            alpha: estimate(1),
            a: estimate(2),
            b: estimate(3),
        },
        standard_errors: std::array::from_fn(|i| {
            (!unsettled[i]).then(|| values[i] * log_covariance[i][i].sqrt())
        }),
        // Densities of times change with the unit; one factor per repeat purchase.
        log_likelihood: found.at.value - data.purchases * unit.ln(),
        customers: histories.customers(),
        repeat_customers: histories.repeat_customers(),
        diagnosis: Diagnosis {
            outcome,
            iterations: found.iterations,
            goodness,
            recency: Some(recency),
        },
        level: spec.level,
        log_covariance,
    }
}

fn climb(data: &Counted, start: Vector<4>, most: Vector<4>, most_iterations: u32) -> Optimum<4> {
    let function = |point: &Vector<4>| -> Evaluation<4> {
        let parameters = point.map(f64::exp);
        evaluate(data, &parameters).in_logarithms(&parameters)
    };
    let (lower, upper) = (LEAST.map(f64::ln), most.map(f64::ln));
    maximise(function, start, lower, upper, most_iterations)
}

fn search(data: &Counted, most_iterations: u32) -> Optimum<4> {
    let climb = |data: &Counted, start: Vector<4>| climb(data, start, MOST, most_iterations);
    let small = (data.len() > 3 * START_ON).then(|| data.thinned(data.len() / START_ON));
    let sample = small.as_ref().unwrap_or(data);
    // Time is in mean ages, so this is the mean number of repeat purchases of a customer.
    let rate = (sample.purchases / sample.customers).max(1e-6);
    let mut best: Option<Optimum<4>> = None;
    for [r, a, b] in STARTS {
        let found = climb(sample, [r, r / rate, a, b].map(f64::ln));
        if best.is_none_or(|best| found.at.value > best.at.value + 1e-6) {
            best = Some(found);
        }
        if found.converged && found.sides == [Side::Inside; 4] {
            break;
        }
    }
    let best = best.expect("there is at least one start");
    if small.is_none() {
        best
    } else {
        climb(data, best.point)
    }
}

/// Covariance of the logarithms: the inverse of the observed information, over the parameters
/// inside the box.
pub(crate) fn covariance<const D: usize>(found: &Optimum<D>) -> Matrix<D> {
    let mut information = information(&found.at.hessian, &found.sides);
    // Where the likelihood is flat to the last digit, a little curvature stands for "unknown".
    let floor = 1e-6;
    let factor = loop {
        if let Some(factor) = cholesky(&information) {
            break factor;
        }
        let largest = (0..D)
            .map(|i| information[i][i].abs())
            .fold(floor, f64::max);
        for (i, row) in information.iter_mut().enumerate() {
            row[i] += largest * 1e-9 + floor;
        }
        if !largest.is_finite() {
            return [[0.0; D]; D];
        }
    };
    let mut covariance = inverse(&factor);
    for (i, row) in covariance.iter_mut().enumerate() {
        for (j, cell) in row.iter_mut().enumerate() {
            if found.sides[i] != Side::Inside || found.sides[j] != Side::Inside {
                *cell = 0.0;
            }
        }
    }
    covariance
}

/// Which parameters the data do not settle: at the box, or anywhere within a wide range. At the
/// box one takes its partner along: only `r / alpha` or `a / (a + b)` is known there.
fn unsettled(found: &Optimum<4>, log_covariance: &Matrix<4>) -> [bool; 4] {
    let at_box = |i: usize| found.sides[i] != Side::Inside;
    std::array::from_fn(|i| {
        at_box(i) || at_box(i ^ 1) || log_covariance[i][i].sqrt() > 2.0 * UNSETTLED
    })
}

fn outcome(
    found: &Optimum<4>,
    log_covariance: &Matrix<4>,
    data: &Counted,
    parameters: &BetaGeoParameters,
) -> Outcome {
    let repeat_customers = data.above.first().copied().unwrap_or(0.0);
    if data.customers < ENOUGH_CUSTOMERS || repeat_customers < ENOUGH_REPEAT_CUSTOMERS {
        let share = (repeat_customers + 0.5) / (data.customers + 1.0);
        return Outcome::TooFew {
            customers: data.customers,
            repeat_customers,
            customers_needed: (ENOUGH_REPEAT_CUSTOMERS / share)
                .ceil()
                .max(ENOUGH_CUSTOMERS),
            repeat_customers_needed: ENOUGH_REPEAT_CUSTOMERS,
        };
    }
    if !found.converged {
        return Outcome::NotConverged {
            gain_left: gain_left(found),
        };
    }
    if let Some(meaning) = boundary(found, log_covariance, data, parameters) {
        let unsettled = unsettled(found, log_covariance);
        return Outcome::AtBoundary {
            meaning,
            parameters: named(&unsettled),
        };
    }
    let errors: [f64; 4] = std::array::from_fn(|i| log_covariance[i][i].sqrt());
    let worst = errors.iter().copied().fold(0.0, f64::max);
    if worst > UNSETTLED {
        return Outcome::Flat {
            parameters: named(&errors.map(|error| error > UNSETTLED)),
            customers_needed: customers_needed(data.customers, worst),
        };
    }
    Outcome::Converged
}

/// Standard errors fall with the root of the number of customers.
pub(crate) fn customers_needed(customers: f64, log_error: f64) -> f64 {
    let needed = customers * (log_error / SETTLED).powi(2);
    // Two digits are all that such a forecast is good for.
    let digit = 10f64.powf(needed.max(1.0).log10().floor() - 1.0);
    ((needed / digit).ceil() * digit).min(1e12)
}

/// How much the log-likelihood would rise if it were a parabola.
pub(crate) fn gain_left<const D: usize>(found: &Optimum<D>) -> f64 {
    let covariance = covariance(found);
    crate::symmetric::quadratic(&covariance, &found.at.gradient) / 2.0
}

fn named(chosen: &[bool; 4]) -> Vec<String> {
    NAMES
        .iter()
        .zip(chosen)
        .filter(|(_, chosen)| **chosen)
        .map(|(name, _)| (*name).to_owned())
        .collect()
}

fn boundary(
    found: &Optimum<4>,
    log_covariance: &Matrix<4>,
    data: &Counted,
    parameters: &BetaGeoParameters,
) -> Option<Boundary> {
    // Near the box and going nowhere is as good as at it.
    let toward = |i: usize, side: Side| {
        let middle = (LEAST[i] * MOST[i]).sqrt().ln();
        let outer = if side == Side::AtUpper {
            MOST[i].ln()
        } else {
            LEAST[i].ln()
        };
        let near = (found.point[i] - middle) / (outer - middle) > 0.7;
        found.sides[i] == side || (near && log_covariance[i][i].sqrt() > 2.0 * UNSETTLED)
    };
    let leaving = parameters.a / (parameters.a + parameters.b);
    if toward(2, Side::AtLower) || leaving < 1e-4 || stays_as_well(found, log_covariance, data) {
        return Some(Boundary::NoChurnVisible);
    }
    if toward(3, Side::AtLower)
        || leaving > 1.0 - 1e-4
        || alive_among_repeat(data, parameters) < 1e-3
    {
        return Some(Boundary::EveryoneGone);
    }
    if toward(2, Side::AtUpper) || toward(3, Side::AtUpper) {
        return Some(Boundary::EqualChurn);
    }
    if toward(0, Side::AtUpper) || toward(1, Side::AtUpper) {
        return Some(Boundary::EqualRates);
    }
    (toward(0, Side::AtLower) || toward(1, Side::AtLower)).then_some(Boundary::FewBuyAll)
}

/// Whether customers who never leave explain the data as well: the likelihood ratio of a = 0 is
/// within chance (half its 90 % quantile of chi-square with one degree of freedom).
fn stays_as_well(found: &Optimum<4>, log_covariance: &Matrix<4>, data: &Counted) -> bool {
    if log_covariance[2][2].sqrt() <= UNSETTLED {
        return false;
    }
    let mut most = MOST;
    most[2] = LEAST[2] * 1.001;
    let without = climb(data, found.point, most, 100);
    found.at.value - without.at.value < 1.35
}

/// Mean probability of being alive, of customers with a repeat purchase.
fn alive_among_repeat(data: &Counted, parameters: &BetaGeoParameters) -> f64 {
    let (mut alive, mut customers) = (0.0, 0.0);
    for piece in &data.pieces {
        let x = data.groups[piece.group].frequency;
        if x > 0.0 {
            for row in piece.rows.clone() {
                let weight = data.weight_of(row);
                customers += weight;
                alive += weight * parameters.probability_alive(x, data.recency[row], data.age[row]);
            }
        }
    }
    alive / f64::max(customers, f64::MIN_POSITIVE)
}
