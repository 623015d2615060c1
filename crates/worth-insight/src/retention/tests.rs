//! Hand-made shops whose arithmetic is written out, and sheets.

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::Int64Type;
use futures::TryStreamExt;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use worth_lake::tables::Table;

use super::answer::{AgainWithin, Difference, SegmentName, Verdict};
use super::*;
use crate::testing::{Shop, as_markdown, bought, regulars, shop, with};
use crate::words::Language;

fn contract(id: &str, started: &str, ended: Option<&str>, reason: Option<&str>) -> Value {
    json!({
        "contract_id": id,
        "customer_id": format!("of-{id}"),
        "started_at": format!("2025-{started}T05:00:00Z"),
        "ended_at": ended.map(|day| format!("2025-{day}T05:00:00Z")),
        "end_reason": reason,
    })
}

/// Six customers until 15 April, so that April is not over.
fn six() -> Vec<Value> {
    vec![
        bought("ann", "01-10", 100),
        bought("ann", "01-20", 50),
        bought("ann", "02-05", 60),
        bought("ann", "03-01", 40),
        bought("bob", "01-15", 100),
        bought("bob", "03-10", 30),
        bought("cy", "01-31", 100),
        with(bought("cy", "02-20", 70), "status", "cancelled"), // no purchase
        bought("dee", "02-10", 200),
        bought("dee", "03-05", 100),
        bought("eve", "02-28", 100),
        bought("fay", "04-02", 80),
        bought("fay", "04-12", 10),
    ]
}

fn until(month: i8, day: i8) -> Scope {
    Scope {
        until: Some(date(2025, month, day)),
        ..Scope::default()
    }
}

async fn ask(shop: &Shop, scope: &Scope, question: &Retention) -> Arc<Answered<RetentionAnswer>> {
    shop.context.ask(scope, question).await.expect("an answer")
}

async fn purchases(lines: Vec<Value>, scope: &Scope, question: &Retention) -> PurchaseRetention {
    let shop = shop(&[(Table::OrderLines, lines)]).await;
    let answered = ask(&shop, scope, question).await;
    answered.answer.purchases.clone().expect("purchases")
}

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 1e-9
}

fn shares(again: &[AgainWithin]) -> Vec<Option<f64>> {
    let share = |within: &AgainWithin| within.share.map(|share| (share.value * 1e6).round() / 1e6);
    again.iter().map(share).collect()
}

#[tokio::test]
async fn cohorts_count_who_bought_when() {
    let shop = shop(&[(Table::OrderLines, six())]).await;
    let answered = ask(&shop, &until(4, 15), &Retention::default()).await;
    let found = answered.answer.purchases.as_ref().expect("purchases");
    // one row per cohort and age: first day, customers, complete, then (bought, bought then or
    // later, money) by age, and whether the period is over
    let cohort = |index: usize| {
        let cohort = &found.cohorts[index];
        let ages: Vec<(u64, u64, f64, bool)> = cohort
            .ages
            .iter()
            .map(|age| (age.bought, age.not_silent, age.revenue, age.complete))
            .collect();
        (cohort.start, cohort.customers, cohort.complete, ages)
    };
    // ann, bob and cy: ann in all three months, bob in January and March, cy never again
    assert_eq!(
        cohort(0),
        (
            date(2025, 1, 1),
            3,
            false, // the records begin on 10 January
            vec![
                (3, 3, 350.0, true),
                (1, 2, 60.0, true),
                (2, 2, 70.0, true),
                (0, 0, 0.0, false)
            ]
        )
    );
    assert_eq!(
        cohort(1),
        (
            date(2025, 2, 1),
            2,
            true,
            vec![(2, 2, 300.0, true), (1, 1, 100.0, true), (0, 0, 0.0, false)]
        )
    );
    assert_eq!(cohort(3).1, 1);
    assert!(!cohort(3).2, "April is not over");

    // a period that is not over has counts and no shares
    let january = &found.cohorts[0].ages;
    assert!(close(
        january[1].share.expect("February is over").value,
        1.0 / 3.0
    ));
    assert!(close(
        january[2].revenue_share.expect("it is over").value,
        0.2
    ));
    assert_eq!((january[3].share, january[3].revenue_share), (None, None));

    // money of February's cohort: dee 200 then 100, eve 100 then 0. Ratio r = 100 / 300; what is left
    // over is 100 - 200 r = 33.3 and -33.3; (2 / 1) (33.3² + 33.3²) = 4444.4, its root over 300 = 0.2222
    let money = found.cohorts[1].ages[1].revenue_share.expect("it is over");
    let (low, high) = money.ends().expect("two customers");
    assert!(close(money.value, 1.0 / 3.0) && low == 0.0);
    assert!((high - (1.0 / 3.0 + 1.644_854 * 2.0 / 9.0)).abs() < 1e-6);

    // the rows hold the same: 4 + 3 + 2 + 1 of them
    let rows = answered.rows.as_ref().expect("rows");
    let batches: Vec<_> = rows.stream().try_collect().await.expect("rows are there");
    let bought = batches[0]["bought"].as_primitive::<Int64Type>();
    assert_eq!(
        bought.values().to_vec(),
        [3, 1, 2, 0, 2, 1, 0, 0, 0, 1],
        "by cohort, then age"
    );
    assert_eq!(batches[0]["share"].null_count(), 5); // April, and March without a cohort
}

