//! What survival methods know: how long each customer was seen, and how that ended.
//!
//! [`Durations`] is what callers fill in, [`CheckedDurations`] is what methods take: the same rows,
//! known to make sense. Any unit of time will do; results are in the same unit.

use crate::columns::check_length;
use crate::error::Error;

/// Most different reasons for leaving: curves and covariances of each are kept apart.
pub const MOST_REASONS: usize = 100;

/// How long customers were seen, one row each, or one row per stretch of a customer's time.
///
/// A customer is at risk of leaving at time t when `start < t <= end`. Who is lost from sight
/// (censored) at the very time at which others leave was still at risk then.
///
/// A customer may be given as several rows, (0, 3] and (3, 8]: nothing changes by that, as long as
/// only the last of them carries the event.
#[derive(Debug, Clone, Copy)]
pub struct Durations<'a> {
    /// Time at which the customer came into sight, when that was not from the beginning (late
    /// entry: customers of whom we know only because they were still there when records began).
    pub start: Option<&'a [f64]>,
    /// Time at which the customer left or was last seen; at least 0, later than the start.
    pub end: &'a [f64],
    /// How it ended: 0 = still there when last seen (censored), 1 and above = the reason for
    /// leaving.
    pub event: &'a [u32],
    /// How many equal customers each row stands for; one each when absent.
    pub weight: Option<&'a [f64]>,
    /// Which customers belong together; all of them when absent.
    pub group: Option<&'a [u32]>,
}

/// Durations that were found to make sense.
#[derive(Debug, Clone)]
pub struct CheckedDurations<'a> {
    rows: Durations<'a>,
    reasons: Vec<u32>,
    weight: f64,
    events: f64,
}

impl<'a> Durations<'a> {
    /// Checks every row.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when columns differ in length, [`Error::Row`] with the name of the column
    /// and the row for the first value that makes no sense. No rows at all are fine here.
    pub fn check(self) -> Result<CheckedDurations<'a>, Error> {
        let rows = self.end.len();
        check_length("event", self.event.len(), rows)?;
        for (field, length) in [
            ("start", self.start.map(<[f64]>::len)),
            ("weight", self.weight.map(<[f64]>::len)),
            ("group", self.group.map(<[u32]>::len)),
        ] {
            check_length(field, length.unwrap_or(rows), rows)?;
        }
        let (mut reasons, mut weight, mut events) = (Vec::new(), 0.0, 0.0);
        for row in 0..rows {
            self.check_row(row)?;
            weight += self.weight_of(row);
            let reason = self.event[row];
            if reason == 0 {
                continue;
            }
            events += self.weight_of(row);
            if let Err(place) = reasons.binary_search(&reason) {
                if reasons.len() == MOST_REASONS {
                    return Err(Error::Row {
                        field: "event",
                        row,
                        value: f64::from(reason),
                        expected: "expected at most 100 different reasons",
                    });
                }
                reasons.insert(place, reason);
            }
        }
        Ok(CheckedDurations {
            rows: self,
            reasons,
            weight,
            events,
        })
    }

    fn check_row(&self, row: usize) -> Result<(), Error> {
        let require = |holds: bool, field, value, expected| {
            if holds {
                Ok(())
            } else {
                Err(Error::Row {
                    field,
                    row,
                    value,
                    expected,
                })
            }
        };
        let sensible = |value: f64| value.is_finite() && value >= 0.0;
        let end = self.end[row];
        require(sensible(end), "end", end, "expected a number of at least 0")?;
        if let Some(start) = self.start {
            let start = start[row];
            require(
                sensible(start),
                "start",
                start,
                "expected a number of at least 0",
            )?;
            require(start < end, "start", start, "expected less than the end")?;
        }
        let weight = self.weight_of(row);
        require(
            sensible(weight),
            "weight",
            weight,
            "expected a number of at least 0",
        )
    }

    fn weight_of(&self, row: usize) -> f64 {
        self.weight.map_or(1.0, |weight| weight[row])
    }
}

