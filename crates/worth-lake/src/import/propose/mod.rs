//! From files to a proposal: what they are, how they are read, what has to be asked.
//!
//! A mapping that `worth.toml` has comes first, then the known exports, then a survey with one
//! column per question, then the table whose columns the file has by name. Formats are decided
//! by all values of a column. Nothing is guessed: what the values leave open becomes an
//! [`OpenQuestion`], which answers close.

mod about;
mod definitions;
mod formats;
mod known;
mod looked;
mod preview;
mod proposal;
mod survey;
mod tables;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

pub use proposal::{
    Answers, Choice, FileSet, OpenQuestion, Proposal, SourceProposal, TablePreview,
};

use super::mapping::{ColumnRule, FileSpec, Mapping, Rule, TableMapping};
use super::reason::Reason;
use super::recognise::fold;
use crate::error::Error;
use crate::progress::Progress;
use crate::tables::Table;
use crate::workspace::Workspace;
use formats::{Files, Settling};
use looked::Looked;

/// Files that belong to one source, and what they are.
struct Group {
    mapping: Mapping,
    known: bool,
    /// Kind of file → its files.
    files: BTreeMap<String, Vec<Looked>>,
    notes: Vec<Reason>,
    questions: Vec<OpenQuestion>,
}

/// The part of `[value]` that says how brands are called.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Brands {
    brand: Option<String>,
    competitors: Vec<String>,
}

/// Looks at files and says what would be done with them.
///
/// Errors: [`Error::Source`] for a file that cannot be read, [`Error::Unrecognised`] for one
/// whose rows are no rows of any table, [`Error::Mapping`] for an answer that cannot be followed.
pub async fn propose(
    workspace: &Workspace,
    files: &[PathBuf],
    answers: &Answers,
    progress: &dyn Progress,
) -> Result<Proposal, Error> {
    let (definitions, files) = definitions::take_definitions(files)?;
    let mut looked = Vec::with_capacity(files.len());
    for path in files {
        let read = known::read_options(workspace.mappings(), path);
        looked.push(Looked::open(path, read, progress)?);
    }
    if known::any_by_shape(workspace.mappings()) {
        looked
            .iter_mut()
            .try_for_each(|file| file.read_through(progress))?;
    }
    let mut groups = known::take_known(workspace.mappings(), &mut looked);
    looked
        .iter_mut()
        .try_for_each(|file| file.read_through(progress))?;
    groups.extend(known::take_exports(&mut looked, workspace, answers));
    let brands: Brands = workspace.section("value")?;
    let mut names: Vec<String> = brands.brand.into_iter().collect();
    names.extend(brands.competitors);
    for mut file in looked {
        definitions
            .iter()
            .for_each(|definition| file.describe(definition));
        let group = single(file, workspace, &names, answers)?;
        put(&mut groups, group);
    }
    unique_names(&mut groups, workspace);
    let mut proposal = Proposal::default();
    for group in groups {
        let (source, questions) = settle(group, workspace, answers).await?;
        proposal.sources.push(source);
        proposal.open_questions.extend(questions);
    }
    proposal
        .sources
        .sort_by_key(|source| import_order(&source.mapping));
    Ok(proposal)
}

/// Customers first, then orders, so that respondents and authors find the customers they are.
fn import_order(mapping: &Mapping) -> usize {
    let order = |table: &TableMapping| {
        Table::ALL
            .iter()
            .position(|known| Some(*known) == table.target())
            .unwrap_or(usize::MAX)
    };
    mapping.tables.iter().map(order).min().unwrap_or(usize::MAX)
}

