//! What BG/NBD and its relatives say of customers. They differ only in how many chances to leave
//! there were, and in how many steps it takes to the next purchase.

use std::fmt::Debug;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1};

use super::super::law::{Law, Life};
use super::future::{BetaGeoProspect, step_masses};
use super::phases::Phases;
use super::{
    BetaGeoParameters, CondensedBetaGeoParameters, ModifiedBetaGeoParameters,
    ModifiedCondensedBetaGeoParameters,
};
use crate::error::{Error, require};
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

/// The most steps per purchase: times between purchases then vary by a fifth of their mean.
const MOST_STEPS: u32 = 24;

/// Checks that there are 1 to 24 steps per purchase.
pub(super) fn check_steps(field: &'static str, steps: u32) -> Result<(), Error> {
    let sensible = (1..=MOST_STEPS).contains(&steps);
    require(sensible, field, f64::from(steps), "expected 1 to 24")
}

/// A model with gamma rates and beta probabilities of leaving after a purchase.
pub trait BetaGeometric: Copy + Debug + PartialEq + Send + Sync + 'static {
    /// When customers may leave.
    const LEAVING: Leaving;

    /// `[r, alpha, a, b]`.
    fn numbers(&self) -> Vector<4>;

    /// Steps of the process per purchase: 1 where purchases come at random.
    fn k(&self) -> u32 {
        1
    }

    /// The model with these numbers and so many steps per purchase.
    fn of(numbers: Vector<4>, k: u32) -> Self;
}

impl BetaGeometric for BetaGeoParameters {
    const LEAVING: Leaving = Leaving::AfterRepeatPurchase;

    fn numbers(&self) -> Vector<4> {
        [self.r, self.alpha, self.a, self.b]
    }

    fn of([r, alpha, a, b]: Vector<4>, _k: u32) -> Self {
        Self { r, alpha, a, b }
    }
}

impl BetaGeometric for ModifiedBetaGeoParameters {
    const LEAVING: Leaving = Leaving::AfterAnyPurchase;

    fn numbers(&self) -> Vector<4> {
        [self.r, self.alpha, self.a, self.b]
    }

    fn of([r, alpha, a, b]: Vector<4>, _k: u32) -> Self {
        Self { r, alpha, a, b }
    }
}

impl BetaGeometric for CondensedBetaGeoParameters {
    const LEAVING: Leaving = Leaving::AfterRepeatPurchase;

    fn numbers(&self) -> Vector<4> {
        [self.r, self.alpha, self.a, self.b]
    }

    fn k(&self) -> u32 {
        self.k
    }

    fn of([r, alpha, a, b]: Vector<4>, k: u32) -> Self {
        Self { r, alpha, a, b, k }
    }
}

impl BetaGeometric for ModifiedCondensedBetaGeoParameters {
    const LEAVING: Leaving = Leaving::AfterAnyPurchase;

    fn numbers(&self) -> Vector<4> {
        [self.r, self.alpha, self.a, self.b]
    }

    fn k(&self) -> u32 {
        self.k
    }

    fn of([r, alpha, a, b]: Vector<4>, k: u32) -> Self {
        Self { r, alpha, a, b, k }
    }
}

