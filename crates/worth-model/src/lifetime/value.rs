//! What customers are worth: purchases to come, times spend, times margin, discounted.
//!
//! For one customer: discounted expected purchases × expected spend × margin, both models fitted,
//! their errors and that of the margin independent of each other (as the models take frequency and
//! spend to be).
//!
//! For all customers together an interval must also cover chance: what customers will really do.
//! It comes from simulated futures. Each draws parameters from their joint normal distribution on
//! the logarithmic scale, and the margin likewise, and finds what that makes of the total. Given the parameters customers act
//! independently, so the sum over many is normal with a variance that is the sum of theirs; the
//! total has the mixture of those normals, and the interval its quantiles. With P the probability of being alive, X the purchases of an alive customer
//! within the horizon and z the customer's mean spend with amounts of variance z²/p around it:
//!
//! ```text
//! mean of the square of the spend = P (E[X²] + E[X]/p) E[z²]
//! ```
//!
//! Two shortcuts keep this fast for millions of customers. What a draw of the parameters makes of
//! the total is found on a systematic sample of 4,096 customers and applied to the total of all in
//! proportion. The variance by chance is computed once, at the fitted parameters, and taken to
//! rise with the total; discounting is taken to shrink it as it shrinks the mean.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use super::beta_geo::BetaGeo;
use super::curve::Curves;
use super::fitted::{Ahead, FittedPurchases, weighed};
use super::gamma_gamma::{CheckedSpends, FittedGammaGamma, GammaGammaParameters};
use super::histories::CheckedHistories;
use super::horizon::Horizon;
use super::law::{Law, Prospect, PurchaseModel};
use super::predicted::{Predicted, around_positive};
use crate::columns::check_length;
use crate::error::{Error, require};
use crate::estimate::{Estimate, Method, reach};
use crate::mixture::{Part, mixture_quantile};
use crate::parallel::chunks;
use crate::symmetric::{Matrix, Vector, quadratic, root};

/// Customers on whom draws of the parameters are tried.
const SAMPLE: usize = 4096;
/// Fewest and most simulated futures.
const DRAWS: std::ops::RangeInclusive<u32> = 50..=100_000;
/// Draws of a logarithm are kept within this of the fitted one: a hundredfold.
const FARTHEST: f64 = 4.6;

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

/// Part of an amount that stays with the business.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin {
    /// More than 0, at most 1: all of it.
    pub share: f64,
    /// Standard error of the share; 0 when someone chose it.
    pub standard_error: f64,
}

impl Margin {
    /// A margin that someone chose.
    #[must_use]
    pub const fn given(share: f64) -> Self {
        Self {
            share,
            standard_error: 0.0,
        }
    }

    /// Standard error of the logarithm of the share.
    fn log_error(self) -> f64 {
        self.standard_error / self.share
    }
}

impl<M: PurchaseModel<D>, const D: usize> Clone for ValueModel<'_, M, D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: PurchaseModel<D>, const D: usize> Copy for ValueModel<'_, M, D> {}

/// How totals are simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Simulated futures, 50 to 100,000. Default 200: with other seeds the ends of an interval move
    /// by a few hundredths of its width.
    pub draws: u32,
    /// Seed of everything random.
    pub seed: u64,
}

impl Default for Totals {
    fn default() -> Self {
        Self {
            draws: 200,
            seed: 0,
        }
    }
}

/// What a group of customers will do, with intervals that cover both what is not known of the
/// parameters and chance.
#[derive(
    Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct Total {
    /// Customers in the group.
    pub customers: f64,
    /// How many of them are still customers.
    pub alive: Estimate,
    /// Purchases within the horizon, not discounted.
    pub purchases: Estimate,
    /// Margin on what they will spend within the horizon, discounted.
    pub value: Estimate,
}

