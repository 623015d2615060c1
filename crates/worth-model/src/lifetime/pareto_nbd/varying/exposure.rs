//! What covariates can be told apart at all: those that vary, each in a way of its own, while customers
//! are watched.
//!
//! The test is on the covariates alone: the matrix of their products, summed over the time that
//! customers are watched, has no row that follows from the others.

use super::path::{Coefficients, Path, Scope};
use super::standing::Customers;
use super::timelines::Process;
use crate::dense::Factor;

/// What is known of covariates before any purchase is looked at.
pub(super) struct Exposure {
    buying: Acting,
    leaving: Acting,
    /// The largest size of each, or 1 when it is never anything but 0.
    pub(super) scale: Vec<f64>,
    /// Pieces of the paths of all groups: what one look at the likelihood costs.
    pub(super) pieces: usize,
}

/// The covariates that act on a process.
struct Acting {
    covariates: Vec<usize>,
    /// Of a constant and these: which follow from those before them.
    factor: Factor,
}

impl Exposure {
    pub(super) fn new(customers: &Customers<'_>) -> Self {
        let covariates = customers.all.columns.covariates;
        let scale = covariates.largest();
        let all = Coefficients {
            covariates: (0..covariates.len()).collect(),
            values: vec![0.0; covariates.len()],
        };
        let none = Coefficients::default();
        let size = covariates.len() + 1;
        let parts = customers.in_chunks(|groups| {
            let mut path = Path::default();
            let (mut products, mut pieces) = (vec![0.0; size * size], 0);
            for group in groups {
                let scope = Scope {
                    start: group.start,
                    length: group.age,
                    unit: customers.unit,
                    twice: true,
                };
                path.lay(covariates, group.own, scope, [&all, &none]);
                pieces += path.times.len() - 1;
                let weight = customers.weight(group.members.clone());
                // At coefficients of 0 operational time is time, and its derivatives are the integrals
                // of covariates and of their products.
                let (time, values, squares) = path.buying.end();
                products[0] += weight * time;
                for (k, value) in values.iter().enumerate() {
                    products[k + 1] += weight * value / scale[k];
                    products[(k + 1) * size] += weight * value / scale[k];
                    for l in 0..values.len() {
                        let square = squares[k * values.len() + l] / (scale[k] * scale[l]);
                        products[(k + 1) * size + l + 1] += weight * square;
                    }
                }
            }
            (products, pieces)
        });
        let (mut products, mut pieces) = (vec![0.0; size * size], 0);
        for (part, pieces_of_part) in parts {
            pieces += pieces_of_part;
            for (sum, part) in products.iter_mut().zip(part) {
                *sum += part;
            }
        }
        let acting = |process: Process| {
            let acting = covariates.acting_on(process);
            let rows: Vec<usize> = std::iter::once(0)
                .chain(acting.iter().map(|k| k + 1))
                .collect();
            let cells = rows
                .iter()
                .flat_map(|row| rows.iter().map(move |column| row * size + column));
            let own: Vec<f64> = cells.map(|cell| products[cell]).collect();
            Acting {
                factor: Factor::new(&own, rows.len(), products[0] * 1e-12),
                covariates: acting,
            }
        };
        Self {
            buying: acting(Process::Buying),
            leaving: acting(Process::Leaving),
            scale,
            pieces,
        }
    }

    /// What a covariate that acts on a process follows from, if it follows from others that do: from
    /// none when it never varies.
    pub(super) fn follows_from(&self, process: Process, covariate: usize) -> Option<Vec<usize>> {
        let Acting { covariates, factor } = match process {
            Process::Buying => &self.buying,
            Process::Leaving => &self.leaving,
        };
        let row = 1 + covariates.iter().position(|acting| *acting == covariate)?;
        (!factor.kept()[row]).then(|| {
            let partners = factor.partners(row).into_iter().filter(|&row| row > 0);
            partners.map(|row| covariates[row - 1]).collect()
        })
    }
}
