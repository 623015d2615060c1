//! What a fit with covariates found, in the units of the caller, and what is to be said of it.

use super::super::counted::Counted;
use super::super::diagnosis::{Diagnosis, Goodness};
use super::super::fitted::FittedPurchases;
use super::super::fitting::{Found, MANY_TERMS, NARROW, dense_covariance};
use super::super::histories::CheckedHistories;
use super::super::laws::{KnownLaw, Together};
use super::super::profile::Profile;
use super::super::purchases_fit::Fit;
use super::fit::Problem;
use super::{CovariateCoefficient, CovariateMean, CovariatesDiagnosis, FittedCovariates};
use crate::chi_square::{ChiSquareTest, two_sided};
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::newton::{DenseOptimum, Side};
use crate::parallel::blocks;

/// Standard error of the effect of a covariate, from one end of it to the other, above which nothing
/// is known of it: a factor of e^5 either way.
const UNKNOWN: f64 = 5.0;
/// Unknown effects beyond this factor, as a logarithm, are on their way to infinity.
const GROWING: f64 = 5.0;
/// Repeat customers per coefficient.
const REPEAT_CUSTOMERS: f64 = 10.0;
/// Kinds of customers that are enough for a test of fit; of more, every so many-th.
const TESTED_KINDS: usize = 2048;

