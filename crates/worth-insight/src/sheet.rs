//! What to show of an answer: a short list of blocks that every renderer understands.
//!
//! Nothing here knows about HTML or terminals. Texts are already in the reader's language and
//! numbers already written as people write them; charts and sortable cells keep the raw number too.

use std::cmp::Ordering;

use jiff::civil::Date;
use worth_model::Estimate;
use worth_model::journey::Waiting;

use crate::words::{Unit, Words};

/// What to show of one answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Heading of the whole sheet.
    pub title: String,
    /// The short answers, for the top of the sheet and page one of the report.
    pub headlines: Vec<Headline>,
    /// Everything else, in reading order.
    pub blocks: Vec<Block>,
    /// The one datum that would help this answer most, if one is wanting.
    pub wanted: Option<Wanted>,
    /// One sentence on what cannot wait: it stands on page one of the report wherever the answer's
    /// chapter is.
    pub urgent: Option<String>,
    /// The data have nothing to answer it from, and not everyone has such data: the report goes on
    /// without a chapter.
    pub nothing_to_tell: bool,
}

/// A manager's question and its answer in a sentence or two.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// The question as a manager asks it ("Are we worth it, and against whom?").
    pub asks: String,
    /// The answer in plain words, with how sure it is; also when it is "we cannot tell, because".
    pub says: String,
    /// Whether it is good news, bad news or neither.
    pub tone: Tone,
    /// The numbers behind it: at most three.
    pub figures: Vec<Figure>,
}

/// A datum that is not there and would help.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// What to collect ("Ask 200 customers about the price").
    pub what: String,
    /// What could then be told that cannot be told now.
    pub why: String,
    /// How to collect it, and in which table it arrives.
    pub how: String,
}

/// One thing to show.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Starts a section; `about` is one sentence under it.
    Section {
        /// The heading.
        title: String,
        /// One sentence on what the section answers.
        about: Option<String>,
    },
    /// The few numbers that matter.
    Figures(Vec<Figure>),
    /// Rows and columns.
    Table(Table),
    /// A picture.
    Chart(Chart),
    /// A number for each pair of two things, as shades.
    HeatMap(HeatMap),
    /// Places in a plane, each with the area where it may be.
    Map(Map),
    /// How much goes from where to where.
    Flow(Flow),
    /// What was left out, what is uncertain, how to read it.
    Note(Note),
    /// What to do, most valuable first.
    Advice(Vec<Advice>),
}

/// One key number.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it is ("Customer equity, next 12 months").
    pub label: String,
    /// The number as people write it ("1.250.000 ₫").
    pub value: String,
    /// Its interval as people write it, or why there is none.
    pub interval: String,
    /// One line on how to read it.
    pub reading: String,
    /// Whether it is good news, bad news or neither.
    pub tone: Tone,
    /// The question that explains it further (a name of the catalogue).
    pub further: Option<String>,
}

/// Good news, bad news or neither. Never the only sign: the words say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Neither.
    #[default]
    Plain,
    /// Good news.
    Good,
    /// Bad news.
    Bad,
}

impl Tone {
    /// Good news where the whole interval is above `neutral`, bad news where it is below.
    pub(crate) fn of(estimate: &Estimate, neutral: f64) -> Self {
        match side(estimate, neutral) {
            Ordering::Greater => Self::Good,
            Ordering::Less => Self::Bad,
            Ordering::Equal => Self::Plain,
        }
    }
}

/// On which side of `neutral` the whole interval is; equal when it holds both, or is missing.
pub(crate) fn side(estimate: &Estimate, neutral: f64) -> Ordering {
    match estimate.ends() {
        Some((low, _)) if low > neutral => Ordering::Greater,
        Some((_, high)) if high < neutral => Ordering::Less,
        _ => Ordering::Equal,
    }
}

/// The same estimate with its sign left to the words around it.
pub(crate) fn positive(estimate: &Estimate) -> Estimate {
    match estimate.value < 0.0 {
        true => estimate.scaled(-1.0),
        false => *estimate,
    }
}

/// Rows and columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// What the rows are.
    pub title: String,
    /// One line on how to read it.
    pub reading: String,
    /// Column headings.
    pub columns: Vec<TableColumn>,
    /// As many cells in each row as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// Heading of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    /// What stands in it, with its unit.
    pub title: String,
    /// Numbers are aligned to the right.
    pub numeric: bool,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number: as it is, and as it is shown.
    Number {
        /// For sorting and charts.
        value: f64,
        /// For people.
        shown: String,
    },
    /// Nothing is known.
    Empty,
}

