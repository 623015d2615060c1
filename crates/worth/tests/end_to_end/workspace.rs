//! From `worth init` to answers: the way of a user with files of their own, exit codes, and what
//! goes where.

use crate::common::{Place, orders_csv};

/// Goal: the steps of the README work, and what they print can be read by scripts.
#[test]
fn from_files_to_answers() {
    let place = Place::new();
    place.init();
    place.write("orders.csv", orders_csv(2_000));
    let imported = place.succeed(&["import", "-w", "shop", "orders.csv", "--json"]);
    let counts = &imported.json()["sources"][0]["tables"][0];
    assert_eq!(counts["table"], "order_lines");
    assert_eq!(counts["read"], 2_000);
    assert_eq!(counts["accepted"], 2_000);
    assert_eq!(place.count("order_lines"), 2_000);

    // what was understood is kept, shown on standard error, and importing again changes nothing
    let again = place.succeed(&["import", "-w", "shop", "orders.csv", "--json"]);
    assert_eq!(again.json()["sources"][0]["tables"][0]["skipped"], 2_000);
    assert!(again.err.contains("order_id"), "{}", again.err);
    assert_eq!(place.count("order_lines"), 2_000);

    let answer = place.succeed(&["lifetime", "-w", "shop", "--json"]).json();
    for name in [
        "snapshot",
        "rows_used",
        "rows_left_out",
        "from",
        "until",
        "currency",
        "seed",
    ] {
        assert!(
            answer["provenance"].get(name).is_some(),
            "{name} is missing"
        );
    }
    assert_eq!(answer["provenance"]["currency"], "VND");
    assert_eq!(answer["answer"]["model"]["choice"]["by"], "backtest");
    let shown = place.succeed(&["lifetime", "-w", "shop"]);
    assert!(shown.out.lines().count() > 10, "{}", shown.out);
    let markdown = place.succeed(&["lifetime", "-w", "shop", "--markdown"]);
    assert!(markdown.out.starts_with('#'), "{}", markdown.out);
    let page = place.succeed(&["backtest", "-w", "shop", "--html"]);
    assert!(page.out.starts_with("<!DOCTYPE html>") && page.out.contains("data-plot=\"backtest-"));
    place.fail(2, &["backtest", "-w", "shop", "--html", "--json"]);
    place.succeed(&["lifetime", "-w", "shop", "--out", "customers.csv"]);
    let rows = std::fs::read_to_string(place.file("customers.csv")).expect("rows are written");
    assert!(rows.lines().count() > 100 && rows.contains("customer_id"));

    let path = place.succeed(&["report", "-w", "shop"]).out;
    assert!(
        std::fs::read_to_string(place.path().join(path.trim()))
            .expect("a report")
            .len()
            > 10_000
    );
}

/// Goal: the workspace is found by flag, by environment, and from a folder below.
#[test]
fn the_workspace_is_found() {
    let place = Place::new();
    place.init();
    let deep = place.file("shop/deep/down");
    std::fs::create_dir_all(&deep).expect("folders are made");
    let query = ["sql", "select count(*) from customers"];
    let by_environment = place
        .command()
        .args(query)
        .env("WORTH_WORKSPACE", "shop")
        .output();
    assert!(by_environment.expect("it starts").status.success());
    let from_below = place.command().args(query).current_dir(deep).output();
    assert!(from_below.expect("it starts").status.success());
    let nowhere = place.fail(1, &query);
    assert!(nowhere.err.contains("worth init"), "{}", nowhere.err);
}

/// Goal: SQL reads, in each form, and never writes.
#[test]
fn sql_reads_and_never_writes() {
    let place = Place::new();
    place.init();
    place.write("orders.csv", orders_csv(500));
    place.succeed(&["import", "-w", "shop", "orders.csv", "--yes"]);
    let rows =
        place.sql("select product_id, sum(amount) as total from order_lines group by 1 order by 1");
    assert_eq!(rows.len(), 9);
    let table = place.succeed(&[
        "sql",
        "-w",
        "shop",
        "select count(*) as lines from order_lines",
    ]);
    assert!(
        table.out.contains("500") && table.out.contains("lines"),
        "{}",
        table.out
    );
    for ending in ["csv", "xlsx", "parquet"] {
        let file = format!("lines.{ending}");
        place.succeed(&[
            "sql",
            "-w",
            "shop",
            "select order_id, amount from order_lines",
            "--out",
            &file,
        ]);
        assert!(place.file(&file).metadata().expect("it is written").len() > 1_000);
    }
    for query in [
        "delete from order_lines",
        "insert into order_lines (order_id) values ('x')",
        "update order_lines set amount = 0",
        "drop table order_lines",
        "create table mine as select 1",
        "copy order_lines to 'lines.csv'",
        "set datafusion.execution.batch_size = 1",
        "create external table x stored as csv location '/etc/passwd'",
    ] {
        place.fail(2, &["sql", "-w", "shop", query]);
    }
    assert_eq!(place.count("order_lines"), 500);
    let wrong = place.fail(1, &["sql", "-w", "shop", "select nothing from nowhere"]);
    assert!(wrong.err.contains("nowhere"), "{}", wrong.err);
}

