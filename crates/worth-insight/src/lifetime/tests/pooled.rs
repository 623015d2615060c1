//! Groups that are pooled: differences that were planted are found, small groups are drawn to the middle,
//! and where groups are alike that is said.

use worth_model::lifetime::{BetaGeoParameters, Pooling};

use super::covariates::{OF_STORE, asked, orders_of_store, two_stores, value};
use super::*;
use crate::lifetime::answer::{GroupTold, PooledTold};
use crate::segments::SegmentName;

const MIDDLE: BetaGeoParameters = BetaGeoParameters {
    r: 1.2,
    alpha: 90.0,
    a: 0.8,
    b: 2.8,
};
/// Stores, their customers, and how many times as often as those of the middle they buy.
const STORES: [(&str, usize, f64); 8] = [
    ("Huế", 25, 2.0),
    ("Vinh", 30, 0.6),
    ("Đà Lạt", 60, 1.0),
    ("Nha Trang", 70, 1.5),
    ("Cần Thơ", 80, 0.7),
    ("Đà Nẵng", 100, 1.0),
    ("Hà Nội", 250, 2.0),
    ("Sài Gòn", 240, 0.5),
];

async fn chain() -> Shop {
    let stores = STORES.iter().enumerate();
    let lines = stores.flat_map(|(number, (store, customers, times_as_often))| {
        let law = BetaGeoParameters {
            alpha: MIDDLE.alpha / times_as_often,
            ..MIDDLE
        };
        orders_of_store(number, store, &law, *customers, 31 + number as u64)
    });
    orders(lines.collect()).await
}

/// Sixteen stores whose customers have bought on the very same days.
async fn copies() -> Shop {
    let stores = 0..16;
    let of = |number: usize| orders_of_store(number, &format!("{number:02}"), &MIDDLE, 30, 7);
    orders(stores.flat_map(of).collect()).await
}

fn by(segment: &str) -> Lifetime {
    Lifetime {
        model: Some(Model::BetaGeo),
        pool: Some(segment.to_owned()),
        ..Lifetime::default()
    }
}

fn told(answer: &LifetimeAnswer) -> &PooledTold {
    let model = answer.model.as_ref().expect("a model");
    model.pooled.as_ref().expect("groups were to be pooled")
}

fn group<'a>(told: &'a PooledTold, name: &str) -> &'a GroupTold {
    let group = told.groups.iter().find(|told| told.group == value(name));
    group.expect("a group")
}

fn ends(estimate: &Estimate) -> (f64, f64) {
    estimate.ends().expect("an interval")
}

#[tokio::test]
async fn stores_that_differ_are_found_and_small_ones_drawn_to_the_middle() {
    let shop = chain().await;
    let answered = asked(&shop, &by("store")).await;
    let told = told(&answered.answer);
    assert_eq!(told.verdict, Pooling::Differ);
    let (low, _) = ends(&told.deviations.purchases);
    assert!(low > 0.1, "{:?}", told.deviations);

    // All of them, the largest first.
    let customers = |told: &GroupTold| told.customers;
    let sizes: Vec<u64> = told.groups.iter().map(customers).collect();
    assert_eq!(sizes, [250, 240, 100, 80, 70, 60, 30, 25]);
    let [ha_noi, sai_gon, hue] = ["Hà Nội", "Sài Gòn", "Huế"].map(|name| group(told, name));
    assert!((1..250).contains(&ha_noi.repeat_customers));
    assert!(ends(&ha_noi.purchases.ratio).0 > 1.0, "{ha_noi:?}");
    assert!(ends(&sai_gon.purchases.ratio).1 < 1.0, "{sai_gon:?}");
    assert!(hue.purchases.shrunk > 2.0 * ha_noi.purchases.shrunk);
    assert!(ha_noi.purchases.shrunk < 0.2, "{ha_noi:?}");

    // A customer of a group to come is between, and less certain.
    let new = |told: &GroupTold| told.new_customer.expect("money");
    let to_come = told.new_group.expect("money");
    let between = new(sai_gon).value..new(ha_noi).value;
    assert!(between.contains(&to_come.value), "{between:?} {to_come:?}");
    let width = |estimate: &Estimate| ends(estimate).1 / ends(estimate).0;
    assert!(width(&to_come) > width(&new(ha_noi)));
}

