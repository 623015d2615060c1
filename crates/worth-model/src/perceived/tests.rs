//! Cases whose arithmetic is written out, and what must hold for every survey.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

const NO: f64 = f64::NAN;

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

/// One row per respondent: the scores of each brand, one brand after the other.
fn survey(rows: &[Vec<f64>], importance: &[Vec<f64>]) -> Survey {
    Survey {
        weights: vec![1.0; rows.len()],
        scores: rows.concat(),
        importance: importance.concat(),
    }
}

fn value(estimate: Option<Estimate>) -> f64 {
    estimate.expect("the number exists").value
}

fn close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 1e-9,
        "found {found}, expected {expected}"
    );
}

/// Two respondents, two brands; dimensions product, trust | price, time.
fn by_hand() -> Survey {
    survey(
        &[
            vec![8.0, 6.0, 5.0, 3.0, /* competitor */ 6.0, 6.0, 4.0, 4.0],
            vec![6.0, 8.0, 7.0, NO, /* competitor */ 8.0, NO, 6.0, 4.0],
        ],
        &[vec![9.0, 3.0, 8.0, 2.0], vec![9.0, NO, 6.0, 2.0]],
    )
}

#[test]
fn ratio_and_difference_are_those_worked_out_by_hand() {
    let fitted = spec(2).fit(&by_hand()).expect("the spec fits the survey");
    // importance: product (9 + 9) / 2 = 9, trust 3: 9/12 and 3/12; price (8 + 6) / 2 = 7, time 2:
    // 7/9 and 2/9
    for (dimension, expected) in [0.75, 0.25, 7.0 / 9.0, 2.0 / 9.0].into_iter().enumerate() {
        close(fitted.weights[dimension].weight.value, expected);
        assert_eq!(fitted.weights[dimension].origin, WeightOrigin::Asked);
    }
    // own: product (8 + 6) / 2 = 7, trust 7, price 6, time 3
    // B = .75·7 + .25·7 = 7, C = 6·7/9 + 3·2/9 = 48/9
    let own = &fitted.brands[0].measured;
    close(value(own.benefits), 7.0);
    close(value(own.costs), 48.0 / 9.0);
    close(value(own.ratio), 7.0 * 9.0 / 48.0); // 1.3125
    close(value(own.difference), 7.0 - 48.0 / 9.0); // 1.6667
    // competitor: product 7, trust 6, price 5, time 4
    // B = .75·7 + .25·6 = 6.75, C = 5·7/9 + 4·2/9 = 43/9
    let competitor = &fitted.brands[1].measured;
    close(value(competitor.ratio), 6.75 * 9.0 / 43.0); // 1.4128
    close(value(competitor.difference), 6.75 - 43.0 / 9.0); // 1.9722
    let against = fitted.against.as_ref().expect("there is a competitor");
    close(
        value(against.measured.ratio),
        1.3125 / (6.75 * 9.0 / 43.0), // .9290
    );
    close(
        value(against.measured.difference),
        (7.0 - 48.0 / 9.0) - (6.75 - 43.0 / 9.0), // −.3056
    );
    // gaps: product 0, trust +1, price +1, time −1; costs count against
    let contributions: Vec<f64> = against.contributions.iter().map(|&c| value(c)).collect();
    close(contributions[0], 0.0);
    close(contributions[1], 0.25);
    close(contributions[2], -7.0 / 9.0);
    close(contributions[3], 2.0 / 9.0);
    close(
        contributions.iter().sum(),
        value(against.measured.difference),
    );
    let weakest = against.weakest.expect("there are gaps");
    assert_eq!(weakest.dimension, 2);
    close(weakest.advantage.value, -1.0);
    // costs of 48/9 at the competitor's ratio need 48/9 · 1.4128 = 7.5349 of benefits
    close(
        value(fitted.justified.as_competitors),
        48.0 / 9.0 * 6.75 * 9.0 / 43.0,
    );
    close(
        value(fitted.justified.missing_to_break_even),
        48.0 / 9.0 - 7.0,
    );
    // two respondents are too few for any interval
    assert_eq!(own.ratio.expect("it exists").ends(), None);
}

