//! Hand-made shops whose arithmetic is written out, what must hold for any shop, and sheets.

use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::Float64Type;
use futures::TryStreamExt;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::Estimate;

use super::answer::{ChannelSources, NoCost, PaybackKnown, ReturnOnCost, Verdict, Worth};
use super::*;
use crate::lifetime::answer::MarginFrom;
use crate::question::{Filter, Present};
use crate::render;
use crate::sheet::Sheet;
use crate::testing::{Shop, bought, regulars, shop, with};
use crate::words::{Language, Words};

/// Tables of a shop with their rows.
type Tables = Vec<(Table, Vec<Value>)>;

/// Someone who came through a channel.
fn person(customer: &str, channel: &str) -> Value {
    json!({"customer_id": customer, "acquisition_channel": channel})
}

/// Spending from the beginning of a day of 2025 to that of another, in the time of Hồ Chí Minh City.
fn spent(channel: &str, kind: &str, from: &str, until: &str, amount: i64) -> Value {
    json!({
        "channel": channel,
        "kind": kind,
        "from_at": format!("2025-{from}T00:00:00+07:00"),
        "until_at": format!("2025-{until}T00:00:00+07:00"),
        "amount": amount,
        "currency": "VND",
    })
}

async fn ask(shop: &Shop, scope: &Scope, question: &Acquisition) -> AcquisitionAnswer {
    let answered = shop.context.ask(scope, question).await.expect("an answer");
    answered.answer.clone()
}

fn until(month: i8, day: i8) -> Scope {
    Scope {
        until: Some(date(2025, month, day)),
        ..Scope::default()
    }
}

fn group<'a>(answer: &'a AcquisitionAnswer, name: &str) -> &'a Group {
    let is = |group: &&Group| group.group == GroupName::Value(name.into());
    let found = answer.groups.iter().find(is);
    found.unwrap_or_else(|| panic!("no group `{name}`"))
}

fn cost_of(group: &Group) -> &ReturnOnCost {
    let cost = group.cost.as_ref().expect("money was spent");
    cost.return_on_it.as_ref().expect("customers came")
}

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 1e-9
}

/// Eight customers until 30 June, and someone nobody knows:
///
/// | customer | channel | days |
/// |---|---|---|
/// | a1 | ads | 10 January 100, 10 February 60 |
/// | a2 | ads | 20 January 200 |
/// | a3 | ads | 15 February 100, 26 May (100 days later) 40 |
/// | a4 | ads | 20 June 50 |
/// | f1 | friends | 15 January 300, 1 March (45 days later) 100 |
/// | f2 | friends | 10 April 80 |
/// | n1 | not noted; ordered on the web | 1 February 90 |
/// | u1 | not noted | 3 March 70 |
/// | – | | 1 May 310 |
///
/// What was spent on ads is 310 in January and 10 dollars at 28 in February; 500 on posters in March,
/// which nobody came through; service took 150 over the half year.
fn eight() -> Tables {
    let lines = vec![
        bought("a1", "01-10", 100),
        bought("a1", "02-10", 60),
        bought("a2", "01-20", 200),
        bought("a3", "02-15", 100),
        bought("a3", "05-26", 40),
        bought("a4", "06-20", 50),
        bought("f1", "01-15", 300),
        bought("f1", "03-01", 100),
        bought("f2", "04-10", 80),
        with(bought("n1", "02-01", 90), "channel", "web"),
        bought("u1", "03-03", 70),
        with(bought("walk-in", "05-01", 310), "customer_id", Value::Null),
        with(bought("f2", "04-20", 999), "status", "cancelled"),
    ];
    let people = ["a1", "a2", "a3", "a4"].map(|id| person(id, "ads"));
    let friends = ["f1", "f2"].map(|id| person(id, "friends"));
    let dollars = with(
        spent("ads", "acquisition", "02-01", "03-01", 10),
        "currency",
        "USD",
    );
    vec![
        (Table::OrderLines, lines),
        (
            Table::Customers,
            people.into_iter().chain(friends).collect(),
        ),
        (
            Table::Spending,
            vec![
                spent("ads", "acquisition", "01-01", "02-01", 310),
                dollars,
                spent("posters", "acquisition", "03-01", "04-01", 500),
                spent("shop", "service", "01-01", "07-01", 150),
            ],
        ),
        (
            Table::ExchangeRates,
            vec![json!({"currency": "USD", "at": "2025-02-01T00:00:00+07:00", "rate": 28.0})],
        ),
    ]
}

