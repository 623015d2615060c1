//! How much of R² each driver brings: its gain in R² when it joins others, averaged over all orders
//! in which drivers can join (Lindeman, Merenda, Gold 1980, Introduction to Bivariate and
//! Multivariate Analysis, page 119; Grömping 2006, Relative Importance for Linear Regression in R,
//! doi:10.18637/jss.v017.i01). Of players in a game this is Shapley's value.
//!
//! With *v(S)* the R² of the drivers *S* out of *p*, *s* of them, driver *j* brings
//!
//! ```text
//! φⱼ = Σ over S without j of  w(s) (v(S and j) − v(S)),   w(s) = s! (p − s − 1)! / p!
//!    = Σ over S with j of (w(s − 1) + w(s)) v(S)  −  Σ over all S of w(s) v(S)
//! ```
//!
//! **Exactly**: the 2ᵖ sets are gone through as a tree that decides of one driver after the other
//! whether it joins. One that does is swept out of what the drivers not yet decided on, and the
//! outcome, still vary by. Half of the sets are decided at the last driver, where little is left to
//! sweep, so a set costs a few multiplications and not a regression; by the second line nothing needs
//! to be stored.
//!
//! **From a sample of orders**, with more drivers: the Cholesky factor of their correlations in that
//! order gives all gains at once. Orders come in pairs, each with its reverse, which evens out who
//! came first.
//!
//! A driver that follows from those before it gains nothing: drivers that say the same share what
//! they say, and none needs to be left out.

use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::Orders;
use super::moments::{Correlations, cell, triangle};
use crate::bootstrap::stream;
use crate::dense::{Factor, LOST};

/// Most drivers for which all sets are gone through: a million.
const MOST_EXACT: usize = 20;
/// Most drivers for which they are, in every resample.
const MOST_EXACT_IN_RESAMPLES: usize = 12;
/// Pairs of orders, otherwise.
const PAIRS: usize = 4096;
/// Pairs of orders in every resample, otherwise.
const PAIRS_IN_RESAMPLES: usize = 32;
/// Sets of fewer drivers than this are not worth a thread of their own.
const WORTH_A_THREAD: usize = 14;

/// The gains of everyone, and how to get those of a resample.
pub(super) struct Shapley {
    /// What each driver brings; adds to R².
    pub(super) gains: Vec<f64>,
    pub(super) orders: Orders,
    sample: Option<Sample>,
}

/// A few orders, the same in all resamples. Their error is almost the same in each resample as in
/// the whole sample, where it is known, and is taken off.
struct Sample {
    orders: Vec<Vec<usize>>,
    error: Vec<f64>,
}

impl Shapley {
    pub(super) fn of(correlations: &Correlations, seed: u64) -> Self {
        let drivers = correlations.drivers();
        let pairs = pairs_of_orders(drivers, seed);
        let (gains, orders) = if drivers <= MOST_EXACT {
            (exact(correlations), Orders::All)
        } else {
            from_pairs(correlations, &pairs)
        };
        let sample = (drivers > MOST_EXACT_IN_RESAMPLES).then(|| {
            let orders = pairs[..PAIRS_IN_RESAMPLES].concat();
            let error = mean_gains(correlations, &orders)
                .iter()
                .zip(&gains)
                .map(|(found, gain)| found - gain)
                .collect();
            Sample { orders, error }
        });
        Self {
            gains,
            orders,
            sample,
        }
    }

    /// What each driver brings in a resample; may be below 0 by what is left of the error.
    pub(super) fn resampled(&self, correlations: &Correlations) -> Vec<f64> {
        let Some(sample) = &self.sample else {
            return exact(correlations);
        };
        let mut gains = mean_gains(correlations, &sample.orders);
        for (gain, error) in gains.iter_mut().zip(&sample.error) {
            *gain -= error;
        }
        gains
    }
}

