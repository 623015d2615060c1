//! Which steps count, as people write it:
//!
//! ```text
//! touchpoint=app & outcome=failed      each step that is so: a step as in `funnel`
//! cart > pay                           each payment right after a cart
//! view then cart then pay              those who got so far, as `funnel` counts them: the steps that took them there
//! view then cart but not pay           those who got to the cart, and no further
//! view then cart left before pay       those who left after their first cart, as `drop-off` counts them
//! ```

use std::fmt::{self, Display, Formatter};

use worth_model::journey::{FunnelSpec, FunnelStep, Log, attempts};

use crate::drop_off::Leaving;
use crate::error::Error;
use crate::funnel::{Condition, cut, split};
use crate::steps::{Span, Steps};

/// Which steps count.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Rule {
    /// Each one that is so.
    Each(Condition),
    /// Each one that is so, right after one that is so.
    Next([Condition; 2]),
    /// Those that take a journey so far, one after the other.
    Through(Vec<Condition>),
    /// The same, where they take it no further.
    ButNot(Vec<Condition>, Condition),
    /// The last of them, where the next one is not taken in time.
    LeftBefore(Vec<Condition>, Condition),
}

const NEXT: &str = " > ";
const THEN: &str = " then ";
const BUT_NOT: &str = " but not ";
const LEFT_BEFORE: &str = " left before ";

impl Rule {
    /// What people wrote.
    pub(super) fn of(written: &str) -> Result<Self, Error> {
        let through = |text| {
            let steps = split(text, THEN).into_iter().map(Condition::of);
            steps.collect::<Result<Vec<_>, Error>>()
        };
        if let (before, Some(next)) = cut(written, BUT_NOT) {
            return Ok(Self::ButNot(through(before)?, Condition::of(next)?));
        }
        if let (before, Some(next)) = cut(written, LEFT_BEFORE) {
            return Ok(Self::LeftBefore(through(before)?, Condition::of(next)?));
        }
        if cut(written, THEN).1.is_some() {
            return Ok(Self::Through(through(written)?));
        }
        // what is not before or after anything has no time and nothing in between
        let alone = |text| {
            let condition = Condition::of(text)?;
            condition
                .is_alone()
                .then_some(condition)
                .ok_or_else(|| Error::NotAChoice {
                    parameter: "steps",
                    given: text.into(),
                    choices: "view then pay within 12h, view then pay without cancel".into(),
                })
        };
        Ok(match cut(written, NEXT) {
            (step, None) => Self::Each(alone(step)?),
            (before, Some(step)) => Self::Next([alone(before)?, alone(step)?]),
        })
    }

    /// Calls `take` with each journey in which steps count, and their places in it. `within`: the longest time from
    /// the first of several steps to any other.
    ///
    /// # Errors
    ///
    /// [`Error::NotAChoice`] when no step is like one that is meant.
    pub(super) fn each(
        &self,
        steps: &Steps,
        log: &Log,
        within: Option<Span>,
        mut take: impl FnMut(usize, &[usize]),
    ) -> Result<(), Error> {
        let meant = |condition: &Condition| condition.step(&condition.to_string(), steps);
        let all = |conditions: &[Condition]| -> Result<Vec<FunnelStep>, Error> {
            conditions.iter().map(meant).collect()
        };
        match self {
            Self::Each(step) => {
                let step = kinds(&meant(step)?, log);
                counting(log, |kinds, place| step[kinds[place] as usize], take);
            }
            Self::Next([before, step]) => {
                let [before, step] = [kinds(&meant(before)?, log), kinds(&meant(step)?, log)];
                let is_next = |kinds: &[u32], place: usize| {
                    let previous = place.checked_sub(1).map(|previous| kinds[previous]);
                    step[kinds[place] as usize]
                        && previous.is_some_and(|previous| before[previous as usize])
                };
                counting(log, is_next, take);
            }
            Self::Through(through) => {
                reaching(log, all(through)?, within, through.len().., take);
            }
            Self::ButNot(through, not) => {
                let mut spec = all(through)?;
                spec.push(meant(not)?);
                reaching(log, spec, within, through.len()..=through.len(), take);
            }
            Self::LeftBefore(through, next) => {
                let mut spec = all(through)?;
                spec.push(meant(next)?);
                let leaving = Leaving::of(log, &spec, through.len() - 1, None);
                for there in leaving.journeys.iter().filter(|there| there.left) {
                    take(there.journey, &[there.place]);
                }
            }
        }
        Ok(())
    }
}

/// Journeys with steps that count by themselves.
fn counting(
    log: &Log,
    counts: impl Fn(&[u32], usize) -> bool,
    mut take: impl FnMut(usize, &[usize]),
) {
    let mut places = Vec::new();
    for journey in 0..log.journeys() {
        let (_, kinds) = log.steps(journey);
        places.clear();
        places.extend((0..kinds.len()).filter(|&place| counts(kinds, place)));
        if !places.is_empty() {
            take(journey, &places);
        }
    }
}

/// Journeys that get so far through some steps.
fn reaching(
    log: &Log,
    steps: Vec<FunnelStep>,
    within: Option<Span>,
    so_far: impl std::ops::RangeBounds<usize>,
    mut take: impl FnMut(usize, &[usize]),
) {
    let spec = FunnelSpec {
        steps,
        within: within.map(Span::microseconds),
    };
    let tried = attempts(log, &spec).expect("steps with kinds of the log");
    for (journey, places) in tried.iter() {
        if so_far.contains(&places.len()) {
            let places: Vec<usize> = places.iter().map(|&place| place as usize).collect();
            take(journey, &places);
        }
    }
}

/// Whether each kind of step is meant.
fn kinds(step: &FunnelStep, log: &Log) -> Vec<bool> {
    let mut is_meant = vec![false; log.kinds()];
    for &kind in &step.kinds {
        is_meant[kind as usize] = true;
    }
    is_meant
}

impl Display for Rule {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let through = |steps: &[Condition]| {
            let steps: Vec<String> = steps.iter().map(Condition::to_string).collect();
            steps.join(THEN)
        };
        match self {
            Self::Each(step) => write!(formatter, "{step}"),
            Self::Next([before, step]) => write!(formatter, "{before}{NEXT}{step}"),
            Self::Through(steps) => formatter.write_str(&through(steps)),
            Self::ButNot(steps, not) => write!(formatter, "{}{BUT_NOT}{not}", through(steps)),
            Self::LeftBefore(steps, next) => {
                write!(formatter, "{}{LEFT_BEFORE}{next}", through(steps))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_written_as_they_are_read() {
        for written in [
            "touchpoint=app & outcome=failed | stage=",
            "\"Home > Shoes\" > cart",
            "view then cart then pay within 12h without cancel",
            "view then cart but not pay",
            "view but not \"but not\"",
            "view then cart left before pay within 41h",
        ] {
            let rule = Rule::of(written).expect(written);
            assert_eq!(rule.to_string(), written);
        }
        assert!(matches!(Rule::of("a > b"), Ok(Rule::Next(_))));
        assert!(matches!(Rule::of("\"a > b\""), Ok(Rule::Each(_))));
        assert!(matches!(Rule::of("a then b"), Ok(Rule::Through(steps)) if steps.len() == 2));
    }
}
