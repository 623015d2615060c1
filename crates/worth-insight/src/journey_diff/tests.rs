//! Small businesses whose journeys can be counted by hand. The arithmetic stands beside the numbers.

use futures::TryStreamExt;
use insta::assert_snapshot;
use serde_json::{Value, json};
use worth_lake::tables::Table;

use super::answer::*;
use super::*;
use crate::steps::example::event;
use crate::testing::{Shop, as_markdown, assert_refused, shop, with};
use crate::words::Language;

/// The worked example of `docs/methods/journey-diff.md`: forty customers look in January, of whom ten pay an hour
/// later; the same forty look in March, of whom thirty pay two hours later.
fn documented() -> Vec<Value> {
    let mut events = Vec::new();
    for customer in 0..40 {
        let id = format!("c{customer:02}");
        for (month, hour, payers) in [("01", "06", 10), ("03", "07", 30)] {
            events.push(event(&id, "", "look", &format!("{month}-10T05:00:00")));
            if customer < payers {
                events.push(event(&id, "", "pay", &format!("{month}-10T{hour}:00:00")));
            }
        }
    }
    events
}

fn january_and_march() -> JourneyDiff {
    let periods = ["2025-01-01..2025-01-31", "2025-03-01..2025-03-31"];
    JourneyDiff {
        periods: periods
            .map(|period| period.parse().expect("a period"))
            .to_vec(),
        ..JourneyDiff::default()
    }
}

/// Sixty customers look and pay; for twenty it fails and they leave, the others order. The first thirty are gold,
/// the next twenty silver, five are bronze, and nobody knows what the last five are.
fn failing() -> Vec<(Table, Vec<Value>)> {
    let (mut events, mut customers) = (Vec::new(), Vec::new());
    for customer in 0..60 {
        let id = format!("c{customer:02}");
        let fails = customer % 3 == 0;
        let outcome = if fails { "failed" } else { "ok" };
        events.push(event(&id, "", "look", "01-10T05:00:00"));
        events.push(with(
            event(&id, "", "pay", "01-10T05:10:00"),
            "outcome",
            outcome,
        ));
        if !fails {
            events.push(event(&id, "", "order", "01-10T05:11:00"));
        }
        let tier = match customer {
            0..30 => Some("gold"),
            30..50 => Some("silver"),
            50..55 => Some("bronze"),
            _ => None,
        };
        customers.push(json!({ "customer_id": id, "gender": tier }));
    }
    vec![(Table::Events, events), (Table::Customers, customers)]
}

fn gold() -> JourneyDiff {
    JourneyDiff {
        segment: Some("gender".into()),
        of: Some("gold".into()),
        ..JourneyDiff::default()
    }
}

async fn ask(shop: &Shop, question: &JourneyDiff) -> Answered<JourneyDiffAnswer> {
    let answered = question.ask(&Scope::default(), &shop.context).await;
    answered.expect("an answer")
}

async fn refused(shop: &Shop, question: &JourneyDiff) -> Error {
    let answered = question.ask(&Scope::default(), &shop.context).await;
    answered.err().expect("it makes no sense")
}

fn named(name: &str) -> StepName {
    StepName::Named(name.into())
}

fn number<'a>(answer: &'a JourneyDiffAnswer, what: &What) -> &'a Difference {
    let mut numbers = answer.numbers.iter();
    numbers
        .find(|number| number.what == *what)
        .expect("it is compared")
}

fn values(difference: &Difference) -> [Option<f64>; 2] {
    difference
        .values
        .map(|value| value.map(|value| value.value))
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-3, "{found}, not {expected}");
}

/// 0.25 and 0.75 of journeys come by pay. Person by person the change is 1 for twenty and 0 for twenty: its standard
/// error is √(0.5 · 0.5 / 39) = 0.0801, and with t = 1.685 (39 degrees of freedom) it reaches 0.135.
#[tokio::test]
async fn numbers_are_those_worked_out_by_hand() {
    let shop = shop(&[(Table::Events, documented())]).await;
    let answer = ask(&shop, &january_and_march()).await.answer;
    let reached = number(&answer, &What::Reached { step: named("pay") });
    assert_eq!(values(reached), [Some(0.25), Some(0.75)]);
    let change = reached.change.expect("forty people");
    let By::Difference(difference) = change.by else {
        panic!("a share differs by a difference");
    };
    near(difference.value, 0.5);
    let (low, high) = difference.ends().expect("people differ");
    near(low, 0.5 - 0.1349);
    near(high, 0.5 + 0.1349);
    assert!(change.adjusted_p_value < 1e-6);
    assert_eq!(reached.verdict, Verdict::More);
    // only ten waited in January
    let (from, to) = (named("look"), named("pay"));
    let waiting = number(&answer, &What::Waiting { from, to });
    assert_eq!(
        (waiting.people, waiting.verdict),
        ([10, 30], Verdict::TooFew)
    );
    let [Some(first), Some(second)] = values(waiting) else {
        panic!("somebody waited");
    };
    near(first, 3600.0);
    near(second, 7200.0);
    let medians = waiting.median_seconds.expect("it is a waiting time");
    let medians = medians.map(|median| median.map(|median| median.value));
    assert_eq!(medians, [Some(3600.0), Some(7200.0)]);
    let Compared::Periods { people_in_both, .. } = answer.compared else {
        panic!("periods");
    };
    assert_eq!(people_in_both, 40);
}

