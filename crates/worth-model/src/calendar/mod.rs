//! Calendar: which days bring more purchases than others, by how much, and a clock that allows for
//! it.
//!
//! Shops close over Tết and are full in the weeks before; Saturdays are not Tuesdays; a sale on
//! 11/11 takes from the days around it. A model of purchases knows nothing of this, so a quiet week
//! looks like customers leaving. Here purchases per day are compared with what would be expected if
//! all days were alike:
//!
//! ```text
//! purchases on day d ~ mean  expected(d) · exp(level + trend · d + weekday + season + windows of events)
//! ```
//!
//! a Poisson regression whose standard errors allow for days that vary more than Poisson
//! (quasi-Poisson: A. C. Cameron, P. K. Trivedi (2013), Regression Analysis of Count Data, second
//! edition, Cambridge University Press, section 3.2). Only what has been seen twice is believed:
//! see [`Standing`].
//!
//! 1. [`LunarFeast`] says when Tết, rằm and Trung Thu are, and an [`Event`] puts windows around such days.
//! 2. [`Calendar::fit`] learns from two or more years of [`DailyPurchases`].
//! 3. [`FittedCalendar::clock`] makes a [`Clock`]: histories measured by it, and any purchase model
//!    fitted to them, have the calendar in them.
//! 4. [`FittedCalendar::purchases`] says what a calm model's forecast becomes in certain days, for alerts.

mod astronomy;
mod clock;
mod daily;
mod fit;
mod fitted;
mod lunar;
mod regression;
mod terms;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use clock::Clock;
pub use daily::{CheckedDailyPurchases, DailyPurchases, expected_per_day};
pub use fitted::{FittedCalendar, Occurrence, Pattern, Standing, WindowEffect};
pub use lunar::{LUNAR_YEARS, LunarDate, LunarFeast};
pub use terms::{Event, Window};

use crate::error::Error;
use crate::estimate::{DEFAULT_LEVEL, check_level};

/// A calendar that has not seen data: how to learn it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Calendar {
    /// Probability that intervals are meant to hold, 0.5..0.999. Default 0.9.
    pub level: f64,
    /// Whether weekdays may differ. Default true.
    pub weekdays: bool,
    /// Whether there may be a season: two waves a year. Default true.
    pub season: bool,
}

impl Default for Calendar {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            weekdays: true,
            season: true,
        }
    }
}

impl Calendar {
    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a level that makes no sense.
    pub fn check(&self) -> Result<(), Error> {
        check_level(self.level)
    }

    /// Learns how much busier days are. What cannot be told is no error: it is left out, and
    /// [`Standing`] says why.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a setting or a window that makes no sense, [`Error::Row`] for an
    /// event whose days do not rise.
    pub fn fit(
        &self,
        daily: &CheckedDailyPurchases<'_>,
        events: &[Event<'_>],
    ) -> Result<FittedCalendar, Error> {
        self.check()?;
        terms::check_events(events)?;
        Ok(fit::fit(self, daily, events))
    }
}
