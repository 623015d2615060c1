//! From order lines to purchases: which customer bought on which days, for how much.
//!
//! `features.sql` gives one row per order line; here they are folded, in one pass and without a hash
//! table of customer-days, into days per customer. A customer is a number while lines arrive; in the
//! end customers are ordered by id, so that the order in which lines came cannot be seen in any
//! result. Money stays an integer (ten-thousandths), so sums are exact whatever the order.

use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::{Date32Type, Decimal128Type};

use super::costs::Costs;
use super::refunds::{self, Refund};
use crate::columns::{column, text};
use crate::ids::{Ids, key_of};
use crate::question::LeftOut;

/// Units of [`Day::amount`] in one unit of the currency.
pub(crate) const MONEY_SCALE: f64 = 10_000.0;

/// How many lines are kept before they are folded for the first time: 128 MiB of them.
const FOLD_AT: usize = 1 << 23;

/// What a customer bought on one business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Day {
    /// Rank of the customer in [`Purchases::customers`].
    pub customer: u32,
    /// Days since 1970-01-01.
    pub day: i32,
    /// What was bought, before refunds, in ten-thousandths.
    pub amount: i64,
    /// What came back of it by the end of observation, never more than `amount`.
    pub refunded: i64,
}

impl Day {
    /// A day whose whole amount came back is no purchase; one where nothing was to pay is.
    pub(crate) fn counts(&self) -> bool {
        self.amount == 0 || self.refunded < self.amount
    }

    /// What stayed paid, in ten-thousandths.
    pub(crate) fn net(&self) -> i64 {
        self.amount - self.refunded
    }
}

/// All customers, and the days on which they bought.
#[derive(Debug, Default)]
pub(crate) struct Purchases {
    /// Ids in byte order.
    pub customers: Arc<[String]>,
    /// By customer, then day; one entry per customer-day.
    pub days: Vec<Day>,
    /// What was taken from `days`: enough to say how they stood earlier.
    pub refunds: Vec<Refund>,
}

/// Order lines on their way to become [`Purchases`].
pub(crate) struct Gatherer<'a> {
    ids: Ids,
    /// `Some`: only these customers count.
    wanted: Option<&'a HashSet<String>>,
    lines: Vec<(u32, i32, i64)>,
    fold_at: usize,
    costs: Costs,
    /// Lines that count: sales and refunds.
    pub used: u64,
    /// Refunds among them.
    pub refunds: u64,
    /// Lines that do not count, by reason.
    left_out: BTreeMap<String, u64>,
}

impl<'a> Gatherer<'a> {
    /// Nothing gathered yet. `wanted`: ids of the only customers that count.
    pub(crate) fn new(wanted: Option<&'a HashSet<String>>) -> Self {
        Self {
            ids: Ids::default(),
            wanted,
            lines: Vec::new(),
            fold_at: FOLD_AT,
            costs: Costs::default(),
            used: 0,
            refunds: 0,
            left_out: BTreeMap::new(),
        }
    }

    /// Takes rows of `features.sql`.
    pub(crate) fn add(&mut self, batch: &RecordBatch) {
        let customers = text(batch, "customer_id");
        let customers = customers.as_string_view();
        let days = column(batch, "day").as_primitive::<Date32Type>();
        let amounts = column(batch, "amount").as_primitive::<Decimal128Type>();
        let costs = column(batch, "cost").as_primitive::<Decimal128Type>();
        let reasons = text(batch, "left_out");
        let reasons = reasons.as_string_view();
        let views = customers.views();
        let mut last: Option<(u128, Option<u32>)> = None;
        for row in 0..batch.num_rows() {
            if reasons.is_valid(row) {
                self.leave_out(reasons.value(row));
                continue;
            }
            let key = key_of(views[row], || customers.value(row));
            let customer = match last {
                Some((same, customer)) if same == key => customer,
                _ => self.number_of(key, customers.value(row)),
            };
            last = Some((key, customer));
            let Some(customer) = customer else {
                continue; // not in scope
            };
            self.used += 1;
            // decimal(18, 4): at most 18 digits, so it fits
            let amount = amounts.value(row) as i64;
            if amount < 0 {
                self.refunds += 1;
                continue;
            }
            let cost = costs.is_valid(row).then(|| costs.value(row) as i64);
            self.costs.add(customer, amount, cost);
            if self.lines.len() == self.fold_at {
                fold(&mut self.lines);
                self.fold_at = FOLD_AT.max(self.lines.len() * 2);
            }
            self.lines.push((customer, days.value(row), amount));
        }
    }

