//! What must hold for every link, and simulated people who give back what they were made from.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::*;

/// Exposures, one control, the outcome.
struct Crowd {
    exposures: Vec<Vec<f64>>,
    control: Vec<f64>,
    outcome: Vec<f64>,
}

impl Crowd {
    /// Two exposures that go with a control and with each other, seen with noise of these standard
    /// deviations; log-odds, points or logarithms of 0.8 for the first and 0 for the second.
    fn simulated(family: Family, people: usize, noise: f64, seed: u64) -> Self {
        let mut draws = ChaCha8Rng::seed_from_u64(seed);
        let mut normal = || -> f64 { StandardNormal.sample(&mut draws) };
        let mut crowd = Self {
            exposures: vec![Vec::new(), Vec::new()],
            control: Vec::new(),
            outcome: Vec::new(),
        };
        let mut predictors = Vec::new();
        for _ in 0..people {
            let control = normal();
            let first = 0.5 * control + normal();
            let second = 0.4 * first + normal();
            predictors.push(-0.5 + 0.8 * first + 0.6 * control);
            crowd.control.push(control);
            crowd.exposures[0].push(first + noise * normal());
            crowd.exposures[1].push(second + noise * normal());
        }
        let scatter: Vec<f64> = (0..people).map(|_| normal()).collect();
        for (predictor, scatter) in predictors.into_iter().zip(scatter) {
            crowd.outcome.push(match family {
                Family::Linear => predictor + scatter,
                Family::Logistic => f64::from(u8::from(
                    draws.random::<f64>() < 1.0 / (1.0 + (-predictor).exp()),
                )),
                // mean e^predictor, half of them 0
                Family::Relative if draws.random_bool(0.5) => 0.0,
                Family::Relative => 2.0 * (predictor + 0.5 * scatter - 0.125).exp(),
            });
        }
        crowd
    }

    fn fit(&self, family: Family, error_variance: Option<&[f64]>) -> FittedLink {
        self.weighted(family, error_variance, None).unwrap()
    }

    fn weighted(
        &self,
        family: Family,
        error_variance: Option<&[f64]>,
        weight: Option<&[f64]>,
    ) -> Result<FittedLink, NoLink> {
        let exposures: Vec<&[f64]> = self.exposures.iter().map(Vec::as_slice).collect();
        let rows = LinkRows {
            exposures: &exposures,
            controls: &[&self.control],
            outcome: &self.outcome,
            weight,
            person: None,
            error_variance,
        };
        let link = Link {
            family,
            ..Link::default()
        };
        link.fit(&rows.check().expect("they make sense"))
            .expect("the level makes sense")
    }
}

const FAMILIES: [Family; 3] = [Family::Linear, Family::Logistic, Family::Relative];
const ANYWHERE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// Goal: 90 % intervals of coefficients hold in nine of ten crowds, also when exposures are noisy and
/// the noise is known.
#[test]
fn intervals_hold_as_often_as_they_say() {
    for (noise, families) in [(0.0, &FAMILIES[..]), (0.7, &FAMILIES[..2])] {
        for &family in families {
            let known = [noise * noise; 2];
            let (mut held, mut of_none) = (0, 0);
            for seed in 0..200 {
                let fitted = Crowd::simulated(family, 600, noise, seed).fit(family, Some(&known));
                let holds = |effect: &Effect, truth: f64| {
                    let (low, high) = effect.coefficient.ends().unwrap();
                    usize::from((low..=high).contains(&truth))
                };
                held += holds(&fitted.effects[0], 0.8);
                of_none += holds(&fitted.effects[1], 0.0);
            }
            // two and a half standard errors below nine in ten
            assert!(held >= 169, "{family:?} with noise {noise}: {held}");
            assert!(of_none >= 169, "{family:?} with noise {noise}: {of_none}");
        }
    }
}

/// Goal: without a word of the noise the same crowds tell too little of the first exposure, and
/// something of the second that does nothing.
#[test]
fn noise_that_is_not_known_draws_effects_to_zero() {
    let crowd = Crowd::simulated(Family::Linear, 20_000, 0.7, 1);
    let silent = crowd.fit(Family::Linear, None);
    let told = crowd.fit(Family::Linear, Some(&[0.49, 0.49]));
    let first = |fitted: &FittedLink| fitted.effects[0].coefficient.value;
    assert!(first(&silent) < 0.6, "{}", first(&silent));
    assert!((first(&told) - 0.8).abs() < 0.05, "{}", first(&told));
    assert!(silent.effects[1].coefficient.value > 0.03);
    assert!(told.effects[1].coefficient.value.abs() < 0.03);
    // 1 / (1 + 0.49) were it alone; less, as the others foretell a part of it
    assert!((0.5..0.67).contains(&told.effects[0].reliability));
    assert_eq!(silent.effects[0].reliability, 1.0);
}

