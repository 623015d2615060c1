//! What covariates were, and will be, at each time: a sparse long table, kept as changes.
//!
//! Most covariates are nought most of the time, and those of the calendar are the same for everyone, so
//! nothing is spread out: what holds for everyone is stored once, and a customer has the changes of
//! their own and no more.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::columns::check_length;
use crate::error::{Error, require};

/// Most covariates of a model.
const MOST_COVARIATES: usize = 64;
/// Values beyond this say nothing that a smaller unit would not.
const LARGEST: f64 = 1e6;

/// What customers do at rates of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Process {
    /// They buy.
    Buying,
    /// They leave for good.
    Leaving,
}

/// Which process a covariate acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ActsOn {
    /// How often customers buy.
    Buying,
    /// How soon they leave.
    Leaving,
    /// Both, with a coefficient each.
    Both,
}

impl ActsOn {
    fn includes(self, process: Process) -> bool {
        match self {
            Self::Both => true,
            Self::Buying => process == Process::Buying,
            Self::Leaving => process == Process::Leaving,
        }
    }
}

/// Covariates as a long table: each row is a value that holds for some time. Where there is no row a
/// covariate is 0; where several rows hold they add up.
#[derive(Debug, Clone, Copy)]
pub struct CovariateTable<'a> {
    /// What each covariate is called.
    pub names: &'a [&'a str],
    /// Which process each acts on.
    pub acts_on: &'a [ActsOn],
    /// Of each row, the number of its covariate, from 0.
    pub covariate: &'a [u32],
    /// Of each row, the customer for whom it holds, as a row of the histories; `None` for everyone.
    pub customer: &'a [Option<u32>],
    /// It holds after this time; minus infinity for always. In days: the day before the first.
    pub from: &'a [f64],
    /// It holds until this time, the end included; infinity for as far as anyone looks. In days: the
    /// last day.
    pub until: &'a [f64],
    /// The value: 1 for yes.
    pub value: &'a [f64],
}

/// Covariates that were found to make sense, in the order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Timelines {
    pub(super) names: Vec<String>,
    pub(super) acts_on: Vec<ActsOn>,
    customers: usize,
    /// Times at which something changes for everyone, rising.
    pub(super) times: Vec<f64>,
    /// Values for everyone before, between and after these times, all covariates side by side.
    pub(super) values: Vec<f64>,
    /// Where the changes of each customer begin; empty when nobody has any.
    offsets: Vec<usize>,
    changes: Vec<Change>,
}

/// A covariate changes for one customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Change {
    pub(super) time: f64,
    pub(super) covariate: u32,
    pub(super) by: f64,
}

