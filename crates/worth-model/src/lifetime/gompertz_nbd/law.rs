//! What Gompertz/NBD says of customers.

use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1};

use super::super::anytime;
use super::super::law::{Law, Life};
use super::GompertzNbdParameters;
use super::gompertz::Gompertz;
use super::gone::Customer;
use super::prospect::GompertzNbdProspect;
use crate::simulate::gamma;
use crate::symmetric::Vector;

impl GompertzNbdParameters {
    fn stay(&self) -> Gompertz {
        Gompertz {
            b: self.b,
            s: self.s,
            beta: self.beta,
        }
    }
}

impl Law<5> for GompertzNbdParameters {
    const NAMES: [&'static str; 5] = ["r", "alpha", "b", "s", "beta"];
    type Prospect = GompertzNbdProspect;

    fn values(&self) -> Vector<5> {
        [self.r, self.alpha, self.b, self.s, self.beta]
    }

    fn with_values(&self, [r, alpha, b, s, beta]: Vector<5>) -> Self {
        Self {
            r,
            alpha,
            b,
            s,
            beta,
        }
    }

    fn time_scale(&self) -> f64 {
        self.alpha
    }

    fn log_odds_gone(&self, frequency: f64, recency: f64, age: f64) -> f64 {
        anytime::log_odds_gone(&self.if_alive(0, frequency, recency), age - recency)
    }

    fn log_odds_with_slope(&self, frequency: f64, recency: f64, age: f64) -> (f64, Vector<5>) {
        let customer = Customer {
            r: self.r,
            alpha: self.alpha,
            stay: self.stay(),
            frequency,
            recency,
            age,
        };
        match customer.odds_gone() {
            Some(odds) => {
                let values = self.values();
                (odds.log, std::array::from_fn(|i| odds.slope[i] * values[i]))
            }
            None => (f64::NEG_INFINITY, [0.0; 5]),
        }
    }

    fn if_alive(&self, _phase: usize, frequency: f64, age: f64) -> GompertzNbdProspect {
        GompertzNbdProspect {
            r: self.r + frequency,
            alpha: self.alpha + age,
            stay: self.stay().from(age),
        }
    }

    fn quarters(&self, age: f64, cells: &mut [f64]) {
        anytime::quarters(&self.if_alive(0, 0.0, 0.0), age, cells);
    }

    fn draw(&self, age: f64, random: &mut ChaCha8Rng) -> Life {
        let rate = gamma(self.r, random) / self.alpha;
        let risk = gamma(self.s, random) / self.beta;
        let stay: f64 = Exp1.sample(random);
        let left_at = (stay / risk).ln_1p() / self.b;
        anytime::life(rate, self.b * risk, left_at, age, random)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::law::Prospect;
    use super::super::super::pareto_nbd::ParetoNbdParameters;
    use super::*;

    /// Whose risk rises, whose falls, and as good as Pareto/NBD.
    const LAWS: [GompertzNbdParameters; 3] = [
        GompertzNbdParameters {
            r: 0.8,
            alpha: 5.0,
            b: 0.12,
            s: 1.1,
            beta: 20.0,
        },
        GompertzNbdParameters {
            r: 0.5,
            alpha: 10.0,
            b: 0.03,
            s: 0.6,
            beta: 0.2,
        },
        GompertzNbdParameters {
            r: 0.553,
            alpha: 10.578,
            b: 1e-9,
            s: 0.606,
            beta: 11.669e-9,
        },
    ];

    #[test]
    fn quarters_add_up_to_the_probability_of_the_count() {
        for law in LAWS {
            let (mut cells, mut counts) = ([0.0; 12], [0.0; 4]);
            law.quarters(38.0, &mut cells);
            law.new_counts(38.0, &mut counts);
            for n in 1..=3 {
                let sum: f64 = cells[(n - 1) * 4..n * 4].iter().sum();
                assert!((sum - counts[n]).abs() < 1e-10, "{law:?} {n}");
            }
        }
    }

    #[test]
    fn moments_agree_with_counts() {
        for law in LAWS {
            for (x, age) in [(0.0, 0.0), (3.0, 38.0)] {
                let prospect = law.if_alive(0, x, age);
                let mut counts = [0.0; 200];
                prospect.counts(20.0, &mut counts);
                let moment = |power: i32| -> f64 {
                    let terms = counts.iter().enumerate();
                    terms.map(|(n, p)| (n as f64).powi(power) * p).sum()
                };
                assert!((moment(0) - 1.0).abs() < 1e-10, "{law:?}: {}", moment(0));
                assert!((moment(1) / prospect.mean(20.0) - 1.0).abs() < 1e-8);
                assert!((moment(2) / prospect.mean_square(20.0) - 1.0).abs() < 1e-8);
            }
        }
    }

    #[test]
    fn slopes_of_the_odds_agree_with_differences() {
        for law in LAWS {
            let (log, slope) = law.log_odds_with_slope(2.0, 30.43, 38.86);
            assert!((law.log_odds_gone(2.0, 30.43, 38.86) - log).abs() < 1e-12);
            for (i, slope) in slope.into_iter().enumerate() {
                let moved = |step: f64| law.moved(i, step).log_odds_gone(2.0, 30.43, 38.86);
                let difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                assert!((difference - slope).abs() < 1e-8, "{law:?} {i}");
            }
        }
    }

    #[test]
    fn with_a_steady_risk_it_is_pareto_nbd() {
        let law = LAWS[2];
        let pareto = ParetoNbdParameters {
            r: law.r,
            alpha: law.alpha,
            s: law.s,
            beta: law.beta / law.b,
        };
        let close = |found: f64, expected: f64| {
            assert!((found / expected - 1.0).abs() < 1e-6, "{found} {expected}");
        };
        for (x, t_x, age) in [(0.0, 0.0, 38.86), (2.0, 30.43, 38.86), (26.0, 30.86, 31.0)] {
            close(law.alive(x, t_x, age), pareto.alive(x, t_x, age));
            let (here, there) = (law.if_alive(0, x, age), pareto.if_alive(0, x, age));
            for time in [0.1, 20.0, 3000.0] {
                close(here.mean(time), there.mean(time));
                close(here.mean_square(time), there.mean_square(time));
                close(here.survival(time), there.survival(time));
            }
        }
    }
}
