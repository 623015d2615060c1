//! Weights and doubts worked out by hand, careless answers that are drawn and found, and what must hold
//! for any answers.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::*;

/// Categories in the order of respondents, and what each should have.
fn margin(categories: &[usize], targets: &[f64]) -> Margin {
    Margin {
        categories: categories.iter().map(|&category| Some(category)).collect(),
        targets: targets.to_vec(),
    }
}

fn assert_close(found: f64, expected: f64, by: f64) {
    assert!((found - expected).abs() <= by, "{found} is not {expected}");
}

/// Weighted share of a category.
fn share(raked: &Raked, margin: &Margin, category: usize) -> f64 {
    let of = margin.categories.iter().zip(&raked.weights);
    let of = of.filter(|(other, _)| **other == Some(category));
    of.map(|(_, weight)| weight).sum::<f64>() / raked.weights.iter().sum::<f64>()
}

/// One margin is a single step: 8 of 10 respondents are from the north, who should be half. North
/// .5 / .8 = .625 each, south .5 / .2 = 2.5. Sum 8 · .625 + 2 · 2.5 = 10; squares 8 · .390625 + 2 · 6.25 =
/// 15.625; effective 100 / 15.625 = 6.4, design effect 10 / 6.4 = 1.5625.
#[test]
fn one_margin_by_hand() {
    let region = margin(&[0, 0, 0, 0, 0, 0, 0, 0, 1, 1], &[50.0, 50.0]);
    let raked = rake(&[1.0; 10], &[region], CAP).expect("a margin of ten");
    assert!(raked.converged && raked.capped == 0);
    assert_close(raked.weights[0], 0.625, 1e-12);
    assert_close(raked.weights[9], 2.5, 1e-12);
    let design = Design::of(raked.weights).expect("weights");
    assert_close(design.effective, 6.4, 1e-12);
    assert_close(design.effect, 1.5625, 1e-12);
}

/// The table of four by four with which many explain iterative proportional fitting (Wikipedia, Iterative
/// proportional fitting), fitted to rows of 150, 300, 400, 150 and columns of 200, 300, 400, 100 by the
/// Python package ipfn 1.4.4.
#[test]
fn raking_matches_ipfn() {
    let people = [
        [40, 30, 20, 10],
        [35, 50, 100, 75],
        [30, 80, 70, 120],
        [20, 30, 40, 50],
    ];
    let expected = [
        [64.5585, 46.2325, 35.3843, 3.8247],
        [49.9679, 68.1594, 156.4985, 25.3742],
        [56.7219, 144.4282, 145.0825, 53.7673],
        [28.7516, 41.18, 63.0347, 17.0337],
    ];
    let (mut rows, mut columns) = (Vec::new(), Vec::new());
    for (row, line) in people.iter().enumerate() {
        for (column, &count) in line.iter().enumerate() {
            rows.extend(vec![row; count]);
            columns.extend(vec![column; count]);
        }
    }
    let margins = [
        margin(&rows, &[150.0, 300.0, 400.0, 150.0]),
        margin(&columns, &[200.0, 300.0, 400.0, 100.0]),
    ];
    let raked = rake(&vec![1.0; rows.len()], &margins, CAP).expect("margins of all");
    assert!(raked.converged);
    let mut found = [[0.0; 4]; 4];
    for (respondent, weight) in raked.weights.iter().enumerate() {
        // to a total of 1000
        found[rows[respondent]][columns[respondent]] += weight * 1000.0 / rows.len() as f64;
    }
    for (found, expected) in found.iter().flatten().zip(expected.iter().flatten()) {
        assert_close(*found, *expected, 1e-4);
    }
}

