//! What is known of each customer where purchases can only happen at given occasions: at how many
//! of them the customer bought, and at which last.

use crate::columns::check_length;
use crate::error::Error;

/// The largest number of opportunities of one customer: more than 13 years of daily ones.
pub const MOST_OPPORTUNITIES: f64 = 5_000.0;

/// Customers, one row each (or one per group of equal customers, with a weight).
///
/// An opportunity is an occasion at which a customer either buys or does not: a yearly appeal for
/// donations, a conference, a match day, a month of a calendar. They are counted from the one after
/// the customer's first purchase, which is at none of them.
#[derive(Debug, Clone, Copy)]
pub struct Opportunities<'a> {
    /// Opportunities at which the customer bought, a whole number, `x` in the paper.
    pub frequency: &'a [f64],
    /// Number of the opportunity of the last purchase, `t_x`; 0 without any.
    pub recency: &'a [f64],
    /// Opportunities that there were, `n`; at least the recency.
    pub opportunities: &'a [f64],
    /// How many customers each row stands for; one each when absent.
    pub weight: Option<&'a [f64]>,
}

/// Opportunities that were found to make sense.
#[derive(Debug, Clone, Copy)]
pub struct CheckedOpportunities<'a> {
    rows: Opportunities<'a>,
    customers: f64,
    repeat_customers: f64,
}

impl<'a> Opportunities<'a> {
    /// Checks every row.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when columns differ in length, [`Error::Row`] with the name of the column
    /// and the row for the first value that makes no sense. No rows at all are fine here.
    pub fn check(self) -> Result<CheckedOpportunities<'a>, Error> {
        let rows = self.frequency.len();
        check_length("recency", self.recency.len(), rows)?;
        check_length("opportunities", self.opportunities.len(), rows)?;
        if let Some(weight) = self.weight {
            check_length("weight", weight.len(), rows)?;
        }
        let (mut customers, mut repeat_customers) = (0.0, 0.0);
        for row in 0..rows {
            self.check_row(row)?;
            customers += self.weight_of(row);
            if self.frequency[row] > 0.0 {
                repeat_customers += self.weight_of(row);
            }
        }
        Ok(CheckedOpportunities {
            rows: self,
            customers,
            repeat_customers,
        })
    }

    fn check_row(&self, row: usize) -> Result<(), Error> {
        let check = |holds: bool, field, value, expected| {
            if holds {
                return Ok(());
            }
            Err(Error::Row {
                field,
                row,
                value,
                expected,
            })
        };
        let whole = |value: f64, most: f64| (0.0..=most).contains(&value) && value.fract() == 0.0;
        let (x, t_x, n) = (
            self.frequency[row],
            self.recency[row],
            self.opportunities[row],
        );
        check(
            whole(n, MOST_OPPORTUNITIES),
            "opportunities",
            n,
            "expected a whole number from 0 to 5,000",
        )?;
        check(
            whole(t_x, n),
            "recency",
            t_x,
            "expected a whole number from 0 to the number of opportunities",
        )?;
        check(
            whole(x, t_x) && (x > 0.0 || t_x == 0.0),
            "frequency",
            x,
            "expected a whole number from 1 to the recency, or 0 when that is 0",
        )?;
        let weight = self.weight_of(row);
        check(
            weight.is_finite() && weight >= 0.0,
            "weight",
            weight,
            "expected a number of at least 0",
        )
    }

    fn weight_of(&self, row: usize) -> f64 {
        self.weight.map_or(1.0, |weight| weight[row])
    }
}

impl<'a> CheckedOpportunities<'a> {
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
    pub fn rows(&self) -> &Opportunities<'a> {
        &self.rows
    }

    /// Number of customers: the sum of the weights.
    #[must_use]
    pub fn customers(&self) -> f64 {
        self.customers
    }

    /// Customers who bought at one opportunity or more.
    #[must_use]
    pub fn repeat_customers(&self) -> f64 {
        self.repeat_customers
    }

    /// Equal rows counted once, in a fixed order, with the row that each row became.
    pub(super) fn counted(&self) -> (Vec<Counted>, Vec<usize>) {
        let key = |row: usize| {
            let columns = self.rows;
            (
                columns.opportunities[row] as usize,
                columns.frequency[row] as usize,
                columns.recency[row] as usize,
            )
        };
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|&row| key(row));
        let mut counted: Vec<Counted> = Vec::new();
        let mut became = vec![0; self.len()];
        let mut before = None;
        for row in order {
            let (opportunities, frequency, recency) = key(row);
            if before != Some(key(row)) {
                before = Some(key(row));
                counted.push(Counted {
                    frequency,
                    recency,
                    opportunities,
                    customers: 0.0,
                });
            }
            became[row] = counted.len() - 1;
            counted[became[row]].customers += self.rows.weight_of(row);
        }
        (counted, became)
    }
}

/// Equal customers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counted {
    pub(super) frequency: usize,
    pub(super) recency: usize,
    pub(super) opportunities: usize,
    pub(super) customers: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_field_and_the_row() {
        let check = |x: f64, t_x: f64, n: f64| {
            let (x, t_x, n) = ([0.0, x], [0.0, t_x], [6.0, n]);
            let opportunities = Opportunities {
                frequency: &x,
                recency: &t_x,
                opportunities: &n,
                weight: None,
            };
            match opportunities.check() {
                Ok(_) => "",
                Err(Error::Row { field, row: 1, .. }) => field,
                Err(other) => panic!("{other:?}"),
            }
        };
        assert_eq!(check(2.0, 3.0, 6.0), "");
        assert_eq!(check(4.0, 3.0, 6.0), "frequency");
        assert_eq!(check(0.0, 3.0, 6.0), "frequency");
        assert_eq!(check(1.0, 7.0, 6.0), "recency");
        assert_eq!(check(1.0, 0.5, 6.0), "recency");
        assert_eq!(check(1.0, 1.0, 1e6), "opportunities");
        assert_eq!(check(1.0, 1.0, f64::NAN), "opportunities");
    }

    #[test]
    fn equal_rows_are_counted_once() {
        let opportunities = Opportunities {
            frequency: &[2.0, 0.0, 2.0],
            recency: &[3.0, 0.0, 3.0],
            opportunities: &[6.0; 3],
            weight: Some(&[1.0, 5.0, 2.0]),
        };
        let (counted, became) = opportunities.check().expect("valid").counted();
        assert_eq!(became, [1, 0, 1]);
        assert_eq!((counted[0].customers, counted[1].customers), (5.0, 3.0));
    }
}