impl CovariateTable<'_> {
    /// Checks every row and puts the table in order. `customers`: rows of the histories it belongs to.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when columns differ in length, [`Error::Setting`] for more than 64 covariates,
    /// [`Error::Row`] with the name of the column and the row for the first value that makes no sense.
    pub fn check(&self, customers: usize) -> Result<Timelines, Error> {
        let covariates = self.names.len();
        require(
            covariates <= MOST_COVARIATES,
            "names",
            covariates as f64,
            "expected at most 64 covariates",
        )?;
        check_length("acts_on", self.acts_on.len(), covariates)?;
        let rows = self.covariate.len();
        check_length("customer", self.customer.len(), rows)?;
        check_length("from", self.from.len(), rows)?;
        check_length("until", self.until.len(), rows)?;
        check_length("value", self.value.len(), rows)?;
        for row in 0..rows {
            self.check_row(row, customers)?;
        }
        let (times, values) = self.for_everyone();
        let (offsets, changes) = self.for_single_customers(customers);
        Ok(Timelines {
            names: self.names.iter().map(|&name| name.to_owned()).collect(),
            acts_on: self.acts_on.to_vec(),
            customers,
            times,
            values,
            offsets,
            changes,
        })
    }

    fn check_row(&self, row: usize, customers: usize) -> Result<(), Error> {
        let (from, until, value) = (self.from[row], self.until[row], self.value[row]);
        let (covariate, customer) = (self.covariate[row], self.customer[row].unwrap_or(0));
        let known = self.customer[row].is_none_or(|customer| (customer as usize) < customers);
        let (field, value, expected) = if covariate as usize >= self.names.len() {
            (
                "covariate",
                f64::from(covariate),
                "expected the number of a covariate",
            )
        } else if !known {
            (
                "customer",
                f64::from(customer),
                "expected a row of the histories",
            )
        } else if from.is_nan() || from == f64::INFINITY {
            ("from", from, "expected a time")
        } else if until.is_nan() || until < from {
            ("until", until, "expected a time from `from` on")
        } else if !value.is_finite() || value.abs() > LARGEST {
            ("value", value, "expected a number within 1,000,000 of 0")
        } else {
            return Ok(());
        };
        Err(Error::Row {
            field,
            row,
            value,
            expected,
        })
    }

    /// The changes that a row makes: one when it begins, one when it ends.
    fn changes(&self, row: usize) -> impl Iterator<Item = Change> {
        let (covariate, by) = (self.covariate[row], self.value[row]);
        let begins = Change {
            time: self.from[row],
            covariate,
            by,
        };
        let ends = Change {
            time: self.until[row],
            covariate,
            by: -by,
        };
        let has_length = self.from[row] < self.until[row];
        [begins, ends]
            .into_iter()
            .filter(move |change| has_length && change.time < f64::INFINITY)
    }

    fn for_everyone(&self) -> (Vec<f64>, Vec<f64>) {
        let rows = (0..self.covariate.len()).filter(|&row| self.customer[row].is_none());
        let mut changes: Vec<Change> = rows.flat_map(|row| self.changes(row)).collect();
        changes.sort_by(|a, b| a.time.total_cmp(&b.time));
        let mut now = vec![0.0; self.names.len()];
        let (mut times, mut values) = (Vec::new(), now.clone());
        for same in changes.chunk_by(|a, b| a.time == b.time) {
            for change in same {
                now[change.covariate as usize] += change.by;
            }
            times.push(same[0].time);
            values.extend_from_slice(&now);
        }
        (times, values)
    }

    fn for_single_customers(&self, customers: usize) -> (Vec<usize>, Vec<Change>) {
        let rows = (0..self.covariate.len())
            .filter_map(|row| self.customer[row].map(|customer| (customer, row)));
        let mut changes: Vec<(u32, Change)> = rows
            .flat_map(|(customer, row)| self.changes(row).map(move |change| (customer, change)))
            .collect();
        if changes.is_empty() {
            return (Vec::new(), Vec::new());
        }
        changes.sort_by(|(a, at), (b, bt)| a.cmp(b).then(at.time.total_cmp(&bt.time)));
        let mut offsets = vec![0; customers + 1];
        for (customer, _) in &changes {
            offsets[*customer as usize + 1] += 1;
        }
        for customer in 0..customers {
            offsets[customer + 1] += offsets[customer];
        }
        (
            offsets,
            changes.into_iter().map(|(_, change)| change).collect(),
        )
    }
}

impl Timelines {
    /// No covariates at all.
    #[must_use]
    pub fn none(customers: usize) -> Self {
        let table = CovariateTable {
            names: &[],
            acts_on: &[],
            covariate: &[],
            customer: &[],
            from: &[],
            until: &[],
            value: &[],
        };
        table
            .check(customers)
            .expect("nothing can be wrong with nothing")
    }

    /// The same for one customer without covariates of their own.
    pub(super) fn of_everyone(&self) -> Self {
        Self {
            customers: 1,
            offsets: Vec::new(),
            changes: Vec::new(),
            ..self.clone()
        }
    }

    /// Rows of the histories that they belong to.
    #[must_use]
    pub fn customers(&self) -> usize {
        self.customers
    }

