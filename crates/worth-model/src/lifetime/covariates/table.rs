//! The covariates of customers, checked, and customers of the same kind put together.

use rayon::prelude::*;

use crate::columns::check_covariates;
use crate::error::Error;

/// What is known of customers from the start, one row per row of their histories.
#[derive(Debug, Clone, Copy)]
pub struct Covariates<'a> {
    /// What each column is called.
    pub names: &'a [&'a str],
    /// One column per covariate: numbers; 0 and 1 for yes and no; for labels see
    /// [`Dummies`](crate::Dummies).
    pub columns: &'a [&'a [f64]],
}

/// Covariates that were found to make sense.
#[derive(Debug, Clone, Copy)]
pub struct CheckedCovariates<'a> {
    table: Covariates<'a>,
}

impl<'a> Covariates<'a> {
    /// Checks every row.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when columns differ in length or are not as many as names, [`Error::Row`]
    /// for a value that is not within 1e100 of 0, [`Error::Setting`] for more than 1,000 covariates.
    pub fn check(self) -> Result<CheckedCovariates<'a>, Error> {
        let table = CheckedCovariates { table: self };
        check_covariates(self.names, self.columns, table.len())?;
        Ok(table)
    }
}

impl<'a> CheckedCovariates<'a> {
    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.columns.first().map_or(0, |column| column.len())
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the columns are called.
    #[must_use]
    pub fn names(&self) -> &'a [&'a str] {
        self.table.names
    }

    /// The column with this name.
    pub(super) fn column(&self, name: &str) -> Result<&'a [f64], Error> {
        let place = self.table.names.iter().position(|known| *known == name);
        let place = place.ok_or_else(|| Error::Unknown {
            field: "covariate",
            name: name.to_owned(),
            expected: self.table.names.join(", "),
        })?;
        Ok(self.table.columns[place])
    }
}

/// Rows with equal covariates are customers of one kind.
#[derive(Debug, Clone)]
pub(super) struct Kinds {
    /// Number of covariates.
    size: usize,
    /// The covariates of each kind, one kind after the other, in rising order.
    values: Vec<f64>,
    /// Which kind each row is.
    pub(super) of_row: Vec<u32>,
}

impl Kinds {
    pub(super) fn new(columns: &[&[f64]]) -> Self {
        let rows = columns.first().map_or(0, |column| column.len());
        // Adding zero turns -0 into 0, which is the same kind.
        let at = |row: u32, column: &&[f64]| column[row as usize] + 0.0;
        let mut order: Vec<u32> = (0..rows as u32).collect();
        order.par_sort_unstable_by(|&left, &right| {
            (columns.iter())
                .map(|column| at(left, column).total_cmp(&at(right, column)))
                .find(|order| order.is_ne())
                .unwrap_or_else(|| left.cmp(&right))
        });
        let mut kinds = Self {
            size: columns.len(),
            values: Vec::new(),
            of_row: vec![0; rows],
        };
        for row in order {
            let values: Vec<f64> = columns.iter().map(|column| at(row, column)).collect();
            if !kinds.values.ends_with(&values) {
                kinds.values.extend(values);
            }
            kinds.of_row[row as usize] = kinds.len() as u32 - 1;
        }
        kinds
    }

    /// Number of kinds.
    pub(super) fn len(&self) -> usize {
        self.values.len() / self.size
    }

    /// The covariates of a kind.
    pub(super) fn of(&self, kind: usize) -> &[f64] {
        &self.values[kind * self.size..(kind + 1) * self.size]
    }

    /// The same with each covariate counted from its centre, in units of its scale.
    pub(super) fn scaled(&self, centre: &[f64], scale: &[f64]) -> Self {
        let values = (self.values.iter().enumerate())
            .map(|(index, value)| (value - centre[index % self.size]) / scale[index % self.size]);
        Self {
            size: self.size,
            values: values.collect(),
            of_row: self.of_row.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_equal_covariates_are_one_kind() {
        let kinds = Kinds::new(&[&[1.0, 0.0, -0.0, 1.0], &[2.0, 5.0, 5.0, 3.0]]);
        assert_eq!(kinds.of_row, [1, 0, 0, 2]);
        assert_eq!((kinds.len(), kinds.of(2)), (3, &[1.0, 3.0][..]));
        let scaled = kinds.scaled(&[1.0, 3.0], &[2.0, 1.0]);
        assert_eq!(scaled.of(0), [-0.5, 2.0]);
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let check =
            |names: &[&str], columns: &[&[f64]]| Covariates { names, columns }.check().map(|_| ());
        assert!(check(&["a", "b"], &[&[1.0]]).is_err());
        assert!(check(&["a", "b"], &[&[1.0], &[1.0, 2.0]]).is_err());
        assert!(check(&["a"], &[&[f64::NAN]]).is_err());
        let table = Covariates {
            names: &["a", "b"],
            columns: &[&[1.0], &[2.0]],
        };
        let found = table.check().unwrap().column("c");
        let message = found.expect_err("there is none").to_string();
        assert_eq!(message, "covariate is \"c\": expected one of a, b");
    }
}
