//! Who stays, where and when are customers lost?
//!
//! ```text
//!  order_lines ── lifetime's purchases ──► cohorts.rs (cohort × age), newest.rs
//!                        │                 again.rs (time to the next purchase: Kaplan-Meier)
//!                        └─ crate::segments ► the same per segment, log-rank
//!  contracts ──── contracts.sql ─────────► contracts.rs (Kaplan-Meier, Aalen-Johansen)
//! ```
//!
//! Customers without a contract leave without notice: of them it is told who bought when, never who
//! has left. Periods that are not over are never shown as a fall. `docs/methods/retention.md` has the
//! rules with a worked example.

mod again;
pub mod answer;
mod cohorts;
mod contracts;
mod newest;
mod periods;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::columns::date_of;
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::{Day, Gathered, Purchases, gather};
use crate::question::{Answered, Provenance, Question, Scope};
use crate::segments::{self, Assigned, By, ToldApart};
use again::LEAST_OF_SEGMENT;
pub(crate) use again::Waits;
use answer::{Fall, PurchaseRetention, PurchaseSegment, PurchaseSegments, RetentionAnswer};
use cohorts::CohortTable;
use contracts::Contracts;
pub(crate) use periods::Calendar;
pub use periods::CohortPeriod;

/// Who stays, where and when are customers lost?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// Length of the periods: customers of one period of the first purchase are one cohort.
    pub cohort: CohortPeriod,
    /// What to tell customers apart by: channel, category, product or store of the first purchase, a
    /// column of customers (region, city, gender, acquisition_channel, …) or one of their attributes.
    pub by: Option<String>,
    /// Probability that intervals are meant to hold, between 0 and 1; 0.9 when absent.
    pub level: Option<f64>,
}

impl Question for Retention {
    const NAME: &'static str = "retention";
    type Answer = RetentionAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<RetentionAnswer>, Error> {
        let level = self.level.unwrap_or(worth_model::estimate::DEFAULT_LEVEL);
        Error::in_range("level", level, 0.5, 0.999)?;
        let by = self.by.as_deref().map(By::of).transpose()?;
        let observation = context.observe(scope).await?;
        // Who is new can only be told from all purchases there are.
        let whole = Observation {
            from: None,
            ..observation.clone()
        };
        let gathered = gather(context, &whole).await?;
        let contracts = Contracts::read(&observation).await?;
        let rows_left_out = gathered.left_out.iter().map(|left_out| left_out.rows).sum();
        if gathered.rows_used + rows_left_out == 0 && contracts.len() == 0 {
            return Err(Error::NothingThere {
                question: Self::NAME,
                table: "order_lines",
            });
        }
        let Gathered {
            purchases,
            rows_used,
            left_out,
            ..
        } = gathered;
        context.check()?;
        let values = match by {
            Some(by) => {
                let first = |id: &str| purchases.first_day_of(purchases.rank(id)?);
                Some(segments::values(by, context, &whole, first).await?)
            }
            None => None,
        };
        context.check()?;
        let followed = Followed {
            period: self.cohort,
            from: observation.from.map(crate::columns::day_of),
            until: crate::columns::day_of(observation.until),
            level,
        };
        let answer = RetentionAnswer {
            level,
            cohort: self.cohort,
            by: self.by.clone(),
            purchases: followed.purchases(&purchases, values.as_ref()),
            contracts: (contracts.len() > 0).then(|| contracts.answer(values.as_ref(), level)),
        };
        let cohorts = answer
            .purchases
            .as_ref()
            .map(|purchases| &purchases.cohorts);
        let rows = rows::rows(cohorts.map_or(&[], Vec::as_slice))?;
        let provenance = Provenance {
            from: observation
                .from
                .or(answer.purchases.as_ref().map(|found| found.records_begin))
                .or(contracts.first_day),
            rows_used: if answer.purchases.is_some() {
                rows_used
            } else {
                contracts.len() as u64
            },
            rows_left_out,
            left_out,
            ..observation.provenance(Self::NAME)
        };
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

/// Segments that are told apart.
const SEGMENTS: ToldApart<'static> = ToldApart {
    most: 8,
    least: 0,
    always: BTreeSet::new(),
};

/// How customers are followed.
struct Followed {
    period: CohortPeriod,
    /// First purchases before it make no cohort; days since 1970-01-01.
    from: Option<i32>,
    until: i32,
    level: f64,
}

impl Followed {
    /// Everything about customers without a contract; nothing when nobody bought for the first
    /// time in the period.
    fn purchases(
        &self,
        purchases: &Purchases,
        values: Option<&HashMap<String, String>>,
    ) -> Option<PurchaseRetention> {
        let bought: Vec<&[Day]> = purchases.by_customer().collect();
        let records_begin = bought.iter().filter_map(|days| first_day(days)).min()?;
        let starts_in_time = |days: &&[Day]| {
            first_day(days).is_some_and(|first| self.from.is_none_or(|from| first >= from))
        };
        let customers: Vec<&[Day]> = bought.iter().copied().filter(starts_in_time).collect();
        if customers.is_empty() {
            return None;
        }
        let all = bought
            .iter()
            .filter(|days| first_day(days).is_some())
            .count();
        let begin = self
            .from
            .map_or(records_begin, |from| from.max(records_begin));
        let calendar = Calendar::new(self.period, begin, self.until);
        let mut table = CohortTable::new(&calendar);
        let (mut waits, mut since) = (Waits::default(), Vec::new());
        for days in &customers {
            table.add(days, &calendar);
            waits.add_steps(days, self.until);
            again::add_since(&mut since, days, self.until);
        }
        let steps = again::steps(&waits, &since, self.level);
        let falls = table.falls(&calendar, self.level);
        let first_step = steps.first()?;
        Some(PurchaseRetention {
            customers: table.customers(),
            customers_before: (all - customers.len()) as u64,
            records_begin: date_of(records_begin),
            again: first_step.again.clone(),
            median_days_to_second: first_step.median_days,
            curve: table.curve(&calendar, self.level),
            largest_fall: largest(falls.iter().filter(|fall| fall.fall.value > 0.0)),
            largest_later_fall: largest(
                falls.iter().filter(|fall| {
                    fall.age > 1 && fall.fall.ends().is_some_and(|(low, _)| low > 0.0)
                }),
            ),
            newest: newest::compare(&table, &calendar),
            cohorts: table.answer(&calendar, self.level),
            segments: values.map(|values| {
                let of_customer: Vec<Option<&str>> = customers
                    .iter()
                    .map(|days| {
                        let id = &purchases.customers[days[0].customer as usize];
                        values.get(id).map(String::as_str)
                    })
                    .collect();
                self.segments(
                    &customers,
                    &Assigned::of(&of_customer, &SEGMENTS),
                    &calendar,
                )
            }),
            steps,
        })
    }

