//! One row per cohort and age: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `cohort` | date | first day of the period of the first purchase |
//! | `cohort_complete` | yes/no | whether all days of that period are observed |
//! | `customers` | count | size of the cohort |
//! | `age` | count | periods since then |
//! | `period` | date | first day of the period of this age |
//! | `complete` | yes/no | whether it is observed to its end; counts are those so far where it is not |
//! | `bought` | count | customers who bought in it |
//! | `share`, `share_low`, `share_high` | real | the same as a share; empty while the period is not over |
//! | `not_silent` | count | customers who bought in it or later, as far as observed |
//! | `not_silent_share` | real | the same as a share; empty while the period is not over |
//! | `revenue` | real | money that stayed |
//! | `revenue_share`, `revenue_share_low`, `revenue_share_high` | real | against the first period |

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array};
use worth_model::Estimate;

use super::answer::{Cohort, CohortAge};
use crate::columns::day_of;
use crate::error::Error;
use crate::rows::{Column, FewRows};

type Row<'a> = (&'a Cohort, &'a CohortAge);

/// The cohort table, row by row.
pub(super) fn rows(cohorts: &[Cohort]) -> Result<FewRows, Error> {
    let rows: Vec<Row<'_>> = cohorts
        .iter()
        .flat_map(|cohort| cohort.ages.iter().map(move |age| (cohort, age)))
        .collect();
    let date = |name, value: fn(Row<'_>) -> jiff::civil::Date| -> Column {
        let days = rows.iter().map(|&row| day_of(value(row)));
        let days: ArrayRef = Arc::new(Date32Array::from_iter_values(days));
        (name, false, days)
    };
    let count = |name, value: fn(Row<'_>) -> u64| -> Column {
        let counts = rows.iter().map(|&row| value(row) as i64);
        let counts: ArrayRef = Arc::new(Int64Array::from_iter_values(counts));
        (name, false, counts)
    };
    let flag = |name, value: fn(Row<'_>) -> bool| -> Column {
        let flags: BooleanArray = rows.iter().map(|&row| Some(value(row))).collect();
        (name, false, Arc::new(flags))
    };
    let real = |name, value: fn(Row<'_>) -> Option<f64>| -> Column {
        let numbers: Float64Array = rows.iter().map(|&row| value(row)).collect();
        (name, true, Arc::new(numbers))
    };
    let columns = vec![
        date("cohort", |row| row.0.start),
        flag("cohort_complete", |row| row.0.complete),
        count("customers", |row| row.0.customers),
        count("age", |row| u64::from(row.1.age)),
        date("period", |row| row.1.period),
        flag("complete", |row| row.1.complete),
        count("bought", |row| row.1.bought),
        real("share", |row| Some(row.1.share?.value)),
        real("share_low", |row| low(row.1.share)),
        real("share_high", |row| high(row.1.share)),
        count("not_silent", |row| row.1.not_silent),
        real("not_silent_share", |row| {
            Some(row.1.not_silent_share?.value)
        }),
        real("revenue", |row| Some(row.1.revenue)),
        real("revenue_share", |row| Some(row.1.revenue_share?.value)),
        real("revenue_share_low", |row| low(row.1.revenue_share)),
        real("revenue_share_high", |row| high(row.1.revenue_share)),
    ];
    FewRows::of(columns, "listing cohorts")
}

fn low(estimate: Option<Estimate>) -> Option<f64> {
    Some(estimate?.ends()?.0)
}

fn high(estimate: Option<Estimate>) -> Option<f64> {
    Some(estimate?.ends()?.1)
}
