//! Kinds of customers: a difference that was planted is found, one that was not is not claimed, and
//! totals, rows and new customers are those of the kinds.

use worth_model::lifetime::BetaGeoParameters;
use worth_model::simulate;

use super::*;
use crate::lifetime::answer::{CovariateTold, CovariatesTold, LevelEffect, LevelTold};
use crate::segments::SegmentName;
use crate::testing::assert_refused;

/// Customers of each store.
pub(super) const OF_STORE: usize = 250;

/// Orders of customers of a store who come within the first 60 days of 2025 and are drawn from a law;
/// their ids begin with the number of the store.
pub(super) fn orders_of_store(
    number: usize,
    store: &str,
    law: &BetaGeoParameters,
    customers: usize,
    seed: u64,
) -> Vec<Value> {
    let first_days: Vec<i64> = (0..customers as i64)
        .map(|customer| customer % 60)
        .collect();
    let ages: Vec<f64> = (first_days.iter())
        .map(|first| 360.0 - *first as f64)
        .collect();
    let drawn = simulate::customers(law, None, &ages, seed).expect("a law");
    let mut lines = Vec::new();
    for (customer, (drawn, first)) in drawn.iter().zip(&first_days).enumerate() {
        let id = format!("{number}-{customer:03}");
        for (order, day) in drawn.times.iter().enumerate() {
            let day = jiff::civil::date(2025, 1, 1)
                .saturating_add(jiff::Span::new().days(first + day.ceil() as i64));
            lines.push(json!({
                "order_id": format!("{id}-{order}"),
                "line": 1,
                "customer_id": id,
                "ordered_at": format!("{day}T05:00:00Z"),
                "amount": 100_000 + (customer * 37 % 11) * 20_000 + order * 5_000,
                "currency": "VND",
                // where they come back says nothing of where they came first
                "touchpoint": if order == 0 { store } else { "app" },
            }));
        }
    }
    lines
}

/// Orders of customers of two stores who come within the first 60 days of 2025; those of Hà Nội buy so
/// many times as often. Every second customer is a woman, of the last twenty of each store nothing is
/// known, and all were born from 1980 to 1999.
pub(super) async fn two_stores(times_as_often: f64) -> Shop {
    let mut lines = Vec::new();
    let mut customers = Vec::new();
    let da_nang = BetaGeoParameters {
        r: 1.2,
        alpha: 90.0,
        a: 0.8,
        b: 2.8,
    };
    let ha_noi = BetaGeoParameters {
        alpha: da_nang.alpha / times_as_often,
        ..da_nang
    };
    let stores = [("Đà Nẵng", da_nang), ("Hà Nội", ha_noi)];
    for (number, (store, law)) in stores.iter().enumerate() {
        lines.extend(orders_of_store(
            number,
            store,
            law,
            OF_STORE,
            11 + number as u64,
        ));
        for customer in 0..OF_STORE {
            let id = format!("{number}-{customer:03}");
            let mut known = json!({
                "customer_id": id,
                "birth_year": 1980 + customer % 20,
                "city": if customer == 0 { "Huế" } else { "Vinh" },
            });
            if customer < OF_STORE - 20 {
                known["gender"] = ["female", "male"][customer % 2].into();
            }
            customers.push(known);
        }
    }
    shop(&[(Table::OrderLines, lines), (Table::Customers, customers)]).await
}

fn by(covariates: &[&str]) -> Lifetime {
    Lifetime {
        model: Some(Model::BetaGeo),
        covariates: covariates.iter().map(|name| (*name).to_owned()).collect(),
        ..Lifetime::default()
    }
}

pub(super) async fn asked(shop: &Shop, question: &Lifetime) -> Arc<Answered<LifetimeAnswer>> {
    let answered = shop.context.ask(&Scope::default(), question).await;
    answered.expect("an answer")
}

fn told(answer: &LifetimeAnswer) -> &CovariatesTold {
    let model = answer.model.as_ref().expect("a model");
    model
        .covariates
        .as_ref()
        .expect("covariates were asked for")
}

pub(super) fn value(name: &str) -> SegmentName {
    SegmentName::Value(name.into())
}

fn names(covariate: &CovariateTold) -> Vec<(SegmentName, u64)> {
    let levels = covariate.levels.iter();
    levels
        .map(|level| (level.level.clone(), level.customers))
        .collect()
}

