//! When the level changed: the best steps, and the dates each may have had.
//!
//! **Which steps.** Means of periods are cut into stretches of one level each such that the weighted
//! squares around those levels, plus a price for every change, are least. The best cut of the first t
//! periods is made of best cuts of fewer (optimal partitioning: Jackson et al. 2005,
//! doi:10.1109/LSP.2001.838216), so it is found exactly in a few steps per pair of periods; with
//! thousands of periods one would prune (PELT: Killick, Fearnhead, Eckley 2012,
//! doi:10.1080/01621459.2012.737745), which gives the same cut. The price is what a single change must
//! gain to be no chance, by Student's t, with the error shared out over the places where it could be
//! (Bonferroni): in a series without a change, one is told no more often than the level allows. The
//! p-value is that of the best single change.
//!
//! **Unrest.** When means move from one period to the next by more than their answers allow (seasons,
//! campaigns), squares are divided by how much more: the mean of the smaller three quarters of squared
//! differences over what chance makes of it, which steps in the other quarter do not disturb.
//!
//! **Which dates.** The stretches on both sides of a change, given its neighbours, could meet at any
//! period: each date has the likelihood of the two levels it makes, with the levels integrated out. The
//! dates of highest probability that reach the level together are told (Smith 1975, A Bayesian Approach
//! to Inference about a Change-Point in a Sequence of Random Variables, doi:10.1093/biomet/62.2.407).
//! Nothing rests on many periods before and after, as intervals of Bai and Perron (1998) do.
//!
//! Know before use: a slow slide is told as several steps. Sizes of changes are those of the steps that
//! were found because they are large, so small ones are a little too large.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use statrs::distribution::{Continuous, ContinuousCDF, Normal, StudentsT};

use super::{Measured, MeasuredPeriod, Period, Told};
use crate::error::Error;
use crate::estimate::{Estimate, POWER, check_level, reach};
use crate::experiment::student;

/// Fewer periods with answers than this do not tell changes.
const FEWEST_PERIODS: usize = 4;
/// Fewer differences of periods than this do not tell unrest.
const FEWEST_DIFFERENCES: usize = 6;
/// Periods in a stretch, at least: a single one is an accident.
const SHORTEST: usize = 2;
/// Part of the squared differences that unrest is judged by, the smaller ones.
const SMALLER: f64 = 0.75;

/// When the level changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Changes {
    /// Stretches of one level, in their order: one more than changes.
    pub segments: Vec<Segment>,
    /// Changes, in their order.
    pub changes: Vec<Change>,
    /// Probability that the best single change gains so much when there is none.
    pub p_value: f64,
    /// The smallest step that would be told with probability [`POWER`], were it in the middle with as
    /// much answered after it as before.
    pub smallest_step: f64,
    /// How many times more means move from one period to the next than their answers allow
    /// (variance), 1 or more. Intervals allow for it.
    pub unrest: f64,
}

/// Periods of one level.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Segment {
    /// First period with answers.
    pub first: usize,
    /// Last period with answers.
    pub last: usize,
    /// Its level.
    pub level: Estimate,
}

/// A step from one level to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// First period of the new level.
    pub period: usize,
    /// First periods that the new level may have had, in their order; together they reach the level.
    pub dates: Vec<DateProbability>,
    /// New level less old.
    pub size: Estimate,
}

/// A date that a change may have had.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateProbability {
    /// First period of the new level.
    pub period: usize,
    /// How probable, 0..1, given that there is this change.
    pub probability: f64,
}

/// Finds changes of the level: it takes four periods with answers, and ten answers more than periods.
///
/// # Errors
///
/// [`Error::Setting`] when `level` is no level.
pub fn changes(periods: &[Period], level: f64) -> Result<Told<Changes>, Error> {
    check_level(level)?;
    let measured = Measured::of(periods);
    if let Some(few) = measured.too_few(FEWEST_PERIODS) {
        return Ok(Told::TooFew(few));
    }
    let chance = Chance::of(&measured);
    let periods = &measured.periods;
    let unrest = unrest(periods);
    let sums = Sums::of(periods, unrest);
    let reach_of_change = chance.reach(level);
    let starts = sums.best_starts(reach_of_change.powi(2));
    let ends = starts[1..].iter().copied().chain([periods.len()]);
    let stretches: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let told = |value: f64, variance: f64| student(value, variance, measured.freedom, level);
    let segments = stretches.iter().map(|&(start, end)| {
        let (mean, variance) = sums.level(start, end);
        Segment {
            first: periods[start].number,
            last: periods[end - 1].number,
            level: told(mean, variance),
        }
    });
    let changes = stretches.windows(2).map(|pair| {
        let (start, middle, end) = (pair[0].0, pair[1].0, pair[1].1);
        let (before, after) = (sums.level(start, middle), sums.level(middle, end));
        let dates = sums.dates(start, end, level).into_iter();
        Change {
            period: periods[middle].number,
            dates: dates
                .map(|(place, probability)| DateProbability {
                    period: periods[place].number,
                    probability,
                })
                .collect(),
            size: told(after.0 - before.0, before.1 + after.1),
        }
    });
    let (_, variance) = sums.level(0, periods.len());
    Ok(Told::Told(Changes {
        segments: segments.collect(),
        changes: changes.collect(),
        p_value: chance.p_value(sums.best_gain().sqrt()),
        // both halves have twice the variance of the whole
        smallest_step: (reach_of_change + Normal::standard().inverse_cdf(POWER))
            * (4.0 * variance).sqrt(),
        unrest,
    }))
}

