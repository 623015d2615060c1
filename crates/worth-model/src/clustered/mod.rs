//! Means over things that many people did several times each: with intervals that draw people, because
//! what one person does twice is alike.
//!
//! The mean per time is a ratio of two sums over people, and its variance that of the ratio, linearised
//! (Cochran 1977, *Sampling Techniques*, 3rd ed., section 2.11):
//!
//! ```text
//! r = Σ y / Σ x      var r = n / (n − 1) · Σ (y − r·x)² / (Σ x)²
//! ```
//!
//! with *y* what one of *n* people gave in all and *x* how often. `docs/methods/costs.md` has an example.
//! [`Paired`] compares two such means.

mod paired;

use crate::estimate::{Estimate, NoInterval};
use crate::shares::wilson;
pub use paired::{Compared, Difference, Paired};

/// Sums over people: one number for each of them, and how often.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Clustered {
    people: u64,
    given: f64,
    times: f64,
    given_squared: f64,
    given_times: f64,
    times_squared: f64,
}

impl Clustered {
    /// One more person, who gave so much in so many times.
    pub fn add(&mut self, given: f64, times: f64) {
        self.people += 1;
        self.given += given;
        self.times += times;
        self.given_squared += given * given;
        self.given_times += given * times;
        self.times_squared += times * times;
    }

    /// The same with so many more people, who gave nothing in no time.
    #[must_use]
    pub fn with_others(mut self, people: u64) -> Self {
        self.people += people;
        self
    }

    /// The same with all that others gave.
    pub fn absorb(&mut self, others: &Self) {
        self.people += others.people;
        self.given += others.given;
        self.times += others.times;
        self.given_squared += others.given_squared;
        self.given_times += others.given_times;
        self.times_squared += others.times_squared;
    }

