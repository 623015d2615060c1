//! Cases worked out another way, what must hold for every survey, and simulated surveys that give
//! back what they were made from.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::*;
use crate::estimate::NoInterval;

const NO: f64 = f64::NAN;

#[derive(Debug, Clone, Default)]
struct Survey {
    drivers: Vec<Vec<f64>>,
    outcome: Vec<f64>,
    weight: Option<Vec<f64>>,
}

impl Survey {
    fn rows(rows: &[Vec<f64>]) -> Self {
        let column = |index: usize| rows.iter().map(|row| row[index]).collect();
        Self {
            outcome: column(0),
            drivers: (1..rows[0].len()).map(column).collect(),
            weight: None,
        }
    }

    fn fit(&self, analysis: &KeyDrivers) -> FittedDrivers {
        let drivers: Vec<&[f64]> = self.drivers.iter().map(Vec::as_slice).collect();
        let answers = Answers {
            drivers: &drivers,
            outcome: &self.outcome,
            weight: self.weight.as_deref(),
        };
        analysis
            .fit(&answers.check().expect("they make sense"))
            .expect("the settings make sense")
    }

    fn explained(&self) -> Explained {
        let fitted = self.fit(&few_resamples());
        fitted.explained.expect("it can be told")
    }
}

fn few_resamples() -> KeyDrivers {
    resampled(100)
}

fn resampled(resamples: usize) -> KeyDrivers {
    KeyDrivers {
        resampling: Resampling {
            resamples,
            ..Resampling::default()
        },
        ..KeyDrivers::default()
    }
}

fn values(explained: &Explained, of: fn(&Importance) -> Estimate) -> Vec<f64> {
    explained
        .drivers
        .iter()
        .map(|driver| of(driver).value)
        .collect()
}

fn gains(explained: &Explained) -> Vec<f64> {
    values(explained, |driver| driver.gain)
}

fn close(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (one, other) in found.iter().zip(expected) {
        assert!(
            (one - other).abs() < tolerance,
            "{found:?}, expected {expected:?}"
        );
    }
}

/// Drivers that go together (correlation .4) and an outcome with these effects and noise of 1.
fn drawn(respondents: usize, effects: &[f64], seed: u64) -> Survey {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let rows: Vec<Vec<f64>> = (0..respondents)
        .map(|_| {
            let mut normal = || -> f64 { StandardNormal.sample(&mut random) };
            let together = 0.4_f64.sqrt() * normal();
            let mut row = vec![normal()];
            for effect in effects {
                let score = together + 0.6_f64.sqrt() * normal();
                row[0] += effect * score;
                row.push(score);
            }
            row
        })
        .collect();
    Survey::rows(&rows)
}

/// What such surveys tend to: gains at the true correlations, one order of drivers after the other.
fn truth(effects: &[f64]) -> Vec<f64> {
    let drivers = effects.len();
    let between = |i: usize, j: usize| if i == j { 1.0 } else { 0.4 };
    let with: Vec<f64> = (0..drivers)
        .map(|i| (0..drivers).map(|j| between(i, j) * effects[j]).sum())
        .collect();
    let explained: f64 = with.iter().zip(effects).map(|(a, b)| a * b).sum();
    let deviation = (explained + 1.0).sqrt();
    by_permutations(
        &(0..drivers * drivers)
            .map(|at| between(at / drivers, at % drivers))
            .collect::<Vec<_>>(),
        &with.iter().map(|with| with / deviation).collect::<Vec<_>>(),
    )
}

/// Gains in all orders, each R² by a regression of its own.
fn by_permutations(between: &[f64], with: &[f64]) -> Vec<f64> {
    let drivers = with.len();
    let r_squared = |set: &[usize]| {
        let matrix: Vec<f64> = set
            .iter()
            .flat_map(|&i| set.iter().map(move |&j| between[i * drivers + j]))
            .collect();
        let right: Vec<f64> = set.iter().map(|&i| with[i]).collect();
        let factor = crate::dense::Factor::new(&matrix, set.len(), 0.0);
        crate::dense::dot(&factor.solve(&right), &right)
    };
    let mut gains = vec![0.0; drivers];
    let mut orders = vec![vec![]];
    for driver in 0..drivers {
        orders = orders
            .iter()
            .flat_map(|order: &Vec<usize>| {
                (0..=order.len()).map(move |place| {
                    let mut longer = order.clone();
                    longer.insert(place, driver);
                    longer
                })
            })
            .collect();
    }
    for order in &orders {
        for place in 0..drivers {
            let gain = r_squared(&order[..=place]) - r_squared(&order[..place]);
            gains[order[place]] += gain / orders.len() as f64;
        }
    }
    gains
}

