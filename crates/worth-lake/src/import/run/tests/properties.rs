//! What holds for any file: every row is somewhere, the order of rows does not matter, importing
//! twice adds nothing, overlapping exports add each fact once.

use proptest::prelude::*;

use super::{Shop, count};

/// Lines of an export without line numbers: some equal, some wrong.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let line = (0..4_u8, 0..3_u8, 1..3_u8, prop::bool::weighted(0.05)).prop_map(
        |(order, product, quantity, wrong)| {
            let amount = if wrong {
                "much".to_owned()
            } else {
                format!("{}.50", quantity * 10)
            };
            format!("O{order},c{order},2025-01-1{order},p{product},{quantity},{amount}")
        },
    );
    prop::collection::vec(line, 1..40)
}

fn file(lines: &[String]) -> String {
    format!(
        "order_id,customer_id,ordered_at,product_id,quantity,amount\n{}\n",
        lines.join("\n")
    )
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

const FACTS: &str = "select order_id, product_id, quantity, amount, count(*) from order_lines \
                     group by 1, 2, 3, 4 order by 1, 2, 3, 4";

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_is_somewhere_and_order_does_not_matter(lines in lines(), turn in 0..40_usize) {
        runtime().block_on(async {
            let business =
                crate::workspace::Business { max_rejected: 1.0, ..Default::default() };
            let mut shop = Shop::of(business).await;
            let wrong = lines.iter().filter(|line| line.ends_with("much")).count() as u64;
            let first = shop.file("orders-1.csv", file(&lines));
            let report = shop.import(&[first]).await.expect("imported");
            let counted = count(&report, "order_lines");
            assert_eq!(counted.read, lines.len() as u64);
            assert_eq!(counted.rejected, wrong);
            assert_eq!(counted.accepted, lines.len() as u64 - wrong);
            let facts = shop.ask(FACTS).await;
            // the same rows in another order, in another file
            let mut turned = lines.clone();
            turned.rotate_left(turn % lines.len());
            let second = shop.file("orders-2.csv", file(&turned));
            let report = shop.import(&[second]).await.expect("imported");
            let counted = count(&report, "order_lines");
            assert_eq!(counted.skipped, lines.len() as u64 - wrong);
            assert_eq!((counted.accepted, counted.replaced), (0, 0));
            assert_eq!(shop.ask(FACTS).await, facts);
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn overlapping_exports_and_later_states() {
    let mut shop = Shop::new().await;
    let head = "order_id,line,customer_id,ordered_at,amount,status\n";
    let monday = shop.file(
        "orders-mon.csv",
        format!("{head}1,1,a,2025-01-01,10,placed\n2,1,b,2025-01-01,20,placed\n"),
    );
    let tuesday = shop.file(
        "orders-tue.csv",
        format!("{head}2,1,b,2025-01-01,20,delivered\n3,1,c,2025-01-02,30,placed\n"),
    );
    shop.import(&[monday]).await.expect("imported");
    let report = shop.import(&[tuesday]).await.expect("imported");
    let lines = count(&report, "order_lines");
    assert_eq!((lines.accepted, lines.replaced, lines.skipped), (1, 1, 0));
    let rows = shop
        .ask("select order_id, status from order_lines order by 1")
        .await;
    assert_eq!(rows, ["1|placed", "2|delivered", "3|placed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn contradictions_are_rejected_and_a_later_success_closes_them() {
    let mut shop = Shop::new().await;
    let head = "order_id,line,customer_id,ordered_at,amount\n";
    let mut text = String::from(head);
    for order in 1..=20 {
        text.push_str(&format!("{order},1,a,2025-01-01,10\n"));
    }
    let wrong = format!("{text}21,1,b,2025-01-01,5\n21,1,b,2025-01-01,6\n22,1,c,yesterday,7\n");
    let first = shop.file("orders-1.csv", &wrong);
    let report = shop.import(&[first]).await.expect("imported");
    let lines = count(&report, "order_lines");
    assert_eq!((lines.accepted, lines.rejected), (20, 3));
    let rows = shop
        .ask("select file, file_row, reasons from rejects order by 2")
        .await;
    assert_eq!(rows.len(), 3);
    assert!(
        rows[0].starts_with("orders-1.csv|22|") && rows[0].contains("conflict"),
        "{rows:?}"
    );
    assert!(rows[2].contains("not-a-time"), "{rows:?}");
    let mended = format!("{text}21,1,b,2025-01-01,6\n22,1,c,2025-01-02,7\n");
    let second = shop.file("orders-2.csv", mended);
    let report = shop.import(&[second]).await.expect("imported");
    let lines = count(&report, "order_lines");
    assert_eq!(
        (lines.accepted, lines.skipped, lines.closed_rejects),
        (2, 20, 3)
    );
    assert_eq!(shop.number("select count(*) from rejects").await, 0);
}
