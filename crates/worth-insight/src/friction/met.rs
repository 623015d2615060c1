//! Reads `troubles.sql`, one person after the other, into what went wrong where, and into the days of
//! customers.

use std::collections::{BTreeMap, BTreeSet};

use datafusion::arrow::array::{Array, AsArray, Int64Array, RecordBatch};
use datafusion::arrow::datatypes::{Date32Type, Int64Type};
use futures::TryStreamExt;

use super::Trouble;
use super::done::{Done, statement};
use super::places::{Actions, Places};
use super::trouble::MOST_COSTS;
use super::waits::{Long, Waits};
use crate::columns::{column, text};
use crate::context::Context;
use crate::error::Error;
use crate::steps::{Grain, Named, Span};

const TROUBLES: &str = statement!("troubles.sql");
const DOING: &str = "reading what went wrong";

/// What went wrong, and whom it met.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// Where anything was done, in byte order.
    pub(super) places: Vec<Place>,
    /// What went wrong where, in whatever order.
    pub(super) points: Vec<Point>,
    /// Customers who did anything, in byte order.
    pub(super) customers: Vec<String>,
    /// Days on which they did, by customer and day.
    pub(super) days: Vec<DayMet>,
    /// What went wrong, day by day: place in `points`, and times.
    met: Vec<(u32, u32)>,
    /// Where they were, day by day: places in `places`.
    been: Vec<u32>,
    /// Actions that were read.
    pub(super) actions: u64,
}

/// Somewhere that customers were.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) customers: u64,
}

/// A kind of trouble at a place.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) trouble: Trouble,
    /// In [`Met::places`].
    pub(super) place: usize,
    /// Stages of what went wrong there.
    pub(super) stages: BTreeSet<Option<String>>,
    pub(super) times: u64,
    /// Of which by people who are no customers.
    pub(super) times_of_others: u64,
    pub(super) customers: u64,
    /// In the order of [`Trouble::costs`]: how much, in whole numbers of the statement, and of how many times
    /// it is known.
    pub(super) costs: [(i128, u64); MOST_COSTS],
    /// Which waits are long there, when it is a wait.
    pub(super) long: Option<Long>,
}

/// A day on which a customer did anything.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayMet {
    /// Place in [`Met::customers`].
    pub(super) customer: u32,
    /// Since 1970-01-01.
    pub(super) day: i32,
    /// Where what is known of the next day begins.
    met_end: usize,
    been_end: usize,
}

/// People on their way in.
struct Reader<'a> {
    places: &'a Places<'a>,
    waits: &'a Waits,
    found: Met,
    /// By trouble and place a point, once it is met.
    point_of: BTreeMap<(Trouble, usize), u32>,
    /// By point and by place the number of the person who was there last.
    last_at_point: Vec<u64>,
    last_at_place: Vec<u64>,
    /// How many people were read, and who is being read.
    people: u64,
    person: Option<(String, bool)>,
    day: i32,
    key: String,
}

impl Met {
    /// All that is in scope. `wait`: waits that are longer are long; what is usual at a place when absent.
    pub(super) async fn read(
        context: &Context,
        done: &Done<'_>,
        named: &Named,
        by: Grain,
        wait: Option<Span>,
    ) -> Result<Self, Error> {
        let places = Places::of(named, by);
        let waits = Waits::read(context, done, &places, wait).await?;
        let mut batches = done.rows(TROUBLES, &[], DOING).await?;
        let mut reader = Reader::new(&places, &waits);
        while let Some(batch) = batches.try_next().await.map_err(Error::engine(DOING))? {
            context.check()?;
            reader.add(&batch);
        }
        reader.close_day();
        Ok(reader.found)
    }

    /// What went wrong on a day: places in `points`, and times.
    pub(super) fn met_on(&self, day: usize) -> &[(u32, u32)] {
        let start = day
            .checked_sub(1)
            .map_or(0, |before| self.days[before].met_end);
        &self.met[start..self.days[day].met_end]
    }

    /// Where the customer was on a day: places in `places`.
    pub(super) fn been_on(&self, day: usize) -> &[u32] {
        let start = day
            .checked_sub(1)
            .map_or(0, |before| self.days[before].been_end);
        &self.been[start..self.days[day].been_end]
    }

    /// By point the customers who met it on some of their days, each once, in order.
    pub(super) fn customers_by_point(&self, counts: impl Fn(&DayMet) -> bool) -> Vec<Vec<u32>> {
        let mut customers: Vec<Vec<u32>> = vec![Vec::new(); self.points.len()];
        for (number, day) in self.days.iter().enumerate().filter(|(_, day)| counts(day)) {
            for &(point, _) in self.met_on(number) {
                let of_point = &mut customers[point as usize];
                if of_point.last() != Some(&day.customer) {
                    of_point.push(day.customer);
                }
            }
        }
        customers
    }
}

