//! What a fitted model with covariates says: the law of any customer of whom covariates are known.

use super::super::fitted::FittedPurchases;
use super::super::law::{Law, PurchaseModel};
use super::super::purchases_fit::Fit;
use super::laws::Laws;
use super::predictor::Predictor;
use super::table::Kinds;
use super::{CheckedCovariates, FittedCovariates, Term};
use crate::columns::{LARGEST, check_length};
use crate::dense::{dot, times};
use crate::error::{Error, require};
use crate::symmetric::Matrix;

impl<M: PurchaseModel<D>, const D: usize> FittedCovariates<M, D> {
    /// The law of customers with these covariates, in the order of [`FittedCovariates::covariates`]:
    /// of those there are, and of those to come of whom nothing else is known.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when there are more or fewer, [`Error::Setting`] for one that is not within 1e100 of 0.
    pub fn at(&self, covariates: &[f64]) -> Result<FittedPurchases<M, D>, Error>
    where
        M: Fit<D>,
    {
        check_length("covariates", covariates.len(), self.covariates.len())?;
        for &value in covariates {
            let expected = "expected a number within 1e100 of 0";
            require(value.abs() <= LARGEST, "covariate", value, expected)?;
        }
        Ok(Common::new(self)?.law(&self.reference, covariates))
    }

    /// The law of customers whose covariates are all 0, from which coefficients are counted.
    ///
    /// # Errors
    ///
    /// None for what [`WithCovariates::fit`](super::WithCovariates::fit) has made.
    pub fn base(&self) -> Result<FittedPurchases<M, D>, Error>
    where
        M: Fit<D>,
    {
        self.at(&vec![0.0; self.covariates.len()])
    }

    /// The law of each customer in a table, which has at least the covariates of the fit, by name.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] for a covariate that the table does not have.
    pub fn laws(&self, table: &CheckedCovariates<'_>) -> Result<Laws<M, D>, Error>
    where
        M: Fit<D>,
    {
        let columns: Vec<&[f64]> = (self.covariates.iter())
            .map(|covariate| table.column(&covariate.name))
            .collect::<Result<_, _>>()?;
        let kinds = Kinds::new(&columns);
        Ok(Laws::new(Common::new(self)?, kinds, &self.reference))
    }
}

/// What the laws of all customers have in common, ready to be used.
pub(super) struct Common<P, const D: usize> {
    parameters: P,
    predictor: Predictor<D>,
    means: Vec<f64>,
    /// Logarithms of the parameters of the reference, then the coefficients.
    unknowns: Vec<f64>,
    /// Covariance of the unknowns, row by row.
    pub(super) covariance: Vec<f64>,
}

impl<P: Law<D>, const D: usize> Common<P, D> {
    fn new<M: Fit<D, Parameters = P>>(fitted: &FittedCovariates<M, D>) -> Result<Self, Error> {
        let names: Vec<String> = (fitted.covariates.iter())
            .map(|covariate| covariate.name.clone())
            .collect();
        let terms: Vec<Term> = (fitted.coefficients.iter())
            .map(|coefficient| coefficient.term.clone())
            .collect();
        let parameters = fitted.reference.parameters;
        let mut unknowns = parameters.logarithms().to_vec();
        unknowns.extend((fitted.coefficients.iter()).map(|found| found.coefficient.value));
        Ok(Self {
            parameters,
            predictor: Predictor::new::<M>(&terms, &names, fitted.mean_age)?,
            means: (fitted.covariates.iter()).map(|known| known.mean).collect(),
            unknowns,
            covariance: fitted.covariance.concat(),
        })
    }

    /// The law of customers with these covariates, of the model that was fitted.
    pub(super) fn law<M: PurchaseModel<D, Parameters = P>>(
        &self,
        reference: &FittedPurchases<M, D>,
        covariates: &[f64],
    ) -> FittedPurchases<M, D> {
        let centred = self.centred(covariates);
        let logarithms = self.predictor.logarithms(&self.unknowns, &centred);
        let parameters = self.parameters.with_logarithms(&logarithms);
        reference.of_kind(parameters, self.log_covariance(&self.slopes(covariates)))
    }

    /// Derivatives of the logarithms of its parameters with respect to the unknowns.
    pub(super) fn slopes(&self, covariates: &[f64]) -> Vec<Vec<f64>> {
        self.predictor
            .slopes(&self.unknowns, &self.centred(covariates))
    }

    fn centred(&self, covariates: &[f64]) -> Vec<f64> {
        let both = covariates.iter().zip(&self.means);
        both.map(|(value, mean)| value - mean).collect()
    }

    fn log_covariance(&self, slopes: &[Vec<f64>]) -> Matrix<D> {
        let spread: Vec<Vec<f64>> = (slopes.iter())
            .map(|slope| times(&self.covariance, slope))
            .collect();
        // The same sum for both halves: rounding must not make them differ.
        std::array::from_fn(|i| std::array::from_fn(|j| dot(&slopes[i.max(j)], &spread[i.min(j)])))
    }
}
