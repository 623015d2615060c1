//! Histories that know when they began, with the covariates of their time.

use super::timelines::Timelines;
use crate::columns::check_length;
use crate::error::{Error, require};
use crate::lifetime::CheckedHistories;

/// Histories with the time of each first purchase.
#[derive(Debug, Clone, Copy)]
pub struct DatedHistories<'a> {
    /// Frequency, recency and age.
    pub histories: CheckedHistories<'a>,
    /// When each customer bought first, on the time scale of the covariates and in the unit of the
    /// histories; a day number, for example.
    pub start: &'a [f64],
    /// What covariates were then, and will be.
    pub covariates: &'a Timelines,
}

/// Dated histories that were found to make sense, customers with the same past beside each other.
#[derive(Debug, Clone)]
pub struct CheckedDatedHistories<'a> {
    pub(super) columns: DatedHistories<'a>,
    pub(super) groups: Vec<Group>,
    /// Rows of the histories, group by group, the latest recency first.
    pub(super) order: Vec<u32>,
}

/// Customers who differ in nothing but the time of their last purchase.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) frequency: f64,
    pub(super) start: f64,
    pub(super) age: f64,
    /// The one customer here, when they have covariates of their own.
    pub(super) own: Option<usize>,
    /// Where they are in the order.
    pub(super) members: std::ops::Range<usize>,
}

/// What covariates were at the purchases of all customers: all that a fit needs to know of them.
#[derive(Debug, Clone, PartialEq)]
pub struct PurchaseSums {
    /// Each covariate, summed over all repeat purchases.
    pub(super) values: Vec<f64>,
    /// Repeat purchases at which it was not 0.
    pub(super) purchases: Vec<f64>,
}

impl<'a> DatedHistories<'a> {
    /// Checks every row.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when the histories, starts and covariates are not of as many customers,
    /// [`Error::Row`] for a start that is no time, [`Error::Setting`] for more than 4,000,000,000
    /// rows.
    pub fn check(self) -> Result<CheckedDatedHistories<'a>, Error> {
        let rows = self.histories.len();
        check_length("start", self.start.len(), rows)?;
        check_length("covariates", self.covariates.customers(), rows)?;
        let count = u32::try_from(rows)
            .ok()
            .filter(|rows| *rows < 4_000_000_000);
        require(
            count.is_some(),
            "rows",
            rows as f64,
            "expected at most 4,000,000,000",
        )?;
        if let Some(row) = self.start.iter().position(|start| !start.is_finite()) {
            return Err(Error::Row {
                field: "start",
                row,
                value: self.start[row],
                expected: "expected a time",
            });
        }
        let columns = self.histories.rows();
        let own = |row: usize| !self.covariates.own(Some(row)).is_empty();
        let key = |row: usize| {
            let numbers = [columns.frequency[row], self.start[row], columns.age[row]];
            (own(row).then_some(row), numbers)
        };
        let mut order: Vec<u32> = (0..count.unwrap_or(0)).collect();
        order.sort_unstable_by(|&a, &b| {
            let (i, j) = (a as usize, b as usize);
            let ((own_i, i_numbers), (own_j, j_numbers)) = (key(i), key(j));
            let numbers = i_numbers
                .iter()
                .zip(&j_numbers)
                .map(|(i, j)| i.total_cmp(j));
            let same_group = own_i.cmp(&own_j);
            numbers
                .fold(same_group, std::cmp::Ordering::then)
                .then(columns.recency[j].total_cmp(&columns.recency[i]))
                .then(a.cmp(&b))
        });
        let mut groups: Vec<Group> = Vec::new();
        for (index, &row) in order.iter().enumerate() {
            let (own, [frequency, start, age]) = key(row as usize);
            match groups.last_mut() {
                Some(group)
                    if (group.own, [group.frequency, group.start, group.age])
                        == (own, [frequency, start, age]) =>
                {
                    group.members.end = index + 1;
                }
                _ => groups.push(Group {
                    frequency,
                    start,
                    age,
                    own,
                    members: index..index + 1,
                }),
            }
        }
        Ok(CheckedDatedHistories {
            columns: self,
            groups,
            order,
        })
    }
}

impl CheckedDatedHistories<'_> {
    /// What covariates were at purchases, from a log of all repeat purchases in any order: of each the
    /// customer (a row of the histories) and the time.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when the columns differ in length, or a customer has other than their
    /// frequency of purchases; [`Error::Row`] for a customer there is not, or a time that is not
    /// between the first purchase and the last.
    pub fn purchases(&self, customer: &[u32], time: &[f64]) -> Result<PurchaseSums, Error> {
        check_length("time", time.len(), customer.len())?;
        let (histories, covariates) = (&self.columns.histories, self.columns.covariates);
        let columns = histories.rows();
        let mut seen = vec![0.0; histories.len()];
        let mut sums = PurchaseSums {
            values: vec![0.0; covariates.len()],
            purchases: vec![0.0; covariates.len()],
        };
        let largest = covariates.largest();
        let mut values = vec![0.0; covariates.len()];
        for (row, (&customer, &time)) in customer.iter().zip(time).enumerate() {
            let customer = customer as usize;
            let wrong = |field, value, expected| Error::Row {
                field,
                row,
                value,
                expected,
            };
            let Some(count) = seen.get_mut(customer) else {
                let expected = "expected a row of the histories";
                return Err(wrong("customer", customer as f64, expected));
            };
            *count += 1.0;
            let start = self.columns.start[customer];
            // A recency that was made by taking a difference may be off by the last digits.
            let rounding = 1e-9 * (time.abs() + columns.age[customer]);
            let after = time - start;
            if !(after > 0.0 && after <= columns.recency[customer] + rounding) {
                let expected = "expected a repeat purchase, no later than the last";
                return Err(wrong("time", time, expected));
            }
            let weight = histories.weight_of(customer);
            values.fill(0.0);
            covariates.add_values(customer, time, &mut values);
            for (index, value) in values.iter().enumerate() {
                sums.values[index] += weight * value;
                // What is left of rows that add up to 0 may be a last digit.
                if value.abs() > 1e-9 * largest[index] {
                    sums.purchases[index] += weight;
                }
            }
        }
        match (seen.iter().zip(columns.frequency)).find(|(seen, frequency)| seen != frequency) {
            None => Ok(sums),
            Some((&seen, &frequency)) => Err(Error::Length {
                field: "purchases of a customer",
                found: seen as usize,
                expected: frequency as usize,
            }),
        }
    }
}
