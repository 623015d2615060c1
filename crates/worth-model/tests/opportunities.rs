//! BG/BB on drawn customers and on odd ones: parameters come back, intervals hold, and what no model
//! can tell is called by its name.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Beta, Distribution};
use worth_model::Estimate;
use worth_model::lifetime::{
    Ahead, BetaBernoulli, BetaBernoulliParameters, Boundary, FittedBetaBernoulli, Opportunities,
    Outcome,
};

const TRUTH: BetaBernoulliParameters = BetaBernoulliParameters {
    alpha: 1.2,
    beta: 0.75,
    gamma: 0.9,
    delta: 5.0,
};

#[derive(Default, Clone)]
struct Columns {
    frequency: Vec<f64>,
    recency: Vec<f64>,
    opportunities: Vec<f64>,
    weight: Vec<f64>,
}

impl Columns {
    fn push(&mut self, (x, t_x, n): (f64, f64, f64), weight: f64) {
        self.frequency.push(x);
        self.recency.push(t_x);
        self.opportunities.push(n);
        self.weight.push(weight);
    }

    fn rows(&self) -> Opportunities<'_> {
        Opportunities {
            frequency: &self.frequency,
            recency: &self.recency,
            opportunities: &self.opportunities,
            weight: Some(&self.weight),
        }
    }

    fn fit(&self) -> FittedBetaBernoulli {
        BetaBernoulli::default()
            .fit(&self.rows().check().expect("it makes sense"))
            .expect("it makes sense")
    }
}

/// What customers did at 4 to 9 opportunities, purchases at the five after those, and how many were
/// alive at the first of these.
fn drawn(customers: usize, seed: u64) -> (Columns, f64, f64) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let buying = Beta::new(TRUTH.alpha, TRUTH.beta).expect("it makes sense");
    let leaving = Beta::new(TRUTH.gamma, TRUTH.delta).expect("it makes sense");
    let (mut columns, mut later, mut alive) = (Columns::default(), 0.0, 0.0);
    for row in 0..customers {
        let (p, theta): (f64, f64) = (buying.sample(&mut random), leaving.sample(&mut random));
        let n = 4 + row % 6;
        let (mut x, mut t_x, mut here) = (0.0, 0.0, true);
        for opportunity in 1..=n + 5 {
            here = here && random.random::<f64>() >= theta;
            if opportunity == n + 1 {
                alive += f64::from(u8::from(here));
            }
            if here && random.random::<f64>() < p {
                if opportunity <= n {
                    (x, t_x) = (x + 1.0, opportunity as f64);
                } else {
                    later += 1.0;
                }
            }
        }
        columns.push((x, t_x, n as f64), 1.0);
    }
    (columns, later, alive)
}

fn holds(estimate: &Estimate, truth: f64) -> bool {
    estimate
        .ends()
        .is_some_and(|(low, high)| (low..=high).contains(&truth))
}

#[test]
fn parameters_come_back_and_totals_cover_what_then_happens() {
    let samples = 100;
    let (mut held, mut sound) = ([0; 8], 0);
    for seed in 0..samples {
        let (columns, later, alive) = drawn(5000, seed);
        let fitted = columns.fit();
        sound += u32::from(fitted.diagnosis.is_sound());
        let rows = columns.rows().check().unwrap();
        let found = fitted.estimates;
        let truths = [
            (found.alpha, TRUTH.alpha),
            (found.beta, TRUTH.beta),
            (found.gamma, TRUTH.gamma),
            (found.delta, TRUTH.delta),
            (
                fitted.probability_of_new(3, 10).unwrap(),
                TRUTH.probability_of(3, 10),
            ),
            (
                fitted.expected_new(&Ahead::next(20)).unwrap(),
                TRUTH.expected_purchases(0, 0, 0, &Ahead::next(20)).unwrap(),
            ),
            (
                fitted.total_purchases(&rows, &Ahead::next(5)).unwrap(),
                later,
            ),
            (fitted.total_alive(&rows), alive),
        ];
        for (count, (estimate, truth)) in held.iter_mut().zip(truths) {
            *count += u32::from(holds(&estimate, truth));
        }
    }
    // 90 of 100 expected, standard deviation 3.
    assert!(
        held.iter().all(|count| (80..=99).contains(count)),
        "{held:?}"
    );
    assert!(sound >= 95, "{sound}");
}

#[test]
fn weights_and_order_do_not_matter() {
    let (columns, ..) = drawn(800, 4);
    let mut counted = BTreeMap::new();
    for row in 0..800 {
        let key = (
            columns.frequency[row] as u32,
            columns.recency[row] as u32,
            columns.opportunities[row] as u32,
        );
        *counted.entry(key).or_insert(0.0) += 1.0;
    }
    let mut weighted = Columns::default();
    for ((x, t_x, n), count) in counted.into_iter().rev() {
        weighted.push((f64::from(x), f64::from(t_x), f64::from(n)), count);
    }
    assert_eq!(columns.fit(), weighted.fit());
    let total = |columns: &Columns| {
        let rows = columns.rows().check().unwrap();
        columns
            .fit()
            .total_purchases(&rows, &Ahead::all(0.1))
            .unwrap()
    };
    assert_eq!(total(&columns), total(&weighted));
}

