//! `worth lifetime` asked in the ways that analysts ask it.

use crate::common::{Place, orders_csv, real_data};

/// Goal: parameters are those of the day they are learned until, histories those of the end, and a
/// day outside the data is told as wrong use.
#[test]
fn learned_until_an_earlier_day() {
    let place = Place::new();
    place.init();
    place.write("orders.csv", orders_csv(2_000));
    place.succeed(&["import", "-w", "shop", "orders.csv", "--yes"]);
    let ask = |flags: &[&str]| {
        let fixed = ["lifetime", "-w", "shop", "--json"];
        place.succeed(&[&fixed, flags].concat()).json()
    };
    let day = "2024-08-31";
    let learned = ask(&["--train-until", day]);
    let then = ask(&["--until", day]);
    let now = ask(&[]);
    assert_eq!(learned["answer"]["model"], then["answer"]["model"]);
    assert_ne!(learned["answer"]["model"], now["answer"]["model"]);
    assert_eq!(learned["answer"]["customers"], now["answer"]["customers"]);
    assert_eq!(learned["answer"]["assumptions"]["train_until"], day);
    let shown = place.succeed(&["lifetime", "-w", "shop", "--train-until", day]);
    assert!(shown.out.contains("31 Aug 2024"), "{}", shown.out);

    let outside = ["lifetime", "-w", "shop", "--train-until", "2030-01-01"];
    let refused = place.fail(2, &outside);
    assert!(refused.err.contains("2030-01-01"), "{}", refused.err);
    place.fail(2, &["lifetime", "-w", "shop", "--train-until", "summer"]);
}

/// Goal: what notebooks have is answered without a workspace, rows that make no sense are told, and
/// what a summary cannot serve is wrong use.
#[test]
fn a_customer_summary_instead_of_a_workspace() {
    let place = Place::new();
    let mut text = String::from("customer_id,frequency,recency,T,monetary_value\n");
    for customer in 0..200 {
        let (repeats, age) = (customer % 5, 140 + customer % 40);
        let recency = repeats * age / 7;
        let spend = 10.5 + f64::from(customer % 13);
        text += &format!("k{customer:03},{repeats},{recency}.0,{age}.0,{spend}\n");
    }
    text += "late,2,90,80,12.5\nempty,2,,80,12.5\n";
    place.write("customers.csv", text);
    let fixed = ["lifetime", "--summary", "customers.csv", "--unit", "day"];
    let ask = |flags: &[&str]| place.succeed(&[&fixed, flags].concat());
    let answer = ask(&["--margin", "0.3", "--currency", "EUR", "--json"]).json();
    assert_eq!(answer["answer"]["customers"]["all"], 200);
    assert_eq!(answer["answer"]["model"]["choice"]["by"], "undated");
    assert!(answer["answer"]["forecast"]["equity"]["value"].is_number());
    assert!(answer["answer"]["refunds"].is_null());
    let provenance = &answer["provenance"];
    assert_eq!(provenance["file"], "customers.csv");
    assert_eq!(provenance["currency"], "EUR");
    assert_eq!(provenance["rows_left_out"], 2);
    assert!(provenance.get("snapshot").is_none());

    let shown = ask(&["--out", "rows.csv"]);
    let told = "1 rows whose recency is more than T";
    assert!(shown.out.contains(told), "{}", shown.out);
    let rows = std::fs::read_to_string(place.file("rows.csv")).expect("rows are written");
    assert_eq!(rows.lines().count(), 201);
    let vietnamese = ask(&["--language", "vi"]);
    assert!(vietnamese.out.contains("bảng tóm tắt khách hàng"));

    for wrong in [
        vec!["lifetime", "--summary", "customers.csv"],
        [&fixed[..], &["--until", "2025-01-01"]].concat(),
        [&fixed[..], &["--channel", "app"]].concat(),
        [&fixed[..], &["--list", "slipping"]].concat(),
        [&fixed[..], &["--train-until", "2025-01-01"]].concat(),
        vec!["backtest", "--summary", "customers.csv"],
    ] {
        place.fail(2, &wrong);
    }
    place.write("orders.csv", orders_csv(10));
    let not_a_summary = ["lifetime", "--summary", "orders.csv", "--unit", "day"];
    let refused = place.fail(1, &not_a_summary);
    assert!(refused.err.contains("frequency"), "{}", refused.err);
    place.fail(
        1,
        &["lifetime", "--summary", "nowhere.csv", "--unit", "day"],
    );
}

/// Goal: the published estimates of BG/NBD (Fader, Hardie and Lee 2005) from the published summary.
#[test]
fn results_match_the_summary_of_cdnow() {
    let Some(folder) = real_data("results_match_the_summary_of_cdnow") else {
        return;
    };
    let file = folder.join("cdnow/cdnow_customers_summary.csv");
    let path = file.display().to_string();
    let asked = ["lifetime", "--summary", &path, "--unit", "week", "--json"];
    let answer = Place::new().succeed(&asked).json();
    let parameters = &answer["answer"]["model"]["parameters"];
    for (name, published) in [
        ("r", 0.2426),
        ("alpha", 4.4137),
        ("a", 0.7930),
        ("b", 2.4262),
    ] {
        let found = parameters[name].as_f64().expect("a number");
        assert!((found / published - 1.0).abs() < 1e-3, "{name}: {found}");
    }
}
