//! One row per trait and value: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `trait` | text | what journeys are told apart by: `failures`, `channel`, `region` |
//! | `value` | text | the value; empty of numbers; `(other)`, `(unknown)` |
//! | `least`, `most` | real | of numbers, the ends of the group |
//! | `leavers`, `goers` | count | journeys of the group that left, and that went on |
//! | `of_leavers`, `of_goers` | real | their share of all leavers, of all goers |
//! | `leaving`, `leaving_low`, `leaving_high` | real | share of the group that left |
//! | `difference`, … | real | that share less that of the first group of the trait |
//! | `held_still`, … | real | the same with all other traits held still |
//! | `ratio`, … | real | that share as a multiple of that of the first group |
//! | `smallest_difference` | real | what two such groups would show 80 times in 100 |
//! | `p_value`, `adjusted_p_value` | real | of the difference, of numbers of the trend; adjusted for all tests |
//! | `differs` | yes/no | whether it is taken as a difference |

use std::sync::Arc;

use datafusion::arrow::array::{BooleanArray, Int64Array, StringArray};
use worth_model::Estimate;

use super::answer::{Compared, DropOffAnswer, Group, Tested, Trait, TraitValue};
use crate::error::Error;
use crate::rows::{Column, FewRows, estimates, reals};

type Row<'a> = (&'a Trait, &'a Group);

/// All groups of all traits, in their order.
pub(super) fn rows(answer: &DropOffAnswer) -> Result<FewRows, Error> {
    let rows: Vec<Row<'_>> = answer.traits.iter().flat_map(pairs).collect();
    let texts = |name, may_be_empty, value: &dyn Fn(&Row<'_>) -> Option<String>| -> Column {
        let texts: StringArray = rows.iter().map(value).collect();
        (name, may_be_empty, Arc::new(texts))
    };
    let counts = |name, value: &dyn Fn(&Row<'_>) -> u64| -> Column {
        let counts = rows.iter().map(|row| value(row) as i64);
        (name, false, Arc::new(Int64Array::from_iter_values(counts)))
    };
    let real = |name, of: &dyn Fn(&Row<'_>) -> Option<f64>| reals(&rows, name, of);
    let estimate = |names, of: &dyn Fn(&Row<'_>) -> Option<Estimate>| estimates(&rows, names, of);
    let mut columns = vec![
        texts("trait", false, &|(of, _)| Some(of.name.name().into())),
        texts("value", true, &|(_, group)| value(&group.value)),
        real("least", &|(_, group)| Some(ends(&group.value)?.0)),
        real("most", &|(_, group)| Some(ends(&group.value)?.1)),
        counts("leavers", &|(_, group)| group.leavers),
        counts("goers", &|(_, group)| group.goers),
        real("of_leavers", &|(_, group)| Some(group.of_leavers)),
        real("of_goers", &|(_, group)| Some(group.of_goers)),
    ];
    columns.extend(estimate(
        ["leaving", "leaving_low", "leaving_high"],
        &|(_, group)| Some(group.leaving),
    ));
    columns.extend(estimate(
        ["difference", "difference_low", "difference_high"],
        &|row| Some(compared(row)?.difference),
    ));
    columns.extend(estimate(
        ["held_still", "held_still_low", "held_still_high"],
        &|row| compared(row)?.held_still,
    ));
    columns.extend(estimate(["ratio", "ratio_low", "ratio_high"], &|row| {
        compared(row)?.ratio
    }));
    let differs: BooleanArray = rows.iter().map(|row| Some(test(row)?.differs)).collect();
    columns.extend([
        real("smallest_difference", &|row| {
            compared(row)?.smallest_difference
        }),
        real("p_value", &|row| Some(test(row)?.p_value)),
        real("adjusted_p_value", &|row| Some(test(row)?.adjusted_p_value)),
        ("differs", true, Arc::new(differs) as _),
    ]);
    FewRows::of(columns, "listing what goes with leaving")
}

fn pairs(of: &Trait) -> impl Iterator<Item = Row<'_>> {
    of.groups.iter().map(move |group| (of, group))
}

fn compared(row: &Row<'_>) -> Option<Compared> {
    row.1.compared
}

fn test(row: &Row<'_>) -> Option<Tested> {
    compared(row)?.test
}

fn value(value: &TraitValue) -> Option<String> {
    match value {
        TraitValue::Value(value) => Some(value.clone()),
        TraitValue::Between { .. } => None,
        TraitValue::Other => Some("(other)".into()),
        TraitValue::Unknown => Some("(unknown)".into()),
    }
}

fn ends(value: &TraitValue) -> Option<(f64, f64)> {
    match *value {
        TraitValue::Between { least, most } => Some((least, most)),
        _ => None,
    }
}
