//! Shops made by hand, asked through the lake. The arithmetic stands beside the numbers.

use serde_json::{Value, json};
use worth_lake::tables::Table;

use super::answer::{PrioritiesAnswer, Priority, What};
use super::*;
use crate::question::Present;
use crate::testing::{Shop, as_markdown, assert_refused, bought, shop, with};
use crate::words::{Language, Words};

/// A score on 1..10, given on a scale so fine that its steps hide nothing.
fn said(who: &str, measure: &str, dimension: &str, score: f64) -> Value {
    json!({
        "response_id": who,
        "question": format!("{measure} {dimension}"),
        "answered_at": "2025-03-01T03:00:00Z",
        "customer_id": who,
        "measure": measure,
        "dimension": dimension,
        "score": (score - 1.0) / 9.0 * 1e6,
        "scale_min": 0.0,
        "scale_max": 1e6,
    })
}

/// The worked example of `docs/methods/priorities.md`: 200 customers, the first hundred in the North. All
/// bought for 100,000 on 1 February. Even ones score product 5, odd ones 6; the price 3.5 or 4.5, which has
/// nothing to do with anything. In each half 20 of 50 even ones come back in April and 30 of 50 odd ones, for
/// 100,000.
fn documented() -> Vec<(Table, Vec<Value>)> {
    let (mut answers, mut lines, mut customers) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..200 {
        let who = format!("c{n:03}");
        let (product, among) = if n % 2 == 0 { (5.0, 20) } else { (6.0, 30) };
        let place = n % 100 / 2;
        answers.push(said(&who, "benefit", "product", product));
        let price = if place % 2 == 0 { 3.5 } else { 4.5 };
        answers.push(said(&who, "cost", "price", price));
        lines.push(bought(&who, "02-01", 100_000));
        if place < among {
            lines.push(bought(&who, "04-15", 100_000));
        }
        let region = if n < 100 { "North" } else { "South" };
        customers.push(json!({ "customer_id": who, "region": region }));
    }
    lines.push(bought("z", "07-01", 100_000));
    vec![
        (Table::SurveyAnswers, answers),
        (Table::OrderLines, lines),
        (Table::Customers, customers),
    ]
}

async fn ask(shop: &Shop) -> Answered<PrioritiesAnswer> {
    Priorities::default()
        .ask(&Scope::default(), &shop.context)
        .await
        .expect("an answer, whatever the survey")
}

fn find<'a>(priorities: &'a [Priority], dimension: &str, group: Option<&str>) -> &'a Priority {
    let is_wanted = |priority: &&Priority| match &priority.what {
        What::Dimension(name) => name.dimension == dimension && priority.group.as_deref() == group,
        What::Touchpoint(_) => false,
    };
    priorities.iter().find(is_wanted).expect("it is told")
}

/// Revenue in the days after is 40,000 and 60,000, so a point of product makes it 1.5 times as much. In the
/// last year 301 orders brought 30,100,000: half of it more is 15,050,000. In the North 150 orders brought 15,000,000, half of
/// which is 7,500,000.
#[tokio::test]
async fn money_is_that_worked_out_by_hand() {
    let shop = shop(&documented()).await;
    let answered = ask(&shop).await;
    let answer = &answered.answer;
    assert_eq!(answer.yearly_revenue, Some(30_100_000.0));
    let product = find(&answer.dimensions, "product", None);
    assert_eq!(answer.dimensions[0], *product);
    let money = product.money.expect("two hundred customers");
    assert!((money.value / 15_050_000.0 - 1.0).abs() < 1e-3, "{money:?}");
    assert!((product.value.expect("scored").value - 1.0).abs() < 1e-6);
    assert!(product.confidence.expect("an interval") > 0.95);
    let expected = product.expected_money.expect("known");
    assert!((expected - money.value * product.confidence.expect("known")).abs() < 1.0);
    let price = find(&answer.dimensions, "price", None);
    assert!(price.confidence.expect("an interval") < product.confidence.expect("known"));
    let north = find(&answer.groups, "product", Some("North"));
    let money = north.money.expect("sales of the North are known");
    assert!((money.value / 7_500_000.0 - 1.0).abs() < 1e-3, "{money:?}");
    assert_eq!(north.people, 100);
    assert_eq!(answer.groups.len(), 4);
    assert!(answer.touchpoints.is_empty());
}