fn exact(correlations: &Correlations) -> Vec<f64> {
    let drivers = correlations.drivers();
    // the outcome is row 0, driver j row j + 1
    let mut varies = vec![0.0; triangle(drivers + 1)];
    varies[0] = 1.0;
    for i in 0..drivers {
        varies[cell(i + 1, 0)] = correlations.with_outcome[i];
        for j in 0..=i {
            varies[cell(i + 1, j + 1)] = correlations.between[i * drivers + j];
        }
    }
    let tree = Tree::new(drivers);
    let mut with = vec![0.0; drivers];
    let sums = tree.visit_in_parallel(&varies, drivers, 0, &mut with);
    with.iter().map(|with| with - sums.all).collect()
}

/// The tree of all sets of drivers.
struct Tree {
    /// By the size of a set: what it counts for the drivers that are in it.
    with: Vec<f64>,
    /// By the size of a set: what it counts against all.
    all: Vec<f64>,
}

/// Sums over the sets of a branch of their R² times what they count.
#[derive(Clone, Copy)]
struct BranchSums {
    with: f64,
    all: f64,
}

impl Tree {
    fn new(drivers: usize) -> Self {
        // w(0) = 1 / p, w(s) = w(s − 1) s / (p − s)
        let mut all = vec![0.0; drivers + 1];
        let mut with = vec![0.0; drivers + 1];
        let mut before = 0.0;
        for size in 0..=drivers {
            all[size] = match size {
                0 => 1.0 / drivers as f64,
                _ if size == drivers => 0.0,
                _ => before * size as f64 / (drivers - size) as f64,
            };
            with[size] = before + all[size];
            before = all[size];
        }
        Self { with, all }
    }

    /// As [`Self::visit`], branches at the top in parallel. Sums are put together in the same way
    /// whatever the number of threads.
    fn visit_in_parallel(
        &self,
        varies: &[f64],
        undecided: usize,
        size: usize,
        with: &mut [f64],
    ) -> BranchSums {
        if undecided < WORTH_A_THREAD {
            let mut room = vec![0.0; (1..=undecided).map(triangle).sum()];
            return self.visit(varies, undecided, size, &mut room, with);
        }
        let mut swept = vec![0.0; triangle(undecided)];
        let joined = sweep(varies, undecided, &mut swept);
        let mut with_joined = vec![0.0; with.len()];
        let (out, joined) = rayon::join(
            || self.visit_in_parallel(&varies[..triangle(undecided)], undecided - 1, size, with),
            || self.visit_in_parallel(joined, undecided - 1, size + 1, &mut with_joined),
        );
        for (sum, part) in with.iter_mut().zip(&with_joined) {
            *sum += part;
        }
        with[undecided - 1] += joined.with;
        out.plus(joined)
    }

    /// Goes through the sets that differ in the `undecided` first drivers; `size` others are in all
    /// of them and were swept out of `varies`, the covariances of what is left. Adds to `with` for
    /// each driver the sum over the sets that it is in. `room` is for the sweeping.
    fn visit(
        &self,
        varies: &[f64],
        undecided: usize,
        size: usize,
        room: &mut [f64],
        with: &mut [f64],
    ) -> BranchSums {
        if undecided == 0 {
            let r_squared = 1.0 - varies[0];
            return BranchSums {
                with: self.with[size] * r_squared,
                all: self.all[size] * r_squared,
            };
        }
        let (swept, room) = room.split_at_mut(triangle(undecided));
        let out = self.visit(
            &varies[..triangle(undecided)],
            undecided - 1,
            size,
            room,
            with,
        );
        let joined = sweep(varies, undecided, swept);
        let joined = self.visit(joined, undecided - 1, size + 1, room, with);
        with[undecided - 1] += joined.with;
        out.plus(joined)
    }
}

impl BranchSums {
    fn plus(self, other: Self) -> Self {
        Self {
            with: self.with + other.with,
            all: self.all + other.all,
        }
    }
}

