//! What a mapping is: how the files of one source become rows of the tables.
//!
//! A mapping is data. It is proposed once ([`propose`](super::propose)), shown, kept in
//! `worth.toml` where people read and change it, and executed by [`run`](super::run). Everything
//! that was decided about a file stands in it: which columns, which decimal sign, which order of
//! day and month, what "Hoàn thành" means. `docs/import.md` describes it with examples.

mod rule;
mod toml;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use rule::{ColumnRule, Rule};
pub(crate) use rule::{TemplatePart, number_example, template_parts};
pub use toml::{mapping_from_toml, mapping_to_toml};

use super::source::ReadOptions;
use super::value::NumberFormat;
use crate::tables::Table;

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// How the files of one source (a shop, a till, a survey) become rows of tables.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Name of the source: the `source` of every row it feeds. Never a file name, because the
    /// same source sends many files.
    pub name: String,
    /// What the files were recognised as ("kiotviet", "google forms"), for people to read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub recognised: String,
    /// The kinds of files that the source sends.
    #[serde(default, rename = "file")]
    pub files: Vec<FileSpec>,
    /// The tables that are filled from them.
    #[serde(default, rename = "table")]
    pub tables: Vec<TableMapping>,
}

/// One kind of file of a source: how to know it and how to read it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSpec {
    /// What the tables of this mapping call it.
    pub name: String,
    /// Columns a file must have to be of this kind; the header decides, not the file's name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Columns that count as empty where a file does not have them: JSON and event logs leave out
    /// what is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub may_have: Vec<String>,
    /// File name with `*` for any run of characters; when given it must fit as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// How it is read, where the file itself does not tell: sheet, delimiter, encoding, header.
    #[serde(default, skip_serializing_if = "is_default")]
    pub read: ReadOptions,
    /// What its columns hold, for files without a header: `code`, `day`, `count`, `money`,
    /// `text`, one each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shape: Vec<String>,
    /// Columns whose blank cells mean "as in the row above" (exports that write what belongs to
    /// the order on its first line only).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fill_down: Vec<String>,
    /// Columns whose value counts on the first row of a run only (shipping of the whole order,
    /// repeated on each of its lines).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub once: Vec<String>,
    /// What makes a run of rows: this column keeps its value (the order's number) or is blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill_within: Option<String>,
}

/// How one table is filled from the files of a source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableMapping {
    /// Name of the table.
    pub table: String,
    /// The driving file: each of its rows gives at least one target row or one reject.
    pub from: String,
    /// Further files that are joined to the driving one.
    #[serde(default, rename = "join", skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<Join>,
    /// What becomes of a driving row that finds no partner in a join of kind `each`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub missing: Missing,
    /// Columns that identify a row, where they are not the table's own key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key: Vec<String>,
    /// What becomes of several rows of one key in one file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub repeats: Repeats,
    /// For `repeats = "last"`: the time that says which row is the last; without it the order of
    /// rows does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<ColumnRule>,
    /// Columns with a telephone number or an e-mail address of the person, by which a customer is
    /// looked for where there is no known id.
    #[serde(default, skip_serializing_if = "is_default")]
    pub people: People,
    /// Customer ids that stand for nobody: a guest, "Khách lẻ". They become empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anonymous: Vec<String>,
    /// Columns that are kept nowhere, not even in `attributes`: personal data that the lake has
    /// where it belongs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// SQL condition on the source's columns (text); rows that do not fulfil it are no rows of
    /// this table. Counted as skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<String>,
    /// Target column → where its value comes from.
    #[serde(default)]
    pub columns: BTreeMap<String, ColumnRule>,
    /// For a survey with one column per question: which column asks what.
    #[serde(default, rename = "item", skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// Words of the answers and the score they stand for, for all items that name no words of
    /// their own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub scores: BTreeMap<String, f64>,
}

/// Columns by which a person can be found among the customers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Column with a telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Column with an e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A further file of a source and how its rows find their driving row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// Name of the joined file.
    pub file: String,
    /// Column known so far (`column`, or `file.column`) → column of the joined file.
    pub on: BTreeMap<String, String>,
    /// How many partners count.
    #[serde(default)]
    pub rows: Partners,
}

/// How many rows of a joined file a driving row takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Partners {
    /// At most one (the first); a row without partner keeps empty columns.
    #[default]
    First,
    /// Every one, each giving a target row; a row without partner is treated as
    /// [`TableMapping::missing`] says.
    Each,
}

