//! A clock that runs fast on busy days and slowly on quiet ones.
//!
//! A model of purchases takes every day for the same. On this clock every unit of time is:
//! histories measured by it make BG/NBD, Pareto/NBD or any other model one with a calendar, and
//! what they say of the next `elapsed` units is said of the days that these units take. (Rates that
//! all change by the same factor are a change of time: D. R. Cox, P. A. W. Lewis (1966), The
//! Statistical Analysis of Series of Events, Methuen, section 3.1.)
//!
//! Where customers leave after a purchase (BG/NBD, MBG/NBD) nothing else changes. Where they leave
//! at any time (Pareto/NBD) they now leave faster on busy days too.

use std::ops::RangeInclusive;

use crate::error::{Error, require};

/// Days in the mean year of the calendar.
pub(super) const YEAR: f64 = 365.2425;
/// Most days that a clock knows: more than two centuries.
pub(super) const MOST_DAYS: usize = 80_000;

/// Operational time: days, each as long as purchases are likely on it, 1 in the mean over whole
/// years.
///
/// What is bought on a day is bought at its end: from one day to a later one, the later one counts
/// and the earlier one does not, as in a plain difference of two dates. Beyond the days that it
/// knows every day has length 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    first_day: i32,
    /// Time from the end of the day before the first to the end of each day.
    ends: Vec<f64>,
}

impl Clock {
    /// A clock of days that are this much busier than others, from `first_day` on, each more than
    /// 0. Their mean over as many whole years as there are (over all, when there is no whole year)
    /// is made 1.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without days, [`Error::Row`] for a factor that is no number above 0,
    /// [`Error::Setting`] for more than 80,000 days.
    pub fn new(first_day: i32, factors: &[f64]) -> Result<Self, Error> {
        check_days("days", factors.len())?;
        let positive = |factor: &f64| factor.is_finite() && *factor > 0.0;
        if let Some(row) = factors.iter().position(|factor| !positive(factor)) {
            return Err(Error::Row {
                field: "factors",
                row,
                value: factors[row],
                expected: "expected a number above 0",
            });
        }
        let years = whole_years(factors.len());
        let mean = factors[..years].iter().sum::<f64>() / years as f64;
        let mut time = 0.0;
        let ends = factors.iter().map(|factor| {
            time += factor / mean;
            time
        });
        Ok(Self {
            first_day,
            ends: ends.collect(),
        })
    }

    /// Time from the end of one day to the end of another; negative when that is earlier.
    #[must_use]
    pub fn elapsed(&self, from_day: i32, until_day: i32) -> f64 {
        self.time(f64::from(until_day)) - self.time(f64::from(from_day))
    }

    /// The moment at which so much time has passed since the end of a day, as a day and its part:
    /// 20000.25 is a quarter into the day 20001.
    #[must_use]
    pub fn moment_after(&self, from_day: i32, elapsed: f64) -> f64 {
        let time = self.time(f64::from(from_day)) + elapsed;
        let before_first = f64::from(self.first_day) - 1.0;
        let day = self.ends.partition_point(|end| *end < time);
        let Some(&end) = self.ends.get(day) else {
            let known = self.ends.len();
            return before_first + known as f64 + time - self.ends[known - 1];
        };
        if time <= 0.0 {
            return before_first + time;
        }
        let start = self.start(day);
        before_first + day as f64 + (time - start) / (end - start)
    }

    /// The days that it knows.
    #[must_use]
    pub fn days(&self) -> RangeInclusive<i32> {
        self.first_day..=self.first_day + self.ends.len() as i32 - 1
    }

    /// Time from the beginning of the first day to a moment.
    fn time(&self, moment: f64) -> f64 {
        let since = moment - (f64::from(self.first_day) - 1.0);
        let known = self.ends.len();
        if since <= 0.0 {
            return since;
        }
        if since >= known as f64 {
            return self.ends[known - 1] + since - known as f64;
        }
        let day = since as usize;
        let start = self.start(day);
        start + (self.ends[day] - start) * (since - day as f64)
    }

    fn start(&self, day: usize) -> f64 {
        if day == 0 { 0.0 } else { self.ends[day - 1] }
    }
}

/// The longest stretch of whole years within so many days; all of them where there is none.
pub(super) fn whole_years(days: usize) -> usize {
    let years = (days as f64 / YEAR + 1.0 / YEAR).floor();
    if years < 1.0 {
        days
    } else {
        ((years * YEAR).round() as usize).min(days)
    }
}

pub(super) fn check_days(what: &'static str, days: usize) -> Result<(), Error> {
    if days == 0 {
        return Err(Error::Empty { what });
    }
    require(
        days <= MOST_DAYS,
        what,
        days as f64,
        "expected at most 80,000 days",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A week of quiet days, then one of busy ones.
    fn fortnight() -> Clock {
        let factors: Vec<f64> = (0..14).map(|day| if day < 7 { 1.0 } else { 3.0 }).collect();
        Clock::new(100, &factors).expect("valid")
    }

    #[test]
    fn quiet_days_are_short_and_busy_ones_long() {
        let clock = fortnight();
        assert_eq!(clock.days(), 100..=113);
        assert_eq!(clock.elapsed(99, 113), 14.0);
        // The day of a purchase is over: what counts are the days after it.
        assert_eq!(clock.elapsed(100, 103), 1.5);
        assert_eq!(clock.elapsed(106, 107), 1.5);
        assert_eq!(clock.elapsed(107, 106), -1.5);
        // Outside every day is a day.
        assert_eq!(clock.elapsed(90, 99), 9.0);
        assert_eq!(clock.elapsed(113, 120), 7.0);
        assert_eq!(clock.elapsed(90, 120), 30.0);
    }

    #[test]
    fn moments_lead_back_to_where_they_came_from() {
        let clock = fortnight();
        for from in [50, 99, 100, 105, 113, 130] {
            for until in [40, 99, 100, 101, 106, 107, 110, 113, 114, 200] {
                let moment = clock.moment_after(from, clock.elapsed(from, until));
                assert!(
                    (moment - f64::from(until)).abs() < 1e-9,
                    "{from} {until}: {moment}"
                );
            }
        }
        // Half of a busy day.
        assert!((clock.moment_after(108, 0.75) - 108.5).abs() < 1e-12);
    }

    #[test]
    fn the_mean_is_that_of_whole_years() {
        // Two years and a very busy month.
        let mut factors = vec![2.0; 730];
        factors.extend([20.0; 30]);
        let clock = Clock::new(0, &factors).expect("valid");
        assert!((clock.elapsed(-1, 729) - 730.0).abs() < 1e-9);
        assert!((clock.elapsed(729, 759) - 300.0).abs() < 1e-9);
    }

    #[test]
    fn factors_that_make_no_sense_are_named() {
        assert_eq!(Clock::new(0, &[]), Err(Error::Empty { what: "days" }));
        for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let result = Clock::new(0, &[1.0, wrong]);
            assert!(matches!(result, Err(Error::Row { row: 1, .. })), "{wrong}");
        }
    }
}
