//! What is said of customers by their laws, whichever the model, and whether all have one law or each
//! kind of them one of its own: the face for whoever must not care.

use std::fmt::Debug;

use super::fitted::FittedPurchases;
use super::gamma_gamma::CheckedSpends;
use super::histories::CheckedHistories;
use super::law::{Law, PurchaseModel};
use super::laws::{Laws, Valuation};
use super::predicted::Predicted;
use super::totals::{Total, Totals};
use crate::error::Error;
use crate::estimate::Estimate;

/// The laws by which customers buy and leave.
///
/// Each row is a customer, or a kind of customers: histories and spends are those of the same rows.
/// Where all customers have one law it has any number of rows.
pub trait PurchaseLaws: Debug + Send + Sync {
    /// The laws of customers who are like these rows, in this order; a row may be there more than once.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a row that there is not.
    fn select(&self, rows: &[u32]) -> Result<Box<dyn PurchaseLaws>, Error>;

    /// As [`FittedPurchases::probability_alive`].
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when there are more or fewer histories than rows; so in all that follows.
    fn probability_alive(&self, histories: &CheckedHistories<'_>) -> Result<Predicted, Error>;

    /// As [`FittedPurchases::expected_purchases`].
    ///
    /// # Errors
    ///
    /// As there.
    fn expected_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error>;

    /// As [`FittedPurchases::predicted_purchases`].
    ///
    /// # Errors
    ///
    /// As there.
    fn predicted_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error>;

    /// As [`ValueModel::of_customers`](super::ValueModel::of_customers).
    ///
    /// # Errors
    ///
    /// As there.
    fn expected_value(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        valuation: &Valuation<'_>,
    ) -> Result<Predicted, Error>;

    /// As [`ValueModel::predicted_value`](super::ValueModel::predicted_value).
    ///
    /// # Errors
    ///
    /// As there.
    fn predicted_value(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        valuation: &Valuation<'_>,
    ) -> Result<Predicted, Error>;

    /// As [`ValueModel::total`](super::ValueModel::total).
    ///
    /// # Errors
    ///
    /// As there.
    fn total(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        valuation: &Valuation<'_>,
        totals: &Totals,
    ) -> Result<Total, Error>;

    /// Expected repeat purchases of a new customer within `time` of the first, without an interval:
    /// for curves. The mean over the rows.
    fn mean_of_new(&self, time: f64) -> f64;

    /// As [`ValueModel::of_new_customer`](super::ValueModel::of_new_customer), the mean over the rows.
    ///
    /// # Errors
    ///
    /// As there; [`Error::Empty`] without rows.
    fn value_of_new(&self, valuation: &Valuation<'_>) -> Result<Estimate, Error>;
}

impl<M: PurchaseModel<D>, const D: usize> PurchaseLaws for FittedPurchases<M, D> {
    fn select(&self, _: &[u32]) -> Result<Box<dyn PurchaseLaws>, Error> {
        Ok(Box::new(self.clone()))
    }

    fn probability_alive(&self, histories: &CheckedHistories<'_>) -> Result<Predicted, Error> {
        Ok(self.probability_alive(histories))
    }

    fn expected_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        self.expected_purchases(histories, time)
    }

    fn predicted_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        self.predicted_purchases(histories, time)
    }

    fn expected_value(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        valuation: &Valuation<'_>,
    ) -> Result<Predicted, Error> {
        valuation.with(self).of_customers(histories, spends)
    }

    fn predicted_value(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        valuation: &Valuation<'_>,
    ) -> Result<Predicted, Error> {
        valuation.with(self).predicted_value(histories, spends)
    }

    fn total(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        valuation: &Valuation<'_>,
        totals: &Totals,
    ) -> Result<Total, Error> {
        valuation.with(self).total(histories, spends, totals)
    }

    fn mean_of_new(&self, time: f64) -> f64 {
        self.parameters.new_weighed(&[(time, 1.0)])
    }

    fn value_of_new(&self, valuation: &Valuation<'_>) -> Result<Estimate, Error> {
        valuation.with(self).of_new_customer()
    }
}

impl<M: PurchaseModel<D>, const D: usize> PurchaseLaws for Laws<M, D> {
    fn select(&self, rows: &[u32]) -> Result<Box<dyn PurchaseLaws>, Error> {
        Ok(Box::new(self.select(rows)?))
    }

    fn probability_alive(&self, histories: &CheckedHistories<'_>) -> Result<Predicted, Error> {
        self.predict(histories, |law, customers| {
            Ok(law.probability_alive(customers))
        })
    }

    fn expected_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        self.predict(histories, |law, customers| {
            law.expected_purchases(customers, time)
        })
    }

    fn predicted_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        self.predict(histories, |law, customers| {
            law.predicted_purchases(customers, time)
        })
    }

    fn expected_value(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        valuation: &Valuation<'_>,
    ) -> Result<Predicted, Error> {
        self.values(histories, spends, valuation, |model, histories, spends| {
            model.of_customers(histories, spends)
        })
    }

    fn predicted_value(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        valuation: &Valuation<'_>,
    ) -> Result<Predicted, Error> {
        self.values(histories, spends, valuation, |model, histories, spends| {
            model.predicted_value(histories, spends)
        })
    }

    fn total(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        valuation: &Valuation<'_>,
        totals: &Totals,
    ) -> Result<Total, Error> {
        self.total(histories, spends, valuation, totals)
    }

    fn mean_of_new(&self, time: f64) -> f64 {
        let means = self.over_rows(|law| law.parameters.new_weighed(&[(time, 1.0)]));
        means.iter().map(|(mean, share)| share * mean).sum()
    }

    fn value_of_new(&self, valuation: &Valuation<'_>) -> Result<Estimate, Error> {
        self.mean_new(|law| valuation.with(law).of_new_customer())
    }
}
