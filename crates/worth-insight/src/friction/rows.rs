//! One row per pain point, in the order of the answer: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `trouble`, `place` | text | what went wrong, and where |
//! | `stage` | text | stage of the journey, when there is one |
//! | `times` | count | how often |
//! | `customers`, `customers_there` | count | customers who met it, and who were there at all |
//! | `time`, `effort`, `waiting`, `lateness`, `at_stake` | real | what it took: seconds, steps, seconds, seconds, money; empty is unknown |
//! | `longer_than`, `beyond_median` | real | of long waits: what is longer is long, and by how much they exceed the median together; seconds |
//! | `factor` | real | what the chance to come back is multiplied by each time; empty when it cannot be told |
//! | `adjusted_p_value` | real | allowing for how many pain points were looked at |
//! | `tells` | text | lowers, raises, cannot-tell |
//! | `stability` | text | stable, unstable, cannot-tell: whether both halves of the days say the same |
//! | `customers_last_year` | count | customers who met it in the last year |
//! | `at_risk` | real | lifetime value that would be lost if each of them met it once more |
//!
//! `factor` and `at_risk` have `_low` and `_high` beside them, at the level of the answer. Money is in the
//! currency of the answer.

use std::sync::Arc;

use datafusion::arrow::array::{Int64Array, StringArray};
use worth_model::Estimate;

use super::answer::{FrictionAnswer, Known, PainPoint, Stability};
use crate::costs::CostName;
use crate::error::Error;
use crate::rows::{Column, FewRows, estimates, reals};
use crate::value_link::tells_name;

pub(super) fn rows(answer: &FrictionAnswer) -> Result<FewRows, Error> {
    let points = &answer.pain_points;
    let text = |name, value: &dyn Fn(&PainPoint) -> Option<String>| -> Column {
        let texts: StringArray = points.iter().map(value).collect();
        (name, true, Arc::new(texts))
    };
    let count = |name, value: fn(&PainPoint) -> u64| -> Column {
        let counts = points.iter().map(|point| value(point) as i64);
        (name, false, Arc::new(Int64Array::from_iter_values(counts)))
    };
    let real = |name, of: &dyn Fn(&PainPoint) -> Option<f64>| reals(points, name, of);
    let estimate =
        |names, of: &dyn Fn(&PainPoint) -> Option<Estimate>| estimates(points, names, of);
    let known = |name, value: fn(&Known) -> &'static str| {
        text(name, &move |point| Some(value(point.known()?).into()))
    };
    let mut columns = vec![
        text("trouble", &|point| Some(point.trouble.name().into())),
        text("place", &|point| Some(point.place.clone())),
        text("stage", &|point| point.stage.clone()),
        count("times", |point| point.times),
        count("customers", |point| point.customers),
        count("customers_there", |point| point.customers_there),
        real("time", &|point| point.cost(CostName::Time)),
        real("effort", &|point| point.cost(CostName::Effort)),
        real("waiting", &|point| point.cost(CostName::Waiting)),
        real("lateness", &|point| point.cost(CostName::Lateness)),
        real("at_stake", &|point| point.cost(CostName::AtStake)),
        real("longer_than", &|point| {
            Some(point.long?.longer_than_seconds)
        }),
        real("beyond_median", &|point| {
            Some(point.long?.beyond_median_seconds)
        }),
    ];
    columns.extend(estimate(
        ["factor", "factor_low", "factor_high"],
        &|point| Some(point.known()?.factor),
    ));
    columns.extend([
        real("adjusted_p_value", &|point| {
            Some(point.known()?.adjusted_p_value)
        }),
        known("tells", |known| tells_name(known.tells)),
        known("stability", |known| match known.stability {
            Stability::Stable => "stable",
            Stability::Unstable => "unstable",
            Stability::CannotTell => "cannot-tell",
        }),
        count("customers_last_year", |point| point.customers_last_year),
    ]);
    let at_risk = ["at_risk", "at_risk_low", "at_risk_high"];
    columns.extend(estimate(at_risk, &|point| {
        Some(point.value_at_risk?.at_risk)
    }));
    FewRows::of(columns, "listing pain points")
}
