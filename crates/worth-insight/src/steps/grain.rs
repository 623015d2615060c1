//! How closely journeys are looked at: by the names of steps, by touchpoints or by stages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::journey::Log;

use super::{StepKind, StepTable, Steps};
use crate::words::Words;

/// How closely journeys are looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Grain {
    /// Each name of a step for itself.
    #[default]
    Name,
    /// Steps at one touchpoint together.
    Touchpoint,
    /// Steps of one stage together.
    Stage,
}

impl Grain {
    /// As in JSON and in the words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Touchpoint => "touchpoint",
            Self::Stage => "stage",
        }
    }

    /// What a kind of step is called so closely; nothing when it has no touchpoint or stage.
    pub(crate) fn label(self, kind: &StepKind) -> Label {
        match self {
            Self::Name => Some(kind.name.clone()),
            Self::Touchpoint => kind.touchpoint.clone(),
            Self::Stage => kind.stage.clone(),
        }
    }
}

/// What a step is called at a grain; nothing when its touchpoint or stage is not known.
pub(crate) type Label = Option<String>;

/// Kinds of steps taken together.
#[derive(Debug, Clone)]
pub(crate) struct Labelled {
    /// What they are called, in order; the unknown first, if there is one.
    pub(crate) labels: Vec<Label>,
    /// By kind of step a place in `labels`.
    pub(crate) of_kind: Vec<u32>,
}

impl Labelled {
    /// The kinds of `steps` by their labels at a grain.
    pub(crate) fn of(steps: &Steps, grain: Grain) -> Self {
        let of_kind: Vec<Label> = steps.kinds.iter().map(|kind| grain.label(kind)).collect();
        let mut labels = of_kind.clone();
        labels.sort_unstable();
        labels.dedup();
        let place = |label: &Label| labels.binary_search(label).expect("it is one of them") as u32;
        Self {
            of_kind: of_kind.iter().map(place).collect(),
            labels,
        }
    }

    /// The steps, called by these labels.
    pub(crate) fn log(&self, log: &Log) -> Log {
        let kinds: Vec<Option<u32>> = self.of_kind.iter().map(|&label| Some(label)).collect();
        log.relabelled(&kinds, self.labels.len())
            .expect("there is a label for each kind")
    }
}

impl Steps {
    /// What is meant by a text of another table that names an event, a touchpoint or a stage; nothing
    /// when no step is called so.
    pub(crate) fn name_of(&self, grain: Grain, text: &str) -> Option<StepName> {
        if grain == Grain::Name {
            let mut names = self.names.iter();
            let read = names.find(|name| name.table == StepTable::Events && name.before == text)?;
            return Some(StepName::Named(read.name.clone()));
        }
        let text = text.trim().to_lowercase();
        let mut labels = self.kinds.iter().filter_map(|kind| grain.label(kind));
        let label = labels.find(|label| label.to_lowercase() == text)?;
        Some(StepName::Named(label))
    }
}

/// What stands for a step in an answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepName {
    /// A name, touchpoint or stage.
    Named(String),
    /// Steps whose touchpoint or stage is not known.
    Unknown,
    /// All that are not told apart.
    Other,
}

impl StepName {
    /// That of a label.
    pub(crate) fn of(label: &Label) -> Self {
        label.clone().map_or(Self::Unknown, Self::Named)
    }

    /// As people read it.
    pub(crate) fn told(&self, grain: Grain, words: &Words) -> String {
        match self {
            Self::Named(name) => name.clone(),
            Self::Unknown => words.say(&format!("steps-unknown-{}", grain.name())),
            Self::Other => words.say("steps-other"),
        }
    }

    /// As in rows.
    pub(crate) fn in_rows(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Unknown => None,
            Self::Other => Some("(other)"),
        }
    }
}
