//! Hand-made shops whose arithmetic is written out, the published numbers of CDNOW, and sheets.

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{Float64Type, Int64Type};
use futures::TryStreamExt;
use serde_json::{Value, json};
use worth_lake::tables::Table;

use super::answer::{LifetimeAnswer, MarginFrom};
use super::*;
use crate::question::{Filter, Present};
use crate::render;
use crate::testing::{Shop, as_markdown, line, regulars, shop, shop_with, with};
use crate::words::{Language, Words};

mod calendar;
mod cdnow;
mod covariates;
mod pooled;

/// A line: order, customer ("" = anonymous), day of 2025, amount.
async fn ask(shop: &Shop, scope: &Scope) -> Arc<Answered<LifetimeAnswer>> {
    shop.context
        .ask(scope, &Lifetime::default())
        .await
        .expect("an answer")
}

async fn orders(lines: Vec<Value>) -> Shop {
    shop(&[(Table::OrderLines, lines)]).await
}

/// Id, repeats, recency and age in days, mean spend of repeats, revenue: the compact rows.
type Known = (String, i64, i64, i64, Option<f64>, f64);

async fn known(answered: &Answered<LifetimeAnswer>) -> Vec<Known> {
    let rows = answered.rows.as_ref().expect("rows");
    let batches: Vec<_> = rows.stream().try_collect().await.expect("rows are there");
    let mut found = Vec::new();
    for batch in &batches {
        let ids = batch["customer_id"].as_string::<i32>();
        let count = |name: &str| batch[name].as_primitive::<Int64Type>().clone();
        let real = |name: &str| batch[name].as_primitive::<Float64Type>().clone();
        let (frequency, recency, age) =
            (count("frequency"), count("recency_days"), count("age_days"));
        let (monetary, revenue) = (real("monetary"), real("revenue"));
        for row in 0..batch.num_rows() {
            found.push((
                ids.value(row).to_owned(),
                frequency.value(row),
                recency.value(row),
                age.value(row),
                monetary.is_valid(row).then(|| monetary.value(row)),
                revenue.value(row),
            ));
        }
    }
    found
}

fn row(id: &str, repeats: i64, recency: i64, age: i64, mean: Option<f64>, revenue: f64) -> Known {
    (id.into(), repeats, recency, age, mean, revenue)
}

#[tokio::test]
async fn one_purchase_per_customer_and_business_day() {
    let late_evening = with(
        line("a3", "ann", "01-05", 7),
        "ordered_at",
        "2025-01-05T18:30:00Z",
    );
    let shop = orders(vec![
        line("a1", "ann", "01-01", 100),
        line("a2", "ann", "01-05", 20),
        late_evening, // 01:30 on 6 January in Vietnam
        line("a4", "ann", "01-05", 30),
        line("b1", "bob", "01-11", 0), // nothing to pay, yet a purchase
        line("b2", "bob", "01-12", 0),
    ])
    .await;
    let answered = ask(&shop, &Scope::default()).await;
    // ann: days 1, 5 (20 + 30) and 6 (7): two repeats, mean (50 + 7) / 2 = 28.5, in all 157;
    // observed until bob's last day, the 12th: 11 days
    assert_eq!(
        known(&answered).await,
        [
            row("ann", 2, 5, 11, Some(28.5), 157.0),
            row("bob", 1, 1, 1, None, 0.0),
        ]
    );
    let customers = answered.answer.customers;
    assert_eq!(
        (customers.all, customers.repeat, customers.purchases),
        (2, 2, 5)
    );
    assert_eq!(answered.provenance.rows_used, 6);
    assert_eq!(
        answered.provenance.until,
        Some(jiff::civil::date(2025, 1, 12))
    );
}

