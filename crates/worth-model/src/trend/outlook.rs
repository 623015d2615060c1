//! Where the level may be in the periods to come: a local level (Muth 1960, Optimal Properties of
//! Exponentially Weighted Forecasts, doi:10.1080/01621459.1960.10482064; Harvey 1989, Forecasting,
//! Structural Time Series Models and the Kalman Filter, chapter 4).
//!
//! The true level moves by a normal step from one period to the next, and the mean of a period is off
//! by what its answers allow, which is known. So there is one unknown: how far steps go. Kalman's
//! filter gives the level now and the likelihood of each size of steps; what is told is the mixture
//! over all sizes, each as probable as the data make it (flat before: Gelman 2006,
//! doi:10.1214/06-BA117A). Few periods therefore give wide intervals by themselves.
//!
//! No slope is carried on: a dozen periods hardly tell one from chance, and carrying on what is none
//! does more harm than leaving out what is one (Gardner, McKenzie 1985, Forecasting Trends in Time
//! Series, doi:10.1287/mnsc.31.10.1237, damp slopes for that reason).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MOST_PERIODS, Measured, MeasuredPeriod, Period, Told};
use crate::error::{Error, require};
use crate::estimate::{Estimate, Method, check_level};
use crate::mixture::{Part, mixture_quantile};

/// Fewer periods with answers than this give no outlook.
const FEWEST_PERIODS: usize = 8;
/// Sizes of steps that are tried.
const SIZES: usize = 200;
/// The largest size of steps, in root mean squared differences of means from period to period.
const LARGEST: f64 = 3.0;

/// Where the level may be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outlook {
    /// The level in the last period, from all periods up to it.
    pub now: Estimate,
    /// The level in each period to come.
    pub ahead: Vec<Estimate>,
}

/// Looks `ahead` periods beyond the last: it takes eight with answers, and ten answers more than periods.
///
/// # Errors
///
/// [`Error::Setting`] when `level` is no level or `ahead` is more than 5,000 periods.
pub fn outlook(periods: &[Period], ahead: usize, level: f64) -> Result<Told<Outlook>, Error> {
    check_level(level)?;
    let expected = "expected at most 5000 periods";
    require(ahead <= MOST_PERIODS, "ahead", ahead as f64, expected)?;
    let measured = Measured::of(periods);
    if let Some(few) = measured.too_few(FEWEST_PERIODS) {
        return Ok(Told::TooFew(few));
    }
    let measured = measured.periods;
    let differences = measured.windows(2).map(|pair| {
        let periods = (pair[1].number - pair[0].number) as f64;
        (pair[1].mean - pair[0].mean).powi(2) / periods
    });
    let largest = LARGEST * (differences.sum::<f64>() / (measured.len() - 1) as f64).sqrt();
    let filtered: Vec<(f64, Filtered)> = (0..SIZES)
        .map(|size| {
            let step_variance = (largest * size as f64 / (SIZES - 1) as f64).powi(2);
            (step_variance, Filtered::of(&measured, step_variance))
        })
        .collect();
    let most_likely = filtered
        .iter()
        .map(|(_, filtered)| filtered.log_likelihood)
        .fold(f64::NEG_INFINITY, f64::max);
    let silent = (periods.len() - 1 - measured[measured.len() - 1].number) as f64;
    let in_periods = |from_now: f64| {
        let parts: Vec<Part> = filtered
            .iter()
            .map(|(step_variance, filtered)| Part {
                weight: (filtered.log_likelihood - most_likely).exp(),
                mean: filtered.mean,
                deviation: (filtered.variance + (silent + from_now) * step_variance).sqrt(),
            })
            .collect();
        let whole: f64 = parts.iter().map(|part| part.weight).sum();
        let mean = parts
            .iter()
            .map(|part| part.weight * part.mean)
            .sum::<f64>()
            / whole;
        let end = |part: f64| mixture_quantile(&parts, part);
        let (low, high) = (end(0.5 - level / 2.0), end(0.5 + level / 2.0));
        Estimate::between(
            mean,
            low.min(mean),
            high.max(mean),
            level,
            Method::Posterior,
        )
    };
    Ok(Told::Told(Outlook {
        now: in_periods(0.0),
        ahead: (1..=ahead)
            .map(|from_now| in_periods(from_now as f64))
            .collect(),
    }))
}

/// What the means say of the level in the last period with answers, if steps have this variance.
struct Filtered {
    mean: f64,
    variance: f64,
    log_likelihood: f64,
}

impl Filtered {
    fn of(measured: &[MeasuredPeriod], step_variance: f64) -> Self {
        // nothing is known before the first mean
        let mut filtered = Self {
            mean: measured[0].mean,
            variance: measured[0].variance,
            log_likelihood: 0.0,
        };
        for pair in measured.windows(2) {
            let (before, now) = (pair[0], pair[1]);
            let moved = filtered.variance + (now.number - before.number) as f64 * step_variance;
            let spread = moved + now.variance;
            let off = now.mean - filtered.mean;
            filtered.log_likelihood -= 0.5 * (spread.ln() + off * off / spread);
            filtered.mean += moved / spread * off;
            filtered.variance = moved / spread * now.variance;
        }
        filtered
    }
}