#[test]
fn gains_of_two_drivers_are_those_worked_out_by_hand() {
    // Four respondents, drivers −1 −1 1 1 and −1 1 −1 1 (orthogonal), outcome 1 2 3 6: mean 3,
    // squares 4 + 1 + 0 + 9 = 14. First driver: products −1·1 − 2 + 3 + 6 = 6, r² = 36 / (4·14);
    // second: −1 + 2 − 3 + 6 = 4, r² = 16 / 56.
    let survey = Survey::rows(&[
        vec![1.0, -1.0, -1.0],
        vec![2.0, -1.0, 1.0],
        vec![3.0, 1.0, -1.0],
        vec![6.0, 1.0, 1.0],
    ]);
    let fitted = survey.fit(&few_resamples());
    let explained = fitted.explained.expect("four respondents, two drivers");
    close(&gains(&explained), &[36.0 / 56.0, 16.0 / 56.0], 1e-12);
    close(&[explained.r_squared.value], &[52.0 / 56.0], 1e-12);
    // 1 − (4 / 56) · 3 / 1
    close(&[explained.adjusted_r_squared], &[1.0 - 12.0 / 56.0], 1e-12);
    let shares = values(&explained, |driver| driver.share);
    close(&shares, &[36.0 / 52.0, 16.0 / 52.0], 1e-12);
    assert_eq!(explained.drivers[0].rank.value, 1.0);
    // five respondents a driver are needed for an interval
    let few = Concern::TooFew {
        effective: 4.0,
        needed: 10,
    };
    assert!(fitted.concerns.contains(&few));
    assert_eq!(
        explained.drivers[0].gain,
        Estimate::without(explained.drivers[0].gain.value, NoInterval::TooFew)
    );
}

#[test]
fn all_sets_say_the_same_as_all_orders() {
    let survey = drawn(60, &[0.5, 0.3, -0.2, 0.1, 0.0, 0.4], 3);
    let columns: Vec<&[f64]> = std::iter::once(&survey.outcome)
        .chain(&survey.drivers)
        .map(Vec::as_slice)
        .collect();
    let rows: Vec<usize> = (0..60).collect();
    let groups = Groups::of(60, 1);
    let whole = Moments::of(&rows, &columns, |_| 1.0, &groups)
        .correlations(&[1.0; 60])
        .expect("all answered");
    let expected = by_permutations(&whole.between, &whole.with_outcome);
    close(&gains(&survey.explained()), &expected, 1e-12);
}

#[test]
fn drivers_that_say_the_same_share_what_they_say() {
    let mut survey = drawn(80, &[0.5, 0.3], 1);
    let alone = gains(&survey.explained());
    survey.drivers.push(
        survey.drivers[0]
            .iter()
            .map(|score| 3.0 - 2.0 * score)
            .collect(),
    );
    let fitted = survey.fit(&few_resamples());
    assert_eq!(
        fitted.concerns,
        [Concern::Collinear {
            driver: 2,
            follows_from: vec![0]
        }]
    );
    let explained = fitted.explained.expect("enough respondents");
    let twins = gains(&explained);
    close(&[twins[0]], &[twins[2]], 1e-9);
    close(&[twins.iter().sum()], &[alone.iter().sum()], 1e-9);
    close(&[explained.drivers[2].coefficient.value], &[0.0], 1e-12);
}

