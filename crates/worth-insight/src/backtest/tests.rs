//! Tests with published results, and hand-made shops.

use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::lifetime::{Cell, Model};

use super::answer::{AgainstNaive, CannotTell, Naive};
use super::*;
use crate::testing::{Shop, as_markdown, assert_refused, cdnow, regulars, shop};
use crate::words::Language;

async fn ask(shop: &Shop, question: &Backtest, scope: &Scope) -> Answered<BacktestAnswer> {
    question.ask(scope, &shop.context).await.expect("an answer")
}

/// Calibration and holdout of 39 weeks each, as in Fader, Hardie, Lee (2005).
async fn published() -> Option<Answered<BacktestAnswer>> {
    let shop = cdnow::sample(&cdnow::folder()?).await;
    let question = Backtest {
        horizon_days: Some(39 * 7),
        tests: Some(1),
        ..Backtest::default()
    };
    // the file is longer than twice 39 weeks by the days in which the cohort was won
    let until = Some(jiff::civil::date(1998, 6, 30));
    let scope = Scope {
        until,
        ..Scope::default()
    };
    Some(ask(&shop, &question, &scope).await)
}

#[tokio::test]
async fn the_holdout_of_cdnow_is_forecast_as_published() {
    let Some(answered) = published().await else {
        return;
    };
    let answer = &answered.answer;
    let test = &answer.tests[0];
    assert_eq!(test.day, jiff::civil::date(1997, 9, 30));
    assert_eq!((test.customers, test.purchases), (2357, 1882));
    for (method, total, absolute, root) in [
        (Model::BetaGeo, 1653.39, 0.78545, 1.60798),
        (Model::ParetoNbd, 1665.43, 0.75451, 1.60285),
        (Model::ModifiedBetaGeo, 1576.71, 0.76478, 1.60718),
    ] {
        let found = &answer.of(method).expect("it was tested").accuracy;
        let near = |found: f64, published: f64, tolerance: f64| {
            assert!(
                (found - published).abs() < tolerance,
                "{method:?}: {found}, {published}"
            );
        };
        near(found.forecast, total, 0.5);
        near(found.mean_absolute_error.value, absolute, 1e-3);
        near(found.root_mean_squared_error.value, root, 1e-3);
    }
    let verdict = answer.verdict.expect("a verdict");
    assert_eq!(verdict.against_naive, AgainstNaive::ModelWins);
    // nobody leaving is what the models of leaving are there to beat
    let nbd = answer.of(Naive::Nbd).expect("it was tested");
    let beta_geo = answer.of(Model::BetaGeo).expect("it was tested");
    assert!(beta_geo.log_score.expect("probabilities").value > nbd.log_score.expect("too").value);
    let customers: u64 = answer
        .by_frequency
        .iter()
        .map(|group| group.customers)
        .sum();
    assert_eq!(customers, 2357);
}

#[tokio::test]
async fn the_last_test_of_cdnow_shows_what_the_paper_shows() {
    let Some(answered) = published().await else {
        return;
    };
    let answer = &answered.answer;
    let test = answer.last_test.as_ref().expect("it was tested");
    assert_eq!(test.first_day, jiff::civil::date(1997, 1, 1));
    // repeat purchases within 39 weeks, as in Fader, Hardie, Lee (2005)
    let actual = |cells: &[Cell]| -> Vec<f64> { cells.iter().map(|cell| cell.actual).collect() };
    let published = [1411.0, 439.0, 214.0, 100.0, 62.0, 38.0, 29.0, 64.0];
    assert_eq!(actual(&test.frequencies_before), published);
    for cells in [&test.frequencies_before, &test.frequencies_after] {
        let expected: f64 = cells.iter().map(|cell| cell.expected).sum();
        assert!((expected - 2357.0).abs() < 0.5, "{expected}");
        assert_eq!(actual(cells).iter().sum::<f64>(), 2357.0);
    }
    // 78 weeks, of which the model saw half
    let at_test_day = test.tracking.iter().find(|point| point.day == test.day);
    let at_test_day = at_test_day.expect("a point on the test day");
    let last = test.tracking.last().expect("points");
    assert_eq!(last.day, jiff::civil::date(1998, 6, 30));
    assert_eq!(last.actual - at_test_day.actual, 1882);
    assert!((at_test_day.expected / at_test_day.actual as f64 - 1.0).abs() < 0.05);
    let map = &test.p_alive;
    assert!((map.age_weeks - 38.86).abs() < 0.01 && map.recency_weeks[0] == map.age_weeks);
    // the longer someone has been silent, the less likely
    for column in 1..map.frequency.len() {
        let down = map.p_alive[..10].iter().map(|row| row[column]);
        assert!(down.is_sorted_by(|one, other| one > other), "{map:?}");
    }
    assert!(map.p_alive[10][0].is_some() && map.p_alive[10][1..].iter().all(Option::is_none));
    let within = test.within_intervals.value;
    assert!((0.9..=0.99).contains(&within), "{within}");
    // the tenths of all customers, and the best of them as told before
    assert_eq!(answer.tenths.len(), 10);
    let model = answer.verdict.expect("a verdict").model;
    let best = answer
        .of(model)
        .expect("it was tested")
        .accuracy
        .top_tenth_share;
    let lift = answer.tenths[0].lift.expect("purchases");
    assert!((lift / 10.0 - best.expect("purchases").value).abs() < 1e-9);
}

