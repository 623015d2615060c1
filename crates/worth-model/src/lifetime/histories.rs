//! What the models know of each customer: how often, how lately, for how long.
//!
//! [`Histories`] is what callers fill in, [`CheckedHistories`] is what models take: the same rows,
//! known to make sense. Any unit of time will do; results are in the same unit.

use crate::columns::check_length;
use crate::error::Error;

/// The largest number of repeat purchases of one customer: more is not a person but a till or a
/// guest account, and should not be in the data.
pub const MOST_PURCHASES: f64 = 1_000_000.0;

/// Purchase histories, one row per customer (or per group of equal customers, with a weight).
///
/// A purchase is a day with at least one order (or whatever occasion the caller counts); the
/// first one starts the customer's life and is not a repeat purchase.
#[derive(Debug, Clone, Copy, Default)]
pub struct Histories<'a> {
    /// Repeat purchases: occasions after the first, a whole number, `x` in the papers.
    pub frequency: &'a [f64],
    /// Time from the first purchase to the last, `t_x`; 0 when there was no repeat purchase.
    pub recency: &'a [f64],
    /// Time from the first purchase to the end of observation, `T`; at least the recency.
    pub age: &'a [f64],
    /// How many customers each row stands for; one each when absent.
    pub weight: Option<&'a [f64]>,
    /// Sum of the natural logarithms of the times between purchases, from the first to the last; 0
    /// when there was no repeat purchase. It says how regular purchases are, which the other numbers
    /// hardly do.
    pub log_gaps: Option<&'a [f64]>,
}

/// Histories that were found to make sense.
#[derive(Debug, Clone, Copy)]
pub struct CheckedHistories<'a> {
    rows: Histories<'a>,
    customers: f64,
    repeat_customers: f64,
    repeat_purchases: f64,
    mean_age: f64,
    log_gaps: Option<f64>,
}

impl<'a> Histories<'a> {
    /// Checks every row.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when columns differ in length, [`Error::Row`] with the name of the column
    /// and the row for the first value that makes no sense. No rows at all are fine here.
    pub fn check(self) -> Result<CheckedHistories<'a>, Error> {
        let rows = self.frequency.len();
        check_length("recency", self.recency.len(), rows)?;
        check_length("age", self.age.len(), rows)?;
        if let Some(weight) = self.weight {
            check_length("weight", weight.len(), rows)?;
        }
        if let Some(log_gaps) = self.log_gaps {
            check_length("log_gaps", log_gaps.len(), rows)?;
        }
        let (mut customers, mut repeat_customers, mut repeat_purchases, mut total_age) =
            (0.0, 0.0, 0.0, 0.0);
        for row in 0..rows {
            self.check_row(row)?;
            let weight = self.weight_of(row);
            customers += weight;
            if self.frequency[row] > 0.0 {
                repeat_customers += weight;
            }
            repeat_purchases += weight * self.frequency[row];
            total_age += weight * self.age[row];
        }
        Ok(CheckedHistories {
            log_gaps: self.log_gaps.map(|log_gaps| {
                let of_row = |row: usize| self.weight_of(row) * log_gaps[row];
                (0..rows).map(of_row).sum()
            }),
            rows: self,
            customers,
            repeat_customers,
            repeat_purchases,
            mean_age: if customers > 0.0 {
                total_age / customers
            } else {
                0.0
            },
        })
    }

    fn check_row(&self, row: usize) -> Result<(), Error> {
        let wrong = |field, value, expected| {
            Err(Error::Row {
                field,
                row,
                value,
                expected,
            })
        };
        let (x, t_x, age) = (self.frequency[row], self.recency[row], self.age[row]);
        if !((0.0..=MOST_PURCHASES).contains(&x) && x.fract() == 0.0) {
            return wrong(
                "frequency",
                x,
                "expected a whole number from 0 to 1,000,000",
            );
        }
        if !(age.is_finite() && age >= 0.0) {
            return wrong("age", age, "expected a number of at least 0");
        }
        if !(t_x.is_finite() && t_x >= 0.0) {
            return wrong("recency", t_x, "expected a number of at least 0");
        }
        if t_x > age {
            return wrong(
                "recency",
                t_x,
                "expected at most the age: the last purchase lies after the end of observation",
            );
        }
        if x == 0.0 && t_x > 0.0 {
            return wrong(
                "recency",
                t_x,
                "expected 0 for a customer without a repeat purchase",
            );
        }
        if x > 0.0 && t_x == 0.0 {
            return wrong(
                "recency",
                t_x,
                "expected more than 0 for a customer with a repeat purchase",
            );
        }
        if let Some(weight) = self.weight
            && !(weight[row].is_finite() && weight[row] >= 0.0)
        {
            return wrong("weight", weight[row], "expected a number of at least 0");
        }
        let log_gaps = self.log_gaps.map_or(0.0, |log_gaps| log_gaps[row]);
        if !log_gaps.is_finite() {
            let expected = "expected a number: no time between two purchases is 0";
            return wrong("log_gaps", log_gaps, expected);
        }
        if x == 0.0 && log_gaps != 0.0 {
            let expected = "expected 0 for a customer without a repeat purchase";
            return wrong("log_gaps", log_gaps, expected);
        }
        if self.log_gaps.is_some() && log_gaps > most_log_gaps(x, t_x) {
            let expected =
                "expected at most that of equal times, frequency ln(recency / frequency)";
            return wrong("log_gaps", log_gaps, expected);
        }
        Ok(())
    }

    fn weight_of(&self, row: usize) -> f64 {
        self.weight.map_or(1.0, |weight| weight[row])
    }
}

