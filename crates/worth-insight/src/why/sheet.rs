//! What to show: the rule with what it counted, the people, and one person's steps.

use super::answer::{Evidence, KindCounted, Person, Step, WhyAnswer};
use crate::question::{Present, Provenance};
use crate::sheet::{Block, Cell, Headline, NoteKind, Sheet, Table, TableColumn, Tone};
use crate::steps::notes;
use crate::teller;
use crate::words::{Unit, Value, Words};
use jiff::civil::DateTime;

/// Steps of one person that are shown, the newest; `--json` has all.
const MOST_STEPS: usize = 200;

type Teller<'a> = teller::Teller<'a, WhyAnswer>;

impl Present for WhyAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("why-title"));
        sheet.nothing_to_tell = self.steps == 0;
        sheet.headlines = vec![teller.headline()];
        sheet.push(Block::Table(teller.kinds()));
        match &self.evidence {
            Some(evidence) => teller.evidence(evidence, &mut sheet),
            None => sheet.push(Block::Table(teller.people())),
        }
        sheet.note(NoteKind::Reading, words.say("why-note-rule"));
        notes::stitched(&self.stitched, words, &mut sheet);
        notes::filters(&self.filters_without_effect, words, &mut sheet);
        sheet
    }
}

impl Teller<'_> {
    fn headline(&self) -> Headline {
        let variables = [
            ("rule", Value::from(self.answer.rule.as_str())),
            ("steps", self.answer.steps.into()),
            ("customers", self.answer.customers.into()),
            ("visitors", self.answer.visitors.into()),
            ("cases", self.answer.cases.into()),
        ];
        let says = match self.answer.cases {
            0 => "why-says",
            _ => "why-says-cases",
        };
        Headline {
            asks: self.say("why-asks"),
            says: self.tell(says, &variables),
            tone: Tone::Plain,
            figures: Vec::new(),
        }
    }

    fn columns(&self, names: &[&str]) -> Vec<TableColumn> {
        let column = |name: &&str| match *name {
            "steps" => TableColumn::number(self.say("why-column-steps")),
            name => TableColumn::text(self.say(&format!("why-column-{name}"))),
        };
        names.iter().map(column).collect()
    }

    fn count(&self, count: u64) -> Cell {
        Cell::number(count as f64, &Unit::Count, self.words)
    }

    fn moment(&self, at: DateTime) -> Cell {
        Cell::text(format!(
            "{} {}",
            self.words.date(at.date()),
            at.strftime("%H:%M:%S")
        ))
    }

    fn kinds(&self) -> Table {
        let row = |kind: &KindCounted| {
            let before: Vec<&str> = kind
                .before
                .iter()
                .map(|read| read.before.as_str())
                .collect();
            vec![
                Cell::text(self.say(&format!("steps-table-{}", kind.table.name()))),
                Cell::text(kind.name.clone()),
                Cell::text(before.join(" · ")),
                Cell::text(kind.stage.clone().unwrap_or_default()),
                Cell::text(kind.touchpoint.clone().unwrap_or_default()),
                Cell::text(kind.channel.clone().unwrap_or_default()),
                Cell::text(kind.outcome.map_or("", |outcome| outcome.name())),
                self.count(kind.steps),
            ]
        };
        Table {
            title: self.say("why-kinds"),
            reading: self.say("why-kinds-reading"),
            columns: self.columns(&[
                "table",
                "name",
                "before",
                "stage",
                "touchpoint",
                "channel",
                "outcome",
                "steps",
            ]),
            rows: self.answer.kinds.iter().map(row).collect(),
        }
    }

    fn people(&self) -> Table {
        let row = |person: &Person| {
            let id = (person.customer_id.as_ref())
                .or(person.anonymous_id.as_ref())
                .or(person.journey_id.as_ref());
            vec![
                Cell::text(id.cloned().unwrap_or_default()),
                self.count(person.steps),
                self.moment(person.first),
                self.moment(person.last),
            ]
        };
        let all = self.answer.customers + self.answer.visitors + self.answer.cases;
        let variables = [
            ("shown", Value::from(self.answer.people.len() as u64)),
            ("all", all.into()),
        ];
        Table {
            title: self.say("why-people"),
            reading: self.tell("why-people-reading", &variables),
            columns: self.columns(&["who", "steps", "first", "last"]),
            rows: self.answer.people.iter().map(row).collect(),
        }
    }

    fn evidence(&self, evidence: &Evidence, sheet: &mut Sheet) {
        let first = evidence.steps.len().saturating_sub(MOST_STEPS);
        let row = |step: &Step| {
            let place = step.touchpoint.clone().or_else(|| step.stage.clone());
            vec![
                self.moment(step.at),
                Cell::text(match step.counts {
                    true => self.say("why-counts"),
                    false => String::new(),
                }),
                Cell::text(self.say(&format!("steps-table-{}", step.table.name()))),
                Cell::text(step.name.clone()),
                Cell::text(place.unwrap_or_default()),
                Cell::text(step.outcome.map_or("", |outcome| outcome.name())),
            ]
        };
        sheet.push(Block::Table(Table {
            title: self.say("why-evidence"),
            reading: self.say("why-evidence-reading"),
            columns: self.columns(&["at", "counts", "table", "name", "touchpoint", "outcome"]),
            rows: evidence.steps[first..].iter().map(row).collect(),
        }));
        if first > 0 {
            let earlier = [("count", Value::from(first as u64))];
            sheet.note(NoteKind::LeftOut, self.tell("why-note-earlier", &earlier));
        }
    }
}
