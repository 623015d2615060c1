//! Fitting Gamma-Gamma: rescale money, climb, and say how it went.

use statrs::distribution::{Beta, ContinuousCDF};
use statrs::function::beta::checked_beta_reg;

use super::super::diagnosis::{Boundary, Diagnosis, Goodness};
use super::super::fitting::{Found, Frame, too_few};
use super::super::goodness::{Expected, judge};
use super::super::predicted::around_positive;
use super::likelihood::{Group, evaluate, grouped};
use super::{
    CheckedSpends, FittedGammaGamma, GammaGamma, GammaGammaEstimates, GammaGammaParameters,
    Independence,
};
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::newton::Side;
use crate::symmetric::{Matrix, Vector, quadratic};

/// The box is in units of the mean spend. At it, q and gamma go together: only their ratio is known.
const FRAME: Frame<3> = Frame {
    names: ["p", "q", "gamma"],
    least: [1e-3, 1e-2, 1e-6],
    most: [1e5, 1e5, 1e7],
    partner: [0, 2, 1],
};
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
    let likelihood = |parameters: &Vector<3>| evaluate(&groups, parameters);
    let found = FRAME.found(FRAME.search(likelihood, starts(), spec.most_iterations));
    let mut parameters = GammaGammaParameters::from_logarithms(&found.optimum.point);
    let customers = spends.customers();
    let several: f64 = groups
        .iter()
        .filter(|group| group.purchases > 1.0)
        .map(|group| group.customers)
        .sum();
    let outcome = too_few(customers, several)
        .unwrap_or_else(|| found.outcome(customers, || boundary(&found, &groups)));
    let goodness = goodness(&groups, &parameters, &found.log_covariance);
    parameters.gamma *= unit;
    let values = [parameters.p, parameters.q, parameters.gamma];
    let rows = groups.iter().map(|group| group.total.len()).sum();
    let [p, q, gamma] = found.estimates(&values, spec.level, rows, likelihood);
    let log_covariance = found.log_covariance;
    FittedGammaGamma {
        name: "gamma-gamma".to_owned(),
        parameters,
        estimates: GammaGammaEstimates { p, q, gamma },
        standard_errors: found.standard_errors(&values),
        log_likelihood: found.optimum.at.value + log_unit(customers, unit),
        customers,
        mean_spend: mean_spend(spec, &parameters, &log_covariance, spends.mean_spend()),
        independence: independence(spec, spends),
        diagnosis: Diagnosis {
            outcome,
            iterations: found.optimum.iterations,
            goodness,
            recency: None,
        },
        level: spec.level,
        log_covariance,
        actual_mean_spend: spends.mean_spend(),
    }
}

/// Where to start: the mean p gamma / (q - 1) is 1 in rescaled money.
pub(in super::super) fn starts() -> impl Iterator<Item = Vector<3>> {
    STARTS.into_iter().map(|[p, q]| [p, q, (q - 1.0) / p])
}

/// What is added to the log-likelihood of rescaled money to get that of money as given: the density
/// of a mean changes with the unit, one factor per customer.
pub(in super::super) fn log_unit(customers: f64, unit: f64) -> f64 {
    -customers * unit.ln()
}

fn boundary(found: &Found<3>, groups: &[Group]) -> Option<Boundary> {
    let point = &found.optimum.point;
    let far = |i: usize| point[i] > FRAME.most[i].ln() - 3.0 && found.unsettled[i];
    if far(0) || constant_as_well(found, groups) {
        Some(Boundary::ConstantSpend)
    } else if far(1) || far(2) {
        Some(Boundary::EqualSpend)
    } else if point[1].exp() <= 1.0 {
        Some(Boundary::HeavyTail)
    } else {
        None
    }
}

/// Whether one price per customer, an infinite p, explains the data as well.
fn constant_as_well(found: &Found<3>, groups: &[Group]) -> bool {
    let likelihood = |parameters: &Vector<3>| evaluate(groups, parameters);
    // p gamma is what the data know: p goes up and gamma down with it.
    let ([p, q, gamma], infinite) = (found.optimum.point, FRAME.most[0].ln());
    let start = [infinite, q, p + gamma - infinite];
    found.edge_as_well(0, Side::AtUpper, start, likelihood)
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