impl<'a> Reader<'a> {
    fn new(places: &'a Places<'a>, waits: &'a Waits) -> Self {
        let names = places.names.iter();
        let found = Met {
            places: names
                .map(|&name| Place {
                    name: name.to_owned(),
                    customers: 0,
                })
                .collect(),
            ..Met::default()
        };
        Self {
            last_at_place: vec![0; places.names.len()],
            found,
            places,
            waits,
            point_of: BTreeMap::new(),
            last_at_point: Vec::new(),
            people: 0,
            person: None,
            day: 0,
            key: String::new(),
        }
    }

    fn add(&mut self, batch: &RecordBatch) {
        let texts = |name| text(batch, name).as_string_view().clone();
        let [people, customers, troubles] = ["person", "customer_id", "trouble"].map(texts);
        let actions = Actions::of(batch);
        let whole = |name: &str| column(batch, name).as_primitive::<Int64Type>().clone();
        let [times, waits] = ["times", "wait"].map(whole);
        let days = column(batch, "day").as_primitive::<Date32Type>();
        let costs: Vec<Vec<(Int64Array, Int64Array)>> = (Trouble::ALL.iter())
            .map(|trouble| {
                let of_trouble = trouble.costs().iter().map(|cost| cost.column());
                of_trouble
                    .map(|cost| (whole(&cost), whole(&format!("{cost}_known"))))
                    .collect()
            })
            .collect();
        for row in 0..batch.num_rows() {
            self.enter(people.value(row), customers.is_valid(row), days.value(row));
            let (action, place) = self.places.find(&actions, row, &mut self.key);
            let action = &self.places.named.actions[action];
            let times = times.value(row) as u64;
            self.found.actions += times;
            self.be_at(place);
            let told = troubles.is_valid(row).then(|| troubles.value(row));
            let wait = waits.is_valid(row).then(|| waits.value(row));
            for trouble in self.waits.met(told, wait, action, place) {
                let point = self.meet(trouble, place, times);
                point.stages.insert(action.stage.clone());
                let of_trouble = &costs[trouble as usize];
                for (sum, (amount, known)) in point.costs.iter_mut().zip(of_trouble) {
                    sum.0 += i128::from(value(amount, row));
                    sum.1 += value(known, row) as u64;
                }
            }
        }
    }

    /// Turns to a day of a person.
    fn enter(&mut self, person: &str, is_customer: bool, day: i32) {
        let is_same = (self.person.as_ref())
            .is_some_and(|(known, was)| known == person && *was == is_customer);
        if is_same && self.day == day {
            return;
        }
        self.close_day();
        self.day = day;
        if !is_same {
            self.people += 1;
            self.person = Some((person.to_owned(), is_customer));
            if is_customer {
                self.found.customers.push(person.to_owned());
            }
        }
    }

    /// Enters the day that was read.
    fn close_day(&mut self) {
        if self.is_customer() {
            let found = &mut self.found;
            found.days.push(DayMet {
                customer: (found.customers.len() - 1) as u32,
                day: self.day,
                met_end: found.met.len(),
                been_end: found.been.len(),
            });
        }
    }

    fn is_customer(&self) -> bool {
        self.person.as_ref().is_some_and(|(_, is)| *is)
    }

    fn be_at(&mut self, place: usize) {
        if !self.is_customer() {
            return;
        }
        let found = &mut self.found;
        if self.last_at_place[place] != self.people {
            self.last_at_place[place] = self.people;
            found.places[place].customers += 1;
        }
        let start = found.days.last().map_or(0, |day| day.been_end);
        if !found.been[start..].contains(&(place as u32)) {
            found.been.push(place as u32);
        }
    }

    /// The point at which something went wrong, and that it did.
    fn meet(&mut self, trouble: Trouble, place: usize, times: u64) -> &mut Point {
        let is_customer = self.is_customer();
        let found = &mut self.found;
        let number = *self.point_of.entry((trouble, place)).or_insert_with(|| {
            found.points.push(Point {
                trouble,
                place,
                stages: BTreeSet::new(),
                times: 0,
                times_of_others: 0,
                customers: 0,
                costs: [(0, 0); MOST_COSTS],
                long: self.waits.long(trouble, place),
            });
            self.last_at_point.push(0);
            (found.points.len() - 1) as u32
        });
        let point = &mut found.points[number as usize];
        point.times += times;
        if !is_customer {
            point.times_of_others += times;
            return point;
        }
        let last = &mut self.last_at_point[number as usize];
        point.customers += u64::from(*last != self.people);
        *last = self.people;
        let start = found.days.last().map_or(0, |day| day.met_end);
        let mut today = found.met[start..].iter_mut();
        match today.find(|(known, _)| *known == number) {
            Some((_, known)) => *known += times as u32,
            None => found.met.push((number, times as u32)),
        }
        point
    }
}

/// 0 where nothing is known.
fn value(numbers: &Int64Array, row: usize) -> i64 {
    if numbers.is_valid(row) {
        numbers.value(row)
    } else {
        0
    }
}
