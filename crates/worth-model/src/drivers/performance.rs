//! Where to act: how much drivers matter against how well they are done, and what people say matters
//! against what goes with the outcome.
//!
//! Sources: Martilla, James (1977), Importance-Performance Analysis, doi:10.1177/002224297704100112;
//! on stated against derived importance Van Ittersum et al. (2007), The Validity of Attribute-Importance
//! Measurement: A Review, doi:10.1016/j.jbusres.2007.04.001: the two measure different things, so their
//! difference is told and neither is corrected by the other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::columns::check_length;
use crate::error::Error;
use crate::estimate::Estimate;
use crate::ranks::{rank_correlation, ranks};

/// The map of importance and performance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PerformanceMap {
    /// Importance above this is high: that of an average driver.
    pub importance_line: f64,
    /// Performance above this is high: 0 against competitors, else that of an average driver.
    pub performance_line: f64,
    /// One per driver, in their order.
    pub drivers: Vec<OnMap>,
}

/// A driver on the map.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OnMap {
    /// Its share of what all drivers bring.
    pub importance: Estimate,
    /// How well it is done: own mean less that of competitors, or own mean.
    pub performance: Estimate,
    /// Where it stands.
    pub quadrant: Quadrant,
    /// Neither interval crosses the line it is judged by.
    pub sure: bool,
}

/// A quarter of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Quadrant {
    /// Matters much, done badly.
    ConcentrateHere,
    /// Matters much, done well.
    KeepUp,
    /// Matters little, done badly.
    LowPriority,
    /// Matters little, done well.
    PossibleOverkill,
}

/// What a performance is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// It is a difference to competitors already: above 0 is ahead.
    Competitors,
    /// It is an own mean: above the mean of all drivers is well done.
    OtherDrivers,
}

/// Places drivers by their importance and performance, one of each per driver; performance such that
/// more is better (turn costs round).
///
/// # Errors
///
/// [`Error::Empty`] without drivers, [`Error::Length`] when the two are not as many.
pub fn performance_map(
    importance: &[Estimate],
    performance: &[Estimate],
    against: Against,
) -> Result<PerformanceMap, Error> {
    check_length("performance", performance.len(), importance.len())?;
    if importance.is_empty() {
        return Err(Error::Empty { what: "drivers" });
    }
    let mean = |estimates: &[Estimate]| {
        let sum: f64 = estimates.iter().map(|estimate| estimate.value).sum();
        sum / estimates.len() as f64
    };
    let importance_line = mean(importance);
    let performance_line = match against {
        Against::Competitors => 0.0,
        Against::OtherDrivers => mean(performance),
    };
    let on_map = |(importance, performance): (&Estimate, &Estimate)| OnMap {
        importance: *importance,
        performance: *performance,
        quadrant: match (
            importance.value > importance_line,
            performance.value > performance_line,
        ) {
            (true, false) => Quadrant::ConcentrateHere,
            (true, true) => Quadrant::KeepUp,
            (false, false) => Quadrant::LowPriority,
            (false, true) => Quadrant::PossibleOverkill,
        },
        sure: is_off(importance, importance_line) && is_off(performance, performance_line),
    };
    Ok(PerformanceMap {
        importance_line,
        performance_line,
        drivers: importance.iter().zip(performance).map(on_map).collect(),
    })
}

fn is_off(estimate: &Estimate, line: f64) -> bool {
    let ends = estimate.ends();
    ends.is_some_and(|(low, high)| low > line || high < line)
}

/// What people say matters, beside what goes with the outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatedAndDerived {
    /// One per driver, in their order.
    pub drivers: Vec<RanksOf>,
    /// 1 = both put drivers in the same order; absent when one does not tell them apart.
    pub rank_correlation: Option<f64>,
}

/// Two ranks of one driver, 1 being the most important; equal drivers share the mean of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RanksOf {
    /// By what people say.
    pub stated: f64,
    /// By what goes with the outcome.
    pub derived: f64,
    /// Stated less derived: above 0 it matters more than people say, below 0 less.
    pub more_than_stated: f64,
}

/// Compares stated importance (any scale) with derived (shares), one of each per driver.
///
/// # Errors
///
/// [`Error::Length`] when the two are not as many.
pub fn stated_and_derived(stated: &[f64], derived: &[f64]) -> Result<StatedAndDerived, Error> {
    check_length("derived", derived.len(), stated.len())?;
    let both = ranks(stated).into_iter().zip(ranks(derived));
    Ok(StatedAndDerived {
        drivers: both
            .map(|(stated, derived)| RanksOf {
                stated,
                derived,
                more_than_stated: stated - derived,
            })
            .collect(),
        rank_correlation: rank_correlation(stated, derived),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Method;

    fn around(value: f64, reach: f64) -> Estimate {
        Estimate::between(value, value - reach, value + reach, 0.9, Method::Bootstrap)
    }

    #[test]
    fn drivers_stand_in_the_quarter_of_their_means() {
        let importance = [0.5, 0.3, 0.15, 0.05].map(|share| around(share, 0.04));
        let performance = [-0.4, 0.6, -0.1, 0.9].map(|lead| around(lead, 0.2));
        let map = performance_map(&importance, &performance, Against::Competitors).unwrap();
        let quadrants: Vec<Quadrant> = map.drivers.iter().map(|driver| driver.quadrant).collect();
        assert_eq!(
            quadrants,
            [
                Quadrant::ConcentrateHere,
                Quadrant::KeepUp,
                Quadrant::LowPriority,
                Quadrant::PossibleOverkill
            ]
        );
        // the interval of the third performance, −.3 to .1, crosses 0
        let sure: Vec<bool> = map.drivers.iter().map(|driver| driver.sure).collect();
        assert_eq!(sure, [true, true, false, true]);
        let others = performance_map(&importance, &performance, Against::OtherDrivers).unwrap();
        assert!((others.performance_line - 0.25).abs() < 1e-12);
        assert!(performance_map(&[], &[], Against::Competitors).is_err());
    }

    #[test]
    fn a_driver_that_matters_more_than_people_say() {
        // stated: price 9, quality 8, service 4; derived: service first
        let found = stated_and_derived(&[9.0, 8.0, 4.0], &[0.2, 0.3, 0.5]).unwrap();
        let differences: Vec<f64> = found.drivers.iter().map(|of| of.more_than_stated).collect();
        assert_eq!(differences, [-2.0, 0.0, 2.0]);
        assert_eq!(found.rank_correlation, Some(-1.0));
    }
}
