//! Customers who may leave at any time, whether they buy or not: what Pareto/NBD and Gompertz/NBD
//! share.
//!
//! While customers are there they buy at rates that differ as a gamma distribution; how long they stay
//! is a matter of its own. What they do follows from how likely it is to leave at each time with no
//! purchase before: purchases are then those of someone who stays for so long.

use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1};

use super::calculus::LogSum;
use super::law::{Life, Prospect};
use crate::newton::Evaluation;
use crate::simulate::MOST_PURCHASES;

/// A customer who is alive now; times count from now.
pub(super) trait Stay: Prospect {
    /// Shape and rate of the distribution of purchase rates.
    fn rates(&self) -> (f64, f64);

    /// Logarithm of the probability of being still alive after `time`.
    fn log_survival(&self, time: f64) -> f64;

    /// Calls `add` with times of leaving between the two, and how likely each is together with no
    /// purchase before it: close enough together to tell up to so many purchases.
    fn leaving(&self, from: f64, to: f64, purchases: usize, add: impl FnMut(f64, f64));

    /// Logarithm of the probability of being still alive after `time` without a purchase.
    fn log_silent(&self, time: f64) -> f64 {
        let (r, alpha) = self.rates();
        self.log_survival(time) - r * (time / alpha).ln_1p()
    }
}

/// Logarithm of the odds that a customer has left who was there when a silence began; minus infinity
/// without a silence.
pub(super) fn log_odds_gone(stay: &impl Stay, silence: f64) -> f64 {
    let mut gone = 0.0;
    stay.leaving(0.0, silence, 0, |_, share| gone += share);
    gone.ln() - stay.log_silent(silence)
}

/// Probabilities of 0, 1, 2 … purchases within `time`: still there, or gone at some time before.
/// P. S. Fader, B. G. S. Hardie (2006), Deriving an Expression for P(X(t) = x) Under the Pareto/NBD
/// Model, <http://brucehardie.com/notes/012/>.
pub(super) fn counts(stay: &impl Stay, time: f64, probabilities: &mut [f64]) {
    let (rates, purchases) = (stay.rates(), probabilities.len());
    probabilities.fill(0.0);
    let mut add = |time: f64, none: f64| add_counts(rates, time, none, probabilities);
    add(time, stay.log_silent(time).exp());
    stay.leaving(0.0, time, purchases, add);
    for probability in probabilities {
        *probability = probability.clamp(0.0, 1.0);
    }
}

/// Adds the counts of customers who stay for so long, of whom `none` make no purchase.
#[inline]
pub(super) fn add_counts((r, alpha): (f64, f64), time: f64, none: f64, probabilities: &mut [f64]) {
    let share = time / (alpha + time);
    let mut mass = none;
    for (n, probability) in probabilities.iter_mut().enumerate() {
        let n = n as f64;
        *probability += mass;
        mass *= (r + n) / (n + 1.0) * share;
    }
}

/// The cells of [`Law::quarters`](super::law::Law::quarters) for a new customer.
///
/// Purchases are spread evenly over the time until leaving, or until the age: the last of n within y
/// is before u with probability (u/y)^n.
pub(super) fn quarters(stay: &impl Stay, age: f64, cells: &mut [f64]) {
    cells.fill(0.0);
    if age <= 0.0 {
        return;
    }
    let (r, alpha) = stay.rates();
    // Adds customers who stayed until `until`, of whom `none` made no purchase.
    let mut add = |until: f64, none: f64| {
        let share = until / (alpha + until);
        let mut mass = none;
        for n in 1..=3 {
            mass *= (r + n as f64 - 1.0) / n as f64 * share;
            let mut earlier = 0.0;
            for quarter in 0..4 {
                let end = age * (quarter as f64 + 1.0) / 4.0;
                let before = (end / until).min(1.0).powi(n);
                cells[(n as usize - 1) * 4 + quarter] += mass * (before - earlier);
                earlier = before;
            }
        }
    };
    add(age, stay.log_silent(age).exp());
    // One quarter after the other, since the shares have a corner at each end.
    for quarter in 0..4 {
        let end = |quarter: u8| age * f64::from(quarter) / 4.0;
        stay.leaving(end(quarter), end(quarter + 1), 3, &mut add);
    }
}

