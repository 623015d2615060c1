//! `worth snapshots`: the past that can still be asked.

use anyhow::Result;
use serde_json::json;

use super::text_table;
use crate::cli::Snapshots;
use crate::door::Door;
use crate::output;

/// Lists the snapshots, newest last.
pub(crate) async fn run(door: &Door, asked: &Snapshots) -> Result<()> {
    let workspace = door.workspace()?;
    let snapshots = workspace.lake().await?.snapshots().await?;
    if asked.json {
        let all: Vec<_> = snapshots
            .iter()
            .map(|one| json!({"id": one.id, "taken_at": one.taken_at, "message": one.message}))
            .collect();
        return output::print(&format!("{}\n", serde_json::to_string_pretty(&all)?));
    }
    let zone = workspace.business().zone();
    let rows: Vec<Vec<String>> = snapshots
        .into_iter()
        .map(|one| {
            let taken_at = one.taken_at.to_zoned(zone.clone());
            vec![
                one.id.to_string(),
                format!(
                    "{} {}",
                    door.words.date(taken_at.date()),
                    taken_at.strftime("%H:%M:%S")
                ),
                one.message.unwrap_or_default(),
            ]
        })
        .collect();
    let titles = ["cli-snapshot", "cli-taken-at", "cli-message"].map(|id| door.words.say(id));
    output::print(&text_table::render(&titles, &rows, &[0]))
}
