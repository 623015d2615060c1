//! Survival methods against data sets printed in the literature and what others make of them.
//!
//! "R" is the output that R's `survival` (T. M. Therneau) is tested against
//! (github.com/therneau/survival, `tests/*.Rout.save`, 2026-08).

use worth_model::Estimate;
use worth_model::survival::{
    Covariates, Cox, CoxOutcome, Durations, FittedCox, KaplanMeier, NelsonAalen, Scale,
    SurvivalCurve, Ties, TimeScale, Variance, log_rank,
};

/// Rows of a data set.
#[derive(Default)]
struct Rows {
    start: Option<Vec<f64>>,
    end: Vec<f64>,
    event: Vec<u32>,
    group: Vec<u32>,
    columns: Vec<Vec<f64>>,
    stratum: Option<Vec<u32>>,
}

impl Rows {
    fn durations(&self) -> Durations<'_> {
        Durations {
            start: self.start.as_deref(),
            end: &self.end,
            event: &self.event,
            weight: None,
            group: (!self.group.is_empty()).then_some(&self.group[..]),
        }
    }

    fn fit(&self, cox: &Cox, names: &[&str]) -> FittedCox {
        let columns: Vec<&[f64]> = self.columns.iter().map(Vec::as_slice).collect();
        let durations = self.durations().check().expect("it makes sense");
        let covariates = Covariates {
            names,
            columns: &columns,
            stratum: self.stratum.as_deref(),
            id: None,
        };
        cox.fit(
            &durations,
            &covariates.check(&durations).expect("it makes sense"),
        )
        .expect("it makes sense")
    }

    fn curves(&self, scale: Scale) -> Vec<SurvivalCurve> {
        let method = KaplanMeier { level: 0.95, scale };
        method
            .fit(&self.durations().check().expect("it makes sense"))
            .expect("it makes sense")
    }
}

#[track_caller]
fn near(value: f64, wanted: f64, within: f64) {
    assert!(
        (value - wanted).abs() <= within,
        "{value} in place of {wanted}"
    );
}

fn cox(ties: Ties) -> Cox {
    Cox {
        level: 0.95,
        ties,
        ..Cox::default()
    }
}

/// Weeks of remission of 42 children with leukaemia (E. J. Freireich et al. 1963, Blood 21), with the
/// logarithm of their white blood cells (D. G. Kleinbaum, M. Klein, Survival Analysis, chapter 1).
/// Group 0 had 6-MP, 1 a placebo.
fn freireich() -> Rows {
    let treated = [
        (35, 0, 1.45),
        (34, 0, 1.47),
        (32, 0, 2.20),
        (32, 0, 2.53),
        (25, 0, 1.78),
        (23, 1, 2.57),
        (22, 1, 2.32),
        (20, 0, 2.01),
        (19, 0, 2.05),
        (17, 0, 2.16),
        (16, 1, 3.60),
        (13, 1, 2.88),
        (11, 0, 2.60),
        (10, 0, 2.70),
        (10, 1, 2.96),
        (9, 0, 2.80),
        (7, 1, 4.43),
        (6, 0, 3.20),
        (6, 1, 2.31),
        (6, 1, 4.06),
        (6, 1, 3.28),
    ];
    let placebo = [
        (23, 1, 1.97),
        (22, 1, 2.73),
        (17, 1, 2.95),
        (15, 1, 2.30),
        (12, 1, 1.50),
        (12, 1, 3.06),
        (11, 1, 3.49),
        (11, 1, 2.12),
        (8, 1, 3.52),
        (8, 1, 3.05),
        (8, 1, 2.32),
        (8, 1, 3.26),
        (5, 1, 3.49),
        (5, 1, 3.97),
        (4, 1, 4.36),
        (4, 1, 2.42),
        (3, 1, 4.01),
        (2, 1, 4.91),
        (2, 1, 4.48),
        (1, 1, 2.80),
        (1, 1, 5.00),
    ];
    let mut rows = Rows {
        columns: vec![Vec::new(), Vec::new()],
        ..Rows::default()
    };
    for (group, list) in [(0, treated), (1, placebo)] {
        for (weeks, event, cells) in list {
            rows.end.push(f64::from(weeks));
            rows.event.push(event);
            rows.group.push(group);
            rows.columns[0].push(f64::from(group));
            rows.columns[1].push(cells);
        }
    }
    rows
}

