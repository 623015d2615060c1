//! Files that are known: by a mapping in `worth.toml`, or as a known export.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::mapping::{ColumnRule, FileSpec, Mapping, TableMapping};
use super::super::reason::Reason;
use super::super::recognise::{Export, Header, exports, fits_pattern};
use super::super::source::ReadOptions;
use super::looked::Looked;
use super::{Answers, Group, about, describes, tables};
use crate::tables::Table;
use crate::workspace::Workspace;

/// How a file is read that a mapping knows by its name.
pub(super) fn read_options(mappings: &[Mapping], path: &Path) -> ReadOptions {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    mappings
        .iter()
        .flat_map(|mapping| &mapping.files)
        .find(|file| {
            file.pattern
                .as_ref()
                .is_some_and(|pattern| fits_pattern(pattern, &name))
        })
        .map(|file| file.read.clone())
        .unwrap_or_default()
}

/// Whether a mapping knows files by what their columns hold.
pub(super) fn any_by_shape(mappings: &[Mapping]) -> bool {
    mappings
        .iter()
        .flat_map(|mapping| &mapping.files)
        .any(|file| !file.shape.is_empty())
}

/// Takes the files that a mapping of `worth.toml` knows.
pub(super) fn take_known(mappings: &[Mapping], looked: &mut Vec<Looked>) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for file in std::mem::take(looked) {
        let fitting = mappings.iter().flat_map(|mapping| {
            mapping
                .files
                .iter()
                .filter(|spec| fits(spec, &file))
                .map(move |spec| (mapping, spec))
        });
        match fitting.max_by_key(|(_, spec)| spec.columns.len()) {
            None => looked.push(file),
            Some((mapping, spec)) => {
                let group = groups.entry(mapping.name.clone()).or_insert_with(|| Group {
                    mapping: mapping.clone(),
                    known: true,
                    files: BTreeMap::new(),
                    notes: Vec::new(),
                    questions: Vec::new(),
                });
                group.files.entry(spec.name.clone()).or_default().push(file);
            }
        }
    }
    groups.into_values().map(only_what_is_there).collect()
}

fn fits(spec: &FileSpec, looked: &Looked) -> bool {
    if let Some(pattern) = &spec.pattern
        && !fits_pattern(pattern, looked.file.name())
    {
        return false;
    }
    if !spec.shape.is_empty() {
        return has_shape(&spec.shape, looked);
    }
    (!spec.columns.is_empty() || spec.pattern.is_some()) && describes(spec, looked)
}

/// A mapping without the tables and joins whose files were not given this time. What is kept in
/// `worth.toml` stays whole, because a known mapping is not written again.
fn only_what_is_there(mut group: Group) -> Group {
    group
        .mapping
        .tables
        .retain(|table| group.files.contains_key(&table.from));
    for table in &mut group.mapping.tables {
        table
            .joins
            .retain(|join| group.files.contains_key(&join.file));
        let joined: Vec<String> = table
            .joins
            .iter()
            .map(|join| format!("{}.", join.file))
            .collect();
        table.columns.retain(|_, rule| {
            rule.0.source_columns().iter().all(|name| {
                let of_file = |file: &FileSpec| name.starts_with(&format!("{}.", file.name));
                !group.mapping.files.iter().any(of_file)
                    || joined.iter().any(|prefix| name.starts_with(prefix))
            })
        });
    }
    group
}

/// Takes the files that are known exports.
pub(super) fn take_exports(
    looked: &mut Vec<Looked>,
    workspace: &Workspace,
    answers: &Answers,
) -> Vec<Group> {
    let mut groups: BTreeMap<&str, (&Export, BTreeMap<String, Vec<Looked>>)> = BTreeMap::new();
    for file in std::mem::take(looked) {
        let kinds = exports()
            .iter()
            .flat_map(|export| export.files.iter().map(move |kind| (export, kind)));
        let fitting = kinds.filter_map(|(export, kind)| {
            let by_header = kind.fits(&file.headers);
            let by_shape = (!kind.shape.is_empty() && has_shape(&kind.shape, &file))
                .then_some(kind.shape.len());
            Some((by_header.or(by_shape)?, export, kind))
        });
        match fitting.max_by_key(|(columns, _, _)| *columns) {
            None => looked.push(file),
            Some((_, export, kind)) => {
                let (_, files) = groups
                    .entry(&export.name)
                    .or_insert_with(|| (export, BTreeMap::new()));
                let file = file.with_columns(&kind.may_have);
                files.entry(kind.name.clone()).or_default().push(file);
            }
        }
    }
    groups
        .into_values()
        .map(|(export, files)| export_group(export, files, workspace, answers))
        .collect()
}

