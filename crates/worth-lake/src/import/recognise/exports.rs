//! Exports that are known by their header, from `exports.toml` and, for survey tools,
//! `survey_tools.toml`, fitted to the files at hand.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::fold::fold;
use super::names::Header;
use super::pattern::captured;
use crate::import::mapping::{
    ColumnRule, FileSpec, Join, Missing, Repeats, Rule, TableMapping, TemplatePart, template_parts,
};

/// An export that is known by its header.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Export {
    /// What it is called: the mapping's `recognised`, and the name of the source.
    pub(crate) name: String,
    /// Its money, where the files do not say it.
    pub(crate) currency: Option<String>,
    #[serde(rename = "file")]
    pub(crate) files: Vec<ExportFile>,
    #[serde(rename = "table")]
    tables: Vec<ExportTable>,
    /// Rows that are rows of no table.
    pub(crate) left_out: Option<LeftOut>,
    /// What else is known of a survey tool's files.
    #[serde(default)]
    pub(crate) survey: SurveyLayout,
}

/// What is known of the columns of a survey tool.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SurveyLayout {
    /// Columns with the time that a question took.
    pub(crate) times: Vec<TimeColumn>,
    /// Columns that ask nothing; `*` stands for anything.
    pub(crate) aside: Vec<String>,
    /// What the names of the columns that ask begin with.
    pub(crate) asks: String,
    /// What stands between the question of a grid and its row.
    pub(crate) grid: Option<String>,
    /// Rows that are no answers of respondents.
    pub(crate) left_out: Option<LeftOut>,
    /// Names the respondent, where no question does.
    person: Option<String>,
}

/// Columns with the time that a question took.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimeColumn {
    /// Their names, `*` being the code of a question.
    pub(crate) column: String,
    pub(crate) of: TimedBy,
    #[serde(default)]
    pub(crate) unit: TimeUnit,
}

impl TimeColumn {
    /// The code of the question whose time a column is, if it is one. Codes have no spaces: a
    /// question may end in "Delivery Time".
    pub(crate) fn code_in<'a>(&self, column: &'a str) -> Option<&'a str> {
        captured(&self.column, column).filter(|code| !code.contains(char::is_whitespace))
    }
}

/// How it is known which question a time belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TimedBy {
    /// By its code.
    Code,
    /// The first time is that of the first question.
    Order,
    /// It is that of the questions around it.
    Page,
}

/// The unit of times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TimeUnit {
    #[default]
    Seconds,
    Milliseconds,
}

/// Rows that are left out: what a column says of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeftOut {
    pub(crate) column: String,
    pub(crate) values: Vec<String>,
}

/// What rows must be about.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct About {
    /// The column that says it.
    pub(crate) column: String,
    /// Our word for what is wanted, in the section `about` of `words.toml`.
    pub(crate) word: String,
}

/// A kind of file of an export.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportFile {
    pub(crate) name: String,
    /// Columns that must all be there.
    #[serde(default)]
    has: Vec<String>,
    /// Columns that must not be there.
    #[serde(default)]
    not: Vec<String>,
    /// Columns that are there, though empty, in formats that leave out what is empty.
    #[serde(default)]
    pub(crate) may_have: Vec<String>,
    /// For files without a header: what the columns hold, see [`FileSpec::shape`].
    #[serde(default)]
    pub(crate) shape: Vec<String>,
    #[serde(default)]
    fill_down: Vec<String>,
    #[serde(default)]
    once: Vec<String>,
    fill_within: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExportTable {
    table: String,
    from: String,
    #[serde(default, rename = "join")]
    joins: Vec<Join>,
    #[serde(default)]
    missing: Missing,
    #[serde(default)]
    key: Vec<String>,
    #[serde(default)]
    repeats: Repeats,
    #[serde(default)]
    without: Vec<String>,
    /// Condition on the rows that are rows of this table.
    only: Option<ColumnRule>,
    /// Where a column says what a row is about: what it must say for a row of this table.
    about: Option<About>,
    /// What says which of a person's rows is the last.
    latest: Option<ColumnRule>,
    columns: BTreeMap<String, Rules>,
}

/// One rule, or several of which the first that the files allow counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Rules {
    Several(Vec<ColumnRule>),
    One(Box<ColumnRule>),
}

