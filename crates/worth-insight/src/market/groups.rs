//! The own place on the map in each group of respondents.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use worth_model::perceived::{Fitted, Survey, Weights};
use worth_model::survey::Design;

use super::Seen;
use super::answer::GroupPlace;
use crate::answers::{Answer, By};
use crate::perceived::SMALL;

/// With the importance weights of all: another ruler for each group would mix up what they say with
/// what matters to them.
pub(super) fn by_groups(seen: &Seen<'_>, whole: &Fitted) -> Vec<GroupPlace> {
    let Some(by) = &seen.question.by else {
        return Vec::new();
    };
    let weights: Vec<f64> = whole.weights.iter().map(|w| w.weight.value).collect();
    let given = seen.answers.given.iter();
    let names: BTreeSet<String> = given
        .filter_map(|answer| by.group_of(answer, seen.answers))
        .collect();
    let place = |group: String| {
        let belongs = |answer: &Answer| {
            answer.asked.kind().is_some()
                && by.group_of(answer, seen.answers).as_ref() == Some(&group)
        };
        let (_, survey) = seen.layout.survey(seen.answers, seen.brands, belongs);
        let map = seen.map(&survey, Weights::Given(weights.clone()));
        let own = map.brands[0];
        let weights = own_weights(seen, &survey);
        let respondents = weights.len() as u64;
        Some(GroupPlace {
            group,
            respondents,
            effective: Design::of(weights)?.effective,
            small: respondents < SMALL,
            quality: own.quality,
            price: own.price,
            advantage: own.advantage,
        })
    };
    let mut groups: Vec<GroupPlace> = names.into_iter().filter_map(place).collect();
    if *by != By::Month {
        groups.sort_by_key(|group| Reverse(group.respondents));
    }
    groups
}

/// Weights of the respondents who scored the own brand, the first of each row.
fn own_weights(seen: &Seen<'_>, survey: &Survey) -> Vec<f64> {
    let dimensions = seen.layout.dimensions.len();
    let row = dimensions * seen.brands.names.len();
    let rows = survey.scores.chunks_exact(row.max(1)).zip(&survey.weights);
    let scored = rows.filter(|(row, _)| row[..dimensions].iter().any(|score| score.is_finite()));
    scored.map(|(_, weight)| *weight).collect()
}
