//! One row per scenario: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `brand` | text | the brand that changes |
//! | `changes` | text | what changes of it: `convenience=+1`, `price=-5%` |
//! | `difference`, `ratio` | real | change of benefits − costs in points, and of benefits / costs |
//! | `quality`, `relative_price` | real | change of the place on the value map |
//! | `own_share` | real | change of the own share of choices |
//! | `buys_again` | real | change of the share of customers who buy in the days after |
//! | `habits_alike` | real | the same, of customers with the same habits before they answered |
//! | `intention` | real | change of how likely they say they would, in points |
//! | `revenue` | real | change of what a customer pays in these days |
//! | `customer_equity` | real | change of customer equity, if revenue stays changed as much |
//! | `price_cut_points`, `price_cut_percent`, `price_cut_yearly_cost` | real | the price cut that does as much for value |
//!
//! Each has `_low` and `_high` beside it, at the level of the answer; empty where it cannot be told.

use std::sync::Arc;

use datafusion::arrow::array::{Float64Array, StringArray};
use worth_model::Estimate;

use super::answer::{Change, Scenario, WhatIfAnswer};
use crate::error::Error;
use crate::rows::{Column, FewRows};

type Get = fn(&Scenario) -> Option<Estimate>;

const COLUMNS: [([&str; 3], Get); 13] = [
    (["difference", "difference_low", "difference_high"], |of| {
        Some(of.difference?.change)
    }),
    (["ratio", "ratio_low", "ratio_high"], |of| {
        Some(of.ratio?.change)
    }),
    (["quality", "quality_low", "quality_high"], |of| {
        Some(of.quality?.change)
    }),
    (
        [
            "relative_price",
            "relative_price_low",
            "relative_price_high",
        ],
        |of| Some(of.relative_price?.change),
    ),
    (["own_share", "own_share_low", "own_share_high"], |of| {
        Some(of.own_share()?.share.change)
    }),
    (["buys_again", "buys_again_low", "buys_again_high"], |of| {
        Some(of.buys_again?.change)
    }),
    (
        ["habits_alike", "habits_alike_low", "habits_alike_high"],
        |of| of.buys_again_habits_alike,
    ),
    (["intention", "intention_low", "intention_high"], |of| {
        Some(of.intention?.change)
    }),
    (["revenue", "revenue_low", "revenue_high"], |of| {
        Some(of.revenue?.change)
    }),
    (
        [
            "customer_equity",
            "customer_equity_low",
            "customer_equity_high",
        ],
        |of| of.customer_equity,
    ),
    (
        [
            "price_cut_points",
            "price_cut_points_low",
            "price_cut_points_high",
        ],
        |of| Some(of.as_price_cut?.points),
    ),
    (
        [
            "price_cut_percent",
            "price_cut_percent_low",
            "price_cut_percent_high",
        ],
        |of| of.as_price_cut?.percent,
    ),
    (
        [
            "price_cut_yearly_cost",
            "price_cut_yearly_cost_low",
            "price_cut_yearly_cost_high",
        ],
        |of| of.as_price_cut?.yearly_cost,
    ),
];

/// Scenarios in the order of the answer.
pub(super) fn rows(answer: &WhatIfAnswer) -> Result<FewRows, Error> {
    let scenarios = &answer.scenarios;
    let brand: StringArray = scenarios.iter().map(|_| Some(&answer.brand)).collect();
    let changes: StringArray = (scenarios.iter())
        .map(|scenario| {
            let written: Vec<String> = scenario.changes.iter().map(Change::written).collect();
            Some(written.join(", "))
        })
        .collect();
    let mut columns: Vec<Column> = vec![
        ("brand", false, Arc::new(brand)),
        ("changes", false, Arc::new(changes)),
    ];
    for (names, get) in COLUMNS {
        let ends = |scenario: &Scenario| get(scenario)?.ends();
        let value: Float64Array = scenarios.iter().map(|of| Some(get(of)?.value)).collect();
        let low: Float64Array = scenarios.iter().map(|of| Some(ends(of)?.0)).collect();
        let high: Float64Array = scenarios.iter().map(|of| Some(ends(of)?.1)).collect();
        let numbers = [value, low, high];
        columns.extend(
            (names.into_iter().zip(numbers))
                .map(|(name, numbers)| (name, true, Arc::new(numbers) as _)),
        );
    }
    FewRows::of(columns, "listing what changes would bring")
}
