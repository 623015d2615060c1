//! Surveys made by hand, asked through the lake. The arithmetic stands beside the numbers.

use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::drivers::Quadrant;

use super::answer::DriversAnswer;
use super::*;
use crate::question::Present;
use crate::testing::{Shop, as_markdown, assert_refused, bought, shop, with};
use crate::words::{Language, Words};

/// One answer on 1..10: who, the brand (empty: unnamed), the measure, the dimension, the score.
fn said(who: &str, brand: &str, measure: &str, dimension: &str, score: f64) -> Value {
    let named = |name: &str| match name {
        "" => Value::Null,
        name => name.into(),
    };
    json!({
        "response_id": who,
        "question": format!("{measure} {dimension}"),
        "answered_at": "2025-03-01T03:00:00Z",
        "brand": named(brand),
        "measure": measure,
        "dimension": named(dimension),
        "score": score,
        "scale_min": 1.0,
        "scale_max": 10.0,
    })
}

async fn of_answers(answers: Vec<Value>) -> Shop {
    shop(&[(Table::SurveyAnswers, answers)]).await
}

async fn ask(shop: &Shop, question: Drivers) -> Answered<DriversAnswer> {
    let question = Drivers {
        resamples: 200,
        ..question
    };
    question
        .ask(&Scope::default(), &shop.context)
        .await
        .expect("an answer, whatever the survey")
}

/// The worked example of `docs/methods/drivers.md`, ten times over: two dimensions that have nothing to
/// do with each other. Product 3 and 7, price (turned round) 3 and 7, the outcome 1, 2, 3, 6.
fn documented() -> Vec<Value> {
    let mut answers = Vec::new();
    for n in 0..40 {
        let who = format!("r{n:02}");
        let (product, price, worth) = [
            (3.0, 8.0, 1.0),
            (3.0, 4.0, 2.0),
            (7.0, 8.0, 3.0),
            (7.0, 4.0, 6.0),
        ][n % 4];
        answers.push(said(&who, "", "benefit", "product", product));
        answers.push(said(&who, "", "cost", "price", price));
        answers.push(said(&who, "", "worth", "", worth));
    }
    answers
}

/// r² of product 6² / (4 · 14) = .643, of price turned round 4² / 56 = .286; R² .929, shares .692 and
/// .308. What drives the outcome is positive, costs turned round.
#[tokio::test]
async fn shares_are_those_worked_out_by_hand() {
    let shop = of_answers(documented()).await;
    let answered = ask(&shop, Drivers::default()).await;
    let answer = &answered.answer;
    let explained = answer.explained.as_ref().expect("forty respondents");
    assert!((explained.r_squared.value - 0.928_571).abs() < 1e-6);
    let [product, price] = answer.drivers.as_slice() else {
        panic!("two dimensions: {:?}", answer.drivers)
    };
    assert_eq!(price.name.dimension, "price");
    let share = |driver: &Driver| driver.importance.expect("explained").share.value;
    assert!((share(product) - 0.692_308).abs() < 1e-6);
    assert!((share(product) + share(price) - 1.0).abs() < 1e-9);
    assert!(price.importance.expect("explained").correlation.value > 0.0);
    // 8 and 4 turned round are 3 and 7
    assert!((price.mean.value - 5.0).abs() < 1e-9);
    assert!(product.beyond_chance && product.other_methods.expect("explained").agree);
    assert_eq!(answer.outcome.expect("all said it").respondents, 40);
    assert_eq!(answered.provenance.rows_used, 120);
    let missing: Vec<&str> = answer
        .completing
        .iter()
        .map(|question| question.measure.as_str())
        .collect();
    assert!(missing.contains(&"importance") && missing.contains(&"brand"));
    assert!(!missing.contains(&"worth"));
}

/// Six respondents for two dimensions are too few: no shares, but the profile, how many, and what so
/// many would show: tanh((1.64485 + .84162) / √3) = .8929.
#[tokio::test]
async fn too_few_refuse_the_figure_and_not_the_survey() {
    let shop = of_answers(documented().into_iter().take(18).collect()).await;
    let answered = ask(&shop, Drivers::default()).await;
    let answer = &answered.answer;
    assert_eq!(answer.explained, None);
    assert_eq!(answer.drivers.len(), 2);
    assert!(
        answer
            .drivers
            .iter()
            .all(|driver| driver.importance.is_none())
    );
    assert_eq!(answer.respondents.expect("six").used, 6);
    let smallest = answer.smallest_correlation.expect("more than three");
    assert!((smallest - 0.892_9).abs() < 5e-4, "{smallest}");
    assert!(matches!(
        answer.concerns[0],
        Concern::TooFew { needed: 10, .. }
    ));
    let words = Words::new(Language::English);
    let sheet = answer.sheet(&answered.provenance, &words);
    assert!(!sheet.nothing_to_tell);
    assert!(sheet.headlines[0].says.starts_with("We cannot tell yet"));
}

