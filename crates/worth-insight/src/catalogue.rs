//! The list of all questions. Command line, report and every later door are made from it.
//!
//! A new question is one folder and one line in [`CATALOGUE`].

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use schemars::{Schema, schema_for};
use serde_json::Value;

use crate::acquisition::Acquisition;
use crate::alerts::Alerts;
use crate::backtest::Backtest;
use crate::context::{Context, ContextOptions};
use crate::costs::Costs;
use crate::drivers::Drivers;
use crate::drop_off::DropOff;
use crate::error::Error;
use crate::friction::Friction;
use crate::funnel::Funnel;
use crate::journey::Journey;
use crate::journey_diff::JourneyDiff;
use crate::kano::Kano;
use crate::lifetime::{CustomerSummary, Lifetime};
use crate::market::Market;
use crate::overview::Overview;
use crate::perceived::Perceived;
use crate::posterior::Posterior;
use crate::priorities::Priorities;
use crate::question::{Answered, Present, Provenance, Question, Rows, Scope};
use crate::retention::Retention;
use crate::roles::Roles;
use crate::scores::Scores;
use crate::sheet::Sheet;
use crate::uplift::Uplift;
use crate::value_link::ValueLink;
use crate::value_trend::ValueTrend;
use crate::what_if::WhatIf;
use crate::why::Why;
use crate::words::Words;

/// All questions, in the order in which the report tells them.
pub static CATALOGUE: &[Entry] = &[
    Entry::of::<Perceived>(),
    Entry::of::<Market>().beyond_page_one(),
    Entry::of::<Roles>().beyond_page_one(),
    Entry::of::<Scores>().beyond_page_one(),
    Entry::of::<ValueTrend>().beyond_page_one(),
    Entry::of::<Drivers>().beyond_page_one(),
    Entry::of::<ValueLink>().beyond_page_one(),
    Entry::of::<WhatIf>().beyond_page_one(),
    Entry::of::<Priorities>().beyond_page_one(),
    Entry::of::<Kano>().beyond_page_one(),
    Entry::of::<Journey>().beyond_page_one(),
    Entry::of::<JourneyDiff>().apart(),
    Entry::of::<Funnel>().beyond_page_one(),
    Entry::of::<DropOff>().beyond_page_one(),
    Entry::of::<Costs>().beyond_page_one(),
    Entry::of::<Friction>().beyond_page_one(),
    Entry::of::<Lifetime>().with_summary(lifetime_of_summary),
    Entry::of::<Retention>().beyond_page_one(),
    Entry::of::<Acquisition>().beyond_page_one(),
    Entry::of::<Alerts>().beyond_page_one(),
    Entry::of::<Uplift>().beyond_page_one(),
    Entry::of::<Overview>(),
    Entry::of::<Backtest>().apart(),
    Entry::of::<Posterior>().apart(),
    Entry::of::<Why>().apart(),
];

/// What can be known of a question without knowing its type.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The command line verb, API path, page and Python function.
    pub name: &'static str,
    /// Whether the report asks it.
    pub in_report: bool,
    /// JSON schema of the parameters; every one has a default.
    pub parameters: fn() -> Schema,
    /// JSON schema of the answer.
    pub answer: fn() -> Schema,
    /// Whether its short answers stand on page one of the report; its chapter does in any case.
    pub on_page_one: bool,
    ask: for<'a> fn(&'a Context, Scope, Value) -> Asking<'a>,
    of_summary: Option<OfSummary>,
}

/// How a question is answered from a customer summary in place of a lake.
type OfSummary = fn(Value, CustomerSummary, &ContextOptions) -> Result<Arc<dyn Told>, Error>;

/// An answer on its way.
pub type Asking<'a> = Pin<Box<dyn Future<Output = Result<Arc<dyn Told>, Error>> + Send + 'a>>;

/// An answer whose type is not known: what every door needs of it.
pub trait Told: Send + Sync {
    /// The JSON that scripts read, indented, ending in a line break.
    fn json(&self) -> String;
    /// What to show.
    fn sheet(&self, words: &Words) -> Sheet;
    /// Where it came from.
    fn provenance(&self) -> &Provenance;
    /// One row per customer (or brand, or month), if the question gives rows.
    fn rows(&self) -> Option<&Arc<dyn Rows>>;
}

impl<A: serde::Serialize + Present + Send + Sync> Told for Answered<A> {
    fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self)
            .expect("answers have text keys and are written to memory");
        text.push('\n');
        text
    }

    fn sheet(&self, words: &Words) -> Sheet {
        self.answer.sheet(&self.provenance, words)
    }

    fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    fn rows(&self) -> Option<&Arc<dyn Rows>> {
        self.rows.as_ref()
    }
}

impl Entry {
    /// The entry of a question.
    #[must_use]
    pub const fn of<Q: Question>() -> Self {
        Self {
            name: Q::NAME,
            parameters: || schema_for!(Q),
            answer: || schema_for!(Q::Answer),
            on_page_one: true,
            ask: ask::<Q>,
            of_summary: None,
            in_report: true,
        }
    }

