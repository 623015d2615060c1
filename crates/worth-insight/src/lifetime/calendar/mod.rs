//! Days become business time: a busy day counts for more than a quiet one, so that customers who are
//! silent while everyone is are not taken for leaving.
//!
//! ```text
//!  worth.toml [calendar] ── settings.rs, feasts.rs ──► days that may differ ─┐
//!  purchases of two years or more ── a model that takes days for alike ──────┴─► worth_model::calendar
//!                                                                                     │ clock
//!                      history.rs, the horizon, backtest ◄── BusinessTime::elapsed ◄──┘
//! ```
//!
//! This is the one place where time is anything but a difference of dates; whatever is shown to people
//! stays in days. `docs/methods/calendar.md` has the mathematics.

mod feasts;
mod settings;

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::calendar::{
    Calendar, Clock, DailyPurchases, Event, FittedCalendar, Pattern, Standing, WindowEffect,
    expected_per_day,
};
use worth_model::estimate::DEFAULT_LEVEL;
use worth_model::lifetime::{Model, Outcome};

use super::TimeUnit;
use super::forecast::{Columns, SENSE};
use super::history::Histories;
use super::purchases::Purchases;
use crate::columns::date_of;
use crate::context::Context;
use crate::error::Error;
pub(crate) use feasts::Feast;
use settings::CalendarSection;

/// Two years: whatever comes once a year has then come twice.
const NEEDED_DAYS: u32 = 730;
/// Events reach so far beyond the days that are asked for.
const AROUND: i32 = 400;

/// What worth.toml says of busy and quiet days.
pub(crate) struct BusinessCalendar {
    /// Absent: nothing, so a day is a day.
    section: Option<CalendarSection>,
    is_vietnamese: bool,
}

/// How long it is from one day to another.
#[derive(Debug, Default)]
pub(crate) struct BusinessTime {
    /// Absent: in plain days.
    learnt: Option<Learnt>,
    /// What is known of the calendar; absent when worth.toml has none.
    pub(crate) known: Option<CalendarKnown>,
}

#[derive(Debug)]
struct Learnt {
    clock: Clock,
    fitted: FittedCalendar,
}

/// How long some days to come are, in days of business time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stretch {
    pub(crate) length: f64,
    /// Standard error of the logarithm of `length`, for want of knowledge of the calendar; 0 in plain
    /// days.
    pub(crate) log_error: f64,
}

impl Stretch {
    /// The same as if it were so many standard errors longer.
    pub(crate) fn longer_by(self, errors: f64) -> f64 {
        self.length * (errors * self.log_error).exp()
    }
}

/// What is known of busy and quiet days.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum CalendarKnown {
    /// Time is measured by how busy days are.
    Learnt {
        /// Factors of Monday to Sunday.
        weekdays: Pattern,
        /// Factors in the middle of each twelfth of the year.
        season: Pattern,
        /// Factors of the days around feasts and promotions.
        events: Vec<EventEffect>,
    },
    /// What was seen once is not believed: time is measured in plain days.
    TooShort {
        /// Days from the first purchase to the last day known, both counted.
        observed_days: u32,
        /// How many it takes.
        needed_days: u32,
    },
    /// There are too few purchases to tell anything: time is measured in plain days.
    TooFew,
}

/// What the days around a feast or a promotion are like.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EventEffect {
    /// The feast's name, or the promotion's.
    pub event: String,
    /// First day that counts, from that of the event: -21 is three weeks before.
    pub from_days: i32,
    /// Last day that counts.
    pub until_days: i32,
    /// Purchases on these days per purchase without the event; 1 unless known.
    pub factor: Estimate,
    /// Whether it is known, and if not, why.
    #[serde(flatten)]
    pub standing: Standing,
}

impl From<WindowEffect> for EventEffect {
    fn from(effect: WindowEffect) -> Self {
        Self {
            event: effect.event,
            from_days: effect.window.from,
            until_days: effect.window.until,
            factor: effect.factor,
            standing: effect.standing,
        }
    }
}

impl BusinessCalendar {
    /// Reads worth.toml.
    pub(crate) fn of(context: &Context) -> Result<Self, Error> {
        Ok(Self {
            section: context.section("calendar")?,
            is_vietnamese: context.workspace().business().is_vietnamese(),
        })
    }

