//! Coefficients and robust standard errors as statsmodels 0.15.0 gives them on R's data set mtcars
//! (Henderson, Velleman 1981): `GLM(y, add_constant(wt), family).fit(cov_type="HC0")`, standard errors
//! times √(32 / 30).

use worth_model::link::{Family, FittedLink, Link, LinkRows, Move};

const WEIGHT_OF_CAR: [f64; 32] = [
    2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25,
    5.424, 5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17,
    2.77, 3.57, 2.78,
];
const MILES_PER_GALLON: [f64; 32] = [
    21.0, 21.0, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4,
    14.7, 32.4, 30.4, 33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26.0, 30.4, 15.8, 19.7, 15.0, 21.4,
];
const MANUAL: [f64; 32] = [
    1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0,
    1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0,
];
const CARBURETORS: [f64; 32] = [
    4.0, 4.0, 1.0, 1.0, 2.0, 1.0, 4.0, 2.0, 2.0, 4.0, 4.0, 3.0, 3.0, 3.0, 4.0, 4.0, 4.0, 1.0, 2.0,
    1.0, 1.0, 2.0, 2.0, 4.0, 2.0, 1.0, 2.0, 2.0, 4.0, 6.0, 8.0, 2.0,
];

fn fit(family: Family, outcome: &[f64], weight: Option<&[f64]>) -> FittedLink {
    fit_of(family, outcome, weight, None)
}

fn fit_of(
    family: Family,
    outcome: &[f64],
    weight: Option<&[f64]>,
    person: Option<&[u32]>,
) -> FittedLink {
    let rows = LinkRows {
        exposures: &[&WEIGHT_OF_CAR],
        controls: &[],
        outcome,
        weight,
        person,
        error_variance: None,
    };
    let link = Link {
        family,
        ..Link::default()
    };
    let rows = rows.check().expect("numbers of the same cars");
    let fitted = link.fit(&rows).expect("a level that makes sense");
    fitted.expect("there are enough cars")
}

/// The search ends within 1e-4 standard errors of the maximum.
fn close(found: f64, expected: f64) {
    let tolerance = 5e-5 * expected.abs();
    assert!(
        (found - expected).abs() < tolerance,
        "{found}, not {expected}"
    );
}

#[test]
fn coefficients_and_robust_errors_match_statsmodels() {
    for (family, outcome, coefficient, error) in [
        (
            Family::Linear,
            &MILES_PER_GALLON,
            -5.344_471_57,
            0.654_483_58,
        ),
        (Family::Logistic, &MANUAL, -4.023_969_96, 1.608_830_22),
        (Family::Relative, &CARBURETORS, 0.238_593_52, 0.054_202_49),
    ] {
        let found = fit(family, outcome, None).effects[0].coefficient;
        close(found.value, coefficient);
        close(found.standard_error().expect("an interval"), error);
    }
}

/// The first two cars are of one owner, and the next two: `cov_type="cluster"`, which allows for few owners
/// itself.
#[test]
fn errors_over_people_with_several_rows_match_statsmodels() {
    let owners: Vec<u32> = [0, 0, 1, 1].into_iter().chain(2..30).collect();
    for (family, outcome, coefficient, error) in [
        (
            Family::Linear,
            &MILES_PER_GALLON,
            -5.344_471_57,
            0.655_972_79,
        ),
        (Family::Logistic, &MANUAL, -4.023_969_96, 1.637_802_18),
        (Family::Relative, &CARBURETORS, 0.238_593_52, 0.058_081_35),
    ] {
        let found = fit_of(family, outcome, None, Some(&owners)).effects[0].coefficient;
        close(found.value, coefficient);
        close(found.standard_error().expect("an interval"), error);
    }
}

/// Manual cars count for 2, others for a half.
#[test]
fn weighted_fits_match_statsmodels() {
    let weight = MANUAL.map(|manual| if manual == 1.0 { 2.0 } else { 0.5 });
    for (family, outcome, coefficient, error) in [
        (
            Family::Linear,
            &MILES_PER_GALLON,
            -6.277_656_21,
            0.735_501_71,
        ),
        (Family::Relative, &CARBURETORS, 0.321_707_73, 0.086_870_59),
    ] {
        let found = fit(family, outcome, Some(&weight)).effects[0].coefficient;
        close(found.value, coefficient);
        close(found.standard_error().expect("an interval"), error);
    }
}

/// Every car half a thousand pounds lighter: means of `predict` after less before.
#[test]
fn moved_means_match_statsmodels() {
    let lighter = Move {
        exposure: 0,
        by: -0.5,
        within: (0.0, 10.0),
    };
    for (family, outcome, change) in [
        (Family::Linear, &MILES_PER_GALLON, 2.672_235_79),
        (Family::Logistic, &MANUAL, 0.216_277_51),
        (Family::Relative, &CARBURETORS, -0.316_281_44),
    ] {
        close(fit(family, outcome, None).moved(&[lighter]).value, change);
    }
}
