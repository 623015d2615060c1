//! What a fitted model with covariates says: the law of any customer of whom covariates are known.

use super::super::fitted::FittedPurchases;
use super::super::law::{Law, PurchaseModel};
use super::super::laws::{Believed, Known, Laws};
use super::super::purchases_fit::Fit;
use super::predictor::Predictor;
use super::table::Kinds;
use super::{CheckedCovariates, FittedCovariates, Term};
use crate::columns::check_length;
use crate::error::{Error, require};

impl<M: PurchaseModel<D>, const D: usize> FittedCovariates<M, D> {
    /// The law of customers with these covariates, in the order of [`FittedCovariates::covariates`]:
    /// of those there are, and of those to come of whom nothing else is known.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when there are more or fewer, [`Error::Setting`] for one that is not finite.
    pub fn at(&self, covariates: &[f64]) -> Result<FittedPurchases<M, D>, Error>
    where
        M: Fit<D>,
    {
        check_length("covariates", covariates.len(), self.covariates.len())?;
        for &value in covariates {
            require(value.is_finite(), "covariate", value, "expected a number")?;
        }
        let shared = Shared::new(self)?;
        let known = shared.law_at(covariates);
        let log_covariance = known.log_covariance(&shared.covariance);
        Ok(self.reference.of_kind(known.parameters, log_covariance))
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
    pub fn laws(&self, table: &CheckedCovariates<'_>) -> Result<Laws<'_, M, D>, Error>
    where
        M: Fit<D>,
    {
        let columns: Vec<&[f64]> = (self.covariates.iter())
            .map(|covariate| table.column(&covariate.name))
            .collect::<Result<_, _>>()?;
        let mut kinds = Kinds::new(&columns);
        let of_row = std::mem::take(&mut kinds.of_row);
        let count = kinds.len();
        let shared = Shared::new(self)?;
        let believed = ByCovariates { shared, kinds };
        Ok(Laws::new(believed, &self.reference, &of_row, count))
    }
}

/// What all laws have in common, ready to be used.
struct Shared<P, const D: usize> {
    parameters: P,
    predictor: Predictor<D>,
    means: Vec<f64>,
    /// Logarithms of the parameters of the reference, then the coefficients.
    unknowns: Vec<f64>,
    covariance: Vec<f64>,
}

impl<P: Law<D>, const D: usize> Shared<P, D> {
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

    fn law_at(&self, covariates: &[f64]) -> Known<P, D> {
        let centred: Vec<f64> = (covariates.iter().zip(&self.means))
            .map(|(value, mean)| value - mean)
            .collect();
        let logarithms = self.predictor.logarithms(&self.unknowns, &centred);
        Known {
            parameters: self.parameters.with_logarithms(&logarithms),
            along: self.predictor.slopes(&self.unknowns, &centred),
            own: [[0.0; D]; D],
        }
    }
}

/// Laws of customers by kind.
struct ByCovariates<P, const D: usize> {
    shared: Shared<P, D>,
    kinds: Kinds,
}

impl<P: Law<D>, const D: usize> Believed<P, D> for ByCovariates<P, D> {
    fn law(&self, law: usize) -> Known<P, D> {
        self.shared.law_at(self.kinds.of(law))
    }

    fn common(&self) -> &[f64] {
        &self.shared.covariance
    }
}
