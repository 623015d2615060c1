//! Surveys made by hand, asked through the lake. The arithmetic stands beside the numbers.

use serde_json::{Value, json};
use worth_lake::tables::Table;
use worth_model::Estimate;

use super::*;
use crate::question::Present;
use crate::testing::{as_markdown, assert_refused, shop, with};
use crate::words::{Language, Words};

/// What one respondent says of one thing of one brand.
fn said(who: &str, brand: &str, measure: &str, dimension: &str, score: f64) -> Value {
    json!({
        "response_id": who,
        "question": format!("{measure} {dimension}"),
        "answered_at": "2025-03-01T03:00:00Z",
        "brand": brand,
        "measure": measure,
        "dimension": dimension,
        "score": score,
        "scale_min": 1,
        "scale_max": 10,
    })
}

/// Product, trust and price of one brand in the eyes of one respondent.
fn rated(who: &str, brand: &str, [product, trust, price]: [f64; 3]) -> Vec<Value> {
    vec![
        said(who, brand, "benefit", "product", product),
        said(who, brand, "benefit", "trust", trust),
        said(who, brand, "cost", "price", price),
    ]
}

fn important(who: &str, dimension: &str, score: f64) -> Value {
    let row = said(who, "Trà Sen", "importance", dimension, score);
    with(row, "scale_min", 0)
}

const TOML: &str = "[value]\nbrand = \"Trà Sen\"\n";

async fn ask_of(answers: Vec<Value>, question: &Market) -> Answered<MarketAnswer> {
    let shop = crate::testing::shop_with(&[(Table::SurveyAnswers, answers)], TOML).await;
    let answered = question.ask(&Scope::default(), &shop.context).await;
    answered.expect("an answer, whatever the survey")
}

async fn ask(answers: Vec<Value>) -> MarketAnswer {
    ask_of(answers, &Market::default()).await.answer
}

fn close(found: Option<Estimate>, expected: f64) {
    let found = found.expect("it exists").value;
    assert!(
        (found - expected).abs() < 1e-9,
        "{found}, by hand {expected}"
    );
}

/// The worked example of `docs/methods/value-map.md`.
#[tokio::test]
async fn places_and_leads_by_hand() {
    let answers = [
        rated("1", "Trà Sen", [8.0, 6.0, 6.0]),
        rated("1", "Chanh", [6.0, 6.0, 5.0]),
        rated("1", "Đào", [10.0, 4.0, 3.0]),
        vec![
            important("1", "product", 9.0),
            important("1", "trust", 3.0),
            important("1", "price", 6.0),
        ],
    ];
    let answer = ask(answers.concat()).await;
    assert_eq!(answer.cannot_tell, None);
    let own = &answer.brands[0];
    assert_eq!(
        (own.brand.as_str(), own.own, own.respondents),
        ("Trà Sen", true, 1)
    );
    close(own.quality, 1.05);
    close(own.price, 1.5);
    close(own.advantage, 1.05 - 1.5);
    let prices: Vec<&str> = answer
        .axes
        .prices
        .iter()
        .map(|name| name.dimension.as_str())
        .collect();
    assert_eq!(prices, ["price"]);
    let against = &answer.head_to_head[0];
    assert_eq!(against.competitor, "Chanh");
    for (lead, expected) in against.leads.iter().zip([2.0, 0.0, -1.0]) {
        close(Some(lead.points), expected);
    }
    // less the means over brands 0, 2/3 and −4/3, of which −2/9 is the mean
    for (image, expected) in (answer.images[0].dimensions.iter()).zip([2.0, 8.0, -10.0]) {
        close(Some(image.points), expected / 9.0);
    }
    // quality decides in six parts of ten: the line rises 1.5 as fast
    let question = Market {
        quality_share: Some(0.6),
        ..Market::default()
    };
    let weighted = ask_of(answers.concat(), &question).await.answer;
    close(weighted.brands[0].advantage, 1.0 + 1.5 * 0.05 - 1.5);
}

/// Sixty respondents, of whom every second usually buys "Chanh" and lives in the north; tea is rated
/// better than lemonade by the others, and is dearer for nobody.
fn survey() -> Vec<Value> {
    (0..60)
        .flat_map(|number| {
            let who = format!("{number:02}");
            let mood = f64::from(number % 5) * 0.5;
            let likes_tea = number % 2 == 1 || number % 6 == 0;
            let own = if likes_tea { 7.0 } else { 5.0 };
            let mut answers = rated(&who, "Trà Sen", [own + mood, 6.0 + mood, 4.0]);
            answers.extend(rated(&who, "Chanh", [6.0, 5.0 + mood, 5.0]));
            answers.extend(rated(&who, "Đào", [4.0 + mood, 5.0, 4.0 + mood]));
            let (usual, region) = match number % 2 {
                0 => ("chanh", "north"),
                _ => ("Trà Sen", "south"),
            };
            let row = |row| with(with(row, "usual_brand", usual), "region", region);
            answers.into_iter().map(row).collect::<Vec<_>>()
        })
        .collect()
}

