//! Exports that are known by their header, from `exports.toml`, fitted to the files at hand.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::fold::fold;
use super::names::Header;
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
    #[derive(Deserialize)]
    struct Exports {
        export: Vec<Export>,
    }
    static EXPORTS: LazyLock<Vec<Export>> = LazyLock::new(|| {
        let read: Exports =
            toml_edit::de::from_str(include_str!("exports.toml")).expect("exports.toml is checked");
        read.export
    });
    &EXPORTS
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
        for export in exports() {
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
