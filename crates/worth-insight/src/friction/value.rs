//! What hangs on pain points: expected lifetime value of those who met them, from the rows of `lifetime`.

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::Float64Type;
use futures::TryStreamExt;
use worth_model::Estimate;

use super::answer::{LifetimeUsed, ValueAtRisk};
use crate::columns::column;
use crate::context::Context;
use crate::error::Error;
use crate::lifetime::Lifetime;
use crate::question::Scope;

/// Expected value, and its ends when all customers are off the same way.
const EXPECTED: [&str; 3] = [
    "expected_value",
    "expected_value_low",
    "expected_value_high",
];

/// By customer what they are expected to bring; nothing is known of the others.
pub(super) struct Worth {
    pub(super) used: LifetimeUsed,
    of_customer: Vec<[f64; 3]>,
}

impl Worth {
    /// Of these customers, in byte order; nothing where the data cannot carry it.
    pub(super) async fn read(
        context: &Context,
        scope: &Scope,
        customers: &[String],
    ) -> Result<Option<Self>, Error> {
        let lifetime = match context.ask(scope, &Lifetime::default()).await {
            Ok(lifetime) => lifetime,
            Err(error) if error.is_for_want_of_data() => return Ok(None),
            Err(error) => return Err(error),
        };
        let forecast = lifetime.answer.forecast.as_ref();
        let has_value = forecast.is_some_and(|forecast| forecast.equity.is_some());
        let Some(rows) = lifetime.rows.as_ref().filter(|_| has_value) else {
            return Ok(None);
        };
        let assumptions = &lifetime.answer.assumptions;
        let mut worth = Self {
            used: LifetimeUsed {
                horizon_days: assumptions.horizon_days,
                is_revenue: assumptions.value_is_revenue(),
            },
            of_customer: vec![[0.0; 3]; customers.len()],
        };
        let doing = "reading lifetime value by customer";
        let mut batches = rows.stream_of(&EXPECTED);
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(doing))? {
            let ids = column(&batch, "customer_id").as_string::<i32>();
            let ends = EXPECTED.map(|name| column(&batch, name).as_primitive::<Float64Type>());
            for row in 0..batch.num_rows() {
                let place = customers.binary_search_by(|known| known.as_str().cmp(ids.value(row)));
                if let Ok(place) = place
                    && ends.iter().all(|end| end.is_valid(row))
                {
                    worth.of_customer[place] = ends.map(|end| end.value(row));
                }
            }
        }
        Ok(Some(worth))
    }

    /// What hangs on trouble that some customers met, by the factor on their coming back.
    pub(super) fn at_risk(&self, customers: &[u32], factor: &Estimate) -> ValueAtRisk {
        let mut sums = [0.0; 3];
        for &customer in customers {
            for (sum, end) in sums.iter_mut().zip(self.of_customer[customer as usize]) {
                *sum += if end.is_finite() { end } else { 0.0 };
            }
        }
        let [expected, low, high] = sums;
        let lost = factor.complement();
        let at_risk = (lost.scaled(expected)).widened(lost.value * low, lost.value * high);
        ValueAtRisk {
            expected_value: expected,
            at_risk,
        }
    }
}
