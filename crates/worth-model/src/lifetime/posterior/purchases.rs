//! Posteriors of purchase models, and what they say of single customers and of new ones: the same
//! whatever the model.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::fitted::{FittedPurchases, OfAlive, check_time, weighed};
use super::super::histories::CheckedHistories;
use super::super::horizon::Horizon;
use super::super::law::{Law, Prospect, PurchaseModel};
use super::super::predicted::Predicted;
use super::super::purchases_fit::{Fit, Search};
use super::averaged::ahead;
use super::diagnosis::SamplingDiagnosis;
use super::draws::{Draws, THINNED, average};
use super::sampled::{self, Scale, Streams};
use super::{GoesOn, Sampling};
use crate::error::Error;
use crate::estimate::{Estimate, Method};
use crate::symmetric::Vector;

/// The posterior of a purchase model.
///
/// Numbers of customers are averages over 400 of the draws, spread evenly; their intervals cover
/// what is not known of the parameters, not the chance in what a single customer does.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(bound(serialize = "[Option<f64>; D]: Serialize, [[f64; D]; D]: Serialize"))]
#[schemars(
    rename = "Posterior{M}",
    bound = "[Option<f64>; D]: JsonSchema, [[f64; D]; D]: JsonSchema, M: JsonSchema"
)]
pub struct PosteriorPurchases<M: PurchaseModel<D>, const D: usize = 4> {
    /// Medians of the parameters, with intervals.
    pub estimates: M::Estimates,
    /// How sampling went.
    pub diagnosis: SamplingDiagnosis,
    /// Probability that intervals are meant to hold.
    pub level: f64,
    /// The fit of highest likelihood to the same customers: its diagnosis says what the data
    /// settle, and whether they look like the model.
    pub fitted: FittedPurchases<M, D>,
    /// The draws.
    #[serde(skip)]
    pub draws: Draws<D>,
}

/// Fits the model, and draws from its posterior.
pub(in super::super) fn sample<M: Fit<D>, const D: usize>(
    spec: &M,
    histories: &CheckedHistories<'_>,
    sampling: &Sampling,
    goes_on: &GoesOn<'_>,
) -> Result<PosteriorPurchases<M, D>, Error> {
    sampling.check()?;
    let search = Search::new(spec, histories)?;
    let fitted = search.fitted();
    let scale = Scale {
        units: search.units(),
        log_unit: search.log_unit(),
    };
    let (draws, diagnosis) = sampled::sample(
        M::Parameters::NAMES,
        |parameters: &Vector<D>| search.evaluate(parameters),
        &scale,
        search.starts(),
        (sampling, goes_on),
        Streams::Purchases,
    );
    Ok(PosteriorPurchases {
        estimates: search.estimates(draws.estimates(fitted.level)),
        diagnosis,
        level: fitted.level,
        fitted,
        draws,
    })
}

impl<M: PurchaseModel<D>, const D: usize> PosteriorPurchases<M, D> {
    /// Probability that each customer is still alive at the end of observation.
    #[must_use]
    pub fn probability_alive(&self, histories: &CheckedHistories<'_>) -> Predicted {
        self.ahead(histories, &|_, _, _, _| 1.0)
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
        Ok(self.ahead(histories, &|law, phase, x, age| {
            law.if_alive(phase, x, age).survival(time)
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
        Ok(self.ahead(histories, &weighed(&[(time, 1.0)])))
    }

    /// Purchases of each customer in the next `time`: how many are expected, and between which
    /// whole numbers they will be. [`Self::expected_purchases`] has the same numbers with intervals
    /// for the expectation.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite.
    pub fn predicted_purchases(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        let expected = self.expected_purchases(histories, time)?;
        Ok(expected.with_chance_of_purchases(&self.middle(), histories, time))
    }

    /// Expected purchases of each customer within the horizon, each counted at what it is worth
    /// today.
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
        Ok(self.ahead(histories, &weighed(&horizon.factors())))
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
        check_time(time)?;
        if count == 0 {
            // Those who have left buy nothing either.
            let any = self.ahead(histories, &|law, phase, x, age| {
                1.0 - law.if_alive(phase, x, age).count(0, time)
            });
            return Ok(any.complement());
        }
        Ok(self.ahead(histories, &|law, phase, x, age| {
            law.if_alive(phase, x, age).count(count, time)
        }))
    }

    /// Expected repeat purchases of a new customer within `time` of the first purchase.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite.
    pub fn expected_new(&self, time: f64) -> Result<Estimate, Error> {
        check_time(time)?;
        Ok(self.of_new(|law| law.new_weighed(&[(time, 1.0)])))
    }

    /// Expected repeat purchases of a new customer within the horizon, at what they are worth on
    /// the day of the first purchase, which is not among them.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a horizon that makes no sense.
    pub fn discounted_new(&self, horizon: &Horizon) -> Result<Estimate, Error> {
        horizon.check()?;
        let factors = horizon.factors();
        Ok(self.of_new(|law| law.new_weighed(&factors)))
    }

    /// Probability that a new customer makes exactly `count` repeat purchases within `time` of the
    /// first.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite.
    pub fn probability_of_new(&self, count: u32, time: f64) -> Result<Estimate, Error> {
        check_time(time)?;
        Ok(self.of_new(|law| law.new_count(count, time)))
    }

    /// The medians: what counts as given where chance is looked at.
    pub(super) fn middle(&self) -> M::Parameters {
        self.fitted.parameters.with_values(self.draws.medians())
    }

    /// The parameters of at most so many draws, spread evenly over all.
    pub(super) fn laws(&self, most: usize) -> Vec<M::Parameters> {
        let law = |values| self.fitted.parameters.with_values(values);
        self.draws.thinned(most).map(law).collect()
    }

    fn ahead(
        &self,
        histories: &CheckedHistories<'_>,
        if_alive: OfAlive<'_, M::Parameters>,
    ) -> Predicted {
        ahead(
            &self.laws(THINNED),
            histories,
            if_alive,
            |_, _| 1.0,
            self.level,
        )
    }

    fn of_new(&self, number: impl Fn(&M::Parameters) -> f64) -> Estimate {
        let mut numbers: Vec<f64> = self.laws(THINNED).iter().map(number).collect();
        let [value, low, high] = average(&mut numbers, self.level);
        Estimate::between(value, low, high, self.level, Method::Posterior)
    }
}
