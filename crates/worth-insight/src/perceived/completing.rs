//! The questions that would complete a survey, ready to be asked, in both languages.

use super::answer::{CompletingQuestion, Coverage, DimensionName, Kind, WeightOrigins};
use crate::words::{Language, Value, Words};
use worth_model::perceived::WeightOrigin;

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
    let both = [Language::English, Language::Vietnamese].map(Words::new);
    let own = ("brand", Value::from(asked.own));
    let mut questions = Vec::new();
    let mut add = |measure: &str, dimension: Option<&DimensionName>, ids: [String; 2]| {
        let say = |words: &Words| {
            let id = ids
                .iter()
                .find(|id| words.has(id))
                .expect("the second id is always there");
            let label = dimension.map_or_else(String::new, |name| label(name, words));
            words.tell(id, &[own.clone(), ("label", label.into())])
        };
        questions.push(CompletingQuestion {
            measure: measure.into(),
            dimension: dimension.map(|name| name.dimension.clone()),
            english: say(&both[0]),
            vietnamese: say(&both[1]),
        });
    };
    let always = |id: &str| [id.to_owned(), id.to_owned()];
    if matches!(asked.coverage, Coverage::NoSurvey | Coverage::OwnOnly) {
        add("brand", None, always("perceived-ask-alternative"));
    }
    for name in asked.never_asked {
        let kind = match name.kind {
            Kind::Benefit => "benefit",
            Kind::Cost => "cost",
        };
        add(
            kind,
            Some(name),
            [
                format!("perceived-ask-{kind}-{}", name.dimension.replace('_', "-")),
                format!("perceived-ask-{kind}"),
            ],
        );
    }
    if asked.weights.benefits != WeightOrigin::Asked {
        add(
            "importance",
            None,
            always("perceived-ask-importance-benefits"),
        );
    }
    if asked.weights.costs != WeightOrigin::Asked {
        add("importance", None, always("perceived-ask-importance-costs"));
    }
    if !asked.worth {
        add("worth", None, always("perceived-ask-worth"));
    }
    if !asked.roles {
        add("role", None, always("perceived-ask-role"));
    }
    if !asked.stages {
        add("stage", None, always("perceived-ask-stage"));
    }
    questions
}

/// What a dimension is called: by the business, else by Worth, else as in the data.
pub(super) fn label(name: &DimensionName, words: &Words) -> String {
    let own = match words.language() {
        Language::English => &name.label_en,
        Language::Vietnamese => &name.label_vi,
    };
    if let Some(own) = own {
        return own.clone();
    }
    let kind = match name.kind {
        Kind::Benefit => "benefit",
        Kind::Cost => "cost",
    };
    let id = format!("perceived-{kind}-{}", name.dimension.replace('_', "-"));
    if words.has(&id) {
        words.say(&id)
    } else {
        name.dimension.clone()
    }
}
