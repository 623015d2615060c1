//! Puts files into the lake: each set of files wholly or not at all.
//!
//! For every set: a transaction on the newest snapshot, every table's rows streamed into it,
//! rejects beside them, one commit. When another import committed meanwhile, the lake says so and
//! the set is done again on the new snapshot: no fact is added twice. Rows are in memory a few
//! batches at a time, whatever the size of the files.

mod later;
mod pipeline;
mod rejects;
mod table;

use std::path::PathBuf;

pub(crate) use pipeline::Pipeline;

use super::mapping::Mapping;
use super::propose::{FileSet, Proposal, SourceProposal};
use super::reason::Reason;
use super::report::{ImportReport, SourceReport, TableCount};
use crate::error::Error;
use crate::lake::{At, Lake};
use crate::progress::{Progress, Stage, Unit};
use crate::workspace::Workspace;
use table::{Outcome, TableImport};

/// How often a set is done again because others committed meanwhile, before that is an error.
const ATTEMPTS: usize = 50;

/// How an import is to be done.
#[derive(Debug, Clone, Copy)]
pub struct RunOptions {
    /// Do everything but write.
    pub dry_run: bool,
    /// When the import happens: `loaded_at` of its rows.
    pub now: jiff::Timestamp,
}

/// Imports what a proposal says, and keeps its mappings in `worth.toml`.
///
/// Errors: [`Error::OpenQuestions`] when something has to be asked first;
/// [`Error::TooManyRejects`] when a file's mapping is probably wrong, [`Error::Source`] when a
/// file cannot be read. The set of files that failed has left nothing in the lake; sets before
/// it are in.
pub async fn run(
    workspace: &mut Workspace,
    proposal: &Proposal,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<ImportReport, Error> {
    if let Some(first) = proposal.open_questions.first() {
        return Err(Error::OpenQuestions {
            questions: proposal.open_questions.len(),
            first: format!("{} (--set {}=…)", first.question, first.path),
        });
    }
    let lake = workspace.lake().await?;
    let mut report = ImportReport {
        dry_run: options.dry_run,
        ..ImportReport::default()
    };
    for source in &proposal.sources {
        let done = import_source(workspace, &lake, source, options, progress).await?;
        report.sources.push(done);
        if !source.known && !options.dry_run {
            workspace.set_mapping(source.mapping.clone())?;
            workspace.save()?;
        }
    }
    if !options.dry_run && report.brings_customers() {
        report.found_later = later::find_people(workspace, &lake).await?;
    }
    report.snapshot = lake.snapshot(At::Latest).await?.id();
    Ok(report)
}

async fn import_source(
    workspace: &Workspace,
    lake: &Lake,
    source: &SourceProposal,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<SourceReport, Error> {
    let mut report = SourceReport {
        source: source.mapping.name.clone(),
        notes: source.notes.clone(),
        ..SourceReport::default()
    };
    for set in &source.sets {
        let file = set.files.first().map_or("", |(_, file)| file.name());
        let rows = Some(set.rows).filter(|rows| *rows > 0);
        progress.begin(Stage::of("import", file), rows, Unit::Rows);
        let done = import_set(workspace, lake, &source.mapping, set, options, progress).await;
        progress.end();
        for outcome in done? {
            add(&mut report, outcome);
        }
        report
            .files
            .extend(set.files.iter().map(|(_, file)| file.name().to_owned()));
    }
    Ok(report)
}

/// Imports one set, again when the lake moved meanwhile.
async fn import_set(
    workspace: &Workspace,
    lake: &Lake,
    mapping: &Mapping,
    set: &FileSet,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Vec<Outcome>, Error> {
    let mut attempt = 1;
    loop {
        match import_once(workspace, lake, mapping, set, options, progress).await {
            Err(Error::Moved { .. }) if attempt < ATTEMPTS => attempt += 1,
            done => return done,
        }
    }
}

async fn import_once(
    workspace: &Workspace,
    lake: &Lake,
    mapping: &Mapping,
    set: &FileSet,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Vec<Outcome>, Error> {
    let mut transaction = lake.begin().await?;
    let mut outcomes = Vec::new();
    for table in &mapping.tables {
        if !set.files.iter().any(|(kind, _)| *kind == table.from) {
            continue;
        }
        let now = options.now.as_microsecond();
        let pipeline = Pipeline::new(mapping, table, set, workspace.business(), now)?;
        let import = TableImport {
            pipeline: &pipeline,
            mapping,
            progress,
        };
        let outcome = import.run(&mut transaction).await?;
        refuse_nonsense(workspace, set, &outcome)?;
        outcomes.push(outcome);
    }
    if options.dry_run {
        return Ok(outcomes);
    }
    let names: Vec<&str> = set.files.iter().map(|(_, file)| file.name()).collect();
    if outcomes.iter().any(|outcome| outcome.has_dates()) {
        workspace.fix_zone()?;
    }
    transaction
        .commit(&format!("import {}: {}", mapping.name, names.join(", ")))
        .await?;
    Ok(outcomes)
}

/// A file of which too much would be rejected is read with a wrong mapping.
fn refuse_nonsense(workspace: &Workspace, set: &FileSet, outcome: &Outcome) -> Result<(), Error> {
    let TableCount {
        read,
        rejected,
        table,
        ..
    } = &outcome.count;
    let max_rejected = workspace.business().max_rejected;
    if *rejected as f64 <= max_rejected * *read as f64 {
        return Ok(());
    }
    let driving = set.files.iter().find(|(kind, _)| *kind == outcome.from);
    Err(Error::TooManyRejects {
        path: driving.map_or_else(PathBuf::new, |(_, file)| file.path().to_owned()),
        table: table.clone(),
        rejected: *rejected,
        read: *read,
        max_rejected,
        seen: outcome.seen(),
    })
}

/// Adds what became of one set to its source's report.
fn add(report: &mut SourceReport, outcome: Outcome) {
    for (column, notes) in outcome.times() {
        let mut note = |code: &str, count: u64| {
            if count > 0 {
                let reason = Reason::new(code)
                    .with("column", column)
                    .with("count", count);
                report.notes.push(reason);
            }
        };
        note("dates-only", notes.dates);
        note("clock-change", notes.clock_changes);
    }
    report.notes.extend(outcome.notes.iter().cloned());
    if let Some(people) = &outcome.people {
        report.people.get_or_insert_default().add(people);
    }
    match report
        .tables
        .iter_mut()
        .find(|count| count.table == outcome.count.table)
    {
        Some(count) => count.add(&outcome.count),
        None => report.tables.push(outcome.count),
    }
}

#[cfg(test)]
mod tests;
