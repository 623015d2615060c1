//! Contract models on drawn contracts and on odd ones: parameters come back, intervals hold, and
//! what no model can tell is called by its name.

use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Beta, Distribution};
use worth_model::Estimate;
use worth_model::lifetime::{
    Ahead, BetaDiscreteWeibull, BetaDiscreteWeibullParameters, Boundary, FittedShiftedBetaGeo,
    Outcome, RiskDirection, ShiftedBetaGeo, ShiftedBetaGeoParameters, TenureColumns, Tenures,
};

const TRUTH: ShiftedBetaGeoParameters = ShiftedBetaGeoParameters {
    alpha: 0.9,
    beta: 3.2,
};

/// A drawn contract: renewals that it has faced, and those that it comes through in the end.
struct Contract {
    faced: u32,
    lasts: u32,
}

/// Contracts that have faced 1 to 10 renewals, whose lasting is c = 1 or another power of a
/// geometric one.
fn drawn(contracts: usize, c: f64, seed: u64) -> Vec<Contract> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let leaving = Beta::new(TRUTH.alpha, TRUTH.beta).expect("it makes sense");
    (0..contracts)
        .map(|row| {
            let theta: f64 = leaving.sample(&mut random);
            let part: f64 = random.random();
            // S(t) = (1 - theta)^(t^c), turned round.
            let time = (part.ln() / (-theta).ln_1p()).powf(1.0 / c);
            Contract {
                faced: 1 + (row % 10) as u32,
                lasts: time.floor().min(1e6) as u32,
            }
        })
        .collect()
}

fn seen(contracts: &[Contract]) -> TenureColumns {
    let mut columns = TenureColumns::default();
    for contract in contracts {
        columns
            .renewals
            .push(f64::from(contract.lasts.min(contract.faced)));
        columns.ended.push(contract.lasts < contract.faced);
        columns.weight.push(1.0);
    }
    columns
}

fn fit(columns: &TenureColumns) -> FittedShiftedBetaGeo {
    ShiftedBetaGeo::default()
        .fit(&columns.tenures().check().expect("it makes sense"))
        .expect("it makes sense")
}

fn cohort(survivors: &[f64]) -> TenureColumns {
    TenureColumns::from_survivors(&[survivors]).expect("it makes sense")
}

fn holds(estimate: &Estimate, truth: f64) -> bool {
    estimate
        .ends()
        .is_some_and(|(low, high)| (low..=high).contains(&truth))
}

#[test]
fn parameters_come_back_and_totals_cover_what_then_happens() {
    let samples = 200;
    let (mut held, mut sound) = ([0; 6], 0);
    let ahead = Ahead::next(5);
    for seed in 0..samples {
        let contracts = drawn(2000, 1.0, seed);
        let columns = seen(&contracts);
        let tenures = columns.tenures().check().unwrap();
        let fitted = ShiftedBetaGeo::default().fit(&tenures).unwrap();
        sound += u32::from(fitted.diagnosis.is_sound());
        let outlook = fitted.outlook();
        let (mut renewals, mut there) = (0.0, 0.0);
        for contract in contracts.iter().filter(|one| one.lasts >= one.faced) {
            renewals += f64::from((contract.lasts - contract.faced).min(5));
            there += f64::from(u8::from(contract.lasts >= contract.faced + 5));
        }
        let truths = [
            (fitted.estimates.alpha, TRUTH.alpha),
            (fitted.estimates.beta, TRUTH.beta),
            (outlook.survival(20).unwrap(), TRUTH.survival(20)),
            (outlook.retention(4).unwrap(), TRUTH.retention(4)),
            (outlook.total_renewals(&tenures, &ahead).unwrap(), renewals),
            (outlook.survivors(&tenures, 5).unwrap(), there),
        ];
        for (count, (estimate, truth)) in held.iter_mut().zip(truths) {
            *count += u32::from(holds(&estimate, truth));
        }
    }
    // 180 of 200 expected, standard deviation 4.2.
    assert!(
        held.iter().all(|count| (165..=195).contains(count)),
        "{held:?}"
    );
    assert!(sound >= 194, "{sound}");
}

