//! Concordance: how often, of two customers, the one with the higher hazard left first.
//!
//! Pairs count when one leaves while the other is at risk and stays on (ties of time do not; ties of
//! hazard count half). Counted with a tree of cumulative sums over the ranks of the hazards, once
//! back in time for the customer who leaves and once forward for the one who stays, so that the
//! share of every customer in the result is known and with it the standard error (infinitesimal
//! jackknife).
//!
//! Source: F. E. Harrell et al. (1982), Evaluating the Yield of Medical Tests, JAMA 247,
//! doi:10.1001/jama.1982.03320430047030; the error T. M. Therneau, D. A. Watson (2015), The
//! Concordance Statistic and the Cox Model, Mayo Clinic technical report 85.

use rayon::prelude::*;

use super::likelihood::risks;
use super::prepared::Prepared;
use crate::estimate::{Estimate, Method, NoInterval, reach};

/// A variance up to this is none: all pairs are those of one customer.
const ROUNDING: f64 = 1e-20;

/// Cumulative weights by rank (Fenwick tree).
struct Tree {
    sums: Vec<f64>,
    total: f64,
}

impl Tree {
    fn new(ranks: usize) -> Self {
        Self {
            sums: vec![0.0; ranks + 1],
            total: 0.0,
        }
    }

    fn add(&mut self, rank: u32, weight: f64) {
        self.total += weight;
        let mut place = rank as usize + 1;
        while place < self.sums.len() {
            self.sums[place] += weight;
            place += place & place.wrapping_neg();
        }
    }

    /// Weight of all ranks below this one.
    fn below(&self, rank: u32) -> f64 {
        let mut place = rank as usize;
        let mut sum = 0.0;
        while place > 0 {
            sum += self.sums[place];
            place &= place - 1;
        }
        sum
    }

    /// Weight of lower ranks and half that of the same: pairs in which `rank` is the higher.
    fn under(&self, rank: u32) -> f64 {
        f64::midpoint(self.below(rank), self.below(rank + 1))
    }
}

/// Concordance of the relative hazards with the order of leaving, with an interval.
pub(super) fn concordance(data: &Prepared, beta: &[f64], level: f64) -> Estimate {
    let nothing = Estimate::without(0.5, NoInterval::TooFew);
    let Some(risks) = risks(data, beta) else {
        return nothing;
    };
    let (rank, ranks) = ranks(&risks.predictor);
    // By row: pairs in which it takes part, and those of them that agree.
    let mut pairs = vec![0.0; data.rows()];
    let mut agreeing = vec![0.0; data.rows()];
    let mut tree = Tree::new(ranks);
    for stratum in data.strata.iter().rev() {
        for step in stratum.steps.clone().rev() {
            let leaving = data.leaving(step);
            let staying = leaving.end..data.coming(step).end;
            for (&rank, &weight) in rank[staying.clone()].iter().zip(&data.weight[staying]) {
                tree.add(rank, weight);
            }
            for row in leaving.clone() {
                pairs[row] = tree.total;
                agreeing[row] = tree.under(rank[row]);
            }
            for row in leaving {
                tree.add(rank[row], data.weight[row]);
            }
            // Nothing comes after the first step of the first stratum.
            if step > 0 {
                for &row in data.going(step) {
                    tree.add(rank[row as usize], -data.weight[row as usize]);
                }
            }
        }
    }
    let sum_over_leavers = |of: &[f64]| -> f64 {
        (0..data.rows())
            .filter(|&row| data.event[row])
            .map(|row| data.weight[row] * of[row])
            .sum()
    };
    let all = sum_over_leavers(&pairs);
    if all <= 0.0 {
        return nothing;
    }
    let value = sum_over_leavers(&agreeing) / all;
    add_those_who_stayed(data, &rank, ranks, &mut pairs, &mut agreeing);
    let influence = |row: usize| (agreeing[row] - value * pairs[row]) / all;
    let variance: f64 = match &data.cluster {
        None => (0..data.rows())
            .map(|row| data.weight[row] * influence(row).powi(2))
            .sum(),
        Some((cluster, count)) => {
            let mut sums = vec![0.0; *count];
            for (row, &cluster) in cluster.iter().enumerate() {
                sums[cluster as usize] += data.weight[row] * influence(row);
            }
            sums.iter().map(|sum| sum * sum).sum()
        }
    };
    if variance <= ROUNDING {
        return Estimate::without(value, NoInterval::TooFew);
    }
    let half = reach(level) * variance.sqrt();
    let (low, high) = ((value - half).max(0.0), (value + half).min(1.0));
    Estimate::between(value, low, high, level, Method::Delta)
}

/// Adds the pairs in which a row saw another one leave: leavers of all its steps, less those before.
fn add_those_who_stayed(
    data: &Prepared,
    rank: &[u32],
    ranks: usize,
    pairs: &mut [f64],
    agreeing: &mut [f64],
) {
    let mut tree = Tree::new(ranks);
    let mut count = |tree: &Tree, row: usize, sign: f64| {
        pairs[row] += sign * tree.total;
        agreeing[row] += sign * (tree.total - tree.under(rank[row]));
    };
    for step in 0..data.steps.len() {
        for &row in data.going(step) {
            count(&tree, row as usize, -1.0);
        }
        let leaving = data.leaving(step);
        for row in leaving.clone() {
            count(&tree, row, 1.0);
        }
        for row in leaving.clone() {
            tree.add(rank[row], data.weight[row]);
        }
        for row in leaving.end..data.coming(step).end {
            count(&tree, row, 1.0);
        }
    }
}

/// The rank of each value, equal values having the same, and how many different there are.
fn ranks(values: &[f64]) -> (Vec<u32>, usize) {
    let mut order: Vec<(f64, u32)> = values
        .iter()
        .enumerate()
        .map(|(row, &value)| (value + 0.0, row as u32))
        .collect();
    order.par_sort_unstable_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(&right.1)));
    let mut rank = vec![0; values.len()];
    let mut different = 0;
    for same in order.chunk_by(|left, right| left.0 == right.0) {
        for &(_, row) in same {
            rank[row as usize] = different;
        }
        different += 1;
    }
    (rank, different as usize)
}
