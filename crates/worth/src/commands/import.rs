//! `worth import`: shows how files are understood, asks what only a person knows, imports.

mod shown;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use inquire::{Confirm, Select, Text};
use jiff::Timestamp;
use worth_insight::words::Words;
use worth_lake::import::propose::{Answers, OpenQuestion, Proposal, propose};
use worth_lake::import::report::ImportReport;
use worth_lake::import::run::{self, RunOptions};
use worth_lake::workspace::Workspace;

use crate::cli::{Import, Understanding};
use crate::door::Door;
use crate::failure::Failure;
use crate::output;

/// How often a person may be asked before something is wrong with the questions.
const MOST_ROUNDS: usize = 50;

/// How far an import goes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A person says yes to a mapping that is new.
    Confirm,
    /// To the end, unless only a person can know something.
    Import,
    /// The same, and what became of the rows is told in short.
    Brief,
    /// Everything but writing.
    DryRun,
}

/// Imports the files and says what became of their rows.
pub(crate) async fn run(door: &Door, asked: Import) -> Result<()> {
    let mut workspace = door.workspace()?;
    let mode = if asked.dry_run {
        Mode::DryRun
    } else if !asked.understanding.yes && output::can_ask() {
        Mode::Confirm
    } else {
        Mode::Import
    };
    let report = import_files(
        door,
        &mut workspace,
        &asked.files,
        &asked.understanding,
        mode,
    )
    .await?;
    if asked.json {
        output::print(&format!("{}\n", serde_json::to_string_pretty(&report)?))
    } else {
        output::print(&shown::summary(&report, &door.words))
    }
}

/// Proposes, shows, asks, imports.
pub(crate) async fn import_files(
    door: &Door,
    workspace: &mut Workspace,
    files: &[PathBuf],
    understanding: &Understanding,
    mode: Mode,
) -> Result<ImportReport> {
    let proposal = understand(door, workspace, files, understanding).await?;
    let new = proposal.sources.iter().any(|source| !source.known);
    if mode != Mode::Brief {
        show(door, workspace, &proposal);
    }
    if mode == Mode::Confirm && new {
        let go = door.progress.aside(|| {
            Confirm::new(&door.words.say("cli-import-confirm"))
                .with_default(true)
                .prompt()
        });
        if !go.context("nobody answered")? {
            return Err(Failure::new("cli-import-declined", &[]).into());
        }
    }
    import_understood(door, workspace, &proposal, mode).await
}

/// Imports what is understood.
pub(crate) async fn import_understood(
    door: &Door,
    workspace: &mut Workspace,
    proposal: &Proposal,
    mode: Mode,
) -> Result<ImportReport> {
    let options = RunOptions {
        dry_run: mode == Mode::DryRun,
        now: Timestamp::now(),
    };
    let report = run::run(workspace, proposal, &options, door.progress.as_ref()).await?;
    if mode == Mode::Brief {
        door.say(&shown::summary(&report, &door.words));
    }
    Ok(report)
}

/// Shows how the files are understood.
fn show(door: &Door, workspace: &Workspace, proposal: &Proposal) {
    let zone = workspace.business().zone();
    for source in &proposal.sources {
        door.say(&shown::preview(source, &zone, &door.words));
    }
}

/// A proposal without open questions.
pub(crate) async fn understand(
    door: &Door,
    workspace: &Workspace,
    files: &[PathBuf],
    understanding: &Understanding,
) -> Result<Proposal> {
    let mut answers = Answers::new();
    for (path, answer) in &understanding.set {
        answers.set(path, answer);
    }
    if let Some(order) = &understanding.dates {
        answers.set_dates(order);
    }
    if let Some(sign) = &understanding.decimal {
        answers.set_decimal(sign);
    }
    for _ in 0..MOST_ROUNDS {
        let proposal = propose(workspace, files, &answers, door.progress.as_ref()).await?;
        if proposal.is_complete() {
            return Ok(proposal);
        }
        if understanding.yes || !output::can_ask() {
            show(door, workspace, &proposal);
            return Err(unanswered(&proposal.open_questions, &door.words));
        }
        for question in &proposal.open_questions {
            let answer = door.progress.aside(|| ask(question, &door.words))?;
            answers.set(&question.path, &answer);
        }
    }
    Err(Failure::new("cli-import-circles", &[]).into())
}

/// Asks a person.
fn ask(question: &OpenQuestion, words: &Words) -> Result<String> {
    let asked = words.reason(&question.question);
    let asked = format!("{}: {asked}", question.source);
    if question.choices.is_empty() {
        return Text::new(&asked).prompt().context("nobody answered");
    }
    let shown: Vec<String> = question
        .choices
        .iter()
        .map(|choice| format!("{}  {}", choice.answer, choice.meaning))
        .collect();
    let chosen = Select::new(&asked, shown)
        .raw_prompt()
        .context("nobody answered")?;
    Ok(question.choices[chosen.index].answer.clone())
}

/// What has to be answered, with the flags that answer it.
fn unanswered(questions: &[OpenQuestion], words: &Words) -> anyhow::Error {
    let lines: Vec<String> = questions
        .iter()
        .map(|question| {
            let answers: Vec<&str> = question
                .choices
                .iter()
                .map(|choice| choice.answer.as_str())
                .collect();
            let answers = if answers.is_empty() {
                "…".to_owned()
            } else {
                answers.join("|")
            };
            let asked = words.reason(&question.question);
            format!(
                "  {}: {asked}\n    --set {}={answers}",
                question.source, question.path
            )
        })
        .collect();
    Failure::new("cli-import-ambiguous", &[("questions", &lines.join("\n"))]).into()
}
