//! What the lake promises: all or nothing, each fact once, snapshots that never change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, AsArray, RecordBatch, UInt64Array};
use datafusion::arrow::datatypes::{Field, Int64Type, Schema};
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::scalar::ScalarValue;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use serde_json::{Value, json};
use sqlx::SqlitePool;

use super::*;
use crate::progress::Silent;
use crate::tables::batch_from_json;

fn options() -> LakeOptions {
    LakeOptions::new(TimeZone::get("Asia/Ho_Chi_Minh").expect("a zone"))
}

async fn new_lake() -> (tempfile::TempDir, Lake) {
    let workspace = tempfile::tempdir().expect("a folder");
    let lake = Lake::create(workspace.path(), options())
        .await
        .expect("a lake");
    (workspace, lake)
}

/// A line of an order: its key is order and line, what it says is the amount.
fn line(source: &str, order: u64, line: u64, amount: i64) -> Value {
    json!({
        "source": source, "order_id": format!("o{order}"), "line": line, "amount": amount,
        "currency": "VND", "ordered_at": "2025-01-31T20:00:00Z", "customer_id": format!("c{order}"),
        "attributes": {"note": "x"},
    })
}

fn lines(rows: &[Value]) -> RecordBatch {
    batch_from_json(Table::OrderLines, rows).expect("rows that fit")
}

async fn add_facts(transaction: &Transaction, batch: &RecordBatch) -> Facts {
    let mut writer = transaction
        .facts(Table::OrderLines)
        .expect("the first writer");
    writer.write(batch).expect("rows that fit");
    writer.finish().await.expect("the disk is not full")
}

async fn import(lake: &Lake, rows: &[Value]) -> (Facts, i64) {
    let transaction = lake.begin().await.expect("a transaction");
    let facts = add_facts(&transaction, &lines(rows)).await;
    let committed = transaction
        .commit("import")
        .await
        .expect("nobody else writes");
    (facts, committed.snapshot)
}

async fn table(snapshot: &Snapshot, sql: &str) -> String {
    let batches = snapshot
        .query(sql, &[])
        .await
        .expect("it plans")
        .collect()
        .await;
    pretty_format_batches(&batches.expect("it runs"))
        .expect("it prints")
        .to_string()
}

async fn number(snapshot: &Snapshot, sql: &str) -> i64 {
    let batches = snapshot
        .query(sql, &[])
        .await
        .expect("it plans")
        .collect()
        .await;
    let batches = batches.expect("it runs");
    batches[0].column(0).as_primitive::<Int64Type>().value(0)
}

async fn latest(lake: &Lake) -> Arc<Snapshot> {
    lake.snapshot(At::Latest).await.expect("a snapshot")
}

fn parquet_files(workspace: &Path) -> usize {
    let mut files = 0;
    let mut folders = vec![workspace.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "parquet") {
                files += 1;
            }
        }
    }
    files
}

#[tokio::test]
async fn a_new_lake_has_every_table_and_no_rows() {
    let (_workspace, lake) = new_lake().await;
    let snapshot = latest(&lake).await;
    assert_eq!(snapshot.id(), 1);
    for name in Table::ALL {
        assert_eq!(
            number(&snapshot, &format!("select count(*) from {name}")).await,
            0,
            "{name}"
        );
    }
}

