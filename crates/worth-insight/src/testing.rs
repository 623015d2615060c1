//! For tests: a workspace in a temporary folder, with the rows that a test writes down.

pub(crate) mod cdnow;
pub(crate) mod tet;

use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use worth_lake::tables::{Table, batch_from_json};
use worth_lake::workspace::{Business, Workspace};

use crate::context::{Context, ContextOptions};
use crate::error::Error;
use crate::question::{Answered, Present, Question, Scope};
use crate::render;
use crate::words::{Language, Words};

/// A context that reads a workspace of its own.
pub(crate) struct Shop {
    /// Asks questions.
    pub context: Context,
    /// Removed when the test is over.
    _folder: TempDir,
}

/// A business in Vietnam that reckons in dong, with these rows. What a row leaves out is empty,
/// apart from `source`, which is "test".
pub(crate) async fn shop(tables: &[(Table, Vec<Value>)]) -> Shop {
    shop_with(tables, "").await
}

/// The same, with further text in its `worth.toml`.
pub(crate) async fn shop_with(tables: &[(Table, Vec<Value>)], settings: &str) -> Shop {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let business = Business {
        name: "Trà Sen".into(),
        currency: "VND".into(),
        timezone: "Asia/Ho_Chi_Minh".into(),
        language: "vi".into(),
        ..Business::default()
    };
    let workspace = Workspace::create(folder.path(), business)
        .await
        .expect("an empty folder");
    let lake = workspace.lake().await.expect("a lake that was just made");
    let transaction = lake.begin().await.expect("nobody else writes");
    for (table, rows) in tables {
        let rows: Vec<Value> = rows.iter().map(with_source).collect();
        let batch = batch_from_json(*table, &rows).expect("rows that fit the table");
        let mut facts = transaction.facts(*table).expect("a table of facts");
        facts.write(&batch).expect("rows that fit the table");
        let facts = facts.finish().await.expect("room on the disk");
        assert_eq!(
            facts.conflicts,
            Vec::<u64>::new(),
            "rows of one key that differ"
        );
    }
    transaction
        .commit("test")
        .await
        .expect("nobody else writes");
    drop(lake);
    if !settings.is_empty() {
        let path = folder.path().join("worth.toml");
        let text = std::fs::read_to_string(&path).expect("just written");
        std::fs::write(&path, format!("{text}\n{settings}\n")).expect("room on the disk");
    }
    let workspace = Workspace::open(folder.path()).expect("settings that fit");
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
    let context = Context::new(workspace, ContextOptions::at(now))
        .await
        .expect("a lake");
    Shop {
        context,
        _folder: folder,
    }
}

fn with_source(row: &Value) -> Value {
    let mut row = row.clone();
    if let Some(columns) = row.as_object_mut() {
        columns.entry("source").or_insert_with(|| "test".into());
    }
    row
}

/// An order line of a day of 2025, in dong; anonymous without a customer.
pub(crate) fn line(order: &str, customer: &str, day: &str, amount: i64) -> Value {
    json!({
        "order_id": order,
        "line": 1,
        "customer_id": if customer.is_empty() { Value::Null } else { customer.into() },
        "ordered_at": format!("2025-{day}T05:00:00Z"),
        "amount": amount,
        "currency": "VND",
    })
}

/// The line of the one order that a customer gave on a day of 2025.
pub(crate) fn bought(customer: &str, day: &str, amount: i64) -> Value {
    line(&format!("{customer}-{day}"), customer, day, amount)
}

/// The same row with another value in a column.
pub(crate) fn with(mut row: Value, column: &str, value: impl Into<Value>) -> Value {
    row[column] = value.into();
    row
}

/// The sheet of an answer, as Markdown.
pub(crate) fn as_markdown<A: Present>(answered: &Answered<A>, language: Language) -> String {
    let words = Words::new(language);
    let sheet = answered.answer.sheet(&answered.provenance, &words);
    render::markdown::render(&sheet, Some(&answered.provenance), &words)
}

/// Asks a question with settings of which each is out of range.
pub(crate) async fn assert_refused<Q: Question + std::fmt::Debug>(questions: &[Q], shop: &Shop) {
    for question in questions {
        let refused = question.ask(&Scope::default(), &shop.context).await;
        assert!(
            matches!(refused, Err(Error::OutOfRange { .. })),
            "{question:?}"
        );
    }
}

/// Order lines of sixty customers (c00 … c59) who buy every 20 to 49 days until they stop, all
/// in 2025.
pub(crate) fn regulars() -> Vec<Value> {
    let mut lines = Vec::new();
    for customer in 0..60_i64 {
        let gap = 20 + customer % 30;
        let purchases = 1 + (customer * 7) % 9;
        for purchase in 0..purchases {
            let day = jiff::civil::date(2025, 1, 1)
                .saturating_add(jiff::Span::new().days(customer % 40 + purchase * gap));
            let amount = 100_000 + (customer * 37 % 11) * 20_000 + purchase * 5_000;
            lines.push(json!({
                "order_id": format!("{customer}-{purchase}"),
                "line": 1,
                "customer_id": format!("c{customer:02}"),
                "ordered_at": format!("{day}T05:00:00Z"),
                "amount": amount,
                "currency": "VND",
            }));
        }
    }
    lines
}
