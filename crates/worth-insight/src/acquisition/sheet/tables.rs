//! Group by group: what they cost and bring, and who comes back.

use super::{RATIO, SHARE, Teller, returns};
use crate::acquisition::answer::Group;
use crate::segments::AgainstRest;
use crate::sheet::{Block, Cell, Sheet, Table, TableColumn};
use crate::words::Unit;

impl Teller<'_> {
    /// Value against cost, when costs are known.
    pub(super) fn costs(&self, sheet: &mut Sheet) {
        if self.answer.no_cost.is_some() {
            return;
        }
        sheet.section(self.by("acquisition-section-cost"), "");
        let money = |amount: f64| Cell::number(amount, &self.money(), self.words);
        let row = |group: &Group| {
            let found = returns(group);
            vec![
                Cell::text(self.name(group)),
                found.map_or(Cell::Empty, |found| {
                    Cell::estimate(&found.value_to_cost, &RATIO, self.words)
                }),
                found.map_or(Cell::Empty, |found| Cell::Number {
                    value: found.payback.days.unwrap_or(f64::INFINITY),
                    shown: self.payback(&found.payback),
                }),
                found.map_or(Cell::Empty, |found| money(found.per_customer.value)),
                // of those with a cost where there is one, else of all
                (found.map(|found| &found.worth).or(group.worth.as_ref()))
                    .map_or(Cell::Empty, |worth| {
                        Cell::estimate(&worth.value, &self.money(), self.words)
                    }),
                match &group.cost {
                    Some(cost) => money(cost.spent),
                    None => Cell::Number {
                        value: 0.0,
                        shown: self.say("acquisition-no-spending"),
                    },
                },
                self.customers(group),
            ]
        };
        sheet.push(Block::Table(Table {
            title: self.say("acquisition-cost-table"),
            reading: self.tell("acquisition-cost-table-reading", &[self.horizon()]),
            columns: vec![
                TableColumn::text(self.group_column()),
                TableColumn::number(self.say("acquisition-ratio-column")),
                TableColumn::number(self.say("acquisition-payback-column")),
                TableColumn::number(self.say("acquisition-cost-each")),
                TableColumn::number(self.say("acquisition-value")),
                TableColumn::number(self.say("acquisition-spent")),
                TableColumn::number(self.say("acquisition-customers")),
            ],
            rows: self.answer.groups.iter().map(row).collect(),
        }));
    }

    /// Who comes back.
    pub(super) fn returns(&self, sheet: &mut Sheet) {
        sheet.section(self.by("acquisition-section-back"), "");
        let row = |group: &Group| {
            let returned = &group.returned;
            let share = returned.share.as_ref();
            let worth = group.worth.as_ref();
            let money = |estimate| Cell::estimate(estimate, &self.money(), self.words);
            vec![
                Cell::text(self.name(group)),
                share.map_or(Cell::Empty, |share| {
                    Cell::estimate(share, &SHARE, self.words)
                }),
                (returned.against_rest.as_ref()).map_or(Cell::Empty, |one| self.against(one)),
                match returned.median_days.and_then(|median| median.time) {
                    Some(days) => Cell::number(days, &Unit::Days, self.words),
                    None => Cell::Empty,
                },
                worth.map_or(Cell::Empty, |worth| money(&worth.so_far)),
                worth
                    .and_then(|worth| worth.expected.as_ref())
                    .map_or(Cell::Empty, money),
                self.customers(group),
            ]
        };
        sheet.push(Block::Table(Table {
            title: self.say("acquisition-back-table"),
            reading: self.returns_reading(),
            columns: vec![
                TableColumn::text(self.group_column()),
                TableColumn::number(self.tell("acquisition-returned", &[self.window()])),
                TableColumn::number(self.say("acquisition-against")),
                TableColumn::number(self.say("retention-half")),
                TableColumn::number(self.say("acquisition-so-far")),
                TableColumn::number(self.tell("acquisition-expected", &[self.horizon()])),
                TableColumn::number(self.say("acquisition-customers")),
            ],
            rows: self.answer.groups.iter().map(row).collect(),
        }));
    }

    fn customers(&self, group: &Group) -> Cell {
        Cell::number(group.customers as f64, &Unit::Count, self.words)
    }

    /// How to read who comes back; of differences only where groups were compared.
    fn returns_reading(&self) -> String {
        let share = self.tell("acquisition-back-table-reading", &[self.window()]);
        if self.answer.compared == 0 {
            return share;
        }
        let compared = [("groups", self.answer.compared.into())];
        let differences = self.tell("acquisition-back-table-compared", &compared);
        format!("{share} {differences}")
    }

    /// "+4.2 (+1.1 to +7.3) *": percentage points, with a star where it is taken as a difference.
    fn against(&self, against: &AgainstRest) -> Cell {
        let points = against.difference.scaled(100.0);
        let signed = |value: f64| self.words.signed(value, 1);
        let mut shown = match points.ends() {
            Some((low, high)) => self.tell(
                "words-estimate",
                &[
                    ("value", signed(points.value).into()),
                    ("low", signed(low).into()),
                    ("high", signed(high).into()),
                ],
            ),
            None => signed(points.value),
        };
        if against.differs {
            shown.push_str(" *");
        }
        Cell::Number {
            value: points.value,
            shown,
        }
    }

    /// A heading that names what customers are compared by.
    fn by(&self, id: &str) -> String {
        self.tell(id, &[("by", self.group_column().into())])
    }

    /// What customers are compared by, as a heading.
    pub(super) fn group_column(&self) -> String {
        match self.answer.by.as_str() {
            "acquisition_channel" => self.say("acquisition-by-acquisition-channel"),
            "cohort" => self.say("acquisition-by-cohort"),
            "channel" => self.say("acquisition-by-channel"),
            "category" => self.say("acquisition-by-category"),
            "product" => self.say("acquisition-by-product"),
            "store" | "touchpoint" => self.say("acquisition-by-store"),
            other => other.to_owned(),
        }
    }
}
