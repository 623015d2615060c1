//! The density that is sampled: likelihood times prior, seen in coordinates in which it is nearly a
//! standard normal.
//!
//! The prior takes the logarithm of each parameter to be normal around 0 with standard deviation
//! [`PRIOR_SPREAD`], times in mean ages and money in mean spends: a parameter is between 1/27 and 27
//! with probability 9 in 10, so mean rates (ratios of two parameters) are known to two orders of
//! magnitude either way. Since both units come with the data, nothing changes when days become
//! weeks or dollars dong.

use super::super::fitting::{covariance, highest};
use crate::newton::{Evaluation, Optimum, maximise};
use crate::symmetric::{Matrix, Vector, dot, root};

/// Standard deviation of the logarithm of a parameter before any data are seen.
pub(super) const PRIOR_SPREAD: f64 = 2.0;
const PRIOR_PRECISION: f64 = 1.0 / (PRIOR_SPREAD * PRIOR_SPREAD);
/// Logarithms beyond this many standard deviations of the prior are as good as impossible, and
/// likelihoods need not be finite there.
const FARTHEST: f64 = 10.0 * PRIOR_SPREAD;
/// Most steps of the search for the mode; the prior makes it a clear one.
const MOST_STEPS: u32 = 200;

/// A log-likelihood of rescaled data, with its derivatives with respect to the parameters.
pub(super) trait Likelihood<const D: usize>: Fn(&Vector<D>) -> Evaluation<D> + Sync {}

impl<L: Fn(&Vector<D>) -> Evaluation<D> + Sync, const D: usize> Likelihood<D> for L {}

/// The highest point of the posterior that is reached from any of the starts, which are parameters.
pub(super) fn mode<const D: usize>(
    likelihood: &impl Likelihood<D>,
    starts: impl IntoIterator<Item = Vector<D>>,
) -> Optimum<D> {
    let density = |logarithms: &Vector<D>| {
        let parameters = logarithms.map(f64::exp);
        let mut at = likelihood(&parameters).in_logarithms(&parameters);
        at.value += log_prior(logarithms);
        for (i, logarithm) in logarithms.iter().enumerate() {
            at.gradient[i] -= PRIOR_PRECISION * logarithm;
            at.hessian[i][i] -= PRIOR_PRECISION;
        }
        at
    };
    let (lower, upper) = ([-FARTHEST; D], [FARTHEST; D]);
    let climbs = starts
        .into_iter()
        .map(|start| maximise(density, start.map(f64::ln), lower, upper, MOST_STEPS));
    highest(climbs, |_| false)
}

fn log_prior<const D: usize>(logarithms: &Vector<D>) -> f64 {
    -0.5 * PRIOR_PRECISION * dot(logarithms, logarithms)
}

/// The posterior of logarithms of parameters, in coordinates whose unit is a standard deviation
/// around its mode.
#[derive(Debug)]
pub(super) struct Whitened<'a, L, const D: usize> {
    likelihood: &'a L,
    mode: Vector<D>,
    /// Log density there, from which others are counted.
    top: f64,
    /// Lower triangular.
    root: Matrix<D>,
}

impl<'a, L: Likelihood<D>, const D: usize> Whitened<'a, L, D> {
    pub(super) fn new(likelihood: &'a L, mode: &Optimum<D>) -> Self {
        Self {
            likelihood,
            mode: mode.point,
            top: mode.at.value,
            root: root(&covariance(mode)),
        }
    }

    /// Log density at the mode.
    pub(super) fn top(&self) -> f64 {
        self.top
    }

    /// The logarithms at a position.
    pub(super) fn logarithms(&self, position: &Vector<D>) -> Vector<D> {
        std::array::from_fn(|i| self.mode[i] + dot(&self.root[i], position))
    }

    /// Log density relative to the mode, with its gradient; nothing where it is as good as zero.
    pub(super) fn at(&self, position: &Vector<D>) -> Option<(f64, Vector<D>)> {
        let logarithms = self.logarithms(position);
        if !logarithms
            .iter()
            .all(|logarithm| logarithm.abs() < FARTHEST)
        {
            return None;
        }
        let parameters = logarithms.map(f64::exp);
        let Evaluation {
            value, gradient, ..
        } = (self.likelihood)(&parameters);
        let slope: Vector<D> =
            std::array::from_fn(|i| gradient[i] * parameters[i] - PRIOR_PRECISION * logarithms[i]);
        let gradient: Vector<D> =
            std::array::from_fn(|j| (j..D).map(|i| self.root[i][j] * slope[i]).sum());
        let relative = value + log_prior(&logarithms) - self.top;
        let finite = relative.is_finite() && gradient.iter().all(|slope| slope.is_finite());
        finite.then_some((relative, gradient))
    }
}