    /// The same, left out of the report: for analysts, and for campaigns that not everyone has.
    #[must_use]
    pub const fn apart(mut self) -> Self {
        self.in_report = false;
        self
    }

    /// The same question with its short answers in its own chapter of the report.
    #[must_use]
    pub const fn beyond_page_one(mut self) -> Self {
        self.on_page_one = false;
        self
    }

    /// The same, which can be answered from a customer summary too.
    const fn with_summary(mut self, of_summary: OfSummary) -> Self {
        self.of_summary = Some(of_summary);
        self
    }

    /// Whether it can be answered from a customer summary.
    #[must_use]
    pub fn takes_summary(&self) -> bool {
        self.of_summary.is_some()
    }

    /// One sentence on what it answers (`{name}-about` in the words).
    #[must_use]
    pub fn about(&self, words: &Words) -> String {
        words.say(&format!("{}-about", self.name))
    }

    /// The question as a manager asks it (`{name}-asks` in the words), for the place of an answer
    /// that cannot be given.
    #[must_use]
    pub fn asks(&self, words: &Words) -> String {
        words.say(&format!("{}-asks", self.name))
    }

    /// Asks it. `parameters`: a JSON object; what it leaves out has its default, `null` is all
    /// defaults.
    ///
    /// # Errors
    ///
    /// [`Error::Parameters`] when they do not fit, else whatever keeps the question from an
    /// answer.
    pub async fn ask(
        &self,
        context: &Context,
        scope: Scope,
        parameters: Value,
    ) -> Result<Arc<dyn Told>, Error> {
        (self.ask)(context, scope, parameters).await
    }

    /// Asks it of a customer summary in place of a lake. `parameters` as in [`Self::ask`].
    ///
    /// # Errors
    ///
    /// As there; [`Error::NeedsOrders`] when the question or a parameter needs more than a summary.
    pub fn ask_of_summary(
        &self,
        parameters: Value,
        summary: CustomerSummary,
        options: &ContextOptions,
    ) -> Result<Arc<dyn Told>, Error> {
        let of_summary = self.of_summary.ok_or(Error::NeedsOrders {
            parameter: self.name,
        })?;
        of_summary(parameters, summary, options)
    }
}

/// The entry of that name.
///
/// # Errors
///
/// [`Error::UnknownQuestion`] with the names there are.
pub fn find(name: &str) -> Result<&'static Entry, Error> {
    CATALOGUE
        .iter()
        .find(|entry| entry.name == name)
        .ok_or_else(|| Error::UnknownQuestion {
            name: name.into(),
            known: CATALOGUE
                .iter()
                .map(|entry| entry.name)
                .collect::<Vec<_>>()
                .join(", "),
        })
}

fn ask<Q: Question>(context: &Context, scope: Scope, parameters: Value) -> Asking<'_> {
    Box::pin(async move {
        let question: Q = question(parameters)?;
        let answered = context.ask(&scope, &question).await?;
        Ok(answered as Arc<dyn Told>)
    })
}

fn lifetime_of_summary(
    parameters: Value,
    summary: CustomerSummary,
    options: &ContextOptions,
) -> Result<Arc<dyn Told>, Error> {
    let question: Lifetime = question(parameters)?;
    Ok(Arc::new(question.of_summary(summary, options)?))
}

fn question<Q: Question>(parameters: Value) -> Result<Q, Error> {
    match parameters {
        Value::Null => Ok(Q::default()),
        given => serde_json::from_value(given).map_err(|source| Error::Parameters {
            question: Q::NAME,
            source,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn names_are_different_and_every_question_says_what_it_is_about() {
        for language in Language::ALL {
            let words = Words::new(language);
            for (place, entry) in CATALOGUE.iter().enumerate() {
                assert!(
                    words.has(&format!("{}-about", entry.name)),
                    "{}",
                    entry.name
                );
                let again = CATALOGUE[..place]
                    .iter()
                    .any(|other| other.name == entry.name);
                assert!(!again, "{} is there twice", entry.name);
            }
        }
    }

    #[test]
    fn every_parameter_has_a_default_and_a_description() {
        for entry in CATALOGUE {
            let schema = (entry.parameters)();
            assert!(
                schema.get("required").is_none(),
                "{}: a parameter is required",
                entry.name
            );
            let Some(Value::Object(properties)) = schema.get("properties") else {
                continue;
            };
            for (parameter, described) in properties {
                let has_description = described.get("description").is_some();
                assert!(
                    has_description,
                    "{}: `{parameter}` is not described",
                    entry.name
                );
            }
        }
    }

    #[test]
    fn a_wrong_name_is_told_the_right_ones() {
        let error = find("liftime").expect_err("there is no such question");
        assert!(error.to_string().contains("`liftime`"));
    }
}
