//! Reads `troubles.sql`, one person after the other, into what went wrong where, and into the days of
//! customers.

use std::collections::{BTreeMap, BTreeSet};

use datafusion::arrow::array::{Array, AsArray, Int64Array, RecordBatch};
use datafusion::arrow::datatypes::{Date32Type, Int64Type};
use datafusion::scalar::ScalarValue;
use futures::TryStreamExt;

use super::Trouble;
use super::trouble::MOST_COSTS;
use crate::columns::{column, text};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::business_currency;
use crate::steps::{Action, Grain, Named, Raw};

const TROUBLES: &str = concat!(
    include_str!("../money.sql"),
    include_str!("../costs/entries.sql"),
    include_str!("troubles.sql")
);
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

/// Repeats of a day at a place, less failures and giving up.
#[derive(Debug)]
struct Repeats {
    place: usize,
    times: i64,
    stages: BTreeSet<Option<String>>,
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
    named: &'a Named,
    /// By action a place.
    place_of: Vec<usize>,
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
    /// Of the day that is being read: by place the repeats that no failure accounts for.
    repeats: Vec<Repeats>,
    key: String,
}

impl Met {
    /// All that is in scope.
    pub(super) async fn read(
        context: &Context,
        observation: &Observation,
        by: Grain,
    ) -> Result<Self, Error> {
        let named = Named::read(context, observation).await?;
        let parameters = [
            business_currency(context),
            ("products", ScalarValue::from(false)),
        ];
        let frame = observation.query(TROUBLES, &parameters).await?;
        let mut batches = frame.execute_stream().await.map_err(Error::engine(DOING))?;
        let mut reader = Reader::new(&named, by);
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
    fn new(named: &'a Named, by: Grain) -> Self {
        let labels: Vec<&str> = named
            .actions
            .iter()
            .map(|action| label(action, by))
            .collect();
        let names: BTreeSet<&str> = labels.iter().copied().collect();
        let places: Vec<Place> = (names.into_iter())
            .map(|name| Place {
                name: name.to_owned(),
                customers: 0,
            })
            .collect();
        let place_of = labels.iter().map(|label| {
            places
                .binary_search_by(|place| place.name.as_str().cmp(label))
                .expect("all labels are places")
        });
        Self {
            place_of: place_of.collect(),
            last_at_place: vec![0; places.len()],
            found: Met {
                places,
                ..Met::default()
            },
            named,
            point_of: BTreeMap::new(),
            last_at_point: Vec::new(),
            people: 0,
            person: None,
            day: 0,
            repeats: Vec::new(),
            key: String::new(),
        }
    }

    fn add(&mut self, batch: &RecordBatch) {
        let texts = |name| text(batch, name).as_string_view().clone();
        let [people, customers, troubles] = ["person", "customer_id", "trouble"].map(texts);
        let described = ["from_table", "name", "stage", "touchpoint"].map(texts);
        let whole = |name: &str| column(batch, name).as_primitive::<Int64Type>().clone();
        let [actions, repeats] = ["actions", "repeats"].map(whole);
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
            let raw: Raw<'_> = described
                .each_ref()
                .map(|texts| texts.is_valid(row).then(|| texts.value(row)));
            let action = self.named.place(raw, &mut self.key);
            let place = self.place_of[action];
            let times = value(&actions, row) as u64;
            self.found.actions += times;
            if times > 0 {
                self.be_at(place);
            }
            let again = value(&repeats, row);
            let stage = &self.named.actions[action].stage;
            if again > 0 {
                self.repeat(place, again, stage);
            }
            if let Some(trouble) = troubles.is_valid(row).then(|| troubles.value(row)) {
                let trouble = Trouble::named(trouble);
                if matches!(trouble, Trouble::Failure | Trouble::Abandonment) {
                    self.repeat(place, -(times as i64), stage);
                }
                let point = self.meet(trouble, place, times);
                point.stages.insert(stage.clone());
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
        for mut repeats in std::mem::take(&mut self.repeats) {
            if repeats.times > 0 {
                let point = self.meet(Trouble::Retry, repeats.place, repeats.times as u64);
                point.stages.append(&mut repeats.stages);
            }
        }
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

    fn repeat(&mut self, place: usize, times: i64, stage: &Option<String>) {
        // a day has few places
        let known = self.repeats.iter().position(|known| known.place == place);
        let known = known.unwrap_or_else(|| {
            self.repeats.push(Repeats {
                place,
                times: 0,
                stages: BTreeSet::new(),
            });
            self.repeats.len() - 1
        });
        let repeats = &mut self.repeats[known];
        repeats.times += times;
        repeats.stages.insert(stage.clone());
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

/// Where an action was taken: what has no touchpoint or stage is a place of its own.
fn label(action: &Action, by: Grain) -> &str {
    let place = match by {
        Grain::Name => None,
        Grain::Touchpoint => action.touchpoint.as_deref(),
        Grain::Stage => action.stage.as_deref(),
    };
    place.unwrap_or(&action.name)
}

/// 0 where nothing is known.
fn value(numbers: &Int64Array, row: usize) -> i64 {
    if numbers.is_valid(row) {
        numbers.value(row)
    } else {
        0
    }
}