    /// Learns from what was `known` at the end of `until` how busy days are, through `last_day`.
    pub(crate) fn learn(&self, known: &Purchases, until: i32, last_day: i32) -> BusinessTime {
        let Some(section) = &self.section else {
            return BusinessTime::default();
        };
        let plain = Histories::of(known, date_of(until), Default::default());
        let observed_days = plain.observed_days();
        if observed_days < NEEDED_DAYS {
            return BusinessTime::plain(CalendarKnown::TooShort {
                observed_days,
                needed_days: NEEDED_DAYS,
            });
        }
        let first_day = until + 1 - observed_days as i32;
        let within = first_day - AROUND..=last_day + AROUND;
        let dates = section.dates(self.is_vietnamese, within);
        let events: Vec<Event<'_>> = dates
            .iter()
            .map(|dates| Event {
                name: &dates.name,
                days: &dates.days,
                windows: &dates.windows,
            })
            .collect();
        match fit(&plain, first_day, &events).filter(tells_something) {
            Some(fitted) => BusinessTime::new(fitted, first_day, last_day),
            None => BusinessTime::plain(CalendarKnown::TooFew),
        }
    }
}

impl BusinessTime {
    fn new(fitted: FittedCalendar, first_day: i32, last_day: i32) -> Self {
        let windows = fitted.windows.iter().cloned();
        let known = CalendarKnown::Learnt {
            weekdays: fitted.weekdays.clone(),
            season: fitted.season.clone(),
            events: windows.map(EventEffect::from).collect(),
        };
        let clock = fitted.clock(first_day..=last_day).ok();
        Self {
            learnt: clock.map(|clock| Learnt { clock, fitted }),
            known: Some(known),
        }
    }

    fn plain(why: CalendarKnown) -> Self {
        Self {
            learnt: None,
            known: Some(why),
        }
    }

    /// Whether it is another than that of plain days.
    pub(crate) fn is_learnt(&self) -> bool {
        self.learnt.is_some()
    }

    /// From the end of one day to the end of another; a day counts for 1 in the mean.
    pub(crate) fn elapsed(&self, from_day: i32, until_day: i32) -> f64 {
        match &self.learnt {
            Some(learnt) => learnt.clock.elapsed(from_day, until_day),
            None => f64::from(until_day - from_day),
        }
    }

    /// The days after the end of `day`, so many of them.
    pub(crate) fn ahead(&self, day: i32, days: u32) -> Stretch {
        let end = day + days as i32;
        let learnt = self.learnt.as_ref();
        let log_error = learnt.and_then(|learnt| learnt.fitted.log_error_of(day + 1..=end).ok());
        Stretch {
            length: self.elapsed(day, end),
            log_error: log_error.unwrap_or(0.0),
        }
    }
}

/// Compares purchases day by day with what the simplest model expects if all days are alike; nothing
/// when that model cannot be fitted.
fn fit(plain: &Histories, first_day: i32, events: &[Event<'_>]) -> Option<FittedCalendar> {
    let dated = plain.dated.as_ref()?;
    let columns = Columns::of(plain, 0..plain.len(), TimeUnit::Day);
    let histories = columns.histories().check().expect(SENSE);
    let model = Model::ALL[0].fit(&histories, DEFAULT_LEVEL).ok()?;
    if matches!(model.diagnosis().outcome, Outcome::TooFew { .. }) {
        return None;
    }
    let counts = |counts: &[u32]| -> Vec<f64> { counts.iter().copied().map(f64::from).collect() };
    let firsts = counts(&dated.by_day.firsts);
    let by_age: Vec<f64> = (0..firsts.len())
        .map(|age| model.laws().mean_of_new(age as f64))
        .collect();
    let daily = DailyPurchases {
        first_day,
        purchases: &counts(&dated.by_day.repeats),
        expected: &expected_per_day(&firsts, &by_age),
    };
    Calendar::default().fit(&daily.check().ok()?, events).ok()
}

fn tells_something(fitted: &FittedCalendar) -> bool {
    let windows = fitted.windows.iter().map(|effect| &effect.standing);
    let patterns = [&fitted.weekdays.standing, &fitted.season.standing];
    windows
        .chain(patterns)
        .any(|standing| *standing == Standing::Known)
}