/// Weeks to relapse with (0) and without (1) maintenance (R. G. Miller 1997, Survival Analysis).
fn aml() -> Rows {
    let maintained = [9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161];
    let not = [5, 5, 8, 8, 12, -16, 23, 27, 30, 33, 43, 45];
    let mut rows = Rows {
        columns: vec![Vec::new()],
        ..Rows::default()
    };
    for (group, list) in [(0, &maintained[..]), (1, &not[..])] {
        for &weeks in list {
            rows.end.push(f64::from(weeks).abs());
            rows.event.push(u32::from(weeks > 0));
            rows.group.push(group);
            rows.columns[0].push(f64::from(group));
        }
    }
    rows
}

/// Days of 26 women with ovarian cancer (J. H. Edmunson et al. 1979, Cancer Treatment Reports 63):
/// days (below 0: censored), age, residual disease, treatment, performance status.
fn ovarian() -> Rows {
    let list = [
        (59, 72.3315, 2, 1, 1),
        (115, 74.4932, 2, 1, 1),
        (156, 66.4658, 2, 1, 2),
        (-421, 53.3644, 2, 2, 1),
        (431, 50.3397, 2, 1, 1),
        (-448, 56.4301, 1, 1, 2),
        (464, 56.937, 2, 2, 2),
        (475, 59.8548, 2, 2, 2),
        (-477, 64.1753, 2, 1, 1),
        (563, 55.1781, 1, 2, 2),
        (638, 56.7562, 1, 1, 2),
        (-744, 50.1096, 1, 2, 1),
        (-769, 59.6301, 2, 2, 2),
        (-770, 57.0521, 2, 2, 1),
        (-803, 39.2712, 1, 1, 1),
        (-855, 43.1233, 1, 1, 2),
        (-1040, 38.8932, 2, 1, 2),
        (-1106, 44.6, 1, 1, 1),
        (-1129, 53.9068, 1, 2, 1),
        (-1206, 44.2055, 2, 2, 1),
        (-1227, 59.589, 1, 2, 2),
        (268, 74.5041, 2, 1, 2),
        (329, 43.137, 2, 1, 1),
        (353, 63.2192, 1, 2, 2),
        (365, 64.4247, 2, 2, 1),
        (-377, 58.3096, 1, 2, 1),
    ];
    let mut rows = Rows {
        columns: vec![Vec::new(); 4],
        ..Rows::default()
    };
    for (days, age, residual, treatment, status) in list {
        rows.end.push(f64::from(days).abs());
        rows.event.push(u32::from(days > 0));
        rows.columns[0].push(age);
        rows.columns[1].push(f64::from(residual));
        rows.columns[2].push(f64::from(treatment));
        rows.columns[3].push(f64::from(status));
    }
    rows
}

/// Set 1 of the appendix of T. M. Therneau, P. M. Grambsch (2000), Modeling Survival Data.
fn appendix_1() -> Rows {
    Rows {
        end: vec![9.0, 1.0, 1.0, 6.0, 6.0, 8.0],
        event: vec![1, 1, 0, 1, 1, 0],
        columns: vec![vec![0.0, 1.0, 1.0, 1.0, 0.0, 0.0]],
        ..Rows::default()
    }
}

/// Set 2 of the same: late entry.
fn appendix_2() -> Rows {
    Rows {
        start: Some(vec![1.0, 2.0, 5.0, 2.0, 1.0, 7.0, 3.0, 4.0, 8.0, 8.0]),
        end: vec![2.0, 3.0, 6.0, 7.0, 8.0, 9.0, 9.0, 9.0, 14.0, 17.0],
        event: vec![1, 1, 1, 1, 1, 1, 1, 0, 0, 0],
        columns: vec![vec![1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0]],
        ..Rows::default()
    }
}

