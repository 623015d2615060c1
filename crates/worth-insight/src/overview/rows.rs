//! One row per customer who has both values: what `--out` writes.
//!
//! Customers are in the order of their ids. Columns:
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `customer_id` | text | the customer |
//! | `perceived_ratio` | number | benefits / costs that the customer gave the own brand |
//! | `expected_value`, `expected_value_low`, `expected_value_high` | number, the business's money | what the customer is expected to bring within the horizon, with its interval |
//! | `corner` | text | `partners`, `strained`, `promising` or `distant`; empty when too few customers have both values to draw corners |

use std::sync::Arc;

use datafusion::arrow::array::{Float64Array, StringArray};

use super::answer::Corners;
use super::people::Both;
use crate::error::Error;
use crate::rows::{Column, FewRows};

/// Customers who have both values: as many as answered a survey.
pub(super) fn rows(people: &[Both], corners: Option<&Corners>) -> Result<FewRows, Error> {
    let with_value = || {
        people
            .iter()
            .filter_map(|both| Some((both, both.value.as_ref()?)))
    };
    let number = |name, of: fn(&Both, &[f64; 3]) -> f64| -> Column {
        let numbers = with_value().map(|(both, value)| of(both, value));
        (
            name,
            false,
            Arc::new(Float64Array::from_iter_values(numbers)),
        )
    };
    let customers = with_value().map(|(both, _)| both.customer_id.as_str());
    let corners =
        with_value().map(|(both, value)| Some(corners?.corner_of(both.ratio, value[0]).name()));
    let columns = vec![
        (
            "customer_id",
            false,
            Arc::new(StringArray::from_iter_values(customers)) as _,
        ),
        number("perceived_ratio", |both, _| both.ratio),
        number("expected_value", |_, value| value[0]),
        number("expected_value_low", |_, value| value[1]),
        number("expected_value_high", |_, value| value[2]),
        (
            "corner",
            true,
            Arc::new(corners.collect::<StringArray>()) as _,
        ),
    ];
    FewRows::of(columns, "listing customers by corner")
}
