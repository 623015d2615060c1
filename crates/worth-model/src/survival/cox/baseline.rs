//! The baseline of a fitted Cox model, and curves for customers with given covariates.
//!
//! ```text
//! H(t) = Σ over steps up to t of Σ over leavers of 1/(S0 - c T0)      S(t | x) = exp(-H(t) exp(x'β))
//! variance of log(-log S) = (Σ 1/(S0 - c T0)² + q' C q) / H²,         q = Σ (x - x̄) dH
//! ```
//!
//! with x counted from the reference customer and C the covariance of the coefficients.
//!
//! Sources: N. E. Breslow (1972), discussion of Cox, Journal of the Royal Statistical Society B 34;
//! B. Efron (1977), doi:10.1080/01621459.1977.10480613; the variance A. A. Tsiatis (1981), A Large
//! Sample Study of Cox's Regression Model, Annals of Statistics 9, doi:10.1214/aos/1176345335.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::area::Steps;
use super::super::durations::CheckedDurations;
use super::super::money::{RestrictedMean, RetainedValue, Subscription};
use super::covariates::CheckedCovariates;
use super::likelihood::{TieSums, risks};
use super::prepared::Prepared;
use super::{Coefficient, CoxOutcome, FittedCox, LARGEST_LOG_RATIO, Ties};
use crate::columns::check_length;
use crate::dense::{dot, quadratic};
use crate::error::{Error, require};
use crate::estimate::{Estimate, Method, NoInterval, reach};

/// Predictions farther from the reference than this are all the same: gone at once, or never.
const FARTHEST: f64 = 50.0;

/// The hazard of the reference customer in one stratum, over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Baseline {
    /// Which stratum, when there were strata.
    pub stratum: Option<u32>,
    /// Times at which someone left, in order.
    pub times: Vec<f64>,
    /// How many were at risk just before each.
    pub at_risk: Vec<f64>,
    /// How many left at each.
    pub events: Vec<f64>,
    /// Cumulative hazard after each.
    pub hazard: Vec<f64>,
    /// Its variance, as far as it does not come from the coefficients.
    pub hazard_variance: Vec<f64>,
    /// Sum up to each time of the mean covariates of those at risk (less the reference) times the
    /// hazard at that time; as many numbers as covariates per time, one time after the other.
    pub drift: Vec<f64>,
    /// The last time at which anyone of the stratum was seen.
    pub followed_until: f64,
}

pub(super) fn baselines(
    data: &Prepared,
    ties: Ties,
    beta: &[f64],
    durations: &CheckedDurations<'_>,
    covariates: &CheckedCovariates<'_>,
) -> Vec<Baseline> {
    let size = data.size;
    let Some(risks) = risks(data, beta).filter(|_| !durations.is_empty()) else {
        return Vec::new();
    };
    let steps = data.steps.len();
    let unit = risks.shift.exp();
    let (mut hazard, mut variance, mut at_risk) =
        (vec![0.0; steps], vec![0.0; steps], vec![0.0; steps]);
    let mut drift = vec![0.0; steps * size];
    data.sweep(&risks.risk, |step, set| {
        let events = data.steps[step].events;
        let sums = TieSums::new(ties, events, set.leaving_risk / set.risk);
        let all = set.risk * unit;
        hazard[step] = sums.one / all;
        variance[step] = sums.one_squared / (all * all);
        at_risk[step] = set.weight;
        for i in 0..size {
            let mean = sums.one_squared * set.first[i] - sums.part_squared * set.leaving_first[i];
            drift[step * size + i] = mean / set.risk / all * data.scale[i];
        }
    });
    let stratified = covariates.rows().stratum.is_some();
    (data.strata.iter())
        .map(|stratum| {
            let range = stratum.steps.clone();
            let of = &data.steps[range.clone()];
            Baseline {
                stratum: stratified.then_some(stratum.code),
                times: of.iter().map(|step| step.time).collect(),
                at_risk: at_risk[range.clone()].to_vec(),
                events: of.iter().map(|step| step.events).collect(),
                hazard: cumulated(&hazard[range.clone()], 1),
                hazard_variance: cumulated(&variance[range.clone()], 1),
                drift: cumulated(&drift[range.start * size..range.end * size], size),
                followed_until: stratum.followed_until,
            }
        })
        .collect()
}

