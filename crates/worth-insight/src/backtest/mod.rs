//! Would the forecast have been right? Models are fitted to what was known at earlier days, and
//! compared with what happened after them, and with rules that need no model.
//!
//! ```text
//!  order_lines ── lifetime::gather ─┬─ what was known on each test day ──► fit, forecast
//!                                   └─ what happened after it ─────────────► compare, last_test
//! ```
//!
//! The tests are rolling origins (Tashman 2000, Out-of-sample tests of forecasting accuracy,
//! International Journal of Forecasting 16, doi:10.1016/S0169-2070(00)00065-0): the last test ends
//! with observation, the one before it where the last begins, and so on. `docs/methods/backtest.md`
//! has the rules.

pub mod answer;
mod compare;
mod last_test;
mod sheet;
mod test_day;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::estimate::DEFAULT_LEVEL;

use crate::columns::day_of;
use crate::context::Context;
use crate::error::Error;
use crate::lifetime::calendar::BusinessCalendar;
use crate::lifetime::{Purchases, gather};
use crate::question::{Answered, Question, Scope};
use answer::{BacktestAnswer, CannotTell};
use test_day::TestDay;

/// Would the forecast have been right, and which model comes closest?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Backtest {
    /// How far each test looks ahead, in days; when absent 90, or less when the data are short (a
    /// fifth of what is observed).
    pub horizon_days: Option<u32>,
    /// How many tests, each ending where the next begins, from 1 to 12; 3 when absent. Those that
    /// would know fewer days than they look ahead are left out.
    pub tests: Option<u32>,
    /// Probability that intervals are meant to hold, from 0.5 to 0.99; 0.9 when absent.
    pub level: Option<f64>,
}

/// A quarter: long enough that most regular customers come back.
const DEFAULT_HORIZON_DAYS: u32 = 90;
/// Share of the days observed that a test looks ahead, when nobody chose.
const SHARE_AHEAD: u32 = 5;
/// Under a week nothing but the day of the week would be tested.
const LEAST_HORIZON_DAYS: u32 = 7;
/// Ten years of 365.25 days.
const LONGEST_HORIZON_DAYS: u32 = 3653;
const DEFAULT_TESTS: u32 = 3;
const MOST_TESTS: u32 = 12;

impl Question for Backtest {
    const NAME: &'static str = "backtest";
    type Answer = BacktestAnswer;

    async fn ask(
        &self,
        scope: &Scope,
        context: &Context,
    ) -> Result<Answered<BacktestAnswer>, Error> {
        self.check()?;
        let observation = context.observe(scope).await?;
        let gathered = gather(context, &observation).await?;
        let provenance = gathered.provenance(Self::NAME, &observation)?;
        let purchases = gathered.purchases;
        let mut answer = self.answer(&purchases, day_of(observation.until), context)?;
        answer.last_test =
            last_test::last_test(&answer, &purchases, &BusinessCalendar::of(context)?);
        Ok(Answered {
            answer,
            provenance,
            rows: None,
        })
    }
}

impl Backtest {
    /// The answer from purchases that are at hand, of which all is known until the end of `until`.
    pub(crate) fn answer(
        &self,
        purchases: &Purchases,
        until: i32,
        context: &Context,
    ) -> Result<BacktestAnswer, Error> {
        let level = self.level.unwrap_or(DEFAULT_LEVEL);
        let first = purchases.first_day();
        let observed_days = first.map_or(0, |first| (until - first + 1).max(0) as u32);
        let horizon_days = self
            .horizon_days
            .unwrap_or(DEFAULT_HORIZON_DAYS.min(observed_days / SHARE_AHEAD));
        let tests = self.tests.unwrap_or(DEFAULT_TESTS);
        let origins = origins(first, until, horizon_days, tests);
        if origins.is_empty() {
            let needed_days = match self.horizon_days {
                Some(horizon_days) => 2 * horizon_days,
                None => SHARE_AHEAD * LEAST_HORIZON_DAYS,
            };
            let why = CannotTell::TooShort {
                observed_days,
                needed_days,
            };
            return Ok(BacktestAnswer::silent(horizon_days, level, why));
        }
        let tests_left_out = tests - origins.len() as u32;
        let calendar = BusinessCalendar::of(context)?;
        let mut days = Vec::with_capacity(origins.len());
        for origin in origins {
            context.check()?;
            days.push(TestDay::new(origin, purchases, horizon_days, &calendar));
        }
        context.check()?;
        Ok(BacktestAnswer {
            tests_left_out,
            ..compare::compare(&days, horizon_days, level)
        })
    }

    fn check(&self) -> Result<(), Error> {
        if let Some(level) = self.level {
            Error::in_range("level", level, 0.5, 0.99)?;
        }
        if let Some(tests) = self.tests {
            Error::in_range("tests", tests.into(), 1.0, MOST_TESTS.into())?;
        }
        if let Some(horizon) = self.horizon_days {
            let (least, longest) = (LEAST_HORIZON_DAYS, LONGEST_HORIZON_DAYS);
            Error::in_range("horizon_days", horizon.into(), least.into(), longest.into())?;
        }
        Ok(())
    }
}

/// Last days of what each test may know, the earliest first. Each test ends where the next begins,
/// and knows at least as many days as it looks ahead.
fn origins(first: Option<i32>, until: i32, horizon_days: u32, tests: u32) -> Vec<i32> {
    let Some(first) = first else {
        return Vec::new();
    };
    let horizon = horizon_days as i32;
    if horizon_days < LEAST_HORIZON_DAYS {
        return Vec::new();
    }
    let mut origins: Vec<i32> = (1..=tests as i32)
        .map(|back| until - back * horizon)
        .filter(|origin| origin - first + 1 >= horizon)
        .collect();
    origins.reverse();
    origins
}
