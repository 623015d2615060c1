//! How much of a whole a few hold: top shares, Gini coefficient; and shares and quantiles.
//!
//! Intervals of top shares and of the Gini coefficient, where the customers are a sample of those
//! there could be, come from their influence functions (Langel, Tillé 2013, Variance Estimation of
//! the Gini Index: Revisiting a Result Several Times Published, doi:10.1111/j.1467-985X.2012.01048.x).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, require};
use crate::estimate::{Estimate, Method, NoInterval, check_level, reach};
use crate::shares::wilson;

/// Parts of the customers, the best first, whose share is told.
const TOPS: [f64; 3] = [0.01, 0.1, 0.2];
/// Fewer customers than this give no interval.
const FEWEST: usize = 10;

/// How much of a whole a few hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Concentration {
    /// How many hold it together.
    pub customers: usize,
    /// The whole, in the unit of the values.
    pub total: f64,
    /// Shares of the best 1, 10 and 20 %.
    pub top: Vec<TopShare>,
    /// Gini coefficient: 0 = all hold the same, towards 1 = one holds everything.
    pub gini: Estimate,
}

/// What the best customers hold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TopShare {
    /// Part of the customers, 0..1, the best first.
    pub customers: f64,
    /// Their part of the whole, 0..1. Where the part is no whole number of customers, the last
    /// one counts in proportion.
    pub share: Estimate,
}

/// Measures concentration of `values` (one per customer, at least 0, any unit).
///
/// `level`: with one, customers are taken as a sample and shares get intervals; without, the
/// values are all there is and shares are counted. When the whole is 0, nobody holds anything and
/// all shares are 0.
///
/// # Errors
///
/// [`Error::Empty`] without values, [`Error::Row`] for a value that is negative or not finite,
/// [`Error::Setting`] for a level outside 0.5..0.999.
pub fn concentration(values: &[f64], level: Option<f64>) -> Result<Concentration, Error> {
    if values.is_empty() {
        return Err(Error::Empty { what: "customers" });
    }
    if let Some(row) = values
        .iter()
        .position(|value| !(value.is_finite() && *value >= 0.0))
    {
        let expected = "expected a number of at least 0";
        return Err(Error::Row {
            field: "values",
            row,
            value: values[row],
            expected,
        });
    }
    if let Some(level) = level {
        check_level(level)?;
    }
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let lorenz = Lorenz::new(&sorted);
    let gini = lorenz.gini();
    Ok(Concentration {
        customers: values.len(),
        total: lorenz.total(),
        top: TOPS
            .into_iter()
            .map(|part| TopShare {
                customers: part,
                share: lorenz.estimate(1.0 - lorenz.below(1.0 - part), level, |index| {
                    lorenz.influence_on_below(1.0 - part, index)
                }),
            })
            .collect(),
        gini: lorenz.estimate(gini, level, |index| lorenz.influence_on_gini(gini, index)),
    })
}

/// The Lorenz curve of sorted values.
struct Lorenz<'a> {
    sorted: &'a [f64],
    /// Sum of the first 0, 1, 2 … values.
    sums: Vec<f64>,
}

impl<'a> Lorenz<'a> {
    fn new(sorted: &'a [f64]) -> Self {
        let mut sums = vec![0.0];
        let mut sum = 0.0;
        for value in sorted {
            sum += value;
            sums.push(sum);
        }
        Self { sorted, sums }
    }

    fn count(&self) -> f64 {
        self.sorted.len() as f64
    }

    fn total(&self) -> f64 {
        self.sums[self.sorted.len()]
    }

    /// Part of the whole that the lowest `part` of the customers hold.
    fn below(&self, part: f64) -> f64 {
        if self.total() <= 0.0 {
            return 1.0;
        }
        let place = part * self.count();
        let whole = (place.floor() as usize).min(self.sorted.len() - 1);
        (self.sums[whole] + (place - whole as f64) * self.sorted[whole]) / self.total()
    }

    /// `sum of (2 i - n - 1) x_i / (n sum of x)` for values in rising order.
    fn gini(&self) -> f64 {
        if self.total() <= 0.0 {
            return 0.0;
        }
        let ranked: f64 = self
            .sorted
            .iter()
            .enumerate()
            .map(|(index, value)| (2.0 * index as f64 + 1.0 - self.count()) * value)
            .sum();
        ranked / (self.count() * self.total())
    }

    /// How much one customer pulls on [`Self::below`].
    fn influence_on_below(&self, part: f64, index: usize) -> f64 {
        let place = ((part * self.count()) as usize).min(self.sorted.len() - 1);
        let (value, limit) = (self.sorted[index], self.sorted[place]);
        let mean = self.total() / self.count();
        ((value - limit).min(0.0) + part * limit - self.below(part) * value) / mean
    }

    /// How much one customer pulls on [`Self::gini`].
    fn influence_on_gini(&self, gini: f64, index: usize) -> f64 {
        let value = self.sorted[index];
        let mean = self.total() / self.count();
        let rank = (index as f64 + 0.5) / self.count();
        let below = (self.sums[index] + 0.5 * value) / self.total();
        let sum = value * (1.0 - rank) - mean * (1.0 - below) + mean * (1.0 + gini) / 2.0
            - value * (1.0 - gini) / 2.0;
        -2.0 * sum / mean
    }

