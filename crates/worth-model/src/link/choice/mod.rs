//! Choice: which of several brands is worth most to whom, by the value each is seen to have.
//!
//! **The model** (conditional logit: McFadden 1974, "Conditional logit analysis of qualitative choice
//! behavior"). Respondent i, who rated at least two brands, finds brand k best with probability
//!
//! ```text
//! P_ik = e^(α_k + β x_ik) / Σ_j e^(α_j + β x_ij)
//! ```
//!
//! over the brands that i rated, with x_ik the value i sees in k (benefits less costs, in points), β
//! what a point counts for, and α_k what else speaks for brand k (α of the first brand is 0). The best is the one with
//! the highest rating of the whole; equal ones share the choice. Weights are sampling weights, variances are
//! robust (sandwich over respondents, times n / (n − p): White 1982, doi:10.2307/1912526).
//!
//! **What is told**: [`FittedChoice::moved`] gives the share of each brand when values move, averaged
//! over respondents.
//!
//! **Know before use.** Who is best in a survey is not who is bought: distance, habit and what is on
//! the shelf decide too. Shares are drawn from others in proportion to what these have (independence
//! of irrelevant alternatives) in the eyes of each respondent, though not on average. Noise in values draws β to 0.
//!
//! **Checked against** statsmodels' `ConditionalLogit` on Greene's travellers between two cities, and
//! simulations with known truth.

mod fit;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rows::People;
use super::{Measured, NoLink};
use crate::columns::{check_answers, check_weights};
use crate::error::{Error, require};
use crate::estimate::{Changed, DEFAULT_LEVEL, Estimate, check_level};
use fit::{Choosers, Fit};

/// Respondents per parameter that a choice needs, and at least.
const FEWEST_PER_PARAMETER: usize = 10;
const FEWEST: usize = 30;
/// A brand that is best to fewer is left out: what speaks for it is not known.
const FEWEST_CHOICES: f64 = 5.0;

/// A choice that has not seen data: how to find it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// Probability that intervals are meant to hold, 0.5..0.999.
    pub level: f64,
}

/// Respondents × brands, `NAN` where a respondent did not say.
#[derive(Debug, Clone, Copy)]
pub struct ChoiceRows<'a> {
    /// Number of brands.
    pub brands: usize,
    /// The value each respondent sees in each brand, in points.
    pub values: &'a [f64],
    /// How good each brand is as a whole, on any scale.
    pub ratings: &'a [f64],
    /// Sampling weight of each respondent, above 0; all alike when absent.
    pub weight: Option<&'a [f64]>,
}

/// A choice fitted to respondents.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedChoice {
    /// Who counts: those who rated, and see the value of, at least two brands that are not left out.
    pub people: People,
    /// Coefficient β: log-odds per point of value.
    pub per_point: Estimate,
    /// Of each brand the share of respondents to whom it is the best; absent of those left out.
    pub shares: Vec<Option<Estimate>>,
    level: f64,
    fit: Fit,
}

impl Default for Choice {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
        }
    }
}

impl Choice {
    /// Finds what a point of value counts for, or says why it cannot be told.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a level that makes no interval or for no brands, [`Error::Length`] for columns that do
    /// not fit together, [`Error::Row`] for an infinite number or a weight that is not above 0.
    pub fn fit(&self, rows: &ChoiceRows<'_>) -> Result<Result<FittedChoice, NoLink>, Error> {
        check_level(self.level)?;
        let respondents = rows.check()?;
        let choosers = Choosers::of(rows, respondents);
        if let Some(why) = choosers.too_few() {
            return Ok(Err(why));
        }
        let people = choosers.people;
        Ok(Fit::of(choosers).map(|fit| {
            let shares = fit.shares(None);
            FittedChoice {
                people,
                per_point: fit.per_point().estimate(self.level),
                shares: shares
                    .into_iter()
                    .map(|share| Some(share?.before.estimate(self.level)))
                    .collect(),
                level: self.level,
                fit,
            }
        }))
    }
}

impl FittedChoice {
    /// The share of each brand when values are others; absent of brands that were left out. `values`: as in
    /// [`ChoiceRows::values`], of the same respondents and brands.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when there are more or fewer values than there were.
    pub fn moved(&self, values: &[f64]) -> Result<Vec<Option<Changed>>, Error> {
        self.fit.check(values)?;
        let estimate = |measured: Measured| measured.estimate(self.level);
        let shares = self.fit.shares(Some(values)).into_iter();
        Ok(shares
            .map(|share| {
                share.map(|share| Changed {
                    before: estimate(share.before),
                    after: estimate(share.after),
                    change: estimate(share.change),
                })
            })
            .collect())
    }
}

impl ChoiceRows<'_> {
    /// Checks lengths and values; how many respondents there are.
    fn check(&self) -> Result<usize, Error> {
        require(self.brands > 0, "brands", 0.0, "expected at least 1")?;
        let respondents = self.values.len() / self.brands;
        check_answers("values", self.values, respondents * self.brands)?;
        check_answers("ratings", self.ratings, self.values.len())?;
        check_weights(self.weight, respondents)?;
        Ok(respondents)
    }
}
