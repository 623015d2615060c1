//! What to do next week, and the one datum to collect.

use super::Teller;
use crate::lifetime::slipping_advice;
use crate::overview::answer::{Action, ActionRule, WantedDatum};
use crate::perceived::dimension_advice;
use crate::sheet::{Advice, Block, NoteKind, Sheet, Wanted};
use crate::words::{Language, Value};

impl Teller<'_> {
    /// The actions, and the rules that were asked.
    pub(super) fn actions(&self, sheet: &mut Sheet) {
        sheet.section(
            self.say("overview-section-do"),
            self.say("overview-section-do-about"),
        );
        let advice: Vec<Advice> = self
            .answer
            .actions
            .iter()
            .filter_map(|action| self.advice(action))
            .collect();
        if !advice.is_empty() {
            sheet.push(Block::Advice(advice));
        }
        sheet.note(NoteKind::Reading, self.say("overview-rules"));
    }

    /// What the two questions advise themselves is told in their own words, so that a report that
    /// has all three tells it once.
    fn advice(&self, action: &Action) -> Option<Advice> {
        match &action.rule {
            ActionRule::WinBack {
                slipping,
                status_rule,
            } => slipping_advice(
                slipping,
                status_rule,
                self.horizon_days(),
                &self.provenance.currency,
                self.words,
            ),
            ActionRule::WeakestDimension { brand, dimension } => {
                let whom = self.say("perceived-whom-all");
                dimension_advice(brand, dimension, whom, self.words)
            }
            ActionRule::RelieveStrained {
                customers,
                perceived_cut,
                lifetime_cut,
            } => Some(self.relieve_strained(action, *customers, *perceived_cut, *lifetime_cut)),
        }
    }

    fn relieve_strained(
        &self,
        action: &Action,
        customers: u64,
        perceived_cut: f64,
        lifetime_cut: f64,
    ) -> Advice {
        let money = action.money.map_or_else(String::new, |money| {
            self.words.estimate(&money, &self.money())
        });
        let lifetime = self.words.in_unit(lifetime_cut, &self.money());
        let variables = [
            ("customers", customers.into()),
            ("perceived", self.words.number(perceived_cut, 2).into()),
            ("lifetime", lifetime.into()),
            ("money", money.into()),
            ("days", self.horizon_days().into()),
        ];
        let tell = |id: &str| self.tell(id, &variables);
        Advice {
            act: tell("overview-act-relieve-strained"),
            whom: tell("overview-whom-relieve-strained"),
            evidence: tell("overview-evidence-relieve-strained"),
            money: tell("overview-money-relieve-strained"),
            at_least: action
                .money
                .and_then(|money| money.ends())
                .map(|(low, _)| low),
            rule: tell("overview-rule-relieve-strained"),
        }
    }

    fn horizon_days(&self) -> u32 {
        self.answer.lifetime.map_or(0, |side| side.horizon_days)
    }

    /// The one datum that would help most.
    pub(super) fn wanted(&self) -> Option<Wanted> {
        let mut variables: Vec<(&str, Value<'_>)> = Vec::new();
        let name = match self.answer.wanted.as_ref()? {
            WantedDatum::Orders => "orders",
            WantedDatum::CustomersOfOrders { anonymous_share } => {
                variables.push(("share", self.words.percent(*anonymous_share, 0).into()));
                "customers"
            }
            WantedDatum::Survey => "survey",
            WantedDatum::Competitors => "competitors",
            WantedDatum::OwnBrand => "own-brand",
            WantedDatum::RespondentIds {
                customers_with_both,
            } => {
                variables.push(("customers", (*customers_with_both).into()));
                "ids"
            }
            WantedDatum::Margin => "margin",
            WantedDatum::Dimension {
                english,
                vietnamese,
            } => {
                let question = match self.words.language() {
                    Language::English => english,
                    Language::Vietnamese => vietnamese,
                };
                variables.push(("question", question.as_str().into()));
                "dimension"
            }
            WantedDatum::Holdout => "holdout",
        };
        Some(Wanted {
            what: self.say(&format!("overview-want-{name}")),
            why: self.tell(&format!("overview-want-{name}-why"), &variables),
            how: self.say(&format!("overview-want-{name}-how")),
        })
    }
}
