//! What a BG/NBD model says of single customers and of new ones.

use super::super::curve::Curves;
use super::super::histories::CheckedHistories;
use super::super::horizon::Horizon;
use super::super::predicted::{Predicted, around_positive, around_probability};
use super::{BetaGeoParameters, FittedBetaGeo, future};
use crate::error::{Error, require};
use crate::estimate::{Estimate, Method, reach};
use crate::parallel::chunks;
use crate::symmetric::{Vector, quadratic};

/// Step in the logarithm of a parameter for derivatives of expected purchases.
const STEP: f64 = 1e-4;

impl BetaGeoParameters {
    /// Probability that a customer is still alive at `age` (equation 3 of the authors' note
    /// "Computing P(alive) Using the BG/NBD Model", 2008). 1 without a repeat purchase.
    #[must_use]
    pub fn probability_alive(&self, frequency: f64, recency: f64, age: f64) -> f64 {
        if frequency == 0.0 {
            return 1.0;
        }
        1.0 / (1.0 + self.log_odds_gone(frequency, recency, age).exp())
    }

    /// Logarithm of the odds that a customer with repeat purchases has left.
    fn log_odds_gone(&self, frequency: f64, recency: f64, age: f64) -> f64 {
        let silence = ((age - recency) / (self.alpha + recency)).ln_1p();
        (self.a / (self.b + frequency - 1.0)).ln() + (self.r + frequency) * silence
    }

    /// Derivatives of [`Self::log_odds_gone`] with respect to the logarithms of the parameters.
    fn log_odds_slope(&self, frequency: f64, recency: f64, age: f64) -> Vector<4> {
        let silence = ((age - recency) / (self.alpha + recency)).ln_1p();
        let bend = (recency - age) / ((self.alpha + age) * (self.alpha + recency));
        [
            self.r * silence,
            self.alpha * (self.r + frequency) * bend,
            1.0,
            -self.b / (self.b + frequency - 1.0),
        ]
    }

    /// Expected purchases in the next `time` of a customer with this history (equation 10).
    #[must_use]
    pub fn expected_purchases(&self, frequency: f64, recency: f64, age: f64, time: f64) -> f64 {
        self.probability_alive(frequency, recency, age) * future::mean(self, frequency, age, time)
    }

    /// Expected repeat purchases of a new customer within `time` of the first (equation 9).
    #[must_use]
    pub fn expected_new(&self, time: f64) -> f64 {
        future::mean(self, 0.0, 0.0, time)
    }

    /// Probability that a new customer makes exactly `count` repeat purchases within `time` of the
    /// first (equation 8).
    #[must_use]
    pub fn probability_of(&self, count: u32, time: f64) -> f64 {
        let mut probabilities = vec![0.0; count as usize + 1];
        self.probabilities_of(time, &mut probabilities);
        probabilities[count as usize]
    }

    /// The same for 0, 1, 2 … repeat purchases at once.
    pub(crate) fn probabilities_of(&self, time: f64, probabilities: &mut [f64]) {
        let Self { r, alpha, a, b } = *self;
        let share = time / (alpha + time);
        // Poisson with gamma rates: the probability of n purchases if nobody ever left.
        let mut mass = (-r * (time / alpha).ln_1p()).exp();
        let mut below = 0.0;
        // Probability of not having left after n purchases, and of leaving right after the n-th.
        let mut stays = 1.0;
        let mut leaves = 0.0;
        for (n, probability) in probabilities.iter_mut().enumerate() {
            let n = n as f64;
            *probability = (stays * mass + leaves * (1.0 - below)).clamp(0.0, 1.0);
            below = (below + mass).min(1.0);
            mass *= (r + n) / (n + 1.0) * share;
            leaves = stays * a / (a + b + n);
            stays *= (b + n) / (a + b + n);
        }
    }

    /// Mean square of the purchases in the next `time` of a customer alive at `age`.
    pub(crate) fn mean_square_if_alive(&self, frequency: f64, age: f64, time: f64) -> f64 {
        future::mean_square(self, frequency, age, time)
    }

    /// Expected purchases of a customer alive at `age`, until the last of the times, and weighed
    /// by `factors`.
    pub(crate) fn means_if_alive(
        &self,
        frequency: f64,
        age: f64,
        factors: &[(f64, f64)],
    ) -> [f64; 2] {
        let (mut mean, mut weighed) = (0.0, 0.0);
        for (index, &(time, factor)) in factors.iter().enumerate() {
            // Without discounting only the last time counts.
            if factor != 0.0 || index + 1 == factors.len() {
                mean = future::mean(self, frequency, age, time);
                weighed += factor * mean;
            }
        }
        [mean, weighed]
    }
}

/// Mean purchases and their derivatives for one frequency and age.
type WithSlope<'a> = Box<dyn Fn(f64, f64) -> [f64; 5] + Sync + 'a>;

/// Expected (and discounted) purchases of alive customers with their derivatives, per logarithm
/// of a parameter: `[mean, d/dr, d/dalpha, d/da, d/db]`.
pub(crate) struct Future<'a> {
    fitted: &'a FittedBetaGeo,
    curves: Curves<WithSlope<'a>, 5>,
}

