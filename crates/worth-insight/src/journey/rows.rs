//! One row per step and per transition: what `--out` writes.
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `kind` | text | `step` or `transition` |
//! | `from` | text | the step, or the one before; empty when its touchpoint or stage is not known |
//! | `to` | text | the step after, of transitions |
//! | `times` | count | how often it happened |
//! | `journeys`, `people` | count | in how many journeys, of how many people |
//! | `starts`, `ends`, `repeats`, `returns` | count | of steps: journeys that begin or end with it; steps beyond the first, and those of them after another step |
//! | `ok`, `failed`, `abandoned`, `broken_off` | count | of steps: how they went; journeys that end with it, failed or given up |
//! | `lower_quartile_seconds`, `upper_quartile_seconds`, `median_seconds`, `mean_seconds` | real | of transitions: from one step to the other |
//! | `tied`, `in_doubt` | count | of transitions: both steps at one instant; only names ordered them |
//! | `value_through`, `at_stake` | real | expected lifetime value of those who pass; what those not seen again would bring on top if kept |
//!
//! Median, mean and value have `_low` and `_high` beside them, at the level of the answer.

use std::sync::Arc;

use datafusion::arrow::array::{Int64Array, StringArray};
use worth_model::Estimate;

use super::answer::{JourneyAnswer, Place, Transition};
use crate::error::Error;
use crate::rows::{Column, FewRows, estimates, reals};

/// A step or a transition.
#[derive(Clone, Copy)]
enum Row<'a> {
    Step(&'a Place),
    Transition(&'a Transition),
}

impl<'a> Row<'a> {
    fn step(self) -> Option<&'a Place> {
        match self {
            Self::Step(place) => Some(place),
            Self::Transition(_) => None,
        }
    }

    fn transition(self) -> Option<&'a Transition> {
        match self {
            Self::Step(_) => None,
            Self::Transition(transition) => Some(transition),
        }
    }

    /// What both have.
    fn of<T>(self, step: fn(&'a Place) -> T, transition: fn(&'a Transition) -> T) -> T {
        match self {
            Self::Step(place) => step(place),
            Self::Transition(edge) => transition(edge),
        }
    }
}

pub(super) fn rows(answer: &JourneyAnswer) -> Result<FewRows, Error> {
    let steps = answer.steps.iter().map(Row::Step);
    let rows: Vec<Row<'_>> = steps
        .chain(answer.transitions.iter().map(Row::Transition))
        .collect();
    let text = |name, value: &dyn Fn(Row<'_>) -> Option<String>| -> Column {
        let texts: StringArray = rows.iter().map(|&row| value(row)).collect();
        (name, true, Arc::new(texts))
    };
    let count = |name, value: &dyn Fn(Row<'_>) -> Option<u64>| -> Column {
        let counts = rows.iter().map(|&row| value(row).map(|count| count as i64));
        (name, true, Arc::new(counts.collect::<Int64Array>()))
    };
    let of_step = |name, value: fn(&Place) -> u64| count(name, &|row| row.step().map(value));
    let of_transition =
        |name, value: fn(&Transition) -> u64| count(name, &|row| row.transition().map(value));
    let real = |name, of: &dyn Fn(Row<'_>) -> Option<f64>| reals(&rows, name, &|row| of(*row));
    let waiting =
        |name, value: fn(&Transition) -> f64| real(name, &|row| row.transition().map(value));
    let estimate =
        |names, of: &dyn Fn(Row<'_>) -> Option<Estimate>| estimates(&rows, names, &|row| of(*row));
    let mut columns = vec![
        text("kind", &|row| {
            Some(row.of(|_| "step", |_| "transition").into())
        }),
        text("from", &|row| {
            let name = row.of(|place| &place.name, |edge| &edge.from);
            name.in_rows().map(Into::into)
        }),
        text("to", &|row| Some(row.transition()?.to.in_rows()?.into())),
        count("times", &|row| {
            Some(row.of(|place| place.steps, |edge| edge.times))
        }),
        count("journeys", &|row| {
            Some(row.of(|place| place.journeys, |edge| edge.journeys))
        }),
        count("people", &|row| {
            Some(row.of(|place| place.people, |edge| edge.people))
        }),
        of_step("starts", |place| place.starts),
        of_step("ends", |place| place.ends),
        of_step("repeats", |place| place.repeats),
        of_step("returns", |place| place.returns),
        of_step("ok", |place| place.outcomes.ok),
        of_step("failed", |place| place.outcomes.failed),
        of_step("abandoned", |place| place.outcomes.abandoned),
        of_step("broken_off", |place| place.outcomes.broken_off),
        waiting("lower_quartile_seconds", |edge| {
            edge.waiting.lower_quartile_seconds
        }),
        waiting("upper_quartile_seconds", |edge| {
            edge.waiting.upper_quartile_seconds
        }),
        of_transition("tied", |edge| edge.tied),
        of_transition("in_doubt", |edge| edge.in_doubt),
    ];
    let median = [
        "median_seconds",
        "median_seconds_low",
        "median_seconds_high",
    ];
    columns.extend(estimate(median, &|row| {
        Some(row.transition()?.waiting.median_seconds)
    }));
    let mean = ["mean_seconds", "mean_seconds_low", "mean_seconds_high"];
    columns.extend(estimate(mean, &|row| {
        Some(row.transition()?.waiting.mean_seconds)
    }));
    let through = ["value_through", "value_through_low", "value_through_high"];
    columns.extend(estimate(through, &|row| {
        row.of(|place| place.value_through, |edge| edge.value_through)
    }));
    let at_stake = ["at_stake", "at_stake_low", "at_stake_high"];
    columns.extend(estimate(at_stake, &|row| {
        row.of(|place| place.at_stake, |edge| edge.at_stake)
    }));
    FewRows::of(columns, "listing steps and transitions")
}