#[test]
fn what_cannot_be_told_is_said() {
    let same = |outcome: f64| {
        let rows: Vec<Vec<f64>> = (0..40)
            .map(|row| vec![outcome, f64::from(row % 5), 7.0])
            .collect();
        Survey::rows(&rows).fit(&few_resamples())
    };
    let constant = same(4.1);
    assert_eq!(constant.explained, None);
    assert_eq!(constant.concerns[0], Concern::ConstantOutcome);
    assert_eq!(constant.concerns[1], Concern::Constant { drivers: vec![1] });
    // the profile is there all the same
    assert_eq!(constant.drivers[0].respondents, 40);
    assert!((constant.drivers[0].mean.value - 2.0).abs() < 1e-12);

    let mut survey = drawn(200, &[0.0, 0.0], 5);
    let nothing = survey.fit(&few_resamples());
    assert!(
        matches!(nothing.concerns[..], [Concern::NothingExplained { p_value }] if p_value > 0.1)
    );
    survey.outcome = (0..200)
        .map(|row| f64::from(u8::from(row % 50 == 0)))
        .collect();
    let one_sided = survey.fit(&few_resamples()).concerns;
    assert!(one_sided.contains(&Concern::OneSided { yes: 0.02 }));

    let nobody = Survey::rows(&[vec![NO, 1.0], vec![1.0, NO]]).fit(&few_resamples());
    let Respondents {
        without_outcome,
        incomplete,
        used,
        ..
    } = nobody.respondents;
    assert_eq!((without_outcome, incomplete, used), (1, 1, 0));
    assert_eq!(nobody.explained, None);
}

#[test]
fn answers_that_make_no_sense_are_named() {
    let check = |drivers: &[&[f64]], outcome: &[f64], weight: Option<&[f64]>| {
        let answers = Answers {
            drivers,
            outcome,
            weight,
        };
        answers.check().map(|_| ())
    };
    assert!(matches!(check(&[], &[1.0], None), Err(Error::Empty { .. })));
    assert!(matches!(
        check(&[&[1.0, 2.0]], &[1.0], None),
        Err(Error::Length { .. })
    ));
    let infinite = check(&[&[f64::INFINITY]], &[1.0], None);
    assert!(matches!(
        infinite,
        Err(Error::Row {
            field: "driver",
            row: 0,
            ..
        })
    ));
    let weightless = check(&[&[1.0]], &[1.0], Some(&[0.0]));
    assert!(matches!(
        weightless,
        Err(Error::Row {
            field: "weight",
            ..
        })
    ));
}

#[test]
fn many_drivers_share_r_squared_over_a_sample_of_orders() {
    let mut effects = vec![0.0; 22];
    effects[..3].copy_from_slice(&[0.5, 0.5, 0.2]);
    let explained = drawn(4000, &effects, 8).explained();
    let Orders::Sampled { standard_error, .. } = explained.orders else {
        panic!("22 drivers have too many sets");
    };
    assert!(standard_error < 0.001, "{standard_error}");
    let found = gains(&explained);
    close(&[found.iter().sum()], &[explained.r_squared.value], 1e-12);
}

#[test]
fn pairs_of_answers_say_what_complete_answers_say() {
    let survey = drawn(300, &[0.5, 0.3, 0.0], 2);
    let pairwise = KeyDrivers {
        missing: Missing::Pairwise,
        ..few_resamples()
    };
    assert_eq!(survey.fit(&pairwise), survey.fit(&few_resamples()));
    // each respondent is asked two of three questions: nobody is complete, the truth is found
    let mut split = drawn(30_000, &[0.5, 0.3, 0.0], 2);
    for row in 0..30_000 {
        split.drivers[row % 3][row] = NO;
    }
    assert_eq!(split.fit(&few_resamples()).respondents.incomplete, 30_000);
    let fitted = split.fit(&pairwise);
    assert_eq!(fitted.respondents.used, 30_000);
    close(&[fitted.respondents.effective], &[20_000.0], 1e-6);
    let explained = fitted.explained.expect("many respondents");
    close(&gains(&explained), &truth(&[0.5, 0.3, 0.0]), 0.02);
    // each asked one of three: no correlation between them can be known
    for row in 0..30_000 {
        split.drivers[(row + 1) % 3][row] = NO;
    }
    let apart = split.fit(&pairwise);
    assert_eq!(
        (apart.explained, apart.concerns),
        (None, vec![Concern::NeverTogether])
    );
}

