//! `worth init`: makes a workspace.

use std::path::{Path, PathBuf};

use anyhow::Result;
use worth_lake::workspace::{Business, Workspace};

use crate::cli::{Init, MoneyAndDays};
use crate::door::Door;

/// The money of a business that nobody named another for.
const CURRENCY: &str = "VND";

/// Makes the workspace and says what comes next.
pub(crate) async fn run(door: &Door, asked: Init) -> Result<()> {
    let folder = asked
        .folder
        .or_else(|| door.named_workspace())
        .unwrap_or_else(|| PathBuf::from("."));
    make(door, &folder, asked.name, &asked.money_and_days).await?;
    let shown = folder.display().to_string();
    door.tell("cli-init-done", &[("folder", shown.as_str().into())]);
    door.tell("cli-init-next", &[("folder", shown.as_str().into())]);
    Ok(())
}

/// Makes a workspace in `folder`, named after it when it has no other name.
pub(crate) async fn make(
    door: &Door,
    folder: &Path,
    name: Option<String>,
    money_and_days: &MoneyAndDays,
) -> Result<Workspace> {
    let business = Business {
        name: name.unwrap_or_else(|| name_of(folder)),
        currency: money_and_days
            .currency
            .as_deref()
            .unwrap_or(CURRENCY)
            .to_uppercase(),
        timezone: money_and_days.timezone.clone(),
        language: door.language().code().to_owned(),
        ..Business::default()
    };
    Ok(Workspace::create(folder, business).await?)
}

fn name_of(folder: &Path) -> String {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    whole
        .components()
        .next_back()
        .map(|last| last.as_os_str().to_string_lossy().into_owned())
        .unwrap_or_default()
}