#[tokio::test]
async fn without_an_outcome_or_scores_the_questions_are_there() {
    let only_scores: Vec<Value> = documented()
        .into_iter()
        .filter(|answer| answer["measure"] != "worth")
        .collect();
    for answers in [only_scores, Vec::new()] {
        let is_empty = answers.is_empty();
        let shop = of_answers(answers).await;
        let answered = ask(&shop, Drivers::default()).await;
        assert_eq!(answered.answer.completing[0].measure, "worth");
        assert_eq!(answered.answer.drivers.is_empty(), is_empty);
        for language in Language::ALL {
            let words = Words::new(language);
            assert!(
                answered
                    .answer
                    .sheet(&answered.provenance, &words)
                    .nothing_to_tell
            );
        }
    }
}

/// Competitor: product 6 throughout, price 8; own product 5 on average is behind, own price (6 on
/// average) is two points ahead.
fn compared() -> Vec<Value> {
    let mut answers = documented();
    for n in 0..40 {
        let who = format!("r{n:02}");
        let lean = f64::from(n % 3) - 1.0;
        answers.push(said(&who, "Phúc Long", "benefit", "product", 6.0 + lean));
        answers.push(said(&who, "Phúc Long", "cost", "price", 8.0 + lean));
        answers.push(said(&who, "Phúc Long", "worth", "", 5.0 + lean));
        answers.push(said(&who, "", "importance", "product", 5.0));
        answers.push(said(&who, "", "importance", "price", 9.0));
    }
    answers
}

#[tokio::test]
async fn the_map_sets_importance_against_competitors() {
    let shop = of_answers(compared()).await;
    let answer = ask(&shop, Drivers::default()).await.answer;
    let [product, price] = answer.drivers.as_slice() else {
        panic!("two dimensions: {:?}", answer.drivers)
    };
    let lines = answer.lines.expect("all were scored");
    assert_eq!(lines.against, worth_model::drivers::Against::Competitors);
    let on_map = |driver: &Driver| driver.on_map.expect("on the map");
    // forty leans of −1, 0, 1 add to −1: a mean of 6 − .025
    assert!((on_map(product).performance.value - (5.0 - 5.975)).abs() < 1e-9);
    assert!((on_map(price).performance.value - (7.975 - 6.0)).abs() < 1e-9);
    assert_eq!(on_map(product).quadrant, Quadrant::ConcentrateHere);
    assert_eq!(on_map(price).quadrant, Quadrant::PossibleOverkill);
    assert!((price.stated.expect("asked").value - 9.0).abs() < 1e-9);
    // price is said to matter most and matters less: ranks 1 and 2
    assert_eq!(price.ranks.expect("asked").more_than_stated, -1.0);
    assert_eq!(answer.stated_and_derived, Some(-1.0));
    // all find the price important, nobody is satisfied with it (9 or 10): 10 + 10
    assert!((price.opportunity.expect("asked").score.value - 20.0).abs() < 1e-9);
    assert_eq!(product.opportunity.expect("asked").score.value, 0.0);
    let other = Drivers {
        brand: Some("phúc long".into()),
        ..Drivers::default()
    };
    assert_eq!(ask(&shop, other).await.answer.brand, "Phúc Long");
    let nobody = Drivers {
        brand: Some("Highlands".into()),
        ..Drivers::default()
    };
    let refused = nobody.ask(&Scope::default(), &shop.context).await;
    assert!(matches!(refused, Err(Error::NotAChoice { .. })));
}

