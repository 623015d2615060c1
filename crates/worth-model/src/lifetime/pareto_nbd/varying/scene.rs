//! A fitted model before the customers that are asked about: how their rows are worked through, and how
//! sure each number is.

use super::ahead::{Alive, Room};
use super::customers::{CheckedDatedHistories, Group};
use super::fitted::FittedParetoNbdVarying;
use super::integral::{BASE, Numbers};
use super::jet::Jet;
use super::path::Path;
use super::standing::{Customers, Standing};
use super::timelines::Timelines;
use crate::error::{Error, require};
use crate::estimate::reach;
use crate::lifetime::Predicted;

/// Step in a parameter for derivatives of what has no simple ones.
const STEP: f64 = 1e-4;

/// Customers, and a model that speaks of them.
pub(super) struct Scene<'a> {
    pub(super) fitted: &'a FittedParetoNbdVarying,
    pub(super) customers: Customers<'a>,
    pub(super) numbers: Numbers,
    pub(super) reach: f64,
    /// The parameters as the fit has them, and steps for derivatives by them.
    point: Vec<f64>,
    steps: Vec<f64>,
}

/// What is known of a customer while they are looked at.
pub(super) struct Seen<'a> {
    pub(super) alive: Alive<'a>,
    pub(super) standing: &'a Standing,
    /// Likelihood of being still there or having left since the last purchase.
    pub(super) either: &'a Jet,
    /// What was found out about the group.
    pub(super) room: &'a Room,
    pub(super) row: usize,
}

impl FittedParetoNbdVarying {
    /// These customers, as far as `ahead` beyond the end of observation.
    pub(super) fn scene<'a>(
        &'a self,
        customers: &'a CheckedDatedHistories<'a>,
        ahead: f64,
    ) -> Result<Scene<'a>, Error> {
        let covariates = customers.columns.covariates;
        self.check_covariates(covariates)?;
        let numbers = self.parameters.numbers(covariates);
        let largest = covariates.largest();
        let acting = numbers
            .buying
            .covariates
            .iter()
            .chain(&numbers.leaving.covariates);
        let of_coefficients = acting.map(|&covariate| STEP / largest[covariate]);
        Ok(Scene {
            fitted: self,
            point: self.parameters.point(),
            steps: [STEP; BASE].into_iter().chain(of_coefficients).collect(),
            numbers,
            customers: Customers {
                ahead,
                ..Customers::now(customers)
            },
            reach: reach(self.level),
        })
    }

    /// Fails unless these are the covariates that the model was fitted to.
    pub(super) fn check_covariates(&self, covariates: &Timelines) -> Result<(), Error> {
        let given = covariates.names.iter().zip(&covariates.acts_on);
        let same = self
            .acts_on
            .iter()
            .map(|(name, acts_on)| (name, acts_on))
            .eq(given);
        let expected = "expected the covariates that the model was fitted to, in their order";
        require(same, "covariates", covariates.names.len() as f64, expected)?;
        self.parameters.check(covariates)
    }

    /// Standard error of what has these derivatives by the parameters themselves.
    pub(super) fn error(&self, base: &[f64; BASE], slope: impl Fn(usize) -> f64) -> f64 {
        let size = self.covariance.len();
        // By the logarithms of the first four.
        let slope = |i: usize| slope(i) * base.get(i).copied().unwrap_or(1.0);
        let sum = |row: &Vec<f64>| (0..size).map(|j| row[j] * slope(j)).sum::<f64>();
        let variance: f64 = (0..size).map(|i| slope(i) * sum(&self.covariance[i])).sum();
        variance.max(0.0).sqrt()
    }
}

impl Seen<'_> {
    pub(super) fn probability_alive(&self) -> f64 {
        (self.standing.there.log - self.either.log).exp()
    }
}

