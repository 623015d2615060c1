//! Partial pooling: drawn groups give back how much they differ, small ones are told better than by
//! themselves or by what all are, and what the data cannot tell is named.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, CheckedHistories, FittedPooled, FittedPurchases, GammaGamma,
    GammaGammaParameters, GompertzNbd, GroupEffect, Groups, Histories, Horizon, Laws, Margin,
    ModifiedCondensedBetaGeo, Outcome, ParetoNbd, ParetoNbdParameters, Pooled, PooledGroup,
    Pooling, PurchaseModel, Spends, Totals, Valuation,
};
use worth_model::simulate::{self, Columns};
use worth_model::{Error, Estimate, NoInterval, Spread};

/// Why nothing here fails.
const SENSE: &str = "drawn data and settings make sense";
/// How far ahead, in weeks.
const AHEAD: f64 = 39.0;
const SPEND: GammaGammaParameters = GammaGammaParameters {
    p: 6.25,
    q: 3.74,
    gamma: 15.44,
};

/// Stores of a chain and their customers.
#[derive(Clone, Default)]
struct Chain {
    seen: Columns,
    of_row: Vec<u32>,
    names: Vec<String>,
    /// What was drawn for each store: the effects on purchases and on leaving.
    effects: Vec<[f64; 2]>,
}

fn beta_geo([u, v]: [f64; 2]) -> BetaGeoParameters {
    BetaGeoParameters {
        r: 0.8,
        alpha: 6.0 * (-u).exp(),
        a: 0.8 * v.exp(),
        b: 2.4,
    }
}

fn pareto([u, v]: [f64; 2]) -> ParetoNbdParameters {
    ParetoNbdParameters {
        r: 0.8,
        alpha: 6.0 * (-u).exp(),
        s: 0.7,
        beta: 14.0 * (-v).exp(),
    }
}

impl Chain {
    /// Stores of these sizes whose effects have these standard deviations. `customers` draws those of
    /// a store with these effects, from ages and a seed.
    fn draw(
        sizes: &[usize],
        deviations: [f64; 2],
        seed: u64,
        customers: impl Fn([f64; 2], &[f64], u64) -> Columns,
    ) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut chain = Self::default();
        for (store, &size) in sizes.iter().enumerate() {
            let effects = deviations.map(|deviation| {
                let normal: f64 = StandardNormal.sample(&mut random);
                deviation * normal
            });
            let age = |row: usize| (27.0 + 12.0 * (row as f64 * 0.618_034).fract()).round();
            let ages: Vec<f64> = (0..size).map(age).collect();
            chain.add(&customers(effects, &ages, 1000 * seed + store as u64));
            chain.effects.push(effects);
        }
        chain
    }

    fn beta_geo(sizes: &[usize], deviations: [f64; 2], seed: u64) -> Self {
        Self::draw(sizes, deviations, seed, |effects, ages, seed| {
            let drawn = simulate::customers(&beta_geo(effects), Some(&SPEND), ages, seed);
            simulate::columns(&drawn.expect(SENSE), ages)
        })
    }

    fn pareto(sizes: &[usize], deviations: [f64; 2], seed: u64) -> Self {
        Self::draw(sizes, deviations, seed, |effects, ages, seed| {
            let drawn = simulate::customers(&pareto(effects), Some(&SPEND), ages, seed);
            simulate::columns(&drawn.expect(SENSE), ages)
        })
    }

    /// One more store.
    fn add(&mut self, customers: &Columns) {
        let store = self.names.len();
        self.names.push(format!("store {store}"));
        let seen = &mut self.seen;
        seen.frequency.extend(&customers.frequency);
        seen.recency.extend(&customers.recency);
        seen.age.extend(&customers.age);
        seen.mean_spend.extend(&customers.mean_spend);
        self.of_row.resize(seen.age.len(), store as u32);
    }

    /// The customers of one store.
    fn store(&self, store: usize) -> Columns {
        let of = |column: &[f64]| -> Vec<f64> {
            let rows = column.iter().zip(&self.of_row);
            rows.filter(|(_, own)| **own == store as u32)
                .map(|row| *row.0)
                .collect()
        };
        Columns {
            frequency: of(&self.seen.frequency),
            recency: of(&self.seen.recency),
            age: of(&self.seen.age),
            mean_spend: of(&self.seen.mean_spend),
            ..Columns::default()
        }
    }
}

