//! What must hold for any durations: neither the order of rows, nor the unit of time, nor counting
//! equal rows once, nor giving a customer as two rows matters; and degenerate data are told, never a
//! panic, never a number that is none.

use proptest::prelude::*;
use worth_model::lifetime::Horizon;
use worth_model::survival::{
    AalenJohansen, Covariates, Cox, CoxOutcome, Durations, FittedCox, KaplanMeier, NelsonAalen,
    Paid, Subscription, SurvivalCurve, Ties, Variance, log_rank,
};
use worth_model::{Estimate, NoInterval, Spread};

/// One customer, in whole units of time so that ties are many.
#[derive(Debug, Clone)]
struct Row {
    start: f64,
    end: f64,
    event: u32,
    weight: f64,
    group: u32,
    stratum: u32,
    id: u64,
    x: [f64; 2],
}

fn row() -> impl Strategy<Value = Row> {
    (
        prop_oneof![3 => Just(0u32), 1 => 0..10u32],
        1..12u32,
        0..3u32,
        1..4u32,
        0..3u32,
        0..2u32,
        (0..4u32, -3.0..3.0f64),
    )
        .prop_map(
            |(start, length, event, weight, group, stratum, (kind, x))| Row {
                start: f64::from(start),
                end: f64::from(start + length),
                event,
                weight: f64::from(weight),
                group,
                stratum,
                id: 0,
                x: [f64::from(kind), x],
            },
        )
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(row(), 1..60).prop_map(|mut rows| {
        for (id, row) in rows.iter_mut().enumerate() {
            row.id = id as u64 / 2;
        }
        rows
    })
}

/// The rows as columns.
struct Columns {
    start: Vec<f64>,
    end: Vec<f64>,
    event: Vec<u32>,
    weight: Vec<f64>,
    group: Vec<u32>,
    stratum: Vec<u32>,
    id: Vec<u64>,
    x: [Vec<f64>; 2],
}

impl Columns {
    fn new(rows: &[Row]) -> Self {
        let numbers = |of: fn(&Row) -> f64| rows.iter().map(of).collect();
        let codes = |of: fn(&Row) -> u32| rows.iter().map(of).collect();
        Self {
            start: numbers(|row| row.start),
            end: numbers(|row| row.end),
            event: codes(|row| row.event),
            weight: numbers(|row| row.weight),
            group: codes(|row| row.group),
            stratum: codes(|row| row.stratum),
            id: rows.iter().map(|row| row.id).collect(),
            x: [numbers(|row| row.x[0]), numbers(|row| row.x[1])],
        }
    }

    fn durations(&self) -> Durations<'_> {
        Durations {
            start: Some(&self.start),
            end: &self.end,
            event: &self.event,
            weight: Some(&self.weight),
            group: Some(&self.group),
        }
    }

    fn fit(&self, cox: &Cox) -> FittedCox {
        let durations = self.durations().check().expect("it makes sense");
        let covariates = Covariates {
            names: &["kind", "x"],
            columns: &[&self.x[0], &self.x[1]],
            stratum: Some(&self.stratum),
            id: Some(&self.id),
        };
        cox.fit(
            &durations,
            &covariates.check(&durations).expect("it makes sense"),
        )
        .expect("it makes sense")
    }

    fn curves(&self) -> Vec<SurvivalCurve> {
        KaplanMeier::default()
            .fit(&self.durations().check().expect("it makes sense"))
            .expect("it makes sense")
    }
}

fn subscription(unit: f64) -> Subscription {
    let horizon = Horizon {
        length: 9.0 * unit,
        step: unit,
        units_per_year: 12.0 * unit,
        discount_rate_yearly: 0.1,
    };
    Subscription::steady(20.0, Paid::InAdvance, horizon)
}

/// Everything there is to say about some rows, as text: equal text is equal bytes.
fn everything(rows: &[Row]) -> String {
    let columns = Columns::new(rows);
    let durations = columns.durations().check().expect("it makes sense");
    let curves = columns.curves();
    let robust = Cox {
        variance: Variance::Robust,
        ..Cox::default()
    };
    format!(
        "{curves:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        NelsonAalen::default()
            .fit(&durations)
            .expect("it makes sense"),
        AalenJohansen::default()
            .fit(&durations)
            .expect("it makes sense"),
        log_rank(&durations, Some(&columns.stratum)).expect("it makes sense"),
        columns.fit(&Cox::default()),
        columns.fit(&robust),
        curves[0].restricted_mean(8.0).expect("it makes sense"),
        curves[0]
            .value(&subscription(1.0), 0.0)
            .expect("it makes sense"),
    )
}