/// All that forty customers did in January they do again in March, to the second.
#[tokio::test]
async fn the_same_journeys_again_do_not_differ() {
    let events = documented().into_iter().filter(|event| {
        let at = event["at"].as_str().expect("a time");
        at.starts_with("2025-01")
    });
    let events = events.flat_map(|event| {
        let text = |column: &str| {
            event[column]
                .as_str()
                .expect("a text")
                .replace("-01-", "-03-")
        };
        let again = with(
            with(event.clone(), "at", text("at")),
            "event_id",
            text("event_id"),
        );
        [event, again]
    });
    let shop = shop(&[(Table::Events, events.collect())]).await;
    let answer = ask(&shop, &january_and_march()).await.answer;
    assert!(answer.tested() > 4 && answer.findings().is_empty());
    for number in &answer.numbers {
        assert_eq!(values(number)[0], values(number)[1]);
        if let Some(change) = number.change {
            assert_eq!(change.p_value, 1.0);
        }
    }
}

#[tokio::test]
async fn a_period_without_steps_is_told() {
    let shop = shop(&[(Table::Events, documented())]).await;
    let question = JourneyDiff {
        periods: vec![
            "2024-11-01..2024-12-31".parse().expect("a period"),
            "2025-01-01..2025-04-30".parse().expect("a period"),
        ],
        ..JourneyDiff::default()
    };
    let answered = ask(&shop, &question).await;
    let answer = &answered.answer;
    assert_eq!(answer.compared.sides()[0].steps, 0);
    assert_eq!((answer.tested(), answer.findings().len()), (0, 0));
    let markdown = as_markdown(&answered, Language::English);
    assert!(markdown.contains("Nobody took a step here: 1 Nov 2024 to 31 Dec 2024."));
    assert!(markdown.contains("The second period is not over: steps are known until 10 Mar 2025."));
    let never = JourneyDiff {
        periods: vec![
            "2020-01-01..2020-01-31".parse().expect("a period"),
            "2020-02-01..2020-02-28".parse().expect("a period"),
        ],
        ..JourneyDiff::default()
    };
    assert!(matches!(
        refused(&shop, &never).await,
        Error::NothingThere { .. }
    ));
}

/// The last step is of 10 March: from the 1st on these are ten days, and the ten before begin on 19 February.
#[tokio::test]
async fn the_period_before_is_as_long() {
    let shop = shop(&[(Table::Events, documented())]).await;
    let question = |since: Option<&str>| JourneyDiff {
        since: since.map(|day| day.parse().expect("a day")),
        ..JourneyDiff::default()
    };
    let answer = ask(&shop, &question(Some("2025-03-01"))).await.answer;
    let Compared::Periods { periods, .. } = answer.compared else {
        panic!("periods");
    };
    let written = periods.map(|period| period.to_string());
    assert_eq!(
        written,
        ["2025-02-19..2025-02-28", "2025-03-01..2025-03-10"]
    );
    let answer = ask(&shop, &question(None)).await.answer;
    let Compared::Periods { periods, .. } = answer.compared else {
        panic!("periods");
    };
    assert_eq!(periods.map(Period::days), [90, 90]);
}

/// Of thirty gold customers the payments of ten fail, of the 25 others whose value is known those of nine (30, 33,
/// … 54).
#[tokio::test]
async fn a_segment_is_compared_with_all_others_or_with_another() {
    let shop = shop(&failing()).await;
    let failed = What::Ended {
        step: named("pay"),
        outcome: Outcome::Failed,
    };
    let answer = ask(&shop, &gold()).await.answer;
    let of_pay = number(&answer, &failed);
    assert_eq!(of_pay.people, [25, 30]);
    assert_eq!(values(of_pay), [Some(9.0 / 25.0), Some(10.0 / 30.0)]);
    assert_eq!(of_pay.verdict, Verdict::CannotTell);
    assert!(of_pay.change.expect("twenty people").smallest > 0.3);
    let Compared::Segments { people_on_none, .. } = answer.compared else {
        panic!("segments");
    };
    assert_eq!(people_on_none, 5);
    let against = JourneyDiff {
        against: Some("silver".into()),
        ..gold()
    };
    let answer = ask(&shop, &against).await.answer;
    assert_eq!(number(&answer, &failed).people, [20, 30]);
}

