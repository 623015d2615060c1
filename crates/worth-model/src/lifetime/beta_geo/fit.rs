//! What BG/NBD and MBG/NBD bring to their fit: box, starts, and what their edges mean.

use super::super::counted::Counted;
use super::super::diagnosis::Boundary;
use super::super::fitting::{Found, Frame};
use super::super::purchases_fit::{Fit, alive_among_repeat};
use super::likelihood::evaluate;
use super::{
    BetaGeo, BetaGeoParameters, BetaGeometric, ModifiedBetaGeo, ModifiedBetaGeoParameters,
};
use crate::newton::{Evaluation, Side};
use crate::symmetric::Vector;

/// The box is in units of the mean age. At it, only `r / alpha` or `a / (a + b)` is known.
const FRAME: Frame<4> = Frame {
    names: ["r", "alpha", "a", "b"],
    least: [1e-5, 1e-6, 1e-5, 1e-5],
    most: [1e4, 1e7, 1e4, 1e5],
    partner: [1, 0, 3, 2],
};
const TIMES: [bool; 4] = [false, true, false, false];
/// Where to start: r, a and b; alpha follows from the mean purchase rate.
const STARTS: [[f64; 3]; 3] = [[0.5, 0.8, 2.5], [2.0, 0.1, 5.0], [0.5, 5.0, 1.0]];

impl Fit<4> for BetaGeo {
    const FRAME: Frame<4> = FRAME;
    const TIMES: [bool; 4] = TIMES;

    fn at_level(level: f64) -> Self {
        Self {
            level,
            ..Self::default()
        }
    }

    fn settings(&self) -> (f64, u32) {
        (self.level, self.most_iterations)
    }

    fn parameters(&self, [r, alpha, a, b]: Vector<4>) -> BetaGeoParameters {
        BetaGeoParameters { r, alpha, a, b }
    }

    fn starts(&self, rate: f64) -> Vec<Vector<4>> {
        starts(rate)
    }

    fn evaluate(&self, data: &Counted, parameters: &Vector<4>) -> Evaluation<4> {
        evaluate(data, BetaGeoParameters::LEAVING, parameters)
    }

    fn boundary(
        &self,
        found: &Found<4>,
        data: &Counted,
        parameters: &BetaGeoParameters,
    ) -> Option<Boundary> {
        boundary(found, data, parameters)
    }
}

impl Fit<4> for ModifiedBetaGeo {
    const FRAME: Frame<4> = FRAME;
    const TIMES: [bool; 4] = TIMES;

    fn at_level(level: f64) -> Self {
        Self {
            level,
            ..Self::default()
        }
    }

    fn settings(&self) -> (f64, u32) {
        (self.level, self.most_iterations)
    }

    fn parameters(&self, [r, alpha, a, b]: Vector<4>) -> ModifiedBetaGeoParameters {
        ModifiedBetaGeoParameters { r, alpha, a, b }
    }

    fn starts(&self, rate: f64) -> Vec<Vector<4>> {
        starts(rate)
    }

    fn evaluate(&self, data: &Counted, parameters: &Vector<4>) -> Evaluation<4> {
        evaluate(data, ModifiedBetaGeoParameters::LEAVING, parameters)
    }

    fn boundary(
        &self,
        found: &Found<4>,
        data: &Counted,
        parameters: &ModifiedBetaGeoParameters,
    ) -> Option<Boundary> {
        boundary(found, data, parameters)
    }
}

fn starts(rate: f64) -> Vec<Vector<4>> {
    STARTS.map(|[r, a, b]| [r, r / rate, a, b]).to_vec()
}

fn boundary<P: BetaGeometric>(
    found: &Found<4>,
    data: &Counted,
    parameters: &P,
) -> Option<Boundary> {
    let toward = |i: usize, side: Side| found.toward(i, side);
    let [_, _, a, b] = parameters.numbers();
    let leaving = a / (a + b);
    if toward(2, Side::AtLower) || leaving < 1e-4 || stays_as_well::<P>(found, data) {
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
fn stays_as_well<P: BetaGeometric>(found: &Found<4>, data: &Counted) -> bool {
    let mut edge = FRAME;
    edge.most[2] = FRAME.least[2] * 1.001;
    let likelihood = |parameters: &Vector<4>| evaluate(data, P::LEAVING, parameters);
    found.edge_as_well(2, || edge.climb(likelihood, found.optimum.point, 100))
}
