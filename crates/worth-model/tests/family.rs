//! What holds for every purchase model: drawn customers give back the parameters they were drawn
//! from, and predictions hold of what the same customers do later.

use worth_model::Estimate;
use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, Boundary, CheckedHistories, CondensedBetaGeo,
    CondensedBetaGeoParameters, FittedPurchases, GammaGamma, GammaGammaParameters, Histories,
    Horizon, MOST_PURCHASES, Margin, ModifiedBetaGeo, ModifiedBetaGeoParameters,
    ModifiedCondensedBetaGeo, ModifiedCondensedBetaGeoParameters, Outcome, ParetoNbd,
    ParetoNbdParameters, PurchaseModel, Spends, Totals, ValueModel,
};
use worth_model::simulate::{self, Columns, SimulatedCustomer};

const SPEND: GammaGammaParameters = GammaGammaParameters {
    p: 6.25,
    q: 3.74,
    gamma: 15.44,
};
const BETA_GEO: BetaGeoParameters = BetaGeoParameters {
    r: 0.6,
    alpha: 5.0,
    a: 0.8,
    b: 2.4,
};
const MODIFIED: ModifiedBetaGeoParameters = ModifiedBetaGeoParameters {
    r: 0.6,
    alpha: 5.0,
    a: 0.8,
    b: 2.4,
};
/// Purchases take three steps, of which there are as many as three times the purchases above.
const CONDENSED: CondensedBetaGeoParameters = CondensedBetaGeoParameters {
    r: 1.2,
    alpha: 3.0,
    a: 0.8,
    b: 2.4,
    k: 3,
};
const MODIFIED_CONDENSED: ModifiedCondensedBetaGeoParameters = ModifiedCondensedBetaGeoParameters {
    r: 1.2,
    alpha: 3.0,
    a: 0.8,
    b: 2.4,
    k: 2,
};
const PARETO: ParetoNbdParameters = ParetoNbdParameters {
    r: 0.6,
    alpha: 8.0,
    s: 0.7,
    beta: 12.0,
};
/// Why nothing here fails.
const SENSE: &str = "drawn data and settings make sense";
/// How far ahead, in weeks.
const AHEAD: f64 = 39.0;

/// Customers who are seen until now, and what they do in the time ahead.
struct Shop {
    seen: Columns,
    later: Vec<SimulatedCustomer>,
}

impl Shop {
    fn draw<M: PurchaseModel<D>, const D: usize>(
        truth: &M::Parameters,
        customers: usize,
        seed: u64,
    ) -> Self {
        let now: Vec<f64> = (0..customers)
            .map(|row| 27.0 + 12.0 * (row as f64 * 0.618_034).fract())
            .collect();
        let end: Vec<f64> = now.iter().map(|age| age + AHEAD).collect();
        let mut later = simulate::customers(truth, Some(&SPEND), &end, seed).expect(SENSE);
        let mut seen = later.clone();
        for ((seen, later), &age) in seen.iter_mut().zip(&mut later).zip(&now) {
            let count = seen.times.partition_point(|&time| time <= age);
            seen.times.truncate(count);
            seen.amounts.truncate(count);
            later.times.drain(..count);
            later.amounts.drain(..count);
            later.left_at -= age;
        }
        Self {
            seen: simulate::columns(&seen, &now),
            later,
        }
    }

    fn histories(&self) -> CheckedHistories<'_> {
        Histories {
            frequency: &self.seen.frequency,
            recency: &self.seen.recency,
            age: &self.seen.age,
            log_gaps: (!self.seen.log_gaps.is_empty()).then_some(&self.seen.log_gaps),
            ..Histories::default()
        }
        .check()
        .expect(SENSE)
    }

    fn spends(&self) -> Spends<'_> {
        Spends {
            purchases: &self.seen.frequency,
            mean: &self.seen.mean_spend,
            weight: None,
        }
    }

    /// Customers of whom this holds later.
    fn count(&self, holds: impl Fn(&SimulatedCustomer) -> bool) -> f64 {
        self.later.iter().filter(|later| holds(later)).count() as f64
    }
}

fn holds(estimate: &Estimate, truth: f64) -> bool {
    estimate
        .ends()
        .is_some_and(|(low, high)| (low..=high).contains(&truth))
}

