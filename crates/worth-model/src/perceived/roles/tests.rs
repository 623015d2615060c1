//! Accounts whose arithmetic is written out, simulated ones, and what must hold for all.

use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::*;

const NO: f64 = f64::NAN;

/// Product and price in the eyes of users and payers.
fn spec() -> Spec {
    Spec {
        benefits: 1,
        costs: 1,
        brands: 2,
        own: 0,
        competitors: Vec::new(),
        weights: Weights::Given(vec![1.0, 1.0]),
        resamples: 400,
        level: 0.9,
        seed: 1,
    }
}

/// Account, then product and price as a user, then as a payer.
fn people(rows: &[(usize, [f64; 4])]) -> People {
    People {
        survey: Survey {
            weights: vec![1.0; rows.len()],
            scores: rows.iter().flat_map(|(_, scores)| *scores).collect(),
            importance: vec![NO; rows.len() * 2],
        },
        accounts: rows.iter().map(|(account, _)| *account).collect(),
        say: Vec::new(),
    }
}

/// Accounts 0 and 1 have users and a payer, in 2 one person is both, in 3 there is a user only. One
/// payer counts for three.
fn by_hand() -> People {
    let mut people = people(&[
        (0, [8.0, 4.0, NO, NO]),
        (0, [NO, NO, 7.0, 6.0]),
        (1, [6.0, 4.0, NO, NO]),
        (1, [8.0, 6.0, NO, NO]),
        (1, [NO, NO, 7.0, 8.0]),
        (2, [9.0, 3.0, 9.0, 3.0]),
        (3, [5.0, 5.0, NO, NO]),
    ]);
    people.survey.weights[1] = 3.0;
    people
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

fn dimensions(gap: &RoleGap) -> Vec<f64> {
    let known = gap.dimensions.iter().flatten();
    known.map(|gap| gap.points.value).collect()
}

#[test]
fn gaps_are_those_worked_out_by_hand() {
    let fitted = spec().fit_roles(&by_hand()).expect("lengths fit");
    // users: product 36 / 5 = 7.2, price 22 / 5 = 4.4
    let [users, payers] = &fitted.roles[..] else {
        panic!("two roles");
    };
    close(value(users.value.measured.difference), 2.8);
    assert_eq!((users.accounts, users.value.respondents), (4, 5));
    // payers: product (3 · 7 + 7 + 9) / 5 = 7.4, price (3 · 6 + 8 + 3) / 5 = 5.8
    close(value(payers.value.measured.difference), 1.6);
    assert_eq!((payers.accounts, payers.value.respondents), (3, 3));
    let pair = &fitted.pairs[0];
    let whole = pair.whole.as_ref().expect("both answered");
    close(value(whole.measured.difference), 1.2);
    close(value(whole.measured.ratio), 7.2 / 4.4 / (7.4 / 5.8));
    assert_eq!(whole.accounts, 3);
    // account 0, which counts (1 + 3) / 2 = 2: product 8 − 7 = 1, price 4 − 6 = −2
    // account 1, which counts 1: product 7 − 7 = 0, price 5 − 8 = −3
    let within = pair.within.as_ref().expect("both answered in two accounts");
    assert_eq!(within.accounts, 2);
    for (found, expected) in dimensions(within).into_iter().zip([2.0 / 3.0, -7.0 / 3.0]) {
        close(found, expected);
    }
    close(value(within.measured.difference), 3.0);
    // two accounts have no interval, and find nothing
    assert_eq!(within.measured.difference.and_then(|d| d.ends()), None);
    assert_eq!((within.p_value, within.smallest), (1.0, None));
    assert_eq!(fitted.decision, None);
}

#[test]
fn the_decision_value_is_that_worked_out_by_hand() {
    let mut people = by_hand();
    people.survey.weights[1] = 1.0;
    people.say = vec![
        0.2, 0.0, /* */ 0.0, 0.8, /* */ 0.1, 0.0, /* */ 0.1, 0.0, /* */ 0.0,
        0.6, /* */
        0.5, 0.5, /* */ 1.0, 0.0,
    ];
    let fitted = spec().fit_roles(&people).expect("lengths fit");
    let decision = fitted.decision.expect("two accounts with two people");
    assert_eq!(decision.gap.accounts, 2);
    // account 0: product .2 · 8 + .8 · 7 = 7.2, price .2 · 4 + .8 · 6 = 5.6
    // account 1: product (.1 · 6 + .1 · 8 + .6 · 7) / .8 = 7, price (.4 + .6 + 4.8) / .8 = 7.25
    close(value(decision.by_say.difference), (1.6 - 0.25) / 2.0);
    // plain: 7.5 − 5 = 2.5 and 7 − 6 = 1
    close(value(decision.plain.difference), 1.75);
    close(value(decision.gap.measured.difference), 0.675 - 1.75);
}

/// Accounts with a user and a payer, whose scores share the account's mood; payers see `more` of price.
fn simulated(accounts: usize, more: f64, seed: u64) -> People {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut normal = || -> f64 { StandardNormal.sample(&mut random) };
    let rows: Vec<(usize, [f64; 4])> = (0..accounts)
        .flat_map(|account| {
            let mood = 1.5 * normal();
            let mut score = |mean: f64| mean + mood + 0.7 * normal();
            [
                (account, [score(6.0), score(5.0), NO, NO]),
                (account, [NO, NO, score(6.0), score(5.0 + more)]),
            ]
        })
        .collect();
    people(&rows)
}

#[test]
fn what_accounts_share_cancels_within_them() {
    let fitted = spec()
        .fit_roles(&simulated(400, 1.0, 5))
        .expect("lengths fit");
    let pair = &fitted.pairs[0];
    let price = |gap: &Option<RoleGap>| {
        let gap = gap.as_ref().expect("both answered").dimensions[1];
        let gap = gap.expect("both were asked");
        let (low, high) = gap.points.ends().expect("many accounts");
        assert!(low < -1.0 && -1.0 < high && gap.p_value < 1e-9, "{gap:?}");
        high - low
    };
    // nobody answers without the other: the same accounts are drawn, and mood cancels in both
    close(price(&pair.whole), price(&pair.within));
    // half of the accounts answer in one role only: their moods do not cancel any more
    let mut halves = simulated(400, 1.0, 5);
    for person in 0..400 {
        halves.accounts[person] = 1000 + person;
    }
    let fitted = spec().fit_roles(&halves).expect("lengths fit");
    let pair = &fitted.pairs[0];
    // per account: variance 2 · .7² inside, 2 · (.7² + 1.5²) across
    assert!(price(&pair.within) < 0.85 * price(&pair.whole));
    assert_eq!(pair.within.as_ref().map(|gap| gap.accounts), Some(200));
}

/// Goal: intervals from 25 accounts hold the truth about as often as they say.
#[test]
fn intervals_hold_as_often_as_they_say() {
    let runs = 300;
    let held = (0..runs).filter(|&seed| {
        let spec = Spec {
            resamples: 300,
            ..spec()
        };
        let fitted = spec.fit_roles(&simulated(25, 0.5, 100 + seed));
        let pairs = fitted.expect("lengths fit").pairs;
        let gap = pairs[0].within.as_ref().and_then(|gap| gap.dimensions[1]);
        let (low, high) = gap.and_then(|gap| gap.points.ends()).expect("25 accounts");
        low <= -0.5 && -0.5 <= high
    });
    let share = held.count() as f64 / runs as f64;
    // 90 %, give or take three standard errors of 1.7 %
    assert!((0.85..0.95).contains(&share), "{share}");
}

/// Goal: of roles that see the same, few p-values are small, and no more than they say.
#[test]
fn where_there_is_no_gap_few_are_found() {
    let small = (0..300).filter(|&seed| {
        let fitted = spec().fit_roles(&simulated(25, 0.0, 900 + seed));
        let pairs = fitted.expect("lengths fit").pairs;
        pairs[0].within.as_ref().expect("both answered").p_value < 0.1
    });
    let share = small.count() as f64 / 300.0;
    assert!(share < 0.155, "{share}");
}

fn numbers(fitted: &FittedRoles) -> Vec<f64> {
    let of_pairs = fitted
        .pairs
        .iter()
        .flat_map(|pair| pair.whole.iter().chain(&pair.within));
    let gaps = of_pairs.chain(fitted.decision.iter().map(|decision| &decision.gap));
    gaps.flat_map(|gap| {
        let of_dimensions = gap.dimensions.iter().flatten().map(|gap| gap.points);
        let estimates: Vec<Estimate> = of_dimensions.chain(gap.measured.difference).collect();
        let ends = estimates.into_iter().flat_map(|estimate| {
            let (low, high) = estimate.ends().unwrap_or((0.0, 0.0));
            [estimate.value, low, high]
        });
        ends.chain([gap.p_value]).collect::<Vec<f64>>()
    })
    .collect()
}

fn all_close(one: &[f64], other: &[f64]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-8)
}

