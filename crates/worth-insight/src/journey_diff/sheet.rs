//! What to show of [`JourneyDiffAnswer`]: what surely differs, then every number, then what fewer failures would do.

mod fewer_failures;
mod notes;

use worth_model::Estimate;

use super::answer::{
    By, Change, Compared, Difference, JourneyDiffAnswer, Outcome, Side, Verdict, What,
};
use crate::question::{Present, Provenance};
use crate::sheet::{
    Axis, Block, Cell, Chart, ChartKind, Headline, Mark, On, Point, Series, Sheet, Table,
    TableColumn, Tone,
};
use crate::steps::StepName;
use crate::teller;
use crate::words::{Unit, Value, Words};

/// Differences that the headline names.
const MOST_NAMED: usize = 5;
/// Differences that the picture shows.
const MOST_DRAWN: usize = 12;
const SHARE: Unit = Unit::Share { decimals: 1 };
const NUMBER: Unit = Unit::Number { decimals: 2 };

impl Present for JourneyDiffAnswer {
    fn sheet(&self, provenance: &Provenance, words: &Words) -> Sheet {
        let teller = Teller {
            answer: self,
            provenance,
            words,
        };
        let mut sheet = Sheet::new(words.say("journey-diff-title"));
        sheet.headlines = vec![teller.headline()];
        let findings = self.findings();
        if let Some(simulated) = &self.fewer_failures {
            sheet.headlines.push(teller.if_fewer_failed(simulated));
        }
        sheet.push(Block::Table(teller.counts()));
        sheet
            .blocks
            .extend(teller.chart(&findings).map(Block::Chart));
        if !findings.is_empty() {
            sheet.push(Block::Table(teller.table("findings", &findings)));
        }
        for id in ["journeys", "steps", "transitions"] {
            let is_shown = |of: &&Difference| of.verdict != Verdict::Alike && table_of(of) == id;
            let rows: Vec<&Difference> = self.numbers.iter().filter(is_shown).collect();
            if !rows.is_empty() {
                sheet.push(Block::Table(teller.table(id, &rows)));
            }
        }
        if let Some(simulated) = &self.fewer_failures {
            teller.fewer_failures(simulated, &mut sheet);
        }
        teller.notes(&mut sheet);
        sheet
    }
}

pub(super) type Teller<'a> = teller::Teller<'a, JourneyDiffAnswer>;

