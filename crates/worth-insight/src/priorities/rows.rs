//! One row per priority: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `kind`, `what` | text | `benefit`, `cost` or `touchpoint`, and its name |
//! | `group` | text | for whom; empty for everyone |
//! | `people` | count | who scored the own brand there; of touchpoints who met a failure |
//! | `gap` | real | points ahead of the competitors |
//! | `value` | real | change of benefits − costs, in points |
//! | `effect` | real | change of what priorities are ordered by where money is not known |
//! | `money` | real | change of a year's revenue, in the currency of the scope |
//! | `confidence` | real | probability that it is a gain at all |
//! | `expected_money`, `expected_effect` | real | money and effect times confidence |
//!
//! Estimates have `_low` and `_high` beside them, at the level of the answer.

use std::sync::Arc;

use datafusion::arrow::array::{Int64Array, StringArray};
use worth_model::Estimate;

use super::answer::{PrioritiesAnswer, Priority, What};
use crate::error::Error;
use crate::rows::{Column, FewRows, estimates, reals};

pub(super) fn rows(answer: &PrioritiesAnswer) -> Result<FewRows, Error> {
    let priorities: Vec<&Priority> = (answer.dimensions.iter())
        .chain(&answer.groups)
        .chain(&answer.touchpoints)
        .collect();
    let named = |priority: &Priority| match &priority.what {
        What::Dimension(name) => (name.kind.name(), name.dimension.clone()),
        What::Touchpoint(touchpoint) => ("touchpoint", touchpoint.clone()),
    };
    let real =
        |name, of: &dyn Fn(&Priority) -> Option<f64>| reals(&priorities, name, &|one| of(one));
    let estimate = |names, of: &dyn Fn(&Priority) -> Option<Estimate>| {
        estimates(&priorities, names, &|one| of(one))
    };
    let kinds: StringArray = priorities.iter().map(|one| Some(named(one).0)).collect();
    let what: StringArray = priorities.iter().map(|one| Some(named(one).1)).collect();
    let group: StringArray = priorities.iter().map(|one| one.group.clone()).collect();
    let people: Int64Array = (priorities.iter())
        .map(|one| Some(one.people as i64))
        .collect();
    let mut columns: Vec<Column> = vec![
        ("kind", false, Arc::new(kinds)),
        ("what", false, Arc::new(what)),
        ("group", true, Arc::new(group)),
        ("people", false, Arc::new(people)),
    ];
    columns.extend(estimate(["gap", "gap_low", "gap_high"], &|one| one.gap));
    columns.extend(estimate(["value", "value_low", "value_high"], &|one| {
        one.value
    }));
    columns.extend(estimate(["effect", "effect_low", "effect_high"], &|one| {
        one.effect
    }));
    columns.extend(estimate(["money", "money_low", "money_high"], &|one| {
        one.money
    }));
    columns.extend([
        real("confidence", &|one| one.confidence),
        real("expected_money", &|one| one.expected_money),
        real("expected_effect", &|one| one.expected_effect),
    ]);
    FewRows::of(columns, "listing priorities")
}
