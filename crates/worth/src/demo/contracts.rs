//! The monthly coffee subscription: `contracts.csv`. Who renews follows a shifted
//! beta-geometric (Fader and Hardie 2007).

use jiff::ToSpan as _;
use rand::RngExt;

use super::Plan;
use super::calendar::Moment;
use super::people::Person;
use super::random::{Purpose, beta, pick, stream};
use super::table::Rows;

/// Header of `contracts.csv`.
pub(crate) const CONTRACTS: [&str; 8] = [
    "contract_id",
    "customer_id",
    "started_at",
    "ended_at",
    "end_reason",
    "amount",
    "currency",
    "period",
];
/// Share of customers who subscribe.
const SUBSCRIBES: f64 = 0.05;
const REASONS: [&str; 4] = ["Giá cao", "Chuyển nhà", "Ít uống hơn", "Không nói lý do"];

/// Appends the customer's subscription, if any.
pub(crate) fn write(plan: &Plan, person: &Person, rows: &mut Rows) {
    let mut draws = stream(plan.options.seed, Purpose::Contract, person.index);
    if !draws.random_bool(SUBSCRIBES) {
        return;
    }
    let planted = &plan.truth.subscription;
    let leave = beta(&mut draws, planted.alpha, planted.beta);
    let started = draws.random_range(person.acquired..plan.calendar.days);
    let first = plan.calendar.date(started);
    let mut ended = None;
    for months in 1.. {
        let day = (first + months.months() - plan.calendar.date(0)).get_days() as u32;
        if day >= plan.calendar.days {
            break;
        }
        if draws.random::<f64>() < leave {
            ended = Some(day);
            break;
        }
    }
    let midnight = |day| Moment { day, second: 0 };
    rows.show(format_args!("HDG{:08}", person.index))
        .text(&person.code())
        .iso(&plan.calendar, midnight(started));
    match ended {
        Some(day) => rows
            .iso(&plan.calendar, midnight(day))
            .text(pick(&mut draws, &REASONS)),
        None => rows.none().none(),
    };
    rows.show(planted.monthly_price)
        .text("VND")
        .text("month")
        .end();
}