    /// Number of covariates.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The largest size of each, or 1 when it is never anything but 0.
    pub(super) fn largest(&self) -> Vec<f64> {
        let mut largest = vec![0.0f64; self.len()];
        for values in self.values.chunks(self.len().max(1)) {
            for (largest, value) in largest.iter_mut().zip(values) {
                *largest = largest.max(value.abs());
            }
        }
        // A change is as large as what it changes to or from, up to a factor of two.
        for change in &self.changes {
            let largest = &mut largest[change.covariate as usize];
            *largest = largest.max(change.by.abs());
        }
        largest
            .iter_mut()
            .filter(|largest| **largest == 0.0)
            .for_each(|largest| *largest = 1.0);
        largest
    }

    /// The covariates that act on a process.
    pub(super) fn acting_on(&self, process: Process) -> Vec<usize> {
        let all = self.acts_on.iter().enumerate();
        let acting = all.filter(|(_, acts_on)| acts_on.includes(process));
        acting.map(|(covariate, _)| covariate).collect()
    }

    /// The changes of one customer, in the order of time; those of nobody for `None`.
    pub(super) fn own(&self, customer: Option<usize>) -> &[Change] {
        match customer {
            Some(customer) if !self.offsets.is_empty() => {
                &self.changes[self.offsets[customer]..self.offsets[customer + 1]]
            }
            _ => &[],
        }
    }

    /// Adds what each covariate is for a customer on (and just before) a time.
    pub(super) fn add_values(&self, customer: usize, time: f64, values: &mut [f64]) {
        let stretch = self.times.partition_point(|&change| change < time);
        for (value, shared) in values.iter_mut().zip(&self.values[stretch * self.len()..]) {
            *value += shared;
        }
        for change in self
            .own(Some(customer))
            .iter()
            .take_while(|change| change.time < time)
        {
            values[change.covariate as usize] += change.by;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sale for everyone on days 11 to 13 and 31, a price for customer 1 from day 20 on.
    fn table(from: &[f64; 3], value: f64) -> Result<Timelines, Error> {
        CovariateTable {
            names: &["sale", "price"],
            acts_on: &[ActsOn::Buying, ActsOn::Both],
            covariate: &[0, 0, 1],
            customer: &[None, None, Some(1)],
            from,
            until: &[13.0, 31.0, f64::INFINITY],
            value: &[1.0, 1.0, value],
        }
        .check(2)
    }

    #[test]
    fn a_row_holds_from_after_its_beginning_until_its_end() {
        let timelines = table(&[10.0, 30.0, 19.0], 2.0).expect("valid");
        let at = |customer: usize, time: f64| {
            let mut values = [0.0; 2];
            timelines.add_values(customer, time, &mut values);
            values
        };
        assert_eq!((at(0, 10.0), at(0, 10.5)), ([0.0, 0.0], [1.0, 0.0]));
        assert_eq!((at(0, 13.0), at(0, 13.5)), ([1.0, 0.0], [0.0, 0.0]));
        assert_eq!((at(0, 31.0), at(1, 31.0)), ([1.0, 0.0], [1.0, 2.0]));
        assert_eq!((at(1, 19.0), at(1, 1e9)), ([0.0, 0.0], [0.0, 2.0]));
        assert!(timelines.own(Some(0)).is_empty());
    }

    #[test]
    fn rows_that_make_no_sense_are_named() {
        let row = |result: Result<Timelines, Error>| match result {
            Err(Error::Row { field, row, .. }) => (field, row),
            other => panic!("{other:?}"),
        };
        assert_eq!(row(table(&[10.0, 32.0, 0.0], 1.0)), ("until", 1));
        assert_eq!(row(table(&[f64::NAN, 0.0, 0.0], 1.0)), ("from", 0));
        assert_eq!(row(table(&[0.0, 0.0, 0.0], f64::INFINITY)), ("value", 2));
    }
}
