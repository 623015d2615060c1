//! One row per customer who has both values: what `--out` writes.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Float64Array, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::stream;

use super::answer::Corners;
use super::people::Both;
use crate::error::Error;
use crate::question::Rows;

/// Customers who have both values, in the order of their ids. They are as many as answered a
/// survey, so they are held as one batch. Columns:
///
/// | column | type | meaning |
/// |---|---|---|
/// | `customer_id` | text | the customer |
/// | `perceived_ratio` | number | benefits / costs that the customer gave the own brand |
/// | `expected_value`, `expected_value_low`, `expected_value_high` | number, the business's money | what the customer is expected to bring within the horizon, with its interval |
/// | `corner` | text | `partners`, `strained`, `promising` or `distant`; empty when too few customers have both values to draw corners |
#[derive(Debug)]
pub(super) struct CornerRows {
    rows: RecordBatch,
}

impl CornerRows {
    pub(super) fn new(people: &[Both], corners: Option<&Corners>) -> Result<Self, Error> {
        let with_value = || {
            people
                .iter()
                .filter_map(|both| Some((both, both.value.as_ref()?)))
        };
        let number = |of: &dyn Fn(&Both, &[f64; 3]) -> f64| -> ArrayRef {
            Arc::new(Float64Array::from_iter_values(
                with_value().map(|(both, value)| of(both, value)),
            ))
        };
        let customers = with_value().map(|(both, _)| both.customer_id.as_str());
        let corners =
            with_value().map(|(both, value)| Some(corners?.corner_of(both.ratio, value[0]).name()));
        let columns: Vec<(&str, DataType, bool, ArrayRef)> = vec![
            (
                "customer_id",
                DataType::Utf8,
                false,
                Arc::new(StringArray::from_iter_values(customers)),
            ),
            (
                "perceived_ratio",
                DataType::Float64,
                false,
                number(&|both, _| both.ratio),
            ),
            (
                "expected_value",
                DataType::Float64,
                false,
                number(&|_, value| value[0]),
            ),
            (
                "expected_value_low",
                DataType::Float64,
                false,
                number(&|_, value| value[1]),
            ),
            (
                "expected_value_high",
                DataType::Float64,
                false,
                number(&|_, value| value[2]),
            ),
            (
                "corner",
                DataType::Utf8,
                true,
                Arc::new(corners.collect::<StringArray>()),
            ),
        ];
        let (fields, columns): (Vec<Field>, Vec<ArrayRef>) = columns
            .into_iter()
            .map(|(name, kind, may_be_empty, values)| {
                (Field::new(name, kind, may_be_empty), values)
            })
            .unzip();
        let rows = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
            .map_err(|source| Error::engine("listing customers by corner")(source.into()))?;
        Ok(Self { rows })
    }
}

impl Rows for CornerRows {
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