fn histories(columns: &Columns) -> CheckedHistories<'_> {
    let histories = Histories {
        frequency: &columns.frequency,
        recency: &columns.recency,
        age: &columns.age,
        ..Histories::default()
    };
    histories.check().expect(SENSE)
}

/// Calls `$use` with the groups of a chain.
macro_rules! with_groups {
    ($chain:expr, $groups:ident => $use:expr) => {{
        let names: Vec<&str> = $chain.names.iter().map(String::as_str).collect();
        let table = Groups {
            names: &names,
            of_row: &$chain.of_row,
        };
        let $groups = table.check().expect(SENSE);
        $use
    }};
}

macro_rules! fit {
    ($model:expr, $chain:expr) => {{
        let chain = &$chain;
        with_groups!(chain, groups => {
            Pooled::new($model).fit(&histories(&chain.seen), &groups).expect(SENSE)
        })
    }};
}

fn near(found: f64, expected: f64, allowed: f64) {
    let difference = (found - expected).abs();
    assert!(difference <= allowed, "{found} is not {expected}");
}

fn holds(estimate: &Estimate, truth: f64) -> bool {
    let (low, high) = estimate.ends().expect("it is settled");
    (low..=high).contains(&truth)
}

/// Sizes from 40 to 2,000 in equal proportions.
fn sizes(stores: usize) -> Vec<usize> {
    let part = |store: usize| store as f64 / (stores - 1) as f64;
    (0..stores)
        .map(|store| (40.0 * 50f64.powf(part(store))).round() as usize)
        .collect()
}

/// How often intervals of effects and of deviations held, of how many.
#[derive(Default, Debug)]
struct Held {
    effects: [u32; 2],
    deviations: [u32; 2],
    /// Sums of the deviations found.
    found: [f64; 2],
    stores: u32,
    chains: u32,
}

impl Held {
    fn add<M: PurchaseModel<D>, const D: usize>(
        &mut self,
        fitted: &FittedPooled<M, D>,
        chain: &Chain,
        deviations: [f64; 2],
    ) {
        self.chains += 1;
        for (group, truth) in fitted.groups.iter().zip(&chain.effects) {
            self.stores += 1;
            for (place, effect) in [group.purchases, group.leaving].iter().enumerate() {
                self.effects[place] += u32::from(holds(&effect.effect, truth[place]));
            }
        }
        let found = [fitted.deviations.purchases, fitted.deviations.leaving];
        for (place, found) in found.iter().enumerate() {
            self.found[place] += found.value;
            self.deviations[place] += u32::from(holds(found, deviations[place]));
        }
    }

    /// Intervals of effects hold in 90 of 100 stores, those of deviations in nearly all chains, and
    /// deviations are those that were drawn from.
    fn judge(&self, deviations: [f64; 2]) {
        let (stores, chains) = (f64::from(self.stores), f64::from(self.chains));
        for place in [0, 1] {
            let share = f64::from(self.effects[place]) / stores;
            near(share, 0.9, 3.5 * (0.09 / stores).sqrt());
            let share = f64::from(self.deviations[place]) / chains;
            near(share, 0.9, 3.5 * (0.09 / chains).sqrt());
            let mean = self.found[place] / chains;
            near(mean / deviations[place], 1.0, 0.15);
        }
    }
}

