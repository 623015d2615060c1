//! One row per feature: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `feature` | text | as in `survey_answers.dimension` |
//! | `respondents` | count | respondents who answered both questions |
//! | `category`, `treat_as` | text | the one most are in, and the one to act by |
//! | `too_close` | yes/no | whether another may be the largest as well |
//! | `must_be`, `one_dimensional`, `attractive`, `indifferent`, `reverse`, `questionable` | real | shares |
//! | `better`, `worse` | real | by which part satisfaction rises with it and falls without it |
//!
//! Shares, `better` and `worse` have `_low` and `_high` beside them, at the level of the answer.

use std::sync::Arc;

use datafusion::arrow::array::{BooleanArray, Int64Array, StringArray};
use worth_model::Estimate;
use worth_model::kano::Category;

use super::answer::{Feature, KanoAnswer};
use super::sheet::category_name;
use crate::error::Error;
use crate::rows::{Column, FewRows, estimates};

/// Features, row by row.
pub(super) fn rows(answer: &KanoAnswer) -> Result<FewRows, Error> {
    let features = &answer.features;
    let texts = |name, value: fn(&Feature) -> &str| -> Column {
        let texts = StringArray::from_iter_values(features.iter().map(value));
        (name, false, Arc::new(texts))
    };
    let estimate =
        |names, of: &dyn Fn(&Feature) -> Option<Estimate>| estimates(features, names, of);
    let respondents = features
        .iter()
        .map(|feature| feature.kano.respondents as i64);
    let too_close = features
        .iter()
        .map(|feature| Some(!feature.kano.too_close.is_empty()));
    let mut columns = vec![
        texts("feature", |feature| &feature.feature.dimension),
        (
            "respondents",
            false,
            Arc::new(Int64Array::from_iter_values(respondents)) as _,
        ),
        texts("category", |feature| category_name(feature.kano.category)),
        texts("treat_as", |feature| category_name(feature.treat_as)),
        (
            "too_close",
            false,
            Arc::new(too_close.collect::<BooleanArray>()) as _,
        ),
    ];
    const SHARES: [[&str; 3]; 6] = [
        ["must_be", "must_be_low", "must_be_high"],
        [
            "one_dimensional",
            "one_dimensional_low",
            "one_dimensional_high",
        ],
        ["attractive", "attractive_low", "attractive_high"],
        ["indifferent", "indifferent_low", "indifferent_high"],
        ["reverse", "reverse_low", "reverse_high"],
        ["questionable", "questionable_low", "questionable_high"],
    ];
    for (category, names) in Category::ALL.into_iter().zip(SHARES) {
        columns.extend(estimate(names, &|feature| {
            Some(feature.kano.shares[category as usize].share)
        }));
    }
    columns.extend(estimate(
        ["better", "better_low", "better_high"],
        &|feature| feature.kano.better,
    ));
    columns.extend(estimate(["worse", "worse_low", "worse_high"], &|feature| {
        feature.kano.worse
    }));
    FewRows::of(columns, "listing features")
}
