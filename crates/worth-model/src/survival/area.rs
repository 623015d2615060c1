//! Sums over a survival curve with their variance: the mean time up to a horizon, and money.
//!
//! With income I(t) by time t from someone who stays, a survival curve that falls in steps at t_1,
//! t_2 … is worth `V = Σ S (I(t_{i+1}) - I(t_i))`. If the logarithm of S falls a little more at t_i,
//! all that comes after shrinks in proportion: dV = A_i times that, where A_i is the part of V from
//! t_i on. The falls have independent errors (martingale increments), and those of a Cox model also
//! one in common, that of its coefficients:
//!
//! ```text
//! variance of V = Σ A_i² variance_i + (Σ A_i slope_i)' C (Σ A_i slope_i)
//! ```
//!
//! Without discount and with I(t) = t this is the variance of the restricted mean (P. K. Andersen,
//! Ø. Borgan, R. D. Gill, N. Keiding 1993, Statistical Models Based on Counting Processes,
//! section IV.3.4, doi:10.1007/978-1-4612-4348-9).

use crate::dense::{dot, quadratic};

/// A survival curve as its falls.
#[derive(Debug, Clone)]
pub(super) struct Steps {
    time: Vec<f64>,
    /// What is left after each fall.
    survival: Vec<f64>,
    /// Variance of each fall of the logarithm.
    variance: Vec<f64>,
    /// Derivative of each fall of the logarithm with respect to shared coefficients.
    slope: Vec<f64>,
    shared: usize,
    covariance: Vec<f64>,
    followed_until: f64,
}

/// The worth of a curve.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) value: f64,
    pub(super) variance: f64,
    /// How far the curve was known.
    pub(super) until: f64,
}

impl Steps {
    /// A curve that has not fallen yet. `shared`: number of coefficients in common.
    pub(super) fn new(followed_until: f64, shared: usize) -> Self {
        Self {
            time: Vec::new(),
            survival: Vec::new(),
            variance: Vec::new(),
            slope: Vec::new(),
            shared,
            covariance: vec![0.0; shared * shared],
            followed_until,
        }
    }

    /// With this covariance of the coefficients.
    pub(super) fn with_covariance(mut self, covariance: Vec<f64>) -> Self {
        self.covariance = covariance;
        self
    }

    pub(super) fn push(&mut self, time: f64, survival: f64, variance: f64, slope: &[f64]) {
        self.time.push(time);
        self.survival.push(survival);
        self.variance.push(variance);
        self.slope.extend_from_slice(slope);
    }

    /// What someone still there at `from` brings within `length` after it. `income`: from someone
    /// who stays, by the time after `from`; it must not jump where it is asked for.
    pub(super) fn area(&self, from: f64, length: f64, income: impl Fn(f64) -> f64) -> Area {
        let first = self.time.partition_point(|&time| time <= from);
        let there = first
            .checked_sub(1)
            .map_or(1.0, |index| self.survival[index]);
        let ends_at_zero = self.survival.last().is_some_and(|&last| last <= 0.0);
        let known = if ends_at_zero {
            f64::INFINITY
        } else {
            self.followed_until
        };
        let end = (from + length).min(known);
        if there <= 0.0 || end <= from {
            return Area {
                value: 0.0,
                variance: 0.0,
                until: 0.0,
            };
        }
        let after = self.time.partition_point(|&time| time < end).max(first);
        let mut from_here_on = 0.0;
        let mut variance = 0.0;
        let mut slope = vec![0.0; self.shared];
        let mut next = income(end - from);
        for index in (first..after).rev() {
            let here = income(self.time[index] - from);
            from_here_on += self.survival[index] / there * (next - here);
            next = here;
            variance += from_here_on * from_here_on * self.variance[index];
            let step = &self.slope[index * self.shared..(index + 1) * self.shared];
            for (sum, slope) in slope.iter_mut().zip(step) {
                *sum += from_here_on * slope;
            }
        }
        if self.shared > 0 && dot(&slope, &slope) > 0.0 {
            variance += quadratic(&self.covariance, &slope);
        }
        Area {
            value: from_here_on + next - income(0.0),
            variance,
            until: end - from,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half leave at 1 and half of those who are left at 3; seen until 4.
    fn halves() -> Steps {
        let mut steps = Steps::new(4.0, 0);
        steps.push(1.0, 0.5, 0.1, &[]);
        steps.push(3.0, 0.25, 0.2, &[]);
        steps
    }

    #[test]
    fn the_area_under_steps_by_hand() {
        let area = halves().area(0.0, 10.0, |time| time);
        // 1 + 2 / 2 + 1 / 4, known until 4.
        assert_eq!((area.value, area.until), (2.25, 4.0));
        assert!((area.variance - (1.25f64.powi(2) * 0.1 + 0.25f64.powi(2) * 0.2)).abs() < 1e-15);
    }

    #[test]
    fn who_is_still_there_is_looked_at_from_then_on() {
        let area = halves().area(2.0, 1.5, |time| time);
        assert_eq!((area.value, area.until), (1.25, 1.5));
        assert!((area.variance - 0.25f64.powi(2) * 0.2).abs() < 1e-15);
    }
}
