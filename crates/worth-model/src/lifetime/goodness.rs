//! Whether data look like a fitted model: customers counted in cells against what it expects.
//!
//! The plain chi-square statistic is wrong here: parameters were fitted to the same customers, and
//! customers differ in age. With d the differences per cell (one cell left out), V the covariance
//! of the counts, C the derivatives of the expected counts and S the covariance of the parameters,
//!
//! ```text
//! d' (V - C S C')^-1 d
//! ```
//!
//! is chi-square with as many degrees of freedom as there are cells less one, or fewer where fitting
//! leaves no freedom (Andrews 1988,
//! Chi-Square Diagnostic Tests for Econometric Models, Journal of Econometrics 37; for equal
//! customers the Rao-Robson-Nikulin statistic). With very many customers any model is rejected, so
//! one that puts nearly everybody in the right cell passes whatever the statistic.

use super::counted::Counted;
use super::diagnosis::{Cell, Goodness};
use super::law::Law;
use crate::chi_square::at_least;
use crate::parallel::chunks;
use crate::symmetric::{Matrix, bilinear, eigen};

/// A distance this improbable is not put down to chance.
const IMPROBABLE: f64 = 0.005;
/// This share of customers with the wrong number of purchases does not matter.
const NEGLIGIBLE_SHARE: f64 = 0.005;
/// Cells expected to hold fewer customers are put together.
const SMALLEST_CELL: f64 = 5.0;
/// Directions in which fitting leaves less than this share of the variance are not looked at.
const LEFT: f64 = 0.1;
/// Step in the logarithm of a parameter for derivatives.
const STEP: f64 = 1e-4;
/// With more distinct rows than this, ages are put together …
const EXACT_ROWS: usize = 1024;
/// … in this many classes of `age / (time scale + age)`, each at its mean age.
const AGE_CLASSES: usize = 1024;

/// Cells 0 … 6 repeat purchases; 7 and more is what is left.
const COUNTS: usize = 7;
/// Cells one to three repeat purchases by the quarter of the last; all else is what is left.
const QUARTERS: usize = 12;

/// Expected customers per cell (all but the last) with their covariance and derivatives.
pub(crate) struct Expected<const P: usize> {
    pub(crate) customers: f64,
    pub(crate) mean: Vec<f64>,
    /// Sum over customers of `p p'`.
    pub(crate) products: Vec<Vec<f64>>,
    /// Derivatives of `mean` with respect to the logarithms of the parameters.
    pub(crate) slope: Vec<[f64; P]>,
}

/// Goodness by number of repeat purchases, and by the time of the last.
pub(crate) fn of_purchases<P: Law<D>, const D: usize>(
    data: &Counted,
    parameters: &P,
    log_covariance: &Matrix<D>,
) -> (Goodness, Goodness) {
    let ages = age_classes(data, parameters.time_scale());
    let by_count = expected(&ages, parameters, COUNTS, |parameters, age, cells| {
        parameters.new_counts(age, cells);
    });
    let by_quarter = expected(&ages, parameters, QUARTERS, |parameters, age, cells| {
        parameters.quarters(age, cells);
    });
    let (mut counts, mut quarters) = (vec![0.0; COUNTS], vec![0.0; QUARTERS]);
    for piece in &data.pieces {
        let x = data.groups[piece.group].frequency as usize;
        for row in piece.rows.clone() {
            let weight = data.weight_of(row);
            if x < COUNTS {
                counts[x] += weight;
            }
            if (1..=3).contains(&x) {
                let quarter = (4.0 * data.recency[row] / data.age[row])
                    .ceil()
                    .clamp(1.0, 4.0);
                quarters[(x - 1) * 4 + quarter as usize - 1] += weight;
            }
        }
    }
    let count_labels = (0..COUNTS)
        .map(|x| x.to_string())
        .chain([format!("{COUNTS}+")]);
    let quarter_labels = (1..=3)
        .flat_map(|x| (1..=4).map(move |quarter| format!("{x}:{quarter}")))
        .chain(["other".to_owned()]);
    let judge = |labels, actual: &[f64], expected| {
        judge(labels, actual, expected, log_covariance, NEGLIGIBLE_SHARE)
    };
    (
        judge(count_labels.collect(), &counts, &by_count),
        judge(quarter_labels.collect(), &quarters, &by_quarter),
    )
}

