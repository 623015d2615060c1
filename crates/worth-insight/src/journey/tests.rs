//! `journey` on a small business worked out by hand, and against plain SQL and `funnel` on a random one.

use datafusion::arrow::array::AsArray;
use datafusion::arrow::datatypes::Int64Type;
use futures::TryStreamExt;
use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::Value;
use worth_lake::tables::Table;

use super::answer::*;
use super::*;
use crate::funnel::Funnel;
use crate::steps::{StepName, example};
use crate::testing::{Shop, as_markdown, assert_refused, regulars, shop, with};
use crate::words::Language;

async fn asked(shop: &Shop, question: &Journey) -> Answered<JourneyAnswer> {
    let answered = question.ask(&Scope::default(), &shop.context).await;
    answered.expect("an answer")
}

fn place<'a>(answer: &'a JourneyAnswer, name: &str) -> &'a Place {
    let mut places = answer.steps.iter();
    let place = places.find(|place| place.name == StepName::Named(name.into()));
    place.expect("a step of that name")
}

/// Goal: every number of the map is that of a map drawn by hand.
#[tokio::test]
async fn the_map_is_that_drawn_by_hand() {
    let shop = shop(&example::tables()).await;
    let answered = asked(&shop, &Journey::default()).await;
    let answer = &answered.answer;
    assert_eq!((answer.counts.steps, answer.counts.journeys), (19, 5));
    assert_eq!((answer.counts.customers, answer.counts.visitors), (3, 2));
    assert_eq!(answered.provenance.rows_left_out, 1);
    assert!(answer.adds_up());
    let open = place(answer, "open");
    assert_eq!(
        (open.steps, open.people, open.starts, open.ends),
        (4, 4, 4, 1)
    );
    let pay = place(answer, "Pay");
    assert_eq!((pay.steps, pay.repeats, pay.returns), (2, 1, 0));
    assert_eq!(
        (
            pay.outcomes.ok,
            pay.outcomes.failed,
            pay.outcomes.broken_off
        ),
        (1, 1, 0)
    );
    assert_eq!(
        pay.outcomes.failed_share.map(|share| share.value),
        Some(1.0)
    );
    // c2 called the order off, and nothing came after it
    let order = place(answer, "order");
    assert_eq!(
        (order.outcomes.abandoned, order.outcomes.broken_off),
        (1, 1)
    );
    assert_eq!(
        answer.most_broken_off().map(|place| &place.name),
        Some(&order.name)
    );
    let from_pay = answer
        .transitions
        .iter()
        .find(|edge| edge.from == pay.name && edge.to == pay.name);
    let waiting = from_pay.expect("pay after pay").waiting;
    assert_eq!(waiting.median_seconds.value, 120.0);
    assert_eq!(answer.variants.all, 5);
    let first: u64 = (answer.first_steps.iter())
        .filter(|step| step.position == 1)
        .map(|step| step.journeys)
        .sum();
    assert_eq!(first, 5);
}

#[tokio::test]
async fn sheets_in_both_languages() {
    let shop = shop(&example::tables()).await;
    let question = Journey {
        window: "2d".parse().ok(),
        most_transitions: 8,
        ..Journey::default()
    };
    let answered = asked(&shop, &question).await;
    assert_snapshot!("journey-en", as_markdown(&answered, Language::English));
    assert_snapshot!("journey-vi", as_markdown(&answered, Language::Vietnamese));
}

/// Goal: whose last step is where adds up to everyone's value, whatever is told apart.
#[tokio::test]
async fn value_goes_where_its_customers_go() {
    let events: Vec<Value> = (0..60)
        .map(|customer| {
            let name = ["look", "ask", "call", "write"][customer % 4];
            example::event(&format!("c{customer:02}"), "", name, "12-30T05:00:00")
        })
        .collect();
    let shop = shop(&[(Table::OrderLines, regulars()), (Table::Events, events)]).await;
    for most_steps in [2, 12] {
        let question = Journey {
            most_steps,
            ..Journey::default()
        };
        let answer = asked(&shop, &question).await.answer;
        let WorthTold::Known {
            expected,
            at_stake,
            people,
            ..
        } = answer.worth
        else {
            panic!("sixty regulars carry a model");
        };
        assert_eq!(people, 60);
        let sum = |of: fn(&Place) -> Option<f64>| answer.steps.iter().filter_map(of).sum::<f64>();
        let last = sum(|place| Some(place.value_last?.value));
        let stake = sum(|place| Some(place.at_stake?.value));
        assert!((last / expected.value - 1.0).abs() < 1e-9);
        assert!((stake / at_stake.value - 1.0).abs() < 1e-9);
        let (low, high) = expected.ends().expect("an interval");
        assert!(low < expected.value && expected.value < high);
        // everyone bought
        let order = place(&answer, "order").value_through.expect("value");
        assert!((order.value / expected.value - 1.0).abs() < 1e-9);
        assert!(answer.adds_up());
    }
}

#[tokio::test]
async fn value_belongs_to_customers_not_to_cases() {
    let events = vec![with(
        example::event("c1", "", "a", "01-10T05:00:00"),
        "journey_id",
        "1",
    )];
    let shop = shop(&[(Table::Events, events)]).await;
    let question = Journey {
        case: Some(Case::Journey),
        ..Journey::default()
    };
    let answer = asked(&shop, &question).await.answer;
    assert_eq!(answer.worth, WorthTold::Unknown(WorthUnknown::Cases));
    let answer = asked(&shop, &Journey::default()).await.answer;
    assert_eq!(answer.worth, WorthTold::Unknown(WorthUnknown::NoOrders));
}

