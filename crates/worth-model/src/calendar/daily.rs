//! What a calendar is learnt from: purchases of each day, beside what would be expected of it if
//! all days were alike.

use super::clock::check_days;
use crate::columns::check_length;
use crate::error::Error;

/// Purchases day by day, without gaps.
#[derive(Debug, Clone, Copy)]
pub struct DailyPurchases<'a> {
    /// The first day, as a number since 1970-01-01.
    pub first_day: i32,
    /// Repeat purchases of all customers on each day.
    pub purchases: &'a [f64],
    /// Repeat purchases expected on each day if all days were alike, up to a factor: those of a
    /// model ([`expected_per_day`]) or, more coarsely, the number of customers there are.
    pub expected: &'a [f64],
}

/// Purchases that were found to make sense.
#[derive(Debug, Clone, Copy)]
pub struct CheckedDailyPurchases<'a> {
    days: DailyPurchases<'a>,
}

impl<'a> DailyPurchases<'a> {
    /// Checks every day.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without days, [`Error::Length`] when the columns differ in length,
    /// [`Error::Setting`] for more than 80,000 days, [`Error::Row`] for the first value that makes
    /// no sense: a purchase on a day of which none is expected, for example.
    pub fn check(self) -> Result<CheckedDailyPurchases<'a>, Error> {
        check_days("days", self.purchases.len())?;
        check_length("expected", self.expected.len(), self.purchases.len())?;
        let sensible = |value: f64| (0.0..=1e12).contains(&value);
        for (row, (&purchases, &mean)) in self.purchases.iter().zip(self.expected).enumerate() {
            let (field, value, expected) = if !sensible(purchases) {
                ("purchases", purchases, "expected a number from 0 to 1e12")
            } else if !sensible(mean) {
                ("expected", mean, "expected a number from 0 to 1e12")
            } else if purchases > 0.0 && mean == 0.0 {
                (
                    "expected",
                    mean,
                    "expected more than 0 on a day with purchases",
                )
            } else {
                continue;
            };
            return Err(Error::Row {
                field,
                row,
                value,
                expected,
            });
        }
        Ok(CheckedDailyPurchases { days: self })
    }
}

impl<'a> CheckedDailyPurchases<'a> {
    /// The columns that were checked.
    #[must_use]
    pub fn rows(&self) -> &DailyPurchases<'a> {
        &self.days
    }

    /// All purchases.
    pub(super) fn purchases(&self) -> f64 {
        self.days.purchases.iter().sum()
    }

    /// Rows of the days on which purchases are possible.
    pub(super) fn possible(&self) -> impl Iterator<Item = usize> {
        let expected = self.days.expected;
        (0..expected.len()).filter(|&row| expected[row] > 0.0)
    }

    /// Number of days.
    pub(super) fn len(&self) -> usize {
        self.days.purchases.len()
    }

    pub(super) fn day(&self, row: usize) -> i32 {
        self.days.first_day.saturating_add(row as i32)
    }

    pub(super) fn last_day(&self) -> i32 {
        self.day(self.len() - 1)
    }
}

/// Repeat purchases that a model expects on each day.
///
/// `new_customers`: how many began on each day; `cumulative[k]`: how many repeat purchases a new
/// customer makes within k days of the first, from 0 on ([`FittedPurchases::expected_new`]); where
/// it ends, later purchases are left out.
///
/// [`FittedPurchases::expected_new`]: crate::lifetime::FittedPurchases::expected_new
#[must_use]
pub fn expected_per_day(new_customers: &[f64], cumulative: &[f64]) -> Vec<f64> {
    let on_day: Vec<f64> = cumulative
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .collect();
    let mut expected = vec![0.0; new_customers.len()];
    for (first, &customers) in new_customers
        .iter()
        .enumerate()
        .filter(|(_, new)| **new > 0.0)
    {
        for (expected, on_day) in expected[first + 1..].iter_mut().zip(&on_day) {
            *expected += customers * on_day;
        }
    }
    expected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purchases_are_expected_after_customers_began() {
        // Three a day after the first, one a day after that.
        let expected = expected_per_day(&[2.0, 0.0, 1.0, 0.0], &[0.0, 3.0, 4.0]);
        assert_eq!(expected, [0.0, 6.0, 2.0, 3.0]);
    }

    #[test]
    fn days_that_make_no_sense_are_named() {
        let check = |purchases: &[f64], expected: &[f64]| {
            let days = DailyPurchases {
                first_day: 0,
                purchases,
                expected,
            };
            days.check().map(|_| ())
        };
        assert_eq!(check(&[1.0, 0.0], &[2.0, 0.0]), Ok(()));
        assert_eq!(check(&[], &[]), Err(Error::Empty { what: "days" }));
        assert!(matches!(check(&[1.0], &[]), Err(Error::Length { .. })));
        for (purchases, expected) in [
            (f64::NAN, 1.0),
            (-1.0, 1.0),
            (1.0, f64::INFINITY),
            (1.0, 0.0),
        ] {
            assert!(matches!(
                check(&[purchases], &[expected]),
                Err(Error::Row { row: 0, .. })
            ));
        }
    }
}
