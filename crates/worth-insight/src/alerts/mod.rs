//! Are purchases where they should be, and where not?
//!
//! ```text
//!  windows.rs   the last days, and stretches of as many days before them
//!       │  for each: lifetime's purchases as they were known on the day before ──► fit, forecast
//!       ▼
//!  series.rs    expected and actual purchases of the whole and of each cohort, store, channel and
//!       │       region (units.rs), window by window, in time measured by the calendar of worth.toml
//!       ▼
//!  judged.rs    worth_model::control: each unit against what its own forecasts usually come to,
//!               all units together under one rate of false discoveries
//! ```
//!
//! `docs/methods/alerts.md` has the rules with a worked example.

pub mod answer;
mod homes;
mod judged;
mod rows;
mod series;
mod sheet;
#[cfg(test)]
mod tests;
mod units;
mod windows;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::control::Watch;
use worth_model::estimate::DEFAULT_LEVEL;
use worth_model::lifetime::Model;

use crate::columns::day_of;
use crate::context::Context;
use crate::error::Error;
use crate::lifetime::Purchases;
use crate::lifetime::calendar::{BusinessCalendar, BusinessTime};
use crate::lifetime::gather::gather;
use crate::question::{Answered, Question, Scope};
use answer::{AlertsAnswer, CannotTell};
use series::Looking;
use units::Units;
use windows::Window;

/// Are purchases where they should be, and where not?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Alerts {
    /// Length of the window that ends with observation, in days, from 7 to 365; 28 when absent.
    /// Earlier windows of the same length tell what is usual.
    pub window_days: Option<u32>,
    /// Model of when customers buy and stop buying.
    pub model: Model,
    /// Share of the alerts that may be false, from 0.01 to 0.5; 0.1 when absent. When all is in order
    /// that is also the probability of any alert.
    pub false_discovery_rate: Option<f64>,
    /// Probability that a unit in order is within its band, from 0.5 to 0.99; 0.9 when absent.
    pub level: Option<f64>,
}

/// Four weeks: every day of the week as often, and long enough for most regular customers.
const DEFAULT_WINDOW_DAYS: u32 = 28;
const LEAST_WINDOW_DAYS: u32 = 7;
const LONGEST_WINDOW_DAYS: u32 = 365;
const DEFAULT_FALSE_DISCOVERY_RATE: f64 = 0.1;

impl Question for Alerts {
    const NAME: &'static str = "alerts";
    type Answer = AlertsAnswer;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<AlertsAnswer>, Error> {
        let settings = self.settings()?;
        let observation = context.observe(scope).await?;
        let happened = gather(context, &observation).await?;
        let provenance = happened.provenance(Self::NAME, &observation)?;
        let purchases = happened.purchases;
        let until = day_of(observation.until);
        let first = purchases.first_day();
        let window_days = settings.window_days;
        let windows = windows::windows(first, until, window_days, settings.watch.least_windows);
        let answer = match first.filter(|_| !windows.is_empty()) {
            None => AlertsAnswer::silent(
                &settings,
                observation.until,
                CannotTell::TooShort {
                    observed_days: first.map_or(0, |first| (until - first + 1).max(0) as u32),
                    needed_days: windows::needed_days(window_days, settings.watch.least_windows),
                },
            ),
            Some(first) => {
                let units = Units::read(context, &observation, &purchases, first).await?;
                let looking = Looking {
                    settings: &settings,
                    happened: &purchases,
                    units: &units,
                    time: known_time(context, &purchases, &windows)?,
                };
                let series = looking.at_all(context, &windows)?;
                let calendar = looking.time.known.clone();
                judged::answer(&settings, &windows, &series, calendar)
            }
        };
        let rows = rows::rows(&answer.units)?;
        Ok(Answered {
            answer,
            provenance,
            rows: Some(Arc::new(rows)),
        })
    }
}

/// How time is measured in all windows alike: as the calendar was known on the day before the last.
fn known_time(
    context: &Context,
    purchases: &Purchases,
    windows: &[Window],
) -> Result<Arc<BusinessTime>, Error> {
    let last = windows.last().expect("there are windows");
    let known = purchases.known_on(last.origin());
    let calendar = BusinessCalendar::of(context)?;
    Ok(Arc::new(calendar.learn(&known, last.origin(), last.until)))
}

/// The parameters with every default filled in.
struct Settings {
    window_days: u32,
    model: Model,
    false_discovery_rate: f64,
    watch: Watch,
}

impl Alerts {
    fn settings(&self) -> Result<Settings, Error> {
        let settings = Settings {
            window_days: self.window_days.unwrap_or(DEFAULT_WINDOW_DAYS),
            model: self.model,
            false_discovery_rate: self
                .false_discovery_rate
                .unwrap_or(DEFAULT_FALSE_DISCOVERY_RATE),
            watch: Watch {
                level: self.level.unwrap_or(DEFAULT_LEVEL),
                ..Watch::default()
            },
        };
        let (least, longest) = (LEAST_WINDOW_DAYS, LONGEST_WINDOW_DAYS);
        let days = settings.window_days;
        Error::in_range("window_days", days.into(), least.into(), longest.into())?;
        let rate = settings.false_discovery_rate;
        Error::in_range("false_discovery_rate", rate, 0.01, 0.5)?;
        Error::in_range("level", settings.watch.level, 0.5, 0.99)?;
        Ok(settings)
    }
}