/// Fits samples drawn from the model: intervals of parameters hold, and so do those of totals.
fn intervals_hold<M: PurchaseModel<D>, const D: usize>(
    truth: M::Parameters,
    customers: usize,
    fit: impl Fn(&CheckedHistories<'_>) -> FittedPurchases<M, D>,
    values: impl Fn(&FittedPurchases<M, D>) -> [(Estimate, f64); D],
) {
    let samples = 30;
    let (mut held, mut sound) = (vec![0; D + 3], 0);
    for seed in 0..samples {
        let shop = Shop::draw::<M, D>(&truth, customers, seed);
        let histories = shop.histories();
        let purchase = fit(&histories);
        let spends = shop.spends().check().expect(SENSE);
        let spend = GammaGamma::default().fit(&spends).expect(SENSE);
        sound += u32::from(purchase.diagnosis.is_sound());
        let model = ValueModel {
            purchase: &purchase,
            spend: &spend,
            horizon: Horizon::of_weeks(AHEAD, 0.0),
            margin: Margin::given(1.0),
        };
        let totals = Totals { draws: 50, seed };
        let total = model.total(&histories, &spends, &totals).expect(SENSE);
        let purchases: usize = shop.later.iter().map(|later| later.times.len()).sum();
        let spent: f64 = shop.later.iter().flat_map(|later| &later.amounts).sum();
        let mut checks = values(&purchase).to_vec();
        checks.push((total.alive, shop.count(|later| later.left_at > 0.0)));
        checks.push((total.purchases, purchases as f64));
        checks.push((total.value, spent));
        for (count, (estimate, truth)) in held.iter_mut().zip(checks) {
            *count += u32::from(holds(&estimate, truth));
        }
    }
    // 27 of 30 expected, standard deviation 1.6. Each of two tests of fit rejects 1 in 200.
    assert!(
        held.iter().all(|count| (22..=30).contains(count)),
        "{held:?}"
    );
    assert!(sound >= 28, "{sound}");
}

/// Many customers: what is predicted of them is what they do.
fn predictions_come_true<M: PurchaseModel<D>, const D: usize>(
    truth: M::Parameters,
    fit: impl Fn(&CheckedHistories<'_>) -> FittedPurchases<M, D>,
) {
    let shop = Shop::draw::<M, D>(&truth, 20_000, 7);
    let histories = shop.histories();
    let fitted = fit(&histories);
    let sum = |values: Vec<f64>| values.iter().sum::<f64>();
    let alive_now = sum(fitted.probability_alive(&histories).value);
    let alive_later = fitted
        .probability_alive_after(&histories, AHEAD)
        .expect(SENSE);
    let counts: Vec<f64> = (0..3)
        .map(|count| {
            let predicted = fitted
                .probability_of(&histories, count, AHEAD)
                .expect(SENSE);
            for row in (0..20_000).step_by(97) {
                assert!(0.0 <= predicted.low[row] && predicted.low[row] <= predicted.value[row]);
                assert!(predicted.value[row] <= predicted.high[row] && predicted.high[row] <= 1.0);
            }
            sum(predicted.value)
        })
        .collect();
    let pairs = [
        (alive_now, shop.count(|later| later.left_at > 0.0)),
        (
            sum(alive_later.value),
            shop.count(|later| later.left_at > AHEAD),
        ),
        (counts[0], shop.count(|later| later.times.is_empty())),
        (counts[1], shop.count(|later| later.times.len() == 1)),
        (counts[2], shop.count(|later| later.times.len() == 2)),
    ];
    for (predicted, happened) in pairs {
        // Four standard errors of the count, and as much for the fit.
        let allowed = 8.0 * happened.sqrt();
        assert!(
            (predicted - happened).abs() < allowed,
            "{predicted} {happened}: {pairs:?}"
        );
    }
    // In the time in which three in ten should buy again, three in ten do.
    let soon = fitted.next_purchase_quantile(&histories, 0.3).expect(SENSE);
    let (mut asked, mut bought) = (0.0, 0.0);
    for ((later, &time), &age) in shop.later.iter().zip(&soon.value).zip(&shop.seen.age) {
        // What happens after the time ahead was not drawn.
        if time < AHEAD {
            asked += 1.0;
            let next = later.times.first().is_some_and(|&next| next - age <= time);
            bought += f64::from(u8::from(next));
        }
    }
    assert!(asked > 1000.0);
    let share = bought / asked;
    let allowed = 5.0 * (0.21 / asked).sqrt();
    assert!((share - 0.3).abs() < allowed, "{share} of {asked}");
    // After the silence that is said to make it so, being alive is as likely as leaving.
    let silence = fitted.silence_until(&histories, 0.5).expect(SENSE);
    let ages: Vec<f64> = (0..20_000)
        .map(|row| shop.seen.age[row] + silence.value[row].min(1e9))
        .collect();
    let silent = Histories {
        age: &ages,
        ..*histories.rows()
    };
    let silent = fitted
        .probability_alive(&silent.check().expect(SENSE))
        .value;
    let now = fitted.probability_alive(&histories).value;
    for row in 0..20_000 {
        let as_likely = (silent[row] - 0.5).abs() < 1e-6;
        let already = silence.value[row] == 0.0 && now[row] <= 0.5;
        let never = silence.value[row] == f64::INFINITY && silent[row] > 0.5;
        assert!(
            as_likely || already || never,
            "{} {}",
            silence.value[row],
            silent[row]
        );
    }
    // Being alive later is less likely than now, and more likely than not being alive at all.
    let none = fitted
        .probability_alive_after(&histories, 0.0)
        .expect(SENSE);
    assert!((sum(none.value) - alive_now).abs() < 1e-6 * alive_now);
    // New customers: their first weeks are those of the customers who were drawn.
    let new: f64 = (0..60)
        .map(|count| fitted.probability_of_new(count, AHEAD).expect(SENSE).value)
        .sum();
    assert!((0.995..=1.0 + 1e-9).contains(&new), "{new}");
}

/// Data that say little or nothing: every number is finite and in order, and nothing panics.
fn numbers_stay_sensible<M: PurchaseModel<D>, const D: usize>(
    fit: &impl Fn(&CheckedHistories<'_>) -> FittedPurchases<M, D>,
    rows: &[(f64, f64, f64)],
) -> FittedPurchases<M, D> {
    let columns = Columns {
        frequency: rows.iter().map(|row| row.0).collect(),
        recency: rows.iter().map(|row| row.1).collect(),
        age: rows.iter().map(|row| row.2).collect(),
        ..Columns::default()
    };
    let shop = Shop {
        seen: columns,
        later: Vec::new(),
    };
    let histories = shop.histories();
    let fitted = fit(&histories);
    assert!(fitted.log_likelihood.is_finite(), "{fitted:?}");
    let in_order = |low: f64, value: f64, high: f64| 0.0 <= low && low <= value && value <= high;
    let time = 10.0 + histories.mean_age();
    let horizon = Horizon {
        step: time / 12.0,
        ..Horizon::of_days(time, 0.1)
    };
    let shares = [
        fitted.probability_alive(&histories),
        fitted
            .probability_alive_after(&histories, time)
            .expect(SENSE),
        fitted.probability_of(&histories, 0, time).expect(SENSE),
        fitted.probability_of(&histories, 3, time).expect(SENSE),
    ];
    let endless = Horizon::of_days(f64::INFINITY, 0.1);
    let purchases = [
        fitted.next_purchase_quantile(&histories, 0.5).expect(SENSE),
        fitted.silence_until(&histories, 0.2).expect(SENSE),
        fitted
            .discounted_purchases(&histories, &endless)
            .expect(SENSE),
        fitted.expected_purchases(&histories, time).expect(SENSE),
        fitted
            .discounted_purchases(&histories, &horizon)
            .expect(SENSE),
    ];
    for row in 0..rows.len() {
        for (column, predicted) in shares.iter().chain(&purchases).enumerate() {
            let (low, value, high) = (
                predicted.low[row],
                predicted.value[row],
                predicted.high[row],
            );
            assert!(in_order(low, value, high), "{column}: {low} {value} {high}");
            // Dates may be never.
            let finite = high.is_finite() || (4..6).contains(&column);
            assert!(finite && (column > 3 || high <= 1.0), "{column}: {high}");
        }
    }
    for new in [
        fitted.expected_new(time).expect(SENSE),
        fitted.discounted_new(&horizon).expect(SENSE),
        fitted.probability_of_new(2, time).expect(SENSE),
    ] {
        let (low, high) = new.ends().expect("it has an interval");
        assert!(
            in_order(low, new.value, high) && high.is_finite(),
            "{new:?}"
        );
    }
    fitted
}

/// The same for many kinds of such data, and their names. Every purchase of one customer costs a
/// logarithm per step, so not every model is asked for the most that are allowed.
fn struggles_are_named<M: PurchaseModel<D>, const D: usize>(
    fit: impl Fn(&CheckedHistories<'_>) -> FittedPurchases<M, D>,
    most_purchases: f64,
) {
    let meaning = |fitted: &FittedPurchases<M, D>| match &fitted.diagnosis.outcome {
        Outcome::AtBoundary { meaning, .. } => *meaning,
        other => panic!("{other:?}: {:?}", fitted.parameters),
    };
    let is_too_few =
        |fitted: &FittedPurchases<M, D>| matches!(fitted.diagnosis.outcome, Outcome::TooFew { .. });
    for rows in [
        vec![(0.0, 0.0, 30.0)],
        vec![(0.0, 0.0, 0.0); 3],
        vec![(0.0, 0.0, 30.0); 80],
        vec![(most_purchases, 9e8, 1e9), (0.0, 0.0, 1e-9)],
    ] {
        let fitted = numbers_stay_sensible(&fit, &rows);
        assert!(is_too_few(&fitted), "{fitted:?}");
    }
    // All the same; and enormous values.
    numbers_stay_sensible(&fit, &[(3.0, 20.0, 30.0); 200]);
    let enormous: Vec<_> = (0..100)
        .map(|row| (500.0 * f64::from(row % 7), f64::from(row % 7) * 1e4, 1e5))
        .collect();
    numbers_stay_sensible(&fit, &enormous);
    // Everyone buys once in a while to the very end.
    let steady: Vec<_> = (0..400)
        .map(|row| {
            let x = f64::from(row % 9 + 3);
            (x, 100.0 * x / (x + 0.5), 100.0)
        })
        .collect();
    let fitted = numbers_stay_sensible(&fit, &steady);
    assert_eq!(meaning(&fitted), Boundary::NoChurnVisible);
    // Everyone came back in the first weeks and has been silent for two years.
    let silent: Vec<_> = (0..400)
        .map(|row| {
            let t_x = 0.5 + f64::from(row % 37) * 0.03;
            (f64::from(row % 4 + 1), t_x, 100.0 + f64::from(row % 11))
        })
        .collect();
    let fitted = numbers_stay_sensible(&fit, &silent);
    assert_eq!(meaning(&fitted), Boundary::EveryoneGone, "{fitted:?}");
}

/// Neither the unit of time, nor the order of rows, nor the number of threads changes anything.
fn only_the_data_count<M: PurchaseModel<D>, const D: usize>(
    truth: M::Parameters,
    fit: impl Fn(&CheckedHistories<'_>) -> FittedPurchases<M, D> + Sync,
) {
    let shop = Shop::draw::<M, D>(&truth, 3000, 3);
    let histories = shop.histories();
    let in_threads = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect(SENSE).install(|| {
            let fitted = fit(&histories);
            let horizon = Horizon::of_weeks(f64::INFINITY, 0.1);
            let value = fitted.discounted_purchases(&histories, &horizon);
            (fitted, value)
        })
    };
    let (here, value) = in_threads(1);
    assert_eq!((here.clone(), value), in_threads(3));
    let in_days =
        |column: &[f64]| -> Vec<f64> { column.iter().rev().map(|weeks| weeks * 7.0).collect() };
    let frequency: Vec<f64> = shop.seen.frequency.iter().rev().copied().collect();
    let (recency, age) = (in_days(&shop.seen.recency), in_days(&shop.seen.age));
    let log_gaps: Vec<f64> = (shop.seen.log_gaps.iter().zip(&shop.seen.frequency).rev())
        .map(|(log_gaps, repeats)| log_gaps + repeats * 7f64.ln())
        .collect();
    let turned = Histories {
        frequency: &frequency,
        recency: &recency,
        age: &age,
        log_gaps: Some(&log_gaps),
        ..Histories::default()
    }
    .check()
    .expect(SENSE);
    let there = fit(&turned);
    let moved = there.log_likelihood + turned.repeat_purchases() * 7f64.ln();
    assert!((moved - here.log_likelihood).abs() < 1e-4, "{moved}");
    let alive = (
        here.probability_alive(&histories),
        there.probability_alive(&turned),
    );
    let expected = (
        here.expected_purchases(&histories, AHEAD).expect(SENSE),
        there.expected_purchases(&turned, AHEAD * 7.0).expect(SENSE),
    );
    for (here, there) in [alive, expected] {
        for (row, other) in (0..3000).zip((0..3000).rev()) {
            for (here, there) in [
                (here.value[row], there.value[other]),
                (here.low[row], there.low[other]),
                (here.high[row], there.high[other]),
            ] {
                assert!((here - there).abs() < 1e-3 * here, "{row}: {here} {there}");
            }
        }
    }
}

fn beta_geo(histories: &CheckedHistories<'_>) -> FittedPurchases<BetaGeo> {
    BetaGeo::default().fit(histories).expect(SENSE)
}

fn modified(histories: &CheckedHistories<'_>) -> FittedPurchases<ModifiedBetaGeo> {
    ModifiedBetaGeo::default().fit(histories).expect(SENSE)
}

fn condensed(histories: &CheckedHistories<'_>) -> FittedPurchases<CondensedBetaGeo> {
    CondensedBetaGeo::default().fit(histories).expect(SENSE)
}

fn modified_condensed(
    histories: &CheckedHistories<'_>,
) -> FittedPurchases<ModifiedCondensedBetaGeo> {
    ModifiedCondensedBetaGeo::default()
        .fit(histories)
        .expect(SENSE)
}

fn pareto(histories: &CheckedHistories<'_>) -> FittedPurchases<ParetoNbd> {
    ParetoNbd::default().fit(histories).expect(SENSE)
}

#[test]
fn pareto_nbd_intervals_hold_nine_times_in_ten() {
    intervals_hold(PARETO, 1500, pareto, |fitted| {
        let found = fitted.estimates;
        [
            (found.r, PARETO.r),
            (found.alpha, PARETO.alpha),
            (found.s, PARETO.s),
            (found.beta, PARETO.beta),
        ]
    });
}

#[test]
fn pareto_nbd_predictions_come_true() {
    predictions_come_true(PARETO, pareto);
}

#[test]
fn modified_beta_geo_intervals_hold_nine_times_in_ten() {
    intervals_hold(MODIFIED, 3000, modified, |fitted| {
        let found = fitted.estimates;
        [
            (found.r, MODIFIED.r),
            (found.alpha, MODIFIED.alpha),
            (found.a, MODIFIED.a),
            (found.b, MODIFIED.b),
        ]
    });
}

#[test]
fn in_beta_geo_only_the_data_count() {
    only_the_data_count(BETA_GEO, beta_geo);
}

#[test]
fn in_modified_beta_geo_only_the_data_count() {
    only_the_data_count(MODIFIED, modified);
}

#[test]
fn condensed_beta_geo_intervals_hold_nine_times_in_ten() {
    intervals_hold(CONDENSED, 2000, condensed, |fitted| {
        let found = fitted.estimates;
        [
            (found.r, CONDENSED.r),
            (found.alpha, CONDENSED.alpha),
            (found.a, CONDENSED.a),
            (found.b, CONDENSED.b),
        ]
    });
}

#[test]
fn modified_condensed_beta_geo_intervals_hold_nine_times_in_ten() {
    intervals_hold(MODIFIED_CONDENSED, 2000, modified_condensed, |fitted| {
        let found = fitted.estimates;
        [
            (found.r, MODIFIED_CONDENSED.r),
            (found.alpha, MODIFIED_CONDENSED.alpha),
            (found.a, MODIFIED_CONDENSED.a),
            (found.b, MODIFIED_CONDENSED.b),
        ]
    });
}

#[test]
fn in_condensed_beta_geo_only_the_data_count() {
    only_the_data_count(CONDENSED, condensed);
}

#[test]
fn in_modified_condensed_beta_geo_only_the_data_count() {
    only_the_data_count(MODIFIED_CONDENSED, modified_condensed);
}

#[test]
fn condensed_beta_geo_struggles_are_named() {
    let settings = CondensedBetaGeo {
        most_k: 3,
        ..CondensedBetaGeo::default()
    };
    struggles_are_named(|histories| settings.fit(histories).expect(SENSE), 1e4);
}

#[test]
fn modified_condensed_beta_geo_struggles_are_named() {
    let settings = ModifiedCondensedBetaGeo {
        most_k: 3,
        ..ModifiedCondensedBetaGeo::default()
    };
    struggles_are_named(|histories| settings.fit(histories).expect(SENSE), 1e4);
}

/// One step per purchase: every number is that of the model at random.
fn one_step_is_at_random<M: PurchaseModel, R: PurchaseModel>(
    fitted: impl Fn(&CheckedHistories<'_>) -> FittedPurchases<M>,
    at_random: impl Fn(&CheckedHistories<'_>) -> FittedPurchases<R>,
) {
    let shop = Shop::draw::<BetaGeo, 4>(&BETA_GEO, 2000, 5);
    let histories = shop.histories();
    let (fitted, at_random) = (fitted(&histories), at_random(&histories));
    assert_eq!(fitted.log_likelihood, at_random.log_likelihood);
    assert_eq!(fitted.standard_errors, at_random.standard_errors);
    assert_eq!(fitted.log_covariance, at_random.log_covariance);
    assert_eq!(fitted.diagnosis, at_random.diagnosis);
    let horizon = Horizon::of_weeks(f64::INFINITY, 0.1);
    assert_eq!(
        fitted.discounted_purchases(&histories, &horizon),
        at_random.discounted_purchases(&histories, &horizon)
    );
    assert_eq!(
        fitted.probability_of(&histories, 2, AHEAD),
        at_random.probability_of(&histories, 2, AHEAD)
    );
    assert_eq!(
        fitted.next_purchase_quantile(&histories, 0.3),
        at_random.next_purchase_quantile(&histories, 0.3)
    );
    assert_eq!(
        simulate::customers(&fitted.parameters, None, &[40.0; 50], 2),
        simulate::customers(&at_random.parameters, None, &[40.0; 50], 2)
    );
}

#[test]
fn condensed_beta_geo_with_one_step_is_beta_geo() {
    let settings = CondensedBetaGeo {
        k: Some(1),
        ..CondensedBetaGeo::default()
    };
    one_step_is_at_random(|histories| settings.fit(histories).expect(SENSE), beta_geo);
    let settings = ModifiedCondensedBetaGeo {
        k: Some(1),
        ..ModifiedCondensedBetaGeo::default()
    };
    one_step_is_at_random(|histories| settings.fit(histories).expect(SENSE), modified);
}

/// Without the times between purchases their sums tell how regular they are, less surely.
#[test]
fn regularity_is_told_from_sums_too() {
    let mut held = 0;
    for seed in 0..30 {
        let shop = Shop::draw::<CondensedBetaGeo, 4>(&CONDENSED, 1000, seed);
        let known = condensed(&shop.histories());
        assert_eq!(known.parameters.k, CONDENSED.k);
        let sums = Histories {
            log_gaps: None,
            ..*shop.histories().rows()
        };
        let told = condensed(&sums.check().expect(SENSE));
        assert!((2..=6).contains(&told.parameters.k), "{:?}", told.estimates);
        held += u32::from(holds(&told.estimates.k, f64::from(CONDENSED.k)));
    }
    // 27 expected; whole numbers are covered more often.
    assert!(held >= 24, "{held}");
}

#[test]
fn regularity_that_makes_no_sense_is_an_error() {
    for (k, most_k, field) in [(Some(0), 12, "k"), (Some(25), 12, "k"), (None, 0, "most_k")] {
        let settings = CondensedBetaGeo {
            k,
            most_k,
            ..CondensedBetaGeo::default()
        };
        let error = settings.check().expect_err("it makes no sense");
        assert!(error.to_string().contains(field), "{error}");
    }
    let parameters = CondensedBetaGeoParameters { k: 0, ..CONDENSED };
    assert!(parameters.check().is_err());
    assert!(simulate::customers(&parameters, None, &[9.0], 1).is_err());
}

#[test]
fn condensed_beta_geo_predictions_come_true() {
    predictions_come_true(CONDENSED, condensed);
}

#[test]
fn modified_condensed_beta_geo_predictions_come_true() {
    predictions_come_true(MODIFIED_CONDENSED, modified_condensed);
}

#[test]
fn in_pareto_nbd_only_the_data_count() {
    only_the_data_count(PARETO, pareto);
}

#[test]
fn beta_geo_struggles_are_named() {
    struggles_are_named(beta_geo, 1e4);
}

#[test]
fn modified_beta_geo_struggles_are_named() {
    struggles_are_named(modified, 1e5);
}

#[test]
fn pareto_nbd_struggles_are_named() {
    struggles_are_named(pareto, MOST_PURCHASES);
}

#[test]
fn beta_geo_predictions_come_true() {
    predictions_come_true(BETA_GEO, beta_geo);
}

#[test]
fn modified_beta_geo_predictions_come_true() {
    predictions_come_true(MODIFIED, modified);
}
