//! How long until customers buy again: after the first purchase, the second, and so on.
//!
//! Who has not bought again by the end of observation is not gone: of them it is known only that so
//! many days were not enough. Kaplan-Meier takes that into account, so that customers who are new
//! count as far as they were seen.

use worth_model::survival::{CheckedDurations, Durations, KaplanMeier, SurvivalCurve, log_rank};
use worth_model::{Estimate, NoInterval, Spread};

use super::answer::{AgainWithin, Comparison, Difference, Step};
use super::newest::TEST_LEVEL;
use crate::lifetime::Day;

/// After how many days of a purchase it is asked who bought again.
pub(crate) const SPANS_DAYS: [u32; 5] = [30, 60, 90, 180, 365];
/// The last purchase after which it is asked who bought again.
const MOST_STEPS: usize = 5;
/// Fewer customers (or contracts) in a segment are mostly chance.
pub(crate) const LEAST_OF_SEGMENT: u64 = 30;
/// Fewer second purchases (or ended contracts) do not tell segments apart.
const LEAST_EVENTS: f64 = 10.0;

/// Waits until the next purchase: one entry per wait.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waits {
    /// Days.
    pub days: Vec<f64>,
    /// 1 when it ended with a purchase, 0 with the end of observation.
    pub event: Vec<u32>,
    /// After which purchase (0 is the first), or of which segment.
    pub group: Vec<u32>,
}

impl Waits {
    fn push(&mut self, days: i32, bought: bool, group: u32) {
        self.days.push(f64::from(days));
        self.event.push(u32::from(bought));
        self.group.push(group);
    }

    /// The wait after the first purchase, of a customer who made one.
    pub(crate) fn add_first(&mut self, days: &[Day], until: i32, group: u32) {
        let mut counting = days.iter().filter(|day| day.counts()).map(|day| day.day);
        if let Some(first) = counting.next() {
            let second = counting.next();
            self.push(second.unwrap_or(until) - first, second.is_some(), group);
        }
    }

    /// The waits after each of the first few purchases of a customer.
    pub(crate) fn add_steps(&mut self, days: &[Day], until: i32) {
        let mut counting = days
            .iter()
            .filter(|day| day.counts())
            .map(|day| day.day)
            .peekable();
        for step in 0..MOST_STEPS {
            let Some(bought) = counting.next() else {
                return;
            };
            let next = counting.peek().copied();
            self.push(next.unwrap_or(until) - bought, next.is_some(), step as u32);
        }
    }

    /// As the survival methods take them.
    fn check(&self) -> CheckedDurations<'_> {
        Durations {
            start: None,
            end: &self.days,
            event: &self.event,
            weight: None,
            group: Some(&self.group),
        }
        .check()
        .expect("columns of one length, days from a purchase to a later day")
    }

    /// One curve per group that has anyone.
    pub(crate) fn curves(&self, level: f64) -> Vec<SurvivalCurve> {
        if self.days.is_empty() {
            return Vec::new();
        }
        KaplanMeier {
            level,
            ..KaplanMeier::default()
        }
        .fit(&self.check())
        .expect("at least one wait, at a level that was checked")
    }

    /// Whether the groups differ.
    pub(crate) fn compare(&self) -> Comparison {
        compare(&self.check())
    }
}

/// Whether the groups of `durations` differ.
pub(crate) fn compare(durations: &CheckedDurations<'_>) -> Comparison {
    let groups = durations.rows().group.unwrap_or_default();
    let mut distinct = groups.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let test = (distinct.len() > 1)
        .then(|| log_rank(durations, None).expect("at most ten groups, some of them with rows"))
        .and_then(|found| found.test);
    let verdict = match test {
        Some(_) if durations.events() < LEAST_EVENTS => Difference::TooFew,
        Some(test) if test.p_value < 1.0 - TEST_LEVEL => Difference::Differ,
        Some(_) => Difference::NotShown,
        None => Difference::TooFew,
    };
    Comparison {
        verdict,
        segments: distinct.len() as u64,
        test,
    }
}

/// What a curve of waits says. `observed_for`: of how many customers so many days were observed.
pub(crate) fn again(curve: &SurvivalCurve, observed_for: impl Fn(u32) -> u64) -> Vec<AgainWithin> {
    SPANS_DAYS
        .iter()
        .map(|&days| {
            let waiting = curve.at(f64::from(days));
            let unknown = NoInterval::NotIdentified;
            let known = waiting.spread
                != Spread::None {
                    no_interval: unknown,
                };
            AgainWithin {
                days,
                share: known.then(|| rest_of(&waiting)),
                observed: observed_for(days),
            }
        })
        .collect()
}

/// One step per purchase that anyone made. `reached`: days since each of them, by step.
pub(crate) fn steps(waits: &Waits, since: &[Vec<i32>], level: f64) -> Vec<Step> {
    waits
        .curves(level)
        .iter()
        .map(|curve| {
            let step = curve.group.unwrap_or_default();
            let since = &since[step as usize];
            Step {
                purchase: step + 1,
                customers: curve.weight as u64,
                again: again(curve, |days| observed_for(since, days)),
                median_days: curve.median(),
            }
        })
        .collect()
}

/// How many days since each of the first few purchases were observed, by step.
pub(crate) fn add_since(since: &mut Vec<Vec<i32>>, days: &[Day], until: i32) {
    since.resize(MOST_STEPS, Vec::new());
    let counting = days.iter().filter(|day| day.counts());
    for (step, day) in counting.take(MOST_STEPS).enumerate() {
        since[step].push(until - day.day);
    }
}

/// How many of these were observed for so many days.
pub(crate) fn observed_for(since: &[i32], days: u32) -> u64 {
    since.iter().filter(|&&since| since >= days as i32).count() as u64
}

/// What is left of a share of one.
fn rest_of(share: &Estimate) -> Estimate {
    let value = 1.0 - share.value;
    match share.spread {
        Spread::Interval {
            low,
            high,
            level,
            method,
        } => Estimate::between(value, 1.0 - high, 1.0 - low, level, method),
        Spread::None { no_interval } => Estimate::without(value, no_interval),
    }
}
