//! Covariates: what is known of customers from the start (channel, age, region, first product) says
//! how often they buy and how soon they leave.
//!
//! The logarithm of each parameter of a customer's law is a sum: that of a customer whose covariates
//! are all 0, and a coefficient g times each covariate z that moves it. Rates still differ between
//! customers with equal covariates as they do in the plain model.
//!
//! ```text
//! alpha(z) = alpha exp(-g'z)      buying: the mean purchase rate r / alpha is exp(g) times as high
//! beta(z)  = beta exp(-g'z)       leaving, Pareto/NBD and Gompertz/NBD: the mean rate is exp(g) times as high
//! a(z)     = a exp(g'z)           leaving, BG/NBD and its relatives: the odds a / b are exp(g) times as high
//! ```
//!
//! Source: P. S. Fader, B. G. S. Hardie (2007), Incorporating Time-Invariant Covariates into the
//! Pareto/NBD and BG/NBD Models, <http://brucehardie.com/notes/019/>. For BG/NBD the note gives b
//! coefficients of its own too, `b exp(g'z)`: ask for them with [`Moves::Parameter`] "b", and the
//! model is that of the note and of PyMC-Marketing. (CLVTools moves a and b by one coefficient, which
//! leaves the mean probability of leaving where it is: not offered.)
//!
//! The likelihood of customers who share their covariates is that of the plain model; the rest is the
//! chain rule. Checked against PyMC-Marketing and against plainly written likelihoods maximised with
//! SciPy (`tests/published/covariates.py`).
//!
//! Know before use: a coefficient says how customers of one kind differ from those of another, not
//! what happens to a customer who is made to change kind.

mod by_name;
mod fit;
mod fitted;
mod outcome;
mod predictor;
mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fitted::FittedPurchases;
use super::histories::CheckedHistories;
use super::law::PurchaseModel;
use super::purchases_fit::Fit;
use crate::chi_square::ChiSquareTest;
use crate::error::{Error, require};
use crate::estimate::Estimate;

pub use by_name::{CovariateEffects, FittedModelWithCovariates};
pub use table::{CheckedCovariates, Covariates};

/// A purchase model with covariates that has not seen data: how to fit it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithCovariates<M> {
    /// The model of customers with equal covariates.
    pub model: M,
    /// Which covariate moves what; one coefficient each.
    pub terms: Vec<Term>,
    /// Ridge penalty: half of this, times the square of each coefficient per standard deviation of
    /// its covariate, is taken from the log-likelihood. It pulls coefficients toward 0, as if each
    /// were known from elsewhere to be 0 give or take 1 / √ridge. Default 0: none.
    #[serde(default)]
    pub ridge: f64,
}

/// A covariate, and what it moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Term {
    /// Name of the covariate.
    pub covariate: String,
    /// What it moves.
    pub moves: Moves,
}

/// What a covariate moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Moves {
    /// How often customers buy while they are there: the mean purchase rate.
    Purchases,
    /// How readily they leave: the mean rate of leaving, or the odds of leaving after a purchase.
    Leaving,
    /// This parameter of the model by itself: "b".
    Parameter(String),
}

impl<M> WithCovariates<M> {
    /// A model in which some covariates move how often customers buy, and some how readily they
    /// leave.
    #[must_use]
    pub fn new(model: M, purchases: &[&str], leaving: &[&str]) -> Self {
        let term = |moves: Moves| {
            move |covariate: &&str| Term {
                covariate: (*covariate).to_owned(),
                moves: moves.clone(),
            }
        };
        let purchases = purchases.iter().map(term(Moves::Purchases));
        let leaving = leaving.iter().map(term(Moves::Leaving));
        Self {
            model,
            terms: purchases.chain(leaving).collect(),
            ridge: 0.0,
        }
    }

