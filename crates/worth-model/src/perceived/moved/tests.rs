//! A change worked out by hand, and what must hold for every change.

use super::super::{FairValue, Weights};
use super::*;

/// Product, trust | price of the own brand and of one other, three respondents; weights of benefits are
/// 3 : 1.
fn survey() -> Survey {
    Survey {
        weights: vec![1.0; 3],
        scores: vec![
            8.0, 6.0, 5.0, 6.0, 6.0, 4.0, //
            6.0, 8.0, 7.0, 8.0, 7.0, 6.0, //
            9.5, 4.0, 3.0, 7.0, 5.0, 5.0,
        ],
        importance: vec![0.9, 0.3, 0.5, 0.9, 0.3, 0.5, 0.9, 0.3, 0.5],
    }
}

fn spec() -> Spec {
    Spec {
        benefits: 2,
        costs: 1,
        brands: 2,
        own: 0,
        competitors: vec![1],
        weights: Weights::Asked,
        resamples: 400,
        level: 0.9,
        seed: 1,
    }
}

fn axes() -> MapAxes {
    MapAxes {
        prices: vec![0],
        fair_value: FairValue::Proportional,
    }
}

fn moved(changes: &[Vec<ScoreMove>]) -> Vec<MovedValue> {
    spec()
        .moved(&survey(), changes, &axes())
        .expect("they fit together")
}

fn by(brand: usize, dimension: usize, by: f64) -> ScoreMove {
    ScoreMove {
        brand,
        dimension,
        by,
    }
}

fn close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 1e-9,
        "found {found}, by hand {expected}"
    );
}

/// Product is 23.5 / 3, trust 6, price 5: benefits .75 · 23.5 / 3 + .25 · 6 = 7.375, difference 2.375, ratio
/// 1.475. A point more of product is 10 of 9.5: (9 + 7 + 10) / 3 = 26 / 3, benefits 8. The other has
/// product 7: quality is .75 · 26 / 21 + .25 after. A difference of .625 is 2.5 points of trust, or .625 less
/// of price.
#[test]
fn a_point_more_of_a_benefit_by_hand() {
    let found = &moved(&[vec![by(0, 0, 1.0)]])[0];
    let difference = found.difference.expect("it was scored");
    close(difference.before.value, 2.375);
    close(difference.after.value, 3.0);
    close(difference.change.value, 0.625);
    let ratio = found.ratio.expect("it was scored");
    close(ratio.change.value, 8.0 / 5.0 - 1.475);
    let quality = found.quality.expect("both were scored");
    close(quality.after.value, 0.75 * 26.0 / 21.0 + 0.25);
    close(found.price.expect("both were scored").change.value, 0.0);
    let same: Vec<f64> = found
        .same_by
        .iter()
        .map(|points| points.expect("scored").value)
        .collect();
    close(same[1], 2.5);
    close(same[2], 0.625);
}

/// A competitor's better product leaves our value as it is, and our relative quality lower. Its value rises from 2
/// to 2.75 with a point more (.75), beyond our 2.375.
#[test]
fn a_competitor_moves_the_map_and_the_ranks() {
    let found = &moved(&[vec![by(1, 0, 1.0)]])[0];
    close(found.difference.expect("scored").change.value, 0.0);
    assert!(found.quality.expect("scored").change.value < -0.05);
    let ranks = found.rank_by_difference.expect("two brands");
    assert_eq!((ranks.before, ranks.after), (1, 2));
}

/// Goal: the change is surer than the levels, as the same people are asked before and after.
#[test]
fn changes_are_surer_than_levels() {
    let mut many = survey();
    for _ in 0..3 {
        many.weights.extend(many.weights.clone());
        many.scores.extend(many.scores.clone());
        many.importance.extend(many.importance.clone());
    }
    let moves = [vec![by(0, 1, 1.0)]];
    let found = &spec().moved(&many, &moves, &axes()).expect("they fit")[0];
    let difference = found.difference.expect("scored");
    let wide = |estimate: Estimate| {
        estimate
            .ends()
            .map(|(low, high)| high - low)
            .expect("known")
    };
    assert!(wide(difference.change) < 0.2 * wide(difference.after));
}

#[test]
fn nothing_moves_beyond_the_scale_or_without_a_move() {
    let found = moved(&[vec![by(0, 0, 100.0)], vec![by(0, 2, -100.0)], Vec::new()]);
    let difference = |place: usize| found[place].difference.expect("scored");
    close(difference(0).after.value, 0.75 * 10.0 + 0.25 * 6.0 - 5.0);
    close(difference(1).after.value, 7.375 - 1.0);
    close(difference(2).change.value, 0.0);
    assert_eq!(moved_score(12.0, 1.0), 12.0);
    assert!(moved_score(f64::NAN, 1.0).is_nan());
}

#[test]
fn moves_of_what_is_not_there_are_refused() {
    for wrong in [by(2, 0, 1.0), by(0, 3, 1.0), by(0, 0, f64::NAN)] {
        assert!(spec().moved(&survey(), &[vec![wrong]], &axes()).is_err());
    }
}
