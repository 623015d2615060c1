//! What is compared: two periods, each with the steps of its days, or two segments, each with the steps of its
//! customers.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use worth_model::journey::Log;

use super::answer::{Compared, Side};
use super::{JourneyDiff, Period};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::question::Scope;
use crate::segments;
use crate::steps::Steps;

/// Days of the second period when nobody says.
const USUAL_DAYS: i64 = 90;
/// Values that are named to whoever gives one that nobody has.
const MOST_NAMED: usize = 20;

/// What was asked to be compared.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    /// Periods, and the last day observed.
    Periods([Period; 2], Date),
    /// Customers of one value against those of another, or all others.
    Segments {
        segment: String,
        of: Option<String>,
        against: Option<String>,
    },
}

impl Asked {
    /// `until`: the last day observed.
    pub(super) fn of(question: &JourneyDiff, scope: &Scope, until: Date) -> Result<Self, Error> {
        let not_together = |parameter, other| Err(Error::NotTogether { parameter, other });
        if let Some(segment) = &question.segment {
            if question.since.is_some() {
                return not_together("segment", "since");
            }
            if !question.periods.is_empty() {
                return not_together("segment", "periods");
            }
            return Ok(Self::Segments {
                segment: segment.clone(),
                of: question.of.clone(),
                against: question.against.clone(),
            });
        }
        for (parameter, given) in [("of", &question.of), ("against", &question.against)] {
            if given.is_some() {
                return Err(Error::NotAlone {
                    parameter,
                    other: "segment",
                });
            }
        }
        if scope.from.is_some() {
            return not_together("from", "periods");
        }
        let second = match (question.since, question.periods.as_slice()) {
            (Some(_), [_, ..]) => return not_together("since", "periods"),
            (None, &[first, second]) if first.until >= second.from => {
                return Err(Error::NotAChoice {
                    parameter: "periods",
                    given: second.to_string(),
                    choices: format!("{}..", first.until.saturating_add(1.day())),
                });
            }
            (None, &[first, second]) => return Ok(Self::Periods([first, second], until)),
            (None, periods @ [_, ..]) => {
                let given = periods.len() as f64;
                return Err(Error::OutOfRange {
                    parameter: "periods",
                    given,
                    low: 2.0,
                    high: 2.0,
                });
            }
            (Some(from), []) if from > until => return Err(Error::PeriodTurned { from, until }),
            (Some(from), []) => Period { from, until },
            (None, []) => Period::of_days(USUAL_DAYS, until),
        };
        let before = second.from.saturating_sub(1.day());
        let first = Period::of_days(second.days(), before);
        Ok(Self::Periods([first, second], until))
    }

    /// The same observation, of the days that are compared.
    pub(super) fn narrowed(&self, observation: Observation) -> Observation {
        match self {
            Self::Segments { .. } => observation,
            Self::Periods([first, second], until) => Observation {
                from: Some(first.from.min(second.from)),
                until: first.until.max(second.until).min(*until),
                ..observation
            },
        }
    }
}

/// Steps on both sides.
pub(super) struct Sides {
    /// In their journeys, cut by the window if there is one.
    pub(super) logs: [Log; 2],
    /// Customers on no side, for want of a value or for having a third one, and all visitors.
    people_on_none: u64,
}

impl Sides {
    /// Steps of either period, or of customers of either segment.
    pub(super) async fn of(
        asked: &Asked,
        steps: &Steps,
        (context, observation): (&Context, &Observation),
        zone: &TimeZone,
    ) -> Result<Self, Error> {
        match asked {
            Asked::Periods(periods, _) => {
                let logs = periods.map(|period| {
                    let begins = |day: Date| microsecond(day, zone);
                    let within = begins(period.from)..begins(period.until.saturating_add(1.day()));
                    cut(steps, steps.log.only(|_, at| within.contains(&at)))
                });
                Ok(Self {
                    logs,
                    people_on_none: 0,
                })
            }
            Asked::Segments {
                segment,
                of,
                against,
            } => {
                let read = segments::read(segment, context, observation).await;
                let values = read.map_err(|error| match error {
                    Error::NotAChoice { given, choices, .. } => Error::NotAChoice {
                        parameter: "segment",
                        given,
                        choices,
                    },
                    other => other,
                })?;
                let of = known("of", of.as_deref().unwrap_or_default(), &values)?;
                let against = (against.as_deref())
                    .map(|given| known("against", given, &values))
                    .transpose()?;
                if against == Some(of) {
                    return Err(Error::NotTogether {
                        parameter: "of",
                        other: "against",
                    });
                }
                Ok(Self::of_values(&values, of, against, steps))
            }
        }
    }

