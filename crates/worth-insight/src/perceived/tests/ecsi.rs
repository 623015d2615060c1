//! A real survey: the European customer satisfaction index for a mobile phone operator, 250
//! respondents, 24 items on 1..10 (Tenenhaus and others 2005, doi:10.1016/j.csda.2004.03.005).

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Shop, but, close, said, value};
use crate::perceived::{Coverage, ValueSettings};

/// Which item is what: perceived quality (PERQ) and image (IMAG) are benefits; "given the
/// quality, how do you rate fees and prices" (PERV1) is the price, worded as a good thing, so its
/// scale is read from 10 down to 1; "given the prices, how do you rate the quality" (PERV2) is
/// worth; the rest is not about value.
fn meaning(item: &str) -> Option<(&'static str, &'static str)> {
    match &item[..4] {
        "PERQ" => Some(("benefit", "quality")),
        "IMAG" => Some(("benefit", "image")),
        "PERV" if item == "PERV1" => Some(("cost", "price")),
        "PERV" => Some(("worth", "")),
        _ => None,
    }
}

fn answers(text: &str) -> Vec<Value> {
    let mut lines = text.lines();
    let items: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let mut answers = Vec::new();
    for (respondent, line) in lines.enumerate() {
        for (item, score) in items.iter().zip(line.split(',')) {
            let Some((measure, dimension)) = meaning(item) else {
                continue;
            };
            let score: f64 = score.parse().expect("every item has a score");
            let form = format!("{respondent:03}");
            let mut answer = but(
                said(&form, "", measure, dimension, score),
                json!({ "question": item }),
            );
            if measure == "cost" {
                answer = but(answer, json!({ "scale_min": 10.0, "scale_max": 1.0 }));
            }
            answers.push(answer);
        }
    }
    answers
}

#[tokio::test]
async fn a_real_survey_has_the_means_that_a_spreadsheet_gives() {
    let Ok(folder) = std::env::var("WORTH_TEST_DATA") else {
        println!("skipped: needs WORTH_TEST_DATA");
        return;
    };
    let path = PathBuf::from(folder).join("ecsi_mobi/mobi.csv");
    let text = std::fs::read_to_string(path).expect("WORTH_TEST_DATA has the survey");
    let answer = Shop::with(&ValueSettings::default(), &answers(&text))
        .await
        .answer()
        .await;
    assert_eq!(answer.coverage, Coverage::OwnOnly);
    assert_eq!(answer.respondents, 250);
    let doubtful = answer.survey.doubtful;
    assert!(
        doubtful <= 5,
        "{doubtful} forms of people who were asked by telephone"
    );
    // column means: PERQ1..7 7.944 7.192 7.7 7.916 7.872 7.776 7.592, IMAG1..5 7.64 7.78 6.744
    // 7.588 7.932, PERV1 6.156 turned: 11 − 6.156
    let quality = (7.944 + 7.192 + 7.7 + 7.916 + 7.872 + 7.776 + 7.592) / 7.0;
    let image = (7.64 + 7.78 + 6.744 + 7.588 + 7.932) / 5.0;
    let benefits = (quality + image) / 2.0;
    let costs = 11.0 - 6.156;
    let own = &answer.brands[0].measured;
    close(value(own.benefits), benefits); // 7.6250
    close(value(own.costs), costs); // 4.844
    close(value(own.ratio), benefits / costs); // 1.5741
    close(value(own.difference), benefits - costs); // 2.7810
    let (low, high) = own
        .ratio
        .and_then(|ratio| ratio.ends())
        .expect("250 respondents");
    assert!(1.0 < low && high - low < 0.3, "{low} to {high}");
    assert_eq!(answer.also_asked[0].measure, "worth");
    close(answer.also_asked[0].mean.value, 6.916);
}
