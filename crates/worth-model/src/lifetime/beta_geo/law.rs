//! What BG/NBD and MBG/NBD say of customers. They differ only in how many chances to leave there were.

use std::fmt::Debug;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1};

use super::super::law::{Law, Life};
use super::future::BetaGeoProspect;
use super::{BetaGeoParameters, ModifiedBetaGeoParameters};
use crate::simulate::{MOST_PURCHASES, gamma};
use crate::symmetric::Vector;

/// When customers may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Nobody leaves before having come back once: BG/NBD.
    AfterRepeatPurchase,
    /// Some only ever buy once: MBG/NBD.
    AfterAnyPurchase,
}

impl Leaving {
    /// Chances of leaving that a customer had by the first purchase.
    pub(super) fn chances_before_repeats(self) -> f64 {
        match self {
            Self::AfterRepeatPurchase => 0.0,
            Self::AfterAnyPurchase => 1.0,
        }
    }
}

/// A model with gamma rates and beta probabilities of leaving after a purchase.
pub trait BetaGeometric: Copy + Debug + PartialEq + Send + Sync {
    /// When customers may leave.
    const LEAVING: Leaving;

    /// `[r, alpha, a, b]`.
    fn numbers(&self) -> Vector<4>;

    /// The model with these numbers.
    fn of(numbers: Vector<4>) -> Self;
}

impl BetaGeometric for BetaGeoParameters {
    const LEAVING: Leaving = Leaving::AfterRepeatPurchase;

    fn numbers(&self) -> Vector<4> {
        [self.r, self.alpha, self.a, self.b]
    }

    fn of([r, alpha, a, b]: Vector<4>) -> Self {
        Self { r, alpha, a, b }
    }
}

impl BetaGeometric for ModifiedBetaGeoParameters {
    const LEAVING: Leaving = Leaving::AfterAnyPurchase;

    fn numbers(&self) -> Vector<4> {
        [self.r, self.alpha, self.a, self.b]
    }

    fn of([r, alpha, a, b]: Vector<4>) -> Self {
        Self { r, alpha, a, b }
    }
}