#[test]
fn risk_that_changes_with_tenure_comes_back() {
    let samples = 60;
    for (c, expected) in [
        (1.5, RiskDirection::Rising),
        (1.0, RiskDirection::NoneVisible),
        (0.6, RiskDirection::Falling),
    ] {
        let (mut held, mut told) = ([0; 6], 0);
        for seed in 0..samples {
            let contracts = drawn(20_000, c, seed);
            let columns = seen(&contracts);
            let tenures = columns.tenures().check().unwrap();
            let fitted = BetaDiscreteWeibull::default().fit(&tenures).unwrap();
            let outlook = fitted.outlook();
            told += u32::from(fitted.duration.direction == expected);
            let (mut renewals, mut there) = (0.0, 0.0);
            for contract in contracts.iter().filter(|one| one.lasts >= one.faced) {
                renewals += f64::from((contract.lasts - contract.faced).min(5));
                there += f64::from(u8::from(contract.lasts >= contract.faced + 5));
            }
            let truth = BetaDiscreteWeibullParameters {
                gamma: TRUTH.alpha,
                delta: TRUTH.beta,
                c,
            };
            let found = fitted.estimates;
            let truths = [
                (found.gamma, truth.gamma),
                (found.delta, truth.delta),
                (found.c, truth.c),
                (outlook.survival(20).unwrap(), truth.survival(20)),
                (
                    outlook.total_renewals(&tenures, &Ahead::next(5)).unwrap(),
                    renewals,
                ),
                (outlook.survivors(&tenures, 5).unwrap(), there),
            ];
            for (count, (estimate, truth)) in held.iter_mut().zip(truths) {
                *count += u32::from(holds(&estimate, truth));
            }
        }
        // 54 of 60 expected, standard deviation 2.3.
        assert!(
            held.iter().all(|count| (46..=60).contains(count)),
            "{c} {held:?}"
        );
        assert!(told >= 53, "{c} {told}");
    }
}

#[test]
fn weights_and_order_do_not_matter() {
    let columns = seen(&drawn(900, 1.0, 3));
    let mut counted = std::collections::BTreeMap::new();
    for (renewals, ended) in columns.renewals.iter().zip(&columns.ended) {
        *counted.entry((*renewals as u32, *ended)).or_insert(0.0) += 1.0;
    }
    let mut weighted = TenureColumns::default();
    for ((renewals, ended), count) in counted.into_iter().rev() {
        weighted.renewals.push(f64::from(renewals));
        weighted.ended.push(ended);
        weighted.weight.push(count);
    }
    let (one, other) = (fit(&columns), fit(&weighted));
    assert_eq!(one, other);
    let total = |fitted: &FittedShiftedBetaGeo, columns: &TenureColumns| {
        let tenures = columns.tenures().check().unwrap();
        let outlook = fitted.outlook();
        outlook.total_renewals(&tenures, &Ahead::all(0.1)).unwrap()
    };
    assert_eq!(total(&one, &columns), total(&other, &weighted));
}

#[test]
fn contracts_that_have_ended_bring_nothing_more() {
    let columns = cohort(&[1000.0, 631.0, 468.0, 382.0]);
    let tenures = columns.tenures().check().unwrap();
    let outlook = fit(&columns).outlook();
    let renewals = outlook
        .expected_renewals(&tenures, &Ahead::all(0.1))
        .unwrap();
    let there = outlook.still_there(&tenures, 3).unwrap();
    for row in 0..3 {
        assert_eq!(renewals.value[row], 0.0);
        assert_eq!(there.high[row], 0.0);
    }
    assert!(renewals.low[3] < renewals.value[3] && renewals.value[3] < renewals.high[3]);
    // A total of few contracts may well be none at all.
    let few = Tenures {
        renewals: &[3.0],
        ended: &[false],
        weight: None,
    };
    let total = outlook.survivors(&few.check().unwrap(), 3).unwrap();
    assert_eq!(total.ends(), Some((0.0, 1.0)));
}

