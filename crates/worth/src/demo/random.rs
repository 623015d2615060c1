//! Draws of the demo: every customer has streams of their own, so that the files do not depend
//! on how many threads wrote them.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Beta, Distribution, Exp1, Gamma, StandardNormal};

/// What a stream of draws is for. Streams of different purposes are independent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    /// Who a customer is.
    Person = 1,
    /// When and how much a customer buys.
    History = 2,
    /// Order lines, journeys, feedback of a customer.
    Details = 3,
    /// A customer's answers to the shop's survey.
    Survey = 4,
    /// A customer's subscription.
    Contract = 5,
    /// Sales to nobody in particular.
    WalkIns = 6,
    /// A respondent of the market panel.
    Panel = 7,
    /// A respondent of the choice study.
    Choice = 8,
    /// Prices, spending, exchange rates.
    Market = 9,
    /// What a respondent of the market panel says of the own service.
    Service = 10,
    /// A customer's earlier answer to the shop's survey.
    SurveyBefore = 11,
    /// A careless respondent of the market panel.
    Careless = 13,
    /// Whether a household answers the shop's survey together.
    Household = 14,
}

/// The stream of one customer (or respondent, or block) for one purpose.
pub(crate) fn stream(seed: u64, purpose: Purpose, index: u64) -> ChaCha8Rng {
    let mut draws = ChaCha8Rng::seed_from_u64(seed.wrapping_mul(16).wrapping_add(purpose as u64));
    draws.set_stream(index);
    draws
}

/// One of `items`, all equally likely.
pub(crate) fn pick<T: Copy>(draws: &mut impl Rng, items: &[T]) -> T {
    items[draws.random_range(0..items.len())]
}

/// Index of one of the `weights`, in proportion to them.
pub(crate) fn weighted(draws: &mut impl Rng, weights: &[f64]) -> usize {
    let mut left = draws.random::<f64>() * weights.iter().sum::<f64>();
    for (index, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return index;
        }
    }
    weights.len() - 1
}

/// A draw from Gamma(shape, scale).
pub(crate) fn gamma(draws: &mut impl Rng, shape: f64, scale: f64) -> f64 {
    Gamma::new(shape, scale)
        .expect("planted shapes and scales are positive")
        .sample(draws)
}

/// A draw from Beta(a, b).
pub(crate) fn beta(draws: &mut impl Rng, a: f64, b: f64) -> f64 {
    Beta::new(a, b)
        .expect("planted shapes are positive")
        .sample(draws)
}

/// A waiting time with mean 1.
pub(crate) fn exponential(draws: &mut impl Rng) -> f64 {
    Exp1.sample(draws)
}

/// A standard normal draw.
pub(crate) fn normal(draws: &mut impl Rng) -> f64 {
    StandardNormal.sample(draws)
}

/// `value` as a whole number in `low..=high`, up or down at random so that the mean is kept.
pub(crate) fn round_fairly(draws: &mut impl Rng, value: f64, low: i64, high: i64) -> i64 {
    let value = value.clamp(low as f64, high as f64);
    let down = value.floor();
    let up = draws.random::<f64>() < value - down;
    (down as i64 + i64::from(up)).clamp(low, high)
}
