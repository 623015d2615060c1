//! For tests: a small business whose steps can be counted by hand.

use serde_json::{Value, json};
use worth_lake::tables::Table;

use crate::testing::with;

/// Something that happened on a day of 2025, to a customer, a visitor or both; empty is nobody.
pub(crate) fn event(customer: &str, visitor: &str, name: &str, at: &str) -> Value {
    let named = |id: &str| match id.is_empty() {
        true => Value::Null,
        false => id.into(),
    };
    json!({
        "event_id": format!("{customer}{visitor}-{name}-{at}"),
        "customer_id": named(customer),
        "anonymous_id": named(visitor),
        "name": name,
        "at": format!("2025-{at}Z"),
    })
}

/// c1 buys after a payment that failed, c2 gives up and later cancels, c3 was a visitor before; web-2 is a
/// device of both c1 and c2.
pub(crate) fn tables() -> Vec<(Table, Vec<Value>)> {
    let staged = |event: Value, stage: &str, outcome: &str| {
        with(with(event, "stage", stage), "outcome", outcome)
    };
    let events = vec![
        staged(event("c1", "", "open", "01-10T05:00:00"), "browse", "ok"),
        staged(event("c1", "", "cart", "01-10T05:05:00"), "choose", "ok"),
        staged(
            event("c1", "", "pay", "01-10T05:10:00"),
            "payment",
            "failed",
        ),
        staged(event("c1", "", "Pay ", "01-10T05:12:00"), "payment", "ok"),
        event("c1", "web-2", "look", "01-15T05:00:00"),
        staged(event("c2", "", "open", "01-11T05:00:00"), "browse", "ok"),
        event("c2", "web-2", "look", "01-11T05:01:00"),
        staged(
            event("c2", "", "cart", "01-11T05:05:00"),
            "choose",
            "abandoned",
        ),
        staged(event("", "web-1", "open", "01-12T05:00:00"), "browse", "ok"),
        event("c3", "web-1", "log in", "01-12T05:10:00"),
        event("", "web-2", "look", "01-16T05:00:00"),
        staged(event("", "web-9", "open", "01-17T05:00:00"), "browse", "ok"),
    ];
    let order = |id: &str, customer: Value, at: &str| {
        json!({
            "order_id": id, "line": 1, "customer_id": customer, "ordered_at": format!("2025-{at}Z"),
            "amount": 100_000, "currency": "VND", "channel": "app",
        })
    };
    let lines = vec![
        with(
            order("o1", "c1".into(), "01-10T05:13:00"),
            "delivered_at",
            "2025-01-12T05:00:00Z",
        ),
        with(
            with(order("o1", "c1".into(), "01-10T05:13:00"), "line", 2),
            "delivered_at",
            "2025-01-12T05:00:00Z",
        ),
        with(
            order("o2", "c2".into(), "02-01T05:00:00"),
            "status",
            "cancelled",
        ),
        order("o3", Value::Null, "02-02T05:00:00"),
    ];
    let messages = vec![
        json!({"message_id": "m1", "customer_id": "c1", "sent_at": "2025-01-20T05:00:00Z",
               "opened_at": "2025-01-20T06:00:00Z", "channel": "zalo"}),
        json!({"message_id": "m2", "customer_id": "c2", "sent_at": "2025-01-20T05:00:00Z", "arm": "holdout"}),
    ];
    let feedback = vec![json!({
        "feedback_id": "f1", "customer_id": "c1", "at": "2025-01-13T05:00:00Z", "kind": "Ticket",
        "text": "late", "touchpoint": "app",
    })];
    let answer = |question: &str| {
        json!({
            "response_id": "r1", "question": question, "customer_id": "c1", "stage": "payment",
            "answered_at": "2025-01-14T05:00:00Z", "measure": "satisfaction", "score": 4.0,
            "scale_min": 1.0, "scale_max": 5.0,
        })
    };
    vec![
        (Table::Events, events),
        (Table::OrderLines, lines),
        (Table::Messages, messages),
        (Table::Feedback, feedback),
        (Table::SurveyAnswers, vec![answer("q1"), answer("q2")]),
    ]
}
