//! Remarks: that everything adds up, what is uncertain, what was left out.

use super::Teller;
use crate::journey::answer::{WorthTold, WorthUnknown};
use crate::sheet::{NoteKind, Sheet};
use crate::steps::notes;
use crate::words::Value;

impl Teller<'_> {
    pub(super) fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        self.window(sheet);
        self.adds_up(sheet);
        notes::case(answer.case, answer.window, self.words, sheet);
        let worth = match answer.worth {
            WorthTold::Known {
                horizon_days,
                is_revenue,
                people,
                ..
            } => {
                let variables = [
                    ("days", Value::from(horizon_days)),
                    ("people", people.into()),
                ];
                if is_revenue {
                    sheet.note(NoteKind::Uncertain, self.say("journey-note-revenue"));
                }
                self.tell("journey-note-worth", &variables)
            }
            WorthTold::Unknown(WorthUnknown::Cases) => self.say("journey-note-worth-cases"),
            WorthTold::Unknown(WorthUnknown::NoOrders) => self.say("journey-note-worth-no-orders"),
            WorthTold::Unknown(WorthUnknown::NoModel) => self.say("journey-note-worth-no-model"),
        };
        sheet.note(NoteKind::Reading, worth);
        if !answer.has_outcomes() {
            sheet.note(NoteKind::Missing, self.say("journey-note-no-outcomes"));
        }
        self.ties(sheet);
        for twice in &answer.told_twice {
            let tables: Vec<String> = twice.tables.iter().map(|&of| self.table_name(of)).collect();
            notes::twice(&twice.name, &tables, self.words, sheet);
        }
        notes::stitched(&answer.counts.stitched, self.words, sheet);
        notes::filters(&answer.filters_without_effect, self.words, sheet);
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }

    /// A warning when it depends on the window what is told.
    fn window(&self, sheet: &mut Sheet) {
        let windows = &self.answer.windows;
        if windows.compared.is_empty() {
            return;
        }
        if !self.answer.depends_on_window() {
            sheet.note(NoteKind::Reading, self.say("journey-note-window-same"));
            return;
        }
        let steps: Vec<String> = (windows.next_differs.iter())
            .map(|differs| self.name(&differs.step))
            .collect();
        let id = match steps.is_empty() {
            true => "journey-note-window-ends",
            false => "journey-note-window-differs",
        };
        let told = self.tell(id, &[("steps", self.words.list(&steps).into())]);
        sheet.note(NoteKind::Uncertain, told);
    }

    fn adds_up(&self, sheet: &mut Sheet) {
        let counts = &self.answer.counts;
        if self.answer.adds_up() {
            let variables = [
                ("steps", Value::from(counts.steps)),
                ("journeys", counts.journeys.into()),
                ("people", (counts.customers + counts.visitors).into()),
            ];
            let told = self.tell("journey-note-adds-up", &variables);
            sheet.note(NoteKind::Reading, told);
            return;
        }
        for check in self
            .answer
            .checks
            .iter()
            .filter(|check| check.shown != check.all)
        {
            let variables = [
                ("code", Value::from(check.code.name())),
                ("shown", check.shown.into()),
                ("all", check.all.into()),
            ];
            let told = self.tell("journey-note-does-not-add-up", &variables);
            sheet.note(NoteKind::Uncertain, told);
        }
    }

    fn ties(&self, sheet: &mut Sheet) {
        let ties = &self.answer.ties;
        let named: Vec<String> = (ties.transitions.iter())
            .map(|tie| {
                let times = self.count(tie.in_doubt);
                format!("{} ({times})", self.between(&tie.from, &tie.to))
            })
            .collect();
        let further = [("count", Value::from(ties.further))];
        let further = (ties.further > 0).then(|| self.tell("journey-further-in-doubt", &further));
        let named: Vec<String> = named.into_iter().chain(further).collect();
        notes::ties(&ties.counts, &named, self.words, sheet);
    }
}
