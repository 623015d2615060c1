//! Ledgers made by hand, asked through the lake. The arithmetic stands beside the numbers.

use futures::TryStreamExt;
use serde_json::{Value, json};
use worth_lake::tables::Table;

use super::answer::{Basis, Cost, Group};
use super::*;
use crate::steps::StepName;
use crate::testing::{Shop, as_markdown, assert_refused, line, shop, shop_with, with};
use crate::words::Language;

fn event(id: &str, customer: Option<&str>, name: &str, further: Value) -> Value {
    let mut event = json!({
        "event_id": id,
        "at": "2025-03-01T03:00:00Z",
        "name": name,
        "touchpoint": "app",
    });
    let columns = event.as_object_mut().expect("an object");
    match customer {
        Some(customer) => columns.insert("customer_id".into(), customer.into()),
        None => columns.insert("anonymous_id".into(), id.into()),
    };
    let further = further.as_object().expect("an object").clone();
    columns.extend(further);
    event
}

/// The worked example of `docs/methods/costs.md`.
///
/// a looks (10 s, 1 step) and pays twice, the first time in vain (20 s and 30 s, 2 steps each, 4 fields each);
/// the order of 100,000 with 15,000 shipping and 8,000 tax comes after 50 minutes, ten after the promise;
/// half of it comes back. b looks (of which nobody measured the time) and gets a message, c is held out.
/// A visitor looks for 5 s. d's order was cancelled; d calls.
fn documented() -> Vec<(Table, Vec<Value>)> {
    let events = vec![
        event(
            "1",
            Some("a"),
            "look",
            json!({ "seconds": 10, "steps": 1, "outcome": "ok", "journey_id": "j" }),
        ),
        event(
            "2",
            Some("a"),
            "pay",
            json!({
                "seconds": 20, "steps": 2, "outcome": "failed", "journey_id": "j",
                "fields": ["card", "name", "phone", "address"], "price": 100_000, "currency": "VND"
            }),
        ),
        event(
            "3",
            Some("a"),
            "pay",
            json!({
                "seconds": 30, "steps": 2, "outcome": "ok", "journey_id": "j",
                "fields": ["card", "name", "phone", "address"], "price": 100_000, "currency": "VND"
            }),
        ),
        event("4", Some("b"), "look", json!({ "steps": 1 })),
        event(
            "5",
            None,
            "look",
            json!({ "seconds": 5, "steps": 1, "outcome": "ok" }),
        ),
    ];
    let order = with(line("o1", "a", "03-01", 100_000), "shipping", 15_000);
    let order = with(with(order, "tax", 8_000), "touchpoint", "app");
    let order = with(order, "ordered_at", "2025-03-01T03:00:00Z");
    let order = with(order, "promised_at", "2025-03-01T03:40:00Z");
    let order = with(order, "delivered_at", "2025-03-01T03:50:00Z");
    let back = with(line("o2", "a", "03-02", -50_000), "refund_of", "o1");
    let cancelled = with(line("o3", "d", "03-03", 70_000), "status", "cancelled");
    let message = |id: &str, customer: &str, arm: &str| {
        json!({
            "message_id": id,
            "customer_id": customer,
            "sent_at": "2025-03-01T03:00:00Z",
            "arm": arm,
        })
    };
    let call = json!({
        "feedback_id": "f1",
        "customer_id": "d",
        "at": "2025-03-03T05:00:00Z",
        "kind": "call",
        "text": "why was it cancelled?",
    });
    vec![
        (Table::Events, events),
        (Table::OrderLines, vec![order, back, cancelled]),
        (
            Table::Messages,
            vec![
                message("m1", "b", "treatment"),
                message("m2", "c", "holdout"),
            ],
        ),
        (Table::Feedback, vec![call]),
    ]
}

async fn ask(shop: &Shop, question: &Costs) -> Answered<CostsAnswer> {
    question
        .ask(&Scope::default(), &shop.context)
        .await
        .expect("an answer, whatever there is")
}

/// Sum, and of how many of how many actions it is known.
fn found(cost: Option<&Cost>) -> (Option<f64>, u64, u64) {
    let cost = cost.expect("the actions can take it");
    (cost.total, cost.known, cost.actions)
}

fn group<'a>(answer: &'a CostsAnswer, by: &By, name: &str) -> &'a Group {
    let groups = answer.groups.iter().find(|groups| groups.by == *by);
    let groups = &groups.expect("it was asked for").groups;
    let named = StepName::Named(name.into());
    let mut found = groups.iter().filter(|group| group.name == named);
    found.next().unwrap_or_else(|| panic!("{name} is a group"))
}

