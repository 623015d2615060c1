//! One row per customer: what actions took from each.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `customer_id` | text | |
//! | `actions` | count | what the customer did, and what reached the customer |
//! | `money`, `at_stake` | real | in the currency of the answer |
//! | `time`, `waiting`, `lateness` | real | seconds |
//! | `effort`, `repeats`, `contacts`, `failures`, `refunds`, `late_deliveries`, `personal_data`, `messages`, `complaints` | count | |
//!
//! Empty is unknown of every action of the customer.

use std::sync::{Arc, LazyLock};

use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::scalar::ScalarValue;
use futures::{TryStreamExt, stream};

use super::measure::CostName;
use crate::context::Observation;
use crate::question::Rows;

const BY_CUSTOMER: &str = concat!(
    include_str!("../money.sql"),
    include_str!("entries.sql"),
    include_str!("by_customer.sql")
);

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let mut fields = vec![
        Field::new("customer_id", DataType::Utf8, false),
        Field::new("actions", DataType::Int64, false),
    ];
    fields.extend(CostName::ALL.map(|cost| {
        let kind = match cost.scale() {
            1.0 => DataType::Int64,
            _ => DataType::Float64,
        };
        Field::new(cost.column(), kind, true)
    }));
    Arc::new(Schema::new(fields))
});

/// The rows of an answer: added up anew whenever they are streamed, so that they take no memory.
pub(super) struct CustomerRows {
    observation: Observation,
    parameters: Vec<(&'static str, ScalarValue)>,
}

impl CustomerRows {
    /// `parameters`: those of money.
    pub(super) fn new(
        observation: Observation,
        mut parameters: Vec<(&'static str, ScalarValue)>,
    ) -> Self {
        parameters.push(("products", ScalarValue::from(false)));
        Self {
            observation,
            parameters,
        }
    }
}

impl Rows for CustomerRows {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&SCHEMA)
    }

    fn stream(&self) -> SendableRecordBatchStream {
        let (observation, parameters) = (self.observation.clone(), self.parameters.clone());
        let batches = async move {
            let frame = observation.query(BY_CUSTOMER, &parameters).await;
            let frame = frame.map_err(|error| DataFusionError::External(Box::new(error)))?;
            let batches = frame.execute_stream().await?;
            Ok::<_, DataFusionError>(batches.and_then(async |batch| as_documented(&batch)))
        };
        Box::pin(RecordBatchStreamAdapter::new(
            self.schema(),
            stream::once(batches).try_flatten(),
        ))
    }
}

/// The columns in their order and types.
fn as_documented(batch: &RecordBatch) -> Result<RecordBatch, DataFusionError> {
    let columns = SCHEMA.fields().iter().map(|field| {
        let place = batch.schema().index_of(field.name())?;
        cast(batch.column(place), field.data_type())
    });
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    Ok(RecordBatch::try_new(Arc::clone(&SCHEMA), columns)?)
}