impl Scene<'_> {
    /// A column of `[value, low, high]` of each customer: `of_group` finds out what customers with the
    /// same past have in common, `of_customer` the rest.
    pub(super) fn each(
        &self,
        of_group: impl Fn(Alive<'_>, &mut Room) + Sync,
        of_customer: impl Fn(&Seen<'_>) -> [f64; 3] + Sync,
    ) -> Predicted {
        let parts = self.visit(of_group, Vec::new, |rows, seen| {
            rows.push((seen.row, of_customer(seen)));
        });
        Predicted::from_parts(vec![in_order(parts)], self.fitted.level)
    }

    /// Sees every customer, group by group, and returns what was found, chunk by chunk.
    pub(super) fn visit<T: Send>(
        &self,
        of_group: impl Fn(Alive<'_>, &mut Room) + Sync,
        nothing: impl Fn() -> T + Sync,
        see: impl Fn(&mut T, &Seen<'_>) + Sync,
    ) -> Vec<T> {
        let size = self.numbers.size();
        self.customers.in_chunks(|groups| {
            let mut standing = Standing::new(size, false);
            let mut either = Jet::new(size, false);
            let mut room = Room::new(size);
            let mut found = nothing();
            for group in groups {
                standing.turn_to(&self.customers, &self.numbers, group);
                of_group(self.alive(group, &standing.path), &mut room);
                standing.each(&self.customers, &self.numbers, group, |standing, places| {
                    either.copy(&standing.there);
                    either.add(&standing.gone);
                    for row in self.customers.rows(places) {
                        let alive = self.alive(group, &standing.path);
                        let (either, room) = (&either, &room);
                        see(
                            &mut found,
                            &Seen {
                                alive,
                                standing,
                                either,
                                room,
                                row,
                            },
                        );
                    }
                });
            }
            found
        })
    }

    /// Members of a group, alive at the end of observation.
    fn alive<'a>(&'a self, group: &'a Group, path: &'a Path) -> Alive<'a> {
        Alive {
            numbers: &self.numbers,
            path,
            group,
        }
    }

    /// The logarithm of a number of a customer, nought for those who have left, and its standard error.
    pub(super) fn relative(&self, seen: &Seen<'_>) -> (f64, f64) {
        let (number, either) = (&seen.room.number, seen.either);
        let error = self.error(|i| number.slope[i] - either.slope[i]);
        (number.log - either.log, error)
    }

    /// Finds out a number of customers who are alive that has no simple derivatives.
    pub(super) fn by_differences(
        &self,
        alive: Alive<'_>,
        room: &mut Room,
        number: impl Fn(Alive<'_>, &mut Vec<f64>) -> f64,
    ) {
        alive.there_after(0.0, room);
        let value = number(alive, &mut room.counts);
        let slope = self.differences(|numbers| {
            self.customers
                .lay(&mut room.path, numbers, alive.group, false);
            let path = &room.path;
            number(
                Alive {
                    numbers,
                    path,
                    ..alive
                },
                &mut room.counts,
            )
        });
        if value > 0.0 {
            for (log_slope, slope) in room.number.slope.iter_mut().zip(slope) {
                *log_slope += slope / value;
            }
        }
        room.number.log += value.ln();
    }

    /// Derivatives by the parameters themselves, by differences.
    pub(super) fn differences(&self, mut number: impl FnMut(&Numbers) -> f64) -> Vec<f64> {
        let covariates = self.customers.all.columns.covariates;
        let mut moved = |i: usize, step: f64| {
            let mut point = self.point.clone();
            point[i] += step;
            number(&Numbers::at_point(&point, covariates))
        };
        let base = |i: usize| self.numbers.base.get(i).copied().unwrap_or(1.0);
        let steps = self.steps.iter().enumerate();
        steps
            .map(|(i, &step)| (moved(i, step) - moved(i, -step)) / (2.0 * step * base(i)))
            .collect()
    }

    /// Standard error of what has these derivatives by the parameters themselves.
    pub(super) fn error(&self, slope: impl Fn(usize) -> f64) -> f64 {
        self.fitted.error(&self.numbers.base, slope)
    }
}

/// Puts what was found out about customers, chunk by chunk, in the order of the histories.
pub(super) fn in_order<T: Copy>(parts: Vec<Vec<(usize, T)>>) -> Vec<T> {
    let found = parts.concat();
    let mut column: Vec<T> = found.iter().map(|(_, own)| *own).collect();
    for (row, own) in found {
        column[row] = own;
    }
    column
}
