//! What to show of a trend: what changed, since when and for whom, what moved it, and where it may go.

mod tables;

use jiff::civil::Date;
use worth_model::Estimate;
use worth_model::trend::{Told, TooFew};

use super::PeriodLength;
use super::answer::{BeforeAndAfter, Change, Followed, Line, Missing, Moved, ValueTrendAnswer};
use crate::answers::{completing_table, dimension_label};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Chart, ChartKind, Figure, Headline, NoteKind, Point, Series, Sheet, Tone,
};
use crate::teller;
use crate::words::{Unit, Words};

/// Changed groups that the short answer names, and that get a section of their own.
const MOST_TOLD: usize = 5;

impl Present for ValueTrendAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("value-trend-title"));
        sheet.nothing_to_tell = self.whole.is_none();
        sheet.headlines = vec![teller.headline()];
        if let Some(whole) = &self.whole {
            sheet.push(Block::Chart(teller.chart(whole)));
            if !self.groups.is_empty() {
                sheet.push(Block::Table(teller.lines(whole)));
            }
            teller.moved(whole, &mut sheet);
            for line in teller.changed_groups().take(MOST_TOLD) {
                sheet.section(teller.name(line), teller.change(line));
                sheet.push(Block::Chart(teller.chart(line)));
                teller.moved(line, &mut sheet);
            }
            sheet.push(Block::Table(teller.periods(whole)));
        }
        teller.notes(&mut sheet);
        if !self.completing.is_empty() {
            sheet.push(Block::Table(completing_table(&self.completing, words)));
        }
        sheet
    }
}

type Teller<'a> = teller::Teller<'a, ValueTrendAnswer>;

impl Line {
    /// The largest change.
    fn largest(&self) -> Option<&Change> {
        let changes = &self.changes.told()?.changes;
        let size = |change: &Change| change.size.value.abs();
        let largest = |one: &&Change, other: &&Change| size(one).total_cmp(&size(other));
        changes.iter().max_by(largest).filter(|_| self.changed)
    }
}

