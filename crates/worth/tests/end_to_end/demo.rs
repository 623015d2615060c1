//! The demo: its files depend on the seed alone, every table is filled, the report is whole and
//! names nobody.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::Place;

const CUSTOMERS: &str = "1500";

/// Goal: `worth demo` alone gives a workspace with every table, and a report without personal
/// data that stands alone.
#[test]
fn one_command_gives_a_report() {
    let place = Place::new();
    let ran = place.succeed(&["demo", "shop", "--customers", CUSTOMERS, "--seed", "3"]);
    assert_eq!(ran.out.trim(), "shop/report.html");
    assert!(
        ran.err.contains("worth lifetime -w shop"),
        "it says what to do next:\n{}",
        ran.err
    );
    let truth = read_json(&place.file("shop/truth.json"));
    every_row_is_somewhere(&place, &truth);
    the_report_is_whole(&place);
    // an earlier demo is replaced, anything else is left alone
    place.succeed(&["demo", "shop", "--customers", "200", "--files-only"]);
    place.write("mine/precious.txt", "x");
    place.fail(1, &["demo", "mine", "--files-only"]);
}

fn every_row_is_somewhere(place: &Place, truth: &Value) {
    let written = |file: &str| truth["written"]["rows"][file].as_u64().expect("a count");
    let rejected = truth["written"]["lines_to_reject"]
        .as_u64()
        .expect("a count");
    let expected = [
        ("customers", written("khach_hang.csv")),
        ("order_lines", written("don_hang.csv") - rejected),
        ("roles", written("roles.csv")),
        ("events", written("events.csv")),
        ("messages", written("messages.csv")),
        ("feedback", written("feedback.csv")),
        ("contracts", written("contracts.csv")),
        ("choices", written("choices.csv")),
        ("prices", written("prices.xlsx")),
        ("spending", written("spending.csv")),
        ("exchange_rates", written("exchange_rates.csv")),
        ("rejects", rejected),
    ];
    for (table, rows) in expected {
        assert_eq!(place.count(table), rows, "{table}");
    }
    let answers = place.sql("select brand, count(*) as n from survey_answers group by 1");
    assert!(answers.len() >= 3, "{answers:?}");
    assert!(place.count("survey_answers") > written("market_panel.csv"));
    let anonymous = place.sql("select count(*) as n from order_lines where customer_id is null");
    assert_eq!(anonymous[0]["n"], truth["written"]["anonymous_lines"]);
    for column in [
        "payer_id",
        "user_id",
        "shipping",
        "tax",
        "cost",
        "list_amount",
        "promised_at",
        "delivered_at",
        "refund_of",
        "category",
        "touchpoint",
    ] {
        let filled = place.sql(&format!("select count({column}) as n from order_lines"));
        assert_ne!(filled[0]["n"], 0, "{column} is empty");
    }
    let matched = place.sql(
        "select count(distinct customer_id) as n from survey_answers where customer_id is not null",
    );
    assert!(
        matched[0]["n"].as_u64() > Some(20),
        "respondents are matched to customers"
    );
}

fn the_report_is_whole(place: &Place) {
    let report = fs::read_to_string(place.file("shop/report.html")).expect("it is written");
    for outside in [
        "<script src",
        "http-equiv=\"refresh\"",
        "<link rel=\"stylesheet\" href",
        "<img src=\"http",
    ] {
        assert!(!report.contains(outside), "the report needs {outside}");
    }
    assert_eq!(report.matches("<html").count(), 1);
    let people = place.sql("select name, email, phone, customer_id from customers");
    let mut private = BTreeSet::new();
    for person in &people {
        for field in ["name", "email", "phone", "customer_id"] {
            private.extend(person[field].as_str().filter(|text| text.len() > 6));
        }
    }
    // the script of the charts is large and names nobody: names are looked for outside of it
    let told: String = report
        .split("<script")
        .map(|part| {
            part.split_once("</script>")
                .map_or(part, |(_, after)| after)
        })
        .collect();
    for text in private {
        assert!(!told.contains(text), "the report names {text}");
    }
}

/// Goal: the same seed gives the same files, whatever the threads; another seed gives others.
#[test]
fn files_depend_on_the_seed_alone() {
    let place = Place::new();
    for (folder, seed, threads) in [("one", "7", "1"), ("four", "7", "4"), ("other", "8", "4")] {
        let made = place
            .command()
            .args([
                "demo",
                folder,
                "--customers",
                "2500",
                "--seed",
                seed,
                "--tet",
                "--files-only",
            ])
            .env("RAYON_NUM_THREADS", threads)
            .output();
        assert!(made.expect("it starts").status.success());
    }
    let read =
        |folder: &str, file: &str| fs::read(place.file(folder).join(file)).expect("it is there");
    let csv_files = [
        "khach_hang.csv",
        "don_hang.csv",
        "roles.csv",
        "events.csv",
        "messages.csv",
        "feedback.csv",
        "contracts.csv",
        "market_panel.csv",
        "choices.csv",
        "spending.csv",
        "exchange_rates.csv",
    ];
    for file in csv_files
        .map(|file| format!("files/{file}"))
        .iter()
        .map(String::as_str)
        .chain(["truth.json"])
    {
        assert!(
            read("one", file) == read("four", file),
            "{file} depends on the threads"
        );
        assert!(
            file.ends_with("roles.csv") || read("one", file) != read("other", file),
            "{file}"
        );
    }
}

fn read_json(path: &Path) -> Value {
    let text = fs::read_to_string(path).expect("it is written");
    serde_json::from_str(&text).expect("it is JSON")
}

/// Goal: with `--tet` the demo has a calendar, and `lifetime` finds the rush before Tết and the quiet
/// week after it.
#[test]
fn the_seasons_of_the_demo_are_found() {
    let place = Place::new();
    place.succeed(&["demo", "shop", "--customers", CUSTOMERS, "--tet"]);
    let ran = place.succeed(&["lifetime", "-w", "shop", "--json"]);
    let answer: Value = serde_json::from_str(&ran.out).expect("JSON");
    let calendar = &answer["answer"]["calendar"];
    assert_eq!(calendar["code"], "learnt");
    let events = calendar["events"].as_array().expect("a list");
    let tet = events.iter().filter(|event| event["event"] == "tet");
    let ends: Vec<_> = tet
        .map(|event| ["low", "high"].map(|end| event["factor"][end].as_f64().expect("known")))
        .collect();
    let [[rush, _], [_, quiet]] = ends[..] else {
        panic!("{ends:?}");
    };
    assert!(rush > 1.2 && quiet < 0.75, "{ends:?}");
}
