//! What to show of [`AlertsAnswer`]: what is out of order first, then everything that is watched.

mod charts;
mod tables;

use super::answer::{AlertsAnswer, CannotTell, Kind, Unit, Verdict};
use crate::lifetime::calendar::CalendarKnown;
use crate::question::{Present, Provenance};
use crate::retention::CohortPeriod;
use crate::sheet::{Block, Headline, NoteKind, Sheet, Tone};
use crate::teller;
use crate::words::{Unit as Counting, Value, Words};

/// Units named in a sentence.
const MOST_NAMED: usize = 3;
/// Units in the chart of ratios, and in each table. The JSON and `--out` have all.
const MOST_SHOWN: usize = 15;

impl Present for AlertsAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("alerts-title"));
        sheet.headlines = vec![teller.headline()];
        if self.cannot_tell.is_none() {
            sheet.urgent = (self.alerts > 0).then(|| teller.alerts("alerts-urgent"));
            if self.alerts > 0 {
                sheet.push(Block::Table(teller.out_of_order()));
            }
            if let Some(unit) = self.out_of_order().next().or(self.whole()) {
                sheet.push(Block::Chart(teller.control_chart(unit)));
            }
            sheet.push(Block::Chart(teller.ratios()));
            sheet.push(Block::Table(teller.everything_else()));
            teller.notes(&mut sheet);
        }
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, AlertsAnswer>;

impl Teller<'_> {
    /// "Are purchases where they should be?"
    fn headline(&self) -> Headline {
        let asks = self.say("alerts-asks");
        let (says, tone) = match self.answer.cannot_tell {
            Some(CannotTell::TooShort {
                observed_days,
                needed_days,
            }) => {
                let variables = [
                    ("observed", observed_days.into()),
                    ("needed", needed_days.into()),
                    ("days", self.answer.window_days.into()),
                ];
                (self.tell("alerts-too-short", &variables), Tone::Plain)
            }
            Some(CannotTell::TooFewRepeats) => (self.say("alerts-too-few"), Tone::Plain),
            None => (self.says(), self.tone()),
        };
        Headline {
            asks,
            says,
            tone,
            figures: Vec::new(),
        }
    }

    fn says(&self) -> String {
        let mut says = Vec::new();
        if let Some(whole) = self.answer.whole()
            && let Some(expected) = &whole.expected
        {
            let expected = self.words.estimate(expected, &Counting::Count);
            let variables = [
                ("days", Value::from(self.answer.window_days)),
                ("until", self.words.date(self.answer.until).into()),
                ("actual", whole.actual.into()),
                ("expected", expected.into()),
            ];
            says.push(self.tell("alerts-says-whole", &variables));
        }
        says.push(match self.answer.alerts {
            0 => self.tell(
                "alerts-says-in-order",
                &[("compared", self.answer.compared.into())],
            ),
            _ => self.alerts("alerts-says-out-of-order"),
        });
        says.join(" ")
    }

    fn tone(&self) -> Tone {
        let any = |verdict: Verdict| self.answer.units.iter().any(|unit| unit.verdict == verdict);
        if any(Verdict::Fall) {
            Tone::Bad
        } else if any(Verdict::Rise) || self.answer.compared == 0 {
            Tone::Plain
        } else {
            Tone::Good
        }
    }

    /// A sentence with the surest alerts by name.
    fn alerts(&self, id: &str) -> String {
        let named: Vec<String> = self
            .answer
            .out_of_order()
            .take(MOST_NAMED)
            .map(|unit| {
                let variables = [
                    ("unit", Value::from(self.name(unit))),
                    ("change", self.change(unit).unwrap_or_default().into()),
                    ("since", self.since(unit).unwrap_or_default().into()),
                ];
                self.tell("alerts-named", &variables)
            })
            .collect();
        let more = self.answer.alerts.saturating_sub(named.len() as u64);
        let variables = [
            ("alerts", Value::from(self.answer.alerts)),
            ("compared", self.answer.compared.into()),
            ("units", named.join("; ").into()),
            ("more", more.into()),
        ];
        self.tell(id, &variables)
    }

    /// "store Hàng Bông", "customers since Q4 2025".
    fn name(&self, unit: &Unit) -> String {
        let name = unit.name.as_deref().unwrap_or_default();
        let quarter = |day| CohortPeriod::Quarter.written(day, self.words);
        let name = match unit.kind {
            Kind::Cohort => name.parse().map_or_else(|_| name.to_owned(), quarter),
            _ => name.to_owned(),
        };
        let id = format!("alerts-unit-{}", unit.kind.name());
        self.tell(&id, &[("name", name.into())])
    }

    /// "−58%".
    fn change(&self, unit: &Unit) -> Option<String> {
        let percent = 100.0 * (unit.ratio? - 1.0);
        Some(format!("{}%", self.words.signed(percent, 0)))
    }

    fn since(&self, unit: &Unit) -> Option<String> {
        unit.since.map(|day| self.words.date(day))
    }

    /// Everything that is no alert: the whole and new customers, then the largest parts.
    fn others(&self) -> impl Iterator<Item = &Unit> {
        let units = self.answer.units.iter();
        let mut units: Vec<&Unit> = units.filter(|unit| !unit.verdict.is_alert()).collect();
        let expected_of = |unit: &Unit| unit.expected.map_or(0.0, |expected| expected.value);
        let is_part = |unit: &Unit| !matches!(unit.kind, Kind::Whole | Kind::NewCustomers);
        units.sort_by(|one, other| {
            let by_size = expected_of(other).total_cmp(&expected_of(one));
            is_part(one).cmp(&is_part(other)).then(by_size)
        });
        units.into_iter()
    }

    fn rate(&self) -> String {
        self.words.percent(self.answer.false_discovery_rate, 0)
    }

    fn notes(&self, sheet: &mut Sheet) {
        let variables = [
            ("model", Value::from(self.answer.model.title())),
            ("rate", self.rate().into()),
        ];
        let tell = |id: &str| self.tell(id, &variables);
        sheet.note(NoteKind::Reading, tell("alerts-note-usual"));
        sheet.note(NoteKind::Reading, tell("alerts-note-people"));
        sheet.note(NoteKind::Uncertain, tell("alerts-note-rate"));
        let season = match self.answer.calendar {
            None => "alerts-note-season",
            Some(CalendarKnown::Learnt { .. }) => "alerts-note-calendar",
            Some(_) => "alerts-note-calendar-unknown",
        };
        sheet.note(NoteKind::Uncertain, tell(season));
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }
}
