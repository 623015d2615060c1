//! Hand-made shops: one side missing, both sides, responders who are not like the others.

use datafusion::arrow::array::Array;
use datafusion::arrow::datatypes::Float64Type;
use datafusion::arrow::record_batch::RecordBatch;
use futures::TryStreamExt;
use serde_json::{Value, json};
use worth_lake::tables::Table;

use super::answer::{ActionRule, CornerName, Verdict, WantedDatum};
use super::*;
use crate::testing::{Shop, as_markdown, regulars, shop, shop_with};
use crate::words::Language;

async fn ask(shop: &Shop) -> Arc<Answered<OverviewAnswer>> {
    shop.context
        .ask(&Scope::default(), &Overview::default())
        .await
        .expect("an answer")
}

/// One respondent's scores, 1 to 10: benefit and cost of the own brand, and of a competitor.
fn answers(customer: usize, own: (f64, f64), other: (f64, f64)) -> Vec<Value> {
    let score = |brand: &str, measure: &str, dimension: &str, score: f64| {
        json!({
            "response_id": format!("r{customer}"),
            "question": format!("{dimension}-{brand}"),
            "customer_id": format!("c{customer:02}"),
            "answered_at": "2025-09-15T03:00:00Z",
            "brand": brand,
            "measure": measure,
            "dimension": dimension,
            "score": score,
            "scale_min": 1.0,
            "scale_max": 10.0,
        })
    };
    vec![
        score("Trà Sen", "benefit", "product", own.0),
        score("Trà Sen", "cost", "price", own.1),
        score("Phúc Long", "benefit", "product", other.0),
        score("Phúc Long", "cost", "price", other.1),
    ]
}

/// Forty customers answer; the even ones get 8 for 4 (ratio 2), the odd ones 4 for 4 (ratio 1); the
/// competitor gives everyone 6 for 3.
fn survey() -> Vec<Value> {
    (0..40)
        .flat_map(|customer| {
            let benefit = if customer % 2 == 0 { 8.0 } else { 4.0 };
            answers(customer, (benefit, 4.0), (6.0, 3.0))
        })
        .collect()
}

/// Customer, expected value and corner of each row.
async fn listed(answered: &Answered<OverviewAnswer>) -> Vec<(String, f64, String)> {
    let rows = answered.rows.as_ref().expect("the question gives rows");
    let batches: Vec<RecordBatch> = rows.stream().try_collect().await.expect("rows");
    batches
        .iter()
        .flat_map(|batch| {
            let text = |name: &str| batch[name].as_string::<i32>().clone();
            let (customers, corners) = (text("customer_id"), text("corner"));
            let values = batch["expected_value"]
                .as_primitive::<Float64Type>()
                .clone();
            (0..batch.num_rows()).map(move |row| {
                let corner = if corners.is_valid(row) {
                    corners.value(row)
                } else {
                    ""
                };
                (
                    customers.value(row).to_owned(),
                    values.value(row),
                    corner.to_owned(),
                )
            })
        })
        .collect()
}

const SETTINGS: &str = "[value]\nbrand = \"Trà Sen\"\n";

#[tokio::test]
async fn both_values_stand_side_by_side() {
    let tables = [
        (Table::OrderLines, regulars()),
        (Table::SurveyAnswers, survey()),
    ];
    let shop = shop_with(&tables, SETTINGS).await;
    let answered = ask(&shop).await;
    let answer = &answered.answer;
    let perceived = answer.perceived.as_ref().expect("a survey");
    // mean benefit (20 · 8 + 20 · 4) / 40 = 6, cost 4: 1.5 and 2 points
    assert!((perceived.ratio.value - 1.5).abs() < 1e-12);
    assert!((perceived.difference.value - 2.0).abs() < 1e-12);
    // the competitor's ratio is 2: 1.5 / 2
    let against = perceived.ratio_against_competitors.expect("a competitor");
    assert!((against.value - 0.75).abs() < 1e-12);
    let lifetime = answer.lifetime.expect("orders");
    assert_eq!(lifetime.customers, 60);
    assert!(lifetime.is_revenue);

    let corners = answer
        .corners
        .as_ref()
        .expect("forty customers with both values");
    assert_eq!((answer.customers_with_both, corners.customers), (40, 40));
    // half have ratio 2 and half ratio 1: the upper of the two middle ones is 2
    assert_eq!(corners.perceived_cut, 2.0);
    let in_corner = |name: CornerName| {
        corners
            .corners
            .iter()
            .find(|corner| corner.name == name)
            .expect("all four are there")
            .customers
    };
    assert_eq!(
        in_corner(CornerName::Partners) + in_corner(CornerName::Promising),
        20
    );
    assert_eq!(
        in_corner(CornerName::Partners) + in_corner(CornerName::Strained),
        20
    );

    let listed = listed(&answered).await;
    assert_eq!(listed.len(), 40);
    for corner in &corners.corners {
        let name = corner.name.name();
        let of_corner: Vec<&(String, f64, String)> = listed
            .iter()
            .filter(|(_, _, listed)| listed == name)
            .collect();
        assert_eq!(of_corner.len() as u64, corner.customers, "{name}");
        let sum: f64 = of_corner.iter().map(|(_, value, _)| value).sum();
        assert!((sum - corner.expected_value.value).abs() < 1e-9 * sum.max(1.0));
    }

    let revenue: f64 = answer.months.iter().map(|month| month.revenue).sum();
    let expected: f64 = regulars()
        .iter()
        .filter_map(|line| line["amount"].as_f64())
        .sum();
    assert_eq!(revenue, expected);
    let september = answer
        .months
        .iter()
        .find(|month| month.month == jiff::civil::date(2025, 9, 1));
    let ratio = september
        .expect("there were sales")
        .perceived_ratio
        .expect("forty answers");
    assert!((ratio.value - 1.5).abs() < 1e-12);
    assert_eq!(answer.wanted, Some(WantedDatum::Margin));
    assert!(answer.actions.len() <= 3);
}