/// Up to twelve people in up to five accounts, some of whom did not answer in a role.
fn any_people() -> impl Strategy<Value = People> {
    let score = prop_oneof![4 => (1u8..=10).prop_map(f64::from), 1 => Just(NO)];
    let row = (0usize..5, proptest::array::uniform4(score));
    let rows = proptest::collection::vec(row, 1..12);
    rows.prop_flat_map(|rows| {
        let count = rows.len();
        let weights = proptest::collection::vec(0.5f64..3.0, count);
        let say = proptest::collection::vec(0.0f64..1.0, count * 2);
        (Just(rows), weights, say).prop_map(|(rows, weights, say)| {
            let mut people = people(&rows);
            people.survey.weights = weights;
            people.say = say;
            people
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn weights_and_say_may_be_in_any_unit(people in any_people(), unit in 0.1f64..50.0) {
        let once = spec().fit_roles(&people).expect("lengths fit");
        let mut scaled = people.clone();
        scaled.survey.weights.iter_mut().for_each(|weight| *weight *= unit);
        scaled.say.iter_mut().for_each(|say| *say *= 2.0 * unit);
        let again = spec().fit_roles(&scaled).expect("lengths fit");
        prop_assert!(all_close(&numbers(&once), &numbers(&again)));
    }

    #[test]
    fn other_names_for_roles_turn_gaps_round(people in any_people()) {
        let once = spec().fit_roles(&people).expect("lengths fit");
        let mut turned = people.clone();
        for scores in turned.survey.scores.chunks_exact_mut(4) {
            scores.rotate_left(2);
        }
        let again = spec().fit_roles(&turned).expect("lengths fit");
        for (one, other) in once.pairs.iter().zip(&again.pairs) {
            for (one, other) in [(&one.whole, &other.whole), (&one.within, &other.within)] {
                let found = |gap: &Option<RoleGap>| gap.as_ref().map(|gap| {
                    (gap.accounts, dimensions(gap), gap.p_value)
                });
                match (found(one), found(other)) {
                    (Some(one), Some(other)) => {
                        prop_assert_eq!(one.0, other.0);
                        let back: Vec<f64> = other.1.iter().map(|points| -points).collect();
                        prop_assert!(all_close(&one.1, &back));
                        prop_assert!((one.2 - other.2).abs() < 1e-8);
                    }
                    (one, other) => prop_assert!(one.is_none() && other.is_none()),
                }
            }
        }
    }

    /// Who answers twice as many forms in the same account says nothing new.
    #[test]
    fn a_person_counted_twice_changes_nothing(people in any_people()) {
        let mut people = people;
        people.say.clear();
        let once = spec().fit_roles(&people).expect("lengths fit");
        let mut twice = people.clone();
        twice.survey.weights.extend_from_slice(&people.survey.weights);
        twice.survey.scores.extend_from_slice(&people.survey.scores);
        twice.survey.importance.extend_from_slice(&people.survey.importance);
        twice.accounts.extend_from_slice(&people.accounts);
        let again = spec().fit_roles(&twice).expect("lengths fit");
        prop_assert!(all_close(&numbers(&once), &numbers(&again)));
    }
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let mut wrong = by_hand();
    wrong.accounts.pop();
    let refused = spec().fit_roles(&wrong).expect_err("a person without");
    assert!(refused.to_string().contains("accounts"), "{refused}");
    let mut wrong = by_hand();
    wrong.say = vec![-1.0; 14];
    let refused = spec().fit_roles(&wrong).expect_err("a say below 0");
    assert!(refused.to_string().contains("say"), "{refused}");
    let nobody = spec()
        .fit_roles(&People::default())
        .expect("nobody is fine");
    assert!(nobody.pairs.is_empty() && nobody.decision.is_none());
}
