//! Whether Worth finds what was planted in the demo.

use std::fs;

use serde_json::Value;

use crate::common::Place;

/// Goal: of a shop of 12,000 customers Worth finds the parameters of the unaffected region, says
/// that one model does not fit the whole, and gets the order of brands and the weakest dimension
/// right.
#[test]
fn planted_truth_is_found() {
    let place = Place::new();
    place.succeed(&["demo", "shop", "--customers", "12000", "--seed", "2"]);
    let text = fs::read_to_string(place.file("shop/truth.json")).expect("it is written");
    let truth: Value = serde_json::from_str(&text).expect("it is JSON");
    the_unaffected_region(&place, &truth);
    the_whole_does_not_fit(&place);
    brands_and_dimensions(&place, &truth);
}

fn the_unaffected_region(place: &Place, truth: &Value) {
    let unaffected = &truth["unaffected"];
    let region = unaffected["value"].as_str().expect("a region");
    let answer = place
        .succeed(&[
            "lifetime", "-w", "shop", "--region", region, "--model", "beta-geo", "--unit", "week",
            "--json",
        ])
        .json();
    let model = &answer["answer"]["model"];
    for name in ["r", "alpha", "a", "b"] {
        within(
            &model["estimates"][name],
            &unaffected["beta_geo"][name],
            name,
        );
    }
    let spend = &answer["answer"]["spend"];
    for name in ["p", "q", "gamma"] {
        within(
            &spend["estimates"][name],
            &unaffected["gamma_gamma"][name],
            name,
        );
    }
}

fn within(estimate: &Value, planted: &Value, name: &str) {
    let number = |value: &Value| {
        value
            .as_f64()
            .unwrap_or_else(|| panic!("{name}: {estimate} is no estimate"))
    };
    let (low, high) = (number(&estimate["low"]), number(&estimate["high"]));
    let planted = number(planted);
    assert!(
        (low..=high).contains(&planted),
        "{name}: planted {planted}, found {low} to {high}"
    );
}

fn the_whole_does_not_fit(place: &Place) {
    let answer = place
        .succeed(&["lifetime", "-w", "shop", "--model", "beta-geo", "--json"])
        .json();
    let diagnosis = &answer["answer"]["model"]["diagnosis"];
    let fits = [
        &diagnosis["goodness"]["fits"],
        &diagnosis["recency"]["fits"],
    ];
    assert!(
        fits.iter().any(|fits| **fits == Value::Bool(false)),
        "{diagnosis}"
    );
}

fn brands_and_dimensions(place: &Place, truth: &Value) {
    let answer = place.succeed(&["perceived", "-w", "shop", "--json"]).json();
    let order = &answer["answer"]["order"];
    assert_eq!(order["by_ratio"], truth["brands_by_ratio"]);
    assert_eq!(order["by_difference"], truth["brands_by_difference"]);
    assert_eq!(
        answer["answer"]["weakest"]["dimension"],
        truth["weakest_dimension"]
    );
}
