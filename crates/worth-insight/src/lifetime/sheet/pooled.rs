//! How groups of customers differ that are drawn to what all have in common.

use worth_model::Estimate;
use worth_model::lifetime::{GroupEffect, Pooling};

use super::covariates::by_leaving;
use super::{FACTOR, Teller};
use crate::lifetime::answer::{GroupTold, PooledTold, PurchaseModel};
use crate::lifetime::kinds::MOST_GROUPS;
use crate::segments::SegmentName;
use crate::sheet::{Block, Cell, NoteKind, Sheet, Table, TableColumn};
use crate::words::{Unit, Value};

/// More rows than are read.
const GROUPS_SHOWN: usize = 15;
const PERCENT: Unit = Unit::Share { decimals: 0 };

impl Teller<'_> {
    /// The section on groups; nothing when none were to be pooled.
    pub(super) fn pooled(&self, sheet: &mut Sheet) {
        let Some(model) = &self.answer.model else {
            return;
        };
        let Some(told) = &model.pooled else {
            return;
        };
        let title = self.say("lifetime-section-pooled");
        sheet.section(title, self.say("lifetime-section-pooled-about"));
        let shown = most_different(told);
        sheet.push(Block::Table(self.groups(model, told, &shown)));
        if shown.len() < told.groups.len() {
            let variables = [
                ("shown", (shown.len() as u64).into()),
                ("groups", (told.groups.len() as u64).into()),
            ];
            let text = self.tell("lifetime-pooled-shown", &variables);
            sheet.note(NoteKind::Reading, text);
        }
        self.verdict(told, &shown, sheet);
        if let Some(new) = &told.new_group {
            let variables = [
                ("new", self.words.estimate(new, &self.money()).into()),
                ("horizon", self.horizon()),
            ];
            let text = self.tell("lifetime-pooled-new-group", &variables);
            sheet.note(NoteKind::Reading, text);
        }
        sheet.note(NoteKind::Reading, self.say("lifetime-pooled-shrinkage"));
        sheet.note(NoteKind::Reading, self.say("lifetime-pooled-no-cause"));
        if told
            .groups
            .iter()
            .any(|told| told.group == SegmentName::Other)
        {
            let most = [("most", (MOST_GROUPS as u64).into())];
            sheet.note(NoteKind::Reading, self.tell("lifetime-pooled-other", &most));
        }
        if told.as_last_known {
            self.as_last_known(&[self.segment_name(&told.segment)], sheet);
        }
    }

    fn groups(&self, model: &PurchaseModel, told: &PooledTold, shown: &[&GroupTold]) -> Table {
        let name = self.segment_name(&told.segment);
        let (rate, odds) = (
            "lifetime-pooled-reading-rate",
            "lifetime-pooled-reading-odds",
        );
        let new = self.tell("lifetime-covariates-new", &[("horizon", self.horizon())]);
        let row = |told: &&GroupTold| {
            vec![
                Cell::text(told.group.told(self.words)),
                Cell::number(told.customers as f64, &Unit::Count, self.words),
                Cell::estimate(&told.purchases.ratio, &FACTOR, self.words),
                Cell::estimate(&told.leaving.ratio, &FACTOR, self.words),
                Cell::number(told.purchases.shrunk, &PERCENT, self.words),
                Cell::number(told.leaving.shrunk, &PERCENT, self.words),
                self.new_customer(told.new_customer.as_ref()),
            ]
        };
        Table {
            title: self.tell(
                "lifetime-covariates-table",
                &[("name", name.clone().into())],
            ),
            reading: self.say(by_leaving(model, rate, odds)),
            columns: vec![
                TableColumn::text(name),
                TableColumn::number(self.say("lifetime-status-column-customers")),
                TableColumn::number(self.say("lifetime-covariates-purchases")),
                TableColumn::number(self.say("lifetime-covariates-leaving")),
                TableColumn::number(self.say("lifetime-pooled-shrunk-purchases")),
                TableColumn::number(self.say("lifetime-pooled-shrunk-leaving")),
                TableColumn::number(new),
            ],
            rows: shown.iter().map(row).collect(),
        }
    }

    /// In words whether groups differ, by how much, and which of those shown surely do.
    fn verdict(&self, told: &PooledTold, shown: &[&GroupTold], sheet: &mut Sheet) {
        let name = ("name", Value::from(self.segment_name(&told.segment)));
        match told.verdict {
            Pooling::Alike => {
                let text = self.tell("lifetime-pooled-alike", &[name]);
                sheet.note(NoteKind::Uncertain, text);
                return;
            }
            Pooling::OneGroup => {
                let text = self.tell("lifetime-pooled-one-group", &[name]);
                sheet.note(NoteKind::Uncertain, text);
                return;
            }
            Pooling::FewGroups {
                groups,
                groups_needed,
            } => {
                let variables = [
                    name,
                    ("groups", (groups as u64).into()),
                    ("needed", (groups_needed as u64).into()),
                ];
                let text = self.tell("lifetime-pooled-few-groups", &variables);
                sheet.note(NoteKind::Uncertain, text);
            }
            Pooling::Differ => {
                let deviation = |of: &Estimate| Value::from(self.words.estimate(of, &PERCENT));
                let variables = [
                    name,
                    ("purchases", deviation(&told.deviations.purchases)),
                    ("leaving", deviation(&told.deviations.leaving)),
                ];
                let text = self.tell("lifetime-pooled-differ", &variables);
                sheet.note(NoteKind::Reading, text);
            }
        }
        self.first_sure("lifetime-pooled-buy", shown, |told| &told.purchases, sheet);
        self.first_sure("lifetime-pooled-leave", shown, |told| &told.leaving, sheet);
    }

    /// The first of these groups that surely differs from the middle, in a sentence.
    fn first_sure(
        &self,
        id: &str,
        shown: &[&GroupTold],
        effect: fn(&GroupTold) -> &GroupEffect,
        sheet: &mut Sheet,
    ) {
        if let Some(told) = shown.iter().find(|told| is_sure(effect(told))) {
            let factor = self.words.estimate(&effect(told).ratio, &FACTOR);
            let group = told.group.told(self.words);
            let variables = [("group", group.into()), ("factor", factor.into())];
            sheet.note(NoteKind::Reading, self.tell(id, &variables));
        }
    }
}

/// Whether the interval leaves out the middle of all groups.
fn is_sure(effect: &GroupEffect) -> bool {
    let ends = effect.ratio.ends();
    ends.is_some_and(|(low, high)| low > 1.0 || high < 1.0)
}

/// The groups furthest from the middle; among equals the largest.
fn most_different(told: &PooledTold) -> Vec<&GroupTold> {
    let mut groups: Vec<&GroupTold> = told.groups.iter().collect();
    let distance = |told: &GroupTold| {
        let [purchases, leaving] = [&told.purchases, &told.leaving].map(|of| of.effect.value);
        purchases.hypot(leaving)
    };
    groups.sort_by(|one, other| distance(other).total_cmp(&distance(one)));
    groups.truncate(GROUPS_SHOWN);
    groups
}