/// Ages with the number of customers of each, put together where there are very many.
fn age_classes(data: &Counted, time_scale: f64) -> Vec<(f64, f64)> {
    if data.len() <= EXACT_ROWS {
        return (0..data.len())
            .map(|row| (data.age[row], data.weight_of(row)))
            .collect();
    }
    let mut classes = vec![(0.0, 0.0); AGE_CLASSES];
    for row in 0..data.len() {
        let share = data.age[row] / (time_scale + data.age[row]);
        let class = &mut classes[((share * AGE_CLASSES as f64) as usize).min(AGE_CLASSES - 1)];
        let weight = data.weight_of(row);
        class.0 += weight * data.age[row];
        class.1 += weight;
    }
    classes
        .into_iter()
        .filter(|(_, customers)| *customers > 0.0)
        .map(|(total, customers)| (total / customers, customers))
        .collect()
}

fn expected<P: Law<D>, const D: usize>(
    ages: &[(f64, f64)],
    parameters: &P,
    cells: usize,
    probabilities: impl Fn(&P, f64, &mut [f64]) + Sync,
) -> Expected<D> {
    let moved: Vec<P> = (0..2 * D)
        .map(|direction| {
            let step = if direction % 2 == 0 { STEP } else { -STEP };
            parameters.moved(direction / 2, step)
        })
        .collect();
    let parts = chunks(ages.len(), |range| {
        let mut sum = Expected::empty(cells);
        let mut p = vec![0.0; cells];
        for &(age, customers) in &ages[range] {
            probabilities(parameters, age, &mut p);
            sum.add_cells(&p, customers);
            for (direction, parameters) in moved.iter().enumerate() {
                probabilities(parameters, age, &mut p);
                let factor = if direction % 2 == 0 {
                    customers
                } else {
                    -customers
                } / (2.0 * STEP);
                for (slope, p) in sum.slope.iter_mut().zip(&p) {
                    slope[direction / 2] += factor * p;
                }
            }
        }
        sum
    });
    let mut total = Expected::empty(cells);
    for part in parts {
        total.add(&part);
    }
    total
}

impl<const P: usize> Expected<P> {
    pub(crate) fn empty(cells: usize) -> Self {
        Self {
            customers: 0.0,
            mean: vec![0.0; cells],
            products: vec![vec![0.0; cells]; cells],
            slope: vec![[0.0; P]; cells],
        }
    }

    /// Adds `customers` who are in the cells with probabilities `p`.
    pub(crate) fn add_cells(&mut self, p: &[f64], customers: f64) {
        self.customers += customers;
        for i in 0..p.len() {
            self.mean[i] += customers * p[i];
            for j in 0..p.len() {
                self.products[i][j] += customers * p[i] * p[j];
            }
        }
    }

    fn add(&mut self, other: &Self) {
        self.customers += other.customers;
        for i in 0..self.mean.len() {
            self.mean[i] += other.mean[i];
            for j in 0..self.mean.len() {
                self.products[i][j] += other.products[i][j];
            }
            for k in 0..P {
                self.slope[i][k] += other.slope[i][k];
            }
        }
    }

    /// Covariance of the differences between actual and expected customers of two cells, after
    /// fitting.
    fn covariance(&self, i: usize, j: usize, log_covariance: &Matrix<P>) -> f64 {
        let own = if i == j { self.mean[i] } else { 0.0 };
        let fitted = bilinear(&self.slope[i], log_covariance, &self.slope[j]);
        own - self.products[i][j] - fitted
    }
}

