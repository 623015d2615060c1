//! Imports as a whole, from files on disk to counts in the lake.

mod events;
mod exports;
mod nothing_lost;
mod properties;
mod real_files;
mod survey_tools;
mod surveys;
mod tables;

use std::path::{Path, PathBuf};

use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};

use super::{RunOptions, run};
use crate::error::Error;
use crate::import::propose::{Answers, Proposal, propose};
use crate::import::report::{ImportReport, TableCount};
use crate::lake::At;
use crate::progress::Silent;
use crate::workspace::{Business, Workspace};

/// A workspace in a temporary folder.
pub(super) struct Shop {
    pub(super) workspace: Workspace,
    folder: tempfile::TempDir,
}

impl Shop {
    /// A Vietnamese business without data.
    pub(super) async fn new() -> Self {
        Self::of(Business {
            name: "Shop".to_owned(),
            ..Business::default()
        })
        .await
    }

    pub(super) async fn of(business: Business) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let workspace = Workspace::create(&folder.path().join("shop"), business)
            .await
            .expect("created");
        Self { workspace, folder }
    }

    /// Writes a file beside the workspace.
    pub(super) fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("the file is written");
        path
    }

    pub(super) async fn propose(
        &self,
        files: &[PathBuf],
        answers: &Answers,
    ) -> Result<Proposal, Error> {
        propose(&self.workspace, files, answers, &Silent).await
    }

    pub(super) async fn import(&mut self, files: &[PathBuf]) -> Result<ImportReport, Error> {
        self.import_with(files, &Answers::new()).await
    }

    pub(super) async fn import_with(
        &mut self,
        files: &[PathBuf],
        answers: &Answers,
    ) -> Result<ImportReport, Error> {
        let proposal = self.propose(files, answers).await?;
        let now = "2026-01-02T03:04:05Z".parse().expect("a time");
        let options = RunOptions {
            dry_run: false,
            now,
        };
        run(&mut self.workspace, &proposal, &options, &Silent).await
    }

    /// The rows of a query, cells divided by `|`.
    pub(super) async fn ask(&self, sql: &str) -> Vec<String> {
        let lake = self.workspace.lake().await.expect("the lake opens");
        let snapshot = lake
            .snapshot(At::Latest)
            .await
            .expect("there is a snapshot");
        let frame = snapshot.query(sql, &[]).await.expect("the query is right");
        let options = FormatOptions::default();
        let mut rows = Vec::new();
        for batch in frame.collect().await.expect("the query runs") {
            let columns: Vec<_> = batch
                .columns()
                .iter()
                .map(|column| {
                    ArrayFormatter::try_new(column.as_ref(), &options).expect("it can be shown")
                })
                .collect();
            for row in 0..batch.num_rows() {
                let cells: Vec<String> = columns
                    .iter()
                    .map(|column| column.value(row).to_string())
                    .collect();
                rows.push(cells.join("|"));
            }
        }
        rows
    }

    /// A single number.
    pub(super) async fn number(&self, sql: &str) -> u64 {
        self.ask(sql).await[0].parse().expect("a number")
    }
}

/// What became of the rows for one table, over all sources.
pub(super) fn count(report: &ImportReport, table: &str) -> TableCount {
    let mut sum = TableCount {
        table: table.to_owned(),
        ..TableCount::default()
    };
    for source in &report.sources {
        for count in source.tables.iter().filter(|count| count.table == table) {
            assert!(count.balances(), "{count:?}");
            sum.add(count);
        }
    }
    sum
}

/// The folder of real data, if it is there.
pub(super) fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("WORTH_TEST_DATA");
    if folder.is_none() {
        println!("skipped: needs WORTH_TEST_DATA");
    }
    folder.map(PathBuf::from)
}

/// A file of the real data, which must be there.
pub(super) fn real_file(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    assert!(path.is_file(), "{} is absent", path.display());
    path
}
