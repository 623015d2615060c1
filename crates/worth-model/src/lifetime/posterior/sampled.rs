//! Several chains of the same posterior, side by side.

use rayon::prelude::*;

use super::chain::{Chain, run};
use super::diagnosis::SamplingDiagnosis;
use super::draws::Draws;
use super::target::{Likelihood, Whitened, mode};
use super::{GoesOn, Sampling};
use crate::symmetric::Vector;

/// Whose random numbers: draws of two models are put side by side, and must not go together.
#[derive(Debug, Clone, Copy)]
pub(super) enum Streams {
    Purchases = 0,
    Spend = 1,
}

/// How data were rescaled.
pub(super) struct Scale<const D: usize> {
    /// What a parameter of rescaled data is multiplied by to get that of the data as given …
    pub(super) units: Vector<D>,
    /// … and what is added to the log-likelihood.
    pub(super) log_unit: f64,
}

/// Draws from the posterior of the parameters with these names, with chains around the highest
/// point reached from `starts`, which are parameters of rescaled data.
pub(super) fn sample<const D: usize>(
    names: [&'static str; D],
    likelihood: impl Likelihood<D>,
    scale: &Scale<D>,
    starts: impl IntoIterator<Item = Vector<D>>,
    (sampling, goes_on): (&Sampling, &GoesOn<'_>),
    streams: Streams,
) -> (Draws<D>, SamplingDiagnosis) {
    let density = Whitened::new(&likelihood, &mode(&likelihood, starts));
    let first = (streams as u64) << 32;
    let chains: Vec<Chain<D>> = (0..u64::from(sampling.chains))
        .into_par_iter()
        .map(|chain| run(&density, sampling, first + chain, goes_on))
        .collect();
    let diagnosis = SamplingDiagnosis::of(&chains, &names);
    (Draws::new(&chains, names, scale), diagnosis)
}

#[cfg(test)]
mod tests {
    use super::super::diagnosis::SamplingOutcome;
    use super::super::target::PRIOR_SPREAD;
    use super::*;
    use crate::newton::Evaluation;

    /// Draws of two parameters from data that tell nothing of them but that they are below this.
    fn sampled(most: f64) -> (Draws<2>, SamplingDiagnosis) {
        let likelihood = |parameters: &Vector<2>| {
            let within = parameters.iter().all(|parameter| *parameter < most);
            Evaluation {
                value: if within { 0.0 } else { f64::NAN },
                ..Evaluation::ZERO
            }
        };
        let scale = Scale {
            units: [1.0, 10.0],
            log_unit: -7.0,
        };
        sample(
            ["shape", "time"],
            likelihood,
            &scale,
            [[1.0, 0.5]],
            (&Sampling::default(), &|| true),
            Streams::Spend,
        )
    }

    #[test]
    fn without_data_the_prior_is_what_is_drawn() {
        let (draws, diagnosis) = sampled(f64::INFINITY);
        for (column, unit) in draws.parameters.iter().zip([1.0, 10.0]) {
            let logarithms: Vec<f64> = column.iter().map(|value| (value / unit).ln()).collect();
            let mean = logarithms.iter().sum::<f64>() / 4000.0;
            let square = logarithms.iter().map(|log| log * log).sum::<f64>() / 4000.0;
            assert!(mean.abs() < 0.2, "{mean}");
            assert!(
                (square.sqrt() / PRIOR_SPREAD - 1.0).abs() < 0.05,
                "{square}"
            );
        }
        // Its density, and what the unit of the data adds to it.
        let [shape, time] = [0, 1].map(|i| draws.parameters[i][0]);
        let logarithms = [shape.ln(), (time / 10.0).ln()];
        let squares: f64 = logarithms.iter().map(|log| log * log).sum();
        let density = -7.0 - squares / (2.0 * PRIOR_SPREAD * PRIOR_SPREAD);
        assert!((draws.log_posterior[0] - density).abs() < 1e-9);
        let parameters = draws.names.map(str::to_owned).to_vec();
        assert_eq!(
            diagnosis.outcome,
            SamplingOutcome::PriorDecides { parameters }
        );
        assert!(
            diagnosis
                .parameters
                .iter()
                .all(|mixing| mixing.contraction.abs() < 0.1)
        );
    }

    #[test]
    fn a_cliff_is_named() {
        let (draws, diagnosis) = sampled(2.0);
        assert!(draws.parameters[0].iter().all(|shape| *shape < 2.0));
        let SamplingOutcome::Divergent { share } = diagnosis.outcome else {
            panic!("{diagnosis:?}");
        };
        assert!(share > 0.01 && share < 1.0, "{share}");
    }

    #[test]
    fn chains_that_cannot_start_are_named_and_stay_where_they_are() {
        let (draws, diagnosis) = sampled(0.0);
        assert!(matches!(
            diagnosis.outcome,
            SamplingOutcome::Failed { chains: 4, .. }
        ));
        assert_eq!(draws.len(), 4000);
        for (column, start) in draws.parameters.iter().zip([1.0, 5.0]) {
            assert!(column.iter().all(|value| (value - start).abs() < 1e-12));
        }
        assert!(
            diagnosis
                .parameters
                .iter()
                .all(|mixing| mixing.r_hat.is_none())
        );
    }
}