#[tokio::test]
async fn every_table_keeps_what_it_is_given() {
    let rows = [
        (
            Table::Customers,
            json!({"source": "s", "customer_id": "c", "income": "12.5", "birth_year": 1990, "contact_allowed": true}),
        ),
        (
            Table::Roles,
            json!({"source": "s", "account_id": "a", "customer_id": "c", "role": "buyer", "weight": 0.5}),
        ),
        (Table::OrderLines, line("s", 1, 1, -5)),
        (
            Table::Events,
            json!({"source": "s", "customer_id": "c", "at": "2025-01-01", "name": "visit", "fields": ["email", "phone"], "seconds": "1.5", "steps": 3}),
        ),
        (
            Table::SurveyAnswers,
            json!({"source": "s", "response_id": "r", "question": "q", "answered_at": "2025-01-01", "measure": "benefit", "score": 4}),
        ),
        (
            Table::Choices,
            json!({"source": "s", "task_id": "t", "alternative": "a", "chosen": 1, "levels": {"size": 3}}),
        ),
        (
            Table::Prices,
            json!({"source": "s", "brand": "b", "at": "2025-01-01", "price": 5, "currency": "VND"}),
        ),
        (
            Table::Messages,
            json!({"source": "s", "message_id": "m", "customer_id": "c", "sent_at": "2025-01-01", "claims": []}),
        ),
        (
            Table::Feedback,
            json!({"source": "s", "feedback_id": "f", "at": "2025-01-01", "text": "tốt"}),
        ),
        (
            Table::Contracts,
            json!({"source": "s", "contract_id": "k", "customer_id": "c", "started_at": "2025-01-01"}),
        ),
        (
            Table::Spending,
            json!({"source": "s", "channel": "web", "from_at": "2025-01-01", "until_at": "2025-02-01", "kind": "service", "amount": 5, "currency": "VND"}),
        ),
        (
            Table::ExchangeRates,
            json!({"source": "s", "currency": "USD", "at": "2025-01-01", "rate": 25000.5}),
        ),
        (
            Table::Scores,
            json!({"source": "s", "customer_id": "c", "question": "lifetime", "measure": "value", "value": 1.5, "input_snapshot": 1, "computed_at": "2025-01-01"}),
        ),
        (
            Table::Rejects,
            json!({"source": "s", "table_name": "events", "file_digest": "d", "file_row": 3, "raw": "a,b", "reasons": ["{}"], "at": "2025-01-01"}),
        ),
    ];
    let (_workspace, lake) = new_lake().await;
    let mut transaction = lake.begin().await.expect("a transaction");
    for (table, row) in &rows {
        let batch = batch_from_json(*table, std::slice::from_ref(row)).expect("a row that fits");
        transaction.append(*table, &batch).expect("a row that fits");
    }
    transaction
        .commit("one of each")
        .await
        .expect("nobody else writes");
    let snapshot = latest(&lake).await;
    for (table, row) in &rows {
        let given = batch_from_json(*table, std::slice::from_ref(row)).expect("a row that fits");
        let frame = snapshot
            .query(&format!("select * from {table}"), &[])
            .await
            .expect("it plans");
        let kept = frame.collect().await.expect("it runs");
        let text = |batch: &RecordBatch| {
            pretty_format_batches(std::slice::from_ref(batch))
                .expect("it prints")
                .to_string()
        };
        assert_eq!(text(&kept[0]), text(&given), "{table}");
    }
}

