//! What customers did on their way to an order, and what it cost them: `events.csv`.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::Plan;
use super::calendar::Moment;
use super::history::Visit;
use super::people::Person;
use super::random::{gamma, pick};
use super::shop::PRODUCTS;
use super::table::Rows;
use super::taken::Taken;

/// Header of `events.csv`.
pub(crate) const EVENTS: [&str; 17] = [
    "event_id",
    "customer_id",
    "anonymous_id",
    "at",
    "sequence",
    "name",
    "stage",
    "touchpoint",
    "channel",
    "journey_id",
    "product_id",
    "outcome",
    "seconds",
    "steps",
    "fields",
    "price",
    "currency",
];
/// Share of visits whose journey was recorded.
const RECORDED_IN_APP: f64 = 0.35;
const RECORDED_IN_STORE: f64 = 0.05;
/// Share of recorded journeys in the app after which someone unknown looked and left.
const LOOKED_AND_LEFT: f64 = 0.12;

/// A step of a journey: name, stage, touchpoint, mean seconds, steps, personal data asked for.
struct Step {
    name: &'static str,
    stage: &'static str,
    touchpoint: &'static str,
    seconds: f64,
    steps: u32,
    fields: &'static [&'static str],
}

const fn step(
    name: &'static str,
    stage: &'static str,
    touchpoint: &'static str,
    seconds: f64,
    steps: u32,
    fields: &'static [&'static str],
) -> Step {
    Step {
        name,
        stage,
        touchpoint,
        seconds,
        steps,
        fields,
    }
}

const OPEN: Step = step("open_app", "browse", "app: thực đơn", 8.0, 1, &[]);
const CHOOSE: Step = step("choose_drink", "browse", "app: thực đơn", 55.0, 4, &[]);
const CART: Step = step("add_to_cart", "choose", "app: giỏ hàng", 15.0, 2, &[]);
const ADDRESS: Step = step(
    "give_address",
    "choose",
    "app: giỏ hàng",
    35.0,
    3,
    &["name", "phone", "address"],
);
const PAY: Step = step("pay", "payment", "app: thanh toán", 28.0, 3, &["card"]);
const DELIVER: Step = step("receive_delivery", "delivery", "giao hàng", 1_500.0, 1, &[]);
const ENTER: Step = step("enter_store", "browse", "cửa hàng", 20.0, 1, &[]);
const QUEUE: Step = step("queue", "choose", "cửa hàng", 240.0, 1, &[]);
const ORDER: Step = step("order_at_counter", "payment", "cửa hàng", 45.0, 2, &[]);
const RECEIVE: Step = step("receive_drink", "delivery", "cửa hàng", 300.0, 1, &[]);

/// A journey that is being written.
struct Journey<'a> {
    plan: &'a Plan,
    id: String,
    customer: Option<String>,
    anonymous: Option<String>,
    channel: &'static str,
    at: Moment,
    sequence: u32,
    taken: Taken,
}

/// Appends the journey of visit number `number`, if it was recorded; what it took.
pub(crate) fn write(
    plan: &Plan,
    person: &Person,
    number: usize,
    visit: &Visit,
    draws: &mut ChaCha8Rng,
    rows: &mut Rows,
) -> Taken {
    let recorded = if visit.app {
        RECORDED_IN_APP
    } else {
        RECORDED_IN_STORE
    };
    // whoever could not pay is always recorded: the payment provider keeps these
    if visit.failures == 0 && !draws.random_bool(recorded) {
        return Taken::default();
    }
    let id = format!("J{:08}.{number:03}", person.index);
    let mut journey = Journey {
        plan,
        customer: Some(person.code()),
        anonymous: None,
        channel: if visit.app { "App" } else { "Cửa hàng" },
        at: visit.at,
        sequence: 0,
        id,
        taken: Taken::default(),
    };
    if !visit.app {
        for step in [&ENTER, &QUEUE, &ORDER, &RECEIVE] {
            journey.write(step, "ok", draws, rows);
        }
        return journey.taken;
    }
    for step in [&OPEN, &CHOOSE, &CART, &ADDRESS] {
        journey.write(step, "ok", draws, rows);
    }
    for _ in 0..visit.failures {
        journey.write(&PAY, "failed", draws, rows);
        journey.taken.failures += 1;
        // it is paid in the end
        journey.taken.repeats += 1;
    }
    journey.write(&PAY, "ok", draws, rows);
    journey.write(&DELIVER, "ok", draws, rows);
    if draws.random_bool(LOOKED_AND_LEFT) {
        journey.id = format!("A{:08}.{number:03}", person.index);
        journey.customer = None;
        journey.anonymous = Some(format!("web-{:08}-{number}", person.index));
        journey.sequence = 0;
        journey.write(&OPEN, "ok", draws, rows);
        let last = if draws.random_bool(0.5) {
            &CART
        } else {
            &ADDRESS
        };
        journey.write(last, "abandoned", draws, rows);
    }
    journey.taken
}

impl Journey<'_> {
    fn write(&mut self, step: &Step, outcome: &str, draws: &mut ChaCha8Rng, rows: &mut Rows) {
        let seconds = gamma(draws, 3.0, step.seconds / 3.0).ceil().max(1.0) as u32;
        self.sequence += 1;
        rows.show(format_args!("{}-{}", self.id, self.sequence))
            .maybe(self.customer.as_ref())
            .maybe(self.anonymous.as_ref())
            .iso(&self.plan.calendar, self.at)
            .show(self.sequence)
            .text(step.name)
            .text(step.stage)
            .text(step.touchpoint)
            .text(self.channel)
            .text(&self.id);
        let product = (step.name == "add_to_cart").then(|| pick(draws, &PRODUCTS));
        rows.maybe(product.map(|product| product.code))
            .text(outcome)
            .show(seconds)
            .show(step.steps);
        rows.text(&step.fields.join(";"))
            .maybe(product.map(|product| product.price))
            .maybe(product.map(|_| "VND"))
            .end();
        self.at = self.at.later(seconds);
        self.taken.time += u64::from(seconds);
        self.taken.effort += u64::from(step.steps);
        self.taken.personal_data += step.fields.len() as u64;
    }
}
