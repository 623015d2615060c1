//! Which group each customer belongs to, checked.

use crate::error::Error;

/// Which group each customer belongs to, one row per row of their histories.
#[derive(Debug, Clone, Copy)]
pub struct Groups<'a> {
    /// What each group is called. There may be groups without customers.
    pub names: &'a [&'a str],
    /// The place of the group's name, from 0.
    pub of_row: &'a [u32],
}

/// Groups that were found to make sense.
#[derive(Debug, Clone, Copy)]
pub struct CheckedGroups<'a> {
    table: Groups<'a>,
}

impl<'a> Groups<'a> {
    /// Checks every row.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] for a place at which there is no name.
    pub fn check(self) -> Result<CheckedGroups<'a>, Error> {
        let is_nameless = |&group: &u32| group as usize >= self.names.len();
        match self.of_row.iter().position(is_nameless) {
            None => Ok(CheckedGroups { table: self }),
            Some(row) => Err(Error::Row {
                field: "group",
                row,
                value: f64::from(self.of_row[row]),
                expected: "expected less than the number of names",
            }),
        }
    }
}

impl<'a> CheckedGroups<'a> {
    /// The groups that were checked.
    #[must_use]
    pub fn rows(&self) -> &Groups<'a> {
        &self.table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_without_a_name_is_named() {
        let check = |of_row: &[u32]| {
            let groups = Groups {
                names: &["north", "south"],
                of_row,
            };
            groups.check().map(|_| ())
        };
        assert_eq!(check(&[0, 1, 1]), Ok(()));
        let wrong = check(&[0, 2]).expect_err("there are two names");
        assert_eq!(
            wrong.to_string(),
            "group in row 1 is 2: expected less than the number of names"
        );
    }
}
