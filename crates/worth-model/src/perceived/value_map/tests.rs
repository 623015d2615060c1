//! A map whose arithmetic is written out, and what must hold for every map.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::super::Weights;
use super::*;

const NO: f64 = f64::NAN;

/// Dimensions product, trust | price, time.
fn spec(brands: usize) -> Spec {
    Spec {
        benefits: 2,
        costs: 2,
        brands,
        own: 0,
        competitors: (1..brands).collect(),
        weights: Weights::Asked,
        resamples: 400,
        level: 0.9,
        seed: 1,
    }
}

fn survey(rows: &[Vec<f64>], importance: [f64; 4]) -> Survey {
    Survey {
        weights: vec![1.0; rows.len()],
        scores: rows.concat(),
        importance: importance.repeat(rows.len()),
    }
}

fn price_only() -> MapAxes {
    MapAxes {
        prices: vec![0],
        fair_value: FairValue::Proportional,
    }
}

fn close(found: Option<Estimate>, expected: f64) {
    let found = found.expect("it exists").value;
    assert!(
        (found - expected).abs() < 1e-9,
        "{found}, expected {expected}"
    );
}

#[test]
fn quality_price_and_advantage_by_hand() {
    let rows = [vec![
        8.0, 6.0, 6.0, 4.0, /* */ 6.0, 6.0, 5.0, 4.0, /* */ 10.0, 4.0, 3.0, 4.0,
    ]];
    // importance: product 9 / 12 = .75, trust .25; price .75, time .25
    let survey = survey(&rows, [9.0, 3.0, 6.0, 2.0]);
    let map = spec(3).value_map(&survey, &price_only()).expect("it fits");
    let [own, one, other] = map.brands[..] else {
        panic!("three brands");
    };
    // .75 · 8 / ((6 + 10) / 2) + .25 · 6 / ((6 + 4) / 2) = .75 + .3; price 6 / ((5 + 3) / 2)
    close(own.quality, 1.05);
    close(own.price, 1.5);
    close(own.advantage, 1.05 - 1.5);
    // .75 · 6 / 9 + .25 · 6 / 5 = .5 + .3; 5 / 4.5
    close(one.quality, 0.8);
    close(one.price, 5.0 / 4.5);
    // .75 · 10 / 7 + .25 · 4 / 6; 3 / 5.5
    close(other.quality, 7.5 / 7.0 + 1.0 / 6.0);
    close(other.price, 3.0 / 5.5);
    // against the first: product +2, trust 0, price one point more, time the same
    for (lead, expected) in map.head_to_head[0].leads.iter().zip([2.0, 0.0, -1.0, 0.0]) {
        close(*lead, expected);
    }
    // product, trust, price, time less their means over brands (8, 16/3, −14/3, −4): own 0, 2/3, −4/3, 0 of
    // which −1/6 is the mean; the first −2, 2/3, −1/3, 0 with a mean of −5/12
    let images = [
        [1.0 / 6.0, 5.0 / 6.0, -7.0 / 6.0, 1.0 / 6.0],
        [-19.0 / 12.0, 13.0 / 12.0, 1.0 / 12.0, 5.0 / 12.0],
    ];
    for (found, expected) in map.images.iter().zip(images) {
        for (found, expected) in found.iter().zip(expected) {
            close(*found, expected);
        }
    }
    // one respondent is too few for intervals
    assert_eq!(
        (own.ellipse, own.quality.and_then(|quality| quality.ends())),
        (None, None)
    );

    // all costs: .75 · 1.5 + .25 · 1; quality decides in six parts of ten: 1 + 1.5 · .05 − price
    let axes = MapAxes {
        prices: vec![],
        fair_value: FairValue::Weighted { quality: 0.6 },
    };
    let map = spec(3).value_map(&survey, &axes).expect("it fits");
    assert!((map.slope - 1.5).abs() < 1e-12);
    close(map.brands[0].price, 1.375);
    close(map.brands[0].advantage, 1.0 + 1.5 * 0.05 - 1.375);
}

