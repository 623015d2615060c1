//! How long contracts last, and why they end.
//!
//! Age is counted in calendar months, days being parts of the month they are in, so that a monthly
//! contract that is not renewed ends at exactly 1, whether in February or in March.

use std::collections::{BTreeMap, HashMap, HashSet};

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::Date32Type;
use jiff::ToSpan;
use jiff::civil::Date;
use worth_model::survival::{
    AalenJohansen, CheckedDurations, Durations, KaplanMeier, SurvivalCurve,
};
use worth_model::{Estimate, NoInterval, Spread};

use super::SEGMENTS;
use super::again::{LEAST_OF_SEGMENT, compare};
use super::answer::{
    ContractRetention, ContractSegment, ContractSegments, EndReason, EndedAfter, MonthFall,
    MonthPoint, StayedAfter,
};
use crate::columns::{column, date_of, text};
use crate::context::Observation;
use crate::error::Error;
use crate::lifetime::customers_of_regions;
use crate::segments::Assigned;

/// After how many months it is asked which contracts still run.
const SPANS_MONTHS: [u32; 5] = [1, 3, 6, 12, 24];
/// Months of the curve at most: five years.
const MOST_MONTHS: u32 = 60;
/// Reasons that are told apart; the rest is one more.
const MOST_REASONS: usize = 8;
/// A contract that ends on the day it starts lasts half a day, in months.
const HALF_A_DAY: f64 = 0.5 / 31.0;

/// Contracts as survival methods want them: columns of one length.
#[derive(Debug, Clone, Default)]
pub(crate) struct Contracts {
    customer: Vec<String>,
    /// Months at which a contract came into sight: 0 unless it had started before the period.
    entry: Vec<f64>,
    /// Months at which it ended or was last seen.
    end: Vec<f64>,
    /// 0 while running, else 1 and the place in `reasons`.
    event: Vec<u32>,
    /// Texts of reasons, the most frequent first; `None`: none was given.
    reasons: Vec<(Option<String>, u64)>,
    /// Contracts that end before they start.
    turned: u64,
    /// First day on which a contract started.
    pub first_day: Option<Date>,
}

impl Contracts {
    /// Reads the contracts in scope.
    pub(crate) async fn read(observation: &Observation) -> Result<Self, Error> {
        let doing = "reading contracts";
        let wanted = customers_of_regions(observation).await?;
        let frame = observation
            .query(include_str!("contracts.sql"), &[])
            .await?;
        let batches = frame.collect().await.map_err(Error::engine(doing))?;
        let mut contracts = Self::default();
        let mut ends: Vec<Option<Option<String>>> = Vec::new();
        for batch in &batches {
            let (ids, reasons) = (text(batch, "customer_id"), text(batch, "reason"));
            let (ids, reasons) = (ids.as_string_view(), reasons.as_string_view());
            let started = column(batch, "started").as_primitive::<Date32Type>();
            let ended = column(batch, "ended").as_primitive::<Date32Type>();
            for row in 0..batch.num_rows() {
                let id = ids.value(row);
                if wanted.as_ref().is_some_and(|wanted| !wanted.contains(id)) {
                    continue;
                }
                let ended_on = ended.is_valid(row).then(|| date_of(ended.value(row)));
                let starts = date_of(started.value(row));
                if contracts.add(id, starts, ended_on, observation) {
                    let said = reasons.is_valid(row).then(|| reasons.value(row).trim());
                    let said = said.filter(|said| !said.is_empty()).map(str::to_owned);
                    ends.push(ended_on.map(|_| said));
                }
            }
        }
        contracts.number_reasons(&ends);
        Ok(contracts)
    }

    /// Whether the contract was in sight.
    fn add(
        &mut self,
        customer: &str,
        started: Date,
        ended: Option<Date>,
        observation: &Observation,
    ) -> bool {
        let last = ended.unwrap_or(observation.until);
        if last < started {
            self.turned += 1;
            return false;
        }
        let entered = observation.from.filter(|from| *from > started);
        if entered.is_some_and(|from| last <= from) {
            return false;
        }
        self.customer.push(customer.to_owned());
        self.entry
            .push(entered.map_or(0.0, |from| months_between(started, from)));
        self.end.push(months_between(started, last).max(HALF_A_DAY));
        self.first_day = Some(self.first_day.map_or(started, |day| day.min(started)));
        true
    }

    /// `ends`: of each contract nothing while it runs, else the reason if one was given.
    fn number_reasons(&mut self, ends: &[Option<Option<String>>]) {
        let mut counts: BTreeMap<&Option<String>, u64> = BTreeMap::new();
        for reason in ends.iter().flatten() {
            *counts.entry(reason).or_default() += 1;
        }
        let mut reasons: Vec<(&Option<String>, u64)> = counts.into_iter().collect();
        reasons.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        let places: HashMap<&Option<String>, usize> = reasons
            .iter()
            .enumerate()
            .map(|(place, (reason, _))| (*reason, place.min(MOST_REASONS)))
            .collect();
        self.event = ends
            .iter()
            .map(|end| end.as_ref().map_or(0, |reason| places[reason] as u32 + 1))
            .collect();
        self.reasons = reasons
            .into_iter()
            .map(|(reason, contracts)| (reason.clone(), contracts))
            .collect();
    }

