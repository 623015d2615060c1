//! What can be wrong with the numbers that a caller passes in.
//!
//! A fit that struggles is no error: it is a result with a [`Diagnosis`](crate::lifetime::Diagnosis).

use thiserror::Error;

/// Input or settings that make no sense, with the field and where it is.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Error {
    /// There is nothing to compute from.
    #[error("no {what}: at least one is needed")]
    Empty {
        /// What is missing ("customers", "respondents").
        what: &'static str,
    },
    /// Two columns that belong together have different lengths.
    #[error("{field} has {found} rows where {expected} are expected")]
    Length {
        /// Name of the column.
        field: &'static str,
        /// Its length.
        found: usize,
        /// The length of the others.
        expected: usize,
    },
    /// One value of a column makes no sense.
    #[error("{field} in row {row} is {value}: {expected}")]
    Row {
        /// Name of the column.
        field: &'static str,
        /// Row, the first being 0.
        row: usize,
        /// What stands there.
        value: f64,
        /// What would be right.
        expected: &'static str,
    },
    /// A name stands for nothing.
    #[error("{field} is \"{name}\": expected one of {expected}")]
    Unknown {
        /// What was to be named.
        field: &'static str,
        /// The name given.
        name: String,
        /// Names there are, with commas between them.
        expected: String,
    },
    /// A setting makes no sense.
    #[error("{field} is {value}: {expected}")]
    Setting {
        /// Name of the setting.
        field: &'static str,
        /// What it is.
        value: f64,
        /// What would be right.
        expected: &'static str,
    },
}

/// Fails with the name of the setting unless `holds`.
pub(crate) fn require(
    holds: bool,
    field: &'static str,
    value: f64,
    expected: &'static str,
) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err(Error::Setting {
            field,
            value,
            expected,
        })
    }
}
