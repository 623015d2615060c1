//! Shops made by hand, asked through the lake. The arithmetic stands beside the numbers.

use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::link::{NoLink, Tells};

use super::answer::{LinkTold, Step};
use super::*;
use crate::question::Present;
use crate::testing::{Shop, as_markdown, assert_refused, bought, shop, with};
use crate::words::{Language, Words};

/// A score on 1..10, given on a scale so fine that its steps hide nothing: who, what, how much.
fn said(who: &str, measure: &str, dimension: &str, score: f64) -> Value {
    json!({
        "response_id": who,
        "question": format!("{measure} {dimension}"),
        "answered_at": "2025-03-01T03:00:00Z",
        "customer_id": who,
        "measure": measure,
        "dimension": if dimension.is_empty() { Value::Null } else { dimension.into() },
        "score": (score - 1.0) / 9.0 * 1e6,
        "scale_min": 0.0,
        "scale_max": 1e6,
    })
}

/// The worked example of `docs/methods/value-link.md`: 200 customers with one order of 100,000 on
/// 1 February each. To half of them benefits less costs are 1, to half 2; of the first 40 come back by the
/// end of May, of the second 60, for 100,000 each. The last order, in July, is a stranger's.
async fn documented() -> Shop {
    let (mut answers, mut lines) = (Vec::new(), Vec::new());
    for n in 0..200 {
        let who = format!("c{n:03}");
        let (product, among) = if n < 100 { (5.0, 40) } else { (6.0, 60) };
        answers.push(said(&who, "benefit", "product", product));
        answers.push(said(&who, "cost", "price", 4.0));
        lines.push(bought(&who, "02-01", 100_000));
        if n % 100 < among {
            lines.push(bought(&who, "04-15", 100_000));
        }
    }
    lines.push(bought("z", "07-01", 100_000));
    shop(&[(Table::SurveyAnswers, answers), (Table::OrderLines, lines)]).await
}

async fn ask(shop: &Shop) -> Answered<ValueLinkAnswer> {
    ValueLink::default()
        .ask(&Scope::default(), &shop.context)
        .await
        .expect("an answer, whatever the survey")
}

fn link(answer: &ValueLinkAnswer, from: Step, to: Step) -> &LinkTold {
    let mut links = answer.links.iter();
    links
        .find(|link| link.from == from && link.to == to)
        .expect("the link is wanted")
}

/// Odds of coming back 40 : 60 and 60 : 40, so their ratio per point is 2.25. One point more takes the
/// first hundred from .4 to .6, the second from .6 to 1.5 · 2.25 / (1 + 1.5 · 2.25) = .7714: on average
/// .1857 more. Revenue is 40,000 and 60,000, so 1.5 times as much per point.
#[tokio::test]
async fn links_are_those_worked_out_by_hand() {
    let shop = documented().await;
    let answered = ask(&shop).await;
    let answer = &answered.answer;
    assert_eq!((answer.respondents, answer.customers), (200, 200));
    let retention = link(answer, Step::Value, Step::Retention);
    let effect = retention.effect.expect("two hundred customers");
    assert!((effect.coefficient.value - 2.25_f64.ln()).abs() < 1e-4);
    let expected = (0.2 + 3.375 / 4.375 - 0.6) / 2.0;
    assert!(
        (effect.per_point.value - expected).abs() < 1e-4,
        "{effect:?}"
    );
    assert_eq!(retention.tells, Some(Tells::Raises));
    assert!((retention.outcome.expect("known").value - 0.5).abs() < 1e-12);
    let revenue = link(answer, Step::Value, Step::Revenue);
    assert!((revenue.factor.expect("money").value - 1.5).abs() < 1e-4);
    assert!((answer.revenue_of_buyers.expect("buyers").value - 100_000.0).abs() < 1e-6);
    // more of those who came back are in the half that sees more
    let sooner = answer.sooner.expect("a hundred came back");
    assert!(sooner.rate_ratio.value > 1.2 && sooner.came_back == 100);
    // no cost in any line, trust and share never asked, nothing went wrong
    assert_eq!(answer.margin, None);
    let trust = link(answer, Step::Value, Step::Trust);
    assert_eq!((trust.tells, trust.cannot), (None, None));
    assert!(!answer.links.iter().any(|link| link.to == Step::Value));
    let missing: Vec<&str> = (answer.completing.iter())
        .map(|question| question.measure.as_str())
        .collect();
    assert_eq!(missing, ["benefit", "share"]);
    assert_eq!(answered.provenance.rows_used, 400);
}

