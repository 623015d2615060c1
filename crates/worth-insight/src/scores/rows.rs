//! One row per score, brand and group: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `score` | text | `nps`, `csat`, `ces` or `acsi` |
//! | `brand` | text | the brand |
//! | `group` | text | the group of `--by`; empty for everyone |
//! | `respondents`, `effective` | real | respondents, and those of equal weight who would say as much |
//! | `value`, `value_low`, `value_high` | real | the score, at the level of the answer |
//! | `mean`, `mean_low`, `mean_high` | real | of CSAT and CES the mean answer |
//! | `smallest_change` | real | what another survey like this one would show 80 times in 100 |
//! | `difference`, `difference_low`, `difference_high` | real | the group less everyone else |
//! | `p_value`, `adjusted_p_value` | real | of that difference; adjusted for how many groups are compared |
//! | `differs` | yes/no | whether it is taken as a difference |

use std::sync::Arc;

use datafusion::arrow::array::{BooleanArray, StringArray};
use worth_model::Estimate;

use super::answer::ScoresAnswer;
use super::measured::Measured;
use crate::error::Error;
use crate::rows::{Column, FewRows, estimates, reals};
use crate::segments::AgainstRest;

struct Row<'a> {
    score: &'static str,
    brand: &'a str,
    group: Option<&'a str>,
    measured: &'a Measured,
    against_rest: Option<&'a AgainstRest>,
}

/// Scores of brands, then those of groups.
pub(super) fn rows(answer: &ScoresAnswer) -> Result<FewRows, Error> {
    let brands = answer.scores.iter().map(|score| Row {
        score: score.name.name(),
        brand: &score.brand,
        group: None,
        measured: &score.measured,
        against_rest: None,
    });
    let groups = answer.groups.iter().flat_map(|by_groups| {
        by_groups.groups.iter().map(|group| Row {
            score: by_groups.name.name(),
            brand: &answer.own_brand.name,
            group: Some(&group.group),
            measured: &group.measured,
            against_rest: group.against_rest.as_ref(),
        })
    });
    let rows: Vec<Row<'_>> = brands.chain(groups).collect();
    let texts = |name, may_be_empty, value: &dyn Fn(&Row<'_>) -> Option<String>| -> Column {
        let texts: StringArray = rows.iter().map(value).collect();
        (name, may_be_empty, Arc::new(texts))
    };
    let real = |name, of: &dyn Fn(&Row<'_>) -> Option<f64>| reals(&rows, name, of);
    let estimate = |names, of: &dyn Fn(&Row<'_>) -> Option<Estimate>| estimates(&rows, names, of);
    let mut columns = vec![
        texts("score", false, &|row| Some(row.score.into())),
        texts("brand", false, &|row| Some(row.brand.into())),
        texts("group", true, &|row| row.group.map(str::to_owned)),
        real("respondents", &|row| Some(row.measured.respondents as f64)),
        real("effective", &|row| Some(row.measured.effective)),
    ];
    columns.extend(estimate(["value", "value_low", "value_high"], &|row| {
        Some(row.measured.value)
    }));
    columns.extend(estimate(["mean", "mean_low", "mean_high"], &|row| {
        row.measured.mean
    }));
    columns.push(real("smallest_change", &|row| {
        Some(row.measured.smallest_change)
    }));
    columns.extend(estimate(
        ["difference", "difference_low", "difference_high"],
        &|row| Some(row.against_rest?.difference),
    ));
    let differs: BooleanArray = rows
        .iter()
        .map(|row| Some(row.against_rest?.differs))
        .collect();
    columns.extend([
        real("p_value", &|row| Some(row.against_rest?.p_value)),
        real("adjusted_p_value", &|row| {
            Some(row.against_rest?.adjusted_p_value)
        }),
        ("differs", true, Arc::new(differs) as _),
    ]);
    FewRows::of(columns, "listing scores")
}
