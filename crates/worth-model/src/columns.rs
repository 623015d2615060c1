//! Columns of numbers that callers pass in: checked, and made from labels.

use std::collections::BTreeMap;

use crate::error::{Error, require};

/// Most covariates of a model.
const MOST_COVARIATES: usize = 1000;
/// Larger numbers would overflow when squared and summed.
pub(crate) const LARGEST: f64 = 1e100;
/// More respondents than there are people.
const LARGEST_WEIGHT: f64 = 1e15;

/// Fails with the name of the column unless it has as many rows as the others.
pub(crate) fn check_length(
    field: &'static str,
    found: usize,
    expected: usize,
) -> Result<(), Error> {
    if found == expected {
        Ok(())
    } else {
        Err(Error::Length {
            field,
            found,
            expected,
        })
    }
}

/// Checks covariates: a name each, so many rows, and numbers that can be computed with.
pub(crate) fn check_covariates(
    names: &[&str],
    columns: &[&[f64]],
    rows: usize,
) -> Result<(), Error> {
    require(
        columns.len() <= MOST_COVARIATES,
        "columns",
        columns.len() as f64,
        "expected at most 1000 covariates",
    )?;
    check_length("names", names.len(), columns.len())?;
    for column in columns {
        check_length("covariate", column.len(), rows)?;
        check_each(
            "covariate",
            column,
            "expected a number within 1e100 of 0",
            |value| value.abs() <= LARGEST,
        )?;
    }
    Ok(())
}

/// Checks a column of answers: so many rows, numbers that can be computed with, `NAN` for none.
pub(crate) fn check_answers(field: &'static str, column: &[f64], rows: usize) -> Result<(), Error> {
    check_length(field, column.len(), rows)?;
    check_each(
        field,
        column,
        "expected a number within 1e100 of 0, or NAN for no answer",
        |value| value.is_nan() || value.abs() <= LARGEST,
    )
}

/// Checks weights, if there are any: so many rows, above 0.
pub(crate) fn check_weights(weights: Option<&[f64]>, rows: usize) -> Result<(), Error> {
    let Some(weights) = weights else {
        return Ok(());
    };
    check_length("weight", weights.len(), rows)?;
    check_each(
        "weight",
        weights,
        "expected a number above 0, at most 1e15",
        |weight| weight > 0.0 && weight <= LARGEST_WEIGHT,
    )
}

/// Fails with the first number of a column that is not right.
pub(crate) fn check_each(
    field: &'static str,
    column: &[f64],
    expected: &'static str,
    is_right: impl Fn(f64) -> bool,
) -> Result<(), Error> {
    match column.iter().position(|&value| !is_right(value)) {
        None => Ok(()),
        Some(row) => Err(Error::Row {
            field,
            row,
            value: column[row],
            expected,
        }),
    }
}

/// A column of labels as covariates: one column of 0 and 1 for each label but the most frequent,
/// with which the others are compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Dummies {
    /// The label that has no column: the most frequent one, of equally frequent ones the first by
    /// alphabet.
    pub reference: String,
    /// What each column is called: "channel=store".
    pub names: Vec<String>,
    /// Whether each row has the label.
    pub columns: Vec<Vec<f64>>,
}

impl Dummies {
    /// Makes covariates of the labels of all rows; `name` is that of the property ("channel").
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without rows.
    pub fn new(name: &str, labels: &[impl AsRef<str>]) -> Result<Self, Error> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for label in labels {
            *counts.entry(label.as_ref()).or_default() += 1;
        }
        // Of equal ones the last is taken: the first by alphabet, from the end.
        let reference = counts.iter().rev().max_by_key(|(_, rows)| **rows);
        let reference = *reference.ok_or(Error::Empty { what: "labels" })?.0;
        counts.remove(reference);
        let has = |wanted: &str| -> Vec<f64> {
            labels
                .iter()
                .map(|label| f64::from(u8::from(label.as_ref() == wanted)))
                .collect()
        };
        Ok(Self {
            reference: reference.to_owned(),
            names: counts
                .keys()
                .map(|label| format!("{name}={label}"))
                .collect(),
            columns: counts.keys().map(|label| has(label)).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_compared_with_the_most_frequent() {
        let dummies = Dummies::new("channel", &["web", "app", "store", "app", "web"]).unwrap();
        assert_eq!(dummies.reference, "app");
        assert_eq!(dummies.names, ["channel=store", "channel=web"]);
        assert_eq!(dummies.columns[0], [0.0, 0.0, 1.0, 0.0, 0.0]);
        assert_eq!(dummies.columns[1], [1.0, 0.0, 0.0, 0.0, 1.0]);
        let none: [&str; 0] = [];
        assert_eq!(
            Dummies::new("channel", &none),
            Err(Error::Empty { what: "labels" })
        );
    }
}