/// Covariances of the rows before `row` once what follows from `row` is taken out of them; the same
/// as before when `row` itself follows from what was taken out already.
fn sweep<'a>(varies: &'a [f64], row: usize, swept: &'a mut [f64]) -> &'a [f64] {
    let (before, last) = varies.split_at(triangle(row));
    let pivot = last[row];
    if pivot <= LOST {
        return before;
    }
    let mut start = 0;
    for i in 0..row {
        let factor = last[i] / pivot;
        let end = start + i + 1;
        for ((swept, value), other) in swept[start..end]
            .iter_mut()
            .zip(&before[start..end])
            .zip(last)
        {
            *swept = value - factor * other;
        }
        start = end;
    }
    swept
}

/// Gains averaged over pairs of orders, and how far off they may be.
fn from_pairs(correlations: &Correlations, pairs: &[[Vec<usize>; 2]]) -> (Vec<f64>, Orders) {
    let each: Vec<Vec<f64>> = pairs
        .par_iter()
        .map(|pair| mean_gains(correlations, pair))
        .collect();
    let count = pairs.len() as f64;
    let mean = |of: &dyn Fn(&[f64]) -> f64| each.iter().map(|gains| of(gains)).sum::<f64>() / count;
    let gains: Vec<f64> = (0..correlations.drivers())
        .map(|driver| mean(&|gains| gains[driver]))
        .collect();
    let largest_variance = gains
        .iter()
        .enumerate()
        .map(|(driver, gain)| mean(&|gains| (gains[driver] - gain).powi(2)))
        .fold(0.0, f64::max);
    let orders = Orders::Sampled {
        orders: 2 * pairs.len(),
        standard_error: (largest_variance / (count - 1.0)).sqrt(),
    };
    (gains, orders)
}

fn mean_gains(correlations: &Correlations, orders: &[Vec<usize>]) -> Vec<f64> {
    let drivers = correlations.drivers();
    let mut gains = vec![0.0; drivers];
    let mut between = vec![0.0; drivers * drivers];
    for order in orders {
        for (row, &i) in between.chunks_exact_mut(drivers).zip(order) {
            for (cell, &j) in row.iter_mut().zip(order) {
                *cell = correlations.between[i * drivers + j];
            }
        }
        let with_outcome: Vec<f64> = order
            .iter()
            .map(|&i| correlations.with_outcome[i])
            .collect();
        let roots = Factor::new(&between, drivers, 0.0).forward(&with_outcome);
        for (&driver, root) in order.iter().zip(roots) {
            gains[driver] += root * root / orders.len() as f64;
        }
    }
    gains
}

/// Pairs of an order and its reverse.
fn pairs_of_orders(drivers: usize, seed: u64) -> Vec<[Vec<usize>; 2]> {
    let pairs = if drivers > MOST_EXACT {
        PAIRS
    } else {
        PAIRS_IN_RESAMPLES
    };
    // a stream that neither resamples nor groups have
    let mut random = stream(seed, u64::MAX - 1);
    (0..pairs)
        .map(|_| {
            let mut order: Vec<usize> = (0..drivers).collect();
            order.shuffle(&mut random);
            let reverse = order.iter().rev().copied().collect();
            [order, reverse]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sampled_orders_are_as_close_as_they_say() {
        // drivers that go together the less the further apart they stand
        let drivers = 10;
        let apart = |at: usize| (at / drivers).abs_diff(at % drivers);
        let correlations = Correlations {
            between: (0..drivers * drivers)
                .map(|at| 0.7_f64.powi(apart(at) as i32))
                .collect(),
            with_outcome: (0..drivers).map(|j| 0.6 / (1.0 + j as f64)).collect(),
            deviations: vec![1.0; drivers + 1],
            reconciled: false,
        };
        let expected = exact(&correlations);
        let (found, orders) = from_pairs(&correlations, &pairs_of_orders(drivers, 5));
        let Orders::Sampled { standard_error, .. } = orders else {
            panic!("a sample");
        };
        let largest = found
            .iter()
            .zip(&expected)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f64::max);
        // more than nothing, and within four standard errors
        assert!(standard_error / 20.0 < largest && largest < 4.0 * standard_error);
    }
}