#[test]
fn drawn_stores_are_told_better_than_one_by_one_or_all_alike() {
    let deviations = [0.35, 0.4];
    let mut held = Held::default();
    let (mut pooled, mut alone, mut alike) = (0.0, 0.0, 0.0);
    for seed in 0..6 {
        let chain = Chain::beta_geo(&sizes(30), deviations, seed);
        let fitted = fit!(BetaGeo::default(), chain);
        assert_eq!(fitted.pooling, Pooling::Differ);
        assert!(fitted.reference.diagnosis.is_sound(), "{fitted:?}");
        held.add(&fitted, &chain, deviations);
        let all = BetaGeo::default()
            .fit(&histories(&chain.seen))
            .expect(SENSE);
        assert!(fitted.reference.log_likelihood > fitted.null_log_likelihood + 50.0);
        near(fitted.null_log_likelihood, all.log_likelihood, 1e-6);
        // Stores with at most 150 customers: what a new customer will buy.
        for store in 0..10 {
            let truth = beta_geo(chain.effects[store]).expected_new(AHEAD);
            let off = |fitted: &FittedPurchases<BetaGeo>| {
                let found = fitted.expected_new(AHEAD).expect(SENSE).value;
                (found / truth).ln().powi(2)
            };
            let own = chain.store(store);
            pooled += off(&fitted.at(&chain.names[store]));
            alone += off(&BetaGeo::default().fit(&histories(&own)).expect(SENSE));
            alike += off(&all);
        }
    }
    held.judge(deviations);
    assert!(pooled < 0.85 * alone, "{pooled} {alone}");
    assert!(pooled < 0.3 * alike, "{pooled} {alike}");
}

#[test]
fn pareto_nbd_gives_back_the_deviations() {
    let deviations = [0.3, 0.6];
    let mut held = Held::default();
    for seed in 0..4 {
        let chain = Chain::pareto(&[150; 30], deviations, 100 + seed);
        held.add(&fit!(ParetoNbd::default(), chain), &chain, deviations);
    }
    held.judge(deviations);
}

#[test]
fn small_stores_are_drawn_to_the_middle_and_large_ones_keep_their_own() {
    let sizes = [30, 60, 120, 240, 480, 960, 1920, 3840];
    let chain = Chain::beta_geo(&sizes, [0.4, 0.4], 11);
    let fitted = fit!(BetaGeo::default(), chain);
    let shrunk = |of: fn(&PooledGroup) -> GroupEffect| -> Vec<f64> {
        fitted.groups.iter().map(|group| of(group).shrunk).collect()
    };
    let (purchases, leaving) = (
        shrunk(|group| group.purchases),
        shrunk(|group| group.leaving),
    );
    // What is known of leaving also depends on how many have left.
    assert!(
        purchases.is_sorted_by(|left, right| left >= right),
        "{purchases:?}"
    );
    assert!(purchases[0] > 0.1 && purchases[7] < 0.01, "{purchases:?}");
    assert!(leaving[0] > 0.3 && leaving[7] < 0.05, "{leaving:?}");
    for (group, size) in fitted.groups.iter().zip(sizes) {
        near(group.customers, size as f64, 0.0);
        let (low, high) = group.purchases.ratio.ends().expect("it is settled");
        assert!(low < group.purchases.ratio.value && group.purchases.ratio.value < high);
        near(
            group.purchases.ratio.value,
            group.purchases.effect.value.exp(),
            1e-12,
        );
    }
    let largest = BetaGeo::default()
        .fit(&histories(&chain.store(7)))
        .expect(SENSE);
    let found = fitted.at("store 7").expected_new(AHEAD).expect(SENSE);
    near(
        found.value / largest.expected_new(AHEAD).expect(SENSE).value,
        1.0,
        0.05,
    );
    // A new store is the middle, less certain by how much stores differ, and so is a name without
    // customers.
    let [new, middle] = [fitted.new_group(), fitted.reference.clone()];
    near(new.parameters.alpha / middle.parameters.alpha, 1.0, 1e-12);
    let more = new.log_covariance[1][1] - middle.log_covariance[1][1];
    near(more, fitted.deviations.purchases.value.powi(2), 1e-12);
    assert_eq!(new, fitted.at("a store to come"));
    let interval = |law: &FittedPurchases<BetaGeo>| {
        let ends = law.expected_new(AHEAD).expect(SENSE).ends();
        let (low, high) = ends.expect("it is settled");
        high / low
    };
    assert!(interval(&new) > 1.5 * interval(&fitted.at("store 7")));
}

