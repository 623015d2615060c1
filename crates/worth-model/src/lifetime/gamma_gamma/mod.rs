//! Gamma-Gamma: what customers spend per purchase, from their means so far.
//!
//! The amounts of a customer's purchases are gamma distributed with shape `p` around the
//! customer's own mean; means differ between customers so that the rate nu of those gammas is
//! itself gamma distributed with shape `q` and rate `gamma`. For a customer with mean m over x
//! purchases:
//!
//! ```text
//! L(p, q, gamma) = Γ(px+q)/(Γ(px) Γ(q))  gamma^q m^(px-1) x^(px) / (gamma + m x)^(px+q)
//! E[mean spend | m, x] = p (gamma + m x) / (p x + q - 1)
//! ```
//!
//! Source: P. S. Fader, B. G. S. Hardie (2013), The Gamma-Gamma Model of Monetary Value,
//! <http://brucehardie.com/notes/025/>. Checked against the numbers there (946 repeat customers of
//! the CDNOW sample).
//!
//! Which purchases: the published numbers come from repeat purchases only; with the first one they
//! do not come out. Days without a positive amount say nothing of spend and are left out, and so are
//! customers without any other (the sample has no such repeat day to decide it). The model
//! takes spend to have nothing to do with how often a customer buys; [`Independence`] says whether
//! that holds.

mod fit;
mod likelihood;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::diagnosis::Diagnosis;
use super::posterior::{GoesOn, PosteriorGammaGamma, Sampling, sample_spend};
use super::predicted::{Predicted, around_positive};
use crate::columns::check_length;
use crate::error::{Error, require};
use crate::estimate::{DEFAULT_LEVEL, Estimate, check_level, reach};
use crate::parallel::chunks;
use crate::symmetric::{Vector, quadratic};

pub(super) use fit::{log_unit, starts};
pub(super) use likelihood::{evaluate, grouped};

/// What customers spent, one row per customer (or per group of equal customers, with a weight).
#[derive(Debug, Clone, Copy)]
pub struct Spends<'a> {
    /// Purchases that the mean is over, a whole number; rows with 0 say nothing about spend.
    pub purchases: &'a [f64],
    /// Mean amount per purchase, more than 0 where there are purchases; any unit of money.
    pub mean: &'a [f64],
    /// How many customers each row stands for; one each when absent.
    pub weight: Option<&'a [f64]>,
}

/// Spends that were found to make sense.
#[derive(Debug, Clone, Copy)]
pub struct CheckedSpends<'a> {
    rows: Spends<'a>,
    customers: f64,
    mean_spend: f64,
}

impl<'a> Spends<'a> {
    /// Checks every row.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when columns differ in length, [`Error::Row`] with the name of the column
    /// and the row for the first value that makes no sense.
    pub fn check(self) -> Result<CheckedSpends<'a>, Error> {
        let rows = self.purchases.len();
        check_length("mean", self.mean.len(), rows)?;
        if let Some(weight) = self.weight {
            check_length("weight", weight.len(), rows)?;
        }
        let (mut customers, mut total) = (0.0, 0.0);
        for row in 0..rows {
            let wrong = |field, value, expected| {
                Err(Error::Row {
                    field,
                    row,
                    value,
                    expected,
                })
            };
            let (x, mean) = (self.purchases[row], self.mean[row]);
            if !((0.0..=super::MOST_PURCHASES).contains(&x) && x.fract() == 0.0) {
                return wrong(
                    "purchases",
                    x,
                    "expected a whole number from 0 to 1,000,000",
                );
            }
            if x > 0.0 && !(mean.is_finite() && mean > 0.0) {
                return wrong(
                    "mean",
                    mean,
                    "expected more than 0: purchases without a price are not counted here",
                );
            }
            let weight = self.weight.map_or(1.0, |weight| weight[row]);
            if !(weight.is_finite() && weight >= 0.0) {
                return wrong("weight", weight, "expected a number of at least 0");
            }
            if x > 0.0 {
                customers += weight;
                total += weight * mean;
            }
        }
        Ok(CheckedSpends {
            rows: self,
            customers,
            mean_spend: if customers > 0.0 {
                total / customers
            } else {
                0.0
            },
        })
    }
}