    fn estimate(
        &self,
        share: f64,
        level: Option<f64>,
        influence: impl Fn(usize) -> f64,
    ) -> Estimate {
        let Some(level) = level else {
            return Estimate::counted(share);
        };
        if self.sorted.len() < FEWEST || self.total() <= 0.0 {
            return Estimate::without(share, NoInterval::TooFew);
        }
        let squares: f64 = (0..self.sorted.len())
            .map(|index| influence(index).powi(2))
            .sum();
        let reach = reach(level) * squares.sqrt() / self.count();
        let (low, high) = ((share - reach).max(0.0), (share + reach).min(1.0));
        Estimate::between(share, low, high, level, Method::Delta)
    }
}

/// A share of a sample with Wilson's score interval.
///
/// # Errors
///
/// [`Error::Setting`] when `hits` is not within `0..=of` or the level is outside 0.5..0.999,
/// [`Error::Empty`] when `of` is 0.
pub fn share(hits: f64, of: f64, level: f64) -> Result<Estimate, Error> {
    check_level(level)?;
    if of == 0.0 {
        return Err(Error::Empty {
            what: "observations",
        });
    }
    require(of.is_finite() && of > 0.0, "of", of, "expected more than 0")?;
    require(
        (0.0..=of).contains(&hits),
        "hits",
        hits,
        "expected 0 to the number of observations",
    )?;
    Ok(wilson(hits / of, of, level))
}

/// Quantile of values in rising order by linear interpolation (type 7 of Hyndman and Fan 1996);
/// nothing of no values. `part`: 0..1, 0.5 is the median.
#[must_use]
pub fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = part.clamp(0.0, 1.0) * last as f64;
    let low = place.floor() as usize;
    let high = (low + 1).min(last);
    Some(sorted[low] + (place - low as f64) * (sorted[high] - sorted[low]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_ten_customers_counted_by_hand() {
        // 10 customers holding 1 … 10, 55 in all. The best holds 10, the best two 19.
        let values: Vec<f64> = (1..=10).rev().map(f64::from).collect();
        let found = concentration(&values, None).unwrap();
        assert_eq!(found.total, 55.0);
        let share = |index: usize| found.top[index].share.value;
        // One in a hundred is a tenth of the best customer.
        assert!((share(0) - 1.0 / 55.0).abs() < 1e-12);
        assert!((share(1) - 10.0 / 55.0).abs() < 1e-12);
        assert!((share(2) - 19.0 / 55.0).abs() < 1e-12);
        // Gini of 1 … n is (n - 1) / (3 n).
        assert!((found.gini.value - 0.3).abs() < 1e-12);
        assert_eq!(found.gini, Estimate::counted(found.gini.value));
    }

    #[test]
    fn equal_customers_and_one_who_has_all() {
        let equal = concentration(&[5.0; 200], None).unwrap();
        assert!(equal.gini.value.abs() < 1e-12);
        assert!((equal.top[1].share.value - 0.1).abs() < 1e-12);
        let mut values = vec![0.0; 200];
        values[17] = 3.0;
        let one = concentration(&values, None).unwrap();
        assert!((one.gini.value - 0.995).abs() < 1e-12);
        assert!((one.top[0].share.value - 1.0).abs() < 1e-12);
        let nothing = concentration(&[0.0; 20], Some(0.9)).unwrap();
        assert_eq!((nothing.gini.value, nothing.top[0].share.value), (0.0, 0.0));
    }

    #[test]
    fn intervals_agree_with_those_of_resampling() {
        use rand::{RngExt, SeedableRng};
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(4);
        let values: Vec<f64> = (0..800)
            .map(|_| (-(random.random::<f64>() + 1e-12).ln()).powf(1.5))
            .collect();
        let found = concentration(&values, Some(0.9)).unwrap();
        let (mut ginis, mut tops) = (Vec::new(), Vec::new());
        for _ in 0..600 {
            let again: Vec<f64> = (0..800)
                .map(|_| values[random.random_range(0..800)])
                .collect();
            let again = concentration(&again, None).unwrap();
            ginis.push(again.gini.value);
            tops.push(again.top[2].share.value);
        }
        for (mut resampled, estimate) in [(ginis, found.gini), (tops, found.top[2].share)] {
            resampled.sort_unstable_by(f64::total_cmp);
            let width = quantile(&resampled, 0.95).unwrap() - quantile(&resampled, 0.05).unwrap();
            let (low, high) = estimate.ends().unwrap();
            assert!(
                ((high - low) / width - 1.0).abs() < 0.12,
                "{} {width}",
                high - low
            );
        }
    }

    #[test]
    fn wilson_as_published() {
        // Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, 95 %: .2553 to .3662.
        let found = share(81.0, 263.0, 0.95).unwrap();
        let (low, high) = found.ends().unwrap();
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5);
        // And 0 of 20: 0 to .1611.
        let (low, high) = share(0.0, 20.0, 0.95).unwrap().ends().unwrap();
        assert!(low == 0.0 && (high - 0.1611).abs() < 5e-5);
        assert!(share(3.0, 2.0, 0.9).is_err() && share(0.0, 0.0, 0.9).is_err());
    }

    #[test]
    fn quantiles_interpolate() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.5), Some(2.0));
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
