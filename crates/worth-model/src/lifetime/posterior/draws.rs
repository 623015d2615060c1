//! Draws from a posterior as plain columns, and what is read from them.

use super::chain::Chain;
use super::sampled::Scale;
use super::target::PRIOR_SPREAD;
use crate::concentration::quantile;
use crate::estimate::{Estimate, Method, reach};
use crate::symmetric::Vector;

/// Draws over which numbers of single customers are averaged: with others the ends of a 90 % interval
/// move by a few hundredths of its width, and all draws would take ten times as long and more.
pub(super) const THINNED: usize = 400;

/// Parameters drawn from a posterior, one row per draw, chain after chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Draws<const D: usize> {
    /// Names of the parameters, in the order of their columns.
    pub names: [&'static str; D],
    /// Chain of each draw, from 0.
    pub chain: Vec<u32>,
    /// Number of the draw in its chain, from 0; those that tuned the chain are not counted.
    pub draw: Vec<u32>,
    /// A column per parameter, in the unit of the data.
    pub parameters: [Vec<f64>; D],
    /// Medians of the priors, in the unit of the data: a mean age for a time, a mean spend for an
    /// amount, 1 for a shape.
    pub prior_medians: [f64; D],
    /// Log density of the logarithms of the parameters but for a constant: log-likelihood of the
    /// data as given, plus minus half the square of each logarithm (of rescaled data) over that of
    /// the prior's standard deviation.
    pub log_posterior: Vec<f64>,
}

/// [`Draws`] of any number of parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DrawColumns<'a> {
    /// As [`Draws::names`].
    pub names: &'a [&'static str],
    /// As [`Draws::chain`].
    pub chain: &'a [u32],
    /// As [`Draws::draw`].
    pub draw: &'a [u32],
    /// As [`Draws::parameters`].
    pub parameters: &'a [Vec<f64>],
    /// As [`Draws::log_posterior`].
    pub log_posterior: &'a [f64],
}

impl<const D: usize> Draws<D> {
    pub(super) fn new(chains: &[Chain<D>], names: [&'static str; D], scale: &Scale<D>) -> Self {
        let numbered = || {
            (0..).zip(chains).flat_map(|(number, chain)| {
                (0..)
                    .zip(&chain.logarithms)
                    .map(move |(draw, _)| (number, draw))
            })
        };
        let all = || chains.iter().flat_map(|chain| &chain.logarithms);
        Self {
            names,
            chain: numbered().map(|(chain, _)| chain).collect(),
            draw: numbered().map(|(_, draw)| draw).collect(),
            parameters: std::array::from_fn(|i| {
                all().map(|at| at[i].exp() * scale.units[i]).collect()
            }),
            prior_medians: scale.units,
            log_posterior: chains
                .iter()
                .flat_map(|chain| &chain.log_density)
                .map(|density| density + scale.log_unit)
                .collect(),
        }
    }

    /// Number of draws of all chains.
    #[must_use]
    pub fn len(&self) -> usize {
        self.log_posterior.len()
    }

    /// Whether there are no draws.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.log_posterior.is_empty()
    }

    /// The same, whatever the number of parameters.
    #[must_use]
    pub fn columns(&self) -> DrawColumns<'_> {
        DrawColumns {
            names: &self.names,
            chain: &self.chain,
            draw: &self.draw,
            parameters: &self.parameters,
            log_posterior: &self.log_posterior,
        }
    }

    /// Medians of the priors, with the quantiles that leave out as much on either side.
    pub(super) fn priors(&self, level: f64) -> [Estimate; D] {
        let away = (reach(level) * PRIOR_SPREAD).exp();
        self.prior_medians.map(|median| {
            Estimate::between(median, median / away, median * away, level, Method::Prior)
        })
    }

    /// At most so many draws, spread evenly over all.
    pub(super) fn thinned(&self, most: usize) -> impl Iterator<Item = Vector<D>> {
        let count = most.min(self.len());
        (0..count).map(move |index| {
            let row = index * self.len() / count;
            std::array::from_fn(|i| self.parameters[i][row])
        })
    }

    /// Medians: the same for a parameter as for its logarithm, and never outside an interval.
    pub(super) fn medians(&self) -> Vector<D> {
        self.estimates(0.5).map(|estimate| estimate.value)
    }

    /// Medians, with the quantiles that leave out as much on either side.
    pub(super) fn estimates(&self, level: f64) -> [Estimate; D] {
        std::array::from_fn(|i| {
            let mut sorted = self.parameters[i].clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let at = |part: f64| quantile(&sorted, part).unwrap_or_default();
            let (low, high) = (at(0.5 - level / 2.0), at(0.5 + level / 2.0));
            Estimate::between(at(0.5), low, high, level, Method::Posterior)
        })
    }
}

/// `[mean, low, high]` of the draws of a number: their mean, with the quantiles that leave out as
/// much on either side; sorts them.
pub(super) fn average(draws: &mut [f64], level: f64) -> [f64; 3] {
    let mean = draws.iter().sum::<f64>() / draws.len() as f64;
    draws.sort_unstable_by(f64::total_cmp);
    let end = |part: f64| quantile(draws, part).unwrap_or_default();
    // A few far draws can pull the mean out of the interval.
    let (low, high) = (end(0.5 - level / 2.0), end(0.5 + level / 2.0));
    [mean, low.min(mean), high.max(mean)]
}
