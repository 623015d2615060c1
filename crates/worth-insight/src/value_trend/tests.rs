//! Surveys made by hand, asked through the lake. The arithmetic stands beside the numbers.

use futures::StreamExt;
use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::Estimate;
use worth_model::trend::Told;

use super::answer::{Change, Line, Moved};
use super::*;
use crate::question::Present;
use crate::sheet::Tone;
use crate::testing::{as_markdown, assert_refused, shop, with};
use crate::words::{Language, Words};

/// One score on 1..10 of the own brand, or how important a dimension is; months count from January 2024.
fn said(who: &str, month: usize, measure: &str, dimension: &str, score: f64) -> Value {
    let (year, month) = (2024 + month / 12, month % 12 + 1);
    json!({
        "response_id": who,
        "question": format!("{measure}: {dimension}"),
        "answered_at": format!("{year}-{month:02}-10T03:00:00Z"),
        "measure": measure,
        "dimension": dimension,
        "score": score,
        "scale_min": 1,
        "scale_max": 10,
    })
}

/// Ten respondents of each of two regions a month, for so many months. They say 6, 7 or 8 of the product
/// and 3, 4 or 5 of the price; from month 8 on the south says 3 less of the product.
fn south_falls(months: usize) -> Vec<Value> {
    let mut answers = Vec::new();
    for month in 0..months {
        for respondent in 0..20 {
            let region = if respondent < 10 { "north" } else { "south" };
            let who = format!("{month}-{respondent}");
            let lean = |step: usize| (respondent * step + month) as f64 % 3.0 - 1.0;
            let less = if region == "south" && month >= 8 {
                3.0
            } else {
                0.0
            };
            answers.extend(
                [
                    said(&who, month, "benefit", "product", 7.0 + lean(1) - less),
                    said(&who, month, "cost", "price", 4.0 + lean(2)),
                    said(&who, month, "importance", "product", 8.0 + lean(1)),
                ]
                .map(|answer| with(answer, "region", region)),
            );
        }
    }
    answers
}

fn by_region() -> ValueTrend {
    ValueTrend {
        by: vec![By::Region],
        resamples: 200,
        ..ValueTrend::default()
    }
}

async fn asked(answers: Vec<Value>, question: &ValueTrend) -> Answered<ValueTrendAnswer> {
    let shop = shop(&[(Table::SurveyAnswers, answers)]).await;
    let answered = question.ask(&Scope::default(), &shop.context).await;
    answered.expect("an answer, whatever the survey")
}

async fn ask(answers: Vec<Value>) -> ValueTrendAnswer {
    asked(answers, &by_region()).await.answer
}

fn whole(answer: &ValueTrendAnswer) -> &Line {
    answer.whole.as_ref().expect("somebody answered")
}

fn only_change(line: &Line) -> &Change {
    match &line.changes {
        Told::Told(changes) => match changes.changes.as_slice() {
            [change] => change,
            changes => panic!("one change: {changes:?}"),
        },
        Told::TooFew(few) => panic!("{few:?}"),
    }
}

fn moved(line: &Line) -> &Moved {
    line.moved.as_ref().expect("it has a before and an after")
}

fn near(found: &Estimate, expected: (f64, f64, f64)) {
    let (low, high) = found.ends().expect("an interval");
    let off = (found.value - expected.0).abs();
    let off = off
        .max((low - expected.1).abs())
        .max((high - expected.2).abs());
    assert!(off < 1e-3, "{found:?}, by hand {expected:?}");
}

/// Benefits 8 and 6, costs 4 and 1. Differences 4 and 5: 4.5 ± 6.3138 · .5. Ratio 7 / 2.5 = 2.8, off by
/// the mean of (8 − 11.2) / 2.5 and (6 − 2.8) / 2.5: ± 6.3138 · 1.28.
#[tokio::test]
async fn a_period_by_hand() {
    let answer = ask(vec![
        said("a", 0, "benefit", "product", 8.0),
        said("a", 0, "cost", "price", 4.0),
        said("b", 0, "benefit", "product", 6.0),
        said("b", 0, "cost", "price", 1.0),
        said("c", 2, "benefit", "product", 5.0),
    ])
    .await;
    let periods = &whole(&answer).periods;
    assert_eq!(periods.len(), 3);
    near(
        &periods[0].value.expect("two answers"),
        (4.5, 1.3431, 7.6569),
    );
    near(
        &periods[0].ratio.expect("two answers"),
        (2.8, -5.2817, 10.8817),
    );
    assert_eq!((periods[1].answers, periods[1].value), (0, None));
    // who scored no cost has benefits, and no value
    assert_eq!(periods[2].answers, 0);
    assert_eq!(periods[2].benefits.expect("one answer").value, 5.0);
    assert_eq!(
        (whole(&answer).answers, answer.period),
        (2, PeriodLength::Month)
    );
}

