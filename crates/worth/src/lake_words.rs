//! What went wrong in the lake, in the reader's language.
//!
//! The lake knows no languages: its errors say it in English, and have variants with fields.
//! Other languages have a sentence for each in `words/lake.vi.ftl`; a sentence of the form "what
//! was wrong; what would be right" becomes two lines.

use std::path::Path;

use worth_insight::words::{Language, Value, Words};
use worth_lake::Error;
use worth_lake::import::source::SourceError;

use crate::failure::Said;

/// What went wrong in the lake, and what to do.
pub(crate) fn error(error: &Error, words: &Words) -> Said {
    let said = parts(error).and_then(|(id, fields)| say(id, &fields, words));
    Said::split(&said.unwrap_or_else(|| error.to_string()))
}

/// The sentence in a language other than English, if there is one.
fn say(id: &str, fields: &[(&str, String)], words: &Words) -> Option<String> {
    if words.language() == Language::English || !words.has(id) {
        return None;
    }
    let variables: Vec<(&str, Value<'_>)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str().into()))
        .collect();
    Some(words.tell(id, &variables))
}

/// Id of a sentence, and its variables by name.
type Parts = (&'static str, Vec<(&'static str, String)>);

fn shown(path: &Path) -> (&'static str, String) {
    ("path", path.display().to_string())
}

fn parts(error: &Error) -> Option<Parts> {
    Some(match error {
        Error::NoLake { folder } => ("lake-no-lake", vec![shown(folder)]),
        Error::LakeExists { folder } => ("lake-exists", vec![shown(folder)]),
        Error::NoWorkspace { folder } => ("lake-no-workspace", vec![shown(folder)]),
        Error::WorkspaceExists { folder } => ("lake-workspace-exists", vec![shown(folder)]),
        Error::File { path, source } => (
            "lake-file",
            vec![shown(path), ("problem", source.to_string())],
        ),
        Error::Busy {
            path,
            waited_seconds,
        } => (
            "lake-busy",
            vec![shown(path), ("seconds", waited_seconds.to_string())],
        ),
        Error::NoSnapshot { id, oldest, newest } => (
            "lake-no-snapshot",
            vec![
                ("id", id.to_string()),
                ("oldest", oldest.to_string()),
                ("newest", newest.to_string()),
            ],
        ),
        Error::NoSnapshotAt { at, first } => (
            "lake-no-snapshot-at",
            vec![("at", at.to_string()), ("first", first.to_string())],
        ),
        Error::ReadOnly { statement } => ("lake-read-only", vec![("statement", statement.clone())]),
        Error::TimeZone { name } => ("lake-time-zone", vec![("name", name.clone())]),
        Error::TimeZoneFixed {
            path,
            timezone,
            imported,
        } => (
            "lake-time-zone-fixed",
            vec![
                shown(path),
                ("timezone", timezone.clone()),
                ("imported", imported.clone()),
            ],
        ),
        Error::TooManyRejects {
            path,
            table,
            rejected,
            read,
            max_rejected,
            seen,
        } => (
            "lake-too-many-rejects",
            vec![
                shown(path),
                ("table", table.clone()),
                ("rejected", rejected.to_string()),
                ("read", read.to_string()),
                ("share", max_rejected.to_string()),
                ("seen", seen.clone()),
            ],
        ),
        Error::Unrecognised { path, problem } => (
            "lake-unrecognised",
            vec![shown(path), ("problem", problem.clone())],
        ),
        Error::Catalog { path, problem } => (
            "lake-catalog",
            vec![shown(path), ("problem", problem.clone())],
        ),
        Error::Config { path, problem } => (
            "lake-config",
            vec![shown(path), ("problem", problem.clone())],
        ),
        Error::Mapping {
            source_name,
            column,
            problem,
        } => (
            "lake-mapping",
            vec![
                ("source", source_name.clone()),
                ("column", column.clone()),
                ("problem", problem.clone()),
            ],
        ),
        Error::Row {
            table,
            row,
            column,
            problem,
        } => (
            "lake-row",
            vec![
                ("table", table.clone()),
                ("row", row.to_string()),
                ("column", column.clone()),
                ("problem", problem.clone()),
            ],
        ),
        Error::Column {
            table,
            column,
            problem,
        } => (
            "lake-column",
            vec![
                ("table", table.clone()),
                ("column", column.clone()),
                ("problem", problem.clone()),
            ],
        ),
        Error::OpenQuestions { questions, first } => (
            "lake-open-questions",
            vec![
                ("questions", questions.to_string()),
                ("first", first.clone()),
            ],
        ),
        Error::Engine(source) => ("lake-engine", vec![("problem", source.to_string())]),
        Error::Source(source) => source_parts(source),
        // what the lake tells itself: nobody reads it
        _ => return None,
    })
}

fn source_parts(error: &SourceError) -> Parts {
    match error {
        SourceError::Missing { path } => ("source-missing", vec![shown(path)]),
        SourceError::Folder { path } => ("source-folder", vec![shown(path)]),
        SourceError::NotRegular { path } => ("source-not-regular", vec![shown(path)]),
        SourceError::Unreadable { path, source } => (
            "source-unreadable",
            vec![shown(path), ("problem", source.to_string())],
        ),
        SourceError::Empty { path } => ("source-empty", vec![shown(path)]),
        SourceError::NotATable { path, what, right } => (
            "source-not-a-table",
            vec![
                shown(path),
                ("what", (*what).to_owned()),
                ("right", (*right).to_owned()),
            ],
        ),
        SourceError::Encoding {
            path,
            line,
            what,
            encoding,
        } => (
            "source-encoding",
            vec![
                shown(path),
                ("line", line.to_string()),
                ("what", what.clone()),
                ("encoding", encoding.clone()),
            ],
        ),
        SourceError::Option {
            path,
            option,
            given,
            right,
        } => (
            "source-option",
            vec![
                shown(path),
                ("option", (*option).to_owned()),
                ("given", given.clone()),
                ("right", right.clone()),
            ],
        ),
        SourceError::RecordTooLong {
            path,
            line,
            limit_bytes,
            ..
        } => (
            "source-too-long",
            vec![
                shown(path),
                ("line", line.to_string()),
                ("limit", limit_bytes.to_string()),
            ],
        ),
        SourceError::OpenQuote { path, line } => (
            "source-open-quote",
            vec![shown(path), ("line", line.to_string())],
        ),
        SourceError::Password { path } => ("source-password", vec![shown(path)]),
        SourceError::Broken { path, detail, .. } => (
            "source-broken",
            vec![shown(path), ("problem", detail.clone())],
        ),
        SourceError::UnsupportedType { path, column, kind } => (
            "source-unsupported-type",
            vec![
                shown(path),
                ("column", column.clone()),
                ("kind", kind.clone()),
            ],
        ),
        SourceError::TooManyColumns { path, limit } => (
            "source-too-many-columns",
            vec![shown(path), ("limit", limit.to_string())],
        ),
        SourceError::Changed { path } => ("source-changed", vec![shown(path)]),
    }
}
