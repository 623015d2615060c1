//! Forms made by hand, asked about through the lake. The arithmetic stands beside the numbers.

use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::survey::Doubt;

use super::*;
use crate::perceived::{Perceived, PerceivedValue};
use crate::question::{Answered, Question, Scope};
use crate::scores::Scores;
use crate::scores::answer::ScoresAnswer;
use crate::testing::{as_markdown, shop_with, with};
use crate::words::Language;

/// One answer on a form.
fn said(form: &str, measure: &str, dimension: &str, score: f64) -> Value {
    json!({
        "response_id": form,
        "question": format!("{measure} {dimension}"),
        "answered_at": "2025-03-01T03:00:00Z",
        "survey": "spring",
        "measure": measure,
        "dimension": Some(dimension).filter(|dimension| !dimension.is_empty()),
        "score": score,
        "scale_min": 1,
        "scale_max": 10,
    })
}

/// Five benefits, four costs, and whether it is worth it.
fn filled(form: &str, scores: [f64; 10]) -> Vec<Value> {
    let asked = |place: usize| match place {
        0..=4 => ("benefit", format!("good {place}")),
        5..=8 => ("cost", format!("bad {place}")),
        _ => ("worth", String::new()),
    };
    let answers = scores.into_iter().enumerate();
    let answer = |(place, score)| {
        let (measure, dimension) = asked(place);
        said(form, measure, &dimension, score)
    };
    answers.map(answer).collect()
}

/// Someone who means it: benefits 6 to 8, costs 2 to 5.
fn honest(number: usize) -> Vec<Value> {
    let scores = std::array::from_fn(|place| {
        let varied = ((number * 7 + place * 5 + number * place) % 3) as f64;
        match place {
            5..=8 => 2.0 + varied + (place % 2) as f64,
            _ => 6.0 + varied,
        }
    });
    filled(&format!("h{number:02}"), scores)
}

fn customer(id: &str, region: &str) -> Value {
    json!({ "customer_id": id, "region": region })
}

async fn perceived(answers: Vec<Value>, settings: &str) -> Answered<PerceivedValue> {
    let shop = shop_with(&[(Table::SurveyAnswers, answers)], settings).await;
    let answered = Perceived::default()
        .ask(&Scope::default(), &shop.context)
        .await;
    answered.expect("an answer, whatever the survey")
}

async fn recommending(
    answers: Vec<Value>,
    customers: Vec<Value>,
    settings: &str,
) -> Answered<ScoresAnswer> {
    let tables = [
        (Table::SurveyAnswers, answers),
        (Table::Customers, customers),
    ];
    let shop = shop_with(&tables, settings).await;
    let answered = Scores::default()
        .ask(&Scope::default(), &shop.context)
        .await;
    answered.expect("an answer, whatever the survey")
}

/// Eight of the north who recommend, two of the south who do not.
fn north_and_south() -> Vec<Value> {
    let form = |number: usize| {
        let (region, score) = match number {
            0..=7 => ("Bắc", 10.0),
            _ => ("Nam", 1.0),
        };
        with(
            said(&format!("f{number}"), "recommend", "", score),
            "region",
            region,
        )
    };
    (0..10).map(form).collect()
}

fn net_promoter(answered: &Answered<ScoresAnswer>) -> f64 {
    answered.answer.scores[0].measured.value.value
}

