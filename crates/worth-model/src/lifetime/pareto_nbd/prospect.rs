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
        (-self.s * (time / self.beta).ln_1p()).exp()
    }

    /// Still there, or gone at some time before: P. S. Fader, B. G. S. Hardie (2006), Deriving an
    /// Expression for P(X(t) = x) Under the Pareto/NBD Model, <http://brucehardie.com/notes/012/>.
    fn counts(&self, time: f64, probabilities: &mut [f64]) {
        let survival = self.survival(time);
        let no_purchase = (-self.r * (time / self.alpha).ln_1p()).exp();
        self.add_counts(time, survival * no_purchase, probabilities, true);
        let unit = self.unit(0.0);
        self.powers()
            .points(0.0, time, longest_for(probabilities.len()), |point| {
                self.add_counts(point.y, point.weight * unit, probabilities, false);
            });
        for probability in probabilities {
            *probability = probability.clamp(0.0, 1.0);
        }
    }
}

impl ParetoNbdProspect {
    /// For integrals over the time of leaving y of the probability of no purchase until then.
    pub(super) fn powers(&self) -> Powers {
        Powers {
            alpha: self.alpha,
            beta: self.beta,
            of_alpha: self.r,
            of_beta: self.s + 1.0,
        }
    }

    /// What one unit of weight of those integrals from `from` is worth: leaving then, without a
    /// purchase before.
    pub(super) fn unit(&self, from: f64) -> f64 {
        let not_yet = self.r * (from / self.alpha).ln_1p() + self.s * (from / self.beta).ln_1p();
        let step = (self.alpha.min(self.beta) + from) / (self.beta + from);
        self.s * step * (-not_yet).exp()
    }

    /// Adds (or sets) probabilities of 0, 1, 2 … purchases within `time` for a customer who stays
    /// for so long; `none` is that of none.
    fn add_counts(&self, time: f64, none: f64, probabilities: &mut [f64], set: bool) {
        let share = time / (self.alpha + time);
        let mut mass = none;
        for (n, probability) in probabilities.iter_mut().enumerate() {
            let n = n as f64;
            *probability = if set { mass } else { *probability + mass };
            mass *= (self.r + n) / (n + 1.0) * share;
        }
    }
}