#[test]
fn the_average_competitor_has_mean_benefits_and_mean_costs() {
    let rows = [vec![
        6.0, 6.0, 3.0, 3.0, /* */ 8.0, 8.0, 2.0, 2.0, /* */ 4.0, 4.0, 6.0, 6.0,
    ]];
    let fitted = spec(3)
        .fit(&survey(&rows, &[vec![NO; 4]]))
        .expect("the spec fits the survey");
    let average = fitted.average.expect("there are competitors");
    // B̄ = (8 + 4) / 2 = 6, C̄ = (2 + 6) / 2 = 4: ratio 1.5, not the mean of 4 and 2/3
    close(value(average.ratio), 1.5);
    close(value(average.difference), 2.0);
    let against = fitted.against.expect("there are competitors").measured;
    close(value(against.ratio), 2.0 / 1.5);
    close(value(against.difference), 1.0);
}

#[test]
fn weights_are_equal_when_nobody_was_asked_and_means_where_some_were() {
    let rows = [vec![9.0, 5.0, 2.0, 4.0]];
    let equal = spec(1)
        .fit(&survey(&rows, &[vec![NO; 4]]))
        .expect("the spec fits the survey");
    close(equal.weights[0].weight.value, 0.5);
    assert_eq!(equal.weights[0].origin, WeightOrigin::Equal);
    close(value(equal.brands[0].measured.ratio), 7.0 / 3.0);
    assert!(equal.against.is_none());
    // costs were asked of price only: time takes their mean, which is that of price
    let some = spec(1)
        .fit(&survey(&rows, &[vec![NO, NO, 8.0, NO]]))
        .expect("the spec fits the survey");
    assert_eq!(some.weights[2].origin, WeightOrigin::Asked);
    assert_eq!(some.weights[3].origin, WeightOrigin::MeanOfAsked);
    close(some.weights[3].weight.value, 0.5);
}

#[test]
fn sampling_weights_count_respondents_as_often_as_they_stand_for() {
    let rows = [vec![9.0, 9.0, 2.0, 2.0], vec![5.0, 5.0, 6.0, 6.0]];
    let mut weighted = survey(&rows, &[vec![NO; 4], vec![NO; 4]]);
    weighted.weights = vec![3.0, 1.0];
    let fitted = spec(1).fit(&weighted).expect("the spec fits the survey");
    // B = (3·9 + 5) / 4 = 8, C = (3·2 + 6) / 4 = 3
    close(value(fitted.brands[0].measured.benefits), 8.0);
    close(value(fitted.brands[0].measured.difference), 5.0);
}

#[test]
fn it_says_when_ratio_and_difference_disagree_and_when_the_order_hangs_on_the_zero() {
    // A: 8 / 4 = 2 and 8 − 4 = 4; B: 3 / 1.6 = 1.875 and 1.4; a point lower: 7/3 < 2/.6
    let rows = [vec![8.0, 8.0, 4.0, 4.0, /* */ 3.0, 3.0, 1.6, 1.6]];
    let order = spec(2)
        .fit(&survey(&rows, &[vec![NO; 4]]))
        .expect("the spec fits the survey")
        .order
        .expect("two brands");
    assert!(order.agrees());
    assert_eq!(order.by_ratio_zero_up, [1, 0]);
    assert_eq!(order.by_ratio_zero_down, [0, 1]);
    assert!(!order.survives_moving_zero());
    // A: 9 / 6 = 1.5 and 3; B: 3 / 1.5 = 2 and 1.5
    let rows = [vec![9.0, 9.0, 6.0, 6.0, /* */ 3.0, 3.0, 1.5, 1.5]];
    let order = spec(2)
        .fit(&survey(&rows, &[vec![NO; 4]]))
        .expect("the spec fits the survey")
        .order
        .expect("two brands");
    assert_eq!(order.by_ratio, [1, 0]);
    assert_eq!(order.by_difference, [0, 1]);
    assert!(!order.agrees());
    assert!(order.survives_moving_zero());
}

#[test]
fn what_nobody_answered_is_absent_and_never_a_number() {
    let rows = [vec![NO, 7.0, NO, NO, /* */ NO, NO, NO, NO]];
    let fitted = spec(2)
        .fit(&survey(&rows, &[vec![NO; 4]]))
        .expect("the spec fits the survey");
    close(value(fitted.brands[0].measured.benefits), 7.0);
    assert_eq!(fitted.brands[0].measured.costs, None);
    assert_eq!(fitted.brands[0].measured.ratio, None);
    assert_eq!(fitted.brands[1].respondents, 0);
    assert_eq!(fitted.against.expect("asked").measured.ratio, None);
    assert!(fitted.order.is_none());
    let nobody = spec(2)
        .fit(&Survey::default())
        .expect("an empty survey is no mistake");
    assert_eq!(nobody.brands[0].measured.benefits, None);
}

