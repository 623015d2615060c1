//! Sales, refunds, cancellations and walk-ins as the till exports them: `don_hang.csv`.
//!
//! Cancelled orders and refunded lines come on top of what a history planned, never instead of
//! it: so the purchases that count are exactly those of the history.

use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;

use super::Plan;
use super::calendar::Moment;
use super::history::{Visit, opening_second};
use super::people::Person;
use super::random::{Purpose, gamma, pick, stream, weighted};
use super::shop::{PRODUCTS, Product, REGIONS};
use super::table::Rows;
use super::taken::Taken;

/// Header of `don_hang.csv`.
pub(crate) const ORDERS: [&str; 22] = [
    "Mã đơn hàng",
    "Dòng",
    "Thời gian đặt hàng",
    "Mã khách hàng",
    "Mã người trả tiền",
    "Mã người dùng",
    "Mã sản phẩm",
    "Tên sản phẩm",
    "Nhóm sản phẩm",
    "Số lượng",
    "Tiền trước giảm giá",
    "Thành tiền",
    "Phí giao hàng",
    "Thuế",
    "Giá vốn",
    "Tiền tệ",
    "Kênh bán",
    "Cửa hàng",
    "Trạng thái",
    "Hẹn giao",
    "Giao lúc",
    "Đơn gốc",
];
/// How the till names a sale to nobody in particular.
const WALK_IN: &str = "Khách lẻ";
/// Share of orders by walk-ins, against those of known customers.
const WALK_IN_SHARE: f64 = 0.18;
/// Share of visits that come with a cancelled order, and with a refunded line.
const CANCELLED: f64 = 0.025;
const REFUNDED: f64 = 0.02;
/// Share of order lines followed by one that the till damaged: it lacks its amount.
const DAMAGED: f64 = 0.000_4;
/// Cancelled, or not taken: nothing is paid.
const CALLED_OFF: [&str; 2] = ["Đã hủy", "Khách không nhận"];
/// Value added tax that stands in the price's invoice line.
const TAX_SHARE: f64 = 0.08;
/// The app promises to deliver within this time, for this fee.
const PROMISED_SECONDS: u32 = 2_400;
const DELIVERY_FEE: i64 = 15_000;

/// What was counted while writing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    /// Lines of walk-ins.
    pub(crate) anonymous: u64,
    /// Lines that lack their amount.
    pub(crate) damaged: u64,
    /// What they took from whoever bought.
    pub(crate) taken: Taken,
}

/// One order: what its lines share.
struct Order<'a> {
    id: String,
    at: Moment,
    customer: &'a str,
    payer: Option<&'a str>,
    user: Option<&'a str>,
    touchpoint: &'a str,
    status: &'a str,
    delivery: Option<Delivery>,
    refund_of: Option<&'a str>,
}

/// When an order was promised and brought.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Delivery {
    promised: Moment,
    delivered: Moment,
}

impl Delivery {
    /// Of an order placed at `at`. One in eight is late.
    fn draw(at: Moment, draws: &mut ChaCha8Rng) -> Self {
        let minutes = 12.0 + gamma(draws, 3.0, 5.0);
        Self {
            promised: at.later(PROMISED_SECONDS),
            delivered: at.later((minutes * 60.0) as u32),
        }
    }

    /// Whether it came later than promised.
    pub(crate) fn late(self) -> bool {
        self.delivered > self.promised
    }
}

/// The id of the order of a customer's visit number `visit`.
pub(crate) fn order_id(person: &Person, visit: usize) -> String {
    format!("HD{:08}.{visit:03}", person.index)
}

/// Appends the orders of one visit, and says how its delivery went.
pub(crate) fn write(
    plan: &Plan,
    person: &Person,
    number: usize,
    visit: &Visit,
    draws: &mut ChaCha8Rng,
    rows: &mut Rows,
    counts: &mut Counts,
) -> Option<Delivery> {
    let customer = person.code();
    let id = order_id(person, number);
    // the head of a household buys for the others
    let shared = person
        .household
        .filter(|household| household.head == person.index && draws.random_bool(0.5))
        .map(super::people::Household::payer_and_user);
    let delivery = visit.app.then(|| Delivery::draw(visit.at, draws));
    let order = Order {
        id: id.clone(),
        at: visit.at,
        customer: &customer,
        payer: shared.as_ref().map(|shared| shared.0.as_str()),
        user: shared.as_ref().map(|shared| shared.1.as_str()),
        touchpoint: if visit.app {
            "Ứng dụng"
        } else {
            person.store
        },
        status: if visit.app {
            "Đã giao"
        } else {
            "Hoàn thành"
        },
        delivery,
        refund_of: None,
    };
    let (mut line, paid) = order.write(plan, visit.spend, draws, rows);
    counts.taken.money += paid;
    if let Some(delivery) = delivery {
        counts.taken.waiting += visit.at.seconds_until(delivery.delivered);
        counts.taken.late_deliveries += u64::from(delivery.late());
        if delivery.late() {
            counts.taken.lateness += delivery.promised.seconds_until(delivery.delivered);
        }
    }
    if draws.random_bool(REFUNDED) {
        // something too much on the bill, given back within three days
        line += 1;
        let product = pick(draws, &PRODUCTS);
        counts.taken.money += order.write_line(plan, line, &product, 1, product.price, rows);
        counts.taken.refunds += 1;
        let back = Order {
            id: format!("TH{:08}.{number:03}", person.index),
            at: visit.at.later(draws.random_range(600..250_000)),
            status: "Đã trả hàng",
            delivery: None,
            refund_of: Some(&id),
            ..order
        };
        // where the demo ends before, the line is given back on the spot
        let at = match back.at.day < plan.calendar.days {
            true => back.at,
            false => visit.at,
        };
        let back = Order { at, ..back };
        counts.taken.money += back.write_line(plan, 1, &product, -1, -product.price, rows);
    } else if draws.random_bool(CANCELLED) {
        let cancelled = Order {
            id: format!("HX{:08}.{number:03}", person.index),
            status: pick(draws, &CALLED_OFF),
            delivery: None,
            ..order
        };
        cancelled.write(plan, visit.spend, draws, rows);
    }
    if draws.random_bool(DAMAGED) {
        rows.show(format_args!("HL{:08}.{number:03}", person.index))
            .show(1)
            .vietnamese(&plan.calendar, visit.at)
            .text(&customer);
        for _ in 4..ORDERS.len() {
            rows.none();
        }
        rows.end();
        counts.damaged += 1;
    }
    delivery
}

