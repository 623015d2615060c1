//! Shops made by hand, asked through the lake. The arithmetic stands beside the numbers.

use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::Estimate;
use worth_model::link::NoLink;

use super::answer::ExchangeFrom;
use super::*;
use crate::question::Present;
use crate::testing::{Shop, as_markdown, assert_refused, bought, shop_with, with};
use crate::words::{Language, Words};

/// A score on 1..10, given on a scale so fine that its steps hide nothing.
fn said(who: &str, brand: &str, measure: &str, dimension: &str, score: f64) -> Value {
    json!({
        "response_id": who,
        "question": format!("{measure} {dimension}"),
        "answered_at": "2025-03-01T03:00:00Z",
        "customer_id": who,
        "brand": brand,
        "measure": measure,
        "dimension": if dimension.is_empty() { Value::Null } else { dimension.into() },
        "score": (score - 1.0) / 9.0 * 1e6,
        "scale_min": 0.0,
        "scale_max": 1e6,
    })
}

const TOML: &str = "[value]\nbrand = \"Trà Sen\"\nprice_points_per_percent = 0.05\n";

/// The worked example of `docs/methods/what-if.md`: 200 customers with one order of 100,000 each. Half of
/// them give the product 6 points, half 4; that of Chanh has 5, and both prices 4. Of the first 75 find
/// Trà Sen more worth it and 60 come back by the end of May, of the second 25 and 40, for 100,000 each.
/// The last order, in July, is a stranger's.
fn documented() -> (Vec<Value>, Vec<Value>) {
    let (mut answers, mut lines) = (Vec::new(), Vec::new());
    for n in 0..200 {
        let who = format!("c{n:03}");
        let (product, preferring, returning) = if n < 100 {
            (6.0, 75, 60)
        } else {
            (4.0, 25, 40)
        };
        let worth = if n % 100 < preferring {
            [8.0, 5.0]
        } else {
            [5.0, 8.0]
        };
        for (brand, product, worth) in [("Trà Sen", product, worth[0]), ("Chanh", 5.0, worth[1])] {
            answers.push(said(&who, brand, "benefit", "product", product));
            answers.push(said(&who, brand, "cost", "price", 4.0));
            answers.push(said(&who, brand, "worth", "", worth));
        }
        lines.push(bought(&who, "02-01", 100_000));
        // who comes back has nothing to do with who prefers
        if (n * 37) % 100 < returning {
            lines.push(bought(&who, "04-15", 100_000));
        }
    }
    lines.push(bought("z", "07-01", 100_000));
    (answers, lines)
}

async fn shop_of((answers, lines): (Vec<Value>, Vec<Value>), settings: &str) -> Shop {
    let tables = [(Table::SurveyAnswers, answers), (Table::OrderLines, lines)];
    shop_with(&tables, settings).await
}

async fn ask_of(shop: &Shop, question: &WhatIf) -> Answered<WhatIfAnswer> {
    let answered = question.ask(&Scope::default(), &shop.context).await;
    answered.expect("an answer, whatever the survey")
}

fn changing(changes: &[&str]) -> WhatIf {
    WhatIf {
        change: changes.iter().map(|&change| change.to_owned()).collect(),
        ..WhatIf::default()
    }
}

fn close(found: Estimate, expected: f64) {
    let tolerance = 1e-4 * expected.abs().max(1e-3);
    assert!(
        (found.value - expected).abs() < tolerance,
        "{}, by hand {expected}",
        found.value
    );
}

