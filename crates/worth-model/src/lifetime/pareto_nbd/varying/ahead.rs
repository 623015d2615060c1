//! What customers who are still there have ahead of them.
//!
//! Someone alive at T with x repeat purchases buys at a rate ~ gamma(r + x, alpha + A(T)) and leaves at
//! one ~ gamma(s, beta + D(T)), times what covariates make of them from then on:
//!
//! ```text
//! still there after u             = ((beta + D(T))/(beta + D(T+u)))^s
//! mean of purchases in the next t = (r + x)/(alpha + A(T)) ∫ exp(γ'x) P(still there) du
//! ```

use super::customers::Group;
use super::integral::{Integrand, Numbers, Weight, Work};
use super::jet::Jet;
use super::path::Path;
use crate::lifetime::anytime::add_counts;
use crate::lifetime::count_distribution::{FIRST, MOST};
use crate::lifetime::pareto_nbd::gone::{LONGEST, longest_for};

const R: usize = 0;
const ALPHA: usize = 1;
const S: usize = 2;

/// A customer of a group who is alive at the end of observation.
#[derive(Clone, Copy)]
pub(super) struct Alive<'a> {
    pub(super) numbers: &'a Numbers,
    pub(super) path: &'a Path,
    pub(super) group: &'a Group,
}

/// What was found out about a group, and room to work in.
pub(super) struct Room {
    /// Likelihood of being there at the end of observation, times a number of those who are.
    pub(super) number: Jet,
    pub(super) counts: Vec<f64>,
    /// Mean, and mean square, of the purchases of those who are there.
    pub(super) moments: [f64; 2],
    pub(super) path: Path,
    so_far: Jet,
    scaled: Jet,
    work: Work,
}

impl Room {
    pub(super) fn new(size: usize) -> Self {
        Self {
            number: Jet::new(size, false),
            counts: Vec::new(),
            moments: [0.0; 2],
            path: Path::default(),
            so_far: Jet::new(size, false),
            scaled: Jet::new(size, false),
            work: Work::new(size, false),
        }
    }
}

impl Alive<'_> {
    fn now(&self) -> f64 {
        self.group.age
    }

    /// Likelihood of being there now, times the probability of being there after `time`.
    pub(super) fn there_after(&self, time: f64, room: &mut Room) {
        let times = [self.now(), self.now() + time];
        let powers = self.numbers.there(self.group.frequency);
        self.numbers.at(self.path, times, powers, &mut room.number);
    }

    /// Likelihood of being there now, times the mean purchases from now to some times, weighed and
    /// summed: `factors` are times and weights, times rising.
    pub(super) fn purchases(&self, factors: &[(f64, f64)], room: &mut Room) {
        let [r, alpha, _, _] = self.numbers.base;
        let buying = self.buying();
        let Room {
            number: jet,
            so_far,
            scaled,
            work,
            ..
        } = room;
        so_far.reset(f64::NEG_INFINITY);
        jet.reset(f64::NEG_INFINITY);
        let mut reached = self.now();
        for &(time, factor) in factors {
            let stretch = (reached, self.now() + time);
            self.numbers
                .add_integral(self.path, &buying, stretch, so_far, work);
            reached = stretch.1;
            if factor > 0.0 {
                scaled.copy(so_far);
                scaled.log += factor.ln();
                jet.add(scaled);
            }
        }
        // The mean rate, along with the likelihood of as many purchases as there were.
        let shape = r + self.group.frequency;
        let powers = [Some(shape + 1.0), None];
        self.numbers.at(self.path, [self.now(); 2], powers, scaled);
        jet.multiply(scaled);
        jet.log += (shape / alpha).ln();
        jet.slope[R] += 1.0 / shape;
        jet.slope[ALPHA] -= 1.0 / alpha;
    }

    /// Mean, and mean square, of the purchases in the next `time`. Given how long the customer stays,
    /// purchases are Poisson with gamma rates over that time; the mean square of the time is twice the
    /// integral of itself while they stay.
    pub(super) fn moments(&self, time: f64) -> [f64; 2] {
        let (rate_shape, rate) = self.rate();
        let (mut stay, mut square_stay) = (0.0, 0.0);
        let times = (self.now(), self.now() + time);
        let unit = -self.stayed(self.now());
        self.numbers.points(
            self.path,
            &self.buying(),
            times,
            (LONGEST, unit),
            |at, weight| {
                stay += weight;
                square_stay += 2.0 * weight * self.bought_until(at);
            },
        );
        let mean = rate_shape / rate * stay;
        let square_rate = rate_shape * (rate_shape + 1.0) / (rate * rate);
        [mean, (square_rate * square_stay).min(f64::MAX) + mean]
    }

    /// Probabilities of 0, 1, 2 … purchases in the next `time`: still there, or gone before.
    pub(super) fn counts(&self, time: f64, probabilities: &mut [f64]) {
        let (shape, rate) = self.rate();
        let (now, end) = (self.now(), self.now() + time);
        let stayed = self.stayed(now);
        let fallen = shape * (self.bought_until(end) / rate).ln_1p();
        let still_there = (stayed - self.stayed(end) - fallen).exp();
        let unit = -stayed - shape * (rate / self.numbers.base[ALPHA]).ln();
        let leaving = self.numbers.leaving(self.group.frequency);
        let scale = (longest_for(probabilities.len()), unit);
        probabilities.fill(0.0);
        let mut add = |until: f64, none: f64| {
            let bought = self.bought_until(until);
            add_counts((shape, rate), bought, none, probabilities);
        };
        add(end, still_there);
        self.numbers
            .points(self.path, &leaving, (now, end), scale, add);
        for probability in probabilities {
            *probability = probability.clamp(0.0, 1.0);
        }
    }

    /// The same, of as many numbers as it takes to reach `most` in sum.
    pub(super) fn counts_until(&self, time: f64, most: f64, probabilities: &mut Vec<f64>) {
        let mut length = FIRST;
        loop {
            probabilities.resize(length, 0.0);
            self.counts(time, probabilities);
            if length >= MOST || probabilities.iter().sum::<f64>() >= most {
                break;
            }
            length *= 2;
        }
    }

    /// Time while there, weighed by the speed of buying.
    fn buying(&self) -> Integrand {
        Integrand {
            powers: [None, Some(self.numbers.base[S])],
            weight: Weight::Buying,
        }
    }

    /// Shape and rate of the distribution of purchase rates.
    fn rate(&self) -> (f64, f64) {
        let [r, alpha, _, _] = self.numbers.base;
        let path = self.path;
        let bought = path
            .buying
            .at(&path.times, path.piece(self.now()), self.now());
        (r + self.group.frequency, alpha + bought)
    }

    /// Operational time of buying from now on.
    fn bought_until(&self, time: f64) -> f64 {
        let path = self.path;
        let at = |time: f64| path.buying.at(&path.times, path.piece(time), time);
        at(time) - at(self.now())
    }

    /// `s ln((beta + D)/beta)` at a time.
    fn stayed(&self, time: f64) -> f64 {
        let [_, _, s, beta] = self.numbers.base;
        let path = self.path;
        let left = path.leaving.at(&path.times, path.piece(time), time);
        s * (left / beta).ln_1p()
    }
}