    fn of_values(
        values: &HashMap<String, String>,
        of: &str,
        against: Option<&str>,
        steps: &Steps,
    ) -> Self {
        let people = steps.ids.people();
        let customers = steps.ids.customers.iter();
        let side_of_customer: Vec<Option<usize>> = customers
            .map(|customer| match values.get(customer) {
                Some(value) if value == of => Some(1),
                Some(value) if against.is_none_or(|against| against == value) => Some(0),
                _ => None,
            })
            .collect();
        let side = |person: u32| side_of_customer.get(person as usize).copied().flatten();
        let logs = [0, 1].map(|wanted| {
            cut(
                steps,
                (steps.log).only(|origin, _| side(people[origin]) == Some(wanted)),
            )
        });
        let everyone = steps.ids.customers.len() + steps.ids.visitors.len();
        let on_a_side = side_of_customer.iter().flatten().count();
        Self {
            logs,
            people_on_none: (everyone - on_a_side) as u64,
        }
    }

    /// What is compared, with how much there is of it.
    pub(super) fn told(&self, asked: Asked, people: &[u32], zone: &TimeZone) -> Compared {
        let with_steps = self
            .logs
            .each_ref()
            .map(|log| people_with_steps(log, people));
        let side = |side: usize| {
            let log = &self.logs[side];
            let of_journeys = (0..log.journeys()).map(|journey| log.steps(journey).0);
            let times = of_journeys.filter_map(|at| Some((*at.first()?, *at.last()?)));
            let day = |at: Option<i64>| {
                let at = Timestamp::from_microsecond(at?).ok()?;
                Some(at.to_zoned(zone.clone()).date())
            };
            Side {
                people: with_steps[side].len() as u64,
                journeys: times.clone().count() as u64,
                steps: log.events() as u64,
                first_day: day(times.clone().map(|(first, _)| first).min()),
                last_day: day(times.map(|(_, last)| last).max()),
            }
        };
        let sides = [side(0), side(1)];
        match asked {
            Asked::Periods(periods, observed_until) => Compared::Periods {
                periods,
                sides,
                people_in_both: with_steps[0].intersection(&with_steps[1]).count() as u64,
                observed_until,
            },
            Asked::Segments {
                segment,
                of,
                against,
            } => Compared::Segments {
                segment,
                of: of.unwrap_or_default(),
                against,
                sides,
                people_on_none: self.people_on_none,
            },
        }
    }
}

/// Steps in their journeys, cut by the window if there is one.
fn cut(steps: &Steps, log: Log) -> Log {
    match steps.window {
        Some(window) => log.split(window.microseconds()),
        None => log,
    }
}

fn people_with_steps(log: &Log, people: &[u32]) -> HashSet<u32> {
    let journeys = (0..log.journeys()).filter(|&journey| !log.steps(journey).1.is_empty());
    journeys
        .map(|journey| people[log.origin(journey)])
        .collect()
}

/// When a business day begins.
fn microsecond(day: Date, zone: &TimeZone) -> i64 {
    match day.to_zoned(zone.clone()) {
        Ok(begins) => begins.timestamp().as_microsecond(),
        // a day that no clock has: the end of time
        Err(_) => i64::MAX,
    }
}

/// A value that somebody has.
fn known<'a>(
    parameter: &'static str,
    given: &'a str,
    values: &HashMap<String, String>,
) -> Result<&'a str, Error> {
    if values.values().any(|value| value == given) {
        return Ok(given);
    }
    let there: BTreeSet<&str> = values.values().map(String::as_str).collect();
    let mut named: Vec<&str> = there.iter().copied().take(MOST_NAMED).collect();
    if there.len() > named.len() {
        named.push("…");
    }
    Err(Error::NotAChoice {
        parameter,
        given: given.into(),
        choices: named.join(", "),
    })
}
