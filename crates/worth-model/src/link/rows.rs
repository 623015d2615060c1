//! What a link is found from: columns of people, checked, and made into a design of mean 0 and
//! deviation 1.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::noise::{Calibrated, calibrate};
use super::{Family, NoLink};
use crate::columns::{check_answers, check_length, check_weights};
use crate::error::{Error, require};
use crate::estimate::Estimate;
use crate::experiment::Arm;

/// People per exposure or control that a link needs, and at least.
const FEWEST_PER_COLUMN: usize = 10;
const FEWEST: usize = 30;
/// People with the rarer of two outcomes per exposure or control (Vittinghoff, McCulloch 2007,
/// doi:10.1093/aje/kwk052).
const FEWEST_OUTCOMES_PER_COLUMN: usize = 5;
/// Most exposures and controls together.
const MOST_COLUMNS: usize = 120;

/// One row per person, or several of each; `NAN` where something is not known: the row is then left out.
#[derive(Debug, Clone, Copy)]
pub struct LinkRows<'a> {
    /// What may move the outcome.
    pub exposures: &'a [&'a [f64]],
    /// What is held still: known before the exposures.
    pub controls: &'a [&'a [f64]],
    /// What may be moved.
    pub outcome: &'a [f64],
    /// Sampling weight, above 0; all alike when absent.
    pub weight: Option<&'a [f64]>,
    /// Number of the person that a row is of: what one person does twice is alike, and intervals draw
    /// people. Each row is a person of its own when absent.
    pub person: Option<&'a [u32]>,
    /// Variance of the error of each exposure, in its unit squared, 0 where nothing is known of it; none
    /// at all when absent.
    pub error_variance: Option<&'a [f64]>,
}

/// Rows that make sense.
#[derive(Debug, Clone, Copy)]
pub struct CheckedLinkRows<'a> {
    rows: LinkRows<'a>,
}

/// Who counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct People {
    /// All rows.
    pub asked: usize,
    /// Those of whom the outcome, all exposures and all controls are known.
    pub used: usize,
    /// People of equal weight who would say as much (Kish 1965).
    pub effective: f64,
}

impl People {
    /// Those used of all who were asked, by their weights; beside it the weights with mean 1.
    pub(super) fn of(asked: usize, mut weight: Vec<f64>) -> (Self, Vec<f64>) {
        let (sum, squares) = weight.iter().fold((0.0, 0.0), |(sum, squares), weight| {
            (sum + weight, squares + weight * weight)
        });
        let mean = sum / weight.len().max(1) as f64;
        for weight in &mut weight {
            *weight /= mean;
        }
        let people = Self {
            asked,
            used: weight.len(),
            effective: if squares > 0.0 {
                sum * sum / squares
            } else {
                0.0
            },
        };
        (people, weight)
    }
}

impl<'a> LinkRows<'a> {
    /// Checks lengths and values.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without an exposure, [`Error::Length`] for columns of different lengths,
    /// [`Error::Row`] for an infinite number or a weight that is not above 0, [`Error::Setting`] for
    /// more than 120 columns or an error variance below 0.
    pub fn check(self) -> Result<CheckedLinkRows<'a>, Error> {
        if self.exposures.is_empty() {
            return Err(Error::Empty { what: "exposures" });
        }
        let columns = self.exposures.len() + self.controls.len();
        let expected = "expected at most 120";
        require(columns <= MOST_COLUMNS, "columns", columns as f64, expected)?;
        let people = self.outcome.len();
        for column in self.exposures {
            check_answers("exposure", column, people)?;
        }
        for column in self.controls {
            check_answers("control", column, people)?;
        }
        check_answers("outcome", self.outcome, people)?;
        check_weights(self.weight, people)?;
        if let Some(person) = self.person {
            check_length("person", person.len(), people)?;
        }
        if let Some(variances) = self.error_variance {
            if variances.len() != self.exposures.len() {
                return Err(Error::Length {
                    field: "error_variance",
                    found: variances.len(),
                    expected: self.exposures.len(),
                });
            }
            for &variance in variances {
                let sensible = variance >= 0.0 && variance.is_finite();
                require(sensible, "error_variance", variance, "expected 0 or more")?;
            }
        }
        Ok(CheckedLinkRows { rows: self })
    }
}