#[tokio::test]
async fn refunds_reduce_the_day_they_refer_to_and_full_ones_undo_it() {
    let shop = orders(vec![
        line("a1", "ann", "01-01", 100),
        line("a2", "ann", "01-05", 50),
        line("a3", "ann", "01-09", 80),
        // 50 of order a2: its day comes to nothing, so it is no purchase
        with(line("r1", "ann", "01-10", -50), "refund_of", "a2"),
        // 90 of no order in particular: all 80 of the 9th, then 10 of the 1st
        line("r2", "ann", "01-12", -90),
        line("b1", "bob", "01-03", 40),
        line("b2", "bob", "01-20", 60),
        // a line of the order it takes back from: 15 of the 20th
        with(line("b2", "bob", "01-21", -15), "line", 2),
        // of an order that was cancelled: takes nothing from other days
        with(line("b3", "bob", "01-22", 500), "status", "cancelled"),
        with(line("r3", "bob", "01-23", -500), "refund_of", "b3"),
        // of an order that is not there, and of someone who never bought
        with(line("r4", "bob", "01-24", -5), "refund_of", "unknown"),
        line("r5", "cy", "01-25", -7),
    ])
    .await;
    let answered = ask(&shop, &Scope::default()).await;
    assert_eq!(
        known(&answered).await,
        [
            // ann: only the 1st is left, with 90; observed until 25 January
            row("ann", 0, 0, 24, None, 90.0),
            // bob: 40, and 60 - 15 = 45 after 17 days
            row("bob", 1, 17, 22, Some(45.0), 85.0),
        ]
    );
    let refunds = answered.answer.refunds.expect("dated purchases");
    assert_eq!(refunds.lines, 6);
    assert_eq!(refunds.amount, 50.0 + 90.0 + 15.0);
    assert_eq!((refunds.unplaced_lines, refunds.unplaced_amount), (2, 12.0));
    assert_eq!((refunds.of_no_purchase, refunds.days_undone), (1, 2));
}

#[tokio::test]
async fn what_does_not_count_is_left_out_and_counted() {
    let euro = |order, day, amount| with(line(order, "ann", day, amount), "currency", "EUR");
    let shop = shop(&[
        (
            Table::OrderLines,
            vec![
                line("a1", "ann", "01-01", 100),
                line("a2", "", "01-02", 100),
                with(line("a3", "ann", "01-03", 100), "status", "cancelled"),
                with(line("a4", "ann", "01-04", 100), "status", "refused"),
                with(line("a5", "ann", "01-05", 100), "status", "returned"),
                with(line("a6", "ann", "01-06", 100), "status", "delivered"),
                euro("a7", "01-07", 2), // 2 € at 27,000 dong
                euro("a8", "01-08", 2), // no rate for that day
            ],
        ),
        (
            Table::ExchangeRates,
            vec![json!({"currency": "EUR", "at": "2025-01-07T02:00:00Z", "rate": 27000.0})],
        ),
    ])
    .await;
    let answered = ask(&shop, &Scope::default()).await;
    // mean of the repeats: (100 + 54,000) / 2 = 27,050
    assert_eq!(
        known(&answered).await,
        [row("ann", 2, 6, 7, Some(27_050.0), 54_200.0)]
    );
    let provenance = &answered.provenance;
    let reasons: Vec<(&str, u64)> = provenance
        .left_out
        .iter()
        .map(|left_out| (left_out.reason.as_str(), left_out.rows))
        .collect();
    let once = [
        "anonymous",
        "cancelled",
        "no-exchange-rate",
        "refused",
        "returned",
    ]
    .map(|reason| (reason, 1));
    assert_eq!(reasons, once);
    assert_eq!((provenance.rows_used, provenance.rows_left_out), (3, 5));

    // In euro: dong without a rate for their day fall away, the two euro purchases stay.
    let in_euro = Scope {
        currency: Some("EUR".into()),
        ..Scope::default()
    };
    let answered = ask(&shop, &in_euro).await;
    assert_eq!(
        known(&answered).await,
        [row("ann", 1, 1, 1, Some(2.0), 4.0)]
    );
}

