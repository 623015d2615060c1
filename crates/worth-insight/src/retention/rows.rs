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

use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::stream;
use worth_model::Estimate;

use super::answer::{Cohort, CohortAge};
use crate::columns::day_of;
use crate::error::Error;
use crate::question::Rows;

/// The cohort table, row by row. It is as long as there are cohorts and ages, so it is held as one
/// batch.
#[derive(Debug)]
pub(super) struct CohortRows {
    rows: RecordBatch,
}

type Row<'a> = (&'a Cohort, &'a CohortAge);

impl CohortRows {
    pub(super) fn new(cohorts: &[Cohort]) -> Result<Self, Error> {
        let rows: Vec<Row<'_>> = cohorts
            .iter()
            .flat_map(|cohort| cohort.ages.iter().map(move |age| (cohort, age)))
            .collect();
        let date = |value: fn(Row<'_>) -> jiff::civil::Date| -> (DataType, ArrayRef) {
            let days = rows.iter().map(|&row| day_of(value(row)));
            (
                DataType::Date32,
                Arc::new(Date32Array::from_iter_values(days)),
            )
        };
        let count = |value: fn(Row<'_>) -> u64| -> (DataType, ArrayRef) {
            let counts = rows.iter().map(|&row| value(row) as i64);
            (
                DataType::Int64,
                Arc::new(Int64Array::from_iter_values(counts)),
            )
        };
        let flag = |value: fn(Row<'_>) -> bool| -> (DataType, ArrayRef) {
            let flags: BooleanArray = rows.iter().map(|&row| Some(value(row))).collect();
            (DataType::Boolean, Arc::new(flags))
        };
        let real = |value: fn(Row<'_>) -> Option<f64>| -> (DataType, ArrayRef) {
            let numbers: Float64Array = rows.iter().map(|&row| value(row)).collect();
            (DataType::Float64, Arc::new(numbers))
        };
        let columns = [
            ("cohort", date(|row| row.0.start)),
            ("cohort_complete", flag(|row| row.0.complete)),
            ("customers", count(|row| row.0.customers)),
            ("age", count(|row| u64::from(row.1.age))),
            ("period", date(|row| row.1.period)),
            ("complete", flag(|row| row.1.complete)),
            ("bought", count(|row| row.1.bought)),
            ("share", real(|row| Some(row.1.share?.value))),
            ("share_low", real(|row| low(row.1.share))),
            ("share_high", real(|row| high(row.1.share))),
            ("not_silent", count(|row| row.1.not_silent)),
            (
                "not_silent_share",
                real(|row| Some(row.1.not_silent_share?.value)),
            ),
            ("revenue", real(|row| Some(row.1.revenue))),
            (
                "revenue_share",
                real(|row| Some(row.1.revenue_share?.value)),
            ),
            ("revenue_share_low", real(|row| low(row.1.revenue_share))),
            ("revenue_share_high", real(|row| high(row.1.revenue_share))),
        ];
        let (fields, columns): (Vec<Field>, Vec<ArrayRef>) = columns
            .into_iter()
            .map(|(name, (kind, values))| {
                let may_be_empty = kind == DataType::Float64;
                (Field::new(name, kind, may_be_empty), values)
            })
            .unzip();
        let rows = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
            .map_err(|source| Error::engine("listing cohorts")(source.into()))?;
        Ok(Self { rows })
    }
}

fn low(estimate: Option<Estimate>) -> Option<f64> {
    Some(estimate?.ends()?.0)
}

fn high(estimate: Option<Estimate>) -> Option<f64> {
    Some(estimate?.ends()?.1)
}

impl Rows for CohortRows {
    fn schema(&self) -> SchemaRef {
        self.rows.schema()
    }

    fn stream(&self) -> SendableRecordBatchStream {
        Box::pin(RecordBatchStreamAdapter::new(
            self.schema(),
            stream::iter([Ok(self.rows.clone())]),
        ))
    }
}