fn close(left: f64, right: f64) -> Result<(), TestCaseError> {
    let within = 1e-6 * (1.0 + left.abs().max(right.abs()));
    prop_assert!((left - right).abs() <= within, "{left} {right}");
    Ok(())
}

fn same(left: &Estimate, right: &Estimate) -> Result<(), TestCaseError> {
    close(left.value, right.value)?;
    prop_assert_eq!(
        left.ends().is_some(),
        right.ends().is_some(),
        "{:?} {:?}",
        left,
        right
    );
    if let (Some(left), Some(right)) = (left.ends(), right.ends()) {
        close(left.0, right.0)?;
        close(left.1, right.1)?;
    }
    Ok(())
}

/// The same model, where the data settle it at all.
fn same_model(left: &FittedCox, right: &FittedCox, unit: f64) -> Result<(), TestCaseError> {
    let separated =
        |fitted: &FittedCox| matches!(fitted.diagnosis.outcome, CoxOutcome::Separated { .. });
    if separated(left) && separated(right) {
        return Ok(());
    }
    close(left.log_likelihood, right.log_likelihood)?;
    for (left, right) in left.coefficients.iter().zip(&right.coefficients) {
        same(&left.coefficient, &right.coefficient)?;
    }
    same(&left.concordance, &right.concordance)?;
    for (left, right) in left.reference.iter().zip(&right.reference) {
        close(*left, *right)?;
    }
    for (before, after) in left.baselines.iter().zip(&right.baselines) {
        prop_assert_eq!(&before.at_risk, &after.at_risk);
        for (x, y) in before.hazard.iter().zip(&after.hazard) {
            close(*x, *y)?;
        }
        let at = |fitted: &FittedCox, unit: f64| {
            fitted
                .survival(&[1.0, 0.5], before.stratum, &[5.0 * unit])
                .expect("it makes sense")[0]
        };
        same(&at(left, 1.0), &at(right, unit))?;
    }
    match (
        &left.diagnosis.proportionality,
        &right.diagnosis.proportionality,
    ) {
        (Some(left), Some(right)) => close(left.global.statistic, right.global.statistic),
        (left, right) => {
            prop_assert_eq!(left.is_some(), right.is_some());
            Ok(())
        }
    }
}

