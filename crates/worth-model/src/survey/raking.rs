//! Raking: weights with which respondents are spread over regions, channels and so on as those are whom
//! they stand for.
//!
//! Iterative proportional fitting (Deming, Stephan 1940, doi:10.1214/aoms/1177731829): margin after margin,
//! weights of a category are multiplied by what its share lacks, until all margins hold. Of all weights
//! that hold them these are closest to the ones it began with (Deville, Särndal, Sautory 1993,
//! doi:10.1080/01621459.1993.10476369: the raking ratio). Weights above the cap are cut to it and the rest
//! raked again, until none is above it (the iterated trimming of Potter 1990; anesrake of DeBell, Krosnick 2009).
//!
//! Respondents whose category is not known, or has no target, keep the share of the whole that they
//! have. A category with a target in which there is nobody is left out: no weight makes up for people
//! who were not asked.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, require};

/// The usual cap: no respondent counts for more than five average ones.
pub const CAP: f64 = 5.0;

/// Shares of categories are off by no more than this when raking is done.
const CLOSE: f64 = 1e-9;
/// A table whose margins can hold is done long before.
const MOST_ROUNDS: usize = 200;
/// Trimming that has not settled by then will not.
const MOST_TRIMS: usize = 20;
/// Margins that cannot hold push some weights towards 0; nobody who answered vanishes.
const FLOOR: f64 = 1e-9;
/// A margin that misses by less than this, as a share of the whole, holds.
const HOLDS: f64 = 1e-6;

/// How respondents should be spread over the categories of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// Category of each respondent: a place in `targets`, none when it is not known.
    pub categories: Vec<Option<usize>>,
    /// What each category should have, in any unit; 0 is no target.
    pub targets: Vec<f64>,
}

/// Weights, and how far they do what was asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Raked {
    /// Of each respondent, above 0, on average 1.
    pub weights: Vec<f64>,
    /// Every margin holds.
    pub converged: bool,
    /// By how much the share of a category misses its target at most, 0..1.
    pub largest_miss: f64,
    /// Respondents whose weight is at the cap.
    pub capped: usize,
    /// Of each margin the categories with a target in which there is nobody.
    pub nobody: Vec<Vec<usize>>,
    /// Of each margin the share of respondents, as weighted before, whose category is not known or has
    /// no target.
    pub kept: Vec<f64>,
}

/// Rakes weights, 1 each or whatever respondents have by design, to all margins.
///
/// # Errors
///
/// [`Error::Length`] when a margin has other respondents, [`Error::Row`] for a weight that is not above
/// 0 or a category without a place, [`Error::Setting`] for a target below 0 or a cap that is not above 1.
pub fn rake(weights: &[f64], margins: &[Margin], cap: f64) -> Result<Raked, Error> {
    check(weights, margins, cap)?;
    let all: f64 = weights.iter().sum();
    let fitted: Vec<Fitted> = margins
        .iter()
        .map(|margin| Fitted::of(margin, weights, all))
        .collect();
    let mut cells = Cells::of(weights, all, &fitted);
    let largest_miss = cells.rake_below(cap, &fitted);
    Ok(Raked {
        weights: cells.of_respondents(),
        converged: largest_miss <= HOLDS,
        largest_miss,
        capped: cells.at_cap(cap),
        nobody: fitted.iter().map(|margin| margin.nobody.clone()).collect(),
        kept: fitted.iter().map(Fitted::kept).collect(),
    })
}

fn check(weights: &[f64], margins: &[Margin], cap: f64) -> Result<(), Error> {
    require(cap > 1.0, "cap", cap, "expected more than 1")?;
    let is_weight = |weight: f64| weight > 0.0 && weight.is_finite();
    if let Some(row) = weights.iter().position(|&weight| !is_weight(weight)) {
        return Err(Error::Row {
            field: "weight",
            row,
            value: weights[row],
            expected: "expected more than 0",
        });
    }
    for margin in margins {
        if margin.categories.len() != weights.len() {
            return Err(Error::Length {
                field: "categories",
                found: margin.categories.len(),
                expected: weights.len(),
            });
        }
        for &target in &margin.targets {
            let is_target = target.is_finite() && target >= 0.0;
            require(is_target, "targets", target, "expected 0 or more")?;
        }
        let mut places = margin.categories.iter();
        let has_no_place = |category: &Option<usize>| {
            category.is_some_and(|category| category >= margin.targets.len())
        };
        if let Some(row) = places.position(has_no_place) {
            return Err(Error::Row {
                field: "categories",
                row,
                value: margin.categories[row].unwrap_or_default() as f64,
                expected: "expected a place among the targets",
            });
        }
    }
    Ok(())
}

/// A margin that can hold: every respondent has a category, every target somebody.
struct Fitted {
    /// The last category is that of those who keep their share.
    categories: Vec<usize>,
    /// Shares of the whole.
    targets: Vec<f64>,
    nobody: Vec<usize>,
}

impl Fitted {
    fn of(margin: &Margin, weights: &[f64], all: f64) -> Self {
        let keeping = margin.targets.len();
        let categories: Vec<usize> = margin
            .categories
            .iter()
            .map(|category| {
                let aimed_at = category.filter(|&category| margin.targets[category] > 0.0);
                aimed_at.unwrap_or(keeping)
            })
            .collect();
        let mut shares = vec![0.0; keeping + 1];
        for (&category, weight) in categories.iter().zip(weights) {
            shares[category] += weight / all;
        }
        let is_reached = |&category: &usize| shares[category] > 0.0;
        let reached: f64 = (0..keeping)
            .filter(is_reached)
            .map(|category| margin.targets[category])
            .sum();
        let target = |category: usize| match shares[category] {
            0.0 => 0.0,
            kept if category == keeping => kept,
            _ => (1.0 - shares[keeping]) * margin.targets[category] / reached,
        };
        Self {
            categories,
            targets: (0..=keeping).map(target).collect(),
            nobody: (0..keeping)
                .filter(|category| margin.targets[*category] > 0.0 && !is_reached(category))
                .collect(),
        }
    }

