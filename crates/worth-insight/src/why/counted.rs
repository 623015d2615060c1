//! Counts the steps that are meant: by kind, and by person.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use worth_model::journey::Log;

use super::answer::{Evidence, KindCounted, Person, Step, Who};
use super::rule::Rule;
use crate::error::Error;
use crate::steps::{Case, JourneyOf, NameRead, Span, StepKind, Steps};

/// The steps that are meant.
#[derive(Default)]
pub(super) struct Counted<'a> {
    /// Those with most steps first.
    pub(super) kinds: Vec<KindCounted>,
    pub(super) journeys: u64,
    /// Everyone who took one, in order.
    pub(super) people: Vec<OfPerson<'a>>,
}

/// What one person took; or, where journeys are cases, what was done in one.
pub(super) struct OfPerson<'a> {
    pub(super) who: JourneyOf<'a>,
    pub(super) steps: u64,
    /// Microseconds since 1970-01-01.
    pub(super) first_at: i64,
    pub(super) last_at: i64,
}

impl<'a> Counted<'a> {
    /// Steps that a rule means, in the journeys of `log`.
    pub(super) fn of(
        steps: &'a Steps,
        log: &Log,
        rule: &Rule,
        within: Option<Span>,
    ) -> Result<Self, Error> {
        let mut of_kind = vec![0; steps.kinds.len()];
        let mut counted = Self::default();
        let mut last_origin = None;
        rule.each(steps, log, within, |journey, places| {
            let (times, kinds) = log.steps(journey);
            for &place in places {
                of_kind[kinds[place] as usize] += 1;
            }
            counted.journeys += 1;
            let (first_at, last_at) = (times[places[0]], times[places[places.len() - 1]]);
            let origin = log.origin(journey);
            match counted.people.last_mut() {
                // the parts of a journey follow each other
                Some(person) if last_origin == Some(origin) => {
                    person.steps += places.len() as u64;
                    person.last_at = last_at;
                }
                _ => counted.people.push(OfPerson {
                    who: steps.ids.of(origin),
                    steps: places.len() as u64,
                    first_at,
                    last_at,
                }),
            }
            last_origin = Some(origin);
        })?;
        let named = steps.kinds.iter().zip(of_kind);
        counted.kinds = named
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| KindCounted {
                table: kind.table,
                name: kind.name.clone(),
                before: before(kind, &steps.names),
                stage: kind.stage.clone(),
                touchpoint: kind.touchpoint.clone(),
                channel: kind.channel.clone(),
                outcome: kind.outcome,
                steps: count,
            })
            .collect();
        // sorting is stable: equal ones stay in the order of their names
        counted.kinds.sort_by_key(|kind| Reverse(kind.steps));
        Ok(counted)
    }

    pub(super) fn steps(&self) -> u64 {
        self.people.iter().map(|person| person.steps).sum()
    }

    /// How many of the people are customers, visitors and cases.
    pub(super) fn by_kind(&self) -> [u64; 3] {
        let mut counts = [0; 3];
        for person in &self.people {
            counts[match person.who {
                JourneyOf::Customer(_) => 0,
                JourneyOf::Visitor(_) => 1,
                JourneyOf::Case(_) => 2,
            }] += 1;
        }
        counts
    }

    /// Those with most steps, among equals the newest first.
    pub(super) fn most(&self, most: usize, zone: &TimeZone) -> Vec<Person> {
        let mut people: Vec<&OfPerson<'_>> = self.people.iter().collect();
        people.sort_by_key(|person| (Reverse(person.steps), Reverse(person.last_at)));
        people.truncate(most);
        let told = people.into_iter().map(|person| Person {
            customer_id: person.who.customer().map(str::to_owned),
            anonymous_id: person.who.visitor().map(str::to_owned),
            journey_id: person.who.case().map(str::to_owned),
            steps: person.steps,
            first: moment(person.first_at, zone),
            last: moment(person.last_at, zone),
        });
        told.collect()
    }
}

/// Every step of a customer, visitor or case.
///
/// # Errors
///
/// [`Error::NoCustomer`] when there is nobody of that id.
pub(super) fn evidence(
    steps: &Steps,
    log: &Log,
    rule: &Rule,
    within: Option<Span>,
    (id, zone): (&str, &TimeZone),
) -> Result<Evidence, Error> {
    let ids = &steps.ids;
    let find = |ids: &[String]| ids.binary_search_by(|known| known.as_str().cmp(id)).ok();
    let visitor = || find(&ids.visitors).map(|place| ids.customers.len() + place);
    let origin = match ids.case {
        Case::Customer => find(&ids.customers).or_else(visitor),
        Case::Journey => find(&ids.cases),
    };
    let origin = origin.ok_or_else(|| Error::NoCustomer {
        customer: id.into(),
    })?;
    let mut marked: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    rule.each(steps, log, within, |journey, places| {
        if log.origin(journey) == origin {
            marked.insert(journey, places.to_vec());
        }
    })?;
    let journeys = (0..log.journeys()).filter(|&journey| log.origin(journey) == origin);
    let told = journeys.flat_map(|journey| {
        let (times, kinds) = log.steps(journey);
        let marked = marked.get(&journey);
        let told = times.iter().zip(kinds).enumerate();
        told.map(move |(place, (&at, &kind))| {
            let kind = &steps.kinds[kind as usize];
            Step {
                at: moment(at, zone),
                counts: marked.is_some_and(|marked| marked.binary_search(&place).is_ok()),
                table: kind.table,
                name: kind.name.clone(),
                stage: kind.stage.clone(),
                touchpoint: kind.touchpoint.clone(),
                channel: kind.channel.clone(),
                outcome: kind.outcome,
            }
        })
    });
    Ok(Evidence {
        person: match ids.of(origin) {
            JourneyOf::Customer(id) => Who::CustomerId(id.into()),
            JourneyOf::Visitor(id) => Who::AnonymousId(id.into()),
            JourneyOf::Case(id) => Who::JourneyId(id.into()),
        },
        steps: told.collect(),
    })
}

/// What tables call a kind of step, where that is another name.
fn before(kind: &StepKind, names: &[NameRead]) -> Vec<NameRead> {
    let names = names.iter();
    let of_kind = names.filter(|read| read.table == kind.table && read.name == kind.name);
    of_kind
        .filter(|read| read.before != read.name)
        .cloned()
        .collect()
}

pub(super) fn moment(at: i64, zone: &TimeZone) -> DateTime {
    let at = Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(zone.clone()).datetime()
}
