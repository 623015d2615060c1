//! What to do next week: at most three actions, or none. Each rule is one function; the numbers that
//! it turns on stand on top.

use super::Sides;
use super::answer::{Action, ActionRule, CornerName, Corners};
use crate::lifetime::LEAST_FOR_ADVICE;
use crate::perceived::worst_dimension;

/// More than that nobody does in a week.
const MOST_ACTIONS: usize = 3;

/// The actions that the rules call for: those with most money at their lower end first, those whose
/// money is unknown last.
pub(super) fn choose(sides: &Sides, corners: Option<&Corners>) -> Vec<Action> {
    let mut actions: Vec<Action> = [
        win_back(sides),
        corners.and_then(relieve_strained),
        weakest_dimension(sides),
    ]
    .into_iter()
    .flatten()
    .collect();
    actions.sort_by(|a, b| at_least(b).total_cmp(&at_least(a)));
    actions.truncate(MOST_ACTIONS);
    actions
}

/// The lower end of the money; unknown comes last.
fn at_least(action: &Action) -> f64 {
    action
        .money
        .and_then(|money| money.ends())
        .map_or(f64::NEG_INFINITY, |(low, _)| low)
}

/// Win back who is slipping away, when there are enough and what is at stake is surely something.
fn win_back(sides: &Sides) -> Option<Action> {
    let answer = &sides.lifetime.as_ref()?.answer;
    let slipping = answer.slipping?;
    let money = slipping.at_stake?;
    let (low, _) = money.ends()?;
    (slipping.customers >= LEAST_FOR_ADVICE && low > 0.0).then(|| Action {
        rule: ActionRule::WinBack {
            slipping,
            status_rule: answer.statuses.unwrap_or_default().rule,
        },
        money: Some(money),
    })
}

/// Ask and relieve the valuable ones who feel that they get little for what they give.
fn relieve_strained(corners: &Corners) -> Option<Action> {
    let corner = corners
        .corners
        .iter()
        .find(|corner| corner.name == CornerName::Strained)?;
    (corner.customers >= LEAST_FOR_ADVICE).then_some(Action {
        rule: ActionRule::RelieveStrained {
            customers: corner.customers,
            perceived_cut: corners.perceived_cut,
            lifetime_cut: corners.lifetime_cut,
        },
        money: Some(corner.expected_value),
    })
}

/// Mend the dimension that takes most from the value, where the own brand is surely behind. Its
/// worth in money is unknown without an estimated willingness to pay.
fn weakest_dimension(sides: &Sides) -> Option<Action> {
    let answer = &sides.perceived.as_ref()?.answer;
    let dimension = worst_dimension(answer)?;
    Some(Action {
        rule: ActionRule::WeakestDimension {
            brand: answer.own_brand.name.clone(),
            dimension: dimension.clone(),
        },
        money: None,
    })
}
