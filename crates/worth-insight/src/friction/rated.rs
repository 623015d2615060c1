//! How orders that came late are rated, beside those that came in time.

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::{Float64Type, Int64Type};
use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::experiment::{Arm, difference_of_means};

use crate::columns::column;
use crate::context::Observation;
use crate::error::Error;

const RATINGS: &str = include_str!("ratings.sql");
const DOING: &str = "reading how late orders were rated";
/// Fewer on one side say nothing of how they differ.
const FEWEST: u64 = 10;

/// Ratings of orders that came late, and of those in time; on the scale of the source.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct LateRated {
    /// Mean of the late ones.
    pub late: Estimate,
    /// Mean of those in time.
    pub in_time: Estimate,
    /// Late less in time.
    pub difference: Estimate,
    /// Ratings of late orders.
    pub late_ratings: u64,
    /// Ratings of orders in time.
    pub in_time_ratings: u64,
}

impl LateRated {
    /// Of the period; nothing where fewer than ten of either were rated.
    pub(super) async fn read(observation: &Observation, level: f64) -> Result<Option<Self>, Error> {
        let frame = observation.query(RATINGS, &[]).await?;
        let batches = frame.collect().await.map_err(Error::engine(DOING))?;
        let mut ratings: [Vec<f64>; 2] = Default::default();
        for batch in &batches {
            let late = column(batch, "late").as_boolean();
            let rating = column(batch, "rating").as_primitive::<Float64Type>();
            let times = column(batch, "times").as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                let given = std::iter::repeat_n(rating.value(row), times.value(row) as usize);
                ratings[usize::from(late.value(row))].extend(given);
            }
        }
        let arm = |ratings: &Vec<f64>| Arm::of(ratings.iter().map(|&rating| (rating, 1.0)));
        let [in_time, late] = ratings.each_ref().map(arm);
        if in_time.people.min(late.people) < FEWEST {
            return Ok(None);
        }
        const CHECKED: &str = "the level was checked";
        Ok(Some(Self {
            late: late.average(level).expect(CHECKED),
            in_time: in_time.average(level).expect(CHECKED),
            difference: difference_of_means(&late, &in_time, level).expect(CHECKED),
            late_ratings: late.people,
            in_time_ratings: in_time.people,
        }))
    }
}
