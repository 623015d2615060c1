//! Hand-made campaigns whose arithmetic is written out.

use std::sync::Arc;

use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::Estimate;

use super::answer::{CampaignUplift, UpliftAnswer, Verdict, WhyNot};
use super::*;
use crate::testing::{Shop, as_markdown, line, shop, with};
use crate::words::Language;

/// A line: order, customer, day of 2025, amount.
fn message(campaign: &str, customer: &str, arm: &str, day: &str) -> Value {
    json!({
        "message_id": format!("{campaign}-{customer}-{day}"),
        "customer_id": customer,
        "sent_at": format!("2025-{day}T05:00:00Z"),
        "campaign": campaign,
        "channel": "call",
        "arm": arm,
    })
}

async fn ask_with(shop: &Shop, question: Uplift) -> Result<Arc<Answered<UpliftAnswer>>, Error> {
    shop.context.ask(&Scope::default(), &question).await
}

async fn ask(shop: &Shop, window_days: u32) -> Arc<Answered<UpliftAnswer>> {
    let question = Uplift {
        window_days: Some(window_days),
        ..Uplift::default()
    };
    ask_with(shop, question).await.expect("an answer")
}

fn near(found: &Estimate, expected: (f64, f64, f64), tolerance: f64) {
    let (low, high) = found.ends().expect("an interval");
    let off = |a: f64, b: f64| (a - b).abs();
    let most = off(found.value, expected.0)
        .max(off(low, expected.1))
        .max(off(high, expected.2));
    assert!(most < tolerance, "{found:?}, by hand {expected:?}");
}

/// Eight to contact and five held out on 1 March; the window is ten days.
fn spring() -> (Vec<Value>, Vec<Value>) {
    let mut lines = vec![
        line("t0-1", "t0", "03-02", 100),
        line("t1-1", "t1", "03-11", 200), // the last day of the window
        line("t2-1", "t2", "03-12", 500), // a day late
        line("t3-1", "t3", "03-01", 50),  // the day itself is before
        line("t4-1", "t4", "03-05", 80),
        with(line("t4-2", "t4", "03-06", -80), "refund_of", "t4-1"),
        with(line("t5-1", "t5", "03-05", 90), "status", "cancelled"),
        line("t6-1", "t6", "03-03", 30),
        line("t6-2", "t6", "03-04", 70),
        line("t7-1", "t7", "03-03", 60),
        with(line("t7-2", "t7", "03-07", -20), "refund_of", "t7-1"),
        line("h0-1", "h0", "03-05", 50),
    ];
    let mut messages = Vec::new();
    for customer in 0..8 {
        let id = format!("t{customer}");
        lines.push(line(&format!("{id}-0"), &id, "02-01", 100));
        messages.push(message("spring", &id, "treatment", "03-01"));
    }
    for customer in 0..5 {
        let id = format!("h{customer}");
        if customer < 4 {
            lines.push(line(&format!("{id}-0"), &id, "02-11", 100));
        }
        messages.push(message("spring", &id, "holdout", "03-01"));
    }
    (lines, messages)
}

async fn spring_shop(lines: Vec<Value>, messages: Vec<Value>) -> Shop {
    shop(&[(Table::OrderLines, lines), (Table::Messages, messages)]).await
}

#[tokio::test]
async fn arms_are_compared_by_assignment() {
    let (lines, messages) = spring();
    let shop = spring_shop(lines, messages).await;
    let answered = ask(&shop, 10).await;
    let [spring] = answered.answer.campaigns.as_slice() else {
        panic!("one campaign: {:?}", answered.answer);
    };
    assert_eq!(
        (spring.treatment.customers, spring.holdout.customers),
        (8, 5)
    );
    // t0, t1, t6 and t7 bought: 4 of 8; h0: 1 of 5; Wilson and Newcombe by hand, level 90 %
    near(
        &spring.treatment.bought_again,
        (0.5, 0.248_642, 0.751_358),
        1e-6,
    );
    near(
        &spring.holdout.bought_again,
        (0.2, 0.045_962, 0.564_707),
        1e-6,
    );
    near(&spring.bought_again, (0.3, -0.142_936, 0.594_802), 1e-6);
    // (100 + 200 + 30 + 70 + 60 − 20) / 8 = 55, and 50 / 5 = 10; standard error 27.7102, 8.904
    // degrees of freedom, so 1.8355 standard errors to either side
    assert_eq!(spring.treatment.revenue.value, 55.0);
    near(&spring.revenue, (45.0, -5.86, 95.86), 0.05);
    assert_eq!(spring.verdict, Verdict::CannotTell);
    // (1.6449 + 0.8416)² · (0.2857 · 13/8 + 0.2 · 13/5) / 0.3² = 67.6
    assert_eq!(spring.customers_needed, Some(68));
    let [silent, before] = spring.balance.as_slice() else {
        panic!("two measures");
    };
    // seven silent for 28 days and t3 for none; four held out for 18, h4 never bought
    assert_eq!((silent.treatment, silent.holdout), (24.5, 18.0));
    assert!((silent.standardised_difference.expect("they differ") - 0.928_571).abs() < 1e-6);
    // (7 · 100 + 150) / 8 and 4 · 100 / 5; by chance 2.576 · √(1/8 + 1/5) = 1.47 is possible
    assert_eq!((before.treatment, before.holdout), (106.25, 80.0));
    assert!(silent.in_balance && before.in_balance);
    assert_eq!(answered.provenance.rows_used, 13);
}

