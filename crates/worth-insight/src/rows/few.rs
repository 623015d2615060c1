//! Rows that are few enough to be held as one batch.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, Float64Array, RecordBatch};
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::stream;
use worth_model::Estimate;

use crate::error::Error;
use crate::question::Rows;

/// The rows of an answer, as one batch.
#[derive(Debug)]
pub(crate) struct FewRows {
    batch: RecordBatch,
}

/// A column: its name, whether it may be empty, and its values.
pub(crate) type Column = (&'static str, bool, ArrayRef);

/// A column of numbers, empty where there is none.
pub(crate) fn reals<R>(rows: &[R], name: &'static str, of: &dyn Fn(&R) -> Option<f64>) -> Column {
    let numbers: Float64Array = rows.iter().map(of).collect();
    (name, true, Arc::new(numbers))
}

/// Columns of an estimate: its value and the ends of its interval, empty where there are none.
pub(crate) fn estimates<R>(
    rows: &[R],
    [value, low, high]: [&'static str; 3],
    of: &dyn Fn(&R) -> Option<Estimate>,
) -> [Column; 3] {
    [
        reals(rows, value, &|row| Some(of(row)?.value)),
        reals(rows, low, &|row| Some(of(row)?.ends()?.0)),
        reals(rows, high, &|row| Some(of(row)?.ends()?.1)),
    ]
}

impl FewRows {
    /// Columns of one length. `doing`: what is being listed, for the error.
    pub(crate) fn of(columns: Vec<Column>, doing: &'static str) -> Result<Self, Error> {
        let (fields, columns): (Vec<Field>, Vec<ArrayRef>) = columns
            .into_iter()
            .map(|(name, may_be_empty, values)| {
                (
                    Field::new(name, values.data_type().clone(), may_be_empty),
                    values,
                )
            })
            .unzip();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
            .map_err(|source| Error::engine(doing)(source.into()))?;
        Ok(Self { batch })
    }
}

impl Rows for FewRows {
    fn schema(&self) -> SchemaRef {
        self.batch.schema()
    }

    fn stream(&self) -> SendableRecordBatchStream {
        Box::pin(RecordBatchStreamAdapter::new(
            self.schema(),
            stream::iter([Ok(self.batch.clone())]),
        ))
    }
}
