//! Customers drawn from known hazards: are the truths found, and do intervals hold as often as meant?

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use worth_model::Estimate;
use worth_model::lifetime::Horizon;
use worth_model::survival::{
    AalenJohansen, Covariates, Cox, Durations, FittedCox, KaplanMeier, Paid, Subscription, Variance,
};

const DATA_SETS: u64 = 400;

/// 300 customers with a hazard of 0.1 exp(0.7 a - 0.5 b) a month, a being 0 or 1 and b from -1 to 1,
/// lost from sight at random; two thirds of them seen from the beginning.
struct Drawn {
    start: Vec<f64>,
    end: Vec<f64>,
    event: Vec<u32>,
    a: Vec<f64>,
    b: Vec<f64>,
}

const TRUTH: [f64; 2] = [0.7, -0.5];

fn exponential(random: &mut ChaCha8Rng, rate: f64) -> f64 {
    -(1.0 - random.random::<f64>()).ln() / rate
}

fn drawn(seed: u64) -> Drawn {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut drawn = Drawn {
        start: vec![],
        end: vec![],
        event: vec![],
        a: vec![],
        b: vec![],
    };
    while drawn.end.len() < 300 {
        let a = f64::from(u8::from(random.random::<f64>() < 0.4));
        let b = 2.0 * random.random::<f64>() - 1.0;
        let leaves = exponential(&mut random, 0.1 * (TRUTH[0] * a + TRUTH[1] * b).exp());
        let lost = 20.0 * random.random::<f64>();
        let start = if random.random::<f64>() < 0.33 {
            4.0 * random.random::<f64>()
        } else {
            0.0
        };
        // Who left or was lost before coming into sight is not in the data.
        if start < leaves.min(lost) {
            drawn.start.push(start);
            drawn.end.push(leaves.min(lost));
            drawn.event.push(u32::from(leaves <= lost));
            drawn.a.push(a);
            drawn.b.push(b);
        }
    }
    drawn
}

impl Drawn {
    fn durations(&self) -> Durations<'_> {
        Durations {
            start: Some(&self.start),
            end: &self.end,
            event: &self.event,
            weight: None,
            group: None,
        }
    }

    fn fit(&self, cox: &Cox) -> FittedCox {
        let durations = self.durations().check().expect("it makes sense");
        let covariates = Covariates {
            names: &["a", "b"],
            columns: &[&self.a, &self.b],
            stratum: None,
            id: None,
        };
        cox.fit(
            &durations,
            &covariates.check(&durations).expect("it makes sense"),
        )
        .expect("it makes sense")
    }
}

/// How often 90 % intervals held what they were meant to hold, and how far off values were on average.
#[derive(Default)]
struct Held {
    times: f64,
    of: f64,
    distance: f64,
}

impl Held {
    fn look(&mut self, estimate: &Estimate, truth: f64) {
        let (low, high) = estimate.ends().expect("an interval");
        self.times += f64::from(u8::from((low..=high).contains(&truth)));
        self.of += 1.0;
        self.distance += estimate.value - truth;
    }

    #[track_caller]
    fn check(&self, what: &str, bias: f64) {
        let share = self.times / self.of;
        // 400 data sets: three standard errors of a share of 0.9 are 0.045.
        assert!((0.855..=0.945).contains(&share), "{what}: {share}");
        let mean = self.distance / self.of;
        assert!(mean.abs() < bias, "{what}: off by {mean}");
    }
}

#[test]
fn cox_finds_coefficients_curves_and_money() {
    let mut held: [Held; 8] = std::array::from_fn(|_| Held::default());
    let customer = [1.0, 0.5];
    let rate = 0.1 * (TRUTH[0] - 0.5 * TRUTH[1].abs()).exp();
    let horizon = Horizon {
        length: 10.0,
        step: 1.0,
        units_per_year: 12.0,
        discount_rate_yearly: 0.12,
    };
    let subscription = Subscription::steady(30.0, Paid::Throughout, horizon);
    // ∫ of 30 exp(-rate t) 1.12^(-t/12) over ten months.
    let falls = rate + 1.12f64.ln() / 12.0;
    let worth = 30.0 * (1.0 - (-10.0 * falls).exp()) / falls;
    let mean = (1.0 - (-10.0 * rate).exp()) / rate;
    let mut false_alarms = 0;
    for seed in 0..DATA_SETS {
        let data = drawn(seed);
        let fitted = data.fit(&Cox::default());
        let robust = data.fit(&Cox {
            variance: Variance::Robust,
            ..Cox::default()
        });
        for (j, truth) in TRUTH.into_iter().enumerate() {
            held[j].look(&fitted.coefficients[j].coefficient, truth);
            held[2 + j].look(&robust.coefficients[j].coefficient, truth);
        }
        let survival = fitted.survival(&customer, None, &[6.0]).unwrap()[0];
        held[4].look(&survival, (-6.0 * rate).exp());
        held[5].look(
            &fitted.restricted_mean(&customer, None, 10.0).unwrap().mean,
            mean,
        );
        held[6].look(
            &fitted
                .value(&customer, None, &subscription, 0.0)
                .unwrap()
                .value,
            worth,
        );
        // Hazards are constant, so who has stayed for five months is as a new customer.
        held[7].look(
            &fitted
                .value(&customer, None, &subscription, 5.0)
                .unwrap()
                .value,
            worth,
        );
        let check = fitted
            .diagnosis
            .proportionality
            .expect("there is a trend to look for");
        false_alarms += u64::from(check.global.p_value < 0.1);
    }
    for (held, (what, bias)) in held.iter().zip([
        ("a", 0.03),
        ("b", 0.03),
        ("a, robust", 0.03),
        ("b, robust", 0.03),
        ("survival", 0.01),
        ("mean time", 0.1),
        ("money", 3.0),
        ("money of who has stayed", 3.0),
    ]) {
        held.check(what, bias);
    }
    let share = false_alarms as f64 / DATA_SETS as f64;
    assert!(
        (0.055..=0.145).contains(&share),
        "trends by chance: {share}"
    );
}