#[tokio::test]
async fn what_does_not_count_is_counted() {
    let (lines, mut messages) = spring();
    messages.push(message("spring", "late", "holdout", "03-03")); // over on the 13th
    messages.push(message("spring", "t0", "holdout", "03-02")); // had one already
    messages.push(message("", "t1", "treatment", "03-01"));
    messages.push(message("spring", "x", "perhaps", "03-01"));
    messages.push(message("alone", "t1", "treatment", "03-01"));
    messages.push(message("fresh", "t1", "treatment", "03-10"));
    messages.push(message("quiet", "t1", "holdout", "03-01"));
    let shop = spring_shop(lines, messages).await;
    let answered = ask(&shop, 10).await;
    assert_eq!(answered.answer.campaigns[0].window_not_over, 1);
    assert_eq!(answered.answer.campaigns[0].treatment.customers, 8);
    let why: Vec<(&str, WhyNot)> = answered
        .answer
        .not_compared
        .iter()
        .map(|campaign| (campaign.campaign.as_str(), campaign.why))
        .collect();
    assert_eq!(
        why,
        [
            ("alone", WhyNot::NobodyHeldOut),
            ("fresh", WhyNot::TooEarly),
            ("quiet", WhyNot::NobodyContacted)
        ]
    );
    let reasons: Vec<(&str, u64)> = answered
        .provenance
        .left_out
        .iter()
        .map(|left_out| (left_out.reason.as_str(), left_out.rows))
        .collect();
    let expected = [
        ("further-message", 1),
        ("no-arm", 1),
        ("no-campaign", 1),
        ("window-not-over", 2),
    ];
    assert_eq!(reasons, expected);
    assert_eq!(answered.provenance.rows_used, 20 - 5);
    let only = Uplift {
        campaigns: vec!["alone".into()],
        ..Uplift::default()
    };
    let only = ask_with(&shop, only).await.expect("an answer");
    assert!(only.answer.campaigns.is_empty() && only.answer.not_compared.len() == 1);
}

