//! Counts the steps that are meant: by kind, and by person.

use std::cmp::Reverse;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::answer::{Evidence, KindCounted, Person, Step, Who};
use crate::error::Error;
use crate::steps::{JourneyOf, NameRead, StepKind, Steps};

/// The steps that are meant.
pub(super) struct Counted {
    /// Whether a kind of step is meant.
    is_meant: Vec<bool>,
    /// Steps of each kind; 0 of those that are not meant.
    of_kind: Vec<u64>,
    /// Everyone who took one, in the order of journeys.
    pub(super) people: Vec<OfPerson>,
}

/// What one person took.
pub(super) struct OfPerson {
    /// Number of the journey.
    pub(super) journey: usize,
    pub(super) steps: u64,
    /// Microseconds since 1970-01-01.
    pub(super) first_at: i64,
    pub(super) last_at: i64,
}

impl Counted {
    /// Steps of these kinds.
    pub(super) fn of(steps: &Steps, kinds: &[u32]) -> Self {
        let mut is_meant = vec![false; steps.kinds.len()];
        for &kind in kinds {
            is_meant[kind as usize] = true;
        }
        let mut of_kind = vec![0; steps.kinds.len()];
        let mut people: Vec<OfPerson> = Vec::new();
        for journey in 0..steps.log.journeys() {
            let (times, kinds) = steps.log.steps(journey);
            for (&at, &kind) in times.iter().zip(kinds) {
                if !is_meant[kind as usize] {
                    continue;
                }
                of_kind[kind as usize] += 1;
                match people.last_mut() {
                    Some(person) if person.journey == journey => {
                        person.steps += 1;
                        person.last_at = at;
                    }
                    _ => people.push(OfPerson {
                        journey,
                        steps: 1,
                        first_at: at,
                        last_at: at,
                    }),
                }
            }
        }
        Self {
            is_meant,
            of_kind,
            people,
        }
    }

    pub(super) fn steps(&self) -> u64 {
        self.of_kind.iter().sum()
    }

    pub(super) fn people(&self) -> u64 {
        self.people.len() as u64
    }

    pub(super) fn customers(&self, steps: &Steps) -> u64 {
        let people = self.people.iter();
        let customers = people.filter(|person| whose(steps, person.journey).customer().is_some());
        customers.count() as u64
    }

    /// Those with most steps first.
    pub(super) fn kinds(&self, steps: &Steps) -> Vec<KindCounted> {
        let named = steps.kinds.iter().zip(&self.of_kind);
        let mut kinds: Vec<KindCounted> = named
            .filter(|(_, count)| **count > 0)
            .map(|(kind, &count)| KindCounted {
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
        kinds.sort_by_key(|kind| Reverse(kind.steps));
        kinds
    }

    /// Those with most steps, among equals the newest first.
    pub(super) fn most(&self, steps: &Steps, most: usize, zone: &TimeZone) -> Vec<Person> {
        let mut people: Vec<&OfPerson> = self.people.iter().collect();
        people.sort_by_key(|person| (Reverse(person.steps), Reverse(person.last_at)));
        people.truncate(most);
        let told = people.into_iter().map(|person| {
            let whose = whose(steps, person.journey);
            Person {
                customer_id: whose.customer().map(str::to_owned),
                anonymous_id: whose.visitor().map(str::to_owned),
                steps: person.steps,
                first: moment(person.first_at, zone),
                last: moment(person.last_at, zone),
            }
        });
        told.collect()
    }

    /// Every step of a customer or visitor.
    ///
    /// # Errors
    ///
    /// [`Error::NoCustomer`] when there is nobody of that id.
    pub(super) fn evidence(
        &self,
        steps: &Steps,
        id: &str,
        zone: &TimeZone,
    ) -> Result<Evidence, Error> {
        let customers = steps.ids.customers.len();
        let find = |ids: &[String]| ids.binary_search_by(|known| known.as_str().cmp(id)).ok();
        let customer = find(&steps.ids.customers);
        let visitor = || find(&steps.ids.visitors).map(|place| customers + place);
        let journey = customer.or_else(visitor).ok_or_else(|| Error::NoCustomer {
            customer: id.into(),
        })?;
        let (times, kinds) = steps.log.steps(journey);
        let told = times.iter().zip(kinds).map(|(&at, &number)| {
            let kind = &steps.kinds[number as usize];
            Step {
                at: moment(at, zone),
                counts: self.is_meant[number as usize],
                table: kind.table,
                name: kind.name.clone(),
                stage: kind.stage.clone(),
                touchpoint: kind.touchpoint.clone(),
                channel: kind.channel.clone(),
                outcome: kind.outcome,
            }
        });
        Ok(Evidence {
            person: match customer {
                Some(_) => Who::CustomerId(id.into()),
                None => Who::AnonymousId(id.into()),
            },
            steps: told.collect(),
        })
    }
}

/// Whose a journey is; journeys are people here, and none was split.
pub(super) fn whose(steps: &Steps, journey: usize) -> JourneyOf<'_> {
    steps.ids.of(steps.log.origin(journey))
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

fn moment(at: i64, zone: &TimeZone) -> DateTime {
    let at = Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(zone.clone()).datetime()
}