#[tokio::test]
async fn known_facts_are_skipped_and_changed_ones_replaced() {
    let (_workspace, lake) = new_lake().await;
    let (facts, first) = import(&lake, &[line("s", 1, 1, 10), line("s", 1, 2, 20)]).await;
    assert_eq!(
        facts,
        Facts {
            accepted: 2,
            ..Facts::default()
        }
    );

    let mut same = line("s", 1, 1, 10);
    same["attributes"] = json!({"note": "another"});
    let (facts, second) = import(&lake, &[same, line("s", 1, 2, 25), line("s", 1, 3, 30)]).await;
    assert_eq!(
        facts,
        Facts {
            accepted: 1,
            replaced: 1,
            skipped: 1,
            conflicts: vec![],
            ..Facts::default()
        }
    );

    let sql = "select line, amount, attributes from order_lines order by line";
    insta::assert_snapshot!(table(&*latest(&lake).await, sql).await, @r#"
    +------+---------+--------------+
    | line | amount  | attributes   |
    +------+---------+--------------+
    | 1    | 10.0000 | {"note":"x"} |
    | 2    | 25.0000 | {"note":"x"} |
    | 3    | 30.0000 | {"note":"x"} |
    +------+---------+--------------+
    "#);
    let before = lake.snapshot(At::Id(first)).await.expect("it is there");
    insta::assert_snapshot!(table(&before, sql).await, @r#"
    +------+---------+--------------+
    | line | amount  | attributes   |
    +------+---------+--------------+
    | 1    | 10.0000 | {"note":"x"} |
    | 2    | 20.0000 | {"note":"x"} |
    +------+---------+--------------+
    "#);
    assert_eq!(second, first + 1);
}

#[tokio::test]
async fn the_same_key_of_another_source_is_another_fact() {
    let (_workspace, lake) = new_lake().await;
    import(&lake, &[line("shop", 1, 1, 10)]).await;
    let (facts, _) = import(&lake, &[line("web", 1, 1, 20)]).await;
    assert_eq!(facts.accepted, 1);
}

#[tokio::test]
async fn rows_that_contradict_each_other_are_reported_by_their_place_in_the_file() {
    let (_workspace, lake) = new_lake().await;
    let batch = lines(&[
        line("s", 1, 1, 10),
        line("s", 2, 1, 5),
        line("s", 1, 1, 11),
        line("s", 2, 1, 5),
    ]);
    let mut fields: Vec<_> = batch.schema().fields().iter().cloned().collect();
    fields.push(Arc::new(Field::new(
        FILE_ROW,
        datafusion::arrow::datatypes::DataType::UInt64,
        false,
    )));
    let mut columns: Vec<ArrayRef> = batch.columns().to_vec();
    columns.push(Arc::new(UInt64Array::from(vec![7, 8, 9, 10])));
    let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).expect("they fit");
    let transaction = lake.begin().await.expect("a transaction");
    let facts = add_facts(&transaction, &batch).await;
    assert_eq!(
        facts,
        Facts {
            accepted: 1,
            replaced: 0,
            skipped: 1,
            conflicts: vec![7, 9],
            ..Facts::default()
        }
    );
    transaction
        .commit("import")
        .await
        .expect("nobody else writes");
    assert_eq!(
        number(&*latest(&lake).await, "select count(*) from order_lines").await,
        1
    );
}

#[tokio::test]
async fn a_transaction_shows_all_its_tables_at_once_or_none() {
    let (workspace, lake) = new_lake().await;
    let price =
        json!({"source": "s", "brand": "b", "at": "2025-01-01", "price": 5, "currency": "VND"});
    let price = batch_from_json(Table::Prices, &[price]).expect("a row that fits");
    let count = "select (select count(*) from order_lines) + (select count(*) from prices)";

    let mut given_up = lake.begin().await.expect("a transaction");
    add_facts(&given_up, &lines(&[line("s", 1, 1, 10)])).await;
    given_up
        .append(Table::Prices, &price)
        .expect("a row that fits");
    assert!(
        parquet_files(workspace.path()) > 0,
        "rows are on the disk before the commit"
    );
    given_up.abort();
    assert_eq!(parquet_files(workspace.path()), 0, "and gone without it");

    let mut transaction = lake.begin().await.expect("a transaction");
    add_facts(&transaction, &lines(&[line("s", 1, 1, 10)])).await;
    transaction
        .append(Table::Prices, &price)
        .expect("a row that fits");
    assert_eq!(number(&*latest(&lake).await, count).await, 0);
    transaction
        .commit("both")
        .await
        .expect("nobody else writes");
    assert_eq!(number(&*latest(&lake).await, count).await, 2);
}

#[tokio::test]
async fn of_two_transactions_at_once_one_has_to_check_again() {
    let (_workspace, lake) = new_lake().await;
    let row = [line("s", 1, 1, 10)];
    let first = lake.begin().await.expect("a transaction");
    let second = lake.begin().await.expect("a transaction");
    assert_eq!(add_facts(&first, &lines(&row)).await.accepted, 1);
    assert_eq!(add_facts(&second, &lines(&row)).await.accepted, 1);
    let base = first.base().id();
    first.commit("first").await.expect("the base is the newest");
    match second.commit("second").await {
        Err(Error::Moved { base: old, newest }) => assert_eq!((old, newest), (base, base + 1)),
        other => panic!("{other:?}"),
    }
    let (again, _) = import(&lake, &row).await;
    assert_eq!(
        again,
        Facts {
            skipped: 1,
            ..Facts::default()
        }
    );
    assert_eq!(
        number(&*latest(&lake).await, "select count(*) from order_lines").await,
        1
    );
}

#[tokio::test]
async fn nothing_written_is_no_snapshot() {
    let (_workspace, lake) = new_lake().await;
    let (_, first) = import(&lake, &[line("s", 1, 1, 10)]).await;
    let (facts, second) = import(&lake, &[line("s", 1, 1, 10)]).await;
    assert_eq!((facts.skipped, second), (1, first));
}

#[tokio::test]
async fn deleted_rows_are_gone_and_may_come_again() {
    let (_workspace, lake) = new_lake().await;
    import(
        &lake,
        &[
            line("s", 1, 1, 10),
            line("s", 2, 1, 20),
            line("s", 3, 1, 30),
        ],
    )
    .await;
    let mut transaction = lake.begin().await.expect("a transaction");
    let deleted = transaction
        .delete_where(
            Table::OrderLines,
            "amount >= $least",
            &[("least", ScalarValue::Int64(Some(20)))],
        )
        .await
        .expect("a condition that holds for two");
    assert_eq!(deleted, 2);
    let facts = add_facts(
        &transaction,
        &lines(&[line("s", 2, 1, 20), line("s", 1, 1, 10)]),
    )
    .await;
    assert_eq!(
        facts,
        Facts {
            accepted: 1,
            skipped: 1,
            ..Facts::default()
        }
    );
    transaction
        .commit("deleted")
        .await
        .expect("nobody else writes");
    let snapshot = latest(&lake).await;
    assert_eq!(
        number(&snapshot, "select count(*) from order_lines").await,
        2
    );
    assert_eq!(
        number(
            &snapshot,
            "select cast(sum(amount) as bigint) from order_lines"
        )
        .await,
        30
    );
}

#[tokio::test]
async fn snapshots_never_change_and_are_found_by_number_and_time() {
    let (_workspace, lake) = new_lake().await;
    let (_, first) = import(&lake, &[line("s", 1, 1, 10)]).await;
    let held = latest(&lake).await;
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    import(&lake, &[line("s", 2, 1, 10)]).await;
    let count = "select count(*) from order_lines";
    assert_eq!(number(&held, count).await, 1);
    assert_eq!(number(&*latest(&lake).await, count).await, 2);
    let by_number = lake.snapshot(At::Id(first)).await.expect("it is there");
    assert_eq!(number(&by_number, count).await, 1);
    let by_time = lake
        .snapshot(At::Time(held.taken_at()))
        .await
        .expect("it is there");
    assert_eq!(by_time.id(), first);
    match lake.snapshot(At::Id(99)).await {
        Err(Error::NoSnapshot {
            id: 99,
            oldest: 1,
            newest: 3,
        }) => {}
        other => panic!("{other:?}"),
    }
    match lake.snapshot(At::Time(jiff::Timestamp::UNIX_EPOCH)).await {
        Err(Error::NoSnapshotAt { .. }) => {}
        other => panic!("{other:?}"),
    }
    let messages: Vec<_> = lake
        .snapshots()
        .await
        .expect("a list")
        .into_iter()
        .map(|one| one.message)
        .collect();
    assert_eq!(
        messages[1..],
        [Some("import".to_owned()), Some("import".to_owned())]
    );
}

#[tokio::test]
async fn queries_only_read() {
    let (workspace, lake) = new_lake().await;
    let snapshot = latest(&lake).await;
    let file = workspace.path().join("out.csv");
    let copy = format!("copy order_lines to '{}'", file.display());
    for sql in [
        "insert into order_lines select * from order_lines",
        "delete from order_lines",
        "update order_lines set amount = 0",
        "drop table order_lines",
        "create table mine (a int)",
        "create view mine as select 1",
        "create external table mine stored as csv location '/etc/passwd'",
        "set datafusion.execution.batch_size = 1",
        "explain analyze delete from order_lines",
        copy.as_str(),
    ] {
        match snapshot.query(sql, &[]).await {
            Err(Error::ReadOnly { .. }) => {}
            Err(other) => panic!("{sql}: {other}"),
            Ok(_) => panic!("{sql}: it was allowed"),
        }
    }
    assert!(!file.exists());
    let refusal = snapshot
        .query("delete from order_lines", &[])
        .await
        .map(|_| ());
    insta::assert_snapshot!(
        refusal.expect_err("it writes").to_string(),
        @"Delete is not allowed here: queries only read the lake"
    );
    for sql in [
        "describe order_lines",
        "show tables",
        "explain select 1",
        "with a as (select 1) select * from a",
    ] {
        let frame = snapshot
            .query(sql, &[])
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        frame
            .collect()
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

#[tokio::test]
async fn parameters_days_and_json_are_part_of_the_language() {
    let (_workspace, lake) = new_lake().await;
    import(&lake, &[line("s", 1, 1, 10)]).await;
    let sql = "select business_date(ordered_at) as day, json_get_str(attributes, 'note') as note,
                      attributes->>'note' as same
               from order_lines where order_id = $order";
    let snapshot = latest(&lake).await;
    let frame = snapshot
        .query(sql, &[("order", ScalarValue::from("o1"))])
        .await
        .expect("it plans");
    let batches = frame.collect().await.expect("it runs");
    insta::assert_snapshot!(pretty_format_batches(&batches).expect("it prints"), @"
    +------------+------+------+
    | day        | note | same |
    +------------+------+------+
    | 2025-02-01 | x    | x    |
    +------------+------+------+
    ");
}

#[tokio::test]
async fn the_folder_may_be_moved_wherever() {
    let (workspace, lake) = new_lake().await;
    import(&lake, &[line("s", 1, 1, 10)]).await;
    import(&lake, &[line("s", 1, 1, 11)]).await;
    lake.close().await;
    drop(lake);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let moved = elsewhere
        .path()
        .join("Cửa hàng #1 100% {mới} [a] ~?&=+ 'x'");
    fs::rename(workspace.path(), &moved).expect("the same disk");
    let lake = Lake::open(&moved, options())
        .await
        .expect("it opens where it is");
    let count = "select cast(sum(amount) as bigint) from order_lines";
    assert_eq!(number(&*latest(&lake).await, count).await, 11);
    let (facts, _) = import(&lake, &[line("s", 1, 1, 11), line("s", 2, 1, 1)]).await;
    assert_eq!(
        facts,
        Facts {
            accepted: 1,
            skipped: 1,
            ..Facts::default()
        }
    );
    assert_eq!(number(&*latest(&lake).await, count).await, 12);
    fs::rename(&moved, workspace.path()).expect("the same disk");
}

#[tokio::test]
async fn there_is_one_lake_in_a_folder() {
    let (workspace, _lake) = new_lake().await;
    assert!(matches!(
        Lake::create(workspace.path(), options()).await,
        Err(Error::LakeExists { .. })
    ));
    let nothing = tempfile::tempdir().expect("a folder");
    assert!(matches!(
        Lake::open(nothing.path(), options()).await,
        Err(Error::NoLake { .. })
    ));
}

#[tokio::test]
async fn rows_must_fit_their_table() {
    let (_workspace, lake) = new_lake().await;
    let transaction = lake.begin().await.expect("a transaction");
    let mut writer = transaction
        .facts(Table::OrderLines)
        .expect("the first writer");
    let mut batch = lines(&[line("s", 1, 1, 10)]);
    batch.remove_column(5);
    match writer.write(&batch) {
        Err(Error::Column { column, .. }) => assert_eq!(column, "line"),
        other => panic!("{other:?}"),
    }
    match transaction.facts(Table::OrderLines) {
        Err(Error::FactsTwice { table }) => assert_eq!(table, "order_lines"),
        _ => panic!("two writers of one table"),
    }
}

#[tokio::test]
async fn lists_that_are_missing_are_counted_as_missing() {
    let (_workspace, lake) = new_lake().await;
    for import_number in 0..3 {
        let message = |name: &str, claims: Value| {
            json!({
                "source": "s", "message_id": format!("{name}{import_number}"), "customer_id": "c",
                "sent_at": "2025-01-01", "claims": claims,
            })
        };
        let rows = [
            message("missing", Value::Null),
            message("empty", json!([])),
            message("two", json!(["price", "product"])),
        ];
        let batch = batch_from_json(Table::Messages, &rows).expect("rows that fit");
        let transaction = lake.begin().await.expect("a transaction");
        let mut facts = transaction.facts(Table::Messages).expect("a writer");
        facts.write(&batch).expect("rows that fit");
        facts.finish().await.expect("the disk is not full");
        transaction.commit("import").await.expect("nobody else");
    }
    for when in ["as imported", "after compaction"] {
        let snapshot = latest(&lake).await;
        let there = number(&snapshot, "select count(claims) from messages").await;
        let sql = "select count(*) from messages where claims is null";
        let missing = number(&snapshot, sql).await;
        assert_eq!((there, missing), (6, 3), "{when}");
        drop(snapshot);
        lake.compact(&Silent).await.expect("nobody else writes");
    }
}

#[tokio::test]
async fn compaction_keeps_every_answer_and_leaves_few_files() {
    let (workspace, lake) = new_lake().await;
    let sql = "select order_id, line, amount from order_lines order by order_id, line";
    let mut answers = Vec::new();
    for import_number in 0..6_i64 {
        // Each import adds two orders and changes one of the import before.
        let order = import_number.unsigned_abs() * 2;
        let mut rows = vec![line("s", order, 1, 1), line("s", order + 1, 1, 2)];
        if order > 0 {
            rows.push(line("s", order - 1, 1, 100 + import_number));
        }
        import(&lake, &rows).await;
        let snapshot = latest(&lake).await;
        answers.push((snapshot.id(), table(&snapshot, sql).await));
    }
    let left_behind = workspace
        .path()
        .join("lake/data/main/order_lines/worth-crashed.parquet");
    fs::write(&left_behind, b"half a file").expect("a free name");

    let reader = latest(&lake).await;
    let done = lake.compact(&Silent).await.expect("nobody else writes");
    assert!(done.in_use && done.files_removed == 0, "{done:?}");
    assert!(done.files_replaced > done.files_written, "{done:?}");
    assert_eq!(
        table(&reader, sql).await,
        answers.last().expect("six of them").1
    );
    drop(reader);

    let done = lake.compact(&Silent).await.expect("nobody else writes");
    assert!(!done.in_use && done.files_removed > 0, "{done:?}");
    // other tools number on from there, also after a commit of the crate
    let catalog = workspace.path().join("lake/catalog.sqlite");
    let catalog = SqlitePool::connect(&format!("sqlite:{}", catalog.display()))
        .await
        .expect("the catalog is there");
    let (behind, files): (i64, i64) = sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM ducklake_snapshot WHERE next_file_id IS NULL),
                (SELECT COUNT(*) FROM ducklake_data_file WHERE data_file_id >= (
                    SELECT next_file_id FROM ducklake_snapshot ORDER BY snapshot_id DESC LIMIT 1))",
    )
    .fetch_one(&catalog)
    .await
    .expect("the columns are there");
    assert_eq!((behind, files), (0, 0));
    assert!(!left_behind.exists());
    for (id, answer) in &answers {
        let snapshot = lake.snapshot(At::Id(*id)).await.expect("it is there");
        assert_eq!(table(&snapshot, sql).await, *answer, "snapshot {id}");
    }
    assert_eq!(
        table(&*latest(&lake).await, sql).await,
        answers.last().expect("six of them").1
    );

    let (facts, _) = import(&lake, &[line("s", 0, 1, 1), line("s", 2, 1, 7)]).await;
    assert_eq!(
        facts,
        Facts {
            replaced: 1,
            skipped: 1,
            ..Facts::default()
        }
    );

    let before = parquet_files(workspace.path());
    let newest = lake.snapshots().await.expect("a list").pop().expect("many");
    lake.expire(newest.taken_at)
        .await
        .expect("nobody else writes");
    lake.compact(&Silent).await.expect("nobody else writes");
    assert!(parquet_files(workspace.path()) < before);
    assert!(matches!(
        lake.snapshot(At::Id(answers[0].0)).await,
        Err(Error::NoSnapshot { .. })
    ));
    assert_eq!(
        number(&*latest(&lake).await, "select count(*) from order_lines").await,
        12
    );
}

/// One import of a random history: each row is order, amount.
type Import = Vec<(u64, i64)>;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is imported in whatever order, the lake holds and counts what a map would.
    #[test]
    fn facts_agree_with_a_map(
        history in proptest::collection::vec(
            proptest::collection::vec((0..12_u64, 0..3_i64), 0..20), 1..6),
        compact_after in proptest::option::of(0..5_usize),
    ) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(agrees_with_a_map(history, compact_after));
    }
}