#[tokio::test]
async fn a_value_that_nobody_has_is_told_those_there_are() {
    let shop = shop(&failing()).await;
    for (of, against, parameter) in [("platinum", None, "of"), ("gold", Some("tin"), "against")] {
        let question = JourneyDiff {
            of: Some(of.into()),
            against: against.map(Into::into),
            ..gold()
        };
        let error = refused(&shop, &question).await;
        let Error::NotAChoice {
            parameter: told,
            choices,
            ..
        } = error
        else {
            panic!("{error}");
        };
        assert_eq!(
            (told, choices.as_str()),
            (parameter, "bronze, gold, silver")
        );
    }
    let alone = JourneyDiff {
        segment: None,
        ..gold()
    };
    assert!(matches!(
        refused(&shop, &alone).await,
        Error::NotAlone { .. }
    ));
    let together = JourneyDiff {
        since: "2025-01-01".parse().ok(),
        ..gold()
    };
    let itself = JourneyDiff {
        against: Some("gold".into()),
        ..gold()
    };
    for question in [together, itself] {
        let error = refused(&shop, &question).await;
        assert!(matches!(error, Error::NotTogether { .. }), "{error}");
    }
    let period = |text: &str| text.parse::<Period>().expect("a period");
    let overlapping = JourneyDiff {
        periods: ["2025-01-01..2025-01-31", "2025-01-31..2025-02-28"]
            .map(period)
            .to_vec(),
        ..JourneyDiff::default()
    };
    let error = refused(&shop, &overlapping).await;
    let Error::NotAChoice {
        parameter, choices, ..
    } = error
    else {
        panic!("{error}");
    };
    assert_eq!((parameter, choices.as_str()), ("periods", "2025-02-01.."));
}

/// A payment that failed becomes a payment that went well, not any step of the app that did: looking leads half as often
/// to an order.
#[tokio::test]
async fn what_fails_at_a_touchpoint_is_repaired_by_name() {
    let mut tables = failing();
    for event in &mut tables[0].1 {
        let name = event["name"].clone();
        if name == "look" {
            event["outcome"] = "ok".into();
        }
        if name != "order" {
            event["touchpoint"] = "app".into();
        }
    }
    let shop = shop(&tables).await;
    let question = JourneyDiff {
        by: Grain::Touchpoint,
        ..fewer("app", ["2024-12-01..2024-12-31", "2025-01-01..2025-01-31"])
    };
    let simulated = ask(&shop, &question).await.answer.fewer_failures;
    let Journeys::Known(told) = simulated.expect("it was asked").journeys else {
        panic!("payments fail and go well");
    };
    near(told.reaching.after.value, 50.0 / 60.0);
}

/// The business that `friction` is worked out on: of 200 who failed in the app half as many come back (factor 0.5) as
/// others do; 0.225 of all do. Of half of them 0.5 · 200 · 0.225 · (1 − 0.5) more would.
#[tokio::test]
async fn what_it_would_keep_is_what_friction_knows() {
    let shop = shop(&crate::friction::tests::documented()).await;
    let question = JourneyDiff {
        by: Grain::Touchpoint,
        goal: "*".into(),
        ..fewer("app", ["2020-01-01..2020-12-31", "2021-01-01..2029-12-31"])
    };
    let simulated = ask(&shop, &question).await.answer.fewer_failures;
    let Some(Kept::Known { customers, .. }) = simulated.expect("it was asked").kept else {
        panic!("half of those who fail are lost");
    };
    near(customers.value, 11.25);
}

fn fewer(place: &str, periods: [&str; 2]) -> JourneyDiff {
    JourneyDiff {
        periods: periods.map(|text| text.parse().expect("a period")).to_vec(),
        fewer_failures: Some(place.into()),
        ..JourneyDiff::default()
    }
}