#[test]
fn remission_curves_match_textbooks_and_lifelines() {
    let curves = freireich().curves(Scale::LogLog);
    // Survival: Collett, and Kleinbaum and Klein, table for 6-MP. Intervals: lifelines 0.30.3.
    for (time, survival, low, high) in [
        (6.0, 0.857_143, 0.619_718, 0.951_552),
        (7.0, 0.806_723, 0.563_147, 0.922_809),
        (10.0, 0.752_941, 0.503_200, 0.889_362),
        (13.0, 0.690_196, 0.431_610, 0.849_066),
        (16.0, 0.627_451, 0.367_511, 0.804_912),
        (22.0, 0.537_815, 0.267_779, 0.746_791),
        (23.0, 0.448_179, 0.188_052, 0.680_143),
    ] {
        let found = curves[0].at(time);
        let (found_low, found_high) = found.ends().unwrap();
        near(found.value, survival, 5e-7);
        near(found_low, low, 5e-7);
        near(found_high, high, 5e-7);
    }
    assert_eq!(curves[0].median().time, Some(23.0));
    assert_eq!(curves[1].median().time, Some(8.0));
    // Nobody is left of the placebo group after 23 weeks, of the other 21 - 9 were.
    assert_eq!(curves[1].at(30.0).value, 0.0);
    assert!(curves[0].at(36.0).ends().is_none());
}

#[test]
fn remission_log_rank_is_16_79() {
    let rows = freireich();
    let found = log_rank(&rows.durations().check().unwrap(), None).unwrap();
    let test = found.test.unwrap();
    near(test.statistic, 16.793, 5e-4);
    // lifelines 0.30.3.
    near(test.p_value, 4.168_809_1e-5, 1e-11);
    assert_eq!(test.degrees_of_freedom, 1.0);
    // Kleinbaum and Klein, chapter 2: 9 and 21 observed, 19.26 and 10.74 expected.
    assert_eq!(
        (found.groups[0].observed, found.groups[1].observed),
        (9.0, 21.0)
    );
    near(found.groups[0].expected, 19.25, 0.01);
    near(found.groups[1].expected, 10.75, 0.01);
}

#[test]
fn remission_coefficients_match_textbooks() {
    let mut rows = freireich();
    let both = rows.fit(&cox(Ties::Breslow), &["placebo", "cells"]);
    // Kleinbaum and Klein, chapter 3, model 2: 1.294 (.422), 1.604 (.329), -2 log L 144.559.
    near(both.coefficients[0].coefficient.value, 1.294, 1e-3);
    near(both.coefficients[0].standard_error.unwrap(), 0.422, 5e-4);
    near(both.coefficients[1].coefficient.value, 1.604, 1e-3);
    near(both.coefficients[1].standard_error.unwrap(), 0.329, 5e-4);
    near(-2.0 * both.log_likelihood, 144.559, 1e-3);
    // Model 1: 1.509 (.410), -2 log L 172.759.
    rows.columns.truncate(1);
    let one = rows.fit(&cox(Ties::Breslow), &["placebo"]);
    near(one.coefficients[0].coefficient.value, 1.509, 5e-4);
    near(one.coefficients[0].standard_error.unwrap(), 0.410, 5e-4);
    near(-2.0 * one.log_likelihood, 172.759, 1e-3);
    // lifelines 0.30.3, which has Efron's ties.
    let efron = rows.fit(&cox(Ties::Efron), &["placebo"]);
    let found = &efron.coefficients[0];
    near(found.coefficient.value, 1.572_125, 5e-7);
    near(found.standard_error.unwrap(), 0.412_397, 5e-7);
    near(found.p_value.unwrap(), 0.000_138, 5e-7);
    near(found.hazard_ratio.value, 4.816_873, 5e-6);
    let (low, high) = found.hazard_ratio.ends().unwrap();
    near(low, 2.146_508, 5e-6);
    near(high, 10.809_307, 5e-5);
    near(efron.log_likelihood, -85.008_424_577, 1e-8);
    near(
        efron.tests.likelihood_ratio.unwrap().statistic,
        16.351_690_839,
        1e-8,
    );
    near(efron.concordance.value, 0.690_042_075_7, 1e-9);
    assert!(efron.diagnosis.is_sound());
}

