//! Sums over respondents, group by group: all that correlations need, of everyone and of every
//! resample.
//!
//! Each respondent is a row of ones (answered) and zeros (not) followed by scores, 0 where there is
//! none. Sums of products of all pairs of those columns give the correlation of any two variables
//! over those who answered both, and where everyone answered everything there is a single column of
//! ones. A resample adds up the sums of the groups that were drawn.

use crate::bootstrap::Groups;
use crate::symmetric::eigen;

/// Variables that vary by less than this part of their standard deviation in the whole sample (or,
/// in the whole sample, of their size) are constant.
const CONSTANT: f64 = 1e-10;

/// Sums of products over the respondents of each group.
pub(super) struct Moments {
    variables: usize,
    /// Column of ones and zeros that says who answered each variable.
    answered: Vec<usize>,
    /// How many columns of ones and zeros there are: scores come after them.
    masks: usize,
    /// Standard deviation of each variable in the whole sample; 0 when it is constant.
    deviations: Vec<f64>,
    /// For each group the lower triangle of products, row by row.
    sums: Vec<Vec<f64>>,
}

/// Correlations of variables, the first being the outcome and the others its drivers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Correlations {
    /// Between drivers, row by row; 0 all along the row of a constant one.
    pub(super) between: Vec<f64>,
    /// Of each driver with the outcome.
    pub(super) with_outcome: Vec<f64>,
    /// Standard deviation of outcome and drivers, in their own units; 0 when constant.
    pub(super) deviations: Vec<f64>,
    /// Correlations from different respondents contradicted each other and were moved to the
    /// nearest that do not.
    pub(super) reconciled: bool,
}

impl Correlations {
    pub(super) fn drivers(&self) -> usize {
        self.with_outcome.len()
    }
}

impl Moments {
    /// Of these rows; `columns` are the outcome and its drivers.
    pub(super) fn of(
        rows: &[usize],
        columns: &[&[f64]],
        weight: impl Fn(usize) -> f64 + Sync,
        groups: &Groups,
    ) -> Self {
        let mut masks = 1;
        let answered: Vec<usize> = columns
            .iter()
            .map(|column| {
                let by_all = rows.iter().all(|&row| !column[row].is_nan());
                masks += usize::from(!by_all);
                if by_all { 0 } else { masks - 1 }
            })
            .collect();
        let units: Vec<Unit> = columns
            .iter()
            .map(|column| Unit::of(rows.iter().map(|&row| (column[row], weight(row)))))
            .collect();
        let width = masks + columns.len();
        let sums = groups.each(|group| {
            let mut sums = vec![0.0; triangle(width)];
            let mut cells = vec![0.0; width];
            cells[0] = 1.0;
            for &place in group {
                let row = rows[place as usize];
                for (variable, (column, unit)) in columns.iter().zip(&units).enumerate() {
                    let score = column[row];
                    let is_there = !score.is_nan();
                    if answered[variable] > 0 {
                        cells[answered[variable]] = f64::from(u8::from(is_there));
                    }
                    cells[masks + variable] = if is_there { unit.standard(score) } else { 0.0 };
                }
                add_products(&mut sums, &cells, weight(row));
            }
            sums
        });
        Self {
            variables: columns.len(),
            answered,
            masks,
            deviations: units.iter().map(|unit| unit.deviation).collect(),
            sums,
        }
    }

    /// Correlations over the groups, as often as each comes; none when nobody answered some two.
    pub(super) fn correlations(&self, times: &[f64]) -> Option<Correlations> {
        let mut total = vec![0.0; triangle(self.masks + self.variables)];
        for (&times, sums) in times.iter().zip(&self.sums) {
            if times > 0.0 {
                for (total, sum) in total.iter_mut().zip(sums) {
                    *total += times * sum;
                }
            }
        }
        let size = self.variables;
        let mut covariance = vec![0.0; size * size];
        for i in 0..size {
            for j in 0..=i {
                let value = self.covariance(&total, i, j)?;
                (covariance[i * size + j], covariance[j * size + i]) = (value, value);
            }
        }
        let deviations: Vec<f64> = (0..size)
            .map(|i| covariance[i * size + i].max(0.0).sqrt())
            .collect();
        for i in 0..size {
            for j in 0..size {
                let unit = deviations[i] * deviations[j];
                let is_constant = deviations[i].min(deviations[j]) <= CONSTANT;
                let cell = &mut covariance[i * size + j];
                *cell = match (is_constant, i == j) {
                    (true, _) => 0.0,
                    (false, true) => 1.0,
                    (false, false) => (*cell / unit).clamp(-1.0, 1.0),
                };
            }
        }
        let reconciled = self.masks > 1 && reconcile(&mut covariance, size);
        Some(Correlations {
            between: (1..size)
                .flat_map(|i| covariance[i * size + 1..(i + 1) * size].to_vec())
                .collect(),
            with_outcome: covariance[1..size].to_vec(),
            deviations: deviations
                .iter()
                .zip(&self.deviations)
                .map(|(part, whole)| if *part > CONSTANT { part * whole } else { 0.0 })
                .collect(),
            reconciled,
        })
    }

