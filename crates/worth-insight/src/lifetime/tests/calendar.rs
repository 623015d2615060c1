//! Nobody is called slipping for the season.

use super::*;
use crate::lifetime::answer::CalendarKnown;
use crate::testing::tet::{self, day};

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
    let (lines, left) = tet::lines();
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
        let text = as_markdown(&answered, language);
        assert!(text.contains(says), "{text}");
    }
}

#[tokio::test]
async fn what_is_not_known_of_a_rush_is_in_the_forecast_of_it() {
    let (lines, _) = tet::lines();
    let ask = async |settings: &str| {
        let shop = shop_with(&[(Table::OrderLines, lines.clone())], settings).await;
        let scope = Scope {
            until: Some(date_of(day(2026, 1, 26))),
            ..Scope::default()
        };
        let question = Lifetime {
            horizon_days: Some(20),
            model: Some(Model::BetaGeo),
            ..Lifetime::default()
        };
        let answered = question
            .ask(&scope, &shop.context)
            .await
            .expect("an answer");
        let purchases = answered.answer.forecast.expect("a forecast").purchases;
        let (low, high) = purchases.ends().expect("an interval");
        (purchases.value, (high - low) / purchases.value)
    };
    let (plain, plain_width) = ask("").await;
    let (rush, rush_width) = ask("[calendar]\n").await;
    // twice as many are bought on most of these days; that factor is known from three rushes only
    assert!(rush > 1.3 * plain, "{rush}, {plain} without the calendar");
    assert!(
        rush_width > 1.02 * plain_width,
        "{rush_width} {plain_width}"
    );
}

#[tokio::test]
async fn a_calendar_that_was_seen_once_is_no_calendar() {
    let (lines, _) = tet::lines();
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