#[tokio::test]
async fn the_region_that_falls_is_found_with_its_month_and_what_moved_it() {
    let answer = ask(south_falls(14)).await;
    let names: Vec<&str> = answer
        .groups
        .iter()
        .filter_map(|line| line.group.as_deref())
        .collect();
    assert_eq!(names, ["north", "south"]);
    let (north, south) = (&answer.groups[0], &answer.groups[1]);
    assert!(!north.changed && north.moved.is_none());
    assert!(south.changed && south.adjusted_p_value < 0.01);
    let change = only_change(south);
    assert_eq!(change.from.to_string(), "2024-09-01");
    assert_eq!(change.dates.len(), 1);
    // leans are 0 on average but for which third of ten answers has four
    assert!((change.size.value + 3.0).abs() < 0.1, "{change:?}");
    let moved = moved(south);
    assert!(moved.at_change);
    assert_eq!(moved.after.from.to_string(), "2024-09-01");
    let changed: Vec<(&str, bool)> = (moved.dimensions.iter())
        .map(|dimension| (dimension.name.dimension.as_str(), dimension.changed))
        .collect();
    assert_eq!(changed, [("product", true), ("price", false)]);
    let product = &moved.dimensions[0];
    assert!((product.contribution.value - product.score.change.value).abs() < 1e-12);
    let importance = product.importance.expect("it was asked");
    assert!(importance.change.value.abs() < 0.2 && !product.importance_changed);
    // one region only: it is no mix
    assert!(moved.mix.is_empty());
    // everyone falls by half of it
    let of_all = only_change(whole(&answer));
    assert_eq!(of_all.from.to_string(), "2024-09-01");
    assert!((of_all.size.value + 1.5).abs() < 0.1);
    let ahead = south.outlook.told().expect("fourteen periods");
    assert_eq!(
        (ahead.len(), ahead[3].from.to_string()),
        (4, "2025-05-01".into())
    );
    assert!((ahead[0].value.value - 0.0).abs() < 0.5, "{ahead:?}");
}

/// The north says 8 or 6, the south 4 or 2 (benefits), costs are 1: three quarters are of the north in
/// January, a quarter in February. Mix: (1/4 − 3/4) · (7 − 3) = −2, level 0.
#[tokio::test]
async fn who_answered_can_be_all_that_moved() {
    let mut answers = Vec::new();
    for (month, of_north) in [(0, 15), (1, 5)] {
        for respondent in 0..20 {
            let (region, least) = match respondent < of_north {
                true => ("north", 6.0),
                false => ("south", 2.0),
            };
            let who = format!("{month}-{respondent}");
            // whole sixes of five: of each region as many above as below
            let above = if respondent % 5 < 2 { 2.5 } else { 0.0 };
            for answer in [
                said(&who, month, "benefit", "product", least + above),
                said(&who, month, "cost", "price", 1.0),
            ] {
                answers.push(with(answer, "region", region));
            }
        }
    }
    let answer = ask(answers).await;
    let moved = moved(whole(&answer));
    assert!(!moved.at_change);
    let [mix] = moved.mix.as_slice() else {
        panic!("regions alone: {:?}", moved.mix)
    };
    assert_eq!((&mix.by, mix.groups.len()), (&By::Region, 2));
    assert!((mix.mix.value + 2.0).abs() < 1e-9, "{mix:?}");
    assert!(mix.level.value.abs() < 1e-9);
    assert!((moved.value.change.value + 2.0).abs() < 1e-9);
}

/// In 2025 it matters more: 9 in place of 5.
#[tokio::test]
async fn importance_may_change_while_scores_do_not() {
    let mut answers = Vec::new();
    for month in 6..18 {
        for respondent in 0..10 {
            let who = format!("{month}-{respondent}");
            let lean = f64::from(respondent % 3) - 1.0;
            let matters = if month < 12 { 5.0 } else { 9.0 };
            answers.extend([
                said(&who, month, "benefit", "product", 7.0 + lean),
                said(&who, month, "cost", "price", 4.0 + lean),
                said(&who, month, "importance", "product", matters + lean),
            ]);
        }
    }
    let answer = ask(answers).await;
    let product = &moved(whole(&answer)).dimensions[0];
    let importance = product.importance.expect("it was asked");
    assert!((importance.change.value - 4.0).abs() < 1e-9);
    assert!(product.importance_changed && !product.changed);
    let by_month = &answer.dimensions[0].importance;
    assert!((by_month[0].expect("it was asked").value - 4.9).abs() < 1e-9);
    assert_eq!(answer.dimensions[1].importance[0], None);
}

#[tokio::test]
async fn one_period_still_has_its_level_and_says_what_is_missing() {
    let answered = asked(south_falls(1), &by_region()).await;
    let line = whole(&answered.answer);
    assert_eq!((line.answers, line.periods.len()), (20, 1));
    assert!(line.mean.ends().is_some() && line.smallest_change > 0.5);
    let Told::TooFew(few) = &line.changes else {
        panic!("one period tells no change")
    };
    assert_eq!((few.periods, few.periods_needed), (1, 4));
    assert!(line.moved.is_none() && !line.changed);
    assert_eq!(answered.answer.missing, [Missing::Periods]);
    let sheet = sheet(&answered);
    assert!(!sheet.nothing_to_tell);
    assert!(
        sheet.headlines[0].says.contains("it takes 4 periods"),
        "{:?}",
        sheet.headlines
    );
}

