//! Scores that companies follow: net promoter score, satisfied customers, effort, ACSI.
//!
//! Each is a plain average of answers, and each comes with the interval that fits it, weighted as the
//! survey is: with weights *w*, *n* respondents say as much as *(Σw)² / Σw²* of equal weight (Kish
//! 1965, Survey Sampling). None of them says why: that is what [`drivers`](crate::drivers) are for.

mod acsi;
mod net_promoter;
mod rated;

pub use acsi::{Acsi, AcsiAnswers, EQUAL_WEIGHTS, acsi};
pub use net_promoter::{NetPromoter, net_promoter, net_promoter_of_counts};
pub use rated::{Rated, RatedDifference, rated, rated_difference};

use crate::columns::{check_answers, check_weights};
use crate::error::Error;
use crate::estimate::{POWER, reaches};

/// Answers to one question, one per respondent; `NAN` where there is none.
#[derive(Debug, Clone, Copy)]
pub struct Answers<'a> {
    /// On the question's own scale.
    pub scores: &'a [f64],
    /// Sampling weight of each respondent, above 0; all alike when absent.
    pub weight: Option<&'a [f64]>,
}

impl<'a> Answers<'a> {
    fn check(&self) -> Result<(), Error> {
        check_answers("scores", self.scores, self.scores.len())?;
        check_weights(self.weight, self.scores.len())
    }

    /// Answers that were given, with their weights.
    fn given(self) -> impl Iterator<Item = (f64, f64)> + Clone + 'a {
        (0..self.scores.len())
            .map(move |row| {
                (
                    self.scores[row],
                    self.weight.map_or(1.0, |weight| weight[row]),
                )
            })
            .filter(|(score, _)| !score.is_nan())
    }
}

/// The smallest change that another survey with the same standard error would show 80 times in 100.
fn smallest_change(standard_error: f64, level: f64) -> f64 {
    reaches(level, POWER) * std::f64::consts::SQRT_2 * standard_error
}
