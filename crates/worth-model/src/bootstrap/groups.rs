//! Many rows put into groups at random, and groups drawn instead of rows.
//!
//! A method that needs only sums over rows then adds up a thousand of them a resample, however many
//! rows there are. What is lost is small: the standard error from *g* groups is itself uncertain by
//! *1/√(2g)*, about two in a hundred (Wolter 2007, Introduction to Variance Estimation, chapter 2),
//! as much as that from a thousand resamples is anyway. Up to a thousand rows each is its own group,
//! and nothing is lost at all.

use rand::RngExt;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::{Resampling, stream};

/// Most groups of rows.
const MOST_GROUPS: usize = 1000;

/// Rows in groups of (almost) equal size, at random.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Groups {
    rows: Vec<u32>,
    count: usize,
}

impl Groups {
    /// Each row a group of its own, up to a thousand.
    pub(crate) fn of(rows: usize, seed: u64) -> Self {
        let count = rows.min(MOST_GROUPS);
        let mut rows: Vec<u32> = (0..rows as u32).collect();
        if rows.len() > count {
            // the last stream: resamples have the first ones
            rows.shuffle(&mut stream(seed, u64::MAX));
        }
        Self { rows, count }
    }

    /// How many groups there are.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Calls `work` on the rows of each group and returns the results in order.
    pub(crate) fn each<T: Send>(&self, work: impl Fn(&[u32]) -> T + Sync) -> Vec<T> {
        let start = |group: usize| group * self.rows.len() / self.count;
        (0..self.count)
            .into_par_iter()
            .map(|group| work(&self.rows[start(group)..start(group + 1)]))
            .collect()
    }

    /// Draws as many groups as there are, again and again, and returns what `work` makes of how
    /// often each group came. Threads do not matter.
    pub(crate) fn draw<T: Send>(
        &self,
        resampling: &Resampling,
        work: impl Fn(&[f64]) -> T + Sync,
    ) -> Vec<T> {
        (0..resampling.resamples)
            .into_par_iter()
            .map(|resample| {
                let mut random = stream(resampling.seed, resample as u64);
                let mut times = vec![0.0; self.count];
                for _ in 0..self.count {
                    times[random.random_range(0..self.count)] += 1.0;
                }
                work(&times)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::standard_error;
    use super::*;

    #[test]
    fn every_row_is_in_one_group() {
        for rows in [0, 1, 7, 1000, 1001, 5003] {
            let groups = Groups::of(rows, 1);
            let mut all: Vec<u32> = groups.each(<[u32]>::to_vec).concat();
            let sizes = groups.each(<[u32]>::len);
            assert!(sizes.iter().max() <= sizes.iter().min().map(|least| least + 1).as_ref());
            all.sort_unstable();
            assert!(all.into_iter().eq(0..rows as u32));
        }
    }

    #[test]
    fn groups_of_rows_say_as_much_as_rows() {
        // the mean of 20,000 numbers 0, 1, 2, 3 …: standard error √(1.25 / 20,000)
        let rows = 20_000;
        let values: Vec<f64> = (0..rows).map(|row| f64::from(row % 4)).collect();
        let groups = Groups::of(rows as usize, 3);
        let sums = groups.each(|rows| {
            let sum: f64 = rows.iter().map(|&row| values[row as usize]).sum();
            (sum, rows.len() as f64)
        });
        let resampling = Resampling {
            resamples: 2000,
            ..Resampling::default()
        };
        let means = groups.draw(&resampling, |times| {
            let (mut sum, mut count) = (0.0, 0.0);
            for (times, (group_sum, group_count)) in times.iter().zip(&sums) {
                sum += times * group_sum;
                count += times * group_count;
            }
            sum / count
        });
        let error = standard_error(means.into_iter(), groups.len()).expect("many groups");
        let expected = (1.25f64 / 20_000.0).sqrt();
        // uncertain by 2.2 % for the groups and 1.6 % for the resamples: three standard deviations
        assert!((error / expected - 1.0).abs() < 0.082, "{error}");
    }
}