/// 1 of 10 should be half of all: weight 5. At a cap of 3 it has 3, and the other nine share 7: 7 / 9
/// each. The margin then misses by .5 − .3 = .2, and that is said.
#[test]
fn a_cap_holds_and_says_what_it_costs() {
    let region = margin(&[0, 1, 1, 1, 1, 1, 1, 1, 1, 1], &[0.5, 0.5]);
    let raked = rake(&[1.0; 10], &[region], 3.0).expect("a margin of ten");
    assert_close(raked.weights[0], 3.0, 1e-6);
    assert_close(raked.weights[1], 7.0 / 9.0, 1e-6);
    assert!(!raked.converged);
    assert_eq!(raked.capped, 1);
    assert_close(raked.largest_miss, 0.2, 1e-6);
}

/// Of ten, two do not say where they are from and one is from a place without a target: they keep 3 / 10.
/// The rest, 7 / 10, is shared one to one by three and four. Nobody is from the third place.
#[test]
fn unknown_categories_keep_their_share_and_empty_ones_are_named() {
    let mut region = margin(&[0, 0, 0, 1, 1, 1, 1, 3, 0, 0], &[2.0, 2.0, 1.0, 0.0]);
    region.categories[8] = None;
    region.categories[9] = None;
    let raked = rake(&[1.0; 10], &[region.clone()], CAP).expect("a margin of ten");
    assert!(raked.converged);
    assert_eq!(raked.nobody, [vec![2]]);
    assert_close(raked.kept[0], 0.3, 1e-12);
    assert_close(share(&raked, &region, 0), 0.35, 1e-9);
    assert_close(share(&raked, &region, 1), 0.35, 1e-9);
    assert_close(raked.weights[7], 1.0, 1e-9);
    assert_close(raked.weights[9], 1.0, 1e-9);
}

#[test]
fn margins_that_cannot_hold_are_a_diagnosis() {
    // who is from the north came by shop, all others by app: the two margins contradict each other
    let both = [0, 0, 0, 1, 1, 1];
    let margins = [margin(&both, &[0.9, 0.1]), margin(&both, &[0.2, 0.8])];
    let raked = rake(&[1.0; 6], &margins, CAP).expect("two margins of six");
    assert!(!raked.converged && raked.largest_miss > 0.3);
    assert!(
        raked
            .weights
            .iter()
            .all(|weight| *weight > 0.0 && weight.is_finite())
    );
    let nobody = rake(&[], &[], CAP).expect("nothing is no error");
    assert!(nobody.weights.is_empty() && nobody.converged);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let region = margin(&[0, 1], &[1.0, 1.0]);
    for (weights, targets, cap) in [
        (vec![1.0, 0.0], vec![1.0, 1.0], CAP),
        (vec![1.0; 3], vec![1.0, 1.0], CAP),
        (vec![1.0; 2], vec![1.0, -1.0], CAP),
        (vec![1.0; 2], vec![1.0], CAP),
        (vec![1.0; 2], vec![1.0, 1.0], 1.0),
    ] {
        let margin = Margin {
            targets,
            ..region.clone()
        };
        assert!(rake(&weights, &[margin], cap).is_err());
    }
    for rules in [
        Rules {
            times_as_fast: 1.0,
            ..Rules::default()
        },
        Rules {
            same_share: 0.4,
            ..Rules::default()
        },
        Rules {
            inconsistency: 0.0,
            ..Rules::default()
        },
        Rules {
            copies_by_chance: f64::NAN,
            ..Rules::default()
        },
    ] {
        assert!(doubts(&[], &rules).is_err());
    }
}