fn ratios(level: &LevelTold) -> [Estimate; 2] {
    match level.effect {
        LevelEffect::ToldApart { purchases, leaving } => [purchases, leaving],
        other => panic!("{other:?}"),
    }
}

fn holds(estimate: &Estimate, truth: f64) -> bool {
    let (low, high) = estimate.ends().expect("an interval");
    (low..=high).contains(&truth)
}

#[tokio::test]
async fn a_planted_difference_is_found_and_put_down_to_the_right_covariate() {
    let shop = two_stores(2.0).await;
    let answered = asked(&shop, &by(&["store", "gender"])).await;
    let answer = &answered.answer;
    let told = told(answer);
    assert!(
        told.likelihood_ratio
            .is_some_and(|test| test.p_value < 1e-4)
    );
    let [store, gender] = &told.covariates[..] else {
        panic!("two covariates");
    };
    let of_store = OF_STORE as u64;
    assert_eq!(
        names(store),
        [(value("Hà Nội"), of_store), (value("Đà Nẵng"), of_store)]
    );
    assert_eq!(store.levels[0].effect, LevelEffect::ComparedWith);
    let [purchases, leaving] = ratios(&store.levels[1]);
    assert!(
        holds(&purchases, 0.5) && !holds(&purchases, 1.0),
        "{purchases:?}"
    );
    assert!(holds(&leaving, 1.0), "{leaving:?}");
    assert!(store.test.is_some_and(|test| test.p_value < 1e-4));

    assert_eq!(
        names(gender),
        [
            (value("female"), of_store - 20),
            (value("male"), of_store - 20),
            (SegmentName::Unknown, 40)
        ]
    );
    assert!(
        gender.test.is_some_and(|test| test.p_value > 0.1),
        "{gender:?}"
    );
    assert!(holds(&ratios(&gender.levels[1])[0], 1.0));
    assert_eq!([store.as_last_known, gender.as_last_known], [false, true]);

    // A new customer brings more in Hà Nội; any one brings something between.
    let new = |level: &LevelTold| level.new_customer.expect("money").value;
    let [ha_noi, da_nang] = [&store.levels[0], &store.levels[1]].map(new);
    assert!(ha_noi > 1.5 * da_nang, "{ha_noi} {da_nang}");
    let forecast = answer.forecast.expect("a model");
    let any = forecast.new_customer.expect("money");
    assert!((da_nang..ha_noi).contains(&any.value) && any.ends().is_some());
    // Numbers of a mean customer fit between too.
    let means: f64 = store.levels.iter().map(|level| new(level) / 2.0).sum();
    assert!((any.value / means - 1.0).abs() < 0.1);
}

#[tokio::test]
async fn kinds_have_their_own_outlook_and_add_up_to_the_total() {
    let shop = two_stores(2.0).await;
    let [apart, alike] = [
        asked(&shop, &by(&["store"])).await,
        asked(&shop, &by(&[])).await,
    ];
    let equity = |answered: &Answered<LifetimeAnswer>| {
        let forecast = answered.answer.forecast.expect("a model");
        forecast.equity.expect("money")
    };
    let model = alike.answer.model.as_ref().expect("a model");
    assert_eq!(model.covariates, None);
    let total = equity(&apart);
    let (low, high) = total.ends().expect("an interval");
    assert!(low < total.value && total.value < high);
    assert!((total.value / equity(&alike).value - 1.0).abs() < 0.15);
    let rows = apart.rows.as_ref().expect("rows");
    let batches: Vec<_> = rows.stream().try_collect().await.expect("rows are there");
    let values = batches.iter().flat_map(|batch| {
        let values = batch["expected_value"].as_primitive::<Float64Type>();
        values.values().to_vec()
    });
    assert!((values.sum::<f64>() / total.value - 1.0).abs() < 1e-6);
    // Expected repeat purchases follow the actual ones.
    let last = apart.answer.repeats.last().expect("a curve");
    assert!((last.expected / last.actual as f64 - 1.0).abs() < 0.1);
}

