//! How long it took: waiting times summed up exactly, from all of them, with what others would show.
//!
//! The interval of the median is that of Woodruff (1952), Confidence Intervals for Medians and Other Position
//! Measures, Journal of the American Statistical Association 47, doi:10.1080/01621459.1952.10483443: how far
//! the share of waits below it may be from a half, read off the waits themselves. That share is a mean per
//! wait over people who waited several times each ([`crate::clustered`]).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::clustered::Clustered;
use crate::concentration::quantile;
use crate::estimate::{Estimate, Method, NoInterval};

/// Times between two steps, in seconds. Quantiles interpolate (type 7 of Hyndman and Fan 1996).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Waiting {
    /// Mean. Its interval draws people.
    pub mean_seconds: Estimate,
    /// A quarter took no longer.
    pub lower_quartile_seconds: f64,
    /// Half took no longer. Its interval draws people; there is none of fewer than it takes for their shortest and
    /// longest waits to be one (six at a level of 0.95).
    pub median_seconds: Estimate,
    /// Three quarters took no longer.
    pub upper_quartile_seconds: f64,
}

/// Waiting times, one person after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Waits {
    seconds: Vec<f64>,
    /// How often each person waited, in the order of `seconds`.
    of_each: Vec<u32>,
    person: Option<usize>,
}

impl Waits {
    /// One more, of the same person as before or of one who was not there yet.
    pub(super) fn push(&mut self, person: usize, seconds: f64) {
        self.seconds.push(seconds);
        match self.of_each.last_mut() {
            Some(waits) if self.person == Some(person) => *waits += 1,
            _ => self.of_each.push(1),
        }
        self.person = Some(person);
    }

    /// Those of other people.
    pub(super) fn append(&mut self, mut more: Self) {
        self.seconds.append(&mut more.seconds);
        self.of_each.append(&mut more.of_each);
        self.person = more.person.or(self.person);
    }

    /// All of them summed up; nothing of none.
    pub(super) fn waiting(&self, level: f64) -> Option<Waiting> {
        let mut sorted = self.seconds.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let part = |part| quantile(&sorted, part);
        let median = part(0.5)?;
        // of equal waits all count or none, whichever leaves the share nearer to a half
        let shorter = sorted.partition_point(|&seconds| seconds < median);
        let up_to = sorted.partition_point(|&seconds| seconds <= median);
        let counts_equal = sorted.len().abs_diff(2 * up_to) <= sorted.len().abs_diff(2 * shorter);
        let (mut sums, mut below) = (Clustered::default(), Clustered::default());
        let mut rest = self.seconds.as_slice();
        for &waits in &self.of_each {
            let (of_person, others) = rest.split_at(waits as usize);
            rest = others;
            sums.add(of_person.iter().sum(), waits.into());
            let is_below = |&&seconds: &&f64| match counts_equal {
                true => seconds <= median,
                false => seconds < median,
            };
            let count = of_person.iter().filter(is_below).count();
            below.add(count as f64, waits.into());
        }
        let is_enough = 2.0 * 0.5_f64.powf(below.people() as f64) <= 1.0 - level;
        let reach = below.per_time(level).and_then(|share| {
            let (low, high) = share.ends()?;
            is_enough.then_some((high - low) / 2.0)
        });
        let ends = reach.and_then(|reach| part(0.5 - reach).zip(part(0.5 + reach)));
        Some(Waiting {
            mean_seconds: sums.per_time(level)?,
            lower_quartile_seconds: part(0.25)?,
            median_seconds: match ends {
                Some((low, high)) => Estimate::between(median, low, high, level, Method::Delta),
                None => Estimate::without(median, NoInterval::TooFew),
            },
            upper_quartile_seconds: part(0.75)?,
        })
    }
}

/// Seconds between two times in microseconds.
pub(super) fn seconds(from: i64, to: i64) -> f64 {
    to.saturating_sub(from) as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use rand_distr::StandardNormal;

    use super::*;

    fn waits(people: &[&[f64]]) -> Waits {
        let mut waits = Waits::default();
        for (person, seconds) in people.iter().enumerate() {
            for &seconds in *seconds {
                waits.push(person, seconds);
            }
        }
        waits
    }

    /// Six people waited 6, 1, 5, 2, 4 and 3 seconds. Half waited no longer than 3.5, with an error of √(6/5 · 6/4)/6,
    /// a share from .1322 to .8678 at 90 %: from 1 + 5 · .1322 seconds to 1 + 5 · .8678.
    #[test]
    fn six_people_worked_by_hand() {
        let six = waits(&[&[6.0], &[1.0], &[5.0], &[2.0], &[4.0], &[3.0]]);
        let waiting = six.waiting(0.9).expect("six waits");
        let (low, high) = waiting.median_seconds.ends().expect("six people");
        assert_eq!(waiting.median_seconds.value, 3.5);
        assert!(
            (low - 1.661).abs() < 1e-3 && (high - 5.339).abs() < 1e-3,
            "{waiting:?}"
        );
        let quartiles = (
            waiting.lower_quartile_seconds,
            waiting.upper_quartile_seconds,
        );
        assert_eq!(quartiles, (2.25, 4.75));
        assert_eq!(waiting.mean_seconds.value, 3.5);
    }

    /// Nine people waited a day, eleven two: the median may well be a day, by the ranks of those that are sorted.
    #[test]
    fn equal_waits_do_not_make_the_median_sure() {
        let people: Vec<&[f64]> = (0..20)
            .map(|person| if person < 9 { &[1.0][..] } else { &[2.0] })
            .collect();
        let ends = |people: &[&[f64]]| {
            waits(people)
                .waiting(0.9)
                .and_then(|waiting| waiting.median_seconds.ends())
        };
        assert_eq!(ends(&people), Some((1.0, 2.0)));
        let turned: Vec<&[f64]> = (0..20)
            .map(|person| if person < 11 { &[1.0][..] } else { &[2.0] })
            .collect();
        assert_eq!(ends(&turned), Some((1.0, 2.0)));
    }

    /// Two people who waited three times each are two.
    #[test]
    fn few_people_have_no_interval_however_often_they_wait() {
        let two = waits(&[&[6.0, 1.0, 5.0], &[2.0, 4.0, 3.0]]);
        let waiting = two.waiting(0.9).expect("six waits");
        assert_eq!(
            waiting.median_seconds,
            Estimate::without(3.5, NoInterval::TooFew)
        );
        assert_eq!(Waits::default().waiting(0.9), None);
    }

    /// Each of 100 people waits in a way of their own: intervals that took waits for independent would hold far less
    /// often.
    #[test]
    fn nine_intervals_in_ten_hold_where_people_differ() {
        let mut draws = ChaCha8Rng::seed_from_u64(9);
        let held = (0..400).filter(|_| {
            let mut waits = Waits::default();
            for person in 0..100 {
                let own = 100.0 + 10.0 * draws.sample::<f64, _>(StandardNormal);
                for _ in 0..draws.random_range(1..=12_u32) {
                    waits.push(person, own + 3.0 * draws.sample::<f64, _>(StandardNormal));
                }
            }
            let waiting = waits.waiting(0.9).expect("there are waits");
            let (low, high) = waiting.median_seconds.ends().expect("a hundred people");
            (low..=high).contains(&100.0)
        });
        let held = held.count();
        assert!((340..=384).contains(&held), "{held} of 400");
    }
}
