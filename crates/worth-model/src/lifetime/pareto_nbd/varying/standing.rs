//! How likely customers are still there at the end of observation, group by group.
//!
//! Customers of a group differ in the time of their last purchase alone. They are worked through from the
//! latest to the earliest, and the integral over the time of leaving grows on the way: each stretch of
//! time is integrated once for all of them.

use std::ops::Range;

use super::customers::{CheckedDatedHistories, Group};
use super::integral::{Numbers, Work};
use super::jet::Jet;
use super::path::{Path, Scope};
use crate::parallel::blocks;

/// A group is as much work as many rows without covariates.
const WORK_OF_GROUP: usize = 16;

/// Customers, and how they are looked at.
#[derive(Clone, Copy)]
pub(super) struct Customers<'a> {
    pub(super) all: &'a CheckedDatedHistories<'a>,
    /// What times are divided by.
    pub(super) unit: f64,
    /// Every so many-th customer is looked at, and stands for as many.
    pub(super) step: usize,
    /// How far paths go beyond the end of observation.
    pub(super) ahead: f64,
}

/// What customers of a group are like at the end of observation.
pub(super) struct Standing {
    pub(super) path: Path,
    /// Likelihood of being still there.
    pub(super) there: Jet,
    /// Likelihood of having left since the last purchase: none for someone who has just bought.
    pub(super) gone: Jet,
    pub(super) work: Work,
}

impl<'a> Customers<'a> {
    /// All of them, with paths that end now and times as they are.
    pub(super) fn now(all: &'a CheckedDatedHistories<'a>) -> Self {
        Self {
            all,
            unit: 1.0,
            step: 1,
            ahead: 0.0,
        }
    }

    /// Calls `work` on some groups after the other, in parallel, and returns the results in order.
    pub(super) fn in_chunks<T: Send>(&self, work: impl Fn(&'a [Group]) -> T + Sync) -> Vec<T> {
        let groups = &self.all.groups;
        let rows = (groups.iter()).map(|group| WORK_OF_GROUP + group.members.len());
        blocks(rows, |range| work(&groups[range]))
    }

    /// Lays out the path of a group.
    pub(super) fn lay(&self, path: &mut Path, numbers: &Numbers, group: &Group, twice: bool) {
        let scope = Scope {
            start: group.start,
            length: group.age + self.ahead,
            unit: self.unit,
            twice,
        };
        let coefficients = [&numbers.buying, &numbers.leaving];
        path.lay(self.all.columns.covariates, group.own, scope, coefficients);
    }

    /// Rows of the histories at these places of the order, as far as they are looked at.
    pub(super) fn rows(&self, places: Range<usize>) -> impl Iterator<Item = usize> {
        let (order, step) = (&self.all.order, self.step);
        let looked_at = places.filter(move |place| place % step == 0);
        looked_at.map(|place| order[place] as usize)
    }

    /// How many customers they stand for.
    pub(super) fn weight(&self, places: Range<usize>) -> f64 {
        let histories = &self.all.columns.histories;
        let weights = self.rows(places).map(|row| histories.weight_of(row));
        weights.sum::<f64>() * self.step as f64
    }
}

impl Standing {
    pub(super) fn new(size: usize, twice: bool) -> Self {
        Self {
            path: Path::default(),
            there: Jet::new(size, twice),
            gone: Jet::new(size, twice),
            work: Work::new(size, twice),
        }
    }

    /// Turns to a group: lays out its path, and says how likely its members are still there.
    pub(super) fn turn_to(&mut self, customers: &Customers<'_>, numbers: &Numbers, group: &Group) {
        let twice = !self.there.bend.is_empty();
        customers.lay(&mut self.path, numbers, group, twice);
        let now = group.age / customers.unit;
        let powers = numbers.there(group.frequency);
        numbers.at(&self.path, [now; 2], powers, &mut self.there);
    }

    /// Calls `then` with the places of those members of the group who bought last at the same time, the
    /// latest first.
    pub(super) fn each(
        &mut self,
        customers: &Customers<'_>,
        numbers: &Numbers,
        group: &Group,
        mut then: impl FnMut(&mut Self, Range<usize>),
    ) {
        let recency = |row: u32| customers.all.columns.histories.rows().recency[row as usize];
        let leaving = numbers.leaving(group.frequency);
        let mut reached = group.age / customers.unit;
        self.gone.reset(f64::NEG_INFINITY);
        let mut place = group.members.start;
        let members = &customers.all.order[group.members.clone()];
        for same in members.chunk_by(|&a, &b| recency(a) == recency(b)) {
            let places = place..place + same.len();
            place = places.end;
            if customers.rows(places.clone()).next().is_some() {
                let silent = (recency(same[0]) / customers.unit, reached);
                let Self {
                    path, gone, work, ..
                } = self;
                numbers.add_integral(path, &leaving, silent, gone, work);
                reached = silent.0;
                then(self, places);
            }
        }
    }
}