/// An export with the columns that the files at hand really have.
#[derive(Debug, Clone)]
pub(crate) struct FittedExport {
    pub(crate) files: Vec<FileSpec>,
    pub(crate) tables: Vec<TableMapping>,
}

/// All exports that are known.
pub(crate) fn exports() -> &'static [Export] {
    static EXPORTS: LazyLock<Vec<Export>> =
        LazyLock::new(|| listed(include_str!("exports.toml")).expect("exports.toml is checked"));
    &EXPORTS
}

/// All survey tools that are known.
pub(crate) fn survey_tools() -> &'static [Export] {
    static TOOLS: LazyLock<Vec<Export>> = LazyLock::new(|| {
        listed(include_str!("survey_tools.toml")).expect("survey_tools.toml is checked")
    });
    &TOOLS
}

fn listed(toml: &str) -> Result<Vec<Export>, toml_edit::de::Error> {
    #[derive(Deserialize)]
    struct Exports {
        export: Vec<Export>,
    }
    toml_edit::de::from_str(toml).map(|read: Exports| read.export)
}

impl SurveyLayout {
    /// The column that names the respondent where no question does.
    pub(crate) fn person<'a>(&self, headers: &'a [Header]) -> Option<&'a str> {
        find(headers, self.person.as_deref()?)
    }
}

impl ExportFile {
    /// How many columns speak for this kind; none when it is not of this kind. A kind that is
    /// known by its shape is asked elsewhere.
    pub(crate) fn fits(&self, headers: &[Header]) -> Option<usize> {
        let there = |names: &String| find(headers, names).is_some();
        let fits =
            !self.has.is_empty() && self.has.iter().all(there) && !self.not.iter().any(there);
        fits.then_some(self.has.len())
    }
}

impl Export {
    /// What the rows of a table must be about, where its columns say different things.
    pub(crate) fn about(&self, table: &TableMapping) -> Option<&About> {
        let mut tables = self.tables.iter();
        let same = tables.find(|known| known.table == table.table && known.from == table.from);
        same?.about.as_ref()
    }

    /// Fits the export to the files at hand: kind of file → its columns. Kinds without a file,
    /// rules without a column and tables without a driving file are left out.
    pub(crate) fn fit(&self, files: &BTreeMap<String, Vec<Header>>) -> FittedExport {
        let specs = self
            .files
            .iter()
            .filter_map(|file| Some((file, files.get(&file.name)?)))
            .map(|(file, headers)| fit_file(file, headers))
            .collect();
        let tables = self
            .tables
            .iter()
            .filter_map(|table| fit_table(table, files))
            .collect();
        FittedExport {
            files: specs,
            tables,
        }
    }
}

fn fit_file(file: &ExportFile, headers: &[Header]) -> FileSpec {
    let there = |names: &Vec<String>| {
        names
            .iter()
            .filter_map(|names| find(headers, names))
            .map(str::to_owned)
            .collect()
    };
    FileSpec {
        name: file.name.clone(),
        columns: there(&file.has),
        shape: file.shape.clone(),
        fill_down: if file.fill_within.is_some() {
            there(&file.fill_down)
        } else {
            Vec::new()
        },
        once: there(&file.once),
        fill_within: file
            .fill_within
            .as_ref()
            .and_then(|names| find(headers, names))
            .map(str::to_owned),
        ..FileSpec::default()
    }
}

fn fit_table(table: &ExportTable, files: &BTreeMap<String, Vec<Header>>) -> Option<TableMapping> {
    files.get(&table.from)?;
    let joins = table
        .joins
        .iter()
        .filter(|join| files.contains_key(&join.file))
        .cloned()
        .collect();
    let headers = &files[&table.from];
    let without = table.without.iter();
    let without = without.filter_map(|names| find(headers, names).map(str::to_owned));
    let fitted = |rule: &Option<ColumnRule>| fit_rule(&rule.as_ref()?.0, &table.from, files);
    let mut columns = BTreeMap::new();
    for (target, rules) in &table.columns {
        let candidates = match rules {
            Rules::One(rule) => std::slice::from_ref(rule.as_ref()),
            Rules::Several(rules) => rules,
        };
        let fitted = candidates
            .iter()
            .find_map(|rule| fit_rule(&rule.0, &table.from, files));
        if let Some(rule) = fitted {
            columns.insert(target.clone(), ColumnRule(rule));
        }
    }
    Some(TableMapping {
        table: table.table.clone(),
        from: table.from.clone(),
        joins,
        missing: table.missing,
        key: table.key.clone(),
        repeats: table.repeats,
        latest: fitted(&table.latest).map(ColumnRule),
        only: fitted(&table.only).and_then(|rule| rule.sql),
        without: without.collect(),
        columns,
        ..TableMapping::default()
    })
}