#[tokio::test]
async fn the_curve_takes_each_age_from_cohorts_that_were_observed_through_it() {
    let found = purchases(six(), &until(4, 15), &Retention::default()).await;
    let points: Vec<(u32, u64, u64, u64)> = found
        .curve
        .iter()
        .map(|point| (point.age, point.cohorts, point.customers, point.bought))
        .collect();
    // age 1 is over for January and February, age 2 for January only
    assert_eq!(points, [(0, 2, 5, 5), (1, 2, 5, 2), (2, 1, 3, 2)]);
    let money = found.curve[1].revenue_share.expect("money");
    assert!(close(money.value, 160.0 / 650.0));
    // from age 0 to 1 three of five are missing: variance (0.6 - 0.36) / 5
    let fall = found.largest_fall.expect("a fall");
    assert_eq!((fall.age, fall.customers), (1, 5));
    assert!(close(fall.fall.value, 0.6));
    let (low, _) = fall.fall.ends().expect("an interval");
    assert!((low - (0.6 - 1.644_854 * 0.048_f64.sqrt())).abs() < 1e-6);
    // from age 1 to 2 bob comes back and nobody is missing: no fall
    assert_eq!(found.largest_later_fall, None);
}

#[tokio::test]
async fn customers_who_are_new_count_as_far_as_they_were_seen() {
    let found = purchases(six(), &until(4, 15), &Retention::default()).await;
    // days to the second purchase: ann and fay 10, dee 23, bob 54; without one: eve 46, cy 74.
    // 1 - 2/6, then 3/4 of it, then (eve gone) 1/2 of it
    assert_eq!(
        shares(&found.again),
        [Some(0.5), Some(0.75), None, None, None]
    );
    let observed: Vec<u64> = found.again.iter().map(|within| within.observed).collect();
    assert_eq!(observed, [5, 4, 2, 0, 0]);
    assert_eq!(found.median_days_to_second.time, Some(23.0));
    // after the second purchase: ann after 16 days; not yet bob (36), dee (41), fay (3): 1 of 3
    let step = &found.steps[1];
    assert_eq!((step.purchase, step.customers), (2, 4));
    assert_eq!(shares(&step.again)[0], Some(0.333_333));
    let customers: Vec<u64> = found.steps.iter().map(|step| step.customers).collect();
    assert_eq!(customers, [6, 4, 1, 1]);
}

#[tokio::test]
async fn who_bought_before_the_period_is_not_new_in_it() {
    let scope = Scope {
        from: Some(date(2025, 2, 1)),
        ..until(4, 15)
    };
    let found = purchases(six(), &scope, &Retention::default()).await;
    assert_eq!((found.customers, found.customers_before), (3, 3));
    assert_eq!(found.cohorts[0].start, date(2025, 2, 1));
    assert!(found.cohorts[0].complete);
    assert_eq!(found.cohorts[0].customers, 2);
}