proptest! {
    #[test]
    fn the_order_of_rows_leaves_no_trace(rows in rows(), turn in 0..60usize) {
        let mut other = rows.clone();
        other.rotate_left(turn % rows.len());
        other.reverse();
        prop_assert_eq!(everything(&rows), everything(&other));
    }

    #[test]
    fn a_customer_given_as_two_rows_is_one_customer(rows in rows(), cut in 0.1..0.9f64) {
        let mut split = Vec::new();
        for row in &rows {
            let middle = row.start + (row.end - row.start) * cut;
            split.push(Row { end: middle, event: 0, ..row.clone() });
            split.push(Row { start: middle, ..row.clone() });
        }
        let (whole, split) = (Columns::new(&rows), Columns::new(&split));
        for (left, right) in whole.curves().iter().zip(&split.curves()) {
            for point in &left.points {
                same(&point.survival, &right.at(point.time))?;
            }
            close(left.restricted_mean(8.0).unwrap().mean.value, right.restricted_mean(8.0).unwrap().mean.value)?;
        }
        for cox in [Cox::default(), Cox { variance: Variance::Robust, ..Cox::default() }] {
            same_model(&whole.fit(&cox), &split.fit(&cox), 1.0)?;
        }
    }

    #[test]
    fn a_weight_is_a_number_of_equal_rows(rows in rows()) {
        let repeated: Vec<Row> = rows
            .iter()
            .flat_map(|row| {
                let single = Row { weight: 1.0, ..row.clone() };
                std::iter::repeat_n(single, row.weight as usize)
            })
            .collect();
        let (weighted, repeated) = (Columns::new(&rows), Columns::new(&repeated));
        prop_assert_eq!(format!("{:?}", weighted.curves()), format!("{:?}", repeated.curves()));
        let of = |columns: &Columns| {
            log_rank(&columns.durations().check().unwrap(), None).unwrap()
        };
        prop_assert_eq!(format!("{:?}", of(&weighted)), format!("{:?}", of(&repeated)));
        for ties in [Ties::Efron, Ties::Breslow] {
            for variance in [Variance::Model, Variance::Robust] {
                let cox = Cox { ties, variance, ..Cox::default() };
                same_model(&weighted.fit(&cox), &repeated.fit(&cox), 1.0)?;
            }
        }
    }

    #[test]
    fn another_unit_of_time_changes_times_only(rows in rows()) {
        let unit = 365.25 / 12.0;
        let days: Vec<Row> = rows
            .iter()
            .map(|row| Row { start: row.start * unit, end: row.end * unit, ..row.clone() })
            .collect();
        let (months, days) = (Columns::new(&rows), Columns::new(&days));
        for (left, right) in months.curves().iter().zip(&days.curves()) {
            for (before, after) in left.points.iter().zip(&right.points) {
                prop_assert_eq!(before.survival, after.survival);
                close(before.time * unit, after.time)?;
            }
            let (mean, other) = (left.restricted_mean(8.0).unwrap(), right.restricted_mean(8.0 * unit).unwrap());
            same(&mean.mean.scaled(unit), &other.mean)?;
            let (value, other) = (left.value(&subscription(1.0), 0.0).unwrap(), right.value(&subscription(unit), 0.0).unwrap());
            same(&value.value, &other.value)?;
        }
        same_model(&months.fit(&Cox::default()), &days.fit(&Cox::default()), unit)?;
    }

    #[test]
    fn everyone_is_still_there_or_left_for_some_reason(rows in rows()) {
        let columns = Columns::new(&rows);
        for found in AalenJohansen::default().fit(&columns.durations().check().unwrap()).unwrap() {
            for (index, survival) in found.survival.iter().enumerate() {
                let left: f64 = found.reasons.iter().map(|reason| reason.incidence[index].value).sum();
                prop_assert!((survival + left - 1.0).abs() < 1e-12);
                for reason in &found.reasons {
                    if let Some((low, high)) = reason.incidence[index].ends() {
                        prop_assert!(0.0 <= low && low <= high && high <= 1.0);
                    }
                }
            }
        }
    }

    #[test]
    fn with_one_reason_incidence_is_one_less_survival(rows in rows()) {
        let rows: Vec<Row> = rows.into_iter().map(|row| Row { event: row.event.min(1), group: 0, ..row }).collect();
        let columns = Columns::new(&rows);
        let curve = &columns.curves()[0];
        let found = &AalenJohansen::default().fit(&columns.durations().check().unwrap()).unwrap()[0];
        let left = curve.points.iter().filter(|point| point.events > 0.0);
        for (index, point) in left.enumerate() {
            let reason = &found.reasons[0];
            prop_assert!((reason.incidence[index].value - (1.0 - point.survival.value)).abs() < 1e-12);
            prop_assert!((reason.variance[index] - point.variance).abs() < 1e-12);
        }
    }

    #[test]
    fn seen_to_the_end_a_curve_is_the_share_still_there(ends in prop::collection::vec(1..20u32, 2..60)) {
        let ends: Vec<f64> = ends.into_iter().map(f64::from).collect();
        let count = ends.len() as f64;
        let event = vec![1; ends.len()];
        let durations = Durations { start: None, end: &ends, event: &event, weight: None, group: None };
        let curve = &KaplanMeier::default().fit(&durations.check().unwrap()).unwrap()[0];
        for point in &curve.points {
            let share = ends.iter().filter(|end| **end > point.time).count() as f64 / count;
            prop_assert!((point.survival.value - share).abs() < 1e-12);
            prop_assert!((point.variance - share * (1.0 - share) / count).abs() < 1e-12);
        }
        // And what it is worth is a plain mean, with the error of a mean.
        let mean_of = |of: &dyn Fn(f64) -> f64| {
            let mean = ends.iter().map(|end| of(*end)).sum::<f64>() / count;
            let variance = ends.iter().map(|end| (of(*end) - mean).powi(2)).sum::<f64>() / count;
            (mean, (variance / count).sqrt())
        };
        let check = |found: Estimate, (mean, error): (f64, f64)| {
            prop_assert!((found.value - mean).abs() < 1e-9);
            if let Some((low, high)) = found.ends() {
                let half = 1.644_853_626_951 * error;
                // Cut off where nobody could be.
                prop_assert!((high - (mean + half)).abs() < 1e-9 || high < mean + half);
                prop_assert!((low - (mean - half)).abs() < 1e-9 || low > mean - half);
            }
            Ok(())
        };
        check(curve.restricted_mean(8.0).unwrap().mean, mean_of(&|end| end.min(8.0)))?;
        let paid = |end: f64| (0..9).filter(|month| f64::from(*month) < end).map(|month| 20.0 * 1.1f64.powf(-f64::from(month) / 12.0)).sum();
        check(curve.value(&subscription(1.0), 0.0).unwrap().value, mean_of(&paid))?;
    }

    #[test]
    fn no_number_is_none(rows in rows(), factor in prop_oneof![Just(1e-9), Just(1.0), Just(1e12)]) {
        let rows: Vec<Row> = rows.into_iter().map(|row| Row { x: [row.x[0] * factor, row.x[1]], ..row }).collect();
        let text = everything(&rows);
        prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{}", text);
    }
}

