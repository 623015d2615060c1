//! The own brand in parts: by role, stage, product, region and whatever else tells respondents apart.
//!
//! Small parts are partially pooled: drawn to the middle of all parts, the further the less is known of
//! them ([`worth_model::shrinkage`]). What was found stands beside.

use std::collections::{BTreeMap, HashMap};

use worth_model::Estimate;
use worth_model::perceived::{Fitted, Measured, Survey, Weights};
use worth_model::shrinkage::{GroupMean, ShrunkGroup, shrunk};

use super::answer::{Part, Parts, Pooled};
use super::{Material, SMALL};
use crate::answers::By;

/// Parts that are measured: the largest, of months the newest.
const MOST_PARTS: usize = 12;
/// Resamples of a part: ends of intervals vary by a twentieth of their width, and there are many parts.
const MOST_RESAMPLES: usize = 400;

impl Material {
    /// All that falls into two parts or more.
    pub(super) fn parts(&self, whole: &Fitted) -> Vec<Parts> {
        let each = self.by.iter();
        each.filter_map(|by| self.parts_by(by, whole)).collect()
    }

    /// With the importance weights of all: another ruler for each part would mix up what they say with
    /// what matters to them.
    fn parts_by(&self, by: &By, whole: &Fitted) -> Option<Parts> {
        let named = Some(self.largest(by)).filter(|named| named.told.len() > 1)?;
        let numbers: HashMap<&str, usize> =
            named.told.iter().map(String::as_str).zip(0..).collect();
        let (rows, survey) = (self.layout).survey_by(&self.answers, &self.brands, |answer| {
            let group = by.group_of(answer, &self.answers)?;
            let number = numbers.get(group.as_str()).copied();
            number.filter(|_| answer.asked.kind().is_some())
        });
        let surveys = apart(
            &survey,
            rows.iter().map(|(_, group)| *group),
            named.told.len(),
        );
        let weights: Vec<f64> = whole.weights.iter().map(|w| w.weight.value).collect();
        let mut spec = (self.layout).spec(0, &self.resampling, Weights::Given(weights));
        spec.resamples = spec.resamples.min(MOST_RESAMPLES);
        let measured = named.told.iter().zip(surveys).map(|(name, survey)| {
            let part = spec
                .fit(&survey)
                .expect("spec and matrices are made from the same layout");
            let own = &part.brands[0];
            Part {
                name: name.clone(),
                respondents: own.respondents as u64,
                effective: own.effective,
                small: (own.respondents as u64) < SMALL,
                measured: own.measured,
                pooled: None,
                against_competitors: part.against.map(|against| against.measured).filter(has_any),
            }
        });
        let mut parts: Vec<Part> = measured.collect();
        let between = pool(&mut parts, self.resampling.level);
        Some(Parts {
            by: by.clone(),
            parts,
            between,
            not_shown: named.not_told,
            unknown: named.unknown,
        })
    }

    /// The parts in which most respondents scored the own brand, in the order in which they are told.
    fn largest(&self, by: &By) -> Named {
        let mut respondents: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let (mut known, mut all) = (Vec::new(), Vec::new());
        // answers come by respondent, so whoever is there already is the last
        let add = |numbers: &mut Vec<usize>, number: usize| {
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        };
        for answer in self.answers.own_scores(&self.brands) {
            add(&mut all, answer.respondent);
            if let Some(group) = by.group_of(answer, &self.answers) {
                add(&mut known, answer.respondent);
                add(respondents.entry(group).or_default(), answer.respondent);
            }
        }
        let mut told: Vec<String> = respondents.keys().cloned().collect();
        if *by == By::Month {
            told.reverse();
        } else {
            told.sort_by_key(|name| std::cmp::Reverse(respondents[name].len()));
        }
        let not_told = told.split_off(told.len().min(MOST_PARTS)).len() as u64;
        match by {
            By::Month => told.reverse(),
            By::Role | By::Stage => told.sort_by_key(|name| (stage_rank(name), name.clone())),
            _ => {}
        }
        Named {
            told,
            not_told,
            unknown: (all.len() - known.len()) as u64,
        }
    }
}

/// Draws the parts to their middle where that can be done, and says how far their differences are apart
/// beyond chance.
fn pool(parts: &mut [Part], level: f64) -> Option<f64> {
    let [benefits, costs, difference] = [
        |measured: &Measured| measured.benefits,
        |measured: &Measured| measured.costs,
        |measured: &Measured| measured.difference,
    ]
    .map(|get| {
        let group_of = |part: &Part| Some(group_mean(&get(&part.measured)?, part.respondents));
        let groups: Vec<Option<GroupMean>> = parts.iter().map(group_of).collect();
        let known: Vec<GroupMean> = groups.iter().flatten().copied().collect();
        let shrunk =
            shrunk(&known, level).expect("estimates are numbers, and the level was checked")?;
        let mut drawn = shrunk.groups.into_iter();
        let by_part = groups.iter().map(|group| group.and_then(|_| drawn.next()));
        Some((by_part.collect::<Vec<_>>(), shrunk.between))
    });
    for (place, part) in parts.iter_mut().enumerate() {
        let of = |drawn: &Option<(Vec<Option<ShrunkGroup>>, f64)>| drawn.as_ref()?.0[place];
        let pooled = Pooled {
            benefits: of(&benefits),
            costs: of(&costs),
            difference: of(&difference),
        };
        part.pooled = Some(pooled).filter(|pooled| *pooled != Pooled::default());
    }
    difference.map(|(_, between)| between)
}

/// The rows of each group as a survey of its own.
fn apart(survey: &Survey, group: impl Iterator<Item = usize>, groups: usize) -> Vec<Survey> {
    let mut surveys = vec![Survey::default(); groups];
    let rows = survey.weights.len().max(1);
    let scores = survey
        .scores
        .chunks_exact((survey.scores.len() / rows).max(1));
    let importance = (survey.importance).chunks_exact((survey.importance.len() / rows).max(1));
    let rows = survey.weights.iter().zip(scores).zip(importance);
    for (((weight, scores), importance), group) in rows.zip(group) {
        surveys[group].weights.push(*weight);
        surveys[group].scores.extend_from_slice(scores);
        surveys[group].importance.extend_from_slice(importance);
    }
    surveys
}

/// Which parts are told.
struct Named {
    told: Vec<String>,
    /// How many are not.
    not_told: u64,
    /// Respondents of whom it is not known where they belong.
    unknown: u64,
}

fn group_mean(estimate: &Estimate, respondents: u64) -> GroupMean {
    GroupMean {
        value: estimate.value,
        standard_error: estimate.standard_error(),
        people: respondents,
    }
}

/// Stages that Worth knows come in the order of the journey, everything else by name.
fn stage_rank(name: &str) -> usize {
    ["before", "during", "payment", "delivery", "use", "after"]
        .iter()
        .position(|stage| *stage == name)
        .unwrap_or(usize::MAX)
}

fn has_any(measured: &Measured) -> bool {
    measured.benefits.is_some() || measured.costs.is_some()
}
