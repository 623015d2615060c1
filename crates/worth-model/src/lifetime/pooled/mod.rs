//! Partial pooling: groups of customers (cohorts, channels, stores, segments) that are neither all alike
//! nor strangers to each other.
//!
//! Fitted one by one, small groups give wild numbers; fitted together, all groups get the same. Here
//! the logarithms of the parameters of a group are those of the middle of all groups and two effects:
//! u times the direction in which customers buy more often, v times that in which they leave more
//! readily (as a covariate of each group's own would move them, see [`WithCovariates`]). Effects are
//! normal over groups:
//!
//! ```text
//! u(g) ~ Normal(0, lambda_u)    v(g) ~ Normal(0, lambda_v)    customers of g ~ the model at theta, u(g), v(g)
//! L(theta, lambda) = Π over g of ∫ L(g | theta, u, v) N(u | 0, lambda_u) N(v | 0, lambda_v) du dv
//! ```
//!
//! The data of all groups say how much groups differ (lambda, 0 if they are alike), and that says how
//! far each group is to be believed: small groups are drawn to the middle, large ones stay where they
//! are, and a group of which nothing is known is the middle, give or take the standard deviation. This
//! is empirical Bayes: C. N. Morris (1983), Parametric Empirical Bayes Inference: Theory and
//! Applications, Journal of the American Statistical Association 78,
//! doi:10.1080/01621459.1983.10477920.
//!
//! The integral is taken by Laplace's approximation, theta and lambda at its maximum. Intervals of a
//! group allow for both being estimates: R. E. Kass, D. Steffey (1989), Approximate Bayesian Inference
//! in Conditionally Independent Hierarchical Models (Parametric Empirical Bayes Models), Journal of the
//! American Statistical Association 84, doi:10.1080/01621459.1989.10478825.
//!
//! [`WithCovariates`]: super::WithCovariates

mod by_name;
mod fit;
mod fitted;
mod groups;
mod marginal;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fitted::FittedPurchases;
use super::histories::CheckedHistories;
use super::law::PurchaseModel;
use super::purchases_fit::Fit;
use crate::error::Error;
use crate::estimate::Estimate;

pub use by_name::{FittedModelPooled, GroupEffects};
pub use groups::{CheckedGroups, Groups};

/// A purchase model for groups of customers that has not seen data: how to fit it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pooled<M> {
    /// The model of the customers of one group.
    pub model: M,
}

impl<M> Pooled<M> {
    /// Groups whose customers follow this model.
    #[must_use]
    pub fn new(model: M) -> Self {
        Self { model }
    }

    /// Finds how much groups differ, and what each is like. Data that the model struggles with are no
    /// error: see [`FittedPooled::pooling`] and the diagnosis of the reference.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a setting that makes no sense, [`Error::Empty`] without customers,
    /// [`Error::Length`] when there are not as many histories as rows of groups.
    pub fn fit<const D: usize>(
        &self,
        histories: &CheckedHistories<'_>,
        groups: &CheckedGroups<'_>,
    ) -> Result<FittedPooled<M, D>, Error>
    where
        M: Fit<D>,
    {
        fit::fit(self, histories, groups)
    }
}

/// A purchase model fitted to groups of customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(
    serialize = "FittedPurchases<M, D>: Serialize",
    deserialize = "FittedPurchases<M, D>: Deserialize<'de>"
))]
#[schemars(
    rename = "Fitted{M}Pooled",
    bound = "FittedPurchases<M, D>: JsonSchema, M: JsonSchema"
)]
pub struct FittedPooled<M: PurchaseModel<D>, const D: usize = 4> {
    /// The law of the middle of all groups; log-likelihood (of all groups together, whatever their
    /// effects) and diagnosis are those of the whole model.
    pub reference: FittedPurchases<M, D>,
    /// How much groups differ.
    pub deviations: GroupDeviations,
    /// The groups, in the order of their names in the table.
    pub groups: Vec<PooledGroup>,
    /// Covariance of the logarithms of the parameters of the reference, then of the squares of the
    /// deviations; 0 for what is not settled.
    pub covariance: Vec<Vec<f64>>,
    /// Log-likelihood of the plain model: all groups alike.
    pub null_log_likelihood: f64,
    /// What can be said of differences between groups.
    pub pooling: Pooling,
}

/// How much groups differ: standard deviations of effects between groups. 0.1 = by about 10 %, 0 = they
/// are alike.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupDeviations {
    /// Of the logarithm of the mean purchase rate.
    pub purchases: Estimate,
    /// Of the logarithm of the mean rate of leaving, or of the odds of leaving after a purchase.
    pub leaving: Estimate,
}

/// A group of customers, and how it differs from the middle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PooledGroup {
    /// Name of the group.
    pub name: String,
    /// Customers in the group.
    pub customers: f64,
    /// Of those, customers with a repeat purchase.
    pub repeat_customers: f64,
    /// How much more often its customers buy.
    pub purchases: GroupEffect,
    /// How much more readily they leave.
    pub leaving: GroupEffect,
    /// Derivatives of both effects with respect to the logarithms of the parameters of the reference,
    /// then to the squares of the deviations.
    pub along: [Vec<f64>; 2],
    /// Covariance of both effects, were those known.
    pub covariance: [[f64; 2]; 2],
}

/// How a group differs from the middle of all groups, in one respect.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupEffect {
    /// The effect, u or v.
    pub effect: Estimate,
    /// The factor exp(u): so many times the purchases per time, or the rate or the odds of leaving.
    pub ratio: Estimate,
    /// How far the group was drawn to the middle: 0 = it speaks for itself, 1 = all that is said of it
    /// is what all groups are.
    pub shrunk: f64,
}

/// What can be said of differences between groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "pooling", rename_all = "kebab-case")]
pub enum Pooling {
    /// Groups differ.
    Differ,
    /// Groups do not differ visibly: that all customers are alike explains the data as well, by chance.
    Alike,
    /// Only one group has customers, so nothing can be compared: the fit is that of the plain model.
    OneGroup,
    /// Groups differ, but there are too few to say how much groups in general do, and so what one to
    /// come will be like.
    FewGroups {
        /// Groups with customers there are.
        groups: usize,
        /// How many it takes.
        groups_needed: usize,
    },
}
