//! Two such means beside each other: of two groups of people, or of two periods in which the same people may be.
//!
//! The difference is linearised as the means are, person by person, so that what somebody does in both periods is
//! compared with itself (Cochran 1977, sections 2.11 and 5.12):
//!
//! ```text
//! d = r₂ − r₁       var d = v₂ + v₁ − 2·√(f₁·f₂)·Σ u₁·u₂       u = (y − r·x) / X       f = n / (n − 1)
//! ```
//!
//! Σ u₁·u₂ is over those who are on both sides. *v* is *f·Σ u²*, but at least what people of both sides together
//! would give it: where nobody of twenty had something that one in ten of the others had, that is no proof that
//! nobody can. Probabilities are those of Student's t with Welch's degrees of freedom (Welch 1947,
//! doi:10.1093/biomet/34.1-2.28).

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::Clustered;
use crate::estimate::{Estimate, Method, NoInterval};

/// Differences and errors of this part of the means are rounding.
const ROUNDING: f64 = 1e-7;

/// Sums over people for a mean on each of two sides.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Paired {
    sides: [Clustered; 2],
    both: Products,
}

/// Sums over people on both sides of what they gave, and how often, on one times that on the other.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Products {
    given_given: f64,
    given_times: f64,
    times_given: f64,
    times_times: f64,
}

/// Two means and how far they are apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// People who gave something, or could have, on each side.
    pub people: [u64; 2],
    /// What is given each time; nothing where there was no time.
    pub means: [Option<Estimate>; 2],
    /// The second mean less the first; nothing unless there are two people on each side.
    pub difference: Option<Difference>,
}

/// How far two means are apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The second less the first; without an interval where all people are alike.
    pub change: Estimate,
    /// Its standard error.
    pub standard_error: f64,
    /// Probability of a difference at least as large when there is none.
    pub p_value: f64,
}

/// One mean, while it is compared.
#[derive(Debug, Clone, Copy)]
struct Mean {
    value: f64,
    people: f64,
    /// Of the mean.
    variance: f64,
}

impl Paired {
    /// One more person: what they gave in all and in how many times, on each side. Who had no time on a side is
    /// not on it.
    pub fn add(&mut self, of_side: [(f64, f64); 2]) {
        for (side, (given, times)) in self.sides.iter_mut().zip(of_side) {
            if times > 0.0 {
                side.add(given, times);
            }
        }
        let [(given, times), (other_given, other_times)] = of_side;
        if times > 0.0 && other_times > 0.0 {
            self.both.given_given += given * other_given;
            self.both.given_times += given * other_times;
            self.both.times_given += times * other_given;
            self.both.times_times += times * other_times;
        }
    }

    /// The same with all other people.
    pub fn absorb(&mut self, others: &Self) {
        for (side, other) in self.sides.iter_mut().zip(&others.sides) {
            side.absorb(other);
        }
        self.both.given_given += others.both.given_given;
        self.both.given_times += others.both.given_times;
        self.both.times_given += others.both.times_given;
        self.both.times_times += others.both.times_times;
    }

    /// Both means and the second less the first. `level`: probability that intervals are meant to hold.
    #[must_use]
    pub fn compared(&self, level: f64) -> Compared {
        let people = self.sides.map(|side| side.people);
        let Some(means) = self.means() else {
            let alone = |side: Clustered| side.per_time(level);
            return Compared {
                people,
                means: self.sides.map(alone),
                difference: None,
            };
        };
        Compared {
            people,
            means: means.map(|mean| Some(mean.estimate(level))),
            difference: Some(self.difference(means, level)),
        }
    }

    /// Both means, if there are two people on each side.
    fn means(&self) -> Option<[Mean; 2]> {
        if self.sides.iter().any(|side| side.people < 2) {
            return None;
        }
        // of what one person is off by, as a part of what all people of the side would have had
        let spread = self.sides.map(|side| {
            let (people, whole) = (side.people as f64, side.times);
            let squares = side.squares(side.given / whole).max(0.0);
            squares * (people / whole).powi(2)
        });
        let [one, other] = self.sides.map(|side| side.people as f64);
        let pooled = (spread[0] + spread[1]) / (one + other - 2.0);
        let mean = |side: Clustered, spread: f64| {
            let people = side.people as f64;
            Mean {
                value: side.given / side.times,
                people,
                variance: (spread / (people - 1.0)).max(pooled) / people,
            }
        };
        Some([
            mean(self.sides[0], spread[0]),
            mean(self.sides[1], spread[1]),
        ])
    }

