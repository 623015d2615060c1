//! Fitting Gamma-Gamma: rescale money, climb, and say how it went.

use statrs::distribution::{Beta, ContinuousCDF};
use statrs::function::beta::checked_beta_reg;

use super::super::beta_geo::{
    ENOUGH_CUSTOMERS, ENOUGH_REPEAT_CUSTOMERS, UNSETTLED, covariance, customers_needed, gain_left,
};
use super::super::diagnosis::{Boundary, Diagnosis, Goodness, Outcome};
use super::super::goodness::{Expected, judge};
use super::super::predicted::around_positive;
use super::likelihood::{Group, evaluate, grouped};
use super::{
    CheckedSpends, FittedGammaGamma, GammaGamma, GammaGammaEstimates, GammaGammaParameters,
    Independence,
};
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::newton::{Evaluation, Optimum, Side, maximise};
use crate::symmetric::{Matrix, Vector, quadratic};

const NAMES: [&str; 3] = ["p", "q", "gamma"];
/// The box of the search, in units of the mean spend.
const LEAST: Vector<3> = [1e-3, 1e-2, 1e-6];
const MOST: Vector<3> = [1e5, 1e5, 1e7];
/// Where to start: p and q; gamma follows from the mean.
const STARTS: [[f64; 2]; 3] = [[6.0, 4.0], [1.0, 2.0], [30.0, 10.0]];
/// Cells of expected mean spend.
const TENTHS: usize = 9;
const STEP: f64 = 1e-4;
/// Prices stand at a few points (a CD costs 14.96), so the shape of spend is never quite that of
/// the model, and what the model is for, the mean, hardly depends on it: of the CDNOW customers,
/// on whom it is known to do well, a tenth stand in the wrong cell.
const NEGLIGIBLE_SHARE: f64 = 0.15;
/// A correlation below this does little harm whatever its significance.
const WEAK: f64 = 0.2;

pub(super) fn fit(spec: &GammaGamma, spends: &CheckedSpends<'_>) -> FittedGammaGamma {
    let unit = spends.mean_spend();
    let groups = grouped(spends, unit);
    let found = search(&groups, spec.most_iterations);
    let log_covariance = covariance(&found);
    let mut parameters = GammaGammaParameters::from_logarithms(&found.point);
    let customers = spends.customers();
    let outcome = outcome(&found, &log_covariance, customers, &groups);
    let goodness = goodness(&groups, &parameters, &log_covariance);
    parameters.gamma *= unit;
    let unsettled = unsettled(&found, &log_covariance);
    let values = [parameters.p, parameters.q, parameters.gamma];
    let reach = reach(spec.level);
    let estimate = |i: usize| {
        if unsettled[i] {
            return Estimate::without(values[i], NoInterval::NotIdentified);
        }
        let [value, low, high] = around_positive(values[i], log_covariance[i][i].sqrt(), reach);
        Estimate::between(value, low, high, spec.level, Method::Delta)
    };
    FittedGammaGamma {
        name: "gamma-gamma".to_owned(),
        parameters,
        estimates: GammaGammaEstimates {
            p: estimate(0),
            q: estimate(1),
            gamma: estimate(2),
        },
        standard_errors: std::array::from_fn(|i| {
            (!unsettled[i]).then(|| values[i] * log_covariance[i][i].sqrt())
        }),
        // The density of a mean changes with the unit; one factor per customer.
        log_likelihood: found.at.value - customers * unit.ln(),
        customers,
        mean_spend: mean_spend(spec, &parameters, &log_covariance, spends.mean_spend()),
        independence: independence(spec, spends),
        diagnosis: Diagnosis {
            outcome,
            iterations: found.iterations,
            goodness,
            recency: None,
        },
        level: spec.level,
        log_covariance,
        actual_mean_spend: spends.mean_spend(),
    }
}

fn climb(groups: &[Group], start: Vector<3>, least: Vector<3>, most_iterations: u32) -> Optimum<3> {
    let function = |point: &Vector<3>| -> Evaluation<3> {
        let parameters = point.map(f64::exp);
        evaluate(groups, &parameters).in_logarithms(&parameters)
    };
    let (lower, upper) = (least.map(f64::ln), MOST.map(f64::ln));
    maximise(function, start, lower, upper, most_iterations)
}

