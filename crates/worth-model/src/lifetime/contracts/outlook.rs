//! What a fitted contract model says of the future: survival, retention, renewals to come.
//!
//! Intervals of numbers of one contract cover what is not known of the parameters (delta method,
//! on the logarithmic scale for renewals and that of log-odds for probabilities). Those of totals
//! cover chance as well: given the parameters contracts act independently, so variances by chance
//! add up.

use super::ahead::Ahead;
use super::coming::{Coming, coming};
use super::retention::{Curve, Survival};
use super::tenures::{CheckedTenures, MOST_RENEWALS};
use crate::error::{Error, require};
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::lifetime::predicted::{Predicted, around_positive, around_probability, with_chance};
use crate::parallel::chunks;
use crate::symmetric::{Matrix, Vector, quadratic};

/// The future as a fitted contract model sees it. Made by `outlook()` of a fitted model.
///
/// Where the data say nothing of leaving (nobody left, or all at once) there is a number but no
/// interval, and columns have the widest that is possible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    pub(super) curve: Curve,
    /// Covariance of the logarithms of gamma, delta and c.
    pub(super) log_covariance: Matrix<3>,
    pub(super) level: f64,
    /// Whether anything is known of how sure the parameters are.
    pub(super) is_known: bool,
}

fn check_renewals(field: &'static str, renewals: u32) -> Result<(), Error> {
    let value = f64::from(renewals);
    require(
        value <= MOST_RENEWALS,
        field,
        value,
        "expected at most 10,000",
    )
}

impl Outlook {
    /// Share of new contracts that come through so many renewals: S(t) of the papers.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for more than 10,000 renewals.
    pub fn survival(&self, renewals: u32) -> Result<Estimate, Error> {
        check_renewals("renewals", renewals)?;
        Ok(self.probability(self.through(0, renewals as usize)))
    }

    /// Share of the contracts still there that come through this renewal, the first being 1: r(t).
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for renewal 0, or one beyond 10,000.
    pub fn retention(&self, renewal: u32) -> Result<Estimate, Error> {
        require(renewal >= 1, "renewal", 0.0, "expected at least 1")?;
        check_renewals("renewal", renewal)?;
        Ok(self.probability(self.through(renewal as usize - 1, 1)))
    }

    /// Probability that each contract comes through so many further renewals; 0 for ended ones.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for more than 10,000 renewals.
    pub fn still_there(
        &self,
        tenures: &CheckedTenures<'_>,
        renewals: u32,
    ) -> Result<Predicted, Error> {
        check_renewals("renewals", renewals)?;
        let survivals = self.further(tenures, renewals as usize);
        let known: Vec<[f64; 3]> = survivals
            .iter()
            .map(|&survival| self.around(survival))
            .collect();
        Ok(self.column(tenures, &known))
    }

    /// Renewals to come of each contract, discounted: expected residual lifetime. 0 for ended ones.
    ///
    /// With [`Ahead::all`] this is the discounted expected residual lifetime of Fader and Hardie
    /// (2010), equation 6.
    ///
    /// # Errors
    ///
    /// As [`Ahead::check`].
    pub fn expected_renewals(
        &self,
        tenures: &CheckedTenures<'_>,
        ahead: &Ahead,
    ) -> Result<Predicted, Error> {
        ahead.check()?;
        let most = ahead.most();
        let known: Vec<[f64; 3]> = self
            .coming(tenures, ahead)
            .iter()
            .map(|coming| self.around_mean(coming.mean, &coming.slope, most))
            .collect();
        Ok(self.column(tenures, &known))
    }

    /// Periods that a new contract will be paid for, discounted, the first of them today:
    /// discounted expected lifetime. `next_in` does not matter: the first renewal is a period away.
    ///
    /// # Errors
    ///
    /// As [`Ahead::check`].
    pub fn expected_new(&self, ahead: &Ahead) -> Result<Estimate, Error> {
        ahead.check()?;
        let ahead = Ahead {
            next_in: 1.0,
            ..*ahead
        };
        let renewals = coming(&self.curve, [0], &ahead)[0];
        let [value, low, high] =
            self.around_mean(1.0 + renewals.mean, &renewals.slope, 1.0 + ahead.most());
        Ok(self.estimate(value, low, high))
    }

    /// How many of the running contracts come through so many further renewals, with what is not
    /// known of the parameters and chance.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for more than 10,000 renewals.
    pub fn survivors(
        &self,
        tenures: &CheckedTenures<'_>,
        renewals: u32,
    ) -> Result<Estimate, Error> {
        check_renewals("renewals", renewals)?;
        let survivals = self.further(tenures, renewals as usize);
        Ok(self.total(tenures, 1.0, |tenure| {
            let Survival { log, slope } = survivals[tenure];
            let there = log.exp();
            let slope = slope.map(|slope| there * slope);
            // The variance p (1 - p), without losing the digits of 1 - p.
            (there, slope, there * -log.exp_m1())
        }))
    }