/// Goal: a window that changes what is told is found out: whoever looks comes back in a week.
#[tokio::test]
async fn a_conclusion_that_depends_on_the_window_is_told() {
    let mut events = Vec::new();
    for customer in ["c1", "c2", "c3"] {
        events.push(example::event(customer, "", "look", "01-10T05:00:00"));
        events.push(example::event(customer, "", "buy", "01-17T05:00:00"));
    }
    let shop = shop(&[(Table::Events, events)]).await;
    let question = |window: &str| Journey {
        window: window.parse().ok(),
        ..Journey::default()
    };
    let answer = asked(&shop, &question("1d")).await.answer;
    assert_eq!(answer.counts.journeys, 6);
    assert!(answer.depends_on_window());
    let journeys: Vec<u64> = answer
        .windows
        .compared
        .iter()
        .map(|of| of.journeys)
        .collect();
    // none, 6 hours, 12 hours, 1, 2 and 4 days
    assert_eq!(journeys, [3, 6, 6, 6, 6, 6]);
    assert_eq!(
        answer.windows.next_differs[0].step,
        StepName::Named("look".into())
    );
    assert!(
        !asked(&shop, &question("20w"))
            .await
            .answer
            .depends_on_window()
    );
    let whole = asked(&shop, &Journey::default()).await.answer;
    assert!(whole.windows.compared.is_empty() && !whole.depends_on_window());
}

#[tokio::test]
async fn one_fact_in_two_tables_is_suspected() {
    let events = vec![example::event("c1", "", "Order", "01-10T05:00:00")];
    let lines = vec![crate::testing::bought("c1", "01-10", 100)];
    let shop = shop(&[(Table::Events, events), (Table::OrderLines, lines)]).await;
    let twice = asked(&shop, &Journey::default()).await.answer.told_twice;
    assert_eq!(twice[0].tables, [StepTable::Events, StepTable::OrderLines]);
    let question = Journey {
        tables: vec![StepTable::Events],
        ..Journey::default()
    };
    let answer = asked(&shop, &question).await.answer;
    assert_eq!((answer.told_twice.len(), answer.counts.steps), (0, 1));
}

#[tokio::test]
async fn settings_out_of_range_are_refused() {
    let shop = shop(&example::tables()).await;
    let of = |change: fn(&mut Journey)| {
        let mut question = Journey::default();
        change(&mut question);
        question
    };
    let wrong = [
        of(|question| question.most_steps = 1),
        of(|question| question.most_transitions = 0),
        of(|question| question.level = 1.0),
    ];
    assert_refused(&wrong, &shop).await;
}

/// Rows of a statement with one column of ids.
async fn ids(shop: &Shop, sql: &str) -> Vec<String> {
    let snapshot = shop
        .context
        .snapshot(&Scope::default())
        .await
        .expect("a snapshot");
    let frame = snapshot
        .query(sql, &[])
        .await
        .expect("a statement that fits");
    let batches = frame.collect().await.expect("rows");
    let texts = batches
        .iter()
        .map(|batch| crate::columns::text(batch, "id"));
    texts
        .flat_map(|texts| {
            let texts = texts.as_string_view().iter().flatten();
            texts.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

/// Customers in the rows of a funnel that got through so many steps.
async fn got_through(shop: &Shop, steps: &[&str], reached: i64) -> Vec<String> {
    let question = Funnel {
        steps: steps.iter().map(|&step| step.into()).collect(),
        ..Funnel::default()
    };
    let answered = question
        .ask(&Scope::default(), &shop.context)
        .await
        .expect("a funnel");
    let stream = answered.rows.expect("rows").stream();
    let batches: Vec<_> = stream.try_collect().await.expect("rows");
    let mut through = Vec::new();
    for batch in &batches {
        let customers = batch["customer_id"].as_string::<i32>();
        let counts = batch["steps_reached"].as_primitive::<Int64Type>();
        for row in 0..batch.num_rows() {
            if counts.value(row) >= reached {
                through.push(customers.value(row).to_owned());
            }
        }
    }
    through
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, ..ProptestConfig::default() })]

    /// Goal: the map, the funnel and plain SQL tell of the same customers, and everything adds up however
    /// little is told apart.
    #[test]
    fn map_funnel_and_sql_agree(kinds in prop::collection::vec(0_usize..6, 1..120), people in 1_usize..12) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            // no two steps at one instant
            let events: Vec<Value> = kinds.iter().enumerate().map(|(number, kind)| {
                let (customer, name) = (format!("c{:02}", number * 7 % people), ["a", "b", "c", "d", "e", "f"][*kind]);
                let at = format!("01-10T05:{:02}:{:02}", number / 60, number % 60);
                example::event(&customer, "", name, &at)
            }).collect();
            let shop = shop(&[(Table::Events, events)]).await;
            for most_steps in [2, 12] {
                let question = Journey { most_steps, most_transitions: 3, ..Journey::default() };
                let answer = asked(&shop, &question).await.answer;
                assert!(answer.adds_up(), "{:?}", answer.checks);
                for step in &answer.steps {
                    let StepName::Named(name) = &step.name else { continue };
                    let known = ids(&shop, &format!("select distinct customer_id as id from events where name = '{name}' order by 1")).await;
                    assert_eq!(step.people, known.len() as u64);
                    assert_eq!(got_through(&shop, &[name], 1).await, known);
                }
            }
            let names = ids(&shop, "select distinct name as id from events").await;
            if names.iter().any(|name| name == "a") && names.iter().any(|name| name == "b") {
                let known = ids(&shop, "select distinct one.customer_id as id from events one join events other \
                    on other.customer_id = one.customer_id and other.at > one.at \
                    where one.name = 'a' and other.name = 'b' order by 1").await;
                assert_eq!(got_through(&shop, &["a", "b"], 2).await, known);
            }
        });
    }
}
