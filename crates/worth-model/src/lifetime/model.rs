//! Purchase models by name: for whoever lets data or a person choose.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::beta_geo::{BetaGeo, CondensedBetaGeo, ModifiedBetaGeo, ModifiedCondensedBetaGeo};
use super::diagnosis::Diagnosis;
use super::fitted::FittedPurchases;
use super::gompertz_nbd::GompertzNbd;
use super::groups::GroupPurchases;
use super::hindsight::Hindsight;
use super::histories::CheckedHistories;
use super::law::{Named, NamedEstimate, PurchaseModel};
use super::pareto_nbd::ParetoNbd;
use super::predicted::Predicted;
use super::purchase_laws::PurchaseLaws;
use super::purchases_fit::{self, Fit};
use crate::error::Error;

/// Models of when customers buy and stop buying, without having seen data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// BG/NBD (Fader, Hardie, Lee 2005): may leave after a repeat purchase.
    #[default]
    BetaGeo,
    /// MBG/NBD (Batislam, Denizel, Filiztekin 2007): may leave after any purchase.
    ModifiedBetaGeo,
    /// BG/CNBD-k (Platzer, Reutterer 2016): as BG/NBD, for customers who buy regularly.
    CondensedBetaGeo,
    /// MBG/CNBD-k (Platzer, Reutterer 2016): as MBG/NBD, for customers who buy regularly.
    ModifiedCondensedBetaGeo,
    /// Pareto/NBD (Schmittlein, Morrison, Colombo 1987): may leave at any time.
    ParetoNbd,
    /// Gompertz/NBD (Bemmaor, Glady 2012): as Pareto/NBD, with a risk that rises with time.
    GompertzNbd,
}

/// A fitted model of when customers buy and stop buying.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum FittedModel {
    /// BG/NBD.
    BetaGeo(FittedPurchases<BetaGeo>),
    /// MBG/NBD.
    ModifiedBetaGeo(FittedPurchases<ModifiedBetaGeo>),
    /// BG/CNBD-k.
    CondensedBetaGeo(FittedPurchases<CondensedBetaGeo>),
    /// MBG/CNBD-k.
    ModifiedCondensedBetaGeo(FittedPurchases<ModifiedCondensedBetaGeo>),
    /// Pareto/NBD.
    ParetoNbd(FittedPurchases<ParetoNbd>),
    /// Gompertz/NBD.
    GompertzNbd(FittedPurchases<GompertzNbd, 5>),
}

impl Model {
    /// All of them, the simplest first.
    pub const ALL: [Self; 6] = [
        Self::BetaGeo,
        Self::ModifiedBetaGeo,
        Self::CondensedBetaGeo,
        Self::ModifiedCondensedBetaGeo,
        Self::ParetoNbd,
        Self::GompertzNbd,
    ];

    /// As in JSON and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BetaGeo => BetaGeo::NAME,
            Self::ModifiedBetaGeo => ModifiedBetaGeo::NAME,
            Self::CondensedBetaGeo => CondensedBetaGeo::NAME,
            Self::ModifiedCondensedBetaGeo => ModifiedCondensedBetaGeo::NAME,
            Self::ParetoNbd => ParetoNbd::NAME,
            Self::GompertzNbd => GompertzNbd::NAME,
        }
    }

    /// As people in the field write it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::BetaGeo => "BG/NBD",
            Self::ModifiedBetaGeo => "MBG/NBD",
            Self::CondensedBetaGeo => "BG/CNBD-k",
            Self::ModifiedCondensedBetaGeo => "MBG/CNBD-k",
            Self::ParetoNbd => "Pareto/NBD",
            Self::GompertzNbd => "Gompertz/NBD",
        }
    }

    /// Finds the parameters of highest likelihood. `level`: how sure intervals are meant to be.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a level that makes no sense, [`Error::Empty`] without customers.
    pub fn fit(self, histories: &CheckedHistories<'_>, level: f64) -> Result<FittedModel, Error> {
        Ok(match self {
            Self::BetaGeo => FittedModel::BetaGeo(fit(histories, level)?),
            Self::ModifiedBetaGeo => FittedModel::ModifiedBetaGeo(fit(histories, level)?),
            Self::CondensedBetaGeo => FittedModel::CondensedBetaGeo(fit(histories, level)?),
            Self::ModifiedCondensedBetaGeo => {
                FittedModel::ModifiedCondensedBetaGeo(fit(histories, level)?)
            }
            Self::ParetoNbd => FittedModel::ParetoNbd(fit(histories, level)?),
            Self::GompertzNbd => FittedModel::GompertzNbd(fit(histories, level)?),
        })
    }
}

