//! Journeys through a web shop that does not exist, drawn with known probabilities: what tests recover and
//! benchmarks run on.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::log::Event;

/// What can happen in the shop, by number.
pub const SHOP_STEPS: [&str; 19] = [
    "home",
    "search",
    "list",
    "filter",
    "view_product",
    "zoom",
    "read_reviews",
    "compare",
    "add_to_cart",
    "view_cart",
    "remove_from_cart",
    "enter_coupon",
    "sign_in",
    "enter_address",
    "choose_delivery",
    "pay",
    "confirm",
    "track_delivery",
    "contact_support",
];

/// A journey ends after a step with this probability, so it has 13 steps on average.
const ENDS: f64 = 1.0 / 13.0;
/// Where a journey goes from a step: so many steps on in the list, round and round, with this probability; anywhere
/// with what is missing to 1.
const ONWARD: [(usize, f64); 4] = [(1, 0.5), (2, 0.2), (0, 0.1), (18, 0.1)];
/// Mean time between two steps. One in 200,000 is shorter than a millisecond.
const MEAN_WAIT_SECONDS: f64 = 200.0;
/// Journeys begin at any time within two years.
const SPAN_SECONDS: f64 = 2.0 * 365.0 * 86_400.0;

/// Draws so many journeys, in the order of journeys. Times are whole milliseconds.
///
/// Each has a stream of random numbers of its own: the first thousand of a million are those of a thousand.
#[must_use]
pub fn shop(journeys: u32, seed: u64) -> Vec<Event> {
    let mut events = Vec::new();
    for journey in 0..journeys {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(u64::from(journey));
        let mut seconds = SPAN_SECONDS * random.random::<f64>();
        let mut step = 0;
        loop {
            events.push(Event {
                at: (seconds * 1000.0) as i64 * 1000,
                journey,
                kind: step as u32,
                sequence: 0,
            });
            if random.random::<f64>() < ENDS {
                break;
            }
            step = next(step, &mut random);
            seconds += MEAN_WAIT_SECONDS * -(1.0 - random.random::<f64>()).ln();
        }
    }
    events
}

fn next(step: usize, random: &mut impl Rng) -> usize {
    let mut drawn: f64 = random.random();
    for (onward, probability) in ONWARD {
        if drawn < probability {
            return (step + onward) % SHOP_STEPS.len();
        }
        drawn -= probability;
    }
    random.random_range(0..SHOP_STEPS.len())
}