/// Goal: what moving does is the mean of what it does to each, and stops at the end of the scale.
#[test]
fn moves_stop_at_the_end_of_the_scale() {
    let crowd = Crowd::simulated(Family::Linear, 500, 0.0, 3);
    let fitted = crowd.fit(Family::Linear, None);
    let coefficient = fitted.effects[0].coefficient.value;
    let moved = |by: f64, within| {
        let exposure = 0;
        fitted
            .moved(&[Move {
                exposure,
                by,
                within,
            }])
            .value
    };
    assert!((moved(1.0, ANYWHERE) - coefficient).abs() < 1e-9);
    let most = 0.5;
    let room = crowd.exposures[0].iter();
    let room: f64 = room.map(|&from| (most - from).clamp(0.0, 1.0)).sum::<f64>() / 500.0;
    assert!((moved(1.0, (-9.0, most)) - room * coefficient).abs() < 1e-9);
}

/// Goal: an amount changes by the factor e^(β × points), whatever else is the case.
#[test]
fn amounts_move_by_a_factor() {
    let crowd = Crowd::simulated(Family::Relative, 800, 0.0, 4);
    let fitted = crowd.fit(Family::Relative, None);
    let up = Move {
        exposure: 0,
        by: 0.5,
        within: ANYWHERE,
    };
    let factor = fitted.moved_factor(&[up]).unwrap();
    let coefficient = fitted.effects[0].coefficient;
    assert!((factor.value.ln() - 0.5 * coefficient.value).abs() < 1e-9);
    let (low, high) = factor.ends().unwrap();
    assert!((high / low).ln() >= coefficient.ends().map(|(l, h)| 0.5 * (h - l)).unwrap() * 0.99);
}

#[test]
fn what_cannot_be_told_is_said() {
    let mut crowd = Crowd::simulated(Family::Logistic, 400, 0.0, 5);
    crowd.exposures[1] = crowd.exposures[0].iter().map(|x| 2.0 * x + 3.0).collect();
    let fitted = crowd.fit(Family::Logistic, None);
    assert_eq!(fitted.not_told_apart, [1]);
    assert_eq!(fitted.effects[1].tells(), Tells::CannotTell);
    assert_eq!(fitted.effects[1].coefficient.ends(), None);

    let few = Crowd::simulated(Family::Logistic, 39, 0.0, 5);
    let why = few.weighted(Family::Logistic, None, None).unwrap_err();
    assert_eq!(
        why,
        NoLink::TooFew {
            people: 39,
            needed: 40
        }
    );

    let mut rare = Crowd::simulated(Family::Logistic, 300, 0.0, 5);
    rare.outcome = (0..300).map(|row| f64::from(u8::from(row < 19))).collect();
    let why = rare.weighted(Family::Logistic, None, None).unwrap_err();
    assert_eq!(
        why,
        NoLink::TooFewOutcomes {
            rarer: 19,
            needed: 20
        }
    );

    rare.outcome = vec![1.0; 300];
    let why = rare.weighted(Family::Logistic, None, None).unwrap_err();
    assert_eq!(why, NoLink::NothingDiffers);

    let mut parted = Crowd::simulated(Family::Logistic, 300, 0.0, 5);
    let above = |x: &f64| f64::from(u8::from(*x > 0.0));
    parted.outcome = parted.exposures[0].iter().map(above).collect();
    let why = parted.weighted(Family::Logistic, None, None).unwrap_err();
    assert_eq!(why, NoLink::Separated);
}

#[test]
fn people_of_whom_something_is_not_known_are_left_out() {
    let mut crowd = Crowd::simulated(Family::Linear, 200, 0.0, 6);
    let whole = crowd.fit(Family::Linear, None);
    for column in &mut crowd.exposures {
        column.push(1.0);
    }
    crowd.control.push(f64::NAN);
    crowd.outcome.push(9.0);
    let fitted = crowd.fit(Family::Linear, None);
    assert_eq!((fitted.people.asked, fitted.people.used), (201, 200));
    assert_eq!(fitted.effects, whole.effects);
}

#[test]
fn outcomes_that_a_family_does_not_know_are_named() {
    let mut crowd = Crowd::simulated(Family::Linear, 100, 0.0, 7);
    crowd.outcome = vec![0.5; 100];
    crowd.outcome[7] = 1.5;
    let exposures: Vec<&[f64]> = crowd.exposures.iter().map(Vec::as_slice).collect();
    let rows = LinkRows {
        exposures: &exposures,
        controls: &[],
        outcome: &crowd.outcome,
        weight: None,
        person: None,
        error_variance: None,
    };
    let link = Link {
        family: Family::Logistic,
        ..Link::default()
    };
    let error = link.fit(&rows.check().unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "outcome in row 7 is 1.5: expected 0 to 1"
    );
}