#[test]
fn each_customer_is_predicted_by_the_law_of_their_store() {
    let chain = Chain::beta_geo(&[200, 40, 90, 300, 150, 80], [0.4, 0.3], 5);
    let fitted = fit!(BetaGeo::default(), chain);
    let histories = histories(&chain.seen);
    // Those of the last store belong to none that is known.
    let mut table = chain.clone();
    table.names[5] = "nowhere".to_owned();
    let laws = with_groups!(table, groups => fitted.laws(&groups));
    let predicted = laws
        .predict(&histories, |law, rows| law.expected_purchases(rows, AHEAD))
        .expect(SENSE);
    let new = laws
        .predict_new(|law| law.expected_new(AHEAD))
        .expect(SENSE);
    for row in (0..860).step_by(41) {
        let law = fitted.at(&table.names[chain.of_row[row] as usize]);
        let [x, t_x, age] = [
            chain.seen.frequency[row],
            chain.seen.recency[row],
            chain.seen.age[row],
        ];
        let expected = law.parameters.expected_purchases(x, t_x, age, AHEAD);
        near(predicted.value[row] / expected, 1.0, 1e-6);
        let expected = law.expected_new(AHEAD).expect(SENSE);
        assert_eq!(new.estimate(row), expected);
    }
    // Totals: those of a store that is not known are the less certain ones.
    let spends = Spends {
        purchases: &chain.seen.frequency,
        mean: &chain.seen.mean_spend,
        weight: None,
    };
    let spends = spends.check().expect(SENSE);
    let spend = GammaGamma::default().fit(&spends).expect(SENSE);
    let valuation = Valuation {
        spend: &spend,
        horizon: Horizon::of_weeks(AHEAD, 0.0),
        margin: Margin::given(1.0),
    };
    let totals = Totals {
        draws: 400,
        ..Totals::default()
    };
    let width = |laws: &Laws<BetaGeo>| {
        let total = laws.total(&histories, &spends, &valuation, &totals);
        let (low, high) = total
            .expect(SENSE)
            .purchases
            .ends()
            .expect("it has an interval");
        high - low
    };
    let known = with_groups!(chain, groups => fitted.laws(&groups));
    let mut strangers = chain.clone();
    for name in &mut strangers.names {
        name.push_str(" next year");
    }
    let strangers = with_groups!(strangers, groups => fitted.laws(&groups));
    assert!(width(&strangers) > 1.05 * width(&known));
}

fn same_effect(one: &GroupEffect, other: &GroupEffect) {
    near(one.effect.value, other.effect.value, 1e-4);
    near(one.shrunk, other.shrunk, 1e-3);
    let [one, other] = [one, other].map(|effect| effect.effect.ends().expect("it is settled"));
    near(one.0, other.0, 1e-3);
    near(one.1, other.1, 1e-3);
}

