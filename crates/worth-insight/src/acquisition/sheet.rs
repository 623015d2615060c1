//! What to show of [`AcquisitionAnswer`]: who comes back and who pays back first, then group by group.

mod advice;
mod charts;
mod headline;
mod notes;
mod tables;

use worth_model::Estimate;

use super::answer::{
    AcquisitionAnswer, Cost, Group, GroupName, Payback, PaybackKnown, ReturnOnCost,
};
use super::groups::{ACQUISITION_CHANNEL, LEAST_OF_GROUP};
use crate::question::{Present, Provenance};
use crate::sheet::{Block, Figure, Sheet, Tone};
use crate::teller;
use crate::words::{Unit, Value, Words};

/// Shares on this sheet.
const SHARE: Unit = Unit::Share { decimals: 1 };
/// Value : cost.
const RATIO: Unit = Unit::Number { decimals: 2 };

impl Present for AcquisitionAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("acquisition-title"));
        sheet.headlines.push(teller.headline());
        sheet.push(Block::Figures(teller.figures()));
        let advice = teller.advice();
        if !advice.is_empty() {
            sheet.push(Block::Advice(advice));
        }
        teller.costs(&mut sheet);
        teller.chart(&mut sheet);
        teller.returns(&mut sheet);
        teller.notes(&mut sheet);
        sheet.wanted = teller.wanted();
        sheet
    }
}

/// The answer with what it takes to tell it.
type Teller<'a> = teller::Teller<'a, AcquisitionAnswer>;

impl Teller<'_> {
    /// What a group is called.
    fn name(&self, group: &Group) -> String {
        let name = match &group.group {
            GroupName::All => return self.say("acquisition-all"),
            GroupName::Other => return self.say("acquisition-other"),
            GroupName::Unknown => return self.say("acquisition-unknown"),
            GroupName::Value(value) => value.clone(),
            GroupName::Cohort(start) => {
                let length = self.answer.cohort.unwrap_or_default();
                length.written(*start, self.words)
            }
        };
        if group.customers < LEAST_OF_GROUP {
            self.tell("acquisition-small", &[("name", name.into())])
        } else {
            name
        }
    }

    fn figures(&self) -> Vec<Figure> {
        let answer = self.answer;
        let all = &answer.all;
        let from = self.provenance.from.unwrap_or(answer.records_begin);
        let mut figures = vec![Figure::new(
            self.say("acquisition-customers"),
            &Estimate::counted(all.customers as f64),
            &Unit::Count,
            self.tell(
                "acquisition-customers-reading",
                &[("from", self.words.date(from).into())],
            ),
            self.words,
        )];
        if let Some(share) = &all.returned.share {
            figures.push(Figure::new(
                self.tell("acquisition-returned", &[self.window()]),
                share,
                &SHARE,
                self.tell(
                    "acquisition-returned-reading",
                    &[("observed", all.returned.observed.into())],
                ),
                self.words,
            ));
        }
        if let Some(worth) = &all.worth {
            figures.push(Figure::new(
                self.say("acquisition-value"),
                &worth.value,
                &self.money(),
                self.value_reading(),
                self.words,
            ));
        }
        if let Some(paid) = &answer.paid {
            figures.extend(self.cost_figures("paid", paid));
        } else if let Some(cost) = &all.cost {
            figures.extend(self.cost_figures("all", cost));
        }
        figures
    }

    /// What a value per customer is made of.
    fn value_reading(&self) -> String {
        let worth = self.answer.all.worth.as_ref();
        let id = if worth.is_some_and(|worth| worth.expected.is_none()) {
            "acquisition-value-reading-so-far"
        } else if worth.is_some_and(|worth| worth.serving.is_some()) {
            "acquisition-value-reading-served"
        } else {
            "acquisition-value-reading"
        };
        let serving = self.words.percent(self.answer.spending.serving_rate, 1);
        self.tell(id, &[self.horizon(), ("serving", serving.into())])
    }

    /// Cost per customer, value : cost and time of payback of some customers together. `whose`: "paid"
    /// or "all".
    fn cost_figures(&self, whose: &str, cost: &Cost) -> Vec<Figure> {
        let Some(found) = &cost.return_on_it else {
            return Vec::new();
        };
        let variables = [
            (
                "spent",
                self.words.in_unit(cost.spent, &self.money()).into(),
            ),
            ("customers", cost.customers.into()),
            (
                "value",
                self.words.value(&found.worth.value, &self.money()).into(),
            ),
        ];
        let tell = |id: &str| self.tell(&format!("{id}-{whose}"), &variables);
        vec![
            Figure::new(
                tell("acquisition-cost"),
                &found.per_customer,
                &self.money(),
                self.tell("acquisition-cost-reading", &variables),
                self.words,
            ),
            Figure::new(
                tell("acquisition-ratio"),
                &found.value_to_cost,
                &RATIO,
                self.tell("acquisition-ratio-reading", &variables),
                self.words,
            ),
            Figure {
                label: tell("acquisition-payback"),
                value: self.payback(&found.payback),
                interval: self.payback_interval(&found.payback),
                reading: self.say("acquisition-payback-reading"),
                tone: Tone::Plain,
                further: None,
            },
        ]
    }

    /// "after 84 days", "not within 1,460 days".
    fn payback(&self, payback: &Payback) -> String {
        let days = (
            "days",
            Value::from(payback.days.unwrap_or_default().round()),
        );
        let within = ("within", Value::from(payback.within_days));
        match payback.known {
            PaybackKnown::Observed if payback.days == Some(0.0) => {
                self.say("acquisition-paid-at-once")
            }
            PaybackKnown::Observed => self.tell("acquisition-paid-after", &[days]),
            PaybackKnown::Forecast => self.tell("acquisition-paid-forecast", &[days]),
            PaybackKnown::NotWithin => self.tell("acquisition-paid-not-within", &[within]),
            PaybackKnown::TooFew => self.say("acquisition-paid-too-few"),
        }
    }

    fn payback_interval(&self, payback: &Payback) -> String {
        let level = ("level", Value::from(self.words.percent(payback.level, 0)));
        let end = |name: &'static str, days: f64| (name, Value::from(days.round()));
        match (payback.low, payback.high) {
            _ if payback.known == PaybackKnown::TooFew => self.say("words-too-few"),
            (Some(low), Some(high)) => self.tell(
                "acquisition-paid-between",
                &[end("low", low), end("high", high), level],
            ),
            (Some(low), None) => self.tell("acquisition-paid-at-least", &[end("low", low), level]),
            (None, _) => self.say("acquisition-paid-never"),
        }
    }

    fn is_by_channel(&self) -> bool {
        self.answer.by == ACQUISITION_CHANNEL
    }

    fn horizon(&self) -> (&'static str, Value<'static>) {
        ("horizon", self.answer.assumptions.horizon_days.into())
    }

    fn window(&self) -> (&'static str, Value<'static>) {
        ("days", self.answer.window_days.into())
    }
}

/// What comes back of what a group cost.
fn returns(group: &Group) -> Option<&ReturnOnCost> {
    group.cost.as_ref()?.return_on_it.as_ref()
}
