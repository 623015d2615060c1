//! What is known of each contract: how many renewals it came through, and whether it has ended.
//!
//! [`Tenures`] is what callers fill in, [`CheckedTenures`] is what models take: the same rows, known
//! to make sense. Companies often have only the numbers still there after each renewal:
//! [`TenureColumns::from_survivors`] turns those into rows.

use crate::columns::check_length;
use crate::error::Error;

/// The largest number of renewals of one contract: more than 27 years of daily ones.
pub const MOST_RENEWALS: f64 = 10_000.0;

/// Contracts, one row each (or one per group of equal contracts, with a weight).
///
/// Renewals are the moments at which a customer may leave: month ends, anniversaries. The first
/// period is paid on signing and is no renewal. Cohorts that signed at different times stand in the
/// same columns: an old running contract simply has more renewals than a young one.
#[derive(Debug, Clone, Copy)]
pub struct Tenures<'a> {
    /// Renewals that the contract came through, a whole number.
    pub renewals: &'a [f64],
    /// Whether it ended at the renewal after those; if not, it is running and that renewal is
    /// still to come.
    pub ended: &'a [bool],
    /// How many contracts each row stands for; one each when absent.
    pub weight: Option<&'a [f64]>,
}

/// Tenures that were found to make sense.
#[derive(Debug, Clone, Copy)]
pub struct CheckedTenures<'a> {
    rows: Tenures<'a>,
    contracts: f64,
    ended: f64,
}

impl<'a> Tenures<'a> {
    /// Checks every row.
    ///
    /// # Errors
    ///
    /// [`Error::Length`] when columns differ in length, [`Error::Row`] with the name of the column
    /// and the row for the first value that makes no sense. No rows at all are fine here.
    pub fn check(self) -> Result<CheckedTenures<'a>, Error> {
        let rows = self.renewals.len();
        check_length("ended", self.ended.len(), rows)?;
        if let Some(weight) = self.weight {
            check_length("weight", weight.len(), rows)?;
        }
        let (mut contracts, mut ended) = (0.0, 0.0);
        for row in 0..rows {
            let renewals = self.renewals[row];
            if !((0.0..=MOST_RENEWALS).contains(&renewals) && renewals.fract() == 0.0) {
                return Err(Error::Row {
                    field: "renewals",
                    row,
                    value: renewals,
                    expected: "expected a whole number from 0 to 10,000",
                });
            }
            let weight = self.weight_of(row);
            check_weight(row, weight)?;
            contracts += weight;
            if self.ended[row] {
                ended += weight;
            }
        }
        Ok(CheckedTenures {
            rows: self,
            contracts,
            ended,
        })
    }

    fn weight_of(&self, row: usize) -> f64 {
        self.weight.map_or(1.0, |weight| weight[row])
    }
}

fn check_weight(row: usize, weight: f64) -> Result<(), Error> {
    if weight.is_finite() && weight >= 0.0 {
        return Ok(());
    }
    Err(Error::Row {
        field: "weight",
        row,
        value: weight,
        expected: "expected a number of at least 0",
    })
}

impl<'a> CheckedTenures<'a> {
    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.renewals.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.renewals.is_empty()
    }

    /// The columns that were checked.
    #[must_use]
    pub fn rows(&self) -> &Tenures<'a> {
        &self.rows
    }

    /// Number of contracts: the sum of the weights.
    #[must_use]
    pub fn contracts(&self) -> f64 {
        self.contracts
    }

    /// Contracts that have ended.
    #[must_use]
    pub fn ended(&self) -> f64 {
        self.ended
    }

    /// How many contracts a row stands for.
    pub(crate) fn weight_of(&self, row: usize) -> f64 {
        self.rows.weight_of(row)
    }

    /// The renewals of a running contract; nothing for one that has ended.
    pub(crate) fn running(&self, row: usize) -> Option<usize> {
        (!self.rows.ended[row]).then(|| self.rows.renewals[row] as usize)
    }
}

/// Columns of tenures that own their numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TenureColumns {
    /// Renewals that the contracts came through.
    pub renewals: Vec<f64>,
    /// Whether they ended at the next.
    pub ended: Vec<bool>,
    /// How many contracts each row stands for.
    pub weight: Vec<f64>,
}

