//! A list drawn up by hand, and what stays the same however it is asked for.

use std::collections::BTreeMap;

use datafusion::arrow::array::{Array, RecordBatch};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use futures::TryStreamExt;
use serde_json::json;
use worth_lake::tables::Table;
use worth_model::lifetime::Model;

use crate::lifetime::answer::{CallList, LifetimeAnswer};
use crate::lifetime::{Lifetime, List};
use crate::question::{Answered, Present, Scope};
use crate::render;
use crate::testing::{Shop, regulars, shop};
use crate::words::{Language, Words};

async fn ask(shop: &Shop, question: Lifetime) -> std::sync::Arc<Answered<LifetimeAnswer>> {
    let asked = shop.context.ask(&Scope::default(), &question).await;
    asked.expect("an answer")
}

/// Whoever is slipping away by a model of which the example has some.
fn slipping() -> Lifetime {
    Lifetime {
        model: Some(Model::BetaGeo),
        list: List::Slipping,
        ..Lifetime::default()
    }
}

async fn rows(answered: &Answered<LifetimeAnswer>) -> Vec<BTreeMap<String, String>> {
    let rows = answered.rows.as_ref().expect("rows");
    let batches: Vec<RecordBatch> = rows.stream().try_collect().await.expect("rows are there");
    let options = FormatOptions::default();
    let mut found = Vec::new();
    for batch in &batches {
        for row in 0..batch.num_rows() {
            let cell = |column: &dyn Array| {
                let shown = ArrayFormatter::try_new(column, &options).expect("it can be shown");
                shown.value(row).to_string()
            };
            let fields = batch.schema();
            let names = fields.fields().iter().map(|field| field.name().clone());
            found.push(
                names
                    .zip(batch.columns().iter().map(|it| cell(it)))
                    .collect(),
            );
        }
    }
    found
}

fn list(answered: &Answered<LifetimeAnswer>) -> &CallList {
    answered.answer.call_list.as_ref().expect("a list")
}

/// Who slips away in the shop of regulars, the most at stake first.
async fn who_slips(shop: &Shop) -> Vec<String> {
    let everyone = Lifetime {
        holdout_share: Some(0.0),
        ..slipping()
    };
    let rows = rows(&*ask(shop, everyone).await).await;
    rows.into_iter()
        .map(|mut row| row.remove("customer_id").expect("a column"))
        .collect()
}

#[tokio::test]
async fn what_to_know_of_a_customer_is_on_the_list() {
    let regular = shop(&[(Table::OrderLines, regulars())]).await;
    let who = who_slips(&regular).await;
    assert!(
        who.len() >= 4,
        "the example has slipping customers: {who:?}"
    );
    let [first, second, third, fourth] = [&who[0], &who[1], &who[2], &who[3]];
    let mut lines = regulars();
    for line in &mut lines {
        line["list_amount"] = line["amount"].clone();
        if line["customer_id"] == first.as_str() {
            line["category"] = "tea".into();
            line["touchpoint"] = "Hàng Bông".into();
        }
        if line["customer_id"] == second.as_str() {
            // a quarter below list price, where nobody else is
            line["list_amount"] = (line["amount"].as_i64().expect("dong") * 4 / 3).into();
        }
    }
    // cake on one of the days of tea: tea has more days
    let mut mine = lines
        .iter()
        .filter(|line| line["customer_id"] == first.as_str());
    let mut cake = mine.next().expect("a line").clone();
    cake["line"] = 2.into();
    cake["category"] = "cake".into();
    lines.push(cake);
    let person = |id: &str, phone: &str, allowed: Option<bool>| {
        json!({"customer_id": id, "name": format!("Chị {id}"), "phone": phone,
               "contact_allowed": allowed})
    };
    let said = |id: &str, customer: &str, at: &str, rating: Option<i64>, text: &str| {
        json!({"feedback_id": id, "customer_id": customer, "at": at, "rating": rating,
               "kind": if rating.is_none() { "call" } else { "review" }, "text": text})
    };
    let shop = shop(&[
        (Table::OrderLines, lines),
        (
            Table::Customers,
            vec![
                person(first, "0901234567", Some(true)),
                person(second, "0901234568", None),
                person(fourth, "0901234569", Some(false)),
            ],
        ),
        (
            Table::Feedback,
            vec![
                said("1", third, "2025-12-30T05:00:00Z", None, &"ồn ".repeat(60)),
                said(
                    "2",
                    third,
                    "2025-12-31T05:00:00Z",
                    Some(5),
                    "all is well now",
                ),
                said("3", third, "2025-01-01T05:00:00Z", Some(1), "cold tea"),
                said("4", first, "2025-01-01T05:00:00Z", Some(3), "no complaint"),
            ],
        ),
    ])
    .await;
    let answered = ask(
        &shop,
        Lifetime {
            holdout_share: Some(0.0),
            limit: Some(3),
            ..slipping()
        },
    )
    .await;
    let rows = rows(&answered).await;
    let customers: Vec<&String> = rows.iter().map(|row| &row["customer_id"]).collect();
    assert_eq!(customers, [first, second, third], "the fourth said no");
    let list = list(&answered);
    assert_eq!(list.customers, who.len() as u64);
    assert_eq!((list.not_allowed, list.listed), (1, 3));
    assert_eq!((list.permission_unknown, list.treatment), (2, 3));
    let until = answered.provenance.until.expect("a last day");
    assert_eq!(list.list_id, format!("slipping-{until}-1"));

    let row = &rows[0];
    assert_eq!(row["name"], format!("Chị {first}"));
    assert_eq!(
        (row["phone"].as_str(), row["store"].as_str()),
        ("0901234567", "Hàng Bông")
    );
    assert_eq!(
        (
            row["favourite_category"].as_str(),
            row["last_complaint"].as_str()
        ),
        ("tea", "")
    );
    assert_eq!(
        (row["offer_rule"].as_str(), row["offer_evidence"].as_str()),
        ("favourite-category", "untested")
    );
    assert!(row["offer"].ends_with("tea"), "{}", row["offer"]);
    assert_eq!(row["contact_allowed"], "yes");
    let stake = |name: &str| row[name].parse::<f64>().expect("a number");
    assert!(
        stake("at_stake_low") < stake("at_stake") && stake("at_stake") < stake("at_stake_high")
    );
    assert_eq!(
        (row["contacted_at"].as_str(), row["result"].as_str()),
        ("", "")
    );

    assert_eq!(rows[1]["offer_rule"], "price-sensitive");
    assert_eq!(rows[1]["contact_allowed"], "unknown");
    // the review with five stars is no complaint, the call before it is; it is cut at 80 characters
    assert_eq!(rows[2]["offer_rule"], "complaint");
    assert_eq!(rows[2]["last_complaint"].chars().count(), 80);
    assert!(rows[2]["last_complaint"].starts_with("ồn ồn"));
}

