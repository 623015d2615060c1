//! How closely journeys are looked at: by the names of steps, by touchpoints or by stages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use worth_model::journey::Log;

use super::{StepKind, Steps};

/// How closely journeys are looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Each name of a step for itself.
    #[default]
    Name,
    /// Steps at one touchpoint together.
    Touchpoint,
    /// Steps of one stage together.
    Stage,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Name, Self::Touchpoint, Self::Stage];

    /// As in JSON and in the words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Touchpoint => "touchpoint",
            Self::Stage => "stage",
        }
    }

    /// What a kind of step is called at this level; nothing when it has no touchpoint or stage.
    pub(crate) fn label(self, kind: &StepKind) -> Label {
        match self {
            Self::Name => Some(kind.name.clone()),
            Self::Touchpoint => kind.touchpoint.clone(),
            Self::Stage => kind.stage.clone(),
        }
    }
}

/// What a step is called at a level; nothing when its touchpoint or stage is not known.
pub(crate) type Label = Option<String>;

/// Kinds of steps taken together.
#[derive(Debug, Clone)]
pub(crate) struct Levelled {
    /// What they are called, in order; the unknown first, if there is one.
    pub(crate) labels: Vec<Label>,
    /// By kind of step a place in `labels`.
    pub(crate) of_kind: Vec<u32>,
}

impl Levelled {
    /// The kinds of `steps` by their labels at a level.
    pub(crate) fn of(steps: &Steps, level: Level) -> Self {
        let labels: Vec<Label> = steps.kinds.iter().map(|kind| level.label(kind)).collect();
        let distinct: BTreeMap<&Label, u32> = {
            let mut distinct: BTreeMap<&Label, u32> = labels.iter().map(|label| (label, 0)).collect();
            for (place, number) in (0..).zip(distinct.values_mut()) {
                *number = place;
            }
            distinct
        };
        Self {
            of_kind: labels.iter().map(|label| distinct[label]).collect(),
            labels: distinct.into_keys().cloned().collect(),
        }
    }

    /// The steps, called by these labels.
    pub(crate) fn log(&self, log: &Log) -> Log {
        let kinds: Vec<Option<u32>> = self.of_kind.iter().map(|&label| Some(label)).collect();
        log.relabelled(&kinds, self.labels.len())
    }
}