#[test]
fn data_that_cannot_tell_are_called_by_their_name() {
    let boundary = |outcome: &Outcome| match outcome {
        Outcome::AtBoundary { meaning, .. } => Some(*meaning),
        _ => None,
    };
    let nobody_leaves = fit(&cohort(&[500.0, 500.0, 500.0, 500.0]));
    assert_eq!(
        boundary(&nobody_leaves.diagnosis.outcome),
        Some(Boundary::NoChurnVisible)
    );
    let survival = nobody_leaves.outlook().survival(5).unwrap();
    assert!(survival.value > 0.999 && survival.ends().is_none());

    let nobody_renews = fit(&cohort(&[500.0, 0.0]));
    assert_eq!(
        boundary(&nobody_renews.diagnosis.outcome),
        Some(Boundary::AllEndTogether)
    );

    let halves: Vec<f64> = (0..7).map(|j| 64_000.0 * 0.5f64.powi(j)).collect();
    let alike = fit(&cohort(&halves));
    assert_eq!(
        boundary(&alike.diagnosis.outcome),
        Some(Boundary::EqualChurn)
    );
    // The whole is well known all the same.
    let survival = alike.outlook().survival(8).unwrap();
    let (low, high) = survival.ends().unwrap();
    assert!((survival.value * 256.0 - 1.0).abs() < 0.01);
    assert!(low < survival.value && high < survival.value * 1.1);

    let at_once_or_never = fit(&cohort(&[1000.0, 400.0, 400.0, 400.0, 400.0]));
    assert_eq!(
        boundary(&at_once_or_never.diagnosis.outcome),
        Some(Boundary::LeaveAtOnceOrNever)
    );

    let few = fit(&cohort(&[100.0, 98.0, 97.0]));
    let Outcome::FewEnded {
        ended,
        contracts_needed,
        ..
    } = few.diagnosis.outcome
    else {
        panic!("{:?}", few.diagnosis.outcome);
    };
    assert!(ended == 3.0 && (200.0..400.0).contains(&contracts_needed));

    let short = fit(&cohort(&[1000.0, 700.0]));
    assert!(matches!(
        short.diagnosis.outcome,
        Outcome::TooShort {
            occasions: 1.0,
            occasions_needed: 2.0
        }
    ));
    // What was seen is known, what comes after is not.
    let width = |renewals: u32| {
        let (low, high) = short.outlook().survival(renewals).unwrap().ends().unwrap();
        high - low
    };
    assert!(
        width(1) < 0.06 && width(5) > 0.3,
        "{} {}",
        width(1),
        width(5)
    );
    assert!(
        ShiftedBetaGeo::default()
            .fit(&cohort(&[]).tenures().check().unwrap())
            .is_err()
    );
}

#[test]
fn the_larger_model_names_the_same_troubles() {
    let outcome = |survivors: &[f64]| {
        let columns = cohort(survivors);
        let fitted = BetaDiscreteWeibull::default()
            .fit(&columns.tenures().check().unwrap())
            .unwrap();
        match fitted.diagnosis.outcome {
            Outcome::AtBoundary { meaning, .. } => format!("{meaning:?}"),
            Outcome::FewEnded { .. } => "few".to_owned(),
            Outcome::TooShort { .. } => "short".to_owned(),
            other => format!("{other:?}"),
        }
    };
    assert_eq!(outcome(&[500.0; 5]), "NoChurnVisible");
    assert_eq!(outcome(&[500.0, 0.0]), "AllEndTogether");
    // All end at the fifth renewal, near enough: nothing tells one customer from another.
    assert_eq!(
        outcome(&[500.0, 499.0, 498.0, 496.0, 495.0, 0.0]),
        "EqualChurn"
    );
    assert_eq!(
        outcome(&[1000.0, 400.0, 400.0, 400.0, 400.0]),
        "LeaveAtOnceOrNever"
    );
    let halves: Vec<f64> = (0..7).map(|j| 64_000.0 * 0.5f64.powi(j)).collect();
    assert_eq!(outcome(&halves), "EqualChurn");
    assert_eq!(outcome(&[1000.0, 800.0, 700.0]), "short");
    assert_eq!(outcome(&[20.0, 15.0, 11.0, 9.0]), "few");
}

#[test]
fn many_contracts_and_long_tenures_stay_finite() {
    // Ten billion contracts, lost by one in a hundred thousand a day for 27 years.
    let survivors: Vec<f64> = (0..=10_000)
        .map(|day| 1e10 * (-1e-5 * f64::from(day)).exp())
        .collect();
    let columns = cohort(&survivors);
    let fitted = fit(&columns);
    assert!(fitted.log_likelihood.is_finite());
    let tenures = columns.tenures().check().unwrap();
    let outlook = fitted.outlook();
    let total = outlook
        .total_renewals(&tenures, &Ahead::next(10_000))
        .unwrap();
    let (low, high) = total.ends().unwrap();
    assert!(low <= total.value && total.value <= high && high.is_finite());
    assert!((outlook.retention(1).unwrap().value + 1e-5 - 1.0).abs() < 1e-8);
}

