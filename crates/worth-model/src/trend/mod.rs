//! How a score moves over periods: its level in each, when it changed, what moved it, and where it may
//! go.
//!
//! * [`periods`]: level of each period with Student's interval;
//! * [`changes`]: steps of the level, with the dates that each may have had;
//! * [`decompose`]: how much of a change comes from who answered, and how much from what they said;
//! * [`outlook`]: where the level may be in the periods to come.
//!
//! Periods are numbers 0, 1, 2 …, all of the same length; one without answers is a gap, not a zero.
//! The spread of answers within periods is pooled over all of them, so a period with few answers
//! counts for what its number of answers is worth, and even one answer a period can tell something as
//! long as some periods have more.

mod changes;
mod decomposition;
mod outlook;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::columns::{check_answers, check_length, check_weights};
use crate::error::{Error, require};
use crate::estimate::{Estimate, check_level};
use crate::experiment::Arm;
pub use changes::{Change, Changes, DateProbability, Segment, changes};
pub use decomposition::{Decomposition, GroupChange, Grouped, decompose};
pub use outlook::{Outlook, outlook};

/// Most periods: more than 13 years of daily ones.
pub const MOST_PERIODS: usize = 5000;

/// Answers of many periods, one per row; `NAN` where there is none.
#[derive(Debug, Clone, Copy)]
pub struct PeriodAnswers<'a> {
    /// What was answered.
    pub scores: &'a [f64],
    /// In which period, the first being 0.
    pub period: &'a [u32],
    /// Sampling weight of each answer, above 0; all alike when absent.
    pub weight: Option<&'a [f64]>,
}

/// What was answered in one period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// Answers.
    pub answers: u64,
    /// Answers of equal weight that would say as much.
    pub effective: f64,
    /// Weighted mean; absent without an answer.
    pub mean: Option<Estimate>,
    /// Variance between answers; 0 for fewer than two.
    pub variance: f64,
}

/// Levels of `count` periods.
///
/// # Errors
///
/// [`Error::Length`] for columns of different lengths, [`Error::Row`] for a score that is infinite, a
/// weight that is not above 0 or a period beyond the last, [`Error::Setting`] when `level` is no level
/// or there are more than 5,000 periods.
pub fn periods(
    answers: &PeriodAnswers<'_>,
    count: usize,
    level: f64,
) -> Result<Vec<Period>, Error> {
    check_level(level)?;
    let expected = "expected at most 5000 periods";
    require(count <= MOST_PERIODS, "count", count as f64, expected)?;
    let rows = answers.scores.len();
    check_answers("scores", answers.scores, rows)?;
    check_weights(answers.weight, rows)?;
    check_length("period", answers.period.len(), rows)?;
    let mut of_period: Vec<Vec<(f64, f64)>> = vec![Vec::new(); count];
    for (row, &period) in answers.period.iter().enumerate() {
        let Some(of_period) = of_period.get_mut(period as usize) else {
            return Err(Error::Row {
                field: "period",
                row,
                value: f64::from(period),
                expected: "expected a number below that of periods",
            });
        };
        if !answers.scores[row].is_nan() {
            let weight = answers.weight.map_or(1.0, |weight| weight[row]);
            of_period.push((answers.scores[row], weight));
        }
    }
    of_period
        .iter()
        .map(|answers| {
            let arm = Arm::of(answers.iter().copied());
            let mean = arm.average(level)?;
            Ok(Period {
                answers: arm.people,
                effective: arm.effective,
                mean: (arm.people > 0).then_some(mean),
                variance: arm.variance,
            })
        })
        .collect()
}

/// What periods tell, or what it would take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Told<T> {
    /// What they tell.
    Told(T),
    /// There are too few of them.
    TooFew(TooFew),
}

impl<T> Told<T> {
    /// What periods tell, if there are enough.
    pub fn told(&self) -> Option<&T> {
        match self {
            Self::Told(told) => Some(told),
            Self::TooFew(_) => None,
        }
    }

    /// The same, told in another way.
    pub fn map<U>(self, tell: impl FnOnce(T) -> U) -> Told<U> {
        match self {
            Self::Told(told) => Told::Told(tell(told)),
            Self::TooFew(few) => Told::TooFew(few),
        }
    }
}

/// What there is, and what it would take. Some periods must have several answers: otherwise it is not
/// known how far answers spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TooFew {
    /// Periods with answers.
    pub periods: u64,
    /// How many it takes.
    pub periods_needed: u64,
    /// Answers.
    pub answers: u64,
    /// How many it takes, in that many periods or in those there are.
    pub answers_needed: u64,
}

/// Answers beyond the first of their period: fewer do not tell how far answers spread.
const FEWEST_REPEATS: u64 = 10;

/// Periods with answers. The variance between answers is that of all periods together.
#[derive(Debug, Clone)]
struct Measured {
    periods: Vec<MeasuredPeriod>,
    /// Answers in all.
    answers: u64,
    /// Degrees of freedom of the variance between answers.
    freedom: f64,
}

/// A period with answers: its number, its mean, and the variance of that mean.
#[derive(Debug, Clone, Copy)]
struct MeasuredPeriod {
    number: usize,
    mean: f64,
    variance: f64,
}

impl Measured {
    fn of(periods: &[Period]) -> Self {
        let with_answers = || {
            let numbered = periods.iter().enumerate();
            numbered.filter_map(|(number, period)| Some((number, period, period.mean?.value)))
        };
        let (mut squares, mut freedom, mut size) = (0.0, 0.0, 0.0_f64);
        let mut answers = 0;
        for (_, period, mean) in with_answers() {
            let more = period.answers as f64 - 1.0;
            squares += period.variance * more;
            freedom += more;
            answers += period.answers;
            size = size.max(mean.abs());
        }
        // where all answers of a period are alike there is still rounding
        let least = (1e-9 * size).powi(2).max(f64::MIN_POSITIVE);
        let variance = (squares / freedom).max(least);
        let measured = |(number, period, mean): (usize, &Period, f64)| MeasuredPeriod {
            number,
            mean,
            variance: variance / period.effective,
        };
        Self {
            periods: with_answers().map(measured).collect(),
            answers,
            freedom,
        }
    }

    /// What is missing where it takes so many periods.
    fn too_few(&self, periods_needed: usize) -> Option<TooFew> {
        let (periods, periods_needed) = (self.periods.len() as u64, periods_needed as u64);
        let answers_needed = periods.max(periods_needed) + FEWEST_REPEATS;
        let is_enough = periods >= periods_needed && self.answers >= answers_needed;
        (!is_enough).then_some(TooFew {
            periods,
            periods_needed,
            answers: self.answers,
            answers_needed,
        })
    }
}
