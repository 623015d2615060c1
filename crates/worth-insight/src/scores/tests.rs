//! Surveys made by hand, asked through the lake. The arithmetic stands beside the numbers.

use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::Estimate;

use super::answer::{Group, Score};
use super::*;
use crate::question::Present;
use crate::testing::{as_markdown, assert_refused, shop, with};
use crate::words::{Language, Words};

/// One answer about the own brand: who, the measure, the score, the scale.
fn said(who: &str, measure: &str, score: f64, (least, most): (f64, f64)) -> Value {
    json!({
        "response_id": who,
        "question": measure,
        "answered_at": "2025-03-01T03:00:00Z",
        "measure": measure,
        "score": score,
        "scale_min": least,
        "scale_max": most,
    })
}

const OF_ELEVEN: (f64, f64) = (0.0, 10.0);
const OF_TEN: (f64, f64) = (1.0, 10.0);

async fn ask_by(answers: Vec<Value>, by: Option<By>) -> Answered<ScoresAnswer> {
    let shop = shop(&[(Table::SurveyAnswers, answers)]).await;
    let question = Scores {
        by,
        ..Scores::default()
    };
    question
        .ask(&Scope::default(), &shop.context)
        .await
        .expect("an answer, whatever the survey")
}

async fn ask(answers: Vec<Value>) -> ScoresAnswer {
    ask_by(answers, None).await.answer
}

fn found(answer: &ScoresAnswer, name: ScoreName) -> &Score {
    let mut scores = answer.scores.iter();
    scores
        .find(|score| score.name == name && score.own)
        .expect("it was asked")
}

fn near(found: &Estimate, expected: (f64, f64, f64), tolerance: f64) {
    let (low, high) = found.ends().expect("an interval");
    let off = |a: f64, b: f64| (a - b).abs();
    let most = off(found.value, expected.0)
        .max(off(low, expected.1))
        .max(off(high, expected.2));
    assert!(most < tolerance, "{found:?}, by hand {expected:?}");
}

/// Promoters, passives and detractors, on 0..10.
fn recommending(counts: [usize; 3]) -> Vec<Value> {
    let scores = [10.0, 8.0, 3.0].into_iter().zip(counts);
    scores
        .flat_map(|(score, count)| {
            (0..count).map(move |n| said(&format!("{score}-{n}"), "recommend", score, OF_ELEVEN))
        })
        .collect()
}

/// Rocks (2016): 100 promoters, 60 passives and 40 detractors have a score of 30, standard error
/// 5.5227; at 95 % the plain interval is 19.176 to 40.824, the adjusted one 18.815 to 40.298.
#[tokio::test]
async fn a_net_promoter_score_has_the_interval_of_rocks() {
    let shop = shop(&[(Table::SurveyAnswers, recommending([100, 60, 40]))]).await;
    let question = Scores {
        level: 0.95,
        ..Scores::default()
    };
    let answered = question.ask(&Scope::default(), &shop.context).await;
    let answered = answered.expect("an answer");
    let nps = found(&answered.answer, ScoreName::Nps);
    near(&nps.measured.value, (30.0, 18.815, 40.298), 5e-4);
    let promoters = nps.measured.promoters.expect("of NPS");
    near(&promoters.plain, (30.0, 19.176, 40.824), 5e-4);
    // (1.95996 + .84162) √2 5.5227
    assert!((nps.measured.smallest_change - 21.881).abs() < 5e-3);
    assert_eq!(answered.provenance.rows_used, 200);
    assert_eq!(answered.provenance.rows_left_out, 0);
    let not_asked = [ScoreName::Csat, ScoreName::Ces, ScoreName::Acsi];
    assert_eq!(answered.answer.not_asked, not_asked);
    let measures: Vec<&str> = answered
        .answer
        .completing
        .iter()
        .map(|question| question.measure.as_str())
        .collect();
    assert_eq!(measures, ["satisfaction", "effort", "expectancy", "ideal"]);
}

/// Satisfaction of 1..5: seven of ten answer 4 or 5: Wilson (1927) at 90 % from 7 of 10.
/// Ease of 1..7: 7, 6, 5 are easy, 4 and 2 are not. "It took me much" comes with its scale turned:
/// agreeing with 2 of 7 is 6.
#[tokio::test]
async fn shares_of_good_answers_by_hand() {
    let satisfied = [5.0, 4.0, 4.0, 3.0, 1.0, 5.0, 4.0, 2.0, 4.0, 5.0];
    let ease = [7.0, 6.0, 5.0, 4.0, 2.0];
    let mut answers: Vec<Value> = Vec::new();
    for (n, score) in satisfied.into_iter().enumerate() {
        answers.push(said(&format!("r{n}"), "satisfaction", score, (1.0, 5.0)));
    }
    for (n, score) in ease.into_iter().enumerate() {
        answers.push(said(&format!("r{n}"), "effort", score, (1.0, 7.0)));
    }
    answers.push(said("r9", "effort", 2.0, (7.0, 1.0)));
    let answer = ask(answers).await;
    let csat = found(&answer, ScoreName::Csat);
    near(&csat.measured.value, (0.7, 0.44170, 0.87312), 1e-5);
    assert!((csat.measured.mean.expect("a mean").value - 3.7).abs() < 1e-12);
    let ces = found(&answer, ScoreName::Ces);
    // four of six; (7 + 6 + 5 + 4 + 2 + 6) / 6 = 5
    assert!((ces.measured.value.value - 4.0 / 6.0).abs() < 1e-12);
    assert!((ces.measured.mean.expect("a mean").value - 5.0).abs() < 1e-12);
}