#[test]
fn aml_curves_match_r() {
    let curves = aml().curves(Scale::Log);
    // Time, at risk, events, survival, standard error, interval on the log scale.
    let maintained = [
        (9.0, 11.0, 1.0, 0.909, 0.0867, 0.7541, 1.0),
        (13.0, 10.0, 1.0, 0.818, 0.1163, 0.6192, 1.0),
        (18.0, 8.0, 1.0, 0.716, 0.1397, 0.4884, 1.0),
        (23.0, 7.0, 1.0, 0.614, 0.1526, 0.3769, 0.999),
        (31.0, 5.0, 1.0, 0.491, 0.1642, 0.2549, 0.946),
        (34.0, 4.0, 1.0, 0.368, 0.1627, 0.1549, 0.875),
        (48.0, 2.0, 1.0, 0.184, 0.1535, 0.0359, 0.944),
    ];
    let not = [
        (5.0, 12.0, 2.0, 0.8333, 0.1076, 0.6470, 1.0),
        (8.0, 10.0, 2.0, 0.6667, 0.1361, 0.4468, 0.995),
        (12.0, 8.0, 1.0, 0.5833, 0.1423, 0.3616, 0.941),
        (23.0, 6.0, 1.0, 0.4861, 0.1481, 0.2675, 0.883),
        (27.0, 5.0, 1.0, 0.3889, 0.1470, 0.1854, 0.816),
        (30.0, 4.0, 1.0, 0.2917, 0.1387, 0.1148, 0.741),
        (33.0, 3.0, 1.0, 0.1944, 0.1219, 0.0569, 0.664),
        (43.0, 2.0, 1.0, 0.0972, 0.0919, 0.0153, 0.620),
    ];
    for (curve, list) in curves.iter().zip([&maintained[..], &not[..]]) {
        for &(time, at_risk, events, survival, error, low, high) in list {
            let point = curve
                .points
                .iter()
                .find(|point| point.time == time)
                .unwrap();
            assert_eq!((point.at_risk, point.events), (at_risk, events));
            near(point.survival.value, survival, 5e-4);
            near(point.variance.sqrt(), error, 5e-5);
            let (found_low, found_high) = point.survival.ends().unwrap();
            near(found_low, low, 5e-5);
            near(found_high, high, 5e-4);
        }
    }
    let (with, without) = (curves[0].median(), curves[1].median());
    assert_eq!(
        (with.time, with.low, with.high),
        (Some(31.0), Some(18.0), None)
    );
    assert_eq!(
        (without.time, without.low, without.high),
        (Some(23.0), Some(8.0), None)
    );
    let last = curves[1].at(45.0);
    assert_eq!((last.value, last.ends()), (0.0, None));
}

#[test]
fn aml_tests_and_coefficients_match_r() {
    let rows = aml();
    let found = log_rank(&rows.durations().check().unwrap(), None).unwrap();
    near(found.test.unwrap().statistic, 3.4, 0.05);
    near(found.groups[0].expected, 10.69, 5e-3);
    near(found.groups[1].expected, 7.31, 5e-3);
    for (ties, value, error, p, ratio, ratio_p) in [
        (Ties::Breslow, 0.9042, 0.5122, 0.0775, 3.3, 0.06945),
        (Ties::Efron, 0.9155, 0.5119, 0.0737, 3.38, 0.06581),
    ] {
        let fitted = rows.fit(&cox(ties), &["not maintained"]);
        let found = &fitted.coefficients[0];
        near(found.coefficient.value, value, 5e-5);
        near(found.standard_error.unwrap(), error, 5e-5);
        near(found.p_value.unwrap(), p, 5e-5);
        let test = fitted.tests.likelihood_ratio.unwrap();
        near(test.statistic, ratio, 5e-3);
        near(test.p_value, ratio_p, 5e-6);
    }
}

/// Columns, coefficients with standard errors, likelihood ratio, and how well they are printed.
type OvarianFit<'a> = (&'a [usize], &'a [(f64, f64)], f64, f64);

#[test]
fn ovarian_coefficients_match_r() {
    let all = ovarian();
    let pick = |columns: &[usize]| Rows {
        end: all.end.clone(),
        event: all.event.clone(),
        columns: columns
            .iter()
            .map(|&index| all.columns[index].clone())
            .collect(),
        ..Rows::default()
    };
    // Columns: 0 age, 1 residual disease, 2 treatment, 3 performance status.
    let cases: [OvarianFit<'_>; 4] = [
        (&[0], &[(0.16162, 0.04974)], 14.29, 5e-6),
        (
            &[1, 2, 3],
            &[(1.3466, 0.6803), (-0.7493, 0.5949), (0.4528, 0.5903)],
            6.03,
            5e-5,
        ),
        (
            &[0, 2, 3],
            &[(0.1470, 0.0463), (-0.8146, 0.6342), (0.1032, 0.6064)],
            15.92,
            5e-5,
        ),
        (
            &[0, 1, 2],
            &[(0.1285, 0.0473), (0.6964, 0.7585), (-0.8489, 0.6392)],
            16.77,
            5e-5,
        ),
    ];
    for (columns, wanted, ratio, within) in cases {
        let names = &["a", "b", "c"][..columns.len()];
        let fitted = pick(columns).fit(&cox(Ties::Efron), names);
        for (found, &(value, error)) in fitted.coefficients.iter().zip(wanted) {
            near(found.coefficient.value, value, within);
            near(found.standard_error.unwrap(), error, within);
        }
        near(
            fitted.tests.likelihood_ratio.unwrap().statistic,
            ratio,
            5e-3,
        );
    }
}

