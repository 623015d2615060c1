//! Hand-made shops: what is watched, what is expected of it, and when it is an alert.

use jiff::civil::{Date, date};
use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::control::Side;

use super::answer::{Kind, Unit, Verdict};
use super::*;
use crate::lifetime::calendar::CalendarKnown;
use crate::question::Present;
use crate::render;
use crate::testing::{Shop, assert_refused, regulars, shop, shop_with, tet};
use crate::words::{Language, Words};

async fn ask(shop: &Shop, question: &Alerts, scope: &Scope) -> Answered<AlertsAnswer> {
    question.ask(scope, &shop.context).await.expect("an answer")
}

fn line(customer: &str, day: Date, store: &str, channel: &str) -> Value {
    json!({
        "order_id": format!("{customer}-{day}"),
        "line": 1,
        "customer_id": customer,
        "ordered_at": format!("{day}T05:00:00Z"),
        "amount": 100_000,
        "currency": "VND",
        "touchpoint": store,
        "channel": channel,
    })
}

/// A number from 0 to 1 that looks like chance and is always the same.
fn chance(customer: u64, day: u64) -> f64 {
    let mut state = (customer << 32 | day).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    state ^= state >> 29;
    state = state.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (state ^ state >> 32) as f64 / u64::MAX as f64
}

const CUSTOMERS: u64 = 400;
const FIRST: Date = date(2024, 6, 3);
/// 64 weeks.
const LAST: Date = date(2025, 8, 24);
/// The last eight weeks.
const FALL: Date = date(2025, 6, 30);

/// Four hundred customers of two stores, who come in the first twenty weeks and then buy on any
/// day with a probability of 2 to 6 %; from the fall on those of the store Nam buy `rate` as often.
fn lines(rate: f64) -> (Vec<Value>, Vec<Value>) {
    let (mut lines, mut customers) = (Vec::new(), Vec::new());
    let days = i32::try_from(FALL.duration_since(FIRST).as_hours() / 24).expect("a year");
    for customer in 0..CUSTOMERS {
        let id = format!("c{customer:03}");
        let store = if customer % 2 == 0 { "Bac" } else { "Nam" };
        let channel = if customer % 5 == 0 { "app" } else { "store" };
        let region = ["A", "B", "C"][customer as usize % 3];
        customers.push(json!({ "customer_id": id, "region": region }));
        let own_rate = 0.02 + 0.04 * chance(customer, 9_999);
        let start = (customer % 140) as i32;
        for day in start..days + 56 {
            let fallen = day >= days && store == "Nam";
            let probability = own_rate * if fallen { rate } else { 1.0 };
            if day == start || chance(customer, day as u64) < probability {
                let on = FIRST.saturating_add(jiff::Span::new().days(i64::from(day)));
                lines.push(line(&id, on, store, channel));
            }
        }
    }
    (lines, customers)
}

async fn shop_of(rate: f64) -> Shop {
    let (lines, customers) = lines(rate);
    shop(&[(Table::OrderLines, lines), (Table::Customers, customers)]).await
}

fn find<'a>(answer: &'a AlertsAnswer, kind: Kind, name: &str) -> &'a Unit {
    let name = Some(name).filter(|name| !name.is_empty());
    let unit = answer
        .units
        .iter()
        .find(|unit| unit.kind == kind && unit.name.as_deref() == name);
    unit.unwrap_or_else(|| panic!("no {kind:?} {name:?}"))
}

