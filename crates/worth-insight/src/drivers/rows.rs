//! One row per dimension: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `kind`, `dimension` | text | benefit or cost, and its name |
//! | `respondents` | count | respondents who scored it |
//! | `mean` | real | on 1..10, costs turned round: more is better |
//! | `gain`, `share`, `rank` | real | what it brings to R², its part of what all bring, its rank |
//! | `beyond_chance` | yes/no | whether it brings more than chance would |
//! | `correlation`, `coefficient`, `relative_weight` | real | with the outcome; standardised; Johnson's |
//! | `elastic_net` | real | standardised effect in the elastic net |
//! | `performance` | real | points ahead of the competitors, or the own mean |
//! | `quadrant` | text | `concentrate-here`, `keep-up`, `low-priority` or `possible-overkill` |
//! | `stated` | real | how important people say it is, 0..10 |
//! | `penalty`, `reward` | real | what a low score takes from the outcome and a high one adds |
//! | `factor` | text | `basic`, `performance`, `excitement` or `unclear` |
//! | `opportunity` | real | important and not satisfied, 0..20 |
//!
//! Estimates have `_low` and `_high` beside them, at the level of the answer.

use std::sync::Arc;

use datafusion::arrow::array::{BooleanArray, Float64Array, Int64Array, StringArray};
use worth_model::Estimate;
use worth_model::drivers::Importance;

use super::answer::{Driver, DriversAnswer};
use super::sheet::{factor_name, quadrant_name};
use crate::error::Error;
use crate::rows::{Column, FewRows};

/// What an estimate of a driver is called with its ends, and where it is.
type Named = ([&'static str; 3], fn(&Driver) -> Option<Estimate>);

const SCORED: [Named; 1] = [(["mean", "mean_low", "mean_high"], |driver| {
    Some(driver.mean)
})];
const IMPORTANCE: [Named; 6] = [
    (["gain", "gain_low", "gain_high"], |driver| {
        Some(importance(driver)?.gain)
    }),
    (["share", "share_low", "share_high"], |driver| {
        Some(importance(driver)?.share)
    }),
    (["rank", "rank_low", "rank_high"], |driver| {
        Some(importance(driver)?.rank)
    }),
    (
        ["correlation", "correlation_low", "correlation_high"],
        |driver| Some(importance(driver)?.correlation),
    ),
    (
        ["coefficient", "coefficient_low", "coefficient_high"],
        |driver| Some(importance(driver)?.coefficient),
    ),
    (
        [
            "relative_weight",
            "relative_weight_low",
            "relative_weight_high",
        ],
        |driver| Some(importance(driver)?.relative_weight),
    ),
];
const PERFORMANCE: [Named; 2] = [
    (
        ["performance", "performance_low", "performance_high"],
        |driver| Some(driver.on_map?.performance),
    ),
    (["stated", "stated_low", "stated_high"], |driver| {
        driver.stated
    }),
];
const ASYMMETRY: [Named; 3] = [
    (["penalty", "penalty_low", "penalty_high"], |driver| {
        driver.asymmetry?.penalty
    }),
    (["reward", "reward_low", "reward_high"], |driver| {
        driver.asymmetry?.reward
    }),
    (
        ["opportunity", "opportunity_low", "opportunity_high"],
        |driver| Some(driver.opportunity?.score),
    ),
];

fn importance(driver: &Driver) -> Option<&Importance> {
    driver.importance.as_ref()
}

/// Dimensions, row by row.
pub(super) fn rows(answer: &DriversAnswer) -> Result<FewRows, Error> {
    let drivers = &answer.drivers;
    let texts = |name, value: fn(&Driver) -> Option<&str>| -> Column {
        let texts: StringArray = drivers.iter().map(value).collect();
        (name, true, Arc::new(texts))
    };
    let real = |name, value: &dyn Fn(&Driver) -> Option<f64>| -> Column {
        let numbers: Float64Array = drivers.iter().map(value).collect();
        (name, true, Arc::new(numbers))
    };
    let estimates = |all: &[Named]| -> Vec<Column> {
        let columns = all.iter().flat_map(|(names, of)| {
            [
                real(names[0], &|driver| Some(of(driver)?.value)),
                real(names[1], &|driver| Some(of(driver)?.ends()?.0)),
                real(names[2], &|driver| Some(of(driver)?.ends()?.1)),
            ]
        });
        columns.collect()
    };
    let respondents = drivers.iter().map(|driver| driver.respondents as i64);
    let beyond_chance: BooleanArray = drivers
        .iter()
        .map(|driver| driver.importance.map(|_| driver.beyond_chance))
        .collect();
    let mut columns = vec![
        texts("kind", |driver| Some(driver.name.kind.name())),
        texts("dimension", |driver| Some(&driver.name.dimension)),
        (
            "respondents",
            false,
            Arc::new(Int64Array::from_iter_values(respondents)) as _,
        ),
    ];
    columns.extend(estimates(&SCORED));
    columns.extend(estimates(&IMPORTANCE));
    columns.extend([
        ("beyond_chance", true, Arc::new(beyond_chance) as _),
        real("elastic_net", &|driver| importance(driver)?.elastic_net),
    ]);
    columns.extend(estimates(&PERFORMANCE));
    columns.push(texts("quadrant", |driver| {
        Some(quadrant_name(driver.on_map.as_ref()?.quadrant))
    }));
    columns.extend(estimates(&ASYMMETRY));
    columns.push(texts("factor", |driver| {
        Some(factor_name(driver.asymmetry.as_ref()?.factor))
    }));
    FewRows::of(columns, "listing drivers")
}