/// A picture of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// One line on how to read it.
    pub reading: String,
    /// Its form.
    pub kind: ChartKind,
    /// The axis of [`Point::x`]; for bars that of the labels.
    pub x: Axis,
    /// The axis of [`Point::y`]; for bars that of their length.
    pub y: Axis,
    /// What is drawn, each with its own colour and name.
    pub series: Vec<Series>,
    /// Lines to compare with: a cut-off, an average, "as good as the others".
    pub marks: Vec<Mark>,
}

/// An axis of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// Its name, with the unit where the numbers do not carry it.
    pub title: String,
    /// What its numbers count.
    pub unit: Unit,
}

/// A straight line across a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The axis on which `at` is.
    pub on: On,
    /// Where.
    pub at: f64,
    /// What it means ("as good as the competitors").
    pub label: String,
}

/// One of the two axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// That of [`Point::x`].
    X,
    /// That of [`Point::y`].
    Y,
}

/// Forms of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// One horizontal bar per label, with its interval.
    Bars,
    /// Points joined in order, with a band for the interval.
    Lines,
    /// Points in a plane, each with its label.
    Scatter,
}

/// Points that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Name in the legend.
    pub name: String,
    /// In drawing order.
    pub points: Vec<Point>,
}

/// One point.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Where on the horizontal axis (for bars: the label).
    pub x: Coordinate,
    /// How high (for bars: how long).
    pub y: f64,
    /// Interval of `x`, where it is a number.
    pub x_interval: Option<(f64, f64)>,
    /// Interval of `y`.
    pub y_interval: Option<(f64, f64)>,
    /// Words beside the point, also shown on hover.
    pub label: Option<String>,
}

/// A place on an axis.
#[derive(Debug, Clone, PartialEq)]
pub enum Coordinate {
    /// A number.
    Number(f64),
    /// A label.
    Label(String),
    /// A day (or the month that begins with it).
    Day(Date),
}

/// A number for each pair of two things, as shades: the larger, the stronger.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMap {
    /// What it shows.
    pub title: String,
    /// One line on how to read it.
    pub reading: String,
    /// What the columns are.
    pub x: String,
    /// What the rows are.
    pub y: String,
    /// Names of the columns, from left to right.
    pub columns: Vec<String>,
    /// Names of the rows, from the top down.
    pub rows: Vec<String>,
    /// Row by row a number for each column; nothing for a pair that cannot be.
    pub values: Vec<Vec<Option<f64>>>,
    /// What the numbers count.
    pub unit: Unit,
    /// The numbers of the weakest and of the strongest shade.
    pub ends: (f64, f64),
}

/// Places in a plane, each with the area where it may be.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// What it shows.
    pub title: String,
    /// One line on how to read it.
    pub reading: String,
    /// What lies to the right.
    pub x: Axis,
    /// What lies up.
    pub y: Axis,
    /// What is placed, each with its own colour.
    pub places: Vec<Place>,
    /// A line to compare with.
    pub line: Option<Slope>,
}

/// Something that has a place on a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Where it is to the right.
    pub x: Estimate,
    /// Where it is upwards.
    pub y: Estimate,
    /// Around where it may be, as points in order; empty when that is not known.
    pub outline: Vec<[f64; 2]>,
}

/// A straight line across a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Slope {
    /// A point that it goes through.
    pub through: [f64; 2],
    /// So much up for one to the right.
    pub rise: f64,
    /// What it means ("fair value").
    pub label: String,
}

/// How much goes from where to where.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// What it shows.
    pub title: String,
    /// One line on how to read it.
    pub reading: String,
    /// Its form.
    pub form: FlowForm,
    /// What goes ("Journeys").
    pub amount: String,
    /// Between what.
    pub places: Vec<FlowPlace>,
    /// What goes from one place to another, the most first.
    pub ways: Vec<FlowWay>,
    /// What amounts count.
    pub unit: Unit,
}

/// Forms of flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowForm {
    /// Bands from column to column, as broad as much goes there (a Sankey diagram).
    Bands,
    /// Arrows between places that stand below each other in their order (a directed graph): on, back or to
    /// themselves.
    Arrows,
}

/// A place that something comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowPlace {
    /// Its name.
    pub name: String,
    /// Number of its column, the leftmost the lowest; of no meaning for arrows.
    pub column: usize,
    /// How much comes there.
    pub amount: f64,
    /// Nothing goes on from there.
    pub is_end: bool,
    /// A few words more.
    pub about: String,
}

/// What goes from one place to another.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowWay {
    /// From this place, by number …
    pub from: usize,
    /// … to this one.
    pub to: usize,
    /// How much.
    pub amount: f64,
    /// A few words more.
    pub about: String,
}

/// A remark.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// What kind of remark.
    pub kind: NoteKind,
    /// In whole sentences.
    pub text: String,
}

