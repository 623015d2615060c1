//! Where the margin comes from, or why there is none.

use super::Teller;
use crate::lifetime::answer::MarginFrom;
use crate::sheet::{NoteKind, Sheet};
use crate::words::{Unit, Value};

/// From this share on, what is known is all there is.
const ALL: f64 = 0.995;

impl Teller<'_> {
    /// A note on the margin; nothing where no money is forecast.
    pub(super) fn margin(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        if answer
            .forecast
            .is_none_or(|forecast| forecast.equity.is_none())
        {
            return;
        }
        let share = |share: f64| Value::from(self.words.percent(share, 0));
        let mut variables = vec![("margin", share(answer.assumptions.margin.value))];
        if let Some(costs) = &answer.costs {
            let lines = costs.lines_with_cost as f64 / costs.lines.max(1) as f64;
            let one_decimal = Unit::Share { decimals: 1 };
            let known = self.words.estimate(&costs.margin, &one_decimal);
            variables.extend([
                ("lines", share(lines)),
                ("money", share(costs.money_share)),
                ("known", known.into()),
            ]);
        }
        let (kind, id) = match (answer.assumptions.margin_from, &answer.costs) {
            (MarginFrom::Asked, _) => (NoteKind::Reading, "lifetime-note-margin-asked"),
            (MarginFrom::Settings, _) => (NoteKind::Reading, "lifetime-note-margin-settings"),
            (MarginFrom::Costs, Some(costs)) if costs.money_share >= ALL => {
                (NoteKind::Reading, "lifetime-note-margin-costs")
            }
            (MarginFrom::Costs, _) => (NoteKind::Reading, "lifetime-note-margin-some-costs"),
            (MarginFrom::Nobody, None) => {
                let is_of_lake = self.provenance.snapshot().is_some();
                let id = if is_of_lake {
                    "lifetime-note-margin"
                } else {
                    "lifetime-note-margin-of-summary"
                };
                (NoteKind::Missing, id)
            }
            (MarginFrom::Nobody, Some(costs)) if costs.speak_for_all() => {
                (NoteKind::Missing, "lifetime-note-margin-none-left")
            }
            (MarginFrom::Nobody, Some(_)) => (NoteKind::Missing, "lifetime-note-margin-few-costs"),
        };
        sheet.note(kind, self.tell(id, &variables));
    }
}