impl TenureColumns {
    /// From the contracts of each cohort that were there at the start, after the first renewal,
    /// after the second …; those counted last are running still. Cohorts may differ in length.
    ///
    /// # Errors
    ///
    /// [`Error::Row`] with the field "survivors" and the position within the cohort of the first
    /// number that is negative, not finite, or larger than the one before.
    pub fn from_survivors(cohorts: &[&[f64]]) -> Result<Self, Error> {
        let mut columns = Self::default();
        for cohort in cohorts {
            for (row, &there) in cohort.iter().enumerate() {
                let before = if row == 0 { f64::MAX } else { cohort[row - 1] };
                if !(0.0..=before).contains(&there) {
                    return Err(Error::Row {
                        field: "survivors",
                        row,
                        value: there,
                        expected: "expected a number from 0 to the one before",
                    });
                }
                match cohort.get(row + 1) {
                    Some(after) => columns.push(row, true, there - after),
                    None => columns.push(row, false, there),
                }
            }
        }
        Ok(columns)
    }

    fn push(&mut self, renewals: usize, ended: bool, weight: f64) {
        self.renewals.push(renewals as f64);
        self.ended.push(ended);
        self.weight.push(weight);
    }

    /// These columns, to be checked.
    #[must_use]
    pub fn tenures(&self) -> Tenures<'_> {
        Tenures {
            renewals: &self.renewals,
            ended: &self.ended,
            weight: Some(&self.weight),
        }
    }
}

/// Everything that a likelihood of tenures depends on: who stood before each renewal, and who did
/// not come through.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Decisions {
    /// `kept[j]`: contracts that came through renewal j + 1.
    pub(super) kept: Vec<f64>,
    /// `lost[j]`: contracts that ended at it.
    pub(super) lost: Vec<f64>,
}

impl Decisions {
    pub(super) fn new(tenures: &CheckedTenures<'_>) -> Self {
        let columns = tenures.rows();
        let weighed = || (0..tenures.len()).filter(|&row| tenures.weight_of(row) > 0.0);
        let faced = |row: usize| columns.renewals[row] as usize + usize::from(columns.ended[row]);
        let most = weighed().map(faced).max().unwrap_or(0);
        let (mut kept, mut lost) = (vec![0.0; most], vec![0.0; most]);
        for row in weighed() {
            let renewals = columns.renewals[row] as usize;
            if columns.ended[row] {
                lost[renewals] += tenures.weight_of(row);
            }
            if renewals > 0 {
                kept[renewals - 1] += tenures.weight_of(row);
            }
        }
        // Who came through the fifth renewal came through the fourth.
        for j in (1..most).rev() {
            kept[j - 1] += kept[j];
        }
        Self { kept, lost }
    }

    /// Contracts that came through and that ended, one pair per renewal.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.kept.iter().copied().zip(self.lost.iter().copied())
    }

    /// Renewals at which anyone decided.
    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survivors_become_decisions() {
        let columns =
            TenureColumns::from_survivors(&[&[10.0, 7.0, 5.0], &[4.0, 4.0]]).expect("falling");
        let tenures = columns.tenures().check().expect("valid");
        assert_eq!((tenures.contracts(), tenures.ended()), (14.0, 5.0));
        let decisions = Decisions::new(&tenures);
        assert_eq!(decisions.kept, [11.0, 5.0]);
        assert_eq!(decisions.lost, [3.0, 2.0]);
    }

    #[test]
    fn an_error_names_the_field_and_the_row() {
        let check = |renewals: f64, weight: f64| {
            let (renewals, weight) = ([1.0, renewals], [1.0, weight]);
            let tenures = Tenures {
                renewals: &renewals,
                ended: &[true, false],
                weight: Some(&weight),
            };
            match tenures.check() {
                Ok(_) => "",
                Err(Error::Row { field, row: 1, .. }) => field,
                Err(other) => panic!("{other:?}"),
            }
        };
        assert_eq!(check(3.0, 2.0), "");
        assert_eq!(check(1.5, 2.0), "renewals");
        assert_eq!(check(-1.0, 2.0), "renewals");
        assert_eq!(check(20_000.0, 2.0), "renewals");
        assert_eq!(check(f64::NAN, 2.0), "renewals");
        assert_eq!(check(3.0, -1.0), "weight");
        assert!(TenureColumns::from_survivors(&[&[10.0, 11.0]]).is_err());
    }
}
