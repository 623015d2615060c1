//! What effects are found from: days of customers, what went wrong on them, and what is held still.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use twox_hash::XxHash3_128;
use worth_model::link::{Family, FittedLink, Link, LinkRows, NoLink};

use super::met::Met;
use crate::behaviour::{After, Before, Record};
use crate::columns::date_of;
use crate::lifetime::Purchases;

/// Customers who must have met trouble before anything is said of what it does.
pub(super) const FEWEST_CUSTOMERS: u64 = 20;
/// Pain points that are held against each other: those that most customers met.
const MOST_POINTS: usize = 30;
/// Quarters that are told apart: the latest.
const MOST_QUARTERS: i32 = 16;

/// What the link is found from, column by column.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) person: Vec<u32>,
    pub(super) day: Vec<i32>,
    came_back: Vec<f64>,
    /// By exposure how often it was met.
    exposures: Vec<Vec<f64>>,
    /// Habits, whether they bought that day and for the first time, quarters.
    controls: Vec<Vec<f64>>,
    /// By place whether they were there.
    there: Vec<Vec<f64>>,
}

/// Which points are exposures, and which places are held still.
pub(super) struct Chosen {
    pub(super) points: Vec<usize>,
    places: Vec<usize>,
}

/// Whose days count.
pub(super) struct Window<'a> {
    pub(super) purchases: &'a Purchases,
    pub(super) days: u32,
    pub(super) last: i32,
}

impl Chosen {
    pub(super) fn of(met: &Met, customers: &[u64]) -> Self {
        let mut points: Vec<usize> = (0..met.points.len())
            .filter(|&point| customers[point] >= FEWEST_CUSTOMERS)
            .collect();
        let key = |point: &usize| (met.points[*point].trouble, met.points[*point].place);
        points.sort_by_key(|point| (std::cmp::Reverse(customers[*point]), key(point)));
        points.truncate(MOST_POINTS);
        // of two that cannot be told apart the first is kept
        points.sort_by_key(key);
        let places: BTreeSet<usize> = points
            .iter()
            .map(|&point| met.points[point].place)
            .collect();
        Self {
            points,
            places: places.into_iter().collect(),
        }
    }

    /// The number of a place among those held still.
    pub(super) fn place(&self, place: usize) -> Option<usize> {
        self.places.binary_search(&place).ok()
    }
}

impl Columns {
    pub(super) fn of(met: &Met, chosen: &Chosen, window: &Window<'_>, part: f64) -> Self {
        let number = |wanted: &[usize]| -> BTreeMap<usize, usize> {
            wanted.iter().copied().zip(0..).collect()
        };
        let (exposure_of, place_of) = (number(&chosen.points), number(&chosen.places));
        let mut columns = Self {
            exposures: vec![Vec::new(); chosen.points.len()],
            there: vec![Vec::new(); chosen.places.len()],
            ..Self::default()
        };
        let mut habits = vec![Vec::new(); Before::CONTROLS.len() + 2];
        let mut number = 0;
        for days in met
            .days
            .chunk_by(|one, other| one.customer == other.customer)
        {
            let first = number;
            number += days.len();
            let customer = days[0].customer;
            let id = &met.customers[customer as usize];
            if !is_of_part(id, part) {
                continue;
            }
            let bought = window.purchases.days_of_id(id);
            for (number, day) in (first..).zip(days) {
                let record = Record::of(bought, day.day, window.days as i32, window.last);
                let Some(After { bought: back, .. }) = record.after else {
                    continue;
                };
                columns.person.push(customer);
                columns.day.push(day.day);
                columns.came_back.push(f64::from(u8::from(back)));
                let before = record.before;
                let today = [before.bought_today(), before.bought_first_today()];
                let today = today.map(|is| f64::from(u8::from(is)));
                let of_day = before.controls().into_iter().chain(today);
                for (column, value) in habits.iter_mut().zip(of_day) {
                    column.push(value);
                }
                for column in columns.exposures.iter_mut().chain(&mut columns.there) {
                    column.push(0.0);
                }
                for (point, times) in met.met_on(number) {
                    if let Some(&exposure) = exposure_of.get(&(*point as usize)) {
                        set_last(&mut columns.exposures[exposure], f64::from(*times));
                    }
                }
                for place in met.been_on(number) {
                    if let Some(&place) = place_of.get(&(*place as usize)) {
                        set_last(&mut columns.there[place], 1.0);
                    }
                }
            }
        }
        columns.controls = habits;
        columns.controls.extend(quarters(&columns.day));
        columns
    }