/// Sums from the beginning, of each of `size` columns.
fn cumulated(values: &[f64], size: usize) -> Vec<f64> {
    let mut result = values.to_vec();
    for place in size..result.len() {
        result[place] += result[place - size];
    }
    result
}

impl FittedCox {
    /// How much higher the hazard of such a customer is than that of the reference, at any time.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when there are not as many numbers as covariates, [`Error::Row`] for one
    /// that is not finite.
    pub fn relative_hazard(&self, covariates: &[f64]) -> Result<Estimate, Error> {
        let distance = self.distance(covariates)?;
        let log = self.log_relative_hazard(&distance);
        let ratio = |log: f64| log.clamp(-LARGEST_LOG_RATIO, LARGEST_LOG_RATIO).exp();
        if !self.is_settled() {
            return Ok(Estimate::without(ratio(log), NoInterval::NotIdentified));
        }
        let half = reach(self.level) * quadratic(&self.flat_covariance(), &distance).sqrt();
        let (low, high) = (ratio(log - half), ratio(log + half));
        Ok(Estimate::between(
            ratio(log),
            low,
            high,
            self.level,
            Method::Delta,
        ))
    }

    /// The part of such customers that is still there at each of these times. Later than anyone of
    /// the stratum was seen it is the last known part, without an interval.
    ///
    /// `stratum`: which one; may be left out when there is only one.
    ///
    /// # Errors
    ///
    /// As [`Self::relative_hazard`]; [`Error::Setting`] for a stratum that does not occur.
    pub fn survival(
        &self,
        covariates: &[f64],
        stratum: Option<u32>,
        times: &[f64],
    ) -> Result<Vec<Estimate>, Error> {
        let baseline = self.baseline(stratum)?;
        let distance = self.distance(covariates)?;
        let ratio = self.near(&distance).exp();
        let covariance = self.flat_covariance();
        let reach = reach(self.level);
        let size = distance.len();
        let at = |&time: &f64| {
            let after = baseline.times.partition_point(|&moment| moment <= time);
            let Some(index) = after.checked_sub(1) else {
                return Estimate::without(1.0, NoInterval::TooFew);
            };
            let hazard = baseline.hazard[index];
            let survival = (-hazard * ratio).exp();
            if !self.is_settled() || time > baseline.followed_until {
                return Estimate::without(survival, NoInterval::NotIdentified);
            }
            let slope: Vec<f64> = (distance.iter())
                .zip(&baseline.drift[index * size..(index + 1) * size])
                .map(|(distance, drift)| distance * hazard - drift)
                .collect();
            let variance = baseline.hazard_variance[index] + quadratic(&covariance, &slope);
            let factor = (reach * variance.sqrt() / hazard).min(300.0).exp();
            Estimate::between(
                survival,
                (-hazard * ratio * factor).exp(),
                (-hazard * ratio / factor).exp(),
                self.level,
                Method::Delta,
            )
        };
        Ok(times.iter().map(at).collect())
    }

    /// Mean time that such a customer stays within a horizon.
    ///
    /// # Errors
    ///
    /// As [`Self::survival`]; [`Error::Setting`] when the horizon is not positive.
    pub fn restricted_mean(
        &self,
        covariates: &[f64],
        stratum: Option<u32>,
        horizon: f64,
    ) -> Result<RestrictedMean, Error> {
        let mut mean = RestrictedMean::new(&self.steps(covariates, stratum)?, horizon, self.level)?;
        if !self.is_settled() {
            mean.mean = Estimate::without(mean.mean.value, NoInterval::NotIdentified);
        }
        Ok(mean)
    }

