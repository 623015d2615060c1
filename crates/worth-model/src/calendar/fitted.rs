//! A fitted calendar: how much busier days are, and what that makes of a forecast.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::clock::{Clock, MOST_DAYS, check_days, whole_years};
use super::regression::Found;
use super::terms::{Terms, Window};
use crate::chi_square::ChiSquareTest;
use crate::dense::{dot, quadratic};
use crate::error::{Error, require};
use crate::estimate::{Estimate, Method, NoInterval, reach};
use crate::lifetime::{around_positive, with_chance};

/// Days on a clock are no longer than this, and no shorter than its inverse: purchases on two days on
/// which hardly any are expected must not fall together.
const MOST_FACTOR: f64 = 1000.0;

/// How much busier days are than others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FittedCalendar {
    /// Always "calendar".
    pub name: String,
    /// Factors of Monday to Sunday, 1 in the (geometric) mean.
    pub weekdays: Pattern,
    /// Factors in the middle of each twelfth of the year, from January on, 1 in the (geometric)
    /// mean.
    pub season: Pattern,
    /// One per window, in the order of events and windows.
    pub windows: Vec<WindowEffect>,
    /// Whether all that together explains anything: likelihood ratio in units of the dispersion.
    /// Absent when there was nothing to explain with.
    pub improvement: Option<ChiSquareTest>,
    /// Variance of a day's (or a week's) purchases in units of their mean; 1 = pure chance.
    pub dispersion: f64,
    /// Purchases it was fitted to.
    pub purchases: f64,
    /// Days it was fitted to.
    pub days: f64,
    /// Whether the search arrived.
    pub converged: bool,
    pub(super) effects: Effects,
}

/// Factors that come again with the week or the year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pattern {
    /// The factors; none unless they are known.
    pub factors: Vec<Estimate>,
    /// Whether they are known, and if not, why.
    pub standing: Standing,
}

/// What the days of a window are like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WindowEffect {
    /// Name of the event.
    pub event: String,
    /// Days around it.
    pub window: Window,
    /// Purchases in these days per purchase without the event; 1 unless known.
    pub factor: Estimate,
    /// Whether it is known, and if not, why.
    pub standing: Standing,
    /// Each time it was seen, even in part.
    pub occurrences: Vec<Occurrence>,
}

/// What happened around one day of an event.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Occurrence {
    /// The day of the event.
    pub day: i32,
    /// Purchases in the window.
    pub purchases: f64,
    /// Purchases that would be expected in it without the event.
    pub without: f64,
}

/// Whether an effect is known, and if not, why: it is then taken to be none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "standing", rename_all = "kebab-case")]
pub enum Standing {
    /// It is.
    Known,
    /// Nobody asked for it.
    NotAsked,
    /// What was seen once may have had any other reason.
    SeenTooSeldom {
        /// How often the whole window was seen; for the season years, for weekdays weeks.
        seen: f64,
        /// How often it takes.
        needed: f64,
    },
    /// There would be hardly a purchase even without an effect.
    TooFewPurchases {
        /// Purchases without an effect, per coefficient.
        expected: f64,
        /// How many it takes.
        needed: f64,
    },
    /// It was only ever seen together with others.
    Inseparable {
        /// The others.
        from: Vec<String>,
    },
}

/// Logarithms of factors, and how well they are known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(super) struct Effects {
    pub(super) terms: Terms,
    /// Of every term; 0 where not known.
    coefficients: Vec<f64>,
    /// Row by row.
    covariance: Vec<f64>,
    /// Logarithm of the mean factor over whole years, and its derivatives.
    mean: f64,
    mean_slope: Vec<f64>,
    level: f64,
}

impl FittedCalendar {
    /// How much busier a day is than the mean of all.
    #[must_use]
    pub fn factor(&self, day: i32) -> Estimate {
        let (factor, slope) = self.effects.weighed(day, &[1.0]);
        self.effects.estimate(factor, &slope)
    }

    /// Standard error of the logarithm of how long `days` together are on the clock.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without days, [`Error::Setting`] for more than 80,000.
    pub fn log_error_of(&self, days: RangeInclusive<i32>) -> Result<f64, Error> {
        check_days("days", length(&days))?;
        let weights = vec![1.0; length(&days)];
        let (_, slope) = self.effects.weighed(*days.start(), &weights);
        Ok(self.effects.error(&slope))
    }

    /// A clock that runs as fast as days are busy, through `days`.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without days, [`Error::Setting`] for more than 80,000.
    pub fn clock(&self, days: RangeInclusive<i32>) -> Result<Clock, Error> {
        check_days("days", length(&days))?;
        let factor = |day| self.effects.log(day).exp();
        let factors: Vec<f64> = days
            .clone()
            .map(|day| factor(day).clamp(1.0 / MOST_FACTOR, MOST_FACTOR))
            .collect();
        Clock::new(*days.start(), &factors)
    }

