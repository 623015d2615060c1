//! Beta-discrete-Weibull on the cohorts of Fader and Hardie (2007), as in Fader, Hardie, Liu, Davin
//! and Steenburgh (2018), Journal of Interactive Marketing 43.
//!
//! The likelihoods and parameters were recomputed with SciPy 1.12 (Nelder-Mead on the likelihood
//! written with `betaln`), since they are a matter of which years are fitted.

use worth_model::lifetime::{
    BetaDiscreteWeibull, FittedBetaDiscreteWeibull, Outcome, RiskDirection, ShiftedBetaGeo,
    TenureColumns,
};

use crate::shifted_beta_geo::{HIGH_END, REGULAR};

fn fit(survivors: &[f64]) -> FittedBetaDiscreteWeibull {
    let columns = TenureColumns::from_survivors(&[survivors]).expect("it makes sense");
    BetaDiscreteWeibull::default()
        .fit(&columns.tenures().check().expect("it makes sense"))
        .expect("it makes sense")
}

#[test]
fn parameters_match_scipy() {
    for (survivors, parameters, log_likelihood) in [
        (&REGULAR[..], [0.455614, 0.779326, 1.283451], -1679.602833),
        (&HIGH_END[..], [0.214253, 1.426575, 1.723565], -1605.314213),
        (&HIGH_END[..5], [0.259336, 1.722552, 1.584361], -1222.749318),
    ] {
        let fitted = fit(survivors);
        let found = fitted.parameters;
        for (found, wanted) in [found.gamma, found.delta, found.c]
            .into_iter()
            .zip(parameters)
        {
            assert!((found / wanted - 1.0).abs() < 1e-3, "{found} {wanted}");
        }
        assert!((fitted.log_likelihood - log_likelihood).abs() < 1e-5);
    }
}

#[test]
fn the_high_end_cohort_becomes_more_likely_to_leave() {
    let high_end = fit(&HIGH_END);
    assert_eq!(high_end.diagnosis.outcome, Outcome::Converged);
    assert_eq!(high_end.duration.direction, RiskDirection::Rising);
    // Twice the distance of the two likelihoods.
    assert!((high_end.duration.statistic - 2.0 * (1611.158 - 1605.314)).abs() < 0.01);
    assert!(high_end.duration.p_value < 0.001);
    let regular = fit(&REGULAR);
    assert_eq!(regular.duration.direction, RiskDirection::NoneVisible);
}

#[test]
fn a_short_series_projects_the_years_to_come() {
    // The paper's point: from four renewals of the high-end cohort, of which 39.4 % were there
    // after twelve (table 1 of the paper of 2007), shifted-beta-geometric projects too few.
    let columns = TenureColumns::from_survivors(&[&HIGH_END[..5]]).unwrap();
    let plain = ShiftedBetaGeo::default()
        .fit(&columns.tenures().check().unwrap())
        .unwrap();
    let after_twelve =
        |outlook: worth_model::lifetime::Outlook| outlook.survival(12).unwrap().value;
    let weibull = after_twelve(fit(&HIGH_END[..5]).outlook());
    assert!((weibull - 0.3889).abs() < 1e-4, "{weibull}");
    assert!((weibull - 0.394).abs() < 0.01);
    let plain = after_twelve(plain.outlook());
    assert!(plain < 0.394 - 0.04, "{plain}");
}