/// Appends the sales to walk-ins that go with a block of `orders` of known customers.
pub(crate) fn write_walk_ins(
    plan: &Plan,
    block: u64,
    orders: u64,
    rows: &mut Rows,
    counts: &mut Counts,
) {
    let mut draws = stream(plan.options.seed, Purpose::WalkIns, block);
    let before = rows.count;
    for number in 0..(orders as f64 * WALK_IN_SHARE).ceil() as u64 {
        let region = &REGIONS[weighted(&mut draws, &REGIONS.map(|region| region.share))];
        let spend = ((gamma(&mut draws, 2.5, 30_000.0) / 1000.0) as i64 + 20) * 1000;
        let at = Moment {
            day: draws.random_range(0..plan.calendar.days),
            second: opening_second(&mut draws),
        };
        let order = Order {
            id: format!("HK{block:06}.{number:05}"),
            at,
            customer: WALK_IN,
            payer: None,
            user: None,
            touchpoint: pick(&mut draws, region.stores),
            status: "Hoàn thành",
            delivery: None,
            refund_of: None,
        };
        counts.taken.money += order.write(plan, spend, &mut draws, rows).1;
    }
    counts.anonymous += rows.count - before;
}

impl Order<'_> {
    /// Appends lines that add up to `spend`; how many, and what was paid.
    fn write(&self, plan: &Plan, spend: i64, draws: &mut impl Rng, rows: &mut Rows) -> (u32, i64) {
        let most = match spend {
            ..60_000 => 1,
            60_000..150_000 => 2,
            _ => 4,
        };
        let lines = draws.random_range(1..=most);
        let (mut left, mut paid) = (spend, 0);
        for line in 1..=lines {
            let amount = if line == lines {
                left
            } else {
                let share = draws.random_range(0.25..0.75) / f64::from(lines - line);
                ((left as f64 * share / 1000.0) as i64 * 1000).max(1000)
            };
            left -= amount;
            let affordable = PRODUCTS
                .iter()
                .take_while(|product| product.price <= amount)
                .count();
            let product = &PRODUCTS[draws.random_range(0..affordable.max(1))];
            let quantity = (amount + product.price - 1) / product.price;
            paid += self.write_line(plan, line, product, quantity, amount, rows);
        }
        (lines, paid)
    }

    /// What was paid for it.
    fn write_line(
        &self,
        plan: &Plan,
        line: u32,
        product: &Product,
        quantity: i64,
        amount: i64,
        rows: &mut Rows,
    ) -> i64 {
        let calendar = &plan.calendar;
        let list = quantity * product.price;
        let in_app = self.touchpoint == "Ứng dụng";
        let fee = (line == 1 && in_app && amount > 0).then_some(DELIVERY_FEE);
        let tax = (amount as f64 * TAX_SHARE) as i64;
        rows.text(&self.id)
            .show(line)
            .vietnamese(calendar, self.at)
            .text(self.customer)
            .maybe(self.payer)
            .maybe(self.user)
            .text(product.code)
            .text(product.name)
            .text(product.category)
            .show(quantity)
            .show(list)
            .show(amount)
            .maybe(fee)
            .show(tax)
            .show((list as f64 * product.cost_share) as i64)
            .text("VND")
            .text(if in_app { "App" } else { "Cửa hàng" })
            .text(self.touchpoint)
            .text(self.status);
        match self.delivery {
            Some(delivery) => rows
                .vietnamese(calendar, delivery.promised)
                .vietnamese(calendar, delivery.delivered),
            None => rows.none().none(),
        };
        rows.maybe(self.refund_of).end();
        match CALLED_OFF.contains(&self.status) {
            true => 0,
            false => amount + fee.unwrap_or(0) + tax,
        }
    }
}
