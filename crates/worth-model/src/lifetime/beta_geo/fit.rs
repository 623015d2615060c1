//! Fitting BG/NBD: rescale time, count equal rows, climb, and say how it went.

use super::super::counted::Counted;
use super::super::diagnosis::{Boundary, Diagnosis};
use super::super::fitting::{Found, Frame};
use super::super::goodness;
use super::super::histories::CheckedHistories;
use super::likelihood::evaluate;
use super::{BetaGeo, BetaGeoEstimates, BetaGeoParameters, FittedBetaGeo};
use crate::newton::{Optimum, Side};
use crate::symmetric::Vector;

/// With more distinct rows than this the search starts on a sample of them.
const START_ON: usize = 20_000;

/// The box is in units of the mean age. At it, only `r / alpha` or `a / (a + b)` is known.
const FRAME: Frame<4> = Frame {
    names: ["r", "alpha", "a", "b"],
    least: [1e-5, 1e-6, 1e-5, 1e-5],
    most: [1e4, 1e7, 1e4, 1e5],
    partner: [1, 0, 3, 2],
};
/// Where to start: r, a and b; alpha follows from the mean purchase rate.
const STARTS: [[f64; 3]; 3] = [[0.5, 0.8, 2.5], [2.0, 0.1, 5.0], [0.5, 5.0, 1.0]];

pub(super) fn fit(spec: &BetaGeo, histories: &CheckedHistories<'_>) -> FittedBetaGeo {
    let unit = if histories.mean_age() > 0.0 {
        histories.mean_age()
    } else {
        1.0
    };
    let data = Counted::new(histories, unit);
    let found = FRAME.found(search(&data, spec.most_iterations));
    let mut parameters = BetaGeoParameters::from_logarithms(&found.optimum.point);
    let repeat_customers = data.above.first().copied().unwrap_or(0.0);
    let outcome = found.outcome(data.customers, repeat_customers, || {
        boundary(&found, &data, &parameters)
    });
    let (goodness, recency) = goodness::of_purchases(&data, &parameters, &found.log_covariance);
    parameters.alpha *= unit;
    let values = [parameters.r, parameters.alpha, parameters.a, parameters.b];
    let [r, alpha, a, b] = found.estimates(&values, spec.level);
    FittedBetaGeo {
        name: "beta-geo".to_owned(),
        parameters,
        estimates: BetaGeoEstimates { r, alpha, a, b },
        standard_errors: found.standard_errors(&values),
        // Densities of times change with the unit; one factor per repeat purchase.
        log_likelihood: found.optimum.at.value - data.purchases * unit.ln(),
        customers: histories.customers(),
        repeat_customers: histories.repeat_customers(),
        diagnosis: Diagnosis {
            outcome,
            iterations: found.optimum.iterations,
            goodness,
            recency: Some(recency),
        },
        level: spec.level,
        log_covariance: found.log_covariance,
    }
}

fn search(data: &Counted, most_iterations: u32) -> Optimum<4> {
    let small = (data.len() > 3 * START_ON).then(|| data.thinned(data.len() / START_ON));
    let sample = small.as_ref().unwrap_or(data);
    // Time is in mean ages, so this is the mean number of repeat purchases of a customer.
    let rate = (sample.purchases / sample.customers).max(1e-6);
    let starts = STARTS.map(|[r, a, b]| [r, r / rate, a, b]);
    let on_sample = |parameters: &Vector<4>| evaluate(sample, parameters);
    let best = FRAME.search(on_sample, starts, most_iterations);
    if small.is_none() {
        best
    } else {
        let on_all = |parameters: &Vector<4>| evaluate(data, parameters);
        FRAME.climb(on_all, best.point, most_iterations)
    }
}

fn boundary(found: &Found<4>, data: &Counted, parameters: &BetaGeoParameters) -> Option<Boundary> {
    let toward = |i: usize, side: Side| found.toward(i, side);
    let leaving = parameters.a / (parameters.a + parameters.b);
    if toward(2, Side::AtLower) || leaving < 1e-4 || stays_as_well(found, data) {
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

/// Whether customers who never leave, a = 0, explain the data as well.
fn stays_as_well(found: &Found<4>, data: &Counted) -> bool {
    let mut edge = FRAME;
    edge.most[2] = FRAME.least[2] * 1.001;
    let likelihood = |parameters: &Vector<4>| evaluate(data, parameters);
    found.edge_as_well(2, || edge.climb(likelihood, found.optimum.point, 100))
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