fn export_group(
    export: &Export,
    files: BTreeMap<String, Vec<Looked>>,
    workspace: &Workspace,
    answers: &Answers,
) -> Group {
    let headers: BTreeMap<String, Vec<Header>> = files
        .iter()
        .map(|(kind, files)| (kind.clone(), files[0].headers.clone()))
        .collect();
    let fitted = export.fit(&headers);
    let name = export.name.replace(' ', "_");
    let mut notes = Vec::new();
    let mut questions = Vec::new();
    let mut tables: Vec<TableMapping> = fitted.tables;
    let currency = export
        .currency
        .as_deref()
        .unwrap_or(&workspace.business().currency);
    for table in &mut tables {
        let Some(target) = table.target() else {
            continue;
        };
        let driving = &files[&table.from][0];
        if let Some(currency) = &export.currency
            && target == Table::OrderLines
        {
            table
                .columns
                .entry("currency".to_owned())
                .or_insert_with(|| ColumnRule::value(currency));
        }
        tables::currency(target, driving, currency, &mut table.columns, &mut notes);
        if let Some(about) = export.about(table) {
            table.only =
                about::condition(about, driving, &name, answers, &mut notes, &mut questions);
        }
        if let Some(left_out) = &export.left_out {
            about::note_left_out(left_out, driving, &mut notes);
        }
    }
    let times: BTreeMap<String, ColumnRule> = tables
        .iter()
        .filter(|table| table.table == Table::OrderLines.name())
        .filter_map(|table| Some((table.from.clone(), table.columns.get("ordered_at")?.clone())))
        .collect();
    for table in &mut tables {
        if table.table == Table::Customers.name() && table.latest.is_none() {
            table.latest = times.get(&table.from).cloned();
        }
    }
    // people of whom nothing but the id is known need no table
    tables.retain(|table| table.table != Table::Customers.name() || table.columns.len() > 1);
    tables.retain(|table| {
        table.target().is_some_and(|target| {
            let id = target.column(target.key()[0]);
            let needs_id = id.is_some_and(|column| column.required);
            !needs_id || table.columns.contains_key(target.key()[0])
        })
    });
    let used: Vec<&str> = tables.iter().flat_map(TableMapping::file_names).collect();
    for (kind, files) in &files {
        if !used.contains(&kind.as_str()) {
            for file in files {
                notes.push(Reason::new("file-unused").with("file", file.file.name()));
            }
        }
    }
    let mut specs = fitted.files;
    for spec in &mut specs {
        let looked = &files[&spec.name][0];
        spec.read = looked.read.clone();
    }
    let mapping = Mapping {
        name,
        recognised: export.name.clone(),
        files: specs,
        tables,
    };
    Group {
        mapping,
        known: false,
        files,
        notes,
        questions,
    }
}

/// Whether a file without a header has columns that hold what they should.
fn has_shape(shape: &[String], looked: &Looked) -> bool {
    let columns = &looked.profile.columns;
    let headerless = looked
        .headers
        .iter()
        .enumerate()
        .all(|(place, header)| header.name == format!("column_{}", place + 1));
    headerless
        && columns.len() == shape.len()
        && columns
            .iter()
            .zip(shape)
            .all(|(column, holds)| match holds.as_str() {
                "code" => column.numbers * 10 >= column.filled * 9,
                "day" => column.times * 10 >= column.filled * 9,
                "count" | "money" => column.numbers * 10 >= column.filled * 9 && column.filled > 0,
                _ => true,
            })
}
