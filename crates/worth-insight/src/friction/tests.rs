//! Shops made by hand, asked through the lake. The arithmetic stands beside the numbers.

use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::link::Tells;

use super::*;
use crate::costs::CostName;
use crate::testing::{Shop, as_markdown, assert_refused, bought, line, shop, with};
use crate::why::Why;
use crate::words::Language;

/// A step on a day of 2025, at a touchpoint.
fn step(id: &str, customer: &str, name: &str, day: &str, further: Value) -> Value {
    let mut event = json!({
        "event_id": id,
        "customer_id": customer,
        "at": format!("2025-{day}T03:00:00Z"),
        "name": name,
        "touchpoint": "app",
    });
    let columns = event.as_object_mut().expect("an object");
    columns.extend(further.as_object().expect("an object").clone());
    event
}

async fn ask(shop: &Shop) -> Answered<FrictionAnswer> {
    Friction::default()
        .ask(&Scope::default(), &shop.context)
        .await
        .expect("an answer, whatever there is")
}

fn point<'a>(answer: &'a FrictionAnswer, trouble: Trouble, place: &str) -> &'a PainPoint {
    let mut points = answer.pain_points.iter();
    let point = points.find(|point| point.trouble == trouble && point.place == place);
    point.unwrap_or_else(|| panic!("{trouble:?} at {place} is a pain point"))
}

/// a looks twice and pays three times in one journey, twice in vain (20 s and 30 s, 2 steps, 100,000 each);
/// the order of 100,000 comes ten minutes after the promise, and half of it comes back. b gives up after 15 s, and
/// calls on 3, 10 March and 1 April. A visitor cannot pay.
fn troubled() -> Vec<(Table, Vec<Value>)> {
    let in_journey = |seconds: u32, outcome: &str| {
        json!({
            "journey_id": "j", "seconds": seconds, "steps": 2, "outcome": outcome, "stage": "payment",
            "price": 100_000, "currency": "VND"
        })
    };
    let mut visitor = step("7", "", "pay", "03-02", json!({ "outcome": "failed" }));
    visitor["customer_id"] = Value::Null;
    visitor["anonymous_id"] = "v".into();
    let events = vec![
        step(
            "1",
            "a",
            "look",
            "03-01",
            json!({ "journey_id": "j", "outcome": "ok" }),
        ),
        step(
            "2",
            "a",
            "look",
            "03-01",
            json!({ "journey_id": "j", "outcome": "ok" }),
        ),
        step("3", "a", "pay", "03-01", in_journey(20, "failed")),
        step("4", "a", "pay", "03-01", in_journey(30, "failed")),
        step("5", "a", "pay", "03-01", in_journey(25, "ok")),
        step(
            "6",
            "b",
            "cart",
            "03-02",
            json!({ "seconds": 15, "outcome": "abandoned" }),
        ),
        visitor,
    ];
    let order = with(line("o1", "a", "03-01", 100_000), "touchpoint", "courier");
    let order = with(order, "promised_at", "2025-03-01T06:00:00Z");
    let order = with(order, "delivered_at", "2025-03-01T06:10:00Z");
    let back = with(line("o2", "a", "03-02", -50_000), "refund_of", "o1");
    let call = |id: &str, day: &str| {
        json!({
            "feedback_id": id,
            "customer_id": "b",
            "at": format!("2025-{day}T05:00:00Z"),
            "kind": "call",
            "text": "where is my basket?",
        })
    };
    vec![
        (Table::Events, events),
        (Table::OrderLines, vec![order, back]),
        (
            Table::Feedback,
            vec![call("1", "03-03"), call("2", "03-10"), call("3", "04-01")],
        ),
    ]
}

