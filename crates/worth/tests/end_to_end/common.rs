//! The real binary on folders of its own, for the end-to-end tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder that is removed after the test.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder for the test"),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.file(name);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("folder is made");
        fs::write(&path, content).expect("file is written");
        path
    }

    /// A command of the binary, with no language, workspace or log from outside.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_worth"));
        command
            .current_dir(self.path())
            .stdin(Stdio::null())
            .env_remove("WORTH_WORKSPACE")
            .env_remove("WORTH_LOG")
            .env("LC_ALL", "C");
        command
    }

    /// Runs the binary.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(
            self.command()
                .args(arguments)
                .output()
                .expect("the binary starts"),
        )
    }

    /// Runs the binary, which must succeed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(
            ran.code,
            Some(0),
            "worth {arguments:?}\n{}\n{}",
            ran.out,
            ran.err
        );
        ran
    }

    /// Runs the binary, which must fail with this code.
    pub(crate) fn fail(&self, code: i32, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(
            ran.code,
            Some(code),
            "worth {arguments:?}\n{}\n{}",
            ran.out,
            ran.err
        );
        let told = |line: &str| line.starts_with("worth: ") || line.starts_with("error: ");
        assert!(ran.err.lines().any(told), "{}", ran.err);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
        ran
    }

    /// Makes the workspace `shop`.
    pub(crate) fn init(&self) {
        self.succeed(&[
            "init",
            "shop",
            "--currency",
            "VND",
            "--timezone",
            "Asia/Ho_Chi_Minh",
        ]);
    }

    /// The rows of a query on the workspace `shop`.
    pub(crate) fn sql(&self, query: &str) -> Vec<Value> {
        self.sql_in("shop", query)
    }

    /// The rows of a query on a workspace.
    pub(crate) fn sql_in(&self, workspace: &str, query: &str) -> Vec<Value> {
        let ran = self.succeed(&["sql", "-w", workspace, query, "--json"]);
        serde_json::from_str(&ran.out).expect("--json gives an array")
    }

    /// How many rows a table of the workspace `shop` has.
    pub(crate) fn count(&self, table: &str) -> u64 {
        let rows = self.sql(&format!("select count(*) as n from {table}"));
        rows[0]["n"].as_u64().expect("a count")
    }
}

/// What a run of the binary gave.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect("--json gives JSON")
    }
}

/// The folder of real data, or none with a line that says so; a missing folder fails.
pub(crate) fn real_data(test: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("WORTH_TEST_DATA") else {
        println!("skipped: needs WORTH_TEST_DATA ({test})");
        return None;
    };
    let folder = PathBuf::from(folder);
    assert!(
        folder.is_dir(),
        "WORTH_TEST_DATA={} is no folder",
        folder.display()
    );
    Some(folder)
}

/// Orders of a small shop as a file, `lines` long: two customers in three buy more than once.
pub(crate) fn orders_csv(lines: u64) -> String {
    let mut text =
        String::from("order_id,line,customer_id,ordered_at,product_id,quantity,amount,currency\n");
    for line in 0..lines {
        let customer = (line * line + line / 7) % (lines / 5 + 1);
        let (day, month) = (line % 28 + 1, line / 28 % 12 + 1);
        let amount = 20_000 + line * 37 % 90 * 1_000;
        text += &format!(
            "O{line},1,C{customer},2024-{month:02}-{day:02}T09:30:00+07:00,P{},1,{amount},VND\n",
            line % 9
        );
    }
    text
}
