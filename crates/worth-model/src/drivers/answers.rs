//! What respondents answered: checked, and what becomes of those who did not answer everything.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::columns::{check_answers, check_weights};
use crate::error::{Error, require};
use crate::survey::Design;

/// Most drivers at once.
pub const MOST_DRIVERS: usize = 100;

/// One row per respondent; `NAN` where there is no answer.
#[derive(Debug, Clone, Copy)]
pub struct Answers<'a> {
    /// One column per driver: scores on any scale, higher being more of it.
    pub drivers: &'a [&'a [f64]],
    /// What they may drive: a score, or yes (1) and no (0).
    pub outcome: &'a [f64],
    /// Sampling weight of each respondent, above 0; all alike when absent.
    pub weight: Option<&'a [f64]>,
}

/// Answers that make sense.
#[derive(Debug, Clone, Copy)]
pub struct CheckedAnswers<'a> {
    pub(super) columns: Answers<'a>,
}

impl<'a> Answers<'a> {
    /// Checks lengths and values.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without a driver, [`Error::Length`] for columns of different lengths,
    /// [`Error::Row`] for an infinite score or a weight that is not above 0, [`Error::Setting`] for
    /// more than 100 drivers.
    pub fn check(self) -> Result<CheckedAnswers<'a>, Error> {
        if self.drivers.is_empty() {
            return Err(Error::Empty { what: "drivers" });
        }
        require(
            self.drivers.len() <= MOST_DRIVERS,
            "drivers",
            self.drivers.len() as f64,
            "expected at most 100",
        )?;
        let respondents = self.outcome.len();
        for column in self.drivers {
            check_answers("driver", column, respondents)?;
        }
        check_answers("outcome", self.outcome, respondents)?;
        check_weights(self.weight, respondents)?;
        Ok(CheckedAnswers { columns: self })
    }
}

/// What becomes of respondents who did not answer everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// Only those who scored every driver count: plain, and right when few answers are missing.
    #[default]
    Listwise,
    /// Every correlation comes from those who answered both: for questionnaires that ask each
    /// respondent a part of the questions. Right when it is chance who was not asked what.
    Pairwise,
}

/// Who was asked and who counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Respondents {
    /// All rows.
    pub asked: usize,
    /// Left out: no outcome.
    pub without_outcome: usize,
    /// Left out: an outcome, but not every driver (of pairwise answers: no driver at all).
    pub incomplete: usize,
    /// Those who count.
    pub used: usize,
    /// Respondents of equal weight who would say as much (Kish 1965); of pairwise answers those
    /// behind the correlation of outcome and driver that fewest answered.
    pub effective: f64,
}

impl CheckedAnswers<'_> {
    /// Rows that count, and what became of the others.
    pub(super) fn rows(&self, missing: Missing) -> (Vec<usize>, Respondents) {
        let Answers {
            drivers, outcome, ..
        } = self.columns;
        let answered = |row: usize| {
            drivers
                .iter()
                .filter(|column| !column[row].is_nan())
                .count()
        };
        let needed = match missing {
            Missing::Listwise => drivers.len(),
            Missing::Pairwise => 1,
        };
        let (known, without): (Vec<usize>, Vec<usize>) =
            (0..outcome.len()).partition(|&row| !outcome[row].is_nan());
        let (used, incomplete): (Vec<usize>, Vec<usize>) =
            known.into_iter().partition(|&row| answered(row) >= needed);
        let respondents = Respondents {
            asked: outcome.len(),
            without_outcome: without.len(),
            incomplete: incomplete.len(),
            used: used.len(),
            effective: self.effective(&used),
        };
        (used, respondents)
    }

    /// Respondents of equal weight who would say as much as those behind the correlation of the
    /// outcome and the driver that fewest of these rows answered.
    fn effective(&self, rows: &[usize]) -> f64 {
        let of_driver = |column: &&[f64]| {
            let answered = rows.iter().filter(|&&row| !column[row].is_nan());
            let design = Design::of(answered.map(|&row| self.weight(row)));
            design.map_or(0.0, |design| design.effective)
        };
        let each = self.columns.drivers.iter().map(of_driver);
        each.fold(f64::INFINITY, f64::min)
    }

    pub(super) fn weight(&self, row: usize) -> f64 {
        self.columns.weight.map_or(1.0, |weight| weight[row])
    }
}
