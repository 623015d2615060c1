//! What to show of scores: each with its interval, its period and its weakness, and which groups differ.

use worth_model::Estimate;

use super::answer::{ByGroups, Group, Score, ScoreName, ScoresAnswer};
use super::measured::Measured;
use crate::answers::{By, completing_table, respondents_cell};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Figure, Headline, NoteKind, Point, Series, Sheet, Table,
    TableColumn, Tone,
};
use crate::teller;
use crate::words::{Unit, Words};

/// Groups that are shown: two years of months.
const MOST_SHOWN: usize = 24;

impl Present for ScoresAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("scores-title"));
        sheet.nothing_to_tell = self.scores.is_empty();
        sheet.headlines = vec![teller.headline()];
        if !self.scores.is_empty() {
            sheet.push(Block::Table(teller.scores()));
        }
        for by_groups in &self.groups {
            teller.groups(by_groups, &mut sheet);
        }
        teller.notes(&mut sheet);
        if !self.completing.is_empty() {
            sheet.push(Block::Table(completing_table(&self.completing, words)));
        }
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, ScoresAnswer>;

impl ScoreName {
    /// NPS in whole points, shares in whole percentages, ACSI to a tenth.
    fn unit(self) -> Unit {
        match self {
            Self::Nps => Unit::Number { decimals: 0 },
            Self::Csat | Self::Ces => Unit::Share { decimals: 0 },
            Self::Acsi => Unit::Number { decimals: 1 },
        }
    }
}

