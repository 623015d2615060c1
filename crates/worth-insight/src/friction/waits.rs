//! Which waits are long: longer than nine in ten at the place, or than somebody asked.

use std::collections::BTreeMap;

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::Int64Type;
use futures::TryStreamExt;
use worth_model::concentration::quantile;

use super::Trouble;
use super::done::{Done, statement};
use super::places::{Actions, Places};
use crate::columns::column;
use crate::context::Context;
use crate::error::Error;
use crate::steps::{Action, Span};

const WAITS: &str = statement!("waits.sql");
const DOING: &str = "reading how long customers waited";
/// The part of the waits at a place that are not long.
const USUAL_PART: f64 = 0.9;
/// Where long waits are not at least so many times as long as the middle one, all wait alike.
const LEAST_TIMES_AS_LONG: f64 = 2.0;
/// Of fewer nothing is usual.
const FEWEST: usize = 20;

/// By trouble and place which waits are long.
pub(super) struct Waits {
    long: BTreeMap<(Trouble, usize), Long>,
}

/// Which waits are long at a place; in microseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Long {
    pub(super) longer_than: f64,
    pub(super) median: f64,
    /// Long or not.
    pub(super) waits: u64,
}

impl Waits {
    /// `asked`: what is longer than that is long everywhere.
    pub(super) async fn read(
        context: &Context,
        done: &Done<'_>,
        places: &Places<'_>,
        asked: Option<Span>,
    ) -> Result<Self, Error> {
        let mut batches = done.rows(WAITS, &[], DOING).await?;
        let mut waits: BTreeMap<(Trouble, usize), Vec<f64>> = BTreeMap::new();
        let mut key = String::new();
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(DOING))? {
            context.check()?;
            let actions = Actions::of(&batch);
            let of_batch = column(&batch, "wait").as_primitive::<Int64Type>();
            for (row, &wait) in of_batch.values().iter().enumerate() {
                let (action, place) = places.find(&actions, row, &mut key);
                let table = places.named.actions[action].table;
                let at = (Trouble::of_waiting(table), place);
                waits.entry(at).or_default().push(wait as f64);
            }
        }
        let long = waits.into_iter();
        let long = long.filter_map(|(at, waits)| Some((at, Long::of(waits, asked)?)));
        Ok(Self {
            long: long.collect(),
        })
    }

    /// What went wrong with an action at a place: what the statement says, and a wait of so many microseconds, if
    /// it is long there.
    pub(super) fn met(
        &self,
        told: Option<&str>,
        wait: Option<i64>,
        action: &Action,
        place: usize,
    ) -> impl Iterator<Item = Trouble> + use<> {
        let waiting = Trouble::of_waiting(action.table);
        let is_long = (wait.zip(self.long(waiting, place)))
            .is_some_and(|(wait, long)| wait as f64 > long.longer_than);
        let told = told.map(Trouble::named);
        told.into_iter().chain(is_long.then_some(waiting))
    }

    /// Which waits of a kind are long at a place; nothing where none is.
    pub(super) fn long(&self, trouble: Trouble, place: usize) -> Option<Long> {
        self.long.get(&(trouble, place)).copied()
    }
}

impl Long {
    fn of(mut waits: Vec<f64>, asked: Option<Span>) -> Option<Self> {
        waits.sort_unstable_by(f64::total_cmp);
        let median = quantile(&waits, 0.5)?;
        let usual = quantile(&waits, USUAL_PART)?;
        let differ = waits.len() >= FEWEST && usual > 0.0 && usual >= LEAST_TIMES_AS_LONG * median;
        let longer_than = match asked {
            Some(asked) => asked.microseconds() as f64,
            None if differ => usual,
            None => return None,
        };
        Some(Self {
            longer_than,
            median,
            waits: waits.len() as u64,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 18 times 1, then 3, 5, 9: the 19th of 21 is nine tenths of the way.
    #[test]
    fn long_is_what_is_longer_than_nine_in_ten() {
        let mut waits = vec![1.0; 18];
        waits.extend([3.0, 5.0, 9.0]);
        let long = Long::of(waits.clone(), None).expect("3 is more than twice 1");
        assert_eq!((long.longer_than, long.median, long.waits), (3.0, 1.0, 21));
        waits[18] = 1.9;
        assert_eq!(Long::of(waits.clone(), None), None, "most wait alike");
        assert_eq!(Long::of(waits[2..].to_vec(), None), None, "too few");
        assert_eq!(Long::of(vec![0.0; 30], None), None, "nobody waited");
        let week: Span = "1w".parse().expect("a span");
        let long = Long::of(vec![1.0], Some(week)).expect("somebody said so");
        assert_eq!(long.longer_than, 7.0 * 86_400e6);
    }
}
