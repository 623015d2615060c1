//! Penalty and reward: whether a low score of a driver takes more from the outcome than a high score
//! adds (Brandt 1987, A Procedure for Identifying Value-Enhancing Service Components Using Customer
//! Satisfaction Survey Data, in Surprenant, Add Value to Your Service; Mikulić, Prebežac 2008,
//! Prioritizing Improvement of Service Attributes Using Impact Range-Performance Analysis and Impact
//! Asymmetry Analysis, doi:10.1108/09604520810920068).
//!
//! The outcome is regressed on two marks of each driver: scored low, scored high. The coefficients
//! are its **penalty** (below 0) and its **reward** (above 0), in points of the outcome, against a
//! score in between and with the other drivers held still. What only takes is a basic factor, what
//! only adds an excitement factor.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answers::{CheckedAnswers, Missing};
use super::moments::{Correlations, Moments};
use super::{FEWEST_PER_DRIVER, Respondents};
use crate::bootstrap::{self, Groups, Resampling};
use crate::dense::Factor;
use crate::error::{Error, require};
use crate::estimate::Estimate;

/// Fewer respondents than this with a low score give no penalty, with a high score no reward.
const FEWEST_MARKED: usize = 10;

/// How penalties and rewards are found out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PenaltyReward {
    /// Scores up to this are low: 4 of a scale 1..10.
    pub low_at_most: f64,
    /// Scores from this on are high: 8 of a scale 1..10.
    pub high_at_least: f64,
    /// What becomes of respondents who did not answer everything.
    #[serde(default)]
    pub missing: Missing,
    /// How intervals are made.
    #[serde(default)]
    pub resampling: Resampling,
}

/// What low and high scores do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FittedPenaltyReward {
    /// Who was asked and who counts.
    pub respondents: Respondents,
    /// Respondents of equal weight it takes for intervals: five per mark.
    pub needed: usize,
    /// One per driver, in their order.
    pub drivers: Vec<Asymmetry>,
}

/// What low and high scores of one driver do, in points of the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Asymmetry {
    /// Respondents who scored it low.
    pub low: usize,
    /// Respondents who scored it high.
    pub high: usize,
    /// What a low score adds to the outcome: below 0. Absent when fewer than ten scored it low.
    pub penalty: Option<Estimate>,
    /// What a high score adds to the outcome: above 0. Absent when fewer than ten scored it high.
    pub reward: Option<Estimate>,
    /// Reward and penalty together: below 0 it takes more than it adds.
    pub balance: Option<Estimate>,
    /// What that makes of it.
    pub factor: FactorKind,
}

/// Kinds of drivers by what their scores do. Names as in Kano's model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FactorKind {
    /// Takes when low, and adds surely less when high: must be there.
    Basic,
    /// Takes when low and adds when high.
    Performance,
    /// Adds when high, and takes surely less when low: delights.
    Excitement,
    /// The answers do not tell.
    Unclear,
}

impl PenaltyReward {
    /// Finds out what low and high scores do.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when low scores reach up to high ones, or for settings of the resampling.
    pub fn fit(&self, answers: &CheckedAnswers<'_>) -> Result<FittedPenaltyReward, Error> {
        self.resampling.check()?;
        require(
            self.low_at_most < self.high_at_least,
            "low_at_most",
            self.low_at_most,
            "expected less than high_at_least",
        )?;
        let (rows, respondents) = answers.rows(self.missing);
        let marks: Vec<Vec<f64>> = answers
            .columns
            .drivers
            .iter()
            .flat_map(|column| {
                [
                    marked(column, |score| score <= self.low_at_most),
                    marked(column, |score| score >= self.high_at_least),
                ]
            })
            .collect();
        let columns: Vec<&[f64]> = std::iter::once(answers.columns.outcome)
            .chain(marks.iter().map(Vec::as_slice))
            .collect();
        let groups = Groups::of(rows.len(), self.resampling.seed);
        let moments = Moments::of(&rows, &columns, |row| answers.weight(row), &groups);
        let slopes = |times: &[f64]| slopes(&moments.correlations(times)?);
        let is_determined = respondents.effective > marks.len() as f64 + 1.0;
        let whole = slopes(&vec![1.0; groups.len()]).filter(|_| is_determined);
        let needed = FEWEST_PER_DRIVER * marks.len();
        let resampling = Resampling {
            resamples: if whole.is_some() && respondents.effective >= needed as f64 {
                self.resampling.resamples
            } else {
                0
            },
            ..self.resampling
        };
        let resampled = groups.draw(&resampling, slopes);
        let estimate = |of: &dyn Fn(&[f64]) -> f64| {
            let numbers = resampled
                .iter()
                .map(|slopes| slopes.as_deref().map_or(f64::NAN, of));
            let value = of(whole.as_deref()?);
            Some(bootstrap::estimate(
                value,
                numbers,
                groups.len(),
                self.resampling.level,
            ))
        };
        let drivers = (0..answers.columns.drivers.len()).map(|driver| {
            let (low, high) = (2 * driver, 2 * driver + 1);
            let count = |mark: usize| rows.iter().filter(|&&row| marks[mark][row] == 1.0).count();
            let enough = |mark: usize| count(mark) >= FEWEST_MARKED;
            Asymmetry::new(
                [count(low), count(high)],
                estimate(&|slopes| slopes[low]).filter(|_| enough(low)),
                estimate(&|slopes| slopes[high]).filter(|_| enough(high)),
                estimate(&|slopes| slopes[low] + slopes[high])
                    .filter(|_| enough(low) && enough(high)),
            )
        });
        Ok(FittedPenaltyReward {
            drivers: drivers.collect(),
            respondents,
            needed,
        })
    }
}

impl Asymmetry {
    fn new(
        [low, high]: [usize; 2],
        penalty: Option<Estimate>,
        reward: Option<Estimate>,
        balance: Option<Estimate>,
    ) -> Self {
        let surely = |estimate: &Option<Estimate>, is: fn((f64, f64)) -> bool| {
            estimate
                .and_then(|estimate| estimate.ends())
                .is_some_and(is)
        };
        let is_below = |ends: (f64, f64)| ends.1 < 0.0;
        let is_above = |ends: (f64, f64)| ends.0 > 0.0;
        let (takes, adds) = (surely(&penalty, is_below), surely(&reward, is_above));
        let factor = if takes && surely(&balance, is_below) {
            FactorKind::Basic
        } else if adds && surely(&balance, is_above) {
            FactorKind::Excitement
        } else if takes && adds {
            FactorKind::Performance
        } else {
            FactorKind::Unclear
        };
        Self {
            low,
            high,
            penalty,
            reward,
            balance,
            factor,
        }
    }
}

fn marked(column: &[f64], is_marked: impl Fn(f64) -> bool) -> Vec<f64> {
    let mark = |&score: &f64| {
        if score.is_nan() {
            f64::NAN
        } else {
            f64::from(u8::from(is_marked(score)))
        }
    };
    column.iter().map(mark).collect()
}

/// Coefficients in the unit of the outcome; none when nothing varies.
fn slopes(correlations: &Correlations) -> Option<Vec<f64>> {
    let outcome = correlations.deviations[0];
    let factor = Factor::new(&correlations.between, correlations.drivers(), 0.0);
    let coefficients = factor.solve(&correlations.with_outcome);
    let in_units = coefficients
        .into_iter()
        .zip(&correlations.deviations[1..])
        .map(|(coefficient, &deviation)| {
            if deviation > 0.0 {
                coefficient * outcome / deviation
            } else {
                0.0
            }
        });
    (outcome > 0.0).then(|| in_units.collect())
}
