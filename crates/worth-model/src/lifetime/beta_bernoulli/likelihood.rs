//! The likelihood of one customer of BG/BB, what it says of being alive, and the derivatives.
//!
//! Alive through opportunity m and gone after it (or, for m = n, still alive at the end):
//!
//! ```text
//! A(m) = B(alpha+x, beta+m-x)/B(alpha, beta) · B(gamma+1, delta+m)/B(gamma, delta)    t_x <= m < n
//! A(n) = B(alpha+x, beta+n-x)/B(alpha, beta) · B(gamma, delta+n)/B(gamma, delta)
//! L    = A(t_x) + … + A(n)
//! ```
//!
//! Over whole numbers these ratios are products, so their logarithms are differences of running
//! sums of ln(alpha + j), and derivatives those of 1/(alpha + j) and its square: tables that are
//! made once per set of parameters, no special functions, nothing that overflows.

use super::opportunities::Counted;
use crate::newton::Evaluation;
use crate::parallel::chunks;
use crate::symmetric::{Matrix, Vector};

/// Sums over j < m of `ln(start + j)`, `1/(start + j)` and `1/(start + j)^2`, for every m.
struct Running(Vec<[f64; 3]>);

impl Running {
    fn new(start: f64, most: usize) -> Self {
        let mut sums = Vec::with_capacity(most + 1);
        let mut sum = [0.0; 3];
        sums.push(sum);
        for j in 0..most {
            let term = start + j as f64;
            sum = [
                sum[0] + term.ln(),
                sum[1] + 1.0 / term,
                sum[2] + 1.0 / (term * term),
            ];
            sums.push(sum);
        }
        Self(sums)
    }
}

/// Sums over j < m of `ln((b + j)/(a + b + j))`, so that nothing cancels when b is large.
struct RunningRatio(Vec<f64>);

impl RunningRatio {
    fn new(a: f64, b: f64, most: usize) -> Self {
        let mut sums = Vec::with_capacity(most + 1);
        let mut sum = 0.0;
        sums.push(sum);
        for j in 0..most {
            sum -= (a / (b + j as f64)).ln_1p();
            sums.push(sum);
        }
        Self(sums)
    }
}

/// Tables for one set of parameters `[alpha, beta, gamma, delta]`.
pub(super) struct Tables {
    parameters: Vector<4>,
    /// Starting at alpha, beta, alpha + beta, delta and gamma + delta.
    alpha: Running,
    beta: Running,
    alpha_beta: Running,
    delta: Running,
    gamma_delta: Running,
    /// Of staying alive.
    stays: RunningRatio,
    /// Logarithms of factorials.
    factorial: Running,
}

/// One way in which it may have happened: its logarithm with derivatives.
#[derive(Debug, Clone, Copy)]
struct Way {
    log: f64,
    slope: Vector<4>,
    /// Of the Hessian: the diagonal, and what alpha with beta and gamma with delta share.
    bend: Vector<4>,
    shared: [f64; 2],
}

/// What the likelihood says of one customer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Customer {
    pub(super) log_likelihood: f64,
    pub(super) slope: Vector<4>,
    pub(super) bend: Matrix<4>,
    /// Logarithm of the probability of being alive after the last opportunity.
    pub(super) log_alive: f64,
    /// The same of not being alive; minus infinity for certain life.
    pub(super) log_gone: f64,
    /// Derivatives of `log_alive`.
    pub(super) alive_slope: Vector<4>,
}

impl Tables {
    /// For customers with at most so many opportunities.
    pub(super) fn new(parameters: &Vector<4>, most: usize) -> Self {
        let [alpha, beta, gamma, delta] = *parameters;
        Self {
            parameters: *parameters,
            alpha: Running::new(alpha, most),
            beta: Running::new(beta, most),
            alpha_beta: Running::new(alpha + beta, most),
            delta: Running::new(delta, most),
            gamma_delta: Running::new(gamma + delta, most + 1),
            stays: RunningRatio::new(gamma, delta, most),
            factorial: Running::new(1.0, most),
        }
    }

    /// Buying x times in m opportunities, and staying alive through them; then, if `leaves`, not
    /// staying at the next.
    fn way(&self, x: usize, m: usize, leaves: bool) -> Way {
        let [_, _, gamma, delta] = self.parameters;
        let (a, b, ab) = (self.alpha.0[x], self.beta.0[m - x], self.alpha_beta.0[m]);
        let d = self.delta.0[m];
        let through = m + usize::from(leaves);
        let gd = self.gamma_delta.0[through];
        let mut log = a[0] + b[0] - ab[0] + self.stays.0[m];
        let (mut in_gamma, mut in_gamma_square) = (-gd[1], gd[2]);
        if leaves {
            log += (gamma / (gamma + delta + m as f64)).ln();
            in_gamma += 1.0 / gamma;
            in_gamma_square -= 1.0 / (gamma * gamma);
        }
        Way {
            log,
            slope: [a[1] - ab[1], b[1] - ab[1], in_gamma, d[1] - gd[1]],
            bend: [ab[2] - a[2], ab[2] - b[2], in_gamma_square, gd[2] - d[2]],
            shared: [ab[2], gd[2]],
        }
    }

