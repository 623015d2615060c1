//! What the call list holds, whom it leaves alone, and what to do with it.

use super::Teller;
use crate::sheet::{NoteKind, Sheet};

impl Teller<'_> {
    /// The section on the list in the rows; nothing when none was asked for.
    pub(super) fn call_list(&self, sheet: &mut Sheet) {
        let Some(list) = &self.answer.call_list else {
            return;
        };
        let variables = [
            ("list", list.list_id.as_str().into()),
            ("campaign", list.campaign.as_str().into()),
            (
                "status",
                self.say(&format!("lifetime-status-{}", list.status.name()))
                    .into(),
            ),
            ("customers", list.customers.into()),
            ("listed", list.listed.into()),
            ("treatment", list.treatment.into()),
            ("holdout", list.holdout.into()),
            ("share", self.words.percent(list.holdout_share, 0).into()),
            ("not_allowed", list.not_allowed.into()),
            ("unknown", list.permission_unknown.into()),
        ];
        let tell = |id: &str| self.tell(id, &variables);
        sheet.section(
            tell("lifetime-section-calls"),
            tell("lifetime-section-calls-about"),
        );
        sheet.note(NoteKind::Reading, tell("lifetime-calls-arms"));
        if list.holdout == 0 {
            sheet.note(NoteKind::Uncertain, tell("lifetime-calls-nobody-held-out"));
        }
        sheet.note(NoteKind::Reading, tell("lifetime-calls-back"));
        sheet.note(NoteKind::Uncertain, tell("lifetime-calls-untested"));
        if list.not_allowed > 0 {
            sheet.note(NoteKind::LeftOut, tell("lifetime-calls-not-allowed"));
        }
        if list.permission_unknown > 0 {
            sheet.note(NoteKind::Missing, tell("lifetime-calls-unknown"));
        }
    }
}