#[tokio::test]
async fn weeks_and_quarters_are_periods_too() {
    let question = |cohort| Retention {
        cohort,
        ..Retention::default()
    };
    let found = purchases(six(), &until(4, 15), &question(CohortPeriod::Quarter)).await;
    let counts: Vec<(Date, u64)> = found
        .cohorts
        .iter()
        .map(|cohort| (cohort.start, cohort.customers))
        .collect();
    assert_eq!(counts, [(date(2025, 1, 1), 5), (date(2025, 4, 1), 1)]);
    let found = purchases(six(), &until(4, 15), &question(CohortPeriod::Week)).await;
    // 10 January 2025 is a Friday; ann's second purchase is in the second week after it
    let first = &found.cohorts[0];
    assert_eq!((first.start, first.customers), (date(2025, 1, 6), 1));
    let bought: Vec<u64> = first.ages[..5].iter().map(|age| age.bought).collect();
    assert_eq!(bought, [1, 0, 1, 0, 1]);
}

/// Fifty newcomers in each month from January to June; of each month so many buy in the next.
fn months_with(back: [usize; 6]) -> Vec<Value> {
    let mut lines = Vec::new();
    for (month, back) in (1..).zip(back) {
        for customer in 0..50 {
            let id = format!("m{month}-{customer:02}");
            lines.push(bought(&id, &format!("{month:02}-01"), 100));
            if customer < back {
                lines.push(bought(&id, &format!("{:02}-20", month + 1), 100));
            }
        }
    }
    lines
}

#[tokio::test]
async fn the_newest_cohort_is_compared_with_those_before() {
    let newest = async |back| {
        purchases(months_with(back), &until(7, 31), &Retention::default())
            .await
            .newest
            .expect("a cohort")
    };
    // 10 of 50 against 125 of 250
    let fewer = newest([25, 25, 25, 25, 25, 10]).await;
    assert_eq!(fewer.start, date(2025, 6, 1));
    assert!(close(fewer.difference.expect("enough").value, 0.2 - 0.5));
    assert_eq!(fewer.verdict, Verdict::Lower);
    assert_eq!(fewer.dispersion, 1.0);
    assert_eq!(
        newest([25, 25, 25, 25, 25, 40]).await.verdict,
        Verdict::Higher
    );
    assert_eq!(
        newest([25, 25, 25, 25, 25, 22]).await.verdict,
        Verdict::NotShown
    );
    // where months go up and down that much anyway, 10 of 50 is nothing new:
    // about 25 of 50, each off by 15: 5 · 225 / 12.5 over 4 degrees, nearly
    let restless = newest([10, 40, 10, 40, 25, 10]).await;
    assert!(close(restless.dispersion, (4.0 * 225.0 / 12.5) / 4.0));
    assert_eq!(restless.verdict, Verdict::NotShown);
    // July is not over: the newest is May, with four before it
    let scope = until(6, 30);
    let found = purchases(months_with([25; 6]), &scope, &Retention::default()).await;
    let may = found.newest.expect("a cohort");
    assert_eq!((may.start, may.earlier_cohorts), (date(2025, 5, 1), 4));
}

#[tokio::test]
async fn segments_are_told_apart_by_the_first_purchase() {
    let mut lines = Vec::new();
    for customer in 0..40 {
        let id = format!("c{customer:02}");
        let (store, days) = if customer < 20 { ("A", 10) } else { ("B", 60) };
        lines.push(with(bought(&id, "01-01", 100), "touchpoint", store));
        // on the same day, for less, elsewhere
        let elsewhere = with(bought(&id, "01-01", 1), "touchpoint", "C");
        lines.push(with(elsewhere, "line", 2));
        let back = date(2025, 1, 1).saturating_add(jiff::Span::new().days(days));
        let again = bought(&id, &back.strftime("%m-%d").to_string(), 100);
        lines.push(with(again, "touchpoint", "C"));
    }
    lines.push(bought("dan", "03-20", 5));
    let question = Retention {
        by: Some("store".into()),
        ..Retention::default()
    };
    let found = purchases(lines, &until(3, 31), &question).await;
    let segments = found.segments.expect("they were asked for");
    let names: Vec<(SegmentName, u64, bool)> = segments
        .segments
        .iter()
        .map(|segment| (segment.segment.clone(), segment.customers, segment.small))
        .collect();
    assert_eq!(
        names,
        [
            (SegmentName::Value("A".into()), 20, true),
            (SegmentName::Value("B".into()), 20, true),
            (SegmentName::Unknown, 1, true),
        ]
    );
    assert_eq!(shares(&segments.segments[0].again)[0], Some(1.0));
    assert_eq!(shares(&segments.segments[1].again)[0], Some(0.0));
    assert_eq!(segments.comparison.verdict, Difference::Differ);
    assert_eq!(segments.comparison.segments, 2);
}

