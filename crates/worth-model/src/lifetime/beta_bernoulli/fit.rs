//! Fitting BG/BB: count equal rows, climb, and say how it went.

use super::goodness;
use super::likelihood::evaluate;
use super::opportunities::{CheckedOpportunities, Counted};
use super::{BetaBernoulli, BetaBernoulliEstimates, BetaBernoulliParameters, FittedBetaBernoulli};
use crate::lifetime::diagnosis::{Boundary, Diagnosis, Outcome};
use crate::lifetime::fitting::{Found, Frame, too_few};
use crate::newton::Side;
use crate::symmetric::Vector;

const FRAME: Frame<4> = Frame {
    names: ["alpha", "beta", "gamma", "delta"],
    least: [1e-5; 4],
    most: [1e5; 4],
    partner: [1, 0, 3, 2],
};
/// Where to start: moderate differences, then few who leave, then many.
const STARTS: [Vector<4>; 3] = [
    [1.0, 1.5, 1.0, 4.0],
    [0.5, 1.0, 0.3, 6.0],
    [2.0, 2.0, 3.0, 3.0],
];
/// Opportunities that there must have been: fewer have fewer distinct histories than the model has
/// parameters.
const OPPORTUNITIES_NEEDED: usize = 3;
/// A mean probability of leaving beyond this (or above one minus it) is as good as zero (or one).
const NEVER: f64 = 1e-4;

pub(super) fn fit(
    spec: &BetaBernoulli,
    opportunities: &CheckedOpportunities<'_>,
) -> FittedBetaBernoulli {
    let mut counted = opportunities.counted().0;
    counted.retain(|row| row.customers > 0.0);
    let found = FRAME.found(FRAME.search_all(
        |point| evaluate(&counted, point),
        STARTS,
        spec.most_iterations,
    ));
    let [alpha, beta, gamma, delta] = found.values();
    let outcome = outcome(opportunities, &counted, &found);
    let (goodness, recency) =
        goodness::of_purchases(&counted, &found.values(), &found.log_covariance);
    let likelihood = |at: &Vector<4>| evaluate(&counted, at);
    let estimates = found.estimates(&found.values(), spec.level, counted.len(), likelihood);
    FittedBetaBernoulli {
        name: "beta-bernoulli".to_owned(),
        parameters: BetaBernoulliParameters {
            alpha,
            beta,
            gamma,
            delta,
        },
        estimates: BetaBernoulliEstimates {
            alpha: estimates[0],
            beta: estimates[1],
            gamma: estimates[2],
            delta: estimates[3],
        },
        standard_errors: found.standard_errors(&found.values()),
        log_likelihood: found.optimum.at.value,
        customers: opportunities.customers(),
        repeat_customers: opportunities.repeat_customers(),
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

fn outcome(
    opportunities: &CheckedOpportunities<'_>,
    counted: &[Counted],
    found: &Found<4>,
) -> Outcome {
    let (customers, repeat_customers) =
        (opportunities.customers(), opportunities.repeat_customers());
    if let Some(too_few) = too_few(customers, repeat_customers) {
        return too_few;
    }
    let most = counted.iter().map(|row| row.opportunities).max();
    let most = most.unwrap_or(0);
    if most < OPPORTUNITIES_NEEDED {
        return Outcome::TooShort {
            occasions: most as f64,
            occasions_needed: OPPORTUNITIES_NEEDED as f64,
        };
    }
    found.outcome(customers, || boundary(found, counted))
}

fn boundary(found: &Found<4>, counted: &[Counted]) -> Option<Boundary> {
    let [_, _, gamma, delta] = found.values();
    let lower = |i: usize| found.toward(i, Side::AtLower);
    let upper = |i: usize| found.toward(i, Side::AtUpper);
    if lower(2) && lower(3) {
        return Some(Boundary::LeaveAtOnceOrNever);
    }
    let leaving = gamma / (gamma + delta);
    // Customers who never leave, gamma = 0.
    let likelihood = |at: &Vector<4>| evaluate(counted, at);
    let stays_as_well = || found.edge_as_well(2, Side::AtLower, found.optimum.point, likelihood);
    if lower(2) || leaving < NEVER || stays_as_well() {
        return Some(Boundary::NoChurnVisible);
    }
    if lower(3) || leaving > 1.0 - NEVER {
        return Some(Boundary::EveryoneGone);
    }
    if upper(2) || upper(3) {
        return Some(Boundary::EqualChurn);
    }
    if upper(0) || upper(1) {
        return Some(Boundary::EqualRates);
    }
    (lower(0) || lower(1)).then_some(Boundary::FewBuyAll)
}
