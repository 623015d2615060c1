//! `worth report`: the value report, of a workspace or of files that have none yet.

use std::path::{Path, PathBuf};

use anyhow::Result;
use worth_insight::context::Context;
use worth_insight::question::Scope;
use worth_insight::report;
use worth_lake::workspace::{CONFIG_FILE, Workspace};

use super::import::{Mode, import_files};
use super::init;
use crate::cli::{MoneyAndDays, Report};
use crate::door::Door;
use crate::failure::Failure;
use crate::output;

/// Folder that is made beside files when no workspace is given.
const FOLDER_BESIDE: &str = "worth";
/// File that the report is written to when no other is given.
const FILE: &str = "report.html";

/// Imports the files, if any, and writes the report.
pub(crate) async fn run(door: &Door, asked: Report) -> Result<()> {
    let mut workspace = match asked.files.first() {
        Some(first) => beside(door, first, &asked.money_and_days).await?,
        None => door.workspace()?,
    };
    if !asked.files.is_empty() {
        let Report {
            files,
            understanding,
            ..
        } = &asked;
        import_files(door, &mut workspace, files, understanding, Mode::Brief).await?;
    }
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

/// The workspace that was named, else the one beside the files, made when it is not there.
async fn beside(door: &Door, file: &Path, money_and_days: &MoneyAndDays) -> Result<Workspace> {
    let folder: PathBuf = door
        .named_workspace()
        .unwrap_or_else(|| file.parent().unwrap_or(Path::new("")).join(FOLDER_BESIDE));
    if folder.join(CONFIG_FILE).is_file() {
        return Ok(Workspace::open(&folder)?);
    }
    let workspace = init::make(door, &folder, None, money_and_days).await?;
    door.tell(
        "cli-workspace-made",
        &[
            ("folder", folder.display().to_string().into()),
            ("currency", money_and_days.currency.as_str().into()),
            ("timezone", money_and_days.timezone.as_str().into()),
        ],
    );
    Ok(workspace)
}