#[tokio::test]
async fn segments_by_columns_and_attributes_of_customers() {
    let people: Vec<Value> = (0..60)
        .map(|customer| {
            let half = if customer % 2 == 0 { "even" } else { "odd" };
            json!({
                "customer_id": format!("c{customer:02}"),
                "gender": half,
                "birth_year": 1990 + customer % 3,
                "attributes": format!(r#"{{"tier":"{half}"}}"#),
            })
        })
        .collect();
    let shop = shop(&[(Table::OrderLines, regulars()), (Table::Customers, people)]).await;
    let count = async |by: &str| {
        let question = Retention {
            by: Some(by.into()),
            ..Retention::default()
        };
        let answered = shop.context.ask(&Scope::default(), &question).await?;
        let purchases = answered.answer.purchases.as_ref().expect("purchases");
        let segments = purchases.segments.as_ref().expect("they were asked for");
        let sizes = segments.segments.iter().map(|segment| segment.customers);
        Ok::<Vec<u64>, Error>(sizes.collect())
    };
    assert_eq!(count("gender").await.ok(), Some(vec![30, 30]));
    assert_eq!(count("tier").await.expect("an attribute"), [30, 30]);
    assert_eq!(count("birth_year").await.ok(), Some(vec![20, 20, 20]));
    assert_eq!(count("region").await.ok(), Some(vec![60]));
    for wrong in ["email", "nothing_of_that_name"] {
        let error = count(wrong).await.expect_err("no such segments");
        assert!(
            matches!(
                error,
                Error::NotAChoice {
                    parameter: "by",
                    ..
                }
            ),
            "{error}"
        );
    }
}

fn contracts() -> Vec<Value> {
    vec![
        contract("k1", "01-01", Some("02-01"), Some("price")), // 1 month
        contract("k2", "01-31", Some("02-28"), Some("price")), // 1 month
        contract("k3", "01-15", Some("03-15"), Some("moved")), // 2 months
        contract("k4", "01-01", None, None),                   // 3 months, still running
        contract("k5", "03-01", None, None),                   // 1 month, still running
        contract("k6", "03-10", Some("03-01"), None),          // ends before it starts
        contract("k7", "02-01", Some("06-01"), Some("price")), // ends after observation: 2 months
    ]
}

#[tokio::test]
async fn contracts_last_until_they_end_or_observation_does() {
    let shop = shop(&[(Table::Contracts, contracts())]).await;
    let answered = ask(&shop, &until(4, 1), &Retention::default()).await;
    assert_eq!(answered.answer.purchases, None);
    let found = answered.answer.contracts.as_ref().expect("contracts");
    assert_eq!((found.contracts, found.ended, found.turned), (6, 3, 1));
    assert_eq!(answered.provenance.rows_used, 6);
    // 2 of 6 end at 1 (k5 is last seen then), 1 of 3 at 2
    let after: Vec<Option<f64>> = found
        .after
        .iter()
        .map(|after| after.share.map(|share| share.value))
        .collect();
    assert!(close(after[0].expect("seen"), 2.0 / 3.0));
    assert!(close(after[1].expect("seen"), 4.0 / 9.0));
    assert_eq!(after[2..], [None, None, None]);
    assert_eq!(found.median_months.time, Some(2.0));
    // price: 2 of 6; moved: 2/3 · 1/3; with those still running: 1
    let ended: Vec<(Option<&str>, u64, f64)> = found
        .reasons
        .iter()
        .map(|reason| {
            let share = reason.after[1].share.expect("three months were seen");
            (reason.reason.as_deref(), reason.contracts, share.value)
        })
        .collect();
    assert_eq!((ended[0].0, ended[0].1), (Some("price"), 2));
    assert_eq!((ended[1].0, ended[1].1), (Some("moved"), 1));
    assert!(close(ended[0].2, 1.0 / 3.0) && close(ended[1].2, 2.0 / 9.0));
    // the first month loses 1/3 of all, with the variance (1/3)(2/3)/6 of a share of six
    let fall = found.largest_fall.expect("a fall");
    assert_eq!(fall.month, 1);
    let (low, _) = fall.fall.ends().expect("an interval");
    let error = (1.0_f64 / 3.0 * 2.0 / 3.0 / 6.0).sqrt();
    assert!((low - (1.0 / 3.0 - 1.644_854 * error)).abs() < 1e-6);
}

#[tokio::test]
async fn contracts_that_had_started_before_the_period_enter_late() {
    let all = shop(&[(Table::Contracts, contracts())]).await;
    let scope = Scope {
        from: Some(date(2025, 2, 15)),
        ..until(4, 1)
    };
    let answered = ask(&all, &scope, &Retention::default()).await;
    let found = answered.answer.contracts.as_ref().expect("contracts");
    // k1 had ended; k2, k3, k4 and k7 had started
    assert_eq!((found.contracts, found.entered_late), (5, 4));
    assert_eq!(found.fell_early_months, None);
    // at 1 month k2 ends; k3 comes into sight only after that, k4 at 1.5: of k2, k5, k7 one ends
    assert!(close(found.after[0].share.expect("seen").value, 2.0 / 3.0));
    assert_eq!(found.after[0].at_risk, 3);

    // without k5 and k7, k2 is alone in sight at 1 month, and ends
    let mut older = contracts();
    older.retain(|contract| contract["contract_id"] != "k5" && contract["contract_id"] != "k7");
    let shop = shop(&[(Table::Contracts, older)]).await;
    let answered = ask(&shop, &scope, &Retention::default()).await;
    let found = answered.answer.contracts.as_ref().expect("contracts");
    assert_eq!(found.fell_early_months, Some(1.0));
}

#[tokio::test]
async fn contracts_alone_are_observed_until_the_last_thing_known_of_them() {
    let shop = shop(&[(Table::Contracts, contracts())]).await;
    let answered = ask(&shop, &Scope::default(), &Retention::default()).await;
    assert_eq!(answered.provenance.until, Some(date(2025, 6, 1)));
}

#[tokio::test]
async fn the_order_of_rows_cannot_be_seen_in_the_answer() {
    let question = Retention {
        by: Some("store".into()),
        ..Retention::default()
    };
    let in_order = async |turned: bool| {
        let stores = ["A", "B", "C"].iter().cycle();
        let mut lines: Vec<Value> = (regulars().into_iter().zip(stores))
            .map(|(line, store)| with(line, "touchpoint", *store))
            .collect();
        let mut contracts = contracts();
        if turned {
            lines.reverse();
            contracts.reverse();
        }
        let tables = [(Table::OrderLines, lines), (Table::Contracts, contracts)];
        let shop = shop(&tables).await;
        let answered = ask(&shop, &Scope::default(), &question).await;
        serde_json::to_string(&answered.answer).expect("text keys")
    };
    assert_eq!(in_order(false).await, in_order(true).await);
}

#[tokio::test]
async fn nothing_there_is_said() {
    let shop = shop(&[]).await;
    let (scope, question) = (Scope::default(), Retention::default());
    let asked = shop.context.ask(&scope, &question).await;
    let error = asked.err().expect("nothing is there");
    assert!(error.is_for_want_of_data(), "{error}");
}

#[tokio::test]
async fn sheets_in_both_languages() {
    let people: Vec<Value> = (0..60)
        .map(|customer| {
            let gender = if customer % 4 == 0 { "nam" } else { "nữ" };
            json!({"customer_id": format!("c{customer:02}"), "gender": gender})
        })
        .collect();
    let shop = shop(&[
        (Table::OrderLines, regulars()),
        (Table::Customers, people),
        (Table::Contracts, contracts()),
    ])
    .await;
    let question = Retention {
        by: Some("gender".into()),
        ..Retention::default()
    };
    let answered = ask(&shop, &Scope::default(), &question).await;
    for language in Language::ALL {
        let text = as_markdown(&answered, language);
        insta::assert_snapshot!(format!("retention-{language}"), text);
    }
}