#[tokio::test]
async fn arms_do_not_depend_on_how_the_list_is_cut() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let half = |limit| Lifetime {
        holdout_share: Some(0.5),
        limit,
        ..slipping()
    };
    let whole = ask(&shop, half(None)).await;
    let arms = |rows: &[BTreeMap<String, String>]| -> BTreeMap<String, String> {
        rows.iter()
            .map(|row| (row["customer_id"].clone(), row["arm"].clone()))
            .collect()
    };
    let all = rows(&whole).await;
    let (order, given) = (arms_in_order(&all), arms(&all));
    let list = list(&whole);
    assert_eq!(list.treatment + list.holdout, list.listed);
    assert!(list.treatment > 0 && list.holdout > 0, "{list:?}");
    // those held out stand at the end, marked, without an offer
    assert!(order.is_sorted_by_key(|arm| arm == "holdout"), "{order:?}");
    for row in all.iter().filter(|row| row["arm"] == "holdout") {
        assert_eq!(
            (row["offer"].as_str(), row["propensity"].as_str()),
            ("", "0.5")
        );
        assert!(row["action"].starts_with("KHÔNG gọi"), "{}", row["action"]);
    }
    let cut = rows(&*ask(&shop, half(Some(2))).await).await;
    assert_eq!(cut.len(), 2);
    for (customer, arm) in arms(&cut) {
        assert_eq!(given[&customer], arm);
    }
}

fn arms_in_order(rows: &[BTreeMap<String, String>]) -> Vec<String> {
    rows.iter().map(|row| row["arm"].clone()).collect()
}

#[tokio::test]
async fn a_share_that_makes_no_sense_is_named() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let question = Lifetime {
        holdout_share: Some(10.0),
        ..slipping()
    };
    let asked = shop.context.ask(&Scope::default(), &question).await;
    let error = asked.err().expect("10 is no share");
    assert!(
        error.to_string().contains("`holdout_share` is 10"),
        "{error}"
    );
}

#[tokio::test]
async fn the_sheet_says_what_is_on_the_list_in_both_languages() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let answered = ask(
        &shop,
        Lifetime {
            limit: Some(5),
            ..slipping()
        },
    )
    .await;
    for language in Language::ALL {
        let words = Words::new(language);
        let sheet = answered.answer.sheet(&answered.provenance, &words);
        let text = render::markdown::render(&sheet, None, &words);
        let heading = words.tell(
            "lifetime-section-calls",
            &[("list", list(&answered).list_id.as_str().into())],
        );
        let (_, section) = text.split_once(&heading).expect("a section on the list");
        let section = section.split("\n## ").next().unwrap_or_default();
        insta::assert_snapshot!(format!("call-list-{language}"), section);
        assert!(text.contains(&words.say("lifetime-note-stake")));
    }
}