/// Ten orders come late and are rated 1 or 3, ten in time and are rated 4 or 5: 2 and 4.5. Who rated nothing, and
/// orders without a promise, are on neither side.
#[tokio::test]
async fn late_orders_are_rated_apart_from_those_in_time() {
    let (mut lines, mut ratings) = (Vec::new(), Vec::new());
    for n in 0..20 {
        let (id, late) = (format!("o{n:02}"), n < 10);
        let order = with(
            line(&id, "a", "03-01", 100_000),
            "promised_at",
            "2025-03-02T05:00:00Z",
        );
        let day = if late { 3 } else { 2 };
        lines.push(with(
            order,
            "delivered_at",
            format!("2025-03-0{day}T05:00:00Z"),
        ));
        let rating = match (late, n % 2) {
            (true, 0) => 1,
            (true, _) => 3,
            (false, 0) => 4,
            (false, _) => 5,
        };
        ratings.push(json!({
            "feedback_id": id, "customer_id": "a", "order_id": id, "at": "2025-03-05T05:00:00Z",
            "kind": "review", "rating": rating,
        }));
    }
    lines.push(line("o20", "a", "03-01", 100_000));
    let shop = shop(&[(Table::OrderLines, lines), (Table::Feedback, ratings)]).await;
    let rated = ask(&shop).await.answer.late_rated.expect("ten of either");
    assert_eq!((rated.late.value, rated.in_time.value), (2.0, 4.5));
    assert_eq!((rated.late_ratings, rated.in_time_ratings), (10, 10));
    // Welch: variances 10/9 and 2.5/9, each over ten
    let error = ((10.0 / 9.0 + 2.5 / 9.0) / 10.0_f64).sqrt();
    let (low, high) = rated.difference.ends().expect("ten of either");
    assert!(
        ((high - low) / 2.0 / error - 1.76).abs() < 0.05,
        "{:?}",
        rated.difference
    );
}

#[tokio::test]
async fn what_went_wrong_is_counted_as_it_was_worked_out_by_hand() {
    let shop = shop(&troubled()).await;
    let answer = ask(&shop).await.answer;
    assert_eq!(answer.customers, 2);
    let found: Vec<(Trouble, &str, u64)> = (answer.pain_points.iter())
        .map(|point| (point.trouble, point.place.as_str(), point.times))
        .collect();
    // nothing is known to keep anyone away: by money at stake, then time, then times
    let expected = [
        (Trouble::Failure, "app", 3),
        (Trouble::LateDelivery, "courier", 1),
        (Trouble::Refund, "refund", 1),
        (Trouble::Abandonment, "app", 1),
        // 10 March is 7 days after the call before, 1 April 22
        (Trouble::ContactAgain, "call", 1),
        // 1 look and 2 payments again, less 2 failures
        (Trouble::Retry, "app", 1),
    ];
    assert_eq!(found, expected);
    let failure = point(&answer, Trouble::Failure, "app");
    assert_eq!((failure.times_of_others, failure.customers), (1, 1));
    // a and b
    assert_eq!(failure.customers_there, 2);
    assert_eq!(failure.cost(CostName::Time), Some(50.0));
    assert_eq!(failure.cost(CostName::Effort), Some(4.0));
    assert_eq!(failure.cost(CostName::AtStake), Some(200_000.0));
    // of the visitor it is not known how long it took
    assert_eq!(failure.costs[0].known, 2);
    // a's were in the stage of payment, the visitor's in none
    assert_eq!(failure.stage, None);
    let late = point(&answer, Trouble::LateDelivery, "courier");
    assert_eq!(late.cost(CostName::Lateness), Some(600.0));
    assert_eq!(late.cost(CostName::AtStake), Some(100_000.0));
    let given_up = point(&answer, Trouble::Abandonment, "app");
    assert_eq!(given_up.cost(CostName::Time), Some(15.0));
    assert_eq!(given_up.cost(CostName::Effort), None);
    for point in &answer.pain_points {
        let few = Unknown::TooFew { customers: 0 };
        assert_eq!(
            point.effect,
            Effect::Unknown { unknown: few },
            "no days are over"
        );
    }
}

