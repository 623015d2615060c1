//! Remarks that every question about journeys makes of the steps that it rests on.

use worth_model::journey::Ties;

use super::{Case, Span, Stitched};
use crate::sheet::{NoteKind, Sheet};
use crate::words::{Unit, Value, Words};

/// What one journey is.
pub(crate) fn case(case: Case, window: Option<Span>, words: &Words, sheet: &mut Sheet) {
    if case == Case::Journey {
        sheet.note(NoteKind::Reading, words.say("steps-note-cases"));
    }
    match window {
        Some(window) => {
            let variables = [("window", Value::from(window.told(words)))];
            let told = words.tell("steps-note-window", &variables);
            sheet.note(NoteKind::Reading, told);
        }
        None if case == Case::Customer => {
            sheet.note(NoteKind::Reading, words.say("steps-note-whole"));
        }
        None => {}
    }
}

/// How to ask who is behind the rows of the table above. `first`: the command for the first that can be asked about.
pub(crate) fn why(first: Option<String>, words: &Words, sheet: &mut Sheet) {
    if let Some(command) = first {
        let command = [("command", Value::from(command))];
        sheet.note(NoteKind::Reading, words.tell("steps-note-why", &command));
    }
}

/// Visitors who turned out to be customers, if there were any.
pub(crate) fn stitched(stitched: &Stitched, words: &Words, sheet: &mut Sheet) {
    if stitched.visitors + stitched.ambiguous > 0 {
        let variables = [
            ("visitors", Value::from(stitched.visitors)),
            ("steps", stitched.steps.into()),
            ("ambiguous", stitched.ambiguous.into()),
        ];
        let told = words.tell("steps-note-stitched", &variables);
        sheet.note(NoteKind::Reading, told);
    }
}

/// Parts of the filter without effect.
pub(crate) fn filters(filters: &[String], words: &Words, sheet: &mut Sheet) {
    if !filters.is_empty() {
        let variables = [("filters", Value::from(words.list(filters)))];
        let told = words.tell("steps-note-filters", &variables);
        sheet.note(NoteKind::Uncertain, told);
    }
}

/// Steps of one instant. `named`: the transitions that depend most on their order, with how often.
pub(crate) fn ties(ties: &Ties, named: &[String], words: &Words, sheet: &mut Sheet) {
    if ties.by_kind > 0 {
        let transitions = [("transitions", Value::from(named.join("; ")))];
        let named =
            (!named.is_empty()).then(|| words.tell("steps-note-in-doubt-named", &transitions));
        let variables = [
            ("by_name", Value::from(ties.by_kind)),
            ("journeys", ties.journeys_by_kind.into()),
            ("named", named.unwrap_or_default().into()),
        ];
        let told = words.tell("steps-note-in-doubt", &variables);
        sheet.note(NoteKind::Uncertain, told);
    }
    if ties.by_sequence > 0 {
        let variables = [("by_sequence", Value::from(ties.by_sequence))];
        let told = words.tell("steps-note-sequence", &variables);
        sheet.note(NoteKind::Reading, told);
    }
}

/// A name that several tables have.
pub(crate) fn twice(name: &str, tables: &[String], words: &Words, sheet: &mut Sheet) {
    let variables = [
        ("name", Value::from(name)),
        ("tables", words.list(tables).into()),
    ];
    let told = words.tell("steps-note-twice", &variables);
    sheet.note(NoteKind::Uncertain, told);
}

impl Span {
    /// As people read it.
    pub(crate) fn told(self, words: &Words) -> String {
        words.in_unit(self.microseconds() as f64 / 1e6, &Unit::Duration)
    }
}