/// Draws what a customer does until `age` who buys at this `rate` and leaves at `left_at`; `when` says
/// what time it is where the clock by which they buy shows so much.
pub(super) fn life(
    rate: f64,
    leaving: f64,
    left_at: f64,
    age: f64,
    when: impl Fn(f64) -> f64,
    random: &mut ChaCha8Rng,
) -> Life {
    let end = left_at.min(age);
    let mut times = vec![0.0];
    let mut shown = 0.0;
    while times.len() < MOST_PURCHASES {
        let pause: f64 = Exp1.sample(random);
        shown += pause / rate;
        let now = when(shown);
        if now.is_nan() || now > end {
            break;
        }
        times.push(now);
    }
    Life {
        times,
        rate,
        leaving,
        left_at: if left_at <= age {
            left_at
        } else {
            f64::INFINITY
        },
    }
}

/// The odds that a customer has left, `gone / alive`, as a logarithm, with derivatives with respect
/// to the parameters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Odds<const D: usize> {
    pub(super) log: f64,
    pub(super) slope: [f64; D],
    /// The upper half of a symmetric matrix.
    pub(super) bend: [[f64; D]; D],
}

impl<const D: usize> Odds<D> {
    /// Adds `ln(1 + odds)`: alive or gone, relative to alive. Of the second derivatives only the upper
    /// half, of the value what the logarithm of `1 + small` leaves: that goes to `log_one_plus`.
    pub(super) fn add_to(&self, sum: &mut Evaluation<D>, log_one_plus: &mut LogSum, weight: f64) {
        let small = (-self.log.abs()).exp();
        let gone = if self.log >= 0.0 { 1.0 } else { small } / (1.0 + small);
        let spread = gone * (1.0 - gone);
        sum.value += weight * self.log.max(0.0);
        log_one_plus.add(weight, 1.0 + small);
        for i in 0..D {
            sum.gradient[i] += weight * gone * self.slope[i];
            for j in i..D {
                let bend = gone * self.bend[i][j] + spread * self.slope[i] * self.slope[j];
                sum.hessian[i][j] += weight * bend;
            }
        }
    }
}

/// Sums over the points of an integral for the odds, with derivatives.
#[derive(Debug)]
pub(super) struct OddsSums<const D: usize> {
    total: f64,
    /// Derivatives at the first point: all others are relative to them, so that nothing large cancels.
    first: [f64; D],
    slope: [f64; D],
    bend: [[f64; D]; D],
}

impl<const D: usize> OddsSums<D> {
    pub(super) const NONE: Self = Self {
        total: 0.0,
        first: [0.0; D],
        slope: [0.0; D],
        bend: [[0.0; D]; D],
    };

    /// Adds a point with the derivatives of the logarithm of the integrand; of the second ones the
    /// upper half.
    #[inline]
    pub(super) fn add(&mut self, weight: f64, slope: &[f64; D], bend: &[[f64; D]; D]) {
        if self.total == 0.0 {
            self.first = *slope;
        }
        self.total += weight;
        for i in 0..D {
            let from_first = slope[i] - self.first[i];
            self.slope[i] += weight * from_first;
            for j in i..D {
                let product = from_first * (slope[j] - self.first[j]);
                self.bend[i][j] += weight * (product + bend[i][j]);
            }
        }
    }

    /// The odds, if there are any, when the integral is relative to what has this logarithm.
    pub(super) fn odds(&self, log_unit: f64) -> Option<Odds<D>> {
        let mean = self.slope.map(|sum| sum / self.total);
        (self.total > 0.0).then(|| Odds {
            log: log_unit + self.total.ln(),
            slope: std::array::from_fn(|i| self.first[i] + mean[i]),
            bend: std::array::from_fn(|i| {
                std::array::from_fn(|j| self.bend[i][j] / self.total - mean[i] * mean[j])
            }),
        })
    }
}