impl<'a> CheckedHistories<'a> {
    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.frequency.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.frequency.is_empty()
    }

    /// The columns that were checked.
    #[must_use]
    pub fn rows(&self) -> &Histories<'a> {
        &self.rows
    }

    /// Number of customers: the sum of the weights.
    #[must_use]
    pub fn customers(&self) -> f64 {
        self.customers
    }

    /// Customers with at least one repeat purchase.
    #[must_use]
    pub fn repeat_customers(&self) -> f64 {
        self.repeat_customers
    }

    /// Repeat purchases of all customers.
    #[must_use]
    pub fn repeat_purchases(&self) -> f64 {
        self.repeat_purchases
    }

    /// Mean time from the first purchase to the end of observation.
    #[must_use]
    pub fn mean_age(&self) -> f64 {
        self.mean_age
    }

    /// Sum of the natural logarithms of all times between purchases, if they are known.
    #[must_use]
    pub fn log_gaps(&self) -> Option<f64> {
        self.log_gaps
    }

    /// How many customers a row stands for.
    pub(crate) fn weight_of(&self, row: usize) -> f64 {
        self.rows.weight_of(row)
    }
}

/// The logarithms of times that add up to the recency add up to no more than those of equal times;
/// a sum of so many of them is off by a few last digits.
fn most_log_gaps(frequency: f64, recency: f64) -> f64 {
    if frequency == 0.0 {
        return 0.0;
    }
    let equal = frequency * (recency / frequency).ln();
    equal + 1e-9 * (equal.abs() + frequency)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(frequency: f64, recency: f64, age: f64) -> Result<(), Error> {
        Histories {
            frequency: &[0.0, frequency],
            recency: &[0.0, recency],
            age: &[5.0, age],
            ..Histories::default()
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
        assert_eq!(check(2.0, 3.0, 4.0), Ok(()));
        assert_eq!(field(check(1.5, 3.0, 4.0)), "frequency");
        assert_eq!(field(check(f64::NAN, 3.0, 4.0)), "frequency");
        assert_eq!(field(check(-1.0, 0.0, 4.0)), "frequency");
        assert_eq!(field(check(2.0, 5.0, 4.0)), "recency");
        assert_eq!(field(check(2.0, 0.0, 4.0)), "recency");
        assert_eq!(field(check(0.0, 1.0, 4.0)), "recency");
        assert_eq!(field(check(2.0, 1.0, f64::INFINITY)), "age");
    }

    #[test]
    fn times_between_purchases_must_fit_into_the_recency() {
        let check = |frequency: f64, log_gaps: f64| {
            let histories = Histories {
                frequency: &[frequency],
                recency: &[5.0 * frequency.min(1.0)],
                age: &[9.0],
                log_gaps: Some(&[log_gaps]),
                ..Histories::default()
            };
            histories.check().map(|checked| checked.log_gaps())
        };
        // One and four, two and a half twice, and what no two times are.
        assert!(check(2.0, 4f64.ln()).is_ok());
        assert_eq!(check(2.0, 2.0 * 2.5f64.ln()), Ok(Some(2.0 * 2.5f64.ln())));
        assert!(check(2.0, 6.3f64.ln()).is_err());
        assert!(check(2.0, f64::NEG_INFINITY).is_err());
        assert!(check(0.0, 0.0).is_ok() && check(0.0, -1.0).is_err());
    }

    #[test]
    fn columns_must_have_equal_length() {
        let histories = Histories {
            frequency: &[0.0],
            recency: &[],
            age: &[1.0],
            ..Histories::default()
        };
        assert_eq!(
            histories.check().map(|_| ()),
            Err(Error::Length {
                field: "recency",
                found: 0,
                expected: 1
            })
        );
    }
}
