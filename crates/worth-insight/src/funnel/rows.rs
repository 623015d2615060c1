//! One row per journey that took the first step: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `customer_id` | text | who; empty of visitors and of cases |
//! | `anonymous_id` | text | the visitor |
//! | `journey_id` | text | the case, where journeys are cases |
//! | `steps_reached` | count | how many steps of the funnel it got through |
//! | `first_at`, `last_at` | time, UTC | when it took the first step, and the last that it got to |

use std::sync::{Arc, LazyLock};

use datafusion::arrow::array::{
    ArrayRef, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use worth_model::journey::{Attempts, Log};

use crate::question::Rows;
use crate::steps::{JourneyIds, JourneyOf, Steps};

/// Journeys that are written at once.
const CHUNK: usize = 1 << 17;
const ZONE: &str = "UTC";

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let text = |name| Field::new(name, DataType::Utf8, true);
    let time = |name| {
        let zone = Some(Arc::from(ZONE));
        Field::new(
            name,
            DataType::Timestamp(TimeUnit::Microsecond, zone),
            false,
        )
    };
    Arc::new(Schema::new(vec![
        text("customer_id"),
        text("anonymous_id"),
        text("journey_id"),
        Field::new("steps_reached", DataType::Int64, false),
        time("first_at"),
        time("last_at"),
    ]))
});

/// Who got how far.
#[derive(Debug, Clone)]
pub(super) struct JourneyRows {
    ids: Arc<JourneyIds>,
    rows: Arc<[Row]>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    /// Number of the journey before it was split.
    origin: u32,
    reached: u32,
    first_at: i64,
    last_at: i64,
}

impl JourneyRows {
    pub(super) fn of(steps: &Steps, log: &Log, tried: &Attempts) -> Self {
        let row = |(journey, places): (usize, &[u32])| {
            let (times, _) = log.steps(journey);
            let at = |place: Option<&u32>| place.map_or(0, |&place| times[place as usize]);
            Row {
                origin: log.origin(journey) as u32,
                reached: places.len() as u32,
                first_at: at(places.first()),
                last_at: at(places.last()),
            }
        };
        Self {
            ids: Arc::clone(&steps.ids),
            rows: tried.iter().map(row).collect(),
        }
    }

    fn columns(&self, rows: &[Row]) -> Vec<ArrayRef> {
        let id = |of: fn(JourneyOf<'_>) -> Option<&str>| -> ArrayRef {
            let ids = rows.iter().map(|row| of(self.ids.of(row.origin as usize)));
            Arc::new(ids.collect::<StringArray>())
        };
        let time = |of: fn(&Row) -> i64| -> ArrayRef {
            let times = TimestampMicrosecondArray::from_iter_values(rows.iter().map(of));
            Arc::new(times.with_timezone(ZONE))
        };
        let reached = rows.iter().map(|row| i64::from(row.reached));
        vec![
            id(|journey| journey.customer()),
            id(|journey| journey.visitor()),
            id(|journey| journey.case()),
            Arc::new(Int64Array::from_iter_values(reached)),
            time(|row| row.first_at),
            time(|row| row.last_at),
        ]
    }
}

impl Rows for JourneyRows {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&SCHEMA)
    }

    fn stream(&self) -> SendableRecordBatchStream {
        let all = self.clone();
        let batches = (0..self.rows.len()).step_by(CHUNK).map(move |start| {
            let end = all.rows.len().min(start + CHUNK);
            let columns = all.columns(&all.rows[start..end]);
            Ok(RecordBatch::try_new(Arc::clone(&SCHEMA), columns)?)
        });
        Box::pin(RecordBatchStreamAdapter::new(
            self.schema(),
            futures::stream::iter(batches),
        ))
    }
}
