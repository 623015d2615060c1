//! Where the margin comes from, or why there is none.

use crate::lifetime::answer::{Assumptions, KnownCosts, MarginFrom};
use crate::question::Provenance;
use crate::sheet::NoteKind;
use crate::words::{Unit, Value, Words};

/// From this share on, what is known is all there is.
const ALL: f64 = 0.995;

impl Assumptions {
    /// A note on the margin. `costs`: what is known of those of the goods sold.
    pub(crate) fn margin_note(
        &self,
        costs: Option<&KnownCosts>,
        provenance: &Provenance,
        words: &Words,
    ) -> (NoteKind, String) {
        let share = |share: f64| Value::from(words.percent(share, 0));
        let mut variables = vec![("margin", share(self.margin.value))];
        if let Some(costs) = costs {
            let lines = costs.lines_with_cost as f64 / costs.lines.max(1) as f64;
            let one_decimal = Unit::Share { decimals: 1 };
            let known = words.estimate(&costs.margin, &one_decimal);
            variables.extend([
                ("lines", share(lines)),
                ("money", share(costs.money_share)),
                ("known", known.into()),
            ]);
        }
        let (kind, id) = match (self.margin_from, costs) {
            (MarginFrom::Asked, _) => (NoteKind::Reading, "lifetime-note-margin-asked"),
            (MarginFrom::Settings, _) => (NoteKind::Reading, "lifetime-note-margin-settings"),
            (MarginFrom::Costs, Some(costs)) if costs.money_share >= ALL => {
                (NoteKind::Reading, "lifetime-note-margin-costs")
            }
            (MarginFrom::Costs, _) => (NoteKind::Reading, "lifetime-note-margin-some-costs"),
            (MarginFrom::Nobody, None) if provenance.snapshot().is_some() => {
                (NoteKind::Missing, "lifetime-note-margin")
            }
            (MarginFrom::Nobody, None) => (NoteKind::Missing, "lifetime-note-margin-of-summary"),
            (MarginFrom::Nobody, Some(costs)) if costs.speak_for_all() => {
                (NoteKind::Missing, "lifetime-note-margin-none-left")
            }
            (MarginFrom::Nobody, Some(_)) => (NoteKind::Missing, "lifetime-note-margin-few-costs"),
        };
        (kind, words.tell(id, &variables))
    }
}
