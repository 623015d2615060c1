//! The room on the small business of `example.rs`.

use serde_json::Value;
use worth_lake::tables::Table;

use super::example::{event, tables};
use super::*;
use crate::question::Scope;
use crate::testing::{Shop, shop, shop_with};

async fn read(shop: &Shop, scope: &Scope, case: Case) -> Arc<Steps> {
    let settings = JourneySettings::of(&shop.context, Some(case), None, &[]);
    let settings = settings.expect("settings that fit");
    let observation = observe(scope, &shop.context).await.expect("a snapshot");
    let steps = Steps::read("test", &shop.context, &observation, &settings).await;
    steps.expect("steps")
}

/// Names of the steps of a journey, in order.
fn way(steps: &Steps, journey: usize) -> Vec<&str> {
    let kinds = steps.log.steps(journey).1.iter();
    kinds
        .map(|&kind| steps.kinds[kind as usize].name.as_str())
        .collect()
}

/// Goal: every table joins, each fact once, in order; visitors are who they were told to be.
#[tokio::test]
async fn all_tables_join_in_one_journey_of_a_person() {
    let shop = shop(&tables()).await;
    let steps = read(&shop, &Scope::default(), Case::Customer).await;
    assert_eq!(steps.ids.customers, ["c1", "c2", "c3"]);
    assert_eq!(steps.ids.visitors, ["web-2", "web-9"]);
    assert_eq!(
        way(&steps, 0),
        [
            "open",
            "cart",
            "Pay",
            "Pay",
            "order",
            "delivery",
            "ticket",
            "survey",
            "look",
            "message_sent",
            "message_opened"
        ]
    );
    assert_eq!(way(&steps, 1), ["open", "look", "cart", "order"]);
    assert_eq!(way(&steps, 2), ["open", "log in"]);
    assert_eq!([way(&steps, 3), way(&steps, 4)], [["look"], ["open"]]);
    let stitched = Stitched {
        visitors: 1,
        steps: 1,
        ambiguous: 1,
    };
    assert_eq!(steps.stitched, stitched);
    let of_tables: Vec<u64> = steps.tables.iter().map(|table| table.steps).collect();
    assert_eq!(of_tables, [12, 3, 2, 1, 1]);
    let left_out: Vec<_> = steps
        .left_out
        .iter()
        .map(|out| (out.reason.as_str(), out.rows))
        .collect();
    assert_eq!(left_out, [("no-person", 1)]);
    let outcomes = |name: &str| -> Vec<Option<Outcome>> {
        let kinds = steps.kinds.iter().filter(|kind| kind.name == name);
        kinds.map(|kind| kind.outcome).collect()
    };
    assert_eq!(
        outcomes("order"),
        [Some(Outcome::Ok), Some(Outcome::Abandoned)]
    );
    assert_eq!(outcomes("Pay"), [Some(Outcome::Ok), Some(Outcome::Failed)]);
    assert!(matches!(steps.ids.of(1), JourneyOf::Customer("c2")));
    assert!(matches!(steps.ids.of(4), JourneyOf::Visitor("web-9")));
}

/// Goal: the order of rows cannot be seen.
#[tokio::test]
async fn rows_in_another_order_give_the_same_steps() {
    let one = read(&shop(&tables()).await, &Scope::default(), Case::Customer).await;
    let mut turned = tables();
    for (_, rows) in &mut turned {
        rows.reverse();
    }
    let other = read(&shop(&turned).await, &Scope::default(), Case::Customer).await;
    assert_eq!(one.log, other.log);
    assert_eq!(one.kinds, other.kinds);
    assert_eq!(one.names, other.names);
}

/// Goal: worth.toml says which tables join and what steps are called; the filter of stages sees that.
#[tokio::test]
async fn settings_name_tables_steps_and_stages() {
    let settings = "[journey]\ntables = [\"events\"]\n\
        [[journey.rules]]\nnames = [\"PAY\", \"ca*\"]\nname = \"check out\"\nstage = \"Till\"\n\
        [[journey.rules]]\nnames = [\"look\"]\nstage = \"browse\"";
    let shop = shop_with(&tables(), settings).await;
    let steps = read(&shop, &Scope::default(), Case::Customer).await;
    assert_eq!(
        way(&steps, 0),
        ["open", "check out", "check out", "check out", "look"]
    );
    let stages: Vec<_> = Labelled::of(&steps, Grain::Stage).labels;
    assert_eq!(stages, [None, Some("Till".into()), Some("browse".into())]);
    let renamed: Vec<_> = steps
        .names
        .iter()
        .filter(|read| read.name == "check out")
        .collect();
    let before: Vec<_> = renamed
        .iter()
        .map(|read| (read.before.as_str(), read.steps))
        .collect();
    assert_eq!(before, [("cart", 2), ("Pay ", 1), ("pay", 1)]);
    let mut scope = Scope::default();
    scope.filter.stage = vec!["Till".into()];
    let steps = read(&shop, &scope, Case::Customer).await;
    assert_eq!(steps.log.events(), 4);
    assert_eq!(steps.left_out[0].rows, 8);
    assert_eq!(steps.ids.customers, ["c1", "c2"]);
}

/// Goal: cases are journeys when asked for; what has no case is counted.
#[tokio::test]
async fn journeys_may_be_cases() {
    let case = |mut row: Value, id: &str| {
        row["journey_id"] = id.into();
        row
    };
    let events = vec![
        case(event("c1", "", "a", "01-10T05:00:00"), "NA"),
        case(event("c1", "", "b", "01-10T05:00:01"), "NA"),
        case(event("c2", "", "a", "01-10T05:00:02"), "7"),
        event("c2", "", "a", "01-10T05:00:03"),
    ];
    let shop = shop(&[(Table::Events, events)]).await;
    let steps = read(&shop, &Scope::default(), Case::Journey).await;
    assert_eq!(steps.ids.cases, ["test/7", "test/NA"]);
    assert_eq!(way(&steps, 1), ["a", "b"]);
    assert_eq!(steps.left_out[0].reason, "no-journey");
}