/// Goal: who answered twice tells the noise; of scores 4 and 6, 5 and 5, … the variance within is 1.
#[test]
fn noise_comes_from_people_who_answered_twice_else_from_the_scale() {
    let people: Vec<Vec<f64>> = (0..40)
        .map(|person| match person % 2 {
            0 => vec![4.0, 6.0],
            _ => vec![5.0, 5.0],
        })
        .collect();
    let noise = ScoreNoise::of(people.iter().map(Vec::as_slice), 1.0);
    assert_eq!(
        (noise.variance, noise.origin),
        (1.0, NoiseOrigin::AnsweredTwice)
    );
    let few = ScoreNoise::of(people[..20].iter().map(Vec::as_slice), 3.0);
    assert_eq!((few.variance, few.origin), (0.75, NoiseOrigin::ScaleStep));
}

proptest! {
    /// Only the proportions of weights count; units of exposures and outcomes only change units; the
    /// order of exposures changes nothing else.
    #[test]
    fn units_weights_and_order_do_not_matter(
        seed in 0_u64..1_000,
        family in prop::sample::select(&FAMILIES[..]),
        scale in 0.01_f64..1_000.0,
        shift in -50.0_f64..50.0,
    ) {
        let mut crowd = Crowd::simulated(family, 150, 0.0, seed);
        let mut draws = ChaCha8Rng::seed_from_u64(seed);
        let weight: Vec<f64> = (0..150).map(|_| draws.random_range(0.5..2.0)).collect();
        let Ok(one) = crowd.weighted(family, None, Some(&weight)) else {
            return Ok(());
        };
        let scaled: Vec<f64> = weight.iter().map(|weight| weight * scale).collect();
        for x in &mut crowd.exposures[0] {
            *x = *x * scale + shift;
        }
        crowd.exposures.swap(0, 1);
        let other = crowd.weighted(family, None, Some(&scaled)).unwrap();
        let [first, second] = [&one.effects[0], &one.effects[1]];
        let alike = |a: f64, b: f64| (a - b).abs() <= 1e-5 * (1.0 + a.abs());
        prop_assert!(alike(first.coefficient.value, other.effects[1].coefficient.value * scale));
        prop_assert!(alike(second.coefficient.value, other.effects[0].coefficient.value));
        prop_assert!(alike(first.per_deviation.value, other.effects[1].per_deviation.value));
        let errors = [first, &other.effects[1]].map(|e| e.per_deviation.standard_error().unwrap());
        prop_assert!(alike(errors[0], errors[1]));
    }

    /// Twice the respondents: half the variance, apart from the correction for few.
    #[test]
    fn doubling_respondents_halves_variances(
        seed in 0_u64..1_000,
        family in prop::sample::select(&FAMILIES[..]),
    ) {
        let crowd = Crowd::simulated(family, 120, 0.0, seed);
        let Ok(one) = crowd.weighted(family, None, None) else {
            return Ok(());
        };
        let twice = |column: &[f64]| [column, column].concat();
        let double = Crowd {
            exposures: crowd.exposures.iter().map(|column| twice(column)).collect(),
            control: twice(&crowd.control),
            outcome: twice(&crowd.outcome),
        };
        let two = double.fit(family, None);
        let variance = |fitted: &FittedLink, people: f64| {
            let error = fitted.effects[0].coefficient.standard_error().unwrap();
            error * error * (people - 4.0) / people
        };
        let ratio = variance(&one, 120.0) / variance(&two, 240.0);
        prop_assert!((ratio - 2.0).abs() < 1e-3, "{ratio}");
    }

    /// Never a panic and never `NAN`, whatever the numbers.
    #[test]
    fn any_numbers_give_numbers_or_a_reason(
        rows in prop::collection::vec(
            (prop::sample::select(vec![0.0, 1.0, 5.0, 1e9, -1e9, 1e-9]), -1e6_f64..1e6, 0.0_f64..1.0),
            40..90,
        ),
        family in prop::sample::select(&FAMILIES[..]),
    ) {
        let crowd = Crowd {
            exposures: vec![
                rows.iter().map(|row| row.0).collect(),
                rows.iter().map(|row| row.0 * 2.0 + row.1 * 1e-7).collect(),
            ],
            control: rows.iter().map(|row| row.1).collect(),
            outcome: rows.iter().map(|row| row.2).collect(),
        };
        if let Ok(fitted) = crowd.weighted(family, Some(&[1e20, 0.0]), None) {
            for effect in &fitted.effects {
                prop_assert!(!effect.coefficient.value.is_nan());
                prop_assert!(!effect.per_point.value.is_nan());
                prop_assert!((0.0..=1.0).contains(&effect.reliability));
            }
            prop_assert!((0.0..=1.0).contains(&fitted.explained));
        }
    }
}