async fn agrees_with_a_map(history: Vec<Import>, compact_after: Option<usize>) {
    let (_workspace, lake) = new_lake().await;
    let mut known: BTreeMap<u64, i64> = BTreeMap::new();
    let mut past = Vec::new();
    for (step, rows) in history.into_iter().enumerate() {
        let mut expected = Facts::default();
        let mut given: BTreeMap<u64, BTreeSet<i64>> = BTreeMap::new();
        for (order, amount) in &rows {
            given.entry(*order).or_default().insert(*amount);
        }
        let mut settled = BTreeSet::new();
        for (place, (order, amount)) in rows.iter().enumerate() {
            if given[order].len() > 1 {
                expected.conflicts.push(place as u64 + 1);
            } else if !settled.insert(*order) || known.get(order) == Some(amount) {
                expected.skipped += 1;
            } else if known.insert(*order, *amount).is_some() {
                expected.replaced += 1;
            } else {
                expected.accepted += 1;
            }
        }
        let rows: Vec<Value> = rows
            .iter()
            .map(|(order, amount)| line("s", *order, 1, *amount))
            .collect();
        let (facts, snapshot) = import(&lake, &rows).await;
        assert_eq!(facts, expected);
        past.push((snapshot, known.clone()));
        if compact_after == Some(step) {
            lake.compact(&Silent).await.expect("nobody else writes");
        }
    }
    for (snapshot, known) in past {
        let snapshot = lake.snapshot(At::Id(snapshot)).await.expect("it is there");
        let sql =
            "select cast(substr(order_id, 2) as bigint), cast(amount as bigint) from order_lines";
        let batches = snapshot
            .query(sql, &[])
            .await
            .expect("it plans")
            .collect()
            .await;
        let mut held = BTreeMap::new();
        for batch in batches.expect("it runs") {
            let orders = batch.column(0).as_primitive::<Int64Type>();
            let amounts = batch.column(1).as_primitive::<Int64Type>();
            for (order, amount) in orders.values().iter().zip(amounts.values()) {
                let twice = held.insert(order.unsigned_abs(), *amount);
                assert_eq!(twice, None, "order {order} is there twice");
            }
        }
        assert_eq!(held, known);
    }
}
