//! Small businesses whose leavers can be counted by hand. The arithmetic stands beside the numbers.

use futures::TryStreamExt;
use insta::assert_snapshot;
use serde_json::{Value, json};
use worth_lake::tables::Table;

use super::answer::{Compared, Group, TraitName, TraitValue, WithinChosen};
use super::*;
use crate::steps::example::event;
use crate::testing::{Shop, as_markdown, assert_refused, shop, with};
use crate::words::Language;

/// Looks on 10 January at noon by the clock of the business.
fn look(customer: &str, channel: &str) -> Value {
    with(
        event(customer, "", "look", "01-10T05:00:00"),
        "channel",
        channel,
    )
}

/// Something long after everything else: by then all times are over.
fn end() -> Value {
    event("zz", "", "bye", "01-30T05:00:00")
}

/// The worked example of `docs/methods/drop-off.md`: 40 look in the app, of whom 10 do not pay within a
/// day, and 20 on the web, of whom 12 do not. What they do after the look would tell them apart at once: those
/// who leave ask for help, in vain, and some of them pay two days later; those who go on look once more.
fn documented() -> Vec<(Table, Vec<Value>)> {
    let mut events = vec![end()];
    for customer in 0..60 {
        let id = format!("c{customer:02}");
        let (channel, leaves) = match customer {
            0..40 => ("app", customer < 10),
            _ => ("web", customer < 52),
        };
        events.push(look(&id, channel));
        if leaves {
            let help = event(&id, "", "help", "01-10T06:00:00");
            events.push(with(help, "outcome", "failed"));
            if customer % 2 == 0 {
                events.push(event(&id, "", "pay", "01-12T05:00:00"));
            }
        } else {
            events.push(event(&id, "", "look", "01-10T07:00:00"));
            events.push(event(&id, "", "pay", "01-10T08:00:00"));
        }
    }
    vec![(Table::Events, events)]
}

/// Of 200 customers 100 live in the north and 100 in the south; 20 and 60 of them leave, in the app as on
/// the web. But 80 of the south look on the web, and 80 of the north in the app.
fn entangled() -> Vec<(Table, Vec<Value>)> {
    let (mut events, mut customers) = (vec![end()], Vec::new());
    for (region, channel, all, leaving) in [
        ("north", "app", 80, 16),
        ("north", "web", 20, 4),
        ("south", "app", 20, 12),
        ("south", "web", 80, 48),
    ] {
        for customer in 0..all {
            let id = format!("{region}-{channel}-{customer:02}");
            customers.push(json!({ "customer_id": id, "region": region }));
            events.push(look(&id, channel));
            if customer >= leaving {
                events.push(event(&id, "", "pay", "01-10T08:00:00"));
            }
        }
    }
    vec![(Table::Events, events), (Table::Customers, customers)]
}

fn look_and_pay() -> DropOff {
    DropOff {
        steps: vec!["look".into(), "pay".into()],
        within: "1d".parse().ok(),
        ..DropOff::default()
    }
}

async fn ask(shop: &Shop, question: &DropOff) -> Answered<DropOffAnswer> {
    let answered = question.ask(&Scope::default(), &shop.context).await;
    answered.expect("an answer")
}

fn group<'a>(answer: &'a DropOffAnswer, name: &TraitName, value: &str) -> &'a Group {
    let mut traits = answer.traits.iter();
    let of = traits.find(|of| of.name == *name).expect("it tells apart");
    let value = TraitValue::Value(value.into());
    let mut groups = of.groups.iter();
    groups.find(|group| group.value == value).expect("a group")
}

fn compared(answer: &DropOffAnswer, name: &TraitName, value: &str) -> Compared {
    group(answer, name, value)
        .compared
        .expect("not the first group")
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-3, "{found}, not {expected}");
}

