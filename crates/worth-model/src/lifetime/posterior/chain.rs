//! One chain of draws, by the No-U-Turn sampler of the crate `nuts-rs`.
//!
//! Sources: M. D. Hoffman, A. Gelman (2014), The No-U-Turn Sampler: Adaptively Setting Path Lengths
//! in Hamiltonian Monte Carlo, Journal of Machine Learning Research 15; M. Betancourt (2017), A
//! Conceptual Introduction to Hamiltonian Monte Carlo, arXiv:1701.02434.

use std::collections::HashMap;

use nuts_rs::{
    Chain as _, CpuLogpFunc, CpuMath, CpuMathError, DiagNutsSettings, HasDims, LogpError, Settings,
};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use thiserror::Error;

use super::target::{Likelihood, Whitened};
use super::{GoesOn, Sampling};
use crate::symmetric::Vector;

/// How far apart chains start, in standard deviations.
const APART: f64 = 2.0;
/// Starts that are tried.
const MOST_STARTS: u32 = 20;

/// Draws of one chain, after tuning.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chain<const D: usize> {
    /// Logarithms of the parameters.
    pub(super) logarithms: Vec<Vector<D>>,
    /// Log density there.
    pub(super) log_density: Vec<f64>,
    /// Draws whose path ran into a place where it could not be followed.
    pub(super) divergences: u32,
    /// Why the chain broke off, if it did; it then stays where it was.
    pub(super) failure: Option<String>,
}

/// Runs chain number `stream` of those with this seed.
pub(super) fn run<L: Likelihood<D>, const D: usize>(
    density: &Whitened<'_, L, D>,
    sampling: &Sampling,
    stream: u64,
    goes_on: &GoesOn<'_>,
) -> Chain<D> {
    let mut chain = Chain {
        logarithms: Vec::with_capacity(sampling.draws as usize),
        log_density: Vec::with_capacity(sampling.draws as usize),
        divergences: 0,
        failure: None,
    };
    chain.failure = advance(density, sampling, stream, goes_on, &mut chain).err();
    let last = |draws: &[Vector<D>]| draws.last().copied();
    let stays = last(&chain.logarithms).unwrap_or_else(|| density.logarithms(&[0.0; D]));
    let there = chain.log_density.last().copied().unwrap_or(density.top());
    chain.logarithms.resize(sampling.draws as usize, stays);
    chain.log_density.resize(sampling.draws as usize, there);
    chain
}

fn advance<L: Likelihood<D>, const D: usize>(
    density: &Whitened<'_, L, D>,
    sampling: &Sampling,
    stream: u64,
    goes_on: &GoesOn<'_>,
    chain: &mut Chain<D>,
) -> Result<(), String> {
    let mut random = ChaCha8Rng::seed_from_u64(sampling.seed);
    random.set_stream(stream);
    let mut settings = DiagNutsSettings {
        num_tune: u64::from(sampling.tuning),
        num_draws: u64::from(sampling.draws),
        ..DiagNutsSettings::default()
    };
    settings.adapt_options.step_size_settings.target_accept = sampling.acceptance;
    let sampler = settings.new_chain(stream, CpuMath::new(Density(density)), &mut random);
    let mut sampler = sampler.map_err(|error| error.to_string())?;
    let mut starts = (0..MOST_STARTS).map(|_| {
        let start: Vector<D> = std::array::from_fn(|_| {
            let normal: f64 = StandardNormal.sample(&mut random);
            APART * normal
        });
        sampler.set_position(&start)
    });
    let started = starts.find(Result::is_ok).is_some();
    drop(starts);
    if !started {
        return Err("no place to start from has a finite density".to_owned());
    }
    for step in 0..sampling.tuning + sampling.draws {
        if !goes_on() {
            return Err("it was told to stop".to_owned());
        }
        let drawn = sampler.expanded_draw();
        let (position, _, statistics, progress) = drawn.map_err(|error| error.to_string())?;
        if step >= sampling.tuning {
            let position: Vector<D> = std::array::from_fn(|i| position[i]);
            chain.logarithms.push(density.logarithms(&position));
            chain
                .log_density
                .push(statistics.point.logp + density.top());
            chain.divergences += u32::from(progress.diverging);
        }
    }
    Ok(())
}

/// What the sampler asks for.
struct Density<'a, L, const D: usize>(&'a Whitened<'a, L, D>);

/// Ends a path; others go on.
#[derive(Debug, Error)]
#[error("the density is not finite there")]
struct NotFinite;

impl LogpError for NotFinite {
    fn is_recoverable(&self) -> bool {
        true
    }
}

impl<L, const D: usize> HasDims for Density<'_, L, D> {
    fn dim_sizes(&self) -> HashMap<String, u64> {
        HashMap::from([("unconstrained_parameter".to_owned(), D as u64)])
    }
}

impl<L: Likelihood<D>, const D: usize> CpuLogpFunc for Density<'_, L, D> {
    type LogpError = NotFinite;
    type FlowParameters = ();
    type ExpandedVector = ();

    fn dim(&self) -> usize {
        D
    }

    fn logp(&mut self, position: &[f64], gradient: &mut [f64]) -> Result<f64, NotFinite> {
        let position: Vector<D> = std::array::from_fn(|i| position[i]);
        let (value, slope) = self.0.at(&position).ok_or(NotFinite)?;
        gradient.copy_from_slice(&slope);
        Ok(value)
    }

    fn expand_vector<R: rand::Rng + ?Sized>(
        &mut self,
        _: &mut R,
        _: &[f64],
    ) -> Result<(), CpuMathError> {
        Ok(())
    }
}
