//! What customers are worth: purchases to come, times spend, times margin, discounted.
//!
//! For one customer: discounted expected purchases × expected spend × margin, both models fitted,
//! their errors and that of the margin independent of each other (as the models take frequency and
//! spend to be).
//!
//! For all customers together an interval must also cover chance, what customers will really do:
//! see [`totals`](super::totals). Parameters are drawn for it from their joint normal distribution on
//! the logarithmic scale, and the margin likewise.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::beta_geo::BetaGeo;
use super::fitted::{Ahead, FittedPurchases, weighed};
use super::gamma_gamma::{CheckedSpends, FittedGammaGamma, GammaGammaParameters};
use super::histories::CheckedHistories;
use super::horizon::Horizon;
use super::law::{Law, PurchaseModel};
use super::margin::{FARTHEST, Margin};
use super::predicted::{Predicted, around_positive};
use super::totals::{Group, Parameters, Total, Totals};
use crate::columns::check_length;
use crate::error::Error;
use crate::estimate::{Estimate, Method, reach};
use crate::parallel::chunks;
use crate::symmetric::{Matrix, Vector, quadratic, root};

/// Everything that turns histories into money, with any model of purchases.
#[derive(Debug)]
pub struct ValueModel<'a, M: PurchaseModel<D> = BetaGeo, const D: usize = 4> {
    /// How often customers buy, and when they leave.
    pub purchase: &'a FittedPurchases<M, D>,
    /// What they spend per purchase.
    pub spend: &'a FittedGammaGamma,
    /// How far ahead, and at what discount.
    pub horizon: Horizon,
    /// Part of an amount that stays with the business.
    pub margin: Margin,
}

impl<M: PurchaseModel<D>, const D: usize> Clone for ValueModel<'_, M, D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: PurchaseModel<D>, const D: usize> Copy for ValueModel<'_, M, D> {}

impl<M: PurchaseModel<D>, const D: usize> ValueModel<'_, M, D> {
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
        let factors = self.horizon.factors();
        let purchases = weighed(&factors);
        let ahead = Ahead::new(self.purchase, histories, &purchases);
        let (columns, paid) = (histories.rows(), spends.rows());
        let reach = reach(self.purchase.level);
        let parts = chunks(histories.len(), |range| {
            range
                .map(|row| {
                    let (purchases, of_purchase) = ahead.at(
                        columns.frequency[row],
                        columns.recency[row],
                        columns.age[row],
                    );
                    let (spend, of_spend) =
                        self.spend.spend_of(paid.purchases[row], paid.mean[row]);
                    let error = self.log_error(&of_purchase, &of_spend);
                    around_positive(purchases * spend * self.margin.share, error, reach)
                })
                .collect()
        });
        Ok(Predicted::from_parts(parts, self.purchase.level))
    }

    /// Discounted margin that a new customer will bring within the horizon after the first
    /// purchase, which is not among it.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a horizon or a margin that makes no sense.
    pub fn of_new_customer(&self) -> Result<Estimate, Error> {
        self.horizon.check_with(self.margin)?;
        let (purchases, of_purchase) = self.purchase.new_with_slope(&self.horizon.factors());
        let (spend, of_spend) = self.spend.spend_of(0.0, 0.0);
        let error = self.log_error(&of_purchase, &of_spend);
        let level = self.purchase.level;
        let [value, low, high] =
            around_positive(purchases * spend * self.margin.share, error, reach(level));
        Ok(Estimate::between(value, low, high, level, Method::Delta))
    }

    /// Standard error of the logarithm of a value.
    fn log_error(&self, of_purchase: &Vector<D>, of_spend: &Vector<3>) -> f64 {
        let purchase = quadratic(&self.purchase.log_covariance, of_purchase);
        let spend = quadratic(&self.spend.log_covariance, of_spend);
        (purchase + spend + self.margin.log_error().powi(2)).sqrt()
    }

    /// What these customers will do together: all of them, or any group of them.
    ///
    /// # Errors
    ///
    /// As [`Self::of_customers`]; [`Error::Setting`] for a number of draws that makes no sense, and for
    /// a horizon without end: purchases are not discounted here, and chance in what comes in the far
    /// future has no bound.
    pub fn total(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        totals: &Totals,
    ) -> Result<Total, Error> {
        self.horizon.check_with(self.margin)?;
        totals.check()?;
        let drawn: Vec<_> = (0..totals.draws)
            .map(|draw| {
                let mut random = ChaCha8Rng::seed_from_u64(totals.seed);
                random.set_stream(u64::from(draw));
                self.parameters_drawn(&mut random)
            })
            .collect();
        let group = self.group(histories, spends);
        let futures = group.futures(&self.middle(), &drawn)?;
        Ok(futures.around_middle(self.purchase.level))
    }

    pub(super) fn group<'b>(
        &'b self,
        histories: &'b CheckedHistories<'b>,
        spends: &'b CheckedSpends<'b>,
    ) -> Group<'b> {
        Group {
            histories,
            spends,
            horizon: &self.horizon,
            mean_spend: self.spend.actual_mean_spend,
        }
    }

    pub(super) fn middle(&self) -> Parameters<M::Parameters> {
        Parameters {
            purchase: self.purchase.parameters,
            spend: self.spend.parameters,
            margin: self.margin.share,
        }
    }

    fn parameters_drawn(&self, random: &mut ChaCha8Rng) -> Parameters<M::Parameters> {
        let purchase = drawn(
            self.purchase.parameters.logarithms(),
            &self.purchase.log_covariance,
            random,
        );
        Parameters {
            purchase: self.purchase.parameters.with_logarithms(&purchase),
            spend: spend_drawn(self.spend, random),
            margin: self.margin.away(StandardNormal.sample(random)),
        }
    }
}

/// Parameters of spend as they may be.
pub(super) fn spend_drawn(
    spend: &FittedGammaGamma,
    random: &mut ChaCha8Rng,
) -> GammaGammaParameters {
    let logarithms = drawn(spend.parameters.logarithms(), &spend.log_covariance, random);
    GammaGammaParameters::from_logarithms(&logarithms)
}

/// A draw from the normal distribution around `middle`.
fn drawn<const D: usize>(
    middle: Vector<D>,
    covariance: &Matrix<D>,
    random: &mut ChaCha8Rng,
) -> Vector<D> {
    let root = root(covariance);
    let normal: Vector<D> = std::array::from_fn(|_| StandardNormal.sample(random));
    std::array::from_fn(|i| {
        let away: f64 = (0..=i).map(|k| root[i][k] * normal[k]).sum();
        middle[i] + away.clamp(-FARTHEST, FARTHEST)
    })
}