    fn kept(&self) -> f64 {
        self.targets.last().copied().unwrap_or(0.0)
    }
}

/// Respondents of the same categories and the same weight to begin with are alike to the end: they are
/// weighted once.
struct Cells {
    of_respondent: Vec<usize>,
    weights: Vec<f64>,
    respondents: Vec<f64>,
    /// Of each margin the category of each cell.
    categories: Vec<Vec<usize>>,
}

impl Cells {
    fn of(weights: &[f64], all: f64, margins: &[Fitted]) -> Self {
        let columns = margins.iter().map(|margin| &margin.categories);
        let mut of_respondent = numbered(weights.iter().map(|weight| weight.to_bits()));
        for categories in columns.clone() {
            let pairs = of_respondent.iter().zip(categories);
            of_respondent = numbered(pairs.map(|(&cell, &category)| (cell, category)));
        }
        let cells = of_respondent.iter().max().map_or(0, |last| last + 1);
        let mut found = Self {
            weights: vec![0.0; cells],
            respondents: vec![0.0; cells],
            categories: vec![vec![0; cells]; margins.len()],
            of_respondent,
        };
        let mean = all / weights.len() as f64;
        for (respondent, &cell) in found.of_respondent.iter().enumerate() {
            found.weights[cell] = (weights[respondent] / mean).max(FLOOR);
            found.respondents[cell] += 1.0;
            for (of_cells, categories) in found.categories.iter_mut().zip(columns.clone()) {
                of_cells[cell] = categories[respondent];
            }
        }
        found
    }

    /// Rakes and trims in turn until both leave the weights alone. Returns by how much a margin misses.
    fn rake_below(&mut self, cap: f64, margins: &[Fitted]) -> f64 {
        for _ in 0..MOST_TRIMS {
            let miss = self.rake(margins);
            if self
                .weights
                .iter()
                .all(|&weight| weight <= cap * (1.0 + CLOSE))
            {
                return miss;
            }
            self.trim(cap);
        }
        self.largest_miss(margins)
    }

    fn rake(&mut self, margins: &[Fitted]) -> f64 {
        for _ in 0..MOST_ROUNDS {
            for (place, margin) in margins.iter().enumerate() {
                let shares = self.shares(place, margin);
                for (weight, &category) in self.weights.iter_mut().zip(&self.categories[place]) {
                    *weight *= margin.targets[category] / shares[category];
                    *weight = weight.max(FLOOR);
                }
            }
            if self.largest_miss(margins) <= CLOSE {
                break;
            }
        }
        self.largest_miss(margins)
    }

    /// Cuts weights to the cap and hands what is cut to all others, in proportion, until none is above.
    fn trim(&mut self, cap: f64) {
        // each time at least one more cell is at the cap
        for _ in 0..self.weights.len() {
            let is_above = |weight: f64| weight > cap * (1.0 + CLOSE);
            if !self.weights.iter().any(|&weight| is_above(weight)) {
                return;
            }
            for weight in &mut self.weights {
                *weight = weight.min(cap);
            }
            let of_cells = || self.weights.iter().zip(&self.respondents);
            let sum = |at_cap: bool| -> f64 {
                let some = of_cells().filter(|(weight, _)| (**weight >= cap) == at_cap);
                some.map(|(weight, respondents)| weight * respondents).sum()
            };
            let (at_cap, below) = (sum(true), sum(false));
            let factor = (self.total_respondents() - at_cap) / below;
            for weight in self.weights.iter_mut().filter(|weight| **weight < cap) {
                *weight *= factor;
            }
        }
    }

    fn shares(&self, place: usize, margin: &Fitted) -> Vec<f64> {
        let mut shares = vec![0.0; margin.targets.len()];
        let respondents = self.total_respondents();
        for (cell, &category) in self.categories[place].iter().enumerate() {
            shares[category] += self.weights[cell] * self.respondents[cell] / respondents;
        }
        shares
    }

    fn largest_miss(&self, margins: &[Fitted]) -> f64 {
        let of_margin = |(place, margin): (usize, &Fitted)| {
            let shares = self.shares(place, margin);
            let misses = shares.iter().zip(&margin.targets);
            misses
                .map(|(share, target)| (share - target).abs())
                .fold(0.0, f64::max)
        };
        margins
            .iter()
            .enumerate()
            .map(of_margin)
            .fold(0.0, f64::max)
    }

    fn total_respondents(&self) -> f64 {
        self.of_respondent.len() as f64
    }

    fn at_cap(&self, cap: f64) -> usize {
        let is_at_cap = |cell: &&usize| self.weights[**cell] >= cap * (1.0 - 1e-6);
        self.of_respondent.iter().filter(is_at_cap).count()
    }

    fn of_respondents(&self) -> Vec<f64> {
        let weights = self.of_respondent.iter().map(|&cell| self.weights[cell]);
        weights.collect()
    }
}

/// The same number for the same thing, from 0 in the order in which things come.
fn numbered<T: std::hash::Hash + Eq>(things: impl Iterator<Item = T>) -> Vec<usize> {
    let mut known = HashMap::new();
    things
        .map(|thing| {
            let next = known.len();
            *known.entry(thing).or_insert(next)
        })
        .collect()
}
