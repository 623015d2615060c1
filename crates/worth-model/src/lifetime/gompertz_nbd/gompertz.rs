//! How long customers stay: Gompertz lifetimes whose risks differ as a gamma distribution.
//!
//! ```text
//! S(t)  = (beta / (beta + e^(b t) - 1))^s = e^(-s v(t)),   v(t) = ln(1 + (e^(b t) - 1)/beta)
//! risk of leaving of those who are there at t = s b / d(t),   d(t) = beta e^(-b t) + 1 - e^(-b t)
//! ```
//!
//! Whoever is there at t has the same kind of future, with d(t) in place of beta. It lies between beta
//! and 1, so nothing here overflows.

use std::f64::consts::PI;

/// Beyond this, `b t` is so large that `e^(-b t)` is nothing.
const ENDLESS: f64 = 600.0;
/// How long a stretch of an integral may be beside a point at which the integrand has a pole: so many
/// distances to one that lies behind, …
pub(super) const FROM_BEHIND: f64 = 3.3;
/// … to one beside, and …
const FROM_BESIDE: f64 = 1.6;
/// … to one ahead. With these, sixteen points give ten digits or more.
const FROM_AHEAD: f64 = 0.6;

/// The distribution of the time that customers stay from now on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Gompertz {
    pub(super) b: f64,
    pub(super) s: f64,
    pub(super) beta: f64,
}

/// After some time.
#[derive(Debug, Clone, Copy)]
pub(super) struct After {
    /// `e^(-b t)`.
    pub(super) faded: f64,
    /// The beta of those who are there: d(t).
    pub(super) beta: f64,
    /// v(t): minus the logarithm of the probability of being there, per unit of s.
    pub(super) hazard: f64,
}

impl Gompertz {
    pub(super) fn after(&self, time: f64) -> After {
        let grown = self.b * time;
        if grown > ENDLESS {
            return After {
                faded: 0.0,
                beta: 1.0,
                hazard: grown - self.beta.ln(),
            };
        }
        let more = grown.exp_m1();
        let faded = 1.0 / (1.0 + more);
        After {
            faded,
            beta: (self.beta + more) * faded,
            hazard: (more / self.beta).ln_1p(),
        }
    }

    /// Logarithm of the probability of being there after a time.
    pub(super) fn log_survival(&self, time: f64) -> f64 {
        -self.s * self.after(time).hazard
    }

    /// Of those who are there at a time, from then on.
    pub(super) fn from(&self, time: f64) -> Self {
        Self {
            beta: self.after(time).beta,
            ..*self
        }
    }

    /// How fast the density of leaving falls at a time: minus the derivative of its logarithm.
    pub(super) fn density_falls(&self, time: f64) -> f64 {
        self.density_falls_at(self.after(time).beta)
    }

    /// And how fast at least from then on: beta goes to 1.
    pub(super) fn density_falls_from(&self, time: f64) -> f64 {
        self.density_falls_at(self.after(time).beta.max(1.0))
    }

    fn density_falls_at(&self, beta: f64) -> f64 {
        self.b * ((self.s + 1.0) / beta - 1.0)
    }

    /// The risk of leaving of those who are there.
    pub(super) fn risk(&self, time: f64) -> f64 {
        self.s * self.b / self.after(time).beta
    }

    /// And the least risk from then on.
    pub(super) fn risk_from(&self, time: f64) -> f64 {
        self.s * self.b / self.after(time).beta.max(1.0)
    }

    /// How long a stretch of an integral may be that begins here. Poles are where `beta + e^(b t)` is
    /// 1: on the axis, before now, for beta < 1; above and below it for beta > 1.
    pub(super) fn longest(&self, time: f64) -> f64 {
        let pole = (self.beta - 1.0).abs().ln() / self.b;
        let above = if self.beta > 1.0 { PI / self.b } else { 0.0 };
        let along = if time < pole {
            FROM_AHEAD * (pole - time)
        } else {
            FROM_BEHIND * (time - pole)
        };
        along.max(FROM_BESIDE * above)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_future_of_those_who_are_there_is_of_the_same_kind() {
        for (b, beta) in [(0.3, 20.0), (0.3, 0.2), (1e-5, 4e-6), (80.0, 1e9)] {
            let stay = Gompertz { b, s: 1.0, beta };
            for (first, more) in [(0.1, 0.4), (3.0, 5.0), (0.0, 1e6), (1e6, 1e6)] {
                let later = stay.from(first).after(more);
                let at_once = stay.after(first + more);
                let hazard = stay.after(first).hazard + later.hazard;
                assert!((hazard / at_once.hazard - 1.0).abs() < 1e-9, "{b} {beta}");
                assert!((later.beta / at_once.beta - 1.0).abs() < 1e-9, "{b} {beta}");
            }
        }
    }
}
