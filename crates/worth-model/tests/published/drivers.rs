//! Key drivers on the data sets swiss and attitude of R, against relaimpo 2.2 (LMG) and the relative
//! weights of Johnson (2000); numbers as listed in the project's reference.

use std::path::PathBuf;

use worth_model::drivers::{Answers, Explained, KeyDrivers, Orders};

/// The columns of a data set but the names of its rows; nothing, with a printed line, without
/// WORTH_TEST_DATA.
fn columns(name: &str) -> Option<Vec<Vec<f64>>> {
    let Some(folder) = std::env::var_os("WORTH_TEST_DATA") else {
        eprintln!("skipped: needs WORTH_TEST_DATA");
        return None;
    };
    let path = PathBuf::from(folder).join("drivers").join(name);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("WORTH_TEST_DATA is set, but {}: {error}", path.display()));
    let rows: Vec<Vec<f64>> = text
        .lines()
        .skip(1)
        .map(|line| {
            let numbers = line.split(',').skip(1);
            numbers
                .map(|number| number.parse().expect("a number"))
                .collect()
        })
        .collect();
    let column = |index: usize| rows.iter().map(|row| row[index]).collect();
    Some((0..rows[0].len()).map(column).collect())
}

/// The first column on all others.
fn explained(columns: &[Vec<f64>]) -> Explained {
    let (outcome, drivers) = columns.split_first().expect("an outcome");
    let drivers: Vec<&[f64]> = drivers.iter().map(Vec::as_slice).collect();
    let answers = Answers {
        drivers: &drivers,
        outcome,
        weight: None,
    };
    let fitted = KeyDrivers::default()
        .fit(&answers.check().expect("numbers"))
        .expect("settings");
    assert!(fitted.concerns.is_empty(), "{:?}", fitted.concerns);
    fitted.explained.expect("enough respondents")
}

fn near(found: impl Iterator<Item = f64>, published: &[f64], digits: i32) {
    let found: Vec<f64> = found.collect();
    assert_eq!(found.len(), published.len());
    for (found, published) in found.iter().zip(published) {
        let off = (found - published).abs();
        assert!(
            off <= 0.5001 * 10f64.powi(-digits),
            "{found}, published {published}"
        );
    }
}

#[test]
fn gains_of_swiss_match_relaimpo() {
    let Some(swiss) = columns("swiss.csv") else {
        return;
    };
    let explained = explained(&swiss);
    near([explained.r_squared.value].into_iter(), &[0.706_735_0], 7);
    near(
        explained.drivers.iter().map(|driver| driver.gain.value),
        &[0.05709, 0.17117, 0.26013, 0.10557, 0.11277],
        5,
    );
    assert_eq!(explained.orders, Orders::All);
}

#[test]
fn gains_of_attitude_match_relaimpo() {
    let Some(attitude) = columns("attitude.csv") else {
        return;
    };
    let explained = explained(&attitude);
    near([explained.r_squared.value].into_iter(), &[0.732_602], 6);
    // complaints, privileges, learning, raises, critical, advance
    near(
        explained.drivers.iter().map(|driver| driver.gain.value),
        &[0.37082, 0.05090, 0.15577, 0.12035, 0.00659, 0.02818],
        5,
    );
}

#[test]
fn relative_weights_of_swiss_are_those_of_johnson() {
    let Some(swiss) = columns("swiss.csv") else {
        return;
    };
    near(
        explained(&swiss)
            .drivers
            .iter()
            .map(|driver| driver.relative_weight.value),
        &[
            0.048_416_9,
            0.154_708_2,
            0.271_964_1,
            0.114_680_0,
            0.116_965_7,
        ],
        7,
    );
}