fn fit<M: Fit<D>, const D: usize>(
    histories: &CheckedHistories<'_>,
    level: f64,
) -> Result<FittedPurchases<M, D>, Error> {
    purchases_fit::fit(&M::at_level(level), histories)
}

/// The same expression for whichever model it is.
macro_rules! whichever {
    ($model:expr, $fitted:ident => $expression:expr) => {
        match $model {
            FittedModel::BetaGeo($fitted) => $expression,
            FittedModel::ModifiedBetaGeo($fitted) => $expression,
            FittedModel::CondensedBetaGeo($fitted) => $expression,
            FittedModel::ModifiedCondensedBetaGeo($fitted) => $expression,
            FittedModel::ParetoNbd($fitted) => $expression,
            FittedModel::GompertzNbd($fitted) => $expression,
        }
    };
}

impl FittedModel {
    /// Which model it is.
    #[must_use]
    pub fn model(&self) -> Model {
        match self {
            Self::BetaGeo(_) => Model::BetaGeo,
            Self::ModifiedBetaGeo(_) => Model::ModifiedBetaGeo,
            Self::CondensedBetaGeo(_) => Model::CondensedBetaGeo,
            Self::ModifiedCondensedBetaGeo(_) => Model::ModifiedCondensedBetaGeo,
            Self::ParetoNbd(_) => Model::ParetoNbd,
            Self::GompertzNbd(_) => Model::GompertzNbd,
        }
    }

    /// How the fit went.
    #[must_use]
    pub fn diagnosis(&self) -> &Diagnosis {
        whichever!(self, fitted => &fitted.diagnosis)
    }

    /// Log-likelihood of the data as given.
    #[must_use]
    pub fn log_likelihood(&self) -> f64 {
        whichever!(self, fitted => fitted.log_likelihood)
    }

    /// The parameters with their names and intervals.
    #[must_use]
    pub fn estimates(&self) -> Vec<NamedEstimate> {
        whichever!(self, fitted => fitted.estimates.named())
    }

    /// As [`FittedPurchases::probability_alive`].
    #[must_use]
    pub fn probability_alive(&self, histories: &CheckedHistories<'_>) -> Predicted {
        whichever!(self, fitted => fitted.probability_alive(histories))
    }

    /// As [`FittedPurchases::expected_purchases`].
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite.
    pub fn expected_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        whichever!(self, fitted => fitted.expected_purchases(histories, time))
    }

    /// As [`FittedPurchases::predicted_purchases`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn predicted_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        whichever!(self, fitted => fitted.predicted_purchases(histories, time))
    }

    /// As [`FittedPurchases::probability_of`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn probability_of(
        &self,
        histories: &CheckedHistories<'_>,
        count: u32,
        time: f64,
    ) -> Result<Predicted, Error> {
        whichever!(self, fitted => fitted.probability_of(histories, count, time))
    }

    /// As [`FittedPurchases::purchases_by_group`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn purchases_by_group(
        &self,
        histories: &CheckedHistories<'_>,
        kinds: &[&[u32]],
        time: f64,
    ) -> Result<Vec<Vec<GroupPurchases>>, Error> {
        whichever!(self, fitted => fitted.purchases_by_group(histories, kinds, time))
    }

    /// As [`FittedPurchases::hindsight`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn hindsight(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
        actual: &[f64],
    ) -> Result<Vec<Hindsight>, Error> {
        whichever!(self, fitted => fitted.hindsight(histories, time, actual))
    }

    /// What it says of customers, for whoever must not care which model it is: they all have one law.
    #[must_use]
    pub fn laws(&self) -> &dyn PurchaseLaws {
        whichever!(self, fitted => fitted)
    }
}
