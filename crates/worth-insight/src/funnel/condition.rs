//! One step of a funnel as people write it:
//!
//! ```text
//! pay                                  a name; `*` is any text, capital letters do not matter
//! touchpoint=app                       or stage=, channel=, outcome=, table=, name=
//! pay & outcome=ok                     all of them
//! pay | order                          any of them (`&` binds closer)
//! pay within 12h                       so long after the step before
//! pay without cancel | outcome=failed  nothing of that in between
//! ```

use worth_model::journey::FunnelStep;

use crate::error::Error;
use crate::steps::{Span, StepKind, Steps, fits};

/// What a step of a funnel must be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condition {
    any: Vec<Vec<Part>>,
    pub(super) within: Option<Span>,
    without: Vec<Vec<Part>>,
}

/// What one property of a step must be, in small letters.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    property: Property,
    pattern: String,
}

/// What steps are told apart by.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Property {
    Name,
    Touchpoint,
    Stage,
    Channel,
    Outcome,
    Table,
}

const PROPERTIES: [(&str, Property); 6] = [
    ("name", Property::Name),
    ("touchpoint", Property::Touchpoint),
    ("stage", Property::Stage),
    ("channel", Property::Channel),
    ("outcome", Property::Outcome),
    ("table", Property::Table),
];

impl Condition {
    /// What people wrote.
    pub(super) fn of(written: &str) -> Result<Self, Error> {
        let (rest, without) = cut(written, " without ");
        let (any, within) = cut(rest, " within ");
        let within = match within.map(|span| span.parse::<Span>()) {
            Some(Err(_)) => {
                return Err(Error::NotAChoice {
                    parameter: "within",
                    given: within.unwrap_or_default().into(),
                    choices: "30min, 12h, 7d, 8w".into(),
                });
            }
            Some(Ok(span)) => Some(span),
            None => None,
        };
        Ok(Self {
            any: alternatives(any),
            within,
            without: without.map(alternatives).unwrap_or_default(),
        })
    }

    /// The step of a funnel through these steps that it means.
    ///
    /// # Errors
    ///
    /// [`Error::NotAChoice`] when no step is like that.
    pub(super) fn step(&self, written: &str, steps: &Steps) -> Result<FunnelStep, Error> {
        let kinds = |alternatives: &[Vec<Part>]| -> Vec<u32> {
            (0..)
                .zip(&steps.kinds)
                .filter(|(_, kind)| is_any(alternatives, kind))
                .map(|(number, _)| number)
                .collect()
        };
        let step = FunnelStep {
            kinds: kinds(&self.any),
            within: self.within.map(Span::microseconds),
            without: kinds(&self.without),
        };
        let finds_nothing = !self.without.is_empty() && step.without.is_empty();
        if step.kinds.is_empty() || finds_nothing {
            return Err(Error::NotAChoice {
                parameter: "steps",
                given: written.into(),
                choices: names_of(steps),
            });
        }
        Ok(step)
    }
}

/// A text up to a mark, and what follows it.
fn cut<'a>(text: &'a str, mark: &str) -> (&'a str, Option<&'a str>) {
    match text.split_once(mark) {
        Some((before, after)) => (before, Some(after.trim())),
        None => (text, None),
    }
}

fn alternatives(text: &str) -> Vec<Vec<Part>> {
    let all = |text: &str| text.split('&').map(Part::of).collect();
    text.split('|').map(all).collect()
}

fn is_any(alternatives: &[Vec<Part>], kind: &StepKind) -> bool {
    (alternatives.iter()).any(|all| all.iter().all(|part| part.is_of(kind)))
}

impl Part {
    fn of(text: &str) -> Self {
        let text = text.trim();
        let named = text.split_once('=').and_then(|(property, pattern)| {
            let mut known = PROPERTIES.iter();
            let (_, property) = known.find(|(name, _)| *name == property.trim().to_lowercase())?;
            Some((*property, pattern))
        });
        // a name may have the sign in it, as the address of a page has
        let (property, pattern) = named.unwrap_or((Property::Name, text));
        Self {
            property,
            pattern: pattern.trim().to_lowercase(),
        }
    }

    fn is_of(&self, kind: &StepKind) -> bool {
        let text = match self.property {
            Property::Name => Some(kind.name.as_str()),
            Property::Touchpoint => kind.touchpoint.as_deref(),
            Property::Stage => kind.stage.as_deref(),
            Property::Channel => kind.channel.as_deref(),
            Property::Outcome => kind.outcome.map(|outcome| outcome.name()),
            Property::Table => Some(kind.table.name()),
        };
        text.is_some_and(|text| fits(&self.pattern, &text.to_lowercase()))
    }
}

/// Names there are, with commas.
fn names_of(steps: &Steps) -> String {
    const MOST_NAMES: usize = 30;
    let mut names: Vec<&str> = steps.kinds.iter().map(|kind| kind.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(MOST_NAMES);
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::steps::{Outcome, StepTable};

    fn pay(outcome: Outcome) -> StepKind {
        StepKind {
            table: StepTable::Events,
            name: "Pay".into(),
            stage: Some("payment".into()),
            touchpoint: Some("app: cart".into()),
            channel: None,
            outcome: Some(outcome),
        }
    }

    #[test]
    fn conditions_are_read_as_people_write_them() {
        for (written, ok, failed) in [
            ("pay", true, true),
            ("PAY & outcome=ok", true, false),
            ("outcome = failed & stage=payment", false, true),
            ("order | pay & outcome=failed", false, true),
            ("touchpoint=app*", true, true),
            ("channel=app", false, false),
            ("table=order_lines", false, false),
        ] {
            let condition = Condition::of(written).expect(written);
            let found =
                [Outcome::Ok, Outcome::Failed].map(|outcome| is_any(&condition.any, &pay(outcome)));
            assert_eq!(found, [ok, failed], "{written}");
        }
    }

    #[test]
    fn limits_and_exclusions_follow() {
        let condition =
            Condition::of("pay within 12h without cancel | outcome=failed").expect("fits");
        assert_eq!(condition.within, "12h".parse().ok());
        assert!(is_any(&condition.without, &pay(Outcome::Failed)));
        assert!(!is_any(&condition.without, &pay(Outcome::Ok)));
        assert!(Condition::of("pay within soon").is_err());
        let address = Condition::of("/search?q=tea").expect("a name");
        assert_eq!(address.any[0][0].pattern, "/search?q=tea");
    }
}
