//! A fitted purchase model, and what it says of single customers and of new ones: the same whatever
//! the model.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::curve::{Curves, Numbers};
use super::diagnosis::Diagnosis;
use super::fitting::UNSETTLED;
use super::histories::CheckedHistories;
use super::horizon::Horizon;
use super::law::{Law, Named, Prospect, PurchaseModel};
use super::predicted::{Predicted, around_positive, around_probability};
use crate::error::{Error, require};
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::parallel::chunks;
use crate::symmetric::{Matrix, Vector, quadratic};

/// Step in the logarithm of a parameter for derivatives of what is expected.
const STEP: f64 = 1e-4;
/// Last terms of a series that do not matter, for a number …
const NEGLIGIBLE: f64 = 1e-10;
/// … and for its derivatives: those are made by differences and have fewer digits.
const NEGLIGIBLE_SLOPE: f64 = 1e-7;

/// A purchase model fitted to customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(
    serialize = "[Option<f64>; D]: Serialize, [[f64; D]; D]: Serialize",
    deserialize = "[Option<f64>; D]: Deserialize<'de>, [[f64; D]; D]: Deserialize<'de>"
))]
#[schemars(
    rename = "Fitted{M}",
    bound = "[Option<f64>; D]: JsonSchema, [[f64; D]; D]: JsonSchema, M: JsonSchema"
)]
pub struct FittedPurchases<M: PurchaseModel<D>, const D: usize = 4> {
    /// Name of the model, as "beta-geo" or "pareto-nbd".
    pub name: String,
    /// The parameters of highest likelihood.
    pub parameters: M::Parameters,
    /// The same with intervals, by profile likelihood or, where that says the same, normal on the
    /// logarithmic scale.
    pub estimates: M::Estimates,
    /// Standard errors of the parameters in their order, from the observed information; absent
    /// for a parameter that the data do not settle.
    pub standard_errors: [Option<f64>; D],
    /// Log-likelihood of the data as given (not of rescaled time).
    pub log_likelihood: f64,
    /// Customers it was fitted to.
    pub customers: f64,
    /// Of those, customers with a repeat purchase.
    pub repeat_customers: f64,
    /// How the fit went.
    pub diagnosis: Diagnosis,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// Covariance of the logarithms of the parameters in their order; zero where not settled.
    pub log_covariance: [[f64; D]; D],
}

impl<M: PurchaseModel<D>, const D: usize> FittedPurchases<M, D> {
    /// Probability that each customer is still alive at the end of observation.
    #[must_use]
    pub fn probability_alive(&self, histories: &CheckedHistories<'_>) -> Predicted {
        let reach = reach(self.level);
        self.each(histories, |x, t_x, age| {
            let (gone, slope) = self.parameters.log_odds_with_slope(x, t_x, age);
            if gone == f64::NEG_INFINITY {
                return [1.0; 3];
            }
            around_probability(gone, self.error_along(&slope), reach)
        })
    }

    /// Probability that each customer is still alive `time` after the end of observation, whatever
    /// they buy until then.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite.
    pub fn probability_alive_after(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        check_time(time)?;
        let survival = |parameters: &M::Parameters, phase: usize, x: f64, age: f64| {
            parameters.if_alive(phase, x, age).survival(time)
        };
        let ahead = Ahead::new(self, histories, &survival);
        let reach = reach(self.level);
        Ok(self.each(histories, |x, t_x, age| {
            let (alive, slope) = ahead.at(x, t_x, age);
            let gone = 1.0 - alive;
            // Too close to an end for odds.
            if gone < 1e-12 || alive < f64::MIN_POSITIVE {
                return [alive; 3];
            }
            let error = self.error_along(&slope) / gone;
            around_probability((gone / alive).ln(), error, reach)
        }))
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
        check_time(time)?;
        Ok(self.weighed_purchases(histories, &[(time, 1.0)]))
    }

