//! American Customer Satisfaction Index: satisfaction, whether expectations were met and closeness to
//! the ideal, each on 1..10, as one number 0..100 (Fornell et al. 1996, The American Customer
//! Satisfaction Index: Nature, Purpose, and Findings, doi:10.1177/002224299606000403):
//!
//! ```text
//! ((x₁ − 1) w₁ + (x₂ − 1) w₂ + (x₃ − 1) w₃) / 9 · 100,   w₁ + w₂ + w₃ = 1
//! ```
//!
//! Know before use: the published weights come from a model of many companies of one country; equal
//! weights are plain and differ little. Scores are high everywhere: compare, do not celebrate.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::smallest_change;
use crate::columns::{check_answers, check_weights};
use crate::error::{Error, require};
use crate::estimate::{Estimate, check_level};
use crate::experiment::Arm;

/// The three questions count alike.
pub const EQUAL_WEIGHTS: [f64; 3] = [1.0 / 3.0; 3];

/// Answers to the three questions on 1..10, one per respondent; `NAN` where there is none.
#[derive(Debug, Clone, Copy)]
pub struct AcsiAnswers<'a> {
    /// Overall satisfaction.
    pub satisfaction: &'a [f64],
    /// Whether expectations were met.
    pub expectancy: &'a [f64],
    /// Closeness to the ideal.
    pub ideal: &'a [f64],
    /// Sampling weight of each respondent, above 0; all alike when absent.
    pub weight: Option<&'a [f64]>,
}

/// An index of satisfaction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Acsi {
    /// Respondents who answered all three.
    pub respondents: u64,
    /// Respondents who did not, and are left out.
    pub incomplete: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// 0..100.
    pub index: Estimate,
    /// Smallest change that another survey like this one would show 80 times in 100.
    pub smallest_change: f64,
}

/// The index, with these weights of the three questions; nothing when nobody answered all three.
///
/// # Errors
///
/// [`Error::Row`] for an answer outside 1..10 or a weight that is not above 0, [`Error::Length`] for
/// columns of different lengths, [`Error::Setting`] for weights that do not add to 1 or a level that
/// is none.
pub fn acsi(
    answers: &AcsiAnswers<'_>,
    weights: [f64; 3],
    level: f64,
) -> Result<Option<Acsi>, Error> {
    check_level(level)?;
    let sum: f64 = weights.iter().sum();
    require(
        (sum - 1.0).abs() < 1e-6,
        "weights",
        sum,
        "expected to add to 1",
    )?;
    for weight in weights {
        require(weight >= 0.0, "weights", weight, "expected 0 or more")?;
    }
    let rows = answers.satisfaction.len();
    let columns = [answers.satisfaction, answers.expectancy, answers.ideal];
    for (field, column) in ["satisfaction", "expectancy", "ideal"]
        .into_iter()
        .zip(columns)
    {
        check_answers(field, column, rows)?;
        let is_outside = |score: &f64| *score < 1.0 || *score > 10.0;
        if let Some(row) = column.iter().position(is_outside) {
            return Err(Error::Row {
                field,
                row,
                value: column[row],
                expected: "expected 1 to 10",
            });
        }
    }
    check_weights(answers.weight, rows)?;
    let index = |row: usize| {
        let parts = columns.iter().zip(weights);
        parts
            .map(|(column, weight)| (column[row] - 1.0) * weight)
            .sum::<f64>()
            / 9.0
            * 100.0
    };
    let all = (0..rows).map(|row| (index(row), answers.weight.map_or(1.0, |weight| weight[row])));
    let arm = Arm::of(all.filter(|(index, _)| !index.is_nan()));
    Ok((arm.people > 0).then_some(Acsi {
        respondents: arm.people,
        incomplete: rows as u64 - arm.people,
        effective: arm.effective,
        index: arm.average(level)?,
        smallest_change: smallest_change(arm.standard_error(), level),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'a>(satisfaction: &'a [f64], expectancy: &'a [f64], ideal: &'a [f64]) -> AcsiAnswers<'a> {
        AcsiAnswers {
            satisfaction,
            expectancy,
            ideal,
            weight: None,
        }
    }

    #[test]
    fn the_index_is_that_of_the_formula() {
        let one = of(&[8.0], &[7.0], &[7.0]);
        let equal = acsi(&one, EQUAL_WEIGHTS, 0.9).unwrap().unwrap();
        assert!((equal.index.value - 70.37).abs() < 5e-3);
        assert_eq!(equal.index.ends(), None);
        let published = acsi(&one, [0.3885, 0.3190, 0.2925], 0.9).unwrap().unwrap();
        assert!((published.index.value - 70.98).abs() < 5e-3);
    }

    #[test]
    fn respondents_who_left_one_out_are_counted() {
        let answers = of(&[8.0, 9.0, 4.0], &[7.0, f64::NAN, 5.0], &[7.0, 9.0, 6.0]);
        let found = acsi(&answers, EQUAL_WEIGHTS, 0.9).unwrap().unwrap();
        assert_eq!((found.respondents, found.incomplete), (2, 1));
        // (7 + 6 + 6) / 27 and (3 + 4 + 5) / 27
        let expected = 100.0 * (19.0 + 12.0) / 54.0;
        assert!((found.index.value - expected).abs() < 1e-9);
        assert!(found.index.ends().is_some() && found.smallest_change > 0.0);
        let nobody = of(&[f64::NAN], &[7.0], &[7.0]);
        assert_eq!(acsi(&nobody, EQUAL_WEIGHTS, 0.9), Ok(None));
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let answers = of(&[8.0], &[0.0], &[7.0]);
        assert!(matches!(
            acsi(&answers, EQUAL_WEIGHTS, 0.9),
            Err(Error::Row {
                field: "expectancy",
                ..
            })
        ));
        let answers = of(&[8.0], &[7.0], &[7.0]);
        assert!(acsi(&answers, [0.5, 0.5, 0.5], 0.9).is_err());
    }
}
