//! Fitting groups: find the middle and how much groups differ, then what each is like, and say how it
//! went.

use super::super::counted::Counted;
use super::super::diagnosis::Diagnosis;
use super::super::fitted::FittedPurchases;
use super::super::fitting::{Found, UNSETTLED, dense_covariance};
use super::super::histories::CheckedHistories;
use super::super::laws::Together;
use super::super::predicted::around_positive;
use super::super::purchases_fit::{Fit, START_ON, Search};
use super::fitted::{law_of, unknown};
use super::marginal::{Mode, Pool, moved, split};
use super::{
    CheckedGroups, FittedPooled, GroupDeviations, GroupEffect, Pooled, PooledGroup, Pooling,
};
use crate::columns::check_length;
use crate::dense::quadratic;
use crate::error::Error;
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::newton::{DenseOptimum, Side, climb};
use crate::parallel::blocks;

/// Where the search for variances between groups starts: groups differ by about a third …
const START: f64 = 0.1;
/// … and how far it goes: by a factor of e^3.
const MOST_VARIANCE: f64 = 9.0;
/// With fewer groups there is little to learn of how much groups differ: A. Gelman, J. Hill (2007), Data
/// Analysis Using Regression and Multilevel/Hierarchical Models, section 12.9.
const ENOUGH_GROUPS: usize = 5;

pub(super) fn fit<M: Fit<D>, const D: usize>(
    spec: &Pooled<M>,
    histories: &CheckedHistories<'_>,
    groups: &CheckedGroups<'_>,
) -> Result<FittedPooled<M, D>, Error> {
    let of_row = groups.rows().of_row;
    check_length("groups", of_row.len(), histories.len())?;
    let plain = Search::new(&spec.model, histories)?;
    let pooled = |step: usize| Pool {
        model: plain.model(),
        data: Counted::by_kind(histories, plain.unit, of_row, step),
    };
    let pool = pooled(1);
    let optimum = search(&plain, &pool, pooled);
    let covariance = covariance::<D>(&optimum);
    let told = Told {
        plain: &plain,
        pool: &pool,
        optimum: &optimum,
        covariance: &covariance,
    };
    Ok(told.fitted(groups.rows().names))
}

/// Theta and lambda of highest marginal likelihood, from the plain model's parameters. Of many rows,
/// first for every so many-th.
fn search<'a, M: Fit<D>, const D: usize>(
    plain: &Search<'_, M, D>,
    pool: &Pool<'a, M>,
    pooled: impl Fn(usize) -> Pool<'a, M>,
) -> DenseOptimum {
    let (_, most_iterations) = plain.model().settings();
    let with = |middle: [f64; D], variance: f64| -> Vec<f64> {
        // One group cannot differ from others.
        let variance = if pool.data.len() > 1 { variance } else { 0.0 };
        middle.into_iter().chain([variance; 2]).collect()
    };
    let lower = with(M::FRAME.least.map(f64::ln), 0.0);
    let upper = with(M::FRAME.most.map(f64::ln), MOST_VARIANCE);
    let climb_on = |pool: &Pool<'_, M>, start: &[f64]| {
        let function = |unknowns: &[f64]| pool.evaluate::<D>(unknowns);
        climb(function, start, &lower, &upper, most_iterations)
    };
    let mut start = with(plain.logarithms(), START);
    let step = pool.rows().div_ceil(START_ON);
    if step > 3 {
        start = climb_on(&pooled(step), &start).point;
    }
    climb_on(pool, &start)
}

/// Covariance of theta and lambda; 0 for what is at an edge, and for variances of which nothing is known.
fn covariance<const D: usize>(optimum: &DenseOptimum) -> Vec<f64> {
    let is_inside = |side: &Side| *side == Side::Inside;
    let mut settled: Vec<bool> = optimum.sides.iter().map(is_inside).collect();
    let information = optimum.at.information();
    let covariance = dense_covariance(&information, &settled);
    for u in D..D + 2 {
        let error = covariance[u * (D + 2) + u].sqrt();
        settled[u] &= deviation_error(optimum.point[u], error) < 2.0 * UNSETTLED;
    }
    dense_covariance(&information, &settled)
}

/// Standard error of the logarithm of a standard deviation, from that of its square.
fn deviation_error(variance: f64, error: f64) -> f64 {
    error / (2.0 * variance)
}

/// A search that has ended, to be told in the units of the caller.
struct Told<'a, M: Fit<D>, const D: usize> {
    /// All customers alike.
    plain: &'a Search<'a, M, D>,
    pool: &'a Pool<'a, M>,
    optimum: &'a DenseOptimum,
    covariance: &'a [f64],
}