#[cfg(test)]
mod tests {
    use super::super::path::Scope;
    use super::super::timelines::{ActsOn, CovariateTable};
    use super::*;

    #[test]
    fn moments_are_those_of_the_counts() {
        let covariates = CovariateTable {
            names: &["sale", "price"],
            acts_on: &[ActsOn::Buying, ActsOn::Both],
            covariate: &[0, 0, 1],
            customer: &[None; 3],
            from: &[4.0, 41.0, 38.0],
            until: &[6.0, 44.0, f64::INFINITY],
            value: &[1.0, 1.0, 2.0],
        };
        let covariates = covariates.check(1).expect("valid");
        let logarithms = [0.6f64, 10.0, 0.7, 12.0].map(f64::ln);
        let point = [&logarithms[..], &[0.8, -0.2, 0.3]].concat();
        let numbers = Numbers::at_point(&point, &covariates);
        let group = Group {
            frequency: 3.0,
            start: 2.0,
            age: 36.0,
            own: None,
            members: 0..1,
        };
        let scope = Scope {
            start: group.start,
            length: group.age + 30.0,
            unit: 1.0,
            twice: false,
        };
        let mut path = Path::default();
        path.lay(
            &covariates,
            None,
            scope,
            [&numbers.buying, &numbers.leaving],
        );
        let alive = Alive {
            numbers: &numbers,
            path: &path,
            group: &group,
        };
        for time in [0.0, 1.0, 9.0, 30.0] {
            let mut counts = Vec::new();
            alive.counts_until(time, 1.0 - 1e-13, &mut counts);
            let (mut mean, mut square) = (0.0, 0.0);
            for (n, probability) in counts.iter().enumerate() {
                mean += n as f64 * probability;
                square += (n * n) as f64 * probability;
            }
            let found = alive.moments(time);
            assert!(
                (found[0] - mean).abs() < 1e-9 * (1.0 + mean),
                "{found:?} {mean}"
            );
            assert!(
                (found[1] - square).abs() < 1e-9 * (1.0 + square),
                "{found:?} {square}"
            );
        }
    }
}
