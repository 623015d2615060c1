//! What Pareto/NBD brings to its fit: box, starts, and what its edges mean.

use super::super::counted::Counted;
use super::super::diagnosis::Boundary;
use super::super::fitting::{Found, Frame};
use super::super::purchases_fit::{Fit, alive_among_repeat, usual_settings};
use super::likelihood::evaluate;
use super::{ParetoNbd, ParetoNbdEstimates, ParetoNbdParameters};
use crate::estimate::Estimate;
use crate::newton::{Evaluation, Side};
use crate::symmetric::Vector;

/// The box is in units of the mean age. At it, only `r / alpha` or `s / beta` is known.
const FRAME: Frame<4> = Frame {
    names: ["r", "alpha", "s", "beta"],
    least: [1e-5, 1e-6, 1e-5, 1e-6],
    most: [1e4, 1e7, 1e4, 1e7],
    partner: [1, 0, 3, 2],
};
/// Where to start: r, s and beta; alpha follows from the mean purchase rate.
const STARTS: [[f64; 3]; 3] = [[0.5, 0.6, 0.5], [2.0, 0.3, 2.0], [0.5, 3.0, 0.5]];

impl Fit<4> for ParetoNbd {
    const FRAME: Frame<4> = FRAME;
    const TIME_POWERS: [i32; 4] = [0, 1, 0, 1];

    usual_settings!();

    fn parameters(&self, [r, alpha, s, beta]: Vector<4>) -> ParetoNbdParameters {
        ParetoNbdParameters { r, alpha, s, beta }
    }

    fn starts(&self, rate: f64) -> Vec<Vector<4>> {
        STARTS.map(|[r, s, beta]| [r, r / rate, s, beta]).to_vec()
    }

    fn evaluate(&self, data: &Counted, parameters: &Vector<4>) -> Evaluation<4> {
        evaluate(data, parameters)
    }

    fn estimates(&self, of_parameters: [Estimate; 4], _: &Self, _: &[Self]) -> ParetoNbdEstimates {
        of_parameters.into()
    }

    fn boundary(
        &self,
        found: &Found<4>,
        data: &Counted,
        parameters: &ParetoNbdParameters,
    ) -> Option<Boundary> {
        let toward = |i: usize, side: Side| found.toward(i, side);
        // Expected share of customers who leave within the mean age.
        let leave = -(-parameters.s * (1.0 / parameters.beta).ln_1p()).exp_m1();
        // Customers who never leave, s = 0.
        let likelihood = |at: &Vector<4>| evaluate(data, at);
        let stays_as_well =
            || found.edge_as_well(2, Side::AtLower, found.optimum.point, likelihood);
        if toward(2, Side::AtLower) || leave < 1e-4 || stays_as_well() {
            return Some(Boundary::NoChurnVisible);
        }
        if toward(3, Side::AtLower)
            || leave > 1.0 - 1e-4
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
}
