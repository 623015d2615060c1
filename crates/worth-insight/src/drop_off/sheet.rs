//! What to show of [`DropOffAnswer`]: who leaves, what goes with it most, and every trait with its groups.

use worth_model::Estimate;
use worth_model::link::NoLink;

use super::answer::{
    Compared, DropOffAnswer, Finding, Group, Trait, TraitName, TraitValue, WithinChosen,
};
use crate::funnel::answer::Chosen;
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Figure, Headline, Mark, NoteKind, On, Point, Series,
    Sheet, Table, TableColumn, Tone, positive,
};
use crate::steps::notes;
use crate::teller;
use crate::words::{Unit, Value, Words};

/// Findings that a picture shows, and that the first table lists.
const MOST_FINDINGS: usize = 12;
const SHARE: Unit = Unit::Share { decimals: 1 };

impl Present for DropOffAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("drop-off-title"));
        // a funnel that nobody asked for, through no stages, tells a manager little
        sheet.nothing_to_tell = self.chosen == Chosen::MostTaken;
        sheet.headlines = vec![teller.headline()];
        let findings = self.findings();
        let shown = &findings[..findings.len().min(MOST_FINDINGS)];
        if !shown.is_empty() {
            sheet.push(Block::Chart(teller.chart(shown)));
            sheet.push(Block::Table(teller.findings(shown)));
        }
        if !self.traits.is_empty() {
            sheet.push(Block::Table(teller.groups()));
        }
        teller.notes(&mut sheet);
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, DropOffAnswer>;