/// A file that is neither known nor a known export.
fn single(
    looked: Looked,
    workspace: &Workspace,
    brands: &[String],
    answers: &Answers,
) -> Result<Group, Error> {
    let name = source_name(&looked);
    let currency = &workspace.business().currency;
    let wanted = answers
        .get(&format!("{name}.table"))
        .or_else(|| answers.get("table"));
    let wanted = wanted.and_then(Table::from_name);
    let mut candidates = tables::candidates(&looked, currency);
    if let Some(table) = wanted {
        candidates.retain(|candidate| candidate.table == table);
    }
    let best = candidates.first();
    let is_whole = best.is_some_and(|best| best.missing.is_empty());
    let survey = survey::survey(&looked, brands);
    let long_survey = is_whole && best.is_some_and(|best| best.table == Table::SurveyAnswers);
    let may_be_survey = wanted.is_none_or(|table| table == Table::SurveyAnswers);
    let enough = if survey.tool.is_some() { 1 } else { 2 };
    let says_more = survey.scored >= enough
        && (survey.tool.is_some()
            || !is_whole
            || best.is_none_or(|best| (best.score as usize) < survey.scored * 2));
    if may_be_survey && !long_survey && (says_more || (wanted.is_some() && survey.scored > 0)) {
        return survey_group(&looked, &name, survey, answers);
    }
    let speaks_less = |best: &tables::Candidate| best.score < survey.known_columns as f64;
    if let Some(tool) = survey.tool
        && survey.known_columns > 1
        && wanted.is_none()
        && (!is_whole || best.is_none_or(speaks_less))
    {
        return Err(not_understood(&looked, tool));
    }
    let Some(best) = candidates.into_iter().next().filter(|best| {
        let answered = |column: &&str| answers.get(&format!("{name}.{column}")).is_some();
        best.missing.iter().all(answered)
    }) else {
        return Err(unrecognised(
            &looked,
            &tables::candidates(&looked, currency),
        ));
    };
    let mut questions = Vec::new();
    if wanted.is_none() {
        questions.extend(rival(&looked, &name, &best, currency));
    }
    let main = TableMapping {
        table: best.table.name().to_owned(),
        from: name.clone(),
        people: tables::contacts(best.table, &looked),
        columns: best.columns,
        ..TableMapping::default()
    };
    let mut tables = vec![main];
    if best.table == Table::OrderLines {
        let people = tables::people_of_orders(&looked, &tables[0]);
        if let Some(people) = people {
            tables.insert(0, people);
        }
    }
    let mapping = Mapping {
        name: name.clone(),
        recognised: best.table.name().to_owned(),
        files: vec![tables::file_spec(&name, &looked, &tables)],
        tables,
    };
    let files = BTreeMap::from([(name, vec![looked])]);
    Ok(Group {
        mapping,
        known: false,
        files,
        notes: best.notes,
        questions,
    })
}

fn survey_group(
    looked: &Looked,
    name: &str,
    survey: survey::Survey,
    answers: &Answers,
) -> Result<Group, Error> {
    if !survey.has_time && answers.get(&format!("{name}.answered_at")).is_none() {
        return Err(Error::Unrecognised {
            path: looked.file.path().to_owned(),
            problem: format!(
                "a survey, but no column says when it was answered (\"Timestamp\", \"Dấu thời \
                 gian\", \"Ngày trả lời\"); add one, or give the day of all answers with \
                 --set {name}.answered_at=value:2025-10-25"
            ),
        });
    }
    let mut table = survey.mapping;
    table.from = name.to_owned();
    table
        .columns
        .entry("survey".to_owned())
        .or_insert_with(|| ColumnRule::value(name));
    let mut spec = tables::file_spec(name, looked, std::slice::from_ref(&table));
    // a form that gets another question stays the same form
    spec.columns.retain(|column| {
        let is_item = table.items.iter().any(|item| item.column == *column);
        let by_id = table
            .columns
            .values()
            .any(|rule| rule.0.column.as_ref() == Some(column));
        is_item || by_id
    });
    // nobody may have added a row to a panel; where nothing else is asked, somebody has
    let asked_once = table.items.iter().filter(|item| !item.is_in_panel());
    let mut asked: Vec<String> = asked_once.map(|item| item.column.clone()).collect();
    if asked.is_empty() {
        let first_row = table
            .items
            .iter()
            .map(|item| item.column.replacen('*', "1", 1));
        asked.extend(first_row);
    }
    asked.retain(|column| !spec.columns.contains(column));
    spec.columns.extend(asked);
    let mapping = Mapping {
        name: name.to_owned(),
        recognised: survey.tool.unwrap_or("survey").to_owned(),
        files: vec![spec],
        tables: vec![table],
    };
    let files = BTreeMap::from([(name.to_owned(), vec![looked.clone()])]);
    Ok(Group {
        mapping,
        known: false,
        files,
        notes: survey.notes,
        questions: Vec::new(),
    })
}