    /// Expected purchases of each customer within the horizon, each counted at what it is worth
    /// today: discounted expected residual transactions, cut off at the horizon if it ends.
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
        Ok(self.weighed_purchases(histories, &horizon.factors()))
    }

    fn weighed_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        factors: &[(f64, f64)],
    ) -> Predicted {
        let mean = weighed(factors);
        let ahead = Ahead::new(self, histories, &mean);
        let reach = reach(self.level);
        self.each(histories, |x, t_x, age| {
            let (mean, slope) = ahead.at(x, t_x, age);
            around_positive(mean, self.error_along(&slope), reach)
        })
    }

    /// Probability that each customer makes exactly `count` purchases in the next `time`.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite.
    pub fn probability_of(
        &self,
        histories: &CheckedHistories<'_>,
        count: u32,
        time: f64,
    ) -> Result<Predicted, Error> {
        if count == 0 {
            return Ok(self.probability_of_purchase(histories, time)?.complement());
        }
        check_time(time)?;
        Ok(self.share_ahead(histories, |parameters, phase, x, age| {
            parameters.if_alive(phase, x, age).count(count, time)
        }))
    }

    /// Probability of something that only customers who are alive do.
    pub(crate) fn share_ahead(
        &self,
        histories: &CheckedHistories<'_>,
        if_alive: impl Fn(&M::Parameters, usize, f64, f64) -> f64 + Sync,
    ) -> Predicted {
        let ahead = Ahead::new(self, histories, &if_alive);
        let reach = reach(self.level);
        self.each(histories, |x, t_x, age| {
            let (share, slope) = ahead.at(x, t_x, age);
            around_share(share, self.error_along(&slope), reach)
        })
    }

    /// Probability that a new customer makes exactly `count` repeat purchases within `time` of the
    /// first.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite.
    pub fn probability_of_new(&self, count: u32, time: f64) -> Result<Estimate, Error> {
        check_time(time)?;
        let (value, slope) = self.of_new(|parameters| parameters.new_count(count, time));
        let [value, low, high] = around_share(value, self.error_along(&slope), reach(self.level));
        Ok(self.estimate(value, low, high))
    }

    /// Expected repeat purchases of a new customer within `time` of the first purchase.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite.
    pub fn expected_new(&self, time: f64) -> Result<Estimate, Error> {
        check_time(time)?;
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
        let [value, low, high] = around_positive(mean, self.error_along(&slope), reach(self.level));
        self.estimate(value, low, high)
    }

    /// What a new customer will buy, and the derivatives of its logarithm.
    pub(crate) fn new_with_slope(&self, factors: &[(f64, f64)]) -> (f64, Vector<D>) {
        self.of_new(|parameters| parameters.new_weighed(factors))
    }

    /// A number that follows from the parameters alone, and the derivatives of its logarithm.
    fn of_new(&self, number: impl Fn(&M::Parameters) -> f64) -> (f64, Vector<D>) {
        relative(with_slope(&self.parameters, number))
    }

    /// Standard error of what has these derivatives per logarithm of a parameter.
    pub(crate) fn error_along(&self, slope: &Vector<D>) -> f64 {
        quadratic(&self.log_covariance, slope).sqrt()
    }

    /// The same fit as it is for customers of one kind: with other parameters, whose logarithms have
    /// this covariance (0 for one that is not settled).
    pub(crate) fn of_kind(&self, parameters: M::Parameters, log_covariance: Matrix<D>) -> Self {
        let (values, reach) = (parameters.values(), reach(self.level));
        let error = |i: usize| log_covariance[i][i].sqrt();
        let is_settled = |i: usize| error(i) > 0.0 && error(i) <= 2.0 * UNSETTLED;
        let estimates: [Estimate; D] = std::array::from_fn(|i| {
            if !is_settled(i) {
                return Estimate::without(values[i], NoInterval::NotIdentified);
            }
            let [value, low, high] = around_positive(values[i], error(i), reach);
            self.estimate(value, low, high)
        });
        Self {
            name: self.name.clone(),
            parameters,
            estimates: self.estimates.with_parameters(&estimates),
            standard_errors: std::array::from_fn(|i| is_settled(i).then(|| values[i] * error(i))),
            diagnosis: self.diagnosis.clone(),
            log_covariance,
            ..*self
        }
    }

    fn estimate(&self, value: f64, low: f64, high: f64) -> Estimate {
        Estimate::between(value, low, high, self.level, Method::Delta)
    }

    /// A column of `[value, low, high]` of each customer.
    pub(crate) fn each(
        &self,
        histories: &CheckedHistories<'_>,
        of_customer: impl Fn(f64, f64, f64) -> [f64; 3] + Sync,
    ) -> Predicted {
        let columns = histories.rows();
        let parts = chunks(histories.len(), |range| {
            range
                .map(|row| {
                    of_customer(
                        columns.frequency[row],
                        columns.recency[row],
                        columns.age[row],
                    )
                })
                .collect()
        });
        Predicted::from_parts(parts, self.level)
    }
}

pub(crate) fn check_time(time: f64) -> Result<(), Error> {
    let sensible = time.is_finite() && time >= 0.0;
    require(sensible, "time", time, "expected at least 0")
}

/// `[value, low, high]` of a probability whose logarithm has this standard error.
fn around_share(share: f64, log_error: f64, reach: f64) -> [f64; 3] {
    around_positive(share, log_error, reach).map(|end| end.min(1.0))
}

/// A number of customers alive in a phase with x purchases at an age, from the parameters.
pub(crate) type OfAlive<'a, P> = &'a (dyn Fn(&P, usize, f64, f64) -> f64 + Sync);

/// Purchases to come of an alive customer, weighed by `factors`.
pub(crate) fn weighed<P: Law<D>, const D: usize>(
    factors: &[(f64, f64)],
) -> impl Fn(&P, usize, f64, f64) -> f64 + Sync {
    move |parameters, phase, x, age| parameters.means_if_alive(phase, x, age, factors)[1]
}

/// A number that alive customers have ahead of them, with derivatives per logarithm of a
/// parameter, for one phase, frequency and age.
type WithSlope<'a, const D: usize> = Box<dyn Fn(usize, f64, f64) -> Numbers<D> + Sync + 'a>;

