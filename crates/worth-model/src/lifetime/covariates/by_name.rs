//! Purchase models with covariates by name: for whoever lets data or a person choose.

use std::fmt::Debug;

use super::super::fitted::FittedPurchases;
use super::super::histories::CheckedHistories;
use super::super::model::{FittedModel, Model};
use super::super::purchase_laws::PurchaseLaws;
use super::super::purchases_fit::Fit;
use super::{
    CheckedCovariates, CovariateCoefficient, CovariatesDiagnosis, FittedCovariates, WithCovariates,
};
use crate::chi_square::ChiSquareTest;
use crate::error::Error;

/// A purchase model with covariates, fitted to customers, whichever the model.
#[derive(Debug)]
pub struct FittedModelWithCovariates {
    /// As [`FittedCovariates::reference`].
    pub reference: FittedModel,
    /// What covariates do, and the laws that follow.
    pub effects: Box<dyn CovariateEffects>,
}

/// What covariates do, whichever the model they are added to.
pub trait CovariateEffects: Debug + Send + Sync {
    /// As [`FittedCovariates::coefficients`].
    fn coefficients(&self) -> &[CovariateCoefficient];

    /// As [`FittedCovariates::likelihood_ratio`].
    fn likelihood_ratio(&self) -> Option<ChiSquareTest>;

    /// As [`FittedCovariates::together`].
    fn together(&self, covariates: &[&str]) -> Option<ChiSquareTest>;

    /// As [`FittedCovariates::diagnosis`].
    fn diagnosis(&self) -> &CovariatesDiagnosis;

    /// As [`FittedCovariates::laws`].
    ///
    /// # Errors
    ///
    /// As there.
    fn laws(&self, table: &CheckedCovariates<'_>) -> Result<Box<dyn PurchaseLaws>, Error>;
}

impl Model {
    /// Finds the parameters and coefficients of highest likelihood; each covariate of the table moves
    /// how often customers buy and how readily they leave. `level`: how sure intervals are meant to be.
    ///
    /// # Errors
    ///
    /// As [`WithCovariates::fit`].
    pub fn fit_with_covariates(
        self,
        histories: &CheckedHistories<'_>,
        covariates: &CheckedCovariates<'_>,
        level: f64,
    ) -> Result<FittedModelWithCovariates, Error> {
        use FittedModel as Named;
        match self {
            Self::BetaGeo => fit(Named::BetaGeo, histories, covariates, level),
            Self::ModifiedBetaGeo => fit(Named::ModifiedBetaGeo, histories, covariates, level),
            Self::CondensedBetaGeo => fit(Named::CondensedBetaGeo, histories, covariates, level),
            Self::ModifiedCondensedBetaGeo => fit(
                Named::ModifiedCondensedBetaGeo,
                histories,
                covariates,
                level,
            ),
            Self::ParetoNbd => fit(Named::ParetoNbd, histories, covariates, level),
            Self::GompertzNbd => fit(Named::GompertzNbd, histories, covariates, level),
        }
    }
}

fn fit<M: Fit<D>, const D: usize>(
    named: impl Fn(FittedPurchases<M, D>) -> FittedModel,
    histories: &CheckedHistories<'_>,
    covariates: &CheckedCovariates<'_>,
    level: f64,
) -> Result<FittedModelWithCovariates, Error> {
    let names = covariates.names();
    let spec = WithCovariates::new(M::at_level(level), names, names);
    let fitted = spec.fit(histories, covariates)?;
    Ok(FittedModelWithCovariates {
        reference: named(fitted.reference.clone()),
        effects: Box::new(fitted),
    })
}

impl<M: Fit<D>, const D: usize> CovariateEffects for FittedCovariates<M, D> {
    fn coefficients(&self) -> &[CovariateCoefficient] {
        &self.coefficients
    }

    fn likelihood_ratio(&self) -> Option<ChiSquareTest> {
        self.likelihood_ratio
    }

    fn together(&self, covariates: &[&str]) -> Option<ChiSquareTest> {
        self.together(covariates)
    }

    fn diagnosis(&self) -> &CovariatesDiagnosis {
        &self.diagnosis
    }

    fn laws(&self, table: &CheckedCovariates<'_>) -> Result<Box<dyn PurchaseLaws>, Error> {
        Ok(Box::new(self.laws(table)?))
    }
}