impl<'a> CheckedSpends<'a> {
    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.purchases.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.purchases.is_empty()
    }

    /// The columns that were checked.
    #[must_use]
    pub fn rows(&self) -> &Spends<'a> {
        &self.rows
    }

    /// Some of the rows, in this order.
    pub(crate) fn select(&self, rows: &[u32]) -> SelectedSpends {
        let of = |column: &[f64]| rows.iter().map(|&row| column[row as usize]).collect();
        SelectedSpends {
            purchases: of(self.rows.purchases),
            mean: of(self.rows.mean),
            weight: self.rows.weight.map(of),
        }
    }

    /// Customers with a purchase.
    #[must_use]
    pub fn customers(&self) -> f64 {
        self.customers
    }

    /// Mean over customers with a purchase of their mean amounts.
    #[must_use]
    pub fn mean_spend(&self) -> f64 {
        self.mean_spend
    }

    pub(crate) fn weight_of(&self, row: usize) -> f64 {
        self.rows.weight.map_or(1.0, |weight| weight[row])
    }
}

/// Rows of spends that were checked.
#[derive(Debug)]
pub(crate) struct SelectedSpends {
    purchases: Vec<f64>,
    mean: Vec<f64>,
    weight: Option<Vec<f64>>,
}

impl SelectedSpends {
    pub(crate) fn checked(&self) -> CheckedSpends<'_> {
        let rows = Spends {
            purchases: &self.purchases,
            mean: &self.mean,
            weight: self.weight.as_deref(),
        };
        rows.check().expect("every row was checked before")
    }
}

/// A Gamma-Gamma model that has not seen data: how to fit it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GammaGamma {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// Most steps of the search. Default 200; a dozen is usual.
    pub most_iterations: u32,
}

impl Default for GammaGamma {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            most_iterations: 200,
        }
    }
}

/// The three numbers of a Gamma-Gamma model, all positive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GammaGammaParameters {
    /// Shape of a customer's amounts: large = purchases of one customer are alike.
    pub p: f64,
    /// Shape of the differences between customers: large = customers are alike.
    pub q: f64,
    /// Scale, in the unit of money.
    pub gamma: f64,
}

/// The parameters with their intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GammaGammaEstimates {
    /// Shape of a customer's amounts.
    pub p: Estimate,
    /// Shape of the differences between customers.
    pub q: Estimate,
    /// Scale, in the unit of money.
    pub gamma: Estimate,
}

/// Whether customers who buy more often also spend more (or less) per purchase.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Independence {
    /// Correlation (Pearson) of the number of purchases with their mean amount over customers,
    /// with its interval (Fisher's z).
    pub correlation: Estimate,
    /// Whether the model may be used: the correlation can be chance or is weak (below 0.2).
    pub holds: bool,
}

/// A Gamma-Gamma model fitted to customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FittedGammaGamma {
    /// Always "gamma-gamma".
    pub name: String,
    /// The parameters of highest likelihood.
    pub parameters: GammaGammaParameters,
    /// The same with intervals, by profile likelihood or, where that says the same, normal on the
    /// logarithmic scale.
    pub estimates: GammaGammaEstimates,
    /// Standard errors of `[p, q, gamma]` from the observed information; absent for a parameter
    /// that the data do not settle.
    pub standard_errors: [Option<f64>; 3],
    /// Log-likelihood of the data as given (not of rescaled money).
    pub log_likelihood: f64,
    /// Customers it was fitted to.
    pub customers: f64,
    /// Expected amount of a purchase of a customer of whom nothing is known: `p gamma / (q - 1)`.
    /// Where that is infinite (q of at most 1) the mean of the data, without an interval.
    pub mean_spend: Estimate,
    /// Whether spend has nothing to do with frequency, as the model says.
    pub independence: Independence,
    /// How the fit went.
    pub diagnosis: Diagnosis,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Covariance of the logarithms of `[p, q, gamma]`; zero where not settled.
    pub log_covariance: [[f64; 3]; 3],
    /// Mean over the customers it was fitted to of their mean amounts.
    pub actual_mean_spend: f64,
}

impl GammaGamma {
    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that makes no sense.
    pub fn check(&self) -> Result<(), Error> {
        check_level(self.level)?;
        let most = f64::from(self.most_iterations);
        require(most >= 1.0, "most_iterations", most, "expected at least 1")
    }

    /// Finds the parameters of highest likelihood. Rows without a purchase are passed over.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a setting that makes no sense, [`Error::Empty`] when no customer has
    /// a purchase.
    pub fn fit(&self, spends: &CheckedSpends<'_>) -> Result<FittedGammaGamma, Error> {
        self.check()?;
        if spends.customers() <= 0.0 {
            return Err(Error::Empty {
                what: "customers with a paid repeat purchase",
            });
        }
        Ok(fit::fit(self, spends))
    }

