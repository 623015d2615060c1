//! What must hold for every choice, and simulated respondents who give back what they were made from.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gumbel, StandardNormal};

use super::*;

const BRANDS: usize = 3;
const CONSTANTS: [f64; BRANDS] = [0.0, 0.6, -0.4];
const PER_POINT: f64 = 0.7;

/// Values and ratings of three brands.
#[derive(Clone)]
struct Panel {
    values: Vec<f64>,
    ratings: Vec<f64>,
}

impl Panel {
    /// A rating is utility with a Gumbel error, so that choices are exactly logit; every tenth answer is
    /// missing.
    fn simulated(respondents: usize, seed: u64) -> Self {
        let mut draws = ChaCha8Rng::seed_from_u64(seed);
        let error = Gumbel::new(0.0, 1.0).unwrap();
        let mut panel = Self {
            values: Vec::new(),
            ratings: Vec::new(),
        };
        for _ in 0..respondents {
            for constant in CONSTANTS {
                let normal: f64 = StandardNormal.sample(&mut draws);
                let value = 2.0 + 1.5 * normal;
                let rating = constant + PER_POINT * value + error.sample(&mut draws);
                let is_missing = draws.random_bool(0.1);
                panel.values.push(value);
                panel
                    .ratings
                    .push(if is_missing { f64::NAN } else { rating });
            }
        }
        panel
    }

    fn fit(&self, weight: Option<&[f64]>) -> Result<FittedChoice, NoLink> {
        let rows = ChoiceRows {
            brands: BRANDS,
            values: &self.values,
            ratings: &self.ratings,
            weight,
        };
        Choice::default().fit(&rows).expect("they make sense")
    }

    /// Brand k becomes brand (k + 1) mod 3.
    fn relabelled(&self) -> Self {
        let turn = |all: &[f64]| -> Vec<f64> {
            let turned = all
                .chunks_exact(BRANDS)
                .flat_map(|row| [row[2], row[0], row[1]]);
            turned.collect()
        };
        Self {
            values: turn(&self.values),
            ratings: turn(&self.ratings),
        }
    }

    /// One more point for the second brand.
    fn raised(&self) -> Vec<f64> {
        let values = self.values.iter().enumerate();
        values
            .map(|(cell, value)| value + if cell % BRANDS == 1 { 1.0 } else { 0.0 })
            .collect()
    }
}

/// Goal: 90 % intervals of what a point counts for, and of the change of a share, hold in nine of ten
/// panels.
#[test]
fn intervals_hold_as_often_as_they_say() {
    // of very many the change of the share that a point more brings the second brand
    let many = Panel::simulated(60_000, 9_999);
    let expected = true_share(&many, &many.raised()) - true_share(&many, &many.values);
    let (mut coefficient, mut share) = (0, 0);
    for seed in 0..200 {
        let panel = Panel::simulated(400, seed);
        let fitted = panel.fit(None).unwrap();
        let holds = |estimate: &Estimate, truth: f64| {
            let (low, high) = estimate.ends().unwrap();
            usize::from((low..=high).contains(&truth))
        };
        coefficient += holds(&fitted.per_point, PER_POINT);
        let moved = fitted.moved(&panel.raised()).unwrap()[1].unwrap();
        share += holds(&moved.change, expected);
    }
    // two and a half standard errors below nine in ten
    assert!(coefficient >= 169, "{coefficient}");
    assert!(share >= 169, "{share}");
}

/// The mean share of the second brand by the parameters that panels are made from, of the brands that each
/// respondent rated.
fn true_share(panel: &Panel, values: &[f64]) -> f64 {
    let (mut shares, mut respondents) = (0.0, 0.0);
    let ratings = panel.ratings.chunks_exact(BRANDS);
    for (row, ratings) in values.chunks_exact(BRANDS).zip(ratings) {
        let rated = |brand: &usize| ratings[*brand].is_finite();
        if (0..BRANDS).filter(rated).count() < 2 {
            continue;
        }
        let odds = |brand: usize| (CONSTANTS[brand] + PER_POINT * row[brand]).exp();
        let all: f64 = (0..BRANDS).filter(rated).map(odds).sum();
        respondents += 1.0;
        if rated(&1) {
            shares += odds(1) / all;
        }
    }
    shares / respondents
}

/// Goal: shares as they are, are the shares that were chosen, and nothing moves when nothing moves.
#[test]
fn shares_before_are_those_that_were_chosen() {
    let panel = Panel::simulated(500, 1);
    let fitted = panel.fit(None).unwrap();
    let (mut chosen, mut people) = ([0.0; BRANDS], 0.0);
    for row in panel.ratings.chunks_exact(BRANDS) {
        let there: Vec<usize> = (0..BRANDS)
            .filter(|&brand| row[brand].is_finite())
            .collect();
        if there.len() < 2 {
            continue;
        }
        let best = there
            .into_iter()
            .max_by(|&one, &other| row[one].total_cmp(&row[other]));
        chosen[best.unwrap()] += 1.0;
        people += 1.0;
    }
    let moved = fitted.moved(&panel.values).unwrap();
    for ((share, chosen), moved) in fitted.shares.iter().zip(chosen).zip(moved) {
        assert!((share.unwrap().value - chosen / people).abs() < 1e-5);
        assert_eq!(moved.unwrap().change.value, 0.0);
    }
}

