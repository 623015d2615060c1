//! The home store and channel of each customer: where they bought on most days until some day.

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::Date32Type;
use futures::TryStreamExt;
use hashbrown::HashMap;

use crate::columns::{column, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::Purchases;

/// A day on which a customer bought at one of some places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Visit {
    /// Rank of the customer.
    customer: u32,
    /// Since 1970-01-01.
    day: i32,
    /// Number of the place.
    place: u32,
}

/// Where customers bought: stores, or channels.
#[derive(Debug, Default)]
pub(super) struct Homes {
    /// Names of the places, in alphabetical order.
    pub(super) names: Vec<String>,
    /// By customer, then day, then place; each once.
    visits: Vec<Visit>,
}

/// Reads the stores and the channels of all purchases.
pub(super) async fn read(
    context: &Context,
    observation: &Observation,
    purchases: &Purchases,
) -> Result<[Homes; 2], Error> {
    let doing = "reading where customers buy";
    let frame = observation.query(include_str!("homes.sql"), &[]).await?;
    let mut batches = frame.execute_stream().await.map_err(Error::engine(doing))?;
    let mut reading = [Reading::default(), Reading::default()];
    while let Some(batch) = batches.try_next().await.map_err(Error::engine(doing))? {
        context.check()?;
        let ids = text(&batch, "customer_id");
        let ids = ids.as_string_view();
        let days = column(&batch, "day").as_primitive::<Date32Type>();
        for (reading, name) in reading.iter_mut().zip(["store", "channel"]) {
            let places = text(&batch, name);
            let places = places.as_string_view();
            for row in 0..batch.num_rows() {
                let named = places.is_valid(row) && !places.value(row).is_empty();
                let customer = purchases.rank(ids.value(row));
                if let (true, Some(customer)) = (named, customer) {
                    reading.add(customer, days.value(row), places.value(row));
                }
            }
        }
    }
    Ok(reading.map(Reading::finish))
}

/// Visits as they come, places numbered as they come.
#[derive(Debug, Default)]
struct Reading {
    numbers: HashMap<String, u32>,
    visits: Vec<Visit>,
}

impl Reading {
    fn add(&mut self, customer: u32, day: i32, place: &str) {
        let next = self.numbers.len() as u32;
        let place = *self.numbers.entry_ref(place).or_insert(next);
        self.visits.push(Visit {
            customer,
            day,
            place,
        });
    }

    fn finish(self) -> Homes {
        let mut named: Vec<(String, u32)> = self.numbers.into_iter().collect();
        named.sort_unstable();
        let mut rank = vec![0; named.len()];
        for (place, (_, number)) in named.iter().enumerate() {
            rank[*number as usize] = place as u32;
        }
        let mut visits = self.visits;
        for visit in &mut visits {
            visit.place = rank[visit.place as usize];
        }
        visits.sort_unstable();
        visits.dedup();
        Homes {
            names: named.into_iter().map(|(name, _)| name).collect(),
            visits,
        }
    }
}

impl Homes {
    /// Where a customer had bought on most days until the end of a day; of equals where last, then
    /// the first in the alphabet. Nothing when it is not known.
    pub(super) fn of(&self, customer: u32, until: i32) -> Option<u32> {
        let start = self
            .visits
            .partition_point(|visit| visit.customer < customer);
        let of_customer = self.visits[start..]
            .iter()
            .take_while(|visit| visit.customer == customer && visit.day <= until);
        // Days, last day, and the place, ordered so that the home is the greatest.
        let mut places: Vec<(u32, i32, std::cmp::Reverse<u32>)> = Vec::new();
        for visit in of_customer {
            let place = std::cmp::Reverse(visit.place);
            match places.iter_mut().find(|known| known.2 == place) {
                Some(known) => {
                    known.0 += 1;
                    known.1 = visit.day;
                }
                None => places.push((1, visit.day, place)),
            }
        }
        places.into_iter().max().map(|(_, _, place)| place.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn home_is_where_most_days_were_until_then() {
        let mut reading = Reading::default();
        for (customer, day, place) in [
            (0, 1, "b"),
            (0, 1, "b"), // a day counts once
            (0, 2, "a"),
            (0, 3, "a"),
            (0, 9, "b"),
            (0, 9, "c"),
            (2, 4, "c"),
        ] {
            reading.add(customer, day, place);
        }
        let homes = reading.finish();
        assert_eq!(homes.names, ["a", "b", "c"]);
        assert_eq!(homes.of(0, 0), None);
        assert_eq!(homes.of(0, 1), Some(1));
        // of equals where last
        assert_eq!(homes.of(0, 2), Some(0));
        assert_eq!(homes.of(0, 3), Some(0));
        assert_eq!(homes.of(0, 9), Some(1));
        assert_eq!(homes.of(1, 9), None);
        assert_eq!(homes.of(2, 9), Some(2));
    }
}