/// With the simplest model, so that only what the shop is like decides the numbers.
fn asked() -> Acquisition {
    Acquisition {
        model: Some(Model::BetaGeo),
        ..Acquisition::default()
    }
}

/// Half of an amount stays as margin.
fn half() -> Acquisition {
    Acquisition {
        margin: Some(0.5),
        ..asked()
    }
}

#[tokio::test]
async fn a_shop_worked_out_by_hand() {
    let shop = shop(&eight()).await;
    let answer = ask(&shop, &until(6, 30), &half()).await;
    assert_eq!(answer.by, "acquisition_channel");
    assert_eq!(
        answer.channels,
        Some(ChannelSources {
            from_customers: 6,
            from_first_order: 1,
            unknown: 1,
        })
    );
    // friends and the web are too few to stand alone; posters brought nobody
    let names: Vec<(GroupName, u64)> = answer
        .groups
        .iter()
        .map(|group| (group.group.clone(), group.customers))
        .collect();
    assert_eq!(
        names,
        [
            (GroupName::Value("ads".into()), 4),
            (GroupName::Value("posters".into()), 0),
            (GroupName::Other, 3),
            (GroupName::Unknown, 1),
        ]
    );

    // The records begin on 10 January, so 22 of the 31 days of January's 310 count: 220. With 10
    // dollars at 28 in February it is 500 for ads. Spending is known until 31 March: a4 and f2 came
    // later.
    assert_eq!(answer.spending.from, Some(date(2025, 1, 10)));
    assert_eq!(answer.spending.until, Some(date(2025, 3, 31)));
    assert_eq!(answer.spending.customers_outside, 2);
    let ads = group(&answer, "ads");
    let cost = ads.cost.as_ref().expect("money was spent");
    assert!(close(cost.spent, 500.0));
    assert_eq!(cost.customers, 3);
    // Service: 150 of all sales, 550 + 480 + 90 + 70 + 310 = 1,500 (a cancelled order is none); of
    // January's to June's 150, 172 of 181 days fall after 10 January.
    assert!(close(
        answer.spending.serving_rate,
        150.0 * 172.0 / 181.0 / 1500.0
    ));
}