impl Teller<'_> {
    /// "What distinguishes those who leave from those who go on?"
    fn headline(&self) -> Headline {
        let answer = self.answer;
        let variables = [
            ("at", Value::from(answer.at.as_str())),
            ("next", answer.next.as_str().into()),
            ("journeys", (answer.leavers + answer.goers).into()),
            ("leavers", answer.leavers.into()),
            ("share", self.share(&answer.leaving).into()),
            ("within", self.within().into()),
        ];
        let id = match answer.within {
            Some(_) => "drop-off-says",
            None => "drop-off-says-nobody",
        };
        let says = [self.tell(id, &variables), self.most()];
        Headline {
            asks: self.say("drop-off-asks"),
            says: says.join(" "),
            tone: Tone::Plain,
            figures: vec![Figure::new(
                self.tell("drop-off-figure", &variables),
                &answer.leaving,
                &SHARE,
                self.say("drop-off-figure-reading"),
                self.words,
            )],
        }
    }

    /// What goes with leaving most, or why nothing can be told.
    fn most(&self) -> String {
        let smallest = self.answer.smallest_difference;
        let smallest = smallest.map_or_else(String::new, |smallest| {
            let smallest = self.words.in_unit(smallest, &SHARE);
            self.tell("drop-off-smallest", &[("smallest", smallest.into())])
        });
        let findings = self.answer.findings();
        let Some(first) = findings.first() else {
            let id = match self.answer.too_few {
                true => "drop-off-too-few",
                false => "drop-off-nothing",
            };
            return format!("{} {smallest}", self.say(id)).trim_end().into();
        };
        let base = first.of.groups.first().map(|base| &base.leaving);
        let more = first.compared.difference.value > 0.0;
        let variables = [
            ("what", Value::from(self.finding(first))),
            ("leaving", self.share(&first.group.leaving).into()),
            ("base", self.base(first.of).into()),
            (
                "of_base",
                base.map(|base| self.share(base)).unwrap_or_default().into(),
            ),
            ("stays", self.stays(first).into()),
        ];
        let id = if more {
            "drop-off-most"
        } else {
            "drop-off-least"
        };
        self.tell(id, &variables)
    }

    /// Whether a difference stays when all else is held still.
    fn stays(&self, finding: &Finding<'_>) -> String {
        let held = finding.compared.held_still;
        let held = held.map(|held| self.share(&positive(&held)));
        let variables = [("held", Value::from(held.unwrap_or_default()))];
        match finding.stays() {
            Some(true) => self.tell("drop-off-stays", &variables),
            Some(false) => self.say("drop-off-does-not-stay"),
            None => self.say("drop-off-not-held"),
        }
    }

    fn share(&self, share: &Estimate) -> String {
        self.words.estimate(share, &SHARE)
    }

    fn within(&self) -> String {
        self.answer
            .within
            .map_or_else(String::new, |within| within.told(self.words))
    }

    /// A trait as people read it; a segment by its own name.
    fn name(&self, name: &TraitName) -> String {
        match name {
            TraitName::Segment(name) => name.clone(),
            known => self.say(&format!("drop-off-trait-{}", known.name())),
        }
    }

    fn value(&self, of: &TraitName, value: &TraitValue) -> String {
        match value {
            TraitValue::Value(value) => {
                let id = format!("drop-off-{}-{value}", of.name());
                match self.words.has(&id) {
                    true => self.say(&id),
                    false => value.clone(),
                }
            }
            &TraitValue::Between { least, most } => {
                let [from, to] = [least, most].map(|number| match of {
                    TraitName::SincePrevious => self.words.in_unit(number, &Unit::Duration),
                    // as it is written there: a year has no sign between thousands
                    TraitName::Segment(_) => number.to_string(),
                    _ => self.words.number(number, 0),
                });
                if from == to {
                    return from;
                }
                let ends = [("from", Value::from(from)), ("to", to.into())];
                self.tell("drop-off-between", &ends)
            }
            TraitValue::Other => self.say("steps-other"),
            TraitValue::Unknown => self.say("drop-off-unknown"),
        }
    }

    /// "channel: app".
    fn finding(&self, finding: &Finding<'_>) -> String {
        let name = &finding.of.name;
        let value = self.value(name, &finding.group.value);
        format!("{}: {value}", self.name(name))
    }

    /// What the groups of a trait are compared with.
    fn base(&self, of: &Trait) -> String {
        let base = of.groups.first();
        base.map_or_else(String::new, |base| self.value(&of.name, &base.value))
    }

    fn chart(&self, findings: &[Finding<'_>]) -> Chart {
        let point =
            |finding: &Finding<'_>| Point::bar(self.finding(finding), &finding.compared.difference);
        Chart {
            title: self.say("drop-off-chart"),
            reading: self.say("drop-off-chart-reading"),
            kind: ChartKind::Bars,
            x: Axis::new(self.say("drop-off-column-trait"), Unit::Count),
            y: Axis::new(self.say("drop-off-column-difference"), SHARE),
            series: vec![Series {
                name: self.say("drop-off-column-difference"),
                points: findings.iter().map(point).collect(),
            }],
            marks: vec![Mark {
                on: On::Y,
                at: 0.0,
                label: self.say("drop-off-no-difference"),
            }],
        }
    }

    fn columns(&self, texts: &[&str], numbers: &[&str]) -> Vec<TableColumn> {
        let title = |id: &&str| self.say(&format!("drop-off-column-{id}"));
        let texts = texts.iter().map(|id| TableColumn::text(title(id)));
        texts
            .chain(numbers.iter().map(|id| TableColumn::number(title(id))))
            .collect()
    }

    /// Differences that are no accident, each plain and with all else held still.
    fn findings(&self, findings: &[Finding<'_>]) -> Table {
        let row = |finding: &Finding<'_>| {
            let compared = finding.compared;
            let verdict = match finding.stays() {
                Some(true) => "drop-off-verdict-stays",
                Some(false) => "drop-off-verdict-others",
                None => "drop-off-verdict-alone",
            };
            vec![
                Cell::text(self.finding(finding)),
                Cell::text(self.base(finding.of)),
                Cell::text(self.say(verdict)),
                Cell::estimate(&finding.group.leaving, &SHARE, self.words),
                Cell::estimate(&compared.difference, &SHARE, self.words),
                self.maybe(compared.held_still, &SHARE),
                self.maybe(compared.ratio, &Unit::Number { decimals: 2 }),
            ]
        };
        Table {
            title: self.say("drop-off-table-findings"),
            reading: self.say("drop-off-table-findings-reading"),
            columns: self.columns(
                &["trait", "base", "verdict"],
                &["leaving", "difference", "held-still", "ratio"],
            ),
            rows: findings.iter().map(row).collect(),
        }
    }

    fn maybe(&self, estimate: Option<Estimate>, unit: &Unit) -> Cell {
        estimate.map_or(Cell::Empty, |estimate| {
            Cell::estimate(&estimate, unit, self.words)
        })
    }

    /// Every trait with its groups.
    fn groups(&self) -> Table {
        let rows = self.answer.traits.iter().flat_map(|of| {
            let row = |group: &Group| {
                let compared = group.compared.as_ref();
                let share = |value: f64| Cell::number(value, &SHARE, self.words);
                let smallest = compared.and_then(|compared| compared.smallest_difference);
                vec![
                    Cell::text(self.name(&of.name)),
                    Cell::text(self.value(&of.name, &group.value)),
                    Cell::text(self.verdict(compared)),
                    Cell::number(
                        (group.leavers + group.goers) as f64,
                        &Unit::Count,
                        self.words,
                    ),
                    share(group.of_leavers),
                    share(group.of_goers),
                    Cell::estimate(&group.leaving, &SHARE, self.words),
                    self.maybe(compared.map(|compared| compared.difference), &SHARE),
                    self.maybe(compared.and_then(|compared| compared.held_still), &SHARE),
                    smallest.map_or(Cell::Empty, share),
                ]
            };
            of.groups.iter().map(row)
        });
        Table {
            title: self.say("drop-off-table-groups"),
            reading: self.say("drop-off-table-groups-reading"),
            columns: self.columns(
                &["trait", "value", "verdict"],
                &[
                    "journeys",
                    "of-leavers",
                    "of-goers",
                    "leaving",
                    "difference",
                    "held-still",
                    "smallest",
                ],
            ),
            rows: rows.collect(),
        }
    }

    fn verdict(&self, compared: Option<&Compared>) -> String {
        let test = compared.and_then(|compared| compared.test);
        match test {
            Some(test) if test.differs => self.say("drop-off-differs"),
            Some(_) => self.say("drop-off-cannot-tell"),
            None => String::new(),
        }
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        let chosen = match answer.chosen {
            Chosen::Asked => None,
            Chosen::StagesOfSettings => Some("funnel-note-stages-of-settings"),
            Chosen::StagesAsMet => Some("funnel-note-stages-as-met"),
            Chosen::MostTaken => Some("funnel-note-most-taken"),
        };
        if let Some(chosen) = chosen {
            sheet.note(NoteKind::Reading, self.say(chosen));
        }
        sheet.note(NoteKind::Uncertain, self.say("drop-off-note-no-cause"));
        sheet.note(NoteKind::Reading, self.held_still());
        sheet.note(NoteKind::Reading, self.say("drop-off-note-before"));
        if answer.within.is_some() && answer.within_chosen == WithinChosen::MostGoOn {
            let variables = [("within", Value::from(self.within()))];
            sheet.note(
                NoteKind::Reading,
                self.tell("drop-off-note-within", &variables),
            );
        }
        if answer.not_over > 0 {
            let variables = [("journeys", Value::from(answer.not_over))];
            sheet.note(
                NoteKind::LeftOut,
                self.tell("drop-off-note-not-over", &variables),
            );
        }
        if !answer.alike.is_empty() {
            let names: Vec<String> = answer.alike.iter().map(|name| self.name(name)).collect();
            let variables = [("traits", Value::from(self.words.list(&names)))];
            sheet.note(
                NoteKind::Reading,
                self.tell("drop-off-note-alike", &variables),
            );
        }
        let is_segment = |of: &Trait| matches!(of.name, TraitName::Segment(_));
        if answer.traits.iter().any(is_segment) {
            sheet.note(NoteKind::Uncertain, self.say("drop-off-note-today"));
        }
        let variables = [
            ("reached", Value::from(answer.why.command())),
            ("left", answer.why_left.command().into()),
        ];
        sheet.note(
            NoteKind::Reading,
            self.tell("drop-off-note-why", &variables),
        );
        notes::case(answer.case, answer.window, self.words, sheet);
        notes::stitched(&answer.stitched, self.words, sheet);
        notes::filters(&answer.filters_without_effect, self.words, sheet);
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }

    /// What is held still where one trait is looked at.
    fn held_still(&self) -> String {
        let answer = self.answer;
        let names = |is_held: bool| -> String {
            let traits = answer
                .traits
                .iter()
                .filter(|of| of.is_held_still == is_held);
            let names: Vec<String> = traits.map(|of| self.name(&of.name)).collect();
            self.words.list(&names)
        };
        if let Some(why) = answer.cannot_hold {
            let id = match why {
                NoLink::TooFew { .. } | NoLink::TooFewOutcomes { .. } => "drop-off-cannot-hold-few",
                NoLink::NothingDiffers | NoLink::Separated => "drop-off-cannot-hold",
            };
            return self.say(id);
        }
        let (held, not_held) = (names(true), names(false));
        if held.is_empty() {
            return self.say("drop-off-cannot-hold-few");
        }
        let variables = [
            ("held", Value::from(held)),
            ("not_held", not_held.as_str().into()),
            ("journeys", answer.held_together.into()),
        ];
        let id = match not_held.is_empty() {
            true => "drop-off-note-held",
            false => "drop-off-note-held-some",
        };
        self.tell(id, &variables)
    }
}