/// 21 orders by courier take a day, but three of them 3, 5 and 9 days: longer than nine in ten are two, of which one
/// is late too. By post all take 2 days.
fn delivered() -> Vec<(Table, Vec<Value>)> {
    let order = |id: &str, by: &str, days: u32| {
        let order = with(line(id, "a", "03-01", 100_000), "touchpoint", by);
        let order = with(order, "promised_at", "2025-03-07T05:00:00Z");
        let delivered = format!("2025-03-{:02}T05:00:00Z", 1 + days);
        with(order, "delivered_at", delivered)
    };
    let mut lines: Vec<Value> = (0..18)
        .map(|n| order(&format!("c{n}"), "courier", 1))
        .collect();
    for days in [3, 5, 9] {
        lines.push(order(&format!("slow{days}"), "courier", days));
    }
    lines.extend((0..30).map(|n| order(&format!("p{n}"), "post", 2)));
    vec![(Table::OrderLines, lines)]
}

const DAY_SECONDS: f64 = 86_400.0;

#[tokio::test]
async fn deliveries_are_slow_that_take_longer_than_is_usual_there() {
    let shop = shop(&delivered()).await;
    let answer = ask(&shop).await.answer;
    let slow = point(&answer, Trouble::SlowDelivery, "courier");
    assert_eq!((slow.times, slow.customers), (2, 1));
    assert_eq!(slow.cost(CostName::Waiting), Some(14.0 * DAY_SECONDS));
    let expected = LongWaits {
        longer_than_seconds: 3.0 * DAY_SECONDS,
        median_seconds: DAY_SECONDS,
        waits: 21,
        beyond_median_seconds: 12.0 * DAY_SECONDS,
    };
    assert_eq!(slow.long, Some(expected));
    // told apart from what is late: 9 days are both
    assert_eq!(point(&answer, Trouble::LateDelivery, "courier").times, 1);
    assert_eq!(answer.pain_points.len(), 2, "by post all wait alike");
    let asked = Friction {
        wait: "36h".parse().ok(),
        ..Friction::default()
    };
    let asked = asked.ask(&Scope::default(), &shop.context).await;
    let answer = asked.expect("an answer").answer;
    let times = |place| point(&answer, Trouble::SlowDelivery, place).times;
    assert_eq!((times("courier"), times("post")), (3, 30));
}

/// 21 cases are looked at in the minute after they come, but for three; then they are closed, after any time.
/// A visit later is another case. Only where journeys are cases somebody waits.
#[tokio::test]
async fn steps_of_cases_are_waited_for() {
    let mut events = Vec::new();
    for number in 0..21_u32 {
        let minutes = [3, 5, 9]
            .get(number.wrapping_sub(18) as usize)
            .unwrap_or(&1);
        let mut add = |name: &str, minute: u32| {
            let mut event = step(&format!("{name}{number}"), "a", name, "03-01", json!({}));
            event["at"] = format!("2025-03-01T03:{minute:02}:00Z").into();
            event["journey_id"] = number.to_string().into();
            events.push(with(event, "touchpoint", name));
        };
        add("come", 0);
        add("looked at", *minutes);
    }
    let shop = shop(&[(Table::Events, events)]).await;
    let customers = ask(&shop).await.answer;
    assert!(customers.pain_points.is_empty(), "what is one's own time");
    let cases = Friction {
        case: Some(Case::Journey),
        ..Friction::default()
    };
    let cases = cases.ask(&Scope::default(), &shop.context).await;
    let answer = cases.expect("an answer").answer;
    let waited = point(&answer, Trouble::LongWait, "come");
    assert_eq!(waited.times, 2);
    assert_eq!(waited.cost(CostName::Waiting), Some(14.0 * 60.0));
    let median = waited.long.map(|long| long.median_seconds);
    assert_eq!(median, Some(60.0));
}

/// Three times the same step in one journey, of which the second failed, and once in another: one retry, the last.
#[tokio::test]
async fn a_retry_took_what_was_done_again() {
    let look = |id: &str, journey: &str, seconds: u32, outcome: &str| {
        let further = json!({
            "journey_id": journey, "seconds": seconds, "steps": 2, "outcome": outcome, "sequence": seconds,
        });
        step(id, "a", "look", "03-01", further)
    };
    let events = vec![
        look("1", "j", 10, "ok"),
        look("2", "j", 20, "failed"),
        look("3", "j", 40, "ok"),
        look("4", "k", 80, "ok"),
    ];
    let shop = shop(&[(Table::Events, events)]).await;
    let answer = ask(&shop).await.answer;
    let retry = point(&answer, Trouble::Retry, "app");
    assert_eq!(retry.times, 1);
    assert_eq!(retry.cost(CostName::Time), Some(40.0));
    assert_eq!(retry.cost(CostName::Effort), Some(2.0));
    assert_eq!(point(&answer, Trouble::Failure, "app").times, 1);
}

