//! What each respondent said of the own brand in each period: one number for value, and its parts.

use std::collections::BTreeMap;

use worth_model::perceived::RespondentValue;

use super::Seen;
use super::answer::Followed;
use crate::answers::{Answer, By};

/// What one respondent said in one period; `NAN` where it cannot be told.
#[derive(Debug, Clone)]
pub(super) struct Rating {
    /// Number of the respondent.
    pub(super) respondent: usize,
    /// Number of the period.
    pub(super) period: u32,
    /// Sampling weight, the largest being 1.
    pub(super) weight: f64,
    /// What is followed, in points.
    pub(super) value: f64,
    /// Benefits and costs that `value` is made of.
    pub(super) measures: RespondentValue,
    /// Of each dimension, on 1..10.
    pub(super) scores: Vec<f64>,
    /// Of each dimension, 0..10.
    pub(super) importance: Vec<f64>,
}

/// The ratings of each group, or of everyone; without answers of which it is not known where they
/// belong.
pub(super) fn ratings(seen: &Seen<'_>, by: Option<&By>) -> BTreeMap<String, Vec<Rating>> {
    let key = |answer: &Answer| {
        let group = match by {
            Some(by) => by.group_of(answer, seen.answers)?,
            None => String::new(),
        };
        Some((group, seen.timeline.number(answer.day)?))
    };
    let (rows, survey) = seen.layout.survey_by(seen.answers, seen.brands, key);
    let dimensions = seen.layout.dimensions.len();
    let width = seen.brands.names.len() * dimensions;
    // only how weights compare matters, and some are beyond what can be summed
    let largest = survey.weights.iter().copied().fold(0.0, f64::max);
    let mut groups: BTreeMap<String, Vec<Rating>> = BTreeMap::new();
    for (row, (respondent, (group, period))) in rows.into_iter().enumerate() {
        let scores = &survey.scores[row * width..row * width + dimensions];
        let importance = &survey.importance[row * dimensions..(row + 1) * dimensions];
        let measures = seen.whole.respondent(scores);
        let rating = Rating {
            respondent,
            period,
            weight: (survey.weights[row] / largest).max(f64::MIN_POSITIVE),
            value: seen.followed.value(&measures),
            measures,
            scores: scores.to_vec(),
            importance: importance.iter().map(|share| 10.0 * share).collect(),
        };
        groups.entry(group).or_default().push(rating);
    }
    // who speaks of importance or of competitors only has no part in it
    groups.retain(|_, ratings| ratings.iter().any(|rating| !rating.value.is_nan()));
    groups
}

impl Followed {
    fn value(self, measures: &RespondentValue) -> f64 {
        match self {
            Self::Difference => measures.difference,
            Self::Benefits => measures.benefits,
            Self::Costs => measures.costs,
        }
    }
}
