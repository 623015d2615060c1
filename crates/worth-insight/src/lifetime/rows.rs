//! One row per customer: what is known and expected of each. Whom to call stands in `calls/`.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `customer_id` | text | |
//! | `status` | text | active, slipping, gone, new, once (the rule is in the answer) |
//! | `reason` | text | in words, in the reader's language: "buys every 31 days, silent for 84" |
//! | `first_purchase`, `last_purchase` | date | business days; empty of a customer summary |
//! | `frequency` | count | purchase days after the first |
//! | `recency_days` | count | from the first purchase to the last, in whole days |
//! | `age_days` | count | from the first purchase to the end of observation |
//! | `typical_gap_days` | real | mean days between purchases; empty after a single one |
//! | `silent_days` | count | since the last purchase |
//! | `monetary` | real | mean money of the repeat purchases on which money stayed; empty without one |
//! | `revenue` | real | all money that stayed; empty of a customer summary |
//! | `p_alive` | real | probability of still buying, 0..1 |
//! | `expected_purchases` | real | within the horizon |
//! | `expected_value` | real | margin on them, discounted |
//! | `at_stake` | real | what the customer would bring on top if kept for certain |
//! | `purchases_low`, `purchases_high` | count | between which numbers the purchases will be |
//! | `value_low`, `value_high` | real | between which amounts the margin on them will be |
//!
//! `p_alive`, `expected_purchases`, `expected_value` and `at_stake` have `_low` and `_high` beside them: how far
//! off they may be for want of knowledge of the parameters, at the level of the answer. What a single
//! customer will do is more uncertain than that: `purchases_low` to `value_high` cover chance too.
//! Money is in the currency of the answer; columns of predictions are empty where the data cannot
//! carry a model.

use std::sync::{Arc, LazyLock};

use datafusion::arrow::array::{
    ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;

use worth_model::lifetime::Predicted;

use super::forecast::{Forecaster, Outlook};
use super::history::Histories;
use crate::question::Rows;
use crate::words::{Language, Words};

/// Customers that are predicted and written at once. What models prepare once per call (their curves
/// over age) is shared by so many.
const CHUNK: usize = 1 << 17;

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let text = |name| Field::new(name, DataType::Utf8, false);
    let date = |name| Field::new(name, DataType::Date32, true);
    let count = |name| Field::new(name, DataType::Int64, false);
    let real = |name| Field::new(name, DataType::Float64, true);
    Arc::new(Schema::new(vec![
        text("customer_id"),
        Field::new("status", DataType::Utf8, true),
        text("reason"),
        date("first_purchase"),
        date("last_purchase"),
        count("frequency"),
        count("recency_days"),
        count("age_days"),
        real("typical_gap_days"),
        count("silent_days"),
        real("monetary"),
        real("revenue"),
        real("p_alive"),
        real("p_alive_low"),
        real("p_alive_high"),
        real("expected_purchases"),
        real("expected_purchases_low"),
        real("expected_purchases_high"),
        real("expected_value"),
        real("expected_value_low"),
        real("expected_value_high"),
        real("at_stake"),
        real("at_stake_low"),
        real("at_stake_high"),
        Field::new(PREDICTED[0], DataType::Int64, true),
        Field::new(PREDICTED[1], DataType::Int64, true),
        real(PREDICTED[2]),
        real(PREDICTED[3]),
    ]))
});

/// The last columns: what customers will do, which takes far longer to find than what is expected.
const PREDICTED: [&str; 4] = ["purchases_low", "purchases_high", "value_low", "value_high"];

/// The rows of an answer; predictions are made anew, chunk by chunk, whenever they are streamed.
#[derive(Clone)]
pub(crate) struct CustomerRows {
    /// What is known of each customer.
    pub histories: Arc<Histories>,
    /// The fitted models.
    pub forecaster: Arc<Forecaster>,
    /// Language of `reason`.
    pub language: Language,
}

impl Rows for CustomerRows {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&SCHEMA)
    }

    fn stream(&self) -> SendableRecordBatchStream {
        self.stream_of(&PREDICTED)
    }

    fn stream_of(&self, columns: &[&str]) -> SendableRecordBatchStream {
        let predicts = columns.iter().any(|column| PREDICTED.contains(column));
        let fields = match predicts {
            true => SCHEMA.fields().len(),
            false => SCHEMA.fields().len() - PREDICTED.len(),
        };
        let schema = Arc::new(Schema::new(&SCHEMA.fields()[..fields]));
        let words = Words::new(self.language);
        let count = self.histories.len();
        let (rows, of_batch) = (self.clone(), Arc::clone(&schema));
        let batches = (0..count).step_by(CHUNK).map(move |start| {
            let rows_at: Vec<usize> = (start..count.min(start + CHUNK)).collect();
            let mut columns = rows.columns(&rows_at, &words);
            if predicts {
                columns.extend(rows.predicted(&rows_at));
            }
            Ok(RecordBatch::try_new(Arc::clone(&of_batch), columns)?)
        });
        Box::pin(RecordBatchStreamAdapter::new(
            schema,
            futures::stream::iter(batches),
        ))
    }
}

