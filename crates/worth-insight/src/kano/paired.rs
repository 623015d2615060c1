//! One pair of reactions per respondent and feature: the newest of each.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;
use worth_model::kano::Reaction;

use super::wording::reaction;
use crate::answers::{Answers, Brands};

/// The measures of `survey_answers`.
pub(super) const WITH: &str = "kano_with";
pub(super) const WITHOUT: &str = "kano_without";

/// Wordings that are told when they are not understood.
const MOST_WORDINGS: usize = 5;

/// How respondents feel about one feature, one entry per respondent.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pub(super) with: Vec<Option<Reaction>>,
    pub(super) without: Vec<Option<Reaction>>,
    pub(super) weights: Vec<f64>,
}

/// An answer in words that is none of the five.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnknownWording {
    /// The words.
    pub text: String,
    /// How many answers have them.
    pub answers: u64,
}

/// All features, by name.
#[derive(Debug, Default)]
pub(super) struct Paired {
    pub(super) features: BTreeMap<String, Pairs>,
    /// Respondents with a reaction to any feature.
    pub(super) respondents: u64,
    /// Of each answer why it is not used, if it is not.
    pub(super) left_out: Vec<Option<&'static str>>,
    /// The most frequent wordings that are not understood.
    pub(super) unknown_wordings: Vec<UnknownWording>,
}

impl Paired {
    pub(super) fn of(answers: &Answers, brands: &Brands) -> Self {
        let mut paired = Self {
            left_out: vec![None; answers.given.len()],
            ..Self::default()
        };
        let mut unknown = BTreeMap::<&str, u64>::new();
        let mut before = 0;
        for given in answers.by_respondent() {
            // by feature the newest reaction with it and without it: its day, its answer, what it is
            let mut newest = BTreeMap::<&str, [Option<(i32, usize, Reaction)>; 2]>::new();
            for (place, answer) in (before..).zip(given) {
                if brands.place(answer.brand) != Some(0) {
                    paired.left_out[place] = Some("other-brand");
                    continue;
                }
                let Some(reaction) = reaction(answer) else {
                    paired.left_out[place] = Some(match answer.text.as_deref() {
                        Some(text) => {
                            *unknown.entry(text).or_default() += 1;
                            "unknown-wording"
                        }
                        None => "not-five-steps",
                    });
                    continue;
                };
                let pair = newest.entry(answer.asked.dimension()).or_default();
                let side = &mut pair[usize::from(answer.asked.measure == WITHOUT)];
                match side {
                    Some((day, _, _)) if *day > answer.day => {
                        paired.left_out[place] = Some("older-answer");
                    }
                    _ => {
                        if let Some((_, older, _)) = side.replace((answer.day, place, reaction)) {
                            paired.left_out[older] = Some("older-answer");
                        }
                    }
                }
            }
            paired.respondents += u64::from(!newest.is_empty());
            for (feature, [with, without]) in newest {
                let pairs = paired.features.entry(feature.to_owned()).or_default();
                let said = |side: Option<(i32, usize, Reaction)>| side.map(|(_, _, said)| said);
                pairs.with.push(said(with));
                pairs.without.push(said(without));
                let respondent = &answers.respondents[given[0].respondent];
                pairs.weights.push(respondent.weight);
                if let (Some((_, alone, _)), None) | (None, Some((_, alone, _))) = (with, without) {
                    paired.left_out[alone] = Some("half-a-pair");
                }
            }
            before += given.len();
        }
        paired.unknown_wordings = most_frequent(unknown);
        paired
    }
}

fn most_frequent(wordings: BTreeMap<&str, u64>) -> Vec<UnknownWording> {
    let distinct: BTreeSet<(std::cmp::Reverse<u64>, &str)> = wordings
        .into_iter()
        .map(|(text, answers)| (std::cmp::Reverse(answers), text))
        .collect();
    let most = distinct.into_iter().take(MOST_WORDINGS);
    most.map(|(answers, text)| UnknownWording {
        text: text.to_owned(),
        answers: answers.0,
    })
    .collect()
}
