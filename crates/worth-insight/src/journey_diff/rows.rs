//! One row per number: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `number` | text | what is compared: `steps-per-journey`, `reached`, `ends`, `next`, `waiting` … |
//! | `step`, `to` | text | the step it is of, and the one after |
//! | `outcome` | text | of `ended`, how |
//! | `first_people`, `second_people` | count | people it is known of, on each side |
//! | `first`, `first_low`, `first_high` | real | the number on the first side: a share, a count, seconds |
//! | `second`, … | real | on the second side |
//! | `first_median`, `second_median` | real | of waiting times the median, in seconds |
//! | `difference`, … | real | the second less the first |
//! | `times`, … | real | of waiting times, the second as a multiple of the first |
//! | `smallest` | real | the difference, or multiple, that would have been told 80 times in 100 |
//! | `p_value`, `adjusted_p_value` | real | of the change; adjusted for all numbers |
//! | `verdict` | text | `more`, `less`, `cannot-tell`, `alike`, `too-few` |

use std::sync::Arc;

use datafusion::arrow::array::{Int64Array, StringArray};
use worth_model::Estimate;

use super::answer::{By, Difference, JourneyDiffAnswer, Verdict, What};
use crate::error::Error;
use crate::rows::{Column, FewRows, estimates, reals};
use crate::steps::StepName;

/// All numbers, in their order.
pub(super) fn rows(answer: &JourneyDiffAnswer) -> Result<FewRows, Error> {
    let rows: Vec<&Difference> = answer.numbers.iter().collect();
    let texts = |name, may_be_empty, value: &dyn Fn(&Difference) -> Option<String>| -> Column {
        let texts: StringArray = rows.iter().map(|row| value(row)).collect();
        (name, may_be_empty, Arc::new(texts))
    };
    let people = |name, side: usize| -> Column {
        let people = rows.iter().map(|row| row.people[side] as i64);
        (name, false, Arc::new(Int64Array::from_iter_values(people)))
    };
    let estimate =
        |names, of: &dyn Fn(&&Difference) -> Option<Estimate>| estimates(&rows, names, of);
    let real = |name, of: &dyn Fn(&&Difference) -> Option<f64>| reals(&rows, name, of);
    let step = |step: Option<&StepName>| Some(step?.in_rows()?.to_owned());
    let mut columns = vec![
        texts("number", false, &|row| Some(row.what.name().into())),
        texts("step", true, &|row| step(row.what.steps().0)),
        texts("to", true, &|row| step(row.what.steps().1)),
        texts("outcome", true, &|row| match &row.what {
            What::Ended { outcome, .. } => Some(outcome.name().into()),
            _ => None,
        }),
        people("first_people", 0),
        people("second_people", 1),
    ];
    columns.extend(estimate(["first", "first_low", "first_high"], &|row| {
        row.values[0]
    }));
    columns.extend(estimate(["second", "second_low", "second_high"], &|row| {
        row.values[1]
    }));
    columns.extend([
        real("first_median", &|row| Some(row.median_seconds?[0]?.value)),
        real("second_median", &|row| Some(row.median_seconds?[1]?.value)),
    ]);
    columns.extend(estimate(
        ["difference", "difference_low", "difference_high"],
        &|row| match row.change?.by {
            By::Difference(by) => Some(by),
            By::Times(_) => None,
        },
    ));
    columns.extend(estimate(
        ["times", "times_low", "times_high"],
        &|row| match row.change?.by {
            By::Difference(_) => None,
            By::Times(by) => Some(by),
        },
    ));
    columns.extend([
        real("smallest", &|row| Some(row.change?.smallest)),
        real("p_value", &|row| Some(row.change?.p_value)),
        real("adjusted_p_value", &|row| {
            Some(row.change?.adjusted_p_value)
        }),
        texts("verdict", false, &|row| Some(row.verdict.name().into())),
    ]);
    FewRows::of(columns, "listing how journeys differ")
}

impl Verdict {
    /// As in JSON and in the words.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::More => "more",
            Self::Less => "less",
            Self::CannotTell => "cannot-tell",
            Self::Alike => "alike",
            Self::TooFew => "too-few",
        }
    }
}
