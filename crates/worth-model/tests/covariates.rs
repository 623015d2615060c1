//! Purchase models with covariates: drawn customers give back the coefficients they were drawn from,
//! predictions are those of each customer's own law, and what the data cannot tell is named.

use worth_model::lifetime::{
    BetaGeo, BetaGeoParameters, CheckedHistories, CondensedBetaGeo, CondensedBetaGeoParameters,
    Covariates, FittedCovariates, FittedPurchases, GammaGamma, GammaGammaParameters, GompertzNbd,
    GompertzNbdParameters, Histories, Horizon, Margin, ModifiedBetaGeo, ModifiedBetaGeoParameters,
    Moves, Outcome, ParetoNbd, ParetoNbdParameters, PurchaseModel, Spends, Term, Totals, Valuation,
    WithCovariates,
};
use worth_model::simulate::{self, Columns, SimulatedCustomer};
use worth_model::{Error, Estimate, Method};

/// Why nothing here fails.
const SENSE: &str = "drawn data and settings make sense";
const SPEND: GammaGammaParameters = GammaGammaParameters {
    p: 6.25,
    q: 3.74,
    gamma: 15.44,
};
/// How far ahead, in weeks.
const AHEAD: f64 = 39.0;

/// Customers with two covariates, seen until now, and what they do in the time ahead.
#[derive(Default)]
struct Shop {
    seen: Columns,
    later: Vec<SimulatedCustomer>,
    web: Vec<f64>,
    size: Vec<f64>,
}

/// Draws a customer: covariates, age at the end, and seed.
type Draw<'a> = &'a dyn Fn(f64, f64, f64, u64) -> SimulatedCustomer;

fn drawn<P: Copy>(
    customers: impl Fn(&P, &[f64], u64) -> Vec<SimulatedCustomer>,
    law: impl Fn(f64, f64) -> P,
) -> impl Fn(f64, f64, f64, u64) -> SimulatedCustomer {
    move |web, size, age, seed| customers(&law(web, size), &[age], seed).remove(0)
}

/// BG/NBD: alpha exp(-(.6 web - .2 size)), a exp(-.7 web + .3 size).
fn beta_geo(web: f64, size: f64) -> BetaGeoParameters {
    BetaGeoParameters {
        r: 0.8,
        alpha: 6.0 * (-0.6 * web + 0.2 * size).exp(),
        a: 0.8 * (-0.7 * web + 0.3 * size).exp(),
        b: 2.4,
    }
}

fn pareto(web: f64, size: f64) -> ParetoNbdParameters {
    ParetoNbdParameters {
        r: 0.8,
        alpha: 6.0 * (-0.6 * web + 0.2 * size).exp(),
        s: 0.7,
        beta: 14.0 * (0.7 * web - 0.3 * size).exp(),
    }
}

/// The coefficients that both stand for.
const TRUTH: [f64; 4] = [0.6, -0.2, -0.7, 0.3];

impl Shop {
    /// Sizes are 0, 1 and 2, or any number where they are `continuous`.
    fn draw(customers: usize, seed: u64, continuous: bool, draw: Draw<'_>) -> Self {
        let mut shop = Self::default();
        let part = |row: usize, step: f64| (row as f64 * step + 0.11 * seed as f64).fract();
        let mut ages = Vec::new();
        let mut seen = Vec::new();
        for row in 0..customers {
            let web = f64::from(u8::from(part(row, 0.414_214) < 0.4));
            let even = 3.0 * part(row, 0.732_051);
            let size = if continuous { even - 0.5 } else { even.floor() };
            let age = (27.0 + 12.0 * part(row, 0.618_034)).round();
            let mut later = draw(web, size, age + AHEAD, seed * 1_000_000 + row as u64);
            let mut now = later.clone();
            let count = now.times.partition_point(|&time| time <= age);
            now.times.truncate(count);
            now.amounts.truncate(count);
            later.times.drain(..count);
            later.amounts.drain(..count);
            later.left_at -= age;
            seen.push(now);
            ages.push(age);
            shop.later.push(later);
            shop.web.push(web);
            shop.size.push(size);
        }
        shop.seen = simulate::columns(&seen, &ages);
        shop
    }

