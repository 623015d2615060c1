//! What customers are worth, by posteriors of purchases and of spend.
//!
//! The two are drawn apart from each other, as their models take frequency and spend to be, and the
//! margin from them. Value is found for each draw of all three and averaged; totals take the same
//! draws for their futures.

use statrs::distribution::{ContinuousCDF, Normal};

use super::super::fitted::weighed;
use super::super::gamma_gamma::CheckedSpends;
use super::super::histories::CheckedHistories;
use super::super::horizon::Horizon;
use super::super::law::PurchaseModel;
use super::super::margin::Margin;
use super::super::predicted::Predicted;
use super::super::totals::{Group, Parameters, Total};
use super::averaged::ahead;
use super::draws::THINNED;
use super::{PosteriorGammaGamma, PosteriorPurchases};
use crate::columns::check_length;
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
    /// Part of an amount that stays with the business.
    pub margin: Margin,
}

impl<M: PurchaseModel<D>, const D: usize> PosteriorValue<'_, M, D> {
    /// Discounted margin that each customer will bring within the horizon.
    ///
    /// Rows of both inputs belong to the same customers. Intervals cover the parameters, not
    /// chance in what one customer does.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a horizon or a margin that makes no sense, [`Error::Length`] when the
    /// inputs differ in length.
    pub fn of_customers(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
    ) -> Result<Predicted, Error> {
        self.horizon.check_with(self.margin)?;
        check_length("spends", spends.len(), histories.len())?;
        let drawn = self.drawn();
        let purchase: Vec<_> = drawn.iter().map(|drawn| drawn.purchase).collect();
        let paid = spends.rows();
        let money = |draw: usize, row: usize| {
            let Parameters { spend, margin, .. } = &drawn[draw];
            margin
                * self
                    .spend
                    .spend_of(spend, paid.purchases[row], paid.mean[row])
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
        self.horizon.check_with(self.margin)?;
        let group = self.group(histories, spends);
        let futures = group.futures(&self.middle(), &self.drawn())?;
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
            mean_spend: self.spend.fitted.actual_mean_spend,
        }
    }

    fn middle(&self) -> Parameters<M::Parameters> {
        Parameters {
            purchase: self.purchase.middle(),
            spend: self.spend.middle(),
            margin: self.margin.share,
        }
    }

    /// Draws of everything side by side. Margins are evenly spread quantiles, in an order that has
    /// nothing to do with that of the draws.
    fn drawn(&self) -> Vec<Parameters<M::Parameters>> {
        let (of_purchases, of_spend) = (self.purchase.draws.len(), self.spend.draws.len());
        let count = THINNED.min(of_purchases).min(of_spend);
        let spends = self.spend.laws(count);
        let pairs = self.purchase.laws(count).into_iter().zip(spends);
        let standard = Normal::standard();
        let drawn = |(index, (purchase, spend))| Parameters {
            purchase,
            spend,
            margin: self.margin.away(standard.inverse_cdf(spread(index))),
        };
        pairs.enumerate().map(drawn).collect()
    }
}

/// Numbers between 0 and 1 that lie evenly however many of them are taken: multiples of the golden
/// ratio without their whole part.
fn spread(index: usize) -> f64 {
    ((index as f64 + 0.5) * 0.618_033_988_749_894_9).fract()
}