fn search(groups: &[Group], most_iterations: u32) -> Optimum<3> {
    let mut best: Option<Optimum<3>> = None;
    for [p, q] in STARTS {
        // The mean p gamma / (q - 1) is 1 in rescaled money.
        let start = [p, q, (q - 1.0) / p].map(f64::ln);
        let found = climb(groups, start, LEAST, most_iterations);
        if best.is_none_or(|best| found.at.value > best.at.value + 1e-6) {
            best = Some(found);
        }
        if found.converged && found.sides == [Side::Inside; 3] {
            break;
        }
    }
    best.expect("there is at least one start")
}

fn unsettled(found: &Optimum<3>, log_covariance: &Matrix<3>) -> [bool; 3] {
    std::array::from_fn(|i| {
        // At the box, q and gamma go together: only their ratio is known.
        let partner = [0, 2, 1][i];
        found.sides[i] != Side::Inside
            || found.sides[partner] != Side::Inside
            || log_covariance[i][i].sqrt() > 2.0 * UNSETTLED
    })
}

fn outcome(
    found: &Optimum<3>,
    log_covariance: &Matrix<3>,
    customers: f64,
    groups: &[Group],
) -> Outcome {
    let several: f64 = groups
        .iter()
        .filter(|group| group.purchases > 1.0)
        .map(|group| group.customers)
        .sum();
    if customers < ENOUGH_CUSTOMERS || several < ENOUGH_REPEAT_CUSTOMERS {
        let share = (several + 0.5) / (customers + 1.0);
        return Outcome::TooFew {
            customers,
            repeat_customers: several,
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
    let unsettled = unsettled(found, log_covariance);
    let named = |chosen: &[bool; 3]| {
        NAMES
            .iter()
            .zip(chosen)
            .filter(|(_, chosen)| **chosen)
            .map(|(name, _)| (*name).to_owned())
            .collect()
    };
    let far = |i: usize| found.point[i] > MOST[i].ln() - 3.0 && unsettled[i];
    let meaning = if far(0) || constant_as_well(found, log_covariance, groups) {
        Some(Boundary::ConstantSpend)
    } else if far(1) || far(2) {
        Some(Boundary::EqualSpend)
    } else if found.point[1].exp() <= 1.0 {
        Some(Boundary::HeavyTail)
    } else {
        None
    };
    if let Some(meaning) = meaning {
        return Outcome::AtBoundary {
            meaning,
            parameters: named(&unsettled),
        };
    }
    let errors: [f64; 3] = std::array::from_fn(|i| log_covariance[i][i].sqrt());
    let worst = errors.iter().copied().fold(0.0, f64::max);
    if worst > UNSETTLED || found.sides != [Side::Inside; 3] {
        return Outcome::Flat {
            parameters: named(&std::array::from_fn(|i| {
                errors[i] > UNSETTLED || unsettled[i]
            })),
            customers_needed: customers_needed(customers, worst.max(UNSETTLED)),
        };
    }
    Outcome::Converged
}

/// Whether one price per customer explains the data as well: the likelihood ratio of an infinite p
/// is within chance (half the 90 % quantile of chi-square with one degree of freedom).
fn constant_as_well(found: &Optimum<3>, log_covariance: &Matrix<3>, groups: &[Group]) -> bool {
    if log_covariance[0][0].sqrt() <= UNSETTLED {
        return false;
    }
    let mut least = LEAST;
    least[0] = MOST[0] / 1.001;
    // p gamma is what the data know: p goes up and gamma down with it.
    let [p, q, gamma] = found.point;
    let start = [least[0].ln(), q, p + gamma - least[0].ln()];
    found.at.value - climb(groups, start, least, 100).at.value < 1.35
}

fn mean_spend(
    spec: &GammaGamma,
    parameters: &GammaGammaParameters,
    log_covariance: &Matrix<3>,
    actual: f64,
) -> Estimate {
    let Some(spend) = parameters.expected_spend(0.0, 0.0) else {
        return Estimate::without(actual, NoInterval::NotIdentified);
    };
    let slope = parameters.spend_slope(0.0, 0.0);
    let error = quadratic(log_covariance, &slope).sqrt();
    let [value, low, high] = around_positive(spend, error, reach(spec.level));
    Estimate::between(value, low, high, spec.level, Method::Delta)
}

fn independence(spec: &GammaGamma, spends: &CheckedSpends<'_>) -> Independence {
    let columns = spends.rows();
    let rows = || (0..spends.len()).filter(|&row| columns.purchases[row] > 0.0);
    let customers = spends.customers();
    let mean_purchases: f64 = rows()
        .map(|row| spends.weight_of(row) * columns.purchases[row])
        .sum::<f64>()
        / customers;
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for row in rows() {
        let weight = spends.weight_of(row);
        let (x, y) = (
            columns.purchases[row] - mean_purchases,
            columns.mean[row] - spends.mean_spend(),
        );
        xx += weight * x * x;
        xy += weight * x * y;
        yy += weight * y * y;
    }
    if xx <= 0.0 || yy <= 0.0 {
        // All buy as often, or all spend the same: nothing goes together with anything.
        return Independence {
            correlation: Estimate::without(0.0, NoInterval::NotIdentified),
            holds: true,
        };
    }
    let correlation = (xy / (xx * yy).sqrt()).clamp(-1.0, 1.0);
    if customers <= 4.0 {
        return Independence {
            correlation: Estimate::without(correlation, NoInterval::TooFew),
            holds: true,
        };
    }
    let z = correlation.clamp(-0.999_999, 0.999_999).atanh();
    let reach = reach(spec.level) / (customers - 3.0).sqrt();
    let (low, high) = ((z - reach).tanh(), (z + reach).tanh());
    Independence {
        correlation: Estimate::between(correlation, low, high, spec.level, Method::Delta),
        holds: correlation.abs() < WEAK || (low < 0.0 && high > 0.0),
    }
}

/// Customers per tenth of the mean spend expected for their number of purchases: for x purchases
/// `m x / (gamma + m x)` is beta distributed with `p x` and `q`.
fn goodness(
    groups: &[Group],
    parameters: &GammaGammaParameters,
    log_covariance: &Matrix<3>,
) -> Goodness {
    let mut expected = Expected::<3>::empty(TENTHS);
    let mut actual = vec![0.0; TENTHS];
    for group in groups {
        let ends = tenths(parameters, group.purchases);
        let at = |parameters: &GammaGammaParameters| -> Vec<f64> {
            let below: Vec<f64> = ends
                .iter()
                .map(|&end| share_below(parameters, group.purchases, end))
                .collect();
            (0..TENTHS)
                .map(|cell| below[cell] - if cell == 0 { 0.0 } else { below[cell - 1] })
                .collect()
        };
        expected.add_cells(&at(parameters), group.customers);
        for i in 0..3 {
            let moved = |step: f64| {
                let mut point = parameters.logarithms();
                point[i] += step;
                at(&GammaGammaParameters::from_logarithms(&point))
            };
            for (cell, (up, down)) in moved(STEP).iter().zip(moved(-STEP)).enumerate() {
                expected.slope[cell][i] += group.customers * (up - down) / (2.0 * STEP);
            }
        }
        for (row, &total) in group.total.iter().enumerate() {
            let cell = ends.partition_point(|&end| end < total);
            if cell < TENTHS {
                actual[cell] += group.weight_of(row);
            }
        }
    }
    let labels = (1..=TENTHS + 1)
        .map(|tenth| format!("{}%", tenth * 10))
        .collect();
    judge(labels, &actual, &expected, log_covariance, NEGLIGIBLE_SHARE)
}

/// Totals that a tenth, two tenths … of the customers with x purchases should stay below.
fn tenths(parameters: &GammaGammaParameters, purchases: f64) -> Vec<f64> {
    let law = Beta::new(parameters.p * purchases, parameters.q).ok();
    (1..=TENTHS)
        .map(|tenth| {
            let share = tenth as f64 / (TENTHS as f64 + 1.0);
            let part = law
                .map_or(share, |law| law.inverse_cdf(share))
                .clamp(1e-12, 1.0 - 1e-12);
            parameters.gamma * part / (1.0 - part)
        })
        .collect()
}

fn share_below(parameters: &GammaGammaParameters, purchases: f64, total: f64) -> f64 {
    let part = total / (parameters.gamma + total);
    checked_beta_reg(parameters.p * purchases, parameters.q, part).unwrap_or(0.5)
}
