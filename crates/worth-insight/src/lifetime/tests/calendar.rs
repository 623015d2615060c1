//! A shop that is full before Tết and closed over it: nobody is called slipping for the season.

use worth_model::calendar::{Clock, LunarFeast};
use worth_model::lifetime::BetaGeoParameters;
use worth_model::simulate;

use super::*;
use crate::lifetime::answer::CalendarKnown;

const CUSTOMERS: i32 = 3000;

fn day(year: i16, month: i8, day: i8) -> i32 {
    day_of(jiff::civil::date(year, month, day))
}

/// Twice as busy for three weeks before Tết, then closed for as good as eight days.
fn true_factor(feasts: &[i32], day: i32) -> f64 {
    let near = |from: i32, until: i32| {
        let mut days = feasts.iter();
        days.any(|feast| (from..=until).contains(&(day - feast)))
    };
    match () {
        () if near(-21, -2) => 2.0,
        () if near(-1, 6) => 0.02,
        () => 1.0,
    }
}

/// Customers who come every day from 2023 until the eighth day after Tết 2026 (17 February), buy every
/// four days and soon leave; and ids of those who have left by then.
fn tet_shop() -> (Vec<Value>, Vec<String>) {
    let (first, last) = (day(2023, 1, 1), day(2026, 2, 25));
    let feasts = LunarFeast::Tet.days(first - 30..=last + 30);
    let factors: Vec<f64> = (first..=last)
        .map(|day| true_factor(&feasts, day))
        .collect();
    let clock = Clock::new(first, &factors).expect("valid");
    let starts: Vec<i32> = (0..CUSTOMERS)
        .map(|row| first + row * (last - first) / CUSTOMERS)
        .collect();
    let ages: Vec<f64> = starts
        .iter()
        .map(|&start| clock.elapsed(start, last))
        .collect();
    let parameters = BetaGeoParameters {
        r: 6.0,
        alpha: 24.0,
        a: 1.2,
        b: 7.0,
    };
    let drawn = simulate::customers(&parameters, None, &ages, 7).expect("valid");
    let (mut lines, mut left) = (Vec::new(), Vec::new());
    for (row, (customer, &start)) in drawn.iter().zip(&starts).enumerate() {
        let id = format!("c{row:03}");
        let moments = customer.times.iter();
        let moments = moments.map(|&time| clock.moment_after(start, time).ceil() as i32);
        let mut days: Vec<i32> = std::iter::once(start).chain(moments).collect();
        days.dedup();
        lines.extend(days.iter().filter(|day| **day <= last).map(|&day| {
            json!({
                "order_id": format!("{id}-{day}"),
                "line": 1,
                "customer_id": id,
                "ordered_at": format!("{}T05:00:00Z", date_of(day)),
                "amount": 100_000,
                "currency": "VND",
            })
        }));
        if customer.left_at.is_finite() {
            left.push(id);
        }
    }
    (lines, left)
}

async fn ask_until(shop: &Shop, until: i32) -> Arc<Answered<LifetimeAnswer>> {
    let scope = Scope {
        until: Some(date_of(until)),
        ..Scope::default()
    };
    ask(shop, &scope).await
}

/// Customers who are called slipping though they have not left.
async fn wrongly_slipping(answered: &Answered<LifetimeAnswer>, left: &[String]) -> usize {
    let rows = answered.rows.as_ref().expect("rows");
    let batches: Vec<_> = rows.stream().try_collect().await.expect("rows are there");
    let mut wrongly = 0;
    for batch in &batches {
        let ids = batch["customer_id"].as_string::<i32>();
        let statuses = batch["status"].as_string::<i32>();
        wrongly += (0..batch.num_rows())
            .filter(|&row| statuses.value(row) == "slipping")
            .filter(|&row| !left.iter().any(|id| id == ids.value(row)))
            .count();
    }
    wrongly
}

#[tokio::test]
async fn nobody_slips_away_because_of_tet() {
    let (lines, left) = tet_shop();
    let after_tet = day(2026, 2, 24);
    let plain = orders(lines.clone()).await;
    let plain = ask_until(&plain, after_tet).await;
    let shop = shop_with(&[(Table::OrderLines, lines)], "[calendar]\n").await;
    let answered = ask_until(&shop, after_tet).await;

    assert_eq!(plain.answer.calendar, None);
    let Some(CalendarKnown::Learnt { events, .. }) = &answered.answer.calendar else {
        panic!("{:?}", answered.answer.calendar);
    };
    let tet: Vec<_> = events.iter().filter(|of| of.event == "tet").collect();
    // Busy customers leave sooner, so there are fewer for the rush: rather under 2 than over it.
    let rush = tet[0].factor.value;
    assert!((1.4..2.1).contains(&rush), "{:?}", tet[0]);
    assert!(tet[1].factor.value < 0.1, "{:?}", tet[1]);
    let without = wrongly_slipping(&plain, &left).await;
    let with = wrongly_slipping(&answered, &left).await;
    assert!(
        2 * with < without,
        "{with} with the calendar, {without} without"
    );

    for (language, says) in [
        (Language::English, "Busy and quiet days"),
        (Language::Vietnamese, "Tết Nguyên Đán"),
    ] {
        let words = Words::new(language);
        let sheet = answered.answer.sheet(&answered.provenance, &words);
        let text = render::markdown::render(&sheet, Some(&answered.provenance), &words);
        assert!(text.contains(says), "{text}");
    }
}

#[tokio::test]
async fn a_calendar_that_was_seen_once_is_no_calendar() {
    let (lines, _) = tet_shop();
    let year = day(2023, 12, 31);
    let plain = orders(lines.clone()).await;
    let plain = ask_until(&plain, year).await;
    let shop = shop_with(&[(Table::OrderLines, lines)], "[calendar]\n").await;
    let answered = ask_until(&shop, year).await;
    let why = CalendarKnown::TooShort {
        observed_days: 365,
        needed_days: 730,
    };
    assert_eq!(answered.answer.calendar, Some(why));
    let without_calendar = LifetimeAnswer {
        calendar: None,
        ..answered.answer.clone()
    };
    assert_eq!(without_calendar, plain.answer);
}

#[tokio::test]
async fn mistakes_in_the_calendar_are_named_with_their_line() {
    for (settings, says) in [
        (
            "[calendar]\nfeasts = [\"tett\"]",
            "no feast is called \"tett\"; use tet,",
        ),
        ("[calendar]\nfeast = [\"tet\"]", "unknown field `feast`"),
        (
            "[[calendar.promotions]]\nname = \"sale\"\ndays = []",
            "needs days",
        ),
        (
            "[[calendar.promotions]]\nname = \"sale\"\ndays = [\"2025-06-15\"]\nfrom_days = 2",
            "from_days = 2 to until_days = 0",
        ),
    ] {
        let shop = shop_with(&[(Table::OrderLines, regulars())], settings).await;
        let (scope, question) = (Scope::default(), Lifetime::default());
        let Err(error) = shop.context.ask(&scope, &question).await else {
            panic!("{settings}");
        };
        let error = error.to_string();
        assert!(error.contains(says), "{error}");
        assert!(
            error.contains("worth.toml") && error.contains("line "),
            "{error}"
        );
    }
}
