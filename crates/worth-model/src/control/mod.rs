//! Whether what happened is where forecasts said it would be: a control chart of counts, window
//! after window, for many units at once.
//!
//! A unit (a store, a cohort) has for each window a forecast E of a count, its variance V by chance,
//! and what happened, A. No model is right everywhere, so a unit is not held against the forecast
//! but against what its forecasts usually come to. With the sums over its baseline, the last windows
//! that were in order, and c = V / E:
//!
//! ```text
//! usual ratio   g = Σ A / Σ E
//! expected      m = g E
//! variance      v = φ (c m + E² Σ (c g E) / (Σ E)²)               of this window, and of g
//! band          m (1 ± 2/3 t √v / m)^(3/2)
//! how far off   z = 3/2 ((A / m)^(2/3) - 1) m / √v                within the band when |z| ≤ t
//! dispersion    s² = mean of z² at φ = 1, over earlier windows    1 when the model knows its chance
//! ```
//!
//! Each z compares a window with those before it alone (a recursive residual), so s² knows how far off
//! such expectations have been: by chance, by weather that the model does not know of, and because
//! the usual ratio drifts.
//!
//! φ is s² drawn towards what units of the same kind have (below 1 where customers buy more regularly
//! than the model has it); t is the quantile of Student's distribution with the degrees of freedom
//! that leaves (`moderated.rs`). Counts are skew; their power of 2/3 hardly is.
//!
//! This is the detection of outbreaks by C. P. Farrington, N. J. Andrews, A. D. Beale, M. A.
//! Catchpole (1996), A Statistical Algorithm for the Early Detection of Outbreaks of Infectious
//! Disease, Journal of the Royal Statistical Society A 159(3), doi:10.2307/2983331, with the
//! forecast of a model in place of their trend and season: an overdispersed Poisson baseline, limits
//! on the scale of the 2/3 power, and a baseline that past outbreaks do not spoil. They weigh such
//! windows down; here, as in Shewhart's charts, a window that has less than 27 chances in 10,000 to
//! be in order stays out of the baseline. What has stayed out for as many windows as a baseline has
//! is the new baseline.

mod baseline;
mod moderated;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::columns::check_length;
use crate::error::{Error, require};
use crate::estimate::{DEFAULT_LEVEL, check_level};
use baseline::{Baseline, Usual};
use moderated::Moderated;

/// A window with less probability to be in order stays out of the baseline: three standard
/// deviations, Shewhart's limit. With one in a hundred, the windows left would be so much alike that
/// 11 in place of 10 windows in a hundred lay outside their bands.
const STAYS_OUT: f64 = 0.0027;
/// (1 ± x)^(3/2) halves a count at x = 1 - 2^(-2/3).
const HALVES: f64 = 0.370_039_475_052_563_4;

/// What was forecast for a window, and what happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// The count that was forecast, above 0.
    pub expected: f64,
    /// Its variance by chance, above 0; that of a Poisson count is `expected`.
    pub variance: f64,
    /// The count that happened.
    pub actual: f64,
}

impl Window {
    fn check(&self) -> Result<(), Error> {
        let positive = |field: &'static str, value: f64| {
            let is_positive = value.is_finite() && value > 0.0;
            require(is_positive, field, value, "expected more than 0")
        };
        positive("expected", self.expected)?;
        positive("variance", self.variance)?;
        let sensible = self.actual.is_finite() && self.actual >= 0.0;
        require(sensible, "actual", self.actual, "expected at least 0")
    }
}

/// How windows are judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Watch {
    /// Probability that a window in order is within its band.
    pub level: f64,
    /// Windows in a baseline at most.
    pub baseline_windows: usize,
    /// Windows that a baseline needs, at least 2.
    pub least_windows: usize,
    /// Counts below which nothing is told.
    pub least_expected: f64,
}

impl Default for Watch {
    fn default() -> Self {
        Self {
            level: DEFAULT_LEVEL,
            baseline_windows: 6,
            least_windows: 3,
            least_expected: 5.0,
        }
    }
}

/// What can be said of a unit in a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// Nothing was forecast for it.
    Absent,
    /// Too few windows are behind it, or nothing happened in them, to know what is usual.
    TooNew {
        /// Windows in its baseline.
        windows: usize,
    },
    /// So little is expected of it that nothing would stand out.
    TooSmall {
        /// What is expected.
        expected: f64,
        /// What would have to be, so that a fall by half left the band.
        needed: f64,
    },
    /// It was compared.
    Judged(Judged),
}

/// How a window compares with what is usual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// What its forecasts usually come to: 0.9 = a tenth less happens than is forecast.
    pub usual_ratio: f64,
    /// Windows in its baseline.
    pub windows: usize,
    /// What is to be expected: the forecast times that ratio.
    pub expected: f64,
    /// Lower end of the band.
    pub low: f64,
    /// Upper end of the band.
    pub high: f64,
    /// What happened.
    pub actual: f64,
    /// Probability of something at least as far off when all is in order.
    pub p_value: f64,
    /// Variance over that which the model's own chance gives.
    pub dispersion: f64,
    /// What would have to be expected, so that a fall by half left the band.
    pub needed: f64,
}

/// A side of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Less happened.
    Below,
    /// More happened.
    Above,
}

impl Judged {
    /// On which side of its band the window lies; nothing inside.
    #[must_use]
    pub fn outside(&self) -> Option<Side> {
        if self.actual < self.low {
            Some(Side::Below)
        } else if self.actual > self.high {
            Some(Side::Above)
        } else {
            None
        }
    }
}