#[tokio::test]
async fn a_store_that_falls_is_found_and_the_other_is_not() {
    let shop = shop_of(0.3).await;
    let answered = ask(&shop, &Alerts::default(), &Scope::default()).await;
    let answer = &answered.answer;
    assert_eq!((answer.until, answer.cannot_tell), (LAST, None));
    let fallen = find(answer, Kind::Store, "Nam");
    assert_eq!(fallen.verdict, Verdict::Fall);
    assert_eq!(fallen.since, Some(FALL));
    assert!(fallen.ratio < Some(0.5), "{:?}", fallen.ratio);
    let (low, high) = fallen
        .missing_revenue
        .and_then(|money| money.ends())
        .expect("money");
    // every purchase cost 100,000
    let missing = fallen.expected.expect("compared").value - fallen.actual as f64;
    assert!((fallen.missing_revenue.expect("money").value / 100_000.0 - missing).abs() < 1e-6);
    assert!(low > 0.0 && high > low);
    assert!(fallen.adjusted_p_value >= fallen.p_value);
    let other = find(answer, Kind::Store, "Bac");
    assert_eq!((other.verdict, other.since), (Verdict::InOrder, None));
    assert_eq!(other.missing_revenue, None);
    // half of the customers of each region are those of the store
    let whole = find(answer, Kind::Whole, "");
    assert_eq!(whole.customers, CUSTOMERS);
    assert_eq!(whole.actual, fallen.actual + other.actual);
    let known: u64 = answer
        .units
        .iter()
        .filter(|unit| unit.kind == Kind::Region)
        .map(|unit| unit.customers)
        .sum();
    assert_eq!(known, CUSTOMERS);
    assert_eq!(
        answer.out_of_order().next().map(|unit| unit.kind),
        Some(Kind::Store)
    );
    assert_eq!(answered.rows.expect("rows").schema().fields().len(), 20);
}

#[tokio::test]
async fn nothing_stands_out_when_nothing_changes() {
    let shop = shop_of(1.0).await;
    let answer = ask(&shop, &Alerts::default(), &Scope::default())
        .await
        .answer;
    assert_eq!(
        answer.alerts,
        0,
        "{:?}",
        answer.out_of_order().collect::<Vec<_>>()
    );
    assert!(answer.compared >= 8, "{}", answer.compared);
    // nobody was new in the last half year: nothing is known of how many are usual
    let new = find(&answer, Kind::NewCustomers, "");
    assert_eq!((new.verdict, new.actual), (Verdict::TooNew, 0));
    let inside: Vec<bool> = answer
        .units
        .iter()
        .flat_map(|unit| &unit.windows)
        .map(|window| window.outside.is_none())
        .collect();
    let share = inside.iter().filter(|inside| **inside).count() as f64 / inside.len() as f64;
    // parts overlap, so one business says little; worth-model/tests/watch.rs counts in many
    assert!(share > 0.75, "{share} of {}", inside.len());
}

#[tokio::test]
async fn home_is_where_most_was_bought_before_the_window() {
    let (mut lines, _) = lines(1.0);
    // in the window everyone buys in the other store: that changes nobody's home
    for line in &mut lines {
        if line["ordered_at"].as_str() >= Some("2025-07-28") {
            line["touchpoint"] = match line["touchpoint"].as_str() {
                Some("Nam") => "Bac".into(),
                _ => "Nam".into(),
            };
        }
    }
    let moved = shop(&[(Table::OrderLines, lines)]).await;
    let stayed = shop_of(1.0).await;
    let moved = ask(&moved, &Alerts::default(), &Scope::default())
        .await
        .answer;
    let stayed = ask(&stayed, &Alerts::default(), &Scope::default())
        .await
        .answer;
    for store in ["Bac", "Nam"] {
        let (one, other) = (
            find(&moved, Kind::Store, store),
            find(&stayed, Kind::Store, store),
        );
        assert_eq!(one.customers, other.customers);
        assert_eq!(one.actual, other.actual);
        assert_eq!(one.expected, other.expected);
    }
    // nobody said where they live
    assert!(moved.units.iter().all(|unit| unit.kind != Kind::Region));
}

#[tokio::test]
async fn new_customers_have_a_line_of_their_own() {
    let (mut lines, _) = lines(1.0);
    // twenty new ones in each fortnight, and eighty in the last
    for window in 0..13 {
        for number in 0..if window == 12 { 80 } else { 20 } {
            let back = 14 * (12 - window) + number % 14;
            let on = LAST.saturating_sub(jiff::Span::new().days(back));
            lines.push(line(&format!("n{window}-{number}"), on, "Bac", "store"));
        }
    }
    let shop = shop(&[(Table::OrderLines, lines)]).await;
    let question = Alerts {
        window_days: Some(14),
        ..Alerts::default()
    };
    let answer = ask(&shop, &question, &Scope::default()).await.answer;
    let new = find(&answer, Kind::NewCustomers, "");
    assert_eq!((new.actual, new.verdict), (80, Verdict::Rise));
    assert!((new.expected.expect("compared").value - 20.0).abs() < 1e-9);
    assert_eq!(new.forecast, None);
    assert_eq!(
        new.windows.last().map(|window| window.outside),
        Some(Some(Side::Above))
    );
    assert_eq!(find(&answer, Kind::Whole, "").verdict, Verdict::InOrder);
}

