//! Rows in the order in which the likelihood needs them, and the risk sets of every event.
//!
//! Within each stratum the different times of events are its steps, numbered through all strata.
//! A row is at risk at the steps `first..last`. Rows are sorted by all that they contain, so the
//! order in which they were given leaves no trace; covariates are centred and scaled, so that
//! their units leave none either.

use std::cmp::Ordering;
use std::ops::Range;

use rayon::prelude::*;

use super::super::durations::CheckedDurations;
use super::covariates::CheckedCovariates;
use crate::parallel::chunks;

/// All rows that are at risk at some event, sorted by `last`.
pub(super) struct Prepared {
    /// Number of covariates.
    pub(super) size: usize,
    /// Centred and scaled covariates, row by row.
    pub(super) x: Vec<f64>,
    pub(super) weight: Vec<f64>,
    pub(super) event: Vec<bool>,
    pub(super) first: Vec<u32>,
    pub(super) last: Vec<u32>,
    /// Which customer each row belongs to, 0, 1, 2 … in the order of their ids, and how many.
    pub(super) cluster: Option<(Vec<u32>, usize)>,
    /// Means over all who are at risk at the events: the customer to whom the baseline belongs.
    /// (Unlike means over rows these do not change when a row is given as two.)
    pub(super) centre: Vec<f64>,
    pub(super) scale: Vec<f64>,
    /// Largest less smallest value, scaled.
    pub(super) range: Vec<f64>,
    pub(super) steps: Vec<Step>,
    pub(super) strata: Vec<Stratum>,
    /// Customers who left.
    pub(super) events: f64,
    /// Sum of all weights.
    pub(super) total: f64,
    /// Where the rows with each `last` begin.
    coming: Vec<u32>,
    /// Rows by `first`, and where those with each begin.
    going: Vec<u32>,
    going_from: Vec<u32>,
}

/// A time at which customers of one stratum left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) time: f64,
    /// How many left.
    pub(super) events: f64,
    /// In how many rows.
    pub(super) event_rows: usize,
}

/// Rows with a baseline of their own.
#[derive(Debug, Clone)]
pub(super) struct Stratum {
    pub(super) code: u32,
    pub(super) steps: Range<usize>,
    pub(super) followed_until: f64,
}

/// Sums over those at risk at one step. "Risk" is weight times relative hazard.
#[derive(Debug, Clone, Default)]
pub(super) struct RiskSet {
    rows: usize,
    /// How many are at risk.
    pub(super) weight: f64,
    /// Sum of the risks, and of risk times covariates.
    pub(super) risk: f64,
    pub(super) first: Vec<f64>,
    /// What rounding lost of these two so far: with late entry rows are subtracted again, and a
    /// risk a million times that of the others would leave its rounding behind.
    lost_risk: f64,
    lost_first: Vec<f64>,
    /// The same over those who leave at this step.
    pub(super) leaving_risk: f64,
    pub(super) leaving_first: Vec<f64>,
}

/// What rows are sorted by; covariates come after it.
#[derive(Clone, Copy)]
struct Key {
    stratum: u32,
    end: f64,
    censored: bool,
    row: u32,
}

impl Prepared {
    pub(super) fn new(
        durations: &CheckedDurations<'_>,
        covariates: &CheckedCovariates<'_>,
        reason: Option<u32>,
    ) -> Self {
        let columns = covariates.rows().columns;
        let keys = sorted(durations, covariates, reason);
        let (steps, strata) = steps(&keys, durations);
        // Steps at which each row is at risk; rows that never are say nothing.
        let mut at_risk = Vec::with_capacity(keys.len());
        for (rows, stratum) in keys
            .chunk_by(|left, right| left.stratum == right.stratum)
            .zip(&strata)
        {
            let times = &steps[stratum.steps.clone()];
            let mut last = 0;
            for key in rows {
                let start = durations.start_of(key.row as usize);
                let first = times.partition_point(|step| step.time <= start);
                while last < times.len() && times[last].time <= key.end {
                    last += 1;
                }
                if first < last {
                    let base = stratum.steps.start;
                    at_risk.push((*key, (base + first) as u32, (base + last) as u32));
                }
            }
        }
        let size = columns.len();
        let mut prepared = Self {
            size,
            x: vec![0.0; at_risk.len() * size],
            weight: (at_risk.iter())
                .map(|(key, _, _)| durations.weight_of(key.row as usize))
                .collect(),
            event: at_risk.iter().map(|(key, _, _)| !key.censored).collect(),
            first: at_risk.iter().map(|&(_, first, _)| first).collect(),
            last: at_risk.iter().map(|&(_, _, last)| last).collect(),
            cluster: clusters(covariates, at_risk.iter().map(|(key, _, _)| key.row)),
            centre: vec![0.0; size],
            scale: vec![1.0; size],
            range: vec![0.0; size],
            events: steps.iter().map(|step| step.events).sum(),
            total: (keys.iter())
                .map(|key| durations.weight_of(key.row as usize))
                .sum(),
            coming: Vec::new(),
            going: Vec::new(),
            going_from: Vec::new(),
            steps,
            strata,
        };
        let source: Vec<u32> = at_risk.iter().map(|(key, _, _)| key.row).collect();
        drop((keys, at_risk));
        for (index, column) in columns.iter().enumerate() {
            prepared.take(index, column, &source);
        }
        prepared.coming = (0..=prepared.steps.len())
            .map(|step| prepared.last.partition_point(|&last| last as usize <= step) as u32)
            .collect();
        prepared.order_by_first();
        prepared
    }