impl<'a> Future<'a> {
    pub(crate) fn new(
        fitted: &'a FittedBetaGeo,
        histories: &CheckedHistories<'_>,
        factors: Vec<(f64, f64)>,
    ) -> Self {
        let exact: WithSlope<'a> =
            Box::new(move |x, age| with_slope(&fitted.parameters, x, age, &factors));
        let columns = histories.rows();
        let (frequency, age) = (columns.frequency, columns.age);
        // Derivatives by differences have fewer digits.
        let negligible = [1e-10, 1e-7, 1e-7, 1e-7, 1e-7];
        let curves = Curves::new(frequency, age, fitted.parameters.alpha, negligible, exact);
        Self { fitted, curves }
    }

    /// Expected purchases of a customer and the derivatives of their logarithm.
    pub(crate) fn at(&self, frequency: f64, recency: f64, age: f64) -> (f64, Vector<4>) {
        let [mean, slope @ ..] = self.curves.at(frequency, age);
        let mut slope = slope.map(|slope| if mean > 0.0 { slope / mean } else { 0.0 });
        if frequency == 0.0 {
            return (mean, slope);
        }
        let parameters = &self.fitted.parameters;
        let alive = parameters.probability_alive(frequency, recency, age);
        let odds = parameters.log_odds_slope(frequency, recency, age);
        for i in 0..4 {
            slope[i] -= (1.0 - alive) * odds[i];
        }
        (alive * mean, slope)
    }
}

fn with_slope(
    parameters: &BetaGeoParameters,
    x: f64,
    age: f64,
    factors: &[(f64, f64)],
) -> [f64; 5] {
    let at = parameters.logarithms();
    let mut result = [parameters.means_if_alive(x, age, factors)[1]; 5];
    for i in 0..4 {
        let moved = |step: f64| {
            let mut point = at;
            point[i] += step;
            BetaGeoParameters::from_logarithms(&point).means_if_alive(x, age, factors)[1]
        };
        result[i + 1] = (moved(STEP) - moved(-STEP)) / (2.0 * STEP);
    }
    result
}

impl FittedBetaGeo {
    /// Probability that each customer is still alive at the end of observation.
    ///
    /// Always 1 for customers without a repeat purchase: this model cannot tell.
    #[must_use]
    pub fn probability_alive(&self, histories: &CheckedHistories<'_>) -> Predicted {
        let columns = histories.rows();
        let reach = reach(self.level);
        let parts = chunks(histories.len(), |range| {
            range
                .map(|row| {
                    let (x, t_x, age) = (
                        columns.frequency[row],
                        columns.recency[row],
                        columns.age[row],
                    );
                    if x == 0.0 {
                        return [1.0; 3];
                    }
                    let slope = self.parameters.log_odds_slope(x, t_x, age);
                    let error = quadratic(self.log_covariance(), &slope).sqrt();
                    around_probability(self.parameters.log_odds_gone(x, t_x, age), error, reach)
                })
                .collect()
        });
        Predicted::from_parts(parts, self.level)
    }

    /// Expected purchases of each customer in the next `time` (in the unit of the histories).
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite.
    pub fn expected_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        require(
            time.is_finite() && time >= 0.0,
            "time",
            time,
            "expected at least 0",
        )?;
        Ok(self.weighed_purchases(histories, vec![(time, 1.0)]))
    }

    /// Expected purchases of each customer within the horizon, each counted at what it is worth
    /// today (discounted expected residual transactions, cut off at the horizon).
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a horizon that makes no sense.
    pub fn discounted_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        horizon: &Horizon,
    ) -> Result<Predicted, Error> {
        horizon.check()?;
        Ok(self.weighed_purchases(histories, horizon.factors()))
    }

    fn weighed_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        factors: Vec<(f64, f64)>,
    ) -> Predicted {
        let future = Future::new(self, histories, factors);
        let columns = histories.rows();
        let reach = reach(self.level);
        let parts = chunks(histories.len(), |range| {
            range
                .map(|row| {
                    let (mean, slope) = future.at(
                        columns.frequency[row],
                        columns.recency[row],
                        columns.age[row],
                    );
                    around_positive(mean, quadratic(self.log_covariance(), &slope).sqrt(), reach)
                })
                .collect()
        });
        Predicted::from_parts(parts, self.level)
    }

    /// Expected repeat purchases of a new customer within `time` of the first purchase.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite.
    pub fn expected_new(&self, time: f64) -> Result<Estimate, Error> {
        require(
            time.is_finite() && time >= 0.0,
            "time",
            time,
            "expected at least 0",
        )?;
        Ok(self.new_customer(&[(time, 1.0)]))
    }

    /// Expected repeat purchases of a new customer within the horizon, at what they are worth on
    /// the day of the first purchase, which is not among them.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a horizon that makes no sense.
    pub fn discounted_new(&self, horizon: &Horizon) -> Result<Estimate, Error> {
        horizon.check()?;
        Ok(self.new_customer(&horizon.factors()))
    }

    fn new_customer(&self, factors: &[(f64, f64)]) -> Estimate {
        let (mean, slope) = self.new_with_slope(factors);
        let error = quadratic(self.log_covariance(), &slope).sqrt();
        let [value, low, high] = around_positive(mean, error, reach(self.level));
        Estimate::between(value, low, high, self.level, Method::Delta)
    }

    /// What a new customer will buy, and the derivatives of its logarithm.
    pub(crate) fn new_with_slope(&self, factors: &[(f64, f64)]) -> (f64, Vector<4>) {
        let [mean, slope @ ..] = with_slope(&self.parameters, 0.0, 0.0, factors);
        (
            mean,
            slope.map(|slope| if mean > 0.0 { slope / mean } else { 0.0 }),
        )
    }
}
