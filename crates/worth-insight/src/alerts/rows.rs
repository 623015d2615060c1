//! One row per unit: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `kind` | text | whole, new-customers, cohort, store, channel, region |
//! | `name` | text | of the store, channel or region; first day of a cohort's quarter |
//! | `verdict` | text | fall, rise, in-order, too-small, too-new |
//! | `since` | date | first day of the windows without a break outside their bands |
//! | `customers` | count | known before the window |
//! | `expected`, `expected_low`, `expected_high` | real | purchases to be expected, and the band |
//! | `actual` | count | purchases in the window |
//! | `ratio` | real | actual over expected |
//! | `missing_revenue`, `missing_revenue_low`, `missing_revenue_high` | real | money of the missing purchases |
//! | `p_value`, `adjusted_p_value` | real | of this unit alone, and among all |
//! | `forecast`, `forecast_low`, `forecast_high` | real | purchases the model forecast |
//! | `usual_ratio` | real | what its forecasts usually come to |
//! | `needed` | real | purchases expected in a window from which on a fall by half would leave the band |

use std::sync::Arc;

use datafusion::arrow::array::{Date32Array, Float64Array, Int64Array, StringArray};

use super::answer::Unit;
use crate::columns::day_of;
use crate::error::Error;
use crate::rows::{Column, FewRows};

/// All units: as many as there are stores and quarters.
pub(super) fn rows(units: &[Unit]) -> Result<FewRows, Error> {
    let text = |name, value: fn(&Unit) -> &str| -> Column {
        let texts = units.iter().map(value);
        (name, false, Arc::new(StringArray::from_iter_values(texts)))
    };
    let count = |name, value: fn(&Unit) -> u64| -> Column {
        let counts = units.iter().map(|unit| value(unit) as i64);
        (name, false, Arc::new(Int64Array::from_iter_values(counts)))
    };
    let real = |name, value: fn(&Unit) -> Option<f64>| -> Column {
        let numbers: Float64Array = units.iter().map(value).collect();
        (name, true, Arc::new(numbers))
    };
    let names: StringArray = units.iter().map(|unit| unit.name.as_deref()).collect();
    let since: Date32Array = units.iter().map(|unit| unit.since.map(day_of)).collect();
    let columns = vec![
        text("kind", |unit| unit.kind.name()),
        ("name", true, Arc::new(names)),
        text("verdict", |unit| unit.verdict.name()),
        ("since", true, Arc::new(since)),
        count("customers", |unit| unit.customers),
        real("expected", |unit| Some(unit.expected?.value)),
        real("expected_low", |unit| Some(unit.expected?.ends()?.0)),
        real("expected_high", |unit| Some(unit.expected?.ends()?.1)),
        count("actual", |unit| unit.actual),
        real("ratio", |unit| unit.ratio),
        real("missing_revenue", |unit| Some(unit.missing_revenue?.value)),
        real("missing_revenue_low", |unit| {
            Some(unit.missing_revenue?.ends()?.0)
        }),
        real("missing_revenue_high", |unit| {
            Some(unit.missing_revenue?.ends()?.1)
        }),
        real("p_value", |unit| unit.p_value),
        real("adjusted_p_value", |unit| unit.adjusted_p_value),
        real("forecast", |unit| Some(unit.forecast?.value)),
        real("forecast_low", |unit| Some(unit.forecast?.ends()?.0)),
        real("forecast_high", |unit| Some(unit.forecast?.ends()?.1)),
        real("usual_ratio", |unit| unit.usual_ratio),
        real("needed", |unit| unit.needed),
    ];
    FewRows::of(columns, "listing units")
}
