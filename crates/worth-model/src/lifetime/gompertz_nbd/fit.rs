//! What Gompertz/NBD brings to its fit: box, starts, and what its edges mean.

use super::super::counted::Counted;
use super::super::diagnosis::Boundary;
use super::super::fitting::{Found, Frame};
use super::super::law::{Law, Prospect};
use super::super::purchases_fit::{Fit, alive_among_repeat, usual_settings};
use super::likelihood::evaluate;
use super::{GompertzNbd, GompertzNbdEstimates, GompertzNbdParameters};
use crate::estimate::Estimate;
use crate::newton::{Evaluation, Side};
use crate::symmetric::Vector;

/// The box is in units of the mean age. At it, only `r / alpha`, `s / beta` or `beta / b` is known.
const FRAME: Frame<5> = Frame {
    names: ["r", "alpha", "b", "s", "beta"],
    least: [1e-5, 1e-6, 1e-5, 1e-5, 1e-11],
    most: [1e4, 1e7, 1e2, 1e4, 1e12],
    partner: [1, 0, 4, 4, 2],
};
/// Where b, s and beta stand.
const B: usize = 2;
const S: usize = 3;
const BETA: usize = 4;
/// Where to start: r, b, s and beta; alpha follows from the mean purchase rate.
const STARTS: [[f64; 4]; 3] = [
    [0.5, 0.1, 0.6, 0.05],
    [1.0, 3.0, 0.5, 10.0],
    [2.0, 0.3, 2.0, 0.6],
];

impl Fit<5> for GompertzNbd {
    const FRAME: Frame<5> = FRAME;
    const TIME_POWERS: [i32; 5] = [0, 1, -1, 0, 0];

    usual_settings!();

    fn parameters(&self, [r, alpha, b, s, beta]: Vector<5>) -> GompertzNbdParameters {
        GompertzNbdParameters {
            r,
            alpha,
            b,
            s,
            beta,
        }
    }

    fn starts(&self, rate: f64) -> Vec<Vector<5>> {
        STARTS
            .map(|[r, b, s, beta]| [r, r / rate, b, s, beta])
            .to_vec()
    }

    fn evaluate(&self, data: &Counted, parameters: &Vector<5>) -> Evaluation<5> {
        evaluate(data, parameters)
    }

    fn estimates(
        &self,
        of_parameters: [Estimate; 5],
        _: &Self,
        _: &[Self],
    ) -> GompertzNbdEstimates {
        of_parameters.into()
    }

    fn boundary(
        &self,
        found: &Found<5>,
        data: &Counted,
        parameters: &GompertzNbdParameters,
    ) -> Option<Boundary> {
        let toward = |i: usize, side: Side| found.toward(i, side);
        // Expected share of customers who leave within the mean age.
        let leave = 1.0 - parameters.if_alive(0, 0.0, 0.0).survival(1.0);
        // Customers who never leave, s = 0.
        let top = found.optimum.point;
        let likelihood = |at: &Vector<5>| evaluate(data, at);
        let stays_as_well = || found.edge_as_well(S, Side::AtLower, top, likelihood);
        if toward(S, Side::AtLower) || leave < 1e-4 || stays_as_well() {
            return Some(Boundary::NoChurnVisible);
        }
        if leave > 1.0 - 1e-4 || alive_among_repeat(data, parameters) < 1e-3 {
            return Some(Boundary::EveryoneGone);
        }
        // Risks that do not rise, b = 0: Pareto/NBD, of which beta / b is known.
        let mut steady = top;
        steady[B] = FRAME.least[B].ln();
        steady[BETA] += steady[B] - top[B];
        let is_steady_as_well = || found.edge_as_well(B, Side::AtLower, steady, likelihood);
        if toward(B, Side::AtLower) || is_steady_as_well() {
            return Some(Boundary::SteadyRisk);
        }
        if toward(BETA, Side::AtLower) {
            return Some(Boundary::EveryoneGone);
        }
        if [B, S, BETA].iter().any(|&i| toward(i, Side::AtUpper)) {
            return Some(Boundary::EqualChurn);
        }
        if toward(0, Side::AtUpper) || toward(1, Side::AtUpper) {
            return Some(Boundary::EqualRates);
        }
        (toward(0, Side::AtLower) || toward(1, Side::AtLower)).then_some(Boundary::FewBuyAll)
    }
}