/// Another table that as much speaks for.
fn rival(
    looked: &Looked,
    name: &str,
    best: &tables::Candidate,
    currency: &str,
) -> Option<OpenQuestion> {
    let candidates = tables::candidates(looked, currency);
    let rival = candidates.iter().find(|other| {
        other.table != best.table && other.missing.is_empty() && other.score >= best.score
    })?;
    let choice = |candidate: &tables::Candidate| Choice {
        answer: candidate.table.name().to_owned(),
        meaning: candidate.table.about().to_owned(),
    };
    Some(OpenQuestion {
        source: name.to_owned(),
        column: String::new(),
        question: Reason::new("table").with("file", looked.file.name()),
        choices: vec![choice(best), choice(rival)],
        path: format!("{name}.table"),
    })
}

/// A survey tool's export in which no question is understood.
fn not_understood(looked: &Looked, tool: &str) -> Error {
    Error::Unrecognised {
        path: looked.file.path().to_owned(),
        problem: format!(
            "answers from {tool}, but no question with a scale is understood; export them again \
             with the full text of the questions as headings, or give the survey's definition \
             (JSON) together with them"
        ),
    }
}

fn unrecognised(looked: &Looked, candidates: &[tables::Candidate]) -> Error {
    let columns: Vec<&str> = looked
        .headers
        .iter()
        .map(|header| header.name.as_str())
        .collect();
    let nearest = candidates.iter().max_by(|one, other| {
        let share =
            |candidate: &tables::Candidate| candidate.score - 2.0 * candidate.missing.len() as f64;
        share(one).total_cmp(&share(other))
    });
    let hint = nearest.map_or(String::new(), |nearest| {
        format!(
            "; nearest is {} ({}), which lacks {}: name the columns with --set {}.{}=\"…\"",
            nearest.table,
            nearest.table.about(),
            nearest.missing.join(", "),
            source_name(looked),
            nearest.missing.first().copied().unwrap_or("column"),
        )
    });
    Error::Unrecognised {
        path: looked.file.path().to_owned(),
        problem: format!(
            "no table is known whose rows these are; the columns are \"{}\"{hint}",
            columns.join("\", \"")
        ),
    }
}

/// What the source is called: words of the file's name without numbers, so that next month's
/// file has the same.
fn source_name(looked: &Looked) -> String {
    let folded = fold(looked.stem());
    let words: Vec<&str> = folded
        .split(' ')
        .filter(|word| !word.is_empty() && !word.bytes().any(|byte| byte.is_ascii_digit()))
        .collect();
    if words.is_empty() {
        "source".to_owned()
    } else {
        words.join("_")
    }
}

/// Adds a group, to one that is mapped alike where there is one (last month's file).
fn put(groups: &mut Vec<Group>, group: Group) {
    let alike = groups.iter_mut().find(|other| {
        other.mapping.name == group.mapping.name && same_columns(&other.mapping, &group.mapping)
    });
    match alike {
        None => groups.push(group),
        Some(other) => {
            for (kind, files) in group.files {
                other.files.entry(kind).or_default().extend(files);
            }
        }
    }
}

fn same_columns(one: &Mapping, other: &Mapping) -> bool {
    let columns = |mapping: &Mapping| -> Vec<Vec<String>> {
        mapping
            .files
            .iter()
            .map(|file| file.columns.clone())
            .collect()
    };
    columns(one) == columns(other)
}

/// Two sources of one name get a number behind it.
fn unique_names(groups: &mut [Group], workspace: &Workspace) {
    let mut taken: Vec<String> = workspace
        .mappings()
        .iter()
        .map(|mapping| mapping.name.clone())
        .collect();
    for group in groups.iter_mut().filter(|group| !group.known) {
        let plain = group.mapping.name.clone();
        let mut number = 2;
        while taken.contains(&group.mapping.name) {
            group.mapping.name = format!("{plain}_{number}");
            number += 1;
        }
        taken.push(group.mapping.name.clone());
    }
}

