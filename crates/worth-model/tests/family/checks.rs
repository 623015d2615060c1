//! What holds for every purchase model.

use worth_model::Estimate;
use worth_model::lifetime::{
    Boundary, CheckedHistories, FittedPurchases, GammaGamma, Histories, Horizon, Margin, Outcome,
    PurchaseModel, Totals, ValueModel,
};
use worth_model::simulate::Columns;

use crate::shop::{AHEAD, SENSE, Shop, holds};

/// Fits samples drawn from the model: intervals of parameters hold, and so do those of totals.
pub(crate) fn intervals_hold<M: PurchaseModel<D>, const D: usize>(
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
pub(crate) fn predictions_come_true<M: PurchaseModel<D>, const D: usize>(
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
    let new: f64 = (0..120)
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
pub(crate) fn struggles_are_named<M: PurchaseModel<D>, const D: usize>(
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
pub(crate) fn only_the_data_count<M: PurchaseModel<D>, const D: usize>(
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
