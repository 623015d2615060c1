//! What moved a mean: who answered, or what they said (Kitagawa 1955, Components of a Difference
//! Between Two Rates, doi:10.1080/01621459.1955.10501299).
//!
//! With *pᵍ* the share of group *g* and *mᵍ* its mean, before and after:
//!
//! ```text
//! change = Σ (p₂ − p₁) (m₁ + m₂) / 2   mix: the composition moved
//!        + Σ (m₂ − m₁) (p₁ + p₂) / 2   level: groups moved
//! ```
//!
//! The part of the mix that belongs to a group is measured against the mean of all, *(p₂ − p₁) ((m₁ +
//! m₂) / 2 − M)*: a group that grows lifts the mean when it is above it. A group that answered only
//! once has the mean it had then: it moved the mix, not the level.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::bootstrap::{self, Groups, Resampling};
use crate::columns::{check_answers, check_length, check_weights};
use crate::error::{Error, require};
use crate::estimate::Estimate;

/// Most groups of respondents.
const MOST_GROUPS: usize = 1000;

/// Answers of one time, one per row; `NAN` where there is none.
#[derive(Debug, Clone, Copy)]
pub struct Grouped<'a> {
    /// What was answered.
    pub scores: &'a [f64],
    /// By whom: the number of a group, the first being 0.
    pub group: &'a [u32],
    /// Sampling weight of each answer, above 0; all alike when absent.
    pub weight: Option<&'a [f64]>,
}

/// What moved a mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decomposition {
    /// Mean after less mean before: mix and level together.
    pub change: Estimate,
    /// What comes from who answered.
    pub mix: Estimate,
    /// What comes from what they said.
    pub level: Estimate,
    /// One per group, in their order.
    pub groups: Vec<GroupChange>,
}

/// What one group has to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupChange {
    /// Its share before, 0..1.
    pub share_before: f64,
    /// Its share after, 0..1.
    pub share_after: f64,
    /// Its mean before; absent when it did not answer then.
    pub mean_before: Option<f64>,
    /// Its mean after; absent when it did not answer then.
    pub mean_after: Option<f64>,
    /// Its part of the mix.
    pub mix: Estimate,
    /// Its part of the level.
    pub level: Estimate,
}

/// Takes a change of the mean of `groups` groups apart; nothing when there are no answers before, or
/// none after.
///
/// # Errors
///
/// [`Error::Length`] for columns of different lengths, [`Error::Row`] for an infinite score, a weight
/// that is not above 0 or a group beyond the last, [`Error::Setting`] for more than 1,000 groups or
/// settings that make no sense.
pub fn decompose(
    before: &Grouped<'_>,
    after: &Grouped<'_>,
    groups: usize,
    resampling: &Resampling,
) -> Result<Option<Decomposition>, Error> {
    resampling.check()?;
    let expected = "expected at most 1000 groups";
    require(groups <= MOST_GROUPS, "groups", groups as f64, expected)?;
    let (mut answers, later) = (before.answers(groups)?, after.answers(groups)?);
    let fewest = answers.len().min(later.len());
    if fewest == 0 {
        return Ok(None);
    }
    // cells of the later time come after those of the earlier one
    answers.extend(later.into_iter().map(|answer| Answer {
        cell: groups + answer.cell,
        ..answer
    }));
    let drawn = Groups::of(answers.len(), resampling.seed);
    let sums = drawn.each(|rows| {
        let mut cells = vec![Cell::default(); 2 * groups];
        for &row in rows {
            cells[answers[row as usize].cell].add(&answers[row as usize]);
        }
        cells
    });
    let over = |times: &[f64]| {
        let mut cells = vec![Cell::default(); 2 * groups];
        for (times, sums) in times.iter().zip(&sums).filter(|(times, _)| **times > 0.0) {
            for (cell, sum) in cells.iter_mut().zip(sums) {
                cell.weight += times * sum.weight;
                cell.score += times * sum.score;
            }
        }
        Parts::of(&cells)
    };
    let whole = over(&vec![1.0; drawn.len()]);
    let resampled = drawn.draw(resampling, over);
    let estimate = |get: &dyn Fn(&Parts) -> f64| {
        let numbers = resampled.iter().map(get);
        bootstrap::estimate(
            get(&whole),
            numbers,
            fewest.min(drawn.len()),
            resampling.level,
        )
    };
    let of_group = |group: usize| {
        let [earlier, later] = [&whole.before, &whole.after].map(|sides| sides[group]);
        GroupChange {
            share_before: earlier.share,
            share_after: later.share,
            mean_before: earlier.mean,
            mean_after: later.mean,
            mix: estimate(&|parts| parts.mix[group]),
            level: estimate(&|parts| parts.level[group]),
        }
    };
    Ok(Some(Decomposition {
        change: estimate(&|parts| parts.mix.iter().sum::<f64>() + parts.level.iter().sum::<f64>()),
        mix: estimate(&|parts| parts.mix.iter().sum()),
        level: estimate(&|parts| parts.level.iter().sum()),
        groups: (0..groups).map(of_group).collect(),
    }))
}

