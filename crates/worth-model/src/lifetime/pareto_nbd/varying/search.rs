//! The search for the parameters of highest likelihood, and what is known of each where it ended.
//!
//! It goes by the logarithms of r, alpha, s and beta, in mean ages, and by the coefficients of covariates
//! divided by their largest size, so units do not matter.

use super::exposure::Exposure;
use super::integral::{BASE, Numbers};
use super::likelihood::{Data, evaluate};
use super::standing::Customers;
use super::timelines::{Process, Timelines};
use crate::dense::quadratic;
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::lifetime::ParetoNbd;
use crate::lifetime::fitting::{MANY_TERMS, NARROW, NEGLIGIBLE_GAIN, UNSETTLED, dense_covariance};
use crate::lifetime::profile::Profile;
use crate::lifetime::purchases_fit::{Fit, START_ON};
use crate::newton::{DenseEvaluation, DenseOptimum, Side, climb};
use crate::symmetric::Vector;

/// A covariate at its largest multiplies a rate by no more than e to this, and divides it by no more.
const LARGEST_EFFECT: f64 = 12.0;

/// A likelihood to be climbed.
pub(super) struct Search<'a> {
    pub(super) data: Data<'a>,
    /// The coefficients: of which process, and of which covariate.
    pub(super) terms: Vec<(Process, usize)>,
    /// What coefficients in the unit of their covariate are, per one of the search; 1 for the others.
    units: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
}

/// Where the search ended.
pub(super) struct Found {
    pub(super) at: DenseOptimum,
    /// Zero for parameters at the box.
    covariance: Vec<f64>,
}

/// What is known of a parameter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) value: f64,
    /// Standard error; none when it is not settled.
    pub(super) error: Option<f64>,
    ends: Option<([f64; 2], Method)>,
}

impl<'a> Search<'a> {
    pub(super) fn new(data: Data<'a>, exposure: &Exposure) -> Self {
        let mut search = Self {
            terms: terms(data.customers.all.columns.covariates),
            data,
            units: vec![1.0; BASE],
            lower: ParetoNbd::FRAME.least.map(f64::ln).to_vec(),
            upper: ParetoNbd::FRAME.most.map(f64::ln).to_vec(),
        };
        for &(process, covariate) in &search.terms {
            // What cannot be told apart is held at 0.
            let may_move = exposure.follows_from(process, covariate).is_none();
            let reach = if may_move { LARGEST_EFFECT } else { 0.0 };
            search.units.push(1.0 / exposure.scale[covariate]);
            search.lower.push(-reach);
            search.upper.push(reach);
        }
        search
    }

    /// Climbs from the parameters without covariates; of very many customers first on a sample.
    pub(super) fn find(&self, plain: &Vector<BASE>, most_iterations: u32) -> Found {
        let mut start = plain.to_vec();
        start.resize(self.units.len(), 0.0);
        let customers = self.data.customers.all.order.len();
        let climb = |step: usize, start: &[f64]| {
            let data = Data {
                customers: Customers {
                    step,
                    ..self.data.customers
                },
                ..self.data
            };
            let function = |point: &[f64]| self.evaluate(&data, point);
            climb(function, start, &self.lower, &self.upper, most_iterations)
        };
        if customers > 3 * START_ON && start.len() > BASE {
            start = climb(customers / START_ON, &start).point;
        }
        let at = climb(1, &start);
        let inside: Vec<bool> = at.sides.iter().map(|side| *side == Side::Inside).collect();
        Found {
            covariance: dense_covariance(&at.at.information(), &inside),
            at,
        }
    }

    fn evaluate(&self, data: &Data<'_>, point: &[f64]) -> DenseEvaluation {
        let own: Vec<f64> = (point.iter().zip(&self.units))
            .map(|(at, unit)| at * unit)
            .collect();
        let covariates = data.customers.all.columns.covariates;
        let mut at = evaluate(data, &Numbers::at_point(&own, covariates));
        let size = point.len();
        for i in 0..size {
            at.gradient[i] *= self.units[i];
            for j in 0..size {
                at.hessian[i * size + j] *= self.units[i] * self.units[j];
            }
        }
        at
    }

    /// What is known of the logarithms of r, alpha, s and beta, in mean ages, and of the coefficients in
    /// the unit of their covariate, from a likelihood with so many terms.
    pub(super) fn known(&self, found: &Found, terms: usize, level: f64) -> Vec<Known> {
        let reach = reach(level);
        let profile = Profile {
            function: |point: &[f64]| self.evaluate(&self.data, point),
            lower: &self.lower,
            upper: &self.upper,
            top: &found.at.point,
            value: found.at.at.value,
            covariance: &found.covariance,
        };
        let may_profile = terms <= MANY_TERMS && found.arrived();
        let of = |(i, unit): (usize, &f64)| {
            let (value, error) = (found.at.point[i], found.error(i));
            let settled = !found.is_unsettled(i);
            let by_profile = (settled && may_profile && error >= NARROW)
                .then(|| profile.interval(i, reach))
                .flatten();
            let (ends, method) = match by_profile {
                Some(ends) => (ends, Method::Profile),
                None => (
                    [-1.0, 1.0].map(|side| value + side * reach * error),
                    Method::Delta,
                ),
            };
            Known {
                value: value * unit,
                error: settled.then_some(error * unit),
                ends: settled.then_some((ends.map(|end| end * unit), method)),
            }
        };
        self.units.iter().enumerate().map(of).collect()
    }

    /// Covariance of the same; zero where not settled.
    pub(super) fn covariance(&self, found: &Found) -> Vec<Vec<f64>> {
        let size = self.units.len();
        let cell =
            |i: usize, j: usize| found.covariance[i * size + j] * self.units[i] * self.units[j];
        (0..size)
            .map(|i| (0..size).map(|j| cell(i, j)).collect())
            .collect()
    }
}

impl Found {
    /// Standard error of a parameter of the search.
    pub(super) fn error(&self, i: usize) -> f64 {
        self.covariance[i * (self.at.point.len() + 1)].sqrt()
    }

    pub(super) fn is_at_box(&self, i: usize) -> bool {
        self.at.sides[i] != Side::Inside
    }

    /// Whether it is at the box, or anywhere within a wide range.
    pub(super) fn is_unsettled(&self, i: usize) -> bool {
        let partner = ParetoNbd::FRAME.partner.get(i).copied().unwrap_or(i);
        self.is_at_box(i) || self.is_at_box(partner) || self.error(i) > 2.0 * UNSETTLED
    }

    /// How much the log-likelihood would rise if it were a parabola.
    pub(super) fn gain_left(&self) -> f64 {
        quadratic(&self.covariance, &self.at.at.gradient) / 2.0
    }

    pub(super) fn arrived(&self) -> bool {
        self.at.converged || self.gain_left() < NEGLIGIBLE_GAIN
    }
}

impl Known {
    /// The estimate of what follows from the parameter and rises with it.
    pub(super) fn estimate(&self, level: f64, of: impl Fn(f64) -> f64) -> Estimate {
        let value = of(self.value);
        match self.ends {
            Some((ends, method)) => {
                let [low, high] = ends.map(of);
                Estimate::between(value, low, high, level, method)
            }
            None => Estimate::without(value, NoInterval::NotIdentified),
        }
    }
}

/// Which coefficients there are.
fn terms(covariates: &Timelines) -> Vec<(Process, usize)> {
    let of = |process| {
        let acting = covariates.acting_on(process).into_iter();
        acting.map(move |covariate| (process, covariate))
    };
    of(Process::Buying).chain(of(Process::Leaving)).collect()
}