    /// Centres and scales a column and puts it in its place.
    fn take(&mut self, index: usize, column: &[f64], source: &[u32]) {
        let exposure = |row: usize| self.weight[row] * f64::from(self.last[row] - self.first[row]);
        let sums = |of: &(dyn Fn(f64) -> f64 + Sync)| -> f64 {
            let parts = chunks(source.len(), |range| -> f64 {
                range
                    .map(|row| exposure(row) * of(column[source[row] as usize]))
                    .sum()
            });
            parts.into_iter().sum()
        };
        let total = sums(&|_| 1.0);
        if total <= 0.0 {
            return;
        }
        let rough = sums(&|value| value) / total;
        // A second look takes away the rounding of large numbers with small differences.
        let centre = rough + sums(&|value| value - rough) / total;
        let deviation = (sums(&|value| (value - centre).powi(2)) / total).sqrt();
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for &row in source {
            low = low.min(column[row as usize]);
            high = high.max(column[row as usize]);
        }
        // A constant stays at 0 and is found out as one.
        let scale = if high > low && deviation > 0.0 {
            deviation
        } else {
            1.0
        };
        self.centre[index] = if high > low { centre } else { low };
        self.scale[index] = scale;
        self.range[index] = (high - low) / scale;
        let centre = self.centre[index];
        for (row, &from) in source.iter().enumerate() {
            self.x[row * self.size + index] = (column[from as usize] - centre) / scale;
        }
    }

    /// A counting sort of rows by `first`.
    fn order_by_first(&mut self) {
        let mut from = vec![0_u32; self.steps.len() + 1];
        for &first in &self.first {
            from[first as usize + 1] += 1;
        }
        for step in 0..self.steps.len() {
            from[step + 1] += from[step];
        }
        let mut next = from.clone();
        self.going = vec![0; self.first.len()];
        for (row, &first) in self.first.iter().enumerate() {
            let place = &mut next[first as usize];
            self.going[*place as usize] = row as u32;
            *place += 1;
        }
        self.going_from = from;
    }

    pub(super) fn rows(&self) -> usize {
        self.weight.len()
    }

    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.x[row * self.size..(row + 1) * self.size]
    }

    /// Rows that are at risk at this step and at none after it; those who leave come first.
    pub(super) fn coming(&self, step: usize) -> Range<usize> {
        self.coming[step] as usize..self.coming[step + 1] as usize
    }

    /// Rows that are at risk at this step and at none before it.
    pub(super) fn going(&self, step: usize) -> &[u32] {
        &self.going[self.going_from[step] as usize..self.going_from[step + 1] as usize]
    }

    /// Rows who leave at this step.
    pub(super) fn leaving(&self, step: usize) -> Range<usize> {
        let start = self.coming[step] as usize;
        start..start + self.steps[step].event_rows
    }

    /// Calls `visit` for every step with its risk set, the last one first.
    pub(super) fn sweep(&self, risk: &[f64], mut visit: impl FnMut(usize, &RiskSet)) {
        let mut set = RiskSet::default();
        for stratum in self.strata.iter().rev() {
            set.empty(self.size);
            for step in stratum.steps.clone().rev() {
                set.leaving_risk = 0.0;
                set.leaving_first.fill(0.0);
                for row in self.leaving(step) {
                    set.leaving_risk += risk[row];
                    add(&mut set.leaving_first, risk[row], self.row(row));
                }
                for row in self.coming(step) {
                    set.rows += 1;
                    set.weight += self.weight[row];
                    set.count(risk[row], self.row(row));
                }
                set.settle();
                visit(step, &set);
                if step == stratum.steps.start {
                    continue;
                }
                for &row in self.going(step) {
                    let row = row as usize;
                    set.rows -= 1;
                    set.weight -= self.weight[row];
                    set.count(-risk[row], self.row(row));
                }
                if set.rows == 0 {
                    set.empty(self.size);
                }
            }
        }
    }
}

