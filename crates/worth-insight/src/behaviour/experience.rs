//! What had gone wrong for respondents before they answered: failures, late deliveries, complaints.

use std::collections::HashMap;

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::{Date32Type, Int64Type};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::columns::{column, text};
use crate::context::Observation;
use crate::error::Error;

const TROUBLES: &str = include_str!("experience.sql");
const DOING: &str = "reading what went wrong before answers";
/// How long trouble is taken to be remembered.
const REMEMBERED_DAYS: i32 = 180;

/// What can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// Something the customer did failed (`events.outcome`).
    Failure,
    /// A delivery after the promised time.
    Late,
    /// A rating of at most 2, or a ticket or call that was not rated.
    Complaint,
}

impl Trouble {
    pub(crate) const ALL: [Self; 3] = [Self::Failure, Self::Late, Self::Complaint];

    /// As in JSON and in the statement.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Failure => "failure",
            Self::Late => "late",
            Self::Complaint => "complaint",
        }
    }
}

/// How often what went wrong for whom.
#[derive(Debug, Default)]
pub(crate) struct Experience {
    /// By customer: day, and how often each trouble was met on it.
    days: HashMap<String, Vec<(i32, [u32; 3])>>,
}

impl Experience {
    /// Of all customers who answered anything.
    pub(crate) async fn read(observation: &Observation) -> Result<Self, Error> {
        let frame = observation.query(TROUBLES, &[]).await?;
        let batches = frame.collect().await.map_err(Error::engine(DOING))?;
        let mut experience = Self::default();
        for batch in &batches {
            let [customers, kinds] = ["customer_id", "kind"].map(|name| text(batch, name));
            let (customers, kinds) = (customers.as_string_view(), kinds.as_string_view());
            let days = column(batch, "day").as_primitive::<Date32Type>();
            let times = column(batch, "times").as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                let Some(kind) = Trouble::ALL
                    .iter()
                    .position(|trouble| trouble.name() == kinds.value(row))
                else {
                    continue;
                };
                let mut met = [0; 3];
                met[kind] = times.value(row) as u32;
                let of_customer = experience.days.entry(customers.value(row).to_owned());
                of_customer.or_default().push((days.value(row), met));
            }
        }
        Ok(experience)
    }

    /// How often each trouble was met in the half year until a day, that day included, in the order of
    /// [`Trouble::ALL`].
    pub(crate) fn before(&self, customer_id: &str, day: i32) -> [u32; 3] {
        let remembered = day - REMEMBERED_DAYS + 1..=day;
        let mut sums = [0; 3];
        for (_, met) in self
            .days
            .get(customer_id)
            .into_iter()
            .flatten()
            .filter(|(met_on, _)| remembered.contains(met_on))
        {
            for (sum, times) in sums.iter_mut().zip(met) {
                *sum += times;
            }
        }
        sums
    }
}