#[test]
fn a_curve_of_another_shape_is_found_out() {
    // Everyone leaves rarely, but a third at the fourth renewal.
    let shape = [1000.0, 950.0, 905.0, 860.0, 570.0, 545.0, 520.0];
    let fitted = fit(&cohort(&shape.map(|count| 10.0 * count)));
    assert!(!fitted.diagnosis.fits());
    assert!(
        fitted.diagnosis.goodness.cells[3].actual > fitted.diagnosis.goodness.cells[3].expected
    );
}

fn parameters() -> impl Strategy<Value = ShiftedBetaGeoParameters> {
    let wide = || (-8.0..8.0f64).prop_map(f64::exp);
    (wide(), wide()).prop_map(|(alpha, beta)| ShiftedBetaGeoParameters { alpha, beta })
}

proptest! {
    #[test]
    fn survival_falls_and_retention_rises(parameters in parameters()) {
        let survival: Vec<f64> = (0..60).map(|t| parameters.survival(t)).collect();
        prop_assert_eq!(survival[0], 1.0);
        for t in 1..60u32 {
            let (before, after) = (survival[t as usize - 1], survival[t as usize]);
            prop_assert!((0.0..=before).contains(&after));
            let retention = parameters.retention(t);
            prop_assert!((0.0..=1.0).contains(&retention));
            prop_assert!((after - before * retention).abs() < 1e-9 * (1.0 + before));
            prop_assert!(parameters.retention(t + 1) >= retention);
        }
    }

    #[test]
    fn renewals_to_come_are_bounded_and_grow_with_tenure(
        parameters in parameters(), tenure in 0..3000u32, rate in 0.001..2.0f64, next_in in 0.0..1.0f64
    ) {
        let ahead = Ahead { next_in, ..Ahead::all(rate) };
        let now = parameters.expected_renewals(tenure, &ahead).unwrap();
        let most = (1.0 + rate).powf(1.0 - next_in) / rate;
        prop_assert!(now >= 0.0 && now <= most * (1.0 + 1e-9), "{now} {most}");
        let later = parameters.expected_renewals(tenure + 1, &ahead).unwrap();
        prop_assert!(later >= now * (1.0 - 1e-9), "{now} {later}");
        let some = Ahead { occasions: Some(4), ..ahead };
        prop_assert!(parameters.expected_renewals(tenure, &some).unwrap() <= now * (1.0 + 1e-9));
    }

    #[test]
    fn any_contracts_are_fitted_without_panic_or_nan(
        rows in prop::collection::vec((prop_oneof![0..5u32, Just(60u32)], any::<bool>(), 0.0..1e6f64), 1..40)
    ) {
        let columns = TenureColumns {
            renewals: rows.iter().map(|row| f64::from(row.0)).collect(),
            ended: rows.iter().map(|row| row.1).collect(),
            weight: rows.iter().map(|row| row.2.floor() + 1.0).collect(),
        };
        let tenures = columns.tenures().check().unwrap();
        let fitted = fit(&columns);
        prop_assert!(fitted.parameters.check().is_ok());
        prop_assert!(fitted.log_likelihood.is_finite());
        let larger = BetaDiscreteWeibull::default().fit(&tenures).unwrap();
        prop_assert!(larger.parameters.check().is_ok());
        prop_assert!(larger.log_likelihood.is_finite());
        for outlook in [fitted.outlook(), larger.outlook()] {
        let mut columns = vec![
            outlook.expected_renewals(&tenures, &Ahead::all(0.1)).unwrap(),
            outlook.expected_renewals(&tenures, &Ahead::next(7)).unwrap(),
        ];
        for total in [outlook.total_renewals(&tenures, &Ahead::next(7)), outlook.survivors(&tenures, 7), outlook.survival(9)] {
            let total = total.unwrap();
            let (low, high) = total.ends().unwrap_or((total.value, total.value));
            prop_assert!(0.0 <= low && low <= total.value && total.value <= high && high.is_finite());
        }
        let there = outlook.still_there(&tenures, 2).unwrap();
        prop_assert!(there.high.iter().all(|high| *high <= 1.0));
        columns.push(there);
        for column in columns {
            for row in 0..column.value.len() {
                let (low, value, high) = (column.low[row], column.value[row], column.high[row]);
                prop_assert!(0.0 <= low && low <= value * (1.0 + 1e-12) && value <= high * (1.0 + 1e-12) && high.is_finite());
            }
        }
        }
    }
}