/// Answers depend on region and age, and the young of the north answer most: means of the respondents are
/// off, those with weights are right.
#[test]
fn a_biased_sample_is_corrected() {
    let mut draws = ChaCha8Rng::seed_from_u64(5);
    let (mut north, mut young, mut scores) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..40_000 {
        let (is_north, is_young) = (draws.random_bool(0.4), draws.random_bool(0.3));
        let answers = 0.05 * if is_north { 3.0 } else { 1.0 } * if is_young { 2.0 } else { 1.0 };
        if draws.random_bool(answers) {
            let noise: f64 = StandardNormal.sample(&mut draws);
            north.push(usize::from(is_north));
            young.push(usize::from(is_young));
            scores.push(
                5.0 + 2.0 * f64::from(u8::from(is_north)) - f64::from(u8::from(is_young)) + noise,
            );
        }
    }
    let truth = 5.0 + 2.0 * 0.4 - 0.3;
    let margins = [margin(&north, &[0.6, 0.4]), margin(&young, &[0.7, 0.3])];
    let raked = rake(&vec![1.0; scores.len()], &margins, CAP).expect("two margins");
    let weighted = scores
        .iter()
        .zip(&raked.weights)
        .map(|(score, weight)| score * weight);
    let respondents = scores.len() as f64;
    let plain = scores.iter().sum::<f64>() / respondents;
    assert!(
        (plain - truth).abs() > 0.25,
        "the sample is biased: {plain}"
    );
    assert_close(weighted.sum::<f64>() / respondents, truth, 0.06);
}

proptest! {
    /// Margins hold, weights are above 0 and 1 on average, whatever the unit of targets and of the
    /// weights to begin with; asking everyone twice changes nothing.
    #[test]
    fn margins_hold_in_any_unit(
        people in prop::collection::vec((0..3_usize, 0..4_usize, 0.5..2.0_f64), 40..120),
        shares in prop::collection::vec(0.8..1.2_f64, 7),
        unit in 0.01..100.0_f64,
    ) {
        let regions: Vec<usize> = people.iter().map(|person| person.0).collect();
        let channels: Vec<usize> = people.iter().map(|person| person.1).collect();
        let given: Vec<f64> = people.iter().map(|person| person.2).collect();
        let margins = [margin(&regions, &shares[..3]), margin(&channels, &shares[3..])];
        let raked = rake(&given, &margins, 50.0).expect("two margins");
        prop_assume!(raked.converged);
        let mean = raked.weights.iter().sum::<f64>() / people.len() as f64;
        prop_assert!((mean - 1.0).abs() < 1e-8);
        prop_assert!(raked.weights.iter().all(|&weight| weight > 0.0));
        for (place, margin) in margins.iter().enumerate() {
            let is_reached = |category: &usize| !raked.nobody[place].contains(category);
            let reached = || (0..margin.targets.len()).filter(is_reached);
            let all: f64 = reached().map(|category| margin.targets[category]).sum();
            for category in reached() {
                let target = margin.targets[category] / all;
                prop_assert!((share(&raked, margin, category) - target).abs() < 1e-6);
            }
        }
        let scaled: Vec<Margin> = margins.iter().map(|margin| Margin {
            targets: margin.targets.iter().map(|target| target * unit).collect(),
            ..margin.clone()
        }).collect();
        let weights: Vec<f64> = given.iter().map(|weight| weight * unit).collect();
        let twice = |margin: &Margin| Margin {
            categories: margin.categories.repeat(2),
            ..margin.clone()
        };
        let doubled: Vec<Margin> = margins.iter().map(twice).collect();
        let same = rake(&weights, &scaled, 50.0).expect("two margins");
        let again = rake(&given.repeat(2), &doubled, 50.0).expect("two margins");
        for (place, weight) in raked.weights.iter().enumerate() {
            prop_assert!((same.weights[place] - weight).abs() < 1e-6 * weight);
            prop_assert!((again.weights[place] - weight).abs() < 1e-6 * weight);
        }
    }

    /// Any margins, any cap: weights are numbers above 0, none above the cap.
    #[test]
    fn weights_are_numbers_whatever_the_margins(
        people in prop::collection::vec((prop::option::of(0..3_usize), 0..3_usize, 0.01..100.0_f64), 0..40),
        shares in prop::collection::vec(prop_oneof![Just(0.0), 1e-12..1e12_f64], 6),
        cap in 1.01..10.0_f64,
    ) {
        let region = Margin {
            categories: people.iter().map(|person| person.0).collect(),
            targets: shares[..3].to_vec(),
        };
        let channels: Vec<usize> = people.iter().map(|person| person.1).collect();
        let given: Vec<f64> = people.iter().map(|person| person.2).collect();
        let raked = rake(&given, &[region, margin(&channels, &shares[3..])], cap).expect("margins");
        prop_assert!(raked.weights.iter().all(|&weight| weight > 0.0 && weight <= cap * (1.0 + 1e-6)));
        prop_assert!(raked.largest_miss.is_finite());
    }
}