/// Kinds of remarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// How to read what stands above.
    Reading,
    /// Rows that were left out, and why.
    LeftOut,
    /// What is uncertain, or cannot be told from these data.
    Uncertain,
    /// What is missing, and how to get it.
    Missing,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// The act itself ("Call 212 customers who fell silent").
    pub act: String,
    /// For whom.
    pub whom: String,
    /// What speaks for it.
    pub evidence: String,
    /// Money with its interval, or why there is none.
    pub money: String,
    /// Lower end of that money, in the scope's currency: advice is ordered by it, most first.
    /// Unknown comes last.
    pub at_least: Option<f64>,
    /// The rule that chose it.
    pub rule: String,
}

impl Sheet {
    /// An empty sheet.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// Adds a block.
    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Starts a section, with one sentence on what it answers.
    pub fn section(&mut self, title: impl Into<String>, about: impl Into<String>) {
        self.push(Block::Section {
            title: title.into(),
            about: Some(about.into()).filter(|about| !about.is_empty()),
        });
    }

    /// Adds a remark.
    pub fn note(&mut self, kind: NoteKind, text: impl Into<String>) {
        self.push(Block::Note(Note {
            kind,
            text: text.into(),
        }));
    }

    /// All advice in it, in the order of its blocks.
    pub fn advice(&self) -> impl Iterator<Item = &Advice> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Advice(advice) => advice.as_slice(),
            _ => &[],
        })
    }
}

impl Figure {
    /// A figure of an estimate: the number, its interval or the reason for none, and how to read
    /// it.
    #[must_use]
    pub fn new(
        label: impl Into<String>,
        estimate: &Estimate,
        unit: &Unit,
        reading: impl Into<String>,
        words: &Words,
    ) -> Self {
        Self {
            label: label.into(),
            value: words.value(estimate, unit),
            interval: words.interval(estimate, unit),
            reading: reading.into(),
            tone: Tone::Plain,
            further: None,
        }
    }

    /// The same figure as good or bad news.
    #[must_use]
    pub fn with_tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The same figure, explained further by another question (a name of the catalogue).
    #[must_use]
    pub fn with_further(mut self, question: &str) -> Self {
        self.further = Some(question.into());
        self
    }
}

impl TableColumn {
    /// A column of words.
    #[must_use]
    pub fn text(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            numeric: false,
        }
    }

    /// A column of numbers.
    #[must_use]
    pub fn number(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            numeric: true,
        }
    }
}

impl Cell {
    /// Words.
    #[must_use]
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// A number in its unit.
    #[must_use]
    pub fn number(value: f64, unit: &Unit, words: &Words) -> Self {
        Self::Number {
            value,
            shown: words.in_unit(value, unit),
        }
    }

    /// Times between two steps: their median.
    pub(crate) fn median(waiting: &Waiting, words: &Words) -> Self {
        Self::estimate(&waiting.median_seconds, &Unit::Duration, words)
    }

    /// Times between two steps: from where to where the middle half of them goes.
    pub(crate) fn middle_half(waiting: &Waiting, words: &Words) -> Self {
        let (low, high) = (
            waiting.lower_quartile_seconds,
            waiting.upper_quartile_seconds,
        );
        let shown = |seconds| words.in_unit(seconds, &Unit::Duration).into();
        let ends = [("low", shown(low)), ("high", shown(high))];
        Self::Number {
            value: high - low,
            shown: words.tell("words-range", &ends),
        }
    }

    /// An estimate in its unit, with its interval where it has one.
    #[must_use]
    pub fn estimate(estimate: &Estimate, unit: &Unit, words: &Words) -> Self {
        Self::Number {
            value: estimate.value,
            shown: words.estimate(estimate, unit),
        }
    }
}

impl Axis {
    /// An axis with its name and unit.
    #[must_use]
    pub fn new(title: impl Into<String>, unit: Unit) -> Self {
        Self {
            title: title.into(),
            unit,
        }
    }
}

impl Point {
    /// A number at a label: a bar.
    #[must_use]
    pub fn bar(label: impl Into<String>, estimate: &Estimate) -> Self {
        Self {
            x: Coordinate::Label(label.into()),
            y: estimate.value,
            x_interval: None,
            y_interval: estimate.ends(),
            label: None,
        }
    }

    /// A number on a day (or in the month that begins with it).
    #[must_use]
    pub fn on(day: Date, estimate: &Estimate) -> Self {
        Self {
            x: Coordinate::Day(day),
            y: estimate.value,
            x_interval: None,
            y_interval: estimate.ends(),
            label: None,
        }
    }

    /// Two numbers, with words beside the point.
    #[must_use]
    pub fn at(x: &Estimate, y: &Estimate, label: impl Into<String>) -> Self {
        Self {
            x: Coordinate::Number(x.value),
            y: y.value,
            x_interval: x.ends(),
            y_interval: y.ends(),
            label: Some(label.into()),
        }
    }
}