#[test]
fn neither_names_nor_time_unit_nor_threads_matter() {
    let chain = Chain::pareto(&[50, 400, 120, 90, 200, 70], [0.4, 0.5], 21);
    let here = fit!(ParetoNbd::default(), chain);
    let pool = rayon_pool(3);
    assert_eq!(here, pool.install(|| fit!(ParetoNbd::default(), chain)));
    // Other places for the names, rows in another order, days for weeks, and a name of nobody.
    let turned = |column: &[f64], factor: f64| -> Vec<f64> {
        column.iter().rev().map(|value| value * factor).collect()
    };
    let other = Chain {
        seen: Columns {
            frequency: turned(&chain.seen.frequency, 1.0),
            recency: turned(&chain.seen.recency, 7.0),
            age: turned(&chain.seen.age, 7.0),
            ..Columns::default()
        },
        of_row: chain.of_row.iter().rev().map(|store| 6 - store).collect(),
        names: (0..7).map(|place| format!("store {}", 6 - place)).collect(),
        effects: Vec::new(),
    };
    let there = fit!(ParetoNbd::default(), other);
    for group in &here.groups {
        let other = there.group(&group.name).expect("it was in both tables");
        same_effect(&group.purchases, &other.purchases);
        same_effect(&group.leaving, &other.leaving);
        near(group.customers, other.customers, 0.0);
    }
    let purchases: f64 = chain.seen.frequency.iter().sum();
    let shifted = here.reference.log_likelihood - purchases * 7f64.ln();
    near(there.reference.log_likelihood, shifted, 1e-5);
    // Nobody's group is a new one.
    let nobody = there.group("store 6").expect("it was in the table");
    near(nobody.customers + nobody.purchases.effect.value, 0.0, 0.0);
    near(nobody.leaving.shrunk, 1.0, 0.0);
    let (low, high) = nobody.purchases.effect.ends().expect("it is settled");
    near(
        (high - low) / 2.0 / 1.644_854,
        there.deviations.purchases.value,
        1e-6,
    );
    let [nobody, new] = [there.at("store 6"), there.new_group()].map(|law| law.log_covariance);
    near(nobody[3][3] / new[3][3], 1.0, 1e-9);
}

fn rayon_pool(threads: usize) -> rayon::ThreadPool {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect(SENSE)
}

#[test]
fn one_group_is_the_plain_fit() {
    let chain = Chain::beta_geo(&[700], [0.0; 2], 3);
    let plain = BetaGeo::default()
        .fit(&histories(&chain.seen))
        .expect(SENSE);
    let fitted = fit!(BetaGeo::default(), chain);
    assert_eq!(fitted.pooling, Pooling::OneGroup);
    let reason = |estimate: &Estimate| match estimate.spread {
        Spread::None { no_interval } => Some(no_interval),
        Spread::Interval { .. } => None,
    };
    let unknown = Some(NoInterval::NotIdentified);
    assert_eq!(reason(&fitted.deviations.purchases), unknown);
    assert_eq!(reason(&fitted.groups[0].leaving.ratio), unknown);
    for law in [
        &fitted.reference,
        &fitted.at("store 0"),
        &fitted.new_group(),
    ] {
        assert_eq!(law.diagnosis.outcome, Outcome::Converged);
        near(law.log_likelihood, plain.log_likelihood, 1e-8);
        near(law.parameters.alpha / plain.parameters.alpha, 1.0, 1e-5);
        near(law.parameters.b / plain.parameters.b, 1.0, 1e-5);
        for i in 0..4 {
            near(
                law.log_covariance[i][i] / plain.log_covariance[i][i],
                1.0,
                1e-4,
            );
        }
    }
}

#[test]
fn copies_of_a_store_are_alike_and_say_more_of_the_middle() {
    let mut chain = Chain::beta_geo(&[60, 300, 150, 90, 220, 110], [0.5, 0.3], 9);
    let once = fit!(BetaGeo::default(), chain);
    for store in 0..6 {
        chain.add(&chain.store(store));
    }
    let twice = fit!(BetaGeo::default(), chain);
    for store in 0..6 {
        let [own, copy] = [&twice.groups[store], &twice.groups[store + 6]];
        same_effect(&own.purchases, &copy.purchases);
        same_effect(&own.leaving, &copy.leaving);
        near(
            own.purchases.effect.value,
            once.groups[store].purchases.effect.value,
            1e-4,
        );
    }
    near(
        twice.deviations.purchases.value,
        once.deviations.purchases.value,
        1e-4,
    );
    near(
        twice.reference.log_likelihood,
        2.0 * once.reference.log_likelihood,
        1e-4,
    );
    let [twice, once] = [twice, once].map(|fitted| fitted.covariance);
    for u in 0..6 {
        near(twice[u][u] / once[u][u], 0.5, 1e-3);
    }
}