/// Satisfaction 8, expectancy 7, ideal 7: (7 + 6 + 6) / 27 · 100 = 70.37; and 4, 5, 6: 12 / 27 = 44.44.
/// The third left one question out.
#[tokio::test]
async fn the_satisfaction_index_by_hand() {
    let mut answers = Vec::new();
    for (who, scores) in [("a", [8.0, 7.0, 7.0]), ("b", [4.0, 5.0, 6.0])] {
        for (measure, score) in ["satisfaction", "expectancy", "ideal"]
            .into_iter()
            .zip(scores)
        {
            answers.push(said(who, measure, score, OF_TEN));
        }
    }
    answers.push(said("c", "satisfaction", 10.0, OF_TEN));
    let answer = ask(answers).await;
    let acsi = found(&answer, ScoreName::Acsi);
    assert_eq!(
        (acsi.measured.respondents, acsi.measured.incomplete),
        (2, 1)
    );
    let by_hand = (70.370_370 + 44.444_444) / 2.0;
    assert!((acsi.measured.value.value - by_hand).abs() < 1e-5);
    assert_eq!(found(&answer, ScoreName::Csat).measured.respondents, 3);
}

#[tokio::test]
async fn the_newest_answer_on_the_scale_of_most_counts() {
    let of = |form: &str, day: &str, score: f64| {
        let answer = with(
            said(form, "recommend", score, OF_ELEVEN),
            "customer_id",
            "k1",
        );
        with(answer, "answered_at", format!("2025-{day}T03:00:00Z"))
    };
    let answers = vec![
        of("new", "05-01", 10.0),
        of("old", "02-01", 2.0),
        said("b", "recommend", 9.0, OF_ELEVEN),
        said("c", "recommend", 5.0, (1.0, 5.0)),
        with(
            said("d", "satisfaction", 9.0, OF_TEN),
            "dimension",
            "service",
        ),
        said("e", "worth", 9.0, OF_TEN),
    ];
    let answered = ask_by(answers, None).await;
    let nps = found(&answered.answer, ScoreName::Nps);
    assert_eq!(nps.measured.value.value, 100.0);
    assert_eq!(nps.measured.respondents, 2);
    assert_eq!(nps.until, jiff::civil::date(2025, 5, 1));
    let provenance = &answered.provenance;
    let reasons: Vec<(&str, u64)> = provenance
        .left_out
        .iter()
        .map(|left_out| (left_out.reason.as_str(), left_out.rows))
        .collect();
    let expected = [
        ("about-dimension", 1),
        ("older-answer", 1),
        ("other-measure", 1),
        ("other-scale", 1),
    ];
    assert_eq!(reasons, expected);
    assert_eq!((provenance.rows_used, provenance.rows_left_out), (2, 4));
}

/// Twenty in the north promote, twenty in the south do not; five in the west are too few.
fn by_region() -> Vec<Value> {
    let mut answers = Vec::new();
    for (region, count, score) in [("north", 20, 9.0), ("south", 20, 6.0), ("west", 5, 8.0)] {
        for n in 0..count {
            // one in four of the north and south says 8
            let score = if n % 4 == 0 { 8.0 } else { score };
            let answer = said(&format!("{region}{n}"), "recommend", score, OF_ELEVEN);
            answers.push(with(answer, "region", region));
        }
    }
    answers.push(said("nobody knows", "recommend", 10.0, OF_ELEVEN));
    answers
}

/// North: 15 promoters of 20, 75; the rest of those known: 15 detractors of 25, −60.
#[tokio::test]
async fn groups_are_compared_with_everyone_else() {
    let answer = ask_by(by_region(), Some(By::Region)).await.answer;
    let [by_groups] = answer.groups.as_slice() else {
        panic!("one score was asked: {:?}", answer.groups)
    };
    let names: Vec<&str> = by_groups
        .groups
        .iter()
        .map(|group| group.group.as_str())
        .collect();
    assert_eq!(names, ["north", "south", "west"]);
    let north: &Group = &by_groups.groups[0];
    assert_eq!(north.measured.value.value, 75.0);
    let against = north.against_rest.expect("enough on both sides");
    assert!((against.difference.value - 135.0).abs() < 1e-9);
    assert!(against.differs && against.p_value <= against.adjusted_p_value);
    assert_eq!(by_groups.groups[2].against_rest, None);
    assert_eq!(by_groups.unknown, 1);
}

