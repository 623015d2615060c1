//! Refunds reduce the purchase day they refer to.
//!
//! 1. A refund that names its order (`refund_of`), or that is a line of an order that was also sold
//!    something, reduces the day of that order, and no other.
//! 2. A refund of an order that is no purchase (cancelled, refused, returned) reduces nothing.
//! 3. Any other refund reduces the latest earlier days of its customer (its own day included), the
//!    latest first, each down to zero. Refunds that happened first are taken first.
//!
//! What finds no day with money left is reported, never forgotten.

use std::collections::HashSet;

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::{Date32Type, Decimal128Type};
use schemars::JsonSchema;
use serde::Serialize;

use super::purchases::{Day, MONEY_SCALE, Purchases};
use crate::columns::{column, text};

/// One refund of a known customer: a row of `refunds.sql`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Refund {
    /// Rank in [`Purchases::customers`]; `None`: of someone who bought nothing.
    pub customer: Option<u32>,
    /// When the money went back, in days since 1970-01-01.
    pub day: i32,
    /// How much, in ten-thousandths, positive.
    pub amount: i64,
    /// What it refers to.
    pub of: RefundOf,
}

/// What a refund refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RefundOf {
    /// An order of this day (days since 1970-01-01).
    Day(i32),
    /// An order that is no purchase.
    NoPurchase,
    /// An order that is not in the data, or not in the period.
    Unknown,
    /// It does not say.
    Unsaid,
}

/// What became of the refunds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, JsonSchema)]
pub struct RefundsTaken {
    /// Refund lines of known customers.
    pub lines: u64,
    /// Money that reduced a purchase day.
    pub amount: f64,
    /// Refund lines of orders that are no purchase (cancelled, refused, returned): they reduce nothing.
    pub of_no_purchase: u64,
    /// Refund lines that found no day, or a day with less money left than they gave back.
    pub unplaced_lines: u64,
    /// Money of those that found no day.
    pub unplaced_amount: f64,
    /// Purchase days whose whole amount came back: they are no purchases.
    pub days_undone: u64,
}

/// Reads rows of `refunds.sql`. `wanted`: ids of the only customers that count.
pub(crate) fn read(
    batch: &RecordBatch,
    purchases: &Purchases,
    wanted: Option<&HashSet<String>>,
    into: &mut Vec<Refund>,
) {
    let customers = text(batch, "customer_id");
    let customers = customers.as_string_view();
    let days = column(batch, "day").as_primitive::<Date32Type>();
    let amounts = column(batch, "amount").as_primitive::<Decimal128Type>();
    let named = column(batch, "named").as_boolean();
    let order_days = column(batch, "order_day").as_primitive::<Date32Type>();
    let counts = column(batch, "order_counts").as_boolean();
    for row in 0..batch.num_rows() {
        let customer = customers.value(row);
        if wanted.is_some_and(|wanted| !wanted.contains(customer)) {
            continue;
        }
        let of = match (order_days.is_valid(row), named.value(row)) {
            (true, _) if !counts.value(row) => RefundOf::NoPurchase,
            (true, _) => RefundOf::Day(order_days.value(row)),
            (false, true) => RefundOf::Unknown,
            (false, false) => RefundOf::Unsaid,
        };
        into.push(Refund {
            customer: purchases.rank(customer),
            day: days.value(row),
            amount: amounts.value(row) as i64,
            of,
        });
    }
}

/// Takes every refund from the days it reduces, and keeps those of customers who bought something.
pub(crate) fn take(purchases: &mut Purchases, mut refunds: Vec<Refund>) -> RefundsTaken {
    let mut taken = RefundsTaken::default();
    // Those that say what they refer to come first: what is left is then shared out by time.
    // Within that order only equal refunds are exchangeable, so nothing depends on file order.
    refunds.sort_unstable_by_key(|refund| {
        let unsaid = !matches!(refund.of, RefundOf::Day(_));
        (unsaid, refund.day, refund.customer, refund.amount)
    });
    let mut placed_amount = 0;
    let mut unplaced_amount = 0;
    for refund in &refunds {
        taken.lines += 1;
        if refund.of == RefundOf::NoPurchase {
            taken.of_no_purchase += 1;
            continue;
        }
        let left = match refund.customer {
            Some(customer) => take_one(purchases.days_of_mut(customer), refund),
            None => refund.amount,
        };
        placed_amount += refund.amount - left;
        if left > 0 {
            taken.unplaced_lines += 1;
            unplaced_amount += left;
        }
    }
    taken.amount = placed_amount as f64 / MONEY_SCALE;
    taken.unplaced_amount = unplaced_amount as f64 / MONEY_SCALE;
    taken.days_undone = purchases.days.iter().filter(|day| !day.counts()).count() as u64;
    refunds.retain(|refund| refund.customer.is_some());
    purchases.refunds = refunds;
    taken
}

