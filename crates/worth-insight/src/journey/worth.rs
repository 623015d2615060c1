//! What those who are on journeys are worth: expected lifetime value, and what is at stake because they
//! may have left, from the rows of `lifetime`.
//!
//! The interval of a sum has two parts: it would come out otherwise for other people (a sample of all there
//! could be), and the parameters of the model are not known exactly, which moves all customers
//! together. Both reaches are squared and added.

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::Float64Type;
use futures::TryStreamExt;
use worth_model::Estimate;
use worth_model::journey::Passing;

use super::answer::{WorthTold, WorthUnknown};
use super::shown::Shown;
use crate::columns::column;
use crate::context::Context;
use crate::error::Error;
use crate::lifetime::Lifetime;
use crate::question::Scope;
use crate::steps::{Case, Steps};

/// What those who are on journeys are worth, or why that is not known.
pub(super) enum Worth {
    Known(Box<Known>),
    Unknown(WorthUnknown),
}

/// By number of the journey; 0 of people of whom nothing is known.
pub(super) struct Known {
    expected: Values,
    at_stake: Values,
    people: u64,
    horizon_days: u32,
    is_revenue: bool,
}

/// One number for each person, and how far off all of them may be together.
#[derive(Default)]
struct Values {
    of: Vec<f64>,
    /// Sums of the numbers, and of their low and high ends.
    sums: [f64; 3],
}

const EXPECTED: [&str; 3] = [
    "expected_value",
    "expected_value_low",
    "expected_value_high",
];
const AT_STAKE: [&str; 3] = ["at_stake", "at_stake_low", "at_stake_high"];

impl Worth {
    /// Asks `lifetime` in the same scope.
    pub(super) async fn read(
        context: &Context,
        scope: &Scope,
        steps: &Steps,
    ) -> Result<Self, Error> {
        if steps.ids.case == Case::Journey {
            return Ok(Self::Unknown(WorthUnknown::Cases));
        }
        let lifetime = match context.ask(scope, &Lifetime::default()).await {
            Ok(lifetime) => lifetime,
            Err(error) if error.is_for_want_of_data() => {
                return Ok(Self::Unknown(WorthUnknown::NoOrders));
            }
            Err(error) => return Err(error),
        };
        let forecast = lifetime.answer.forecast.as_ref();
        let has_value = forecast.is_some_and(|forecast| forecast.equity.is_some());
        let Some(rows) = lifetime.rows.as_ref().filter(|_| has_value) else {
            return Ok(Self::Unknown(WorthUnknown::NoModel));
        };
        let assumptions = &lifetime.answer.assumptions;
        let values = || Values {
            of: vec![0.0; steps.log.journeys()],
            sums: [0.0; 3],
        };
        let mut known = Known {
            expected: values(),
            at_stake: values(),
            people: 0,
            horizon_days: assumptions.horizon_days,
            is_revenue: assumptions.value_is_revenue(),
        };
        let doing = "reading lifetime value by customer";
        let needed: Vec<&str> = EXPECTED.into_iter().chain(AT_STAKE).collect();
        let mut batches = rows.stream_of(&needed);
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(doing))? {
            let ids = column(&batch, "customer_id").as_string::<i32>();
            let numbers = |name: &str| column(&batch, name).as_primitive::<Float64Type>();
            let (expected, at_stake) = (EXPECTED.map(numbers), AT_STAKE.map(numbers));
            for row in 0..batch.num_rows() {
                let customers = &steps.ids.customers;
                let place = customers.binary_search_by(|known| known.as_str().cmp(ids.value(row)));
                if let Ok(journey) = place
                    && expected[0].is_valid(row)
                {
                    known.people += 1;
                    known
                        .expected
                        .add(journey, expected.map(|ends| ends.value(row)));
                    known
                        .at_stake
                        .add(journey, at_stake.map(|ends| ends.value(row)));
                }
            }
        }
        Ok(Self::Known(Box::new(known)))
    }

    pub(super) fn expected(&self) -> Option<&[f64]> {
        self.known().map(|known| known.expected.of.as_slice())
    }

    pub(super) fn at_stake(&self) -> Option<&[f64]> {
        self.known().map(|known| known.at_stake.of.as_slice())
    }

    fn known(&self) -> Option<&Known> {
        match self {
            Self::Known(known) => Some(known),
            Self::Unknown(_) => None,
        }
    }

    /// Expected value of those who pass a place together.
    pub(super) fn of_expected(
        &self,
        passing: &Passing,
        all: &Passing,
        level: f64,
    ) -> Option<Estimate> {
        Some(self.known()?.expected.total(passing, all, level))
    }

    /// What is at stake of those who pass a place together.
    pub(super) fn of_stake(
        &self,
        passing: &Passing,
        all: &Passing,
        level: f64,
    ) -> Option<Estimate> {
        Some(self.known()?.at_stake.total(passing, all, level))
    }

    /// What it comes to for all.
    pub(super) fn told(&self, shown: &Shown<'_>, level: f64) -> WorthTold {
        match self {
            Self::Unknown(why) => WorthTold::Unknown(*why),
            Self::Known(known) => {
                let [expected, at_stake] = shown.of_all();
                WorthTold::Known {
                    horizon_days: known.horizon_days,
                    is_revenue: known.is_revenue,
                    people: known.people,
                    expected: known.expected.total(expected, expected, level),
                    at_stake: known.at_stake.total(at_stake, at_stake, level),
                }
            }
        }
    }
}

impl Values {
    fn add(&mut self, journey: usize, ends: [f64; 3]) {
        let ends = ends.map(|end| if end.is_finite() { end } else { 0.0 });
        self.of[journey] = ends[0];
        for (sum, end) in self.sums.iter_mut().zip(ends) {
            *sum += end;
        }
    }

    /// The sum over those who pass. Ends in proportion to those of all together.
    fn total(&self, passing: &Passing, all: &Passing, level: f64) -> Estimate {
        let [value, low, high] = self.sums;
        if passing.sum == 0.0 || value <= 0.0 {
            return Estimate::counted(passing.sum);
        }
        let total = passing.total(all.origins, level);
        let total = total.expect("the level is in range");
        total.widened(passing.sum * low / value, passing.sum * high / value)
    }
}