    /// Fits, and draws from the posterior: all parameters that the data leave possible.
    ///
    /// # Errors
    ///
    /// As [`Self::fit`]; [`Error::Setting`] for a setting of `sampling` that makes no sense.
    pub fn posterior(
        &self,
        spends: &CheckedSpends<'_>,
        sampling: &Sampling,
    ) -> Result<PosteriorGammaGamma, Error> {
        self.posterior_while(spends, sampling, &|| true)
    }

    /// As [`Self::posterior`], for as long as it goes on: see [`GoesOn`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn posterior_while(
        &self,
        spends: &CheckedSpends<'_>,
        sampling: &Sampling,
        goes_on: &GoesOn<'_>,
    ) -> Result<PosteriorGammaGamma, Error> {
        sample_spend(self, spends, sampling, goes_on)
    }
}

impl GammaGammaParameters {
    /// Checks that all are positive.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] with the name of the first that is not.
    pub fn check(&self) -> Result<(), Error> {
        for (field, value) in [("p", self.p), ("q", self.q), ("gamma", self.gamma)] {
            require(
                value.is_finite() && value > 0.0,
                field,
                value,
                "expected more than 0",
            )?;
        }
        Ok(())
    }

    /// Expected amount of the next purchase of a customer with this mean over so many purchases
    /// (equation 5); nothing where it is infinite.
    #[must_use]
    pub fn expected_spend(&self, purchases: f64, mean: f64) -> Option<f64> {
        let spent = if purchases > 0.0 {
            purchases * mean
        } else {
            0.0
        };
        let freedom = self.p * purchases + self.q - 1.0;
        (freedom > 0.0).then(|| self.p * (self.gamma + spent) / freedom)
    }

    /// The same, where it is infinite the customer's own mean, or that of all without purchases.
    pub(crate) fn spend_or(&self, purchases: f64, mean: f64, mean_of_all: f64) -> f64 {
        self.expected_spend(purchases, mean)
            .unwrap_or(if purchases > 0.0 { mean } else { mean_of_all })
    }

    /// Derivatives of the logarithm of [`Self::spend_or`] per logarithm of a parameter.
    fn spend_slope(&self, purchases: f64, mean: f64) -> Vector<3> {
        let spent = if purchases > 0.0 {
            purchases * mean
        } else {
            0.0
        };
        let freedom = self.p * purchases + self.q - 1.0;
        if freedom <= 0.0 {
            return [0.0; 3];
        }
        [
            1.0 - self.p * purchases / freedom,
            -self.q / freedom,
            self.gamma / (self.gamma + spent),
        ]
    }

    /// Mean of the square of the customer's own mean spend; nothing where it is infinite.
    pub(crate) fn mean_square_spend(&self, purchases: f64, mean: f64) -> Option<f64> {
        let spent = if purchases > 0.0 {
            purchases * mean
        } else {
            0.0
        };
        let freedom = self.p * purchases + self.q - 1.0;
        let scale = self.p * (self.gamma + spent);
        (freedom > 1.0).then(|| scale * scale / (freedom * (freedom - 1.0)))
    }

    pub(crate) fn from_logarithms(logarithms: &[f64; 3]) -> Self {
        let [p, q, gamma] = logarithms.map(f64::exp);
        Self { p, q, gamma }
    }

    pub(crate) fn logarithms(&self) -> [f64; 3] {
        [self.p.ln(), self.q.ln(), self.gamma.ln()]
    }
}

impl FittedGammaGamma {
    /// Expected amount per future purchase of each customer.
    ///
    /// A customer without purchases gets [`Self::mean_spend`].
    #[must_use]
    pub fn expected_spend(&self, spends: &CheckedSpends<'_>) -> Predicted {
        let reach = reach(self.level);
        let columns = spends.rows();
        let parts = chunks(spends.len(), |range| {
            range
                .map(|row| {
                    let (spend, slope) = self.spend_of(columns.purchases[row], columns.mean[row]);
                    around_positive(spend, quadratic(&self.log_covariance, &slope).sqrt(), reach)
                })
                .collect()
        });
        Predicted::from_parts(parts, self.level)
    }

    /// Expected amount per purchase of one customer and the derivatives of its logarithm.
    pub(crate) fn spend_of(&self, purchases: f64, mean: f64) -> (f64, Vector<3>) {
        let spend = self
            .parameters
            .spend_or(purchases, mean, self.actual_mean_spend);
        (spend, self.parameters.spend_slope(purchases, mean))
    }
}
