//! Parts of likelihoods that come from rates which differ between customers as a gamma distribution.

use super::calculus::LogSum;
use super::counted::Counted;
use crate::newton::Evaluation;
use crate::symmetric::Vector;

/// `ln(Γ(r + k x)/Γ(r)) - k x ln alpha` of all customers, from the numbers of purchases alone, each
/// of which takes k steps at that rate: r and alpha are the first two parameters.
pub(super) fn rate_ratios<const D: usize>(
    data: &Counted,
    k: u32,
    parameters: &Vector<D>,
) -> Evaluation<D> {
    let (r, alpha) = (parameters[0], parameters[1]);
    let mut sum = Evaluation::ZERO;
    let mut j = 0.0;
    for &customers in &data.above {
        for _ in 0..k {
            let in_r = 1.0 / (r + j);
            sum.value += customers * (r + j).ln();
            sum.gradient[0] += customers * in_r;
            sum.hessian[0][0] -= customers * in_r * in_r;
            j += 1.0;
        }
    }
    let steps = f64::from(k) * data.purchases;
    sum.value -= steps * alpha.ln();
    sum.gradient[1] -= steps / alpha;
    sum.hessian[1][1] += steps / (alpha * alpha);
    sum
}

/// Sums for `-e ln((alpha + T) / alpha)`: something that happens at gamma rates has not happened by
/// the age T. The exponent e is the shape of those rates, plus how often it happened before.
pub(super) struct Unended {
    log: LogSum,
    slope: f64,
    bend: f64,
}

impl Unended {
    pub(super) fn new() -> Self {
        Self {
            log: LogSum::new(),
            slope: 0.0,
            bend: 0.0,
        }
    }

    /// Adds a row and returns `1 / (alpha + T)`.
    pub(super) fn add(&mut self, weight: f64, age: f64, alpha: f64) -> f64 {
        let in_age = 1.0 / (alpha + age);
        // 1/alpha - 1/(alpha + T), without taking a difference.
        let slope = age * in_age / alpha;
        self.log.add(weight, (alpha + age) / alpha);
        self.slope += weight * slope;
        self.bend += weight * slope * (1.0 / alpha + in_age);
        in_age
    }

    /// Puts it where the shape is parameter number `at` and the rate follows.
    pub(super) fn put<const D: usize>(&self, exponent: f64, at: usize, sum: &mut Evaluation<D>) {
        let next = at + 1;
        let log = self.log.total();
        sum.value -= exponent * log;
        sum.gradient[at] -= log;
        sum.gradient[next] += exponent * self.slope;
        sum.hessian[at][next] += self.slope;
        sum.hessian[next][at] += self.slope;
        sum.hessian[next][next] -= exponent * self.bend;
    }
}