    /// What such a customer, having stayed for `age`, is still worth: margins over the time the
    /// customer will stay, discounted. `age`: 0 for a new customer.
    ///
    /// # Errors
    ///
    /// As [`Self::survival`]; [`Error::Setting`] for a setting that makes no sense.
    pub fn value(
        &self,
        covariates: &[f64],
        stratum: Option<u32>,
        subscription: &Subscription,
        age: f64,
    ) -> Result<RetainedValue, Error> {
        let steps = self.steps(covariates, stratum)?;
        let mut value = subscription.value(&steps, age, self.level)?;
        if !self.is_settled() {
            value.value = Estimate::without(value.value.value, NoInterval::NotIdentified);
        }
        Ok(value)
    }

    fn steps(&self, covariates: &[f64], stratum: Option<u32>) -> Result<Steps, Error> {
        let baseline = self.baseline(stratum)?;
        let distance = self.distance(covariates)?;
        let ratio = self.near(&distance).exp();
        let size = distance.len();
        let mut steps =
            Steps::new(baseline.followed_until, size).with_covariance(self.flat_covariance());
        let (mut hazard, mut variance) = (0.0, 0.0);
        let mut drift = vec![0.0; size];
        for (index, &time) in baseline.times.iter().enumerate() {
            let here = &baseline.drift[index * size..(index + 1) * size];
            let rise = baseline.hazard[index] - hazard;
            let slope: Vec<f64> = (0..size)
                .map(|i| ratio * (distance[i] * rise - (here[i] - drift[i])))
                .collect();
            let noise = ratio * ratio * (baseline.hazard_variance[index] - variance).max(0.0);
            hazard = baseline.hazard[index];
            variance = baseline.hazard_variance[index];
            drift.copy_from_slice(here);
            steps.push(time, (-hazard * ratio).exp(), noise, &slope);
        }
        Ok(steps)
    }

    /// Covariates less those of the reference.
    fn distance(&self, covariates: &[f64]) -> Result<Vec<f64>, Error> {
        check_length("covariates", covariates.len(), self.reference.len())?;
        if let Some(row) = covariates.iter().position(|value| !value.is_finite()) {
            return Err(Error::Row {
                field: "covariates",
                row,
                value: covariates[row],
                expected: "expected a number",
            });
        }
        Ok((covariates.iter().zip(&self.reference))
            .map(|(value, reference)| value - reference)
            .collect())
    }

    fn log_relative_hazard(&self, distance: &[f64]) -> f64 {
        let beta: Vec<f64> = (self.coefficients.iter())
            .map(|coefficient| coefficient.coefficient.value)
            .collect();
        dot(&beta, distance)
    }

    fn near(&self, distance: &[f64]) -> f64 {
        self.log_relative_hazard(distance)
            .clamp(-FARTHEST, FARTHEST)
    }

    fn baseline(&self, stratum: Option<u32>) -> Result<&Baseline, Error> {
        let found = match stratum {
            None if self.baselines.len() == 1 => self.baselines.first(),
            _ => (self.baselines.iter()).find(|baseline| baseline.stratum == stratum),
        };
        let value = stratum.map_or(f64::NAN, f64::from);
        require(
            found.is_some(),
            "stratum",
            value,
            "expected one of those the model was fitted to",
        )?;
        Ok(found.expect("it was just looked for"))
    }

    fn flat_covariance(&self) -> Vec<f64> {
        self.covariance.concat()
    }

    /// Whether the coefficients have a covariance: not when one of them has no value of its own
    /// (unless it follows from the others), or too few ids give a robust one.
    fn is_settled(&self) -> bool {
        let unsettled = matches!(
            self.diagnosis.outcome,
            CoxOutcome::Separated { .. } | CoxOutcome::NotConverged { .. }
        );
        let no_error = |coefficient: &Coefficient| {
            coefficient.standard_error.is_none() && coefficient.model_standard_error.is_some()
        };
        !unsettled && self.events > 0.0 && !self.coefficients.iter().any(no_error)
    }
}