#[tokio::test]
async fn sums_are_those_worked_out_by_hand() {
    let shop = shop(&documented()).await;
    let answer = ask(&shop, &Costs::default()).await.answer;
    let whole = &answer.whole;
    // five events, two orders, a delivery, a refund, a message, a call; a, b and d; one visitor
    assert_eq!((whole.actions, whole.customers, answer.others), (11, 3, 1));
    let of = |name: CostName| found(whole.cost(name));
    assert_eq!(of(CostName::Money), (Some(73_000.0), 3, 3));
    assert_eq!(of(CostName::Time), (Some(65.0), 4, 5));
    assert_eq!(of(CostName::Waiting), (Some(3000.0), 1, 1));
    assert_eq!(of(CostName::Lateness), (Some(600.0), 1, 1));
    assert_eq!(of(CostName::LateDeliveries), (Some(1.0), 1, 1));
    assert_eq!(of(CostName::Effort), (Some(7.0), 5, 5));
    // of three steps it is known which journey they were part of
    assert_eq!(of(CostName::Repeats), (Some(1.0), 3, 5));
    assert_eq!(of(CostName::Failures), (Some(1.0), 4, 5));
    assert_eq!(of(CostName::PersonalData), (Some(8.0), 5, 5));
    assert_eq!(of(CostName::Refunds).0, Some(1.0));
    assert_eq!(of(CostName::Messages), (Some(1.0), 1, 1));
    assert_eq!(of(CostName::Contacts), (Some(1.0), 1, 1));
    assert_eq!(of(CostName::Complaints), (Some(1.0), 1, 1));
    // what failed, the late order, what came back
    assert_eq!(
        of(CostName::AtStake).0,
        Some(100_000.0 + 123_000.0 + 50_000.0)
    );

    // of a it is known: 60 s in three actions; b's time is unknown, and the visitor's is in no mean of customers
    let time = whole.cost(CostName::Time).expect("events");
    assert_eq!(time.customers, 1);
    assert_eq!(time.per_customer.map(|mean| mean.value), Some(60.0));
    assert_eq!(time.per_action.map(|mean| mean.value), Some(65.0 / 4.0));

    let pay = group(&answer, &By::Action, "pay");
    assert_eq!((pay.taking.actions, pay.taking.customers), (2, 1));
    assert_eq!(found(pay.taking.cost(CostName::Time)), (Some(50.0), 2, 2));
    assert_eq!(pay.taking.cost(CostName::Messages), None);
    let app = group(&answer, &By::Touchpoint, "app");
    assert_eq!(found(app.taking.cost(CostName::Money)).0, Some(123_000.0));
}

#[tokio::test]
async fn what_nobody_measured_is_unknown_and_in_no_total() {
    let events = vec![event("1", Some("a"), "look", json!({}))];
    let shop = shop(&[(Table::Events, events)]).await;
    let answered = ask(&shop, &Costs::default()).await;
    let time = answered.answer.whole.cost(CostName::Time).expect("events");
    assert_eq!(
        (time.basis, time.total, time.known),
        (Basis::Unknown, None, 0)
    );
    assert_eq!(answered.answer.whole.in_money.total, None);
    let shown = as_markdown(&answered, Language::English);
    assert!(shown.contains("not known"), "{shown}");
    assert!(!shown.contains(" 0 s"), "{shown}");
}

/// There is no rate for dollars: what a paid is unknown, not nothing. c has no order, and paid nothing.
#[tokio::test]
async fn money_without_a_rate_is_unknown_and_not_nothing() {
    let abroad = with(line("o1", "a", "03-01", 20), "currency", "USD");
    let events = vec![event("1", Some("c"), "look", json!({}))];
    let orders = vec![abroad, line("o2", "b", "03-02", 100_000)];
    let shop = shop(&[(Table::Events, events), (Table::OrderLines, orders)]).await;
    let answer = ask(&shop, &Costs::default()).await.answer;
    let money = answer.whole.cost(CostName::Money);
    assert_eq!(found(money), (Some(100_000.0), 1, 2));
    let money = money.expect("orders");
    assert_eq!(money.customers, 2);
    assert_eq!(money.per_customer.map(|mean| mean.value), Some(50_000.0));
}