/// What becomes of a driving row without a partner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// It is rejected with that reason.
    #[default]
    Reject,
    /// It gives one row whose amount (and quantity) is zero.
    Zero,
}

/// What becomes of several rows of one key in one file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeats {
    /// Equal ones count once, different ones are rejected.
    #[default]
    Reject,
    /// The last one says what is known now: for people who appear on every line of an order.
    Last,
}

/// One question of a survey that has a column of its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The source column that holds the answers. `cafes.*.price` stands for a column of each row that
    /// respondents added to the panel `cafes`, as many as there are.
    pub column: String,
    /// What was asked: the `question` of the answers. The same for every brand it was asked of.
    pub question: String,
    /// What it measures: benefit, cost, importance, overall, worth, satisfaction, recommend …
    pub measure: String,
    /// The dimension of value it belongs to, for benefits, costs and importance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<String>,
    /// The brand it is about; the business's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// Least and most of the scale. `[5, 1]` is a reversed item: much of it is little of what the
    /// measure means ("reasonable price" under the cost `price`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<[f64; 2]>,
    /// For answers that are amounts of money: how they are written.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "rule::number_text"
    )]
    pub number: Option<NumberFormat>,
    /// Words of this item's answers and their scores, when they differ from the survey's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub scores: BTreeMap<String, f64>,
    /// Where the time that respondents took for it stands. A time that several items name (that
    /// of a page) is shared equally by those of them that were answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<ItemTime>,
    /// For a panel: what tells its rows apart. Without it their place does ("Price (2)").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<ItemRow>,
}

/// What tells the rows of a panel apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemRow {
    /// The source column that says what a row is about: `cafes.*.cafe`.
    pub column: String,
    /// What that is, one of [`ItemRow::NAMED`]. All but a brand are told in the question as well
    /// ("Price [Nguyễn Huệ]"), because response, question and brand identify an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<String>,
    /// Codes of the source and what they stand for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, String>,
}

impl ItemRow {
    /// The columns of an answer that a row of a panel may be about.
    pub const NAMED: [&str; 5] = ["brand", "stage", "touchpoint", "product_id", "category"];
}

/// The source column with the time that respondents took, and its unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemTime {
    /// In seconds.
    Seconds(String),
    /// In thousandths of a second.
    Milliseconds(String),
}

/// Stands for the number of a row in the columns of a panel.
pub(crate) const ANY_ROW: &str = ".*.";

impl Item {
    /// Whether respondents answer it in each row that they add to a panel.
    pub(crate) fn is_in_panel(&self) -> bool {
        self.column.contains(ANY_ROW)
    }
}

impl ItemTime {
    /// The source column.
    pub fn column(&self) -> &str {
        match self {
            Self::Seconds(column) | Self::Milliseconds(column) => column,
        }
    }

    /// How many of its units a second has.
    pub(crate) fn units_per_second(&self) -> i128 {
        match self {
            Self::Seconds(_) => 1,
            Self::Milliseconds(_) => 1_000,
        }
    }
}

impl Mapping {
    /// The kind of file called `name`.
    pub fn file(&self, name: &str) -> Option<&FileSpec> {
        self.files.iter().find(|file| file.name == name)
    }
}

impl TableMapping {
    /// The table, if there is one of that name.
    pub fn target(&self) -> Option<Table> {
        Table::from_name(&self.table)
    }

    /// Whether a rule of it reads this column of its driving file.
    pub(crate) fn reads(&self, column: &str) -> bool {
        let quoted = format!("\"{}\"", column.replace('"', "\"\""));
        let in_sql = |sql: &Option<String>| sql.as_ref().is_some_and(|sql| sql.contains(&quoted));
        let mut rules = self.columns.values().chain(&self.latest);
        let by_rule =
            rules.any(|rule| rule.0.source_columns().contains(&column) || in_sql(&rule.0.sql));
        let contacts = [&self.people.phone, &self.people.email];
        let by_contact = contacts.into_iter().flatten().any(|name| name == column);
        let of_item = |item: &Item| {
            let time = item.time.as_ref().map(ItemTime::column);
            item.column == column || time == Some(column)
        };
        by_rule || by_contact || in_sql(&self.only) || self.items.iter().any(of_item)
    }

    /// Names of all files it reads, the driving one first.
    pub fn file_names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.from.as_str()).chain(self.joins.iter().map(|join| join.file.as_str()))
    }
}
