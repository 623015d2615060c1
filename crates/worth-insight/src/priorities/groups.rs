//! Each dimension a point better in each group of respondents, with the gap and the sales of the group.
//!
//! What a point does to buying again and to revenue is that of all customers: one group alone would
//! hardly tell. What differs is how far behind the group sees the own brand, how far its scores have to go, and how
//! much it buys.

use std::collections::BTreeMap;

use worth_model::perceived::{FairValue, MapAxes, ScoreMove, Weights};

use super::Seen;
use super::answer::{Priority, What};
use crate::answers::{Answer, By};
use crate::context::{Context, Observation};
use crate::error::Error;
use crate::lifetime::{MONEY_SCALE, Purchases};
use crate::perceived::SMALL;
use crate::what_if::answer::Scenario;

/// Groups that are looked at: the largest.
const MOST_GROUPS: usize = 12;
const YEAR_DAYS: i32 = 365;

/// What each group of customers paid in the last year; nothing when customers cannot be told apart so.
pub(super) async fn sales(
    by: &By,
    purchases: &Purchases,
    context: &Context,
    observation: &Observation,
) -> Result<BTreeMap<String, f64>, Error> {
    let Some(values) = by.of_customers(context, observation).await? else {
        return Ok(BTreeMap::new());
    };
    let last = purchases.days.iter().map(|bought| bought.day).max();
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for bought in &purchases.days {
        let is_of_year = last.is_some_and(|last| bought.day > last - YEAR_DAYS);
        let group = values.get(&purchases.customers[bought.customer as usize]);
        if let Some(group) = group.filter(|_| is_of_year) {
            *sums.entry(group.clone()).or_default() += bought.net();
        }
    }
    let sums = sums.into_iter();
    Ok(sums
        .map(|(group, sum)| (group, sum as f64 / MONEY_SCALE))
        .collect())
}

/// Every dimension in every group that is large enough.
pub(super) fn priorities(seen: &Seen<'_>, sales: &BTreeMap<String, f64>) -> Vec<Priority> {
    let by = &seen.question.by;
    let mut respondents: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for answer in seen.answers.own_scores(seen.brands) {
        if let Some(group) = by.group_of(answer, seen.answers) {
            let of_group = respondents.entry(group).or_default();
            if of_group.last() != Some(&answer.respondent) {
                of_group.push(answer.respondent);
            }
        }
    }
    let mut groups: Vec<(String, u64)> = (respondents.into_iter())
        .map(|(group, respondents)| (group, respondents.len() as u64))
        .filter(|(_, respondents)| *respondents >= SMALL)
        .collect();
    if groups.len() < 2 {
        return Vec::new();
    }
    groups.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    groups.truncate(MOST_GROUPS);
    let of_group = |(group, people): &(String, u64)| {
        let revenue = sales.get(group).copied();
        in_group(seen, group, *people, revenue)
    };
    groups.iter().flat_map(of_group).collect()
}

fn in_group(seen: &Seen<'_>, group: &str, people: u64, revenue: Option<f64>) -> Vec<Priority> {
    let by = &seen.question.by;
    let belongs = |answer: &Answer| {
        answer.asked.kind().is_some() && by.group_of(answer, seen.answers).as_deref() == Some(group)
    };
    let (_, survey) = seen.layout.survey(seen.answers, seen.brands, belongs);
    let weights = seen.valued.weights.iter().map(|weight| weight.weight.value);
    let spec = (seen.layout).spec(0, &seen.resampling, Weights::Given(weights.collect()));
    let valued = spec
        .fit(&survey)
        .expect("spec and matrices are made from the same layout");
    let scenarios: Vec<(usize, &Scenario, ScoreMove)> = (seen.whole.scenarios.iter().enumerate())
        .filter_map(|(place, scenario)| Some((place, scenario, one_move(seen, scenario)?)))
        .collect();
    let moves: Vec<Vec<ScoreMove>> = scenarios.iter().map(|(.., one)| vec![*one]).collect();
    let axes = MapAxes {
        prices: seen.layout.prices(),
        fair_value: FairValue::Proportional,
    };
    let moved = spec
        .moved(&survey, &moves, &axes)
        .expect("moves of dimensions of the same layout");
    let told = scenarios
        .iter()
        .zip(moved)
        .map(|((place, scenario, _), moved)| {
            let name = &scenario.changes[0].name;
            Priority {
                what: What::Dimension(name.clone()),
                group: Some(group.to_owned()),
                people,
                effective: valued.brands[0].effective,
                gap: seen.gap(&valued, name),
                value: moved.difference.map(|changed| changed.change),
                ..seen.gains.priority(*place, revenue)
            }
        });
    told.collect()
}

/// The one score that a scenario moves.
fn one_move(seen: &Seen<'_>, scenario: &Scenario) -> Option<ScoreMove> {
    let change = scenario.changes.first()?;
    let mut names = seen.layout.dimensions.iter();
    Some(ScoreMove {
        brand: 0,
        dimension: names.position(|name| *name == change.name)?,
        by: change.points?,
    })
}