#[tokio::test]
async fn the_rush_before_tet_is_no_alert_when_the_calendar_knows_it() {
    let (lines, _) = tet::lines();
    let scope = Scope {
        until: Some(date(2026, 2, 15)),
        ..Scope::default()
    };
    let tables = [(Table::OrderLines, lines)];
    let plain = ask(&shop(&tables).await, &Alerts::default(), &scope).await;
    let knowing = shop_with(&tables, "[calendar]\n").await;
    let knowing = ask(&knowing, &Alerts::default(), &scope).await;
    let of_plain = find(&plain.answer, Kind::Whole, "");
    let of_knowing = find(&knowing.answer, Kind::Whole, "");
    assert_eq!(plain.answer.calendar, None);
    assert_eq!(of_plain.verdict, Verdict::Rise);
    let calendar = &knowing.answer.calendar;
    assert!(
        matches!(calendar, Some(CalendarKnown::Learnt { .. })),
        "{calendar:?}"
    );
    assert_eq!(of_knowing.verdict, Verdict::InOrder);
    assert_eq!(of_knowing.actual, of_plain.actual);
    // new customers come every day alike, and no fewer of them are expected for the rush
    let ratio = of_knowing.ratio.expect("compared");
    assert!((0.8..1.25).contains(&ratio), "{ratio}");
}

#[tokio::test]
async fn short_data_and_few_customers_are_said() {
    let shop = shop_of(1.0).await;
    let scope = Scope {
        until: Some(date(2024, 12, 15)),
        ..Scope::default()
    };
    let enough = ask(&shop, &Alerts::default(), &scope).await.answer;
    assert_eq!(enough.cannot_tell, None);
    let scope = Scope {
        until: Some(date(2024, 12, 14)),
        ..Scope::default()
    };
    let short = ask(&shop, &Alerts::default(), &scope).await.answer;
    let expected = CannotTell::TooShort {
        observed_days: 195,
        needed_days: 196,
    };
    assert_eq!(short.cannot_tell, Some(expected));
    let few: Vec<Value> = (0..20)
        .map(|number| {
            let on = FIRST.saturating_add(jiff::Span::new().days(number * 20));
            line("a", on, "Bac", "store")
        })
        .collect();
    let shop_of_few = crate::testing::shop(&[(Table::OrderLines, few)]).await;
    let few = ask(&shop_of_few, &Alerts::default(), &Scope::default())
        .await
        .answer;
    assert_eq!(few.cannot_tell, Some(CannotTell::TooFewRepeats));
}

#[tokio::test]
async fn parameters_out_of_range_are_refused() {
    let shop = shop(&[(Table::OrderLines, regulars())]).await;
    let refused = [
        Alerts {
            window_days: Some(3),
            ..Alerts::default()
        },
        Alerts {
            false_discovery_rate: Some(0.9),
            ..Alerts::default()
        },
        Alerts {
            level: Some(1.0),
            ..Alerts::default()
        },
    ];
    assert_refused(&refused, &shop).await;
}

#[tokio::test]
async fn sheets_in_both_languages() {
    let shop = shop_of(0.3).await;
    let answered = ask(&shop, &Alerts::default(), &Scope::default()).await;
    for language in Language::ALL {
        let words = Words::new(language);
        let sheet = answered.answer.sheet(&answered.provenance, &words);
        assert!(
            sheet
                .urgent
                .as_ref()
                .is_some_and(|urgent| urgent.contains("Nam"))
        );
        let text = render::markdown::render(&sheet, Some(&answered.provenance), &words);
        insta::assert_snapshot!(format!("alerts-{language}"), text);
    }
}