#[tokio::test]
async fn until_is_inclusive_and_later_refunds_have_not_happened() {
    let shop = orders(vec![
        line("a1", "ann", "01-01", 100),
        line("a2", "ann", "01-10", 50),
        with(line("r1", "ann", "01-11", -50), "refund_of", "a2"),
        line("a3", "ann", "01-20", 10),
    ])
    .await;
    let until = |day| Scope {
        until: Some(jiff::civil::date(2025, 1, day)),
        ..Scope::default()
    };
    assert_eq!(
        known(&*ask(&shop, &until(9)).await).await,
        [row("ann", 0, 0, 8, None, 100.0)]
    );
    assert_eq!(
        known(&*ask(&shop, &until(10)).await).await,
        [row("ann", 1, 9, 9, Some(50.0), 150.0)]
    );
    assert_eq!(
        known(&*ask(&shop, &until(11)).await).await,
        [row("ann", 0, 0, 10, None, 100.0)]
    );
}

#[tokio::test]
async fn what_was_known_earlier_is_what_the_lake_would_have_said() {
    let mut lines = regulars();
    let mut refund = |order: &str, customer: &str, day: &str, amount: i64, of: Option<&str>| {
        let mut line = line(order, customer, day, -amount);
        line["refund_of"] = of.map_or(Value::Null, Into::into);
        lines.push(line);
    };
    refund("r1", "c01", "02-20", 130_000, Some("1-0")); // named
    refund("r2", "c01", "05-20", 90_000, Some("1-1"));
    refund("r3", "c02", "03-05", 400_000, None); // of several days
    refund("r4", "c02", "06-05", 50_000, None);
    refund("r5", "c03", "04-01", 20_000, Some("gone")); // of an order that is not there
    refund("r6", "nobody", "04-02", 20_000, None);
    let shop = orders(lines).await;
    let at_the_end = shop.context.observe(&Scope::default()).await.expect("days");
    let all = gather(&shop.context, &at_the_end).await.expect("lines");
    assert!(all.refunds.days_undone > 0);
    for month in 2..=7 {
        let until = jiff::civil::date(2025, month, 15);
        let mut then = at_the_end.clone();
        then.until = until;
        let asked = gather(&shop.context, &then).await.expect("lines");
        let known = all.purchases.known_on(crate::columns::day_of(until));
        let by_id = |purchases: &Purchases| -> Vec<(String, Day)> {
            let customer = |day: &Day| purchases.customers[day.customer as usize].clone();
            let days = purchases.days.iter();
            days.map(|day| {
                (
                    customer(day),
                    Day {
                        customer: 0,
                        ..*day
                    },
                )
            })
            .collect()
        };
        assert_eq!(by_id(&asked.purchases), by_id(&known), "{until}");
    }
}

#[tokio::test]
async fn filters_by_region_channel_and_category() {
    let shop = shop(&[
        (
            Table::OrderLines,
            vec![
                with(line("a1", "ann", "01-01", 10), "channel", "app"),
                with(line("a2", "ann", "01-02", 20), "channel", "store"),
                with(line("b1", "bob", "01-03", 30), "category", "tea"),
            ],
        ),
        (
            Table::Customers,
            vec![
                json!({"customer_id": "ann", "region": "Huế"}),
                json!({"customer_id": "bob", "region": "Hà Nội"}),
            ],
        ),
    ])
    .await;
    let asked = async |filter: Filter| {
        let scope = Scope {
            filter,
            ..Scope::default()
        };
        let rows = known(&*ask(&shop, &scope).await).await;
        rows.into_iter()
            .map(|row| (row.0, row.5))
            .collect::<Vec<_>>()
    };
    let region = Filter {
        region: vec!["Huế".into()],
        ..Filter::default()
    };
    assert_eq!(asked(region).await, [("ann".into(), 30.0)]);
    let channel = Filter {
        channel: vec!["app".into()],
        ..Filter::default()
    };
    assert_eq!(asked(channel).await, [("ann".into(), 10.0)]);
    let category = Filter {
        category: vec!["tea".into()],
        ..Filter::default()
    };
    assert_eq!(asked(category).await, [("bob".into(), 30.0)]);
}

