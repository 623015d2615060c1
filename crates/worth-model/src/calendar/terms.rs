//! What may make a day busier: the weekday, the season, and how near it is to a feast or a
//! promotion.
//!
//! Each day is a row of numbers, the logarithm of its factor is a sum over them with coefficients:
//!
//! | numbers | |
//! |---|---|
//! | 1, and time from -1 to 1 | the level and its trend; no part of a calendar, but not to be mistaken for one |
//! | six, together for seven weekdays | their logarithms add up to 0 |
//! | sine and cosine of one or two waves a year | the season |
//! | one per window of an event | 1 on its days |

use std::f64::consts::TAU;
use std::ops::{Range, RangeInclusive};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::clock::YEAR;
use crate::error::{Error, require};

/// Level and trend.
pub(super) const BASE: usize = 2;
pub(super) const WEEKDAYS: usize = 7;
/// Waves a year that make a season.
pub(super) const WAVES: usize = 2;
/// Windows reach no farther from their event.
const FARTHEST: i32 = 366;
const MOST_WINDOWS: usize = 200;

/// Something that comes again (a feast, a sale), and the days around it that may be busier or
/// quieter.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// What it is called.
    pub name: &'a str,
    /// When it was, and when it will be as far ahead as anyone asks; rising day numbers since
    /// 1970-01-01.
    pub days: &'a [i32],
    /// Stretches of days, each with a factor of its own: before, on it, after.
    pub windows: &'a [Window],
}

/// Days counted from that of an event, first and last included: -21 to -1 are the three weeks
/// before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Window {
    /// First day.
    pub from: i32,
    /// Last day.
    pub until: i32,
}

impl Window {
    /// The days of the window around an event.
    pub(super) fn around(self, event: i32) -> RangeInclusive<i32> {
        event.saturating_add(self.from)..=event.saturating_add(self.until)
    }
}

/// Fails with what makes no sense about events.
pub(super) fn check_events(events: &[Event<'_>]) -> Result<(), Error> {
    let windows: usize = events.iter().map(|event| event.windows.len()).sum();
    let expected = "expected at most 200 windows of events";
    require(windows <= MOST_WINDOWS, "windows", windows as f64, expected)?;
    for event in events {
        if let Some(row) = (1..event.days.len()).find(|&row| event.days[row] <= event.days[row - 1])
        {
            return Err(Error::Row {
                field: "days of an event",
                row,
                value: f64::from(event.days[row]),
                expected: "expected a later day than the one before",
            });
        }
        for window in event.windows {
            let (from, until) = (f64::from(window.from), f64::from(window.until));
            let near = (-FARTHEST..=FARTHEST).contains(&window.from);
            require(
                near,
                "from",
                from,
                "expected -366 to 366 days from the event",
            )?;
            let later = window.from <= window.until && window.until <= FARTHEST;
            require(
                later,
                "until",
                until,
                "expected from the first day of the window to 366",
            )?;
        }
    }
    Ok(())
}

/// Which numbers a row has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(super) struct Terms {
    pub(super) weekdays: bool,
    pub(super) season: bool,
    pub(super) windows: Vec<WindowOf>,
    /// Days between which the trend goes from -1 to 1.
    pub(super) first_day: i32,
    pub(super) last_day: i32,
}

/// A window with the days of its event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(super) struct WindowOf {
    pub(super) days: Vec<i32>,
    pub(super) window: Window,
}

impl WindowOf {
    pub(super) fn contains(&self, day: i32) -> bool {
        let ended = |&event: &i32| *self.window.around(event).end() < day;
        let next = self.days.get(self.days.partition_point(ended));
        next.is_some_and(|&event| self.window.around(event).contains(&day))
    }
}

impl Terms {
    pub(super) fn len(&self) -> usize {
        self.window_columns().end
    }

    pub(super) fn weekday_columns(&self) -> Range<usize> {
        BASE..BASE + if self.weekdays { WEEKDAYS - 1 } else { 0 }
    }

    pub(super) fn season_columns(&self) -> Range<usize> {
        let start = self.weekday_columns().end;
        start..start + if self.season { 2 * WAVES } else { 0 }
    }

    pub(super) fn window_columns(&self) -> Range<usize> {
        let start = self.season_columns().end;
        start..start + self.windows.len()
    }

    /// The numbers of a day.
    pub(super) fn row(&self, day: i32) -> Vec<f64> {
        let (first, last) = (f64::from(self.first_day), f64::from(self.last_day));
        let half = ((last - first) / 2.0).max(1.0);
        let mut row = vec![1.0, (f64::from(day) - (first + last) / 2.0) / half];
        if self.weekdays {
            row.extend(weekday_row(weekday(day)));
        }
        if self.season {
            row.extend(season_row(f64::from(day) / YEAR));
        }
        let windows = self.windows.iter();
        row.extend(windows.map(|window| f64::from(u8::from(window.contains(day)))));
        row
    }
}

/// Monday is 0.
pub(super) fn weekday(day: i32) -> usize {
    // 1970-01-01 was a Thursday.
    (i64::from(day) + 3).rem_euclid(7) as usize
}

/// The numbers of a weekday: the coefficient of Sunday is minus the sum of the others.
pub(super) fn weekday_row(weekday: usize) -> [f64; WEEKDAYS - 1] {
    std::array::from_fn(|other| match weekday {
        day if day == WEEKDAYS - 1 => -1.0,
        day => f64::from(u8::from(day == other)),
    })
}

/// The numbers of a part of the year.
pub(super) fn season_row(years: f64) -> [f64; 2 * WAVES] {
    std::array::from_fn(|term| {
        let angle = TAU * years * (term / 2 + 1) as f64;
        if term % 2 == 0 {
            angle.sin()
        } else {
            angle.cos()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_know_their_weekday() {
        // 2024-02-10, a Saturday, and the day of the first landing on the moon, a Sunday.
        assert_eq!((weekday(19_763), weekday(-165)), (5, 6));
        for term in 0..WEEKDAYS - 1 {
            let sum: f64 = (0..WEEKDAYS).map(|day| weekday_row(day)[term]).sum();
            assert_eq!(sum, 0.0);
        }
    }

    #[test]
    fn days_near_an_event_are_in_its_window() {
        let terms = Terms {
            weekdays: false,
            season: false,
            windows: vec![WindowOf {
                days: vec![100, 130],
                window: Window {
                    from: -3,
                    until: -1,
                },
            }],
            first_day: 90,
            last_day: 140,
        };
        let inside: Vec<i32> = (90..=140)
            .filter(|&day| terms.row(day)[BASE] == 1.0)
            .collect();
        assert_eq!(inside, [97, 98, 99, 127, 128, 129]);
        assert_eq!((terms.row(90)[1], terms.row(140)[1]), (-1.0, 1.0));
    }

    #[test]
    fn events_that_make_no_sense_are_named() {
        let check = |days: &[i32], from: i32, until: i32| {
            let windows = [Window { from, until }];
            let name = "sale";
            check_events(&[Event {
                name,
                days,
                windows: &windows,
            }])
        };
        assert_eq!(check(&[5, 9], -1, 1), Ok(()));
        assert!(matches!(
            check(&[5, 5], -1, 1),
            Err(Error::Row { row: 1, .. })
        ));
        assert!(matches!(
            check(&[5], 1, -1),
            Err(Error::Setting { field: "until", .. })
        ));
        assert!(matches!(
            check(&[5], -400, 1),
            Err(Error::Setting { field: "from", .. })
        ));
    }
}