#[test]
fn data_that_cannot_tell_are_called_by_their_name() {
    let boundary = |columns: &Columns| match columns.fit().diagnosis.outcome {
        Outcome::AtBoundary { meaning, .. } => Some(meaning),
        _ => None,
    };
    let mut always = Columns::default();
    always.push((6.0, 6.0, 6.0), 400.0);
    assert_eq!(boundary(&always), Some(Boundary::NoChurnVisible));

    // Coins without memory: nobody leaves, all buy at one opportunity in two.
    let mut coins = Columns::default();
    for string in 0..64u32 {
        let last = 32 - string.leading_zeros();
        coins.push((f64::from(string.count_ones()), f64::from(last), 6.0), 50.0);
    }
    assert_eq!(boundary(&coins), Some(Boundary::NoChurnVisible));

    let mut nobody = Columns::default();
    nobody.push((0.0, 0.0, 6.0), 400.0);
    assert!(matches!(
        nobody.fit().diagnosis.outcome,
        Outcome::TooFew { .. }
    ));

    let mut short = Columns::default();
    for (row, weight) in [((0.0, 0.0, 2.0), 60.0), ((1.0, 1.0, 2.0), 30.0)] {
        short.push(row, weight);
    }
    assert!(matches!(
        short.fit().diagnosis.outcome,
        Outcome::TooShort {
            occasions: 2.0,
            occasions_needed: 3.0
        }
    ));
    assert!(
        BetaBernoulli::default()
            .fit(&Columns::default().rows().check().unwrap())
            .is_err()
    );
}

#[test]
fn thousands_of_opportunities_stay_finite() {
    let mut columns = Columns::default();
    for x in 0..60 {
        let last = if x == 0 {
            0.0
        } else {
            f64::from(3000 + x * 30)
        };
        columns.push((f64::from(x * 50), last, 5000.0), 1e7);
    }
    let fitted = columns.fit();
    assert!(fitted.log_likelihood.is_finite() && fitted.parameters.check().is_ok());
    let rows = columns.rows().check().unwrap();
    let alive = fitted.probability_alive(&rows);
    assert!(alive.value.iter().all(|p| (0.0..=1.0).contains(p)));
}

fn parameters() -> impl Strategy<Value = BetaBernoulliParameters> {
    let wide = || (-5.0..5.0f64).prop_map(f64::exp);
    (wide(), wide(), wide(), wide()).prop_map(|(alpha, beta, gamma, delta)| {
        BetaBernoulliParameters {
            alpha,
            beta,
            gamma,
            delta,
        }
    })
}

/// Any customer that makes sense: purchases, last of them, opportunities.
fn customer() -> impl Strategy<Value = (u32, u32, u32)> {
    (0..40u32, 0.0..1.0f64, 0.0..1.0f64).prop_map(|(n, last, share)| {
        let t_x = (last * f64::from(n + 1)) as u32;
        let x = (share * f64::from(t_x)).ceil() as u32;
        (x, if x == 0 { 0 } else { t_x }, n)
    })
}

proptest! {
    #[test]
    fn probabilities_of_counts_add_up_to_one(parameters in parameters(), n in 0..60u32) {
        let counts: Vec<f64> = (0..=n).map(|count| parameters.probability_of(count, n)).collect();
        prop_assert!(counts.iter().all(|p| (0.0..=1.0).contains(p)));
        prop_assert!((counts.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        // And their mean is the expected number.
        if n > 0 {
            let mean: f64 = counts.iter().enumerate().map(|(count, p)| count as f64 * p).sum();
            let expected = parameters.expected_purchases(0, 0, 0, &Ahead::next(n)).unwrap();
            prop_assert!((mean - expected).abs() < 1e-9 * (1.0 + mean), "{mean} {expected}");
        }
    }

    #[test]
    fn single_predictions_are_sensible(parameters in parameters(), (x, t_x, n) in customer()) {
        let alive = parameters.probability_alive(x, t_x, n);
        prop_assert!((0.0..=1.0).contains(&alive));
        let one = parameters.expected_purchases(x, t_x, n, &Ahead::next(1)).unwrap();
        prop_assert!(one >= 0.0 && one <= alive * (1.0 + 1e-9));
        let many = parameters.expected_purchases(x, t_x, n, &Ahead::next(30)).unwrap();
        prop_assert!(many >= one && many <= 30.0 * one * (1.0 + 1e-9));
        // A longer silence never makes alive more likely.
        prop_assert!(parameters.probability_alive(x, t_x, n + 1) <= alive * (1.0 + 1e-9));
    }

    #[test]
    fn any_customers_are_fitted_without_panic_or_nan(
        rows in prop::collection::vec((customer(), 1.0..1e6f64), 1..30), next in 0..5u32
    ) {
        let mut columns = Columns::default();
        for ((x, t_x, n), weight) in rows {
            columns.push((f64::from(x), f64::from(t_x), f64::from(n)), weight.floor());
        }
        let fitted = columns.fit();
        prop_assert!(fitted.parameters.check().is_ok() && fitted.log_likelihood.is_finite());
        let rows = columns.rows().check().unwrap();
        let probability = fitted.probability_of(&rows, 1, next).unwrap();
        let alive = fitted.probability_alive(&rows);
        for column in [&probability, &alive] {
            prop_assert!(column.low.iter().all(|low| *low >= 0.0));
            prop_assert!(column.high.iter().all(|high| *high <= 1.0));
        }
        let purchases = fitted.expected_purchases(&rows, &Ahead::all(0.1)).unwrap();
        for column in [probability, alive, purchases] {
            for row in 0..column.value.len() {
                let (low, value, high) = (column.low[row], column.value[row], column.high[row]);
                prop_assert!(low <= value && value <= high && high.is_finite());
            }
        }
        let total = fitted.total_purchases(&rows, &Ahead::next(5)).unwrap();
        let (low, high) = total.ends().unwrap();
        prop_assert!(0.0 <= low && low <= total.value && total.value <= high && high.is_finite());
    }
}