/// What a change may gain by chance: Student's t at each place where it could be.
struct Chance {
    places: f64,
    student: StudentsT,
}

impl Chance {
    fn of(measured: &Measured) -> Self {
        Self {
            places: (measured.periods.len() + 1 - 2 * SHORTEST) as f64,
            student: StudentsT::new(0.0, 1.0, measured.freedom)
                .expect("there are ten degrees of freedom at least"),
        }
    }

    /// In standard errors, what a change must reach.
    fn reach(&self, level: f64) -> f64 {
        self.student
            .inverse_cdf(1.0 - (1.0 - level) / (2.0 * self.places))
    }

    fn p_value(&self, reached: f64) -> f64 {
        (self.places * 2.0 * self.student.sf(reached)).min(1.0)
    }
}

fn unrest(periods: &[MeasuredPeriod]) -> f64 {
    let mut squares: Vec<f64> = periods
        .windows(2)
        .map(|pair| (pair[1].mean - pair[0].mean).powi(2) / (pair[0].variance + pair[1].variance))
        .collect();
    if squares.len() < FEWEST_DIFFERENCES {
        return 1.0;
    }
    squares.sort_unstable_by(f64::total_cmp);
    let smaller = (SMALLER * squares.len() as f64).ceil();
    let mean = squares[..smaller as usize].iter().sum::<f64>() / smaller;
    // the squares of standard normals within ±z, `part` of all, have the mean
    // 1 − 2 z φ(z) / part
    let part = smaller / squares.len() as f64;
    let z = reach(part);
    let expected = 1.0 - 2.0 * z * Normal::standard().pdf(z) / part;
    (mean / expected).max(1.0)
}

/// Weights, weighted means and weighted squares of the first 0, 1, 2 … periods.
struct Sums {
    middle: f64,
    weights: Vec<f64>,
    means: Vec<f64>,
    squares: Vec<f64>,
}

impl Sums {
    fn of(periods: &[MeasuredPeriod], unrest: f64) -> Self {
        // around the middle of all, so that squares do not drown in the level
        let middle = periods.iter().map(|period| period.mean).sum::<f64>() / periods.len() as f64;
        let mut sums = Self {
            middle,
            weights: vec![0.0],
            means: vec![0.0],
            squares: vec![0.0],
        };
        for (place, period) in periods.iter().enumerate() {
            let (weight, mean) = (1.0 / (period.variance * unrest), period.mean - middle);
            sums.weights.push(sums.weights[place] + weight);
            sums.means.push(sums.means[place] + weight * mean);
            sums.squares
                .push(sums.squares[place] + weight * mean * mean);
        }
        sums
    }

    /// Level of the periods from `start` up to `end`, and its variance.
    fn level(&self, start: usize, end: usize) -> (f64, f64) {
        let weight = self.weights[end] - self.weights[start];
        (
            self.middle + (self.means[end] - self.means[start]) / weight,
            1.0 / weight,
        )
    }

    /// Weighted squares around that level.
    fn squares_around_level(&self, start: usize, end: usize) -> f64 {
        let (weight, mean) = (
            self.weights[end] - self.weights[start],
            self.means[end] - self.means[start],
        );
        (self.squares[end] - self.squares[start] - mean * mean / weight).max(0.0)
    }

    /// By how much a single change brings down the squares, where it brings them down most.
    fn best_gain(&self) -> f64 {
        let periods = self.weights.len() - 1;
        let gain = |place: usize| {
            self.squares_around_level(0, periods)
                - self.squares_around_level(0, place)
                - self.squares_around_level(place, periods)
        };
        let places = SHORTEST..=periods - SHORTEST;
        places.map(gain).fold(0.0, f64::max)
    }

    /// Where the stretches of the best cut begin, the first at 0.
    fn best_starts(&self, price: f64) -> Vec<usize> {
        let periods = self.weights.len() - 1;
        // of the first t periods: what the best cut costs, and where its last stretch begins
        let mut best = vec![(f64::INFINITY, 0); periods + 1];
        best[0] = (-price, 0);
        for end in SHORTEST..=periods {
            for start in 0..=end - SHORTEST {
                let cost = best[start].0 + self.squares_around_level(start, end) + price;
                if cost < best[end].0 {
                    best[end] = (cost, start);
                }
            }
        }
        let mut starts = vec![best[periods].1];
        while let Some(&start) = starts.last().filter(|start| **start > 0) {
            starts.push(best[start].1);
        }
        starts.reverse();
        starts
    }

    /// Places where the later of two stretches may begin, with their probabilities.
    fn dates(&self, start: usize, end: usize, level: f64) -> Vec<(usize, f64)> {
        let logarithms: Vec<f64> = (start + 1..end)
            .map(|place| {
                let (_, before) = self.level(start, place);
                let (_, after) = self.level(place, end);
                let squares =
                    self.squares_around_level(start, place) + self.squares_around_level(place, end);
                0.5 * (before.ln() + after.ln() - squares)
            })
            .collect();
        let largest = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = logarithms.iter().map(|log| (log - largest).exp()).collect();
        let whole: f64 = weights.iter().sum();
        let mut dates: Vec<(usize, f64)> = weights
            .iter()
            .enumerate()
            .map(|(place, weight)| (start + 1 + place, weight / whole))
            .collect();
        dates.sort_by(|one, other| other.1.total_cmp(&one.1));
        let mut reached = 0.0;
        let enough = dates.iter().take_while(|(_, probability)| {
            let goes_on = reached < level;
            reached += probability;
            goes_on
        });
        let count = enough.count();
        dates.truncate(count);
        dates.sort_unstable_by_key(|(place, _)| *place);
        dates
    }
}