fn outcome(end: &[f64], event: &[u32], columns: &[&[f64]]) -> FittedCox {
    let names = &["a", "b", "c"][..columns.len()];
    let durations = Durations {
        start: None,
        end,
        event,
        weight: None,
        group: None,
    };
    let durations = durations.check().expect("it makes sense");
    let covariates = Covariates {
        names,
        columns,
        stratum: None,
        id: None,
    };
    Cox::default()
        .fit(
            &durations,
            &covariates.check(&durations).expect("it makes sense"),
        )
        .expect("it makes sense")
}

#[test]
fn nobody_and_one_customer() {
    let nobody = Durations {
        start: None,
        end: &[],
        event: &[],
        weight: None,
        group: None,
    };
    let nobody = nobody.check().unwrap();
    assert!(KaplanMeier::default().fit(&nobody).is_err());
    assert!(AalenJohansen::default().fit(&nobody).is_err());
    assert!(log_rank(&nobody, None).is_err());
    let one = outcome(&[3.0], &[1], &[&[2.0]]);
    assert!(matches!(
        one.diagnosis.outcome,
        CoxOutcome::Collinear { .. }
    ));
    let one = outcome(&[0.0], &[0], &[&[2.0]]);
    assert!(matches!(
        one.diagnosis.outcome,
        CoxOutcome::TooFew { events: 0.0, .. }
    ));
}

#[test]
fn when_nobody_leaves_that_is_said() {
    let end = [1.0, 2.0, 3.0];
    let found = outcome(&end, &[0; 3], &[&[1.0, 2.0, 4.0]]);
    let CoxOutcome::TooFew {
        events,
        events_needed,
        customers_needed,
    } = found.diagnosis.outcome
    else {
        panic!("{:?}", found.diagnosis)
    };
    assert_eq!((events, events_needed), (0.0, 5.0));
    assert!(customers_needed >= 5.0);
    let spread = Spread::None {
        no_interval: NoInterval::NotIdentified,
    };
    assert_eq!(found.coefficients[0].coefficient.spread, spread);
    let durations = Durations {
        start: None,
        end: &end,
        event: &[0; 3],
        weight: None,
        group: None,
    };
    let curve = &KaplanMeier::default()
        .fit(&durations.check().unwrap())
        .unwrap()[0];
    assert_eq!((curve.at(2.0).value, curve.median().time), (1.0, None));
    assert!(curve.restricted_mean(2.0).unwrap().mean.ends().is_none());
    assert!(
        log_rank(&durations.check().unwrap(), None)
            .unwrap()
            .test
            .is_none()
    );
}

#[test]
fn when_everyone_leaves_at_once_that_is_said() {
    let end = [4.0; 5];
    // Nothing can be told, and Efron's likelihood puts that as no difference.
    let found = outcome(&end, &[1; 5], &[&[1.0, 2.0, 4.0, 8.0, 1.0]]);
    assert!(found.coefficients[0].coefficient.value.abs() < 1e-9);
    assert!(found.diagnosis.proportionality.is_none());
    let durations = Durations {
        start: None,
        end: &end,
        event: &[1; 5],
        weight: None,
        group: None,
    };
    let curve = &KaplanMeier::default()
        .fit(&durations.check().unwrap())
        .unwrap()[0];
    assert_eq!((curve.at(3.9).value, curve.at(4.0).value), (1.0, 0.0));
}