/// Every second customer met a failure in the app; 15 of 50 of them come back, of the others 30. One failure
/// fewer doubles what the first half brings: from .45 on average to .6, a third more.
#[tokio::test]
async fn touchpoints_where_things_fail_are_found() {
    let mut tables = documented();
    let mut events = Vec::new();
    for n in (0..200).step_by(2) {
        let event = |id: &str, touchpoint: &str, at: &str| {
            json!({
                "event_id": format!("{n}-{id}"),
                "customer_id": format!("c{n:03}"),
                "at": at,
                "name": "pay",
                "touchpoint": touchpoint,
                "outcome": "failed",
            })
        };
        events.push(event("first", "app", "2025-02-10T03:00:00Z"));
        // too few met this one, and that one came after the answer
        if n < 16 {
            events.push(event("rare", "store", "2025-02-10T03:00:00Z"));
        }
        events.push(event("later", "web", "2025-03-10T03:00:00Z"));
    }
    tables[1].1.retain(|line| {
        let order = line["order_id"].as_str().expect("a name");
        let number: Option<u32> = order.get(1..4).and_then(|digits| digits.parse().ok());
        let among_lost = number.is_some_and(|n| n % 2 == 0 && (30..40).contains(&(n % 100)));
        !(among_lost && order.ends_with("04-15"))
    });
    tables.push((Table::Events, events));
    let shop = shop(&tables).await;
    let answered = ask(&shop).await;
    let [app] = answered.answer.touchpoints.as_slice() else {
        panic!("one touchpoint: {:?}", answered.answer.touchpoints)
    };
    assert_eq!(app.what, What::Touchpoint("app".into()));
    assert_eq!(app.people, 100);
    let yearly = answered.answer.yearly_revenue.expect("sales");
    let money = app.money.expect("a hundred met it");
    assert!((money.value / yearly - 1.0 / 3.0).abs() < 1e-3, "{money:?}");
    // product is a point lower for who met a failure, and half of all did
    assert!((app.value.expect("scored").value - 0.5).abs() < 1e-3);
    let told = as_markdown(&answered, Language::English);
    assert!(told.contains("Mend what fails at app"), "{told}");
}

#[tokio::test]
async fn without_customers_value_alone_is_told() {
    let strangers: Vec<Value> = (0..40)
        .flat_map(|n| {
            let who = format!("r{n}");
            [
                said(&who, "benefit", "product", 5.0 + f64::from(n % 4)),
                said(&who, "cost", "price", 4.0 + f64::from(n % 3)),
            ]
        })
        .map(|answer| with(answer, "customer_id", Value::Null))
        .collect();
    let shop = shop(&[(Table::SurveyAnswers, strangers)]).await;
    let answered = ask(&shop).await;
    assert_eq!(answered.answer.dimensions.len(), 2);
    assert!(
        answered
            .answer
            .dimensions
            .iter()
            .all(|one| one.money.is_none())
    );
    let told = as_markdown(&answered, Language::English);
    assert!(told.contains("Money is not told"), "{told}");
}

#[tokio::test]
async fn nobody_asked_is_nothing_to_tell() {
    let shop = shop(&[]).await;
    let answered = ask(&shop).await;
    let words = Words::new(Language::English);
    let sheet = answered.answer.sheet(&answered.provenance, &words);
    assert!(sheet.nothing_to_tell);
    assert!(!answered.answer.completing.is_empty());
}

#[tokio::test]
async fn the_sheet_reads_well() {
    let shop = shop(&documented()).await;
    let answered = ask(&shop).await;
    insta::assert_snapshot!("priorities-en", as_markdown(&answered, Language::English));
    insta::assert_snapshot!(
        "priorities-vi",
        as_markdown(&answered, Language::Vietnamese)
    );
}

#[tokio::test]
async fn settings_out_of_range_are_refused() {
    let shop = shop(&[]).await;
    let questions = [
        Priorities {
            days: 400,
            ..Priorities::default()
        },
        Priorities {
            level: 1.0,
            ..Priorities::default()
        },
    ];
    assert_refused(&questions, &shop).await;
}
