//! Whether customers stand where BG/BB expects them: by number of purchases, and by when the last
//! of one to three purchases was.

use super::likelihood::Tables;
use super::opportunities::Counted;
use crate::lifetime::diagnosis::Goodness;
use crate::lifetime::goodness::{Expected, judge};
use crate::symmetric::{Matrix, Vector};

/// Cells 0 … 6 purchases; 7 and more is what is left.
const COUNTS: usize = 7;
/// Cells one to three purchases by the quarter of the last; all else is what is left.
const QUARTERS: usize = 12;
/// This share of customers in the wrong cell does not matter.
const NEGLIGIBLE_SHARE: f64 = 0.005;

/// Goodness by number of purchases, and by the opportunity of the last.
pub(super) fn of_purchases(
    counted: &[Counted],
    parameters: &Vector<4>,
    log_covariance: &Matrix<4>,
) -> (Goodness, Goodness) {
    let most = counted.iter().map(|row| row.opportunities).max();
    let tables = Tables::new(parameters, most.unwrap_or(0));
    let (mut by_count, mut by_quarter) = (Expected::empty(COUNTS), Expected::empty(QUARTERS));
    let (mut counts, mut quarters) = (vec![0.0; COUNTS], vec![0.0; QUARTERS]);
    // Rows come in order of opportunities.
    for group in counted.chunk_by(|left, right| left.opportunities == right.opportunities) {
        let n = group[0].opportunities;
        let customers: f64 = group.iter().map(|row| row.customers).sum();
        for row in group {
            if row.frequency < COUNTS {
                counts[row.frequency] += row.customers;
            }
            if let Some(cell) = quarter(row.frequency, row.recency, n) {
                quarters[cell] += row.customers;
            }
        }
        let cells: Vec<(f64, Vector<4>)> = (0..COUNTS)
            .map(|count| match count <= n {
                true => tables.probability_of(count, n),
                false => (0.0, [0.0; 4]),
            })
            .collect();
        add(&mut by_count, &cells, customers, parameters);
        let mut cells = vec![(0.0, [0.0; 4]); QUARTERS];
        for t_x in 1..=n {
            // Ways to place the purchases before the last one.
            let before = (t_x - 1) as f64;
            for (x, ways) in [(1, 1.0), (2, before), (3, before * (before - 1.0) / 2.0)] {
                if let Some(cell) = quarter(x, t_x, n)
                    && x <= t_x
                {
                    let one = tables.customer(x, t_x, n);
                    let probability = ways * one.log_likelihood.exp();
                    cells[cell].0 += probability;
                    for i in 0..4 {
                        cells[cell].1[i] += probability * one.slope[i];
                    }
                }
            }
        }
        add(&mut by_quarter, &cells, customers, parameters);
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

/// The cell of one to three purchases with the last at `t_x` of `n`.
fn quarter(x: usize, t_x: usize, n: usize) -> Option<usize> {
    (1..=3)
        .contains(&x)
        .then(|| (x - 1) * 4 + (4 * t_x).div_ceil(n.max(1)).clamp(1, 4) - 1)
}

/// Adds customers who are in cells with these probabilities.
fn add(
    expected: &mut Expected<4>,
    cells: &[(f64, Vector<4>)],
    customers: f64,
    parameters: &Vector<4>,
) {
    let probabilities: Vec<f64> = cells.iter().map(|cell| cell.0).collect();
    expected.add_cells(&probabilities, customers);
    for (sum, (_, slope)) in expected.slope.iter_mut().zip(cells) {
        for i in 0..4 {
            sum[i] += customers * slope[i] * parameters[i];
        }
    }
}