#[test]
fn a_covariate_that_tells_all_is_named() {
    // Everyone with b leaves first.
    let end: Vec<f64> = (0..40).map(f64::from).collect();
    let b: Vec<f64> = end
        .iter()
        .map(|end| f64::from(u8::from(*end < 15.0)))
        .collect();
    let a: Vec<f64> = end.iter().map(|end| (end * 0.7).sin()).collect();
    let found = outcome(&end, &[1; 40], &[&a, &b]);
    assert_eq!(
        found.diagnosis.outcome,
        CoxOutcome::Separated {
            covariates: vec!["b".to_owned()]
        }
    );
    assert!(found.coefficients[0].coefficient.ends().is_some());
    assert!(found.coefficients[1].coefficient.ends().is_none());
    assert!(found.coefficients[1].coefficient.value > 8.0);
    // The order of leaving is that of a number.
    let found = outcome(&end, &[1; 40], &[&a, &end]);
    assert_eq!(
        found.diagnosis.outcome,
        CoxOutcome::Separated {
            covariates: vec!["b".to_owned()]
        }
    );
    // Nobody of a kind left: the most usual case.
    let b: Vec<f64> = (0..40)
        .map(|row| f64::from(u8::from(row % 3 == 0)))
        .collect();
    let event: Vec<u32> = b.iter().map(|b| u32::from(*b == 0.0)).collect();
    let found = outcome(&end, &event, &[&a, &b]);
    let separated = CoxOutcome::Separated {
        covariates: vec!["b".to_owned()],
    };
    assert_eq!(found.diagnosis.outcome, separated);
    assert!(found.coefficients[1].coefficient.value < -8.0);
}

#[test]
fn covariates_that_follow_from_others_are_named() {
    let end: Vec<f64> = (0..40).map(|row| f64::from(row * 7 % 40)).collect();
    let a: Vec<f64> = (0..40).map(|row| f64::from(row * 11 % 13)).collect();
    let b: Vec<f64> = (0..40).map(|row| f64::from(row * 5 % 7)).collect();
    let c: Vec<f64> = a.iter().zip(&b).map(|(a, b)| 3.0 + a - 2.0 * b).collect();
    let found = outcome(&end, &[1; 40], &[&a, &b, &c]);
    let named = vec![vec!["c".to_owned(), "a".to_owned(), "b".to_owned()]];
    assert_eq!(
        found.diagnosis.outcome,
        CoxOutcome::Collinear { covariates: named }
    );
    // The others are as without it.
    let without = outcome(&end, &[1; 40], &[&a, &b]);
    assert_eq!(without.diagnosis.outcome, CoxOutcome::Converged);
    for (left, right) in without.coefficients.iter().zip(&found.coefficients) {
        assert!((left.coefficient.value - right.coefficient.value).abs() < 1e-9);
    }
    let found = outcome(&end, &[1; 40], &[&a, &[7.0; 40]]);
    assert_eq!(
        found.diagnosis.outcome,
        CoxOutcome::Collinear {
            covariates: vec![vec!["b".to_owned()]]
        }
    );
}

#[test]
fn enormous_numbers_are_numbers() {
    let end: Vec<f64> = (0..60)
        .map(|row| 1e12 + 1e9 * f64::from(row * 7 % 60))
        .collect();
    let a: Vec<f64> = (0..60).map(|row| 1e90 * f64::from(row * 11 % 13)).collect();
    let b: Vec<f64> = (0..60).map(|row| 2e9 + f64::from(row * 5 % 7)).collect();
    let found = outcome(&end, &[1; 60], &[&a, &b]);
    assert_eq!(found.diagnosis.outcome, CoxOutcome::Converged);
    let small: Vec<f64> = b.iter().map(|b| b - 2e9).collect();
    let again = outcome(&end, &[1; 60], &[&a, &small]);
    let value = |fitted: &FittedCox| fitted.coefficients[1].coefficient.value;
    assert!((value(&found) - value(&again)).abs() < 1e-6);
}

#[test]
fn early_leavers_among_few_late_entrants_are_told() {
    // The only one in sight at 1 leaves; nine come at 2.
    let mut start = vec![0.0];
    let mut end = vec![1.0];
    start.extend([2.0; 9]);
    end.extend([5.0; 9]);
    let event = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
    let durations = Durations {
        start: Some(&start),
        end: &end,
        event: &event,
        weight: None,
        group: None,
    };
    let curve = &KaplanMeier::default()
        .fit(&durations.check().unwrap())
        .unwrap()[0];
    assert_eq!((curve.fell_early, curve.at(3.0).value), (Some(1.0), 0.0));
}