impl RiskSet {
    /// Takes a row in, or out when its risk is negative.
    fn count(&mut self, risk: f64, row: &[f64]) {
        add_exactly(&mut self.risk, &mut self.lost_risk, risk);
        let sums = self.first.iter_mut().zip(&mut self.lost_first);
        for ((sum, lost), x) in sums.zip(row) {
            add_exactly(sum, lost, risk * x);
        }
    }

    /// Puts back what rounding lost.
    fn settle(&mut self) {
        let lost = std::mem::take(&mut self.lost_risk);
        add_exactly(&mut self.risk, &mut self.lost_risk, lost);
        for (sum, lost) in self.first.iter_mut().zip(&mut self.lost_first) {
            let back = std::mem::take(lost);
            add_exactly(sum, lost, back);
        }
    }

    /// Nobody, whatever rounding left of the sums.
    fn empty(&mut self, size: usize) {
        (self.rows, self.weight, self.risk, self.lost_risk) = (0, 0.0, 0.0, 0.0);
        for sum in [
            &mut self.first,
            &mut self.lost_first,
            &mut self.leaving_first,
        ] {
            sum.clear();
            sum.resize(size, 0.0);
        }
    }
}

/// Adds to a sum and keeps what rounding loses of it (D. E. Knuth's two-sum).
pub(super) fn add_exactly(sum: &mut f64, lost: &mut f64, value: f64) {
    let before = *sum;
    *sum = before + value;
    let added = *sum - before;
    *lost += (before - (*sum - added)) + (value - added);
}

/// Adds a multiple of a row to a sum.
pub(super) fn add(sum: &mut [f64], factor: f64, row: &[f64]) {
    for (sum, value) in sum.iter_mut().zip(row) {
        *sum += factor * value;
    }
}

/// Rows that stand for anyone, by stratum and end, those who leave before those lost from sight.
fn sorted(
    durations: &CheckedDurations<'_>,
    covariates: &CheckedCovariates<'_>,
    reason: Option<u32>,
) -> Vec<Key> {
    let columns = covariates.rows().columns;
    let mut keys: Vec<Key> = (0..durations.len())
        .filter(|&row| durations.weight_of(row) > 0.0)
        .map(|row| {
            let event = durations.event_of(row);
            Key {
                stratum: covariates.stratum_of(row),
                end: durations.end_of(row),
                censored: reason.map_or(event == 0, |reason| event != reason),
                row: row as u32,
            }
        })
        .collect();
    let rest = |left: usize, right: usize| -> Ordering {
        (durations
            .start_of(left)
            .total_cmp(&durations.start_of(right)))
        .then_with(|| {
            (columns.iter())
                .map(|column| (column[left] + 0.0).total_cmp(&(column[right] + 0.0)))
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
        })
        .then_with(|| {
            durations
                .weight_of(left)
                .total_cmp(&durations.weight_of(right))
        })
        .then_with(|| covariates.id_of(left).cmp(&covariates.id_of(right)))
    };
    keys.par_sort_unstable_by(|left, right| {
        (left.stratum.cmp(&right.stratum))
            .then(left.end.total_cmp(&right.end))
            .then(left.censored.cmp(&right.censored))
            .then_with(|| rest(left.row as usize, right.row as usize))
    });
    keys
}

/// The different times of events in each stratum.
fn steps(keys: &[Key], durations: &CheckedDurations<'_>) -> (Vec<Step>, Vec<Stratum>) {
    let (mut steps, mut strata) = (Vec::<Step>::new(), Vec::new());
    for rows in keys.chunk_by(|left, right| left.stratum == right.stratum) {
        let start = steps.len();
        for key in rows.iter().filter(|key| !key.censored) {
            let weight = durations.weight_of(key.row as usize);
            match steps[start..].last_mut() {
                Some(step) if step.time == key.end => {
                    step.events += weight;
                    step.event_rows += 1;
                }
                _ => steps.push(Step {
                    time: key.end,
                    events: weight,
                    event_rows: 1,
                }),
            }
        }
        strata.push(Stratum {
            code: rows[0].stratum,
            steps: start..steps.len(),
            followed_until: rows[rows.len() - 1].end,
        });
    }
    (steps, strata)
}

/// Numbers customers in the order of their ids.
fn clusters(
    covariates: &CheckedCovariates<'_>,
    rows: impl Iterator<Item = u32>,
) -> Option<(Vec<u32>, usize)> {
    let id = covariates.rows().id?;
    let ids: Vec<u64> = rows.map(|row| id[row as usize]).collect();
    let mut different = ids.clone();
    different.par_sort_unstable();
    different.dedup();
    let cluster = ids
        .into_par_iter()
        .map(|id| different.partition_point(|&other| other < id) as u32)
        .collect();
    Some((cluster, different.len()))
}
