//! The tables: what is out of order, and everything else.

use super::{Counting, MOST_SHOWN, Teller};
use crate::alerts::answer::{Kind, Unit, Verdict};
use crate::sheet::{Cell, Table, TableColumn};

impl Teller<'_> {
    fn columns(&self, ids: &[&str]) -> Vec<TableColumn> {
        let column = |id: &&str| {
            let title = self.say(&format!("alerts-column-{id}"));
            match *id {
                "unit" | "since" | "verdict" => TableColumn::text(title),
                _ => TableColumn::number(title),
            }
        };
        ids.iter().map(column).collect()
    }

    /// Unit, customers, expected, happened, and by how much that differs.
    fn cells(&self, unit: &Unit) -> Vec<Cell> {
        let count = |count: u64| Cell::number(count as f64, &Counting::Count, self.words);
        let customers = match unit.kind {
            Kind::NewCustomers => Cell::Empty,
            _ => count(unit.customers),
        };
        let change = unit.ratio.zip(self.change(unit));
        vec![
            Cell::text(self.name(unit)),
            customers,
            match &unit.expected {
                Some(expected) => Cell::estimate(expected, &Counting::Count, self.words),
                None => Cell::Empty,
            },
            count(unit.actual),
            change.map_or(Cell::Empty, |(value, shown)| Cell::Number { value, shown }),
        ]
    }

    pub(super) fn out_of_order(&self) -> Table {
        let row = |unit: &Unit| {
            let mut cells = self.cells(unit);
            cells.push(self.since(unit).map_or(Cell::Empty, Cell::text));
            cells.push(match &unit.missing_revenue {
                Some(money) => Cell::estimate(money, &self.money(), self.words),
                None => Cell::Empty,
            });
            cells
        };
        let reading = self.tell("alerts-table-reading", &[("rate", self.rate().into())]);
        Table {
            title: self.say("alerts-table"),
            reading: self.with_left(reading, self.answer.out_of_order().count()),
            columns: self.columns(&[
                "unit",
                "customers",
                "expected",
                "actual",
                "change",
                "since",
                "money",
            ]),
            rows: self
                .answer
                .out_of_order()
                .take(MOST_SHOWN)
                .map(row)
                .collect(),
        }
    }

    pub(super) fn everything_else(&self) -> Table {
        let row = |unit: &Unit| {
            let mut cells = self.cells(unit);
            let needed = unit
                .needed
                .map_or_else(String::new, |needed| self.words.number(needed.ceil(), 0));
            let is_coarse = unit
                .expected
                .zip(unit.needed)
                .is_some_and(|(expected, needed)| expected.value < needed);
            let id = match unit.verdict {
                Verdict::InOrder if is_coarse => "alerts-verdict-coarse".to_owned(),
                verdict => format!("alerts-verdict-{}", verdict.name()),
            };
            cells.push(Cell::text(self.tell(&id, &[("needed", needed.into())])));
            cells
        };
        let reading = self.say("alerts-others-reading");
        Table {
            title: self.say("alerts-others"),
            reading: self.with_left(reading, self.others().count()),
            columns: self.columns(&[
                "unit",
                "customers",
                "expected",
                "actual",
                "change",
                "verdict",
            ]),
            rows: self.others().take(MOST_SHOWN).map(row).collect(),
        }
    }

    /// How to read a table of so many units, and how many are not in it.
    fn with_left(&self, reading: String, units: usize) -> String {
        match units.saturating_sub(MOST_SHOWN) {
            0 => reading,
            left => reading + " " + &self.tell("alerts-left", &[("left", left.into())]),
        }
    }
}