#[tokio::test]
async fn shares_and_differences_are_those_worked_out_by_hand() {
    let shop = shop(&documented()).await;
    let answer = ask(&shop, &look_and_pay()).await.answer;
    assert_eq!((answer.reached, answer.leavers, answer.goers), (60, 22, 38));
    near(answer.leaving.value, 22.0 / 60.0);
    let web = group(&answer, &TraitName::Channel, "web");
    assert_eq!((web.leavers, web.goers), (12, 8));
    near(web.of_leavers, 12.0 / 22.0);
    near(web.of_goers, 8.0 / 38.0);
    let web = compared(&answer, &TraitName::Channel, "web");
    // 12/20 − 10/40; ends by Newcombe from Wilson's 0.4186 to 0.7576 and 0.1557 to 0.3760
    near(web.difference.value, 0.35);
    let (low, high) = web.difference.ends().expect("an interval");
    near(low, 0.1291);
    near(high, 0.5337);
    // 0.6 / 0.25; the logarithm is off by √(0.4/12 + 0.75/10) = 0.3291
    let ratio = web.ratio.expect("some leave in both");
    near(ratio.value, 2.4);
    near(ratio.ends().expect("an interval").0, 1.3967);
    // z = 0.35 / √(0.3667 · 0.6333 · (1/40 + 1/20)) = 2.652; the only test
    let test = web.test.expect("a test");
    near(test.p_value, 0.0080);
    near(test.adjusted_p_value, 0.0080);
    assert!(test.differs);
    // 2.4865 times that error of 0.1320
    near(web.smallest_difference.expect("people in both"), 0.3281);
    // alone in the link, the trait gives back what is seen
    near(web.held_still.expect("a link").value, 0.35);
    assert_eq!(answer.findings().len(), 1);
}

/// Goal: what happens after the step is no trait, although it tells leavers from goers without error here;
/// and the first time at the step counts, for those who come back to it too.
#[tokio::test]
async fn nothing_after_the_step_is_looked_at() {
    let shop = shop(&documented()).await;
    let answer = ask(&shop, &look_and_pay()).await.answer;
    let told: Vec<&TraitName> = answer.traits.iter().map(|of| &of.name).collect();
    assert_eq!(told, [&TraitName::Channel]);
    for name in [
        TraitName::Failures,
        TraitName::Repeats,
        TraitName::StepsBefore,
        TraitName::SincePrevious,
        TraitName::CameBefore,
        TraitName::Weekday,
    ] {
        assert!(answer.alike.contains(&name), "{name:?}");
    }
}

/// Goal: with another time other people are leavers: within three days the eleven who pay after two go on.
#[tokio::test]
async fn the_time_bounds_who_leaves() {
    let shop = shop(&documented()).await;
    let longer = DropOff {
        within: "3d".parse().ok(),
        ..look_and_pay()
    };
    let answer = ask(&shop, &longer).await.answer;
    assert_eq!((answer.leavers, answer.goers), (11, 49));
    let written = DropOff {
        steps: vec!["look".into(), "pay within 4h".into()],
        within: None,
        ..DropOff::default()
    };
    let answer = ask(&shop, &written).await.answer;
    assert_eq!(answer.within_chosen, WithinChosen::OfStep);
    assert_eq!((answer.leavers, answer.goers), (22, 38));
    // 49 pay: the 47th has waited for two days
    let unbounded = DropOff {
        within: None,
        ..look_and_pay()
    };
    let answer = ask(&shop, &unbounded).await.answer;
    assert_eq!(answer.within_chosen, WithinChosen::MostGoOn);
    assert_eq!(answer.within, "2d".parse().ok());
    // the month ends twenty days after the look
    let beyond = DropOff {
        within: "3w".parse().ok(),
        ..look_and_pay()
    };
    let answer = ask(&shop, &beyond).await.answer;
    assert_eq!((answer.not_over, answer.leavers, answer.goers), (60, 0, 0));
    assert!(answer.too_few && answer.findings().is_empty());
}

/// Goal: what only goes with what matters is told from it. By hand: 52 of 100 leave on the web, 28 in the
/// app; but of the north 20 in 100 leave on both, of the south 60.
#[tokio::test]
async fn what_is_explained_by_another_trait_does_not_stay() {
    let shop = shop(&entangled()).await;
    let answered = ask(&shop, &look_and_pay()).await;
    let answer = &answered.answer;
    let region = TraitName::Segment("region".into());
    let plain = [
        compared(answer, &TraitName::Channel, "web"),
        compared(answer, &region, "south"),
    ];
    near(plain[0].difference.value, 0.24);
    near(plain[1].difference.value, 0.40);
    let held = plain.map(|compared| compared.held_still.expect("a link").value);
    near(held[0], 0.0);
    near(held[1], 0.40);
    let stays: Vec<_> = answer
        .findings()
        .iter()
        .map(|found| found.stays())
        .collect();
    assert_eq!(stays, [Some(true), Some(false)]);
    assert_eq!(answer.held_together, 200);
    assert_snapshot!("drop-off-en", as_markdown(&answered, Language::English));
    assert_snapshot!("drop-off-vi", as_markdown(&answered, Language::Vietnamese));
}