#[tokio::test]
async fn where_nothing_was_planted_nothing_is_claimed() {
    let shop = two_stores(1.0).await;
    let answered = asked(&shop, &by(&["store", "gender"])).await;
    let told = told(&answered.answer);
    assert!(told.likelihood_ratio.is_some_and(|test| test.p_value > 0.1));
    for covariate in &told.covariates {
        assert!(covariate.test.is_some_and(|test| test.p_value > 0.1));
    }
    let text = as_markdown(&answered, Language::English);
    assert!(text.contains("None of this surely tells customers apart"));
    assert!(text.contains("By first store no difference is shown"));
}

#[tokio::test]
async fn small_groups_are_like_the_largest_and_the_same_group_is_named_once() {
    let shop = two_stores(2.0).await;
    let answered = asked(&shop, &by(&["city", "birth-year", "store", "touchpoint"])).await;
    let [city, born, store, touchpoint] = &told(&answered.answer).covariates[..] else {
        panic!("four covariates");
    };
    let everyone = 2 * OF_STORE as u64;
    assert_eq!(
        names(city),
        [(value("Vinh"), everyone - 2), (SegmentName::Other, 2)]
    );
    assert_eq!(city.levels[1].effect, LevelEffect::TooFew);
    assert_eq!(city.test, None);
    let money = |level: &LevelTold| level.new_customer.expect("money");
    assert_eq!(money(&city.levels[0]), money(&city.levels[1]));
    assert_eq!(
        names(born),
        [(value("1980–1989"), 260), (value("1990–1999"), 240)]
    );
    assert!(holds(&ratios(&born.levels[1])[0], 1.0));
    assert!(holds(&ratios(&store.levels[1])[0], 0.5));
    assert_eq!(touchpoint.levels[1].effect, LevelEffect::Inseparable);

    // Nothing at all to tell apart: as if nothing had been asked.
    let answered = asked(&shop, &by(&["city"])).await;
    let alike = asked(&shop, &by(&[])).await;
    assert_eq!(told(&answered.answer).likelihood_ratio, None);
    assert_eq!(answered.answer.forecast, alike.answer.forecast);
}

#[tokio::test]
async fn kinds_are_known_of_those_who_came_after_the_last_day_learned_from() {
    let shop = two_stores(2.0).await;
    let question = Lifetime {
        train_until: Some(jiff::civil::date(2025, 2, 20)),
        horizon_days: Some(90),
        ..by(&["store"])
    };
    let answered = asked(&shop, &question).await;
    assert_eq!(answered.answer.customers.all, 2 * OF_STORE as u64);
    // fifty days tell little of how often, but which store buys more
    let store = &told(&answered.answer).covariates[0];
    let purchases = ratios(&store.levels[1])[0];
    assert!((0.2..0.9).contains(&purchases.value), "{purchases:?}");
    assert!(answered.answer.forecast.is_some());
}

#[tokio::test]
async fn what_cannot_tell_customers_apart_is_refused() {
    let shop = orders(vec![line("a1", "ann", "01-01", 10)]).await;
    for unknown in ["email", "zodiac"] {
        let refused = shop.context.ask(&Scope::default(), &by(&[unknown])).await;
        let message = refused.err().expect("no segment").to_string();
        let expected = format!("`covariates` is `{unknown}`; it must be one of: channel, ");
        assert!(message.starts_with(&expected), "{message}");
    }
    assert_refused(&[by(&["gender"; 7])], &shop).await;
    let summary = CustomerSummary::new(Vec::new());
    let options = crate::context::ContextOptions::at(jiff::Timestamp::UNIX_EPOCH);
    let refused = by(&["gender"]).of_summary(summary, &options).err();
    assert!(matches!(
        refused,
        Some(Error::NeedsOrders {
            parameter: "covariates"
        })
    ));
}

#[tokio::test]
async fn the_section_in_both_languages() {
    let shop = two_stores(2.0).await;
    let answered = asked(&shop, &by(&["store", "gender"])).await;
    for language in Language::ALL {
        let words = Words::new(language);
        let sheet = answered.answer.sheet(&answered.provenance, &words);
        let text = render::markdown::render(&sheet, Some(&answered.provenance), &words);
        let title = format!("## {}", words.say("lifetime-section-covariates"));
        let begin = text.find(&title).expect("the section");
        let rest = &text[begin + title.len()..];
        let end = rest.find("\n## ").expect("another section");
        insta::assert_snapshot!(
            format!("covariates-{language}"),
            format!("{title}{}", &rest[..end])
        );
    }
}
