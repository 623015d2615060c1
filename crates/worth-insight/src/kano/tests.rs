//! Surveys made by hand, asked through the lake. The arithmetic stands beside the numbers.

use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::kano::Category;

use super::*;
use crate::question::Present;
use crate::testing::{as_markdown, assert_refused, shop, with};
use crate::words::{Language, Words};

/// One answer in words: who, which measure, which feature.
fn said(who: &str, measure: &str, feature: &str, text: &str) -> Value {
    json!({
        "response_id": who,
        "question": format!("{feature} {measure}"),
        "answered_at": "2025-03-01T03:00:00Z",
        "measure": measure,
        "dimension": feature,
        "text": text,
    })
}

/// What so many respondents of one feature say with it and without it.
fn pairs(feature: &str, counted: &[(usize, &str, &str)]) -> Vec<Value> {
    let mut answers = Vec::new();
    for (group, (count, with_it, without_it)) in counted.iter().enumerate() {
        for n in 0..*count {
            let who = format!("{feature}-{group}-{n}");
            answers.push(said(&who, paired::WITH, feature, with_it));
            answers.push(said(&who, paired::WITHOUT, feature, without_it));
        }
    }
    answers
}

/// The worked example of `docs/methods/kano.md`: 20 must-be, 50 one-dimensional, 20 attractive, 10
/// indifferent, 5 reverse, 3 questionable.
fn documented() -> Vec<Value> {
    pairs(
        "delivery",
        &[
            (20, "I am neutral", "I dislike it"),
            (50, "I like it", "I dislike it"),
            (20, "Tôi thích", "Bình thường"),
            (10, "I am neutral", "I can live with it"),
            (5, "I dislike it", "I like it"),
            (3, "I like it", "I like it"),
        ],
    )
}

async fn ask(answers: Vec<Value>) -> Answered<KanoAnswer> {
    let shop = shop(&[(Table::SurveyAnswers, answers)]).await;
    Kano::default()
        .ask(&Scope::default(), &shop.context)
        .await
        .expect("an answer, whatever the survey")
}

/// better = (20 + 50) / 100, worse = −(50 + 20) / 100 with [−.769, −.620], strength (50 − 20) / 108.
#[tokio::test]
async fn a_feature_is_sorted_as_by_hand() {
    let answer = ask(documented()).await.answer;
    assert_eq!(answer.respondents, 108);
    let [feature] = answer.features.as_slice() else {
        panic!("one feature: {:?}", answer.features)
    };
    assert_eq!(feature.kano.category, Category::OneDimensional);
    assert_eq!(feature.treat_as, Category::OneDimensional);
    let better = feature
        .kano
        .better
        .expect("most are in the four categories");
    assert!((better.value - 0.7).abs() < 1e-12);
    let (low, high) = feature
        .kano
        .worse
        .and_then(|worse| worse.ends())
        .expect("as well");
    assert!((low + 0.769).abs() < 1e-3 && (high + 0.620).abs() < 1e-3);
    assert!((feature.kano.strength.value - 30.0 / 108.0).abs() < 1e-12);
    assert!(answer.completing.is_empty() && answer.unknown_wordings.is_empty());
}

/// Five must have it, five delight in it: which it is cannot be told, and what must be there is served
/// first.
#[tokio::test]
async fn a_tie_is_no_verdict() {
    let answer = ask(pairs(
        "wifi",
        &[
            (5, "I expect it", "I dislike it"),
            (5, "I like it", "I am neutral"),
        ],
    ))
    .await
    .answer;
    let feature = &answer.features[0];
    assert!(feature.kano.too_close.contains(&Category::Attractive));
    assert_eq!(feature.treat_as, Category::MustBe);
}

/// Scores of five steps, "like" being most; the scale may be written from "like" down.
#[tokio::test]
async fn scores_stand_for_words_when_they_have_five_steps() {
    let scored = |who: &str, measure: &str, score: f64, scale: (f64, f64)| {
        let answer = said(who, measure, "wifi", "");
        let answer = with(with(answer, "text", Value::Null), "score", score);
        with(with(answer, "scale_min", scale.0), "scale_max", scale.1)
    };
    let answer = ask(vec![
        scored("a", paired::WITH, 5.0, (1.0, 5.0)),
        scored("a", paired::WITHOUT, 1.0, (1.0, 5.0)),
        scored("b", paired::WITH, 1.0, (5.0, 1.0)),
        scored("b", paired::WITHOUT, 5.0, (5.0, 1.0)),
        scored("c", paired::WITH, 7.0, (1.0, 7.0)),
    ])
    .await
    .answer;
    let kano = &answer.features[0].kano;
    assert_eq!(
        (kano.category, kano.respondents),
        (Category::OneDimensional, 2)
    );
}

