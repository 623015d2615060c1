//! What a process leaves behind that is killed in the middle of writing: a lake that opens
//! again, with all of each commit or none of it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::Int64Type;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::{At, Lake, LakeOptions};
use crate::progress::Silent;
use crate::tables::{Table, batch_from_json};

/// Says to the child where it writes.
const FOLDER: &str = "WORTH_TEST_KILLED_FOLDER";
const KILLS: u64 = 50;
const LINES: u64 = 200;
/// From before the first byte is written to several commits later, in a debug build.
const LONGEST_LIFE_MS: u64 = 1_500;

async fn open(workspace: &Path) -> Lake {
    Lake::open(workspace, LakeOptions::new(TimeZone::UTC))
        .await
        .expect("it opens again")
}

/// Orders, and rejects of as many imports: both from the same commits.
async fn held(lake: &Lake) -> (i64, i64) {
    let snapshot = lake.snapshot(At::Latest).await.expect("a snapshot");
    let sql = "select (select count(*) from order_lines) as orders, (select count(*) from rejects) as imports";
    let batches = snapshot
        .query(sql, &[])
        .await
        .expect("it plans")
        .collect()
        .await;
    let batches = batches.expect("every published file is there");
    let number = |column: usize| {
        batches[0]
            .column(column)
            .as_primitive::<Int64Type>()
            .value(0)
    };
    (number(0), number(1))
}

/// The child: imports one file after another until it is killed.
#[tokio::test]
async fn writes_until_killed() {
    let Some(workspace) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        return;
    };
    let lake = open(&workspace).await;
    loop {
        let (_, imports) = held(&lake).await;
        let first = imports.unsigned_abs() * LINES;
        let lines: Vec<Value> = (first..first + LINES)
            .map(|line| {
                json!({
                    "source": "s", "order_id": format!("o{line}"), "line": 1, "amount": 1,
                    "currency": "VND", "ordered_at": "2025-01-01",
                })
            })
            .collect();
        let reject = json!({
            "source": "s", "table_name": "order_lines", "file_digest": first.to_string(),
            "file_row": 1, "raw": "", "reasons": [], "at": "2025-01-01",
        });
        let mut transaction = lake.begin().await.expect("a transaction");
        let mut facts = transaction
            .facts(Table::OrderLines)
            .expect("the first writer");
        for lines in lines.chunks(20) {
            let lines = batch_from_json(Table::OrderLines, lines).expect("rows that fit");
            facts.write(&lines).expect("rows that fit");
        }
        facts.finish().await.expect("the disk is not full");
        let reject = batch_from_json(Table::Rejects, &[reject]).expect("a row that fits");
        transaction
            .append(Table::Rejects, &reject)
            .expect("a row that fits");
        transaction
            .commit("one import")
            .await
            .expect("nobody else writes");
    }
}

#[tokio::test]
async fn a_killed_process_leaves_all_of_a_commit_or_none() {
    if std::env::var_os(FOLDER).is_some() {
        return;
    }
    let workspace = tempfile::tempdir().expect("a folder");
    Lake::create(workspace.path(), LakeOptions::new(TimeZone::UTC))
        .await
        .expect("a lake");
    let mut most = 0;
    for kill in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args([
                "--exact",
                "lake::killed::writes_until_killed",
                "--nocapture",
            ])
            .env(FOLDER, workspace.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        // Lives of all lengths, in no order (the golden ratio spreads them).
        let life_ms = kill.wrapping_mul(0x9E37_79B9_7F4A_7C15) % LONGEST_LIFE_MS;
        tokio::time::sleep(Duration::from_millis(life_ms)).await;
        child.kill().expect("it is ours");
        let ended = child.wait().expect("it is ours");
        assert!(!ended.success(), "it was to write until killed");
        let (orders, imports) = held(&open(workspace.path()).await).await;
        assert_eq!(
            orders.unsigned_abs(),
            imports.unsigned_abs() * LINES,
            "kill {kill}"
        );
        assert!(imports >= most, "kill {kill}: commits are gone");
        most = imports;
    }
    assert!(most > 0, "no child lived long enough to commit");
    let lake = open(workspace.path()).await;
    lake.compact(&Silent).await.expect("nobody else is there");
    assert_eq!(
        held(&lake).await,
        (most * i64::try_from(LINES).expect("a small number"), most)
    );
}
