//! What `lifetime` expects of each customer, for questions about something else.

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::Float64Type;
use futures::TryStreamExt;
use std::sync::Arc;

use super::Lifetime;
use crate::columns::column;
use crate::context::Context;
use crate::error::Error;
use crate::question::{Rows, Scope};

/// Expected value, and its ends when all customers are off the same way: columns of the rows.
pub(crate) const EXPECTED_VALUE: [&str; 3] = [
    "expected_value",
    "expected_value_low",
    "expected_value_high",
];

/// What is expected of customers.
pub(crate) struct Expected {
    /// Over so many days.
    pub(crate) horizon_days: u32,
    /// Whether it is revenue, for want of a margin.
    pub(crate) is_revenue: bool,
    rows: Arc<dyn Rows>,
}

/// Why nothing is expected of them.
pub(crate) enum NothingExpected {
    /// There are no orders, or too few.
    NoOrders,
    /// No model fits their purchases.
    NoModel,
}

impl Expected {
    /// Asks `lifetime` in the same scope.
    pub(crate) async fn read(
        context: &Context,
        scope: &Scope,
    ) -> Result<Result<Self, NothingExpected>, Error> {
        let lifetime = match context.ask(scope, &Lifetime::default()).await {
            Ok(lifetime) => lifetime,
            Err(error) if error.is_for_want_of_data() => {
                return Ok(Err(NothingExpected::NoOrders));
            }
            Err(error) => return Err(error),
        };
        let forecast = lifetime.answer.forecast.as_ref();
        let has_value = forecast.is_some_and(|forecast| forecast.equity.is_some());
        let Some(rows) = lifetime.rows.as_ref().filter(|_| has_value) else {
            return Ok(Err(NothingExpected::NoModel));
        };
        let assumptions = &lifetime.answer.assumptions;
        Ok(Ok(Self {
            horizon_days: assumptions.horizon_days,
            is_revenue: assumptions.value_is_revenue(),
            rows: Arc::clone(rows),
        }))
    }

    /// Gives `take` some numbers of each of these customers, by their place in `customers`, which are in byte
    /// order. Who has no expected value is left out; any other number that is not there is 0.
    pub(crate) async fn each<const N: usize>(
        &self,
        customers: &[String],
        names: [&'static str; N],
        mut take: impl FnMut(usize, [f64; N]),
    ) -> Result<(), Error> {
        let doing = "reading lifetime value by customer";
        let mut batches = self.rows.stream_of(&names);
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(doing))? {
            let ids = column(&batch, "customer_id").as_string::<i32>();
            let numbers = names.map(|name| column(&batch, name).as_primitive::<Float64Type>());
            let value = column(&batch, EXPECTED_VALUE[0]);
            for row in (0..batch.num_rows()).filter(|&row| value.is_valid(row)) {
                let id = ids.value(row);
                let place = customers.binary_search_by(|known| known.as_str().cmp(id));
                if let Ok(place) = place {
                    let known = numbers.map(|of| {
                        let number = of.value(row);
                        let is_known = of.is_valid(row) && number.is_finite();
                        if is_known { number } else { 0.0 }
                    });
                    take(place, known);
                }
            }
        }
        Ok(())
    }
}
