//! One row per group: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `group` | text | the value, or the first day of the cohort; empty for `other` and `unknown` |
//! | `kind` | text | `value`, `cohort`, `other` or `unknown` |
//! | `customers` | count | customers who were new |
//! | `observed`, `returned` | count | those observed for the whole window, and those of them who came back |
//! | `share` | real | the same as a share |
//! | `difference` | real | that share less the share of the rest |
//! | `p_value`, `adjusted_p_value` | real | of that difference; adjusted for how many groups are compared |
//! | `differs` | yes/no | whether it is taken as a difference |
//! | `median_days_to_second` | real | days by which half have bought again; empty when it is not reached |
//! | `margin_so_far`, `margin_expected`, `serving`, `value` | real | per customer |
//! | `spent` | real | what was spent to win them; empty where nothing was, or it is not known |
//! | `customers_with_cost` | count | those who were new on days of which spending is known |
//! | `cost_per_customer`, `net_value`, `value_to_cost` | real | of these |
//! | `payback_days` | real | days since the first purchase until the cost is paid back |
//! | `payback` | text | `observed`, `forecast`, `not-within` or `too-few` |
//! | `verdict` | text | `costs-more`, `pays-back`, `pays-back-many-times`, `cannot-tell` or `too-few` |
//!
//! `share`, `difference`, the means per customer, `net_value`, `value_to_cost` and `payback_days` have
//! `_low` and `_high` beside them, at the level of the answer.

use std::sync::Arc;

use datafusion::arrow::array::{BooleanArray, Int64Array, StringArray};
use worth_model::Estimate;

use super::answer::{Group, GroupName, PaybackKnown, ReturnOnCost, Verdict, Worth};
use crate::error::Error;
use crate::rows::{Column, FewRows, estimates, reals};
use crate::segments::AgainstRest;

/// The groups, row by row.
pub(super) fn rows(groups: &[Group]) -> Result<FewRows, Error> {
    let texts = |name, value: &dyn Fn(&Group) -> Option<String>| -> Column {
        let texts: StringArray = groups.iter().map(value).collect();
        (name, true, Arc::new(texts))
    };
    let count = |name, may_be_empty, value: &dyn Fn(&Group) -> Option<u64>| -> Column {
        let counts = groups.iter().map(|group| Some(value(group)? as i64));
        (name, may_be_empty, Arc::new(counts.collect::<Int64Array>()))
    };
    let real = |name, of: &dyn Fn(&Group) -> Option<f64>| reals(groups, name, of);
    let flags: BooleanArray = groups
        .iter()
        .map(|group| Some(against(group)?.differs))
        .collect();
    let estimate = |names, of: &dyn Fn(&Group) -> Option<Estimate>| estimates(groups, names, of);
    let mut columns = vec![
        texts("group", &|group| match &group.group {
            GroupName::Value(value) => Some(value.clone()),
            GroupName::Cohort(start) => Some(start.to_string()),
            GroupName::All | GroupName::Other | GroupName::Unknown => None,
        }),
        texts("kind", &|group| Some(kind(&group.group).to_owned())),
        count("customers", false, &|group| Some(group.customers)),
        count("observed", false, &|group| Some(group.returned.observed)),
        count("returned", false, &|group| Some(group.returned.customers)),
    ];
    columns.extend(estimate(["share", "share_low", "share_high"], &|group| {
        group.returned.share
    }));
    columns.extend(estimate(
        ["difference", "difference_low", "difference_high"],
        &|group| Some(against(group)?.difference),
    ));
    columns.extend([
        real("p_value", &|group| Some(against(group)?.p_value)),
        real("adjusted_p_value", &|group| {
            Some(against(group)?.adjusted_p_value)
        }),
        ("differs", true, Arc::new(flags) as _),
        real("median_days_to_second", &|group| {
            group.returned.median_days?.time
        }),
    ]);
    columns.extend(estimate(
        ["margin_so_far", "margin_so_far_low", "margin_so_far_high"],
        &|group| Some(worth(group)?.so_far),
    ));
    columns.extend(estimate(
        [
            "margin_expected",
            "margin_expected_low",
            "margin_expected_high",
        ],
        &|group| worth(group)?.expected,
    ));
    columns.extend(estimate(
        ["serving", "serving_low", "serving_high"],
        &|group| worth(group)?.serving,
    ));
    columns.extend(estimate(["value", "value_low", "value_high"], &|group| {
        Some(worth(group)?.value)
    }));
    columns.extend([
        real("spent", &|group| Some(group.cost.as_ref()?.spent)),
        count("customers_with_cost", true, &|group| {
            Some(group.cost.as_ref()?.customers)
        }),
        real("cost_per_customer", &|group| {
            Some(cost(group)?.per_customer.value)
        }),
    ]);
    columns.extend(estimate(
        ["net_value", "net_value_low", "net_value_high"],
        &|group| Some(cost(group)?.net),
    ));
    columns.extend(estimate(
        ["value_to_cost", "value_to_cost_low", "value_to_cost_high"],
        &|group| Some(cost(group)?.value_to_cost),
    ));
    columns.extend([
        real("payback_days", &|group| cost(group)?.payback.days),
        real("payback_days_low", &|group| cost(group)?.payback.low),
        real("payback_days_high", &|group| cost(group)?.payback.high),
        texts("payback", &|group| {
            Some(cost(group)?.payback.known.name().to_owned())
        }),
        texts("verdict", &|group| {
            Some(cost(group)?.verdict.name().to_owned())
        }),
    ]);
    FewRows::of(columns, "listing groups of customers")
}

fn against(group: &Group) -> Option<AgainstRest> {
    group.returned.against_rest
}

fn worth(group: &Group) -> Option<&Worth> {
    group.worth.as_ref()
}

fn cost(group: &Group) -> Option<&ReturnOnCost> {
    group.cost.as_ref()?.return_on_it.as_ref()
}

fn kind(group: &GroupName) -> &'static str {
    match group {
        GroupName::All => "all",
        GroupName::Value(_) => "value",
        GroupName::Cohort(_) => "cohort",
        GroupName::Other => "other",
        GroupName::Unknown => "unknown",
    }
}

impl PaybackKnown {
    /// As in JSON.
    fn name(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Forecast => "forecast",
            Self::NotWithin => "not-within",
            Self::TooFew => "too-few",
        }
    }
}

impl Verdict {
    /// As in JSON.
    fn name(self) -> &'static str {
        match self {
            Self::CostsMore => "costs-more",
            Self::PaysBack => "pays-back",
            Self::PaysBackManyTimes => "pays-back-many-times",
            Self::CannotTell => "cannot-tell",
            Self::TooFew => "too-few",
        }
    }
}