impl CheckedLinkRows<'_> {
    /// Fails for an outcome that the family does not know.
    pub(super) fn check_outcome(&self, family: Family) -> Result<(), Error> {
        let (most, expected) = match family {
            Family::Linear => return Ok(()),
            Family::Logistic => (1.0, "expected 0 to 1"),
            Family::Relative => (f64::INFINITY, "expected 0 or more"),
        };
        let outcome = self.rows.outcome.iter();
        let wrong = outcome
            .enumerate()
            .find(|(_, value)| !value.is_nan() && !(0.0..=most).contains(*value));
        wrong.map_or(Ok(()), |(row, &value)| {
            Err(Error::Row {
                field: "outcome",
                row,
                value,
                expected,
            })
        })
    }

    pub(super) fn design(&self) -> Design {
        let rows = &self.rows;
        let columns: Vec<&[f64]> = [rows.exposures, rows.controls].concat();
        let is_known = |&row: &usize| {
            !rows.outcome[row].is_nan() && columns.iter().all(|column| !column[row].is_nan())
        };
        let used: Vec<usize> = (0..rows.outcome.len()).filter(is_known).collect();
        let weight = used.iter().map(|&row| rows.weight.map_or(1.0, |w| w[row]));
        let (people, weight) = People::of(rows.outcome.len(), weight.collect());
        let standardised: Vec<Column> = (columns.iter().enumerate())
            .map(|(number, column)| {
                let error = rows.error_variance.and_then(|all| all.get(number));
                Column::of(column, &used, &weight, error.copied().unwrap_or(0.0))
            })
            .collect();
        Design {
            people,
            persons: rows
                .person
                .map(|person| Persons::of(used.iter().map(|&row| person[row]))),
            exposures: rows.exposures.len(),
            outcome: used.iter().map(|&row| rows.outcome[row]).collect(),
            seen: calibrate(&standardised, &weight),
            columns: standardised,
            weight,
        }
    }
}

/// One exposure or control of those who count.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// As it was given.
    pub(super) values: Vec<f64>,
    pub(super) mean: f64,
    /// Standard deviation between people; 0 when all are alike.
    pub(super) deviation: f64,
    /// Variance of its error, as a share of its variance.
    pub(super) noise: f64,
}

impl Column {
    fn of(column: &[f64], used: &[usize], weight: &[f64], error_variance: f64) -> Self {
        let values: Vec<f64> = used.iter().map(|&row| column[row]).collect();
        let people = used.len().max(1) as f64;
        let weighted = |value: &dyn Fn(f64) -> f64| {
            let pairs = values.iter().zip(weight);
            pairs.map(|(&one, weight)| weight * value(one)).sum::<f64>() / people
        };
        let mean = weighted(&|value| value);
        let variance = weighted(&|value| (value - mean).powi(2));
        // what is left of a constant after rounding is no difference
        let differs = variance > (1e-12 * mean).powi(2) && variance > 0.0;
        Self {
            mean,
            deviation: if differs { variance.sqrt() } else { 0.0 },
            noise: if differs {
                error_variance / variance
            } else {
                0.0
            },
            values,
        }
    }

    /// In standard deviations from the mean; 0 when all are alike.
    pub(super) fn standardised(&self, row: usize) -> f64 {
        if self.deviation > 0.0 {
            (self.values[row] - self.mean) / self.deviation
        } else {
            0.0
        }
    }
}

/// Whose each row is: numbers from 0, in the order in which people are met.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Persons {
    pub(super) of_row: Vec<usize>,
    pub(super) count: usize,
}

impl Persons {
    fn of(given: impl Iterator<Item = u32>) -> Self {
        let mut numbers: HashMap<u32, usize> = HashMap::new();
        let of_row = given
            .map(|person| {
                let next = numbers.len();
                *numbers.entry(person).or_insert(next)
            })
            .collect();
        Self {
            of_row,
            count: numbers.len(),
        }
    }
}

/// What is fitted: those who count.
pub(super) struct Design {
    pub(super) people: People,
    /// Whose each row is, where people have several.
    pub(super) persons: Option<Persons>,
    pub(super) exposures: usize,
    pub(super) outcome: Vec<f64>,
    /// Mean 1.
    pub(super) weight: Vec<f64>,
    /// Exposures, then controls.
    pub(super) columns: Vec<Column>,
    /// Exposures and controls in standard deviations, row by row, noise taken from the exposures; and
    /// how much of each is no noise.
    pub(super) seen: Calibrated,
}

impl Design {
    /// Weighted mean of the outcome.
    pub(super) fn mean_outcome(&self, level: f64) -> Estimate {
        let known = self
            .outcome
            .iter()
            .copied()
            .zip(self.weight.iter().copied());
        let arm = Arm::of(known);
        arm.average(level).expect("a level that was checked")
    }

    /// Why so few cannot tell a link of this family.
    pub(super) fn too_few(&self, family: Family) -> Option<NoLink> {
        let columns = self.columns.len() + 1;
        let rows = self.outcome.len();
        let people = self.persons.as_ref().map_or(rows, |persons| persons.count);
        let needed = FEWEST.max(FEWEST_PER_COLUMN * columns);
        if people < needed {
            return Some(NoLink::TooFew { people, needed });
        }
        let first = self.outcome[0];
        let is_dull = |column: &Column| column.deviation == 0.0;
        if self.outcome.iter().all(|&value| value == first)
            || self.columns[..self.exposures].iter().all(is_dull)
        {
            return Some(NoLink::NothingDiffers);
        }
        let is_above = |&&value: &&f64| value > 0.5;
        let rarer = match family {
            Family::Linear => return None,
            Family::Logistic => {
                let above = self.outcome.iter().filter(is_above).count();
                above.min(rows - above)
            }
            Family::Relative => self.outcome.iter().filter(|&&value| value > 0.0).count(),
        };
        let needed = FEWEST_OUTCOMES_PER_COLUMN * columns;
        (rarer < needed).then_some(NoLink::TooFewOutcomes { rarer, needed })
    }
}