#[test]
fn a_respondent_is_measured_with_the_weights_of_all() {
    let fitted = spec(2).fit(&by_hand()).expect("the spec fits the survey");
    // B = .75·8 + .25·6 = 7.5, C = 5·7/9 + 3·2/9 = 41/9
    let one = fitted.respondent(&[8.0, 6.0, 5.0, 3.0]);
    close(one.benefits, 7.5);
    close(one.costs, 41.0 / 9.0);
    close(one.ratio, 7.5 * 9.0 / 41.0);
    // without an answer on time, price carries all of the costs
    close(
        fitted.respondent(&[6.0, 8.0, 7.0, NO]).difference,
        6.5 - 7.0,
    );
    assert!(fitted.respondent(&[NO, NO, 7.0, NO]).ratio.is_nan());
}

#[test]
fn mistakes_of_the_caller_are_named() {
    let mut wrong = spec(1);
    wrong.competitors = vec![1];
    let error = wrong
        .fit(&Survey::default())
        .expect_err("there is no such brand");
    assert_eq!(
        error.to_string(),
        "competitors is 1: a number below that of brands"
    );
    let mut short = by_hand();
    short.importance.pop();
    let error = spec(2).fit(&short).expect_err("one number is missing");
    assert_eq!(
        error.to_string(),
        "importance has 7 rows where 8 are expected"
    );
}

/// A survey of one brand with known truth: benefits 6 and costs 4 on average.
fn simulated(respondents: usize, seed: u64) -> Survey {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let rows: Vec<Vec<f64>> = (0..respondents)
        .map(|_| {
            // what a respondent says of one thing leans the same way as of another
            let mood: f64 = random.random_range(-1.0..1.0);
            let mut say = |mean: f64| mean + mood + random.random_range(-2.0..2.0);
            vec![say(7.0), say(5.0), say(4.0), say(4.0)]
        })
        .collect();
    survey(&rows, &vec![vec![NO; 4]; respondents])
}

#[test]
fn intervals_hold_as_often_as_they_say() {
    let surveys = 400;
    let mut held = 0;
    for seed in 0..surveys {
        let fitted = spec(1)
            .fit(&simulated(25, seed))
            .expect("the spec fits the survey");
        let (low, high) = fitted.brands[0]
            .measured
            .difference
            .and_then(|difference| difference.ends())
            .expect("25 respondents give an interval");
        held += usize::from(low <= 2.0 && 2.0 <= high);
    }
    // 90 of 100, give or take three standard errors of 400 surveys
    let share = held as f64 / surveys as f64;
    assert!((0.855..=0.945).contains(&share), "held in {share}");
}

#[test]
fn four_times_the_respondents_halve_the_interval_and_the_smallest_difference() {
    let one = simulated(100, 7);
    let four = Survey {
        weights: one.weights.repeat(4),
        scores: one.scores.repeat(4),
        importance: one.importance.repeat(4),
    };
    let width = |fitted: &Fitted| {
        let (low, high) = fitted.brands[0]
            .measured
            .difference
            .and_then(|difference| difference.ends())
            .expect("there are enough");
        high - low
    };
    let (one, four) = (
        spec(1).fit(&one).expect("fits"),
        spec(1).fit(&four).expect("fits"),
    );
    let shrink = width(&one) / width(&four);
    assert!((1.7..2.3).contains(&shrink), "{shrink}");
    let smallest = |fitted: &Fitted| fitted.smallest.expect("there are enough").points;
    let shrink = smallest(&one) / smallest(&four);
    assert!((1.7..2.3).contains(&shrink), "{shrink}");
}