#[tokio::test]
async fn who_could_change_brand_is_counted() {
    let switching = ask(survey()).await.switching.expect("usual brands");
    let come = &switching.could_come[0];
    assert_eq!(
        (come.usual_brand.as_str(), come.other_brand.as_str()),
        ("Chanh", "Trà Sen")
    );
    // Thirty usually buy Chanh; its value is (6 + 5 + mood) / 2 − 5. Ours is (own + mood + 6 + mood) / 2 − 4:
    // higher by (own − 5 + mood) / 2 + 1 > 0 for everyone who likes tea or not
    assert_eq!((come.respondents, come.prefer_other.value), (30, 1.0));
    let (low, high) = come.prefer_other.ends().expect("an interval");
    // Wilson at 90 %: 1 / (1 + 1.6449² / 30)
    assert!((low - 30.0 / (30.0 + 2.7055)).abs() < 1e-4 && high == 1.0);
    // nobody usually buys Đào
    assert_eq!(switching.could_come.len(), 1);
    let go = &switching.could_go[0];
    assert_eq!((go.usual_brand.as_str(), go.respondents), ("Trà Sen", 30));
    assert_eq!(go.prefer_other.value, 0.0);
    // nothing when nobody says what is usual
    let mut unsaid = survey();
    for row in &mut unsaid {
        row["usual_brand"] = Value::Null;
    }
    assert_eq!(ask(unsaid).await.switching, None);
}

#[tokio::test]
async fn groups_stand_where_their_answers_put_them() {
    let question = Market {
        by: Some(By::Region),
        ..Market::default()
    };
    let answer = ask_of(survey(), &question).await.answer;
    let groups: Vec<(&str, u64, bool)> = (answer.groups.iter())
        .map(|group| (group.group.as_str(), group.respondents, group.small))
        .collect();
    assert_eq!(groups, [("north", 30, false), ("south", 30, false)]);
    // the south likes tea; the north is of two minds
    let [north, south] = [0, 1].map(|place| answer.groups[place].quality.expect("scored").value);
    assert!(south > north + 0.05, "{south} {north}");
    // the groups alone say the same as a survey of nobody else
    let southern = survey().into_iter().filter(|row| row["region"] == "south");
    let alone = ask(southern.collect()).await;
    close(alone.brands[0].quality, south);
}

#[tokio::test]
async fn what_is_missing_is_said_with_the_questions_to_ask() {
    let own: Vec<Value> = survey()
        .into_iter()
        .filter(|row| row["brand"] == "Trà Sen")
        .collect();
    let others = survey().into_iter().filter(|row| row["brand"] != "Trà Sen");
    let benefits = survey()
        .into_iter()
        .filter(|row| row["measure"] == "benefit");
    let costs = survey().into_iter().filter(|row| row["measure"] == "cost");
    for (answers, why) in [
        (Vec::new(), CannotTell::NoSurvey),
        (own, CannotTell::NoCompetitors),
        (others.collect(), CannotTell::NotTheOwnBrand),
        (benefits.collect(), CannotTell::NoCosts),
        (costs.collect(), CannotTell::NoBenefits),
    ] {
        let answered = ask_of(answers, &Market::default()).await;
        assert_eq!(answered.answer.cannot_tell, Some(why));
        assert!(!answered.answer.completing.is_empty());
        for language in Language::ALL {
            let sheet = answered
                .answer
                .sheet(&answered.provenance, &Words::new(language));
            assert!(sheet.nothing_to_tell && !sheet.headlines[0].says.is_empty());
        }
    }
    // a brand was scored on other things than the others
    let apart = [
        vec![
            said("1", "Trà Sen", "benefit", "product", 7.0),
            said("1", "Trà Sen", "cost", "price", 3.0),
        ],
        vec![
            said("1", "Chanh", "benefit", "trust", 7.0),
            said("1", "Chanh", "cost", "time", 3.0),
        ],
    ];
    let apart = ask(apart.concat()).await;
    assert_eq!(apart.cannot_tell, Some(CannotTell::NothingInCommon));
}

#[tokio::test]
async fn parameters_out_of_range_are_refused() {
    let shop = shop(&[]).await;
    let refused = [
        Market {
            level: 1.0,
            ..Market::default()
        },
        Market {
            resamples: 10,
            ..Market::default()
        },
        Market {
            quality_share: Some(1.0),
            ..Market::default()
        },
    ];
    assert_refused(&refused, &shop).await;
}

#[tokio::test]
async fn sheets_in_both_languages() {
    let question = Market {
        by: Some(By::Region),
        ..Market::default()
    };
    let answered = ask_of(survey(), &question).await;
    assert_eq!(
        answered
            .rows
            .as_ref()
            .expect("rows")
            .schema()
            .fields()
            .len(),
        20
    );
    for language in Language::ALL {
        let text = as_markdown(&answered, language);
        insta::assert_snapshot!(format!("market-{language}"), text);
    }
}
