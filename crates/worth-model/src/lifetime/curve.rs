//! What depends on age, per number of purchases, as Chebyshev series: computed at a few ages and
//! read off for millions of customers.
//!
//! For given parameters, what an alive customer will buy depends only on the number of purchases
//! and, smoothly, on `ln(alpha + age)`. Where many customers share a number of purchases the
//! function is computed at 32 ages; the series then agrees with it to ten digits, which is
//! checked on its last terms, and ages are computed one by one where it does not.

use std::collections::BTreeMap;

use rayon::prelude::*;

/// Ages at which a function is computed.
const NODES: usize = 32;
/// A series is used when its last terms are at most this share of its largest.
const NEGLIGIBLE: f64 = 1e-10;

/// `K` functions of age for each number of purchases that occurs.
pub(crate) struct Curves<F, const K: usize> {
    /// In rising order of frequency.
    frequencies: Vec<u64>,
    series: Vec<Option<Series<K>>>,
    shift: f64,
    exact: F,
}

struct Series<const K: usize> {
    middle: f64,
    half: f64,
    coefficients: Vec<[f64; K]>,
}

impl<F: Fn(f64, f64) -> [f64; K] + Sync, const K: usize> Curves<F, K> {
    /// Prepares `exact(frequency, age)` for the rows; `shift` is alpha.
    pub(crate) fn new(frequency: &[f64], age: &[f64], shift: f64, exact: F) -> Self {
        let mut ranges: BTreeMap<u64, (f64, f64, usize)> = BTreeMap::new();
        for (&x, &age) in frequency.iter().zip(age) {
            let range = ranges.entry(x as u64).or_insert((age, age, 0));
            *range = (range.0.min(age), range.1.max(age), range.2 + 1);
        }
        let series = ranges
            .par_iter()
            .map(|(&x, &(least, most, rows))| {
                (rows > 2 * NODES)
                    .then(|| Series::new(x as f64, least, most, shift, &exact))
                    .flatten()
            })
            .collect();
        Self {
            frequencies: ranges.into_keys().collect(),
            series,
            shift,
            exact,
        }
    }

    /// The functions for one customer.
    pub(crate) fn at(&self, frequency: f64, age: f64) -> [f64; K] {
        let x = frequency as u64;
        let slot = match self.frequencies.get(x as usize) {
            Some(&found) if found == x => Some(x as usize),
            _ => self.frequencies.binary_search(&x).ok(),
        };
        match slot.and_then(|slot| self.series[slot].as_ref()) {
            Some(series) => series.at((self.shift + age).ln()),
            None => (self.exact)(frequency, age),
        }
    }
}

impl<const K: usize> Series<K> {
    fn new(
        x: f64,
        least: f64,
        most: f64,
        shift: f64,
        exact: &(impl Fn(f64, f64) -> [f64; K] + Sync),
    ) -> Option<Self> {
        let (low, high) = ((shift + least).ln(), (shift + most).ln());
        let (middle, half) = ((low + high) / 2.0, (high - low) / 2.0);
        if half < 1e-9 {
            return Some(Self {
                middle,
                half: 1.0,
                coefficients: vec![exact(x, most)],
            });
        }
        let angle = |node: usize| std::f64::consts::PI * (node as f64 + 0.5) / NODES as f64;
        let values: Vec<[f64; K]> = (0..NODES)
            .into_par_iter()
            .map(|node| {
                let age = (middle + half * angle(node).cos()).exp() - shift;
                exact(x, age.clamp(least, most))
            })
            .collect();
        let mut coefficients = vec![[0.0; K]; NODES];
        for (order, coefficient) in coefficients.iter_mut().enumerate() {
            for (node, value) in values.iter().enumerate() {
                let wave = (order as f64 * angle(node)).cos();
                for k in 0..K {
                    coefficient[k] += value[k] * wave * 2.0 / NODES as f64;
                }
            }
        }
        for first in &mut coefficients[0] {
            *first /= 2.0;
        }
        let largest =
            |part: &[[f64; K]], k: usize| part.iter().map(|c| c[k].abs()).fold(0.0, f64::max);
        let small = |from: usize, limit: f64| {
            (0..K).all(|k| largest(&coefficients[from..], k) <= limit * largest(&coefficients, k))
        };
        if !small(NODES - 3, NEGLIGIBLE) {
            return None;
        }
        let needed = (1..NODES)
            .find(|&order| small(order, NEGLIGIBLE * 0.1))
            .unwrap_or(NODES);
        coefficients.truncate(needed);
        Some(Self {
            middle,
            half,
            coefficients,
        })
    }

    /// Clenshaw's recurrence.
    fn at(&self, log_age: f64) -> [f64; K] {
        let t = ((log_age - self.middle) / self.half).clamp(-1.0, 1.0);
        let (mut next, mut after) = ([0.0; K], [0.0; K]);
        for coefficient in self.coefficients[1..].iter().rev() {
            for k in 0..K {
                let here = coefficient[k] + 2.0 * t * next[k] - after[k];
                after[k] = next[k];
                next[k] = here;
            }
        }
        let mut result = self.coefficients[0];
        for k in 0..K {
            result[k] += t * next[k] - after[k];
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smooth_function_is_read_off_to_ten_digits() {
        let ages: Vec<f64> = (0..1000).map(|row| f64::from(row) * 0.3).collect();
        let frequency = vec![3.0; ages.len()];
        let exact = |x: f64, age: f64| [x / (4.0 + age).powf(0.3), 1.0 + (4.0 + age).ln()];
        let curves = Curves::new(&frequency, &ages, 4.0, exact);
        assert!(curves.series[0].is_some());
        for &age in &ages {
            let (found, wanted) = (curves.at(3.0, age), exact(3.0, age));
            for k in 0..2 {
                assert!((found[k] - wanted[k]).abs() < 1e-9 * wanted[k].abs());
            }
        }
    }

    #[test]
    fn a_rough_function_and_rare_frequencies_are_computed_directly() {
        let ages: Vec<f64> = (0..1000).map(f64::from).collect();
        let mut frequency = vec![3.0; ages.len()];
        frequency[7] = 900.0;
        let exact = |x: f64, age: f64| [x + (age * 0.7).sin()];
        let curves = Curves::new(&frequency, &ages, 4.0, exact);
        assert!(curves.series.iter().all(Option::is_none));
        assert_eq!(curves.at(900.0, 7.0), exact(900.0, 7.0));
    }
}
