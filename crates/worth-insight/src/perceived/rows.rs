//! One row per respondent and brand: what `--out` writes, and what the corners of `overview` are
//! made of.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Float64Array, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::stream;
use worth_model::perceived::{Fitted, Survey};

use crate::answers::Respondent;
use crate::question::Rows;

/// Respondents in one batch.
const BATCH: usize = 2048;

/// Perceived value by respondent and brand, worked out while it is streamed. Columns:
///
/// | column | type | meaning |
/// |---|---|---|
/// | `respondent` | text | the customer, else source and number of the filled-in form |
/// | `customer_id` | text | the customer; empty when the respondent is not known to be one |
/// | `brand` | text | the brand that was scored |
/// | `benefits`, `costs` | number, 1..10 | importance-weighted means of what the respondent scored |
/// | `ratio` | number | benefits / costs; empty when one of them was not scored |
/// | `difference` | number, points | benefits − costs; empty when one of them was not scored |
pub(super) struct RespondentRows {
    data: Arc<Data>,
    schema: SchemaRef,
}

struct Data {
    respondents: Vec<Respondent>,
    brands: Vec<String>,
    dimensions: usize,
    survey: Survey,
    fitted: Fitted,
}

impl RespondentRows {
    /// `respondents`: one per row of the survey; `brands`: in the order of its scores.
    pub(super) fn new(
        respondents: Vec<Respondent>,
        brands: Vec<String>,
        dimensions: usize,
        survey: Survey,
        fitted: Fitted,
    ) -> Self {
        let number = |name| Field::new(name, DataType::Float64, true);
        let schema = Schema::new(vec![
            Field::new("respondent", DataType::Utf8, false),
            Field::new("customer_id", DataType::Utf8, true),
            Field::new("brand", DataType::Utf8, false),
            number("benefits"),
            number("costs"),
            number("ratio"),
            number("difference"),
        ]);
        Self {
            data: Arc::new(Data {
                respondents,
                brands,
                dimensions,
                survey,
                fitted,
            }),
            schema: Arc::new(schema),
        }
    }
}

impl Rows for RespondentRows {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn stream(&self) -> SendableRecordBatchStream {
        let data = Arc::clone(&self.data);
        let schema = self.schema();
        let starts = (0..data.respondents.len()).step_by(BATCH);
        let batches = starts.map(move |start| data.batch(start, &schema));
        Box::pin(RecordBatchStreamAdapter::new(
            self.schema(),
            stream::iter(batches),
        ))
    }
}

impl Data {
    fn batch(&self, start: usize, schema: &SchemaRef) -> Result<RecordBatch, DataFusionError> {
        let end = (start + BATCH).min(self.respondents.len());
        let mut respondents = Vec::new();
        let mut customers = Vec::new();
        let mut brands = Vec::new();
        let mut values = Vec::new();
        for number in start..end {
            let respondent = &self.respondents[number];
            for (brand, name) in self.brands.iter().enumerate() {
                let row = number * self.brands.len() + brand;
                let scores =
                    &self.survey.scores[row * self.dimensions..(row + 1) * self.dimensions];
                if scores.iter().all(|score| score.is_nan()) {
                    continue;
                }
                respondents.push(respondent.name.as_str());
                customers.push(respondent.customer_id.as_deref());
                brands.push(name.as_str());
                values.push(self.fitted.respondent(scores));
            }
        }
        let numbers = |get: fn(&worth_model::perceived::RespondentValue) -> f64| -> ArrayRef {
            Arc::new(Float64Array::from_iter(
                values
                    .iter()
                    .map(|value| Some(get(value)).filter(|n| n.is_finite())),
            ))
        };
        let columns: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from(respondents)),
            Arc::new(StringArray::from(customers)),
            Arc::new(StringArray::from(brands)),
            numbers(|value| value.benefits),
            numbers(|value| value.costs),
            numbers(|value| value.ratio),
            numbers(|value| value.difference),
        ];
        Ok(RecordBatch::try_new(Arc::clone(schema), columns)?)
    }
}
