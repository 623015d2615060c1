//! Forecasts of groups against what simulated customers then do: windows after windows, as alerts
//! watch them.

use worth_model::control::{Reading, Side, Watch, Window};
use worth_model::discovery::adjusted;
use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, CheckedHistories, GammaGamma, Histories, Horizon, Margin, Spends,
    Totals, ValueModel,
};
use worth_model::simulate;

const TRUTH: BetaGeoParameters = BetaGeoParameters {
    r: 0.9,
    alpha: 8.0,
    a: 0.8,
    b: 3.5,
};
/// In weeks.
const OBSERVED: f64 = 104.0;
const WINDOW: f64 = 4.0;
const WINDOWS: usize = 13;
const STORES: u32 = 8;

/// A business: when each customer came first, and bought.
struct Business {
    purchases: Vec<Vec<f64>>,
}

impl Business {
    /// Customers come evenly over the first nine tenths of the time.
    fn drawn(customers: usize, seed: u64) -> Self {
        let firsts: Vec<f64> = (0..customers)
            .map(|place| 0.9 * OBSERVED * place as f64 / customers as f64)
            .collect();
        let ages: Vec<f64> = firsts.iter().map(|first| OBSERVED - first).collect();
        let drawn = simulate::customers(&TRUTH, None, &ages, seed).expect("it makes sense");
        let purchases = drawn.iter().zip(&firsts);
        Self {
            purchases: purchases
                .map(|(customer, first)| customer.times.iter().map(|time| first + time).collect())
                .collect(),
        }
    }

    fn store(customer: usize) -> u32 {
        (customer as u32).wrapping_mul(2_654_435_761) >> 16 & (STORES - 1)
    }

    /// From `after` on a store loses so many of its purchases.
    fn losing(mut self, store: u32, after: f64, one_in: usize) -> Self {
        for (customer, times) in self.purchases.iter_mut().enumerate() {
            if Self::store(customer) == store {
                let mut number = customer;
                times.retain(|time| {
                    number += 1;
                    *time < after || !number.is_multiple_of(one_in)
                });
            }
        }
        self
    }

    /// The windows of each store, the earliest first.
    fn windows(&self) -> Vec<Vec<Option<Window>>> {
        let mut units = vec![Vec::new(); STORES as usize];
        for back in (0..WINDOWS).rev() {
            let origin = OBSERVED - WINDOW * (back + 1) as f64;
            let mut columns = [Vec::new(), Vec::new(), Vec::new()];
            let (mut stores, mut actual) = (Vec::new(), vec![0.0; STORES as usize]);
            for (customer, times) in self.purchases.iter().enumerate() {
                let known = times.partition_point(|time| *time <= origin);
                if known == 0 {
                    continue;
                }
                let until = times.partition_point(|time| *time <= origin + WINDOW);
                let store = Self::store(customer);
                actual[store as usize] += (until - known) as f64;
                stores.push(store);
                columns[0].push((known - 1) as f64);
                columns[1].push(times[known - 1] - times[0]);
                columns[2].push(origin - times[0]);
            }
            let histories = checked(&columns);
            let fitted = BetaGeo::default().fit(&histories).expect("customers");
            let groups = fitted
                .purchases_by_group(&histories, &[&stores], WINDOW)
                .expect("a store for each");
            for ((unit, group), actual) in units.iter_mut().zip(&groups[0]).zip(actual) {
                unit.push(Some(Window {
                    expected: group.expected,
                    variance: group.variance_by_chance,
                    actual,
                }));
            }
        }
        units
    }
}

fn checked(columns: &[Vec<f64>; 3]) -> CheckedHistories<'_> {
    let histories = Histories {
        frequency: &columns[0],
        recency: &columns[1],
        age: &columns[2],
        ..Histories::default()
    };
    histories.check().expect("times in order")
}

#[test]
fn a_business_in_order_raises_alarms_as_often_as_is_said() {
    let (mut outside, mut judged, mut alarmed) = (0, 0, 0);
    let businesses = 24;
    for seed in 0..businesses {
        let units = Business::drawn(1500, seed).windows();
        let readings = Watch::default().read(&units).expect("it makes sense");
        // windows are judged from the fourth on; the last is the one that people are told of
        for reading in readings.iter().flatten() {
            if let Reading::Judged(of) = reading {
                judged += 1;
                outside += u32::from(of.outside().is_some());
            }
        }
        let last: Vec<f64> = readings
            .iter()
            .filter_map(|unit| match unit[WINDOWS - 1] {
                Reading::Judged(of) => Some(of.p_value),
                _ => None,
            })
            .collect();
        assert_eq!(last.len(), STORES as usize);
        alarmed += u32::from(adjusted(&last).iter().any(|p| *p <= 0.1));
    }
    let share = f64::from(outside) / f64::from(judged);
    assert!((0.08..=0.12).contains(&share), "{share} outside");
    // 2.4 of 24 are expected
    assert!(alarmed <= 6, "{alarmed} of {businesses}");
}

