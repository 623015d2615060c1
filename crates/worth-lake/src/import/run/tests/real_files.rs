//! Files as they are published, imported without a word from the user.

use super::{Shop, count, real_data, real_file};
use crate::workspace::Business;

fn business(currency: &str, timezone: &str) -> Business {
    Business {
        currency: currency.to_owned(),
        timezone: timezone.to_owned(),
        ..Business::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cdnow_master() {
    let Some(data) = real_data() else { return };
    let mut shop = Shop::of(business("USD", "America/New_York")).await;
    let file = real_file(&data, "cdnow/CDNOW_master.txt");
    let report = shop
        .import(std::slice::from_ref(&file))
        .await
        .expect("imported");
    let lines = count(&report, "order_lines");
    assert_eq!(
        (lines.accepted, lines.rejected, lines.skipped),
        (69_659, 0, 0)
    );
    assert_eq!(
        shop.number("select count(distinct customer_id) from order_lines")
            .await,
        23_570
    );
    let again = shop.import(&[file]).await.expect("imported again");
    assert_eq!(count(&again, "order_lines").skipped, 69_659);
}

#[tokio::test(flavor = "multi_thread")]
async fn cdnow_sample_has_no_header() {
    let Some(data) = real_data() else { return };
    let mut shop = Shop::of(business("USD", "America/New_York")).await;
    let file = real_file(&data, "cdnow/CDNOW_sample.txt");
    let report = shop.import(&[file]).await.expect("imported");
    let lines = count(&report, "order_lines");
    assert_eq!(
        (lines.accepted, lines.rejected, lines.skipped),
        (6_919, 0, 0)
    );
    assert_eq!(
        shop.number("select count(distinct customer_id) from order_lines")
            .await,
        2_357
    );
    let first = shop
        .ask("select customer_id, business_date(ordered_at), quantity, amount, currency from order_lines order by 1, 2 limit 1")
        .await;
    assert_eq!(first, ["00004|1997-01-01|2.0000|29.3300|USD"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn online_retail_two_years_that_overlap() {
    let Some(data) = real_data() else { return };
    let mut shop = Shop::of(business("GBP", "Europe/London")).await;
    let files = [
        real_file(&data, "online_retail_ii/year_2009_2010.parquet"),
        real_file(&data, "online_retail_ii/year_2010_2011.parquet"),
    ];
    let report = shop.import(&files).await.expect("imported");
    let lines = count(&report, "order_lines");
    assert_eq!(lines.read, 525_461 + 541_909);
    assert_eq!(
        (
            lines.accepted,
            lines.replaced,
            lines.skipped,
            lines.rejected
        ),
        (1_044_847, 0, 22_523, 0)
    );
    let sql = "select count(*), count(*) filter (where customer_id is null), \
               count(*) filter (where order_id like 'C%' and amount > 0 and quantity < 0) from order_lines";
    assert_eq!(shop.ask(sql).await, ["1044847|235287|0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn olist_orders_with_items_and_reviews() {
    let Some(data) = real_data() else { return };
    let mut shop = Shop::of(business("BRL", "America/Sao_Paulo")).await;
    let names = [
        "orders_dataset",
        "order_items_dataset",
        "customers_dataset",
        "products_dataset",
        "order_reviews_dataset",
        "order_payments_dataset",
        "sellers_dataset",
    ];
    let mut files: Vec<_> = names
        .iter()
        .map(|name| real_file(&data, &format!("olist/olist_{name}.csv")))
        .collect();
    files.push(real_file(
        &data,
        "olist/product_category_name_translation.csv",
    ));
    let report = shop.import(&files).await.expect("imported");
    let lines = count(&report, "order_lines");
    assert_eq!(
        (lines.accepted, lines.rejected),
        (8_365, 775),
        "orders without an item are kept aside"
    );
    assert_eq!(
        shop.number("select count(distinct order_id) from order_lines")
            .await,
        8_135 - 775
    );
    assert_eq!(
        shop.number("select count(*) from rejects where table_name = 'order_lines'")
            .await,
        775
    );
    let feedback = count(&report, "feedback");
    assert_eq!((feedback.accepted, feedback.rejected), (8_225, 0));
    let sql = "select count(*) filter (where text is null), count(*) - count(distinct feedback_id) from feedback";
    assert_eq!(shop.ask(sql).await, ["4112|34"]);
    assert_eq!(shop.number("select count(*) from customers").await, 8_016);
    let sql = "select count(*) from order_lines where category is not null";
    assert!(shop.number(sql).await > 8_000);
    let again = shop.import(&files).await.expect("imported again");
    let (lines, feedback) = (count(&again, "order_lines"), count(&again, "feedback"));
    assert_eq!(
        (lines.skipped, lines.accepted, lines.rejected),
        (8_365, 0, 775)
    );
    assert_eq!((feedback.skipped, feedback.accepted), (8_225, 0));
    assert_eq!(shop.number("select count(*) from rejects").await, 775);
}
