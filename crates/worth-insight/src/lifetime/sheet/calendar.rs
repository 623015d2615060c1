//! Busy and quiet days: what is known of them, and why the rest is not.

use worth_model::Estimate;
use worth_model::calendar::{Pattern, Standing};

use super::Teller;
use crate::lifetime::answer::{CalendarKnown, EventEffect};
use crate::lifetime::calendar::Feast;
use crate::sheet::{Block, Cell, NoteKind, Sheet, Table, TableColumn};
use crate::words::Unit;

const FACTOR: Unit = Unit::Number { decimals: 2 };

impl Teller<'_> {
    /// How time is measured; nothing when worth.toml has no calendar.
    pub(super) fn calendar(&self, sheet: &mut Sheet) {
        match &self.answer.calendar {
            None => {}
            Some(CalendarKnown::Learnt {
                weekdays,
                season,
                events,
            }) => {
                let mut rows = vec![
                    self.pattern("lifetime-calendar-weekdays", weekdays),
                    self.pattern("lifetime-calendar-season", season),
                ];
                rows.extend(events.iter().map(|event| self.event(event)));
                sheet.push(Block::Table(Table {
                    title: self.say("lifetime-calendar"),
                    reading: self.say("lifetime-calendar-reading"),
                    columns: vec![
                        TableColumn::text(self.say("lifetime-calendar-what")),
                        TableColumn::text(self.say("lifetime-calendar-days")),
                        TableColumn::text(self.say("lifetime-calendar-factor")),
                    ],
                    rows,
                }));
                sheet.note(NoteKind::Reading, self.say("lifetime-calendar-learnt"));
            }
            Some(CalendarKnown::TooShort {
                observed_days,
                needed_days,
            }) => {
                let variables = [
                    ("observed", (*observed_days).into()),
                    ("needed", (*needed_days).into()),
                ];
                let text = self.tell("lifetime-calendar-too-short", &variables);
                sheet.note(NoteKind::Uncertain, text);
            }
            Some(CalendarKnown::TooFew) => {
                sheet.note(NoteKind::Uncertain, self.say("lifetime-calendar-too-few"));
            }
        }
    }

    /// From the least to the most of its factors.
    fn pattern(&self, name: &str, pattern: &Pattern) -> Vec<Cell> {
        let by_value = |one: &&Estimate, other: &&Estimate| one.value.total_cmp(&other.value);
        let least = pattern.factors.iter().min_by(by_value);
        let most = pattern.factors.iter().max_by(by_value);
        let factor = match (least, most) {
            (Some(least), Some(most)) => {
                let ends = [least, most].map(|factor| self.words.value(factor, &FACTOR));
                format!("{}–{}", ends[0], ends[1])
            }
            _ => self.unknown(&pattern.standing),
        };
        [self.say(name), String::new(), factor]
            .map(Cell::text)
            .into()
    }

    fn event(&self, event: &EventEffect) -> Vec<Cell> {
        let name = match Feast::named(&event.event) {
            Some(feast) => self.say(&feast_id(feast)),
            None => event.event.clone(),
        };
        let ends = [event.from_days, event.until_days].map(|day| {
            let sign = if day > 0 { "+" } else { "" };
            format!("{sign}{}", self.words.number(f64::from(day), 0))
        });
        let factor = match event.standing {
            Standing::Known => self.words.estimate(&event.factor, &FACTOR),
            _ => self.unknown(&event.standing),
        };
        [name, ends.join(" … "), factor].map(Cell::text).into()
    }

    fn unknown(&self, standing: &Standing) -> String {
        match standing {
            Standing::Known | Standing::NotAsked => String::new(),
            Standing::SeenTooSeldom { seen, needed } => {
                let variables = [("seen", (*seen).into()), ("needed", (*needed).into())];
                self.tell("lifetime-calendar-seen-too-seldom", &variables)
            }
            Standing::TooFewPurchases { .. } => self.say("lifetime-calendar-too-few-purchases"),
            Standing::Inseparable { .. } => self.say("lifetime-calendar-inseparable"),
        }
    }
}

/// Messages have no strokes in their names.
fn feast_id(feast: &Feast) -> String {
    format!("lifetime-feast-{}", feast.name.replace('/', "-"))
}
