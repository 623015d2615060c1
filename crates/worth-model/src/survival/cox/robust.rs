//! Robust (sandwich) variance: holds also where the model does not, or rows are not independent.
//!
//! Each row pulls at the coefficients with its score residual, its share of the gradient that does
//! not depend on the other rows only through the risk sets:
//!
//! ```text
//! U = leaves (x - x̄) - r Σ over its steps of (x - x̄) dH        variance = V (Σ U U') V
//! ```
//!
//! with V the model variance and U summed over the rows of each customer first.
//!
//! Source: D. Y. Lin, L. J. Wei (1989), The Robust Inference for the Cox Proportional Hazards Model,
//! Journal of the American Statistical Association 84, doi:10.1080/01621459.1989.10478874; with
//! Efron's ties as in T. M. Therneau, P. M. Grambsch (2000), Modeling Survival Data,
//! doi:10.1007/978-1-4757-3294-8, appendix E.

use super::Ties;
use super::likelihood::{Hazards, Risks, TieSums, risks};
use super::prepared::{Prepared, add};
use crate::parallel::chunks;

/// Means of the covariates over the risk sets, and their sums over steps.
struct Means {
    hazards: Hazards,
    /// Mean over the risk set of each step (over the leavers of the step, with Efron's ties).
    mean: Vec<f64>,
    /// Sum of mean times hazard before and after each step, within its stratum; and what the
    /// leavers of a step do not bear of it.
    before: Vec<f64>,
    after: Vec<f64>,
    tied: Vec<f64>,
}

/// The covariance of scaled coefficients whose model covariance is `model`.
pub(super) fn sandwich(data: &Prepared, ties: Ties, beta: &[f64], model: &[f64]) -> Vec<f64> {
    let size = data.size;
    let Some(risks) = risks(data, beta) else {
        return model.to_vec();
    };
    let means = Means::new(data, ties, &risks);
    let middle = match &data.cluster {
        None => {
            let parts = chunks(data.rows(), |range| {
                let mut sum = vec![0.0; size * size];
                for row in range {
                    let residual = means.residual(data, &risks, row);
                    add_square(&mut sum, data.weight[row], &residual);
                }
                sum
            });
            let mut sum = vec![0.0; size * size];
            for part in &parts {
                add(&mut sum, 1.0, part);
            }
            sum
        }
        Some((cluster, count)) => {
            let mut residuals = vec![0.0; count * size];
            for (row, &cluster) in cluster.iter().enumerate() {
                let place = cluster as usize * size;
                let residual = means.residual(data, &risks, row);
                add(
                    &mut residuals[place..place + size],
                    data.weight[row],
                    &residual,
                );
            }
            let mut sum = vec![0.0; size * size];
            for cluster in 0..*count {
                add_square(
                    &mut sum,
                    1.0,
                    &residuals[cluster * size..(cluster + 1) * size],
                );
            }
            sum
        }
    };
    product(&product(model, &middle, size), model, size)
}

impl Means {
    fn new(data: &Prepared, ties: Ties, risks: &Risks) -> Self {
        let (size, steps) = (data.size, data.steps.len());
        let (mut of_step, mut tied_hazard) = (vec![0.0; steps], vec![0.0; steps]);
        let mut mean = vec![0.0; steps * size];
        let mut drift = vec![0.0; steps * size];
        let mut tied = vec![0.0; steps * size];
        data.sweep(&risks.risk, |step, set| {
            let events = data.steps[step].events;
            let sums = TieSums::new(ties, events, set.leaving_risk / set.risk);
            of_step[step] = sums.one / set.risk;
            tied_hazard[step] = sums.part / set.risk;
            for i in 0..size {
                let (all, leaving) = (set.first[i] / set.risk, set.leaving_first[i] / set.risk);
                let place = step * size + i;
                mean[place] = (sums.one * all - sums.part * leaving) / events;
                drift[place] = (sums.one_squared * all - sums.part_squared * leaving) / set.risk;
                tied[place] =
                    (sums.part_squared * all - sums.part_part_squared * leaving) / set.risk;
            }
        });
        let (mut before, mut after) = (vec![0.0; steps * size], vec![0.0; steps * size]);
        for stratum in &data.strata {
            let mut sum = vec![0.0; size];
            for step in stratum.steps.clone() {
                let place = step * size..(step + 1) * size;
                before[place.clone()].copy_from_slice(&sum);
                add(&mut sum, 1.0, &drift[place.clone()]);
                after[place].copy_from_slice(&sum);
            }
        }
        Self {
            hazards: Hazards::new(data, &of_step, tied_hazard),
            mean,
            before,
            after,
            tied,
        }
    }

    /// Score residual of one of the equal customers that a row stands for.
    fn residual(&self, data: &Prepared, risks: &Risks, row: usize) -> Vec<f64> {
        let size = data.size;
        let risk = risks.risk[row] / data.weight[row];
        let borne = self.hazards.borne(data, row);
        let (first, last) = (data.first[row] as usize, data.last[row] as usize - 1);
        let leaves = data.event[row];
        (data.row(row).iter().enumerate())
            .map(|(i, &x)| {
                let at = last * size + i;
                let mut drift = self.after[at] - self.before[first * size + i];
                let mut residual = 0.0;
                if leaves {
                    drift -= self.tied[at];
                    residual += x - self.mean[at];
                }
                residual - risk * (x * borne - drift)
            })
            .collect()
    }
}

fn add_square(sum: &mut [f64], factor: f64, vector: &[f64]) {
    for (i, value) in vector.iter().enumerate() {
        let start = i * vector.len();
        add(
            &mut sum[start..start + vector.len()],
            factor * value,
            vector,
        );
    }
}

/// Product of two symmetric matrices.
fn product(left: &[f64], right: &[f64], size: usize) -> Vec<f64> {
    let mut result = vec![0.0; size * size];
    for i in 0..size {
        for k in 0..size {
            let row = &right[k * size..(k + 1) * size];
            add(
                &mut result[i * size..(i + 1) * size],
                left[i * size + k],
                row,
            );
        }
    }
    result
}