#[test]
fn contradicting_pairs_of_answers_are_reconciled() {
    // one goes with two, two with three, three against one: each pair from other respondents
    let rows: Vec<Vec<f64>> = (0..300)
        .map(|row| {
            let score = f64::from(row % 10);
            let outcome = f64::from(row % 7);
            match row / 100 {
                0 => vec![outcome, score, score, NO],
                1 => vec![outcome, NO, score, score],
                _ => vec![outcome, score, NO, 9.0 - score],
            }
        })
        .collect();
    let fitted = Survey::rows(&rows).fit(&KeyDrivers {
        missing: Missing::Pairwise,
        ..few_resamples()
    });
    assert!(fitted.concerns.contains(&Concern::Reconciled));
    let explained = fitted.explained.expect("300 respondents");
    assert!((0.0..=1.0).contains(&explained.r_squared.value));
}

#[test]
fn intervals_hold_about_as_often_as_they_say() {
    let effects = [0.5, 0.3, 0.2, 0.05, 0.0];
    let gains = truth(&effects);
    let r_squared: f64 = gains.iter().sum();
    let holds = |estimate: &Estimate, truth: f64| {
        let (low, high) = estimate.ends().expect("enough respondents");
        u32::from((low..=high).contains(&truth))
    };
    let surveys = 300;
    let (mut of_gains, mut of_shares, mut of_whole) = ([0; 5], [0; 5], 0);
    for seed in 0..surveys {
        let fitted = drawn(120, &effects, seed).fit(&resampled(200));
        let explained = fitted.explained.expect("enough respondents");
        of_whole += holds(&explained.r_squared, r_squared);
        for (driver, importance) in explained.drivers.iter().enumerate() {
            of_gains[driver] += holds(&importance.gain, gains[driver]);
            of_shares[driver] += holds(&importance.share, gains[driver] / r_squared);
        }
    }
    // 270 of 300 expected, standard deviation 5; percentiles fall a little short
    let bounds = 240..=290;
    for held in of_gains.into_iter().chain(of_shares).chain([of_whole]) {
        assert!(
            bounds.contains(&held),
            "{of_gains:?} {of_shares:?} {of_whole}"
        );
    }
}

#[test]
fn intervals_of_sampled_orders_are_those_of_exact_ones() {
    // 13 drivers are sampled in resamples, 12 are not; the last one brings next to nothing
    let mut effects = vec![0.0; 13];
    effects[..4].copy_from_slice(&[0.6, 0.4, 0.2, -0.3]);
    let survey = drawn(400, &effects, 4);
    let fewer = Survey {
        drivers: survey.drivers[..12].to_vec(),
        ..survey.clone()
    };
    let width = |survey: &Survey, driver: usize| {
        let explained = survey.fit(&resampled(1000)).explained.expect("enough");
        let (low, high) = explained.drivers[driver].gain.ends().expect("enough");
        high - low
    };
    for driver in 0..4 {
        let ratio = width(&survey, driver) / width(&fewer, driver);
        assert!((0.85..1.15).contains(&ratio), "{driver}: {ratio}");
    }
}

#[test]
fn four_times_the_respondents_halve_intervals() {
    let width = |respondents: usize| {
        let surveys = (0..20).map(|seed| {
            let explained = drawn(respondents, &[0.5, 0.3], seed)
                .fit(&resampled(300))
                .explained;
            let (low, high) = explained.expect("enough").drivers[0]
                .gain
                .ends()
                .expect("enough");
            high - low
        });
        surveys.sum::<f64>()
    };
    // 500 and 2,000 respondents: each a group of their own, and two to a group
    let ratio = width(500) / width(2000);
    assert!((1.85..2.15).contains(&ratio), "{ratio}");
}

#[test]
fn a_driver_of_nothing_brings_as_much_as_chance_says() {
    let surveys = 400;
    let mut below = 0;
    for seed in 0..surveys {
        let mut survey = drawn(150, &[0.6, 0.3], seed);
        let mut random = ChaCha8Rng::seed_from_u64(seed + 1000);
        survey
            .drivers
            .push((0..150).map(|_| random.random::<f64>()).collect());
        let explained = survey.explained();
        below += u32::from(gains(&explained)[2] < explained.gain_by_chance);
    }
    // 360 expected, standard deviation 6
    assert!((342..=378).contains(&below), "{below} of 400");
}