/// One answer, and the cell it belongs to.
#[derive(Clone, Copy)]
struct Answer {
    cell: usize,
    score: f64,
    weight: f64,
}

impl Grouped<'_> {
    fn answers(&self, groups: usize) -> Result<Vec<Answer>, Error> {
        let rows = self.scores.len();
        check_answers("scores", self.scores, rows)?;
        check_weights(self.weight, rows)?;
        check_length("group", self.group.len(), rows)?;
        if let Some(row) = self
            .group
            .iter()
            .position(|group| *group as usize >= groups)
        {
            return Err(Error::Row {
                field: "group",
                row,
                value: f64::from(self.group[row]),
                expected: "expected a number below that of groups",
            });
        }
        let answer = |row: usize| Answer {
            cell: self.group[row] as usize,
            score: self.scores[row],
            weight: self.weight.map_or(1.0, |weight| weight[row]),
        };
        Ok((0..rows)
            .map(answer)
            .filter(|answer| !answer.score.is_nan())
            .collect())
    }
}

/// Weights and weighted scores of a group at one time.
#[derive(Clone, Copy, Default)]
struct Cell {
    weight: f64,
    score: f64,
}

impl Cell {
    fn add(&mut self, answer: &Answer) {
        self.weight += answer.weight;
        self.score += answer.weight * answer.score;
    }
}

/// A group at one time.
#[derive(Clone, Copy)]
struct Side {
    share: f64,
    mean: Option<f64>,
}

/// A change in its parts, one of each per group; `NAN` when nobody answered at one of the times.
struct Parts {
    before: Vec<Side>,
    after: Vec<Side>,
    mix: Vec<f64>,
    level: Vec<f64>,
}

impl Parts {
    fn of(cells: &[Cell]) -> Self {
        let (earlier, later) = cells.split_at(cells.len() / 2);
        let [before, after] = [earlier, later].map(sides);
        let mean_of_all = |sides: &[Side]| -> f64 {
            sides
                .iter()
                .map(|side| side.share * side.mean.unwrap_or(0.0))
                .sum()
        };
        let middle = (mean_of_all(&before) + mean_of_all(&after)) / 2.0;
        let (mix, level) = before
            .iter()
            .zip(&after)
            .map(|(before, after)| {
                let earlier = before.mean.or(after.mean).unwrap_or(middle);
                let later = after.mean.or(before.mean).unwrap_or(middle);
                (
                    (after.share - before.share) * ((earlier + later) / 2.0 - middle),
                    (later - earlier) * (before.share + after.share) / 2.0,
                )
            })
            .unzip();
        Self {
            before,
            after,
            mix,
            level,
        }
    }
}

fn sides(cells: &[Cell]) -> Vec<Side> {
    let whole: f64 = cells.iter().map(|cell| cell.weight).sum();
    cells
        .iter()
        .map(|cell| Side {
            share: cell.weight / whole,
            mean: (cell.weight > 0.0).then(|| cell.score / cell.weight),
        })
        .collect()
}
