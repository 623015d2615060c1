//! Who met a pain point: the number of `friction`, to the customers and to what they did.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::answer::{Evidence, KindCounted, Step, Who};
use super::counted::{Counted, OfPerson, moment};
use crate::error::Error;
use crate::friction::{Found, FoundPerson};
use crate::steps::{JourneyOf, NameRead};

impl<'a> Counted<'a> {
    /// Of those who met trouble.
    pub(super) fn of_met(found: &'a Found) -> Self {
        let of_person = |person: &'a FoundPerson| OfPerson {
            who: match person.is_customer {
                true => JourneyOf::Customer(&person.id),
                false => JourneyOf::Visitor(&person.id),
            },
            steps: person.times,
            first_at: person.first_at,
            last_at: person.last_at,
        };
        Self {
            kinds: kinds(found),
            journeys: found.people.len() as u64,
            people: found.people.iter().map(of_person).collect(),
        }
    }
}

/// What was done, those with most steps first.
fn kinds(found: &Found) -> Vec<KindCounted> {
    let named = found.named.actions.iter().zip(&found.of_action);
    // names that are one after the rules are told together
    let mut together: BTreeMap<_, (u64, Vec<NameRead>)> = BTreeMap::new();
    for (action, &times) in named.filter(|(_, times)| **times > 0) {
        let key = (
            action.table,
            &action.name,
            &action.stage,
            &action.touchpoint,
        );
        let (steps, before) = together.entry(key).or_default();
        *steps += times;
        if action.kind != action.name {
            before.push(NameRead {
                name: action.name.clone(),
                before: action.kind.clone(),
                table: action.table,
                steps: times,
            });
        }
    }
    let told = together.into_iter();
    let told = told.map(
        |((table, name, stage, touchpoint), (steps, before))| KindCounted {
            table,
            name: name.clone(),
            before,
            stage: stage.clone(),
            touchpoint: touchpoint.clone(),
            channel: None,
            outcome: None,
            steps,
        },
    );
    let mut kinds: Vec<KindCounted> = told.collect();
    kinds.sort_by_key(|kind| Reverse(kind.steps));
    kinds
}

/// Everything that a customer did, with what counts.
///
/// # Errors
///
/// [`Error::NoCustomer`] when nothing is known of such a customer.
pub(super) fn evidence(found: &Found, id: &str, zone: &TimeZone) -> Result<Evidence, Error> {
    if found.entries.is_empty() {
        return Err(Error::NoCustomer {
            customer: id.into(),
        });
    }
    let told = found.entries.iter().map(|entry| {
        let action = &found.named.actions[entry.action];
        Step {
            at: moment(entry.at, zone),
            counts: entry.is_met,
            table: action.table,
            name: action.name.clone(),
            stage: action.stage.clone(),
            touchpoint: action.touchpoint.clone(),
            channel: None,
            outcome: None,
        }
    });
    Ok(Evidence {
        person: match found.is_customer_sought {
            true => Who::CustomerId(id.into()),
            false => Who::AnonymousId(id.into()),
        },
        steps: told.collect(),
    })
}
