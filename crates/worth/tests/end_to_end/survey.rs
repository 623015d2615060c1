//! The ready questionnaire, from the template to the answers in the lake.

use std::fs;

use serde_json::json;

use crate::common::Place;

#[test]
fn a_template_comes_back_through_its_mapping() {
    let place = Place::new();
    place.init();
    let config = place.file("shop/worth.toml");
    let settings = "\n[value]\nbrand = \"Lá\"\ncompetitors = [\"Highlands\"]\n";
    let with_brands = fs::read_to_string(&config).expect("read") + settings;
    fs::write(&config, &with_brands).expect("written");
    let told = place.succeed(&[
        "survey",
        "template",
        "forms",
        "-w",
        "shop",
        "--language",
        "vi",
        "--short",
    ]);
    assert_eq!(told.out.lines().count(), 3, "{}", told.out);
    let page = fs::read_to_string(place.file("forms/survey-short.vi.md")).expect("read");
    assert!(
        page.contains("15. **") && !page.contains("16. **"),
        "{page}"
    );
    let script = fs::read_to_string(place.file("forms/survey-short.vi.gs")).expect("read");
    assert_eq!(script.matches("form.add").count(), 15);
    assert!(
        script.contains("setChoiceValues([\"Người mua\", "),
        "{script}"
    );

    let fragment = fs::read_to_string(place.file("forms/survey-short.vi.toml")).expect("read");
    fs::write(&config, format!("{with_brands}\n{fragment}")).expect("written");
    let mapping: toml_edit::DocumentMut = fragment.parse().expect("TOML");
    let source = &mapping["source"][0];
    let items = source["table"][0]["item"]
        .as_array_of_tables()
        .expect("items");
    let mut header = vec!["Dấu thời gian".to_owned()];
    let mut row = vec!["05/10/2025 14:30:00".to_owned()];
    for column in ["customer_id", "role", "stage"] {
        let name = &source["table"][0]["columns"][column];
        let name = name.as_str().or_else(|| name["column"].as_str());
        header.push(name.expect("a column").to_owned());
        row.push(match column {
            "role" => "Người trả tiền".to_owned(),
            "stage" => "Khi nhận hàng".to_owned(),
            _ => "C1".to_owned(),
        });
    }
    for item in items {
        header.push(item["column"].as_str().expect("a column").to_owned());
        row.push(
            if item.contains_key("scale") {
                "7"
            } else {
                "Highlands"
            }
            .to_owned(),
        );
    }
    let quoted = |cells: &[String]| format!("\"{}\"\n", cells.join("\",\""));
    place.write("answers.csv", quoted(&header) + &quoted(&row));
    place.succeed(&["import", "-w", "shop", "answers.csv", "--yes"]);
    assert_eq!(place.count("survey_answers"), items.len() as u64);
    assert_eq!(
        place.sql(
            "select role, stage, brand, score, scale_max from survey_answers where dimension = 'trust' and measure = 'benefit'"
        ),
        [json!({"role": "payer", "stage": "receiving", "brand": "Lá", "score": 7.0, "scale_max": 10.0})]
    );
    assert_eq!(
        place.sql("select count(distinct brand) as n from survey_answers where measure = 'worth'"),
        [json!({"n": 4})]
    );
}