/// The rule with the names the files have, if they have them all.
fn fit_rule(rule: &Rule, from: &str, files: &BTreeMap<String, Vec<Header>>) -> Option<Rule> {
    let resolve = |names: &str| resolve(names, from, files);
    let optional = |names: &Option<String>| match names {
        Some(names) => resolve(names).map(Some),
        None => Some(None),
    };
    let mut fitted = rule.clone();
    fitted.column = optional(&rule.column)?;
    fitted.times = optional(&rule.times)?;
    fitted.minus = optional(&rule.minus)?;
    fitted.hash = rule
        .hash
        .iter()
        .map(|name| resolve(name))
        .collect::<Option<_>>()?;
    fitted.text = match &rule.text {
        Some(text) => Some(fit_template(text, |name| {
            resolve(name).map(|name| format!("{{{name}}}"))
        })?),
        None => None,
    };
    fitted.sql = match &rule.sql {
        Some(sql) => Some(fit_template(sql, |name| {
            resolve(name).map(|name| format!("coalesce(\"{}\", '')", name.replace('"', "\"\"")))
        })?),
        None => None,
    };
    Some(fitted)
}

fn fit_template(text: &str, resolve: impl Fn(&str) -> Option<String>) -> Option<String> {
    template_parts(text)
        .into_iter()
        .map(|part| match part {
            TemplatePart::Literal(literal) => Some(literal.to_owned()),
            TemplatePart::Column(name) => resolve(name),
        })
        .collect()
}

/// The real name of "a | b", of "file.a", or of "#3" (the third column).
fn resolve(names: &str, from: &str, files: &BTreeMap<String, Vec<Header>>) -> Option<String> {
    if let Some((file, column)) = names.split_once('.')
        && let Some(headers) = files.get(file)
    {
        return find(headers, column).map(|name| format!("{file}.{name}"));
    }
    find(files.get(from)?, names).map(str::to_owned)
}

/// The column of one of these names ("a | b"), the earlier name first.
fn find<'a>(headers: &'a [Header], names: &str) -> Option<&'a str> {
    names.split('|').find_map(|name| {
        if let Some(place) = name.trim().strip_prefix('#') {
            let place: usize = place.parse().ok()?;
            return headers
                .get(place.checked_sub(1)?)
                .map(|header| header.name.as_str());
        }
        let folded = fold(name);
        let exact = headers.iter().find(|header| header.folded == folded);
        exact
            .or_else(|| headers.iter().find(|header| header.bare == folded))
            .map(|header| header.name.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Table;

    fn headers(names: &[&str]) -> Vec<Header> {
        names.iter().map(|name| Header::new(name)).collect()
    }

    #[test]
    fn the_list_names_tables_and_columns_that_exist() {
        for export in exports().iter().chain(survey_tools()) {
            for table in &export.tables {
                let target = Table::from_name(&table.table).expect("a table that exists");
                for column in table.columns.keys() {
                    assert!(target.column(column).is_some(), "{}: {column}", export.name);
                }
            }
        }
    }

    #[test]
    fn rules_take_the_names_the_file_has() {
        let kiotviet = exports()
            .iter()
            .find(|export| export.name == "kiotviet")
            .expect("known");
        let file = headers(&[
            "Mã hóa đơn",
            "Thời gian",
            "Mã hàng",
            "Số lượng",
            "Đơn giá",
            "Giảm giá",
        ]);
        assert_eq!(kiotviet.files[0].fits(&file), Some(4));
        let fitted = kiotviet.fit(&BTreeMap::from([("invoices".to_owned(), file)]));
        let lines = fitted
            .tables
            .iter()
            .find(|table| table.table == "order_lines")
            .expect("fitted");
        let amount = &lines.columns["amount"].0;
        assert_eq!(amount.column.as_deref(), Some("Đơn giá"));
        assert_eq!(amount.minus.as_deref(), Some("Giảm giá"));
        assert!(!lines.columns.contains_key("channel"));
    }
}