/// The same with the records beginning on 1 January, so that every rate is a round one.
#[tokio::test]
async fn value_against_cost_by_hand() {
    let mut tables = eight();
    tables[0].1.push(bought("first", "01-01", 10));
    tables[2].1[3] = spent("shop", "service", "01-01", "07-01", 151);
    let shop = shop(&tables).await;
    let answer = ask(&shop, &until(6, 30), &half()).await;
    // 151 of 1,510: a tenth of every amount, a fifth of every margin
    assert!(close(answer.spending.serving_rate, 0.1));
    let ads = group(&answer, "ads");
    let found = cost_of(ads);
    // 310 + 280 for a1, a2 and a3, who spent 160, 200 and 140
    assert!(close(found.per_customer.value, 590.0 / 3.0));
    assert_eq!(found.per_customer.ends(), None);
    let worth = &found.worth;
    assert_eq!((worth.customers, worth.expected), (3, None));
    assert!(close(worth.so_far.value, 0.5 * 500.0 / 3.0));
    let value = 0.4 * 500.0 / 3.0;
    assert!(close(worth.value.value, value));
    assert!(close(
        worth.serving.expect("service is known").value,
        0.1 * 500.0 / 3.0
    ));
    // Values 64, 80 and 56 around 66.67: variance 149.33, error √(149.33/3) = 7.055, Student's t of
    // two degrees of freedom at 95 % 2.920
    let (low, high) = worth.value.ends().expect("three customers who differ");
    assert!((low - (value - 2.919_986 * 7.055_337)).abs() < 1e-4);
    assert!((high - (value + 2.919_986 * 7.055_337)).abs() < 1e-4);
    assert!(close(found.value_to_cost.value, value / (590.0 / 3.0)));
    assert!(close(found.net.value, value - 590.0 / 3.0));
    assert_eq!(found.verdict, Verdict::TooFew);
    assert_eq!(found.payback.known, PaybackKnown::TooFew);
    // posters cost and brought nobody: a cost without a return, never a ratio
    let posters = group(&answer, "posters");
    let cost = posters.cost.as_ref().expect("money was spent");
    assert_eq!((cost.spent, cost.customers), (500.0, 0));
    assert_eq!(cost.return_on_it, None);
    assert_eq!((posters.worth, posters.returned.share), (None, None));
    // those who came by themselves have a worth and no cost
    let others = &answer.groups[2];
    assert_eq!((&others.group, &others.cost), (&GroupName::Other, &None));
    assert!(others.worth.is_some());
    // all together: 1,090 over the seven who came by the end of March; paid channels: over three
    let cost = answer.all.cost.as_ref().expect("money was spent");
    assert!(close(cost.spent, 1_090.0));
    assert_eq!(cost.customers, 7);
    let paid = answer.paid.as_ref().expect("others came by themselves");
    assert!(close(paid.spent, 1_090.0));
    assert_eq!(paid.customers, 3);
}

#[tokio::test]
async fn only_those_observed_for_the_window_are_asked_whether_they_came_back() {
    let shop = shop(&eight()).await;
    let answer = ask(&shop, &until(6, 30), &half()).await;
    let counts = |group: &Group| (group.returned.observed, group.returned.customers);
    // a4 has been there for 10 days; a3 came back after 100
    assert_eq!(counts(group(&answer, "ads")), (3, 1));
    // f1 came back, n1 did not; f2 has been there for 81 days
    assert_eq!(counts(&answer.groups[2]), (2, 1));
    assert_eq!(counts(&answer.all), (6, 2));
    // three and two customers are too few to compare
    assert_eq!(answer.compared, 0);
    assert_eq!(group(&answer, "ads").returned.against_rest, None);
    // of ads half are back after 100 days: one of four after 31, one of two left (a4 is gone) at 100
    let median = group(&answer, "ads").returned.median_days;
    assert_eq!(median.expect("customers").time, Some(100.0));
    // within 120 days a3 came back too
    let longer = Acquisition {
        window_days: Some(120),
        ..half()
    };
    let answer = ask(&shop, &until(6, 30), &longer).await;
    assert_eq!(counts(group(&answer, "ads")), (3, 2));
}

/// Sixty customers who come through ads, one a day from 1 January. All buy for 80 (odd) or 120 (even)
/// and again after 20 days; the even ones a third time after 50. Observed until 30 June, so that each
/// was seen for at least 121 days and thirty for at least 151.
fn sixty(spent_on_ads: i64) -> Tables {
    let (mut lines, mut people) = (Vec::new(), Vec::new());
    for customer in 0..60_i64 {
        let id = format!("c{customer:02}");
        people.push(person(&id, "ads"));
        let (amount, gaps): (i64, &[i64]) = match customer % 2 {
            0 => (120, &[0, 20, 50]),
            _ => (80, &[0, 20]),
        };
        for gap in gaps {
            let day = date(2025, 1, 1).saturating_add(jiff::Span::new().days(customer + gap));
            lines.push(bought(&id, &day.strftime("%m-%d").to_string(), amount));
        }
    }
    let spending = spent("ads", "acquisition", "01-01", "07-01", spent_on_ads);
    vec![
        (Table::OrderLines, lines),
        (Table::Customers, people),
        (Table::Spending, vec![spending]),
    ]
}