    fn segments(
        &self,
        customers: &[&[Day]],
        assigned: &Assigned,
        calendar: &Calendar,
    ) -> PurchaseSegments {
        let count = assigned.names.len();
        let mut tables = vec![CohortTable::new(calendar); count];
        let mut since: Vec<Vec<i32>> = vec![Vec::new(); count];
        let (mut waits, mut known) = (Waits::default(), Waits::default());
        for (days, &place) in customers.iter().zip(&assigned.place) {
            tables[place as usize].add(days, calendar);
            waits.add_first(days, self.until, place);
            if !assigned.is_unknown(place) {
                known.add_first(days, self.until, place);
            }
            since[place as usize].extend(first_day(days).map(|first| self.until - first));
        }
        let segments = waits
            .curves(self.level)
            .iter()
            .map(|curve| {
                let place = curve.group.expect("curves of groups name them") as usize;
                let customers = tables[place].customers();
                PurchaseSegment {
                    segment: assigned.names[place].clone(),
                    customers,
                    small: customers < LEAST_OF_SEGMENT,
                    again: again::again(curve, |days| again::observed_for(&since[place], days)),
                    median_days_to_second: curve.median(),
                    curve: tables[place].curve(calendar, self.level),
                }
            })
            .collect();
        PurchaseSegments {
            segments,
            comparison: known.compare(),
        }
    }
}

/// The day of the first purchase, since 1970-01-01.
fn first_day(days: &[Day]) -> Option<i32> {
    days.iter().find(|day| day.counts()).map(|day| day.day)
}

/// The largest of some falls, of equal ones the first.
fn largest<'a>(falls: impl Iterator<Item = &'a Fall>) -> Option<Fall> {
    falls.copied().reduce(|known, fall| {
        if fall.fall.value > known.fall.value {
            fall
        } else {
            known
        }
    })
}