#[tokio::test]
async fn customers_of_pooled_groups_add_up_to_the_total() {
    let shop = chain().await;
    let answered = asked(&shop, &by("store")).await;
    let equity = answered.answer.forecast.expect("a model").equity;
    let rows = answered.rows.as_ref().expect("rows");
    let batches: Vec<_> = rows.stream().try_collect().await.expect("rows are there");
    let values = batches.iter().flat_map(|batch| {
        let values = batch["expected_value"].as_primitive::<Float64Type>();
        values.values().to_vec()
    });
    let total = equity.expect("money").value;
    assert!((values.sum::<f64>() / total - 1.0).abs() < 1e-6);
}

#[tokio::test]
async fn stores_that_are_alike_are_told_so_and_at_most_fifteen_shown() {
    let shop = copies().await;
    let answered = asked(&shop, &by("store")).await;
    let told = told(&answered.answer);
    assert_eq!(told.verdict, Pooling::Alike);
    assert_eq!(told.groups.len(), 16);
    let english = as_markdown(&answered, Language::English);
    assert!(english.contains("By first store groups are alike as far as can be seen"));
    assert!(english.contains("Shown are the 15 of 16 groups"));
    let vietnamese = as_markdown(&answered, Language::Vietnamese);
    assert!(vietnamese.contains("chưa thấy các nhóm khác nhau"));
}

#[tokio::test]
async fn two_groups_are_too_few_and_the_unknown_are_one_more() {
    let shop = two_stores(2.0).await;
    let answered = asked(&shop, &by("store")).await;
    let few = Pooling::FewGroups {
        groups: 2,
        groups_needed: 5,
    };
    assert_eq!(told(&answered.answer).verdict, few);
    assert!(as_markdown(&answered, Language::English).contains("2 groups are too few"));

    let answered = asked(&shop, &by("gender")).await;
    let told = told(&answered.answer);
    let groups = told.groups.iter();
    let groups: Vec<_> = groups
        .map(|told| (told.group.clone(), told.customers))
        .collect();
    let each = OF_STORE as u64 - 20;
    let expected = [
        (value("female"), each),
        (value("male"), each),
        (SegmentName::Unknown, 40),
    ];
    assert_eq!(groups, expected);
    assert!(told.as_last_known);
}

#[tokio::test]
async fn what_cannot_be_pooled_is_refused() {
    let shop = orders(vec![line("a1", "ann", "01-01", 10)]).await;
    for unknown in ["email", "zodiac", ""] {
        let refused = shop.context.ask(&Scope::default(), &by(unknown)).await;
        let message = refused.err().expect("no segment").to_string();
        let expected = format!("`pool` is `{unknown}`; it must be one of: channel, ");
        assert!(message.starts_with(&expected), "{message}");
    }
    let both = Lifetime {
        covariates: vec!["gender".into()],
        ..by("store")
    };
    let refused = shop.context.ask(&Scope::default(), &both).await;
    let message = refused.err().expect("one or the other").to_string();
    assert_eq!(
        message,
        "`pool` and `covariates` cannot be asked for together: leave one of them away"
    );
    let summary = CustomerSummary::new(Vec::new());
    let options = crate::context::ContextOptions::at(jiff::Timestamp::UNIX_EPOCH);
    let refused = by("store").of_summary(summary, &options).err();
    let needs_orders = matches!(refused, Some(Error::NeedsOrders { parameter: "pool" }));
    assert!(needs_orders, "{refused:?}");
}

#[tokio::test]
async fn the_section_says_what_it_must_in_both_languages() {
    let shop = chain().await;
    let answered = asked(&shop, &by("store")).await;
    let english = as_markdown(&answered, Language::English);
    for said in [
        "## How groups of customers differ",
        "By first store customers differ: how often they buy by about",
        "Drawn to the middle in buying",
        "times as often as those of the middle",
        "A new customer of a group that has not been seen",
        "This is not cause and effect",
        "a customer of the middle of all groups",
    ] {
        assert!(english.contains(said), "{said}");
    }
    let vietnamese = as_markdown(&answered, Language::Vietnamese);
    for said in [
        "## Các nhóm khách khác nhau thế nào",
        "Theo cửa hàng đầu tiên, khách khác nhau",
        "Kéo về mức giữa khi mua",
        "lần khách ở mức giữa",
        "Một khách mới của nhóm chưa từng thấy",
        "không phải quan hệ nhân quả",
    ] {
        assert!(vietnamese.contains(said), "{said}");
    }
}
