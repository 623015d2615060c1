//! What Pareto/NBD says of customers.

use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1};

use super::super::anytime;
use super::super::law::{Law, Life};
use super::ParetoNbdParameters;
use super::gone::Customer;
use super::prospect::ParetoNbdProspect;
use crate::simulate::gamma;
use crate::symmetric::Vector;

impl Law<4> for ParetoNbdParameters {
    const NAMES: [&'static str; 4] = ["r", "alpha", "s", "beta"];
    type Prospect = ParetoNbdProspect;

    fn values(&self) -> Vector<4> {
        [self.r, self.alpha, self.s, self.beta]
    }

    fn with_values(&self, [r, alpha, s, beta]: Vector<4>) -> Self {
        Self { r, alpha, s, beta }
    }

    fn time_scale(&self) -> f64 {
        self.alpha
    }

    fn log_odds_gone(&self, frequency: f64, recency: f64, age: f64) -> f64 {
        anytime::log_odds_gone(&self.if_alive(0, frequency, recency), age - recency)
    }

    fn log_odds_with_slope(&self, frequency: f64, recency: f64, age: f64) -> (f64, Vector<4>) {
        let Self { r, alpha, s, beta } = *self;
        let customer = Customer {
            r,
            alpha,
            s,
            beta,
            frequency,
            recency,
            age,
        };
        match customer.odds_gone() {
            Some(odds) => {
                let values = self.values();
                (odds.log, std::array::from_fn(|i| odds.slope[i] * values[i]))
            }
            None => (f64::NEG_INFINITY, [0.0; 4]),
        }
    }

    fn if_alive(&self, _phase: usize, frequency: f64, age: f64) -> ParetoNbdProspect {
        ParetoNbdProspect {
            r: self.r + frequency,
            alpha: self.alpha + age,
            s: self.s,
            beta: self.beta + age,
        }
    }

    fn quarters(&self, age: f64, cells: &mut [f64]) {
        anytime::quarters(&self.if_alive(0, 0.0, 0.0), age, cells);
    }

    fn draw(&self, age: f64, random: &mut ChaCha8Rng) -> Life {
        let rate = gamma(self.r, random) / self.alpha;
        let leaving = gamma(self.s, random) / self.beta;
        let stay: f64 = Exp1.sample(random);
        anytime::life(rate, leaving, stay / leaving, age, random)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::law::Prospect;
    use super::*;

    const PAPER: ParetoNbdParameters = ParetoNbdParameters {
        r: 0.553,
        alpha: 10.578,
        s: 0.606,
        beta: 11.669,
    };

    #[test]
    fn quarters_add_up_to_the_probability_of_the_count() {
        for (alpha, beta) in [(10.578, 11.669), (0.5, 300.0), (300.0, 0.5)] {
            let law = ParetoNbdParameters {
                alpha,
                beta,
                ..PAPER
            };
            let (mut cells, mut counts) = ([0.0; 12], [0.0; 4]);
            law.quarters(38.0, &mut cells);
            law.new_counts(38.0, &mut counts);
            for n in 1..=3 {
                let sum: f64 = cells[(n - 1) * 4..n * 4].iter().sum();
                assert!((sum - counts[n]).abs() < 1e-10, "{alpha} {beta} {n}");
            }
        }
    }

    #[test]
    fn moments_agree_with_counts() {
        for s in [0.606, 1.0, 2.0, 7.0] {
            let law = ParetoNbdParameters { s, ..PAPER };
            for (x, age) in [(0.0, 0.0), (3.0, 38.0)] {
                let prospect = law.if_alive(0, x, age);
                let mut counts = [0.0; 200];
                prospect.counts(20.0, &mut counts);
                let moment = |power: i32| -> f64 {
                    let terms = counts.iter().enumerate();
                    terms.map(|(n, p)| (n as f64).powi(power) * p).sum()
                };
                assert!((moment(0) - 1.0).abs() < 1e-10, "{}", moment(0));
                assert!((moment(1) / prospect.mean(20.0) - 1.0).abs() < 1e-8);
                assert!((moment(2) / prospect.mean_square(20.0) - 1.0).abs() < 1e-8);
            }
        }
    }

    #[test]
    fn slopes_of_the_odds_agree_with_differences() {
        let (_, slope) = PAPER.log_odds_with_slope(2.0, 30.43, 38.86);
        for (i, slope) in slope.into_iter().enumerate() {
            let moved = |step: f64| PAPER.moved(i, step).log_odds_gone(2.0, 30.43, 38.86);
            let difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!((difference - slope).abs() < 1e-8, "{i}");
        }
    }
}
