//! What depends on age, per number of purchases and phase, as Chebyshev series: computed at a few
//! ages and read off for millions of customers.
//!
//! For given parameters, what an alive customer will buy depends only on the number of purchases,
//! the phase between two of them and, smoothly, on `ln(alpha + age)`. Where many customers share a number of purchases the
//! function is computed at 8 to 32 ages, until the last terms of the series are negligible. Where
//! they never are, and where few customers share a number of purchases, it is computed for each.

use std::collections::BTreeMap;

use rayon::prelude::*;

/// Numbers of ages at which a function is computed, one after the other.
const NODES: [usize; 5] = [8, 12, 16, 24, 32];

/// A number with `K` others beside it, such as its derivatives.
pub(crate) type Numbers<const K: usize> = (f64, [f64; K]);

/// A function of age, with `K` others beside it, for each number of purchases that occurs and each
/// phase.
pub(crate) struct Curves<F, const K: usize> {
    /// In rising order of frequency.
    frequencies: Vec<u64>,
    /// One per phase of each of them.
    series: Vec<Option<Series<K>>>,
    phases: usize,
    shift: f64,
    exact: F,
}

struct Series<const K: usize> {
    middle: f64,
    half: f64,
    coefficients: Vec<Numbers<K>>,
}

impl<F: Fn(usize, f64, f64) -> Numbers<K> + Sync, const K: usize> Curves<F, K> {
    /// Prepares `exact(phase, frequency, age)` for the rows; `shift` is alpha. A series is good
    /// enough when its last terms are at most `negligible` of its largest.
    pub(crate) fn new(
        frequency: &[f64],
        age: &[f64],
        phases: usize,
        shift: f64,
        negligible: Numbers<K>,
        exact: F,
    ) -> Self {
        let mut ranges: BTreeMap<u64, (f64, f64, usize)> = BTreeMap::new();
        for (&x, &age) in frequency.iter().zip(age) {
            let range = ranges.entry(x as u64).or_insert((age, age, 0));
            *range = (range.0.min(age), range.1.max(age), range.2 + 1);
        }
        let series = ranges
            .par_iter()
            .flat_map_iter(|(&x, &range)| (0..phases).map(move |phase| (phase, x, range)))
            .map(|(phase, x, (least, most, rows))| {
                let ends = ((shift + least).ln(), (shift + most).ln());
                // An age computed from its logarithm may be off by the last digit.
                let at_log =
                    |log: f64| exact(phase, x as f64, (log.exp() - shift).clamp(least, most));
                NODES
                    .into_iter()
                    .take_while(|nodes| rows > *nodes)
                    .find_map(|nodes| Series::new(ends, nodes, &negligible, at_log))
            })
            .collect();
        Self {
            frequencies: ranges.into_keys().collect(),
            series,
            phases,
            shift,
            exact,
        }
    }

    /// The functions for one customer, in one phase.
    pub(crate) fn at(&self, phase: usize, frequency: f64, age: f64) -> Numbers<K> {
        let x = frequency as u64;
        let slot = match self.frequencies.get(x as usize) {
            Some(&found) if found == x => Some(x as usize),
            _ => self.frequencies.binary_search(&x).ok(),
        };
        match slot.and_then(|slot| self.series[slot * self.phases + phase].as_ref()) {
            Some(series) => series.at((self.shift + age).ln()),
            None => (self.exact)(phase, frequency, age),
        }
    }
}