#[test]
fn stratified_ovarian_fit_matches_r() {
    let all = ovarian();
    let rows = Rows {
        columns: vec![all.columns[0].clone(), all.columns[3].clone()],
        stratum: Some(
            all.columns[2]
                .iter()
                .map(|&treatment| treatment as u32)
                .collect(),
        ),
        ..all
    };
    let fitted = rows.fit(&cox(Ties::Efron), &["age", "status"]);
    let [age, status] = &fitted.coefficients[..] else {
        panic!("two covariates")
    };
    near(age.coefficient.value, 0.13853, 5e-6);
    near(age.standard_error.unwrap(), 0.04801, 5e-6);
    near(status.coefficient.value, -0.09670, 5e-6);
    near(status.standard_error.unwrap(), 0.62994, 5e-6);
    let (low, high) = status.hazard_ratio.ends().unwrap();
    near(low, 0.2641, 5e-5);
    near(high, 3.120, 5e-4);
    near(fitted.concordance.value, 0.819, 5e-4);
    near(standard_error(&fitted.concordance), 0.058, 5e-4);
    near(
        fitted.tests.likelihood_ratio.unwrap().statistic,
        12.71,
        5e-3,
    );
    near(fitted.tests.wald.unwrap().statistic, 8.43, 5e-3);
    near(fitted.tests.score.unwrap().statistic, 12.24, 5e-3);
    // Survival of someone with the mean of all rows, and its standard error.
    let mean = |column: &[f64]| column.iter().sum::<f64>() / column.len() as f64;
    let average: Vec<f64> = rows.columns.iter().map(|column| mean(column)).collect();
    for (stratum, list) in [
        (
            1,
            &[
                (59.0, 0.978, 0.0266),
                (115.0, 0.951, 0.0478),
                (156.0, 0.910, 0.0760),
                (268.0, 0.862, 0.1055),
                (329.0, 0.737, 0.1525),
                (431.0, 0.627, 0.1704),
                (638.0, 0.333, 0.2296),
            ][..],
        ),
        (
            2,
            &[
                (353.0, 0.943, 0.0560),
                (365.0, 0.880, 0.0812),
                (464.0, 0.789, 0.1143),
                (475.0, 0.697, 0.1349),
                (563.0, 0.597, 0.1494),
            ][..],
        ),
    ] {
        for &(time, survival, error) in list {
            let found = fitted.survival(&average, Some(stratum), &[time]).unwrap()[0];
            near(found.value, survival, 5e-4);
            // The interval is symmetric for log(-log S).
            let (low, high) = found.ends().unwrap();
            let half = ((-low.ln()).ln() - (-high.ln()).ln()) / 2.0 / 1.959_963_985;
            near(half * found.value * -found.value.ln(), error, 6e-5);
        }
    }
    assert_eq!(fitted.diagnosis.outcome, CoxOutcome::Converged);
}

fn standard_error(estimate: &Estimate) -> f64 {
    let (low, high) = estimate.ends().expect("it makes sense");
    (high - low) / 2.0 / 1.959_963_985
}