#[tokio::test]
async fn a_cost_is_paid_back_when_customers_have_brought_it() {
    let payback = async |cost_per_customer: i64| {
        let shop = shop(&sixty(60 * cost_per_customer)).await;
        let answer = ask(&shop, &until(6, 30), &asked()).await;
        let found = cost_of(group(&answer, "ads")).clone();
        assert!(close(found.per_customer.value, cost_per_customer as f64));
        // on average 100 at once, 200 from day 20 and 200 + 120/2 = 260 from day 50
        let margins: Vec<f64> = (found.curve.iter().take(3))
            .map(|point| point.margin.value)
            .collect();
        assert!(close(margins[0], 100.0) && close(margins[1], 200.0) && close(margins[2], 260.0));
        found.payback
    };
    // less with half a margin, of which serving takes 1,560 of the 15,600 sold
    let mut tables = sixty(6_000);
    tables[2]
        .1
        .push(spent("shop", "service", "01-01", "07-01", 1_560));
    let served = ask(&crate::testing::shop(&tables).await, &until(6, 30), &half()).await;
    let curve = &cost_of(&served.all).curve;
    assert!(close(curve[2].margin.value, 260.0 * (0.5 - 0.1)));
    let at_once = payback(90).await;
    assert_eq!(
        (at_once.known, at_once.days),
        (PaybackKnown::Observed, Some(0.0))
    );
    let second = payback(150).await;
    assert_eq!(
        (second.known, second.days),
        (PaybackKnown::Observed, Some(20.0))
    );
    assert_eq!((second.observed_days, second.within_days), (151.0, 516.0));
    // 260 with pulls of ±100: error 100/√60 = 12.91, 90 % interval 238.8 to 281.2
    let third = payback(230).await;
    assert_eq!(
        (third.days, third.low, third.high),
        (Some(50.0), Some(50.0), Some(50.0))
    );
    // 270 was not reached by day 151, though it may be: it is expected later, or not in time
    let later = payback(270).await;
    assert_ne!(later.known, PaybackKnown::Observed);
    assert_eq!(later.low, Some(50.0));
    assert!(later.days.is_none_or(|days| days > 151.0 && days <= 516.0));
    let never = payback(50_000).await;
    assert_eq!((never.known, never.days), (PaybackKnown::NotWithin, None));
    assert_eq!((never.low, never.high), (None, None));
}

#[tokio::test]
async fn a_margin_from_costs_adds_what_is_not_known_of_it() {
    let mut tables = sixty(6_000);
    for (place, line) in tables[0].1.iter_mut().enumerate() {
        let amount = line["amount"].as_i64().expect("an amount");
        line["cost"] = (amount / if place % 3 == 0 { 2 } else { 4 }).into();
    }
    let shop = shop(&tables).await;
    let of_costs = ask(&shop, &until(6, 30), &asked()).await;
    let margin = of_costs.assumptions.margin;
    assert_eq!(of_costs.assumptions.margin_from, MarginFrom::Costs);
    let given = Acquisition {
        margin: Some(margin.value),
        ..asked()
    };
    let given = ask(&shop, &until(6, 30), &given).await;
    let so_far = |answer: &AcquisitionAnswer| answer.all.worth.expect("customers").so_far;
    let (of_costs, given) = (so_far(&of_costs), so_far(&given));
    // thirty customers spent 160, thirty 360
    assert!(close(given.value, 260.0 * margin.value));
    assert!(close(of_costs.value, given.value));
    let up = |estimate: &Estimate| estimate.ends().expect("an interval").1 - estimate.value;
    let both = up(&given).hypot(260.0 * up(&margin));
    assert!((up(&of_costs) / both - 1.0).abs() < 1e-9);
}

