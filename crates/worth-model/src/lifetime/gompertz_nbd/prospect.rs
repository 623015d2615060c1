//! What a customer who is still there will buy under Gompertz/NBD.
//!
//! A customer alive at T with x repeat purchases has a rate lambda ~ gamma(r + x, alpha + T) and stays
//! as [`Gompertz`] says of those who are there at T: again Gompertz/NBD, from now on. Below, r and
//! alpha stand for the updated numbers.
//!
//! ```text
//! mean of purchases in the next t = r/alpha · ∫ from 0 to t of S(u) du
//! ```
//!
//! The paper writes the integral with two 2F1, which overflow and cancel; here it is summed.

use super::super::anytime::{self, Stay};
use super::super::calculus::in_stretches;
use super::super::law::Prospect;
use super::gompertz::Gompertz;
use super::gone::Silent;

/// Gompertz/NBD as it stands for a customer who is alive now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GompertzNbdProspect {
    pub(super) r: f64,
    pub(super) alpha: f64,
    pub(super) stay: Gompertz,
}

impl GompertzNbdProspect {
    /// `∫ u^power S(u) du` from 0 to `time`.
    fn there(&self, time: f64, power: i32) -> f64 {
        let stay = self.stay;
        let mut sum = 0.0;
        in_stretches(
            time,
            |at| stay.longest(at),
            |at| stay.risk(at),
            |at| stay.risk_from(at),
            |at, weight| {
                let there = at.powi(power) * stay.log_survival(at).exp();
                sum += weight * there;
                there
            },
        );
        sum
    }
}

impl Prospect for GompertzNbdProspect {
    fn mean(&self, time: f64) -> f64 {
        self.r / self.alpha * self.there(time, 0).min(time)
    }

    /// As of Pareto/NBD: given the time L until the customer leaves, purchases are Poisson with gamma
    /// rates over the shorter of L and `time`; the mean square of that is twice the integral of
    /// u P(L > u).
    fn mean_square(&self, time: f64) -> f64 {
        let square_rate = self.r * (self.r + 1.0) / (self.alpha * self.alpha);
        let square_stay = (2.0 * self.there(time, 1)).min(time * time);
        (square_rate * square_stay).min(f64::MAX) + self.mean(time)
    }

    fn survival(&self, time: f64) -> f64 {
        self.log_survival(time).exp()
    }

    fn counts(&self, time: f64, probabilities: &mut [f64]) {
        anytime::counts(self, time, probabilities);
    }
}

impl Stay for GompertzNbdProspect {
    fn rates(&self) -> (f64, f64) {
        (self.r, self.alpha)
    }

    fn log_survival(&self, time: f64) -> f64 {
        self.stay.log_survival(time)
    }

    fn leaving(&self, from: f64, to: f64, purchases: usize, mut add: impl FnMut(f64, f64)) {
        let silent = Silent {
            r: self.r,
            alpha: self.alpha + from,
            stay: self.stay.from(from),
        };
        let unit = self.log_silent(from).exp();
        silent.points(to - from, purchases, |point| {
            add(from + point.time, unit * point.weight);
        });
    }
}
