//! Answers on a scale as a share of good ones and as a mean: satisfied customers (CSAT, the two best
//! answers) and customer effort (CES, "the company made it easy", agreement 5 to 7 of 1..7; Dixon,
//! Freeman, Toman 2010, Stop Trying to Delight Your Customers, Harvard Business Review 88).
//!
//! Know before use: a share of good answers throws away how good they are, and the mean treats the
//! steps of the scale as equal. Answers of one scale do not compare with those of another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answers, smallest_change};
use crate::error::Error;
use crate::estimate::{Estimate, check_level};
use crate::experiment::{Arm, difference_of_means, difference_of_shares};

/// How something was rated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rated {
    /// Respondents who answered.
    pub answers: u64,
    /// Respondents of equal weight who would say as much.
    pub effective: f64,
    /// Share of good answers, 0..1.
    pub share: Estimate,
    /// Mean answer, on the question's own scale.
    pub mean: Estimate,
    /// Smallest change of the share that another survey like this one would show 80 times in 100.
    pub smallest_change_of_share: f64,
    /// The same of the mean.
    pub smallest_change_of_mean: f64,
}

/// How differently two groups rated something: the first less the second.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RatedDifference {
    /// Of the shares of good answers.
    pub share: Estimate,
    /// Of the means.
    pub mean: Estimate,
}

/// Answers as a share and a mean; `good` is the lowest good answer (4 of 1..5, 5 of 1..7). Nothing
/// without an answer.
///
/// # Errors
///
/// [`Error::Row`] for an infinite answer or a weight that is not above 0, [`Error::Length`] for
/// weights of another number, [`Error::Setting`] when `level` is no level.
pub fn rated(answers: &Answers<'_>, good: f64, level: f64) -> Result<Option<Rated>, Error> {
    check_level(level)?;
    let (shares, means) = arms(answers, good)?;
    if means.people == 0 {
        return Ok(None);
    }
    let share_error = (shares.mean * (1.0 - shares.mean)).max(0.0) / shares.effective;
    Ok(Some(Rated {
        answers: means.people,
        effective: means.effective,
        share: shares.share(level)?,
        mean: means.average(level)?,
        smallest_change_of_share: smallest_change(share_error.sqrt(), level),
        smallest_change_of_mean: smallest_change(means.standard_error(), level),
    }))
}

/// How differently two groups of other people rated the same thing.
///
/// # Errors
///
/// As [`rated`].
pub fn rated_difference(
    one: &Answers<'_>,
    other: &Answers<'_>,
    good: f64,
    level: f64,
) -> Result<RatedDifference, Error> {
    let (one, other) = (arms(one, good)?, arms(other, good)?);
    Ok(RatedDifference {
        share: difference_of_shares(&one.0, &other.0, level)?,
        mean: difference_of_means(&one.1, &other.1, level)?,
    })
}

/// Good or not, and the answer itself.
fn arms(answers: &Answers<'_>, good: f64) -> Result<(Arm, Arm), Error> {
    answers.check()?;
    let is_good = |(score, weight): (f64, f64)| (f64::from(u8::from(score >= good)), weight);
    Ok((
        Arm::of(answers.given().map(is_good)),
        Arm::of(answers.given()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(scores: &[f64]) -> Answers<'_> {
        Answers {
            scores,
            weight: None,
        }
    }

    #[test]
    fn share_and_mean_by_hand() {
        let scores = [5.0, 4.0, 4.0, 3.0, 1.0, 5.0, 4.0, 2.0, f64::NAN, 4.0, 5.0];
        let found = rated(&of(&scores), 4.0, 0.95).unwrap().unwrap();
        assert_eq!(found.answers, 10);
        assert!((found.share.value - 0.7).abs() < 1e-12);
        // Wilson (1927) of 7 of 10
        let (low, high) = found.share.ends().unwrap();
        assert!((low - 0.396_8).abs() < 5e-5 && (high - 0.892_2).abs() < 5e-5);
        // mean 3.7, squares 16.1, standard error √(16.1 / 90) = .42295, t of nine degrees 2.26216
        let (low, _) = found.mean.ends().unwrap();
        assert!((3.7 - low - 2.262_157 * (16.1_f64 / 90.0).sqrt()).abs() < 1e-5);
        // (1.95996 + .84162) √2 .42295
        assert!((found.smallest_change_of_mean - 1.675_74).abs() < 5e-5);
    }

    #[test]
    fn four_times_the_answers_halve_the_smallest_change() {
        let few: Vec<f64> = (0..200).map(|row| f64::from(row % 5 + 1)).collect();
        let many = few.repeat(4);
        let [few, many] =
            [&few, &many].map(|scores| rated(&of(scores), 4.0, 0.9).unwrap().unwrap());
        let ratio = few.smallest_change_of_share / many.smallest_change_of_share;
        assert!((ratio - 2.0).abs() < 1e-9);
    }

    #[test]
    fn weights_of_all_leave_no_trace() {
        let scores = [1.0, 5.0, 4.0, 4.0, 2.0];
        let plain = rated(&of(&scores), 4.0, 0.9).unwrap().unwrap();
        let weighted = Answers {
            scores: &scores,
            weight: Some(&[0.3; 5]),
        };
        let weighted = rated(&weighted, 4.0, 0.9).unwrap().unwrap();
        assert!((plain.effective - weighted.effective).abs() < 1e-9);
        let ends = |found: &Rated| found.mean.ends().unwrap();
        assert!((ends(&plain).0 - ends(&weighted).0).abs() < 1e-9);
    }

    #[test]
    fn groups_are_compared_and_nobody_has_no_figure() {
        let difference =
            rated_difference(&of(&[5.0, 4.0, 4.0]), &of(&[1.0, 2.0, 4.0]), 4.0, 0.9).unwrap();
        assert!((difference.share.value - 2.0 / 3.0).abs() < 1e-12);
        assert!((difference.mean.value - 2.0).abs() < 1e-12);
        assert_eq!(rated(&of(&[]), 4.0, 0.9), Ok(None));
        assert_eq!(rated(&of(&[f64::NAN]), 4.0, 0.9), Ok(None));
    }
}
