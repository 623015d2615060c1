//! The linear predictor: the logarithms of a law's parameters from what is the same for all customers
//! and the coefficients of their covariates, and derivatives the other way round.
//!
//! Unknowns are the D logarithms of a customer whose covariates are 0, then the coefficients. Each
//! unknown u moves the logarithms along a direction w(u) in proportion to a number ζ(u): 1, or its
//! covariate. With e and H the derivatives of a log-likelihood with respect to the logarithms:
//!
//! ```text
//! slope along u       = ζ(u) w(u)'e
//! bend along u and v  = ζ(u) ζ(v) w(u)'H w(v)
//! ```

use super::super::purchases_fit::Fit;
use super::{Moves, Term};
use crate::error::Error;
use crate::newton::{DenseEvaluation, Evaluation};
use crate::symmetric::{Vector, bilinear, dot};

/// How covariates move the parameters of a law.
#[derive(Debug, Clone)]
pub(super) struct Predictor<const D: usize> {
    /// Different directions, those of the parameters themselves first.
    directions: Vec<Vector<D>>,
    /// Of each coefficient: its direction, and the place of its covariate.
    terms: Vec<(usize, usize)>,
    /// The logarithms beyond which a parameter is as good as zero or infinite.
    pub(super) lower: Vector<D>,
    pub(super) upper: Vector<D>,
}

impl<const D: usize> Predictor<D> {
    /// For terms on covariates whose names are listed, in times of this many units of the search.
    pub(super) fn new<M: Fit<D>>(
        terms: &[Term],
        names: &[String],
        unit: f64,
    ) -> Result<Self, Error> {
        let mut directions: Vec<Vector<D>> = (0..D).map(unit_vector).collect();
        let mut placed = Vec::with_capacity(terms.len());
        for term in terms {
            let direction = direction::<M, D>(&term.moves)?;
            let known = directions.iter().position(|known| *known == direction);
            let place = known.unwrap_or_else(|| {
                directions.push(direction);
                directions.len() - 1
            });
            let covariate = names.iter().position(|name| *name == term.covariate);
            placed.push((place, covariate.expect("names are those of the terms")));
        }
        let log_unit = |i: usize| f64::from(M::TIME_POWERS[i]) * unit.ln();
        Ok(Self {
            directions,
            terms: placed,
            lower: std::array::from_fn(|i| M::FRAME.least[i].ln() + log_unit(i)),
            upper: std::array::from_fn(|i| M::FRAME.most[i].ln() + log_unit(i)),
        })
    }

    /// Number of unknowns.
    pub(super) fn size(&self) -> usize {
        D + self.terms.len()
    }

    /// Direction and number of each unknown, for a customer with these covariates.
    fn moved<'a>(&'a self, covariates: &'a [f64]) -> impl Iterator<Item = (usize, f64)> + 'a {
        let own = (0..D).map(|i| (i, 1.0));
        own.chain((self.terms.iter()).map(|&(direction, place)| (direction, covariates[place])))
    }

    /// The logarithms of a customer with these covariates, before they are kept within bounds.
    fn unbounded(&self, unknowns: &[f64], covariates: &[f64]) -> Vector<D> {
        let mut logarithms = [0.0; D];
        for (unknown, (direction, number)) in unknowns.iter().zip(self.moved(covariates)) {
            for (sum, part) in logarithms.iter_mut().zip(&self.directions[direction]) {
                *sum += unknown * number * part;
            }
        }
        logarithms
    }

    /// The logarithms of a customer with these covariates.
    pub(super) fn logarithms(&self, unknowns: &[f64], covariates: &[f64]) -> Vector<D> {
        let logarithms = self.unbounded(unknowns, covariates);
        std::array::from_fn(|i| logarithms[i].clamp(self.lower[i], self.upper[i]))
    }

    /// Their derivatives with respect to the unknowns, one row per parameter; 0 for one at a bound.
    pub(super) fn slopes(&self, unknowns: &[f64], covariates: &[f64]) -> Vec<Vec<f64>> {
        let logarithms = self.unbounded(unknowns, covariates);
        (0..D)
            .map(|i| {
                let free = f64::from(u8::from(self.is_free(i, &logarithms)));
                self.moved(covariates)
                    .map(|(direction, number)| free * number * self.directions[direction][i])
                    .collect()
            })
            .collect()
    }

    fn is_free(&self, i: usize, logarithms: &Vector<D>) -> bool {
        (self.lower[i]..=self.upper[i]).contains(&logarithms[i])
    }

    /// Adds the log-likelihood of customers with these covariates, from that with respect to the
    /// logarithms of their parameters. Of the Hessian, the lower half.
    pub(super) fn add(
        &self,
        unknowns: &[f64],
        covariates: &[f64],
        of_law: impl FnOnce(&Vector<D>) -> Evaluation<D>,
        sum: &mut DenseEvaluation,
        scratch: &mut Scratch<D>,
    ) {
        let unbounded = self.unbounded(unknowns, covariates);
        let logarithms = std::array::from_fn(|i| unbounded[i].clamp(self.lower[i], self.upper[i]));
        let mut at = of_law(&logarithms);
        for i in (0..D).filter(|&i| !self.is_free(i, &unbounded)) {
            at.gradient[i] = 0.0;
            for j in 0..D {
                (at.hessian[i][j], at.hessian[j][i]) = (0.0, 0.0);
            }
        }
        scratch.moved.clear();
        scratch.moved.extend(self.moved(covariates));
        scratch.slopes.clear();
        (scratch.slopes).extend(self.directions.iter().map(|along| dot(along, &at.gradient)));
        scratch.bends.clear();
        for along in &self.directions {
            let bends = (self.directions.iter()).map(|other| bilinear(along, &at.hessian, other));
            scratch.bends.extend(bends);
        }
        sum.value += at.value;
        let (size, different) = (self.size(), self.directions.len());
        for (u, &(along, number)) in scratch.moved.iter().enumerate() {
            sum.gradient[u] += number * scratch.slopes[along];
            let bends = &scratch.bends[along * different..(along + 1) * different];
            let row = &mut sum.hessian[u * size..=u * size + u];
            for (cell, &(other, with)) in row.iter_mut().zip(&scratch.moved) {
                *cell += number * with * bends[other];
            }
        }
    }

    /// How alike the directions of two coefficients are.
    pub(super) fn alike(&self, left: usize, right: usize) -> f64 {
        let direction = |term: usize| &self.directions[self.terms[term].0];
        dot(direction(left), direction(right))
    }

    /// The place of the covariate of a coefficient.
    pub(super) fn covariate_of(&self, term: usize) -> usize {
        self.terms[term].1
    }
}

/// Room for sums, so that none is asked for per customer.
#[derive(Debug, Default)]
pub(super) struct Scratch<const D: usize> {
    moved: Vec<(usize, f64)>,
    slopes: Vec<f64>,
    bends: Vec<f64>,
}

fn unit_vector<const D: usize>(place: usize) -> Vector<D> {
    std::array::from_fn(|i| f64::from(u8::from(i == place)))
}

fn direction<M: Fit<D>, const D: usize>(moves: &Moves) -> Result<Vector<D>, Error> {
    match moves {
        Moves::Purchases => Ok(M::PURCHASES),
        Moves::Leaving => Ok(M::LEAVING),
        Moves::Parameter(name) => {
            let names = M::FRAME.names;
            let place = names.iter().position(|known| known == name);
            place.map(unit_vector).ok_or_else(|| Error::Unknown {
                field: "parameter",
                name: name.clone(),
                expected: names.join(", "),
            })
        }
    }
}