#[test]
fn appendix_set_1_matches_its_closed_forms() {
    // Breslow: log-likelihood 2β - log(3r + 3) - 2 log(r + 3), maximum at r = (3 + √33)/2.
    let rows = appendix_1();
    let fitted = rows.fit(&cox(Ties::Breslow), &["x"]);
    let r = f64::midpoint(3.0, 33f64.sqrt());
    let information = r / (r + 1.0).powi(2) + 6.0 * r / (r + 3.0).powi(2);
    near(fitted.coefficients[0].coefficient.value, r.ln(), 1e-9);
    near(
        fitted.log_likelihood,
        2.0 * r.ln() - (3.0 * r + 3.0).ln() - 2.0 * (r + 3.0).ln(),
        1e-12,
    );
    near(fitted.covariance[0][0], 1.0 / information, 1e-8);
    // Cumulative hazard for x = 0, and its variance.
    let hazard = [1.0 / (3.0 * r + 3.0), 2.0 / (r + 3.0), 1.0];
    let mean = [r / (r + 1.0), r / (r + 3.0), 0.0];
    let own = [hazard[0].powi(2), hazard[1].powi(2) / 2.0, 1.0];
    let (mut sum, mut drift, mut variance) = (0.0, 0.0, 0.0);
    for (step, time) in [1.0, 6.0, 9.0].into_iter().enumerate() {
        sum += hazard[step];
        drift -= mean[step] * hazard[step];
        variance += own[step];
        let found = fitted.survival(&[0.0], None, &[time]).unwrap()[0];
        near(found.value, f64::exp(-sum), 1e-9);
        let error = (variance + drift * drift / information).sqrt() / sum;
        let (low, _) = found.ends().unwrap();
        near((-low.ln()).ln() - sum.ln(), 1.959_963_985 * error, 1e-7);
    }
    // Robust variance from the score residuals printed by R.
    let residuals = [
        0.211_389_38,
        0.135_643_22,
        -0.050_497_44,
        -0.126_243_60,
        -0.381_680_95,
        0.211_389_38,
    ];
    let squares: f64 = residuals.iter().map(|residual| residual * residual).sum();
    let robust = Cox {
        variance: Variance::Robust,
        ..cox(Ties::Breslow)
    };
    let fitted = rows.fit(&robust, &["x"]);
    near(fitted.covariance[0][0], squares / information.powi(2), 1e-7);

    // Efron: the maximum is at log(2 √(23/3) cos(φ/3)).
    let phi = (45.0 / 23.0 * (3.0f64 / 23.0).sqrt()).acos();
    let r = 2.0 * (23.0f64 / 3.0).sqrt() * (phi / 3.0).cos();
    let fitted = rows.fit(&cox(Ties::Efron), &["x"]);
    near(fitted.coefficients[0].coefficient.value, r.ln(), 1e-9);
    near(fitted.coefficients[0].coefficient.value, 1.676_857, 5e-7);
    let part = |m: f64| m - m * m;
    let information = part(r / (r + 1.0)) + part(r / (r + 5.0)) + part(r / (r + 3.0));
    near(fitted.covariance[0][0], 1.0 / information, 1e-8);
    let value = 2.0 * r.ln() - ((3.0 * r + 3.0).ln() + f64::midpoint(r, 5.0).ln() + (r + 3.0).ln());
    near(fitted.log_likelihood, value, 1e-12);
    let residuals = [
        0.220_858_4,
        0.113_278_0,
        -0.044_234_0,
        -0.102_919_9,
        -0.407_840_9,
        0.220_858_4,
    ];
    let squares: f64 = residuals.iter().map(|residual| residual * residual).sum();
    let robust = Cox {
        variance: Variance::Robust,
        ..cox(Ties::Efron)
    };
    near(
        rows.fit(&robust, &["x"]).covariance[0][0],
        squares / information.powi(2),
        1e-6,
    );
}

#[test]
fn appendix_set_1_trend_of_residuals_by_hand() {
    // Schoenfeld residuals of the appendix at times 1, 6, 6, 9, Breslow; the statistic of Grambsch
    // and Therneau (1994) from them.
    let rows = appendix_1();
    let spec = Cox {
        time_scale: TimeScale::Identity,
        ..cox(Ties::Breslow)
    };
    let fitted = rows.fit(&spec, &["x"]);
    let r = f64::midpoint(3.0, 33f64.sqrt());
    let residuals = [1.0 / (r + 1.0), 3.0 / (r + 3.0), -r / (r + 3.0), 0.0];
    let information = r / (r + 1.0).powi(2) + 6.0 * r / (r + 3.0).powi(2);
    let distance = [1.0 - 5.5, 0.5, 0.5, 9.0 - 5.5];
    let trend: f64 = residuals.iter().zip(distance).map(|(r, g)| r * g).sum();
    let spread: f64 = distance.iter().map(|g| g * g).sum();
    let check = fitted.diagnosis.proportionality.unwrap();
    near(
        check.covariates[0].test.statistic,
        trend * trend * 4.0 / (information * spread),
        1e-9,
    );
    near(
        check.global.statistic,
        check.covariates[0].test.statistic,
        1e-12,
    );
}