    /// Probability that a new customer buys at exactly `count` of so many opportunities,
    /// and its derivatives.
    pub(super) fn probability_of(&self, count: usize, opportunities: usize) -> (f64, Vector<4>) {
        let (mut sum, mut slope) = (0.0, [0.0; 4]);
        for m in count..=opportunities {
            let way = self.way(count, m, m < opportunities);
            let factorial = |n: usize| self.factorial.0[n][0];
            let log_choices = factorial(m) - factorial(count) - factorial(m - count);
            let probability = (way.log + log_choices).exp();
            sum += probability;
            for (sum, slope) in slope.iter_mut().zip(way.slope) {
                *sum += probability * slope;
            }
        }
        (sum, slope)
    }

    pub(super) fn customer(&self, x: usize, t_x: usize, n: usize) -> Customer {
        let alive = self.way(x, n, false);
        let ways = (t_x..n).map(|m| self.way(x, m, true));
        let highest = ways
            .clone()
            .fold(alive.log, |highest, way| highest.max(way.log));
        let (mut sum, mut gone) = (0.0, 0.0);
        let mut slope = [0.0; 4];
        let mut bend = [[0.0; 4]; 4];
        for way in ways.chain([alive]) {
            let share = (way.log - highest).exp();
            gone = sum;
            sum += share;
            for i in 0..4 {
                slope[i] += share * way.slope[i];
                bend[i][i] += share * way.bend[i];
                for (j, slope) in way.slope.into_iter().enumerate() {
                    bend[i][j] += share * way.slope[i] * slope;
                }
            }
            for (i, shared) in [(0, way.shared[0]), (2, way.shared[1])] {
                bend[i][i + 1] += share * shared;
                bend[i + 1][i] += share * shared;
            }
        }
        // The way still alive came last: before it stood all the others.
        let log_gone = f64::ln(gone / sum);
        let slope = slope.map(|slope| slope / sum);
        for i in 0..4 {
            for j in 0..4 {
                bend[i][j] = bend[i][j] / sum - slope[i] * slope[j];
            }
        }
        let log_likelihood = highest + sum.ln();
        Customer {
            log_likelihood,
            slope,
            bend,
            log_alive: (alive.log - log_likelihood).min(0.0),
            log_gone,
            alive_slope: std::array::from_fn(|i| alive.slope[i] - slope[i]),
        }
    }
}

/// Log-likelihood at `[alpha, beta, gamma, delta]` and its derivatives with respect to them.
pub(super) fn evaluate(counted: &[Counted], parameters: &Vector<4>) -> Evaluation<4> {
    let most = counted.iter().map(|row| row.opportunities).max();
    let tables = Tables::new(parameters, most.unwrap_or(0));
    let parts = chunks(counted.len(), |range| {
        let mut sum = Evaluation::ZERO;
        for row in &counted[range] {
            let one = tables.customer(row.frequency, row.recency, row.opportunities);
            sum.value += row.customers * one.log_likelihood;
            for i in 0..4 {
                sum.gradient[i] += row.customers * one.slope[i];
                for j in 0..4 {
                    sum.hessian[i][j] += row.customers * one.bend[i][j];
                }
            }
        }
        sum
    });
    let mut total = Evaluation::ZERO;
    for part in &parts {
        total.add(part);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::beta::ln_beta;

    const AT: Vector<4> = [1.2, 0.75, 0.66, 2.78];

    #[test]
    fn one_customer_as_in_the_paper() {
        // The likelihood of the paper written out with beta functions.
        let [alpha, beta, gamma, delta] = AT;
        let (x, t_x, n) = (3.0, 4.0, 6.0);
        let bought = |m: f64| ln_beta(alpha + x, beta + m - x) - ln_beta(alpha, beta);
        let plain = ln_beta(gamma, delta);
        let mut wanted = (bought(n) + ln_beta(gamma, delta + n) - plain).exp();
        let alive = wanted;
        for m in [t_x, t_x + 1.0] {
            wanted += (bought(m) + ln_beta(gamma + 1.0, delta + m) - plain).exp();
        }
        let found = Tables::new(&AT, 6).customer(3, 4, 6);
        assert!((found.log_likelihood - wanted.ln()).abs() < 1e-12);
        assert!((found.log_alive - (alive / wanted).ln()).abs() < 1e-12);
        assert!((found.log_alive.exp() + found.log_gone.exp() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn derivatives_agree_with_differences() {
        for (x, t_x, n) in [(0, 0, 6), (3, 4, 6), (6, 6, 6), (1, 1, 30)] {
            let exact = Tables::new(&AT, n).customer(x, t_x, n);
            for i in 0..4 {
                let moved = |step: f64| {
                    let mut point = AT;
                    point[i] += step;
                    Tables::new(&point, n).customer(x, t_x, n)
                };
                let (up, down) = (moved(1e-5), moved(-1e-5));
                let slope = (up.log_likelihood - down.log_likelihood) / 2e-5;
                assert!((slope - exact.slope[i]).abs() < 1e-8);
                let slope = (up.log_alive - down.log_alive) / 2e-5;
                assert!((slope - exact.alive_slope[i]).abs() < 1e-8);
                for j in 0..4 {
                    let bend = (up.slope[j] - down.slope[j]) / 2e-5;
                    assert!((bend - exact.bend[j][i]).abs() < 1e-8);
                }
            }
        }
    }
}
