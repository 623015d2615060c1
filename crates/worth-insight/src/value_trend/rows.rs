//! One row per line and period, then per period to come: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `by`, `group` | text | what groups are told apart by, and the group; empty for everyone |
//! | `period` | text | first day of the month or quarter |
//! | `answers`, `effective` | real | answers, and those of equal weight that would say as much; empty ahead |
//! | `value`, `value_low`, `value_high` | real | what is followed, in points |
//! | `benefits`, `benefits_low`, `benefits_high` | real | benefits, 1..10 |
//! | `costs`, `costs_low`, `costs_high` | real | costs, 1..10 |
//! | `ratio`, `ratio_low`, `ratio_high` | real | benefits / costs |
//! | `level`, `level_low`, `level_high` | real | the level found by changes; ahead the outlook |
//! | `begins_level` | yes/no | whether a new level begins with this period; empty ahead |

use std::sync::Arc;

use datafusion::arrow::array::{BooleanArray, StringArray};
use jiff::civil::Date;
use worth_model::Estimate;

use super::answer::{Line, PeriodValue, ValueTrendAnswer};
use crate::error::Error;
use crate::rows::{Column, FewRows, estimates, reals};

struct Row<'a> {
    line: &'a Line,
    from: Date,
    period: Option<&'a PeriodValue>,
    level: Option<Estimate>,
    begins_level: Option<bool>,
}

/// Everyone first, then groups.
pub(super) fn rows(answer: &ValueTrendAnswer) -> Result<FewRows, Error> {
    let lines = answer.whole.iter().chain(&answer.groups);
    let rows: Vec<Row<'_>> = lines.flat_map(of_line).collect();
    let text = |name, may_be_empty, of: &dyn Fn(&Row<'_>) -> Option<String>| -> Column {
        let texts: StringArray = rows.iter().map(of).collect();
        (name, may_be_empty, Arc::new(texts))
    };
    let real = |name, of: &dyn Fn(&Row<'_>) -> Option<f64>| reals(&rows, name, of);
    let estimate = |names, of: &dyn Fn(&Row<'_>) -> Option<Estimate>| estimates(&rows, names, of);
    let mut columns = vec![
        text("by", true, &|row| Some(row.line.by.as_ref()?.name().into())),
        text("group", true, &|row| row.line.group.clone()),
        text("period", false, &|row| Some(row.from.to_string())),
        real("answers", &|row| Some(row.period?.answers as f64)),
        real("effective", &|row| Some(row.period?.effective)),
    ];
    columns.extend(estimate(["value", "value_low", "value_high"], &|row| {
        row.period?.value
    }));
    columns.extend(estimate(
        ["benefits", "benefits_low", "benefits_high"],
        &|row| row.period?.benefits,
    ));
    columns.extend(estimate(["costs", "costs_low", "costs_high"], &|row| {
        row.period?.costs
    }));
    columns.extend(estimate(["ratio", "ratio_low", "ratio_high"], &|row| {
        row.period?.ratio
    }));
    columns.extend(estimate(["level", "level_low", "level_high"], &|row| {
        row.level
    }));
    let begins: BooleanArray = rows.iter().map(|row| row.begins_level).collect();
    columns.push(("begins_level", true, Arc::new(begins)));
    FewRows::of(columns, "listing periods")
}

fn of_line(line: &Line) -> impl Iterator<Item = Row<'_>> {
    let periods = line.periods.iter().map(|period| Row {
        line,
        from: period.from,
        period: Some(period),
        level: line.level_at(period.from),
        begins_level: line.changes.told().map(|changes| {
            let mut changes = changes.changes.iter();
            changes.any(|change| change.from == period.from)
        }),
    });
    let ahead = line.outlook.told().into_iter().flatten().skip(1);
    periods.chain(ahead.map(|ahead| Row {
        line,
        from: ahead.from,
        period: None,
        level: Some(ahead.value),
        begins_level: None,
    }))
}
