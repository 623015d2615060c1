//! The business of `steps::example`, whose steps can be counted by hand.

use super::*;
use crate::drop_off::DropOff;
use crate::funnel::Funnel;
use crate::journey::Journey;
use crate::steps::example::{event, tables};
use crate::testing::{Shop, as_markdown, shop, shop_with};
use crate::words::Language;
use answer::Who;
use futures::TryStreamExt;
use serde_json::Value;
use worth_lake::tables::Table;

async fn ask(shop: &Shop, question: &Why) -> Answered<WhyAnswer> {
    let answered = question.ask(&Scope::default(), &shop.context).await;
    answered.expect("there are such steps")
}

fn of(steps: &str) -> Why {
    Why {
        steps: Some(steps.into()),
        ..Why::default()
    }
}

/// c1's payment failed, c2 gave up the cart, and c2's order was cancelled.
#[tokio::test]
async fn a_rule_counts_steps_kinds_and_people() {
    let shop = shop(&tables()).await;
    let answered = ask(&shop, &Why::default()).await;
    let answer = &answered.answer;
    assert_eq!((answer.steps, answer.customers, answer.visitors), (3, 2, 0));
    let kinds: Vec<(&str, u64)> = (answer.kinds.iter())
        .map(|kind| (kind.name.as_str(), kind.steps))
        .collect();
    assert_eq!(kinds, [("Pay", 1), ("cart", 1), ("order", 1)]);
    let people: Vec<(Option<&str>, u64)> = (answer.people.iter())
        .map(|person| (person.customer_id.as_deref(), person.steps))
        .collect();
    assert_eq!(people, [(Some("c2"), 2), (Some("c1"), 1)]);
    let rows = answered.rows.as_ref().expect("a row for each person");
    let batches: Vec<_> = rows.stream().try_collect().await.expect("in memory");
    assert_eq!(batches[0].num_rows(), 2);
}

/// The same people whoever is asked.
#[tokio::test]
async fn the_funnel_counts_the_same_people() {
    let shop = shop(&tables()).await;
    for rule in [
        "open",
        "pay",
        "outcome=failed | outcome=abandoned",
        "table=messages",
    ] {
        let why = ask(&shop, &of(rule)).await.answer;
        let funnel = Funnel {
            steps: vec![rule.into(), "open".into()],
            ..Funnel::default()
        };
        let funnel = funnel.ask(&Scope::default(), &shop.context).await;
        let funnel = funnel.expect("there are such steps").answer;
        let first = serde_json::to_value(&funnel.steps[0]).expect("text keys");
        assert_eq!(first["journeys"], why.customers + why.visitors, "{rule}");
    }
}

/// Names with signs that have a meaning in rules, at two places or none; five people take 240 steps, more than a day
/// apart now and then. Every fourth fails.
fn odd_tables() -> Vec<(Table, Vec<Value>)> {
    const NAMES: [&str; 7] = [
        "a & b",
        "Home > Shoes",
        "pay",
        "then",
        "5\" pipe",
        "*",
        "PAY",
    ];
    let mut random: u32 = 7;
    let mut below = |many: u32| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 8) % many
    };
    let events = (0..240).map(|number| {
        let person = format!("c{}", below(5));
        let (customer, visitor) = match person.as_str() {
            "c4" => ("", "v"),
            customer => (customer, ""),
        };
        let name = NAMES[below(NAMES.len() as u32) as usize];
        let at = format!(
            "{:02}-{:02}T{:02}:{:02}:00",
            1 + number / 100,
            1 + number / 4 % 25,
            below(24),
            number % 60
        );
        let mut row = event(customer, visitor, name, &at);
        row["event_id"] = number.to_string().into();
        row["sequence"] = number.into();
        if let Some(place) = ["app", "site | shop"].get(below(3) as usize) {
            row["touchpoint"] = (*place).into();
        }
        row["journey_id"] = format!("j{}", below(9)).into();
        row["outcome"] = if below(4) == 0 { "failed" } else { "ok" }.into();
        row
    });
    vec![(Table::Events, events.collect())]
}

/// Steps, journeys and people of an answer.
fn counts(answer: &WhyAnswer) -> [u64; 3] {
    let people = answer.customers + answer.visitors + answer.cases;
    [answer.steps, answer.journeys, people]
}