/// Goal: each pain point leads to as many times and customers as it was counted with.
#[tokio::test]
async fn every_pain_point_leads_to_those_who_met_it() {
    for (tables, by) in [(troubled(), Grain::Stage), (delivered(), Grain::Touchpoint)] {
        let shop = shop(&tables).await;
        let friction = Friction {
            by,
            wait: "36h".parse().ok(),
            ..Friction::default()
        };
        let answered = friction.ask(&Scope::default(), &shop.context).await;
        for point in answered.expect("an answer").answer.pain_points {
            let found = point.why.ask(&Scope::default(), &shop.context).await;
            let found = found.expect("there is such a place").answer;
            let expected = (point.times, point.customers);
            assert_eq!((found.steps, found.customers), expected, "{:?}", point.why);
        }
    }
}

#[tokio::test]
async fn what_a_customer_did_shows_where_it_hurt() {
    let shop = shop(&troubled()).await;
    let why = |customer: &str| Why {
        trouble: Some(Trouble::Failure),
        place: Some("app".into()),
        customer: Some(customer.into()),
        ..Why::default()
    };
    let answered = why("a").ask(&Scope::default(), &shop.context).await;
    let evidence = answered.expect("an answer").answer.evidence;
    let steps = evidence.expect("asked for").steps;
    // two looks, three payments, an order, a delivery, a refund
    assert_eq!(steps.len(), 8);
    assert_eq!(steps.iter().filter(|step| step.counts).count(), 2);
    let nobody = why("zz").ask(&Scope::default(), &shop.context).await;
    assert_eq!(nobody.err().map(|error| error.code()), Some("no-customer"));
    let elsewhere = Why {
        place: Some("ap".into()),
        ..why("a")
    };
    let error = elsewhere.ask(&Scope::default(), &shop.context).await.err();
    assert!(error.is_some_and(|error| error.to_string().contains("courier")));
}

#[tokio::test]
async fn places_are_told_apart_by_stage_or_name_too() {
    let shop = shop(&troubled()).await;
    let by_stage = Friction {
        by: Grain::Stage,
        ..Friction::default()
    };
    let answered = by_stage.ask(&Scope::default(), &shop.context).await;
    let answer = answered.expect("an answer").answer;
    assert_eq!(point(&answer, Trouble::Failure, "payment").times, 2);
    // the visitor's has no stage
    assert_eq!(point(&answer, Trouble::Failure, "pay").times, 1);
    assert_eq!(point(&answer, Trouble::Retry, "look").times, 1);
}

/// The worked example of `docs/methods/friction.md`.
///
/// 400 customers pay in the app on 10 January, of whom 200 in vain, and look at the site, where of both halves
/// half give up. Of each hundred who could pay 30 buy by March, of those who could not 15. A sale to nobody in
/// particular on 15 April: the 90 days are over.
pub(crate) fn documented() -> Vec<(Table, Vec<Value>)> {
    let (mut events, mut orders) = (Vec::new(), vec![bought("", "04-15", 90_000)]);
    for number in 0..400_usize {
        let id = format!("c{number:03}");
        let (fails, gives_up) = (number % 2 == 1, number % 4 >= 2);
        let outcome = if fails { "failed" } else { "ok" };
        let pay = step(
            &format!("p{number}"),
            &id,
            "pay",
            "01-10",
            json!({ "outcome": outcome }),
        );
        let outcome = if gives_up { "abandoned" } else { "ok" };
        let look = step(
            &format!("l{number}"),
            &id,
            "look",
            "01-10",
            json!({ "outcome": outcome }),
        );
        events.extend([pay, with(look, "touchpoint", "site")]);
        if number / 4 < if fails { 15 } else { 30 } {
            orders.push(bought(&id, "03-01", 80_000));
        }
    }
    vec![(Table::Events, events), (Table::OrderLines, orders)]
}