#[tokio::test]
async fn beyond_what_was_observed_payback_follows_the_forecast() {
    let (mut tables, people) = (three_channels(), 60.0);
    let shop = shop(&tables).await;
    let all = ask(&shop, &Scope::default(), &cohorts()).await.all;
    let found = cost_of(&all).clone();
    let at_end = found.curve.last().expect("a curve").margin.value;
    // what customers have brought by the last age observed, and a tenth on top
    tables[2].1 = vec![spent(
        "ads",
        "acquisition",
        "01-01",
        "02-10",
        (1.1 * at_end * people) as i64,
    )];
    let shop = crate::testing::shop(&tables).await;
    let all = ask(&shop, &Scope::default(), &cohorts()).await.all;
    let payback = cost_of(&all).payback;
    assert_eq!(payback.known, PaybackKnown::Forecast, "{payback:?}");
    let days = payback.days.expect("it is expected");
    assert!(days > payback.observed_days && days <= payback.within_days);
    assert!(payback.low.is_some_and(|low| low < days));
    assert!(payback.high.is_none_or(|high| high > days));
}

#[tokio::test]
async fn cohorts_bear_what_was_spent_in_their_time() {
    let shop = shop(&eight()).await;
    let quarters = Acquisition {
        cohort: Some(CohortPeriod::Quarter),
        ..cohorts()
    };
    let answer = ask(&shop, &until(6, 30), &quarters).await;
    let told = |answer: &AcquisitionAnswer| -> Vec<(Date, u64, Option<f64>)> {
        (answer.groups.iter())
            .map(|group| {
                let GroupName::Cohort(start) = group.group else {
                    panic!("{:?} is no cohort", group.group)
                };
                let spent = group.cost.as_ref().map(|cost| cost.spent.round());
                (start, group.customers, spent)
            })
            .collect()
    };
    assert_eq!(
        told(&answer),
        [
            (date(2025, 1, 1), 6, Some(1_000.0)),
            (date(2025, 4, 1), 2, None),
        ]
    );
    assert_eq!(answer.cohort, Some(CohortPeriod::Quarter));
    // fewer than four quarters: months, when nobody says
    let answer = ask(&shop, &until(6, 30), &cohorts()).await;
    assert_eq!(answer.cohort, Some(CohortPeriod::Month));
    assert_eq!(
        told(&answer),
        [
            (date(2025, 1, 1), 3, Some(220.0)),
            (date(2025, 2, 1), 2, Some(280.0)),
            (date(2025, 3, 1), 1, Some(500.0)),
            (date(2025, 4, 1), 1, None),
            (date(2025, 6, 1), 1, None),
        ]
    );
}

fn cohorts() -> Acquisition {
    Acquisition {
        by: Some("cohort".into()),
        ..asked()
    }
}

#[tokio::test]
async fn without_costs_it_is_said_why_and_who_comes_back_is_told() {
    let full = shop(&eight()).await;
    let mut tables = eight();
    tables.truncate(2);
    let bare = shop(&tables).await;
    let by_store = Acquisition {
        by: Some("store".into()),
        ..half()
    };
    let region = Scope {
        filter: Filter {
            channel: vec!["web".into()],
            ..Filter::default()
        },
        ..until(6, 30)
    };
    for (shop, scope, question, why) in [
        (&bare, until(6, 30), half(), NoCost::NoSpending),
        (&full, until(6, 30), by_store, NoCost::NotByThis),
        (&full, region, half(), NoCost::Filtered),
    ] {
        let answer = ask(shop, &scope, &question).await;
        assert_eq!(answer.no_cost, Some(why));
        let costs = answer.groups.iter().filter(|group| group.cost.is_some());
        assert_eq!((costs.count(), answer.all.cost), (0, None));
        assert!(answer.all.returned.share.is_some());
    }
    // and the sheet says which datum is missing
    let answered = bare
        .context
        .ask(&until(6, 30), &half())
        .await
        .expect("an answer");
    for language in Language::ALL {
        let sheet = answered
            .answer
            .sheet(&answered.provenance, &Words::new(language));
        assert!(sheet.wanted.is_some());
    }
}