impl Teller<'_> {
    /// "How do customers rate us?"
    fn headline(&self) -> Headline {
        let own: Vec<&Score> = self
            .answer
            .scores
            .iter()
            .filter(|score| score.own)
            .collect();
        let told: Vec<String> = own
            .iter()
            .map(|score| {
                let value = self
                    .words
                    .estimate(&score.measured.value, &score.name.unit());
                let id = format!("scores-says-{}", score.name.name());
                self.tell(&id, &[("value", value.into())])
            })
            .collect();
        let brand = ("brand", self.answer.own_brand.name.as_str().into());
        let says = if told.is_empty() {
            self.tell("scores-says-nobody", &[brand])
        } else {
            let scores = ("scores", self.words.list(&told).into());
            self.tell("scores-says", &[brand, scores])
        };
        let figures = own.iter().take(3).map(|score| self.figure(score));
        Headline {
            asks: self.say("scores-asks"),
            says,
            tone: Tone::Plain,
            figures: figures.collect(),
        }
    }

    fn figure(&self, score: &Score) -> Figure {
        Figure::new(
            self.name(score.name),
            &score.measured.value,
            &score.name.unit(),
            self.say(&format!("scores-{}-reading", score.name.name())),
            self.words,
        )
    }

    fn name(&self, name: ScoreName) -> String {
        self.say(&format!("scores-{}", name.name()))
    }

    fn scores(&self) -> Table {
        let row = |score: &Score| {
            let measured = &score.measured;
            let period = self.tell(
                "scores-period",
                &[
                    ("from", self.words.date(score.from).into()),
                    ("until", self.words.date(score.until).into()),
                ],
            );
            let number = |value: f64| self.words.number(value, 0);
            let scale = self.tell(
                "scores-scale",
                &[
                    ("least", number(score.scale.least).into()),
                    ("most", number(score.scale.most).into()),
                ],
            );
            vec![
                Cell::text(score.name.name().to_uppercase()),
                Cell::text(&score.brand),
                self.value(score.name, &measured.value),
                measured.mean.map_or(Cell::Empty, |mean| {
                    Cell::estimate(&mean, &Unit::Number { decimals: 2 }, self.words)
                }),
                self.respondents(measured),
                Cell::text(period),
                Cell::text(scale),
                self.smallest_change(score.name, measured),
            ]
        };
        Table {
            title: self.say("scores-table"),
            reading: self.say("scores-table-reading"),
            columns: vec![
                TableColumn::text(self.say("scores-column-score")),
                TableColumn::text(self.say("scores-column-brand")),
                TableColumn::number(self.say("scores-column-value")),
                TableColumn::number(self.say("scores-column-mean")),
                TableColumn::number(self.say("scores-column-respondents")),
                TableColumn::text(self.say("scores-column-period")),
                TableColumn::text(self.say("scores-column-scale")),
                TableColumn::number(self.say("scores-column-smallest")),
            ],
            rows: self.answer.scores.iter().map(row).collect(),
        }
    }

    fn value(&self, name: ScoreName, value: &Estimate) -> Cell {
        Cell::estimate(value, &name.unit(), self.words)
    }

    fn respondents(&self, measured: &Measured) -> Cell {
        respondents_cell(measured.respondents, measured.effective, self.words)
    }

    /// Of one respondent nothing can be seen: the number would be 0.
    fn smallest_change(&self, name: ScoreName, measured: &Measured) -> Cell {
        if measured.smallest_change > 0.0 {
            Cell::number(measured.smallest_change, &name.unit(), self.words)
        } else {
            Cell::Empty
        }
    }

    /// The groups that are shown: the newest months, the largest groups.
    fn shown<'b>(by: &By, by_groups: &'b ByGroups) -> &'b [Group] {
        let groups = &by_groups.groups;
        match by {
            By::Month => &groups[groups.len().saturating_sub(MOST_SHOWN)..],
            _ => &groups[..groups.len().min(MOST_SHOWN)],
        }
    }

    /// One score by group: a picture and the groups against everyone else.
    fn groups(&self, by_groups: &ByGroups, sheet: &mut Sheet) {
        let Some(by) = &self.answer.by else { return };
        let name = by_groups.name;
        sheet.section(self.name(name), self.differences(by, by_groups));
        let series = Series {
            name: self.name(name),
            points: Self::shown(by, by_groups)
                .iter()
                .map(|group| match by.month(&group.group) {
                    Some(day) => Point::on(day, &group.measured.value),
                    None => Point::bar(by.told(&group.group, self.words), &group.measured.value),
                })
                .collect(),
        };
        let heading = by.told_apart(self.words);
        sheet.push(Block::Chart(Chart {
            title: self.name(name),
            reading: self.say("scores-chart-reading"),
            kind: match by {
                By::Month => ChartKind::Lines,
                _ => ChartKind::Bars,
            },
            x: Axis::new(heading.clone(), Unit::Count),
            y: Axis::new(self.name(name), name.unit()),
            series: vec![series],
            marks: Vec::new(),
        }));
        sheet.push(Block::Table(self.group_table(by, by_groups, heading)));
        let not_shown = by_groups.groups.len() - Self::shown(by, by_groups).len();
        for (count, id) in [
            (not_shown as u64, "scores-note-not-shown"),
            (by_groups.unknown, "scores-note-unknown"),
        ] {
            if count > 0 {
                sheet.note(NoteKind::LeftOut, self.tell(id, &[("count", count.into())]));
            }
        }
    }

    fn group_table(&self, by: &By, by_groups: &ByGroups, heading: String) -> Table {
        let name = by_groups.name;
        let row = |group: &Group| {
            let against = group.against_rest.as_ref();
            vec![
                Cell::text(by.told(&group.group, self.words)),
                self.value(name, &group.measured.value),
                self.respondents(&group.measured),
                against.map_or(Cell::Empty, |against| self.value(name, &against.difference)),
                Cell::text(match against {
                    Some(against) if against.differs => self.say("scores-differs"),
                    Some(_) => self.say("scores-cannot-tell"),
                    None => self.say("scores-too-few"),
                }),
                self.smallest_change(name, &group.measured),
            ]
        };
        Table {
            title: self.tell("scores-groups-table", &[("score", self.name(name).into())]),
            reading: self.say("scores-groups-reading"),
            columns: vec![
                TableColumn::text(heading),
                TableColumn::number(self.say("scores-column-value")),
                TableColumn::number(self.say("scores-column-respondents")),
                TableColumn::number(self.say("scores-column-against")),
                TableColumn::text(self.say("scores-column-verdict")),
                TableColumn::number(self.say("scores-column-smallest")),
            ],
            rows: Self::shown(by, by_groups).iter().map(row).collect(),
        }
    }

    /// Which groups differ, in a sentence.
    fn differences(&self, by: &By, by_groups: &ByGroups) -> String {
        let differing = |better: bool| {
            let groups = by_groups.groups.iter().filter(|group| {
                group.against_rest.is_some_and(|against| {
                    against.differs && (against.difference.value > 0.0) == better
                })
            });
            let names: Vec<String> = groups
                .map(|group| by.told(&group.group, self.words))
                .collect();
            self.words.list(&names)
        };
        let (better, worse) = (differing(true), differing(false));
        let id = match (better.is_empty(), worse.is_empty()) {
            (true, true) => "scores-groups-none",
            (false, true) => "scores-groups-better",
            (true, false) => "scores-groups-worse",
            (false, false) => "scores-groups-both",
        };
        let variables = [("better", better.into()), ("worse", worse.into())];
        self.tell(id, &variables)
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        for name in ScoreName::ALL {
            if answer.scores.iter().any(|score| score.name == name) {
                let id = format!("scores-{}-weakness", name.name());
                sheet.note(NoteKind::Uncertain, self.say(&id));
            }
        }
        if !answer.scores.is_empty() {
            sheet.note(NoteKind::Reading, self.say("scores-note-newest"));
            answer.own_brand.note(self.words, sheet);
            answer.survey.note(self.words, sheet);
        }
        if answer.scores.iter().any(|score| !score.own) {
            sheet.note(NoteKind::Uncertain, self.say("scores-note-brands"));
        }
        let is_elevenths = |score: &Score| score.name == ScoreName::Nps && score.scale.least == 1.0;
        if answer.scores.iter().any(is_elevenths) {
            sheet.note(NoteKind::Uncertain, self.say("scores-note-nps-from-one"));
        }
        if !answer.groups.is_empty() {
            sheet.note(NoteKind::Uncertain, self.say("scores-note-discoveries"));
        }
        if !answer.not_asked.is_empty() {
            let names: Vec<String> = answer
                .not_asked
                .iter()
                .map(|&name| self.name(name))
                .collect();
            let names = [("scores", self.words.list(&names).into())];
            sheet.note(
                NoteKind::Missing,
                self.tell("scores-note-not-asked", &names),
            );
        }
        if !answer.filters_without_effect.is_empty() {
            sheet.note(NoteKind::Uncertain, self.say("answers-note-filters"));
        }
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }
}