/// Forty of sixty come to an order. Of the twenty whose payments fail ten would not, and go on as the others do, to
/// an order: 50 of 60.
#[tokio::test]
async fn halving_failures_brings_half_of_those_who_failed_to_the_goal() {
    let shop = shop(&failing()).await;
    let question = fewer("Pay", ["2024-12-01..2024-12-31", "2025-01-01..2025-01-31"]);
    let answered = ask(&shop, &question).await;
    let simulated = answered
        .answer
        .fewer_failures
        .clone()
        .expect("it was asked");
    let Journeys::Known(told) = simulated.journeys else {
        panic!("payments fail and go well");
    };
    assert_eq!((simulated.place.as_str(), told.failures), ("pay", 20));
    near(told.reaching.before.value, 40.0 / 60.0);
    near(told.counted_reaching, 40.0 / 60.0);
    near(told.reaching.after.value, 50.0 / 60.0);
    near(told.failures_per_journey.after.value, 10.0 / 60.0);
    assert_eq!(simulated.kept, Some(Kept::CannotTell));
    let of = |place: &str, goal: &str| JourneyDiff {
        fewer_failures: Some(place.into()),
        goal: goal.into(),
        ..question.clone()
    };
    let looked = ask(&shop, &of("look", "order")).await.answer.fewer_failures;
    let looked = looked.expect("it was asked").journeys;
    assert_eq!(looked, Journeys::Unknown(NotSimulated::NothingFailed));
    for (place, goal, parameter, right) in [
        ("fly", "order", "fewer_failures", "pay"),
        ("pay", "fly", "goal", "look, order, pay"),
    ] {
        let error = refused(&shop, &of(place, goal)).await;
        let Error::NotAChoice {
            parameter: told,
            choices,
            ..
        } = error
        else {
            panic!("{error}");
        };
        assert_eq!((told, choices.as_str()), (parameter, right));
    }
}

/// Each of thirty customers has two cases in January and one in March: two journeys of one person are no two people.
#[tokio::test]
async fn cases_belong_to_people() {
    let events = (0..30).flat_map(|customer| {
        let id = format!("c{customer:02}");
        [("01-10", "a"), ("01-20", "b"), ("03-10", "c")].map(|(day, case)| {
            let look = event(&id, "", "look", &format!("{day}T05:00:00"));
            with(look, "journey_id", format!("{id}{case}"))
        })
    });
    let shop = shop(&[(Table::Events, events.collect())]).await;
    let question = JourneyDiff {
        case: Some(Case::Journey),
        ..january_and_march()
    };
    let answer = ask(&shop, &question).await.answer;
    let each = number(&answer, &What::JourneysPerPerson);
    assert_eq!(
        (each.people, values(each)),
        ([30, 30], [Some(2.0), Some(1.0)])
    );
    assert_eq!(each.verdict, Verdict::Less);
    let Compared::Periods {
        people_in_both,
        sides,
        ..
    } = answer.compared
    else {
        panic!("periods");
    };
    assert_eq!((people_in_both, sides[0].journeys), (30, 60));
}

#[tokio::test]
async fn sheets_in_both_languages() {
    let shop = shop(&[(Table::Events, documented())]).await;
    let answered = ask(&shop, &january_and_march()).await;
    assert_snapshot!("periods-en", as_markdown(&answered, Language::English));
    assert_snapshot!("periods-vi", as_markdown(&answered, Language::Vietnamese));
    let shop = crate::testing::shop(&failing()).await;
    let question = JourneyDiff {
        fewer_failures: Some("pay".into()),
        ..gold()
    };
    let answered = ask(&shop, &question).await;
    assert_snapshot!("segments-en", as_markdown(&answered, Language::English));
    assert_snapshot!("segments-vi", as_markdown(&answered, Language::Vietnamese));
}

#[tokio::test]
async fn rows_are_those_of_the_answer() {
    let shop = shop(&[(Table::Events, documented())]).await;
    let answered = ask(&shop, &january_and_march()).await;
    let stream = answered.rows.expect("rows").stream();
    let batches: Vec<_> = stream.try_collect().await.expect("rows");
    let rows: usize = batches.iter().map(|batch| batch.num_rows()).sum();
    assert_eq!(rows, answered.answer.numbers.len());
}

#[tokio::test]
async fn settings_out_of_range_are_refused() {
    let shop = shop(&[(Table::Events, documented())]).await;
    let of = |change: fn(&mut JourneyDiff)| {
        let mut question = january_and_march();
        change(&mut question);
        question
    };
    let wrong = [
        of(|question| question.most_steps = 1),
        of(|question| question.most_transitions = 0),
        of(|question| question.level = 1.0),
        of(|question| question.by_share = 0.0),
        of(|question| question.periods.truncate(1)),
    ];
    assert_refused(&wrong, &shop).await;
}