/// Compares actual with expected customers; the last label is that of all other customers.
/// However improbable, a distance of at most `negligible_share` of the customers passes.
pub(crate) fn judge<const P: usize>(
    labels: Vec<String>,
    actual: &[f64],
    expected: &Expected<P>,
    log_covariance: &Matrix<P>,
    negligible_share: f64,
) -> Goodness {
    let rest = |cells: &[f64]| (expected.customers - cells.iter().sum::<f64>()).max(0.0);
    let cells: Vec<Cell> = labels
        .into_iter()
        .zip(actual.iter().copied().chain([rest(actual)]))
        .zip(expected.mean.iter().copied().chain([rest(&expected.mean)]))
        .map(|((label, actual), expected)| Cell {
            label,
            actual,
            expected,
        })
        .collect();
    // Small cells join the rest; so do the smallest of the others until the rest is large enough.
    let mut used: Vec<usize> = (0..actual.len())
        .filter(|&cell| expected.mean[cell] >= SMALLEST_CELL)
        .collect();
    let in_use = |used: &[usize]| used.iter().map(|&cell| expected.mean[cell]).sum::<f64>();
    while !used.is_empty() && expected.customers - in_use(&used) < SMALLEST_CELL {
        let smallest = (0..used.len())
            .min_by(|&i, &j| expected.mean[used[i]].total_cmp(&expected.mean[used[j]]))
            .expect("there is at least one cell");
        used.remove(smallest);
    }
    let (statistic, degrees_of_freedom) = distance(&used, actual, expected, log_covariance);
    let p_value = at_least(statistic, degrees_of_freedom).unwrap_or(1.0);
    let misplaced: f64 = cells
        .iter()
        .map(|cell| (cell.actual - cell.expected).abs())
        .sum();
    let misplaced_share = misplaced / (2.0 * expected.customers.max(1.0));
    Goodness {
        cells,
        statistic,
        degrees_of_freedom,
        p_value,
        misplaced_share,
        fits: p_value >= IMPROBABLE || misplaced_share <= negligible_share,
    }
}

/// `d' M^-1 d` over the directions that fitting left free, and how many those are.
///
/// Before fitting the counts have covariance V = L L'. In the directions of `L^-1 d`, fitting
/// leaves shares between 0 and 1 of the variance 1: those are the eigenvalues of
/// `L^-1 M L'^-1`. A direction that the parameters have followed says nothing of the model.
fn distance<const P: usize>(
    used: &[usize],
    actual: &[f64],
    expected: &Expected<P>,
    log_covariance: &Matrix<P>,
) -> (f64, f64) {
    let size = used.len();
    let none = [[0.0; P]; P];
    // Cholesky factor of V; cells have positive means and a rest, so V is positive definite.
    let mut lower = vec![vec![0.0; size]; size];
    for i in 0..size {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let left = expected.covariance(used[i], used[j], &none) - known;
            lower[i][j] = if i == j {
                left.max(f64::MIN_POSITIVE).sqrt()
            } else {
                left / lower[j][j]
            };
        }
    }
    let whiten = |vector: &mut [f64]| {
        for i in 0..size {
            let known: f64 = (0..i).map(|k| lower[i][k] * vector[k]).sum();
            vector[i] = (vector[i] - known) / lower[i][i];
        }
    };
    // What fitting takes away.
    let mut slopes = vec![[0.0; P]; size];
    for k in 0..P {
        let mut slope: Vec<f64> = used.iter().map(|&cell| expected.slope[cell][k]).collect();
        whiten(&mut slope);
        for (row, slope) in slopes.iter_mut().zip(slope) {
            row[k] = slope;
        }
    }
    let left: Vec<Vec<f64>> = (0..size)
        .map(|i| {
            (0..size)
                .map(|j| {
                    let before = f64::from(u8::from(i == j));
                    before - bilinear(&slopes[i], log_covariance, &slopes[j])
                })
                .collect()
        })
        .collect();
    let mut difference: Vec<f64> = used
        .iter()
        .map(|&cell| actual[cell] - expected.mean[cell])
        .collect();
    whiten(&mut difference);
    let (mut statistic, mut degrees) = (0.0, 0.0);
    for (share, direction) in eigen(left) {
        if share > LEFT {
            let along: f64 = direction.iter().zip(&difference).map(|(v, d)| v * d).sum();
            statistic += along * along / share;
            degrees += 1.0;
        }
    }
    (statistic, degrees)
}