#[tokio::test]
async fn spending_that_makes_no_sense_is_left_out_and_counted() {
    let mut tables = eight();
    tables[2].1.extend([
        spent("ads", "acquisition", "03-01", "02-01", 1),
        spent("ads", "lottery", "03-01", "04-01", 1),
        with(
            spent("ads", "acquisition", "04-01", "05-01", 1),
            "currency",
            "EUR",
        ),
        // begins and ends at one moment: that day
        spent("ads", "acquisition", "03-31", "03-31", 7),
    ]);
    let shop = shop(&tables).await;
    let answer = ask(&shop, &until(6, 30), &half()).await;
    let reasons: Vec<(&str, u64)> = (answer.spending.left_out.iter())
        .map(|left_out| (left_out.reason.as_str(), left_out.rows))
        .collect();
    assert_eq!(
        reasons,
        [
            ("spending-of-no-kind", 1),
            ("spending-turned", 1),
            ("spending-without-rate", 1),
        ]
    );
    let cost = group(&answer, "ads").cost.as_ref().expect("a cost");
    assert!(close(cost.spent, 507.0));
}

#[tokio::test]
async fn who_had_bought_before_the_period_is_not_new_in_it() {
    let shop = shop(&eight()).await;
    let scope = Scope {
        from: Some(date(2025, 2, 1)),
        ..until(6, 30)
    };
    let answer = ask(&shop, &scope, &half()).await;
    assert_eq!((answer.all.customers, answer.customers_before), (5, 3));
    // January's spending is not that of these customers; of ads only a3 came while it is known
    let cost = group(&answer, "ads").cost.as_ref().expect("a cost");
    assert!(close(cost.spent, 280.0));
    assert_eq!(cost.customers, 1);
    let later = Scope {
        from: Some(date(2025, 6, 25)),
        ..until(6, 30)
    };
    let error = shop.context.ask(&later, &half()).await.err();
    assert!(error.expect("nobody is new").is_for_want_of_data());
}

#[tokio::test]
async fn what_cannot_be_compared_by_is_refused() {
    let shop = shop(&eight()).await;
    for wrong in ["email", "nothing_of_that_name"] {
        let question = Acquisition {
            by: Some(wrong.into()),
            ..half()
        };
        let error = shop.context.ask(&until(6, 30), &question).await.err();
        let error = error.expect("no such groups");
        assert!(matches!(error, Error::NotAChoice { .. }), "{error}");
    }
}

/// Sixty regulars: twenty of each of two channels that money was spent on, ads far more than the fair,
/// and twenty who came through friends.
fn three_channels() -> Tables {
    let channels = ["ads", "fair", "friends"];
    let people = (0..60).map(|customer| person(&format!("c{customer:02}"), channels[customer % 3]));
    let lines = regulars().into_iter().map(|line| {
        let is_even = line["customer_id"]
            .as_str()
            .is_some_and(|id| id.ends_with(['0', '2', '4', '6', '8']));
        with(line, "product_name", if is_even { "tea" } else { "coffee" })
    });
    vec![
        (Table::OrderLines, lines.collect()),
        (Table::Customers, people.collect()),
        (
            Table::Spending,
            vec![
                spent("ads", "acquisition", "01-01", "02-10", 120_000_000),
                spent("fair", "acquisition", "01-01", "02-10", 2_000_000),
                spent("shop", "service", "01-01", "12-31", 5_000_000),
            ],
        ),
    ]
}