/// Whoever found it convenient on 1 March buys within 90 days, the others do not; one is no customer,
/// the answer of one is too new.
#[tokio::test]
async fn purchases_after_the_answer_are_an_outcome() {
    let (mut answers, mut lines) = (Vec::new(), Vec::new());
    for n in 0..30 {
        let who = format!("k{n:02}");
        let convenient = n % 2 == 0;
        let score = if convenient { 8.0 } else { 3.0 } + f64::from(n % 3);
        let of = |answer: Value| with(answer, "customer_id", who.as_str());
        answers.push(of(said(&who, "", "benefit", "convenience", score)));
        answers.push(of(said(&who, "", "benefit", "trust", f64::from(4 + n % 5))));
        // before the answer, and the last day of the 90 (30 May) or the day after it
        lines.push(bought(&who, "02-01", 100));
        lines.push(bought(
            &who,
            if convenient { "05-30" } else { "05-31" },
            100,
        ));
    }
    answers.push(said("stranger", "", "benefit", "convenience", 5.0));
    let new = said("new", "", "benefit", "convenience", 5.0);
    let new = with(
        with(new, "customer_id", "k new"),
        "answered_at",
        "2025-05-20T03:00:00Z",
    );
    answers.push(new);
    lines.push(bought("someone", "06-30", 100));
    let shop = shop(&[(Table::SurveyAnswers, answers), (Table::OrderLines, lines)]).await;
    let observed = Drivers {
        of: Outcome::ObservedRepurchase,
        ..Drivers::default()
    };
    let answer = ask(&shop, observed).await.answer;
    assert_eq!((answer.not_customers, answer.days_not_over), (1, 1));
    assert_eq!(answer.days, Some(90));
    let outcome = answer.outcome.expect("thirty customers");
    assert_eq!((outcome.respondents, outcome.mean.value), (30, 0.5));
    let first = &answer.drivers[0];
    assert_eq!(first.name.dimension, "convenience");
    assert!(first.importance.expect("thirty are enough").share.value > 0.9);
}

#[tokio::test]
async fn settings_must_make_sense() {
    let shop = shop(&[]).await;
    let of = |change: fn(&mut Drivers)| {
        let mut question = Drivers::default();
        change(&mut question);
        question
    };
    let wrong = [
        of(|question| question.days = 0),
        of(|question| question.resamples = 10),
        of(|question| question.level = 1.0),
    ];
    assert_refused(&wrong, &shop).await;
}

#[tokio::test]
async fn what_people_see() {
    let shop = of_answers(compared()).await;
    let answered = ask(&shop, Drivers::default()).await;
    for language in Language::ALL {
        let shown = as_markdown(&answered, language);
        insta::assert_snapshot!(format!("drivers-{language}"), shown);
    }
}

/// A real survey (Tenenhaus and others 2005, doi:10.1016/j.csda.2004.03.005): satisfaction of 250
/// customers of a mobile phone operator with quality, image and price. The path model of the paper has
/// quality as what moves satisfaction most (.513, value .192, image .179).
#[tokio::test]
async fn a_real_survey_ranks_quality_first_as_published() {
    let Ok(folder) = std::env::var("WORTH_TEST_DATA") else {
        println!("skipped: needs WORTH_TEST_DATA");
        return;
    };
    let path = std::path::PathBuf::from(folder).join("ecsi_mobi/mobi.csv");
    let text = std::fs::read_to_string(path).expect("WORTH_TEST_DATA has the survey");
    let mut lines = text.lines();
    let items: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let mut answers = Vec::new();
    for (respondent, line) in lines.enumerate() {
        for (item, score) in items.iter().zip(line.split(',')) {
            let (measure, dimension) = match &item[..4] {
                "PERQ" => ("benefit", "quality"),
                "IMAG" => ("benefit", "image"),
                "PERV" if *item == "PERV1" => ("cost", "price"),
                "CUSA" => ("satisfaction", ""),
                _ => continue,
            };
            let score = score.parse().expect("every item has a score");
            let mut answer = said(&format!("{respondent:03}"), "", measure, dimension, score);
            answer["question"] = (*item).into();
            // "given the quality, how do you rate the price" praises it
            if measure == "cost" {
                answer = with(with(answer, "scale_min", 10.0), "scale_max", 1.0);
            }
            answers.push(answer);
        }
    }
    let shop = of_answers(answers).await;
    let satisfaction = Drivers {
        of: Outcome::Satisfaction,
        ..Drivers::default()
    };
    let answer = ask(&shop, satisfaction).await.answer;
    assert_eq!(answer.respondents.expect("all").used, 250);
    let gains = answer.drivers.iter().map(|driver| {
        let importance = driver.importance.expect("250 are enough");
        (driver.name.dimension.as_str(), importance.gain.value)
    });
    // mean scores of the items, all 2³ regressions solved apart from this program
    let expected = [
        ("image", 0.204_572),
        ("quality", 0.354_787),
        ("price", 0.096_640),
    ];
    for ((name, gain), (expected_name, expected)) in gains.zip(expected) {
        assert_eq!(name, expected_name);
        assert!((gain - expected).abs() < 1e-6, "{name}: {gain}");
    }
    assert!(answer.drivers.iter().all(|driver| driver.beyond_chance));
}