/// Decides the formats, follows the answers, shows the first rows.
async fn settle(
    group: Group,
    workspace: &Workspace,
    answers: &Answers,
) -> Result<(SourceProposal, Vec<OpenQuestion>), Error> {
    let Group {
        mut mapping,
        known,
        files,
        mut notes,
        mut questions,
    } = group;
    let by_kind: Files<'_> = files
        .iter()
        .map(|(kind, files)| (kind.clone(), files.iter().collect()))
        .collect();
    follow(&mut mapping, answers)?;
    if !known {
        for table in &mut mapping.tables {
            let mut settling = Settling {
                source: &mapping.name,
                files: &by_kind,
                answers,
                questions: &mut questions,
                notes: &mut notes,
            };
            settling.settle(table);
        }
    }
    notes.sort();
    notes.dedup();
    if !known {
        note_what_may_be_absent(&mut mapping, &files);
    }
    let sets = sets(&mapping, &files);
    let mut tables = Vec::new();
    if questions.is_empty() {
        for table in &mapping.tables {
            tables.push(preview::preview(&mapping, table, sets.first(), workspace).await?);
        }
    }
    Ok((
        SourceProposal {
            mapping,
            known,
            sets,
            tables,
            notes,
        },
        questions,
    ))
}

/// Puts the answers about single columns into the mapping.
fn follow(mapping: &mut Mapping, answers: &Answers) -> Result<(), Error> {
    let name = mapping.name.clone();
    for (column, answer) in answers.columns(&name) {
        if column == "table" {
            continue;
        }
        let mut followed = false;
        for table in &mut mapping.tables {
            if table
                .target()
                .is_none_or(|target| target.column(column).is_none())
            {
                continue;
            }
            followed = true;
            let rule = if answer == "none" {
                table.columns.remove(column);
                continue;
            } else if let Some(value) = answer.strip_prefix("value:") {
                ColumnRule::value(value)
            } else if let Some(sql) = answer.strip_prefix("sql:") {
                ColumnRule::sql(sql)
            } else if let Some(text) = answer.strip_prefix("text:") {
                ColumnRule(Rule {
                    text: Some(text.to_owned()),
                    ..Rule::default()
                })
            } else {
                ColumnRule::column(answer)
            };
            table.columns.insert(column.to_owned(), rule);
        }
        if !followed && !matches!(column, "dates" | "decimal" | "customer") {
            return Err(Error::Mapping {
                source_name: name.clone(),
                column: column.to_owned(),
                problem: "no table of this source has such a column".to_owned(),
            });
        }
    }
    Ok(())
}

/// Which files are imported together: all of them where tables join them, else each for itself.
fn sets(mapping: &Mapping, files: &BTreeMap<String, Vec<Looked>>) -> Vec<FileSet> {
    let each = files.iter().flat_map(|(kind, files)| {
        let may_have = mapping.file(kind).map_or(&[][..], |spec| &spec.may_have);
        files.iter().map(move |looked| FileSet {
            files: vec![(kind.clone(), looked.file.with_columns(may_have))],
            rows: looked.profile.rows,
        })
    });
    if mapping.tables.iter().all(|table| table.joins.is_empty()) {
        return each.collect();
    }
    let mut together = FileSet::default();
    for set in each {
        together.files.extend(set.files);
        together.rows += set.rows;
    }
    vec![together]
}

/// Notes which columns of a kind of file another file of it need not have.
fn note_what_may_be_absent(mapping: &mut Mapping, files: &BTreeMap<String, Vec<Looked>>) {
    for spec in &mut mapping.files {
        let files = files.get(&spec.name).into_iter().flatten();
        let leaving_out = files.filter(|looked| looked.file.leaves_out_empty());
        let headers = leaving_out.flat_map(|looked| &looked.headers);
        for name in headers.map(|header| &header.name) {
            let mut tables = mapping
                .tables
                .iter()
                .filter(|table| table.from == spec.name);
            let is_read = tables.any(|table| table.reads(name));
            if is_read && !spec.columns.contains(name) && !spec.may_have.contains(name) {
                spec.may_have.push(name.clone());
            }
        }
    }
}

/// A kind of file with one file's columns and options.
fn describes(spec: &FileSpec, looked: &Looked) -> bool {
    spec.columns
        .iter()
        .all(|column| looked.headers.iter().any(|header| header.name == *column))
}