    fn difference(&self, [one, other]: [Mean; 2], level: f64) -> Difference {
        let both = &self.both;
        let together =
            both.given_given - other.value * both.given_times - one.value * both.times_given
                + one.value * other.value * both.times_times;
        let counted = |mean: Mean| mean.people / (mean.people - 1.0);
        let shared = (counted(one) * counted(other)).sqrt() * together
            / (self.sides[0].times * self.sides[1].times);
        let change = other.value - one.value;
        let rounding = ROUNDING * (one.value.abs() + other.value.abs());
        let variance = (one.variance + other.variance - 2.0 * shared).max(0.0);
        let standard_error = variance.sqrt().hypot(rounding);
        if one.variance + other.variance <= rounding * rounding {
            return Difference {
                change: Estimate::without(change, NoInterval::NotIdentified),
                standard_error,
                p_value: f64::from(u8::from(change.abs() <= rounding)),
            };
        }
        let student = student(one, other, together != 0.0);
        let reach = student.inverse_cdf(0.5 + level / 2.0) * standard_error;
        let (low, high) = (change - reach, change + reach);
        Difference {
            change: Estimate::between(change, low, high, level, Method::Welch),
            standard_error,
            p_value: 2.0 * student.sf(change.abs() / standard_error),
        }
    }
}

impl Mean {
    fn estimate(self, level: f64) -> Estimate {
        match self.variance > 0.0 {
            true => Estimate::normal(self.value, self.variance.sqrt(), level),
            false => Estimate::without(self.value, NoInterval::NotIdentified),
        }
    }
}