    /// Renewals to come of all running contracts together, discounted, with what is not known of
    /// the parameters and chance.
    ///
    /// # Errors
    ///
    /// As [`Ahead::check`].
    pub fn total_renewals(
        &self,
        tenures: &CheckedTenures<'_>,
        ahead: &Ahead,
    ) -> Result<Estimate, Error> {
        ahead.check()?;
        let known = self.coming(tenures, ahead);
        Ok(self.total(tenures, ahead.most(), |tenure| {
            let coming = &known[tenure];
            (coming.mean, coming.slope, coming.variance())
        }))
    }

    /// S(from + more) / S(from).
    fn through(&self, from: usize, more: usize) -> Survival {
        self.curve.survival(from, more)[more]
    }

    /// [`Self::through`] for every tenure that occurs, at the index of the tenure.
    fn further(&self, tenures: &CheckedTenures<'_>, more: usize) -> Vec<Survival> {
        let longest = running(tenures).max().map_or(0, |most| most + 1);
        let survival = self.curve.survival(0, longest + more);
        (0..longest)
            .map(|tenure| survival[tenure + more].given(&survival[tenure]))
            .collect()
    }

    fn coming(&self, tenures: &CheckedTenures<'_>, ahead: &Ahead) -> Vec<Coming> {
        coming(&self.curve, running(tenures), ahead)
    }

    /// `[value, low, high]` of a probability.
    fn around(&self, survival: Survival) -> [f64; 3] {
        let gone = -survival.log.exp_m1();
        let value = survival.log.exp();
        if !self.is_known {
            return [value, 0.0, 1.0];
        }
        if gone <= 0.0 || value <= 0.0 {
            return [value; 3];
        }
        let log_odds_gone = gone.ln() - survival.log;
        let error = quadratic(&self.log_covariance, &survival.slope).sqrt() / gone;
        let [_, low, high] = around_probability(log_odds_gone, error, reach(self.level));
        // Rounding must not put a number outside of its interval.
        [value, low.min(value), high.max(value)]
    }

    fn probability(&self, survival: Survival) -> Estimate {
        let [value, low, high] = self.around(survival);
        self.estimate(value, low, high)
    }

    /// `[value, low, high]` of a mean that cannot be more than `most`.
    fn around_mean(&self, mean: f64, slope: &Vector<3>, most: f64) -> [f64; 3] {
        if !self.is_known {
            return [mean, 0.0, most];
        }
        let error = quadratic(&self.log_covariance, slope).sqrt() / mean.max(f64::MIN_POSITIVE);
        let [value, low, high] = around_positive(mean, error, reach(self.level));
        [value, low, high.min(most).max(value)]
    }

    fn estimate(&self, value: f64, low: f64, high: f64) -> Estimate {
        if self.is_known {
            Estimate::between(value, low, high, self.level, Method::Delta)
        } else {
            Estimate::without(value, NoInterval::NotIdentified)
        }
    }

    /// One number per row from one per tenure.
    fn column(&self, tenures: &CheckedTenures<'_>, known: &[[f64; 3]]) -> Predicted {
        let parts = chunks(tenures.len(), |range| {
            range
                .map(|row| {
                    tenures
                        .running(row)
                        .map_or([0.0; 3], |tenure| known[tenure])
                })
                .collect()
        });
        Predicted::from_parts(parts, self.level)
    }

    /// The sum over running contracts of something with a mean, derivatives of the mean, and a
    /// variance by chance; at most `most` per contract.
    fn total(
        &self,
        tenures: &CheckedTenures<'_>,
        most: f64,
        of: impl Fn(usize) -> (f64, Vector<3>, f64),
    ) -> Estimate {
        let mut contracts: Vec<f64> = Vec::new();
        for row in 0..tenures.len() {
            if let Some(tenure) = tenures.running(row) {
                if tenure >= contracts.len() {
                    contracts.resize(tenure + 1, 0.0);
                }
                contracts[tenure] += tenures.weight_of(row);
            }
        }
        let (mut mean, mut slope, mut variance) = (0.0, [0.0; 3], 0.0);
        for (tenure, &contracts) in contracts.iter().enumerate() {
            if contracts > 0.0 {
                let (one, one_slope, one_variance) = of(tenure);
                mean += contracts * one;
                variance += contracts * one_variance;
                for i in 0..3 {
                    slope[i] += contracts * one_slope[i];
                }
            }
        }
        let most = most * contracts.iter().sum::<f64>();
        let known = self.around_mean(mean, &slope, most);
        let [value, low, high] = with_chance(known, variance, most, self.level);
        self.estimate(value, low, high)
    }
}

/// The tenures of running contracts.
fn running<'a>(tenures: &'a CheckedTenures<'_>) -> impl Iterator<Item = usize> + 'a {
    (0..tenures.len()).filter_map(|row| tenures.running(row))
}
