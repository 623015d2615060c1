//! Poisson regression with a little shrinkage, and errors for days that vary more than Poisson.
//!
//! The log-likelihood is that of counts with mean `μ = expected · exp(x'θ)`, less `φ/2 · (θ/2.5)²`
//! for each coefficient but the first ones: it is taken to be normal around 0 (no effect) with
//! standard deviation 2.5, so that days on which nothing was bought have an effect at all. The
//! scale is that of A. Gelman, A. Jakulin, M. G. Pittau, Y.-S. Su (2008), A Weakly Informative
//! Default Prior Distribution for Logistic and Other Regression Models, Annals of Applied
//! Statistics 2(4), doi:10.1214/08-AOAS191. An effect with a standard error of a quarter moves by a
//! hundredth of itself; a prior learnt from the effects themselves would need more of them than a
//! shop has.
//!
//! φ is how much more than Poisson days vary. Days of a week share their luck (weather, stock), so
//! it is taken over days and over weeks, and the larger counts.

use crate::dense::{Factor, dot};

/// The search ends when the log-likelihood promises to rise by less.
const ENOUGH: f64 = 1e-9;
/// Standard deviation of effects before anything is known.
const PRIOR_DEVIATION: f64 = 2.5;
const MOST_STEPS: u32 = 100;
/// The smallest part of a step that is tried.
const SMALLEST_PART: f64 = 1e-6;
/// How often φ and the coefficients are made to agree; three are usual.
const MOST_ROUNDS: u32 = 10;
/// Beyond e to this power a mean is as good as 0 or without limit.
const LARGEST_LOG: f64 = 300.0;
const DAYS_PER_WEEK: usize = 7;

/// Counts with what they are explained by.
pub(super) struct Regression {
    /// Numbers per row.
    pub(super) size: usize,
    /// How many of them, the first, have coefficients that are not shrunk; the very first is 1.
    pub(super) free: usize,
    /// Row by row.
    pub(super) numbers: Vec<f64>,
    pub(super) counts: Vec<f64>,
    /// All above 0.
    pub(super) expected: Vec<f64>,
}

/// What was found.
pub(super) struct Found {
    pub(super) coefficients: Vec<f64>,
    /// Means of the rows.
    pub(super) means: Vec<f64>,
    pub(super) covariance: Vec<f64>,
    /// φ, at least 1.
    pub(super) dispersion: f64,
    /// Twice the log-likelihood gained over the free numbers alone, in units of φ.
    pub(super) gain: f64,
    /// Tells which numbers follow from those before them.
    pub(super) factor: Factor,
    pub(super) converged: bool,
}

/// A point of the search.
struct At {
    coefficients: Vec<f64>,
    means: Vec<f64>,
    log_likelihood: f64,
    /// The log-likelihood less the shrinkage, its gradient, and minus its second derivatives.
    value: f64,
    gradient: Vec<f64>,
    information: Vec<f64>,
}

impl Regression {
    pub(super) fn fit(&self) -> Found {
        let counts: f64 = self.counts.iter().sum();
        let expected: f64 = self.expected.iter().sum();
        let mut start = vec![0.0; self.size];
        // As if there had been one half more: the logarithm of nothing is no place to start.
        start[0] = ((counts + 0.5) / (expected + 0.5)).ln();
        let factor = Factor::new(
            &self.at(start.clone(), 0.0).information,
            self.size,
            counts * 1e-9,
        );
        let (mut at, mut converged) = self.climb(start.clone(), factor.kept(), 1.0);
        let mut dispersion = 1.0;
        for _ in 0..MOST_ROUNDS {
            let next = self.dispersion(&at.means, factor.rank());
            let is_settled = (next / dispersion - 1.0).abs() < 1e-6;
            dispersion = next;
            if is_settled {
                break;
            }
            (at, converged) = self.climb(at.coefficients, factor.kept(), dispersion);
        }
        let inverse = Factor::of(&at.information, factor.kept()).map(|factor| factor.inverse());
        let mut covariance = inverse.unwrap_or_else(|| vec![0.0; self.size * self.size]);
        covariance.iter_mut().for_each(|cell| *cell *= dispersion);
        let mut kept = factor.kept().to_vec();
        kept[self.free..].fill(false);
        let (free, _) = self.climb(start, &kept, dispersion);
        Found {
            gain: 2.0 * (at.log_likelihood - free.log_likelihood) / dispersion,
            coefficients: at.coefficients,
            means: at.means,
            covariance,
            dispersion,
            factor,
            converged,
        }
    }

    /// Newton steps, halved until they climb: the function is concave.
    fn climb(&self, start: Vec<f64>, kept: &[bool], dispersion: f64) -> (At, bool) {
        let mut at = self.at(start, dispersion);
        for _ in 0..MOST_STEPS {
            let Some(factor) = Factor::of(&at.information, kept) else {
                return (at, false);
            };
            let step = factor.solve(&at.gradient);
            if dot(&step, &at.gradient) < ENOUGH {
                return (at, true);
            }
            let mut part = 1.0;
            let next = loop {
                let moved = at
                    .coefficients
                    .iter()
                    .zip(&step)
                    .map(|(from, step)| from + part * step);
                let next = self.at(moved.collect(), dispersion);
                // Summing many rows leaves this much noise in the value.
                if next.value >= at.value - at.value.abs() * 1e-13 {
                    break next;
                }
                part /= 2.0;
                if part < SMALLEST_PART {
                    return (at, false);
                }
            };
            at = next;
        }
        (at, false)
    }

    fn at(&self, coefficients: Vec<f64>, dispersion: f64) -> At {
        let size = self.size;
        let (mut value, mut gradient) = (0.0, vec![0.0; size]);
        let mut information = vec![0.0; size * size];
        let mut means = Vec::with_capacity(self.counts.len());
        for (row, numbers) in self.numbers.chunks_exact(size).enumerate() {
            let log = dot(numbers, &coefficients).clamp(-LARGEST_LOG, LARGEST_LOG);
            let mean = self.expected[row] * log.exp();
            means.push(mean);
            value += self.counts[row] * (self.expected[row].ln() + log) - mean;
            for i in 0..size {
                gradient[i] += (self.counts[row] - mean) * numbers[i];
                for j in 0..size {
                    information[i * size + j] += mean * numbers[i] * numbers[j];
                }
            }
        }
        let log_likelihood = value;
        let precision = dispersion / (PRIOR_DEVIATION * PRIOR_DEVIATION);
        for i in self.free..size {
            value -= 0.5 * precision * coefficients[i] * coefficients[i];
            gradient[i] -= precision * coefficients[i];
            information[i * size + i] += precision;
        }
        At {
            coefficients,
            means,
            log_likelihood,
            value,
            gradient,
            information,
        }
    }

    /// φ, over single rows or over weeks of them.
    fn dispersion(&self, means: &[f64], rank: usize) -> f64 {
        let over = |rows: usize| {
            let blocks = self.counts.chunks(rows).zip(means.chunks(rows));
            let squares = blocks.map(|(counts, means)| {
                let mean: f64 = means.iter().sum();
                (counts.iter().sum::<f64>() - mean).powi(2) / mean.max(f64::MIN_POSITIVE)
            });
            let blocks = self.counts.len().div_ceil(rows);
            squares.sum::<f64>() / blocks.saturating_sub(rank).max(1) as f64
        };
        over(1).max(over(DAYS_PER_WEEK)).clamp(1.0, 1e12)
    }
}
