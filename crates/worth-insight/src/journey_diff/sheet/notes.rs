//! How to read it: what periods and segments do to journeys, and what was left out.

use super::Teller;
use crate::journey_diff::Period;
use crate::journey_diff::answer::{Compared, Side};
use crate::sheet::{NoteKind, Sheet};
use crate::steps::notes;
use crate::words::Value;

impl Teller<'_> {
    pub(super) fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        match &answer.compared {
            Compared::Periods {
                periods,
                sides,
                people_in_both,
                observed_until,
            } => {
                if periods[1].until > *observed_until {
                    let day = [("day", Value::from(self.words.date(*observed_until)))];
                    let told = self.tell("journey-diff-note-not-over", &day);
                    sheet.note(NoteKind::Uncertain, told);
                }
                self.lengths(periods, &sides[0], sheet);
                let variables = [("people", Value::from(*people_in_both))];
                let told = self.tell("journey-diff-note-cut", &variables);
                sheet.note(NoteKind::Reading, told);
                sheet.note(NoteKind::Uncertain, self.say("journey-diff-note-season"));
            }
            Compared::Segments { people_on_none, .. } => {
                if *people_on_none > 0 {
                    let variables = [("people", Value::from(*people_on_none))];
                    let told = self.tell("journey-diff-note-on-none", &variables);
                    sheet.note(NoteKind::LeftOut, told);
                }
                sheet.note(NoteKind::Uncertain, self.say("journey-diff-note-today"));
            }
        }
        let variables = [("tested", Value::from(answer.tested()))];
        let told = self.tell("journey-diff-note-discoveries", &variables);
        sheet.note(NoteKind::Reading, told);
        notes::case(answer.case, answer.window, self.words, sheet);
        notes::stitched(&answer.stitched, self.words, sheet);
        notes::filters(&answer.filters_without_effect, self.words, sheet);
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }

    /// A warning when the periods are not of one length, or nothing is known of a tenth of the first.
    fn lengths(&self, [first, second]: &[Period; 2], side: &Side, sheet: &mut Sheet) {
        if first.days() != second.days() {
            let variables = [
                ("first", Value::from(first.days() as u64)),
                ("second", (second.days() as u64).into()),
            ];
            let told = self.tell("journey-diff-note-lengths", &variables);
            sheet.note(NoteKind::Uncertain, told);
        }
        if let Some(from) = side.first_day {
            let until = first.until;
            let known = Period { from, until }.days();
            if known * 10 < first.days() * 9 {
                let variables = [("day", Value::from(self.words.date(from)))];
                let told = self.tell("journey-diff-note-begins", &variables);
                sheet.note(NoteKind::Uncertain, told);
            }
        }
    }
}
