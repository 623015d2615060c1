//! The CDNOW sample (Fader, Hardie 2001): 2,357 customers, of whom the published recency-frequency
//! summary and the published estimates are known.

use std::collections::BTreeMap;
use std::fs;

use super::*;
use crate::backtest::Backtest;
use crate::backtest::answer::BacktestAnswer;
use crate::lifetime::answer::ModelChoice;
use crate::testing::cdnow;

fn calibration() -> Scope {
    Scope {
        until: Some(jiff::civil::date(1997, 9, 30)),
        ..Scope::default()
    }
}

#[tokio::test]
async fn recency_and_frequency_are_those_published() {
    let Some(folder) = cdnow::folder() else {
        return;
    };
    let shop = cdnow::sample(&folder).await;
    let answered = ask(&shop, &calibration()).await;
    let summary = fs::read_to_string(folder.join("cdnow_customers_summary.csv")).expect("there");
    let mut published = BTreeMap::new();
    for line in summary.lines().skip(1) {
        let fields: Vec<f64> = line
            .split(',')
            .map(|field| field.parse().expect("a number"))
            .collect();
        published.insert(fields[0] as u32, (fields[1] as i64, fields[2], fields[3]));
    }
    let rows = known(&answered).await;
    assert_eq!((rows.len(), published.len()), (2357, 2357));
    for (id, repeats, recency, age, ..) in rows {
        let weeks = |days: i64| (days as f64 / 7.0 * 100.0).round() / 100.0;
        let number: u32 = id.parse().expect("a number");
        assert_eq!(
            (repeats, weeks(recency), weeks(age)),
            published[&number],
            "customer {id}"
        );
    }
}

#[tokio::test]
async fn estimates_are_those_published() {
    let Some(folder) = cdnow::folder() else {
        return;
    };
    let shop = cdnow::sample(&folder).await;
    let beta_geo = Lifetime {
        model: Some(Model::BetaGeo),
        ..Lifetime::default()
    };
    let answered = shop.context.ask(&calibration(), &beta_geo).await;
    let answered = answered.expect("an answer");
    let near = |found: f64, published: f64| {
        assert!(
            (found / published - 1.0).abs() < 1e-3,
            "{found} is not {published}"
        );
    };
    let model = answered.answer.model.as_ref().expect("a model");
    let published = [0.2426, 4.4137, 0.7930, 2.4262];
    for ((_, found), published) in model.fitted.estimates().iter().zip(published) {
        near(found.value, published);
    }
    assert!((model.fitted.log_likelihood() - -9582.43).abs() < 0.01);
    let spend = answered.answer.spend.as_ref().expect("a model of spend");
    near(spend.parameters.p, 6.249);
    near(spend.parameters.q, 3.745);
    near(spend.parameters.gamma, 15.448);
    assert!((spend.log_likelihood - -4055.92).abs() < 0.01);
    assert_eq!(spend.customers, 946.0);
    let json = serde_json::to_value(&*answered).expect("text keys");
    assert_eq!(json["answer"]["model"]["name"], "beta-geo");
    assert_eq!(json["answer"]["model"]["choice"]["by"], "name");
    assert!(json["answer"]["spend"]["parameters"]["gamma"].is_number());
}

#[tokio::test]
async fn learned_until_a_day_the_estimates_are_those_of_that_day() {
    let Some(folder) = cdnow::folder() else {
        return;
    };
    let shop = cdnow::sample(&folder).await;
    let day = calibration().until;
    let asked = async |scope: &Scope, train_until| {
        let question = Lifetime {
            train_until,
            ..Lifetime::default()
        };
        let answered = shop.context.ask(scope, &question).await;
        answered.expect("an answer")
    };
    let whole = Scope::default();
    let learned = asked(&whole, day).await;
    let then = asked(&calibration(), None).await;
    let now = asked(&whole, None).await;
    // parameters, choice and diagnosis as they would have been that day …
    assert_eq!(learned.answer.model, then.answer.model);
    assert_eq!(learned.answer.spend, then.answer.spend);
    // … histories as of the end
    assert_eq!(learned.answer.customers, now.answer.customers);
    assert_eq!(known(&learned).await, known(&now).await);
    let last = learned.answer.repeats.last().expect("a curve");
    assert_eq!(last.day, jiff::civil::date(1998, 6, 30));
    // what was learned in 39 weeks holds for 78
    assert!(
        (last.expected / last.actual as f64 - 1.0).abs() < 0.1,
        "{last:?}"
    );
}

#[tokio::test]
async fn without_a_name_the_model_is_that_of_backtest() {
    let Some(folder) = cdnow::folder() else {
        return;
    };
    let shop = cdnow::sample(&folder).await;
    let scope = Scope::default();
    let tested = shop.context.ask(&scope, &Backtest::default()).await;
    let tested = &tested.expect("an answer").answer;
    let verdict = tested.verdict.expect("a verdict");
    let answered = ask(&shop, &scope).await;
    let model = answered.answer.model.as_ref().expect("a model");
    assert_eq!(model.fitted.model(), verdict.model);
    let ModelChoice::Backtest { one_in, backtest } = &model.choice else {
        panic!("{:?}", model.choice);
    };
    let chosen_by = BacktestAnswer {
        last_test: None,
        ..tested.clone()
    };
    assert_eq!((*one_in, &**backtest), (1, &chosen_by));
}