#[tokio::test]
async fn a_list_counts_from_its_day_whenever_it_was_worked_off() {
    let (lines, messages) = spring();
    let answered = ask(&spring_shop(lines.clone(), messages.clone()).await, 10).await;
    let called_later = messages
        .into_iter()
        .map(|message| {
            let listed = with(message, "attributes", r#"{"list_date": "2025-03-01"}"#);
            if listed["arm"] == "treatment" {
                return with(listed, "sent_at", "2025-03-09T03:00:00Z");
            }
            listed
        })
        .collect();
    let later = ask(&spring_shop(lines, called_later).await, 10).await;
    assert_eq!(answered.answer, later.answer);
}

#[tokio::test]
async fn unequal_chances_are_weighed() {
    // Nine in ten of the loyal are contacted and all buy; half of the others are, and nobody buys:
    // without weights 9 of 14 against 1 of 6, with them 10 of 20 against 10 of 20.
    let (mut lines, mut messages) = (Vec::new(), Vec::new());
    let mut put = |id: String, arm: &str, propensity: f64, buys: bool| {
        messages.push(with(
            message("m", &id, arm, "03-01"),
            "propensity",
            propensity,
        ));
        let day = if buys { "03-05" } else { "02-01" };
        lines.push(line(&id, &id, day, 100));
    };
    for customer in 0..9 {
        put(format!("a{customer}"), "treatment", 0.9, true);
    }
    put("a9".into(), "holdout", 0.1, true);
    for customer in 0..5 {
        put(format!("b{customer}"), "treatment", 0.5, false);
        put(format!("c{customer}"), "holdout", 0.5, false);
    }
    lines.push(line("end", "end", "04-01", 1));
    let shop = spring_shop(lines, messages).await;
    let answered = ask(&shop, 10).await;
    let campaign = &answered.answer.campaigns[0];
    assert!(campaign.weighted);
    assert!((campaign.treatment.bought_again.value - 0.5).abs() < 1e-12);
    assert!((campaign.holdout.bought_again.value - 0.5).abs() < 1e-12);
    assert_eq!(campaign.verdict, Verdict::CannotTell);
}

/// Three campaigns of 100 and 100: 60 against 40 bought again, 40 against 60, 50 against 50.
fn three() -> (Vec<Value>, Vec<Value>) {
    let (mut lines, mut messages) = (Vec::new(), Vec::new());
    for (campaign, buyers) in [("good", [60, 40]), ("bad", [40, 60]), ("same", [50, 50])] {
        for (arm, buyers) in ["treatment", "holdout"].into_iter().zip(buyers) {
            for customer in 0..100 {
                let id = format!("{campaign}-{arm}-{customer:02}");
                let before = 100_000 + customer * 1_000;
                lines.push(line(&format!("{id}-0"), &id, "02-01", before));
                if customer < buyers {
                    lines.push(line(
                        &format!("{id}-1"),
                        &id,
                        "03-20",
                        50_000 + customer * 500,
                    ));
                }
                messages.push(message(campaign, &id, arm, "03-01"));
            }
        }
    }
    messages.push(message("alone", "good-holdout-00", "treatment", "03-01"));
    lines.push(line("end", "end", "06-30", 1));
    (lines, messages)
}

#[tokio::test]
async fn the_interval_gives_the_verdict() {
    let (lines, messages) = three();
    let shop = spring_shop(lines, messages).await;
    let answered = ask_with(&shop, Uplift::default()).await.expect("an answer");
    assert_eq!(answered.answer.window_days, 60);
    let of = |name: &str| -> &CampaignUplift {
        let mut campaigns = answered.answer.campaigns.iter();
        campaigns.find(|one| one.campaign == name).expect("there")
    };
    near(&of("good").bought_again, (0.2, 0.083_765, 0.308_784), 1e-6);
    near(
        &of("bad").bought_again,
        (-0.2, -0.308_784, -0.083_765),
        1e-6,
    );
    assert_eq!(of("good").verdict, Verdict::Helped);
    assert_eq!(of("bad").verdict, Verdict::Harmed);
    assert_eq!(of("same").verdict, Verdict::CannotTell);
    // (1.6449 + 0.8416)² · 4 · 0.2424 / 0.2² = 149.9
    assert_eq!(of("good").customers_needed, Some(150));
    assert_eq!(of("same").customers_needed, None);
}

#[tokio::test]
async fn the_same_bytes_whatever_the_order_of_rows() {
    let (mut lines, mut messages) = three();
    let first = ask(&spring_shop(lines.clone(), messages.clone()).await, 60).await;
    lines.reverse();
    messages.reverse();
    let second = ask(&spring_shop(lines, messages).await, 60).await;
    let json = |answered: &Answered<UpliftAnswer>| serde_json::to_string(answered).expect("text");
    assert_eq!(json(&first), json(&second));
}

#[tokio::test]
async fn without_messages_or_orders_there_is_no_answer() {
    let (lines, messages) = spring();
    let silent = shop(&[(Table::OrderLines, lines)]).await;
    let asked = ask_with(&silent, Uplift::default()).await;
    assert!(asked.is_err_and(|error| error.is_for_want_of_data()));
    let unsold = shop(&[(Table::Messages, messages)]).await;
    let asked = ask_with(&unsold, Uplift::default()).await;
    assert!(asked.is_err_and(|error| error.is_for_want_of_data()));
}

#[tokio::test]
async fn sheets_in_both_languages() {
    let (lines, messages) = three();
    let shop = spring_shop(lines, messages).await;
    let answered = ask_with(&shop, Uplift::default()).await.expect("an answer");
    for language in Language::ALL {
        let text = as_markdown(&answered, language);
        insta::assert_snapshot!(format!("uplift-{language}"), text);
    }
}
