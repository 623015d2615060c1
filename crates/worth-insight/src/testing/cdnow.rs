//! The CDNOW sample (Fader, Hardie 2001) as orders of a shop.

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use worth_lake::tables::Table;

use super::{Shop, shop};

/// The folder of the sample; `None`, and says so, when `WORTH_TEST_DATA` is not set.
pub(crate) fn folder() -> Option<PathBuf> {
    match std::env::var_os("WORTH_TEST_DATA") {
        Some(data) => Some(PathBuf::from(data).join("cdnow")),
        None => {
            println!("skipped: needs WORTH_TEST_DATA");
            None
        }
    }
}

/// The transactions of the sample; customers are called by their number in it, as in the summary.
pub(crate) async fn sample(folder: &std::path::Path) -> Shop {
    let text = fs::read_to_string(folder.join("CDNOW_sample.txt")).expect("the file is there");
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (customer, date, amount) = (fields[1], fields[2], fields[4]);
        lines.push(json!({
            "order_id": format!("{number}"),
            "line": 1,
            "customer_id": customer,
            "ordered_at": format!("{}-{}-{}T05:00:00Z", &date[..4], &date[4..6], &date[6..]),
            "amount": amount.parse::<f64>().expect("dollars"),
            "currency": "VND",
        }));
    }
    assert_eq!(lines.len(), 6919);
    shop(&[(Table::OrderLines, lines)]).await
}