impl CustomerRows {
    /// All columns but the predicted ones.
    fn columns(&self, rows: &[usize], words: &Words) -> Vec<ArrayRef> {
        let of = &self.histories;
        let outlooks = self.forecaster.outlooks(of, rows);
        let outlook = |value: fn(&Outlook) -> Option<f64>| -> ArrayRef {
            let column: Float64Array = match &outlooks {
                Some(outlooks) => outlooks.iter().map(value).collect(),
                None => rows.iter().map(|_| None::<f64>).collect(),
            };
            Arc::new(column)
        };
        let text = |value: &dyn Fn(usize) -> String| -> ArrayRef {
            Arc::new(
                rows.iter()
                    .map(|&row| Some(value(row)))
                    .collect::<StringArray>(),
            )
        };
        let date = |value: &dyn Fn(usize) -> Option<i32>| -> ArrayRef {
            Arc::new(rows.iter().map(|&row| value(row)).collect::<Date32Array>())
        };
        let count = |value: &dyn Fn(usize) -> f64| -> ArrayRef {
            let counts = rows.iter().map(|&row| value(row).round() as i64);
            Arc::new(Int64Array::from_iter_values(counts))
        };
        let real = |value: &dyn Fn(usize) -> Option<f64>| -> ArrayRef {
            Arc::new(rows.iter().map(|&row| value(row)).collect::<Float64Array>())
        };
        let statuses: StringArray = match &outlooks {
            Some(outlooks) => outlooks
                .iter()
                .map(|outlook| Some(outlook.status.name()))
                .collect(),
            None => rows.iter().map(|_| None::<&str>).collect(),
        };
        vec![
            text(&|row| of.id(row).to_owned()),
            Arc::new(statuses),
            text(&|row| reason(of, row, words)),
            date(&|row| of.first_day(row)),
            date(&|row| of.last_day(row)),
            count(&|row| f64::from(of.repeats[row])),
            count(&|row| of.recency_days[row]),
            count(&|row| of.age_days[row]),
            real(&|row| of.rhythm(row).gap_days),
            count(&|row| of.rhythm(row).silent_days),
            real(&|row| (of.spend_days[row] > 0).then(|| of.mean_spend[row])),
            real(&|row| Some(of.dated.as_ref()?.revenue[row])),
            outlook(|of| Some(of.p_alive[0])),
            outlook(|of| Some(of.p_alive[1])),
            outlook(|of| Some(of.p_alive[2])),
            outlook(|of| Some(of.purchases[0])),
            outlook(|of| Some(of.purchases[1])),
            outlook(|of| Some(of.purchases[2])),
            outlook(|of| of.value.map(|value| value[0])),
            outlook(|of| of.value.map(|value| value[1])),
            outlook(|of| of.value.map(|value| value[2])),
            outlook(Outlook::at_stake),
            outlook(|of| of.stake_ends().map(|stake| stake[1])),
            outlook(|of| of.stake_ends().map(|stake| stake[2])),
        ]
    }

    /// The predicted columns; empty without a model.
    fn predicted(&self, rows: &[usize]) -> [ArrayRef; 4] {
        let (purchases, value) = match self.forecaster.predictions(&self.histories, rows) {
            Some(predictions) => (Some(predictions.purchases), predictions.value),
            None => (None, None),
        };
        let whole = |ends: &Vec<f64>| ends.iter().map(|&end| Some(end as i64)).collect();
        let [least, most] = match purchases {
            Some(Predicted { low, high, .. }) => [whole(&low), whole(&high)],
            None => [0; 2].map(|_| Int64Array::new_null(rows.len())),
        };
        let [low, high] = match value {
            Some(Predicted { low, high, .. }) => [low.into(), high.into()],
            None => [0; 2].map(|_| Float64Array::new_null(rows.len())),
        };
        [
            Arc::new(least),
            Arc::new(most),
            Arc::new(low),
            Arc::new(high),
        ]
    }
}

/// "buys every 31 days, silent for 84".
pub(crate) fn reason(histories: &Histories, row: usize, words: &Words) -> String {
    let rhythm = histories.rhythm(row);
    let silent = ("silent", words.number(rhythm.silent_days, 0).into());
    match rhythm.gap_days {
        Some(gap) => {
            let decimals = usize::from(gap < 9.95);
            let gap = ("gap", words.number(gap, decimals).into());
            words.tell("lifetime-reason-habit", &[gap, silent])
        }
        None => words.tell("lifetime-reason-once", &[silent]),
    }
}