#[tokio::test]
async fn without_orders_there_is_no_answer_and_with_few_there_are_counts() {
    let nothing = orders(Vec::new()).await;
    let error = nothing
        .context
        .ask(&Scope::default(), &Lifetime::default())
        .await;
    assert!(error.is_err_and(|error| error.is_for_want_of_data()));

    let few = orders(vec![
        line("a1", "ann", "01-01", 10),
        line("b1", "bob", "01-04", 10),
    ])
    .await;
    let answered = ask(&few, &Scope::default()).await;
    let answer = &answered.answer;
    assert_eq!(
        answer.cannot_tell,
        [answer::CannotTell::NoRepeats { customers: 2 }]
    );
    assert!(answer.model.is_none() && answer.forecast.is_none());
    assert_eq!(answer.customers.revenue, Some(20.0));
}

#[tokio::test]
async fn a_parameter_that_makes_no_sense_is_named() {
    let shop = orders(vec![line("a1", "ann", "01-01", 10)]).await;
    let question = Lifetime {
        margin: Some(35.0),
        ..Lifetime::default()
    };
    let error = shop
        .context
        .ask(&Scope::default(), &question)
        .await
        .err()
        .expect("35 is no share");
    assert!(error.to_string().contains("`margin` is 35"), "{error}");
}

#[tokio::test]
async fn a_training_day_outside_the_period_is_refused() {
    let shop = orders(vec![
        line("a1", "ann", "01-10", 10),
        line("a2", "ann", "03-10", 10),
    ])
    .await;
    let asked = async |month, day| {
        let question = Lifetime {
            train_until: Some(jiff::civil::date(2025, month, day)),
            ..Lifetime::default()
        };
        shop.context.ask(&Scope::default(), &question).await
    };
    for (month, day, inside) in [(1, 9, false), (1, 10, true), (3, 10, true), (3, 11, false)] {
        let answered = asked(month, day).await;
        assert_eq!(answered.is_ok(), inside, "{month}-{day}");
        let refused = |error| matches!(error, Error::DayOutside { .. });
        assert!(answered.err().is_none_or(refused));
    }
}

#[tokio::test]
async fn the_parts_of_a_forecast_fit_together() {
    let shop = orders(regulars()).await;
    let answered = ask(&shop, &Scope::default()).await;
    let answer = &answered.answer;
    let forecast = answer.forecast.expect("sixty regulars carry a model");
    let statuses = answer.statuses.expect("a model");
    let by_status =
        statuses.active + statuses.slipping + statuses.gone + statuses.new + statuses.once;
    assert_eq!(by_status, answer.customers.all);
    let binned: u64 = answer
        .p_alive
        .iter()
        .map(|bin| bin.repeat_customers + bin.once)
        .sum();
    assert_eq!(binned, answer.customers.all);
    let equity = forecast.equity.expect("a spend model");
    let (low, high) = equity.ends().expect("an interval");
    assert!(0.0 < low && low < equity.value && equity.value < high);
    let last = answer.repeats.last().expect("a curve");
    assert_eq!(
        last.actual,
        answer.customers.purchases - answer.customers.all
    );
    let revenue: f64 = answer.months.iter().map(|month| month.revenue).sum();
    assert_eq!(Some(revenue), answer.customers.revenue);

    // The rows add up to the totals.
    let rows = answered.rows.as_ref().expect("rows");
    let batches: Vec<_> = rows.stream().try_collect().await.expect("rows are there");
    let sum = |name: &str| -> f64 {
        batches
            .iter()
            .flat_map(|batch| {
                batch[name]
                    .as_primitive::<Float64Type>()
                    .iter()
                    .flatten()
                    .collect::<Vec<_>>()
            })
            .sum()
    };
    assert!((sum("expected_value") / equity.value - 1.0).abs() < 1e-9);
    assert!((sum("p_alive") / forecast.active.value - 1.0).abs() < 1e-9);

    // Half the margin is half the value.
    let half = Lifetime {
        margin: Some(0.5),
        ..Lifetime::default()
    };
    let halved = shop
        .context
        .ask(&Scope::default(), &half)
        .await
        .expect("an answer");
    let halved = halved
        .answer
        .forecast
        .and_then(|forecast| forecast.equity)
        .expect("equity");
    assert!((halved.value * 2.0 / equity.value - 1.0).abs() < 1e-12);
}