/// Three brands on five benefits and four costs, 1..10, and whether they are worth it.
struct Panel {
    draws: ChaCha8Rng,
}

impl Panel {
    fn new(seed: u64) -> Self {
        Self {
            draws: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    /// Someone who answers each question with `score` of what one would feel.
    fn form(&mut self, pace: f64, score: impl Fn(f64, &mut ChaCha8Rng) -> f64) -> Vec<Answer> {
        let mut normal = || -> f64 { StandardNormal.sample(&mut self.draws) };
        let own_pace = pace * (0.35 * normal()).exp();
        let mut form = Vec::new();
        for brand in 0..3 {
            let mood = 0.6 * normal();
            for place in 0..10_usize {
                let (mean, sense) = match place {
                    0..=4 => (7.2 - 0.3 * place as f64, Sense::Better),
                    5..=8 => (3.6 + 0.5 * (place - 5) as f64, Sense::Worse),
                    _ => (6.5, Sense::Better),
                };
                let turned = if sense == Sense::Worse { -mood } else { mood };
                let felt = (mean + turned + 1.2 * normal()).round().clamp(1.0, 10.0);
                let seconds = 8.0 * own_pace * (0.5 * normal()).exp();
                form.push((10 * brand + place, brand, felt, sense, seconds));
            }
        }
        let answers = form
            .into_iter()
            .map(|(question, about, felt, sense, seconds)| Answer {
                question,
                about,
                score: score(felt, &mut self.draws),
                scale: (1.0, 10.0),
                sense,
                seconds,
            });
        answers.collect()
    }

    fn honest(&mut self) -> Vec<Answer> {
        self.form(1.0, |felt, _| felt)
    }
}

fn doubted(forms: &[Vec<Answer>]) -> Vec<Vec<Doubt>> {
    let forms: Vec<&[Answer]> = forms.iter().map(Vec::as_slice).collect();
    doubts(&forms, &Rules::default()).expect("the usual rules")
}

/// Honest people differ in pace by a log-normal factor of .35: three times as fast as the median are
/// P(z < −ln 3 / .35 = −3.1) = 1 in 1000.
#[test]
fn careless_forms_are_found_and_honest_ones_left_alone() {
    let mut panel = Panel::new(11);
    let mut forms: Vec<Vec<Answer>> = (0..2000).map(|_| panel.honest()).collect();
    let (mut fast, mut straight, mut random) = (Vec::new(), Vec::new(), Vec::new());
    for careless in 0..60 {
        fast.push(forms.len());
        forms.push(panel.form(0.1, |felt, _| felt));
        straight.push(forms.len());
        let same = f64::from(1 + careless % 10);
        forms.push(panel.form(1.0, |_, _| same));
        random.push(forms.len());
        forms.push(panel.form(1.0, |_, draws| f64::from(draws.random_range(1..=10))));
    }
    let twice = forms[17].clone();
    forms.push(twice);
    let found = doubted(&forms);
    let share = |forms: &[usize], doubt: Doubt| {
        let of = forms.iter().filter(|&&form| found[form].contains(&doubt));
        of.count() as f64 / forms.len() as f64
    };
    assert!(
        share(&fast, Doubt::Speeder) > 0.95,
        "{}",
        share(&fast, Doubt::Speeder)
    );
    assert_eq!(share(&straight, Doubt::StraightLiner), 1.0);
    assert!(
        share(&random, Doubt::Inconsistent) > 0.95,
        "{}",
        share(&random, Doubt::Inconsistent)
    );
    assert_eq!(found[17], [Doubt::Duplicate]);
    let honest: Vec<usize> = (0..2000).filter(|&form| form != 17).collect();
    for doubt in Doubt::ALL {
        assert!(
            share(&honest, doubt) < 0.005,
            "{doubt:?}: {}",
            share(&honest, doubt)
        );
    }
}

/// A survey in which nobody was careless: fewer than 1 in 100 are doubted, by all rules together.
#[test]
fn honest_surveys_raise_few_doubts() {
    for seed in 0..10 {
        let mut panel = Panel::new(seed);
        let forms: Vec<Vec<Answer>> = (0..400).map(|_| panel.honest()).collect();
        let doubted = doubted(&forms)
            .iter()
            .filter(|doubts| !doubts.is_empty())
            .count();
        assert!(doubted <= 4, "{doubted} of 400 with seed {seed}");
    }
}

fn scored(question: usize, score: f64, sense: Sense) -> Answer {
    Answer {
        question,
        about: 0,
        score,
        scale: (1.0, 5.0),
        sense,
        seconds: f64::NAN,
    }
}

#[test]
fn contentment_is_no_straight_line_unless_costs_are_asked_too() {
    let benefits: Vec<Answer> = (0..9)
        .map(|question| scored(question, 5.0, Sense::Better))
        .collect();
    let mut both = benefits.clone();
    both[8] = scored(8, 5.0, Sense::Worse);
    // a cost whose scale is turned round: 5 is little of it
    let mut turned = both.clone();
    turned[8].scale = (5.0, 1.0);
    let mut one_off = both.clone();
    one_off[0].score = 4.0;
    let found = doubted(&[benefits, both, turned, one_off]);
    let expected = [vec![], vec![Doubt::StraightLiner], vec![], vec![]];
    assert_eq!(found, expected, "8 of 9 are less than 90 %");
}

#[test]
fn few_answers_or_few_forms_raise_no_doubt() {
    let short: Vec<Vec<Answer>> = vec![
        (0..7)
            .map(|question| scored(question, 3.0, Sense::Worse))
            .collect();
        50
    ];
    assert!(doubted(&short).iter().all(Vec::is_empty));
    let mut panel = Panel::new(2);
    let mut few: Vec<Vec<Answer>> = (0..10).map(|_| panel.honest()).collect();
    few.push(panel.form(0.01, |_, draws| f64::from(draws.random_range(1..=10))));
    assert!(doubted(&few).iter().all(Vec::is_empty));
}

proptest! {
    /// Whatever is answered, each form gets an answer; scores outside their scale, without one, and times
    /// below 0 count for nothing.
    #[test]
    fn no_answers_are_too_odd(
        forms in prop::collection::vec(prop::collection::vec((
            0..12_usize,
            prop_oneof![Just(f64::NAN), Just(f64::INFINITY), -3.0..12.0_f64],
            prop_oneof![Just((1.0, 10.0)), Just((10.0, 1.0)), Just((f64::NAN, 1.0)), Just((2.0, 2.0))],
            prop_oneof![Just(f64::NAN), Just(0.0), -1.0..1e300_f64],
        ), 0..15), 0..40),
    ) {
        let senses = [Sense::Better, Sense::Worse, Sense::Neither];
        let forms: Vec<Vec<Answer>> = forms.iter().map(|form| {
            let answer = |&(question, score, scale, seconds): &(usize, f64, (f64, f64), f64)| Answer {
                question,
                about: question % 2,
                score,
                scale,
                sense: senses[question % 3],
                seconds,
            };
            form.iter().map(answer).collect()
        }).collect();
        prop_assert_eq!(doubted(&forms).len(), forms.len());
    }
}
