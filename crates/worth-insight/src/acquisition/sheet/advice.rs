//! Where to spend less, and where more can be tried: only by acquisition channel, and only where the
//! interval of value : cost says so.

use super::{RATIO, Teller, returns};
use crate::acquisition::answer::{Cost, Group, ReturnOnCost, Verdict};
use crate::acquisition::costing::MANY_TIMES;
use crate::acquisition::groups::LEAST_OF_GROUP;
use crate::columns::day_of;
use crate::sheet::Advice;
use crate::words::Value;

impl Teller<'_> {
    pub(super) fn advice(&self) -> Vec<Advice> {
        if !self.is_by_channel() {
            return Vec::new();
        }
        let of = |verdict: Verdict| {
            (self.answer.groups.iter())
                .filter_map(|group| Some((group, group.cost.as_ref()?, returns(group)?)))
                .filter(move |(_, _, found)| found.verdict == verdict)
        };
        let less =
            of(Verdict::CostsMore).map(|(group, cost, found)| self.spend_less(group, cost, found));
        let more = of(Verdict::PaysBackManyTimes)
            .map(|(group, cost, found)| self.try_more(group, cost, found));
        less.chain(more).collect()
    }

    /// What customers bring less than they cost, if spending goes on as it did: for as long as the
    /// horizon, and no longer than it is known to have been.
    fn spend_less(&self, group: &Group, cost: &Cost, found: &ReturnOnCost) -> Advice {
        let again = self.days_ahead() / self.days_of_spending();
        let lost = found.net.scaled(-(cost.customers as f64) * again);
        let money = self.words.estimate(&lost, &self.money());
        Advice {
            at_least: lost.ends().map(|(low, _)| low),
            ..self.told("less", group, cost, found, money)
        }
    }

    /// What the next customers would cost is not known, so neither is what it would bring.
    fn try_more(&self, group: &Group, cost: &Cost, found: &ReturnOnCost) -> Advice {
        self.told("more", group, cost, found, String::new())
    }

    fn told(
        &self,
        what: &str,
        group: &Group,
        cost: &Cost,
        found: &ReturnOnCost,
        money: String,
    ) -> Advice {
        let value = self.words.estimate(&found.worth.value, &self.money());
        let ratio = self.words.estimate(&found.value_to_cost, &RATIO);
        let shown = |amount: f64| Value::from(self.words.in_unit(amount, &self.money()));
        let variables = [
            ("channel", Value::from(self.name(group))),
            ("customers", cost.customers.into()),
            ("spent", shown(cost.spent)),
            ("cost", shown(found.per_customer.value)),
            ("value", value.into()),
            ("ratio", ratio.into()),
            ("money", money.into()),
            ("least", LEAST_OF_GROUP.into()),
            ("many", MANY_TIMES.into()),
            ("days", self.days_ahead().into()),
            self.horizon(),
        ];
        let tell = |part: &str| self.tell(&format!("acquisition-{what}-{part}"), &variables);
        Advice {
            act: tell("act"),
            whom: tell("whom"),
            evidence: tell("evidence"),
            money: tell("money"),
            at_least: None,
            rule: tell("rule"),
        }
    }

    fn days_ahead(&self) -> f64 {
        f64::from(self.answer.assumptions.horizon_days).min(self.days_of_spending())
    }

    /// Days of which it is known what was spent.
    fn days_of_spending(&self) -> f64 {
        let spending = &self.answer.spending;
        match (spending.from, spending.until) {
            (Some(from), Some(until)) => f64::from(day_of(until) - day_of(from) + 1),
            _ => 1.0,
        }
    }
}