impl<M: Fit<D>, const D: usize> Problem<'_, M, D> {
    /// The result in the units of the caller.
    pub(super) fn told(
        &self,
        optimum: &DenseOptimum,
        names: &[String],
        histories: &CheckedHistories<'_>,
    ) -> FittedCovariates<M, D> {
        let (settled, unknown) = self.settled(optimum);
        let size = self.predictor.size();
        let covariance = dense_covariance(&optimum.at.information(), &settled);
        let found = M::FRAME.known_first(optimum, &covariance);
        let plain = self.plain.fitted();
        let reference = self.reference(&plain, optimum, &found, &covariance);
        let null_log_likelihood = plain.log_likelihood;
        let terms = &self.spec.terms;
        let coefficients = self.coefficients(optimum, &covariance, &settled);
        let repeat_customers = REPEAT_CUSTOMERS * (1.0 + self.kept() as f64);
        let unscaled = |u: usize| if u < D { 1.0 } else { self.scale_of(u - D) };
        FittedCovariates {
            coefficients,
            covariates: (names.iter().zip(&self.table.mean))
                .map(|(name, mean)| CovariateMean {
                    name: name.clone(),
                    mean: *mean,
                })
                .collect(),
            covariance: (0..size)
                .map(|u| {
                    let row = &covariance[u * size..(u + 1) * size];
                    let cell = |(v, cell): (usize, &f64)| cell / (unscaled(u) * unscaled(v));
                    row.iter().enumerate().map(cell).collect()
                })
                .collect(),
            null_log_likelihood,
            likelihood_ratio: (self.spec.ridge == 0.0)
                .then(|| {
                    let statistic = 2.0 * (reference.log_likelihood - null_log_likelihood);
                    ChiSquareTest::new(statistic, self.kept())
                })
                .flatten(),
            reference,
            diagnosis: CovariatesDiagnosis {
                collinear: (self.collinear.iter())
                    .map(|set| set.iter().map(|&term| terms[term].clone()).collect())
                    .collect(),
                separated: (unknown.into_iter())
                    .filter(|&term| self.effect(optimum, term).abs() > GROWING)
                    .map(|term| terms[term].clone())
                    .collect(),
                repeat_customers_needed: (histories.repeat_customers() < repeat_customers)
                    .then_some(repeat_customers),
            },
            mean_age: self.plain.unit,
        }
    }

    fn kept(&self) -> usize {
        self.kept.iter().filter(|kept| **kept).count()
    }

    fn scale_of(&self, term: usize) -> f64 {
        self.table.scale[self.predictor.covariate_of(term)]
    }

    fn range_of(&self, term: usize) -> f64 {
        self.table.range[self.predictor.covariate_of(term)]
    }

    /// What a coefficient adds from one end of its covariate to the other.
    fn effect(&self, optimum: &DenseOptimum, term: usize) -> f64 {
        optimum.point[D + term] * self.range_of(term)
    }

    /// Which unknowns have a value of their own, and the coefficients of which nothing is known.
    fn settled(&self, optimum: &DenseOptimum) -> (Vec<bool>, Vec<usize>) {
        let is_inside = |side: &Side| *side == Side::Inside;
        let mut settled: Vec<bool> = optimum.sides.iter().map(is_inside).collect();
        let covariance = dense_covariance(&optimum.at.information(), &settled);
        let variance = |u: usize| covariance[u * (settled.len() + 1)];
        let is_unknown = |term: &usize| variance(D + term).sqrt() * self.range_of(*term) > UNKNOWN;
        let unknown: Vec<usize> = (0..self.kept.len()).filter(is_unknown).collect();
        for term in &unknown {
            settled[D + term] = false;
        }
        (settled, unknown)
    }

    fn reference(
        &self,
        plain: &FittedPurchases<M, D>,
        optimum: &DenseOptimum,
        found: &Found<D>,
        covariance: &[f64],
    ) -> FittedPurchases<M, D> {
        let (goodness, recency) = self.goodness(optimum, covariance);
        let parameters = self.plain.parameters(&found.values());
        let log_likelihood = optimum.at.value + self.penalty(&optimum.point);
        FittedPurchases {
            log_likelihood: log_likelihood + self.plain.log_unit(),
            diagnosis: Diagnosis {
                outcome: self.plain.outcome(found),
                iterations: optimum.iterations,
                goodness,
                recency: Some(recency),
            },
            ..plain.of_kind(parameters, found.log_covariance)
        }
    }

    fn goodness(&self, optimum: &DenseOptimum, covariance: &[f64]) -> (Goodness, Goodness) {
        let size = self.predictor.size();
        let step = self.data.len().div_ceil(TESTED_KINDS);
        let tested: Vec<&(usize, Counted)> =
            self.data.iter().skip(step / 2).step_by(step).collect();
        let parts = blocks(tested.iter().map(|(_, data)| data.len()), |range| {
            let mut sum = Together::new(size);
            for (kind, data) in &tested[range] {
                let covariates = self.table.kinds.of(*kind);
                let logarithms = self.predictor.logarithms(&optimum.point, covariates);
                let law = KnownLaw {
                    parameters: self.plain.model().parameters(logarithms.map(f64::exp)),
                    along: self.predictor.slopes(&optimum.point, covariates),
                    own: [[0.0; D]; D],
                };
                sum.add(data, &law);
            }
            sum
        });
        let mut sum = Together::new(size);
        parts.iter().for_each(|part| sum.add_all(part));
        sum.judged(covariance)
    }

    fn coefficients(
        &self,
        optimum: &DenseOptimum,
        covariance: &[f64],
        settled: &[bool],
    ) -> Vec<CovariateCoefficient> {
        let (level, _) = self.spec.model.settings();
        let (size, reach) = (self.predictor.size(), reach(level));
        let profile = Profile {
            function: |unknowns: &[f64]| self.evaluate(&self.data, unknowns),
            lower: &self.lower,
            upper: &self.upper,
            top: &optimum.point,
            value: optimum.at.value,
            covariance,
        };
        let terms = self.spec.terms.iter().enumerate();
        terms
            .map(|(term, named)| {
                let u = D + term;
                let (scale, error) = (
                    self.scale_of(term),
                    covariance[u * size + u].max(0.0).sqrt(),
                );
                let interval = (settled[u] && error > 0.0).then(|| {
                    let is_normal = error * self.range_of(term) < NARROW
                        || self.rows() > MANY_TERMS
                        || !optimum.converged;
                    let ends = (!is_normal).then(|| profile.interval(u, reach)).flatten();
                    let normal = [-1.0, 1.0].map(|side| optimum.point[u] + side * reach * error);
                    let method = ends.map_or(Method::Delta, |_| Method::Profile);
                    (ends.unwrap_or(normal).map(|end| end / scale), method)
                });
                let value = optimum.point[u] / scale;
                let estimate = |of: fn(f64) -> f64| match interval {
                    Some(([low, high], method)) => {
                        Estimate::between(of(value), of(low), of(high), level, method)
                    }
                    None => Estimate::without(of(value), NoInterval::NotIdentified),
                };
                CovariateCoefficient {
                    term: named.clone(),
                    coefficient: estimate(|coefficient| coefficient),
                    ratio: estimate(ratio),
                    standard_error: interval.map(|_| error / scale),
                    p_value: interval.map(|_| two_sided(optimum.point[u] / error)),
                }
            })
            .collect()
    }
}

/// Ratios beyond e^700 are given as that, so as to be numbers at all.
fn ratio(coefficient: f64) -> f64 {
    coefficient.clamp(-700.0, 700.0).exp()
}