    /// Lines that do not count, by reason.
    pub(crate) fn left_out(&self) -> Vec<LeftOut> {
        self.left_out
            .iter()
            .map(|(reason, &rows)| LeftOut {
                reason: reason.clone(),
                rows,
            })
            .collect()
    }

    /// Orders what was gathered by customer id and day; and what it had cost.
    pub(crate) fn finish(self) -> (Purchases, Costs) {
        let Self {
            ids,
            mut lines,
            costs,
            ..
        } = self;
        let (customers, rank) = ids.ranked(lines.iter().map(|line| line.0));
        for line in &mut lines {
            line.0 = rank[line.0 as usize];
        }
        fold(&mut lines);
        let days = lines
            .into_iter()
            .map(|(customer, day, amount)| Day {
                customer,
                day,
                amount,
                refunded: 0,
            })
            .collect();
        let purchases = Purchases {
            customers: customers.into(),
            days,
            refunds: Vec::new(),
        };
        (purchases, costs.ranked(&rank))
    }

    fn number_of(&mut self, key: u128, id: &str) -> Option<u32> {
        match self.wanted {
            Some(wanted) if !wanted.contains(id) => None,
            _ => Some(self.ids.number(key, id)),
        }
    }

    fn leave_out(&mut self, reason: &str) {
        match self.left_out.get_mut(reason) {
            Some(rows) => *rows += 1,
            None => {
                self.left_out.insert(reason.to_owned(), 1);
            }
        }
    }
}

impl Purchases {
    /// The purchases as they stood at the end of a day, without asking the lake again: nothing had
    /// been bought later, and nothing had come back later.
    pub(crate) fn known_on(&self, day: i32) -> Self {
        let bought = self.days.iter().filter(|bought| bought.day <= day);
        let mut known = Self {
            customers: Arc::clone(&self.customers),
            days: bought.map(|&of| Day { refunded: 0, ..of }).collect(),
            refunds: Vec::new(),
        };
        let came_back = self.refunds.iter().filter(|refund| refund.day <= day);
        refunds::take(&mut known, came_back.copied().collect());
        known
    }

    /// The purchases of every `step`th customer.
    pub(crate) fn one_in(&self, step: u32) -> Self {
        let days = self.days.iter().filter(|day| day.customer % step == 0);
        let belongs = |refund: &&Refund| refund.customer.is_some_and(|rank| rank % step == 0);
        Self {
            customers: Arc::clone(&self.customers),
            days: days.copied().collect(),
            refunds: self.refunds.iter().filter(belongs).copied().collect(),
        }
    }

    /// Day of the first purchase of all, since 1970-01-01.
    pub(crate) fn first_day(&self) -> Option<i32> {
        let counting = self.days.iter().filter(|day| day.counts());
        counting.map(|day| day.day).min()
    }

    /// Day of a customer's first purchase, by rank.
    pub(crate) fn first_day_of(&self, customer: u32) -> Option<i32> {
        let mut counting = self.days_of(customer).iter().filter(|day| day.counts());
        counting.next().map(|day| day.day)
    }

    /// Ranks of the customers with a purchase.
    pub(crate) fn buyers(&self) -> impl Iterator<Item = u32> {
        let buyers = self
            .by_customer()
            .filter(|days| days.iter().any(Day::counts));
        buyers.map(|days| days[0].customer)
    }

    /// One slice of days per customer who has a day, in the order of ids.
    pub(crate) fn by_customer(&self) -> impl Iterator<Item = &[Day]> {
        self.days.chunk_by(|a, b| a.customer == b.customer)
    }

    /// Rank of a customer, if the customer bought anything.
    pub(crate) fn rank(&self, id: &str) -> Option<u32> {
        self.customers
            .binary_search_by(|known| known.as_str().cmp(id))
            .ok()
            .map(|rank| rank as u32)
    }

    /// How many purchases one customer made in some days, by rank.
    pub(crate) fn count_within(&self, customer: u32, days: RangeInclusive<i32>) -> usize {
        let of_customer = self.days_of(customer).iter();
        let within = of_customer.filter(|day| day.counts() && days.contains(&day.day));
        within.count()
    }