fn sheet(answered: &Answered<ValueTrendAnswer>) -> crate::sheet::Sheet {
    let words = Words::new(Language::English);
    answered.answer.sheet(&answered.provenance, &words)
}

#[tokio::test]
async fn without_a_survey_the_questions_are_there() {
    let answered = asked(Vec::new(), &by_region()).await;
    assert_eq!(answered.answer.missing, [Missing::Survey]);
    assert_eq!(answered.answer.completing.len(), 13);
    assert!(sheet(&answered).nothing_to_tell);
}

/// Only costs: a rise is bad news.
#[tokio::test]
async fn what_was_asked_is_followed() {
    let only = |measure: &str| -> Vec<Value> {
        let turned = |answer: Value| {
            let score = 11.0 - answer["score"].as_f64().expect("a score");
            with(answer, "score", score)
        };
        let answers = south_falls(14).into_iter();
        let answers = answers.filter(|answer| answer["measure"] == "benefit");
        answers
            .map(|answer| with(turned(answer), "measure", measure))
            .collect()
    };
    for (measure, followed, tone) in [
        ("cost", Followed::Costs, Tone::Bad),
        ("benefit", Followed::Benefits, Tone::Good),
    ] {
        let answered = asked(only(measure), &by_region()).await;
        assert_eq!(answered.answer.followed, followed);
        assert!(only_change(whole(&answered.answer)).size.value > 1.0);
        assert_eq!(sheet(&answered).headlines[0].tone, tone);
        assert_eq!(answered.answer.missing.len(), 2);
    }
}

/// Three answers a month for two years: quarters, unless months are wanted.
#[tokio::test]
async fn thin_months_are_put_together_to_quarters() {
    let answers = || -> Vec<Value> {
        (0..72)
            .flat_map(|n| {
                let who = n.to_string();
                let score = 5.0 + f64::from(n % 4);
                ["benefit", "cost"].map(|measure| said(&who, n as usize / 3, measure, "x", score))
            })
            .collect()
    };
    let quarters = ask(answers()).await;
    assert_eq!(quarters.period, PeriodLength::Quarter);
    let days: Vec<String> = whole(&quarters).periods[..2]
        .iter()
        .map(|period| period.from.to_string())
        .collect();
    assert_eq!(
        (days, whole(&quarters).periods.len()),
        (vec!["2024-01-01".into(), "2024-04-01".into()], 8)
    );
    let months = ValueTrend {
        period: Some(PeriodLength::Month),
        ..by_region()
    };
    let months = asked(answers(), &months).await.answer;
    assert_eq!(whole(&months).periods.len(), 24);
}

#[tokio::test]
async fn mistyped_dates_and_wild_weights_break_nothing() {
    let mut answers = south_falls(6);
    for (place, answer) in answers.iter_mut().enumerate() {
        if place % 50 == 0 {
            let typed = ["0205-03-01T00:00:00Z", "2204-03-01T00:00:00Z"][place / 50 % 2];
            *answer = with(answer.clone(), "answered_at", typed);
        }
        let weight = if place % 7 == 0 { 1e299 } else { 1e-299 };
        *answer = with(answer.clone(), "weight", weight);
    }
    let answered = asked(answers, &by_region()).await;
    assert_eq!(whole(&answered.answer).periods.len(), 6);
    let left_out = &answered.provenance.left_out;
    // five of the eight are scores; what matters to people does not date
    assert_eq!(
        (left_out[0].reason.as_str(), left_out[0].rows),
        ("another-time", 5)
    );
}

#[tokio::test]
async fn every_line_has_a_row_for_each_period_and_for_those_to_come() {
    let answered = asked(south_falls(14), &by_region()).await;
    let rows = answered.rows.expect("it gives rows");
    let batches: Vec<_> = rows.stream().collect().await;
    let count: usize = (batches.into_iter())
        .map(|batch| batch.expect("rows in memory").num_rows())
        .sum();
    assert_eq!(count, 3 * (14 + 3));
}

#[tokio::test]
async fn settings_must_make_sense() {
    let shop = shop(&[]).await;
    let of = |ahead, resamples, level| ValueTrend {
        ahead,
        resamples,
        level,
        ..ValueTrend::default()
    };
    assert_refused(&[of(0, 200, 0.9), of(3, 10, 0.9), of(3, 200, 1.0)], &shop).await;
    let by_month = ValueTrend {
        by: vec![By::Month],
        ..ValueTrend::default()
    };
    let refused = by_month.ask(&Scope::default(), &shop.context).await;
    assert!(matches!(
        refused,
        Err(Error::NotAChoice {
            parameter: "by",
            ..
        })
    ));
}

#[tokio::test]
async fn what_people_see() {
    let answered = asked(south_falls(14), &by_region()).await;
    for language in Language::ALL {
        let shown = as_markdown(&answered, language);
        insta::assert_snapshot!(format!("value-trend-{language}"), shown);
    }
}
