//! What BG/NBD and its relatives bring to their fit: box, starts, and what their edges mean.

use super::super::counted::Counted;
use super::super::diagnosis::Boundary;
use super::super::fitting::{Found, Frame};
use super::super::law::PurchaseModel;
use super::super::purchases_fit::{Fit, alive_among_repeat, usual_settings};
use super::law::check_steps;
use super::likelihood::{evaluate, of_times};
use super::{
    BetaGeo, BetaGeoEstimates, BetaGeometric, CondensedBetaGeo, CondensedBetaGeoEstimates,
    ModifiedBetaGeo, ModifiedCondensedBetaGeo,
};
use crate::error::Error;
use crate::estimate::{Estimate, Method, NoInterval};
use crate::newton::{Evaluation, Side};
use crate::symmetric::Vector;

/// The box is in units of the mean age. At it, only `r / alpha` or `a / (a + b)` is known.
const FRAME: Frame<4> = Frame {
    names: ["r", "alpha", "a", "b"],
    least: [1e-5, 1e-6, 1e-5, 1e-5],
    most: [1e4, 1e7, 1e4, 1e5],
    partner: [1, 0, 3, 2],
};
/// Where to start: r, a and b; alpha follows from the mean purchase rate.
const STARTS: [[f64; 3]; 3] = [[0.5, 0.8, 2.5], [2.0, 0.1, 5.0], [0.5, 5.0, 1.0]];

/// Settings of a model of this family.
pub(super) trait BetaGeometricSettings: PurchaseModel<4, Parameters: BetaGeometric> {
    fn at_level(level: f64) -> Self;
    fn settings(&self) -> (f64, u32);
    /// Steps per purchase to choose from.
    fn steps(&self) -> Steps {
        Steps::Set(1)
    }
    /// The same with so many steps per purchase.
    fn with_steps(&self, _k: u32) -> Self {
        self.clone()
    }
    fn estimates(of_parameters: [Estimate; 4], k: Estimate) -> Self::Estimates;
}

/// Steps per purchase as the settings have them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Steps {
    /// So many.
    Set(u32),
    /// From one to so many: the likelihood chooses.
    UpTo(u32),
}

impl BetaGeometricSettings for BetaGeo {
    usual_settings!();

    fn estimates(of_parameters: [Estimate; 4], _: Estimate) -> BetaGeoEstimates {
        of_parameters.into()
    }
}

impl BetaGeometricSettings for ModifiedBetaGeo {
    usual_settings!();

    fn estimates(of_parameters: [Estimate; 4], _: Estimate) -> BetaGeoEstimates {
        of_parameters.into()
    }
}

impl BetaGeometricSettings for CondensedBetaGeo {
    usual_settings!();

    fn steps(&self) -> Steps {
        self.k.map_or(Steps::UpTo(self.most_k), Steps::Set)
    }

    fn with_steps(&self, k: u32) -> Self {
        Self {
            k: Some(k),
            ..*self
        }
    }

    fn estimates([r, alpha, a, b]: [Estimate; 4], k: Estimate) -> CondensedBetaGeoEstimates {
        [r, alpha, a, b, k].into()
    }
}

impl BetaGeometricSettings for ModifiedCondensedBetaGeo {
    usual_settings!();

    fn steps(&self) -> Steps {
        self.k.map_or(Steps::UpTo(self.most_k), Steps::Set)
    }

    fn with_steps(&self, k: u32) -> Self {
        Self {
            k: Some(k),
            ..*self
        }
    }

    fn estimates([r, alpha, a, b]: [Estimate; 4], k: Estimate) -> CondensedBetaGeoEstimates {
        [r, alpha, a, b, k].into()
    }
}

impl<S: BetaGeometricSettings> Fit<4> for S {
    const FRAME: Frame<4> = FRAME;
    const TIME_POWERS: [i32; 4] = [0, 1, 0, 0];

    fn at_level(level: f64) -> Self {
        S::at_level(level)
    }

    fn settings(&self) -> (f64, u32) {
        BetaGeometricSettings::settings(self)
    }

    fn check_others(&self) -> Result<(), Error> {
        match self.steps() {
            Steps::Set(k) => check_steps("k", k),
            Steps::UpTo(most) => check_steps("most_k", most),
        }
    }

    fn candidates(&self) -> Vec<Self> {
        match self.steps() {
            Steps::Set(_) => vec![self.clone()],
            Steps::UpTo(most) => (1..=most).map(|k| self.with_steps(k)).collect(),
        }
    }

    fn parameters(&self, values: Vector<4>) -> S::Parameters {
        S::Parameters::of(values, k(self))
    }

    fn starts(&self, rate: f64) -> Vec<Vector<4>> {
        let rate = rate * f64::from(k(self));
        STARTS.map(|[r, a, b]| [r, r / rate, a, b]).to_vec()
    }

    fn evaluate(&self, data: &Counted, parameters: &Vector<4>) -> Evaluation<4> {
        evaluate(data, S::Parameters::LEAVING, k(self), parameters)
    }

    fn constant(&self, data: &Counted) -> f64 {
        of_times(data, k(self))
    }

    /// k is as sure as its neighbours are worse.
    fn estimates(&self, of_parameters: [Estimate; 4], chosen: &S, as_good: &[S]) -> S::Estimates {
        let value = f64::from(k(chosen));
        let of_k = match (self.steps(), as_good) {
            (Steps::UpTo(most), [.., last]) if k(last) < most => {
                let (low, high) = (f64::from(k(&as_good[0])), f64::from(k(last)));
                Estimate::between(value, low, high, self.settings().0, Method::Profile)
            }
            (Steps::UpTo(_), _) => Estimate::without(value, NoInterval::NotIdentified),
            (Steps::Set(_), _) => Estimate::without(value, NoInterval::Given),
        };
        <S as BetaGeometricSettings>::estimates(of_parameters, of_k)
    }

    fn boundary(
        &self,
        found: &Found<4>,
        data: &Counted,
        parameters: &S::Parameters,
    ) -> Option<Boundary> {
        let toward = |i: usize, side: Side| found.toward(i, side);
        let [_, _, a, b] = parameters.numbers();
        let leaving = a / (a + b);
        // Customers who never leave, a = 0.
        let likelihood = |at: &Vector<4>| self.evaluate(data, at);
        let stays_as_well =
            || found.edge_as_well(2, Side::AtLower, found.optimum.point, likelihood);
        if toward(2, Side::AtLower) || leaving < 1e-4 || stays_as_well() {
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
}

/// Steps per purchase of a candidate.
fn k(settings: &impl BetaGeometricSettings) -> u32 {
    match settings.steps() {
        Steps::Set(k) => k,
        // Nothing is fitted before it is chosen.
        Steps::UpTo(_) => 1,
    }
}
