//! How to read it, what is uncertain, what was left out, and what would help.

use super::{Teller, returns};
use crate::acquisition::answer::{ChannelSources, Group, GroupName, NoCost, PaybackKnown};
use crate::sheet::{NoteKind, Sheet, Wanted};

impl Teller<'_> {
    pub(super) fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        sheet.note(NoteKind::Reading, self.say("acquisition-note-association"));
        self.notes_on_costs(sheet);
        let stood_in = |sources: &ChannelSources| sources.from_first_order + sources.unknown > 0;
        if let Some(channels) = answer.channels.filter(stood_in) {
            let variables = [
                ("own", channels.from_customers.into()),
                ("orders", channels.from_first_order.into()),
                ("unknown", channels.unknown.into()),
            ];
            let text = self.tell("acquisition-note-channels", &variables);
            sheet.note(NoteKind::Reading, text);
        }
        for why in &answer.cannot_tell {
            sheet.note(NoteKind::Uncertain, why.told(self.words));
        }
        if let Some(model) = answer.model {
            let title = [("model", model.title().into())];
            let text = self.tell("acquisition-note-model", &title);
            sheet.note(NoteKind::Reading, text);
        }
        let costs = answer.costs_of_goods.as_ref();
        let (kind, text) = answer
            .assumptions
            .margin_note(costs, self.provenance, self.words);
        sheet.note(kind, text);
        let begin = self.words.date(answer.records_begin);
        sheet.note(
            NoteKind::Uncertain,
            self.tell("retention-note-records", &[("begin", begin.into())]),
        );
        if answer.customers_before > 0 {
            let before = [("customers", answer.customers_before.into())];
            let text = self.tell("acquisition-note-before", &before);
            sheet.note(NoteKind::LeftOut, text);
        }
        for left_out in &answer.spending.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }

    fn notes_on_costs(&self, sheet: &mut Sheet) {
        let spending = &self.answer.spending;
        let (Some(from), Some(until)) = (spending.from, spending.until) else {
            match self.answer.no_cost {
                Some(NoCost::Filtered) => {
                    sheet.note(NoteKind::Missing, self.say("acquisition-note-filtered"));
                }
                Some(NoCost::NotByThis) => {
                    sheet.note(NoteKind::Missing, self.say("acquisition-note-not-by-this"));
                }
                Some(NoCost::NoSpending) | None => {}
            }
            return;
        };
        let variables = [
            ("from", self.words.date(from).into()),
            ("until", self.words.date(until).into()),
            ("customers", spending.customers_outside.into()),
        ];
        let text = self.tell("acquisition-note-cost", &variables);
        sheet.note(NoteKind::Reading, text);
        if spending.customers_outside > 0 {
            let text = self.tell("acquisition-note-outside", &variables);
            sheet.note(NoteKind::LeftOut, text);
        }
        let nobody: Vec<String> = (self.answer.groups.iter())
            .filter(|group| group.customers == 0)
            .filter_map(|group| match &group.group {
                GroupName::Value(channel) => Some(channel.clone()),
                _ => None,
            })
            .collect();
        if !nobody.is_empty() {
            let channels = [("channels", self.words.list(&nobody).into())];
            let text = self.tell("acquisition-note-nobody", &channels);
            sheet.note(NoteKind::Uncertain, text);
        }
        let forecast = |group: &Group| {
            returns(group).is_some_and(|cost| cost.payback.known == PaybackKnown::Forecast)
        };
        if self.answer.groups.iter().any(forecast) {
            sheet.note(NoteKind::Uncertain, self.say("acquisition-note-forecast"));
        }
    }

    /// Without spending it cannot be told who pays back what.
    pub(super) fn wanted(&self) -> Option<Wanted> {
        (self.answer.no_cost == Some(NoCost::NoSpending)).then(|| Wanted {
            what: self.say("acquisition-want-spending"),
            why: self.say("acquisition-want-spending-why"),
            how: self.say("acquisition-want-spending-how"),
        })
    }
}