#[tokio::test]
async fn who_bought_once_counts_in_full_only_where_the_model_cannot_see_them_leave() {
    let shop = orders(regulars()).await;
    for (model, sees_them_leave) in [(Model::BetaGeo, false), (Model::ModifiedBetaGeo, true)] {
        let question = Lifetime {
            model: Some(model),
            ..Lifetime::default()
        };
        let answered = shop.context.ask(&Scope::default(), &question).await;
        let answer = &answered.as_ref().expect("an answer").answer;
        let once = answer.once() as f64;
        let active = answer.forecast.expect("a model").active_once;
        let (low, high) = active.ends().expect("an interval");
        assert!(low <= active.value && active.value <= high);
        assert_eq!(answer.sees_once_leave(), sees_them_leave);
        if !sees_them_leave {
            assert_eq!((active.value, low, high), (once, once, once));
        }
    }
}

#[tokio::test]
async fn data_too_short_to_test_get_the_simplest_model_and_say_so() {
    // a month of eighty customers, most of whom come back within days
    let mut lines = Vec::new();
    for customer in 0..80 {
        for visit in 0..=(customer % 4) {
            let day = 1 + customer % 10 + visit * (2 + customer % 5);
            let id = format!("c{customer}");
            lines.push(line(
                &format!("{id}-{visit}"),
                &id,
                &format!("01-{day:02}"),
                50,
            ));
        }
    }
    let answered = ask(&orders(lines).await, &Scope::default()).await;
    let model = answered.answer.model.as_ref().expect("a model");
    assert_eq!(model.fitted.model(), Model::ALL[0]);
    let why = crate::backtest::answer::CannotTell::TooShort {
        observed_days: 28,
        needed_days: 35,
    };
    assert_eq!(model.choice, answer::ModelChoice::Untested { why });
}

/// The regulars, of whom every `one_in`th has lines with a cost of six tenths.
fn regulars_with_costs(one_in: usize) -> Vec<Value> {
    let mut lines = regulars();
    for line in lines.iter_mut().step_by(one_in) {
        let amount = line["amount"].as_i64().expect("dong");
        line["cost"] = json!(amount * 6 / 10);
    }
    lines
}

#[tokio::test]
async fn the_margin_is_chosen_set_or_told_by_costs() {
    let asked = async |lines: Vec<Value>, settings: &str, margin| {
        let shop = shop_with(&[(Table::OrderLines, lines)], settings).await;
        let question = Lifetime {
            margin,
            ..Lifetime::default()
        };
        let answered = shop.context.ask(&Scope::default(), &question).await;
        let answer = answered.expect("an answer").answer.clone();
        let assumptions = &answer.assumptions;
        (assumptions.margin_from, assumptions.margin.value, answer)
    };
    let settings = "[lifetime]\nmargin = 0.3\n";
    let all = || regulars_with_costs(1);
    let (from, margin, _) = asked(all(), settings, Some(0.2)).await;
    assert_eq!((from, margin), (MarginFrom::Asked, 0.2));
    let (from, margin, _) = asked(all(), settings, None).await;
    assert_eq!((from, margin), (MarginFrom::Settings, 0.3));

    let (from, margin, by_costs) = asked(all(), "", None).await;
    assert_eq!(from, MarginFrom::Costs);
    assert!((margin - 0.4).abs() < 1e-9, "{margin}");
    let costs = by_costs.costs.expect("costs");
    assert_eq!((costs.lines, costs.lines_with_cost), (300, 300));
    let (_, _, revenue) = asked(regulars(), "", None).await;
    let equity = |answer: &LifetimeAnswer| answer.forecast.expect("a model").equity;
    let share = equity(&by_costs).expect("money").value / equity(&revenue).expect("money").value;
    assert!((share - margin).abs() < 1e-9, "{share}");

    // a line in three tells nothing of the others; every second one does
    let (from, margin, few) = asked(regulars_with_costs(3), "", None).await;
    assert_eq!((from, margin), (MarginFrom::Nobody, 1.0));
    assert_eq!(few.costs.expect("costs").lines_with_cost, 100);
    assert_eq!(revenue.costs, None);
}