#[tokio::test]
async fn a_side_without_data_is_said_and_what_would_help_is_named() {
    let orders_only = ask(&shop(&[(Table::OrderLines, regulars())]).await).await;
    assert!(orders_only.answer.perceived.is_none());
    assert_eq!(orders_only.answer.wanted, Some(WantedDatum::Survey));

    let survey_only = ask(&shop_with(&[(Table::SurveyAnswers, survey())], SETTINGS).await).await;
    assert!(survey_only.answer.lifetime.is_none());
    assert_eq!(survey_only.answer.wanted, Some(WantedDatum::Orders));
    assert!(survey_only.answer.perceived.is_some());

    let nothing = ask(&shop(&[]).await).await;
    assert_eq!(nothing.answer.wanted, Some(WantedDatum::Orders));
    assert!(nothing.answer.actions.is_empty() && nothing.answer.months.is_empty());
}

#[tokio::test]
async fn a_dimension_surely_behind_calls_for_an_action() {
    // everyone gives the own brand 4 and the competitor 8 for the same price
    let survey = (0..40)
        .flat_map(|customer| answers(customer, (4.0, 5.0), (8.0, 5.0)))
        .collect();
    let tables = [
        (Table::OrderLines, regulars()),
        (Table::SurveyAnswers, survey),
    ];
    let answered = ask(&shop_with(&tables, SETTINGS).await).await;
    let behind = answered
        .answer
        .actions
        .iter()
        .find_map(|action| match &action.rule {
            ActionRule::WeakestDimension { dimension, .. } => Some(dimension),
            _ => None,
        })
        .expect("a rule calls for it");
    assert_eq!(behind.name.dimension, "product");
    assert_eq!(behind.gap.expect("both brands were scored").value, -4.0);
}

#[tokio::test]
async fn responders_who_buy_more_are_told_apart() {
    let mut lines = Vec::new();
    for customer in 0..60 {
        // the first thirty come on ten days, the others on two
        let days = if customer < 30 { 10 } else { 2 };
        for day in 1..=days {
            lines.push(json!({
                "order_id": format!("{customer}-{day}"),
                "line": 1,
                "customer_id": format!("c{customer:02}"),
                "ordered_at": format!("2025-03-{:02}T05:00:00Z", day + customer % 7),
                "amount": 1000 * (1 + customer % 5),
                "currency": "VND",
            }));
        }
    }
    let of = |customers: &[usize]| -> Vec<Value> {
        let own = |&customer: &usize| answers(customer, (6.0, 4.0), (6.0, 4.0));
        customers.iter().flat_map(own).collect()
    };
    let verdict = async |customers: &[usize]| {
        let tables = [
            (Table::OrderLines, lines.clone()),
            (Table::SurveyAnswers, of(customers)),
        ];
        let answered = ask(&shop_with(&tables, SETTINGS).await).await;
        answered
            .answer
            .responders
            .as_ref()
            .map(|responders| responders.verdict)
    };
    let frequent: Vec<usize> = (0..30).collect();
    assert_eq!(verdict(&frequent).await, Some(Verdict::Different));
    let everyone: Vec<usize> = (0..60).collect();
    assert_eq!(verdict(&everyone).await, Some(Verdict::AlikeEnough));
    assert_eq!(verdict(&[0, 1, 2]).await, Some(Verdict::TooFew));
}

#[tokio::test]
async fn sheets_in_both_languages() {
    let tables = [
        (Table::OrderLines, regulars()),
        (Table::SurveyAnswers, survey()),
    ];
    let shop = shop_with(&tables, SETTINGS).await;
    let answered = ask(&shop).await;
    for language in Language::ALL {
        let text = as_markdown(&answered, language);
        insta::assert_snapshot!(format!("overview-{language}"), text);
    }
}