    /// How many contracts were seen.
    pub(crate) fn len(&self) -> usize {
        self.customer.len()
    }

    /// What they say. `values`: the segment of each customer who has one, when segments are asked
    /// for.
    pub(crate) fn answer(
        &self,
        values: Option<&HashMap<String, String>>,
        level: f64,
    ) -> ContractRetention {
        let durations = self.check(None);
        let curve = &kaplan_meier(level)
            .fit(&durations)
            .expect("at least one contract, at a level that was checked")[0];
        let customers: HashSet<&str> = self.customer.iter().map(String::as_str).collect();
        ContractRetention {
            contracts: self.len() as u64,
            customers: customers.len() as u64,
            ended: self.event.iter().filter(|&&event| event > 0).count() as u64,
            turned: self.turned,
            entered_late: self.entry.iter().filter(|&&entry| entry > 0.0).count() as u64,
            fell_early_months: curve.fell_early,
            after: stayed(curve, &durations, None),
            median_months: curve.median(),
            curve: by_month(curve, &durations),
            largest_fall: largest_fall(curve, level),
            reasons: self.end_reasons(&durations, level),
            segments: values.map(|values| self.segments(values, level)),
        }
    }

    /// As the survival methods take them.
    fn check<'a>(&'a self, group: Option<&'a [u32]>) -> CheckedDurations<'a> {
        Durations {
            start: self
                .entry
                .iter()
                .any(|&entry| entry > 0.0)
                .then_some(&self.entry),
            end: &self.end,
            event: &self.event,
            weight: None,
            group,
        }
        .check()
        .expect("contracts end after they came into sight, for at most nine reasons")
    }

    fn end_reasons(&self, durations: &CheckedDurations<'_>, level: f64) -> Vec<EndReason> {
        if self.reasons.len() < 2 {
            return Vec::new();
        }
        let incidences = &AalenJohansen { level }
            .fit(durations)
            .expect("at least one contract, at a level that was checked")[0];
        (1..=self.reasons.len().min(MOST_REASONS + 1))
            .map(|number| {
                let is_other = number > MOST_REASONS;
                let (reason, contracts) = if is_other {
                    let rest = &self.reasons[MOST_REASONS..];
                    (None, rest.iter().map(|(_, contracts)| contracts).sum())
                } else {
                    self.reasons[number - 1].clone()
                };
                EndReason {
                    reason,
                    is_other,
                    contracts,
                    after: SPANS_MONTHS
                        .iter()
                        .map(|&months| EndedAfter {
                            months,
                            share: incidences
                                .at(number as u32, f64::from(months))
                                .filter(is_known),
                        })
                        .collect(),
                }
            })
            .collect()
    }

    fn segments(&self, values: &HashMap<String, String>, level: f64) -> ContractSegments {
        let of_contract: Vec<Option<&str>> = self
            .customer
            .iter()
            .map(|customer| values.get(customer).map(String::as_str))
            .collect();
        let assigned = Assigned::of(&of_contract, &SEGMENTS);
        let durations = self.check(Some(&assigned.place));
        let segments = kaplan_meier(level)
            .fit(&durations)
            .expect("at least one contract, at a level that was checked")
            .iter()
            .map(|curve| {
                let place = curve.group.expect("curves of groups name them");
                let contracts = curve.weight as u64;
                ContractSegment {
                    segment: assigned.names[place as usize].clone(),
                    contracts,
                    small: contracts < LEAST_OF_SEGMENT,
                    after: stayed(curve, &durations, Some(place)),
                    median_months: curve.median(),
                }
            })
            .collect();
        ContractSegments {
            segments,
            comparison: self.known(&assigned).compare(),
        }
    }

    /// The contracts whose segment is known.
    fn known(&self, assigned: &Assigned) -> Compared {
        let mut compared = Compared::default();
        for (row, &place) in assigned.place.iter().enumerate() {
            if !assigned.is_unknown(place) {
                compared.entry.push(self.entry[row]);
                compared.end.push(self.end[row]);
                compared.event.push(self.event[row]);
                compared.group.push(place);
            }
        }
        compared
    }
}

/// Contracts that are compared by segment.
#[derive(Default)]
struct Compared {
    entry: Vec<f64>,
    end: Vec<f64>,
    event: Vec<u32>,
    group: Vec<u32>,
}

