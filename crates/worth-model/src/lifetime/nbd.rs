//! NBD: customers who never leave. What a model of leaving has to beat.
//!
//! Customers buy at random, each at a rate of their own; rates differ as a gamma distribution with
//! shape `r` and rate `alpha`. Nobody leaves, so whoever has been silent for long is taken for a
//! slow buyer.
//!
//! ```text
//! L(r, alpha) = Γ(r+x)/Γ(r)  alpha^r / (alpha + T)^(r+x)
//! E[X(t) | x, T] = t (r + x) / (alpha + T)
//! ```
//!
//! Source: A. S. C. Ehrenberg (1959), The Pattern of Consumer Purchases, Applied Statistics 8(1),
//! doi:10.2307/2985810; its conditional expectation: D. G. Morrison, D. C. Schmittlein (1988),
//! Generalizing the NBD Model for Customer Purchases, Journal of Business & Economic Statistics
//! 6(2), doi:10.1080/07350015.1988.10509648.

use super::fitted::check_time;
use super::fitting::Frame;
use super::hindsight::{Hindsight, check_actual};
use super::histories::CheckedHistories;
use crate::error::Error;
use crate::newton::Evaluation;
use crate::parallel::chunks;
use crate::symmetric::Vector;

/// Most steps of the search; a dozen is usual.
const MOST_ITERATIONS: u32 = 200;
const FRAME: Frame<2> = Frame {
    names: ["r", "alpha"],
    // In units of the mean age, as in the models of leaving.
    least: [1e-5, 1e-6],
    most: [1e4, 1e7],
    partner: [1, 0],
};

/// Customers who never leave: fit with [`Nbd::fit`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nbd {
    /// Shape of the distribution of purchase rates.
    pub r: f64,
    /// Rate of that distribution, in the unit of time.
    pub alpha: f64,
    /// Log-likelihood of the data.
    pub log_likelihood: f64,
}

impl Nbd {
    /// The parameters of highest likelihood.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] without customers.
    pub fn fit(histories: &CheckedHistories<'_>) -> Result<Self, Error> {
        if histories.customers() <= 0.0 {
            return Err(Error::Empty { what: "customers" });
        }
        let unit = Some(histories.mean_age()).filter(|age| *age > 0.0);
        let unit = unit.unwrap_or(1.0);
        let counts = Counts::of(histories);
        let rate = (counts.purchases / histories.customers()).max(1e-6);
        let likelihood = |at: &Vector<2>| evaluate(histories, &counts, unit, at);
        let starts = [0.5, 2.0].map(|r| [r, r / rate]);
        let found = FRAME.search(likelihood, starts, MOST_ITERATIONS);
        let [r, alpha] = found.point.map(f64::exp);
        Ok(Self {
            r,
            alpha: alpha * unit,
            log_likelihood: found.at.value - counts.purchases * unit.ln(),
        })
    }

    /// Expected purchases in the next `time` of a customer with this history.
    #[must_use]
    pub fn expected_purchases(&self, frequency: f64, age: f64, time: f64) -> f64 {
        time * (self.r + frequency) / (self.alpha + age)
    }

    /// What it had said of the next `time` of each customer, who then made `actual` purchases.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] when `time` is negative or not finite, [`Error::Length`] or [`Error::Row`]
    /// when `actual` does not fit.
    pub fn hindsight(
        &self,
        histories: &CheckedHistories<'_>,
        time: f64,
        actual: &[f64],
    ) -> Result<Vec<Hindsight>, Error> {
        check_time(time)?;
        check_actual(histories, actual)?;
        let columns = histories.rows();
        let parts: Vec<Vec<Hindsight>> = chunks(histories.len(), |range| {
            let mut probabilities = Vec::new();
            range
                .map(|row| {
                    let (x, age) = (columns.frequency[row], columns.age[row]);
                    self.counts(x, age, time, actual[row] as usize, &mut probabilities);
                    Hindsight::of(self.expected_purchases(x, age, time), &probabilities)
                })
                .collect()
        });
        Ok(parts.concat())
    }

    /// Probabilities of 0 to `most` purchases in the next `time`: negative binomial.
    fn counts(&self, x: f64, age: f64, time: f64, most: usize, probabilities: &mut Vec<f64>) {
        let (r, alpha) = (self.r + x, self.alpha + age);
        let share = time / (alpha + time);
        let mut probability = (-r * (time / alpha).ln_1p()).exp();
        probabilities.clear();
        for n in 0..=most {
            probabilities.push(probability);
            let n = n as f64;
            probability *= (r + n) / (n + 1.0) * share;
        }
    }
}

/// What the likelihood needs of the numbers of purchases.
struct Counts {
    purchases: f64,
    /// Customers with more than j purchases, from j = 0.
    above: Vec<f64>,
}

