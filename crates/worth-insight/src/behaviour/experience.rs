//! What had gone wrong for respondents before they answered: failures, late deliveries, complaints.

use std::collections::HashMap;

use crate::columns::{column, text};
use crate::context::Observation;
use crate::error::Error;
use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::{Date32Type, Int64Type};

const STATEMENT: &str = include_str!("experience.sql");
const DOING: &str = "reading what went wrong before answers";
/// How long trouble is taken to be remembered.
const REMEMBERED_DAYS: i32 = 180;

/// What can go wrong, as the statement names it: something the customer did failed (`events.outcome`), a
/// delivery came after the promised time, a complaint (a rating of at most 2, or a ticket or call that was
/// not rated).
const TROUBLES: [&str; 3] = ["failure", "late", "complaint"];
const FAILURE: usize = 0;

/// How often what went wrong for whom, and where.
#[derive(Debug, Default)]
pub(crate) struct Experience {
    /// Where something failed, in the order in which it is met; empty where no place is named.
    pub(crate) touchpoints: Vec<String>,
    by_customer: HashMap<String, Vec<Trouble>>,
}

/// What went wrong for one customer on one day at one place.
#[derive(Debug, Clone, Copy)]
struct Trouble {
    day: i32,
    /// Number in [`TROUBLES`].
    kind: usize,
    /// Number of the touchpoint, of failures.
    touchpoint: Option<usize>,
    times: u32,
}

impl Experience {
    /// Of all customers who answered anything.
    pub(crate) async fn read(observation: &Observation) -> Result<Self, Error> {
        let frame = observation.query(STATEMENT, &[]).await?;
        let batches = frame.collect().await.map_err(Error::engine(DOING))?;
        let mut experience = Self::default();
        for batch in &batches {
            let texts = ["customer_id", "kind", "touchpoint"].map(|name| text(batch, name));
            let [customers, kinds, touchpoints] = texts.each_ref().map(|of| of.as_string_view());
            let days = column(batch, "day").as_primitive::<Date32Type>();
            let times = column(batch, "times").as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                let kind = kinds.value(row);
                let kind = TROUBLES.iter().position(|trouble| *trouble == kind);
                let kind = kind.expect("the statement beside the code names its kinds");
                let trouble = Trouble {
                    day: days.value(row),
                    kind,
                    touchpoint: (kind == FAILURE)
                        .then(|| experience.touchpoint(touchpoints.value(row))),
                    times: times.value(row) as u32,
                };
                let customer = customers.value(row).to_owned();
                let of_customer = experience.by_customer.entry(customer);
                of_customer.or_default().push(trouble);
            }
        }
        Ok(experience)
    }

    /// The number of a touchpoint. There are few.
    fn touchpoint(&mut self, name: &str) -> usize {
        let known = self.touchpoints.iter().position(|known| known == name);
        known.unwrap_or_else(|| {
            self.touchpoints.push(name.to_owned());
            self.touchpoints.len() - 1
        })
    }

    /// How often each trouble was met in the half year until a day, that day included: failures, late
    /// deliveries, complaints.
    pub(crate) fn before(&self, customer_id: &str, day: i32) -> [u32; 3] {
        let mut sums = [0; 3];
        for trouble in self.remembered(customer_id, day) {
            sums[trouble.kind] += trouble.times;
        }
        sums
    }

    /// How often something failed in that time, by number of the touchpoint.
    pub(crate) fn failures_before(&self, customer_id: &str, day: i32) -> Vec<u32> {
        let mut sums = vec![0; self.touchpoints.len()];
        for trouble in self.remembered(customer_id, day) {
            if let Some(touchpoint) = trouble.touchpoint {
                sums[touchpoint] += trouble.times;
            }
        }
        sums
    }

    fn remembered(&self, customer_id: &str, day: i32) -> impl Iterator<Item = &Trouble> {
        let remembered = day - REMEMBERED_DAYS + 1..=day;
        let of_customer = self.by_customer.get(customer_id).into_iter().flatten();
        of_customer.filter(move |trouble| remembered.contains(&trouble.day))
    }
}