impl Compared {
    fn compare(&self) -> super::answer::Comparison {
        let durations = Durations {
            start: self
                .entry
                .iter()
                .any(|&entry| entry > 0.0)
                .then_some(&self.entry),
            end: &self.end,
            event: &self.event,
            weight: None,
            group: Some(&self.group),
        };
        compare(&durations.check().expect("rows that were checked before"))
    }
}

fn kaplan_meier(level: f64) -> KaplanMeier {
    KaplanMeier {
        level,
        ..KaplanMeier::default()
    }
}

/// Calendar months from one day to another that is not earlier; what is left over is part of the
/// month it is in.
fn months_between(from: Date, to: Date) -> f64 {
    let mut months = (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month())
        - i64::from(from.month());
    let after = |months: i64| from.saturating_add(months.months());
    if after(months) > to {
        months -= 1;
    }
    let days = |one: Date, other: Date| other.duration_since(one).as_hours() as f64 / 24.0;
    months as f64 + days(after(months), to) / days(after(months), after(months + 1))
}

/// Whether anyone was observed for so long.
fn is_known(estimate: &Estimate) -> bool {
    let unknown = Spread::None {
        no_interval: NoInterval::NotIdentified,
    };
    estimate.spread != unknown
}

fn stayed(
    curve: &SurvivalCurve,
    durations: &CheckedDurations<'_>,
    group: Option<u32>,
) -> Vec<StayedAfter> {
    let times = SPANS_MONTHS.map(f64::from);
    let at_risk = durations.at_risk(&times, group);
    SPANS_MONTHS
        .iter()
        .zip(at_risk)
        .map(|(&months, at_risk)| StayedAfter {
            months,
            share: Some(curve.at(f64::from(months))).filter(is_known),
            at_risk: at_risk as u64,
        })
        .collect()
}

/// The curve at the end of each month that anyone was observed through.
fn by_month(curve: &SurvivalCurve, durations: &CheckedDurations<'_>) -> Vec<MonthPoint> {
    let months = (curve.followed_until.floor() as u32).min(MOST_MONTHS);
    let times: Vec<f64> = (1..=months).map(f64::from).collect();
    let at_risk = durations.at_risk(&times, None);
    times
        .iter()
        .zip(at_risk)
        .map(|(&time, at_risk)| MonthPoint {
            months: time as u32,
            at_risk: at_risk as u64,
            share: curve.at(time),
        })
        .collect()
}

/// The month in which the curve falls most. Its variance is that of a product: the part that was
/// there, times the part of it that goes, which Greenwood's sum keeps apart.
fn largest_fall(curve: &SurvivalCurve, level: f64) -> Option<MonthFall> {
    let months = (curve.followed_until.floor() as u32).min(MOST_MONTHS);
    let at = |month: u32| {
        let after = (curve.points).partition_point(|point| point.time <= f64::from(month));
        match after.checked_sub(1) {
            Some(index) => (
                curve.points[index].survival.value,
                curve.points[index].variance,
            ),
            None => (1.0, 0.0),
        }
    };
    let mut largest: Option<(u32, f64)> = None;
    for month in 1..=months {
        let fall = at(month - 1).0 - at(month).0;
        if fall > largest.map_or(0.0, |known| known.1) {
            largest = Some((month, fall));
        }
    }
    let (month, fall) = largest?;
    let ((before, of_before), (after, of_after)) = (at(month - 1), at(month));
    let going = fall / before;
    let estimate = |value: f64, variance: f64| {
        if variance > 0.0 {
            Estimate::normal(value, variance.sqrt(), level)
        } else {
            Estimate::without(value, NoInterval::TooFew)
        }
    };
    let of_going = if after > 0.0 {
        let stays = after / before;
        stays * stays * (of_after / (after * after) - of_before / (before * before))
    } else {
        0.0
    };
    let of_fall = if of_going > 0.0 {
        going * going * of_before + before * before * of_going
    } else {
        0.0
    };
    Some(MonthFall {
        month,
        fall: estimate(fall, of_fall),
        of_running: estimate(going, of_going),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn months_are_those_of_the_calendar() {
        let between = |from, to| months_between(from, to);
        assert_eq!(between(date(2025, 1, 15), date(2025, 2, 15)), 1.0);
        assert_eq!(between(date(2025, 1, 31), date(2025, 2, 28)), 1.0);
        assert_eq!(between(date(2024, 2, 29), date(2025, 2, 28)), 12.0);
        // 14 of the 28 days from 1 February to 1 March
        assert_eq!(between(date(2025, 1, 1), date(2025, 2, 15)), 1.5);
        assert_eq!(between(date(2025, 1, 1), date(2025, 1, 1)), 0.0);
        // 10 January is 26 of the 31 days from 15 December to 15 January
        let found = between(date(2024, 11, 15), date(2025, 1, 10));
        assert!((found - (1.0 + 26.0 / 31.0)).abs() < 1e-12);
    }
}
