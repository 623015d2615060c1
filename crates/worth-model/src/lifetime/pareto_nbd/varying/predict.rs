//! What the fitted model says of customers, given what covariates were and will be, and of new ones.
//!
//! The covariates of the time to come are in the [`Timelines`] of the customers asked about: rows that
//! reach beyond today are a plan, where there is none a covariate is 0, and a row without an end lasts.

use super::ahead::{Alive, Room};
use super::customers::{CheckedDatedHistories, DatedHistories};
use super::fitted::FittedParetoNbdVarying;
use super::scene::{Seen, in_order};
use super::timelines::Timelines;
use crate::error::Error;
use crate::estimate::Estimate;
use crate::lifetime::chance::{looked_at, quantile};
use crate::lifetime::fitted::check_time;
use crate::lifetime::hindsight::{Hindsight, check_actual};
use crate::lifetime::horizon::Horizon;
use crate::lifetime::predicted::{around_positive, around_probability};
use crate::lifetime::{Histories, Predicted};

impl FittedParetoNbdVarying {
    /// Probability that each customer is still alive at the end of observation.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when the customers have other covariates than the model.
    pub fn probability_alive(
        &self,
        customers: &CheckedDatedHistories<'_>,
    ) -> Result<Predicted, Error> {
        let scene = self.scene(customers, 0.0)?;
        let of_customer = |Seen { standing, .. }: &Seen<'_>| {
            let (there, gone) = (&standing.there, &standing.gone);
            if gone.log == f64::NEG_INFINITY {
                return [1.0; 3];
            }
            let error = scene.error(|i| gone.slope[i] - there.slope[i]);
            around_probability(gone.log - there.log, error, scene.reach)
        };
        Ok(scene.each(|_, _| (), of_customer))
    }

    /// Probability that each customer is still alive `time` after the end of observation, whatever
    /// they buy until then.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite, or the customers have other covariates
    /// than the model.
    pub fn probability_alive_after(
        &self,
        customers: &CheckedDatedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        check_time(time)?;
        let scene = self.scene(customers, time)?;
        let of_customer = |seen: &Seen<'_>| {
            let (log, error) = scene.relative(seen);
            let (alive, gone) = (log.exp(), -log.exp_m1());
            // Too close to an end for odds.
            if gone < 1e-12 || alive < f64::MIN_POSITIVE {
                return [alive; 3];
            }
            around_probability((gone / alive).ln(), error / gone, scene.reach)
        };
        Ok(scene.each(|alive, room| alive.there_after(time, room), of_customer))
    }

    /// Expected purchases of each customer in the next `time`, in the unit of the histories.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite, or the customers have other covariates
    /// than the model.
    pub fn expected_purchases(
        &self,
        customers: &CheckedDatedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        check_time(time)?;
        self.weighed_purchases(customers, &[(time, 1.0)])
    }

    /// Purchases of each customer in the next `time`: how many are expected, and between which whole
    /// numbers they will be. [`Self::expected_purchases`] has the same numbers with intervals for the
    /// expectation.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite, or the customers have other covariates
    /// than the model.
    pub fn predicted_purchases(
        &self,
        customers: &CheckedDatedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        let mut predicted = self.expected_purchases(customers, time)?;
        let scene = self.scene(customers, time)?;
        let (most, tail) = (looked_at(self.level), (1.0 - self.level) / 2.0);
        let of_group = |alive: Alive<'_>, room: &mut Room| {
            alive.counts_until(time, most, &mut room.counts);
        };
        let of_customer = |rows: &mut Vec<(usize, [f64; 2])>, seen: &Seen<'_>| {
            let alive = seen.probability_alive();
            // Those who have left buy nothing.
            let if_alive = |part: f64| (part - (1.0 - alive)) / alive;
            let ends = [tail, 1.0 - tail].map(|part| quantile(&seen.room.counts, if_alive(part)));
            rows.push((seen.row, ends));
        };
        let ends = in_order(scene.visit(of_group, Vec::new, of_customer));
        predicted.widen_to_counts(&ends);
        Ok(predicted)
    }

    /// Expected purchases of each customer within the horizon, each counted at what it is worth
    /// today.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a horizon that makes no sense, or when the customers have other covariates
    /// than the model.
    pub fn discounted_purchases(
        &self,
        customers: &CheckedDatedHistories<'_>,
        horizon: &Horizon,
    ) -> Result<Predicted, Error> {
        horizon.check()?;
        self.weighed_purchases(customers, &horizon.factors())
    }

    fn weighed_purchases(
        &self,
        customers: &CheckedDatedHistories<'_>,
        factors: &[(f64, f64)],
    ) -> Result<Predicted, Error> {
        let ahead = factors.last().map_or(0.0, |&(time, _)| time);
        let scene = self.scene(customers, ahead)?;
        let of_customer = |seen: &Seen<'_>| {
            let (log, error) = scene.relative(seen);
            around_positive(log.exp(), error, scene.reach)
        };
        Ok(scene.each(|alive, room| alive.purchases(factors, room), of_customer))
    }

    /// Probability that each customer makes exactly `count` purchases in the next `time`.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite, or the customers have other covariates
    /// than the model.
    pub fn probability_of(
        &self,
        customers: &CheckedDatedHistories<'_>,
        count: u32,
        time: f64,
    ) -> Result<Predicted, Error> {
        if count > 0 {
            return self.share_ahead(customers, time, count as usize + 1, |counts| {
                counts.last().copied().unwrap_or(0.0)
            });
        }
        let mut any = self.probability_of_purchase(customers, time)?;
        for column in [&mut any.value, &mut any.low, &mut any.high] {
            column.iter_mut().for_each(|share| *share = 1.0 - *share);
        }
        std::mem::swap(&mut any.low, &mut any.high);
        Ok(any)
    }

    /// Probability that each customer buys at least once in the next `time`.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite, or the customers have other covariates
    /// than the model.
    pub fn probability_of_purchase(
        &self,
        customers: &CheckedDatedHistories<'_>,
        time: f64,
    ) -> Result<Predicted, Error> {
        self.share_ahead(customers, time, 1, |counts| 1.0 - counts[0])
    }

    /// Probability of something that only customers who are alive do, from the probabilities of 0, 1 …
    /// purchases, as many as `counts`.
    fn share_ahead(
        &self,
        customers: &CheckedDatedHistories<'_>,
        time: f64,
        counts: usize,
        share: impl Fn(&[f64]) -> f64 + Sync,
    ) -> Result<Predicted, Error> {
        check_time(time)?;
        let scene = self.scene(customers, time)?;
        let of_group = |alive: Alive<'_>, room: &mut Room| {
            scene.by_differences(alive, room, |alive, probabilities| {
                probabilities.resize(counts, 0.0);
                alive.counts(time, probabilities);
                share(probabilities)
            });
        };
        let of_customer = |seen: &Seen<'_>| {
            let (log, error) = scene.relative(seen);
            around_positive(log.exp(), error, scene.reach).map(|end| end.min(1.0))
        };
        Ok(scene.each(of_group, of_customer))
    }

    /// Expected repeat purchases within `time` of the first of a customer who begins at `start` and has
    /// no covariates of their own. (For one who has, ask for the purchases of a history without a
    /// repeat and of age 0.)
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite, or these are other covariates than those
    /// of the model; [`Error::Row`] when `start` is no time.
    pub fn expected_new(
        &self,
        covariates: &Timelines,
        start: f64,
        time: f64,
    ) -> Result<Estimate, Error> {
        of_new(covariates, start, |new| self.expected_purchases(new, time))
    }

    /// The same within a horizon, at what purchases are worth on the day of the first, which is not
    /// among them.
    ///
    /// # Errors
    ///
    /// As [`Self::expected_new`], and [`Error::Setting`] for a horizon that makes no sense.
    pub fn discounted_new(
        &self,
        covariates: &Timelines,
        start: f64,
        horizon: &Horizon,
    ) -> Result<Estimate, Error> {
        of_new(covariates, start, |new| {
            self.discounted_purchases(new, horizon)
        })
    }

    /// Probability that such a customer makes exactly `count` repeat purchases within `time`.
    ///
    /// # Errors
    ///
    /// As [`Self::expected_new`].
    pub fn probability_of_new(
        &self,
        covariates: &Timelines,
        start: f64,
        count: u32,
        time: f64,
    ) -> Result<Estimate, Error> {
        of_new(covariates, start, |new| {
            self.probability_of(new, count, time)
        })
    }

    /// What the model had said of the next `time` of each customer, of whom it is now known how many
    /// purchases they made in it (`actual`, one whole number per customer).
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite, or the customers have other covariates
    /// than the model; [`Error::Length`] or [`Error::Row`] when `actual` does not fit.
    pub fn hindsight(
        &self,
        customers: &CheckedDatedHistories<'_>,
        time: f64,
        actual: &[f64],
    ) -> Result<Vec<Hindsight>, Error> {
        check_time(time)?;
        check_actual(&customers.columns.histories, actual)?;
        let scene = self.scene(customers, time)?;
        let of_customer = |rows: &mut Vec<(usize, Hindsight)>, seen: &Seen<'_>| {
            let alive = seen.probability_alive();
            let mut probabilities = vec![0.0; actual[seen.row] as usize + 1];
            seen.alive.counts(time, &mut probabilities);
            probabilities
                .iter_mut()
                .for_each(|probability| *probability *= alive);
            probabilities[0] += 1.0 - alive;
            let expected = (seen.room.number.log - seen.either.log).exp();
            rows.push((seen.row, Hindsight::of(expected, &probabilities)));
        };
        let of_group = |alive: Alive<'_>, room: &mut Room| alive.purchases(&[(time, 1.0)], room);
        Ok(in_order(scene.visit(of_group, Vec::new, of_customer)))
    }
}

/// What is said of a customer who begins at `start`.
fn of_new(
    covariates: &Timelines,
    start: f64,
    predict: impl FnOnce(&CheckedDatedHistories<'_>) -> Result<Predicted, Error>,
) -> Result<Estimate, Error> {
    let none = Histories {
        frequency: &[0.0],
        recency: &[0.0],
        age: &[0.0],
        ..Histories::default()
    };
    let new = DatedHistories {
        histories: none.check()?,
        start: &[start],
        covariates: &covariates.of_everyone(),
    };
    Ok(predict(&new.check()?)?.estimate(0))
}
