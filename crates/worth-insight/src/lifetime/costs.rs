//! What the goods sold had cost, where order lines say so: the margin when nobody named one.
//!
//! The margin is 1 − cost / amount over the lines sold to known customers whose cost is known, before
//! refunds. A cost of 0 says nothing: tills write it where nobody entered one.

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::Estimate;
use worth_model::accuracy::ratio_of;

use super::LEAST_MARGIN;

/// Below this share of the money, lines whose cost is known do not speak for the rest.
const LEAST_MONEY_SHARE: f64 = 0.5;

/// Costs of the lines that count, while they are gathered and after.
#[derive(Debug, Clone, Default)]
pub(crate) struct Costs {
    lines: u64,
    lines_with_cost: u64,
    /// In ten-thousandths, as all money here.
    amount: i128,
    /// Amount and cost of lines with a cost: by number of the customer, after [`Self::ranked`] by
    /// rank.
    by_customer: Vec<[i64; 2]>,
}

impl Costs {
    /// Counts a line that was sold.
    pub(super) fn add(&mut self, customer: u32, amount: i64, cost: Option<i64>) {
        self.lines += 1;
        self.amount += i128::from(amount);
        let Some(cost) = cost.filter(|&cost| cost > 0) else {
            return;
        };
        self.lines_with_cost += 1;
        let place = customer as usize;
        if self.by_customer.len() <= place {
            self.by_customer.resize(place + 1, [0; 2]);
        }
        let [amounts, costs] = &mut self.by_customer[place];
        *amounts = amounts.saturating_add(amount);
        *costs = costs.saturating_add(cost);
    }

    /// In the order of customers' ids, so that the order of lines leaves no trace. `rank`: place of
    /// each number in that order.
    pub(super) fn ranked(mut self, rank: &[u32]) -> Self {
        let mut ranked: Vec<(u32, [i64; 2])> = rank.iter().copied().zip(self.by_customer).collect();
        ranked.sort_unstable_by_key(|&(rank, _)| rank);
        self.by_customer = ranked.into_iter().map(|(_, sums)| sums).collect();
        self
    }

    /// What is known; `None` without any cost.
    pub(crate) fn known(&self, level: f64) -> Option<KnownCosts> {
        let column = |place: usize| -> Vec<f64> {
            let with_cost = self.by_customer.iter().filter(|[_, cost]| *cost > 0);
            with_cost.map(|sums| sums[place] as f64).collect()
        };
        let (amounts, costs) = (column(0), column(1));
        let ratio = ratio_of(&costs, &amounts, level).ok().flatten()?;
        let margin = ratio.complement();
        Some(KnownCosts {
            lines: self.lines,
            lines_with_cost: self.lines_with_cost,
            money_share: amounts.iter().sum::<f64>() / self.amount as f64,
            margin,
        })
    }
}

/// What is known of the costs of the goods sold to known customers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct KnownCosts {
    /// Lines sold.
    pub lines: u64,
    /// Those of them whose cost is known.
    pub lines_with_cost: u64,
    /// Share of the money of all lines that is on those.
    pub money_share: f64,
    /// What stayed of that money after the costs, as a share of it; the interval is over customers.
    pub margin: Estimate,
}

impl KnownCosts {
    /// Whether enough costs are known to speak for the rest.
    pub(crate) fn speak_for_all(&self) -> bool {
        self.money_share >= LEAST_MONEY_SHARE
    }

    /// Whether values can be reckoned with the margin.
    pub(super) fn serve(&self) -> bool {
        let leaves_something = self.margin.value >= LEAST_MARGIN;
        self.speak_for_all() && leaves_something && self.margin.ends().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twenty customers who bought for 100 at a cost of 60, or for 300 at a cost of 240.
    fn twenty() -> Costs {
        let mut costs = Costs::default();
        for customer in 0..20 {
            let (amount, cost) = if customer % 2 == 0 {
                (100, 60)
            } else {
                (300, 240)
            };
            costs.add(customer, amount * 10_000, Some(cost * 10_000));
        }
        costs
    }

    #[test]
    fn the_margin_is_what_stays_of_all_money_together() {
        let known = twenty().known(0.9).expect("costs");
        // 1 − (10 · 60 + 10 · 240) / (10 · 100 + 10 · 300)
        assert!((known.margin.value - 0.25).abs() < 1e-12);
        assert_eq!((known.lines, known.lines_with_cost), (20, 20));
        assert!((known.money_share - 1.0).abs() < 1e-12);
        // off by 15 each from 0.75 of their amount: √(20 · 15² · 20/19) / 4000 = 0.0172
        let error = known.margin.standard_error().expect("an interval");
        assert!((error - (20.0 * 225.0 * 20.0 / 19.0_f64).sqrt() / 4000.0).abs() < 1e-9);
        assert!(known.serve());
    }

    #[test]
    fn a_minority_of_costs_speaks_for_nobody_and_zero_is_no_cost() {
        let mut costs = twenty();
        costs.add(0, 4_000 * 10_000, Some(0));
        let half = costs.known(0.9).expect("costs");
        assert!((half.money_share - 0.5).abs() < 1e-12);
        assert_eq!((half.lines, half.lines_with_cost), (21, 20));
        assert!(half.serve());
        costs.add(7, 10_000, None);
        let fewer = costs.known(0.9).expect("costs");
        assert!((fewer.margin.value - 0.25).abs() < 1e-12);
        assert!(!fewer.serve());
    }

    #[test]
    fn nothing_known_and_nothing_left_do_not_serve() {
        let mut costs = Costs::default();
        costs.add(0, 10_000, None);
        assert_eq!(costs.known(0.9), None);
        for customer in 0..20 {
            costs.add(customer, 100, Some(120));
        }
        assert!(!costs.known(0.9).expect("costs").serve());
    }
}