impl Counts {
    fn of(histories: &CheckedHistories<'_>) -> Self {
        let columns = histories.rows();
        let mut with = Vec::new();
        let mut purchases = 0.0;
        for row in 0..histories.len() {
            let (x, weight) = (columns.frequency[row], histories.weight_of(row));
            purchases += weight * x;
            if with.len() <= x as usize {
                with.resize(x as usize + 1, 0.0);
            }
            with[x as usize] += weight;
        }
        let mut above: Vec<f64> = with.split_off(1.min(with.len()));
        for j in (1..above.len()).rev() {
            above[j - 1] += above[j];
        }
        Self { purchases, above }
    }
}

/// Log-likelihood at `[r, alpha]`, in ages of `unit`, with its derivatives.
fn evaluate(
    histories: &CheckedHistories<'_>,
    counts: &Counts,
    unit: f64,
    &[r, alpha]: &Vector<2>,
) -> Evaluation<2> {
    let mut sum = Evaluation::ZERO;
    for (j, &customers) in counts.above.iter().enumerate() {
        let at = r + j as f64;
        sum.value += customers * at.ln();
        sum.gradient[0] += customers / at;
        sum.hessian[0][0] -= customers / (at * at);
    }
    sum.value -= counts.purchases * alpha.ln();
    sum.gradient[1] -= counts.purchases / alpha;
    sum.hessian[1][1] += counts.purchases / (alpha * alpha);
    let columns = histories.rows();
    let parts = chunks(histories.len(), |range| {
        let mut part = Evaluation::<2>::ZERO;
        for row in range {
            let (weight, age) = (histories.weight_of(row), columns.age[row] / unit);
            let exponent = r + columns.frequency[row];
            let log = (age / alpha).ln_1p();
            let in_age = 1.0 / (alpha + age);
            // 1/alpha - 1/(alpha + T), without taking a difference.
            let slope = age * in_age / alpha;
            part.value -= weight * exponent * log;
            part.gradient[0] -= weight * log;
            part.gradient[1] += weight * exponent * slope;
            part.hessian[0][1] += weight * slope;
            part.hessian[1][1] -= weight * exponent * slope * (1.0 / alpha + in_age);
        }
        part
    });
    parts.iter().for_each(|part| sum.add(part));
    sum.mirror();
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifetime::Histories;
    use crate::newton::agrees_with_differences;

    /// Three hundred customers over ages of 40 to 60, with 0 to 6 purchases.
    fn columns() -> [Vec<f64>; 3] {
        let frequency: Vec<f64> = (0..300).map(|i| f64::from(i * i % 7)).collect();
        let age: Vec<f64> = (0..300).map(|i| 40.0 + f64::from(i % 21)).collect();
        let recency = frequency
            .iter()
            .zip(&age)
            .map(|(x, age)| if *x > 0.0 { age / 2.0 } else { 0.0 })
            .collect();
        [frequency, recency, age]
    }

    fn histories(columns: &[Vec<f64>; 3]) -> CheckedHistories<'_> {
        let histories = Histories {
            frequency: &columns[0],
            recency: &columns[1],
            age: &columns[2],
            ..Histories::default()
        };
        histories.check().expect("they make sense")
    }

    #[test]
    fn derivatives_agree_with_differences_and_vanish_at_the_fit() {
        let columns = columns();
        let histories = histories(&columns);
        let counts = Counts::of(&histories);
        let evaluate = |at: &Vector<2>| evaluate(&histories, &counts, 1.0, at);
        agrees_with_differences([0.9, 12.0], evaluate);
        let fitted = Nbd::fit(&histories).expect("there are customers");
        let at_fit = evaluate(&[fitted.r, fitted.alpha]);
        assert!((at_fit.gradient[0] * fitted.r).abs() < 1e-3);
        assert!((at_fit.gradient[1] * fitted.alpha).abs() < 1e-3);
        assert!((at_fit.value - fitted.log_likelihood).abs() < 1e-8);
    }

    #[test]
    fn the_unit_of_time_changes_nothing_but_alpha() {
        let weeks = columns();
        let days = [0, 1, 2].map(|i| {
            let factor = if i == 0 { 1.0 } else { 7.0 };
            weeks[i]
                .iter()
                .map(|value| value * factor)
                .collect::<Vec<f64>>()
        });
        let one = Nbd::fit(&histories(&weeks)).expect("there are customers");
        let other = Nbd::fit(&histories(&days)).expect("there are customers");
        assert!((one.r - other.r).abs() < 1e-6 * one.r);
        assert!((7.0 * one.alpha - other.alpha).abs() < 1e-6 * other.alpha);
    }

    #[test]
    fn probabilities_add_up_and_have_the_mean_that_is_expected() {
        let nbd = Nbd {
            r: 0.7,
            alpha: 20.0,
            log_likelihood: 0.0,
        };
        let mut probabilities = Vec::new();
        nbd.counts(3.0, 50.0, 30.0, 200, &mut probabilities);
        let sum: f64 = probabilities.iter().sum();
        let mean: f64 = (0..)
            .zip(&probabilities)
            .map(|(n, p)| f64::from(n) * p)
            .sum();
        assert!((sum - 1.0).abs() < 1e-12);
        assert!((mean - nbd.expected_purchases(3.0, 50.0, 30.0)).abs() < 1e-10);
    }
}