#[test]
fn curves_find_survival_mean_and_money() {
    let mut held: [Held; 4] = std::array::from_fn(|_| Held::default());
    let horizon = Horizon {
        length: 12.0,
        step: 3.0,
        units_per_year: 12.0,
        discount_rate_yearly: 0.12,
    };
    let subscription = Subscription::steady(90.0, Paid::InAdvance, horizon);
    for seed in 0..DATA_SETS {
        let mut random = ChaCha8Rng::seed_from_u64(1000 + seed);
        let (mut end, mut event) = (Vec::new(), Vec::new());
        for _ in 0..150 {
            // Two reasons, one twice as frequent as the other.
            let leaves = exponential(&mut random, 0.1);
            let reason = if random.random::<f64>() < 2.0 / 3.0 {
                1
            } else {
                2
            };
            let lost = 5.0 + 15.0 * random.random::<f64>();
            end.push(leaves.min(lost));
            event.push(if leaves <= lost { reason } else { 0 });
        }
        let durations = Durations {
            start: None,
            end: &end,
            event: &event,
            weight: None,
            group: None,
        };
        let durations = durations.check().unwrap();
        let curve = &KaplanMeier::default().fit(&durations).unwrap()[0];
        held[0].look(&curve.at(8.0), f64::exp(-0.8));
        held[1].look(
            &curve.restricted_mean(12.0).unwrap().mean,
            (1.0 - f64::exp(-1.2)) / 0.1,
        );
        let worth: f64 = (0..4)
            .map(|quarter| {
                90.0 * (-0.3 * f64::from(quarter)).exp() * 1.12f64.powf(-0.25 * f64::from(quarter))
            })
            .sum();
        held[2].look(&curve.value(&subscription, 0.0).unwrap().value, worth);
        let found = &AalenJohansen::default().fit(&durations).unwrap()[0];
        held[3].look(&found.at(2, 8.0).unwrap(), (1.0 - f64::exp(-0.8)) / 3.0);
    }
    for (held, (what, bias)) in held.iter().zip([
        ("survival", 0.01),
        ("mean time", 0.1),
        ("money", 3.0),
        ("incidence", 0.01),
    ]) {
        held.check(what, bias);
    }
}

#[test]
fn a_trend_that_is_there_is_found() {
    // The effect of a fades: 1.5 in the first three months, none after.
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let (mut end, mut event, mut a, mut noise) = (vec![], vec![], vec![], vec![]);
    for row in 0..2000 {
        let with = f64::from(row % 2);
        let first = exponential(&mut random, 0.1 * (1.5 * with).exp());
        let leaves = if first < 3.0 {
            first
        } else {
            3.0 + exponential(&mut random, 0.1)
        };
        end.push(leaves.min(12.0));
        event.push(u32::from(leaves <= 12.0));
        a.push(with);
        noise.push(random.random::<f64>());
    }
    let durations = Durations {
        start: None,
        end: &end,
        event: &event,
        weight: None,
        group: None,
    };
    let durations = durations.check().unwrap();
    let covariates = Covariates {
        names: &["a", "noise"],
        columns: &[&a, &noise],
        stratum: None,
        id: None,
    };
    let fitted = Cox::default()
        .fit(&durations, &covariates.check(&durations).unwrap())
        .unwrap();
    let check = fitted.diagnosis.proportionality.as_ref().unwrap();
    assert!(!check.covariates[0].holds && check.covariates[0].correlation < -0.2);
    assert!(check.covariates[1].holds && !fitted.diagnosis.is_sound());
}