impl<M: Fit<D>, const D: usize> Told<'_, M, D> {
    fn fitted(&self, names: &[&str]) -> FittedPooled<M, D> {
        let (middle, variance) = split::<D>(&self.optimum.point);
        let modes = blocks(self.pool.data.iter().map(|(_, data)| data.len()), |range| {
            let of = |(_, data): &(usize, Counted)| self.pool.mode(data, &middle, &variance);
            self.pool.data[range].iter().map(of).collect::<Vec<_>>()
        });
        let modes: Vec<Mode<D>> = modes.into_iter().flatten().collect();
        let mut known = vec![None; names.len()];
        for ((place, data), mode) in self.pool.data.iter().zip(&modes) {
            known[*place] = Some((data, mode));
        }
        let groups = names.iter().zip(known);
        let plain = self.plain.fitted();
        let found = M::FRAME.known_first(self.optimum, self.covariance);
        FittedPooled {
            deviations: GroupDeviations {
                purchases: self.deviation(0),
                leaving: self.deviation(1),
            },
            pooling: self.pooling(&found, &plain),
            null_log_likelihood: plain.log_likelihood,
            reference: self.reference(&found, plain, &modes),
            groups: groups
                .map(|(name, known)| self.group(name, known))
                .collect(),
            covariance: (self.covariance.chunks(D + 2).map(<[f64]>::to_vec)).collect(),
        }
    }

    /// What can be said of differences.
    fn pooling(&self, found: &Found<D>, plain: &FittedPurchases<M, D>) -> Pooling {
        let groups = self.pool.data.len();
        if groups < 2 {
            Pooling::OneGroup
        } else if found.is_as_good(plain.log_likelihood - self.plain.log_unit()) {
            Pooling::Alike
        } else if groups < ENOUGH_GROUPS {
            Pooling::FewGroups {
                groups,
                groups_needed: ENOUGH_GROUPS,
            }
        } else {
            Pooling::Differ
        }
    }

    /// The law of the middle, and how the whole fit went.
    fn reference(
        &self,
        found: &Found<D>,
        plain: FittedPurchases<M, D>,
        modes: &[Mode<D>],
    ) -> FittedPurchases<M, D> {
        let model = self.plain.model();
        let (middle, _) = split::<D>(&self.optimum.point);
        let groups: Vec<_> = self.pool.data.iter().zip(modes).collect();
        let parts = blocks(groups.iter().map(|((_, data), _)| data.len()), |range| {
            let mut sum = Together::new(D + 2);
            for ((_, data), mode) in &groups[range] {
                let logarithms = moved::<M, D>(&middle, &mode.effects);
                let parameters = model.parameters(logarithms.map(f64::exp));
                let law = law_of::<M, D>(parameters, &(along_of(mode), mode.spread));
                sum.add(data, &law);
            }
            sum
        });
        let mut sum = Together::new(D + 2);
        parts.iter().for_each(|part| sum.add_all(part));
        let (goodness, recency) = sum.judged(self.covariance);
        let parameters = self.plain.parameters(&found.values());
        FittedPurchases {
            log_likelihood: self.optimum.at.value + self.plain.log_unit(),
            diagnosis: Diagnosis {
                outcome: self.plain.outcome(found),
                iterations: self.optimum.iterations,
                goodness,
                recency: Some(recency),
            },
            ..plain.of_kind(parameters, found.log_covariance)
        }
    }

    /// A group with what is known of it: nothing if it has no customers.
    fn group(&self, name: &str, known: Option<(&Counted, &Mode<D>)>) -> PooledGroup {
        let (_, variance) = split::<D>(&self.optimum.point);
        let (mut customers, mut repeat_customers) = (0.0, 0.0);
        let (mut effects, mut along, mut covariance) = unknown::<D>(&variance);
        if let Some((data, mode)) = known {
            customers = data.customers;
            repeat_customers = data.above.first().copied().unwrap_or(0.0);
            (effects, along, covariance) = (mode.effects, along_of(mode), mode.spread);
        }
        let effect = |k: usize| {
            let error = (covariance[k][k] + quadratic(self.covariance, &along[k])).sqrt();
            self.effect(effects[k], error, (covariance[k][k], variance[k]))
        };
        PooledGroup {
            name: name.to_owned(),
            customers,
            repeat_customers,
            purchases: effect(0),
            leaving: effect(1),
            along,
            covariance,
        }
    }

    /// An effect with this standard error, from its variance given the data and that between groups.
    fn effect(&self, value: f64, error: f64, (given, between): (f64, f64)) -> GroupEffect {
        let (level, _) = self.plain.model().settings();
        if between == 0.0 {
            let without = |value: f64| Estimate::without(value, NoInterval::NotIdentified);
            return GroupEffect {
                effect: without(0.0),
                ratio: without(1.0),
                shrunk: 1.0,
            };
        }
        let [ratio, low, high] = around_positive(value.exp(), error, reach(level));
        GroupEffect {
            effect: Estimate::normal(value, error, level),
            ratio: Estimate::between(ratio, low, high, level, Method::Delta),
            shrunk: (given / between).min(1.0),
        }
    }

    /// The standard deviation of an effect between groups.
    fn deviation(&self, effect: usize) -> Estimate {
        let (level, _) = self.plain.model().settings();
        let u = D + effect;
        let variance = self.optimum.point[u];
        let value = variance.sqrt();
        let error = self.covariance[u * (D + 2) + u].sqrt();
        let groups = self.pool.data.len();
        if (2..ENOUGH_GROUPS).contains(&groups) {
            return Estimate::without(value, NoInterval::TooFew);
        }
        if error == 0.0 {
            return Estimate::without(value, NoInterval::NotIdentified);
        }
        let log_error = deviation_error(variance, error);
        let [value, low, high] = around_positive(value, log_error, reach(level));
        Estimate::between(value, low, high, level, Method::Delta)
    }
}

/// Derivatives of the effects of a group with respect to theta and lambda.
fn along_of<const D: usize>(mode: &Mode<D>) -> [Vec<f64>; 2] {
    std::array::from_fn(|k| [&mode.along_middle[k][..], &mode.along_variance[k]].concat())
}