    /// Over those who answered both, in standard deviations of the whole sample.
    fn covariance(&self, total: &[f64], i: usize, j: usize) -> Option<f64> {
        let (mask_i, mask_j) = (self.answered[i], self.answered[j]);
        let (i, j) = (self.masks + i, self.masks + j);
        let weight = total[cell(mask_i, mask_j)];
        let product = total[cell(i, j)] / weight;
        let (mean_i, mean_j) = (
            total[cell(i, mask_j)] / weight,
            total[cell(j, mask_i)] / weight,
        );
        (weight > 0.0).then_some(product - mean_i * mean_j)
    }
}

/// Where a variable lies and how far it spreads in the whole sample.
struct Unit {
    mean: f64,
    deviation: f64,
}

impl Unit {
    fn of(scores: impl Iterator<Item = (f64, f64)> + Clone) -> Self {
        let there = scores.filter(|(score, _)| !score.is_nan());
        let (sum, weights) = there
            .clone()
            .fold((0.0, 0.0), |(sum, weights), (score, weight)| {
                (sum + weight * score, weights + weight)
            });
        if weights <= 0.0 {
            return Self {
                mean: 0.0,
                deviation: 0.0,
            };
        }
        let mean = sum / weights;
        let (mut squares, mut size) = (0.0, 0.0_f64);
        for (score, weight) in there {
            squares += weight * (score - mean) * (score - mean);
            size = size.max(score.abs());
        }
        let deviation = (squares / weights).sqrt();
        Self {
            mean,
            deviation: if deviation > CONSTANT * size {
                deviation
            } else {
                0.0
            },
        }
    }

    fn standard(&self, score: f64) -> f64 {
        if self.deviation > 0.0 {
            (score - self.mean) / self.deviation
        } else {
            0.0
        }
    }
}

pub(super) fn triangle(size: usize) -> usize {
    size * (size + 1) / 2
}

/// Place of a pair in a lower triangle.
pub(super) fn cell(i: usize, j: usize) -> usize {
    let (low, high) = (i.min(j), i.max(j));
    triangle(high) + low
}

fn add_products(sums: &mut [f64], cells: &[f64], weight: f64) {
    let mut row = 0;
    for i in 0..cells.len() {
        let factor = weight * cells[i];
        for (sum, other) in sums[row..=row + i].iter_mut().zip(cells) {
            *sum += factor * other;
        }
        row += i + 1;
    }
}

/// Correlations of different respondents may contradict each other: no variables could have all of
/// them. Directions of negative variance are cut off and the diagonal made 1 again.
fn reconcile(matrix: &mut [f64], size: usize) -> bool {
    let parts = eigen(matrix.chunks_exact(size).map(<[f64]>::to_vec).collect());
    if parts.iter().all(|(value, _)| *value > -CONSTANT) {
        return false;
    }
    let product = |i: usize, j: usize| -> f64 {
        let positive = parts.iter().filter(|(value, _)| *value > 0.0);
        positive
            .map(|(value, vector)| value * vector[i] * vector[j])
            .sum()
    };
    let roots: Vec<f64> = (0..size).map(|i| product(i, i).sqrt()).collect();
    for i in 0..size {
        for j in 0..size {
            let unit = roots[i] * roots[j];
            matrix[i * size + j] = if unit > 0.0 {
                product(i, j) / unit
            } else {
                0.0
            };
        }
    }
    true
}
