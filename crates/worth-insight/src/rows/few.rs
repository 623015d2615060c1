//! Rows that are few enough to be held as one batch.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, RecordBatch};
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::stream;

use crate::error::Error;
use crate::question::Rows;

/// The rows of an answer, as one batch.
#[derive(Debug)]
pub(crate) struct FewRows {
    batch: RecordBatch,
}

/// A column: its name, whether it may be empty, and its values.
pub(crate) type Column = (&'static str, bool, ArrayRef);

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