#[test]
fn stores_that_do_not_differ_are_told_so() {
    let chain = Chain::beta_geo(&[120; 20], [0.0; 2], 4);
    let plain = BetaGeo::default()
        .fit(&histories(&chain.seen))
        .expect(SENSE);
    let fitted = fit!(BetaGeo::default(), chain);
    assert_eq!(fitted.pooling, Pooling::Alike);
    assert!(fitted.reference.log_likelihood < plain.log_likelihood + 1.35);
    for group in &fitted.groups {
        near(group.purchases.effect.value, 0.0, 0.15);
        assert!(group.purchases.shrunk > 0.5 && group.leaving.shrunk > 0.5);
    }
}

#[test]
fn two_stores_do_not_say_what_stores_are_like() {
    let mut chain = Chain::beta_geo(&[400], [0.0; 2], 1);
    let eager = simulate::customers(&beta_geo([0.9, -0.3]), None, &[35.0; 400], 8).expect(SENSE);
    chain.add(&simulate::columns(&eager, &[35.0; 400]));
    let fitted = fit!(BetaGeo::default(), chain);
    let few = Pooling::FewGroups {
        groups: 2,
        groups_needed: 5,
    };
    assert_eq!(fitted.pooling, few);
    let deviation = fitted.deviations.purchases;
    assert!(deviation.value > 0.2 && deviation.ends().is_none());
    let [one, other] = [0, 1].map(|store| fitted.groups[store].purchases.effect.value);
    near(other - one, 0.9, 0.3);
}

#[test]
fn a_store_with_one_customer_is_hardly_known() {
    let mut chain = Chain::beta_geo(&[150; 8], [0.4, 0.3], 6);
    chain.add(&Columns {
        frequency: vec![9.0],
        recency: vec![30.0],
        age: vec![31.0],
        mean_spend: vec![1.0],
        ..Columns::default()
    });
    let fitted = fit!(BetaGeo::default(), chain);
    let one = &fitted.groups[8];
    assert!(
        one.purchases.shrunk > 0.6 && one.leaving.shrunk > 0.6,
        "{one:?}"
    );
    assert!(one.purchases.effect.value > 0.0, "{one:?}");
}

/// Every number is one, every interval is in order, and predictions can be made.
fn makes_sense<M: PurchaseModel<D>, const D: usize>(
    fitted: &FittedPooled<M, D>,
    laws: &Laws<M, D>,
    histories: &CheckedHistories<'_>,
) {
    assert!(fitted.reference.log_likelihood.is_finite(), "{fitted:?}");
    assert!(
        fitted
            .covariance
            .concat()
            .iter()
            .all(|cell| cell.is_finite())
    );
    for group in &fitted.groups {
        for effect in [&group.purchases, &group.leaving] {
            assert!(effect.effect.value.is_finite() && effect.ratio.value.is_finite());
            assert!((0.0..=1.0).contains(&effect.shrunk), "{effect:?}");
            if let Some((low, high)) = effect.ratio.ends() {
                assert!(low <= effect.ratio.value && effect.ratio.value <= high);
            }
        }
    }
    let predicted = laws
        .predict(histories, |law, rows| law.expected_purchases(rows, AHEAD))
        .expect(SENSE);
    for row in 0..histories.len() {
        let (low, high) = (predicted.low[row], predicted.high[row]);
        assert!(low <= predicted.value[row] && predicted.value[row] <= high && high.is_finite());
    }
}