#[test]
fn a_store_that_loses_half_its_purchases_is_found_alone() {
    let since = OBSERVED - 2.0 * WINDOW;
    let units = Business::drawn(4000, 5).losing(3, since, 2).windows();
    let readings = Watch::default().read(&units).expect("it makes sense");
    let last: Vec<_> = readings
        .iter()
        .map(|unit| match unit[WINDOWS - 1] {
            Reading::Judged(of) => of,
            other => panic!("{other:?}"),
        })
        .collect();
    let p_values: Vec<f64> = last.iter().map(|of| of.p_value).collect();
    let among_all = adjusted(&p_values);
    for store in 0..STORES as usize {
        assert_eq!(
            among_all[store] <= 0.1,
            store == 3,
            "{store}: {among_all:?}"
        );
    }
    assert_eq!(last[3].outside(), Some(Side::Below));
}

/// Groups add up to the whole, which is that of [`ValueModel::total`].
#[test]
fn groups_add_up_to_the_total() {
    let ages: Vec<f64> = (0..3000).map(|row| 20.0 + f64::from(row % 60)).collect();
    let data = simulate::columns(
        &simulate::customers(&TRUTH, None, &ages, 8).expect("it makes sense"),
        &ages,
    );
    let columns = [data.frequency, data.recency, data.age];
    let histories = checked(&columns);
    let fitted = BetaGeo::default().fit(&histories).expect("customers");
    let stores: Vec<u32> = (0..3000).map(|row| row % 7).collect();
    let everyone = vec![0; 3000];
    let groups = fitted
        .purchases_by_group(&histories, &[&stores, &everyone], 26.0)
        .expect("columns of one length");
    let (stores, all) = (&groups[0], &groups[1][0]);
    let sum =
        |of: fn(&worth_model::lifetime::GroupPurchases) -> f64| stores.iter().map(of).sum::<f64>();
    assert!((sum(|group| group.expected) / all.expected - 1.0).abs() < 1e-12);
    assert!((sum(|group| group.variance_by_chance) / all.variance_by_chance - 1.0).abs() < 1e-12);
    assert_eq!(sum(|group| group.customers), 3000.0);
    // the same total, simulated; what is spent does not matter to how often people buy
    let spends = Spends {
        purchases: &vec![3.0; 3000],
        mean: &(0..3000)
            .map(|row| 10.0 + f64::from(row % 9))
            .collect::<Vec<f64>>(),
        weight: None,
    };
    let spends = spends.check().expect("amounts");
    let spend = GammaGamma::default().fit(&spends).expect("customers");
    let model = ValueModel {
        purchase: &fitted,
        spend: &spend,
        horizon: Horizon::of_weeks(26.0, 0.1),
        margin: Margin::given(1.0),
    };
    let totals = Totals {
        draws: 2000,
        seed: 1,
    };
    let total = model
        .total(&histories, &spends, &totals)
        .expect("it makes sense");
    assert!((total.purchases.value / all.expected - 1.0).abs() < 1e-6);
    let (low, high) = total.purchases.ends().expect("an interval");
    let width = 2.0 * 1.645 * (all.variance_by_chance + all.variance_by_parameters).sqrt();
    assert!(
        ((high - low) / width - 1.0).abs() < 0.1,
        "{} {width}",
        high - low
    );
}

#[test]
fn columns_that_do_not_fit_are_named() {
    let columns = [vec![1.0; 40], vec![2.0; 40], vec![9.0; 40]];
    let histories = checked(&columns);
    let fitted = BetaGeo::default().fit(&histories).expect("customers");
    assert!(
        fitted
            .purchases_by_group(&histories, &[&[0, 1]], 4.0)
            .is_err()
    );
    assert!(fitted.purchases_by_group(&histories, &[], -1.0).is_err());
    let none = fitted.purchases_by_group(&histories, &[], 4.0);
    assert!(none.expect("no kinds").is_empty());
}
