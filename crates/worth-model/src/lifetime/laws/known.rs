//! What is known of laws that have something in common: the coefficients of covariates, or the middle
//! of all groups. That is not known exactly, so they err together; what each has of its own they do not.

use super::super::fitted::FittedPurchases;
use super::super::law::{Law, PurchaseModel};
use crate::dense::{dot, times};
use crate::symmetric::Matrix;

/// Several laws, by number.
pub(in super::super) trait KnownLaws<P: Law<D>, const D: usize>:
    Send + Sync
{
    fn law(&self, law: usize) -> KnownLaw<P, D>;

    /// Covariance of what all have in common, row by row.
    fn common(&self) -> &[f64];
}

/// One of them.
#[derive(Clone)]
pub(in super::super) struct KnownLaw<P, const D: usize> {
    pub(in super::super) parameters: P,
    /// Derivatives of the logarithm of each parameter with respect to what all have in common.
    pub(in super::super) along: Vec<Vec<f64>>,
    /// Covariance of the logarithms, were that known.
    pub(in super::super) own: Matrix<D>,
}

impl<P: Law<D>, const D: usize> KnownLaw<P, D> {
    /// As a fitted model, given another of its kind and the covariance of what all have in common.
    pub(in super::super) fn of<M: PurchaseModel<D, Parameters = P>>(
        &self,
        reference: &FittedPurchases<M, D>,
        common: &[f64],
    ) -> FittedPurchases<M, D> {
        reference.of_kind(self.parameters, self.log_covariance(common))
    }

    fn log_covariance(&self, common: &[f64]) -> Matrix<D> {
        let spread: Vec<Vec<f64>> = (self.along.iter())
            .map(|along| times(common, along))
            .collect();
        // The same sum for both halves: rounding must not make them differ.
        std::array::from_fn(|i| {
            std::array::from_fn(|j| {
                let (more, less) = (i.max(j), i.min(j));
                self.own[more][less] + dot(&self.along[more], &spread[less])
            })
        })
    }
}