impl<M: PurchaseModel<D>, const D: usize> ValueModel<'_, M, D> {
    /// Checks horizon and margin.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that makes no sense.
    pub fn check(&self) -> Result<(), Error> {
        self.horizon.check()?;
        let Margin {
            share,
            standard_error,
        } = self.margin;
        require(
            share > 0.0 && share <= 1.0,
            "margin",
            share,
            "expected more than 0, at most 1 (0.3 = 30 %)",
        )?;
        require(
            standard_error.is_finite() && standard_error >= 0.0,
            "standard_error",
            standard_error,
            "expected a number of at least 0",
        )
    }

    /// Discounted margin that each customer will bring within the horizon.
    ///
    /// Rows of both inputs belong to the same customers. Intervals cover the parameters, not
    /// chance in what one customer does.
    ///
    /// # Errors
    ///
    /// As [`Self::check`]; [`Error::Length`] when the inputs differ in length.
    pub fn of_customers(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
    ) -> Result<Predicted, Error> {
        self.check()?;
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
    /// As [`Self::check`].
    pub fn of_new_customer(&self) -> Result<Estimate, Error> {
        self.check()?;
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
    /// As [`Self::check`]; [`Error::Length`] when the inputs differ in length;
    /// [`Error::Setting`] for a number of draws that makes no sense, and for a horizon without end:
    /// purchases are not discounted here, and chance in what comes in the far future has no bound.
    pub fn total(
        &self,
        histories: &CheckedHistories<'_>,
        spends: &CheckedSpends<'_>,
        totals: &Totals,
    ) -> Result<Total, Error> {
        self.check()?;
        check_length("spends", spends.len(), histories.len())?;
        let length = self.horizon.length;
        require(
            length.is_finite(),
            "length",
            length,
            "expected an end of the horizon",
        )?;
        let draws = f64::from(totals.draws);
        require(
            DRAWS.contains(&totals.draws),
            "draws",
            draws,
            "expected 50 to 100,000",
        )?;
        let group = Group {
            model: self,
            histories,
            spends,
            factors: self.horizon.factors(),
        };
        let here = group.here();
        let step = histories.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<usize> = (step / 2..histories.len()).step_by(step).collect();
        let fitted = group.means(&sample, &self.purchase.parameters, &self.spend.parameters);
        // How each total changes with the parameters drawn.
        let ratios: Vec<[f64; 3]> = (0..totals.draws)
            .into_par_iter()
            .map(|draw| {
                let mut random = ChaCha8Rng::seed_from_u64(totals.seed);
                random.set_stream(u64::from(draw));
                let (purchase, spend) = self.parameters_drawn(&mut random);
                let mut means = group.means(&sample, &purchase, &spend);
                means[2] *= self.margin_drawn(&mut random);
                let ratio = |k: usize| {
                    if fitted[k] > 0.0 {
                        means[k] / fitted[k]
                    } else {
                        1.0
                    }
                };
                std::array::from_fn(ratio)
            })
            .collect();
        let level = self.purchase.level;
        let estimate = |k: usize, most: f64| {
            let normals: Vec<Part> = ratios
                .iter()
                .map(|ratio| Part {
                    weight: 1.0,
                    mean: here.mean[k] * ratio[k],
                    deviation: (here.variance[k] * ratio[k]).sqrt(),
                })
                .collect();
            let end = |part: f64| mixture_quantile(&normals, part).clamp(0.0, most);
            let value = here.mean[k];
            let low = end(0.5 - level / 2.0).min(value);
            let high = end(0.5 + level / 2.0).max(value);
            Estimate::between(value, low, high, level, Method::Simulation)
        };
        Ok(Total {
            customers: histories.customers(),
            alive: estimate(0, histories.customers()),
            purchases: estimate(1, f64::MAX),
            value: estimate(2, f64::MAX),
        })
    }

    /// A draw of the margin, as a multiple of the margin itself.
    fn margin_drawn(&self, random: &mut ChaCha8Rng) -> f64 {
        let normal: f64 = StandardNormal.sample(random);
        (normal * self.margin.log_error())
            .clamp(-FARTHEST, FARTHEST)
            .exp()
    }

    fn parameters_drawn(&self, random: &mut ChaCha8Rng) -> (M::Parameters, GammaGammaParameters) {
        let purchase = drawn(
            self.purchase.parameters.logarithms(),
            &self.purchase.log_covariance,
            random,
        );
        let spend = drawn(
            self.spend.parameters.logarithms(),
            &self.spend.log_covariance,
            random,
        );
        (
            self.purchase.parameters.with_logarithms(&purchase),
            GammaGammaParameters::from_logarithms(&spend),
        )
    }
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

/// Customers whose total is asked for.
struct Group<'a, M: PurchaseModel<D>, const D: usize> {
    model: &'a ValueModel<'a, M, D>,
    histories: &'a CheckedHistories<'a>,
    spends: &'a CheckedSpends<'a>,
    factors: Vec<(f64, f64)>,
}

/// Alive, purchases and value of all customers.
struct Here {
    mean: [f64; 3],
    /// By chance alone.
    variance: [f64; 3],
}

impl<M: PurchaseModel<D>, const D: usize> Group<'_, M, D> {
    /// Sums over all customers at the fitted parameters.
    fn here(&self) -> Here {
        let length = self.model.horizon.length;
        let parameters = &self.model.purchase.parameters;
        let (columns, paid) = (self.histories.rows(), self.spends.rows());
        let curves = Curves::new(
            columns.frequency,
            columns.age,
            parameters.phases(),
            parameters.time_scale(),
            (1e-8, [1e-8; 2]),
            |phase, x, age| {
                let [mean, discounted] = parameters.means_if_alive(phase, x, age, &self.factors);
                let square = parameters.if_alive(phase, x, age).mean_square(length);
                (mean, [square, discounted])
            },
        );
        let parts = chunks(self.histories.len(), |range| {
            let (mut mean, mut variance) = ([0.0; 3], [0.0; 3]);
            for row in range {
                let (x, t_x, age) = (
                    columns.frequency[row],
                    columns.recency[row],
                    columns.age[row],
                );
                let weight = self.histories.weight_of(row);
                let alive = parameters.alive(x, t_x, age);
                let (purchases, [square, discounted]) =
                    parameters.over_phases((x, t_x, age), |phase| curves.at(phase, x, age));
                let (money, money_square) = self.spend(paid.purchases[row], paid.mean[row]);
                let discount = if purchases > 0.0 {
                    discounted / purchases
                } else {
                    0.0
                };
                let p = self.model.spend.parameters.p;
                let spent_square =
                    alive * (square + purchases / p) * money_square * discount * discount;
                let means = [alive, alive * purchases, alive * discounted * money];
                let squares = [alive, alive * square, spent_square];
                for k in 0..3 {
                    mean[k] += weight * means[k];
                    variance[k] += weight * (squares[k] - means[k] * means[k]).max(0.0);
                }
            }
            (mean, variance)
        });
        let mut here = Here {
            mean: [0.0; 3],
            variance: [0.0; 3],
        };
        for (mean, variance) in parts {
            for k in 0..3 {
                here.mean[k] += mean[k];
                here.variance[k] += variance[k];
            }
        }
        here
    }

    /// Mean spend times margin of a customer, and the mean of its square. Where that is infinite
    /// the mean is taken as known.
    fn spend(&self, purchases: f64, mean: f64) -> (f64, f64) {
        let (spend, _) = self.model.spend.spend_of(purchases, mean);
        let square = self
            .model
            .spend
            .parameters
            .mean_square_spend(purchases, mean);
        let margin = self.model.margin.share;
        (
            spend * margin,
            square.unwrap_or(spend * spend) * margin * margin,
        )
    }

    /// Sums over some customers at other parameters: alive, purchases, value.
    fn means(
        &self,
        rows: &[usize],
        purchase: &M::Parameters,
        spend: &GammaGammaParameters,
    ) -> [f64; 3] {
        let (columns, paid) = (self.histories.rows(), self.spends.rows());
        let frequency: Vec<f64> = rows.iter().map(|&row| columns.frequency[row]).collect();
        let age: Vec<f64> = rows.iter().map(|&row| columns.age[row]).collect();
        let curves = Curves::new(
            &frequency,
            &age,
            purchase.phases(),
            purchase.time_scale(),
            (1e-6, [1e-6]),
            |phase, x, age| {
                let [mean, discounted] = purchase.means_if_alive(phase, x, age, &self.factors);
                (mean, [discounted])
            },
        );
        let mut sums = [0.0; 3];
        for (index, &row) in rows.iter().enumerate() {
            let weight = self.histories.weight_of(row);
            let (x, t_x, age) = (frequency[index], columns.recency[row], age[index]);
            let alive = weight * purchase.alive(x, t_x, age);
            let (purchases, [discounted]) =
                purchase.over_phases((x, t_x, age), |phase| curves.at(phase, x, age));
            let money = spend
                .expected_spend(paid.purchases[row], paid.mean[row])
                .unwrap_or_else(|| {
                    self.model
                        .spend
                        .spend_of(paid.purchases[row], paid.mean[row])
                        .0
                });
            sums[0] += alive;
            sums[1] += alive * purchases;
            sums[2] += alive * discounted * money;
        }
        sums
    }
}
