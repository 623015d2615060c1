//! What a person is told when something fails: one line on what was wrong, one on what to do;
//! and the exit code that scripts see.

use std::fmt;
use std::process::ExitCode;

use worth_insight::error::Error as InsightError;
use worth_insight::words::Words;
use worth_lake::Error as LakeError;

use crate::lake_words;
use crate::output::{self, NobodyReads};

/// Exit code of work that failed.
const FAILED: u8 = 1;
/// Exit code of a command line that makes no sense.
const MISUSED: u8 = 2;

/// Something of the binary's own that went wrong: a sentence of its words, in no language yet.
/// The sentence `{id}-advice`, when there is one, says what to do.
#[derive(Debug)]
pub(crate) struct Failure {
    id: &'static str,
    variables: Vec<(&'static str, String)>,
    misuse: bool,
}

impl Failure {
    /// Work that failed.
    pub(crate) fn new(id: &'static str, variables: &[(&'static str, &str)]) -> Self {
        let variables = variables
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        Self {
            id,
            variables: variables.collect(),
            misuse: false,
        }
    }

    /// A command line that makes no sense.
    pub(crate) fn misuse(id: &'static str, variables: &[(&'static str, &str)]) -> Self {
        Self {
            misuse: true,
            ..Self::new(id, variables)
        }
    }

    fn say(&self, words: &Words) -> Said {
        let variables: Vec<_> = self
            .variables
            .iter()
            .map(|(name, value)| (*name, value.as_str().into()))
            .collect();
        let advice = format!("{}-advice", self.id);
        Said {
            what: words.tell(self.id, &variables),
            advice: words.has(&advice).then(|| words.tell(&advice, &variables)),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

impl std::error::Error for Failure {}

/// What a person is told.
pub(crate) struct Said {
    /// What was wrong.
    pub(crate) what: String,
    /// What to do about it.
    pub(crate) advice: Option<String>,
}

impl Said {
    /// Takes a sentence of the form "what was wrong; what would be right" apart.
    pub(crate) fn split(sentence: &str) -> Self {
        match sentence.split_once("; ") {
            Some((what, advice)) => Self {
                what: what.to_owned(),
                advice: Some(advice.to_owned()),
            },
            None => Self {
                what: sentence.to_owned(),
                advice: None,
            },
        }
    }
}

/// Tells what went wrong, and gives the exit code for it.
pub(crate) fn report(error: &anyhow::Error, words: &Words) -> ExitCode {
    if error.downcast_ref::<NobodyReads>().is_some() {
        return ExitCode::SUCCESS;
    }
    let said = say(error, words);
    output::tell(&format!("worth: {}", said.what));
    if let Some(advice) = said.advice {
        output::tell(&format!("       {advice}"));
    }
    ExitCode::from(if is_misuse(error) { MISUSED } else { FAILED })
}

fn say(error: &anyhow::Error, words: &Words) -> Said {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        return failure.say(words);
    }
    match error.downcast_ref::<InsightError>() {
        Some(InsightError::Lake(error)) => return lake_words::error(error, words),
        Some(error) => return Said::split(&words.error(error)),
        None => {}
    }
    match error.downcast_ref::<LakeError>() {
        Some(error) => lake_words::error(error, words),
        None => Said {
            what: format!("{error:#}"),
            advice: None,
        },
    }
}

fn is_misuse(error: &anyhow::Error) -> bool {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        return failure.misuse;
    }
    matches!(
        error.downcast_ref::<InsightError>(),
        Some(
            InsightError::UnknownQuestion { .. }
                | InsightError::Parameters { .. }
                | InsightError::OutOfRange { .. }
                | InsightError::NotAChoice { .. }
                | InsightError::PeriodTurned { .. }
                | InsightError::DayOutside { .. }
                | InsightError::NeedsOrders { .. }
                | InsightError::NotTogether { .. }
                | InsightError::NotAlone { .. }
                | InsightError::NoRows { .. }
                | InsightError::UnknownEnding { .. }
        )
    ) || matches!(
        error.downcast_ref::<LakeError>(),
        Some(LakeError::ReadOnly { .. })
    )
}
