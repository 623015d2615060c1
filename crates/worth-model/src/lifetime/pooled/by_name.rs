//! Pooled purchase models by name: for whoever lets data or a person choose.

use std::fmt::Debug;

use super::super::fitted::FittedPurchases;
use super::super::histories::CheckedHistories;
use super::super::model::{FittedModel, Model};
use super::super::purchase_laws::PurchaseLaws;
use super::super::purchases_fit::Fit;
use super::{CheckedGroups, FittedPooled, GroupDeviations, Pooled, PooledGroup, Pooling};
use crate::error::Error;

/// A purchase model fitted to groups of customers, whichever the model.
#[derive(Debug)]
pub struct FittedModelPooled {
    /// As [`FittedPooled::reference`].
    pub reference: FittedModel,
    /// What groups are like, and the laws that follow.
    pub effects: Box<dyn GroupEffects>,
}

/// What groups are like, whichever the model of their customers.
pub trait GroupEffects: Debug + Send + Sync {
    /// As [`FittedPooled::groups`].
    fn groups(&self) -> &[PooledGroup];

    /// As [`FittedPooled::deviations`].
    fn deviations(&self) -> GroupDeviations;

    /// As [`FittedPooled::pooling`].
    fn pooling(&self) -> Pooling;

    /// As [`FittedPooled::laws`].
    fn laws(&self, table: &CheckedGroups<'_>) -> Box<dyn PurchaseLaws>;

    /// As [`FittedPooled::new_group`].
    fn new_group(&self) -> Box<dyn PurchaseLaws>;
}

impl Model {
    /// Finds how much groups differ, and what each is like. `level`: how sure intervals are meant to be.
    ///
    /// # Errors
    ///
    /// As [`Pooled::fit`].
    pub fn fit_pooled(
        self,
        histories: &CheckedHistories<'_>,
        groups: &CheckedGroups<'_>,
        level: f64,
    ) -> Result<FittedModelPooled, Error> {
        use FittedModel as Named;
        match self {
            Self::BetaGeo => fit(Named::BetaGeo, histories, groups, level),
            Self::ModifiedBetaGeo => fit(Named::ModifiedBetaGeo, histories, groups, level),
            Self::CondensedBetaGeo => fit(Named::CondensedBetaGeo, histories, groups, level),
            Self::ModifiedCondensedBetaGeo => {
                fit(Named::ModifiedCondensedBetaGeo, histories, groups, level)
            }
            Self::ParetoNbd => fit(Named::ParetoNbd, histories, groups, level),
            Self::GompertzNbd => fit(Named::GompertzNbd, histories, groups, level),
        }
    }
}

fn fit<M: Fit<D>, const D: usize>(
    named: impl Fn(FittedPurchases<M, D>) -> FittedModel,
    histories: &CheckedHistories<'_>,
    groups: &CheckedGroups<'_>,
    level: f64,
) -> Result<FittedModelPooled, Error> {
    let fitted = Pooled::new(M::at_level(level)).fit(histories, groups)?;
    Ok(FittedModelPooled {
        reference: named(fitted.reference.clone()),
        effects: Box::new(fitted),
    })
}

impl<M: Fit<D>, const D: usize> GroupEffects for FittedPooled<M, D> {
    fn groups(&self) -> &[PooledGroup] {
        &self.groups
    }

    fn deviations(&self) -> GroupDeviations {
        self.deviations
    }

    fn pooling(&self) -> Pooling {
        self.pooling
    }

    fn laws(&self, table: &CheckedGroups<'_>) -> Box<dyn PurchaseLaws> {
        Box::new(self.laws(table))
    }

    fn new_group(&self) -> Box<dyn PurchaseLaws> {
        Box::new(self.new_group())
    }
}
