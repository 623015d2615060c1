//! The business of `steps::example`, whose steps can be counted by hand.

use super::*;
use crate::funnel::Funnel;
use crate::steps::example::tables;
use crate::testing::{Shop, as_markdown, shop, shop_with};
use crate::words::Language;
use answer::Who;
use futures::TryStreamExt;

async fn ask(shop: &Shop, question: &Why) -> Answered<WhyAnswer> {
    let answered = question.ask(&Scope::default(), &shop.context).await;
    answered.expect("there are such steps")
}

fn of(steps: &str) -> Why {
    Why {
        steps: steps.into(),
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