impl<'a> CheckedDurations<'a> {
    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.end.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.end.is_empty()
    }

    /// The columns that were checked.
    #[must_use]
    pub fn rows(&self) -> &Durations<'a> {
        &self.rows
    }

    /// The reasons for leaving that occur, in rising order.
    #[must_use]
    pub fn reasons(&self) -> &[u32] {
        &self.reasons
    }

    /// Sum of the weights of all rows.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// Customers who left, for whatever reason.
    #[must_use]
    pub fn events(&self) -> f64 {
        self.events
    }

    /// How many were at risk at each of these times: come into sight before, not gone before. The
    /// line of numbers under a survival curve. `group`: of this one only.
    #[must_use]
    pub fn at_risk(&self, times: &[f64], group: Option<u32>) -> Vec<f64> {
        times
            .iter()
            .map(|&time| {
                (0..self.len())
                    .filter(|&row| group.is_none_or(|group| self.group_of(row) == group))
                    .filter(|&row| self.start_of(row) < time && time <= self.end_of(row))
                    .map(|row| self.weight_of(row))
                    .sum()
            })
            .collect()
    }

    /// Fails when there is nobody to look at.
    pub(super) fn require_some(&self) -> Result<(), Error> {
        if self.weight > 0.0 {
            Ok(())
        } else {
            Err(Error::Empty { what: "customers" })
        }
    }

    /// Minus infinity when in sight from the beginning, so that who leaves at 0 was at risk.
    pub(super) fn start_of(&self, row: usize) -> f64 {
        // Adding 0 makes one zero of the two that a float has.
        self.rows
            .start
            .map_or(f64::NEG_INFINITY, |start| start[row] + 0.0)
    }

    pub(super) fn end_of(&self, row: usize) -> f64 {
        self.rows.end[row] + 0.0
    }

    pub(super) fn event_of(&self, row: usize) -> u32 {
        self.rows.event[row]
    }

    pub(super) fn weight_of(&self, row: usize) -> f64 {
        self.rows.weight_of(row)
    }

    pub(super) fn group_of(&self, row: usize) -> u32 {
        self.rows.group.map_or(0, |group| group[row])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: f64, end: f64, weight: f64) -> Result<(), Error> {
        Durations {
            start: Some(&[0.0, start]),
            end: &[5.0, end],
            event: &[0, 1],
            weight: Some(&[1.0, weight]),
            group: None,
        }
        .check()
        .map(|_| ())
    }

    #[test]
    fn an_error_names_the_field_and_the_row() {
        let field = |result: Result<(), Error>| match result {
            Err(Error::Row { field, row: 1, .. }) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(check(1.0, 2.0, 3.0), Ok(()));
        assert_eq!(field(check(2.0, 2.0, 3.0)), "start");
        assert_eq!(field(check(-1.0, 2.0, 3.0)), "start");
        assert_eq!(field(check(0.0, f64::NAN, 3.0)), "end");
        assert_eq!(field(check(0.0, f64::INFINITY, 3.0)), "end");
        assert_eq!(field(check(0.0, 2.0, -1.0)), "weight");
    }

    #[test]
    fn columns_must_have_equal_length_and_reasons_are_few() {
        let ends = vec![1.0; 101];
        let reasons: Vec<u32> = (1..=101).collect();
        let durations = Durations {
            start: None,
            end: &ends,
            event: &reasons,
            weight: None,
            group: None,
        };
        assert!(matches!(
            durations.check(),
            Err(Error::Row {
                field: "event",
                row: 100,
                ..
            })
        ));
        let short = Durations {
            group: Some(&[1]),
            ..durations
        };
        assert!(matches!(
            short.check(),
            Err(Error::Length { field: "group", .. })
        ));
    }

    #[test]
    fn numbers_at_risk_count_who_is_in_sight() {
        let durations = Durations {
            start: Some(&[0.0, 2.0, 1.0]),
            end: &[3.0, 5.0, 2.0],
            event: &[1, 0, 0],
            weight: Some(&[1.0, 10.0, 100.0]),
            group: Some(&[7, 7, 8]),
        };
        let checked = durations.check().unwrap();
        assert_eq!(checked.at_risk(&[2.0, 3.0, 6.0], None), [101.0, 11.0, 0.0]);
        assert_eq!(checked.at_risk(&[2.0], Some(8)), [100.0]);
    }
}