impl<P: BetaGeometric> Law<4> for P {
    const NAMES: [&'static str; 4] = ["r", "alpha", "a", "b"];
    type Prospect = BetaGeoProspect;

    fn values(&self) -> Vector<4> {
        self.numbers()
    }

    fn with_values(&self, values: Vector<4>) -> Self {
        Self::of(values)
    }

    fn time_scale(&self) -> f64 {
        self.numbers()[1]
    }

    /// Equation 3 of the authors' note "Computing P(alive) Using the BG/NBD Model", 2008.
    fn log_odds_gone(&self, frequency: f64, recency: f64, age: f64) -> f64 {
        let [r, alpha, a, b] = self.numbers();
        let chances = frequency + Self::LEAVING.chances_before_repeats();
        if chances == 0.0 {
            return f64::NEG_INFINITY;
        }
        let silence = ((age - recency) / (alpha + recency)).ln_1p();
        (a / (b + chances - 1.0)).ln() + (r + frequency) * silence
    }

    fn log_odds_with_slope(&self, frequency: f64, recency: f64, age: f64) -> (f64, Vector<4>) {
        let [r, alpha, a, b] = self.numbers();
        let chances = frequency + Self::LEAVING.chances_before_repeats();
        if chances == 0.0 {
            return (f64::NEG_INFINITY, [0.0; 4]);
        }
        let silence = ((age - recency) / (alpha + recency)).ln_1p();
        let in_b = 1.0 / (b + chances - 1.0);
        let bend = (recency - age) / ((alpha + age) * (alpha + recency));
        (
            (a * in_b).ln() + (r + frequency) * silence,
            [r * silence, alpha * (r + frequency) * bend, 1.0, -b * in_b],
        )
    }

    fn if_alive(&self, _phase: usize, frequency: f64, age: f64) -> BetaGeoProspect {
        let [r, alpha, a, b] = self.numbers();
        BetaGeoProspect {
            r: r + frequency,
            alpha: alpha + age,
            a,
            b: b + frequency + Self::LEAVING.chances_before_repeats(),
        }
    }

    /// Alive: purchases are spread evenly, so the last of n is before s with probability
    /// (s/age)^n. Gone: the n-th purchase came before s, and the customer left right after it.
    fn quarters(&self, age: f64, cells: &mut [f64]) {
        let [r, alpha, a, b] = self.numbers();
        cells.fill(0.0);
        if age <= 0.0 {
            return;
        }
        // Probabilities of fewer than 1, 2, 3 purchases by the end of each quarter if nobody left.
        let fewer: [[f64; 3]; 4] = std::array::from_fn(|quarter| {
            let until = age * (quarter as f64 + 1.0) / 4.0;
            let share = until / (alpha + until);
            let mut mass = (-r * (until / alpha).ln_1p()).exp();
            let mut sum = 0.0;
            std::array::from_fn(|n| {
                sum += mass;
                mass *= (r + n as f64) / (n as f64 + 1.0) * share;
                sum
            })
        });
        let share = age / (alpha + age);
        let mut mass = (-r * (age / alpha).ln_1p()).exp();
        let mut stays = self.alive(0.0, 0.0, 0.0);
        for n in 1..=3 {
            let before = f64::from(n - 1);
            let chances = before + Self::LEAVING.chances_before_repeats();
            mass *= (r + before) / f64::from(n) * share;
            let leaves = stays * a / (a + b + chances);
            stays *= (b + chances) / (a + b + chances);
            let mut earlier = 0.0;
            for quarter in 0..4 {
                let part = (quarter as f64 + 1.0) / 4.0;
                let until =
                    stays * mass * part.powi(n) + leaves * (1.0 - fewer[quarter][n as usize - 1]);
                cells[(n as usize - 1) * 4 + quarter] = until - earlier;
                earlier = until;
            }
        }
    }

    fn draw(&self, age: f64, random: &mut ChaCha8Rng) -> Life {
        let [r, alpha, a, b] = self.numbers();
        let rate = gamma(r, random) / alpha;
        let (stays, leaves) = (gamma(b, random), gamma(a, random));
        // Two tiny gammas can both be zero: then the side with the larger parameter is taken.
        let leaving = if stays + leaves > 0.0 {
            leaves / (stays + leaves)
        } else {
            f64::from(u8::from(a > b))
        };
        let mut life = Life {
            times: vec![0.0],
            rate,
            leaving,
            left_at: f64::INFINITY,
        };
        let mut now = 0.0;
        if Self::LEAVING == Leaving::AfterAnyPurchase && random.random::<f64>() < leaving {
            life.left_at = now;
            return life;
        }
        while life.times.len() < MOST_PURCHASES {
            let pause: f64 = Exp1.sample(random);
            now += pause / rate;
            if now.is_nan() || now > age {
                break;
            }
            life.times.push(now);
            if random.random::<f64>() < leaving {
                life.left_at = now;
                break;
            }
        }
        life
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_add_up_to_the_probability_of_the_count() {
        let values = [0.243, 4.414, 0.793, 2.426];
        fn add_up(law: impl Law<4>) {
            let (mut cells, mut counts) = ([0.0; 12], [0.0; 4]);
            law.quarters(38.0, &mut cells);
            law.new_counts(38.0, &mut counts);
            for n in 1..=3 {
                let sum: f64 = cells[(n - 1) * 4..n * 4].iter().sum();
                assert!((sum - counts[n]).abs() < 1e-12);
            }
        }
        add_up(BetaGeoParameters::of(values));
        add_up(ModifiedBetaGeoParameters::of(values));
    }

    #[test]
    fn slopes_of_the_odds_agree_with_differences() {
        fn agree(law: impl Law<4>) {
            let (_, slope) = law.log_odds_with_slope(2.0, 30.43, 38.86);
            for (i, slope) in slope.into_iter().enumerate() {
                let moved = |step: f64| law.moved(i, step).log_odds_gone(2.0, 30.43, 38.86);
                let difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                assert!((difference - slope).abs() < 1e-8, "{i}");
            }
        }
        let values = [0.243, 4.414, 0.793, 2.426];
        agree(BetaGeoParameters::of(values));
        agree(ModifiedBetaGeoParameters::of(values));
    }
}