/// The worked example. A point more of the product: benefits 5 → 6 over costs 4. Choice: odds 3 where Trà
/// Sen is a point better and 1/3 where it is a point worse, so 3 per point; a point more makes them 9 and 1,
/// shares .9 and .5. Coming back: odds 1.5 and 2/3 two points apart, so 1.5 per point; 2.25 and 1, shares
/// .6923 and .5 after .6 and .4. Revenue: 60,000 and 40,000, so √1.5 times per point of 50,000.
#[tokio::test]
async fn a_point_more_brings_what_is_worked_out_by_hand() {
    let shop = shop_of(documented(), TOML).await;
    let answered = ask_of(&shop, &WhatIf::default()).await;
    let answer = &answered.answer;
    assert_eq!(answer.respondents, 200);
    assert_eq!(answer.compared_by, Effect::BuysAgain);
    let best = &answer.scenarios[0];
    assert_eq!(best.changes[0].written(), "product=+1");
    close(best.difference.expect("scored").change, 1.0);
    let ratio = best.ratio.expect("scored");
    close(ratio.before, 1.25);
    close(ratio.after, 1.5);
    close(best.quality.expect("both scored").after, 1.2);
    close(best.relative_price.expect("both scored").after, 1.0);
    let ranks = best.rank_by_difference.expect("two brands");
    assert_eq!((ranks.before, ranks.after), (1, 1));
    let own = &best.shares[0];
    assert_eq!((own.brand.as_str(), own.own), ("Trà Sen", true));
    close(own.share.before, 0.5);
    close(own.share.after, 0.7);
    close(best.shares[1].share.change, -0.2);
    let again = best.buys_again.expect("two hundred customers");
    close(again.change, (0.1 + 2.25 / 3.25 - 0.6) / 2.0);
    assert!(again.smallest.expect("an interval") > 0.0);
    // all had bought once, on the same day, for the same amount
    close(
        best.buys_again_habits_alike.expect("known"),
        again.change.value,
    );
    close(
        best.revenue.expect("money").change,
        50_000.0 * (1.5_f64.sqrt() - 1.0),
    );
    // nobody differs in what is said of the price, and nobody was asked what they will do
    let price = &answer.scenarios[1];
    assert_eq!(price.changes[0].written(), "price=-1");
    close(price.difference.expect("scored").change, 1.0);
    assert_eq!((price.buys_again, price.intention), (None, None));
    assert_eq!(answer.choice.by.as_deref(), Some("worth"));
    close(answer.choice.per_point.expect("a choice"), 3.0_f64.ln());
    // a point of price is 20 %, of 30,100,000 a year
    let cut = best.as_price_cut.expect("a price");
    close(cut.points, 1.0);
    close(cut.percent.expect("worth.toml says"), 20.0);
    close(cut.yearly_cost.expect("orders"), 6_020_000.0);
    assert_eq!(
        answer.price.exchange.expect("known").from,
        ExchangeFrom::Settings
    );
}

/// 5 % less is a quarter of a point less of perceived price; a quarter more of the product does as much, and
/// so does what costs 5 % of 30,100,000.
#[tokio::test]
async fn a_price_cut_is_compared_with_what_does_as_much_or_costs_as_much() {
    let shop = shop_of(documented(), TOML).await;
    let answer = ask_of(&shop, &changing(&["price=-5%"])).await.answer;
    let cut = &answer.scenarios[0];
    assert_eq!(cut.changes[0].points, Some(-0.25));
    close(cut.difference.expect("scored").change, 0.25);
    let itself = cut.as_price_cut.expect("it is one");
    close(itself.percent.expect("worth.toml says"), 5.0);
    close(itself.yearly_cost.expect("orders"), 1_505_000.0);
    let same = &cut.same_value[0];
    assert_eq!(same.name.dimension, "product");
    close(same.points, 0.25);
    assert!(same.within_scale && same.buys_again.is_some());

    let question = WhatIf {
        cost: Some(1_505_000.0),
        ..changing(&["product=+0.5"])
    };
    let answer = ask_of(&shop, &question).await.answer;
    let [product, cut] = &answer.scenarios[..] else {
        panic!("what was asked for, and the cut");
    };
    close(product.difference.expect("scored").change, 0.5);
    assert_eq!(cut.changes[0].written(), "price=-5%");
    close(cut.difference.expect("scored").change, 0.25);
}