/// Recommended by 8 of 10, not by 2: NPS 60. Customers are half and half, so those of the north weigh
/// .5 / .8 = .625, those of the south .5 / .2 = 2.5: NPS 0. Squares 8 · .625² + 2 · 2.5² = 15.625: ten say as
/// much as 10² / 15.625 = 6.4, design effect 1.5625.
#[tokio::test]
async fn respondents_are_weighted_as_customers_are_spread() {
    let customers = vec![
        customer("a", "Bắc"),
        customer("b", "nam"),
        customer("c", "Nam"),
        customer("d", "Bắc"),
    ];
    let given = recommending(north_and_south(), customers.clone(), "").await;
    assert!((net_promoter(&given) - 60.0).abs() < 1e-9);
    assert_eq!(given.answer.survey.weights, WeightsFrom::Given);
    let settings = "[survey]\nweights = \"raked\"\n";
    let raked = recommending(north_and_south(), customers, settings).await;
    assert!(net_promoter(&raked).abs() < 1e-6);
    let survey = &raked.answer.survey;
    let design = survey.design.expect("ten respondents");
    assert!((design.effective - 6.4).abs() < 1e-9 && (design.effect - 1.5625).abs() < 1e-9);
    let [of_spring] = survey.raked.as_slice() else {
        panic!("{:?}", survey.raked);
    };
    assert!(of_spring.converged && of_spring.survey == "spring" && of_spring.respondents == 10);
    for (language, told) in [
        (
            Language::English,
            "10 of them say as much as 6 of equal weight (design effect 1.56)",
        ),
        (Language::Vietnamese, "hiệu ứng thiết kế 1,56"),
    ] {
        let shown = as_markdown(&raked, language);
        assert!(shown.contains(told), "{shown}");
    }
}

/// Margins of `worth.toml`: a half in the north, a quarter each in the south and in a place where nobody
/// answered, so two thirds against one third.
#[tokio::test]
async fn margins_may_be_given() {
    let settings = "[survey]\nweights = \"raked\"\n\
                    [survey.margins]\nregion = { \"bắc\" = 2, \"Nam\" = 1, \"Huế\" = 1 }\n";
    let raked = recommending(north_and_south(), Vec::new(), settings).await;
    assert!((net_promoter(&raked) - 100.0 / 3.0).abs() < 1e-6);
    let margins = &raked.answer.survey.raked[0].margins;
    assert_eq!(margins[0].by, RakedBy::Region);
    assert_eq!(margins[0].nobody, ["Huế"]);
    let shown = as_markdown(&raked, Language::English);
    assert!(shown.contains("nobody answered of region Huế"), "{shown}");
}

#[tokio::test]
async fn weights_may_be_ignored() {
    let weighted = |(place, row): (usize, Value)| with(row, "weight", 1.0 + place as f64);
    let answers: Vec<Value> = north_and_south()
        .into_iter()
        .enumerate()
        .map(weighted)
        .collect();
    let given = recommending(answers.clone(), Vec::new(), "").await;
    // 1 … 10 add to 55, the last two to 19
    assert!((net_promoter(&given) - 100.0 * (36.0 - 19.0) / 55.0).abs() < 1e-9);
    let none = recommending(answers, Vec::new(), "[survey]\nweights = \"none\"\n").await;
    assert!((net_promoter(&none) - 60.0).abs() < 1e-9);
}

/// Forty who mean it, one with 9 for everything, one who filled in ten answers in a second each where the
/// others took ten, one who gives benefits 1 and costs 10 in turn, one who sends another's answers.
fn with_careless() -> Vec<Value> {
    let mut forms: Vec<Vec<Value>> = (0..40).map(honest).collect();
    forms.push(filled("same", [9.0; 10]));
    forms.push(filled(
        "fast",
        [7.0, 6.0, 8.0, 6.0, 7.0, 3.0, 4.0, 2.0, 3.0, 8.0],
    ));
    forms.push(filled(
        "odd",
        [1.0, 10.0, 1.0, 10.0, 2.0, 10.0, 1.0, 9.0, 1.0, 9.0],
    ));
    let timed = |row: Value| {
        let seconds = if row["response_id"] == "fast" { 1 } else { 10 };
        with(row, "seconds", seconds)
    };
    forms.concat().into_iter().map(timed).collect()
}

