//! Parameters come back, intervals hold, ranks are even, and many customers say what a fit says.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, CheckedHistories, CondensedBetaGeo, CondensedBetaGeoParameters,
    Horizon, Margin, ModifiedBetaGeo, ModifiedBetaGeoParameters, ParetoNbd, ParetoNbdParameters,
    PosteriorPurchases, Predicted, PurchaseModel, Sampling, Totals, ValueModel,
};
use worth_model::simulate;
use worth_model::{Error, Estimate, Method, Spread};

use crate::{
    MARGIN, PURCHASE, SENSE, SHORT, SPEND, ages, drawn, histories, near, of_purchases, of_spend,
    spends, worth,
};

#[test]
fn intervals_hold_nine_times_in_ten() {
    let samples = 40;
    let mut held = [0; 7];
    for seed in 0..samples {
        let columns = drawn(400, seed);
        let sampling = Sampling { seed, ..SHORT };
        let found = of_purchases(&columns, &sampling).estimates;
        let money = of_spend(&columns, &sampling).estimates;
        let pairs = [
            (found.r, PURCHASE.r),
            (found.alpha, PURCHASE.alpha),
            (found.a, PURCHASE.a),
            (found.b, PURCHASE.b),
            (money.p, SPEND.p),
            (money.q, SPEND.q),
            (money.gamma, SPEND.gamma),
        ];
        for (count, (estimate, truth)) in held.iter_mut().zip(pairs) {
            let (low, high) = estimate.ends().expect("a posterior has intervals");
            *count += u32::from((low..=high).contains(&truth));
        }
    }
    // 36 of 40 expected, standard deviation 1.9.
    assert!(
        held.iter().all(|count| (30..=40).contains(count)),
        "{held:?}"
    );
}