#[tokio::test]
async fn groups_add_up_to_all_customers() {
    let shop = shop(&three_channels()).await;
    let lifetime = Lifetime::default();
    let whole = shop.context.ask(&Scope::default(), &lifetime).await;
    let whole = whole.expect("an answer");
    let equity = whole.answer.forecast.expect("a model").equity_per_customer;
    let model = whole
        .answer
        .model
        .as_ref()
        .map(|model| model.fitted.model());
    for by in ["acquisition_channel", "cohort"] {
        let question = Acquisition {
            by: Some(by.into()),
            ..Acquisition::default()
        };
        let answer = ask(&shop, &Scope::default(), &question).await;
        let sum = |of: &dyn Fn(&Group) -> f64| answer.groups.iter().map(of).sum::<f64>();
        let all = &answer.all;
        assert!(close(
            sum(&|group| group.customers as f64),
            all.customers as f64
        ));
        assert!(close(
            sum(&|group| group.returned.observed as f64),
            all.returned.observed as f64
        ));
        assert!(close(
            sum(&|group| group.returned.customers as f64),
            all.returned.customers as f64
        ));
        let total = |group: &Group, of: &dyn Fn(&Worth) -> Estimate| {
            let worth = group.worth.as_ref();
            worth.map_or(0.0, |worth| of(worth).value * group.customers as f64)
        };
        let parts: [&dyn Fn(&Worth) -> Estimate; 3] = [
            &|worth| worth.so_far,
            &|worth| worth.expected.expect("a model"),
            &|worth| worth.value,
        ];
        for part in parts {
            let (of_groups, of_all) = (sum(&|group| total(group, part)), total(all, part));
            assert!((of_groups / of_all - 1.0).abs() < 1e-9, "{by}");
        }
        let spent = |group: &Group| group.cost.as_ref().map_or(0.0, |cost| cost.spent);
        assert!((sum(&spent) - spent(all)).abs() < 1e-3, "{by}");
        // and what is expected of all is what `lifetime` says, by the same model
        let worth = all.worth.as_ref().expect("customers");
        let expected = worth.expected.expect("a model");
        assert!(close(expected.value, equity.expect("a spend model").value));
        assert_eq!(answer.model, model);
    }
}

/// Whether two JSON values are the same but for the last digits of their numbers.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64().unwrap_or(0.0), other.as_f64().unwrap_or(0.0));
            (one - other).abs() <= 1e-6 * one.abs().max(1.0)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |(name, value): (&String, &Value)| {
                other.get(name).is_some_and(|other| alike(value, other))
            };
            one.len() == other.len() && one.iter().all(same)
        }
        (one, other) => one == other,
    }
}

#[tokio::test]
async fn neither_the_order_of_rows_nor_what_customers_are_called_matters() {
    let answer = async |change: &dyn Fn(&mut Tables)| {
        let mut tables = three_channels();
        change(&mut tables);
        let shop = shop(&tables).await;
        let answer = ask(&shop, &Scope::default(), &asked()).await;
        serde_json::to_value(&answer).expect("text keys")
    };
    let as_it_is = answer(&|_| {}).await;
    let turned = answer(&|tables| {
        for (_, rows) in tables {
            rows.reverse();
        }
    })
    .await;
    assert_eq!(as_it_is, turned);
    let renamed = answer(&|tables| {
        for row in tables.iter_mut().flat_map(|(_, rows)| rows) {
            if let Some(id) = row["customer_id"].as_str() {
                let number: u32 = id[1..].parse().expect("c and a number");
                row["customer_id"] = format!("x{:02}", (number * 37 + 11) % 60).into();
            }
        }
    })
    .await;
    assert!(alike(&as_it_is, &renamed), "{as_it_is}\n{renamed}");
}