#[test]
fn what_was_not_asked_is_absent() {
    let rows = [vec![8.0, NO, NO, NO, /* */ 4.0, 5.0, NO, NO]];
    let survey = survey(&rows, [9.0, 3.0, 6.0, 2.0]);
    let map = spec(2).value_map(&survey, &price_only()).expect("it fits");
    // trust was not scored for the own brand: product alone
    close(map.brands[0].quality, 2.0);
    assert_eq!((map.brands[0].price, map.brands[0].advantage), (None, None));
    assert_eq!(map.head_to_head[0].leads[1], None);
    let alone = spec(1).value_map(&self::survey(&[vec![8.0; 4]], [1.0; 4]), &price_only());
    let alone = alone.expect("it fits");
    assert_eq!(
        (alone.brands[0].quality, alone.head_to_head.len()),
        (None, 0)
    );
    let beyond = MapAxes {
        prices: vec![2],
        ..price_only()
    };
    assert!(spec(2).value_map(&survey, &beyond).is_err());
}

/// Brands with these mean scores; what a respondent says of one thing leans as of another.
fn drawn(respondents: usize, means: &[f64], seed: u64) -> Survey {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let rows: Vec<Vec<f64>> = (0..respondents)
        .map(|_| {
            let mood: f64 = random.random_range(-1.0..1.0);
            let mut say = |mean: f64| mean + mood + random.random_range(-1.5..1.5);
            means.iter().map(|mean| say(*mean)).collect()
        })
        .collect();
    survey(&rows, [1.0; 4])
}

#[test]
fn ellipses_hold_as_often_as_they_say() {
    let means = [7.0, 6.0, 5.0, 4.0, /* */ 6.0, 6.0, 4.0, 5.0];
    let truth = [(7.0 / 6.0 + 1.0) / 2.0, 5.0 / 4.0];
    let surveys = 400;
    let mut held = 0;
    for seed in 0..surveys {
        let map = spec(2)
            .value_map(&drawn(40, &means, seed), &price_only())
            .expect("it fits");
        let ellipse = map.brands[0].ellipse.expect("40 respondents");
        let (x, y) = (truth[0] - ellipse.centre[0], truth[1] - ellipse.centre[1]);
        let (sine, cosine) = ellipse.angle.sin_cos();
        let along = (x * cosine + y * sine) / ellipse.radii[0];
        let across = (y * cosine - x * sine) / ellipse.radii[1];
        held += u32::from(along * along + across * across <= 1.0);
    }
    // 360 expected, standard deviation 6
    assert!((342..=378).contains(&held), "{held} of 400");
}

#[test]
fn four_times_the_respondents_halve_the_ellipse() {
    let means = [7.0, 6.0, 5.0, 4.0, /* */ 6.0, 6.0, 4.0, 5.0];
    let one = drawn(100, &means, 2);
    let four = Survey {
        weights: one.weights.repeat(4),
        scores: one.scores.repeat(4),
        importance: one.importance.repeat(4),
    };
    let radius = |survey: &Survey| {
        let map = spec(2).value_map(survey, &price_only()).expect("it fits");
        map.brands[0].ellipse.expect("100 respondents").radii[0]
    };
    let ratio = radius(&one) / radius(&four);
    assert!((1.8..2.25).contains(&ratio), "{ratio}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn relabelling_brands_relabels_the_map(seed in 0..1000u64) {
        let means: Vec<f64> = (0..12).map(|at| 4.0 + f64::from(at % 5)).collect();
        let survey = drawn(10, &means, seed);
        let map = spec(3).value_map(&survey, &price_only()).expect("it fits");
        // the third brand becomes the first, the first the second, the second the third
        let turned = Survey {
            scores: survey.scores.chunks_exact(12)
                .flat_map(|row| [&row[8..], &row[..8]].concat()).collect(),
            ..survey
        };
        let spec = Spec { own: 1, competitors: vec![2, 0], ..spec(3) };
        let after = spec.value_map(&turned, &price_only()).expect("it fits");
        for brand in 0..3 {
            let (before, after) = (map.brands[brand], after.brands[(brand + 1) % 3]);
            close(after.quality, before.quality.expect("scored").value);
            close(after.price, before.price.expect("scored").value);
        }
        for (before, after) in map.head_to_head.iter().zip(&after.head_to_head) {
            close(after.leads[0], before.leads[0].expect("scored").value);
        }
    }

    #[test]
    fn brands_that_are_scored_alike_stand_in_the_middle(score in 1.0..10.0f64, other in 1.0..10.0f64) {
        let rows = vec![[score, other, other, score].repeat(2); 6];
        let map = spec(2).value_map(&survey(&rows, [1.0; 4]), &price_only()).expect("it fits");
        close(map.brands[0].quality, 1.0);
        close(map.brands[0].advantage, 0.0);
        let ellipse = map.brands[0].ellipse.expect("six respondents");
        prop_assert!(ellipse.radii[0] < 1e-6);
    }
}