/// What customers have ahead of them: nothing once they have left.
pub(crate) struct Ahead<'a, M: PurchaseModel<D>, const D: usize> {
    parameters: &'a M::Parameters,
    curves: Curves<WithSlope<'a, D>, D>,
}

impl<'a, M: PurchaseModel<D>, const D: usize> Ahead<'a, M, D> {
    pub(crate) fn new(
        fitted: &'a FittedPurchases<M, D>,
        histories: &CheckedHistories<'_>,
        if_alive: OfAlive<'a, M::Parameters>,
    ) -> Self {
        let parameters = &fitted.parameters;
        let exact: WithSlope<'a, D> = Box::new(move |phase, x, age| {
            with_slope(parameters, |moved| if_alive(moved, phase, x, age))
        });
        let columns = histories.rows();
        let curves = Curves::new(
            columns.frequency,
            columns.age,
            parameters.phases(),
            parameters.time_scale(),
            (NEGLIGIBLE, [NEGLIGIBLE_SLOPE; D]),
            exact,
        );
        Self { parameters, curves }
    }

    /// The number of a customer, and the derivatives of its logarithm.
    pub(crate) fn at(&self, frequency: f64, recency: f64, age: f64) -> (f64, Vector<D>) {
        let (value, mut slope) = relative(self.if_alive(frequency, recency, age));
        let (gone, odds) = self.parameters.log_odds_with_slope(frequency, recency, age);
        if gone == f64::NEG_INFINITY {
            return (value, slope);
        }
        let alive = 1.0 / (1.0 + gone.exp());
        for i in 0..D {
            slope[i] -= (1.0 - alive) * odds[i];
        }
        (alive * value, slope)
    }

    /// The number of a customer who is alive, and its derivatives: those of each phase and those of
    /// how likely it is.
    fn if_alive(&self, frequency: f64, recency: f64, age: f64) -> Numbers<D> {
        let mut mean = (0.0, [0.0; D]);
        let add = |phase: usize, share: f64, of_share: &Vector<D>| {
            let (value, slope) = self.curves.at(phase, frequency, age);
            mean.0 += share * value;
            for i in 0..D {
                mean.1[i] += share * slope[i] + of_share[i] * value;
            }
        };
        self.parameters.each_phase(frequency, recency, age, add);
        mean
    }
}

/// A number with the derivatives of its logarithm, from those of the number.
fn relative<const D: usize>((value, slope): Numbers<D>) -> Numbers<D> {
    let of = |slope: f64| if value > 0.0 { slope / value } else { 0.0 };
    (value, slope.map(of))
}

/// A number and its derivatives per logarithm of a parameter, by differences.
pub(crate) fn with_slope<P: Law<D>, const D: usize>(
    parameters: &P,
    number: impl Fn(&P) -> f64,
) -> Numbers<D> {
    let slope = |i: usize| {
        let moved = |step: f64| number(&parameters.moved(i, step));
        (moved(STEP) - moved(-STEP)) / (2.0 * STEP)
    };
    (number(parameters), std::array::from_fn(slope))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::{
        BetaGeo, BetaGeoParameters, ModifiedBetaGeo, ParetoNbd, ParetoNbdParameters,
    };

    #[test]
    fn each_model_has_a_schema_of_its_own() {
        assert_eq!(FittedPurchases::<BetaGeo>::schema_name(), "FittedBetaGeo");
        let other = FittedPurchases::<ModifiedBetaGeo>::schema_name();
        assert_eq!(other, "FittedModifiedBetaGeo");
        assert_eq!(
            FittedPurchases::<ParetoNbd>::schema_name(),
            "FittedParetoNbd"
        );
    }

    #[test]
    fn all_purchases_to_come_match_the_closed_form() {
        let factors = Horizon::of_weeks(f64::INFINITY, 0.1).factors();
        let of = |alive: f64, if_alive: f64, expected: f64| {
            let found = alive * if_alive;
            assert!((found / expected - 1.0).abs() < 1e-8, "{found} {expected}");
        };
        // Equation 2 of Fader, Hardie, Lee (2005), RFM and CLV, Journal of Marketing Research 42(4),
        // with the confluent hypergeometric function of SciPy.
        let pareto = ParetoNbdParameters {
            r: 0.553,
            alpha: 10.578,
            s: 0.606,
            beta: 11.669,
        };
        let [_, to_come] = pareto.means_if_alive(0, 2.0, 38.86, &factors);
        of(pareto.alive(2.0, 30.43, 38.86), to_come, 8.174666047505937);
        // Twofold numerical integration (SciPy).
        let beta_geo = BetaGeoParameters {
            r: 0.243,
            alpha: 4.414,
            a: 0.793,
            b: 2.426,
        };
        let [_, to_come] = beta_geo.means_if_alive(0, 2.0, 38.86, &factors);
        of(
            beta_geo.alive(2.0, 30.43, 38.86),
            to_come,
            6.371743000178179,
        );
    }
}
