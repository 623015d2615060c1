//! `worth report`: the value report, of a workspace or of files that have none yet.

use std::path::{Path, PathBuf};

use anyhow::Result;
use worth_insight::context::Context;
use worth_insight::question::Scope;
use worth_insight::report;
use worth_lake::import::propose::Proposal;
use worth_lake::workspace::{Business, CONFIG_FILE, Workspace};

use super::import::{Mode, import_files, import_understood, understand};
use super::init;
use crate::cli::Report;
use crate::door::Door;
use crate::failure::Failure;
use crate::output;

/// Folder that is made beside files when no workspace is given.
const FOLDER_BESIDE: &str = "worth";
/// File that the report is written to when no other is given.
const FILE: &str = "report.html";

/// Imports the files, if any, and writes the report.
pub(crate) async fn run(door: &Door, asked: Report) -> Result<()> {
    let workspace = if asked.files.is_empty() {
        door.workspace()?
    } else {
        filled(door, &asked).await?
    };
    let out = asked.out.unwrap_or_else(|| workspace.folder().join(FILE));
    let context = door.context_of(workspace, asked.seed).await?;
    let scope = asked.scope.scope(&context).await?;
    write(door, &context, &scope, &out).await?;
    output::print(&format!("{}\n", out.display()))
}

/// Writes the report to `out`.
pub(crate) async fn write(door: &Door, context: &Context, scope: &Scope, out: &Path) -> Result<()> {
    let report = report::gather(context, scope, &door.words).await?;
    std::fs::write(out, report.html(&door.words)).map_err(|error| {
        let (path, problem) = (out.display().to_string(), error.to_string());
        Failure::new(
            "cli-cannot-write",
            &[("path", &path), ("problem", &problem)],
        )
        .into()
    })
}

/// The workspace with the files imported: the one that was named, else the one beside the first
/// file, made when it is not there. A new one counts in the money its files name.
async fn filled(door: &Door, asked: &Report) -> Result<Workspace> {
    let folder: PathBuf = door.named_workspace().unwrap_or_else(|| {
        let beside = asked.files[0].parent();
        beside.unwrap_or(Path::new("")).join(FOLDER_BESIDE)
    });
    if folder.join(CONFIG_FILE).is_file() {
        let mut workspace = Workspace::open(&folder)?;
        import_files(
            door,
            &mut workspace,
            &asked.files,
            &asked.understanding,
            Mode::Brief,
        )
        .await?;
        return Ok(workspace);
    }
    let mut workspace = init::make(door, &folder, None, &asked.money_and_days).await?;
    let mut proposal = understand(door, &workspace, &asked.files, &asked.understanding).await?;
    if asked.money_and_days.currency.is_none()
        && let Some(currency) = other_currency(&workspace, &proposal)
    {
        let business = workspace.business().clone();
        workspace.set_business(Business {
            currency,
            ..business
        })?;
        workspace.save()?;
        proposal = understand(door, &workspace, &asked.files, &asked.understanding).await?;
    }
    let business = workspace.business();
    door.tell(
        "cli-workspace-made",
        &[
            ("folder", folder.display().to_string().into()),
            ("currency", business.currency.as_str().into()),
            ("timezone", business.timezone.as_str().into()),
        ],
    );
    import_understood(door, &mut workspace, &proposal, Mode::Brief).await?;
    Ok(workspace)
}

/// The one currency other than the workspace's that the files name as theirs.
fn other_currency(workspace: &Workspace, proposal: &Proposal) -> Option<String> {
    let mut named = proposal
        .sources
        .iter()
        .flat_map(|source| &source.mapping.tables)
        .filter_map(|table| table.columns.get("currency")?.0.value.as_deref())
        .filter(|currency| *currency != workspace.business().currency);
    let first = named.next()?;
    named.all(|other| other == first).then(|| first.to_owned())
}
