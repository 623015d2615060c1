//! Real data, driven from the command line. Needs WORTH_TEST_DATA.

use std::fs;

use serde_json::Value;

use crate::common::{Place, real_data};

/// Goal: the published fit of the CDNOW sample (Fader, Hardie and Lee 2005; Fader and Hardie
/// 2013), from the raw log, as a user would ask for it.
#[test]
fn results_match_cdnow() {
    let Some(folder) = real_data("results_match_cdnow") else {
        return;
    };
    let place = Place::new();
    place.succeed(&[
        "init",
        "shop",
        "--currency",
        "USD",
        "--timezone",
        "America/New_York",
    ]);
    let file = folder.join("cdnow/CDNOW_sample.txt");
    place.succeed(&["import", "-w", "shop", &file.display().to_string(), "--yes"]);
    assert_eq!(place.count("order_lines"), 6_919);
    let question = [
        "lifetime",
        "-w",
        "shop",
        "--model",
        "beta-geo",
        "--unit",
        "week",
        "--until",
        "1997-09-30",
        "--json",
    ];
    let asked = place.succeed(&question);
    let answer = asked.json();
    let model = &answer["answer"]["model"];
    assert_eq!(model["name"], "beta-geo");
    let near = |value: &Value, expected: f64, tolerance: f64| {
        let value = value.as_f64().expect("a number");
        assert!(
            (value - expected).abs() <= tolerance,
            "{value} is not {expected}"
        );
    };
    near(&model["parameters"]["r"], 0.2426, 0.0005);
    near(&model["parameters"]["alpha"], 4.4137, 0.005);
    near(&model["parameters"]["a"], 0.7930, 0.001);
    near(&model["parameters"]["b"], 2.4262, 0.005);
    near(&model["log_likelihood"], -9582.43, 0.01);
    let spend = &answer["answer"]["spend"]["parameters"];
    near(&spend["p"], 6.249, 0.01);
    near(&spend["q"], 3.745, 0.005);
    near(&spend["gamma"], 15.448, 0.05);
    assert_eq!(answer["provenance"]["currency"], "USD");

    // the same bytes, whatever the threads
    for threads in ["1", "3"] {
        let again = place
            .command()
            .args(question)
            .env("RAYON_NUM_THREADS", threads)
            .env("TOKIO_WORKER_THREADS", threads)
            .output()
            .expect("it starts");
        assert_eq!(String::from_utf8_lossy(&again.stdout), asked.out);
    }
}

/// Goal: one command from a real file to a report, in a workspace beside it.
#[test]
fn one_command_from_a_real_file() {
    let Some(folder) = real_data("one_command_from_a_real_file") else {
        return;
    };
    let place = Place::new();
    fs::copy(
        folder.join("olist/olist_orders_dataset.csv"),
        place.file("olist_orders_dataset.csv"),
    )
    .expect("it is there");
    for file in [
        "olist_order_items_dataset.csv",
        "olist_customers_dataset.csv",
        "olist_order_reviews_dataset.csv",
    ] {
        fs::copy(folder.join("olist").join(file), place.file(file)).expect("it is there");
    }
    let ran = place.succeed(&[
        "report",
        "olist_orders_dataset.csv",
        "olist_order_items_dataset.csv",
        "olist_customers_dataset.csv",
        "olist_order_reviews_dataset.csv",
        "--currency",
        "BRL",
        "--timezone",
        "America/Sao_Paulo",
    ]);
    assert!(place.file(ran.out.trim()).is_file(), "{}", ran.out);
    let orders = place.sql_in(
        "worth",
        "select count(distinct order_id) as n from order_lines",
    );
    assert_eq!(orders[0]["n"], 8_135 - 775);
}

/// Olist: 419 late orders and 4,819 in time are rated. **Not a random sample**: rare statuses and low scores are
/// over-represented, so both means are too low; that late orders are rated far lower is what it shows.
#[test]
fn late_orders_of_olist_are_rated_lower() {
    let Some(folder) = real_data("late_orders_of_olist_are_rated_lower") else {
        return;
    };
    let place = Place::new();
    place.succeed(&[
        "init",
        "shop",
        "--currency",
        "BRL",
        "--timezone",
        "America/Sao_Paulo",
    ]);
    let files = [
        "customers",
        "orders",
        "order_items",
        "order_reviews",
        "products",
    ];
    let files = files.map(|name| folder.join(format!("olist/olist_{name}_dataset.csv")));
    let files = files.map(|file| file.display().to_string());
    let mut import = vec!["import", "-w", "shop", "--yes"];
    import.extend(files.iter().map(String::as_str));
    place.succeed(&import);
    let answer = place.succeed(&["friction", "-w", "shop", "--json"]).json();
    let rated = &answer["answer"]["late_rated"];
    let ratings = [&rated["late_ratings"], &rated["in_time_ratings"]];
    assert_eq!(ratings.map(Value::as_u64), [Some(419), Some(4_819)]);
    let number = |value: &Value| value.as_f64().expect("a number");
    assert!((number(&rated["late"]["value"]) - 2.4988).abs() < 1e-4);
    assert!((number(&rated["in_time"]["value"]) - 4.2770).abs() < 1e-4);
    assert!(number(&rated["difference"]["high"]) < -1.5);
}