/// Whether the truth is not among the last of 1,000 draws on either side.
fn is_found<M: PurchaseModel>(
    truth: &M::Parameters,
    values: [f64; 4],
    sample: impl Fn(&CheckedHistories<'_>) -> Result<PosteriorPurchases<M>, Error>,
) -> PosteriorPurchases<M> {
    let ages = ages(1000);
    let customers = simulate::customers(truth, None, &ages, 8).expect(SENSE);
    let columns = simulate::columns(&customers, &ages);
    let posterior = sample(&histories(&columns)).expect(SENSE);
    for (column, value) in posterior.draws.parameters.iter().zip(values) {
        let below = column.iter().filter(|drawn| **drawn < value).count() as f64;
        let share = below / column.len() as f64;
        assert!(share > 0.005 && share < 0.995, "{share}: {values:?}");
    }
    posterior
}

#[test]
fn every_model_finds_its_parameters() {
    let BetaGeoParameters { r, alpha, a, b } = PURCHASE;
    let values = [r, alpha, a, b];
    is_found(&PURCHASE, values, |histories| {
        BetaGeo::default().posterior(histories, &SHORT)
    });
    let modified = ModifiedBetaGeoParameters { r, alpha, a, b };
    is_found(&modified, values, |histories| {
        ModifiedBetaGeo::default().posterior(histories, &SHORT)
    });
    let k = 3;
    let condensed = CondensedBetaGeoParameters { r, alpha, a, b, k };
    let found = is_found(&condensed, values, |histories| {
        CondensedBetaGeo::default().posterior(histories, &SHORT)
    });
    assert_eq!(found.fitted.parameters.k, k);
    let pareto = ParetoNbdParameters {
        r: 0.6,
        alpha: 8.0,
        s: 0.7,
        beta: 12.0,
    };
    is_found(&pareto, [0.6, 8.0, 0.7, 12.0], |histories| {
        ParetoNbd::default().posterior(histories, &SHORT)
    });
}

/// Simulation-based calibration: S. Talts, M. Betancourt, D. Simpson, A. Vehtari, A. Gelman (2018),
/// arXiv:1804.06788. Truths come from the prior, so each is equally likely to stand anywhere among
/// the draws of its posterior.
#[test]
fn ranks_of_truths_are_even() {
    let (samples, cells) = (100, 10);
    let mut ranks = [[0.0; 10]; 4];
    let mut random = ChaCha8Rng::seed_from_u64(11);
    for seed in 0..samples {
        // All are one mean age old, so the prior of alpha is in their unit of time.
        let age = vec![1.0; 40];
        let truth: [f64; 4] = std::array::from_fn(|_| {
            let normal: f64 = StandardNormal.sample(&mut random);
            2.0 * normal
        });
        let [r, alpha, a, b] = truth.map(f64::exp);
        let parameters = BetaGeoParameters { r, alpha, a, b };
        let customers = simulate::customers(&parameters, None, &age, seed).expect(SENSE);
        let posterior = of_purchases(
            &simulate::columns(&customers, &age),
            &Sampling { seed, ..SHORT },
        );
        for (i, cells_of) in ranks.iter_mut().enumerate() {
            // Far enough apart to be independent.
            let draws: Vec<f64> = posterior.draws.parameters[i]
                .iter()
                .step_by(12)
                .copied()
                .collect();
            let below = draws.iter().filter(|draw| **draw < truth[i].exp()).count();
            // A rank among 50 draws is one of 51 places.
            let place = (below as f64 + random.random::<f64>()) / (draws.len() as f64 + 1.0);
            cells_of[(place * f64::from(cells)) as usize] += 1.0;
        }
    }
    for ranks in ranks {
        let expected = f64::from(samples as u32) / f64::from(cells);
        let chi_square: f64 = ranks
            .iter()
            .map(|count| (count - expected) * (count - expected) / expected)
            .sum();
        // Nine degrees of freedom: 27.9 is exceeded by chance once in a thousand.
        assert!(chi_square < 27.9, "{chi_square}: {ranks:?}");
    }
}

/// With many customers a posterior is normal around the maximum, and says what a fit says.
#[test]
fn many_customers_agree_with_the_fit() {
    let columns = drawn(4000, 7);
    let (histories, spends) = (histories(&columns), spends(&columns));
    let sampling = Sampling {
        draws: 1000,
        ..SHORT
    };
    let purchase = of_purchases(&columns, &sampling);
    let spend = of_spend(&columns, &sampling);
    assert!(purchase.diagnosis.is_sound(), "{:?}", purchase.diagnosis);
    assert!(spend.diagnosis.is_sound(), "{:?}", spend.diagnosis);
    let (fitted, fitted_spend) = (&purchase.fitted, &spend.fitted);
    let same = |found: &Predicted, fitted: &Predicted| {
        assert_eq!(found.method, Method::Posterior);
        for row in 0..4000 {
            near(found.value[row], fitted.value[row], 0.05);
            let width = |predicted: &Predicted| predicted.high[row] - predicted.low[row];
            let (wide, wanted) = (width(found), width(fitted));
            // Ends from 400 draws, beside ends from a parabola.
            assert!(
                (wide - wanted).abs() < 0.35 * wanted + 1e-6,
                "{wide} {wanted}"
            );
        }
    };
    let alive = purchase.probability_alive(&histories);
    same(&alive, &fitted.probability_alive(&histories));
    // BG/NBD cannot tell of those who never came back.
    assert!((0..4000).all(|row| columns.frequency[row] > 0.0 || alive.low[row] == 1.0));
    let later = purchase
        .probability_alive_after(&histories, 20.0)
        .expect(SENSE);
    same(
        &later,
        &fitted
            .probability_alive_after(&histories, 20.0)
            .expect(SENSE),
    );
    let expected = purchase.expected_purchases(&histories, 39.0).expect(SENSE);
    same(
        &expected,
        &fitted.expected_purchases(&histories, 39.0).expect(SENSE),
    );
    let year = Horizon::of_weeks(52.0, 0.1);
    let discounted = purchase
        .discounted_purchases(&histories, &year)
        .expect(SENSE);
    same(
        &discounted,
        &fitted.discounted_purchases(&histories, &year).expect(SENSE),
    );
    for count in [0, 2] {
        let share = purchase
            .probability_of(&histories, count, 39.0)
            .expect(SENSE);
        same(
            &share,
            &fitted.probability_of(&histories, count, 39.0).expect(SENSE),
        );
    }
    // By chance too, around the medians here and around the maximum there.
    let same_ends = |found: &Predicted, fitted: &Predicted| {
        assert_eq!(found.method, Method::Predictive);
        let sum = |ends: &[f64]| ends.iter().sum::<f64>();
        near(sum(&found.low), sum(&fitted.low), 0.05);
        near(sum(&found.high), sum(&fitted.high), 0.02);
    };
    same_ends(
        &purchase.predicted_purchases(&histories, 39.0).expect(SENSE),
        &fitted.predicted_purchases(&histories, 39.0).expect(SENSE),
    );
    let money = spend.expected_spend(&spends);
    same(&money, &fitted_spend.expected_spend(&spends));
    let (value, predicted, total) = worth(&columns, &purchase, &spend, MARGIN);
    let model = ValueModel {
        purchase: fitted,
        spend: fitted_spend,
        horizon: year,
        margin: MARGIN,
    };
    same(
        &value,
        &model.of_customers(&histories, &spends).expect(SENSE),
    );
    same_ends(
        &predicted,
        &model.predicted_value(&histories, &spends).expect(SENSE),
    );
    let simulated = model
        .total(&histories, &spends, &Totals::default())
        .expect(SENSE);
    near(total.value.value, value.value.iter().sum(), 0.01);
    near(total.purchases.value, simulated.purchases.value, 0.02);
    for (found, simulated) in [
        (total.alive, simulated.alive),
        (total.purchases, simulated.purchases),
        (total.value, simulated.value),
    ] {
        let width = |total: Estimate| total.ends().map_or(0.0, |(low, high)| high - low);
        near(width(found), width(simulated), 0.15);
        assert!(matches!(
            found.spread,
            Spread::Interval {
                method: Method::Posterior,
                ..
            }
        ));
    }
    for (found, fitted) in [
        (purchase.expected_new(39.0), fitted.expected_new(39.0)),
        (purchase.discounted_new(&year), fitted.discounted_new(&year)),
        (
            purchase.probability_of_new(1, 39.0),
            fitted.probability_of_new(1, 39.0),
        ),
    ] {
        near(found.expect(SENSE).value, fitted.expect(SENSE).value, 0.02);
    }
}

#[test]
fn an_unsure_margin_widens_values_and_not_purchases() {
    let columns = drawn(500, 9);
    let (purchase, spend) = (of_purchases(&columns, &SHORT), of_spend(&columns, &SHORT));
    let with = |margin: Margin| worth(&columns, &purchase, &spend, margin);
    let (_, _, sure) = with(MARGIN);
    let (of_customers, _, unsure) = with(Margin {
        standard_error: 0.03,
        ..MARGIN
    });
    assert_eq!(sure.purchases, unsure.purchases);
    let reach = |estimate: Estimate| {
        let (low, high) = estimate.ends().expect("a posterior has intervals");
        (high / low).ln() / 2.0
    };
    // The logarithm of the margin has a standard error of a tenth; errors of logarithms add in squares.
    let of_margin = 1.644_854 * 0.1;
    near(reach(unsure.value), reach(sure.value).hypot(of_margin), 0.1);
    let mut rows = of_customers.low.iter().zip(&of_customers.high);
    assert!(rows.all(|(low, high)| (high / low).ln() / 2.0 > 0.9 * of_margin));
}