    /// Finds the parameters and coefficients of highest likelihood. Data that the model struggles
    /// with are no error: see [`FittedCovariates::diagnosis`] and that of its reference.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a setting that makes no sense, [`Error::Unknown`] for a covariate or a
    /// parameter that is not there, [`Error::Empty`] without terms or customers, [`Error::Length`]
    /// when there are not as many histories as rows of covariates.
    pub fn fit<const D: usize>(
        &self,
        histories: &CheckedHistories<'_>,
        covariates: &CheckedCovariates<'_>,
    ) -> Result<FittedCovariates<M, D>, Error>
    where
        M: Fit<D>,
    {
        let sensible = self.ridge.is_finite() && self.ridge >= 0.0;
        require(sensible, "ridge", self.ridge, "expected at least 0")?;
        fit::fit(self, histories, covariates)
    }
}

/// A purchase model with covariates, fitted to customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(
    serialize = "FittedPurchases<M, D>: Serialize",
    deserialize = "FittedPurchases<M, D>: Deserialize<'de>"
))]
#[schemars(
    rename = "Fitted{M}WithCovariates",
    bound = "FittedPurchases<M, D>: JsonSchema, M: JsonSchema"
)]
pub struct FittedCovariates<M: PurchaseModel<D>, const D: usize = 4> {
    /// The law of a customer with mean covariates; log-likelihood and diagnosis are those of the
    /// whole model. (For covariates that are all 0 see [`FittedCovariates::base`].)
    pub reference: FittedPurchases<M, D>,
    /// One per term, in their order.
    pub coefficients: Vec<CovariateCoefficient>,
    /// The covariates that terms name.
    pub covariates: Vec<CovariateMean>,
    /// Covariance of the logarithms of the parameters of the reference, then of the coefficients; 0
    /// for what is not settled.
    pub covariance: Vec<Vec<f64>>,
    /// Log-likelihood of the plain model, all coefficients 0.
    pub null_log_likelihood: f64,
    /// Whether the covariates say anything at all, by the likelihood ratio. Absent with a penalty.
    pub likelihood_ratio: Option<ChiSquareTest>,
    /// How the coefficients went.
    pub diagnosis: CovariatesDiagnosis,
    /// Mean age of the customers. However large a covariate, parameters stay within the bounds of
    /// the search, which are in this unit.
    pub mean_age: f64,
}

/// What a covariate does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CovariateCoefficient {
    /// Which covariate, and what it moves.
    pub term: Term,
    /// The coefficient g, by profile likelihood or, where that says the same, normal.
    pub coefficient: Estimate,
    /// The factor exp(g): so many times the purchases per time, the rate or the odds of leaving, or
    /// the parameter, where the covariate is higher by 1.
    pub ratio: Estimate,
    /// Standard error of the coefficient; absent when it is not settled.
    pub standard_error: Option<f64>,
    /// Probability of a coefficient at least as far from 0 if it were 0 (Wald).
    pub p_value: Option<f64>,
}

/// A covariate and its mean over the customers of a fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CovariateMean {
    /// Name of the covariate.
    pub name: String,
    /// Its mean.
    pub mean: f64,
}

/// How coefficients went, beside the parameters of the law.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CovariatesDiagnosis {
    /// Terms without a coefficient of their own: each list is one that was left out (its coefficient
    /// is 0), then those it follows from. A covariate that is the same for all is alone.
    pub collinear: Vec<Vec<Term>>,
    /// Terms whose coefficient goes on growing: customers of some kind never bought again, or never
    /// leave, or have all left. It is given as far as the search went; in truth it is infinite.
    pub separated: Vec<Term>,
    /// Customers with a repeat purchase that there should be, when there are fewer: ten per
    /// coefficient. (P. Peduzzi and others, 1996, A Simulation Study of the Number of Events per
    /// Variable in Logistic Regression Analysis, doi:10.1016/S0895-4356(96)00236-3.)
    pub repeat_customers_needed: Option<f64>,
}

impl CovariatesDiagnosis {
    /// Whether every coefficient is settled.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self == &Self::default()
    }
}