#[tokio::test]
async fn months_come_in_their_order() {
    let mut answers = recommending([12, 0, 12]);
    for (n, answer) in answers.iter_mut().enumerate() {
        let month = 12 - n / 12;
        *answer = with(
            answer.clone(),
            "answered_at",
            format!("2025-{month}-03T03:00:00Z"),
        );
    }
    let answer = ask_by(answers, Some(By::Month)).await.answer;
    let groups = &answer.groups[0].groups;
    let months: Vec<&str> = groups.iter().map(|group| group.group.as_str()).collect();
    assert_eq!(months, ["2025-11-01", "2025-12-01"]);
}

#[tokio::test]
async fn brands_stand_side_by_side() {
    let of = |who: &str, brand: &str, score: f64| {
        with(said(who, "recommend", score, OF_ELEVEN), "brand", brand)
    };
    let answers = vec![
        of("a", "Trà Sen", 9.0),
        of("b", "Trà Sen", 9.0),
        of("a", "Phúc Long", 5.0),
        of("b", "Phúc Long", 9.0),
    ];
    let answer = ask(answers).await;
    let scores: Vec<(&str, bool, f64)> = answer
        .scores
        .iter()
        .map(|score| (score.brand.as_str(), score.own, score.measured.value.value))
        .collect();
    assert_eq!(
        scores,
        [("Trà Sen", true, 100.0), ("Phúc Long", false, 0.0)]
    );
}

#[tokio::test]
async fn without_a_survey_the_questions_are_there() {
    let answered = ask_by(Vec::new(), Some(By::Role)).await;
    assert!(answered.answer.scores.is_empty() && answered.answer.groups.is_empty());
    assert_eq!(answered.answer.completing.len(), 5);
    let sheet = answered
        .answer
        .sheet(&answered.provenance, &Words::new(Language::English));
    assert!(sheet.nothing_to_tell);
}

#[tokio::test]
async fn a_level_must_be_one() {
    let shop = shop(&[]).await;
    let of = |level| Scores {
        level,
        ..Scores::default()
    };
    assert_refused(&[of(0.2), of(1.0)], &shop).await;
}

#[tokio::test]
async fn what_people_see() {
    let mut answers = by_region();
    for n in 0..30 {
        let score = f64::from(5 + n % 6);
        answers.push(said(&format!("s{n}"), "satisfaction", score, OF_TEN));
    }
    let answered = ask_by(answers, Some(By::Region)).await;
    for language in Language::ALL {
        let shown = as_markdown(&answered, language);
        insta::assert_snapshot!(format!("scores-{language}"), shown);
    }
}

/// A real survey (Tenenhaus and others 2005, doi:10.1016/j.csda.2004.03.005): 250 customers of a mobile
/// phone operator on 1..10. CUSA1 is overall satisfaction, CUSA2 whether expectations were met, CUSA3
/// closeness to the ideal, CUSL3 whether they would recommend. Counts are those of a spreadsheet.
#[tokio::test]
async fn a_real_survey_has_the_scores_that_a_spreadsheet_gives() {
    let Ok(folder) = std::env::var("WORTH_TEST_DATA") else {
        println!("skipped: needs WORTH_TEST_DATA");
        return;
    };
    let path = std::path::PathBuf::from(folder).join("ecsi_mobi/mobi.csv");
    let text = std::fs::read_to_string(path).expect("WORTH_TEST_DATA has the survey");
    let mut lines = text.lines();
    let items: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let meaning = [
        ("CUSA1", "satisfaction"),
        ("CUSA2", "expectancy"),
        ("CUSA3", "ideal"),
        ("CUSL3", "recommend"),
    ];
    let mut answers = Vec::new();
    for (respondent, line) in lines.enumerate() {
        for (item, score) in items.iter().zip(line.split(',')) {
            if let Some((_, measure)) = meaning.iter().find(|(name, _)| name == item) {
                let score = score.parse().expect("every item has a score");
                answers.push(said(&format!("{respondent:03}"), measure, score, OF_TEN));
            }
        }
    }
    let answer = ask(answers).await;
    assert_eq!(answer.not_asked, [ScoreName::Ces]);
    let value = |name| found(&answer, name).measured.value.value;
    assert_eq!(found(&answer, ScoreName::Acsi).measured.respondents, 250);
    // 95 of 250 answer 9 or 10, 60 answer 6 or less
    assert!((value(ScoreName::Nps) - 100.0 * (95.0 - 60.0) / 250.0).abs() < 1e-9);
    // 67 answer 9 or 10
    assert!((value(ScoreName::Csat) - 67.0 / 250.0).abs() < 1e-12);
    // sums of the three items: [1997, 1782, 1829]
    let sums = 1997.0 + 1782.0 + 1829.0;
    assert!((value(ScoreName::Acsi) - (sums / 250.0 - 3.0) / 27.0 * 100.0).abs() < 1e-9);
}
