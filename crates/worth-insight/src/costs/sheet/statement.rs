//! One customer's statement as a bank would write it: every action with what it took, then the sums.

use super::{Teller, action_name};
use crate::costs::statement::{Entry, EntryCost, Statement};
use crate::sheet::{Block, Cell, Headline, NoteKind, Sheet, Table, TableColumn};
use crate::words::Value;

/// Entries that are shown, the newest; `--json` has all.
const MOST_ENTRIES: usize = 100;

impl Teller<'_> {
    pub(super) fn statement_headline(&self, statement: &Statement) -> Headline {
        let gave: Vec<String> = self.taken(&statement.totals);
        let variables = [
            ("customer", Value::from(statement.customer.as_str())),
            ("actions", (statement.entries.len() as u64).into()),
            ("gave", self.words.list(&gave).into()),
        ];
        let mut headline = self.headline(self.tell("costs-statement", &variables), Vec::new());
        headline.asks = self.say("costs-statement-asks");
        headline
    }

    fn taken(&self, costs: &[EntryCost]) -> Vec<String> {
        let costs = costs.iter().filter(|cost| cost.amount != 0.0);
        costs
            .map(|cost| self.gave(cost.cost, cost.amount))
            .collect()
    }

    pub(super) fn statement(&self, statement: &Statement, sheet: &mut Sheet) {
        let first = statement.entries.len().saturating_sub(MOST_ENTRIES);
        sheet.push(Block::Table(Table {
            title: self.say("costs-statement-table"),
            reading: self.say("costs-statement-reading"),
            columns: ["at", "action", "touchpoint", "took", "not-known"]
                .map(|column| TableColumn::text(self.say(&format!("costs-statement-{column}"))))
                .into(),
            rows: statement.entries[first..]
                .iter()
                .map(|entry| self.entry(entry))
                .collect(),
        }));
        if first > 0 {
            let count = [("count", Value::from(first as u64))];
            sheet.note(
                NoteKind::LeftOut,
                self.tell("costs-statement-earlier", &count),
            );
        }
        if let Some(total) = statement.in_money.filter(|_| !self.answer.rates.is_empty()) {
            let total = self.words.in_unit(total, &self.money());
            let total = [("total", Value::from(total))];
            sheet.note(
                NoteKind::Reading,
                self.tell("costs-statement-in-money", &total),
            );
        }
    }

    fn entry(&self, entry: &Entry) -> Vec<Cell> {
        let took: Vec<String> = self.taken(&entry.costs);
        let action = action_name(&entry.action, self.words);
        let action = match entry.again {
            true => self.tell("costs-statement-again", &[("action", action.into())]),
            false => action,
        };
        let place = entry.touchpoint.clone().or_else(|| entry.stage.clone());
        vec![
            Cell::text(format!(
                "{} {}",
                self.words.date(entry.at.date()),
                entry.at.strftime("%H:%M")
            )),
            Cell::text(action),
            Cell::text(place.unwrap_or_default()),
            Cell::text(self.words.list(&took)),
            Cell::text(self.names(entry.unknown.iter().copied())),
        ]
    }
}
