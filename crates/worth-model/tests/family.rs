//! What holds for every purchase model: drawn customers give back the parameters they were drawn
//! from, and predictions hold of what the same customers do later.

use worth_model::Estimate;
use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, CheckedHistories, FittedPurchases, GammaGamma,
    GammaGammaParameters, Histories, Horizon, ModifiedBetaGeo, ModifiedBetaGeoParameters,
    PurchaseModel, Spends, Totals, ValueModel,
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
    fn draw<M: PurchaseModel>(truth: &M::Parameters, customers: usize, seed: u64) -> Self {
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
            weight: None,
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
fn intervals_hold<M: PurchaseModel>(
    truth: M::Parameters,
    fit: impl Fn(&CheckedHistories<'_>) -> FittedPurchases<M>,
    values: impl Fn(&FittedPurchases<M>) -> [(Estimate, f64); 4],
) {
    let samples = 100;
    let (mut held, mut sound) = ([0; 7], 0);
    for seed in 0..samples {
        let shop = Shop::draw::<M>(&truth, 3000, seed);
        let histories = shop.histories();
        let purchase = fit(&histories);
        let spends = shop.spends().check().expect(SENSE);
        let spend = GammaGamma::default().fit(&spends).expect(SENSE);
        sound += u32::from(purchase.diagnosis.is_sound());
        let model = ValueModel {
            purchase: &purchase,
            spend: &spend,
            horizon: Horizon::of_weeks(AHEAD, 0.0),
            margin: 1.0,
        };
        let totals = Totals { draws: 60, seed };
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
    // 90 of 100 expected, standard deviation 3. Each of two tests of fit rejects 1 in 200.
    assert!(
        held.iter().all(|count| (80..=99).contains(count)),
        "{held:?}"
    );
    assert!(sound >= 95, "{sound}");
}

/// Many customers: what is predicted of them is what they do.
fn predictions_come_true<M: PurchaseModel>(
    truth: M::Parameters,
    fit: impl Fn(&CheckedHistories<'_>) -> FittedPurchases<M>,
) {
    let shop = Shop::draw::<M>(&truth, 60_000, 7);
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
            for row in (0..60_000).step_by(97) {
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

fn beta_geo(histories: &CheckedHistories<'_>) -> FittedPurchases<BetaGeo> {
    BetaGeo::default().fit(histories).expect(SENSE)
}

fn modified(histories: &CheckedHistories<'_>) -> FittedPurchases<ModifiedBetaGeo> {
    ModifiedBetaGeo::default().fit(histories).expect(SENSE)
}

#[test]
fn modified_beta_geo_intervals_hold_nine_times_in_ten() {
    intervals_hold(MODIFIED, modified, |fitted| {
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
fn beta_geo_predictions_come_true() {
    predictions_come_true(BETA_GEO, beta_geo);
}

#[test]
fn modified_beta_geo_predictions_come_true() {
    predictions_come_true(MODIFIED, modified);
}