/// Goal: whatever the map is told by, each of its steps and transitions leads to as many steps, journeys and people.
#[tokio::test]
async fn every_number_of_the_map_leads_to_those_behind_it() {
    let shop = shop(&odd_tables()).await;
    let mut asked = 0;
    for (by, case, window) in [
        (Grain::Name, None, None),
        (Grain::Touchpoint, None, "1d".parse().ok()),
        (Grain::Touchpoint, Some(Case::Journey), None),
    ] {
        let journey = Journey {
            by,
            case,
            window,
            ..Journey::default()
        };
        let map = journey.ask(&Scope::default(), &shop.context).await;
        let map = map.expect("there are steps").answer;
        for place in &map.steps {
            let why = place.why.as_ref().expect("all are told apart");
            let found = counts(&ask(&shop, why).await.answer);
            assert_eq!(
                found,
                [place.steps, place.journeys, place.people],
                "{why:?}"
            );
            asked += 1;
        }
        for edge in &map.transitions {
            assert_eq!(edge.in_doubt, 0, "a sequence orders all");
            let why = edge.why.as_ref().expect("all are told apart");
            let found = counts(&ask(&shop, why).await.answer);
            assert_eq!(found, [edge.times, edge.journeys, edge.people], "{why:?}");
            asked += 1;
        }
    }
    // 6 names, "pay" and "PAY" being one; two places and none
    assert_eq!(asked, 6 + 30 + 2 * (3 + 9));
}

#[tokio::test]
async fn every_number_of_a_funnel_leads_to_those_behind_it() {
    for tables in [tables(), odd_tables()] {
        let shop = shop(&tables).await;
        let odd = [
            "pay & outcome=ok",
            "\"a & b\" within 10d without \"then\"",
            "touchpoint=app",
        ];
        let steps = match tables.len() {
            1 => odd.iter().map(|&step| step.into()).collect(),
            _ => Vec::new(),
        };
        let funnel = Funnel {
            steps: steps.clone(),
            within: "4w".parse().ok(),
            window: "12d".parse().ok(),
            ..Funnel::default()
        };
        let answered = funnel.ask(&Scope::default(), &shop.context).await;
        for step in answered.expect("a funnel").answer.steps {
            let found = ask(&shop, &step.why).await.answer;
            assert_eq!(found.journeys, step.journeys, "{:?}", step.why);
            if let Some(why) = &step.why_lost {
                assert_eq!(ask(&shop, why).await.answer.journeys, step.lost, "{why:?}");
            }
        }
        for within in [None, "5d".parse().ok()] {
            let drop_off = DropOff {
                steps: steps.clone(),
                within,
                ..DropOff::default()
            };
            let answered = drop_off.ask(&Scope::default(), &shop.context).await;
            let answer = answered.expect("a funnel").answer;
            let found = ask(&shop, &answer.why).await.answer;
            assert_eq!(found.journeys, answer.reached, "{:?}", answer.why);
            let found = ask(&shop, &answer.why_left).await.answer;
            assert_eq!(found.journeys, answer.leavers, "{:?}", answer.why_left);
        }
    }
}

/// A rule of worth.toml makes two names one: what the table had stands beside.
#[tokio::test]
async fn what_the_table_called_it_stands_beside() {
    let rule = "[[journey.rules]]\nnames = [\"look\"]\nname = \"open\"\n";
    let shop = shop_with(&tables(), rule).await;
    let answer = ask(&shop, &of("open")).await.answer;
    let before: Vec<&str> = answer.kinds[0]
        .before
        .iter()
        .map(|read| read.before.as_str())
        .collect();
    assert_eq!(before, ["look"]);
    let unknown = of("opne").ask(&Scope::default(), &shop.context).await;
    let error = unknown.err().expect("no step is called so").to_string();
    assert!(error.contains("opne") && error.contains("open"), "{error}");
}

/// c3 was the visitor web-1 before: that step counts as c3's; web-9 stays a visitor.
#[tokio::test]
async fn of_one_customer_every_step_is_shown() {
    let shop = shop(&tables()).await;
    let question = |id: &str| Why {
        customer: Some(id.into()),
        ..of("open")
    };
    let evidence = ask(&shop, &question("c3"))
        .await
        .answer
        .evidence
        .expect("asked for");
    let steps: Vec<(&str, bool)> = (evidence.steps.iter())
        .map(|step| (step.name.as_str(), step.counts))
        .collect();
    assert_eq!(steps[..2], [("open", true), ("log in", false)]);
    let visitor = ask(&shop, &question("web-9"))
        .await
        .answer
        .evidence
        .expect("asked for");
    assert_eq!(visitor.person, Who::AnonymousId("web-9".into()));
    let nobody = question("zz").ask(&Scope::default(), &shop.context).await;
    assert_eq!(nobody.err().map(|error| error.code()), Some("no-customer"));
}

#[tokio::test]
async fn the_sheet_reads_well() {
    let shop = shop(&tables()).await;
    let answered = ask(&shop, &Why::default()).await;
    insta::assert_snapshot!("why-en", as_markdown(&answered, Language::English));
    let question = Why {
        customer: Some("c1".into()),
        ..Why::default()
    };
    let answered = ask(&shop, &question).await;
    insta::assert_snapshot!("why-vi", as_markdown(&answered, Language::Vietnamese));
}
