//! The log-likelihood of Gamma-Gamma with its first and second derivatives.
//!
//! With s = m x, the total of a customer:
//!
//! ```text
//! ln L = -ln B(px, q) - ln m - q ln((gamma + s)/gamma) - p x ln((gamma + s)/s)
//! ```
//!
//! Everything with gamma functions depends on x alone: once per number of purchases, not per row.

use statrs::function::gamma::ln_gamma;

use super::super::calculus::LogSum;
use super::CheckedSpends;
use crate::gamma_functions::digamma_trigamma;
use crate::newton::Evaluation;
use crate::parallel::{chunks, each};
use crate::symmetric::Vector;

/// Customers with the same number of purchases.
pub(in super::super) struct Group {
    pub(super) purchases: f64,
    pub(super) customers: f64,
    /// Sum of the logarithms of totals, and of means.
    log_total: f64,
    log_mean: f64,
    /// Total amount of each row, in rescaled money.
    pub(super) total: Vec<f64>,
    /// Absent when every row stands for one customer.
    weight: Option<Vec<f64>>,
}

impl Group {
    pub(super) fn weight_of(&self, row: usize) -> f64 {
        self.weight.as_ref().map_or(1.0, |weight| weight[row])
    }
}

/// Rows with purchases, grouped by their number, with money divided by `unit`.
pub(in super::super) fn grouped(spends: &CheckedSpends<'_>, unit: f64) -> Vec<Group> {
    let columns = spends.rows();
    let mut order: Vec<usize> = (0..spends.len())
        .filter(|&row| columns.purchases[row] > 0.0 && spends.weight_of(row) > 0.0)
        .collect();
    order.sort_by_key(|&row| columns.purchases[row] as u64);
    order
        .chunk_by(|&left, &right| columns.purchases[left] == columns.purchases[right])
        .map(|rows| {
            let purchases = columns.purchases[rows[0]];
            let mean = |row: usize| columns.mean[row] / unit;
            let weighed = |value: &dyn Fn(usize) -> f64| -> f64 {
                rows.iter()
                    .map(|&row| spends.weight_of(row) * value(row))
                    .sum()
            };
            Group {
                purchases,
                customers: weighed(&|_| 1.0),
                log_total: weighed(&|row| (mean(row) * purchases).ln()),
                log_mean: weighed(&|row| mean(row).ln()),
                total: rows.iter().map(|&row| mean(row) * purchases).collect(),
                weight: rows
                    .iter()
                    .any(|&row| spends.weight_of(row) != 1.0)
                    .then(|| rows.iter().map(|&row| spends.weight_of(row)).collect()),
            }
        })
        .collect()
}

/// Log-likelihood at `[p, q, gamma]` and its derivatives with respect to them.
pub(in super::super) fn evaluate(groups: &[Group], parameters: &Vector<3>) -> Evaluation<3> {
    let rows = groups.iter().map(|group| group.total.len()).sum();
    let mut total = Evaluation::ZERO;
    for part in &each(groups, rows, |group| of_group(group, parameters)) {
        total.add(part);
    }
    total
}

fn of_group(group: &Group, &[p, q, gamma]: &Vector<3>) -> Evaluation<3> {
    let x = group.purchases;
    let n = group.customers;
    // Sums of ln((gamma + s)/gamma), 1/(gamma + s) and its square.
    let parts = chunks(group.total.len(), |range| {
        let mut log = LogSum::new();
        let (mut first, mut second) = (0.0, 0.0);
        for row in range {
            let weight = group.weight_of(row);
            let total = group.total[row];
            let inverse = 1.0 / (gamma + total);
            log.add(weight, (gamma + total) / gamma);
            first += weight * inverse;
            second += weight * inverse * inverse;
        }
        [log.total(), first, second]
    });
    let mut sums = [0.0; 3];
    for part in parts {
        for k in 0..3 {
            sums[k] += part[k];
        }
    }
    let [log_gamma_side, inverse, inverse_square] = sums;
    let log_total_side = log_gamma_side + n * gamma.ln() - group.log_total;
    let px = p * x;
    let (of_px, at_px) = digamma_trigamma(px);
    let (of_q, at_q) = digamma_trigamma(q);
    let (of_sum, at_sum) = digamma_trigamma(px + q);
    let log_beta = ln_gamma(px) + ln_gamma(q) - ln_gamma(px + q);
    let pg = -x * inverse;
    // s / (gamma (gamma + s)) = 1/gamma - 1/(gamma + s)
    let qg = n / gamma - inverse;
    let pq = n * x * at_sum;
    Evaluation {
        value: -n * log_beta - group.log_mean - q * log_gamma_side - px * log_total_side,
        gradient: [
            n * x * (of_sum - of_px) - x * log_total_side,
            n * (of_sum - of_q) - log_gamma_side,
            q * qg - px * inverse,
        ],
        hessian: [
            [n * x * x * (at_sum - at_px), pq, pg],
            [pq, n * (at_sum - at_q), qg],
            [
                pg,
                qg,
                q * (inverse_square - n / (gamma * gamma)) + px * inverse_square,
            ],
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::Spends;
    use crate::newton::agrees_with_differences;

    #[test]
    fn derivatives_agree_with_differences() {
        let spends = Spends {
            purchases: &[1.0, 2.0, 2.0, 7.0, 0.0],
            mean: &[20.0, 22.35, 90.0, 31.0, 0.0],
            weight: Some(&[2.0, 1.0, 1.0, 1.0, 5.0]),
        };
        let groups = grouped(&spends.check().expect("valid"), 1.0);
        agrees_with_differences([6.2, 3.7, 15.4], |point| evaluate(&groups, point));
    }
}