/// Student's t for the difference of two means that are not both sure. `are_paired`: whether anybody is on both
/// sides; those who are tell no more than one person each.
fn student(one: Mean, other: Mean, are_paired: bool) -> StudentsT {
    let spread = |mean: Mean| mean.variance.powi(2) / (mean.people - 1.0);
    let freedom = (one.variance + other.variance).powi(2) / (spread(one) + spread(other));
    // squares of the smallest numbers vanish
    let fewest = one.people.min(other.people) - 1.0;
    let most = match are_paired {
        true => one.people.max(other.people) - 1.0,
        false => one.people + other.people,
    };
    let freedom = freedom.max(fewest).min(most);
    StudentsT::new(0.0, 1.0, freedom).expect("two people on each side")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::{Rng, RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use rand_distr::StandardNormal;

    use super::*;

    fn of(people: &[[(f64, f64); 2]]) -> Paired {
        let mut sums = Paired::default();
        for &person in people {
            sums.add(person);
        }
        sums
    }

    fn difference(people: &[[(f64, f64); 2]]) -> Difference {
        let compared = of(people).compared(0.9);
        compared.difference.expect("two people on each side")
    }

    const NONE: (f64, f64) = (0.0, 0.0);

    /// By hand: r₁ = 60/10 = 6, off by 8, −8, 0: v₁ = 3/2 · 128/100 = 1.92. r₂ = 12/6 = 2, off by 2, −1, −1:
    /// v₂ = 3/2 · 6/36 = 0.25. A person's part of all people is 3/10 and 3/6 as much: spreads 11.52 and 1.5, pooled
    /// 13.02/4 = 3.255, against 5.76 and 0.75 of their own: v₂ is 3.255/3 = 1.085. Of the same people
    /// Σ u₁·u₂ = (8·2 + 8·1 + 0)/60 = 0.4, times 3/2.
    #[test]
    fn differences_and_errors_are_those_worked_out_by_hand() {
        let ones = [(20.0, 2.0), (10.0, 3.0), (30.0, 5.0)];
        let others = [(6.0, 2.0), (1.0, 1.0), (5.0, 3.0)];
        let apart: Vec<_> = (ones.map(|one| [one, NONE]).into_iter())
            .chain(others.map(|other| [NONE, other]))
            .collect();
        let found = difference(&apart);
        assert_eq!(found.change.value, -4.0);
        assert!((found.standard_error - 3.005_f64.sqrt()).abs() < 1e-6);
        let same: Vec<_> = (0..3)
            .map(|person| [ones[person], others[person]])
            .collect();
        let found = difference(&same);
        assert!((found.standard_error - (3.005 - 1.2_f64).sqrt()).abs() < 1e-6);
    }

    #[test]
    fn a_single_person_or_nobody_is_not_compared() {
        assert_eq!(of(&[]).compared(0.9).means, [None, None]);
        let one = of(&[[(6.0, 2.0), NONE]]).compared(0.9);
        assert_eq!((one.people, one.difference), ([1, 0], None));
        assert_eq!(one.means[0].map(|mean| mean.value), Some(3.0));
    }

    #[test]
    fn what_nobody_had_is_not_taken_for_what_nobody_can_have() {
        let mut people = vec![[NONE, (0.0, 1.0)]; 25];
        people
            .extend((0..2000).map(|person| [(f64::from(u8::from(person % 200 == 0)), 1.0), NONE]));
        let found = difference(&people);
        assert!(found.p_value > 0.5, "{found:?}");
        // but nobody, where everybody else did, is a difference
        let mut people = vec![[NONE, (0.0, 1.0)]; 25];
        people.extend(vec![[(1.0, 1.0), NONE]; 25]);
        people.push([(0.0, 1.0), NONE]);
        assert!(difference(&people).p_value < 1e-6);
    }

    #[test]
    fn where_all_are_alike_any_difference_is_one() {
        let alike = |given: f64| {
            let people = (0..30).map(|_| [(3.0, 3.0), (given, 3.0)]);
            difference(&people.collect::<Vec<_>>()).p_value
        };
        assert_eq!([alike(3.0), alike(6.0)], [1.0, 0.0]);
    }

    /// A person with a level of their own, on one side or the other.
    fn given(level: f64, noise: f64, random: &mut impl Rng) -> (f64, f64) {
        let times = f64::from(random.random_range(1..=8_u32));
        let of_times = random.sample::<f64, _>(StandardNormal) * times.sqrt();
        (level * times + noise * of_times, times)
    }

    /// 60 people in both periods and 40 in each alone, whose levels are 10 before and 11 after: nine intervals in
    /// ten hold the difference, and without a difference one p-value in ten is below 0.1.
    #[test]
    fn intervals_hold_where_the_same_people_are_on_both_sides() {
        let mut random = ChaCha8Rng::seed_from_u64(8);
        let mut simulated = |change: f64| {
            let people: Vec<_> = (0..140)
                .map(|person| {
                    let level = 10.0 + 3.0 * random.sample::<f64, _>(StandardNormal);
                    let before = given(level, 2.0, &mut random);
                    let after = given(level + change, 2.0, &mut random);
                    match person {
                        0..60 => [before, after],
                        60..100 => [before, NONE],
                        _ => [NONE, after],
                    }
                })
                .collect();
            difference(&people)
        };
        let held = (0..500).filter(|_| {
            let (low, high) = simulated(1.0).change.ends().expect("people differ");
            (low..=high).contains(&1.0)
        });
        let held = held.count();
        assert!((430..=475).contains(&held), "{held} of 500");
        let false_alarms = (0..500).filter(|_| simulated(0.0).p_value < 0.1).count();
        assert!((25..=70).contains(&false_alarms), "{false_alarms} of 500");
    }

    proptest! {
        #[test]
        fn the_other_way_round_is_the_opposite_and_the_same_twice_is_nothing(
            people in prop::collection::vec(
                prop::array::uniform2((-1e6..1e6_f64, 0..5_u32)), 0..60)
        ) {
            let person = |[one, other]: [(f64, u32); 2]| {
                [one, other].map(|(given, times)| match times {
                    0 => NONE,
                    _ => (given, f64::from(times)),
                })
            };
            let people: Vec<_> = people.into_iter().map(person).collect();
            let turned: Vec<_> = people.iter().map(|&[one, other]| [other, one]).collect();
            let twice: Vec<_> = people.iter().map(|&[one, _]| [one, one]).collect();
            let (straight, turned) = (of(&people).compared(0.9), of(&turned).compared(0.9));
            if let (Some(one), Some(other)) = (straight.difference, turned.difference) {
                prop_assert!(one.p_value.is_finite() && one.standard_error.is_finite());
                prop_assert_eq!(one.change.value, -other.change.value);
                prop_assert!((one.p_value - other.p_value).abs() < 1e-6);
            }
            if let Some(none) = of(&twice).compared(0.9).difference {
                prop_assert_eq!((none.change.value, none.p_value), (0.0, 1.0));
            }
        }
    }
}