#[test]
fn threads_do_not_matter() {
    let survey = drawn(1500, &[0.2; 15], 6);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("a pool")
            .install(|| survey.fit(&few_resamples()))
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn basic_and_excitement_factors_are_told_apart() {
    let mut random = ChaCha8Rng::seed_from_u64(2);
    let rows: Vec<Vec<f64>> = (0..2000)
        .map(|_| {
            let scores: [f64; 4] =
                std::array::from_fn(|_| f64::from(random.random_range(1..=10u8)));
            let [low, high] = [|score: f64| score <= 4.0, |score: f64| score >= 8.0];
            let points = |is: bool, points: f64| if is { points } else { 0.0 };
            let noise: f64 = StandardNormal.sample(&mut random);
            let outcome = 5.0 + noise
                + points(low(scores[0]), -1.5) // takes only
                + points(high(scores[1]), 1.0) // adds only
                + points(low(scores[2]), -1.0) + points(high(scores[2]), 1.0);
            std::iter::once(outcome).chain(scores).collect()
        })
        .collect();
    let survey = Survey::rows(&rows);
    let drivers: Vec<&[f64]> = survey.drivers.iter().map(Vec::as_slice).collect();
    let answers = Answers {
        drivers: &drivers,
        outcome: &survey.outcome,
        weight: None,
    };
    let answers = answers.check().expect("scores");
    let analysis = PenaltyReward {
        low_at_most: 4.0,
        high_at_least: 8.0,
        missing: Missing::Listwise,
        resampling: Resampling::default(),
    };
    let found = analysis.fit(&answers).expect("the settings make sense");
    let kinds: Vec<FactorKind> = found.drivers.iter().map(|driver| driver.factor).collect();
    assert_eq!(
        kinds,
        [
            FactorKind::Basic,
            FactorKind::Excitement,
            FactorKind::Performance,
            FactorKind::Unclear
        ]
    );
    let holds = |estimate: Option<Estimate>, truth: f64| {
        let (low, high) = estimate
            .and_then(|estimate| estimate.ends())
            .expect("many respondents");
        // within twice the reach: seven of these are looked at
        let (middle, reach) = ((low + high) / 2.0, high - low);
        assert!((middle - truth).abs() < reach, "{low} {high}, true {truth}");
    };
    holds(found.drivers[0].penalty, -1.5);
    holds(found.drivers[0].reward, 0.0);
    holds(found.drivers[1].reward, 1.0);
    holds(found.drivers[2].balance, 0.0);
    let turned = PenaltyReward {
        low_at_most: 8.0,
        ..analysis
    };
    assert!(turned.fit(&answers).is_err());
}

fn any_survey() -> impl Strategy<Value = Survey> {
    let score = prop_oneof![
        6 => (1..=10i8).prop_map(f64::from),
        1 => Just(NO),
        1 => -1e100..1e100,
        1 => Just(0.1),
    ];
    (1..5usize, 0..30usize).prop_flat_map(move |(drivers, respondents)| {
        let column = prop::collection::vec(score.clone(), respondents);
        (
            prop::collection::vec(column.clone(), drivers),
            column,
            prop::option::of(prop::collection::vec(1e-3..1e3f64, respondents)),
        )
            .prop_map(|(drivers, outcome, weight)| Survey {
                drivers,
                outcome,
                weight,
            })
    })
}

/// Scores of a scale, so that most surveys can be told.
fn plain_survey() -> impl Strategy<Value = Survey> {
    let row = prop::collection::vec((1..=10i8).prop_map(f64::from), 4);
    prop::collection::vec(row, 20..50).prop_map(|rows| Survey::rows(&rows))
}

fn is_told(estimate: &Estimate) -> bool {
    let ends = estimate.ends().unwrap_or((estimate.value, estimate.value));
    ends.0 <= estimate.value && estimate.value <= ends.1 && ends.0.is_finite() && ends.1.is_finite()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_figure_is_a_number(survey in any_survey(), pairwise: bool) {
        let missing = if pairwise { Missing::Pairwise } else { Missing::Listwise };
        let fitted = survey.fit(&KeyDrivers { missing, ..few_resamples() });
        if let Some(explained) = fitted.explained {
            prop_assert!(is_told(&explained.r_squared));
            prop_assert!((0.0..=1.0 + 1e-9).contains(&explained.r_squared.value));
            prop_assert!(explained.gain_by_chance.is_finite() && explained.smallest_gain.is_finite());
            let mut sum = 0.0;
            for driver in &explained.drivers {
                for estimate in [
                    driver.gain, driver.share, driver.rank, driver.correlation,
                    driver.coefficient, driver.relative_weight,
                ] {
                    prop_assert!(is_told(&estimate), "{:?}", driver);
                }
                prop_assert!(driver.elastic_net.is_none_or(f64::is_finite));
                sum += driver.gain.value;
            }
            prop_assert!((sum - explained.r_squared.value).abs() < 1e-9);
        }
    }

    #[test]
    fn gains_add_to_r_squared_of_the_regression(survey in plain_survey()) {
        let explained = survey.explained();
        let products = explained.drivers.iter()
            .map(|driver| driver.coefficient.value * driver.correlation.value);
        let r_squared: f64 = products.sum();
        prop_assert!((explained.r_squared.value - r_squared).abs() < 1e-9);
        let weights: f64 = values(&explained, |driver| driver.relative_weight).iter().sum();
        prop_assert!((weights - r_squared).abs() < 1e-9);
        let shares: f64 = values(&explained, |driver| driver.share).iter().sum();
        prop_assert!((shares - 1.0).abs() < 1e-9);
    }

    #[test]
    fn orthogonal_drivers_have_the_same_gains_by_all_methods(
        outcome in prop::collection::vec((1..=10i8).prop_map(f64::from), 16)
    ) {
        prop_assume!(outcome.iter().any(|score| *score != outcome[0]));
        // a full factorial design: every combination of four drivers once
        let driver = |bit: usize| (0..16).map(|row| f64::from(row >> bit & 1u8)).collect();
        let survey = Survey { drivers: (0..4).map(driver).collect(), outcome, weight: None };
        let explained = survey.explained();
        for driver in &explained.drivers {
            let squared = driver.correlation.value.powi(2);
            prop_assert!((driver.gain.value - squared).abs() < 1e-12);
            prop_assert!((driver.relative_weight.value - squared).abs() < 1e-12);
            prop_assert!((driver.coefficient.value.powi(2) - squared).abs() < 1e-12);
        }
    }

    #[test]
    fn units_order_and_weights_of_all_leave_no_trace(survey in plain_survey(), factor in 0.01..100.0f64) {
        let before = survey.explained();
        let mut after = survey.clone();
        after.outcome.reverse();
        for score in &mut after.outcome {
            *score *= -3.0;
        }
        for column in &mut after.drivers {
            column.reverse();
            for score in column {
                *score = 100.0 + factor * *score;
            }
        }
        after.drivers.reverse();
        after.weight = Some(vec![factor; survey.outcome.len()]);
        let mut turned = gains(&after.explained());
        turned.reverse();
        close(&turned, &gains(&before), 1e-9);
    }

    #[test]
    fn a_weight_of_three_is_three_respondents(survey in plain_survey(), heavy in 0..20usize) {
        let mut weight = vec![1.0; survey.outcome.len()];
        weight[heavy] = 3.0;
        let weighted = Survey { weight: Some(weight), ..survey.clone() };
        let mut repeated = survey;
        for column in repeated.drivers.iter_mut().chain([&mut repeated.outcome]) {
            let score = column[heavy];
            column.extend([score, score]);
        }
        close(&gains(&weighted.explained()), &gains(&repeated.explained()), 1e-9);
    }
}

/// Of 100 respondents tanh((1.64485 + .84162) / √97) = tanh(.252464).
#[test]
fn smallest_correlation_by_hand() {
    let found = smallest_correlation(100.0, 0.9).expect("enough");
    assert!((found - 0.247_233).abs() < 5e-6, "{found}");
    assert_eq!(smallest_correlation(3.0, 0.9), None);
}