    /// Which part of the purchases in `whole` falls into `part`, if customers buy as much as ever.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] when `whole` has no day, [`Error::Setting`] when it has more than 80,000 or
    /// `part` is not in it.
    pub fn share(
        &self,
        part: RangeInclusive<i32>,
        whole: RangeInclusive<i32>,
    ) -> Result<Estimate, Error> {
        check_days("days", length(&whole))?;
        let inside =
            part.is_empty() || (whole.contains(part.start()) && whole.contains(part.end()));
        let first = f64::from(*part.start());
        require(inside, "part", first, "expected days within the whole")?;
        let of = |days: RangeInclusive<i32>| {
            let weights = vec![1.0; length(&days)];
            self.effects.weighed(*days.start(), &weights)
        };
        let ((part, of_part), (whole, of_whole)) = (of(part), of(whole));
        let slope: Vec<f64> = of_part.iter().zip(of_whole).map(|(a, b)| a - b).collect();
        Ok(self.effects.estimate(part / whole, &slope))
    }

    /// Purchases in the days from `first_day` on, of which a model without a calendar expects
    /// `expected` each. The interval covers what is not known of the calendar, and chance as
    /// large as it was: purchases outside have some other reason. What is not known of the model's
    /// own parameters is not in it.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without days, [`Error::Setting`] for more than 80,000, [`Error::Row`] for a
    /// number that is negative or not finite.
    pub fn purchases(&self, first_day: i32, expected: &[f64]) -> Result<Estimate, Error> {
        check_days("days", expected.len())?;
        if let Some(row) = expected
            .iter()
            .position(|mean| !(0.0..=1e12).contains(mean))
        {
            return Err(Error::Row {
                field: "expected",
                row,
                value: expected[row],
                expected: "expected a number from 0 to 1e12",
            });
        }
        let (mean, slope) = self.effects.weighed(first_day, expected);
        let level = self.effects.level;
        let around = around_positive(mean, self.effects.error(&slope), reach(level));
        let [value, low, high] = with_chance(around, self.dispersion * mean, f64::MAX, level);
        Ok(Estimate::between(value, low, high, level, Method::Delta))
    }
}

impl Effects {
    /// The effects that are known, of all that were found.
    pub(super) fn new(terms: Terms, found: &Found, known: &[bool], level: f64) -> Self {
        let size = known.len();
        let cell = |index: usize| known[index / size] && known[index % size];
        let covariance = found.covariance.iter().enumerate();
        let days = terms.last_day.abs_diff(terms.first_day) as usize + 1;
        let years = whole_years(days.min(MOST_DAYS));
        let first_day = terms.first_day;
        let mut effects = Self {
            coefficients: found
                .coefficients
                .iter()
                .zip(known)
                .map(|(value, known)| if *known { *value } else { 0.0 })
                .collect(),
            covariance: covariance
                .map(|(index, value)| if cell(index) { *value } else { 0.0 })
                .collect(),
            mean: 0.0,
            mean_slope: vec![0.0; size],
            terms,
            level,
        };
        let (mean, slope) = effects.weighed(first_day, &vec![1.0 / years as f64; years]);
        effects.mean = mean.ln();
        effects.mean_slope = slope;
        effects
    }

    /// The factor that some terms from `column` on make.
    pub(super) fn of_part(&self, column: usize, numbers: &[f64], standing: &Standing) -> Estimate {
        match standing {
            Standing::Known => {
                let mut row = vec![0.0; self.coefficients.len()];
                row[column..column + numbers.len()].copy_from_slice(numbers);
                self.estimate(dot(&row, &self.coefficients).exp(), &row)
            }
            Standing::Inseparable { .. } => Estimate::without(1.0, NoInterval::NotIdentified),
            _ => Estimate::without(1.0, NoInterval::TooFew),
        }
    }

    /// Logarithm of the factor of a day, 0 in the mean.
    fn log(&self, day: i32) -> f64 {
        dot(&self.terms.row(day), &self.coefficients) - self.mean
    }

    /// Weights of days, each times its factor, summed; and the derivatives of the sum's logarithm.
    fn weighed(&self, first_day: i32, weights: &[f64]) -> (f64, Vec<f64>) {
        let (mut sum, mut slope) = (0.0, vec![0.0; self.coefficients.len()]);
        for (index, weight) in weights.iter().enumerate() {
            let row = self.terms.row(first_day.saturating_add(index as i32));
            let weighed = weight * (dot(&row, &self.coefficients) - self.mean).exp();
            sum += weighed;
            for (slope, number) in slope.iter_mut().zip(row) {
                *slope += weighed * number;
            }
        }
        for (slope, mean) in slope.iter_mut().zip(&self.mean_slope) {
            *slope = *slope / sum.max(f64::MIN_POSITIVE) - mean;
        }
        (sum, slope)
    }

    fn error(&self, slope: &[f64]) -> f64 {
        quadratic(&self.covariance, slope).sqrt()
    }

    fn estimate(&self, value: f64, slope: &[f64]) -> Estimate {
        let [value, low, high] = around_positive(value, self.error(slope), reach(self.level));
        Estimate::between(value, low, high, self.level, Method::Delta)
    }
}

fn length(days: &RangeInclusive<i32>) -> usize {
    let (first, last) = (i64::from(*days.start()), i64::from(*days.end()));
    usize::try_from(last - first + 1).unwrap_or(0)
}
