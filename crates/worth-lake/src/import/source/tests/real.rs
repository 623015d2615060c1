//! Real files, when there are any: the folder named by `WORTH_TEST_DATA`.

use super::*;
use crate::import::profile::{Decision, Looks};
use crate::import::value::{NumberFormat, TimeLayout};

/// A file of the test data; nothing when there is no test data here.
fn real(path: &str) -> Option<SourceFile> {
    let Some(folder) = std::env::var_os("WORTH_TEST_DATA") else {
        println!("skipped: needs WORTH_TEST_DATA");
        return None;
    };
    let path = Path::new(&folder).join(path);
    Some(SourceFile::open(&path, &ReadOptions::default(), &Silent).expect("a real file"))
}

fn clear_layout(profile: &Profile, column: &str) -> Option<TimeLayout> {
    profile
        .column(column)?
        .time
        .clear()
        .map(|format| format.layout)
}

fn decimal(profile: &Profile, column: &str) -> Option<Option<char>> {
    profile
        .column(column)?
        .number
        .clear()
        .map(|format| format.decimal)
}

#[test]
fn cdnow_logs() {
    let Some(master) = real("cdnow/CDNOW_master.txt") else {
        return;
    };
    assert_eq!(
        names(&master),
        ["customer_id", "date", "number_of_cds", "dollar_value"]
    );
    let profile = master.profile(&Silent).expect("readable");
    assert_eq!((profile.rows, profile.damaged), (69_659, 0));
    assert_eq!(clear_layout(&profile, "date"), Some(TimeLayout::Compact));
    assert_eq!(decimal(&profile, "dollar_value"), Some(Some('.')));
    let ids = profile.column("customer_id").expect("a column");
    assert_eq!((ids.looks, ids.distinct), (Looks::Text, None));

    let Some(sample) = real("cdnow/CDNOW_sample.txt") else {
        return;
    };
    assert_eq!((names(&sample).len(), count_rows(&sample)), (5, 6_919));
    assert_eq!(names(&sample)[4], "column_5");
}

#[test]
fn online_retail() {
    let Some(first) = real("online_retail_ii/year_2009_2010.parquet") else {
        return;
    };
    assert_eq!(count_rows(&first), 525_461);
    let Some(second) = real("online_retail_ii/year_2010_2011.parquet") else {
        return;
    };
    let profile = second.profile(&Silent).expect("readable");
    assert_eq!(profile.rows, 541_909);
    let times: Vec<&str> = profile
        .columns
        .iter()
        .filter(|column| column.looks == Looks::Time)
        .map(|column| column.name.as_str())
        .collect();
    assert_eq!(times, ["InvoiceDate"]);
}

#[test]
fn olist_with_reviews_over_several_lines() {
    let Some(reviews) = real("olist/olist_order_reviews_dataset.csv") else {
        return;
    };
    let profile = reviews.profile(&Silent).expect("readable");
    assert_eq!((profile.rows, profile.damaged), (8_225, 0));
    let message = |batch: SourceBatch| {
        batch
            .rows
            .column_by_name("review_comment_message")
            .map_or(0, |text| text.null_count())
    };
    let without = reviews
        .read()
        .map(|batch| message(batch.expect("readable")));
    assert_eq!(without.sum::<usize>(), 4_112);
    // Four more have nothing but spaces.
    assert_eq!(
        profile
            .column("review_comment_message")
            .expect("a column")
            .empty,
        4_116
    );
    assert_eq!(
        clear_layout(&profile, "review_creation_date"),
        Some(TimeLayout::Ymd)
    );
    let Some(orders) = real("olist/olist_orders_dataset.csv") else {
        return;
    };
    let profile = orders.profile(&Silent).expect("readable");
    assert_eq!(profile.rows, 8_135);
    let status = profile.column("order_status").expect("a column");
    assert_eq!(
        status.frequent.iter().map(|value| value.1).sum::<u64>(),
        8_135
    );
    assert_eq!(status.looks, Looks::Text);
}

#[test]
fn tables_of_every_kind() {
    for (path, rows, columns) in [
        ("hillstrom/hillstrom.csv", 64_000, 12),
        ("marketing_campaign/marketing_campaign.csv", 2_240, 29),
        ("telco_churn/telco_churn.csv", 7_043, 21),
        ("journeys/sepsis.csv", 15_214, 34),
        ("journeys/traffic_fines.csv", 34_724, 18),
        ("choice/swissmetro.dat", 10_728, 28),
        ("ecsi_mobi/mobi.csv", 250, 24),
        ("drivers/attitude.csv", 30, 8),
        ("vi_vsfc/train/sents.txt", 11_426, 1),
        ("vi_vsfc/train/sentiments.txt", 11_426, 1),
        ("vi_vsfc/dev/sents.txt", 1_583, 1),
        ("vi_vsfc/test/topics.txt", 3_166, 1),
    ] {
        let Some(file) = real(path) else { return };
        assert_eq!(
            (count_rows(&file), names(&file).len()),
            (rows, columns),
            "{path}"
        );
        assert_eq!(damaged(&file), [], "{path}");
    }
}

#[test]
fn an_event_log_in_gzip() {
    let Some(file) = real("journeys/retentioneering_ecom.csv.gz") else {
        return;
    };
    let profile = file.profile(&Silent).expect("readable");
    assert_eq!(profile.damaged, 0);
    assert!(
        profile
            .columns
            .iter()
            .any(|column| column.looks == Looks::Time)
    );
}

#[test]
fn amounts_and_dates_of_real_tables_are_clear() {
    let Some(hillstrom) = real("hillstrom/hillstrom.csv") else {
        return;
    };
    let profile = hillstrom.profile(&Silent).expect("readable");
    let spend = profile.column("spend").expect("a column");
    assert_eq!(spend.number, Decision::Clear(NumberFormat::PLAIN));
    let Some(campaign) = real("marketing_campaign/marketing_campaign.csv") else {
        return;
    };
    let profile = campaign.profile(&Silent).expect("readable");
    assert_eq!(
        profile.column("Dt_Customer").expect("a column").looks,
        Looks::Time
    );
}