impl<P: BetaGeometric> Law<4> for P {
    const NAMES: [&'static str; 4] = ["r", "alpha", "a", "b"];
    type Prospect = BetaGeoProspect;

    fn values(&self) -> Vector<4> {
        self.numbers()
    }

    fn with_values(&self, values: Vector<4>) -> Self {
        Self::of(values, self.k())
    }

    fn check_others(&self) -> Result<(), Error> {
        check_steps("k", self.k())
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
        let shape = r + f64::from(self.k()) * frequency;
        let silence = ((age - recency) / (alpha + recency)).ln_1p();
        let log = (a / (b + chances - 1.0)).ln() + shape * silence;
        log - phases_after(self, frequency, recency, age).log
    }

    fn log_odds_with_slope(&self, frequency: f64, recency: f64, age: f64) -> (f64, Vector<4>) {
        let [r, alpha, a, b] = self.numbers();
        let chances = frequency + Self::LEAVING.chances_before_repeats();
        if chances == 0.0 {
            return (f64::NEG_INFINITY, [0.0; 4]);
        }
        let shape = r + f64::from(self.k()) * frequency;
        let silence = ((age - recency) / (alpha + recency)).ln_1p();
        let in_b = 1.0 / (b + chances - 1.0);
        let bend = (recency - age) / ((alpha + age) * (alpha + recency));
        let phases = phases_after(self, frequency, recency, age);
        (
            (a * in_b).ln() + shape * silence - phases.log,
            [
                r * silence - r * phases.slope[0],
                alpha * shape * bend - alpha * phases.slope[1],
                1.0,
                -b * in_b,
            ],
        )
    }

    fn phases(&self) -> usize {
        self.k() as usize
    }

    fn each_phase(
        &self,
        frequency: f64,
        recency: f64,
        age: f64,
        mut add: impl FnMut(usize, f64, &Vector<4>),
    ) {
        let k = self.k();
        if k == 1 {
            return add(0, 1.0, &[0.0; 4]);
        }
        let [r, alpha, ..] = self.numbers();
        let shape = r + f64::from(k) * frequency;
        let in_age = 1.0 / (alpha + age);
        let of_phase = |phase: usize, share: f64, [by_r, by_alpha]: [f64; 2]| {
            add(phase, share, &[r * by_r, alpha * by_alpha, 0.0, 0.0]);
        };
        Phases::each(k, shape, age - recency, in_age, of_phase);
    }

    fn if_alive(&self, phase: usize, frequency: f64, age: f64) -> BetaGeoProspect {
        let [r, alpha, a, b] = self.numbers();
        BetaGeoProspect {
            r: r + f64::from(self.k()) * frequency + phase as f64,
            alpha: alpha + age,
            a,
            b: b + frequency + Self::LEAVING.chances_before_repeats(),
            k: self.k(),
            phase: phase as u32,
        }
    }

    /// Alive after n purchases and some steps more: steps are spread evenly, so the last of n
    /// purchases is before s when at least n k of the steps are. Gone: the n-th purchase came before
    /// s, and the customer left right after it.
    fn quarters(&self, age: f64, cells: &mut [f64]) {
        let [r, alpha, a, b] = self.numbers();
        cells.fill(0.0);
        if age <= 0.0 {
            return;
        }
        let k = self.k() as usize;
        // Probabilities of fewer than 1, 2, 3 purchases by the end of each quarter if nobody left.
        let fewer: [[f64; 3]; 4] = std::array::from_fn(|quarter| {
            let until = age * (quarter as f64 + 1.0) / 4.0;
            let mut masses = step_masses(r, alpha, until);
            let mut sum = 0.0;
            std::array::from_fn(|_| {
                sum += masses.by_ref().take(k).sum::<f64>();
                sum
            })
        });
        let masses: Vec<f64> = step_masses(r, alpha, age).take(4 * k).collect();
        let mut stays = self.alive(0.0, 0.0, 0.0);
        for n in 1..=3 {
            let before = f64::from(n - 1);
            let chances = before + Self::LEAVING.chances_before_repeats();
            let leaves = stays * a / (a + b + chances);
            stays *= (b + chances) / (a + b + chances);
            let mut earlier = 0.0;
            for quarter in 0..4 {
                let part = (quarter as f64 + 1.0) / 4.0;
                let mut until = leaves * (1.0 - fewer[quarter][n as usize - 1]);
                // At least `least` of `least` steps and `more` fall into this part of the time.
                let least = n * k as i32;
                let mut term = part.powi(least);
                let mut spread = 0.0;
                for more in 0..k {
                    spread += term;
                    until += stays * masses[least as usize + more] * spread;
                    let next = more as f64 + 1.0;
                    term *= (f64::from(least) + more as f64) / next * (1.0 - part);
                }
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
            rate: rate / f64::from(self.k()),
            leaving,
            left_at: f64::INFINITY,
        };
        let mut now = 0.0;
        if Self::LEAVING == Leaving::AfterAnyPurchase && random.random::<f64>() < leaving {
            life.left_at = now;
            return life;
        }
        while life.times.len() < MOST_PURCHASES {
            let steps = (0..self.k()).map(|_| -> f64 { Exp1.sample(random) });
            now += steps.sum::<f64>() / rate;
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

/// The phases of a customer who is alive at `age`, as the likelihood needs them.
fn phases_after(law: &impl BetaGeometric, frequency: f64, recency: f64, age: f64) -> Phases {
    let [r, alpha, ..] = law.numbers();
    let shape = r + f64::from(law.k()) * frequency;
    Phases::after(law.k(), shape, age - recency, 1.0 / (alpha + age))
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
        add_up(BetaGeoParameters::of(values, 1));
        add_up(ModifiedBetaGeoParameters::of(values, 1));
        for k in [2, 3, 12] {
            add_up(CondensedBetaGeoParameters::of(values, k));
            add_up(ModifiedCondensedBetaGeoParameters::of(values, k));
        }
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
        agree(BetaGeoParameters::of(values, 1));
        agree(ModifiedBetaGeoParameters::of(values, 1));
        for k in [2, 3, 12] {
            agree(CondensedBetaGeoParameters::of(values, k));
            agree(ModifiedCondensedBetaGeoParameters::of(values, k));
        }
    }
}
