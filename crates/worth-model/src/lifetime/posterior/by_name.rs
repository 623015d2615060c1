//! Posteriors by name of the model: the same face whatever the model, for whoever lets data or a
//! person choose.

use std::fmt::Debug;

use super::super::beta_geo::{
    BetaGeo, CondensedBetaGeo, ModifiedBetaGeo, ModifiedCondensedBetaGeo,
};
use super::super::gamma_gamma::{CheckedSpends, GammaGammaEstimates};
use super::super::gompertz_nbd::GompertzNbd;
use super::super::histories::CheckedHistories;
use super::super::horizon::Horizon;
use super::super::law::{Named, PurchaseModel};
use super::super::margin::Margin;
use super::super::model::Model;
use super::super::pareto_nbd::ParetoNbd;
use super::super::purchases_fit::Fit;
use super::super::totals::Total;
use super::diagnosis::SamplingDiagnosis;
use super::draws::DrawColumns;
use super::parameter::{DrawnParameter, parameters};
use super::purchases::sample;
use super::{GoesOn, PosteriorGammaGamma, PosteriorPurchases, PosteriorValue, Sampling};
use crate::error::Error;

/// What every posterior says, whatever it is of.
pub trait Posterior: Debug + Send + Sync {
    /// What it says of each parameter.
    fn parameters(&self) -> Vec<DrawnParameter>;

    /// How sampling went.
    fn diagnosis(&self) -> &SamplingDiagnosis;

    /// The draws.
    fn columns(&self) -> DrawColumns<'_>;
}

/// What every posterior of purchases says.
pub trait PurchasesPosterior: Posterior {
    /// As [`PosteriorValue::total`].
    ///
    /// # Errors
    ///
    /// As there.
    fn total(
        &self,
        spend: &PosteriorGammaGamma,
        terms: (Horizon, Margin),
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
    ) -> Result<Total, Error>;
}

impl Model {
    /// Fits, and draws from the posterior, for as long as it goes on: see [`GoesOn`]. `level`: how
    /// sure intervals are meant to be.
    ///
    /// # Errors
    ///
    /// As [`Model::fit`]; [`Error::Setting`] for a setting of `sampling` that makes no sense.
    pub fn posterior_while(
        self,
        histories: &CheckedHistories<'_>,
        level: f64,
        sampling: &Sampling,
        goes_on: &GoesOn<'_>,
    ) -> Result<Box<dyn PurchasesPosterior>, Error> {
        let of = (histories, level, sampling, goes_on);
        match self {
            Self::BetaGeo => boxed::<BetaGeo, 4>(of),
            Self::ModifiedBetaGeo => boxed::<ModifiedBetaGeo, 4>(of),
            Self::CondensedBetaGeo => boxed::<CondensedBetaGeo, 4>(of),
            Self::ModifiedCondensedBetaGeo => boxed::<ModifiedCondensedBetaGeo, 4>(of),
            Self::ParetoNbd => boxed::<ParetoNbd, 4>(of),
            Self::GompertzNbd => boxed::<GompertzNbd, 5>(of),
        }
    }
}

fn boxed<M: Fit<D> + 'static, const D: usize>(
    (histories, level, sampling, goes_on): (&CheckedHistories<'_>, f64, &Sampling, &GoesOn<'_>),
) -> Result<Box<dyn PurchasesPosterior>, Error> {
    let posterior = sample(&M::at_level(level), histories, sampling, goes_on)?;
    Ok(Box::new(posterior))
}

impl<M: PurchaseModel<D>, const D: usize> Posterior for PosteriorPurchases<M, D> {
    fn parameters(&self) -> Vec<DrawnParameter> {
        let fitted = self.fitted.estimates.named();
        let likelihood = std::array::from_fn(|i| fitted[i].1);
        parameters(&self.draws, &self.diagnosis, likelihood, self.level)
    }

    fn diagnosis(&self) -> &SamplingDiagnosis {
        &self.diagnosis
    }

    fn columns(&self) -> DrawColumns<'_> {
        self.draws.columns()
    }
}

impl<M: PurchaseModel<D>, const D: usize> PurchasesPosterior for PosteriorPurchases<M, D> {
    fn total(
        &self,
        spend: &PosteriorGammaGamma,
        (horizon, margin): (Horizon, Margin),
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
    ) -> Result<Total, Error> {
        let value = PosteriorValue {
            purchase: self,
            spend,
            horizon,
            margin,
        };
        value.total(histories, spends)
    }
}

impl Posterior for PosteriorGammaGamma {
    fn parameters(&self) -> Vec<DrawnParameter> {
        let GammaGammaEstimates { p, q, gamma } = self.fitted.estimates;
        parameters(&self.draws, &self.diagnosis, [p, q, gamma], self.level)
    }

    fn diagnosis(&self) -> &SamplingDiagnosis {
        &self.diagnosis
    }

    fn columns(&self) -> DrawColumns<'_> {
        self.draws.columns()
    }
}
