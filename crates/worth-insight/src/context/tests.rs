//! A context on a real lake: defaults are filled in, answers remembered, parameters bound.

use std::sync::atomic::{AtomicUsize, Ordering};

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::Int64Type;
use jiff::civil::date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use worth_lake::tables::{Table, batch_from_json};
use worth_lake::workspace::Business;

use super::*;
use crate::question::{Filter, Present, Provenance};
use crate::sheet::Sheet;
use crate::words::Words;

async fn workspace(folder: &std::path::Path) -> Workspace {
    let business = Business {
        name: "Phố Xanh".into(),
        ..Business::default()
    };
    let workspace = Workspace::create(folder, business)
        .await
        .expect("a new folder");
    let lake = workspace.lake().await.expect("the lake opens");
    let line = |order: &str, channel: Option<&str>, at: &str| {
        json!({
            "source": "till", "order_id": order, "customer_id": "c1", "ordered_at": at,
            "amount": "100000", "currency": "VND", "channel": channel,
        })
    };
    let rows = [
        line("1", Some("store"), "2025-10-01T03:00:00Z"),
        line("2", Some("app"), "2025-10-24T03:00:00Z"),
        // Late in the evening in UTC is the next day in Hanoi.
        line("3", None, "2025-10-24T20:00:00Z"),
    ];
    let batch = batch_from_json(Table::OrderLines, &rows).expect("rows that fit");
    let mut transaction = lake.begin().await.expect("a transaction");
    transaction
        .append(Table::OrderLines, &batch)
        .expect("appends");
    transaction.commit("three orders").await.expect("commits");
    workspace
}

async fn context(folder: &std::path::Path) -> Context {
    let now = "2025-11-01T00:00:00Z".parse().expect("a time");
    Context::new(workspace(folder).await, ContextOptions::at(now))
        .await
        .expect("opens")
}

async fn orders(context: &Context, scope: &Scope) -> i64 {
    let observed = context.observe(scope).await.expect("a period");
    let sql = "select count(*) from order_lines
        where business_date(ordered_at) between $from and $until
          and ($any_channel or array_has($channel, channel))";
    let frame = observed.query(sql, &[]).await.expect("a query");
    let batches = frame.collect().await.expect("an answer");
    batches[0].column(0).as_primitive::<Int64Type>().value(0)
}

#[tokio::test]
async fn a_scope_is_filled_in_and_bound_to_the_query() {
    let folder = tempfile::tempdir().expect("a folder for tests");
    let context = context(&folder.path().join("shop")).await;
    let all = Scope::default();
    let observed = context.observe(&all).await.expect("a period");
    assert_eq!(observed.until, date(2025, 10, 25));
    assert_eq!(observed.currency, "VND");
    assert_eq!(context.today(), date(2025, 11, 1));
    assert_eq!(orders(&context, &all).await, 3);
    let in_the_app = Scope {
        filter: Filter {
            channel: vec!["app".into()],
            ..Filter::default()
        },
        ..Scope::default()
    };
    assert_eq!(orders(&context, &in_the_app).await, 1);
    let early = Scope {
        until: Some(date(2025, 10, 24)),
        ..Scope::default()
    };
    assert_eq!(orders(&context, &early).await, 2);
    let late = Scope {
        from: Some(date(2025, 10, 2)),
        ..Scope::default()
    };
    assert_eq!(orders(&context, &late).await, 2);
    let turned = Scope {
        from: Some(date(2026, 1, 1)),
        ..Scope::default()
    };
    assert!(matches!(
        context.observe(&turned).await,
        Err(Error::PeriodTurned { .. })
    ));
}

static ASKED: AtomicUsize = AtomicUsize::new(0);

#[derive(Default, Serialize, Deserialize, JsonSchema)]
struct HowOften {
    /// Anything.
    of: u32,
}

#[derive(Serialize, JsonSchema)]
struct Times(usize);

impl Present for Times {
    fn sheet(&self, _provenance: &Provenance, _words: &Words) -> Sheet {
        Sheet::new("times")
    }
}

impl Question for HowOften {
    const NAME: &'static str = "how-often";
    type Answer = Times;

    async fn ask(&self, scope: &Scope, context: &Context) -> Result<Answered<Times>, Error> {
        let observed = context.observe(scope).await?;
        Ok(Answered {
            answer: Times(ASKED.fetch_add(1, Ordering::SeqCst)),
            provenance: observed.provenance(Self::NAME),
            rows: None,
        })
    }
}

#[tokio::test]
async fn an_answer_is_remembered_by_scope_and_parameters() {
    let folder = tempfile::tempdir().expect("a folder for tests");
    let context = context(&folder.path().join("shop")).await;
    let newest = Scope::default();
    let first = context
        .ask(&newest, &HowOften { of: 1 })
        .await
        .expect("an answer");
    let again = context
        .ask(&newest, &HowOften { of: 1 })
        .await
        .expect("an answer");
    assert_eq!(first.answer.0, again.answer.0);
    let by_number = Scope {
        snapshot: first.provenance.snapshot(),
        ..Scope::default()
    };
    let same = context
        .ask(&by_number, &HowOften { of: 1 })
        .await
        .expect("an answer");
    assert_eq!(first.answer.0, same.answer.0);
    let other = context
        .ask(&newest, &HowOften { of: 2 })
        .await
        .expect("an answer");
    assert_ne!(first.answer.0, other.answer.0);
}

#[tokio::test]
async fn a_cancelled_context_answers_nothing_more() {
    let folder = tempfile::tempdir().expect("a folder for tests");
    let workspace = workspace(&folder.path().join("shop")).await;
    let options = ContextOptions::at("2025-11-01T00:00:00Z".parse().expect("a time"));
    let cancellation = options.cancellation.clone();
    let context = Context::new(workspace, options).await.expect("opens");
    cancellation.cancel();
    let asked = context.ask(&Scope::default(), &HowOften { of: 3 }).await;
    assert!(matches!(asked, Err(Error::Cancelled)));
}

#[tokio::test]
async fn what_was_found_is_remembered_and_an_error_is_not() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let context = context(folder.path()).await;
    let failed = context.find(7, || Err::<u32, _>(Error::Cancelled));
    assert!(matches!(failed, Err(Error::Cancelled)));
    assert_eq!(*context.find(7, || Ok(1_u32)).expect("found"), 1);
    assert_eq!(*context.find(7, || Ok(2_u32)).expect("remembered"), 1);
    assert_eq!(*context.find(8, || Ok(2_u32)).expect("another"), 2);
    assert_eq!(*context.find(7, || Ok(2_u64)).expect("another type"), 2);
}
