//! What a customer who is still there will buy under Pareto/NBD: closed forms but for single counts.
//!
//! A customer alive at T with x repeat purchases has a rate lambda ~ gamma(r + x, alpha + T) and a
//! rate of leaving mu ~ gamma(s, beta + T): again Pareto/NBD, from now on. Below, r, alpha and beta
//! stand for the updated numbers.
//!
//! ```text
//! still there after u             = (beta/(beta + u))^s
//! mean of purchases in the next t = r/alpha · ∫ from 0 to t of (beta/(beta + u))^s du
//! ```

use super::super::anytime::{self, Stay};
use super::super::calculus::relative_growth;
use super::super::law::Prospect;
use super::gone::{Powers, longest_for};

/// Pareto/NBD as it stands for a customer who is alive now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParetoNbdProspect {
    pub(super) r: f64,
    pub(super) alpha: f64,
    pub(super) s: f64,
    pub(super) beta: f64,
}

impl Prospect for ParetoNbdProspect {
    fn mean(&self, time: f64) -> f64 {
        let log = (time / self.beta).ln_1p();
        let mean = self.r / self.alpha * self.beta * relative_growth(1.0 - self.s, log);
        mean.clamp(0.0, self.r / self.alpha * time)
    }

    /// Given the time L until the customer leaves, purchases are Poisson with gamma rates over the
    /// shorter of L and `time`; the mean square of that is twice the integral of u P(L > u).
    fn mean_square(&self, time: f64) -> f64 {
        let log = (time / self.beta).ln_1p();
        let growth = relative_growth(2.0 - self.s, log) - relative_growth(1.0 - self.s, log);
        let square_stay = (2.0 * self.beta * self.beta * growth).clamp(0.0, time * time);
        let square_rate = self.r * (self.r + 1.0) / (self.alpha * self.alpha);
        (square_rate * square_stay).min(f64::MAX) + self.mean(time)
    }

    fn survival(&self, time: f64) -> f64 {
        self.log_survival(time).exp()
    }

    fn counts(&self, time: f64, probabilities: &mut [f64]) {
        anytime::counts(self, time, probabilities);
    }
}

impl Stay for ParetoNbdProspect {
    fn rates(&self) -> (f64, f64) {
        (self.r, self.alpha)
    }

    fn log_survival(&self, time: f64) -> f64 {
        -self.s * (time / self.beta).ln_1p()
    }

    fn leaving(&self, from: f64, to: f64, purchases: usize, mut add: impl FnMut(f64, f64)) {
        let powers = Powers {
            alpha: self.alpha,
            beta: self.beta,
            of_alpha: self.r,
            of_beta: self.s + 1.0,
        };
        // What one unit of weight is worth: still silent at `from`, and leaving per unit of w then.
        let step = (self.alpha.min(self.beta) + from) / (self.beta + from);
        let unit = self.s * step * self.log_silent(from).exp();
        powers.points(from, to, longest_for(purchases), |point| {
            add(point.y, unit * point.weight);
        });
    }
}