#[test]
fn appendix_set_2_matches_its_closed_forms() {
    // Late entry, Breslow: maximum at -0.084526081.
    let mut rows = appendix_2();
    let fitted = rows.fit(&cox(Ties::Breslow), &["x"]);
    let beta = fitted.coefficients[0].coefficient.value;
    near(beta, -0.084_526_081, 1e-9);
    let r = beta.exp();
    let value = 4.0 * beta
        - (r + 1.0).ln()
        - (r + 2.0).ln()
        - 3.0 * (3.0 * r + 2.0).ln()
        - 2.0 * (3.0 * r + 1.0).ln();
    near(fitted.log_likelihood, value, 1e-12);
    let hazard = [
        1.0 / (r + 1.0),
        1.0 / (r + 2.0),
        1.0 / (3.0 * r + 2.0),
        1.0 / (3.0 * r + 1.0),
        1.0 / (3.0 * r + 1.0),
        2.0 / (3.0 * r + 2.0),
    ];
    let mut sum = 0.0;
    for (time, hazard) in [2.0, 3.0, 6.0, 7.0, 8.0, 9.0].into_iter().zip(hazard) {
        sum += hazard;
        near(
            fitted.survival(&[0.0], None, &[time]).unwrap()[0].value,
            f64::exp(-sum),
            1e-9,
        );
    }
    // Three copies at other times, each a stratum: three times the log-likelihood.
    let three = |values: &[f64]| -> Vec<f64> {
        (0..3)
            .flat_map(|shift| values.iter().map(move |value| value + f64::from(shift)))
            .collect()
    };
    rows.start = Some(three(&rows.start.unwrap()));
    rows.end = three(&rows.end);
    rows.event = rows.event.repeat(3);
    rows.columns[0] = rows.columns[0].repeat(3);
    rows.stratum = Some((0..30).map(|row| row / 10).collect());
    let again = rows.fit(&cox(Ties::Breslow), &["x"]);
    near(again.coefficients[0].coefficient.value, beta, 1e-9);
    near(again.log_likelihood, 3.0 * value, 1e-11);
    near(again.covariance[0][0], fitted.covariance[0][0] / 3.0, 1e-9);
}

#[test]
fn appendix_set_2_robust_variance_matches_residuals_of_r() {
    let rows = appendix_2();
    let robust = Cox {
        variance: Variance::Robust,
        ..cox(Ties::Breslow)
    };
    let fitted = rows.fit(&robust, &["x"]);
    let residuals = [
        0.271_564_96,
        -0.206_967_09,
        -0.457_717_43,
        -0.095_861_33,
        0.136_082_34,
        0.192_889_83,
        0.046_556_51,
        -0.373_890_40,
        0.243_671_31,
        0.243_671_31,
    ];
    let squares: f64 = residuals.iter().map(|residual| residual * residual).sum();
    let model = fitted.coefficients[0].model_standard_error.unwrap().powi(2);
    near(fitted.covariance[0][0], squares * model * model, 1e-7);
}

#[test]
fn nelson_aalen_of_a_textbook() {
    // J. P. Klein, M. L. Moeschberger (2003), Survival Analysis, table 4.2: 6-MP patients, hazard and
    // variance, both rounded on the way.
    let rows = freireich();
    let method = NelsonAalen::default();
    let curves = method.fit(&rows.durations().check().unwrap()).unwrap();
    for (time, hazard, variance) in [
        (6.0, 0.1428, 0.0068),
        (7.0, 0.2017, 0.0103),
        (10.0, 0.2683, 0.0147),
        (13.0, 0.3517, 0.0217),
        (16.0, 0.4426, 0.0299),
        (22.0, 0.5854, 0.0503),
        (23.0, 0.7521, 0.0782),
    ] {
        let points = &curves[0].points;
        let point = points.iter().find(|point| point.time == time).unwrap();
        near(point.hazard.value, hazard, 1.5e-4);
        near(point.variance, variance, 1.5e-4);
    }
}