    /// The days of one customer, by rank.
    pub(crate) fn days_of(&self, customer: u32) -> &[Day] {
        &self.days[self.places_of(customer)]
    }

    /// The same by id; none of a stranger.
    pub(crate) fn days_of_id(&self, id: &str) -> &[Day] {
        self.rank(id).map_or(&[], |rank| self.days_of(rank))
    }

    /// The same, to take refunds from them.
    pub(crate) fn days_of_mut(&mut self, customer: u32) -> &mut [Day] {
        let places = self.places_of(customer);
        &mut self.days[places]
    }

    fn places_of(&self, customer: u32) -> std::ops::Range<usize> {
        let start = self.days.partition_point(|day| day.customer < customer);
        let end = self.days.partition_point(|day| day.customer <= customer);
        start..end
    }
}

/// Sorts by customer and day, and adds up the amounts of the same customer and day.
fn fold(lines: &mut Vec<(u32, i32, i64)>) {
    lines.sort_unstable_by_key(|&(customer, day, _)| (customer, day));
    lines.dedup_by(|next, kept| {
        let same = (next.0, next.1) == (kept.0, kept.1);
        if same {
            kept.2 += next.2;
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use datafusion::arrow::array::{ArrayRef, Date32Array, Decimal128Array, StringArray};

    use super::*;

    type Line = (Option<&'static str>, i32, i64, Option<&'static str>);

    fn batch(lines: &[Line]) -> RecordBatch {
        let customers: StringArray = lines.iter().map(|line| line.0).collect();
        let days: Date32Array = lines.iter().map(|line| Some(line.1)).collect();
        let amounts: Decimal128Array = lines.iter().map(|line| Some(i128::from(line.2))).collect();
        let amounts = amounts.with_precision_and_scale(18, 4).expect("fits");
        let costs = lines
            .iter()
            .map(|line| (line.2 >= 100 || line.1 == 2).then_some(i128::from(line.2 / 2)));
        let costs: Decimal128Array = costs.collect();
        let costs = costs.with_precision_and_scale(18, 4).expect("fits");
        let reasons: StringArray = lines.iter().map(|line| line.3).collect();
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("customer_id", Arc::new(customers)),
            ("day", Arc::new(days)),
            ("amount", Arc::new(amounts)),
            ("cost", Arc::new(costs)),
            ("left_out", Arc::new(reasons)),
        ];
        RecordBatch::try_from_iter(columns).expect("equally long")
    }

    const LINES: [Line; 7] = [
        (Some("bob"), 3, 100, None),
        (Some("ann"), 7, 50, None),
        (Some("ann"), 7, 25, None),
        (None, 7, 10, Some("anonymous")),
        (Some("ann"), 2, 4, None),
        (Some("bob"), 9, -30, None),
        (Some("cy"), 9, 30, Some("cancelled")),
    ];

    #[test]
    fn lines_become_days_whatever_their_order() {
        let expected = [("ann", 2, 4), ("ann", 7, 75), ("bob", 3, 100)];
        for turn in 0..LINES.len() {
            let mut lines = LINES;
            lines.rotate_left(turn);
            let mut gatherer = Gatherer::new(None);
            gatherer.add(&batch(&lines[..3]));
            gatherer.add(&batch(&lines[3..]));
            assert_eq!((gatherer.used, gatherer.refunds), (5, 1));
            let left_out = gatherer.left_out();
            assert_eq!(
                left_out.iter().map(|left_out| left_out.rows).sum::<u64>(),
                2
            );
            let (purchases, costs) = gatherer.finish();
            let margin = costs.known(0.9).expect("two lines with a cost").margin;
            assert_eq!(margin.value, 0.5);
            let found: Vec<(&str, i32, i64)> = purchases
                .days
                .iter()
                .map(|day| {
                    (
                        purchases.customers[day.customer as usize].as_str(),
                        day.day,
                        day.amount,
                    )
                })
                .collect();
            assert_eq!(found, expected);
            assert_eq!(*purchases.customers, ["ann", "bob"]);
        }
    }

    #[test]
    fn a_filter_by_customer_leaves_others_out_of_everything() {
        let wanted = HashSet::from(["ann".to_owned()]);
        let mut gatherer = Gatherer::new(Some(&wanted));
        gatherer.add(&batch(&LINES));
        assert_eq!((gatherer.used, gatherer.refunds), (3, 0));
        assert_eq!(*gatherer.finish().0.customers, ["ann"]);
    }
}
