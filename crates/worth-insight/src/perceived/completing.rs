//! Which questions would complete a survey of perceived value.

use worth_model::perceived::WeightOrigin;

use super::answer::{Coverage, WeightOrigins};
use crate::answers::{CompletingQuestion, DimensionName, Ready};

/// What decides which questions are missing.
pub(super) struct Asked<'a> {
    pub(super) coverage: Coverage,
    /// Name of the own brand.
    pub(super) own: &'a str,
    pub(super) never_asked: &'a [DimensionName],
    pub(super) weights: WeightOrigins,
    /// Whether the whole was asked ("is it worth what one gives for it?").
    pub(super) worth: bool,
    pub(super) roles: bool,
    pub(super) stages: bool,
}

/// The most useful first: competitors, then dimensions, importance, the whole, role and stage.
pub(super) fn questions(asked: &Asked<'_>) -> Vec<CompletingQuestion> {
    let mut ready = Ready::about(asked.own);
    if matches!(asked.coverage, Coverage::NoSurvey | Coverage::OwnOnly) {
        ready.ask("brand", "alternative");
    }
    for name in asked.never_asked {
        ready.ask_dimension(name);
    }
    if asked.weights.benefits != WeightOrigin::Asked {
        ready.ask("importance", "importance-benefits");
    }
    if asked.weights.costs != WeightOrigin::Asked {
        ready.ask("importance", "importance-costs");
    }
    if !asked.worth {
        ready.ask("worth", "worth");
    }
    if !asked.roles {
        ready.ask("role", "role");
    }
    if !asked.stages {
        ready.ask("stage", "stage");
    }
    ready.questions
}
