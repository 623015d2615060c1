//! One step of a funnel as people write it:
//!
//! ```text
//! pay                                  a name; `*` is any text, capital letters do not matter
//! touchpoint=app                       or stage=, channel=, outcome=, table=, name=
//! pay & outcome=ok                     all of them
//! pay | order                          any of them (`&` binds closer)
//! pay within 12h                       so long after the step before
//! pay without cancel | outcome=failed  nothing of that in between
//! "pay & go"                           exactly that: no sign in it has a meaning
//! stage=                               no stage is known
//! ```

use std::fmt::{self, Display, Formatter};

use worth_model::journey::FunnelStep;

use super::quoted::{cut, is_plain, quoted, split, unquoted};
use crate::error::Error;
use crate::steps::{Grain, Span, StepKind, StepName, Steps, fits};

/// What a step of a funnel must be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Condition {
    any: Vec<Vec<Part>>,
    pub(super) within: Option<Span>,
    without: Vec<Vec<Part>>,
}

/// What one property of a step must be.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    property: Property,
    text: Wanted,
}

/// What a text must be.
#[derive(Debug, Clone, PartialEq)]
enum Wanted {
    /// Like that, whatever the capital letters; `*` is any text.
    Like(String),
    /// That, letter by letter.
    Exactly(String),
    /// Not known.
    Unknown,
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
    pub(crate) fn of(written: &str) -> Result<Self, Error> {
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

    /// Steps that are called so; nothing when they are all that are not told apart. `fold_case`: capital letters do
    /// not matter.
    pub(crate) fn called(grain: Grain, name: &StepName, fold_case: bool) -> Option<Self> {
        let property = match grain {
            Grain::Name => Property::Name,
            Grain::Touchpoint => Property::Touchpoint,
            Grain::Stage => Property::Stage,
        };
        let text = match name {
            StepName::Named(name) if fold_case && is_plain(name) => Wanted::Like(name.clone()),
            StepName::Named(name) => Wanted::Exactly(name.clone()),
            StepName::Unknown => Wanted::Unknown,
            StepName::Other => return None,
        };
        Some(Self {
            any: vec![vec![Part { property, text }]],
            within: None,
            without: Vec::new(),
        })
    }

    /// The same, so long after the step before at most.
    /// Whether it says nothing of the step before.
    pub(crate) fn is_alone(&self) -> bool {
        self.within.is_none() && self.without.is_empty()
    }

    pub(crate) fn in_time(self, within: Option<Span>) -> Self {
        Self { within, ..self }
    }

    /// The step of a funnel through these steps that it means.
    ///
    /// # Errors
    ///
    /// [`Error::NotAChoice`] when no step is like that.
    pub(crate) fn step(&self, written: &str, steps: &Steps) -> Result<FunnelStep, Error> {
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

fn alternatives(text: &str) -> Vec<Vec<Part>> {
    let all = |text| split(text, "&").into_iter().map(Part::of).collect();
    split(text, "|").into_iter().map(all).collect()
}

fn is_any(alternatives: &[Vec<Part>], kind: &StepKind) -> bool {
    (alternatives.iter()).any(|all| all.iter().all(|part| part.is_of(kind)))
}

impl Part {
    fn of(text: &str) -> Self {
        let text = text.trim();
        let (before, after) = cut(text, "=");
        let named = after.and_then(|after| {
            let mut known = PROPERTIES.iter();
            let (_, property) = known.find(|(name, _)| *name == before.trim().to_lowercase())?;
            Some((*property, after))
        });
        // a name may have the sign in it, as the address of a page has
        let (property, text) = named.unwrap_or((Property::Name, text));
        let text = match unquoted(text) {
            Some(text) => Wanted::Exactly(text),
            None if text.is_empty() => Wanted::Unknown,
            None => Wanted::Like(text.into()),
        };
        Self { property, text }
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
        match &self.text {
            Wanted::Like(pattern) => {
                text.is_some_and(|text| fits(&pattern.to_lowercase(), &text.to_lowercase()))
            }
            Wanted::Exactly(wanted) => text == Some(wanted),
            Wanted::Unknown => text.is_none(),
        }
    }
}

/// As people write it.
impl Display for Condition {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let told = |alternatives: &[Vec<Part>]| {
            let all = |all: &Vec<Part>| all.iter().map(Part::to_string).collect::<Vec<_>>();
            let any = alternatives.iter().map(|parts| all(parts).join(" & "));
            any.collect::<Vec<_>>().join(" | ")
        };
        formatter.write_str(&told(&self.any))?;
        if let Some(within) = self.within {
            write!(formatter, " within {within}")?;
        }
        if !self.without.is_empty() {
            write!(formatter, " without {}", told(&self.without))?;
        }
        Ok(())
    }
}

impl Display for Part {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let mut named = PROPERTIES.iter();
        let named = named.find(|(_, property)| *property == self.property);
        if let Some((name, _)) = named.filter(|(_, property)| *property != Property::Name) {
            write!(formatter, "{name}=")?;
        }
        match &self.text {
            Wanted::Like(pattern) => formatter.write_str(pattern),
            Wanted::Exactly(text) => formatter.write_str(&quoted(text)),
            Wanted::Unknown => Ok(()),
        }
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
            ("channel=", true, true),
            ("stage=", false, false),
            ("\"Pay\"", true, true),
            ("\"pay\" | name=\"Pay & go\"", false, false),
        ] {
            let condition = Condition::of(written).expect(written);
            let again = Condition::of(&condition.to_string()).expect(written);
            assert_eq!(again, condition, "{written} is written as {condition}");
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
        assert_eq!(address.any[0][0].text, Wanted::Like("/search?q=tea".into()));
        let told = condition.to_string();
        assert_eq!(told, "pay within 12h without cancel | outcome=failed");
    }
}
