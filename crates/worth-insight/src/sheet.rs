//! What to show of an answer: a short list of blocks that every renderer understands.
//!
//! Nothing here knows about HTML or terminals. Texts are already in the reader's language and
//! numbers already written as people write them; charts and sortable cells keep the raw number too.

/// What to show of one answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Heading of the whole sheet.
    pub title: String,
    /// In reading order.
    pub blocks: Vec<Block>,
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
    /// The horizontal axis: name with unit.
    pub x_title: String,
    /// The vertical axis: name with unit.
    pub y_title: String,
    /// What is drawn, each with its own colour and name.
    pub series: Vec<Series>,
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
    /// Interval of `y`.
    pub interval: Option<(f64, f64)>,
    /// Words beside the point, also shown on hover.
    pub label: Option<String>,
}

/// A place on an axis.
#[derive(Debug, Clone, PartialEq)]
pub enum Coordinate {
    /// A number.
    Number(f64),
    /// A label or an ISO date.
    Label(String),
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
    /// The rule that chose it.
    pub rule: String,
}
