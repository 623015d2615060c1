//! One row per draw: what `--out` writes, for whoever computes further.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `chain` | count | chain of the draw, from 0 |
//! | `draw` | count | number of the draw in its chain, from 0 |
//! | `r`, `alpha` … | real | parameters of the model of purchases, in the unit asked for |
//! | `k` | real | the same in each row: chosen as in the fit; of BG/CNBD-k and MBG/CNBD-k only |
//! | `p`, `q`, `gamma` | real | parameters of the model of spend; not there without one |
//! | `log_posterior` | real | log density of the logarithms of all parameters, but for a constant |
//!
//! Purchases and spend are drawn apart from each other, as their models take them to be, so any draw
//! of one goes with any of the other.

use std::sync::Arc;

use datafusion::arrow::array::{Float64Array, Int64Array};
use worth_model::lifetime::{DrawColumns, Posterior as _};

use super::drawn::Posteriors;
use crate::error::Error;
use crate::rows::{Column, FewRows};

/// All draws, chain after chain.
pub(super) fn rows(drawn: &Posteriors<'_>) -> Result<FewRows, Error> {
    let count = |name, values: &[u32]| -> Column {
        let values = values.iter().map(|&value| i64::from(value));
        (name, false, Arc::new(Int64Array::from_iter_values(values)))
    };
    let real =
        |name, values: Vec<f64>| -> Column { (name, false, Arc::new(Float64Array::from(values))) };
    let of_purchases = drawn.purchases.columns();
    let of_spend = drawn.spend.as_ref().map(|spend| spend.columns());
    let parameters = |of: &DrawColumns<'_>| -> Vec<Column> {
        let columns = of.names.iter().zip(of.parameters);
        let column = |(&name, column): (&&'static str, &Vec<f64>)| real(name, column.clone());
        columns.map(column).collect()
    };
    let mut columns = vec![
        count("chain", of_purchases.chain),
        count("draw", of_purchases.draw),
    ];
    columns.extend(parameters(&of_purchases));
    let draws = of_purchases.draw.len();
    let given = (drawn.model.fitted.estimates().into_iter()).skip(of_purchases.names.len());
    columns.extend(given.map(|(name, estimate)| real(name, vec![estimate.value; draws])));
    let mut log_posterior = of_purchases.log_posterior.to_vec();
    if let Some(of_spend) = &of_spend {
        columns.extend(parameters(of_spend));
        for (sum, more) in log_posterior.iter_mut().zip(of_spend.log_posterior) {
            *sum += more;
        }
    }
    columns.push(real("log_posterior", log_posterior));
    FewRows::of(columns, "listing draws")
}
