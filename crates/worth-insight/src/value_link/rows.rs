//! One row per link: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `from`, `to` | text | what may move what |
//! | `tells` | text | `raises`, `lowers`, `cannot-tell`; empty when there is nothing to say it from |
//! | `people` | count | of whom both are known |
//! | `outcome` | real | mean of what may be moved |
//! | `per_point` | real | its change with one more of `from`, in its unit |
//! | `per_deviation` | real | the same per standard deviation of `from` between people |
//! | `factor` | real | the outcome with one more as a multiple, of shares and money |
//! | `p_value` | real | of there being no link |
//! | `smallest_per_point` | real | what so many people would show 80 times in 100 |
//! | `reliability` | real | share of `from` between people that is no noise |
//!
//! Estimates have `_low` and `_high` beside them, at the level of the answer.

use std::sync::Arc;

use datafusion::arrow::array::{Int64Array, StringArray};
use worth_model::Estimate;
use worth_model::link::Tells;

use super::answer::{LinkTold, ValueLinkAnswer};
use crate::error::Error;
use crate::rows::{Column, FewRows, estimates, reals};

pub(super) fn rows(answer: &ValueLinkAnswer) -> Result<FewRows, Error> {
    let links = &answer.links;
    let real = |name, of: &dyn Fn(&LinkTold) -> Option<f64>| reals(links, name, of);
    let estimate = |names, of: &dyn Fn(&LinkTold) -> Option<Estimate>| estimates(links, names, of);
    let from: StringArray = links.iter().map(|link| Some(link.from.name())).collect();
    let to: StringArray = links.iter().map(|link| Some(link.to.name())).collect();
    let tells: StringArray = links
        .iter()
        .map(|link| link.tells.map(tells_name))
        .collect();
    let people: Int64Array = (links.iter())
        .map(|link| Some(link.people?.used as i64))
        .collect();
    let mut columns: Vec<Column> = vec![
        ("from", false, Arc::new(from)),
        ("to", false, Arc::new(to)),
        ("tells", true, Arc::new(tells)),
        ("people", true, Arc::new(people)),
    ];
    columns.extend(estimate(
        ["outcome", "outcome_low", "outcome_high"],
        &|link| link.outcome,
    ));
    columns.extend(estimate(
        ["per_point", "per_point_low", "per_point_high"],
        &|link| Some(link.effect?.per_point),
    ));
    columns.extend(estimate(
        ["per_deviation", "per_deviation_low", "per_deviation_high"],
        &|link| Some(link.effect?.per_deviation),
    ));
    columns.extend(estimate(["factor", "factor_low", "factor_high"], &|link| {
        link.factor
    }));
    columns.extend([
        real("p_value", &|link| Some(link.effect?.p_value)),
        real("smallest_per_point", &|link| {
            link.effect?.smallest_per_point
        }),
        real("reliability", &|link| Some(link.effect?.reliability)),
    ]);
    FewRows::of(columns, "listing links")
}

/// As in JSON.
pub(crate) fn tells_name(tells: Tells) -> &'static str {
    match tells {
        Tells::Raises => "raises",
        Tells::Lowers => "lowers",
        Tells::CannotTell => "cannot-tell",
    }
}
