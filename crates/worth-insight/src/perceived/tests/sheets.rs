//! What people see, in both languages.

use serde_json::Value;

use super::{Shop, by_hand, by_parts, said};
use crate::perceived::ValueSettings;
use crate::question::{Present, Scope};
use crate::sheet::{Block, Sheet};
use crate::words::{Language, Words};

async fn sheets(answers: &[Value]) -> [Sheet; 2] {
    let shop = Shop::with(&ValueSettings::default(), answers).await;
    let answered = shop.asked(&Scope::default()).await;
    [Language::English, Language::Vietnamese].map(|language| {
        answered
            .answer
            .sheet(&answered.provenance, &Words::new(language))
    })
}

#[tokio::test]
async fn a_comparison() {
    let [english, vietnamese] = sheets(&by_parts()).await;
    insta::assert_debug_snapshot!("comparison_english", english);
    insta::assert_debug_snapshot!("comparison_vietnamese", vietnamese);
}

#[tokio::test]
async fn a_tiny_comparison_promises_nothing() {
    let [english, _] = sheets(&by_hand()).await;
    assert_eq!(
        english.advice().count(),
        0,
        "two respondents support no advice"
    );
    insta::assert_debug_snapshot!("tiny_english", english.headlines);
}

#[tokio::test]
async fn nothing_asked_yet() {
    let [english, vietnamese] = sheets(&[]).await;
    insta::assert_debug_snapshot!("nothing_english", english);
    insta::assert_debug_snapshot!("nothing_vietnamese", vietnamese.headlines);
}

/// Sixty respondents, the own price surely a greater sacrifice than the competitor's.
#[tokio::test]
async fn advice_names_the_dimension_that_takes_most() {
    let answers: Vec<Value> = (0..60)
        .flat_map(|respondent| {
            let form = format!("r{respondent:02}");
            let lean = f64::from(respondent % 3) - 1.0;
            [
                said(&form, "", "benefit", "product", 7.0 + lean),
                said(&form, "", "cost", "price", 7.0 + lean),
                said(&form, "Phúc Long", "benefit", "product", 7.0 - lean),
                said(&form, "Phúc Long", "cost", "price", 5.0 - lean),
            ]
        })
        .collect();
    let [english, vietnamese] = sheets(&answers).await;
    let advice: Vec<_> = english.advice().collect();
    assert_eq!(advice.len(), 1);
    assert_eq!(advice[0].act, "Lower this first: price");
    let vietnamese = vietnamese
        .advice()
        .next()
        .expect("the same in both languages");
    assert_eq!(vietnamese.act, "Việc giảm xuống trước tiên: giá");
}

#[tokio::test]
async fn tables_have_as_many_cells_as_columns() {
    for answers in [by_hand(), by_parts(), Vec::new()] {
        for sheet in sheets(&answers).await {
            for block in &sheet.blocks {
                if let Block::Table(table) = block {
                    assert!(
                        table
                            .rows
                            .iter()
                            .all(|row| row.len() == table.columns.len())
                    );
                }
            }
        }
    }
}