/// Takes one refund from the days of its customer; gives back the money that found none.
fn take_one(days: &mut [Day], refund: &Refund) -> i64 {
    let reducible: Vec<&mut Day> = match refund.of {
        RefundOf::Day(order_day) => days
            .iter_mut()
            .rev()
            .filter(move |d| d.day == order_day)
            .collect(),
        RefundOf::Unsaid => days
            .iter_mut()
            .rev()
            .filter(|d| d.day <= refund.day)
            .collect(),
        RefundOf::Unknown | RefundOf::NoPurchase => Vec::new(),
    };
    let mut left = refund.amount;
    for day in reducible {
        let part = left.min(day.net());
        day.refunded += part;
        left -= part;
        if left == 0 {
            break;
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One customer, "ann", who bought for these amounts on these days.
    fn bought(days: &[(i32, i64)]) -> Purchases {
        let day = |&(day, amount): &(i32, i64)| Day {
            customer: 0,
            day,
            amount: amount * 10_000,
            refunded: 0,
        };
        Purchases {
            customers: ["ann".into()].into(),
            days: days.iter().map(day).collect(),
            refunds: Vec::new(),
        }
    }

    fn refund(day: i32, amount: i64, of: RefundOf) -> Refund {
        Refund {
            customer: Some(0),
            day,
            amount: amount * 10_000,
            of,
        }
    }

    fn left(purchases: &Purchases) -> Vec<i64> {
        purchases
            .days
            .iter()
            .map(|day| day.net() / 10_000)
            .collect()
    }

    #[test]
    fn a_named_order_gives_way_and_no_other() {
        let mut purchases = bought(&[(1, 50), (5, 30)]);
        // 20 of the 50 of day 1 come back on day 9
        let taken = take(&mut purchases, vec![refund(9, 20, RefundOf::Day(1))]);
        assert_eq!(left(&purchases), [30, 30]);
        assert_eq!(
            (taken.amount, taken.unplaced_amount, taken.days_undone),
            (20.0, 0.0, 0)
        );
    }

    #[test]
    fn more_than_the_named_order_cost_is_reported_not_taken_elsewhere() {
        let mut purchases = bought(&[(1, 50), (5, 30)]);
        // 60 come back of an order of 50: 10 find no day
        let taken = take(&mut purchases, vec![refund(9, 60, RefundOf::Day(1))]);
        assert_eq!(left(&purchases), [0, 30]);
        assert_eq!(
            (taken.amount, taken.unplaced_amount, taken.unplaced_lines),
            (50.0, 10.0, 1)
        );
        assert_eq!(taken.days_undone, 1);
        assert!(!purchases.days[0].counts());
    }

    #[test]
    fn without_a_name_the_latest_earlier_days_give_way_first() {
        let mut purchases = bought(&[(1, 50), (5, 30), (12, 40)]);
        // on day 9, 45 come back: 30 of day 5, then 15 of day 1; day 12 is later
        let taken = take(&mut purchases, vec![refund(9, 45, RefundOf::Unsaid)]);
        assert_eq!(left(&purchases), [35, 0, 40]);
        assert_eq!(taken.days_undone, 1);
    }

    #[test]
    fn named_refunds_are_taken_before_the_others_whatever_their_order() {
        // the 30 of day 5 are named; so the other 30 can only be of day 1
        let refunds = [
            refund(6, 30, RefundOf::Unsaid),
            refund(9, 30, RefundOf::Day(5)),
        ];
        for order in [[0, 1], [1, 0]] {
            let mut purchases = bought(&[(1, 50), (5, 30)]);
            take(&mut purchases, order.map(|place| refunds[place]).to_vec());
            assert_eq!(left(&purchases), [20, 0]);
        }
    }

    #[test]
    fn what_finds_no_day_is_reported() {
        let mut purchases = bought(&[(5, 30)]);
        let mut stranger = refund(9, 3, RefundOf::Unsaid);
        stranger.customer = None;
        let refunds = vec![
            refund(2, 10, RefundOf::Unsaid),     // before anything was bought
            refund(9, 7, RefundOf::Unknown),     // of an order that is not in the data
            refund(9, 30, RefundOf::NoPurchase), // of a cancelled order
            stranger,                            // of someone who bought nothing
        ];
        let taken = take(&mut purchases, refunds);
        assert_eq!(left(&purchases), [30]);
        assert_eq!(
            (taken.lines, taken.unplaced_lines, taken.of_no_purchase),
            (4, 3, 1)
        );
        assert_eq!(taken.unplaced_amount, 20.0);
    }

    #[test]
    fn a_day_on_which_nothing_was_to_pay_stays_a_purchase() {
        let mut purchases = bought(&[(5, 0)]);
        take(&mut purchases, vec![refund(9, 30, RefundOf::Day(5))]);
        assert!(purchases.days[0].counts());
    }

    #[test]
    fn an_earlier_day_knows_only_the_refunds_made_by_then() {
        let mut purchases = bought(&[(1, 50), (5, 30), (12, 40)]);
        let refunds = vec![
            refund(6, 10, RefundOf::Unsaid),  // 10 of day 5 …
            refund(13, 30, RefundOf::Day(5)), // … which is the part that finds nothing later
            refund(14, 45, RefundOf::Unsaid),
        ];
        take(&mut purchases, refunds);
        assert_eq!(left(&purchases), [35, 0, 0]);
        assert_eq!(left(&purchases.known_on(4)), [50]);
        assert_eq!(left(&purchases.known_on(6)), [50, 20]);
        assert_eq!(left(&purchases.known_on(12)), [50, 20, 40]);
        assert_eq!(purchases.known_on(14).days, purchases.days);
        // and so does a still earlier one, asked of an earlier one
        assert_eq!(
            purchases.known_on(12).known_on(6).days,
            purchases.known_on(6).days
        );
    }
}
