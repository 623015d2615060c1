//! `worth compact`: merges small files of the lake.

use anyhow::Result;

use crate::door::Door;

/// Compacts the lake and says what that did.
pub(crate) async fn run(door: &Door) -> Result<()> {
    let lake = door.workspace()?.lake().await?;
    let done = lake.compact(door.progress.as_ref()).await?;
    let count = |files: usize| (files as u64).into();
    door.tell(
        "cli-compacted",
        &[
            ("replaced", count(done.files_replaced)),
            ("written", count(done.files_written)),
            ("removed", count(done.files_removed)),
        ],
    );
    if done.in_use {
        door.tell("cli-compacted-in-use", &[]);
    }
    Ok(())
}