#[tokio::test]
async fn costs_in_another_currency_are_changed_with_the_amount() {
    let mut lines = regulars_with_costs(1);
    for line in &mut lines {
        line["currency"] = json!("EUR");
    }
    let mut days: Vec<&str> = lines
        .iter()
        .filter_map(|line| line["ordered_at"].as_str())
        .collect();
    days.sort_unstable();
    days.dedup();
    let rate = |day: &&str| json!({"currency": "EUR", "at": day, "rate": 27_000.0});
    let days = days.iter().map(rate).collect();
    let shop = shop(&[(Table::OrderLines, lines), (Table::ExchangeRates, days)]).await;
    let answered = ask(&shop, &Scope::default()).await;
    let costs = answered.answer.costs.expect("costs");
    assert!((costs.margin.value - 0.4).abs() < 1e-6);
    assert_eq!(costs.lines, 300);
}

#[tokio::test]
async fn a_list_has_one_status_and_the_most_valuable_first() {
    let shop = orders(regulars()).await;
    let question = Lifetime {
        model: Some(Model::BetaGeo),
        list: List::Slipping,
        holdout_share: Some(0.0),
        ..Lifetime::default()
    };
    let answered = shop
        .context
        .ask(&Scope::default(), &question)
        .await
        .expect("an answer");
    let rows = answered.rows.as_ref().expect("rows");
    let batches: Vec<_> = rows.stream().try_collect().await.expect("rows are there");
    let statuses = answered.answer.statuses.expect("a model");
    let count: usize = batches.iter().map(|batch| batch.num_rows()).sum();
    assert_eq!(count as u64, statuses.slipping);
    assert!(count > 1, "the example has slipping customers");
    for batch in &batches {
        let stakes = batch["at_stake"].as_primitive::<Float64Type>();
        assert!(stakes.values().windows(2).all(|pair| pair[0] >= pair[1]));
        assert!(
            batch["status"]
                .as_string::<i32>()
                .iter()
                .all(|status| status == Some("slipping"))
        );
        assert!(
            batch["reason"]
                .as_string::<i32>()
                .value(0)
                .contains("ngày mua một lần, im lặng")
        );
    }
}

#[tokio::test]
async fn the_unit_of_time_changes_nothing_but_its_parameters() {
    let shop = orders(regulars()).await;
    let asked = async |unit| {
        let question = Lifetime {
            unit,
            ..Lifetime::default()
        };
        shop.context
            .ask(&Scope::default(), &question)
            .await
            .expect("an answer")
    };
    let (day, week) = (asked(TimeUnit::Day).await, asked(TimeUnit::Week).await);
    let equity = |answered: &Answered<LifetimeAnswer>| {
        answered
            .answer
            .forecast
            .and_then(|forecast| forecast.equity)
            .expect("equity")
            .value
    };
    assert!((equity(&day) / equity(&week) - 1.0).abs() < 1e-6);
    let alpha = |answered: &Answered<LifetimeAnswer>| {
        answered
            .answer
            .model
            .as_ref()
            .expect("a model")
            .fitted
            .estimates()[1]
            .1
            .value
    };
    assert!((alpha(&day) / alpha(&week) / 7.0 - 1.0).abs() < 1e-4);
    let choice = |answered: &Answered<LifetimeAnswer>| {
        let model = answered.answer.model.as_ref();
        model.expect("a model").choice.clone()
    };
    assert_eq!(choice(&day), choice(&week));
}

#[tokio::test]
async fn the_same_bytes_whatever_the_order_of_rows() {
    let mut lines = regulars();
    let first = ask(&orders(lines.clone()).await, &Scope::default()).await;
    lines.reverse();
    let second = ask(&orders(lines).await, &Scope::default()).await;
    let json =
        |answered: &Answered<LifetimeAnswer>| serde_json::to_string(answered).expect("text keys");
    assert_eq!(json(&first), json(&second));
}

#[tokio::test]
async fn sheets_in_both_languages() {
    let settings = "[lifetime]\nmargin = 0.4\n";
    let shop = shop_with(&[(Table::OrderLines, regulars())], settings).await;
    let answered = ask(&shop, &Scope::default()).await;
    for language in Language::ALL {
        let text = as_markdown(&answered, language);
        insta::assert_snapshot!(format!("lifetime-{language}"), text);
    }
}
