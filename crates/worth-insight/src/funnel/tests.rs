//! `funnel` on the small business of the room `steps`, worked out by hand.

use insta::assert_snapshot;

use super::answer::*;
use super::*;
use crate::steps::example;
use crate::testing::{Shop, as_markdown, assert_refused, shop, shop_with};
use crate::words::Language;

async fn asked(shop: &Shop, question: &Funnel) -> Answered<FunnelAnswer> {
    let answered = question.ask(&Scope::default(), &shop.context).await;
    answered.expect("an answer")
}

fn through(steps: &[&str]) -> Funnel {
    Funnel {
        steps: steps.iter().map(|&step| step.into()).collect(),
        ..Funnel::default()
    }
}

async fn reached(shop: &Shop, steps: &[&str]) -> Vec<u64> {
    let answer = asked(shop, &through(steps)).await.answer;
    answer.steps.iter().map(|step| step.journeys).collect()
}

/// Goal: without steps the stages are the funnel, in the order in which they are met: c1 goes through all three,
/// c2 as far as choosing, c3 and a visitor browse.
#[tokio::test]
async fn the_stages_are_the_usual_funnel() {
    let shop = shop(&example::tables()).await;
    let answer = asked(&shop, &Funnel::default()).await.answer;
    assert_eq!(answer.chosen, Chosen::StagesAsMet);
    let told: Vec<_> = answer
        .steps
        .iter()
        .map(|step| (step.step.as_str(), step.journeys))
        .collect();
    assert_eq!(told, [("browse", 4), ("choose", 2), ("payment", 1)]);
    assert_eq!(answer.steps[1].of_previous.value, 0.5);
    let since = answer.steps[1].since_previous.expect("some got there");
    assert_eq!(since.median_seconds.value, 300.0);
    // c3 logs in, the visitor does nothing more
    let named = |name: &str| Some(StepName::Named(name.into()));
    let mut next = answer.steps[0].next.clone();
    next.sort_by_key(|beside| beside.step.is_some());
    let beside = |step, journeys| Beside { step, journeys };
    assert_eq!(next, [beside(None, 1), beside(named("log in"), 1)]);
    assert_eq!(answer.before, [beside(None, 4)]);
    assert_eq!(
        answer.most_lost().map(|(place, step)| (place, step.lost)),
        Some((0, 2))
    );
}

#[tokio::test]
async fn stages_of_the_settings_come_in_their_order() {
    let settings = "[journey]\nstages = [\"payment\", \"browse\"]";
    let shop = shop_with(&example::tables(), settings).await;
    let answer = asked(&shop, &Funnel::default()).await.answer;
    assert_eq!(answer.chosen, Chosen::StagesOfSettings);
    let told: Vec<_> = answer
        .steps
        .iter()
        .map(|step| (step.step.as_str(), step.journeys))
        .collect();
    assert_eq!(told, [("payment", 1), ("browse", 0)]);
}

/// Goal: conditions, limits of time and exclusions do what they say.
#[tokio::test]
async fn conditions_limits_and_exclusions() {
    let shop = shop(&example::tables()).await;
    assert_eq!(
        reached(&shop, &["open", "cart", "pay & outcome=ok", "order"]).await,
        [4, 2, 1, 1]
    );
    assert_eq!(reached(&shop, &["open", "order"]).await, [4, 2]);
    assert_eq!(reached(&shop, &["open", "order within 1d"]).await, [4, 1]);
    let answer = asked(&shop, &through(&["open", "cart", "order within 1d"]))
        .await
        .answer;
    let counts: Vec<u64> = answer.steps.iter().map(|step| step.journeys).collect();
    assert_eq!(counts, [4, 2, 1]);
    let (low, high) = answer.steps[1].of_previous.ends().expect("an interval");
    assert!((low - 0.18).abs() < 5e-3 && (high - 0.82).abs() < 5e-3);
    assert_eq!(
        reached(&shop, &["open", "order without outcome=failed"]).await,
        [4, 1]
    );
    assert_eq!(reached(&shop, &["table=events", "message*"]).await, [5, 1]);
    assert_eq!(
        reached(&shop, &["cart | log in", "order | ticket"]).await,
        [3, 2]
    );
    let question = Funnel {
        within: "1h".parse().ok(),
        ..through(&["open", "pay", "delivery"])
    };
    let answer = asked(&shop, &question).await.answer;
    let counts: Vec<u64> = answer.steps.iter().map(|step| step.journeys).collect();
    assert_eq!(counts, [4, 1, 0]);
}

#[tokio::test]
async fn what_is_no_step_is_told() {
    let shop = shop(&example::tables()).await;
    for wrong in [
        "opne",
        "pay & outcome=abandoned",
        "pay without nothing",
        "pay within soon",
    ] {
        let refused = through(&[wrong])
            .ask(&Scope::default(), &shop.context)
            .await;
        assert!(matches!(refused, Err(Error::NotAChoice { .. })), "{wrong}");
    }
    let question = Funnel {
        level: 0.2,
        ..Funnel::default()
    };
    assert_refused(&[question], &shop).await;
}

#[tokio::test]
async fn sheets_in_both_languages() {
    let shop = shop(&example::tables()).await;
    let answered = asked(&shop, &through(&["open", "cart", "order within 1d"])).await;
    assert_snapshot!("funnel-en", as_markdown(&answered, Language::English));
    assert_snapshot!("funnel-vi", as_markdown(&answered, Language::Vietnamese));
}