impl Teller<'_> {
    /// "How do journeys differ?"
    fn headline(&self) -> Headline {
        let findings = self.answer.findings();
        let [first, second] = self.names();
        let variables = [
            ("differ", Value::from(findings.len() as u64)),
            ("tested", self.answer.tested().into()),
            ("first", first.as_str().into()),
            ("second", second.as_str().into()),
        ];
        let sides = self.answer.compared.sides();
        let empty = [&first, &second].into_iter().zip(sides);
        let empty = empty
            .filter(|(_, side)| side.steps == 0)
            .map(|(name, _)| name.as_str());
        let says = match empty.collect::<Vec<_>>().as_slice() {
            [] if self.answer.tested() == 0 => self.say("journey-diff-says-too-few"),
            [] if findings.is_empty() => self.tell("journey-diff-says-nothing", &variables),
            [] => {
                let named = findings.iter().take(MOST_NAMED).map(|of| self.sentence(of));
                let named = [("named", Value::from(named.collect::<Vec<_>>().join("; ")))];
                let all = self.tell("journey-diff-says", &variables);
                [all, self.tell("journey-diff-says-most", &named)].join(" ")
            }
            names => self.tell(
                "journey-diff-says-no-step",
                &[("where", self.words.list(names).into())],
            ),
        };
        Headline {
            asks: self.say("journey-diff-asks"),
            says,
            tone: Tone::Plain,
            figures: Vec::new(),
        }
    }

    /// "journeys that come by pay: from 40% to 52% (12 points more …)".
    fn sentence(&self, of: &Difference) -> String {
        let value = |side: usize| of.values[side].map(|value| self.words.value(&value, &unit(of)));
        let [first, second] = [0, 1].map(|side| value(side).unwrap_or_default());
        let [first_name, second_name] = self.names();
        let change = of.change.as_ref();
        let variables = [
            ("what", Value::from(self.what(&of.what))),
            ("first", first.into()),
            ("second", second.into()),
            ("first_name", first_name.into()),
            ("second_name", second_name.into()),
            (
                "change",
                change
                    .map(|change| self.change(of, change))
                    .unwrap_or_default()
                    .into(),
            ),
        ];
        let id = match self.answer.compared {
            Compared::Periods { .. } => "journey-diff-moved",
            Compared::Segments { .. } => "journey-diff-apart",
        };
        self.tell(id, &variables)
    }

    /// What the sides are called.
    pub(super) fn names(&self) -> [String; 2] {
        match &self.answer.compared {
            Compared::Periods { periods, .. } => periods.map(|period| {
                let [from, until] = [period.from, period.until].map(|day| self.words.date(day));
                let ends = [("from", Value::from(from)), ("until", until.into())];
                self.tell("journey-diff-period", &ends)
            }),
            Compared::Segments { of, against, .. } => {
                let others = || self.say("journey-diff-others");
                [against.clone().unwrap_or_else(others), of.clone()]
            }
        }
    }

    pub(super) fn step(&self, name: &StepName) -> String {
        name.told(self.answer.by, self.words)
    }

    /// What a number is.
    fn what(&self, what: &What) -> String {
        let (step, to) = what.steps();
        let name = |step: Option<&StepName>| step.map(|step| self.step(step)).unwrap_or_default();
        let variables = [("step", Value::from(name(step))), ("to", name(to).into())];
        let id = match what {
            What::Ended { outcome, .. } if *outcome == Outcome::Failed => "failed",
            What::Ended { .. } => "abandoned",
            other => other.name(),
        };
        self.tell(&format!("journey-diff-what-{id}"), &variables)
    }

    /// "+12.0 percentage points (+3.0 to +21.0)", or "1.4 times (1.2 to 1.6)".
    fn change(&self, of: &Difference, change: &Change) -> String {
        match change.by {
            By::Difference(by) => self.words.estimate(&by, &unit_of_change(of)),
            By::Times(by) => self.times(&by),
        }
    }

    fn times(&self, ratio: &Estimate) -> String {
        let ratio = self.words.estimate(ratio, &NUMBER);
        self.tell("journey-diff-times", &[("ratio", ratio.into())])
    }

    /// How much there is on each side.
    fn counts(&self) -> Table {
        let sides = self.answer.compared.sides();
        let row = |id: &str, count: fn(&Side) -> u64| {
            let count = |side: &Side| Cell::number(count(side) as f64, &Unit::Count, self.words);
            vec![
                Cell::text(self.say(&format!("journey-diff-{id}"))),
                count(&sides[0]),
                count(&sides[1]),
            ]
        };
        let [first, second] = self.names();
        Table {
            title: self.say("journey-diff-table-counts"),
            reading: String::new(),
            columns: vec![
                TableColumn::text(String::new()),
                TableColumn::number(first),
                TableColumn::number(second),
            ],
            rows: vec![
                row("people", |side| side.people),
                row("journeys", |side| side.journeys),
                row("steps", |side| side.steps),
            ],
        }
    }

    fn table(&self, id: &str, rows: &[&Difference]) -> Table {
        let column = |id: &str| self.say(&format!("journey-diff-column-{id}"));
        let [first, second] = self.names();
        let row = |of: &&Difference| {
            let value = |side: usize| {
                of.values[side].map_or(Cell::Empty, |value| {
                    Cell::number(value.value, &unit(of), self.words)
                })
            };
            let change = of.change.as_ref();
            vec![
                Cell::text(self.what(&of.what)),
                Cell::text(self.say(&format!("journey-diff-verdict-{}", of.verdict.name()))),
                value(0),
                value(1),
                change.map_or(Cell::Empty, |change| Cell::Number {
                    value: match change.by {
                        By::Difference(by) | By::Times(by) => by.value,
                    },
                    shown: self.change(of, change),
                }),
                change.map_or(Cell::Empty, |change| self.smallest(of, change)),
            ]
        };
        Table {
            title: self.say(&format!("journey-diff-table-{id}")),
            reading: self.say(&format!("journey-diff-table-{id}-reading")),
            columns: vec![
                TableColumn::text(column("what")),
                TableColumn::text(column("verdict")),
                TableColumn::number(first),
                TableColumn::number(second),
                TableColumn::number(column("change")),
                TableColumn::number(column("smallest")),
            ],
            rows: rows.iter().map(row).collect(),
        }
    }

    /// The change that would have been told.
    fn smallest(&self, of: &Difference, change: &Change) -> Cell {
        let value = change.smallest;
        let shown = match change.by {
            By::Difference(_) => self.words.in_unit(value, &unit_of_change(of)),
            By::Times(_) => self.times(&Estimate::counted(value)),
        };
        Cell::Number { value, shown }
    }

    /// Shares that surely differ, as bars; nothing where none does.
    fn chart(&self, findings: &[&Difference]) -> Option<Chart> {
        let shares = findings.iter().filter(|of| of.what.is_share());
        let points: Vec<Point> = shares
            .filter_map(|of| match of.change?.by {
                By::Difference(by) => Some(Point::bar(self.what(&of.what), &by)),
                By::Times(_) => None,
            })
            .take(MOST_DRAWN)
            .collect();
        let [first, second] = self.names();
        let variables = [("first", Value::from(first)), ("second", second.into())];
        let chart = Chart {
            title: self.say("journey-diff-chart"),
            reading: self.tell("journey-diff-chart-reading", &variables),
            kind: ChartKind::Bars,
            x: Axis::new(self.say("journey-diff-column-what"), Unit::Count),
            y: Axis::new(self.say("journey-diff-column-change"), Unit::SharePoints),
            series: vec![Series {
                name: self.say("journey-diff-column-change"),
                points,
            }],
            marks: vec![Mark {
                on: On::Y,
                at: 0.0,
                label: self.say("journey-diff-no-difference"),
            }],
        };
        (!chart.series[0].points.is_empty()).then_some(chart)
    }
}

/// The table that has a number.
fn table_of(of: &Difference) -> &'static str {
    match of.what.steps() {
        (None, _) => "journeys",
        (_, None) => "steps",
        (_, Some(_)) => "transitions",
    }
}

/// What a difference of a number is in.
fn unit_of_change(of: &Difference) -> Unit {
    match of.what.is_share() {
        true => Unit::SharePoints,
        false => unit(of),
    }
}

/// What a number counts.
fn unit(of: &Difference) -> Unit {
    match &of.what {
        What::SecondsPerJourney | What::Waiting { .. } => Unit::Duration,
        what if what.is_share() => SHARE,
        _ => NUMBER,
    }
}
