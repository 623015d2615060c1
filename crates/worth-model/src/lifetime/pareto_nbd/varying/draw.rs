//! Customers drawn from the model.

use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1};

use super::parameters::ParetoNbdVaryingParameters;
use super::path::{Path, Scope};
use super::timelines::Timelines;
use crate::lifetime::anytime;
use crate::lifetime::law::Life;
use crate::simulate::gamma;

impl ParetoNbdVaryingParameters {
    /// Draws a customer (a row of the timelines) who bought first at `start`, and what they do until
    /// `age`.
    pub(crate) fn draw(
        &self,
        covariates: &Timelines,
        row: usize,
        (start, age): (f64, f64),
        random: &mut ChaCha8Rng,
    ) -> Life {
        let numbers = self.numbers(covariates);
        let [r, alpha, s, beta] = numbers.base;
        let scope = Scope {
            start,
            length: age,
            unit: 1.0,
            twice: false,
        };
        let mut path = Path::default();
        path.lay(
            covariates,
            Some(row),
            scope,
            [&numbers.buying, &numbers.leaving],
        );
        let rate = gamma(r, random) / alpha;
        let leaving = gamma(s, random) / beta;
        let stay: f64 = Exp1.sample(random);
        let left_at = path.leaving.when(&path.times, stay / leaving);
        let when = |bought: f64| path.buying.when(&path.times, bought);
        anytime::life(rate, leaving, left_at, age, when, random)
    }
}
