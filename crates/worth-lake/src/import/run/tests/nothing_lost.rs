//! What cannot be imported is an error that names the file, and leaves the lake as it was.

use super::{Shop, count};
use crate::error::Error;
use crate::import::propose::Answers;
use crate::import::run::{RunOptions, run};
use crate::lake::At;
use crate::progress::Silent;
use crate::workspace::Workspace;

const ORDERS: &str =
    "order_id,customer_id,ordered_at,amount\n1,a,2025-01-01,10.5\n2,b,2025-01-02,20.5\n";

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_none() {
    let mut shop = Shop::new().await;
    let good = shop.file("orders.csv", ORDERS);
    shop.import(&[good]).await.expect("imported");
    let before = shop
        .workspace
        .lake()
        .await
        .expect("open")
        .snapshot(At::Latest)
        .await
        .expect("there")
        .id();
    let files = [
        shop.file("empty.csv", ""),
        shop.file(
            "binary.csv",
            [0_u8, 159, 146, 150, 0, 1, 2, 3, 255, 254, 0, 0, 7, 8],
        ),
        shop.file("unknown.csv", "alpha,beta\n1,2\n3,4\n"),
        std::env::temp_dir(),
        std::env::temp_dir().join("there-is-no-such-file.csv"),
    ];
    for file in files {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let error = shop
            .import(&[file])
            .await
            .expect_err("no table")
            .to_string();
        assert!(error.contains(&name), "{name}: {error}");
    }
    let after = shop
        .workspace
        .lake()
        .await
        .expect("open")
        .snapshot(At::Latest)
        .await
        .expect("there")
        .id();
    assert_eq!(before, after);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_rejects_refuse_the_file_and_say_what_was_seen() {
    let mut shop = Shop::new().await;
    let mut text = String::from("order_id,customer_id,ordered_at,amount\n");
    for order in 0..10 {
        let day = if order < 7 { "2025-01-01" } else { "soon" };
        text.push_str(&format!("{order},a,{day},10.5\n"));
    }
    let file = shop.file("orders.csv", text);
    let error = shop.import(&[file]).await.expect_err("30 % are wrong");
    assert!(
        matches!(
            error,
            Error::TooManyRejects {
                rejected: 3,
                read: 10,
                ..
            }
        ),
        "{error:?}"
    );
    let text = error.to_string();
    assert!(
        text.contains("orders.csv") && text.contains("soon"),
        "{text}"
    );
    assert_eq!(shop.number("select count(*) from order_lines").await, 0);
    assert_eq!(shop.number("select count(*) from rejects").await, 0);
    assert!(
        shop.workspace.mappings().is_empty(),
        "a mapping that failed is not kept"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_counts_and_writes_nothing() {
    let mut shop = Shop::new().await;
    let file = shop.file("orders.csv", ORDERS);
    let proposal = shop
        .propose(&[file], &Answers::new())
        .await
        .expect("proposed");
    assert_eq!(
        proposal.sources[0].tables[0].rows.len(),
        2,
        "the first rows as understood"
    );
    let options = RunOptions {
        dry_run: true,
        now: jiff::Timestamp::UNIX_EPOCH,
    };
    let report = run(&mut shop.workspace, &proposal, &options, &Silent)
        .await
        .expect("counted");
    assert_eq!(count(&report, "order_lines").accepted, 2);
    assert_eq!(shop.number("select count(*) from order_lines").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_imports_of_one_file_at_once_add_each_fact_once() {
    let shop = Shop::new().await;
    let file = shop.file("orders.csv", ORDERS);
    let proposal = shop
        .propose(&[file], &Answers::new())
        .await
        .expect("proposed");
    let options = RunOptions {
        dry_run: false,
        now: jiff::Timestamp::UNIX_EPOCH,
    };
    let (mut one, mut other) = (shop.workspace.clone(), shop.workspace.clone());
    let (first, second) = tokio::join!(
        run(&mut one, &proposal, &options, &Silent),
        run(&mut other, &proposal, &options, &Silent)
    );
    let (first, second) = (first.expect("imported"), second.expect("imported"));
    let sum = |count: &dyn Fn(&crate::import::report::ImportReport) -> u64| {
        count(&first) + count(&second)
    };
    assert_eq!(sum(&|report| count(report, "order_lines").accepted), 2);
    assert_eq!(sum(&|report| count(report, "order_lines").skipped), 2);
    assert_eq!(shop.number("select count(*) from order_lines").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_zone_stays_once_days_are_in() {
    let mut shop = Shop::new().await;
    let file = shop.file("orders.csv", ORDERS);
    shop.import(&[file]).await.expect("imported");
    let path = shop.workspace.folder().join("worth.toml");
    let text = std::fs::read_to_string(&path).expect("it is there");
    std::fs::write(&path, text.replace("Asia/Ho_Chi_Minh", "Europe/London")).expect("written");
    let changed = Workspace::open(shop.workspace.folder()).expect("it can be read");
    let error = changed
        .lake()
        .await
        .expect_err("the days would move")
        .to_string();
    assert!(
        error.contains("Asia/Ho_Chi_Minh") && error.contains("Europe/London"),
        "{error}"
    );
}
