//! What a fitted model with covariates says: the law of any customer of whom covariates are known.

use super::super::fitted::FittedPurchases;
use super::super::law::{Law, PurchaseModel};
use super::super::laws::{KnownLaw, KnownLaws, Laws};
use super::super::purchases_fit::Fit;
use super::predictor::Predictor;
use super::table::Kinds;
use super::{CheckedCovariates, CovariateCoefficient, FittedCovariates, Term};
use crate::chi_square::ChiSquareTest;
use crate::columns::{LARGEST, check_length};
use crate::dense::{Factor, dot};
use crate::error::{Error, require};

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
        let common = Common::new(self)?;
        Ok(common
            .law_at(covariates)
            .of(&self.reference, &common.covariance))
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
        let mut kinds = Kinds::new(&columns);
        let (laws, law_of_row) = (kinds.len(), std::mem::take(&mut kinds.of_row));
        let common = Common::new(self)?;
        let known = OfKinds { common, kinds };
        Ok(Laws::new(known, laws, &law_of_row, &self.reference))
    }

    /// Whether these covariates say anything beside the others: whether all their coefficients may be
    /// 0, by Wald's test. Nothing when none of them is settled.
    #[must_use]
    pub fn together(&self, covariates: &[&str]) -> Option<ChiSquareTest> {
        let of_them = |found: &CovariateCoefficient| {
            found.standard_error.is_some() && covariates.contains(&found.term.covariate.as_str())
        };
        let places: Vec<usize> = (0..self.coefficients.len())
            .filter(|&place| of_them(&self.coefficients[place]))
            .collect();
        let values: Vec<f64> = (places.iter())
            .map(|&place| self.coefficients[place].coefficient.value)
            .collect();
        let covariance: Vec<f64> = (places.iter())
            .flat_map(|row| {
                let row = &self.covariance[D + row];
                places.iter().map(|column| row[D + column])
            })
            .collect();
        let factor = Factor::new(&covariance, places.len(), 0.0);
        let apart = factor.forward(&values);
        ChiSquareTest::new(dot(&apart, &apart), factor.rank())
    }
}

/// What the laws of all customers have in common, ready to be used.
struct Common<P, const D: usize> {
    parameters: P,
    predictor: Predictor<D>,
    means: Vec<f64>,
    /// Logarithms of the parameters of the reference, then the coefficients.
    unknowns: Vec<f64>,
    /// Covariance of the unknowns, row by row.
    covariance: Vec<f64>,
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

    /// The law of customers with these covariates.
    fn law_at(&self, covariates: &[f64]) -> KnownLaw<P, D> {
        let both = covariates.iter().zip(&self.means);
        let centred: Vec<f64> = both.map(|(value, mean)| value - mean).collect();
        let logarithms = self.predictor.logarithms(&self.unknowns, &centred);
        KnownLaw {
            parameters: self.parameters.with_logarithms(&logarithms),
            along: self.predictor.slopes(&self.unknowns, &centred),
            own: [[0.0; D]; D],
        }
    }
}

/// The laws of customers by kind.
struct OfKinds<P, const D: usize> {
    common: Common<P, D>,
    kinds: Kinds,
}

impl<P: Law<D>, const D: usize> KnownLaws<P, D> for OfKinds<P, D> {
    fn law(&self, law: usize) -> KnownLaw<P, D> {
        self.common.law_at(self.kinds.of(law))
    }

    fn common(&self) -> &[f64] {
        &self.common.covariance
    }
}
