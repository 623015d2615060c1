//! `worth demo`: makes a business, imports its files the ordinary way, and reports on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;
use worth_insight::question::Scope;
use worth_lake::workspace::CONFIG_FILE;

use super::import::{Mode, import_files};
use super::{init, report};
use crate::cli::{Demo, MoneyAndDays, Understanding};
use crate::demo::{self, truth};
use crate::door::Door;
use crate::failure::Failure;
use crate::output;

/// What the demo leaves in its folder: whatever is there of an earlier one is replaced.
const LEFT: [&str; 5] = ["files", "lake", CONFIG_FILE, "truth.json", "report.html"];

/// The `[value]` section of the demo's `worth.toml`.
#[derive(Serialize)]
struct Brands {
    brand: &'static str,
    competitors: Vec<&'static str>,
}

/// Makes the demo and says what to do next.
pub(crate) async fn run(door: &Door, asked: Demo) -> Result<()> {
    let folder = &asked.folder;
    clear(folder)?;
    let options = demo::Options {
        customers: asked.customers,
        seed: asked.seed,
        tet: asked.tet,
    };
    let shown = folder.display().to_string();
    door.tell(
        "cli-demo-making",
        &[
            ("folder", shown.as_str().into()),
            ("customers", asked.customers.into()),
        ],
    );
    let files = demo::write(&options, folder, door.progress.as_ref())?;
    if asked.files_only {
        return output::print(&format!("{}\n", folder.join("files").display()));
    }
    let [own, competitors @ ..] = truth::BRANDS;
    let money_and_days = MoneyAndDays {
        currency: Some("VND".to_owned()),
        timezone: "Asia/Ho_Chi_Minh".to_owned(),
    };
    let mut workspace = init::make(door, folder, Some(own.to_owned()), &money_and_days).await?;
    workspace.set_section(
        "value",
        &Brands {
            brand: own,
            competitors: competitors.to_vec(),
        },
    )?;
    if asked.tet {
        workspace.set_section("calendar", &BTreeMap::<String, String>::new())?;
    }
    workspace.save()?;
    let understanding = Understanding {
        yes: true,
        ..Understanding::default()
    };
    import_files(door, &mut workspace, &files, &understanding, Mode::Brief).await?;
    let context = door.context_of(workspace, None).await?;
    let out = folder.join("report.html");
    report::write(door, &context, &Scope::default(), &out).await?;
    output::print(&format!("{}\n", out.display()))?;
    door.tell("cli-demo-next", &[("folder", shown.as_str().into())]);
    Ok(())
}

/// Removes an earlier demo. Refuses a folder that holds anything else.
fn clear(folder: &Path) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    let there = entries.count() > 0;
    if there && !folder.join("truth.json").is_file() {
        let shown = folder.display().to_string();
        return Err(Failure::new("cli-demo-occupied", &[("folder", &shown)]).into());
    }
    for name in LEFT {
        let path = folder.join(name);
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        match removed {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove {}", path.display()));
            }
            _ => {}
        }
    }
    Ok(())
}