    /// People.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.people
    }

    /// What is given each time; nothing when nobody gave anything even once. Without an interval of one
    /// person.
    #[must_use]
    pub fn per_time(&self, level: f64) -> Option<Estimate> {
        let ratio = self.given / self.times;
        self.estimate(ratio, self.squares(ratio), self.times, level)
    }

    /// What each person gives in all; nothing of nobody.
    #[must_use]
    pub fn per_person(&self, level: f64) -> Option<Estimate> {
        let people = self.people as f64;
        let mean = self.given / people;
        let squares = self.given_squared - people * mean * mean;
        self.estimate(mean, squares, people, level)
    }

    /// The share of times that were a yes, of people who gave as many yeses as `given` says; everyone was there at
    /// least once.
    ///
    /// The interval is Wilson's on as many independent times as tell as much (the effective number of Korn,
    /// Graubard 1998, Survey Methodology 24, 193-201; with this interval in Dean, Pagano 2015,
    /// doi:10.1093/jssam/smv024), which are never more than there are. Where all or none were a yes, people are
    /// counted instead of times. One person who was there several times has none.
    #[must_use]
    pub fn share(&self, level: f64) -> Estimate {
        if self.people == 0 {
            return Estimate::without(0.0, NoInterval::TooFew);
        }
        let people = self.people as f64;
        let share = self.given / self.times;
        let spread = share * (1.0 - share);
        let effective = if self.times == people {
            people
        } else if self.people < 2 {
            return Estimate::without(share, NoInterval::TooFew);
        } else if spread > 0.0 {
            let squares = people / (people - 1.0) * self.squares(share).max(0.0);
            (spread * self.times * self.times / squares).min(self.times)
        } else {
            people
        };
        wilson(share, effective, level)
    }

    /// Of what each person is off by, where `ratio` is given each time.
    fn squares(&self, ratio: f64) -> f64 {
        self.given_squared - 2.0 * ratio * self.given_times + ratio * ratio * self.times_squared
    }

    /// `squares`: of what each person is off by; `whole`: what `value` is a share of.
    fn estimate(&self, value: f64, squares: f64, whole: f64, level: f64) -> Option<Estimate> {
        if !value.is_finite() {
            return None;
        }
        if self.people < 2 {
            return Some(Estimate::without(value, NoInterval::TooFew));
        }
        let people = self.people as f64;
        // rounding may leave a little less than nothing where all are alike
        let variance = people / (people - 1.0) * squares.max(0.0) / (whole * whole);
        Some(Estimate::normal(value, variance.sqrt(), level))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use rand_distr::StandardNormal;

    fn of(people: &[(f64, f64)]) -> Clustered {
        let mut sums = Clustered::default();
        for &(given, times) in people {
            sums.add(given, times);
        }
        sums
    }

    fn error(estimate: Option<Estimate>) -> f64 {
        let estimate = estimate.expect("someone gave something");
        estimate.standard_error().expect("two people or more")
    }

    /// By hand: r = 60 / 10 = 6; residuals 20 − 12, 10 − 18, 30 − 30 are 8, −8, 0; 3/2 · 128 / 100 = 1.92.
    /// Per person 20; squares 0, 100, 100; 3/2 · 200 / 9 = 33.3.
    #[test]
    fn means_and_errors_are_those_worked_out_by_hand() {
        let sums = of(&[(20.0, 2.0), (10.0, 3.0), (30.0, 5.0)]);
        let per_time = sums.per_time(0.9);
        assert_eq!(per_time.expect("ten times").value, 6.0);
        assert!((error(per_time) - 1.92f64.sqrt()).abs() < 1e-9);
        let per_person = sums.per_person(0.9);
        assert_eq!(per_person.expect("three people").value, 20.0);
        assert!((error(per_person) - (200.0 / 6.0f64).sqrt()).abs() < 1e-9);
    }

    /// Who gave nothing changes the mean of people, and not that of times but for how sure it is.
    #[test]
    fn others_gave_nothing() {
        let few = of(&[(20.0, 2.0), (10.0, 3.0)]);
        let [others, added] = [
            few.with_others(2),
            of(&[(20.0, 2.0), (10.0, 3.0), (0.0, 0.0), (0.0, 0.0)]),
        ];
        assert_eq!(others, added);
        assert_eq!(others.per_person(0.9).map(|mean| mean.value), Some(7.5));
        assert_eq!(others.per_time(0.9).map(|mean| mean.value), Some(6.0));
    }

    #[test]
    fn nobody_and_one_person_have_no_interval() {
        assert_eq!(of(&[]).per_time(0.9), None);
        assert_eq!(of(&[]).per_person(0.9), None);
        assert_eq!(of(&[(0.0, 0.0)]).per_time(0.9), None);
        let one = of(&[(6.0, 2.0)]).per_time(0.9).expect("twice");
        assert_eq!((one.value, one.ends()), (3.0, None));
    }

    /// Each of 200 people says yes in one of ten times, or in seven: intervals that took times for independent would
    /// hold far less often.
    #[test]
    fn nine_intervals_of_shares_in_ten_hold_where_people_differ() {
        let mut draws = ChaCha8Rng::seed_from_u64(6);
        let held = (0..400).filter(|_| {
            let mut sums = Clustered::default();
            for _ in 0..200 {
                let own = if draws.random_bool(0.5) { 0.1 } else { 0.7 };
                let times = draws.random_range(1..=12_u32);
                let yes = (0..times).filter(|_| draws.random_bool(own)).count();
                sums.add(yes as f64, times.into());
            }
            let (low, high) = sums.share(0.9).ends().expect("two hundred people");
            (low..=high).contains(&0.4)
        });
        let held = held.count();
        assert!((340..=384).contains(&held), "{held} of 400");
    }

    /// Who was there once each is a sample like any other; ten who always say the same are ten, however often; people who
    /// are as alike as times are tell no more than all times.
    #[test]
    fn shares_of_people_who_are_alike_or_all_the_same() {
        let once = of(&[(1.0, 1.0), (0.0, 1.0), (0.0, 1.0), (1.0, 1.0)]);
        assert_eq!(once.share(0.9), wilson(0.5, 4.0, 0.9));
        assert_eq!(of(&[(3.0, 3.0); 10]).share(0.9), wilson(1.0, 10.0, 0.9));
        assert_eq!(of(&[(2.0, 4.0); 10]).share(0.9), wilson(0.5, 40.0, 0.9));
        let none = Estimate::without(0.0, NoInterval::TooFew);
        assert_eq!(of(&[]).share(0.9), none);
        let one = Estimate::without(0.5, NoInterval::TooFew);
        assert_eq!(of(&[(20.0, 40.0)]).share(0.9), one);
        // two who are off by 10 each: 80²/4 over twice 200 is 4
        let two = of(&[(30.0, 40.0), (10.0, 40.0)]);
        assert_eq!(two.share(0.9), wilson(0.5, 4.0, 0.9));
    }

    /// Each of 200 people has a level of their own: intervals that took times for independent would hold
    /// far less often.
    #[test]
    fn nine_intervals_in_ten_hold_where_people_differ() {
        let mut draws = ChaCha8Rng::seed_from_u64(4);
        let normal = |draws: &mut ChaCha8Rng| draws.sample::<f64, _>(StandardNormal);
        let held = (0..400).filter(|_| {
            let people: Vec<(f64, f64)> = (0..200)
                .map(|_| {
                    let level = 10.0 + 4.0 * normal(&mut draws);
                    let times = f64::from(draws.random_range(1..=12_u32));
                    let noise = normal(&mut draws) * times.sqrt();
                    (level * times + noise, times)
                })
                .collect();
            let ends = of(&people).per_time(0.9).and_then(|mean| mean.ends());
            let (low, high) = ends.expect("two hundred people");
            (low..=high).contains(&10.0)
        });
        let held = held.count();
        assert!((340..=384).contains(&held), "{held} of 400");
    }
}