/// Goal: equal ratings share the choice: of two brands that are always rated alike, each is best to half.
#[test]
fn equal_ratings_share_the_choice() {
    let mut panel = Panel::simulated(300, 2);
    for row in panel.ratings.chunks_exact_mut(BRANDS) {
        row[1] = row[0];
        row[2] = f64::NAN;
    }
    let fitted = panel.fit(None).unwrap();
    assert!((fitted.shares[0].unwrap().value - 0.5).abs() < 1e-6);
    assert_eq!(fitted.shares[2], None);
    assert!(fitted.per_point.value.abs() < 1e-6);
}

#[test]
fn what_cannot_be_told_is_said() {
    let few = Panel::simulated(25, 3).fit(None).unwrap_err();
    assert!(matches!(few, NoLink::TooFew { needed: 30, .. }), "{few:?}");
    let mut alike = Panel::simulated(200, 3);
    for row in alike.values.chunks_exact_mut(BRANDS) {
        row.fill(row[0]);
    }
    assert_eq!(alike.fit(None).unwrap_err(), NoLink::NothingDiffers);
    let mut parted = Panel::simulated(200, 3);
    parted.ratings = parted.values.clone();
    assert_eq!(parted.fit(None).unwrap_err(), NoLink::Separated);
}

proptest! {
    /// Relabelling brands relabels shares; shares add to 1 before and after; only proportions of weights
    /// count; a point more for everyone of every brand changes nothing.
    #[test]
    fn labels_weights_and_levels_do_not_matter(
        seed in 0_u64..1_000,
        scale in 0.01_f64..1_000.0,
        shift in -50.0_f64..50.0,
    ) {
        let panel = Panel::simulated(150, seed);
        let mut draws = ChaCha8Rng::seed_from_u64(seed);
        let weight: Vec<f64> = (0..150).map(|_| draws.random_range(0.5..2.0)).collect();
        let scaled: Vec<f64> = weight.iter().map(|weight| weight * scale).collect();
        let Ok(one) = panel.fit(Some(&weight)) else {
            return Ok(());
        };
        let mut turned = panel.relabelled();
        for value in &mut turned.values {
            *value += shift;
        }
        let other = turned.fit(Some(&scaled)).unwrap();
        let alike = |a: f64, b: f64| (a - b).abs() <= 1e-4 * (1.0 + a.abs());
        prop_assert!(alike(one.per_point.value, other.per_point.value));
        let errors = [&one, &other].map(|fit| fit.per_point.standard_error().unwrap());
        prop_assert!(alike(errors[0], errors[1]));
        let turned_raise: Vec<f64> = turned.values.iter().enumerate()
            .map(|(cell, value)| value + if cell % BRANDS == 2 { 1.0 } else { 0.0 })
            .collect();
        let moved = one.moved(&panel.raised()).unwrap();
        let other = other.moved(&turned_raise).unwrap();
        let (mut before, mut after) = (0.0, 0.0);
        for brand in 0..BRANDS {
            let (share, same) = (moved[brand].unwrap(), other[(brand + 1) % BRANDS].unwrap());
            prop_assert!(alike(share.before.value, same.before.value));
            prop_assert!(alike(share.change.value, same.change.value));
            let ends = [share.change, same.change].map(|change| change.ends().unwrap());
            prop_assert!(alike(ends[0].0, ends[1].0));
            before += share.before.value;
            after += share.after.value;
        }
        prop_assert!((before - 1.0).abs() < 1e-9 && (after - 1.0).abs() < 1e-9);
    }

    /// Never a panic and never `NAN`, whatever the numbers.
    #[test]
    fn any_numbers_give_numbers_or_a_reason(
        cells in prop::collection::vec(
            (prop::sample::select(vec![0.0, 1.0, 5.0, 1e9, -1e9, f64::NAN]), 0_u8..4),
            120..240,
        ),
    ) {
        let whole = cells.len() / BRANDS * BRANDS;
        let panel = Panel {
            values: cells[..whole].iter().map(|cell| cell.0).collect(),
            ratings: cells[..whole].iter().map(|cell| f64::from(cell.1)).collect(),
        };
        if let Ok(fitted) = panel.fit(None) {
            prop_assert!(!fitted.per_point.value.is_nan());
            for share in fitted.moved(&panel.raised()).unwrap().into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&share.before.value));
                prop_assert!((0.0..=1.0).contains(&share.after.value));
            }
        }
    }
}