/// Time at 36,000 an hour: 65 s are 650.
#[tokio::test]
async fn time_becomes_money_only_by_a_rate_of_the_business() {
    let rates =
        "[costs.rates.time]\nmoney = 36000\nper = \"hour\"\norigin = \"our survey of 2025\"\n";
    let shop = shop_with(&documented(), rates).await;
    let answered = ask(&shop, &Costs::default()).await;
    let whole = &answered.answer.whole;
    let worth = whole.cost(CostName::Time).and_then(|cost| cost.worth);
    assert_eq!(worth, Some(650.0));
    assert_eq!(whole.in_money.total, Some(73_650.0));
    assert_eq!(whole.in_money.of, [CostName::Money, CostName::Time]);
    assert!(whole.in_money.without.contains(&CostName::Effort));
    assert!(as_markdown(&answered, Language::English).contains("our survey of 2025"));
    let wrong = "[costs.rates.effort]\nmoney = 1\nper = \"hour\"\norigin = \"a guess\"\n";
    let shop = shop_with(&[], wrong).await;
    let error = Costs::default().ask(&Scope::default(), &shop.context).await;
    assert_eq!(error.err().map(|error| error.code()), Some("not-a-choice"));
    let level = Costs {
        level: 1.0,
        ..Costs::default()
    };
    assert_refused(&[level], &shop).await;
}

#[tokio::test]
async fn a_statement_has_every_action_and_adds_up() {
    let shop = shop(&documented()).await;
    let question = Costs {
        customer: Some("a".into()),
        ..Costs::default()
    };
    let answered = ask(&shop, &question).await;
    let statement = answered.answer.statement.as_ref().expect("a customer");
    let actions: Vec<(&str, bool)> = (statement.entries.iter())
        .map(|entry| (entry.action.as_str(), entry.again))
        .collect();
    let expected = [
        ("look", false),
        ("pay", false),
        ("pay", false),
        ("pay", true),
        ("order", false),
        ("delivery", false),
        ("refund", false),
    ];
    assert_eq!(actions, expected);
    let total = |name: CostName| {
        let mut totals = statement.totals.iter();
        totals
            .find(|total| total.cost == name)
            .map(|total| total.amount)
    };
    assert_eq!(total(CostName::Money), Some(73_000.0));
    assert_eq!(total(CostName::Time), Some(60.0));
    assert_eq!(total(CostName::Repeats), Some(1.0));
    assert_eq!(total(CostName::Messages), None);
    let nobody = Costs {
        customer: Some("zz".into()),
        ..Costs::default()
    };
    let error = nobody.ask(&Scope::default(), &shop.context).await;
    let error = error.err().expect("nothing is known of zz");
    assert_eq!(error.code(), "no-customer");
}

/// Statements of all customers together are the account of customers.
#[tokio::test]
async fn rows_add_up_to_the_account() {
    let shop = shop(&documented()).await;
    let answered = ask(&shop, &Costs::default()).await;
    let rows = answered.rows.as_ref().expect("a row for each customer");
    let batches: Vec<_> = rows.stream().try_collect().await.expect("a second reading");
    let shown = datafusion::arrow::util::pretty::pretty_format_batches(&batches)
        .expect("rows can be shown")
        .to_string();
    assert_eq!(
        batches.iter().map(|batch| batch.num_rows()).sum::<usize>(),
        3
    );
    assert!(
        shown.contains("| a           | 6       | 73000.0 | 60.0 | 3000.0"),
        "{shown}"
    );
    assert_eq!(batches[0].schema(), rows.schema());
}

#[tokio::test]
async fn products_and_segments_are_told_apart() {
    let mut tables = documented();
    tables[1].1[0]["product_name"] = "Cà phê sữa".into();
    let customer = |id: &str, gender: &str| json!({ "customer_id": id, "gender": gender });
    tables.push((
        Table::Customers,
        vec![customer("a", "f"), customer("b", "m")],
    ));
    let shop = shop(&tables).await;
    let question = Costs {
        by: vec![By::Product, By::Segment("gender".into())],
        ..Costs::default()
    };
    let answer = ask(&shop, &question).await.answer;
    let coffee = group(&answer, &By::Product, "Cà phê sữa");
    assert_eq!(
        found(coffee.taking.cost(CostName::Money)).0,
        Some(123_000.0)
    );
    let gender = By::Segment("gender".into());
    assert_eq!(
        found(group(&answer, &gender, "f").taking.cost(CostName::Time)).0,
        Some(60.0)
    );
    assert_eq!(
        found(group(&answer, &gender, "m").taking.cost(CostName::Time)),
        (None, 0, 1)
    );
}

#[tokio::test]
async fn the_sheet_reads_well() {
    let shop = shop(&documented()).await;
    let answered = ask(&shop, &Costs::default()).await;
    insta::assert_snapshot!("costs-en", as_markdown(&answered, Language::English));
    let statement = Costs {
        customer: Some("a".into()),
        ..Costs::default()
    };
    let answered = ask(&shop, &statement).await;
    insta::assert_snapshot!("statement-vi", as_markdown(&answered, Language::Vietnamese));
}