/// A competitor that is a point better takes from us what a point gave us; what our customers do is not known.
#[tokio::test]
async fn a_competitors_move_is_told_by_choices() {
    let shop = shop_of(documented(), TOML).await;
    let question = WhatIf {
        brand: Some("chanh".into()),
        ..WhatIf::default()
    };
    let answer = ask_of(&shop, &question).await.answer;
    assert_eq!(
        (answer.brand.as_str(), answer.compared_by),
        ("Chanh", Effect::Share)
    );
    let first = &answer.scenarios[0];
    close(first.own_share().expect("a choice").share.change, -0.2);
    close(first.difference.expect("scored").change, 1.0);
    assert_eq!((first.buys_again, first.as_price_cut), (None, None));
}

/// Two brands over 24 months, their prices by turns 10 % (in logarithms) above and below the mean and half
/// a point dearer and cheaper to customers: .05 points per percent. With 10 months there is too little.
#[tokio::test]
async fn prices_that_changed_tell_what_a_percentage_is() {
    for (months, is_told) in [(24, true), (10, false)] {
        let (mut answers, mut prices) = (Vec::new(), Vec::new());
        for month in 0..months {
            let day = format!("{}-{:02}-05", 2023 + month / 12, 1 + month % 12);
            for (place, brand) in ["Trà Sen", "Chanh"].into_iter().enumerate() {
                let up = if (month / 2 + place) % 2 == 0 {
                    1.0
                } else {
                    -1.0
                };
                let scatter = 0.05 * ((month * 7 + place * 3) % 5) as f64;
                let who = format!("{brand}{month}");
                let score = 5.0 + 0.5 * up + scatter;
                let answer = said(&who, brand, "cost", "price", score);
                let answer = with(answer, "customer_id", Value::Null);
                answers.push(with(answer, "answered_at", format!("{day}T03:00:00Z")));
                prices.push(json!({
                    "brand": brand,
                    "product_id": "tea",
                    "at": format!("{day}T00:00:00Z"),
                    "price": (100_000.0 * (0.1_f64 * up).exp()).round(),
                    "currency": "VND",
                }));
            }
        }
        let tables = [(Table::SurveyAnswers, answers), (Table::Prices, prices)];
        let shop = shop_with(&tables, "[value]\nbrand = \"Trà Sen\"\n").await;
        let price = ask_of(&shop, &changing(&["price=-5%"])).await.answer.price;
        let from_prices = price.from_prices.expect("the business does not say it");
        assert_eq!(from_prices.brand_months, 2 * months as u64);
        if is_told {
            let exchange = price.exchange.expect("prices tell it");
            assert_eq!(exchange.from, ExchangeFrom::Prices);
            let points = exchange.points_per_percent.value;
            assert!((points - 0.05).abs() < 0.005, "{points}");
        } else {
            assert_eq!(price.exchange, None);
            assert!(matches!(
                from_prices.cannot,
                Some(NoLink::TooFew { people: 20, .. })
            ));
        }
    }
}