#[tokio::test]
async fn what_cannot_be_used_is_counted_and_told() {
    let again = |day: &str, text: &str| {
        let answer = said(&format!("k {day}"), paired::WITH, "wifi", text);
        let answer = with(answer, "customer_id", "k1");
        with(answer, "answered_at", format!("2025-{day}T03:00:00Z"))
    };
    let without = said("k 05-01", paired::WITHOUT, "wifi", "I dislike it");
    let answered = ask(vec![
        again("05-01", "I like it"),
        again("02-01", "I dislike it"),
        with(without, "customer_id", "k1"),
        said("b", paired::WITH, "wifi", "perhaps"),
        said("c", paired::WITH, "parking", "I like it"),
        with(
            said("d", paired::WITH, "wifi", "I like it"),
            "brand",
            "Phúc Long",
        ),
    ])
    .await;
    let answer = &answered.answer;
    assert_eq!(answer.features[0].kano.category, Category::OneDimensional);
    assert_eq!(answer.unknown_wordings[0].text, "perhaps");
    assert_eq!(answer.asked_in_part[0].dimension, "parking");
    assert_eq!(answer.completing.len(), 2);
    let left_out = answered.provenance.left_out.iter();
    let reasons: Vec<(&str, u64)> = left_out
        .map(|out| (out.reason.as_str(), out.rows))
        .collect();
    let expected = [
        ("half-a-pair", 1),
        ("older-answer", 1),
        ("other-brand", 1),
        ("unknown-wording", 1),
    ];
    assert_eq!(reasons, expected);
    assert_eq!(answered.provenance.rows_used, 2);
}

#[tokio::test]
async fn without_pairs_the_questions_are_there() {
    let answered = ask(Vec::new()).await;
    assert_eq!(answered.answer.completing.len(), 2 * MOST_OFFERED);
    let sheet = answered
        .answer
        .sheet(&answered.provenance, &Words::new(Language::English));
    assert!(sheet.nothing_to_tell);
}

#[tokio::test]
async fn a_level_must_be_one() {
    let shop = shop(&[]).await;
    assert_refused(&[Kano { level: 0.2 }, Kano { level: 1.0 }], &shop).await;
}

#[tokio::test]
async fn what_people_see() {
    let mut answers = documented();
    answers.extend(pairs(
        "trust",
        &[
            (30, "I expect it", "I dislike it"),
            (26, "I like it", "I dislike it"),
        ],
    ));
    answers.push(said("z", paired::WITH, "parking", "perhaps"));
    let answered = ask(answers).await;
    for language in Language::ALL {
        let shown = as_markdown(&answered, language);
        insta::assert_snapshot!(format!("kano-{language}"), shown);
    }
}

/// A real survey: five features of how funds are stored, rated by 363 respondents of four cohorts, each
/// asked in other words. Counts as in `docs/methods/kano.md`: those of an independent count.
#[tokio::test]
async fn a_real_survey_in_four_wordings_is_sorted_as_counted() {
    let Ok(folder) = std::env::var("WORTH_TEST_DATA") else {
        println!("skipped: needs WORTH_TEST_DATA");
        return;
    };
    let names = [
        "anonymous",
        "convenient",
        "reliable",
        "secure",
        "transparent",
    ];
    let mut answers = Vec::new();
    for cohort in 1..=4 {
        let name = format!("kano/storage--cohort{cohort}-clean.csv");
        let path = std::path::PathBuf::from(&folder).join(name);
        let text = std::fs::read_to_string(path).expect("WORTH_TEST_DATA has the survey");
        let mut lines = text.trim_start_matches('\u{feff}').lines();
        let header = fields(lines.next().expect("a header"));
        for line in lines {
            let fields = fields(line);
            let of = |column: String| {
                let place = header.iter().position(|name| *name == column);
                fields[place.expect("a column")].as_str()
            };
            for (feature, name) in (1..).zip(names) {
                let (with_it, without_it) = (
                    of(format!("F{feature}_functional")),
                    of(format!("F{feature}_dysfunctional")),
                );
                answers.push(said(&fields[0], paired::WITH, name, with_it));
                answers.push(said(&fields[0], paired::WITHOUT, name, without_it));
            }
        }
    }
    let answered = ask(answers).await;
    assert_eq!(answered.provenance.rows_used, 363 * 10);
    for (name, counts, category) in [
        ("anonymous", [10, 9, 59, 214, 55, 16], Category::Indifferent),
        (
            "convenient",
            [52, 110, 78, 98, 14, 11],
            Category::OneDimensional,
        ),
        (
            "reliable",
            [53, 169, 50, 68, 11, 12],
            Category::OneDimensional,
        ),
        (
            "secure",
            [82, 190, 18, 43, 16, 14],
            Category::OneDimensional,
        ),
        (
            "transparent",
            [40, 74, 82, 128, 22, 17],
            Category::Indifferent,
        ),
    ] {
        let mut features = answered.answer.features.iter();
        let feature = features
            .find(|feature| feature.feature.dimension == name)
            .expect("all were asked");
        let kano = &feature.kano;
        let found: Vec<usize> = kano.shares.iter().map(|share| share.respondents).collect();
        assert_eq!(found, counts, "{name}");
        assert_eq!(kano.category, category, "{name}");
        assert_eq!(kano.too_close.is_empty(), name != "convenient", "{name}");
    }
}

/// Fields of a line, quoted where they hold a comma.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().expect("one at least").push(letter),
        }
    }
    fields
}