impl<const K: usize> Series<K> {
    /// Between the two ends, if this many ages are enough.
    fn new(
        (low, high): (f64, f64),
        nodes: usize,
        negligible: &Numbers<K>,
        at_log: impl Fn(f64) -> Numbers<K> + Sync,
    ) -> Option<Self> {
        let (middle, half) = ((low + high) / 2.0, (high - low) / 2.0);
        if half < 1e-9 {
            return Some(Self {
                middle,
                half: 1.0,
                coefficients: vec![at_log(middle)],
            });
        }
        let angle = |node: usize| std::f64::consts::PI * (node as f64 + 0.5) / nodes as f64;
        let values: Vec<Numbers<K>> = (0..nodes)
            .into_par_iter()
            .map(|node| at_log(middle + half * angle(node).cos()))
            .collect();
        let mut coefficients = vec![(0.0, [0.0; K]); nodes];
        for (order, coefficient) in coefficients.iter_mut().enumerate() {
            let share = if order == 0 { 1.0 } else { 2.0 } / nodes as f64;
            for (node, value) in values.iter().enumerate() {
                let wave = (order as f64 * angle(node)).cos();
                coefficient.0 += value.0 * wave * share;
                for k in 0..K {
                    coefficient.1[k] += value.1[k] * wave * share;
                }
            }
        }
        let ends_at = |order: usize, negligible: f64, of: &dyn Fn(&Numbers<K>) -> f64| {
            let largest = |part: &[Numbers<K>]| {
                let sizes = part.iter().map(|numbers| of(numbers).abs());
                sizes.fold(0.0, f64::max)
            };
            largest(&coefficients[order..]) <= negligible * largest(&coefficients)
        };
        let needed = (1..nodes - 1).find(|&order| {
            ends_at(order, negligible.0, &|numbers| numbers.0)
                && (0..K).all(|k| ends_at(order, negligible.1[k], &|numbers| numbers.1[k]))
        })?;
        coefficients.truncate(needed);
        Some(Self {
            middle,
            half,
            coefficients,
        })
    }

    /// Clenshaw's recurrence.
    fn at(&self, log_age: f64) -> Numbers<K> {
        let t = ((log_age - self.middle) / self.half).clamp(-1.0, 1.0);
        let none = (0.0, [0.0; K]);
        let (mut next, mut after) = (none, none);
        for (first, others) in self.coefficients[1..].iter().rev() {
            let here =
                |coefficient: f64, next: f64, after: f64| coefficient + 2.0 * t * next - after;
            let all = std::array::from_fn(|k| here(others[k], next.1[k], after.1[k]));
            (after, next) = (next, (here(*first, next.0, after.0), all));
        }
        let (first, others) = self.coefficients[0];
        let end = |coefficient: f64, next: f64, after: f64| coefficient + (t * next - after);
        let all = std::array::from_fn(|k| end(others[k], next.1[k], after.1[k]));
        (end(first, next.0, after.0), all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smooth_function_is_read_off_to_ten_digits() {
        let ages: Vec<f64> = (0..1000).map(|row| f64::from(row) * 0.3).collect();
        let frequency = vec![3.0; ages.len()];
        let exact =
            |_: usize, x: f64, age: f64| (x / (4.0 + age).powf(0.3), [1.0 + (4.0 + age).ln()]);
        let curves = Curves::new(&frequency, &ages, 1, 4.0, (1e-10, [1e-10]), exact);
        assert!(curves.series[0].is_some());
        for &age in &ages {
            let (found, wanted) = (curves.at(0, 3.0, age), exact(0, 3.0, age));
            let close = |found: f64, wanted: f64| (found / wanted - 1.0).abs() < 1e-9;
            assert!(close(found.0, wanted.0) && close(found.1[0], wanted.1[0]));
        }
    }

    #[test]
    fn a_rough_function_and_rare_frequencies_are_computed_directly() {
        let ages: Vec<f64> = (0..1000).map(f64::from).collect();
        let mut frequency = vec![3.0; ages.len()];
        frequency[7] = 900.0;
        let exact = |_: usize, x: f64, age: f64| (x + (age * 0.7).sin(), []);
        let curves = Curves::new(&frequency, &ages, 1, 4.0, (1e-10, []), exact);
        assert!(curves.series.iter().all(Option::is_none));
        assert_eq!(curves.at(0, 900.0, 7.0), exact(0, 900.0, 7.0));
    }
}