#[tokio::test]
async fn the_factor_is_the_ratio_of_shares_that_come_back() {
    let shop = shop(&documented()).await;
    let answer = ask(&shop).await.answer;
    assert_eq!(
        (answer.model.customer_days, answer.model.customers),
        (400, 400)
    );
    // (30 + 30 + 15 + 15) / 400
    assert_eq!(answer.model.came_back.map(|share| share.value), Some(0.225));
    let worst = answer.worst().expect("half of those who fail are lost");
    assert_eq!(
        (worst.trouble, worst.place.as_str()),
        (Trouble::Failure, "app")
    );
    let known = worst.known().expect("200 customers");
    // 0.15 / 0.30; variance of its logarithm 0.85 / 30 + 0.7 / 60 = 0.04, times 400 / 397 for three coefficients
    assert!((known.factor.value - 0.5).abs() < 1e-4, "{known:?}");
    let reach = 1.644_854 * (0.04_f64 * 400.0 / 397.0).sqrt();
    let (low, high) = known.factor.ends().expect("an interval");
    assert!((low - 0.5 * (-reach).exp()).abs() < 1e-4, "{low}");
    assert!((high - 0.5 * reach.exp()).abs() < 1e-4, "{high}");
    assert!(known.against_others_there);
    assert_eq!(known.stability, Stability::CannotTell);
    assert_eq!(worst.customers_last_year, 200);
    let unaffected = point(&answer, Trouble::Abandonment, "site");
    let known = unaffected.known().expect("200 customers");
    assert!((known.factor.value - 1.0).abs() < 1e-4, "{known:?}");
    assert_eq!(known.tells, Tells::CannotTell);
    // 80 times in 100 seen: (1.645 + 0.842) standard errors
    let smallest = known.smallest_loss.expect("a standard error");
    assert!((0.3..0.5).contains(&smallest), "{smallest}");
}

/// Who gives up at the site fails in the app, and nobody else does: only one of both can be told.
#[tokio::test]
async fn what_always_happens_together_is_not_told_apart() {
    let mut tables = documented();
    for pair in tables[0].1.chunks_exact_mut(2) {
        let failed = pair[0]["outcome"] == "failed";
        pair[1]["outcome"] = if failed { "abandoned" } else { "ok" }.into();
    }
    let shop = shop(&tables).await;
    let answer = ask(&shop).await.answer;
    let given_up = point(&answer, Trouble::Abandonment, "site");
    let unknown = Unknown::NotToldApart;
    assert_eq!(given_up.effect, Effect::Unknown { unknown });
    assert!(point(&answer, Trouble::Failure, "app").is_harmful());
}

#[tokio::test]
async fn nothing_and_nonsense_are_answered_too() {
    let empty = shop(&[]).await;
    let answered = ask(&empty).await;
    assert!(answered.answer.pain_points.is_empty());
    assert!(as_markdown(&answered, Language::English).contains("Nothing that went wrong"));
    let days = |days| Friction {
        days,
        ..Friction::default()
    };
    let level = Friction {
        level: 1.0,
        ..Friction::default()
    };
    assert_refused(&[days(6), days(366), level], &empty).await;
}

#[tokio::test]
async fn the_sheet_reads_well() {
    let of_effects = shop(&documented()).await;
    let answered = ask(&of_effects).await;
    insta::assert_snapshot!("friction-en", as_markdown(&answered, Language::English));
    let of_counts = shop(&troubled()).await;
    let answered = ask(&of_counts).await;
    insta::assert_snapshot!("counts-vi", as_markdown(&answered, Language::Vietnamese));
    let of_waits = shop(&delivered()).await;
    let answered = ask(&of_waits).await;
    insta::assert_snapshot!("waits-en", as_markdown(&answered, Language::English));
    let rows = answered.rows.as_ref().expect("a row for each pain point");
    let shown = rows.schema();
    assert_eq!(shown.field(0).name(), "trouble");
}