    fn beta_geo(customers: usize, seed: u64) -> Self {
        let customer = |law: &BetaGeoParameters, ages: &[f64], seed| {
            simulate::customers(law, Some(&SPEND), ages, seed).expect(SENSE)
        };
        Self::draw(customers, seed, false, &drawn(customer, beta_geo))
    }

    fn pareto(customers: usize, seed: u64, continuous: bool) -> Self {
        let customer = |law: &ParetoNbdParameters, ages: &[f64], seed| {
            simulate::customers(law, Some(&SPEND), ages, seed).expect(SENSE)
        };
        Self::draw(customers, seed, continuous, &drawn(customer, pareto))
    }

    fn histories(&self) -> CheckedHistories<'_> {
        histories(&self.seen)
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

const NAMES: [&str; 2] = ["web", "size"];

/// Fits a model in which both covariates move both processes.
macro_rules! fit {
    ($model:expr, $shop:expr) => {{
        let shop = &$shop;
        let columns: [&[f64]; 2] = [&shop.web, &shop.size];
        let table = table(&columns);
        let spec = WithCovariates::new($model, &NAMES, &NAMES);
        spec.fit(&shop.histories(), &table.check().expect(SENSE))
            .expect(SENSE)
    }};
}

fn table<'a>(columns: &'a [&'a [f64]]) -> Covariates<'a> {
    Covariates {
        names: &NAMES[..columns.len()],
        columns,
    }
}

fn holds(estimate: &Estimate, truth: f64) -> bool {
    estimate
        .ends()
        .is_some_and(|(low, high)| (low..=high).contains(&truth))
}

fn near(found: f64, expected: f64, allowed: f64) {
    let difference = (found - expected).abs();
    assert!(difference <= allowed, "{found} is not {expected}");
}

/// Intervals of coefficients hold in 90 of 100 samples, and estimates are off to neither side.
fn judge<M: PurchaseModel<D>, const D: usize>(
    samples: u64,
    fit: impl Fn(u64) -> FittedCovariates<M, D>,
) {
    let (mut held, mut off) = ([0_u32; 4], [0.0; 4]);
    for seed in 0..samples {
        for (place, found) in fit(seed).coefficients.iter().enumerate() {
            let (estimate, error) = (found.coefficient, found.standard_error);
            held[place] += u32::from(holds(&estimate, TRUTH[place]));
            off[place] += (estimate.value - TRUTH[place]) / error.expect("it is settled");
        }
    }
    let samples = samples as f64;
    for (held, off) in held.into_iter().zip(off) {
        near(
            f64::from(held),
            0.9 * samples,
            3.5 * (samples * 0.09).sqrt(),
        );
        near(off / samples, 0.0, 3.5 / samples.sqrt());
    }
}

#[test]
fn beta_geo_gives_back_the_coefficients() {
    judge(40, |seed| {
        fit!(BetaGeo::default(), Shop::beta_geo(800, seed))
    });
}

#[test]
fn modified_beta_geo_gives_back_the_coefficients() {
    let customer = |law: &ModifiedBetaGeoParameters, ages: &[f64], seed| {
        simulate::customers(law, Some(&SPEND), ages, seed).expect(SENSE)
    };
    let law = |web: f64, size: f64| {
        let BetaGeoParameters { r, alpha, a, b } = beta_geo(web, size);
        ModifiedBetaGeoParameters { r, alpha, a, b }
    };
    judge(40, |seed| {
        let shop = Shop::draw(1500, seed, false, &drawn(customer, law));
        fit!(ModifiedBetaGeo::default(), shop)
    });
}

#[test]
fn regular_buyers_give_back_the_coefficients() {
    let customer = |law: &CondensedBetaGeoParameters, ages: &[f64], seed| {
        simulate::customers(law, Some(&SPEND), ages, seed).expect(SENSE)
    };
    let law = |web: f64, size: f64| {
        let BetaGeoParameters { r, alpha, a, b } = beta_geo(web, size);
        let alpha = alpha / 3.0;
        CondensedBetaGeoParameters {
            r,
            alpha,
            a,
            b,
            k: 3,
        }
    };
    judge(20, |seed| {
        let shop = Shop::draw(800, seed, false, &drawn(customer, law));
        let settings = CondensedBetaGeo {
            k: Some(3),
            ..CondensedBetaGeo::default()
        };
        fit!(settings, shop)
    });
}

#[test]
fn pareto_nbd_gives_back_the_coefficients_of_continuous_covariates() {
    judge(40, |seed| {
        fit!(ParetoNbd::default(), Shop::pareto(800, seed, true))
    });
}

#[test]
fn gompertz_nbd_gives_back_the_coefficients() {
    let customer = |law: &GompertzNbdParameters, ages: &[f64], seed| {
        simulate::customers(law, Some(&SPEND), ages, seed).expect(SENSE)
    };
    let law = |web: f64, size: f64| {
        let ParetoNbdParameters { r, alpha, s, beta } = pareto(web, size);
        let (b, beta) = (0.04, beta / 20.0);
        GompertzNbdParameters {
            r,
            alpha,
            b,
            s,
            beta,
        }
    };
    judge(6, |seed| {
        let shop = Shop::draw(1500, seed, false, &drawn(customer, law));
        fit!(GompertzNbd::default(), shop)
    });
}

#[test]
fn a_dummy_on_every_parameter_is_two_separate_fits() {
    let shop = Shop::pareto(1500, 3, false);
    let moves = ["r", "alpha", "s", "beta"].map(|name| Term {
        covariate: "web".to_owned(),
        moves: Moves::Parameter(name.to_owned()),
    });
    let spec = WithCovariates {
        terms: moves.to_vec(),
        ..WithCovariates::new(ParetoNbd::default(), &[], &[])
    };
    let columns: [&[f64]; 1] = [&shop.web];
    let together = spec
        .fit(&shop.histories(), &table(&columns).check().expect(SENSE))
        .expect(SENSE);
    let alone = |web: f64| -> FittedPurchases<ParetoNbd> {
        let of = |column: &[f64]| -> Vec<f64> {
            let rows = column.iter().zip(&shop.web);
            rows.filter(|(_, own)| **own == web)
                .map(|row| *row.0)
                .collect()
        };
        let columns = Columns {
            frequency: of(&shop.seen.frequency),
            recency: of(&shop.seen.recency),
            age: of(&shop.seen.age),
            ..Columns::default()
        };
        ParetoNbd::default().fit(&histories(&columns)).expect(SENSE)
    };
    let (stores, web) = (alone(0.0), alone(1.0));
    let sum = stores.log_likelihood + web.log_likelihood;
    near(together.reference.log_likelihood, sum, 1e-5);
    for (kind, alone) in [(0.0, stores), (1.0, web)] {
        let law = together.at(&[kind]).expect(SENSE);
        near(law.parameters.r / alone.parameters.r, 1.0, 1e-3);
        near(law.parameters.beta / alone.parameters.beta, 1.0, 1e-3);
        for i in 0..4 {
            let [found, expected] = [&law, &alone].map(|law| law.standard_errors[i]);
            let (found, expected) = (found.expect("settled"), expected.expect("settled"));
            near(found / expected, 1.0, 0.01);
        }
    }
}

#[test]
fn units_and_zeros_of_covariates_do_not_matter() {
    let shop = Shop::beta_geo(1200, 5);
    let plain = fit!(BetaGeo::default(), shop);
    let moved = Shop {
        web: shop.web.iter().map(|web| 5.0 - web).collect(),
        size: shop.size.iter().map(|size| 1e6 + 1000.0 * size).collect(),
        ..shop
    };
    let other = fit!(BetaGeo::default(), moved);
    near(
        plain.reference.log_likelihood,
        other.reference.log_likelihood,
        1e-6,
    );
    let factors = [-1.0, 1000.0, -1.0, 1000.0];
    for ((one, other), factor) in plain
        .coefficients
        .iter()
        .zip(&other.coefficients)
        .zip(factors)
    {
        let scaled = other.coefficient.scaled(factor);
        near(one.coefficient.value, scaled.value, 1e-5);
        let (one, scaled) = (one.coefficient.ends(), scaled.ends());
        near(one.expect(SENSE).0, scaled.expect(SENSE).0, 1e-4);
    }
    let (one, same) = (plain.at(&[1.0, 2.0]), other.at(&[4.0, 1_002_000.0]));
    let (one, same) = (one.expect(SENSE), same.expect(SENSE));
    near(one.parameters.a, same.parameters.a, 1e-4);
    near(one.log_covariance[1][1], same.log_covariance[1][1], 1e-5);
}

#[test]
fn neither_time_unit_nor_order_nor_threads_matter() {
    let shop = Shop::pareto(600, 8, true);
    let in_threads = |threads: usize| {
        let pool = rayon_pool(threads);
        pool.install(|| fit!(ParetoNbd::default(), shop))
    };
    let here = in_threads(1);
    assert_eq!(here, in_threads(3));
    let turned = |column: &[f64], factor: f64| -> Vec<f64> {
        column.iter().rev().map(|value| value * factor).collect()
    };
    let in_days = Shop {
        seen: Columns {
            frequency: turned(&shop.seen.frequency, 1.0),
            recency: turned(&shop.seen.recency, 7.0),
            age: turned(&shop.seen.age, 7.0),
            ..Columns::default()
        },
        web: turned(&shop.web, 1.0),
        size: turned(&shop.size, 1.0),
        later: Vec::new(),
    };
    let days = fit!(ParetoNbd::default(), in_days);
    for (one, other) in here.coefficients.iter().zip(&days.coefficients) {
        near(one.coefficient.value, other.coefficient.value, 1e-5);
    }
    let purchases = shop.seen.frequency.iter().sum::<f64>();
    let shifted = here.reference.log_likelihood - purchases * 7f64.ln();
    near(days.reference.log_likelihood, shifted, 1e-6);
}

fn rayon_pool(threads: usize) -> rayon::ThreadPool {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect(SENSE)
}

#[test]
fn each_customer_is_predicted_by_their_own_law_and_so_are_new_ones() {
    let shop = Shop::pareto(500, 2, false);
    let fitted = fit!(ParetoNbd::default(), shop);
    let columns: [&[f64]; 2] = [&shop.web, &shop.size];
    let checked = table(&columns).check().expect(SENSE);
    let (laws, histories) = (fitted.laws(&checked).expect(SENSE), shop.histories());
    let predicted = laws
        .predict(&histories, |law, rows| law.expected_purchases(rows, AHEAD))
        .expect(SENSE);
    let alive = laws
        .predict(&histories, |law, rows| Ok(law.probability_alive(rows)))
        .expect(SENSE);
    let new = laws
        .predict_new(|law| law.expected_new(AHEAD))
        .expect(SENSE);
    for row in (0..500).step_by(37) {
        let law = fitted.at(&[shop.web[row], shop.size[row]]).expect(SENSE);
        let one = Columns {
            frequency: vec![shop.seen.frequency[row]],
            recency: vec![shop.seen.recency[row]],
            age: vec![shop.seen.age[row]],
            ..Columns::default()
        };
        let one = histories_of_one(&law, &one);
        for (found, expected) in [
            (predicted.estimate(row), one.0),
            (alive.estimate(row), one.1),
            (new.estimate(row), law.expected_new(AHEAD).expect(SENSE)),
        ] {
            let (found, expected) = (
                [found.value, ends(&found)],
                [expected.value, ends(&expected)],
            );
            near(found[0], expected[0], 1e-7);
            near(found[1], expected[1], 1e-5);
        }
    }
    let possible = laws
        .predict(&histories, |law, rows| law.predicted_purchases(rows, AHEAD))
        .expect(SENSE);
    assert_eq!(possible.value, predicted.value);
    assert_eq!(
        [possible.method, predicted.method],
        [Method::Predictive, Method::Delta]
    );
    assert!(possible.high[7] > predicted.high[7]);
    let wrong = laws.predict(&histories, |law, rows| law.expected_purchases(rows, -1.0));
    assert!(matches!(wrong, Err(Error::Setting { field: "time", .. })));
    let purchases: Vec<f64> = (shop.later.iter())
        .map(|later| later.times.len() as f64)
        .collect();
    let hindsight = laws.hindsight(&histories, AHEAD, &purchases).expect(SENSE);
    near(hindsight[7].expected, predicted.value[7], 1e-7);
}

fn ends(estimate: &Estimate) -> f64 {
    estimate.ends().map_or(0.0, |(low, high)| high - low)
}

fn histories_of_one(law: &FittedPurchases<ParetoNbd>, one: &Columns) -> (Estimate, Estimate) {
    let one = histories(one);
    (
        law.expected_purchases(&one, AHEAD)
            .expect(SENSE)
            .estimate(0),
        law.probability_alive(&one).estimate(0),
    )
}

#[test]
fn totals_cover_what_happens() {
    let samples = 40;
    let mut held = [0_u32; 3];
    for seed in 0..samples {
        let shop = Shop::beta_geo(600, seed);
        let fitted = fit!(BetaGeo::default(), shop);
        let columns: [&[f64]; 2] = [&shop.web, &shop.size];
        let checked = table(&columns).check().expect(SENSE);
        let laws = fitted.laws(&checked).expect(SENSE);
        let spends = Spends {
            purchases: &shop.seen.frequency,
            mean: &shop.seen.mean_spend,
            weight: None,
        };
        let spends = spends.check().expect(SENSE);
        let valuation = Valuation {
            spend: &GammaGamma::default().fit(&spends).expect(SENSE),
            horizon: Horizon::of_weeks(AHEAD, 0.0),
            margin: Margin::given(1.0),
        };
        let totals = Totals { draws: 60, seed };
        let total = laws
            .total(&shop.histories(), &spends, &valuation, &totals)
            .expect(SENSE);
        let values = laws
            .values(
                &shop.histories(),
                &spends,
                &valuation,
                |model, histories, spends| model.of_customers(histories, spends),
            )
            .expect(SENSE);
        near(
            values.value.iter().sum::<f64>() / total.value.value,
            1.0,
            1e-6,
        );
        let alive = shop
            .later
            .iter()
            .filter(|later| later.left_at > 0.0)
            .count();
        let purchases: usize = shop.later.iter().map(|later| later.times.len()).sum();
        let spent: f64 = shop.later.iter().flat_map(|later| &later.amounts).sum();
        let happened = [alive as f64, purchases as f64, spent];
        for (place, estimate) in [total.alive, total.purchases, total.value]
            .iter()
            .enumerate()
        {
            held[place] += u32::from(holds(estimate, happened[place]));
        }
    }
    // 36 of 40 expected, standard deviation 1.9.
    assert!(held.iter().all(|held| (30..=40).contains(held)), "{held:?}");
}

#[test]
fn covariates_that_say_nothing_are_left_out_and_named() {
    let shop = Shop::beta_geo(900, 4);
    let constant = vec![3.0; 900];
    let twice: Vec<f64> = shop.web.iter().map(|web| 2.0 * web - 1.0).collect();
    let columns: [&[f64]; 4] = [&shop.web, &constant, &twice, &shop.size];
    let all = Covariates {
        names: &["web", "constant", "twice", "size"],
        columns: &columns,
    };
    let spec = WithCovariates::new(
        BetaGeo::default(),
        &["web", "constant", "twice", "size"],
        &["web"],
    );
    let found = spec
        .fit(&shop.histories(), &all.check().expect(SENSE))
        .expect(SENSE);
    let named: Vec<Vec<&str>> = (found.diagnosis.collinear.iter())
        .map(|set| set.iter().map(|term| term.covariate.as_str()).collect())
        .collect();
    assert_eq!(named, [vec!["constant"], vec!["twice", "web"]]);
    assert!(!found.diagnosis.is_sound());
    assert_eq!(found.coefficients[1].coefficient.value, 0.0);
    assert_eq!(found.coefficients[2].standard_error, None);
    let plainly = WithCovariates::new(BetaGeo::default(), &["web", "size"], &["web"]);
    let plainly = plainly
        .fit(&shop.histories(), &all.check().expect(SENSE))
        .expect(SENSE);
    near(
        found.coefficients[0].coefficient.value,
        plainly.coefficients[0].coefficient.value,
        1e-5,
    );
    let test = found.likelihood_ratio.expect("there are coefficients");
    assert_eq!(test.degrees_of_freedom, 3.0);
    // With a penalty both halves of a pair share the effect.
    let shared = WithCovariates { ridge: 1.0, ..spec };
    let shared = shared
        .fit(&shop.histories(), &all.check().expect(SENSE))
        .expect(SENSE);
    let [web, twice] = [0, 2].map(|term| shared.coefficients[term].coefficient.value);
    near(web, 2.0 * twice, 1e-5);
    assert_eq!(shared.likelihood_ratio, None);
}

#[test]
fn kinds_that_never_come_back_or_never_leave_are_named() {
    // Web customers never buy again.
    let mut shop = Shop::beta_geo(900, 6);
    for row in 0..900 {
        if shop.web[row] == 1.0 {
            shop.seen.frequency[row] = 0.0;
            shop.seen.recency[row] = 0.0;
        }
    }
    let found = fit!(BetaGeo::default(), shop);
    let separated = |found: &FittedCovariates<BetaGeo>| -> Vec<(String, Moves)> {
        let terms = found.diagnosis.separated.iter();
        terms
            .map(|term| (term.covariate.clone(), term.moves.clone()))
            .collect()
    };
    assert_eq!(
        separated(&found),
        [("web".to_owned(), Moves::Purchases)],
        "{:?}",
        found.coefficients
    );
    // The others are as without those customers.
    let law = found.at(&[1.0, 1.0]).expect(SENSE);
    assert!(law.expected_new(AHEAD).expect(SENSE).value < 1e-4);
    near(found.coefficients[1].coefficient.value, TRUTH[1], 0.3);
    // A penalty gives them a value.
    let columns: [&[f64]; 2] = [&shop.web, &shop.size];
    let spec = WithCovariates {
        ridge: 1.0,
        ..WithCovariates::new(BetaGeo::default(), &NAMES, &NAMES)
    };
    let ridge = spec
        .fit(&shop.histories(), &table(&columns).check().expect(SENSE))
        .expect(SENSE);
    assert!(separated(&ridge).is_empty());
    assert!(ridge.coefficients[0].coefficient.value < -3.0);
    // Web customers buy to the very end.
    let mut shop = Shop::beta_geo(900, 6);
    for row in 0..900 {
        if shop.web[row] == 1.0 {
            let x = 4.0 + (row % 9) as f64;
            shop.seen.frequency[row] = x;
            shop.seen.recency[row] = shop.seen.age[row] * x / (x + 0.5);
        }
    }
    let found = fit!(BetaGeo::default(), shop);
    assert_eq!(separated(&found), [("web".to_owned(), Moves::Leaving)]);
    let law = found.at(&[1.0, 1.0]).expect(SENSE);
    assert!(
        law.parameters.a < 0.01 * law.parameters.b,
        "{:?}",
        law.parameters
    );
}

#[test]
fn nothing_is_too_little_to_say_so() {
    let rows: [&[(f64, f64, f64, f64)]; 6] = [
        &[(0.0, 0.0, 30.0, 1.0)],
        &[(0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 0.0, 0.0)],
        &[(2.0, 20.0, 30.0, 1e90), (1.0, 3.0, 9.0, -1e90)],
        &[(1000.0, 9e4, 1e5, 5.0), (0.0, 0.0, 1e-9, 7.0)],
        &[
            (0.0, 0.0, 30.0, 1.0),
            (0.0, 0.0, 31.0, 2.0),
            (0.0, 0.0, 32.0, 3.0),
        ],
        &[
            (3.0, 20.0, 30.0, 2.0),
            (3.0, 20.0, 30.0, 2.0),
            (3.0, 20.0, 30.0, 2.0),
        ],
    ];
    for rows in rows {
        let of = |place: usize| -> Vec<f64> {
            let cell = |row: &(f64, f64, f64, f64)| [row.0, row.1, row.2, row.3][place];
            rows.iter().map(cell).collect()
        };
        let columns = Columns {
            frequency: of(0),
            recency: of(1),
            age: of(2),
            ..Columns::default()
        };
        let known = of(3);
        let covariates: [&[f64]; 1] = [&known];
        let checked = table(&covariates).check().expect(SENSE);
        let spec = WithCovariates::new(ParetoNbd::default(), &["web"], &["web"]);
        let found = spec.fit(&histories(&columns), &checked).expect(SENSE);
        let outcome = &found.reference.diagnosis.outcome;
        assert!(matches!(outcome, Outcome::TooFew { .. }), "{outcome:?}");
        assert!(found.diagnosis.repeat_customers_needed.is_some());
        assert!(found.reference.log_likelihood.is_finite(), "{found:?}");
        let predicted = found
            .laws(&checked)
            .expect(SENSE)
            .predict(&histories(&columns), |law, rows| {
                law.expected_purchases(rows, AHEAD)
            })
            .expect(SENSE);
        let in_order = |row: usize| {
            predicted.low[row] <= predicted.value[row]
                && predicted.value[row] <= predicted.high[row]
        };
        assert!((0..rows.len()).all(|row| in_order(row) && predicted.high[row].is_finite()));
    }
}

#[test]
fn what_is_not_there_is_named() {
    let shop = Shop::beta_geo(50, 1);
    let columns: [&[f64]; 2] = [&shop.web, &shop.size];
    let checked = table(&columns).check().expect(SENSE);
    let fit = |terms: Vec<Term>| {
        let spec = WithCovariates {
            terms,
            ..WithCovariates::new(BetaGeo::default(), &[], &[])
        };
        spec.fit(&shop.histories(), &checked).map(|_| ())
    };
    let term = |covariate: &str, moves: Moves| Term {
        covariate: covariate.to_owned(),
        moves,
    };
    assert_eq!(fit(Vec::new()), Err(Error::Empty { what: "terms" }));
    let unknown = fit(vec![term("colour", Moves::Purchases)]).expect_err("no such covariate");
    assert_eq!(
        unknown.to_string(),
        "covariate is \"colour\": expected one of web, size"
    );
    let unknown = fit(vec![term("web", Moves::Parameter("s".to_owned()))]);
    assert!(matches!(
        unknown,
        Err(Error::Unknown {
            field: "parameter",
            ..
        })
    ));
    let fitted = fit!(BetaGeo::default(), shop);
    assert!(matches!(fitted.at(&[1.0]), Err(Error::Length { .. })));
    for wrong in [f64::NAN, 1e200] {
        let law = fitted.at(&[1.0, wrong]);
        assert!(matches!(
            law,
            Err(Error::Setting {
                field: "covariate",
                ..
            })
        ));
    }
    let few: [&[f64]; 1] = [&shop.web[..10]];
    let short = WithCovariates::new(BetaGeo::default(), &["web"], &[])
        .fit(&shop.histories(), &table(&few).check().expect(SENSE))
        .map(|_| ());
    assert!(matches!(short, Err(Error::Length { found: 10, .. })));
}