/// Who met two failures sees two points less; who says 8 of ten trusts more; who buys elsewhere too comes
/// back less.
#[tokio::test]
async fn every_link_of_the_chain_is_found() {
    let (mut answers, mut lines, mut events) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0_i64..240 {
        let who = format!("c{n:03}");
        // what scatters, in three ways that have nothing to do with each other
        let [first, second, third] = [7, 11, 13].map(|step| (n * step % 17) as f64 / 17.0 - 0.5);
        let failures = n % 3;
        let product = 7.0 - failures as f64 + 3.0 * first;
        let trust = 2.0 + 0.6 * product + 2.0 * second;
        let share = (0.08 * trust + 0.4 * third).clamp(0.0, 1.0);
        answers.push(said(&who, "benefit", "product", product));
        answers.push(said(&who, "benefit", "trust", trust));
        answers.push(said(&who, "cost", "price", 4.0));
        answers.push(said(&who, "share", "", 1.0 + 9.0 * share));
        lines.push(bought(&who, "02-01", 100_000 + 1_000 * (n % 5)));
        if share + 0.3 * first > 0.35 {
            lines.push(bought(&who, "04-15", 50_000));
        }
        for failure in 0..failures {
            events.push(json!({
                "event_id": format!("{who}-{failure}"),
                "customer_id": who,
                "at": "2025-02-10T03:00:00Z",
                "name": "pay",
                "outcome": "failed",
            }));
        }
        // after the answer: of no account
        events.push(json!({
            "event_id": format!("{who}-late"),
            "customer_id": who,
            "at": "2025-03-10T03:00:00Z",
            "name": "pay",
            "outcome": "failed",
        }));
    }
    lines.push(bought("z", "07-01", 100_000));
    let shop = shop(&[
        (Table::SurveyAnswers, answers),
        (Table::OrderLines, lines),
        (Table::Events, events),
    ])
    .await;
    let answered = ask(&shop).await;
    let answer = &answered.answer;
    let tells = |from, to| link(answer, from, to).tells;
    assert_eq!(tells(Step::Failure, Step::Value), Some(Tells::Lowers));
    // benefits are the mean of product (−1 per failure) and trust (−.6)
    let per_failure = link(answer, Step::Failure, Step::Value)
        .effect
        .expect("told");
    let (low, high) = per_failure.per_point.ends().expect("an interval");
    assert!((low..=high).contains(&-0.8), "{low} to {high}");
    assert_eq!(tells(Step::Value, Step::Trust), Some(Tells::Raises));
    assert_eq!(tells(Step::Trust, Step::Share), Some(Tells::Raises));
    assert_eq!(tells(Step::Share, Step::Retention), Some(Tells::Raises));
    assert_eq!(tells(Step::Value, Step::Retention), Some(Tells::Raises));
    assert_eq!(link(answer, Step::Trust, Step::Share).held_still, ["value"]);
    assert!(answer.completing.is_empty(), "{:?}", answer.completing);
}

#[tokio::test]
async fn what_cannot_be_told_says_why() {
    let nobody = shop(&[]).await;
    let answered = ask(&nobody).await;
    let words = Words::new(Language::English);
    let sheet = answered.answer.sheet(&answered.provenance, &words);
    assert!(sheet.nothing_to_tell);
    assert!(answered.answer.completing.len() > 10);

    let strangers: Vec<Value> = (0..50)
        .map(|n| {
            let answer = said(
                &format!("r{n}"),
                "benefit",
                "product",
                2.0 + f64::from(n % 7),
            );
            with(answer, "customer_id", Value::Null)
        })
        .collect();
    let strangers = shop(&[(Table::SurveyAnswers, strangers)]).await;
    let answered = ask(&strangers).await;
    assert_eq!(
        (answered.answer.customers, answered.answer.not_customers),
        (0, 50)
    );
    let told = as_markdown(&answered, Language::English);
    assert!(told.contains("Ask for the customer code"), "{told}");

    let few: Vec<Value> = (0..20)
        .flat_map(|n| {
            let who = format!("c{n}");
            [
                said(&who, "benefit", "product", 3.0 + f64::from(n % 5)),
                said(&who, "cost", "price", 4.0),
            ]
        })
        .collect();
    let lines = vec![bought("c1", "02-01", 5), bought("c2", "07-01", 5)];
    let few = shop(&[(Table::SurveyAnswers, few), (Table::OrderLines, lines)]).await;
    let answered = ask(&few).await;
    let retention = link(&answered.answer, Step::Value, Step::Retention);
    let why = NoLink::TooFew {
        people: 20,
        needed: 60,
    };
    assert_eq!((retention.tells, retention.cannot), (None, Some(why)));
}

#[tokio::test]
async fn the_sheet_reads_well() {
    let shop = documented().await;
    let answered = ask(&shop).await;
    insta::assert_snapshot!("value-link-en", as_markdown(&answered, Language::English));
    insta::assert_snapshot!(
        "value-link-vi",
        as_markdown(&answered, Language::Vietnamese)
    );
}

#[tokio::test]
async fn settings_out_of_range_are_refused() {
    let shop = shop(&[]).await;
    let questions = [
        ValueLink {
            days: 6,
            ..ValueLink::default()
        },
        ValueLink {
            level: 0.4,
            ..ValueLink::default()
        },
    ];
    assert_refused(&questions, &shop).await;
}
