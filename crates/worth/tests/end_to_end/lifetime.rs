//! `worth lifetime` asked in the ways that analysts ask it.

use crate::common::{Place, orders_csv};

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