#[tokio::test]
async fn careless_forms_are_told_and_kept_or_left_out() {
    let kept = perceived(with_careless(), "").await;
    let survey = &kept.answer.survey;
    assert_eq!((survey.forms, survey.doubtful, survey.left_out), (43, 3, 0));
    let found: Vec<(Doubt, u64)> = survey
        .doubts
        .iter()
        .map(|of| (of.doubt, of.forms))
        .collect();
    let expected = [
        (Doubt::Speeder, 1),
        (Doubt::StraightLiner, 1),
        (Doubt::Inconsistent, 2),
    ];
    assert_eq!(found, expected, "9 for costs is inconsistent too");
    assert_eq!(kept.answer.respondents, 43);
    let shown = as_markdown(&kept, Language::English);
    assert!(
        shown.contains("3 of 43 forms are doubtful: 1 filled in"),
        "{shown}"
    );

    let settings = "[survey]\nleave_out = [\"speeder\", \"inconsistent\"]\n";
    let left_out = perceived(with_careless(), settings).await;
    assert_eq!(left_out.answer.respondents, 40);
    assert_eq!(left_out.answer.survey.left_out, 3);
    let provenance = &left_out.provenance;
    let reasons: Vec<(&str, u64)> = (provenance.left_out.iter())
        .map(|left_out| (left_out.reason.as_str(), left_out.rows))
        .collect();
    assert_eq!(reasons, [("inconsistent", 20), ("speeder", 10)]);
    assert_eq!(provenance.rows_used, 400);
    for (language, told) in [
        (
            Language::English,
            "10 answers on forms filled in far faster",
        ),
        (
            Language::Vietnamese,
            "3 trong 43 phiếu khảo sát đáng ngờ và không được tính",
        ),
    ] {
        let shown = as_markdown(&left_out, language);
        assert!(shown.contains(told), "{shown}");
    }
    // the same forms, whatever the question
    let settings = "[survey]\nleave_out = [\"straight-liner\"]\n";
    let without = perceived(with_careless(), settings).await;
    assert_eq!(without.answer.survey.left_out, 1);
}

/// The newest of two forms that one customer sends within a day counts, unless they are about two orders.
#[tokio::test]
async fn forms_sent_twice_count_once() {
    let form = |id: &str, at: &str, score: f64, order: Option<&str>| {
        let row = with(said(id, "recommend", "", score), "customer_id", "c1");
        with(with(row, "answered_at", at), "order_id", order)
    };
    let settings = "[survey]\nleave_out = [\"duplicate\"]\n";
    let first = form("a", "2025-03-01T03:00:00Z", 1.0, None);
    let again = form("b", "2025-03-01T03:05:00Z", 10.0, None);
    let later = form("b", "2025-03-04T03:05:00Z", 10.0, None);
    let other = form("b", "2025-03-01T03:05:00Z", 10.0, Some("o2"));
    for (second, doubtful) in [(again, 1), (later, 0), (other, 0)] {
        let answered = recommending(vec![first.clone(), second], Vec::new(), settings).await;
        let survey = &answered.answer.survey;
        assert_eq!((survey.doubtful, survey.left_out), (doubtful, doubtful));
        assert!((net_promoter(&answered) - 100.0).abs() < 1e-9, "the newest");
    }
}

#[tokio::test]
async fn settings_that_make_no_sense_are_refused() {
    for settings in [
        "[survey]\ncap = 1\n",
        "[survey]\nleave_out = [\"lazy\"]\n",
        "[survey]\nweights = \"guessed\"\n",
        "[survey.rules]\nsame_share = 0.2\n",
        "[survey.margins]\nregion = { \"Nam\" = -1 }\n",
        "[survey.margins]\nmood = { \"good\" = 1 }\n",
    ] {
        let shop = shop_with(&[(Table::SurveyAnswers, north_and_south())], settings).await;
        let refused = Scores::default()
            .ask(&Scope::default(), &shop.context)
            .await;
        assert!(refused.is_err(), "{settings}");
    }
}