#[tokio::test]
async fn what_is_missing_is_said_and_the_rest_is_told() {
    let (answers, lines) = documented();
    // one brand, and no word of what a percentage is
    let own: Vec<Value> = answers
        .iter()
        .filter(|row| row["brand"] == "Trà Sen")
        .cloned()
        .collect();
    let alone = shop_of((own, lines.clone()), "").await;
    let answered = ask_of(&alone, &changing(&["price=-5%"])).await;
    let scenario = &answered.answer.scenarios[0];
    assert_eq!(
        (scenario.changes[0].points, scenario.difference),
        (None, None)
    );
    let answered = ask_of(&alone, &WhatIf::default()).await;
    let scenario = &answered.answer.scenarios[0];
    assert!(scenario.difference.is_some() && scenario.buys_again.is_some());
    assert!(scenario.shares.is_empty() && scenario.quality.is_none());
    let cut = scenario.as_price_cut.expect("a price");
    assert_eq!((cut.percent, cut.yearly_cost), (None, None));
    assert_eq!(answered.answer.completing[0].measure, "brand");
    // few customers: value is still told
    let few: Vec<Value> = answers.iter().take(6 * 20).cloned().collect();
    let few = shop_of((few, lines), TOML).await;
    let answer = ask_of(&few, &WhatIf::default()).await.answer;
    assert!(matches!(
        answer.buys_again.cannot,
        Some(NoLink::TooFew { people: 20, .. })
    ));
    assert!(answer.scenarios[0].difference.is_some());
    // nobody was asked anything
    let empty = shop_of((Vec::new(), Vec::new()), TOML).await;
    let answered = ask_of(&empty, &WhatIf::default()).await;
    for language in Language::ALL {
        let words = Words::new(language);
        let sheet = answered.answer.sheet(&answered.provenance, &words);
        assert!(sheet.nothing_to_tell && !sheet.headlines[0].says.is_empty());
    }
}

/// With nobody to be watched, what is said counts: two points of ten per point of the product.
#[tokio::test]
async fn intentions_are_told_where_customers_are_not_known() {
    let mut answers = Vec::new();
    for n in 0..60 {
        let who = format!("f{n:02}");
        let product = 4.0 + f64::from(n % 5);
        let scatter = f64::from(n % 7) / 7.0 - 3.0 / 7.0;
        answers.push(said(&who, "Trà Sen", "benefit", "product", product));
        answers.push(said(
            &who,
            "Trà Sen",
            "repurchase",
            "",
            1.0 + product + scatter,
        ));
    }
    let answers = answers
        .into_iter()
        .map(|row| with(row, "customer_id", Value::Null));
    let shop = shop_of((answers.collect(), Vec::new()), TOML).await;
    let answered = ask_of(&shop, &WhatIf::default()).await;
    let answer = &answered.answer;
    assert_eq!(answer.compared_by, Effect::Intention);
    let change = answer.scenarios[0].intention.expect("asked").change;
    let (low, high) = change.ends().expect("an interval");
    assert!(low > 0.9 && high < 1.1, "{change:?}");
    assert_eq!(answer.scenarios[0].difference, None);
}

#[tokio::test]
async fn changes_that_cannot_be_read_are_refused() {
    let shop = shop_of(documented(), TOML).await;
    for wrong in ["product", "taste=+1", "product=more", "product=-5%"] {
        let refused = changing(&[wrong])
            .ask(&Scope::default(), &shop.context)
            .await;
        assert!(matches!(refused, Err(Error::NotAChoice { .. })), "{wrong}");
    }
    let refused = [
        changing(&["product=+10"]),
        changing(&["price=-95%"]),
        WhatIf {
            cost: Some(-1.0),
            ..WhatIf::default()
        },
        WhatIf {
            days: 6,
            ..WhatIf::default()
        },
        WhatIf {
            price_points_per_percent: Some(0.0),
            ..WhatIf::default()
        },
    ];
    assert_refused(&refused, &shop).await;
    let stranger = WhatIf {
        brand: Some("Đào".into()),
        ..WhatIf::default()
    };
    let refused = stranger.ask(&Scope::default(), &shop.context).await;
    assert!(matches!(
        refused,
        Err(Error::NotAChoice {
            parameter: "brand",
            ..
        })
    ));
}

#[tokio::test]
async fn sheets_in_both_languages() {
    let shop = shop_of(documented(), TOML).await;
    let points = ask_of(&shop, &WhatIf::default()).await;
    let cut = ask_of(&shop, &changing(&["price=-5%"])).await;
    assert_eq!(
        points.rows.as_ref().expect("rows").schema().fields().len(),
        41
    );
    for language in Language::ALL {
        let text = [&points, &cut].map(|answered| as_markdown(answered, language));
        insta::assert_snapshot!(format!("what-if-{language}"), text.join("\n\n"));
    }
}
