//! Shifted-beta-geometric against Fader and Hardie (2007), Journal of Interactive Marketing 21(1),
//! and (2010), Marketing Science 29(1).

use worth_model::lifetime::{
    Ahead, FittedShiftedBetaGeo, Outcome, ShiftedBetaGeo, ShiftedBetaGeoParameters, TenureColumns,
};

/// Table 1 of the paper of 2007: contracts there after 0 … 7 renewals.
pub(crate) const REGULAR: [f64; 8] = [1000.0, 631.0, 468.0, 382.0, 326.0, 289.0, 262.0, 241.0];
pub(crate) const HIGH_END: [f64; 8] = [1000.0, 869.0, 743.0, 653.0, 593.0, 551.0, 517.0, 491.0];

fn fit(cohorts: &[&[f64]]) -> FittedShiftedBetaGeo {
    let columns = TenureColumns::from_survivors(cohorts).expect("it makes sense");
    ShiftedBetaGeo::default()
        .fit(&columns.tenures().check().expect("it makes sense"))
        .expect("it makes sense")
}

#[test]
fn parameters_match_the_paper() {
    for (cohort, alpha, beta, log_likelihood) in [
        (&REGULAR, 0.7041, 1.1820, -1680.265),
        (&HIGH_END, 0.668, 3.806, -1611.16),
    ] {
        let fitted = fit(&[cohort]);
        let found = fitted.parameters;
        assert!((found.alpha / alpha - 1.0).abs() < 1e-3, "{found:?}");
        assert!((found.beta / beta - 1.0).abs() < 1e-3, "{found:?}");
        assert!(
            (fitted.log_likelihood - log_likelihood).abs() < 0.003,
            "{}",
            fitted.log_likelihood
        );
        assert_eq!(fitted.diagnosis.outcome, Outcome::Converged);
    }
}

#[test]
fn projected_survival_matches_the_paper() {
    let outlook = fit(&[&REGULAR]).outlook();
    for (renewals, printed) in (8..).zip([0.2201, 0.2044, 0.1912, 0.1799, 0.1700]) {
        let found = outlook.survival(renewals).unwrap();
        assert!((found.value - printed).abs() < 5e-5, "{renewals} {found:?}");
        let (low, high) = found.ends().unwrap();
        assert!(low < printed && printed < high);
    }
}

#[test]
fn several_cohorts_match_the_paper() {
    // The example of the paper of 2010: five cohorts of 10,000, one renewal apart.
    let survivors = [10_000.0, 8000.0, 6480.0, 5307.0, 4391.0];
    let fitted = fit(&[
        &survivors,
        &survivors[..4],
        &survivors[..3],
        &survivors[..2],
    ]);
    let found = fitted.parameters;
    assert!((found.alpha - 3.80).abs() < 0.01, "{found:?}");
    assert!((found.beta - 15.19).abs() < 0.05, "{found:?}");
}

#[test]
fn residual_lifetime_is_the_hypergeometric_function_of_the_paper() {
    // Equation 6 of the paper of 2010 after n - 1 renewals, evaluated with SciPy 1.12:
    // (beta+n-1)/(alpha+beta+n-1) 2F1(1, beta+n; alpha+beta+n; 1/(1+d)).
    let parameters = ShiftedBetaGeoParameters {
        alpha: 0.668,
        beta: 3.806,
    };
    let check = |renewals: u32, rate: f64, wanted: f64| {
        let found = parameters
            .expected_renewals(renewals, &Ahead::all(rate))
            .unwrap();
        assert!((found / wanted - 1.0).abs() < 1e-9, "{found} {wanted}");
    };
    check(0, 0.1, 5.414856048374033);
    check(3, 0.1, 6.620280323188244);
    check(8, 0.02, 22.360476697215866);
    check(100, 0.5, 2.9441891911898774);
    // And the discounted expected lifetime of a new contract, 2F1(1, beta; alpha+beta; 1/(1+d)).
    let new = 1.0
        + parameters
            .expected_renewals(
                0,
                &Ahead {
                    next_in: 1.0,
                    ..Ahead::all(0.1)
                },
            )
            .unwrap();
    assert!((new - 5.922596407612753).abs() < 1e-9, "{new}");
}