#[test]
fn settings_and_rows_that_make_no_sense_are_named() {
    let durations = Durations {
        start: None,
        end: &[1.0, 2.0],
        event: &[1, 1],
        weight: Some(&[1.0, 1.5]),
        group: None,
    };
    let durations = durations.check().unwrap();
    let column = [1.0, 2.0];
    let covariates = Covariates {
        names: &["a"],
        columns: &[&column],
        stratum: None,
        id: None,
    };
    let covariates = covariates.check(&durations).unwrap();
    let error = Cox::default()
        .fit(&durations, &covariates)
        .unwrap_err()
        .to_string();
    assert!(error.contains("weight in row 1"), "{error}");
    assert!(
        Cox {
            ties: Ties::Breslow,
            ..Cox::default()
        }
        .fit(&durations, &covariates)
        .is_ok()
    );
    assert!(
        Cox {
            level: 2.0,
            ..Cox::default()
        }
        .fit(&durations, &covariates)
        .is_err()
    );
    let bad = [1.0, f64::NAN];
    let bad = Covariates {
        names: &["a"],
        columns: &[&bad],
        stratum: None,
        id: None,
    };
    assert!(
        bad.check(&durations)
            .unwrap_err()
            .to_string()
            .contains("covariate in row 1")
    );
}

#[test]
fn risks_far_apart_leave_no_rounding_behind_with_late_entry() {
    // Hazards differ by a factor of e^27, and rows go out of risk sets in which small ones stay.
    let row = |start, end, event, weight, stratum, x| Row {
        start,
        end,
        event,
        weight,
        group: 0,
        stratum,
        id: 0,
        x,
    };
    let rows = [
        row(8.0, 12.0, 1, 2.0, 0, [2.0, -0.945_892]),
        row(8.0, 10.0, 1, 2.0, 1, [0.0, 0.679_369]),
        row(0.0, 11.0, 1, 1.0, 1, [2.0, -2.559_562]),
        row(0.0, 4.0, 0, 1.0, 0, [0.0, 0.0]),
        row(0.0, 7.0, 1, 1.0, 1, [3.0, 2.618_414]),
        row(0.0, 7.0, 0, 1.0, 1, [3.0, 2.734_085]),
        row(0.0, 1.0, 1, 1.0, 0, [0.0, 2.167_368]),
        row(0.0, 9.0, 1, 1.0, 0, [1.0, -2.678_641]),
    ];
    let twice = |row: &Row| {
        let single = Row {
            weight: 1.0,
            ..row.clone()
        };
        std::iter::repeat_n(single, row.weight as usize)
    };
    let repeated: Vec<Row> = rows.iter().flat_map(twice).collect();
    let fit = |rows: &[Row]| Columns::new(rows).fit(&Cox::default());
    let (left, right) = (fit(&rows), fit(&repeated));
    assert_eq!(left.diagnosis.outcome, right.diagnosis.outcome);
    for (left, right) in left.coefficients.iter().zip(&right.coefficients) {
        assert!((left.coefficient.value - right.coefficient.value).abs() < 1e-9);
    }
}

#[test]
fn neither_threads_nor_order_matter_where_work_is_shared() {
    // More rows than are worked on at once, with ties, late entry, strata and ids.
    let rows: Vec<Row> = (0..20_000u32)
        .map(|row| {
            let part = |factor: f64| (f64::from(row) * factor).fract();
            let start = (part(0.618_033_988_75) * 9.0).floor();
            Row {
                start,
                end: start + 1.0 + (part(0.754_877_666_2) * 40.0).floor(),
                event: u32::from(part(0.569_840_290_9) < 0.4),
                weight: 1.0 + f64::from(row % 3),
                group: row % 4,
                stratum: row % 2,
                id: u64::from(row / 2),
                x: [f64::from(row % 5), part(0.819_172_513_4)],
            }
        })
        .collect();
    let with = |threads: usize, rows: &[Row]| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().expect("a pool");
        pool.install(|| everything(rows))
    };
    let one = with(1, &rows);
    assert!(one == with(4, &rows));
    let mut turned = rows;
    turned.rotate_left(7_777);
    assert!(one == with(3, &turned));
}