    /// Whether anyone was at a place on a day without trouble.
    pub(super) fn has_others_there(&self, exposure: usize, place: Option<usize>) -> bool {
        let column = place.and_then(|place| self.there.get(place));
        let days = column.into_iter().flatten().zip(&self.exposures[exposure]);
        let mut others = days.filter(|&(&there, &times)| there > 0.0 && times == 0.0);
        others.next().is_some()
    }

    /// Days until the middle one, and those after it.
    pub(super) fn halves(&self) -> [impl Fn(i32) -> bool; 2] {
        let mut days = self.day.clone();
        let middle = days.len() / 2;
        let middle = match days.is_empty() {
            true => 0,
            false => *days.select_nth_unstable(middle).1,
        };
        [true, false].map(|first| move |day: i32| (day < middle) == first)
    }

    /// Coming back from trouble, on some of the days.
    pub(super) fn link(
        &self,
        counts: impl Fn(i32) -> bool,
        level: f64,
    ) -> Result<FittedLink, NoLink> {
        let exposures: Vec<&[f64]> = self.exposures.iter().map(Vec::as_slice).collect();
        let controls = self.controls.iter().chain(&self.there);
        let controls: Vec<&[f64]> = controls.map(Vec::as_slice).collect();
        if exposures.is_empty() {
            return Err(NoLink::NothingDiffers);
        }
        let days = self.day.iter().zip(&self.came_back);
        let outcome: Vec<f64> = days
            .map(|(&day, &back)| if counts(day) { back } else { f64::NAN })
            .collect();
        let rows = LinkRows {
            exposures: &exposures,
            controls: &controls,
            outcome: &outcome,
            weight: None,
            person: Some(&self.person),
            error_variance: None,
        };
        let rows = rows.check().expect("columns of the same days, all numbers");
        let link = Link {
            family: Family::Relative,
            level,
        };
        link.fit(&rows)
            .expect("a level and outcomes that were checked")
    }
}

/// Whether a customer is of a fixed part of all: the same whatever else there is.
fn is_of_part(id: &str, part: f64) -> bool {
    let hash = XxHash3_128::oneshot(id.as_bytes());
    part >= 1.0 || (hash >> 64) as u64 as f64 <= part * u64::MAX as f64
}

/// A column for each quarter but the first; all before the latest [`MOST_QUARTERS`] are one.
fn quarters(days: &[i32]) -> Vec<Vec<f64>> {
    let quarter = |day: &i32| {
        let date: Date = date_of(*day);
        i32::from(date.year()) * 4 + i32::from(date.month() - 1) / 3
    };
    let numbers: Vec<i32> = days.iter().map(quarter).collect();
    let latest = numbers.iter().max().copied().unwrap_or_default();
    let first = (numbers.iter().min().copied().unwrap_or_default()).max(latest - MOST_QUARTERS);
    let column = |wanted: i32| {
        let is_wanted = numbers.iter().map(|&number| number == wanted);
        is_wanted.map(|is| f64::from(u8::from(is))).collect()
    };
    (first + 1..=latest).map(column).collect()
}

fn set_last(column: &mut [f64], value: f64) {
    if let Some(last) = column.last_mut() {
        *last = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_customers_is_as_large_as_it_should_be_and_always_the_same() {
        let ids: Vec<String> = (0..10_000).map(|number| format!("c{number}")).collect();
        let of_part = |part| ids.iter().filter(|id| is_of_part(id, part)).count();
        assert_eq!(of_part(1.0), 10_000);
        assert!(of_part(0.3).abs_diff(3_000) < 150);
        let in_smaller = |id: &&String| is_of_part(id, 0.1);
        assert!(ids.iter().filter(in_smaller).all(|id| is_of_part(id, 0.3)));
    }

    /// 1 January 2020, and a year in which no day is of the second quarter.
    #[test]
    fn quarters_are_columns_but_the_first() {
        let columns = quarters(&[18_262, 18_262 + 182, 18_262 + 365]);
        let expected = [[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        // the fourth quarter has the last day of the leap year
        assert_eq!(columns.len(), expected.len());
        assert_eq!(columns[1], expected[1]);
        assert_eq!(columns[2], expected[2]);
        assert!(quarters(&[]).is_empty());
    }
}