impl Watch {
    /// Reads the windows of units of one kind, one after the other: each by those before it alone.
    /// All units have as many windows, the earliest first. Units of one kind share nothing (two
    /// stores, not a store and its region): they lend each other what they know of dispersion.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for settings or windows that make no sense, [`Error::Length`] when units
    /// differ in windows.
    pub fn read(&self, units: &[Vec<Option<Window>>]) -> Result<Vec<Vec<Reading>>, Error> {
        self.check(units)?;
        let windows = units.first().map_or(0, Vec::len);
        let mut baselines = vec![Baseline::default(); units.len()];
        let mut readings = vec![Vec::with_capacity(windows); units.len()];
        for number in 0..windows {
            let now: Vec<Now> = units
                .iter()
                .zip(&baselines)
                .map(|(unit, baseline)| self.look(unit[number], baseline))
                .collect();
            let spreads = now
                .iter()
                .zip(&baselines)
                .filter_map(|(now, baseline)| match now {
                    Now::Enough(..) => Some(baseline.spread()),
                    _ => None,
                });
            let moderated = Moderated::of(spreads);
            for (place, now) in now.iter().enumerate() {
                let reading = self.reading(now, &baselines[place], &moderated);
                if let Some(window) = units[place][number] {
                    let stays_out = match reading {
                        Reading::Judged(judged) => judged.p_value < STAYS_OUT,
                        _ => false,
                    };
                    baselines[place].take(window, stays_out, self.baseline_windows);
                }
                readings[place].push(reading);
            }
        }
        Ok(readings)
    }

    fn check(&self, units: &[Vec<Option<Window>>]) -> Result<(), Error> {
        check_level(self.level)?;
        let least = self.least_windows as f64;
        require(least >= 2.0, "least_windows", least, "expected at least 2")?;
        let most = self.baseline_windows as f64;
        let expected = "expected at least as many as the least";
        require(most >= least, "baseline_windows", most, expected)?;
        let least = self.least_expected;
        require(least > 0.0, "least_expected", least, "expected more than 0")?;
        let length = units.first().map_or(0, Vec::len);
        for unit in units {
            check_length("units", unit.len(), length)?;
            unit.iter().flatten().try_for_each(Window::check)?;
        }
        Ok(())
    }

    fn look(&self, window: Option<Window>, baseline: &Baseline) -> Now {
        let Some(window) = window else {
            return Now::Absent;
        };
        let windows = baseline.windows();
        let usual = match baseline.usual() {
            Some(usual) if windows >= self.least_windows => usual,
            _ => return Now::TooNew { windows },
        };
        if usual.ratio * window.expected < self.least_expected {
            return Now::TooSmall(window, usual);
        }
        // There may have been windows in which nothing was to be expected.
        if baseline.comparisons() + 1 < self.least_windows {
            return Now::TooNew { windows };
        }
        Now::Enough(window, usual)
    }

    fn reading(&self, now: &Now, baseline: &Baseline, moderated: &Moderated) -> Reading {
        match now {
            Now::Absent => Reading::Absent,
            Now::TooNew { windows } => Reading::TooNew { windows: *windows },
            Now::TooSmall(window, usual) => {
                let (dispersion, degrees) = moderated.typical(usual.windows as f64 - 1.0);
                Reading::TooSmall {
                    expected: usual.ratio * window.expected,
                    needed: self.needed(usual.variance_per_count(window) * dispersion, degrees),
                }
            }
            Now::Enough(window, usual) => {
                let (spread, degrees) = baseline.spread();
                let (dispersion, degrees) = moderated.of_unit(spread, degrees);
                Reading::Judged(self.judged(window, usual, dispersion, degrees))
            }
        }
    }

    fn judged(&self, window: &Window, usual: &Usual, dispersion: f64, degrees: f64) -> Judged {
        let expected = usual.ratio * window.expected;
        let per_count = dispersion * usual.variance_per_count(window);
        let deviation = (per_count / expected).sqrt();
        let [low, high] = band(expected, deviation, self.reach(degrees));
        let away = usual.away(window) / dispersion.sqrt();
        Judged {
            usual_ratio: usual.ratio,
            windows: usual.windows,
            expected,
            low,
            high,
            actual: window.actual,
            p_value: (2.0 * student(degrees).sf(away.abs())).min(1.0),
            dispersion,
            needed: self.needed(per_count, degrees),
        }
    }

    /// The count at which half of it is the lower end of its band.
    fn needed(&self, variance_per_count: f64, degrees: f64) -> f64 {
        (self.reach(degrees) / (1.5 * HALVES)).powi(2) * variance_per_count
    }

    /// How many standard deviations the band reaches to either side.
    fn reach(&self, degrees: f64) -> f64 {
        student(degrees).inverse_cdf(0.5 + self.level / 2.0)
    }
}

/// The ends of a band around a count whose standard deviation is this share of it.
pub(crate) fn band(expected: f64, deviation: f64, reach: f64) -> [f64; 2] {
    [-1.0, 1.0].map(|sign| expected * (1.0 + sign * reach * deviation / 1.5).max(0.0).powf(1.5))
}

fn student(degrees: f64) -> StudentsT {
    StudentsT::new(0.0, 1.0, degrees).expect("there is at least one degree of freedom")
}

/// A unit before its window is judged.
enum Now {
    Absent,
    TooNew { windows: usize },
    TooSmall(Window, Usual),
    Enough(Window, Usual),
}

#[cfg(test)]
mod tests;