/// Goal: the past can be asked.
#[test]
fn snapshots_keep_the_past() {
    let place = Place::new();
    place.init();
    place.write("orders.csv", orders_csv(100));
    place.succeed(&["import", "-w", "shop", "orders.csv", "--yes"]);
    let before = place.succeed(&["snapshots", "-w", "shop", "--json"]).json();
    let before = before
        .as_array()
        .expect("a list")
        .last()
        .expect("one at least")["id"]
        .to_string();
    place.write("orders.csv", orders_csv(300));
    place.succeed(&["import", "-w", "shop", "orders.csv", "--yes"]);
    let then = place.succeed(&[
        "sql",
        "-w",
        "shop",
        "select count(*) as n from order_lines",
        "--snapshot",
        &before,
        "--json",
    ]);
    assert_eq!(then.json()[0]["n"], 100);
    let now = place.count("order_lines");
    place.succeed(&["compact", "-w", "shop"]);
    assert_eq!(place.count("order_lines"), now);
    place.fail(1, &["sql", "-w", "shop", "select 1", "--snapshot", "99999"]);
    place.fail(
        2,
        &["sql", "-w", "shop", "select 1", "--snapshot", "yesterday"],
    );
}

/// Goal: a command line that makes no sense is told so with code 2, before anything is done.
#[test]
fn wrong_use_is_two() {
    let place = Place::new();
    place.init();
    for arguments in [
        &["nonsense"][..],
        &["import", "-w", "shop"],
        &["lifetime", "-w", "shop", "--until", "yesterday"],
        &["lifetime", "-w", "shop", "--no-such-flag"],
        &[
            "lifetime",
            "-w",
            "shop",
            "--from",
            "2025-02-01",
            "--until",
            "2025-01-01",
        ],
        &["import", "-w", "shop", "x.csv", "--set", "nothing"],
        &["tables", "no_such_table"],
        &["sql", "-w", "shop"],
    ] {
        place.fail(2, arguments);
    }
    place.fail(1, &["init", "shop"]);
    place.fail(1, &["lifetime", "-w", "shop"]);
}

/// Goal: an ambiguous column stops the import, `--yes` or not, and the flags answer it.
#[test]
fn ambiguity_is_asked_and_never_guessed() {
    let place = Place::new();
    place.init();
    let mut text = String::from("order_id,customer_id,ordered_at,amount\n");
    for row in 0..50 {
        text += &format!(
            "O{row},C{},0{}/0{}/2025,1.250\n",
            row % 9,
            row % 9 + 1,
            row % 7 + 1
        );
    }
    place.write("orders.csv", text);
    for yes in [&[][..], &["--yes"]] {
        let arguments = [&["import", "-w", "shop", "orders.csv"], yes].concat();
        let stopped = place.fail(1, &arguments);
        assert!(stopped.err.contains("--set"), "{}", stopped.err);
    }
    assert_eq!(place.count("order_lines"), 0);
    place.succeed(&[
        "import",
        "-w",
        "shop",
        "orders.csv",
        "--dates",
        "dmy",
        "--decimal",
        "comma",
    ]);
    let rows = place.sql(
        "select max(amount) as amount, max(business_date(ordered_at)) as day from order_lines",
    );
    assert_eq!(
        rows[0]["amount"]
            .to_string()
            .trim_matches('"')
            .parse::<f64>()
            .expect("a number"),
        1250.0
    );
    assert_eq!(rows[0]["day"], "2025-07-08");
}

/// Goal: a dry run says what would happen and leaves everything as it was.
#[test]
fn a_dry_run_writes_nothing() {
    let place = Place::new();
    place.init();
    place.write("orders.csv", orders_csv(100));
    let before = std::fs::read(place.file("shop/worth.toml")).expect("it is there");
    let dry = place.succeed(&["import", "-w", "shop", "orders.csv", "--dry-run"]);
    assert!(dry.out.contains("dry run"), "{}", dry.out);
    assert_eq!(place.count("order_lines"), 0);
    assert_eq!(
        std::fs::read(place.file("shop/worth.toml")).expect("it is there"),
        before
    );
}

/// Goal: people read their language: messages, errors and answers.
#[test]
fn vietnamese_everywhere() {
    let place = Place::new();
    place.succeed(&["init", "shop", "--language", "vi"]);
    place.write("orders.csv", orders_csv(500));
    let imported = place.succeed(&["import", "-w", "shop", "orders.csv"]);
    assert!(imported.out.contains("nhận"), "{}", imported.out);
    let missing = place.fail(1, &["import", "-w", "shop", "missing.csv"]);
    assert!(
        missing.err.contains("missing.csv") && missing.err.contains("không"),
        "{}",
        missing.err
    );
    let none = place.succeed(&["rejects", "-w", "shop"]);
    assert!(none.out.contains("không có dòng nào"), "{}", none.out);
    let english = place.succeed(&["rejects", "-w", "shop", "--language", "en"]);
    assert!(english.out.contains("no row"), "{}", english.out);
    let answer = place.succeed(&["lifetime", "-w", "shop"]);
    assert!(answer.out.contains("khách hàng"), "{}", answer.out);
}

/// Goal: whoever stops reading the output is not told off.
#[test]
fn a_closed_pipe_is_silent() {
    let place = Place::new();
    place.init();
    let binary = env!("CARGO_BIN_EXE_worth");
    let output = std::process::Command::new("sh")
        .arg("-c")
        .arg(format!(
            "({binary} tables order_lines; echo code $? >&2) | true"
        ))
        .current_dir(place.path())
        .output()
        .expect("a shell");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert_eq!(messages.trim(), "code 0");
}