/// Goal: of too few nothing is claimed, and it is said what would have shown.
#[tokio::test]
async fn too_few_tell_nothing_but_what_would_have_shown() {
    let mut events = vec![end()];
    for customer in 0..30 {
        let id = format!("c{customer:02}");
        events.push(look(&id, if customer < 15 { "app" } else { "web" }));
        if customer >= 9 {
            events.push(event(&id, "", "pay", "01-10T08:00:00"));
        }
    }
    let shop = shop(&[(Table::Events, events)]).await;
    let answered = ask(&shop, &look_and_pay()).await;
    assert!(answered.answer.too_few && answered.answer.findings().is_empty());
    // 2.4865 √(0.3 · 0.7 · 2/15)
    near(
        answered.answer.smallest_difference.expect("some leave"),
        0.4161,
    );
    let shown = as_markdown(&answered, Language::English);
    assert!(
        shown.contains("Too few left") && shown.contains("41.6%"),
        "{shown}"
    );
}

#[tokio::test]
async fn the_step_that_loses_most_is_meant_unless_another_is_named() {
    let mut tables = documented();
    for customer in 0..5 {
        tables[0]
            .1
            .push(event(&format!("w{customer}"), "", "open", "01-09T05:00:00"));
        tables[0].1.push(event(
            &format!("c{customer:02}"),
            "",
            "open",
            "01-09T05:00:00",
        ));
    }
    let shop = shop(&tables).await;
    let through = |at: Option<&str>| DropOff {
        steps: ["open", "look", "help"].map(String::from).to_vec(),
        at: at.map(String::from),
        ..look_and_pay()
    };
    // five of ten look, and these five are among those who ask for help
    assert_eq!(ask(&shop, &through(None)).await.answer.at, "open");
    for named in ["2", " Look"] {
        let answer = ask(&shop, &through(Some(named))).await.answer;
        assert_eq!((answer.at.as_str(), answer.next.as_str()), ("look", "help"));
        assert_eq!((answer.leavers, answer.goers), (0, 5));
    }
    for wrong in ["help", "0", "3", "nothing"] {
        let refused = through(Some(wrong))
            .ask(&Scope::default(), &shop.context)
            .await;
        assert!(matches!(refused, Err(Error::NotAChoice { .. })), "{wrong}");
    }
    let one = DropOff {
        steps: vec!["look".into()],
        ..DropOff::default()
    };
    let level = DropOff {
        level: 0.2,
        ..DropOff::default()
    };
    assert_refused(&[one, level], &shop).await;
}

#[tokio::test]
async fn rows_are_one_for_each_value() {
    let shop = shop(&documented()).await;
    let answered = ask(&shop, &look_and_pay()).await;
    let rows = answered.rows.as_ref().expect("rows");
    let batches: Vec<_> = rows.stream().try_collect().await.expect("a reading");
    let shown = datafusion::arrow::util::pretty::pretty_format_batches(&batches)
        .expect("rows can be shown")
        .to_string();
    assert_eq!(
        batches.iter().map(|batch| batch.num_rows()).sum::<usize>(),
        2
    );
    assert!(
        shown.contains("| channel | web   |       |      | 12      | 8 "),
        "{shown}"
    );
    assert_eq!(batches[0].schema(), rows.schema());
}

/// Goal: a value that everybody leaves with neither spoils the link nor is claimed to be told from the others:
/// 30 more who gave up at the look all leave, and the link is about the 200 others still.
#[tokio::test]
async fn what_foretells_leaving_without_error_stands_alone() {
    let mut tables = entangled();
    for customer in 0..30 {
        let gave_up = look(&format!("gave-up-{customer:02}"), "app");
        tables[0].1.push(with(gave_up, "outcome", "abandoned"));
    }
    for event in &mut tables[0].1 {
        if event["name"] == "look" && event["outcome"].is_null() {
            event["outcome"] = "ok".into();
        }
    }
    let shop = shop(&tables).await;
    let answer = ask(&shop, &look_and_pay()).await.answer;
    let gave_up = compared(&answer, &TraitName::Outcome, "abandoned");
    // all of them, against 80 of 200
    near(gave_up.difference.value, 0.6);
    assert_eq!(gave_up.held_still, None);
    let region = TraitName::Segment("region".into());
    let south = compared(&answer, &region, "south");
    near(south.held_still.expect("a link").value, 0.4);
    assert_eq!(answer.held_together, 200);
}