#[test]
fn the_smallest_difference_is_that_of_the_textbook() {
    // difference scores of 100 respondents have variance s²; two surveys of 100 differ with
    // standard error √(2 s² / 100); seen at 90 % with power 80 %: (1.6449 + .8416) standard errors
    let survey = simulated(100, 3);
    let differences: Vec<f64> = survey
        .scores
        .chunks_exact(4)
        .map(|s| (s[0] + s[1]) / 2.0 - (s[2] + s[3]) / 2.0)
        .collect();
    let mean = differences.iter().sum::<f64>() / 100.0;
    let variance = differences.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / 99.0;
    let expected = (1.644_853_6 + 0.841_621_2) * (2.0 * variance / 100.0).sqrt();
    let mut precise = spec(1);
    precise.resamples = 4000;
    let found = precise
        .fit(&survey)
        .expect("fits")
        .smallest
        .expect("enough");
    assert_eq!(found.between, Between::ThisSurveyAndAnother);
    assert!((found.points / expected - 1.0).abs() < 0.05);
}

#[test]
fn threads_do_not_matter() {
    let survey = simulated(50, 11);
    let with = |threads: usize| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads can be made")
            .install(|| spec(1).fit(&survey))
    };
    assert_eq!(with(1), with(4));
}

fn answers() -> impl Strategy<Value = Vec<(Vec<f64>, Vec<f64>)>> {
    let score =
        || prop_oneof![4 => (2..=20u8).prop_map(|half| f64::from(half) / 2.0), 1 => Just(NO)];
    prop::collection::vec(
        (
            prop::collection::vec(score(), 8),
            prop::collection::vec(score(), 4),
        ),
        1..30,
    )
}

fn built(answers: &[(Vec<f64>, Vec<f64>)]) -> Survey {
    let (rows, importance): (Vec<_>, Vec<_>) = answers.iter().cloned().unzip();
    survey(&rows, &importance)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn weights_add_to_one_and_means_stay_on_the_scale(answers in answers()) {
        let fitted = spec(2).fit(&built(&answers)).expect("fits");
        let weight = |range: std::ops::Range<usize>| -> f64 {
            fitted.weights[range].iter().map(|w| w.weight.value).sum()
        };
        prop_assert!((weight(0..2) - 1.0).abs() < 1e-9);
        prop_assert!((weight(2..4) - 1.0).abs() < 1e-9);
        for brand in &fitted.brands {
            for mean in [brand.measured.benefits, brand.measured.costs].into_iter().flatten() {
                prop_assert!((1.0 - 1e-9..=10.0 + 1e-9).contains(&mean.value));
                if let Some((low, high)) = mean.ends() {
                    prop_assert!(low <= mean.value && mean.value <= high);
                }
            }
        }
    }

    #[test]
    fn importance_on_another_scale_gives_the_same_answer(answers in answers(), factor in 0.1..50.0f64) {
        let survey = built(&answers);
        let mut other = survey.clone();
        other.importance.iter_mut().for_each(|importance| *importance *= factor);
        let (one, other) = (spec(2).fit(&survey).expect("fits"), spec(2).fit(&other).expect("fits"));
        for (one, other) in one.weights.iter().zip(&other.weights) {
            prop_assert!((one.weight.value - other.weight.value).abs() < 1e-9);
        }
    }

    #[test]
    fn the_order_of_respondents_does_not_matter(answers in answers()) {
        let mut turned = answers.clone();
        turned.reverse();
        let (one, other) = (
            spec(2).fit(&built(&answers)).expect("fits"),
            spec(2).fit(&built(&turned)).expect("fits"),
        );
        for (one, other) in one.brands.iter().zip(&other.brands) {
            prop_assert_eq!(one.respondents, other.respondents);
            match (one.measured.ratio, other.measured.ratio) {
                (Some(one), Some(other)) => prop_assert!((one.value - other.value).abs() < 1e-9),
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }

    #[test]
    fn brands_with_other_numbers_get_the_same_answers(answers in answers()) {
        let swapped: Vec<(Vec<f64>, Vec<f64>)> = answers
            .iter()
            .map(|(scores, importance)| ([&scores[4..], &scores[..4]].concat(), importance.clone()))
            .collect();
        let mut other_way = spec(2);
        other_way.own = 1;
        other_way.competitors = vec![0];
        let one = spec(2).fit(&built(&answers)).expect("fits");
        let other = other_way.fit(&built(&swapped)).expect("fits");
        prop_assert_eq!(&one.brands[0], &other.brands[1]);
        prop_assert_eq!(&one.brands[1], &other.brands[0]);
        prop_assert_eq!(one.against, other.against);
    }
}