impl Teller<'_> {
    fn changed_groups(&self) -> impl Iterator<Item = &Line> {
        self.answer.groups.iter().filter(|line| line.changed)
    }

    /// "How does our value change?"
    fn headline(&self) -> Headline {
        let brand = ("brand", self.answer.own_brand.name.as_str().into());
        let Some(whole) = &self.answer.whole else {
            return Headline {
                asks: self.say("value-trend-asks"),
                says: self.tell("value-trend-says-nobody", &[brand]),
                tone: Tone::Plain,
                figures: Vec::new(),
            };
        };
        let changed: Vec<String> = self
            .changed_groups()
            .take(MOST_TOLD)
            .map(|line| self.change(line))
            .collect();
        let of_groups = match (self.answer.groups.is_empty(), changed.is_empty()) {
            (true, _) => String::new(),
            (false, true) => self.say("value-trend-no-group"),
            (false, false) => changed.join(" "),
        };
        let says = self.tell(
            "value-trend-says",
            &[
                brand,
                ("followed", self.followed().into()),
                (
                    "value",
                    self.words.estimate(&whole.mean, &Unit::Points).into(),
                ),
                ("whole", self.change(whole).into()),
                ("groups", of_groups.into()),
            ],
        );
        Headline {
            asks: self.say("value-trend-asks"),
            says: says.trim_end().into(),
            tone: self.tone(whole),
            figures: self.figures(whole),
        }
    }

    /// Bad news when anything fell, good news when something rose and nothing fell.
    fn tone(&self, whole: &Line) -> Tone {
        let lines = std::iter::once(whole).chain(self.changed_groups());
        let changes: Vec<&Change> = lines.filter_map(Line::largest).collect();
        if changes.iter().any(|change| self.is_worse(&change.size)) {
            Tone::Bad
        } else if changes.is_empty() {
            Tone::Plain
        } else {
            Tone::Good
        }
    }

    fn is_worse(&self, size: &Estimate) -> bool {
        (size.value < 0.0) != (self.answer.followed == Followed::Costs)
    }

    fn followed(&self) -> String {
        self.say(&format!(
            "value-trend-followed-{}",
            self.answer.followed.name()
        ))
    }

    fn figures(&self, whole: &Line) -> Vec<Figure> {
        let figure = |value: &Estimate, label: &str, reading: String| {
            Figure::new(self.say(label), value, &Unit::Points, reading, self.words)
        };
        let Some(ahead) = whole.outlook.told() else {
            let reading = self.say("value-trend-mean-reading");
            return vec![figure(&whole.mean, "value-trend-mean", reading)];
        };
        let period = |at: Date| [("period", self.period(at).into())];
        let (now, last) = (&ahead[0], &ahead[ahead.len() - 1]);
        vec![
            figure(
                &now.value,
                "value-trend-now",
                self.tell("value-trend-now-reading", &period(now.from)),
            ),
            figure(
                &last.value,
                "value-trend-ahead",
                self.tell("value-trend-ahead-reading", &period(last.from)),
            ),
        ]
    }

    /// Everyone, or the group with what it is told apart by.
    fn name(&self, line: &Line) -> String {
        match (&line.by, &line.group) {
            (Some(by), Some(group)) => by.told(group, self.words),
            _ => self.say("value-trend-everyone"),
        }
    }

    /// A month, or a quarter.
    fn period(&self, from: Date) -> String {
        match self.answer.period {
            PeriodLength::Month => self.words.month(from),
            PeriodLength::Quarter => {
                let quarter = (from.month() + 2) / 3;
                let year = from.year().to_string();
                let variables = [
                    ("quarter", quarter.to_string().into()),
                    ("year", year.into()),
                ];
                self.tell("value-trend-quarter", &variables)
            }
        }
    }

    fn stretch(&self, from: Date, until: Date) -> String {
        let (from, until) = (self.period(from), self.period(until));
        match from == until {
            true => from,
            false => self.tell(
                "value-trend-stretch",
                &[("from", from.into()), ("until", until.into())],
            ),
        }
    }

    /// When a change may have been.
    fn dates(&self, change: &Change) -> String {
        match change.dates.as_slice() {
            [first, .., last] => self.stretch(first.from, last.from),
            _ => self.period(change.from),
        }
    }

    /// "Đà Nẵng fell by 1.35 points (0.9 to 1.8), most likely from Nov 2025 on (Oct 2025 to Dec 2025)."
    fn change(&self, line: &Line) -> String {
        let who = ("who", self.name(line).into());
        let changes = match &line.changes {
            Told::Told(changes) => changes,
            Told::TooFew(few) => return self.too_few(few, "value-trend-too-few-changes"),
        };
        let Some(change) = line.largest() else {
            let step = self.words.in_unit(changes.smallest_step, &Unit::Points);
            return self.tell("value-trend-no-change", &[who, ("step", step.into())]);
        };
        let (id, size) = match change.size.value < 0.0 {
            true => ("value-trend-fell", change.size.scaled(-1.0)),
            false => ("value-trend-rose", change.size),
        };
        let variables = [
            who,
            ("size", self.words.estimate(&size, &Unit::Points).into()),
            ("from", self.period(change.from).into()),
            ("dates", self.dates(change).into()),
            ("level", self.words.percent(self.answer.level, 0).into()),
        ];
        self.tell(id, &variables)
    }

    fn too_few(&self, few: &TooFew, id: &str) -> String {
        self.tell(
            id,
            &[
                ("periods", few.periods.into()),
                ("periods_needed", few.periods_needed.into()),
                ("answers", few.answers.into()),
                ("answers_needed", few.answers_needed.into()),
            ],
        )
    }

    /// What was said, the level found, and the outlook.
    fn chart(&self, line: &Line) -> Chart {
        let said = line.periods.iter().filter_map(|period| {
            let value = period.value.as_ref()?;
            Some(Point::on(period.from, value))
        });
        let levels = line.periods.iter().filter_map(|period| {
            let level = line.level_at(period.from)?;
            Some(Point::on(period.from, &Estimate::counted(level.value)))
        });
        let ahead = line.outlook.told().into_iter().flatten();
        let ahead = ahead.map(|ahead| Point::on(ahead.from, &ahead.value));
        let series = [
            ("value-trend-said", said.collect::<Vec<Point>>()),
            ("value-trend-level", levels.collect()),
            ("value-trend-outlook", ahead.collect()),
        ];
        let series = series.into_iter().filter(|(_, points)| !points.is_empty());
        Chart {
            title: self.tell("value-trend-chart", &[("who", self.name(line).into())]),
            reading: self.say("value-trend-chart-reading"),
            kind: ChartKind::Lines,
            x: Axis::new(self.period_heading(), Unit::Count),
            y: Axis::new(self.followed(), Unit::Points),
            series: series
                .map(|(name, points)| Series {
                    name: self.say(name),
                    points,
                })
                .collect(),
            marks: Vec::new(),
        }
    }

    fn period_heading(&self) -> String {
        self.say(match self.answer.period {
            PeriodLength::Month => "value-trend-month",
            PeriodLength::Quarter => "value-trend-quarter-heading",
        })
    }

    fn moved(&self, line: &Line, sheet: &mut Sheet) {
        let Some(moved) = &line.moved else { return };
        sheet.push(Block::Table(self.dimensions(line, moved)));
        if !moved.mix.is_empty() {
            sheet.push(Block::Table(self.mixes(line, moved)));
        }
    }

    /// By how much benefits and costs changed; nothing where only one of them was asked about.
    fn benefits_and_costs(&self, moved: &Moved) -> String {
        let (Some(benefits), Some(costs)) = (&moved.benefits, &moved.costs) else {
            return String::new();
        };
        let change = |of: &BeforeAndAfter| self.words.estimate(&of.change, &Unit::PointsMore);
        let variables = [
            ("benefits", change(benefits).into()),
            ("costs", change(costs).into()),
        ];
        self.tell("value-trend-benefits-and-costs", &variables)
    }

    /// Which dimensions changed, in a sentence.
    fn what_moved(&self, moved: &Moved) -> String {
        let named = |important: bool| -> Vec<String> {
            let dimensions = moved.dimensions.iter();
            let changed = dimensions.filter(|moved| match important {
                true => moved.importance_changed,
                false => moved.changed,
            });
            changed
                .map(|moved| dimension_label(&moved.name, self.words))
                .collect()
        };
        let (scores, importance) = (named(false), named(true));
        let said = match scores.is_empty() {
            true => self.say("value-trend-no-dimension"),
            false => self.tell(
                "value-trend-dimensions-changed",
                &[("dimensions", self.words.list(&scores).into())],
            ),
        };
        if importance.is_empty() {
            return said;
        }
        let matters = [("dimensions", self.words.list(&importance).into())];
        format!(
            "{said} {}",
            self.tell("value-trend-importance-changed", &matters)
        )
    }

    fn notes(&self, sheet: &mut Sheet) {
        let answer = self.answer;
        if let Some(whole) = &answer.whole {
            if let Told::TooFew(few) = &whole.outlook {
                let text = self.too_few(few, "value-trend-too-few-outlook");
                sheet.note(NoteKind::Missing, text);
            }
            let change = self.words.in_unit(whole.smallest_change, &Unit::Points);
            if whole.smallest_change > 0.0 {
                let text = self.tell("value-trend-note-smallest", &[("change", change.into())]);
                sheet.note(NoteKind::Reading, text);
            }
            sheet.note(NoteKind::Reading, self.say("value-trend-note-respondents"));
            let unrest = |line: &Line| line.changes.told().is_some_and(|told| told.unrest > 2.0);
            if unrest(whole) {
                sheet.note(NoteKind::Uncertain, self.say("value-trend-note-unrest"));
            }
            answer.own_brand.note(self.words, sheet);
            answer.survey.note(self.words, sheet);
        }
        if !answer.groups.is_empty() {
            sheet.note(
                NoteKind::Uncertain,
                self.say("value-trend-note-discoveries"),
            );
        }
        let further = self.changed_groups().count().saturating_sub(MOST_TOLD);
        if further > 0 {
            let count = [("count", (further as u64).into())];
            sheet.note(
                NoteKind::LeftOut,
                self.tell("value-trend-note-further", &count),
            );
        }
        for missing in &answer.missing {
            let id = match missing {
                Missing::Survey => continue,
                Missing::Periods => "value-trend-missing-periods",
                Missing::Benefits => "value-trend-missing-benefits",
                Missing::Costs => "value-trend-missing-costs",
                Missing::Importance => "value-trend-missing-importance",
            };
            sheet.note(NoteKind::Missing, self.say(id));
        }
        if !answer.filters_without_effect.is_empty() {
            sheet.note(NoteKind::Uncertain, self.say("answers-note-filters"));
        }
        for left_out in &self.provenance.left_out {
            sheet.note(NoteKind::LeftOut, self.words.left_out(left_out));
        }
    }
}
