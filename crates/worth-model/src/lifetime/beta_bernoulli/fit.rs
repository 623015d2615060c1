//! Fitting BG/BB: count equal rows, climb, and say how it went.

use super::goodness;
use super::likelihood::evaluate;
use super::opportunities::{CheckedOpportunities, Counted};
use super::{BetaBernoulli, BetaBernoulliEstimates, BetaBernoulliParameters, FittedBetaBernoulli};
use crate::lifetime::diagnosis::{Boundary, Diagnosis, Outcome};
use crate::lifetime::discrete::{Frame, Settled};
use crate::lifetime::fitting::{
    ENOUGH_CUSTOMERS, ENOUGH_REPEAT_CUSTOMERS, UNSETTLED, customers_needed,
};
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
/// Half the 90 % quantile of chi-square with one degree of freedom: a log-likelihood lower by less
/// is lower by chance.
const BY_CHANCE: f64 = 1.35;

pub(super) fn fit(
    spec: &BetaBernoulli,
    opportunities: &CheckedOpportunities<'_>,
) -> FittedBetaBernoulli {
    let mut counted = opportunities.counted().0;
    counted.retain(|row| row.customers > 0.0);
    let settled = search(&FRAME, &counted, STARTS, spec.most_iterations);
    let [alpha, beta, gamma, delta] = settled.values();
    let outcome = outcome(opportunities, &counted, &settled);
    let (goodness, recency) =
        goodness::of_purchases(&counted, &settled.values(), &settled.log_covariance);
    let estimates = settled.estimates(spec.level);
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
        standard_errors: settled.standard_errors(),
        log_likelihood: settled.optimum.at.value,
        customers: opportunities.customers(),
        repeat_customers: opportunities.repeat_customers(),
        diagnosis: Diagnosis {
            outcome,
            iterations: settled.optimum.iterations,
            goodness,
            recency: Some(recency),
        },
        level: spec.level,
        log_covariance: settled.log_covariance,
    }
}

fn search(
    frame: &Frame<4>,
    counted: &[Counted],
    starts: impl IntoIterator<Item = Vector<4>>,
    most_iterations: u32,
) -> Settled<4> {
    frame.search(|point| evaluate(counted, point), starts, most_iterations)
}

fn outcome(
    opportunities: &CheckedOpportunities<'_>,
    counted: &[Counted],
    settled: &Settled<4>,
) -> Outcome {
    let (customers, repeat_customers) =
        (opportunities.customers(), opportunities.repeat_customers());
    if customers < ENOUGH_CUSTOMERS || repeat_customers < ENOUGH_REPEAT_CUSTOMERS {
        let share = (repeat_customers + 0.5) / (customers + 1.0);
        return Outcome::TooFew {
            customers,
            repeat_customers,
            customers_needed: (ENOUGH_REPEAT_CUSTOMERS / share)
                .ceil()
                .max(ENOUGH_CUSTOMERS),
            repeat_customers_needed: ENOUGH_REPEAT_CUSTOMERS,
        };
    }
    let most = counted.iter().map(|row| row.opportunities).max();
    let most = most.unwrap_or(0);
    if most < OPPORTUNITIES_NEEDED {
        return Outcome::TooShort {
            occasions: most as f64,
            occasions_needed: OPPORTUNITIES_NEEDED as f64,
        };
    }
    if !settled.arrived() {
        return Outcome::NotConverged {
            gain_left: settled.gain_left(),
        };
    }
    if let Some(meaning) = boundary(settled, counted) {
        return Outcome::AtBoundary {
            meaning,
            parameters: settled.unsettled_names(),
        };
    }
    let worst = settled.worst_error();
    if worst > UNSETTLED {
        return Outcome::Flat {
            parameters: settled.unsettled_names(),
            customers_needed: customers_needed(customers, worst),
        };
    }
    Outcome::Converged
}

fn boundary(settled: &Settled<4>, counted: &[Counted]) -> Option<Boundary> {
    let [_, _, gamma, delta] = settled.values();
    let lower = |i: usize| settled.toward(i, Side::AtLower);
    let upper = |i: usize| settled.toward(i, Side::AtUpper);
    if lower(2) && lower(3) {
        return Some(Boundary::LeaveAtOnceOrNever);
    }
    let leaving = gamma / (gamma + delta);
    if lower(2) || leaving < NEVER || stays_as_well(settled, counted) {
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

/// Whether customers who never leave explain the data as well.
fn stays_as_well(settled: &Settled<4>, counted: &[Counted]) -> bool {
    if settled.log_error(2) <= UNSETTLED {
        return false;
    }
    let mut frame = FRAME;
    frame.most[2] = frame.least[2] * 1.001;
    let without = search(&frame, counted, [settled.values()], 100);
    settled.optimum.at.value - without.optimum.at.value < BY_CHANCE
}