#[test]
fn whatever_the_data_there_is_an_answer_or_a_reason() {
    let stores: [&[(f64, f64, f64, u32)]; 7] = [
        &[(0.0, 0.0, 30.0, 0)],
        &[(0.0, 0.0, 0.0, 0), (0.0, 0.0, 0.0, 1)],
        &[(2.0, 20.0, 30.0, 0), (1.0, 3.0, 9.0, 1), (0.0, 0.0, 5.0, 2)],
        &[(1000.0, 9e4, 1e5, 0), (0.0, 0.0, 1e-9, 1)],
        &[
            (0.0, 0.0, 30.0, 0),
            (0.0, 0.0, 31.0, 1),
            (0.0, 0.0, 32.0, 2),
        ],
        &[
            (3.0, 20.0, 30.0, 0),
            (3.0, 20.0, 30.0, 1),
            (3.0, 20.0, 30.0, 2),
        ],
        &[
            (500.0, 30.0, 30.0, 0),
            (500.0, 1.0, 30.0, 1),
            (0.0, 0.0, 30.0, 2),
        ],
    ];
    for (case, rows) in stores.iter().enumerate() {
        for times in [1, 40] {
            let mut chain = Chain {
                names: (0..3).map(|store| format!("store {store}")).collect(),
                ..Chain::default()
            };
            for _ in 0..times {
                for &(x, t_x, age, store) in *rows {
                    chain.seen.frequency.push(x);
                    chain.seen.recency.push(t_x);
                    chain.seen.age.push(age);
                    chain.of_row.push(store);
                }
            }
            println!("case {case}, {times} times");
            let histories = histories(&chain.seen);
            macro_rules! tried {
                ($model:expr) => {{
                    let fitted = fit!($model, chain);
                    let laws = with_groups!(chain, groups => fitted.laws(&groups));
                    makes_sense(&fitted, &laws, &histories);
                    if times == 1 {
                        let outcome = &fitted.reference.diagnosis.outcome;
                        assert!(matches!(outcome, Outcome::TooFew { .. }), "{outcome:?}");
                    }
                }};
            }
            tried!(BetaGeo::default());
            tried!(ParetoNbd::default());
        }
    }
}

#[test]
fn every_model_pools() {
    let chain = Chain::pareto(&[60, 60, 90, 90, 120, 120], [0.5, 0.3], 13);
    macro_rules! pools {
        ($model:expr) => {{
            let fitted = fit!($model, chain);
            let laws = with_groups!(chain, groups => fitted.laws(&groups));
            makes_sense(&fitted, &laws, &histories(&chain.seen));
            assert!(fitted.deviations.purchases.value > 0.2, "{fitted:?}");
        }};
    }
    pools!(ModifiedCondensedBetaGeo {
        k: Some(2),
        ..ModifiedCondensedBetaGeo::default()
    });
    pools!(GompertzNbd::default());
}

#[test]
fn nobody_leaves_is_a_boundary_of_all_stores() {
    // Everyone buys to the very end, in some stores twice as often.
    let mut chain = Chain::default();
    for store in 0..6_u32 {
        let count = |row: u32| f64::from(3 + row % 5) * f64::from(1 + store % 2);
        let frequency: Vec<f64> = (0..80).map(count).collect();
        let recency = frequency.iter().map(|x| 30.0 * x / (x + 0.3)).collect();
        chain.add(&Columns {
            age: vec![30.0; 80],
            mean_spend: vec![1.0; 80],
            frequency,
            recency,
            ..Columns::default()
        });
    }
    let fitted = fit!(ParetoNbd::default(), chain);
    let outcome = &fitted.reference.diagnosis.outcome;
    assert!(matches!(outcome, Outcome::AtBoundary { .. }), "{outcome:?}");
    assert_eq!(fitted.deviations.leaving.ends(), None);
    let [one, other] = [0, 1].map(|store| fitted.groups[store].purchases.ratio.value);
    near(other / one, 2.0, 0.1);
}

#[test]
fn what_makes_no_sense_is_named() {
    let chain = Chain::beta_geo(&[30, 30], [0.1; 2], 1);
    let few = Chain {
        of_row: vec![0; 10],
        ..chain.clone()
    };
    let found = with_groups!(few, groups => {
        Pooled::new(BetaGeo::default()).fit(&histories(&chain.seen), &groups).map(|_| ())
    });
    assert!(matches!(found, Err(Error::Length { found: 10, .. })));
    let nobody = Chain::default();
    let found = with_groups!(nobody, groups => {
        Pooled::new(BetaGeo::default()).fit(&histories(&nobody.seen), &groups).map(|_| ())
    });
    assert_eq!(found, Err(Error::Empty { what: "customers" }));
}
