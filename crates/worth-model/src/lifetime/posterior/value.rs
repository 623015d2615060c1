//! What customers are worth, by posteriors of purchases and of spend.
//!
//! The two are drawn apart from each other, as their models take frequency and spend to be. Value is
//! found for pairs of draws and averaged; totals take the same pairs for their futures.

use super::super::fitted::weighed;
use super::super::gamma_gamma::CheckedSpends;
use super::super::histories::{CheckedHistories, check_length};
use super::super::horizon::Horizon;
use super::super::law::PurchaseModel;
use super::super::predicted::Predicted;
use super::super::totals::{Group, Parameters, Total};
use super::super::value::check_money;
use super::averaged::ahead;
use super::draws::THINNED;
use super::{PosteriorGammaGamma, PosteriorPurchases};
use crate::error::Error;

/// Everything that turns histories into money, with all that is not known of it.
#[derive(Debug)]
pub struct PosteriorValue<'a, M: PurchaseModel<D>, const D: usize = 4> {
    /// How often customers buy, and when they leave.
    pub purchase: &'a PosteriorPurchases<M, D>,
    /// What they spend per purchase.
    pub spend: &'a PosteriorGammaGamma,
    /// How far ahead, and at what discount.
    pub horizon: Horizon,
    /// Part of an amount that stays with the business: 1 = all of it.
    pub margin: f64,
}

impl<M: PurchaseModel<D>, const D: usize> PosteriorValue<'_, M, D> {
    /// Discounted margin that each customer will bring within the horizon.
    ///
    /// Rows of both inputs belong to the same customers. Intervals cover the parameters, not
    /// chance in what one customer does.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a horizon or margin that makes no sense, [`Error::Length`] when the
    /// inputs differ in length.
    pub fn of_customers(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
    ) -> Result<Predicted, Error> {
        check_money(&self.horizon, self.margin)?;
        check_length("spends", spends.len(), histories.len())?;
        let (purchase, spend): (Vec<_>, Vec<_>) = self.pairs().into_iter().unzip();
        let paid = spends.rows();
        let money = |draw: usize, row: usize| {
            let amount = self
                .spend
                .spend_of(&spend[draw], paid.purchases[row], paid.mean[row]);
            amount * self.margin
        };
        let factors = self.horizon.factors();
        let level = self.purchase.level;
        Ok(ahead(
            &purchase,
            histories,
            &weighed(&factors),
            money,
            level,
        ))
    }

    /// Discounted margin that each customer will bring within the horizon: what is expected, and
    /// between which amounts it will be. [`Self::of_customers`] has the same numbers with intervals
    /// for the expectation.
    ///
    /// # Errors
    ///
    /// As [`Self::of_customers`], and [`Error::Setting`] for a horizon without end.
    pub fn predicted_value(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
    ) -> Result<Predicted, Error> {
        let value = self.of_customers(histories, spends)?;
        let length = self.horizon.length;
        let purchases = self.purchase.expected_purchases(histories, length)?;
        let group = self.group(histories, spends);
        Ok(value.with_chance_of_value(&purchases, &self.middle(), &group))
    }

    /// What these customers will do together: all of them, or any group of them.
    ///
    /// # Errors
    ///
    /// As [`Self::of_customers`]; [`Error::Setting`] for a horizon without end.
    pub fn total(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
    ) -> Result<Total, Error> {
        check_money(&self.horizon, self.margin)?;
        let group = self.group(histories, spends);
        let futures = group.futures(&self.middle(), &self.pairs())?;
        Ok(futures.averaged(self.purchase.level))
    }

    fn group<'b>(
        &'b self,
        histories: &'b CheckedHistories<'b>,
        spends: &'b CheckedSpends<'b>,
    ) -> Group<'b> {
        Group {
            histories,
            spends,
            horizon: &self.horizon,
            margin: self.margin,
            mean_spend: self.spend.fitted.actual_mean_spend,
        }
    }

    fn middle(&self) -> Parameters<M::Parameters> {
        (self.purchase.middle(), self.spend.middle())
    }

    fn pairs(&self) -> Vec<Parameters<M::Parameters>> {
        let (of_purchases, of_spend) = (self.purchase.draws.len(), self.spend.draws.len());
        let count = THINNED.min(of_purchases).min(of_spend);
        let spends = self.spend.laws(count);
        self.purchase.laws(count).into_iter().zip(spends).collect()
    }
}