#[tokio::test]
async fn of_many_groups_only_those_that_differ_are_said_to() {
    // 80 first purchases of each of four products; of one 60 come back, of the others 30
    let mut lines = Vec::new();
    for (product, back) in [("tea", 60), ("coffee", 30), ("cake", 30), ("cups", 30)] {
        for customer in 0..80 {
            let id = format!("{product}{customer:02}");
            lines.push(with(bought(&id, "01-01", 100), "product_name", product));
            if customer < back {
                lines.push(with(bought(&id, "02-01", 100), "product_name", "cake"));
            }
        }
    }
    let shop = shop(&[(Table::OrderLines, lines)]).await;
    let question = Acquisition {
        by: Some("product".into()),
        ..asked()
    };
    let answer = ask(&shop, &until(12, 31), &question).await;
    assert_eq!(answer.compared, 4);
    assert_eq!(answer.groups[0].group, GroupName::Value("tea".into()));
    let tea = answer.groups[0].returned.against_rest.expect("compared");
    // 60 of 80 against 90 of 240
    assert!(close(tea.difference.value, 0.75 - 0.375));
    assert!(tea.differs && tea.adjusted_p_value >= tea.p_value);
    // 30 of 80 against 120 of 240: the rest is better because of tea
    let cake = group(&answer, "cake").returned.against_rest;
    let cake = cake.expect("compared");
    assert!(close(cake.difference.value, 0.375 - 0.5));
    // three are as unlikely as each other, the fourth more so: none is multiplied by more than 4/4
    assert!(close(cake.adjusted_p_value, cake.p_value));
}

#[tokio::test]
async fn rows_hold_what_the_answer_says() {
    let shop = shop(&three_channels()).await;
    let question = asked();
    let answered = shop.context.ask(&Scope::default(), &question).await;
    let answered = answered.expect("an answer");
    let rows = answered.rows.as_ref().expect("rows");
    let batches: Vec<_> = rows.stream().try_collect().await.expect("rows are there");
    let groups = &answered.answer.groups;
    assert_eq!(batches[0].num_rows(), groups.len());
    let spent = batches[0]["spent"].as_primitive::<Float64Type>();
    let ratios = batches[0]["value_to_cost"].as_primitive::<Float64Type>();
    for (row, group) in groups.iter().enumerate() {
        let cost = group.cost.as_ref();
        assert_eq!(spent.is_valid(row), cost.is_some());
        if cost.is_some() {
            let found = cost_of(group);
            assert_eq!(ratios.value(row), found.value_to_cost.value);
        }
    }
}

fn sheets(answered: &Answered<AcquisitionAnswer>, name: &str) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for language in Language::ALL {
        let words = Words::new(language);
        let sheet = answered.answer.sheet(&answered.provenance, &words);
        let text = render::markdown::render(&sheet, Some(&answered.provenance), &words);
        insta::assert_snapshot!(format!("{name}-{language}"), text);
        sheets.push(sheet);
    }
    sheets
}

#[tokio::test]
async fn sheets_in_both_languages() {
    // three times as many, so that channels are large enough for a verdict
    let mut tables = three_channels();
    for (table, rows) in &mut tables[..2] {
        let copies: Vec<Value> = (["y", "z"].iter())
            .flat_map(|copy| rows.iter().map(move |row| renamed(row, copy)))
            .collect();
        rows.extend(copies);
        assert!(*table != Table::Spending);
    }
    let shop = shop(&tables).await;
    let ask = async |question: Acquisition| {
        let answered = shop.context.ask(&Scope::default(), &question).await;
        answered.expect("an answer")
    };
    let by_channel = ask(asked()).await;
    let verdicts: Vec<Verdict> = ["ads", "fair"]
        .iter()
        .map(|channel| cost_of(group(&by_channel.answer, channel)).verdict)
        .collect();
    assert_eq!(verdicts, [Verdict::CostsMore, Verdict::PaysBackManyTimes]);
    for sheet in sheets(&by_channel, "acquisition") {
        assert_eq!(sheet.advice().count(), 2);
    }
    let by_cohort = ask(cohorts()).await;
    sheets(&by_cohort, "acquisition-cohorts");
    let by_product = ask(Acquisition {
        by: Some("product".into()),
        ..asked()
    })
    .await;
    sheets(&by_product, "acquisition-products");
}

/// The same row of another customer.
fn renamed(row: &Value, copy: &str) -> Value {
    let mut row = row.clone();
    for column in ["customer_id", "order_id"] {
        if let Some(text) = row[column].as_str() {
            row[column] = format!("{copy}{text}").into();
        }
    }
    row
}