#[tokio::test]
async fn intervals_of_single_customers_hold_on_cdnow() {
    let Some(answered) = published().await else {
        return;
    };
    for model in Model::ALL {
        let tested = answered.answer.of(model).expect("it was tested");
        let coverage = tested.coverage.expect("probabilities").value;
        assert!((0.87..=0.93).contains(&coverage), "{model:?}: {coverage}");
    }
}

fn line(customer: &str, day: &str) -> Value {
    json!({
        "order_id": format!("{customer}-{day}"),
        "line": 1,
        "customer_id": customer,
        "ordered_at": format!("{day}T05:00:00Z"),
        "amount": 100_000,
        "currency": "VND",
    })
}

#[tokio::test]
async fn what_was_known_and_what_happened_are_kept_apart() {
    // The last line ends observation on 27 August; the test day is 30 days earlier, 28 July.
    let mut lines = regulars();
    lines.retain(|line| line["ordered_at"].as_str() < Some("2025-08-01"));
    lines.extend([
        line("z1", "2025-06-28"), // 30 days before the test ends with 28 June: not lately
        line("z1", "2025-06-29"),
        line("z1", "2025-07-28"),
        line("z1", "2025-07-29"),
        line("z1", "2025-08-27"),
        line("z2", "2025-07-29"), // a new customer, of whom nothing was known
    ]);
    let shop = shop(&[(Table::OrderLines, lines.clone())]).await;
    let question = Backtest {
        horizon_days: Some(30),
        tests: Some(1),
        ..Backtest::default()
    };
    let answer = ask(&shop, &question, &Scope::default()).await.answer;
    let test = &answer.tests[0];
    assert_eq!(test.day, jiff::civil::date(2025, 7, 28));
    let days = |from: &str, until: &str, known: &[&str]| {
        let of_known = lines.iter().filter(|line| {
            let day = &line["ordered_at"].as_str().expect("a time")[..10];
            let customer = line["customer_id"].as_str().expect("an id");
            (from..=until).contains(&day) && known.contains(&customer)
        });
        of_known.count() as f64
    };
    let known: Vec<String> = (0..60).map(|i| format!("c{i:02}")).collect();
    let mut known: Vec<&str> = known.iter().map(String::as_str).collect();
    known.push("z1");
    assert_eq!(test.customers, 61);
    let happened = days("2025-07-29", "2025-08-27", &known);
    assert_eq!(test.purchases as f64, happened);
    let lately = answer.of(Naive::LastPeriod).expect("it was tested");
    assert_eq!(
        lately.accuracy.forecast,
        days("2025-06-29", "2025-07-28", &known)
    );
}

#[tokio::test]
async fn short_data_and_few_customers_are_said() {
    let two = vec![line("a", "2025-01-01"), line("a", "2025-01-20")];
    let shop_of_two = shop(&[(Table::OrderLines, two)]).await;
    let short = ask(&shop_of_two, &Backtest::default(), &Scope::default()).await;
    let expected = CannotTell::TooShort {
        observed_days: 20,
        needed_days: 35,
    };
    assert_eq!(short.answer.cannot_tell, Some(expected));

    let few: Vec<Value> = (1..=9)
        .map(|month| line("a", &format!("2025-0{month}-10")))
        .collect();
    let shop_of_few = shop(&[(Table::OrderLines, few)]).await;
    let few = ask(&shop_of_few, &Backtest::default(), &Scope::default()).await;
    assert_eq!(few.answer.cannot_tell, Some(CannotTell::TooFewRepeats));
}

#[tokio::test]
async fn parameters_out_of_range_are_refused() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let refused = [
        Backtest {
            tests: Some(0),
            ..Backtest::default()
        },
        Backtest {
            horizon_days: Some(3),
            ..Backtest::default()
        },
        Backtest {
            level: Some(1.0),
            ..Backtest::default()
        },
    ];
    assert_refused(&refused, &shop).await;
}

#[test]
fn tests_end_where_the_next_begins_and_know_enough() {
    assert_eq!(origins(Some(0), 399, 100, 3), [99, 199, 299]);
    assert_eq!(origins(Some(0), 399, 100, 1), [299]);
    assert_eq!(origins(Some(0), 198, 100, 3), Vec::<i32>::new());
    assert_eq!(origins(Some(0), 199, 100, 3), [99]);
    assert_eq!(origins(None, 399, 100, 3), Vec::<i32>::new());
}

#[tokio::test]
async fn sheets_in_both_languages() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let question = Backtest {
        horizon_days: Some(45),
        ..Backtest::default()
    };
    let answered = ask(&shop, &question, &Scope::default()).await;
    for language in Language::ALL {
        let text = as_markdown(&answered, language);
        insta::assert_snapshot!(format!("backtest-{language}"), text);
    }
}
