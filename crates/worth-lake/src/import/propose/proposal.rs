//! What a proposal is: mappings with what they make of the files, and what has to be asked.

use std::collections::BTreeMap;

use super::super::mapping::Mapping;
use super::super::reason::Reason;
use super::super::source::SourceFile;

/// What Worth would do with some files.
#[derive(Debug, Clone, Default)]
pub struct Proposal {
    /// Per source, in the order they should be imported.
    pub sources: Vec<SourceProposal>,
    /// What only a person knows. Nothing is imported while one is open.
    pub open_questions: Vec<OpenQuestion>,
}

impl Proposal {
    /// Whether nothing has to be asked.
    pub fn is_complete(&self) -> bool {
        self.open_questions.is_empty()
    }
}

/// What Worth would do with the files of one source.
#[derive(Debug, Clone, Default)]
pub struct SourceProposal {
    /// How they are read.
    pub mapping: Mapping,
    /// Whether `worth.toml` has this mapping already.
    pub known: bool,
    /// The files that are imported together, all or nothing.
    pub sets: Vec<FileSet>,
    /// Per table, the columns and the first rows as understood.
    pub tables: Vec<TablePreview>,
    /// What was decided and should be looked at.
    pub notes: Vec<Reason>,
}

/// Files that are imported together, all or nothing.
#[derive(Debug, Clone, Default)]
pub struct FileSet {
    /// Kind of file in the mapping, and the file.
    pub files: Vec<(String, SourceFile)>,
    /// Rows of all files, for progress.
    pub rows: u64,
}

/// What a table would get from a source.
#[derive(Debug, Clone, Default)]
pub struct TablePreview {
    /// Name of the table.
    pub table: String,
    /// Target column and where it comes from, in words of the mapping.
    pub columns: Vec<(String, String)>,
    /// The first rows as understood, in the order of `columns`.
    pub rows: Vec<Vec<String>>,
    /// Rows among the first that could not be understood, with their reasons.
    pub rejected: Vec<(u64, Vec<Reason>)>,
}

/// Something that only a person knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestion {
    /// Name of the source.
    pub source: String,
    /// The column it is about; empty when it is about the file.
    pub column: String,
    /// What is asked ("dates", "decimal", "table", "answered-at") with its fields.
    pub question: Reason,
    /// The possible answers, the likelier first. Empty when any text may be right.
    pub choices: Vec<Choice>,
    /// What to give to [`Answers::set`] together with the answer.
    pub path: String,
}

/// A possible answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What to give to [`Answers::set`].
    pub answer: String,
    /// What it would mean, with an example.
    pub meaning: String,
}

/// What a person has answered.
///
/// Paths are `source.column.what`, `source.column`, `source.what`, or `what` for all sources:
///
/// * `orders.ordered_at.dates` = `dmy`, `mdy`, `ymd`; `dates` for every column
/// * `orders.amount.decimal` = `comma`, `point`; `decimal` for every column
/// * `orders.table` = the table the file is for
/// * `orders.amount` = a source column, `value:…` or `sql:…`; `none` leaves it out
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    values: BTreeMap<String, String>,
}

impl Answers {
    /// Nothing answered yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers `path` (of an [`OpenQuestion`], or given by the user).
    pub fn set(&mut self, path: &str, answer: &str) {
        self.values.insert(path.to_owned(), answer.to_owned());
    }

    /// Order of day and month for every column: `dmy`, `mdy` or `ymd`.
    pub fn set_dates(&mut self, order: &str) {
        self.set("dates", order);
    }

    /// Decimal sign for every column: `comma` or `point`.
    pub fn set_decimal(&mut self, sign: &str) {
        self.set("decimal", sign);
    }

    /// The answer for a column's property, or for the property in general.
    pub(super) fn property(&self, source: &str, column: &str, what: &str) -> Option<&str> {
        self.get(&format!("{source}.{column}.{what}"))
            .or_else(|| self.get(&format!("{source}.{what}")))
            .or_else(|| self.get(what))
    }

    /// The answer for exactly this path.
    pub(super) fn get(&self, path: &str) -> Option<&str> {
        self.values.get(path).map(String::as_str)
    }

    /// Answers about single columns of a source: `(column, answer)`.
    pub(super) fn columns(&self, source: &str) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().filter_map(move |(path, answer)| {
            let column = path.strip_prefix(source)?.strip_prefix('.')?;
            (!column.contains('.')).then_some((column, answer.as_str()))
        })
    }
}
